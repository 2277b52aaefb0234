"""`ip-plans export` writes a part of a release whole or not at all, and says what is wrong."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from dagster_project.briefing import FORMATS, ExportError, exports
from dagster_project.cli import app
from dagster_project.folder import DATA_DIR_VARIABLE, LANG_VARIABLE, DataFolder

# Test modules cannot import each other: pytest imports each by its path.
marts = runpy.run_path(str(Path(__file__).parents[1] / "briefing_tables.py"))["marts"]

STATEMENTS = [
    {"measure_key": "a-2020@100.1", "quote_zh": "=1+1培养30名", "formula": "=SUM(A1)"},
    {"measure_key": "b-2021@200.1", "plan_key": "b-2021", "theme_key": "copyright", "char_start": 200, "char_end": 203,
     "indicator_key": "copyright.works", "indicator_theme_key": "copyright",
     "indicator_name_en": "Works"},
]  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A data folder in which a small release is published."""
    root = tmp_path_factory.mktemp("data")
    release = root / "marts" / ".releases" / "0123456789abcdef"
    release.mkdir(parents=True)
    for name, table in marts(statements=STATEMENTS).items():
        table.write_parquet(release / f"{name}.parquet")
    (release / "manifest.json").write_text(json.dumps({"release_id": "0123456789abcdef"}), encoding="utf-8")
    (root / "marts" / "current").symlink_to(release)
    return root


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep what the command sets from other tests; no test here draws an image."""
    for variable in DataFolder.of(tmp_path).environment():
        monkeypatch.setenv(variable, "")
    monkeypatch.delenv(DATA_DIR_VARIABLE)
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent/browser")


def run(data: Path, out: Path, *arguments: str) -> tuple[int, str]:
    command = ["export", "--data-dir", str(data), "--out", str(out), *arguments]
    result = CliRunner().invoke(app, command)
    return result.exit_code, result.output


def test_csv_has_the_statements_of_the_theme_with_release_and_source(data, tmp_path):
    out = tmp_path / "talent.csv"
    assert run(data, out, "--theme", "talent", "--format", "csv", "--lang", "en")[0] == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = pl.read_csv(out)
    assert rows["measure_key"].to_list() == ["a-2020@100.1"]
    assert rows["release_id"].to_list() == ["0123456789abcdef"]
    assert rows["indicator"].to_list() == ["Patent agents"]
    assert "知识产权行动计划" in rows["source"][0]


def test_themes_add_up(data, tmp_path):
    out = tmp_path / "two.json"
    run(data, out, "--theme", "talent", "--theme", "copyright", "--format", "json")
    made = json.loads(out.read_text(encoding="utf-8"))
    assert made["release_id"] == "0123456789abcdef"
    assert made["themes"] == ["talent", "copyright"]
    assert [row["measure_key"] for row in made["statements"]] == ["a-2020@100.1", "b-2021@200.1"]


def test_the_workbook_holds_text_where_a_plan_looks_like_a_formula(data, tmp_path):
    out = tmp_path / "all.xlsx"
    run(data, out, "--format", "xlsx", "--lang", "en")
    book = openpyxl.load_workbook(out)
    about, rows = book.worksheets
    assert any("0123456789abcdef" in str(cell.value) for cell in about["A"])
    cells = {cell.value: cell.data_type for line in rows.iter_rows() for cell in line}
    assert cells["=SUM(A1)"] == "s"
    assert cells["=1+1培养30名"] == "s"


def test_no_cell_of_the_csv_is_run_as_a_formula(data, tmp_path):
    out = tmp_path / "all.csv"
    run(data, out, "--lang", "en")
    cells = {str(cell) for row in pl.read_csv(out, infer_schema=False).iter_rows() for cell in row}
    assert {"'=SUM(A1)", "'=1+1培养30名"} <= cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "--"))]


def test_html_is_one_file_in_the_language_that_was_asked_for(data, tmp_path):
    out = tmp_path / "talent.html"
    assert run(data, out, "--theme", "talent", "--lang", "en")[0] == 0
    text = out.read_text(encoding="utf-8")
    assert re.findall(r"<script[^>]* src=", text) == []
    assert "Intellectual-property plans compared: IP talent" in text
    assert "figure-matrix_talent-en" in text
    assert "figure-theme_coverage-en" not in text


def test_word_without_a_browser_has_no_pictures_and_says_so(data, tmp_path):
    out = tmp_path / "talent.docx"
    exit_code, output = run(data, out, "--theme", "talent", "--format", "docx")
    assert exit_code == 0
    assert out.stat().st_size > 10_000
    assert "! No images" in output


@pytest.mark.parametrize("fmt", ["pdf", "png", "svg"])
def test_what_needs_a_browser_is_refused_without_one(data, tmp_path, fmt):
    exit_code, output = run(data, tmp_path / "talent", "--theme", "talent", "--format", fmt)
    assert exit_code == 2
    assert "Chromium" in output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--theme", "magic", "--format", "csv"], "choose one of patent_navigation, talent, copyright"),
        (["--format", "odt"], "choose from html, pdf, docx, xlsx, csv, json, png, svg"),
        (["--lang", "fr"], "not one of 'zh', 'en'"),
    ],
)
def test_a_name_that_is_not_known_is_answered_with_those_that_are(data, tmp_path, arguments, told):
    exit_code, output = run(data, tmp_path / "x", *arguments)
    assert exit_code == 2
    assert told in " ".join(output.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("out", "starts"), [("talent.docx", b"PK"), ("talent.CSV", b"\xef\xbb\xbf"), ("talent.html", b"<!")]
)
def test_the_format_follows_the_suffix(data, tmp_path, out, starts):
    assert run(data, tmp_path / out, "--theme", "talent")[0] == 0
    assert (tmp_path / out).read_bytes().startswith(starts)


@pytest.mark.parametrize(
    ("out", "arguments", "told"),
    [
        pytest.param(
            "t.pdf", ["--format", "html"], "ends in .pdf, but the format is html", id="another-format"
        ),
        pytest.param(
            "t.doc", ["--format", "docx"], "ends in .doc, but the format is docx", id="a-near-suffix"
        ),
        pytest.param("t.odt", [], "no format of .odt: choose from html, pdf", id="unknown-suffix"),
        pytest.param("t", [], "ends in no suffix: choose from html, pdf", id="no-suffix"),
        pytest.param("t.png", [], "png makes a folder", id="images-are-no-file"),
        pytest.param(
            "t.docx", ["--format", "svg"], "svg makes a folder", id="images-in-a-file-of-another-format"
        ),
    ],
)
def test_a_file_is_never_of_another_format_than_its_name_says(data, tmp_path, out, arguments, told):
    exit_code, output = run(data, tmp_path / out, *arguments)
    assert exit_code == 2
    assert told in " ".join(output.split())
    assert list(tmp_path.iterdir()) == []


def test_a_theme_is_taken_by_a_part_of_its_name(data, tmp_path):
    run(data, tmp_path / "key.csv", "--theme", "talent", "--lang", "en")
    run(data, tmp_path / "name.csv", "--theme", "IP tal", "--lang", "en")
    assert (tmp_path / "name.csv").read_bytes() == (tmp_path / "key.csv").read_bytes()


def test_a_theme_that_is_misspelt_is_suggested(data, tmp_path):
    exit_code, output = run(data, tmp_path / "x.csv", "--theme", "talents")
    assert exit_code == 2
    assert "There is no theme 'talents': did you mean talent?" in " ".join(output.split())


def test_the_language_is_that_of_the_environment_then_chinese(data, tmp_path, monkeypatch):
    run(data, tmp_path / "zh.csv")
    monkeypatch.setenv(LANG_VARIABLE, "en")
    run(data, tmp_path / "en.csv")
    themes = [set(pl.read_csv(tmp_path / f"{lang}.csv")["theme"]) for lang in ("zh", "en")]
    assert "IP talent" not in themes[0]
    assert "IP talent" in themes[1]


def test_a_file_that_is_there_is_replaced_only_by_force(data, tmp_path):
    out = tmp_path / "talent.csv"
    out.write_text("mine", encoding="utf-8")
    exit_code, output = run(data, out, "--format", "csv")
    assert (exit_code, out.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in output
    assert run(data, out, "--format", "csv", "--force")[0] == 0
    assert "a-2020@100.1" in out.read_text(encoding="utf-8")


def test_a_folder_is_never_replaced_by_a_file(data, tmp_path):
    out = tmp_path / "folder"
    out.mkdir()
    (out / "mine").touch()
    assert run(data, out, "--format", "csv", "--force")[0] == 2
    assert (out / "mine").exists()


def test_a_missing_folder_is_named(data, tmp_path):
    exit_code, output = run(data, tmp_path / "none" / "talent.csv", "--format", "csv")
    assert exit_code == 2
    assert f"There is no folder {tmp_path / 'none'}" in output.replace("\n", "")


def test_an_export_that_fails_leaves_nothing_and_what_was_there(data, tmp_path, monkeypatch):
    def breaks(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    out = tmp_path / "talent.csv"
    out.write_text("mine", encoding="utf-8")
    monkeypatch.setattr(pl.DataFrame, "write_csv", breaks)
    exit_code, output = run(data, out, "--format", "csv", "--force")
    assert exit_code == 2
    assert "No space left on device" in output
    assert [path.name for path in tmp_path.iterdir()] == ["talent.csv"]
    assert out.read_text(encoding="utf-8") == "mine"


def test_before_a_build_the_command_says_what_to_do(tmp_path):
    exit_code, output = run(tmp_path, tmp_path / "x")
    assert exit_code == 2
    assert "run `ip-plans build` first" in output


def test_the_help_names_every_format():
    output = CliRunner().invoke(app, ["export", "--help"], env={"COLUMNS": "200"}).output
    assert [name for name in FORMATS if name not in output] == []


def test_statements_without_rows_keep_their_columns(data, tmp_path):
    run(data, tmp_path / "some.csv", "--theme", "talent", "--format", "csv")
    run(data, tmp_path / "none.csv", "--theme", "patent_navigation", "--format", "csv")
    some, none = (pl.read_csv(tmp_path / f"{name}.csv").columns for name in ("some", "none"))
    assert some == none


def test_an_error_names_the_file(tmp_path):
    out = tmp_path / "there.csv"
    out.touch()
    with pytest.raises(ExportError, match=re.escape(str(out))):
        exports.export(marts(), "0123456789abcdef", out, fmt="csv", lang="zh")


# --- A briefing of a choice -----------------------------------------------------------------------------------


def brief(data: Path, out: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["brief", "--data-dir", str(data), "--out", str(out), *arguments])
    return result.exit_code, result.output


@pytest.mark.parametrize(("name", "starts"), [("t.html", b"<!DOCTYPE"), ("t.DOCX", b"PK")])
def test_a_briefing_is_of_the_places_and_themes_that_are_named_nearly(data, tmp_path, name, starts):
    out = tmp_path / "new" / "folder" / name  # made
    exit_code, output = brief(data, out, "--places", "a-2020", "--themes", "talen，copy", "--lang", "en")
    assert exit_code == 0, output
    assert out.read_bytes().startswith(starts)
    if name == "t.html":
        text = out.read_text(encoding="utf-8")
        assert "A-2020; IP talent, Copyright" in text or "A-2020 · IP talent, Copyright" in text
        assert "a-2020@100.1" in text
        assert "b-2021@200.1" not in text


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        pytest.param("t.odt", [], "ends in .html (a page in one file), .pdf (A4), .docx (Word)", id="suffix"),
        pytest.param("t.csv", [], "`ip-plans export`", id="tables-are-exported"),
        pytest.param(
            "t.html", ["--places", "a-2020,b-2012"], "no plan 'b-2012': did you mean b-2021", id="place"
        ),
        pytest.param(
            "t.html", ["--themes", "talents"], "no theme 'talents': did you mean talent", id="theme"
        ),
    ],
)
def test_a_briefing_that_cannot_be_made_says_why_and_leaves_nothing(data, tmp_path, name, arguments, told):
    exit_code, output = brief(data, tmp_path / "new" / name, *arguments)
    assert exit_code == 2
    assert told in " ".join(output.split())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_a_briefing_that_cannot_be_made_is_named(data, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    exit_code, output = brief(data, tmp_path / "file" / "t.html")
    assert exit_code == 2
    assert f"The folder {tmp_path / 'file'} cannot be made" in " ".join(output.split())
