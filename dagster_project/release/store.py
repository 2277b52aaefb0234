"""What is published: releases, and the switch from one to the next in one step. No slow library is imported here.

A release is a folder ``marts/.releases/<id>`` that is never changed. ``marts/current`` is a symbolic link to it,
replaced by one rename, and ``marts/<name>`` are links through it, so that a reader sees one release whole. This is
how Kubernetes updates the files of a ConfigMap. Nothing here relies on being able to clean up: a build that is
killed leaves at most a folder with a leading dot, which the next one removes.
"""

from __future__ import annotations

import itertools
import os
import shutil
import time
from collections.abc import Iterator, KeysView, Sequence
from dataclasses import dataclass
from pathlib import Path

from dagster_project.folder import write_whole
from dagster_project.release.manifest import ReleaseError, is_understood, is_whole, read_manifest

KEPT_RELEASES = 3


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of publishing a release.

    Attributes:
        id: Hash of the content of the release.
        folder: Where it is.
        is_new: False if it was current already.
    """

    id: str
    folder: Path
    is_new: bool


def publish(staging: Path, marts: Path) -> Publication:
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
        # The order in which releases were current, also where the clock was set back since the last one.
        newest = max((path.stat().st_mtime_ns for path in releases(marts)), default=0)
        os.utime(folder, ns=(0, max(time.time_ns(), newest + 1)))
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
    return Publication(manifest["release_id"], folder, is_switch)


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


def is_published(marts: Path) -> bool:
    """Tell whether the current release is whole, of today's columns, and every name of it is there for a reader."""
    current = marts / "current"
    return is_readable(current) and all(
        (marts / path.name).is_symlink() and (marts / path.name).readlink() == Path("current") / path.name
        for path in current.iterdir()
    )


def _point(link: Path, target: Path) -> None:
    """Make `link` point to `target` by one rename."""
    if link.is_symlink() and link.readlink() == target:
        return
    with write_whole(link) as part:
        part.symlink_to(target)


def _links(marts: Path) -> Iterator[Path]:
    """Yield the links through ``current`` that stand in `marts`."""
    for path in sorted(marts.iterdir()):
        if path.is_symlink() and path.readlink().parts[:1] == ("current",):
            yield path


def releases(marts: Path) -> Sequence[Path]:
    """Return the folders of the kept releases, the one that was made current last first."""
    folders = [path for path in (marts / ".releases").glob("[!.]*") if path.is_dir()]
    return sorted(folders, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def is_readable(folder: Path) -> bool:
    """Tell whether a release is whole, and has the columns that this program reads."""
    return is_whole(folder) and is_understood(read_manifest(folder))


def find_release(marts: Path, name: str) -> Path:
    """Return the folder of the kept release whose id begins with `name`.

    Raises:
        ReleaseError: If there is none, or more than one, or it is damaged; names those that there are.
    """
    kept = releases(marts)
    exact = [path for path in kept if path.name == name]
    found = exact or [path for path in kept if path.name.startswith(name)]
    if len(found) == 1 and is_readable(found[0]):
        return found[0]
    if len(found) == 1:
        is_other = is_whole(found[0])
        problem = f"Release {found[0].name} " + (
            "has other columns than this version of the program reads"
            if is_other
            else "is damaged: its files are not those of its manifest"
        )
    else:
        what = "More than one release begins with" if found else "There is no release"
        problem = f"{what} {name!r}"
    listed = "".join(f"\n  {describe_release(path)}" for path in kept) or " none"
    raise ReleaseError(f"{problem}. Those that are kept, the newest first:{listed}")


def describe_release(folder: Path) -> str:
    """Return id and time of a release in words; one of an earlier version of the program has no time."""
    if not is_whole(folder):
        return f"{folder.name}, damaged"
    if not is_readable(folder):
        return f"{folder.name}, of another version of the tables"
    return f"{folder.name}, made {read_manifest(folder).get('made_at', 'by an earlier version')}"
