"""Hashes of all that a release depends on: the plans, the program, and what this machine can draw with.

Only the standard library: a build that has nothing to do must find that out before anything slow is imported.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from dagster_project.folder import DBT_PROJECT, PROJECT

_PACKAGE = PROJECT / "dagster_project"
# Versions of libraries change what is drawn and read. An installed package has no lock; the file is then left out.
_LOCK = PROJECT / "requirements" / "main.txt"
# What a plan's rows of `corpus.tables` depend on, beside its own files. Of `quality` only what judges extracted rows
# does, but to read the plans once more costs less than a list of files that must be kept right.
_RULES = (
    *(_PACKAGE / name for name in ("corpus", "reading", "extraction", "quality")),
    *(_PACKAGE / name for name in ("records.py", "rules.py", "sieve.py")),
    _LOCK,
)
# What people and systems put beside plans that is none: read-mes, and what Windows and Word leave.
_NO_PLAN = re.compile(r"\.|~\$|read ?me(?:\.|$)|(?:thumbs\.db|desktop\.ini)$", re.IGNORECASE)
_NOT_SOURCE = frozenset({"__pycache__", "target", "logs"})
# Where choreographer finds a browser; asking it takes longer than all the rest of a build without changes.
_BROWSERS = (
    *("chrome", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser"),
    *("msedge", "microsoft-edge", "brave", "brave-browser", "vivaldi"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def tree(*roots: Path) -> str:
    """Return the SHA-256 of the names and contents of all files under `roots`, in hex.

    Hidden files, caches and what dbt writes do not count; a file that cannot be read counts by its name; a root that
    is missing counts as empty.
    """
    digest = hashlib.sha256()
    for root in roots:
        for path in _files(root):
            name = path.relative_to(root.parent).as_posix()
            digest.update(f"{name}\0{_file_or_note(path)}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).parts
        if path.is_file() and not any(part.startswith(".") or part in _NOT_SOURCE for part in inside):
            yield path


def file(path: Path) -> str:
    """Return the SHA-256 of the content of a file, in hex.

    Raises:
        OSError: If it cannot be read.
    """
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _file_or_note(path: Path) -> str:
    try:
        return file(path)
    except OSError:
        return "unreadable"


def plans(raw: Path) -> dict[str, str]:
    """Return the hash of the files of each plan folder, and of each text put beside them, by name."""
    return {shown(path.name): tree(path) for path in entries(raw)}


def shown(text: str) -> str:
    """Return a text with half a character, or a name in another encoding, written out: no file can hold them."""
    return text.encode(errors="backslashreplace").decode()


def entries(raw: Path) -> list[Path]:
    """Return what may be a plan, in order: folders, and files and links in their place; no read-me, no hidden file."""
    found = sorted(raw.iterdir()) if raw.is_dir() else []
    return [path for path in found if not _NO_PLAN.match(path.name)]


def program() -> str:
    """Return the hash of all code, seeds and models, and of the locked versions of libraries."""
    return tree(_PACKAGE, DBT_PROJECT, _LOCK)


def times(raw: Path) -> str:
    """Return a hash of the names, sizes and times of all files that `plans` and `program` read: a cheap first look."""
    digest = hashlib.sha256()
    for root in (*entries(raw), _PACKAGE, DBT_PROJECT, _LOCK):
        for path in _files(root):
            with suppress(OSError):  # gone in the meantime
                found = path.stat()
                line = f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n"
                digest.update(line.encode(errors="surrogateescape"))
    return digest.hexdigest()


def rules() -> str:
    """Return the hash of all that decides how the text of a plan becomes rows."""
    return tree(*_RULES)


def machine(environment: Mapping[str, str]) -> str:
    """Return what this machine draws images with: the path of the browser, and the Chinese fonts.

    Where one of them is missing a build publishes no images, so another build has something to do once it is there.

    Args:
        environment: The variables that a build runs with.
    """
    wanted = environment.get("BROWSER_PATH")
    found = (shutil.which(name, path=environment.get("PATH")) for name in ([wanted] if wanted else _BROWSERS))
    browser = next(filter(None, found), None)
    try:
        command = ["fc-list", ":lang=zh", "family"]
        listed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout
    except OSError:
        listed = ""
    fonts = sorted({family for line in listed.splitlines() for family in line.split(",")})
    return f"browser: {browser or 'none'}; Chinese fonts: {', '.join(fonts) or 'none'}"
