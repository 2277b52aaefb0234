"""How fast a plan is read and its measures are extracted, beside a plain list of numbers with units.

    .venv/bin/python benchmarks/speed.py [COPIES]

Characters a second on one core, the best of five runs, and the ratio to the plain list in the same run: the figures of
two machines, or of two days, compare only by their ratios. Then, for texts that are hard on the rules, the time of
four times the text, divided by four times the time of the text: 1 is linear, 4 is quadratic.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dagster_project.extraction import extract
from dagster_project.reading import decode, read

RAW = Path(__file__).parents[1] / "data" / "raw"
PLAIN = re.compile(r"\d+(?:\.\d+)?(?:万|亿)?(?:元|%|件|家|个|项|名|人|年|倍|单)")


def best(call: Callable[[], object], runs: int = 5) -> float:
    """Return the shortest time of several runs, in seconds of this process."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


HARD = (
    *(
        "知识产权,",
        "知 识",
        "一、加强(一)知识。",
        "(责任单位:市科技局",
        "《知识",
        "2021415日",
        "- 专利通知\n",
        "1%2",
        "⑴",
    ),
    *("1%、", "1家和", "培育企业50家,给予奖励3万元,不超过30%,", "每增加", "(含", "“"),
)


def main(copies: int) -> None:
    """Print the table."""
    texts = [decode(path.read_bytes())[0] for path in sorted(RAW.glob("*/plan.txt"))] * copies
    characters = sum(map(len, texts))
    readings = [read(text) for text in texts]
    steps = {
        "plain list": lambda: [PLAIN.findall(text) for text in texts],
        "reading": lambda: [read(text) for text in texts],
        "extraction": lambda: [extract(reading) for reading in readings],
        "reading and extraction": lambda: [extract(read(text)) for text in texts],
    }
    print(f"{characters} characters in {len(texts)} texts")
    seconds = {name: best(step) for name, step in steps.items()}
    for name, took in seconds.items():
        print(
            f"{name:24}{characters / took / 1e3:10.0f} k characters/s{took / seconds['plain list']:10.1f} x plain list"
        )
    print("\ngrowth with the length")
    for pattern in HARD:
        short = pattern * (10_000 // len(pattern))
        seconds = [best(lambda text=text: extract(read(text)), 3) for text in (short, short * 4)]
        print(f"{pattern!r:48}{seconds[1] / (4 * seconds[0]):6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
