"""Where the published rows differ from the reference readings, row by row, with the sentence. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from dagster_project.quality.accuracy import VALUE_TOLERANCE, match_measures, match_provisions

MEASURE_FIELDS = (
    "value_text char_start value unit comparator is_aspirational kind form per period_end_year theme_key restates "
    "governs indicator_text_zh"
).split()
PROVISION_FIELDS = "number section heading_zh char_start char_end theme_key".split()
_LINKS = ("restates", "governs")
# Two readers word the same indicator differently; it is shown, but is no difference by itself.
_SHOWN_ONLY = frozenset({"indicator_text_zh"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that differs.

    Attributes:
        plan_key: The plan.
        kind: ``missed`` (no row for a reference row), ``extra`` (no reference row for a row) or ``differs``.
        fields: field -> (published, reference); None on the side that has no row.
        sentence: The quotation or the heading.
    """

    plan_key: str
    kind: str
    fields: Mapping[str, tuple[object, object]]
    sentence: str


def differing_measures(measures: pl.DataFrame, reference: pl.DataFrame) -> Iterator[Difference]:
    """Yield what differs between `fct_measure` and `reference_measures`, plan by plan in document order."""
    pairs = match_measures(measures, reference)
    # A reference row names the row that it repeats, or the award that it governs, by where that starts.
    links = {name: pl.col(f"{name}_measure_key").str.extract(r"@(\d+)").cast(pl.Int32) for name in _LINKS}
    measures = measures.with_columns(**links)
    reference = reference.rename({f"{name}_char_start": name for name in _LINKS})
    yield from _differences(pairs, measures, reference, "measure_key", MEASURE_FIELDS, "quote_zh")


def differing_provisions(provisions: pl.DataFrame, reference: pl.DataFrame) -> Iterator[Difference]:
    """Yield what differs between `fct_provision` and `reference_provisions`, plan by plan in document order."""
    pairs = match_provisions(provisions, reference)
    yield from _differences(pairs, provisions, reference, "provision_key", PROVISION_FIELDS, "heading_zh")


def _differences(
    pairs: pl.DataFrame,
    found: pl.DataFrame,
    reference: pl.DataFrame,
    key: str,
    fields: Sequence[str],
    sentence: str,
) -> Iterator[Difference]:
    ours = {row[key]: row for row in found.iter_rows(named=True)}
    theirs = {row["reference_key"]: row for row in reference.iter_rows(named=True)}
    rows = [
        (plan, ours.get(own_key), theirs.get(reference_key))
        for plan, own_key, reference_key in pairs.select("plan_key", key, "reference_key").iter_rows()
    ]
    for plan, own, other in sorted(rows, key=lambda row: (row[0], (row[1] or row[2] or {})["char_start"])):
        kind = "missed" if own is None else "extra" if other is None else "differs"
        values = {
            field: (own and own[field], other and other[field])
            for field in fields
            if own is None or other is None or not _same(field, own[field], other[field])
        }
        if not set(values) <= _SHOWN_ONLY:
            yield Difference(plan, kind, values, str((own or other or {})[sentence]))


def _same(field: str, own: object, other: object) -> bool:
    if field == "theme_key" and other is None:
        return True  # the readers themselves did not agree
    if field == "value":
        ours, theirs = float(str(own)), float(str(other))
        return abs(ours - theirs) <= VALUE_TOLERANCE * abs(theirs)
    return own == other
