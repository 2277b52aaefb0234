"""The text of a plan in formats in which text can be more than that: formulas of spreadsheets, markup of Markdown."""

from __future__ import annotations

import re

import polars as pl

# What begins a tag, an entity, a link, code or another cell (GitHub Flavored Markdown, 2.4 and 6).
_MARKUP = re.compile(r"[\\`\[\]|<>&]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}

# How a cell begins that Excel, LibreOffice and Google Sheets take for a formula (OWASP, CSV Injection), also behind
# blanks that they pass over. A number with its sign, as -5 or +10%, is one, and harmless.
_FORMULA = r"^[\s\x00]*[=+\-@＝＋－＠]"
_NUMBER = r"^[+-]?[\d.,]*[%‰]?$"


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with lists joined by semicolons: neither CSV nor a worksheet has lists."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join("; ")) if lists else frame


def as_csv(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame as it is written to CSV: lists joined, and no text that a spreadsheet runs as a formula.

    CSV cannot say that a cell is text, so an apostrophe is put before it, as OWASP advises; Parquet, JSON and workbooks
    have the text word for word.
    """
    frame = flat(frame)
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(_FORMULA) & ~pl.col(name).str.contains(_NUMBER))
        .then(pl.format("'{}", name))
        .otherwise(name)
        .alias(name)
        for name in texts
    )


def as_markdown(text: str) -> str:
    """Return a text as a cell of a table in Markdown: on one line, and without markup of its own."""
    return _MARKUP.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), " ".join(text.split()))
