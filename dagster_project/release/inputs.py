"""What has changed since the last release: whether a build has anything to do. No slow library is imported here."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from dagster_project import fingerprints
from dagster_project.folder import DataFolder, write_whole
from dagster_project.release.manifest import read_manifest
from dagster_project.release.store import is_published


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a release is made from.

    Attributes:
        plans: name of the folder -> hash of its files.
        program: Hash of the code and of the locked libraries.
        machine: The browser and the fonts that draw the images.
        run_id: The run of Dagster that read them.
        release_id: The release that was made from them; empty before it is published.
    """

    plans: Mapping[str, str]
    program: str
    machine: str
    run_id: str = ""
    release_id: str = ""

    @classmethod
    def now(cls, folder: DataFolder) -> Inputs:
        """Return the inputs as they are at this moment."""
        environment = os.environ | folder.environment()
        return cls(fingerprints.plans(folder.raw), fingerprints.program(), fingerprints.machine(environment))

    @classmethod
    def load(cls, path: Path) -> Inputs | None:
        """Return the inputs that were saved at `path`; None if there are none or they cannot be read."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def save(self, path: Path) -> None:
        """Write them to `path`, whole or not at all."""
        with write_whole(path) as part:
            part.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    @property
    def key(self) -> str:
        """A hash of them, 16 hex digits."""
        content = json.dumps([sorted(self.plans.items()), self.program, self.machine])
        return hashlib.sha256(content.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class InputChanges:
    """What differs from what the last release was made from; false if nothing does.

    Attributes:
        added: Plans that are new, by the name of their folder.
        changed: Plans of which a file has changed.
        removed: Plans whose folder is gone.
        program: The code, a seed, a model or a locked library has changed.
        machine: The browser or the Chinese fonts that draw images have changed.
        release: Nothing is published, or a file of it is missing or damaged, or it is not of the last whole build.
        key: Hash of the inputs as they are now, 16 hex digits: the same inputs give the same key.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    program: bool = False
    machine: bool = False
    release: bool = False
    key: str = ""

    def __bool__(self) -> bool:
        return str(self) != ""

    def __str__(self) -> str:
        """Say it in words, as ``added hefei-2020; the program has changed``; empty if nothing has changed."""
        plans = {"added": self.added, "changed": self.changed, "removed": self.removed}
        others = {
            "the program has changed": self.program,
            "the browser or the fonts have changed": self.machine,
            "no whole release of the last build is published": self.release,
        }
        return "; ".join(
            [f"{word} {', '.join(names)}" for word, names in plans.items() if names]
            + [words for words, is_so in others.items() if is_so]
        )


def pending_changes(folder: DataFolder) -> InputChanges:
    """Return what has changed since the last release, without writing anything.

    Args:
        folder: The data folder. Before the first release, all plans are `added`.
    """
    now, before = Inputs.now(folder), Inputs.load(folder.inputs)
    if before is None:
        return InputChanges(added=tuple(now.plans), release=True, key=now.key)
    both = now.plans.keys() & before.plans.keys()
    return InputChanges(
        added=tuple(sorted(now.plans.keys() - both)),
        changed=tuple(sorted(plan for plan in both if now.plans[plan] != before.plans[plan])),
        removed=tuple(sorted(before.plans.keys() - both)),
        program=now.program != before.program,
        machine=now.machine != before.machine,
        release=not is_published(folder.marts)
        or read_manifest(folder.marts / "current")["release_id"] != before.release_id,
        key=now.key,
    )
