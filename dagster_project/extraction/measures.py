"""From a reading to its measures: find the quantities, set aside what is none, decide each field, spread, link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, Sentence
from dagster_project.extraction.counts import set_aside
from dagster_project.extraction.dispositions import Explained, explain
from dagster_project.extraction.fields import Facts, Plan
from dagster_project.extraction.fields.aspiration import ASPIRATION
from dagster_project.extraction.fields.comparator import COMPARATOR
from dagster_project.extraction.fields.form import FORM
from dagster_project.extraction.fields.indicator import INDICATOR
from dagster_project.extraction.fields.kind import KIND
from dagster_project.extraction.fields.per import PER
from dagster_project.extraction.fields.period import PERIOD, YearsAbove, plan_horizon
from dagster_project.extraction.fields.recipient import RECIPIENT
from dagster_project.extraction.fields.unit import UNIT
from dagster_project.extraction.links import Place, link
from dagster_project.extraction.numbers import HAS_NUMBER, column_years, fill_columns, find_quantities
from dagster_project.extraction.spread import PAIRED_RULES, SPREAD
from dagster_project.reading import simplify
from dagster_project.reading.sentences import sentences
from dagster_project.records import Block, Decision, Measure, Reading, Role

Span = tuple[int, int]

_SPOKEN = frozenset(
    {Role.PREAMBLE, Role.HEADING, Role.BODY, Role.CLOSING, Role.NOTICE}
)  # roles in which a plan commits itself


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a reading: measures, and spans of the view that are known to be something else."""

    measures: tuple[Measure, ...]
    spans: tuple[Span, ...]  # of each measure's number, in the view
    explained: tuple[Explained, ...]  # in the view; where two hold a numeral, the first counts


@dataclass(slots=True)
class _Memory:
    """What the sentences read so far set for those that follow."""

    years: YearsAbove = field(default_factory=YearsAbove)
    granting: int | None = None  # the last provision with an award
    columns: Sequence[int] = ()  # years at the head of the table that is being read
    after_award: bool = False  # an award ends the sentence before, in the same block


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
    for block in reading.blocks:
        memory.after_award = False
        for sentence in _sentences(reading, block, plan, memory):
            explained += [(sentence.start + a, sentence.start + b, rule) for a, b, rule in sentence.explained]
            if block.role not in _SPOKEN:
                continue
            if block.role in {Role.BODY, Role.HEADING}:
                memory.years.note(sentence)
            rows = list(_measures(sentence, reading, plan, memory))
            if any(row.measure.kind == "incentive" for row in rows):
                memory.granting = block.provision
            memory.after_award = rows[-1].measure.kind == "incentive" if rows else memory.after_award
            measures += [replace(row.measure, headings=block.headings) for row in rows]
            spans += [row.span for row in rows]
            places += [
                Place(sentence.start, sentence.start + row.segment, sentence.start + row.series)
                for row in rows
            ]
    return Found(link(measures, places), tuple(spans), tuple(explained))


def _sentences(reading: Reading, block: Block, plan: Plan, memory: _Memory) -> Iterator[Sentence]:
    """Yield the sentences of a block that hold a number, with their measures set apart from their other numbers."""
    text = reading.view.text
    section = reading.provisions[block.provision].section if block.provision is not None else None
    headings = tuple(simplify(heading[:80]) for heading in block.headings)
    for start, end in sentences(text, block.start, block.end):
        part = text[start:end]
        if not HAS_NUMBER.search(part):
            continue
        memory.columns = column_years(part, memory.columns)
        yield set_aside(
            Sentence(
                text=part,
                start=start,
                quantities=tuple(fill_columns(part, tuple(find_quantities(part)), memory.columns)),
                explained=tuple(explain(part, opens_block=start == block.start)),
                headings=headings,
                section=section,
                provision=block.provision,
                lead=text[max(block.start, start - 120) : start],
                year=plan.year,
                reports=bool(w.PAST_TITLE.search(simplify(reading.metadata.title or ""))),
                after_award=memory.after_award,
                provision_grants=block.provision is not None and block.provision == memory.granting,
            )
        )


class _Row(NamedTuple):
    measure: Measure
    span: Span  # in the view
    segment: int  # where its segment starts, in the sentence
    series: int  # where its series starts, in the sentence


def _measures(sentence: Sentence, reading: Reading, plan: Plan, memory: _Memory) -> Iterator[_Row]:
    """Decide every field of the measures of a sentence."""
    previous: str | None = None
    earlier: list[str] = []
    after_award = sentence.after_award
    scope = memory.years.scope(sentence)
    for series in sentence.series:
        series_names: list[str] = []
        for index in series:
            c = Context(sentence, index, series)
            facts = Facts(plan, scope, previous, earlier, after_award)
            trace: list[tuple[str, Decision[object]]] = []

            def note(
                field: str, found: tuple[object, str], trace: list[tuple[str, Decision[object]]] = trace
            ) -> None:
                trace.append((field, Decision(found[0], "", found[1])))

            unit = UNIT.decide(c, facts)
            trace.append(("unit", unit))
            facts.unit = unit.value
            bound = COMPARATOR.decide(c, facts)
            trace.append(("comparator", bound))
            facts.comparator = bound.value
            aspiration = ASPIRATION.decide(c, facts)
            trace.append(("is_aspirational", aspiration))
            role = KIND.decide(c, facts)
            trace.append(("kind", role))
            facts.kind = role.value
            shape = FORM.decide(c, facts)
            trace.append(("form", shape))
            facts.form = shape.value
            each_of = PER.decide(c, facts)
            trace.append(("per", each_of))
            facts.per = each_of.value
            timing = PERIOD.decide(c, facts)
            trace.append(("period", timing))
            measured = INDICATOR.decide(c, facts)
            trace.append(("indicator", measured))
            facts.indicator = name = measured.value
            spread = SPREAD.decide(c, facts)
            trace.append(("spread", spread))
            names = spread.value
            span = sentence.start + c.quantity.start, sentence.start + c.quantity.end
            char_start, char_end = reading.view.raw_span(*span)
            quote_start, quote_end = reading.view.raw_span(*_trimmed(sentence, *_quoted(c)))
            clause_start, clause_end = reading.view.raw_span(*_trimmed(sentence, *c.clause))
            measure = Measure(
                char_start=char_start,
                char_end=char_end,
                value_text=reading.view.raw[char_start:char_end],
                value=c.quantity.value,
                unit=facts.unit,
                comparator=facts.comparator,
                is_aspirational=aspiration.value,
                kind=facts.kind,
                form=facts.form,
                per=facts.per,
                indicator=name,
                recipient=None,
                period=timing.value.period,
                horizon_years=timing.value.horizon,
                quote_start=quote_start,
                quote_end=quote_end,
                clause_start=clause_start,
                clause_end=clause_end,
                provision=sentence.provision,
                headings=sentence.headings,
                trace=tuple(trace),
            )
            for each in names:
                facts.indicator, facts.is_paired = each, spread.rule in PAIRED_RULES
                paid = RECIPIENT.decide(c, facts)
                yield _Row(
                    replace(
                        measure, indicator=each, recipient=paid.value, trace=(*trace, ("recipient", paid))
                    ),
                    span,
                    c.segment[0],
                    c.first.start,
                )
            series_names += names
            after_award = after_award or facts.kind == "incentive"
            if facts.kind != "incentive":
                previous = names[-1]
        earlier += series_names


_LONGEST_QUOTE = (
    600  # characters; what goes on longer without ; or 。 is no sentence, and its clause says as much
)


def _quoted(c: Context) -> Span:
    """Return the span to quote, in the sentence: the segment, or the clause where the segment goes on and on."""
    start, end = c.segment
    return c.segment if end - start <= _LONGEST_QUOTE else c.clause


def _trimmed(sentence: Sentence, start: int, end: int) -> Span:
    """Return a span of the sentence, in the view, without white space and full stop at its ends."""
    part = sentence.text[start:end]
    start += len(part) - len(part.lstrip())
    return sentence.start + start, sentence.start + start + len(part.strip().rstrip("。;"))
