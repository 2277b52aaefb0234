"""The functions that notebooks use, on the release of the five plans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


def test_tables_have_their_names_in_sql(five_plans: Build) -> None:
    assert api.sql("select count(*) as n from fct_measure", five_plans.folder)["n"].item() == 138


@pytest.mark.parametrize(
    ("call", "told"),
    [
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
