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
from dagster_project.figures.marts import Marts
from dagster_project.figures.plans import Looks, PlanLook, plan_looks
from dagster_project.figures.statements import Indicator, Statement, first_said, read_statements
from dagster_project.figures.words import COMPARATORS, LANGUAGES, Lang, Names


@dataclass(frozen=True, slots=True)
class Plan:
    """How a plan is named, coloured and cited.

    Attributes:
        name: Place and year, as in figures.
        colour: Of its marks.
        title, number, issuer: As printed; null where it prints none.
        issued: ISO date.
        source: Its citation in a line.
        url: The official page; null unless it is an address on the web.
        place: Its place.
        document_type: What kind of document it is.
        start, end: First and last year of its period.
        residents: Of its place; null where nobody counted them.
        is_province: Whether its place is a province.
    """

    name: Names
    colour: str
    title: str | None
    source: Names
    number: str | None
    issuer: str | None
    issued: str | None
    url: str | None
    place: Names
    document_type: Names
    start: int | None
    end: int | None
    residents: int | None
    is_province: bool


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
class Backing:
    """What stands behind a statement beside its number, as in ``rpt_statement``.

    Attributes:
        payer: Whose money it is; null where the plan does not say.
        payers: Their codes.
        office: Who is in charge; null where the plan names nobody.
        offices: Their keys.
        office_from: own, or theme where only the tasks of its theme name them.
        strength: 0 to 4; null for what is no commitment.
        parts: Which of deadline, office, payer and binding it has; `strength` is how many.
    """

    payer: Names | None
    payers: tuple[str, ...]
    office: Names | None
    offices: tuple[str, ...]
    office_from: str | None
    strength: int | None
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Above:
    """A commitment of a plan that stands over another, beside what that says of the same: ``rpt_cascade`` in words.

    Attributes:
        plan: Key of the plan below.
        parent: The plan above.
        key: Of the measure above; `child` is that below, null where there is none.
        indicator: What is promised.
        stated, child_stated: The values as printed, with their bounds.
        relation, time: How the second stands to the first.
        reason: Why they cannot be compared, if so.
    """

    plan: str
    parent: Names
    key: str
    child: str | None
    indicator: Names
    stated: str
    child_stated: str | None
    relation: Names
    time: Names | None
    reason: Names


@dataclass(frozen=True, slots=True)
class Corpus:
    """The statements of all plans, in the order of plans and places, and what their keys mean.

    Attributes:
        looks: How the plans appear in figures and are named in sentences, by language.
        codes: The words of codes.
        tables: The published tables that it was read from.
        backing: What stands behind each statement, by its key.
        above: What plans that stand over others promise.
        chosen: The themes that it is limited to; empty for all.
        places: The plans that it is limited to; empty for all.
    """

    statements: tuple[Statement, ...]
    plans: Mapping[str, Plan]
    themes: Mapping[str, Theme]
    provisions: Mapping[str, Provision]
    agencies: Mapping[str, Names]
    looks: Mapping[Lang, Looks]
    codes: Codes
    tables: Mapping[str, pl.DataFrame]
    backing: Mapping[str, Backing]
    above: tuple[Above, ...] = ()
    chosen: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

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


def read_corpus(
    tables: Mapping[str, pl.DataFrame], themes: Collection[str] = (), plans: Collection[str] = ()
) -> Corpus:
    """Return the statements of the published tables.

    Args:
        tables: Marts by name.
        themes: Only what is said on these themes; all if empty.
        plans: Only these plans; all if empty.

    Raises:
        ValueError: If there is no such theme or plan.
    """
    every = {lang: plan_looks(tables, lang) for lang in LANGUAGES}
    tables = Marts(_of_plans(tables, plans))
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
    shown = set(tables["dim_plan"]["plan_key"])
    looks = {lang: {key: look for key, look in every[lang].items() if key in shown} for lang in LANGUAGES}
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
        backing=_backing(tables, {statement.key for statement in statements}),
        above=_above(tables, every, {statement.key for statement in statements}, themes),
        chosen=tuple(key for key in known if key in themes),
        places=tuple(sorted(plans)),
    )


def _of_plans(tables: Mapping[str, pl.DataFrame], plans: Collection[str]) -> Mapping[str, pl.DataFrame]:
    """Return tables with the rows of these plans only, and what belongs to no plan."""
    if not plans:
        return tables
    known = tables["dim_plan"]["plan_key"].to_list()
    if unknown := sorted(set(plans) - set(known)):
        raise ValueError(f"There is no plan {', '.join(unknown)}: choose from {', '.join(known)}")
    return {
        name: table.filter(pl.col("plan_key").is_in(list(plans))) if "plan_key" in table.columns else table
        for name, table in tables.items()
    }


def _names(row: Mapping[str, Any], column: str) -> Names:
    """Return the Chinese and English of a column pair; one stands in for the other where it is missing."""
    chinese, english = row[f"{column}_zh"], row[f"{column}_en"]
    return {"zh": chinese or english or "", "en": english or chinese or ""}


def _plans(tables: Mapping[str, pl.DataFrame], looks: Mapping[Lang, Looks]) -> dict[str, Plan]:
    rows = {row["plan_key"]: row for row in tables["dim_plan"].iter_rows(named=True)}
    places = {row["jurisdiction_key"]: row for row in tables["dim_jurisdiction"].iter_rows(named=True)}
    codes = Codes(tables)
    made = {}
    for key in looks["zh"]:
        look = {lang: looks[lang][key] for lang in LANGUAGES}
        made[key] = _plan(rows[key], places[rows[key]["jurisdiction_key"]], look, codes)
    return made


def _plan(
    row: Mapping[str, Any], place: Mapping[str, Any], look: Mapping[Lang, PlanLook], codes: Codes
) -> Plan:
    url = row["source_url"] or ""
    return Plan(
        name={lang: look[lang].name for lang in LANGUAGES},
        colour=look["zh"].colour,
        title=row["title_folded_zh"],
        source={lang: look[lang].source for lang in LANGUAGES},
        number=row["document_number"],
        issuer=row["issuer_folded_zh"],
        issued=row["issued_on"].isoformat() if row["issued_on"] else None,
        url=url if url.startswith(("https://", "http://")) else None,
        place=_names(place, "name"),
        document_type=codes.names("document_type", row["document_type"])
        if row["document_type"]
        else {"zh": "", "en": ""},
        start=row["period_start_year"],
        end=row["period_end_year"],
        residents=place["population"],
        is_province=look["zh"].is_province,
    )


def _backing(tables: Mapping[str, pl.DataFrame], keys: Collection[str]) -> dict[str, Backing]:
    parts = {
        "deadline": "has_deadline",
        "office": "has_office",
        "payer": "has_payer",
        "binding": "is_binding",
    }
    return {
        row["measure_key"]: Backing(
            payer=_names(row, "payer") if row["payer"] else None,
            payers=tuple((row["payer"] or "").split("|")) if row["payer"] else (),
            office=_names(row, "office") if row["office_zh"] else None,
            offices=tuple((row["office_keys"] or "").split("|")) if row["office_keys"] else (),
            office_from=row["office_from"],
            strength=row["strength"],
            parts=tuple(part for part, column in parts.items() if row[column]),
        )
        for row in tables["rpt_statement"].iter_rows(named=True)
        if row["measure_key"] in keys
    }


def _above(
    tables: Mapping[str, pl.DataFrame],
    looks: Mapping[Lang, Looks],
    keys: Collection[str],
    themes: Collection[str],
) -> tuple[Above, ...]:
    rows = tables["rpt_cascade"].sort("plan_key", "parent_plan_key", "theme_key", "parent_measure_key")
    names = {
        row["indicator_key"]: _names(row, "name") for row in tables["dim_indicator"].iter_rows(named=True)
    }
    codes = Codes(tables)
    return tuple(
        Above(
            plan=row["plan_key"],
            parent={lang: looks[lang][row["parent_plan_key"]].name for lang in LANGUAGES},
            key=row["parent_measure_key"],
            child=row["child_measure_key"] if row["child_measure_key"] in keys else None,
            indicator=names[row["indicator_key"]],
            stated=COMPARATORS[row["parent_comparator"]] + row["parent_value_text"],
            child_stated=COMPARATORS[row["child_comparator"]] + row["child_value_text"]
            if row["child_measure_key"]
            else None,
            relation=codes.names("value_relation", row["value_relation"]),
            time=codes.names("time_relation", row["time_relation"]) if row["time_relation"] else None,
            reason={lang: row[f"reason_{lang}"] or "" for lang in LANGUAGES},
        )
        for row in rows.iter_rows(named=True)
        if not themes or row["theme_key"] in themes
    )


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
