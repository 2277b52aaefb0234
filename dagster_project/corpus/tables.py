"""The tables that Python hands to dbt, and how the records of a plan become their rows. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from dagster_project.extraction import EXTRACTOR_VERSION
from dagster_project.reading import simplify
from dagster_project.reading.sentences import segment, segment_ends
from dagster_project.records import Decision, Extraction, Reading

Row = dict[str, Any]

_TYPES: Mapping[str, pl.DataType] = {
    "str": pl.String(),
    "int": pl.Int32(),
    "long": pl.Int64(),
    "float": pl.Float64(),
    "bool": pl.Boolean(),
    "date": pl.Date(),
    "time": pl.Datetime("us", "UTC"),
    "list": pl.List(pl.String()),
}


def _schema(columns: str) -> pl.Schema:
    """Return the schema that `columns` spells: names in order, each with ``:type`` where it is no string."""
    pairs = (column.partition(":") for column in columns.split())
    return pl.Schema({name: _TYPES[kind or "str"] for name, _, kind in pairs})


#: The tables that Python hands to dbt, with their columns in order; the one place where they are defined.
SCHEMAS: Mapping[str, pl.Schema] = {
    "documents": _schema(
        "plan_key jurisdiction_key jurisdiction_name_zh jurisdiction_name_en jurisdiction_level "
        "jurisdiction_province_zh jurisdiction_population:long title_zh title_folded_zh document_number "
        "issuer_zh issued_on:date period_text period_start_year:int period_end_year:int validity_text script "
        "encoding char_count:int text corrections source_name source_url source_retrieved_on:date source_sha256 "
        "extractor_version"
    ),
    "provisions": _schema(
        "provision_key plan_key position:int number section heading_zh heading_path_zh text_zh char_start:int "
        "char_end:int heading_folded_zh heading_path_folded_zh text_folded_zh"
    ),
    "provision_agencies": _schema(
        "plan_key provision_key role position:int printed_name_zh name_folded_zh char_start:int char_end:int"
    ),
    "citations": _schema(
        "plan_key citation_key provision_key title_zh title_folded_zh document_number year:int role "
        "char_start:int char_end:int quote_zh"
    ),
    "measures": _schema(
        "measure_key plan_key provision_key kind form value_text value:float unit comparator is_aspirational:bool "
        "per indicator_text_zh recipient_zh period_text period_start_year:int period_end_year:int "
        "horizon_years:int quote_zh clause_folded_zh sentence_folded_zh char_start:int char_end:int heading_path_zh "
        "heading_path_folded_zh restates_measure_key governs_measure_key decided_by extractor_version "
        "source_sha256"
    ),
    "numerals": _schema(
        "plan_key char_start:int char_end:int text disposition measure_key reason sentence_zh"
    ),
    "repairs": _schema("plan_key char_start:int char_end:int rule before after reason"),
    "plan_status": _schema("plan_key status reason last_read_at:time extractor_version"),
    "reference_measures": _schema(
        "plan_key reference_key char_start:int char_end:int value_text value:float unit comparator "
        "is_aspirational:bool kind form per indicator_text_zh theme_key period_text period_end_year:int quote_zh "
        "restates_char_start:int governs_char_start:int"
    ),
    "reference_provisions": _schema(
        "plan_key reference_key number section heading_zh char_start:int char_end:int lead_agencies:list "
        "supporting_agencies:list theme_key other_theme_keys:list disputed_theme_keys:list instrument_keys:list "
        "disputed_instrument_keys:list"
    ),
}

_SORT = ("plan_key", "position", "char_start", "measure_key", "reference_key")


def frame(table: str, rows: Sequence[Row]) -> pl.DataFrame:
    """Return the rows as a sorted frame with the schema of `table`; columns that a row leaves out are null."""
    result = pl.DataFrame(rows, schema=SCHEMAS[table], orient="row")
    return result.sort([column for column in _SORT if column in result.columns], maintain_order=True)


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
