"""Bytes become text by evidence; text becomes one script and one width, with its map."""

from __future__ import annotations

import pytest

from dagster_project.reading import ReadingError, decode, fold, simplify

SIMPLIFIED = "到2025年,知识产权质押融资金额达到12亿元,专利导航项目达到30项,以上目标由各部门落实。"
TRADITIONAL = "到2025年,知識產權質押融資金額達到12億元,專利導航項目達到30項,以上目標由各部門落實。"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        pytest.param(SIMPLIFIED, "utf-8", "utf-8", id="utf-8"),
        pytest.param(SIMPLIFIED, "utf-8-sig", "utf-8-sig", id="utf-8 with mark"),
        pytest.param(SIMPLIFIED, "utf-16", "utf-16", id="utf-16 little-endian"),
        pytest.param(SIMPLIFIED, "utf-32", "utf-32", id="utf-32"),
        pytest.param(SIMPLIFIED, "gb18030", "gb18030", id="gb18030"),
        pytest.param(TRADITIONAL, "gb18030", "gb18030", id="gb18030, traditional"),
        pytest.param(TRADITIONAL, "big5", "big5", id="big5"),
        pytest.param("\ufeff" + TRADITIONAL, "utf-16-be", "utf-16", id="utf-16 big-endian"),
    ],
)
def test_an_encoding_is_known_by_its_bytes(text: str, codec: str, name: str) -> None:
    assert decode(text.encode(codec)) == (text.removeprefix("\ufeff"), name)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n", "empty", id="white space"),
        pytest.param(b"%PDF-1.7\n\x00\x01", "byte 9 is NUL", id="binary"),
        pytest.param(b"Only English here.", "No Chinese character", id="no Chinese"),
        pytest.param("知识产权".encode() + b"\xff\xfe\xfa\xff", "fails at byte 12", id="damaged utf-8"),
        pytest.param(b"\xff\xfe\x00\xd8A", "byte-order mark of utf-16", id="damaged utf-16"),
    ],
)
def test_a_file_that_is_no_chinese_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        decode(data)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        pytest.param("專利導航", "专利导航", id="traditional script"),
        pytest.param("（２０２５）：５０％，", "(2025):50%,", id="full width"),
        pytest.param("⑴⒈㈠", "(1)1.(一)", id="numbers in one character"),
        pytest.param("「一核」", "“一核”", id="traditional quotation marks"),
        pytest.param("⾼价值增⻓，⻓⻔⾦融⺠⽣", "高价值增长,长门金融民生", id="radicals"),
        pytest.param("⻑期", "长期", id="radical of the traditional script"),
        pytest.param("目\u3000录\xa0", "目 录 ", id="spaces"),
        pytest.param("知\u200b识\ufeff", "知识", id="invisible characters"),
        pytest.param("新增4\n\f0件", "新增4\n0件", id="end of a page"),
        pytest.param("新增4\f \r\n0件", "新增4 \n0件", id="end of a page before that of its line"),
        pytest.param("一、\f二、", "一、\n二、", id="end of a page alone"),
        pytest.param("甲\r\n乙\r丙", "甲\n乙\n丙", id="line ends"),
        pytest.param("①100m²㎡", "①100m²㎡", id="signs that are no digits"),
        pytest.param("2021–2025―", "2021—2025—", id="dashes"),
    ],
)
def test_text_is_folded(raw: str, folded: str) -> None:
    assert fold(raw).text == simplify(raw) == folded


def test_a_character_that_folds_to_many_keeps_its_raw_span() -> None:
    view = fold("一⑴专利")
    assert [view.raw_span(i, i + 1) for i in range(len(view.text))] == [(0, 1), *[(1, 2)] * 3, (2, 3), (3, 4)]


def test_a_raw_span_is_found_in_the_view() -> None:
    view = fold("⑴專\u200b利")
    assert view.text[slice(*view.view_span(1, 4))] == "专利"
