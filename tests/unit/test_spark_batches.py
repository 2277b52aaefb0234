"""What runs on a worker of Spark gives what reading here gives; without Spark."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from dagster_project.corpus import spark
from dagster_project.corpus.parts import PLAN_TABLES
from dagster_project.corpus.places import known_places
from dagster_project.corpus.reader import Reader
from dagster_project.corpus.tables import frame
from dagster_project.folder import JURISDICTIONS

PROJECT = Path(__file__).resolve().parents[2]
NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
READER = Reader(known_places(JURISDICTIONS), None, "rules", NOW)


def given(folders: list[Path], exchange: Path) -> list[pa.RecordBatch]:
    """Return what the workers are given."""
    spark.hand_over(folders, READER.rules, spark.Exchange(str(exchange)))
    return [
        batch
        for path in sorted((exchange / "in").iterdir())
        for batch in parquet.read_table(path).to_batches()
    ]


def test_rows_are_those_that_are_read_here(tmp_path: Path) -> None:
    folders = [PROJECT / "data" / "raw" / plan for plan in ("hefei-2020", "weihai-2018")]
    (batch,) = spark.read_batches(READER)(given(folders, tmp_path))
    for row, folder in zip(batch.to_pylist(), folders, strict=True):
        outcome = READER(folder)
        assert outcome.rows is not None
        tables = outcome.rows.source()
        assert row["fingerprint"] == outcome.rows.fingerprint
        assert tuple(row["notes"]) == outcome.rows.notes
        for name in PLAN_TABLES:
            assert frame(name, row[name]).equals(frame(name, tables[name])), name


def test_a_plan_that_cannot_be_used_comes_back_with_its_refusal(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "empty-2024"
    folder.mkdir(parents=True)
    (folder / "plan.txt").write_bytes(b"")
    (batch,) = spark.read_batches(READER)(given([folder], tmp_path / "exchange"))
    (row,) = batch.to_pylist()
    assert row["refusal"] == READER(folder).refusal
    assert row["measures"] is None


@pytest.mark.parametrize("kind", ["link", "link-inside", "no-name", "folder-as-file"])
def test_what_bytes_cannot_tell_stays_here(tmp_path: Path, kind: str) -> None:
    plan = tmp_path / "raw" / "some-2024"
    plan.mkdir(parents=True)
    text = plan / "plan.txt"
    text.write_text("正文", encoding="utf-8")
    if kind == "link":
        folder = tmp_path / "raw" / "other-2024"
        folder.symlink_to(plan)
    elif kind == "link-inside":
        folder = plan
        text.rename(tmp_path / "plan.txt")
        text.symlink_to(tmp_path / "plan.txt")
    elif kind == "no-name":
        folder = plan.rename(tmp_path / "raw" / "Some 2024")
    else:
        folder = plan
        text.unlink()
        text.mkdir()
    assert spark.hand_over([folder], READER.rules, spark.Exchange(str(tmp_path / "exchange"))) == 0
