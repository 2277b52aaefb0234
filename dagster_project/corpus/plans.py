"""The rim between files and pure functions: finds plans, reads and extracts each, and gives the tables of dbt.

A plan is accepted whole or not at all. One that is not is quarantined with a reason that says what is wrong,
where, and what to do; if it was good before, its last good text stays in use and the plan is marked stale.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import polars as pl

from dagster_project import fingerprints
from dagster_project.corpus.kept_rows import PlanRows, forget_others, keep, kept, key_of
from dagster_project.corpus.origin import (
    Origin,
    PlanRefusedError,
    load_corrections,
    load_origin,
    load_reference,
)
from dagster_project.corpus.tables import SCHEMAS, Row, extraction_rows, frame, reading_rows
from dagster_project.extraction import EXTRACTOR_VERSION, extract
from dagster_project.folder import write_whole
from dagster_project.quality.facts import han_share
from dagster_project.quality.suites import own_failure
from dagster_project.reading import ReadingError, decode, read, simplify
from dagster_project.records import Correction, Extraction, Period, Reading

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

PLAN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Less than this share of Chinese characters among all that is not white space is no Chinese text. The five plans
# have 0.85 to 0.88; a saved English page, a PDF read as text or a mis-decoded file have almost none.
MIN_HAN_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Plan:
    """An accepted plan: its row of `documents`, and what was read and extracted from its text."""

    document: Row
    reading: Reading
    extraction: Extraction

    @property
    def key(self) -> str:
        """The plan id."""
        return str(self.document["plan_key"])


# --- One plan -------------------------------------------------------------------------------------------------


def read_plan(folder: Path, places: Mapping[str, str]) -> Plan:
    """Read one plan.

    Args:
        folder: Holds ``plan.txt`` and ``origin.yml``.
        places: adcode -> name_zh of the places that need no further description.

    Raises:
        PlanRefusedError: If any part of it cannot be used.
    """
    if not folder.is_dir():
        raise PlanRefusedError(
            f"{folder.name} is not a folder: put the text into a folder, as <city>-<year>/plan.txt"
        )
    if not PLAN_ID.fullmatch(folder.name):
        raise PlanRefusedError(
            f"{folder.name!r} is not a safe folder name: rename it to lower-case letters, digits and hyphens, "
            "by custom <city>-<year>"
        )
    origin = load_origin(folder / "origin.yml", places)
    where = f"{folder.name}/plan.txt"
    try:
        data = (folder / "plan.txt").read_bytes()
    except FileNotFoundError:
        raise PlanRefusedError(f"{where} is missing: save the text of the plan there") from None
    except OSError as error:
        raise PlanRefusedError(f"{where} cannot be opened: {error}: make it a readable text file") from error
    if not data.strip():
        raise PlanRefusedError(f"{where} is empty: save the text of the plan there again")
    digest = hashlib.sha256(data).hexdigest()
    if origin.sha256 not in (None, digest):
        raise PlanRefusedError(
            f"{where} has SHA-256 {digest}, but origin.yml says {origin.sha256}: restore the file, or correct sha256 "
            "if the change is meant"
        )
    try:
        text, encoding = decode(data)
    except ReadingError as error:
        raise PlanRefusedError(f"{where}: {error}") from error
    share = han_share(text)
    if share < MIN_HAN_SHARE:
        raise PlanRefusedError(
            f"{where} is not a Chinese text: {share:.0%} of its characters are Chinese, fewer than "
            f"{MIN_HAN_SHARE:.0%}: save the text of the plan itself, as plain text"
        )
    corrections = load_corrections(folder / "corrections.yml")
    try:
        reading = _guarded(where, "reading", lambda: read(text, corrections))
    except ReadingError as error:
        raise PlanRefusedError(f"{folder.name}/corrections.yml: {error}") from error
    document = _document(origin, reading, encoding=encoding, digest=digest)
    document["corrections"] = json.dumps([asdict(item) for item in corrections], ensure_ascii=False)
    return Plan(document, reading, _extract(reading, document, where))


def _reread(document: Row) -> Plan:
    """Derive a plan anew from its row of `documents`, with the rules of today.

    Raises:
        PlanRefusedError: If today's rules stumble over it.
    """
    where = f"the last good text of {document['plan_key']}"
    corrections = [Correction(**item) for item in json.loads(document["corrections"] or "[]")]
    reading = _guarded(where, "reading", lambda: read(document["text"], corrections))
    document = {**document, "extractor_version": EXTRACTOR_VERSION}
    return Plan(document, reading, _extract(reading, document, where))


def _extract(reading: Reading, document: Row, where: str) -> Extraction:
    start, end = document["period_start_year"], document["period_end_year"]
    period = Period(document["period_text"] or "", start, end) if start or end else None
    return _guarded(where, "extraction", lambda: extract(reading, period))


def _guarded(where: str, step: str, call: Callable[[], _T]) -> _T:
    """Return what `call` returns; a plan that the program stumbles over must not stop the others."""
    try:
        return call()
    except ReadingError:
        raise
    except Exception as error:
        logger.exception("%s of %s failed", step, where)
        raise PlanRefusedError(
            f"{where}: {step} failed with {type(error).__name__}: {error}: this is a defect of the program, not of the "
            "plan: report it with the file and the log"
        ) from error


def _document(origin: Origin, reading: Reading, *, encoding: str, digest: str) -> Row:
    """Return the plan's row of `documents`: what its text states, overridden by `origin`."""
    stated, place, text = reading.metadata, origin.jurisdiction, reading.view.raw
    period = stated.period
    if origin.period is not None:
        years = (origin.period.start, origin.period.end)
        if period is None or years != (period.start_year, period.end_year):
            period = Period("-".join(str(year) for year in years if year), *years)
    title = origin.title_zh or stated.title
    return {
        "plan_key": origin.plan_id,
        "jurisdiction_key": place.key,
        "jurisdiction_name_zh": place.name_zh,
        "jurisdiction_name_en": place.name_en,
        "jurisdiction_level": place.level,
        "jurisdiction_province_zh": place.province_zh,
        "jurisdiction_population": place.population,
        "title_zh": title,
        "title_folded_zh": None if title is None else simplify(title),
        "document_number": origin.document_number or stated.document_number,
        "issuer_zh": origin.issuer_zh or stated.issuer,
        "issued_on": origin.issued_on or stated.issued_on,
        "period_text": period and period.text,
        "period_start_year": period and period.start_year,
        "period_end_year": period and period.end_year,
        "validity_text": stated.validity,
        "script": stated.script,
        "encoding": encoding,
        "char_count": len(text),
        "text": text,
        "source_name": origin.source.name,
        "source_url": origin.source.url,
        "source_retrieved_on": origin.source.retrieved_on,
        "source_sha256": digest,
        "extractor_version": EXTRACTOR_VERSION,
    }


# --- All plans ------------------------------------------------------------------------------------------------


def build_corpus(
    raw: Path,
    places: Mapping[str, str],
    previous: Mapping[str, pl.DataFrame],
    now: datetime,
    readings: Path | None = None,
) -> dict[str, pl.DataFrame]:
    """Read and extract all plans.

    Args:
        raw: Holds one folder for each plan.
        places: adcode -> name_zh of the jurisdictions seed.
        previous: `documents` and `plan_status` of the last release; empty before the first.
        now: The time of this build, with its zone.
        readings: Keeps the rows of each plan from build to build: a plan of which neither a file nor a rule has
            changed is not read again, and its `last_read_at` stays. None: all are read.

    Returns:
        All tables of `SCHEMAS`.

    Raises:
        PlanRefusedError: If no plan at all can be used; names the reason for each.
    """
    documents = _by_plan(previous, "documents")
    statuses = _by_plan(previous, "plan_status")
    entries, rules = fingerprints.entries(raw), fingerprints.rules()
    plans: dict[str, PlanRows] = {}
    refusals: dict[str, str] = {}
    for path in entries:
        try:
            plans[path.name] = _kept_or_read(path, places, readings, rules, now)
        except PlanRefusedError as refusal:
            refusals[path.name] = str(refusal)
    for key, other in _duplicates(plans, documents):
        del plans[key]
        refusals[key] = (
            f"{key}/plan.txt has the same text as {other}/plan.txt: replace one of the two with the right text, or "
            "remove its folder"
        )
    status_rows: list[Row] = [
        {"plan_key": key, "status": "ok", "reason": None, "last_read_at": plan.read_at}
        for key, plan in plans.items()
    ]
    for key, reason in refusals.items():
        row = {"plan_key": key, "status": "refused", "reason": reason, "last_read_at": None}
        if key in documents:
            try:
                plans[key] = _all_rows(
                    _checked(_reread(documents[key]), f"the last good text of {key}"), raw / key, now
                )
                row |= {"status": "stale", "last_read_at": statuses.get(key, {}).get("last_read_at")}
            except PlanRefusedError as refusal:
                row["reason"] = f"{reason}. Nor can {refusal}"
        status_rows.append(row)
    if not plans:
        reasons = "".join(f"\n- {reason}" for _, reason in sorted(refusals.items()))
        raise PlanRefusedError(
            f"No plan in {raw} can be used, so nothing was built:{reasons or ' it holds no folder of a plan.'}"
        )
    tables: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    for status in status_rows:
        if (plan := plans.get(status["plan_key"])) is None:
            continue
        status["extractor_version"] = plan.tables["documents"][0]["extractor_version"]
        status["reason"] = "; ".join([*filter(None, [status["reason"]]), *plan.notes]) or None
        for name, rows in plan.tables.items():
            tables[name].extend(rows)
    tables["plan_status"] = status_rows
    if readings is not None:
        forget_others(readings, {path.name for path in entries})
    return {name: frame(name, rows) for name, rows in tables.items()}


def _kept_or_read(
    folder: Path, places: Mapping[str, str], readings: Path | None, rules: str, now: datetime
) -> PlanRows:
    """Return the rows of a plan as they were kept if nothing that they depend on has changed, else as read now.

    Raises:
        PlanRefusedError: If it cannot be used.
    """
    if readings is None or not folder.is_dir():
        return _all_rows(accept_plan(folder, places), folder, now)
    key = key_of(folder, rules)
    rows = kept(readings, folder.name, key)
    if rows is not None:
        load_origin(folder / "origin.yml", places)  # its place may have changed in the seed
        return rows
    rows = _all_rows(accept_plan(folder, places), folder, now)
    if key_of(folder, rules) == key:  # else a file has changed while it was being read
        keep(readings, folder.name, key, rows)
    return rows


def _all_rows(plan: Plan, folder: Path, read_at: datetime) -> PlanRows:
    """Return the rows of a plan with its reference readings, which only assess it and refuse nothing."""
    notes = plan.reading.warnings
    try:
        reference = load_reference(folder / "reference", plan.key, plan.reading.view.raw)
    except PlanRefusedError as refusal:
        reference = {}
        notes += (f"accuracy is not assessed: {refusal}",)
    return PlanRows(plan_rows(plan) | reference, notes, read_at)


def accept_plan(folder: Path, places: Mapping[str, str]) -> Plan:
    """Read one plan, as `read_plan` does, and hold it to the checks that concern it alone.

    Raises:
        PlanRefusedError: If any part of it cannot be used, or it fails a check.
    """
    return _checked(read_plan(folder, places), f"{folder.name}/plan.txt")


def _checked(plan: Plan, where: str) -> Plan:
    """Return the plan, which was read from `where`.

    Raises:
        PlanRefusedError: If it fails a check that concerns it alone.
    """
    reason = own_failure({name: frame(name, rows) for name, rows in plan_rows(plan).items()})
    if reason:
        raise PlanRefusedError(f"{where}: {reason}")
    return plan


def _by_plan(previous: Mapping[str, pl.DataFrame], table: str) -> dict[str, Row]:
    """Return the rows of a table of the build before, in today's columns."""
    if table not in previous:
        return {}
    columns = SCHEMAS[table].names()
    return {
        row["plan_key"]: {c: row.get(c) for c in columns} for row in previous[table].iter_rows(named=True)
    }


def _duplicates(plans: Mapping[str, PlanRows], known: Mapping[str, Row]) -> Iterator[tuple[str, str]]:
    """Yield each plan whose text another one has too, with that other one.

    White space and encoding do not count. Of two plans with one text, the one that had it before keeps it: the
    other is the copy whose text was not replaced.
    """
    texts = {key: plan.tables["documents"][0]["text"] for key, plan in plans.items()}
    keepers: dict[str, str] = {}

    def is_new(key: str) -> bool:
        return bool(known.get(key, {}).get("text") != texts[key])

    for key in sorted(plans, key=lambda key: (is_new(key), key)):
        keeper = keepers.setdefault("".join(texts[key].split()), key)
        if keeper != key:
            yield key, keeper


def plan_rows(plan: Plan) -> dict[str, list[Row]]:
    """Return the plan's rows of every table that is derived from its text."""
    return {
        "documents": [plan.document],
        **reading_rows(plan.key, plan.reading),
        **extraction_rows(plan.key, plan.reading, plan.extraction, plan.document["source_sha256"]),
    }


# --- Files ----------------------------------------------------------------------------------------------------


_REMEMBERED = ("documents", "plan_status")


def read_previous(folder: Path) -> dict[str, pl.DataFrame]:
    """Return `documents` and `plan_status` as the last release left them in `folder`; none before the first."""
    paths = {name: folder / f"{name}.parquet" for name in _REMEMBERED}
    return {name: pl.read_parquet(path) for name, path in paths.items() if path.exists()}


def remember(extracted: Path, accepted: Path) -> None:
    """Keep the documents that a release was made from, so that a plan can fall back on them."""
    write_tables({name: pl.read_parquet(extracted / f"{name}.parquet") for name in _REMEMBERED}, accepted)


def write_tables(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Write each table to ``<folder>/<name>.parquet``; a reader sees the old file or the new one, never a part."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        with write_whole(folder / f"{name}.parquet") as part:
            table.write_parquet(part)
