"""The job that does everything, and its run from the command line."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO

import dagster as dg

from dagster_project import fingerprints
from dagster_project.corpus import quarantine
from dagster_project.defs.common import STARTED_BY
from dagster_project.defs.outcomes import Report, culprits, log_run, report
from dagster_project.folder import DataFolder
from dagster_project.release.log import COMMAND_LINE

_BUILD_LOGGER = "ip_plans.build"

# One process: DuckDB allows one writer, and each further process would import everything anew.
refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Read all plans, compare them, judge the result, and publish it as one release.",
)


@dg.logger({}, description="Hands the events of a run to the command line.")
def build_logger(_: dg.InitLoggerContext) -> logging.Logger:
    """Return the logger that the command line listens to."""
    return logging.getLogger(_BUILD_LOGGER)


def run_refresh(
    definitions: dg.Definitions,
    log: TextIO,
    tell: Callable[[str], None],
    engine: Mapping[str, str] | None = None,
) -> Report:
    """Run the job in this process, on the data folder that the environment names, and tell how it ended.

    Args:
        definitions: Those of the code location.
        log: Where every event is written to.
        tell: Called with one line when a step starts or ends, and for every warning.
        engine: What reads the plans, see `defs.extracted.Engine`; this machine where it is left out.
    """
    folder = DataFolder.from_environment()
    with _listening(log, tell), dg.DagsterInstance.get() as instance:
        job = definitions.resolve_job_def(refresh.name)
        while True:
            result = job.execute_in_process(
                instance=instance,
                raise_on_error=False,
                run_config={
                    "loggers": {"command_line": {}},
                    "ops": {"plans": {"config": dict(engine or {})}},
                },
                tags={STARTED_BY: COMMAND_LINE},
            )
            with suppress(OSError):  # what was built counts, also where the log cannot be written
                log_run(instance, result.run_id, folder)
            if result.success or not quarantine_culprits(result.all_events, folder):
                return report(result.all_events, is_success=result.success)
            tell("  built once more, without the plans that fail a check")


def quarantine_culprits(events: Sequence[dg.DagsterEvent], folder: DataFolder) -> bool:
    """Keep out the plans that made a run fail, and tell whether there are any that were not kept out before.

    Where every plan that is left is one of them, it is not the plans: the failure stands.
    """
    plans = [path.name for path in fingerprints.entries(folder.raw)]
    found, kept_out = culprits(events, plans), quarantine.load(folder.quarantine, folder.raw)
    if not set(plans) - set(found) - set(kept_out):
        return False
    return quarantine.add(folder.quarantine, folder.raw, found)


@contextmanager
def _listening(log: TextIO, tell: Callable[[str], None]) -> Iterator[None]:
    """Have the logger of the build write into `log` and tell the progress."""
    logger = logging.getLogger(_BUILD_LOGGER)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logger.handlers = [logging.StreamHandler(log), _Progress(tell)]
    logger.handlers[0].setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    try:
        yield
    finally:
        logger.handlers = []


class _Progress(logging.Handler):
    """Tells when a step starts and ends, and every warning."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Tell the line for an event of Dagster."""
        event = getattr(record, "dagster_event", None)
        meta: dict[str, Any] = getattr(record, "dagster_meta", {})
        if event is None:
            # What dbt warns of comes back as checks.
            if record.levelno == logging.WARNING and meta.get("step_key") != "warehouse":
                self._tell(f"  ! {meta.get('orig_message', record.getMessage())}")
        elif event.is_step_start:
            self._tell(f"  {event.step_key} …")
        elif event.is_step_success:
            seconds = event.step_success_data.duration_ms / 1000
            self._tell(f"  {event.step_key} done in {seconds:.1f} s")
        elif event.is_step_failure:
            self._tell(f"  {event.step_key} FAILED")
