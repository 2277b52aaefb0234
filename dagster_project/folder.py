"""The data folder: where everything that comes in and goes out has its place, and nothing is written outside."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

PROJECT = Path(__file__).resolve().parents[1]
DBT_PROJECT = PROJECT / "dbt"
JURISDICTIONS = DBT_PROJECT / "seeds" / "jurisdictions.csv"
DATA_DIR_VARIABLE = "IP_PLANS_DATA_DIR"
#: Language in which a release is shown where none is asked for: zh or en; zh where it is not set.
LANG_VARIABLE = "IP_PLANS_LANG"

# Telemetry is off because a pipeline over unpublished drafts must not call home.
# Monitored, because a run that never starts, or never ends after it was told to, would be shown as running for ever.
_DAGSTER_YAML = "telemetry:\n  enabled: false\nnux:\n  enabled: false\nrun_monitoring:\n  enabled: true\n"


def default_language() -> Literal["zh", "en"]:
    """Return the language that ``IP_PLANS_LANG`` names, or zh.

    Raises:
        ValueError: If it names another.
    """
    lang = os.environ.get(LANG_VARIABLE) or "zh"
    if lang not in {"zh", "en"}:
        raise ValueError(f"{LANG_VARIABLE} is {lang!r}: choose zh or en")
    return cast('Literal["zh", "en"]', lang)


@contextmanager
def write_whole(path: Path) -> Iterator[Path]:
    """Give the path at which to write what then takes the place of `path` by one rename.

    A reader finds the old file or the new one, never a part, also where the writer is killed.
    """
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)  # of a writer that was killed
    yield part
    part.replace(path)


class BuildInProgressError(RuntimeError):
    """Another build works on the same data folder."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The paths of one data folder.

    Attributes:
        root: Absolute path; plans are read from ``root/raw``, all else is written to ``root/marts`` and
            ``root/.work``.
    """

    root: Path

    @classmethod
    def from_environment(cls) -> DataFolder:
        """Return the folder that ``IP_PLANS_DATA_DIR`` names, or the project's own ``data``."""
        return cls.of(os.environ.get(DATA_DIR_VARIABLE) or PROJECT / "data")

    @classmethod
    def of(cls, root: str | Path) -> DataFolder:
        """Return the folder at `root`."""
        return cls(Path(root).expanduser().resolve())

    @property
    def raw(self) -> Path:
        """One folder for each plan, as published."""
        return self.root / "raw"

    @property
    def marts(self) -> Path:
        """What is published: releases, and links to the current one."""
        return self.root / "marts"

    @property
    def work(self) -> Path:
        """Files that can be deleted and are made anew, except that stale plans are remembered in `accepted`."""
        return self.root / ".work"

    @property
    def extracted(self) -> Path:
        """Parquet tables that Python writes and dbt reads, and ``inputs.json``: what they were made from."""
        return self.work / "extracted"

    @property
    def readings(self) -> Path:
        """The rows of each plan as last read, so that a plan that has not changed is not read again."""
        return self.work / "readings"

    @property
    def quarantine(self) -> Path:
        """The plans that the checks of a build have kept out, and why."""
        return self.work / "quarantine.json"

    @property
    def inputs(self) -> Path:
        """What the last release was made from."""
        return self.work / "inputs.json"

    @property
    def accepted(self) -> Path:
        """The documents of the last release: what a plan that is refused falls back on."""
        return self.work / "accepted"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file that dbt writes."""
        return self.work / "warehouse.duckdb"

    @property
    def quality(self) -> Path:
        """What the suites found in the last run, one file each: what the pages on quality are made from."""
        return self.work / "quality"

    @property
    def drawn(self) -> Path:
        """The images of the last build, by what they were drawn from."""
        return self.work / "drawn"

    @property
    def staging(self) -> Path:
        """A release in the making."""
        return self.work / "staging"

    @property
    def dbt_target(self) -> Path:
        """Artifacts and logs of dbt."""
        return self.work / "dbt"

    @property
    def manifest(self) -> Path:
        """The manifest of dbt, as parsed for the definitions; a running build does not touch it."""
        return self.dbt_target / "definitions.json"

    @property
    def dagster_home(self) -> Path:
        """Dagster's run history."""
        return self.work / "dagster"

    @property
    def logs(self) -> Path:
        """One log file for each build."""
        return self.work / "logs"

    @property
    def operations(self) -> Path:
        """The log of operations: one line for each failure and recovery."""
        return self.logs / "operations.log"

    @property
    def removed(self) -> Path:
        """Plans, and texts of plans, that were taken out; kept until somebody deletes them."""
        return self.root / "removed"

    def environment(self) -> dict[str, str]:
        """Return the variables that keep dbt and Great Expectations inside this folder, and silent."""
        return {
            DATA_DIR_VARIABLE: str(self.root),
            "DBT_TARGET_PATH": str(self.dbt_target),
            "DBT_LOG_PATH": str(self.dbt_target),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "GX_ANALYTICS_ENABLED": "false",
            # The browser that draws the charts would otherwise leave settings in the home folder.
            "XDG_CONFIG_HOME": str(self.work / "browser"),
            "XDG_CACHE_HOME": str(self.work / "browser"),
        }

    def prepare(self) -> None:
        """Make the working folders and Dagster's settings file."""
        for path in (self.extracted, self.dbt_target, self.dagster_home, self.logs):
            path.mkdir(parents=True, exist_ok=True)
        settings = self.dagster_home / "dagster.yaml"
        if not settings.exists() or settings.read_text(encoding="utf-8") != _DAGSTER_YAML:
            settings.write_text(_DAGSTER_YAML, encoding="utf-8")

    @contextmanager
    def lock(self, name: str = "build", *, wait: bool = False) -> Iterator[None]:
        """Hold an exclusive lock; the system releases it even if this process is killed.

        Args:
            name: What is locked: ``build``, or the parse of the dbt project.
            wait: Wait for the other process instead of failing.

        Raises:
            BuildInProgressError: If another process holds the lock, and `wait` is false.
        """
        path = self.work / f"{name}.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                file.seek(0)
                raise BuildInProgressError(
                    f"Another build (process {file.read().strip() or 'unknown'}) is working on {self.root}. "
                    "Wait until it has ended, or choose another folder with --data-dir."
                ) from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield
