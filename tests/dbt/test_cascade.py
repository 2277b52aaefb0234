"""A plan beside those that stand over it, and a target beside where its plan starts from, from the texts on."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from dagster_project.api import Release
from dagster_project.cli import app, ask
from tests.cascade import marts_in, warehouse_in


@pytest.fixture(scope="module")
def cascade(cascade_folder):
    """A plan of the state, of a province, of a city that cites both, and of a county of the province."""
    return warehouse_in(cascade_folder)


@pytest.mark.parametrize(
    ("plan", "above", "links"),
    [
        ("qinglan-2022", "state-2021", "cites"),
        ("qinglan-2022", "yunchuan-2021", "cites"),
        ("xikou-2022", "yunchuan-2021", "province_over_city"),
    ],
)
def test_plans_above_are_those_that_are_cited_or_of_the_province(cascade, plan, above, links):
    found = cascade.rows("select distinct plan_key, parent_plan_key, link from rpt_cascade")
    assert {"plan_key": plan, "parent_plan_key": above, "link": links} in found
    assert len(found) == 3


def test_a_city_stands_beside_its_province_number_by_number(cascade):
    found = cascade.rows(
        "select parent_value_text, child_value_text, scope, value_relation, time_relation, per_million_relation, "
        "share_of_parent from rpt_cascade where plan_key = 'qinglan-2022'"
    )
    assert {tuple(row.values()) for row in found} == {
        ("12件", "9件", "same", "below", "same_year", None, None),
        ("20%", "25%", "same", "above", "later", None, None),
        ("30项", "6项", "same", "below", "later", "above", 15.0),
        ("100项", "20项", "narrower", "below", "later", "above", None),
        ("90名", None, None, "not_there", None, None, None),
    }


def test_a_county_that_cites_nobody_stands_beside_its_province(cascade):
    found = cascade.rows(
        "select parent_value_text, value_relation from rpt_cascade where plan_key = 'xikou-2022'"
    )
    assert {row["parent_value_text"]: row["value_relation"] for row in found} == {
        "20%": "equal",
        "30项": "not_there",
        "100项": "not_there",
        "90名": "not_there",
    }


def test_a_target_stands_beside_where_its_plan_starts_from(cascade):
    [row] = cascade.rows(
        "select baseline_year, change_formula from rpt_indicator_comparison where baseline_measure_key is not null"
    )
    assert row == {"baseline_year": 2021, "change_formula": "9 − 6.2 = +2.8 (+45.16 %); ÷ 4 = +0.7 /yr"}


def test_two_plans_are_compared_on_the_command_line(cascade_folder, tmp_path, monkeypatch):
    for name, table in marts_in(cascade_folder).items():
        table.write_parquet(tmp_path / f"{name}.parquet")
    monkeypatch.setattr(ask, "current_release", lambda _: Release(tmp_path))
    shown = CliRunner().invoke(app, ["compare", "qinglan-2022", "yunchuan-2021", "--lang", "en"])
    assert shown.exit_code == 0
    lines = [" ".join(line.split()) for line in shown.output.splitlines()]
    assert "yunchuan-2021 → qinglan-2022: cites" in lines
    assert "Patent pools 30项 6项 below later above" in lines
    assert any(line.startswith("qinglan-2022 × yunchuan-2021: narrower scope, 5 ÷ 33.33") for line in lines)
    assert any("per million residents the order is the other way round" in line for line in lines)
