"""The published columns and their version: what readers of the tables may rely on (``make schema``).

The version is a whole number in ``schema.json``, beside each table with its columns and types. It is raised once
between two versions of the program, by the first column that changes after one was put out; ``since`` says in which
version of the program it came.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dagster_project.folder import DataFolder
from dagster_project.release.manifest import SCHEMA
from dagster_project.warehouse.dbt_project import Mart, ensure_manifest, load_marts

#: What `since` says until the version of the program is put out: the heading of its section in CHANGELOG.md.
UNRELEASED = "Unreleased"


def columns(marts: Mapping[str, Mart]) -> dict[str, dict[str, str]]:
    """Return table -> column -> type, in the order in which they are published."""
    return {name: {column.name: column.type for column in mart.columns} for name, mart in marts.items()}


def updated(before: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return the content of ``schema.json`` for the tables of today.

    Args:
        before: Its content until now.
        tables: table -> column -> type.
    """
    is_next = tables != before["tables"] and before["since"] != UNRELEASED
    return {
        "version": before["version"] + is_next,
        "since": UNRELEASED if is_next else before["since"],
        "tables": tables,
    }


if __name__ == "__main__":
    found = columns(load_marts(ensure_manifest(DataFolder.from_environment())))
    content = updated(json.loads(SCHEMA.read_text(encoding="utf-8")), found)
    SCHEMA.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
