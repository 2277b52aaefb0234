"""dbt's manifest: the one place where the columns of the marts are described, and how it is made."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagster_project import fingerprints
from dagster_project.folder import DBT_PROJECT, DataFolder

# As Python prints an error of the system: [Errno 28] No space left on device.
_OF_THE_SYSTEM = re.compile(r"\[Errno (\d{1,3})\]")
MART_PREFIXES = ("dim_", "fct_", "bridge_", "rpt_", "audit_")
CODES = DBT_PROJECT / "seeds" / "codes.csv"
# dbt itself; the console script next to the running Python, so that an environment need not be activated.
DBT_EXECUTABLE = str(Path(sys.executable).parent / "dbt")


class DbtProjectError(RuntimeError):
    """The dbt project cannot be parsed."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a mart, with its labels for people.

    Attributes:
        codes: Those that may stand in it, if it is a coded one.
        may_be_null: Whether its contract lets it be null.
    """

    name: str
    description: str
    label_zh: str
    label_en: str
    unit: str | None
    type: str
    codes: tuple[str, ...] = ()
    may_be_null: bool = False


@dataclass(frozen=True, slots=True)
class Mart:
    """A table that is published."""

    name: str
    description: str
    relation: str
    columns: tuple[Column, ...]


def ensure_manifest(folder: DataFolder) -> Path:
    """Return the path of a manifest that fits the files under ``dbt/``; parse them only if one has changed.

    Args:
        folder: The manifest is kept in its working files, apart from the one that each build writes.

    Raises:
        DbtProjectError: If dbt cannot parse the project; carries what dbt said.
        OSError: If it cannot read or write a file, as where the disk is full.
    """
    path, stamp = folder.manifest, folder.manifest.with_suffix(".fingerprint")
    with folder.lock("dbt-parse", wait=True):
        fingerprint = fingerprints.tree(DBT_PROJECT)
        if not (path.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint):
            stamp.unlink(missing_ok=True)
            _parse(folder)
            shutil.copyfile(folder.dbt_target / "manifest.json", path)
            stamp.write_text(fingerprint, encoding="ascii")
    return path


def _parse(folder: DataFolder) -> None:
    folder.dbt_target.mkdir(parents=True, exist_ok=True)
    command = [DBT_EXECUTABLE, "parse", "--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    run_dbt(command, folder, f"dbt cannot parse {DBT_PROJECT}: correct the file it names")


def run_dbt(command: Sequence[str], folder: DataFolder, failure: str) -> None:
    """Run dbt in a process of its own.

    Args:
        command: With the path of dbt.
        folder: Where it works.
        failure: What it means where dbt fails.

    Raises:
        DbtProjectError: If it fails; carries what dbt said.
        OSError: If it fails because the system does, as where the disk is full: nothing is wrong with the project.
    """
    done = subprocess.run(
        command, env=os.environ | folder.environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stdout + done.stderr
        if found := _OF_THE_SYSTEM.search(said):
            raise OSError(int(found[1]), os.strerror(int(found[1])), str(folder.root))
        raise DbtProjectError(f"{failure}:\n{said}")


def load_marts(manifest: Path) -> dict[str, Mart]:
    """Return the published tables of a manifest by name.

    Raises:
        KeyError: If a column is of a vocabulary that the seed of codes lacks.
    """
    nodes: Mapping[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    models = [
        node
        for node in nodes.values()
        if node["resource_type"] == "model" and node["name"].startswith(MART_PREFIXES)
    ]
    known = vocabularies()
    return {node["name"]: _mart(node, known) for node in sorted(models, key=lambda node: str(node["name"]))}


def vocabularies() -> dict[str, tuple[str, ...]]:
    """Return the codes of each vocabulary, in their order, as the seed of codes has them."""
    found: dict[str, list[str]] = defaultdict(list)
    with CODES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["vocabulary"]].append(row["code"])
    return {name: tuple(codes) for name, codes in found.items()}


def _mart(node: Mapping[str, Any], known: Mapping[str, tuple[str, ...]]) -> Mart:
    columns = []
    for column in node["columns"].values():
        meta = {**column.get("meta", {}), **column.get("config", {}).get("meta", {})}
        name = column["name"]
        columns.append(
            Column(
                name=name,
                description=column["description"],
                label_zh=meta.get("label_zh", name),
                label_en=meta.get("label_en", name),
                unit=meta.get("unit"),
                type=str(column["data_type"]),
                codes=known[meta["codes"]] if "codes" in meta else (),
                may_be_null=not {"not_null", "primary_key"} & {c["type"] for c in column["constraints"]},
            )
        )
    return Mart(node["name"], node["description"], node["relation_name"], tuple(columns))
