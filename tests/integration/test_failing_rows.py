"""The rows that fail a dbt test are found again, with their keys and their sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dagster_project.defs.warehouse import compiled, failing_rows_query

TABLES = """
create table fct_measure as from (values ('a@1.1', 'a', 'org', '新增5家'), ('a@9.1', 'a', 'USD', '投入1亿美元'),
    ('a@9.1', 'a', null, '投入2亿元')) as t(measure_key, plan_key, unit_key, quote_zh);
create table rpt_verdict as from (values ('a@1.1', null), ('a@9.1', 'exact')) as t(measure_key, verdict);
create view stg_measures as select distinct on (measure_key) measure_key, quote_zh from fct_measure;
"""
CASES = [
    pytest.param(
        "select unit_key as from_field from fct_measure where unit_key not in ('org')",
        "unit_key",
        "fct_measure",
        [("a@9.1", "a", "USD", "投入1亿美元")],
        id="relationships",
    ),
    pytest.param(
        "select measure_key as unique_field, count(*) as n_records from fct_measure group by 1 having count(*) > 1",
        "measure_key",
        "fct_measure",
        [("a@9.1", "a", "USD", "投入1亿美元"), ("a@9.1", "a", None, "投入2亿元")],
        id="unique",
    ),
    pytest.param(
        "select unit_key from fct_measure where unit_key is null",
        "unit_key",
        "fct_measure",
        [("a@9.1", "a", None, "投入2亿元")],
        id="not-null",
    ),
    pytest.param(
        "select verdict from rpt_verdict where verdict is null",
        "verdict",
        "rpt_verdict",
        [("a@1.1", None, "新增5家")],
        id="sentence-of-the-measure",
    ),
    pytest.param("select 7 as missing_rows", None, "fct_measure", [(7,)], id="about-the-table"),
]


@pytest.fixture
def columns_of() -> Iterator[Callable[[str], list[str]]]:
    """Give the columns of a query on some tables."""
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        yield lambda sql: connection.sql(sql).columns


@pytest.mark.parametrize(("sql", "column", "relation", "expected"), CASES)
def test_failing_rows_have_their_keys_and_sentences(
    columns_of: Callable[[str], list[str]],
    sql: str,
    column: str | None,
    relation: str,
    expected: list[tuple[object, ...]],
) -> None:
    query = failing_rows_query(sql, column, relation, columns_of)
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        assert connection.sql(query).fetchall() == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(
            {"original_file_path": "tests/sums.sql", "path": "sums.sql"}, "tests/sums.sql", id="singular"
        ),
        pytest.param(
            {
                "original_file_path": "models/a.yml",
                "path": "unique_a.sql",
                "test_metadata": {"name": "unique"},
            },
            "models/a.yml/unique_a.sql",
            id="generic",
        ),
    ],
)
def test_the_compiled_file_of_a_test_is_found(told: dict[str, Any], expected: str) -> None:
    assert compiled(Path("target"), {"package_name": "p"} | told) == Path("target/compiled/p") / expected
