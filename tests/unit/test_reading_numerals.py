"""Numerals and what they are worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.reading.numerals import number_value

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
    assert number_value(in_han(number)) == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_ten_thousands_add_to_ones(high: int, low: int) -> None:
    assert number_value(f"{in_han(high)}万{in_han(low)}") == high * 10_000 + low


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
        ("贰拾叁", 23),
        ("壹佰贰拾万", 1_200_000),
        ("叁仟", 3000),
    ],
)
def test_chinese_numeral(text: str, value: float) -> None:
    assert number_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3亿5千万", 350_000_000),
        ("2万3千", 23_000),
        ("1万2000", 12_000),
        ("5亿零300万", 503_000_000),
        ("3千5百", 3500),
        ("13 500", 13_500),
    ],
)
def test_figures_with_places_in_words(text: str, value: int) -> None:
    assert number_value(text) == value


def test_a_character_that_is_no_numeral_is_refused() -> None:
    with pytest.raises(ValueError, match="no numeral"):
        number_value("三个")
