"""Which offices are in charge of what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dagster_project.figures.canvas import Canvas, Frame, empty_figure, headed
from dagster_project.figures.grid import Behind, Cell, Head, behind, draw_grid
from dagster_project.figures.plans import PLAN_TABLES, Looks, leaders, plan_looks, sources
from dagster_project.figures.words import Lang, phrase

AGENCY_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "rpt_agency_responsibility": (
        "plan_key", "agency_key", "theme_key", "lead_provisions", "supporting_provisions", "lead_measures",
    ),
    "dim_agency": ("agency_key", "name_zh", "name_en"),
    "dim_theme": ("theme_key", "theme_order", "is_headline", "name_zh", "name_en"),
    "bridge_provision_x_agency": ("provision_key", "agency_key", "role"),
    "fct_provision": ("provision_key", "theme_key"),
    "fct_measure": ("measure_key", "provision_key", "quote_zh"),
}  # fmt: skip
_LEADS = (4, 2, 0)  # led provisions; more than one of these has its shade
_OFFICES = 12  # in one band of columns on a screen
_TOLD = 10  # offices that the alternative text tells of

Row = dict[str, Any]


class _Duties:
    """Who leads and who supports how many provisions.

    Attributes:
        rows: Of ``rpt_agency_responsibility``.
        themes: Those that an office deals with, headline themes first: rows of ``dim_theme``.
        offices: Keys of the offices, the one that leads most first.
        names: Names of the offices by key.
        leads: How many provisions each office leads.
        supports: How many it supports.
        looks: Of the plans.
        evidence: The measures behind a theme and an office.
    """

    def __init__(self, tables: Mapping[str, pl.DataFrame], looks: Looks, lang: Lang) -> None:
        self.looks, self._lang = looks, lang
        self.rows = tables["rpt_agency_responsibility"].to_dicts()
        self.names = dict(tables["dim_agency"].select("agency_key", f"name_{lang}").iter_rows())
        self._cells: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self.leads: Counter[str] = Counter()
        self.supports: Counter[str] = Counter()
        for duty in self.rows:
            self._cells[duty["theme_key"], duty["agency_key"]].append(duty)
            self.leads[duty["agency_key"]] += duty["lead_provisions"]
            self.supports[duty["agency_key"]] += duty["supporting_provisions"]
        self.offices = sorted(self.leads, key=lambda key: (-self.leads[key], -self.supports[key], key))
        named = {duty["theme_key"] for duty in self.rows}
        themes = tables["dim_theme"].sort("is_headline", "theme_order", descending=[True, False])
        self.themes = themes.filter(pl.col("theme_key").is_in(named)).to_dicts()
        self.evidence = _evidence(tables)

    def of(self, theme: Row, office: str) -> list[Row]:
        """Return what an office does for a theme, plan by plan."""
        return self._cells.get((theme["theme_key"], office), [])

    def is_led(self, theme: Row) -> bool:
        """Return whether an office leads a provision of a theme."""
        return any(duty["lead_provisions"] for duty in self.rows if duty["theme_key"] == theme["theme_key"])

    def cell(self, theme: Row, office: str) -> Cell:
        """Return the cell of a theme and an office."""
        here, lang = self.of(theme, office), self._lang
        lead, supporting = (
            sum(d[role] for d in here) for role in ("lead_provisions", "supporting_provisions")
        )
        text = " ".join(f"{sign}{count}" for sign, count in (("●", lead), ("○", supporting)) if count)
        shade = next((index for index, above in enumerate(_LEADS) if lead > above), 3 if supporting else 4)
        lines = [
            f"{self.looks[duty['plan_key']].name}{phrase('colon', lang)}"
            + phrase("duties", lang, duty["lead_provisions"], duty["supporting_provisions"])
            for duty in here
        ]
        hover = (self.names[office], theme[f"name_{lang}"], *lines)
        return Cell(text, shade, hover, self.evidence[theme["theme_key"], office].keys)


def draw_agencies(tables: Mapping[str, pl.DataFrame], frame: Frame) -> go.Figure:
    """Draw which office leads or supports how many provisions of which theme.

    Args:
        tables: Marts with the columns of `AGENCY_TABLES`.
        frame: Language and size.

    Returns:
        The figure: the offices that lead most come first; an image shows as many as fit.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    duties = _Duties(tables, looks, lang)
    if not looks or not duties.rows:
        return empty_figure(frame, phrase("agencies", lang), sources(looks))
    canvas = headed(frame, "agency", _finding(duties, lang), sources(looks))
    _draw_bands(canvas, duties)
    alt = [
        duties.names[key]
        + phrase("colon", lang)
        + phrase("duties", lang, duties.leads[key], duties.supports[key])
        for key in duties.offices[:_TOLD]
    ]
    return canvas.finish(_plotted(duties, lang), alt)


def _evidence(tables: Mapping[str, pl.DataFrame]) -> Behind:
    measures = tables["bridge_provision_x_agency"].join(tables["fct_provision"], on="provision_key")
    return behind(measures.join(tables["fct_measure"], on="provision_key"), "theme_key", "agency_key")


def _finding(duties: _Duties, lang: Lang) -> str:
    """Return the title: the office that leads most, and the themes that none leads."""
    subject, most = phrase("agencies", lang), duties.leads[duties.offices[0]]
    if not most:
        return phrase("none_leads", lang, subject=subject)
    first = [duties.names[key] for key in duties.offices if duties.leads[key] == most]
    title = phrase(
        "leads_most", lang, subject=subject, office=leaders(first, lang, "several_offices"), n=most
    )
    unled = [theme[f"name_{lang}"] for theme in duties.themes if not duties.is_led(theme)]
    return title + (phrase("themes_unled", lang, leaders(unled, lang, "several_themes")) if unled else "")


def _draw_bands(canvas: Canvas, duties: _Duties) -> None:
    """Draw the offices side by side; on a screen the next ones go below, with only the themes that they deal with."""
    lang, waiting = canvas.frame.lang, duties.offices
    while waiting:
        band = waiting[:_OFFICES] if canvas.is_free else waiting
        shown = [theme for theme in duties.themes if any(duties.of(theme, office) for office in band)]
        rows = [
            Head(("★ " if t["is_headline"] else "") + t[f"name_{lang}"], is_bold=t["is_headline"])
            for t in shown
        ]
        grid = [[duties.cell(theme, office) for office in band] for theme in shown]
        heads = [Head(duties.names[office]) for office in band]
        rows_left, left = draw_grid(canvas, "duties", rows, heads, grid)
        if not canvas.is_free:
            canvas.more(rows_left, "more_rows", left, "more_offices")
            return
        waiting = waiting[len(band) - left :]
        canvas.top += 16


def _plotted(duties: _Duties, lang: Lang) -> Sequence[Row]:
    """Return what the CSV tells."""
    themes = {theme["theme_key"]: theme[f"name_{lang}"] for theme in duties.themes}
    return [
        duty
        | {"plan": duties.looks[duty["plan_key"]].name, "agency": duties.names[duty["agency_key"]]}
        | {"theme": themes[duty["theme_key"]]}
        | duties.evidence[duty["theme_key"], duty["agency_key"]].columns
        for duty in duties.rows
    ]
