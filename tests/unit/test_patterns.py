"""Chinese patterns have names, and stand where one looks for them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster_project import extraction, reading

FOLDER = Path(extraction.__file__).parent
READING = Path(reading.__file__).parent
FIELDS = sorted((FOLDER / "fields").rglob("*.py"))
MODULES = sorted(FOLDER.rglob("*.py"))
#: Modules of vocabulary, and of rules, which may have patterns of their own beside them.
WITH_PATTERNS = frozenset("words phrases numbers dispositions clauses counts spread tiers topics".split()) | {
    path.stem for path in FIELDS
}
HAN = re.compile(r"[\u4e00-\u9fff]")


def chinese_patterns(tree: ast.AST) -> Iterator[str]:
    """Yield the Chinese strings that are handed to a function of `re`."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("re."):
            for pattern in call.args[:1]:
                strings = (node.value for node in ast.walk(pattern) if isinstance(node, ast.Constant))
                yield from (string for string in strings if isinstance(string, str) and HAN.search(string))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_function_has_a_chinese_pattern_without_a_name(path: Path) -> None:
    functions = [
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
    ]
    inside = {
        pattern for function in functions for line in function.body for pattern in chinese_patterns(line)
    }
    assert inside == set()


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.stem not in WITH_PATTERNS], ids=lambda p: p.stem
)
def test_only_vocabulary_and_rules_have_chinese_patterns(path: Path) -> None:
    assert list(chinese_patterns(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize("path", [*FOLDER.rglob("*.py"), *READING.glob("*.py")], ids=lambda path: path.stem)
def test_the_bounds_of_a_pattern_are_not_taken_for_a_value(path: Path) -> None:
    """``rf"年{2,4}"`` is 年(2, 4); the braces must be doubled."""
    values = (
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FormattedValue)
    )
    assert [ast.unparse(node) for node in values if isinstance(node.value, ast.Constant | ast.Tuple)] == []
