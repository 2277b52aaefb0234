"""What a rule is said to do on texts is what it does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dagster_project.folder import PROJECT
from dagster_project.quality.reach import Reach, reach, texts_of

SENTENCES = "一、主要任务\n力争培育企业50家。\n建设园区3个。\n力争到2025年,专利授权量达到4万件。\n"


def coded(text: str, value: str, *, is_aspirational: bool) -> str:
    number = float("".join(c for c in value if c.isdigit())) * (10_000 if "万" in value else 1)
    row = {"char_start": text.index(value), "value_text": value, "value": number, "indicator_text_zh": "企业"}
    return json.dumps(row | {"is_aspirational": is_aspirational})


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Reach]:
    (tmp_path / "a.txt").write_text(SENTENCES)
    rows = [coded(SENTENCES, "50家", is_aspirational=True), coded(SENTENCES, "4万件", is_aspirational=False)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    (tmp_path / "b.txt").write_text(SENTENCES)
    return {row.rule: row for row in reach([*texts_of("own", tmp_path)], "is_aspirational")}


def test_decisions_are_counted_by_group_and_text(found: dict[str, Reach]) -> None:
    assert found["word_in_clause"].decided == {"own": 2}
    assert found["word_in_clause"].texts == 2


def test_decisions_are_right_or_wrong_where_a_reading_says_so(found: dict[str, Reach]) -> None:
    word, head = found["word_in_clause"], found["word_at_the_head"]
    assert (word.right, word.wrong, head.right, head.wrong) == (1, 0, 0, 1)
    assert found["committed"].right is None


def test_rows_that_change_without_a_rule_are_counted(found: dict[str, Reach]) -> None:
    assert found["word_in_clause"].changed == 2


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="colour"):
        next(reach([], "colour"))


def test_a_rule_that_serves_fewer_than_two_texts_cites_a_source() -> None:
    folders = {"plans": "data/raw", "composed": "tests/composed", "themes": "tests/dbt/composed"}
    texts = [text for group, folder in folders.items() for text in texts_of(group, PROJECT / folder)]
    rows = reach(texts, without=False)
    assert [f"{row.table}/{row.rule}" for row in rows if row.texts < 2 and not row.source] == []
