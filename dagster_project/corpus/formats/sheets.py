"""Workbooks and files of comma-separated values: a line for each row, a tab between cells.

openpyxl gives the value of a cell and its format, but not what is shown: 0.305 in the format 0.0% is 30.5%, and so it
must stand in the text.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from dagster_project.corpus.formats import LARGEST, ConversionError, Converted, joined, row_line
from dagster_project.reading import ReadingError, decode

_UNPACKED = 5 * LARGEST  # bytes; what unpacks to more is no document but an attack
# Cells of a sheet. The largest table of a yearbook has ten thousand; one cell in the last corner makes 17 billion.
_MOST_CELLS = 2_000_000
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PLACES = re.compile(r"\.(0+)")


def convert_workbook(data: bytes) -> Converted:
    """Return the text of an .xlsx file: its sheets but for hidden ones, each behind its name if there are several.

    Raises:
        ConversionError: If it is damaged, locked with a password, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            unpacked = sum(item.file_size for item in package.infolist())
        if unpacked > _UNPACKED:
            raise ConversionError(
                f"it unpacks to {unpacked / 1e6:.0f} MB: give the sheet with the table alone"
            )
        book = load_workbook(BytesIO(data), data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        if isinstance(error, ConversionError):
            raise
        raise ConversionError(
            f"it cannot be opened as a workbook ({error}): open it in Excel and save it as .xlsx without a password"
        ) from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if any(sheet.max_row * sheet.max_column > _MOST_CELLS for sheet in shown):
        raise ConversionError(
            f"a sheet reaches over more than {_MOST_CELLS:,} cells: delete what stands far from the table"
        )
    hidden = len(book.worksheets) - len(shown)
    lines: list[str] = []
    for sheet in shown:
        rows = [*_lines([_shown(cell) for cell in row] for row in sheet.iter_rows())]
        lines += [sheet.title] * (len(shown) > 1 and bool(rows)) + rows
    left_out = (f"{hidden} hidden sheets",) if hidden else ()
    return Converted("\n".join(lines) + "\n", tables=_tables(lines), left_out=left_out)


def convert_values(data: bytes) -> Converted:
    """Return the text of a .csv file.

    Raises:
        ConversionError: If it is in no encoding of Chinese text, or a field is longer than any cell.
    """
    try:
        text = decode(data)[0]
        lines = [*_lines(csv.reader(StringIO(text.lstrip("\ufeff"), newline="")))]
    except ReadingError as error:
        raise ConversionError(str(error)) from error
    except csv.Error as error:
        raise ConversionError(f"it is no table of values ({error}): save it in Excel as CSV UTF-8") from error
    return Converted("\n".join(lines) + "\n", tables=_tables(lines))


def _lines(rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield a line for each row that says something; what stands alone above the table, as its unit, without tabs."""
    is_above = True
    for cells in ([joined(cell.splitlines()) for cell in row] for row in rows):
        said = [cell for cell in cells if cell]
        is_above = is_above and len(said) < 2
        if said:
            yield said[0] if is_above else row_line(cells)


def _tables(lines: list[str]) -> int:
    return int(any("\t" in line for line in lines))


def _shown(cell: Any) -> str:  # noqa: ANN401 - a cell of openpyxl
    """Return a cell as it is shown; a number in no format of its own with all its digits."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float | date):
        return "" if value is None else str(value)
    if isinstance(value, datetime):
        value = value.date() if not (value.hour or value.minute) else value
    if isinstance(value, date):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    form = _QUOTED.sub("", cell.number_format.partition(";")[0])
    number, unit = (value * 100, "%") if "%" in form else (value, "")
    places = _PLACES.search(form)
    if places or re.fullmatch(r"[0#,%]*0%?", form):
        return f"{number:.{len(places[1]) if places else 0}f}{unit}"
    return f"{number:.15g}{unit}"
