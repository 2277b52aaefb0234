"""The manifest of a release: what it is made of, and whether all of it is there. No slow library is imported here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dagster_project import fingerprints
from dagster_project.folder import write_whole

MANIFEST = "manifest.json"
#: The published columns and their version, see `release.schema`.
SCHEMA = Path(__file__).with_name("schema.json")


class ReleaseError(RuntimeError):
    """A release cannot be published."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a release.

    Raises:
        FileNotFoundError: If nothing was published there.
    """
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Write the manifest of a release in the making."""
    with write_whole(folder / MANIFEST) as part:
        part.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a release but its manifest, by its path in the release."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    return {path.relative_to(folder).as_posix(): fingerprints.file(path) for path in paths}


def schema_version() -> int:
    """Return the version of the columns that this program publishes and reads."""
    return int(json.loads(SCHEMA.read_text(encoding="utf-8"))["version"])


def is_understood(manifest: Mapping[str, Any]) -> bool:
    """Tell whether a release has the columns that this program reads; one that does not say has the first ones."""
    return bool(manifest.get("schema", 1) == schema_version())


def is_whole(folder: Path) -> bool:
    """Tell whether a release has all the files that its manifest names, unchanged, and no others."""
    try:
        expected: dict[str, str] = read_manifest(folder)["files"]
        return file_hashes(folder) == expected
    except (OSError, ValueError, KeyError, TypeError):
        return False
