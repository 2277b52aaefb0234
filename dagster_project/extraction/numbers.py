"""Numbers as policy Chinese writes them: numerals, magnitudes, fractions, ratios, multiples, ranges.

`find_quantities` works on a sentence of the folded view and knows nothing of what a number is about; that is
decided in `measures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dagster_project.extraction import words as w
from dagster_project.extraction.words import PEOPLE, UNITS
from dagster_project.reading.numerals import DIGITS, HAN_DIGITS, NEAR_YEAR, PLACES, number_value
from dagster_project.reading.vocabulary import Word, one_of

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_HAN_SIGNS = f"{HAN_DIGITS}十百千万亿"
HAN = rf"[{_HAN_SIGNS}]{{1,24}}(?:点[{HAN_DIGITS}]{{1,12}})?"
NUMBER = rf"(?:{ARABIC}|{HAN})"
MAGNITUDE = one_of(
    "万亿 千亿 百亿 十亿 亿 千万 百万 十万 万",
    Word("千", unless_after="瓦 米 克", example="惠及5千家企业"),
    Word("百", unless_after="分点", example="惠及3百家企业"),
)
_TENTH = one_of(
    "",
    Word("成", unless_after="立 为 果 本 员 功 效 绩 交 熟 长 都 就 分", example="占比达到三成"),
    Word("折", unless_after="旧 算 扣 合 叠", example="按六折收费"),
)
UNIT = "|".join(sorted((re.escape(u) for u in UNITS if u not in {"∶", ":"}), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table says of a figure.

    Attributes:
        label: The label of its row and the head of its column, without unit and year.
        unit: The unit as printed in head, row or caption, with its magnitude: 亿元, 件/万人; empty where it is in the cell.
        year: The year of its column, row or table.
        is_target: Whether the head of its column says 目标 (true) or 现状, 实际 (false); None where it says neither.
        caption: What the table is about.
        column: The head of its column without unit and year; empty where that says only 现状, 目标 or a year.
        row_heads: The heads of the columns in which the labels of its row stand: 项目名称.
        heads_after: The heads of the columns behind its own, a line each.
        row: Its row in the view, where it is cut out of it.
        group: The class of its row, which is a part of the name where that is not enough: 领域 高校.
        note: Row, column and source of the unit, for people.
    """

    label: str
    unit: str = ""
    year: int | None = None
    is_target: bool | None = None
    caption: str = ""
    column: str = ""
    row_heads: str = ""
    heads_after: str = ""
    row: tuple[int, int] | None = None
    group: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, at ``sentence[start:end]``.

    Attributes:
        start: Where the number starts in the sentence.
        end: Where its unit ends.
        value: In the base unit that the printed unit stands for (万元 are counted in yuan).
        unit_word: The unit as printed, folded, without its magnitude: 元, 家, %, ∶ (a ratio), 倍 …
        is_han: Written in Chinese numerals.
        bound: `low` or `high` for the two ends of a range, else None.
        is_inexact: 余, 多 or 来 stand inside the number (100余家).
        cell: What its row, column and caption say of it, where it is a cell of a table.
        is_first: 首例, 首单, 首笔: the first of its kind, which counts one.
    """

    start: int
    end: int
    value: float
    unit_word: str
    is_han: bool = False
    bound: str | None = None
    is_inexact: bool = False
    is_first: bool = False
    cell: Cell | None = None

    @property
    def is_side(self) -> bool:
        """One side of a ratio: 8∶2 has two."""
        return self.unit_word == "∶"


def magnitude_value(text: str | None) -> float:
    """Return what a magnitude multiplies by: 万亿 → 1e12; nothing → 1."""
    value = 1.0
    for character in text or "":
        value *= PLACES[character]
    return value


_CASE = "[单例笔]"
_FORMS = {  # the most specific first: at one place the first that fits wins
    "fraction": rf"(?P<under>百|千|万|{NUMBER})分之(?P<over>{ARABIC}|[{HAN_DIGITS}十百]{{1,12}}(?:点[{HAN_DIGITS}]{{1,12}})?)"
    r"|(?<![\d/.])(?P<num>\d{1,2})/(?P<den>\d{1,3})(?![\d/万])",
    "ratio": r"(?<![\d:∶])\d{1,3}(?:\.\d+)?(?:\s*[∶:比]\s*\d{1,3}(?:\.\d+)?){1,3}(?![\d:年月])",
    "tenths": rf"(?P<tenth>[一二三四五六七八九]){_TENTH}|一半|对半",
    "multiply": r"翻(?P<times>[一两二三])?番|翻倍|减半(?=征|收|缴|计)",
    "first": rf"首(?P<kind>{_CASE})",
    "plain": rf"(?P<number>{NUMBER})(?P<more>[余多来])?(?P<mag>{MAGNITUDE})?(?P<more2>[余多])?(?P<unit>{UNIT})?",
}
_QUANTITY = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()))
#: What a sentence with a quantity has.
HAS_NUMBER = re.compile(rf"[\d首翻半{_HAN_SIGNS}]")
#: Numerals of a ledger: 首例 stands for one; 余, 多, 来 begin no numeral (十余万).
ARABIC_NUMERAL = re.compile(r"\d+(?:[.．]\d+)?")
HAN_NUMERAL = re.compile(rf"首(?={_CASE})|(?<![\d余多来])[{_HAN_SIGNS}]+")
_IS_MULTIPLE = re.compile(
    r"(?:的?比例)?(?:给予|进行|予以|安排|落实)?(?:配套|匹配|奖励|补助)"
)  # 按1:1给予配套: as much again
_IS_QUOTIENT = re.compile(
    r"比(?:例)?(?:力争|不[高低]于|达到?|为|约|控制在|提高到)*$"
)  # 车桩比不高于2.5∶1: one by the other
TO = r"(?:—+|-+|~|–|至|到)"  # between the ends of a range: 50—100万元, 2021年至2023年
RANGE_LINK = re.compile(rf"(?:以上|\(含\))? ?{TO} ?(?=[\d{HAN_DIGITS}十百千])")


def find_quantities(sentence: str) -> Iterator[Quantity]:
    """Yield the quantities of a sentence from left to right; a ratio 8∶2 gives its two sides with one span.

    Numbers without a unit are yielded with ``unit_word=""``.
    """
    pending: Quantity | None = None  # the low end of a range, waiting for the unit of its high end
    for match in _QUANTITY.finditer(sentence):
        for quantity in _values(match):
            if pending is not None:
                low, joined = _join_range(pending, quantity, sentence)
                yield low
                pending = None
            else:
                joined = quantity
            if (match["plain"] or match["under"]) and RANGE_LINK.match(sentence, quantity.end):
                pending = joined
            else:
                yield joined
    if pending is not None:
        yield pending


_GLUED = re.compile(
    rf"(?:\((?P<mag>{MAGNITUDE})?(?P<unit>{UNIT})\)|[\s|](?P<mag2>{MAGNITUDE})?(?P<unit2>{UNIT}))(?P<cells>(?:[\s|]+{ARABIC}(?=[\s|]|$))+)"
)
_COLUMN_YEARS = re.compile(rf"{NEAR_YEAR}(?={w.YEAR_SIGN}?[^\s|\d,。;]{{0,6}}(?:[\s|]|$))")


def column_years(line: str, above: Sequence[int]) -> Sequence[int]:
    """Return the years of the columns of the table that a line belongs to; empty where it belongs to none.

    Args:
        line: The head of a table, or a line below it.
        above: The years of the line before.
    """
    if _GLUED.search(line) and above:
        return above
    years = [int(year) for year in _COLUMN_YEARS.findall(line)]
    return years if len(years) > 1 else ()


def fill_columns(sentence: str, quantities: Sequence[Quantity], above: Sequence[int]) -> Iterator[Quantity]:
    """Give the cells of a table with single blanks the unit of their row and the year of their column.

    指标 2020年 2025年 1 海外发明专利授权量(件) 186 400 → 186 件 (2020), 400 件 (2025).

    Args:
        sentence: A table that was glued into one line, or a row of one.
        quantities: What was found in it.
        above: The years of the columns, where they stand in a line above.
    """
    cells: dict[int, tuple[re.Match[str], int]] = {}
    for row in _GLUED.finditer(sentence):
        years = [int(year) for year in _COLUMN_YEARS.findall(sentence[: row.start()])] or above
        numbers = list(re.finditer(ARABIC, sentence[: row.end()][row.start("cells") :]))
        for number, year in zip(numbers, years, strict=False):
            cells[row.start("cells") + number.start()] = row, year
    for quantity in quantities:
        if quantity.start in cells and not quantity.unit_word:
            row, year = cells[quantity.start]
            value = quantity.value * magnitude_value(row["mag"] or row["mag2"])
            label = re.split(r"\s+", re.split(f"[{w.CLAUSE_MARKS}]", sentence[: row.start()])[-1].strip())[-1]
            cell = Cell(label, row["unit"] or row["unit2"], year, note=f"row {label}, column {year}")
            yield replace(quantity, value=value, unit_word=cell.unit, cell=cell)
        else:
            yield quantity


def _values(match: re.Match[str]) -> Iterator[Quantity]:
    """Turn one match into its quantities; a ratio has several, a fraction of nothing none."""
    form = next(name for name in _FORMS if match[name])
    for value, unit in _READERS[form](match):
        yield Quantity(
            *match.span(),
            value,
            unit,
            is_han=not match[0][0].isdigit(),
            is_inexact=bool(match["more"] or match["more2"]),
            is_first=form == "first",
        )


Values = Iterator[tuple[float, str]]


def _read_fraction(match: re.Match[str]) -> Values:
    """三分之二, 百分之三十, 1/3 → percent."""
    if match["den"]:
        over, under = float(match["num"]), float(match["den"])
    else:
        over, under = number_value(match["over"]), PLACES.get(match["under"]) or number_value(match["under"])
    if under:
        yield round(100 * over / under, 3), "%"


def _read_ratio(match: re.Match[str]) -> Values:
    """8∶2 → the shares 80 and 20; 按1:1给予配套 → once as much."""
    sides = [float(side) for side in re.findall(r"[\d.]+", match[0])]
    multiple = _IS_MULTIPLE.match(match.string, match.end())
    quotient = _IS_QUOTIENT.search(match.string, 0, match.start()) if 1.0 in sides else None
    if (multiple or quotient) and sides[1]:
        yield round(sides[0] / sides[1] if sides[1] == 1 or multiple else sides[1], 3), ":"
    elif sum(sides):
        for side in sides:
            yield round(100 * side / sum(sides), 3), "∶"


def _read_tenths(match: re.Match[str]) -> Values:
    """三成 → 30 %, 六折 → 60 %, 一半 → 50 %."""
    yield 10.0 * DIGITS[match["tenth"]] if match["tenth"] else 50.0, "%"


def _read_multiple(match: re.Match[str]) -> Values:
    """翻一番 → 2 times, 翻两番 → 4 times; 减半 → 50 %."""
    if "半" in match[0]:
        yield 50.0, "%"
    else:
        yield 2.0 ** DIGITS[match["times"] or "一"], "倍"


def _read_first(match: re.Match[str]) -> Values:
    """首例, 首单, 首笔 → 1."""
    yield 1.0, match["kind"]


def _read_plain(match: re.Match[str]) -> Values:
    """4.5万件 → 45000 件, 5‰ → 0.5 %."""
    value = number_value(match["number"]) * magnitude_value(match["mag"])
    unit = match["unit"] or (_unit_left_out(match) if match["mag"] else "")
    yield (value / 10, "%") if unit == "‰" else (value, unit)


_SUM = one_of(
    "奖励 奖补 补助 补贴 资助 给予 予以 金额 额度 资金 产值 收入 贡献 销售额 营收 贷款 授信 融资 税收 罚款",
    Word("投资", unless_after="者 人", example="完成投资500万"),
)
_TENS_OF_THOUSANDS = rf"{ARABIC}[万亿]"
_SUM_BEFORE = re.compile(rf"{_SUM}[^,。;:\d]{{0,8}}(?:{_TENS_OF_THOUSANDS}[、—~至到-])*$")
_SUM_AFTER = re.compile(
    rf"[、—~至到-]{_TENS_OF_THOUSANDS}|以[上下内]|[^,。;\d]{{0,8}}(?:奖励|奖补|补助|补贴|资助|贴息|支持|扶持)|的?(?:[,。;、)]|$)"
)
_PEOPLE_AFTER = re.compile(PEOPLE)
_LOOK_BACK = 40  # characters in which a word of money stands


def _unit_left_out(match: re.Match[str]) -> str:
    """Return the unit that the words around say: 给予⟨50万⟩奖励, ⟨46万⟩群众."""
    text = match.string
    if _PEOPLE_AFTER.match(text, match.end()):
        return "人"
    is_sum = _SUM_AFTER.match(text, match.end()) and _SUM_BEFORE.search(
        text[max(0, match.start() - _LOOK_BACK) : match.start()]
    )
    return "元" if is_sum and match["mag"][-1] in "万亿" else ""


_READERS = {
    "fraction": _read_fraction,
    "ratio": _read_ratio,
    "tenths": _read_tenths,
    "multiply": _read_multiple,
    "first": _read_first,
    "plain": _read_plain,
}


def _join_range(low: Quantity, high: Quantity, sentence: str) -> tuple[Quantity, Quantity]:
    """Give the low end the unit and magnitude that the two ends of a range share (50—100万元, 2—3个)."""
    if low.unit_word and low.unit_word != high.unit_word:
        return low, high
    value = low.value
    if not low.unit_word:
        shared = re.search(MAGNITUDE, sentence[high.start : high.end])
        if shared and low.value < high.value / magnitude_value(shared[0]):
            value = low.value * magnitude_value(shared[0])
    low = replace(low, value=value, unit_word=high.unit_word, bound="low")
    return low, replace(high, bound="high")
