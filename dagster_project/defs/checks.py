"""Asset checks: the expectations on content, and the accuracy against the reference readings."""

from collections.abc import Callable, Iterator, Sequence

import dagster as dg
import duckdb
import polars as pl

from dagster_project.defs.common import DataFolderResource, markdown
from dagster_project.folder import DataFolder
from dagster_project.manifest import Mart
from dagster_project.quality.differences import differing_measures, differing_provisions
from dagster_project.quality.suites import (
    Expectation,
    Verdict,
    document_expectations,
    judge,
    measure_expectations,
    numeral_expectations,
    with_document_facts,
    with_measure_facts,
)

_SHOWN_ROWS = 50
# Below this share of fields that agree with a hand-made reading, somebody should look.
MIN_ACCURACY = 0.95

Judged = tuple[pl.DataFrame, Sequence[Expectation]]


def _suite(
    name: str,
    asset: Sequence[str],
    declared: Sequence[Expectation],
    load: Callable[[DataFolder], Judged],
    shown: Sequence[str],
) -> dg.AssetChecksDefinition:
    """Return one check for each expectation on an asset, all from one run of Great Expectations.

    Args:
        name: Names the step.
        asset: Key of the asset.
        declared: The expectations.
        load: Gives the table, and the expectations with the arguments that are known only now.
        shown: Columns that tell a reader which row failed, and in which sentence.
    """
    key = dg.AssetKey(list(asset))
    specs = [
        dg.AssetCheckSpec(item.name, asset=key, description=item.protects, blocking=item.blocking)
        for item in declared
    ]

    @dg.multi_asset_check(name=name, specs=specs)
    def suite(
        context: dg.AssetCheckExecutionContext, data: DataFolderResource
    ) -> Iterator[dg.AssetCheckResult]:
        frame, expectations = load(data.folder)
        for verdict in judge(frame, expectations):
            result = _result(key, frame, verdict, shown)
            if "failing_rows" in result.metadata:
                context.log.info("%s:\n%s", verdict.expectation.name, result.metadata["failing_rows"].value)
            yield result

    return suite


def _result(
    key: dg.AssetKey, frame: pl.DataFrame, verdict: Verdict, shown: Sequence[str]
) -> dg.AssetCheckResult:
    item = verdict.expectation
    metadata: dict[str, dg.MetadataValue] = {"protects": dg.MetadataValue.text(item.protects)}
    if verdict.rows:
        columns = list(dict.fromkeys([*shown, *(c for c in [item.arguments.get("column")] if c)]))
        failing = frame.select(columns)[list(verdict.rows)]
        metadata["failing_row_count"] = dg.MetadataValue.int(failing.height)
        table = markdown(failing.head(_SHOWN_ROWS), width=200)
        metadata["failing_rows"] = dg.MetadataValue.md(table)
    elif not verdict.passed:
        metadata["observed"] = dg.MetadataValue.text(verdict.observed)
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=item.name,
        passed=verdict.passed,
        severity=dg.AssetCheckSeverity.ERROR if item.blocking else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )


def checks(marts: dict[str, Mart]) -> list[dg.AssetChecksDefinition]:
    """Return all checks that are not dbt tests.

    Args:
        marts: The published tables of dbt's manifest.
    """
    columns = [column.name for column in marts["fct_measure"].columns]

    def documents(folder: DataFolder) -> Judged:
        frame = with_document_facts(*(_extracted(folder, t) for t in ("documents", "provisions", "measures")))
        return frame, document_expectations()

    def numerals(folder: DataFolder) -> Judged:
        return _extracted(folder, "numerals"), numeral_expectations()

    def measures(folder: DataFolder) -> Judged:
        frame = _mart(folder, marts["fct_measure"])
        units = _mart(folder, marts["dim_unit"])["unit_key"].to_list()
        return (
            with_measure_facts(frame, _extracted(folder, "documents")),
            measure_expectations(columns, units),
        )

    @dg.asset_check(
        asset="audit_accuracy", description=f"At least {MIN_ACCURACY:.0%} of each field is right."
    )
    def accuracy_is_high(data: DataFolderResource) -> dg.AssetCheckResult:
        table = _mart(data.folder, marts["audit_accuracy"])
        low = table.filter(pl.col("share") < MIN_ACCURACY)
        differing = [
            {"plan_key": row.plan_key, "kind": row.kind, "sentence": row.sentence}
            | {
                "fields": "; ".join(
                    f"{name}: {ours}, not {theirs}" for name, (ours, theirs) in row.fields.items()
                )
            }
            for row in (
                *differing_measures(
                    _mart(data.folder, marts["fct_measure"]), _extracted(data.folder, "reference_measures")
                ),
                *differing_provisions(
                    _mart(data.folder, marts["fct_provision"]),
                    _extracted(data.folder, "reference_provisions"),
                ),
            )
        ]
        return dg.AssetCheckResult(
            passed=low.is_empty(),
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "protects": "Extraction agrees with people who read the plans, field by field.",
                "failing_rows": dg.MetadataValue.md(markdown(low)),
                "accuracy": dg.MetadataValue.md(markdown(table)),
                "differing_rows": dg.MetadataValue.md(
                    markdown(pl.DataFrame(differing[:_SHOWN_ROWS]), width=200)
                ),
            },
        )

    return [
        _suite(
            "judge_documents",
            ["extracted", "documents"],
            document_expectations(),
            documents,
            ["plan_key", "title_zh"],
        ),
        _suite(
            "judge_numerals",
            ["extracted", "numerals"],
            numeral_expectations(),
            numerals,
            ["plan_key", "char_start", "text", "sentence_zh"],
        ),
        _suite(
            "judge_measures",
            ["fct_measure"],
            measure_expectations(columns),
            measures,
            ["measure_key", "value_text", "value", "unit", "quote_zh"],
        ),
        accuracy_is_high,
    ]


def _extracted(folder: DataFolder, table: str) -> pl.DataFrame:
    return pl.read_parquet(folder.extracted / f"{table}.parquet")


def _mart(folder: DataFolder, mart: Mart) -> pl.DataFrame:
    with duckdb.connect(str(folder.warehouse), read_only=True) as connection:
        return connection.table(mart.relation).pl()
