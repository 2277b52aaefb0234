"""What a plan states about itself: title, number, issuer, date, period, validity, script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

from dagster_project.reading.folding import simplify
from dagster_project.reading.layout import DATE_LINE, ISSUER_LINE, NUMBER_LINE
from dagster_project.reading.numerals import DIGITS, FEW, FIVE_YEARS, YEAR, number_value
from dagster_project.records import Block, Metadata, Period, Role, View

_NUMBER = re.compile(
    rf"[一-鿿]{{1,12}} ?[〔\[(]{YEAR}[〕\])] ?第?[0-9]{{1,5}}号|[一-鿿]{{2,20}}令 ?\(?第? ?[0-9]{{1,4}} ?号\)?"
)
_LABELLED_NUMBER = re.compile(r"(?:发文字号|文 ?号)】?: *([^ \n][^\n]{2,40}?号)")
_LABELLED_DATE = re.compile(
    rf"(?:成文日期|发文日期|印发日期|生成日期)】?: *({YEAR})[年-]([0-9]{{1,2}})[月-]([0-9]{{1,2}})"
)
_ADOPTED = re.compile(
    rf"\(({YEAR})年([0-9]{{1,2}})月([0-9]{{1,2}})日(?:经)?"
    r"([一-鿿]{2,12}?(?:第[一二三四五六七八九十]+届)?人民代表大会(?:常务委员会)?|[一-鿿]{2,12}?人民政府)?"
)
_DATED = re.compile(rf"\({YEAR}年[0-9]{{1,2}}月[0-9]{{1,2}}日\)")  # when a document was issued, no period
_GLUED_PAGE = re.compile(r"^(?:[0-9]{1,3} +(?![年月日项条款个])|[IVXⅠ-Ⅻ]{1,5} ?)(?=[一-鿿])")
_ISSUER = re.compile(r"(.{2,60}?) ?(?:关于|印发)")
_RANGE = re.compile(rf"({YEAR})年?[—~-]{{1,2}}({YEAR})年?")
_FIVE_YEAR_PLAN = re.compile(rf"{FIVE_YEARS}(?=[^五]*规划)")
_SINGLE = re.compile(rf"({YEAR})年度?")
_STATED_PERIOD = re.compile(rf"(?:规划|计划|实施|建设)(?:期限?|周期)(?:为|是|:)?{_RANGE.pattern}")
_DURATION = f"{FEW} ?(?:年|个月)"
_VALIDITY = re.compile(
    rf"有效期限?(?:为|是|:)?((?:至|到)?(?:{YEAR}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?底?|{_DURATION}))|试行期?限?为?({_DURATION})"
)
_IN_FORCE = re.compile(r"施行|实施|执行|印发|发布|公布|本[一-鿿]{2,8}")


def find(view: View, blocks: tuple[Block, ...]) -> Metadata:
    """Return what the text states of itself, as printed; None where it states nothing.

    The front (titles, notice) decides, then the closing, then what the web page says of the document
    (发文字号, 成文日期). The day of upload is never the day of issue.
    """
    text = view.text
    groups = _title_groups(text, blocks)
    front = [block for block in blocks if block.role in {Role.NOTICE, Role.TITLE}]
    signed = _signature(view, front) or _signature(view, [b for b in blocks if b.role is Role.CLOSING])
    adopted = next((m for b in front for m in [_ADOPTED.match(text, b.start, b.end)] if m), None)
    labelled = _LABELLED_DATE.search(text[:3000])
    dates = [signed[0] if signed else None, *(_date(*m.groups()[:3]) for m in (adopted, labelled) if m)]
    issuers = [
        signed[1] if signed else None,
        _issuer(view, groups),
        _raw(view, *adopted.span(4)) if adopted and adopted[4] else None,
    ]
    number = _document_number(text, front)
    return Metadata(
        title=_title(view, groups[-1]) if groups else None,
        document_number=_raw(view, *number) if number else None,
        issuer=next(filter(None, issuers), None),
        issued_on=next(filter(None, dates), None),
        period=_period(text, groups),
        validity=_validity(text),
        script=script_of(view.raw),
    )


def _title(view: View, lines: list[Block]) -> str:
    """Return a title as printed, without the number of a page that is glued to its front."""
    printed = " ".join("".join(_raw(view, line.start, line.end) for line in lines).split())
    return _GLUED_PAGE.sub("", printed)


def overlaid(stated: Metadata, known: Metadata) -> Metadata:
    """Return what a text states with what is `known` in its place; the script is always that of the text.

    A period of the years that the text states keeps the words of the text.
    """
    fields = ("title", "document_number", "issuer", "issued_on", "period", "validity")
    about = replace(stated, **{name: getattr(known, name) or getattr(stated, name) for name in fields})
    if about.period and stated.period and _years(about.period) == _years(stated.period):
        about = replace(about, period=stated.period)
    return about


def _years(period: Period) -> tuple[int | None, int | None]:
    return period.start_year, period.end_year


def script_of(raw: str) -> str:
    """Return traditional where folding changes more than 1 of 50 ideographs of a text, else simplified."""
    sample = "".join(c for c in raw[:50_000] if "\u4e00" <= c <= "\u9fff")
    changed = sum(a != b for a, b in zip(sample, simplify(sample), strict=True))
    return "traditional" if changed * 50 > len(sample) else "simplified"


def _raw(view: View, start: int, end: int) -> str:
    return view.raw[slice(*view.raw_span(start, end))]


def _title_groups(text: str, blocks: Iterable[Block]) -> list[list[Block]]:
    """Return the titles, each as its blocks: lines that follow each other up to the end of a title."""
    groups: list[list[Block]] = []
    for is_title, run in groupby(blocks, key=lambda block: block.role is Role.TITLE):
        if is_title:
            lines = list(run)
            groups.append(lines[:1])
            for before, line in pairwise(lines):
                ended = text.endswith(("通知", "公告", "》", ")"), before.start, before.end)
                if ended and text[line.start] != "(":
                    groups.append([])
                groups[-1].append(line)
    return groups


def _signature(view: View, blocks: list[Block]) -> tuple[date, str | None] | None:
    """Return the last date that stands on a line of its own, and the offices on the lines above it."""
    for position in range(len(blocks) - 1, -1, -1):
        match = DATE_LINE.match(view.text, blocks[position].start, blocks[position].end)
        day = _date(*match.groups()) if match else None
        if day is None:
            continue
        offices: list[str] = []
        for block in reversed(blocks[:position]):
            if not ISSUER_LINE.fullmatch(view.text, block.start, block.end):
                break
            offices[:0] = _raw(view, block.start, block.end).split()
        return day, "、".join(offices) or None
    return None


def _issuer(view: View, groups: list[list[Block]]) -> str | None:
    """Return the offices before 关于 in the title of the notice."""
    for group in reversed(groups):
        match = _ISSUER.match("".join(view.text[block.start : block.end] for block in group))
        if match and ISSUER_LINE.fullmatch(match[1]):
            raw = "".join(_raw(view, block.start, block.end) for block in group)
            return "、".join(raw[: match.end(1)].split())
    return None


def _document_number(text: str, front: list[Block]) -> tuple[int, int] | None:
    """Return the span of the number that stands alone or at an end of a title; a number in a sentence is another's."""
    for block in front:
        for match in _NUMBER.finditer(text, block.start, block.end):
            first, last = match.start() == block.start, match.end() == block.end
            alone = NUMBER_LINE.fullmatch(text, block.start, block.end)
            if (first and last) or (first and text[match.end()] == "《") or (alone and last):
                return match.span()
    labelled = _LABELLED_NUMBER.search(text[:3000])
    return labelled.span(1) if labelled else None


def _period(text: str, groups: list[list[Block]]) -> Period | None:
    """Return the years of the plan's own title, else of its notice's title, else the period that the text states.

    A five-year plan ends in 1955 + 5 n (十四五: 2025). A title with two single years has no period.
    """
    for group in reversed(groups):
        title = _DATED.sub("", "".join(text[block.start : block.end] for block in group))
        if match := _RANGE.search(title):
            return Period(match[0], int(match[1]), int(match[2]))
        if match := _FIVE_YEAR_PLAN.search(title):
            end = 1955 + 5 * int(number_value(match[0][:-1]))
            return Period(match[0], end - 4, end)
        single = {match[1]: match[0] for match in _SINGLE.finditer(title)}
        if len(single) == 1:
            year, printed = single.popitem()
            return Period(printed, int(year), int(year))
    stated = _STATED_PERIOD.search(text)
    return Period(stated[0], int(stated[1]), int(stated[2])) if stated else None


def _validity(text: str) -> str | None:
    """Return how long the document is in force, from the sentence that says when it takes effect."""
    for match in _VALIDITY.finditer(text):
        start = max(text.rfind("。", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
        if _IN_FORCE.search(text, start, match.start()):
            return str(match[1] or match[2]).replace(" ", "")
    return None


def _date(year: str, month: str, day: str) -> date | None:
    digits = (c if c.isascii() else str(DIGITS[c]) for c in re.sub("[○Oo]", "0", year))
    try:
        return date(int("".join(digits)), int(number_value(month)), int(number_value(day)))
    except ValueError:
        return None
