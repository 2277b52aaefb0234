"""What is published: the tables as files, sealed by a hash of their content, and switched to in one step.

A release is a folder ``marts/.releases/<id>`` that is never changed. ``marts/current`` is a symbolic link to it,
replaced by one rename, and ``marts/<name>`` are links through it, so that a reader sees one release whole. This is
how Kubernetes updates the files of a ConfigMap. Nothing here relies on being able to clean up: a build that is
killed leaves at most a folder with a leading dot, which the next one removes.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from dagster_project.manifest import Mart

KEPT_RELEASES = 3
MANIFEST = "manifest.json"
# The only column that differs between two builds of the same plans.
_TIME_COLUMN = "last_read_at"
# Browsers put random ids into what they draw; the JSON of the same figure is hashed in its place.
_NOT_REPRODUCIBLE = frozenset({".svg", ".png", ".pdf"})
_FIRST = ("plan_key", "position", "rank", "char_start")


class ReleaseError(RuntimeError):
    """A release cannot be published."""


@dataclass(frozen=True, slots=True)
class Release:
    """A published release.

    Attributes:
        id: Hash of its content.
        folder: Where it is.
        is_new: False if the same content was already published.
    """

    id: str
    folder: Path
    is_new: bool


# --- Making ---------------------------------------------------------------------------------------------------


def read_marts(warehouse: Path, marts: Mapping[str, Mart]) -> dict[str, pl.DataFrame]:
    """Read the published tables from the warehouse, in document order where a table has one.

    Args:
        warehouse: The DuckDB file.
        marts: The tables, as described in dbt's manifest.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        frames = {name: connection.table(mart.relation).pl() for name, mart in marts.items()}
    return {name: _sorted(frame) for name, frame in frames.items()}


def _sorted(frame: pl.DataFrame) -> pl.DataFrame:
    first = [column for column in _FIRST if column in frame.columns]
    return frame.sort([*first, *(column for column in frame.columns if column not in first)])


def stage_tables(tables: Mapping[str, pl.DataFrame], marts: Mapping[str, Mart], staging: Path) -> None:
    """Write the tables as Parquet, CSV (UTF-8 with BOM, for Excel) and one workbook into an empty `staging`.

    Quotes stay word for word in CSV, too, also where they begin with - + = or @, which Excel takes for a formula when
    it opens a CSV; in the workbook the same text is a string.
    """
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir(parents=True)
    for name, frame in tables.items():
        frame.write_parquet(staging / f"{name}.parquet")
        _flat(frame).write_csv(staging / f"{name}.csv", include_bom=True)
    write_workbook(tables, marts, staging / "measures.xlsx")


def read_staged(staging: Path) -> dict[str, pl.DataFrame]:
    """Return the tables of a staged or published release."""
    return {path.stem: pl.read_parquet(path) for path in sorted(staging.glob("*.parquet"))}


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with lists joined by semicolons: neither CSV nor a worksheet has lists."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join("; ")) if lists else frame


def write_workbook(tables: Mapping[str, pl.DataFrame], marts: Mapping[str, Mart], path: Path) -> None:
    """Write ``measures.xlsx``: sheets measures, comparison and plans, each with its headers in both languages.

    The measures and the comparison carry the names behind their keys; what only machines read (`_NOT_SHOWN`) is left
    to the other files. Every text is written as a string, never as a formula or a link. The same tables give the same
    bytes.
    """
    import xlsxwriter

    sheets = {"measures": "fct_measure", "comparison": "rpt_indicator_comparison", "plans": "dim_plan"}
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        # The time of writing would change the bytes.
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"valign": "top"})
        wrapped = book.add_format({"valign": "top", "text_wrap": True})
        day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        whole, tenths, small = (
            book.add_format({"valign": "top", "num_format": code}) for code in ("#,##0", "#,##0.00", "0.00##")
        )
        for title, name in sheets.items():
            frame, labels = _with_names(name, tables, marts)
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, frame.height), frame.width - 1)
            for index, (column, kind) in enumerate(frame.schema.items()):
                is_long = column.startswith(("quote", "heading_path", "title", "reason", "formula"))
                style = wrapped if is_long else day if kind.is_temporal() else body
                sheet.set_column(index, index, 48 if is_long else 16, style)
                sheet.write_string(0, index, labels[column], header)
                for row, value in enumerate(_flat(frame.select(column)).to_series(), start=1):
                    if value is None:
                        continue
                    if kind.is_float() or kind.is_decimal():
                        # One format for all would show 30 as "30." and 0.035 as 0.04.
                        number = whole if value == int(value) else tenths if abs(value) >= 1 else small
                        sheet.write_number(row, index, float(value), number)
                    else:
                        sheet.write(row, index, value, style)


#: What a workbook does not show: how a row was decided, in JSON, and the hash of its file.
_NOT_SHOWN = frozenset({"decided_by", "source_sha256"})
#: Which names a workbook shows next to which key: (key, dimension, columns to show and how they are called there).
_NAMES = (
    ("plan_key", "dim_plan", {"title_zh": "title_zh"}),
    ("theme_key", "dim_theme", {"name_zh": "theme_name_zh", "name_en": "theme_name_en"}),
    ("indicator_key", "dim_indicator", {"name_zh": "indicator_name_zh", "name_en": "indicator_name_en"}),
)


def _with_names(
    name: str, tables: Mapping[str, pl.DataFrame], marts: Mapping[str, Mart]
) -> tuple[pl.DataFrame, dict[str, str]]:
    """Return what a sheet shows of a table, with names right after their keys, and the label of each column."""
    frame, labels = tables[name], _labels(marts[name])
    order = [column for column in frame.columns if column not in _NOT_SHOWN]
    for key, dimension, names in _NAMES:
        shown = {old: new for old, new in names.items() if new not in order}
        if key not in order or dimension == name:
            continue
        lookup = tables[dimension].select(key, *shown).rename(shown)
        frame = frame.join(lookup, on=key, how="left", maintain_order="left")
        labels |= {new: _labels(marts[dimension])[old] for old, new in shown.items()}
        place = order.index(key) + 1
        order = [*order[:place], *shown.values(), *order[place:]]
    return frame.select(order), labels


def _labels(mart: Mart) -> dict[str, str]:
    return {column.name: f"{column.label_zh}\n{column.label_en}" for column in mart.columns}


def seal(staging: Path) -> str:
    """Write ``manifest.json`` into a complete staging folder and return the release id.

    The manifest names the plans with the hashes of their files, the extractor's version, the number of rows of
    each table and the SHA-256 of each file.
    """
    tables = read_staged(staging)
    hashes = dict(tables["dim_plan"].select("plan_key", "sha256").iter_rows())
    content = {
        "release_id": content_id(staging),
        "extractor_version": sorted(set(tables["fct_measure"]["extractor_version"])),
        "plans": [
            {**status, "sha256": hashes.get(status["plan_key"])}
            for status in tables["audit_plan_status"]
            .select("plan_key", "status", "reason")
            .iter_rows(named=True)
        ],
        "rows": {name: frame.height for name, frame in tables.items()},
        "files": {path.relative_to(staging).as_posix(): _sha256(path) for path in _files(staging)},
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (staging / MANIFEST).write_text(text, encoding="utf-8")
    return str(content["release_id"])


def content_id(folder: Path) -> str:
    """Return a hash of the names of all files and of all content that two builds of the same plans share."""
    digest = hashlib.sha256()
    for path in _files(folder):
        if path.stem == "audit_plan_status":
            status = pl.read_parquet(path.with_suffix(".parquet")).drop(_TIME_COLUMN)
            content = hashlib.sha256(status.write_csv().encode()).hexdigest()
        else:
            content = "" if path.suffix in _NOT_REPRODUCIBLE else _sha256(path)
        digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    """Return all files of a release but its manifest, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- Publishing -----------------------------------------------------------------------------------------------


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a release.

    Raises:
        FileNotFoundError: If nothing was published there.
    """
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def publish(staging: Path, marts: Path) -> Release:
    """Publish a sealed staging folder.

    Args:
        staging: The release, with its manifest.
        marts: Where ``current`` and the links are; files that are no links are left alone.

    Returns:
        The release; the one that is there already if its content is the same and undamaged.

    Raises:
        ReleaseError: If a file or folder of the user stands where a link must be.
    """
    release_id = read_manifest(staging)["release_id"]
    names = sorted(path.name for path in staging.iterdir())
    for name in ("current", *names):
        if (marts / name).exists() and not (marts / name).is_symlink():
            raise ReleaseError(f"{marts / name} is not a link of a release: move it away and build again")
    store = marts / ".releases"
    store.mkdir(parents=True, exist_ok=True)
    for left_over in store.glob(".*"):
        shutil.rmtree(left_over)
    folder, is_new = _place(store, release_id)
    if is_new:
        incoming = store / f".{folder.name}"
        shutil.copytree(staging, incoming)
        incoming.rename(folder)
    is_switch = not (marts / "current").exists() or (marts / "current").resolve() != folder.resolve()
    if is_switch:
        os.utime(folder)  # the order in which releases were current
        _point(marts / "current", Path(".releases") / folder.name)
    for name in names:
        _point(marts / name, Path("current") / name)
    for link in _links(marts):
        if link.name not in names:
            link.unlink()
    for old in _by_age(store)[KEPT_RELEASES:]:
        # Two steps, so that a release is either whole or has a leading dot.
        old.rename(store / f".{old.name}")
        shutil.rmtree(store / f".{old.name}")
    return Release(release_id, folder, is_switch)


def _place(store: Path, release_id: str) -> tuple[Path, bool]:
    """Return the folder for the release, and whether it must still be made.

    A folder whose files were changed after it was published, such as a CSV that was saved from Excel, is passed
    over and left to be removed by age.
    """
    for number in itertools.count(1):
        folder = store / (release_id if number == 1 else f"{release_id}.{number}")
        if not folder.exists():
            return folder, True
        if _is_whole(folder):
            return folder, False
    raise AssertionError("unreachable")


def _is_whole(folder: Path) -> bool:
    try:
        expected = read_manifest(folder)["files"]
    except (OSError, ValueError, KeyError):
        return False
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in _files(folder)} == dict(expected)


def _point(link: Path, target: Path) -> None:
    """Make `link` point to `target` by one rename."""
    if link.is_symlink() and link.readlink() == target:
        return
    part = link.with_name(f".{link.name}.part")
    part.unlink(missing_ok=True)
    part.symlink_to(target)
    part.replace(link)


def _links(marts: Path) -> Iterator[Path]:
    """Yield the links through ``current`` that stand in `marts`."""
    for path in sorted(marts.iterdir()):
        if path.is_symlink() and path.readlink().parts[:1] == ("current",):
            yield path


def _by_age(store: Path) -> Sequence[Path]:
    """Return the releases, the one that was made current last first."""
    folders = [path for path in store.iterdir() if not path.name.startswith(".")]
    return sorted(folders, key=lambda path: path.stat().st_mtime_ns, reverse=True)
