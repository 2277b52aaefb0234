"""Tables: from the lines of a text to figures with the label, unit and year that their row, column and caption give them.

A row is a line of cells between tabs, between ``|`` or between gaps of two and more blanks; or a cell a line, where a header
shows how many cells make a row. What `find_boxes` returns is cut out of the text before its sentences are, so that no number
is read together with a neighbour. Rows with single blanks are read inside their sentence (`fill_columns`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dagster_project.extraction import words as w
from dagster_project.extraction.fields.period import five_year_period
from dagster_project.extraction.numbers import (
    ARABIC,
    MAGNITUDE,
    TO,
    UNIT,
    Cell,
    Quantity,
    find_quantities,
    magnitude_value,
)
from dagster_project.reading.numerals import FIVE_YEARS, YEAR
from dagster_project.reading.rows import cells_of, tabbed
from dagster_project.reading.vocabulary import one_of
from dagster_project.records import View

Span = tuple[int, int]
Row = Sequence[Span]

#: All that a cell of a column of units has: 亿元.
UNIT_ALONE = _UNIT = re.compile(
    rf"(?P<mag>{MAGNITUDE})?(?P<unit>{UNIT})(?:/[^/()\s]{{1,6}}|\([^()]{{1,4}}\))?"
)
_BRACKET = re.compile(rf"\((?:{w.UNIT_HEAD}:)?([^()]{{1,12}}(?:\([^()]{{1,4}}\))?)\)|[,/]([^,/()\s]{{1,6}})$")
_STATED_UNIT = re.compile(rf"{w.UNIT_HEAD}:\s*([^\s(){{}}|,;。]{{1,12}})")
_MARKS = r"(?:\[\d{1,2}\]|[①-⑳*※†‡#]|\(\d\))*"
_BOUND_BEFORE = one_of(w.COMPARATORS)
_FIGURE = re.compile(
    rf"(?P<said>{_BOUND_BEFORE}?\s*(?P<number>(?!0\d){ARABIC})(?P<own>{w.AND_MORE}?\s*(?:{MAGNITUDE})?(?:{UNIT})?)"
    rf"(?:{TO}{ARABIC}\s*(?:{MAGNITUDE})?(?:{UNIT})?)?(?:\({w.INCLUDED}\))?(?:{w.TABLE_BOUND})?)\s*{_MARKS}"
)
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_TIME = re.compile(
    rf"[(]?{w.UP_TO}?(?:{YEAR}(?!\d)(?:{w.PART_OF_YEAR})?(?:{TO})?)+[)]?|[“]?{FIVE_YEARS}[”]?(?:{w.PART_OF_YEAR})?"
)
_BARE_YEAR = re.compile(rf"{YEAR}(?:{w.PART_OF_YEAR})?")
_PLAIN = re.compile(rf"(?:{w.HEADS_OF_VALUES}|[()\s:])*")
_NUMBERED = re.compile(rf"(?:\d{{1,2}}[.、]|\(\d{{1,2}}\)|{w.OPENS_LABEL}|[—·\s①-⑳*])+")
_RULE = re.compile(r"[\s:|—-]+")
_CAPTION = re.compile(rf"^{w.CAPTION_LEAD}|\([^()]*\)|{w.CAPTION_END}$")
_SHORT = (
    40  # characters of a line that can be a caption, a title inside a table or a cell on a line of its own
)


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table, at ``text[start:end]`` of the view; `cell` says what its figure is, if it is one with a unit."""

    start: int
    end: int
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head of a column says: its words without unit and year, the unit, the year, and whether it is reached."""

    printed: str = ""
    words: str = ""
    unit: str = ""
    year: int | None = None
    is_target: bool | None = None


@dataclass(slots=True)
class _Table:
    """What has been read of a table: the lines above it, its rows of heads, and the labels of the row above."""

    above: list[str]
    heads: list[list[str]] = field(default_factory=list)
    body: bool = False
    labels: dict[int, str] = field(default_factory=dict)
    spans: Row = ()  # of the last row of heads


def find_boxes(view: View) -> list[Box]:
    """Return the cells of all tables of a text, in order."""
    text = tabbed(view)
    boxes: list[Box] = []
    lines = [
        (m.start(), m.start() + len(m[0].rstrip())) for m in re.finditer(r"[^\n]+", text) if m[0].strip()
    ]
    at = 0
    while at < len(lines):
        rows = _run(text, lines[at:])
        is_run = sum(_is_full(row) for row in rows) > 1
        rows = rows if is_run else _rows_of_lines(text, lines[at:])
        above = [text[a:b] for a, b in lines[max(0, at - 2) : at]]
        found = list(_read(text, rows, [line for line in above if _is_caption(line)]))
        if any(box.cell for box in found) or (
            is_run and re.search(r"[\t|]", text[rows[0][0][0] : rows[0][-1][1]])
        ):
            boxes += found
        at += (len(rows) if is_run else sum(map(len, rows))) or 1
    return boxes


def _is_full(row: Row) -> bool:
    """Say whether a row has two cells with words."""
    return sum(start < end for start, end in row) > 1


def _is_caption(line: str) -> bool:
    return "。" not in line and bool(w.CAPTION.search(line) or _STATED_UNIT.search(line))


def _run(text: str, lines: Sequence[Span]) -> list[Row]:
    """Return the rows that a text begins with; a short line between two rows is a row with one cell."""
    rows: list[Row] = []
    kept = 0
    for start, end in lines:
        cells = [(start, end)] if w.CAPTION.match(text, start, end) else cells_of(text, start, end)
        full = _is_full(cells)
        if not full and (not rows or end - start > _SHORT or "。" in text[start:end] or kept < len(rows)):
            break
        rows.append(cells)
        kept = len(rows) if full else kept
    return rows[:kept]


def _rows_of_lines(text: str, lines: Sequence[Span]) -> list[Row]:
    """Return the rows of a table with a cell on each line; none where another division into rows would do as well."""
    if not w.FIRST_HEAD.fullmatch(text, *lines[0]):
        return []
    counts = bool(w.NUMBER_HEAD.fullmatch(text, *lines[0]))
    run: list[Span] = []
    for start, end in lines:
        if end - start > _SHORT or "。" in text[start:end]:
            break
        run.append((start, end))
    is_figure = [bool(_FIGURE.fullmatch(text, *span)) for span in run]
    is_year = [bool(_BARE_YEAR.fullmatch(text, *span)) for span in run]
    found = [rows for width in range(2, 11) if (rows := _divided(run, is_figure, is_year, width))]
    rows = found[0] if len(found) == 1 else []
    numbers = [str(i) for i in range(1, len(rows))]
    return rows if counts == ([text[slice(*row[0])] for row in rows[1:]] == numbers) else []


def _divided(run: list[Span], is_figure: list[bool], is_year: list[bool], width: int) -> list[Row]:
    """Return a header and the rows of `width` lines that have figures in the columns in which the first row has them."""
    kinds = is_figure[width : 2 * width]
    if any(f and not y for f, y in zip(is_figure[:width], is_year, strict=False)) or len(kinds) < width:
        return []
    if not any(kinds) or all(kinds):
        return []
    count = 1
    while is_figure[count * width : (count + 1) * width] == kinds:
        count += 1
    return [run[i * width : (i + 1) * width] for i in range(count)] if count > 2 else []


def _read(text: str, rows: Sequence[Row], above: list[str]) -> Iterator[Box]:
    """Yield the cells of the tables in a run of rows."""
    table = _Table(above)
    between: list[str] = []
    for index, row in enumerate(rows):
        said = [text[a:b] for a, b in row]
        nonempty = [words for words in said if words]
        if len(nonempty) < 2:
            between = [*between, *nonempty]
            if not table.body:
                table.above = [*table.above, *nonempty]
            continue
        if all(_RULE.fullmatch(words) for words in nonempty):
            continue
        dated = any(_YEAR.search(words) for heads in table.heads for words in heads)
        figures = _figures(said, dated=dated)
        opens = not figures and (not table.body or _is_header(said, table))
        if opens and table.body:
            table = _Table(between or table.above)
        if opens and len(table.heads) < 3 and not table.body:
            table.heads.append(said)
            table.spans = row
        table.body |= bool(figures) or (len(table.heads) == 1 and not _goes_on(rows[index:], text))
        between = []
        columns = _columns(text, row, table)
        figures = [i for i in figures if columns]
        yield from _boxes(row, said, figures, table, columns or range(len(row)))


def _columns(text: str, row: Row, table: _Table) -> Sequence[int]:
    """Return the column of each cell of a row; none where that is not certain.

    Between gaps an empty cell cannot be seen: there a cell belongs to the head above or below which it stands.
    """
    width = max(map(len, table.heads), default=len(row))
    if text[row[0][1] : row[1][0]].strip(" ") or "\t" in text[row[0][1] : row[1][0]] or len(row) == width:
        is_merged = any("" in heads for heads in table.heads)
        return range(len(row)) if len(row) <= width or is_merged else ()
    heads = [_place(text, span) for span in table.spans]
    found: list[int] = []
    for span in row:
        start, end = _place(text, span)
        over = [i for i, (a, b) in enumerate(heads) if a < end and start < b]
        found += over if len(over) == 1 else [-1]
    return found if -1 not in found and len(set(found)) == len(found) else ()


def _place(text: str, span: Span) -> Span:
    """Return where a cell stands on its line, in columns of print; Chinese characters are two wide."""
    line = text.rfind("\n", 0, span[0]) + 1
    start, end = (sum(1 + (c > "\u2e80") for c in text[line:at]) for at in span)
    return start, end


def _goes_on(rows: Sequence[Row], text: str) -> bool:
    """Say whether figures follow within three rows: else the first row alone is the header."""
    return any(_figures([text[a:b] for a, b in row], dated=False) for row in rows[:4])


def _is_header(said: list[str], table: _Table) -> bool:
    """Say whether a row without figures, after some with, begins a new table."""
    return said in table.heads or bool(w.FIRST_HEAD.fullmatch(next(filter(None, said))))


def _figures(said: list[str], *, dated: bool) -> list[int]:
    """Return which cells of a row are figures: not a number or a year before the words, and not only years, but below some."""
    found = [i for i, words in enumerate(said) if len(words) <= _SHORT and _FIGURE.fullmatch(words)]
    found = [i for i in found if not _is_time(said[i])]
    first = next((i for i, words in enumerate(said) if words and i not in found), None)
    found = [i for i in found if first is None or i > first or not said[i].isdecimal()]
    if found and not any(said[: found[0]]) and _YEAR.fullmatch(said[found[0]]):
        found = found[1:]
    return [] if not dated and all(_YEAR.fullmatch(said[i]) for i in found) else found


def _is_time(words: str) -> bool:
    return words.endswith(w.TIME_SIGNS)


def _boxes(
    row: Row, said: list[str], figures: list[int], table: _Table, columns: Sequence[int]
) -> Iterator[Box]:
    """Yield the cells of one row, the figures with what they are."""
    placed = dict(zip(columns, said, strict=True))
    said = [placed.get(column, "") for column in range(max(columns) + 1)]
    figures = [columns[i] for i in figures]
    heads = [_head(table, column) for column in range(len(said))]
    labels = _labels(said, figures, heads, table) if figures else {}
    for column, span in zip(columns, row, strict=True):
        if span[0] < span[1]:
            cell = _cell(said[column], column, heads, labels, said, table) if column in figures else None
            yield Box(*span, replace(cell, row=(row[0][0], row[-1][1])) if cell else None)


def _head(table: _Table, column: int) -> _Head:
    """Return the head of a column; an empty cell of a merged head takes the words before it, or above."""
    parts: list[str] = []
    for heads in table.heads:
        words = heads[column] if column < len(heads) else ""
        if not words and not parts:
            words = next((heads[i] for i in range(min(column, len(heads)) - 1, 0, -1) if heads[i]), "")
        parts += [words] if words and words not in parts else []
    rest, unit = _without_unit("".join(parts))
    years = [int(year) for year in _YEAR.findall(rest)] or _ends_of_plans(rest)
    rest = _TIME.sub("", rest).strip()
    plain = bool(_PLAIN.fullmatch(rest))
    target = (
        None
        if not plain
        else True
        if w.OF_TARGETS.search(rest)
        else False
        if w.OF_STATUS.search(rest)
        else None
    )
    return _Head("".join(parts), "" if plain else rest, unit, years[-1] if years else None, target)


def _ends_of_plans(text: str) -> list[int]:
    period = five_year_period(text)
    return [period.end_year] if period and period.end_year else []


def _without_unit(text: str) -> tuple[str, str]:
    """Return a label without its unit, and the unit: 专利授权量(万件) → 专利授权量, 万件."""
    for match in _BRACKET.finditer(text):
        printed = match[1] or match[2]
        if _UNIT.fullmatch(printed):
            return text[: match.start()] + text[match.end() :], printed
    return text, ""


def _labels(said: list[str], figures: list[int], heads: Sequence[_Head], table: _Table) -> dict[int, str]:
    """Return the labels of a row, by column: the words before its first figure, or, where a cell is empty, those above."""
    labels: dict[int, str] = {}
    anew = False
    for column in range(figures[0]):
        words = said[column]
        if words and (not words.isdecimal() or _YEAR.fullmatch(words)) and not _UNIT.fullmatch(words):
            labels[column] = words
            anew = True
        elif not words and not anew and column in table.labels:
            labels[column] = table.labels[column]
    table.labels = labels
    named = {c: words for c, words in labels.items() if not w.NO_LABEL_HEAD.search(heads[c].printed)}
    return named or labels


def _cell(
    words: str, column: int, heads: Sequence[_Head], labels: dict[int, str], said: list[str], table: _Table
) -> Cell | None:
    """Return what a figure is; None where nothing says its unit."""
    head = heads[column]
    parts, row_unit, row_year = [], "", None
    for label in labels.values():
        part, unit = _without_unit(label)
        row_unit = unit or row_unit
        row_year = max((int(year) for year in _YEAR.findall(part)), default=row_year)
        parts.append(
            _NUMBERED.sub("", re.sub(_MARKS + "$", "", _TIME.sub("", part)).strip(), count=1).strip()
        )
    own = next((said[i] for i, h in enumerate(heads) if h.printed and w.UNIT_COLUMN.fullmatch(h.printed)), "")
    above = "\n".join(table.above)
    caption = _subject(table.above)
    name = _name("".join(parts), head.words, caption, [heads[c].printed for c in labels])
    figure = _FIGURE.fullmatch(words)
    sources = {
        "cell": figure["own"] if figure and re.search(UNIT, figure["said"][figure.end("number") :]) else "",
        "head": head.unit,
        "unit column": own if _UNIT.fullmatch(own) else "",
        "row label": row_unit,
        "caption": _unit_above(above, [heads[c].unit for c in labels], (head.words, "".join(parts))),
    }
    source = next((source for source, unit in sources.items() if unit), None)
    if source is None:
        return None
    dated = [int(year) for year in _YEAR.findall(above)] if not any(h.year for h in heads) else []
    year = head.year or row_year or (dated[0] if len(set(dated)) == 1 else None)
    place = f"row {''.join(parts) or '-'}, column {head.printed or '-'}, unit of the {source}"
    return Cell(name, "" if source == "cell" else sources[source], year, head.is_target, caption, note=place)


def _unit_above(above: str, units: list[str], names: Sequence[str]) -> str:
    """Return the unit that a caption, or the head of the labels, gives to all figures that it can be the unit of."""
    stated = [unit for unit in _STATED_UNIT.findall(above) if _UNIT.fullmatch(unit)] or list(
        filter(None, units)
    )
    if len(set(stated)) != 1 or ("%" not in stated[0] and any(map(w.RATES.search, names))):
        return ""
    return "" if stated[0].endswith(w.MONEY_SIGN) and any(map(w.COUNTS.search, names)) else stated[0]


def _subject(above: list[str]) -> str:
    """Return what the caption of a table is about: 表1 2024年专项资金安排表(单位:万元) → 专项资金安排."""
    lines = [_TIME.sub("", _CAPTION.sub("", _STATED_UNIT.sub("", line).strip())).strip() for line in above]
    return next((line for line in reversed(lines) if line and len(line) <= _SHORT and "。" not in line), "")


def _name(label: str, words: str, caption: str, heads: list[str]) -> str:
    """Return the indicator of a figure: the label of its row and the head of its column, else what the table is about."""
    if w.TOTAL_ROW.fullmatch(label):
        return (words or caption) + label
    of_places = any(w.PLACE_HEAD.search(head) for head in heads)
    name = label if label.endswith(words) else label + words
    return name + caption if of_places and not words else name or caption or "".join(heads) or label


def figure_of(text: str, cell: Cell) -> tuple[str, list[Quantity]]:
    """Return a cell as if it was said in a sentence, its label before it, with the quantities in it."""
    said = cell.label + " " * cell.label[-1:].isdigit()
    unit = _UNIT.fullmatch(cell.unit)
    end = figure.end("said") if (figure := _FIGURE.fullmatch(text)) else len(text)
    found = []
    for quantity in find_quantities(text[:end]):
        value, word = quantity.value, quantity.unit_word
        if not word and unit:
            value, word = value * magnitude_value(unit["mag"]), unit["unit"]
        start, stop = quantity.start + len(said), quantity.end + len(said)
        found.append(replace(quantity, start=start, end=stop, value=value, unit_word=word, cell=cell))
    return said + text, found


_GLUED = re.compile(
    rf"(?:\((?P<mag>{MAGNITUDE})?(?P<unit>{UNIT})\)|[\s|](?P<mag2>{MAGNITUDE})?(?P<unit2>{UNIT}))(?P<cells>(?:[\s|]+{ARABIC}(?=[\s|]|$))+)"
)
_COLUMN_YEARS = re.compile(rf"20\d{{2}}(?={w.YEAR_SIGN}?[^\s|\d,。;]{{0,6}}(?:[\s|]|$))")


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
