"""Several documents in one file: where another one begins.

A file is one plan. Where somebody saved two documents in one, the second would be read as a part of the first; that is
told, and not mended, because only a person can say which of them is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dagster_project.reading.layout import (
    ANNEX_LIST,
    ENTRY,
    LONGEST_TITLE,
    REASON,
    Line,
    bare_title,
    is_title,
    issued_titles,
    kind,
)
from dagster_project.reading.marks import BULLETS, NAMES

# A title that can stand by itself names a place or who it is for: 某市…办法; 保障措施 is a heading.
_TITLE = re.compile(
    r"[《“]?(?:关于|中共|国家|国务院|中华人民共和国|全[省市县区国]|[0-9]{4}年"
    r"|[一-鿿]{1,14}?[省市县区州盟旗])[^。;:,]{5,}"
)
_OPENING = re.compile("[《“]?[一-鿿0-9]")
_TOP = frozenset(map(NAMES.index, ("第一编", "第一章", "第一条", "壹、", "一、")))
_OF_LAWS = frozenset(map(NAMES.index, ("第一编", "第一章", "第一条")))  # they stand below no 一、
_OF_A_HEAD = frozenset(
    ("number", "date", "adoption", "parenthesis", "title parenthesis", "short", "furniture")
)
_SIGNS = re.compile("[ \n《》〈〉<>的]")  # those that `bare_title` takes out of a title
_HEAD_LINES = 8  # between the title of a document and its first number


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where another document begins.

    Attributes:
        start: Where its title starts in the view.
        title: Its title, folded.
    """

    start: int
    title: str


def others(
    text: str, lines: Sequence[Line], body: int, stop: int, titles: Sequence[str]
) -> Iterator[Beginning]:
    """Yield where other documents begin behind the first one.

    Evidence is a title on lines of its own that names a place, with the addressees or the number of a document below
    it, or with a numbering that starts again at 1 where the text has counted on before. An annex that is announced, and
    the plan that a notice prints, belong to the document.

    Args:
        text: The folded and repaired text.
        lines: Its lines.
        body: The first line of the body of the first document.
        stop: Where its body ends: annexes are below.
        titles: The titles of the first document.
    """
    own = {bare_title(title) for title in titles}
    issued = issued_titles(text)
    printed = set() if own & issued else issued
    announced = [_SIGNS.sub("", text[m.end() : m.end() + 400]) for m in ANNEX_LIST.finditer(text)]
    counted: dict[int, int] = {}
    at = body
    while at < stop:
        mark = lines[at].mark
        length = 0
        if at > body and counted:
            length = _title_length(text, lines[at : min(at + LONGEST_TITLE, stop)])
        if not length:
            if mark and mark.style not in BULLETS:
                counted[mark.style] = mark.value
            at += 1
            continue
        start = _start(text, lines[at])
        rest = (text[line.start : line.end] for line in lines[at + 1 : at + length])
        title = text[start : lines[at].end] + "".join(rest)
        bare = bare_title(title)
        at += length
        if bare in printed:
            printed = set()  # the plan that the notice prints; what it prints besides is another document
            counted = {}
        elif (
            bare not in own
            and not any(bare in annexes for annexes in announced)
            and _begins(text, lines, at, stop, counted)
        ):
            own.add(bare)
            counted = {}
            yield Beginning(start, title)


def _start(text: str, line: Line) -> int:
    """Return where the words of a line start, behind its number."""
    start = line.mark.end if line.mark else line.start
    return start + len(text[start : line.end]) - len(text[start : line.end].lstrip())


def _title_length(text: str, lines: Sequence[Line]) -> int:
    """Return how many lines are a title that can stand by itself; 0 if none are."""
    if lines[0].mark and (NAMES[lines[0].mark.style] not in {"1.", "一、"} or not lines[1:]):
        return 0
    words = ""
    for n, line in enumerate(lines, 1):
        if n > 1 and line.mark:
            break
        words += text[_start(text, line) : line.end]
        if not _OPENING.match(words) or kind(words) not in {"short", "title parenthesis"}:
            break
        entry = not lines[0].mark or ENTRY.search(words)
        if is_title(words) and entry and _TITLE.match(words):
            longer = n < len(lines) and kind(text[lines[n].start : lines[n].end]) == "title parenthesis"
            return n + longer
    return 0


def _begins(text: str, lines: Sequence[Line], at: int, stop: int, counted: dict[int, int]) -> bool:
    """Say whether the lines behind a title are those of a document that begins."""
    named = False
    for line in lines[at : min(at + _HEAD_LINES, stop)]:
        words = text[line.start : line.end]
        if line.mark:
            style, value = line.mark.style, line.mark.value
            again = counted.get(style, 0) >= (1 if named else 2)
            is_law = style in _OF_LAWS and style not in counted and max(counted.values()) >= 2
            return value == 1 and ((again and (named or style in _TOP)) or is_law)
        sort = kind(words)
        if sort == "addressee":
            return True
        named = named or sort in {"number", "adoption"} or bool(REASON.match(words))
        if sort not in _OF_A_HEAD and not named:
            return False
    return False
