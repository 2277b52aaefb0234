"""Commands on plans: register one, take one out, see how each stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dagster_project.cli.terminal import (
    DataDir,
    TextFile,
    current_release,
    fail,
    folder_of,
    in_words,
    new_table,
    say,
    show,
)
from dagster_project.release.inputs import pending_changes
from dagster_project.release.log import RELEASE, read_log, standing_failures

if TYPE_CHECKING:
    from dagster_project.corpus.registry import Registered


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

    folder = folder_of(data_dir)
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
                fail("--replace takes --id and no description: origin.yml stays; correct it there.")
            added = replace_text(file, folder, plan_id, datetime.now(UTC))
        else:
            if city is None:
                fail(
                    "Whose plan is it? Give --city with the code or the name of the place, as --city 合肥市."
                )
            place, english = place_of(city, **described)
            source = Source(name=source_name, url=source_url)
            added = register(file, folder, place, english, plan_id, source)
    except PlanRefusedError as refusal:
        fail(f"Not added: {refusal}")
    except OSError as error:
        fail(f"Not added: {in_words(error)}")
    _say_added(added)


def _say_added(added: Registered) -> None:
    """Print what was registered and what the text does not state, with what to do."""
    from dagster_project.corpus.registry import STATED

    plan = added.plan
    say(f"{'Replaced the text of' if added.kept else 'Added'} {plan.key}: {added.folder}")
    provisions, measures = len(plan.reading.provisions), len(plan.extraction.measures)
    say(
        f"  {plan.document['char_count']} characters, {plan.document['encoding']}: {provisions} provisions, "
        f"{measures} measures"
    )
    for name, called in STATED.items():
        say(f"  {called:<8}{added.stated[name] or 'not found'}")
    if missing := [name for name in STATED if added.stated[name] is None]:
        say(f"If you know what was not found, write it into origin.yml: {', '.join(missing)}.")
    for doubt in added.doubts:
        say(f"  ! {doubt}")
    if added.kept:
        say(f"The text before is kept in {added.kept}.")
    say("Next: `ip-plans build`. Where `ip-plans ui` is running, the build starts by itself.")


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
