"""A module for each field of a measure, with the table of rules that decides it.

The rules of a field are asked in order; the first that fits decides, and its name and words are kept with the measure. All
read only the `Context` of the quantity and the `Facts` that were decided before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from dagster_project.extraction.clauses import Context
from dagster_project.records import Decision, Period
from dagster_project.rules import RuleTable

T = TypeVar("T")


class Plan(NamedTuple):
    """What a plan says of its time: its period, its horizon in years, and the year that it speaks from."""

    period: Period | None = None
    horizon: int | None = None
    year: int | None = None


class Scope(NamedTuple):
    """What stands above a sentence: a target year with its words, a past period, and the year told of in its block."""

    year: tuple[str, int] | None = None
    past: Period | None = None
    told: tuple[str, int] | None = None


class Timing(NamedTuple):
    """When a measure holds, and how many years it has for it."""

    period: Period | None = None
    horizon: int | None = None


@dataclass(slots=True)
class Facts:
    """What has been decided of a quantity so far; it grows field by field, in this order, each under the name of its field.

    Attributes:
        plan: The time of the plan.
        scope: The years that stand above its sentence.
        previous: The indicator of the figure before it in its sentence, awards aside: it completes a bare metric
            (发明专利申请量…,授权量…) and a clause without a subject (…年均增幅20%,达到4.5万件).
        earlier: The indicators of the series before its own, in its sentence.
        awarded: What the last award before it in its provision is for.
        before: What was decided of the figure before it in its sentence.
        after_award: An award stands before it in its sentence, or at the end of the sentence before.
        unit: Its unit code.
        comparator: Its comparator.
        is_aspirational: It is only aspired to.
        kind: Its kind.
        form: Its form.
        per: What one unit of it is per.
        period: When it holds.
        indicator: What it measures.
        spread: The indicators of the measures that it is.
        is_paired: One of several figures or parties in order, whose own indicator names the party.
        recipient: Who receives it.
    """

    plan: Plan = field(default_factory=Plan)
    scope: Scope = field(default_factory=Scope)
    previous: str | None = None
    earlier: Sequence[str] = ()
    awarded: str = ""
    before: Facts | None = None
    after_award: bool = False
    unit: str = ""
    comparator: str = ""
    is_aspirational: bool = False
    kind: str = ""
    form: str = ""
    per: str | None = None
    period: Timing = field(default_factory=Timing)
    indicator: str = ""
    spread: tuple[str, ...] = ()
    is_paired: bool = False
    recipient: str | None = None

    @property
    def is_money(self) -> bool:
        """A sum in yuan."""
        return self.unit == "CNY"

    @property
    def is_share(self) -> bool:
        """A percentage or a multiple."""
        return self.unit in {"percent", "ratio"}


#: What a rule of a field finds: the words that decided, or, where the rule has no one value, the value with them.
Found: TypeAlias = "str | tuple[object, str] | None"
FieldRule: TypeAlias = Callable[[Context, Facts], Found]


def matched(match: re.Match[str] | None) -> str | None:
    """Return the words that a pattern matched."""
    return match[0] if match else None


class Field(RuleTable[FieldRule], Generic[T]):
    """The rules of one field; the last of them decides whatever is left."""

    def decide(self, c: Context, facts: Facts) -> Decision[T]:
        """Return what the first rule that fits decides.

        Raises:
            LookupError: If none fits; the last rule of a field must.
        """
        for rule in self._rules:
            found = rule.apply(c, facts)
            if found is not None:
                value, words = found if isinstance(found, tuple) else (rule.value, found)
                return Decision(value, rule.name, words)  # type: ignore[arg-type]
        raise LookupError(f"no rule of {self.name} fits {c.quantity}")
