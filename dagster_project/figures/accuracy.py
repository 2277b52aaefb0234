"""How much of what the pipeline reads is right."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dagster_project.figures.canvas import INK, Block, Canvas, Drawing, Frame, empty_figure, headed
from dagster_project.figures.claims import Claim, Names, titled
from dagster_project.figures.grid import Cell, Head, draw_grid, plan_heads
from dagster_project.figures.plans import FEW, MANY, PLAN_TABLES, Looks, named, plan_looks, sources
from dagster_project.figures.spread import Dot, Spread, draw_blocks, spread_block
from dagster_project.figures.tiles import fitting_tiles, lost_plans, share_of_plans
from dagster_project.figures.words import Lang, phrase

ACCURACY_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "audit_accuracy": ("plan_key", "field", "assessed", "right", "status"),
    "audit_unseen": ("set_key", "set_order", "name_zh", "name_en", "texts", "measures", "field", "share"),
}  # fmt: skip
_LEAST = 8  # lines of text that the plans need below the unseen texts, to be begun with
_SHARE_OF_TILES = 0.5  # of the room of an image
_ASSESSED = "assessed"  # the part of a figure that tells of the plans
_SHADES = (1.0, 0.95, 0.8)  # a share of at least one of these has its shade


@dataclass(frozen=True, slots=True)
class Score:
    """How many answers were compared with a reading by hand, and how many of them are right."""

    right: int
    assessed: int

    @property
    def share(self) -> float:
        """Of right answers, from 0 to 1."""
        return self.right / self.assessed

    def cell(self, lines: tuple[str, ...], lang: Lang) -> Cell:
        """Return the cell that shows it, with what its hover says before."""
        text = phrase("of", lang, self.right, self.assessed)
        if not self.assessed:
            return Cell("–", 4, (*lines, text))
        shade = next((n for n, least in enumerate(_SHADES) if self.share >= least), len(_SHADES))
        return Cell(_percent(self.share, lang), shade, (*lines, text))


@dataclass(frozen=True, slots=True)
class _Above:
    """What stands above the plans: canvas, rows for the CSV, sentences, what had no room, and claims of the title."""

    canvas: Canvas
    rows: Sequence[Mapping[str, Any]]
    told: Sequence[str]
    left: Sequence[int | str]
    claims: Sequence[Mapping[str, Any]]


def draw_accuracy(tables: Mapping[str, pl.DataFrame], frame: Frame) -> Drawing:
    """Draw how many answers of the pipeline are right: on texts not seen before, and on plans with a reading by hand.

    Args:
        tables: Marts with the columns of `ACCURACY_TABLES`.
        frame: Language and size.

    Returns:
        The figure: first the unseen texts, set by set, which say what to expect of a new plan; below them, as far as
        there is room, the plans. One without a reference reading is shown as not assessed.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    answers = {(row["plan_key"], row["field"]): row for row in tables["audit_accuracy"].iter_rows(named=True)}
    unseen = tables["audit_unseen"].sort("set_order", "field")
    if not looks or (not answers and unseen.is_empty()):
        return empty_figure(frame, phrase("accuracy", lang), sources(looks))
    if unseen.is_empty():
        return _draw_assessed(answers, looks, frame)
    fields = {field: frame.codes.name("unseen_field", field, lang) for field in _means(unseen)}
    claims = _unseen_claims(unseen, lang)
    title = titled(phrase("accuracy", lang), claims, Names(looks, fields, "several_fields"), lang)
    canvas = headed(frame, "accuracy", title, sources(looks))
    records = [claim.record for claim in claims]
    told, left = _draw_unseen(canvas, unseen)
    rows = [row | {"plan_key": None} for row in unseen.to_dicts()]
    if not answers:
        canvas.more(*left)
        return canvas.finish(rows, told, records)
    canvas.top += frame.size.text * 0.8
    return _draw_assessed(answers, looks, frame, _Above(canvas, rows, told, left, records))


def _unseen_claims(unseen: pl.DataFrame, lang: Lang) -> list[Claim]:
    """Return how much is found in texts not seen before, from the worst set to the best, and which field is weakest."""
    found = unseen.filter(field="f1")["share"]
    sets = unseen.unique("set_key")
    texts, measures = int(sets["texts"].sum()), int(sets["measures"].sum())
    claims = []
    if len(found):
        low, high = float(found.min()), float(found.max())  # type: ignore[arg-type]
        told = f"{_percent(low, lang)}–{_percent(high, lang)}"
        claims.append(Claim("unseen_found", how_much=measures, of=texts, value=told))
    means = _means(unseen.filter(pl.col("field") != "f1"))
    if means:
        field = min(means, key=lambda name: (means[name], name))
        claims.append(
            Claim("weakest", what=(field,), how_much=means[field], value=_percent(means[field], lang))
        )
    return claims


def _means(unseen: pl.DataFrame) -> dict[str, float]:
    """Return the mean share of each field over the sets that were scored in it, each by its measures."""
    weighted = unseen.group_by("field").agg(
        share=(pl.col("share") * pl.col("measures")).sum() / pl.col("measures").sum()
    )
    return dict(weighted.select("field", "share").iter_rows())


def _draw_unseen(canvas: Canvas, unseen: pl.DataFrame) -> tuple[list[str], tuple[int | str, ...]]:
    """Draw the sets of unseen texts side by side, after the mean of all; return them as sentences, and what is left."""
    frame, lang = canvas.frame, canvas.frame.lang
    canvas.text(phrase("unseen", lang), frame.size.head, INK, "font-weight:bold")
    sets = unseen.unique("set_key", maintain_order=True)
    shares = {(row["set_key"], row["field"]): row["share"] for row in unseen.iter_rows(named=True)}
    means = _means(unseen)
    fields = frame.codes.ordered("unseen_field", means)
    names = {field: frame.codes.name("unseen_field", field, lang) for field in fields}
    heads = [Head(phrase("unseen_all", lang, int(sets["measures"].sum())), is_bold=True)]
    heads += [
        Head(phrase("noted", lang, row[f"name_{lang}"], row["measures"]))
        for row in sets.iter_rows(named=True)
    ]
    grid = [
        [_share_cell(means[field], names[field], lang)]
        + [_share_cell(shares.get((key, field)), names[field], lang) for key in sets["set_key"]]
        for field in fields
    ]
    rows_left, sets_left = draw_grid(canvas, "unseen", [Head(names[field]) for field in fields], heads, grid)
    told = [f"{names[field]}{phrase('colon', lang)}{_percent(means[field], lang)}" for field in fields]
    return told, (rows_left, "more_rows", sets_left, "more_sets")


def _share_cell(share: float | None, name: str, lang: Lang) -> Cell:
    if share is None:
        return Cell("–", 4, (name,))
    shade = next((n for n, least in enumerate(_SHADES) if share >= least), len(_SHADES))
    return Cell(_percent(share, lang), shade, (name,))


def _draw_assessed(
    answers: Mapping[tuple[str, str], Mapping[str, Any]],
    looks: Looks,
    frame: Frame,
    above: _Above | None = None,
) -> Drawing:
    """Draw how many answers are right of the plans with a reading by hand, below what is on a canvas."""
    lang = frame.lang
    rows, told, left = (above.rows, above.told, above.left) if above else ([], [], ())
    names = _fields(answers, frame)
    scores = {
        key: Score(row["right"] or 0, row["assessed"])
        for key, row in answers.items()
        if row["status"] == "assessed"
    }
    totals = _totals(scores, names)
    plans = {plan for (plan, _), score in scores.items() if score.assessed}
    claims = _claims(totals, len(plans), lang)
    title = titled(phrase("accuracy", lang), claims, Names(looks, names, "several_fields"), lang)
    canvas = above.canvas if above else headed(frame, "accuracy", title, sources(looks))
    records = above.claims if above else [claim.record for claim in claims]
    if above:
        canvas.text(phrase("seen", lang, title), frame.size.head, INK, "font-weight:bold")
        if not totals and len(looks) > FEW:  # nothing but the heading that says so
            canvas.more(*left)
            return canvas.finish([*rows, *_plotted(answers, names, looks)], told, records)
        if canvas.room < _LEAST * frame.size.text or not canvas.may_show(_ASSESSED):
            canvas.more(*left, len(names), "more_fields")
            return canvas.finish([*rows, *_plotted(answers, names, looks)], told, records)
        canvas.show([_ASSESSED])
    columns = [(phrase("all_plans", lang), totals)]
    # Of many plans only those with a reading by hand have a column; of many such plans the chosen ones.
    shown = {p: look for p, look in looks.items() if len(looks) <= FEW or p in plans}
    parts_left = 0
    if len(looks) > FEW:
        shown = named(shown, frame.chosen)
        parts_left = _draw_many(canvas, scores, names, plans, looks)
    columns += [
        (look.name, {field: score for (key, field), score in scores.items() if key == plan})
        for plan, look in shown.items()
    ]
    grid = [
        [_cell(of_plan.get(field), (name, plan), frame) for plan, of_plan in columns]
        for field, name in names.items()
    ]
    heads = [Head(phrase("all_plans", lang)), *plan_heads(shown)]
    rows_left, plans_left = draw_grid(
        canvas, "share right", [Head(name) for name in names.values()], heads, grid
    )
    lost = lost_plans(looks, lang) if len(looks) >= MANY else 0
    plans_left += len(looks) - len(shown)
    canvas.more(
        *left, parts_left, "more_parts", rows_left, "more_fields", plans_left, "more_plans", lost, "as_said"
    )
    alt = [
        f"{names[field]}{phrase('colon', lang)}{_percent(score.share, lang)}"
        for field, score in totals.items()
    ]
    return canvas.finish([*rows, *_plotted(answers, names, looks)], [*told, *alt], records)


def _draw_many(
    canvas: Canvas,
    scores: Mapping[tuple[str, str], Score],
    names: Mapping[str, str],
    plans: Collection[str],
    looks: Looks,
) -> int:
    """Draw how the share of right answers is spread over many plans with a reading; of hundreds, where these are.

    Told of are the first field and the one that is right least often. Return how many parts have no room.
    """
    lang, columns = canvas.frame.lang, max(canvas.frame.size.columns[0], 1 + canvas.is_free)
    width = canvas.column_width(columns)
    blocks: list[tuple[str, Block]] = []
    if plans and len(looks) >= MANY:
        read: dict[str, tuple[str, ...]] = dict.fromkeys(plans, ())
        name = phrase("read_in_provinces", lang)
        blocks += fitting_tiles(canvas, name, share_of_plans(looks, read), width, _SHARE_OF_TILES)
    totals = _totals(scores, names)
    told = (
        dict.fromkeys([next(iter(totals)), min(totals, key=lambda field: totals[field].share)])
        if totals
        else {}
    )
    for field in told if len(plans) > FEW else ():
        dots = (
            Dot(plan, 100 * score.share, _percent(score.share, lang))
            for (plan, name), score in scores.items() if name == field and score.assessed
        )  # fmt: skip
        spread = Spread.of(field, names[field], "%", dots)
        blocks.append((field, spread_block(canvas, spread, looks, width, 100.0)))
    return draw_blocks(canvas, blocks, columns)


def _fields(answers: Mapping[tuple[str, str], object], frame: Frame) -> dict[str, str]:
    """Return the names of the fields that were compared, in their order."""
    fields = frame.codes.ordered("accuracy_field", (field for _, field in answers))
    return {field: frame.codes.name("accuracy_field", field, frame.lang) for field in fields}


def _totals(scores: Mapping[tuple[str, str], Score], fields: Mapping[str, str]) -> dict[str, Score]:
    """Return the score of each field over all plans, if any plan was assessed in it."""
    totals = {}
    for field in fields:
        of_field = [score for (_, name), score in scores.items() if name == field]
        total = Score(sum(s.right for s in of_field), sum(s.assessed for s in of_field))
        if total.assessed:
            totals[field] = total
    return totals


def _claims(totals: Mapping[str, Score], plans: int, lang: Lang) -> list[Claim]:
    """Return whether all is right, or what is right least often.

    Args:
        totals: Scores over all plans by field.
        plans: How many were assessed.
        lang: The language.
    """
    if not totals:
        return [Claim("none_assessed")]
    worst = min(score.share for score in totals.values())
    right = sum(score.share == 1 for score in totals.values())
    if worst == 1:
        return [Claim("all_right", how_much=right, of=plans)]
    weakest = tuple(field for field, score in totals.items() if score.share == worst)
    return [
        Claim("wholly_right", how_much=right, of=len(totals)),
        Claim("weakest", what=weakest, how_much=worst, value=_percent(worst, lang)),
    ]


def _cell(score: Score | None, lines: tuple[str, ...], frame: Frame) -> Cell:
    if score is None:
        name = frame.codes.name("accuracy_status", "not assessed", frame.lang)
        return Cell(name, 4, (*lines, name))
    return score.cell(lines, frame.lang)


def _plotted(
    answers: Mapping[tuple[str, str], Mapping[str, Any]], names: Mapping[str, str], looks: Looks
) -> list[dict[str, Any]]:
    """Return what the CSV tells."""
    plotted = []
    for field, name in names.items():
        for plan, look in looks.items():
            row = answers.get((plan, field), {})
            counts = {column: row.get(column) for column in ("assessed", "right", "status")}
            plotted.append({"plan_key": plan, "plan": look.name, "field": field, "field_name": name} | counts)
    return plotted


def _percent(share: float, lang: Lang) -> str:
    """Return a share in percent; one that is not quite 1 never reads as 100 %."""
    text = f"{share * 100:.0f}" if share == 1 or share < 0.995 else f"{share * 100:.1f}"
    return phrase("percent", lang, "99.9" if share < 1 and text.startswith("100") else text)
