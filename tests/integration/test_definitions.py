"""What Dagster shows: a change of an asset, group, kind, owner or check must be meant.

The snapshot is written anew by ``UPDATE_SNAPSHOTS=1 pytest tests/integration/test_definitions.py``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from dagster_project.corpus.tables import SCHEMAS
from dagster_project.definitions import definitions
from dagster_project.defs.warehouse import discard_if_damaged
from dagster_project.folder import DATA_DIR_VARIABLE, DataFolder
from dagster_project.release import schema
from dagster_project.release.manifest import SCHEMA
from dagster_project.warehouse import dictionary
from dagster_project.warehouse.dbt_project import load_marts

SNAPSHOT = Path(__file__).with_name("definitions.txt")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with nothing in it."""
    return DataFolder.of(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def defs(folder: DataFolder) -> Iterator[dg.Definitions]:
    """The definitions, loaded where there is neither data nor a manifest."""
    before = dict(os.environ)
    os.environ[DATA_DIR_VARIABLE] = str(folder.root)
    yield definitions()
    os.environ.clear()
    os.environ.update(before)


def lines(defs: dg.Definitions) -> list[str]:
    """Return one line for each asset and for each check that is not a dbt test."""
    assets = [
        f"{spec.key.to_user_string()} | {spec.group_name} | {', '.join(sorted(spec.kinds))} | {', '.join(spec.owners)}"
        for spec in defs.resolve_all_asset_specs()
    ]
    checks = [
        f"{spec.asset_key.to_user_string()}: {spec.name} | {'blocking' if spec.blocking else 'warning'}"
        for spec in own_checks(defs)
    ]
    return [*sorted(assets), "", *sorted(checks)]


def own_checks(defs: dg.Definitions) -> list[dg.AssetCheckSpec]:
    """Return the checks that are not dbt tests."""
    graph = defs.resolve_asset_graph()
    specs = [graph.get_check_spec(key) for key in graph.asset_check_keys]
    return [spec for spec in specs if "dagster_dbt/unique_id" not in (spec.metadata or {})]


def test_assets_and_checks_are_those_of_the_snapshot(defs: dg.Definitions) -> None:
    found = "\n".join(lines(defs)) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(found, encoding="utf-8")
    assert found == SNAPSHOT.read_text(encoding="utf-8")


def test_every_asset_is_described_owned_grouped_and_of_a_kind(defs: dg.Definitions) -> None:
    bare = [
        spec.key.to_user_string()
        for spec in defs.resolve_all_asset_specs()
        if not (spec.description and spec.owners and spec.kinds and spec.group_name not in (None, "default"))
    ]
    assert bare == []


def test_every_own_check_says_what_it_protects(defs: dg.Definitions) -> None:
    assert [spec.name for spec in own_checks(defs) if not spec.description] == []


def test_every_extracted_table_is_an_asset_that_dbt_reads(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()
    unread = {table for table in SCHEMAS if not graph.get(dg.AssetKey(["extracted", table])).child_keys}
    assert unread == set()


def test_the_release_comes_after_every_published_table(defs: dg.Definitions, folder: DataFolder) -> None:
    graph = defs.resolve_asset_graph()
    parents = graph.get(dg.AssetKey(["staged_marts"])).parent_keys
    assert {key.to_user_string() for key in parents} == set(load_marts(folder.manifest))
    assert graph.get(dg.AssetKey(["release"])).parent_keys >= {dg.AssetKey(["figures"])}


def test_only_what_a_measure_may_lack_may_be_null_among_codes(
    defs: dg.Definitions, folder: DataFolder
) -> None:
    marts = load_marts(folder.manifest).values()
    nullable = {
        column.name for mart in marts for column in mart.columns if column.codes and column.may_be_null
    }
    below = {"facet", "time_relation", "per_million_relation", "child_comparator", "child_theme_status"}
    may_lack = {"document_type", "payer_from", "office_from", "consequence", "novelty"}
    # A line of rpt_theme_matrix may hold words in place of a number.
    without_a_number = {"kind", "form", "comparator", "comparability", "binding"}
    assert nullable == {"per", "cap_per", "scope", "role"} | below | may_lack | without_a_number


def test_the_job_takes_everything_in_one_process(defs: dg.Definitions) -> None:
    job = defs.resolve_job_def("refresh")
    assert job.executor_def.name == "in_process"
    graph = defs.resolve_asset_graph()
    assert set(job.asset_layer.selected_asset_keys) == set(graph.materializable_asset_keys)


def test_a_run_of_the_command_line_waits_for_no_other_build(defs: dg.Definitions, folder: DataFolder) -> None:
    with folder.lock(), pytest.raises(dg.DagsterResourceFunctionError) as caught:
        defs.resolve_job_def("refresh").execute_in_process(tags={"ip_plans/started_by": "command line"})
    assert "Another build" in str(caught.value.__cause__)


def test_the_schedule_is_on_every_morning_at_six_in_china(defs: dg.Definitions) -> None:
    schedule = defs.resolve_schedule_def("daily_refresh")
    assert (
        schedule.default_status,
        schedule.cron_schedule,
        schedule.execution_timezone,
        schedule.job_name,
    ) == (
        dg.DefaultScheduleStatus.RUNNING,
        "0 6 * * *",
        "Asia/Shanghai",
        "refresh",
    )


@pytest.mark.parametrize("name", ["plan_changes", "log_failures", "log_recoveries"])
def test_the_sensors_are_on(defs: dg.Definitions, name: str) -> None:
    assert defs.resolve_sensor_def(name).default_status == dg.DefaultSensorStatus.RUNNING


def test_the_release_must_be_fresh_every_morning(defs: dg.Definitions) -> None:
    policies = {
        spec.key.to_user_string(): spec.freshness_policy
        for spec in defs.resolve_all_asset_specs()
        if spec.freshness_policy
    }
    assert list(policies) == ["release"]
    assert policies["release"].deadline_cron == "0 7 * * *"


def test_the_manifest_is_parsed_once(defs: dg.Definitions, folder: DataFolder) -> None:
    parsed = folder.dbt_target / "manifest.json"
    before = parsed.stat().st_mtime_ns
    definitions()
    assert parsed.stat().st_mtime_ns == before


@pytest.mark.parametrize("left", [0, 4096, 400_000], ids=["empty", "header-only", "cut-short"])
def test_a_warehouse_that_a_full_disk_cut_short_can_be_written_again(tmp_path: Path, left: int) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table t as select range as n, random()::varchar as x from range(100000)")
    assert path.stat().st_size > left
    os.truncate(path, left)
    discard_if_damaged(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create or replace table t as select 1 as n")
        connection.execute("checkpoint")
    with duckdb.connect(str(path)) as connection:
        assert connection.sql("from t").fetchall() == [(1,)]


def test_a_warehouse_that_can_be_opened_stays(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table t as select 1")
    discard_if_damaged(path)
    with duckdb.connect(str(path)) as connection:
        assert len(connection.sql("show all tables").fetchall()) == 1


def test_a_warehouse_that_another_program_has_open_stays(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    code = f"import duckdb; c = duckdb.connect({str(path)!r}); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "open\n"
        before = path.stat().st_ino
        discard_if_damaged(path)
        assert path.stat().st_ino == before
        other.communicate("\n")


def test_nothing_but_working_files_is_written_by_loading(defs: dg.Definitions, folder: DataFolder) -> None:
    assert [path.name for path in folder.root.iterdir()] == [".work"]


def test_the_data_dictionary_is_that_of_the_manifest(defs: dg.Definitions, folder: DataFolder) -> None:
    current = dictionary.render(load_marts(folder.manifest))
    assert dictionary.PAGE.read_text(encoding="utf-8") == current, "write it anew: make dictionary"


def test_the_published_columns_are_those_of_their_version(defs: dg.Definitions, folder: DataFolder) -> None:
    current = schema.columns(load_marts(folder.manifest))
    known = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema.updated(known, current) == known, (
        "columns have changed: make schema, and a line in CHANGELOG.md"
    )
