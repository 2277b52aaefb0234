"""A sieve leaves out no pattern that fits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dagster_project.extraction.dispositions import DISPOSITIONS
from dagster_project.reading import decode, read
from dagster_project.sieve import Sieve, needed, opened

COMPOSED = Path(__file__).parents[1] / "composed"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("近三年", [{"近"}, {"三"}, {"年"}], id="each character"),
        pytest.param("[年月]末", [{"末"}, {"年", "月"}], id="one of a class, the rarer first"),
        pytest.param("[^,。]末", [{"末"}], id="a class of others needs nothing"),
        pytest.param(r"\d+届", [{"届"}], id="any digit needs nothing"),
        pytest.param("近?届", [{"届"}], id="what may be missing"),
        pytest.param("(?:近){2,3}届", [{"近"}, {"届"}], id="what is repeated"),
        pytest.param("近届|热线", [{"近", "热"}, {"届", "线"}], id="one of two"),
        pytest.param("近届|.", [], id="one of two that needs nothing"),
        pytest.param("(?=近)届(?<=线)", [{"近"}, {"届"}, {"线"}], id="what stands beside"),
        pytest.param("(?!近)届(?<!线)", [{"届"}], id="what does not stand beside"),
        pytest.param(r"(?P<a>近)(?P=a)?", [{"近"}], id="said again"),
    ],
)
def test_a_pattern_needs(pattern: str, expected: list[set[str]]) -> None:
    assert sorted(map(sorted, needed(pattern))) == sorted(map(sorted, expected))


def _parts() -> list[str]:
    """Return the sentences of the composed texts, and the examples and look-alikes of all rules."""
    texts = [read(decode(path.read_bytes())[0]).view.text for path in sorted(COMPOSED.glob("*.txt"))]
    examples = [example for rule in DISPOSITIONS for example in (*rule.yes, *rule.no)]
    marks = str.maketrans("", "", "⟨⟩")
    return sorted(
        {part for text in texts for part in text.replace("。", "。\n").splitlines()}
        | {example.translate(marks) for example in examples}
    )


PARTS = _parts()


def test_a_rule_that_fits_is_a_candidate() -> None:
    patterns = [rule.pattern for rule in DISPOSITIONS]
    assert None not in patterns
    sieve, forms = Sieve(patterns), [re.compile(pattern) for pattern in patterns if pattern]
    missed = [
        (form.pattern, part)
        for part in PARTS
        for place, form in enumerate(forms)
        if form.search(part) and place not in sieve.candidates(part)
    ]
    assert missed == []


@pytest.mark.parametrize("rule", [*DISPOSITIONS], ids=lambda rule: rule.name)
def test_a_look_at_the_first_character_changes_nothing(rule) -> None:
    form, same = re.compile(rule.pattern), re.compile(opened(rule.pattern))
    assert [[m.span() for m in same.finditer(part)] for part in PARTS] == [
        [m.span() for m in form.finditer(part)] for part in PARTS
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("近年|[过去]年|以来", "(?=[以去过近])(?:近年|[过去]年|以来)", id="alternatives"),
        pytest.param(r"(?:近|过|去)?\d年", r"(?=[\d去过近])(?:(?:近|过|去)?\d年)", id="what may be missing"),
        pytest.param("(?<!第)近年", "(?<!第)近年", id="few"),
        pytest.param("[^,]年", "[^,]年", id="any"),
        pytest.param("近*", "近*", id="nothing"),
    ],
)
def test_a_pattern_is_opened(pattern: str, expected: str) -> None:
    assert opened(pattern) == expected


def test_a_rule_without_a_pattern_is_always_asked() -> None:
    assert Sieve(["近", None]).candidates("届") == (1,)


def test_most_rules_are_left_out() -> None:
    asked = [
        len(list(DISPOSITIONS.candidates("支持企业申请专利,授权后每件奖励5000元。"))),
        len(list(DISPOSITIONS)),
    ]
    assert asked[0] * 5 < asked[1]
