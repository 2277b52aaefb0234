"""The command line says what is wrong, where and what to do, and never shows a traceback."""

from __future__ import annotations

import errno
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy.exc
from typer.testing import CliRunner

from dagster_project import fingerprints
from dagster_project.cli import app, build
from dagster_project.folder import DATA_DIR_VARIABLE, DataFolder

TEXT = (
    "甲市知识产权发展行动方案(2021-2023年)\n"
    "一、工作目标\n"
    "(一)促进转化。到2023年,知识产权质押融资额度达到12亿元,年均增长30%以上。\n"
)


def run(*arguments: str | Path) -> tuple[int, str]:
    """Return exit code and output of a command."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep what `build` sets from other tests."""
    for variable in (*DataFolder.of(tmp_path).environment(), "DAGSTER_HOME"):
        monkeypatch.setenv(variable, "")
    monkeypatch.delenv(DATA_DIR_VARIABLE)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A short plan in a file."""
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_no_slow_library_is_imported_for_help() -> None:
    slow = {"dagster", "dbt", "great_expectations", "polars", "plotly", "duckdb"}
    code = f"import sys, dagster_project.cli; print(sorted({slow!r} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "command", [command.name or command.callback.__name__ for command in app.registered_commands]
)
def test_every_command_has_help(command: str) -> None:
    exit_code, output = run(command, "--help")
    assert exit_code == 0
    assert f"ip-plans {command}" in output.replace("root", "ip-plans")


def test_extract_prints_one_measure_a_line(text: Path) -> None:
    exit_code, output = run("extract", text)
    rows = [json.loads(line) for line in output.splitlines()]
    assert exit_code == 0
    assert [(row["value"], row["unit"]) for row in rows] == [(1.2e9, "CNY"), (30.0, "percent")]
    assert all(TEXT[row["char_start"] : row["char_end"]] == row["value_text"] for row in rows)


def test_extract_writes_no_file(text: Path) -> None:
    run("extract", text)
    assert list(text.parent.iterdir()) == [text]


def test_outline_shows_title_and_provisions(text: Path) -> None:
    exit_code, output = run("outline", text)
    assert exit_code == 0
    assert "甲市知识产权发展行动方案" in output
    assert "促进转化" in output


@pytest.mark.parametrize("command", ["outline", "extract"])
def test_a_text_that_cannot_be_read_is_named(command: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    exit_code, output = run(command, path)
    assert exit_code == 2
    assert str(path) in output
    assert "Traceback" not in output


def test_accuracy_before_a_build_says_what_to_do(tmp_path: Path) -> None:
    exit_code, output = run("accuracy", "--data-dir", tmp_path)
    assert exit_code == 2
    assert "run `ip-plans build` first" in output


def test_build_in_a_folder_without_plans_says_what_to_do(tmp_path: Path) -> None:
    exit_code, output = run("build", "--data-dir", tmp_path)
    assert exit_code == 2
    assert f"put each plan into {tmp_path}/raw/<plan_id>/plan.txt" in output
    assert list(tmp_path.iterdir()) == []


def test_the_data_folder_can_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_DIR_VARIABLE, str(tmp_path))
    assert f"{tmp_path}/raw" in run("build")[1]


def test_a_second_build_at_the_same_time_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with DataFolder.of(tmp_path).lock():
        exit_code, output = run("build", "--data-dir", tmp_path)
    assert exit_code == 2
    assert f"process {os.getpid()}" in output
    assert "--data-dir" in output


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    code = (
        "import os, sys; from dagster_project.folder import DataFolder\n"
        f"with DataFolder.of({str(tmp_path)!r}).lock(): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    with DataFolder.of(tmp_path).lock():
        pass


def test_an_unforeseen_error_is_told_in_one_line_and_kept_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "raw").mkdir()

    def breaks(*_: object) -> None:
        raise KeyError("seed")

    monkeypatch.setattr(build, "_run", breaks)
    exit_code, output = run("build", "--data-dir", tmp_path)
    assert exit_code == 2
    assert "Not built: KeyError: 'seed'" in output
    assert "Traceback" in next((tmp_path / ".work" / "logs").glob("build-*")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(errno.ENOSPC, "No space left on device: free some space", id="disk-full"),
        pytest.param(errno.EACCES, "Permission denied: make it writable", id="not-writable"),
        pytest.param(errno.EROFS, "Read-only file system: make it writable", id="read-only"),
    ],
)
def test_an_error_of_the_file_system_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    (tmp_path / "raw").mkdir()

    def fails(folder: DataFolder) -> None:
        raise OSError(number, os.strerror(number), str(folder.work))

    monkeypatch.setattr(DataFolder, "prepare", fails)
    exit_code, output = run("build", "--data-dir", tmp_path)
    assert exit_code == 2
    assert [line for line in output.splitlines() if line] == [output.strip()]
    assert output.startswith(f"Not built: {tmp_path}/.work: {words}")


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR | 3 << 8, sqlite3.SQLITE_READONLY]
)
def test_a_history_that_cannot_be_written_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    (tmp_path / "raw").mkdir()

    def fails(*_: object) -> None:
        first = sqlite3.OperationalError("disk I/O error")
        first.sqlite_errorcode = code
        raise sqlalchemy.exc.OperationalError("PRAGMA main.table_info", None, first) from first

    monkeypatch.setattr(build, "_run", fails)
    exit_code, output = run("build", "--data-dir", tmp_path)
    assert exit_code == 2
    assert (
        "Not built: the history of runs cannot be written (disk I/O error): free space on the disk" in output
    )
    assert "PRAGMA" not in output


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        pytest.param("register", ("add", "{file}", "--city", "合肥市"), "Not added", id="add"),
        pytest.param("remove", ("remove", "hefei-2020"), "Not removed", id="remove"),
    ],
)
def test_a_folder_that_cannot_be_written_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, arguments: tuple[str, ...], told: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path / "raw"))

    monkeypatch.setattr(f"dagster_project.corpus.registry.{name}", fails)
    file = tmp_path / "plan.txt"
    file.write_text("知识产权", encoding="utf-8")
    exit_code, output = run(*(argument.format(file=file) for argument in arguments), "--data-dir", tmp_path)
    assert exit_code == 2
    assert output.startswith(f"{told}: {tmp_path}/raw: Permission denied: make it writable")


# --- diff -----------------------------------------------------------------------------------------------------


def put_release(marts: Path, name: str, value: float) -> None:
    """Publish a release of one measure."""
    folder = marts / ".releases" / name
    folder.mkdir(parents=True)
    quote = f"增长{value:g}%"
    row = {"measure_key": "a-2020@2.1", "plan_key": "a-2020", "provision_key": None, "char_start": 2}
    row |= {"value_text": f"{value:g}%", "value": value, "indicator_text_zh": "质押金额", "quote_zh": quote}
    pl.DataFrame([row]).write_parquet(folder / "fct_measure.parquet")
    manifest: dict[str, object] = {"release_id": name, "made_at": "2024-01-01T08:00:00+00:00", "program": "p"}
    manifest["files"] = {"fct_measure.parquet": fingerprints.file(folder / "fct_measure.parquet")}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    time = 1_700_000_000 + int(value)
    os.utime(folder, (time, time))
    (marts / "current").unlink(missing_ok=True)
    (marts / "current").symlink_to(Path(".releases") / name)


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """A data folder with three releases, the last of them current."""
    for name, value in (("aaa1", 10.0), ("aab2", 20.0), ("bbb3", 30.0)):
        put_release(tmp_path / "marts", name, value)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "old", "new"),
    [
        pytest.param([], 20, 30, id="the-last-two"),
        pytest.param(["aaa"], 10, 30, id="an-older-one-with-the-last"),
        pytest.param(["aaa1", "aab"], 10, 20, id="two-named"),
        pytest.param(["bbb", "aaa"], 30, 10, id="backwards"),
    ],
)
def test_diff_shows_a_changed_number(releases: Path, arguments: list[str], old: int, new: int) -> None:
    exit_code, output = run("diff", *arguments, "--data-dir", releases)
    assert exit_code == 0
    assert f"  ~ a-2020@2.1\n      value_text: {old}% → {new}%\n      value: {old} → {new}\n" in output
    assert f"      增长{new}%\n      before: 增长{old}%\n" in output


def test_diff_for_machines_is_json(releases: Path) -> None:
    exit_code, output = run("diff", "--json", "--data-dir", releases)
    assert exit_code == 0
    content = json.loads(output)
    assert (content["old"], content["new"]) == ("aab2", "bbb3")
    assert content["changes"][0]["fields"]["value"] == [20.0, 30.0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["xyz"], "There is no release 'xyz'", id="unknown"),
        pytest.param(["aa"], "More than one release begins with 'aa'", id="ambiguous"),
    ],
)
def test_diff_of_a_release_that_is_not_kept_names_those_that_are(
    releases: Path, arguments: list[str], words: str
) -> None:
    exit_code, output = run("diff", *arguments, "--data-dir", releases)
    assert exit_code == 2
    assert words in output
    assert [name for name in ("aaa1", "aab2", "bbb3") if f"{name}, made 2024-01-01" not in output] == []


def test_diff_of_the_first_release_says_that_there_is_nothing_to_compare(tmp_path: Path) -> None:
    put_release(tmp_path / "marts", "aaa1", 10.0)
    exit_code, output = run("diff", "--data-dir", tmp_path)
    assert (exit_code, "Only one release is kept, aaa1" in output) == (0, True)
    exit_code, output = run("diff", "--json", "--data-dir", tmp_path)
    assert exit_code == 0
    assert json.loads(output) == {"old": None, "new": "aaa1", "changes": [], "moved": {}, "rows": {}}


def test_diff_of_a_damaged_release_says_so(releases: Path) -> None:
    (releases / "marts" / ".releases" / "aaa1" / "fct_measure.parquet").write_bytes(b"")
    exit_code, output = run("diff", "aaa1", "--data-dir", releases)
    assert (exit_code, "Release aaa1 is damaged" in output) == (2, True)


def test_diff_passes_over_a_damaged_release(releases: Path) -> None:
    (releases / "marts" / ".releases" / "aab2" / "fct_measure.parquet").unlink()
    assert "value: 10 → 30" in run("diff", "--data-dir", releases)[1]


def test_diff_before_a_build_says_what_to_do(tmp_path: Path) -> None:
    exit_code, output = run("diff", "--data-dir", tmp_path)
    assert (exit_code, "run `ip-plans build` first" in output) == (2, True)


def test_the_services_can_be_ended_also_in_the_background_of_a_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr(os, "execve", lambda path, arguments, environment: started.append(environment))
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        run("ui", "--data-dir", tmp_path)
        assert signal.getsignal(signal.SIGINT) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGINT, before)
    assert [environment[DATA_DIR_VARIABLE] for environment in started] == [str(tmp_path)]


@pytest.mark.parametrize(
    ("arguments", "host", "warned"),
    [((), "127.0.0.1", False), (("--host", "0.0.0.0"), "0.0.0.0", True), (("--host", "::1"), "::1", False)],  # noqa: S104 - asked for
)
def test_the_web_page_is_for_this_machine_alone_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], host: str, warned: bool
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execve", lambda path, command, environment: started.append(command))
    told = run("ui", "--data-dir", tmp_path, *arguments)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    (command,) = started
    assert command[command.index("-h") + 1] == host
    assert ("asks for no password" in str(told)) == warned


def test_f1_counts_missed_and_extra_rows() -> None:
    accuracy = pl.DataFrame(
        {
            "plan_key": ["a", "a", "a", "b", "b"],
            "field": [
                "measure.found",
                "measure.precision",
                "measure.unit",
                "measure.found",
                "measure.precision",
            ],
            "assessed": [10, 6, 6, 0, 0],
            "right": [6, 6, 1, None, None],
        }
    )
    assert build._f1(accuracy) == {"a": 12 / 16}


def test_rules_are_shown_with_what_they_decide(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、主要任务\n力争培育企业50家。\n")
    command = ["rules", str(tmp_path), "--field", "is_aspirational", "--counts-only"]
    shown = CliRunner().invoke(app, [*command, "--data-dir", str(tmp_path)])
    (row,) = (line.split() for line in shown.output.splitlines() if "word_in_clause" in line)
    assert (shown.exit_code, row[4]) == (0, "1")  # composed, themes, the folder given


def test_rules_of_what_is_not_decided_are_refused_with_what_there_is() -> None:
    refused = CliRunner().invoke(app, ["rules", "--field", "colour"])
    assert (refused.exit_code, "is_aspirational" in refused.stderr) == (2, True)
