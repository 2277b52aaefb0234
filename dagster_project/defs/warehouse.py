"""Assets of dbt: every seed and model is one, with its tests as checks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from dbt.adapters.base.impl import BaseAdapter
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt_common.exceptions import DbtBaseException

from dagster_project.defs.common import OWNERS, PLANS, DataFolderResource, markdown, plans_of, table

_SHOWN_ROWS = 50


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
                if isinstance(event, dg.AssetCheckResult):
                    yield _with_failing_rows(context, build, event)
                else:
                    yield _with_rows(build, event)
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


def _with_rows(build: DbtCliInvocation, event: Any) -> Any:  # noqa: ANN401 - any event but a check
    """Return the event with the number of rows of what was built, and the first of them.

    They are read through the connection that dbt's adapter has open; Dagster's own count leaves out views.
    """
    if build.adapter is None or not isinstance(event, dg.Output):
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


def _with_failing_rows(
    context: dg.AssetExecutionContext, build: DbtCliInvocation, event: dg.AssetCheckResult
) -> dg.AssetCheckResult:
    """Return the result of a dbt test with the rows that fail, and the sentences that they come from."""
    if event.passed or build.adapter is None:
        return event
    test = build.manifest["nodes"][event.metadata["unique_id"].value]
    try:
        with build.adapter.connection_named("failing_rows"):
            rows = _failing_rows(build, build.adapter, test)
    except (OSError, KeyError, DbtBaseException) as error:
        # The test has failed, which is what must be told; that its rows cannot be shown is the lesser thing.
        context.log.warning("The rows that fail %s cannot be shown: %s", test["name"], error)
        return event
    context.log.info("%s\n%s", test["name"], markdown(rows, width=200))
    shown = {"failing_rows": table(rows, _SHOWN_ROWS), PLANS: plans_of(rows)}
    return event._replace(metadata={**event.metadata, **shown})


def _failing_rows(build: DbtCliInvocation, adapter: BaseAdapter, test: Mapping[str, Any]) -> pl.DataFrame:
    """Run the test that dbt has compiled once more, for its rows."""
    model = test.get("attached_node") or test["depends_on"]["nodes"][0]
    query = failing_rows_query(
        compiled_test(build.target_path, test).read_text(encoding="utf-8"),
        test.get("column_name"),
        build.manifest["nodes"][model]["relation_name"],
        lambda sql: adapter.execute(sql, fetch=True)[1].column_names,
    )
    _, found = adapter.execute(query, fetch=True)
    rows = [[None if cell is None else str(cell) for cell in row] for row in found.rows]
    return pl.DataFrame(rows, schema=dict.fromkeys(found.column_names, pl.String), orient="row")


def compiled_test(target: Path, test: Mapping[str, Any]) -> Path:
    """Return the file of a test that dbt has compiled: a generic one has a file below the name of its YAML."""
    file = target / "compiled" / test["package_name"] / test["original_file_path"]
    return file / test["path"] if test.get("test_metadata") else file


#: Where the sentence of a row is that has none itself, by the key that leads there. Both are there whatever failed.
_SENTENCES = (("measure_key", "stg_measures", "quote_zh"), ("provision_key", "stg_provisions", "text_zh"))


def failing_rows_query(
    sql: str, column: str | None, relation: str, columns_of: Callable[[str], Sequence[str]]
) -> str:
    """Return the query for the rows of a model that fail a test, each with its keys and its sentence.

    A test gives only the values that fail; `unique` and `relationships` under names of their own.

    Args:
        sql: The compiled test.
        column: The column that it tests, if it tests one.
        relation: The model.
        columns_of: Gives the names of the columns of a query.
    """
    own = columns_of(f"select * from {relation} limit 0")  # noqa: S608 - of the manifest
    given = columns_of(f"select * from ({sql}) limit 0")  # noqa: S608 - as above
    names = {name: column if name in ("unique_field", "from_field") else name for name in given}
    shared = {name: known for name, known in names.items() if known in own}
    if not shared:
        return sql
    keys = [name for name in own if name.endswith("_key")][:3]
    words = [name for name in ("value_text", "quote_zh", "sentence_zh", "text_zh", "name_zh") if name in own]
    shown = [f"model.{name}" for name in dict.fromkeys([*keys, *shared.values(), *words])]
    match = " and ".join(
        f"model.{known} is not distinct from failing.{name}" for name, known in shared.items()
    )
    joined = ""
    if not {"quote_zh", "sentence_zh", "text_zh"} & set(own):
        for key, table_, sentence in _SENTENCES:
            if key in own:
                shown.append(f"source.{sentence}")
                joined = f" left join {table_} as source on model.{key} = source.{key}"
                break
    return (
        f"select {', '.join(shown)} from {relation} as model{joined} "  # noqa: S608 - as above
        f"where exists (select 1 from ({sql}) as failing where {match})"
    )
