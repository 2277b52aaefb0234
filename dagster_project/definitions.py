"""The one code location of Dagster: what is in `defs/`, for the data folder that the environment names."""

from __future__ import annotations

import os

import dagster as dg
from dagster_dbt import DbtCliResource

from dagster_project.defs.automation import daily_refresh, log_failures, log_recoveries, plan_changes
from dagster_project.defs.checks import checks
from dagster_project.defs.common import DataFolderResource
from dagster_project.defs.extracted import plans, raw_plans
from dagster_project.defs.published import published_assets
from dagster_project.defs.refresh import build_logger, refresh
from dagster_project.defs.warehouse import warehouse_assets
from dagster_project.folder import DBT_PROJECT, DataFolder
from dagster_project.warehouse.dbt_project import DBT_EXECUTABLE, ensure_manifest, load_marts


@dg.definitions
def definitions() -> dg.Definitions:
    """Return all definitions; the dbt project is parsed first if one of its files has changed."""
    folder = DataFolder.from_environment()
    os.environ.update(folder.environment())  # dbt's profile and its paths are read from the environment
    manifest = ensure_manifest(folder)
    marts = load_marts(manifest)
    return dg.Definitions(
        assets=[raw_plans, plans, warehouse_assets(manifest), *published_assets(marts)],
        asset_checks=checks(marts),
        jobs=[refresh],
        schedules=[daily_refresh],
        sensors=[plan_changes, log_failures, log_recoveries],
        resources={
            "data": DataFolderResource(root=str(folder.root)),
            "dbt": DbtCliResource(
                project_dir=str(DBT_PROJECT), profiles_dir=str(DBT_PROJECT), dbt_executable=DBT_EXECUTABLE
            ),
        },
        loggers={"console": dg.colored_console_logger, "command_line": build_logger},
        executor=dg.in_process_executor,
    )
