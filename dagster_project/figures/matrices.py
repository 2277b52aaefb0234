"""Grids that are not about themes and plans: which tools a plan uses, which office is in charge, how much is right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dagster_project.figures.canvas import Canvas, Frame, empty_figure
from dagster_project.figures.grid import Cell, Head, badge, draw_grid
from dagster_project.figures.plans import PLAN_TABLES, Looks, joined, leaders, plan_looks
from dagster_project.figures.words import ACCURACY_FIELDS, Lang, number, phrase

INSTRUMENT_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "rpt_instrument_mix": ("plan_key", "instrument_key", "provisions", "leading_provisions", "share_of_uses"),
    "dim_instrument": (
        "instrument_key", "instrument_order", "side", "side_zh", "side_en", "name_zh", "name_en",
    ),
    "bridge_provision_x_instrument": ("provision_key", "instrument_key"),
    "fct_measure": ("measure_key", "plan_key", "provision_key", "quote_zh"),
}  # fmt: skip
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
ACCURACY_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "audit_accuracy": ("plan_key", "field", "assessed", "right", "status"),
}  # fmt: skip
_SHARES = (20.0, 10.0, 5.0, 0.0)  # percent; a share above one of these has its shade
_LEADS = (4, 2, 0)  # led provisions; more than one of these has its shade
_OFFICES = 12  # in one band of columns on a screen

Row = dict[str, Any]


def draw_instruments(tables: Mapping[str, pl.DataFrame], frame: Frame) -> go.Figure:
    """Draw which policy tools each plan uses, as a share of all its uses of tools.

    Args:
        tables: Marts with the columns of `INSTRUMENT_TABLES`.
        frame: Language and size.

    Returns:
        The figure: the tools by the side they work on, with the sum of each side.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    sources = [look.source for look in looks.values()]
    subject = phrase("instruments", lang)
    tools = (
        tables["dim_instrument"]
        .sort("instrument_order")
        .select("instrument_key", "side", name=f"name_{lang}", side_name=f"side_{lang}")
        .to_dicts()
    )
    used = tables["rpt_instrument_mix"].group_by("plan_key", "instrument_key").agg(
        pl.col("provisions", "leading_provisions", "share_of_uses").sum()
    )  # fmt: skip
    uses = {
        (row["plan_key"], row["instrument_key"]): row
        for row in used.iter_rows(named=True)
        if row["provisions"]
    }
    behind = _behind(
        tables["bridge_provision_x_instrument"].join(tables["fct_measure"], on="provision_key"),
        "plan_key",
        "instrument_key",
    )
    if not looks or not uses:
        return empty_figure(frame, subject, sources)
    canvas = Canvas(
        frame,
        _instrument_finding(subject, tools, uses, looks, lang),
        phrase("instrument_basis", lang),
        rules=phrase("rules", lang, phrase("instrument_rule", lang)),
        sources=sources,
    )
    rows, grid, plotted = [], [], []
    for side in dict.fromkeys(tool["side"] for tool in tools):
        members = [tool for tool in tools if tool["side"] == side]
        rows.append(Head(members[0]["side_name"], is_bold=True))
        grid.append(
            [
                _share_cell(
                    sum(uses[plan, tool["instrument_key"]]["share_of_uses"]
                        for tool in members if (plan, tool["instrument_key"]) in uses),
                    [members[0]["side_name"], look.name], (), lang,
                )
                for plan, look in looks.items()
            ]
        )  # fmt: skip
        for tool in members:
            rows.append(Head(tool["name"]))
            line = []
            for plan, look in looks.items():
                use = uses.get((plan, tool["instrument_key"]))
                keys, quotes = behind.get((plan, tool["instrument_key"]), ((), ()))
                counts = [
                    f"{phrase(key, lang)}{phrase('colon', lang)}{use[key] if use else 0}"
                    for key in ("provisions", "leading_provisions")
                ]
                share = use["share_of_uses"] if use else 0.0
                line.append(_share_cell(share, [tool["name"], look.name, *counts], keys, lang))
                plotted.append(
                    {"plan_key": plan, "plan": look.name, "side": side, **tool, "share_of_uses": share}
                    | {key: use[key] if use else 0 for key in ("provisions", "leading_provisions")}
                    | {"measure_key": "; ".join(keys), "quote_zh": " / ".join(quotes)}
                )
            grid.append(line)
    rows_left, plans_left = draw_grid(canvas, "share", rows, _plan_heads(looks), grid)
    canvas.more(rows_left, "more_rows", plans_left, "more_plans")
    alt = [
        row.name + phrase("colon", lang)
        + joined((f"{look.name} {cell.text}" for look, cell in zip(looks.values(), line, strict=True)), lang)
        for row, line in zip(rows, grid, strict=True) if row.is_bold
    ]  # fmt: skip
    return canvas.finish(plotted, alt)


def _instrument_finding(
    subject: str, tools: list[Row], uses: Mapping[tuple[str, str], Row], looks: Looks, lang: Lang
) -> str:
    """Return the title: the side that most plans rely on most, and the tools that none uses."""
    sides = {tool["side"]: tool["side_name"] for tool in tools}
    first: dict[str, int] = dict.fromkeys(sides, 0)
    plans = [plan for plan in looks if any(key[0] == plan for key in uses)]
    for plan in plans:
        shares = dict.fromkeys(sides, 0.0)
        for tool in tools:
            if use := uses.get((plan, tool["instrument_key"])):
                shares[tool["side"]] += use["share_of_uses"]
        for side, share in shares.items():
            first[side] += share == max(shares.values())
    most = max(first.values())
    leading = joined((sides[side] for side, count in first.items() if count == most), lang)
    title = phrase("side_leads", lang, subject=subject, side=leading, n=most, plans=len(plans))
    used = {instrument for _, instrument in uses}
    if unused := [tool["name"] for tool in tools if tool["instrument_key"] not in used]:
        return title + phrase("tools_unused", lang, leaders(unused, lang, "several_tools"))
    return title


def _share_cell(share: float, lines: list[str], keys: tuple[str, ...], lang: Lang) -> Cell:
    text = (
        "–" if not share else phrase("percent", lang, number(round(share, 1), lang, 2 if share >= 10 else 1))
    )
    shade = next((index for index, above in enumerate(_SHARES) if share > above), len(_SHARES))
    return Cell(text, shade, (*lines, phrase("percent", lang, f"{share:.1f}")), keys)


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
    sources = [look.source for look in looks.values()]
    subject = phrase("agencies", lang)
    duties = tables["rpt_agency_responsibility"].to_dicts()
    if not looks or not duties:
        return empty_figure(frame, subject, sources)
    names = dict(tables["dim_agency"].select("agency_key", f"name_{lang}").iter_rows())
    named = {duty["theme_key"] for duty in duties}
    all_themes = tables["dim_theme"].sort("is_headline", "theme_order", descending=[True, False])
    themes = all_themes.filter(pl.col("theme_key").is_in(named)).to_dicts()
    cells: dict[tuple[str, str], list[Row]] = {}
    for duty in duties:
        cells.setdefault((duty["theme_key"], duty["agency_key"]), []).append(duty)

    def total(agency: str, role: str) -> int:
        return sum(duty[role] for duty in duties if duty["agency_key"] == agency)

    order = sorted(
        {duty["agency_key"] for duty in duties},
        key=lambda key: (-total(key, "lead_provisions"), -total(key, "supporting_provisions"), key),
    )
    led = {theme["theme_key"]: sum(d["lead_provisions"] for d in duties if d["theme_key"] == theme["theme_key"])
           for theme in themes}  # fmt: skip
    most = total(order[0], "lead_provisions")
    first = leaders(
        (names[key] for key in order if total(key, "lead_provisions") == most), lang, "several_offices"
    )
    title = phrase("leads_most" if most else "none_leads", lang, subject=subject, office=first, n=most)
    unled = [theme[f"name_{lang}"] for theme in themes if not led[theme["theme_key"]]]
    if most and unled:
        title += phrase("themes_unled", lang, leaders(unled, lang, "several_themes"))
    canvas = Canvas(
        frame,
        title,
        phrase("agency_basis", lang),
        rules=phrase("rules", lang, phrase("agency_rule", lang)),
        sources=sources,
    )
    behind = _behind(
        tables["bridge_provision_x_agency"]
        .join(tables["fct_provision"], on="provision_key")
        .join(tables["fct_measure"], on="provision_key"),
        "theme_key",
        "agency_key",
    )

    def cell(theme: Row, agency: str) -> Cell:
        here = cells.get((theme["theme_key"], agency), [])
        lead, supporting = (
            sum(d[role] for d in here) for role in ("lead_provisions", "supporting_provisions")
        )
        text = " ".join(f"{sign}{count}" for sign, count in (("●", lead), ("○", supporting)) if count)
        shade = next((index for index, above in enumerate(_LEADS) if lead > above), 3 if supporting else 4)
        lines = [
            f"{looks[duty['plan_key']].name}{phrase('colon', lang)}"
            + phrase("duties", lang, duty["lead_provisions"], duty["supporting_provisions"])
            for duty in here
        ]
        keys, _ = behind.get((theme["theme_key"], agency), ((), ()))
        return Cell(text, shade, (names[agency], theme[f"name_{lang}"], *lines), keys)

    waiting = order
    while waiting:
        # On a screen the next offices go below; there, only themes that one of them deals with.
        band = waiting[:_OFFICES] if canvas.is_free else waiting
        shown = [theme for theme in themes if any((theme["theme_key"], agency) in cells for agency in band)]
        rows = [
            Head(("★ " if t["is_headline"] else "") + t[f"name_{lang}"], is_bold=t["is_headline"])
            for t in shown
        ]
        grid = [[cell(theme, agency) for agency in band] for theme in shown]
        rows_left, left = draw_grid(canvas, "duties", rows, [Head(names[agency]) for agency in band], grid)
        waiting = waiting[len(band) - left :]
        if not canvas.is_free:
            canvas.more(rows_left, "more_rows", left, "more_offices")
            break
        canvas.top += 16
    theme_names = {theme["theme_key"]: theme[f"name_{lang}"] for theme in themes}
    plotted = [
        duty
        | {"plan": looks[duty["plan_key"]].name, "agency": names[duty["agency_key"]]}
        | {"theme": theme_names[duty["theme_key"]]}
        | dict(zip(("measure_key", "quote_zh"), (
            "; ".join(behind.get((duty["theme_key"], duty["agency_key"]), ((), ()))[0]),
            " / ".join(behind.get((duty["theme_key"], duty["agency_key"]), ((), ()))[1]),
        ), strict=True))
        for duty in duties
    ]  # fmt: skip
    alt = [
        names[key] + phrase("colon", lang)
        + phrase("duties", lang, total(key, "lead_provisions"), total(key, "supporting_provisions"))
        for key in order[:10]
    ]  # fmt: skip
    return canvas.finish(plotted, alt)


def draw_accuracy(tables: Mapping[str, pl.DataFrame], frame: Frame) -> go.Figure:
    """Draw how many answers of the pipeline are right, by field and plan.

    Args:
        tables: Marts with the columns of `ACCURACY_TABLES`.
        frame: Language and size.

    Returns:
        The figure; a plan without a reference reading is shown as not assessed.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    sources = [look.source for look in looks.values()]
    subject = phrase("accuracy", lang)
    answers = {(row["plan_key"], row["field"]): row for row in tables["audit_accuracy"].iter_rows(named=True)}
    known = [field for field in ACCURACY_FIELDS if any(key[1] == field for key in answers)]
    fields = [*known, *sorted({field for _, field in answers} - set(known))]
    if not looks or not answers:
        return empty_figure(frame, subject, sources)

    def sums(field: str) -> tuple[int, int]:
        rows = [row for (_, name), row in answers.items() if name == field and row["status"] == "assessed"]
        return sum(row["right"] or 0 for row in rows), sum(row["assessed"] for row in rows)

    names = {field: phrase(field, lang) if field in ACCURACY_FIELDS else field for field in fields}
    totals = {field: sums(field) for field in fields}
    assessed = {field: right / of for field, (right, of) in totals.items() if of}
    if not assessed:
        title = phrase("none_assessed", lang, subject=subject)
    else:
        worst = min(assessed.values())
        weakest = [field for field, share in assessed.items() if share == worst]
        plans = {
            plan for (plan, _), row in answers.items() if row["status"] == "assessed" and row["assessed"]
        }
        parts = {
            "subject": subject,
            "plans": len(plans),
            "fields": len(assessed),
            "share": _percent(worst, lang),
        }
        if worst == 1:
            title = phrase("all_right", lang, **parts)
        else:
            right = sum(share == 1 for share in assessed.values())
            weak = leaders((names[field] for field in weakest), lang, "several_fields")
            title = phrase("weakest_field", lang, right=right, field=weak, **parts)
    canvas = Canvas(
        frame,
        title,
        phrase("accuracy_basis", lang),
        rules=phrase("rules", lang, phrase("accuracy_rule", lang)),
        sources=sources,
    )

    def cell(row: Row | None, lines: list[str]) -> Cell:
        if row is None or row["status"] != "assessed":
            return Cell(phrase("not_assessed", lang), 4, (*lines, phrase("not_assessed", lang)))
        if not row["assessed"]:
            return Cell("–", 4, (*lines, phrase("of", lang, 0, 0)))
        share = row["right"] / row["assessed"]
        shade = 0 if share == 1 else 1 if share >= 0.95 else 2 if share >= 0.8 else 3
        text = phrase("of", lang, row["right"], row["assessed"])
        return Cell(_percent(share, lang), shade, (*lines, text))

    grid, plotted = [], []
    for field in fields:
        right, of = totals[field]
        overall = {"status": "assessed" if of else "not assessed", "assessed": of, "right": right}
        line = [cell(overall, [names[field], phrase("all_plans", lang)])]
        for plan, look in looks.items():
            row = answers.get((plan, field))
            line.append(cell(row, [names[field], look.name]))
            plotted.append(
                {"plan_key": plan, "plan": look.name, "field": field, "field_name": names[field]}
                | {name: row and row[name] for name in ("assessed", "right", "status")}
            )
        grid.append(line)
    heads = [Head(phrase("all_plans", lang)), *_plan_heads(looks)]
    rows_left, plans_left = draw_grid(
        canvas, "share right", [Head(names[field]) for field in fields], heads, grid
    )
    canvas.more(rows_left, "more_rows", plans_left, "more_plans")
    alt = [
        f"{names[field]}{phrase('colon', lang)}{_percent(share, lang)}" for field, share in assessed.items()
    ]
    return canvas.finish(plotted, alt)


def _percent(share: float, lang: Lang) -> str:
    """Return a share in percent; one that is not quite 1 never reads as 100 %."""
    text = f"{share * 100:.0f}" if share == 1 or share < 0.995 else f"{share * 100:.1f}"
    return phrase("percent", lang, "99.9" if share < 1 and text.startswith("100") else text)


def _plan_heads(looks: Looks) -> list[Head]:
    return [Head(look.name, badge=badge(look.colour, look.symbol)) for look in looks.values()]


def _behind(
    measures: pl.DataFrame, first: str, second: str
) -> dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return keys and sentences of the measures behind each cell."""
    grouped = measures.unique([first, second, "measure_key"]).sort("measure_key").group_by(first, second)
    return {
        (row[first], row[second]): (tuple(row["measure_key"]), tuple(dict.fromkeys(row["quote_zh"])))
        for row in grouped.agg("measure_key", "quote_zh").iter_rows(named=True)
    }
