"""What the content of the tables must be: expectations as data, judged by Great Expectations.

dbt tests keys, relations and arithmetic; these judge content: vocabularies, bounds, completeness, and quotes
against the text. An expectation that blocks guards integrity: nothing is published while it fails. Any other
points at something unusual, which is published with a warning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from dagster_project.corpus import PLAN_ID, han_share

if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult

KINDS = ("target", "incentive", "funding", "condition", "allocation", "baseline", "sanction")
FORMS = ("level", "flow", "growth_annual", "growth_total", "multiple", "share")
COMPARATORS = ("ge", "gt", "le", "lt", "approx", "eq")
DISPOSITIONS = (
    "measure restated denominator date period document_number heading_number standard_code proper_name ordinal "
    "phone other unexplained"
).split()


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that a table must be.

    Attributes:
        name: Names the asset check.
        type: Class of Great Expectations.
        arguments: Its arguments.
        protects: What a reader of the tables would suffer if it did not hold.
        blocking: Whether a failure holds the release back.
    """

    name: str
    type: str
    arguments: Mapping[str, Any]
    protects: str
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an expectation.

    Attributes:
        expectation: It.
        passed: Whether it holds.
        rows: Positions of the rows for which it does not; empty if it is about the table as a whole.
        observed: What was found, for an expectation about the table as a whole.
    """

    expectation: Expectation
    passed: bool
    rows: tuple[int, ...] = field(default=())
    observed: str = ""


def _one_of(column: str, values: Sequence[str], protects: str) -> Expectation:
    arguments = {"column": column, "value_set": list(values)}
    return Expectation(f"{column}_is_known", "ExpectColumnValuesToBeInSet", arguments, protects)


def _true(column: str, protects: str, *, blocking: bool = True) -> Expectation:
    return Expectation(
        column, "ExpectColumnValuesToBeInSet", {"column": column, "value_set": [True]}, protects, blocking
    )


def _between(column: str, low: float, high: float, protects: str) -> Expectation:
    arguments = {"column": column, "min_value": low, "max_value": high}
    name = f"{column}_is_usual"
    return Expectation(name, "ExpectColumnValuesToBeBetween", arguments, protects, blocking=False)


def _stated(column: str, protects: str, *, blocking: bool = True) -> Expectation:
    return Expectation(
        f"{column}_is_stated", "ExpectColumnValuesToNotBeNull", {"column": column}, protects, blocking
    )


def _pattern(column: str, regex: str, protects: str) -> Expectation:
    arguments = {"column": column, "regex": regex}
    return Expectation(f"{column}_is_well_formed", "ExpectColumnValuesToMatchRegex", arguments, protects)


def document_expectations() -> tuple[Expectation, ...]:
    """Return what `documents` must be, with the columns that `with_document_facts` adds."""
    return (
        Expectation(
            "some_documents",
            "ExpectTableRowCountToBeBetween",
            {"min_value": 1},
            "An empty corpus must not replace a good release.",
        ),
        _pattern("plan_key", rf"^{PLAN_ID.pattern}$", "Plan ids stand in keys, paths and links."),
        _pattern(
            "source_sha256", r"^[0-9a-f]{64}$", "A row can be traced to the bytes that it was read from."
        ),
        _stated("encoding", "It is known how the bytes were read; without it no offset can be checked."),
        Expectation(
            "text_is_unique",
            "ExpectColumnValuesToBeUnique",
            {"column": "text_without_spaces"},
            "No plan is counted twice under two names.",
        ),
        _true("length_is_right", "Offsets are counted in the text that is kept, and in no other."),
        _true("has_no_lost_characters", "The file was not damaged by a wrong conversion.", blocking=False),
        # The five plans have 4,670 to 8,696 characters; a scan of a headline or of a whole yearbook is no plan.
        _between("char_count", 500, 500_000, "The file holds one whole plan, and nothing else."),
        # The five plans have 0.85 to 0.88.
        _between("han_share", 0.6, 1.0, "The text is the plan, not the web page around it."),
        _between("provision_count", 1, 1_000, "The structure of the plan was recognised."),
        _between("measure_count", 1, 5_000, "The plan was searched with success for commitments."),
        _stated("title_zh", "Charts and tables can name the plan.", blocking=False),
        _stated("period_end_year", "Targets without a year of their own can be dated.", blocking=False),
    )


def with_document_facts(
    documents: pl.DataFrame, provisions: pl.DataFrame, measures: pl.DataFrame
) -> pl.DataFrame:
    """Return `documents` with the columns that its expectations are about."""
    text = pl.col("text")
    counts = [
        frame.group_by("plan_key").len(name).cast({name: pl.Int64})
        for name, frame in (("provision_count", provisions), ("measure_count", measures))
    ]
    for count in counts:
        documents = documents.join(count, on="plan_key", how="left")
    return documents.with_columns(
        pl.col("provision_count", "measure_count").fill_null(0),
        text.str.replace_all(r"\s", "").alias("text_without_spaces"),
        (text.str.len_chars() == pl.col("char_count")).alias("length_is_right"),
        (~text.str.contains("\ufffd", literal=True)).alias("has_no_lost_characters"),
        text.map_elements(han_share, return_dtype=pl.Float64).alias("han_share"),
    )


#: Columns that `with_measure_facts` adds.
_MEASURE_FACTS = (
    "span_is_value_text",
    "quote_is_verbatim",
    "quote_holds_value",
    "zero_is_stated",
    "share_percent",
    "growth_percent",
    "money_cny",
    "count",
)


def measure_expectations(columns: Sequence[str] = (), units: Sequence[str] = ()) -> tuple[Expectation, ...]:
    """Return what `fct_measure` must be, with the columns that `with_measure_facts` adds.

    Args:
        columns: The columns in order, from dbt's manifest.
        units: The codes of `dim_unit`.
    """
    return (
        Expectation(
            "columns_are_described",
            "ExpectTableColumnsToMatchOrderedList",
            {"column_list": [*columns, *_MEASURE_FACTS]},
            "The data dictionary describes exactly the columns that are published.",
        ),
        _one_of("kind", KINDS, "Targets, money and reported facts are never mixed by an unknown word."),
        _one_of("form", FORMS, "Levels, flows and growth rates can be told apart in every comparison."),
        _one_of("comparator", COMPARATORS, "A cap is never read as a promise."),
        _one_of("unit", units, "Numbers of different units never stand on one axis."),
        _true("span_is_value_text", "The number can be found in the file at the place that is given for it."),
        _true("quote_is_verbatim", "Every quotation is word for word what was published."),
        _true("quote_holds_value", "The quotation shows the number that it is given for."),
        _true("zero_is_stated", "A value that is not stated never counts as 0."),
        _stated("indicator_text_zh", "A number without what it measures says nothing."),
        _between("share_percent", 0, 100, "A share of a whole is at most 100 percent."),
        _between(
            "growth_percent", -100, 1_000, "A growth rate beyond tenfold is more often a misread level."
        ),
        # 10 trillion yuan: above the yearly output of all but the largest of the provinces.
        _between("money_cny", 0, 1e13, "A sum was not read with a wrong factor (万, 亿)."),
        _between("count", 0, 1e8, "A count was not read with a wrong factor, nor a phone number as a count."),
        _between("period_end_year", 2000, 2060, "A year was not misread."),
        _between("horizon_years", 1, 30, "A period was not misread."),
        Expectation(
            "indicator_is_mapped",
            "ExpectColumnValuesToNotBeInSet",
            {"column": "indicator_key", "value_set": ["unmapped"]},
            "The measure can be compared with those of other plans.",
            blocking=False,
        ),
    )


def with_measure_facts(measures: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Return `fct_measure` with the columns that its expectations are about.

    Args:
        measures: `fct_measure`.
        documents: `documents`, with the texts that the offsets count in.
    """
    texts = dict(documents.select("plan_key", "text").iter_rows())
    keys = ("plan_key", "char_start", "char_end", "value_text", "quote_zh")
    rows = list(measures.select(keys).iter_rows())
    value, unit, form = pl.col("value").cast(pl.Float64), pl.col("unit"), pl.col("form")
    is_growth = form.is_in(["growth_annual", "growth_total"])
    is_money, is_percent = unit == "CNY", unit == "percent"
    return measures.with_columns(
        pl.Series("span_is_value_text", [texts.get(p, "")[a:b] == v for p, a, b, v, _ in rows], pl.Boolean),
        pl.Series("quote_is_verbatim", [bool(q) and q in texts.get(p, "") for p, *_, q in rows], pl.Boolean),
        pl.Series("quote_holds_value", [v in (q or "") for *_, v, q in rows], pl.Boolean),
        zero_is_stated=(value != 0) | pl.col("value_text").str.contains("[00零〇]"),
        share_percent=pl.when(is_percent & (form == "share")).then(value),
        growth_percent=pl.when(is_percent & is_growth).then(value),
        money_cny=pl.when(is_money).then(value),
        count=pl.when(~is_money & ~is_percent).then(value),
    )


def numeral_expectations() -> tuple[Expectation, ...]:
    """Return what the ledger of numerals must be."""
    return (
        _one_of("disposition", DISPOSITIONS, "Every number of a text is accounted for in a known way."),
        Expectation(
            "numeral_is_explained",
            "ExpectColumnValuesToNotBeInSet",
            {"column": "disposition", "value_set": ["unexplained"]},
            "No commitment is missed because the grammar does not know its wording.",
            blocking=False,
        ),
    )


def judge(frame: pl.DataFrame, expectations: Sequence[Expectation]) -> list[Verdict]:
    """Let Great Expectations judge a table; takes seconds the first time, for its import.

    Args:
        frame: The table, with the columns that the expectations are about.
        expectations: What it must be.

    Returns:
        One verdict for each expectation, in order.

    Raises:
        RuntimeError: If an expectation cannot be evaluated, such as for a column that is missing.
    """
    import great_expectations as gx
    import great_expectations.expectations as gxe
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    # Great Expectations judges pandas frames only; its positions are those of a fresh index.
    # Without temporary docs, of which a folder would stay behind at every run.
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    batch = (
        context.data_sources.add_pandas("tables")
        .add_dataframe_asset("table")
        .add_batch_definition_whole_dataframe("all")
    )
    suite = gx.ExpectationSuite(
        name="suite",
        expectations=[
            getattr(gxe, item.type)(
                **item.arguments,
                meta={"name": item.name},
                notes=item.protects,
                severity="critical" if item.blocking else "warning",
            )
            for item in expectations
        ],
    )
    validation = gx.ValidationDefinition(name="validation", data=batch, suite=context.suites.add(suite))
    results = context.validation_definitions.add(validation).run(
        batch_parameters={"dataframe": frame.to_pandas()}, result_format={"result_format": "COMPLETE"}
    )
    by_name = {_name(result): result for result in results.results}
    return [_verdict(item, by_name[item.name]) for item in expectations]


def _name(result: ExpectationValidationResult) -> str:
    if result.expectation_config is None or result.expectation_config.meta is None:
        raise RuntimeError(f"A result without its expectation: {result}")
    return str(result.expectation_config.meta["name"])


def _verdict(expectation: Expectation, result: ExpectationValidationResult) -> Verdict:
    if result.exception_info and (result.exception_info.get("raised_exception") or result.result == {}):
        raise RuntimeError(f"Expectation {expectation.name} cannot be evaluated: {result.exception_info}")
    found = result.result
    rows = tuple(sorted(int(row) for row in found.get("unexpected_index_list") or ()))
    return Verdict(expectation, bool(result.success), rows, str(found.get("observed_value", "")))
