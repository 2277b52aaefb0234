"""The five plans against their reference readings, made by hand: spans, numbers, headings, agencies, metadata."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dagster_project.reading import decode, read, simplify
from dagster_project.records import Metadata, Period, Reading, Role

RAW = Path(__file__).parents[2] / "data" / "raw"
PLANS = ("hebei-2021", "hefei-2020", "weihai-2018", "zhangzhou-2024", "zhengzhou-2023")


@cache
def reading_of(plan: str) -> Reading:
    return read(decode((RAW / plan / "plan.txt").read_bytes())[0])


@cache
def reference_of(plan: str) -> tuple[dict[str, Any], ...]:
    lines = (RAW / plan / "reference" / "provisions.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def names(reading: Reading, role: str) -> list[list[str]]:
    return [[a.printed_name for a in p.agencies if a.role == role] for p in reading.provisions]


FIELDS = {
    "start": lambda r: [p.char_start for p in r.provisions],
    "end": lambda r: [p.char_end for p in r.provisions],
    "number": lambda r: [p.number for p in r.provisions],
    "section": lambda r: [p.section for p in r.provisions],
    "heading": lambda r: [p.heading for p in r.provisions],
    "lead_agencies": lambda r: names(r, "lead"),
    "supporting_agencies": lambda r: names(r, "supporting"),
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("plan", PLANS)
def test_every_provision_of_a_plan_is_read_as_by_hand(plan: str, field: str) -> None:
    assert FIELDS[field](reading_of(plan)) == [row[field] for row in reference_of(plan)]


def test_the_reference_readings_have_all_153_provisions() -> None:
    assert sum(len(reference_of(plan)) for plan in PLANS) == 153


METADATA = {
    "hebei-2021": Metadata(
        "河北省促进专利转化 助力中小企业创新发展实施方案(2021-2023年)",
        None,
        "河北省知识产权局、河北省财政厅",
        date(2021, 4, 15),
        Period("2021-2023年", 2021, 2023),
    ),
    "hefei-2020": Metadata(
        "合肥市知识产权运营服务体系建设实施方案(2020-2023年)",
        "合政〔2020〕65号",
        "合肥市人民政府",
        date(2020, 8, 27),
        Period("2020-2023年", 2020, 2023),
    ),
    "weihai-2018": Metadata(
        "威海市国家知识产权示范城市培育工作方案(2018-2020年)",
        "威政办字〔2018〕23号",
        "威海市人民政府办公室",
        date(2018, 4, 12),
        Period("2018-2020年", 2018, 2020),
    ),
    "zhangzhou-2024": Metadata(
        "漳州市促進知識產權高質量發展若干措施",
        None,
        "漳州市人民政府辦公室",
        date(2024, 2, 2),
        None,
        "五年",
        "traditional",
    ),
    "zhengzhou-2023": Metadata(
        "郑州市知识产权服务业发展三年行动计划(2023-2025年)",
        None,
        "郑州市市场监督管理局(知识产权局)",
        date(2023, 10, 16),
        Period("2023-2025年", 2023, 2025),
    ),
}


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_states_its_metadata(plan: str) -> None:
    assert reading_of(plan).metadata == METADATA[plan]


REPAIRS = {
    "hebei-2021": {"lost_bracket": 1, "lost_date_characters": 5, "lost_separator": 2, "page_furniture": 1},
    "hefei-2020": {"stray_space": 1, "watermark": 1},
    "weihai-2018": {"mojibake": 1, "page_furniture": 21},
    "zhangzhou-2024": {},
    "zhengzhou-2023": {"page_furniture": 5},
}


@pytest.mark.parametrize("plan", PLANS)
def test_the_repairs_of_a_plan_are_those_of_its_damage(plan: str) -> None:
    assert Counter(repair.rule for repair in reading_of(plan).repairs) == REPAIRS[plan]


def test_a_missing_step_of_the_numbering_is_a_warning() -> None:
    assert [w for plan in PLANS for w in reading_of(plan).warnings] == [
        "五/(二)/5 at 7554 comes after number 3: a step of the numbering is missing"
    ]


def test_a_heading_path_is_as_printed() -> None:
    provision = reading_of("hefei-2020").provisions[0]
    assert provision.heading_path == ("二、工作思路与绩效目标", "(二)绩效目标", "知识产权运用能力显著增强")


def test_the_name_list_of_an_annex_is_no_provision() -> None:
    reading = reading_of("weihai-2018")
    annex = [reading.view.text[b.start : b.end] for b in reading.blocks if b.role is Role.ANNEX]
    assert (annex[0], annex[-1][:6], len(annex)) == ("附件", "王厚全兼任办", 27)


def test_agency_lines_are_blocks_of_their_provision() -> None:
    reading = reading_of("zhangzhou-2024")
    lines = [
        reading.view.text[b.start : b.end]
        for b in reading.blocks
        if b.role is Role.AGENCIES and b.provision == 2
    ]
    assert lines == ["牵头单位:市教育局", "责任单位:市财政局、农业农村局、市场监管局,各高校、科研院所"]


BASES = {
    "hebei-2021": 4,
    "hefei-2020": 11,
    "weihai-2018": 2,
    "zhangzhou-2024": 3,
    "zhengzhou-2023": 4,
}


@pytest.mark.parametrize("plan", PLANS)
def test_the_documents_that_a_plan_rests_on_are_its_bases(plan: str) -> None:
    assert sum(c.role == "basis" for c in reading_of(plan).citations) == BASES[plan]


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_does_not_cite_itself(plan: str) -> None:
    reading = reading_of(plan)
    own = simplify(reading.metadata.title or "").split("(")[0].replace(" ", "")
    assert not [c for c in reading.citations if own in simplify(c.title or "").replace(" ", "")]
