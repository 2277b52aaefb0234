"""Reading on Apache Spark gives what reading on this machine gives, also where a worker is killed; needs Java 17."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from dagster_project.corpus import parts
from dagster_project.corpus import spark as on_spark
from dagster_project.corpus.build import write_corpus
from dagster_project.corpus.files import read_table, table_files
from dagster_project.corpus.parts import new_root
from dagster_project.corpus.places import known_places
from dagster_project.corpus.reader import Outcome, Reader
from dagster_project.corpus.tables import SCHEMAS
from dagster_project.folder import JURISDICTIONS

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(
        find_spec("pyspark") is None or not (os.environ.get("JAVA_HOME") or shutil.which("java")),
        reason="needs PySpark and Java 17, which `make setup-spark` could not install",
    ),
]

PROJECT = Path(__file__).resolve().parents[2]
NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
LATER = datetime(2024, 6, 1, 8, tzinfo=UTC)
MASTERS = ["local[2]", "local-cluster[2,1,1024]"]
COUNT = 60
Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five plans, composed texts, one without Chinese, one with a faulty reading, and a link to another."""
    root = tmp_path_factory.mktemp("spark")
    shutil.copytree(PROJECT / "data" / "raw", root / "raw")
    subprocess.run(
        [sys.executable, PROJECT / "benchmarks" / "documents.py", root, str(COUNT)], check=True, timeout=300
    )
    first, second, third, *_ = sorted((root / "raw").glob("document-*"))
    (first / "plan.txt").write_text("no Chinese", encoding="utf-8")
    (second / "reference").mkdir()
    (second / "reference" / "measures.jsonl").write_text("{}\n", encoding="utf-8")
    (root / "raw" / "linked-2024").symlink_to(third)
    return root / "raw"


@pytest.fixture(scope="module")
def local(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """What this machine gives, read in parts as small as those of Spark in these tests."""
    return build(raw, tmp_path_factory.mktemp("local"), lambda reader, folders: {})


def build(
    raw: Path,
    root: Path,
    engine: Callable[[Reader, Sequence[Path]], Mapping[str, Outcome]],
    now: datetime = NOW,
) -> Tables:
    """Return the tables that an engine gives."""
    write_corpus(
        root / "extracted",
        raw,
        known_places(JURISDICTIONS),
        {},
        now,
        root / "readings",
        engine=engine,
    )
    return {name: read_table(root / "extracted", name) for name in SCHEMAS}


class Engine:
    """Spark at an address; `meanwhile` is called once the first plans are read, in a thread of its own."""

    def __init__(self, master: str, root: Path, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.master, self.root, self.meanwhile = master, root, meanwhile
        self.counts: Mapping[str, int] = {}
        self.plans = 0

    def __call__(self, reader: Reader, folders: Sequence[Path]) -> Mapping[str, Outcome]:
        """Read some plans."""
        exchange = on_spark.Exchange(str(self.root / "exchange"))
        self.plans = on_spark.hand_over(folders, reader.rules, exchange)
        scratch = self.root / "scratch"
        scratch.mkdir(exist_ok=True)
        watching = threading.Thread(target=self._watch, daemon=True)
        with on_spark.session(self.master, scratch) as spark:
            watching.start()
            self.counts = on_spark.run(spark, exchange, reader, self.plans, print)
        watching.join()
        found = on_spark.take_back(exchange, new_root(reader.readings / "parts"), reader)
        exchange.remove()
        return found

    def _watch(self) -> None:
        """Wait until a task has left its rows."""
        end = time.monotonic() + 600
        while not [*(self.root / "exchange" / "rows").rglob("part-*")]:
            assert time.monotonic() < end
            time.sleep(0.05)
        self.meanwhile()


def same(one: Tables, other: Tables) -> list[str]:
    """Return the tables that differ."""
    return [name for name in SCHEMAS if not one[name].equals(other[name])]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several parts."""
    monkeypatch.setattr(parts, "LARGEST", 25)
    monkeypatch.setattr(on_spark, "LARGEST", 25)
    monkeypatch.setattr(on_spark, "_OF_A_TASK", 8)


@pytest.mark.parametrize("master", MASTERS)
def test_spark_gives_the_same_rows(raw: Path, local: Tables, master: str, tmp_path: Path) -> None:
    engine = Engine(master, tmp_path)
    found = build(raw, tmp_path, engine)
    assert same(found, local) == []
    assert engine.plans == COUNT + 5  # not the link, which this machine judges
    assert {name: found[name].height for name in engine.counts} == dict(engine.counts)
    assert len(table_files(tmp_path / "extracted", "measures")) > 1
    status = found["plan_status"]
    assert status.filter(status="refused")["plan_key"].to_list() == ["document-0-0000000", "linked-2024"]
    # What Spark has read is as good as read here: it is taken up by the next build.
    engine.plans = 0
    again = build(raw, tmp_path, engine, LATER)
    assert engine.plans == 1  # the refused one
    assert same(again, found) == []


def executors() -> list[int]:
    """Return the processes of workers, with what they have started to run Python."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in command or b"pyspark.daemon" in command:
            found.append(int(path.name))
    return found


@pytest.mark.parametrize("master", MASTERS)
def test_a_worker_that_is_killed_changes_nothing(
    raw: Path, local: Tables, master: str, tmp_path: Path
) -> None:
    others, killed = set(executors()), []

    def kill() -> None:
        for process in sorted(set(executors()) - others)[:1]:
            os.kill(process, signal.SIGKILL)
            killed.append(process)

    found = build(raw, tmp_path, Engine(master, tmp_path, kill))
    assert killed
    assert same(found, local) == []


def test_a_build_on_spark_is_a_run_of_dagster(raw: Path, tmp_path: Path) -> None:
    for plan in ("hefei-2020", "document-0-0000000", "document-0-0000001"):
        shutil.copytree(raw / plan, tmp_path / "raw" / plan)
    environment = os.environ | {
        "BROWSER_PATH": "/nonexistent/browser",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    command = [
        sys.executable,
        "-c",
        "from dagster_project.cli import app; app(prog_name='ip-plans')",
        "build",
    ]
    done = subprocess.run(
        [*command, "--data-dir", tmp_path, "--engine", "spark", "--master", "local[2]"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 1, done.stdout + done.stderr  # published, one plan is refused
    status = pl.read_parquet(tmp_path / "marts" / "audit_plan_status.parquet").select("plan_key", "status")
    assert dict(status.iter_rows()) == {
        "hefei-2020": "ok", "document-0-0000000": "refused", "document-0-0000001": "ok"
    }  # fmt: skip
    coded = (raw / "hefei-2020" / "reference" / "measures.jsonl").read_text(encoding="utf-8").splitlines()
    found = pl.read_parquet(tmp_path / "marts" / "fct_measure.parquet").filter(plan_key="hefei-2020")
    assert found.height == len(coded)
    (log,) = (tmp_path / ".work" / "logs").glob("build-*.log")
    told = log.read_text(encoding="utf-8")
    assert "3 plans go to Spark at local[2]" in told
    assert "Spark 4" in told
    assert "read: document-0-0000001, hefei-2020" in told
    assert not (tmp_path / ".work" / "spark").exists() or not any((tmp_path / ".work" / "spark").iterdir())
