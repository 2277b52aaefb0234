"""What a reader may rely on: columns have a version, and what another version left is never half understood."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

from dagster_project.api import NotPublishedError, Release
from dagster_project.corpus import quarantine
from dagster_project.corpus.kept_rows import kept
from dagster_project.folder import PROJECT, DataFolder
from dagster_project.release import schema
from dagster_project.release.inputs import Inputs, pending_changes
from dagster_project.release.manifest import SCHEMA, file_hashes
from dagster_project.release.store import ReleaseError, find_release, is_published, releases

KNOWN = json.loads(SCHEMA.read_text(encoding="utf-8"))
CHANGELOG = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
ONE = {"version": 1, "since": "0.1.0", "tables": {"a": {"key": "varchar"}}}


def test_the_changelog_says_in_which_version_the_columns_changed() -> None:
    section = re.search(
        rf"^## \[{re.escape(KNOWN['since'])}\].*?(?=^## |\Z)", CHANGELOG, re.MULTILINE | re.DOTALL
    )
    assert section, f"there is no section {KNOWN['since']}"
    assert re.search(rf"\bschema {KNOWN['version']}\b", section[0]), (
        "say there what has changed, and: schema N"
    )


@pytest.mark.parametrize(
    "tables",
    [
        {"a": {"key": "integer"}},
        {"a": {"key": "varchar", "more": "varchar"}},
        {"a": {}},
        {},
        {"b": {"key": "varchar"}},
    ],
)
def test_a_column_that_changes_after_a_version_was_put_out_raises_the_version_once(tables: dict) -> None:
    first = schema.updated(ONE, tables)
    assert (first["version"], first["since"]) == (2, schema.UNRELEASED)
    again = schema.updated(first, {"c": {}})
    assert (again["version"], again["since"], again["tables"]) == (2, schema.UNRELEASED, {"c": {}})


def test_columns_that_stay_leave_the_version() -> None:
    assert schema.updated(ONE, ONE["tables"]) == ONE


@pytest.fixture
def left(tmp_path: Path) -> DataFolder:
    """A data folder as another version of the program has left it: each file has what this one does not know."""
    folder = DataFolder.of(tmp_path)
    folder.prepare()
    release = folder.marts / ".releases" / "0123456789abcdef"
    release.mkdir(parents=True)
    pl.DataFrame({"measure_id": ["a"], "amount": [1]}).write_parquet(release / "fct_measure.parquet")
    about = {
        "release_id": release.name,
        "schema": KNOWN["version"] + 1,
        "made_at": "2030-01-01T00:00:00+00:00",
    }
    (release / "manifest.json").write_text(
        json.dumps({**about, "files": file_hashes(release)}), encoding="utf-8"
    )
    (folder.marts / "current").symlink_to(Path(".releases") / release.name)
    for name in ("fct_measure.parquet", "manifest.json"):
        (folder.marts / name).symlink_to(Path("current") / name)
    now = Inputs.now(folder)
    inputs = {"plans": now.plans, "program": now.program, "machine": now.machine, "release_id": release.name}
    folder.inputs.write_text(json.dumps({**inputs, "place": "unknown"}), encoding="utf-8")
    folder.quarantine.write_text(json.dumps({"jia-2021": {"why": "?", "since": 1}}), encoding="utf-8")
    folder.readings.mkdir()
    (folder.readings / "jia-2021.json").write_text('{"rows": []}', encoding="utf-8")
    return folder


def test_a_release_of_other_columns_is_not_read_but_built_anew(left: DataFolder) -> None:
    with pytest.raises(
        NotPublishedError, match=r"other columns than this version .* run `ip-plans build` first"
    ):
        Release.current(left.root)
    assert not is_published(left.marts)
    assert pending_changes(left).release


def test_a_release_of_other_columns_is_not_compared_with(left: DataFolder) -> None:
    assert len(releases(left.marts)) == 1
    with pytest.raises(ReleaseError, match="has other columns than this version of the program reads"):
        find_release(left.marts, "0123")


def test_inputs_of_another_version_are_as_good_as_none(left: DataFolder) -> None:
    assert Inputs.load(left.inputs) is None


def test_what_another_version_kept_out_is_tried_again(left: DataFolder) -> None:
    assert quarantine.load(left.quarantine, left.raw) == {}


def test_rows_that_another_version_kept_are_read_anew(left: DataFolder) -> None:
    assert kept(left.readings, "jia-2021", "any") is None
