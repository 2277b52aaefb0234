"""A figure laid out in pixels: title and subtitle on top, sources at the foot, and the room between for the marks.

Nothing is left to the automatic layout of plotly.js, which lets labels overlap and cuts them. The widths of texts are
estimated from above, so that what is placed side by side stays apart in every browser.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

import plotly.graph_objects as go

from dagster_project.figures.codes import Codes
from dagster_project.figures.plans import MANY
from dagster_project.figures.words import Lang, number, phrase

INK, GREY, RULE = "#1a1a1a", "#595959", "#dedede"
_FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_LINE = 1.3  # plotly.js sets lines this many times the size of the font apart (LINE_SPACING in its constants)
_BOLD = 1.08  # how much wider bold letters are
# Advance widths of Noto Sans CJK SC in em, rounded up; other lower-case letters have less than 0.63, upper-case 0.7.
_WIDTHS = (
    (" ", 0.24), ("ijl|!',.:;If()[]{}-", 0.36), ("t/\\r", 0.4), ("0123456789=+<>−sxzcvye", 0.57), ("mw%@W", 0.95),
    ("DGHMNOQU&", 0.82),
)  # fmt: skip
# No line begins with a closing mark or ends with an opening one (GB/T 15834, on where marks may stand).
_OPENING = "（《〈「『【〔“‘≥≤≈"
_CLOSING = "、，。；：！？）》〉」』】〕”’…%,.;:!?)]}·"
# A span of years stays whole.
_TOKEN = re.compile(rf"[{_OPENING}(\[]*(?:[^\s!-~–]|[!-~–]+)[{re.escape(_CLOSING)}]*|\s+")
# "16 of the statements" is "16 statements" where there is no room; "1 of the statements" stays.
_PARTITIVE = re.compile(r"(?<![0-9,])(?!1 )([0-9,]+) of the ")
_FOOT_SHARE = 0.3  # of the height of an image that its footnote may take
_TITLE_LINES = 3
_CITED, _SOURCES = (
    12,
    60,
)  # sources that an image and a screen cite; more have a list of their own beside the figures

# What plotly.py makes of the template "none".
_NO_TEMPLATE = {"data": {"scatter": [{"type": "scatter"}]}}

SizeName = Literal["slide", "page", "screen"]


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of a figure, all in CSS pixels (1/96 inch).

    Attributes:
        width: Of the figure.
        height: Of the figure; None where it follows from the content.
        margin: Left and right of the content.
        title: Size of the font of the title, and so on down to the footnote.
        head: Of headings of parts.
        text: Of names and values.
        small: Of notes beside values.
        foot: Of the footnote.
        columns: How many columns of parts are tried, in this order, until all parts fit.
        legend: Of the legend, which has one line; by default that of notes.
    """

    width: int
    height: int | None
    margin: int
    title: float
    head: float
    text: float
    small: float
    foot: float
    columns: tuple[int, ...]
    legend: float = 0.0

    def larger(self, by: float) -> Size:
        """Return it with larger letters in all that stands between title and footnote, but for the legend."""
        return replace(
            self,
            head=self.head * by,
            text=self.text * by,
            small=self.small * by,
            legend=self.legend or self.small,
        )


SIZES: Mapping[SizeName, Size] = MappingProxyType(
    {
        # A slide of 16:9, as wide as PowerPoint's at 96 dots per inch.
        "slide": Size(1280, 720, 36, 25, 15, 14, 12, 10.5, (2, 3)),
        # As wide as the text of A4, 170 mm, to be printed at its size: no letter has less than 7 pt (9.33 pixels).
        "page": Size(642, 600, 10, 15, 11, 10.5, 9.5, 9.5, (1, 2)),
        # On a screen all is shown, and the reader scrolls.
        "screen": Size(1180, None, 32, 22, 15, 14, 11, 11, (1,)),
    }
)
SIZE_NAMES: tuple[SizeName, ...] = get_args(SizeName)
#: How much larger the letters of an image may be where it has room for that, the largest first.
LARGER = (1.3, 1.15)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a figure is drawn for.

    Attributes:
        lang: Language of everything but titles and sentences of plans.
        size: Its measures.
        release_id: Release of the tables, cited in the footnote; empty where they are not released.
        codes: The words of codes.
        chosen: Keys of the plans that a reader asked for: they come first, and are left out last.
        only: Keys of what an image may show, because it has room in every language; None before that is known.
    """

    lang: Lang
    size: Size
    release_id: str
    codes: Codes
    chosen: frozenset[str] = frozenset()
    only: frozenset[str] | None = None


def escape(text: str) -> str:
    """Return text that plotly.js shows as it is: its labels are HTML, and dollar signs are LaTeX."""
    return html.escape(text, quote=False).replace("$", "&#36;")


def text_width(text: str, size: float) -> float:
    """Return about how many pixels wide a text is in Noto Sans CJK (regular), rather too many than too few."""
    return size * sum(map(_ems, text))


@cache
def _ems(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return next((width for chars, width in _WIDTHS if char in chars), 0.7 if char.isupper() else 0.63)


def wrap(text: str, width: float, size: float, most: int | None = None) -> list[str]:
    """Break a text into lines no wider than `width` pixels: at spaces, between Chinese characters, or in long words.

    Args:
        text: Plain text, not yet escaped.
        width: In pixels.
        size: Of the font, in pixels.
        most: Number of lines; what is longer ends in an ellipsis, for places where the whole text stands in the hover.
    """
    lines = [""]
    for found in _TOKEN.findall(" ".join(text.split())):
        token = found
        if lines[-1] and text_width(lines[-1] + token.rstrip(), size) > width:
            lines.append("")
        while (fits := _fitting(token, width, size)) < len(token):
            lines[-1:] = [token[:fits], ""]
            token = token[fits:]
        lines[-1] += token if lines[-1] else token.lstrip()
    lines = [line.rstrip() for line in lines]
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        while last and text_width(last + "…", size) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip(_CLOSING + " ") + "…"]
    return lines


def _fitting(text: str, width: float, size: float) -> int:
    """Return how many characters of a text, but one at least, are no wider than `width` pixels."""
    ems, fits = 0.0, 0
    for char in text:
        ems += _ems(char)
        if size * ems > width:
            break
        fits += 1
    return max(1, fits)


def longest_word(text: str, size: float) -> float:
    """Return the width of the longest part of a text that `wrap` keeps whole where it can."""
    return max((text_width(token, size) for token in _TOKEN.findall(text)), default=0.0)


@lru_cache(maxsize=10_000)  # the same texts are measured for each arrangement that is tried
def paragraph(text: str, width: float, size: float, style: str = "", most: int | None = None) -> str:
    """Return a wrapped and escaped text as plotly.js wants it, each line in a CSS `style`."""
    if "bold" in style:
        width /= _BOLD
    lines = [escape(line) for line in wrap(text, width, size, most)]
    return "<br>".join(f'<span style="{style}">{line}</span>' if style else line for line in lines)


def height_of(block: str, size: float) -> float:
    """Return the height in pixels of what `paragraph` made."""
    return (block.count("<br>") + 1) * _LINE * size


def hover_text(lines: Iterable[str]) -> str:
    """Return lines of plain text as the text of a hover, wrapped to a readable width."""
    return "<br>".join(paragraph(line, 480, 12) for line in lines)


def ticks(highest: float, unit: str, lang: Lang, width: float, font: float) -> dict[str, Any]:
    """Return about four round ticks from 0 to `highest`, in the words of the language, as far apart as these are wide.

    Args:
        highest: Where the axis ends.
        unit: Of the axis.
        lang: The language.
        width: Of the axis, in pixels.
        font: Size of the letters.
    """
    if highest <= 0:
        return {"tickvals": [0], "ticktext": ["0"], "tickangle": 0}
    power = 10 ** math.floor(math.log10(highest / 4))
    step = next(step * power for step in (1, 2, 2.5, 5, 10) if step * power * 4 >= highest * 0.999)
    values = [index * step for index in range(math.floor(highest / step + 1e-9) + 1)]
    sign = "%" if unit.startswith("%") else ""
    texts = [number(value, lang, 4) + sign for value in values]
    widest = max(text_width(text, font) for text in texts) + font
    every = max(1, math.ceil(widest * highest / (width * step)))
    return {"tickvals": values[::every], "ticktext": texts[::every], "tickangle": 0}


@dataclass(slots=True)
class Stack:
    """Rows of an axis, one below the other, each as high as its texts.

    Attributes:
        centres: The middle of each row, in pixels from the top of the axis.
        bottom: Where the last row ends.
    """

    centres: list[float] = field(default_factory=list)
    bottom: float = 0.0

    def add(self, height: float, room: float = math.inf) -> bool:
        """Add a row and say so; one that does not fit into the room is left out, but for the first."""
        if self.centres and self.bottom + height > room:
            return False
        self.centres.append(self.bottom + height / 2)
        self.bottom += height
        return True


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a figure that is drawn in one piece.

    Attributes:
        height: In pixels.
        draw: Draws it at the canvas's `top`, between two edges.
    """

    height: float
    draw: Callable[[float, float], None]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as plain values: plotly.py takes longer to check one than to draw it, so only what needs it has it.

    Attributes:
        data: The traces, each with its type.
        layout: The layout.
        meta: What travels with the figure as ``layout.meta``.
    """

    data: Sequence[Mapping[str, Any]]
    layout: Mapping[str, Any]
    meta: Mapping[str, Any]

    def figure(self) -> go.Figure:
        """Return it as plotly.py has it, checked."""
        figure = go.Figure(data=list(self.data), layout=dict(self.layout))
        # Set here, because what is handed over above is copied several times.
        figure.layout.meta = dict(self.meta)
        return figure

    def checked(self) -> dict[str, Any]:
        """Return it as plain values that plotly.py has checked and put in its order, but for what travels with it.

        Of hundreds of plans it would check for longer than all was drawn: what it would make of it is the same.
        """
        if len(self.meta["sources"]) >= MANY:
            return self.to_plotly_json()
        plain: dict[str, Any] = go.Figure(data=list(self.data), layout=dict(self.layout)).to_dict()
        plain["layout"]["meta"] = dict(self.meta)
        return plain

    def to_plotly_json(self) -> dict[str, Any]:
        """Return it as plotly.js takes it: `figure` says the same."""
        layout = _stated(self.layout) | {"template": _NO_TEMPLATE, "meta": dict(self.meta)}
        return {"data": [_stated(trace) for trace in self.data], "layout": layout}


Drawn: TypeAlias = go.Figure | Drawing


def checked(figure: Drawn) -> dict[str, Any]:
    """Return a figure as plain values that plotly.py has checked: ``data`` and ``layout``."""
    return figure.checked() if isinstance(figure, Drawing) else dict(figure.to_dict())


def meta_of(figure: Drawn) -> Mapping[str, Any]:
    """Return what travels with a figure."""
    meta: Mapping[str, Any] = figure.meta if isinstance(figure, Drawing) else figure.layout.meta
    return meta


def _stated(part: Mapping[str, Any]) -> dict[str, Any]:
    """Return a part of a figure without the properties that are not set."""
    return {
        name: _stated(value)
        if isinstance(value, dict)
        else [_stated(each) for each in value]
        if isinstance(value, list) and value and isinstance(value[0], dict)
        else value
        for name, value in part.items()
        if value is not None and value != {}
    }


class Canvas:
    """A figure in the making; what is added is placed below what is there.

    Attributes:
        frame: What it is drawn for.
        top: Where the next element begins, in pixels from the top.
        bottom: Where the room for the marks ends; infinite where the height is free.
        left: Left edge of the room.
        right: Right edge of the room.
    """

    def __init__(
        self, frame: Frame, title: str, subtitle: str, *, rules: str = "", sources: Sequence[str] = ()
    ) -> None:
        """Place what frames the marks.

        Args:
            frame: Language and size.
            title: The finding.
            subtitle: Unit and basis of what is drawn.
            rules: The rules behind the marks, for the footnote.
            sources: A citation of each plan, for the footnote.
        """
        size = frame.size
        self.frame, self.top = frame, size.margin * 0.75
        self.left, self.right = float(size.margin), float(size.width - size.margin)
        self._title, self._subtitle = title, subtitle
        # Put together by `finish`: plotly.py takes long to check each part that is added to a figure.
        self._traces: list[dict[str, object]] = []
        self._annotations: list[dict[str, Any]] = []
        self._axes: list[tuple[float, float, dict[str, Any], dict[str, Any]]] = []
        self._rules: list[tuple[float, float, float]] = []
        self._legend_top = 0.0
        self._shown: set[str] = set()
        self._left_out: list[str] = []
        self._columns = 1
        self._sources = list(sources)
        self._foot = self._footnote(rules, sources)
        # Not layout.title, which puts a second line above the first one's place.
        self._head(title)
        self.top += size.title * 0.2
        self.text(subtitle, size.text)
        self.bottom = math.inf
        if size.height is not None:
            self.bottom = (
                size.height - size.margin * 0.5 - sum(height_of(b, size.foot) + 2 for b in self._foot) - 8
            )

    def _head(self, title: str) -> None:
        """Add the title; in an image one that needs too many lines has smaller letters, down to those of a heading."""
        size = self.frame.size
        if self.is_free:
            self.text(title, size.title, INK, "font-weight:bold")
            return
        sizes = (size.title, (size.title + size.head) / 2, size.head)
        width = self.width / _BOLD
        fitting = (each for each in sizes if len(wrap(title, width, each)) <= _TITLE_LINES)
        self.text(title, next(fitting, size.head), INK, "font-weight:bold", most=_TITLE_LINES)

    @property
    def is_free(self) -> bool:
        """Whether the figure is as high as its content."""
        return self.frame.size.height is None

    @property
    def width(self) -> float:
        """Width of the room for the marks."""
        return self.right - self.left

    def _footnote(self, rules: str, sources: Sequence[str]) -> list[str]:
        """Return the paragraphs of the footnote; in an image they run on, and what does not fit is counted."""
        frame, size = self.frame, self.frame.size
        lang = frame.lang
        release = [phrase("release", lang, frame.release_id)] if frame.release_id else []

        def wrapped(texts: Iterable[str]) -> list[str]:
            return [paragraph(text, self.width, size.foot) for text in texts if text]

        if len(sources) > (_SOURCES if size.height is None else _CITED):
            return wrapped([rules, phrase("numbered_sources", lang, len(sources), lang), *release])
        if size.height is None or not sources:
            heading = [phrase("sources", lang)] if sources else []
            return wrapped([rules, *heading, *sources, *release])

        def citing(cited: int) -> list[str]:
            left = len(sources) - cited
            texts = [*sources[:cited], *([phrase("more_sources", lang, left)] if left else [])]
            run_on = phrase("sources", lang) + phrase("colon", lang) + phrase("stop", lang).join(texts)
            return wrapped([rules, phrase("stop", lang).join([run_on, *release])])

        room = size.height * _FOOT_SHARE

        def is_too_high(cited: int) -> bool:
            return sum(height_of(block, size.foot) for block in citing(cited)) > room

        fitting = next((cited for cited in range(len(sources), 1, -1) if not is_too_high(cited)), 1)
        return citing(fitting)

    def text(
        self, text: str, size: float, color: str = GREY, style: str = "", most: int | None = None
    ) -> None:
        """Add a paragraph of plain text over the whole width."""
        block = paragraph(text, self.width, size, style, most)
        self.place(block, self.left, size, color)
        self.top += height_of(block, size) + 4

    def place(
        self,
        block: str,
        left: float,
        size: float,
        color: str = INK,
        hover: str | None = None,
        anchor: str = "left",
        measure_key: str | None = None,
    ) -> None:
        """Put an escaped text here without moving on; as an annotation has no customdata, its name is the measure's."""
        self._annotations.append({
            "name": measure_key,
            "text": block, "xref": "paper", "yref": "paper", "x": 0, "y": 1, "xshift": left, "yshift": -self.top,
            "xanchor": anchor, "yanchor": "top", "align": anchor, "showarrow": False, "borderpad": 0,
            "font": {"size": size, "color": color}, "hovertext": hover, "captureevents": bool(hover),
        })  # fmt: skip

    def trace(self, kind: str, **properties: object) -> None:
        """Add a trace of a type of plotly.js."""
        self._traces.append({"type": kind, **properties})

    def rule(self, left: float | None = None, right: float | None = None) -> None:
        """Add a thin line over the whole width or between two edges."""
        self._rules.append(
            (self.top + 4, self.left if left is None else left, self.right if right is None else right)
        )
        self.top += 12

    def legend(self) -> None:
        """Put the figure's legend here, in one line."""
        self._legend_top = self.top
        self.top += self.frame.size.small * 1.4 + 16

    def key(self, items: Iterable[tuple[str, str]]) -> None:
        """Explain symbols, in as many lines as it takes.

        Args:
            items: The markup of a symbol one character wide, and its name.
        """
        size = self.frame.size.small
        left = self.left
        for symbol, name in items:
            width = text_width(f"  {name}", size) + size
            if left > self.left and left + width > self.right:
                left, self.top = self.left, self.top + size * _LINE
            self.place(f"{symbol} {paragraph(name, self.width - 2 * size, size, most=1)}", left, size)
            left += width + size * 1.5
        self.top += size * 2.2

    def more(self, *counts: int | str) -> None:
        """Say at the end of the room what an image has no place for.

        Args:
            counts: Alternately a number and the key of a phrase that counts it; nothing is said of none.
        """
        lang, size = self.frame.lang, self.frame.size
        pairs = zip(counts[::2], counts[1::2], strict=True)
        if parts := [phrase(str(key), lang, count) for count, key in pairs if count]:
            if not self.is_free:
                self.top = self.bottom - size.small * _LINE
            left = phrase("and", lang).join(parts)
            self._left_out.append(left)
            text = phrase("more", lang, left)
            if text_width(text, size.small) > self.width:
                text = phrase("more_briefly", lang, left)
            if text_width(text, size.small) > self.width:
                text = _PARTITIVE.sub(r"\1 ", text)
            self.place(paragraph(text, self.width, size.small, most=1), self.left, size.small, GREY)
            self.top += size.small * _LINE

    def may_show(self, key: str) -> bool:
        """Return whether something may be shown that has room; what one language has no room for, none shows."""
        return self.frame.only is None or key in self.frame.only

    def show(self, keys: Iterable[str]) -> None:
        """Take down what an image shows of what it might have no room for."""
        self._shown.update(() if self.is_free else keys)

    @property
    def room(self) -> float:
        """Height that is left for marks, above the line that `more` may need."""
        return self.bottom - self.top - (0 if self.is_free else self.frame.size.small * 1.8)

    def column_width(self, columns: int) -> float:
        """Return how wide each of so many columns is."""
        return (self.width - (columns - 1) * self._gutter) / columns

    def arranged(self, blocks: Sequence[Block], columns: int, gap: float) -> list[tuple[float, float]] | None:
        """Return where blocks would stand, each in the column that is shortest so far.

        Args:
            blocks: In reading order.
            columns: How many columns.
            gap: Between two blocks, in pixels.

        Returns:
            Top and left edge of each; None if they do not fit into the room.
        """
        heights, places = [self.top] * columns, []
        for block in blocks:
            index = heights.index(min(heights))
            places.append((heights[index], self.left + index * (self.column_width(columns) + self._gutter)))
            heights[index] += block.height + gap
        return places if max(heights) - gap <= self.top + self.room else None

    def draw(self, blocks: Sequence[Block], places: Sequence[tuple[float, float]], columns: int) -> None:
        """Draw blocks where `arranged` says."""
        self._columns = columns
        end = self.top
        for block, (top, left) in zip(blocks, places, strict=True):
            self.top = top
            block.draw(left, left + self.column_width(columns))
            end = max(end, top + block.height)
        self.top = end

    @property
    def _gutter(self) -> float:
        return self.frame.size.margin

    def axes(
        self, left: float, right: float, height: float, x: Mapping[str, Any], y: Mapping[str, Any]
    ) -> dict[str, str]:
        """Add a pair of axes `height` pixels high; return what a trace needs to stand on them."""
        suffix = str(len(self._axes) + 1) if self._axes else ""
        common = {"fixedrange": True, "zeroline": False, "showline": False, "automargin": False, "ticks": ""}
        domain = [left / self.frame.size.width, right / self.frame.size.width]
        self._axes.append((
            self.top,
            height,
            {**common, "domain": domain, "anchor": f"y{suffix}", **x},
            {**common, "anchor": f"x{suffix}", "showgrid": False, **y},
        ))  # fmt: skip
        self.top += height
        return {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}

    def axes_beside(self, left: float, right: float, height: float) -> dict[str, str]:
        """Add a pair of unseen axes beside those added last, as high as they are, for texts."""
        self.top -= height
        unseen = {"showticklabels": False, "showgrid": False}
        return self.axes(left, right, height, {"range": [0, 1], **unseen}, {"range": [height, 0], **unseen})

    def finish(
        self,
        rows: Sequence[Mapping[str, Any]],
        alt: Iterable[str] = (),
        claims: Iterable[Mapping[str, Any]] = (),
    ) -> Drawing:
        """Place the footnote and all that depends on the height; return the figure.

        Args:
            rows: The plotted rows, for the CSV and for whoever shows the evidence of a mark.
            alt: Sentences that tell what is drawn to who cannot see it; the title goes before them.
            claims: What the title claims, as records that the tables can prove.
        """
        size, lang = self.frame.size, self.frame.lang
        if size.height is None:
            self.top += 8
        else:
            self.top = self.bottom
        self.rule()
        for block in self._foot:
            self.place(block, self.left, size.foot, GREY)
            self.top += height_of(block, size.foot) + 2
        height = size.height or math.ceil(self.top + size.margin * 0.6)
        axes: dict[str, Any] = {}
        for index, (top, high, x, y) in enumerate(self._axes, start=1):
            suffix = str(index) if index > 1 else ""
            axes[f"xaxis{suffix}"] = x
            axes[f"yaxis{suffix}"] = {**y, "domain": [1 - (top + high) / height, 1 - top / height]}
        lines = [
            {
                "type": "line", "xref": "paper", "yref": "paper", "x0": left / size.width, "x1": right / size.width,
                "y0": 1 - top / height, "y1": 1 - top / height, "line": {"color": RULE, "width": 1},
            }
            for top, left, right in self._rules
        ]  # fmt: skip
        layout = {
            **(axes or {"xaxis": {"visible": False}, "yaxis": {"visible": False}}),
            "annotations": self._annotations, "shapes": lines, "width": size.width, "height": height,
            # Without autoexpand=False a legend would squeeze the plot, and texts would miss their marks.
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False}, "autosize": False, "template": "none",
            "font": {"family": _FONT, "size": size.text, "color": INK}, "dragmode": False, "barmode": "overlay",
            "hovermode": "closest", "paper_bgcolor": "white", "plot_bgcolor": "white",
            "hoverlabel": {
                "align": "left", "bgcolor": "white", "bordercolor": GREY, "font": {"color": INK, "size": 12},
            },
            "legend": {
                "orientation": "h", "x": (size.margin - 8) / size.width, "y": 1 - self._legend_top / height,
                "xref": "container", "yref": "container", "xanchor": "left", "yanchor": "top",
                "itemclick": False, "itemdoubleclick": False, "font": {"size": size.legend or size.small},
            },
        }  # fmt: skip
        meta = {
            "title": self._title, "subtitle": self._subtitle,
            "alt": phrase("sentence", lang).join(dict.fromkeys([self._title, *alt])),
            "lang": lang, "release_id": self.frame.release_id, "rows": [dict(row) for row in rows],
            "sources": self._sources, "shown": sorted(self._shown), "left_out": self._left_out,
            "columns": self._columns, "claims": list(claims),
        }  # fmt: skip
        return Drawing(self._traces, layout, meta)


def headed(frame: Frame, kind: str, title: str, sources: Sequence[str], rule: str = "") -> Canvas:
    """Return the canvas of a figure whose basis is a phrase.

    Args:
        frame: Language and size.
        kind: Of the phrase ``<kind>_basis``.
        title: The finding.
        sources: A citation of each plan.
        rule: The rule behind the marks; by default the phrase ``<kind>_rule``.
    """
    rules = phrase("rules", frame.lang, rule or phrase(f"{kind}_rule", frame.lang))
    return Canvas(frame, title, phrase(f"{kind}_basis", frame.lang), rules=rules, sources=sources)


def meanings(frame: Frame, vocabulary: str, used: Collection[str]) -> str:
    """Return what codes mean, as a footnote tells it.

    Args:
        frame: Language, and the words of codes.
        vocabulary: Of the codes; what one means is the phrase ``<code>_rule``.
        used: The codes to explain.
    """
    lang = frame.lang
    names = {code: known.name[lang] for code, known in frame.codes.of(vocabulary).items() if code in used}
    rules = [phrase("means", lang, name, phrase(f"{code}_rule", lang)) for code, name in names.items()]
    return phrase("stop", lang).join(rules)


def empty_figure(frame: Frame, subject: str, sources: Sequence[str], key: str = "nothing_found") -> Drawing:
    """Return a figure that says in its title that there is nothing to draw.

    Args:
        frame: Language and size.
        subject: What the figure is about.
        sources: A citation of each plan that was searched.
        key: Of the phrase that says so where plans were searched.
    """
    found = phrase(key if sources else "no_plans", frame.lang, of=len(sources))
    return Canvas(frame, subject + phrase("colon", frame.lang) + found, "", sources=sources).finish([])
