"""What the content of the tables must be: expectations as data, one set for each table, ordered by boundary.

dbt tests keys, relations, units and arithmetic; these judge content: vocabularies, bounds, completeness, and quotes
against the text. Words and labels of columns are those of dbt's manifest. docs/quality.md is the overview.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import polars as pl

from dagster_project.quality.facts import (
    Read,
    citation_facts,
    comparison_facts,
    coverage_facts,
    document_facts,
    fct_measure_facts,
    incentive_facts,
    measure_facts,
    plan_facts,
    printed_facts,
    status_facts,
)
from dagster_project.warehouse.dbt_project import Mart

#: A value this many times the median of the other plans', or less than one of so many, is unusual. Among the five
#: plans the ratio is 0.2 to 4.7; a factor that was misread (万, 亿) gives 10,000 and more.
UNUSUAL_RATIO = 10
#: Measures in a thousand characters. The five plans have 2.2 to 6.7.
USUAL_DENSITY = (0.5, 20.0)


class Severity(StrEnum):
    """What follows if an expectation does not hold.

    PLAN: the plan is quarantined, because this is applied before it is accepted; what gets past that blocks the
    release. RELEASE: nothing is published. WARNING: it is published, and named.
    """

    PLAN = "plan"
    RELEASE = "release"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that a table must be.

    Attributes:
        name: Names the asset check.
        type: Class of Great Expectations.
        arguments: Its arguments; ``column`` may be one of the table or one that its facts add.
        protects: What a reader of the tables would suffer if it did not hold.
        severity: What follows if it does not. One of a plan is about a column of truth values.
        remedy: What to do, for one of a plan.
        shown: Columns that show what is wrong, beside those of the suite.
    """

    name: str
    type: str
    arguments: Mapping[str, Any]
    protects: str
    severity: Severity = Severity.RELEASE
    remedy: str = ""
    shown: tuple[str, ...] = ()

    @property
    def blocking(self) -> bool:
        """Whether a failure holds the release back."""
        return self.severity is not Severity.WARNING

    @property
    def column(self) -> str | None:
        """The column that it is about; None if it is about the table."""
        return self.arguments.get("column")


@dataclass(frozen=True, slots=True)
class Suite:
    """What one table must be.

    Attributes:
        name: Names it, as the table that it is about.
        asset: Key of the asset that it judges.
        boundary: One of `BOUNDARIES`.
        shown: Columns that tell a reader which row failed, and in which sentence.
        expectations: What it must be.
        facts: Gives the table with the columns that the expectations are about.
        labels: Labels of its columns in both languages, where it has any.
    """

    name: str
    asset: tuple[str, ...]
    boundary: str
    shown: tuple[str, ...]
    expectations: tuple[Expectation, ...]
    facts: Callable[[Read], pl.DataFrame]
    labels: Mapping[str, str] = field(default_factory=dict)


#: Where tables are judged, in the order of the data, with what is at stake there.
BOUNDARIES: Mapping[str, str] = {
    "documents": "The files are the plans, each whole, once, and the same as before.",
    "extraction": "What was found in a text stands in it, word for word, and every number is accounted for.",
    "marts": "What is published is what was found, in known words and within bounds.",
    "reports": "Every comparison has its verdict, every theme its status, and no value is out of all proportion.",
}

_WORDS = 80  # characters of a text that a message repeats
_DEFECT = "this is a defect of the program, not of the plan: report it with the file and the log"


def _true(
    column: str,
    protects: str,
    severity: Severity = Severity.RELEASE,
    *,
    remedy: str = "",
    shown: Sequence[str] = (),
) -> Expectation:
    arguments = {"column": column, "value_set": [True]}
    return Expectation(
        column, "ExpectColumnValuesToBeInSet", arguments, protects, severity, remedy, tuple(shown)
    )


def _usual(column: str, low: float, high: float, protects: str, *, shown: Sequence[str] = ()) -> Expectation:
    arguments = {"column": column, "min_value": low, "max_value": high}
    name = f"{column}_is_usual"
    return Expectation(
        name, "ExpectColumnValuesToBeBetween", arguments, protects, Severity.WARNING, shown=tuple(shown)
    )


def _stated(column: str, protects: str, severity: Severity = Severity.RELEASE) -> Expectation:
    return Expectation(
        f"{column}_is_stated", "ExpectColumnValuesToNotBeNull", {"column": column}, protects, severity
    )


# --- Documents ------------------------------------------------------------------------------------------------

_DOCUMENTS = Suite(
    "documents",
    ("extracted", "documents"),
    "documents",
    ("plan_key", "title_zh"),
    (
        Expectation(
            "some_documents",
            "ExpectTableRowCountToBeBetween",
            {"min_value": 1},
            "An empty corpus must not replace a good release.",
        ),
        _stated("encoding", "It is known how the bytes were read; without it no offset can be checked."),
        Expectation(
            "source_sha256_is_well_formed",
            "ExpectColumnValuesToMatchRegex",
            {"column": "source_sha256", "regex": r"^[0-9a-f]{64}$"},
            "A row can be traced to the bytes that it was read from.",
        ),
        Expectation(
            "text_is_unique",
            "ExpectColumnValuesToBeUnique",
            {"column": "text_fingerprint"},
            "No plan is counted twice under two names.",
        ),
        _true("length_is_right", "Offsets are counted in the text that is kept, and in no other."),
        # Of the five plans no two share more than 0.04: quotations of the same superior documents.
        _usual(
            "nearest_share",
            0,
            0.5,
            "No plan is a copy of another with a few words changed.",
            shown=["nearest_plan"],
        ),
        _true(
            "bytes_are_as_before",
            "A file that was changed under an unchanged plan id is noticed.",
            Severity.WARNING,
            shown=["source_sha256", "accepted_sha256", "accepted_on"],
        ),
        _true(
            "has_no_lost_characters",
            "The file was not damaged by a wrong conversion.",
            Severity.WARNING,
            shown=["lost_in"],
        ),
        # The five plans have 4,670 to 8,696 characters; a scan of a headline or of a whole yearbook is no plan.
        _usual("char_count", 500, 500_000, "The file holds one whole plan, and nothing else."),
        # The five plans have 0.85 to 0.88.
        _usual("han_share", 0.6, 1.0, "The text is the plan, in Chinese, not the web page around it."),
        _stated("title_zh", "Charts and tables can name the plan.", Severity.WARNING),
        _stated("period_end_year", "Targets without a year of their own can be dated.", Severity.WARNING),
        _true(
            "period_is_in_order",
            "The years of the plan were not misread.",
            Severity.WARNING,
            shown=["period_start_year", "period_end_year"],
        ),
    ),
    document_facts,
)


# --- Extraction -----------------------------------------------------------------------------------------------

_PLANS = Suite(
    "plans",
    ("extracted", "measures"),
    "extraction",
    ("plan_key", "title_zh", "char_count"),
    (
        _true(
            "something_was_found",
            "A page that is no plan does not stand in the theme map as one that says nothing.",
            Severity.PLAN,
            remedy="save the text of the plan itself, with its numbered headings",
        ),
        _true(
            "text_is_no_table",
            "A table of statistics or prices is not taken for a plan full of commitments.",
            Severity.PLAN,
            remedy="save the text of the plan itself, without the tables around it",
            shown=["measure_count", "measures_per_1000"],
        ),
        _usual(
            "measures_per_1000",
            *USUAL_DENSITY,
            "The text was searched for commitments with success.",
            shown=["measure_count"],
        ),
        _usual("provision_count", 1, 1_000, "The structure of the plan was recognised."),
    ),
    plan_facts,
)

_MEASURES = Suite(
    "measures",
    ("extracted", "measures"),
    "extraction",
    ("measure_key", "value_text", "quote_zh"),
    (
        _true(
            "span_is_value_text",
            "The number can be found in the file at the place that is given for it.",
            Severity.PLAN,
            remedy=_DEFECT,
            shown=["char_start", "char_end"],
        ),
        _true(
            "quote_is_verbatim",
            "Every quotation is word for word what was published.",
            Severity.PLAN,
            remedy=_DEFECT,
        ),
        _true(
            "quote_holds_value",
            "The quotation shows the number that it is given for.",
            Severity.PLAN,
            remedy=_DEFECT,
        ),
        _true("is_in_ledger", "Every measure is accounted for by a number of the text.", Severity.WARNING),
        _true("zero_is_stated", "A value that is not stated never counts as 0.", shown=["value"]),
        _stated("indicator_text_zh", "A number without what it measures says nothing."),
    ),
    measure_facts,
)


def _printed(
    table: str, printed: str, shown: Sequence[str], protects: str, more: Sequence[Expectation] = ()
) -> Suite:
    """Return the suite of an extracted table whose column `printed` stands in the file at its offsets."""
    span = _true(
        "span_is_as_printed", protects, Severity.PLAN, remedy=_DEFECT, shown=["char_start", "char_end"]
    )
    return Suite(
        table,
        ("extracted", table),
        "extraction",
        (*shown, printed, "sentence_zh"),
        (span, *more),
        printed_facts(table, printed),
    )


_PRINTED = (
    _printed("provisions", "text_zh", ["provision_key"], "A provision is shown as it was published."),
    _printed(
        "provision_agencies", "printed_name_zh", ["provision_key"], "An office is named as the plan names it."
    ),
    _printed("citations", "quote_zh", ["citation_key"], "A superior document is cited as the plan cites it."),
    _printed("repairs", "before", ["plan_key"], "A correction says truly what stood in the file."),
    _printed(
        "numerals",
        "text",
        ["plan_key"],
        "Every number of the ledger is found in the file.",
        [
            Expectation(
                "numeral_is_explained",
                "ExpectColumnValuesToNotBeInSet",
                {"column": "disposition", "value_set": ["unexplained"]},
                "No commitment is missed because the grammar does not know its wording.",
                Severity.WARNING,
            )
        ],
    ),
)

EXTRACTED: tuple[Suite, ...] = (_DOCUMENTS, _PLANS, _MEASURES, *_PRINTED)


# --- A plan's own failure -------------------------------------------------------------------------------------


def own_failure(tables: Mapping[str, pl.DataFrame]) -> str | None:
    """Return why a plan that was read and extracted cannot be used, and what to do; None if it can.

    Applies the expectations of `Severity.PLAN`, without Great Expectations, to the plan alone.

    Args:
        tables: Rows of this plan in the tables of `tables.SCHEMAS`, by name.
    """
    for suite in EXTRACTED:
        own = [item for item in suite.expectations if item.severity is Severity.PLAN]
        frame = suite.facts(lambda name: tables[name.removeprefix("extracted/")]) if own else pl.DataFrame()
        for item in own:
            failing = frame.filter(~pl.col(item.arguments["column"]))
            if failing.height:
                first = failing.select(list(dict.fromkeys([*suite.shown, *item.shown]))).row(0, named=True)
                words = ", ".join(
                    f"{name} {str(value)[:_WORDS]}" for name, value in first.items() if value is not None
                )
                return (
                    f"it fails the check {item.name}, in {failing.height} of {frame.height} {suite.name} "
                    f"({words}): {item.remedy}"
                )
    return None


# --- Marts and reports ----------------------------------------------------------------------------------------

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
    _true(
        "is_as_extracted", "Nothing between the text and the published row has changed what the plan says."
    ),
    _true("unit_is_known", "Numbers of different units never stand on one axis.", shown=["unit"]),
    _true(
        "has_a_verdict",
        "No measure with an indicator is left out of the comparison in silence.",
        shown=["indicator_key"],
    ),
    _usual("share_percent", 0, 100, "A share of a whole is at most 100 percent."),
    _usual("growth_percent", -100, 1_000, "A growth rate beyond tenfold is more often a misread level."),
    # 10 trillion yuan: above the yearly output of all but the largest of the provinces.
    _usual("money_cny", 0, 1e13, "A sum was not read with a wrong factor (万, 亿)."),
    _usual("count", 0, 1e8, "A count was not read with a wrong factor, nor a phone number as a count."),
    # The five plans have at most 12.
    _usual("items_per_10k", 0, 1_000, "A density was not taken for a count."),
    _usual("years", 0, 100, "A year of the calendar was not taken for a number of years."),
    _usual("times", 0, 100, "A multiple was not taken for a percentage."),
    _usual("period_end_year", 2000, 2060, "A year was not misread."),
    _usual("horizon_years", 1, 30, "A period was not misread."),
    _true(
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
    _stated("reason_zh", "A Chinese reader is told why two numbers may be compared, or not."),
    _stated("reason_en", "An English reader is told why two numbers may be compared, or not."),
    _true(
        "rescaled_has_formula",
        "A rescaled number shows the arithmetic that made it.",
        shown=["comparability"],
    ),
    _usual(
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
            _true(
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
            _true(
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
        (_true("failure_has_a_reason", "Whoever finds a plan missing is told why.", shown=["status"]),),
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
                        facts or _table(name), [column.name for column in mart.columns if column.codes]
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
    """Return `facts` with a word for what is missing in a coded column: Great Expectations passes over nulls."""
    return lambda read: facts(read).with_columns(pl.col(coded).fill_null("(none)"))
