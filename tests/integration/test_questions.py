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
from typer.testing import CliRunner

from dagster_project import api
from dagster_project.cli import app
from dagster_project.folder import DATA_DIR_VARIABLE, LANG_VARIABLE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
QUESTION = re.compile(r"(## \d+\. [^\n]+\n\n```sql\n)(.*?)(;\n```\n)(?:\n((?:\|[^\n]*\n)+))?", re.DOTALL)
SAME = re.compile(
    r"^\| (\d+) \| ([^|]+) \| `ip-plans ([^|]+)` \| `([^|]+)` \| `index.html#[^|]+` \|$", re.MULTILINE
)
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


def plain(answer: object) -> str:
    """Return an answer without what each way of asking writes in its own manner."""
    return str(answer).replace(",", "").replace("_", " ")


def test_ten_questions_are_answered_by_command_and_in_python_too() -> None:
    assert len(SAME.findall(PAGE.read_text(encoding="utf-8"))) == 10


@pytest.mark.parametrize(
    ("question", "told", "command", "code"), SAME.findall(PAGE.read_text(encoding="utf-8"))
)
def test_command_and_python_give_the_answer_of_the_query(
    five_plans: Build, monkeypatch: pytest.MonkeyPatch, question: str, told: str, command: str, code: str
) -> None:
    monkeypatch.setenv(DATA_DIR_VARIABLE, str(five_plans.folder))
    monkeypatch.setenv(LANG_VARIABLE, "en")
    [of_query] = [found[4] for found in FOUND if found[1].startswith(f"## {question}. ")]
    shown = CliRunner().invoke(app, command.split())
    in_python = eval(code, {"api": api, "round": round})  # noqa: S307 - it stands on the page
    assert shown.exit_code == 0
    answers = {"query": of_query, "command": shown.output, "python": in_python}
    assert [way for way, answer in answers.items() if plain(told) not in plain(answer)] == []
