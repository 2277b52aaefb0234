"""Grids of cells: one row and one column of names, and a word or number in each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from dagster_project.figures.canvas import (
    GREY,
    INK,
    Canvas,
    height_of,
    hover_text,
    longest_word,
    paragraph,
    text_width,
)
from dagster_project.figures.plans import MANY, Looks

# One hue from dark to white, so that the steps read in grey, too; each with the colour of the text on it.
SHADES = (
    ("#0072B2", "#FFFFFF"), ("#4E9DD0", INK), ("#8CC4E8", INK), ("#E3EEF6", INK), ("#FFFFFF", GREY), ("#D9D9D9", INK),
)  # fmt: skip

_KEPT = 3  # measures of a cell that the CSV of hundreds of plans names
_LEAST = 9  # height that a grid below other parts needs, times the size of the font
_LINES = 3.5  # that a broken text may have, nearly
_TIGHT = 1.4  # height of a row at the least, times the size of the font


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid.

    Attributes:
        text: What stands in it.
        shade: Its colour, an index of `SHADES`.
        hover: Lines of plain text.
        measure_keys: The measures behind it.
        wraps: Whether its text may be broken into two lines.
    """

    text: str
    shade: int
    hover: tuple[str, ...] = ()
    measure_keys: tuple[str, ...] = ()
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a row or a column.

    Attributes:
        name: Plain text.
        is_bold: Whether it stands out.
        badge: Markup before the name.
    """

    name: str
    is_bold: bool = False
    badge: str = ""


def plan_heads(looks: Looks) -> list[Head]:
    """Return the heads of a column for each plan."""
    return [Head(look.name, badge=look.badge) for look in looks.values()]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The measures behind a cell.

    Attributes:
        keys: Of the measures.
        quotes: Their sentences, each once.
    """

    keys: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    def columns(self, plans: int) -> dict[str, str]:
        """Return what the CSV of a figure of so many plans tells of it; of hundreds, not all that they say."""
        most = None if plans < MANY else _KEPT
        return {"measure_key": "; ".join(self.keys[:most]), "quote_zh": " / ".join(self.quotes[:most])}


class Behind(dict[tuple[str, str], Evidence]):
    """The measures behind each cell; a cell without any has none."""

    def __missing__(self, _cell: tuple[str, str]) -> Evidence:
        return Evidence()


def behind(measures: pl.DataFrame, first: str, second: str) -> Behind:
    """Return the measures behind each cell of a grid.

    Args:
        measures: With ``measure_key`` and ``quote_zh``, a measure as often as it stands behind a cell.
        first: The column of the first key of a cell.
        second: The column of its second key.
    """
    cells = measures.unique([first, second, "measure_key"]).sort("measure_key").group_by(first, second)
    return Behind(
        (
            (row[first], row[second]),
            Evidence(tuple(row["measure_key"]), tuple(dict.fromkeys(row["quote_zh"]))),
        )
        for row in cells.agg("measure_key", "quote_zh").iter_rows(named=True)
    )


def draw_grid(
    canvas: Canvas, name: str, rows: Sequence[Head], columns: Sequence[Head], cells: Sequence[Sequence[Cell]]
) -> tuple[int, int]:
    """Draw as many rows and columns as fit, from the first on.

    Args:
        canvas: The grid is drawn at its top.
        name: Of the trace, by which a canvas knows the rows and columns of the grid.
        rows: Heads of the rows.
        columns: Heads of the columns.
        cells: A row of cells for each row.

    Returns:
        How many rows and how many columns are left out.
    """
    fit = _fit(canvas, name, rows, columns, cells)
    font, padding = fit.font, fit.padding
    heads = [
        (head.badge + "<br>" if head.badge else "")
        + paragraph(head.name, fit.column - padding / 2, font, most=4)
        for head in columns[: fit.columns]
    ]
    canvas.top += max(height_of(head, font) for head in heads) + 6
    # Of cells whose texts are broken, the one with most lines makes the height of all rows.
    broken = [[_broken(cell, fit) for cell in row[: fit.columns]] for row in cells]
    most = max((cell.text.count("<br>") + 1 for row in broken for cell in row), default=1)
    highest, lowest = font * max(2.7, 1.3 * most + 0.7), font * max(_TIGHT, 1.3 * most + 0.2)
    row_height = highest if canvas.is_free else min(highest, max(lowest, canvas.room / len(rows)))
    shown_rows = len(rows) if canvas.is_free else max(1, min(len(rows), int(canvas.room / row_height + 1e-6)))
    shown_rows = _allowed(canvas, f"{name} row", shown_rows)
    row_height = highest if canvas.is_free else min(highest, max(lowest, canvas.room / max(1, shown_rows)))
    lines = max(1, int((row_height - 2) / (font * 1.3)))
    width = fit.left - canvas.left - 1.5 * padding
    labels = [
        row.badge + paragraph(row.name, width, font, "font-weight:bold" if row.is_bold else "", lines)
        for row in rows[:shown_rows]
    ]
    axes = canvas.axes(
        fit.left,
        fit.left + fit.column * fit.columns,
        row_height * shown_rows,
        {"side": "top", "tickvals": list(range(fit.columns)), "ticktext": heads, "tickangle": 0, "showgrid": False,
         "range": [-0.5, fit.columns - 0.5], "tickfont": {"size": font}},
        {"tickvals": list(range(shown_rows)), "ticktext": labels, "range": [shown_rows - 0.5, -0.5],
         "tickfont": {"size": font}, "ticklabelstandoff": int(padding)},
    )  # fmt: skip
    _draw_cells(canvas, name, broken[:shown_rows], font, axes)
    canvas.top += 8
    return len(rows) - shown_rows, len(columns) - fit.columns


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a grid fits into the width of a canvas, all in pixels.

    Attributes:
        font: Size of its letters.
        padding: Beside a text.
        left: Where the cells begin.
        column: Width of a column.
        columns: How many fit.
    """

    font: float
    padding: float
    left: float
    column: float
    columns: int


def has_room(canvas: Canvas, name: str) -> bool:
    """Return whether a grid below other parts has room for its heads and some rows, in every language."""
    fits = canvas.room > _LEAST * canvas.frame.size.text and canvas.may_show(name)
    canvas.show([name] if fits else [])
    return fits


def _broken(cell: Cell, fit: _Fit) -> Cell:
    """Return a cell with its text as markup, in lines no wider than its column."""
    if not cell.wraps:
        return cell
    return replace(cell, text=paragraph(cell.text, fit.column - fit.padding, fit.font))


def _allowed(canvas: Canvas, part: str, fitting: int) -> int:
    """Return how many of so many that fit are shown: no more than fit in every language."""
    shown = [key for key in (f"{part} {index}" for index in range(fitting)) if canvas.may_show(key)]
    canvas.show(shown)
    return len(shown)


def _fit(
    canvas: Canvas,
    name: str,
    rows: Sequence[Head],
    columns: Sequence[Head],
    cells: Sequence[Sequence[Cell]],
    largest: float | None = None,
) -> _Fit:
    """Return how a grid fits, in letters no larger than those of texts or than others."""
    size = canvas.frame.size
    font = largest or size.text
    if not canvas.is_free:  # many rows are worth smaller letters
        tight = 2 * _TIGHT if any(cell.wraps for row in cells for cell in row) else _TIGHT
        font = min(font, max(size.small, (canvas.room - 3 * font) / len(rows) / tight))
    padding = font * 0.7
    wanted = max(text_width(row.name, font) * (1.1 if row.is_bold else 1) for row in rows) + 3 * padding
    left = canvas.left + min(wanted, canvas.width * 0.3)
    # Broken into lines a text needs its longest word, and no more lines than a reader bears.
    widths = [
        max(text_width(cell.text, font) / _LINES, longest_word(cell.text, font))
        if cell.wraps
        else text_width(cell.text, font)
        for row in cells
        for cell in row
    ]
    widest = max(widths) + padding
    words = max(longest_word(head.name, font) for head in columns)
    narrowest = max(widest, min(words + padding, 9.5 * font), 4.5 * font)
    fitting = max(1, min(len(columns), int((canvas.right - left) / narrowest)))
    if fitting < len(columns) and font > size.small:
        # Smaller letters are better than a column less.
        return _fit(canvas, name, rows, columns, cells, size.small)
    shown = _allowed(canvas, f"{name} column", fitting)
    return _Fit(font, padding, left, min((canvas.right - left) / shown, 16 * font), shown)


def _draw_cells(
    canvas: Canvas, name: str, cells: Sequence[Sequence[Cell]], font: float, axes: Mapping[str, str]
) -> None:
    steps = len(SHADES)
    scale = [((i + end) / steps, colour) for i, (colour, _) in enumerate(SHADES) for end in (0, 1)]
    canvas.trace(
        "heatmap", z=[[cell.shade for cell in row] for row in cells], zmin=-0.5, zmax=steps - 0.5, colorscale=scale,
        showscale=False, xgap=3, ygap=3, hovertext=[[hover_text(cell.hover) for cell in row] for row in cells],
        customdata=[[list(cell.measure_keys) for cell in row] for row in cells], hoverinfo="text", name=name, **axes,
    )  # fmt: skip
    canvas.trace(
        "scatter", x=[index for row in cells for index in range(len(row))],
        y=[index for index, row in enumerate(cells) for _ in row],
        mode="text", text=[cell.text for row in cells for cell in row],
        textfont={"size": font, "color": [SHADES[cell.shade][1] for row in cells for cell in row]},
        name="cells", showlegend=False, hoverinfo="skip", **axes,
    )  # fmt: skip
