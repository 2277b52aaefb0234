"""What plans state with a number, each statement with its verdict and the place where it is printed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dagster_project.figures.marts import once
from dagster_project.figures.words import COMPARATORS, LANGUAGES, Names, quantity, rate_unit

STATEMENT_TABLES: Mapping[str, tuple[str, ...]] = {
    "rpt_statement": (
        "measure_key", "plan_key", "theme_key", "indicator_key", "indicator_theme_key", "indicator_name_zh",
        "indicator_name_en", "definition_zh", "definition_en", "axis_unit_zh", "axis_unit_en", "unit_key",
        "unit_symbol_zh", "unit_symbol_en", "provision_key", "kind", "form", "comparator", "per", "indicator_text_zh",
        "recipient_zh", "value_text", "value", "comparable_value", "comparable_unit", "per_million_value",
        "comparability", "reason_zh", "reason_en", "formula", "is_aspirational", "is_commitment", "period_text",
        "period_end_year", "quote_zh", "quote_char_start", "heading_path_zh", "char_start", "char_end",
        "restates_measure_key", "governs_measure_key", "origin", "sentence_en",
    ),
}  # fmt: skip
# A computed value is not known to more significant digits than the last; its arithmetic is shown with it.
_AS_STATED, _COMPUTED = 12, 3


@dataclass(frozen=True, slots=True)
class Indicator:
    """What statements are compared by; `unit` is that of its axis."""

    key: str
    theme: str
    name: Names
    definition: Names
    unit: Names


@dataclass(frozen=True, slots=True)
class Statement:
    """A measure and all that is needed to show and to check it.

    Attributes:
        key, plan, theme, provision: Keys, as in ``fct_measure``.
        indicator: What it is compared by; on its axis measures of other themes stand, too.
        kind, form, comparator, per: Codes, as in ``fct_measure``.
        text: What is measured, in the words of the plan.
        recipient: Who gets an incentive, in the words of the plan.
        value_text: The value as printed.
        value: The value in its base unit.
        unit: Code of that unit.
        stated: The value with its comparator and unit.
        comparable: The value on the basis of the indicator, with its unit; null where not comparable.
        comparable_value: The same as a number.
        comparable_unit: Code of its unit.
        per_million: Comparable value for each million residents, with its unit.
        per_million_value: The same as a number.
        verdict: A code of comparability.
        reason: Of the verdict.
        formula: Arithmetic of a comparable value.
        is_aspirational: 力争, 争取.
        is_commitment: Whether it is counted as one: neither a threshold, nor a report of the past, nor said
            before.
        period: As printed.
        year: Last year of the period.
        quote: The sentence; `quote_start` is where it begins in the plan.
        path: Headings above it.
        start, end: Span of the value in the plan, in characters.
        restates, governs: Keys of other measures, as in ``fct_measure``.
        origin: own or passed_on, as in ``rpt_statement``.
        sentence_en: What it says, composed of its facets.
    """

    key: str
    plan: str
    theme: str
    indicator: Indicator
    provision: str | None
    kind: str
    form: str
    comparator: str
    per: str | None
    text: str
    recipient: str | None
    value_text: str
    value: float
    unit: str
    stated: Names
    comparable: Names | None
    comparable_value: float | None
    comparable_unit: str | None
    per_million: Names | None
    per_million_value: float | None
    verdict: str
    reason: Names
    formula: str | None
    is_aspirational: bool
    is_commitment: bool
    period: str | None
    year: int | None
    quote: str
    quote_start: int
    path: str
    start: int
    end: int
    restates: str | None
    governs: str | None
    origin: str
    sentence_en: str

    @property
    def is_computed(self) -> bool:
        """Whether its comparable value is another than the plan states."""
        return self.comparable_value is not None and self.comparable_value != self.value

    @property
    def is_own_sum(self) -> bool:
        """Whether it is a sum that the plan itself names, not one that it passes on from above."""
        return self.kind == "funding" and self.origin == "own"

    def is_about(self, theme: str) -> bool:
        """Return whether it is of a theme, or stands on an axis of it."""
        return theme in {self.theme, self.indicator.theme}


def read_statements(tables: Mapping[str, pl.DataFrame], only: pl.Expr | None = None) -> list[Statement]:
    """Return the statements of all plans, restatements too, in the order of plans and places.

    Args:
        tables: Marts with the columns of `STATEMENT_TABLES`.
        only: Which rows of `rpt_statement` are asked for, see `about`; by default all. Of many plans a figure of one
            theme would else take most of its time to put the others into words.
    """
    known: dict[str, Statement] = once(tables, "statements", dict)
    rows = tables["rpt_statement"].filter(True if only is None else only)
    keys = rows.select("plan_key", "char_start", "measure_key").sort(pl.all())["measure_key"].to_list()
    if any(key not in known for key in keys):
        known |= {
            row["measure_key"]: _statement(row)
            for row in rows.iter_rows(named=True)
            if row["measure_key"] not in known
        }
    return [known[key] for key in keys]


def about(theme: str) -> pl.Expr:
    """Return the condition on rows of `rpt_statement` by which `Statement.is_about` holds."""
    return (pl.col("theme_key") == theme) | (pl.col("indicator_theme_key") == theme)


def first_said(statements: Iterable[Statement]) -> list[Statement]:
    """Return statements without those that say again what their plan said before."""
    return [statement for statement in statements if statement.restates is None]


def keys_by_plan(statements: Iterable[Statement]) -> dict[str, list[str]]:
    """Return the keys of the statements of each plan that has any."""
    keys: dict[str, list[str]] = {}
    for statement in statements:
        keys.setdefault(statement.plan, []).append(statement.key)
    return keys


def _names(row: Mapping[str, Any], column: str) -> Names:
    return {lang: row[f"{column}_{lang}"] for lang in LANGUAGES}


def _indicator(row: Mapping[str, Any]) -> Indicator:
    return Indicator(
        row["indicator_key"],
        row["indicator_theme_key"],
        _names(row, "indicator_name"),
        _names(row, "definition"),
        _names(row, "axis_unit"),
    )


def _plain(text: str) -> str:
    return text.replace("“", '"').replace("”", '"')


def _statement(row: Mapping[str, Any]) -> Statement:
    sign, value, million = COMPARATORS[row["comparator"]], row["comparable_value"], row["per_million_value"]
    unit, indicator = _names(row, "unit_symbol"), _indicator(row)
    digits = _AS_STATED if value == row["value"] else _COMPUTED
    printed = row["value_text"]
    return Statement(
        key=row["measure_key"],
        plan=row["plan_key"],
        theme=row["theme_key"],
        indicator=indicator,
        provision=row["provision_key"],
        kind=row["kind"],
        form=row["form"],
        comparator=row["comparator"],
        per=row["per"],
        text=row["indicator_text_zh"],
        recipient=row["recipient_zh"],
        value_text=row["value_text"],
        value=row["value"],
        unit=row["unit_key"],
        stated={lang: sign + quantity(row["value"], unit[lang], lang, printed=printed) for lang in LANGUAGES},
        comparable=None
        if value is None
        else {
            lang: sign + quantity(value, indicator.unit[lang], lang, digits, printed) for lang in LANGUAGES
        },
        comparable_value=value,
        comparable_unit=row["comparable_unit"],
        per_million=None
        if million is None
        else {
            lang: quantity(million, rate_unit(unit[lang], indicator.unit[lang], lang), lang, _COMPUTED)
            for lang in LANGUAGES
        },
        per_million_value=million,
        verdict=row["comparability"],
        # The curved quotes of a Chinese font are as wide as a Chinese character.
        reason={lang: _plain(text) if lang == "en" else text for lang, text in _names(row, "reason").items()},
        formula=row["formula"],
        is_aspirational=row["is_aspirational"],
        is_commitment=row["is_commitment"],
        period=row["period_text"],
        year=row["period_end_year"],
        quote=row["quote_zh"],
        quote_start=row["quote_char_start"],
        path=row["heading_path_zh"],
        start=row["char_start"],
        end=row["char_end"],
        restates=row["restates_measure_key"],
        governs=row["governs_measure_key"],
        origin=row["origin"],
        sentence_en=row["sentence_en"],
    )
