"""The log of operations has one line for each failure and each recovery, whoever reports it and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dagster_project.release.log import FAILED, RECOVERED, Outcome, log_outcome, read_log, standing_failures

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
GOOD = Outcome(NOON, "run-1", "schedule", release_id="0123", plans={"jia-2021": None})
BAD = Outcome(NOON + timedelta(hours=1), "run-2", "sensor", failure="a check\tfailed\nfor 5 rows")
MENDED = replace(GOOD, ended=NOON + timedelta(hours=2), run_id="run-3")
REFUSED = replace(MENDED, run_id="run-4", plans={"jia-2021": "refused: plan.txt is empty"})


def states(path: Path) -> list[tuple[str, str]]:
    """Return state and subject of each line."""
    return [(line.state, line.subject) for line in read_log(path)]


def test_a_run_that_goes_well_writes_nothing(tmp_path: Path) -> None:
    log_outcome(tmp_path / "log", GOOD)
    assert (tmp_path / "log").read_text() == ""


def test_a_failure_has_one_line_that_names_time_run_starter_and_reason(tmp_path: Path) -> None:
    log_outcome(tmp_path / "log", BAD)
    assert (tmp_path / "log").read_text() == (
        "2024-01-01T13:00:00+00:00\tFAILED\trelease\trun-2\tsensor\ta check failed for 5 rows\n"
    )


def test_a_run_that_is_reported_twice_has_one_line(tmp_path: Path) -> None:
    for outcome in (BAD, BAD, MENDED, MENDED, BAD):
        log_outcome(tmp_path / "log", outcome)
    assert states(tmp_path / "log") == [(FAILED, "release"), (RECOVERED, "release")]


def test_each_run_that_fails_has_its_line(tmp_path: Path) -> None:
    for run_id in ("run-2", "run-5"):
        log_outcome(tmp_path / "log", replace(BAD, run_id=run_id))
    assert states(tmp_path / "log") == [(FAILED, "release")] * 2


def test_a_build_that_failed_before_it_was_a_run_has_its_line(tmp_path: Path) -> None:
    for _ in range(2):
        log_outcome(tmp_path / "log", replace(BAD, run_id="-"))
    assert states(tmp_path / "log") == [(FAILED, "release")] * 2


def test_a_run_that_ended_before_the_failure_is_no_recovery(tmp_path: Path) -> None:
    log_outcome(tmp_path / "log", BAD)
    assert log_outcome(tmp_path / "log", GOOD) == []


def test_a_plan_that_stays_refused_for_the_same_reason_has_one_line(tmp_path: Path) -> None:
    log_outcome(tmp_path / "log", REFUSED)
    log_outcome(tmp_path / "log", replace(REFUSED, run_id="run-5", ended=NOON + timedelta(days=1)))
    assert states(tmp_path / "log") == [(FAILED, "jia-2021")]


def test_a_plan_that_is_refused_for_another_reason_has_another_line(tmp_path: Path) -> None:
    log_outcome(tmp_path / "log", REFUSED)
    log_outcome(tmp_path / "log", replace(REFUSED, plans={"jia-2021": "refused: it is no Chinese text"}))
    assert [line.reason for line in read_log(tmp_path / "log")] == [
        "refused: plan.txt is empty",
        "refused: it is no Chinese text",
    ]


def test_a_plan_that_is_read_again_has_recovered(tmp_path: Path) -> None:
    log_outcome(tmp_path / "log", REFUSED)
    log_outcome(tmp_path / "log", replace(MENDED, ended=NOON + timedelta(days=1)))
    assert [line.reason for line in read_log(tmp_path / "log")] == [
        "refused: plan.txt is empty",
        "read again",
    ]


def test_a_plan_that_is_removed_has_recovered(tmp_path: Path) -> None:
    log_outcome(tmp_path / "log", REFUSED)
    log_outcome(tmp_path / "log", replace(MENDED, ended=NOON + timedelta(days=1), plans={}))
    assert read_log(tmp_path / "log")[-1].reason == "removed"


def test_what_has_not_recovered_stands(tmp_path: Path) -> None:
    for outcome in (BAD, REFUSED):
        log_outcome(tmp_path / "log", outcome)
    assert list(standing_failures(read_log(tmp_path / "log"))) == ["jia-2021"]


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text("2024-01-01T13:00:00+00:00\tFAI\n", encoding="utf-8")
    log_outcome(path, BAD)
    assert states(path) == [(FAILED, "release")]
