"""The queries of docs/questions.md run on the published tables and give the answers that stand there.

The answers are written anew by ``UPDATE_SNAPSHOTS=1 pytest tests/integration/test_questions.py``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
QUESTION = re.compile(r"(## \d+\. [^\n]+\n\n```sql\n)(.*?)(;\n```\n)(?:\n((?:\|[^\n]*\n)+))?", re.DOTALL)
FOUND = list(QUESTION.finditer(PAGE.read_text(encoding="utf-8")))
Build = Any  # see conftest.py, which is no module to import from


def answer(sql: str, marts: Path) -> str:
    """Return the answer as a Markdown table."""
    with duckdb.connect() as connection:
        frame = connection.sql(sql.replace("'data/marts/", f"'{marts}/")).pl()
    lines = [frame.columns, ["---"] * frame.width]
    lines += [
        ["" if cell is None else str(cell).replace("|", "\\|") for cell in row] for row in frame.iter_rows()
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def test_there_are_at_least_twelve_questions() -> None:
    assert len(FOUND) >= 12


@pytest.fixture(scope="module", autouse=True)
def update(five_plans: Build) -> None:
    """Write the answers where asked to; the test of this run then still sees the old page."""
    if os.environ.get("UPDATE_SNAPSHOTS"):
        page = QUESTION.sub(
            lambda m: m[1] + m[2] + m[3] + "\n" + answer(m[2], five_plans.marts),
            PAGE.read_text(encoding="utf-8"),
        )
        PAGE.write_text(page, encoding="utf-8")


@pytest.mark.parametrize("question", FOUND, ids=lambda found: found[1].split("\n")[0].removeprefix("## "))
def test_answer_is_the_one_on_the_page(five_plans: Build, question: re.Match[str]) -> None:
    assert answer(question[2], five_plans.marts) == question[4]
