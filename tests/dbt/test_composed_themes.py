"""Themes and indicators of measures in texts other than the five plans; composed/README.md says what they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "composed"
FARMING = "nongye"
# As found when the texts were last used to mend terms, rounded down; raise it when it has become better.
STRICT, DEFENSIBLE = 0.95, 0.97


@pytest.fixture(scope="module")
def pairs(composed) -> list[tuple[str, dict[str, Any], str]]:
    """(plan, coded measure, theme found) of every coded measure that was extracted."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in composed.rows("select plan_key, char_start, char_end, value, theme_key from fct_measure"):
        found.setdefault(row["plan_key"], []).append(row)
    result = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        rows = found[path.stem]
        for line in path.read_text(encoding="utf-8").splitlines():
            coded = json.loads(line)
            end = coded["char_start"] + len(coded["value_text"])
            match = next(
                (
                    row
                    for row in rows
                    if row["char_start"] < end
                    and coded["char_start"] < row["char_end"]
                    and abs(float(row["value"]) - coded["value"]) <= 0.001 * abs(coded["value"])
                ),
                None,
            )
            if match is not None:
                rows.remove(match)
                result.append((path.stem, coded, match["theme_key"]))
    return result


def test_nearly_all_coded_measures_are_found(pairs):
    coded = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in FOLDER.glob("*.jsonl"))
    assert len(pairs) / coded > 0.95


def test_primary_theme_is_that_of_the_coder(pairs):
    right = [theme == coded["theme_key"] for plan, coded, theme in pairs if plan != FARMING]
    assert sum(right) / len(right) >= STRICT


def test_primary_theme_is_one_that_can_be_defended(pairs):
    right = [theme in coded["themes_ok"] for plan, coded, theme in pairs if plan != FARMING]
    assert sum(right) / len(right) >= DEFENSIBLE


def test_measures_of_farming_have_no_theme_of_intellectual_property(pairs):
    assert {theme for plan, coded, theme in pairs if plan == FARMING and coded["themes_ok"] == ["other"]} == {
        "other"
    }


@pytest.mark.parametrize(
    ("measured", "indicator"),
    [
        pytest.param(
            "PCT国际专利申请年均增长率", "patent_creation.pct_filings_growth", id="not filings of all kinds"
        ),
        pytest.param("马德里注册商标", "brand_trademark.madrid", id="not trademarks held"),
        pytest.param(
            "每万户经营主体注册商标拥有量",
            "brand_trademark.per_10k_entities",
            id="not trademarks held in all",
        ),
        pytest.param("新增集体商标", "collective_mark.count.per_year", id="not all trademarks"),
        pytest.param("高价值专利组合", "patent_creation.high_value_portfolios", id="not patents held"),
        pytest.param("知识产权专业人才", "talent.professionals", id="not those of services only"),
        pytest.param("发布重点产业专利导航报告", "patent_navigation.reports", id="not navigation projects"),
        pytest.param(
            "轮训企业知识产权管理骨干和实务人才", "talent.persons_trained", id="not high-level persons"
        ),
        pytest.param(
            "知识产权质押贷款不良率容忍度放宽至各项贷款不良率以上",
            "bad_loan.growth_of_rate.called_c32913",
            id="not growth of pledges, and of a bound that is loosened",
        ),
    ],
)
def test_things_of_like_names_are_measured_apart(composed, measured, indicator):
    query = f"select distinct indicator_key from fct_measure where kind = 'target' and indicator_text_zh = '{measured}'"
    assert composed.values(query) == [indicator]
