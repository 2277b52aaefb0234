"""Which policy tools the plans use."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any

import polars as pl

from dagster_project.figures.canvas import Block, Canvas, Drawing, Frame, empty_figure, headed
from dagster_project.figures.claims import Claim, Names, titled
from dagster_project.figures.grid import Behind, Cell, Evidence, Head, behind, draw_grid, has_room, plan_heads
from dagster_project.figures.marts import once
from dagster_project.figures.plans import (
    FEW,
    MANY,
    PLAN_TABLES,
    Looks,
    PlanLook,
    joined,
    named,
    plan_looks,
    sources,
)
from dagster_project.figures.spread import Dot, Spread, draw_blocks, spread_block
from dagster_project.figures.tiles import fitting_tiles, lost_plans, share_of_plans
from dagster_project.figures.words import Lang, number, phrase, within

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
    names = {key: within(name, lang) for key, name in names.items()}
    title = titled(phrase("instruments", lang), claims, Names(looks, names, "several_tools"), lang)
    kind = "instrument" if len(looks) <= FEW else "instrument_many"
    canvas = headed(frame, kind, title, sources(looks), phrase("instrument_rule", lang))
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
    parts_left = _draw_sides(canvas, tools, uses, looks) if len(looks) > FEW else 0
    rows_left, columns_left = (
        draw_grid(canvas, "share", rows, heads, grid) if _has_room(canvas, looks) else (len(rows), 0)
    )
    lost = lost_plans(looks, lang) if len(looks) >= MANY else 0
    canvas.more(
        parts_left, "more_parts", rows_left, "more_rows",
        columns_left, "more_columns" if len(looks) > FEW else "more_plans", lost, "as_said",
    )  # fmt: skip
    alt = [
        row.name + phrase("colon", lang)
        + joined((f"{head.name} {cell.text}" for head, cell in zip(heads, line, strict=True)), lang)
        for row, line in zip(rows, grid, strict=True) if row.is_bold
    ]  # fmt: skip
    return canvas.finish(plotted, alt, [claim.record for claim in claims])


def _has_room(canvas: Canvas, looks: Looks) -> bool:
    """Return whether the table has room; of few plans it is all there is."""
    return len(looks) <= FEW or has_room(canvas, "share")


def _draw_sides(canvas: Canvas, tools: Sequence[Tool], uses: _Uses, looks: Looks) -> int:
    """Draw how the share of each side is spread over many plans; of hundreds, where the first side is used most.

    Return how many parts have no room.
    """
    lang, is_narrow = canvas.frame.lang, canvas.frame.size.columns[0] == 1 and not canvas.is_free
    by_side = [list(group) for _, group in groupby(tools, key=lambda tool: tool.side)]
    columns = 1 if is_narrow else len(by_side) if len(looks) < MANY else 2
    width = canvas.column_width(columns)
    blocks: list[tuple[str, Block]] = []
    if len(looks) >= MANY:
        most_used = _most_used(tools, uses, looks)
        first = max(by_side, key=lambda of: list(most_used.values()).count(of[0].side))[0]
        using: dict[str, tuple[str, ...]] = {
            plan: () for plan, side in most_used.items() if side == first.side
        }
        name = phrase("side_in_provinces", lang, within(first.side_name, lang))
        blocks += fitting_tiles(canvas, name, share_of_plans(looks, using), width, 0.4 if is_narrow else 1.0)
    for members in by_side:
        dots = (
            Dot(plan, share, phrase("percent", lang, number(round(share, 1), lang, 3)))
            for plan in looks for share in (uses.share(plan, members),)
        )  # fmt: skip
        spread = Spread.of(members[0].side, members[0].side_name, "%", dots)
        blocks.append((spread.key, spread_block(canvas, spread, looks, width, 100.0)))
    return draw_blocks(canvas, blocks, columns)


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


def _most_used(tools: Sequence[Tool], uses: _Uses, looks: Looks) -> dict[str, str | None]:
    """Return the side that each plan with any tool uses most; None where two are level."""
    sides = list(dict.fromkeys(tool.side for tool in tools))
    found: dict[str, str | None] = {}
    for plan in looks:
        if any(key[0] == plan for key in uses):
            of_sides = [uses.share(plan, [tool for tool in tools if tool.side == side]) for side in sides]
            # Shares are sums of rounded ones.
            top = [
                side for side, share in zip(sides, of_sides, strict=True) if share > max(of_sides) - _ROUNDED
            ]
            found[plan] = top[0] if len(top) == 1 else None
    return found


def _claims(tools: Sequence[Tool], uses: _Uses, looks: Looks, lang: Lang) -> list[Claim]:
    """Return the side that most plans use most, alone, the side whose share is small everywhere, and unused tools."""
    sides = list(dict.fromkeys(tool.side for tool in tools))
    most_used = _most_used(tools, uses, looks)
    plans = list(most_used)
    shares = {
        side: [uses.share(plan, [tool for tool in tools if tool.side == side]) for plan in plans]
        for side in sides
    }
    first = {side: [plan for plan, used in most_used.items() if used == side] for side in sides}
    level = [plan for plan, used in most_used.items() if used is None]
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
