"""Measures are taken apart into facets, and put together again as indicators."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

SEED = Path(__file__).resolve().parents[2] / "dbt" / "seeds" / "indicators.csv"
KINDS = {"target": "target", "award": "incentive", "fund": "funding", "share": "allocation"}
FORMS = {
    "growth_per_year": "growth_annual",
    "multiple": "multiple",
    "share": "share",
    "level_at_date": "level",
}
PERS = {"per_recipient": "recipient", "per_recipient_year": "recipient-year", "per_item": "item"}


@pytest.fixture(scope="module")
def named(make_tables, build_tables) -> dict[str, str]:
    """indicator_key -> the indicator of a measure that is called as its example is."""
    with SEED.open(encoding="utf-8", newline="") as file:
        curated = [row for row in csv.DictReader(file) if row["indicator_key"] != "unmapped"]
    tables = make_tables(
        documents=[{"plan_key": "plan", "jurisdiction_key": "340100"}],
        measures=[
            {
                "measure_key": f"plan@{number}.1",
                "indicator_text_zh": row["example_zh"],
                "kind": KINDS[row["role"]],
                "form": FORMS.get(row["basis"], "flow"),
                "per": PERS.get(row["basis"]),
                "unit": row["unit_key"],
            }
            for number, row in enumerate(curated)
        ],
    )
    warehouse = build_tables(tables, "--select", "+int_measure_indicator")
    found = warehouse.rows("select measure_key, indicator_key from int_measure_indicator")
    keys = {row["measure_key"]: row["indicator_key"] for row in found}
    return {row["indicator_key"]: keys[f"plan@{number}.1"] for number, row in enumerate(curated)}


def test_every_indicator_that_an_analyst_named_is_reached_by_its_example(named):
    assert {key: found for key, found in named.items() if key != found} == {}
