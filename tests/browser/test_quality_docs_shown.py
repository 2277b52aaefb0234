"""The pages on quality in a real browser: from a folder, without a network, readable by everyone."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from dagster_project.quality.docs import write_docs, write_findings
from dagster_project.quality.extracted import EXTRACTED
from dagster_project.quality.judge import judge

pytestmark = pytest.mark.browser

NUMERALS = next(suite for suite in EXTRACTED if suite.name == "numerals")
SENTENCE = "到2025年,知识产权质押融资登记惠及企业40家"


def test_the_pages_open_from_a_folder_without_any_request(browser: Browser, tmp_path: Path) -> None:
    numerals = {"plan_key": ["甲"], "char_start": [1], "char_end": [5], "text": ["2025"]}
    tables = {
        "extracted/documents": pl.DataFrame({"plan_key": ["甲"], "text": [SENTENCE]}),
        "extracted/numerals": pl.DataFrame(
            numerals | {"disposition": ["unexplained"], "sentence_zh": [SENTENCE]}
        ),
    }
    frame = NUMERALS.facts(tables.__getitem__)
    write_findings(NUMERALS, frame, judge(frame, NUMERALS.expectations), tmp_path)
    paths = write_docs(["numerals"], tmp_path, tmp_path / "quality", "0123456789abcdef")
    asked: list[str] = []
    said: list[str] = []
    shown: list[str] = []
    violations: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in paths:
        page.goto(path.as_uri())
        shown.append(page.inner_text("body"))
        violations += [item["id"] for item in Axe().run(page).response["violations"]]
    assert asked == [path.as_uri() for path in paths]
    assert (said, violations) == ([], [])
    assert SENTENCE in shown[1]
