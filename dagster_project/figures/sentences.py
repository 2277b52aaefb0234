"""Sentences whose numbers lead to what they count. Pure."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dagster_project.figures.words import Lang, phrase


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence.

    Attributes:
        text: Plain text.
        measure: Key of the statement that it is the number of.
        query: Filters of the table of statements that the number counts, as ``theme=talent&verdict=exact``.
        section: Id of the section that the number comes from.
    """

    text: str
    measure: str = ""
    query: str = ""
    section: str = ""

    @property
    def href(self) -> str:
        """The fragment that leads to the evidence; empty for mere text."""
        return link(self.measure) if self.measure else self.query or self.section


Parts = tuple[Part, ...]
#: What fills a place of a phrase.
Field = str | Part | Sequence[Part]


def link(measure_key: str) -> str:
    """Return the fragment that opens the evidence of a measure."""
    return f"m={quote(measure_key, safe='@.')}"


def filled(template: str, **fields: Field) -> Parts:
    """Return a phrase with its places filled by text or by linked parts."""
    parts: list[Part] = []
    for text, name, _, _ in string.Formatter().parse(template):
        if text:
            parts.append(Part(text))
        if name is not None:
            parts += _parts(fields[name])
    return tuple(parts)


def listed(items: Sequence[Field], lang: Lang) -> list[Part]:
    """Return items as a list in words."""
    parts: list[Part] = []
    for index, item in enumerate(items):
        parts += [Part(phrase("and", lang)), *_parts(item)] if index else _parts(item)
    return parts


def text_of(parts: Sequence[Part]) -> str:
    """Return the plain text."""
    return "".join(part.text for part in parts)


def _parts(field: Field) -> Sequence[Part]:
    return [Part(field)] if isinstance(field, str) else [field] if isinstance(field, Part) else field
