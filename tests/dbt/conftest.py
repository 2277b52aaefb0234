"""Warehouses that dbt builds from tables made for a test and from composed texts, and that of the five plans."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from dagster_project.corpus.build import build_corpus
from dagster_project.corpus.files import write_tables
from dagster_project.corpus.tables import SCHEMAS, frame
from dagster_project.folder import DataFolder

PROJECT = Path(__file__).resolve().parents[2]
COMPOSED, AXES = (sorted((Path(__file__).parent / name).glob("*.txt")) for name in ("composed", "axes"))
# A 公文 of no place in the seed; what a test does not say about a row comes from here.
DOCUMENT = {
    "title_zh": "知识产权高质量发展行动方案",
    "title_folded_zh": "知识产权高质量发展行动方案",
    "issuer_zh": "某市人民政府",
    "issued_on": date(2023, 5, 1),
    "period_start_year": 2023,
    "period_end_year": 2025,
    "script": "simplified",
    "encoding": "utf-8",
    "char_count": 1000,
    "text": "",
}
MEASURE = {
    "kind": "target",
    "form": "level",
    "value_text": "1家",
    "value": 1.0,
    "unit": "org",
    "comparator": "eq",
    "is_aspirational": False,
    "decided_by": "{}",
}
PROVISION = {"section": "task", "position": 1, "char_start": 0, "char_end": 100}


@dataclass(frozen=True)
class Warehouse:
    """What dbt built."""

    path: Path
    output: str

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        with duckdb.connect(str(self.path), read_only=True) as connection:
            return connection.sql(query).pl().to_dicts()

    def table(self, name: str) -> pl.DataFrame:
        """Return a table."""
        with duckdb.connect(str(self.path), read_only=True) as connection:
            return connection.sql(f"from {name}").pl()

    def values(self, query: str) -> list[Any]:
        """Return the first column of a query."""
        return [next(iter(row.values())) for row in self.rows(query)]


def build(folder: Path, tables: Mapping[str, pl.DataFrame], *arguments: str) -> Warehouse:
    """Write the tables that dbt reads, and run ``dbt build``.

    All builds of a process have one data folder by name, a link, and one target: dbt, which takes as long to parse the
    project as to build it, then parses it once. The views of staging read what was built last; tests ask tables.
    """
    work = folder / ".work"
    write_tables(tables, work / "extracted")
    named, shared = folder.parent / "data-of-dbt", folder.parent / "dbt"
    named.unlink(missing_ok=True)
    named.symlink_to(folder)
    paths = {
        "IP_PLANS_DATA_DIR": named,
        "DBT_TARGET_PATH": shared / "target",
        "DBT_LOG_PATH": shared / "logs",
    }
    command = [
        Path(sys.executable).parent / "dbt",
        "build",
        "--profiles-dir",
        PROJECT / "dbt",
        "--no-use-colors",
    ]
    done = subprocess.run(
        [*command, *arguments],
        cwd=PROJECT / "dbt",
        env=dict(os.environ) | {name: str(path) for name, path in paths.items()},
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,  # on a machine that is busy with other things
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Warehouse(work / "warehouse.duckdb", done.stdout)


@pytest.fixture(scope="session")
def make_tables() -> Callable[..., dict[str, pl.DataFrame]]:
    """Return a maker of all tables that dbt reads, from rows that say only what the test is about."""

    def make(
        *,
        documents: Sequence[dict[str, Any]],
        provisions: Sequence[dict[str, Any]] = (),
        measures: Sequence[dict[str, Any]] = (),
        **others: Sequence[dict[str, Any]],
    ) -> dict[str, pl.DataFrame]:
        rows = {
            "documents": [DOCUMENT | row for row in documents],
            "provisions": [_provision(row) for row in provisions],
            "measures": [_measure(row) for row in measures],
            "plan_status": [
                {
                    "plan_key": row["plan_key"],
                    "status": "ok",
                    "last_read_at": datetime(2024, 1, 1, tzinfo=UTC),
                }
                for row in documents
            ],
        }
        return {name: frame(name, rows.get(name, others.get(name, []))) for name in SCHEMAS}

    return make


def _provision(row: dict[str, Any]) -> dict[str, Any]:
    heading = row["heading_zh"]
    full = PROVISION | {
        "text_zh": heading,
        "heading_path_zh": heading,
        "plan_key": row["provision_key"].split("/")[0],
    }
    full |= row
    folded = {f"{name}_folded_zh": full[f"{name}_zh"] for name in ("heading", "heading_path", "text")}
    return full | {"number": full["provision_key"].split("/", 1)[1]} | folded


def _measure(row: dict[str, Any]) -> dict[str, Any]:
    plan_key, place = row["measure_key"].split("@")
    char_start = int(place.split(".")[0])
    full = MEASURE | {"quote_zh": row["indicator_text_zh"], "plan_key": plan_key, "char_start": char_start}
    full |= {"value_text": f"{row.get('value', MEASURE['value']):.0f}家", "char_end": char_start + 2} | row
    return full | {"clause_folded_zh": full["quote_zh"]}


@pytest.fixture(scope="session")
def build_tables(tmp_path_factory) -> Callable[..., Warehouse]:
    """Return a builder of some tables in a folder of their own, without the tests of dbt."""

    def make(tables: Mapping[str, pl.DataFrame], *arguments: str) -> Warehouse:
        return build(
            tmp_path_factory.mktemp("tables"),
            tables,
            *arguments,
            "--exclude-resource-type",
            "test",
            "unit_test",
        )

    return make


@pytest.fixture(scope="session")
def made(make_tables, tmp_path_factory) -> Warehouse:
    """A city with a reference reading, a province that describes itself, a text without measures, a town that reports
    the past and gives money, and two plans without title."""
    tables = make_tables(
        documents=[
            {"plan_key": "city-2023", "jurisdiction_key": "340100", "document_number": "合政〔2023〕1号"},
            {
                "plan_key": "province-2023",
                "jurisdiction_key": "990000",
                "jurisdiction_name_zh": "某省",
                "jurisdiction_level": "province",
            },
            {
                "plan_key": "farms-2023",
                "jurisdiction_key": "371000",
                "title_zh": "农业机械补贴办法",
                "title_folded_zh": "农业机械补贴办法",
            },
            *(
                {"plan_key": key, "jurisdiction_key": "371000", "title_zh": None, "title_folded_zh": None}
                | told
                for key, told in (
                    ("town-2023", DOCUMENT),
                    ("untitled-2023", {"document_number": "威政〔2023〕2号"}),
                    ("untold-2023", {"issuer_zh": None, "issued_on": None}),
                )
            ),
        ],
        provisions=[
            {
                "provision_key": "city-2023/1",
                "heading_zh": "加强知识产权宣传",
                "text_zh": "做好版权登记等工作的宣传。",
            },
            {
                "provision_key": "city-2023/2",
                "heading_zh": "建设专利导航服务基地",
                "char_start": 100,
                "char_end": 400,
            },
            {"provision_key": "farms-2023/1", "heading_zh": "开展农机培训"},
            {
                "provision_key": "province-2023/1",
                "heading_zh": "培养知识产权高层次人才",
                "text_zh": "选育知识产权人才,引进知识产权骨干人才。",
            },
        ],
        provision_agencies=[
            _office("city-2023/1", 1, "lead", "市发改委", 10),
            _office("city-2023/1", 2, "supporting", "省发展和改革委员会", 20),
            _office("city-2023/1", 3, "supporting", "市博物馆", 30),
            _office("city-2023/1", 4, "lead", "县博物馆", 40),
        ],
        measures=[
            {
                "measure_key": "city-2023@200.1",
                "provision_key": "city-2023/2",
                "indicator_text_zh": "专利导航服务基地",
                "form": "flow",
                "value": 30.0,
                "period_end_year": 2025,
            },
            {
                "measure_key": "city-2023@300.1",
                "indicator_text_zh": "专利导航服务基地",
                "form": "flow",
                "value": 30.0,
                "restates_measure_key": "city-2023@200.1",
            },
            {"measure_key": "city-2023@500.1", "indicator_text_zh": "综合评价等次", "unit": "other"},
            {
                "measure_key": "province-2023@10.1",
                "indicator_text_zh": "专利权质押融资金额",
                "kind": "baseline",
                "unit": "CNY",
                "value": 1e9,
            },
            # Figures that look like other magnitudes than they have.
            *(
                {
                    "measure_key": f"province-2023@{start}.1",
                    "indicator_text_zh": "高速公路",
                    "unit": "other",
                    "value_text": text,
                    "value": value,
                }
                for start, text, value in (
                    (20, "10余万公里", 1e5),
                    (30, "120千米", 120.0),
                    (40, "5百分点", 5.0),
                )
            ),
            # A report of the past beside a commitment of the same theme, and two funds that do not add up.
            {
                "measure_key": "town-2023@100.1",
                "indicator_text_zh": "专利导航服务基地",
                "form": "flow",
            },
            {
                "measure_key": "town-2023@200.1",
                "indicator_text_zh": "专利导航服务基地",
                "kind": "baseline",
                "value": 12.0,
            },
            *(
                {
                    "measure_key": f"town-2023@{start}.1",
                    "indicator_text_zh": "知识产权专项资金",
                    "kind": "funding",
                    "form": "flow",
                    "unit": "CNY",
                    "value": value,
                    "per": per,
                }
                for start, value, per in ((700, 3e7, "year"), (800, 1e8, None), (900, 1e3, "item-month"))
            ),
        ],
        reference_measures=[
            {
                "plan_key": "city-2023",
                "reference_key": f"city-2023#{n}",
                "char_start": start,
                "char_end": start + 2,
            }
            | {"value": 30.0, "unit": "org", "form": "flow", "kind": "target", "theme_key": theme}
            for n, start, theme in ((1, 200, "patent_navigation"), (2, 300, "talent"), (3, 900, "talent"))
        ],
    )
    return build(tmp_path_factory.mktemp("made"), tables)


def _office(provision_key: str, position: int, role: str, name: str, start: int) -> dict[str, Any]:
    return {
        "plan_key": provision_key.split("/", maxsplit=1)[0],
        "provision_key": provision_key,
        "role": role,
        "position": position,
        "printed_name_zh": name,
        "name_folded_zh": name,
        "char_start": start,
        "char_end": start + len(name),
    }


@pytest.fixture(scope="session")
def five(five_plans) -> Warehouse:
    """The five plans of the project, as `ip-plans build` left them."""
    return Warehouse(DataFolder.of(five_plans.folder).warehouse, five_plans.output)


def _of_texts(folder: Path, paths: Sequence[Path], last: str) -> Warehouse:
    """Build texts as plans of places that describe themselves, up to a model and without the tests of dbt."""
    for path in paths:
        plan = folder / "raw" / path.stem
        plan.mkdir(parents=True)
        shutil.copy(path, plan / "plan.txt")
        (plan / "origin.yml").write_text(
            f"plan_id: {path.stem}\njurisdiction: {{name_zh: {path.stem}市, level: prefecture}}\n",
            encoding="utf-8",
        )
    tables = build_corpus(folder / "raw", {}, {}, datetime(2024, 1, 1, tzinfo=UTC))
    return build(folder, tables, "--select", f"+{last}", "--exclude-resource-type", "test", "unit_test")


@pytest.fixture(scope="session")
def composed(tmp_path_factory) -> Warehouse:
    """The texts with themes."""
    return _of_texts(tmp_path_factory.mktemp("composed"), COMPOSED, "fct_measure")


@pytest.fixture(scope="session")
def axes(tmp_path_factory) -> Warehouse:
    """The texts with what measures the same thing."""
    return _of_texts(tmp_path_factory.mktemp("axes"), AXES, "rpt_indicator_comparison")
