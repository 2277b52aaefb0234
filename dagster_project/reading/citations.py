"""Superior documents that a plan names: 《…》 with or without a number, and numbers without a title."""

from __future__ import annotations

import re

from dagster_project.reading.numerals import YEAR
from dagster_project.records import Block, Citation, Role, View

_YEAR_AND_NUMBER = rf"[〔\[]{YEAR}[〕\]] ?第?[0-9]{{1,5}}号"
_CITATION = re.compile(
    rf"《(?P<title>(?:[^《》\n]|《[^《》\n]{{1,120}}》){{2,160}})》(?:\([^()\n]{{0,20}}?(?P<of>[一-鿿]{{1,14}}{_YEAR_AND_NUMBER})[^()\n]{{0,20}}\))?"
    rf"|(?<=[一-鿿]){_YEAR_AND_NUMBER}"
)
_BASIS = re.compile(r"根据|按照|依据|依照|遵照")
_FOLLOWS = re.compile(r"根据|按照|依据|依照|遵照|贯彻|落实|执行|推进")
_RANGE = re.compile(rf"{YEAR}年?[—~-]{YEAR}")
# A number begins with the letters of an office right before 〔; what a sentence has before them is none of it.
_LETTERS = re.compile(
    r"(?:.*(?:根据|按照|依据|依照|贯彻|落实|执行|以及|关于|文件|印发|[和及与的以])(?=[一-鿿]{2}))?.*?([一-鿿]{1,14})$"
)
_WITHOUT = frozenset((Role.FURNITURE, Role.ANNEX, Role.TITLE))


def plain_title(title: str) -> str:
    """Return a title for comparison: without spaces, brackets of titles and the parenthesis behind it."""
    return re.sub(r"\([^()]*\)$|[ \n《》〈〉<>“”]", "", title)


def find(
    view: View, blocks: tuple[Block, ...], title: str | None, number: str | None
) -> tuple[Citation, ...]:
    """Return the documents that a plan names, in order of the text, itself left out.

    A document is a basis where the plan says that it follows it: behind 根据, 按照, 依据 anywhere, behind
    贯彻, 落实 too in the notice and the preamble; else it is a mention. The year is that of the document number,
    else the only year in the title (2020年… or …(2019)); a period in a title (2021-2035年) is no year.

    Args:
        view: The folded and repaired text.
        blocks: The blocks of the plan; furniture, annexes and titles cite nothing.
        title: The folded title of the plan itself.
        number: The folded document number of the plan itself.
    """
    own = plain_title(title or "")
    found: list[Citation] = []
    for block in blocks:
        if block.role in _WITHOUT:
            continue
        for match in _CITATION.finditer(view.text, block.start, block.end):
            start, end = match.span()
            named, printed = match["title"], match["of"]
            if not named:
                letters = _LETTERS.match(view.text, max(block.start, start - 14), start)
                start = letters.start(1) if letters else start
                printed = view.text[start:end]
            if (own and named and own in plain_title(named)) or (number and printed == number):
                continue
            a, b = view.raw_span(start, end)
            raw_title = view.raw[slice(*view.raw_span(*match.span("title")))] if named else None
            found.append(
                Citation(
                    raw_title,
                    printed,
                    _year(named, printed),
                    _role(view.text, block, start),
                    block.provision,
                    a,
                    b,
                )
            )
    return tuple(found)


def _year(title: str | None, number: str | None) -> int | None:
    if number:
        return int(re.findall(YEAR, number)[0])
    years = set(re.findall(rf"(?<![0-9]){YEAR}(?=年|\)|版)", _RANGE.sub("", title or "")))
    return int(years.pop()) if len(years) == 1 else None


def _role(text: str, block: Block, start: int) -> str:
    formal = block.role in {Role.NOTICE, Role.PREAMBLE}
    low = max(
        block.start,
        text.rfind("。", block.start, start) + 1,
        text.rfind(";", block.start, start) + 1,
        start - 400,
    )
    before = re.sub(r"《[^》]*》+(?:\([^()]*\))?", "", text[low:start])
    if not formal:
        before = before[max(before.rfind(","), before.rfind(":")) + 1 :]
    return "basis" if (_FOLLOWS if formal else _BASIS).search(before) else "mention"
