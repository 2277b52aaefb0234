"""Numbers as policy Chinese writes them: numerals, magnitudes, fractions, ratios, multiples, ranges.

`find_quantities` works on a sentence of the folded view and knows nothing of what a number is about; that is
decided in `measures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from dagster_project.extraction import words as w
from dagster_project.extraction.words import PEOPLE, UNITS
from dagster_project.reading.numerals import CAPITALS, DIGITS, HAN_DIGITS, NEAR_YEAR, PLACES, number_value
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
    Word("成", unless_after="立 为 果 本 员 功 效 绩 交 熟 长 都 就 分 不变", example="占比达到三成"),
    Word("折", unless_after="旧 算 扣 合 叠", example="按六折收费"),
)
UNIT = one_of(
    [unit for unit in UNITS if unit not in {"∶", ":", "台"}],
    Word("台", unless_after="阶", example="产值突破千亿,购置设备5台"),
)

# ---- numbers of more than one part
# Thousands parted by blanks (4 500件) stand right behind a word; behind a blank or a bracket they are cells: (件) 186 400.
APART = r"\d{1,3}(?: \d{3})+(?:\.\d+)?"
_SPACED = rf"(?<=[一-鿿])(?<![表图第栏类号])(?<!附件){APART}(?= ?[余多]?(?:{MAGNITUDE})?(?:{UNIT}))"
_BELOW_10K = r"(?:零?\d{3,4}(?![\d.年])|零\d{1,2}(?!\d)|\d千(?:\d百)?|\d百)"
_MIXED = (  # figures with places in words between them: 3亿5千万, 1万2000, 3千5百
    rf"{ARABIC}亿(?:零?\d{{1,4}}|\d千(?:\d百)?|\d百)(?:万(?:{_BELOW_10K})?|(?=[余多]万))|{ARABIC}万{_BELOW_10K}|\d千\d百"
)
# In capitals; 伍, 陆, 拾 are parts of other words, too: 队伍, 大陆, 收拾. Bounded as HAN is: a run of them without end
# would be gone through anew from each of its characters.
_CAPITAL = (
    rf"(?<![队入退大登着水收捡])[{CAPITALS}参拾]"
    rf"(?:[{CAPITALS}零拾佰仟万亿]{{0,24}}[拾佰仟][{CAPITALS}零拾佰仟万亿]{{0,24}}|[万亿]{{0,2}}(?=[元圆]))"
)
# Two digits side by side say about how many: 两三家, 三五百家, 十七八家; three say which: 一二三产业.
_ABOUT = (
    rf"(?<![{_HAN_SIGNS}\d.])(?P<base>[{_HAN_SIGNS}]*[十百千万])?(?P<pair>一两|一二|两三|二三|三四|三五|四五|五六|六七|七八|八九)"
    rf"(?![{HAN_DIGITS}])(?P<place>[十百千]?)"
)
_YUAN_IN_WORDS = rf"(?<=[{CAPITALS}拾佰仟万亿])圆(?![满桌形梦])"
_AND_HALF = "(?<=[年天时倍])半(?![年载个天价数径导岛])"  # 一年半, 1.5 years
_NO_HALF = "上下前后大小每多个"  # 上半年, 每半年 are no spans of half a year


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


class Quantity(NamedTuple):
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
        is_first: 首例, 首单, 首个: the first of its kind, which counts one; so does the next one, 第二单.
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


def magnitude_value(text: str | None) -> int:
    """Return what a magnitude multiplies by: 万亿 → 10¹²; nothing → 1."""
    value = 1
    for character in text or "":
        value *= PLACES[character]
    return value


def scaled(value: float, magnitude: str | None) -> float:
    """Return a number times its magnitude, without an error of binary fractions: 4.6, 亿 → 460000000."""
    return float(Decimal(repr(value)) * magnitude_value(magnitude))


_CASE = "[单例笔个家]"
_NTH = "第(?:[二三四五六七八九十]|[2-9])"
_FORMS = {  # the most specific first: at one place the first that fits wins
    "fraction": rf"(?P<under>百|千|万|{NUMBER})分之(?P<over>{ARABIC}|[{HAN_DIGITS}十百]{{1,12}}(?:点[{HAN_DIGITS}]{{1,12}})?)"
    r"|(?<![\d/.])(?P<num>\d{1,2})/(?P<den>\d{1,3})(?![\d/万])",
    "ratio": r"(?<![\d:∶])\d{1,3}(?:\.\d+)?(?:\s*[∶:比]\s*\d{1,3}(?:\.\d+)?){1,3}(?![\d:年月])",
    "tenths": rf"(?P<tenth>[一二两三四五六七八九]|(?<![\d.])[1-9](?:\.\d)?){_TENTH}|一半|对半",
    "multiply": r"翻了?(?P<times>[一两二三])?番|翻了?一?倍|减半(?=征|收|缴|计|[,。;、)]|$)",
    # 第二单 is one more deal; 第二单元 and 第二例会 are none.
    "first": rf"首(?P<kind>{_CASE})|{_NTH}(?P<next_kind>[单例])(?![元位子会如题])",
    "half": rf"(?P<whole>{NUMBER})个半(?P<part>月|小时)|(?<![{_NO_HALF}])半(?P<span>个月|年|天|个?小时)",
    "about": rf"{_ABOUT}(?:(?P<about_mag>{MAGNITUDE})?(?P<about_unit>{UNIT})|{_TENTH})",
    "plain": rf"(?P<number>{_SPACED}|{_MIXED}|{_CAPITAL}|{NUMBER})(?P<more>[余多来])?(?P<mag>{MAGNITUDE})?(?P<more2>[余多])?"
    rf"(?:(?P<unit>{UNIT}|{_YUAN_IN_WORDS})(?P<and_half>{_AND_HALF})?| (?P<sign>[%‰]))?",
}
_OPENS = (
    rf"[\d首第翻减对半{_HAN_SIGNS}{CAPITALS}参拾]"  # one look at most characters instead of one for each form
)
_QUANTITY = re.compile(f"(?={_OPENS})(?:{'|'.join(f'(?P<{name}>{form})' for name, form in _FORMS.items())})")
#: What a sentence with a quantity has.
HAS_NUMBER = re.compile(rf"[\d首翻半{_HAN_SIGNS}{CAPITALS}拾]")
#: Numerals of a ledger: 首例 stands for one; 余, 多, 来 begin no numeral (十余万).
ARABIC_NUMERAL = re.compile(r"\d+(?:[.．]\d+)?")
HAN_NUMERAL = re.compile(
    rf"首(?={_CASE})|(?<=[减对])半|翻(?=了?[番倍])|{_CAPITAL}|(?<![{_NO_HALF}])半(?=年|天|个?小时|个月)|(?<![\d余多来])[{_HAN_SIGNS}]+"
)
_IS_MULTIPLE = re.compile(
    r"(?:[、和]\s*\d{1,3}(?:\.\d+)?[∶:]\d{1,3}(?:\.\d+)?)*(?:的?(?:比例|额度|标准))?(?:分别|分期|对等)?(?:(?:给予|进行|予以|安排|落实)[^,。;、\d]{0,8})?(?:配套|匹配|奖励|补助|资助|补贴|支持|最高)"
)  # 按1:1给予配套: as much again; 按1:0.5配套: half as much
_IS_QUOTIENT = re.compile(
    r"比(?:例)?(?:力争|不[高低]于|达到?|为|约|控制在|提高到)*$"
)  # 车桩比不高于2.5∶1: one by the other
TO = r"(?:—+|-+|~|–|至|到)"  # between the ends of a range: 50—100万元, 2021年至2023年
RANGE_LINK = re.compile(rf"(?:以上|\(含\))? ?{TO} ?(?=[\d{HAN_DIGITS}十百千])")


def find_quantities(sentence: str) -> Iterator[Quantity]:
    """Yield the quantities of a sentence from left to right; a ratio 8∶2 gives its two sides with one span.

    Numbers without a unit are yielded with ``unit_word=""``.
    """
    found = list(_with_ranges(sentence))
    for index, quantity in enumerate(found):
        if not quantity.unit_word and not quantity.is_han:
            found[index] = _with_unit_before(quantity, sentence)
    _share_unit(found, sentence)
    yield from found


def _with_ranges(sentence: str) -> Iterator[Quantity]:
    """Yield the quantities as they stand there, but the low end of a range with the unit of its high end."""
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
            value = scaled(quantity.value, row["mag"] or row["mag2"])
            label = re.split(r"\s+", re.split(f"[{w.CLAUSE_MARKS}]", sentence[: row.start()])[-1].strip())[-1]
            cell = Cell(label, row["unit"] or row["unit2"], year, note=f"row {label}, column {year}")
            yield quantity._replace(value=value, unit_word=cell.unit, cell=cell)
        else:
            yield quantity


def _values(match: re.Match[str]) -> Iterator[Quantity]:
    """Turn one match into its quantities; a ratio has several, an estimate two, a fraction of nothing none."""
    form = match.lastgroup or ""  # the groups inside a form close before it
    bounds = ("low", "high") if form == "about" else (None, None, None, None)
    for (value, unit), bound in zip(_READERS[form](match), bounds, strict=False):
        yield Quantity(
            *match.span(),
            float(value),
            unit,
            is_han=not match[0][0].isdigit(),
            bound=bound,
            is_inexact=bool(match["more"] or match["more2"]),
            is_first=form == "first",
        )


Values = Iterator[tuple[Decimal | float, str]]
_HALF = Decimal("0.5")


def _read_fraction(match: re.Match[str]) -> Values:
    """三分之二, 百分之三十, 1/3 → percent, to three places; of less to three digits: 百万分之二 is no 0."""
    if match["den"]:
        over, under = Decimal(match["num"]), Decimal(match["den"])
    else:
        over = number_value(match["over"])
        under = Decimal(PLACES.get(match["under"], 0)) or number_value(match["under"])
    if under:
        percent = 100 * over / under
        yield round(percent, max(3, 2 - percent.adjusted())), "%"


def _read_ratio(match: re.Match[str]) -> Values:
    """8∶2 → the shares 80 and 20; 按1:1给予配套 → once as much, 按1:0.5 → half as much."""
    sides = [float(side) for side in re.findall(r"[\d.]+", match[0])]
    multiple = _IS_MULTIPLE.match(match.string, match.end())
    quotient = _IS_QUOTIENT.search(match.string, 0, match.start()) if 1.0 in sides else None
    if (multiple or quotient) and sides[1]:
        others = sides[1] / sides[0] if multiple and sides[0] else sides[1]
        yield round(others if multiple or sides[1] != 1 else sides[0], 3), ":"
    elif sum(sides):
        for side in sides:
            yield round(100 * side / sum(sides), 3), "∶"


def _read_tenths(match: re.Match[str]) -> Values:
    """三成 → 30 %, 六折 → 60 %, 8.5折 → 85 %, 一半 → 50 %."""
    tenth = match["tenth"]
    yield 10.0 * (DIGITS[tenth] if tenth in DIGITS else float(tenth)) if tenth else 50.0, "%"


def _read_multiple(match: re.Match[str]) -> Values:
    """翻一番, 翻倍 → 2 times, 翻两番 → 4 times; 减半 → 50 %."""
    if "半" in match[0]:
        yield 50.0, "%"
    else:
        yield 2.0 ** DIGITS[match["times"] or "一"], "倍"


def _read_first(match: re.Match[str]) -> Values:
    """首例, 首单, 首个 → 1; 第二单 → 1, one more."""
    yield 1.0, match["kind"] or match["next_kind"]


def _read_half(match: re.Match[str]) -> Values:
    """半年 → 0.5 年, 一个半月 → 1.5 个月."""
    if match["whole"]:
        yield number_value(match["whole"]) + _HALF, {"月": "个月"}.get(match["part"], match["part"])
    else:
        yield _HALF, {"个小时": "小时"}.get(match["span"], match["span"])


def _read_about(match: re.Match[str]) -> Values:
    """两三家 → 2 and 3 家, 十七八万元 → 170000 and 180000 元, 七八成 → 70 and 80 %."""
    for digit in match["pair"]:
        value = number_value((match["base"] or "") + digit + match["place"])
        if match["about_unit"]:
            yield value * magnitude_value(match["about_mag"]), match["about_unit"]
        else:
            yield 10 * value, "%"


def _read_plain(match: re.Match[str]) -> Values:
    """4.5万件 → 45000 件, 5‰ → 0.5 %, 一年半 → 1.5 年."""
    number, magnitude = match["number"], match["mag"]
    if "亿" in number and magnitude == "万":  # 三亿五千多万: 万 belongs to 五千 alone
        value = number_value(number + magnitude)
    else:
        value = number_value(number) * magnitude_value(magnitude)
    unit = match["unit"] or match["sign"] or (_unit_left_out(match) if magnitude else "")
    value += _HALF if match["and_half"] else 0
    yield (value / 10, "%") if unit == "‰" else (value, "元" if unit == "圆" else unit)


_SUM = one_of(
    "奖励 奖补 补助 补贴 资助 给予 予以 金额 额度 资金 资本 投入 产值 收入 贡献 销售额 营收 贷款 授信 融资 税收 罚款",
    Word("投资", unless_after="者 人", example="完成投资500万"),
)
_TENS_OF_THOUSANDS = rf"{ARABIC}[千万亿]"
_RAISED = "(?:提高|增加|提升|扩大|调整|降低|压减)[到至为]"
_SUM_BEFORE = re.compile(rf"{_SUM}[^,。;:\d]{{0,8}}(?:{_TENS_OF_THOUSANDS}(?:[、—~至到-]|{_RAISED}))*$")
_SUM_AFTER = re.compile(
    rf"(?:[、—~至到-]|{_RAISED}){_TENS_OF_THOUSANDS}|以[上下内]|[^,。;\d]{{0,8}}(?:奖励|奖补|补助|补贴|资助|贴息|支持|扶持)|的|[,。;、)]|$"
)
# What bounds a sum by itself: 单个项目不超过200万; and what does where a sum is spoken of before: 最高3万.
_SUM_BOUNDED = re.compile(
    r"(?:单个?|每)[个家户项件笔人][^,。;:\d]{0,6}(?:最高|不超过|上限|限额|封顶)[^,。;:\d]{0,4}$"
)
_BOUNDED = re.compile(r"(?:最高|不超过|上限|限额|封顶)[^,。;:\d]{0,4}$")
_PEOPLE_AFTER = re.compile(PEOPLE)
_LOOK_BACK = 40  # characters in which a word of money stands


def _unit_left_out(match: re.Match[str]) -> str:
    """Return the unit that the words around say: 给予⟨50万⟩奖励, ⟨46万⟩群众."""
    text = match.string
    if _PEOPLE_AFTER.match(text, match.end()):
        return "人"
    if match["mag"][-1] not in "千万亿" or not _SUM_AFTER.match(text, match.end()):
        return ""
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    is_bounded = _SUM_BOUNDED.search(before) or (_BOUNDED.search(before) and re.search(_SUM, before))
    return "元" if is_bounded or _SUM_BEFORE.search(before) else ""


_READERS = {
    "fraction": _read_fraction,
    "ratio": _read_ratio,
    "tenths": _read_tenths,
    "multiply": _read_multiple,
    "first": _read_first,
    "half": _read_half,
    "about": _read_about,
    "plain": _read_plain,
}


_IN_TURN = re.compile("(?:分别|依次)[^,。;:]*$")
# Not in a list that shares a unit: a number of what is named before it (表3、5个), or one that opens a line.
_NUMBERED = re.compile(r"(?:^|[。;:()\s第表图件栏号条款章节前])$")
_ABOUT_IN_FIGURES = re.compile(
    rf"(?P<low>[1-8]|[一二三四五六七八])、(?P<high>[2-9]|[二三四五六七八九])(?![\d{HAN_DIGITS}十.])"
)
_SHARES = 100  # 1000、500万元 are all 万; a list of which one is 100 times the last (5000、1万元) shares the unit alone


def _share_unit(found: list[Quantity], sentence: str) -> None:
    """Give all figures of a list the unit that stands behind the last one: 5、3、1万元; 分别达到10、15、30项."""
    last = len(found) - 1
    while last > 0:
        first = last
        while first > 0 and _is_listed(found[first - 1], found[first], sentence):
            first -= 1
        is_about = first == last - 1 and _is_about(found[first], found[last], sentence)
        if first < last and (is_about or _has_one_unit(found[first], found[last], sentence)):
            shared = re.search(MAGNITUDE, sentence[found[last].start : found[last].end])
            for index in range(first, last):
                own = found[index]
                is_bare = not re.search(MAGNITUDE, sentence[own.start : own.end])
                if shared and is_bare and scaled(own.value, shared[0]) <= _SHARES * found[last].value:
                    own = own._replace(value=scaled(own.value, shared[0]))
                if sentence[found[last].end - 1] == "‰":
                    own = own._replace(value=float(Decimal(repr(own.value)) / 10))
                found[index] = own._replace(unit_word=found[last].unit_word)
            if is_about:
                found[first], found[last] = (
                    found[first]._replace(bound="low"),
                    found[last]._replace(bound="high"),
                )
        last = min(first, last - 1)


def _is_listed(one: Quantity, other: Quantity, sentence: str) -> bool:
    """Say whether a number without a unit, or a range of two, is listed with the one behind it: 50-100、200万元."""
    between = sentence[one.end : other.start].strip()
    if one.bound == "low":
        return not one.unit_word and other.bound == "high" and bool(re.fullmatch(TO, between))
    return not one.unit_word and between in {"、", "和", "或"}


def _is_about(one: Quantity, other: Quantity, sentence: str) -> bool:
    """Say whether two figures are one estimate, 2、3家; not where each has its own thing: 分别奖励2、3家."""
    match = _ABOUT_IN_FIGURES.match(sentence, one.start)
    word, before = other.unit_word, sentence[: one.start]
    if not match or not word or word in {*w.TIME_SIGNS, *w.NAMING_UNITS} or other.bound:
        return False
    is_next = number_value(match["low"]) + 1 == number_value(match["high"])
    return is_next and not _NUMBERED.search(before) and not _IN_TURN.search(before)


def _has_one_unit(first: Quantity, last: Quantity, sentence: str) -> bool:
    """Say whether the unit of the last figure of a list is that of all: sums are, counts where 分别 tells them apart."""
    word = last.unit_word
    if word in w.TIME_SIGNS or not word or last.bound or _NUMBERED.search(sentence[: first.start]):
        return False
    return (UNITS.get(word) == "CNY" and not first.is_han) or bool(_IN_TURN.search(sentence[: first.start]))


_UNIT_BEFORE = re.compile(rf"[一-鿿]\((?P<mag>{MAGNITUDE})?(?P<unit>{UNIT})\)(?:为|达到?|:)?$")
_FIGURE_CLOSED = re.compile(r"[,。;)]|$|以[上下]|左右")
_LONGEST_UNIT = 16  # characters of a unit in brackets


def _with_unit_before(quantity: Quantity, sentence: str) -> Quantity:
    """Give a figure the unit that stands in brackets behind its name: 融资总额(亿元)10.2."""
    before = _UNIT_BEFORE.search(sentence[max(0, quantity.start - _LONGEST_UNIT) : quantity.start])
    if not before or not _FIGURE_CLOSED.match(sentence, quantity.end):
        return quantity
    return quantity._replace(value=scaled(quantity.value, before["mag"]), unit_word=before["unit"])


def _join_range(low: Quantity, high: Quantity, sentence: str) -> tuple[Quantity, Quantity]:
    """Give the low end the unit and magnitude that the two ends of a range share (50—100万元, 2—3个)."""
    if low.unit_word and low.unit_word != high.unit_word:
        return low, high
    value = low.value
    if not low.unit_word:
        shared = re.search(MAGNITUDE, sentence[high.start : high.end])
        if shared and low.value < high.value / magnitude_value(shared[0]):
            value = scaled(low.value, shared[0])
    low = low._replace(value=value, unit_word=high.unit_word, bound="low")
    return low, high._replace(bound="high")
