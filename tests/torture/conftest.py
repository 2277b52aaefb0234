"""Builds that are killed, starved and hindered: a copy of the project, data folders of its own, and what is counted.

The copy is what makes it possible to go on working while it runs: a release is named by the program that made it. What
was tried and what was lost is written into the table of docs/reliability.md when all has been run (`make torture`).
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pytest

from dagster_project import fingerprints
from dagster_project.release.manifest import is_whole, read_manifest

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "reliability.md"
PATIENCE = 1800  # seconds for a build on a machine that is busy with other things
FIRST, WAITING = ("hefei-2020",), ("weihai-2018", "zhangzhou-2024")
_IP_PLANS = (sys.executable, "-c", "from dagster_project.cli import app; app(prog_name='ip-plans')")
#: What a build says when a step begins and when it has ended.
_STEP = re.compile(r"  (\w+) (…|done in [\d.]+ s|FAILED)$")


class Forked:
    """A build that is a fork of the server; it is waited for as a process of one's own."""

    def __init__(self, server: subprocess.Popen[str], said: Path) -> None:
        self._server, self._code = server, None
        assert server.stdout is not None
        self.stdout = said.open(encoding="utf-8")
        said.unlink()
        line = server.stdout.readline().split()
        while line[0] != "started":  # what nobody has waited for
            line = server.stdout.readline().split()
        self.pid = int(line[1])

    def wait(self, _: float = 0) -> int:
        """Return the exit code once it has ended; that of a signal is negative."""
        if self._code is None:
            assert self._server.stdout is not None
            word, pid, code = self._server.stdout.readline().split()
            assert (word, pid) == ("ended", str(self.pid))
            self._code = int(code)
        return self._code


class Server:
    """Starts builds, one after the other, by a copy of the project."""

    def __init__(self, project: Path) -> None:
        self.project, self._started = project, 0
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("server.py"))],
            cwd=project,
            env=os.environ | {"PYTHONPATH": str(project), "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def start(self, steps: tuple[str, ...], environment: dict[str, str]) -> Forked:
        """Start a build."""
        assert self._process.stdin is not None
        # One for each: what outlives a build that was killed holds its pipe open.
        self._started += 1
        pipe = self.project.parent / f"said-{os.getpid()}-{self._started}"
        os.mkfifo(pipe)
        asked = {"steps": steps, "environment": environment, "pipe": str(pipe)}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return Forked(self._process, pipe)

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()


@dataclass
class Folder:
    """A data folder, and builds in it.

    Attributes:
        server: Starts builds, by a copy of the project.
        root: The data folder.
        known: The releases that a reader may find.
    """

    server: Server
    root: Path
    known: set[str] = field(default_factory=set)

    def add(self, *plans: str) -> None:
        """Put plans of the project into the folder."""
        for plan in plans:
            shutil.copytree(PROJECT / "data" / "raw" / plan, self.root / "raw" / plan)

    def copy(self, name: str) -> Folder:
        """Return a copy of the folder beside it."""
        root = self.root.with_name(name)
        shutil.copytree(self.root, root, symlinks=True)
        return Folder(self.server, root, {*self.known})

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a build: the copy of the project wins over what is installed."""
        return os.environ | {
            "PYTHONPATH": str(self.server.project),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "IP_PLANS_DATA_DIR": str(self.root),
            "DBT_PROJECT_DIR": str(self.server.project / "dbt"),
            "DBT_PROFILES_DIR": str(self.server.project / "dbt"),
            "DAGSTER_DISABLE_TELEMETRY": "yes",
            "OPENBLAS_NUM_THREADS": "1",
            **more,
        }

    def start(self, *steps: str, images: bool = False, **environment: str) -> Running:
        """Start a build: a fork of a process that has imported all that builds import.

        Args:
            steps: Only these steps, on what the others left; all, by `ip-plans build`, if none is named.
            images: Draw them.
            environment: Further variables.
        """
        browser = {} if images else {"BROWSER_PATH": "/nonexistent/browser"}
        return Running(self, self.server.start(steps, self.environment(**browser | environment)))

    def start_command(self, *command: str | Path, **environment: str) -> Running:
        """Start a command in a process of its own, without a browser; ``ip-plans`` is that of the copy."""
        words = [word for each in command for word in (_IP_PLANS if each == "ip-plans" else (str(each),))]
        process = subprocess.Popen(
            words,
            cwd=self.server.project,
            env=self.environment(BROWSER_PATH="/nonexistent/browser", **environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return Running(self, process)

    def build(self, *steps: str, images: bool = False) -> Running:
        """Build to the end."""
        running = self.start(*steps, images=images)
        running.to_the_end()
        return running

    def ready(self) -> str:
        """Return the release that a reader finds, after making sure that all of it can be read."""
        current = (self.root / "marts" / "current").resolve()
        assert is_whole(current), f"{current} is not whole"
        for table in current.glob("*.parquet"):
            assert pl.read_parquet(self.root / "marts" / table.name).width
        return str(read_manifest(current)["release_id"])

    def left_over(self) -> list[int]:
        """Return the processes that work on the folder still: children of builds that were killed."""
        mark, found = f"IP_PLANS_DATA_DIR={self.root}\0".encode(), []
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (
                    mark in (path / "environ").read_bytes()
                    and "\nState:\tZ" not in (path / "status").read_text()
                ):
                    found.append(int(path.name))
        return found

    def wait_for_left_over(self) -> None:
        """Wait until the children of builds that were killed have ended."""
        end = time.monotonic() + PATIENCE
        while self.left_over():
            assert time.monotonic() < end
            time.sleep(0.2)

    def end_left_over(self) -> None:
        """Kill the children of builds that were killed."""
        for number in self.left_over():
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)


class Running:
    """A build at work."""

    def __init__(self, folder: Folder, process: subprocess.Popen[str] | Forked) -> None:
        self.folder, self.process, self.lines = folder, process, list[str]()

    def until(self, step: str, state: str = "…") -> bool:
        """Read what it says until a step begins (…), has ended (done) or fails; false if it ends without."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            found = _STEP.fullmatch(self.lines[-1])
            if (found and found[1] == step and found[2].startswith(state)) or (
                not found and line.startswith(step)
            ):
                return True
        return False

    def to_the_end(self) -> None:
        """Read all that it says."""
        self.until("no such step")
        self.process.wait(PATIENCE)

    @property
    def code(self) -> int:
        """The exit code."""
        return self.process.wait(PATIENCE)

    @property
    def output(self) -> str:
        """All that it has said."""
        return "\n".join(self.lines)

    def kill(self, *, group: bool) -> None:
        """Kill the build at once: alone, as when memory runs out, or with its children, as when the power is cut."""
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.process.pid, signal.SIGKILL)
        self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def children(self, *words: str) -> list[int]:
        """Return the processes below it whose command line holds the words."""
        found, below = [], {self.process.pid}
        for _ in range(4):
            for path in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError, ValueError):
                    if int((path / "stat").read_text().rpartition(")")[2].split()[1]) in below:
                        below.add(int(path.name))
        for number in below - {self.process.pid}:
            with contextlib.suppress(OSError):
                if all(word.encode() in Path(f"/proc/{number}/cmdline").read_bytes() for word in words):
                    found.append(number)
        return found


class Reader(threading.Thread):
    """Somebody who opens the tables again and again, and finds each time one release, whole."""

    def __init__(self, folder: Folder) -> None:
        super().__init__(daemon=True)
        self.folder, self.times, self.faults, self.ended = folder, 0, list[str](), threading.Event()

    def run(self) -> None:
        """Read until told to end."""
        while not self.ended.wait(0.5):
            try:
                current = (self.folder.root / "marts" / "current").resolve(strict=True)
                found = read_manifest(current)
                rows = pl.read_parquet(current / "fct_measure.parquet").height
                if rows != found["rows"]["fct_measure"] or found["release_id"] not in self.folder.known:
                    self.faults.append(f"{found['release_id']} with {rows} measures")
            except Exception as error:  # noqa: BLE001 - whatever a reader would see
                self.faults.append(repr(error))
            self.times += 1


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the copy of the project and the folders of undisturbed builds are: IP_PLANS_TORTURE_KEEP, to use them again.

    They are used again by the same program only; by another one they are made anew.
    """
    named = os.environ.get("IP_PLANS_TORTURE_KEEP")
    folder = Path(named) if named else tmp_path_factory.mktemp("torture")
    copies = [folder / "project" / name for name in ("dagster_project", "dbt")]
    if [fingerprints.tree(path) for path in copies] != [
        fingerprints.tree(PROJECT / path.name) for path in copies
    ]:
        shutil.rmtree(folder, ignore_errors=True)
        for path in copies:
            shutil.copytree(
                PROJECT / path.name, path, ignore=shutil.ignore_patterns("__pycache__", "target", "logs")
            )
        (folder / "project" / "requirements").mkdir()
        shutil.copy(PROJECT / "requirements" / "main.txt", folder / "project" / "requirements")
    return folder


@pytest.fixture(scope="session")
def server(kept: Path) -> Iterator[Server]:
    """What starts builds."""
    server = Server(kept / "project")
    yield server
    server.end()


@pytest.fixture(scope="session")
def first(kept: Path, server: Server) -> Folder:
    """A data folder with one plan, published with its images; not to be changed by a test."""
    folder = Folder(server, kept / "first")
    if not (folder.root / "marts" / "current").exists():
        folder.add(*FIRST)
        built = folder.build(images=True)
        assert built.code == 0, built.output
    folder.known.add(folder.ready())
    return folder


@pytest.fixture(scope="session")
def undisturbed(kept: Path, first: Folder) -> Folder:
    """A copy with two plans more, built without any disturbance."""
    folder = Folder(first.server, kept / "undisturbed", {*first.known})
    if not folder.root.exists() or len(list((folder.root / "marts" / ".releases").iterdir())) < 2:
        shutil.rmtree(folder.root, ignore_errors=True)
        first.copy("undisturbed")
        folder.add(*WAITING)
        built = folder.build(images=True)
        assert built.code == 0, built.output
    folder.known.add(folder.ready())
    return folder


@pytest.fixture
def disturbed(first: Folder, undisturbed: Folder, request: pytest.FixtureRequest) -> Iterator[Folder]:
    """A copy with the same two plans waiting, for one test to disturb; read all the while."""
    name = re.sub(r"\W+", "-", request.node.name)[:40]
    shutil.rmtree(first.root.with_name(name), ignore_errors=True)
    folder = first.copy(name)
    folder.add(*WAITING)
    folder.known |= undisturbed.known
    reader = Reader(folder)
    reader.start()
    try:
        yield folder
    finally:
        reader.ended.set()
        reader.join()
        folder.end_left_over()
    assert reader.faults == []
    assert reader.times > 0
    shutil.rmtree(folder.root)


@pytest.fixture
def chance() -> random.Random:
    """Where and when is left to chance, which the environment can repeat."""
    return random.Random(os.environ.get("IP_PLANS_TORTURE_SEED") or time.time_ns())


# --- what is counted ------------------------------------------------------------------------------------------------

_COUNTED: list[tuple[str, int, int, int]] = []
_BEGIN, _END = "<!-- torture: begin -->", "<!-- torture: end -->"


@pytest.fixture
def count() -> object:
    """Count what was tried: ``count(what, cases, faults, lost)``."""

    def counted(what: str, cases: int, faults: int, lost: int = 0) -> None:
        _COUNTED.append((what, cases, faults, lost))

    return counted


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the table, if the page is asked for and all has been run without a failure."""
    if exitstatus or not os.environ.get("IP_PLANS_TORTURE_TABLE") or not _COUNTED:
        return
    lines = ["| what | cases tried | faults injected | lost |", "|---|---|---|---|"]
    lines += [f"| {what} | {cases:,} | {faults:,} | {lost} |" for what, cases, faults, lost in _COUNTED]
    sums = [sum(row[at] for row in _COUNTED) for at in (1, 2, 3)]
    lines.append(f"| **together** | **{sums[0]:,}** | **{sums[1]:,}** | **{sums[2]}** |")
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    table = f"{_BEGIN}\n\n" + "\n".join(lines) + f"\n\n{_END}"
    PAGE.write_text(before + table + rest.partition(_END)[2], encoding="utf-8")
