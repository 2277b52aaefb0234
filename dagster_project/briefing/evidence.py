"""What stands behind every number: the statements of the plans with their verdicts, and where they are printed.

Pure: published tables in, records out. All that a briefing shows, on the page and on paper, is made from these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dagster_project.briefing.words import Names
from dagster_project.figures.plans import plan_looks
from dagster_project.figures.words import COMPARATORS, LANGUAGES, quantity

_NOT_RESCALED, _RESCALED = (
    12,
    3,
)  # significant digits: a computed value is not known to more, as in the figures


@dataclass(frozen=True, slots=True)
class Statement:
    """One measure and all that is needed to check it.

    Attributes:
        key, plan, theme, indicator, provision: Keys, as in ``fct_measure``.
        kind, form, comparator, per: Codes, as in ``fct_measure``.
        text: What is measured, in the words of the plan.
        recipient: Who gets an incentive, in the words of the plan.
        value_text: The value as printed.
        value: The value in its base unit.
        stated: The value with its comparator and unit.
        comparable: The value on the basis of the indicator, with its unit; null where not comparable.
        comparable_value: The same as a number.
        per_million: Comparable value for each million residents, with its unit.
        verdict: exact, rescaled, narrower, broader or not_comparable; or restatement.
        reason: Of the verdict.
        formula: Arithmetic of a rescaled value.
        is_aspirational: 力争, 争取.
        period: As printed.
        year: Last year of the period.
        quote: The sentence; `quote_start` is where it begins in the plan.
        path: Headings above it.
        start, end: Span of the value in the plan, in characters.
        restates, governs: Keys of other measures, as in ``fct_measure``.
    """

    key: str
    plan: str
    theme: str
    indicator: str
    provision: str | None
    kind: str
    form: str
    comparator: str
    per: str | None
    text: str
    recipient: str | None
    value_text: str
    value: float
    stated: Names
    comparable: Names | None
    comparable_value: float | None
    per_million: Names | None
    verdict: str
    reason: Names
    formula: str | None
    is_aspirational: bool
    period: str | None
    year: int | None
    quote: str
    quote_start: int
    path: str
    start: int
    end: int
    restates: str | None
    governs: str | None

    @property
    def is_commitment(self) -> bool:
        """Whether it is counted as one: neither a report of the past nor said before."""
        return self.kind != "baseline" and self.restates is None


@dataclass(frozen=True, slots=True)
class Plan:
    """How a plan is named, coloured and cited."""

    name: Names
    colour: str
    title: str | None
    source: Names


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme; headline themes come first everywhere."""

    name: Names
    is_headline: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """What statements are compared by; `unit` is that of its axis."""

    theme: str
    name: Names
    definition: Names
    unit: Names


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision as printed, from character `start` of its plan, with the offices named in it."""

    text: str
    start: int
    lead: tuple[str, ...]
    supporting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The statements of all plans, in the order of plans and places, and what their keys mean.

    Attributes:
        tables: The published tables that it was read from.
        chosen: The themes that it is limited to; empty for all.
    """

    statements: tuple[Statement, ...]
    plans: Mapping[str, Plan]
    themes: Mapping[str, Theme]
    indicators: Mapping[str, Indicator]
    provisions: Mapping[str, Provision]
    agencies: Mapping[str, Names]
    tables: Mapping[str, pl.DataFrame]
    chosen: tuple[str, ...] = ()

    @property
    def headlines(self) -> list[str]:
        """The themes that have a section of their own: those chosen, or the headline themes."""
        return list(self.chosen) or [key for key, theme in self.themes.items() if theme.is_headline]

    def of_theme(self, theme: str) -> list[Statement]:
        """Return what is said on a theme: by measures of the theme, or on its indicators; restatements left out."""
        return [
            statement
            for statement in self.statements
            if statement.restates is None
            and (statement.theme == theme or self.indicators[statement.indicator].theme == theme)
        ]


def read_corpus(tables: Mapping[str, pl.DataFrame], themes: Collection[str] = ()) -> Corpus:
    """Return the statements of the published tables.

    Args:
        tables: Marts by name.
        themes: Only what is said on these themes; all if empty.

    Raises:
        ValueError: If there is no such theme.
    """
    known = {
        row["theme_key"]: Theme(_names(row, "name"), bool(row["is_headline"]))
        for row in tables["dim_theme"]
        .sort("is_headline", "theme_order", descending=[True, False])
        .iter_rows(named=True)
    }
    if unknown := sorted(set(themes) - set(known)):
        raise ValueError(f"There is no theme {', '.join(unknown)}: choose from {', '.join(known)}")
    indicators = _indicators(tables)
    statements = tuple(
        statement
        for statement in _statements(tables)
        if not themes or statement.theme in themes or indicators[statement.indicator].theme in themes
    )
    return Corpus(
        statements=statements,
        plans=_plans(tables),
        themes=known,
        indicators=indicators,
        provisions=_provisions(tables, {statement.provision for statement in statements}),
        agencies={
            row["agency_key"]: _names(row, "name") for row in tables["dim_agency"].iter_rows(named=True)
        },
        tables=tables,
        chosen=tuple(key for key in known if key in themes),
    )


def _names(row: Mapping[str, Any], column: str) -> Names:
    """Return the Chinese and English of a column pair; one stands in for the other where it is missing."""
    chinese, english = row[f"{column}_zh"], row[f"{column}_en"]
    return {"zh": chinese or english or "", "en": english or chinese or ""}


def _plans(tables: Mapping[str, pl.DataFrame]) -> dict[str, Plan]:
    looks = {lang: plan_looks(tables, lang) for lang in LANGUAGES}
    titles = dict(tables["dim_plan"].select("plan_key", "title_zh").iter_rows())
    return {
        key: Plan(
            name={lang: looks[lang][key].name for lang in LANGUAGES},
            colour=look.colour,
            title=titles[key],
            source={lang: looks[lang][key].source for lang in LANGUAGES},
        )
        for key, look in looks["zh"].items()
    }


def _indicators(tables: Mapping[str, pl.DataFrame]) -> dict[str, Indicator]:
    found = {
        row["indicator_key"]: Indicator(
            row["theme_key"], _names(row, "name"), _names(row, "definition"), _names(row, "axis_unit")
        )
        for row in tables["dim_indicator"].iter_rows(named=True)
    }
    # A measure that fits no indicator has a key that the dimension need not know.
    blank: Names = {"zh": "", "en": ""}
    unmapped = set(tables["fct_measure"]["indicator_key"]) - set(found)
    return found | {
        key: Indicator("", {"zh": "（无对应指标）", "en": "(no indicator)"}, blank, blank) for key in unmapped
    }


def _provisions(tables: Mapping[str, pl.DataFrame], keys: Collection[str | None]) -> dict[str, Provision]:
    offices: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in tables["bridge_provision_x_agency"].sort("position").iter_rows(named=True):
        if row["agency_key"] not in offices[row["provision_key"], row["role"]]:
            offices[row["provision_key"], row["role"]].append(row["agency_key"])
    return {
        row["provision_key"]: Provision(
            row["text_zh"],
            row["char_start"],
            tuple(offices[row["provision_key"], "lead"]),
            tuple(offices[row["provision_key"], "supporting"]),
        )
        for row in tables["fct_provision"].iter_rows(named=True)
        if row["provision_key"] in keys
    }


def _statements(tables: Mapping[str, pl.DataFrame]) -> list[Statement]:
    verdicts = tables["rpt_indicator_comparison"].select(
        "measure_key",
        "comparable_value",
        "per_million_value",
        "comparability",
        "reason_zh",
        "reason_en",
        "formula",
    )
    lacking = (
        tables["audit_unmapped"]
        .filter(what="measure without indicator")
        .select(measure_key="item_key", lacking_zh="reason_zh", lacking_en="reason_en")
        .unique("measure_key", keep="first", maintain_order=True)
    )
    provisions = tables["fct_provision"].select(
        "provision_key", provision_text="text_zh", provision_start="char_start"
    )
    symbols = tables["dim_unit"].select("unit_key", "symbol_zh", "symbol_en")
    units = tables["dim_indicator"].select("indicator_key", "axis_unit_zh", "axis_unit_en")
    rows = (
        tables["fct_measure"]
        .join(verdicts.unique("measure_key", keep="first", maintain_order=True), on="measure_key", how="left")
        .join(lacking, on="measure_key", how="left")
        .join(provisions, on="provision_key", how="left")
        .join(symbols, on="unit_key", how="left")
        .join(units, on="indicator_key", how="left")
        .with_columns(pl.col("value", "comparable_value", "per_million_value").cast(pl.Float64))
        .sort("plan_key", "char_start", "measure_key")
    )
    seen: Counter[tuple[str, str, str]] = Counter()
    at: dict[tuple[str, str, str], int] = {}
    statements = []
    for row in rows.iter_rows(named=True):
        same = (row["plan_key"], row["quote_zh"], row["value_text"])
        if at.get(same) != row["char_start"]:
            at[same] = row["char_start"]
            seen[same] += 1
        statements.append(_statement(row, seen[same]))
    return statements


def _statement(row: Mapping[str, Any], nth: int) -> Statement:
    verdict = "restatement" if row["restates_measure_key"] else row["comparability"] or "not_comparable"
    value = None if verdict in {"restatement", "not_comparable"} else row["comparable_value"]
    sign, digits = COMPARATORS[row["comparator"]], _NOT_RESCALED if value == row["value"] else _RESCALED
    million = row["per_million_value"] if value is not None else None
    return Statement(
        key=row["measure_key"],
        plan=row["plan_key"],
        theme=row["theme_key"],
        indicator=row["indicator_key"],
        provision=row["provision_key"],
        kind=row["kind"],
        form=row["form"],
        comparator=row["comparator"],
        per=row["per"],
        text=row["indicator_text_zh"] or "",
        recipient=row["recipient_zh"],
        value_text=row["value_text"],
        value=row["value"],
        stated={lang: sign + quantity(row["value"], row[f"symbol_{lang}"] or "", lang) for lang in LANGUAGES},
        comparable=None
        if value is None
        else {
            lang: sign + quantity(value, row[f"axis_unit_{lang}"] or "", lang, digits) for lang in LANGUAGES
        },
        comparable_value=value,
        per_million=None
        if million is None
        else {lang: quantity(million, row[f"symbol_{lang}"] or "", lang, _RESCALED) for lang in LANGUAGES},
        verdict=verdict,
        reason=_reason(row, verdict),
        formula=row["formula"],
        is_aspirational=bool(row["is_aspirational"]),
        period=row["period_text"],
        year=row["period_end_year"],
        quote=row["quote_zh"],
        quote_start=_quote_start(row, nth),
        path=row["heading_path_zh"] or "",
        start=row["char_start"],
        end=row["char_end"],
        restates=row["restates_measure_key"],
        governs=row["governs_measure_key"],
    )


def _reason(row: Mapping[str, Any], verdict: str) -> Names:
    if verdict == "restatement":
        return {
            "zh": "重复前文的承诺，只计一次。",
            "en": "Says again what the plan said before; counted once.",
        }
    return {lang: row[f"reason_{lang}"] or row[f"lacking_{lang}"] or "" for lang in LANGUAGES}


def _quote_start(row: Mapping[str, Any], nth: int) -> int:
    """Return where the sentence begins in the plan.

    It is the place in the provision that holds the value. Outside provisions a sentence that prints the same value
    more than once holds its `nth` measure at the nth of them.
    """
    quote, start, end = row["quote_zh"], row["char_start"], row["char_end"]
    if row["provision_text"] is not None:
        base, place = row["provision_start"], -1
        while (place := row["provision_text"].find(quote, place + 1)) >= 0:
            if base + place <= start and end <= base + place + len(quote):
                return int(base + place)
    place = -1
    for _ in range(nth):
        place = quote.find(row["value_text"], place + 1)
    return int(start - max(place, 0))
