"""A plan that has not changed is not read again, and what was kept of it is what reading it would give."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from dagster_project import fingerprints
from dagster_project.corpus import plans
from dagster_project.corpus.build import build_corpus
from dagster_project.corpus.places import KnownPlace, known_places
from dagster_project.folder import JURISDICTIONS

PROJECT = Path(__file__).resolve().parents[2]
NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
LATER = datetime(2024, 6, 1, 8, tzinfo=UTC)
PLACES = {"340100": KnownPlace("合肥市", "Hefei", "prefecture", "安徽省", 9369881)}
TEXT = (
    "甲市知识产权发展行动方案(2021-2023年)\n"
    "一、工作目标\n"
    "(一)促进转化。到2023年,知识产权质押融资额度达到12亿元,年均增长30%以上。责任单位:市市场监管局\n"
)
Tables = dict[str, pl.DataFrame]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Two plans."""
    for plan, place in (("jia-2021", "甲"), ("yi-2021", "乙")):
        folder = tmp_path / "raw" / plan
        folder.mkdir(parents=True)
        (folder / "plan.txt").write_text(TEXT.replace("甲", place), encoding="utf-8")
        (folder / "origin.yml").write_text(
            f'plan_id: {plan}\njurisdiction: {{adcode: "340100"}}\n', encoding="utf-8"
        )
    return tmp_path / "raw"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The plans that are read, in order, from now on."""
    names: list[str] = []
    real = plans.read_plan

    def spy(folder: Path, places: dict[str, str]) -> plans.ExtractedPlan:
        names.append(folder.name)
        return real(folder, places)

    monkeypatch.setattr(plans, "read_plan", spy)
    return names


def build(raw: Path, now: datetime = NOW, places: dict[str, str] = PLACES) -> Tables:
    """Build with what was kept by the builds before."""
    return build_corpus(raw, places, {}, now, raw.parent / "readings")


def times(tables: Tables) -> dict[str, datetime]:
    """Return when each plan was last read."""
    return dict(tables["plan_status"].select("plan_key", "last_read_at").iter_rows())


def test_a_plan_that_has_not_changed_is_not_read_again(raw: Path, read: list[str]) -> None:
    build(raw)
    read.clear()
    after = build(raw, LATER)
    assert read == []
    assert times(after) == {"jia-2021": NOW, "yi-2021": NOW}


def test_only_the_plan_that_has_changed_is_read(raw: Path, read: list[str]) -> None:
    build(raw)
    read.clear()
    (raw / "yi-2021" / "plan.txt").write_text(TEXT.replace("12亿", "15亿"), encoding="utf-8")
    after = build(raw, LATER)
    assert read == ["yi-2021"]
    assert times(after) == {"jia-2021": NOW, "yi-2021": LATER}
    assert 1.5e9 in after["measures"]["value"].to_list()


def test_what_was_kept_of_the_five_plans_is_what_reading_them_gives(tmp_path: Path) -> None:
    source, places = PROJECT / "data" / "raw", known_places(JURISDICTIONS)
    built, kept = (build_corpus(source, places, {}, at, tmp_path / "readings") for at in (NOW, LATER))
    assert set(times(kept).values()) == {NOW}
    for name, table in built.items():
        assert kept[name].equals(table), name


@pytest.mark.parametrize("name", ["origin.yml", "corrections.yml", "reference/measures.jsonl"])
def test_a_plan_is_read_again_when_any_of_its_files_changes(raw: Path, read: list[str], name: str) -> None:
    build(raw)
    read.clear()
    path = raw / "yi-2021" / name
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")
    build(raw, LATER)
    assert read == ["yi-2021"]


def test_all_plans_are_read_again_by_other_rules(
    raw: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(raw)
    read.clear()
    monkeypatch.setattr(fingerprints, "rules", lambda: "other")
    build(raw, LATER)
    assert read == ["jia-2021", "yi-2021"]


def imported(module: str, found: set[str]) -> set[str]:
    """Return the modules of the package that a module needs, itself too, at whatever depth of its code it says so."""
    path = PROJECT.joinpath(*module.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if module in found or not source.exists():
        return found
    found.add(module)
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{name}" for name in names)]
        for name in names:
            if name.startswith("dagster_project."):
                imported(name, found)
    return found


def test_all_code_that_reads_a_plan_is_among_the_rules() -> None:
    modules = imported("dagster_project.corpus.plans", set())
    assert "dagster_project.extraction.fields.kind" in modules
    files = [PROJECT.joinpath(*module.split(".")) for module in modules]
    outside = [
        path.name
        for path in files
        if not any(path.with_suffix(root.suffix).is_relative_to(root) for root in fingerprints._RULES)
    ]
    assert outside == []


def test_the_rules_are_folders_and_loose_modules() -> None:
    package = PROJECT / "dagster_project"
    assert [path for path in fingerprints._RULES if not path.exists()] == []
    assert [path for path in fingerprints._RULES if path.suffix == ".py" and path.parent != package] == []


def test_reading_a_plan_loads_nothing_of_dbt() -> None:
    script = "import sys, dagster_project.corpus.plans; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "dagster_project.quality.extracted" in loaded
    tools = {"dbt", "duckdb", "dagster", "great_expectations"}
    assert [m for m in loaded if m.split(".")[0] in tools or m.startswith("dagster_project.warehouse")] == []


DAMAGE: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("cut-short", lambda content: content[: len(content) // 2]),
    ("empty", lambda _: b""),
    ("another-number", lambda content: content.replace(b"1200000000.0", b"1300000000.0")),
    ("not-text", lambda content: b"\xff\xfe" + content),
]


@pytest.mark.parametrize("damage", [pytest.param(damage, id=name) for name, damage in DAMAGE])
def test_a_damaged_file_is_as_good_as_none(
    raw: Path, read: list[str], damage: Callable[[bytes], bytes]
) -> None:
    before = build(raw)
    path = raw.parent / "readings" / "jia-2021.json"
    spoilt = damage(path.read_bytes())
    assert spoilt != path.read_bytes()
    path.write_bytes(spoilt)
    read.clear()
    after = build(raw, LATER)
    assert read == ["jia-2021"]
    assert after["measures"].equals(before["measures"])


def test_nothing_is_kept_of_a_plan_that_changes_while_it_is_read(
    raw: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = plans.read

    def slow(text: str, *others: object) -> object:
        if text.startswith("甲"):
            (raw / "jia-2021" / "plan.txt").write_text(TEXT.replace("12亿", "15亿"), encoding="utf-8")
        return real(text, *others)

    monkeypatch.setattr(plans, "read", slow)
    build(raw)
    read.clear()
    (raw / "jia-2021" / "plan.txt").write_text(TEXT, encoding="utf-8")
    build(raw, LATER)
    assert read == ["jia-2021"]


def test_a_write_that_is_cut_off_leaves_what_was_kept(
    raw: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(raw)
    readings = raw.parent / "readings"
    before = {path.name: path.read_bytes() for path in readings.iterdir()}
    real = Path.write_text

    def full(path: Path, text: str, encoding: str) -> int:
        real(path, text[: len(text) // 2], encoding=encoding)
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        (raw / "yi-2021" / "plan.txt").write_bytes(TEXT.replace("12亿", "15亿").encode())
        patch.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="no space"):
            build(raw, LATER)
    assert {name: (readings / name).read_bytes() for name in before} == before
    read.clear()
    build(raw, LATER)
    assert read == ["yi-2021"]
    assert sorted(path.name for path in readings.iterdir()) == sorted(before)


def test_a_plan_whose_place_has_left_the_seed_is_refused_all_the_same(raw: Path) -> None:
    build(raw)
    (raw / "yi-2021" / "origin.yml").write_text(
        "plan_id: yi-2021\njurisdiction: {name_zh: 乙县, level: county}\n", encoding="utf-8"
    )
    after = build(raw, LATER, places={})
    status = after["plan_status"].row(by_predicate=pl.col("plan_key") == "jia-2021", named=True)
    assert status["status"] == "refused"
    assert "adcode 340100 is not in dbt/seeds/jurisdictions.csv" in status["reason"]


def test_what_was_kept_of_a_removed_plan_goes(raw: Path) -> None:
    build(raw)
    (raw / "yi-2021").rename(raw.parent / "yi-2021")
    build(raw, LATER)
    assert [path.name for path in (raw.parent / "readings").iterdir()] == ["jia-2021.json"]


def test_without_a_folder_to_keep_them_in_all_plans_are_read(raw: Path, read: list[str]) -> None:
    for _ in range(2):
        build_corpus(raw, PLACES, {}, NOW)
    assert read == ["jia-2021", "yi-2021"] * 2
