"""What the plans promise for one theme: an axis for each indicator that two plans state, and beside the axes numbers.

A bar compares; what only one plan states is a number. Panels of one unit have one scale. A floor ends in an open arrow,
an approximation in a whisker; what a plan only aims at is hollow, what it reports of the past a grey tick, and what the
plan above it asks for a line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import polars as pl

from dagster_project.figures.canvas import (
    GREY,
    INK,
    RULE,
    Block,
    Canvas,
    Drawing,
    Frame,
    Stack,
    escape,
    height_of,
    hover_text,
    meanings,
    paragraph,
    text_width,
    ticks,
)
from dagster_project.figures.marts import once
from dagster_project.figures.plans import FEW, MANY, PLAN_TABLES, Looks, joined, plan_looks, sources
from dagster_project.figures.ranking import are_unlike, by_indicator, claimed, finding
from dagster_project.figures.sentences import text_of
from dagster_project.figures.spread import Dot, Spread, spread_block
from dagster_project.figures.statements import (
    STATEMENT_TABLES,
    Statement,
    about,
    first_said,
    read_statements,
)
from dagster_project.figures.tiles import Tile, tile_block
from dagster_project.figures.words import COMPARATORS, Lang, named_in, number, phrase, stated_in

COMPARISON_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    **STATEMENT_TABLES,
    "dim_theme": ("theme_key", "name_zh", "name_en"),
    "rpt_indicator_comparison": (
        "measure_key", "indicator_key", "stated_value", "comparable_value", "baseline_value", "baseline_year",
    ),
    "rpt_cascade": (
        "plan_key", "parent_plan_key", "child_measure_key", "indicator_key", "child_indicator_key", "scope",
        "value_relation", "parent_measure_key", "parent_comparator", "parent_comparable_value",
        "parent_per_million_value",
    ),
}  # fmt: skip
# White hatching on the plan's colour; a value as stated is solid.
_PATTERNS = {"exact": "", "rescaled": "/", "narrower": "-", "broader": "+"}
_VALUES = 3  # of one indicator, shown in an image that has no room for all
_GAP = 0.9  # between the parts of a figure at the least, times the size of the font
_APART = 2  # statements that are not comparable, shown in an image before any indicator is left out
_ROWS_OF_MANY = 4  # plans of a panel that have a row each where there are many plans
_ENTRIES = 60  # statements that stand on no axis, listed on a screen; the CSV has all
_SPLIT = 4  # statements of one plan only at the least, of which some may stand in the next column
_UNLIKE_HEIGHTS = 0.75  # of the highest column, what a list in two pieces must come to, to be in two pieces
_SHARED = 2  # plans at the least that make an axis
_SMALL = 10.0  # a total below it is told as stated: a rate of it per year says less
_FLOORS, _CEILINGS = frozenset({"ge", "gt"}), frozenset({"le", "lt"})


@dataclass(frozen=True, slots=True)
class Bar:
    """A comparable statement on its axis.

    Attributes:
        statement: What it shows.
        words: What must be said below the name of the plan; empty where the name says it all.
        start: Where it begins on the axis.
        is_per_head: Whether it is as long as the value for each million residents.
    """

    statement: Statement
    words: str = ""
    start: float = 0.0
    is_per_head: bool = False

    @property
    def length(self) -> float:
        """The comparable value, for each million residents where it is told so."""
        value = self.statement.per_million_value if self.is_per_head else self.statement.comparable_value
        return value or 0.0


@dataclass(frozen=True, slots=True)
class Panel:
    """An axis with its bars, at least one.

    Attributes:
        name: What is measured.
        unit: Of the axis.
        definition: Of the indicator; empty where the bars are of several.
        bars: From the top down.
        rows: Plans that have a row each; of more, it shows how their values are spread.
    """

    name: str
    unit: str
    definition: str
    bars: tuple[Bar, ...]
    rows: int = FEW

    @property
    def key(self) -> str:
        """Key of its first indicator."""
        return self.bars[0].statement.indicator.key

    @property
    def is_spread(self) -> bool:
        """Whether it has more plans than there are rows for, so that it shows how their values are spread."""
        return len({bar.statement.plan for bar in self.bars}) > self.rows

    @property
    def scale(self) -> tuple[str, str, bool]:
        """What panels of one scale have in common: the unit, and whether it is per head; dots have one of their own."""
        return self.key if self.is_spread else "", self.unit, self.bars[0].is_per_head

    def shortened(self) -> Panel:
        """Return it with the highest value of each plan and, up to a few, further values; a spread as it is."""
        if self.is_spread:
            return self
        first = {bar.statement.plan: bar.statement.key for bar in reversed(self.bars)}
        keys = [bar.statement.key for bar in self.bars]
        others = [key for key in keys if key not in first.values()]
        kept = {*first.values(), *others[: max(0, _VALUES - len(first))]}
        return replace(self, bars=tuple(bar for bar in self.bars if bar.statement.key in kept))


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a value on its axis, by the key of its measure.

    Attributes:
        baselines: What the plan itself reports of the past, on the same axis, with its year.
        parents: What plans above it ask for: plan, key of the measure, value on the axis, and per million residents.
    """

    baselines: Mapping[str, tuple[float, int | None]]
    parents: Mapping[str, Sequence[tuple[str, str, float, float | None]]]

    @classmethod
    def read(cls, tables: Mapping[str, pl.DataFrame]) -> Beside:
        """Read it from marts with the columns of `COMPARISON_TABLES`."""
        return once(tables, "beside", lambda: cls._read(tables))

    @classmethod
    def _read(cls, tables: Mapping[str, pl.DataFrame]) -> Beside:
        # Only what a plan states as it stands on the axis has a report of the past that stands on it, too.
        stated = tables["rpt_indicator_comparison"].filter(
            pl.col("baseline_value").is_not_null()
            & (pl.col("stated_value").cast(pl.Float64) == pl.col("comparable_value"))
        )
        baselines = {
            row["measure_key"]: (float(row["baseline_value"]), row["baseline_year"])
            for row in stated.iter_rows(named=True)
        }
        parents: dict[str, list[tuple[str, str, float, float | None]]] = {}
        above = tables["rpt_cascade"].filter(
            pl.col("child_measure_key").is_not_null()
            & pl.col("parent_comparable_value").is_not_null()
            & (pl.col("scope") == "same")
            & (pl.col("value_relation") != "not_comparable")
            & (pl.col("indicator_key") == pl.col("child_indicator_key"))
        )
        for row in above.sort("child_measure_key", "parent_measure_key").iter_rows(named=True):
            parents.setdefault(row["child_measure_key"], []).append(
                (row["parent_plan_key"], row["parent_measure_key"], row["parent_comparable_value"],
                 row["parent_per_million_value"])
            )  # fmt: skip
        return cls(baselines, parents)


def draw_comparison(theme_key: str, tables: Mapping[str, pl.DataFrame], frame: Frame) -> Drawing:
    """Draw the comparison of one theme.

    Args:
        theme_key: A key of ``dim_theme``.
        tables: Marts with the columns of `COMPARISON_TABLES`.
        frame: Language and size.

    Returns:
        The figure. What only one plan states is a number without a bar. A measure that is ``not_comparable`` or fits no
        indicator stands on no axis but in a list apart, with the reason; one that restates an earlier one is left out.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    theme = str(tables["dim_theme"].filter(theme_key=theme_key)[f"name_{lang}"].first() or theme_key)
    said = first_said(read_statements(tables, about(theme_key)))
    panels, alone = panels_of(said, looks, frame)
    apart = not_comparable(said, frame)
    drawn = {statement.plan for statement in said}
    silent = [look.name for key, look in looks.items() if key not in drawn]
    subtitle = [basis_of(panels, lang)] if panels or alone else []
    if silent and said and len(looks) <= FEW:
        subtitle.append(phrase("silent", lang, joined(silent, lang)))
    title = theme + phrase("colon", lang) + text_of(finding(said, theme_key, looks, frame.codes, lang))
    canvas = Canvas(
        frame,
        title,
        phrase("stop", lang).join(subtitle),
        rules=verdict_rules(said, frame),
        sources=sources(looks),
    )
    draw_panels(canvas, Parts(panels, alone, apart, looks, Beside.read(tables)))
    claims = [claimed(said, theme_key, looks).record]
    return canvas.finish(plotted(said, looks, frame), told(panels, alone, apart, looks, frame), claims)


def basis_of(panels: Sequence[Panel], lang: Lang) -> str:
    """Return what the marks of panels mean, as the line below the title tells it."""
    spread = sum(panel.is_spread for panel in panels)
    kind = (
        "alone"
        if not panels
        else "comparison"
        if not spread
        else "strip"
        if spread == len(panels)
        else "mixed"
    )
    return phrase(f"{kind}_basis", lang)


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


def told(
    panels: Sequence[Panel],
    alone: Sequence[Statement],
    apart: Sequence[Statement],
    looks: Looks,
    frame: Frame,
) -> list[str]:
    """Return panels and what stands beside them as sentences, for who cannot see them."""
    lang, codes = frame.lang, frame.codes

    def value(statement: Statement) -> str:
        label = f"{looks[statement.plan].name} {_label(statement, frame)}"
        return f"{label} ({codes.name('comparability', statement.verdict, lang)})"

    # Of hundreds of plans nobody listens to each value: how they are spread is told, as the figure does.
    are_many = len(looks) >= MANY
    most = _ENTRIES if are_many else None
    sentences = [
        panel.name
        + phrase("colon", lang)
        + (
            spread_of(panel, looks, frame).told(looks, frame)
            if are_many and panel.is_spread
            else joined((value(bar.statement) for bar in panel.bars), lang)
        )
        for panel in panels[:most]
    ]
    sentences += [s.indicator.name[lang] + phrase("colon", lang) + value(s) for s in alone[:most]]
    return [*sentences, phrase("apart", lang, len(apart))] if apart else sentences


def verdict_rules(statements: Sequence[Statement], frame: Frame) -> str:
    """Return the rules of the verdicts that occur, as the footnote explains them."""
    rules = meanings(frame, "comparability", {statement.verdict for statement in statements})
    return phrase("rules", frame.lang, rules) if rules else ""


def not_comparable(statements: Sequence[Statement], frame: Frame) -> list[Statement]:
    """Return the statements that stand on no axis, in the order in which they are listed: chosen plans first."""
    apart = [statement for statement in statements if statement.comparable is None]
    return sorted(apart, key=lambda s: (s.plan not in frame.chosen, _place(s)))


def _place(statement: Statement) -> tuple[str, str, int, str]:
    return statement.indicator.key, statement.plan, statement.start, statement.key


def panels_of(
    statements: Sequence[Statement], looks: Looks, frame: Frame
) -> tuple[list[Panel], list[Statement]]:
    """Return a panel for each indicator that plans share, highest value first, and what only one plan states.

    The indicator that most plans share comes first. Totals of places of unlike size are told per million residents.
    Where there are many plans, panels of some of them are spreads, too: there are many panels. What chosen plans
    alone state comes first.
    """
    lang = frame.lang
    rows = FEW if len(looks) <= FEW else _ROWS_OF_MANY
    comparable = [statement for statement in statements if statement.comparable is not None]
    panels: list[Panel] = []
    alone: list[Statement] = []
    for on_axis in by_indicator(comparable).values():
        if len({statement.plan for statement in on_axis}) < _SHARED:
            alone += on_axis
            continue
        indicator, is_per_head = on_axis[0].indicator, are_unlike(on_axis)
        bars = sorted((Bar(s, is_per_head=is_per_head) for s in on_axis), key=lambda bar: -bar.length)
        unit = indicator.unit[lang]
        name = named_in(indicator.name[lang], lang)
        name = phrase("by_population", lang, name) if is_per_head else name
        panels.append(Panel(name, unit, indicator.definition[lang], tuple(bars), rows))
    return panels, sorted(alone, key=lambda s: (s.plan not in frame.chosen, _place(s)))


def _label(statement: Statement, frame: Frame, *, is_per_head: bool = False) -> str:
    """Return the value that is read first: per million, or on the axis; a small total as the plan states it."""
    lang = frame.lang
    if is_per_head and statement.per_million:
        return COMPARATORS[statement.comparator] + statement.per_million[lang]
    if statement.is_computed and statement.value < _SMALL and statement.form == "flow":
        return statement.stated[lang]
    return statement.comparable[lang] if statement.comparable else ""


def _note(statement: Statement, frame: Frame, *, is_long: bool, is_per_head: bool = False) -> str:
    """Return what stands below the label of a value: the rate of a small total, and per million where there is room."""
    lang = frame.lang
    label = _label(statement, frame, is_per_head=is_per_head)
    on_axis = statement.comparable[lang] if statement.comparable else ""
    # What a plan states as it stands on the axis needs no arithmetic beside it; the hover has it.
    formula = (
        (statement.formula or "").replace("/yr", phrase("per_year", lang)) if statement.is_computed else ""
    )
    notes = (
        on_axis if on_axis != label and not formula else "",
        frame.codes.name("comparability", statement.verdict, lang),
        phrase("aspirational", lang) if statement.is_aspirational else "",
        phrase("until", lang, statement.year) if statement.year else "",
        formula,
        _residents(statement, frame) if is_long and not is_per_head else "",
    )
    return phrase("dot", lang).join(note for note in notes if note)


def _residents(statement: Statement, frame: Frame) -> str:
    lang = frame.lang
    return phrase("per_million", lang, statement.per_million[lang]) if statement.per_million else ""


def _legend(canvas: Canvas, parts: Parts) -> None:
    """Explain the patterns and marks that are used."""
    lang, codes = canvas.frame.lang, canvas.frame.codes
    statements = [bar.statement for panel in parts.panels if not panel.is_spread for bar in panel.bars]
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
    comparators, keys = {s.comparator for s in statements}, {s.key for s in statements}
    marks = (
        (comparators & _FLOORS, "floor_mark", "triangle-right-open"),
        (comparators & _CEILINGS, "ceiling_mark", "triangle-left-open"),
        (comparators & {"approx"}, "approx_mark", "line-ew-open"),
        (keys & set(parts.beside.baselines), "baseline_mark", "line-ns-open"),
        (keys & set(parts.beside.parents), "parent_mark", "line-ns-open"),
    )
    for is_used, name, symbol in marks:
        if is_used:
            colour = INK if name == "parent_mark" else GREY
            marker = {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 2, "color": colour}}
            canvas.trace(
                "scatter", x=[None], y=[None], mode="markers", marker=marker, name=phrase(name, lang)
            )
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


def draw_panels(canvas: Canvas, parts: Parts) -> None:
    """Draw the axes and, beside them, numbers of one plan only and what is not comparable; in an image what fits."""
    if any(not panel.is_spread for panel in parts.panels):
        _legend(canvas, parts)
    arranged = _Arranged(canvas, parts, parts.only(canvas.may_show))
    shown, listed, layout = _fitting(arranged)
    blocks, columns = arranged.blocks(shown, listed, layout), layout.columns
    # What an image has room for beyond its parts goes between them.
    gaps = (canvas.frame.size.text * gap for gap in (1.8, 1.4, _GAP))
    if places := next(filter(None, (canvas.arranged(blocks, columns, gap) for gap in gaps)), None):
        canvas.draw(blocks, places, columns)
    drawn = {panel.key for panel in shown}
    values = sum(len(panel.bars) for panel in parts.panels if panel.key in drawn)
    alone, apart = arranged.candidates.split(listed)
    canvas.show(bar.statement.key for panel in shown for bar in panel.bars)
    canvas.show(statement.key for statement in (*parts.alone[:alone], *parts.apart[:apart]))
    canvas.more(
        len(parts.panels) - len(shown), "more_indicators",
        values - sum(len(panel.bars) for panel in shown), "more_values",
        len(parts.alone) - alone, "more_alone", len(parts.apart) - apart, "more_statements",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parts:
    """What a comparison is drawn from.

    Attributes:
        panels: The axes.
        alone: What only one plan states.
        apart: What is not comparable.
        looks: Of the plans.
        beside: Baselines and what plans above ask for.
        tiles: Of hundreds of plans, what is asked of each province, and its tiles: the first block.
    """

    panels: Sequence[Panel]
    alone: Sequence[Statement]
    apart: Sequence[Statement]
    looks: Looks
    beside: Beside
    tiles: tuple[str, Mapping[str, Tile]] | None = None

    def only(self, may_show: Callable[[str], bool]) -> Parts:
        """Return those of them that may be shown, by the keys of their measures."""
        panels = [
            replace(panel, bars=tuple(bar for bar in panel.bars if may_show(bar.statement.key)))
            for panel in self.panels
        ]
        alone, apart = (
            [statement for statement in listed if may_show(statement.key)]
            for listed in (self.alone, self.apart)
        )
        return replace(self, panels=[panel for panel in panels if panel.bars], alone=alone, apart=apart)

    def split(self, listed: int) -> tuple[int, int]:
        """Return how many of so many listed statements are of one plan only, and how many are not comparable."""
        apart = min(_APART, len(self.apart), listed)
        alone = min(len(self.alone), listed - apart)
        return alone, listed - alone


class _Layout(NamedTuple):
    """How parts are put in columns: whether what one plan alone states may go on in the next column."""

    columns: int
    is_split: bool = False


class _Arranged:
    """Parts on a canvas, and those of them that may be shown; each is measured once for each width."""

    def __init__(self, canvas: Canvas, parts: Parts, candidates: Parts) -> None:
        self.canvas, self.parts, self.candidates = canvas, parts, candidates
        self._scales: dict[tuple[str, str, bool], float] = {}
        for panel in parts.panels:
            ends = [bar.start + bar.length for bar in panel.bars]
            self._scales[panel.scale] = max(*ends, 0.0, self._scales.get(panel.scale, 0.0))
        # By identity, because to compare panels takes as long as to measure them; the panel is kept with its block.
        self._panels: dict[tuple[int, int], tuple[Panel, Block]] = {}
        self._tiles: dict[int, Block] = {}
        self._entries: dict[tuple[str, int], _Entries] = {}

    def blocks(self, shown: Sequence[Panel], listed: int, layout: _Layout) -> list[Block]:
        """Return some panels, and the first of what is listed, as blocks as wide as a column."""
        columns, tiles = layout.columns, self.parts.tiles
        if tiles and columns not in self._tiles:
            self._tiles[columns] = tile_block(self.canvas, *tiles, self.canvas.column_width(columns))
        first = [self._tiles[columns]] if tiles else []
        first += [self._panel(panel, columns) for panel in shown]
        alone, apart = self.candidates.split(listed)
        last = [self._listed("apart", 0, apart, columns)] if apart else []
        whole = [self._listed("alone", 0, alone, columns)] if alone else []
        if not layout.is_split or alone < _SPLIT:
            return [*first, *whole, *last]
        # It goes on where the columns end nearest to each other.
        tried = (
            [*first, self._listed("alone", 0, at, columns), self._listed("alone", at, alone, columns), *last]
            for at in range(_SPLIT // 2, alone - _SPLIT // 2 + 1)
        )
        return min(tried, key=lambda blocks: self._height(blocks, columns))

    def _height(self, blocks: Sequence[Block], columns: int) -> float:
        """Return how high the highest of so many columns is."""
        gap = self.canvas.frame.size.text * _GAP
        heights = [0.0] * columns
        for block in blocks:
            heights[heights.index(min(heights))] += block.height + gap
        return max(heights)

    def _panel(self, panel: Panel, columns: int) -> Block:
        key = id(panel), columns
        if key not in self._panels:
            draw, width = _strip if panel.is_spread else _panel, self.canvas.column_width(columns)
            block = draw(self.canvas, panel, self.parts, width, self._scales[panel.scale])
            self._panels[key] = panel, block
        return self._panels[key][1]

    def _listed(self, kind: str, start: int, end: int, columns: int) -> Block:
        key = kind, columns
        if key not in self._entries:
            self._entries[key] = _Entries(self.canvas, kind, self.parts, self.canvas.column_width(columns))
        return self._entries[key].block(start, end)

    def fit(self, shown: Sequence[Panel], listed: int, layout: _Layout) -> bool:
        """Return whether there is room for them."""
        gap = self.canvas.frame.size.text * _GAP
        return self.canvas.arranged(self.blocks(shown, listed, layout), layout.columns, gap) is not None

    def most(self, shown: Sequence[Panel], layout: _Layout) -> int:
        """Return how many statements can be listed beside some panels; fewer than none if the panels do not fit."""
        every = len(self.candidates.alone) + len(self.candidates.apart)
        # Of thousands few fit: those that are looked at grow from a few.
        end = 1
        while end <= every and self.fit(shown, end, layout):
            end *= 2
        counts = range(min(every + 1, end))
        return bisect_left(counts, True, key=lambda count: not self.fit(shown, count, layout)) - 1  # noqa: FBT003

    def best(self, shown: Sequence[Panel], columns: int) -> tuple[int, _Layout]:
        """Return how many statements can be listed in so many columns at the most, and how.

        They go on in the next column where more have room then, or where the columns would else be of unlike height.
        """
        whole, split = _Layout(columns), _Layout(columns, is_split=True)
        listed, more = self.most(shown, whole), self.most(shown, split) if columns > 1 else -1
        if more > listed:
            return more, split
        if 0 <= listed == more:
            high, low = (self._height(self.blocks(shown, listed, each), columns) for each in (whole, split))
            if low < _UNLIKE_HEIGHTS * high:
                return more, split
        return listed, whole


def _fitting(arranged: _Arranged) -> tuple[list[Panel], int, _Layout]:
    """Return which panels fit, how many of what is listed, and how they are put in columns.

    If not all of it fits, values that repeat a plan within a panel give way first, then what is listed but for its
    first statements, and then the panels that are left over when the room is filled in their order.
    """
    parts, size = arranged.candidates, arranged.canvas.frame.size
    every = len(parts.alone) + len(parts.apart)
    if arranged.canvas.is_free:
        return list(parts.panels), min(every, _ENTRIES), _Layout(size.columns[0])
    least = min(every, _APART)
    short = [panel.shortened() for panel in parts.panels]

    for shown in (list(parts.panels), short):
        for columns in size.columns:
            listed, layout = arranged.best(shown, columns)
            if listed >= least:
                return shown, listed, layout
    best: tuple[list[Panel], int, _Layout] = ([], 0, _Layout(size.columns[0]))
    for columns in size.columns:
        listed = max(0, min(least, arranged.most([], _Layout(columns))))
        kept: list[Panel] = []
        for panel in short:
            if arranged.fit([*kept, panel], listed, _Layout(columns)):
                kept.append(panel)
        listed, layout = arranged.best(kept, columns)
        if len(kept) > len(best[0]) or not best[0]:
            best = kept, listed, layout
    return best


@dataclass(frozen=True, slots=True)
class _Rows:
    """The texts of a panel, row by row."""

    names: list[str]
    labels: list[str]
    stack: Stack


def _panel(canvas: Canvas, panel: Panel, parts: Parts, width: float, highest: float) -> Block:
    """Return a panel as a block of a width, on a scale that ends at `highest`."""
    frame, looks = canvas.frame, parts.looks
    size = frame.size
    names = width * (0.42 if any(bar.words for bar in panel.bars) else 0.34)
    # A label is as wide as it must be, and leaves room for the bars.
    longest = max(
        max(
            text_width(_label(bar.statement, frame, is_per_head=bar.is_per_head), size.text) * 1.08,
            text_width(
                _note(bar.statement, frame, is_long=canvas.is_free, is_per_head=bar.is_per_head), size.small
            ),
        )
        for bar in panel.bars
    )
    labels = min(longest + size.text * 2, width * 0.49, width * 0.86 - names)
    plot = width - names - labels - size.text
    title = phrase("axis", frame.lang, panel.name, panel.unit)
    heading = paragraph(title, width, size.head, "font-weight:bold")
    definition = paragraph(panel.definition, width, size.small) if canvas.is_free and panel.definition else ""
    head_height = height_of(heading, size.head) + (height_of(definition, size.small) if definition else 0) + 2
    rows = _rows(canvas, panel, looks, names, labels)
    foot = 1.6 * size.small

    def draw(left: float, _right: float) -> None:
        canvas.place(heading, left, size.head)
        if definition:
            canvas.top += height_of(heading, size.head)
            canvas.place(definition, left, size.small, GREY)
            canvas.top -= height_of(heading, size.head)
        canvas.top += head_height
        _draw_bars(canvas, panel, parts, (left + names, left + names + plot, highest), rows)

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
        told = _label(statement, canvas.frame, is_per_head=bar.is_per_head)
        label = paragraph(told, labels - size.text, size.text, "font-weight:bold")
        note = _note(statement, canvas.frame, is_long=canvas.is_free, is_per_head=bar.is_per_head)
        label += "<br>" + paragraph(note, labels - size.text, size.small, grey)
        rows.names.append(name)
        # Beyond the open arrow of a floor.
        rows.labels.append("\u00a0" * 4 + label.replace("<br>", "<br>" + "\u00a0" * 4))
        rows.stack.add(max(name_height, height_of(label, size.text)) + size.text * 0.5)
    return rows


def _draw_bars(
    canvas: Canvas, panel: Panel, parts: Parts, edges: tuple[float, float, float], rows: _Rows
) -> None:
    """Draw the bars of a panel with their names and labels, between two edges that are 0 and the highest value."""
    size, lang, centres = canvas.frame.size, canvas.frame.lang, rows.stack.centres
    left, right, highest = edges
    ends = [bar.start + bar.length for bar in panel.bars]
    lowest = min(*ends, 0.0)
    if panel.unit == "%" and highest <= 100:
        highest = 100.0  # a share is read against the whole
    axes = canvas.axes(
        left,
        right,
        rows.stack.bottom,
        {"range": [lowest, highest if highest > lowest else 1.0], "gridcolor": RULE,
         "tickfont": {"size": size.small, "color": GREY}, **ticks(highest, panel.unit, lang, right - left, size.small)},
        {"range": [rows.stack.bottom, 0], "tickvals": list(centres), "ticktext": rows.names,
         "tickfont": {"size": size.text}, "ticklabelstandoff": 6},
    )  # fmt: skip
    shared = {"showlegend": False, "cliponaxis": False, "hoverinfo": "text", **axes}
    hover = [_hover(bar.statement, parts.looks, canvas.frame) for bar in panel.bars]
    for bar, centre, text in zip(panel.bars, centres, hover, strict=True):
        # A trace for each: plotly.js ignores the colour of a pattern where bars of one trace differ in colour.
        statement = bar.statement
        marker = _marker(
            parts.looks[statement.plan].colour, statement.verdict, is_hollow=statement.is_aspirational
        )
        canvas.trace(
            "bar", x=[bar.length], base=[bar.start], y=[centre], orientation="h", width=size.text * 1.4,
            marker=marker, name=statement.key, customdata=[statement.key], hovertext=[text], **shared,
        )  # fmt: skip
        _draw_marks(canvas, bar, parts, (centre, highest - lowest), {**shared, "hovertext": [text]})
    canvas.trace(
        "scatter", x=[max(end, 0.0) for end in ends], y=list(centres), mode="text", text=rows.labels,
        textposition="middle right", textfont={"size": size.text, "color": INK},
        name=f"{panel.key} labels", customdata=[bar.statement.key for bar in panel.bars],
        hovertext=hover, **shared,
    )  # fmt: skip
    canvas.top += 1.6 * size.small


def _draw_marks(
    canvas: Canvas, bar: Bar, parts: Parts, place: tuple[float, float], shared: Mapping[str, Any]
) -> None:
    """Draw how sure the value of a bar is, what the plan reports of the past, and what the plan above it asks for."""
    statement, size, (centre, span) = bar.statement, canvas.frame.size, place
    colour, end = parts.looks[statement.plan].colour, bar.start + bar.length
    if statement.comparator in _FLOORS | _CEILINGS:
        side = "right" if statement.comparator in _FLOORS else "left"
        line = {"color": colour, "width": 1.5}
        marker = {"symbol": f"triangle-{side}", "size": size.text * 0.85, "color": "white", "line": line}
        canvas.trace(
            "scatter", x=[end], y=[centre], mode="markers", marker=marker, name=f"{statement.key} bound",
            customdata=[statement.key], **shared,
        )  # fmt: skip
    elif statement.comparator == "approx":
        reach, high = span * 0.03, size.text * 0.3
        canvas.trace(
            "scatter", x=[end - reach, end + reach, None, end - reach, end - reach, None, end + reach, end + reach],
            y=[centre, centre, None, centre - high, centre + high, None, centre - high, centre + high], mode="lines",
            line={"color": INK, "width": 1.5}, name=f"{statement.key} whisker", **{**shared, "hoverinfo": "skip"},
        )  # fmt: skip
    reach = size.text * 0.9
    if statement.key in parts.beside.baselines and not bar.is_per_head:
        value, year = parts.beside.baselines[statement.key]
        text = phrase("since", canvas.frame.lang, year or "", number(value, canvas.frame.lang))
        canvas.trace(
            "scatter", x=[value, value], y=[centre - reach, centre + reach], mode="lines",
            line={"color": "#8c8c8c", "width": 3}, name=f"{statement.key} baseline", **{**shared, "hovertext": text},
        )  # fmt: skip
    for plan, key, value, per_million in parts.beside.parents.get(statement.key, ()):
        at = per_million if bar.is_per_head else value
        if at is not None and plan in parts.looks:
            canvas.trace(
                "scatter", x=[at, at], y=[centre - reach, centre + reach], mode="lines",
                line={"color": INK, "width": 1.5, "dash": "dot"}, name=f"{statement.key} above {key}",
                **{**shared, "hovertext": parts.looks[plan].name},
            )  # fmt: skip


def spread_of(panel: Panel, looks: Looks, frame: Frame) -> Spread:
    """Return the values of a panel as a spread."""
    dots = (
        Dot(
            bar.statement.plan,
            bar.length,
            _label(bar.statement, frame, is_per_head=bar.is_per_head),
            (bar.statement.key,),
            partial(_dot_hover, bar, looks, frame),
        )
        for bar in panel.bars
    )
    return Spread(panel.key, panel.name, panel.unit, tuple(dots))


def _strip(canvas: Canvas, panel: Panel, parts: Parts, width: float, highest: float) -> Block:
    """Return a panel of many plans as a block of a width."""
    return spread_block(canvas, spread_of(panel, parts.looks, canvas.frame), parts.looks, width, highest)


def _dot_hover(bar: Bar, looks: Looks, frame: Frame) -> str:
    """Return what a reader sees on pointing at a dot: of hundreds of plans only whose it is, and the value.

    The sentences of all dots would make a figure of hundreds of plans as large as all that they say; its CSV has them.
    """
    if len(looks) < MANY:
        return _hover(bar.statement, looks, frame)
    label = _label(bar.statement, frame, is_per_head=bar.is_per_head)
    return escape(f"{looks[bar.statement.plan].name} {label}")


class _Entries:
    """Statements that stand on no axis, each with its value and what must be known of it, in a column of a width."""

    def __init__(self, canvas: Canvas, kind: str, parts: Parts, width: float) -> None:
        """Begin a list.

        Args:
            canvas: It is drawn there.
            kind: ``alone`` (of one plan only) or ``apart`` (not comparable, with the reason).
            parts: What is drawn.
            width: In pixels.
        """
        self._canvas, self._kind, self._parts, self._width = canvas, kind, parts, width
        self._every = parts.alone if kind == "alone" else parts.apart
        heading = phrase(kind, canvas.frame.lang, len(self._every))
        headings = heading, phrase("continued", canvas.frame.lang, heading)
        self._headings = [
            paragraph(text, width, canvas.frame.size.head, "font-weight:bold") for text in headings
        ]
        self._indent = canvas.frame.size.text * 1.5
        self._measured: list[tuple[Statement, str, str, float]] = []

    def block(self, start: int, end: int) -> Block:
        """Return some of them as a block, which says whether it goes on from another one."""
        canvas, size, looks = self._canvas, self._canvas.frame.size, self._parts.looks
        self._measured += [self._entry(each) for each in self._every[len(self._measured) : end]]
        entries, heading = self._measured[start:end], self._headings[bool(start)]
        height = height_of(heading, size.head) + 2

        def draw(left: float, _right: float) -> None:
            canvas.place(heading, left, size.head)
            canvas.top += height
            for statement, text, why, high in entries:
                hover = _hover(statement, looks, canvas.frame)
                canvas.place(looks[statement.plan].badge, left, size.text)
                canvas.place(text, left + self._indent, size.text, hover=hover, measure_key=statement.key)
                canvas.top += height_of(text, size.text)
                canvas.place(why, left + self._indent, size.small, GREY, hover=hover)
                canvas.top += high - height_of(text, size.text)

        return Block(height + sum(high for *_, high in entries), draw)

    def _entry(self, statement: Statement) -> tuple[Statement, str, str, float]:
        """Return a statement with its two texts, and how high they are."""
        canvas, size, width = self._canvas, self._canvas.frame.size, self._width - self._indent
        # In an image no entry takes the room of others.
        most = None if canvas.is_free else 2
        text = paragraph(_stated(statement, self._parts, canvas), width, size.text, most=most)
        is_apart = self._kind == "apart"
        said = (
            statement.reason[canvas.frame.lang] if is_apart else _note(statement, canvas.frame, is_long=True)
        )
        why = paragraph(said, width, size.small, f"color:{GREY}")
        high = height_of(text, size.text) + height_of(why, size.small) + size.text * 0.4
        return statement, text, why, high


def _stated(statement: Statement, parts: Parts, canvas: Canvas) -> str:
    """Return who says how much of what; what has no indicator in the plan's own words, or composed in English."""
    lang = canvas.frame.lang
    name, key = stated_in(statement.indicator.name[lang], lang, statement.per), statement.indicator.key
    plan = parts.looks[statement.plan].name
    if key == "unmapped" and lang == "en":
        words = phrase("quoted", lang, statement.text) if canvas.is_free else ""
        return " · ".join(text for text in (plan, statement.sentence_en, words) if text)
    words = name if key != "unmapped" or not statement.text else ""
    if not words or canvas.is_free:
        words = " · ".join(text for text in (words, statement.text) if text)
    return f"{plan} · {words}{phrase('colon', lang)}{statement.stated[lang]}"


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
        "composed": statement.sentence_en if lang == "en" else "",
        "quote": statement.quote,
        "heading": statement.path,
        "offset": f"{statement.start}–{statement.end}",
    }
    texts = [phrase(key, lang) + phrase("colon", lang) + text for key, text in lines.items() if text]
    label = _label(statement, frame)
    head = [paragraph(label, 480, 12, "font-weight:bold")] if label else []
    return "<br>".join([*head, hover_text(texts)])
