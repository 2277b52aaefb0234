"""What must hold of the marts and reports, and all suites in order of their boundary.

dbt tests keys, relations, units and arithmetic; these judge content: vocabularies, bounds, completeness. Words and
labels of columns are those of dbt's manifest. docs/quality.md is the overview.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from dagster_project.quality.expectations import (
    BOUNDARIES,
    Expectation,
    Severity,
    Suite,
    holds,
    stated,
    usual,
)
from dagster_project.quality.extracted import EXTRACTED
from dagster_project.quality.facts import (
    Read,
    citation_facts,
    comparison_facts,
    coverage_facts,
    fct_measure_facts,
    incentive_facts,
    status_facts,
)
from dagster_project.warehouse.dbt_project import Mart

#: A value this many times the median of the other plans', or less than one of so many, is unusual. Among the five
#: plans the ratio is 0.2 to 4.7; a factor that was misread (万, 亿) gives 10,000 and more.
UNUSUAL_RATIO = 10

#: What is at stake in the words of a coded column; in others, that a reader can look them up in the dictionary.
_PROTECTS = {
    "kind": "Targets, money and reported facts are never mixed by an unknown word.",
    "form": "Levels, flows and growth rates can be told apart in every comparison.",
    "comparator": "A cap is never read as a promise.",
    "comparability": "Every comparison has a verdict: exact, rescaled, narrower, broader or not comparable.",
    "disposition": "Every number of a text is accounted for in a known way.",
    "rpt_theme_coverage.status": "Every headline theme of every plan, and every other, is found or said to be missing.",
}


def _described(mart: Mart) -> list[Expectation]:
    """Return what dbt says of the columns of a mart: their codes, and that a share is one."""
    expectations = []
    for column in mart.columns:
        if column.codes:
            protects = (
                _PROTECTS.get(f"{mart.name}.{column.name}")
                or _PROTECTS.get(column.name)
                or "The data dictionary names every word that stands in the column."
            )
            expectations.append(
                Expectation(
                    f"{column.name}_is_known",
                    "ExpectColumnValuesToBeInSet",
                    {"column": column.name, "value_set": list(column.codes)},
                    protects,
                )
            )
        if column.unit == "percent":
            expectations.append(
                Expectation(
                    f"{column.name}_is_a_percentage",
                    "ExpectColumnValuesToBeBetween",
                    {"column": column.name, "min_value": 0, "max_value": 100 + 1e-9},
                    "A share of a whole is at most 100 percent.",
                )
            )
    return expectations


_STATEMENT = ("measure_key", "value_text", "quote_zh")
_MEASURE = (
    holds(
        "is_as_extracted", "Nothing between the text and the published row has changed what the plan says."
    ),
    holds("unit_is_known", "Numbers of different units never stand on one axis.", shown=["unit"]),
    holds(
        "has_a_verdict",
        "No measure with an indicator is left out of the comparison in silence.",
        shown=["indicator_key"],
    ),
    usual("share_percent", 0, 100, "A share of a whole is at most 100 percent."),
    usual("growth_percent", -100, 1_000, "A growth rate beyond tenfold is more often a misread level."),
    # 10 trillion yuan: above the yearly output of all but the largest of the provinces.
    usual("money_cny", 0, 1e13, "A sum was not read with a wrong factor (万, 亿)."),
    usual("count", 0, 1e8, "A count was not read with a wrong factor, nor a phone number as a count."),
    # The five plans have at most 12.
    usual("items_per_10k", 0, 1_000, "A density was not taken for a count."),
    usual("years", 0, 100, "A year of the calendar was not taken for a number of years."),
    usual("times", 0, 100, "A multiple was not taken for a percentage."),
    usual("period_end_year", 2000, 2060, "A year was not misread."),
    usual("horizon_years", 1, 30, "A period was not misread."),
    holds(
        "period_is_in_order",
        "No target ends before it begins.",
        Severity.WARNING,
        shown=["period_start_year", "period_end_year"],
    ),
    Expectation(
        "indicator_is_mapped",
        "ExpectColumnValuesToNotBeInSet",
        {"column": "indicator_key", "value_set": ["unmapped"]},
        "The measure can be compared with those of other plans.",
        Severity.WARNING,
    ),
)
_COMPARISON = (
    stated("reason_zh", "A Chinese reader is told why two numbers may be compared, or not."),
    stated("reason_en", "An English reader is told why two numbers may be compared, or not."),
    holds(
        "rescaled_has_formula",
        "A rescaled number shows the arithmetic that made it.",
        shown=["comparability"],
    ),
    usual(
        "times_the_others",
        1 / UNUSUAL_RATIO,
        UNUSUAL_RATIO,
        "A value that is out of all proportion to those of the other plans is looked at before it is shown.",
        shown=["indicator_key", "comparable_value", "comparable_unit"],
    ),
)
#: mart: (columns that tell a row, what it must be beside what its description says, facts)
_MARTS: Mapping[
    str, tuple[tuple[str, ...], tuple[Expectation, ...], Callable[[Read], pl.DataFrame] | None]
] = {
    "fct_measure": (_STATEMENT, _MEASURE, fct_measure_facts),
    "fct_citation": (
        ("citation_key", "quote_zh"),
        (
            holds(
                "year_is_not_after_plan",
                "No plan cites a document that did not exist yet.",
                Severity.WARNING,
                shown=["year", "plan_year"],
            ),
        ),
        citation_facts,
    ),
    "rpt_indicator_comparison": (_STATEMENT, _COMPARISON, comparison_facts),
    "rpt_theme_coverage": (("plan_key", "theme_key"), (), coverage_facts),
    "rpt_incentive": (
        ("measure_key", "quote_zh"),
        (
            holds(
                "cap_is_not_below_amount",
                "An award was given its own cap.",
                Severity.WARNING,
                shown=["amount", "cap_amount"],
            ),
        ),
        incentive_facts,
    ),
    "audit_plan_status": (
        ("plan_key", "reason"),
        (holds("failure_has_a_reason", "Whoever finds a plan missing is told why.", shown=["status"]),),
        status_facts,
    ),
}


def suites(marts: Mapping[str, Mart]) -> tuple[Suite, ...]:
    """Return all suites, ordered by boundary.

    Args:
        marts: The published tables of dbt's manifest.
    """
    found = list(EXTRACTED)
    for name, mart in marts.items():
        shown, own, facts = _MARTS.get(name, ((), (), None))
        expectations = (*own, *_described(mart))
        if expectations:
            columns = [column.name for column in mart.columns]
            found.append(
                Suite(
                    name,
                    (name,),
                    "reports" if name.startswith("rpt_") else "marts",
                    shown or _row_words(columns),
                    expectations,
                    _with_words(
                        facts or _table(name),
                        [column.name for column in mart.columns if column.codes and not column.may_be_null],
                    ),
                    {column.name: f"{column.label_zh} · {column.label_en}" for column in mart.columns},
                )
            )
    return tuple(sorted(found, key=lambda suite: list(BOUNDARIES).index(suite.boundary)))


def _row_words(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of a table, and its sentence or its name."""
    keys = [column for column in columns if column.endswith("_key")][:2]
    words = [column for column in ("quote_zh", "sentence_zh", "text_zh", "name_zh") if column in columns][:1]
    return (*keys, *words)


def _table(name: str) -> Callable[[Read], pl.DataFrame]:
    return lambda read: read(name)


def _with_words(
    facts: Callable[[Read], pl.DataFrame], coded: Sequence[str]
) -> Callable[[Read], pl.DataFrame]:
    """Return `facts` with a word for what is missing in the columns `coded`: Great Expectations passes over nulls."""
    return lambda read: facts(read).with_columns(pl.col(coded).fill_null("(none)"))
