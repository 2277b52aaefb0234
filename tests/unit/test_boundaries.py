"""What a module may import says what it may know."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "dagster_project"
KNOW_DAGSTER = ("defs/", "definitions.py")


def imported(path: Path) -> Iterator[str]:
    """Yield the top names of all that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_only_the_definitions_know_dagster() -> None:
    modules = {path.relative_to(PACKAGE).as_posix(): set(imported(path)) for path in PACKAGE.rglob("*.py")}
    knowing = {
        name
        for name, imports in modules.items()
        if any(top.startswith("dagster") and top != PACKAGE.name for top in imports)
    }
    assert "definitions.py" in knowing
    assert [name for name in sorted(knowing) if not name.startswith(KNOW_DAGSTER)] == []
