"""Two measures are compared fairly, or not at all."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from dagster_project.api.pairwise import SCHEMA, compare_broader, compare_pairs, compare_related

BASE: dict[str, Any] = {
    "indicator_key": "i",
    "comparability": "exact",
    "scope": "same",
    "rights": "all_ip",
    "is_rescaled": False,
    "comparable_unit": "percent_per_year",
    "comparator": "ge",
    "is_aspirational": False,
    "is_province": False,
    "per_million_value": None,
    "years": None,
    "period_start_year": None,
    "period_end_year": 2025,
    "plan_start_year": None,
    "plan_end_year": None,
    "reason_zh": "甲",
    "reason_en": "A.",
}
NARROWER = {"comparability": "narrower", "scope": "narrower", "rights": "patent"}
OFF = {"comparability": "not_comparable", "comparable_value": None, "comparable_unit": None}


def pair(left: dict[str, Any], right: dict[str, Any], basis: str = "growth_per_year") -> dict[str, Any]:
    rows = [
        BASE
        | {"basis": basis, "plan_key": plan, "measure_key": f"{plan}@1.1", "comparable_value": value}
        | changes
        for plan, value, changes in (("a", 30.0, left), ("b", 20.0, right))
    ]
    return compare_pairs(pl.DataFrame(rows, infer_schema_length=None)).row(0, named=True)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        pytest.param({}, {}, "exact", id="both as stated"),
        pytest.param({"is_rescaled": True}, {}, "rescaled", id="one rescaled"),
        pytest.param(NARROWER, {}, "narrower", id="patents beside all rights"),
        pytest.param({}, NARROWER, "broader", id="all rights beside patents"),
        pytest.param(NARROWER, NARROWER, "exact", id="patents beside patents"),
        pytest.param(
            NARROWER, NARROWER | {"rights": "trademark"}, "not_comparable", id="patents beside trademarks"
        ),
        pytest.param({}, OFF, "not_comparable", id="one off the axis"),
        pytest.param(OFF, OFF, "not_comparable", id="both off the axis"),
    ],
)
def test_verdict(left, right, verdict):
    assert pair(left, right)["comparability"] == verdict


def test_reason_of_a_refusal_names_the_plan_that_is_off_the_axis():
    assert pair({}, OFF)["reason_en"] == "b: A."


@pytest.mark.parametrize(
    ("left", "basis", "caution"),
    [
        ({"comparator": "gt"}, "growth_per_year", None),
        (
            {"comparator": "eq"},
            "growth_per_year",
            "one is a floor, cap or approximation and the other is not",
        ),
        ({"is_aspirational": True}, "growth_per_year", "one is an aspiration and the other is not"),
        ({"is_province": True}, "per_year", "a province beside a city: mind their size"),
        ({"is_province": True}, "growth_per_year", None),
        ({"period_end_year": 2023}, "level_at_date", "they hold at different dates"),
        ({"period_end_year": 2023}, "growth_per_year", None),
    ],
)
def test_caution(left, basis, caution):
    assert pair(left, {}, basis)["cautions_en"] == caution


@pytest.mark.parametrize("basis", ["growth_per_year", "per_year", "level_at_date", "per_recipient"])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param({"period_end_year": 2020}, {"period_start_year": 2023}, id="years of its own"),
        pytest.param({"period_end_year": 2020}, {"years": 3}, id="what follows from its years"),
        pytest.param(
            {"period_end_year": None, "plan_start_year": 2018, "plan_end_year": 2020},
            {"period_end_year": None, "plan_start_year": 2023, "plan_end_year": 2025},
            id="years of the plans",
        ),
        pytest.param({"period_start_year": 2026, "period_end_year": 2028}, {}, id="the other one first"),
    ],
)
def test_periods_that_do_not_overlap_are_said(left, right, basis):
    assert pair(left, right, basis)["cautions_en"] == "their periods do not overlap"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param({"period_end_year": 2023}, {"period_start_year": 2023}, id="one year shared"),
        pytest.param({"period_end_year": 2020}, {}, id="without a first year"),
        pytest.param({"period_end_year": None}, {"period_start_year": 2023}, id="without a last year"),
    ],
)
def test_periods_that_may_overlap_are_no_caution(left, right):
    assert pair(left, right)["cautions_en"] is None


COUNT = {"comparable_unit": "org_per_year"}


def test_size_that_turns_the_order_round_is_said():
    found = pair(COUNT | {"per_million_value": 2.2}, COUNT | {"per_million_value": 7.13}, "per_year")
    assert found["cautions_en"] == "per million residents the order is the other way round: 2.2 and 7.13"
    assert found["cautions_zh"] == "按每百万常住人口计,次序相反:2.2与7.13"
    assert (found["left_per_million"], found["right_per_million"]) == (2.2, 7.13)


@pytest.mark.parametrize(
    "right",
    [
        pytest.param({"per_million_value": 1.0}, id="the same order"),
        pytest.param({"per_million_value": None}, id="residents not known"),
        pytest.param({"per_million_value": 9.0, "comparable_value": 30.0}, id="as much in all"),
    ],
)
def test_size_that_turns_nothing_round_is_no_caution(right):
    found = pair(COUNT | {"per_million_value": 2.2}, COUNT | right, "per_year")
    assert found["cautions_en"] is None


def test_percentages_differ_by_points():
    assert pair({}, {})["formula"] == "30% − 20% = +10 pp"


def test_counts_are_told_as_a_ratio():
    unit = {"comparable_unit": "person_per_year"}
    assert pair(unit | {"comparable_value": 1200.0}, unit)["formula"] == "1,200 ÷ 20 = 60×"


def test_ratio_to_nothing_is_not_told():
    unit = {"comparable_unit": "person_per_year"}
    assert pair(unit, unit | {"comparable_value": 0.0})["formula"] == "30 ÷ 0 is not defined"


def test_measures_of_one_plan_are_no_pair():
    rows = [BASE | {"plan_key": "a", "measure_key": f"a@{n}.1", "comparable_value": 1.0} for n in (1, 2)]
    assert compare_pairs(pl.DataFrame(rows)).equals(pl.DataFrame(schema=SCHEMA))


BROADER: dict[str, Any] = {
    "indicator_key": "narrow",
    "broader_indicator_key": "broad",
    "facet_zh": "对象",
    "facet_en": "object",
    "narrower_zh": "发明专利",
    "narrower_en": "invention patents",
    "broader_zh": "专利",
    "broader_en": "patents",
}
OPEN = BROADER | {"facet_zh": "级别", "facet_en": "grade", "broader_zh": None, "broader_en": None}


def beside_broader(broader: dict[str, Any], **changes: Any) -> pl.DataFrame:
    rows = [
        BASE
        | {"basis": "per_year", "plan_key": plan, "measure_key": f"{plan}@1.1", "comparable_value": value}
        | {"indicator_key": key}
        for plan, key, value in (("a", "narrow", 20.0), ("b", "broad", 30.0), ("c", "other", 9.0))
    ]
    rows[1] |= changes
    return compare_broader(pl.DataFrame(rows, infer_schema_length=None), [broader])


@pytest.mark.parametrize(
    ("broader", "reason_zh", "reason_en"),
    [
        pytest.param(
            BROADER,
            "前者的对象较窄:“发明专利”,后者为“专利”。",
            "The object of the first is narrower: “invention patents”, of the second “patents”.",
            id="a kind of it",
        ),
        pytest.param(
            OPEN | {"narrower_zh": "国家级", "narrower_en": "national"},
            "前者的级别较窄:“国家级”,后者不限。",
            "The grade of the first is narrower: “national”, which the second leaves open.",
            id="left open",
        ),
    ],
)
def test_measure_that_means_less_in_one_facet_is_narrower_and_says_in_which(broader, reason_zh, reason_en):
    [row] = beside_broader(broader).to_dicts()
    assert (row["left_plan_key"], row["right_plan_key"], row["comparability"]) == ("a", "b", "narrower")
    assert (row["reason_zh"], row["reason_en"]) == (reason_zh, reason_en)
    assert row["formula"] == "20% − 30% = -10 pp"


@pytest.mark.parametrize(
    "changes",
    [pytest.param(OFF, id="off its axis"), pytest.param({"plan_key": "a"}, id="of the same plan")],
)
def test_measure_is_not_set_beside_a_broader_one(changes):
    assert beside_broader(BROADER, **changes).is_empty()


FAMILY: dict[str, Any] = {
    "indicator_key": "agents",
    "related_indicator_key": "teachers",
    "steps": 2,
    "name_zh": "人才·培养·数量",
    "name_en": "people, trained: number",
}
NEARER = FAMILY | {"related_indicator_key": "practising", "steps": 1}


def told_together(
    *changes: dict[str, Any],
    beside: pl.DataFrame | None = None,
    families: tuple[dict[str, Any], ...] = (FAMILY,),
) -> list[tuple[str, str]]:
    rows = [
        BASE
        | {"basis": "per_year", "is_commitment": True, "theme_key": "talent", "comparable_value": 9.0}
        | {"plan_key": plan, "measure_key": f"{plan}@{n}.1", "indicator_key": key}
        | (changes[n] if n < len(changes) else {})
        for n, (plan, key) in enumerate((("a", "agents"), ("b", "teachers"), ("b", "practising")))
    ]
    statements = pl.DataFrame(rows, infer_schema_length=None)
    found = compare_related(statements, families, pl.DataFrame(schema=SCHEMA) if beside is None else beside)
    assert set(found["comparability"]) <= {"related"}
    assert (
        found.select("left_value", "right_value", "formula", "cautions_en").null_count().row(0)
        == (found.height,) * 4
    )
    return list(found.select("left_measure_key", "right_measure_key").iter_rows())


def test_commitments_of_one_family_are_told_together_and_not_ranked():
    assert told_together() == [("a@0.1", "b@1.1")]


def test_the_nearest_of_a_family_are_told():
    assert told_together(families=(FAMILY, NEARER)) == [("a@0.1", "b@2.1")]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"plan_key": "b"}, id="of one plan"),
        pytest.param({"is_commitment": False}, id="of the past"),
        pytest.param({"theme_key": "other"}, id="not of intellectual property"),
    ],
)
def test_what_is_not_told_together(change):
    assert told_together(change) == []


def test_what_stands_beside_a_measure_of_the_other_plan_is_not_told_again():
    beside = pl.DataFrame(
        [
            {
                "left_measure_key": "b@2.1",
                "left_plan_key": "b",
                "right_measure_key": "a@0.1",
                "right_plan_key": "a",
            }
        ]
    )
    assert told_together(beside=beside) == []
