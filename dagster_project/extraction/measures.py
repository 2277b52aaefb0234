"""From a reading to its measures: find the quantities, set aside what is none, decide each field, spread, link."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, Sentence
from dagster_project.extraction.counts import IS_MEASURE, set_aside
from dagster_project.extraction.dispositions import CELL, Explained, explain
from dagster_project.extraction.fields import Facts, Field, Plan, Scope
from dagster_project.extraction.fields.aspiration import ASPIRATION
from dagster_project.extraction.fields.comparator import COMPARATOR
from dagster_project.extraction.fields.form import FORM
from dagster_project.extraction.fields.indicator import INDICATOR, NOT_STATED, given
from dagster_project.extraction.fields.kind import KIND
from dagster_project.extraction.fields.per import PER
from dagster_project.extraction.fields.period import PERIOD, YearsAbove, plan_horizon
from dagster_project.extraction.fields.recipient import RECIPIENT
from dagster_project.extraction.fields.unit import UNIT
from dagster_project.extraction.grids import UNIT_ALONE
from dagster_project.extraction.links import Place, link
from dagster_project.extraction.numbers import HAS_NUMBER, column_years, fill_columns, find_quantities
from dagster_project.extraction.spread import PAIRED_RULES, SPREAD
from dagster_project.extraction.tables import Box, figure_of, find_boxes
from dagster_project.extraction.topics import EACH_MORE, masked, promised, tidy, topic
from dagster_project.reading import simplify
from dagster_project.reading.sentences import sentences
from dagster_project.records import Block, Decision, Measure, PassedOver, Reading, Role, View

Span = tuple[int, int]


#: The fields of a figure in the order in which they are decided; each may read what those before it found.
FIELDS: tuple[Field[Any], ...] = (
    UNIT,
    COMPARATOR,
    ASPIRATION,
    KIND,
    FORM,
    PER,
    PERIOD,
    INDICATOR,
    SPREAD,
)

_SPOKEN = frozenset(
    {Role.PREAMBLE, Role.HEADING, Role.BODY, Role.CLOSING, Role.NOTICE}
)  # roles in which a plan commits itself


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a reading: measures, and spans of the view that are known to be something else."""

    measures: tuple[Measure, ...]
    spans: tuple[Span, ...]  # of each measure's number, in the view
    explained: tuple[Explained, ...]  # in the view; where two hold a numeral, the first counts
    passed_over: tuple[PassedOver, ...]


@dataclass(slots=True)
class _Memory:
    """What the sentences read so far set for those that follow."""

    years: YearsAbove = field(default_factory=YearsAbove)
    granting: int | None = None  # the last provision with an award
    awarded: str = ""  # what that award is for
    given: str = ""  # what it is called
    required_of: str = ""  # whom the requirements of the list that is being read are for
    style: int | None = None  # how the line is numbered that says so
    opening: str = ""  # what opens that list: 对新购设备的企业,按投资额分档补助:
    list_goes_on: bool = False  # the block before announces or is an item, with another to follow
    columns: Sequence[int] = ()  # years at the head of the table that is being read
    cut_off: str = ""  # the begin of a sentence that a line break cuts: 且办公场 | 地面积不低于100平方米
    goes_on: str = ""  # the mark at the end of the block before
    part: str = ""  # the last line without a number that heads a part of the document: 2025年工作回顾
    label: str = ""  # the last words that stood alone at the head of a line: 申报条件
    after_award: bool = False  # an award ends the sentence before, in the same block
    total: str = ""  # what the last figure before it measures, in the same block
    cut: str = ""  # the same of the block before, where a comma ends that
    required: str = (
        ""  # what the tiers of the list are of that the block before gives: 销售额1000万元至3000万元的,…;
    )
    provision: int | None = None  # of the block before
    above: str = ""  # what the blocks before it say, in the same provision

    def note_requirements(self, said: str) -> None:
        """Remember what opens a list, and whom its requirements are for, as long as its items go on."""
        said = simplify(said)
        style = _style(said)
        is_sister = style is not None and style == self.style  # 12. after 5. 团队须满足:
        if (not self.list_goes_on and not phrases.ITEM.match(said)) or is_sister:
            self.required_of = self.opening = ""
        before = (
            self.above[-_LONGEST_PART:] if phrases.REQUIRES.search(said) else ""
        )  # a line break may part them
        defined = phrases.DEFINES.search(before + said)
        if defined and phrases.REQUIRES.match(before + said, defined.end()):
            self.required_of, self.style = phrases.defined(defined), style
        elif phrases.REQUIRES.search(said) and (
            found := list(phrases.REQUIRED_OF.finditer(said))
            or list(phrases.REQUIRED_OF_THOSE.finditer(said))
        ):
            self.required_of = phrases.PARTY_DOES.sub("", tidy(found[-1]["who"]))
            self.style = style
        is_cut = bool(self.required_of and phrases.ITEM.match(said) and not said.rstrip().endswith("。"))
        self.list_goes_on = said.rstrip().endswith((":", ";")) or is_cut
        if said.rstrip().endswith(":"):
            self.opening = said[-_LONGEST_OPENING:]

    def note_awards(self, rows: Sequence[_Row], sentence: Sentence, provision: int | None) -> None:
        """Remember what the last award of a sentence is for, or whom it promises one."""
        if any(row.measure.kind == "incentive" for row in rows):
            self.granting = provision
            self.awarded = next((row.awarded for row in reversed(rows) if row.awarded), "")
            self.given = next((row.given for row in reversed(rows) if row.given), self.given)
        else:
            self.note_promise(masked(sentence, 0, len(sentence.text)), provision)

    def note_promise(self, text: str, provision: int | None) -> None:
        """Remember whom a sentence promises an award, for the sentences that say how much."""
        who, what = promised(text) if provision is not None else ("", "")
        if who:
            self.granting, self.awarded, self.given = provision, who, what

    def note_part(self, line: str) -> None:
        """Remember a line that heads a part of the document."""
        if len(line) <= _LONGEST_PART and w.PART_HEADING.fullmatch(said := simplify(line).strip()):
            self.part = said


_LONGEST_PART, _LONGEST_OPENING = 40, 200  # characters


def _style(said: str) -> int | None:
    """Return which way a line is numbered, if it is: 第一条, 一、, (一), 1., (1), ①."""
    match = w.NUMBERED_LINE.match(said)
    return match.lastindex if match else None


def find_measures(reading: Reading) -> Found:
    """Extract the measures of a plan and the spans of its other numbers.

    Args:
        reading: The plan as read.
    """
    issued, period = reading.metadata.issued_on, reading.metadata.period
    year = issued.year if issued else period.start_year if period else None
    plan = Plan(period, plan_horizon(reading.view.text, period), year)
    memory = _Memory()
    measures: list[Measure] = []
    spans: list[Span] = []
    places: list[Place] = []
    explained: list[Explained] = []
    passed_over: list[PassedOver] = []
    boxes = find_boxes(reading.view)
    for block in reading.blocks:
        memory.after_award, memory.total = False, ""
        if memory.goes_on not in _GOES_ON:
            memory.cut = memory.required = ""
        if block.role is Role.HEADING and w.PART.match(reading.view.text, block.start, block.end):
            memory.label = ""
        if block.provision != memory.provision:
            memory.provision, memory.above = block.provision, ""
        said = reading.view.text[block.start : block.end]
        if block.role is not Role.TITLE or not w.PAST_TITLE.search(said):
            memory.note_part(said)
        if match := w.LABEL.match(reading.view.text, block.start, block.end):
            memory.label = simplify(match[match.lastgroup or 0])
        own = boxes[
            bisect_left(boxes, block.start, key=attrgetter("start")) : bisect_left(
                boxes, block.end, key=attrgetter("start")
            )
        ]
        for sentence in _sentences(reading, block, own, plan, memory):
            explained += [(sentence.start + a, sentence.start + b, rule) for a, b, rule in sentence.explained]
            if block.role not in _SPOKEN:
                continue
            if block.role in {Role.BODY, Role.HEADING} and not sentence.in_table:
                memory.years.note(sentence)
            at = block.start, block.end
            rows = list(_measures(sentence, reading.view, block, plan, memory.years.scope(sentence, at)))
            memory.years.note_told(sentence, at, {row.measure.kind for row in rows})
            memory.note_awards(rows, sentence, block.provision)
            memory.after_award = rows[-1].measure.kind == "incentive" if rows else memory.after_award
            memory.total = rows[-1].measure.indicator if rows else memory.total
            memory.cut = memory.total
            if any(row.measure.kind == "condition" for row in rows):
                memory.required = next(
                    row.measure.indicator for row in rows if row.measure.kind == "condition"
                )
            measures += [row.measure for row in rows]
            spans += [row.span for row in rows]
            places += [row.place for row in rows]
            passed_over += _passed_over(sentence, reading.view)
        memory.goes_on = said.rstrip()[-1:]
        found = _CUT_OFF.search(said[-_LONGEST_TAIL:]) if block.role is Role.BODY else None
        memory.cut_off = found["begin"] if found else ""
        memory.above = (memory.above + reading.view.text[block.start : block.end])[-_LONGEST_OPENING:]
    return Found(link(measures, places), tuple(spans), tuple(explained), tuple(passed_over))


def _passed_over(sentence: Sentence, view: View) -> Iterator[PassedOver]:
    for quantity, decision in sentence.passed_over:
        yield PassedOver(
            *view.raw_span(sentence.start + quantity.start, sentence.start + quantity.end), decision
        )


def _sentences(
    reading: Reading, block: Block, boxes: Sequence[Box], plan: Plan, memory: _Memory
) -> Iterator[Sentence]:
    """Yield the sentences of a block that hold a number, with their measures set apart from their other numbers."""
    text = reading.view.text
    memory.note_requirements(text[block.start : block.end])
    if not HAS_NUMBER.search(text, block.start, block.end):
        memory.note_promise(text[block.start : block.end], block.provision)
        return
    empty = _empty(reading, block, plan, memory)
    for start, end, box in _pieces(text, block, boxes):
        part = text[start:end]
        if not HAS_NUMBER.search(part) or (box and UNIT_ALONE.fullmatch(part)):
            memory.note_promise(part, block.provision)
            continue
        grants = block.provision is not None and block.provision == memory.granting
        awarded, given = (memory.awarded, memory.given) if grants else ("", "")
        known_before = {
            "provision_grants": grants, "awarded": awarded, "given": given, "in_table": box is not None
        }  # fmt: skip
        if box and box.cell:
            said, cells = figure_of(part, box.cell)
            label = len(said) - len(part)
            known = [(label, len(said), CELL)]
            sentence = empty.but(
                text=said, start=start - label, quantities=cells, explained=known, **known_before
            )
        else:
            memory.columns = column_years(part, memory.columns)
            counted = phrases.NUMBERED_SUM.sub(_blank, part) if start == block.start else part
            found = fill_columns(part, tuple(find_quantities(counted)), memory.columns)
            explained = explain(part, opens_block=start == block.start)
            said_before = box.said if box else _cut_off(part, memory) if start == block.start else ""
            label = len(said_before)
            sentence = empty.but(
                text=said_before + part,
                start=start - label,
                quantities=tuple(
                    q._replace(start=q.start + label, end=q.end + label) if label else q for q in found
                ),
                explained=tuple((a + label, b + label, rule) for a, b, rule in explained),
                row_year=box.year if box else None,
                borrowed=label,
                row=box.place[1] if box else "",
                headings=(*empty.headings, *filter(None, box.place)) if box else empty.headings,
                lead=text[max(block.start, start - 120) : start],
                above=(memory.above + text[block.start : start])[-_LONGEST_OPENING:],
                after_award=memory.after_award,
                total=_said_before(part, memory, opens_block=start == block.start),
                **known_before,
            )
        yield set_aside(sentence)


def _blank(number: re.Match[str]) -> str:
    return " " * len(number[0])


def _said_before(part: str, memory: _Memory, *, opens_block: bool) -> str:
    """Return what the figure before a sentence measures, where the sentence goes on with it."""
    if phrases.PARTS.match(simplify(part[:12])):
        return memory.total
    if not opens_block:
        return ""
    if phrases.TIER.match(part):
        return memory.required
    return memory.cut if memory.goes_on in _CUT else ""


def _cut_off(part: str, memory: _Memory) -> str:
    """Return the begin of a sentence that stands at the end of the line before, where a line goes on with it."""
    return memory.cut_off if _GOES_ON_WITH_IT.match(part) else ""


# Of a line of prose that ends in the middle of a clause, what it says behind its last mark.
_CUT_OFF = re.compile(r"[^,。;]{8,}[,;。]\s*(?P<begin>[\u4e00-\u9fff“”、()]{1,30})$")
_LONGEST_TAIL = 80  # characters of the line in which that is looked for
_GOES_ON_WITH_IT = re.compile(r"[\u4e00-\u9fff]+(?![\u4e00-\u9fff]*[:、])")

_CUT = frozenset(",，、")  # ends a line that is cut in the middle of a sentence
_GOES_ON = _CUT | frozenset(";；")


_folded = lru_cache(maxsize=1024)(simplify)  # a heading stands above many blocks


def _empty(reading: Reading, block: Block, plan: Plan, memory: _Memory) -> Sentence:
    """Return what all sentences of a block have in common, without a text."""
    text = reading.view.text
    opens = text[block.start : block.end].rstrip().endswith((":", "："))
    title = _folded(reading.metadata.title or "")
    return Sentence(
        text="",
        start=0,
        quantities=(),
        explained=(),
        headings=(
            *((memory.part,) if memory.part else ()),
            *(_folded(heading[:80]) for heading in block.headings),
        ),
        section=reading.provisions[block.provision].section if block.provision is not None else None,
        provision=block.provision,
        lead="",
        year=plan.year,
        reports=title if w.PAST_TITLE.search(title) else "",
        after_award=False,
        provision_grants=False,
        required_of=memory.required_of,
        opening="" if opens else memory.opening,
        label=memory.label,
        place=_place_in_charge(reading, block.provision),
    )


def _place_in_charge(reading: Reading, provision: int | None) -> str:
    """Return the place whose office alone is in charge of a provision: …。(云岭市局); nothing where it is the plan's own."""
    if provision is None:
        return ""
    unit = reading.provisions[provision]
    found = w.IN_CHARGE.search(
        reading.view.raw, max(unit.char_start, unit.char_end - _LONGEST_PART), unit.char_end
    )
    place = simplify(found["place"]) if found else ""
    return "" if place in simplify(reading.metadata.title or "") else place


def _pieces(text: str, block: Block, boxes: Sequence[Box]) -> Iterator[tuple[int, int, Box | None]]:
    """Yield the sentences of a block, and each of its cells with a figure, on its own."""
    at = block.start
    for box in boxes:
        if box.end > block.end:
            break
        yield from ((*span, None) for span in sentences(text, at, box.start))
        if box.cell:
            yield box.start, box.end, box
        else:
            yield from ((*span, box) for span in sentences(text, box.start, box.end))
        at = box.end
    yield from ((*span, None) for span in sentences(text, at, block.end))


class _Row(NamedTuple):
    measure: Measure
    span: Span  # in the view
    place: Place
    awarded: str  # what it is for, if it is an award
    given: str  # what it is called then


def _measures(sentence: Sentence, view: View, block: Block, plan: Plan, scope: Scope) -> Iterator[_Row]:
    """Yield the measures of a sentence: one for each quantity, or several where its figure is one of several things."""
    previous: str | None = sentence.total or None
    earlier: list[str] = []
    after_award, awarded = sentence.after_award, sentence.awarded
    before: Facts | None = None
    for series in sentence.series:
        names: list[str] = []
        for index in series:
            c = Context(sentence, index, series)
            facts = Facts(plan, scope, previous, tuple(earlier), awarded, before, after_award)
            trace = [(IS_MEASURE.name, sentence.counted[index]), *_decided(FIELDS, c, facts)]
            facts.is_paired = dict(trace)[SPREAD.name].rule in PAIRED_RULES
            alone = sentence.in_table and c.quantity.cell is not None  # the labels of two cells may overlap
            at = sentence.start + c.first.start * alone
            place = Place(at, at + c.segment[0], sentence.start + c.first.start)
            is_award = facts.kind == "incentive"
            what, called = (str(topic(c, awarded)), given(c)) if is_award else ("", "")
            what = awarded if awarded and EACH_MORE.match(what) else what
            for name in facts.spread:
                facts.indicator = name or NOT_STATED
                paid = _decided((RECIPIENT,), c, facts)
                yield _Row(
                    _measure(c, facts, view, block, (*trace, *paid)),
                    (sentence.start + c.quantity.start, sentence.start + c.quantity.end),
                    place,
                    what,
                    called,
                )
            names += facts.spread
            facts.before = None  # no chain of all that stands before
            before = facts
            if is_award:
                after_award, awarded = True, what
            elif facts.kind != "sanction":
                previous = names[-1]
        earlier += names


def _decided(fields: Iterable[Field[Any]], c: Context, facts: Facts) -> Iterator[tuple[str, Decision[Any]]]:
    """Decide fields in order, each with what those before it found; `facts` keeps what is found."""
    for each in fields:
        decision = each.decide(c, facts)
        setattr(facts, each.name, decision.value)
        yield each.name, decision


def _measure(
    c: Context, facts: Facts, view: View, block: Block, trace: tuple[tuple[str, Decision[object]], ...]
) -> Measure:
    """Return the measure that a quantity is, once its fields are decided."""
    sentence = c.sentence
    start = sentence.start
    char_start, char_end = view.raw_span(start + c.quantity.start, start + c.quantity.end)
    row = c.quantity.cell.row if c.quantity.cell else None
    quote_start, quote_end = view.raw_span(*(row or _trimmed(sentence, *_quoted(c))))
    clause_start, clause_end = view.raw_span(*(row or _trimmed(sentence, *c.clause)))
    return Measure(
        char_start=char_start,
        char_end=char_end,
        value_text=view.raw[char_start:char_end],
        value=c.quantity.value,
        unit=facts.unit,
        comparator=facts.comparator,
        is_aspirational=facts.is_aspirational,
        kind=facts.kind,
        form=facts.form,
        per=facts.per,
        indicator=facts.indicator,
        recipient=facts.recipient,
        period=facts.period.period,
        horizon_years=facts.period.horizon,
        quote_start=quote_start,
        quote_end=quote_end,
        clause_start=clause_start,
        clause_end=clause_end,
        provision=sentence.provision,
        headings=block.headings,
        trace=trace,
    )


_LONGEST_QUOTE = (
    600  # characters; what goes on longer without ; or 。 is no sentence, and its clause says as much
)


def _quoted(c: Context) -> Span:
    """Return the span to quote, in the sentence: the segment, or the clause where the segment goes on and on."""
    start, end = c.segment
    return c.segment if end - start <= _LONGEST_QUOTE else c.clause


def _trimmed(sentence: Sentence, start: int, end: int) -> Span:
    """Return a span of the sentence, in the view, without what is borrowed, and white space and full stop at its ends."""
    start = max(start, sentence.borrowed)
    part = sentence.text[start:end]
    start += len(part) - len(part.lstrip())
    return sentence.start + start, sentence.start + start + len(part.strip().rstrip("。;"))
