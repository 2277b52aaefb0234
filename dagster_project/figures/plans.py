"""How charts name, colour and cite the plans: the same way in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dagster_project.figures.words import Lang, phrase

PLAN_TABLES: Mapping[str, tuple[str, ...]] = {
    "dim_plan": (
        "plan_key", "jurisdiction_key", "title_zh", "document_number", "issuer_zh", "issued_on", "period_start_year",
    ),
    "dim_jurisdiction": ("jurisdiction_key", "name_zh", "name_en", "is_province"),
    "audit_plan_status": ("plan_key", "status"),
}  # fmt: skip
# Okabe & Ito, "Color Universal Design" (2008), without the yellow, which is too pale for a white page.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_SYMBOLS = ("●", "■", "▲", "◆", "▼", "★")

_MOST_NAMES = 3  # in a title


@dataclass(frozen=True, slots=True)
class PlanLook:
    """How one plan appears.

    Attributes:
        name: Place and year; a province is marked as one.
        colour: Of its marks.
        symbol: Tells plans of one colour apart.
        is_province: Whether it covers a province.
        source: Its name, title and number; where it has no number of its own, issuer and date; where its title is
            not known, its key.
    """

    name: str
    colour: str
    symbol: str
    is_province: bool
    source: str


def plan_looks(tables: Mapping[str, pl.DataFrame], lang: Lang) -> dict[str, PlanLook]:
    """Return the look of every plan by its key, in the order of keys, whether it is drawn or not.

    Args:
        tables: Marts with the columns of `PLAN_TABLES`.
        lang: Language of the names.
    """
    places = {row["jurisdiction_key"]: row for row in tables["dim_jurisdiction"].iter_rows(named=True)}
    stale = set(tables["audit_plan_status"].filter(pl.col("status") == "stale")["plan_key"])
    looks: dict[str, PlanLook] = {}
    for index, plan in enumerate(tables["dim_plan"].sort("plan_key").iter_rows(named=True)):
        place = places[plan["jurisdiction_key"]]
        name = _name(plan, place, lang)
        if name in (look.name for look in looks.values()):
            name = f"{name} [{plan['plan_key']}]"
        if plan["plan_key"] in stale:
            name = phrase("stale", lang, name)
        symbol, colour = divmod(index, len(_COLOURS))
        looks[plan["plan_key"]] = PlanLook(
            name=name,
            colour=_COLOURS[colour],
            symbol=_SYMBOLS[symbol % len(_SYMBOLS)],
            is_province=bool(place["is_province"]),
            source=name + phrase("colon", lang) + _citation(plan, lang),
        )
    return looks


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


def joined(names: Iterable[str], lang: Lang) -> str:
    """Return names as a list in words, each once."""
    return phrase("and", lang).join(dict.fromkeys(names))


def leaders(names: Iterable[str], lang: Lang) -> str:
    """Return the names as a title tells them: listed, or counted if they are many."""
    distinct = list(dict.fromkeys(names))
    return joined(distinct, lang) if len(distinct) <= _MOST_NAMES else phrase("several", lang, len(distinct))
