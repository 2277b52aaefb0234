"""The job that does everything, and its logger."""

from __future__ import annotations

import logging

import dagster as dg

#: The logger that the command line listens to.
BUILD_LOGGER = "ip_plans.build"

# One process: DuckDB allows one writer, and each further process would import everything anew.
refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Read all plans, compare them, judge the result, and publish it as one release.",
)


@dg.logger({}, description="Hands the events of a run to the command line.")
def build_logger(_: dg.InitLoggerContext) -> logging.Logger:
    """Return the logger that the command line listens to."""
    return logging.getLogger(BUILD_LOGGER)
