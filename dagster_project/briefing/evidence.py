"""What stands behind every number: the statements of the plans with their verdicts, and where they are printed.

Pure: published tables in, records out. All that a briefing shows, on the page and on paper, is made from these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dagster_project.figures.codes import Codes
from dagster_project.figures.plans import Looks, plan_looks
from dagster_project.figures.statements import Indicator, Statement, first_said, read_statements
from dagster_project.figures.words import LANGUAGES, Lang, Names


@dataclass(frozen=True, slots=True)
class Plan:
    """How a plan is named, coloured and cited."""

    name: Names
    colour: str
    title: str | None
    source: Names


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme; headline themes come first everywhere."""

    name: Names
    is_headline: bool


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision as printed, from character `start` of its plan, with the offices named in it."""

    text: str
    start: int
    lead: tuple[str, ...]
    supporting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The statements of all plans, in the order of plans and places, and what their keys mean.

    Attributes:
        looks: How the plans appear in figures and are named in sentences, by language.
        codes: The words of codes.
        tables: The published tables that it was read from.
        chosen: The themes that it is limited to; empty for all.
    """

    statements: tuple[Statement, ...]
    plans: Mapping[str, Plan]
    themes: Mapping[str, Theme]
    provisions: Mapping[str, Provision]
    agencies: Mapping[str, Names]
    looks: Mapping[Lang, Looks]
    codes: Codes
    tables: Mapping[str, pl.DataFrame]
    chosen: tuple[str, ...] = ()

    @property
    def headlines(self) -> list[str]:
        """The themes that have a section of their own: those chosen, or the headline themes."""
        return list(self.chosen) or [key for key, theme in self.themes.items() if theme.is_headline]

    def of_theme(self, theme: str) -> list[Statement]:
        """Return what is said on a theme: by measures of the theme, or on its indicators; restatements left out."""
        return [statement for statement in first_said(self.statements) if statement.is_about(theme)]

    @property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators of the statements by key."""
        found = {statement.indicator.key: statement.indicator for statement in self.statements}
        return dict(sorted(found.items()))


def read_corpus(tables: Mapping[str, pl.DataFrame], themes: Collection[str] = ()) -> Corpus:
    """Return the statements of the published tables.

    Args:
        tables: Marts by name.
        themes: Only what is said on these themes; all if empty.

    Raises:
        ValueError: If there is no such theme.
    """
    known = {
        row["theme_key"]: Theme(_names(row, "name"), bool(row["is_headline"]))
        for row in tables["dim_theme"]
        .sort("is_headline", "theme_order", descending=[True, False])
        .iter_rows(named=True)
    }
    if unknown := sorted(set(themes) - set(known)):
        raise ValueError(f"There is no theme {', '.join(unknown)}: choose from {', '.join(known)}")
    statements = tuple(
        statement
        for statement in read_statements(tables)
        if not themes or any(statement.is_about(theme) for theme in themes)
    )
    looks = {lang: plan_looks(tables, lang) for lang in LANGUAGES}
    return Corpus(
        statements=statements,
        plans=_plans(tables, looks),
        themes=known,
        provisions=_provisions(tables, {statement.provision for statement in statements}),
        agencies={
            row["agency_key"]: _names(row, "name") for row in tables["dim_agency"].iter_rows(named=True)
        },
        looks=looks,
        codes=Codes(tables),
        tables=tables,
        chosen=tuple(key for key in known if key in themes),
    )


def _names(row: Mapping[str, Any], column: str) -> Names:
    """Return the Chinese and English of a column pair; one stands in for the other where it is missing."""
    chinese, english = row[f"{column}_zh"], row[f"{column}_en"]
    return {"zh": chinese or english or "", "en": english or chinese or ""}


def _plans(tables: Mapping[str, pl.DataFrame], looks: Mapping[Lang, Looks]) -> dict[str, Plan]:
    titles = dict(tables["dim_plan"].select("plan_key", "title_zh").iter_rows())
    return {
        key: Plan(
            name={lang: looks[lang][key].name for lang in LANGUAGES},
            colour=look.colour,
            title=titles[key],
            source={lang: looks[lang][key].source for lang in LANGUAGES},
        )
        for key, look in looks["zh"].items()
    }


def _provisions(tables: Mapping[str, pl.DataFrame], keys: Collection[str | None]) -> dict[str, Provision]:
    offices: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in tables["bridge_provision_x_agency"].sort("position").iter_rows(named=True):
        if row["agency_key"] not in offices[row["provision_key"], row["role"]]:
            offices[row["provision_key"], row["role"]].append(row["agency_key"])
    return {
        row["provision_key"]: Provision(
            row["text_zh"],
            row["char_start"],
            tuple(offices[row["provision_key"], "lead"]),
            tuple(offices[row["provision_key"], "supporting"]),
        )
        for row in tables["fct_provision"].iter_rows(named=True)
        if row["provision_key"] in keys
    }
