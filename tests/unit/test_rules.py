"""Every rule decides its examples, and leaves its look-alikes alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from dagster_project.extraction import extract, fields
from dagster_project.extraction.counts import QUOTED_RULES, TIME_RULES
from dagster_project.extraction.dispositions import DISPOSITIONS
from dagster_project.extraction.fields.kind import AWARD_RULES, KIND
from dagster_project.extraction.rules import TABLES
from dagster_project.extraction.spread import PAIRED_RULES, SPREAD
from dagster_project.reading import decode, read
from dagster_project.reading.annexes import ANNEXES, rule_of_annex
from dagster_project.reading.layout import LINES, rule_of_line
from dagster_project.reading.metadata import STATED, decided
from dagster_project.records import (
    Block,
    Decision,
    Disposition,
    Measure,
    Metadata,
    Numeral,
    PassedOver,
    Provision,
    Reading,
    Repair,
    Role,
    View,
)
from dagster_project.rules import RuleTable

PLANS = sorted((Path(__file__).parents[2] / "data" / "raw").glob("*/plan.txt"))
RULES = [rule for table in TABLES for rule in table]


def reading_of(text: str) -> Reading:
    """A document, where the text has lines; else a plan that consists of one task with this sentence."""
    if "\n" in text:
        return read(text)
    view = View(text, text, range(len(text)), range(1, len(text) + 1))
    provision = Provision("一", "task", "任务", ("任务",), 0, len(text))
    return Reading(view, Metadata(), (Block(0, len(text), Role.BODY, ("任务",), 0),), (provision,), (), ())


def deciders(table: str, example: str) -> set[str]:
    """Return the names of the rules of a table that decide the figure between ⟨ and ⟩, or anything without them."""
    text = re.sub("[⟨⟩]", "", example)
    if table == LINES.name:
        return {rule.name} if (rule := rule_of_line(text)) else set()
    if table == ANNEXES.name:
        return {rule.name} if (rule := rule_of_annex(text)) else set()
    if table in {stated.name for stated in STATED}:
        reading = read(text)
        return {rule for decides, rule in decided(reading.view, reading.blocks) if decides == table}
    start, end = (example.index("⟨"), example.index("⟩") - 1) if "⟨" in example else (0, len(text))
    reading = read(text) if table == "repair" else reading_of(text)
    extraction = extract(reading)

    def is_meant(row: Repair | Measure | Numeral | PassedOver) -> bool:
        return row.char_start < end and start < row.char_end

    if table == "repair":
        return {repair.rule for repair in filter(is_meant, reading.repairs)}
    if table == "disposition":
        others = (n for n in extraction.numerals if n.disposition is not Disposition.MEASURE)
        return {numeral.reason for numeral in filter(is_meant, others)}
    decisions = [pair for measure in filter(is_meant, extraction.measures) for pair in measure.trace]
    decisions += [("is_measure", number.decision) for number in filter(is_meant, extraction.passed_over)]
    return {decision.rule for field, decision in decisions if field == table}


EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.table}-{rule.name}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.yes, 1)
]
LOOK_ALIKES = [
    pytest.param(rule, example, id=f"{rule.table}-{rule.name}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.no, 1)
]


ORDERED = [
    pytest.param(table, rule, earlier, id=f"{rule.table}-{earlier.name}-{rule.name}")
    for table in TABLES
    for rule in table
    for earlier in table
    if earlier.name in rule.after
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_decides_its_examples(rule, example: str) -> None:
    assert rule.name in deciders(rule.table, example)


@pytest.mark.parametrize(("rule", "example"), LOOK_ALIKES)
def test_a_rule_leaves_its_look_alikes_alone(rule, example: str) -> None:
    assert rule.name not in deciders(rule.table, example)


@pytest.mark.parametrize(("table", "rule", "earlier"), ORDERED)
def test_a_rule_decides_otherwise_without_one_that_is_asked_before_it(table, rule, earlier) -> None:
    examples = [*earlier.yes, *earlier.no, *rule.yes, *rule.no]
    before = [rule.name in deciders(rule.table, example) for example in examples]
    with table.without(earlier):
        assert [rule.name in deciders(rule.table, example) for example in examples] != before


@pytest.mark.parametrize(
    ("names", "table"),
    [
        pytest.param(TIME_RULES, DISPOSITIONS, id="time"),
        pytest.param(QUOTED_RULES, DISPOSITIONS, id="quoted"),
        pytest.param(AWARD_RULES, KIND, id="awards"),
        pytest.param(PAIRED_RULES, SPREAD, id="paired"),
    ],
)
def test_rules_that_code_asks_for_by_name_exist(names: frozenset[str], table: RuleTable) -> None:
    assert names <= {rule.name for rule in table}


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.parent.name)
def test_nothing_hangs_on_the_words_of_a_decision(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = read(decode(path.read_bytes())[0])

    def without_trace() -> list[Measure]:
        return [replace(measure, trace=()) for measure in extract(reading).measures]

    before = without_trace()
    monkeypatch.setattr(fields, "Decision", lambda value, rule, _: Decision(value, rule, "x"))
    assert without_trace() == before
