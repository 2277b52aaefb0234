"""Figures and commands in the documentation are those of the code."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from dagster_project.cli import app
from dagster_project.extraction import extract
from dagster_project.reading import decode, read

PROJECT = Path(__file__).parents[2]
PLANS = sorted(path.name for path in (PROJECT / "data" / "raw").iterdir())
PAGES = [
    PROJECT / "README.md",
    PROJECT / "README.zh.md",
    PROJECT / "CONTRIBUTING.md",
    *sorted((PROJECT / "docs").rglob("*.md")),
]


def test_dispositions_of_numerals_are_as_documented() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for plan in PLANS:
        text = decode((PROJECT / "data" / "raw" / plan / "plan.txt").read_bytes())[0]
        counts.update((numeral.disposition.value, plan) for numeral in extract(read(text)).numerals)
    rows = [
        f"| {disposition} | " + " | ".join(str(counts[disposition, plan]) for plan in PLANS) + " |"
        for disposition in sorted({disposition for disposition, _ in counts})
    ]
    assert "\n".join(rows) in (PROJECT / "docs" / "reading.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_file_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    named = set(re.findall(r"`ip-plans ([a-z]+)", text))
    targets = set(
        re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    made = set(re.findall(r"(?:`|^|    )make ([a-z-]+)", text, re.MULTILINE))
    links = [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (page.parent / link).exists()]
    assert (named - commands, made - targets, links) == (set(), set(), [])


def commands(page: Path) -> set[str]:
    """Return what a page tells a reader to type, in code or in a block of it, without comments, places and language."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    typed = [line for line in lines if re.match(r"(?:\.venv/bin/)?(?:ip-plans|make|git|cd|python3?)\b", line)]
    inline = re.findall(r"`((?:ip-plans|make) [^`]+)`", text)
    return {
        " ".join(re.sub(r"(ip-plans compare) \S+|--lang \w+", r"\1", command).split())
        for command in [*typed, *inline]
    }


def test_the_chinese_readme_names_the_same_commands_and_files() -> None:
    english, chinese = PROJECT / "README.md", PROJECT / "README.zh.md"
    assert commands(chinese) == commands(english)
    first_cells = [
        re.findall(r"^\| (`[^|]+?`)", page.read_text(encoding="utf-8").replace("、", ", "), re.MULTILINE)
        for page in (english, chinese)
    ]
    assert first_cells[0] == first_cells[1]
