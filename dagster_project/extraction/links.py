"""Which measure repeats an earlier one, and which award a condition or cap belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dagster_project.records import Measure

_FORM_WORDS = re.compile(r"\([^()]*\)|年均增幅|年均增长率?|增长率|数量|总数|首[例单]|累计|项目的?|的")


def bigrams(text: str) -> frozenset[str]:
    """Return the character bigrams of a noun phrase without form words; of one character, itself."""
    text = _FORM_WORDS.sub("", text) or text
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset([text])


def similarity(one: str, other: str) -> float:
    """Return the share of the shorter phrase's character bigrams that the other holds, 0 to 1."""
    a, b = bigrams(one), bigrams(other)
    return len(a & b) / min(len(a), len(b))


def link(measures: Sequence[Measure], raw: str) -> tuple[Measure, ...]:
    """Return the measures with `restates` and `governs` set."""
    linked: list[Measure] = []
    by_value: dict[tuple[float, str, str], list[int]] = {}  # by value, unit and form
    for index, measure in enumerate(measures):
        restates = None
        if measure.kind == "target":
            same = by_value.setdefault((measure.value, measure.unit, measure.form), [])
            for earlier in same:
                other = linked[earlier]
                if (
                    other.char_end <= measure.char_start
                    and _elsewhere(other, measure, raw)
                    and similarity(other.indicator, measure.indicator) >= 0.75
                ):
                    restates = earlier
                    break
            if restates is None:
                same.append(index)
        linked.append(replace(measure, restates=restates, governs=_award(measures, index, raw)))
    return tuple(linked)


def _elsewhere(one: Measure, other: Measure, raw: str) -> bool:
    """A restatement stands in another sentence."""
    return bool(re.search(r"[。\n]", raw[one.char_end : other.char_start]))


def _award(measures: Sequence[Measure], index: int, raw: str) -> int | None:
    """Return the award that a condition (the next one) or a cap (the first before it) belongs to, in its sentence."""
    measure = measures[index]
    if measure.kind == "condition":
        for later in range(index + 1, len(measures)):
            other = measures[later]
            if re.search(r"[。;\n]", raw[measure.char_end : other.char_start]):
                return None
            if other.kind == "incentive":
                return later
    if measure.kind == "incentive" and measure.comparator == "le":
        first = None
        for earlier in range(index - 1, -1, -1):
            other = measures[earlier]
            if other.provision != measure.provision or re.search(
                r"[。;\n]", raw[other.char_end : measure.char_start]
            ):
                break
            if (
                other.kind == "incentive"
                and (other.comparator != "le" or other.unit != measure.unit)
                and other.char_end <= measure.char_start
            ):
                first = earlier
        return first
    return None
