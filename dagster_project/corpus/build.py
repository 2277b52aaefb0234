"""All plans: which of them are read, which fall back on their last good text, and the tables of all together.

A plan that cannot be used is quarantined with a reason that says what is wrong, where, and what to do; if it was good
before, its last good text stays in use and the plan is marked stale.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

import polars as pl

from dagster_project import fingerprints
from dagster_project.corpus.kept_rows import PlanRows, forget_others, is_kept, keep, kept, key_of
from dagster_project.corpus.origin import PlanRefusedError, load_origin
from dagster_project.corpus.places import KnownPlace
from dagster_project.corpus.plans import ExtractedPlan, accept_again, accept_plan
from dagster_project.corpus.quarantine import Quarantined
from dagster_project.corpus.reference import load_reference
from dagster_project.corpus.tables import SCHEMAS, Row, frame, joined
from dagster_project.corpus.together import Together, Unchanged, save
from dagster_project.corpus.workers import read_all
from dagster_project.extraction import EXTRACTOR_VERSION


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a plan.

    Attributes:
        rows: Its rows, read now, kept, or derived anew from its last good text; None if it has none.
        read_at: When the text behind them was read.
        refusal: Why its text of today cannot be used; None if it can.
    """

    rows: PlanRows | None = None
    read_at: datetime | None = None
    refusal: str | None = None


def build_corpus(
    raw: Path,
    places: Mapping[str, KnownPlace],
    previous: Mapping[str, pl.DataFrame],
    now: datetime,
    readings: Path | None = None,
    quarantined: Mapping[str, Quarantined] | None = None,
) -> dict[str, pl.DataFrame]:
    """Read and extract all plans.

    Args:
        raw: Holds one folder for each plan.
        places: adcode -> place of the jurisdictions seed.
        previous: `documents` and `plan_status` of the last release; empty before the first.
        now: The time of this build, with its zone.
        readings: Keeps the rows of each plan from build to build: a plan of which neither a file nor a rule has
            changed is not read again, and its `last_read_at` stays. None: all are read.
        quarantined: Plans that the checks of a build before have found to be of no use, see `corpus.quarantine`.

    Returns:
        All tables of `SCHEMAS`.

    Raises:
        PlanRefusedError: If no plan at all can be used; names the reason for each.
    """
    documents = _by_plan(previous, "documents")
    read_at = {key: row["last_read_at"] for key, row in _by_plan(previous, "plan_status").items()}
    quarantined = quarantined or {}
    seed = hashlib.sha256(repr(sorted(places.items())).encode()).hexdigest()
    together = Together.load(readings / _TOGETHER, seed) if readings else Together.none()
    reader = _Reader(places, readings, fingerprints.rules(), now)
    first = _outcomes(fingerprints.entries(raw), quarantined, together, reader)
    outcomes = dict(first)
    outcomes |= _copies(outcomes, documents)
    outcomes |= {
        key: _fallback(outcome.refusal, documents[key], raw / key, read_at.get(key), now)
        for key, outcome in outcomes.items()
        if outcome.refusal and key in documents and not (key in quarantined and quarantined[key].is_excluded)
    }
    outcomes |= _moved(outcomes)
    if not any(outcome.rows for outcome in outcomes.values()):
        reasons = "".join(f"\n- {outcome.refusal}" for _, outcome in sorted(outcomes.items()))
        raise PlanRefusedError(
            f"No plan in {raw} can be used, so nothing was built:{reasons or ' it holds no folder of a plan.'}"
        )
    tables = _tables(outcomes, together)
    if readings is not None:
        forget_others(readings, outcomes)
        used = {key: outcome for key, outcome in first.items() if not outcomes[key].refusal}
        _leave(readings, seed, together, tables, used)
    return tables


_TOGETHER = "together"  # in the folder that keeps the rows


def _outcomes(
    folders: Sequence[Path],
    quarantined: Mapping[str, Quarantined],
    together: Together,
    reader: _Reader,
) -> dict[str, _Outcome]:
    """Return what becomes of each plan by itself: what has not changed is taken up, the others are read."""
    texts = together.texts
    found: dict[str, _Outcome | None] = dict.fromkeys(folder.name for folder in folders)
    for folder in folders:
        name = folder.name
        if name in quarantined:
            found[name] = _Outcome(refusal=quarantined[name].reason)
        elif name in texts and (same := together.plans.get((name, key_of(folder, reader.rules)))):
            rows = PlanRows(None, same.notes, same.read_at, texts[name])
            found[name] = _Outcome(rows, rows.read_at)
    unread = [
        folder
        for folder in folders
        if found[folder.name] is None and not is_kept(reader.readings, folder.name)
    ]
    read = read_all(reader, unread) if reader.readings else {}
    return {folder.name: found[folder.name] or read.get(folder.name) or reader(folder) for folder in folders}


def _leave(
    readings: Path,
    seed: str,
    together: Together,
    tables: Mapping[str, pl.DataFrame],
    used: Mapping[str, _Outcome],
) -> None:
    """Leave the rows of all plans together for the next build, where many of them are not there yet."""
    if not together.lacks(used):
        return
    keys = dict(together.plans.keys())
    plans = {
        (name, key): Unchanged(rows.notes, rows.read_at)
        for name, outcome in used.items()
        if (rows := outcome.rows) and (key := rows.key or (keys[name] if rows.tables is None else None))
    }
    own = pl.Series([name for name, _ in plans], dtype=pl.String).implode()
    rows_of = {
        name: table.filter(pl.col("plan_key").is_in(own))
        for name, table in tables.items()
        if name != "plan_status"
    }
    save(readings / _TOGETHER, seed, rows_of, plans)
    for name, _ in plans:
        (readings / f"{name}.json").unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one plan, in this process or in a worker.

    Attributes:
        places: As of `build_corpus`.
        readings: As there.
        rules: The hash of the rules.
        now: The time of the build.
    """

    places: Mapping[str, KnownPlace]
    readings: Path | None
    rules: str
    now: datetime

    def __call__(self, folder: Path) -> _Outcome:
        """Return what becomes of a plan by itself."""
        try:
            rows = self._kept_or_read(folder)
            # Asked in every build, because the place may have come into the seed, or left it.
            _, notes = load_origin(folder / "origin.yml", self.places)
        except PlanRefusedError as refusal:
            return _Outcome(refusal=str(refusal))
        return _Outcome(replace(rows, notes=(*rows.notes, *notes)), rows.read_at)

    def _kept_or_read(self, folder: Path) -> PlanRows:
        """Return the rows of a plan as they were kept if nothing that they depend on has changed, else as read now.

        Raises:
            PlanRefusedError: If it cannot be used.
        """
        if self.readings is None or not folder.is_dir():
            return self._read(folder)
        key = key_of(folder, self.rules)
        rows = kept(self.readings, folder.name, key)
        if rows is None:
            rows = self._read(folder)
            if key_of(folder, self.rules) == key:  # else a file has changed while it was being read
                rows = keep(self.readings, folder.name, key, rows)
        return rows

    def _read(self, folder: Path) -> PlanRows:
        return _all_rows(accept_plan(folder, self.places), folder, self.now)


def _all_rows(plan: ExtractedPlan, folder: Path, read_at: datetime) -> PlanRows:
    """Return the rows of a plan with its reference readings, which only assess it and refuse nothing."""
    notes = plan.reading.warnings
    try:
        reference = load_reference(folder / "reference", plan.key, plan.reading.view.raw)
    except PlanRefusedError as refusal:
        reference = {}
        notes += (f"accuracy is not assessed: {refusal}",)
    tables = {**plan.rows, **reference}
    return PlanRows(lambda: tables, notes, read_at, plan.reading.view.raw)


def _copies(outcomes: Mapping[str, _Outcome], known: Mapping[str, Row]) -> Iterator[tuple[str, _Outcome]]:
    """Yield each plan whose text another one has too, with a note that says so.

    It is built: which of the two is wrong, or that two places put out one text, only a person can tell. White space
    and encoding do not count. The note stands at the one that came later, whose text somebody may have forgotten to
    replace.
    """
    texts = {key: outcome.rows.text for key, outcome in outcomes.items() if outcome.rows}
    first: dict[str, str] = {}

    def is_new(key: str) -> bool:
        return bool(known.get(key, {}).get("text") != texts[key])

    for key in sorted(texts, key=lambda key: (is_new(key), key)):
        other = first.setdefault("".join(texts[key].split()), key)
        rows = outcomes[key].rows
        if other != key and rows:
            note = (
                f"{key}/plan.txt has the same text as {other}/plan.txt, and all that it says is counted twice: replace "
                "one of the two with the right text, or remove its folder"
            )
            yield key, replace(outcomes[key], rows=replace(rows, notes=(*rows.notes, note)))


def _moved(outcomes: Mapping[str, _Outcome]) -> Iterator[tuple[str, _Outcome]]:
    """Yield each plan whose last good text is now that of another plan, refused: its folder was moved or copied."""
    owners = {"".join(o.rows.text.split()): key for key, o in outcomes.items() if o.rows and not o.refusal}
    for key, outcome in outcomes.items():
        owner = owners.get("".join(outcome.rows.text.split())) if outcome.rows and outcome.refusal else None
        if owner:
            reason = (
                f"{outcome.refusal}. Its last good text is now that of {owner} and is not used twice: if the plan was "
                f"moved, remove the folder {key}"
            )
            yield key, _Outcome(refusal=reason)


def _fallback(refusal: str, document: Row, folder: Path, read_at: datetime | None, now: datetime) -> _Outcome:
    """Return what becomes of a refused plan that was good before: its last good text by the rules of today."""
    try:
        return _Outcome(_all_rows(accept_again(document), folder, now), read_at, refusal)
    except PlanRefusedError as second:
        return _Outcome(refusal=f"{refusal}. Nor can {second}")


_AT_ONCE = 500  # plans whose rows are in the memory one by one, before they are packed


def _tables(outcomes: Mapping[str, _Outcome], together: Together) -> dict[str, pl.DataFrame]:
    """Return the tables of all plans."""
    unchanged = [key for key, outcome in outcomes.items() if outcome.rows and not outcome.rows.tables]
    frames: dict[str, list[pl.DataFrame]] = {name: [] for name in SCHEMAS}
    for name, rows_of in together.of(unchanged).items():
        frames[name].append(rows_of)
    plans = iter(outcomes.items())
    while some := list(islice(plans, _AT_ONCE)):
        tables: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
        for key, outcome in some:
            tables["plan_status"].append(_status(key, outcome))
            if outcome.rows and outcome.rows.tables:
                for name, rows in outcome.rows.tables().items():
                    tables[name].extend(rows)
        for name, rows in tables.items():
            frames[name].append(frame(name, rows))
    return {name: joined(name, frames[name]) for name in SCHEMAS}


def _status(key: str, outcome: _Outcome) -> Row:
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


def _by_plan(previous: Mapping[str, pl.DataFrame], table: str) -> dict[str, Row]:
    """Return the rows of a table of the build before, in today's columns."""
    if table not in previous:
        return {}
    columns = SCHEMAS[table].names()
    return {
        row["plan_key"]: {c: row.get(c) for c in columns} for row in previous[table].iter_rows(named=True)
    }
