"""Assets of dbt: every seed and model is one, with its tests as checks."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
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
from dagster_dbt.core import dbt_cli_event
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
_SHOWN_CHARACTERS = 400
#: Answers a query with its rows.
Answer = Callable[[str], pl.DataFrame]


#: sqlglot's lineage of a column, or of all columns of a query where none is named.
_LINEAGE: Callable[..., Any] = dbt_cli_event.lineage  # type: ignore[attr-defined]


def lineage_at_once() -> Callable[..., Any]:
    """Return what finds the lineage of a column as sqlglot does, for all columns of a query at once.

    Dagster asks for one column after the other, and the whole query is read anew each time: 11 seconds of a build, of
    which 3 are needed.
    """

    @cache
    def of_query(sql: str, schema: object, dialect: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = _LINEAGE(None, sql, schema, dialect=dialect)
        return found

    def of_column(column: str, sql: str, schema: object, dialect: str) -> object:
        return of_query(sql, schema, dialect)[column]

    return of_column


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
        if holder := held_by(data.folder.warehouse):
            # dbt would say it in a traceback.
            message = f"the warehouse is open in another program: close it there and build again ({holder})"
            raise dg.Failure(message, allow_retries=False)
        # dbt's unit tests judge code, not data, and are run by the test suite. The target folder is the one of the
        # parse, so that dbt parses again only what has changed since.
        arguments = ["build", "--exclude-resource-type", "unit_test"]
        build = dbt.cli(arguments, context=context, target_path=data.folder.dbt_target)
        try:
            events, failure = _to_the_end(build.stream())
            dbt_cli_event.lineage = lineage_at_once()  # type: ignore[attr-defined]
            for event in DbtEventIterator(iter(events), build).fetch_column_metadata():
                if isinstance(event, dg.AssetCheckResult):
                    yield _with_failing_rows(context, build, event)
                else:
                    yield _with_rows(build, event)
            if failure is not None:
                raise _failure_of_plans(context, build) or failure
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
            return
        warehouse.unlink()
        warehouse.with_name(f"{warehouse.name}.wal").unlink(missing_ok=True)


def held_by(warehouse: Path) -> str:
    """Return what DuckDB says of the program that has a file open; nothing where none has."""
    try:
        duckdb.connect(str(warehouse)).close()
    except duckdb.Error as error:
        if "lock" in str(error):
            return " ".join(str(error).partition("See also")[0].split())
    return ""


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


def _failure_of_plans(context: dg.AssetExecutionContext, build: DbtCliInvocation) -> dg.Failure | None:
    """Return the failure of a build that rows of plans have stopped; None if it was not they.

    The database names the constraint or the cast, and seldom the row; without the row nobody knows whose plan it is.
    """
    if build.adapter is None:
        return None
    answer = _answers(build.adapter)
    said: list[str] = []
    reasons: dict[str, str] = {}
    try:
        results = build.get_artifact("run_results.json")["results"]
        stopped = {row["unique_id"]: str(row["message"]) for row in results if row["status"] == "error"}
        with build.adapter.connection_named("failure_of_plans"):
            for node, message in ((build.manifest["nodes"][key], text) for key, text in stopped.items()):
                for words, plans in _reasons(context, build, node, message, answer):
                    said.append(words)
                    for plan, reason in plans.items():
                        reasons.setdefault(plan, reason)
    except (OSError, KeyError, DbtBaseException) as error:
        context.log.warning("The rows that stopped dbt cannot be shown: %s", error)
    return dg.Failure("; ".join(said), metadata={REASONS: reasons}, allow_retries=False) if said else None


def _reasons(
    context: dg.AssetExecutionContext,
    build: DbtCliInvocation,
    node: Mapping[str, Any],
    message: str,
    answer: Answer,
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what of plans has stopped a model or a test, in words, with the plans and the reason of each.

    Args:
        context: Its log gets the rows.
        build: The build that was stopped.
        node: The model or test, in dbt's manifest.
        message: What dbt said of it.
        answer: Answers a query.
    """
    sql = compiled(build.target_path, node).read_text(encoding="utf-8")
    contract = constraints(node) if node["resource_type"] == "model" else {}
    try:
        broken = [*broken_contracts(node["name"], contract, sql, answer)]
    except DbtBaseException:
        broken = []  # it is not a row that is wrong: the query cannot be computed
    for words, rows in broken:
        context.log.info("%s\n%s", words, markdown(rows, width=200))
        plans: dict[str, str] = {}
        for plan, row in zip(plans_of_rows(rows), rows.iter_rows(named=True), strict=True):
            if plan is not None:
                told = ", ".join(f"{name} {value}" for name, value in row.items() if value)
                plans.setdefault(plan, f"it breaks the contract of {words} ({told})")
        yield f"{words}, in {rows.height} row{'s' if rows.height > 1 else ''}", plans
    if not broken:
        parents = [build.manifest["nodes"].get(key) for key in node["depends_on"]["nodes"]]
        relations = [parent["relation_name"] for parent in parents if parent and parent["relation_name"]]
        every = answer("select distinct plan_key from stg_documents order by plan_key")["plan_key"].to_list()
        found = breaking_plans(sql, relations, every, answer)
        if found:
            words = f"{node['name']} cannot be computed: {' '.join(message.split())[:_SHOWN_CHARACTERS]}"
            yield words, dict.fromkeys(found, f"with its rows {words}")


def breaking_plans(sql: str, relations: Sequence[str], plans: Sequence[str], answer: Answer) -> list[str]:
    """Return the plans with whose rows alone a query fails, else the first without whose rows it does not.

    None where it fails without any, or with each: then it is not the plans.

    Args:
        sql: The query.
        relations: The tables and views that it reads, as it names them.
        plans: All plans.
        answer: Answers a query, or raises what dbt or DuckDB does.
    """
    columns = {name: answer(f"select * from {name} limit 0").columns for name in relations}  # noqa: S608 - of the manifest
    keys = {
        name: key
        for name, own in columns.items()
        if (key := next((c for c in own if c in KEYS_OF_PLANS), None))
    }

    def fails(*chosen: str) -> bool:
        try:
            # Every value of every column is computed, and one row is brought back.
            answer(f"select bit_xor(hash(own)) as computed from ({_of_plans(sql, keys, chosen)}) as own")  # noqa: S608 - as above
        except (DbtBaseException, duckdb.Error):
            return True
        return False

    if fails():
        return []
    alone = [plan for plan in plans if fails(plan)]
    if len(alone) == len(plans):
        return []
    mended = (plan for plan in plans if not fails(*(other for other in plans if other != plan)))
    return alone or list(islice(mended, 1))


def _of_plans(sql: str, keys: Mapping[str, str], plans: Collection[str]) -> str:
    """Return a query on the rows of some plans, and on those of none.

    Args:
        sql: The query.
        keys: The tables and views that it reads, each with the column that says which plan a row belongs to.
        plans: The plans.
    """
    listed = ", ".join("'" + plan.replace("'", "''") + "'" for plan in ("", *plans))

    def rows(match: re.Match[str]) -> str:
        name = match[1]
        is_own = f"coalesce(regexp_extract({keys[name]}, '^[^@/]+') in ({listed}), true)"
        alias = match[2] or f" as {name.rpartition('.')[2]}"
        return f"(select * from {name} where {is_own}){alias}"  # noqa: S608 - as above

    return re.sub(rf"({'|'.join(map(re.escape, keys))})( as \w+)?", rows, sql) if keys else sql


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
    keys = [name for name in own if name.endswith("_key")]
    # Where the key of the plan is what is wanting, another one says whose row it is.
    keys = [*keys[:3], *(name for name in keys[3:] if name in KEYS_OF_PLANS)]
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
