"""The five plans against their reference readings: the bars below which a change must not fall."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dagster_project.corpus.reference import load_reference
from dagster_project.corpus.rows import extraction_rows
from dagster_project.corpus.tables import frame
from dagster_project.extraction import extract
from dagster_project.quality.accuracy import match_measures, text_similarity
from dagster_project.reading import decode, read

RAW = Path(__file__).parents[2] / "data" / "raw"
PLANS = sorted(path.name for path in RAW.iterdir())
BARS = {
    "unit": 0.97, "comparator": 0.97, "is_aspirational": 0.97, "kind": 0.97, "form": 0.97, "per": 0.97,
    "char_start": 0.98, "char_end": 0.98, "period_end_year": 0.93,
}  # fmt: skip
FORM_WORDS = ("年均增幅", "年均增长率", "增长率", "数量", "总数")


@cache
def plan(key: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the measures of a plan and its reference rows."""
    text = decode((RAW / key / "plan.txt").read_bytes())[0]
    reading = read(text)
    rows = extraction_rows(key, reading, extract(reading), "")["measures"]
    reference = load_reference(RAW / key / "reference", key, text)["reference_measures"]
    return frame("measures", rows).to_dicts(), frame("reference_measures", reference).to_dicts()


@cache
def pairs() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the measures of all plans that were found, each with its reference row."""
    found = {row["measure_key"]: row for key in PLANS for row in plan(key)[0]}
    reference = {row["reference_key"]: row for key in PLANS for row in plan(key)[1]}
    matched = match_measures(pl.DataFrame(list(found.values()), infer_schema_length=None),
                             pl.DataFrame(list(reference.values()), infer_schema_length=None))  # fmt: skip
    return [
        (found[row["measure_key"]], reference[row["reference_key"]])
        for row in matched.drop_nulls().to_dicts()
    ]


def test_measures_are_found_and_none_invented() -> None:
    found, reference = (sum(len(plan(key)[side]) for key in PLANS) for side in (0, 1))
    assert 2 * len(pairs()) / (found + reference) >= 0.99


@pytest.mark.parametrize(("field", "bar"), BARS.items())
def test_field_is_right(field: str, bar: float) -> None:
    right = [measure[field] == row[field] for measure, row in pairs()]
    assert sum(right) / len(right) >= bar


@pytest.mark.parametrize("link", ["restates", "governs"])
def test_every_link_is_right_and_none_invented(link: str) -> None:
    starts = {measure["measure_key"]: measure["char_start"] for measure, _ in pairs()}
    wrong = [
        (measure["quote_zh"], row["quote_zh"])
        for measure, row in pairs()
        if starts.get(measure[f"{link}_measure_key"]) != row[f"{link}_char_start"]
    ]
    assert wrong == []


def test_indicator_says_what_is_measured() -> None:
    def bare(text: str) -> str:
        for word in FORM_WORDS:
            text = text.replace(word, "")
        return text

    alike = [
        text_similarity(bare(measure["indicator_text_zh"]), bare(row["indicator_text_zh"]))
        for measure, row in pairs()
    ]
    assert sum(alike) / len(alike) >= 0.7
