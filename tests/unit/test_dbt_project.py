"""What dbt says when it fails: a fault of the project, or of the machine that it runs on."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from dagster_project.cli.terminal import in_words
from dagster_project.folder import DataFolder
from dagster_project.warehouse.dbt_project import DbtProjectError, run_dbt


def failing(said: str) -> list[str]:
    """Return a command that says this and fails, as dbt does."""
    return [sys.executable, "-c", f"import sys; print({said!r}); sys.exit(2)"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_a_fault_of_the_machine_is_told_in_one_line_with_what_to_do(tmp_path: Path, number: int) -> None:
    said = f"Encountered an error:\n[Errno {number}] some words\nTraceback (most recent call last):\n" * 10
    with pytest.raises(OSError, match=str(tmp_path)) as caught:
        run_dbt(failing(said), DataFolder.of(tmp_path), "dbt cannot parse the project")
    assert caught.value.errno == number
    told = in_words(caught.value)
    assert "\n" not in told
    assert "free some space" in told or "make it writable" in told


def test_a_fault_of_the_project_is_told_with_all_that_dbt_said(tmp_path: Path) -> None:
    with pytest.raises(DbtProjectError, match=r"(?s)dbt cannot parse the project:.*models/dim_plan\.sql"):
        run_dbt(
            failing("Compilation Error in models/dim_plan.sql"),
            DataFolder.of(tmp_path),
            "dbt cannot parse the project",
        )


def test_what_dbt_does_well_is_no_fault(tmp_path: Path) -> None:
    run_dbt(
        [sys.executable, "-c", "print('[Errno 28] in a log')"], DataFolder.of(tmp_path), "dbt cannot parse"
    )
