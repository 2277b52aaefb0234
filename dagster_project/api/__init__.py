"""What plans promise, in Python: for notebooks, scripts and the command line.

Each function asks the release that is current when it is called. Several questions to one and the same release are
asked of ``Release.current()``, which has a method of the same name for each. The data folder is the one that
``IP_PLANS_DATA_DIR`` names, else ``data`` of the project, else the one that is given as `data_dir`. All raise
`NotPublishedError` where nothing is published there yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from dagster_project.api.overview import Lang
from dagster_project.api.release import NotPublishedError, Release, UnknownNameError

if TYPE_CHECKING:
    import plotly.graph_objects as go


def table(name: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return a table, see :meth:`Release.table`."""
    return Release.current(data_dir).table(name)


def plans(data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return one row per plan, oldest first, see :meth:`Release.plans`."""
    return Release.current(data_dir).plans()


def measures(
    theme: str | None = None, plan: str | None = None, data_dir: str | Path | None = None
) -> pl.DataFrame:
    """Return one row per measure, of a theme or of a plan, see :meth:`Release.measures`."""
    return Release.current(data_dir).measures(theme, plan)


def compare(what: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return what the plans say on an indicator or a theme, with verdicts, see :meth:`Release.compare`."""
    return Release.current(data_dir).compare(what)


def overview(
    what: str | None = None,
    plan: str | None = None,
    lang: Lang | None = None,
    data_dir: str | Path | None = None,
) -> pl.DataFrame:
    """Return what the plans say on something, or what a plan promises, in words, see :meth:`Release.overview`."""
    return Release.current(data_dir).overview(what, plan, lang)


def pairs(what: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return every two measures that share an indicator, with a verdict, see :meth:`Release.pairs`."""
    return Release.current(data_dir).pairs(what)


def related(what: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return commitments of one family without a common axis, see :meth:`Release.related`."""
    return Release.current(data_dir).related(what)


def between(plan: str, other: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return what of two plans may be compared, and what is related, see :meth:`Release.between`."""
    return Release.current(data_dir).between(plan, other)


def cascade(plan: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return a plan beside those that stand over it, see :meth:`Release.cascade`."""
    return Release.current(data_dir).cascade(plan)


def silent(what: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return the plans that promise no number on a theme, see :meth:`Release.silent`."""
    return Release.current(data_dir).silent(what)


def awards(what: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return who pays what for an object, see :meth:`Release.awards`."""
    return Release.current(data_dir).awards(what)


def facets(measure_key: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return what a measure is the number of, see :meth:`Release.facets`."""
    return Release.current(data_dir).facets(measure_key)


def evidence(measure_key: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return the place of a number in its plan, see :meth:`Release.evidence`."""
    return Release.current(data_dir).evidence(measure_key)


def figure(
    name: str,
    lang: Lang | None = None,
    size: Literal["screen", "slide", "page"] = "screen",
    data_dir: str | Path | None = None,
    *,
    places: Sequence[str] = (),
) -> go.Figure:
    """Draw a figure, see :meth:`Release.figure`."""
    return Release.current(data_dir).figure(name, lang, size, places)


def sql(query: str, data_dir: str | Path | None = None) -> pl.DataFrame:
    """Return the answer to a query in which every table has its name, see :meth:`Release.sql`."""
    return Release.current(data_dir).sql(query)


__all__ = [
    "NotPublishedError",
    "Release",
    "UnknownNameError",
    "awards",
    "between",
    "cascade",
    "compare",
    "evidence",
    "facets",
    "figure",
    "measures",
    "overview",
    "pairs",
    "plans",
    "related",
    "silent",
    "sql",
    "table",
]
