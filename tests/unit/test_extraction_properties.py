"""What holds for the measures and the ledger of every text."""

from __future__ import annotations

import itertools
import re
import sys
from collections import Counter
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.extraction import extract
from dagster_project.reading import decode, read, simplify
from dagster_project.records import Measure

RAW = Path(__file__).parents[2] / "data" / "raw"
PLANS = {path.parent.name: decode(path.read_bytes())[0] for path in sorted(RAW.glob("*/plan.txt"))}
PIECES = st.sampled_from(
    "一、 (一) 1. ① 第三条 到2025年 力争 达到 年均增长 不少于 不超过 最高 给予 奖励 补助 对 企业 的 , 。 ; 、 "
    "以上 以下 左右 分别 每家 每增加 1件 (含6件) 30% 百分之三十 三成 1/3 8∶2 6:3:1 首例 翻一番 2.7倍 "
    "50—100万元 3至5年 二十万元 1,200万元 满2年 45周岁 十三五 〔2021〕23号 2021年3月4日 第67次 “9+5” 5G "
    "专利 产品 项目 人才 金额与数量 处 罚款 基金 资金 比例 罚 0 00 亿 万 . (件) 2020年 \n".split(" ")
)
ANY_TEXT = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=50).map("".join))


def facts(measure: Measure) -> tuple:
    """What a measure says, without where it stands."""
    return (
        simplify(measure.value_text), measure.value, measure.unit, measure.comparator, measure.kind, measure.form,
        measure.per, measure.indicator,
    )  # fmt: skip


@given(ANY_TEXT)
def test_every_run_of_digits_stands_in_the_ledger_once(raw: str) -> None:
    ledger = [(n.char_start, n.char_end) for n in extract(read(raw)).numerals if n.text[0].isdigit()]
    assert ledger == [match.span() for match in re.finditer(r"\d+(?:[.．]\d+)?", raw)]


@given(ANY_TEXT)
def test_numerals_do_not_overlap(raw: str) -> None:
    rows = extract(read(raw)).numerals
    assert all(a.char_end <= b.char_start for a, b in itertools.pairwise(rows))


@given(ANY_TEXT)
def test_values_slice_back_and_quotes_hold_them(raw: str) -> None:
    for measure in extract(read(raw)).measures:
        assert raw[measure.char_start : measure.char_end] == measure.value_text
        assert measure.quote_start <= measure.char_start < measure.char_end <= measure.quote_end


@given(ANY_TEXT)
def test_links_point_at_measures_of_the_right_kind(raw: str) -> None:
    measures = extract(read(raw)).measures
    for index, measure in enumerate(measures):
        assert measure.restates is None or measure.restates < index
        assert measure.governs is None or measures[measure.governs].kind == "incentive"


@pytest.mark.parametrize("plan", PLANS)
def test_traditional_script_changes_no_measure(plan: str) -> None:
    raw = PLANS[plan]
    traditional = opencc.OpenCC("s2t").convert(raw)
    assert [facts(m) for m in extract(read(traditional)).measures] == [
        facts(m) for m in extract(read(raw)).measures
    ]


@pytest.mark.parametrize("plan", PLANS)
def test_line_breaks_between_sentences_change_no_measure(plan: str) -> None:
    raw = PLANS[plan]
    broken = re.sub(r"。(?=[^\n)”])", "。\n", raw)
    assert Counter(map(facts, extract(read(broken)).measures)) == Counter(
        map(facts, extract(read(raw)).measures)
    )


@pytest.mark.parametrize("plan", PLANS)
def test_unrelated_text_at_the_end_changes_no_measure(plan: str) -> None:
    raw = PLANS[plan]
    longer = raw + "\n各有关单位要结合实际,认真抓好落实。\n"
    assert [facts(m) for m in extract(read(longer)).measures] == [
        facts(m) for m in extract(read(raw)).measures
    ]


@pytest.mark.parametrize("plan", PLANS)
def test_no_numeral_of_a_plan_is_unexplained(plan: str) -> None:
    assert [n for n in extract(read(PLANS[plan])).numerals if n.disposition == "unexplained"] == []


def calls(text: str) -> int:
    """Return how many functions extraction calls, C functions included: a measure of work without a clock."""
    reading, count = read(text), 0

    def tally(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tally)
    try:
        extract(reading)
    finally:
        sys.setprofile(None)
    return count


UNITS_OF_WORK = [
    *(pytest.param(text + "\n", id=plan) for plan, text in PLANS.items()),
    pytest.param("培育企业50家。" * 100, id="sentences"),
    pytest.param("培育企业50家,给予奖励3万元,不超过30%," * 60, id="one long sentence"),
    pytest.param("1%、" * 300, id="one long series"),
    pytest.param("1家和" * 300, id="one long list"),
    pytest.param("(" * 600, id="open brackets"),
    pytest.param("的,给予" * 400, id="words without a number"),
    pytest.param("纠纷调解成" + "每年" * 60 + "达到50件。", id="one word again and again"),
]


@pytest.mark.parametrize("text", UNITS_OF_WORK)
def test_twice_the_text_is_at_most_little_more_than_twice_the_work(text: str) -> None:
    extract(read(text))
    assert calls(text * 4) < 2.4 * calls(text * 2)


@pytest.mark.parametrize(
    ("sentence", "listed"),
    [
        ("培育机构三家、培训基地两个。", [("三", "measure"), ("两", "measure")]),
        ("每年组织员工体检一次。", [("一", "measure")]),
        ("拥有地标产品三个、集体商标两件。", [("三", "measure"), ("两", "measure")]),
        ("推进产业两个转变。", [("两", "other")]),
        ("检验费用减半收取,产值实现翻番。", [("半", "measure"), ("翻", "measure")]),
        ("建设一个园区,统一部署。", []),
    ],
)
def test_small_numerals_in_words_stand_in_the_ledger(sentence: str, listed: list[tuple[str, str]]) -> None:
    raw = f"某市方案\n一、任务\n(一)工作。{sentence}\n"
    ledger = extract(read(raw)).numerals
    assert [(n.text, n.disposition) for n in ledger if n.char_start > raw.index("(一)") + 2] == listed
