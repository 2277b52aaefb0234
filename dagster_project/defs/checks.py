"""Asset checks: the expectations on content, and the accuracy against the reference readings.

The tests of dbt are checks, too: `defs.warehouse` hands over their results.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
import duckdb
import polars as pl

from dagster_project.corpus.files import read_table, table_files
from dagster_project.corpus.tables import SCHEMAS
from dagster_project.defs.common import PLANS, DataFolderResource, markdown, plans_of, table
from dagster_project.folder import DataFolder
from dagster_project.quality.differences import differing_measures, differing_provisions
from dagster_project.quality.docs import write_findings
from dagster_project.quality.expectations import BOUNDARIES, Suite
from dagster_project.quality.facts import Read
from dagster_project.quality.judge import Verdict, failing_rows, judge
from dagster_project.quality.published import suites
from dagster_project.warehouse.dbt_project import Mart

_SHOWN_ROWS = 50
# Below this share of fields that agree with a hand-made reading, somebody should look.
MIN_ACCURACY = 0.95


def checks(marts: Mapping[str, Mart]) -> list[dg.AssetChecksDefinition]:
    """Return all checks that are not dbt tests: one step for each boundary, and the accuracy.

    Args:
        marts: The published tables of dbt's manifest.
    """
    every = suites(marts)
    boundaries = [
        _boundary(boundary, [suite for suite in every if suite.boundary == boundary], marts)
        for boundary in BOUNDARIES
    ]
    return [*boundaries, _accuracy(marts)]


def _boundary(boundary: str, judged: Sequence[Suite], marts: Mapping[str, Mart]) -> dg.AssetChecksDefinition:
    """Return one check for each expectation of the suites of a boundary."""

    @dg.multi_asset_check(
        name=f"judge_{boundary}",
        specs=[
            dg.AssetCheckSpec(
                item.name,
                asset=dg.AssetKey(list(suite.asset)),
                description=item.protects,
                blocking=item.blocking,
            )
            for suite in judged
            for item in suite.expectations
        ],
    )
    def judge_boundary(
        context: dg.AssetCheckExecutionContext, data: DataFolderResource
    ) -> Iterator[dg.AssetCheckResult]:
        read = reader(data.folder, marts)
        for suite in judged:
            frame = suite.facts(read)
            verdicts = judge(frame, suite.expectations)
            write_findings(suite, frame, verdicts, data.folder.quality)
            for verdict in verdicts:
                if verdict.rows:
                    rows = markdown(failing_rows(suite, frame, verdict).head(_SHOWN_ROWS), width=200)
                    context.log.info("%s: %s\n%s", suite.name, verdict.expectation.name, rows)
                yield _result(suite, frame, verdict)

    return judge_boundary


def _result(suite: Suite, frame: pl.DataFrame, verdict: Verdict) -> dg.AssetCheckResult:
    item = verdict.expectation
    metadata: dict[str, Any] = {"protects": item.protects}
    if verdict.rows:
        metadata["failing_row_count"] = len(verdict.rows)
        metadata["failing_rows"] = table(failing_rows(suite, frame, verdict), _SHOWN_ROWS, suite.labels)
        metadata[PLANS] = plans_of(frame[list(verdict.rows)])
    elif not verdict.passed:
        metadata["observed"] = verdict.observed
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey(list(suite.asset)),
        check_name=item.name,
        passed=verdict.passed,
        severity=dg.AssetCheckSeverity.ERROR if item.blocking else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )


def _accuracy(marts: Mapping[str, Mart]) -> dg.AssetChecksDefinition:
    """Return the check of the share of fields that agree with the reference readings."""

    @dg.asset_check(
        asset="audit_accuracy", description=f"At least {MIN_ACCURACY:.0%} of each field is right."
    )
    def accuracy_is_high(data: DataFolderResource) -> dg.AssetCheckResult:
        read = reader(data.folder, marts)
        accuracy = read("audit_accuracy")
        low = accuracy.filter(pl.col("share") < MIN_ACCURACY)
        differences = (
            *differing_measures(read("fct_measure"), read("extracted/reference_measures")),
            *differing_provisions(read("fct_provision"), read("extracted/reference_provisions")),
        )
        differing = [
            {
                "plan_key": row.plan_key,
                "kind": row.kind,
                "fields": "; ".join(
                    f"{name}: {ours}, not {theirs}" for name, (ours, theirs) in row.fields.items()
                ),
                "sentence": row.sentence,
            }
            for row in differences
        ]
        labels = {
            column.name: f"{column.label_zh} · {column.label_en}"
            for column in marts["audit_accuracy"].columns
        }
        schema = dict.fromkeys(("plan_key", "kind", "fields", "sentence"), pl.String)
        return dg.AssetCheckResult(
            passed=low.is_empty(),
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "protects": "Extraction agrees with people who read the plans, field by field.",
                "failing_row_count": low.height,
                "failing_rows": table(low, _SHOWN_ROWS, labels),
                "accuracy": table(accuracy, accuracy.height, labels),
                "differing_rows": table(pl.DataFrame(differing, schema=schema), _SHOWN_ROWS),
            },
        )

    return accuracy_is_high


def reader(folder: DataFolder, marts: Mapping[str, Mart]) -> Read:
    """Return what gives the tables of a run by name, as `quality.facts` asks for them."""

    def read(name: str) -> pl.DataFrame:
        place, _, own = name.rpartition("/")
        if not place:
            with duckdb.connect(str(folder.warehouse), read_only=True) as connection:
                return connection.table(marts[own].relation).pl()
        tables = {"extracted": folder.extracted, "accepted": folder.accepted}[place]
        if place == "accepted" and not table_files(tables, own):  # before the first release
            return pl.DataFrame(schema=SCHEMAS[own])
        return read_table(tables, own)

    return read
