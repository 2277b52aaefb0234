"""Whichever blocking check a plan fails, its rows are found to be its own, and those of no other plan.

Every check that there is is tried, on the five plans as built: a value of one row of one plan is made wrong, in a copy
of the warehouse, and taken back again. A new check that is neither tried nor told here to concern no plan fails.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from dagster_project.defs.checks import reader
from dagster_project.defs.common import KEYS_OF_PLANS, plans_of
from dagster_project.defs.warehouse import (
    breaking_plans,
    broken_contracts,
    compiled,
    constraints,
    failing_rows,
)
from dagster_project.folder import DataFolder
from dagster_project.quality.judge import judge
from dagster_project.quality.published import suites
from dagster_project.warehouse.dbt_project import load_marts

PLANS = ("hebei-2021", "hefei-2020", "weihai-2018", "zhangzhou-2024", "zhengzhou-2023")
Manifest = dict[str, Any]

#: dbt test: (what makes {row} of {table} wrong, which rows it can be).
POISONS: Mapping[str, tuple[str, str]] = {
    "relationships": ("update {table} set {column} = 'nowhere' where rowid = {row}", "true"),
    "unique": ("insert into {table} select * from {table} where rowid = {row}", "true"),
    "not_null": ("update {table} set {column} = null where rowid = {row}", "true"),
    "one_primary": ("update {table} set is_primary = false where rowid = {row}", "is_primary"),
    "unit_follows_indicator": (
        (
            "update {table} set {column} = (select min(unit_key) from dim_unit where family != "
            "(select family from dim_unit where unit_key = {table}.{column})) where rowid = {row}"
        ),
        "indicator_key != 'unmapped'",
    ),
    "rescaling_is_reversible": (
        "update {table} set stated_value = stated_value + 7 where rowid = {row}",
        "comparable_value is not null",
    ),
    "policy_index_adds_up": ("update {table} set index_value = index_value + 1 where rowid = {row}", "true"),
    "allocation_shares_add_up": (
        "update {table} set value = value + 7 where rowid = {row}",
        "kind = 'allocation' and unit_key = 'percent' and measure_key not like '%.1'",
    ),
    "instrument_shares_add_up": (
        "update {table} set share_of_uses = share_of_uses + 7 where rowid = {row}",
        "true",
    ),
    "no_comparison_without_a_verdict": ("update {table} set formula = '' where rowid = {row}", "true"),
    "every_mapped_measure_is_compared_once": (
        "update {table} set indicator_key = 'talent.patent_agents' where rowid = {row}",
        "indicator_key = 'unmapped'",
    ),
    "every_measure_is_stated_once": (
        "delete from rpt_statement where measure_key = (select measure_key from {table} where rowid = {row})",
        "true",
    ),
}
#: Expectation of Great Expectations: a value that does not meet it.
WRONG: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "ExpectColumnValuesToBeInSet": lambda told: False if told["value_set"] == [True] else "nonsense",
    "ExpectColumnValuesToNotBeNull": lambda told: None,
    "ExpectColumnValuesToMatchRegex": lambda told: "nonsense",
    "ExpectColumnValuesToBeBetween": lambda told: told["max_value"] + 1,
}
#: Checks that no plan can fail, or not one alone, with the reason.
OF_NO_PLAN = {
    "not_null_int_measure_unmapped_measure_key": "the key is what its rows are joined by",
    "not_null_int_measure_words_measure_key": "the key is what its rows are joined by",
    "every_term_leads_to_its_code_int_facet_match_": "its rows are terms of a seed",
    "some_documents": "no removal of a plan adds one",
}
#: Tables whose rows are combinations of codes of the seeds, whichever plans state them: a plan that breaks one breaks
#: fct_measure, too.
COMBINATIONS = ("dim_indicator", "bridge_indicator_x_broader", "bridge_indicator_x_related")
#: Tables without a row, because none of the five plans stands over another.
EMPTY = ("rpt_cascade",)


@pytest.fixture(scope="module")
def folder(five_plans) -> DataFolder:
    return DataFolder.of(five_plans.folder)


@pytest.fixture(scope="module")
def manifest(folder) -> Manifest:
    return json.loads(folder.manifest.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def warehouse(folder, tmp_path_factory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the warehouse of the five plans, to be changed in transactions that are rolled back."""
    path = Path(shutil.copy(folder.warehouse, tmp_path_factory.mktemp("copy")))
    with duckdb.connect(str(path)) as connection:
        yield connection


@pytest.fixture
def answer(warehouse) -> Callable[[str], pl.DataFrame]:
    return lambda query: warehouse.sql(query).pl()


@contextmanager
def changed(warehouse: duckdb.DuckDBPyConnection, *statements: str) -> Iterator[None]:
    """Change the warehouse, and take it back."""
    warehouse.begin()
    try:
        for statement in statements:
            warehouse.execute(statement)
        yield
    finally:
        warehouse.rollback()


def depends_on_plans(manifest: Manifest, node: str) -> bool:
    """Tell whether anything that was extracted from a plan reaches a node."""
    if node.startswith("source."):
        return True
    return any(depends_on_plans(manifest, parent) for parent in manifest["parent_map"].get(node, ()))


def plan_of(row: Mapping[str, Any], places: Mapping[str, str]) -> str:
    """Return the plan that the keys of a row begin with, or whose place it is."""
    found = {
        plan
        for plan in PLANS
        for name, value in row.items()
        if name.endswith("_key") and (str(value).startswith(plan) or places.get(value) == plan)
    }
    assert len(found) == 1, row
    return found.pop()


@pytest.fixture(scope="module")
def places(warehouse) -> dict[str, str]:
    """jurisdiction_key -> plan_key"""
    return dict(warehouse.sql("select jurisdiction_key, plan_key from dim_plan").fetchall())


def blocking_tests(manifest: Manifest) -> list[dict[str, Any]]:
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    return [
        test
        for test in tests
        if test["config"]["severity"].lower() == "error" and depends_on_plans(manifest, test["unique_id"])
    ]


def test_the_rows_that_fail_a_dbt_test_belong_to_their_plan_alone(
    folder, manifest, warehouse, answer, places
):
    wrong = {}
    for test in blocking_tests(manifest):
        name, told = test["name"], test.get("test_metadata") or {"name": test["name"], "kwargs": {}}
        if name in OF_NO_PLAN:
            continue
        node = test.get("attached_node") or test["depends_on"]["nodes"][0]
        table = manifest["nodes"][node]["name"]
        if table in COMBINATIONS + EMPTY:
            continue
        column = told["kwargs"].get("unit_column") or test.get("column_name")
        statement, where = POISONS[told["name"]]
        if (
            told["name"] == "relationships" and column in KEYS_OF_PLANS
        ):  # it is the row that it leads to that is missing
            other = re.findall(r"'(\w+)'", told["kwargs"]["to"])[-1]
            key = f"select {column} from {table} where rowid = {{row}}"
            statement, where = f"delete from {other} where {column} = ({key})", f"{column} is not null"
        row = answer(f"select rowid, * from {table} where {where} order by rowid limit 1").row(0, named=True)
        before = failing_rows(test, manifest, folder.dbt_target, answer)
        with changed(warehouse, statement.format(table=table, column=column, row=row["rowid"])):
            after = failing_rows(test, manifest, folder.dbt_target, answer)
        if (before.height, plans_of(after).value) != (0, [plan_of(row, places)]):
            wrong[name] = (before.rows(), after.rows())
    assert wrong == {}


def test_the_rows_that_break_a_contract_belong_to_their_plan_alone(manifest, warehouse, answer, places):
    contracts = [
        node
        for key, node in manifest["nodes"].items()
        if node["config"].get("contract", {}).get("enforced")
        and node["name"] not in COMBINATIONS + EMPTY
        and depends_on_plans(manifest, key)
    ]
    wrong = {}
    for model in contracts:
        table = model["name"]
        seen = "where jurisdiction_key in (select jurisdiction_key from dim_plan)"
        seen = seen if table == "dim_jurisdiction" else "where not is_known" if table == "dim_agency" else ""
        row = answer(f"select rowid, * from {table} {seen} order by rowid limit 1").row(0, named=True)
        own = expected(row, table, warehouse, places)
        # A row without any of the keys by which its plan is found is of no plan; what joins the rows is not null.
        own_keys = {key for key in KEYS_OF_PLANS if row.get(key)}
        keys = own_keys or {"jurisdiction_key", "agency_key"}
        row_alone, others = f"{table} where rowid = {row['rowid']}", f"{table} where rowid != {row['rowid']}"
        for columns, kinds in constraints(model).items():
            breaches = {
                f"{column} is empty": f"select * replace (null as {column}) from {row_alone} "
                f"union all select * from {others}"
                for column in columns
                if kinds & {"primary_key", "not_null"}
            }
            if kinds & {"primary_key", "unique"}:
                twice = f"select * from {table} union all select * from {row_alone}"
                breaches[f"{', '.join(columns)} is not unique"] = twice
            for words, sql in breaches.items():
                found = dict(broken_contracts(table, {columns: kinds}, sql, answer))
                plans = {plan for rows in found.values() for plan in plans_of(rows).value}
                right = own if (keys & {*row}) - {words.removesuffix(" is empty")} else set()
                if [*found] != [f"{table}: {words}"] or plans != right:
                    wrong[table, words] = (found, own)
    assert wrong == {}


def test_a_number_wider_than_its_decimal_breaks_the_contract_of_its_plan_alone(
    folder, manifest, warehouse, answer
):
    key, column = (
        answer("select min(measure_key) from fct_measure where plan_key = 'weihai-2018'").item(),
        "value",
    )
    staging = compiled(folder.dbt_target, manifest["nodes"]["model.ip_plans.stg_measures"]).read_text("utf-8")
    wider = f"case when measure_key = '{key}' then 1e17 else {column} end"
    assert staging.count(f"try_cast({column} as decimal(20, 4))") == 1
    model = manifest["nodes"]["model.ip_plans.fct_measure"]
    made_of = compiled(folder.dbt_target, model).read_text("utf-8")
    with changed(
        warehouse,
        f"create or replace view stg_measures as {staging.replace(f'try_cast({column}', f'try_cast({wider}')}",
    ):
        found = dict(broken_contracts("fct_measure", constraints(model), made_of, answer))
    assert {words: rows["measure_key"].to_list() for words, rows in found.items()} == {
        "fct_measure: value is empty": [key]
    }


#: What stops a query that names no plan, with the plans that are kept out.
STOPPED = [
    pytest.param("case when plan_key like 'w%' then 'x' else '1' end::int", ["weihai-2018"], id="a cast"),
    pytest.param(
        "case when plan_key like 'h%' then 'x' else '1' end::int",
        ["hebei-2021", "hefei-2020"],
        id="two plans",
    ),
    pytest.param(
        "case when count(*) filter (plan_key in ('hefei-2020', 'weihai-2018')) over () > 1 then 'x' else '1' end::int",
        ["hefei-2020"],
        id="two plans together",
    ),
    pytest.param("'x'::int", [], id="no plan"),
    pytest.param("case when plan_key is not null then 'x' else '1' end::int", [], id="every plan"),
]


@pytest.mark.parametrize(
    "source", ["{plan}", "{plan} as place", "{measure} inner join {plan} using (plan_key)"]
)
@pytest.mark.parametrize(("computed", "plans"), STOPPED)
def test_a_query_that_stops_with_an_error_is_stopped_by_its_plans(answer, source, computed, plans):
    places = {"plan": '"warehouse"."main"."dim_plan"', "measure": '"warehouse"."main"."stg_measures"'}
    database = answer("select current_database()").item()
    places = {name: place.replace("warehouse", database) for name, place in places.items()}
    if "{measure}" in source:
        computed = computed.replace("count(*)", "count(distinct plan_key)")
    sql = f"select {computed} as number from {source.format(**places)}"
    assert breaking_plans(sql, [*places.values()], PLANS, answer) == plans


def expected(
    row: Mapping[str, Any], table: str, warehouse: duckdb.DuckDBPyConnection, places: Mapping[str, str]
) -> set[str]:
    """Return the plans that a row comes from: more than one only for an office that several name."""
    if table != "dim_agency":
        return {plan_of(row, places)}
    named = "select distinct provision_key from bridge_provision_x_agency where agency_key = ?"
    return {key.split("/")[0] for (key,) in warehouse.execute(named, [row["agency_key"]]).fetchall()}


def test_the_rows_that_fail_an_expectation_belong_to_their_plan_alone(folder, manifest, places):
    marts = load_marts(folder.manifest)
    read = reader(folder, marts)
    wrong = {}
    for suite in suites(marts):
        node = f"model.ip_plans.{suite.name}"
        if suite.name in COMBINATIONS + EMPTY or (
            suite.name in marts and not depends_on_plans(manifest, node)
        ):
            continue
        items = [item for item in suite.expectations if item.blocking and item.name not in OF_NO_PLAN]
        frame = suite.facts(read)
        row = next(row for row in frame.iter_rows(named=True) if any(p in str(row.values()) for p in PLANS))
        own = plan_of(row, places)
        at = frame.select(pl.struct(pl.all())).to_series().to_list().index(row)
        for item in items:
            value = pl.lit(WRONG[item.type](item.arguments))
            frame = frame.with_columns(
                pl.when(pl.int_range(pl.len()) == at)
                .then(value)
                .otherwise(pl.col(item.column))
                .alias(item.column)
            )
        for verdict in judge(frame, items):
            found = plans_of(frame[list(verdict.rows)]).value
            if found != [own]:
                wrong[suite.name, verdict.expectation.name] = (found, own)
    assert wrong == {}


@pytest.mark.parametrize("table", EMPTY)
def test_what_is_told_to_be_empty_is_empty(answer, table):
    assert answer(f"from {table}").is_empty()


def test_what_is_told_to_concern_no_plan_is_there(folder, manifest):
    checks = {test["name"] for test in blocking_tests(manifest)} | {
        item.name for suite in suites(load_marts(folder.manifest)) for item in suite.expectations
    }
    assert OF_NO_PLAN.keys() - checks == set()
