"""How long a build takes by what has changed since the last one, as a share of the first build.

    .venv/bin/python benchmarks/builds.py [RUNS]
    .venv/bin/python benchmarks/builds.py overhead

The five plans are built in a folder of their own: at first, with nothing changed, with one plan changed, and with
--force. Images are left out, because starting a browser would hide the rest. Shown are the shortest of RUNS times from
start to end, and the shortest times of processors with all their processes; times of two machines compare only by their
ratios, and those of a busy machine only by the ratio of the times of processors.

``overhead`` compares a build, figures and briefing left out, with `dbt build` alone and one import each of Dagster and
of Great Expectations, which no build can do without.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from dagster_project.folder import DBT_PROJECT, DataFolder

RAW = Path(__file__).parents[1] / "data" / "raw"


class Took(NamedTuple):
    """Seconds that a build took."""

    elapsed: float
    processor: float


def build(folder: Path, *options: str) -> Took:
    """Return how long a build takes, from the start of its process to its end."""
    command = [Path(sys.executable).parent / "ip-plans", "build", "--data-dir", folder, *options]
    environment = os.environ | {"BROWSER_PATH": "/nonexistent/browser"}
    start, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(time.perf_counter() - start, used)


_WITHOUT_FIGURES = """
from dagster_project.definitions import definitions
import dagster as dg
if __name__ == "__main__":
    made = definitions()
    graph = made.resolve_asset_graph()
    left_out = {dg.AssetKey(name) for name in ("figures", "briefing", "release")}
    with dg.DagsterInstance.get() as instance:
        done = made.resolve_job_def("refresh").execute_in_process(
            instance=instance,
            asset_selection=[key for key in graph.executable_asset_keys if key not in left_out],
        )
    assert done.success
"""


def overhead() -> None:
    """Print what a build adds to its parts, in seconds of processors."""
    with tempfile.TemporaryDirectory() as name:
        folder = DataFolder.of(name)
        shutil.copytree(RAW, folder.raw)
        folder.prepare()
        environment = os.environ | folder.environment() | {"DAGSTER_HOME": str(folder.dagster_home)}
        script = folder.root / "build.py"
        script.write_text(_WITHOUT_FIGURES, encoding="utf-8")
        dbt = ["dbt", "build", "--project-dir", DBT_PROJECT, "--profiles-dir", DBT_PROJECT, "--quiet"]

        def used(*command: str | Path) -> Took:
            start, before = time.perf_counter(), os.times()
            subprocess.run(command, check=True, env=environment, capture_output=True)
            after = os.times()
            spent = (
                after.children_user + after.children_system - before.children_user - before.children_system
            )
            return Took(time.perf_counter() - start, spent)

        build_ = [sys.executable, script]
        used(*build_)  # what is parsed, compiled and kept once
        cases = {
            "a build without figures and briefing": used(*build_),
            "dbt build alone": used(*dbt, "--exclude-resource-type", "unit_test"),
            "import dagster": used(sys.executable, "-c", "import dagster"),
            "import great_expectations": used(sys.executable, "-c", "import great_expectations"),
        }
    whole, *parts = cases.values()
    for case, took in cases.items():
        print(f"{case:40}{took.elapsed:8.2f} s{took.processor:10.2f} s")
    ratios = (sum(getattr(part, name) for part in parts) for name in Took._fields)
    shares = [own / other for own, other in zip(whole, ratios, strict=True)]
    print(f"{'of its parts':40}{shares[0]:8.2f} ×{shares[1]:10.2f} ×")


def change(folder: Path) -> None:
    """Put a sentence more into one plan."""
    plan = folder / "raw" / "hefei-2020" / "plan.txt"
    plan.write_bytes(plan.read_bytes() + "\n另培育知识产权示范企业7家。\n".encode())


def main(runs: int) -> None:
    """Print the table."""
    took: dict[str, list[Took]] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            shutil.copytree(RAW, folder / "raw")
            took.setdefault("the first", []).append(build(folder))
            took.setdefault("nothing changed", []).append(build(folder))
            change(folder)
            took.setdefault("one plan changed", []).append(build(folder))
            took.setdefault("--force", []).append(build(folder, "--force"))
    best = {case: Took(*(min(times) for times in zip(*all_, strict=True))) for case, all_ in took.items()}
    first = best["the first"]
    print(f"{'':20}{'elapsed':>10}{'of first':>10}{'processor':>12}{'of first':>10}")
    for case, own in best.items():
        print(
            f"{case:20}{own.elapsed:8.2f} s{own.elapsed / first.elapsed:10.4f}"
            f"{own.processor:10.2f} s{own.processor / first.processor:10.4f}"
        )


if __name__ == "__main__":
    if sys.argv[1:] == ["overhead"]:
        overhead()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
