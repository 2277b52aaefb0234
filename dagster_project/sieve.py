"""What a text must have for a pattern to fit anywhere in it, taken from the pattern itself.

Most patterns of a table fit few texts. To look for a handful of characters costs far less than to try each pattern at
each place, so a `Sieve` says of a text in one look which of many patterns can fit at all. It never leaves out one that
fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from re import _constants as kinds  # type: ignore[attr-defined]  # the parser of `re` has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

#: Characters of which a text must have one.
Needed: TypeAlias = frozenset[str]

_WIDEST = 80  # characters of a class that is worth looking for
_DIGITS = frozenset("0123456789")
# What almost every sentence with a number has; to look for one of these rules out next to nothing.
_COMMON = _DIGITS | frozenset("一二三四五六七八九十百千万亿元年个、,。的")


def needed(pattern: str) -> tuple[Needed, ...]:
    r"""Return sets of characters: a text in which `pattern` fits has at least one of each.

    Args:
        pattern: As `re.compile` takes it, without flags. Where it takes any decimal digit (``\d``), nothing is needed.
    """
    found = dict.fromkeys(_of_sequence(parser.parse(pattern)))
    return tuple(sorted(found, key=_commonness))


def _commonness(characters: Needed) -> tuple[int, int]:
    return len(characters & _COMMON), len(characters)


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> list[Needed]:
    return [characters for part in parts for characters in _of_part(*part)]


def _of_part(kind: Any, value: Any) -> list[Needed]:  # noqa: ANN401 - nodes of the parser have no types
    if kind is kinds.LITERAL:
        return [frozenset(chr(value))]
    if kind is kinds.IN:
        characters = _of_class(value)
        return [characters] if characters else []
    if kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT}:
        least, _, parts = value
        return _of_sequence(parts) if least else []
    if kind is kinds.SUBPATTERN:
        return _of_sequence(value[-1])
    if kind is kinds.ATOMIC_GROUP:
        return _of_sequence(value)
    if kind is kinds.ASSERT:
        return _of_sequence(value[1])
    if kind is kinds.BRANCH:
        return list(_of_branch([_of_sequence(parts) for parts in value[1]]))
    return []


def _of_class(items: Sequence[tuple[Any, Any]]) -> Needed | None:
    """Return the characters of a class; None where it takes too many to look for them."""
    characters: set[str] = set()
    for kind, value in items:
        if kind is kinds.LITERAL:
            characters.add(chr(value))
        elif kind is kinds.RANGE and value[1] - value[0] < _WIDEST:
            characters.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(characters)


def _of_branch(branches: Sequence[list[Needed]]) -> Iterator[Needed]:
    """Yield what one of several patterns needs: something that the first needs or something that the second needs."""
    if not all(branches):
        return
    ranked = [sorted(branch, key=_commonness) for branch in branches]
    for rank in range(min(map(len, ranked))):
        yield frozenset().union(*(branch[rank] for branch in ranked))


def opened(pattern: str) -> str:
    """Return a pattern that fits where `pattern` does, with a look at the first character before all else.

    `re` then leaves most places of a text after one look; without it, it tries one alternative after the other there.
    """
    first, may_be_empty = _first_of(parser.parse(pattern))
    if first is None or may_be_empty or len(first) <= _FEW:
        return pattern
    return f"(?=[{''.join(sorted(first))}])(?:{pattern})"


_FEW = 2  # first characters: `re` looks for so few by itself
_First: TypeAlias = tuple[
    set[str] | None, bool
]  # escaped characters, None for too many; and whether it fits nothing


def _first_of(parts: Iterable[tuple[Any, Any]]) -> _First:
    """Return with which characters a sequence can begin, and whether it may be empty."""
    characters: set[str] = set()
    for kind, value in parts:
        if kind in {kinds.ASSERT, kinds.ASSERT_NOT, kinds.AT}:
            continue
        first, may_be_empty = _first_of_part(kind, value)
        if first is None:
            return None, False
        characters |= first
        if not may_be_empty:
            return characters, False
    return characters, True


def _first_of_part(kind: Any, value: Any) -> _First:  # noqa: ANN401 - nodes of the parser have no types
    if kind is kinds.LITERAL:
        return {re.escape(chr(value))}, False
    if kind is kinds.IN:
        is_digit = (kinds.CATEGORY, kinds.CATEGORY_DIGIT)
        characters = _of_class([item for item in value if item != is_digit])
        digits = {r"\d"} if is_digit in value else set()
        return (None if characters is None else digits | set(map(re.escape, characters))), False
    if kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT}:
        least, _, parts = value
        first, may_be_empty = _first_of(parts)
        return first, may_be_empty or not least
    if kind in {kinds.SUBPATTERN, kinds.ATOMIC_GROUP}:
        return _first_of(value[-1] if kind is kinds.SUBPATTERN else value)
    if kind is kinds.BRANCH:
        branches = [_first_of(parts) for parts in value[1]]
        sets = [first for first, _ in branches if first is not None]
        found = set[str]().union(*sets) if len(sets) == len(branches) else None
        return found, any(may_be_empty for _, may_be_empty in branches)
    return None, False


class Sieve:
    """Says which of some patterns can fit in a text.

    Args:
        patterns: The patterns; None stands for one that must always be tried.
    """

    def __init__(self, patterns: Iterable[str | None]) -> None:
        self._bits: dict[str, int] = {}
        self._wanted: list[int] = []  # for each pattern, the bits that a text must have
        bits: dict[Needed, int] = {}
        for pattern in patterns:
            sets = needed(pattern) if pattern is not None else ()
            wanted = 0
            for characters in sets:
                wanted |= bits.setdefault(characters, 1 << len(bits))
            self._wanted.append(wanted)
        for characters, bit in bits.items():
            for character in characters:
                self._bits[character] = self._bits.get(character, 0) | bit
        self._characters = frozenset(self._bits)
        self._fitting = lru_cache(maxsize=4096)(self._of_bits)

    def candidates(self, text: str) -> tuple[int, ...]:
        """Return the places of the patterns that can fit in `text`, in order."""
        bits = 0
        for character in self._characters.intersection(text):
            bits |= self._bits[character]
        return self._fitting(bits)

    def _of_bits(self, bits: int) -> tuple[int, ...]:
        return tuple(place for place, wanted in enumerate(self._wanted) if wanted & bits == wanted)
