"""Marts with what was read from them, so that all figures of a release read it once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar, cast

import polars as pl

T = TypeVar("T")


class Marts(dict[str, pl.DataFrame]):
    """Tables by name, and what was read from them.

    Attributes:
        read: What `once` has made, by its key; tables that are parts of others share it.
    """

    def __init__(
        self, tables: Mapping[str, pl.DataFrame], whole: Mapping[str, pl.DataFrame] | None = None
    ) -> None:
        """Take tables; `whole` are those that they are columns of, by default themselves."""
        super().__init__(tables)
        whole = tables if whole is None else whole
        self.read: dict[Hashable, Any] = whole.read if isinstance(whole, Marts) else {}


def once(tables: Mapping[str, pl.DataFrame], key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` makes of tables: made once if they are `Marts`, so nobody may change it.

    Args:
        tables: What it is made of.
        key: Names it; what it depends on beside the rows of the tables must be in it.
        make: Makes it.
    """
    if not isinstance(tables, Marts):
        return make()
    if key not in tables.read:
        tables.read[key] = make()
    return cast(T, tables.read[key])
