"""How long a build takes by what has changed since the last one, as a share of the first build.

    .venv/bin/python benchmarks/builds.py [RUNS]

The five plans are built in a folder of their own: at first, with nothing changed, with one plan changed, and with
--force. Images are left out, because starting a browser would hide the rest. Shown are the shortest of RUNS times from
start to end, and the shortest times of processors with all their processes; times of two machines compare only by their
ratios, and those of a busy machine only by the ratio of the times of processors.
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
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
