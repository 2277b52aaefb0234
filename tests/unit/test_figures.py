"""A chart says what the tables say, in both languages: every comparable mark on its axis, and nothing else."""

from __future__ import annotations

import json
import re
import runpy
import string
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project import figures
from dagster_project.figures import FIGURES, LANGUAGES, SIZE_NAMES, canvas, words, write_figures
from dagster_project.figures.plans import plan_looks

# Test modules cannot import each other: pytest imports each by its path.
tables = runpy.run_path(str(Path(__file__).parents[1] / "figure_tables.py"))["tables"]


def build_figure(name: str, made: dict[str, pl.DataFrame], lang: str, size: str = "screen") -> go.Figure:
    """Draw a figure that shows all it has to show, if nothing else is said."""
    return figures.build_figure(name, made, lang, size)


def draw(statements: list[dict[str, Any]], lang: str = "en", **made: Any) -> go.Figure:
    return build_figure("comparison_talent", tables(statements=statements, **made), lang)


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


# --- What is drawn ------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
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
def test_axes_hold_exactly_what_is_comparable_and_no_restatement(statements, lang):
    figure = draw(statements, lang)
    first = {f"m{i}": row for i, row in enumerate(statements) if row["restates_measure_key"] is None}
    comparable = {key for key, row in first.items() if row["comparability"] != "not_comparable"}
    assert set(bars(figure)) == comparable
    assert {row["measure_key"] for row in figure.layout.meta["rows"]} == set(first)


def test_statement_that_is_not_comparable_is_listed_with_its_reason():
    figure = draw([{"comparability": "not_comparable", "reason_en": "A report of the past.", "value": 77.0}])
    assert "77 people" in texts(figure)
    assert "A report of the past." in texts(figure)


@pytest.mark.parametrize(("lang", "reason"), [("zh", "门槛条件。"), ("en", "A threshold.")])
def test_statement_without_indicator_is_listed_with_what_it_lacks(lang, reason):
    made = tables(
        statements=[{"indicator_key": "unmapped", "definition_zh": "无", "definition_en": "None fits."}]
    )
    made["rpt_indicator_comparison"] = made["rpt_indicator_comparison"].clear()
    assert made["fct_measure"].height == 1
    (row,) = build_figure("comparison_talent", made, lang).layout.meta["rows"]
    assert row["reason"] == reason


def test_statement_without_a_verdict_is_not_drawn():
    made = tables(statements=[{}])
    made["rpt_indicator_comparison"] = made["rpt_indicator_comparison"].clear()
    assert not bars(build_figure("comparison_talent", made, "en"))


def test_statement_of_another_theme_stands_on_the_axis_of_its_indicator():
    assert set(bars(draw([{}, {"theme_key": "copyright", "plan_key": "b-2021"}]))) == {"m0", "m1"}


def test_bar_is_as_long_as_the_comparable_value():
    assert bars(draw([{"value": 90.0, "comparable_value": 30.0}]))["m0"].x == (30.0,)


def test_each_verdict_has_a_pattern_of_its_own():
    verdicts = ("exact", "rescaled", "narrower", "broader")
    drawn = bars(draw([{"comparability": verdict} for verdict in verdicts]))
    assert len({bar.marker.pattern.shape for bar in drawn.values()}) == len(verdicts)


def test_only_aspirational_bars_are_hollow():
    drawn = bars(draw([{"is_aspirational": True}, {"is_aspirational": False}]))
    assert [drawn[key].marker.color == "white" for key in ("m0", "m1")] == [True, False]


def test_plan_has_the_same_colour_in_every_figure():
    made = tables(statements=[{"plan_key": "b-2021"}])
    (bar,) = bars(build_figure("comparison_talent", made, "en")).values()
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
    (label,) = labels(draw([{"comparator": comparator}]))
    assert label.startswith(f"{canvas.escape(sign)}30 people per year")


def test_label_tells_verdict_time_limit_and_arithmetic():
    row = {
        "comparability": "rescaled",
        "period_end_year": 2023,
        "formula": "90 ÷ 3 = 30 /yr",
        "is_aspirational": True,
    }
    assert labels(draw([row])) == [
        "30 people per year \u00a0\u00a0rescaled; aspirational; by 2023; 90 ÷ 3 = 30 /yr"
    ]


def test_computed_value_is_labelled_with_three_digits():
    (label,) = labels(draw([{"comparable_value": 100 / 3, "formula": "100 ÷ 3"}]))
    assert label.startswith("33.3 people")


@pytest.mark.parametrize(
    "words_of_hover", ["培养30名执业代理师", "二、目标 › 人才", "90 ÷ 3", "100–103", "30名"]
)
def test_hover_shows_where_the_value_comes_from(words_of_hover):
    (bar,) = bars(draw([{"formula": "90 ÷ 3"}])).values()
    assert words_of_hover in plain(bar.hovertext[0])


def test_footnote_cites_number_or_else_issuer_and_date():
    plans = {
        "a-2020": {"title_zh": "甲计划", "document_number": "合政〔2020〕65号"},
        "b-2021": {"title_zh": "乙计划", "issuer_zh": "乙市政府", "issued_on": date(2021, 4, 5)},
        "c-2022": {"title_zh": "丙计划", "issuer_zh": None, "issued_on": None},
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
        ("zh", "A-2020 2021：a-2020，未载明标题（合政〔2020〕65号）"),
        ("en", "A-2020 2021: a-2020, title not stated (合政〔2020〕65号)"),
    ],
)
@pytest.mark.parametrize("name", ["comparison_talent", "theme_coverage"])
def test_plan_without_title_is_cited_by_its_key(name, lang, source):
    plan = {"title_zh": None, "document_number": "合政〔2020〕65号", "name_zh": "A-2020", "name_en": "A-2020"}
    shown = texts(build_figure(name, tables(plans={"a-2020": plan}, statements=[{}]), lang))
    assert source in shown
    assert "《" not in shown


@pytest.mark.parametrize(("lang", "name"), [("zh", "河北省（省级） 2021"), ("en", "Hebei (province) 2021")])
def test_province_is_marked(lang, name):
    plans = {"a-2020": {"name_zh": "河北省", "name_en": "Hebei", "is_province": True}}
    assert plain(draw([{}], lang, plans=plans).layout.yaxis.ticktext[0]).startswith(name)


def test_stale_plan_is_marked():
    assert "(last good reading)" in draw([{}], plans={"a-2020": {"status": "stale"}}).layout.yaxis.ticktext[0]


def test_plan_text_cannot_become_markup():
    evil = "<b>x</b><script>alert(1)</script>$a$ & %{x}"
    figure = draw([{"quote_zh": evil, "indicator_text_zh": evil, "heading_path_zh": evil, "value_text": evil},
                   {"comparability": "not_comparable", "indicator_text_zh": evil, "reason_en": evil}],
                  plans={"a-2020": {"title_zh": evil, "name_en": evil}})  # fmt: skip
    drawn = figure.to_plotly_json()
    drawn["layout"].pop("meta")
    text = json.dumps(drawn, default=str)
    assert "<script" not in text
    assert "<b>x" not in text
    assert "$" not in text


# --- Titles -------------------------------------------------------------------------------------------------------

OTHER = {"plan_key": "b-2021", "comparable_value": 10.0}
ELSEWHERE = {"theme_key": "copyright", "indicator_theme": "copyright"}


@pytest.mark.parametrize(
    ("plans", "statements", "expected"),
    [
        pytest.param(None, [{}, OTHER], 'in "Patent agents", A-2020 2021 promises the most, 30 people', id="highest"),
        pytest.param(None, [{}, OTHER | {"comparable_value": 30.0}], "A-2020 2021, B-2021 2021 promise", id="tie"),
        pytest.param(
            {"a-2020": {"is_province": True}, "b-2021": {}},
            [{}, OTHER],
            "promises the most, 30 people per year; among the cities B-2021 2021, 10 people per year",
            id="province-before-city",
        ),
        pytest.param(
            None, [{}, OTHER | {"indicator_key": "talent.x"}], "by more than one plan", id="nothing-shared"
        ),
        pytest.param(None, [{"comparability": "not_comparable"}], "no statement is comparable", id="not-comparable"),
        pytest.param(None, [ELSEWHERE], "no figure found in the 2 plans",
                     id="nothing-stated"),
        pytest.param({}, [], "there are no plans", id="no-plans"),
    ],
)  # fmt: skip
def test_title_of_a_comparison_states_the_finding(plans, statements, expected):
    assert expected in title(draw(statements, plans=plans))


def test_comparison_names_the_plans_that_state_nothing():
    assert "No figure on this theme in: B-2021 2021" in texts(draw([{}]))


def test_coverage_title_states_who_quantifies_most_and_what_is_quantified_least():
    cells = {("talent", "a-2020"): ("quantified", 3), ("copyright", "a-2020"): ("quantified", 1)}
    shown = title(build_figure("theme_coverage", tables(coverage=cells), "en"))
    assert "most themes with numbers in A-2020 2021 (2/3)" in shown
    assert shown.endswith("fewest plans give numbers for Patent navigation (0/2)")


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        pytest.param({"is_aspirational": True}, "30 people per year (aspirational)", id="aspirational"),
        pytest.param({"comparability": "narrower"}, "30 people per year (narrower scope)", id="narrower"),
        pytest.param({"comparability": "rescaled"}, "30 people per year", id="rescaled-is-no-limit"),
    ],
)
def test_title_does_not_claim_more_than_the_plan(limit, said):
    assert title(draw([limit, OTHER])).endswith(f"promises the most, {said}")


def test_title_counts_leaders_that_are_too_many_to_list():
    plans = {key: {} for key in ("a", "b", "c", "d")}
    figure = draw([{"plan_key": key} for key in plans], plans=plans)
    assert "4 plans promise the most" in title(figure)


# --- Coverage -----------------------------------------------------------------------------------------------------

CELLS = {
    ("patent_navigation", "a-2020"): ("quantified", 5),
    ("patent_navigation", "b-2021"): ("stated_without_number", 0),
    ("talent", "a-2020"): ("mentioned_only", 0),
    ("talent", "b-2021"): ("searched_not_found", 0),
}


def test_coverage_tells_four_statuses_apart_by_colour_and_by_text():
    figure = build_figure("theme_coverage", tables(coverage=CELLS), "en")
    colours = {trace.name: trace.marker.color for trace in figure.data if trace.x == (None,)}
    (grid,) = (trace for trace in figure.data if trace.type == "heatmap")
    (cells,) = (trace for trace in figure.data if trace.name == "cells")
    assert len(set(colours.values())) == len(colours) == 4
    assert len({code for row in grid.z[:2] for code in row}) == 4
    assert cells.text[:4] == ("● 5", "◐ no number", "○ mention", "– not found")


def test_coverage_counts_commitments_and_not_reports_of_the_past():
    figure = build_figure("theme_coverage", tables(coverage={("talent", "a-2020"): ("quantified", 3)}), "zh")
    (cells,) = (trace for trace in figure.data if trace.name == "cells")
    (row,) = (row for row in figure.layout.meta["rows"] if row["status"] == "quantified")
    assert "● 3条" in cells.text
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


def test_coverage_with_a_missing_cell_is_refused():
    made = tables()
    made["rpt_theme_coverage"] = made["rpt_theme_coverage"].filter(pl.col("theme_key") != "talent")
    with pytest.raises(ValueError, match="talent of a-2020, talent of b-2021"):
        build_figure("theme_coverage", made, "zh")


def test_coverage_lists_headline_themes_first_and_marks_them():
    shown = build_figure("theme_coverage", tables(), "en").layout.yaxis.ticktext
    assert [plain(text) for text in shown] == ["★ Patent navigation", "★ IP talent", "Copyright"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_figure_without_any_plan_says_so(name, lang):
    assert words.phrase("no_plans", lang, theme="") in title(build_figure(name, tables(plans={}), lang))


# --- The contract -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_the_same_each_time(name, lang):
    made = tables(statements=[{}, {"plan_key": "b-2021"}], coverage=CELLS)
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


def test_unknown_figure_is_refused_with_the_names_that_exist():
    with pytest.raises(ValueError, match="theme_coverage"):
        build_figure("pie", tables(), "zh")


def test_unknown_language_is_refused():
    with pytest.raises(ValueError, match="zh, en"):
        build_figure("theme_coverage", tables(), "fr")


def test_missing_table_and_column_are_named():
    made = tables()
    made["dim_plan"] = made["dim_plan"].drop("title_zh")
    del made["dim_unit"]
    with pytest.raises(ValueError, match=r"'dim_plan': \['title_zh'\].*'dim_unit': 'the whole table'"):
        build_figure("theme_coverage", made, "zh")


# --- Layout -------------------------------------------------------------------------------------------------------


@given(st.text(alphabet="知识产权，。（）() abcdefghij-%", max_size=120), st.integers(60, 300))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text, width):
    lines = canvas.wrap(text, width, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(canvas.text_width(line, 12) <= width for line in lines)


def test_no_line_begins_with_a_closing_mark():
    assert canvas.wrap("一二三四，五六七八。", 48, 12) == ["一二三", "四，五六", "七八。"]


@given(st.floats(1e-6, 1e14))
def test_ticks_are_few_and_within_the_axis(highest):
    made = canvas.ticks(highest, "元", "zh")
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
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {*names, "plotly.min.js"}


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
