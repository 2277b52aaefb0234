"""What must hold of what was read and extracted, of all plans and of each alone. It knows nothing of dbt.

Quotes against the text, completeness of a plan, bounds. docs/quality.md is the overview.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from dagster_project.quality.expectations import Expectation, Severity, Suite, holds, stated, usual
from dagster_project.quality.facts import document_facts, measure_facts, plan_facts, printed_facts

#: Measures in a thousand characters. The five plans have 2.2 to 6.7.
USUAL_DENSITY = (0.5, 20.0)
_WORDS = 80  # characters of a text that a message repeats
_DEFECT = "this is a defect of the program, not of the plan: report it with the file and the log"

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
        stated("encoding", "It is known how the bytes were read; without it no offset can be checked."),
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
            Severity.WARNING,
        ),
        holds("length_is_right", "Offsets are counted in the text that is kept, and in no other."),
        # Of the five plans no two share more than 0.04: quotations of the same superior documents.
        usual(
            "nearest_share",
            0,
            0.5,
            "No plan is a copy of another with a few words changed.",
            shown=["nearest_plan"],
        ),
        holds(
            "bytes_are_as_before",
            "A file that was changed under an unchanged plan id is noticed.",
            Severity.WARNING,
            shown=["source_sha256", "accepted_sha256", "accepted_on"],
        ),
        holds(
            "has_no_lost_characters",
            "The file was not damaged by a wrong conversion.",
            Severity.WARNING,
            shown=["lost_in"],
        ),
        # The five plans have 4,670 to 8,696 characters; a scan of a headline or of a whole yearbook is no plan.
        usual("char_count", 500, 500_000, "The file holds one whole plan, and nothing else."),
        # The five plans have 0.85 to 0.88.
        usual("han_share", 0.6, 1.0, "The text is the plan, in Chinese, not the web page around it."),
        stated("title_zh", "Charts and tables can name the plan.", Severity.WARNING),
        stated("period_end_year", "Targets without a year of their own can be dated.", Severity.WARNING),
        holds(
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
        holds(
            "something_was_found",
            "A page that is no plan does not stand in the theme map as one that says nothing.",
            Severity.PLAN,
            remedy="save the text of the plan itself, with its numbered headings",
        ),
        holds(
            "text_is_no_table",
            "A table of statistics or prices is not taken for a plan full of commitments.",
            Severity.PLAN,
            remedy="save the text of the plan itself, without the tables around it",
            shown=["measure_count", "measures_per_1000"],
        ),
        usual(
            "measures_per_1000",
            *USUAL_DENSITY,
            "The text was searched for commitments with success.",
            shown=["measure_count"],
        ),
        usual("provision_count", 1, 1_000, "The structure of the plan was recognised."),
    ),
    plan_facts,
)

_MEASURES = Suite(
    "measures",
    ("extracted", "measures"),
    "extraction",
    ("measure_key", "value_text", "quote_zh"),
    (
        holds(
            "span_is_value_text",
            "The number can be found in the file at the place that is given for it.",
            Severity.PLAN,
            remedy=_DEFECT,
            shown=["char_start", "char_end"],
        ),
        holds(
            "quote_is_verbatim",
            "Every quotation is word for word what was published.",
            Severity.PLAN,
            remedy=_DEFECT,
        ),
        holds(
            "quote_holds_value",
            "The quotation shows the number that it is given for.",
            Severity.PLAN,
            remedy=_DEFECT,
        ),
        holds("is_in_ledger", "Every measure is accounted for by a number of the text.", Severity.WARNING),
        holds(
            "value_is_in_range",
            "A number with digits glued to it is not published as the highest of all.",
            Severity.PLAN,
            remedy="correct the number in corrections.yml, or mend it in the text",
            shown=["value"],
        ),
        holds(
            "zero_is_stated",
            "A value that is not stated never counts as 0.",
            Severity.PLAN,
            remedy="correct the number in corrections.yml, or mend it in the text",
            shown=["value"],
        ),
        holds(
            "value_is_kept",
            "The tables have four decimals: a smaller value is published rounded, or as 0.",
            Severity.WARNING,
            shown=["value"],
        ),
        stated("indicator_text_zh", "A number without what it measures says nothing."),
        holds(
            "name_is_whole",
            "A name says what is measured without its sentence; it is no fragment of one.",
            Severity.WARNING,
            shown=["indicator_text_zh"],
        ),
    ),
    measure_facts,
)


def _printed(
    table: str, printed: str, shown: Sequence[str], protects: str, more: Sequence[Expectation] = ()
) -> Suite:
    """Return the suite of an extracted table whose column `printed` stands in the file at its offsets."""
    span = holds(
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
        tables: Rows of this plan in the tables of `corpus.tables.SCHEMAS`, by name.
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
