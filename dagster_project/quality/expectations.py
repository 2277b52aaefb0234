"""What a table must be, as data: an expectation, and the suite of those that are about one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import polars as pl

from dagster_project.quality.facts import Read


class Severity(StrEnum):
    """What follows if an expectation does not hold.

    PLAN: the plan is quarantined, because this is applied before it is accepted; what gets past that blocks the
    release. RELEASE: nothing is published. WARNING: it is published, and named.
    """

    PLAN = "plan"
    RELEASE = "release"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that a table must be.

    Attributes:
        name: Names the asset check.
        type: Class of Great Expectations.
        arguments: Its arguments; ``column`` may be one of the table or one that its facts add.
        protects: What a reader of the tables would suffer if it did not hold.
        severity: What follows if it does not. One of a plan is about a column of truth values.
        remedy: What to do, for one of a plan.
        shown: Columns that show what is wrong, beside those of the suite.
    """

    name: str
    type: str
    arguments: Mapping[str, Any]
    protects: str
    severity: Severity = Severity.RELEASE
    remedy: str = ""
    shown: tuple[str, ...] = ()

    @property
    def blocking(self) -> bool:
        """Whether a failure holds the release back."""
        return self.severity is not Severity.WARNING

    @property
    def column(self) -> str | None:
        """The column that it is about; None if it is about the table."""
        return self.arguments.get("column")


@dataclass(frozen=True, slots=True)
class Suite:
    """What one table must be.

    Attributes:
        name: Names it, as the table that it is about.
        asset: Key of the asset that it judges.
        boundary: One of `BOUNDARIES`.
        shown: Columns that tell a reader which row failed, and in which sentence.
        expectations: What it must be.
        facts: Gives the table with the columns that the expectations are about.
        labels: Labels of its columns in both languages, where it has any.
    """

    name: str
    asset: tuple[str, ...]
    boundary: str
    shown: tuple[str, ...]
    expectations: tuple[Expectation, ...]
    facts: Callable[[Read], pl.DataFrame]
    labels: Mapping[str, str] = field(default_factory=dict)


#: Where tables are judged, in the order of the data, with what is at stake there.
BOUNDARIES: Mapping[str, str] = {
    "documents": "The files are the plans, each whole, once, and the same as before.",
    "extraction": "What was found in a text stands in it, word for word, and every number is accounted for.",
    "marts": "What is published is what was found, in known words and within bounds.",
    "reports": "Every comparison has its verdict, every theme its status, and no value is out of all proportion.",
}


def holds(
    column: str,
    protects: str,
    severity: Severity = Severity.RELEASE,
    *,
    remedy: str = "",
    shown: Sequence[str] = (),
) -> Expectation:
    """Return the expectation that a column of truth values is true in every row; it has the name of the column."""
    arguments = {"column": column, "value_set": [True]}
    return Expectation(
        column, "ExpectColumnValuesToBeInSet", arguments, protects, severity, remedy, tuple(shown)
    )


def usual(column: str, low: float, high: float, protects: str, *, shown: Sequence[str] = ()) -> Expectation:
    """Return the warning of a number outside `low` to `high`, ends included; null passes."""
    arguments = {"column": column, "min_value": low, "max_value": high}
    name = f"{column}_is_usual"
    return Expectation(
        name, "ExpectColumnValuesToBeBetween", arguments, protects, Severity.WARNING, shown=tuple(shown)
    )


def stated(column: str, protects: str, severity: Severity = Severity.RELEASE) -> Expectation:
    """Return the expectation that a column is never null."""
    return Expectation(
        f"{column}_is_stated", "ExpectColumnValuesToNotBeNull", {"column": column}, protects, severity
    )
