"""How the records of a plan become rows of the tables. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from dagster_project.corpus.origin import Origin
from dagster_project.corpus.tables import SCHEMAS, Row
from dagster_project.extraction import EXTRACTOR_VERSION
from dagster_project.reading import simplify
from dagster_project.reading.sentences import segment, segment_ends
from dagster_project.records import Correction, Decision, Extraction, Metadata, Period, Reading


def document_row(
    origin: Origin, reading: Reading, corrections: Sequence[Correction], *, encoding: str, digest: str
) -> Row:
    """Return the row of `documents`.

    Args:
        origin: What the plan is.
        reading: What was read from its text.
        corrections: What was corrected in it by hand, before it was read.
        encoding: Of its bytes.
        digest: Their SHA-256, in hex.
    """
    place, text = origin.jurisdiction, reading.view.raw
    return {
        "plan_key": origin.plan_id,
        "jurisdiction_key": place.key,
        "jurisdiction_name_zh": place.name_zh,
        "jurisdiction_name_en": place.name_en,
        "jurisdiction_level": place.level,
        "jurisdiction_province_zh": place.province_zh,
        "jurisdiction_population": place.population,
        **stated_columns(reading.metadata),
        "encoding": encoding,
        "char_count": len(text),
        "text": text,
        "corrections": json.dumps([asdict(item) for item in corrections], ensure_ascii=False),
        "source_name": origin.source.name,
        "source_url": origin.source.url,
        "source_retrieved_on": origin.source.retrieved_on,
        "source_sha256": digest,
        "extractor_version": EXTRACTOR_VERSION,
    }


def stated_columns(about: Metadata) -> Row:
    """Return the columns of `documents` for what a plan says of itself."""
    return {
        "title_zh": about.title,
        "title_folded_zh": None if about.title is None else simplify(about.title),
        "document_number": about.document_number,
        "issuer_zh": about.issuer,
        "issuer_folded_zh": None if about.issuer is None else simplify(about.issuer),
        "issued_on": about.issued_on,
        "period_text": about.period and about.period.text,
        "period_start_year": about.period and about.period.start_year,
        "period_end_year": about.period and about.period.end_year,
        "validity_text": about.validity,
        "script": about.script,
    }


def stated_in(document: Row) -> Metadata:
    """Return what a row of `documents` says of its plan."""
    start, end = document["period_start_year"], document["period_end_year"]
    return Metadata(
        document["title_zh"],
        document["document_number"],
        document["issuer_zh"],
        document["issued_on"],
        Period(document["period_text"] or "", start, end) if start or end else None,
        document["validity_text"],
    )


def reading_rows(plan_key: str, reading: Reading) -> dict[str, list[Row]]:
    """Return the rows of `provisions`, `provision_agencies`, `citations` and `repairs`."""
    raw, keys = reading.view.raw, _provision_keys(plan_key, reading)
    provisions: list[Row] = []
    agencies: list[Row] = []
    for position, (key, item) in enumerate(zip(keys, reading.provisions, strict=True), start=1):
        path = " › ".join(item.heading_path)
        provisions.append(
            _own("provisions", item)
            | {
                "provision_key": key,
                "plan_key": plan_key,
                "position": position,
                "heading_zh": item.heading,
                "heading_path_zh": path,
                "text_zh": raw[item.char_start : item.char_end],
                "heading_folded_zh": simplify(item.heading),
                "heading_path_folded_zh": simplify(path),
                "text_folded_zh": _folded(reading, item.char_start, item.char_end),
            }
        )
        agencies += [
            _own("provision_agencies", agency)
            | {
                "plan_key": plan_key,
                "provision_key": key,
                "position": place,
                "printed_name_zh": agency.printed_name,
                "name_folded_zh": simplify(agency.printed_name),
            }
            for place, agency in enumerate(item.agencies, start=1)
        ]
    citations = [
        _own("citations", item)
        | {
            "plan_key": plan_key,
            "citation_key": f"{plan_key}@c{item.char_start}",
            "provision_key": None if item.provision is None else keys[item.provision],
            "title_zh": item.title,
            "title_folded_zh": None if item.title is None else simplify(item.title),
            "quote_zh": raw[item.char_start : item.char_end],
        }
        for item in reading.citations
    ]
    repairs = [_own("repairs", item) | {"plan_key": plan_key} for item in reading.repairs]
    return {
        "provisions": provisions,
        "provision_agencies": agencies,
        "citations": citations,
        "repairs": repairs,
    }


def extraction_rows(
    plan_key: str, reading: Reading, extraction: Extraction, source_sha256: str
) -> dict[str, list[Row]]:
    """Return the rows of `measures` and `numerals`."""
    raw, provision_keys = reading.view.raw, _provision_keys(plan_key, reading)
    at: Counter[int] = Counter()
    keys: list[str] = []
    for item in extraction.measures:
        at[item.char_start] += 1
        keys.append(f"{plan_key}@{item.char_start}.{at[item.char_start]}")
    ends = segment_ends(raw)
    measures = [
        _own("measures", item)
        | {
            "measure_key": key,
            "plan_key": plan_key,
            "provision_key": None if item.provision is None else provision_keys[item.provision],
            "indicator_text_zh": item.indicator,
            "recipient_zh": item.recipient,
            "period_text": item.period and item.period.text,
            "period_start_year": item.period and item.period.start_year,
            "period_end_year": item.period and item.period.end_year,
            "quote_zh": raw[item.quote_start : item.quote_end],
            "clause_folded_zh": _folded(reading, item.clause_start, item.clause_end),
            "sentence_folded_zh": _folded(reading, item.quote_start, item.quote_end),
            "heading_path_zh": " › ".join(item.headings),
            "heading_path_folded_zh": simplify(" › ".join(item.headings)),
            "restates_measure_key": None if item.restates is None else keys[item.restates],
            "governs_measure_key": None if item.governs is None else keys[item.governs],
            "decided_by": json.dumps(_trace(item.trace), ensure_ascii=False),
            "extractor_version": EXTRACTOR_VERSION,
            "source_sha256": source_sha256,
        }
        for key, item in zip(keys, extraction.measures, strict=True)
    ]
    numerals = [
        _own("numerals", item)
        | {
            "plan_key": plan_key,
            "disposition": item.disposition.value,
            "measure_key": None if item.measure is None else keys[item.measure],
            "sentence_zh": segment(raw, item.char_start, item.char_end, ends),
        }
        for item in extraction.numerals
    ]
    return {"measures": measures, "numerals": numerals}


def _own(table: str, record: object) -> Row:
    """Return the columns of `table` that `record` has as attributes of the same name."""
    return {name: getattr(record, name) for name in SCHEMAS[table] if hasattr(record, name)}


def _provision_keys(plan_key: str, reading: Reading) -> list[str]:
    """Return the keys of the provisions; their numbers differ, as a number that is printed again has ``#2``."""
    return [f"{plan_key}/{provision.number}" for provision in reading.provisions]


def _trace(trace: Iterable[tuple[str, Decision[object]]]) -> dict[str, str]:
    """Return field -> rule and words; a field that was decided again shows each decision in order."""
    decided: dict[str, str] = {}
    for field, decision in trace:
        decided[field] = f"{decided[field]} → {decision}" if field in decided else str(decision)
    return decided


def _folded(reading: Reading, char_start: int, char_end: int) -> str:
    start, end = reading.view.view_span(char_start, char_end)
    return reading.view.text[start:end]
