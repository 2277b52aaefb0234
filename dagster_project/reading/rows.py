"""Rows of tables in a text: where a line is cut into cells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from dagster_project.records import View

_GAP = re.compile(r" {2,}")
_PIPE = re.compile(r"\|")
_TAB = re.compile("\t")
_FIGURE = re.compile(r"[≥≤><]?[0-9][0-9.,]*(?: [0-9]{3})*%?")
# The last two of the figures of a row: 专利授权量(件) 186 400.
_FIGURES_AT_END = re.compile(r"(?:\)|[ \t|][0-9][0-9.,]*%?)[ \t|]+[0-9][0-9.,]*%?\|?$")


def tabbed(view: View) -> str:
    """Return the text of a view with the tabs of the file, which folding reads as blanks; every offset stays."""
    places = [match.start() for match in re.finditer("\t", view.raw)]
    pieces, at = [], 0
    for place in places:
        start = bisect_left(view.starts, place)
        if start < len(view.text) and view.starts[start] == place and view.text[start] == " ":
            pieces += [view.text[at:start], "\t"]
            at = start + 1
    return "".join([*pieces, view.text[at:]])


def cells_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the cells of a line between tabs, between ``|`` or between gaps of two and more blanks.

    Args:
        text: A text with its tabs.
        start: Where the line starts.
        end: Where it ends.
    """
    if "\t" in text[start:end]:
        return list(_cut(_TAB, text, start, end))
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    if "|" in text[start:end]:
        opened, closed = text[start] == "|", text[end - 1] == "|" and end - start > 1
        return list(_cut(_PIPE, text, start + opened, end - closed))
    return list(_cut(_GAP, text, start, end))


def _cut(mark: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in mark.finditer(text, start, end):
        yield _trimmed(text, at, match.start())
        at = match.end()
    yield _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, max(start, start + len(words.strip()))


def is_row(line: str) -> bool:
    """Say whether a line is a row: three cells or more, a figure behind a cell, or two figures at its end."""
    words = [span for span in cells_of(line, 0, len(line)) if span[0] < span[1]]
    if len(words) == 2 and _FIGURE.fullmatch(line, *words[1]):
        return True
    return len(words) > 2 or bool(_FIGURES_AT_END.search(line, max(0, len(line) - 40)))
