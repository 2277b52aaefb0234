"""The log of operations: exactly one line for each failure and for each recovery, of the release and of each plan.

The log itself is the memory: what is written depends on the last line about the same subject, so that one run can be
reported twice, by the command line and by a sensor, and still has one line.
"""

from __future__ import annotations

import fcntl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from dagster_project.folder import DataFolder
from dagster_project.release.manifest import read_manifest

FAILED, RECOVERED = "FAILED", "RECOVERED"
#: The subject of a line that is about no single plan.
RELEASE = "release"
#: In place of a run where there was none.
NO_RUN = "-"
COMMAND_LINE = "command line"
_LONGEST_REASON = 600


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended.

    Attributes:
        ended: When, with its zone.
        run_id: Which run.
        started_by: schedule, sensor, command line or person.
        failure: Why nothing was published; None if something was.
        release_id: What is published then.
        plans: plan id -> why it is refused or stale, None if it is neither, of all plans of that release.
    """

    ended: datetime
    run_id: str
    started_by: str
    failure: str | None = None
    release_id: str = ""
    plans: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log."""

    time: datetime
    state: str
    subject: str
    run_id: str
    started_by: str
    reason: str

    @classmethod
    def of(cls, text: str) -> Line | None:
        """Return the line that `text` is; None if it is none, as after a crash of the machine."""
        time, *others = text.split("\t")
        try:
            return cls(datetime.fromisoformat(time), *others)
        except (ValueError, TypeError):
            return None

    def __str__(self) -> str:
        """Return the fields, separated by tabs."""
        time = self.time.isoformat(timespec="seconds")
        return f"{time}\t{self.state}\t{self.subject}\t{self.run_id}\t{self.started_by}\t{self.reason}"


def read_log(path: Path) -> list[Line]:
    """Return all lines of a log; none if there is no file."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [line for part in text.split("\n") if (line := Line.of(part))]


def standing_failures(lines: Sequence[Line]) -> dict[str, Line]:
    """Return subject -> its last line, of each subject that has failed and not recovered since."""
    last = {line.subject: line for line in lines}
    return {subject: line for subject, line in last.items() if line.state == FAILED}


def new_lines(outcome: Outcome, before: Sequence[Line]) -> list[Line]:
    """Return what the log does not say yet about a run.

    A run that published nothing says nothing about a plan. A run that ended before the last failure did not mend it.
    A plan that stays in quarantine for the same reason has failed once, however often it is built.
    """

    def line(state: str, subject: str, reason: str) -> Line:
        return Line(outcome.ended, state, subject, outcome.run_id, outcome.started_by, _one_line(reason))

    if outcome.failure is not None:
        known = {item.run_id for item in before if item.subject == RELEASE} - {NO_RUN}
        return [] if outcome.run_id in known else [line(FAILED, RELEASE, outcome.failure)]
    standing = standing_failures(before)
    quarantined = {plan: reason for plan, reason in outcome.plans.items() if reason is not None}
    lines = []
    for subject, failure in standing.items():
        # The log keeps seconds.
        if subject not in quarantined and failure.time <= outcome.ended.replace(microsecond=0):
            is_plan = "read again" if subject in outcome.plans else "removed"
            reason = f"release {outcome.release_id} is published" if subject == RELEASE else is_plan
            lines.append(line(RECOVERED, subject, reason))
    for plan, reason in sorted(quarantined.items()):
        if plan not in standing or standing[plan].reason != _one_line(reason):
            lines.append(line(FAILED, plan, reason))
    return lines


def _one_line(reason: str) -> str:
    text = " ".join(reason.split())
    return text if len(text) <= _LONGEST_REASON else text[: _LONGEST_REASON - 1] + "…"


def log_outcome(path: Path, outcome: Outcome) -> list[Line]:
    """Append what the log at `path` does not say yet, and return it; safe against another process that does so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = new_lines(outcome, read_log(path))
        file.write("".join(f"{line}\n" for line in lines))
    return lines


def published_outcome(folder: DataFolder, ended: datetime, run_id: str, started_by: str) -> Outcome:
    """Return the outcome of a run that published what is published now."""
    manifest = read_manifest(folder.marts / "current")
    plans = {
        plan["plan_key"]: None if plan["status"] == "ok" else f"{plan['status']}: {plan['reason']}"
        for plan in manifest["plans"]
    }
    return Outcome(ended, run_id, started_by, release_id=manifest["release_id"], plans=plans)


def log_recovery(folder: DataFolder, started_by: str) -> None:
    """Log that a failure is over because what caused it was taken back: there is nothing to build then."""
    if RELEASE in standing_failures(read_log(folder.operations)):
        now = datetime.now(UTC).astimezone()
        log_outcome(folder.operations, published_outcome(folder, now, NO_RUN, started_by))
