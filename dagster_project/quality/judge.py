"""Lets Great Expectations judge a table: the one place that knows it, but for its pages in `quality.docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from dagster_project.quality.expectations import Expectation, Suite

if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an expectation.

    Attributes:
        expectation: It.
        passed: Whether it holds.
        rows: Positions of the rows for which it does not; empty if it is about the table as a whole.
        observed: What was found, for an expectation about the table as a whole.
        result: The result of Great Expectations as JSON, without what differs from run to run.
    """

    expectation: Expectation
    passed: bool
    rows: tuple[int, ...]
    observed: str
    result: Mapping[str, Any]


@contextmanager
def without_pyspark() -> Iterator[None]:
    """Let Great Expectations be imported as where PySpark is not installed.

    It would import all of it, for seconds, and PySpark ends a process that has no main module of its own.
    """
    is_loaded = "pyspark" in sys.modules
    if not is_loaded:
        sys.modules["pyspark"] = None  # type: ignore[assignment]  # as `import` knows it
    try:
        yield
    finally:
        if not is_loaded:
            del sys.modules["pyspark"]


def judge(frame: pl.DataFrame, expectations: Sequence[Expectation]) -> list[Verdict]:
    """Let Great Expectations judge a table; takes seconds the first time in a process, for its import.

    Args:
        frame: The table, with the columns that the expectations are about.
        expectations: What it must be.

    Returns:
        One verdict for each expectation, in order.

    Raises:
        RuntimeError: If an expectation cannot be evaluated, such as for a column that is missing.
    """
    with without_pyspark():
        import great_expectations as gx
    import great_expectations.expectations as gxe
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

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
    # It judges pandas frames only, whose fresh index counts the rows as polars does. Other columns are not handed
    # over: texts of whole plans are among them.
    columns = {item.column for item in expectations}
    judged = [name for name in frame.columns if name in columns] or frame.columns[:1]
    results = context.validation_definitions.add(validation).run(
        batch_parameters={"dataframe": frame.select(judged).to_pandas()},
        result_format={"result_format": "COMPLETE"},
    )
    by_name = {_name(result): result for result in results.results}
    return [_verdict(item, by_name[item.name]) for item in expectations]


def failing_rows(suite: Suite, frame: pl.DataFrame, verdict: Verdict) -> pl.DataFrame:
    """Return the rows that fail, in the columns that say which they are and what is wrong with them."""
    item = verdict.expectation
    own = [item.column] if item.column and frame.schema[item.column] != pl.Boolean else []
    return frame.select(list(dict.fromkeys([*suite.shown, *item.shown, *own])))[list(verdict.rows)]


def _name(result: ExpectationValidationResult) -> str:
    if result.expectation_config is None or result.expectation_config.meta is None:
        raise RuntimeError(f"A result without its expectation: {result}")
    return str(result.expectation_config.meta["name"])


def _verdict(expectation: Expectation, result: ExpectationValidationResult) -> Verdict:
    if result.exception_info and (result.exception_info.get("raised_exception") or result.result == {}):
        raise RuntimeError(f"Expectation {expectation.name} cannot be evaluated: {result.exception_info}")
    found = result.result
    rows = tuple(sorted(int(row) for row in found.get("unexpected_index_list") or ()))
    observed = str(found.get("observed_value", ""))
    return Verdict(expectation, bool(result.success), rows, observed, _lasting(result.to_json_dict()))


#: Lists of all failing rows, which are kept elsewhere with their words, and ids made anew in every run.
_OF_ONE_RUN = frozenset(
    {"unexpected_list", "unexpected_index_list", "unexpected_index_query", "id", "batch_id"}
)


def _lasting(result: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a result without `_OF_ONE_RUN` and without what exceptions there were, at every depth."""
    if isinstance(result, Mapping):
        of_one_run = _OF_ONE_RUN | {"exception_info"}
        return {key: _lasting(value) for key, value in result.items() if key not in of_one_run}
    return [_lasting(value) for value in result] if isinstance(result, list) else result
