"""What starts a run without a person, and the log of how runs ended."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta

import dagster as dg

from dagster_project import fingerprints
from dagster_project.defs.common import STARTED_BY
from dagster_project.defs.refresh import refresh
from dagster_project.folder import BuildInProgressError, DataFolder
from dagster_project.release.changes import Changes, pending_changes
from dagster_project.release.log import Outcome, message, published, record, recover, root_error
from dagster_project.release.store import read_manifest

#: The tag of a run that says what has changed, in words.
CHANGES = "ip_plans/changes"
ZONE = "Asia/Shanghai"
_DAILY = "0 6 * * *"
_DEADLINE = "0 7 * * *"
# Between two looks at the plans; a change is built when it was the same at two looks.
_SECONDS = 10
# A run has the lock from its first second to its last, so one that is older and has it not has no process any more.
_GRACE_SECONDS = 120
_BEFORE_THE_END = (
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
)

#: The release must be made, or confirmed, every morning between the tick of the schedule and an hour later. A tick at
#: which nothing had changed confirms it by an event of its own: what an analyst asks in the morning is whether the
#: charts are those of the plans, not whether they were drawn again.
FRESHNESS = dg.FreshnessPolicy.cron(
    deadline_cron=_DEADLINE, lower_bound_delta=timedelta(hours=1), timezone=ZONE
)


# --- what starts a run ----------------------------------------------------------------------------------------


@dg.schedule(
    name="daily_refresh",
    job=refresh,
    cron_schedule=_DAILY,
    execution_timezone=ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every morning at six: build if a plan, a rule or a table of words has changed since the last release.",
)
def daily_refresh(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Start a run, or confirm the release that stays."""
    folder = DataFolder.from_environment()
    changes = pending_changes(folder)
    if changes:
        return dg.RunRequest(tags=_tags("schedule", changes))
    if not (folder.marts / "current").exists():
        return dg.SkipReason(f"There is no plan in {folder.raw}, and nothing is published.")
    release_id = read_manifest(folder.marts / "current")["release_id"]
    context.instance.report_runless_asset_event(
        dg.AssetMaterialization(
            "release",
            description="Confirmed: nothing has changed since it was published.",
            metadata={"release_id": release_id, "is_new": False},
            tags={"dagster/data_version": release_id, "dagster/data_version_is_user_provided": "true"},
        )
    )
    return dg.SkipReason(f"Nothing has changed since {_release(folder)}: it stays.")


@dg.sensor(
    name="plan_changes",
    job=refresh,
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts one run when a plan was added, changed or removed, as soon as its files stay as they are.",
)
def plan_changes(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Look at times and sizes of the files; only where they are new and settled, at what has changed.

    The cursor keeps what the files were like at the last look, and when a decision was last made about them.
    """
    folder = DataFolder.from_environment()
    _end_lost_runs(context.instance, folder)
    state = fingerprints.times(folder.raw)
    cursor = json.loads(context.cursor or "{}")
    if state == cursor.get("decided"):
        return dg.SkipReason("No file has changed since the last look.")
    if state != cursor.get("seen"):
        context.update_cursor(json.dumps({**cursor, "seen": state}))
        return dg.SkipReason("Files are being changed: they are read once they stay as they are.")
    if running := context.instance.get_runs(dg.RunsFilter(statuses=_BEFORE_THE_END), limit=1):
        return dg.SkipReason(
            f"Files have changed; run {running[0].run_id[:8]} is at work and may have read them already."
        )
    changes = pending_changes(folder)
    context.update_cursor(json.dumps({"seen": state, "decided": state}))
    if not changes:
        recover(folder, "sensor")
        return dg.SkipReason("The plans are those of the release.")
    if not (changes.added or changes.changed or changes.removed):
        return dg.SkipReason(
            f"No plan has changed ({changes}): that is built by `daily_refresh`, by `ip-plans build`, or with the "
            "next plan that changes."
        )
    # One state of plans and program starts one run, not one after the other; it counts again once another state was
    # built in between.
    return dg.RunRequest(run_key=f"{changes.key}-{_built(folder)}", tags=_tags("sensor", changes))


def _built(folder: DataFolder) -> str:
    """Return what changes with every build that ends well."""
    return str(folder.inputs.stat().st_mtime_ns) if folder.inputs.exists() else ""


def _tags(started_by: str, changes: Changes) -> dict[str, str]:
    return {STARTED_BY: started_by, CHANGES: str(changes)}


def _release(folder: DataFolder) -> str:
    manifest = read_manifest(folder.marts / "current")
    return f"release {manifest['release_id']}, made {manifest['made_at']}"


# --- how it ended ---------------------------------------------------------------------------------------------


@dg.run_failure_sensor(
    name="log_failures",
    monitor_all_code_locations=True,  # the runs of `ip-plans build` have no code location
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Writes one line into the log of operations for each run that failed, with the reason.",
)
def log_failures(context: dg.RunFailureSensorContext) -> None:
    """Record a run that failed."""
    record_run(context.instance, context.dagster_run.run_id, DataFolder.from_environment())


@dg.run_status_sensor(
    name="log_recoveries",
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitor_all_code_locations=True,
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Writes one line when a run has published again after a failure, or a plan is refused or read again.",
)
def log_recoveries(context: dg.RunStatusSensorContext) -> None:
    """Record a run that succeeded."""
    record_run(context.instance, context.dagster_run.run_id, DataFolder.from_environment())


def record_run(instance: dg.DagsterInstance, run_id: str, folder: DataFolder) -> None:
    """Write into the log of operations how a run ended, unless it is there already."""
    found = instance.get_run_record_by_id(run_id)
    if found is None:
        return
    run = found.dagster_run
    ended = datetime.fromtimestamp(found.end_time or time.time(), UTC).astimezone()
    started_by = run.tags.get(STARTED_BY, "person")
    if run.status == dg.DagsterRunStatus.FAILURE:
        record(folder.operations, Outcome(ended, run_id, started_by, failure=_reason(instance, run_id)))
    elif run.status == dg.DagsterRunStatus.SUCCESS and _has_released(instance, run_id):
        record(folder.operations, published(folder, ended, run_id, started_by))


def _has_released(instance: dg.DagsterInstance, run_id: str) -> bool:
    events = instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
    made = [event.asset_materialization for event in events]
    return any(item is not None and item.asset_key == dg.AssetKey("release") for item in made)


def _reason(instance: dg.DagsterInstance, run_id: str) -> str:
    """Return why a run failed: which checks, with how many rows and the first of them; else the errors."""
    kinds = dg.DagsterEventType
    events = [
        entry.dagster_event
        for entry in instance.all_logs(
            run_id, of_type={kinds.ASSET_CHECK_EVALUATION, kinds.STEP_FAILURE, kinds.RUN_FAILURE}
        )
        if entry.dagster_event is not None
    ]
    checks = [e.asset_check_evaluation_data for e in events if e.event_type == kinds.ASSET_CHECK_EVALUATION]
    reasons = [
        _check(check)
        for check in checks
        if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR
    ]
    if not reasons:
        steps = [e for e in events if e.event_type == kinds.STEP_FAILURE]
        reasons = [f"{e.step_key}: {_error(e.step_failure_data.error, e.message)}" for e in steps]
    if not reasons:
        ends = [e for e in events if e.event_type == kinds.RUN_FAILURE]
        reasons = [_error(getattr(e.event_specific_data, "error", None), e.message) for e in ends]
    return "; ".join(reasons) or "no reason was recorded"


def _check(check: dg.AssetCheckEvaluation) -> str:
    """Return a failed check in words: how many rows, and the first of them."""

    def number(name: str) -> int:
        return int(getattr(check.metadata.get(name), "value", None) or 0)

    count = number("failing_row_count") or number("dagster_dbt/failed_row_count")
    records = getattr(check.metadata.get("failing_rows"), "records", None)
    row = " | ".join(str(value) for value in records[0].data.values()) if records else ""
    return (
        f"check {check.check_name} of {check.asset_key.to_user_string()} failed"
        + (f" for {count} row{'s' if count > 1 else ''}" if count else "")
        + (f", {'the first: ' if count > 1 else ''}{row}" if row else "")
    )


def _error(error: dg.SerializableErrorInfo | None, otherwise: str | None) -> str:
    root = root_error(error)
    return message(root) if root is not None else otherwise or ""


def _end_lost_runs(instance: dg.DagsterInstance, folder: DataFolder) -> None:
    """Mark runs as failed whose process was killed: they cannot say so, and would be shown as running for ever."""
    started = instance.get_run_records(dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED]))
    old = [item for item in started if item.start_time and time.time() - item.start_time > _GRACE_SECONDS]
    if not old or not _is_free(folder):
        return
    time.sleep(1)  # at the moment when one run hands the lock to the next, it looks free
    if not _is_free(folder):
        return
    for item in old:
        if (run := instance.get_run_by_id(item.dagster_run.run_id)) and not run.is_finished:
            instance.report_run_failed(
                run,
                "The process of the run is gone: it was killed, or the machine was stopped. Nothing was published.",
            )


def _is_free(folder: DataFolder) -> bool:
    try:
        with folder.lock():
            return True
    except BuildInProgressError:
        return False
