"""Workbooks: sheets of tables in which every text is a text, and the workbook of a release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format

from dagster_project.escaping import flat
from dagster_project.warehouse.dbt_project import Mart

_SHEETS = {"measures": "fct_measure", "comparison": "rpt_indicator_comparison", "plans": "dim_plan"}
# Beginnings of the names of columns that hold sentences.
_LONG = ("quote", "heading_path", "title", "reason", "formula")
#: What a workbook does not show: how a row was decided, in JSON, and the hash of its file.
_NOT_SHOWN = frozenset({"decided_by", "source_sha256"})
#: Which names a workbook shows next to which key: (key, dimension, columns to show and how they are called there).
_NAMES = (
    ("plan_key", "dim_plan", {"title_zh": "title_zh"}),
    ("theme_key", "dim_theme", {"name_zh": "theme_name_zh", "name_en": "theme_name_en"}),
    ("indicator_key", "dim_indicator", {"name_zh": "indicator_name_zh", "name_en": "indicator_name_en"}),
)


@contextmanager
def new_workbook(path: Path) -> Iterator[xlsxwriter.Workbook]:
    """Make a workbook at `path`; what plans say is never taken for a formula or a link.

    The same sheets give the same bytes.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        # The time of writing would change the bytes.
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        yield book


def write_sheet(
    book: xlsxwriter.Workbook, title: str, frame: pl.DataFrame, labels: Mapping[str, str] | None = None
) -> None:
    """Write a table as a sheet with a filter, below a header that stays in sight.

    Args:
        book: From `new_workbook`.
        title: Name of the sheet.
        frame: The table; lists are joined by semicolons.
        labels: column -> its header; the name of the column where it is missing.
    """

    def top(**style: object) -> Format:
        return book.add_format({"valign": "top", **style})

    body, wrapped, day = top(), top(text_wrap=True), top(num_format="yyyy-mm-dd")
    whole, tenths, small = (top(num_format=code) for code in ("#,##0", "#,##0.00", "0.00##"))
    header = top(bold=True, text_wrap=True, bottom=1)
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, frame.height), frame.width - 1)
    for index, (column, kind) in enumerate(frame.schema.items()):
        is_long = column.startswith(_LONG) or column == "source"
        style = wrapped if is_long else day if kind.is_temporal() else body
        sheet.set_column(index, index, 48 if is_long else 16, style)
        sheet.write_string(0, index, (labels or {}).get(column, column), header)
        for row, value in enumerate(flat(frame.select(column)).to_series(), start=1):
            if value is None:
                continue
            if kind.is_float() or kind.is_decimal():
                # One format for all would show 30 as "30." and 0.035 as 0.04.
                number = whole if value == int(value) else tenths if abs(value) >= 1 else small
                sheet.write_number(row, index, float(value), number)
            else:
                sheet.write(row, index, value, style)


def write_workbook(tables: Mapping[str, pl.DataFrame], marts: Mapping[str, Mart], path: Path) -> None:
    """Write ``measures.xlsx``: sheets measures, comparison and plans, each with its headers in both languages.

    The measures and the comparison carry the names behind their keys; what only machines read (`_NOT_SHOWN`) is left
    to the other files.
    """
    with new_workbook(path) as book:
        for title, name in _SHEETS.items():
            write_sheet(book, title, *_with_names(name, tables, marts))


def _with_names(
    name: str, tables: Mapping[str, pl.DataFrame], marts: Mapping[str, Mart]
) -> tuple[pl.DataFrame, dict[str, str]]:
    """Return what a sheet shows of a table, with names right after their keys, and the label of each column."""
    frame, labels = tables[name], _labels(marts[name])
    order = [column for column in frame.columns if column not in _NOT_SHOWN]
    for key, dimension, names in _NAMES:
        shown = {old: new for old, new in names.items() if new not in order}
        if key not in order or dimension == name:
            continue
        lookup = tables[dimension].select(key, *shown).rename(shown)
        frame = frame.join(lookup, on=key, how="left", maintain_order="left")
        labels |= {new: _labels(marts[dimension])[old] for old, new in shown.items()}
        place = order.index(key) + 1
        order = [*order[:place], *shown.values(), *order[place:]]
    return frame.select(order), labels


def _labels(mart: Mart) -> dict[str, str]:
    return {column.name: f"{column.label_zh}\n{column.label_en}" for column in mart.columns}
