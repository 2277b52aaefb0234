"""Measures are taken apart into facets, and put together again as indicators."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dagster_project.cli import app

SEED = Path(__file__).resolve().parents[2] / "dbt" / "seeds" / "indicators.csv"
KINDS = {"target": "target", "award": "incentive", "fund": "funding", "share": "allocation"}
FORMS = {
    "growth_per_year": "growth_annual",
    "multiple": "multiple",
    "share": "share",
    "level_at_date": "level",
}
PERS = {"per_recipient": "recipient", "per_recipient_year": "recipient-year", "per_item": "item"}


@pytest.fixture(scope="module")
def named(make_tables, build_tables) -> dict[str, str]:
    """indicator_key -> the indicator of a measure that is called as its example is."""
    with SEED.open(encoding="utf-8", newline="") as file:
        curated = [row for row in csv.DictReader(file) if row["indicator_key"] != "unmapped"]
    tables = make_tables(
        documents=[{"plan_key": "plan", "jurisdiction_key": "340100"}],
        measures=[
            {
                "measure_key": f"plan@{number}.1",
                "indicator_text_zh": row["example_zh"],
                "kind": KINDS[row["role"]],
                "form": FORMS.get(row["basis"], "flow"),
                "per": PERS.get(row["basis"]),
                "unit": row["unit_key"],
            }
            for number, row in enumerate(curated)
        ],
    )
    warehouse = build_tables(tables, "--select", "+int_measure_indicator")
    found = warehouse.rows("select measure_key, indicator_key from int_measure_indicator")
    keys = {row["measure_key"]: row["indicator_key"] for row in found}
    return {row["indicator_key"]: keys[f"plan@{number}.1"] for number, row in enumerate(curated)}


def test_every_indicator_that_an_analyst_named_is_reached_by_its_example(named):
    assert {key: found for key, found in named.items() if key != found} == {}


# --- one text, without adding it -------------------------------------------------------------------------------
PAGE = """<html><body><h1>某市知识产权资助办法</h1><p>第一条 为了支持知识产权工作,制定本办法。</p>
<p>第二条 获得中国专利金奖的,每项奖励50万元。</p><p>第三条 受理窗口设在3号楼,每季度开展2次大扫除。</p>
</body></html>"""


def facets_of(file: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["facets", str(file), *options])
    return done.exit_code, done.output


@pytest.fixture
def page(tmp_path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_a_file_is_taken_apart_without_becoming_a_plan(page):
    exit_code, output = facets_of(page)
    assert exit_code == 0
    assert "object   China Patent Award [china_patent_award]  中国专利金奖" in output
    assert "    ! No words of the plan say what is measured" in output
    assert "award.gold.per_item" in output
    assert [path.name for path in page.parent.iterdir()] == ["page.html"]


def test_a_file_is_taken_apart_for_machines(page):
    rows = {row["value_text"]: row for row in json.loads(facets_of(page, "--format", "json")[1])}
    assert rows["50万元"] | {"object_key": "china_patent_award", "missing_en": None} == rows["50万元"]
    header, *lines = facets_of(page, "--format", "csv")[1].strip().split("\n")
    assert header.startswith("char_start,value_text,indicator_text_zh,kind,")
    assert len(lines) == len(rows)


def test_a_file_that_is_no_plan_is_refused_with_the_reason(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sir or Madam", encoding="utf-8")
    exit_code, output = facets_of(file)
    assert exit_code == 2
    assert output.startswith(f"{file}: No Chinese character in the file")
