"""What Dagster shows: a change of an asset, group, kind, owner or check must be meant.

The snapshot is written anew by ``UPDATE_SNAPSHOTS=1 pytest tests/integration/test_definitions.py``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from dagster_project import dictionary
from dagster_project.definitions import definitions
from dagster_project.folder import DATA_DIR_VARIABLE, DataFolder
from dagster_project.manifest import load_marts
from dagster_project.tables import SCHEMAS

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


def test_the_job_takes_everything_in_one_process(defs: dg.Definitions) -> None:
    job = defs.resolve_job_def("refresh")
    assert job.executor_def.name == "in_process"
    graph = defs.resolve_asset_graph()
    assert set(job.asset_layer.selected_asset_keys) == set(graph.materializable_asset_keys)


def test_a_run_waits_for_no_other_build(defs: dg.Definitions, folder: DataFolder) -> None:
    with folder.lock(), pytest.raises(dg.DagsterResourceFunctionError) as caught:
        defs.resolve_job_def("refresh").execute_in_process()
    assert "Another build" in str(caught.value.__cause__)


def test_the_schedule_is_off_until_somebody_switches_it_on(defs: dg.Definitions) -> None:
    schedule = defs.resolve_schedule_def("weekly_refresh")
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED


def test_the_manifest_is_parsed_once(defs: dg.Definitions, folder: DataFolder) -> None:
    parsed = folder.dbt_target / "manifest.json"
    before = parsed.stat().st_mtime_ns
    definitions()
    assert parsed.stat().st_mtime_ns == before


def test_nothing_but_working_files_is_written_by_loading(defs: dg.Definitions, folder: DataFolder) -> None:
    assert [path.name for path in folder.root.iterdir()] == [".work"]


def test_the_data_dictionary_is_that_of_the_manifest(defs: dg.Definitions, folder: DataFolder) -> None:
    current = dictionary.render(load_marts(folder.manifest))
    assert dictionary.PAGE.read_text(encoding="utf-8") == current, "write it anew: make dictionary"
