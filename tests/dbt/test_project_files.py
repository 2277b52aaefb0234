"""The YAML and the seeds say all that the parts that read them need."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest
import yaml

DBT = Path(__file__).resolve().parents[2] / "dbt"
MARTS = yaml.safe_load((DBT / "models" / "published.yml").read_text(encoding="utf-8"))["models"]


def seed(name: str) -> list[dict[str, str]]:
    with (DBT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("model", MARTS, ids=lambda model: model["name"])
def test_every_column_of_a_mart_has_type_description_and_labels(model):
    incomplete = [
        column["name"]
        for column in model["columns"]
        if not (
            column.get("data_type")
            and column.get("description")
            and {"label_zh", "label_en"} <= column["config"]["meta"].keys()
        )
    ]
    assert incomplete == []


@pytest.mark.parametrize("folder", ["marts", "reports", "audits"])
def test_every_mart_is_described(folder):
    described = {model["name"] for model in MARTS}
    assert {path.stem for path in (DBT / "models" / folder).glob("*.sql")} <= described


# Columns of seeds that hold words or regular expressions.
TERMS = {
    "theme_terms": ["term_zh"],
    "instrument_terms": ["term_zh"],
    "facet_terms": ["term_zh", "with_zh", "unless_before", "unless_after"],
    "right_terms": ["term_zh"],
    "agency_aliases": ["alias_zh"],
    "attribute_terms": ["term_zh", "unless_zh"],
}


@pytest.mark.parametrize(("name", "columns"), TERMS.items())
def test_every_term_is_a_valid_expression(name, columns):
    terms = [row[column] for row in seed(name) for column in columns if row[column]]
    for term in terms:
        duckdb.execute("select regexp_matches('', ?)", [term]).fetchall()


@pytest.mark.parametrize("name", sorted(path.stem for path in (DBT / "seeds").glob("*.csv")))
def test_a_seed_has_a_row_for_each_value_and_no_lists(name):
    cells = {
        value for row in seed(name) for column, value in row.items() if column not in TERMS.get(name, [])
    }
    assert [cell for cell in sorted(cells) if "|" in cell] == []


def test_every_thing_that_an_award_is_per_is_a_basis():
    bases = {row["basis"] for row in seed("bases")}
    pers = [row["code"] for row in seed("codes") if row["vocabulary"] == "per"]
    assert {f"per_{per}".replace("-", "_").replace(" ", "_") for per in pers} <= bases


@pytest.mark.parametrize("name", ["themes", "indicators", "facets", "units", "instruments", "agencies"])
def test_every_code_has_a_name_in_both_languages(name):
    assert [row for row in seed(name) if not (row["name_zh"] and row["name_en"])] == []
