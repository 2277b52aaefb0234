"""All plans: which of them are read, which fall back on their last good text, and the tables of all together.

A plan that cannot be used is quarantined with a reason that says what is wrong, where, and what to do; if it was good
before, its last good text stays in use and the plan is marked stale.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl

from dagster_project import fingerprints
from dagster_project.corpus.files import read_table, replace_table, write_tables
from dagster_project.corpus.kept_rows import PlanRows, forget_others, is_kept, key_of
from dagster_project.corpus.origin import PlanRefusedError
from dagster_project.corpus.parts import (
    FEWEST,
    PLAN_TABLES,
    LastBuild,
    Part,
    Stored,
    link_part,
    new_root,
    ranges,
    read_part,
    write_part,
)
from dagster_project.corpus.places import KnownPlace
from dagster_project.corpus.plans import accept_again
from dagster_project.corpus.quarantine import Quarantined
from dagster_project.corpus.reader import Outcome, Reader, all_rows
from dagster_project.corpus.tables import SCHEMAS, Row, frame, joined
from dagster_project.corpus.workers import read_all
from dagster_project.extraction import EXTRACTOR_VERSION

#: Reads many plans at once: by processes of this machine, or on a cluster. Plans that it leaves out are read here.
Engine: TypeAlias = Callable[[Reader, Sequence[Path]], Mapping[str, Outcome]]
#: `documents` and `plan_status` of the last release; empty before the first.
Previous: TypeAlias = Mapping[str, pl.DataFrame | pl.LazyFrame]
#: The part of each plan whose rows stand in one now.
Placed: TypeAlias = Mapping[str, Part]
Tables: TypeAlias = Mapping[str, pl.DataFrame]


def build_corpus(
    raw: Path,
    places: Mapping[str, KnownPlace],
    previous: Previous,
    now: datetime,
    readings: Path | None = None,
    quarantined: Mapping[str, Quarantined] | None = None,
) -> dict[str, pl.DataFrame]:
    """Read and extract plans, as few as the memory holds the rows of; as `write_corpus` does.

    Returns:
        All tables of `SCHEMAS`.

    Raises:
        PlanRefusedError: As there.
    """
    with tempfile.TemporaryDirectory(prefix="ip-plans-") as name:
        folder = Path(name)
        write_corpus(folder, raw, places, previous, now, readings, quarantined)
        return {table: read_table(folder, table) for table in SCHEMAS}


def write_corpus(
    folder: Path,
    raw: Path,
    places: Mapping[str, KnownPlace],
    previous: Previous,
    now: datetime,
    readings: Path | None = None,
    quarantined: Mapping[str, Quarantined] | None = None,
    engine: Engine = read_all,
) -> None:
    """Read and extract all plans, and write the tables of `SCHEMAS`, each a folder of Parquet files.

    Args:
        folder: Where the tables go, in place of those of the last build.
        raw: Holds one folder for each plan.
        places: adcode -> place of the jurisdictions seed.
        previous: `documents` and `plan_status` of the last release; empty before the first.
        now: The time of this build, with its zone.
        readings: Keeps the rows of each plan from build to build: a plan of which neither a file nor a rule has
            changed is not read again, and its `last_read_at` stays. None: all are read.
        quarantined: Plans that the checks of a build before have found to be of no use, see `corpus.quarantine`.
        engine: Reads the plans that have changed, where there are `readings`.

    Raises:
        PlanRefusedError: If no plan at all can be used; names the reason for each.
    """
    quarantined = quarantined or {}
    seed = hashlib.sha256(repr(sorted(places.items())).encode()).hexdigest()
    last = LastBuild.load(readings / _PARTS, seed) if readings else None
    reader = Reader(places, readings, fingerprints.rules(), now)
    first = _outcomes(fingerprints.entries(raw), quarantined, last.plans if last else {}, reader, engine)
    outcomes = _fallen_back(first, previous, raw, now, quarantined)
    if not any(outcome.rows for outcome in outcomes.values()):
        reasons = "".join(f"\n- {outcome.refusal}" for _, outcome in sorted(outcomes.items()))
        raise PlanRefusedError(
            f"No plan in {raw} can be used, so nothing was built:{reasons or ' it holds no folder of a plan.'}"
        )
    status = frame("plan_status", [_status(key, outcome) for key, outcome in outcomes.items()])
    used = {key: outcome for key, outcome in first.items() if not outcomes[key].refusal}
    in_parts = any(outcome.rows and outcome.rows.part for outcome in used.values())
    is_left = last is not None and (in_parts or len(used) >= FEWEST)
    root = new_root(last.folder) if last and is_left else folder / ".new"
    shutil.rmtree(root, ignore_errors=True)  # of a build that was killed
    placed = _write_parts(root, outcomes)
    if last and readings:
        forget_others(readings, outcomes)
        if is_left:
            _leave(last, root, seed, used, placed)
            for plan in used:
                (readings / f"{plan}.json").unlink(missing_ok=True)
    for table in PLAN_TABLES:
        replace_table(folder, table, [part.file(table) for part in dict.fromkeys(placed.values())])
    write_tables({"plan_status": status}, folder)
    if not is_left:
        shutil.rmtree(root)


_PARTS = "parts"  # in the folder that keeps the rows


def _outcomes(
    folders: Sequence[Path],
    quarantined: Mapping[str, Quarantined],
    stored: Mapping[str, Stored],
    reader: Reader,
    engine: Engine,
) -> dict[str, Outcome]:
    """Return what becomes of each plan by itself: what has not changed is taken up, the others are read."""
    found: dict[str, Outcome | None] = dict.fromkeys(folder.name for folder in folders)
    for folder in folders:
        name = folder.name
        if name in quarantined:
            found[name] = Outcome(refusal=quarantined[name].reason)
        elif (same := stored.get(name)) and same.key == key_of(folder, reader.rules):
            rows = PlanRows(same.part, same.notes, same.read_at, same.fingerprint, same.sha256, same.key)
            found[name] = Outcome(rows, rows.read_at)
    unread = [
        folder
        for folder in folders
        if found[folder.name] is None and not is_kept(reader.readings, folder.name)
    ]
    read = engine(reader, unread) if reader.readings else {}
    return {folder.name: found[folder.name] or read.get(folder.name) or reader(folder) for folder in folders}


def _fallen_back(
    first: Mapping[str, Outcome],
    previous: Previous,
    raw: Path,
    now: datetime,
    quarantined: Mapping[str, Quarantined],
) -> dict[str, Outcome]:
    """Return what becomes of each plan beside the others: who is refused falls back on the last good text."""
    sha256 = _by_plan(previous, "documents", "source_sha256")
    read_at = _by_plan(previous, "plan_status", "last_read_at")
    outcomes = dict(first)
    outcomes |= _copies(outcomes, sha256)
    outcomes |= {
        key: _fallback(outcome.refusal, _document(previous, key), raw / key, read_at.get(key), now)
        for key, outcome in outcomes.items()
        if outcome.refusal and key in sha256 and not (key in quarantined and quarantined[key].is_excluded)
    }
    outcomes |= _moved(outcomes)
    return outcomes


def _write_parts(root: Path, outcomes: Mapping[str, Outcome]) -> dict[str, Part]:
    """Write the rows of all plans as parts below `root`, and return the part of each plan that has rows."""
    rows = {key: outcome.rows for key, outcome in sorted(outcomes.items()) if outcome.rows}
    placed: dict[str, Part] = {}
    for number, plans in enumerate(ranges([*rows], lambda plan: rows[plan].part)):
        part = Part(root, f"{number:05}", len(plans))
        before = {own for plan in plans if (own := rows[plan].part)}
        whole = [own for own in before if own.plans == len(plans) == sum(rows[p].part == own for p in plans)]
        if whole:
            link_part(whole[0], part)
        else:
            write_part(part, _packed([rows[plan] for plan in plans], plans, before))
        placed |= dict.fromkeys(plans, part)
    return placed


def _packed(rows: Sequence[PlanRows], plans: Sequence[str], before: Collection[Part]) -> Tables:
    """Return the tables of some plans, of which some have their rows in parts."""
    tables: dict[str, list[Row]] = {name: [] for name in PLAN_TABLES}
    for own in rows:
        if not isinstance(own.source, Part):
            for name, some in own.source().items():
                tables[name].extend(some)
    in_parts = {plan for plan, own in zip(plans, rows, strict=True) if own.part}
    return {
        name: joined(name, [frame(name, tables[name]), *(read_part(part, name, in_parts) for part in before)])
        for name in PLAN_TABLES
    }


def _leave(last: LastBuild, root: Path, seed: str, used: Mapping[str, Outcome], placed: Placed) -> None:
    """Leave the parts of this build for the next one, with the plans that it may take up: those that were used."""
    plans = {
        plan: Stored(placed[plan], rows.key, rows.notes, rows.read_at, rows.fingerprint, rows.sha256)
        for plan, outcome in used.items()
        if (rows := outcome.rows) and rows.key
    }
    last.replace(root, seed, list(dict.fromkeys(placed.values())), plans)


def _copies(outcomes: Mapping[str, Outcome], known: Mapping[str, str]) -> Iterator[tuple[str, Outcome]]:
    """Yield each plan whose text another one has too, with a note that says so.

    It is built: which of the two is wrong, or that two places put out one text, only a person can tell. White space
    and encoding do not count. The note stands at the one that came later, whose text somebody may have forgotten to
    replace.

    Args:
        outcomes: All plans.
        known: plan -> hash of the bytes that it was read from for the last release.
    """
    texts = {key: outcome.rows for key, outcome in outcomes.items() if outcome.rows}
    first: dict[str, str] = {}
    for key in sorted(texts, key=lambda key: (known.get(key) != texts[key].sha256, key)):
        rows = texts[key]
        other = first.setdefault(rows.fingerprint, key)
        if other != key:
            note = (
                f"{key}/plan.txt has the same text as {other}/plan.txt, and all that it says is counted twice: replace "
                "one of the two with the right text, or remove its folder"
            )
            yield key, replace(outcomes[key], rows=replace(rows, notes=(*rows.notes, note)))


def _moved(outcomes: Mapping[str, Outcome]) -> Iterator[tuple[str, Outcome]]:
    """Yield each plan whose last good text is now that of another plan, refused: its folder was moved or copied."""
    owners = {o.rows.fingerprint: key for key, o in outcomes.items() if o.rows and not o.refusal}
    for key, outcome in outcomes.items():
        owner = owners.get(outcome.rows.fingerprint) if outcome.rows and outcome.refusal else None
        if owner:
            reason = (
                f"{outcome.refusal}. Its last good text is now that of {owner} and is not used twice: if the plan was "
                f"moved, remove the folder {key}"
            )
            yield key, Outcome(refusal=reason)


def _fallback(refusal: str, document: Row, folder: Path, read_at: datetime | None, now: datetime) -> Outcome:
    """Return what becomes of a refused plan that was good before: its last good text by the rules of today."""
    try:
        return Outcome(all_rows(accept_again(document), folder, now), read_at, refusal)
    except PlanRefusedError as second:
        return Outcome(refusal=f"{refusal}. Nor can {second}")


def _status(key: str, outcome: Outcome) -> Row:
    """Return the row of `plan_status`: ok, stale (refused, but in use by its last good text) or refused."""
    rows = outcome.rows
    status = "refused" if rows is None else "stale" if outcome.refusal else "ok"
    reason = "; ".join(filter(None, [outcome.refusal, *(rows.notes if rows else ())]))
    return {
        "plan_key": fingerprints.shown(key),
        "status": status,
        "reason": fingerprints.shown(reason) or None,
        "last_read_at": outcome.read_at,
        "extractor_version": rows and EXTRACTOR_VERSION,
    }


def _by_plan(previous: Previous, table: str, column: str) -> dict[str, Any]:
    """Return a column of a table of the build before, by plan."""
    found = (
        previous[table].lazy().select("plan_key", column).collect() if table in previous else pl.DataFrame()
    )
    return dict(found.iter_rows())


def _document(previous: Previous, plan: str) -> Row:
    """Return the row of `documents` of a plan in the build before, in today's columns."""
    row = previous["documents"].lazy().filter(plan_key=plan).collect().row(0, named=True)
    return {column: row.get(column) for column in SCHEMAS["documents"].names()}
