"""What a build has to do is told from the files, before anything slow is imported, and without writing anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dagster_project import fingerprints
from dagster_project.folder import DataFolder
from dagster_project.release.inputs import InputChanges, Inputs, pending_changes


def publish(folder: DataFolder, release_id: str = "0123456789abcdef") -> None:
    """Publish a small release and record what it was made from."""
    place = folder.marts / ".releases" / release_id
    place.mkdir(parents=True)
    (place / "t.csv").write_text("a\n", encoding="utf-8")
    files = {"t.csv": fingerprints.file(place / "t.csv")}
    manifest = json.dumps({"release_id": release_id, "files": files})
    (place / "manifest.json").write_text(manifest, encoding="utf-8")
    (folder.marts / "current").symlink_to(Path(".releases") / release_id)
    for name in ("t.csv", "manifest.json"):
        (folder.marts / name).symlink_to(Path("current") / name)
    folder.work.mkdir(exist_ok=True)
    replace(Inputs.now(folder), release_id=release_id).save(folder.inputs)


def put(folder: DataFolder, plan: str, name: str = "plan.txt", text: str = "甲") -> None:
    """Write a file of a plan."""
    path = folder.raw / plan / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """Two plans, and a release that was made from them."""
    monkeypatch.setattr(fingerprints, "program", lambda: "program")
    monkeypatch.setattr(fingerprints, "machine", lambda _: "machine")
    folder = DataFolder.of(tmp_path)
    put(folder, "jia-2021")
    put(folder, "yi-2021")
    publish(folder)
    return folder


def test_nothing_slow_is_imported_to_tell_what_has_changed() -> None:
    slow = {"dagster", "dbt", "great_expectations", "polars", "pandas", "plotly", "duckdb", "pydantic"}
    code = f"import sys, dagster_project.release.inputs; print(sorted({slow!r} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_unchanged_inputs_and_a_whole_release_are_no_change(folder: DataFolder) -> None:
    changes = pending_changes(folder)
    assert (bool(changes), str(changes)) == (False, "")


def test_nothing_is_written_to_tell_what_has_changed(folder: DataFolder) -> None:
    before = {path: path.lstat().st_mtime_ns for path in folder.root.rglob("*")}
    pending_changes(folder)
    assert {path: path.lstat().st_mtime_ns for path in folder.root.rglob("*")} == before


def test_before_the_first_release_all_plans_are_new(tmp_path: Path) -> None:
    folder = DataFolder.of(tmp_path)
    put(folder, "jia-2021")
    changes = pending_changes(folder)
    assert changes
    assert (changes.added, changes.release) == (("jia-2021",), True)


CHANGES: list[tuple[str, Callable[[DataFolder], object], InputChanges]] = [
    ("a-new-plan", lambda f: put(f, "bing-2021"), InputChanges(added=("bing-2021",))),
    ("another-text", lambda f: put(f, "yi-2021", text="乙"), InputChanges(changed=("yi-2021",))),
    ("another-origin", lambda f: put(f, "yi-2021", "origin.yml"), InputChanges(changed=("yi-2021",))),
    (
        "a-reference",
        lambda f: put(f, "yi-2021", "reference/measures.jsonl"),
        InputChanges(changed=("yi-2021",)),
    ),
    (
        "a-renamed-file",
        lambda f: (f.raw / "yi-2021" / "plan.txt").rename(f.raw / "yi-2021" / "text.txt"),
        InputChanges(changed=("yi-2021",)),
    ),
    (
        "a-renamed-plan",
        lambda f: (f.raw / "yi-2021").rename(f.raw / "ding-2021"),
        InputChanges(added=("ding-2021",), removed=("yi-2021",)),
    ),
    (
        "a-text-beside-the-folders",
        lambda f: (f.raw / "x.txt").write_text("x", encoding="utf-8"),
        InputChanges(added=("x.txt",)),
    ),
    ("a-damaged-file", lambda f: (f.marts / "t.csv").write_text("b\n"), InputChanges(release=True)),
    ("a-missing-file", lambda f: (f.marts / "current" / "t.csv").unlink(), InputChanges(release=True)),
    ("a-missing-link", lambda f: (f.marts / "t.csv").unlink(), InputChanges(release=True)),
    (
        "a-manifest-cut-short",
        lambda f: (f.marts / "manifest.json").write_text('{"files": '),
        InputChanges(release=True),
    ),
    ("nothing-published", lambda f: (f.marts / "current").unlink(), InputChanges(release=True)),
]


@pytest.mark.parametrize(
    ("change", "expected"), [pytest.param(change, expected, id=name) for name, change, expected in CHANGES]
)
def test_a_change_is_named(
    folder: DataFolder, change: Callable[[DataFolder], object], expected: InputChanges
) -> None:
    change(folder)
    found = pending_changes(folder)
    assert found
    assert replace(found, key="") == expected


@pytest.mark.parametrize("what", ["program", "machine"])
def test_another_program_or_machine_is_a_change(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(fingerprints, what, lambda *_: "other")
    found = pending_changes(folder)
    assert replace(found, key="") == InputChanges(**{what: True})
    assert found


def test_the_current_release_must_be_the_one_that_was_recorded(folder: DataFolder) -> None:
    publish_again = folder.marts / ".releases" / "other"
    (folder.marts / ".releases" / "0123456789abcdef").rename(publish_again)
    manifest = json.loads((publish_again / "manifest.json").read_text(encoding="utf-8"))
    (publish_again / "manifest.json").write_text(json.dumps(manifest | {"release_id": "other"}))
    (folder.marts / "current").unlink()
    (folder.marts / "current").symlink_to(Path(".releases") / "other")
    assert pending_changes(folder).release


@pytest.mark.parametrize(
    "name", [pytest.param(".DS_Store", id="hidden"), pytest.param("README.md", id="read-me")]
)
def test_a_file_that_is_no_plan_is_no_change(folder: DataFolder, name: str) -> None:
    (folder.raw / name).write_text("x", encoding="utf-8")
    put(folder, "yi-2021", ".plan.txt.swp")
    assert not pending_changes(folder)


def test_a_plan_that_is_put_back_is_no_change(folder: DataFolder) -> None:
    put(folder, "yi-2021", text="乙")
    changed = pending_changes(folder)
    put(folder, "yi-2021")
    assert not pending_changes(folder)
    assert pending_changes(folder).key != changed.key


def test_a_record_that_is_cut_short_is_no_record(folder: DataFolder) -> None:
    folder.inputs.write_text('{"plans": ', encoding="utf-8")
    assert pending_changes(folder).added == ("jia-2021", "yi-2021")


def test_changes_are_told_in_words() -> None:
    changes = InputChanges(added=("a-2020", "b-2020"), removed=("c-2020",), program=True)
    assert str(changes) == "added a-2020, b-2020; removed c-2020; the program has changed"


def test_compiled_files_and_what_dbt_writes_are_no_part_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    before = fingerprints.tree(tmp_path)
    for name in ("__pycache__", "target", "logs", ".cache"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text("x", encoding="utf-8")
    assert fingerprints.tree(tmp_path) == before


def test_every_file_of_the_program_counts(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    before = fingerprints.tree(tmp_path)
    (tmp_path / "a.sql").write_text("", encoding="utf-8")
    assert fingerprints.tree(tmp_path) != before


def test_a_browser_that_is_named_but_missing_is_none() -> None:
    missing = fingerprints.machine({**os.environ, "BROWSER_PATH": "/nonexistent/browser"})
    assert missing.startswith("browser: none; Chinese fonts: ")
    there = fingerprints.machine({**os.environ, "BROWSER_PATH": sys.executable})
    assert there.startswith(f"browser: {sys.executable}; ")


def test_a_machine_without_fontconfig_has_no_fonts_that_are_known() -> None:
    assert fingerprints.machine({"PATH": "/nonexistent"}) == "browser: none; Chinese fonts: none"
