"""Which plan speaks about which theme, and whether with a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dagster_project.figures.canvas import GREY, INK, MARGIN, Canvas, height_of, paragraph
from dagster_project.figures.plans import PLAN_TABLES, joined, leaders, plan_looks
from dagster_project.figures.words import Lang, phrase, quantity

COVERAGE_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "rpt_theme_coverage": (
        "theme_key", "plan_key", "provisions", "measures", "commitments", "targets", "money", "money_per_year",
        "share_of_text", "status",
    ),
    "dim_theme": ("theme_key", "theme_order", "is_headline", "name_zh", "name_en"),
    "dim_unit": ("unit_key", "symbol_zh", "symbol_en"),
}  # fmt: skip
# Status: colour of the cell, from dark to white in one hue, so that it reads in grey, too; colour of its text.
_STATUSES = {
    "quantified": ("#0072B2", "#FFFFFF"),
    "stated_without_number": ("#8CC4E8", INK),
    "mentioned_only": ("#E3EEF6", INK),
    "searched_not_found": ("#FFFFFF", GREY),
}
_LEFT, _COLUMN, _CELL, _SIZE = 330, 124, 38, 13


def draw_coverage(tables: Mapping[str, pl.DataFrame], lang: Lang) -> go.Figure:
    """Draw the coverage of all themes by all plans.

    Args:
        tables: Marts with the columns of `COVERAGE_TABLES`.
        lang: Language of the chart.

    Returns:
        The figure: headline themes first and marked; in each cell the status in colour and in words, with the count
        of commitments that make the theme quantified: neither reports of the past nor restatements.

    Raises:
        ValueError: If a theme and a plan have no row in ``rpt_theme_coverage``.
    """
    looks = plan_looks(tables, lang)
    themes = tables["dim_theme"].sort("is_headline", "theme_order", descending=[True, False])
    names = [(key, look.name) for key, look in looks.items()]
    plans = pl.DataFrame(names, schema={"plan_key": pl.String, "plan": pl.String}, orient="row")
    cells = (
        themes.select("theme_key", "is_headline", theme=f"name_{lang}")
        .join(plans, how="cross")
        .join(tables["rpt_theme_coverage"], on=["theme_key", "plan_key"], how="left", maintain_order="left")
        .with_columns(pl.col("money", "money_per_year").cast(pl.Float64))
        .to_dicts()
    )
    width = max(920, _LEFT + _COLUMN * len(looks) + MARGIN)
    if not cells:
        return Canvas(phrase("no_plans", lang, theme=phrase("coverage", lang)), lang, width).finish([])
    if lacking := [f"{cell['theme_key']} of {cell['plan_key']}" for cell in cells if cell["status"] is None]:
        raise ValueError(f"rpt_theme_coverage has no row for {', '.join(lacking)}: build the marts again")
    canvas = Canvas(_finding(cells, lang), lang, width)
    canvas.text(phrase("coverage_basis", lang))
    for status, (colour, _) in _STATUSES.items():
        marker = {"symbol": "square", "size": 14, "color": colour, "line": {"color": GREY, "width": 1}}
        canvas.figure.add_scatter(
            x=[None], y=[None], mode="markers", marker=marker, name=phrase(status, lang)
        )
    canvas.legend()
    heads = [
        f'<span style="color:{look.colour}">{look.symbol}</span><br>{paragraph(look.name, _COLUMN - 12, _SIZE)}'
        for look in looks.values()
    ]
    canvas.top += max(height_of(head, _SIZE) for head in heads) + 10
    money_unit = str(tables["dim_unit"].filter(unit_key="CNY")[f"symbol_{lang}"].first() or "")
    _draw_cells(canvas, cells, heads, [_hover(cell, money_unit, lang) for cell in cells], lang)
    canvas.top += 12
    canvas.sources(look.source for look in looks.values())
    return canvas.finish([cell | {"status_name": phrase(cell["status"], lang)} for cell in cells])


def _finding(cells: Sequence[Mapping[str, Any]], lang: Lang) -> str:
    """Return the title: which plan puts numbers to most themes, and which headline theme has them in fewest plans."""

    def counts(name: str, *, headline: bool = False) -> dict[str, int]:
        count = {cell[name]: 0 for cell in cells if cell["is_headline"] or not headline}
        for cell in cells:
            if cell[name] in count:
                count[cell[name]] += cell["status"] == "quantified"
        return count

    plans, themes, headline = counts("plan"), counts("theme"), counts("theme", headline=True)
    most = max(plans.values())
    first = leaders((plan for plan, count in plans.items() if count == most), lang)
    title = phrase("most_quantified", lang, plans=first, n=most, themes=len(themes))
    if headline:
        least = min(headline.values())
        fewest = joined((theme for theme, count in headline.items() if count == least), lang)
        title += phrase("least_headline", lang, theme=fewest, n=least, plans=len(plans))
    return title


def _draw_cells(
    canvas: Canvas, cells: Sequence[Mapping[str, Any]], heads: Sequence[str], hover: Sequence[str], lang: Lang
) -> None:
    """Draw the grid; `cells` and `hover` run along its rows from the top."""
    columns, rows = len(heads), len(cells) // len(heads)
    labels = []
    for cell in cells[::columns]:
        style = "font-weight:bold" if cell["is_headline"] else ""
        name = f"★ {cell['theme']}" if cell["is_headline"] else cell["theme"]
        labels.append(paragraph(name, _LEFT - MARGIN - 16, _SIZE, style))
    height = max(_CELL, *(height_of(label, _SIZE) + 8 for label in labels))
    axes = canvas.axes(
        _LEFT,
        _LEFT + _COLUMN * columns,
        height * rows,
        {"side": "top", "tickvals": list(range(columns)), "ticktext": list(heads), "tickangle": 0, "showgrid": False,
         "range": [-0.5, columns - 0.5], "tickfont": {"size": _SIZE}},
        {"tickvals": list(range(rows)), "ticktext": labels, "range": [rows - 0.5, -0.5], "tickfont": {"size": _SIZE},
         "ticklabelstandoff": 8},
    )  # fmt: skip
    codes = [list(_STATUSES).index(cell["status"]) for cell in cells]
    steps = len(_STATUSES)
    scale = [
        ((i + end) / steps, colour) for i, (colour, _) in enumerate(_STATUSES.values()) for end in (0, 1)
    ]
    lines = [slice(row * columns, (row + 1) * columns) for row in range(rows)]
    canvas.figure.add_heatmap(
        z=[codes[line] for line in lines], zmin=-0.5, zmax=steps - 0.5, colorscale=scale, showscale=False,
        xgap=3, ygap=3, hovertext=[list(hover[line]) for line in lines], hoverinfo="text", name="status", **axes,
    )  # fmt: skip
    canvas.figure.add_scatter(
        x=[index % columns for index in range(len(cells))], y=[index // columns for index in range(len(cells))],
        mode="text", text=[phrase(f"{cell['status']}_cell", lang, cell["commitments"]) for cell in cells],
        textfont={"size": _SIZE, "color": [_STATUSES[cell["status"]][1] for cell in cells]},
        name="cells", showlegend=False, hoverinfo="skip", **axes,
    )  # fmt: skip


def _hover(cell: Mapping[str, Any], money_unit: str, lang: Lang) -> str:
    """Return the counts behind a cell."""
    share = cell["share_of_text"]
    lines = {
        **{key: cell[key] for key in ("theme", "plan", "provisions", "commitments", "targets", "measures")},
        **{
            key: None if cell[key] is None else quantity(cell[key], money_unit, lang)
            for key in ("money", "money_per_year")
        },
        "share_of_text": None if share is None else f"{share:.1f}%",
    }
    texts = [
        f"{phrase(key, lang)}{phrase('colon', lang)}{value}"
        for key, value in lines.items()
        if value is not None
    ]
    return "<br>".join(paragraph(text, 480, 12) for text in (phrase(cell["status"], lang), *texts))
