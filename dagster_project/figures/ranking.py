"""Who promises most: found once, and said once, for the titles of figures and the sentences of briefings. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dagster_project.figures.codes import Codes
from dagster_project.figures.plans import Looks, leaders
from dagster_project.figures.sentences import Field, Part, Parts, filled, listed, text_of
from dagster_project.figures.statements import Indicator, Statement
from dagster_project.figures.words import Lang, phrase, template

_LIMITED = frozenset({"narrower", "broader"})  # what a ranking must not leave out
_MOST = 5  # statements that a sentence lists


@dataclass(frozen=True, slots=True)
class Ranking:
    """The statements on the axis that most plans share.

    Attributes:
        indicator: That of the axis.
        best: Those with the highest value.
        best_cities: The highest of cities, where only provinces are above them and there are cities to rank.
        rest: All others, highest first.
    """

    indicator: Indicator
    best: tuple[Statement, ...]
    best_cities: tuple[Statement, ...]
    rest: tuple[Statement, ...]

    @property
    def is_shared(self) -> bool:
        """Whether more than one plan stands on it, so that there is something to rank."""
        return len({statement.plan for statement in (*self.best, *self.best_cities, *self.rest)}) > 1


def by_indicator(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    """Return statements by their indicator: the one that most plans share first."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[statement.indicator.key].append(statement)

    def order(key: str) -> tuple[int, str]:
        return -len({statement.plan for statement in groups[key]}), key

    return {key: groups[key] for key in sorted(groups, key=order)}


def ranking(statements: Sequence[Statement], looks: Looks) -> Ranking | None:
    """Return who promises most on the axis that most plans share; none where nothing is comparable.

    Args:
        statements: On one theme, none said twice.
        looks: Of the plans.
    """
    comparable = [statement for statement in statements if statement.comparable_value is not None]
    if not comparable:
        return None
    on_axis = next(iter(by_indicator(comparable).values()))
    ranked = sorted(on_axis, key=_descending)
    best = _highest(ranked)
    cities = [statement for statement in ranked if not looks[statement.plan].is_province]
    are_ranked = len({statement.plan for statement in cities}) > 1  # one city alone is not the highest of any
    is_below = are_ranked and all(looks[statement.plan].is_province for statement in best)
    best_cities = _highest(cities) if is_below else []
    named = {statement.key for statement in (*best, *best_cities)}
    rest = [statement for statement in ranked if statement.key not in named]
    return Ranking(best[0].indicator, tuple(best), tuple(best_cities), tuple(rest))


def finding(statements: Sequence[Statement], looks: Looks, codes: Codes, lang: Lang) -> Parts:
    """Return who promises most of what most plans state, or why that cannot be said.

    Args:
        statements: On one theme, none said twice.
        looks: Of the plans.
        codes: The words of codes.
        lang: The language.

    Returns:
        A sentence without its end; each value leads to its statement.
    """
    if not looks:
        return filled(template("no_plans", lang))
    if not statements:
        return filled(template("nothing", lang), n=str(len(looks)))
    ranked = ranking(statements, looks)
    if ranked is None:
        return filled(template("none_comparable", lang))
    if not ranked.is_shared:
        return filled(template("one_each", lang))
    is_tied = len({statement.plan for statement in ranked.best}) > 1
    name = ranked.indicator.name[lang]
    leading = _leading(ranked.best, looks, codes, lang)
    said = filled(template("highest_many" if is_tied else "highest", lang), indicator=name, **leading)
    if ranked.best_cities:
        said += filled(template("among_cities", lang), **_leading(ranked.best_cities, looks, codes, lang))
    return said


def claim(statement: Statement, codes: Codes, lang: Lang) -> list[Part]:
    """Return a comparable value, linked, and what a reader must know of it."""
    value = Part(statement.comparable[lang] if statement.comparable else "", measure=statement.key)
    limits = [codes.name("comparability", statement.verdict, lang)] if statement.verdict in _LIMITED else []
    limits += [phrase("aspirational", lang)] if statement.is_aspirational else []
    return [value, Part(phrase("limited", lang, phrase("and", lang).join(limits)))] if limits else [value]


def claims(statements: Sequence[Statement], looks: Looks, codes: Codes, lang: Lang) -> list[Part]:
    """Return statements as a list of plans with their values, each that reads the same once."""
    distinct: dict[str, list[Part]] = {}
    for statement in statements:
        parts = [Part(f"{looks[statement.plan].name} "), *claim(statement, codes, lang)]
        distinct.setdefault(text_of(parts), parts)
    more = [Part(phrase("others", lang))] if len(distinct) > _MOST else []
    return [*listed(list(distinct.values())[:_MOST], lang), *more]


def _leading(best: Sequence[Statement], looks: Looks, codes: Codes, lang: Lang) -> dict[str, Field]:
    """Return the plans that lead, and what they claim: once, if all of them say the same."""
    said = [claim(statement, codes, lang) for statement in best]
    is_one = len({text_of(parts) for parts in said}) == 1
    plans = leaders((looks[statement.plan].name for statement in best), lang)
    return {"plans": plans, "value": said[0] if is_one else claims(best, looks, codes, lang)}


def _highest(ranked: Sequence[Statement]) -> list[Statement]:
    return [statement for statement in ranked if statement.comparable_value == ranked[0].comparable_value]


def _descending(statement: Statement) -> tuple[float, str, int]:
    return -(statement.comparable_value or 0.0), statement.plan, statement.start
