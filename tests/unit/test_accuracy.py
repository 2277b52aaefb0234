"""Pairing of extracted rows with a reference reading."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.quality.accuracy import match_measures, match_provisions, text_similarity

SPAN = {"plan_key": pl.String, "char_start": pl.Int32, "char_end": pl.Int32}
VALUE = SPAN | {"value": pl.Float64, "indicator_text_zh": pl.String}


def measures(*rows: tuple[int, int, float, str], key: str = "measure_key", plan: str = "p") -> pl.DataFrame:
    """Return rows of (start, end, value, indicator), keyed by their position."""
    return pl.DataFrame(
        [(str(i), plan, start, end, value, text) for i, (start, end, value, text) in enumerate(rows)],
        schema={key: pl.String} | VALUE,
        orient="row",
    )


def reading(*rows: tuple[int, int, float, str], plan: str = "p") -> pl.DataFrame:
    return measures(*rows, key="reference_key", plan=plan)


def provisions(*spans: tuple[int, int], key: str = "provision_key") -> pl.DataFrame:
    return pl.DataFrame(
        [(str(i), "p", *span) for i, span in enumerate(spans)], schema={key: pl.String} | SPAN, orient="row"
    )


def pairs(matched: pl.DataFrame, key: str = "measure_key") -> set[tuple[str | None, str | None]]:
    return set(matched.select(key, "reference_key").iter_rows())


@pytest.mark.parametrize(
    ("found", "is_pair"),
    [
        pytest.param((10, 13, 30.0, "金额"), True, id="same"),
        pytest.param((12, 15, 30.0, "金额"), True, id="spans-overlap"),
        pytest.param((13, 15, 30.0, "金额"), False, id="spans-only-touch"),
        pytest.param((10, 13, 30.02, "金额"), True, id="value-within-tolerance"),
        pytest.param((10, 13, 30.1, "金额"), False, id="value-beyond-tolerance"),
        pytest.param((10, 13, 30.0, "数量"), True, id="other-words"),
    ],
)
def test_measure_is_found_by_span_and_value(found, is_pair):
    matched = match_measures(measures(found), reading((10, 13, 30.0, "金额")))
    assert pairs(matched) == ({("0", "0")} if is_pair else {("0", None), (None, "0")})


def test_closest_indicator_is_paired_first():
    found = measures((10, 13, 30.0, "质押融资数量"), (10, 13, 30.0, "质押融资金额"))
    matched = match_measures(
        found, reading((10, 13, 30.0, "专利质押融资金额"), (10, 13, 30.0, "专利质押融资数量"))
    )
    assert pairs(matched) == {("0", "1"), ("1", "0")}


def test_plan_without_reading_is_left_out():
    assert match_measures(measures((1, 2, 1.0, "x"), plan="q"), reading((1, 2, 1.0, "x"))).height == 1


@pytest.mark.parametrize(
    ("span", "is_pair"),
    [
        pytest.param((0, 100), True, id="same"),
        pytest.param((0, 50), True, id="half"),
        pytest.param((0, 49), False, id="less-than-half"),
        pytest.param((0, 300), False, id="swallows-it"),
    ],
)
def test_provision_is_found_by_shared_characters(span, is_pair):
    matched = match_provisions(provisions(span), provisions((0, 100), key="reference_key"))
    assert pairs(matched, "provision_key") == ({("0", "0")} if is_pair else {("0", None), (None, "0")})


rows = st.lists(
    st.tuples(
        st.integers(0, 20), st.just(3), st.sampled_from([1.0, 2.0]), st.sampled_from(["甲", "甲乙", "丙"])
    ).map(lambda row: (row[0], row[0] + row[1], row[2], row[3])),
    max_size=8,
)


@given(rows, rows)
def test_every_row_of_both_sides_stands_in_the_result_once(found, read):
    matched = match_measures(measures(*found), reading(*read))
    assert sorted(matched["measure_key"].drop_nulls()) == sorted(str(i) for i in range(len(found)) if read)
    assert sorted(matched["reference_key"].drop_nulls()) == sorted(str(i) for i in range(len(read)))


@given(rows)
def test_reading_matches_itself_whole(read):
    matched = match_measures(measures(*read), reading(*read))
    assert matched.null_count().sum_horizontal().to_list() == [0]


@given(st.text(max_size=6), st.text(max_size=6))
def test_similarity_is_symmetric_and_between_0_and_1(left, right):
    similarity = text_similarity(left, right)
    assert 0 <= similarity <= 1
    assert similarity == text_similarity(right, left)


@given(st.text(max_size=6))
def test_text_is_most_similar_to_itself(text):
    assert text_similarity(text, text) == 1
