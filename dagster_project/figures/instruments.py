"""Which policy tools the plans use."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any

import polars as pl

from dagster_project.figures.canvas import Drawing, Frame, empty_figure, headed
from dagster_project.figures.claims import Claim, Names, titled
from dagster_project.figures.grid import Behind, Cell, Evidence, Head, behind, draw_grid, plan_heads
from dagster_project.figures.marts import once
from dagster_project.figures.plans import (
    FEW,
    PLAN_TABLES,
    Looks,
    PlanLook,
    joined,
    named,
    plan_looks,
    sources,
)
from dagster_project.figures.words import Lang, number, phrase

INSTRUMENT_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "rpt_instrument_mix": ("plan_key", "instrument_key", "provisions", "leading_provisions", "share_of_uses"),
    "dim_instrument": (
        "instrument_key", "instrument_order", "side", "side_zh", "side_en", "name_zh", "name_en",
    ),
    "bridge_provision_x_instrument": ("provision_key", "instrument_key"),
    "fct_measure": ("measure_key", "plan_key", "provision_key", "quote_zh"),
}  # fmt: skip
_SHARES = (20.0, 10.0, 5.0, 0.0)  # percent; a share above one of these has its shade
_SPREAD = ("median", "lowest", "highest", "plans")  # columns where plans are too many for one each
_ROUNDED = 0.05  # per cent; sums of shares that are nearer are level
_COUNTS = ("provisions", "leading_provisions")


@dataclass(frozen=True, slots=True)
class Tool:
    """A policy tool, and the side that it works on."""

    key: str
    name: str
    side: str
    side_name: str


class _Uses(dict[tuple[str, str], dict[str, Any]]):
    """How a plan uses a tool, over all themes, by the keys of both; a tool that is not used has no row."""

    def share(self, plan: str, tools: Iterable[Tool]) -> float:
        """Return the share of some tools in all uses of tools in a plan, in percent."""
        return sum((self[plan, tool.key]["share_of_uses"] for tool in tools if (plan, tool.key) in self), 0.0)

    def counts(self, plan: str, tool: Tool) -> dict[str, int]:
        """Return how many provisions use a tool, and for how many it is the most prominent one."""
        return {name: self[plan, tool.key][name] if (plan, tool.key) in self else 0 for name in _COUNTS}


def draw_instruments(tables: Mapping[str, pl.DataFrame], frame: Frame) -> Drawing:
    """Draw which policy tools each plan uses, as a share of all its uses of tools.

    Args:
        tables: Marts with the columns of `INSTRUMENT_TABLES`.
        frame: Language and size.

    Returns:
        The figure: the tools by the side they work on, with the sum of each side.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    tools, uses = _tools(tables, lang), _uses(tables)
    if not looks or not uses:
        return empty_figure(frame, phrase("instruments", lang), sources(looks))
    evidence = once(tables, "evidence of instruments", lambda: _evidence(tables))
    claims = _claims(tools, uses, looks, lang)
    names = {tool.key: tool.name for tool in tools} | {tool.side: tool.side_name for tool in tools}
    title = titled(phrase("instruments", lang), claims, Names(looks, names, "several_tools"), lang)
    canvas = headed(frame, "instrument", title, sources(looks))
    shown = named(looks, frame.chosen)
    rows, grid, plotted = [], [], []
    for side, group in groupby(tools, key=lambda tool: (tool.side, tool.side_name)):
        members, (_, side_name) = list(group), side
        rows.append(Head(side_name, is_bold=True))
        grid.append(
            [_cell(uses.share(plan, members), (side_name, look.name), lang) for plan, look in shown.items()]
            + _spread_cells(uses, members, looks, side_name, lang)
        )
        for tool in members:
            cells = [(plan, look, evidence[plan, tool.key]) for plan, look in looks.items()]
            rows.append(Head(tool.name))
            grid.append(
                [_tool_cell(tool, uses, p, look, found, lang) for p, look, found in cells if p in shown]
                + _spread_cells(uses, [tool], looks, tool.name, lang)
            )
            plotted += [
                _plotted(tool, uses, plan, look, found.columns(len(looks))) for plan, look, found in cells
            ]
    spread = [Head(phrase(f"spread_{name}", lang)) for name in _SPREAD] if len(looks) > FEW else []
    heads = [*plan_heads(shown), *spread]  # chosen plans are left out last
    rows_left, plans_left = draw_grid(canvas, "share", rows, heads, grid)
    canvas.more(rows_left, "more_rows", plans_left, "more_plans")
    alt = [
        row.name + phrase("colon", lang)
        + joined((f"{head.name} {cell.text}" for head, cell in zip(heads, line, strict=True)), lang)
        for row, line in zip(rows, grid, strict=True) if row.is_bold
    ]  # fmt: skip
    return canvas.finish(plotted, alt, [claim.record for claim in claims])


def _spread_cells(uses: _Uses, tools: Sequence[Tool], looks: Looks, name: str, lang: Lang) -> list[Cell]:
    """Return how the shares of some tools are spread over many plans, and how many plans use them; none of a few."""
    if len(looks) <= FEW:
        return []
    shares = [uses.share(plan, tools) for plan in looks]
    cells = [_cell(value, (name,), lang) for value in (median(shares), min(shares), max(shares))]
    return [*cells, Cell(str(sum(share > 0 for share in shares)), 4, (name,))]


def _evidence(tables: Mapping[str, pl.DataFrame]) -> Behind:
    measures = tables["bridge_provision_x_instrument"].join(tables["fct_measure"], on="provision_key")
    return behind(measures, "plan_key", "instrument_key")


def _tools(tables: Mapping[str, pl.DataFrame], lang: Lang) -> list[Tool]:
    """Return the tools, those of one side after each other."""
    rows = tables["dim_instrument"].sort("instrument_order").iter_rows(named=True)
    tools = [
        Tool(row["instrument_key"], row[f"name_{lang}"], row["side"], row[f"side_{lang}"]) for row in rows
    ]
    sides = list(dict.fromkeys(tool.side for tool in tools))
    return sorted(tools, key=lambda tool: sides.index(tool.side))


def _uses(tables: Mapping[str, pl.DataFrame]) -> _Uses:
    used = tables["rpt_instrument_mix"].group_by("plan_key", "instrument_key").agg(
        pl.col(*_COUNTS, "share_of_uses").sum()
    )  # fmt: skip
    return _Uses(
        ((row["plan_key"], row["instrument_key"]), row)
        for row in used.iter_rows(named=True)
        if row["provisions"]
    )


def _claims(tools: Sequence[Tool], uses: _Uses, looks: Looks, lang: Lang) -> list[Claim]:
    """Return the side that most plans use most, alone, the side whose share is small everywhere, and unused tools."""
    sides = list(dict.fromkeys(tool.side for tool in tools))
    using = {plan for plan, _ in uses}
    plans = [plan for plan in looks if plan in using]
    shares = {
        side: [uses.share(plan, [tool for tool in tools if tool.side == side]) for plan in plans]
        for side in sides
    }
    first: dict[str, list[str]] = {side: [] for side in sides}
    level = []
    for plan, of_sides in zip(plans, zip(*shares.values(), strict=True), strict=True):
        # Shares are sums of rounded ones.
        top = [side for side, share in zip(sides, of_sides, strict=True) if share > max(of_sides) - _ROUNDED]
        if len(top) == 1:
            first[top[0]].append(plan)
        else:
            level.append(plan)
    most = max(len(found) for found in first.values())
    leading = tuple(side for side, found in first.items() if len(found) == most and most)
    sure = (Claim("sides_level", tuple(level), how_much=len(level)),) if level else ()
    who = tuple(plan for side in leading for plan in first[side])
    claims = [Claim("side_most", who, leading, most, len(plans), sure=sure)] if leading else list(sure)
    least = min(sides, key=lambda side: max(shares[side]))
    highest = max(shares[least])
    told = phrase("percent", lang, number(math.ceil(highest), lang))
    claims.append(Claim("side_least", what=(least,), how_much=highest, of=len(plans), value=told))
    used = {instrument for _, instrument in uses}
    unused = tuple(tool.key for tool in tools if tool.key not in used)
    return claims + ([Claim("tools_unused", what=unused)] if unused else [])


def _tool_cell(tool: Tool, uses: _Uses, plan: str, look: PlanLook, found: Evidence, lang: Lang) -> Cell:
    counts = uses.counts(plan, tool).items()
    lines = [f"{phrase(name, lang)}{phrase('colon', lang)}{count}" for name, count in counts]
    return _cell(uses.share(plan, [tool]), (tool.name, look.name, *lines), lang, found.keys)


def _cell(share: float, lines: tuple[str, ...], lang: Lang, keys: tuple[str, ...] = ()) -> Cell:
    text = (
        "–" if not share else phrase("percent", lang, number(round(share, 1), lang, 2 if share >= 10 else 1))
    )
    shade = next((index for index, above in enumerate(_SHARES) if share > above), len(_SHARES))
    return Cell(text, shade, (*lines, phrase("percent", lang, f"{share:.1f}")), keys)


def _plotted(
    tool: Tool, uses: _Uses, plan: str, look: PlanLook, behind_it: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the CSV tells of a tool in a plan."""
    return {
        "plan_key": plan,
        "plan": look.name,
        "side": tool.side,
        "instrument_key": tool.key,
        "name": tool.name,
        "side_name": tool.side_name,
        "share_of_uses": uses.share(plan, [tool]),
        **uses.counts(plan, tool),
        **behind_it,
    }
