"""A module for each field of a measure, with the table of rules that decides it.

The rules of a field are asked in order; the first that fits decides, and its name and words are kept with the measure. All
read only the `Context` of the quantity and the `Facts` that were decided before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from dagster_project.extraction.clauses import Context
from dagster_project.records import Decision
from dagster_project.rules import RuleTable

T = TypeVar("T")


@dataclass(slots=True)
class Facts:
    """What has been decided of a quantity so far; it grows field by field, in this order.

    Attributes:
        after_award: An award stands before it in its sentence, or at the end of the sentence before.
        unit: Its unit code.
        comparator: Its comparator.
        kind: Its kind.
        form: Its form.
        per: What one unit of it is per.
    """

    after_award: bool = False
    unit: str = ""
    comparator: str = ""
    kind: str = ""
    form: str = ""
    per: str | None = None

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
        for rule in self:
            found = rule.apply(c, facts)
            if found is not None:
                value, words = found if isinstance(found, tuple) else (rule.value, found)
                return Decision(value, rule.name, words)  # type: ignore[arg-type]
        raise LookupError(f"no rule of {self.name} fits {c.quantity}")
