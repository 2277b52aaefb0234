"""A plan beside those that stand over it, and a target beside where its plan starts from, from the texts on."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest
from typer.testing import CliRunner

from dagster_project.api import Release
from dagster_project.cli import app, ask
from dagster_project.corpus.build import build_corpus
from tests.dbt.conftest import Warehouse, build

STATE = """“十四五”国家知识产权综合规划
国综发〔2021〕120号
国务院
2021年10月9日
一、主要目标
到2025年,每万人口高价值发明专利拥有量达到12件。
"""
PROVINCE = """云川省促进专利转化实施方案(2021-2023年)
云川省人民政府办公厅
2021年6月1日
一、工作目标
到2023年,知识产权质押融资金额年均增长20%,建设专利池30项,开展专利导航项目100项,培养执业专利代理师90名。
"""
CITY = """青澜市专利转化专项行动方案(2022-2025年)
青政办〔2022〕9号
青澜市人民政府办公室
2022年3月10日
为贯彻落实《云川省促进专利转化实施方案(2021-2023年)》和《国务院关于印发“十四五”国家知识产权综合规划的通知》(国综发〔2021〕120号),制定本方案。
一、现有基础
2021年,全市每万人口高价值发明专利拥有量达到6.2件。
二、工作目标
到2025年,知识产权质押融资金额年均增长25%以上。建设专利池6项。每万人口高价值发明专利拥有量达到9件。
三、重点任务
(一)开展专利导航。到2025年,开展产业规划类专利导航项目20项。
"""
COUNTY = """溪口县知识产权强县工作方案(2022-2024年)
溪口县人民政府
2022年8月1日
一、工作目标
到2024年,知识产权质押融资金额年均增长20%。
"""
TEXTS = {
    "state-2021": (STATE, "name_zh: 国务院, level: national"),
    "yunchuan-2021": (
        PROVINCE,
        "name_zh: 云川省, level: province, province_zh: 云川省, population: 50000000",
    ),
    "qinglan-2022": (
        CITY,
        "name_zh: 青澜市, level: prefecture, province_zh: 云川省, population: 4000000",
    ),
    "xikou-2022": (COUNTY, "name_zh: 溪口县, level: county, province_zh: 云川省"),
}


@pytest.fixture(scope="module")
def cascade(tmp_path_factory) -> Warehouse:
    """A plan of the state, of a province, of a city that cites both, and of a county of the province."""
    folder = tmp_path_factory.mktemp("cascade")
    for plan, (text, place) in TEXTS.items():
        made = folder / "raw" / plan
        made.mkdir(parents=True)
        (made / "plan.txt").write_text(text, encoding="utf-8")
        (made / "origin.yml").write_text(f"plan_id: {plan}\njurisdiction: {{{place}}}\n", encoding="utf-8")
    tables = build_corpus(folder / "raw", {}, {}, datetime(2024, 1, 1, tzinfo=UTC))
    return build(folder, tables, "--exclude-resource-type", "unit_test")


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


def test_two_plans_are_compared_on_the_command_line(cascade, tmp_path, monkeypatch):
    for name in cascade.values(
        "select table_name from information_schema.tables where regexp_matches(table_name, '^(dim|fct|bridge|rpt)_')"
    ):
        pl.DataFrame(cascade.rows(f"from {name}"), infer_schema_length=None).write_parquet(
            tmp_path / f"{name}.parquet"
        )
    monkeypatch.setattr(ask, "current_release", lambda _: Release(tmp_path))
    shown = CliRunner().invoke(app, ["compare", "qinglan-2022", "yunchuan-2021"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    lines = [" ".join(line.split()) for line in shown.output.splitlines()]
    assert "yunchuan-2021 → qinglan-2022: cites" in lines
    assert "Patent pools 30项 6项 below later above" in lines
    assert any(line.startswith("qinglan-2022 × yunchuan-2021: narrower, 5 ÷ 33.33") for line in lines)
    assert any("per million residents the order is the other way round" in line for line in lines)
