"""A chart says what the tables say, in both languages: every comparable mark on its axis, and nothing else."""

from __future__ import annotations

import asyncio
import csv
import html
import importlib.resources
import json
import re
import runpy
import string
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont
from plotly.io.json import to_json_plotly

from dagster_project import figures
from dagster_project.figures import FIGURES, LANGUAGES, SIZE_NAMES, canvas, words, write_figures
from dagster_project.figures.comparison import COMPARISON_TABLES
from dagster_project.figures.matrix import MATRIX_TABLES
from dagster_project.figures.plans import PLAN_TABLES, plan_looks

# Test modules cannot import each other: pytest imports each by its path.
PROJECT = Path(__file__).parents[2]
NAMES = (*FIGURES, "comparison_talent", "matrix_talent")
BELOW = {"plan_key": "b-2021", "comparable_value": 10.0}
tables = runpy.run_path(str(PROJECT / "tests" / "figure_tables.py"))["tables"]


def build_figure(name: str, made: dict[str, pl.DataFrame], lang: str, size: str = "screen") -> go.Figure:
    """Draw a figure that shows all it has to show, if nothing else is said."""
    return figures.build_figure(name, made, lang, size)


def draw(statements: list[dict[str, Any]], lang: str = "en", **made: Any) -> go.Figure:
    return build_figure("comparison_talent", tables(statements=statements, **made), lang)


def beside(row: dict[str, Any], lang: str = "en", **made: Any) -> go.Figure:
    """Draw a statement beside a lower one of another plan: one alone is no bar."""
    return draw([row, BELOW | {"indicator_key": row.get("indicator_key", "talent.agents")}], lang, **made)


def title(figure: go.Figure) -> str:
    return str(figure.layout.meta["title"])


def bars(figure: go.Figure) -> dict[str, Any]:
    """Return the bars that stand on an axis, by their measure's key."""
    return {trace.name: trace for trace in figure.data if trace.type == "bar" and trace.x[0] is not None}


def labels(figure: go.Figure) -> list[str]:
    """Return what stands beside the bars."""
    return [
        plain(text) for trace in figure.data if (trace.name or "").endswith(" labels") for text in trace.text
    ]


def texts(figure: go.Figure) -> str:
    """Return all that is written outside axes."""
    return "\n".join(plain(annotation.text) for annotation in figure.layout.annotations)


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text.replace("<br>", " ")).strip()


def trace(figure: go.Figure, name: str) -> Any:
    (found,) = (trace for trace in figure.data if trace.name == name)
    return found


# --- What is drawn ------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "plan_key": st.sampled_from(["a-2020", "b-2021"]),
                "indicator_key": st.sampled_from(["talent.agents", "talent.leaders", "unmapped"]),
                "comparability": st.sampled_from(
                    ["exact", "rescaled", "narrower", "broader", "not_comparable"]
                ),
                "comparable_value": st.floats(-50, 1e12).map(lambda value: round(value, 4)),
                "restates_measure_key": st.sampled_from([None, None, "m0"]),
                "comparator": st.sampled_from(list(words.COMPARATORS)),
                "is_aspirational": st.booleans(),
            }
        ),
        max_size=8,
    ),
    st.sampled_from(LANGUAGES),
)
def test_axes_hold_exactly_what_plans_share_and_no_restatement(statements, lang):
    figure = draw(statements, lang)
    first = {f"m{i}": row for i, row in enumerate(statements) if row["restates_measure_key"] is None}
    comparable = {key: row for key, row in first.items() if row["comparability"] != "not_comparable"}
    plans: dict[str, set[str]] = {}
    for row in comparable.values():
        plans.setdefault(row["indicator_key"], set()).add(row["plan_key"])
    shared = {key for key, row in comparable.items() if len(plans[row["indicator_key"]]) > 1}
    assert set(bars(figure)) == shared
    assert {note.name for note in figure.layout.annotations if note.name} == set(first) - shared
    assert {row["measure_key"] for row in figure.layout.meta["rows"]} == set(first)


def test_what_one_plan_states_is_a_number_without_a_bar():
    figure = draw([{"comparator": "ge", "per_million_value": 2.0}])
    assert not bars(figure)
    assert "Stated by one plan only, a number and no bar (1)" in texts(figure)
    assert "Patent agents: ≥30 people" in texts(figure).replace(" · 执业代理师", "")


def test_panels_of_one_unit_have_one_scale():
    other = {"indicator_key": "talent.x", "comparable_value": 300.0}
    figure = draw([{}, BELOW, other, BELOW | other | {"plan_key": "b-2021"}])
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range == (0.0, 300.0)


def test_panels_of_other_units_have_scales_of_their_own():
    other = {"indicator_key": "talent.x", "comparable_value": 300.0, "axis_unit_en": "items"}
    figure = draw([{}, BELOW, other, BELOW | other | {"plan_key": "b-2021"}])
    assert figure.layout.xaxis.range != figure.layout.xaxis2.range


@pytest.mark.parametrize("size", SIZE_NAMES)
def test_every_axis_has_its_ticks(size):
    figure = build_figure("comparison_talent", tables(statements=[{}, BELOW]), "en", size)
    assert figure.layout.xaxis.ticktext == ("0", "10", "20", "30")


@pytest.mark.parametrize(
    ("comparator", "symbol"), [("ge", "right"), ("gt", "right"), ("le", "left"), ("lt", "left")]
)
def test_bound_ends_in_an_open_arrow(comparator, symbol):
    bound = trace(beside({"comparator": comparator}), "m0 bound")
    assert (bound.x, bound.marker.symbol, bound.marker.color) == ((30.0,), f"triangle-{symbol}", "white")


def test_approximation_has_a_whisker_about_its_end():
    reach = [at for at in trace(beside({"comparator": "approx"}), "m0 whisker").x if at is not None]
    assert min(reach) < 30.0 < max(reach)


def test_exact_value_has_neither():
    assert {trace.name for trace in beside({}).data if trace.x[0] is not None} == {
        "m0",
        "m1",
        "talent.agents labels",
    }


def test_own_report_of_the_past_is_a_grey_tick_on_the_axis():
    drawn = beside({}, baselines=[{}])
    assert trace(drawn, "m0 baseline").x == (20.0, 20.0)
    assert beside({}, baselines=[{"stated_value": 90.0}]).layout.meta["rows"]
    assert "m0 baseline" not in {t.name for t in beside({}, baselines=[{"stated_value": 90.0}]).data}


@pytest.mark.parametrize(
    ("row", "is_drawn"),
    [({}, True), ({"scope": "narrower"}, False), ({"value_relation": "not_comparable"}, False),
     ({"child_indicator_key": "talent.x"}, False)],
)  # fmt: skip
def test_target_of_the_plan_above_is_a_line(row, is_drawn):
    drawn = beside({}, parents=[row])
    assert ("m1 above m0" in {t.name for t in drawn.data}) == is_drawn


def test_totals_of_places_of_unlike_size_are_drawn_per_head_and_sorted_by_it():
    figure = draw([{"per_million_value": 3.0}, BELOW | {"per_million_value": 8.0}])
    assert [(key, bar.x) for key, bar in bars(figure).items()] == [("m1", (8.0,)), ("m0", (3.0,))]
    assert labels(figure)[0].startswith("8 people")


def test_small_total_is_read_as_stated_and_its_rate_below():
    row = {
        "value": 5.0,
        "comparable_value": 5 / 3,
        "formula": "5 ÷ 3 = 1.67 /yr",
        "comparability": "rescaled",
    }
    first, _ = labels(draw([row, BELOW | {"comparable_value": 1.0}]))
    assert first.startswith("5 people")
    assert "5 ÷ 3 = 1.67 /yr" in first


def test_statement_that_stands_apart_leads_to_its_measure():
    figure = draw([{"comparability": "not_comparable", "value": 77.0}])
    (row,) = figure.layout.meta["rows"]
    assert [note.name for note in figure.layout.annotations if note.name] == [row["measure_key"]]


def test_statement_that_is_not_comparable_is_listed_with_its_reason():
    figure = draw([{"comparability": "not_comparable", "reason_en": "A report of the past.", "value": 77.0}])
    assert "77 people" in texts(figure)
    assert "A report of the past." in texts(figure)


def test_statement_of_another_theme_stands_on_the_axis_of_its_indicator():
    assert set(bars(draw([{}, {"theme_key": "copyright", "plan_key": "b-2021"}]))) == {"m0", "m1"}


def test_bar_is_as_long_as_the_comparable_value():
    assert bars(beside({"value": 90.0, "comparable_value": 30.0}))["m0"].x == (30.0,)


def test_each_verdict_has_a_pattern_of_its_own():
    verdicts = ("exact", "rescaled", "narrower", "broader")
    drawn = bars(draw([*({"comparability": verdict} for verdict in verdicts), BELOW]))
    assert len({bar.marker.pattern.shape for bar in drawn.values()}) == len(verdicts)


def test_only_aspirational_bars_are_hollow():
    drawn = bars(draw([{"is_aspirational": True}, BELOW]))
    assert [drawn[key].marker.color == "white" for key in ("m0", "m1")] == [True, False]


def test_plan_has_the_same_colour_in_every_figure():
    made = tables(statements=[{"plan_key": "b-2021"}, {"comparable_value": 1.0}])
    bar, _ = bars(build_figure("comparison_talent", made, "en")).values()
    heads = build_figure("theme_coverage", made, "zh").layout.xaxis.ticktext
    assert bar.marker.color in heads[1]
    assert bar.marker.color not in heads[0]


@pytest.mark.parametrize("count", [1, 7, 8, 40])
def test_no_two_plans_look_alike(count):
    looks = plan_looks(tables(plans={f"p{i:02}": {} for i in range(count)}), "zh").values()
    assert len({(look.colour, look.symbol) for look in looks}) == len({look.name for look in looks}) == count


# --- What is written ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "lang", "expected"),
    [
        pytest.param(1.2e9, "元", "zh", "12亿元", id="zh-yi"),
        pytest.param(500_000, "元/单位", "zh", "50万元/单位", id="zh-wan"),
        pytest.param(90_713, "件", "zh", "9.0713万件", id="zh-keeps-digits"),
        pytest.param(5_000, "元", "zh", "5000元", id="zh-below-wan"),
        pytest.param(1.2e9, "CNY", "en", "CNY 1.2 billion", id="en-billion"),
        pytest.param(1e8, "CNY", "en", "CNY 100 million", id="en-million"),
        pytest.param(300_000, "CNY per recipient", "en", "CNY 300,000 per recipient", id="en-thousands"),
        pytest.param(4.5, "%/yr", "en", "4.5%/yr", id="en-percent"),
        pytest.param(40, "organisations", "en", "40 organisations", id="en-count"),
        pytest.param(0, "%", "zh", "0%", id="zero"),
        pytest.param(-2.5, "%", "en", "-2.5%", id="negative"),
        pytest.param(7, "", "en", "7", id="no-unit"),
    ],
)
def test_quantity_reads_as_people_write_it(value, unit, lang, expected):
    assert words.quantity(value, unit, lang) == expected


@pytest.mark.parametrize(
    ("comparator", "sign"), [("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<"), ("approx", "≈"), ("eq", "")]
)
def test_label_begins_with_the_comparator(comparator, sign):
    label, _ = labels(beside({"comparator": comparator}))
    assert label.startswith(f"{canvas.escape(sign)}30 people per year")


def test_label_tells_verdict_time_limit_and_arithmetic():
    row = {
        "comparability": "rescaled",
        "period_end_year": 2023,
        "value": 90.0,
        "formula": "90 ÷ 3 = 30 /yr",
        "is_aspirational": True,
    }
    assert labels(beside(row))[:1] == [
        "30 people per year \u00a0\u00a0\u00a0\u00a0rescaled; aspirational; by 2023; 90 ÷ 3 = 30 /yr"
    ]


def test_value_that_is_not_computed_is_labelled_with_all_its_digits_and_without_arithmetic():
    row = {"value": 1234.5, "comparable_value": 1234.5, "formula": "1234.5 = 1234.5 /yr"}
    assert labels(beside(row))[0] == "1,234.5 people per year \u00a0\u00a0\u00a0\u00a0exact"


def test_computed_value_is_labelled_with_three_digits():
    label, _ = labels(beside({"comparable_value": 100 / 3, "formula": "100 ÷ 3"}))
    assert label.startswith("33.3 people")


@pytest.mark.parametrize(
    "words_of_hover", ["培养30名执业代理师", "二、目标 › 人才", "90 ÷ 3", "100–103", "30名"]
)
def test_hover_shows_where_the_value_comes_from(words_of_hover):
    bar, _ = bars(beside({"formula": "90 ÷ 3"})).values()
    assert words_of_hover in plain(bar.hovertext[0])


def test_footnote_cites_number_or_else_issuer_and_date():
    plans = {
        "a-2020": {"title_folded_zh": "甲计划", "document_number": "合政〔2020〕65号"},
        "b-2021": {
            "title_folded_zh": "乙计划",
            "issuer_folded_zh": "乙市政府",
            "issued_on": date(2021, 4, 5),
        },
        "c-2022": {"title_folded_zh": "丙计划", "issuer_folded_zh": None, "issued_on": None},
    }
    shown = texts(draw([{}], "zh", plans=plans))
    for source in (
        "《甲计划》（合政〔2020〕65号）",
        "《乙计划》（乙市政府 2021年4月5日）",
        "《丙计划》（未注明文号和日期）",
    ):
        assert source in shown


@pytest.mark.parametrize(
    ("lang", "source"),
    [
        ("zh", "A-2020 2021–23：a-2020，未载明标题（合政〔2020〕65号）"),
        ("en", "A-2020 2021–23: a-2020, title not stated (合政〔2020〕65号)"),
    ],
)
@pytest.mark.parametrize("name", ["comparison_talent", "theme_coverage"])
def test_plan_without_title_is_cited_by_its_key(name, lang, source):
    plan = {
        "title_folded_zh": None,
        "document_number": "合政〔2020〕65号",
        "name_zh": "A-2020",
        "name_en": "A-2020",
    }
    shown = texts(build_figure(name, tables(plans={"a-2020": plan}, statements=[{}]), lang))
    assert source in shown
    assert "《" not in shown


@pytest.mark.parametrize(
    ("lang", "name"), [("zh", "河北省（省级） 2021–23"), ("en", "Hebei (province) 2021–23")]
)
def test_province_is_marked(lang, name):
    plans = {"a-2020": {"name_zh": "河北省", "name_en": "Hebei", "is_province": True}}
    plans["b-2021"] = {}
    assert plain(beside({}, lang, plans=plans).layout.yaxis.ticktext[0]).startswith(name)


def test_stale_plan_is_marked():
    assert (
        "(last good reading)"
        in beside({}, plans={"a-2020": {"status": "stale"}, "b-2021": {}}).layout.yaxis.ticktext[0]
    )


def test_plan_text_cannot_become_markup():
    evil = "<b>x</b><script>alert(1)</script>$a$ & %{x}"
    figure = draw([{"quote_zh": evil, "indicator_text_zh": evil, "heading_path_zh": evil, "value_text": evil},
                   {"comparability": "not_comparable", "indicator_text_zh": evil, "reason_en": evil}],
                  plans={"a-2020": {"title_folded_zh": evil, "name_en": evil}})  # fmt: skip
    drawn = figure.to_plotly_json()
    drawn["layout"].pop("meta")
    text = json.dumps(drawn, default=str)
    assert "<script" not in text
    assert "<b>x" not in text
    assert "$" not in text


# --- Titles -------------------------------------------------------------------------------------------------------

OTHER = {"plan_key": "b-2021", "comparable_value": 10.0}
THIRD = {"plan_key": "c-2022", "comparable_value": 5.0}
THREE: dict[str, dict[str, Any]] = {"a-2020": {}, "b-2021": {}, "c-2022": {}}
ELSEWHERE = {"theme_key": "copyright", "indicator_theme_key": "copyright"}


@pytest.mark.parametrize(
    ("plans", "statements", "expected"),
    [
        pytest.param(
            THREE, [{}, OTHER, THIRD], 'in "Patent agents", A-2020 2021–23 promises the most of 3 plans, 30 people',
            id="highest",
        ),
        pytest.param(
            THREE, [{}, OTHER | {"comparable_value": 30.0}, THIRD], "A-2020 2021–23, B-2021 2021–23 promise the most",
            id="tie",
        ),
        pytest.param(
            None,
            [{"period_end_year": 2023}, OTHER],
            '"Patent agents": A-2020 2021–23: 30 people per year (by 2023), B-2021 2021–23: 10 people per year',
            id="no crown for one of two",
        ),
        pytest.param(
            THREE | {"a-2020": {"is_province": True}, "d-2021": {}},
            [{}, OTHER, THIRD, THIRD | {"plan_key": "d-2021"}],
            "B-2021 2021–23 promises the most of 3 cities, 10 people per year; provinces are not ranked with cities: A",
            id="no province over a city",
        ),
        pytest.param(
            {"a-2020": {"is_province": True}, "b-2021": {}},
            [{}, OTHER],
            '"Patent agents": B-2021 2021–23: 10 people per year, A-2020 (province) 2021–23: 30 people per year',
            id="one city beside a province",
        ),
        pytest.param(
            {key: {"is_province": True} for key in THREE},
            [{}, OTHER, THIRD],
            "A-2020 (province) 2021–23 promises the most of 3 plans, 30 people per year",
            id="provinces among themselves",
        ),
        pytest.param(
            THREE,
            [{"per_million_value": 3.0}, OTHER | {"per_million_value": 8.0}, THIRD | {"per_million_value": 2.0}],
            'in "Patent agents" by population, B-2021 2021–23 promises the most of 3 plans, 8 people per year '
            "per million residents; in all, A-2020 2021–23: 30 people per year is the most",
            id="size turns the order round",
        ),
        pytest.param(
            None,
            [{"per_million_value": 3.0, "comparator": "ge"}, OTHER | {"per_million_value": 8.0}],
            '"Patent agents" by population: B-2021 2021–23: 8 people per year per million residents, A-2020 2021–23: ',
            id="two of unlike size",
        ),
        pytest.param(
            THREE | {"a-2020": {"period_start_year": 2018, "period_end_year": 2020}},
            [{}, OTHER, THIRD],
            "A-2020 2018–20 promises the most of 3 plans, 30 people per year; some of the periods do not overlap",
            id="periods apart",
        ),
        pytest.param(
            None, [{}, OTHER | {"indicator_key": "talent.x"}], "2 of 2 plans promise a number, no two on one axis",
            id="nothing-shared",
        ),
        pytest.param(
            None, [{}, OTHER | {"indicator_key": "talent.x", "theme_key": "copyright"}],
            "1 of 2 plans promise a number, no two on one axis", id="another theme on an axis of this one",
        ),
        pytest.param(None, [{"comparability": "not_comparable"}], "no statement is comparable", id="not-comparable"),
        pytest.param(None, [ELSEWHERE], "no figure found in the 2 plans",
                     id="nothing-stated"),
        pytest.param({}, [], "there are no plans", id="no-plans"),
    ],
)  # fmt: skip
def test_title_of_a_comparison_states_the_finding(plans, statements, expected):
    assert expected in title(draw(statements, plans=plans))


@pytest.mark.parametrize(
    "million",
    [
        pytest.param((3.0, 1.2), id="alike in size"),
        pytest.param((3.0, None), id="residents not known"),
    ],
)
def test_values_are_told_in_all_where_residents_make_no_difference(million):
    rows = [row | {"per_million_value": value} for row, value in zip(({}, OTHER), million, strict=True)]
    assert "population" not in title(draw(rows))


def test_comparison_names_the_plans_that_state_nothing():
    assert "no figure on this theme in: B-2021 2021–23" in texts(draw([{}]))


def test_coverage_title_states_which_headline_theme_is_quantified_least_and_most():
    cells = {("talent", "a-2020"): ("quantified", 3), ("copyright", "a-2020"): ("quantified", 1)}
    shown = title(build_figure("theme_coverage", tables(coverage=cells), "en"))
    assert (
        shown == "Theme coverage: fewest plans put numbers to patent navigation, 0 of 2; most to IP talent, 1"
    )


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        pytest.param({"is_aspirational": True}, "30 people per year (aspirational)", id="aspirational"),
        pytest.param({"comparability": "narrower"}, "30 people per year (narrower scope)", id="narrower"),
        pytest.param({"comparability": "rescaled"}, "30 people per year", id="rescaled-is-no-limit"),
    ],
)
def test_title_does_not_claim_more_than_the_plan(limit, said):
    assert title(draw([limit, OTHER, THIRD], plans=THREE)).endswith(f"promises the most of 3 plans, {said}")


def test_title_counts_leaders_that_are_too_many_to_list():
    plans = {key: {} for key in ("a", "b", "c", "d")}
    figure = draw([{"plan_key": key} for key in plans], plans=plans)
    assert "4 plans promise the most" in title(figure)


# --- Matrix -------------------------------------------------------------------------------------------------------


def matrix(statements: list[dict[str, Any]], lang: str = "en", size: str = "slide", **made: Any) -> go.Figure:
    return build_figure("matrix_talent", tables(statements=statements, **made), lang, size)


@pytest.mark.parametrize("size", SIZE_NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_place_has_its_row_in_the_matrix_with_a_number_or_without(lang, size):
    plans: dict[str, dict[str, Any]] = {key: {} for key in ("a", "b", "c", "d", "e")}
    coverage = {
        ("talent", "b"): ("stated_without_number", 0),
        ("talent", "c"): ("mentioned_only", 0),
        ("talent", "d"): ("outside_remit", 0),
    }
    figure = matrix([{"plan_key": "a"}], lang, size, plans=plans, coverage=coverage)
    shown = texts(figure)
    names = [look.name for look in plan_looks(tables(plans=plans), lang).values()]
    assert [
        name for name in names if name.replace(" ", "") not in shown.replace(" ", "").replace("\n", "")
    ] == []
    for sign in ("◐", "○", "×", "–"):
        assert sign in shown


def test_cell_holds_the_value_as_stated_and_leads_to_its_measure():
    figure = matrix(
        [{"comparator": "ge", "value": 600.0, "period_end_year": 2025, "per_million_value": 3.456}]
    )
    shown = {plain(note.text) for note in figure.layout.annotations if note.name == "m0"}
    assert shown >= {"≥600 people Patent agents", "3.46 people per year", "2025", "●●○○", "Have 30 agents"}


@pytest.mark.parametrize(
    ("per", "unit", "name", "million"),
    [
        (None, "people per year", "Patent agents trained", "3.46 people per year"),
        ("year", "people per year", "Patent agents trained (per year)", "3.46 people per year"),
        (None, "people", "Patent agents trained", "3.46 people"),
    ],
)
def test_a_total_is_not_said_to_be_per_year_and_its_rate_is(per, unit, name, million):
    row = {
        "indicator_name_en": "Patent agents trained (per year)", "axis_unit_en": unit, "value": 600.0, "per": per,
        "per_million_value": 3.456,
    }  # fmt: skip
    shown = {plain(note.text) for note in matrix([row]).layout.annotations if note.name == "m0"}
    assert shown >= {f"600 people {name}", million}
    listed = texts(build_figure("comparison_talent", tables(statements=[row]), "en", "slide"))
    assert f"{name}: 600 people" in listed
    assert f"{million} per million residents" in listed


def test_matrix_shows_one_line_of_each_place_before_a_second_one_and_counts_the_rest():
    many = [{"plan_key": "a-2020"}] * 40 + [{"plan_key": "b-2021"}]
    figure = matrix(many)
    keys = {note.name for note in figure.layout.annotations if note.name}
    assert {"m0", "m40"} <= keys
    assert f"Not shown: {len(many) - len(keys)} of the commitments;" in texts(figure)
    assert f"{40 - (len(keys) - 1)} more" in texts(figure)


def test_matrix_counts_the_places_it_has_no_room_for_by_what_they_say():
    plans: dict[str, dict[str, Any]] = {f"p{i:02}": {} for i in range(12)}
    statements = [
        {"plan_key": key, "indicator_text_zh": "词" * 99, "indicator_name_en": "word " * 40} for key in plans
    ]
    figure = build_figure("matrix_talent", tables(plans=plans, statements=statements), "en", "page")
    shown = texts(figure)
    (hidden,) = re.findall(r"Not shown: (\d+) plans \(quantified (\d+)\)", shown)
    assert hidden[0] == hidden[1]
    assert int(hidden[0]) + len(re.findall(r"P\d\d\n? ?2021–23$", shown, re.MULTILINE)) == 12
    assert len(figure.layout.meta["rows"]) == 12


def test_matrix_of_many_plans_tells_how_the_numbers_of_an_axis_are_spread(many):
    figure = figures.build_figure("matrix_talent", many[50], "en", "slide", chosen=["a-2020"])
    shown = texts(figure)
    assert "A-2020 2021–23" in shown
    assert "All 50 plans: how the numbers on one basis are spread" in shown
    on_axis = many[50]["rpt_statement"].filter(
        pl.col("comparable_value").is_not_null(), indicator_key="talent.agents"
    )
    middle = words.quantity(on_axis["comparable_value"].median(), "people per year", "en", 3)
    assert f"median {middle}" in shown
    assert f"{on_axis['plan_key'].n_unique()} plans" in shown


def test_matrix_of_many_plans_tells_no_strength_of_what_stands_in_another_matrix(many):
    made = dict(many[50])
    assert "mean 2" in texts(figures.build_figure("matrix_talent", made, "en", "slide"))
    keys = pl.lit(None, pl.String)
    made["rpt_theme_matrix"] = made["rpt_theme_matrix"].with_columns(measure_keys=keys)
    assert "mean" not in texts(figures.build_figure("matrix_talent", made, "en", "slide"))


def test_matrix_tells_what_the_plan_above_asks_for():
    parent = {"measure_key": "m9", "value": 40.0, "unit_symbol_en": "people"}
    figure = matrix(
        [{"plan_key": "b-2021", "measure_key": "m1"}, parent], parents=[{"parent_measure_key": "m9"}]
    )
    assert "↑ A-2020 2021–23 40 people: below" in texts(figure)


def test_matrix_tells_what_the_plan_above_asks_for_and_a_silent_one_does_not_answer():
    above = {"child_measure_key": None, "value_relation": "not_there", "parent_measure_key": "m0"}
    figure = matrix([{"plan_key": "a-2020"}], parents=[above])
    assert "↑ A-2020 2021–23 30 people: not there" in texts(figure)


def test_languages_show_the_same_lines():
    rows = [
        {"plan_key": key, "indicator_text_zh": "词" * 40} for key in ("a-2020", "b-2021") for _ in range(9)
    ]
    drawn = [{note.name for note in matrix(rows, lang, "screen").layout.annotations} for lang in LANGUAGES]
    assert drawn[0] == drawn[1]


def test_title_of_a_matrix_without_a_shared_axis_tells_what_is_stated():
    rows = [{"comparator": "ge", "value": 600.0}, {"plan_key": "b-2021", "indicator_key": "talent.x"}]
    assert title(matrix(rows)) == (
        "IP talent: 2 of 2 plans promise a number, no two on one axis: A-2020 2021–23: ≥600 people (Patent agents), "
        "B-2021 2021–23: 30 people (Patent agents)"
    )


# --- Coverage -----------------------------------------------------------------------------------------------------

CELLS = {
    ("patent_navigation", "a-2020"): ("quantified", 5),
    ("patent_navigation", "b-2021"): ("stated_without_number", 0),
    ("talent", "a-2020"): ("mentioned_only", 0),
    ("talent", "b-2021"): ("searched_not_found", 0),
    ("copyright", "a-2020"): ("outside_remit", 0),
}


def test_coverage_tells_five_statuses_apart_by_colour_and_by_text():
    figure = build_figure("theme_coverage", tables(coverage=CELLS), "en")
    colours = {trace.name: trace.marker.color for trace in figure.data if trace.x == (None,)}
    (grid,) = (trace for trace in figure.data if trace.type == "heatmap")
    (cells,) = (trace for trace in figure.data if trace.name == "cells")
    assert len(set(colours.values())) == len(colours) == 5
    assert len({code for row in grid.z for code in row}) == 5
    assert cells.text[:5] == ("● 5 (1)", "◐ no number", "○ mention", "– not found", "× outside remit")


def test_coverage_counts_commitments_and_not_reports_of_the_past():
    figure = build_figure("theme_coverage", tables(coverage={("talent", "a-2020"): ("quantified", 3)}), "zh")
    (cells,) = (trace for trace in figure.data if trace.name == "cells")
    (row,) = (row for row in figure.layout.meta["rows"] if row["status"] == "quantified")
    assert "● 3条（1）" in cells.text
    assert (row["commitments"], row["measures"]) == (3, 5)


@pytest.mark.parametrize(
    ("column", "shown"),
    [("money", "Money: CNY 30 million"), ("money_per_year", "Money per year: CNY 30 million")],
)
def test_hover_of_a_cell_tells_yearly_money_from_a_sum(column, shown):
    made = tables()
    money = pl.lit(30_000_000).cast(pl.Decimal(20, 4)).alias(column)
    made["rpt_theme_coverage"] = made["rpt_theme_coverage"].with_columns(money)
    (grid,) = (trace for trace in build_figure("theme_coverage", made, "en").data if trace.type == "heatmap")
    assert [line for line in grid.hovertext[0][0].split("<br>") if "Money" in line] == [shown]


def test_cell_of_the_coverage_leads_to_its_commitments():
    rows = [
        {},
        {"kind": "baseline"},
        {"restates_measure_key": "m0"},
        {"plan_key": "b-2021"},
        {"kind": "condition"},
    ]
    figure = build_figure("theme_coverage", tables(statements=rows), "en")
    assert list(trace(figure, "status").customdata[1]) == [["m0"], ["m3"]]


def test_coverage_without_any_number_says_so():
    assert title(build_figure("theme_coverage", tables(), "en")).endswith(
        "none of the 2 plans puts a number to any theme"
    )


def test_coverage_with_a_missing_cell_is_refused():
    made = tables()
    made["rpt_theme_coverage"] = made["rpt_theme_coverage"].filter(pl.col("theme_key") != "talent")
    with pytest.raises(ValueError, match="talent of a-2020, talent of b-2021"):
        build_figure("theme_coverage", made, "zh")


def test_coverage_lists_headline_themes_first_and_marks_them():
    shown = build_figure("theme_coverage", tables(), "en").layout.yaxis.ticktext
    assert [plain(text) for text in shown] == ["★ Patent navigation", "★ IP talent", "Copyright"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_figure_without_any_plan_says_so(name, lang):
    assert words.phrase("no_plans", lang, theme="") in title(build_figure(name, tables(plans={}), lang))


# --- Timeline, incentives, money ----------------------------------------------------------------------------------


def test_timeline_counts_the_targets_of_each_deadline_and_names_their_measures():
    due = [{"period_end_year": 2023}, {"period_end_year": 2023}, {"period_end_year": 2025}, {}]
    deadlines = trace(build_figure("plan_timeline", tables(statements=due), "en"), "a-2020 deadlines")
    assert [plain(text) for text in deadlines.text] == ["2", "1"]
    assert list(deadlines.customdata) == [["m0", "m1"], ["m2"]]


@pytest.mark.parametrize(
    ("validity", "lang", "told", "until"),
    [
        ("五年", "en", "valid for 5 years (hollow bar)", 2026.3),
        ("五年", "zh", "有效期五年（空心条）", 2026.3),
        ("两年", "en", "valid for 2 years (hollow bar)", 2023.3),
        ("3年", "zh", "有效期3年（空心条）", 2024.3),
        ("二十四个月", "en", "valid for 24 months (hollow bar)", 2023.3),
        ("至2026年12月31日", "en", "valid until 2026-12-31 (hollow bar)", 2027.0),
        ("至2026年12月31日", "zh", "有效期至2026年12月31日（空心条）", 2027.0),
        ("到2025年底", "en", "valid until 2025 (hollow bar)", 2026.0),
        ("长期", "en", "valid “长期”", None),
    ],
)
def test_timeline_tells_what_has_no_period_and_draws_how_long_it_is_in_force(validity, lang, told, until):
    plans = {"a-2020": {"period_start_year": None, "period_end_year": None, "validity": validity}}
    figure = build_figure("plan_timeline", tables(plans=plans, statements=[{}]), lang)
    assert told.replace(" ", "") in texts(figure).replace("\n", "").replace(" ", "")
    drawn = [each for each in figure.data if each.name == "a-2020 validity"]
    assert [round(each.base[0] + each.x[0], 1) for each in drawn] == ([until] if until else [])


def test_no_validity_is_drawn_beside_a_period():
    plans = {"a-2020": {"validity": "五年"}}
    figure = build_figure("plan_timeline", tables(plans=plans, statements=[{}]), "en")
    assert "valid" not in texts(figure)
    assert not [each for each in figure.data if each.name == "a-2020 validity"]


def test_timeline_tells_what_has_no_place_on_its_axis():
    plans = {"a-2020": {"period_start_year": None, "period_end_year": None}}
    shown = texts(build_figure("plan_timeline", tables(plans=plans, statements=[{}]), "en"))
    assert "without a year: 1; no period stated" in shown


@pytest.mark.parametrize(
    ("name", "lang", "told"),
    [("Environment side", "en", "environment side"), ("IP talent", "en", "IP talent"), ("环境侧", "zh", "环境侧"),
     ("PCT filings", "en", "PCT filings"), ("", "en", "")],
)  # fmt: skip
def test_a_name_within_a_sentence_begins_small_but_for_abbreviations(name, lang, told):
    assert words.within(name, lang) == told


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        pytest.param(
            [{"period_end_year": 2023}, {}],
            "of 2 targets 1 fall due in 2023, more than in any other year (A-2020 2021–23); 1 without a year",
            id="one",
        ),
        pytest.param(
            [{"period_end_year": year} for year in (2025, 2023)],
            "the latest of 2 targets fall due in 2025: 1",
            id="tie",
        ),
        pytest.param([{}], "none of 1 targets states a year", id="no-year"),
        pytest.param(
            [{"kind": "baseline", "period_end_year": 2023}],
            "no target with a number in 2 plans",
            id="no-target",
        ),
        pytest.param(
            [{"period_end_year": 2023}], "no target with a number in B-2021 2021–23", id="silent-plan"
        ),
    ],
)
def test_title_of_the_timeline_states_the_busiest_deadline(statements, expected):
    assert expected in title(build_figure("plan_timeline", tables(statements=statements), "en"))


def ladder(awards: list[dict[str, Any]], lang: str = "en") -> go.Figure:
    return build_figure("incentive_ladder", tables(awards=awards), lang)


def test_award_stands_at_its_amount_and_its_cap_is_a_bracket():
    figure = ladder([{"amount": 30_000.0, "cap_amount": 300_000.0, "cap_measure_key": "m9"}])
    assert (trace(figure, "a0").x, trace(figure, "a0").customdata) == ((30_000.0,), ("a0",))
    assert max(at for at in trace(figure, "a0 cap").x if at) == 300_000.0
    assert set(trace(figure, "a0 cap").customdata) == {"m9"}


def test_award_that_is_itself_a_cap_is_hollow():
    figure = ladder([{"is_cap": True}, {}])
    assert [trace(figure, key).marker.color == "white" for key in ("a0", "a1")] == [True, False]


def test_awards_are_ordered_by_the_most_that_can_be_had():
    awards = [
        {"amount": 1_000.0},
        {"amount": 10.0, "cap_amount": 5_000.0},
        {"unit_key": "percent", "amount": 50.0},
    ]
    assert list(trace(ladder(awards), "awards labels").customdata) == ["a1", "a0", "a2"]


def test_award_that_is_no_sum_of_money_stands_on_no_axis():
    figure = ladder([{"unit_key": "percent", "amount": 50.0}, {}])
    assert {trace.name for trace in figure.data} == {"a1", "awards labels"}
    assert "50% per recipient" in [plain(text) for text in trace(figure, "awards labels").text]


def test_hover_of_an_award_tells_conditions_and_sentence():
    figure = ladder([{"condition_count": 1, "conditions_zh": "发明专利 6件"}])
    hover = plain(trace(figure, "a0").hovertext[0])
    assert "发明专利 6件" in hover
    assert "奖励3万元" in hover
    assert "conditions: 1" in plain(trace(figure, "awards labels").text[0])


@pytest.mark.parametrize(
    ("awards", "expected"),
    [
        pytest.param(
            [{}],
            "Incentives: named by 1 of 2 plans (A-2020 2021–23); awards: 1, of which caps: 0; "
            "highest: award for settling, CNY 30,000 per recipient",
            id="one",
        ),
        pytest.param(
            [{}, {"plan_key": "b-2021"}],
            "highest: award for settling, CNY 30,000 per recipient (A-2020 2021–23, B-2021 2021–23)",
            id="tie",
        ),
        pytest.param(
            [{"unit_key": "percent"}], "named by 1 of 2 plans (A-2020 2021–23); awards: 1", id="no-money"
        ),
    ],
)
def test_title_of_the_incentives_states_the_highest(awards, expected):
    assert expected in title(ladder(awards))


def test_shares_of_one_ratio_follow_each_other():
    parts = {"kind": "allocation", "unit_key": "percent", "axis_unit_en": "%", "char_start": 7}
    rows = [
        parts | {"indicator_key": "pledge.bank", "comparable_value": 20.0},
        parts | {"indicator_key": "pledge.fund", "comparable_value": 80.0},
    ]
    drawn = bars(build_figure("money", tables(statements=rows), "en"))
    assert [(drawn[key].base, drawn[key].x) for key in ("m0", "m1")] == [
        ((0.0,), (20.0,)),
        ((20.0,), (80.0,)),
    ]


def test_share_is_read_against_the_whole():
    row = {"kind": "allocation", "axis_unit_en": "%", "comparable_value": 40.0}
    assert build_figure("money", tables(statements=[row, row]), "en").layout.xaxis.range == (0.0, 100.0)


def test_share_without_a_counterpart_is_a_number():
    row = {"kind": "allocation", "axis_unit_en": "%", "comparable_value": 40.0}
    assert not bars(build_figure("money", tables(statements=[row]), "en"))


def test_money_that_is_not_comparable_is_listed_apart():
    row = {"kind": "funding", "comparability": "not_comparable", "reason_en": "A sum over a period."}
    assert "A sum over a period." in texts(build_figure("money", tables(statements=[row]), "en"))


def test_title_of_the_money_does_not_count_rules_that_a_plan_passes_on():
    rows = [{"kind": "funding"}, {"kind": "funding", "plan_key": "b-2021", "origin": "passed_on"}]
    shown = title(build_figure("money", tables(statements=rows), "en"))
    assert "in 1 of 2 plans (A-2020 2021–23)" in shown
    assert shown.endswith("passed on from above, not counted: 1 (B-2021 2021–23)")


def test_title_of_the_money_names_the_plans_with_funds():
    rows = [{"kind": "funding", "payer": "city"}, {"kind": "target", "plan_key": "b-2021"}]
    shown = title(build_figure("money", tables(statements=rows), "en"))
    assert shown == (
        "Money: sums of their own in 1 of 2 plans (A-2020 2021–23); 1 of 2 commitments say whose money pays"
    )


# --- Tools, offices, documents, accuracy --------------------------------------------------------------------------


def grid(figure: go.Figure) -> dict[tuple[str, str], str]:
    """Return the text of each cell by the names of its row and its column."""
    (cells,) = (trace for trace in figure.data if trace.name == "cells")
    rows = [plain(text) for text in figure.layout.yaxis.ticktext]
    columns = [plain(text).lstrip("●■▲◆▼★ ") for text in figure.layout.xaxis.ticktext]
    return {(rows[y], columns[x]): text for x, y, text in zip(cells.x, cells.y, cells.text, strict=True)}


def test_instruments_add_up_over_themes_and_to_their_side():
    uses = [
        {"share_of_uses": 40.0},
        {"theme_key": "copyright", "share_of_uses": 20.0},
        {"instrument_key": "talent_training", "share_of_uses": 40.0},
    ]
    cells = grid(build_figure("instrument_mix", tables(uses=uses), "en"))
    assert cells["Regulation", "A-2020 2021–23"] == cells["Environment side", "A-2020 2021–23"] == "60%"
    assert cells["Supply side", "A-2020 2021–23"] == "40%"
    assert cells["Tax incentives", "A-2020 2021–23"] == cells["Regulation", "B-2021 2021–23"] == "–"


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        pytest.param(
            [{}, {"plan_key": "b-2021"}],
            "tools of the environment side are used most in 2 of 2 plans",
            id="all",
        ),
        pytest.param(
            [{}, {"plan_key": "b-2021", "instrument_key": "talent_training"}],
            "tools of the supply side, environment side are used most in 1 of 2 plans",
            id="tie",
        ),
    ],
)
def test_title_of_the_instruments_states_the_side_and_what_is_unused(uses, expected):
    assert expected in title(build_figure("instrument_mix", tables(uses=uses), "en"))


def test_offices_of_two_places_are_never_added_up():
    duties = [
        {},
        {"plan_key": "b-2021"},
        {"agency_key": "justice", "lead_provisions": 5, "supporting_provisions": 0},
    ]
    figure = build_figure("agency_responsibility", tables(duties=duties), "en")
    assert list(grid(figure).values()) == ["● Justice Bureau +1", "● Finance Bureau"]
    assert title(figure) == (
        "Who is in charge: lead offices named by 2 of 2 plans; Finance Bureau leads in 2 plans, the most of all"
    )


def test_plan_that_names_no_office_is_told():
    figure = build_figure("agency_responsibility", tables(duties=[{}, {"theme_key": "copyright"}]), "en")
    assert [text for (_, plan), text in grid(figure).items() if plan.startswith("B-2021")] == ["×", "×"]
    assert "no office at all in B-2021 2021–23" in title(figure)


def test_offices_of_many_plans_are_told_by_how_many_plans_they_lead_in(many):
    cells = grid(figures.build_figure("agency_responsibility", many[50], "en", "slide", chosen=["a-2020"]))
    duties = many[50]["rpt_agency_responsibility"].filter(pl.col("lead_provisions") > 0, theme_key="talent")
    led = duties["plan_key"].n_unique()
    assert cells["★ IP talent", "Plans naming a lead"] == f"{led} ({100 * led / 50:.0f}%)"
    assert plain(cells["★ IP talent", "Leads in most plans"]) == f"Finance Bureau ({led})"
    assert plain(cells["★ IP talent", "A-2020 2021–23"]) == "● Finance Bureau"


def test_title_of_the_offices_names_themes_that_none_leads():
    duties = [{}, {"theme_key": "copyright", "lead_provisions": 0}]
    assert title(build_figure("agency_responsibility", tables(duties=duties), "en")).endswith(
        "; no lead office for Copyright"
    )


def test_cell_of_an_office_leads_to_the_measures_of_its_provisions():
    figure = build_figure("agency_responsibility", tables(statements=[{}], duties=[{}]), "en")
    assert trace(figure, "duties").customdata[0] == [["m0"], []]


def test_documents_that_plans_share_come_first_and_marks_stand_at_their_lag():
    citations = [
        {"document_key": "own", "title_zh": "甲"},
        {"document_key": "shared", "title_zh": "乙", "lag_years": 4, "role": "mention"},
        {"document_key": "shared", "title_zh": "乙", "lag_years": 1, "plan_key": "b-2021"},
    ]
    figure = build_figure("superior_documents", tables(citations=citations), "zh")
    assert [plain(text) for text in figure.layout.yaxis.ticktext] == ["《乙》", "《甲》"]
    first, second = trace(figure, "a-2020 shared"), trace(figure, "b-2021 shared")
    assert (first.x, second.x) == ((4.0,), (1.0,))
    assert first.marker.color == "white" != second.marker.color
    assert (
        "被引用最多的是《乙》，2个规划中有2个引用；2份中有1份只有一个规划引用；从文件到规划，中位数2年"
        in title(figure)
    )


def test_document_without_a_year_stands_before_all_others():
    figure = build_figure(
        "superior_documents",
        tables(citations=[{"year": None, "lag_years": None}, {"document_key": "d2"}]),
        "en",
    )
    assert trace(figure, "a-2020 d1").x[0] == figure.layout.xaxis.tickvals[0] < 0
    assert figure.layout.xaxis.ticktext[0] == "no year"


def test_accuracy_shows_plans_without_a_reading_as_not_assessed():
    answers = [{}, {"plan_key": "b-2021", "assessed": 0, "right": None, "status": "not assessed"}]
    figure = build_figure("accuracy", tables(answers=answers), "en")
    assert grid(figure) == {
        ("Measure: value", "All plans"): "90%",
        ("Measure: value", "A-2020 2021–23"): "90%",
        ("Measure: value", "B-2021 2021–23"): "not assessed",
    }


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param([{}], 'wholly right in 0 of 1 fields; weakest is "Measure: value", 90%', id="weakest"),
        pytest.param([{"right": 10}], "every field assessed is right (fields: 1, plans: 1)", id="all-right"),
        pytest.param([{"right": 99_999, "assessed": 100_000}], "99.9%", id="nearly-is-not-all"),
        pytest.param(
            [{"status": "not assessed", "right": None, "assessed": 0}], "not assessed, since", id="none"
        ),
    ],
)
def test_title_of_the_accuracy_states_the_weakest_field(answers, expected):
    assert expected in title(build_figure("accuracy", tables(answers=answers), "en"))


UNSEEN = [
    {"share": 0.95},
    {"field": "unit", "share": 0.9},
    {"set_key": "others", "set_order": 2, "measures": 600, "share": 0.998},
    {"set_key": "others", "set_order": 2, "measures": 600, "field": "unit", "share": 1.0},
]


def test_accuracy_is_told_of_unseen_texts_first_each_set_by_its_measures():
    figure = build_figure("accuracy", tables(answers=[{}], unseen=UNSEEN), "en")
    assert title(figure) == (
        'Accuracy: F1 of 95%–99.8% on 10 unseen texts (800 measures); weakest is "unit", 98%'
    )
    drawn = trace(figure, "unseen")
    assert set(drawn.hovertext[0]) == {"found and right (F1)"}
    first = next(trace for trace in figure.data if trace.name == "cells")
    assert first.text == ("99%", "95%", "99.8%", "98%", "90%", "100%")
    assert 'weakest is "Measure: value", 90%' in texts(figure)


def test_image_of_the_accuracy_counts_the_fields_of_seen_plans_that_it_has_no_place_for():
    codes = pl.read_csv(PROJECT / "dbt" / "seeds" / "codes.csv", infer_schema=False)
    fields = {
        name: [{"field": field} for field in codes.filter(vocabulary=name)["code"]]
        for name in ("accuracy_field", "unseen_field")
    }
    made = tables(answers=fields["accuracy_field"], unseen=fields["unseen_field"])
    assert re.search(
        r"Not shown: \d+ of the fields of seen plans", texts(build_figure("accuracy", made, "en", "page"))
    )


def test_scores_of_unseen_texts_are_those_of_the_documentation():
    text = (PROJECT / "docs" / "extraction.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "|" in line
    ]
    told: dict[str, list[set[str]]] = {}
    of = ""
    for row in rows:
        if found := re.search(r"(\d+) measures", row[0]):
            of = found.group(1)
        told.setdefault(of, []).append(set(row))
    with (PROJECT / "dbt" / "seeds" / "unseen_scores.csv").open(encoding="utf-8") as file:
        scores = list(csv.DictReader(file))
    sets = {
        row["measures"]: {r["share"] for r in scores if r["measures"] == row["measures"]} for row in scores
    }
    assert [
        measures for measures, shares in sets.items() if not any(shares <= row for row in told[measures])
    ] == []


def test_a_code_that_is_not_known_yet_is_shown_as_it_is_after_those_that_are():
    figure = build_figure("accuracy", tables(answers=[{"field": "measure.new"}, {}]), "en")
    assert [row["field_name"] for row in figure.layout.meta["rows"][::2]] == ["Measure: value", "measure.new"]


# --- Plans --------------------------------------------------------------------------------------------------------

with (PROJECT / "dbt" / "seeds" / "plan_order.csv").open(encoding="utf-8") as file:
    LISTED = {row["plan_key"]: {"plan_order": int(row["plan_order"])} for row in csv.DictReader(file)}


def test_plans_of_the_project_are_listed_and_differ_in_colour_and_in_symbol():
    looks = plan_looks(tables(plans=LISTED), "zh")
    assert set(looks) == {path.parent.name for path in PROJECT.glob("data/raw/*/origin.yml")}
    assert len({look.colour for look in looks.values()}) == len(looks)
    assert len({look.symbol for look in looks.values()}) == len(looks)


@given(
    st.text(alphabet="abcdefghij0123456789-", min_size=1, max_size=12),
    st.sampled_from([None, len(LISTED) + 1]),
    st.sampled_from([{}, {"own-2020": {}, "own-2021": {}}]),
)
@settings(max_examples=100)
def test_plan_that_is_added_recolours_no_other(added, order, own):
    plans = LISTED | own
    before = plan_looks(tables(plans=plans), "zh")
    after = plan_looks(tables(plans={added: {"plan_order": order}} | plans), "zh")
    assert {key: after[key].colour for key in plans} == {key: before[key].colour for key in plans}


@given(st.integers(0, 5))
def test_plans_that_are_listed_one_after_the_other_differ_in_colour_and_in_symbol(start):
    plans = {f"p{i}": {"plan_order": start + i + 1} for i in range(6)}
    looks = plan_looks(tables(plans=plans), "zh").values()
    assert len({look.colour for look in looks}) == len({look.symbol for look in looks}) == 6


# --- Sizes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "expected"), [("slide", (1280, 720)), ("page", (642, 600))])
@pytest.mark.parametrize("name", NAMES)
def test_image_has_its_size_whatever_it_shows(name, size, expected):
    for made in (everything(), tables(plans={})):
        figure = build_figure(name, made, "en", size)
        assert (figure.layout.width, figure.layout.height) == expected


def test_image_counts_what_it_has_no_place_for():
    figure = build_figure("incentive_ladder", tables(awards=[{}] * 40), "en", "page")
    shown = len(trace(figure, "awards labels").text)
    assert shown < 40
    assert f"Not shown: {40 - shown} of the awards" in texts(figure)
    assert len(figure.layout.meta["rows"]) == 40


def shared(indicators: int, **row: Any) -> list[dict[str, Any]]:
    """Return statements of two plans on each of some indicators."""
    return [
        {"indicator_key": f"talent.i{i:02}", "plan_key": key} | row
        for i in range(indicators)
        for key in ("a-2020", "b-2021")
    ]


def test_image_of_a_comparison_keeps_a_statement_that_is_not_comparable():
    statements = shared(40)
    statements += [{"comparability": "not_comparable", "reason_en": f"Reason {i}."} for i in range(9)]
    shown = texts(build_figure("comparison_talent", tables(statements=statements), "en", "page"))
    assert "Reason 0." in shown
    assert re.search(r"Not shown: \d+ of the indicators, \d of the statements that are not comparable", shown)


def test_image_counts_the_numbers_of_one_plan_that_it_has_no_place_for():
    statements = [{"indicator_key": f"talent.i{i:02}"} for i in range(40)]
    figure = build_figure("comparison_talent", tables(statements=statements), "en", "page")
    named = {note.name for note in figure.layout.annotations if note.name}
    assert f"Not shown: {40 - len(named)} of the values of one plan only;" in texts(figure)


def test_image_shows_what_fits_even_where_an_earlier_indicator_does_not():
    many = [{"indicator_key": "talent.m", "plan_key": f"p{i:02}"} for i in range(60)]
    plans = {key: {} for key in ("a-2020", "b-2021", *(f"p{i:02}" for i in range(60)))}
    figure = build_figure(
        "comparison_talent", tables(plans=plans, statements=shared(2) + many), "en", "slide"
    )
    assert {"m0", "m1", "m2", "m3"} <= set(bars(figure))


def test_image_leaves_out_further_values_of_a_plan_before_an_indicator():
    many = [row | {"comparable_value": i % 9} for row in shared(3) for i in range(9)]
    figure = build_figure("comparison_talent", tables(statements=many), "en", "slide")
    assert len(bars(figure)) == 9
    assert "Not shown: 45 of the values;" in texts(figure)


def test_footnote_of_an_image_counts_the_plans_that_it_has_no_place_for():
    plans = {f"p{i:02}": {"title_folded_zh": "关于" + "推进知识产权" * 40} for i in range(12)}
    figure = build_figure("theme_coverage", tables(plans=plans), "en", "page")
    cited = texts(figure).count("《")
    assert 0 < cited < 12
    assert f"{12 - cited} more plans, cited in the HTML version" in texts(figure)


@pytest.mark.parametrize(("size", "plans", "is_cited"), [("page", 12, True), ("page", 13, False), ("screen", 60, True),
                                                         ("screen", 61, False)])  # fmt: skip
def test_sources_of_many_plans_move_to_a_list_by_number(size, plans, is_cited):
    figure = build_figure("theme_coverage", tables(plans={f"p{i:02}": {} for i in range(plans)}), "en", size)
    assert (texts(figure).count("《") == plans) == is_cited
    assert (f"Sources: {plans} plans, by number in sources.en.csv" in texts(figure)) == (not is_cited)
    assert len(figure.layout.meta["sources"]) == plans


# --- Many plans ---------------------------------------------------------------------------------------------------

multiplied = runpy.run_path(str(PROJECT / "tests" / "many_plans.py"))["multiplied"]


@pytest.fixture(scope="module")
def many() -> dict[int, dict[str, pl.DataFrame]]:
    """Tables that every figure finds something in, of 50 and of 500 plans."""
    return {count: multiplied(everything(), count) for count in (50, 500)}


@pytest.mark.parametrize("size", SIZE_NAMES)
@pytest.mark.parametrize("plans", [50, 500])
@pytest.mark.parametrize("name", NAMES)
def test_figure_of_many_plans_is_neither_crowded_nor_endless(name, plans, size, many):
    figure = figures.build_figure(name, many[plans], "en", size, chosen=["a-2020"])
    assert len(figure.layout.annotations) < 1_000
    assert figure.layout.height <= 9_000
    # Nothing is cut silently: what is not drawn is counted, or stands in the CSV.
    assert figure.layout.meta["rows"]


def test_values_of_many_plans_are_dots_with_the_median_and_the_extremes_named(many):
    figure = figures.build_figure("comparison_talent", many[500], "en", "slide", chosen=["b-2021"])
    values = [trace for trace in figure.data if trace.name in {"talent.agents values", "talent.agents named"}]
    drawn = {key: at for trace in values for key, at in zip(trace.customdata, trace.x, strict=True)}
    stated = many[500]["rpt_statement"].filter(pl.col("comparable_value").is_not_null())
    assert drawn == dict(stated.select("measure_key", "comparable_value").iter_rows())
    middle = trace(figure, "talent.agents median").x[0]
    assert middle == pytest.approx(stated["comparable_value"].median())
    named = trace(figure, "talent.agents named")
    assert max(drawn.values()) in named.x
    assert min(drawn.values()) in named.x
    assert "m1" in named.customdata
    assert "chosen: B-2021 2021–23" in texts(figure)


@pytest.mark.parametrize(
    ("name", "spread", "table"),
    [
        ("plan_timeline", "targets_of_plan", "dim_plan"),
        ("instrument_mix", "supply", "dim_plan"),
        ("superior_documents", "documents_of_plan", "dim_plan"),
    ],
)
@pytest.mark.parametrize("plans", [50, 500])
def test_each_of_many_plans_is_a_dot_and_the_chosen_one_is_named(name, spread, table, plans, many):
    figure = figures.build_figure(name, many[plans], "en", "screen", chosen=["b-2021"])
    dots = [len(trace(figure, f"{spread} {kind}").x) for kind in ("values", "named")]
    assert sum(dots) == many[plans][table].height
    assert f"{plans} plans; median" in texts(figure)
    assert "chosen: B-2021 2021–23" in texts(figure)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("plan_timeline", "Plans that say by when / all plans of the province"),
        ("instrument_mix", "Plans that use the environment side most / all plans of the province"),
        ("superior_documents", "Plans that cite 《知识产权强国建设纲要》 / all plans of the province"),
        ("accuracy", "Plans with a reading by hand / all plans of the province"),
    ],
)
def test_hundreds_of_plans_are_told_province_by_province_and_fifty_are_not(name, title, many):
    drawn = [figures.build_figure(name, many[plans], "en", "screen") for plans in (50, 500)]
    assert [any(trace.name == title for trace in figure.data) for figure in drawn] == [False, True]


def test_tiles_too_small_to_read_are_counted_and_not_drawn(many):
    figure = figures.build_figure("accuracy", many[500], "en", "page")
    sides = [trace.marker.size for trace in figure.data if trace.name and trace.name.startswith("Plans with")]
    assert all(side > figures.canvas.SIZES["page"].small for side in sides)


@pytest.mark.parametrize("size", ["slide", "page"])
def test_what_stands_in_a_tile_is_no_wider_and_no_higher_than_it(size, many):
    figure = figures.build_figure("theme_coverage", many[500], "zh", size)
    tiles = [trace for trace in figure.data if trace.type == "scatter" and "甘" in str(trace.text)]
    assert tiles
    for trace in tiles:
        for text in trace.text:
            lines, font = text.split("<br>"), trace.textfont.size
            assert len(lines) == 1 or len(lines) * 1.3 * font <= trace.marker.size
            assert max(canvas.text_width(line, font) for line in lines) <= trace.marker.size


def test_an_image_has_larger_letters_where_it_says_as_much_with_them():
    usual = canvas.SIZES["slide"].text
    row = {"period_end_year": 2025}
    few = matrix([row])
    assert few.layout.font.size in {usual * by for by in canvas.LARGER}
    full = matrix([row | {"indicator_text_zh": "词" * 9}] * 40)
    assert full.layout.font.size == usual
    assert matrix([row], size="screen").layout.font.size == canvas.SIZES["screen"].text


def test_larger_letters_break_no_word_and_leave_nothing_out():
    name = {"indicator_name_en": "Organisationssupportedbyfoundations"}
    figure = matrix([name] * 2)
    shown = {plain(note.text) for note in figure.layout.annotations}
    assert not any(text.endswith("foundation") for text in shown)
    assert "Not shown" not in texts(figure)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_goes_on_in_the_next_column_where_a_column_would_else_be_empty(lang):
    alone = [
        {"indicator_key": f"talent.x{n}", "indicator_name_en": f"People of kind {n}", "char_start": n}
        for n in range(12)
    ]
    figure = build_figure("comparison_talent", tables(statements=[{}, OTHER, *alone]), lang, "slide")
    heads = [
        note for note in figure.layout.annotations if words.phrase("alone", lang, 12) in plain(note.text)
    ]
    assert len(heads) == 2
    assert [words.phrase("continued", lang, "") in plain(head.text) for head in heads] == [False, True]
    assert heads[0].xshift != heads[1].xshift
    assert len({note.name for note in figure.layout.annotations if note.name}) == 12


@pytest.mark.parametrize(
    ("plans", "told"),
    [(2, "What one plan states is a number"), (50, "A dot for each plan"), (500, "A dot for each plan")],
)
def test_the_line_below_the_title_of_money_says_what_is_drawn(plans, told, many):
    made = everything() if plans == 2 else many[plans]
    assert told in figures.build_figure("money", made, "en").layout.meta["subtitle"]


def test_the_name_of_a_chosen_plan_has_room_above_the_next_line(many):
    width = 1208 * 0.12 - 14 * 2  # of the column of places
    names = (f"{'Qin' + 'i' * n}" for n in range(12))
    wide = next(
        name
        for name in names
        if canvas.paragraph(f"{name} 2021–23", width, 14).count("<br>")
        < canvas.paragraph(f"{name} 2021–23", width, 14, "font-weight:bold").count("<br>")
    )
    made = dict(many[500])
    rows = made["rpt_theme_matrix"].filter(pl.col("status").is_in(["mentioned_only", "searched_not_found"]))
    (theme,), (plan, other, *_) = (
        rows["theme_key"].head(1), rows.filter(theme_key=rows["theme_key"][0])["plan_key"].unique().sort()
    )  # fmt: skip
    place = made["dim_plan"].filter(plan_key=plan)["jurisdiction_key"][0]
    made["dim_jurisdiction"] = made["dim_jurisdiction"].with_columns(
        name_en=pl.when(jurisdiction_key=place).then(pl.lit(wide)).otherwise("name_en")
    )
    figure = figures.build_figure(f"matrix_{theme}", made, "en", "slide", chosen=[plan, other])
    notes = figure.layout.annotations
    name = next(note for note in notes if wide in note.text and note.font.size == 14)
    assert "<br>" in name.text
    bottom = -name.yshift + canvas.height_of(name.text, 14)
    assert (
        min(-note.yshift for note in notes if note.xshift == 36 and note.yshift < name.yshift - 1) >= bottom
    )


def test_matrix_of_many_plans_lists_what_no_two_state(many):
    """Half of an image stayed empty where no two of dozens of plans stand on one axis."""
    made = dict(many[50])
    figure = figures.build_figure("matrix_patent_navigation", made, "en", "slide", chosen=["b-2021"])
    quantified = made["rpt_theme_matrix"].filter(theme_key="patent_navigation", status="quantified")
    others = quantified.filter(pl.col("plan_key") != "b-2021")["plan_key"].n_unique()
    assert (f"Other plans with numbers ({others})" in texts(figure)) == (others > 0)


@pytest.mark.parametrize("name", ["theme_coverage", "agency_responsibility"])
def test_a_grid_of_five_plans_leaves_none_out(name):
    figure = build_figure(name, multiplied(everything(), 5), "en", "page")
    assert "of the plans" not in texts(figure)


@pytest.mark.parametrize("width", [60, 120, 400])
def test_ticks_stand_as_far_apart_as_they_are_wide(width):
    made = canvas.ticks(200_000, "CNY", "en", width, 12)
    widest = max(canvas.text_width(text, 12) for text in made["ticktext"])
    assert made["tickvals"][0] == 0
    assert all(b - a >= widest * 200_000 / width for a, b in pairwise(made["tickvals"]))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Award for standards (per recipient), called “地标、指导”", "Award for standards"),
        ("团体标准奖补(每个获得者),“地标、指导”", "团体标准奖补"),
        ("Cap (per item), called “千”; Cap on disputes (per item)", "Cap; Cap on disputes"),
        ("Marks (Madrid) of SMEs", "Marks (Madrid) of SMEs"),
    ],
)
def test_short_name_leaves_out_the_basis_and_words_that_no_term_knows(name, short):
    assert words.short_name(name) == short


@pytest.mark.parametrize(
    ("value", "unit", "printed", "told"),
    [
        (85.714285, "%", "6∶1", "85.7%"),
        (33.333333, "%", "三分之一", "33.3%"),
        (1.88, "%", "1.88%", "1.88%"),
        (0.15, "%", "千分之1.5", "0.15%"),
        (1.25, "%", "12.5‰", "1.25%"),
        (0.02, "%", "万分之二", "0.02%"),
        (80.0, "%", "8∶2", "80%"),
        (4.769, "%/yr", "15%", "4.769%/yr"),
        (0.333333, "deals", "1单", "0.333333 deals"),
    ],
)  # fmt: skip
def test_a_percentage_has_no_more_decimals_than_its_plan_prints_or_one(value, unit, printed, told):
    assert words.quantity(value, unit, "en", printed=printed) == told


@pytest.mark.parametrize(
    ("name", "lang", "per", "told"),
    [
        (
            "Agents trained (per year), called “省级”; Agents (level at a date)",
            "en",
            None,
            "Agents trained; Agents",
        ),
        ("代理师培养数量(每年)、代理师人数(时点水平)", "zh", None, "代理师培养数量、代理师人数"),
        ("代理师培养数量(每年)", "zh", "year", "代理师培养数量(每年)"),
        (
            "Award for centres (per recipient and year)",
            "en",
            None,
            "Award for centres (per recipient and year)",
        ),
        ("研究中心奖补(每个获得者每年)", "zh", None, "研究中心奖补(每个获得者每年)"),
        ("Award per item (per item)", "en", None, "Award per item (per item)"),
    ],
)
def test_beside_a_value_as_stated_stands_no_basis_of_an_axis(name, lang, per, told):
    assert words.stated_in(name, lang, per) == told


@pytest.mark.parametrize(
    ("unit", "axis", "lang", "told"),
    [
        ("projects", "items per year", "en", "projects per year"),
        ("家", "家/年", "zh", "家/年"),
        ("家", "家", "zh", "家"),
        ("CNY", "CNY per year", "en", "CNY per year"),
        ("people per year", "people per year", "en", "people per year"),
    ],
)
def test_rate_of_a_total_has_its_unit_per_year(unit, axis, lang, told):
    assert words.rate_unit(unit, axis, lang) == told


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [(1, "organisations", "1 organisation"), (1, "people per year", "1 person per year"), (2, "items", "2 items"),
     (1, "industries", "1 industry"), (1, "CNY", "CNY 1"), (1, "%", "1%"), (1e6, "items", "1 million items")],
)  # fmt: skip
def test_one_of_a_unit_is_singular(value, unit, told):
    assert words.quantity(value, unit, "en") == told


def test_coverage_of_many_plans_counts_them_by_status(many):
    figure = figures.build_figure("theme_coverage", many[50], "en", "slide", chosen=["b-2021"])
    cells = grid(figure)
    coverage = many[50]["rpt_theme_coverage"].filter(theme_key="talent")["status"].to_list()
    count = coverage.count("mentioned_only")
    assert cells["★ IP talent", "mentioned only"] == f"{count} ({100 * count / 50:.0f}%)"
    assert cells["★ IP talent", "B-2021 2021–23"] == "– not found"


def test_coverage_of_hundreds_is_told_province_by_province(many):
    figure = figures.build_figure("theme_coverage", many[500], "zh", "slide")
    tiles = trace(figure, "专利导航")
    counts = {plain(text)[0]: plain(text)[2:] for text in tiles.text if "/" in text}
    made = many[500]
    places = made["dim_jurisdiction"].filter(province_zh="四川省")
    plans = made["dim_plan"].join(places, on="jurisdiction_key", how="semi")
    stated = made["rpt_theme_coverage"].filter(theme_key="patent_navigation", status="quantified")
    both = plans.join(stated, on="plan_key", how="semi")
    assert counts["川"] == f"{both.height}/{plans.height}"


def test_plans_of_no_known_province_are_counted(many):
    assert "2 plans of no known province" in texts(
        figures.build_figure("theme_coverage", many[500], "en", "slide")
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_as_plain_values_is_what_plotly_makes_of_it(name):
    """So that the images, which plotly.py does not check, show what the pages show, and pages are as ever."""
    drawing = figures.draw_in_languages(name, everything(), "page", languages=["en"])["en"]
    checked = json.loads(drawing.figure().to_json())
    assert json.loads(to_json_plotly(drawing.to_plotly_json())) == checked
    assert to_json_plotly(drawing.checked()) == drawing.figure().to_json()


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_of_hundreds_of_plans_that_nobody_checked_is_what_plotly_makes_of_it(name, many):
    drawing = figures.draw_in_languages(name, many[500], "screen", languages=["zh"])["zh"]
    assert json.loads(to_json_plotly(drawing.checked())) == json.loads(drawing.figure().to_json())


def test_what_is_read_once_for_all_figures_changes_none(many):
    tables = figures.Marts(many[50])
    for name in ("matrix_talent", "comparison_talent", "money", "agency_responsibility", "instrument_mix"):
        for lang, drawing in figures.draw_in_languages(name, tables, "slide").items():
            alone = figures.draw_in_languages(name, many[50], "slide")[lang]
            assert to_json_plotly(drawing.to_plotly_json()) == to_json_plotly(alone.to_plotly_json())


def test_figures_of_hundreds_of_plans_hold_no_sentence_for_each_dot(many):
    (few, hundreds) = (
        trace(figures.build_figure("comparison_talent", many[plans], "en", "screen"), "talent.agents values")
        for plans in (50, 500)
    )
    quote = everything()["rpt_statement"]["quote_zh"][0][:8]
    assert quote in plain(few.hovertext[0]).replace("\n", "")
    assert quote not in "".join(hundreds.hovertext)
    assert max(map(len, hundreds.hovertext)) < 80


# --- The contract -------------------------------------------------------------------------------------------------


def everything() -> dict[str, pl.DataFrame]:
    """Return tables that every figure finds something in."""
    statements = [
        {},
        {"plan_key": "b-2021"},
        {"kind": "funding"},
        {"kind": "allocation", "axis_unit_en": "%"},
    ]
    one_of_each = {name: [{}] for name in ("awards", "uses", "duties", "citations", "answers")}
    return tables(statements=statements, coverage=CELLS, **one_of_each)


@pytest.mark.parametrize("size", SIZE_NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_figure_tells_what_it_is_and_cites_plans_release_and_rules(name, lang, size):
    figure = figures.build_figure(name, everything(), lang, size, "0123456789abcdef")
    meta = figure.layout.meta
    assert {
        "name": name,
        "lang": lang,
        "size": size,
        "release_id": "0123456789abcdef",
    }.items() <= meta.items()
    assert meta["alt"].startswith(meta["title"])
    shown = html.unescape(texts(figure)).replace(" ", "")
    for said in (meta["title"], meta["subtitle"], "《知识产权行动计划》", "0123456789abcdef"):
        assert said.replace(" ", "") in shown
    if not meta["title"].endswith(words.phrase("nothing", lang, of=2)):
        assert words.phrase("rules", lang, "").strip() in shown


@pytest.mark.parametrize("name", NAMES)
def test_languages_show_the_same_marks(name):
    zh, en = (build_figure(name, everything(), lang) for lang in LANGUAGES)
    marks = [
        [(trace.type, trace.name, trace.x, trace.customdata) for trace in figure.data if trace.x != (None,)]
        for figure in (zh, en)
    ]
    assert str(marks[0]) == str(marks[1])


@pytest.mark.parametrize("name", [name for name in NAMES if name != "superior_documents"])
def test_every_mark_of_a_measure_leads_to_its_row(name):
    figure = build_figure(name, everything(), "en")
    keys = {
        key
        for trace in figure.data
        for entry in (trace.customdata if trace.customdata is not None else ())
        for key in flat(entry)
    }
    rows = {key for row in figure.layout.meta["rows"] for key in str(row.get("measure_key")).split("; ")}
    assert keys <= rows


def flat(entry: Any) -> list[str]:
    return [entry] if isinstance(entry, str) else [key for part in entry for key in flat(part)]


def test_comparison_of_any_theme_is_drawn_by_name():
    row = {"theme_key": "copyright", "indicator_theme_key": "copyright"}
    assert bars(build_figure("comparison_copyright", tables(statements=[row, row | BELOW]), "en"))


def test_release_holds_a_comparison_only_where_two_plans_share_an_axis():
    row = {"theme_key": "copyright", "indicator_theme_key": "copyright", "indicator_key": "copyright.sites"}
    alone, shared = tables(statements=[row]), tables(statements=[row, row | {"plan_key": "b-2021"}])
    names = {"matrix_patent_navigation", "matrix_talent", *FIGURES}
    assert set(figures.figure_names(alone)) == names
    assert set(figures.figure_names(shared)) == {*names, "comparison_copyright"}


def test_release_holds_the_matrix_of_another_theme_where_two_plans_put_a_number_to_it():
    cells = {("copyright", key): ("quantified", 1) for key in ("a-2020", "b-2021")}
    assert "matrix_copyright" in figures.figure_names(tables(coverage=cells))


def test_headline_themes_come_first_and_in_their_order_each_with_its_comparison():
    made = tables(statements=[{}, {"plan_key": "b-2021"}])
    assert figures.figure_names(made)[:4] == (
        "theme_coverage", "matrix_patent_navigation", "matrix_talent", "comparison_talent",
    )  # fmt: skip


def test_figures_of_chosen_themes_are_named_whatever_plans_say_of_them():
    made = tables(statements=[{}, {"plan_key": "b-2021"}])
    assert figures.figure_names(made, ["copyright"]) == ("matrix_copyright",)
    assert figures.figure_names(made, ["talent"]) == ("matrix_talent", "comparison_talent")


def specs() -> dict[str, set[str]]:
    """Return the tables of each figure of the project, with the comparisons of the headline themes of the seed."""
    with (PROJECT / "dbt" / "seeds" / "themes.csv").open(encoding="utf-8") as file:
        headline = [row["theme_key"] for row in csv.DictReader(file) if row["is_headline"] == "true"]
    of_themes = {f"comparison_{theme}": set(COMPARISON_TABLES) for theme in headline}
    of_themes |= {f"matrix_{theme}": set(MATRIX_TABLES) for theme in headline}
    return {name: set(spec.tables) for name, spec in FIGURES.items()} | of_themes


def test_exposures_are_the_figures_and_name_their_tables():
    path = PROJECT / "dbt" / "models" / "exposures.yml"
    exposures = yaml.safe_load(path.read_text(encoding="utf-8"))["exposures"]
    declared = {row["name"]: set(re.findall(r"ref\('(\w+)'\)", str(row["depends_on"]))) for row in exposures}
    assert declared == {f"fig_{name}": set(names) for name, names in specs().items()}


def test_catalogue_lists_the_figures_and_their_tables():
    text = (PROJECT / "docs" / "figures.md").read_text(encoding="utf-8")
    lines = dict(re.findall(r"^\| `(\w+(?:_<theme>)?)` \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE))
    listed = {name: set(re.findall(r"`(\w+)`", tables_of)) for name, tables_of in lines.items()}
    known = {re.sub("^(comparison|matrix)_.*", r"\1_<theme>", name): names for name, names in specs().items()}
    assert listed == {name: names - set(PLAN_TABLES) for name, names in known.items()}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_figure_is_the_same_each_time(name, lang):
    made = everything()
    assert build_figure(name, made, lang).to_json() == build_figure(name, made, lang).to_json()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", words._PHRASES)
def test_phrase_has_the_same_fields_in_both_languages(key, lang):
    fields = [
        {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
        for text in words._PHRASES[key]
    ]
    names = [{re.sub(r"\..*", "", field) for field in found} for found in fields]
    assert names[0] == names[1]


def test_unknown_size_is_refused():
    with pytest.raises(ValueError, match="slide, page, screen"):
        build_figure("theme_coverage", tables(), "zh", "poster")


def test_unknown_figure_is_refused_with_the_names_that_exist():
    with pytest.raises(ValueError, match="theme_coverage"):
        build_figure("pie", tables(), "zh")


def test_unknown_language_is_refused():
    with pytest.raises(ValueError, match="zh, en"):
        build_figure("theme_coverage", tables(), "fr")


def test_missing_table_and_column_are_named():
    made = tables()
    made["dim_plan"] = made["dim_plan"].drop("title_folded_zh")
    del made["dim_unit"]
    with pytest.raises(ValueError, match=r"'dim_plan': \['title_folded_zh'\].*'dim_unit': 'the whole table'"):
        build_figure("theme_coverage", made, "zh")


# --- Layout -------------------------------------------------------------------------------------------------------


def test_no_character_is_wider_than_it_is_taken_for():
    path = importlib.resources.files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"
    font = ImageFont.truetype(str(path), 1000)
    characters = string.printable[:95] + "−·≥≤≈“”‘’…÷×–▲▼■◆●★◐○，。（）《》〔〕％元亿"
    assert [each for each in characters if font.getlength(each) > canvas.text_width(each, 1000)] == []


def test_a_comparator_stays_with_its_number():
    assert canvas.wrap("at most ≤CNY 200", canvas.text_width("at most ≤CN", 12), 12)[1].startswith("≤CNY")


@given(st.text(alphabet="知识产权，。（）() abcdefghij-%", max_size=120), st.integers(60, 300))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text, width):
    lines = canvas.wrap(text, width, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(canvas.text_width(line, 12) <= width for line in lines)


@pytest.mark.parametrize("letter", ["w", "）", "（"])
def test_a_word_without_end_is_wrapped_line_by_line(letter):
    lines = canvas.wrap(letter * 20_000, 300, 12)
    assert "".join(lines) == letter * 20_000
    assert {len(line) for line in lines[:-1]} == {len(lines[0])}
    assert canvas.text_width(lines[0], 12) <= 300 < canvas.text_width(lines[0] + letter, 12)


def test_no_line_ends_with_an_opening_mark():
    assert canvas.wrap("国发〔2021〕20号", 60, 12) == ["国发", "〔2021〕", "20号"]


def test_no_line_begins_with_a_closing_mark():
    assert canvas.wrap("一二三四，五六七八。", 48, 12) == ["一二三", "四，五六", "七八。"]


@given(st.floats(1e-6, 1e14))
def test_ticks_are_few_and_within_the_axis(highest):
    made = canvas.ticks(highest, "元", "zh", 400, 12)
    assert 2 <= len(made["tickvals"]) <= 6
    assert made["tickvals"][-1] <= highest * 1.001
    assert len(set(made["ticktext"])) == len(made["ticktext"])


# --- Files --------------------------------------------------------------------------------------------------------


@pytest.fixture
def drawn():
    made = tables(statements=[{"quote_zh": "培养30名</script>"}], coverage=CELLS)
    return {
        (name, lang, size): build_figure(name, made, lang, size)
        for name in ("comparison_talent", "theme_coverage")
        for lang in LANGUAGES
        for size in SIZE_NAMES
    }


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))


def test_without_a_browser_all_but_images_is_written_and_a_note_says_so(drawn, no_browser, tmp_path):
    (note,) = write_figures(drawn, tmp_path / "figures")
    assert "Chromium" in note
    names = {f"{name}.{lang}.{suffix}" for name, lang, _ in drawn for suffix in ("html", "json", "csv")}
    names |= {f"sources.{lang}.csv" for lang in LANGUAGES}
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {*names, "plotly.min.js"}


def test_list_of_sources_has_a_number_for_each_plan(drawn, no_browser, tmp_path):
    write_figures(drawn, tmp_path)
    listed = pl.read_csv(tmp_path / "sources.en.csv")
    assert listed["number"].to_list() == [1, 2]
    assert listed["source"][0].startswith("A-2020 2021–23: 《知识产权行动计划》")


def test_browser_that_does_not_start_leaves_a_note(drawn, monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", "/bin/false")
    (note,) = write_figures(drawn, tmp_path / "figures")
    assert "does not start" in note


def test_figures_are_written_from_within_an_event_loop(drawn, no_browser, tmp_path):
    async def notebook() -> list[str]:
        return write_figures(drawn, tmp_path / "figures")

    assert "Chromium" in asyncio.run(notebook())[0]


def test_without_a_chinese_font_no_image_is_drawn_and_a_note_says_so(drawn, monkeypatch, tmp_path):
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>", encoding="ascii")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    (note,) = write_figures(drawn, tmp_path / "figures")
    assert "Chinese font" in note
    assert not list((tmp_path / "figures").glob("*.png"))


def test_files_are_the_same_each_time(drawn, no_browser, tmp_path):
    for folder in ("one", "two"):
        write_figures(drawn, tmp_path / folder)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_json_is_the_figure(drawn, no_browser, tmp_path):
    write_figures(drawn, tmp_path)
    read = go.Figure(json.loads((tmp_path / "comparison_talent.zh.json").read_text(encoding="utf-8")))
    assert json.loads(read.to_json()) == json.loads(drawn["comparison_talent", "zh", "screen"].to_json())


def test_csv_holds_the_plotted_rows_and_opens_in_excel(drawn, no_browser, tmp_path):
    write_figures(drawn, tmp_path)
    assert (tmp_path / "comparison_talent.zh.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = pl.read_csv(tmp_path / "comparison_talent.zh.csv").to_dicts()
    expected = {"measure_key": "m0", "indicator": "代理师人数", "value_text": "30名", "comparable_value": 30.0,
                "verdict": "exact", "quote_zh": "培养30名</script>"}  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_page_is_titled_in_its_language_and_loads_only_the_script_beside_it(drawn, no_browser, tmp_path):
    write_figures(drawn, tmp_path)
    page = (tmp_path / "comparison_talent.zh.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page
    assert f"<title>{title(drawn['comparison_talent', 'zh', 'screen'])}</title>" in page
    assert re.findall(r'src="([^"]+)"', page) == ["plotly.min.js"]
    assert page.count("</script>") == page.count("<script")


def test_figure_with_nothing_to_plot_is_written_too(no_browser, tmp_path):
    write_figures(
        {("theme_coverage", "en", "screen"): build_figure("theme_coverage", tables(plans={}), "en")}, tmp_path
    )
    assert "there are no plans" in (tmp_path / "theme_coverage.en.html").read_text(encoding="utf-8")
