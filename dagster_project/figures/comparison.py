"""What the plans promise for one theme: a panel for each indicator, and apart from them what cannot be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dagster_project.figures.canvas import (
    GREY,
    INK,
    RULE,
    Block,
    Canvas,
    Frame,
    Stack,
    height_of,
    hover_text,
    meanings,
    paragraph,
    text_width,
    ticks,
)
from dagster_project.figures.plans import PLAN_TABLES, Looks, joined, plan_looks, sources
from dagster_project.figures.ranking import by_indicator, finding
from dagster_project.figures.sentences import text_of
from dagster_project.figures.statements import (
    STATEMENT_TABLES,
    Statement,
    first_said,
    read_statements,
)
from dagster_project.figures.words import phrase

COMPARISON_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    **STATEMENT_TABLES,
    "dim_theme": ("theme_key", "name_zh", "name_en"),
}
# White hatching on the plan's colour; a value as stated is solid.
_PATTERNS = {"exact": "", "rescaled": "/", "narrower": "-", "broader": "+"}
_VALUES = 3  # of one indicator, shown in an image that has no room for all
_GAP = 0.9  # between the parts of a figure at the least, times the size of the font
_APART = 2  # statements that are not comparable, shown in an image before any indicator is left out


@dataclass(frozen=True, slots=True)
class Bar:
    """A comparable statement on its axis.

    Attributes:
        statement: What it shows.
        words: What must be said below the name of the plan; empty where the name says it all.
        start: Where it begins on the axis.
    """

    statement: Statement
    words: str = ""
    start: float = 0.0

    @property
    def length(self) -> float:
        """The comparable value."""
        return self.statement.comparable_value or 0.0


@dataclass(frozen=True, slots=True)
class Panel:
    """An axis with its bars, at least one.

    Attributes:
        name: What is measured.
        unit: Of the axis.
        definition: Of the indicator; empty where the bars are of several.
        bars: From the top down.
    """

    name: str
    unit: str
    definition: str
    bars: tuple[Bar, ...]

    @property
    def key(self) -> str:
        """Key of its first indicator."""
        return self.bars[0].statement.indicator.key

    def shortened(self) -> Panel:
        """Return it with the highest value of each plan and, up to a few, further values."""
        first = {bar.statement.plan: bar.statement.key for bar in reversed(self.bars)}
        keys = [bar.statement.key for bar in self.bars]
        others = [key for key in keys if key not in first.values()]
        kept = {*first.values(), *others[: max(0, _VALUES - len(first))]}
        return replace(self, bars=tuple(bar for bar in self.bars if bar.statement.key in kept))


def draw_comparison(theme_key: str, tables: Mapping[str, pl.DataFrame], frame: Frame) -> go.Figure:
    """Draw the comparison of one theme.

    Args:
        theme_key: A key of ``dim_theme``.
        tables: Marts with the columns of `COMPARISON_TABLES`.
        frame: Language and size.

    Returns:
        The figure. A measure that is ``not_comparable`` or fits no indicator stands on no axis but in a list apart,
        with the reason; one that restates an earlier one is left out.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    theme = str(tables["dim_theme"].filter(theme_key=theme_key)[f"name_{lang}"].first() or theme_key)
    said = [statement for statement in first_said(read_statements(tables)) if statement.is_about(theme_key)]
    panels, apart = panels_of(said, frame), not_comparable(said)
    drawn = {statement.plan for statement in said}
    silent = [look.name for key, look in looks.items() if key not in drawn]
    subtitle = [phrase("comparison_basis", lang)] if panels else []
    if silent and said:
        subtitle.append(phrase("silent", lang, joined(silent, lang)))
    title = theme + phrase("colon", lang) + text_of(finding(said, looks, frame.codes, lang))
    canvas = Canvas(
        frame,
        title,
        phrase("stop", lang).join(subtitle),
        rules=verdict_rules(said, frame),
        sources=sources(looks),
    )
    draw_panels(canvas, panels, apart, looks)
    return canvas.finish(plotted(said, looks, frame), told(panels, apart, looks, frame))


def plotted(statements: Sequence[Statement], looks: Looks, frame: Frame) -> list[dict[str, Any]]:
    """Return what the CSV tells of statements."""
    lang = frame.lang
    return [
        {
            "measure_key": s.key, "plan_key": s.plan, "plan": looks[s.plan].name, "indicator_key": s.indicator.key,
            "indicator": s.indicator.name[lang], "indicator_text_zh": s.text, "kind": s.kind,
            "value_text": s.value_text, "value": s.value, "unit_key": s.unit, "comparator": s.comparator,
            "is_aspirational": s.is_aspirational, "period_end_year": s.year, "comparable_value": s.comparable_value,
            "comparable_unit": s.comparable_unit, "per_million_value": s.per_million_value, "verdict": s.verdict,
            "reason": s.reason[lang], "formula": s.formula, "quote_zh": s.quote, "heading_path_zh": s.path,
            "char_start": s.start, "char_end": s.end,
        }
        for s in sorted(statements, key=_place)
    ]  # fmt: skip


def told(panels: Sequence[Panel], apart: Sequence[Statement], looks: Looks, frame: Frame) -> list[str]:
    """Return panels and what stands apart as sentences, for who cannot see them."""
    lang, codes = frame.lang, frame.codes

    def value(statement: Statement) -> str:
        label = f"{looks[statement.plan].name} {_label(statement, frame)}"
        return f"{label} ({codes.name('comparability', statement.verdict, lang)})"

    sentences = [
        panel.name + phrase("colon", lang) + joined((value(bar.statement) for bar in panel.bars), lang)
        for panel in panels
    ]
    return [*sentences, phrase("apart", lang, len(apart))] if apart else sentences


def verdict_rules(statements: Sequence[Statement], frame: Frame) -> str:
    """Return the rules of the verdicts that occur, as the footnote explains them."""
    rules = meanings(frame, "comparability", {statement.verdict for statement in statements})
    return phrase("rules", frame.lang, rules) if rules else ""


def not_comparable(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements that stand on no axis, in the order in which they are listed."""
    apart = [statement for statement in statements if statement.comparable is None]
    return sorted(apart, key=_place)


def _place(statement: Statement) -> tuple[str, str, int, str]:
    return statement.indicator.key, statement.plan, statement.start, statement.key


def panels_of(statements: Sequence[Statement], frame: Frame) -> list[Panel]:
    """Return a panel for each indicator, highest value first; the indicator that most plans share comes first."""
    lang = frame.lang
    comparable = [statement for statement in statements if statement.comparable is not None]
    panels = []
    for on_axis in by_indicator(comparable).values():
        indicator = on_axis[0].indicator
        bars = sorted(map(Bar, on_axis), key=lambda bar: -bar.length)
        panels.append(
            Panel(indicator.name[lang], indicator.unit[lang], indicator.definition[lang], tuple(bars))
        )
    return panels


def _label(statement: Statement, frame: Frame) -> str:
    return statement.comparable[frame.lang] if statement.comparable else ""


def _note(statement: Statement, frame: Frame, *, is_long: bool) -> str:
    """Return what stands below the label of a value, per million residents where there is room for it."""
    lang = frame.lang
    # What a plan states as it stands on the axis needs no arithmetic beside it; the hover has it.
    formula = (
        (statement.formula or "").replace("/yr", phrase("per_year", lang)) if statement.is_computed else ""
    )
    notes = (
        frame.codes.name("comparability", statement.verdict, lang),
        phrase("aspirational", lang) if statement.is_aspirational else "",
        phrase("until", lang, statement.year) if statement.year else "",
        formula,
        _residents(statement, frame) if is_long else "",
    )
    return phrase("dot", lang).join(note for note in notes if note)


def _residents(statement: Statement, frame: Frame) -> str:
    lang = frame.lang
    return phrase("per_million", lang, statement.per_million[lang]) if statement.per_million else ""


def _legend(canvas: Canvas, panels: Sequence[Panel]) -> None:
    """Explain the patterns that are used."""
    lang, codes = canvas.frame.lang, canvas.frame.codes
    statements = [bar.statement for panel in panels for bar in panel.bars]
    used = {statement.verdict for statement in statements}
    samples = [
        (codes.name("comparability", verdict, lang), verdict, False)
        for verdict in _PATTERNS
        if verdict in used
    ]
    if any(statement.is_aspirational for statement in statements):
        samples.append((phrase("hollow", lang), "exact", True))
    for name, verdict, is_hollow in samples:
        marker = _marker(GREY, verdict, is_hollow=is_hollow)
        canvas.trace("bar", x=[None], y=[None], name=name, marker=marker, hoverinfo="skip")
    canvas.legend()


def _marker(colour: str, verdict: str, *, is_hollow: bool) -> dict[str, Any]:
    """Return the look of a bar, hollow where a plan only aims at the value."""
    back, front = ("white", colour) if is_hollow else (colour, "white")
    pattern = {
        "shape": _PATTERNS[verdict],
        "fgcolor": front,
        "fillmode": "overlay",
        "size": 7,
        "solidity": 0.3,
    }
    return {"color": back, "line": {"color": colour, "width": 2}, "pattern": pattern}


def draw_panels(
    canvas: Canvas,
    panels: Sequence[Panel],
    apart: Sequence[Statement],
    looks: Looks,
) -> None:
    """Draw the indicators and, apart from them, what is not comparable; in an image as many as fit.

    Args:
        canvas: They are drawn at its top.
        panels: The indicators.
        apart: What is not comparable.
        looks: Of the plans.
    """
    if panels:
        _legend(canvas, panels)
    parts = _Parts(canvas, panels, apart, looks)
    shown, listed, columns = _fitting(parts)
    blocks = parts.blocks(shown, listed, columns)
    # What an image has room for beyond its parts goes between them.
    gaps = (canvas.frame.size.text * gap for gap in (1.8, 1.4, _GAP))
    if places := next(filter(None, (canvas.arranged(blocks, columns, gap) for gap in gaps)), None):
        canvas.draw(blocks, places, columns)
    drawn = {panel.key for panel in shown}
    values = sum(len(panel.bars) for panel in panels if panel.key in drawn)
    canvas.more(
        len(panels) - len(shown), "more_indicators", values - sum(len(panel.bars) for panel in shown), "more_values",
        len(apart) - listed, "more_statements",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a comparison is drawn from."""

    canvas: Canvas
    panels: Sequence[Panel]
    apart: Sequence[Statement]
    looks: Looks

    def blocks(self, shown: Sequence[Panel], listed: int, columns: int) -> list[Block]:
        """Return some panels, and the first of what stands apart, as blocks as wide as a column."""
        width = self.canvas.column_width(columns)
        parts = [_panel(self.canvas, panel, self.looks, width) for panel in shown]
        return parts + ([_apart(self, listed, width)] if listed else [])

    def fit(self, shown: Sequence[Panel], listed: int, columns: int) -> bool:
        """Return whether there is room for them."""
        gap = self.canvas.frame.size.text * _GAP
        return self.canvas.arranged(self.blocks(shown, listed, columns), columns, gap) is not None


def _fitting(parts: _Parts) -> tuple[list[Panel], int, int]:
    """Return which panels fit, how many of what stands apart, and in how many columns.

    If not all of it fits, values that repeat a plan within a panel give way first, then what stands apart but for its
    first statements, and then the panels that are left over when the room is filled in their order.
    """
    every = len(parts.apart)
    least = min(every, _APART)
    short = [panel.shortened() for panel in parts.panels]
    for shown in (list(parts.panels), short):
        for columns in parts.canvas.frame.size.columns:
            for listed in range(every, least - 1, -1):
                if parts.fit(shown, listed, columns):
                    return shown, listed, columns
    best: tuple[list[Panel], int, int] = ([], 0, parts.canvas.frame.size.columns[0])
    for columns in parts.canvas.frame.size.columns:
        listed = max((count for count in range(least + 1) if parts.fit([], count, columns)), default=0)
        kept: list[Panel] = []
        for panel in short:
            if parts.fit([*kept, panel], listed, columns):
                kept.append(panel)
        listed = max(count for count in range(listed, every + 1) if parts.fit(kept, count, columns))
        if len(kept) > len(best[0]) or not best[0]:
            best = kept, listed, columns
    return best


@dataclass(frozen=True, slots=True)
class _Rows:
    """The texts of a panel's bars, and where its rows are."""

    names: list[str]
    labels: list[str]
    stack: Stack


def _panel(canvas: Canvas, panel: Panel, looks: Looks, width: float) -> Block:
    """Return one indicator: its name and unit, and a bar for each statement, as a block of a width."""
    size, frame = canvas.frame.size, canvas.frame
    words = [
        word for bar in panel.bars for word in looks[bar.statement.plan].name.split(" ") if word.isascii()
    ]
    longest_word = max((text_width(word, size.text) for word in words), default=0.0)
    names = max(width * 0.27, longest_word + 2.4 * size.text)  # no word of a name is cut
    longest = max(
        max(
            text_width(_label(bar.statement, frame), size.text) * 1.1,
            text_width(_note(bar.statement, frame, is_long=canvas.is_free), size.small),
        )
        for bar in panel.bars
    )
    labels = min(longest + size.text, width * 0.49, width * 0.86 - names)
    plot = width - names - labels - size.text
    title = phrase("axis", frame.lang, panel.name, panel.unit)
    heading = paragraph(title, width, size.head, "font-weight:bold")
    definition = paragraph(panel.definition, width, size.small) if canvas.is_free and panel.definition else ""
    head_height = height_of(heading, size.head) + (height_of(definition, size.small) if definition else 0) + 2
    rows = _rows(canvas, panel, looks, names, labels)
    foot = 1.6 * size.small if canvas.is_free else 0.0

    def draw(left: float, _right: float) -> None:
        canvas.place(heading, left, size.head)
        if definition:
            canvas.top += height_of(heading, size.head)
            canvas.place(definition, left, size.small, GREY)
            canvas.top -= height_of(heading, size.head)
        canvas.top += head_height
        _draw_bars(canvas, panel, looks, (left + names, left + names + plot), rows)

    return Block(head_height + rows.stack.bottom + foot, draw)


def _rows(canvas: Canvas, panel: Panel, looks: Looks, names: float, labels: float) -> _Rows:
    """Return what stands left and right of the bars of a panel, in columns of two widths."""
    size = canvas.frame.size
    grey = f"font-size:{size.small}px;color:{GREY}"
    statements_of = Counter(bar.statement.plan for bar in panel.bars)
    rows = _Rows([], [], Stack(bottom=2.0))
    for bar in panel.bars:
        statement, look = bar.statement, looks[bar.statement.plan]
        name = f"{paragraph(look.name, names - 2.2 * size.text, size.text)} {look.badge}"
        name_height = height_of(name, size.text)
        # Only the plan's own words tell its statements apart.
        if said := bar.words or (statement.text if statements_of[statement.plan] > 1 else ""):
            words = paragraph(said, names - size.text, size.small, grey, most=3)
            name, name_height = f"{name}<br>{words}", name_height + height_of(words, size.text)
        label = paragraph(_label(statement, canvas.frame), labels, size.text, "font-weight:bold")
        note = _note(statement, canvas.frame, is_long=canvas.is_free)
        label += "<br>" + paragraph(note, labels, size.small, grey)
        rows.names.append(name)
        rows.labels.append("\u00a0\u00a0" + label.replace("<br>", "<br>\u00a0\u00a0"))
        rows.stack.add(max(name_height, height_of(label, size.text)) + size.text * 0.5)
    return rows


def _draw_bars(canvas: Canvas, panel: Panel, looks: Looks, edges: tuple[float, float], rows: _Rows) -> None:
    """Draw the bars of a panel with their names and labels."""
    size, lang, centres = canvas.frame.size, canvas.frame.lang, rows.stack.centres
    ends = [bar.start + bar.length for bar in panel.bars]
    highest, lowest = max(*ends, 0.0), min(*ends, 0.0)
    if panel.unit == "%" and highest <= 100:
        highest = 100.0  # a share is read against the whole
    axis = ticks(highest, panel.unit, lang) if canvas.is_free else {"tickvals": [0], "ticktext": [""]}
    axes = canvas.axes(
        *edges,
        rows.stack.bottom,
        {"range": [lowest, highest if highest > lowest else 1.0], "gridcolor": RULE,
         "tickfont": {"size": size.small, "color": GREY}, **axis},
        {"range": [rows.stack.bottom, 0], "tickvals": list(centres), "ticktext": rows.names,
         "tickfont": {"size": size.text}, "ticklabelstandoff": 6},
    )  # fmt: skip
    shared = {"showlegend": False, "cliponaxis": False, "hoverinfo": "text", **axes}
    hover = [_hover(bar.statement, looks, canvas.frame) for bar in panel.bars]
    for bar, centre, text in zip(panel.bars, centres, hover, strict=True):
        # A trace for each: plotly.js ignores the colour of a pattern where bars of one trace differ in colour.
        statement = bar.statement
        marker = _marker(looks[statement.plan].colour, statement.verdict, is_hollow=statement.is_aspirational)
        canvas.trace(
            "bar", x=[bar.length], base=[bar.start], y=[centre], orientation="h", width=size.text * 1.4,
            marker=marker, name=statement.key, customdata=[statement.key], hovertext=[text], **shared,
        )  # fmt: skip
    canvas.trace(
        "scatter", x=[max(end, 0.0) for end in ends], y=list(centres), mode="text", text=rows.labels,
        textposition="middle right", textfont={"size": size.text, "color": INK},
        name=f"{panel.key} labels", customdata=[bar.statement.key for bar in panel.bars],
        hovertext=hover, **shared,
    )  # fmt: skip


def _apart(parts: _Parts, listed: int, width: float) -> Block:
    """Return the first statements that are not comparable, each with the reason, as a block of a width."""
    canvas, looks = parts.canvas, parts.looks
    size, lang = canvas.frame.size, canvas.frame.lang
    heading = paragraph(phrase("apart", lang, len(parts.apart)), width, size.head, "font-weight:bold")
    indent = size.text * 1.5
    entries = []
    for statement in parts.apart[:listed]:
        text = paragraph(
            _stated(statement, parts), width - indent, size.text, most=None if canvas.is_free else 2
        )
        why = paragraph(statement.reason[lang], width - indent, size.small, f"color:{GREY}")
        entries.append((statement, text, why))
    height = height_of(heading, size.head) + 2
    heights = [
        height_of(text, size.text) + height_of(why, size.small) + size.text * 0.4 for _, text, why in entries
    ]

    def draw(left: float, _right: float) -> None:
        canvas.place(heading, left, size.head)
        canvas.top += height
        for (statement, text, why), high in zip(entries, heights, strict=True):
            hover = _hover(statement, looks, canvas.frame)
            canvas.place(looks[statement.plan].badge, left, size.text)
            canvas.place(text, left + indent, size.text, hover=hover, measure_key=statement.key)
            canvas.top += height_of(text, size.text)
            canvas.place(why, left + indent, size.small, GREY, hover=hover)
            canvas.top += high - height_of(text, size.text)

    return Block(height + sum(heights), draw)


def _stated(statement: Statement, parts: _Parts) -> str:
    """Return who says how much of what; an image tells the plan's own words only where there is no indicator."""
    lang = parts.canvas.frame.lang
    name, key = statement.indicator.name[lang], statement.indicator.key
    words = name if key != "unmapped" or not statement.text else ""
    if not words or parts.canvas.is_free:
        words = " · ".join(text for text in (words, statement.text) if text)
    return f"{parts.looks[statement.plan].name} · {words}{phrase('colon', lang)}{statement.stated[lang]}"


def _hover(statement: Statement, looks: Looks, frame: Frame) -> str:
    """Return what a reader sees on pointing at a statement: the sentence, where it stands, and the arithmetic."""
    lang = frame.lang
    verdict = frame.codes.name("comparability", statement.verdict, lang)
    lines = {
        "plan": looks[statement.plan].name,
        "stated_indicator": f"{statement.indicator.name[lang]} / {statement.text}",
        "stated": f"{statement.value_text} ({statement.stated[lang]})",
        "verdict": f"{verdict}{phrase('dot', lang)}{statement.reason[lang]}",
        "formula": statement.formula,
        "residents": _residents(statement, frame),
        "quote": statement.quote,
        "heading": statement.path,
        "offset": f"{statement.start}–{statement.end}",
    }
    texts = [phrase(key, lang) + phrase("colon", lang) + text for key, text in lines.items() if text]
    label = _label(statement, frame)
    head = [paragraph(label, 480, 12, "font-weight:bold")] if label else []
    return "<br>".join([*head, hover_text(texts)])
