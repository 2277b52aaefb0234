"""May two measures of one indicator be compared with each other? Pure; asked on demand and never stored.

A row of ``rpt_statement`` says whether a measure may stand on the axis of its indicator. Between two measures there is
more to ask: two plans that both count patents only are less than the indicator means, but the same as each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

import polars as pl

Row = Mapping[str, Any]

SCHEMA = pl.Schema(
    {
        "indicator_key": pl.String(),
        "left_measure_key": pl.String(),
        "right_measure_key": pl.String(),
        "left_plan_key": pl.String(),
        "right_plan_key": pl.String(),
        "left_value": pl.Float64(),
        "right_value": pl.Float64(),
        "unit": pl.String(),
        "comparability": pl.String(),
        "scope": pl.String(),
        "reason_zh": pl.String(),
        "reason_en": pl.String(),
        "cautions_zh": pl.String(),
        "cautions_en": pl.String(),
        "formula": pl.String(),
        "left_per_million": pl.Float64(),
        "right_per_million": pl.Float64(),
    }
)
_ORDER = {"narrower": -1, "same": 0, "broader": 1}  # by how much of the rights a scope means


class _Words(NamedTuple):
    zh: str
    en: str


_WORDS = {
    # why a pair has its verdict
    "exact": _Words("两者口径一致。", "Both are stated on one basis."),
    "rescaled": _Words("折算到同一口径后可比。", "Comparable after rescaling to one basis."),
    "narrower": _Words("前者所指范围比后者窄。", "The first means less than the second."),
    "broader": _Words("前者所指范围比后者宽。", "The first means more than the second."),
    "other_rights": _Words("两者所指权利不同。", "The two mean different rights."),
    "related": _Words(
        "同属“{}”,没有共同的坐标轴,并列而不排高低。",
        "Both are of “{}”, without a common axis: told together, not ranked.",
    ),
    # what does not forbid the comparison but should be said with it
    "bound": _Words(
        "一为下限、上限或约数,一不是", "one is a floor, cap or approximation and the other is not"
    ),
    "aspiration": _Words("一为力争目标,一为确定目标", "one is an aspiration and the other is not"),
    "level": _Words("省与市县相比,规模不同", "a province beside a city: mind their size"),
    "date": _Words("时点不同", "they hold at different dates"),
    "period": _Words("两者的时期不重叠", "their periods do not overlap"),
    "size": _Words(
        "按每百万常住人口计,次序相反:{}与{}",
        "per million residents the order is the other way round: {} and {}",
    ),
}


def compare_pairs(statements: pl.DataFrame) -> pl.DataFrame:
    """Return every pair of measures of different plans that share an indicator, with a verdict.

    Args:
        statements: Rows of ``rpt_statement`` with a verdict of their own.

    Returns:
        A frame with the columns of `SCHEMA`, in the order of `statements`. `left_value`, `right_value`: on the axis of
        the indicator, in `unit`; null where that measure may not stand on it. `left_per_million`, `right_per_million`:
        the same for one million residents, of counts and sums of places with known residents. `comparability`: exact,
        rescaled, narrower, broader (the left one beside the right one) or not_comparable. `cautions_*`: what does not
        forbid the comparison but should be said with it; null for nothing. `formula`: ratio, or difference in
        percentage points; null where not comparable.
    """
    rows = [
        _pair(left, right)
        for _, group in statements.group_by("indicator_key", maintain_order=True)
        for left, right in combinations(group.iter_rows(named=True), 2)
        if left["plan_key"] != right["plan_key"]
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def compare_broader(statements: pl.DataFrame, broader: Iterable[Row]) -> pl.DataFrame:
    """Return every measure beside those of other plans that mean more than it in one facet and the same in all others.

    Args:
        statements: Rows of ``rpt_statement`` with a verdict of their own.
        broader: Pairs of indicators: indicator_key, broader_indicator_key, and facet, narrower and broader, each with
            _zh and _en: the facet in which they differ and its two names; broader is null where it is left open.

    Returns:
        A frame with the columns of `SCHEMA`, the narrower measure on the left, under its indicator. Only measures that
        stand on the axes of their own indicators are compared.
    """
    on_axis: dict[str, list[Row]] = {}
    for row in statements.iter_rows(named=True):
        if row["comparability"] in {"exact", "rescaled"}:
            on_axis.setdefault(row["indicator_key"], []).append(row)
    rows = [
        _pair(left, right)
        | {"comparability": "narrower", "scope": "narrower"}
        | {f"reason_{lang}": _difference(pair, lang) for lang in ("zh", "en")}
        for pair in broader
        for left in on_axis.get(pair["indicator_key"], ())
        for right in on_axis.get(pair["broader_indicator_key"], ())
        if left["plan_key"] != right["plan_key"]
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def compare_related(statements: pl.DataFrame, related: Iterable[Row], beside: pl.DataFrame) -> pl.DataFrame:
    """Return the commitments of two plans that are of one family without a common axis: told together, never ranked.

    The list is short: a measure that stands beside one of the other plan already is left out, and so is what does not
    speak of intellectual property; of several of a family those that are nearest to each other are taken.

    Args:
        statements: Rows of ``rpt_statement``.
        related: Pairs of indicators: indicator_key, related_indicator_key, steps, and the name of the family, name_zh
            and name_en.
        beside: The pairs that can be compared, with the columns of `SCHEMA`.

    Returns:
        A frame with the columns of `SCHEMA`: comparability is ``related``; neither value, formula nor caution is told.
    """
    known = set(beside.select("left_measure_key", "right_plan_key").iter_rows())
    known |= set(beside.select("right_measure_key", "left_plan_key").iter_rows())
    promised: dict[str, list[Row]] = {}
    for row in statements.filter("is_commitment", pl.col("theme_key") != "other").iter_rows(named=True):
        promised.setdefault(row["indicator_key"], []).append(row)
    found = [
        (family, left, right)
        for family in related
        for left in promised.get(family["indicator_key"], ())
        for right in promised.get(family["related_indicator_key"], ())
        if left["plan_key"] != right["plan_key"]
        and not {
            (left["measure_key"], right["plan_key"]),
            (right["measure_key"], left["plan_key"]),
        }
        & known
    ]
    nearest: dict[tuple[str, str], int] = {}
    for family, *two in found:
        for one, other in (two, reversed(two)):
            place = one["measure_key"], other["plan_key"]
            nearest[place] = min(family["steps"], nearest.get(place, family["steps"]))
    rows = [
        _related(family, left, right)
        for family, left, right in found
        if family["steps"] == nearest[left["measure_key"], right["plan_key"]]
        and family["steps"] == nearest[right["measure_key"], left["plan_key"]]
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _related(family: Row, left: Row, right: Row) -> dict[str, Any]:
    reasons = {lang: getattr(_WORDS["related"], lang).format(family[f"name_{lang}"]) for lang in ("zh", "en")}
    return {
        **dict.fromkeys(SCHEMA),
        "indicator_key": left["indicator_key"],
        **{f"left_{name}": left[name] for name in ("measure_key", "plan_key")},
        **{f"right_{name}": right[name] for name in ("measure_key", "plan_key")},
        "comparability": "related",
        "scope": "other",
        **{f"reason_{lang}": words for lang, words in reasons.items()},
    }


def _difference(pair: Row, lang: str) -> str:
    facet, less, more = (pair[f"{name}_{lang}"] for name in ("facet", "narrower", "broader"))
    if lang == "zh":
        return f"前者的{facet}较窄:“{less}”," + (f"后者为“{more}”。" if more else "后者不限。")
    return f"The {facet} of the first is narrower: “{less}”, " + (
        f"of the second “{more}”." if more else "which the second leaves open."
    )


def _pair(left: Row, right: Row) -> dict[str, Any]:
    off_axis = [row for row in (left, right) if row["comparability"] == "not_comparable"]
    scope = _scope(left, right)
    if off_axis:
        verdict = "not_comparable"
        zh, en = (
            " ".join(f"{row['plan_key']}: {row[name]}" for row in off_axis)
            for name in ("reason_zh", "reason_en")
        )
        reason = _Words(zh, en)
    elif scope is None:
        verdict, reason = "not_comparable", _WORDS["other_rights"]
    elif scope != "same":
        verdict, reason = scope, _WORDS[scope]
    else:
        verdict = "rescaled" if left["is_rescaled"] or right["is_rescaled"] else "exact"
        reason = _WORDS[verdict]
    comparable = verdict != "not_comparable"
    cautions = list(_cautions(left, right)) if comparable else []
    return {
        "indicator_key": left["indicator_key"],
        **{f"left_{name}": left[name] for name in ("measure_key", "plan_key")},
        **{f"right_{name}": right[name] for name in ("measure_key", "plan_key")},
        "left_value": left["comparable_value"],
        "right_value": right["comparable_value"],
        "unit": left["comparable_unit"] or right["comparable_unit"],
        "comparability": verdict,
        "scope": scope or "other",
        "reason_zh": reason.zh,
        "reason_en": reason.en,
        "cautions_zh": ";".join(words.zh for words in cautions) or None,
        "cautions_en": "; ".join(words.en for words in cautions) or None,
        "formula": _formula(left, right) if comparable else None,
        "left_per_million": left["per_million_value"],
        "right_per_million": right["per_million_value"],
    }


def _scope(left: Row, right: Row) -> str | None:
    """Return the scope of the left measure beside the right one; None where they mean different rights."""
    if left["scope"] == right["scope"]:
        is_same = left["scope"] == "same" or left["rights"] == right["rights"]
        return "same" if is_same else None
    return "narrower" if _ORDER[left["scope"]] < _ORDER[right["scope"]] else "broader"


def _cautions(left: Row, right: Row) -> Iterator[_Words]:
    basis = left["basis"]  # of the indicator that both share
    if _bound(left["comparator"]) != _bound(right["comparator"]):
        yield _WORDS["bound"]
    if left["is_aspirational"] != right["is_aspirational"]:
        yield _WORDS["aspiration"]
    if left["is_province"] != right["is_province"] and basis in {"level_at_date", "per_year"}:
        yield _WORDS["level"]
    if _are_turned_round(left, right):
        sizes = [f"{row['per_million_value']:,.3g}" for row in (left, right)]
        yield _Words(*(words.format(*sizes) for words in _WORDS["size"]))
    if _are_apart(left, right):
        yield _WORDS["period"]
    elif basis == "level_at_date" and left["period_end_year"] != right["period_end_year"]:
        yield _WORDS["date"]


def _are_turned_round(left: Row, right: Row) -> bool:
    """Return whether the measure that is less in all is more for each resident."""
    in_all = left["comparable_value"] - right["comparable_value"]
    sizes = left["per_million_value"], right["per_million_value"]
    return None not in sizes and in_all * (sizes[0] - sizes[1]) < 0


def _are_apart(left: Row, right: Row) -> bool:
    """Return whether one measure ends before the other begins; not where years are not known."""
    (left_start, left_end), (right_start, right_end) = _span(left), _span(right)
    return any(
        start is not None and end is not None and end < start
        for start, end in ((left_start, right_end), (right_start, left_end))
    )


def _span(row: Row) -> tuple[int | None, int | None]:
    """Return first and last year of a measure: its own, or what follows from its years, or those of its plan."""
    end = row["period_end_year"] or row["plan_end_year"]
    start = row["period_start_year"]
    if start is None and end is not None and row["years"]:
        start = end - row["years"] + 1
    if start is None and row["plan_start_year"] is not None:
        start = min(row["plan_start_year"], end or row["plan_start_year"])
    return start, end


def _bound(comparator: str) -> str:
    return {"gt": "ge", "lt": "le"}.get(comparator, comparator)


def _formula(left: Row, right: Row) -> str:
    a, b = left["comparable_value"], right["comparable_value"]
    if str(left["comparable_unit"]).startswith("percent"):
        return f"{a:,.4g}% − {b:,.4g}% = {a - b:+,.4g} pp"
    shown = f"{_short(a)} ÷ {_short(b)}"
    return f"{shown} = {a / b:,.4g}×" if b else f"{shown} is not defined"


def _short(value: float) -> str:
    """Return a number with at most two decimals, thousands set apart."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")
