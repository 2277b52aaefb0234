"""Where tables stand in a text, and how their lines are cut into rows and columns.

A row is a line of cells (`reading/rows.py`); or a cell a line, where a header shows how many cells make a row. What the cells
say is no concern here (`tables.py`), but whether they are figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from dagster_project.extraction import words as w
from dagster_project.extraction.numbers import APART, ARABIC, MAGNITUDE, TO, UNIT
from dagster_project.reading.numerals import YEAR
from dagster_project.reading.rows import cells_of
from dagster_project.reading.vocabulary import one_of

Span = tuple[int, int]
Row = Sequence[Span]

SHORT = 40  # characters of a line that can be a caption, a title inside a table, a cell on a line of its own
_WIDEST, _WIDEST_OF_LINES = 40, 10  # cells in a row; no printed table has more
_ABOVE = 2  # lines above a table in which its caption and its unit stand

MARKS = r"(?:\[\d{1,2}\]|[①-⑳*※†‡#]|\(\d\))*"  # of footnotes, beside a figure or a label
#: A cell that is a figure: 1,200, ≥70, 12以上, 10—20, 50家, 8.5[1]; [18], 〔18〕 is summed up over the years.
FIGURE = re.compile(
    rf"(?P<summed>[\[〔])?(?P<said>{one_of(w.COMPARATORS)}?\s*(?P<number>{APART}|(?!0\d|1/){ARABIC})(?P<own>{w.AND_MORE}?\s*(?:{MAGNITUDE})?(?:{UNIT})?)"
    rf"(?:{TO}{ARABIC}\s*(?:{MAGNITUDE})?(?:{UNIT})?)?(?:\({w.INCLUDED}\))?(?:{w.TABLE_BOUND})?)(?(summed)[\]〕])\s*{MARKS}"
)
_EMPTY = re.compile("[-—/]{1,2}")
BARE_YEAR = re.compile(rf"{YEAR}(?:{w.PART_OF_YEAR})?")
#: All that a cell of a column of units has: 亿元, 件/万人.
UNIT_ALONE = re.compile(rf"(?P<mag>{MAGNITUDE})?(?P<unit>{UNIT})(?:/[^/()\s]{{1,6}}|\([^()]{{1,4}}\))?")
_UNIT_LINE = re.compile(rf"\((?:{UNIT_ALONE.pattern.replace('?P<mag>', '?:').replace('?P<unit>', '?:')})\)")
STATED_UNIT = re.compile(  # 单位:亿元; 资金安排计划(万元)
    rf"{w.UNIT_HEAD}:\s*([^\s(){{}}|,;。]{{1,12}})|\(({UNIT_ALONE.pattern.replace('?P<mag>', '?:').replace('?P<unit>', '?:')})\)$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows that stand together, with the lines above that can be their caption.

    `is_ruled` says that signs part the cells, or that every row has its number and every cell a line.
    """

    rows: Sequence[Row]
    above: list[str]
    is_ruled: bool


def grids(text: str) -> Iterator[Grid]:
    """Yield what can be a table, in order.

    Args:
        text: A text with its tabs.
    """
    lines = _with_their_units(text)
    kind = cache(partial(_kind, text))  # rows of lines may begin at many lines
    at = 0
    while at < len(lines):
        rows = _run(text, lines, at)
        is_run = sum(map(_is_full, rows)) > 1
        if not is_run:
            rows = _rows_of_lines(text, lines, at, kind)
        if rows:
            above = (text[a:b].strip() for a, b in lines[max(0, at - _ABOVE) : at])
            ruled = re.search(r"[\t|]", text[rows[0][0][0] : rows[0][-1][1]])
            is_ruled = bool(ruled if is_run else w.NUMBER_HEAD.fullmatch(text, *rows[0][0]))
            yield Grid(rows, [line for line in above if _is_caption(line)], is_ruled)
        at += (len(rows) if is_run else sum(map(len, rows))) or 1


def _with_their_units(text: str) -> list[Span]:
    """Return the lines that have something in them; a unit in brackets on its own line goes with the cell above it."""
    lines: list[Span] = []
    for m in re.finditer(r"[^ \n][^\n]*", text):
        start, end = m.start(), m.start() + len(m[0].rstrip())
        above = lines[-1] if lines else None
        if (
            above
            and _UNIT_LINE.fullmatch(text, start, end)
            and _is_short(text, above)
            and not _is_full(cells_of(text, *above))
        ):
            lines[-1] = (above[0], end)
        elif m[0].strip():
            lines.append((start, end))
    return lines


def _is_full(row: Row) -> bool:
    """Say whether a row has two cells with words."""
    return sum(start < end for start, end in row) > 1


def _is_short(text: str, line: Span) -> bool:
    return line[1] - line[0] <= SHORT and "。" not in text[slice(*line)]


def _is_caption(line: str) -> bool:
    return len(line) <= 2 * SHORT and bool(w.CAPTION.search(line) or STATED_UNIT.search(line))


def _run(text: str, lines: Sequence[Span], at: int) -> list[Row]:
    """Return the rows that begin with a line; a short line between two rows is a row with one cell."""
    rows: list[Row] = []
    kept = 0
    for index in range(at, len(lines)):
        line = lines[index]
        cells = cells_of(text, *line)
        if len(cells) > _WIDEST or w.CAPTION.match(text, *line):
            cells = [line]
        full = _is_full(cells)
        if not full and (kept < len(rows) or not rows or not _is_short(text, line)):
            break
        rows.append(cells)
        kept = len(rows) if full else kept
    return rows[:kept]


def _rows_of_lines(text: str, lines: Sequence[Span], at: int, kind: Callable[[Span], str]) -> list[Row]:
    """Return the rows of a table with a cell on each line; none where another division into rows would do as well."""
    if not w.FIRST_HEAD.fullmatch(text, *lines[at]):
        return []
    is_numbered = bool(w.NUMBER_HEAD.fullmatch(text, *lines[at]))

    def kind_of(line: Span) -> str:
        said = kind(line)
        is_open = (is_numbered and said == "sentence") or _EMPTY.fullmatch(text, *line)
        return "any" if is_open else said

    def is_next(start: int, number: int) -> bool:
        return start < len(lines) and is_numbered == (text[slice(*lines[start])] == str(number))

    kinds = [kind_of(line) for line in lines[at : at + 3 * _WIDEST_OF_LINES]]
    widths = [
        width
        for width in range(2, len(kinds) // 3 + 1)
        if _is_divided(kinds, width)
        and all(is_next(at + n * width, n + _counted(text, lines[at + width])) for n in (1, 2))
    ]
    if len(widths) != 1:
        return []
    width = widths[0]
    counted = _counted(text, lines[at + width])
    first = kinds[width : 2 * width]
    rows: list[Row] = [lines[at : at + width]]
    for start in range(at + width, len(lines) - width + 1, width):
        row = lines[start : start + width]
        number = counted + len(rows)
        follows = is_numbered and is_next(start + width, number + 1)
        if not is_next(start, number) or not (follows or _are_alike([*map(kind_of, row)], first)):
            break
        rows.append(row)
    return rows if len(rows) > 2 else []


def _counted(text: str, line: Span) -> int:
    """Return how many numbered rows stand before a table whose first row has this number, on the page before."""
    words = text[slice(*line)]
    return int(words) - 1 if words.isdecimal() and len(words) <= 3 else 0


def _is_divided(kinds: Sequence[str], width: int) -> bool:
    """Say whether lines are a header and two rows that have figures in the same columns."""
    first, second = (kinds[i * width : (i + 1) * width] for i in (1, 2))
    return (
        {"words", "year"}.issuperset(kinds[:width])
        and {"figure", "words"} <= {"figure" if kind == "year" else kind for kind in first}
        and _are_alike(first, second)
    )


def _are_alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """Say whether two rows have figures in the same columns, but where a cell is empty or a sentence."""
    pairs = zip(first, second, strict=True)
    return all(a == b or "any" in {a, b} or {a, b} == {"figure", "year"} for a, b in pairs)


def _kind(text: str, line: Span) -> str:
    """Return what a line is that may be a cell: figure, year or words; a sentence is none of them."""
    if not _is_short(text, line):
        return "sentence"
    if not FIGURE.fullmatch(text, *line):
        return "words"
    return "year" if BARE_YEAR.fullmatch(text, *line) else "figure"


def columns_of(text: str, row: Row, heads: Sequence[Row]) -> Sequence[int]:
    """Return the column of each cell of a row below its heads; none where that is not certain.

    Between gaps an empty cell cannot be seen: there a cell belongs to the head above or below which it stands.
    """
    width = max(map(len, heads), default=len(row))
    is_gap = not text[row[0][1] : row[1][0]].strip(" ") and row[0][1] < row[1][0]
    if not is_gap or len(row) == width:
        is_merged = any(start == end for head in heads for start, end in head)
        return range(len(row)) if len(row) <= width or is_merged else ()
    places = _places(text, tuple(heads[-1]))
    found: list[int] = []
    for start, end in _places(text, tuple(row)):
        over = [i for i, (a, b) in enumerate(places) if a < end and start < b]
        found += over if len(over) == 1 else [-1]
    return found if -1 not in found and len(set(found)) == len(found) else ()


@lru_cache(maxsize=64)  # a head is asked for with each of its rows
def _places(text: str, row: tuple[Span, ...]) -> Sequence[Span]:
    """Return where the cells of a row stand on its line, in columns of print; Chinese characters are two wide."""
    at, column = text.rfind("\n", 0, row[0][0]) + 1, 0
    places: list[int] = []
    for offset in (offset for span in row for offset in span):
        column += offset - at + sum(c > "\u2e80" for c in text[at:offset])
        at = offset
        places.append(column)
    return list(zip(places[::2], places[1::2], strict=True))
