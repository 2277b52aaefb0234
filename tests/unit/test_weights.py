"""The table of weights, and what it decides."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from dagster_project.extraction import extract
from dagster_project.extraction.fields.kind import KIND, weighed
from dagster_project.extraction.words import UNITS
from dagster_project.reading import read

PROJECT = Path(__file__).parents[2]
CLEAR = {"a": {"condition": 4.0, "target": -4.0}, weighed.ALWAYS: {"condition": 0.0, "target": 0.0}}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with weighed.WEIGHTS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_a_line_of_the_table_stands_once_and_in_order(rows) -> None:
    keys = [(row["sign"], row["kind"]) for row in rows]
    assert all(earlier < later for earlier, later in pairwise(keys))


def test_the_table_knows_every_kind_that_the_rules_know(rows) -> None:
    of_rules = {rule.value for rule in KIND if rule.value}
    assert {row["kind"] for row in rows if row["sign"] == weighed.ALWAYS} == of_rules


def test_a_weight_is_for_a_kind_and_counts(rows) -> None:
    of_rules = {rule.value for rule in KIND if rule.value}
    assert {row["kind"] for row in rows} <= of_rules
    assert all(float(row["weight"]) for row in rows if row["sign"] != weighed.ALWAYS)


@pytest.mark.parametrize(
    ("signs", "kind"),
    [
        pytest.param({"a", weighed.ALWAYS}, "condition", id="clear"),
        pytest.param({weighed.ALWAYS}, None, id="unclear"),
        pytest.param({"b"}, None, id="unknown signs"),
    ],
)
def test_only_clear_signs_decide(signs, kind) -> None:
    told = weighed.told(signs, CLEAR)
    assert (told and told[0]) == kind


def test_signs_of_a_target_leave_it_to_the_rules_that_follow() -> None:
    assert weighed.told({"a"}, {"a": {"target": 9.0, "condition": -9.0}}) is None


def test_the_table_is_read_where_the_program_is_a_zip_as_on_a_cluster(tmp_path: Path) -> None:
    program = shutil.make_archive(str(tmp_path / "program"), "zip", PROJECT, "dagster_project")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from dagster_project.extraction.fields.kind import weighed\n"
        "print(weighed.__file__.startswith(sys.argv[1]), len(weighed.weights()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["True", str(len(weighed.weights()))], done.stderr


def test_the_signs_that_are_looked_up_are_those_that_were_learned_from(monkeypatch) -> None:
    looked_up, seen = weighed._signs_that_weigh, []

    def both(c, facts):
        found = looked_up(c, facts)
        seen.append((found & weighed.weights().keys(), weighed.signs(c, facts) & weighed.weights().keys()))
        return found

    monkeypatch.setattr(weighed, "_signs_that_weigh", both)
    for text in sorted((PROJECT / "tests" / "composed").glob("*_1.txt")):
        extract(read(text.read_text(encoding="utf-8")))
    assert len(seen) > 100
    assert [found for found, all_ in seen if found != all_] == []


def test_physical_units_are_units_that_are_read() -> None:
    assert UNITS.keys() >= weighed._PHYSICAL
