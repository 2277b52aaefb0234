"""Which offices each plan puts in charge of what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dagster_project.figures.canvas import Canvas, Drawing, Frame, empty_figure, headed
from dagster_project.figures.claims import Claim, Names, titled
from dagster_project.figures.grid import Behind, Cell, Head, behind, draw_grid, has_room, plan_heads
from dagster_project.figures.marts import once
from dagster_project.figures.plans import FEW, MANY, PLAN_TABLES, Looks, named, plan_looks, sources
from dagster_project.figures.tiles import Tile, draw_provinces, lost_plans, share_of_plans
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
    "fct_measure": ("measure_key", "plan_key", "provision_key", "quote_zh"),
}  # fmt: skip
_LED, _SUPPORTED, _EMPTY, _NAMELESS = 2, 3, 4, 5  # shades
_BEHIND = 200  # measures that a cell of many plans leads to

Row = dict[str, Any]


class _Duties:
    """Who leads and who supports how many provisions, place by place: offices of two places are never one.

    Attributes:
        rows: Of ``rpt_agency_responsibility``.
        naming: Keys of the plans that name any office.
        themes: Those that an office deals with, headline themes first: rows of ``dim_theme``.
        names: Names of the kinds of offices by key.
        looks: Of the plans.
        lang: Language of the names.
        leads: Keys of the offices that lead a theme in a plan, the one that leads most first, by plan and theme.
        supports: Of those that only support it.
        evidence: The measures behind a plan and theme, and an office.
    """

    def __init__(self, tables: Mapping[str, pl.DataFrame], looks: Looks, lang: Lang) -> None:
        self.looks, self.lang = looks, lang
        self.rows = tables["rpt_agency_responsibility"].to_dicts()
        self.naming = {duty["plan_key"] for duty in self.rows}
        self.names = dict(tables["dim_agency"].select("agency_key", f"name_{lang}").iter_rows())
        self.leads: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.supports: dict[tuple[str, str], list[str]] = defaultdict(list)
        for duty in sorted(self.rows, key=_prominence):
            offices = self.leads if duty["lead_provisions"] else self.supports
            offices[duty["plan_key"], duty["theme_key"]].append(duty["agency_key"])
        found = {duty["theme_key"] for duty in self.rows}
        themes = tables["dim_theme"].sort("is_headline", "theme_order", descending=[True, False])
        self.themes = themes.filter(pl.col("theme_key").is_in(found)).to_dicts()
        self.evidence = once(tables, "evidence of duties", lambda: _evidence(tables))

    @property
    def leading(self) -> dict[str, set[str]]:
        """The kinds of offices that each plan names as the lead of a theme, by plan."""
        found: dict[str, set[str]] = {plan: set() for plan in self.looks}
        for (plan, _), offices in self.leads.items():
            found[plan].update(offices)
        return found

    def plans(self, theme: Row, office: str = "") -> list[str]:
        """Return the plans in which an office, or this one, leads a theme."""
        key = theme["theme_key"]
        return [
            plan for plan in self.looks if (o := self.leads.get((plan, key))) and (not office or office in o)
        ]

    def keys(self, plan: str, theme: Row) -> tuple[str, ...]:
        """Return the measures in the provisions of a theme that offices of a plan deal with."""
        place = (plan, theme["theme_key"])
        offices = (*self.leads.get(place, ()), *self.supports.get(place, ()))
        found = (self.evidence[_cell_key(*place), office].keys for office in offices)
        return tuple(dict.fromkeys(key for keys in found for key in keys))

    def cell(self, theme: Row, plan: str) -> Cell:
        """Return the cell of a theme and a plan: which office leads, or else supports it."""
        lang, place = self.lang, (plan, theme["theme_key"])
        lead, support = self.leads.get(place, ()), self.supports.get(place, ())
        if not lead and not support:
            return Cell(*(("–", _EMPTY) if plan in self.naming else ("×", _NAMELESS)))
        names = [self.names[key] for key in lead or support]
        text = " ".join(["●" if lead else "○", names[0], *([f"+{len(names) - 1}"] if len(names) > 1 else [])])
        lines = [
            self.names[duty["agency_key"]]
            + phrase("colon", lang)
            + phrase("duties", lang, duty["lead_provisions"], duty["supporting_provisions"])
            for duty in self.rows
            if (duty["plan_key"], duty["theme_key"]) == place
        ]
        hover = (self.looks[plan].name, theme[f"name_{lang}"], *lines)
        return Cell(text, _LED if lead else _SUPPORTED, hover, self.keys(plan, theme), wraps=True)


def _prominence(duty: Row) -> tuple[int, int, str]:
    return -duty["lead_provisions"], -duty["supporting_provisions"], duty["agency_key"]


def _cell_key(plan: str, theme: str) -> str:
    return f"{plan}/{theme}"


def draw_agencies(tables: Mapping[str, pl.DataFrame], frame: Frame) -> Drawing:
    """Draw which office leads which theme in which plan.

    Args:
        tables: Marts with the columns of `AGENCY_TABLES`.
        frame: Language and size.

    Returns:
        The figure: a column for each plan; of many, in how many plans an office leads a theme, which kind of office
        in most, and the columns of the chosen plans; of hundreds, province by province for the headline themes.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    duties = once(tables, ("duties", lang), lambda: _Duties(tables, looks, lang))
    if not looks or not duties.rows:
        return empty_figure(frame, phrase("agencies", lang), sources(looks))
    claims = _claims(duties)
    names = duties.names | {theme["theme_key"]: theme[f"name_{lang}"] for theme in duties.themes}
    title = titled(phrase("agencies", lang), claims, Names(looks, names), lang)
    basis = "agency" if len(looks) <= FEW else "agency_many" if len(looks) < MANY else "agency_provinces"
    canvas = headed(frame, basis, title, sources(looks), phrase("agency_rule", lang))
    _draw(canvas, duties)
    alt = [_spoken(theme, duties, lang) for theme in duties.themes]
    return canvas.finish(_plotted(duties, lang), alt, [claim.record for claim in claims])


def _evidence(tables: Mapping[str, pl.DataFrame]) -> Behind:
    measures = (
        tables["bridge_provision_x_agency"]
        .join(tables["fct_provision"], on="provision_key")
        .join(tables["fct_measure"], on="provision_key")
        .with_columns(cell=pl.concat_str("plan_key", "theme_key", separator="/"))
    )
    return behind(measures, "cell", "agency_key")


def _claims(duties: _Duties) -> list[Claim]:
    """Return which plans name who leads, which name nobody, and which kind of office leads in most of them."""
    leading = duties.leading
    who = tuple(plan for plan, offices in leading.items() if offices)
    silent = tuple(plan for plan in duties.looks if plan not in duties.naming)
    claims = [Claim("leads_named", who, how_much=len(who), of=len(leading))]
    claims += [Claim("office_none", silent, how_much=len(silent))] if silent else []
    in_plans = Counter(office for offices in leading.values() for office in offices)
    most = max(in_plans.values(), default=0)
    if most > 1:
        first = tuple(sorted(office for office, count in in_plans.items() if count == most))
        claims.append(Claim("leads_most", what=first, how_much=most, of=len(leading)))
    unled = tuple(theme["theme_key"] for theme in duties.themes if not duties.plans(theme))
    return claims + ([Claim("themes_unled", what=unled)] if unled else [])


def _draw(canvas: Canvas, duties: _Duties) -> None:
    """Draw themes by plans; of many, themes by how many plans name whom; of hundreds, an image has tiles only."""
    lang, looks = canvas.frame.lang, duties.looks
    shown = named(looks, canvas.frame.chosen)
    if len(looks) >= MANY:
        asked = [theme for theme in duties.themes if theme["is_headline"]] or duties.themes[:4]
        draw_provinces(canvas, [(theme[f"name_{lang}"], _tiles(duties, theme)) for theme in asked])
        if not has_room(canvas, "duties"):
            others = len(duties.themes) - len(asked)
            canvas.more(others, "more_themes", lost_plans(looks, lang), "as_said")
            return
    rows = [
        Head(("★ " if t["is_headline"] else "") + t[f"name_{lang}"], is_bold=t["is_headline"])
        for t in duties.themes
    ]
    spread = ("lead_plans", "lead_first", "lead_second") if len(looks) > FEW else ()
    # Chosen plans come first, so that an image leaves them out last.
    heads = [*plan_heads(shown), *(Head(phrase(name, lang)) for name in spread)]
    grid = [
        [*(duties.cell(theme, plan) for plan in shown), *(_spread_cells(duties, theme) if spread else ())]
        for theme in duties.themes
    ]
    rows_left, plans_left = draw_grid(canvas, "duties", rows, heads, grid)
    lost = lost_plans(looks, lang) if len(looks) >= MANY else 0
    canvas.more(rows_left, "more_rows", plans_left, "more_columns", lost, "as_said")


def _spread_cells(duties: _Duties, theme: Row) -> list[Cell]:
    """Return in how many plans an office leads a theme, and which kinds of office do in most of them."""
    plans, count = duties.plans(theme), len(duties.looks)
    keys = [key for plan in plans for key in duties.keys(plan, theme)][:_BEHIND]
    shade = next((i for i, above in enumerate((0.75, 0.5, 0.25, 0.0)) if len(plans) > above * count), _EMPTY)
    cells = [Cell(f"{len(plans)} ({100 * len(plans) / count:.0f}%)", shade, (), tuple(keys))]
    offices = Counter(office for plan in plans for office in duties.leads[plan, theme["theme_key"]])
    first = sorted(offices, key=lambda office: (-offices[office], office))[:2]
    cells += [
        Cell(phrase("noted", duties.lang, duties.names[office], offices[office]), _SUPPORTED, wraps=True)
        for office in first
    ]
    return [*cells, *[Cell("–", _EMPTY)] * (3 - len(cells))]


def _tiles(duties: _Duties, theme: Row) -> dict[str, Tile]:
    """Return in how many plans of each province an office leads a theme."""
    return share_of_plans(duties.looks, {plan: duties.keys(plan, theme) for plan in duties.plans(theme)})


def _spoken(theme: Row, duties: _Duties, lang: Lang) -> str:
    """Return who leads a theme as a sentence: plan by plan, or in how many of many."""
    name = theme[f"name_{lang}"] + phrase("colon", lang)
    plans = duties.plans(theme)
    if len(duties.looks) > FEW:
        return name + phrase("lead_plans", lang) + f" {len(plans)}"
    told = [f"{duties.looks[plan].name} {duties.cell(theme, plan).text}" for plan in plans]
    return name + (phrase("and", lang).join(told) or phrase("matrix_none", lang))


def _plotted(duties: _Duties, lang: Lang) -> Sequence[Row]:
    """Return what the CSV tells."""
    themes = {theme["theme_key"]: theme[f"name_{lang}"] for theme in duties.themes}
    return [
        duty
        | {"plan": duties.looks[duty["plan_key"]].name, "agency": duties.names[duty["agency_key"]]}
        | {
            "theme": themes[duty["theme_key"]],
            "duties": phrase("duties", lang, duty["lead_provisions"], duty["supporting_provisions"]),
        }
        | duties.evidence[_cell_key(duty["plan_key"], duty["theme_key"]), duty["agency_key"]].columns(
            len(duties.looks)
        )
        for duty in duties.rows
    ]
