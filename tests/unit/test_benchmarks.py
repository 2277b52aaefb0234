"""What the benchmarks measure with is right; how fast anything is, is no test."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from dagster_project.corpus.places import known_places
from dagster_project.corpus.plans import accept_plan
from dagster_project.folder import JURISDICTIONS

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(autouse=True)
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)


@pytest.fixture
def documents() -> ModuleType:
    import documents

    return documents


@pytest.fixture
def speed() -> ModuleType:
    import speed

    return speed


def test_a_document_is_the_same_for_the_same_number_and_seed(documents) -> None:
    assert documents.document(3, 1) == documents.document(3, 1)


def test_no_two_documents_are_the_same(documents) -> None:
    texts = [documents.document(number).text for number in range(200)]
    assert len(set(texts)) == len(texts)


def test_documents_are_plans(documents, tmp_path: Path) -> None:
    documents.write(tmp_path, 6)
    places = known_places(JURISDICTIONS)
    found = [accept_plan(folder, places) for folder in sorted((tmp_path / "raw").iterdir())]
    assert len(found) == 6
    assert all(plan.extraction.measures for plan in found)


def test_documents_that_are_there_stay(documents, tmp_path: Path) -> None:
    documents.write(tmp_path, 2)
    changed = tmp_path / "raw" / documents.document(1).plan_id / "plan.txt"
    changed.write_text("甲", encoding="utf-8")
    documents.write(tmp_path, 3)
    assert changed.read_text(encoding="utf-8") == "甲"
    assert len(list((tmp_path / "raw").iterdir())) == 3


def test_tools_are_scored_by_span_and_value(speed) -> None:
    from tools import Found

    reference = [(0, 3, 30.0, "percent"), (10, 15, 2e5, "CNY"), (20, 23, 7.0, "org")]
    found = [Found(0, 3, 0.3), Found(11, 15, 2e5), Found(20, 23, 8.0), Found(30, 34, 2023.0)]
    scored = speed.score(found, reference)
    assert scored == (4, 3, 2)
    assert (scored.recall, scored.precision) == (2 / 3, 0.5)


def test_a_find_counts_once(speed) -> None:
    from tools import Found

    assert speed.score([Found(0, 9, 5.0)], [(0, 3, 5.0, "org"), (4, 7, 5.0, "org")]).right == 1


def test_all_measures_of_the_five_plans_are_found_in_the_table(speed) -> None:
    from tools import tools

    texts = speed.corpora()["the five plans"]
    known = {n: tool for n, tool in tools() if n in {"plain list", "reading alone", "ip-plans"}}
    results = {name: speed.run(tool, texts, runs=1) for name, tool in known.items()}
    assert results["ip-plans"].score == (138, 138, 138)
    lines = list(speed.table(texts, results | {"another": "ImportError: it is not installed"}))
    assert "| 138 | 138 | 1.000 | 1.000 |" in next(line for line in lines if line.startswith("| ip-plans "))
    assert lines[-1].startswith("| another | not run: ImportError: it is not installed |")
    assert all(line.count("|") == 9 for line in lines)


def test_every_step_of_a_batch_has_its_cost(
    documents, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import batch

    from dagster_project.folder import DataFolder

    batch.measure(3, DataFolder.of(tmp_path), with_dbt=False, with_one=False)
    steps = ["first, all processors", "nothing changed", "one document changed"]
    out = capsys.readouterr().out
    assert [out.index(step) for step in steps] == sorted(out.index(step) for step in steps)
