"""What titles of figures claim: one grammar for all of them, and each claim as a record that a table can prove. Pure.

A claim says who, what, how much, of whom, by when and how sure. Its words are a phrase with these places; what it says
travels with the figure as keys and numbers (``layout.meta["claims"]``), so that it is tested against the marts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dagster_project.figures.plans import MOST_NAMES, Looks, leaders
from dagster_project.figures.words import Lang, number, phrase


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of a title.

    Attributes:
        says: What is claimed: the key of a phrase, and of the test that proves it.
        who: Keys of the plans that it is claimed of.
        what: Keys of the themes, indicators, tools, offices, documents or measures that it is about.
        how_much: A count, or a value in its base unit.
        of: How many there are in all of what is counted.
        by: The year, where there is one.
        sure: What limits it: further claims, told after it.
        value: `how_much` in words, where it is more than a number.
    """

    says: str
    who: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    how_much: float | None = None
    of: int | None = None
    by: int | None = None
    sure: tuple[Claim, ...] = ()
    value: str = ""

    @property
    def record(self) -> dict[str, Any]:
        """The claim and what limits it as plain values, for whoever tests it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Names:
    """The names by which claims are told.

    Attributes:
        looks: Of the plans.
        things: What a claim may be about, by key.
        counted: The phrase that counts such things where they are many.
        most: How many of them are told by name.
    """

    looks: Looks
    things: Mapping[str, str]
    counted: str = "several_things"
    most: int = MOST_NAMES


def titled(subject: str, claims: Iterable[Claim], names: Names, lang: Lang) -> str:
    """Return a title: what the figure is about, and what it claims."""
    told = [text for claim in claims for text in _told(claim, names, lang)]
    return subject + phrase("colon", lang) + phrase("stop", lang).join(told)


def _counted(count: float | None, lang: Lang) -> str:
    """Return a count in full: 10049, 10,049."""
    if count is None or count != int(count):
        return "" if count is None else number(count, lang)
    return f"{int(count)}" if lang == "zh" else f"{int(count):,}"


def _told(claim: Claim, names: Names, lang: Lang) -> Sequence[str]:
    """Return a claim and what limits it in words."""
    looks = names.looks
    plans = leaders((look.name for key, look in looks.items() if key in claim.who), lang)
    text = phrase(
        claim.says,
        lang,
        who=plans,
        # Beside their number, plans are told only by name.
        whom=phrase("limited", lang, plans) if 0 < len(claim.who) <= MOST_NAMES else "",
        what=leaders((names.things.get(key, key) for key in claim.what), lang, names.counted, names.most),
        n=_counted(claim.how_much, lang),
        of=_counted(claim.of, lang),
        year=claim.by or "",
        value=claim.value,
    )
    return [text, *(said for limit in claim.sure for said in _told(limit, names, lang))]
