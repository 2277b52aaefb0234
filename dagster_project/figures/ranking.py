"""Who promises most: found once, and said once, for the titles of figures and the sentences of briefings. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dagster_project.figures.claims import Claim
from dagster_project.figures.codes import Codes
from dagster_project.figures.plans import MOST_NAMES, Looks, are_apart, leaders
from dagster_project.figures.sentences import Field, Part, Parts, filled, listed, text_of
from dagster_project.figures.statements import Indicator, Statement
from dagster_project.figures.words import COMPARATORS, Lang, phrase, short_name, template

_LIMITED = frozenset({"narrower", "broader"})  # what a ranking must not leave out
_MOST = 5  # statements that a sentence lists
_CROWNED = 3  # places of one rank at the least, before one of them is called the first
_UNLIKE = (
    1.5  # residents of the largest place by those of the smallest, from which on a total is told per resident
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The statements on the axis that most plans share.

    Attributes:
        indicator: That of the axis.
        best: Those with the highest value: of cities, where a city is among them, because no province is called the
            first of places that are parts of one. None where fewer than three places are of one rank.
        rest: Others of the same rank, highest first.
        apart: Those of provinces that stand beside cities, highest first.
        is_per_head: Whether values are told for each million residents, and sorted by that: where they are totals of
            places of unlike size.
        best_in_all: Those with the highest total, where `best` are others because it is sorted by residents.
    """

    indicator: Indicator
    best: tuple[Statement, ...]
    rest: tuple[Statement, ...]
    apart: tuple[Statement, ...]
    is_per_head: bool = False
    best_in_all: tuple[Statement, ...] = ()

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
    on_axis = next(iter(by_indicator(comparable).values()))
    is_per_head = are_unlike(on_axis)

    def value(statement: Statement) -> float:
        return _value(statement, is_per_head=is_per_head)

    on_axis = sorted(on_axis, key=lambda statement: (-value(statement), statement.plan, statement.start))
    cities = [statement for statement in on_axis if not looks[statement.plan].is_province]
    apart = [statement for statement in on_axis if looks[statement.plan].is_province] if cities else []
    ranked = cities or on_axis
    is_ranked = len({statement.plan for statement in ranked}) >= _CROWNED
    best = [statement for statement in ranked if is_ranked and value(statement) == value(ranked[0])]
    rest = [statement for statement in ranked if statement not in best]
    most = max((statement.comparable_value or 0.0 for statement in ranked), default=0.0)
    in_all = [statement for statement in ranked if statement.comparable_value == most]
    if not best or not is_per_head or {s.plan for s in in_all} & {s.plan for s in best}:
        in_all = []
    return Ranking(on_axis[0].indicator, tuple(best), tuple(rest), tuple(apart), is_per_head, tuple(in_all))


def are_unlike(statements: Sequence[Statement]) -> bool:
    """Return whether values are totals of places whose residents are known and differ by more than half."""
    residents = [
        s.comparable_value / s.per_million_value if s.per_million_value and s.comparable_value else None
        for s in statements
    ]
    known = [number for number in residents if number]
    return len(known) == len(residents) and max(known) > _UNLIKE * min(known)


def finding(statements: Sequence[Statement], theme: str, looks: Looks, codes: Codes, lang: Lang) -> Parts:
    """Return who promises most of what most plans state, or why that cannot be said.

    Args:
        statements: On one theme or on an axis of it, none said twice.
        theme: The key of the theme; a plan is counted by what it promises on the theme itself, as on the theme map.
        looks: Of the plans.
        codes: The words of codes.
        lang: The language.

    Returns:
        A sentence without its end; each value leads to its statement.
    """
    ranked = ranking(statements, looks)
    if ranked is None or not ranked.is_shared:
        claim = claimed(statements, theme, looks)
        return filled(template(claim.says, lang), n=f"{claim.how_much}", of=str(len(looks)))
    return lead(ranked, looks, codes, lang) + beside(ranked, looks, codes, lang)


def claimed(statements: Sequence[Statement], theme: str, looks: Looks) -> Claim:
    """Return what `finding` says of the same, as a record: who, what, how much, of how many plans, and how sure.

    How much is the highest value, for each million residents where it is told so.
    """
    if not looks or not statements:
        return Claim("nothing" if looks else "no_plans", what=(theme,), of=len(looks))
    ranked = ranking(statements, looks)
    if ranked is None:
        return Claim("none_comparable", what=(theme,), of=len(looks))
    if not ranked.is_shared:
        plans = {s.plan for s in statements if s.is_commitment and s.theme == theme}
        return Claim("one_each", what=(theme,), how_much=len(plans), of=len(looks))
    told = ranked.best or (*ranked.rest, *ranked.apart)
    per_head = "_per_head" if ranked.is_per_head else ""
    sure = [Claim(code, (s.plan,), (s.key,)) for s in told for code in _limits(s)]
    sure += [Claim("highest_in_all", _plans(ranked.best_in_all))] if ranked.best_in_all else []
    sure += [Claim("provinces", _plans(ranked.apart))] if ranked.best and ranked.apart else []
    sure += [Claim("periods_apart")] if _say_periods(ranked, looks) else []
    return Claim(
        f"highest{per_head}" if ranked.best else f"not_ranked{per_head}", _plans(told), (ranked.indicator.key,),
        _value(told[0], is_per_head=ranked.is_per_head) if ranked.best else None,
        len(_plans((*ranked.best, *ranked.rest))), told[0].year if ranked.best else None, tuple(sure),
    )  # fmt: skip


def _plans(statements: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(sorted({statement.plan for statement in statements}))


def _limits(statement: Statement) -> list[str]:
    """Return the codes of what limits a statement: its scope, and that it is only aimed at."""
    codes = [statement.verdict] if statement.verdict in _LIMITED else []
    return codes + (["aspirational"] if statement.is_aspirational else [])


def _value(statement: Statement, *, is_per_head: bool) -> float:
    return (statement.per_million_value if is_per_head else statement.comparable_value) or 0.0


def lead(ranked: Ranking, looks: Looks, codes: Codes, lang: Lang) -> Parts:
    """Return who promises most on an axis that plans share; of too few places, what each of them promises."""
    name = short_name(ranked.indicator.name[lang])
    per_head = "_per_head" if ranked.is_per_head else ""
    if not ranked.best:
        both = claims((*ranked.rest, *ranked.apart), looks, codes, lang, is_per_head=ranked.is_per_head)
        return filled(template(f"not_ranked{per_head}", lang), indicator=name, plans=both)
    is_tied = len({statement.plan for statement in ranked.best}) > 1
    key = ("highest_cities" if ranked.apart else "highest") + ("_many" if is_tied else "")
    leading = _leading(ranked, looks, codes, lang)
    return filled(template(key, lang), indicator=name, basis=phrase(f"basis{per_head}", lang), **leading)


def beside(ranked: Ranking, looks: Looks, codes: Codes, lang: Lang) -> Parts:
    """Return what must be said with who promises most: who does in all, what provinces promise, and of the periods."""
    said: Parts = ()
    if ranked.best_in_all:
        plans = claims(ranked.best_in_all, looks, codes, lang)
        said += filled(template("highest_in_all", lang), plans=plans)
    if ranked.best and ranked.apart:
        apart = claims(ranked.apart, looks, codes, lang, is_per_head=ranked.is_per_head)
        said += filled(template("provinces", lang), plans=apart)
    if _say_periods(ranked, looks):
        said += (Part(phrase("stop", lang)), *filled(template("periods_apart", lang)))
    return said


def _say_periods(ranked: Ranking, looks: Looks) -> bool:
    """Return whether two periods have no year in common; that those of many plans differ goes without saying."""
    plans = {s.plan for s in (*ranked.best, *ranked.rest, *ranked.apart)}
    few = len({s.plan for s in (*ranked.best, *ranked.rest)}) <= _MOST
    return few and are_apart(looks[plan] for plan in plans)


def claim(statement: Statement, codes: Codes, lang: Lang, *, is_per_head: bool = False) -> list[Part]:
    """Return a comparable value, linked, and what a reader must know of it: by when, and how sure."""
    told = statement.comparable[lang] if statement.comparable else ""
    if is_per_head and statement.per_million:
        sign = COMPARATORS[statement.comparator]
        told = phrase("per_million", lang, sign + statement.per_million[lang])
    limits = [phrase("until", lang, statement.year)] if statement.year else []
    limits += [
        phrase(code, lang) if code == "aspirational" else codes.name("comparability", code, lang)
        for code in _limits(statement)
    ]
    value = Part(told, measure=statement.key)
    return [value, Part(phrase("limited", lang, phrase("and", lang).join(limits)))] if limits else [value]


def claims(
    statements: Sequence[Statement], looks: Looks, codes: Codes, lang: Lang, *, is_per_head: bool = False
) -> list[Part]:
    """Return statements as a list of plans with their values, each that reads the same once."""
    distinct: dict[str, list[Part]] = {}
    for statement in statements:
        said = claim(statement, codes, lang, is_per_head=is_per_head)
        parts = [Part(phrase("plan_value", lang, looks[statement.plan].name, "")), *said]
        distinct.setdefault(text_of(parts), parts)
    more = [Part(phrase("others", lang))] if len(distinct) > _MOST else []
    return [*listed(list(distinct.values())[:_MOST], lang), *more]


def _leading(ranked: Ranking, looks: Looks, codes: Codes, lang: Lang) -> dict[str, Field]:
    """Return the plans that lead, and what they claim: once, if all of them say the same; and of how many."""
    best, per_head = ranked.best, ranked.is_per_head
    said = [claim(statement, codes, lang, is_per_head=per_head) for statement in best]
    is_one = len({text_of(parts) for parts in said}) == 1
    plans = leaders((looks[statement.plan].name for statement in best), lang)
    of = len({statement.plan for statement in (*best, *ranked.rest)})
    if is_one:
        value = said[0]
    elif len(_plans(best)) > MOST_NAMES:
        # They are counted, not named: by when each, and how sure, a title has no room for.
        value = [said[0][0], Part(phrase("limited", lang, phrase("limits_differ", lang)))]
    else:
        value = claims(best, looks, codes, lang, is_per_head=per_head)
    return {"plans": plans, "value": value, "n": str(of)}
