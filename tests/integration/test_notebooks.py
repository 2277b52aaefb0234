"""Every notebook runs from the first cell to the last, on the five plans; the first is kept with what it then shows.

Its outputs are written anew by ``UPDATE_SNAPSHOTS=1 pytest tests/integration/test_notebooks.py``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from dagster_project.folder import DATA_DIR_VARIABLE

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
KEPT = NOTEBOOKS[0]  # can be read without a kernel
Build = Any  # see conftest.py, which is no module to import from


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def test_there_is_a_notebook_for_each_task() -> None:
    assert [path.stem.split("_", 1)[1] for path in NOTEBOOKS] == [
        "brief_on_pledge_financing",
        "trace_a_number",
        "incentives",
        "add_a_plan",
        "ask_in_sql",
    ]


@pytest.mark.parametrize(
    "path",
    # What builds in a notebook takes two minutes.
    [pytest.param(path, marks=[pytest.mark.services] * ("add_a_plan" in path.stem)) for path in NOTEBOOKS],
    ids=lambda path: path.stem,
)
def test_notebook_runs(
    five_plans: Build, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(DATA_DIR_VARIABLE, str(five_plans.folder))
    monkeypatch.setenv(
        "BROWSER_PATH", "/nonexistent/browser"
    )  # a build in a notebook draws no images: they take time
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    notebook = read(path)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in codes if cell.execution_count is None] == []
    if path == KEPT:
        for cell in codes:
            cell.metadata.pop("execution", None)  # when it ran
        if os.environ.get("UPDATE_SNAPSHOTS"):
            nbformat.write(notebook, path)
        assert shown(notebook) == shown(read(path))


def shown(notebook: Any) -> list[Any]:
    """Return what the cells show, cell by cell."""
    return [cell.get("outputs", []) for cell in notebook.cells]


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path != KEPT], ids=lambda path: path.stem)
def test_notebook_is_kept_without_outputs(path: Path) -> None:
    assert [outputs for outputs in shown(read(path)) if outputs] == []


def test_the_briefing_has_ten_cells_and_every_cell_shows_something() -> None:
    notebook = read(KEPT)
    assert len(notebook.cells) == 10
    assert [cell.source for cell in notebook.cells if cell.cell_type == "code" and not cell.outputs] == []
    assert KEPT.stat().st_size < 60_000


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_explained_in_chinese_and_english(path: Path) -> None:
    first = next(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    assert " · " in first.split("\n")[0]
