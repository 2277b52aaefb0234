"""Pairs of extracted and reference rows, of measures and of provisions (see dagster_project.quality.accuracy)."""
# ruff: noqa: INP001  # dbt finds models by their path.

import polars as pl

from dagster_project.quality.accuracy import match_measures, match_provisions


def model(dbt, session):  # noqa: ANN001, ANN201, ARG001  # dbt calls it with these two
    """Return subject (measure | provision), plan_key, row_key, reference_key."""
    dbt.config(materialized="table")
    measures = match_measures(dbt.ref("fct_measure").pl(), dbt.ref("stg_reference_measures").pl())
    provisions = match_provisions(dbt.ref("fct_provision").pl(), dbt.ref("stg_reference_provisions").pl())
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
