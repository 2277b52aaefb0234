"""How a run ended, in words: for who waits for it at the command line, and as one line of the log of operations."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import dagster as dg
from dagster_shared.error import SerializableErrorInfo

from dagster_project.defs.common import PLANS, REASONS, STARTED_BY
from dagster_project.folder import DataFolder
from dagster_project.release.log import Outcome, log_outcome, published_outcome

_SHOWN_FAILURES, _SHOWN_WARNINGS, _SHOWN_CHARACTERS = 20, 2, 200
_CHECK, _STEP, _RUN = (
    dg.DagsterEventType.ASSET_CHECK_EVALUATION,
    dg.DagsterEventType.STEP_FAILURE,
    dg.DagsterEventType.RUN_FAILURE,
)


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended, in lines for people.

    Attributes:
        is_success: All steps ended well, and no blocking check failed.
        failures: The blocking checks that failed, with their rows, and the steps, with the reason and what to do.
        warnings: What is unusual: one line for each check that failed, and its first rows.
    """

    is_success: bool
    failures: Sequence[str]
    warnings: Sequence[str]


def report(events: Sequence[dg.DagsterEvent], *, is_success: bool) -> Report:
    """Tell how a run ended from all its events."""
    failures = []
    for check in _failed_checks(events):
        if check.severity == dg.AssetCheckSeverity.ERROR:
            failures += [f"FAILED {_check_line(check)}", *_rows(check, _SHOWN_FAILURES)]
    failures += [f"FAILED {line}" for line in _step_errors(events)]
    if not failures:  # it ended before its first step, as when another build holds the lock
        failures = [f"FAILED: {line}" for line in _run_errors(events)]
    warnings = []
    for check in _failed_checks(events):
        warnings += [f"unusual: {_check_line(check)}", *_rows(check, _SHOWN_WARNINGS)]
    return Report(is_success, failures, warnings)


def culprits(events: Sequence[dg.DagsterEvent], plans: Iterable[str]) -> dict[str, str]:
    """Return the plans without which the blocking checks of a run would not have failed, each with the reason.

    Args:
        events: All events of the run.
        plans: The plans that there are: an error of the database names one by a key of its rows.
    """
    reasons: dict[str, list[str]] = {}
    for check in _failed_checks(events):
        found: Any = check.metadata.get(PLANS)  # of a type that Dagster does not name at the check
        if check.severity == dg.AssetCheckSeverity.ERROR and found is not None:
            for plan in found.value:
                reasons.setdefault(plan, []).append(_plan_reason(check, plan))
    for event in events:
        failure = event.step_failure_data.user_failure_data if event.event_type == _STEP else None
        told: Any = failure.metadata.get(REASONS) if failure else None  # as above
        for plan, reason in told.value.items() if told is not None else ():
            reasons.setdefault(plan, []).append(reason)
    if not reasons:
        for line in _step_errors(events):
            for plan in plans:
                if re.search(rf"(?<![\w-]){re.escape(plan)}(?=[@/#\"'])", line):
                    reasons.setdefault(plan, []).append(" ".join(line.split())[: 2 * _SHOWN_CHARACTERS])
    return {
        plan: f"{'; '.join(lines)}: correct the text or corrections.yml, or remove the folder; it is tried again when "
        "one of its files changes"
        for plan, lines in reasons.items()
    }


def _plan_reason(check: dg.AssetCheckEvaluation, plan: str) -> str:
    """Return which check a plan fails, with the first of its rows that do."""
    own = [row for row in _failing_rows(check) if any(_names(value, plan) for value in row.values())]
    words = ", ".join(f"{name} {_cell(value)}" for name, value in own[0].items() if value) if own else ""
    return f"it fails the check {check.check_name} of {check.asset_key.to_user_string()}" + (
        f" ({words})" if words else ""
    )


def _names(value: object, plan: str) -> bool:
    return value == plan or str(value).startswith((f"{plan}@", f"{plan}/"))


def log_run(instance: dg.DagsterInstance, run_id: str, folder: DataFolder) -> None:
    """Write into the log of operations how a run ended, unless it is there already."""
    found = instance.get_run_record_by_id(run_id)
    if found is None:
        return
    run = found.dagster_run
    ended = datetime.fromtimestamp(found.end_time or time.time(), UTC).astimezone()
    started_by = run.tags.get(STARTED_BY, "person")
    if run.status == dg.DagsterRunStatus.FAILURE:
        logged = instance.all_logs(run_id, of_type={_CHECK, _STEP, _RUN})
        reason = _reason([entry.dagster_event for entry in logged if entry.dagster_event is not None])
        log_outcome(folder.operations, Outcome(ended, run_id, started_by, failure=reason))
    elif run.status == dg.DagsterRunStatus.SUCCESS and _has_released(instance, run_id):
        log_outcome(folder.operations, published_outcome(folder, ended, run_id, started_by))


def _has_released(instance: dg.DagsterInstance, run_id: str) -> bool:
    events = instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
    made = [event.asset_materialization for event in events]
    return any(item is not None and item.asset_key == dg.AssetKey("release") for item in made)


def _reason(events: Sequence[dg.DagsterEvent]) -> str:
    """Return why a run failed: which checks, with how many rows and the first of them; else the errors."""
    checks = [
        _check_reason(check)
        for check in _failed_checks(events)
        if check.severity == dg.AssetCheckSeverity.ERROR
    ]
    return "; ".join(checks or _step_errors(events) or _run_errors(events)) or "no reason was recorded"


# --- checks ---------------------------------------------------------------------------------------------------


def _failed_checks(events: Iterable[dg.DagsterEvent]) -> list[dg.AssetCheckEvaluation]:
    checks = [event.asset_check_evaluation_data for event in events if event.event_type == _CHECK]
    failed = [check for check in checks if not check.passed]
    return sorted(failed, key=lambda check: (check.asset_key, check.check_name))


def _check_line(check: dg.AssetCheckEvaluation) -> str:
    rows = _failing_count(check)
    observed = _metadata(check, "observed")
    return (
        f"{check.asset_key.to_user_string()}: {check.check_name}"
        + (f", {rows} rows" if rows else "")
        + (f", found {observed}" if observed else "")
        + f". {_metadata(check, 'protects') or check.description or ''}"
    )


def _rows(check: dg.AssetCheckEvaluation, count: int) -> list[str]:
    """Return the header and the first rows of the table of failing rows."""
    records = _failing_rows(check)
    if not records:
        return []
    lines = [list(records[0]), *(record.values() for record in records[:count])]
    rest = _failing_count(check) - count
    more = [f"    … and {rest} more: see the log"] if rest > 0 else []
    return ["    | " + " | ".join(map(_cell, line)) + " |" for line in lines] + more


def _check_reason(check: dg.AssetCheckEvaluation) -> str:
    """Return a failed check in one line: how many rows, and the first of them."""
    count, records = _failing_count(check), _failing_rows(check)
    row = " | ".join(str(value) for value in records[0].values()) if records else ""
    return (
        f"check {check.check_name} of {check.asset_key.to_user_string()} failed"
        + (f" for {count} row{'s' if count > 1 else ''}" if count else "")
        + (f", {'the first: ' if count > 1 else ''}{row}" if row else "")
    )


def _failing_rows(check: dg.AssetCheckEvaluation) -> list[dict[str, Any]]:
    table: Any = check.metadata.get("failing_rows")  # of a type that Dagster does not name at the check
    return [] if table is None else [record.data for record in table.records]


def _failing_count(check: dg.AssetCheckEvaluation) -> int:
    """Return the number of failing rows; 0 for a check of a table as a whole."""
    return int(_metadata(check, "failing_row_count") or _metadata(check, "dagster_dbt/failed_row_count") or 0)


def _metadata(check: dg.AssetCheckEvaluation, name: str) -> str:
    value = check.metadata.get(name)
    return "" if value is None or value.value is None else str(value.value)


def _cell(value: object) -> str:
    """Return a value on one line."""
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


# --- errors ---------------------------------------------------------------------------------------------------


def _step_errors(events: Iterable[dg.DagsterEvent]) -> list[str]:
    """Return the steps that failed, each with its reason; a blocking check that stopped one is told by itself."""
    failed = [(event, event.step_failure_data.error) for event in events if event.event_type == _STEP]
    return [
        f"{event.step_key}: {_message(error, event.message)}"
        for event, error in failed
        if error is None or _root(error).cls_name != "DagsterAssetCheckFailedError"
    ]


def _run_errors(events: Iterable[dg.DagsterEvent]) -> list[str]:
    """Return why the run as a whole ended, as where no step was reached."""
    ends = [event for event in events if event.event_type == _RUN]
    return [_message(getattr(event.event_specific_data, "error", None), event.message) for event in ends]


def _message(error: SerializableErrorInfo | None, otherwise: str | None) -> str:
    """Return what started an error, without its class; where none was recorded, `otherwise`."""
    if error is None:
        return otherwise or ""
    name, _, text = _root(error).message.partition(": ")
    return (text or name).strip()


def _root(error: SerializableErrorInfo) -> SerializableErrorInfo:
    while error.cause is not None:
        error = error.cause
    return error
