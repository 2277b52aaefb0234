"""Charts of the published tables, in Chinese and in English, drawn by pure functions and written without a network.

A chart reads only marts: names of themes, indicators, units and places come from the tables, the few words that a
chart adds itself are in :mod:`dagster_project.figures.words`. What is drawn travels with the figure, in
``figure.layout.meta``, and every mark of a measure carries the key of the measure in its ``customdata``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dagster_project.figures.accuracy import ACCURACY_TABLES, draw_accuracy
from dagster_project.figures.agencies import AGENCY_TABLES, draw_agencies
from dagster_project.figures.canvas import LARGER, SIZE_NAMES, SIZES, Drawing, Frame, SizeName
from dagster_project.figures.codes import Codes
from dagster_project.figures.comparison import COMPARISON_TABLES, draw_comparison
from dagster_project.figures.coverage import COVERAGE_TABLES, draw_coverage
from dagster_project.figures.files import write_figures
from dagster_project.figures.incentives import INCENTIVE_TABLES, draw_incentives
from dagster_project.figures.instruments import INSTRUMENT_TABLES, draw_instruments
from dagster_project.figures.marts import Marts, once
from dagster_project.figures.matrix import MATRIX_TABLES, draw_matrix
from dagster_project.figures.money import MONEY_TABLES, draw_money
from dagster_project.figures.plans import MANY
from dagster_project.figures.words import LANGUAGES, Lang
from dagster_project.figures.years import CITATION_TABLES, TIMELINE_TABLES, draw_citations, draw_timeline

__all__ = [
    "FIGURES",
    "LANGUAGES",
    "SIZE_NAMES",
    "Drawing",
    "FigureSpec",
    "Lang",
    "Marts",
    "SizeName",
    "build_figure",
    "build_in_languages",
    "draw_in_languages",
    "draw_release",
    "figure_names",
    "theme_of",
    "write_figures",
]


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A chart that can be drawn.

    Attributes:
        draw: Makes the figure from the tables, for a language and a size; pure.
        tables: The columns that it reads, by the name of the table.
    """

    draw: Callable[[Mapping[str, pl.DataFrame], Frame], Drawing]
    tables: Mapping[str, tuple[str, ...]]


# How often an image is drawn anew until its languages show the same.
_ROUNDS = 4
# Before the theme in the name of a figure.
_COMPARISON, _MATRIX = "comparison_", "matrix_"

#: The charts of every release but for those of themes.
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


#: The charts of a theme, by what stands before its key in their names.
_OF_THEMES: Mapping[str, Callable[[str], FigureSpec]] = MappingProxyType(
    {
        _MATRIX: lambda theme: FigureSpec(partial(draw_matrix, theme), MATRIX_TABLES),
        _COMPARISON: lambda theme: FigureSpec(partial(draw_comparison, theme), COMPARISON_TABLES),
    }
)


def figure_names(
    tables: Mapping[str, pl.DataFrame], themes: Collection[str] | None = None
) -> tuple[str, ...]:
    """Return the names of the charts that a release holds.

    These are all of `FIGURES`; ``matrix_<theme>``, the slide of a theme, of the headline themes and of those others
    that at least two plans put a number to; and ``comparison_<theme>`` where at least two plans stand on the axis of
    one indicator, so that there is something to compare. `build_figure` draws those of any theme.

    Args:
        tables: Marts by name, with ``rpt_statement``, ``rpt_theme_coverage`` and ``dim_theme``.
        themes: Keys of themes; then only their charts are named, whatever the plans say of them.
    """
    on_axis = tables["rpt_statement"].filter(pl.col("comparable_value").is_not_null())
    plans = on_axis.group_by("indicator_key", "indicator_theme_key").agg(pl.col("plan_key").n_unique())
    compared = set(plans.filter(pl.col("plan_key") > 1)["indicator_theme_key"])
    quantified = tables["rpt_theme_coverage"].filter(pl.col("status") == "quantified")["theme_key"].to_list()
    ordered = tables["dim_theme"].sort("is_headline", "theme_order", descending=[True, False])
    names = []
    for theme, is_headline in ordered.select("theme_key", "is_headline").iter_rows():
        if themes is not None and theme not in themes:
            continue
        is_told = themes is not None or is_headline or quantified.count(theme) > 1
        names += [f"{_MATRIX}{theme}"] if is_told else []
        names += [f"{_COMPARISON}{theme}"] if theme in compared else []
    return tuple(names) if themes is not None else tuple(dict.fromkeys(["theme_coverage", *names, *FIGURES]))


def theme_of(name: str) -> str:
    """Return the theme that a chart is of by its name; empty for one over all themes."""
    return next((name.removeprefix(prefix) for prefix in _OF_THEMES if name.startswith(prefix)), "")


def build_figure(
    name: str,
    tables: Mapping[str, pl.DataFrame],
    lang: Lang,
    size: SizeName = "slide",
    release_id: str = "",
    chosen: Collection[str] = (),
) -> go.Figure:
    """Draw one chart.

    Args:
        name: A key of `FIGURES`, or ``matrix_<theme_key>`` or ``comparison_<theme_key>`` of any theme.
        tables: Marts by name; those that the chart does not read may be there or not.
        lang: Language of everything but titles and sentences of plans, which stay Chinese.
        size: ``slide`` (16:9, 1280 by 720 pixels) and ``page`` (642 by 600 pixels, 170 mm wide on paper) show what
            fits and count the rest; ``screen`` (1180 pixels wide) is as high as all of it.
        release_id: Release of the tables, cited in the footnote; empty for tables that are not released.
        chosen: Keys of plans that come first where not all have room, and are marked among many.

    Returns:
        The figure; one that says so in words where the tables hold nothing to draw. ``layout.meta`` holds its name,
        title, subtitle, alt (what is drawn, in words), lang, size, release_id, and rows: the plotted rows, with
        measure_key and quote_zh. The ``customdata`` of a mark is the measure_key, or the list of them, behind it.

    Raises:
        ValueError: If there is no such chart, language or size, or a table or column is missing.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"Figure {name} cannot be drawn in {lang!r}: choose one of {', '.join(LANGUAGES)}")
    # On a screen all is shown, whatever another language takes.
    languages = (lang,) if size == "screen" else LANGUAGES
    return build_in_languages(name, tables, size, release_id, chosen, languages)[lang]


def build_in_languages(
    name: str,
    tables: Mapping[str, pl.DataFrame],
    size: SizeName = "slide",
    release_id: str = "",
    chosen: Collection[str] = (),
    languages: Collection[Lang] = LANGUAGES,
) -> dict[Lang, go.Figure]:
    """Draw one chart in several languages, with the same rows: what one has no room for, none shows.

    Args, figures and errors are those of `build_figure`; ``layout.meta["shown"]`` holds keys of what an image shows.
    """
    drawings = draw_in_languages(name, tables, size, release_id, chosen, languages)
    return {lang: drawing.figure() for lang, drawing in drawings.items()}


def draw_release(
    tables: Mapping[str, pl.DataFrame], release_id: str
) -> Iterator[tuple[tuple[str, Lang, SizeName], Drawing]]:
    """Draw all charts of a release, one after the other, by name, language and size; none is kept."""
    tables = Marts(tables)
    for name in figure_names(tables):
        for size in SIZE_NAMES:
            for lang, drawing in draw_in_languages(name, tables, size, release_id).items():
                yield (name, lang, size), drawing


def draw_in_languages(
    name: str,
    tables: Mapping[str, pl.DataFrame],
    size: SizeName = "slide",
    release_id: str = "",
    chosen: Collection[str] = (),
    languages: Collection[Lang] = LANGUAGES,
) -> dict[Lang, Drawing]:
    """Draw one chart in several languages, as `build_in_languages` does, as plain values."""
    spec = _spec(name, tables)
    if size not in SIZES:
        raise ValueError(f"Figure {name} has no size {size!r}: choose one of {', '.join(SIZES)}")
    missing: dict[str, Any] = {
        table: sorted(set(columns) - set(tables[table].columns)) if table in tables else "the whole table"
        for table, columns in spec.tables.items()
    }
    if missing := {table: columns for table, columns in missing.items() if columns}:
        raise ValueError(f"Figure {name} cannot be drawn, these are missing from the marts: {missing}")
    needed = Marts({table: tables[table].select(columns) for table, columns in spec.tables.items()}, tables)
    codes = once(needed, "codes", lambda: Codes(tables))
    frames: dict[Lang, Frame] = {
        lang: Frame(lang, SIZES[size], release_id, codes, frozenset(chosen)) for lang in languages
    }
    drawings = _alike(spec, needed, frames)
    if size != "screen" and drawings and all(len(d.meta["sources"]) < MANY for d in drawings.values()):
        drawings = _largest(spec, needed, frames, drawings)
    return {
        lang: replace(drawing, meta={"name": name, "size": size, **drawing.meta})
        for lang, drawing in drawings.items()
    }


def _alike(
    spec: FigureSpec, tables: Mapping[str, pl.DataFrame], frames: Mapping[Lang, Frame]
) -> dict[Lang, Drawing]:
    """Draw a chart in several languages, until all show the same."""
    drawings = {lang: spec.draw(tables, frame) for lang, frame in frames.items()}
    # With fewer parts others may fit less well: as often as one of them still shows less.
    for _ in range(_ROUNDS):
        shown = [frozenset(drawing.meta["shown"]) for drawing in drawings.values()]
        common = frozenset.intersection(*shown)
        if all(keys == common for keys in shown):
            break
        drawings = {lang: spec.draw(tables, replace(frame, only=common)) for lang, frame in frames.items()}
    return drawings


def _largest(
    spec: FigureSpec,
    tables: Mapping[str, pl.DataFrame],
    frames: Mapping[Lang, Frame],
    drawings: dict[Lang, Drawing],
) -> dict[Lang, Drawing]:
    """Draw a chart with the largest letters with which it says as much: an image is seen from afar."""
    said = {lang: _said(drawing) for lang, drawing in drawings.items()}
    words = {lang: _words(drawing) for lang, drawing in drawings.items()}
    for by in LARGER:
        larger = {lang: replace(frame, size=frame.size.larger(by)) for lang, frame in frames.items()}
        drawn = _alike(spec, tables, larger)
        if all(_said(drawn[lang]) == said[lang] and _words(drawn[lang]) <= words[lang] for lang in frames):
            return drawn
    return drawings


def _said(drawing: Drawing) -> tuple[Any, ...]:
    """Return what tells whether two images of a chart say as much: what they show, leave out and shorten, and how."""
    shortened = repr((drawing.data, drawing.layout)).count("…")
    return *(drawing.meta[name] for name in ("shown", "left_out", "columns")), shortened


def _words(drawing: Drawing) -> frozenset[str]:
    """Return the English words of an image: a part of a word that a line had no room for is another one."""
    texts = [note["text"] for note in drawing.layout["annotations"]]
    texts += [text for trace in drawing.data for text in trace.get("text") or () if isinstance(text, str)]
    texts += [
        str(tick)
        for name, axis in drawing.layout.items()
        if name.startswith(("xaxis", "yaxis"))
        for tick in axis.get("ticktext") or ()
    ]
    return frozenset(
        word for text in texts for word in re.findall("[A-Za-z]+", re.sub("<[^>]*>", "\n", text))
    )


def _spec(name: str, tables: Mapping[str, pl.DataFrame]) -> FigureSpec:
    if name in FIGURES:
        return FIGURES[name]
    themes = tables["dim_theme"]["theme_key"].to_list() if "dim_theme" in tables else []
    for prefix, spec in _OF_THEMES.items():
        if name.startswith(prefix) and name.removeprefix(prefix) in themes:
            return spec(name.removeprefix(prefix))
    known = [*FIGURES, *(f"{prefix}{theme}" for prefix in _OF_THEMES for theme in themes)]
    raise ValueError(f"There is no figure {name!r}: choose one of {', '.join(dict.fromkeys(known))}")
