"""What the plans promise for one theme: a panel for each indicator, and apart from them what cannot be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
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
    height_of,
    hover_text,
    paragraph,
    text_width,
    ticks,
)
from dagster_project.figures.plans import PLAN_TABLES, Looks, joined, leaders, plan_looks, sources
from dagster_project.figures.words import COMPARATORS, Lang, phrase, quantity

COMPARISON_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "rpt_indicator_comparison": (
        "measure_key", "comparable_value", "comparable_unit", "per_million_value", "comparability", "reason_zh",
        "reason_en", "formula",
    ),
    "fct_measure": (
        "measure_key", "plan_key", "theme_key", "indicator_key", "kind", "value_text", "value", "unit_key",
        "comparator", "is_aspirational", "indicator_text_zh", "period_end_year", "quote_zh", "heading_path_zh",
        "char_start", "char_end", "restates_measure_key",
    ),
    "dim_indicator": (
        "indicator_key", "theme_key", "axis_unit_zh", "axis_unit_en", "name_zh", "name_en", "definition_zh",
        "definition_en",
    ),
    "audit_unmapped": ("what", "item_key", "reason_zh", "reason_en"),
    "dim_theme": ("theme_key", "name_zh", "name_en"),
    "dim_unit": ("unit_key", "symbol_zh", "symbol_en"),
}  # fmt: skip
# What is told of each statement in the figure's CSV.
_PLOTTED = (
    "measure_key", "plan_key", "plan", "indicator_key", "indicator", "indicator_text_zh", "kind", "value_text",
    "value", "unit_key", "comparator", "is_aspirational", "period_end_year", "comparable_value", "comparable_unit",
    "per_million_value", "verdict", "reason", "formula", "quote_zh", "heading_path_zh", "char_start", "char_end",
)  # fmt: skip
# White hatching on the plan's colour; a value as stated is solid.
_PATTERNS = {"exact": "", "rescaled": "/", "narrower": "-", "broader": "+"}
_VERDICTS = (*_PATTERNS, "not_comparable")
_LIMITS = {"narrower", "broader", "aspirational"}  # what a title must not leave out
_VALUES = 3  # of one indicator, shown in an image that has no room for all
_GAP = 0.9  # between the parts of a figure at the least, times the size of the font
_APART = 2  # statements that are not comparable, shown in an image before any indicator is left out

Row = dict[str, Any]


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
    # A measure of another theme belongs on the axis of its indicator, too.
    chosen = (pl.col("theme_key") == theme_key) | (pl.col("indicator_theme") == theme_key)
    rows = statements(tables, chosen, looks, lang)
    panels = panels_of([row for row in rows if row["label"]])
    apart = [row for row in rows if not row["label"]]
    drawn = {row["plan_key"] for row in rows}
    silent = [look.name for key, look in looks.items() if key not in drawn]
    subtitle = [phrase("comparison_basis", lang)] if panels else []
    if silent and rows:
        subtitle.append(phrase("silent", lang, joined(silent, lang)))
    canvas = Canvas(
        frame,
        _finding(theme, panels, apart, looks, lang),
        phrase("stop", lang).join(subtitle),
        rules=verdict_rules(rows, lang),
        sources=sources(looks),
    )
    draw_panels(canvas, panels, apart, looks)
    return canvas.finish(plotted(rows), told(panels, apart, lang))


def plotted(rows: Sequence[Row]) -> list[Row]:
    """Return what the CSV tells of statements."""
    return [{name: row[name] for name in _PLOTTED} for row in rows]


def told(panels: Sequence[Sequence[Row]], apart: Sequence[Row], lang: Lang) -> list[str]:
    """Return panels and what stands apart as sentences, for who cannot see them."""
    colon = phrase("colon", lang)
    sentences = [
        panel[0]["panel"]
        + colon
        + joined((f"{row['plan']} {row['label']} ({phrase(row['verdict'], lang)})" for row in panel), lang)
        for panel in panels
    ]
    return [*sentences, phrase("apart", lang, len(apart))] if apart else sentences


def verdict_rules(rows: Sequence[Row], lang: Lang) -> str:
    """Return the rules of the verdicts that occur, as the footnote explains them."""
    used = {row["verdict"] for row in rows}
    rules = [phrase(f"{verdict}_rule", lang) for verdict in _VERDICTS if verdict in used]
    return phrase("rules", lang, phrase("stop", lang).join(rules)) if rules else ""


def statements(tables: Mapping[str, pl.DataFrame], chosen: pl.Expr, looks: Looks, lang: Lang) -> list[Row]:
    """Return chosen statements but restatements; those that may stand on an axis have a `label`."""
    indicators = tables["dim_indicator"].select(
        "indicator_key",
        indicator_theme="theme_key",
        indicator=f"name_{lang}",
        definition=f"definition_{lang}",
        axis_unit=f"axis_unit_{lang}",
    )
    lacking = tables["audit_unmapped"].filter(what="measure without indicator")
    rows = (
        tables["fct_measure"]
        .filter(pl.col("restates_measure_key").is_null())
        .join(indicators, on="indicator_key", how="left")
        .filter(chosen)
        .join(tables["rpt_indicator_comparison"], on="measure_key", how="left")
        .join(lacking.select(measure_key="item_key", lacking=f"reason_{lang}"), on="measure_key", how="left")
        .join(tables["dim_unit"].select("unit_key", unit=f"symbol_{lang}"), on="unit_key", how="left")
        .with_columns(
            pl.col("value", "comparable_value", "per_million_value").cast(pl.Float64),
            pl.col("axis_unit", "unit", "indicator_text_zh").fill_null(""),
            verdict=pl.col("comparability").fill_null("not_comparable"),
            reason=pl.coalesce(f"reason_{lang}", "lacking", pl.lit("")),
            panel="indicator",
            words=pl.lit(""),  # what a panel must say below the name of the plan
            base=pl.lit(0.0),  # where a bar begins
        )
        .sort("indicator_key", "plan_key", "char_start", "measure_key")
    )
    return [
        row
        | {"plan": looks[row["plan_key"]].name}
        | {"stated": COMPARATORS[row["comparator"]] + quantity(row["value"], row["unit"], lang)}
        | _label(row, lang)
        for row in rows.iter_rows(named=True)
    ]


def _label(row: Row, lang: Lang) -> dict[str, str]:
    """Return what is written of a comparable value: its label, how it came about, and how a title claims it."""
    value = row["comparable_value"]
    if row["verdict"] == "not_comparable" or value is None:
        return {"label": "", "per_million": ""}
    per_million = row["per_million_value"]
    # What a plan states as it stands on the axis needs no arithmetic beside it; the hover has it.
    is_computed = value != row["value"]
    formula = (row["formula"] or "").replace("/yr", phrase("per_year", lang)) if is_computed else ""
    notes = (
        phrase(row["verdict"], lang),
        row["is_aspirational"] and phrase("aspirational", lang),
        row["period_end_year"] and phrase("until", lang, row["period_end_year"]),
        formula,
    )
    # A computed value is not known to more digits than these; the arithmetic is printed beside it.
    label = COMPARATORS[row["comparator"]] + quantity(value, row["axis_unit"], lang, 3 if is_computed else 12)
    limits = [key for key in (row["verdict"], row["is_aspirational"] and "aspirational") if key in _LIMITS]
    qualified = phrase("limited", lang, label, joined((phrase(key, lang) for key in limits), lang))
    claim = qualified if limits else label
    return {
        "label": label,
        "claim": claim,
        "note": phrase("dot", lang).join(str(note) for note in notes if note),
        "per_million": ""
        if per_million is None
        else phrase("per_million", lang, quantity(per_million, row["unit"], lang, 3)),
    }


def panels_of(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows of each indicator, highest first; the indicator that most plans share comes first."""
    by_indicator = (list(group) for _, group in groupby(rows, key=lambda row: row["indicator_key"]))
    panels = [sorted(panel, key=lambda row: -row["comparable_value"]) for panel in by_indicator]
    return sorted(panels, key=lambda panel: -len({row["plan_key"] for row in panel}))


def _finding(
    theme: str, panels: Sequence[Sequence[Row]], apart: Sequence[Row], looks: Looks, lang: Lang
) -> str:
    """Return the title: who promises most of what most plans state, or why that cannot be said."""
    if not panels:
        key = "none_comparable" if apart else "nothing" if looks else "no_plans"
        return phrase(key, lang, theme=theme, n=len(looks))
    first = panels[0]
    if len({row["plan_key"] for row in first}) == 1:
        return phrase("one_each", lang, theme=theme)
    top = _top(first)
    who = phrase("one" if len(top) == 1 else "many", lang, leaders(top, lang))
    claim = first[0]["claim"]
    title = phrase("highest", lang, theme=theme, plans=who, indicator=first[0]["indicator"], value=claim)
    cities = [row for row in first if not looks[row["plan_key"]].is_province]
    are_ranked = len({row["plan_key"] for row in cities}) > 1  # one city alone is not the highest of any
    if are_ranked and all(looks[plan_key].is_province for plan_key in top.values()):
        title += phrase("among_cities", lang, plans=leaders(_top(cities), lang), value=cities[0]["claim"])
    return title


def _top(rows: Sequence[Row]) -> dict[str, str]:
    """Return the plans with the highest value: their keys by their names."""
    return {
        row["plan"]: row["plan_key"] for row in rows if row["comparable_value"] == rows[0]["comparable_value"]
    }


def _legend(canvas: Canvas, rows: Sequence[Row]) -> None:
    """Explain the patterns that are used."""
    lang = canvas.frame.lang
    used = {row["verdict"] for row in rows}
    samples = [(verdict, verdict, False) for verdict in _PATTERNS if verdict in used]
    if any(row["is_aspirational"] for row in rows):
        samples.append(("hollow", "exact", True))
    for key, verdict, is_hollow in samples:
        marker = _marker(GREY, verdict, is_hollow=is_hollow)
        canvas.trace("bar", x=[None], y=[None], name=phrase(key, lang), marker=marker, hoverinfo="skip")
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


def draw_panels(canvas: Canvas, panels: Sequence[Sequence[Row]], apart: Sequence[Row], looks: Looks) -> None:
    """Draw the indicators and, apart from them, what is not comparable; in an image as many as fit.

    Args:
        canvas: They are drawn at its top.
        panels: As `panels_of` returns them.
        apart: Statements without a label.
        looks: Of the plans.
    """
    if panels:
        _legend(canvas, [row for panel in panels for row in panel])
    shown, listed, columns = _fitting(canvas, panels, apart, looks)
    width = canvas.column_width(columns)
    parts = [_panel(canvas, panel, looks, width) for panel in shown]
    if listed:
        parts.append(_apart(canvas, apart, listed, looks, width))
    # What an image has room for beyond its parts goes between them.
    gaps = (canvas.frame.size.text * gap for gap in (1.8, 1.4, _GAP))
    if places := next(filter(None, (canvas.arranged(parts, columns, gap) for gap in gaps)), None):
        canvas.draw(parts, places, columns)
    drawn = {panel[0]["indicator_key"]: len(panel) for panel in shown}
    whole = sum(len(panel) for panel in panels if panel[0]["indicator_key"] in drawn)
    canvas.more(
        len(panels) - len(shown), "more_indicators", whole - sum(drawn.values()), "more_values",
        len(apart) - listed, "more_statements",
    )  # fmt: skip


def _fitting(
    canvas: Canvas, panels: Sequence[Sequence[Row]], apart: Sequence[Row], looks: Looks
) -> tuple[list[Sequence[Row]], int, int]:
    """Return which panels fit, how many of what stands apart, and in how many columns.

    If not all of it fits, values that repeat a plan within a panel give way first, then what stands apart but for its
    first statements, and then the panels that are left over when the room is filled in their order.
    """
    gap = canvas.frame.size.text * _GAP

    def fits(shown: Sequence[Sequence[Row]], listed: int, columns: int) -> bool:
        width = canvas.column_width(columns)
        parts = [_panel(canvas, panel, looks, width) for panel in shown]
        parts += [_apart(canvas, apart, listed, looks, width)] if listed else []
        return canvas.arranged(parts, columns, gap) is not None

    least = min(len(apart), _APART)
    short = [_shortened(panel) for panel in panels]
    for shown in (panels, short):
        for columns in canvas.frame.size.columns:
            for listed in range(len(apart), least - 1, -1):
                if fits(shown, listed, columns):
                    return list(shown), listed, columns
    best: tuple[list[Sequence[Row]], int, int] = ([], 0, canvas.frame.size.columns[0])
    for columns in canvas.frame.size.columns:
        listed = max((count for count in range(least + 1) if fits([], count, columns)), default=0)
        kept: list[Sequence[Row]] = []
        for panel in short:
            if fits([*kept, panel], listed, columns):
                kept.append(panel)
        listed = max(count for count in range(listed, len(apart) + 1) if fits(kept, count, columns))
        if len(kept) > len(best[0]) or not best[0]:
            best = kept, listed, columns
    return best


def _shortened(panel: Sequence[Row]) -> list[Row]:
    """Return the highest value of each plan and, up to a few, further values."""
    first = {row["plan_key"]: row["measure_key"] for row in reversed(panel)}
    others = [row["measure_key"] for row in panel if row["measure_key"] != first[row["plan_key"]]]
    kept = {*first.values(), *others[: max(0, _VALUES - len(first))]}
    return [row for row in panel if row["measure_key"] in kept]


def _panel(canvas: Canvas, panel: Sequence[Row], looks: Looks, width: float) -> Block:
    """Return one indicator: its name and unit, and a bar for each statement, as a block of a width."""
    size, lang = canvas.frame.size, canvas.frame.lang
    small_grey = f"font-size:{size.small}px;color:{GREY}"
    first = panel[0]
    names = width * 0.27
    notes = {id(row): _note(row, lang, is_long=canvas.is_free) for row in panel}
    longest = max(
        max(text_width(row["label"], size.text) * 1.1, text_width(notes[id(row)], size.small))
        for row in panel
    )
    labels = min(longest + size.text, width * 0.49)
    plot = width - names - labels - size.text
    statements_of = Counter(row["plan_key"] for row in panel)
    heading = paragraph(
        phrase("axis", lang, first["panel"], first["axis_unit"]), width, size.head, "font-weight:bold"
    )
    definition = (
        paragraph(first["definition"], width, size.small) if canvas.is_free and first["definition"] else ""
    )
    head_height = height_of(heading, size.head) + (height_of(definition, size.small) if definition else 0) + 2
    name_texts, label_texts, centres, bottom = [], [], [], 2.0
    for row in panel:
        look = looks[row["plan_key"]]
        name = f"{paragraph(row['plan'], names - 2.2 * size.text, size.text)} {look.badge}"
        name_height = height_of(name, size.text)
        # Only the plan's own words tell its statements apart.
        said = row["words"] or (row["indicator_text_zh"] if statements_of[row["plan_key"]] > 1 else "")
        if said:
            words = paragraph(said, names - size.text, size.small, small_grey, most=3)
            name, name_height = f"{name}<br>{words}", name_height + height_of(words, size.text)
        label = paragraph(row["label"], labels, size.text, "font-weight:bold")
        label += "<br>" + paragraph(notes[id(row)], labels, size.small, small_grey)
        name_texts.append(name)
        label_texts.append("\u00a0\u00a0" + label.replace("<br>", "<br>\u00a0\u00a0"))
        height = max(name_height, height_of(label, size.text)) + size.text * 0.5
        centres.append(bottom + height / 2)
        bottom += height
    foot = 1.6 * size.small if canvas.is_free else 0.0

    def draw(left: float, _right: float) -> None:
        canvas.place(heading, left, size.head)
        if definition:
            canvas.top += height_of(heading, size.head)
            canvas.place(definition, left, size.small, GREY)
            canvas.top -= height_of(heading, size.head)
        canvas.top += head_height
        _draw_bars(
            canvas,
            panel,
            looks,
            (left + names, left + names + plot),
            (name_texts, label_texts),
            centres,
            bottom,
        )

    return Block(head_height + bottom + foot, draw)


def _note(row: Row, lang: Lang, *, is_long: bool) -> str:
    """Return what stands below the label of a value, per million residents where there is room for it."""
    return phrase("dot", lang).join(filter(None, (row["note"], row["per_million"] if is_long else "")))


def _draw_bars(
    canvas: Canvas, panel: Sequence[Row], looks: Looks, edges: tuple[float, float],
    texts: tuple[list[str], list[str]], centres: Sequence[float], bottom: float,
) -> None:  # fmt: skip
    """Draw the bars of a panel with their names and labels."""
    size, lang = canvas.frame.size, canvas.frame.lang
    ends = [row["base"] + row["comparable_value"] for row in panel]
    highest, lowest = max(*ends, 0.0), min(*ends, 0.0)
    if panel[0]["axis_unit"] == "%" and highest <= 100:
        highest = 100.0  # a share is read against the whole
    axis = (
        ticks(highest, panel[0]["axis_unit"], lang) if canvas.is_free else {"tickvals": [0], "ticktext": [""]}
    )
    axes = canvas.axes(
        *edges,
        bottom,
        {"range": [lowest, highest if highest > lowest else 1.0], "gridcolor": RULE,
         "tickfont": {"size": size.small, "color": GREY}, **axis},
        {"range": [bottom, 0], "tickvals": list(centres), "ticktext": texts[0], "tickfont": {"size": size.text},
         "ticklabelstandoff": 6},
    )  # fmt: skip
    shared = {"showlegend": False, "cliponaxis": False, "hoverinfo": "text", **axes}
    hover = [_hover(row, lang) for row in panel]
    for row, centre, text in zip(panel, centres, hover, strict=True):
        # A trace for each: plotly.js ignores the colour of a pattern where bars of one trace differ in colour.
        marker = _marker(looks[row["plan_key"]].colour, row["verdict"], is_hollow=row["is_aspirational"])
        canvas.trace(
            "bar", x=[row["comparable_value"]], base=[row["base"]], y=[centre], orientation="h",
            width=size.text * 1.4, marker=marker,
            name=row["measure_key"], customdata=[row["measure_key"]], hovertext=[text], **shared,
        )  # fmt: skip
    canvas.trace(
        "scatter", x=[max(end, 0.0) for end in ends], y=list(centres), mode="text", text=texts[1],
        textposition="middle right", textfont={"size": size.text, "color": INK},
        name=f"{panel[0]['indicator_key']} labels", customdata=[row["measure_key"] for row in panel],
        hovertext=hover, **shared,
    )  # fmt: skip


def _apart(canvas: Canvas, rows: Sequence[Row], listed: int, looks: Looks, width: float) -> Block:
    """Return the first statements that are not comparable, each with the reason, as a block of a width."""
    size, lang = canvas.frame.size, canvas.frame.lang
    heading = paragraph(phrase("apart", lang, len(rows)), width, size.head, "font-weight:bold")
    indent = size.text * 1.5
    entries = []
    for row in rows[:listed]:
        words = row["indicator"] if row["indicator_key"] != "unmapped" or not row["indicator_text_zh"] else ""
        if not words or canvas.is_free:
            words = " · ".join(text for text in (words, row["indicator_text_zh"]) if text)
        stated = f"{row['plan']} · {words}{phrase('colon', lang)}{row['stated']}"
        entries.append(
            (
                row,
                paragraph(stated, width - indent, size.text, most=None if canvas.is_free else 2),
                paragraph(row["reason"], width - indent, size.small, f"color:{GREY}"),
            )
        )
    height = height_of(heading, size.head) + 2
    heights = [
        height_of(stated, size.text) + height_of(why, size.small) + size.text * 0.4
        for _, stated, why in entries
    ]

    def draw(left: float, _right: float) -> None:
        canvas.place(heading, left, size.head)
        canvas.top += height
        for (row, stated, why), high in zip(entries, heights, strict=True):
            look, hover = looks[row["plan_key"]], _hover(row, lang)
            canvas.place(look.badge, left, size.text)
            canvas.place(stated, left + indent, size.text, hover=hover, measure_key=row["measure_key"])
            canvas.top += height_of(stated, size.text)
            canvas.place(why, left + indent, size.small, GREY, hover=hover)
            canvas.top += high - height_of(stated, size.text)

    return Block(height + sum(heights), draw)


def _hover(row: Row, lang: Lang) -> str:
    """Return what a reader sees on pointing at a statement: the sentence, where it stands, and the arithmetic."""
    lines = {
        "plan": row["plan"],
        "stated_indicator": f"{row['indicator']} / {row['indicator_text_zh']}",
        "stated": f"{row['value_text']} ({row['stated']})",
        "verdict": f"{phrase(row['verdict'], lang)}{phrase('dot', lang)}{row['reason']}",
        "formula": row["formula"],
        "residents": row["per_million"],
        "quote": row["quote_zh"],
        "heading": row["heading_path_zh"],
        "offset": f"{row['char_start']}–{row['char_end']}",
    }
    texts = [phrase(key, lang) + phrase("colon", lang) + text for key, text in lines.items() if text]
    head = [paragraph(row["label"], 480, 12, "font-weight:bold")] if row["label"] else []
    return "<br>".join([*head, hover_text(texts)])
