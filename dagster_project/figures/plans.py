"""How charts name, colour and cite the plans: the same way in all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dagster_project.figures.codes import CODE_TABLES, Codes
from dagster_project.figures.words import Lang, phrase

PLAN_TABLES: Mapping[str, tuple[str, ...]] = {
    "dim_plan": (
        "plan_key", "jurisdiction_key", "title_zh", "document_number", "issuer_zh", "issued_on", "period_start_year",
    ),
    "dim_jurisdiction": ("jurisdiction_key", "name_zh", "name_en", "is_province"),
    "audit_plan_status": ("plan_key", "status"),
    **CODE_TABLES,
}  # fmt: skip
# Okabe & Ito, "Color Universal Design" (2008), without the yellow, which is too pale for a white page.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
# Each with the name that plotly.js has for it.
_SYMBOLS = {
    "●": "circle", "■": "square", "▲": "triangle-up", "◆": "diamond", "▼": "triangle-down", "★": "star",
}  # fmt: skip
# Any text would do; with this one the plans of this project differ in colour and in symbol.
_SALT = "look 9197"

_MOST_NAMES = 3  # in a title


@dataclass(frozen=True, slots=True)
class PlanLook:
    """How one plan appears.

    Attributes:
        name: Place and year; a province is marked as one.
        colour: Of its marks.
        symbol: Tells plans of one colour apart.
        marker: The symbol as plotly.js names it.
        is_province: Whether it covers a province.
        source: Its name, title and number; where it has no number of its own, issuer and date; where its title is
            not known, its key.
    """

    name: str
    colour: str
    symbol: str
    marker: str
    is_province: bool
    source: str

    @property
    def badge(self) -> str:
        """Its symbol in its colour, as markup."""
        return f'<span style="color:{self.colour}">{self.symbol}</span>'


Looks = Mapping[str, PlanLook]


def plan_looks(tables: Mapping[str, pl.DataFrame], lang: Lang) -> dict[str, PlanLook]:
    """Return the look of every plan by its key, in the order of keys, whether it is drawn or not.

    The colour follows from the key alone, so that no other plan, once added, can change it; plans that share a colour
    differ in their symbols.

    Args:
        tables: Marts with the columns of `PLAN_TABLES`.
        lang: Language of the names.
    """
    places = {row["jurisdiction_key"]: row for row in tables["dim_jurisdiction"].iter_rows(named=True)}
    stale = set(tables["audit_plan_status"].filter(pl.col("status") == "stale")["plan_key"])
    stale_name = Codes(tables).name("plan_status", "stale", lang)
    looks: dict[str, PlanLook] = {}
    taken: set[tuple[str, str]] = set()
    for plan in tables["dim_plan"].sort("plan_key").iter_rows(named=True):
        place = places[plan["jurisdiction_key"]]
        name = _name(plan, place, lang)
        if name in (look.name for look in looks.values()):
            name = f"{name} [{plan['plan_key']}]"
        if plan["plan_key"] in stale:
            name = phrase("noted", lang, name, stale_name)
        colour, symbol = _colour_and_symbol(plan["plan_key"], taken)
        taken.add((colour, symbol))
        looks[plan["plan_key"]] = PlanLook(
            name=name,
            colour=colour,
            symbol=symbol,
            marker=_SYMBOLS[symbol],
            is_province=bool(place["is_province"]),
            source=name + phrase("colon", lang) + _citation(plan, lang),
        )
    return looks


def _colour_and_symbol(plan_key: str, taken: set[tuple[str, str]]) -> tuple[str, str]:
    """Return the colour of a plan, and its symbol or else the next one that no other plan of the colour has.

    Another colour is taken only where all symbols of a colour are, and no two plans look alike as long as there are
    fewer plans than looks.
    """
    digest = hashlib.sha256(f"{_SALT}:{plan_key}".encode()).digest()
    symbols = _turned(tuple(_SYMBOLS), digest[1])
    looks = [(colour, symbol) for colour in _turned(_COLOURS, digest[0]) for symbol in symbols]
    return next((look for look in looks if look not in taken), looks[0])


def _turned(items: tuple[str, ...], start: int) -> tuple[str, ...]:
    """Return the items from one of them on, and then those before it."""
    first = start % len(items)
    return items[first:] + items[:first]


def _name(plan: Mapping[str, Any], place: Mapping[str, Any], lang: Lang) -> str:
    name = str(place[f"name_{lang}"] or place["name_zh"])
    year = plan["issued_on"].year if plan["issued_on"] else plan["period_start_year"]
    return f"{phrase('province', lang, name) if place['is_province'] else name} {year or ''}".strip()


def _citation(plan: Mapping[str, Any], lang: Lang) -> str:
    date = phrase("date", lang, plan["issued_on"]) if plan["issued_on"] else None
    issued = " ".join(part for part in (plan["issuer_zh"], date) if part)
    number = plan["document_number"] or issued or phrase("undated", lang)
    if plan["title_zh"]:
        return phrase("cited", lang, plan["title_zh"], number)
    return phrase("cited_untitled", lang, plan["plan_key"], number)


def sources(looks: Looks) -> list[str]:
    """Return a citation of each plan."""
    return [look.source for look in looks.values()]


def joined(names: Iterable[str], lang: Lang) -> str:
    """Return names as a list in words, each once."""
    return phrase("and", lang).join(dict.fromkeys(names))


def leaders(names: Iterable[str], lang: Lang, counted: str = "several") -> str:
    """Return names as a title tells them: listed, or counted by a phrase if they are many."""
    distinct = list(dict.fromkeys(names))
    return joined(distinct, lang) if len(distinct) <= _MOST_NAMES else phrase(counted, lang, len(distinct))
