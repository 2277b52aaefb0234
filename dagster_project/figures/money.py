"""Whose money: funds, what is set aside for what, and who bears a loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

import polars as pl

from dagster_project.figures.canvas import Canvas, Drawing, Frame, empty_figure
from dagster_project.figures.claims import Claim, Names, titled
from dagster_project.figures.comparison import (
    COMPARISON_TABLES,
    Bar,
    Beside,
    Panel,
    Parts,
    basis_of,
    draw_panels,
    not_comparable,
    panels_of,
    plotted,
    told,
    verdict_rules,
)
from dagster_project.figures.plans import FEW, MANY, Looks, plan_looks, sources
from dagster_project.figures.statements import Statement, first_said, keys_by_plan, read_statements
from dagster_project.figures.tiles import share_of_plans
from dagster_project.figures.words import Lang, named_in, phrase

MONEY_TABLES: Mapping[str, tuple[str, ...]] = {
    table: columns for table, columns in COMPARISON_TABLES.items() if table != "dim_theme"
} | {"rpt_statement": (*COMPARISON_TABLES["rpt_statement"], "payer")}


def draw_money(tables: Mapping[str, pl.DataFrame], frame: Frame) -> Drawing:
    """Draw the funds, the allocations and the sharing of risk of all plans.

    Args:
        tables: Marts with the columns of `MONEY_TABLES`.
        frame: Language and size.

    Returns:
        The figure: a panel for each kind of fund that plans share, and one for each ratio by which a loss or a sum is
        divided, whose parts follow each other. Funds of one plan, and shares that are set aside, each of a whole of its
        own, are numbers; what is not comparable is listed apart.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    subject = phrase("money_figure", lang)
    money = first_said(read_statements(tables, pl.col("kind").is_in(["funding", "allocation"])))
    if not looks or not money:
        return empty_figure(frame, subject, sources(looks), "nothing")
    # How each of many plans divides a sum is told share by share: how these are spread.
    divides = len(looks) <= FEW
    funds, alone = panels_of([s for s in money if s.kind == "funding" or not divides], looks, frame)
    ratios, shares = _divided([s for s in money if s.kind == "allocation" and divides], lang)
    panels, alone, apart = [*funds, *ratios], [*alone, *shares], not_comparable(money, frame)
    claims = _claims(money, tables, looks)
    tiles = None
    if len(looks) >= MANY:
        naming = {s.plan for s in money if s.is_own_sum}
        own = {plan: keys for plan, keys in keys_by_plan(money).items() if plan in naming}
        tiles = (phrase("sums_in_provinces", lang), share_of_plans(looks, own))
    canvas = Canvas(
        frame,
        titled(subject, claims, Names(looks, {}), lang),
        phrase("money_basis", lang) if divides else basis_of(panels, lang),
        rules=verdict_rules(money, frame),
        sources=sources(looks),
    )
    draw_panels(canvas, Parts(panels, alone, apart, looks, Beside.read(tables), tiles))
    plotted_rows = plotted(money, looks, frame)
    return canvas.finish(plotted_rows, told(panels, alone, apart, looks, frame), [c.record for c in claims])


def _divided(statements: Sequence[Statement], lang: Lang) -> tuple[list[Panel], list[Statement]]:
    """Return each ratio as the parts of one whole, and the shares that are set aside without a counterpart.

    Parts of a whole are what one ratio of a plan states: they begin at the same place of its text.
    """
    ratios: list[Panel] = []
    shares: list[Statement] = []

    def place(statement: Statement) -> tuple[str, int]:
        return statement.plan, statement.start

    comparable = [statement for statement in statements if statement.comparable is not None]
    in_order = sorted(comparable, key=lambda statement: (*place(statement), statement.indicator.key))
    for _, group in groupby(in_order, key=place):
        bars = [Bar(statement, named_in(statement.indicator.name[lang], lang)) for statement in group]
        if len(bars) == 1:
            shares += [bar.statement for bar in bars]
            continue
        starts = accumulate((bar.length for bar in bars), initial=0.0)
        parts = tuple(replace(bar, start=start) for bar, start in zip(bars, starts, strict=False))
        indicator = bars[0].statement.indicator
        ratios.append(Panel(phrase("divided", lang), indicator.unit[lang], indicator.definition[lang], parts))
    return ratios, shares


def _claims(money: Sequence[Statement], tables: Mapping[str, pl.DataFrame], looks: Looks) -> list[Claim]:
    """Return which plans name sums of their own, how many commitments say who pays, and what is passed on from above.

    The share that a superior document sets is no money of a plan.
    """
    own = tuple(sorted({s.plan for s in money if s.is_own_sum}))
    commitments = tables["rpt_statement"].filter("is_commitment")
    paid = commitments["payer"].len() - commitments["payer"].null_count()
    passed = [s for s in money if s.origin == "passed_on"]
    whose = tuple(sorted({s.plan for s in passed}))
    claims = [
        Claim("sums_named", own, how_much=len(own), of=len(looks)),
        Claim("payer_said", how_much=paid, of=commitments.height),
    ]
    return claims + ([Claim("passed_on", whose, how_much=len(passed))] if passed else [])
