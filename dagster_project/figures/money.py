"""Whose money: funds, what is set aside for what, and who bears a loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dagster_project.figures.canvas import Canvas, Frame, empty_figure
from dagster_project.figures.comparison import (
    COMPARISON_TABLES,
    draw_panels,
    panels_of,
    plotted,
    statements,
    told,
    verdict_rules,
)
from dagster_project.figures.plans import Looks, leaders, plan_looks, sources
from dagster_project.figures.words import Lang, phrase

MONEY_TABLES: Mapping[str, tuple[str, ...]] = {
    table: columns for table, columns in COMPARISON_TABLES.items() if table != "dim_theme"
}

Row = dict[str, Any]


def draw_money(tables: Mapping[str, pl.DataFrame], frame: Frame) -> go.Figure:
    """Draw the funds, the allocations and the sharing of risk of all plans.

    Args:
        tables: Marts with the columns of `MONEY_TABLES`.
        frame: Language and size.

    Returns:
        The figure: a panel for each kind of fund, one for the shares that are set aside, and one for each ratio by
        which a loss or a sum is divided, whose parts follow each other. What is not comparable is listed apart.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    subject = phrase("money_figure", lang)
    rows = statements(tables, pl.col("kind").is_in(["funding", "allocation"]), looks, lang)
    if not looks or not rows:
        return empty_figure(frame, subject, sources(looks), "nothing")
    drawn = [row for row in rows if row["label"]]
    apart = [row for row in rows if not row["label"]]
    funds = panels_of([row for row in drawn if row["kind"] == "funding"])
    ratios, shares = _divided([row for row in drawn if row["kind"] == "allocation"], lang)
    panels = [*funds, *([shares] if shares else []), *ratios]
    canvas = Canvas(
        frame,
        _finding(subject, rows, looks, lang),
        phrase("money_basis", lang),
        rules=verdict_rules(rows, lang),
        sources=sources(looks),
    )
    draw_panels(canvas, panels, apart, looks)
    return canvas.finish(plotted(rows), told(panels, apart, lang))


def _divided(rows: Sequence[Row], lang: Lang) -> tuple[list[list[Row]], list[Row]]:
    """Return the ratios, each as the parts of one whole, and all other shares as one panel.

    Parts of a whole are what one ratio of a plan states: they begin at the same place of its text.
    """
    ratios, shares = [], []

    def place(row: Row) -> tuple[str, int]:
        return row["plan_key"], row["char_start"]

    for _, group in groupby(sorted(rows, key=place), key=place):
        parts = list(group)
        is_ratio = len(parts) > 1
        title = phrase("divided" if is_ratio else "allocations", lang)
        named = [row | {"panel": title, "words": row["indicator"]} for row in parts]
        if not is_ratio:
            shares += named
            continue
        ends = accumulate((row["comparable_value"] for row in named), initial=0.0)
        ratios.append([row | {"base": start} for row, start in zip(named, ends, strict=False)])
    return ratios, sorted(shares, key=lambda row: -row["comparable_value"])


def _finding(subject: str, rows: Sequence[Row], looks: Looks, lang: Lang) -> str:
    """Return the title: which plans name funds, and which divide money or risk."""
    parts = []
    for kind in ("funding", "allocation"):
        plans = {row["plan_key"] for row in rows if row["kind"] == kind}
        names = leaders((look.name for key, look in looks.items() if key in plans), lang)
        key = f"{kind}_found" if plans else f"{kind}_not_found"
        parts.append(phrase(key, lang, n=len(plans), plans=len(looks), names=names))
    return subject + phrase("colon", lang) + phrase("stop", lang).join(parts)
