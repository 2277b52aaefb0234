"""Builds that many tests look at: each takes most of a minute, so each is made once for a whole run of tests."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import polars as pl
import pytest

# How long an example takes says nothing about the code: machines are slow, and busy.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

os.environ.pop("IP_PLANS_LANG", None)  # tests ask for a language, or mean the default

PROJECT = Path(__file__).resolve().parents[1]
Make = Callable[[Path], Any]
#: Cuts a command off from every network, this machine's own included; root of Linux may.
_CUT_OFF = ("unshare", "--net")
PLANS = ("hebei-2021", "hefei-2020", "weihai-2018", "zhangzhou-2024", "zhengzhou-2023")
#: Files that take long. The first makes `five_plans`, which takes a minute and a half; meanwhile the other process is
#: at those that do without. Then come those that need them, the longest first, so that none is left for the end, when
#: one of two processes has nothing to do.
LONG = (
    "integration/test_build.py",
    "unit/test_figures.py",
    "unit/test_claims.py",
    "unit/test_suites.py",
    "dbt/test_composed_themes.py",
    "unit/test_extraction_properties.py",
    "unit/test_release.py",
    "integration/test_automation.py",
    "browser/test_figures_drawn.py",
    "integration/test_notebooks.py",
    "browser/test_briefing.py",
    "dbt/test_warehouse.py",
    "dbt/test_blocking_checks.py",
    "integration/test_definitions.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long; `make test` hands files out in this order."""
    place = {PROJECT / "tests" / name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path, len(LONG)))


@dataclass(frozen=True)
class Build:
    """A data folder after ``ip-plans build``."""

    folder: Path
    exit_code: int
    output: str
    is_cut_off: bool = False  # from the network

    @property
    def marts(self) -> Path:
        """What was published."""
        return self.folder / "marts"

    def table(self, name: str) -> pl.DataFrame:
        """Return a published table."""
        return pl.read_parquet(self.marts / f"{name}.parquet")

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return all published tables."""
        return {path.stem: pl.read_parquet(path) for path in sorted(self.marts.glob("*.parquet"))}


class Builder:
    """Makes data folders and builds them."""

    def copy_plans(self, folder: Path, *plans: str) -> Path:
        """Put plans of the project into ``<folder>/raw`` and return it."""
        for plan in plans:
            shutil.copytree(PROJECT / "data" / "raw" / plan, folder / "raw" / plan)
        return folder / "raw"

    def build(self, folder: Path, *, images: bool = False) -> Build:
        """Run ``ip-plans build`` in a process of its own, without a network where that can be cut off.

        Args:
            folder: The data folder.
            images: Draw images, too, which needs a browser and takes longer.
        """
        environment = dict(os.environ) | ({} if images else {"BROWSER_PATH": "/nonexistent/browser"})
        cut_off = _CUT_OFF if may_be_cut_off() else ()
        done = subprocess.run(
            [*cut_off, Path(sys.executable).parent / "ip-plans", "build", "--data-dir", folder],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=1800,  # on a machine that is busy with other things
        )
        return Build(folder, done.returncode, done.stdout + done.stderr, bool(cut_off))


@cache
def may_be_cut_off() -> bool:
    """Tell whether this user may run something without a network."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*_CUT_OFF, "true"], check=False, capture_output=True).returncode == 0


@pytest.fixture(scope="session")
def builder() -> Builder:
    """Make data folders and build them."""
    return Builder()


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str, Make], tuple[Path, Any]]:
    """Make something in a folder of its name, once for all processes of a run of tests.

    Returns:
        A function of a name and of what makes it in an empty folder; it returns the folder, and what the maker
        returned, which must be JSON.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def make(name: str, maker: Make) -> tuple[Path, Any]:
        folder, made = shared / name, shared / f"{name}.json"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                folder.mkdir()
                made.write_text(json.dumps(maker(folder)), encoding="utf-8")
        return folder, json.loads(made.read_text(encoding="utf-8"))

    return make


@pytest.fixture(scope="session")
def five_plans(builder: Builder, once: Callable[[str, Make], tuple[Path, Any]]) -> Build:
    """The five plans, built in a new data folder; not to be changed by a test."""

    def make(folder: Path) -> str:
        builder.copy_plans(folder, *PLANS)
        build = builder.build(folder, images=True)
        assert build.exit_code == 0, build.output
        return build.output

    folder, output = once("five_plans", make)
    return Build(folder, 0, output, may_be_cut_off())


@pytest.fixture(scope="session")
def cascade_folder(once: Callable[[str, Make], tuple[Path, Any]]) -> Path:
    """The folder of the composed plans that stand over one another, built; not to be changed by a test."""
    from tests.cascade import build_cascade

    return once("cascade", build_cascade)[0]
