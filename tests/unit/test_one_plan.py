"""Whatever one folder holds, the plans beside it are built."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dagster_project import fingerprints
from dagster_project.corpus.build import build_corpus
from dagster_project.extraction import extract
from dagster_project.quality.expectations import Severity
from dagster_project.quality.extracted import EXTRACTED
from dagster_project.reading import read

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
GOOD = "甲市知识产权方案\n一、主要任务\n(一)培育企业。培育知识产权优势企业50家。\n(二)保护。办理案件不少于30件。\n"
ORIGIN = "plan_id: {plan}\njurisdiction: {{name_zh: 甲市, level: county}}\n"


def plan(raw: Path, name: str, text: str = GOOD, more: str = "", origin: str = ORIGIN) -> Path:
    folder = raw / name
    folder.mkdir(parents=True)
    (folder / "plan.txt").write_text(text, encoding="utf-8")
    (folder / "origin.yml").write_text(origin.format(plan=name) + more, encoding="utf-8")
    return folder


def status(raw: Path) -> dict[str, tuple[str, str]]:
    plan(raw, "good-2021", GOOD.replace("50", "60"))
    rows = build_corpus(raw, {}, {}, NOW)["plan_status"].select("plan_key", "status", "reason").iter_rows()
    return {key: (state, reason or "") for key, state, reason in rows}


def numbered(sentence: str) -> str:
    return GOOD + f"(三)其他。{sentence}\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "不良率控制在0个百分点以内。",
        "不良率控制在零个百分点以内。",
        "不良率为百分之零。",
        "不良率控制在0.0个百分点以内。",
        "安装0千瓦机组。",
        "按10:0的比例分担风险。",
        "对通过国家认定的和省级认定的企业分别给予50万元、30万元奖励。",
        "对新认定的、通过复核的分别给予50万元、30万元奖励。",
    ],
)
def test_an_everyday_sentence_costs_no_plan(tmp_path: Path, sentence: str) -> None:
    plan(tmp_path, "odd-2021", numbered(sentence))
    assert {key: state for key, (state, _) in status(tmp_path).items()} == {
        "odd-2021": "ok",
        "good-2021": "ok",
    }


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("质押融资额达到99999999999999亿元。", "value_is_in_range"),
        ("登记金额达到130459966424974万元。", "value_is_in_range"),
    ],
)
def test_a_number_that_no_table_holds_costs_only_its_plan(tmp_path: Path, sentence: str, said: str) -> None:
    plan(tmp_path, "odd-2021", numbered(sentence))
    found = status(tmp_path)
    assert (found["odd-2021"][0], said in found["odd-2021"][1], found["good-2021"][0]) == (
        "refused",
        True,
        "ok",
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param("period: 5\n", "period", id="unusable field"),
        pytest.param('title_zh: "\\uD800计划"\n', "title_zh", id="half a character"),
        pytest.param("source: " + "[" * 5_000 + "]" * 5_000 + "\n", "nested too deep", id="nesting"),
    ],
)
def test_an_origin_that_cannot_be_used_costs_only_its_plan(tmp_path: Path, more: str, said: str) -> None:
    plan(tmp_path, "odd-2021", more=more)
    found = status(tmp_path)
    assert (found["odd-2021"][0], said in found["odd-2021"][1], found["good-2021"][0]) == (
        "refused",
        True,
        "ok",
    )


def test_more_residents_than_the_earth_has_are_refused(tmp_path: Path) -> None:
    people = "plan_id: {plan}\njurisdiction: {{name_zh: 甲市, level: county, population: 99999999999999999999999}}\n"
    plan(tmp_path, "odd-2021", origin=people)
    found = status(tmp_path)
    assert (found["odd-2021"][0], "population" in found["odd-2021"][1]) == ("refused", True)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e300"])
def test_a_reading_by_hand_that_no_table_holds_only_assesses_nothing(tmp_path: Path, value: str) -> None:
    folder = plan(tmp_path, "odd-2021")
    (folder / "reference").mkdir()
    row = (
        f'{{"value_text": "50家", "start": {GOOD.index("50家")}, "value": {value}, "unit": "org", "comparator": "eq", '
        '"aspirational": false, "kind": "target", "form": "flow", "indicator": "企业", "theme": "other", "quote": "x"}'
    )
    (folder / "reference" / "measures.jsonl").write_text(row, encoding="utf-8")
    found = status(tmp_path)
    assert (found["odd-2021"][0], "accuracy is not assessed" in found["odd-2021"][1]) == ("ok", True)


def test_a_file_with_a_name_in_another_encoding_is_ignored(tmp_path: Path) -> None:
    folder = plan(tmp_path, "odd-2021")
    (folder / "附件.doc".encode("gbk").decode("utf-8", "surrogateescape")).write_bytes(b"x")
    assert fingerprints.plans(tmp_path).keys() == {"odd-2021"}
    assert status(tmp_path)["odd-2021"][0] == "ok"


def test_a_folder_with_a_name_in_another_encoding_is_refused_and_shown(tmp_path: Path) -> None:
    (tmp_path / "台州-2023".encode("gbk").decode("utf-8", "surrogateescape")).mkdir()
    found = status(tmp_path)
    assert {key: state for key, (state, _) in found.items()} == {
        "good-2021": "ok",
        next(iter(fingerprints.plans(tmp_path).keys() - {"good-2021"})): "refused",
    }
    assert all(key.encode() for key in found)


def test_a_plan_whose_folder_was_moved_is_used_once(tmp_path: Path) -> None:
    plan(tmp_path, "old-2021")
    before = build_corpus(tmp_path, {}, {}, NOW)
    (tmp_path / "old-2021" / "plan.txt").unlink()
    plan(tmp_path, "new-2021")
    found = build_corpus(tmp_path, {}, before, NOW)
    states = dict(found["plan_status"].select("plan_key", "status").iter_rows())
    assert states == {"old-2021": "refused", "new-2021": "ok"}
    assert found["documents"]["plan_key"].to_list() == ["new-2021"]
    assert "remove the folder old-2021" in found["plan_status"].filter(plan_key="old-2021")["reason"][0]


@pytest.mark.parametrize(
    ("text", "value"), [("零百元", 0), ("一百零五元", 105), ("百元", 100), ("二十万元", 200_000)]
)
def test_a_zero_before_a_place_is_none(text: str, value: float) -> None:
    found = extract(read(f"一、任务\n(一)每人奖励{text}以上。\n")).measures
    assert [measure.value for measure in found] in ([value], [])


def blocking() -> list[tuple[str, str]]:
    return [
        (s.name, item.name)
        for s in EXTRACTED
        for item in s.expectations
        if item.severity is not Severity.WARNING
    ]


@pytest.mark.parametrize(("suite", "check"), blocking())
def test_every_blocking_check_of_what_is_extracted_is_about_rows_of_plans(suite: str, check: str) -> None:
    shown = next(s for s in EXTRACTED if s.name == suite).shown
    about_all = {"some_documents"}  # that there is a plan at all: no removal mends it
    assert check in about_all or {"plan_key", "measure_key", "provision_key", "citation_key"} & set(shown)
