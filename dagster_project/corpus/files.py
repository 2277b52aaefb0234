"""The tables as folders of Parquet files: what dbt reads, and what the next build remembers."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from dagster_project.corpus.parts import link

_REMEMBERED = ("documents", "plan_status")


def table_files(folder: Path, table: str) -> list[Path]:
    """Return the files of a table in `folder`, in the order of its rows; none if there is no such table."""
    return sorted((folder / table).glob("*.parquet"))


def read_table(folder: Path, table: str) -> pl.DataFrame:
    """Return a table in `folder`.

    Raises:
        FileNotFoundError: If it is not there.
    """
    return scan_table(folder, table).collect()


def scan_table(folder: Path, table: str) -> pl.LazyFrame:
    """Return a table in `folder`, of which only what is asked for is read.

    Raises:
        FileNotFoundError: If it is not there.
    """
    files = table_files(folder, table)
    if not files:
        raise FileNotFoundError(folder / table)
    return pl.scan_parquet(files)


def read_previous(folder: Path) -> dict[str, pl.LazyFrame]:
    """Return `documents` and `plan_status` as the last release left them in `folder`; none before the first."""
    return {name: scan_table(folder, name) for name in _REMEMBERED if table_files(folder, name)}


def remember(extracted: Path, accepted: Path) -> None:
    """Keep the documents that a release was made from, so that a plan can fall back on them."""
    for name in _REMEMBERED:
        replace_table(accepted, name, table_files(extracted, name))


def replace_table(folder: Path, table: str, files: list[Path]) -> None:
    """Have a table in `folder` consist of some files; what was there before goes."""
    part = folder / f".{table}.part"
    shutil.rmtree(part, ignore_errors=True)
    for file in files:
        link(file, part / file.name)
    if (folder / table).exists():
        shutil.rmtree(folder / table)
    part.rename(folder / table)


def write_tables(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Write each table to ``<folder>/<name>/00000.parquet``, in place of what was there."""
    for name, table in tables.items():
        part = folder / f".{name}.new" / "00000.parquet"
        part.parent.mkdir(parents=True, exist_ok=True)
        table.write_parquet(part)
        replace_table(folder, name, [part])
        shutil.rmtree(part.parent)
