"""Charts of the published tables, in Chinese and in English, drawn by pure functions and written without a network.

A chart reads only marts: names of themes, indicators, units and places come from the tables, the few words that a
chart adds itself are in :mod:`dagster_project.figures.words`. What is drawn travels with the figure, in
``figure.layout.meta``, and every mark of a measure carries the key of the measure in its ``customdata``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dagster_project.figures.accuracy import ACCURACY_TABLES, draw_accuracy
from dagster_project.figures.agencies import AGENCY_TABLES, draw_agencies
from dagster_project.figures.canvas import SIZE_NAMES, SIZES, Frame, SizeName
from dagster_project.figures.codes import Codes
from dagster_project.figures.comparison import COMPARISON_TABLES, draw_comparison
from dagster_project.figures.coverage import COVERAGE_TABLES, draw_coverage
from dagster_project.figures.files import write_figures
from dagster_project.figures.incentives import INCENTIVE_TABLES, draw_incentives
from dagster_project.figures.instruments import INSTRUMENT_TABLES, draw_instruments
from dagster_project.figures.money import MONEY_TABLES, draw_money
from dagster_project.figures.words import LANGUAGES, Lang
from dagster_project.figures.years import CITATION_TABLES, TIMELINE_TABLES, draw_citations, draw_timeline

__all__ = [
    "FIGURES",
    "LANGUAGES",
    "SIZE_NAMES",
    "FigureSpec",
    "Lang",
    "SizeName",
    "build_figure",
    "figure_names",
    "write_figures",
]


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A chart that can be drawn.

    Attributes:
        draw: Makes the figure from the tables, for a language and a size; pure.
        tables: The columns that it reads, by the name of the table.
    """

    draw: Callable[[Mapping[str, pl.DataFrame], Frame], go.Figure]
    tables: Mapping[str, tuple[str, ...]]


_COMPARISON = "comparison_"  # before the theme in the name of a figure

#: The charts of every release but for the comparisons of themes.
FIGURES: Mapping[str, FigureSpec] = MappingProxyType(
    {
        "theme_coverage": FigureSpec(draw_coverage, COVERAGE_TABLES),
        "plan_timeline": FigureSpec(draw_timeline, TIMELINE_TABLES),
        "incentive_ladder": FigureSpec(draw_incentives, INCENTIVE_TABLES),
        "money": FigureSpec(draw_money, MONEY_TABLES),
        "instrument_mix": FigureSpec(draw_instruments, INSTRUMENT_TABLES),
        "agency_responsibility": FigureSpec(draw_agencies, AGENCY_TABLES),
        "superior_documents": FigureSpec(draw_citations, CITATION_TABLES),
        "accuracy": FigureSpec(draw_accuracy, ACCURACY_TABLES),
    }
)


def _comparison(theme: str) -> FigureSpec:
    """Return the chart ``comparison_<theme>``."""
    return FigureSpec(partial(draw_comparison, theme), COMPARISON_TABLES)


def figure_names(tables: Mapping[str, pl.DataFrame]) -> tuple[str, ...]:
    """Return the names of the charts that a release holds.

    These are all of `FIGURES`, and the comparisons of the headline themes and of those other themes where at least two
    plans stand on the axis of one indicator, so that there is something to compare. `build_figure` draws the
    comparison of any theme.

    Args:
        tables: Marts by name, with ``rpt_statement`` and ``dim_theme``.
    """
    on_axis = tables["rpt_statement"].filter(pl.col("comparable_value").is_not_null())
    plans = on_axis.group_by("indicator_key", "indicator_theme_key").agg(pl.col("plan_key").n_unique())
    shared = plans.filter(pl.col("plan_key") > 1)["indicator_theme_key"]
    themes = tables["dim_theme"].sort("theme_order")
    headline, compared = (
        [f"{_COMPARISON}{theme}" for theme in themes.filter(chosen)["theme_key"]]
        for chosen in (pl.col("is_headline"), pl.col("theme_key").is_in(shared.implode()))
    )
    return tuple(dict.fromkeys(["theme_coverage", *headline, *FIGURES, *compared]))


def build_figure(
    name: str,
    tables: Mapping[str, pl.DataFrame],
    lang: Lang,
    size: SizeName = "slide",
    release_id: str = "",
) -> go.Figure:
    """Draw one chart.

    Args:
        name: A key of `FIGURES`, or ``comparison_<theme_key>`` of any theme.
        tables: Marts by name; those that the chart does not read may be there or not.
        lang: Language of everything but titles and sentences of plans, which stay Chinese.
        size: ``slide`` (16:9, 1280 by 720 pixels) and ``page`` (642 by 600 pixels, 170 mm wide on paper) show what
            fits and count the rest; ``screen`` (1180 pixels wide) is as high as all of it.
        release_id: Release of the tables, cited in the footnote; empty for tables that are not released.

    Returns:
        The figure; one that says so in words where the tables hold nothing to draw. ``layout.meta`` holds its name,
        title, subtitle, alt (what is drawn, in words), lang, size, release_id, and rows: the plotted rows, with
        measure_key and quote_zh. The ``customdata`` of a mark is the measure_key, or the list of them, behind it.

    Raises:
        ValueError: If there is no such chart, language or size, or a table or column is missing.
    """
    spec = _spec(name, tables)
    if lang not in LANGUAGES:
        raise ValueError(f"Figure {name} cannot be drawn in {lang!r}: choose one of {', '.join(LANGUAGES)}")
    if size not in SIZES:
        raise ValueError(f"Figure {name} has no size {size!r}: choose one of {', '.join(SIZES)}")
    missing: dict[str, Any] = {
        table: sorted(set(columns) - set(tables[table].columns)) if table in tables else "the whole table"
        for table, columns in spec.tables.items()
    }
    if missing := {table: columns for table, columns in missing.items() if columns}:
        raise ValueError(f"Figure {name} cannot be drawn, these are missing from the marts: {missing}")
    chosen = {table: tables[table].select(columns) for table, columns in spec.tables.items()}
    figure = spec.draw(chosen, Frame(lang, SIZES[size], release_id, Codes(tables)))
    figure.layout.meta = {"name": name, "size": size, **figure.layout.meta}
    return figure


def _spec(name: str, tables: Mapping[str, pl.DataFrame]) -> FigureSpec:
    if name in FIGURES:
        return FIGURES[name]
    themes = tables["dim_theme"]["theme_key"].to_list() if "dim_theme" in tables else []
    if name.startswith(_COMPARISON) and name.removeprefix(_COMPARISON) in themes:
        return _comparison(name.removeprefix(_COMPARISON))
    known = [*FIGURES, *(f"{_COMPARISON}{theme}" for theme in themes)]
    raise ValueError(f"There is no figure {name!r}: choose one of {', '.join(dict.fromkeys(known))}")
