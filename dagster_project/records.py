"""The records that reading and extraction hand on: plain values, no effects.

Offsets named ``char_start`` and ``char_end`` count code points in the file as decoded (`raw`); offsets named
``start`` and ``end`` count characters of the folded and repaired `View` that the rules match on. A `View` maps
the second to the first exactly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar


@dataclass(frozen=True, slots=True)
class View:
    """A text made for matching, with the raw span that every one of its characters stands for.

    Attributes:
        raw: The file as decoded.
        text: The folded, repaired text.
        starts: For each character of `text`, where its raw characters start.
        ends: For each character of `text`, where its raw characters end; equal to the start for a character
            that a repair put in.
    """

    raw: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span of ``text[start:end]``, which must not be empty."""
        return self.starts[start], self.ends[end - 1]

    def view_span(self, char_start: int, char_end: int) -> tuple[int, int]:
        """Return the smallest span of `text` that holds all that is left of ``raw[char_start:char_end]``."""
        return bisect_right(self.ends, char_start), bisect_left(self.starts, char_end)


@dataclass(frozen=True, slots=True)
class Repair:
    """One correction of damage: ``raw[char_start:char_end]`` is `before`, and is read as `after`."""

    char_start: int
    char_end: int
    rule: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction made by a person: ``raw[char_start:]`` must start with `before`, and is read as `after`."""

    char_start: int
    before: str
    after: str
    reason: str


class Role(StrEnum):
    """What a block of a document is, in the order in which a 公文 is set out."""

    FURNITURE = "furniture"  # what the web page added: navigation, link lists, share buttons, dates of upload
    TITLE = "title"
    NOTICE = "notice"  # the covering notice: addressee, "现印发给你们", signature and date
    PREAMBLE = "preamble"  # from the title of the plan to its first heading
    HEADING = "heading"  # a numbered line with no text of its own
    BODY = "body"  # text of a provision, or unnumbered text under a heading
    AGENCIES = "agencies"  # 责任单位, 牵头单位, 配合单位
    CLOSING = "closing"  # 本措施自印发之日起实施 …: unnumbered text after the last provision
    ANNEX = "annex"  # annexes that are not read: forms, lists of names, rubrics; text of the others is body


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the view with one role; blocks are in order, do not overlap, and leave out only white space.

    A provision's own number and heading belong to its first block.
    """

    start: int
    end: int
    role: Role
    headings: tuple[str, ...] = ()  # numbers and headings above and of the block, outermost first, as printed
    provision: int | None = None  # index into `Reading.provisions`


@dataclass(frozen=True, slots=True)
class Agency:
    """An office named as in charge of a provision, as printed."""

    printed_name: str
    role: str  # lead | supporting
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Provision:
    """The smallest numbered or bulleted unit that says what is to be done."""

    number: str  # chain, e.g. 三/(一)/1 or 二/(二)/-1 or 一/一是
    section: str  # goal | task | safeguard | status | principle | step
    heading: str  # verbatim, without its number
    heading_path: tuple[str, ...]  # numbers and headings above it and its own, as printed
    char_start: int
    char_end: int
    agencies: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A superior document that the plan names."""

    title: str | None
    document_number: str | None
    year: int | None
    role: str  # basis | mention
    provision: int | None
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Period:
    """Years that something holds for; `text` is as printed."""

    text: str
    start_year: int | None
    end_year: int | None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a plan states about itself; None where it does not."""

    title: str | None = None
    document_number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    period: Period | None = None
    validity: str | None = None  # e.g. 五年
    script: str = "simplified"  # simplified | traditional


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan after reading: every character has its place."""

    view: View
    metadata: Metadata
    blocks: tuple[Block, ...]
    provisions: tuple[Provision, ...]
    citations: tuple[Citation, ...]
    repairs: tuple[Repair, ...]
    warnings: tuple[str, ...] = ()


class Disposition(StrEnum):
    """What a numeral was found to be."""

    MEASURE = "measure"
    RESTATED = "restated"
    DENOMINATOR = "denominator"
    DATE = "date"
    PERIOD = "period"
    DOCUMENT_NUMBER = "document_number"
    HEADING_NUMBER = "heading_number"
    STANDARD_CODE = "standard_code"
    PROPER_NAME = "proper_name"
    ORDINAL = "ordinal"
    PHONE = "phone"
    OTHER = "other"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Numeral:
    """One run of Arabic digits, or one Chinese numeral that means a number."""

    char_start: int
    char_end: int
    text: str
    disposition: Disposition
    measure: int | None = None  # index into `Extraction.measures`
    reason: str = ""


T_co = TypeVar("T_co", covariant=True)


class Decision(NamedTuple, Generic[T_co]):
    """What a field was decided to be, by which rule, and by which words of the text; the words are for people."""

    value: T_co
    rule: str
    words: str = ""

    def __str__(self) -> str:
        """Return rule and words in one line."""
        return f"{self.rule}: {self.words}" if self.rule and self.words else self.rule or self.words


@dataclass(frozen=True, slots=True)
class Measure:
    """One quantified commitment. The columns of `fct_measure` that need no other table."""

    char_start: int
    char_end: int
    value_text: str
    value: float
    unit: str
    comparator: str
    is_aspirational: bool
    kind: str
    form: str
    per: str | None
    indicator: str  # simplified script
    recipient: str | None
    period: Period | None
    horizon_years: int | None
    quote_start: int  # raw offsets of the sentence, or of the part of it between ; and ;
    quote_end: int
    clause_start: int  # raw offsets of the clause between commas, which says most closely what is measured
    clause_end: int
    provision: int | None
    headings: tuple[str, ...]
    restates: int | None = None  # index of an earlier measure
    governs: int | None = None  # index of the award that a condition or cap belongs to
    trace: tuple[tuple[str, Decision[object]], ...] = ()  # by field, in order of decision


class PassedOver(NamedTuple):
    """A number, with its unit if it has any, that is no measure, and the rule that says so."""

    char_start: int
    char_end: int
    decision: Decision[bool]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All measures of a plan, the ledger of its numerals, and the numbers that were looked at and are no measures."""

    measures: tuple[Measure, ...]
    numerals: tuple[Numeral, ...]
    passed_over: tuple[PassedOver, ...] = ()
