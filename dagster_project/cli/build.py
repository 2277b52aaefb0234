"""Commands that build: at once, or whenever something has changed."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TextIO

import typer

from dagster_project.cli.terminal import (
    OK,
    PLANS_MISSING,
    DataDir,
    current_release,
    fail,
    folder_of,
    in_words,
    new_table,
    say,
    show,
)
from dagster_project.folder import BuildInProgressError, DataFolder
from dagster_project.release.inputs import pending_changes
from dagster_project.release.log import COMMAND_LINE, NO_RUN, Outcome, log_outcome, log_recovery
from dagster_project.release.manifest import read_manifest
from dagster_project.release.store import is_readable

if TYPE_CHECKING:
    import polars as pl

    from dagster_project.defs.outcomes import Report


_THIS_MACHINE = "127.0.0.1"


def build(
    data_dir: DataDir = None,
    force: Annotated[
        bool, typer.Option("--force", help="Read every plan again and build, even if nothing has changed.")
    ] = False,
    engine: Annotated[
        Literal["local", "spark"],
        typer.Option(help="What reads the plans: the processors of this machine, or Apache Spark."),
    ] = "local",
    master: Annotated[
        str, typer.Option(help="For spark: address of the cluster, as spark://host:7077.")
    ] = "local[*]",
    exchange: Annotated[
        str,
        typer.Option(
            help="For spark: folder, or address of an object store, that this machine and the cluster reach; "
            "the data folder where it is left out."
        ),
    ] = "",
) -> None:
    """Read the plans that have changed, compare and judge all of them, and publish tables and charts.

    If nothing has changed since the last release, nothing is done.

    Exit code 0: all is published. 1: published, but a plan was refused or is stale. 2: not published.
    """
    folder = folder_of(data_dir)
    if not folder.raw.is_dir():
        fail(
            f"Not built: there is no folder {folder.raw}: put each plan into {folder.raw}/<plan_id>/plan.txt"
        )
    changes, before = pending_changes(folder), (folder.marts / "current").resolve()
    if not changes and not force:
        raise typer.Exit(_unchanged(folder))
    started = time.monotonic()
    log = folder.logs / f"build-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}.log"
    try:
        folder.prepare()
        os.environ.update(folder.environment() | {"DAGSTER_HOME": str(folder.dagster_home)})
        with folder.lock():  # say so now, not after the imports; the run itself takes the lock again
            if force:
                shutil.rmtree(folder.readings, ignore_errors=True)
        say(f"Building {folder.root} ({changes or 'nothing has changed'}; log: {log})")
        with log.open("w", encoding="utf-8") as file:
            report = _run(file, sys.stdout, {"engine": engine, "master": master, "exchange": exchange})
    except Exception as error:  # noqa: BLE001 - a user is told what is wrong, the log has the traceback
        # The log may be what cannot be written: on a full disk the user must still be told.
        with suppress(OSError), log.open("a", encoding="utf-8") as file:
            traceback.print_exc(file=file)
        _record_failure(folder, error)
        fail(f"Not built: {in_words(error)}")
    if not report.is_success:
        for line in report.failures:
            say(line)
        fail(f"Not published: the last release stays as it was. The log is {log}")
    for line in report.warnings:
        say(line)
    exit_code = _summary(folder, time.monotonic() - started)
    for line in _compared(folder, before):
        say(line)
    raise typer.Exit(exit_code)


def _record_failure(folder: DataFolder, error: Exception) -> None:
    """Write into the log of operations that a build ended before it was a run."""
    if isinstance(error, BuildInProgressError):
        return  # how that build ends is said by itself
    now = datetime.now(UTC).astimezone()
    with suppress(OSError):
        log_outcome(folder.operations, Outcome(now, NO_RUN, COMMAND_LINE, failure=in_words(error)))


def _unchanged(folder: DataFolder) -> int:
    """Say which release stays, and return the exit code that it was published with."""
    with suppress(OSError):  # a folder that can only be read
        log_recovery(folder, COMMAND_LINE)
    manifest = read_manifest(folder.marts / "current")
    made_at = datetime.fromisoformat(manifest["made_at"]).astimezone()
    release = f"release {manifest['release_id']} of {made_at:%Y-%m-%d %H:%M}"
    say(f"Nothing has changed: {release} stays. Tables: {folder.marts}")
    return _say_missing(manifest["plans"])


def _say_missing(plans: Iterable[Mapping[str, Any]]) -> int:
    """Name the plans that are refused or stale with their reasons, and return the exit code."""
    missing = [plan for plan in plans if plan["status"] != "ok"]
    for plan in missing:
        say(f"{plan['plan_key']} is {plan['status']}: {plan['reason']}")
    return PLANS_MISSING if missing else OK


def _run(log: TextIO, out: TextIO, engine: Mapping[str, str]) -> Report:
    """Run the job, with progress on `out` and all else in `log`."""
    with redirect_stdout(log), redirect_stderr(log):
        from dagster_project.definitions import definitions
        from dagster_project.defs.refresh import run_refresh

        return run_refresh(definitions(), log, lambda line: typer.echo(line, file=out), engine)


def _summary(folder: DataFolder, seconds: float) -> int:
    """Print what was published, and return the exit code."""
    release = current_release(folder)
    f1 = _f1(release.table("audit_accuracy"))
    counted = [release.table(name)["plan_key"] for name in ("fct_provision", "fct_measure")]
    shown = new_table("plan", "status", "provisions", "measures", "measures F1")
    plans = release.table("audit_plan_status").to_dicts()
    for row in plans:
        plan = row["plan_key"]
        counts = [str((keys == plan).sum()) for keys in counted]
        shown.add_row(plan, row["status"], *counts, f"{f1[plan]:.3f}" if plan in f1 else "not assessed")
    show(shown)
    charts = folder.marts / "figures"
    say(f"Published in {seconds:.0f} s: release {release.id}. Tables: {folder.marts}  Charts: {charts}")
    return _say_missing(plans)


def _f1(accuracy: pl.DataFrame) -> dict[str, float]:
    """Return the F1 score of the measures of each plan that was assessed.

    It is twice the rows that agree, divided by the sum of published and reference rows.
    """
    import polars as pl

    rows = accuracy.filter(accuracy["field"].is_in(["measure.found", "measure.precision"]))
    sums = rows.group_by("plan_key").agg(pl.col("right", "assessed").sum())
    return {
        row["plan_key"]: row["right"] / row["assessed"]
        for row in sums.iter_rows(named=True)
        if row["assessed"]
    }


def _compared(folder: DataFolder, before: Path) -> Iterator[str]:
    """Yield one line on what is different from the release that was current before, if it is kept whole."""
    current = (folder.marts / "current").resolve()
    # Where there was no release, the link that is there now was no link to resolve.
    if before not in {current, folder.marts / "current"} and is_readable(before):
        from dagster_project.api import Release
        from dagster_project.api.diff import counts

        told = counts(Release(current).diff(Release(before)))
        yield f"Compared with {before.name}: {told}. `ip-plans diff` shows it."


def ui(
    data_dir: DataDir = None,
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 3000,
    host: Annotated[
        str, typer.Option(help="Address that it listens on; anything but this machine is open to others.")
    ] = _THIS_MACHINE,
) -> None:
    """Open Dagster's web page on this machine, and start the daemon: schedule and sensors are on.

    It runs until it is interrupted or terminated.
    """
    if host not in {_THIS_MACHINE, "localhost", "::1"}:
        say(
            f"Warning: the web page listens on {host} and asks for no password: whoever reaches it there reads all "
            "plans, and starts and stops builds. Without --host only this machine reaches it."
        )
    folder = folder_of(data_dir)
    try:
        folder.prepare()
    except OSError as error:
        fail(f"Not started: {in_words(error)}")
    environment = os.environ | folder.environment() | {"DAGSTER_HOME": str(folder.dagster_home)}
    dagster = str(Path(sys.executable).parent / "dagster")
    # Where interrupts are ignored, as in the background of a script, Dagster would ignore being terminated, too.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    command = [dagster, "dev", "-m", "dagster_project.definitions", "-h", host, "-p", str(port)]
    os.execve(dagster, command, environment)  # noqa: S606
