"""Plans are registered whole or not at all, and taken out without losing anything."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from docx import Document
from typer.testing import CliRunner

from dagster_project.cli import app
from dagster_project.corpus.origin import load_origin
from dagster_project.corpus.places import known_places
from dagster_project.corpus.registry import place_of
from dagster_project.folder import JURISDICTIONS, DataFolder
from dagster_project.release.log import Outcome, log_outcome

TEXT = (
    "甲市知识产权发展行动方案(2021-2023年)\n"
    "一、工作目标\n"
    "(一)促进转化。到2023年,知识产权质押融资额度达到12亿元,年均增长30%以上。\n"
)
COUNTY = ("--city", "甲市", "--level", "county")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path / "data"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A short plan, as downloaded."""
    path = tmp_path / "download.txt"
    path.write_text(TEXT, encoding="gb18030")
    return path


def run(data: Path, *arguments: str | Path) -> tuple[int, str]:
    """Return exit code and output of a command."""
    result = CliRunner().invoke(app, [*map(str, arguments), "--data-dir", str(data)])
    return result.exit_code, result.output


def content(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, hidden ones too."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# --- add ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("city", ["340100", "合肥市", "hefei", "HEFEI"])
def test_a_place_is_found_by_code_or_name(city: str) -> None:
    place, name = place_of(city, known_places(JURISDICTIONS))
    assert (place.adcode, name) == ("340100", "Hefei")


def test_a_description_says_which_of_the_places_of_one_name_is_meant() -> None:
    place, _ = place_of("朝阳区", known_places(JURISDICTIONS), province_zh="吉林省")
    assert place.adcode == "220104"


def test_a_description_adds_what_the_seed_does_not_say() -> None:
    given = {"level": "county", "adcode": "370781", "name_en": "Qingzhou", "population": 960000}
    place, _ = place_of("青州市", known_places(JURISDICTIONS), **given)
    assert place.model_dump(exclude_none=True) == {"adcode": "370781", "population": 960000}


def test_the_bytes_are_copied_as_they_are(data: Path, text: Path) -> None:
    assert run(data, "add", text, "--city", "Hefei")[0] == 0
    assert (data / "raw" / "hefei-2021" / "plan.txt").read_bytes() == text.read_bytes()


def test_origin_is_what_a_build_reads(data: Path, text: Path) -> None:
    run(
        data,
        "add",
        text,
        *COUNTY,
        "--id",
        "jia-2021",
        "--population",
        "960000",
        "--source-url",
        "https://a.example",
    )
    origin, _ = load_origin(data / "raw" / "jia-2021" / "origin.yml", {})
    assert origin.jurisdiction.model_dump(exclude_none=True) == {
        "name_zh": "甲市",
        "level": "county",
        "population": 960000,
    }
    assert origin.source.url == "https://a.example"


def test_what_the_text_states_is_shown_in_origin_and_overrides_nothing(data: Path, text: Path) -> None:
    run(data, "add", text, *COUNTY, "--id", "jia-2021")
    written = (data / "raw" / "jia-2021" / "origin.yml").read_text(encoding="utf-8")
    assert "# title_zh: 甲市知识产权发展行动方案(2021-2023年)\n" in written
    assert "# period: {start: 2021, end: 2023}\n" in written
    assert list(yaml.safe_load(written)) == ["plan_id", "jurisdiction"]


def test_a_comment_that_is_made_a_field_is_valid(data: Path, text: Path) -> None:
    run(data, "add", text, *COUNTY, "--id", "jia-2021")
    path = data / "raw" / "jia-2021" / "origin.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("# title", "title").replace("# period", "period")
    )
    origin, _ = load_origin(path, {})
    assert (origin.title_zh, origin.period and origin.period.end) == (
        "甲市知识产权发展行动方案(2021-2023年)",
        2023,
    )


def test_what_the_text_does_not_state_is_named(data: Path, text: Path) -> None:
    output = run(data, "add", text, *COUNTY, "--id", "jia-2021")[1]
    assert "write it into origin.yml: document_number, issuer_zh, issued_on." in output


def test_a_text_that_does_not_name_its_place_is_doubted(data: Path, text: Path) -> None:
    assert "does not name 合肥市" in run(data, "add", text, "--city", "Hefei")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "Give --city", id="no city"),
        pytest.param(["--city", "甲市"], "not in dbt/seeds/jurisdictions.csv", id="unknown city"),
        pytest.param(["--city", "Nowhere", "--level", "county"], "Chinese name", id="no Chinese name"),
        pytest.param(["--city", "Hefei", "--level", "county"], "leave out --level", id="contradicted"),
        pytest.param(["--city", "朝阳区"], "110105 (北京市朝阳区), 220104 (吉林省朝阳区)", id="several"),
        pytest.param([*COUNTY], "give --id", id="no id"),
        pytest.param([*COUNTY, "--id", "../up"], "is no plan id", id="unsafe id"),
        pytest.param(["--city", "甲市", "--level", "city"], "--level: Input should be", id="wrong level"),
        pytest.param([*COUNTY, "--id", "jia-2021", "--adcode", "37"], "--adcode: ", id="wrong code"),
        pytest.param(["--replace", "--id", "jia-2021"], "There is no plan jia-2021", id="nothing to replace"),
        pytest.param(["--replace", "--city", "Hefei"], "--replace takes --id", id="replace and describe"),
    ],
)
def test_what_cannot_be_registered_is_refused_with_a_remedy(
    data: Path, text: Path, arguments: list[str], message: str
) -> None:
    exit_code, output = run(data, "add", text, *arguments)
    assert exit_code == 2
    assert message in output
    assert content(data.parent) == {"download.txt": text.read_bytes()}


@pytest.mark.parametrize(
    ("bytes_", "message"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"<html>Not found, 404</html>", "No Chinese character", id="not Chinese"),
        pytest.param(b"\x00\x01\xff\xfe\xfd" * 40, "download.txt", id="binary"),
    ],
)
def test_what_is_no_text_is_refused_and_nothing_is_left(
    data: Path, text: Path, bytes_: bytes, message: str
) -> None:
    text.write_bytes(bytes_)
    exit_code, output = run(data, "add", text, *COUNTY, "--id", "jia-2021")
    assert exit_code == 2
    assert message in output
    assert str(text) in output
    assert list((data / "raw").iterdir()) == []


def test_the_text_of_another_plan_is_refused_in_any_encoding(data: Path, text: Path) -> None:
    run(data, "add", text, *COUNTY, "--id", "jia-2021")
    text.write_text(TEXT.replace("\n", "\r\n\r\n"), encoding="utf-16")
    exit_code, output = run(data, "add", text, *COUNTY, "--id", "jia-2022")
    assert (exit_code, "is the text of jia-2021" in output) == (2, True)


def test_a_plan_that_is_there_is_not_overwritten(data: Path, text: Path) -> None:
    run(data, "add", text, *COUNTY, "--id", "jia-2021")
    before = content(data)
    text.write_text(TEXT.replace("12亿", "13亿"), encoding="utf-8")
    exit_code, output = run(data, "add", text, *COUNTY, "--id", "jia-2021")
    assert (exit_code, "--replace --id jia-2021" in output) == (2, True)
    assert content(data) == before


def test_a_new_version_replaces_the_text_and_keeps_the_old_one(data: Path, text: Path) -> None:
    run(data, "add", text, *COUNTY, "--id", "jia-2021")
    before = content(data / "raw" / "jia-2021")
    text.write_text(TEXT.replace("12亿", "13亿"), encoding="utf-8")
    assert run(data, "add", text, "--replace", "--id", "jia-2021")[0] == 0
    after = content(data / "raw" / "jia-2021")
    assert after == before | {"plan.txt": text.read_bytes()}
    assert list(content(data / "removed").values()) == [before["plan.txt"]]


# --- remove ---------------------------------------------------------------------------------------------------


def test_a_plan_that_is_removed_can_be_put_back(data: Path, text: Path) -> None:
    run(data, "add", text, *COUNTY, "--id", "jia-2021")
    before = content(data / "raw")
    exit_code, output = run(data, "remove", "jia-2021")
    assert exit_code == 0
    assert content(data / "raw") == {}
    _, _, command = output.splitlines()[0].partition("mv ")
    kept, target = map(Path, command.split())
    kept.rename(target)
    assert content(data / "raw") == before


def test_a_plan_that_is_not_there_is_not_removed(data: Path) -> None:
    exit_code, output = run(data, "remove", "jia-2021")
    assert (exit_code, "There is no plan jia-2021" in output) == (2, True)


# --- status ---------------------------------------------------------------------------------------------------


def test_status_before_the_first_build_shows_the_plans_and_what_to_do(data: Path, text: Path) -> None:
    assert "`ip-plans add FILE --city NAME` registers one" in run(data, "status")[1]
    run(data, "add", text, *COUNTY, "--id", "jia-2021")
    exit_code, output = run(data, "status")
    assert exit_code == 0
    shown = next(line for line in output.splitlines() if "jia-2021" in line)
    assert shown.split() == ["jia-2021", "not", "built", "new"]
    assert "Published: nothing yet" in output


def test_status_shows_the_last_failure_and_whether_it_stands(data: Path) -> None:
    log = DataFolder.of(data).operations
    noon = datetime(2024, 1, 1, 12, tzinfo=UTC)
    log_outcome(log, Outcome(noon, "run-1", "schedule", failure="check quote_is_verbatim failed"))
    assert (
        "Last failure: 2024-01-01 12:00, the build (stands): check quote_is_verbatim failed"
        in run(data, "status")[1]
    )
    log_outcome(log, Outcome(noon, "run-2", "sensor", release_id="0123"))
    assert "the build (over)" in run(data, "status")[1]


# --- files that a text is made of ---------------------------------------------------------------------------------


def word_file(path: Path, lines: list[str]) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(path)
    return path


LINES = [
    "合肥市知识产权工作方案(2021-2023年)",
    "为加强知识产权保护,制定本方案。",
    "一、主要任务",
    "(一)培育企业。培育知识产权优势企业50家。",
    "合肥市人民政府",
    "2021年3月1日",
]


def test_a_word_file_is_kept_beside_the_text_that_is_made_of_it(data: Path, tmp_path: Path) -> None:
    file = word_file(tmp_path / "方案.docx", LINES)
    exit_code, output = run(data, "add", file)
    folder = data / "raw" / "hefei-2021"
    assert exit_code == 0, output
    assert (folder / "source.docx").read_bytes() == file.read_bytes()
    assert (folder / "plan.txt").read_text(encoding="utf-8").splitlines() == LINES


def test_the_place_is_that_which_the_issuer_or_the_title_begins_with(data: Path, tmp_path: Path) -> None:
    run(data, "add", word_file(tmp_path / "a.docx", LINES))
    assert "adcode: '340100'" in (data / "raw" / "hefei-2021" / "origin.yml").read_text(encoding="utf-8")


def test_a_folder_of_files_is_registered_and_those_that_cannot_be_are_named(
    data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    word_file(folder / "a.docx", LINES)
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    exit_code, output = run(data, "add", folder)
    assert exit_code == 1
    assert "Not added" in output
    assert "b.pdf: it cannot be opened as a PDF" in output
    assert "1 of 2 files were added." in output


def test_a_new_version_takes_the_place_of_the_file_and_keeps_the_old_one(data: Path, tmp_path: Path) -> None:
    run(data, "add", word_file(tmp_path / "a.docx", LINES))
    new = word_file(tmp_path / "b.docx", [*LINES[:3], "(一)培育企业。培育知识产权优势企业60家。", *LINES[4:]])
    exit_code, output = run(data, "add", new, "--replace", "--id", "hefei-2021")
    assert exit_code == 0, output
    assert (data / "raw" / "hefei-2021" / "source.docx").read_bytes() == new.read_bytes()
    (kept,) = (data / "removed").glob("hefei-2021-*/source.docx")
    assert kept.read_bytes() == (tmp_path / "a.docx").read_bytes()
