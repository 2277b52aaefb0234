"""Builds that many tests look at: each takes most of a minute, so each is made once for a whole run of tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import polars as pl
import pytest

# How long an example takes says nothing about the code: machines are slow, and busy.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

PROJECT = Path(__file__).resolve().parents[1]
PLANS = ("hebei-2021", "hefei-2020", "weihai-2018", "zhangzhou-2024", "zhengzhou-2023")


@dataclass(frozen=True)
class Build:
    """A data folder after ``ip-plans build``."""

    folder: Path
    exit_code: int
    output: str

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
        """Run ``ip-plans build`` in a process of its own.

        Args:
            folder: The data folder.
            images: Draw images, too, which needs a browser and takes longer.
        """
        environment = dict(os.environ) | ({} if images else {"BROWSER_PATH": "/nonexistent/browser"})
        done = subprocess.run(
            [Path(sys.executable).parent / "ip-plans", "build", "--data-dir", folder],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        return Build(folder, done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="session")
def builder() -> Builder:
    """Make data folders and build them."""
    return Builder()


@pytest.fixture(scope="session")
def five_plans(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The five plans, built in a new data folder; not to be changed by a test."""
    folder = tmp_path_factory.mktemp("five")
    builder.copy_plans(folder, *PLANS)
    build = builder.build(folder, images=True)
    assert build.exit_code == 0, build.output
    return build
