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
        best: Those with the highest value: of cities, where a city is among them, because no province is called the
            first of places that are parts of one. None where one city stands beside provinces only.
        rest: Others of the same rank, highest first.
        apart: Those of provinces that stand beside cities, highest first.
        best_per_head: Those of `best` and `rest` with the highest value per resident; none where they are `best`, or
            where the residents of one place are not known.
    """

    indicator: Indicator
    best: tuple[Statement, ...]
    rest: tuple[Statement, ...]
    apart: tuple[Statement, ...]
    best_per_head: tuple[Statement, ...]

    @property
    def is_shared(self) -> bool:
        """Whether more than one plan stands on it, so that there is something to rank."""
        return len({statement.plan for statement in (*self.best, *self.rest, *self.apart)}) > 1


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
    on_axis = sorted(next(iter(by_indicator(comparable).values())), key=_descending)
    cities = [statement for statement in on_axis if not looks[statement.plan].is_province]
    apart = [statement for statement in on_axis if looks[statement.plan].is_province] if cities else []
    ranked = cities or on_axis
    # One city alone is not the highest of any.
    is_ranked = not apart or len({statement.plan for statement in cities}) > 1
    best = _highest(ranked) if is_ranked else []
    rest = [statement for statement in ranked if statement not in best]
    return Ranking(
        on_axis[0].indicator, tuple(best), tuple(rest), tuple(apart), tuple(_highest_per_head(ranked, best))
    )


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
    return lead(ranked, looks, codes, lang) + beside(ranked, looks, codes, lang)


def lead(ranked: Ranking, looks: Looks, codes: Codes, lang: Lang) -> Parts:
    """Return who promises most on an axis that plans share; of a city beside provinces, that it is not ranked."""
    name = ranked.indicator.name[lang]
    if not ranked.best:
        both = claims((*ranked.rest, *ranked.apart), looks, codes, lang)
        return filled(template("not_ranked", lang), indicator=name, plans=both)
    is_tied = len({statement.plan for statement in ranked.best}) > 1
    key = ("highest_cities" if ranked.apart else "highest") + ("_many" if is_tied else "")
    return filled(template(key, lang), indicator=name, **_leading(ranked.best, looks, codes, lang))


def beside(ranked: Ranking, looks: Looks, codes: Codes, lang: Lang) -> Parts:
    """Return what must be said with who promises most: who does for each resident, and what provinces promise."""
    said: Parts = ()
    if ranked.best_per_head:
        first = ranked.best_per_head[0]
        plans = leaders((looks[statement.plan].name for statement in ranked.best_per_head), lang)
        value = Part(first.per_million[lang] if first.per_million else "", measure=first.key)
        said += filled(template("highest_per_head", lang), plans=plans, value=value)
    if ranked.best and ranked.apart:
        said += filled(template("provinces", lang), plans=claims(ranked.apart, looks, codes, lang))
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


def _highest_per_head(ranked: Sequence[Statement], best: Sequence[Statement]) -> list[Statement]:
    """Return those with the highest value per resident, if the highest in all are others."""
    values = {statement.key: statement.per_million_value for statement in ranked}
    known = [value for value in values.values() if value is not None]
    if not best or len(known) < len(values):
        return []
    first = [statement for statement in ranked if values[statement.key] == max(known)]
    return [] if {s.plan for s in first} & {s.plan for s in best} else first


def _descending(statement: Statement) -> tuple[float, str, int]:
    return -(statement.comparable_value or 0.0), statement.plan, statement.start
