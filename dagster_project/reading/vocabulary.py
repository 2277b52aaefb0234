"""Words and the patterns that they become.

A word that is also a part of other words says of which: 局 names an office, but not in 布局 or 格局. These exceptions
are data beside the word, with an example of the word itself, instead of look-arounds in a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its exceptions.

    Attributes:
        text: The word.
        unless_before: What stands right before it where it is a part of another word; blank-separated.
        unless_after: What stands right after it there; blank-separated.
        example: A text that has the word itself.
        source: What an exception rests on, where it is not plain from the language.

    Raises:
        ValueError: If it has an exception, but no example.
    """

    text: str
    unless_before: str = ""
    unless_after: str = ""
    example: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if (self.unless_before or self.unless_after) and self.text not in self.example:
            raise ValueError(f"{self.text} has exceptions and needs an example")

    @property
    def excepted(self) -> tuple[str, ...]:
        """The texts that have the word as a part of another one."""
        before = (other + self.text for other in self.unless_before.split())
        return (*before, *(self.text + other for other in self.unless_after.split()))

    @property
    def pattern(self) -> str:
        """The word with its exceptions as look-arounds."""
        before, after = self.unless_before.split(), self.unless_after.split()
        signs = "".join(map(re.escape, (other for other in before if len(other) == 1)))
        looks_back = ([f"(?<![{signs}])"] if signs else []) + [
            f"(?<!{re.escape(other)})" for other in before if len(other) > 1
        ]
        looks_ahead = [f"(?!{'|'.join(map(re.escape, after))})"] if after else []
        return "".join([*looks_back, re.escape(self.text), *looks_ahead])


class OneOf(str):
    """A pattern that fits one of some words.

    Attributes:
        words: The words.
    """

    __slots__ = ("words",)

    words: tuple[Word, ...]


def one_of(words: str | Iterable[str], *others: Word) -> OneOf:
    """Return an alternation of words, the longest first.

    Args:
        words: Words without exceptions, blank-separated or one by one.
        others: Words with exceptions.

    Raises:
        ValueError: If a word stands twice.
    """
    plain = words.split() if isinstance(words, str) else words
    every = sorted((*map(Word, plain), *others), key=lambda word: len(word.text), reverse=True)
    texts = [word.text for word in every]
    if twice := sorted({text for text in texts if texts.count(text) > 1}):
        raise ValueError(f"words that stand twice: {' '.join(twice)}")
    pattern = OneOf(f"(?:{'|'.join(word.pattern for word in every)})")
    pattern.words = tuple(every)
    return pattern


def coded(words: Mapping[C, str]) -> dict[str, C]:
    """Return the code of each word.

    Args:
        words: The words of each code, blank-separated.

    Raises:
        ValueError: If a word stands twice.
    """
    pairs = [(word, code) for code, line in words.items() for word in line.split()]
    codes = dict(pairs)
    if len(codes) < len(pairs):
        twice = [word for word, _ in pairs if sum(other == word for other, _ in pairs) > 1]
        raise ValueError(f"words that stand twice: {' '.join(dict.fromkeys(twice))}")
    return codes
