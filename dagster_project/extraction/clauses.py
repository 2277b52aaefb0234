"""Where a quantity stands: its sentence, segment, clause and series, cut out once for all rules.

The segments of a sentence are parted by ; and its clauses by , and :. A series is a run of quantities with only 、 or a
conjunction between them (8万元、12万元、18万元): they share what stands before the first and after the last.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Self, TypeVar

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.dispositions import Explained
from dagster_project.extraction.numbers import TO, Quantity
from dagster_project.records import Decision

T = TypeVar("T")

_NOISE = re.compile(rf"^{phrases.NOISE}+")
_CLAUSE_MARK = re.compile(f"[{w.CLAUSE_MARKS}]")
_IN_BRACKETS = re.compile(r"\([^()]{2,40}\)")
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
    reports: str  # the title, if it says that the document reports: 统计公报
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
    place: str = ""  # whose office alone is in charge of its provision, if it is not the plan's own
    in_table: bool = False  # it is a cell of a table; before a figure with a unit its text has the label
    borrowed: int = 0  # characters at the begin of its text that stand elsewhere: the head of its column

    def but(self, **changes: object) -> Self:
        """Return the sentence with other values of some fields, as `dataclasses.replace` does, in a tenth of its time."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        for cut in ("series", "clause_marks"):  # what was found by the fields as they were
            other.__dict__.pop(cut, None)
        other.__dict__.update(changes)
        return other

    @cached_property
    def clause_marks(self) -> list[int]:
        """Where the marks stand that part its clauses; a remark in brackets, which has no figure, parts none."""
        marks = [match.start() for match in _CLAUSE_MARK.finditer(self.text)]
        if "(" not in self.text:
            return marks
        figures = [quantity.start for quantity in self.quantities]
        remarks = [
            (start, end)
            for start, end in (match.span() for match in _IN_BRACKETS.finditer(self.text))
            if bisect_left(figures, start) == bisect_left(figures, end)
        ]
        return [mark for mark in marks if not any(start < mark < end for start, end in remarks)]

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


class Context:
    """A quantity in its sentence, and the texts around it, which the rules read; all are cut when it is made.

    Attributes:
        sentence: The sentence.
        index: Which of its quantities.
        series: The indexes of the series that it belongs to.
        quantity: The quantity itself.
        first: The first quantity of the series.
        last: The last quantity of the series.
        segment: Span of the segment, in the sentence.
        clause: Span of the clause, in the sentence.
        before: The segment up to the series.
        after: The segment from the series on.
        clause_before: The clause up to the series.
        clause_after: The clause from the series on.
        near_before: The clause up to the series, but not beyond the quantity before it.
        near_after: What stands right after the series, up to the next quantity or the end of the clause.
        own_after: The same of this very quantity, not of its series.
    """

    def __init__(self, sentence: Sentence, index: int, series: Sequence[int]) -> None:
        text, quantities, marks = sentence.text, sentence.quantities, sentence.clause_marks
        self.sentence, self.index, self.series = sentence, index, series
        self.quantity = own = quantities[index]
        self.first = first = quantities[series[0]]
        self.last = last = quantities[series[-1]]
        start, end = first.start, last.end
        opens, closes = text.rfind(";", 0, start) + 1, text.find(";", end)
        if closes < 0:
            closes = len(text)
        self.segment = opens, closes
        self.before, self.after = text[opens:start], text[end:closes]
        at, upto = bisect_left(marks, start), bisect_left(marks, end)
        opens, closes = (marks[at - 1] + 1 if at else 0), (marks[upto] if upto < len(marks) else len(text))
        self.clause = opens, closes
        self.clause_before, self.clause_after = text[opens:start], text[end:closes]
        previous = max([q.end for q in quantities[: series[0]]], default=0)
        self.near_before = text[max(opens, previous) : start]
        later = [q.start for q in quantities[series[-1] + 1 :] if q.start >= end]
        self.near_after = text[end : min([closes, *later])]
        if index == series[-1]:
            self.own_after = self.near_after
        else:
            later = [q.start for q in quantities[index + 1 :] if q.start >= own.end]
            self.own_after = text[own.end : min([closes, *later])]

    @cached_property
    def found(self) -> dict[object, Any]:
        """What functions of the place have found, see `once`."""
        return {}

    @property
    def place(self) -> int:
        """The place of the quantity in its series, from 0."""
        return self.series.index(self.index)

    @cached_property
    def following(self) -> str:
        """What the number may count after it: `near_after` without bounds; empty where the number ends its phrase."""
        text = _NOISE.sub("", self.near_after)
        return "" if _ENDED.match(text) else text

    @cached_property
    def explained_by(self) -> dict[str, str]:
        """The names of the rules that explain the number, with the words that each of them explains."""
        start, text = self.quantity.start, self.sentence.text
        return {rule.name: text[a:b] for a, b, rule in self.sentence.explained if a <= start < b}


def once(function: Callable[[Context], T]) -> Callable[[Context], T]:
    """Return a function of a place that looks once: several rules ask the same of one figure."""

    @wraps(function)
    def looked(c: Context) -> T:
        found = c.found
        if function not in found:
            found[function] = function(c)
        answer: T = found[function]
        return answer

    return looked
