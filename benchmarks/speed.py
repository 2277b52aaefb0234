"""How fast texts are read and extracted, beside a plain list of numbers and the tools of others, and what each finds.

    make bench

prints the tables and writes ``benchmarks/results.md``. All tools are given the same bytes in the same run, on one
processor, and are compared by their ratios: characters a second of two machines, or of two hours of one machine, do not
compare. Each is scored against what a person has coded. Then, for texts that are hard on the rules, the time of four
times the text, divided by four times the time of the text: 1 is linear, 4 is quadratic.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tools import Find, Found, Score, score, tools

from dagster_project.extraction import EXTRACTOR_VERSION, extract
from dagster_project.reading import decode, read

PROJECT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results.md"
PLAIN = "plain list"
_PATIENCE = 2.0  # seconds; what takes longer is run once, the rest best of `RUNS`
RUNS = 7


class Text(NamedTuple):
    """A text, and what a person has coded in it: (start, end, value, unit) of each measure."""

    data: bytes
    reference: tuple[tuple[int, int, float, str], ...]


def _coded(path: Path) -> tuple[tuple[int, int, float, str], ...]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    starts = [(row.get("char_start", row.get("start")), row) for row in rows]
    return tuple((at, at + len(row["value_text"]), row["value"], row["unit"]) for at, row in starts)


def corpora() -> dict[str, list[Text]]:
    """Return the five plans, and composed texts in which numbers stand close together."""
    plans = sorted((PROJECT / "data" / "raw").glob("*/plan.txt"))
    dense = [
        path
        for kind in ("subsidy_notices", "talent_and_industry_measures", "ip_plans")
        for path in sorted((PROJECT / "tests" / "composed").glob(f"{kind}_*.txt"))
    ]
    return {
        "the five plans": [
            Text(path.read_bytes(), _coded(path.parent / "reference" / "measures.jsonl")) for path in plans
        ],
        "composed texts, dense with numbers": [
            Text(path.read_bytes(), _coded(path.with_suffix(".jsonl"))) for path in dense
        ],
    }


def best(calls: Sequence[Callable[[], object]], runs: int) -> float:
    """Return the sum of the shortest times of some calls, in seconds of this process."""
    shortest = [float("inf")] * len(calls)
    for _ in range(runs):
        for n, call in enumerate(calls):
            start = time.process_time()
            call()
            shortest[n] = min(shortest[n], time.process_time() - start)
    return sum(shortest)


class Result(NamedTuple):
    """What a tool did with some texts: seconds, and how what it finds agrees with the references."""

    seconds: float
    score: Score


def run(find: Find, texts: Sequence[Text], runs: int = RUNS) -> Result:
    """Time a tool on texts, and score what it finds."""
    find(texts[0].data)  # what it loads or compiles once
    found: list[Sequence[Found]] = []
    calls = [lambda text=text: find(text.data) for text in texts]
    start = time.process_time()
    found = [call() for call in calls]
    seconds = time.process_time() - start
    if seconds < _PATIENCE and runs > 1:
        seconds = min(seconds, best(calls, runs - 1))
    scores = [score(own, text.reference) for own, text in zip(found, texts, strict=True)]
    return Result(seconds, Score(*map(sum, zip(*scores, strict=True))))


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


def growth(pattern: str) -> float:
    """Return the time of four times a text made of a pattern, divided by four times that of the text."""
    short = pattern * (10_000 // len(pattern))
    one, four = (best([lambda text=text: extract(read(text))], 3) for text in (short, short * 4))
    return four / (4 * one)


def machine() -> Iterator[str]:
    """Yield what the figures depend on."""
    cpu = Path("/proc/cpuinfo")
    names = (
        [line.partition(": ")[2] for line in cpu.read_text().splitlines() if line.startswith("model name")]
        if cpu.exists()
        else []
    )
    yield f"{names[0] if names else platform.processor()}, {os.cpu_count()} processors, one used"
    yield f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, rules {EXTRACTOR_VERSION}"


def table(texts: Sequence[Text], results: Mapping[str, Result | str]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: speed, ratios, and how much of the reference is found."""
    characters = sum(len(decode(text.data)[0]) for text in texts)
    plain, ours = (results[name] for name in (PLAIN, "ip-plans"))
    yield "| | characters a second | of the plain list | ip-plans is | finds | right | recall | precision |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for name, result in results.items():
        if isinstance(result, str):
            yield f"| {name} | not run: {result} | | | | | | |"
            continue
        share, times = plain.seconds / result.seconds, result.seconds / ours.seconds
        speed = characters / result.seconds
        cells = [
            f"{speed:,.0f}",
            f"1/{1 / share:,.0f}",
            f"{times:.2g}× as fast" if name != "ip-plans" else "",
        ]
        own = result.score
        if name in {PLAIN, "reading alone"}:
            values = [f"{own.found}" if own.found else "", "", "", ""]
        else:
            values = [f"{own.found}", f"{own.right}", f"{own.recall:.3f}", f"{own.precision:.3f}"]
        yield f"| {' | '.join([name, *cells, *values])} |"


_ABOUT = """Made by `make bench`. Figures compare within a table only: all tools ran on the same bytes, one after the
other. Times are those of the processor. *Right* is a find that touches a measure of the reference reading and has its
value. The tools of others look for every number (JioNLP for sums of money only), so their precision says how many of
all numbers are commitments, and no more. The rules of ip-plans were developed on these texts, those of others were not:
on a text that it has not seen it finds what [extraction](../docs/extraction.md#accuracy) says.
"""


def report(runs: int = RUNS) -> Iterator[str]:
    """Run all, and yield the lines of the report as they come."""
    yield "# Speed"
    yield ""
    yield _ABOUT
    yield from (f"- {line}" for line in machine())
    known = dict(tools())
    for name, texts in corpora().items():
        measures = sum(len(text.reference) for text in texts)
        characters = sum(len(decode(text.data)[0]) for text in texts)
        yield f"\n## {name[0].upper()}{name[1:]}: {len(texts)} texts, {characters:,} characters, {measures} measures\n"
        yield from table(
            texts, {n: tool if isinstance(tool, str) else run(tool, texts, runs) for n, tool in known.items()}
        )
    yield "\n## Growth with the length\n"
    yield "| text repeated | time of four times as much, of four times the time |"
    yield "|---|--:|"
    for pattern in HARD:
        yield f"| `{pattern.strip()}` | {growth(pattern):.2f} |"


def main() -> None:
    """Print the report, and write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--output", type=Path, default=RESULTS)
    given = parser.parse_args()
    lines = []
    for line in report(given.runs):
        print(line, file=sys.stdout, flush=True)
        lines.append(line)
    given.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
