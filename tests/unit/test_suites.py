"""The expectations see what is wrong, and nothing else."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from dagster_project.quality.suites import (
    Verdict,
    document_expectations,
    judge,
    measure_expectations,
    numeral_expectations,
    with_document_facts,
    with_measure_facts,
)

TEXT = "甲市知识产权发展方案。到2025年,专利质押融资额度达到12亿元,年均增长30%以上。" * 20
DOCUMENT: dict[str, Any] = {
    "plan_key": "jia-2020",
    "title_zh": "甲市知识产权发展方案",
    "text": TEXT,
    "char_count": len(TEXT),
    "encoding": "utf-8",
    "source_sha256": "0" * 64,
    "period_end_year": 2025,
}
MEASURE: dict[str, Any] = {
    "measure_key": f"jia-2020@{TEXT.index('12亿元')}.1",
    "plan_key": "jia-2020",
    "indicator_key": "pledge_financing.amount",
    "indicator_text_zh": "专利质押融资额度",
    "kind": "target",
    "form": "level",
    "comparator": "eq",
    "unit": "CNY",
    "value_text": "12亿元",
    "value": 1.2e9,
    "quote_zh": "专利质押融资额度达到12亿元",
    "char_start": TEXT.index("12亿元"),
    "char_end": TEXT.index("12亿元") + 4,
    "period_end_year": 2025,
    "horizon_years": None,
}
COLUMNS, UNITS = list(MEASURE), ["CNY", "percent", "item"]
PERCENT = {"unit": "percent", "value_text": "30%", "char_start": TEXT.index("30%")} | {
    "char_end": TEXT.index("30%") + 3,
    "quote_zh": "年均增长30%以上",
}


def failed(verdicts: list[Verdict]) -> dict[str, tuple[int, ...]]:
    """Return the names of what failed, with the rows."""
    return {verdict.expectation.name: verdict.rows for verdict in verdicts if not verdict.passed}


def judge_measures(*rows: dict[str, Any]) -> list[Verdict]:
    """Judge rows of `fct_measure` against the one document."""
    frame = pl.DataFrame(rows, schema_overrides={"horizon_years": pl.Int32}, infer_schema_length=None)
    documents = pl.DataFrame([DOCUMENT])
    return judge(with_measure_facts(frame, documents), measure_expectations(COLUMNS, UNITS))


def test_good_measures_pass() -> None:
    assert failed(judge_measures(MEASURE, MEASURE | PERCENT | {"form": "share", "value": 30.0})) == {}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        pytest.param({"kind": "promise"}, "kind_is_known", id="kind"),
        pytest.param({"form": "stock"}, "form_is_known", id="form"),
        pytest.param({"comparator": ">="}, "comparator_is_known", id="comparator"),
        pytest.param({"unit": "USD", "value": 12.0}, "unit_is_known", id="unit"),
        pytest.param({"char_start": 0, "char_end": 4}, "span_is_value_text", id="span"),
        pytest.param({"quote_zh": "专利质押融资额度达到 12亿元"}, "quote_is_verbatim", id="quote"),
        pytest.param({"quote_zh": "专利质押融资额度"}, "quote_holds_value", id="quote-without-value"),
        pytest.param({"value": 0.0}, "zero_is_stated", id="zero"),
        pytest.param({"indicator_text_zh": None}, "indicator_text_zh_is_stated", id="indicator"),
        pytest.param({"value": 1.2e14}, "money_cny_is_usual", id="money"),
        pytest.param(PERCENT | {"form": "share", "value": 130.0}, "share_percent_is_usual", id="share"),
        pytest.param(
            PERCENT | {"form": "growth_annual", "value": 3000.0}, "growth_percent_is_usual", id="growth"
        ),
        pytest.param({"period_end_year": 20255}, "period_end_year_is_usual", id="year"),
        pytest.param({"horizon_years": 300}, "horizon_years_is_usual", id="horizon"),
        pytest.param({"indicator_key": "unmapped"}, "indicator_is_mapped", id="unmapped"),
        pytest.param({"unit": "item", "value": 1e9}, "count_is_usual", id="count"),
    ],
)
def test_a_bad_measure_is_found_in_its_row(change: dict[str, Any], name: str) -> None:
    assert failed(judge_measures(MEASURE, MEASURE | change)) == {name: (1,)}


def test_a_column_that_is_not_described_is_found() -> None:
    assert failed(judge_measures(MEASURE | {"extra": 1})) == {"columns_are_described": ()}


@pytest.mark.parametrize(
    ("name", "is_blocking"),
    [
        pytest.param("quote_is_verbatim", True, id="integrity"),
        pytest.param("money_cny_is_usual", False, id="unusual"),
    ],
)
def test_only_integrity_blocks(name: str, is_blocking: bool) -> None:
    assert {item.name: item.blocking for item in measure_expectations()}[name] is is_blocking


def judge_documents(*rows: dict[str, Any]) -> list[Verdict]:
    """Judge rows of `documents`, each with one provision and one measure."""
    parts = pl.DataFrame({"plan_key": [row["plan_key"] for row in rows]})
    frame = with_document_facts(pl.DataFrame(rows), parts, parts)
    return judge(frame, document_expectations())


def test_a_good_document_passes() -> None:
    assert failed(judge_documents(DOCUMENT)) == {}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        pytest.param({"plan_key": "Jia 2020"}, "plan_key_is_well_formed", id="plan-id"),
        pytest.param({"source_sha256": "abc"}, "source_sha256_is_well_formed", id="hash"),
        pytest.param({"char_count": 3_000}, "length_is_right", id="length"),
        pytest.param({"title_zh": None}, "title_zh_is_stated", id="title"),
    ],
)
def test_a_bad_document_is_found_in_its_row(change: dict[str, Any], name: str) -> None:
    other = TEXT.replace("甲", "乙")
    good = DOCUMENT | {"plan_key": "yi-2020", "text": other}
    assert failed(judge_documents(good, DOCUMENT | change)) == {name: (1,)}


def test_the_same_text_under_two_names_is_found() -> None:
    twin = DOCUMENT | {"plan_key": "yi-2020", "text": TEXT + "\n", "char_count": len(TEXT) + 1}
    assert failed(judge_documents(DOCUMENT, twin)) == {"text_is_unique": (0, 1)}


def test_a_lost_character_is_found() -> None:
    damaged = DOCUMENT | {"text": TEXT + "\ufffd", "char_count": len(TEXT) + 1}
    assert failed(judge_documents(damaged)) == {"has_no_lost_characters": (0,)}


def test_an_unexplained_numeral_is_found_in_its_row() -> None:
    frame = pl.DataFrame({"disposition": ["measure", "unexplained"]})
    assert failed(judge(frame, numeral_expectations())) == {"numeral_is_explained": (1,)}


def test_a_missing_column_is_an_error_and_not_a_verdict() -> None:
    with pytest.raises(RuntimeError, match="disposition_is_known"):
        judge(pl.DataFrame({"text": ["1"]}), numeral_expectations())
