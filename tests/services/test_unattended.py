"""The pipeline by itself: the real daemon, schedule and sensors, from a plan that is dropped in to a failure mended.

One story, told by fixtures in its order; each test looks at one thing in it. Four builds.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.services

Service = Run = Any  # see conftest.py, which is no module to import from
SIXTH = Path(__file__).with_name("sixth.txt")
#: A slip of the pen in a table of words: a unit that does not exist.
RIGHT, WRONG = (
    "pledge_financing.amount_growth,pledge_financing,percent,",
    ("pledge_financing.amount_growth,pledge_financing,per cent,"),
)


def known(service: Service) -> set[str]:
    """Return the runs so far."""
    return {run["runId"] for run in service.runs()}


@pytest.fixture(scope="module")
def first(service: Service) -> Run:
    """The run that the services start by themselves where nothing is built yet."""
    return service.next_run("the first build", set())


@pytest.fixture(scope="module")
def sixth(service: Service, first: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The run after a sixth plan was registered."""
    assert first["status"] == "SUCCESS"
    before = known(service)
    text = tmp_path_factory.mktemp("sixth") / "download.txt"
    shutil.copy(SIXTH, text)
    added = service.command("add", text, "--city", "青州市", "--level", "county", "--id", "qingzhou-2021")
    assert added.returncode == 0, added.stderr
    return service.next_run("a sixth plan was added", before)


@pytest.fixture(scope="module")
def broken(service: Service, sixth: Run) -> dict[str, Any]:
    """The run after a plan was changed while a table of words was wrong, and the release before it."""
    assert sixth["status"] == "SUCCESS"
    before, release = known(service), service.release
    service.edit("project/dbt/seeds/indicators.csv", RIGHT, WRONG)
    service.edit("data/raw/qingzhou-2021/plan.txt", "12项", "15项")
    run = service.next_run("a plan was changed while a table was wrong", before)
    service.looks(3)  # time enough for a second run, and for the log
    service.looks(1, "log_failures")
    return {"run": run, "releases": (release, service.release), "started": known(service) - before}


@pytest.fixture(scope="module")
def mended(service: Service, broken: dict[str, Any]) -> Run:
    """The run after the table was corrected; the plan was not touched again."""
    before = known(service)
    service.edit("project/dbt/seeds/indicators.csv", WRONG, RIGHT)
    run = service.next_run("the table was corrected", before)
    service.looks(2, "log_recoveries")
    return run


@pytest.fixture(scope="module")
def scheduled(service: Service, mended: Run) -> dict[str, Any]:
    """What the schedule does, alone, with nothing to build and then with something."""
    assert mended["status"] == "SUCCESS"
    service.switch_off("plan_changes")
    service.ask(
        "mutation($selector: ScheduleSelector!){startSchedule(scheduleSelector: $selector){__typename}}",
        selector=service.instigators()["daily_refresh"]["selector"],
    )

    def skipped() -> list[str]:
        ticks = service.instigators()["daily_refresh"]["ticks"]
        return [tick["skipReason"] for tick in ticks if tick["status"] == "SKIPPED"]

    reasons = service.wait_for("the schedule to skip", skipped, seconds=240)
    before = known(service)
    service.edit("data/raw/qingzhou-2021/plan.txt", "15项", "16项")
    started = service.wait_for(
        "the schedule to start a run",
        lambda: [r for r in service.runs() if r["runId"] not in before],
        seconds=240,
    )
    return {"reasons": reasons, "run": started[-1]}


# --- a plan that is dropped in --------------------------------------------------------------------------------


def test_what_is_there_is_built_when_the_services_start(service: Service, first: Run) -> None:
    assert first["status"] == "SUCCESS"
    assert (first["tags"]["ip_plans/started_by"], first["tags"]["ip_plans/changes"].split(";")[0]) == (
        "sensor",
        "added hebei-2021, hefei-2020, weihai-2018, zhangzhou-2024, zhengzhou-2023",
    )


def test_a_plan_that_is_dropped_in_starts_a_run_that_names_it(sixth: Run) -> None:
    assert (sixth["tags"]["ip_plans/started_by"], sixth["tags"]["ip_plans/changes"]) == (
        "sensor",
        "added qingzhou-2021",
    )


def test_the_marts_hold_the_plan_that_was_dropped_in(service: Service, sixth: Run) -> None:
    measures = service.table("fct_measure").filter(plan_key="qingzhou-2021")
    assert {"3亿", "600", "12"} <= {text.rstrip("元人次项") for text in measures["value_text"]}


def test_the_web_page_shows_when_and_with_which_rules_each_plan_was_read(
    service: Service, sixth: Run
) -> None:
    query = """{assetNodeOrError(assetKey: {path: ["extracted", "plan_status"]}){... on AssetNode{
        assetMaterializations(limit: 1){metadataEntries{label ... on MarkdownMetadataEntry{mdStr}}}}}}"""
    (event,) = service.ask(query)["assetNodeOrError"]["assetMaterializations"]
    (table,) = [entry["mdStr"] for entry in event["metadataEntries"] if entry["label"] == "preview"]
    header, _, *rows = table.split("\n")
    assert header == "| plan_key | status | reason | last_read_at | extractor_version |"
    assert len(rows) == 6


# --- integrity ------------------------------------------------------------------------------------------------


def test_the_run_stops_at_the_check(service: Service, broken: dict[str, Any]) -> None:
    query = """query($id: ID!){runOrError(runId: $id){... on Run{status stepStats{stepKey status}}}}"""
    run = service.ask(query, id=broken["run"]["runId"])["runOrError"]
    steps = {step["stepKey"]: step["status"] for step in run["stepStats"]}
    assert (run["status"], steps["warehouse"], steps.get("release", "SKIPPED")) == (
        "FAILURE",
        "FAILURE",
        "SKIPPED",
    )


def test_the_release_before_the_failure_stays(service: Service, broken: dict[str, Any]) -> None:
    before, after = broken["releases"]
    assert before == after


def test_the_web_page_says_which_check_failed(service: Service, broken: dict[str, Any]) -> None:
    query = """{assetNodeOrError(assetKey: {path: ["indicators"]}){... on AssetNode{assetChecksOrError{
        ... on AssetChecks{checks{name executionForLatestMaterialization{runId status
        evaluation{success severity}}}}}}}}"""
    checks = service.ask(query)["assetNodeOrError"]["assetChecksOrError"]["checks"]
    failed = [
        (check["name"], check["executionForLatestMaterialization"]["evaluation"]["severity"])
        for check in checks
        if (run := check["executionForLatestMaterialization"])
        and run["runId"] == broken["run"]["runId"]
        and not run["evaluation"]["success"]
    ]
    assert [severity for name, severity in failed if "unit_key" in name] == ["ERROR"]


def test_a_state_that_failed_starts_no_run_after_run(broken: dict[str, Any]) -> None:
    assert broken["started"] == {broken["run"]["runId"]}


def test_the_failure_has_one_line_in_the_log_with_the_check(service: Service, broken: dict[str, Any]) -> None:
    failed = [line for line in service.operations() if line[1] == "FAILED"]
    assert [line[2:5] for line in failed] == [["release", broken["run"]["runId"], "sensor"]]
    assert "unit_key" in failed[0][5]
    assert "1 row" in failed[0][5]


def test_what_failed_is_built_once_its_cause_is_mended(service: Service, mended: Run) -> None:
    assert mended["status"] == "SUCCESS"
    texts = service.table("fct_measure").filter(plan_key="qingzhou-2021")["value_text"]
    assert [text for text in texts if text.startswith("15")]


def test_the_recovery_has_one_line_in_the_log(service: Service, mended: Run) -> None:
    recovered = [line for line in service.operations() if line[1] == "RECOVERED"]
    assert [line[2:5] for line in recovered] == [["release", mended["runId"], "sensor"]]


# --- the schedule ---------------------------------------------------------------------------------------------


def test_the_schedule_skips_with_a_reason_that_names_the_release(
    service: Service, scheduled: dict[str, Any]
) -> None:
    assert scheduled["reasons"][-1].startswith("Nothing has changed since release ")
    assert service.release.split(".")[0] in scheduled["reasons"][-1]


def test_the_schedule_starts_a_run_that_names_the_plan(scheduled: dict[str, Any]) -> None:
    assert (
        scheduled["run"]["tags"]["ip_plans/started_by"],
        scheduled["run"]["tags"]["ip_plans/changes"],
    ) == (
        "schedule",
        "changed qingzhou-2021",
    )
