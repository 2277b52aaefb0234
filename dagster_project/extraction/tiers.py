"""Which tier of an award a threshold bounds: below 1, from 1 to 5, from 5 million yuan.

Tiers follow each other without a gap, so that one ends with the figure with which the next begins: 1000万元至2000万元的,…;
2000万元至5000万元的,…;5000万元以上的,…. That is how they are known, whatever is paid between them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dagster_project.extraction.clauses import Context, Sentence
from dagster_project.reading.vocabulary import one_of

_FROM = re.compile(r"(?:\([^()]*\)|含)*及?以上")
_UP_TO = re.compile(r"(?:\([^()]*\)|含)*(?:及?以[下内]|的?部分)")
_ABOVE = re.compile(f"(?:{one_of('超过 超 大于 高于 多于 达到 达 满')})$")
_BELOW = re.compile(f"(?:{one_of('不足 不超过 不满 不到 未满 低于 少于 小于 至 到')}|[—～~-])$")
_RANGE = re.compile(
    r"(?:\([^()]*\)|含)*(?:及?以上)?(?:\([^()]*\)|含)*(?:至|到|[—～~-]|,|、|且|不满|不足|低于|不超过)*"
)


_NEAR, _LONGEST_BOUND = 40, 6  # figures before and behind that can be of the same list; characters
# An item of a list of tiers that its opening announces: 按投资额分档补助:⟨2.⟩1亿元至5亿元的,补助6%.
_ITEM = re.compile(r"\s*[(]?(?P<number>[1-9])[)、.]")
GRADED = re.compile("(?:按|根据|依)(?P<by>[^,。;:]{2,12}?)(?:分档|分段|分级|分类|阶梯|超额累进|累进)")


class Tier(NamedTuple):
    """A bound of a tier.

    Attributes:
        place: Which tier, from 0.
        total: How many there are.
        is_upper: The tier ends with it.
    """

    place: int
    total: int
    is_upper: bool


def tier_of(c: Context) -> Tier | None:
    """Return which tier a figure bounds; None where it bounds none, or there are no others."""
    if (tier := _tiers(c).get(c.index)) is not None:
        return tier
    item = _ITEM.match(c.sentence.text) if GRADED.search(c.sentence.opening) else None
    is_upper = _end(c.sentence, c.index) if item else None
    if item is None or is_upper is None:
        return None
    place = int(item["number"]) - 1
    return Tier(place, place + 1, is_upper)


def count_of_tiers(c: Context) -> int:
    """Return how many tiers stand before a series, if they are all that its figures can be for; else 0."""
    here = [tier for index, tier in _tiers(c).items() if index < c.series[0]]
    return here[-1].total if here and here[-1].place == here[-1].total - 1 else 0


def tier_before(c: Context) -> int | None:
    """Return which tier the clause of a figure bounds before it: 首次达到800万元以上1500万元以下的奖励⟨2万元⟩."""
    index = c.series[0] - 1
    bound = _tiers(c).get(index)
    return bound.place if bound and c.sentence.quantities[index].start >= c.clause[0] else None


def _tiers(c: Context) -> dict[int, Tier]:
    """Return the tiers near a figure, by the index of the figure that bounds them."""
    found: dict[int, Tier] = {}
    near = range(max(0, c.index - _NEAR), min(len(c.sentence.quantities), c.index + _NEAR))
    for group in _groups(c.sentence, near):
        count = group[-1][1] + 1
        if count > 1:
            found |= {index: Tier(place, count, is_upper) for index, place, is_upper in group}
    return found


def _groups(sentence: Sentence, near: range) -> list[list[tuple[int, int, bool]]]:
    """Return runs of bounds that follow each other: the index of each, its tier, and whether the tier ends with it."""
    groups: list[list[tuple[int, int, bool]]] = []
    for index in near:
        is_upper = _end(sentence, index)
        if is_upper is None:
            continue
        quantity = sentence.quantities[index]
        last = groups[-1][-1] if groups else None
        before = sentence.quantities[last[0]] if last else None
        if last and before and before.unit_word == quantity.unit_word:
            if before.value == quantity.value and last[2] and not is_upper:
                groups[-1].append((index, last[1] + 1, False))
                continue
            if not last[2] and is_upper and _RANGE.fullmatch(sentence.text, before.end, quantity.start):
                groups[-1].append((index, last[1], True))
                continue
        groups.append([(index, 0, is_upper)])
    return groups


def _end(sentence: Sentence, index: int) -> bool | None:
    """Say whether a figure is the upper end of what it bounds, or the lower; None where it bounds nothing."""
    quantity = sentence.quantities[index]
    if quantity.bound:
        return quantity.bound == "high"
    before = sentence.text[max(0, quantity.start - _LONGEST_BOUND) : quantity.start]
    if _FROM.match(sentence.text, quantity.end):
        return False
    if _UP_TO.match(sentence.text, quantity.end) or _BELOW.search(before):
        return True
    return False if _ABOVE.search(before) else None
