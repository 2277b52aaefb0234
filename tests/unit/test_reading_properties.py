"""What holds for every text: offsets, digits, coverage, and readings that do not depend on form."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.reading import decode, fold, read, simplify
from dagster_project.records import Reading

RAW = Path(__file__).parents[2] / "data" / "raw"
TEXTS = Path(__file__).parent / "texts"
PLANS = {path.parent.name: decode(path.read_bytes())[0] for path in sorted(RAW.glob("*/plan.txt"))}
PIECES = st.sampled_from(
    [
        *"一、 (一) （二） 1. 2、 ⑴ ① 第一章 第二条 一是 二是 —— -- · 专栏1 壹、 1.1 1.5亿元 附件 附件: 目录".split(),
        *"知识产权 發展 目标 。 、 ; ： 《 》 〔 〕 “ ” 方案 指导思想 基本原则 坚持创新。 分享到 —3— 0 7 4 ?".split(),
        *"责任单位: (牵头单位:市科技局 市财政局) 由市教育局负责。 市人民政府 2021年3月4日 关于印发《 》的通知".split(),
        *r'\n \r\n {"id":7, "title":"方案", " } PAGEREF_Toc1\h PAGE INSERT 问: 答: 目标......1 —4—'.split(),
        *"<br> &nbsp; www.a.com 2021415日 20211-20213月 〔202123号 5%6%".split(),
        *("\n", "\n\n", "\r\n", " ", "\t", "\u3000", "\u200b"),
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@given(ANY_TEXT)
def test_every_folded_character_stands_for_the_raw_text_that_folds_to_it(raw: str) -> None:
    view = fold(raw)
    spans = [view.raw_span(i, i + 1) for i in range(len(view.text))]
    assert [simplify(raw[slice(*span)]) for span in dict.fromkeys(spans)] == [
        "".join(c for c, s in zip(view.text, spans, strict=True) if s == span)
        for span in dict.fromkeys(spans)
    ]


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(raw: str) -> None:
    assert simplify(simplify(raw)) == simplify(raw)


@given(ANY_TEXT)
def test_spans_are_in_order_and_within_the_text(raw: str) -> None:
    view = read(raw).view
    assert list(view.starts) == sorted(view.starts)
    assert all(0 <= a <= b <= len(raw) for a, b in zip(view.starts, view.ends, strict=True))


@given(ANY_TEXT)
def test_blocks_cover_all_but_white_space_in_order(raw: str) -> None:
    reading = read(raw)
    at, left = 0, []
    for block in reading.blocks:
        assert at <= block.start < block.end
        left.append(reading.view.text[at : block.start])
        at = block.end
    assert not "".join([*left, reading.view.text[at:]]).strip()


def digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


@given(ANY_TEXT)
def test_digits_outside_the_recorded_repairs_are_kept(raw: str) -> None:
    reading = read(raw)
    kept, at = [], 0
    for repair in (r for r in reading.repairs if r.rule != "page_furniture"):
        kept += [simplify(raw[at : repair.char_start]), repair.after]
        at = max(at, repair.char_end)
    assert digits("".join([*kept, simplify(raw[at:])])) == digits(reading.view.text)


@given(ANY_TEXT)
def test_records_slice_back_and_numbers_are_keys(raw: str) -> None:
    reading = read(raw)
    assert all(raw[r.char_start : r.char_end] == r.before for r in reading.repairs)
    assert len({p.number for p in reading.provisions}) == len(reading.provisions)
    for p in reading.provisions:
        assert all(raw[a.char_start : a.char_end] == a.printed_name for a in p.agencies)
        assert all(p.char_start <= a.char_start <= a.char_end <= p.char_end for a in p.agencies)


def essence(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (p.number, p.section, simplify(p.heading), [(a.role, simplify(a.printed_name)) for a in p.agencies])
        for p in reading.provisions
    ]


FORMS = {
    "traditional script": opencc.OpenCC("s2t").convert,
    "line breaks between sentences": lambda text: re.sub("。(?!\n)", "。\n", text),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "empty lines between lines": lambda text: text.replace("\n", "\n\n"),
    "indented lines": lambda text: re.sub("(?m)^", "\u3000\u3000", text),
    "full-width punctuation": lambda text: text.translate(
        {ord(a): ord(b) for a, b in zip("(),;:", "（），；：", strict=True)}
    ),
    "byte-order mark": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("plan", PLANS)
def test_the_form_of_a_plan_does_not_change_its_outline(plan: str, form: str) -> None:
    assert essence(read(FORMS[form](PLANS[plan]))) == essence(read(PLANS[plan]))


HEADING = re.compile("(?m)^(?:[一二三四五六七八九]、|[(（][一二三四五六七八九][)）])[^。\n]{2,40}$")


def with_contents(text: str, entry: str) -> str:
    """Return a text with a table of contents before its first heading."""
    entries = (entry.format(heading=m[0], number=n) for n, m in enumerate(HEADING.finditer(text), 1))
    at = HEADING.search(text).start()  # type: ignore[union-attr]
    return text[:at] + "\n".join(entries) + "\n" + text[at:]


# What programs leave around a text, or in it, and copying takes along.
WRAPPINGS = {
    "escaped line breaks": lambda text: text.replace("\n", "\\n"),
    "a record": lambda text: json.dumps(
        {"id": 7, "source": "某市政府网", "content": text}, ensure_ascii=False
    ),
    "a web page": lambda text: "".join(f"<p class='text'>{line}</p>" for line in text.split("\n")),
    "dotted leaders": lambda text: with_contents(text, "{heading}......{number}"),
    "Word's fields": lambda text: with_contents(
        text, 'HYPERLINK \\l "_Toc{number}" {heading} PAGEREF _Toc{number} \\h {number}'
    ),
    "Markdown": lambda text: HEADING.sub(lambda m: f"## {m[0]}", text),
}


@pytest.mark.parametrize("form", WRAPPINGS)
@pytest.mark.parametrize("plan", PLANS)
def test_what_programs_leave_around_a_plan_does_not_change_it(plan: str, form: str) -> None:
    text = PLANS[plan].replace("\r\n", "\n")
    wrapped = read(WRAPPINGS[form](text))
    assert (essence(wrapped), wrapped.metadata) == (essence(read(text)), read(text).metadata)


# Where the form is the only evidence, another form is another text: the width of wrapped lines, unnumbered paragraphs.
ONLY_EVIDENCE = {
    ("printed_pages", "empty lines between lines"),
    ("unnumbered_measures", "line breaks between sentences"),
}
OTHERS = [
    (path.stem, form)
    for path in sorted(TEXTS.glob("*.txt"))
    for form in FORMS
    if (path.stem, form) not in ONLY_EVIDENCE
]


@pytest.mark.parametrize(("name", "form"), OTHERS, ids=map("-".join, OTHERS))
def test_the_form_of_another_text_does_not_change_its_outline(name: str, form: str) -> None:
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    assert essence(read(FORMS[form](text))) == essence(read(text))


@settings(max_examples=20)
@given(st.sampled_from(sorted(PLANS)), st.data())
def test_any_part_of_a_plan_can_be_read(plan: str, data: st.DataObject) -> None:
    text = PLANS[plan]
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))]
    assert read(part).view.raw == part


def calls(text: str) -> int:
    """Return how many functions reading `text` calls, C functions included: a measure of work without a clock."""
    count = 0

    def tally(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tally)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "text",
    [
        *(pytest.param(text + "\n", id=plan) for plan, text in PLANS.items()),
        pytest.param("- 专利\n" * 300, id="bullets"),
        pytest.param("(责任单位:市科技局\n" * 300, id="open brackets"),
        pytest.param("知识 产权,发展 2025 年。" * 300, id="gaps"),
        pytest.param("一、加强(一)知识。" * 300, id="numbers in one line"),
        pytest.param("《知识方案》同意\n知识方案\n" * 200, id="titles"),
    ],
)
def test_twice_the_text_is_at_most_little_more_than_twice_the_work(text: str) -> None:
    read(text)
    assert calls(text * 4) < 2.3 * calls(text * 2)
