"""Tables with a cell on each line, where cells that were too long for their column stand on several lines.

A PDF reader gives such a table as ``2 ⏎ 专利许可备案 ⏎ 数量 ⏎ 件 ⏎ 60``. The header says how many cells a row has
and what each of them can be; the numbers of the rows say where each begins. The lines of a row are then dealt out to
its cells so that as little as possible speaks against it. Where a row cannot be dealt out, nothing of the table is
joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from dagster_project.reading.marks import NAMES, mark_at
from dagster_project.reading.numerals import YEAR

Span = tuple[int, int]

_FIRST = re.compile("序 ?号|编 ?号")
_ROW_NUMBER = re.compile(r"([0-9]{1,3})[.、]?")
_FEWEST, _MOST = 3, 12  # cells of a row
_FEWEST_ROWS = 2
_LONGEST_HEAD, _LONGEST_LINE = 16, 60  # characters
_MOST_LINES = 40  # of a row
_IN_SIGHT = 200  # lines in which the number of the next row is looked for
_MOST_OF_LAST = 4  # lines for each cell of the last row, whose end no number shows
# Heads on two lines: 总投资⏎(万元), 2027年⏎目标, 责任⏎单位.
_WRAPPED_HEAD = re.compile(
    rf"[^\n]+\n\([^()\n]+\)|{YEAR}年(?:底|末)?\n(?:[规计预]?[划期]?(?:目标|计划|完成)|基数|现状|实际|目标)[值数]?|(?:序|编)\n号"
    r"|(?:责任|牵头|配合|主管|实施|承办|协办)(?:单位)?\n(?:单位|部门|处室|科室)|(?:指标|项目|任务|工程)\n名称"
    r"|(?:完成|办结|实施|建设|推进)\n(?:时限|时间|进度)|计量\n单位|主要\n(?:内容|指标|任务)|重点\n(?:任务|项目|工作)"
)
_TOTAL = re.compile("[合总小] *计")
_ENDS = re.compile(r"附(?:件|表|录)|注[:1]|备注:|说明:")

# What the heads of columns let their cells be.
_UNIT = re.compile("(?:计量)?单位")
_OFFICE = re.compile("责任|牵头|配合|部门|处室|科室|主管|主体|承办|协办|落实单位|完成单位|实施单位")
_TIME = re.compile("时限|时间|期限|进度")
_FIGURES = re.compile(
    rf"{YEAR}|目标值|基期|现状|数量|金额|投资|规模|指标值|分值|权重|增[速幅长]|累计|[数值量额]$|\((?:[万亿]?[元件家个项]|%)\)"
)
_NAME = re.compile("名称|^(?:重点|主要|具体|核心)?(?:任务|项目|指标|事项|工程|领域|类别|属性|性质)$")

_FIGURE_CELL = re.compile(
    r"[≥≤><\[〔]?[约近]?[0-9][0-9,.]*[)\]〕%]?[^,。;]{0,6}|[-—/]|持续.*|逐[年步].*|完成.*|达标|.*[高降]于?.*"
)
_EMPTY = re.compile("[-—/]+")
_UNIT_CELL = re.compile(r"[^0-9,。;]{1,8}|-|—|/")
_TIME_CELL = re.compile(
    r"[0-9一二三四上中下半年月日底前末初旬季度第至到—~.、() -]+|(?:长期|持续|常年|全年|立即|逐年|每).*"
)
_OFFICE_CELL = re.compile(
    r"[^0-9。]*(?:[局处科办委部厅院会室司署站所行队]|中心|政府|公司|单位|部门|街道|区县|县区|乡镇|企业|机构)(?:等|\([^()]*\))*"
)
_OPEN = re.compile(r"[、,;:(《“与和及的]$|[0-9]$")
_GOES_ON = re.compile(r"[、,。;:)》”%]|(?:[万亿个家项件名人场次]|年|月)(?![一-鿿]{3})")
_NO_WAY, _BAD, _UNLIKELY = 100, 4, 1


@dataclass(frozen=True, slots=True)
class _Column:
    kind: str
    width: float = 0.0  # of its widest line that another follows, once the table has been dealt out


def breaks_in_cells(text: str) -> Iterator[Span]:
    """Yield the spans between two lines of one cell.

    Args:
        text: A folded text.
    """
    lines = [(m.start(), m.start() + len(m[0].rstrip())) for m in re.finditer(r"[^ \n][^\n]*", text)]
    at = 0
    while at < len(lines):
        if not _begins(text, lines, at):
            at += 1
            continue
        heads, rows, stop = _table(text, lines, at)
        if rows:
            yield from _joined(text, heads, rows)
        at = max(stop, at + 1)


_CLASS_HEAD = re.compile("(?:指标)?(?:类 ?别|分 ?类|类 ?型|领 ?域|维 ?度|方 ?面|板 ?块)|一级指标")
_CLASS = re.compile("[\u4e00-\u9fff()、和与]{1,12}")
_FEWEST_OF_A_CLASS = 3  # rows; with fewer, what the class of one is cannot be told from its last cell


def merged_cells(text: str) -> Iterator[Span]:
    """Yield the lines of a first column that holds the classes of the rows, each in a cell merged over its rows.

    Behind a class a row begins with its number, as the others do: ``类别 ⏎ 序号 ⏎ 指标 … 经济 ⏎ 发展 ⏎ 1``.
    A row has as many cells as the shortest one: a class behind a row, or a broken cell in it, only makes it longer.

    Args:
        text: A folded text.
    """
    lines = [(m.start(), m.start() + len(m[0].rstrip())) for m in re.finditer(r"[^ \n][^\n]*", text)]
    said = [text[a:b] for a, b in lines]
    for at in range(len(lines) - 1):
        if _CLASS_HEAD.fullmatch(said[at]) and _FIRST.fullmatch(said[at + 1]):
            yield from (lines[i] for i in _classes(said, at))


def _classes(said: Sequence[str], head: int) -> list[int]:
    """Return the lines of the column of classes whose head stands at a line; none where it is not certain."""
    starts: list[int] = []
    for i in range(head + 2, len(said)):
        if i - (starts[-1] if starts else head) > _MOST_LINES:
            break
        if said[i] == str(len(starts) + 1):
            starts.append(i)
    if len(starts) < _FEWEST_OF_A_CLASS:
        return []
    width = min(b - a for a, b in pairwise(starts))  # of a row with its number
    first = head + 1 + width
    ends = {said[a + width - 1] for a, b in pairwise(starts) if b - a == width}
    found = [head, *range(first, starts[0])]
    for a, b in pairwise(starts):
        last = next((i for i in range(b - 1, a, -1) if said[i] in ends or _FIGURE_CELL.fullmatch(said[i])), a)
        found += range(last + 1, b) if last - a >= width - 1 else ()
    is_one = len(found) > 1 and all(_CLASS.fullmatch(said[i]) for i in found)
    return found if is_one and len(ends) < len(starts) - 1 else []


def _begins(text: str, lines: Sequence[Span], at: int) -> bool:
    """Say whether the head of a table with numbered rows begins at a line, which may hold 序 alone."""
    words = text[slice(*lines[at])]
    if words in {"序", "编"} and at + 1 < len(lines):
        words += text[slice(*lines[at + 1])]
    return bool(_FIRST.fullmatch(words))


def _table(text: str, lines: Sequence[Span], at: int) -> tuple[list[list[Span]], list[list[Span]], int]:
    """Return the heads of a table, with their lines, its rows of lines, and where it ends; no rows if it is none."""
    heads: list[list[Span]] = []
    first = at
    while first < len(lines) and not _ROW_NUMBER.fullmatch(text, *lines[first]):
        if lines[first][1] - lines[first][0] > _LONGEST_HEAD or len(heads) > _MOST:
            return [], [], first
        above = text[slice(*heads[-1][-1])] if heads else ""
        if _WRAPPED_HEAD.fullmatch(f"{above}\n{text[slice(*lines[first])]}"):
            heads[-1].append(lines[first])
        else:
            heads.append([lines[first]])
        first += 1
    if first == len(lines) or not _FEWEST <= len(heads) <= _MOST:
        return [], [], first
    stop = next((i for i in range(first + 1, len(lines)) if _ends(text, lines[i])), len(lines))
    columns = [_Column(_kind("".join(text[a:b] for a, b in head))) for head in heads[1:]]
    rows: list[list[Span]] = []
    while first < stop and (_ROW_NUMBER.fullmatch(text, *lines[first]) or len(rows) < _FEWEST_ROWS):
        row = _row(text, lines[first : min(stop, first + _IN_SIGHT)], columns)
        if not row:
            return [], [], stop
        rows.append(row)
        first += len(row)
    return heads, rows if len(rows) >= _FEWEST_ROWS else [], stop


def _ends(text: str, line: Span) -> bool:
    """Say whether a line is no cell of a table that has begun: a heading, another table, a note, a long line."""
    mark = mark_at(text, *line)
    above = mark is not None and mark.style <= NAMES.index("(一)")
    return (
        above
        or line[1] - line[0] > _LONGEST_LINE
        or bool(_FIRST.fullmatch(text, *line) or _ENDS.match(text, *line))
    )


def _row(text: str, lines: Sequence[Span], columns: Sequence[_Column]) -> list[Span]:
    """Return the lines of the row that begins here: up to the next number of a row that leaves it possible."""
    number = _ROW_NUMBER.fullmatch(text, *lines[0])
    if not number:
        return []
    following = str(int(number[1]) + 1)
    ends = range(len(columns) + 1, min(len(lines), _MOST_LINES) + 1)
    numbers = (_ROW_NUMBER.fullmatch(text, *line) for line in lines)
    again = [i for i, found in enumerate(numbers) if found and found[1] == following]
    numbered = [end for end in again if end in ends]
    if again and not numbered:
        return []  # a row without some of its cells
    totals = [end for end in ends if end < len(lines) and _TOTAL.fullmatch(text, *lines[end])]
    last = {len(columns) + 1, *totals[:1]}
    if len(lines) <= _MOST_OF_LAST * (len(columns) + 1):
        last.add(len(lines))
    ends_of_last = sorted(last.intersection(ends), reverse=True)
    costs = {end: _dealt(text, lines[1:end], columns)[0] for end in numbered or ends_of_last}
    best = min(costs, key=costs.__getitem__, default=0)
    return list(lines[:best]) if best and costs[best] < _BAD else []


def _kind(head: str) -> str:
    kinds = (("unit", _UNIT), ("office", _OFFICE), ("time", _TIME), ("name", _NAME), ("figure", _FIGURES))
    full = next((kind for kind, words in kinds[:1] if words.fullmatch(head)), "")
    return full or next((kind for kind, words in kinds[1:] if words.search(head)), "text")


def _width(line: str) -> float:
    return sum(0.5 if c.isascii() else 1.0 for c in line)


def _dealt(
    text: str, lines: Sequence[Span], columns: Sequence[_Column], most: int = _BAD
) -> tuple[int, list[int]]:
    """Return how much speaks against the best way to deal lines out to columns, and where each column begins in it.

    Ways against which `most` speaks, or more, are none.
    """
    said = [text[a:b] for a, b in lines]

    @cache
    def best(line: int, column: int) -> tuple[int, tuple[int, ...]]:
        left = len(columns) - column
        if not left:
            return (0, ()) if line == len(lines) else (_NO_WAY, ())
        found: tuple[int, tuple[int, ...]] = (_NO_WAY, ())
        for end in range(line + 1, len(lines) - left + 2):
            cost = _against(said[line:end], columns[column])
            if end < len(lines):
                cost += _BAD * _is_one(said[end - 1], said[end])
            if cost >= min(found[0], most):
                continue
            rest, starts = best(end, column + 1)
            if cost + rest < found[0]:
                found = (cost + rest, (line, *starts))
        return found

    cost, starts = best(0, 0)
    return cost, list(starts)


def _is_one(before: str, after: str) -> bool:
    """Say whether two lines cannot be two cells."""
    if _FIGURE_CELL.fullmatch(before) and _FIGURE_CELL.fullmatch(after):
        return False
    open_end = _OPEN.search(before) and not _FIGURE_CELL.fullmatch(before)
    return bool(open_end or (_GOES_ON.match(after) and not _UNIT_CELL.fullmatch(after)))


def _against(cell: Sequence[str], column: _Column) -> int:
    """Return how much speaks against a cell of a column."""
    words = "".join(cell)
    if any(before[-1:].isdigit() and after[:1].isdigit() for before, after in pairwise(cell)):
        return _NO_WAY  # two figures are two cells: 0 ⏎ 20项
    if len(cell) > 1 and any(_EMPTY.fullmatch(line) for line in cell):
        return _BAD
    alone = {"unit": _UNIT_CELL, "figure": _FIGURE_CELL}.get(column.kind)
    if alone:
        return _BAD * (not alone.fullmatch(words)) + _BAD * (len(cell) - 1)
    narrow = 0
    if column.width:
        widths = [*map(_width, cell)]
        narrow = sum(w < column.width - 3 for w in widths[:-1])
    cost = _UNLIKELY * narrow
    if column.kind == "office":
        cost += _BAD * (not _OFFICE_CELL.fullmatch(words))
    elif column.kind == "time":
        cost += _BAD * (not _TIME_CELL.fullmatch(words))
    if column.kind != "text":
        cost += _UNLIKELY * (len(cell) - 1)
    if column.kind == "name":
        cost += _BAD * bool(re.search("[。;]", words))
    return cost


def _joined(text: str, heads: list[list[Span]], rows: list[list[Span]]) -> Iterator[Span]:
    """Yield the breaks inside the cells of a table.

    Its rows are dealt out again once the widths of the columns are known.
    """
    for head in heads:
        yield from ((a[1], b[0]) for a, b in pairwise(head))
    columns = [_Column(_kind("".join(text[a:b] for a, b in head))) for head in heads[1:]]
    widths = [0.0] * len(columns)
    dealt = [_dealt(text, row[1:], columns)[1] for row in rows]
    for row, starts in zip(rows, dealt, strict=True):
        for n, (start, stop) in enumerate(pairwise([*starts, len(row) - 1])):
            full = row[1:][start : stop - 1]  # its last line may be short
            widths[n] = max([widths[n], *(_width(text[a:b]) for a, b in full)])
    columns = [_Column(c.kind, width) for c, width in zip(columns, widths, strict=True)]
    for row, first in zip(rows, dealt, strict=True):
        starts = _dealt(text, row[1:], columns, _NO_WAY)[1] or first
        for n, (before, after) in enumerate(pairwise(row[1:]), 1):
            is_figure = text[before[1] - 1].isdigit() and text[after[0]].isdigit()
            if n not in starts and not is_figure:
                yield before[1], after[0]
