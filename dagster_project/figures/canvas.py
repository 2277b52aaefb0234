"""A figure laid out from the top down in pixels, so that its height follows from what it must show."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from dagster_project.figures.words import Lang, number, phrase

INK, GREY, RULE = "#1a1a1a", "#595959", "#dedede"
MARGIN = 32
_FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_LINE = 1.3  # plotly.js sets lines this many times the size of the font apart (LINE_SPACING in its constants)
# No line begins with a closing mark (GB/T 15834, on where marks may stand).
_CLOSING = "、，。；：！？）》〉」』】〕”’…%,.;:!?)]}·"
_TOKEN = re.compile(rf"(?:[!-~]+|[^\s!-~])[{re.escape(_CLOSING)}]*|\s+")


def escape(text: str) -> str:
    """Return text that plotly.js shows as it is: its labels are HTML, and dollar signs are LaTeX."""
    return html.escape(text, quote=False).replace("$", "&#36;")


def text_width(text: str, size: float) -> float:
    """Return about how many pixels wide a text is in Noto Sans CJK (regular), rather too many than too few."""
    return size * sum(map(_ems, text))


def _ems(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char in " .,:;!|'ijl()[]":
        return 0.36
    return 0.72 if char.isupper() or char in "mw%@&" else 0.58


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines no wider than `width` pixels: at spaces, between Chinese characters, or in long words.

    Args:
        text: Plain text, not yet escaped.
        width: In pixels.
        size: Of the font, in pixels.
    """
    lines = [""]
    for found in _TOKEN.findall(" ".join(text.split())):
        token = found
        if lines[-1] and text_width(lines[-1] + token.rstrip(), size) > width:
            lines.append("")
        while len(token) > 1 and text_width(token, size) > width:
            fits = max((n for n in range(1, len(token)) if text_width(token[:n], size) <= width), default=1)
            lines[-1:] = [token[:fits], ""]
            token = token[fits:]
        lines[-1] += token if lines[-1] else token.lstrip()
    return [line.rstrip() for line in lines]


def paragraph(text: str, width: float, size: float, style: str = "") -> str:
    """Return a wrapped and escaped text as plotly.js wants it, each line in a CSS `style`."""
    lines = [escape(line) for line in wrap(text, width, size)]
    return "<br>".join(f'<span style="{style}">{line}</span>' if style else line for line in lines)


def height_of(block: str, size: float) -> float:
    """Return the height in pixels of what `paragraph` made."""
    return (block.count("<br>") + 1) * _LINE * size


def ticks(highest: float, unit: str, lang: Lang) -> dict[str, Any]:
    """Return about four round ticks from 0 to `highest`, written with the words of the language."""
    if highest <= 0:
        return {"tickvals": [0], "ticktext": ["0"]}
    power = 10 ** math.floor(math.log10(highest / 4))
    step = next(step * power for step in (1, 2, 2.5, 5, 10) if step * power * 4 >= highest * 0.999)
    values = [index * step for index in range(math.floor(highest / step + 1e-9) + 1)]
    sign = "%" if unit.startswith("%") else ""
    return {"tickvals": values, "ticktext": [number(value, lang, 4) + sign for value in values]}


class Canvas:
    """A figure in the making; what is added is placed below what is there.

    Attributes:
        figure: The figure; complete after `finish`.
        top: Where the next element begins, in pixels from the top.
    """

    def __init__(self, title: str, lang: Lang, width: int) -> None:
        self.figure, self.top = go.Figure(), 28.0
        self._title, self._lang, self._width = title, lang, width
        self._axes: list[tuple[str, float, float]] = []
        self._rules: list[float] = []
        self._legend_top = 0.0
        # Not layout.title, which puts a second line above the first one's place.
        block, size = (
            paragraph(title, (width - 2 * MARGIN) * 0.95, 22, "font-weight:bold"),
            22,
        )  # bold is wider
        self.place(block, MARGIN, size)
        self.top += height_of(block, size) + 10

    def text(self, text: str, size: float = 13, color: str = GREY) -> None:
        """Add a paragraph of plain text over the whole width."""
        block = paragraph(text, self._width - 2 * MARGIN, size)
        self.place(block, MARGIN, size, color)
        self.top += height_of(block, size) + 4

    def place(self, block: str, left: float, size: float, color: str = INK, hover: str | None = None) -> None:
        """Put an escaped text here without moving on."""
        self.figure.add_annotation(
            text=block, xref="paper", yref="paper", x=0, y=1, xshift=left, yshift=-self.top, xanchor="left",
            yanchor="top", align="left", showarrow=False, borderpad=0, font={"size": size, "color": color},
            hovertext=hover, captureevents=bool(hover),
        )  # fmt: skip

    def rule(self) -> None:
        """Add a thin line over the whole width."""
        self._rules.append(self.top + 4)
        self.top += 14

    def legend(self) -> None:
        """Put the figure's legend here, in one line."""
        self._legend_top = self.top
        self.top += 34

    def axes(
        self, left: float, right: float, height: float, x: Mapping[str, Any], y: Mapping[str, Any]
    ) -> dict[str, str]:
        """Add a pair of axes `height` pixels high; return what a trace needs to stand on them."""
        suffix = str(len(self._axes) + 1) if self._axes else ""
        common = {"fixedrange": True, "zeroline": False, "showline": False, "automargin": False, "ticks": ""}
        domain = [left / self._width, right / self._width]
        self.figure.layout[f"xaxis{suffix}"] = {**common, "domain": domain, "anchor": f"y{suffix}", **x}
        self.figure.layout[f"yaxis{suffix}"] = {**common, "anchor": f"x{suffix}", "showgrid": False, **y}
        self._axes.append((suffix, self.top, height))
        self.top += height
        return {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}

    def sources(self, citations: Iterable[str]) -> None:
        """Add the footnote that cites each plan."""
        self.rule()
        self.text(phrase("sources", self._lang), 11, INK)
        for source in citations:
            self.text(source, 11)

    def finish(self, rows: Sequence[Mapping[str, Any]]) -> go.Figure:
        """Set the height and all places that depend on it; return the figure, which carries the plotted rows."""
        height = math.ceil(self.top + 20)
        if not self._axes:
            self.figure.update_layout(xaxis={"visible": False}, yaxis={"visible": False})
        for suffix, top, high in self._axes:
            self.figure.layout[f"yaxis{suffix}"].domain = [1 - (top + high) / height, 1 - top / height]
        ends = {"x0": MARGIN / self._width, "x1": 1 - MARGIN / self._width, "xref": "paper", "yref": "paper"}
        self.figure.layout.shapes = [
            {
                "type": "line",
                "y0": 1 - top / height,
                "y1": 1 - top / height,
                "line": {"color": RULE, "width": 1},
                **ends,
            }
            for top in self._rules
        ]
        self.figure.update_layout(
            # Without autoexpand=False a legend would squeeze the plot, and texts would miss their marks.
            width=self._width, height=height, margin={"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
            autosize=False, template="none", font={"family": _FONT, "size": 13, "color": INK}, dragmode=False,
            barmode="overlay", hovermode="closest", paper_bgcolor="white", plot_bgcolor="white",
            hoverlabel={"align": "left", "bgcolor": "white", "bordercolor": GREY, "font": {"color": INK, "size": 12}},
            legend={
                "orientation": "h", "x": (MARGIN - 8) / self._width, "y": 1 - self._legend_top / height,
                "xref": "container", "yref": "container", "xanchor": "left", "yanchor": "top",
                "itemclick": False, "itemdoubleclick": False, "font": {"size": 12},
            },
            meta={"title": self._title, "lang": self._lang, "rows": [dict(row) for row in rows]},
        )  # fmt: skip
        return self.figure
