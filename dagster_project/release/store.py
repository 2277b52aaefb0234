"""What is published: the tables as files, named by a hash of their content, sealed, and switched to in one step.

A release is a folder ``marts/.releases/<id>`` that is never changed. ``marts/current`` is a symbolic link to it,
replaced by one rename, and ``marts/<name>`` are links through it, so that a reader sees one release whole. This is
how Kubernetes updates the files of a ConfigMap. Nothing here relies on being able to clean up: a build that is
killed leaves at most a folder with a leading dot, which the next one removes. Polars and DuckDB are imported where
tables are read and written, because whether a release is whole is asked before anything slow is imported.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
from collections.abc import Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dagster_project import fingerprints
from dagster_project.warehouse.dbt_project import Mart

if TYPE_CHECKING:
    import polars as pl

KEPT_RELEASES = 3
MANIFEST = "manifest.json"
# The only column that differs between two builds of the same plans.
_TIME_COLUMN = "last_read_at"
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
    import duckdb

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        frames = {name: connection.table(mart.relation).pl() for name, mart in marts.items()}
    return {name: _sorted(frame) for name, frame in frames.items()}


def _sorted(frame: pl.DataFrame) -> pl.DataFrame:
    first = [column for column in _FIRST if column in frame.columns]
    return frame.sort([*first, *(column for column in frame.columns if column not in first)])


def stage_tables(tables: Mapping[str, pl.DataFrame], marts: Mapping[str, Mart], staging: Path) -> None:
    """Write the tables as Parquet, CSV (UTF-8 with BOM, for Excel) and one workbook into an empty `staging`.

    The manifest is begun: from here on it has the release id, which all that is made of the tables cites.

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
    hashes = dict(tables["dim_plan"].select("plan_key", "sha256").iter_rows())
    status = tables["audit_plan_status"].select("plan_key", "status", "reason")
    _write_manifest(
        staging,
        {
            "release_id": release_id(staging),
            "extractor_version": sorted(set(tables["fct_measure"]["extractor_version"])),
            "program": fingerprints.program(),
            "plans": [{**row, "sha256": hashes.get(row["plan_key"])} for row in status.iter_rows(named=True)],
            "rows": {name: frame.height for name, frame in tables.items()},
        },
    )


def release_id(staging: Path) -> str:
    """Return the id of the release that is made of the staged tables, 16 hex digits.

    It is a hash of the tables as written to Parquet, without the time of reading, and of the program, which makes
    all the rest of them: the same plans and the same program give the same id.
    """
    import polars as pl

    digest = hashlib.sha256(fingerprints.program().encode())
    for path in sorted(staging.glob("*.parquet")):
        content = fingerprints.file(path)
        if path.stem == "audit_plan_status":
            status = pl.read_parquet(path).drop(_TIME_COLUMN)
            content = hashlib.sha256(status.write_csv().encode()).hexdigest()
        digest.update(f"{path.name}\0{content}\n".encode())
    return digest.hexdigest()[:16]


def read_staged(staging: Path) -> dict[str, pl.DataFrame]:
    """Return the tables of a staged or published release."""
    import polars as pl

    return {path.stem: pl.read_parquet(path) for path in sorted(staging.glob("*.parquet"))}


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with lists joined by semicolons: neither CSV nor a worksheet has lists."""
    import polars as pl

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


def seal(staging: Path, now: datetime) -> str:
    """Complete the manifest of a staging folder in which all is made, and return the release id.

    The manifest names the release, when it was made, the program and the version of the extractor, the plans with
    their status and the hashes of their texts, the number of rows of each table, and the SHA-256 of each file.

    Args:
        staging: Tables and all that was made of them.
        now: The time, with its zone.

    Raises:
        ReleaseError: If the tables were not staged to the end.
    """
    try:
        content = read_manifest(staging)
    except (OSError, ValueError):
        raise ReleaseError(f"The tables in {staging} are not complete: build again") from None
    content["made_at"] = now.isoformat(timespec="seconds")
    content["files"] = {
        path.relative_to(staging).as_posix(): fingerprints.file(path) for path in _files(staging)
    }
    _write_manifest(staging, content)
    return str(content["release_id"])


def _write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    part = folder / f".{MANIFEST}.part"
    part.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    part.replace(folder / MANIFEST)


def _files(folder: Path) -> list[Path]:
    """Return all files of a release but its manifest, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)


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
    manifest = read_manifest(staging)
    if "files" not in manifest:
        raise ReleaseError(f"The release in {staging} is not sealed: build again")
    names = sorted(path.name for path in staging.iterdir())
    for name in ("current", *names):
        if (marts / name).exists() and not (marts / name).is_symlink():
            raise ReleaseError(f"{marts / name} is not a link of a release: move it away and build again")
    store = marts / ".releases"
    store.mkdir(parents=True, exist_ok=True)
    for left_over in store.glob(".*"):
        shutil.rmtree(left_over)
    folder, is_new = _place(store, manifest["release_id"], manifest["files"].keys())
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
    for old in releases(marts)[KEPT_RELEASES:]:
        # Two steps, so that a release is either whole or has a leading dot.
        old.rename(store / f".{old.name}")
        shutil.rmtree(store / f".{old.name}")
    return Release(manifest["release_id"], folder, is_switch)


def _place(store: Path, release_id: str, names: KeysView[str]) -> tuple[Path, bool]:
    """Return the folder for the release, and whether it must still be made.

    A folder whose files were changed after it was published, such as a CSV that was saved from Excel, is passed
    over and left to be removed by age. So is one with other files: images, where there was no browser before.
    """
    for number in itertools.count(1):
        folder = store / (release_id if number == 1 else f"{release_id}.{number}")
        if not folder.exists():
            return folder, True
        if is_whole(folder) and read_manifest(folder)["files"].keys() == names:
            return folder, False
    raise AssertionError("unreachable")


def is_whole(folder: Path) -> bool:
    """Tell whether a release has all the files that its manifest names, unchanged, and no others."""
    try:
        expected: dict[str, str] = read_manifest(folder)["files"]
        return {
            path.relative_to(folder).as_posix(): fingerprints.file(path) for path in _files(folder)
        } == expected
    except (OSError, ValueError, KeyError, TypeError):
        return False


def is_published(marts: Path) -> bool:
    """Tell whether the current release is whole, and every name of it is there for a reader."""
    current = marts / "current"
    return is_whole(current) and all(
        (marts / path.name).is_symlink() and (marts / path.name).readlink() == Path("current") / path.name
        for path in current.iterdir()
    )


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


def releases(marts: Path) -> Sequence[Path]:
    """Return the folders of the kept releases, the one that was made current last first."""
    folders = [path for path in (marts / ".releases").glob("[!.]*") if path.is_dir()]
    return sorted(folders, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def find_release(marts: Path, name: str) -> Path:
    """Return the folder of the kept release whose id begins with `name`.

    Raises:
        ReleaseError: If there is none, or more than one, or it is damaged; names those that there are.
    """
    kept = releases(marts)
    exact = [path for path in kept if path.name == name]
    found = exact or [path for path in kept if path.name.startswith(name)]
    if len(found) == 1 and is_whole(found[0]):
        return found[0]
    if len(found) == 1:
        problem = f"Release {found[0].name} is damaged: its files are not those of its manifest"
    else:
        what = "More than one release begins with" if found else "There is no release"
        problem = f"{what} {name!r}"
    listed = "".join(f"\n  {describe_release(path)}" for path in kept) or " none"
    raise ReleaseError(f"{problem}. Those that are kept, the newest first:{listed}")


def describe_release(folder: Path) -> str:
    """Return id and time of a release in words; one of an earlier version of the program has no time."""
    if not is_whole(folder):
        return f"{folder.name}, damaged"
    return f"{folder.name}, made {read_manifest(folder).get('made_at', 'by an earlier version')}"
