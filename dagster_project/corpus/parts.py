"""The tables as Parquet files in parts: what dbt reads, and what the next build takes up where nothing has changed.

A table is a folder with a file for each part; a part holds the rows of some hundred plans that follow each other by
name, so that no process needs the rows of all plans in its memory. Read in the order of their names, the files of a
table are sorted as one frame would be.

Beside the parts of a build stands an index: which plan's rows are in which part, and what they depend on. Only what is
damaged, or was made by other rules or with another seed of places, is read again; a part that no plan has changed in
is linked into the next build as it is.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import polars as pl

from dagster_project.corpus.tables import SCHEMAS
from dagster_project.folder import write_whole

#: Tables with the rows of plans; `plan_status` tells of the plans that have none, too, and is one file.
PLAN_TABLES = tuple(name for name in SCHEMAS if name != "plan_status")
#: Plans of a part at most: their rows take some 200 MB of memory while they are packed.
LARGEST = 500
#: Fewer plans are taken up from a file each, see `kept_rows`.
FEWEST = 50


class Part(NamedTuple):
    """The rows of some plans.

    Attributes:
        root: Holds a folder for each table.
        name: Of its file in each of them.
        plans: How many plans have rows in it.
    """

    root: Path
    name: str
    plans: int

    def file(self, table: str) -> Path:
        """Return the file of a table."""
        return self.root / table / f"{self.name}.parquet"


class Stored(NamedTuple):
    """A plan whose rows stand in a part.

    Attributes:
        part: The part.
        key: What they depend on, see `kept_rows.key_of`.
        notes: What people should know who use the plan.
        read_at: When its text was read.
        fingerprint: Of its text, see `kept_rows.PlanRows`.
        sha256: Of the bytes that they were read from.
    """

    part: Part
    key: str
    notes: tuple[str, ...]
    read_at: datetime
    fingerprint: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LastBuild:
    """The parts that the last build has left in a folder, and the plans whose rows they hold."""

    folder: Path
    plans: Mapping[str, Stored]

    @classmethod
    def load(cls, folder: Path, seed: str) -> LastBuild:
        """Return what was left in `folder`; no plans if it is damaged, or was made with another `seed`."""
        try:
            index = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
            if index["seed"] != seed:
                return cls(folder, {})
            root = folder / index["root"]
            for name, checksum in index["files"].items():
                if zlib.crc32((root / name).read_bytes()) != checksum:
                    return cls(folder, {})
            parts = {name: Part(root, name, plans) for name, plans in index["parts"].items()}
            plans = {
                plan: Stored(parts[part], key, tuple(notes), datetime.fromisoformat(read_at), *digests)
                for plan, (part, key, notes, read_at, *digests) in index["plans"].items()
            }
        except (OSError, ValueError, KeyError, TypeError):
            return cls(folder, {})
        return cls(folder, plans)

    def replace(self, root: Path, seed: str, parts: Iterable[Part], plans: Mapping[str, Stored]) -> None:
        """Leave the parts below `root`, a folder in this one, for the next build, and remove all others.

        A build that is killed before leaves those of the last one.
        """
        files = {
            f"{table}/{part.name}.parquet": zlib.crc32(part.file(table).read_bytes())
            for part in parts
            for table in PLAN_TABLES
        }
        index = {
            "root": root.name,
            "seed": seed,
            "files": files,
            "parts": {part.name: part.plans for part in parts},
            "plans": {
                plan: (stored.part.name, stored.key, stored.notes, stored.read_at.isoformat(), *stored[4:])
                for plan, stored in plans.items()
            },
        }
        with write_whole(self.folder / _INDEX) as part_:
            part_.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
        self.tidy(root)

    def tidy(self, *used: Path) -> None:
        """Remove the parts of other builds, whole or not."""
        for other in self.folder.iterdir() if self.folder.is_dir() else ():
            if other.is_dir() and other not in used:
                shutil.rmtree(other)


_INDEX = "index.json"


def new_root(folder: Path) -> Path:
    """Return a new folder for parts in `folder`."""
    return folder / uuid.uuid4().hex[:8]


def ranges(plans: Sequence[str], part_of: Callable[[str], Part | None]) -> Iterator[list[str]]:
    """Yield the plans that a part is made of, in order; where it can be, those that were in one part before.

    Args:
        plans: All plans that have rows, in order.
        part_of: Gives the part in which a plan's rows are; None where they have yet to be put into one.
    """
    current: Part | None = None

    def home(plan: str) -> Part | None:
        nonlocal current
        current = part_of(plan) or current
        return current

    for _, group in groupby(plans, home):
        together = list(group)
        pieces = -(-len(together) // LARGEST)
        size = -(-len(together) // pieces)
        yield from (together[at : at + size] for at in range(0, len(together), size))


def write_part(part: Part, tables: Mapping[str, pl.DataFrame]) -> None:
    """Write the rows of a part."""
    for name in PLAN_TABLES:
        part.file(name).parent.mkdir(parents=True, exist_ok=True)
        tables[name].write_parquet(part.file(name))


def read_part(part: Part, table: str, plans: Collection[str]) -> pl.DataFrame:
    """Return the rows of some plans of a part."""
    own = pl.Series(sorted(plans), dtype=pl.String).implode()
    return pl.read_parquet(part.file(table)).filter(pl.col("plan_key").is_in(own))


def link_part(part: Part, new: Part) -> None:
    """Have the files of a part stand elsewhere, too; copied where the file system has no links."""
    for name in PLAN_TABLES:
        link(part.file(name), new.file(name))


def link(file: Path, new: Path) -> None:
    """Have a file stand elsewhere, too; copied where the file system has no links."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, new)
    except OSError:
        shutil.copyfile(file, new)
