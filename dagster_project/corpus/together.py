"""The rows of many plans in one file a table: what a build of thousands of plans takes up where nothing has changed.

A file a plan (`kept_rows`) is what a build that was stopped goes on from. Once a build is through, its rows stand
together here, so that the next one opens ten files and not thousands. Only what is damaged, or was made by other rules
or with another seed of places, is read again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from dagster_project.folder import write_whole

#: Fewer plans are read from a file each.
FEWEST = 50
# One plan of so many that is not in the files, and they are written anew; a few that change cost no writing.
_MISSING = 10


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A plan whose rows stand together with those of others.

    Attributes:
        notes: What people should know who use the plan.
        read_at: When its text was read.
    """

    notes: tuple[str, ...]
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Together:
    """What one build has left for the next.

    Attributes:
        tables: The rows of all its plans.
        plans: Those of them that were used as they are, by key of their files and of the rules that read them.
    """

    tables: Mapping[str, pl.DataFrame]
    plans: Mapping[tuple[str, str], Unchanged]

    @classmethod
    def none(cls) -> Together:
        """Return that of no build."""
        return cls({}, {})

    @classmethod
    def load(cls, folder: Path, seed: str) -> Together:
        """Return what the last build left in `folder`; nothing if it is damaged, or was made with another `seed`."""
        try:
            index = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
            if index["seed"] != seed:
                return cls.none()
            tables = {}
            for table, checksum in index["tables"].items():
                content = (folder / f"{table}.arrow").read_bytes()
                if zlib.crc32(content) != checksum:
                    return cls.none()
                tables[table] = pl.read_ipc(content)
            plans = {
                (plan, key): Unchanged(tuple(notes), datetime.fromisoformat(read_at))
                for plan, (key, notes, read_at) in index["plans"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
            return cls.none()
        return cls(tables, plans)

    def of(self, plans: Collection[str]) -> dict[str, pl.DataFrame]:
        """Return the rows of some plans."""
        own = pl.Series(plans, dtype=pl.String).implode()
        return {name: table.filter(pl.col("plan_key").is_in(own)) for name, table in self.tables.items()}

    @property
    def texts(self) -> dict[str, str]:
        """The text of each plan."""
        return dict(self.tables["documents"].select("plan_key", "text").iter_rows()) if self.tables else {}

    def lacks(self, plans: Collection[str]) -> bool:
        """Say whether so many of some plans are not in it that it should be written anew."""
        inside = {plan for plan, _ in self.plans}
        return len(plans) >= FEWEST and _MISSING * len(set(plans) - inside) >= len(plans)


_INDEX = "index.json"


def save(
    folder: Path, seed: str, tables: Mapping[str, pl.DataFrame], plans: Mapping[tuple[str, str], Unchanged]
) -> None:
    """Leave the rows of a build for the next one; an index that is not whole is as good as none."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _INDEX).unlink(missing_ok=True)
    checksums: dict[str, int] = {}
    for name, table in tables.items():
        path = folder / f"{name}.arrow"
        table.write_ipc(path, compression="lz4")
        checksums[name] = zlib.crc32(path.read_bytes())
    index = {
        "seed": seed,
        "tables": checksums,
        "plans": {
            plan: (key, unchanged.notes, unchanged.read_at.isoformat())
            for (plan, key), unchanged in plans.items()
        },
    }
    with write_whole(folder / _INDEX) as part:
        part.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
