"""How long a build takes by what has changed since the last one, as a share of the first build.

    .venv/bin/python benchmarks/builds.py [RUNS]

The five plans are built in a folder of their own: at first, with nothing changed, with one plan changed, and with
--force. Images are left out, because starting a browser would hide the rest. The shortest of RUNS is shown; times of
two machines, or of a busy one, compare only by their ratios.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RAW = Path(__file__).parents[1] / "data" / "raw"


def build(folder: Path, *options: str) -> float:
    """Return how long a build takes, in seconds from the start of its process to its end."""
    command = [Path(sys.executable).parent / "ip-plans", "build", "--data-dir", folder, *options]
    environment = os.environ | {"BROWSER_PATH": "/nonexistent/browser"}
    start = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def change(folder: Path) -> None:
    """Put a sentence more into one plan."""
    plan = folder / "raw" / "hefei-2020" / "plan.txt"
    plan.write_bytes(plan.read_bytes() + "\n另培育知识产权示范企业7家。\n".encode())


def main(runs: int) -> None:
    """Print the table."""
    seconds: dict[str, list[float]] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            shutil.copytree(RAW, folder / "raw")
            seconds.setdefault("the first", []).append(build(folder))
            seconds.setdefault("nothing changed", []).append(build(folder))
            change(folder)
            seconds.setdefault("one plan changed", []).append(build(folder))
            seconds.setdefault("--force", []).append(build(folder, "--force"))
    first = min(seconds["the first"])
    for case, times in seconds.items():
        print(f"{case:20}{min(times):8.2f} s{min(times) / first:10.4f} of the first build")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
