"""Commands on plans: register one, take one out, see how each stands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dagster_project.cli.terminal import (
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
from dagster_project.folder import JURISDICTIONS
from dagster_project.release.inputs import pending_changes
from dagster_project.release.log import RELEASE, read_log, standing_failures

if TYPE_CHECKING:
    from dagster_project.corpus.places import KnownPlace
    from dagster_project.corpus.registry import Registered


_SUFFIXES = (".txt", ".md", ".csv", ".docx", ".htm", ".html", ".pdf", ".xlsx")


def add(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Texts in any Chinese encoding (.txt, .md), .docx, .html, .pdf, .xlsx, .csv, or folders of them.",
            exists=True,
        ),
    ],
    city: Annotated[
        str | None,
        typer.Option(
            help="Whose plan: code or name of a place in the jurisdictions seed, or a Chinese name.",
            show_default="the known place that issuer or title begins with",
        ),
    ] = None,
    plan_id: Annotated[str | None, typer.Option("--id", help="Its id.", show_default="<city>-<year>")] = None,
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
    """Register plans: copy each text, or make it of the file, and write origin.yml, with what was found in the text."""
    from dagster_project.corpus.origin import Source
    from dagster_project.corpus.places import known_places
    from dagster_project.corpus.registry import place_of, register, replace_text

    folder, chosen, places = folder_of(data_dir), [*_documents(files)], known_places(JURISDICTIONS)
    described = {
        "level": level,
        "adcode": adcode,
        "province_zh": province,
        "population": population,
        "name_en": name_en,
    }
    if plan_id is not None and len(chosen) != 1:
        fail(
            f"--id names one plan, but there are {len(chosen)} files: add them one by one, or leave out --id."
        )
    if replace and (
        plan_id is None or any(v is not None for v in (city, source_name, source_url, *described.values()))
    ):
        fail("--replace takes --id and no description: origin.yml stays; correct it there.")

    def add_one(file: Path) -> Registered:
        if replace:
            return replace_text(file, folder, plan_id or "", datetime.now(UTC))
        place, english = place_of(city or _place(file, places), places, **described)
        return register(file, folder, place, english, plan_id, Source(name=source_name, url=source_url))

    _add_each(chosen, add_one)


def _add_each(files: Sequence[Path], add_one: Callable[[Path], Registered]) -> None:
    """Add files one by one; what is wrong with one is said, and the others are added."""
    from dagster_project.corpus.origin import PlanRefusedError

    refused = 0
    for file in files:
        try:
            _say_added(add_one(file))
        except (PlanRefusedError, OSError) as error:
            reason = in_words(error) if isinstance(error, OSError) else error
            if len(files) == 1:
                fail(f"Not added: {reason}")
            say(f"Not added: {reason}")
            refused += 1
    if refused:
        say(f"{len(files) - refused} of {len(files)} files were added.")
        raise typer.Exit(PLANS_MISSING)
    say("Next: `ip-plans build`. Where `ip-plans ui` is running, the build starts by itself.")


def _documents(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files, and those of the folders that can be plans, in order."""
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.suffix.lower() in _SUFFIXES)
            if not inside:
                fail(f"There is no file in {path} that can be a plan ({', '.join(_SUFFIXES)}).")
            yield from inside
        else:
            yield path


def _place(file: Path, places: Mapping[str, KnownPlace]) -> str:
    """Return the code of the place that a file says it is of; where it does not, ask who sits there, or refuse.

    Raises:
        PlanRefusedError: If nobody can be asked.
    """
    from dagster_project.corpus.origin import PlanRefusedError
    from dagster_project.corpus.registry import guess_place

    code = guess_place(file, places)
    if code:
        return code
    if sys.stdin.isatty():
        return str(typer.prompt(f"Whose plan is {file.name}? Code or name of the place"))
    raise PlanRefusedError(
        f"{file}: whose plan is it? Give --city with the code or the name of the place, as --city 合肥市"
    )


def _say_added(added: Registered) -> None:
    """Print what was registered and what the text does not state, with what to do."""
    from dagster_project.corpus.registry import STATED

    plan, made = added.plan, added.converted
    say(f"{'Replaced the text of' if added.kept else 'Added'} {plan.key}: {added.folder}")
    provisions, measures = len(plan.reading.provisions), len(plan.extraction.measures)
    say(
        f"  {plan.document['char_count']} characters, {plan.document['encoding']}"
        + (f", {made.pages} pages" if made and made.pages else "")
        + (f", {made.tables} tables" if made else "")
        + f": {provisions} provisions, {measures} measures"
    )
    if made and made.is_recognised:
        say("  ! a scan: its text was recognised from pictures; compare its figures with the pages")
    for part in made.left_out if made else ():
        say(f"  left out: {part}")
    for name, called in STATED.items():
        say(f"  {called:<8}{added.stated[name] or 'not found'}")
    if missing := [name for name in STATED if added.stated[name] is None]:
        say(f"If you know what was not found, write it into origin.yml: {', '.join(missing)}.")
    for doubt in added.doubts:
        say(f"  ! {doubt}")
    if added.kept:
        say(f"The text before is kept in {added.kept}.")


def remove(
    plan_id: Annotated[str, typer.Argument(metavar="PLAN_ID", help="As in hefei-2020.")],
    data_dir: DataDir = None,
) -> None:
    """Take a plan out; its folder is kept beside raw/, nothing is deleted."""
    from dagster_project.corpus.origin import PlanRefusedError
    from dagster_project.corpus.registry import remove as remove_plan

    folder = folder_of(data_dir)
    try:
        kept = remove_plan(folder, plan_id, datetime.now(UTC))
    except PlanRefusedError as refusal:
        fail(f"Not removed: {refusal}")
    except OSError as error:
        fail(f"Not removed: {in_words(error)}")
    say(f"Removed {plan_id}. To have it back: mv {kept} {folder.raw / plan_id}")
    say("It is in the published tables until the next build.")


def status(data_dir: DataDir = None) -> None:
    """Show each plan, what is published, what has changed since, and what failed last."""
    from dagster_project import fingerprints

    folder = folder_of(data_dir)
    changes = pending_changes(folder)
    release = current_release(folder) if (folder.marts / "current").exists() else None
    rows = release.table("audit_plan_status").to_dicts() if release else []
    known = {row["plan_key"]: row for row in rows}
    notes = {
        **dict.fromkeys(changes.added, "new"),
        **dict.fromkeys(changes.changed, "changed"),
        **dict.fromkeys(changes.removed, "removed"),
    }
    shown = new_table("plan", "status", "last read", "rules", "since then")
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
        show(shown)
    else:
        say(f"There is no plan in {folder.raw}: `ip-plans add FILE --city NAME` registers one.")
    for row in rows:
        if row["reason"]:
            say(f"{row['plan_key']}: {row['reason']}")
    if release:
        made_at = release.manifest.get("made_at", "")
        say(f"Published: release {release.id}, made {made_at}, in {folder.marts}")
    else:
        say("Published: nothing yet")
    say(f"To build: {changes or 'nothing has changed'}")
    log = read_log(folder.operations)
    failures = [line for line in log if line.state == "FAILED"]
    if failures:
        last = failures[-1]
        is_standing = last.subject in standing_failures(log)
        what = "the build" if last.subject == RELEASE else last.subject
        say(
            f"Last failure: {last.time:%Y-%m-%d %H:%M}, {what} ({'stands' if is_standing else 'over'}): {last.reason}"
        )
