"""Numbering styles of Chinese official documents: one table, a new style being one row.

GB/T 9704-2012 sets out 一、 › (一) › 1. › (1); laws use 编 › 章 › 节 › 条; practice adds ①, 一是, boxes and bullets.
The order of the table is the order of nesting where a text does not show another one (see `outline`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dagster_project.reading.numerals import number_value

_HAN = "[一二三四五六七八九十百零〇]"
_UNIT = "[项个件类条种]"


@dataclass(frozen=True, slots=True)
class Style:
    """One way to number the parts of a text.

    Attributes:
        name: A sample of it.
        pattern: What it looks like in folded text at the start of a line.
        inline: Whether it may also open a part inside a line whose line breaks were lost.
    """

    name: str
    pattern: str
    inline: bool = True


STYLES: tuple[Style, ...] = (
    Style("第一编", rf"第 ?(?:{_HAN}{{1,3}}|[0-9]{{1,2}}) ?[编篇](?=[ 一-鿿]|$)"),
    Style("第一章", rf"第 ?(?:{_HAN}{{1,3}}|[0-9]{{1,2}}) ?章(?=[ 一-鿿]|$)"),
    Style("第一节", rf"第 ?(?:{_HAN}{{1,3}}|[0-9]{{1,2}}) ?节(?=[ 一-鿿]|$)"),
    # 第三条规定, 第三条第二款, 第三条、第四条 speak of an article
    Style(
        "第一条",
        rf"第(?:{_HAN}{{1,5}}|[0-9]{{1,3}})条(?:之{_HAN})?(?![的规所至和及或款项中、,])"
        r"|第 [0-9]{1,3}(?:-[0-9]{1,2})? 条(?=[ (\n]|$)",  # as Taiwan prints it, on a line of its own
    ),
    Style("壹、", r"[壹贰叁参肆伍陆柒捌玖拾]{1,3}、"),
    Style("一、", rf"{_HAN}{{1,3}}[、.](?!{_HAN}+[、至])"),  # not 一、二、三产业
    Style("(一)", rf"\({_HAN}{{1,3}}\)[、.]?(?![项款至])"),
    # one measure of a guide on a card: 卡片 3 专利导航项目补助
    Style(
        "卡片1",
        rf"(?:卡片|事项) ?(?:{_HAN}{{1,2}}|[0-9]{{1,2}}) ?[::、.]? ?(?=[一-鿿])(?!{_UNIT})",
        inline=False,
    ),
    Style(
        "问:", rf"(?:问题?|Q) ?(?:{_HAN}{{1,3}}|[0-9]{{1,2}})? ?:(?=.)", inline=False
    ),  # of questions and answers
    Style("专栏1", rf"专栏 ?(?:{_HAN}{{1,2}}|[0-9]{{1,2}})", inline=False),
    # not 7.3 亿元 at the head of a line that was broken there
    Style(
        "1.1",
        r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?= +[一-鿿])"
        r"(?! +(?:[万亿元件家项名倍亩吨人]|公里|个?百分点|平方))",
        inline=False,
    ),
    Style("1.", r"[0-9]{1,2}[.、](?![0-9])"),  # not 1.5亿元
    Style("(1)", r"\(?[0-9]{1,2}\)(?![号])"),
    Style("①", "[①-⑳]"),
    Style("一是", rf"{_HAN}{{1,2}}是(?!否)", inline=False),
    Style("—", r"[—-]{1,2}(?![0-9—-])"),
    Style("·", r"[·•●○◆◇■□★▲※➢❖*▶►](?![0-9*])", inline=False),
)
NAMES = tuple(style.name for style in STYLES)
ARTICLE, QUESTION, BOX, DECIMAL, STATEMENT = map(NAMES.index, ("第一条", "问:", "专栏1", "1.1", "一是"))
BULLETS = range(
    NAMES.index("—"), len(STYLES) + 1
)  # the last one: a paragraph with a bold lead and no sign at all
LEAD = len(STYLES)
PLAIN = -1  # an unnumbered heading: it stands above all others

_MARK = re.compile("|".join(f"(?P<s{i}>{style.pattern})" for i, style in enumerate(STYLES)))
# The first characters stand in front because that makes the search several times as fast.
INLINE = re.compile(
    "(?=[第壹贰叁参肆伍陆柒捌玖拾一二三四五六七八九十百零〇(0-9①-⑳—-])(?:"
    + "|".join(f"(?P<s{i}>{style.pattern})" for i, style in enumerate(STYLES) if style.inline)
    + ")"
)
_NUMERAL = re.compile(rf"{_HAN}+|[壹贰叁参肆伍陆柒捌玖拾]+|[0-9]+(?=[^0-9]*$)")


_INSERTED = re.compile("-[0-9]+")  # 第10-1条 was inserted behind 第10条


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or bullet: `label` is its link in a number chain, `end` is where its heading starts."""

    style: int
    label: str
    value: int
    start: int
    end: int


def mark_of(match: re.Match[str]) -> Mark:
    """Return the mark that a pattern of the table matched."""
    style, printed = int((match.lastgroup or "s0")[1:]), match[0]
    if style in BULLETS:
        return Mark(style, "-", 0, *match.span())
    numeral = _NUMERAL.search(_INSERTED.sub("", printed))
    if style == QUESTION and not numeral:
        return Mark(style, "问", 0, *match.span())
    value = int(number_value(numeral[0])) if numeral else ord(printed[0]) - ord("①") + 1
    return Mark(style, printed.rstrip("、.:").replace(" ", ""), value, *match.span())


def mark_at(text: str, position: int, end: int) -> Mark | None:
    """Return the number or bullet that stands at `position`, which must be the start of a line."""
    match = _MARK.match(text, position, end)
    return mark_of(match) if match else None
