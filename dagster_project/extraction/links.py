"""Which measure repeats an earlier one, and which award a condition or cap belongs to."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dagster_project.extraction.fields.kind import AWARD_RULES
from dagster_project.extraction.phrases import FORM_WORDS
from dagster_project.records import Measure

SAME_INDICATOR = (
    0.75  # of the shorter name's character bigrams; restatements in the five plans share 0.8 and more
)


def name_overlap(one: str, other: str) -> float:
    """Return the share of the shorter name's character bigrams that the other name holds, 0 to 1.

    The overlap coefficient, not that of Dice: a name that is told again is often told shorter, and that is no difference.
    """
    a, b = _bigrams(one), _bigrams(other)
    return len(a & b) / min(len(a), len(b))


def _bigrams(name: str) -> frozenset[str]:
    """Return the character bigrams of a noun phrase without form words; of one character, itself."""
    text = FORM_WORDS.sub("", name) or name
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset([text])


class Place(NamedTuple):
    """Where a measure stands: numbers of its sentence, of its segment and of its series in the document."""

    sentence: int
    segment: int
    series: int


def link(measures: Sequence[Measure], places: Sequence[Place]) -> tuple[Measure, ...]:
    """Return the measures with `restates` and `governs` set.

    Args:
        measures: In the order of the text.
        places: Where each of them stands.
    """
    awards = [_award(measures, places, index) for index in range(len(measures))]
    linked: list[Measure] = []
    stated: dict[tuple[float, str, str], list[int]] = {}  # targets stated for the first time
    for index, measure in enumerate(measures):
        restates = None
        if measure.kind == "target":
            same = stated.setdefault((measure.value, measure.unit, measure.form), [])
            restates = next(
                (
                    earlier
                    for earlier in same
                    if places[earlier].sentence != places[index].sentence
                    and name_overlap(measures[earlier].indicator, measure.indicator) >= SAME_INDICATOR
                ),
                None,
            )
            if restates is None:
                same.append(index)
        is_alone = restates is None and awards[index] is None
        linked.append(measure if is_alone else replace(measure, restates=restates, governs=awards[index]))
    return tuple(linked)


def _award(measures: Sequence[Measure], places: Sequence[Place], index: int) -> int | None:
    """Return the award that a condition (the next one) or a cap (the first before it) belongs to, in its segment.

    A limit on a count that no award follows (每家企业每年最多50台) belongs to the award before it.
    """
    measure = measures[index]
    if measure.kind == "condition":
        later = _in_segment(places, index, range(index + 1, len(measures)))
        award = next((other for other in later if measures[other].kind == "incentive"), None)
        if award is not None:
            if _rank(places, award)[0]:  # its series begins with what is no award: there are no pairs
                return award
            return _of_tier(measures, places, index, award) or _same_rank(places, index, award)
        is_limit = measure.comparator == "le" and measure.unit not in {"CNY", "percent", "year"}
        before = _in_segment(places, index, range(index - 1, -1, -1)) if is_limit else ()
        return next((other for other in before if measures[other].kind == "incentive"), None)
    if measure.kind == "incentive" and measure.comparator == "le":
        earlier = _in_segment(places, index, range(index - 1, -1, -1))
        awards = [
            other
            for other in earlier
            if measures[other].kind == "incentive"
            and (measures[other].comparator != "le" or measures[other].unit != measure.unit)
            and places[other].series != places[index].series
        ]
        return awards[-1] if awards else _award_of_provision(measures, places, index)
    return None


def _award_of_provision(measures: Sequence[Measure], places: Sequence[Place], index: int) -> int | None:
    """The first award before a cap that stands in a sentence of its own: 同一企业年度累计不超过200万元."""
    provision = measures[index].provision
    if provision is None or _has_award_beside(measures[index]):
        return None
    own = itertools.takewhile(lambda i: measures[i].provision == provision, range(index - 1, -1, -1))
    awards = [
        i
        for i in own
        if measures[i].kind == "incentive"
        and measures[i].comparator != "le"
        and places[i].sentence != places[index].sentence
    ]
    return awards[-1] if awards else None


def _has_award_beside(measure: Measure) -> bool:
    """Say whether the award that a cap limits was found beside it, so that it stands in no earlier sentence."""
    return dict(measure.trace)["kind"].rule in AWARD_RULES


def _in_segment(places: Sequence[Place], index: int, others: Iterable[int]) -> Iterator[int]:
    return itertools.takewhile(lambda other: places[other][:2] == places[index][:2], others)


def _of_tier(measures: Sequence[Measure], places: Sequence[Place], condition: int, award: int) -> int | None:
    """Pair tiers with a bound at either end: 1000万元至5000万元、5000万元以上的,分别奖励10万元、20万元.

    A tier begins at each bound but one from above, which closes the tier before it. Without as many tiers as awards: None.
    """
    _, awards = _rank(places, award)
    beside = itertools.takewhile(
        lambda i: places[i][:2] == places[award][:2] and measures[i].kind == "condition",
        range(award - 1, -1, -1),
    )
    bounds = [i for i in reversed(list(beside)) if measures[i].unit == measures[condition].unit]
    tiers: list[list[int]] = []
    for i in bounds:
        if (
            tiers
            and measures[i].comparator in {"le", "lt"}
            and measures[tiers[-1][-1]].comparator in {"ge", "gt"}
        ):
            tiers[-1].append(i)
        else:
            tiers.append([i])
    is_range = (
        measures[award].comparator == "ge" and measures[award + 1].comparator == "le" if awards > 1 else True
    )
    if is_range or len(tiers) != awards:
        return None
    return next((award + rank for rank, tier in enumerate(tiers) if condition in tier), None)


def _same_rank(places: Sequence[Place], condition: int, award: int) -> int:
    """Pair tiers in order: 突破1亿元、5亿元的,分别奖励20万元、50万元."""
    rank, conditions = _rank(places, condition)
    _, awards = _rank(places, award)
    return award + rank if conditions == awards else award


def _rank(places: Sequence[Place], index: int) -> tuple[int, int]:
    """Return the rank of a measure in its series, and the length of the series."""
    series = places[index].series
    before = sum(
        1 for _ in itertools.takewhile(lambda i: places[i].series == series, range(index - 1, -1, -1))
    )
    after = sum(
        1 for _ in itertools.takewhile(lambda i: places[i].series == series, range(index + 1, len(places)))
    )
    return before, before + 1 + after
