"""Where a sentence ends, and which part of it is shown."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.reading.sentences import (
    LONGEST_SENTENCE,
    LONGEST_SHOWN,
    segment,
    sentence_span,
    sentences,
)


def cut(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("甲一。乙二", ["甲一。", "乙二"], id="full stop"),
        pytest.param("甲一?乙二!丙", ["甲一?", "乙二!", "丙"], id="question and exclamation"),
        pytest.param("甲一！乙二", ["甲一！", "乙二"], id="full width"),
        pytest.param("甲一\n乙二", ["甲一\n", "乙二"], id="line"),
        pytest.param("增长17.3%.累计2家", ["增长17.3%.", "累计2家"], id="point for a full stop"),
        pytest.param("增长17.3%", ["增长17.3%"], id="decimal point"),
        pytest.param("甲一;乙二", ["甲一;乙二"], id="semicolon"),
    ],
)
def test_a_sentence_ends_at_its_mark(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text("甲一,;、。.%3 \n", max_size=3_000))
def test_sentences_are_in_order_and_no_longer_than_the_bound(text: str) -> None:
    spans = list(sentences(text, 0, len(text)))
    assert all(0 < end - start <= LONGEST_SENTENCE for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        pytest.param("甲。乙30%丙。丁", "30%", "乙30%丙。", id="inside"),
        pytest.param("30%", "30%", "30%", id="whole"),
        pytest.param("甲\n 乙30%\n丙", "30%", "乙30%", id="line"),
        pytest.param("甲；乙30%；丙", "30%", "乙30%；", id="between semicolons"),
        pytest.param("一" * 900 + "30%" + "一" * 900, "30%", "一" * 300 + "30%" + "一" * 300, id="no end"),
    ],
)
def test_the_segment_around_a_number(text: str, word: str, expected: str) -> None:
    start = text.index(word)
    assert segment(text, start, start + len(word)) == expected
    assert len(expected) <= LONGEST_SHOWN + len(word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        pytest.param("甲。乙30%；丙。丁", "30%", "乙30%；丙", id="over a semicolon"),
        pytest.param("30%", "30%", "30%", id="whole"),
        pytest.param("甲。乙4\n0件。丁", "4\n0件", "乙4\n0件", id="a number over two lines"),
    ],
)
def test_the_sentence_around_a_number(text: str, word: str, expected: str) -> None:
    start = text.index(word)
    first, last = sentence_span(text, start, start + len(word))
    assert text[first:last] == expected
