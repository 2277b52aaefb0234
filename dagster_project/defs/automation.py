"""What starts a run without a person, and has it logged how runs ended."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import dagster as dg

from dagster_project import fingerprints
from dagster_project.defs.common import STARTED_BY
from dagster_project.defs.outcomes import log_run
from dagster_project.defs.refresh import quarantine_culprits, refresh
from dagster_project.folder import BuildInProgressError, DataFolder
from dagster_project.release.inputs import InputChanges, pending_changes
from dagster_project.release.log import COMMAND_LINE, log_recovery
from dagster_project.release.manifest import read_manifest

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
        log_recovery(folder, "sensor")
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


def _tags(started_by: str, changes: InputChanges) -> dict[str, str]:
    return {STARTED_BY: started_by, CHANGES: str(changes)}


def _release(folder: DataFolder) -> str:
    manifest = read_manifest(folder.marts / "current")
    return f"release {manifest['release_id']}, made {manifest['made_at']}"


# --- how it ended ---------------------------------------------------------------------------------------------


@dg.run_failure_sensor(
    name="log_failures",
    request_job=refresh,
    monitor_all_code_locations=True,  # the runs of `ip-plans build` have no code location
    minimum_interval_seconds=_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Writes one line into the log of operations for each run that failed, with the reason, and starts "
    "one without the plans that made it fail.",
)
def log_failures(context: dg.RunFailureSensorContext) -> dg.RunRequest | dg.SkipReason:
    """Record a run that failed; where plans made it fail, keep them out and build the others."""
    folder, run = DataFolder.from_environment(), context.dagster_run
    log_run(context.instance, run.run_id, folder)
    if run.tags.get(STARTED_BY) == COMMAND_LINE:
        return dg.SkipReason("`ip-plans build` builds once more by itself.")
    logged = context.instance.all_logs(run.run_id)
    if quarantine_culprits([entry.dagster_event for entry in logged if entry.dagster_event], folder):
        return dg.RunRequest(run_key=f"without-culprits-{run.run_id}", tags={STARTED_BY: "quarantine"})
    return dg.SkipReason("No plan alone made the run fail.")


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
    log_run(context.instance, context.dagster_run.run_id, DataFolder.from_environment())


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
