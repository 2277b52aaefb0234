"""Many plans at once on Apache Spark: `Reader` runs where the cluster has room, on what is handed over as Parquet.

The exchange is a folder that this machine and the workers reach: a path, or the address of an object store. In it are

* ``in/<part>.parquet``: plans, each with the bytes of its files and the part that its rows are to stand in;
* ``rows/``: what became of each of them, with its rows nested;
* ``out/<table>/part=<part>/``: the rows, one file for each part, in the order in which they stand in the tables: these
  files are what dbt reads.

Each step is written whole by Spark or not at all, and the outcome of a plan depends on its files alone: a worker that
is killed is made up for by another one, and leaves no trace in the result.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
from pyarrow import dataset, fs, parquet

from dagster_project import fingerprints
from dagster_project.corpus.kept_rows import PlanRows, key_of
from dagster_project.corpus.parts import LARGEST, PLAN_TABLES, Part
from dagster_project.corpus.plans import LARGEST as LARGEST_TEXT
from dagster_project.corpus.plans import PLAN_ID
from dagster_project.corpus.reader import Outcome, Reader
from dagster_project.corpus.tables import SCHEMAS, frame
from dagster_project.folder import PROJECT

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: The files of a plan that its rows are made from.
_FILES = (
    *("plan.txt", "origin.yml", "corrections.yml"),
    *("reference/measures.jsonl", "reference/provisions.jsonl"),
)
# Plans of a task: few enough to lose little with a worker, so many that to start a task costs nothing beside them.
_OF_A_TASK = 32
_PLANS_AT_ONCE = 64  # in the memory of a worker
_SECONDS = 5.0  # between two lines on how far it is

_KINDS: Mapping[type[pl.DataType] | pl.DataType, pa.DataType] = {
    pl.String: pa.string(),
    pl.Int32: pa.int32(),
    pl.Int64: pa.int64(),
    pl.Float64: pa.float64(),
    pl.Boolean: pa.bool_(),
    pl.Date: pa.date32(),
    pl.List(pl.String): pa.list_(pa.string()),
}
_GIVEN = pa.schema(
    [
        ("plan", pa.string()),
        ("part", pa.string()),
        ("key", pa.string()),
        ("files", pa.list_(pa.struct([("name", pa.string()), ("content", pa.binary())]))),
    ]
)
_FOUND = pa.schema(
    [
        ("plan", pa.string()),
        ("part", pa.string()),
        ("key", pa.string()),
        ("refusal", pa.string()),
        ("notes", pa.list_(pa.string())),
        ("fingerprint", pa.string()),
        ("sha256", pa.string()),
    ]
)
_NESTED = pa.schema(
    [
        *_FOUND,
        *(
            pa.field(
                table, pa.list_(pa.struct([(name, _KINDS[kind]) for name, kind in SCHEMAS[table].items()]))
            )
            for table in PLAN_TABLES
        ),
    ]
)


@dataclass(frozen=True)
class Exchange:
    """A folder that this machine and the workers reach.

    Attributes:
        address: A path of this machine, or an address as ``s3a://bucket/folder``.
    """

    address: str

    def for_spark(self, name: str) -> str:
        """Return what Spark calls a folder in it."""
        return f"{self.address if '://' in self.address else f'file://{self.address}'}/{name}"

    def open(self, name: str) -> tuple[fs.FileSystem, str]:
        """Return the file system of a folder in it, and its path there."""
        if "://" not in self.address:
            return fs.LocalFileSystem(), f"{self.address}/{name}"
        # Hadoop and Arrow call the same store by two names.
        system, path = fs.FileSystem.from_uri(re.sub("^s3a:", "s3:", self.address))
        return system, f"{path}/{name}"

    def remove(self) -> None:
        """Remove it with all that is in it."""
        system, path = self.open("")
        system.delete_dir(path.rstrip("/"))


# --- on this machine: what goes out, and what comes back --------------------------------------------------------------


def hand_over(folders: Sequence[Path], rules: str, exchange: Exchange) -> int:
    """Write plans to the exchange, and return how many.

    What cannot be told by the bytes of its files, as a link or a text without end, is left to this machine.

    Args:
        folders: The folders of the plans.
        rules: The hash of the rules, see `kept_rows.key_of`.
        exchange: The exchange.
    """
    plain = sorted(folder for folder in folders if _is_plain(folder))
    for number, at in enumerate(range(0, len(plain), LARGEST)):
        part = f"{number:05}"
        rows = [_packed(folder, rules) | {"part": part} for folder in plain[at : at + LARGEST]]
        system, path = exchange.open("in")
        system.create_dir(path)
        table = pa.Table.from_pylist(rows, schema=_GIVEN)
        parquet.write_table(table, f"{path}/{part}.parquet", filesystem=system)
    return len(plain)


def _is_plain(folder: Path) -> bool:
    """Say whether a plan is a folder of files, with nothing in it that is no file, or too large to be a text."""
    if not PLAN_ID.fullmatch(folder.name) or folder.is_symlink() or (folder / "reference").is_symlink():
        return False
    found = [path.lstat() for name in _FILES if os.path.lexists(path := folder / name)]
    return all(S_ISREG(file.st_mode) and file.st_size <= LARGEST_TEXT for file in found)


def _packed(folder: Path, rules: str) -> dict[str, Any]:
    """Return a plan with its files; without a key where one of them has changed in the meantime."""
    key = key_of(folder, rules)
    files = [
        {"name": name, "content": path.read_bytes()} for name in _FILES if (path := folder / name).exists()
    ]
    return {"plan": folder.name, "files": files, "key": key if key_of(folder, rules) == key else None}


def take_back(exchange: Exchange, root: Path, reader: Reader) -> dict[str, Outcome]:
    """Return what became of the plans of an exchange; their rows stand in parts below `root` then."""
    system, path = exchange.open("rows")
    found = (
        dataset.dataset(path, filesystem=system, format="parquet").to_table(columns=_FOUND.names).to_pylist()
    )
    plans = [row for row in found if row["refusal"] is None]
    parts = {
        name: Part(root, name, sum(row["part"] == name for row in plans))
        for name in sorted({row["part"] for row in plans})
    }
    for part in parts.values():
        for table in PLAN_TABLES:
            _take(exchange, table, part)
    return {
        row["plan"]: Outcome(refusal=row["refusal"])
        if row["refusal"] is not None
        else Outcome(
            PlanRows(
                parts[row["part"]],
                tuple(row["notes"]),
                reader.now,
                row["fingerprint"],
                row["sha256"],
                row["key"],
            ),
            reader.now,
        )
        for row in found
    }


def _take(exchange: Exchange, table: str, part: Part) -> None:
    """Copy the file of a part; where it has no rows Spark has written none."""
    system, path = exchange.open(f"out/{table}/part={part.name}")
    part.file(table).parent.mkdir(parents=True, exist_ok=True)
    written = system.get_file_info(fs.FileSelector(path, allow_not_found=True))
    names = [info.path for info in written if info.path.endswith(".parquet")]
    if names:
        (name,) = names
        fs.copy_files(name, str(part.file(table)), system, fs.LocalFileSystem())
    else:
        frame(table, []).write_parquet(part.file(table))


# --- on a worker ------------------------------------------------------------------------------------------------------


def read_batches(reader: Reader) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function for `mapInArrow`: batches of plans with their files in, batches with their rows out."""

    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield pa.RecordBatch.from_pylist(
                [_read(reader, plan) for plan in batch.to_pylist()], schema=_NESTED
            )

    return read


def _read(reader: Reader, plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return what becomes of a plan; its files stand in a folder for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="ip-plans-") as name:
        folder = Path(name) / plan["plan"]
        (folder / "reference").mkdir(parents=True)
        for file in plan["files"]:
            (folder / file["name"]).write_bytes(file["content"])
        outcome = reader(folder)
    found = {name: plan[name] for name in ("plan", "part", "key")}
    rows = outcome.rows
    if rows is None or isinstance(rows.source, Part):
        return found | {"refusal": fingerprints.shown(outcome.refusal or "")}
    tables = rows.source()
    return {
        **found,
        "notes": rows.notes,
        "fingerprint": rows.fingerprint,
        "sha256": rows.sha256,
        **{name: frame(name, tables.get(name, [])).to_dicts() for name in PLAN_TABLES},
    }


# --- what starts it ---------------------------------------------------------------------------------------------------


@contextmanager
def session(master: str, scratch: Path) -> Iterator[SparkSession]:
    """Give a session of Spark whose workers have this program.

    Libraries, as of requirements/spark.txt, must be where the workers are; what is told Spark by its own means
    (``SPARK_CONF_DIR``, ``PYSPARK_PYTHON``) holds.

    Args:
        master: Address of the cluster, as ``local[2]`` or ``spark://host:7077``.
        scratch: A folder of this machine.
    """
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # Without a number of tries Spark on one machine gives up where one process of it is killed.
    master = re.sub(r"^local(?:\[(\d+|\*)\])?$", lambda match: f"local[{match[1] or 1},4]", master)
    program = shutil.make_archive(str(scratch / "program"), "zip", PROJECT, "dagster_project")
    spark = (
        SparkSession.builder.master(master)
        .appName("ip-plans")
        .config("spark.local.dir", str(scratch))
        .config("spark.ui.enabled", "false")  # it would be open to others
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", _PLANS_AT_ONCE)
        .getOrCreate()
    )
    spark.sparkContext.addPyFile(program)
    try:
        yield spark
    finally:
        spark.stop()


def run(
    spark: SparkSession, exchange: Exchange, reader: Reader, plans: int, tell: Callable[[str], None]
) -> dict[str, int]:
    """Read all plans of an exchange.

    Args:
        spark: The session.
        exchange: The exchange, in which `hand_over` has put them.
        reader: Reads one of them.
        plans: How many there are.
        tell: Called from time to time with a line on how far it is.

    Returns:
        table -> its number of rows.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    tasks = max(-(-plans // _OF_A_TASK), 2 * spark.sparkContext.defaultParallelism)
    # By name, so that a task that is done once more gets the same plans.
    given = spark.read.parquet(exchange.for_spark("in")).repartition(tasks, "plan")
    # The places themselves: a worker need not have the seed where this machine has it.
    nothing_kept = replace(reader, places=dict(reader.places), readings=None)
    found = given.mapInArrow(read_batches(nothing_kept), from_arrow_schema(_NESTED))
    with _told(spark, tasks, plans, tell):
        found.write.mode("overwrite").parquet(exchange.for_spark("rows"))
    nested = spark.read.parquet(exchange.for_spark("rows"))
    for table in PLAN_TABLES:
        _rows(nested, table).write.mode("overwrite").partitionBy("part").parquet(
            exchange.for_spark(f"out/{table}")
        )
    counted = nested.selectExpr(*(f"coalesce(sum(size({table})), 0) as {table}" for table in PLAN_TABLES))
    return {table: int(count) for row in counted.collect() for table, count in row.asDict().items()}


def _rows(nested: DataFrame, table: str) -> DataFrame:
    """Return the rows of a table, those of a part in one place and in order."""
    return (
        nested.where("refusal is null")
        .selectExpr("part", "plan", f"posexplode({table}) as (at, row)")
        .repartition("part")
        .sortWithinPartitions("part", "plan", "at")
        .select("part", "row.*")
    )


@contextmanager
def _told(spark: SparkSession, tasks: int, plans: int, tell: Callable[[str], None]) -> Iterator[None]:
    """Tell from time to time how many plans are read, how fast, and how long the rest will take."""
    started, is_over = time.monotonic(), threading.Event()
    tracker = spark.sparkContext.statusTracker()

    def watch() -> None:
        while not is_over.wait(_SECONDS):
            stages = map(tracker.getStageInfo, tracker.getActiveStageIds())
            done = max((s.numCompletedTasks for s in stages if s and s.numTasks == tasks), default=0)
            if done:
                read, seconds = plans * done // tasks, time.monotonic() - started
                left = seconds * (tasks - done) / done
                tell(f"read {read} of {plans} plans, {read / seconds:.1f} a second, {left:.0f} s left")

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        is_over.set()
        watching.join()
