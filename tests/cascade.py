"""Composed plans that stand over one another: of the state, of a province, of a city that cites both, of a county."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

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


def build_cascade(folder: Path) -> None:
    """Build the plans into a warehouse, from their texts on."""
    for plan, (text, place) in TEXTS.items():
        made = folder / "raw" / plan
        made.mkdir(parents=True)
        (made / "plan.txt").write_text(text, encoding="utf-8")
        (made / "origin.yml").write_text(f"plan_id: {plan}\njurisdiction: {{{place}}}\n", encoding="utf-8")
    tables = build_corpus(folder / "raw", {}, {}, datetime(2024, 1, 1, tzinfo=UTC))
    build(folder, tables, "--exclude-resource-type", "unit_test")


def warehouse_in(folder: Path) -> Warehouse:
    """Return the warehouse that was built into a folder."""
    return Warehouse(folder / ".work" / "warehouse.duckdb", "")


def marts_in(folder: Path) -> dict[str, pl.DataFrame]:
    """Return what it would publish."""
    warehouse = warehouse_in(folder)
    names = warehouse.values(
        "select table_name from information_schema.tables "
        "where regexp_matches(table_name, '^(dim|fct|bridge|rpt|audit)_') order by 1"
    )
    return {name: warehouse.table(name) for name in names}
