"""A reader of a release reads that one release, whatever is published meanwhile."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from dagster_project import api
from dagster_project.api import NotPublishedError, Release

MEASURE = {"measure_key": "a-2020@2.1", "plan_key": "a-2020", "theme_key": "talent", "char_start": 2}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two releases; in the first the value is 1, in the second, the current one, 2."""
    for value in (1.0, 2.0):
        folder = tmp_path / "marts" / ".releases" / f"release-{value:g}"
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps({"release_id": folder.name}), encoding="utf-8")
        pl.DataFrame([MEASURE | {"value": value}]).write_parquet(folder / "fct_measure.parquet")
    (tmp_path / "marts" / "current").symlink_to(folder)
    return tmp_path


def switch(data: Path, name: str) -> None:
    """Make another release current."""
    (data / "marts" / "current").unlink()
    (data / "marts" / "current").symlink_to(data / "marts" / ".releases" / name)


def answers(release: Release) -> list[object]:
    """Return what every way to the value gives, and the release that is cited for it."""
    return [
        release.table("fct_measure")["value"].item(),
        release.tables()["fct_measure"]["value"].item(),
        release.measures()["value"].item(),
        release.sql("select value from fct_measure")["value"].item(),
        release.id,
    ]


def test_a_switch_between_two_questions_does_not_mix_two_releases(data: Path) -> None:
    release = Release.current(data)
    first = release.table("fct_measure")["value"].item()
    switch(data, "release-1")
    assert first == 2.0
    assert answers(release) == [2.0] * 4 + ["release-2"]


def test_the_functions_ask_the_release_that_is_current_when_they_are_called(data: Path) -> None:
    assert api.measures(data_dir=data)["value"].item() == 2.0
    switch(data, "release-1")
    assert api.measures(data_dir=data)["value"].item() == 1.0


def test_a_kept_release_is_read_by_its_folder(data: Path) -> None:
    assert answers(Release(data / "marts" / ".releases" / "release-1")) == [1.0] * 4 + ["release-1"]


def test_a_difference_is_told_from_the_earlier_to_the_later(data: Path) -> None:
    columns = {"value_text": "1", "indicator_text_zh": "人数", "quote_zh": "1人", "provision_key": None}
    for path in (data / "marts" / ".releases").iterdir():
        table = pl.read_parquet(path / "fct_measure.parquet").with_columns(
            **{name: pl.lit(value, dtype=pl.String) for name, value in columns.items()}
        )
        table.write_parquet(path / "fct_measure.parquet")
    earlier = Release(data / "marts" / ".releases" / "release-1")
    [change] = Release.current(data).diff(earlier).changes
    assert change.fields == {"value": (1.0, 2.0)}


def test_a_release_that_is_no_longer_kept_is_told_as_such(data: Path) -> None:
    release = Release.current(data)
    shutil.rmtree(release.folder)
    with pytest.raises(NotPublishedError, match="release-2 is no longer kept"):
        release.table("fct_measure")
