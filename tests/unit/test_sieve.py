"""A sieve leaves out no pattern that fits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dagster_project.extraction.dispositions import DISPOSITIONS
from dagster_project.reading import decode, read
from dagster_project.sieve import Sieve, needed

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


def test_a_rule_that_fits_is_a_candidate() -> None:
    patterns = [rule.pattern for rule in DISPOSITIONS]
    assert None not in patterns
    sieve, forms = Sieve(patterns), [re.compile(pattern) for pattern in patterns if pattern]
    texts = [read(decode(path.read_bytes())[0]).view.text for path in sorted(COMPOSED.glob("*.txt"))]
    parts = {part for text in texts for part in text.replace("。", "。\n").splitlines()}
    parts |= {
        example.replace("⟨", "").replace("⟩", "")
        for rule in DISPOSITIONS
        for example in (*rule.yes, *rule.no)
    }
    missed = [
        (form.pattern, part)
        for part in sorted(parts)
        for place, form in enumerate(forms)
        if form.search(part) and place not in sieve.candidates(part)
    ]
    assert missed == []


def test_a_rule_without_a_pattern_is_always_asked() -> None:
    assert Sieve(["近", None]).candidates("届") == (1,)


def test_most_rules_are_left_out() -> None:
    asked = [
        len(list(DISPOSITIONS.candidates("支持企业申请专利,授权后每件奖励5000元。"))),
        len(list(DISPOSITIONS)),
    ]
    assert asked[0] * 5 < asked[1]
