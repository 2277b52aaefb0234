"""Who gets how much for what: every award on one scale of money, with its cap."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dagster_project.figures.canvas import (
    GREY,
    RULE,
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
from dagster_project.figures.comparison import (
    COMPARISON_TABLES,
    Beside,
    Parts,
    basis_of,
    draw_panels,
    not_comparable,
    panels_of,
    told,
    verdict_rules,
)
from dagster_project.figures.plans import FEW, MANY, Looks, plan_looks, sources
from dagster_project.figures.statements import first_said, keys_by_plan, read_statements
from dagster_project.figures.tiles import share_of_plans
from dagster_project.figures.words import (
    COMPARATORS,
    Lang,
    award,
    named_in,
    number,
    phrase,
    quantity,
    short_name,
    within,
)

INCENTIVE_TABLES: Mapping[str, tuple[str, ...]] = {
    **{table: columns for table, columns in COMPARISON_TABLES.items() if table != "dim_theme"},
    "rpt_incentive": (
        "measure_key", "plan_key", "theme_key", "indicator_key", "indicator_text_zh", "recipient_zh", "amount",
        "unit_key", "comparator", "is_cap", "per", "cap_amount", "cap_per", "cap_measure_key", "condition_count",
        "conditions_zh", "quote_zh", "value_text", "cap_value_text", "period_text", "heading_path_zh", "char_start",
        "char_end", "cap_quote_zh", "condition_measure_keys",
    ),
    "dim_indicator": ("indicator_key", "name_zh", "name_en"),
    "dim_unit": ("unit_key", "symbol_zh", "symbol_en"),
}  # fmt: skip
_MONEY = "CNY"

Row = dict[str, Any]


def draw_incentives(tables: Mapping[str, pl.DataFrame], frame: Frame) -> Drawing:
    """Draw the awards of all plans, highest first.

    Args:
        tables: Marts with the columns of `INCENTIVE_TABLES`.
        frame: Language and size.

    Returns:
        The figure: a mark for each award on a logarithmic axis of yuan, a bracket where it is capped, conditions in
        the hover; awards that are no sum of money stand at the end, without a mark.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    subject = phrase("incentives", lang)
    rows = _rows(tables, looks, frame)
    if not looks or not rows:
        return empty_figure(frame, subject, sources(looks), "nothing")
    claims = _claims(rows, looks)
    names = Names(looks, {row["measure_key"]: within(short_name(_called(row, lang)), lang) for row in rows})
    title, records = titled(subject, claims, names, lang), [claim.record for claim in claims]
    if len(looks) > FEW:
        return _draw_spread(tables, looks, frame, (title, records), _plotted(rows))
    canvas = headed(frame, "incentive", title, sources(looks))
    canvas.top += frame.size.text * 0.5
    shown = _draw_ladder(canvas, rows, looks)
    canvas.more(len(rows) - shown, "more_awards")
    alt = [f"{row['plan']}: {row['what']} {row['label']}" for row in rows]
    return canvas.finish(_plotted(rows), alt, records)


def _plotted(rows: Sequence[Row]) -> list[Row]:
    """Return what the CSV tells of awards."""
    shown_only = {"capped", "label", "terms", "words"}
    return [{name: value for name, value in row.items() if name not in shown_only} for row in rows]


def _draw_spread(
    tables: Mapping[str, pl.DataFrame],
    looks: Looks,
    frame: Frame,
    head: tuple[str, Sequence[Mapping[str, Any]]],
    rows: Sequence[Row],
) -> Drawing:
    """Draw of many plans how the amounts of each kind of award are spread; of hundreds, which provinces name any.

    Args:
        tables: Marts.
        looks: Of the plans.
        frame: Language and size.
        head: The title, and what it claims.
        rows: What the CSV tells.
    """
    lang = frame.lang
    awards = first_said(read_statements(tables, pl.col("kind") == "incentive"))
    panels, alone = panels_of(awards, looks, frame)
    apart = not_comparable(awards, frame)
    tiles = None
    if len(looks) >= MANY:
        tiles = (phrase("awards_in_provinces", lang), share_of_plans(looks, keys_by_plan(awards)))
    rules = verdict_rules(awards, frame)
    canvas = Canvas(frame, head[0], basis_of(panels, lang), rules=rules, sources=sources(looks))
    draw_panels(canvas, Parts(panels, alone, apart, looks, Beside.read(tables), tiles))
    return canvas.finish(rows, told(panels, alone, apart, looks, frame), head[1])


def _draw_ladder(canvas: Canvas, rows: Sequence[Row], looks: Looks) -> int:
    """Draw the awards as far as there is room for them; return how many those are.

    Where not all have room, an image leaves out the plan's words and names the plans above.
    """
    lang, size = canvas.frame.lang, canvas.frame.size
    foot = size.small * 1.6
    layout = _laid_out(canvas, rows, looks, is_short=False)
    room = canvas.room - foot
    if not canvas.is_free and sum(height for _, _, height in layout.texts) > room:
        canvas.key(
            (look.badge, look.name) for key, look in looks.items() if any(r["plan_key"] == key for r in rows)
        )
        layout = _laid_out(canvas, rows, looks, is_short=True)
    left = canvas.left + layout.names
    right = canvas.right - layout.labels - size.text
    stack, names, labels = Stack(), [], []
    for row, (name, label, height) in zip(rows, layout.texts, strict=True):
        if not canvas.may_show(row["measure_key"]) or not stack.add(height, canvas.room - foot):
            break
        names.append(name)
        labels.append(label)
    shown, centres = [row | {"hover": _hover(row, lang)} for row in rows[: len(names)]], stack.centres
    canvas.show(row["measure_key"] for row in shown)
    axes = canvas.axes(
        left,
        right,
        stack.bottom,
        {**_money_axis(rows, lang, right - left, size.small), "gridcolor": RULE,
         "tickfont": {"size": size.small, "color": GREY}},
        {"range": [stack.bottom, 0], "tickvals": centres, "ticktext": names,
         "tickfont": {"size": layout.font}, "ticklabelstandoff": 8},
    )  # fmt: skip
    _draw_marks(canvas, shown, centres, looks, axes)
    canvas.trace(
        # A log axis has no place for texts beside it, so they stand on an axis of their own.
        "scatter", x=[0.0] * len(shown), y=centres, mode="text", text=labels,
        textposition="middle right", textfont={"size": layout.font}, cliponaxis=False, showlegend=False,
        name="awards labels", customdata=[row["measure_key"] for row in shown], hoverinfo="text",
        hovertext=[row["hover"] for row in shown],
        **canvas.axes_beside(right + size.text * 0.5, canvas.right, stack.bottom),
    )  # fmt: skip
    canvas.top += foot
    return len(shown)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a ladder is laid out.

    Attributes:
        names: Width of what stands left of the marks, in pixels.
        labels: Width of what stands right of them.
        font: Size of the letters of both.
        texts: What stands left and right of each award, and how high it is.
    """

    names: float
    labels: float
    font: float
    texts: Sequence[tuple[str, str, float]]


def _laid_out(canvas: Canvas, rows: Sequence[Row], looks: Looks, *, is_short: bool) -> _Layout:
    """Return what stands beside each award: in short a name and what it amounts to, in small letters."""
    size = canvas.frame.size
    font = size.small if is_short else size.text
    names, labels = canvas.width * (0.44 if is_short else 0.34), canvas.width * 0.28
    texts = []
    for row in rows:
        name = paragraph(row["what"], names - font * 2.2, font, most=2) + f" {looks[row['plan_key']].badge}"
        if row["words"] and not is_short:
            style, most = f"font-size:{size.small}px;color:{GREY}", 3 if canvas.is_free else 1
            name += f"<br>{paragraph(row['words'], names - font * 2, size.small, style, most)}"
        label = paragraph(row["label"], labels, font, "font-weight:bold")
        if row["terms"]:
            label += (
                f"<br>{paragraph(row['terms'], labels, size.small, f'font-size:{size.small}px;color:{GREY}')}"
            )
        texts.append((name, label, max(height_of(name, font), height_of(label, font)) + size.text * 0.35))
    return _Layout(names, labels, font, texts)


def _rows(tables: Mapping[str, pl.DataFrame], looks: Looks, frame: Frame) -> list[Row]:
    """Return the awards, money first and highest first, with what is written of them."""
    lang = frame.lang
    names = dict(tables["dim_indicator"].select("indicator_key", f"name_{lang}").iter_rows())
    units = dict(tables["dim_unit"].select("unit_key", f"symbol_{lang}").iter_rows())
    composed = tables["rpt_statement"].select("measure_key", "sentence_en")
    awards = (
        tables["rpt_incentive"]
        .join(composed, on="measure_key", how="left")
        .with_columns(pl.col("amount", "cap_amount").cast(pl.Float64))
        .to_dicts()
    )
    # First what most can be had of.
    awards.sort(
        key=lambda row: (
            row["unit_key"] != _MONEY,
            -(row["cap_amount"] or row["amount"]),
            row["plan_key"],
            row["char_start"],
        )
    )
    return [_described(row, names, units, looks, frame) for row in awards]


def _described(
    row: Row, names: Mapping[str, str], units: Mapping[str, str | None], looks: Looks, frame: Frame
) -> Row:
    """Return an award with what is written of it."""
    lang = frame.lang
    unit = units.get(row["unit_key"]) or ""
    is_mapped = row["indicator_key"] != "unmapped"
    composed = row["sentence_en"] if lang == "en" else None
    name = names.get(row["indicator_key"], "")
    what = named_in(name, lang) if is_mapped else composed or row["indicator_text_zh"]
    # Only the plan's own words tell who gets it, and the steps of one award apart; in English they are composed.
    words = [row["recipient_zh"], row["indicator_text_zh"] if is_mapped else None]
    if composed and frame.size.height is not None:
        words = [composed if is_mapped else None]
    elif composed:
        words = [composed if is_mapped else None, *words]
    if len(looks) > 1:
        words = [looks[row["plan_key"]].name, *words]
    label = _for_each(COMPARATORS[row["comparator"]] + quantity(row["amount"], unit, lang), row["per"], frame)
    terms = []
    if row["cap_amount"] is not None:
        cap = _for_each(quantity(row["cap_amount"], units.get(_MONEY) or "", lang), row["cap_per"], frame)
        terms.append(phrase("capped", lang, cap))
    if row["condition_count"]:
        terms.append(phrase("conditions_count", lang, row["condition_count"]))
    plan = looks[row["plan_key"]].name
    return row | {
        "plan": plan,
        "what": what,
        "words": " · ".join(dict.fromkeys(text for text in words if text)),
        "label": label,
        "terms": phrase("dot", lang).join(terms),
        "capped": "; ".join(terms[:1]),
    }


def _hover(row: Row, lang: Lang) -> str:
    """Return what a reader sees on pointing at an award."""
    lines = {
        "plan": row["plan"],
        "recipient": row["recipient_zh"],
        "stated_indicator": f"{row['what']} / {row['indicator_text_zh']}",
        "stated": f"{row['value_text']} ({row['label']})",
        "cap": row["cap_value_text"] and f"{row['cap_value_text']} ({row['capped']})",
        "conditions": row["conditions_zh"],
        "period": row["period_text"],
        "quote": row["quote_zh"],
        "cap_quote": row["cap_quote_zh"] if row["cap_quote_zh"] != row["quote_zh"] else None,
        "heading": row["heading_path_zh"],
        "offset": f"{row['char_start']}–{row['char_end']}",
    }
    return hover_text(phrase(key, lang) + phrase("colon", lang) + text for key, text in lines.items() if text)


def _called(row: Row, lang: Lang) -> str:
    """Return what an award is called in a title: in English only by a name, which none has that no term names."""
    is_named = lang == "zh" or row["indicator_key"] != "unmapped"
    return str(row["what"]) if is_named else phrase("unnamed_award", lang)


def _for_each(amount: str, per: str | None, frame: Frame) -> str:
    """Return an amount with what it is for each of."""
    return award(amount, frame.codes.name("per", per, frame.lang) if per else "", frame.lang)


def _claims(rows: Sequence[Row], looks: Looks) -> list[Claim]:
    """Return which plans name awards, how many of these there are and how many are caps, and the highest sum."""
    who = {row["plan_key"] for row in rows}
    caps = sum(row["is_cap"] for row in rows)
    claims = [
        Claim("awards_named", tuple(sorted(who)), how_much=len(who), of=len(looks)),
        Claim("awards_counted", how_much=len(rows), of=caps),
    ]
    money = [row for row in rows if row["unit_key"] == _MONEY]
    if not money:
        return claims
    highest = max(row["amount"] for row in money)
    top = [row for row in money if row["amount"] == highest]
    whose = {row["plan_key"] for row in top} if len(who) > 1 else set()
    labels = list(dict.fromkeys(row["label"] for row in top))
    return [*claims, Claim("highest_award", tuple(sorted(whose)), tuple(row["measure_key"] for row in top), highest,
                           value=labels[0] if len(labels) == 1 else "")]  # fmt: skip


def _money_axis(rows: Sequence[Row], lang: Lang, width: float, font: float) -> dict[str, Any]:
    """Return a logarithmic axis that holds all sums of money, with as many ticks as have room in a width."""
    sums = [row[key] for row in rows for key in ("amount", "cap_amount")
            if row[key] and (key == "cap_amount" or row["unit_key"] == _MONEY)]  # fmt: skip
    lowest, highest = (min(sums), max(sums)) if sums else (1_000, 1_000_000)
    first, last = math.floor(math.log10(lowest)), math.ceil(math.log10(highest))
    powers = [power for power in range(first, last + 1) if lowest * 0.6 <= 10**power <= highest * 1.6]
    widest = max((text_width(number(10**power, lang), font) for power in powers), default=0.0) + font
    decades = math.log10(highest * 1.6) - math.log10(lowest * 0.6)
    powers = powers[:: max(1, math.ceil(decades * widest / width))]
    return {
        "type": "log",
        "range": [math.log10(lowest * 0.6), math.log10(highest * 1.6)],
        "tickvals": [10**power for power in powers],
        "ticktext": [number(10**power, lang) for power in powers],
    }


def _draw_marks(
    canvas: Canvas, rows: Sequence[Row], centres: Sequence[float], looks: Looks, axes: Mapping[str, str]
) -> None:
    """Draw a mark for each award, and a bracket at its cap; one that is itself a cap is hollow, with a bracket."""
    reach = canvas.frame.size.text * 0.75
    for row, centre in zip(rows, centres, strict=True):
        if row["unit_key"] != _MONEY:
            continue
        look = looks[row["plan_key"]]
        shared = {"showlegend": False, "cliponaxis": False, "hoverinfo": "text", **axes}
        cap = row["amount"] if row["is_cap"] else row["cap_amount"]
        if cap is not None:
            # From the award to the cap, and there a bracket.
            foot = cap / 1.2
            canvas.trace(
                "scatter", x=[row["amount"], cap, None, foot, cap, cap, foot],
                y=[centre, centre, None, centre - reach, centre - reach, centre + reach, centre + reach],
                mode="lines", line={"color": look.colour, "width": 1.5}, name=f"{row['measure_key']} cap",
                customdata=[row["cap_measure_key"] or row["measure_key"]] * 7, hovertext=row["hover"], **shared,
            )  # fmt: skip
        marker = {
            "symbol": look.marker, "size": canvas.frame.size.text * 0.8, "line": {"color": look.colour, "width": 2},
            "color": "white" if row["is_cap"] else look.colour,
        }  # fmt: skip
        canvas.trace(
            "scatter", x=[row["amount"]], y=[centre], mode="markers", marker=marker, name=row["measure_key"],
            customdata=[row["measure_key"]], hovertext=[row["hover"]], **shared,
        )  # fmt: skip
