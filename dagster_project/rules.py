"""The one shape of a rule, whatever it decides: a field of a measure, what a numeral is, a repair of damage.

A rule carries its own proof: examples that it must decide and look-alikes that it must leave alone. Its place
among the rules of its table is declared: they are asked in the order in which they stand, and a rule names those
that must be asked before it because it would misread what they are for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from dagster_project.sieve import Sieve

F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Rule(Generic[F]):
    """One rule of a table.

    Attributes:
        table: What its table decides: kind, form, … , disposition, repair.
        name: Its name, unique in the table.
        value: What it decides, where that is always the same; None where the rule returns it.
        apply: The rule itself, with the signature of its table.
        yes: Texts in which it must decide; ⟨ and ⟩ stand around the figure that is meant, where there are several.
        no: Look-alikes in which it must decide nothing.
        after: Rules of the table that are asked before it, because it would misread what they are for.
        source: The standard, paper, or plan and article that it rests on; needed where only one text bears it out.
        pattern: What must fit somewhere in a text for it to decide anything there, where one pattern says so.
    """

    table: str
    name: str
    value: Any
    apply: F
    yes: tuple[str, ...]
    no: tuple[str, ...]
    after: tuple[str, ...] = ()
    source: str | None = None
    pattern: str | None = None


@dataclass(slots=True)
class RuleTable(Generic[F]):
    """The rules that decide one thing, in the order in which they are asked.

    Attributes:
        name: What they decide.
    """

    name: str
    _rules: list[Rule[F]] = field(default_factory=list)
    _sieve: Sieve | None = None  # of their patterns; made anew when a rule comes or goes

    def rule(
        self,
        value: Any = None,  # noqa: ANN401 - a code, a date, a yes or no
        *,
        yes: tuple[str, ...],
        no: tuple[str, ...],
        name: str | None = None,
        after: tuple[str, ...] = (),
        source: str | None = None,
    ) -> Callable[[F], F]:
        """Return a decorator that adds a function as the last rule so far; its name is that of the rule.

        Raises:
            ValueError: If the rule has no example or no look-alike, a name that is taken, or stands before one of
                `after`.
        """

        def add(function: F) -> F:
            self.add(Rule(self.name, name or _name(function), value, function, yes, no, after, source))
            return function

        return add

    def add(self, rule: Rule[F]) -> None:
        """Add a rule as the last one so far.

        Raises:
            ValueError: As `rule`.
        """
        known = {earlier.name for earlier in self._rules}
        if not rule.yes or not rule.no:
            raise ValueError(f"{self.name}/{rule.name}: a rule needs an example and a look-alike")
        if rule.name in known:
            raise ValueError(f"{self.name}/{rule.name}: the name is taken")
        if missing := set(rule.after) - known:
            raise ValueError(f"{self.name}/{rule.name} is asked after {missing}, which must stand before it")
        self._rules.append(rule)
        self._sieve = None

    def candidates(self, text: str) -> Iterator[Rule[F]]:
        """Yield, in order, the rules that can decide something in a text; the others cannot, by what `text` lacks."""
        if self._sieve is None:
            self._sieve = Sieve(rule.pattern for rule in self._rules)
        return map(self._rules.__getitem__, self._sieve.candidates(text))

    def __iter__(self) -> Iterator[Rule[F]]:
        return iter(self._rules)

    @contextmanager
    def without(self, rule: Rule[F]) -> Iterator[None]:
        """Leave a rule out for a while, to see what changes."""
        place = self._rules.index(rule)
        del self._rules[place]
        self._sieve = None
        try:
            yield
        finally:
            self._rules.insert(place, rule)
            self._sieve = None


def _name(function: Callable[..., object]) -> str:
    return getattr(function, "__name__", "").strip("_")
