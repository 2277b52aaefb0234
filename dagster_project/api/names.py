"""What a reader means by a name: a key, a name in either language, a part of one, or nearly one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

import polars as pl

_NAMES = ("name_zh", "name_en")
_NEAR = 0.6  # of get_close_matches: pledge_finance is near to pledge_financing, magic to nothing


def called(rows: pl.DataFrame, column: str, what: str, *more: str) -> list[str]:
    """Return the keys of the rows that `what` is the key or the whole name of.

    Args:
        rows: Of a dimension, with `column` and, where it has names, name_zh and name_en.
        column: The key.
        what: As it was typed; case does not matter.
        more: Further columns that hold a name.
    """
    whole = _plain(what)
    return [
        key for key, *names in _named(rows, column, *more) if whole and whole in map(_plain, (key, *names))
    ]


def partly_called(rows: pl.DataFrame, column: str, what: str, *more: str) -> list[str]:
    """Return the keys of the rows of which `what` is a part of the key or of a name, from the beginning of a word.

    Args:
        rows: As in `called`.
        column: The key.
        what: As it was typed.
        more: As in `called`.
    """
    part = _plain(what)
    if not part:
        return []
    if part[0].isascii():  # Chinese has no blanks between its words
        part = f" {part}"
    return [
        key
        for key, *names in _named(rows, column, *more)
        if any(part in f" {_plain(name)}" for name in (key, *names))
    ]


def did_you_mean(what: str, *dimensions: tuple[pl.DataFrame, str]) -> str:
    """Return the keys that are spelt, or have a name that is spelt, nearly as `what`: the middle of a sentence.

    Args:
        what: As it was typed.
        dimensions: Rows and the column of their key.

    Returns:
        Words that end in a question mark, at most three keys; empty where none is near.
    """
    keys = {
        _plain(name): key
        for rows, column in dimensions
        for key, *names in _named(rows, column)
        for name in (*names, key)  # a key stands for a name that is spelt like it
        if name
    }
    near = get_close_matches(_plain(what), keys, n=3, cutoff=_NEAR)
    found = list(dict.fromkeys(keys[name] for name in near))
    return f": did you mean {' or '.join(found)}?" if found else ""


def _named(rows: pl.DataFrame, column: str, *more: str) -> Iterable[tuple[str, ...]]:
    names = [name for name in (*_NAMES, *more) if name in rows.columns]
    return rows.select(column, *(pl.col(name).fill_null("") for name in names)).iter_rows()


def _plain(name: str) -> str:
    """Return a name without case and marks: patent_navigation is Patent navigation."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()
