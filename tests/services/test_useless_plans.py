"""Builds with a useless plan, the first of all and one after a good one; here, because each takes minutes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from dagster_project.cli import app
from dagster_project.folder import DataFolder

pytestmark = pytest.mark.services

PLANS = ("hebei-2021", "hefei-2020", "weihai-2018", "zhangzhou-2024", "zhengzhou-2023")
Build = Builder = Any  # see conftest.py, which is no module to import from
SIXTH = Path(__file__).with_name("sixth.txt")
#: The columns that may differ between two builds.
TIME = {"audit_plan_status": ["last_read_at", "status", "reason"]}


@pytest.fixture(scope="session")
def rebuilt(five_plans: Build, builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The five plans built a second time, after the file of one was replaced by an empty one."""
    folder = tmp_path_factory.mktemp("again") / "data"
    shutil.copytree(five_plans.folder, folder, symlinks=True)
    (folder / "raw" / "weihai-2018" / "plan.txt").write_bytes(b"")
    return builder.build(folder)


def test_plans_that_did_not_change_are_not_read_again(five_plans: Build, rebuilt: Build) -> None:
    times = [
        dict(build.table("audit_plan_status").select("plan_key", "last_read_at").iter_rows())
        for build in (five_plans, rebuilt)
    ]
    assert times[0] == times[1]
    *_, log = sorted(DataFolder.of(rebuilt.folder).logs.glob("build-*.log"))
    unread = ", ".join(plan for plan in PLANS if plan != "weihai-2018")
    assert f"read: none; unchanged, and not read again: {unread}" in log.read_text(encoding="utf-8")


def test_what_the_second_build_changed_is_shown(rebuilt: Build) -> None:
    shown = CliRunner().invoke(app, ["diff", "--data-dir", str(rebuilt.folder)])
    assert shown.exit_code == 0
    assert (
        "~ weihai-2018\n      status: ok → stale\n      reason: nothing → weihai-2018/plan.txt is empty"
        in shown.output
    )
    assert "measures: as before" in shown.output


def test_a_second_build_gives_the_same_rows(five_plans: Build, rebuilt: Build) -> None:
    before, after = five_plans.tables(), rebuilt.tables()
    assert before.keys() == after.keys()
    for name in before:
        free = TIME.get(name, [])
        assert before[name].drop(free).equals(after[name].drop(free)), name


def test_a_plan_that_was_good_before_is_stale(rebuilt: Build) -> None:
    row = rebuilt.table("audit_plan_status").row(by_predicate=pl.col("plan_key") == "weihai-2018", named=True)
    assert row["status"] == "stale"
    assert "weihai-2018/plan.txt is empty" in row["reason"]


def test_a_stale_plan_is_named_and_the_exit_code_says_so(rebuilt: Build) -> None:
    assert rebuilt.exit_code == 1
    assert "weihai-2018 is stale: weihai-2018/plan.txt is empty" in rebuilt.output


def test_a_build_without_changes_repeats_which_plans_are_stale(rebuilt: Build, builder: Builder) -> None:
    again = builder.build(rebuilt.folder)
    assert (again.exit_code, "Nothing has changed" in again.output) == (1, True)
    assert "weihai-2018 is stale: weihai-2018/plan.txt is empty" in again.output


# --- an empty file and a sixth plan at the first build ---


@pytest.fixture(scope="session")
def mixed(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A first build: the file of one of the five plans is empty, and there is a sixth plan of a place unknown."""
    folder = tmp_path_factory.mktemp("mixed")
    raw = builder.copy_plans(folder, *PLANS)
    (raw / "weihai-2018" / "plan.txt").write_bytes(b"")
    sixth = raw / "qingzhou-2021"
    sixth.mkdir()
    shutil.copy(SIXTH, sixth / "plan.txt")
    (sixth / "origin.yml").write_text(
        "plan_id: qingzhou-2021\njurisdiction: {name_zh: 青州市, level: county, province_zh: 山东省}\n",
        encoding="utf-8",
    )
    return builder.build(folder)


def test_a_plan_that_cannot_be_read_is_named_and_the_exit_code_says_so(mixed: Build) -> None:
    assert mixed.exit_code == 1, mixed.output
    assert "weihai-2018 is refused: weihai-2018/plan.txt is empty" in mixed.output


def test_the_other_four_and_the_sixth_are_built(mixed: Build) -> None:
    built = sorted(set(mixed.table("fct_measure")["plan_key"]))
    assert built == sorted({*PLANS, "qingzhou-2021"} - {"weihai-2018"})


def test_the_other_four_are_built_as_ever(five_plans: Build, mixed: Build) -> None:
    own = ["measure_key", "value", "unit", "kind", "form", "theme_key", "indicator_key", "quote_zh"]
    four = set(PLANS) - {"weihai-2018"}
    expected = five_plans.table("fct_measure").filter(pl.col("plan_key").is_in(four)).select(own)
    assert mixed.table("fct_measure").filter(pl.col("plan_key").is_in(four)).select(own).equals(expected)


def test_a_place_that_describes_itself_is_a_jurisdiction(mixed: Build) -> None:
    place = mixed.table("dim_jurisdiction").row(
        by_predicate=pl.col("jurisdiction_key") == "青州市", named=True
    )
    assert (place["name_zh"], place["level"]) == ("青州市", "county")


def test_a_plan_without_a_reference_reading_is_not_assessed(mixed: Build) -> None:
    assert set(mixed.table("audit_accuracy").filter(plan_key="qingzhou-2021")["status"]) == {"not assessed"}
    assert "not assessed" in mixed.output
