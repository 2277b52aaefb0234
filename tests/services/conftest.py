"""A copy of the project with a data folder of its own, and Dagster's web server and daemon at work on it.

The copy is what makes the tests real: a table of words is broken by editing it, as an analyst would, and the schedule
is made to come round every minute, and to wait for its turn, by editing its lines; nothing in the program knows of
the tests.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import pytest

PROJECT = Path(__file__).resolve().parents[2]
PLANS = ("hebei-2021", "hefei-2020", "weihai-2018", "zhangzhou-2024", "zhengzhou-2023")
# A build takes a minute; a machine that is busy with other things takes several.
PATIENCE_SECONDS = 600
_STATUSES_AT_WORK = {"QUEUED", "NOT_STARTED", "STARTING", "STARTED", "CANCELING"}

_T = TypeVar("_T")


def edit(path: Path, before: str, after: str) -> None:
    """Replace the one place in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path.name} has {text.count(before)} times {before!r}"
    path.write_text(text.replace(before, after), encoding="utf-8")


@dataclass
class Service:
    """``ip-plans ui`` in processes of its own.

    Attributes:
        project: The copy of the project.
        data: The data folder.
        log: What the processes print.
    """

    project: Path
    data: Path
    log: Path
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def edit(self, path: str, before: str, after: str) -> None:
        """Replace the one place in a file of the copy."""
        edit(self.project.parent / path, before, after)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of all commands: the copy wins over what is installed, and no image is drawn."""
        bin_folder = str(Path(sys.executable).parent)
        return os.environ | {
            "PYTHONPATH": str(self.project),
            "PATH": f"{bin_folder}:{os.environ['PATH']}",
            "BROWSER_PATH": "/nonexistent/browser",
            "IP_PLANS_DATA_DIR": str(self.data),
            "DBT_PROJECT_DIR": str(self.project / "dbt"),
            "DBT_PROFILES_DIR": str(self.project / "dbt"),
            "DAGSTER_DISABLE_TELEMETRY": "yes",
        }

    def command(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run ``ip-plans`` of the copy."""
        return subprocess.run(
            [*_IP_PLANS, *map(str, arguments)],
            cwd=self.project,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )

    def start(self) -> None:
        """Start, and wait until the web server answers with the definitions loaded."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_IP_PLANS, "ui", "--port", str(self.port)],
                cwd=self.project,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_for("the web server to load the definitions", self._is_loaded)

    def _is_loaded(self) -> bool:
        query = "{repositoriesOrError{__typename ... on RepositoryConnection{nodes{name}}}}"
        try:
            return bool(self.ask(query)["repositoriesOrError"].get("nodes"))
        except (OSError, ValueError):
            return False

    def stop(self) -> None:
        """End all processes for certain: those that do not end when asked are killed, also where they hid."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=60)
        deadline = time.monotonic() + 20
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.5)
        for number in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        if self._process is not None:
            self._process.wait(timeout=30)

    def processes(self) -> list[int]:
        """Return the processes that work on the data folder of this service."""
        mark = f"IP_PLANS_DATA_DIR={self.data}\0".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (
                    mark in (path / "environ").read_bytes()
                    and "\nState:\tZ" not in (path / "status").read_text()
                ):
                    found.append(int(path.name))
        return found

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Return what the web page would be told."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/graphql",
            json.dumps({"query": query, "variables": variables}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - http, above
            content = json.load(answer)
        if content.get("errors"):
            raise ValueError(content["errors"])
        return dict(content["data"])

    def wait_for(
        self, what: str, condition: Callable[[], _T], seconds: float = PATIENCE_SECONDS, every: float = 2
    ) -> _T:
        """Return what `condition` gives once it is true."""
        deadline = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > deadline:
                end = self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
                pytest.fail(
                    f"waited {seconds:.0f} s in vain for {what}; the last lines of the services:\n{end}"
                )
            time.sleep(every)
        return found

    def runs(self) -> list[dict[str, Any]]:
        """Return all runs, the newest first, with their tags as a mapping."""
        answer = self.ask("{runsOrError{... on Runs{results{runId status tags{key value}}}}}")
        return [
            run | {"tags": {tag["key"]: tag["value"] for tag in run["tags"]}}
            for run in answer["runsOrError"]["results"]
        ]

    def next_run(self, what: str, known: set[str]) -> dict[str, Any]:
        """Return the run that is not `known`, once it has ended."""

        def ended() -> dict[str, Any] | None:
            fresh = [run for run in self.runs() if run["runId"] not in known]
            return fresh[0] if fresh and fresh[0]["status"] not in _STATUSES_AT_WORK else None

        return self.wait_for(f"a run to start and end: {what}", ended)

    def instigators(self) -> dict[str, dict[str, Any]]:
        """Return schedules and sensors by name: id, selector, and their last ticks, the newest first."""
        state = "{status ticks(limit: 20){id status skipReason}}"
        query = (
            "{repositoriesOrError{... on RepositoryConnection{nodes{name location{name} "
            f"schedules{{name scheduleState{state}}} sensors{{name id sensorState{state}}}}}}}}}}}"
        )
        (repository,) = self.ask(query)["repositoriesOrError"]["nodes"]
        place = {
            "repositoryName": repository["name"],
            "repositoryLocationName": repository["location"]["name"],
        }
        schedules = {
            item["name"]: {"selector": place | {"scheduleName": item["name"]}, **item["scheduleState"]}
            for item in repository["schedules"]
        }
        return schedules | {
            item["name"]: {"id": item["id"], **item["sensorState"]} for item in repository["sensors"]
        }

    def looks(self, times: int, name: str = "plan_changes") -> None:
        """Wait until a sensor has looked some times more."""

        def ticks() -> set[str]:
            return {str(tick["id"]) for tick in self.instigators()[name]["ticks"]}

        before = ticks()
        self.wait_for(f"{name} to look again", lambda: len(ticks() - before) >= times, seconds=180, every=1)

    def switch_off(self, sensor: str) -> None:
        """Stop a sensor, and wait until it looks no more.

        A look that is under way can put the sensor on again when it writes its cursor; it is then stopped once more.
        """

        def is_off() -> bool:
            before = self.instigators()[sensor]
            self.ask("mutation($id: String){stopSensor(id: $id){__typename}}", id=before["id"])
            time.sleep(15)
            after = self.instigators()[sensor]
            return after["status"] == "STOPPED" and after["ticks"] == before["ticks"]

        self.wait_for(f"{sensor} to stop", is_off, seconds=180)

    def table(self, name: str) -> pl.DataFrame:
        """Return a published table."""
        return pl.read_parquet(self.data / "marts" / f"{name}.parquet")

    @property
    def release(self) -> str:
        """The folder that is current."""
        return (self.data / "marts" / "current").resolve().name

    def operations(self) -> list[list[str]]:
        """Return the fields of each line of the log of operations."""
        path = self.data / ".work" / "logs" / "operations.log"
        return (
            [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
            if path.exists()
            else []
        )


_IP_PLANS = [sys.executable, "-c", "from dagster_project.cli import app; app(prog_name='ip-plans')"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The five plans in a new data folder, and the services started on it; nothing is built yet."""
    root = tmp_path_factory.mktemp("unattended")
    skipped = shutil.ignore_patterns("__pycache__", "target", "logs")
    for name in ("dagster_project", "dbt"):
        shutil.copytree(PROJECT / name, root / "project" / name, ignore=skipped)
    for plan in PLANS:
        shutil.copytree(PROJECT / "data" / "raw" / plan, root / "data" / "raw" / plan)
    automation = root / "project" / "dagster_project" / "defs" / "automation.py"
    edit(automation, '_DAILY = "0 6 * * *"', '_DAILY = "* * * * *"')
    edit(automation, "dg.DefaultScheduleStatus.RUNNING", "dg.DefaultScheduleStatus.STOPPED")
    service = Service(root / "project", root / "data", root / "services.log")
    try:
        service.start()
        yield service
    finally:
        service.stop()
    assert service.processes() == []
