"""Assets of dbt: every seed and model is one, with its tests as checks."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import polars as pl
from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliInvocation,
    DbtCliResource,
    dbt_assets,
)
from dbt.adapters.duckdb.connections import DuckDBConnectionManager

from dagster_project.defs.common import OWNERS, DataFolderResource, markdown


class Translator(DagsterDbtTranslator):
    """A model's key is its name, its group the folder that it is in."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """Return the name; a source says in its meta which asset it is."""
        if dbt_resource_props["resource_type"] == "source":
            return super().get_asset_key(dbt_resource_props)
        return dg.AssetKey([dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Return ``seeds``, or the folder under ``models/``."""
        is_seed = dbt_resource_props["resource_type"] == "seed"
        return "seeds" if is_seed else str(dbt_resource_props["fqn"][1])

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Return the description without the SQL that Dagster would add."""
        return str(dbt_resource_props["description"])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> tuple[str, ...]:  # noqa: ARG002
        """Return the one team."""
        return OWNERS


def warehouse_assets(manifest: Path) -> dg.AssetsDefinition:
    """Return the assets of the dbt project whose manifest is given."""
    translator = Translator(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))

    @dbt_assets(manifest=manifest, dagster_dbt_translator=translator, name="warehouse")
    def warehouse(
        context: dg.AssetExecutionContext, dbt: DbtCliResource, data: DataFolderResource
    ) -> Iterator[Any]:
        discard_if_damaged(data.folder.warehouse)
        # dbt's unit tests judge code, not data, and are run by the test suite. The target folder is the one of the
        # parse, so that dbt parses again only what has changed since.
        arguments = ["build", "--exclude-resource-type", "unit_test"]
        build = dbt.cli(arguments, context=context, target_path=data.folder.dbt_target)
        try:
            for event in build.stream().fetch_column_metadata():
                yield _with_rows(build, event) if isinstance(event, dg.Output) else event
        finally:
            _close_adapter()

    return warehouse


def discard_if_damaged(warehouse: Path) -> None:
    """Remove a DuckDB file that cannot be opened, as a full disk or a power cut may leave it.

    Nothing is lost by that: dbt makes all of it anew. One that another program has open stays.
    """
    if not warehouse.exists():
        return
    try:
        duckdb.connect(str(warehouse)).close()
    except duckdb.Error as error:
        if "lock" in str(error):
            return  # dbt says which program it is
        warehouse.unlink()
        warehouse.with_name(f"{warehouse.name}.wal").unlink(missing_ok=True)


def _close_adapter() -> None:
    """Close the connection of dbt's adapter in this process, through which the metadata was read.

    The steps that follow open the file to read, which DuckDB refuses while the adapter has it open to write; the
    adapter's own `close_all_connections` only drops its reference.
    """
    environment = DuckDBConnectionManager._ENV  # noqa: SLF001 - `env()` raises where there is none
    if environment is not None:
        environment.close()
    DuckDBConnectionManager.close_all_connections()


def _with_rows(build: DbtCliInvocation, event: dg.Output[Any]) -> dg.Output[Any]:
    """Return the event with the number of rows of what was built, and the first of them.

    They are read through the connection that dbt's adapter has open; Dagster's own count leaves out views.
    """
    if build.adapter is None:
        return event
    relation = build.manifest["nodes"][event.metadata["unique_id"].value]["relation_name"]
    with build.adapter.connection_named("rows"):
        _, count = build.adapter.execute(f"select count(*) from {relation}", fetch=True)  # noqa: S608 - of the manifest
        _, table = build.adapter.execute(f"select * from {relation} limit 5", fetch=True)  # noqa: S608 - as above
    rows = [[None if cell is None else str(cell) for cell in row] for row in table.rows]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(table.column_names, pl.String), orient="row")
    return event.with_metadata(
        {
            **event.metadata,
            "dagster/row_count": int(count.rows[0][0]),
            "preview": dg.MetadataValue.md(markdown(frame)),
        }
    )
