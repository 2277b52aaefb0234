"""From a reading to its measures: find the quantities, set aside what is none, decide each field, spread, link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dagster_project.extraction import spread
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, Sentence
from dagster_project.extraction.counts import set_aside
from dagster_project.extraction.dispositions import Explained, explain
from dagster_project.extraction.fields import Facts, comparator, indicator, per, recipient, unit
from dagster_project.extraction.fields import period as periods
from dagster_project.extraction.fields.aspiration import ASPIRATION
from dagster_project.extraction.fields.form import FORM
from dagster_project.extraction.fields.kind import KIND
from dagster_project.extraction.links import Place, link
from dagster_project.extraction.numbers import column_years, fill_columns, find_quantities
from dagster_project.reading import simplify
from dagster_project.reading.numerals import HAN_DIGITS
from dagster_project.reading.sentences import sentences
from dagster_project.records import Block, Decision, Measure, Period, Reading, Role

Span = tuple[int, int]

_HAS_NUMBER = re.compile(rf"[\d首翻半{HAN_DIGITS}十百千万亿]")
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

    target_years: dict[tuple[str, ...], tuple[str, int]] = field(
        default_factory=dict
    )  # by headings: 到2025年,…
    past_period: tuple[int | None, Period | None] = (None, None)  # by provision: 十三五期间
    granting: int | None = None  # the last provision with an award
    columns: Sequence[int] = ()  # years at the head of the table that is being read
    after_award: bool = False  # an award ends the sentence before, in the same block

    def note(self, sentence: Sentence) -> None:
        """Note the years that a sentence names."""
        head = re.split(r"[;。]", sentence.text)[0][:40]
        if (year := periods.stated_year(head)) and sentence.section != "status":
            self.target_years[sentence.headings] = year
        if period := periods.five_year_period(sentence.text):
            self.past_period = sentence.provision, period

    def scope(self, sentence: Sentence) -> periods.Scope:
        """Return the years set for a sentence by the nearest heading above it and by its provision."""
        headings = sentence.headings
        depths = range(len(headings), -1, -1)
        year = next(
            (self.target_years[headings[:d]] for d in depths if headings[:d] in self.target_years), None
        )
        provision, past = self.past_period
        return periods.Scope(year, past if provision == sentence.provision else None)


def find_measures(reading: Reading) -> Found:
    """Extract the measures of a plan and the spans of its other numbers.

    Args:
        reading: The plan as read.
    """
    issued, period = reading.metadata.issued_on, reading.metadata.period
    year = issued.year if issued else period.start_year if period else None
    plan = periods.Plan(period, periods.plan_horizon(reading.view.text, period), year)
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
                memory.note(sentence)
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


def _sentences(reading: Reading, block: Block, plan: periods.Plan, memory: _Memory) -> Iterator[Sentence]:
    """Yield the sentences of a block that hold a number, with their measures set apart from their other numbers."""
    text = reading.view.text
    section = reading.provisions[block.provision].section if block.provision is not None else None
    headings = tuple(simplify(heading[:80]) for heading in block.headings)
    for start, end in sentences(text, block.start, block.end):
        part = text[start:end]
        if not _HAS_NUMBER.search(part):
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


def _measures(sentence: Sentence, reading: Reading, plan: periods.Plan, memory: _Memory) -> Iterator[_Row]:
    """Decide every field of the measures of a sentence."""
    previous: str | None = None
    earlier: list[str] = []
    after_award = sentence.after_award
    scope = memory.scope(sentence)
    for series in sentence.series:
        series_names: list[str] = []
        for place, index in enumerate(series):
            c = Context(sentence, index, series)
            facts = Facts(after_award)
            trace: list[tuple[str, Decision[object]]] = []

            def note(
                field: str, found: tuple[object, str], trace: list[tuple[str, Decision[object]]] = trace
            ) -> None:
                trace.append((field, Decision(found[0], "", found[1])))

            found = unit.unit(c)
            note("unit", found)
            facts.unit = found[0]
            found = comparator.comparator(c)
            note("comparator", found)
            facts.comparator = found[0]
            aspiration = ASPIRATION.decide(c, facts)
            trace.append(("is_aspirational", aspiration))
            role = KIND.decide(c, facts)
            trace.append(("kind", role))
            facts.kind = role.value
            shape = FORM.decide(c, facts)
            trace.append(("form", shape))
            facts.form = shape.value
            per_found = per.per(c, facts.kind, facts.form, facts.unit)
            note("per", per_found)
            facts.per = per_found[0]
            period, horizon, period_why = periods.period_of(c, facts.kind, facts.form, facts.per, plan, scope)
            note("period", (period, period_why))
            name = indicator.indicator(c, facts.kind, facts.unit, previous)
            names, names_why = spread.distribute(c, place, name, facts.kind, facts.form, earlier)
            note("indicator", (name, names_why))
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
                recipient=recipient.recipient(c) if facts.kind == "incentive" else None,
                period=period,
                horizon_years=horizon,
                quote_start=quote_start,
                quote_end=quote_end,
                clause_start=clause_start,
                clause_end=clause_end,
                provision=sentence.provision,
                headings=sentence.headings,
                trace=tuple(trace),
            )
            for each in names:
                own = recipient.recipient_named(each) if names_why.startswith("分别") else None
                yield _Row(
                    replace(measure, indicator=each, recipient=own or measure.recipient),
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
