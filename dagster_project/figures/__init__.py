"""Charts of the published tables, in Chinese and in English, drawn by pure functions and written without a network.

A chart reads only marts: names of themes, indicators, units and places come from the tables, the few words that a
chart adds itself are in :mod:`dagster_project.figures.words`. What is drawn travels with the figure, in
``figure.layout.meta``: its title in plain text, its language, and the plotted rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dagster_project.figures.comparison import COMPARISON_TABLES, draw_comparison
from dagster_project.figures.coverage import COVERAGE_TABLES, draw_coverage
from dagster_project.figures.files import write_figures
from dagster_project.figures.words import LANGUAGES, Lang

__all__ = ["FIGURES", "LANGUAGES", "FigureSpec", "Lang", "build_figure", "write_figures"]


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A chart that can be drawn.

    Attributes:
        draw: Makes the figure from the tables, in a language; pure.
        tables: The columns that it reads, by the name of the table.
    """

    draw: Callable[[Mapping[str, pl.DataFrame], Lang], go.Figure]
    tables: Mapping[str, tuple[str, ...]]


_COMPARED_THEMES = ("pledge_financing", "patent_navigation", "talent", "geographical_indication")

FIGURES: Mapping[str, FigureSpec] = MappingProxyType(
    {
        **{
            f"comparison_{theme}": FigureSpec(partial(draw_comparison, theme), COMPARISON_TABLES)
            for theme in _COMPARED_THEMES
        },
        "theme_coverage": FigureSpec(draw_coverage, COVERAGE_TABLES),
    }
)


def build_figure(name: str, tables: Mapping[str, pl.DataFrame], lang: Lang) -> go.Figure:
    """Draw one chart.

    Args:
        name: A key of `FIGURES`.
        tables: Marts by name; those that the chart does not read may be there or not.
        lang: Language of everything but titles and sentences of plans, which stay Chinese.

    Returns:
        The figure; one that says so in words where the tables hold nothing to draw.

    Raises:
        ValueError: If there is no such chart or language, or a table or column is missing.
    """
    if name not in FIGURES:
        raise ValueError(f"There is no figure {name!r}: choose one of {', '.join(FIGURES)}")
    if lang not in LANGUAGES:
        raise ValueError(f"Figure {name} cannot be drawn in {lang!r}: choose one of {', '.join(LANGUAGES)}")
    spec = FIGURES[name]
    missing: dict[str, Any] = {
        table: sorted(set(columns) - set(tables[table].columns)) if table in tables else "the whole table"
        for table, columns in spec.tables.items()
    }
    if missing := {table: columns for table, columns in missing.items() if columns}:
        raise ValueError(f"Figure {name} cannot be drawn, these are missing from the marts: {missing}")
    return spec.draw({table: tables[table].select(columns) for table, columns in spec.tables.items()}, lang)
