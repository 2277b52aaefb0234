"""The tables as Parquet files: what dbt reads, and what the next build remembers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from dagster_project.folder import write_whole

_REMEMBERED = ("documents", "plan_status")


def read_previous(folder: Path) -> dict[str, pl.DataFrame]:
    """Return `documents` and `plan_status` as the last release left them in `folder`; none before the first."""
    paths = {name: folder / f"{name}.parquet" for name in _REMEMBERED}
    return {name: pl.read_parquet(path) for name, path in paths.items() if path.exists()}


def remember(extracted: Path, accepted: Path) -> None:
    """Keep the documents that a release was made from, so that a plan can fall back on them."""
    write_tables({name: pl.read_parquet(extracted / f"{name}.parquet") for name in _REMEMBERED}, accepted)


def write_tables(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Write each table to ``<folder>/<name>.parquet``; a reader sees the old file or the new one, never a part."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        with write_whole(folder / f"{name}.parquet") as part:
            table.write_parquet(part)
