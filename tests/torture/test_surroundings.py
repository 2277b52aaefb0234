"""Builds hindered by what is around them: each is told in words, nothing is lost, and the next one is as if undisturbed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

pytestmark = pytest.mark.torture

Folder = Running = Any  # see conftest.py, which is no module to import from
Count = Callable[..., None]
SHOWN = ("staged_marts", "dbt_docs", "figures", "briefing", "quality_docs", "release")
#: May this user mount, and cut off the network? Root may, also in most containers.
MAY = subprocess.run(["unshare", "-mn", "true"], check=False, capture_output=True).returncode == 0
needs_mounts = pytest.mark.skipif(not MAY, reason="only root may mount")


@contextlib.contextmanager
def mounted(*command: str) -> Iterator[None]:
    """Mount something, and take it away again."""
    subprocess.run(["mount", *command], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", command[-1]], check=True)


def told(running: Running, *words: str) -> None:
    """Hold that a build has ended without a release, and says why in a few lines."""
    running.to_the_end()
    assert running.code == 2, running.output
    assert [word for word in words if word not in running.output] == [], running.output
    assert "Traceback" not in running.output
    assert len(running.lines) < 40, running.output


def filled(root: Path) -> Path:
    """Fill the disk that a folder is on, to the last byte."""
    filler = root / ".filler"
    with filler.open("wb", buffering=0) as file:
        for size in (10**6, 10**3, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(size))
    return filler


@needs_mounts
@pytest.mark.parametrize("step", ["Building", "plans", "warehouse", "release"])
def test_a_disk_that_is_full_costs_no_release(
    first: Folder, undisturbed: Folder, tmp_path: Path, step: str, count: Count
) -> None:
    source = undisturbed if step == "release" else first
    (tmp_path / "disk").mkdir()
    with mounted("-t", "tmpfs", "-o", "size=600m", "tmpfs", str(tmp_path / "disk")):
        shutil.copytree(source.root, tmp_path / "disk" / "data", symlinks=True)
        folder = type(first)(first.server, tmp_path / "disk" / "data", {*undisturbed.known})
        if step == "release":  # as if it were published for the first time, with room for a part of it
            shutil.rmtree(folder.root / "marts" / ".releases" / undisturbed.ready())
            (folder.root / "marts" / "current").unlink()
            (folder.root / "marts" / "current").symlink_to(Path(".releases") / first.ready())
            filler = filled(folder.root)
            os.truncate(filler, filler.stat().st_size - 2_000_000)
            told(folder.start("release"), "space")
            assert folder.ready() == first.ready()
            filler.unlink()
            assert folder.build("release").code == 0
            assert folder.ready() == undisturbed.ready()
        else:
            folder.add("zhangzhou-2024")
            running = folder.start()
            assert running.until(step), running.output
            filler = filled(folder.root)
            told(running, "space")
            filler.unlink()
            assert folder.ready() == first.ready()
        folder.end_left_over()
    count(f"disk full ({step.lower()})", 1, 1)


@needs_mounts
def test_a_folder_of_tables_that_is_read_only_is_told(
    disturbed: Folder, undisturbed: Folder, count: Count
) -> None:
    shutil.rmtree(disturbed.root / ".work" / "staging", ignore_errors=True)
    shutil.copytree(undisturbed.root / ".work" / "staging", disturbed.root / ".work" / "staging")
    marts = str(disturbed.root / "marts")
    with mounted("--bind", marts, marts):
        subprocess.run(["mount", "-o", "remount,ro,bind", marts], check=True)
        told(disturbed.start("release"), "Read-only file system")
    assert disturbed.build("release").code == 0
    assert disturbed.ready() == undisturbed.ready()
    count("read-only folder of tables", 1, 1)


def test_a_warehouse_that_a_notebook_has_open_is_told_with_the_process(
    disturbed: Folder, count: Count
) -> None:
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(disturbed.root / ".work" / "warehouse.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as notebook:
        assert notebook.stdout
        assert notebook.stdout.readline() == b"open\n"
        running = disturbed.start()
        told(running, "lock", str(notebook.pid))
        notebook.kill()
    assert disturbed.ready() in disturbed.known
    count("warehouse open in another program", 1, 1)


def test_a_second_build_is_told_who_is_at_work_and_a_clock_that_was_set_back_costs_nothing(
    disturbed: Folder, undisturbed: Folder, count: Count
) -> None:
    ahead = time.time() + 400 * 24 * 3600
    for path in sorted(disturbed.root.rglob("*")):
        os.utime(path, (ahead, ahead), follow_symlinks=False)
    running = disturbed.start()
    assert running.until("plans"), running.output
    second = disturbed.start_command("ip-plans", "build")
    told(second, f"Another build (process {running.process.pid}) is working on {disturbed.root}")
    running.to_the_end()
    assert running.code == 0, running.output
    assert disturbed.ready() == undisturbed.ready()
    count("two builds at once", 2, 1)
    count("clock set back by 400 days before a whole build", 1, 1)


# --- the same in other surroundings ---------------------------------------------------------------------------------

#: What may differ between two builds of the same plans: times, and what is made of them.
TIMES = {"audit_plan_status.parquet", "audit_plan_status.csv", "manifest.json"}


def test_other_surroundings_and_no_network_give_the_same_bytes(
    undisturbed: Folder, tmp_path: Path, count: Count
) -> None:
    folder = type(undisturbed)(undisturbed.server, tmp_path / "elsewhere" / "data 数据")
    folder.add("zhangzhou-2024", "weihai-2018", "hefei-2020")
    command = ["unshare", "-n", "ip-plans", "build"] if MAY else ["ip-plans", "build"]
    running = folder.start_command(
        *command,
        TZ="America/Los_Angeles",
        LC_ALL="C",
        LANG="tr_TR.UTF-8",
        PYTHONHASHSEED="77",
        HOME="/nonexistent",
    )
    running.to_the_end()
    assert running.code == 0, running.output
    assert folder.ready() == undisturbed.ready()
    here, there = (each.root / "marts" / "current" for each in (undisturbed, folder))
    names = [
        path.relative_to(there)
        for path in there.rglob("*")
        if path.suffix in {".parquet", ".csv", ".json", ".xlsx"}
    ]
    differing = [str(name) for name in names if (here / name).read_bytes() != (there / name).read_bytes()]
    assert set(differing) <= TIMES
    assert len([name for name in names if name.suffix == ".json"]) > 20
    status = [
        pl.read_parquet(each / "audit_plan_status.parquet").drop("last_read_at") for each in (here, there)
    ]
    assert status[0].equals(status[1])
    count("files compared between two builds in other surroundings, without network", len(names), 0)


# --- publish, killed at any microsecond -----------------------------------------------------------------------------


def test_a_release_killed_while_it_is_published_is_whole(
    first: Folder, undisturbed: Folder, tmp_path: Path, chance: Any, count: Count
) -> None:
    staging = undisturbed.root / ".work" / "staging"
    code = "import sys; from pathlib import Path; from dagster_project.release.store import publish; print('go', flush=True); publish(*map(Path, sys.argv[1:]))"
    kills = 100
    shutil.copytree(first.root / "marts", tmp_path / "marts", symlinks=True)
    folder = type(first)(first.server, tmp_path, {*undisturbed.known})
    for _ in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", code, staging, tmp_path / "marts"], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            process.kill()
        assert folder.ready() in folder.known
        if chance.random() < 0.3:  # back to the release before
            shutil.rmtree(tmp_path / "marts")
            shutil.copytree(first.root / "marts", tmp_path / "marts", symlinks=True)
    count("publishing killed with -9, at random microseconds", kills, kills)
