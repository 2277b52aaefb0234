"""Plans in time: their periods and the deadlines of their targets, and the documents that they follow."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from types import MappingProxyType
from typing import Any

import polars as pl

from dagster_project.figures.canvas import (
    GREY,
    INK,
    RULE,
    Block,
    Canvas,
    Drawing,
    Frame,
    Stack,
    empty_figure,
    headed,
    height_of,
    hover_text,
    paragraph,
    text_width,
)
from dagster_project.figures.claims import Claim, Names, titled
from dagster_project.figures.plans import (
    FEW,
    MANY,
    PLAN_TABLES,
    Looks,
    PlanLook,
    are_apart,
    joined,
    named,
    plan_looks,
    sources,
)
from dagster_project.figures.spread import Dot, Spread, draw_blocks, spread_block
from dagster_project.figures.tiles import fitting_tiles, lost_plans, share_of_plans
from dagster_project.figures.words import Lang, phrase, quantity

TIMELINE_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "dim_plan": (*PLAN_TABLES["dim_plan"], "validity"),
    "fct_measure": (
        "measure_key", "plan_key", "kind", "value_text", "indicator_text_zh", "period_text", "period_end_year",
        "is_aspirational", "quote_zh", "char_start", "restates_measure_key",
    ),
}  # fmt: skip
CITATION_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    "rpt_citation": (
        "plan_key", "document_key", "title_zh", "document_number", "year", "role", "citations", "plan_count",
        "lag_years",
    ),
    "fct_citation": ("plan_key", "title_zh", "title_folded_zh", "document_number", "quote_zh", "char_start"),
}  # fmt: skip
_BEHIND = 200  # measures that a bar of many plans leads to
_HOVERED = 12  # targets that the hover of a deadline lists
# What is told of the documents that many plans follow, and in which unit: phrases.
_FOLLOWED = (("documents_of_plan", "unit_documents"), ("lag_of_plan", "unit_years"))
_SHARE_OF_DOCUMENTS = 0.4  # of the room of an image, below what many plans have in common
_LOWEST = 3.2  # height of the row of a plan at the least, times the size of the font

Row = dict[str, Any]


def draw_timeline(tables: Mapping[str, pl.DataFrame], frame: Frame) -> Drawing:
    """Draw the period of each plan and how many of its targets are due in which year.

    Args:
        tables: Marts with the columns of `TIMELINE_TABLES`.
        frame: Language and size.

    Returns:
        The figure; targets without a year and plans without a period are told in words beside it.
    """
    lang, size = frame.lang, frame.size
    looks = plan_looks(tables, lang)
    subject = phrase("timeline", lang)
    if not looks:
        return empty_figure(frame, subject, sources(looks))
    targets = (
        tables["fct_measure"]
        .filter((pl.col("kind") == "target") & pl.col("restates_measure_key").is_null())
        .sort("plan_key", "char_start", "measure_key")
        .to_dicts()
    )
    kind = "timeline" if len(looks) <= FEW else "timeline_many"
    claims = _timeline_claims(targets, looks)
    canvas = headed(frame, kind, titled(subject, claims, Names(looks, {}), lang), sources(looks))
    canvas.top += size.text * 0.8
    plans = sorted(tables["dim_plan"].to_dicts(), key=lambda plan: (_begin(plan), plan["plan_key"]))
    due: dict[str, dict[int, list[Row]]] = {plan["plan_key"]: {} for plan in plans}
    for target in sorted(targets, key=lambda row: row["period_end_year"] or 0):
        if target["period_end_year"] is not None:
            due[target["plan_key"]].setdefault(target["period_end_year"], []).append(target)
    parts_left = 0
    if len(looks) > FEW:
        parts_left = _draw_many(canvas, plans, due, targets, looks)
        plans = [plan for plan in plans if plan["plan_key"] in named(looks, frame.chosen)]
    foot = size.small * 1.8
    lowest = _lowest_row(canvas, [looks[plan["plan_key"]] for plan in plans])
    highest = max(size.text * 5.5, lowest)
    row_height = (
        highest if canvas.is_free else min(highest, max(lowest, (canvas.room - foot) / max(1, len(plans))))
    )
    shown = plans if canvas.is_free else plans[: max(1, int((canvas.room - foot) / row_height))]
    shown = [plan for plan in shown if canvas.may_show(plan["plan_key"])]
    canvas.show(plan["plan_key"] for plan in shown)
    top, notes = canvas.top, canvas.width * 0.22
    if shown:
        _draw_years(canvas, shown, due, looks, row_height, canvas.right - notes - size.text)
    for index, plan in enumerate(shown):
        told = _told(plan, [target for target in targets if target["plan_key"] == plan["plan_key"]], lang)
        block = paragraph(told, notes, size.small, most=3)
        canvas.top = top + row_height * (index + 0.5) - height_of(block, size.small) / 2
        canvas.place(block, canvas.right - notes, size.small, GREY)
    canvas.top = top + row_height * len(shown) + foot
    lost = lost_plans(looks, lang) if len(looks) >= MANY else 0
    canvas.more(parts_left, "more_parts", len(looks) - len(shown), "more_plans", lost, "as_said")
    alt = [
        looks[key].name
        + phrase("colon", lang)
        + joined((f"{phrase('due', lang, year)} {len(rows)}" for year, rows in years.items()), lang)
        for key, years in due.items()
        if years and (len(looks) <= FEW or key in frame.chosen)
    ]
    plotted = [row | {"plan": looks[row["plan_key"]].name} for row in targets]
    return canvas.finish(plotted, alt, [claim.record for claim in claims])


def _draw_many(
    canvas: Canvas, plans: Sequence[Row], due: Mapping[str, Mapping[int, Sequence[Row]]], targets: Sequence[Row],
    looks: Looks,
) -> int:  # fmt: skip
    """Draw of many plans when targets fall due and plans run, and how many of either each has; of hundreds, where.

    The rows of the chosen plans follow. Return how many parts have no room.
    """
    lang, columns = canvas.frame.lang, canvas.frame.size.columns[0]
    width = canvas.column_width(columns)
    chosen = [looks[plan] for plan in named(looks, canvas.frame.chosen)]
    bottom = canvas.bottom
    if chosen:
        canvas.bottom -= len(chosen) * _lowest_row(canvas, chosen) + 2 * canvas.frame.size.text
    stated: dict[str, list[Row]] = {plan["plan_key"]: [] for plan in plans}
    for target in targets:
        stated[target["plan_key"]].append(target)
    blocks = []
    if len(looks) >= MANY:
        dated = {
            plan: _keys(row for rows in own.values() for row in rows) for plan, own in due.items() if own
        }
        tiles = share_of_plans(looks, dated)
        share = 1.0 if columns > 1 else 0.5
        blocks += fitting_tiles(canvas, phrase("dated_in_provinces", lang), tiles, width, share)
    counts = Counter({year: 0 for own in due.values() for year in own})
    for own in due.values():
        counts.update({year: len(rows) for year, rows in own.items()})
    behind = {
        year: _keys(row for own in due.values() for row in own.get(year, ()))[:_BEHIND] for year in counts
    }
    spans = {key: look.years for key, look in looks.items() if look.years}
    running = Counter(year for start, end in spans.values() for year in range(start, end + 1))
    years = range(min([*counts, *running]), max([*counts, *running]) + 1) if counts or running else range(0)
    blocks += (
        [("due_targets", _histogram(canvas, "due_targets", counts, years, width, behind))] if counts else []
    )
    spreads = [
        _spread("targets_of_plan", "unit_targets", lang, {plan: len(rows) for plan, rows in stated.items()},
                {plan: _keys(rows) for plan, rows in stated.items()}),
        _spread("years_of_plan", "unit_years", lang, {key: end + 1 - start for key, (start, end) in spans.items()}),
    ]  # fmt: skip
    blocks += [(each.key, spread_block(canvas, each, looks, width)) for each in spreads if each.dots]
    blocks += (
        [("running_plans", _histogram(canvas, "running_plans", running, years, width, {}))] if running else []
    )
    left = draw_blocks(canvas, blocks, columns)
    canvas.bottom = bottom
    return left


def _keys(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row["measure_key"] for row in rows)


def _spread(
    key: str,
    unit: str,
    lang: Lang,
    values: Mapping[str, float],
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Spread:
    """Return how a value is spread over plans; its name and its unit are phrases."""
    dots = (
        Dot(plan, value, quantity(value, phrase(unit, lang), lang, 3), keys.get(plan, ()))
        for plan, value in values.items()
    )
    return Spread.of(key, phrase(key, lang), phrase(unit, lang), dots)


def _apart(counts: Mapping[int, int], years: float) -> set[int]:
    """Return the years whose bars are numbered: the highest first, each so many years from the next."""
    kept: set[int] = set()
    for year in sorted(counts, key=lambda year: (-counts[year], year)):
        if counts[year] and all(abs(year - other) >= years for other in kept):
            kept.add(year)
    return kept


def _histogram(
    canvas: Canvas, name: str, counts: Mapping[int, int], years: Sequence[int], width: float,
    behind: Mapping[int, tuple[str, ...]],
) -> Block:  # fmt: skip
    """Return how many of something there are in each year as a block of a width; its name is a phrase."""
    lang, size = canvas.frame.lang, canvas.frame.size
    heading = paragraph(phrase(name, lang), width, size.head, "font-weight:bold")
    above, high, below = height_of(heading, size.head) + size.text * 1.6, size.text * 5, size.small * 1.8
    ticked = years[:: max(1, math.ceil(len(years) * 3.4 * size.small / width))]
    numbered = _apart(counts, len(years) * text_width(str(max(counts.values())), size.small) * 1.2 / width)

    def draw(left: float, _right: float) -> None:
        canvas.place(heading, left, size.head)
        canvas.top += above
        axes = canvas.axes(
            left, left + width, high,
            {"range": [years[0] - 0.6, years[-1] + 0.6], "tickvals": list(ticked),
             "ticktext": [str(year) for year in ticked], "showgrid": False,
             "tickfont": {"size": size.small, "color": GREY}, "tickangle": 0},
            {"range": [0, max(counts.values())], "showticklabels": False},
        )  # fmt: skip
        canvas.trace(
            "bar", x=list(years), y=[counts.get(year, 0) for year in years], width=0.7,
            marker={"color": "#0072B2" if behind else "#8CC4E8"}, showlegend=False,
            text=[str(counts[year]) if year in numbered else "" for year in years],
            textposition="outside", cliponaxis=False, textangle=0, constraintext="none",
            textfont={"size": size.small, "color": INK}, name=name, hoverinfo="skip",
            customdata=[list(behind.get(year, ())) for year in years] if behind else None, **axes,
        )  # fmt: skip
        canvas.top += below

    return Block(above + high + below, draw)


def _draw_years(
    canvas: Canvas, plans: Sequence[Row], due: Mapping[str, Mapping[int, Sequence[Row]]], looks: Looks,
    row_height: float, right: float,
) -> None:  # fmt: skip
    """Draw the rows of the plans on an axis of years that ends at an edge."""
    lang, size = canvas.frame.lang, canvas.frame.size
    years = [year for plan in plans for year in due[plan["plan_key"]]]
    years += [
        plan[key]
        for plan in plans
        for key in ("period_start_year", "period_end_year")
        if plan[key] is not None
    ]
    years += [plan["issued_on"].year for plan in plans if plan["issued_on"]]
    years += [math.ceil(until) - 1 for plan in plans if (until := _valid_until(plan))]
    first, last = (min(years), max(years)) if years else (0, 0)
    left, height = canvas.left + _names_width(canvas), row_height * len(plans)
    centres = [row_height * (index + 0.5) for index in range(len(plans))]
    labels = [_label(canvas, looks[plan["plan_key"]]) for plan in plans]
    step = max(1, math.ceil((last - first + 1) * 3.2 * size.small / (right - left)))
    named = range(first, last + 1, step) if years else range(0)
    axes = canvas.axes(
        left,
        right,
        height,
        {"range": [first - 0.1, last + 1.1], "tickvals": [year + 0.5 for year in named],
         "ticktext": [str(year) for year in named], "tickfont": {"size": size.small, "color": GREY},
         "showgrid": False},
        {"range": [height, 0], "tickvals": centres, "ticktext": labels, "tickfont": {"size": size.text},
         "ticklabelstandoff": 8},
    )  # fmt: skip
    shared = {"showlegend": False, "cliponaxis": False, "hoverinfo": "text", **axes}
    starts = [year for year in range(first, last + 2) if years]
    canvas.trace(
        "scatter", x=[at for year in starts for at in (year, year, None)], y=[0, height, None] * len(starts),
        mode="lines", line={"color": RULE, "width": 1}, name="years", **shared | {"hoverinfo": "skip"},
    )  # fmt: skip
    largest = min(row_height * 0.62, (right - left) / (last - first + 1.2) * 0.8)
    most = max((len(rows) for own in due.values() for rows in own.values()), default=1)
    for plan, centre in zip(plans, centres, strict=True):
        look, own = looks[plan["plan_key"]], due[plan["plan_key"]]
        _draw_plan(canvas, plan, look, centre, row_height, shared)
        if own:
            canvas.trace(
                "scatter", x=[year + 0.5 for year in own], y=[centre] * len(own), mode="markers+text",
                text=[f"<b>{len(rows)}</b>" for rows in own.values()], textfont={"size": size.text, "color": INK},
                marker={
                    "size": [max(size.text * 1.9, largest * math.sqrt(len(rows) / most)) for rows in own.values()],
                    "color": "white", "opacity": 1, "line": {"color": look.colour, "width": 2.5},
                },
                name=f"{plan['plan_key']} deadlines",
                customdata=[[row["measure_key"] for row in rows] for rows in own.values()],
                hovertext=[_due_hover(look.name, year, rows, lang) for year, rows in own.items()], **shared,
            )  # fmt: skip


def _names_width(canvas: Canvas) -> float:
    return canvas.width * 0.17


def _label(canvas: Canvas, look: PlanLook) -> str:
    size = canvas.frame.size
    return f"{paragraph(look.name, _names_width(canvas) - 2.4 * size.text, size.text, most=3)} {look.badge}"


def _lowest_row(canvas: Canvas, looks: Iterable[PlanLook]) -> float:
    """Return the least height of the row of a plan, in which the longest of their names has room."""
    text = canvas.frame.size.text
    return max([_LOWEST * text, *(height_of(_label(canvas, look), text) + 0.4 * text for look in looks)])


def _told(plan: Row, targets: Sequence[Row], lang: Lang) -> str:
    """Return what stands beside the row of a plan: how many targets, and what has no place on the axis."""
    undated = sum(target["period_end_year"] is None for target in targets)
    lines = [phrase("targets_count", lang, len(targets))]
    lines += [phrase("undated_of_plan", lang, undated)] if undated else []
    if plan["period_start_year"] is None or plan["period_end_year"] is None:
        lines.append(phrase("no_period", lang))
        if plan["validity"]:
            valid = phrase("validity", lang, _validity_told(plan["validity"], lang))
            lines.append(phrase("validity_drawn", lang, valid) if _valid_until(plan) else valid)
    return phrase("dot", lang).join(lines)


def _begin(plan: Row) -> int:
    """Return the year that a plan is sorted by."""
    return int(plan["period_start_year"] or (plan["issued_on"].year if plan["issued_on"] else 9999))


_VALID_FOR = re.compile(r"(?P<number>[0-9]{1,2}|[一二两三四五六七八九十]{1,3}) ?(?P<unit>年|个月)$")
_VALID_UNTIL = re.compile(
    r"[至到]?(?P<year>[0-9]{4})年(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?)?底?$"
)
_DIGITS = {"": 0, "两": 2} | {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}


def _count(numeral: str) -> int:
    """Return the number of Arabic digits or of a Chinese numeral below a hundred: 二十四."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS[tens] or 1) * 10 + _DIGITS[ones] if ten else _DIGITS[ones]


def _validity_told(validity: str, lang: Lang) -> str:
    """Return how long a plan is in force, 五年 or 至2026年12月31日; words of another form as they are printed."""
    if match := _VALID_FOR.match(validity):
        code = "validity_years" if match["unit"] == "年" else "validity_months"
        return phrase(code, lang, match["number"] if lang == "zh" else _count(match["number"]))
    if match := _VALID_UNTIL.match(validity):
        printed = "-".join(f"{int(part):02}" for part in match.groups() if part)
        return phrase("validity_until", lang, validity.lstrip("至到") if lang == "zh" else printed)
    return phrase("validity_quoted", lang, validity)


def _at(day: date) -> float:
    """Return where a day stands on an axis of years."""
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _valid_until(plan: Row) -> float | None:
    """Return where on an axis of years a plan without a period ends to be in force; None where that is not known."""
    if not plan["validity"] or not plan["issued_on"] or plan["period_end_year"] is not None:
        return None
    if match := _VALID_FOR.match(plan["validity"]):
        return _at(plan["issued_on"]) + _count(match["number"]) / (1 if match["unit"] == "年" else 12)
    if match := _VALID_UNTIL.match(plan["validity"]):
        return int(match["year"]) + int(match["month"] or 12) / 12
    return None


def _draw_plan(
    canvas: Canvas, plan: Row, look: PlanLook, centre: float, row_height: float, shared: Mapping[str, Any]
) -> None:
    """Draw the period of a plan as a bar and its day of issue as a stroke."""
    lang, name, colour = canvas.frame.lang, look.name, look.colour
    start, end = plan["period_start_year"], plan["period_end_year"]
    if start is not None and end is not None:
        canvas.trace(
            "bar", x=[end + 1 - start], base=[start], y=[centre], orientation="h", width=row_height * 0.34,
            marker={"color": colour, "opacity": 0.45, "line": {"color": colour, "width": 1}},
            name=f"{plan['plan_key']} period", hovertext=[hover_text([f"{name}: {start}–{end}"])], **shared,
        )  # fmt: skip
    if until := _valid_until(plan):
        issued = _at(plan["issued_on"])
        valid = phrase("validity", lang, _validity_told(plan["validity"], lang))
        canvas.trace(
            "bar", x=[until - issued], base=[issued], y=[centre], orientation="h", width=row_height * 0.34,
            marker={"color": "white", "line": {"color": colour, "width": 1.5}}, name=f"{plan['plan_key']} validity",
            hovertext=[hover_text([f"{name}: {valid}"])], **shared,
        )  # fmt: skip
    if plan["issued_on"]:
        day = plan["issued_on"]
        at = _at(day)
        line = f"{name} {phrase('issued', lang)}{phrase('colon', lang)}{phrase('date', lang, day)}"
        canvas.trace(
            "scatter", x=[at, at], y=[centre - row_height * 0.3, centre + row_height * 0.3], mode="lines",
            line={"color": INK, "width": 2}, name=f"{plan['plan_key']} issued", hovertext=hover_text([line]), **shared,
        )  # fmt: skip


def _due_hover(name: str, year: int, rows: Sequence[Row], lang: Lang) -> str:
    """Return the targets of a deadline, as the plan words them."""
    lines = [
        f"{row['indicator_text_zh']}{phrase('colon', lang)}{row['value_text']}" for row in rows[:_HOVERED]
    ]
    head = f"{name}{phrase('colon', lang)}{phrase('due', lang, year)}, {phrase('targets_count', lang, len(rows))}"
    return hover_text([head, *lines, *(["…"] if len(rows) > _HOVERED else [])])


def _timeline_claims(targets: Sequence[Row], looks: Looks) -> list[Claim]:
    """Return the year that most targets fall due in, how many say none, and which plans have no target.

    Of few plans it is said where the periods of two have no year in common: what is due in one was over in the other.
    """
    if not targets:
        return [Claim("nothing_due", of=len(looks))]
    years = Counter(row["period_end_year"] for row in targets if row["period_end_year"] is not None)
    undated = len(targets) - years.total()
    if not years:
        return [Claim("none_due", of=len(targets))]
    most = max(years.values())
    busiest = [year for year, count in years.items() if count == most]
    claims = []
    if len(busiest) == 1:
        who = {row["plan_key"] for row in targets if row["period_end_year"] == busiest[0]}
        claims.append(Claim("due_most", tuple(sorted(who)), how_much=most, of=len(targets), by=busiest[0]))
    else:
        claims.append(Claim("due_last", how_much=years[max(years)], of=len(targets), by=max(years)))
    claims += [Claim("undated_targets", how_much=undated)] if undated else []
    aiming = {row["plan_key"] for row in targets}
    silent = tuple(key for key in looks if key not in aiming)
    claims += [Claim("no_targets", silent, how_much=len(silent))] if silent else []
    return claims + ([Claim("periods_apart")] if len(looks) <= FEW and are_apart(looks.values()) else [])


def draw_citations(tables: Mapping[str, pl.DataFrame], frame: Frame) -> Drawing:
    """Draw the documents that the plans cite, and how many years a plan comes after each.

    Args:
        tables: Marts with the columns of `CITATION_TABLES`.
        frame: Language and size.

    Returns:
        The figure: documents that more than one plan cites come first; those without a year stand apart.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    documents = _documents(tables, looks)
    if not documents:
        return empty_figure(frame, phrase("citations", lang), sources(looks))
    lags = [row["lag_years"] for rows in documents for row in rows if row["lag_years"] is not None]
    shared = sum(len(rows) > 1 for rows in documents)
    claims = _citation_claims(documents, lags, len(looks))
    titles = {rows[0]["document_key"]: f"《{rows[0]['title']}》" for rows in documents}
    # Titles of documents are long: more than one are counted.
    names = Names(looks, titles, "several_documents", most=1)
    title = titled(phrase("citations", lang), claims, names, lang)
    kind = "citation" if len(looks) <= FEW else "citation_many"
    canvas = headed(frame, kind, title, sources(looks), phrase("citation_rule", lang))
    canvas.key((look.badge, look.name) for look in named(looks, frame.chosen).values())
    parts_left = _draw_followers(canvas, documents, looks) if len(looks) > FEW else 0
    shown = _draw_documents(canvas, documents, lags, looks)
    lost = lost_plans(looks, lang) if len(looks) >= MANY else 0
    canvas.more(parts_left, "more_parts", len(documents) - shown, "more_documents", lost, "as_said")
    alt = [f"《{rows[0]['title']}》{phrase('cited_by', lang, len(rows))}" for rows in documents[:shared]]
    plotted = [row for rows in documents for row in rows]
    return canvas.finish(plotted, alt, [claim.record for claim in claims])


def _citation_claims(documents: Sequence[Sequence[Row]], lags: Sequence[int], plans: int) -> list[Claim]:
    """Return which document most plans cite, how many only one cites, and how long after them a plan comes."""
    most = max(len(rows) for rows in documents)
    alone = sum(len(rows) == 1 for rows in documents)
    if most == 1:
        claims = [Claim("none_shared", how_much=len(documents))]
    else:
        shared = tuple(rows[0]["document_key"] for rows in documents if len(rows) == most)
        says = "most_shared" if len(shared) == 1 else "most_shared_each"
        claims = [Claim(says, what=shared, how_much=most, of=plans)]
        claims += [Claim("cited_once", how_much=alone, of=len(documents))] if alone else []
    return claims + ([Claim("median_lag", how_much=float(median(lags)))] if lags else [])


def _draw_followers(canvas: Canvas, documents: Sequence[Sequence[Row]], looks: Looks) -> int:
    """Draw of many plans how many documents each follows, and how soon; of hundreds, where the most cited is cited.

    A part of the room of an image is left to the documents. Return how many parts have no room.
    """
    lang, size = canvas.frame.lang, canvas.frame.size
    columns = len(_FOLLOWED) if size.columns[0] > 1 or canvas.is_free else 1
    width = canvas.column_width(columns)
    lags: dict[str, list[int]] = {}
    cited: Counter[str] = Counter(dict.fromkeys(looks, 0))
    for row in (row for rows in documents for row in rows):
        cited[row["plan_key"]] += 1
        if row["lag_years"] is not None:
            lags.setdefault(row["plan_key"], []).append(row["lag_years"])
    values: Sequence[Mapping[str, float]] = (cited, {plan: float(median(own)) for plan, own in lags.items()})
    spreads = [_spread(*names, lang, each) for names, each in zip(_FOLLOWED, values, strict=True) if each]
    blocks = [(each.key, spread_block(canvas, each, looks, width)) for each in spreads]
    bottom = canvas.bottom
    canvas.bottom -= 0 if canvas.is_free else canvas.room * (_SHARE_OF_DOCUMENTS if columns > 1 else 0.5)
    if len(looks) >= MANY:
        first = documents[0]
        citing = {row["plan_key"]: () for row in first}
        name = phrase("cited_in_provinces", lang, first[0]["title"])
        blocks = fitting_tiles(canvas, name, share_of_plans(looks, citing), width, 0.9) + blocks
    left = draw_blocks(canvas, blocks, columns)
    canvas.bottom = bottom
    return left


def _draw_documents(
    canvas: Canvas, documents: Sequence[Sequence[Row]], lags: Sequence[int], looks: Looks
) -> int:
    """Draw the documents as far as there is room for them, on an axis of lags; return how many those are."""
    lang, size = canvas.frame.lang, canvas.frame.size
    names, foot = canvas.width * 0.52, size.small * 1.6
    stack, labels = Stack(), []
    for rows in documents:
        if not canvas.may_show(rows[0]["document_key"]):
            break
        text = " ".join(filter(None, (f"《{rows[0]['title']}》", rows[0]["document_number"])))
        style = "font-weight:bold" if len(rows) > 1 else ""
        label = paragraph(text, names - size.text, size.text, style, 2)
        if not stack.add(height_of(label, size.text) + size.text * 0.7, canvas.room - foot):
            break
        labels.append(label)
    canvas.show(rows[0]["document_key"] for rows in documents[: len(labels)])
    first, last = (min(*lags, 0), max(*lags, 1)) if lags else (0, 1)
    # Documents without a year stand before the first one, so far off that the names of the ticks stay apart.
    apart = text_width(phrase("no_year", lang), size.small) + 2 * size.small
    unknown = first - max(1.5, apart * (last - first + 3) / (canvas.width - names - size.text))
    ticks = list(range(first, last + 1, max(1, math.ceil((last - first + 1) / 8))))
    axes = canvas.axes(
        canvas.left + names,
        canvas.right - size.text,
        stack.bottom,
        {"range": [unknown - 0.8, last + 0.5], "tickvals": [unknown, *ticks],
         "ticktext": [phrase("no_year", lang), *(phrase("lag", lang, tick) for tick in ticks)], "gridcolor": RULE,
         "tickfont": {"size": size.small, "color": GREY}, "tickangle": 0},
        {"range": [stack.bottom, 0], "tickvals": stack.centres, "ticktext": labels, "tickfont": {"size": size.text},
         "ticklabelstandoff": 8},
    )  # fmt: skip
    for rows, centre in zip(documents, stack.centres, strict=False):
        _draw_lags(canvas, rows, centre, unknown, looks, axes)
    canvas.top += foot
    return len(labels)


def _documents(tables: Mapping[str, pl.DataFrame], looks: Looks) -> list[list[Row]]:
    """Return for each document how each plan cites it: shared documents first, then the newest.

    A document is told by its title in simplified characters; ``title_zh`` is as the plan prints it.
    """
    quotes: dict[tuple[str, str], str] = {}
    folded = dict(tables["fct_citation"].select("title_zh", "title_folded_zh").iter_rows())
    for row in tables["fct_citation"].sort("plan_key", "char_start").iter_rows(named=True):
        for name in filter(None, (row["document_number"], row["title_zh"])):
            quotes.setdefault((row["plan_key"], name), row["quote_zh"])
    documents: dict[str, list[Row]] = {}
    for row in tables["rpt_citation"].sort("document_key", "plan_key").iter_rows(named=True):
        quote = quotes.get((row["plan_key"], row["document_number"] or row["title_zh"]))
        title = folded.get(row["title_zh"], row["title_zh"])
        cited = row | {"plan": looks[row["plan_key"]].name, "title": title, "quote_zh": quote}
        documents.setdefault(row["document_key"], []).append(cited)
    return sorted(documents.values(), key=lambda rows: (-len(rows), -(rows[0]["year"] or 0)))


def _draw_lags(
    canvas: Canvas, rows: Sequence[Row], centre: float, unknown: float, looks: Looks, axes: Mapping[str, str]
) -> None:
    """Draw a mark for each plan that cites a document; many plans with one lag have one mark, with their number."""
    size = canvas.frame.size
    if len(looks) > FEW:
        _draw_counts(canvas, rows, centre, unknown, axes)
        rows = [row for row in rows if row["plan_key"] in canvas.frame.chosen]
    taken: Counter[float] = Counter()
    for row in rows:
        look = looks[row["plan_key"]]
        at = unknown if row["lag_years"] is None else float(row["lag_years"])
        # Plans with the same lag stand side by side.
        offset = taken[at] * 0.25
        taken[at] += 1
        canvas.trace(
            "scatter", x=[at + offset], y=[centre], mode="markers", showlegend=False, cliponaxis=False,
            marker={"symbol": look.marker, "size": size.text * 0.85, "line": {"color": look.colour, "width": 2},
                    "color": look.colour if row["role"] == "basis" else "white"},
            name=f"{row['plan_key']} {row['document_key']}", hoverinfo="text",
            hovertext=[_citation_hover(row, canvas.frame)], **axes,
        )  # fmt: skip


def _draw_counts(
    canvas: Canvas, rows: Sequence[Row], centre: float, unknown: float, axes: Mapping[str, str]
) -> None:
    """Draw how many plans cite a document how many years after it."""
    size = canvas.frame.size
    counts = Counter(unknown if row["lag_years"] is None else float(row["lag_years"]) for row in rows)
    canvas.trace(
        "scatter", x=list(counts), y=[centre] * len(counts), mode="markers+text", showlegend=False, cliponaxis=False,
        text=[str(count) for count in counts.values()], textfont={"size": size.small, "color": INK},
        marker={"symbol": "circle", "color": "#E3EEF6", "line": {"color": GREY, "width": 1},
                "size": [size.text * (1.1 + 0.25 * len(str(count))) for count in counts.values()]},
        name=f"{rows[0]['document_key']} plans", hoverinfo="text",
        hovertext=[hover_text([phrase("cited_by", canvas.frame.lang, count)]) for count in counts.values()], **axes,
    )  # fmt: skip


def _citation_hover(row: Row, frame: Frame) -> str:
    """Return who cites what, how, and in which sentence."""
    lang = frame.lang
    what = " ".join(filter(None, (f"《{row['title_zh']}》", row["document_number"])))
    how = [frame.codes.name("citation_role", row["role"], lang), phrase("cited_by", lang, row["plan_count"])]
    quote = [phrase("quote", lang) + phrase("colon", lang) + row["quote_zh"]] if row["quote_zh"] else []
    return hover_text([row["plan"] + phrase("colon", lang) + what, phrase("dot", lang).join(how), *quote])
