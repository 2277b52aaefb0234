"""The functions that notebooks use, on the release of the five plans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from dagster_project import api

Build = Any  # see conftest.py, which is no module to import from


def test_plans_are_told_with_their_place_and_measures(five_plans: Build) -> None:
    plans = api.plans(five_plans.folder)
    assert plans.select("plan_key", "name_en", "measures").row(0) == ("weihai-2018", "Weihai", 19)


def test_measures_of_a_theme_can_be_asked_for_by_name(five_plans: Build) -> None:
    by_key = api.measures("pledge_financing", data_dir=five_plans.folder)
    assert api.measures("知识产权质押融资", data_dir=five_plans.folder).equals(by_key)
    assert set(by_key["theme_key"]) == {"pledge_financing"}


@pytest.mark.parametrize("name", ["hefei-2020", "合肥市", "合肥", "Hefei", "hefei"])
def test_measures_of_a_plan_can_be_asked_for_by_its_place(five_plans: Build, name: str) -> None:
    assert set(api.measures(plan=name, data_dir=five_plans.folder)["plan_key"]) == {"hefei-2020"}


@pytest.mark.parametrize("what", ["质押融资", "pledge", "Pledge financing"])
def test_a_theme_is_compared_by_a_part_of_its_name(five_plans: Build, what: str) -> None:
    assert api.compare(what, five_plans.folder).equals(api.compare("pledge_financing", five_plans.folder))


def test_a_part_of_the_names_of_indicators_stands_for_all_of_them(five_plans: Build) -> None:
    assert set(api.compare("patent_agents", five_plans.folder)["indicator_key"]) == {"talent.patent_agents"}
    assert api.compare("agents", five_plans.folder)["indicator_key"].n_unique() > 1


def test_two_plans_can_be_named_by_their_places(five_plans: Build) -> None:
    named = api.between("合肥市", "Hebei", five_plans.folder)
    assert named.equals(api.between("hefei-2020", "hebei-2021", five_plans.folder))
    assert named.height > 0


def test_the_overview_of_a_theme_says_in_words_what_compare_does(five_plans: Build) -> None:
    rows = api.overview("pledge_financing.amount_growth", lang="en", data_dir=five_plans.folder)
    assert rows.columns == [
        "theme", "indicator_key", "indicator", "plan_key", "place", "stated", "value", "unit", "per_million", "due",
        "office", "payer", "verdict", "reason", "formula", "sentence", "measure_key",
    ]  # fmt: skip
    first = rows.row(0, named=True)
    assert first | {
        "place": "Hefei", "stated": "≥ 30%", "value": 30.0, "due": 2023, "verdict": "exact",
    } == first  # fmt: skip
    assert first["sentence"].endswith("知识产权质押融资金额与数量年均增幅30%以上")
    assert rows["measure_key"].equals(
        api.compare("pledge_financing.amount_growth", five_plans.folder)["measure_key"]
    )


def test_the_overview_of_a_place_is_all_that_its_plan_promises(five_plans: Build) -> None:
    rows = api.overview(plan="漳州", data_dir=five_plans.folder)
    promised = api.table("rpt_statement", five_plans.folder).filter(
        "is_commitment", plan_key="zhangzhou-2024"
    )
    assert set(rows["measure_key"]) == set(promised["measure_key"])
    assert "市场监督管理局" in "".join(rows["office"].drop_nulls())


def test_the_overview_says_where_an_office_is_that_of_the_theme_and_who_pays(five_plans: Build) -> None:
    rows = api.overview(plan="合肥", lang="zh", data_dir=five_plans.folder)
    stated = api.table("rpt_statement", five_plans.folder)
    of_theme = stated.filter("is_commitment", plan_key="hefei-2020", office_from="theme")["measure_key"]
    assert len(of_theme) > 0
    told = rows.filter(pl.col("office").str.ends_with("(牵头同主题任务)"))["measure_key"]
    assert set(told) == set(of_theme)
    assert "中央" in "".join(rows["payer"].drop_nulls())


def test_the_overview_of_a_theme_can_be_of_one_place(five_plans: Build) -> None:
    rows = api.overview("pledge", plan="合肥", data_dir=five_plans.folder)
    assert set(rows["plan_key"]) == {"hefei-2020"}


def test_an_aspiration_is_said_in_the_overview(five_plans: Build) -> None:
    rows = api.overview("pledge_financing.amount", lang="zh", data_dir=five_plans.folder)
    assert "12亿元(力争)" in rows["stated"].to_list()


def test_the_language_is_that_of_the_environment_then_chinese(
    five_plans: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IP_PLANS_LANG", raising=False)
    assert "合肥市" in api.overview("pledge", data_dir=five_plans.folder)["place"]
    assert api.figure("pledge", data_dir=five_plans.folder).layout.meta["lang"] == "zh"
    monkeypatch.setenv("IP_PLANS_LANG", "en")
    assert "Hefei" in api.overview("pledge", data_dir=five_plans.folder)["place"]
    assert api.figure("pledge", data_dir=five_plans.folder).layout.meta["lang"] == "en"
    monkeypatch.setenv("IP_PLANS_LANG", "fr")
    with pytest.raises(ValueError, match="IP_PLANS_LANG is 'fr': choose zh or en"):
        api.overview("pledge", data_dir=five_plans.folder)


@pytest.mark.parametrize(
    "name", ["comparison_pledge_financing", "pledge_financing", "质押融资", "pledge_financing.amount_growth"]
)
def test_a_figure_takes_what_a_comparison_takes(five_plans: Build, name: str) -> None:
    figure = api.figure(name, "en", data_dir=five_plans.folder)
    assert figure.layout.meta["name"] == "comparison_pledge_financing"


def test_a_comparison_begins_with_the_highest_value(five_plans: Build) -> None:
    rows = api.compare("pledge_financing.amount_growth", five_plans.folder)
    assert rows["comparable_value"].to_list() == [30.0, 20.0, 10.0]


def test_comparisons_of_all_themes_are_the_rows_of_the_report(five_plans: Build) -> None:
    release = api.Release.current(five_plans.folder)
    report = release.table("rpt_indicator_comparison").filter("is_own").drop("is_own")
    told = pl.concat([release.compare(theme) for theme in release.table("dim_theme")["theme_key"]])
    assert told.schema == report.schema
    assert told.sort("measure_key").equals(report.sort("measure_key"))


def test_evidence_shows_the_value_in_its_sentence(five_plans: Build) -> None:
    row = api.evidence("hefei-2020@1329.1", five_plans.folder).row(0, named=True)
    assert "地理标志产品产值" in row["sentence_zh"]
    assert "【15%】" in row["sentence_zh"]
    assert row["formula"] == "(1+15%)^(1/3)−1 = 4.77 %/yr"


def test_every_measure_has_evidence_that_holds_its_value(five_plans: Build) -> None:
    for key, value in (
        api.measures(data_dir=five_plans.folder).select("measure_key", "value_text").iter_rows()
    ):
        assert f"【{value}】" in api.evidence(key, five_plans.folder)["sentence_zh"].item()


def test_a_figure_cites_its_release(five_plans: Build) -> None:
    figure = api.figure("theme_coverage", "en", data_dir=five_plans.folder)
    assert figure.layout.meta["release_id"] == (five_plans.marts / "current").resolve().name


def test_a_figure_marks_the_places_that_are_asked_for(five_plans):
    figure = api.figure("matrix_talent", "zh", data_dir=five_plans.folder, places=["郑州"])
    bold = [note.text for note in figure.layout.annotations if "font-weight:bold" in note.text]
    assert any("郑州市" in text for text in bold)
    assert not any("合肥市" in text for text in bold)
    with pytest.raises(api.UnknownNameError):
        api.figure("matrix_talent", data_dir=five_plans.folder, places=["无此地"])


def test_tables_have_their_names_in_sql(five_plans: Build) -> None:
    assert api.sql("select count(*) as n from fct_measure", five_plans.folder)["n"].item() == 138


def test_sql_sees_no_name_of_python_and_lists_the_tables(five_plans: Build) -> None:
    measures = api.measures(data_dir=five_plans.folder)  # a frame of a name that a query may use
    with pytest.raises(
        api.UnknownNameError, match=r"There is no table 'measures': .*choose one of .*fct_measure"
    ):
        api.sql("select * from measures", five_plans.folder)
    assert measures.height > 0


def test_sql_suggests_a_table_that_is_spelt_nearly_so(five_plans: Build) -> None:
    with pytest.raises(api.UnknownNameError, match="did you mean fct_measure"):
        api.sql("select * from fct_measures", five_plans.folder)


def test_sql_names_what_else_is_wrong(five_plans: Build) -> None:
    with pytest.raises(duckdb.BinderException, match="nothing"):
        api.sql("select nothing from fct_measure", five_plans.folder)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda folder: api.figure("nothing", data_dir=folder), "figure .*theme_coverage"),
        (lambda folder: api.compare("talents", folder), "did you mean talent"),
        (lambda folder: api.compare("合肥", folder), "show hefei-2020"),
        (lambda folder: api.measures(plan="hefey-2020", data_dir=folder), "did you mean hefei-2020"),
        (lambda folder: api.measures("nothing", data_dir=folder), "choose one of .*pledge_financing"),
        (lambda folder: api.measures(plan="nothing", data_dir=folder), "choose one of .*hefei-2020"),
        (lambda folder: api.compare("nothing", folder), "choose a theme"),
        (lambda folder: api.evidence("nothing", folder), "give a measure_key"),
        (lambda folder: api.table("nothing", folder), "choose one of .*fct_measure"),
    ],
)
def test_an_unknown_name_is_answered_with_those_that_there_are(
    five_plans: Build, call: Any, told: str
) -> None:
    with pytest.raises(api.UnknownNameError, match=told):
        call(five_plans.folder)


def test_before_the_first_release_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(api.NotPublishedError, match="ip-plans build"):
        api.plans(tmp_path)
