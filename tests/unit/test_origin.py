"""What origin.yml says wins over the text, in every row that hangs on it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dagster_project.corpus.build import build_corpus
from dagster_project.corpus.origin import PlanRefusedError
from dagster_project.corpus.places import KnownPlace

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
TEXT = (
    "甲市知识产权发展行动方案(2021-2023年)\n"
    "为贯彻《知识产权强市建设纲要》和乙发〔2020〕9号文件,制定本方案。\n"
    "一、工作目标\n"
    "(一)促进转化。2022年专利质押融资额度8亿元。\n"
    "(二)培育人才。培训知识产权人才500人次。\n"
    "甲市知识产权局\n2020年12月1日\n"
)


def build(raw: Path, more: str = "", text: str = TEXT) -> dict[str, pl.DataFrame]:
    """Return the rows of one plan, with `more` fields in its origin.yml."""
    folder = raw / "jia-2021"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.txt").write_text(text, encoding="utf-8")
    (folder / "origin.yml").write_text(
        f"plan_id: jia-2021\njurisdiction: {{name_zh: 甲市, level: county}}\n{more}", encoding="utf-8"
    )
    return build_corpus(raw, {}, {}, NOW)


def document(tables: dict[str, pl.DataFrame], *columns: str) -> tuple[Any, ...]:
    """Return fields of the plan's row of `documents`."""
    return tables["documents"].select(columns).row(0)


def measures(tables: dict[str, pl.DataFrame], column: str) -> dict[str, Any]:
    """Return value_text -> a field of the measures."""
    return dict(tables["measures"].select("value_text", column).iter_rows())


def cited(tables: dict[str, pl.DataFrame]) -> list[str]:
    """Return the documents that the plan cites, by title or number."""
    return tables["citations"].select(pl.coalesce("title_zh", "document_number")).to_series().to_list()


def test_without_fields_of_its_own_it_leaves_what_the_text_states(tmp_path: Path) -> None:
    tables = build(tmp_path)
    about = document(tables, "title_zh", "document_number", "issuer_zh", "issued_on", "period_text")
    assert about == (
        "甲市知识产权发展行动方案(2021-2023年)",
        None,
        "甲市知识产权局",
        date(2020, 12, 1),
        "2021-2023年",
    )
    assert measures(tables, "kind") == {"8亿元": "target", "500人次": "target"}
    assert measures(tables, "period_end_year") == {"8亿元": 2022, "500人次": 2023}
    assert cited(tables) == ["知识产权强市建设纲要", "乙发〔2020〕9号"]


@pytest.mark.parametrize(
    ("year", "kind"), [(2023, "baseline"), (2021, "target")], ids=["after the figure", "before the figure"]
)
def test_the_date_of_issue_decides_what_is_past(tmp_path: Path, year: int, kind: str) -> None:
    tables = build(tmp_path, f"issued_on: {year}-02-01\n")
    assert document(tables, "issued_on") == (date(year, 2, 1),)
    assert measures(tables, "kind")["8亿元"] == kind


def test_the_title_of_a_report_makes_its_figures_facts(tmp_path: Path) -> None:
    text = TEXT.replace("一、工作目标", "一、知识产权创造")
    assert measures(build(tmp_path, text=text), "kind")["500人次"] == "target"
    tables = build(tmp_path, "title_zh: 甲市知识产权統計公報\n", text)
    assert document(tables, "title_zh", "title_folded_zh") == ("甲市知识产权統計公報", "甲市知识产权统计公报")
    assert measures(tables, "kind")["500人次"] == "baseline"


def test_the_title_is_no_document_that_the_plan_cites(tmp_path: Path) -> None:
    assert cited(build(tmp_path, "title_zh: 知识产权强市建设纲要\n")) == ["乙发〔2020〕9号"]


def test_the_number_is_no_document_that_the_plan_cites(tmp_path: Path) -> None:
    tables = build(tmp_path, "document_number: 乙发〔2020〕9号\n")
    assert document(tables, "document_number") == ("乙发〔2020〕9号",)
    assert cited(tables) == ["知识产权强市建设纲要"]


def test_the_issuer_is_that_of_the_document(tmp_path: Path) -> None:
    assert document(build(tmp_path, "issuer_zh: 甲市人民政府\n"), "issuer_zh") == ("甲市人民政府",)


def test_the_period_dates_the_measures_without_a_year(tmp_path: Path) -> None:
    tables = build(tmp_path, "period: {start: 2021, end: 2030}\n")
    period = document(tables, "period_text", "period_start_year", "period_end_year")
    assert period == ("2021-2030", 2021, 2030)
    assert measures(tables, "period_end_year") == {"8亿元": 2022, "500人次": 2030}


def test_a_period_with_the_years_of_the_text_keeps_its_words(tmp_path: Path) -> None:
    assert document(build(tmp_path, "period: {start: 2021, end: 2023}\n"), "period_text") == ("2021-2023年",)


def test_a_period_without_years_says_nothing(tmp_path: Path) -> None:
    tables = build(tmp_path, "period: {}\n")
    assert document(tables, "period_text", "period_end_year") == ("2021-2023年", 2023)


def test_a_stale_plan_keeps_what_its_origin_said(tmp_path: Path) -> None:
    before = build(tmp_path, "issued_on: 2023-02-01\ntitle_zh: 知识产权强市建设纲要\n")
    (tmp_path / "jia-2021" / "origin.yml").unlink()
    after = build_corpus(tmp_path, {}, before, NOW)
    assert after["plan_status"]["status"].to_list() == ["stale"]
    assert measures(before, "kind")["8亿元"] == "baseline"
    for table in ("documents", "measures", "citations"):
        assert after[table].equals(before[table]), table


def test_a_description_that_the_seed_contradicts_is_said_not_to_count(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "jia-2021" / "origin.yml").write_text(
        'plan_id: jia-2021\njurisdiction: {adcode: "340100", population: 1000}\n', encoding="utf-8"
    )
    places = {"340100": KnownPlace("合肥市", "Hefei", "prefecture", "安徽省", 9369881)}
    for _ in ("read", "kept"):
        tables = build_corpus(tmp_path, places, {}, NOW, tmp_path.parent / "readings")
        status, reason = tables["plan_status"].select("status", "reason").row(0)
        assert status == "ok"
        assert "origin.yml gives population of 合肥市, but what dbt/seeds/jurisdictions.csv says" in reason


def test_a_field_that_is_not_known_is_a_note_in_every_build(tmp_path: Path) -> None:
    build(tmp_path, "issued: 2021-03-01\n")
    for _ in ("read", "kept"):
        tables = build_corpus(tmp_path, {}, {}, NOW, tmp_path.parent / "noted")
        status, reason = tables["plan_status"].select("status", "reason").row(0)
        assert status == "ok"
        assert "line 3: issued: unknown field: remove it, or correct its name (it is not read)" in reason
    assert document(tables, "issued_on") == (date(2020, 12, 1),)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        pytest.param("plan_id: jia-2021\n", "line 3: plan_id is given a second time", id="field"),
        pytest.param(
            "source:\n  name: 网站\n  name: 公报\n", "line 5: name is given a second time", id="inner field"
        ),
    ],
)
def test_a_field_that_is_given_twice_refuses_the_plan(tmp_path: Path, more: str, words: str) -> None:
    with pytest.raises(PlanRefusedError, match=words):
        build(tmp_path, more)
