"""A release is whole, at any moment, whatever happens while it is made."""

from __future__ import annotations

import csv
import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

from dagster_project import fingerprints
from dagster_project.release.manifest import MANIFEST, ReleaseError, is_whole, read_manifest
from dagster_project.release.stage import read_marts, release_id, seal, stage_tables
from dagster_project.release.store import find_release, is_published, publish, releases
from dagster_project.warehouse.dbt_project import Column, Mart

Tables = dict[str, pl.DataFrame]
NOW = datetime(2024, 1, 1, 8, tzinfo=UTC)


def tables(value: float = 30.0, at: datetime = datetime(2024, 1, 1, tzinfo=UTC)) -> Tables:
    """Return small tables of a release."""
    return {
        "fct_measure": pl.DataFrame(
            {
                "measure_key": ["a-2020@9.1", "a-2020@10.1"],
                "plan_key": ["a-2020"] * 2,
                "theme_key": ["talent", "other"],
                "value": [value, 5.0],
                "quote_zh": ["增长30%以上", "=5家"],
                "decided_by": ["{}"] * 2,
                "source_sha256": ["f" * 64] * 2,
                "char_start": [9, 10],
                "extractor_version": ["1"] * 2,
            }
        ),
        "rpt_indicator_comparison": pl.DataFrame({"plan_key": ["a-2020"], "reason_zh": ["同一口径"]}),
        "dim_plan": pl.DataFrame({"plan_key": ["a-2020"], "title_zh": ["甲市方案"], "sha256": ["f" * 64]}),
        "dim_theme": pl.DataFrame(
            {"theme_key": ["talent", "other"], "name_zh": ["人才", "其他"], "name_en": ["Talent", "Other"]}
        ),
        "dim_indicator": pl.DataFrame(
            {"indicator_key": ["unmapped"], "name_zh": ["未归类"], "name_en": ["Unmapped"]}
        ),
        "audit_plan_status": pl.DataFrame(
            {"plan_key": ["a-2020"], "status": ["ok"], "reason": [None], "last_read_at": [at]},
            schema_overrides={"reason": pl.String},
        ),
        "bridge_lists": pl.DataFrame({"plan_key": ["a-2020"], "names": [["甲", "乙"]]}),
    }


def mart(name: str) -> Mart:
    """Describe one of the tables, with labels that tell its columns from those of another."""
    columns = tables()[name].columns
    return Mart(
        name, "", name, tuple(Column(c, "", f"{c}的名称", f"{c} of {name}", None, "varchar") for c in columns)
    )


MARTS = {name: mart(name) for name in tables()}


def stage(folder: Path, content: Tables | None = None) -> Path:
    """Write a sealed staging folder."""
    stage_tables(tables() if content is None else content, MARTS, folder)
    (folder / "figures").mkdir()
    (folder / "figures" / "chart.zh.json").write_text("{}", encoding="utf-8")
    seal(folder, NOW)
    return folder


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    """A sealed staging folder."""
    return stage(tmp_path / "staging")


@pytest.fixture
def marts(tmp_path: Path) -> Path:
    """A folder for releases, with a file that is not ours."""
    (tmp_path / "marts").mkdir()
    (tmp_path / "marts" / "README.md").write_text("read me", encoding="utf-8")
    return tmp_path / "marts"


def test_a_table_is_read_through_a_link(staging: Path, marts: Path) -> None:
    publish(staging, marts)
    assert pl.read_parquet(marts / "fct_measure.parquet").height == 2
    assert (marts / "fct_measure.parquet").readlink() == Path("current/fct_measure.parquet")


def test_csv_begins_with_a_byte_order_mark(staging: Path) -> None:
    assert (staging / "fct_measure.csv").read_bytes().startswith(b"\xef\xbb\xbfmeasure_key,")


def test_lists_are_joined_in_csv(staging: Path) -> None:
    assert (staging / "bridge_lists.csv").read_text(encoding="utf-8-sig").splitlines()[1] == "a-2020,甲; 乙"


def test_rows_are_read_in_document_order(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table fct_measure as select * from (values ('a@9.1','a',9), ('a@10.1','a',10), ('a@1.1','a',1)) "
            "t(measure_key, plan_key, char_start)"
        )
    only = {"fct_measure": MARTS["fct_measure"]}
    assert read_marts(path, only)["fct_measure"]["char_start"].to_list() == [1, 9, 10]


def test_what_occurs_most_often_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table fct_measure as select * from "
            "(values ('a', '茶', 1), ('a', '酒', 3), ('b', '酒', 3), ('b', '瓷', 2)) t(plan_key, words_zh, occurrences)"
        )
    found = read_marts(path, {"fct_measure": MARTS["fct_measure"]})["fct_measure"]
    assert found.select("plan_key", "words_zh").rows() == [("a", "酒"), ("b", "酒"), ("b", "瓷"), ("a", "茶")]


def test_workbook_headers_are_in_both_languages(staging: Path) -> None:
    sheet = openpyxl.load_workbook(staging / "measures.xlsx")["measures"]
    assert [cell.value for cell in sheet[1]][1:4] == [
        "plan_key的名称\nplan_key of fct_measure",
        "title_zh的名称\ntitle_zh of dim_plan",
        "theme_key的名称\ntheme_key of fct_measure",
    ]


def test_workbook_names_stand_next_to_their_keys(staging: Path) -> None:
    sheet = openpyxl.load_workbook(staging / "measures.xlsx")["measures"]
    assert [cell.value for cell in sheet[2]][:6] == [
        "a-2020@9.1",
        "a-2020",
        "甲市方案",
        "talent",
        "人才",
        "Talent",
    ]


#: How a quote may begin that a spreadsheet would take for a formula, a link or a number.
DANGEROUS = ("=5家", "--培育10家", "+10%", "@SUM(1)", "{=1+1}", "https://example.org", "-5", "\t=1")


@pytest.mark.parametrize("quote", DANGEROUS)
def test_a_quote_that_looks_like_a_formula_stays_text_in_the_workbook(tmp_path: Path, quote: str) -> None:
    content = tables()
    content["fct_measure"] = content["fct_measure"].with_columns(quote_zh=pl.lit(quote))
    sheet = openpyxl.load_workbook(stage(tmp_path / "staging", content) / "measures.xlsx")["measures"]
    assert [cell.data_type for cell in sheet[2] if cell.value == quote] == ["s"]


def test_a_quote_that_looks_like_a_formula_has_an_apostrophe_in_csv_and_none_in_parquet(
    tmp_path: Path,
) -> None:
    content = tables()
    content["fct_measure"] = content["fct_measure"].with_columns(quote_zh=pl.lit("--培育10家"))
    staging = stage(tmp_path / "staging", content)
    with (staging / "fct_measure.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["quote_zh"] for row in csv.DictReader(file)} == {"'--培育10家"}
    assert {*pl.read_parquet(staging / "fct_measure.parquet")["quote_zh"]} == {"--培育10家"}


def test_the_workbook_leaves_out_what_only_machines_read(staging: Path) -> None:
    sheet = openpyxl.load_workbook(staging / "measures.xlsx")["measures"]
    shown = " ".join(cell.value for cell in sheet[1])
    assert "quote_zh" in shown
    assert "decided_by" not in shown
    assert "source_sha256" not in shown
    assert {"decided_by", "source_sha256"} <= set(pl.read_parquet(staging / "fct_measure.parquet").columns)


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        pytest.param(1_200_000_000.0, "#,##0", id="whole"),
        pytest.param(33.333333, "#,##0.00", id="fraction"),
        pytest.param(0.0354, "0.00##", id="small"),
        pytest.param(-4.768955, "#,##0.00", id="negative"),
    ],
)
@pytest.mark.parametrize("kind", [pl.Float64(), pl.Decimal(20, 4)], ids=["double", "decimal"])
def test_numbers_of_the_workbook_show_as_many_digits_as_are_meant(
    tmp_path: Path, value: float, number_format: str, kind: pl.DataType
) -> None:
    content = tables(value)
    content["fct_measure"] = content["fct_measure"].with_columns(pl.col("value").cast(kind))
    sheet = openpyxl.load_workbook(stage(tmp_path / "staging", content) / "measures.xlsx")["measures"]
    [place] = [cell.column for cell in sheet[1] if cell.value.startswith("value的")]
    cell = sheet.cell(2, place)
    assert cell.value == pytest.approx(value, abs=1e-4)
    assert cell.number_format == number_format


def test_the_manifest_has_hashes_rows_and_checksums(staging: Path) -> None:
    manifest = read_manifest(staging)
    assert manifest["plans"] == [{"plan_key": "a-2020", "status": "ok", "reason": None, "sha256": "f" * 64}]
    assert manifest["rows"]["fct_measure"] == 2
    assert manifest["extractor_version"] == ["1"]
    assert manifest["program"] == fingerprints.program()
    assert manifest["made_at"] == "2024-01-01T08:00:00+00:00"
    assert "figures/chart.zh.json" in manifest["files"]


def test_the_time_of_reading_makes_no_new_release(tmp_path: Path, staging: Path, marts: Path) -> None:
    first = publish(staging, marts)
    later = stage(tmp_path / "later", tables(at=datetime(2025, 2, 2, tzinfo=UTC)))
    second = publish(later, marts)
    assert (second.is_new, second.folder) == (False, first.folder)
    assert len(list((marts / ".releases").iterdir())) == 1


def test_other_tables_make_a_new_release(tmp_path: Path, staging: Path, marts: Path) -> None:
    first = publish(staging, marts)
    second = publish(stage(tmp_path / "other", tables(value=31.0)), marts)
    assert second.is_new
    assert second.id != first.id
    assert (marts / "current").resolve() == second.folder


def test_another_program_makes_another_release_of_the_same_tables(
    tmp_path: Path, staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = release_id(staging)
    monkeypatch.setattr(fingerprints, "program", lambda: "other")
    assert release_id(staging) != before


def test_the_id_is_known_before_anything_is_made_of_the_tables(tmp_path: Path) -> None:
    stage_tables(tables(), MARTS, tmp_path / "staging")
    begun = read_manifest(tmp_path / "staging")["release_id"]
    assert begun == release_id(tmp_path / "staging") == seal(tmp_path / "staging", NOW)


def test_images_that_were_missing_make_the_release_anew(tmp_path: Path, staging: Path, marts: Path) -> None:
    first = publish(staging, marts)
    drawn = tmp_path / "drawn"
    stage_tables(tables(), MARTS, drawn)
    shutil.copytree(staging / "figures", drawn / "figures")
    (drawn / "figures" / "chart.zh.png").write_bytes(b"png")
    seal(drawn, NOW)
    second = publish(drawn, marts)
    assert (second.id, second.is_new) == (first.id, True)
    assert (marts / "figures" / "chart.zh.png").is_file()


def test_tables_that_were_not_staged_to_the_end_are_not_sealed(staging: Path) -> None:
    (staging / MANIFEST).unlink()
    with pytest.raises(ReleaseError, match="not complete: build again"):
        seal(staging, NOW)


def test_a_release_that_is_not_sealed_is_not_published(tmp_path: Path, marts: Path) -> None:
    stage_tables(tables(), MARTS, tmp_path / "staging")
    with pytest.raises(ReleaseError, match="not sealed: build again"):
        publish(tmp_path / "staging", marts)
    assert not (marts / "current").exists()


def test_a_published_release_is_whole_until_something_of_it_is_gone(staging: Path, marts: Path) -> None:
    publish(staging, marts)
    assert is_published(marts)
    (marts / "dim_plan.csv").unlink()  # the link, not the file
    assert not is_published(marts)


def test_a_release_is_found_by_the_beginning_of_its_id(staging: Path, marts: Path) -> None:
    published = publish(staging, marts)
    assert find_release(marts, published.id[:4]) == published.folder


def test_a_release_that_is_not_kept_is_told_with_those_that_are(staging: Path, marts: Path) -> None:
    published = publish(staging, marts)
    with pytest.raises(ReleaseError, match="There is no release 'xyz'") as caught:
        find_release(marts, "xyz")
    assert f"{published.id}, made 2024-01-01T08:00:00+00:00" in str(caught.value)


def test_a_beginning_of_two_ids_is_refused(tmp_path: Path, marts: Path) -> None:
    for n in range(2):
        publish(stage(tmp_path / str(n), tables(value=float(n))), marts)
    with pytest.raises(ReleaseError, match="More than one release begins with ''"):
        find_release(marts, "")


def test_a_release_that_was_changed_by_hand_is_made_anew(staging: Path, marts: Path) -> None:
    first = publish(staging, marts)
    (marts / "fct_measure.csv").write_text("spoilt", encoding="utf-8")
    second = publish(staging, marts)
    assert second.folder != first.folder
    assert (marts / "fct_measure.csv").read_bytes() == (staging / "fct_measure.csv").read_bytes()


def test_the_last_three_releases_are_kept(tmp_path: Path, marts: Path) -> None:
    ids = [publish(stage(tmp_path / str(n), tables(value=float(n))), marts).id for n in range(5)]
    assert {path.name for path in (marts / ".releases").iterdir()} == set(ids[-3:])


def test_a_clock_that_was_set_back_costs_no_release(tmp_path: Path, marts: Path) -> None:
    ahead = time.time() + 365 * 24 * 3600
    for number in range(4):
        folder = publish(stage(tmp_path / f"s{number}", tables(value=float(number))), marts).folder
        os.utime(folder, (ahead + number, ahead + number))
    for number in (4, 5):
        folder = publish(stage(tmp_path / f"s{number}", tables(value=float(number))), marts).folder
        assert published_value(marts) == number
        assert releases(marts)[0] == folder


def test_going_back_to_old_content_reuses_its_release(tmp_path: Path, marts: Path) -> None:
    old, new = stage(tmp_path / "old", tables(1.0)), stage(tmp_path / "new", tables(2.0))
    first = publish(old, marts)
    publish(new, marts)
    again = publish(old, marts)
    assert again.is_new
    assert again.folder == first.folder == (marts / "current").resolve()


def test_the_read_me_is_left_alone(staging: Path, marts: Path) -> None:
    publish(staging, marts)
    assert (marts / "README.md").read_text(encoding="utf-8") == "read me"


def test_a_link_to_what_is_no_longer_published_goes(tmp_path: Path, staging: Path, marts: Path) -> None:
    publish(staging, marts)
    fewer = tables()
    del fewer["bridge_lists"]
    publish(stage(tmp_path / "fewer", fewer), marts)
    assert not (marts / "bridge_lists.csv").is_symlink()


def test_a_folder_of_the_user_is_not_overwritten(staging: Path, marts: Path) -> None:
    (marts / "figures").mkdir()
    with pytest.raises(ReleaseError, match="figures is not a link"):
        publish(staging, marts)
    assert not (marts / "current").exists()


#: Every call by which `publish` changes a file system.
EFFECTS = (
    (shutil, "copytree"),
    (shutil, "rmtree"),
    (os, "rename"),
    (os, "replace"),
    (os, "utime"),
    (os, "unlink"),
    (os, "symlink"),
)


def count_effects(monkeypatch: pytest.MonkeyPatch, at: Callable[[int], None]) -> None:
    """Call `at` with a running number before each effect."""
    number = 0

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def effect(*args: object, **kwargs: object) -> object:
            nonlocal number
            number += 1
            at(number)
            return call(*args, **kwargs)

        return effect

    for module, name in EFFECTS:
        monkeypatch.setattr(module, name, counted(getattr(module, name)))


def published_value(marts: Path) -> float:
    """Return the value that a reader finds, after making sure that the release he reads is whole."""
    current = (marts / "current").resolve()
    assert is_whole(current)
    return float(pl.read_parquet(marts / "fct_measure.parquet")["value"][0])


def test_a_build_killed_at_any_moment_leaves_a_whole_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [stage(tmp_path / f"old{n}", tables(value=float(n))) for n in range(3)]
    fewer = tables(value=9.0)
    del fewer["bridge_lists"]
    new = stage(tmp_path / "new", fewer)
    seen = []
    for moment in range(1, 1000):
        marts = tmp_path / f"marts{moment}"
        marts.mkdir()
        for folder in old:
            publish(folder, marts)
        child = os.fork()
        if child == 0:
            # `_exit` runs no handler and no `finally`: the same as a kill.
            count_effects(
                monkeypatch, lambda number, moment=moment: os._exit(9) if number == moment else None
            )
            publish(new, marts)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        seen.append(published_value(marts))
        publish(new, marts)
        assert published_value(marts) == 9.0, f"not mended after a kill before effect {moment}"
        assert sorted(path.name for path in marts.iterdir() if path.name.startswith(".")) == [".releases"]
        shutil.rmtree(marts)
        if os.waitstatus_to_exitcode(status) == 0:
            break
    switch = seen.index(9.0)
    assert seen == [2.0] * switch + [9.0] * (len(seen) - switch)
    assert switch > 2
    assert len(seen) > switch + 3


def test_an_error_while_copying_leaves_the_old_release(
    tmp_path: Path, staging: Path, marts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(staging, marts)

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(OSError, match="no space"):
        publish(stage(tmp_path / "other", tables(value=8.0)), marts)
    assert published_value(marts) == 30.0
