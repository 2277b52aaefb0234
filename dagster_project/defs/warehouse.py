"""Assets of dbt: every seed and model is one, with its tests as checks."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import polars as pl
from dagster_dbt import (
    DagsterDbtCliRuntimeError,
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliInvocation,
    DbtCliResource,
    dbt_assets,
)
from dagster_dbt.core.dbt_event_iterator import DbtEventIterator
from dbt.adapters.base.impl import BaseAdapter
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt_common.exceptions import DbtBaseException

from dagster_project.defs.common import (
    KEYS_OF_PLANS,
    OWNERS,
    PLANS,
    REASONS,
    DataFolderResource,
    markdown,
    plans_of,
    plans_of_rows,
    table,
)

_SHOWN_ROWS = 50
#: Answers a query with its rows.
Answer = Callable[[str], pl.DataFrame]


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
            events, failure = _to_the_end(build.stream())
            for event in DbtEventIterator(iter(events), build).fetch_column_metadata():
                if isinstance(event, dg.AssetCheckResult):
                    yield _with_failing_rows(context, build, event)
                else:
                    yield _with_rows(build, event)
            if failure is not None:
                raise _broken_contracts(context, build) or failure
        finally:
            _close_adapter()

    return warehouse


def _to_the_end(stream: Iterator[Any]) -> tuple[list[Any], DagsterDbtCliRuntimeError | None]:
    """Return all events of dbt, and why it failed, if it did.

    DuckDB can be read only when dbt has ended. Dagster would wait for that, too, but in a loop without a pause, which
    takes a whole processor from dbt.
    """
    events = []
    try:
        for event in stream:
            events.append(event)  # noqa: PERF402 - those before the failure are kept
    except DagsterDbtCliRuntimeError as failure:
        return events, failure
    return events, None


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
            rows = failing_rows(test, build.manifest, build.target_path, _answers(build.adapter))
    except (OSError, KeyError, DbtBaseException) as error:
        # The test has failed, which is what must be told; that its rows cannot be shown is the lesser thing.
        context.log.warning("The rows that fail %s cannot be shown: %s", test["name"], error)
        return event
    context.log.info("%s\n%s", test["name"], markdown(rows, width=200))
    shown = {"failing_rows": table(rows, _SHOWN_ROWS), PLANS: plans_of(rows)}
    return event._replace(metadata={**event.metadata, **shown})


def _answers(adapter: BaseAdapter) -> Answer:
    """Return what answers a query through the connection of dbt's adapter, every cell as text."""

    def answer(query: str) -> pl.DataFrame:
        _, found = adapter.execute(query, fetch=True)
        rows = [[None if cell is None else str(cell) for cell in row] for row in found.rows]
        return pl.DataFrame(rows, schema=dict.fromkeys(found.column_names, pl.String), orient="row")

    return answer


def failing_rows(
    test: Mapping[str, Any], manifest: Mapping[str, Any], target: Path, answer: Answer
) -> pl.DataFrame:
    """Run a test that dbt has compiled once more, for its rows with their keys and their sentences.

    Args:
        test: Its node in dbt's manifest.
        manifest: The manifest.
        target: Where dbt has compiled it.
        answer: Answers a query.
    """
    model = test.get("attached_node") or test["depends_on"]["nodes"][0]
    query = failing_rows_query(
        compiled(target, test).read_text(encoding="utf-8"),
        test.get("column_name"),
        manifest["nodes"][model]["relation_name"],
        lambda sql: answer(sql).columns,
    )
    return answer(query)


def _broken_contracts(context: dg.AssetExecutionContext, build: DbtCliInvocation) -> dg.Failure | None:
    """Return the failure of a build in which rows of plans break the contract of a model; None if none do.

    The database names the constraint, and seldom the row; without the row nobody knows whose plan it is.
    """
    if build.adapter is None:
        return None
    found: list[tuple[str, pl.DataFrame]] = []
    try:
        results = build.get_artifact("run_results.json")["results"]
        failed = [build.manifest["nodes"][row["unique_id"]] for row in results if row["status"] == "error"]
        with build.adapter.connection_named("broken_contracts"):
            for model in (node for node in failed if node["resource_type"] == "model"):
                sql = compiled(build.target_path, model).read_text(encoding="utf-8")
                found += broken_contracts(model["name"], constraints(model), sql, _answers(build.adapter))
    except (OSError, KeyError, DbtBaseException) as error:
        context.log.warning("The rows that stopped dbt cannot be shown: %s", error)
    if not found:
        return None
    said: list[str] = []
    reasons: dict[str, str] = {}
    for words, rows in found:
        context.log.info("%s\n%s", words, markdown(rows, width=200))
        said.append(f"{words}, in {rows.height} row{'s' if rows.height > 1 else ''}")
        for plan, row in zip(plans_of_rows(rows), rows.iter_rows(named=True), strict=True):
            if plan is not None:
                told = ", ".join(f"{name} {value}" for name, value in row.items() if value)
                reasons.setdefault(plan, f"{words} ({told})")
    return dg.Failure("; ".join(said), metadata={REASONS: reasons}, allow_retries=False)


def broken_contracts(
    name: str, required: Mapping[tuple[str, ...], Collection[str]], sql: str, answer: Answer
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield each constraint of a model's contract that rows break, in words, with these rows: their keys and words.

    Args:
        name: The model.
        required: See `constraints`.
        sql: The query that makes it.
        answer: Answers a query.
    """
    own = answer(f"select * from ({sql}) limit 0").columns  # noqa: S608 - of the manifest
    for columns, kinds in required.items():
        broken = {}
        if {"primary_key", "unique"} & {*kinds}:
            broken[f"{', '.join(columns)} is not unique"] = "model.times > 1"
        if {"primary_key", "not_null"} & {*kinds}:
            broken |= {f"{column} is empty": f"model.{column} is null" for column in columns}
        # Counted before the joins, which may repeat a row.
        rows = f"select *, count(*) over (partition by {', '.join(columns)}) as times from ({sql})"  # noqa: S608 - as above
        shown, joined = _shown_columns(own, columns)
        for words, condition in broken.items():
            query = f"select {', '.join(shown)} from ({rows}) as model{joined} where {condition}"  # noqa: S608 - as above
            found = answer(query)
            if found.height:
                yield f"{name}: {words}", found


def constraints(model: Mapping[str, Any]) -> dict[tuple[str, ...], set[str]]:
    """Return the columns of each constraint of a model's contract, with its kinds (primary_key, unique, not_null)."""
    found: dict[tuple[str, ...], set[str]] = {}
    for column in model["columns"].values():
        for constraint in column["constraints"]:
            found.setdefault((column["name"],), set()).add(str(constraint["type"]))
    for constraint in model["constraints"]:
        found.setdefault(tuple(constraint["columns"]), set()).add(str(constraint["type"]))
    return found


def compiled(target: Path, node: Mapping[str, Any]) -> Path:
    """Return the file of a node that dbt has compiled: a generic test has a file below the name of its YAML."""
    file = target / "compiled" / node["package_name"] / node["original_file_path"]
    return file / node["path"] if node.get("test_metadata") else file


#: Where the sentence of a row is that has none itself, by the key that leads there. Both are there whatever failed.
_SENTENCES = (("measure_key", "stg_measures", "quote_zh"), ("provision_key", "stg_provisions", "text_zh"))
#: The plans of a row that names none, by the key that leads to them; likewise.
_PLANS_OF = {
    "jurisdiction_key": "select distinct jurisdiction_key, plan_key from stg_documents",
    "agency_key": "select distinct agency_key, plan_key from stg_provision_agencies "
    "inner join int_agency_name using (name_folded_zh)",
}


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
    shared = {name: known for name, known in names.items() if known is not None and known in own}
    if not shared:
        return sql
    shown, joined = _shown_columns(own, list(shared.values()))
    match = " and ".join(
        f"model.{known} is not distinct from failing.{name}" for name, known in shared.items()
    )
    return (
        f"select {', '.join(shown)} from {relation} as model{joined} "  # noqa: S608 - as above
        f"where exists (select 1 from ({sql}) as failing where {match})"
    )


def _shown_columns(own: Sequence[str], named: Sequence[str]) -> tuple[list[str], str]:
    """Return what is shown of a row of a model, and the joins that it needs: its keys, its sentence and its plan.

    Args:
        own: The columns of the model.
        named: Those that are shown in any case.
    """
    keys = [name for name in own if name.endswith("_key")][:3]
    words = [name for name in ("value_text", "quote_zh", "sentence_zh", "text_zh", "name_zh") if name in own]
    shown = [f"model.{name}" for name in dict.fromkeys([*keys, *named, *words])]
    joins = []
    if not {"quote_zh", "sentence_zh", "text_zh"} & set(own):
        for key, table_, sentence in _SENTENCES:
            if key in own:
                shown.append(f"source.{sentence}")
                joins.append(f" left join {table_} as source on model.{key} = source.{key}")
                break
    if not KEYS_OF_PLANS & set(own):
        for key, query in _PLANS_OF.items():
            if key in own:
                shown.append("owner.plan_key")
                joins.append(f" left join ({query}) as owner on model.{key} = owner.{key}")
                break
    return shown, "".join(joins)
