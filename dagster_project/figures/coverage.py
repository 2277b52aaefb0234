"""Which plan speaks about which theme, and whether with a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dagster_project.figures.canvas import GREY, Canvas, Drawing, Frame, empty_figure, headed, meanings
from dagster_project.figures.claims import Claim, Names, titled
from dagster_project.figures.grid import SHADES, Cell, Evidence, Head, draw_grid, has_room, plan_heads
from dagster_project.figures.plans import (
    FEW,
    MANY,
    PLAN_TABLES,
    Looks,
    named,
    plan_looks,
    sources,
)
from dagster_project.figures.tiles import Tile, draw_provinces, lost_plans, share_of_plans
from dagster_project.figures.words import Lang, phrase, quantity, within

COVERAGE_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "rpt_theme_coverage": (
        "theme_key", "plan_key", "provisions", "measures", "commitments", "targets", "money", "money_per_year",
        "share_of_text", "status", "incentives", "sums_of_money", "sanctions", "thresholds",
    ),
    "dim_theme": ("theme_key", "theme_order", "is_headline", "name_zh", "name_en"),
    "dim_unit": ("unit_key", "symbol_zh", "symbol_en"),
    "fct_measure": ("measure_key", "plan_key", "theme_key", "kind", "restates_measure_key", "quote_zh"),
}  # fmt: skip
# Status and its shade.
_STATUSES = {
    "quantified": 0,
    "stated_without_number": 2,
    "mentioned_only": 3,
    "searched_not_found": 4,
    "outside_remit": 5,
}
_BEHIND = 200  # measures that a cell of many plans leads to
_EXPLAINED = ("quantified", "stated_without_number", "mentioned_only", "outside_remit")  # in the footnote
# What commitments are, and what is none.
_KINDS = ("targets", "incentives", "sums_of_money", "sanctions", "thresholds")


def draw_coverage(tables: Mapping[str, pl.DataFrame], frame: Frame) -> Drawing:
    """Draw the coverage of all themes by all plans.

    Args:
        tables: Marts with the columns of `COVERAGE_TABLES`.
        frame: Language and size.

    Returns:
        The figure: headline themes first and marked; in each cell the status in colour and in words, with the count
        of commitments that make the theme quantified, and how many of them are targets: neither thresholds nor
        reports of the past nor restatements.

    Raises:
        ValueError: If a theme and a plan have no row in ``rpt_theme_coverage``.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    cells = _cells(tables, looks, lang)
    if not cells:
        return empty_figure(frame, phrase("coverage", lang), [])
    if lacking := [f"{cell['theme_key']} of {cell['plan_key']}" for cell in cells if cell["status"] is None]:
        raise ValueError(f"rpt_theme_coverage has no row for {', '.join(lacking)}: build the marts again")
    rule = meanings(frame, "coverage_status", _EXPLAINED)
    basis = "coverage" if len(looks) <= FEW else "spread" if len(looks) < MANY else "provinces"
    claims = _claims(cells)
    names = Names(looks, {cell["theme_key"]: within(cell["theme"], lang) for cell in cells}, "several_themes")
    title = titled(phrase("coverage", lang), claims, names, lang)
    canvas = headed(frame, basis, title, sources(looks), rule)
    plotted, records = (
        [_plotted(cell, len(looks), frame) for cell in cells],
        [claim.record for claim in claims],
    )
    if len(looks) > FEW:
        _draw_spread(canvas, cells, looks)
        return canvas.finish(plotted, _told(cells, named(looks, frame.chosen), frame), records)
    _legend(canvas)
    money_unit = str(tables["dim_unit"].filter(unit_key="CNY")[f"symbol_{lang}"].first() or "")
    by_theme = [cells[start : start + len(looks)] for start in range(0, len(cells), len(looks))]
    rows = [
        Head(f"★ {cell['theme']}" if cell["is_headline"] else cell["theme"], is_bold=cell["is_headline"])
        for cell, *_ in by_theme
    ]
    grid = [[_cell(cell, money_unit, frame) for cell in of_theme] for of_theme in by_theme]
    rows_left, plans_left = draw_grid(canvas, "status", rows, plan_heads(looks), grid)
    canvas.more(rows_left, "more_rows", plans_left, "more_plans")
    return canvas.finish(plotted, _told(cells, looks, frame), records)


def _cells(tables: Mapping[str, pl.DataFrame], looks: Looks, lang: Lang) -> list[dict[str, Any]]:
    """Return a cell for each theme and plan, theme by theme, with the commitments behind it."""
    themes = tables["dim_theme"].sort("is_headline", "theme_order", descending=[True, False])
    names = [(key, look.name) for key, look in looks.items()]
    plans = pl.DataFrame(names, schema={"plan_key": pl.String, "plan": pl.String}, orient="row")
    behind = (
        tables["fct_measure"]
        .filter(~pl.col("kind").is_in(["baseline", "condition"]) & pl.col("restates_measure_key").is_null())
        .group_by("theme_key", "plan_key", maintain_order=True)
        .agg(measure_keys="measure_key", quotes="quote_zh")
    )
    return (
        themes.select("theme_key", "is_headline", theme=f"name_{lang}")
        .join(plans, how="cross")
        .join(tables["rpt_theme_coverage"], on=["theme_key", "plan_key"], how="left", maintain_order="left")
        .join(behind, on=["theme_key", "plan_key"], how="left", maintain_order="left")
        .with_columns(pl.col("money", "money_per_year").cast(pl.Float64))
        .to_dicts()
    )


def _draw_spread(canvas: Canvas, cells: Sequence[dict[str, Any]], looks: Looks) -> None:
    """Draw how many plans have which status: of hundreds, province by province for headline themes; then as a table.

    An image has room for one of them.
    """
    frame, lang = canvas.frame, canvas.frame.lang
    by_theme = [cells[start : start + len(looks)] for start in range(0, len(cells), len(looks))]
    if len(looks) >= MANY:
        headline = [of_theme for of_theme in by_theme if of_theme[0]["is_headline"]]
        draw_provinces(canvas, [(of_theme[0]["theme"], _tiles(of_theme, looks)) for of_theme in headline])
        if not has_room(canvas, "spread"):
            canvas.more(len(by_theme) - len(headline), "more_themes", lost_plans(looks, lang), "as_said")
            return
    chosen = named(looks, frame.chosen)
    # Chosen plans come first, so that an image leaves them out last.
    heads = plan_heads(chosen) + [
        Head(frame.codes.name("coverage_status", status, lang)) for status in _STATUSES
    ]
    rows, grid = [], []
    for of_theme in by_theme:
        first = of_theme[0]
        rows.append(
            Head(f"★ {first['theme']}" if first["is_headline"] else first["theme"], first["is_headline"])
        )
        counts = Counter(cell["status"] for cell in of_theme)
        own = {cell["plan_key"]: cell for cell in of_theme}
        grid.append(
            [_cell(own[key], "", frame) for key in chosen]
            + [_count_cell(counts[status], len(looks), status, of_theme) for status in _STATUSES]
        )
    rows_left, columns_left = draw_grid(canvas, "spread", rows, heads, grid)
    lost = lost_plans(looks, lang) if len(looks) >= MANY else 0
    canvas.more(rows_left, "more_rows", columns_left, "more_columns", lost, "as_said")


def _count_cell(count: int, plans: int, status: str, of_theme: Sequence[Mapping[str, Any]]) -> Cell:
    """Return how many plans have a status, the darker the more."""
    shade = next((index for index, above in enumerate((0.75, 0.5, 0.25, 0.0)) if count > above * plans), 4)
    keys = [key for cell in of_theme if cell["status"] == status for key in cell["measure_keys"] or ()]
    return Cell(f"{count} ({100 * count / plans:.0f}%)", shade, (), tuple(keys[:_BEHIND]))


def _tiles(of_theme: Sequence[Mapping[str, Any]], looks: Looks) -> dict[str, Tile]:
    """Return how many plans of each province put a number to a theme."""
    return share_of_plans(
        looks,
        {cell["plan_key"]: cell["measure_keys"] or () for cell in of_theme if cell["status"] == "quantified"},
    )


def _legend(canvas: Canvas) -> None:
    for status, shade in _STATUSES.items():
        line = {"color": GREY, "width": 1}
        marker = {"symbol": "square", "size": 14, "color": SHADES[shade][0], "line": line}
        name = canvas.frame.codes.name("coverage_status", status, canvas.frame.lang)
        canvas.trace("scatter", x=[None], y=[None], mode="markers", marker=marker, name=name)
    canvas.legend()


def _cell(cell: Mapping[str, Any], money_unit: str, frame: Frame) -> Cell:
    return Cell(
        phrase(f"{cell['status']}_cell", frame.lang, n=cell["commitments"], targets=cell["targets"]),
        _STATUSES[cell["status"]],
        tuple(_hover(cell, money_unit, frame)),
        tuple(cell["measure_keys"] or ()),
    )


def _told(cells: Sequence[Mapping[str, Any]], looks: Looks, frame: Frame) -> list[str]:
    """Return how many themes of each status a plan has, as sentences."""
    lang = frame.lang
    names = {status: frame.codes.name("coverage_status", status, lang) for status in _STATUSES}
    counts = Counter((cell["plan_key"], cell["status"]) for cell in cells)
    return [
        look.name
        + phrase("colon", lang)
        + phrase("stop", lang).join(f"{name} {counts[key, status]}" for status, name in names.items())
        for key, look in looks.items()
    ]


def _plotted(cell: Mapping[str, Any], plans: int, frame: Frame) -> dict[str, Any]:
    """Return what the CSV tells of a cell."""
    return {name: value for name, value in cell.items() if name not in {"measure_keys", "quotes"}} | {
        "status_name": frame.codes.name("coverage_status", cell["status"], frame.lang),
        **Evidence(tuple(cell["measure_keys"] or ()), tuple(dict.fromkeys(cell["quotes"] or ()))).columns(
            plans
        ),
    }


def _claims(cells: Sequence[Mapping[str, Any]]) -> list[Claim]:
    """Return which headline themes have numbers in fewest and in most plans; of all themes, where none is one.

    What is about no theme is left out. That a theme is outside the remit of plans is said of those in fewest.
    """
    cells = [cell for cell in cells if cell["theme_key"] != "other"]
    plans = len({cell["plan_key"] for cell in cells})
    looked_at = [cell for cell in cells if cell["is_headline"]] or cells
    counts = dict.fromkeys((cell["theme_key"] for cell in looked_at), 0)
    for cell in looked_at:
        counts[cell["theme_key"]] += cell["status"] == "quantified"
    least, most = min(counts.values()), max(counts.values())
    if not any(cell["status"] == "quantified" for cell in cells):
        return [Claim("none_quantified", of=plans)]
    if least == most:
        return [Claim("each_quantified", what=tuple(counts), how_much=least, of=plans)]
    fewest, first = (tuple(key for key, count in counts.items() if count == end) for end in (least, most))
    outside = {cell["plan_key"] for cell in looked_at
               if cell["theme_key"] in fewest and cell["status"] == "outside_remit"}  # fmt: skip
    sure = (Claim("outside_of", who=tuple(sorted(outside)), how_much=len(outside)),) if outside else ()
    return [
        Claim("fewest_quantified", what=fewest, how_much=least, of=plans, sure=sure),
        Claim("most_quantified", what=first, how_much=most, of=plans),
    ]


def _hover(cell: Mapping[str, Any], money_unit: str, frame: Frame) -> list[str]:
    """Return the counts behind a cell."""
    lang, share = frame.lang, cell["share_of_text"]
    lines = {
        **{key: cell[key] for key in ("theme", "plan", "provisions", "commitments")},
        **{f"of_{kind}": cell[kind] for kind in _KINDS},
        "measures": cell["measures"],
        **{
            key: None if cell[key] is None else quantity(cell[key], money_unit, lang)
            for key in ("money", "money_per_year")
        },
        "share_of_text": None if share is None else f"{share:.1f}%",
    }
    texts = [
        phrase(key, lang) + phrase("colon", lang) + str(value)
        for key, value in lines.items()
        if value is not None
    ]
    return [frame.codes.name("coverage_status", cell["status"], lang), *texts]
