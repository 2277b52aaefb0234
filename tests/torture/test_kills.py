"""Builds killed at every step and at random inside: the last release stays, and the next build is as if undisturbed."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.torture

Folder = Running = Any  # see conftest.py, which is no module to import from
Count = Callable[..., None]
#: Steps of a build up to the tables, and those that make a release of them.
TABLES = ("plans", "judge_documents", "judge_extraction")
MADE = ("warehouse",)
DRAWN, SHOWN = ("staged_marts", "dbt_docs", "figures"), ("briefing", "quality_docs", "release")
#: How often a build is killed at a random time inside a step.
INSIDE = {"Building": 4, "plans": 8, "judge_extraction": 1}
INSIDE_MADE = {"warehouse": 4}
INSIDE_DRAWN = {"staged_marts": 2, "dbt_docs": 1, "figures": 5}
INSIDE_SHOWN = {"briefing": 3, "release": 4}
#: Seconds that a step takes at least: the time within which it is killed.
LONG = {"Building": 2, "plans": 2, "judge_extraction": 2, "warehouse": 20, "staged_marts": 0.5, "dbt_docs": 2,
        "figures": 12, "briefing": 5, "release": 0.2, "workers": 8}  # fmt: skip


def moments(
    steps: tuple[str, ...], inside: dict[str, int], long: dict[str, float], chance: random.Random
) -> list:
    """Return when to kill: at random inside some steps, and at the begin and the end of each."""
    within = [
        ((step, "…"), chance.uniform(0.02, 1) * long[step])
        for step, times in inside.items()
        for _ in range(times)
    ]
    return within + [((step, state), 0.0) for step in steps for state in ("…", "done")]


def test_a_build_killed_at_any_step_leaves_the_release_and_the_next_one_is_as_if_undisturbed(
    disturbed: Folder, undisturbed: Folder, chance: random.Random, count: Count
) -> None:
    folder, long = disturbed, LONG
    # What was made before is what the steps after it go on from, as in a run that the web page starts.
    parts = [
        *((at, wait, ()) for at, wait in [*moments(TABLES, INSIDE, long, chance), (("warehouse", "…"), 0)]),
        *((at, wait, (*MADE, *DRAWN, *SHOWN)) for at, wait in moments(MADE, INSIDE_MADE, long, chance)),
        *((at, wait, (*DRAWN, *SHOWN)) for at, wait in moments(DRAWN, INSIDE_DRAWN, long, chance)),
        *((at, wait, SHOWN) for at, wait in moments(SHOWN, INSIDE_SHOWN, long, chance)),
    ]
    for at, wait, steps in parts:
        if steps:
            # A build that is killed alone leaves dbt at work for some seconds; the next one would name its process.
            folder.wait_for_left_over()
        running = folder.start(*steps, images=True)
        assert running.until(*at), running.output
        time.sleep(wait)
        running.kill(group=chance.random() < 0.5)
        assert folder.ready() in folder.known, f"after a kill {wait:.2f} s after {at}"
        print(f"{time.monotonic():.0f} killed {wait:.2f} s after {at}, release {folder.ready()}", flush=True)
    after = folder.build(images=True)
    assert after.code == 0, after.output
    assert folder.ready() == undisturbed.ready()
    count("builds killed with -9, at each step and at random inside", len(parts), len(parts))


def test_a_child_of_a_build_killed_alone_costs_no_release(
    disturbed: Folder, undisturbed: Folder, count: Count
) -> None:
    running = disturbed.start()
    assert running.until("warehouse"), running.output
    end(running, "dbt", "build", after=LONG["warehouse"] / 2)
    assert (running.code, "Traceback" in running.output) == (2, False), running.output
    assert "the last release stays as it was" in running.output
    running = disturbed.start()
    assert running.until("warehouse"), running.output
    # One of the tables that dbt reads, cut short while it starts: dbt fails half way.
    (measures,) = (disturbed.root / ".work" / "extracted" / "measures").glob("*.parquet")
    os.truncate(measures, 1000)
    running.to_the_end()
    assert (running.code, "Traceback" in running.output) == (2, False), running.output
    assert f"measures/{measures.name}" in running.output
    assert disturbed.ready() in disturbed.known
    running = disturbed.start(images=True)
    assert running.until("figures"), running.output
    end(running, "chrom", "--headless", after=1)
    assert running.code == 0, running.output
    assert "No images" in running.output
    assert disturbed.ready() == undisturbed.ready()
    count("dbt killed alone, dbt that fails half way, Chromium killed alone", 3, 3)


def test_a_process_that_reads_plans_and_dies_costs_nothing(
    disturbed: Folder, undisturbed: Folder, chance: random.Random, count: Count
) -> None:
    kills = 4
    for number in range(kills):
        shutil.rmtree(disturbed.root / ".work" / "readings")
        running = disturbed.start("plans", IP_PLANS_TORTURE_WORKERS="2")
        assert running.until("plans"), running.output
        end(running, "spawn_main", after=number and chance.uniform(0, LONG["workers"]))
        assert running.code == 0, running.output
    left, expected = (each.root / ".work" / "extracted" for each in (disturbed, undisturbed))
    tables = [path.relative_to(expected) for path in expected.glob("*/*.parquet")]
    tables = [path for path in tables if path.parent.name != "plan_status"]  # which holds times
    assert tables
    assert [name for name in tables if (left / name).read_bytes() != (expected / name).read_bytes()] == []
    count("processes that read plans killed alone", kills, kills)


def end(running: Running, *words: str, after: float) -> None:
    """Kill the children whose command line holds the words, some seconds after they are there."""
    while not (found := running.children(*words)):
        time.sleep(0.1)
    time.sleep(after)
    for number in {*found, *running.children(*words)}:
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    running.to_the_end()
