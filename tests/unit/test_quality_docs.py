"""The pages on quality show what was found, in the words of the plans, and the same for the same tables."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from dagster_project.quality.docs import write_docs, write_findings
from dagster_project.quality.extracted import EXTRACTED
from dagster_project.quality.judge import judge

SUITES = [suite for suite in EXTRACTED if suite.name in ("plans", "numerals")]
TEXT = "到2025年,惠及企业40家<script>alert(1)</script>&amp;。"
TABLES = {
    "extracted/documents": pl.DataFrame(
        {"plan_key": ["jia-2021"], "title_zh": ["甲市<b>方案</b>"], "char_count": [len(TEXT)], "text": [TEXT]}
    ),
    "extracted/provisions": pl.DataFrame({"plan_key": ["jia-2021"], "number": ["一/(一)"]}),
    "extracted/measures": pl.DataFrame({"plan_key": ["jia-2021"]}),
    "extracted/numerals": pl.DataFrame(
        {"plan_key": ["jia-2021"] * 2, "char_start": [1, 12], "char_end": [5, 14], "text": ["2025", "40"]}
        | {"disposition": ["date", "unexplained"], "sentence_zh": [TEXT] * 2}
    ),
}


def write(folder: Path, release_id: str = "0123456789abcdef") -> dict[str, str]:
    """Judge two suites, write the pages and return them by name."""
    for suite in SUITES:
        frame = suite.facts(TABLES.__getitem__)
        write_findings(suite, frame, judge(frame, suite.expectations), folder / "findings")
    names = [suite.name for suite in SUITES]
    notes = {"jia-2021": ["3 at 7 comes after number 1: a step <of> the numbering is missing"]}
    pages = write_docs(names, folder / "findings", folder / "quality", release_id, notes)
    return {path.name: path.read_text(encoding="utf-8") for path in pages}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of two suites, of which one found an unexplained number."""
    return write(tmp_path_factory.mktemp("quality"))


def test_there_is_an_index_and_a_page_for_each_suite(pages: dict[str, str]) -> None:
    assert list(pages) == ["index.html", "extraction-plans.html", "extraction-numerals.html"]


def test_the_notes_on_each_plan_are_on_the_index(pages: dict[str, str]) -> None:
    assert "jia-2021 (1)" in pages["index.html"]
    assert "a step &lt;of&gt; the numbering is missing" in pages["index.html"]


def test_every_link_leads_to_a_page(pages: dict[str, str]) -> None:
    linked = {
        link.partition("#")[0] for page in pages.values() for link in re.findall(r'href="([^"]+)"', page)
    }
    assert linked - {"data:,"} == set(pages)


def test_every_expectation_is_told_in_words(pages: dict[str, str]) -> None:
    for suite in SUITES:
        page = pages[f"extraction-{suite.name}.html"]
        assert [item.name for item in suite.expectations if item.protects not in page] == []


def test_a_failing_row_is_shown_with_its_sentence(pages: dict[str, str]) -> None:
    page = pages["extraction-numerals.html"]
    assert "到2025年,惠及企业40家&lt;script&gt;" in page
    assert "unusual: numeral_is_explained, 1 of 2 rows" in pages["index.html"]


def test_words_of_a_plan_are_no_markup(pages: dict[str, str]) -> None:
    assert [name for name, page in pages.items() if "<script" in page or "<b>" in page] == []


def test_nothing_is_loaded_and_no_path_is_shown(pages: dict[str, str], tmp_path: Path) -> None:
    for page in pages.values():
        assert not re.search(r"https?://|@import|url\(|\bsrc=|/tmp|\\u[0-9a-f]{4}", page)


def test_the_same_tables_give_the_same_pages(pages: dict[str, str], tmp_path: Path) -> None:
    assert write(tmp_path) == pages


def test_a_suite_that_was_not_judged_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="numerals"):
        write_docs(["numerals"], tmp_path, tmp_path / "quality", "0" * 16)
