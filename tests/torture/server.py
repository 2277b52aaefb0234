"""Starts builds quickly: everything is imported once, and each build is a fork, with its own session and environment.

A third of what a build that is killed early does is to import; a fork is the same build without that. Commands come as
lines of JSON: steps (none: `ip-plans build`), environment, and the path of a pipe for what it says. The answer is its
process; when that has ended, how. Where the environment has IP_PLANS_TORTURE_WORKERS, so many processes read the plans,
as they read hundreds.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys

import dagster as dg

import dagster_project
from dagster_project.cli import app
from dagster_project.cli.terminal import in_words
from dagster_project.corpus import workers
from dagster_project.definitions import definitions
from dagster_project.defs import refresh
from dagster_project.defs.common import STARTED_BY
from dagster_project.defs.outcomes import report
from dagster_project.folder import DataFolder
from dagster_project.release.log import COMMAND_LINE

_LIBRARIES = (
    "great_expectations plotly.graph_objects pandas pikepdf docx choreographer xlsxwriter duckdb lxml.html openpyxl "
    "dbt.cli.main dbt.adapters.duckdb dagster_dbt opencc jinja2"
).split()


def load() -> None:
    """Import what builds import."""
    for name in _LIBRARIES:
        importlib.import_module(name)
    for found in pkgutil.walk_packages(dagster_project.__path__, "dagster_project."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)


def build(steps: list[str]) -> int:
    """Run `ip-plans build`, or some steps of the job on what the others left in the data folder; return the exit code."""
    if count := os.environ.get("IP_PLANS_TORTURE_WORKERS"):
        workers.FEWEST, workers._processors = 1, lambda: int(count)
    try:
        if steps:
            return part(steps)
        app(["build"], prog_name="ip-plans")
    except SystemExit as ended:
        return int(ended.code or 0)
    except Exception as error:  # noqa: BLE001 - as `ip-plans build` does
        print(f"Not built: {in_words(error)}", flush=True)
        return 2
    return 0


def part(steps: list[str]) -> int:
    """Run some steps of the job, as the web page does."""
    folder = DataFolder.from_environment()
    folder.prepare()
    os.environ.update(folder.environment() | {"DAGSTER_HOME": str(folder.dagster_home)})

    def tell(line: str) -> None:
        print(line, flush=True)

    tell("Building")
    with (
        (folder.logs / "part.log").open("a") as log,
        refresh._listening(log, tell),
        dg.DagsterInstance.get() as instance,
    ):
        built = definitions()
        keys = [
            key
            for asset in built.assets or ()
            if isinstance(asset, dg.AssetsDefinition) and asset.is_executable and asset.node_def.name in steps
            for key in asset.keys
        ]
        result = built.resolve_job_def(refresh.refresh.name).execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"loggers": {"command_line": {}}},
            tags={STARTED_BY: COMMAND_LINE},
            asset_selection=keys,
        )
    told = report(result.all_events, is_success=result.success)
    for line in (*told.failures, *told.warnings):
        tell(line)
    return 0 if result.success else 2


def main() -> None:
    """Serve until there is no command any more."""
    load()
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            os.setsid()
            said = os.open(asked["pipe"], os.O_WRONLY)
            os.dup2(said, 1)
            os.dup2(said, 2)
            os.environ.update(asked["environment"])
            code = 70
            try:
                code = build(asked["steps"])
            finally:
                sys.stdout.flush()
                os._exit(code)
        print("started", child, flush=True)
        print("ended", child, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
