"""What the plans promise for one theme: a panel for each indicator, and apart from them what cannot be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dagster_project.figures.canvas import GREY, INK, MARGIN, RULE, Canvas, height_of, paragraph, ticks
from dagster_project.figures.plans import PLAN_TABLES, PlanLook, joined, leaders, plan_looks
from dagster_project.figures.words import COMPARATORS, Lang, phrase, quantity

COMPARISON_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "rpt_indicator_comparison": (
        "measure_key", "comparable_value", "comparable_unit", "per_million_value", "comparability", "reason_zh",
        "reason_en", "formula",
    ),
    "fct_measure": (
        "measure_key", "plan_key", "theme_key", "indicator_key", "value_text", "value", "unit_key", "comparator",
        "is_aspirational", "indicator_text_zh", "period_end_year", "quote_zh", "heading_path_zh", "char_start",
        "char_end", "restates_measure_key",
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
    "measure_key", "plan_key", "plan", "indicator_key", "indicator", "indicator_text_zh", "value_text", "value",
    "unit_key", "comparator", "is_aspirational", "comparable_value", "comparable_unit", "verdict", "reason", "formula",
    "quote_zh", "heading_path_zh", "char_start", "char_end",
)  # fmt: skip
# White hatching on the plan's colour; a value as stated is solid.
_PATTERNS = {"exact": "", "rescaled": "/", "narrower": "-", "broader": "+"}
_LIMITS = {"narrower", "broader", "aspirational"}  # what a title must not leave out
_WIDTH, _PLOT_LEFT, _PLOT_RIGHT = 1180, 310, 700
_NAMES, _LABELS = _PLOT_LEFT - MARGIN - 32, _WIDTH - MARGIN - _PLOT_RIGHT - 10  # widths beside the bars
_SIZE, _SMALL = 14, 11
_SMALL_GREY = f"font-size:{_SMALL}px;color:{GREY}"
_ROW, _BAR = 46, 20
# The table below the panels: key of the heading, left edge, width.
_COLUMNS = (("plan", 32, 190), ("stated_indicator", 232, 430), ("stated", 676, 160), ("why", 848, 300))

Row = dict[str, Any]
Looks = Mapping[str, PlanLook]


def draw_comparison(theme_key: str, tables: Mapping[str, pl.DataFrame], lang: Lang) -> go.Figure:
    """Draw the comparison of one theme.

    Args:
        theme_key: A key of ``dim_theme``.
        tables: Marts with the columns of `COMPARISON_TABLES`.
        lang: Language of the chart.

    Returns:
        The figure. A measure that is ``not_comparable`` or fits no indicator stands on no axis but in a table below,
        with the reason; one that restates an earlier one is left out.
    """
    looks = plan_looks(tables, lang)
    theme = str(tables["dim_theme"].filter(theme_key=theme_key)[f"name_{lang}"].first() or theme_key)
    rows = _rows(theme_key, tables, looks, lang)
    panels = _panels([row for row in rows if row["label"]])
    apart = [row for row in rows if not row["label"]]

    canvas = Canvas(_finding(theme, panels, apart, looks, lang), lang, _WIDTH)
    drawn = {row["plan_key"] for row in rows}
    silent = [look.name for key, look in looks.items() if key not in drawn]
    if panels:
        canvas.text(phrase("comparison_basis", lang))
    if silent:
        canvas.text(phrase("silent", lang, joined(silent, lang)))
    if panels:
        _legend(canvas, [row for panel in panels for row in panel], lang)
    for panel in panels:
        _draw_panel(canvas, panel, looks, lang)
    if apart:
        _draw_apart(canvas, apart, looks, lang)
    if looks:
        canvas.sources(look.source for look in looks.values())
    return canvas.finish([{name: row[name] for name in _PLOTTED} for row in rows])


def _rows(theme_key: str, tables: Mapping[str, pl.DataFrame], looks: Looks, lang: Lang) -> list[Row]:
    """Return all statements of the theme but restatements; those that may stand on an axis have a `label`."""
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
        # A measure of another theme belongs on the axis of its indicator, too.
        .filter((pl.col("theme_key") == theme_key) | (pl.col("indicator_theme") == theme_key))
        .join(tables["rpt_indicator_comparison"], on="measure_key", how="left")
        .join(lacking.select(measure_key="item_key", lacking=f"reason_{lang}"), on="measure_key", how="left")
        .join(tables["dim_unit"].select("unit_key", unit=f"symbol_{lang}"), on="unit_key", how="left")
        .with_columns(
            pl.col("value", "comparable_value", "per_million_value").cast(pl.Float64),
            pl.col("axis_unit", "unit", "indicator_text_zh").fill_null(""),
            verdict=pl.col("comparability").fill_null("not_comparable"),
            reason=pl.coalesce(f"reason_{lang}", "lacking", pl.lit("")),
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
        return {"label": ""}
    per_million = row["per_million_value"]
    notes = (
        phrase(row["verdict"], lang),
        row["is_aspirational"] and phrase("aspirational", lang),
        row["period_end_year"] and phrase("until", lang, row["period_end_year"]),
        (row["formula"] or "").replace("/yr", phrase("per_year", lang)),
        per_million is not None and phrase("per_million", lang, quantity(per_million, row["unit"], lang, 3)),
    )
    # A computed value is not known to more digits than these; the arithmetic is printed beside it.
    label = COMPARATORS[row["comparator"]] + quantity(
        value, row["axis_unit"], lang, 3 if row["formula"] else 12
    )
    limits = [key for key in (row["verdict"], row["is_aspirational"] and "aspirational") if key in _LIMITS]
    qualified = phrase("limited", lang, label, joined((phrase(key, lang) for key in limits), lang))
    claim = qualified if limits else label
    return {
        "label": label,
        "claim": claim,
        "note": phrase("dot", lang).join(str(note) for note in notes if note),
    }


def _panels(rows: Sequence[Row]) -> list[list[Row]]:
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
    if cities and all(looks[plan_key].is_province for plan_key in top.values()):
        title += phrase("among_cities", lang, plans=leaders(_top(cities), lang), value=cities[0]["claim"])
    return title


def _top(rows: Sequence[Row]) -> dict[str, str]:
    """Return the plans with the highest value: their keys by their names."""
    return {
        row["plan"]: row["plan_key"] for row in rows if row["comparable_value"] == rows[0]["comparable_value"]
    }


def _legend(canvas: Canvas, rows: Sequence[Row], lang: Lang) -> None:
    """Explain the patterns that are used."""
    used = {row["verdict"] for row in rows}
    samples = [(verdict, verdict, False) for verdict in _PATTERNS if verdict in used]
    if any(row["is_aspirational"] for row in rows):
        samples.append(("hollow", "exact", True))
    for key, verdict, is_hollow in samples:
        marker = _marker(GREY, verdict, is_hollow=is_hollow)
        canvas.figure.add_bar(x=[None], y=[None], name=phrase(key, lang), marker=marker, hoverinfo="skip")
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


def _draw_panel(canvas: Canvas, panel: Sequence[Row], looks: Looks, lang: Lang) -> None:
    """Draw one indicator: its name, unit and definition, and a bar for each statement."""
    first = panel[0]
    canvas.rule()
    canvas.text(phrase("axis", lang, first["indicator"], first["axis_unit"]), 15, INK)
    canvas.text(first["definition"] or "", 12)
    statements = Counter(row["plan_key"] for row in panel)
    names, labels, centres, bottom = [], [], [], 6.0
    for row in panel:
        name = f"{paragraph(row['plan'], _NAMES, _SIZE)} {_badge(looks[row['plan_key']])}"
        if statements[row["plan_key"]] > 1:  # only the plan's own words tell its statements apart
            name += "<br>" + paragraph(row["indicator_text_zh"], _NAMES + 20, _SMALL, _SMALL_GREY)
        label = paragraph(row["label"], _LABELS, _SIZE, "font-weight:bold")
        label += "<br>" + paragraph(row["note"], _LABELS, _SMALL, _SMALL_GREY)
        names.append(name)
        labels.append("\u00a0\u00a0" + label.replace("<br>", "<br>\u00a0\u00a0"))
        height = max(_ROW, height_of(name, _SIZE) + 10, height_of(label, _SIZE) + 10)
        centres.append(bottom + height / 2)
        bottom += height
    values = [row["comparable_value"] for row in panel]
    highest, lowest = max(*values, 0.0), min(*values, 0.0)
    axes = canvas.axes(
        _PLOT_LEFT,
        _PLOT_RIGHT,
        bottom,
        {
            "range": [lowest, highest if highest > lowest else 1.0],
            "gridcolor": RULE,
            "tickfont": {"size": _SMALL, "color": GREY},
            **ticks(highest, first["axis_unit"], lang),
        },
        {
            "range": [bottom, 0],
            "tickvals": centres,
            "ticktext": names,
            "tickfont": {"size": _SIZE},
            "ticklabelstandoff": 6,
        },
    )
    shared = {"showlegend": False, "cliponaxis": False, "hoverinfo": "text", **axes}
    hover = [_hover(row, lang) for row in panel]
    for row, centre, text in zip(panel, centres, hover, strict=True):
        # A trace for each: plotly.js ignores the colour of a pattern where bars of one trace differ in colour.
        marker = _marker(looks[row["plan_key"]].colour, row["verdict"], is_hollow=row["is_aspirational"])
        canvas.figure.add_bar(
            x=[row["comparable_value"]], y=[centre], orientation="h", width=_BAR, marker=marker,
            name=row["measure_key"], hovertext=[text], **shared,
        )  # fmt: skip
    canvas.figure.add_scatter(
        x=[max(value, 0.0) for value in values], y=centres, mode="text", text=labels, textposition="middle right",
        textfont={"size": _SIZE, "color": INK}, name=f"{first['indicator_key']} labels", hovertext=hover, **shared,
    )  # fmt: skip
    canvas.top += 30


def _badge(look: PlanLook) -> str:
    return f'<span style="color:{look.colour}">{look.symbol}</span>'


def _draw_apart(canvas: Canvas, rows: Sequence[Row], looks: Looks, lang: Lang) -> None:
    """List what is not comparable, with the reason, where no axis could suggest a comparison."""
    canvas.rule()
    canvas.text(phrase("apart", lang, len(rows)), 15, INK)
    for key, left, _ in _COLUMNS:
        canvas.place(phrase(key, lang), left, 12, GREY)
    canvas.top += 22
    for row in rows:
        words = " · ".join(text for text in (row["indicator"], row["indicator_text_zh"]) if text)
        texts = (row["plan"], words, row["stated"], row["reason"])
        blocks = [
            paragraph(text, width - 18, 12) for text, (_, _, width) in zip(texts, _COLUMNS, strict=True)
        ]
        blocks[0] = f"{_badge(looks[row['plan_key']])} {blocks[0]}"
        for block, (_, left, _) in zip(blocks, _COLUMNS, strict=True):
            canvas.place(block, left, 12, hover=_hover(row, lang))
        canvas.top += max(height_of(block, 12) for block in blocks) + 8


def _hover(row: Row, lang: Lang) -> str:
    """Return what a reader sees on pointing at a statement: the sentence, where it stands, and the arithmetic."""
    lines = {
        "plan": row["plan"],
        "stated_indicator": f"{row['indicator']} / {row['indicator_text_zh']}",
        "stated": f"{row['value_text']} ({row['stated']})",
        "verdict": f"{phrase(row['verdict'], lang)}{phrase('dot', lang)}{row['reason']}",
        "formula": row["formula"],
        "quote": row["quote_zh"],
        "heading": row["heading_path_zh"],
        "offset": f"{row['char_start']}–{row['char_end']}",
    }
    texts = [phrase(key, lang) + phrase("colon", lang) + text for key, text in lines.items() if text]
    head = [paragraph(row["label"], 480, 12, "font-weight:bold")] if row["label"] else []
    return "<br>".join([*head, *(paragraph(text, 480, 12) for text in texts)])
