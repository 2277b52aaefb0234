"""What thousands of documents cost: reading and extraction by one process and by all, what is kept, and dbt's models.

    .venv/bin/python benchmarks/batch.py COUNT [COUNT ...] [--folder FOLDER] [--dbt] [--one]

makes COUNT varied documents (see documents.py; those that are in FOLDER already stay) and prints a line for each step:
the first build of their rows, one with nothing changed, one with one document changed, and, with ``--dbt``, all models
of dbt. ``--one`` does the first build by one process, too. Times are those of processors and those of the clock; on a
busy machine only the first compare. Memory is the most that one process held.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl
from documents import document, write

from dagster_project.corpus import workers
from dagster_project.corpus.build import write_corpus
from dagster_project.corpus.files import scan_table
from dagster_project.corpus.places import known_places
from dagster_project.folder import DBT_PROJECT, JURISDICTIONS, DataFolder


class Cost(NamedTuple):
    """What a step cost: seconds of the clock, of this process and its children, and the most memory of each in MB."""

    clock: float
    own: float
    children: float
    memory: int
    memory_of_children: int


class _Memory(threading.Thread):
    """Looks at the memory of this process and of its largest child from time to time."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.own = self.child = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.1):
            self.own = max(self.own, _resident(os.getpid()))
            for child in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split():
                self.child = max(self.child, _resident(int(child)))


def _resident(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def cost(step: Callable[[], object]) -> Cost:
    """Return what a step costs."""
    memory = _Memory()
    memory.start()
    before, start = os.times(), time.monotonic()
    step()
    after, clock = os.times(), time.monotonic() - start
    memory.over.set()
    own = after.user + after.system - before.user - before.system
    children = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(clock, own, children, memory.own, memory.child)


def rows(folder: DataFolder) -> None:
    """Build the tables of all documents."""
    write_corpus(
        folder.extracted, folder.raw, known_places(JURISDICTIONS), {}, datetime.now(UTC), folder.readings
    )


def dbt(folder: DataFolder) -> None:
    """Run all models of dbt, without their tests."""
    folder.prepare()
    command = ["dbt", "build", "--project-dir", DBT_PROJECT, "--profiles-dir", DBT_PROJECT, "--quiet"]
    environment = os.environ | folder.environment()
    subprocess.run([*command, "--exclude-resource-type", "test", "unit_test"], check=True, env=environment)


def show(count: int, step: str, found: Cost) -> None:
    """Print a line of the table."""
    used = found.own + found.children
    print(
        f"{count:7,} {step:24}{found.clock:9.1f} s{used:9.1f} s{1e3 * used / count:9.2f} ms a document"
        f"{found.memory:7} MB{found.memory_of_children:7} MB",
        flush=True,
    )


def measure(count: int, folder: DataFolder, *, with_dbt: bool, with_one: bool) -> None:
    """Print what a number of documents cost."""
    write(folder.root, count)
    if with_one:
        processors, workers._processors = workers._processors, lambda: 1  # noqa: SLF001
        show(count, "first, one process", cost(lambda: rows(folder)))
        workers._processors = processors  # noqa: SLF001
        shutil.rmtree(folder.readings)
    show(count, "first, all processors", cost(lambda: rows(folder)))
    heights = (
        f"{scan_table(folder.extracted, name).select(pl.len()).collect().item():,} {name}"
        for name in ("measures", "numerals")
    )
    print(f"{'':8}{', '.join(heights)}", flush=True)
    show(count, "nothing changed", cost(lambda: rows(folder)))
    plan = next(folder.raw.iterdir()) / "plan.txt"
    plan.write_bytes(document(count).text)  # one that is not among them
    show(count, "one document changed", cost(lambda: rows(folder)))
    if with_dbt:
        show(count, "dbt, all models", cost(lambda: dbt(folder)))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", type=int, nargs="+")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--dbt", action="store_true")
    parser.add_argument("--one", action="store_true")
    given = parser.parse_args()
    print(f"{'':8}{'':24}{'clock':>11}{'processor':>11}{'':22}{'memory':>10}{'of a child':>10}")
    for count in given.counts:
        with tempfile.TemporaryDirectory() as name:
            root = (given.folder or Path(name)) / str(count)
            measure(count, DataFolder.of(root), with_dbt=given.dbt, with_one=given.one)


if __name__ == "__main__":
    sys.exit(main())
