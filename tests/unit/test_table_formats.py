"""Plans with tables say the same as a text file, as a Word file, as a web page and as a printed page."""

from __future__ import annotations

import csv
import io
import runpy
import shutil
import subprocess
from collections import Counter
from html import escape
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook

from dagster_project.corpus.formats import convert
from dagster_project.extraction import extract
from dagster_project.reading import read
from dagster_project.records import Measure

# Test modules cannot import each other: pytest imports each by its path.
_texts = runpy.run_path(str(Path(__file__).parents[1] / "table_texts.py"))
PLANS: list[Any] = _texts["PLANS"]
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")

per_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)


def measures(text: str) -> tuple[Measure, ...]:
    return extract(read(text)).measures


def end_year(measure: Measure) -> str:
    year = measure.period.end_year if measure.period else None
    return str(year or "-")


def said(text: str) -> Counter[tuple[object, ...]]:
    return Counter((m.value_text, m.value, m.unit, m.indicator, end_year(m), m.kind) for m in measures(text))


@per_plan
def test_a_table_says_what_a_reader_writes_down(plan: Any) -> None:
    expected = [line.split() for line in plan.expected.strip().splitlines()]
    found = measures(plan.text)
    assert [[m.value_text, m.unit, end_year(m), m.kind] for m in found] == [
        [text, *rest] for text, _, *rest in (row[:5] for row in expected)
    ]
    assert [m.value for m in found] == pytest.approx([float(row[1]) for row in expected])
    assert [m.indicator for m, row in zip(found, expected, strict=True) if not named(m, row[5:])] == []


def named(measure: Measure, words: list[str]) -> bool:
    return all(word in measure.indicator for word in words)


def as_word(parts: Any) -> bytes:
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]), style="Table Grid")
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def sheet_rows(parts: Any) -> list[tuple[str, ...]]:
    return [row for part in parts for row in ([(part,)] if isinstance(part, str) else part)]


def as_workbook(parts: Any) -> bytes:
    book = Workbook()
    for row in sheet_rows(parts):
        book.active.append([number(text) for text in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def number(text: str) -> str | float:
    """Return what Excel makes of a text that is typed into a cell and looks like a number."""
    return float(text) if text.replace(".", "", 1).isdigit() else text


def as_values(parts: Any) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(sheet_rows(parts))
    return stream.getvalue().encode("gb18030")


def as_page(parts: Any) -> bytes:
    body = ""
    for part in parts:
        if isinstance(part, str):
            body += f"<p>{escape(part)}</p>"
        else:
            rows = ("".join(f"<td>{escape(text)}</td>" for text in row) for row in part)
            body += "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    style = (
        "<style>table{border-collapse:collapse;width:100%} td{border:1px solid black;padding:2px 4px}</style>"
    )
    return f'<html><head><meta charset="utf-8">{style}</head><body>{body}</body></html>'.encode()


@per_plan
@pytest.mark.parametrize(
    ("make", "suffix"),
    [(as_word, ".docx"), (as_page, ".html"), (as_workbook, ".xlsx"), (as_values, ".csv")],
    ids=["word", "page", "workbook", "values"],
)
def test_a_file_says_what_its_text_says(plan: Any, make: Any, suffix: str) -> None:
    assert said(convert(make(plan.parts), suffix).text) == said(plan.text)


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="needs Chromium")
@per_plan
def test_a_printed_page_says_what_its_text_says(plan: Any, tmp_path: Path) -> None:
    page, printed = tmp_path / "plan.html", tmp_path / "plan.pdf"
    page.write_bytes(as_page(plan.parts))
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [str(BROWSER), *options, profile, f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert said(convert(printed.read_bytes(), ".pdf").text) == said(plan.text)
