"""How charts name, colour and cite the plans: the same way in all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

import polars as pl

from dagster_project.figures.codes import CODE_TABLES, Codes
from dagster_project.figures.marts import once
from dagster_project.figures.words import Lang, phrase

PLAN_TABLES: Mapping[str, tuple[str, ...]] = {
    "dim_plan": (
        "plan_key", "jurisdiction_key", "plan_order", "title_folded_zh", "document_number", "issuer_folded_zh",
        "issued_on", "period_start_year", "period_end_year",
    ),
    "dim_jurisdiction": ("jurisdiction_key", "name_zh", "name_en", "is_province", "province_zh"),
    "audit_plan_status": ("plan_key", "status"),
    **CODE_TABLES,
}  # fmt: skip
# Okabe & Ito, "Color Universal Design" (2008), without the yellow, which is too pale for a white page.
_COLOURS = ("#E69F00", "#0072B2", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000")
# Each with the name that plotly.js has for it.
_SYMBOLS = {
    "▲": "triangle-up", "▼": "triangle-down", "■": "square", "◆": "diamond", "●": "circle", "★": "star",
}  # fmt: skip
# Neither count divides the other: looks that follow one another differ in both, and each pair comes once.
_LOOKS = tuple(islice(zip(cycle(_COLOURS), cycle(_SYMBOLS)), len(_COLOURS) * len(_SYMBOLS)))

#: Names that a title tells.
MOST_NAMES = 3
#: Plans that have a row or a column each; of more, a figure shows how they are spread, and names the chosen ones.
FEW = 12
#: From so many plans on, what they say of a theme is shown province by province.
MANY = 100
_CHOSEN = 4  # chosen plans that stand beside a spread


@dataclass(frozen=True, slots=True)
class PlanLook:
    """How one plan appears.

    Attributes:
        name: Place and period, or the year of issue of a plan that states no period; a province is marked as one.
        colour: Of its marks.
        symbol: Tells plans of one colour apart.
        marker: The symbol as plotly.js names it.
        is_province: Whether it covers a province.
        province: Chinese name of the province that it lies in or is; None where it is not known.
        years: First and last year of its period; None where it states none.
        source: Its name, title and number; where it has no number of its own, issuer and date; where its title is
            not known, its key.
    """

    name: str
    colour: str
    symbol: str
    marker: str
    is_province: bool
    province: str | None
    years: tuple[int, int] | None
    source: str

    @property
    def badge(self) -> str:
        """Its symbol in its colour, as markup."""
        return f'<span style="color:{self.colour}">{self.symbol}</span>'


Looks = Mapping[str, PlanLook]


def plan_looks(tables: Mapping[str, pl.DataFrame], lang: Lang) -> dict[str, PlanLook]:
    """Return the look of every plan by its key, in the order of keys, whether it is drawn or not.

    The look of a plan of the seed ``plan_order`` follows from its number there, the colour of any other from its key
    alone, so that no other plan, once added, can change it. Plans that share a colour differ in their symbols.

    Args:
        tables: Marts with the columns of `PLAN_TABLES`.
        lang: Language of the names.
    """
    return once(tables, ("looks", lang), lambda: _plan_looks(tables, lang))


def _plan_looks(tables: Mapping[str, pl.DataFrame], lang: Lang) -> dict[str, PlanLook]:
    places = {row["jurisdiction_key"]: row for row in tables["dim_jurisdiction"].iter_rows(named=True)}
    stale = set(tables["audit_plan_status"].filter(pl.col("status") == "stale")["plan_key"])
    stale_name = Codes(tables).name("plan_status", "stale", lang)
    looks: dict[str, PlanLook] = {}
    names: set[str] = set()
    numbers = _numbers(tables["dim_plan"])
    for plan in tables["dim_plan"].sort("plan_key").iter_rows(named=True):
        place = places[plan["jurisdiction_key"]]
        name = _name(plan, place, lang)
        if name in names:
            name = f"{name} [{plan['plan_key']}]"
        if plan["plan_key"] in stale:
            name = phrase("noted", lang, name, stale_name)
        names.add(name)
        colour, symbol = _LOOKS[numbers[plan["plan_key"]]]
        looks[plan["plan_key"]] = PlanLook(
            name=name,
            colour=colour,
            symbol=symbol,
            marker=_SYMBOLS[symbol],
            is_province=bool(place["is_province"]),
            province=place["province_zh"],
            years=_years(plan),
            source=name + phrase("colon", lang) + _citation(plan, lang),
        )
    return looks


def _numbers(plans: pl.DataFrame) -> dict[str, int]:
    """Return the number of each plan's look, as far as there are looks no two the same.

    A plan that is not listed, and comes upon a look that is taken, has the next symbol of its colour; another colour
    only where all symbols of a colour are taken.
    """
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    listed_first = plans.select("plan_key", "plan_order").sort("plan_order", "plan_key", nulls_last=True)
    for key, order in listed_first.iter_rows():
        first = order - 1 if order else int.from_bytes(hashlib.sha256(key.encode()).digest()[:4])
        looks = (
            (first + len(_COLOURS) * symbol + colour) % len(_LOOKS)
            for colour in range(len(_COLOURS))
            for symbol in range(len(_SYMBOLS))
        )
        is_free = len(taken) < len(_LOOKS)
        numbers[key] = next(look for look in looks if not is_free or look not in taken)
        taken.add(numbers[key])
    return numbers


def _name(plan: Mapping[str, Any], place: Mapping[str, Any], lang: Lang) -> str:
    name = str(place[f"name_{lang}"] or place["name_zh"])
    years = _years(plan)
    if years:
        dated = span_of(*years)
    else:
        dated = str(plan["issued_on"].year if plan["issued_on"] else plan["period_start_year"] or "")
    return f"{phrase('province', lang, name) if place['is_province'] else name} {dated}".strip()


def span_of(start: int, end: int) -> str:
    """Return a span of years: 2020–23; within one century the last two digits tell the end."""
    if start // 100 == end // 100 and start < end:
        return f"{start}–{end % 100:02}"
    return "–".join(dict.fromkeys((str(start), str(end))))


def _years(plan: Mapping[str, Any]) -> tuple[int, int] | None:
    start, end = plan["period_start_year"], plan["period_end_year"]
    return (start, end) if start is not None and end is not None else None


def _citation(plan: Mapping[str, Any], lang: Lang) -> str:
    date = phrase("date", lang, plan["issued_on"]) if plan["issued_on"] else None
    issued = " ".join(part for part in (plan["issuer_folded_zh"], date) if part)
    number = plan["document_number"] or issued or phrase("undated", lang)
    if plan["title_folded_zh"]:
        return phrase("cited", lang, plan["title_folded_zh"], number)
    return phrase("cited_untitled", lang, plan["plan_key"], number)


def sources(looks: Looks) -> list[str]:
    """Return a citation of each plan; many have a number each."""
    cited = [look.source for look in looks.values()]
    return (
        cited if len(cited) <= FEW else [f"[{number}] {text}" for number, text in enumerate(cited, start=1)]
    )


def named(looks: Looks, chosen: Collection[str]) -> dict[str, PlanLook]:
    """Return the plans that have a column each: all of a few, the chosen ones of many."""
    if len(looks) <= FEW:
        return dict(looks)
    return dict([(key, look) for key, look in looks.items() if key in chosen][:_CHOSEN])


def are_apart(looks: Iterable[PlanLook]) -> bool:
    """Return whether the periods of two of some plans have no year in common."""
    years = [look.years for look in looks if look.years]
    return len(years) > 1 and max(start for start, _ in years) > min(end for _, end in years)


def joined(names: Iterable[str], lang: Lang) -> str:
    """Return names as a list in words, each once."""
    return phrase("and", lang).join(dict.fromkeys(names))


def leaders(names: Iterable[str], lang: Lang, counted: str = "several", most: int = MOST_NAMES) -> str:
    """Return names as a title tells them: listed, or counted by a phrase if they are more than so many."""
    distinct = list(dict.fromkeys(names))
    return joined(distinct, lang) if len(distinct) <= most else phrase(counted, lang, len(distinct))
