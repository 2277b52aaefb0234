"""Numerals, Arabic and Chinese, and years: how they are written and what they are worth.

Chinese numerals follow the usage of GB/T 15835-2011 (Arabic and Chinese numerals in publications), its capital forms
(壹, 贰 …) included.
"""

from __future__ import annotations

import re
from decimal import Decimal

YEAR = "(?:19|20)[0-9]{2}"  # as plans print the years that they speak of
NEAR_YEAR = "20[0-9]{2}"  # a year that a plan can be about, not one that it looks back on
HAN_DIGITS = "〇零一二两三四五六七八九"
FEW = rf"(?:[0-9]{{1,2}}|[{HAN_DIGITS}十]{{1,3}})"  # how many a span of time has: ⟨三⟩年, ⟨15⟩天
FIVE_YEARS = "十[一二三四五六七]五"  # a five-year plan: 十四五
CAPITALS = "壹贰叁肆伍陆柒捌玖"  # digits that cannot be altered, on cheques and in awards
DIGITS = {
    char: value for digits in ("零一二三四五六七八九", f"〇{CAPITALS}") for value, char in enumerate(digits)
} | {"两": 2, "参": 3}
PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000, "万": 10_000, "亿": 100_000_000}
_PART = re.compile(r"\d+(?:\.\d+)?|.")


def number_value(text: str) -> Decimal:
    """Return the exact value of a number without its unit, however it is written.

    1,200.5; 13 500; 二十万; 一千二百; 二〇二五; 三点五; 壹佰贰拾; 3亿5千万 (figures with places in words between them).

    Raises:
        ValueError: If a character of `text` is part of no numeral.
    """
    whole, _, decimals = text.replace(",", "").replace(" ", "").partition("点")
    if decimals:
        return Decimal(f"{number_value(whole):f}.{''.join(str(DIGITS[c]) for c in decimals)}")
    if len(whole) > 1 and all(c in DIGITS for c in whole):
        return Decimal("".join(str(DIGITS[c]) for c in whole))
    total = section = Decimal(0)
    digit: Decimal | None = None  # the one that is waiting for its place; 百 alone is one hundred, 零百 none
    for part in _PART.findall(whole):
        if part in DIGITS or part[0].isdecimal():
            digit = Decimal(DIGITS[part]) if part in DIGITS else Decimal(part)
        elif part in PLACES:
            place = PLACES[part]
            one = Decimal(1) if digit is None else digit
            if place == PLACES["亿"]:
                total = (total + section + (digit or 0) or one) * place
                section, digit = Decimal(0), None
            elif place == PLACES["万"]:
                total += (section + (digit or 0) or one) * place
                section, digit = Decimal(0), None
            else:
                section += one * place
                digit = None
        else:
            raise ValueError(f"{part!r} in {text!r} is no numeral")
    return total + section + (digit or 0)
