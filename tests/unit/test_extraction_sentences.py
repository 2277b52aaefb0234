"""Every sentence of sentences.txt gives the measures and the other numerals written below it."""

from pathlib import Path

import pytest

from dagster_project.extraction import extract
from dagster_project.records import Block, Metadata, Provision, Reading, Role, View

TABLE = Path(__file__).with_name("sentences.txt")


def reading_of(text: str) -> Reading:
    """A plan that consists of one task with this text."""
    view = View(text, text, range(len(text)), range(1, len(text) + 1))
    provision = Provision("一", "task", "任务", ("任务",), 0, len(text))
    return Reading(view, Metadata(), (Block(0, len(text), Role.BODY, ("任务",), 0),), (provision,), (), ())


def cases() -> list:
    group, found = "", []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            group = line.removeprefix("## ")
        elif line.startswith(" "):
            found[-1].values[1].append(line.strip())
        elif line and not line.startswith("#"):
            found.append(pytest.param(line, [], id=f"{group}-{len(found) + 1}"))
    return found


@pytest.mark.parametrize(("sentence", "expected"), cases())
def test_sentence_gives_its_measures_and_numerals(sentence: str, expected: list[str]) -> None:
    extraction = extract(reading_of(sentence))
    measures = [
        " ".join(
            [m.value_text, f"{m.value:.10g}", m.unit, m.comparator, m.kind, m.form]
            + ([m.per] if m.per else [])
            + (["aspirational"] if m.is_aspirational else [])
        )
        for m in extraction.measures
    ]
    others = [f"~ {n.text} {n.disposition.value}" for n in extraction.numerals if n.disposition != "measure"]
    assert measures + others == expected
