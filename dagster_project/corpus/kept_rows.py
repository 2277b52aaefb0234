"""The rows of each plan as last read, kept in one file a plan, so that a plan that has not changed is not read again.

A file that is damaged, or was made from other bytes or by other rules, is as good as none: the plan is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

import polars as pl

from dagster_project import fingerprints
from dagster_project.corpus.tables import SCHEMAS, Row
from dagster_project.folder import write_whole

_DATES = [
    (table, name) for table, schema in SCHEMAS.items() for name, kind in schema.items() if kind == pl.Date
]


Tables: TypeAlias = Mapping[str, list[Row]]


@dataclass(frozen=True, slots=True)
class PlanRows:
    """What one plan gives to the tables.

    Attributes:
        tables: Gives its rows of every table of `SCHEMAS` but `plan_status`; those that are kept are read when they are
            asked for, because the rows of all plans fill the memory. None: they stand in `together`.
        notes: What people should know who use the plan.
        read_at: When its text was read.
        text: Its text as decoded.
        key: What they depend on, once they are kept under it, see `key_of`.
    """

    tables: Callable[[], Tables] | None
    notes: tuple[str, ...]
    read_at: datetime
    text: str
    key: str | None = None


def _load(path: Path) -> Tables:
    """Return the rows of a plan from the file that keeps them, which was found whole."""
    _, _, body = path.read_text(encoding="utf-8").partition("\n")
    tables: dict[str, list[Row]] = json.loads(body)["tables"]
    for table, column in _DATES:
        for row in tables.get(table, ()):
            row[column] = row[column] and date.fromisoformat(row[column])
    return tables


def key_of(plan: Path, rules: str) -> str:
    """Return what the rows of a plan depend on: the bytes in its folder, and the rules that read them.

    Args:
        plan: The folder of the plan.
        rules: The hash of the rules, see :func:`dagster_project.fingerprints.rules`.
    """
    return hashlib.sha256(f"{fingerprints.tree(plan)} {rules}".encode()).hexdigest()


def keep(readings: Path, plan: str, key: str, rows: PlanRows) -> PlanRows:
    """Keep the rows of a plan in ``<readings>/<plan>.json``; a reader finds the old file or the new one, no part.

    Returns:
        The rows as kept, which are no longer in the memory.
    """
    readings.mkdir(parents=True, exist_ok=True)
    tables = rows.tables() if rows.tables else {}
    content = {"key": key, "tables": tables, "notes": rows.notes, "read_at": rows.read_at}
    body = json.dumps(content, ensure_ascii=False, default=_as_text)
    with write_whole(readings / f"{plan}.json") as part:
        part.write_text(f"{_checksum(body)}\n{body}", encoding="utf-8")
    return replace(rows, tables=partial(_load, readings / f"{plan}.json"), key=key)


def is_kept(readings: Path | None, plan: str) -> bool:
    """Say whether there is a file of a plan, whatever it is worth."""
    return readings is not None and (readings / f"{plan}.json").exists()


def kept(readings: Path, plan: str, key: str) -> PlanRows | None:
    """Return the rows of a plan as they were kept under `key`; None if there are none, or they are damaged."""
    try:
        checksum, _, body = (readings / f"{plan}.json").read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return None
    if checksum != _checksum(body) or (content := json.loads(body))["key"] != key:
        return None
    text: str = content["tables"]["documents"][0]["text"]
    tables = partial(_load, readings / f"{plan}.json")
    return PlanRows(tables, tuple(content["notes"]), datetime.fromisoformat(content["read_at"]), text, key)


def forget_others(readings: Path, plans: Collection[str]) -> None:
    """Remove what is kept of plans that are no longer there."""
    for path in readings.glob("*.json"):
        if path.stem not in plans:
            path.unlink()


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _as_text(value: date) -> str:
    return value.isoformat()
