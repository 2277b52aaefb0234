"""Pairs of extracted and reference rows, of measures and of provisions (see dagster_project.quality.accuracy)."""
# ruff: noqa: INP001  # dbt finds models by their path.

import polars as pl

from dagster_project.quality.accuracy import match_measures, match_provisions


def model(dbt, session):  # noqa: ANN001, ANN201, ARG001  # dbt calls it with these two
    """Return subject (measure | provision), plan_key, row_key, reference_key."""
    dbt.config(materialized="table")
    # dbt sees only names that stand by themselves.
    measures, measures_read = dbt.ref("fct_measure"), dbt.ref("stg_reference_measures")
    provisions, provisions_read = dbt.ref("fct_provision"), dbt.ref("stg_reference_provisions")
    measures = match_measures(*_assessed(measures, measures_read))
    provisions = match_provisions(*_assessed(provisions, provisions_read))
    return pl.concat(
        [
            measures.rename({"measure_key": "row_key"}).select(
                pl.lit("measure").alias("subject"), "plan_key", "row_key", "reference_key"
            ),
            provisions.rename({"provision_key": "row_key"}).select(
                pl.lit("provision").alias("subject"), "plan_key", "row_key", "reference_key"
            ),
        ]
    ).to_arrow()


def _assessed(rows, reference):  # noqa: ANN001, ANN202  # relations of DuckDB
    """Return the rows of the plans that have reference rows, and these: all plans may be more than the memory holds."""
    plans = reference.project("plan_key").distinct()
    return rows.join(plans, "plan_key", how="semi").pl(), reference.pl()
