"""Many plans: several processes give what one gives, what is done stays done, and what has not changed is taken up."""

from __future__ import annotations

import multiprocessing.spawn
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

import polars as pl
import pytest

from dagster_project.corpus import parts, reader, workers
from dagster_project.corpus.build import build_corpus, write_corpus
from dagster_project.corpus.files import read_table, table_files
from dagster_project.corpus.places import KnownPlace, known_places
from dagster_project.corpus.tables import joined
from dagster_project.folder import JURISDICTIONS

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
LATER = datetime(2024, 6, 1, 8, tzinfo=UTC)
PLACES = {"340100": KnownPlace("合肥市", "Hefei", "prefecture", "安徽省", 9369881)}
COUNT = max(parts.FEWEST, workers.FEWEST) + 6
TEXT = (
    "甲市知识产权发展行动方案(2021-2023年)\n"
    "一、工作目标\n"
    "(一)促进转化。到2023年,知识产权质押融资额度达到{}亿元,年均增长30%以上。责任单位:市市场监管局\n"
)
Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with more plans than are read one by one, one of which cannot be read, as a build has left it."""
    root = tmp_path_factory.mktemp("many")
    for number in range(COUNT):
        folder = root / "raw" / f"plan-{number:03d}"
        folder.mkdir(parents=True)
        (folder / "plan.txt").write_text(TEXT.format(number + 1), encoding="utf-8")
        (folder / "origin.yml").write_text(
            f'plan_id: {folder.name}\njurisdiction: {{adcode: "340100"}}\n', encoding="utf-8"
        )
    (root / "raw" / "plan-007" / "plan.txt").write_text("no Chinese", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "_processors", lambda: 1)
        again(root / "raw")
    return root


@pytest.fixture
def raw(built: Path, tmp_path: Path) -> Path:
    """The plans, built."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path / "raw"


@pytest.fixture
def unread(raw: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plans before their first build, for two processes."""
    shutil.rmtree(raw.parent / "readings")
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    return raw


def again(raw: Path, now: datetime = NOW, places: dict[str, KnownPlace] = PLACES) -> Tables:
    """Build with what the builds before have left."""
    return build_corpus(raw, places, {}, now, raw.parent / "readings")


def read_in(tables: Tables, now: datetime) -> list[str]:
    """Return the plans that were read in a build."""
    return tables["plan_status"].filter(last_read_at=now)["plan_key"].to_list()


def equal(one: Tables, other: Tables) -> bool:
    """Say whether two builds gave the same but for the time of reading."""
    return all(
        table.drop("last_read_at", strict=False).equals(other[name].drop("last_read_at", strict=False))
        for name, table in one.items()
    )


def test_several_processes_give_what_one_gives(unread: Path) -> None:
    assert equal(again(unread), build_corpus(unread, PLACES, {}, NOW))


def test_what_has_not_changed_is_taken_up(raw: Path) -> None:
    before = again(raw)
    after = again(raw, LATER)
    assert read_in(before, NOW) == read_in(after, NOW) != []
    assert equal(before, after)


def test_only_a_plan_that_has_changed_is_read(raw: Path) -> None:
    (raw / "plan-003" / "plan.txt").write_text(TEXT.format(777), encoding="utf-8")
    after = again(raw, LATER)
    assert read_in(after, LATER) == ["plan-003"]
    assert after["measures"].filter(plan_key="plan-003")["value"].to_list()[0] == 777e8
    assert equal(after, build_corpus(raw, PLACES, {}, NOW))
    assert read_in(again(raw, NOW.replace(year=2025)), LATER) == ["plan-003"]


def test_a_plan_that_is_gone_is_gone(raw: Path) -> None:
    (raw / "plan-003").rename(raw.parent / "plan-003")
    assert "plan-003" not in again(raw, LATER)["measures"]["plan_key"].to_list()


def test_a_plan_is_refused_when_its_place_has_left_the_seed(raw: Path) -> None:
    (raw / "plan-003" / "origin.yml").write_text(
        "plan_id: plan-003\njurisdiction: {name_zh: 乙县, level: county}\n", encoding="utf-8"
    )
    after = again(raw, LATER, places={})
    assert after["plan_status"].filter(status="ok")["plan_key"].to_list() == ["plan-003"]


@pytest.mark.parametrize("name", ["index.json", "measures/00000.parquet"])
def test_all_is_read_again_where_what_was_left_is_damaged(raw: Path, name: str) -> None:
    before = again(raw)
    (path,) = (raw.parent / "readings" / "parts").rglob(name)
    path.write_bytes(path.read_bytes()[:-40])
    after = again(raw, LATER)
    assert len(read_in(after, LATER)) == COUNT - 1
    assert equal(before, after)


def test_rows_stand_in_parts_and_in_order(raw: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(parts, "LARGEST", 20)
    whole = again(raw)
    shutil.rmtree(raw.parent / "readings")

    def write(now: datetime) -> dict[str, int]:
        write_corpus(tmp_path / "out", raw, PLACES, {}, now, raw.parent / "readings")
        return {path.name: path.stat().st_ino for path in table_files(tmp_path / "out", "measures")}

    before = write(NOW)
    assert len(before) > 3
    (raw / "plan-030" / "plan.txt").write_text(TEXT.format(777), encoding="utf-8")
    shutil.copytree(raw / "plan-030", raw / "plan-030-b")
    (raw / "plan-030-b" / "origin.yml").write_text(
        'plan_id: plan-030-b\njurisdiction: {adcode: "340100"}\n', encoding="utf-8"
    )
    (raw / "plan-060").rename(raw.parent / "plan-060")
    after = write(LATER)
    # What nothing has changed in is the same file.
    assert len(set(before.values()) & set(after.values())) == len(before) - 2
    for name in parts.PLAN_TABLES:
        table = read_table(tmp_path / "out", name)
        assert table.equals(joined(name, [table])), name
        others = pl.col("plan_key").is_in(["plan-030", "plan-030-b", "plan-060"])
        assert table.filter(~others).equals(whole[name].filter(~others)), name
    fresh = build_corpus(raw, PLACES, {}, NOW)
    assert all(read_table(tmp_path / "out", name).equals(fresh[name]) for name in parts.PLAN_TABLES)


def test_what_is_done_when_a_build_is_stopped_stays_done(
    unread: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = workers._shown

    def stopped(results: Iterator[object], total: int) -> Iterator[object]:
        for done, result in enumerate(real(results, total)):
            if done == 20:
                raise KeyboardInterrupt
            yield result

    with monkeypatch.context() as patch:
        patch.setattr(workers, "_shown", stopped)
        with pytest.raises(KeyboardInterrupt):
            again(unread)
    after = again(unread, LATER)
    assert len(read_in(after, NOW)) >= 19
    assert equal(after, build_corpus(unread, PLACES, {}, NOW))


def test_a_process_that_is_killed_changes_nothing(unread: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = workers._shown

    def killing(results: Iterator[object], total: int) -> Iterator[object]:
        for done, result in enumerate(real(results, total)):
            if done == 5:
                for child in multiprocessing.active_children():
                    child.kill()
            yield result

    monkeypatch.setattr(workers, "_shown", killing)
    assert equal(again(unread), build_corpus(unread, PLACES, {}, NOW))


def test_processes_that_die_before_they_have_taken_anything_up_change_nothing(
    unread: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = tmp_path / "python"
    dying.write_text(f'#!/bin/sh\ncase "$*" in *spawn_main*) exit 1;; esac\nexec {sys.executable} "$@"\n')
    dying.chmod(0o755)
    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", str(dying).encode())
    places = known_places(JURISDICTIONS)
    assert len(ForkingPickler.dumps(places)) < 4096
    assert len(ForkingPickler.dumps(dict(places))) > 65536  # what a pipe holds
    assert equal(again(unread, places=places), build_corpus(unread, places, {}, NOW))
    assert ForkingPickler.loads(ForkingPickler.dumps(places)) == places


_BUILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from dagster_project.corpus import workers
from dagster_project.corpus.build import build_corpus

if __name__ == "__main__":
    workers._processors = lambda: 2
    raw = Path(sys.argv[1])
    build_corpus(raw, {}, {}, datetime.now(UTC), raw.parent / "readings")
"""


def _children(process: int) -> list[Path]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [Path("/proc") / child for child in listed.read_text().split()] if listed.exists() else []


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs the processes of Linux")
def test_processes_that_read_end_with_the_build_that_started_them(unread: Path, tmp_path: Path) -> None:
    script = tmp_path / "build.py"
    script.write_text(_BUILD, encoding="utf-8")
    build_ = subprocess.Popen([sys.executable, script, unread])
    _until(lambda: len(_children(build_.pid)) > 2)  # beside them, one that keeps track of what they share
    children = _children(build_.pid)
    build_.kill()
    build_.wait()
    _until(lambda: not any(map(Path.exists, children)))


def test_one_processor_reads_in_this_process(unread: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = reader.accept_plan
    monkeypatch.setattr(workers, "_processors", lambda: 1)
    monkeypatch.setattr(
        reader, "accept_plan", lambda folder, places: read.append(folder.name) or real(folder, places)
    )
    again(unread)
    assert len(read) == COUNT
