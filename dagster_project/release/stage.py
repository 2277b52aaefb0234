"""A release in the making: the tables as files, named by a hash of their content, and sealed when all is made."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from dagster_project import fingerprints
from dagster_project.escaping import as_csv
from dagster_project.release.manifest import (
    ReleaseError,
    file_hashes,
    read_manifest,
    schema_version,
    write_manifest,
)
from dagster_project.release.workbook import write_workbook
from dagster_project.warehouse.dbt_project import Mart

# The only column that differs between two builds of the same plans.
_TIME_COLUMN = "last_read_at"
# What occurs most often comes first where a table says how often: the row of a seed to add next.
_MOST_FIRST = "occurrences"
_FIRST = (_MOST_FIRST, "plan_key", "position", "rank", "char_start")


def read_marts(warehouse: Path, marts: Mapping[str, Mart]) -> dict[str, pl.DataFrame]:
    """Read the published tables from the warehouse, in document order where a table has one.

    Args:
        warehouse: The DuckDB file.
        marts: The tables, as described in dbt's manifest.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        frames = {name: connection.table(mart.relation).pl() for name, mart in marts.items()}
    return {name: _sorted(frame) for name, frame in frames.items()}


def _sorted(frame: pl.DataFrame) -> pl.DataFrame:
    first = [column for column in _FIRST if column in frame.columns]
    columns = [*first, *(column for column in frame.columns if column not in first)]
    return frame.sort(columns, descending=[column == _MOST_FIRST for column in columns])


def stage_tables(tables: Mapping[str, pl.DataFrame], marts: Mapping[str, Mart], staging: Path) -> None:
    """Write the tables as Parquet, CSV (UTF-8 with BOM, for Excel) and one workbook into an empty `staging`.

    The manifest is begun: from here on it has the release id, which all that is made of the tables cites.

    What a plan says stays word for word in Parquet and in the workbook; in CSV an apostrophe stands before a text that
    a spreadsheet would run as a formula.
    """
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir(parents=True)
    for name, frame in tables.items():
        frame.write_parquet(staging / f"{name}.parquet")
        as_csv(frame).write_csv(staging / f"{name}.csv", include_bom=True)
    write_workbook(tables, marts, staging / "measures.xlsx")
    hashes = dict(tables["dim_plan"].select("plan_key", "sha256").iter_rows())
    status = tables["audit_plan_status"].select("plan_key", "status", "reason")
    write_manifest(
        staging,
        {
            "release_id": release_id(staging),
            "schema": schema_version(),
            "extractor_version": sorted(set(tables["fct_measure"]["extractor_version"])),
            "program": fingerprints.program(),
            "plans": [{**row, "sha256": hashes.get(row["plan_key"])} for row in status.iter_rows(named=True)],
            "rows": {name: frame.height for name, frame in tables.items()},
        },
    )


def release_id(staging: Path) -> str:
    """Return the id of the release that is made of the staged tables, 16 hex digits.

    It is a hash of the tables as written to Parquet, without the time of reading, and of the program, which makes
    all the rest of them: the same plans and the same program give the same id.
    """
    digest = hashlib.sha256(fingerprints.program().encode())
    for path in sorted(staging.glob("*.parquet")):
        content = fingerprints.file(path)
        if path.stem == "audit_plan_status":
            status = pl.read_parquet(path).drop(_TIME_COLUMN)
            content = hashlib.sha256(status.write_csv().encode()).hexdigest()
        digest.update(f"{path.name}\0{content}\n".encode())
    return digest.hexdigest()[:16]


def seal(staging: Path, now: datetime) -> str:
    """Complete the manifest of a staging folder in which all is made, and return the release id.

    The manifest names the release, when it was made, the program and the version of the extractor, the plans with
    their status and the hashes of their texts, the number of rows of each table, and the SHA-256 of each file.

    Args:
        staging: Tables and all that was made of them.
        now: The time, with its zone.

    Raises:
        ReleaseError: If the tables were not staged to the end.
    """
    try:
        content = read_manifest(staging)
    except (OSError, ValueError):
        raise ReleaseError(f"The tables in {staging} are not complete: build again") from None
    content["made_at"] = now.isoformat(timespec="seconds")
    content["files"] = file_hashes(staging)
    write_manifest(staging, content)
    return str(content["release_id"])
