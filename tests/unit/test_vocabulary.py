"""Words fit where they are meant, and not where they are a part of another word."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from dagster_project import extraction, reading
from dagster_project.reading.vocabulary import OneOf, Word, coded, one_of

MODULES = [
    importlib.import_module(found.name)
    for package in (reading, extraction)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]
TABLES = {
    value: f"{module.__name__.rpartition('.')[2]}.{name}"
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, OneOf)
}
WITH_EXCEPTIONS = [
    pytest.param(table, word, id=f"{name}-{word.text}")
    for table, name in TABLES.items()
    for word in table.words
    if word.excepted
]


@pytest.mark.parametrize(("table", "word"), WITH_EXCEPTIONS)
def test_a_word_is_found_in_its_example(table: OneOf, word: Word) -> None:
    assert word.text in re.findall(table, word.example)


@pytest.mark.parametrize(("table", "word"), WITH_EXCEPTIONS)
def test_no_word_of_a_table_is_found_in_what_one_of_them_excepts(table: OneOf, word: Word) -> None:
    assert [other for other in word.excepted if re.search(table, other)] == []


def test_exceptions_stand_before_and_after_a_word() -> None:
    office = one_of("政府", Word("局", unless_before="布 格 邮电", unless_after="面 限", example="市财政局"))
    assert re.findall(office, "市政府、财政局、邮局、布局、格局、邮电局、局面、局限") == ["政府", "局", "局"]


def test_the_longest_word_is_found() -> None:
    assert re.findall(one_of("资金 资金池"), "资金池和资金") == ["资金池", "资金"]


def test_a_word_stands_once_in_a_table() -> None:
    with pytest.raises(ValueError, match="stand twice: 驿站"):
        one_of("驿站 书院 驿站")


def test_a_word_has_one_code() -> None:
    assert coded({"org": "家 户", "person": "人"}) == {"家": "org", "户": "org", "人": "person"}
    with pytest.raises(ValueError, match="stand twice: 户"):
        coded({"org": "家 户", "person": "户"})


def test_a_word_with_an_exception_needs_an_example() -> None:
    with pytest.raises(ValueError, match="needs an example"):
        Word("局", unless_before="布")
