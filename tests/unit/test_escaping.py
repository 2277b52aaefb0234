"""No text of a plan is run by the program that opens a table.

What is exported is tested in test_briefing_export.py, the tables of a release in test_release.py.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from dagster_project.cli.statements import say_frame
from dagster_project.escaping import as_csv
from dagster_project.figures.files import _write_page
from dagster_project.release.workbook import new_workbook, write_sheet

RUN = (
    "=1+1", "=cmd|' /C calc'!A0", "+SUM(A1)", "-2+3", "--培育10家", "@SUM(1)", "\t=1+1", " =1+1", "\r=1", "\n=1",
    "＝1+1", '=HYPERLINK("http://example.org","专利")', "-5家",
)  # fmt: skip
HARMLESS = ("5家", "-5", "+10%", "-1,234.5", "—", "-", "一、=1", "", "{=1+1}", "'=1")


@pytest.mark.parametrize("text", RUN)
def test_a_text_that_would_be_run_has_an_apostrophe(text: str) -> None:
    assert as_csv(pl.DataFrame({"a": [text], "b": [1.0]}))["a"].to_list() == [f"'{text}"]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_not_run_stays_as_it_is(text: str) -> None:
    assert as_csv(pl.DataFrame({"a": [text]}))["a"].to_list() == [text]


def test_numbers_lists_and_what_is_missing_stay() -> None:
    frame = pl.DataFrame({"a": [-1.5, None], "b": [["=1", "x"], None], "c": [None, "x"]})
    assert as_csv(frame).rows() == [(-1.5, "'=1; x", None), (None, None, "x")]
    assert as_csv(pl.DataFrame({"a": [-1]})).rows() == [(-1,)]


def printed(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    say_frame(pl.DataFrame({"quote": [text]}), "csv", "en")
    return capsys.readouterr().out


def of_a_figure(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    import plotly.graph_objects as go

    meta = {
        "name": "a",
        "lang": "zh",
        "title": text,
        "alt": text,
        "rows": [{"quote": text}],
        "sources": [text],
    }
    _write_page(go.Figure(layout={"meta": meta}), tmp_path / "figure")
    return (tmp_path / "figure.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("write", [printed, of_a_figure])
@pytest.mark.parametrize("text", ["=1+1", "--培育10家", "@SUM(1)"])
def test_each_csv_is_safe(
    text: str, write: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = [cell for row in csv.reader(io.StringIO(write(text, tmp_path, capsys))) for cell in row]
    assert f"'{text}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "--"))]


@pytest.mark.parametrize("text", [*RUN, "https://example.org", "mailto:a@example.org"])
def test_a_sheet_has_texts_and_no_formulas_or_links(text: str, tmp_path: Path) -> None:
    with new_workbook(tmp_path / "a.xlsx") as book:
        write_sheet(book, "a", pl.DataFrame({text: [text]}))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["a"]
    assert {cell.data_type for row in sheet for cell in row} == {"s"}
    assert not [cell.hyperlink for row in sheet for cell in row if cell.hyperlink]
