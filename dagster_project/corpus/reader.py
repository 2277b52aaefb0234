"""One plan by itself: what becomes of it, in this process, in a worker, or on another machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dagster_project.corpus.kept_rows import PlanRows, keep, kept, key_of
from dagster_project.corpus.origin import PlanRefusedError, load_origin
from dagster_project.corpus.places import KnownPlace
from dagster_project.corpus.plans import ExtractedPlan, accept_plan
from dagster_project.corpus.reference import load_reference


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a plan.

    Attributes:
        rows: Its rows, read now, kept, or derived anew from its last good text; None if it has none.
        read_at: When the text behind them was read.
        refusal: Why its text of today cannot be used; None if it can.
    """

    rows: PlanRows | None = None
    read_at: datetime | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one plan.

    Attributes:
        places: adcode -> place of the jurisdictions seed.
        readings: Keeps the rows of each plan from build to build; None: nothing is kept.
        rules: The hash of the rules.
        now: The time of the build.
    """

    places: Mapping[str, KnownPlace]
    readings: Path | None
    rules: str
    now: datetime

    def __call__(self, folder: Path) -> Outcome:
        """Return what becomes of a plan by itself."""
        try:
            rows = self._kept_or_read(folder)
            # Asked in every build, because the place may have come into the seed, or left it.
            _, notes = load_origin(folder / "origin.yml", self.places)
        except PlanRefusedError as refusal:
            return Outcome(refusal=str(refusal))
        return Outcome(replace(rows, notes=(*rows.notes, *notes)), rows.read_at)

    def _kept_or_read(self, folder: Path) -> PlanRows:
        """Return the rows of a plan as they were kept if nothing that they depend on has changed, else as read now.

        Raises:
            PlanRefusedError: If it cannot be used.
        """
        if self.readings is None or not folder.is_dir():
            return self._read(folder)
        key = key_of(folder, self.rules)
        rows = kept(self.readings, folder.name, key)
        if rows is None:
            rows = self._read(folder)
            if key_of(folder, self.rules) == key:  # else a file has changed while it was being read
                rows = keep(self.readings, folder.name, key, rows)
        return rows

    def _read(self, folder: Path) -> PlanRows:
        return all_rows(accept_plan(folder, self.places), folder, self.now)


def all_rows(plan: ExtractedPlan, folder: Path, read_at: datetime) -> PlanRows:
    """Return the rows of a plan with its reference readings, which only assess it and refuse nothing.

    Args:
        plan: The plan.
        folder: Holds its reference readings.
        read_at: When its text was read.
    """
    notes = plan.reading.warnings
    try:
        reference = load_reference(folder / "reference", plan.key, plan.reading.view.raw)
    except PlanRefusedError as refusal:
        reference = {}
        notes += (f"accuracy is not assessed: {refusal}",)
    tables = {**plan.rows, **reference}
    return PlanRows.of(lambda: tables, plan.document, notes, read_at)
