"""What figures and briefing cost, by the number of plans, as a share of what they cost of the first.

    .venv/bin/python benchmarks/show.py FOLDER [FOLDER ...]

Each folder is a data folder in which the models of dbt have run, as `batch.py … --folder FOLDER --dbt` leaves them.
Images are left out, because what a browser draws depends on the number of figures alone. Seconds are those of the
processor; memory is the most that the process held so far, so the smallest folder comes first.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
from batch import Cost, cost

from dagster_project.briefing import write_briefing
from dagster_project.figures import draw_release, write_figures
from dagster_project.folder import DataFolder
from dagster_project.release.stage import read_marts
from dagster_project.warehouse.dbt_project import ensure_manifest, load_marts

_RELEASE = "0" * 16


def steps(tables: Mapping[str, pl.DataFrame], out: Path) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    return {
        "figures": lambda: write_figures(draw_release(tables, _RELEASE), out / "figures"),
        "briefing": lambda: write_briefing(tables, out / "briefing", _RELEASE),
    }


def main(folders: list[str]) -> None:
    """Print the table."""
    os.environ["BROWSER_PATH"] = "/nonexistent/browser"
    first: dict[str, Cost] = {}
    print(f"{'plans':>7}{'measures':>10} {'':10}{'processor':>11}{'of first':>10}{'memory':>10}{'page':>10}")
    for name in folders:
        folder = DataFolder.of(name)
        os.environ |= folder.environment()
        tables = read_marts(folder.warehouse, load_marts(ensure_manifest(folder)))
        with tempfile.TemporaryDirectory() as out:
            for step, run in steps(tables, Path(out)).items():
                found = cost(run)
                share = found.own / first.setdefault(step, found).own
                page = Path(out) / "briefing" / "index.html"
                size = f"{page.stat().st_size / 1e6:7.1f} MB" if page.exists() else ""
                print(
                    f"{tables['dim_plan'].height:7,}{tables['fct_measure'].height:10,} {step:10}{found.own:9.1f} s"
                    f"{share:9.1f}×{found.memory:7} MB{size}",
                    flush=True,
                )


if __name__ == "__main__":
    main(sys.argv[1:])
