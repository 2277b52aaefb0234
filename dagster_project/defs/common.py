"""What all assets share: the data folder, the owner, and how a table is shown."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import dagster as dg
import duckdb
import polars as pl

from dagster_project.escaping import as_markdown
from dagster_project.folder import BuildInProgressError, DataFolder
from dagster_project.release.log import COMMAND_LINE

#: The tag of a run that says what started it: schedule, sensor, quarantine (without the plans that made one fail) or
#: command line; a person where it is missing.
STARTED_BY = "ip_plans/started_by"
#: In the metadata of a check: the plans that all its failing rows belong to; empty where a row belongs to none.
PLANS = "plans"
#: In the metadata of a failure: the plans that caused it, each with the reason.
REASONS = "reasons"
#: Columns whose value says which plan a row belongs to.
KEYS_OF_PLANS = {"plan_key", "measure_key", "provision_key", "citation_key"}
OWNERS = ("team:ip-plans",)
# What a network drive or a busy machine says; the file of the warehouse is locked while somebody has it open in DuckDB.
_TRANSIENT = {
    *(errno.EAGAIN, errno.EBUSY, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOLCK, errno.ESTALE),
    *(errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH),
}
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
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[DataFolderResource]:
        """Prepare the folder and hold its lock.

        Where another build has it, a run that somebody waits for at the command line fails at once; any other waits:
        the lock ends with the process that holds it.
        """
        self.folder.prepare()
        with ExitStack() as held:
            try:
                held.enter_context(self.folder.lock())
            except BuildInProgressError as other:
                if context.run and context.run.tags.get(STARTED_BY) == COMMAND_LINE:
                    raise
                if context.log:
                    context.log.info("%s This run waits.", other)
                held.enter_context(self.folder.lock(wait=True))
            yield self


@contextmanager
def retrying() -> Iterator[None]:
    """Have Dagster repeat a step where the system says that it may work later; anything else would fail again."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        is_transient = getattr(error, "errno", None) in _TRANSIENT or "Could not set lock on file" in str(
            error
        )
        if not is_transient:
            raise
        raise dg.RetryRequested(max_retries=3, seconds_to_wait=30) from error


def table_metadata(frame: pl.DataFrame | pl.LazyFrame) -> dict[str, Any]:
    """Return row count, column types and the first rows as metadata of a materialization."""
    rows = frame.lazy()
    columns = [dg.TableColumn(name, str(kind)) for name, kind in rows.collect_schema().items()]
    return {
        "dagster/row_count": rows.select(pl.len()).collect().item(),
        "dagster/column_schema": dg.TableSchema(columns=columns),
        "preview": dg.MetadataValue.md(markdown(rows.head(_PREVIEW_ROWS).collect())),
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


def plans_of(rows: pl.DataFrame) -> dg.JsonMetadataValue:
    """Return the plans that rows belong to; none if a row belongs to none: then no removal of a plan mends it."""
    plans = plans_of_rows(rows)
    return dg.MetadataValue.json([] if plans.has_nulls() else plans.unique().sort().to_list())


def plans_of_rows(rows: pl.DataFrame) -> pl.Series:
    """Return the plan that each row belongs to, by the first of its keys that says so; null where none does."""
    keys = [pl.col(name).cast(pl.String) for name in rows.columns if name in KEYS_OF_PLANS]
    plan = pl.coalesce(keys).str.extract(r"^([^@/]+)") if keys else pl.repeat(None, pl.len(), dtype=pl.String)
    return rows.select(plan.alias("plan")).to_series()


def _shown(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, str | int | float):
        return value
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def markdown(frame: pl.DataFrame, width: int = 60) -> str:
    """Return the first columns of a frame as a Markdown table; a cell longer than `width` is cut."""

    def cell(value: object) -> str:
        text = "" if value is None else " ".join(str(value).split())
        return as_markdown(text if len(text) <= width else text[: width - 1] + "…")

    names = frame.columns[:_PREVIEW_COLUMNS]
    lines = [names, ["---"] * len(names), *(map(cell, row) for row in frame.select(names).iter_rows())]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
