"""Numbers as policy Chinese writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.extraction.numbers import find_quantities, han_value, number_value

DIGITS = "零一二三四五六七八九"


def in_han(number: int) -> str:
    """Write a number below 10,000 in Chinese numerals."""
    text, zero = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return text or "零"


@given(st.integers(0, 9999))
def test_a_number_in_chinese_numerals_has_its_value(number: int) -> None:
    assert han_value(in_han(number)) == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_ten_thousands_add_to_ones(high: int, low: int) -> None:
    assert han_value(f"{in_han(high)}万{in_han(low)}") == high * 10_000 + low


@given(st.integers(0, 10**9))
def test_separators_of_thousands_do_not_count(number: int) -> None:
    assert number_value(f"{number:,}") == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十", 20),
        ("一百零五", 105),
        ("两千", 2000),
        ("三亿五千万", 350_000_000),
        ("一万亿", 10**12),
        ("二〇二五", 2025),
        ("三点五", 3.5),
    ],
)
def test_chinese_numeral(text: str, value: float) -> None:
    assert han_value(text) == value


def test_a_character_that_is_no_numeral_is_refused() -> None:
    with pytest.raises(ValueError, match="no Chinese numeral"):
        han_value("三个")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.5万件", [("4.5万件", 45_000, "件")]),
        ("115亿元", [("115亿元", 11_500_000_000, "元")]),
        ("1,234.5万元", [("1,234.5万元", 12_345_000, "元")]),
        ("百分之三十", [("百分之三十", 30, "%")]),
        ("三分之二", [("三分之二", 66.667, "%")]),
        ("1/3", [("1/3", 33.333, "%")]),
        ("5‰", [("5‰", 0.5, "%")]),
        ("三成", [("三成", 30, "%")]),
        ("8∶2", [("8∶2", 80, "∶"), ("8∶2", 20, "∶")]),
        ("6:3:1的比例", [("6:3:1", 60, "∶"), ("6:3:1", 30, "∶"), ("6:3:1", 10, "∶")]),
        ("1:1配套", [("1:1", 1, ":")]),
        ("2.7倍", [("2.7倍", 2.7, "倍")]),
        ("翻一番", [("翻一番", 2, "倍")]),
        ("翻两番", [("翻两番", 4, "倍")]),
        ("首例", [("首例", 1, "例")]),
        ("2—3个", [("2", 2, "个"), ("3个", 3, "个")]),
        ("50—100万元", [("50", 500_000, "元"), ("100万元", 1_000_000, "元")]),
        ("5000元-1万元", [("5000元", 5_000, "元"), ("1万元", 10_000, "元")]),
        ("5个百分点", [("5个百分点", 5, "个百分点")]),
        ("成立", []),
    ],
)
def test_quantity(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert [(text[q.start : q.end], q.value, q.unit_word) for q in find_quantities(text)] == expected
