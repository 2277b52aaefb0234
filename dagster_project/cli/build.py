"""The command ``ip-plans``: what an analyst types. Imports that take seconds are made inside the commands."""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, TextIO

import typer

from dagster_project.folder import DATA_DIR_VARIABLE, BuildInProgressError, DataFolder
from dagster_project.release.changes import pending_changes
from dagster_project.release.log import (
    COMMAND_LINE,
    NO_RUN,
    RELEASE,
    Outcome,
    message,
    read_log,
    record,
    recover,
    root_error,
    standing_failures,
)
from dagster_project.release.store import (
    ReleaseError,
    describe_release,
    find_release,
    is_whole,
    read_manifest,
    read_staged,
    releases,
)

if TYPE_CHECKING:
    import polars as pl
    from dagster import AssetCheckEvaluation, DagsterEvent, ExecuteInProcessResult
    from rich.console import Console
    from rich.table import Table

    from dagster_project.corpus.registry import Registered
    from dagster_project.records import Reading

OK, PLANS_MISSING, NOT_PUBLISHED = 0, 1, 2
_SHOWN_FAILURES, _SHOWN_WARNINGS, _SHOWN_CHARACTERS = 20, 3, 200
_SIGNS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ ", "eq": ""}

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="Compare what city intellectual-property plans promise, with the sentence behind every number.",
)
DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Folder with raw/<plan_id>/; marts/ and .work/ are written beside it.",
        envvar=DATA_DIR_VARIABLE,
        show_default="data/ of the project",
    ),
]
TextFile = Annotated[
    Path, typer.Argument(help="A text file in any Chinese encoding.", exists=True, dir_okay=False)
]


def _folder(data_dir: Path | None) -> DataFolder:
    return DataFolder.of(data_dir) if data_dir else DataFolder.from_environment()


# --- build ----------------------------------------------------------------------------------------------------


@app.command()
def build(
    data_dir: DataDir = None,
    force: Annotated[
        bool, typer.Option("--force", help="Read every plan again and build, even if nothing has changed.")
    ] = False,
) -> None:
    """Read the plans that have changed, compare and judge all of them, and publish tables and charts.

    If nothing has changed since the last release, nothing is done.

    Exit code 0: all is published. 1: published, but a plan was refused or is stale. 2: not published.
    """
    folder = _folder(data_dir)
    if not folder.raw.is_dir():
        _fail(
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
        _say(f"Building {folder.root} ({changes or 'nothing has changed'}; log: {log})")
        with log.open("w", encoding="utf-8") as file:
            result = _run(file, sys.stdout)
    except Exception as error:  # noqa: BLE001 - a user is told what is wrong, the log has the traceback
        # The log may be what cannot be written: on a full disk the user must still be told.
        with suppress(OSError), log.open("a", encoding="utf-8") as file:
            traceback.print_exc(file=file)
        _record_failure(folder, error)
        _fail(f"Not built: {_in_words(error)}")
    if not result.success:
        for line in _failures(result):
            _say(line)
        _fail(f"Not published: the last release stays as it was. The log is {log}")
    for line in _warnings(result):
        _say(line)
    exit_code = _summary(folder, time.monotonic() - started)
    for line in _compared(folder, before):
        _say(line)
    raise typer.Exit(exit_code)


def _record_failure(folder: DataFolder, error: Exception) -> None:
    """Write into the log of operations that a build ended before it was a run."""
    if isinstance(error, BuildInProgressError):
        return  # how that build ends is said by itself
    now = datetime.now(UTC).astimezone()
    with suppress(OSError):
        record(folder.operations, Outcome(now, NO_RUN, COMMAND_LINE, failure=_in_words(error)))


def _unchanged(folder: DataFolder) -> int:
    """Say which release stays, and return the exit code that it was published with."""
    with suppress(OSError):  # a folder that can only be read
        recover(folder, COMMAND_LINE)
    manifest = read_manifest(folder.marts / "current")
    made_at = datetime.fromisoformat(manifest["made_at"]).astimezone()
    release = f"release {manifest['release_id']} of {made_at:%Y-%m-%d %H:%M}"
    _say(f"Nothing has changed: {release} stays. Tables: {folder.marts}")
    return _say_missing(manifest["plans"])


def _say_missing(plans: Iterable[Mapping[str, Any]]) -> int:
    """Name the plans that are refused or stale with their reasons, and return the exit code."""
    missing = [plan for plan in plans if plan["status"] != "ok"]
    for plan in missing:
        _say(f"{plan['plan_key']} is {plan['status']}: {plan['reason']}")
    return PLANS_MISSING if missing else OK


#: What to do about an error of the file system.
_REMEDIES = {
    errno.ENOSPC: "free some space and build again",
    errno.EDQUOT: "free some space and build again",
    errno.EACCES: "make it writable, or choose another folder with --data-dir",
    errno.EPERM: "make it writable, or choose another folder with --data-dir",
    errno.EROFS: "make it writable, or choose another folder with --data-dir",
}


def _in_words(error: Exception) -> str:
    """Return an error in one line; that of a file system with the file and what to do."""
    if isinstance(error, OSError) and error.errno in _REMEDIES:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}: {_REMEDIES[error.errno]}"
    return f"{type(error).__name__}: {error}"


def _run(log: TextIO, out: TextIO) -> ExecuteInProcessResult:
    """Run the job, with progress on `out` and all else in `log`."""
    with redirect_stdout(log), redirect_stderr(log):
        import dagster as dg

        from dagster_project.definitions import definitions
        from dagster_project.defs.automation import record_run
        from dagster_project.defs.common import STARTED_BY
        from dagster_project.defs.refresh import BUILD_LOGGER, refresh

        logger = logging.getLogger(BUILD_LOGGER)
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        logger.handlers = [logging.StreamHandler(log), _Progress(out)]
        logger.handlers[0].setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        job = definitions().resolve_job_def(refresh.name)
        with dg.DagsterInstance.get() as instance:
            result = job.execute_in_process(
                instance=instance,
                raise_on_error=False,
                run_config={"loggers": {"command_line": {}}},
                tags={STARTED_BY: COMMAND_LINE},
            )
            with suppress(OSError):  # what was built counts, also where the log cannot be written
                record_run(instance, result.run_id, DataFolder.from_environment())
            return result


class _Progress(logging.Handler):
    """Prints one line when a step has ended, and every warning."""

    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        """Print the line for an event of Dagster."""
        event = getattr(record, "dagster_event", None)
        meta: dict[str, Any] = getattr(record, "dagster_meta", {})
        if event is None:
            # What dbt warns of comes back as checks.
            if record.levelno == logging.WARNING and meta.get("step_key") != "warehouse":
                self._print(f"  ! {meta.get('orig_message', record.getMessage())}")
        elif event.is_step_start:
            self._print(f"  {event.step_key} …")
        elif event.is_step_success:
            seconds = event.step_success_data.duration_ms / 1000
            self._print(f"  {event.step_key} done in {seconds:.1f} s")
        elif event.is_step_failure:
            self._print(f"  {event.step_key} FAILED")

    def _print(self, line: str) -> None:
        typer.echo(line, file=self._out)


def _failures(result: ExecuteInProcessResult) -> list[str]:
    """Return what failed: checks with their rows, then steps with the reason and what to do."""
    lines = []
    for check in _failed_checks(result):
        if check.severity.value == "ERROR":
            lines.append(f"FAILED {_check_line(check)}")
            lines += _rows(check, _SHOWN_FAILURES)
    for event in result.filter_events(lambda event: event.is_step_failure):
        lines += _step_failure(event)
    if not lines:  # it ended before its first step, as when another build holds the lock
        ends = result.filter_events(lambda event: event.event_type_value == "PIPELINE_FAILURE")
        lines = [f"FAILED: {message(root_error(event.job_failure_data.error))}" for event in ends]
    return lines


def _step_failure(event: DagsterEvent) -> list[str]:
    error = root_error(event.step_failure_data.error)
    if error is None or error.cls_name == "DagsterAssetCheckFailedError":
        return []
    return [f"FAILED {event.step_key}: {message(error)}"]


def _warnings(result: ExecuteInProcessResult) -> list[str]:
    """Return what is unusual: one line for each check, and its first rows."""
    lines = []
    for check in _failed_checks(result):
        lines.append(f"unusual: {_check_line(check)}")
        lines += _rows(check, _SHOWN_WARNINGS)
    return lines


def _failed_checks(result: ExecuteInProcessResult) -> list[AssetCheckEvaluation]:
    checks = [check for check in result.get_asset_check_evaluations() if not check.passed]
    return sorted(checks, key=lambda check: (check.asset_key, check.check_name))


def _check_line(check: AssetCheckEvaluation) -> str:
    rows = _failing_count(check)
    observed = _metadata(check, "observed")
    return (
        f"{check.asset_key.to_user_string()}: {check.check_name}"
        + (f", {rows} rows" if rows else "")
        + (f", found {observed}" if observed else "")
        + f". {_metadata(check, 'protects') or check.description or ''}"
    )


def _rows(check: AssetCheckEvaluation, count: int) -> list[str]:
    """Return the header and the first rows of the table of failing rows."""
    table: Any = check.metadata.get("failing_rows")  # of a type that Dagster does not name at the check
    records = [] if table is None else [record.data for record in table.records]
    if not records:
        return []
    lines = [list(records[0]), *(record.values() for record in records[:count])]
    rest = _failing_count(check) - count
    more = [f"    … and {rest} more: see the log"] if rest > 0 else []
    return ["    | " + " | ".join(map(_cell, line)) + " |" for line in lines] + more


def _failing_count(check: AssetCheckEvaluation) -> int:
    """Return the number of failing rows; 0 for a check of a table as a whole."""
    return int(_metadata(check, "failing_row_count") or _metadata(check, "dagster_dbt/failed_row_count") or 0)


def _cell(value: object) -> str:
    """Return a value on one line."""
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


def _metadata(check: AssetCheckEvaluation, name: str) -> str:
    value = check.metadata.get(name)
    return "" if value is None or value.value is None else str(value.value)


def _summary(folder: DataFolder, seconds: float) -> int:
    """Print what was published, and return the exit code."""
    tables = _published(folder, "audit_plan_status", "fct_provision", "fct_measure", "audit_accuracy")
    f1 = _f1(tables["audit_accuracy"])
    shown = _table("plan", "status", "provisions", "measures", "measures F1")
    plans = tables["audit_plan_status"].to_dicts()
    for row in plans:
        plan = row["plan_key"]
        counts = [str((tables[t]["plan_key"] == plan).sum()) for t in ("fct_provision", "fct_measure")]
        shown.add_row(plan, row["status"], *counts, f"{f1[plan]:.3f}" if plan in f1 else "not assessed")
    _console().print(shown)
    release = f"release {read_manifest(folder.marts / 'current')['release_id']}"
    charts = folder.marts / "figures"
    _say(f"Published in {seconds:.0f} s: {release}. Tables: {folder.marts}  Charts: {charts}")
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
    if before not in {current, folder.marts / "current"} and is_whole(before):
        from dagster_project.api.diff import compare, counts

        told = counts(compare(read_staged(before), read_staged(current)))
        yield f"Compared with {before.name}: {told}. `ip-plans diff` shows it."


# --- diff -----------------------------------------------------------------------------------------------------


@app.command()
def diff(
    old: Annotated[
        str | None,
        typer.Argument(help="Release id, or its beginning.", show_default="the one before the last"),
    ] = None,
    new: Annotated[
        str | None, typer.Argument(help="Release id, or its beginning.", show_default="the last")
    ] = None,
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")] = False,
) -> None:
    """Show what changed between two releases: plans, measures field by field, verdicts, and rows of tables."""
    marts = _folder(data_dir).marts
    if not (marts / "current").exists():
        _fail(f"Nothing is published in {marts} yet: run `ip-plans build` first.")
    try:
        after = find_release(marts, new or (marts / "current").resolve().name)
        others = [path for path in releases(marts) if path != after and is_whole(path)]
        if not old and not others:
            _fail(
                f"Only one release is kept, {describe_release(after)}: there is nothing to compare it with yet."
            )
        before = find_release(marts, old) if old else others[0]
    except ReleaseError as error:
        _fail(str(error))
    from dagster_project.api.diff import compare, lines

    found = compare(read_staged(before), read_staged(after))
    if as_json:
        _say(
            json.dumps(
                {"old": before.name, "new": after.name} | asdict(found), ensure_ascii=False, default=str
            )
        )
        return
    _say(f"{describe_release(before)} → {describe_release(after)}")
    if read_manifest(before).get("program") != read_manifest(after).get("program"):
        _say("The program is not the same: rules, models or seeds may have changed, too.")
    for line in lines(found):
        _say(line)


# --- accuracy -------------------------------------------------------------------------------------------------


@app.command()
def accuracy(data_dir: DataDir = None) -> None:
    """Show how well the published rows agree with the reference readings, and every row that does not."""
    folder = _folder(data_dir)
    tables = _published(folder, "audit_accuracy", "fct_measure", "fct_provision")
    shares = tables["audit_accuracy"]
    plans = sorted(set(shares["plan_key"]))
    cells = {(row["plan_key"], row["field"]): row for row in shares.iter_rows(named=True)}
    shown = _table("field", *plans)
    for field in dict.fromkeys(shares["field"]):
        found = [cells[plan, field] for plan in plans]
        shown.add_row(
            field, *(f"{c['right']}/{c['assessed']}" if c["assessed"] else "not assessed" for c in found)
        )
    _console().print(shown)
    from dagster_project.quality.differences import differing_measures, differing_provisions

    reference = _reference(folder)
    for difference in (
        *differing_measures(tables["fct_measure"], reference["measures"]),
        *differing_provisions(tables["fct_provision"], reference["provisions"]),
    ):
        fields = "; ".join(
            f"{name}: {ours} (reference: {theirs})" for name, (ours, theirs) in difference.fields.items()
        )
        _say(f"{difference.plan_key} {difference.kind}: {difference.sentence}\n    {fields}")


def _reference(folder: DataFolder) -> dict[str, pl.DataFrame]:
    import polars as pl

    paths = {name: folder.extracted / f"reference_{name}.parquet" for name in ("measures", "provisions")}
    if not all(path.exists() for path in paths.values()):
        _fail(f"The reference readings are no longer in {folder.extracted}: run `ip-plans build --force`.")
    return {name: pl.read_parquet(path) for name, path in paths.items()}


# --- explain --------------------------------------------------------------------------------------------------


@app.command()
def explain(
    what: Annotated[
        str,
        typer.Argument(metavar="MEASURE_KEY|PLAN:OFFSET", help="As in hefei-2020@1079.1 or hefei-2020:1079."),
    ],
    data_dir: DataDir = None,
) -> None:
    """Show where a number stands and how each of its fields was decided, by which rule and which words."""
    tables = _published(_folder(data_dir), "fct_measure", "audit_numeral", "fct_provision")
    plan, _, offset = what.rpartition(":")
    if plan and offset.isdecimal():
        numerals, measures = (
            table.filter(
                (table["plan_key"] == plan)
                & (table["char_start"] <= int(offset))
                & (int(offset) < table["char_end"])
            )
            for table in (tables["audit_numeral"], tables["fct_measure"])
        )
        for row in numerals.iter_rows(named=True):
            _say(f"{row['text']}: {row['disposition']}" + (f" ({row['reason']})" if row["reason"] else ""))
            if measures.is_empty():
                _say(f"    {row['sentence_zh']}")
    else:
        numerals, measures = tables["audit_numeral"].clear(), tables["fct_measure"]
        measures = measures.filter(measures["measure_key"] == what)
    if measures.is_empty() and numerals.is_empty():
        _fail(
            f"There is no measure or number {what}: give a measure_key of fct_measure, or the plan and the offset of "
            "one of its numbers, as hefei-2020:1079"
        )
    provisions = tables["fct_provision"]
    for row in measures.iter_rows(named=True):
        _explain_measure(row, provisions.filter(provisions["provision_key"] == row["provision_key"]))


def _explain_measure(row: dict[str, Any], provision: pl.DataFrame) -> None:
    """Print a measure, its sentence with the value marked, and what decided each field."""
    from dagster_project.api.tables import marked_sentence

    _say(f"\n{row['measure_key']}  {row['indicator_text_zh']}")
    _say(f"    {row['heading_path_zh']}")
    own = provision.row(0, named=True) if not provision.is_empty() else {}
    placed = row | {"provision_zh": own.get("text_zh"), "provision_start": own.get("char_start")}
    _say(f"    {marked_sentence(placed)}")
    shown = _table("field", "value", "decided by")
    for field, why in json.loads(row["decided_by"]).items():
        value = {"period": row["period_text"], "indicator": row["indicator_text_zh"]}.get(
            field, row.get(field)
        )
        shown.add_row(field, "" if value is None else str(value), why)
    for field in ("value", "restates_measure_key", "governs_measure_key", "theme_key", "indicator_key"):
        if row[field] is not None:
            shown.add_row(field, str(row[field]), "")
    _console().print(shown)


# --- export ---------------------------------------------------------------------------------------------------


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="The file to write; for png and svg, the folder.")],
    theme: Annotated[
        list[str] | None,
        typer.Option(help="A theme, as talent; can be given more than once.", show_default="all"),
    ] = None,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    fmt: Annotated[
        str, typer.Option("--format", help="html, pdf, docx, xlsx, csv, json, png or svg.")
    ] = "html",
    force: Annotated[bool, typer.Option("--force", help="Replace what is at --out.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Write a part of the published release: some themes, in one language and one format."""
    from dagster_project.briefing import ExportError
    from dagster_project.briefing import export as write_export
    from dagster_project.release.store import read_manifest, read_staged

    folder = _folder(data_dir)
    current = folder.marts / "current"
    if not current.exists():
        _fail(f"Nothing is published in {folder.marts} yet: run `ip-plans build` first.")
    folder.prepare()
    os.environ.update(folder.environment())
    release = current.resolve()  # one release whole, even if another is published meanwhile
    try:
        notes = write_export(
            read_staged(release),
            read_manifest(release)["release_id"],
            out.absolute(),
            fmt=fmt,
            lang=lang,
            themes=theme or (),
            force=force,
        )
    except (ExportError, ValueError) as error:
        _fail(str(error))
    for note in notes:
        _say(f"! {note}")
    _say(str(out))


# --- compare --------------------------------------------------------------------------------------------------


@app.command()
def compare(
    what: Annotated[
        str,
        typer.Argument(
            metavar="THEME|INDICATOR",
            help="A key or a name: pledge_financing, 专利导航, talent.patent_agents.",
        ),
    ],
    lang: Annotated[Literal["en", "zh"], typer.Option(help="Language of names and reasons.")] = "en",
    pairs: Annotated[bool, typer.Option(help="Also compare every two plans with each other.")] = True,
    data_dir: DataDir = None,
) -> None:
    """Show what the plans say on a theme or an indicator, whether it may be compared, and the arithmetic."""
    from dagster_project import api

    root = _folder(data_dir).root
    try:
        rows, matches = api.compare(what, root), api.pairs(what, root)
        indicators = api.table("dim_indicator", root)
        silent = api.silent(what, root)
    except (api.NotPublishedError, api.UnknownNameError) as error:
        _fail(str(error))
    for indicator in indicators.filter(
        indicators["indicator_key"].is_in(rows["indicator_key"].to_list())
    ).iter_rows(named=True):
        key = indicator["indicator_key"]
        _say(f"\n{indicator[f'name_{lang}']} [{key}], in {indicator[f'axis_unit_{lang}']}")
        _say(f"    {indicator[f'definition_{lang}']}")
        _comparison_table(rows.filter(rows["indicator_key"] == key), lang)
        if pairs:
            for pair in matches.filter(matches["indicator_key"] == key).iter_rows(named=True):
                _say(_pair_line(pair, lang))
    if rows.is_empty():
        _say("No plan states a number for it.")
    for row in silent.iter_rows(named=True):
        _say(f"{row['plan_key']}: {row[f'theme_{lang}']}, {row[f'status_{lang}']}")


def _comparison_table(rows: pl.DataFrame, lang: str) -> None:
    shown = _table("plan", "stated", "value", "verdict", "arithmetic", "reason", "measure")
    for row in rows.iter_rows(named=True):
        value = row["comparable_value"]
        stated = f"{_SIGNS[row['comparator']]}{row['value_text']}" + (
            " 力争" if row["is_aspirational"] else ""
        )
        place = f"{row['plan_key']} (province)" if row["is_province"] else row["plan_key"]
        shown.add_row(
            place,
            stated,
            "–" if value is None else f"{value:,.2f}".rstrip("0").rstrip("."),
            row["comparability"],
            row["formula"],
            row[f"reason_{lang}"],
            row["measure_key"],
        )
    _console().print(shown)


def _pair_line(pair: dict[str, Any], lang: str) -> str:
    caution = pair[f"cautions_{lang}"]
    return (
        f"    {pair['left_plan_key']} × {pair['right_plan_key']}: {pair['comparability']}"
        + (f", {pair['formula']}" if pair["formula"] else "")
        + f". {pair[f'reason_{lang}']}"
        + (f" ({caution})" if caution else "")
    )


# --- one text -------------------------------------------------------------------------------------------------


@app.command()
def outline(file: TextFile) -> None:
    """Show how a text is divided: headings, provisions, annexes, and what the web page added."""
    from dagster_project.reading import outline_lines

    for line in outline_lines(_read(file)):
        _say(line)


@app.command()
def extract(file: TextFile) -> None:
    """Print the measures of any text, one JSON object a line; nothing is built."""
    from dagster_project.corpus.rows import extraction_rows
    from dagster_project.extraction import extract as extract_measures

    reading = _read(file)
    rows = extraction_rows(file.stem, reading, extract_measures(reading), "")
    for row in rows["measures"]:
        _say(json.dumps(row, ensure_ascii=False))


def _read(file: Path) -> Reading:
    from dagster_project.reading import ReadingError, decode, read

    try:
        return read(decode(file.read_bytes())[0])
    except ReadingError as error:
        _fail(f"{file}: {error}")


# --- plans ----------------------------------------------------------------------------------------------------


@app.command()
def add(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    file: TextFile,
    city: Annotated[
        str | None,
        typer.Option(
            help="Whose plan: code or name of a place in the jurisdictions seed, or a Chinese name."
        ),
    ] = None,
    plan_id: Annotated[
        str | None, typer.Option("--id", help="The plan id.", show_default="<city>-<year>")
    ] = None,
    level: Annotated[
        str | None, typer.Option(help="Of a place not in the seed: province, prefecture, county or township.")
    ] = None,
    adcode: Annotated[str | None, typer.Option(help="Its code, six digits.")] = None,
    province: Annotated[str | None, typer.Option(help="Its province, in Chinese.")] = None,
    population: Annotated[int | None, typer.Option(help="Its residents.", min=1)] = None,
    name_en: Annotated[str | None, typer.Option(help="Its English name.")] = None,
    source_name: Annotated[str | None, typer.Option(help="Where the text was published.")] = None,
    source_url: Annotated[str | None, typer.Option(help="Its address there.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="The text is a new version of the plan that --id names.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Register a plan: copy its text and write origin.yml, with what was found in the text."""
    from dagster_project.corpus.origin import PlanRefusedError, Source
    from dagster_project.corpus.registry import place_of, register, replace_text

    folder = _folder(data_dir)
    described = {
        "level": level,
        "adcode": adcode,
        "province_zh": province,
        "population": population,
        "name_en": name_en,
    }
    try:
        if replace:
            if plan_id is None or any(
                value is not None for value in (city, source_name, source_url, *described.values())
            ):
                _fail("--replace takes --id and no description: origin.yml stays; correct it there.")
            added = replace_text(file, folder, plan_id, datetime.now(UTC))
        else:
            if city is None:
                _fail(
                    "Whose plan is it? Give --city with the code or the name of the place, as --city 合肥市."
                )
            place, english = place_of(city, **described)
            source = Source(name=source_name, url=source_url)
            added = register(file, folder, place, english, plan_id, source)
    except PlanRefusedError as refusal:
        _fail(f"Not added: {refusal}")
    except OSError as error:
        _fail(f"Not added: {_in_words(error)}")
    _say_added(added)


def _say_added(added: Registered) -> None:
    """Print what was registered and what the text does not state, with what to do."""
    from dagster_project.corpus.registry import STATED

    plan = added.plan
    _say(f"{'Replaced the text of' if added.kept else 'Added'} {plan.key}: {added.folder}")
    provisions, measures = len(plan.reading.provisions), len(plan.extraction.measures)
    _say(
        f"  {plan.document['char_count']} characters, {plan.document['encoding']}: {provisions} provisions, "
        f"{measures} measures"
    )
    for name, called in STATED.items():
        _say(f"  {called:<8}{added.stated[name] or 'not found'}")
    if missing := [name for name in STATED if added.stated[name] is None]:
        _say(f"If you know what was not found, write it into origin.yml: {', '.join(missing)}.")
    for doubt in added.doubts:
        _say(f"  ! {doubt}")
    if added.kept:
        _say(f"The text before is kept in {added.kept}.")
    _say("Next: `ip-plans build`. Where `ip-plans ui` is running, the build starts by itself.")


@app.command()
def remove(
    plan_id: Annotated[str, typer.Argument(metavar="PLAN_ID", help="As in hefei-2020.")],
    data_dir: DataDir = None,
) -> None:
    """Take a plan out; its folder is kept beside raw/, nothing is deleted."""
    from dagster_project.corpus.origin import PlanRefusedError
    from dagster_project.corpus.registry import remove as remove_plan

    folder = _folder(data_dir)
    try:
        kept = remove_plan(folder, plan_id, datetime.now(UTC))
    except PlanRefusedError as refusal:
        _fail(f"Not removed: {refusal}")
    except OSError as error:
        _fail(f"Not removed: {_in_words(error)}")
    _say(f"Removed {plan_id}. To have it back: mv {kept} {folder.raw / plan_id}")
    _say("It is in the published tables until the next build.")


@app.command()
def status(data_dir: DataDir = None) -> None:
    """Show each plan, what is published, what has changed since, and what failed last."""
    from dagster_project import fingerprints

    folder = _folder(data_dir)
    changes = pending_changes(folder)
    is_published = (folder.marts / "current").exists()
    rows = _published(folder, "audit_plan_status")["audit_plan_status"].to_dicts() if is_published else []
    known = {row["plan_key"]: row for row in rows}
    notes = {
        **dict.fromkeys(changes.added, "new"),
        **dict.fromkeys(changes.changed, "changed"),
        **dict.fromkeys(changes.removed, "removed"),
    }
    shown = _table("plan", "status", "last read", "rules", "since then")
    plans = sorted({*known, *(path.name for path in fingerprints.entries(folder.raw))})
    for plan in plans:
        row = known.get(plan, {})
        read_at = row.get("last_read_at")
        when = f"{read_at.astimezone():%Y-%m-%d %H:%M}" if read_at else ""
        shown.add_row(
            plan,
            row.get("status", "not built"),
            when,
            row.get("extractor_version") or "",
            notes.get(plan, ""),
        )
    if plans:
        _console().print(shown)
    else:
        _say(f"There is no plan in {folder.raw}: `ip-plans add FILE --city NAME` registers one.")
    for row in rows:
        if row["reason"]:
            _say(f"{row['plan_key']}: {row['reason']}")
    if is_published:
        manifest = read_manifest(folder.marts / "current")
        _say(
            f"Published: release {manifest['release_id']}, made {manifest.get('made_at', '')}, in {folder.marts}"
        )
    else:
        _say("Published: nothing yet")
    _say(f"To build: {changes or 'nothing has changed'}")
    log = read_log(folder.operations)
    failures = [line for line in log if line.state == "FAILED"]
    if failures:
        last = failures[-1]
        is_standing = last.subject in standing_failures(log)
        what = "the build" if last.subject == RELEASE else last.subject
        _say(
            f"Last failure: {last.time:%Y-%m-%d %H:%M}, {what} ({'stands' if is_standing else 'over'}): {last.reason}"
        )


# --- the web page ---------------------------------------------------------------------------------------------


@app.command()
def ui(
    data_dir: DataDir = None, port: Annotated[int, typer.Option(help="Port on this machine.")] = 3000
) -> None:
    """Open Dagster's web page on this machine, and start the daemon: schedule and sensors are on.

    It runs until it is interrupted or terminated.
    """
    folder = _folder(data_dir)
    try:
        folder.prepare()
    except OSError as error:
        _fail(f"Not started: {_in_words(error)}")
    environment = os.environ | folder.environment() | {"DAGSTER_HOME": str(folder.dagster_home)}
    dagster = str(Path(sys.executable).parent / "dagster")
    # Where interrupts are ignored, as in the background of a script, Dagster would ignore being terminated, too.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execve(dagster, [dagster, "dev", "-m", "dagster_project.definitions", "-p", str(port)], environment)  # noqa: S606


# --- shared ---------------------------------------------------------------------------------------------------


def _published(folder: DataFolder, *names: str) -> dict[str, pl.DataFrame]:
    from dagster_project import api

    try:
        return {name: api.table(name, folder.root) for name in names}
    except api.NotPublishedError as error:
        _fail(str(error))


def _console() -> Console:
    from rich.console import Console

    # A file or a pipe has no width: no line may be folded there.
    return Console(width=None if sys.stdout.isatty() else 200)


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table

    return Table(*columns, box=box.SIMPLE)


def _say(line: str) -> None:
    typer.echo(line)


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(NOT_PUBLISHED)
