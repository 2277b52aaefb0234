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
from dagster_project.corpus.parts import Part
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
        source: Gives its rows of every table of `SCHEMAS` but `plan_status`; those that are kept are read when they are
            asked for, because the rows of all plans fill the memory. Or the part that they stand in.
        notes: What people should know who use the plan.
        read_at: When its text was read.
        fingerprint: Hash of its text without white space: the same for two plans with one text.
        sha256: Hash of the bytes that it was read from, in hex.
        key: What they depend on, once they are kept under it, see `key_of`.
    """

    source: Callable[[], Tables] | Part
    notes: tuple[str, ...]
    read_at: datetime
    fingerprint: str
    sha256: str
    key: str | None = None

    @property
    def part(self) -> Part | None:
        """The part that its rows stand in, if they stand in one."""
        return self.source if isinstance(self.source, Part) else None

    @classmethod
    def of(
        cls, tables: Callable[[], Tables], document: Row, notes: tuple[str, ...], read_at: datetime
    ) -> PlanRows:
        """Return the rows of a plan.

        Args:
            tables: Gives them.
            document: Its row of `documents`.
            notes: As above.
            read_at: As above.
        """
        fingerprint = hashlib.sha256("".join(document["text"].split()).encode()).hexdigest()
        return cls(tables, notes, read_at, fingerprint, document["source_sha256"])


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
    tables = {} if isinstance(rows.source, Part) else rows.source()
    content = {"key": key, "tables": tables, "notes": rows.notes, "read_at": rows.read_at}
    body = json.dumps(content, ensure_ascii=False, default=_as_text)
    with write_whole(readings / f"{plan}.json") as part:
        part.write_text(f"{_checksum(body)}\n{body}", encoding="utf-8")
    return replace(rows, source=partial(_load, readings / f"{plan}.json"), key=key)


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
    tables, notes = partial(_load, readings / f"{plan}.json"), tuple(content["notes"])
    read_at = datetime.fromisoformat(content["read_at"])
    return replace(PlanRows.of(tables, content["tables"]["documents"][0], notes, read_at), key=key)


def forget_others(readings: Path, plans: Collection[str]) -> None:
    """Remove what is kept of plans that are no longer there."""
    for path in readings.glob("*.json"):
        if path.stem not in plans:
            path.unlink()


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _as_text(value: date) -> str:
    return value.isoformat()
