"""Where a quantity stands: its sentence, segment, clause and series, cut out once for all rules.

The segments of a sentence are parted by ; and its clauses by , and :. A series is a run of quantities with only 、 or a
conjunction between them (8万元、12万元、18万元): they share what stands before the first and after the last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.dispositions import Explained
from dagster_project.extraction.numbers import TO, Quantity
from dagster_project.records import Decision

_NOISE = re.compile(rf"^{phrases.NOISE}+")
# What ends the phrase of a number, so that nothing after it is counted: 达到50家,…; 5件和…; 50家的给予….
_ENDED = re.compile(
    rf"的?[、,。;:!?()]|[和及与或]|并|且|$|的?(?:给予|予以|奖励|补助|补贴|资助|优先|可)|{phrases.RISE_TO}"
)
# What stands between the numbers of a series: 8万元、最高12万元; 5家(含)以上和….
_BETWEEN = re.compile(rf"(?:\([^()]{{0,12}}\))?{phrases.BOUND}?(?:、\s*|和|或|或者|及|与|,|{TO})?(?:最高)?")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its quantities, and the spans in it that are known to be no measures."""

    text: str
    start: int  # in the view
    quantities: Sequence[Quantity]
    explained: Sequence[Explained]
    headings: tuple[str, ...]  # folded
    section: str | None
    provision: int | None
    lead: str  # what the block says before this sentence, at most a line
    year: int | None  # of the plan: what an earlier year dates is past
    reports: bool  # the title says that the document reports: 统计公报
    after_award: bool  # an award stands at the end of the sentence before
    provision_grants: bool  # an award stands earlier in the same provision
    awarded: str = ""  # what the last award earlier in the same provision is for
    given: str = ""  # what that award is called
    required_of: str = ""  # whom a list of requirements is for, in which it stands
    opening: str = ""  # what opens that list: 对新购设备的企业,按投资额分档补助:
    above: str = ""  # what its provision says before it, at most a few lines
    total: str = ""  # what the sentence before measures last, of which this one gives the parts: 其中:…
    counted: Sequence[Decision[bool]] = ()  # why each of its quantities is a measure
    passed_over: Sequence[
        tuple[Quantity, Decision[bool]]
    ] = ()  # its numbers with a unit that are none, and why
    row_year: int | None = None  # when what its row of a table says is done
    label: str = ""  # the words that stand alone on a line above it: 申报条件
    row: str = ""  # what its row of a table is called, if it is another cell of it
    in_table: bool = False  # it is a cell of a table; before a figure with a unit its text has the label
    borrowed: int = 0  # characters at the begin of its text that stand elsewhere: the head of its column

    @cached_property
    def series(self) -> list[list[int]]:
        """Indexes of `quantities`, grouped into series."""
        groups: list[list[int]] = []
        for index, quantity in enumerate(self.quantities):
            if groups:
                previous = self.quantities[groups[-1][-1]]
                between = self.text[previous.end : quantity.start]
                same = previous.unit_word == quantity.unit_word and not quantity.is_side
                if previous.start == quantity.start or (same and between and _BETWEEN.fullmatch(between)):
                    groups[-1].append(index)
                    continue
            groups.append([index])
        return groups


@dataclass(frozen=True)
class Context:
    """A quantity in its sentence; the texts around it are what the rules read.

    Attributes:
        sentence: The sentence.
        index: Which of its quantities.
        series: The indexes of the series that it belongs to.
    """

    sentence: Sentence
    index: int
    series: Sequence[int]

    @cached_property
    def quantity(self) -> Quantity:
        """The quantity itself."""
        return self.sentence.quantities[self.index]

    @cached_property
    def first(self) -> Quantity:
        """The first quantity of the series."""
        return self.sentence.quantities[self.series[0]]

    @cached_property
    def last(self) -> Quantity:
        """The last quantity of the series."""
        return self.sentence.quantities[self.series[-1]]

    @property
    def place(self) -> int:
        """The place of the quantity in its series, from 0."""
        return self.series.index(self.index)

    @cached_property
    def segment(self) -> tuple[int, int]:
        """Span of the segment, in the sentence."""
        text = self.sentence.text
        end = text.find(";", self.last.end)
        return text.rfind(";", 0, self.first.start) + 1, end if end >= 0 else len(text)

    @cached_property
    def clause(self) -> tuple[int, int]:
        """Span of the clause, in the sentence."""
        text = self.sentence.text
        start = max(text.rfind(mark, 0, self.first.start) for mark in w.CLAUSE_MARKS) + 1
        ends = [end for mark in w.CLAUSE_MARKS if (end := text.find(mark, self.last.end)) >= 0]
        return start, min(ends, default=len(text))

    @cached_property
    def before(self) -> str:
        """The segment up to the series."""
        return self.sentence.text[self.segment[0] : self.first.start]

    @cached_property
    def after(self) -> str:
        """The segment from the series on."""
        return self.sentence.text[self.last.end : self.segment[1]]

    @cached_property
    def clause_before(self) -> str:
        """The clause up to the series."""
        return self.sentence.text[self.clause[0] : self.first.start]

    @cached_property
    def clause_after(self) -> str:
        """The clause from the series on."""
        return self.sentence.text[self.last.end : self.clause[1]]

    @cached_property
    def near_before(self) -> str:
        """The clause up to the series, but not beyond the quantity before it."""
        previous = max((q.end for q in self.sentence.quantities[: self.series[0]]), default=0)
        return self.sentence.text[max(self.clause[0], previous) : self.first.start]

    @cached_property
    def near_after(self) -> str:
        """What stands right after the series, up to the next quantity or the end of the clause."""
        later = [q.start for q in self.sentence.quantities[self.series[-1] + 1 :] if q.start >= self.last.end]
        end = min([self.clause[1], *later])
        return self.sentence.text[self.last.end : end]

    @cached_property
    def following(self) -> str:
        """What the number may count after it: `near_after` without bounds; empty where the number ends its phrase."""
        text = _NOISE.sub("", self.near_after)
        return "" if _ENDED.match(text) else text

    @cached_property
    def own_after(self) -> str:
        """What stands right after this very quantity, not its series, up to the next quantity or the end of the clause."""
        later = [q.start for q in self.sentence.quantities[self.index + 1 :] if q.start >= self.quantity.end]
        end = min([self.clause[1], *later])
        return self.sentence.text[self.quantity.end : end]
