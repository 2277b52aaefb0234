"""Numerals, Arabic and Chinese, and years: how they are written and what they are worth.

Chinese numerals follow the usage of GB/T 15835-2011 (Arabic and Chinese numerals in publications), its capital forms
(壹, 贰 …) included.
"""

from __future__ import annotations

YEAR = "(?:19|20)[0-9]{2}"  # as plans print the years that they speak of
NEAR_YEAR = "20[0-9]{2}"  # a year that a plan can be about, not one that it looks back on
HAN_DIGITS = "〇零一二两三四五六七八九"
FEW = rf"(?:[0-9]{{1,2}}|[{HAN_DIGITS}十]{{1,3}})"  # how many a span of time has: ⟨三⟩年, ⟨15⟩天
FIVE_YEARS = "十[一二三四五六七]五"  # a five-year plan: 十四五
DIGITS = {
    char: value
    for digits in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
    for value, char in enumerate(digits)
} | {"两": 2, "参": 3}
PLACES = {"十": 10, "拾": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def han_value(text: str) -> float:
    """Return the value of a Chinese numeral, e.g. 二十万 → 200000, 一千二百 → 1200, 二〇二五 → 2025, 三点五 → 3.5.

    Raises:
        ValueError: If a character of `text` is no Chinese numeral.
    """
    whole, _, decimals = text.partition("点")
    if decimals:
        return float(f"{han_value(whole):.0f}.{''.join(str(DIGITS[c]) for c in decimals)}")
    if len(whole) > 1 and all(c in DIGITS for c in whole):
        return float("".join(str(DIGITS[c]) for c in whole))
    total = section = 0
    digit: int | None = None  # the one that is waiting for its place; 百 alone is one hundred, 零百 none
    for character in whole:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in PLACES:
            place = PLACES[character]
            one = 1 if digit is None else digit
            if place == PLACES["亿"]:
                total = (total + section + (digit or 0) or one) * place
                section, digit = 0, None
            elif place == PLACES["万"]:
                total += (section + (digit or 0) or one) * place
                section, digit = 0, None
            else:
                section += one * place
                digit = None
        else:
            raise ValueError(f"{character!r} in {text!r} is no Chinese numeral")
    return float(total + section + (digit or 0))


def number_value(text: str) -> float:
    """Return the value of an Arabic or Chinese number without its unit: 1,200.5 or 二十."""
    return float(text.replace(",", "")) if text[0].isdigit() else han_value(text)
