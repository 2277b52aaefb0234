"""What all assets share: the data folder, the owner, and how a table is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import dagster as dg
import polars as pl

from dagster_project.folder import DataFolder

OWNERS = ("team:ip-plans",)
_PREVIEW_ROWS = 5
_PREVIEW_COLUMNS = 12


class DataFolderResource(dg.ConfigurableResource[Any]):
    """The data folder of a run, locked while the run works in it.

    The runs of `ip-plans build`, of `dg launch` and of the web page all take the lock, and all run in one process,
    because DuckDB allows one writer.
    """

    root: str

    @property
    def folder(self) -> DataFolder:
        """The paths in the folder."""
        return DataFolder.of(self.root)

    @contextmanager
    def yield_for_execution(
        self,
        context: dg.InitResourceContext,  # noqa: ARG002 - the signature is Dagster's
    ) -> Iterator[DataFolderResource]:
        """Prepare the folder and hold its lock."""
        self.folder.prepare()
        with self.folder.lock():
            yield self


def table_metadata(frame: pl.DataFrame) -> dict[str, Any]:
    """Return row count, column types and the first rows as metadata of a materialization."""
    columns = [dg.TableColumn(name, str(kind)) for name, kind in frame.schema.items()]
    return {
        "dagster/row_count": frame.height,
        "dagster/column_schema": dg.TableSchema(columns=columns),
        "preview": dg.MetadataValue.md(markdown(frame.head(_PREVIEW_ROWS))),
    }


def table(frame: pl.DataFrame, rows: int, labels: Mapping[str, str] | None = None) -> dg.TableMetadataValue:
    """Return the first `rows` rows as a table that the web page shows, each text as it is.

    Args:
        frame: What is shown.
        rows: How many rows at most.
        labels: Descriptions of columns.
    """
    columns = [
        dg.TableColumn(
            name,
            "float" if kind.is_float() else "int" if kind.is_integer() else "string",
            (labels or {}).get(name),
        )
        for name, kind in frame.schema.items()
    ]
    records = [
        dg.TableRecord({name: _shown(value) for name, value in row.items()})
        for row in frame.head(rows).iter_rows(named=True)
    ]
    return dg.MetadataValue.table(records, schema=dg.TableSchema(columns=columns))


def _shown(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, str | int | float):
        return value
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def markdown(frame: pl.DataFrame, width: int = 60) -> str:
    """Return the first columns of a frame as a Markdown table; a cell longer than `width` is cut."""

    def cell(value: object) -> str:
        text = "" if value is None else " ".join(str(value).split()).replace("|", "\\|")
        return text if len(text) <= width else text[: width - 1] + "…"

    names = frame.columns[:_PREVIEW_COLUMNS]
    lines = [names, ["---"] * len(names), *(map(cell, row) for row in frame.select(names).iter_rows())]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
