"""A plan that made a build fail is kept out until its files or the program change."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from dagster_project import fingerprints
from dagster_project.corpus import quarantine
from dagster_project.defs.common import plans_of
from dagster_project.quality.extracted import EXTRACTED


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Two plans."""
    for plan in ("jia-2021", "yi-2021"):
        (tmp_path / "raw" / plan).mkdir(parents=True)
        (tmp_path / "raw" / plan / "plan.txt").write_text(plan)
    return tmp_path / "raw"


def test_a_plan_is_kept_out_with_its_reason(raw: Path, tmp_path: Path) -> None:
    assert quarantine.add(tmp_path / "q.json", raw, {"jia-2021": "it fails"})
    (found,) = quarantine.load(tmp_path / "q.json", raw).items()
    assert (found[0], found[1].reason, found[1].is_excluded) == ("jia-2021", "it fails", False)


def test_a_plan_whose_file_has_changed_is_tried_again(raw: Path, tmp_path: Path) -> None:
    quarantine.add(tmp_path / "q.json", raw, {"jia-2021": "it fails"})
    (raw / "jia-2021" / "plan.txt").write_text("mended")
    assert quarantine.load(tmp_path / "q.json", raw) == {}


def test_all_plans_are_tried_again_by_another_program(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarantine.add(tmp_path / "q.json", raw, {"jia-2021": "it fails"})
    monkeypatch.setattr(fingerprints, "program", lambda: "other")
    assert quarantine.load(tmp_path / "q.json", raw) == {}


def test_a_plan_found_again_has_failed_by_its_last_good_text_and_is_excluded(
    raw: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        assert quarantine.add(tmp_path / "q.json", raw, {"jia-2021": "it fails"})
    assert quarantine.load(tmp_path / "q.json", raw)["jia-2021"].is_excluded
    assert not quarantine.add(tmp_path / "q.json", raw, {"jia-2021": "it fails"})


def test_a_damaged_file_keeps_nothing_out(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "q.json").write_text('{"jia-2021": 7')
    assert quarantine.load(tmp_path / "q.json", raw) == {}


@pytest.mark.parametrize(
    ("rows", "plans"),
    [
        pytest.param({"plan_key": ["b", "a", "b"]}, ["a", "b"], id="plan"),
        pytest.param({"measure_key": ["jia-2021@10.1"]}, ["jia-2021"], id="measure"),
        pytest.param({"provision_key": ["jia-2021/一/1"]}, ["jia-2021"], id="provision"),
        pytest.param(
            {"plan_key": [None], "measure_key": ["jia-2021@1.1"]}, ["jia-2021"], id="first that says so"
        ),
        pytest.param({"plan_key": ["a", None]}, [], id="a row of no plan"),
        pytest.param({"unit_key": ["USD"]}, [], id="no key of a plan"),
    ],
)
def test_rows_that_fail_know_their_plans(rows: dict[str, list[str | None]], plans: list[str]) -> None:
    assert plans_of(pl.DataFrame(rows)).value == plans


KEYS = {"plan_key", "measure_key", "provision_key", "citation_key"}


@pytest.mark.parametrize("suite", EXTRACTED, ids=lambda suite: suite.name)
def test_what_every_suite_shows_of_a_row_says_whose_it_is(suite) -> None:
    assert KEYS & set(suite.shown)
