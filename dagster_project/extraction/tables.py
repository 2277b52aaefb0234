"""What the cells of tables say: figures with the label, unit and year that their row, column and caption give them.

What `find_boxes` returns is cut out of the text before its sentences are, so that no number is read together with a
neighbour. Rows with single blanks are read inside their sentence (`numbers.fill_columns`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.fields.period import five_year_period
from dagster_project.extraction.grids import (
    FIGURE,
    MARKS,
    SHORT,
    STATED_UNIT,
    UNIT_ALONE,
    Grid,
    Row,
    columns_of,
    grids,
)
from dagster_project.extraction.numbers import (
    TO,
    UNIT,
    Cell,
    Quantity,
    find_quantities,
    scaled,
)
from dagster_project.reading.numerals import FIVE_YEARS, YEAR
from dagster_project.reading.rows import tabbed
from dagster_project.records import View

_BRACKET = re.compile(rf"\((?:{w.UNIT_HEAD}:)?([^()]{{1,12}}(?:\([^()]{{1,4}}\))?)\)|[,/]([^,/()\s]{{1,6}})$")
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_TIME = re.compile(
    rf"[(]?{w.UP_TO}?(?:{YEAR}(?!\d)(?:{w.PART_OF_YEAR})?(?:{TO})?)+[)]?|[“]?{FIVE_YEARS}[”]?(?:{w.PART_OF_YEAR})?"
)
_PLAIN = re.compile(rf"(?:{w.HEADS_OF_VALUES}|[()\s:])*")
_NUMBERED = re.compile(rf"^(?:\d{{1,2}}[.、]|\(\d{{1,2}}\)|{w.OPENS_LABEL}|[—·\s①-⑳*])+")
_RULE = re.compile(r"[\s:|—-]+")
_SUMMED = re.compile(r"^(.*?)[/、,]?[\[〔](.+)[\]〕]$")  # 年均增长/[累计]
_CAPTION = re.compile(rf"^{w.CAPTION_LEAD}|{w.CAPTION_END}$")
_HEADS = 3  # rows of heads; a table of words alone has one
_LONGEST_LABEL = 60  # characters; what is longer tells and does not name


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table.

    Attributes:
        start: Where it starts in the view.
        end: Where it ends.
        said: What its words are read behind, if they are the award of the row: 专利质押奖补标准.
        year: The last year in the column of times of its row.
        place: The head of its column, and what its row is called, if it is another cell: 专利导航 of 每个县至少建立1个.
        cell: What its figure is, if it is one with a unit.
    """

    start: int
    end: int
    said: str = ""
    year: int | None = None
    place: tuple[str, str] = ("", "")
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
    """What has been read of a table: the lines above it, its rows of heads, what each column of them says, the labels above."""

    above: list[str]
    heads: list[list[str]] = field(default_factory=list)
    spans: list[Row] = field(default_factory=list)  # of the heads
    dated: bool = False  # a head has a year
    numbers: set[int] = field(default_factory=set)  # the columns of row numbers
    columns: dict[int, _Head] = field(default_factory=dict)  # once its body has begun
    figured: set[int] = field(default_factory=set)  # the columns that had a figure so far
    is_body: bool = False
    labels: dict[int, str] = field(default_factory=dict)

    def add_head(self, row: Row, said: list[str]) -> None:
        """Add a row of heads."""
        self.heads.append(said)
        self.spans.append(row)
        self.dated |= any(_YEAR.search(words) for words in said)
        self.numbers |= {i for i, words in enumerate(said) if w.NUMBER_HEAD.fullmatch(words)}


def find_boxes(view: View) -> list[Box]:
    """Return the cells of all tables of a text, in order; rows without a figure count where signs part their cells."""
    text = tabbed(view)
    boxes: list[Box] = []
    for grid in grids(text):
        found = _told_apart(list(_read(text, grid)))
        if grid.is_ruled or any(box.cell for box in found):
            boxes += found
    return boxes


def _told_apart(boxes: list[Box]) -> list[Box]:
    """Put the classes of rows before their labels where two have the same one: 高校 专利转让, 企业 专利转让."""
    groups: dict[tuple[object, ...], set[str]] = {}
    for box in boxes:
        if box.cell:
            groups.setdefault((box.cell.label, box.cell.year, box.cell.is_target), set()).add(box.cell.group)
    if all(len(names) < 2 for names in groups.values()):
        return boxes
    return [
        replace(box, cell=replace(box.cell, label=box.cell.group + box.cell.label)) if box.cell else box
        for box in boxes
    ]


def _read(text: str, grid: Grid) -> Iterator[Box]:
    """Yield the cells of the tables in a grid, which a new header parts."""
    table = _Table(grid.above)
    between: list[str] = []
    for index, row in enumerate(grid.rows):
        said = [text[a:b] for a, b in row]
        full = [words for words in said if words]
        if len(full) < 2:
            between += full
            if not table.is_body:
                table.above = [*table.above, *full]
            continue
        if all(_RULE.fullmatch(words) for words in full):
            continue
        below = [
            _figures([text[a:b] for a, b in row], _Table([]))
            for row in grid.rows[index + 1 : index + _HEADS + 2]
        ]
        figures = _figures(said, table)
        if (
            not figures
            and table.is_body
            and _is_header(said, table, titled=bool(between and below and below[0]))
        ):
            table = _Table(between or table.above)
        if not figures and not table.is_body and len(table.heads) < _HEADS:
            table.add_head(row, said)
        table.is_body |= bool(figures) or not any(below)
        between = []
        columns = columns_of(text, row, table.spans)
        yield from _boxes(row, said, figures if columns else [], table, columns or range(len(row)))


def _is_header(said: list[str], table: _Table, *, titled: bool) -> bool:
    """Say whether a row without figures, after some with, begins a new table; below a title it does if figures follow."""
    is_new = titled and all(any(char.isalpha() for char in words) for words in said)
    return is_new or said in table.heads or bool(w.FIRST_HEAD.fullmatch(next(filter(None, said))))


def _figures(said: list[str], table: _Table) -> list[int]:
    """Return which cells of a row are figures: not a number or a year before the words, and not only years, but below some."""
    found = [i for i, words in enumerate(said) if len(words) <= SHORT and FIGURE.fullmatch(words)]
    found = [i for i in found if i not in table.numbers and not said[i].endswith(w.TIME_SIGNS)]
    first = next((i for i, words in enumerate(said) if words and i not in found), None)
    found = [i for i in found if first is None or i > first or not said[i].isdecimal()]
    if found and not any(said[: found[0]]) and _YEAR.fullmatch(said[found[0]]):
        found = found[1:]
    return [] if not table.dated and all(_YEAR.fullmatch(said[i]) for i in found) else found


def _boxes(
    row: Row, said: list[str], figures: list[int], table: _Table, columns: Sequence[int]
) -> Iterator[Box]:
    """Yield the cells of one row, the figures with what they are."""
    placed = dict(zip(columns, said, strict=True))
    said = [placed.get(column, "") for column in range(max(columns) + 1)]
    figures = [columns[i] for i in figures]
    heads = [_head_of(table, column) for column in range(len(said))]
    labels = _labels(said, figures, heads, table) if figures else {}
    year = _time_of(said, heads)
    for column, span in zip(columns, row, strict=True):
        if span[0] < span[1] and column in figures:
            cell = _cell(said[column], column, heads, labels, said, table)
            yield Box(*span, cell=replace(cell, row=(row[0][0], row[-1][1])) if cell else None)
        elif span[0] < span[1]:
            label, head = _label_before(said, column, heads) if table.is_body else "", heads[column].printed
            is_award = label and phrases.AWARD_NOUN.search(head) and not w.CONDITION_HEADING.search(head)
            yield Box(*span, label + heads[column].words if is_award else "", year, (head, label))


def _label_before(said: list[str], column: int, heads: Sequence[_Head]) -> str:
    """Return what a row is called before one of its cells: 专利质押 of 每件1万元 in the column 奖补标准."""
    words = [(cell, head.printed) for cell, head in zip(said[:column], heads, strict=False)]
    words = [(cell, head) for cell, head in words if any(map(str.isalpha, cell))]
    labels = [cell for cell, head in words if not w.NO_LABEL_HEAD.search(head)]
    labels = labels or [cell for cell, head in words if w.CLASS_HEAD.search(head)]
    return "".join(map(_part, labels))


def _time_of(said: list[str], heads: Sequence[_Head]) -> int | None:
    """Return the last year that a row names in a column of times."""
    times = (words for words, head in zip(said, heads, strict=True) if w.TIME_HEAD.fullmatch(head.printed))
    return max((int(year) for words in times for year in _YEAR.findall(words)), default=None)


def _part(label: str) -> str:
    """Return a label without its unit, years, number and footnote marks."""
    plain = re.sub(MARKS + "$", "", _TIME.sub("", _without_unit(label)[0])).strip()
    return _NUMBERED.sub("", plain, count=1).strip()


def _head_of(table: _Table, column: int) -> _Head:
    if not table.is_body:
        return _head(table, column)
    if column not in table.columns:
        table.columns[column] = _head(table, column)
    return table.columns[column]


def _head(table: _Table, column: int) -> _Head:
    """Return the head of a column; an empty cell of a merged head takes the words before it, or above."""
    parts: list[str] = []
    for heads in table.heads:
        words = heads[column] if column < len(heads) else ""
        if not words and not parts:
            words = next((heads[i] for i in range(min(column, len(heads)) - 1, 0, -1) if heads[i]), "")
        parts += [words] if words and words not in parts else []
    printed = "".join(parts)[:_LONGEST_LABEL]
    rest, unit = _without_unit(printed)
    years = [int(year) for year in _YEAR.findall(rest)] or _ends_of_plans(rest)
    said = [_TIME.sub("", _without_unit(part)[0]).strip() for part in parts]
    plain = "".join(part for part in said if _PLAIN.fullmatch(part))
    named = (part for part in said if not _PLAIN.fullmatch(part) or w.TOTAL_ROW.fullmatch(part))
    target = bool(w.OF_TARGETS.search(plain))
    is_target = target if target or w.OF_STATUS.search(plain) else None
    words = "".join(named)[:_LONGEST_LABEL]
    return _Head(printed, words, unit, years[-1] if years else None, is_target)


def _ends_of_plans(text: str) -> list[int]:
    period = five_year_period(text)
    return [period.end_year] if period and period.end_year else []


def _without_unit(text: str) -> tuple[str, str]:
    """Return a label without its unit, and the unit: 专利授权量(万件) → 专利授权量, 万件."""
    for match in _BRACKET.finditer(text):
        printed = match[1] or match[2]
        if UNIT_ALONE.fullmatch(printed):
            return text[: match.start()] + text[match.end() :], printed
    return text, ""


def _labels(said: list[str], figures: list[int], heads: Sequence[_Head], table: _Table) -> dict[int, str]:
    """Return the labels of a row, by column: the words before its first figure, or, where a cell is empty, those above."""
    labels: dict[int, str] = {}
    anew = False
    for column in range(figures[0]):
        words = said[column]
        if (
            len(words) <= _LONGEST_LABEL
            and column not in table.figured
            and (any(map(str.isalpha, words)) or _YEAR.fullmatch(words))
            and not UNIT_ALONE.fullmatch(words)
        ):
            labels[column] = words
            anew = True
        elif not words and not anew and column in table.labels:
            labels[column] = table.labels[column]
    table.labels = labels
    table.figured |= set(figures)
    named = {c: words for c, words in labels.items() if not w.NO_LABEL_HEAD.search(heads[c].printed)}
    return named or labels


def _cell(
    words: str, column: int, heads: Sequence[_Head], labels: dict[int, str], said: list[str], table: _Table
) -> Cell | None:
    """Return what a figure is; None where nothing says its unit."""
    head = heads[column]
    parts, row_unit, row_year = [], "", None
    words_of_head = _words_of(head.words, words)
    for label in labels.values():
        part, unit = _without_unit(label)
        row_unit = unit or row_unit
        row_year = max((int(year) for year in _YEAR.findall(part)), default=row_year)
        parts.append(_part(label))
    own = next((said[i] for i, h in enumerate(heads) if h.printed and w.UNIT_COLUMN.fullmatch(h.printed)), "")
    above = "\n".join(table.above)
    caption = _subject(table.above)
    row_heads = [heads[c].printed for c in labels]
    name = _name("".join(parts), words_of_head, caption, row_heads)
    figure = FIGURE.fullmatch(words)
    sources = {
        "cell": figure["own"]
        if figure and re.search(UNIT, figure["said"][figure.end("number") - figure.start("said") :])
        else "",
        "head": head.unit,
        "unit column": own if UNIT_ALONE.fullmatch(own) else "",
        "row label": row_unit,
        "caption": _unit_above(above, [heads[c].unit for c in labels], (words_of_head, "".join(parts))),
    }
    if w.RATES.search(words_of_head):  # 亿元 is not the unit of the growth of a sum
        sources |= {name: "" for name in ("unit column", "row label") if "%" not in sources[name]}
        sources["rate"] = "%" if w.PER_CENT_HEAD.search(words_of_head) else ""
    source = next((source for source, unit in sources.items() if unit), None)
    if source is None:
        return None
    dated = {int(year) for year in _YEAR.findall(above)}
    if years := [h.year for h in heads if h.year]:
        dated = {max(years)} if w.OVER_YEARS.search(words_of_head or head.printed) else set()
    year = head.year or row_year or (dated.pop() if len(dated) == 1 else None)
    place = f"row {''.join(parts) or '-'}, column {head.printed or '-'}, unit of the {source}"
    printed = "" if source == "cell" else sources[source]
    classes = [c for c in table.labels if w.CLASS_HEAD.search(heads[c].printed)]
    is_named_by_class = bool(set(classes) & set(labels))
    heads_after = "\n".join(h.words for h in heads[column + 1 :])
    return Cell(
        name,
        printed,
        year,
        head.is_target,
        caption,
        words_of_head,
        "".join(row_heads),
        heads_after,
        group="" if is_named_by_class else "".join(_part(table.labels[c]) for c in classes),
        note=place,
    )


def _words_of(head: str, words: str) -> str:
    """Return what the head of a column that has figures of two kinds says of one: 年均增长/[累计] of [18] is 累计."""
    match = _SUMMED.match(head)
    return match[1 + words.startswith(("[", "〔"))] if match else head


def _unit_above(above: str, units: list[str], names: Sequence[str]) -> str:
    """Return the unit that a caption, or the head of the labels, gives to all figures that it can be the unit of."""
    found = (first or second for first, second in STATED_UNIT.findall(above))
    stated = [unit for unit in found if UNIT_ALONE.fullmatch(unit)] or list(filter(None, units))
    if len(set(stated)) != 1 or ("%" not in stated[0] and any(map(w.RATES.search, names))):
        return ""
    return "" if stated[0].endswith(w.MONEY_SIGN) and any(map(w.COUNTS.search, names)) else stated[0]


def _subject(above: list[str]) -> str:
    """Return what the caption of a table is about: 表1 2024年专项资金安排表(单位:万元) → 专项资金安排."""
    lines = [
        _TIME.sub("", _CAPTION.sub("", w.BRACKETED.sub("", STATED_UNIT.sub("", line)).strip())).strip()
        for line in above
    ]
    return next((line for line in reversed(lines) if line and len(line) <= SHORT and "。" not in line), "")


def _name(label: str, words: str, caption: str, heads: list[str]) -> str:
    """Return the indicator of a figure: the label of its row and the head of its column, else what the table is about."""
    if w.TOTAL_ROW.fullmatch(words):
        if not label:
            return caption + words
        words = ""
    if w.TOTAL_ROW.fullmatch(label):
        return label + words if w.OVER_YEARS.search(words) else (words or caption) + label
    of_places = any(w.PLACE_HEAD.search(head) for head in heads)
    said = label.endswith(words) or (w.OVER_YEARS.search(label) and w.OVER_YEARS.search(words))
    name = label if said else label + words
    return name + caption if of_places and not words else name or caption or "".join(heads) or label


def figure_of(text: str, cell: Cell) -> tuple[str, list[Quantity]]:
    """Return a cell as if it was said in a sentence, its label before it, with the quantities in it."""
    said = cell.label + " " * cell.label[-1:].isdigit()
    unit = UNIT_ALONE.fullmatch(cell.unit)
    end = figure.end("said") if (figure := FIGURE.fullmatch(text)) else len(text)
    found = []
    number = figure["number"] if figure else ""
    closed = number.replace(" ", "")  # 1 150 is one number in its cell
    for quantity in find_quantities(text[:end].replace(number, closed, 1)):
        value, word = quantity.value, quantity.unit_word
        if not word and unit:
            value, word = scaled(value, unit["mag"]), unit["unit"]
        start, stop = quantity.start + len(said), quantity.end + len(number) - len(closed) + len(said)
        found.append(quantity._replace(start=start, end=stop, value=value, unit_word=word, cell=cell))
    return said + text, found
