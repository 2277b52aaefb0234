"""The tables that Python hands to dbt: their columns, and their rows as frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

Row = dict[str, Any]

#: The tables with their columns in order; the one place where they are defined.
SCHEMAS: Mapping[str, pl.Schema] = {
    "documents": pl.Schema(
        {
            "plan_key": pl.String(),
            "jurisdiction_key": pl.String(),
            "jurisdiction_name_zh": pl.String(),
            "jurisdiction_name_en": pl.String(),
            "jurisdiction_level": pl.String(),
            "jurisdiction_province_zh": pl.String(),
            "jurisdiction_population": pl.Int64(),
            "title_zh": pl.String(),
            "title_folded_zh": pl.String(),
            "document_number": pl.String(),
            "issuer_zh": pl.String(),
            "issuer_folded_zh": pl.String(),
            "issued_on": pl.Date(),
            "period_text": pl.String(),
            "period_start_year": pl.Int32(),
            "period_end_year": pl.Int32(),
            "validity_text": pl.String(),
            "script": pl.String(),
            "encoding": pl.String(),
            "char_count": pl.Int32(),
            "text": pl.String(),
            "corrections": pl.String(),
            "source_name": pl.String(),
            "source_url": pl.String(),
            "source_retrieved_on": pl.Date(),
            "source_sha256": pl.String(),
            "extractor_version": pl.String(),
        }
    ),
    "provisions": pl.Schema(
        {
            "provision_key": pl.String(),
            "plan_key": pl.String(),
            "position": pl.Int32(),
            "number": pl.String(),
            "section": pl.String(),
            "heading_zh": pl.String(),
            "heading_path_zh": pl.String(),
            "text_zh": pl.String(),
            "char_start": pl.Int32(),
            "char_end": pl.Int32(),
            "heading_folded_zh": pl.String(),
            "heading_path_folded_zh": pl.String(),
            "text_folded_zh": pl.String(),
        }
    ),
    "provision_agencies": pl.Schema(
        {
            "plan_key": pl.String(),
            "provision_key": pl.String(),
            "role": pl.String(),
            "position": pl.Int32(),
            "printed_name_zh": pl.String(),
            "name_folded_zh": pl.String(),
            "char_start": pl.Int32(),
            "char_end": pl.Int32(),
        }
    ),
    "citations": pl.Schema(
        {
            "plan_key": pl.String(),
            "citation_key": pl.String(),
            "provision_key": pl.String(),
            "title_zh": pl.String(),
            "title_folded_zh": pl.String(),
            "document_number": pl.String(),
            "year": pl.Int32(),
            "role": pl.String(),
            "char_start": pl.Int32(),
            "char_end": pl.Int32(),
            "quote_zh": pl.String(),
        }
    ),
    "measures": pl.Schema(
        {
            "measure_key": pl.String(),
            "plan_key": pl.String(),
            "provision_key": pl.String(),
            "kind": pl.String(),
            "form": pl.String(),
            "value_text": pl.String(),
            "value": pl.Float64(),
            "unit": pl.String(),
            "comparator": pl.String(),
            "is_aspirational": pl.Boolean(),
            "per": pl.String(),
            "indicator_text_zh": pl.String(),
            "recipient_zh": pl.String(),
            "period_text": pl.String(),
            "period_start_year": pl.Int32(),
            "period_end_year": pl.Int32(),
            "horizon_years": pl.Int32(),
            "quote_zh": pl.String(),
            "clause_folded_zh": pl.String(),
            "sentence_folded_zh": pl.String(),
            "char_start": pl.Int32(),
            "char_end": pl.Int32(),
            "heading_path_zh": pl.String(),
            "heading_path_folded_zh": pl.String(),
            "restates_measure_key": pl.String(),
            "governs_measure_key": pl.String(),
            "decided_by": pl.String(),
            "extractor_version": pl.String(),
            "source_sha256": pl.String(),
        }
    ),
    "numerals": pl.Schema(
        {
            "plan_key": pl.String(),
            "char_start": pl.Int32(),
            "char_end": pl.Int32(),
            "text": pl.String(),
            "disposition": pl.String(),
            "measure_key": pl.String(),
            "reason": pl.String(),
            "sentence_zh": pl.String(),
        }
    ),
    "repairs": pl.Schema(
        {
            "plan_key": pl.String(),
            "char_start": pl.Int32(),
            "char_end": pl.Int32(),
            "rule": pl.String(),
            "before": pl.String(),
            "after": pl.String(),
            "reason": pl.String(),
        }
    ),
    "plan_status": pl.Schema(
        {
            "plan_key": pl.String(),
            "status": pl.String(),
            "reason": pl.String(),
            "last_read_at": pl.Datetime("us", "UTC"),
            "extractor_version": pl.String(),
        }
    ),
    "reference_measures": pl.Schema(
        {
            "plan_key": pl.String(),
            "reference_key": pl.String(),
            "char_start": pl.Int32(),
            "char_end": pl.Int32(),
            "value_text": pl.String(),
            "value": pl.Float64(),
            "unit": pl.String(),
            "comparator": pl.String(),
            "is_aspirational": pl.Boolean(),
            "kind": pl.String(),
            "form": pl.String(),
            "per": pl.String(),
            "indicator_text_zh": pl.String(),
            "theme_key": pl.String(),
            "period_text": pl.String(),
            "period_end_year": pl.Int32(),
            "quote_zh": pl.String(),
            "restates_char_start": pl.Int32(),
            "governs_char_start": pl.Int32(),
        }
    ),
    "reference_provisions": pl.Schema(
        {
            "plan_key": pl.String(),
            "reference_key": pl.String(),
            "number": pl.String(),
            "section": pl.String(),
            "heading_zh": pl.String(),
            "char_start": pl.Int32(),
            "char_end": pl.Int32(),
            "lead_agencies": pl.List(pl.String()),
            "supporting_agencies": pl.List(pl.String()),
            "theme_key": pl.String(),
            "other_theme_keys": pl.List(pl.String()),
            "disputed_theme_keys": pl.List(pl.String()),
            "instrument_keys": pl.List(pl.String()),
            "disputed_instrument_keys": pl.List(pl.String()),
        }
    ),
}

_SORT = ("plan_key", "position", "char_start", "measure_key", "reference_key")


def frame(table: str, rows: Sequence[Row]) -> pl.DataFrame:
    """Return the rows as a sorted frame with the schema of `table`; columns that a row leaves out are null."""
    return joined(table, [pl.DataFrame(rows, schema=SCHEMAS[table], orient="row")])


def joined(table: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return the rows of some frames with the schema of `table` as one, sorted."""
    result = pl.concat([SCHEMAS[table].to_frame(), *frames])
    return result.sort([column for column in _SORT if column in result.columns], maintain_order=True)
