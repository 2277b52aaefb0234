"""Plans that the checks of a build have found to be of no use: kept out until their files or the program change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from dagster_project import fingerprints
from dagster_project.folder import write_whole


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Why a plan is kept out.

    Attributes:
        reason: Which check it fails, with its rows, and what to do.
        files: Hash of the files that it was found with; once they change, the plan is tried again.
        program: Hash of the program that it was found by; likewise.
        is_excluded: Its last good text fails, too, and is not used in its place.
    """

    reason: str
    files: str
    program: str
    is_excluded: bool = False


def load(path: Path, raw: Path) -> dict[str, Quarantined]:
    """Return the plans in quarantine whose files, and the program, are still those that they were found with.

    Args:
        path: Where `add` wrote them; a file that is missing or damaged holds none.
        raw: The folders of the plans.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        found = {str(plan): Quarantined(**row) for plan, row in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    program = fingerprints.program() if found else ""
    return {
        plan: row
        for plan, row in found.items()
        if row.program == program and row.files == fingerprints.tree(raw / plan)
    }


def add(path: Path, raw: Path, reasons: Mapping[str, str]) -> bool:
    """Put plans into quarantine, and tell whether any was not in it before.

    A plan that is there already, and is found again, has failed by its last good text: it is excluded.

    Args:
        path: The file that holds them.
        raw: The folders of the plans.
        reasons: plan -> why, with what to do.
    """
    known = load(path, raw)
    rows, program = dict(known), fingerprints.program()
    for plan, reason in reasons.items():
        before = known.get(plan)
        if before is None or not before.is_excluded:
            rows[plan] = Quarantined(reason, fingerprints.tree(raw / plan), program, before is not None)
    if rows == known:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_whole(path) as part:
        content = {plan: asdict(row) for plan, row in sorted(rows.items())}
        part.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return True
