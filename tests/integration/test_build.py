"""``ip-plans build``, from the folder of an analyst to the release that is published there.

A build takes most of a minute. Each kind of build is made once, and every test looks at one thing in it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from dagster_project import api
from dagster_project.cli import app, terminal
from dagster_project.corpus import plans
from dagster_project.fingerprints import program
from dagster_project.folder import DATA_DIR_VARIABLE, DBT_PROJECT, DataFolder
from dagster_project.records import Extraction, Reading
from dagster_project.release.inputs import InputChanges, pending_changes
from dagster_project.release.manifest import is_whole, read_manifest
from dagster_project.warehouse.dbt_project import load_marts

PROJECT = DBT_PROJECT.parent
PLANS = ("hebei-2021", "hefei-2020", "weihai-2018", "zhangzhou-2024", "zhengzhou-2023")
Build = Builder = Any  # see conftest.py, which is no module to import from
# --- the five plans -------------------------------------------------------------------------------------------


def test_every_published_table_is_there(five_plans: Build) -> None:
    marts = load_marts(DataFolder.of(five_plans.folder).manifest)
    for name in marts:
        assert (five_plans.marts / f"{name}.parquet").is_file(), name
        assert (five_plans.marts / f"{name}.csv").is_file(), name
    assert (five_plans.marts / "measures.xlsx").is_file()


def test_published_columns_are_those_of_the_manifest(five_plans: Build) -> None:
    marts = load_marts(DataFolder.of(five_plans.folder).manifest)
    assert {name: frame.columns for name, frame in five_plans.tables().items()} == {
        name: [column.name for column in mart.columns] for name, mart in marts.items()
    }


@pytest.mark.parametrize("lang", [pytest.param("zh", id="zh"), pytest.param("en", id="en")])
def test_every_figure_is_there(five_plans: Build, lang: str) -> None:
    from dagster_project.figures import FIGURES

    for name in FIGURES:
        assert (five_plans.marts / "figures" / f"{name}.{lang}.html").is_file(), name


def test_the_pages_on_quality_are_published(five_plans: Build) -> None:
    index = (five_plans.marts / "quality" / "index.html").read_text(encoding="utf-8")
    assert "rpt_indicator_comparison" in index
    assert "fails" not in index.partition("</p>")[2]


@pytest.mark.parametrize("plan", PLANS)
def test_every_plan_is_read_with_measures(five_plans: Build, plan: str) -> None:
    status = five_plans.table("audit_plan_status").row(by_predicate=pl.col("plan_key") == plan, named=True)
    assert status["status"] == "ok"
    assert five_plans.table("fct_measure").filter(plan_key=plan).height > 0


@pytest.mark.parametrize("plan", PLANS)
def test_quotations_are_those_of_the_file(five_plans: Build, plan: str) -> None:
    text = (PROJECT / "data" / "raw" / plan / "plan.txt").read_text(encoding="utf-8")
    for row in five_plans.table("fct_measure").filter(plan_key=plan).iter_rows(named=True):
        assert text[row["char_start"] : row["char_end"]] == row["value_text"]
        assert row["value_text"] in row["quote_zh"]
        assert row["quote_zh"] in text


def test_no_number_of_the_five_plans_is_unexplained(five_plans: Build) -> None:
    assert five_plans.table("audit_numeral").filter(disposition="unexplained").is_empty()


def test_the_release_is_sealed(five_plans: Build) -> None:
    manifest = read_manifest(five_plans.marts)
    assert is_whole(five_plans.marts / "current")
    assert (five_plans.marts / "current").resolve().name == manifest["release_id"]
    assert [plan["plan_key"] for plan in manifest["plans"]] == list(PLANS)
    assert manifest["program"] == program()
    assert manifest["rows"] == {name: frame.height for name, frame in five_plans.tables().items()}


def test_the_documentation_of_the_tables_knows_them_and_not_this_machine(five_plans: Build) -> None:
    page = (five_plans.marts / "docs" / "index.html").read_text(encoding="utf-8")
    assert "One row per measure: one quantified commitment" in page
    assert str(five_plans.folder) not in page
    assert str(PROJECT) not in page


def test_the_summary_names_plans_accuracy_and_charts(five_plans: Build) -> None:
    assert all(plan in five_plans.output for plan in PLANS)
    assert "measures F1" in five_plans.output
    assert str(five_plans.marts / "figures") in five_plans.output


def test_the_first_build_is_compared_with_nothing(five_plans: Build) -> None:
    assert "Compared with" not in five_plans.output


def test_nothing_is_written_beside_marts_and_work(five_plans: Build) -> None:
    assert sorted(path.name for path in five_plans.folder.iterdir()) == [".work", "marts", "raw"]
    for plan in PLANS:
        before, after = PROJECT / "data" / "raw" / plan, five_plans.folder / "raw" / plan
        assert _files(after) == _files(before)
    assert not {"target", "logs"} & {path.name for path in DBT_PROJECT.iterdir()}


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_run_is_in_the_history_of_dagster(five_plans: Build) -> None:
    from dagster import AssetKey, DagsterInstance

    with DagsterInstance.from_config(str(DataFolder.of(five_plans.folder).dagster_home)) as instance:
        latest = {
            name: instance.get_latest_materialization_event(AssetKey([name])).asset_materialization
            for name in ("fct_measure", "stg_measures")
        }
    metadata = latest["fct_measure"].metadata
    rows = five_plans.table("fct_measure").height
    assert [latest[name].metadata["dagster/row_count"].value for name in latest] == [rows, rows]
    assert "| measure_key |" in str(metadata["preview"].value)
    assert metadata["dagster/column_lineage"].value.deps_by_column["quote_zh"]


@pytest.mark.parametrize("what", ["hefei-2020@1102.1", "hefei-2020:1102"])
def test_a_measure_is_explained_with_its_sentence_and_rules(five_plans: Build, what: str) -> None:
    shown = CliRunner().invoke(app, ["explain", what, "--data-dir", str(five_plans.folder)])
    assert shown.exit_code == 0
    assert "知识产权质押融资金额与数量年均增幅【30%】以上" in shown.output
    assert "(二)绩效目标 › 知识产权运用能力显著增强" in shown.output
    assert re.search(r"form +growth_annual +growth_a_year: 年均", shown.output)


def test_a_number_that_is_no_measure_is_explained(five_plans: Build) -> None:
    text = (five_plans.folder / "raw" / "hefei-2020" / "plan.txt").read_text(encoding="utf-8")
    shown = CliRunner().invoke(
        app, ["explain", f"hefei-2020:{text.index('65号')}", "--data-dir", str(five_plans.folder)]
    )
    assert shown.output.startswith("65: document_number")


def test_what_there_is_nothing_to_explain_about_is_said(five_plans: Build) -> None:
    shown = CliRunner().invoke(app, ["explain", "hefei-2020@1.1", "--data-dir", str(five_plans.folder)])
    assert (shown.exit_code, "There is no measure or number hefei-2020@1.1" in shown.output) == (2, True)


def test_accuracy_is_shown_with_the_rows_that_differ(five_plans: Build) -> None:
    shown = CliRunner().invoke(app, ["accuracy", "--data-dir", str(five_plans.folder)])
    assert shown.exit_code == 0
    assert "measure.found" in shown.output
    wrong = five_plans.table("audit_accuracy").filter(pl.col("field") == "measure.theme")
    missed = int((wrong["assessed"] - wrong["right"]).sum())
    assert shown.output.count("theme_key:") >= missed


def ask(five_plans: Build, *arguments: str) -> tuple[int, str]:
    shown = CliRunner().invoke(app, [*arguments, "--data-dir", str(five_plans.folder)])
    return shown.exit_code, shown.output


def compare(five_plans: Build, *arguments: str) -> tuple[int, str]:
    return ask(five_plans, "compare", *arguments, *(() if "--lang" in arguments else ("--lang", "en")))


def test_a_theme_is_compared_with_verdicts_formulas_and_pairs(five_plans: Build) -> None:
    exit_code, output = compare(five_plans, "pledge_financing")
    assert exit_code == 0
    assert re.search(
        r"hebei-2021 \(province\) +20% +20 +2023 +narrower scope +hebei-2021@\d+\.\d+\n +20% = 20 %/yr",
        output,
    )
    assert "hefei-2020 × hebei-2021: broader scope, 30% − 20% = +10 pp." in output
    assert "hebei-2021 × weihai-2018: exact, 20% − 10% = +10 pp." in output
    assert re.search(r"115亿元 +– +not comparable", output)


def test_a_comparison_shows_due_year_office_residents_and_sentence(five_plans: Build) -> None:
    output = compare(five_plans, "pledge_financing")[1]
    assert re.search(r"weihai-2018 +≥ 40家 +40 +13.76 +2020 +narrower scope +weihai-2018@1135.1", output)
    assert "    in charge: Local Financial Regulatory Bureau" in output
    assert "    知识产权质押融资金额与数量年均增幅30%以上" in output


def test_piped_output_is_plain(five_plans: Build) -> None:
    for arguments in (
        ["compare", "pledge"],
        ["show", "合肥"],
        ["accuracy"],
        ["explain", "hefei-2020@1102.1"],
    ):
        output = ask(five_plans, *arguments)[1]
        assert [line for line in output.split("\n") if line != line.rstrip()] == []
        assert not re.search(r"[─━│┃\x1b…]", output.replace("……", ""))


@pytest.mark.parametrize("columns", ["60", "100"])
def test_no_key_is_cut_in_a_narrow_terminal(
    five_plans: Build, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    keys = api.Release.current(five_plans.folder).awards("发明专利")["measure_key"]
    output = compare(five_plans, "发明专利", "--award")[1]
    assert [key for key in keys if key not in output] == []


def test_nothing_but_a_key_is_english_in_a_chinese_comparison(five_plans: Build) -> None:
    for arguments in (
        ["pledge_financing"], ["hefei-2020", "hebei-2021"], ["发明专利", "--award"], ["pledge", "--format", "md"]
    ):  # fmt: skip
        output = compare(five_plans, *arguments, "--lang", "zh")[1]
        keys = r"[a-z_0-9]+(\.[a-z_0-9]+)+|[a-z]+-\d{4}(@[\d.]+)?|\d+ (pp|CNY)|/yr"  # formulas are of no language
        assert re.findall(r"[A-Za-z]{2,}", re.sub(keys, "", output)) == []


@pytest.mark.parametrize("fmt", ["csv", "json"])
def test_a_comparison_for_machines_is_the_overview(five_plans: Build, fmt: str) -> None:
    exit_code, output = compare(five_plans, "pledge", "--format", fmt)
    read = {"csv": pl.read_csv, "json": pl.read_json}[fmt](output.encode())
    told = api.overview("pledge", lang="en", data_dir=five_plans.folder)
    assert exit_code == 0
    assert read.columns == told.columns
    assert read["measure_key"].equals(told["measure_key"])
    assert read["due"].to_list() == told["due"].to_list()


def test_a_comparison_in_markdown_is_a_table(five_plans: Build) -> None:
    lines = compare(five_plans, "pledge_financing.amount_growth", "--format", "md")[1].splitlines()
    assert lines[0].startswith(
        "| indicator | plan | stated | value | unit | per million | due | office | payer | verdict |"
    )
    assert set(lines[1]) == set("| -")
    assert len({line.count("|") for line in lines}) == 1
    assert "| hefei-2020 | ≥ 30% | 30 | %/yr |  | 2023 |" in lines[2]


@pytest.mark.parametrize("what", ["合肥", "Hefei", "合肥市", "hefei-2020"])
def test_a_place_is_shown_with_all_it_promises(five_plans: Build, what: str) -> None:
    exit_code, output = ask(five_plans, "show", what, "--lang", "en")
    promised = api.overview(plan="hefei-2020", data_dir=five_plans.folder)["measure_key"]
    assert exit_code == 0
    assert "Hefei" in output.splitlines()[1]
    assert "2020–2023" in output.splitlines()[1]
    assert [key for key in promised if key not in output] == []
    assert "IP talent: stated without number" in output


def test_a_place_is_shown_for_one_theme_and_for_machines(five_plans: Build) -> None:
    output = ask(five_plans, "show", "合肥", "--theme", "质押融资", "--format", "json")[1]
    assert {row["plan_key"] for row in json.loads(output)} == {"hefei-2020"}
    assert {row["theme"] for row in json.loads(output)} == {"知识产权质押融资"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "hefey-2020"], "did you mean hefei-2020"),
        (["show", "合肥", "--theme", "talents"], "did you mean talent"),
        (["compare", "pledge_finance"], "did you mean pledge_financing"),
        (["compare", "合肥"], "`ip-plans show hefei-2020`"),
        (["compare", "合肥", "Hebey"], "There is no plan 'Hebey'"),
        (["explain", "hefei-2020"], "`ip-plans show hefei-2020`"),
        (["accuracy", "--plan", "hefey"], "There is no plan 'hefey'"),
    ],
)
def test_a_name_that_is_nearly_one_is_answered_with_what_is_meant(
    five_plans: Build, arguments: list[str], told: str
) -> None:
    exit_code, output = ask(five_plans, *arguments)
    assert (exit_code, told in output) == (2, True)


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_commands_and_functions_of_the_readme_are_there(five_plans: Build, readme: str) -> None:
    text = (PROJECT / readme).read_text(encoding="utf-8")
    commands = re.findall(
        r"^\.venv/bin/ip-plans ((?:show|compare|facets) [^#\n]+?) *(?:#|$)", text, re.MULTILINE
    )
    told = {command: ask(five_plans, *command.split()) for command in commands if "FILE" not in command}
    assert len(told) >= 5
    assert [command for command, (exit_code, _) in told.items() if exit_code] == []
    functions = {name for name in api.__all__ if name[0].islower()}
    assert [name for name in sorted(functions) if f"`{name}(" not in text] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_shows_what_the_commands_print(five_plans: Build, readme: str) -> None:
    text = (PROJECT / readme).read_text(encoding="utf-8")
    shown = re.findall(r"`ip-plans (compare [^`]+)`[^\n]*\n(?:[^\n]+\n)*\n```\n(.*?)\n```", text, re.DOTALL)
    assert len(shown) == 2
    for command, output in shown:
        assert ask(five_plans, *command.split())[1].strip("\n") == output


def test_two_plans_are_compared_by_their_places(five_plans: Build) -> None:
    assert compare(five_plans, "合肥", "河北") == compare(five_plans, "hefei-2020", "hebei-2021")
    frame = json.loads(compare(five_plans, "合肥", "河北", "--format", "json")[1])
    assert len(frame) == api.between("合肥", "河北", five_plans.folder).height


def test_accuracy_can_be_asked_for_one_plan(five_plans: Build) -> None:
    output = ask(five_plans, "accuracy", "--plan", "合肥")[1]
    assert "hefei-2020" in output
    assert "weihai-2018" not in output


@pytest.mark.parametrize(
    "what",
    [
        "ip_management.certified_organisations",
        "通过知识产权管理认证的单位数",
        "Organisations with certified IP management",
    ],
)
def test_an_indicator_is_found_by_key_and_by_name(five_plans: Build, what: str) -> None:
    exit_code, output = compare(five_plans, what)
    assert exit_code == 0
    assert "500 ÷ 3 = 166.67 /yr" in output
    assert "hebei-2021 × hefei-2020: rescaled, 166.67 ÷ 66.67 = 2.5×" in output


def test_an_object_stands_for_all_kinds_of_it(five_plans: Build) -> None:
    exit_code, output = compare(five_plans, "专利导航项目")
    assert exit_code == 0
    assert "navigation_project_lead.count.per_year" in output
    assert "navigation_project_industry.count.per_year" in output


def test_awards_for_an_object_are_listed_with_what_each_pays(five_plans: Build) -> None:
    exit_code, output = compare(five_plans, "发明专利", "--award", "--lang", "zh")
    assert exit_code == 0
    assert "高校院所的发明专利转让奖补(每个获得者)" in output
    assert re.search(r"zhangzhou-2024 +3萬元 +每户 +30萬元", output)


def test_an_award_for_nothing_known_is_refused(five_plans: Build) -> None:
    exit_code, output = compare(five_plans, "无此对象", "--award")
    assert (exit_code, "There is no object '无此对象'" in output) == (2, True)


def test_facets_of_a_measure_are_shown_with_their_words(five_plans: Build) -> None:
    exit_code, output = ask(five_plans, "facets", "zhangzhou-2024@1797.1", "--lang", "en")
    assert exit_code == 0
    assert re.search(r"object +invention_patent +invention patents +发明专利 +indicator", output)
    assert re.search(r"event +transferred +transferred +转让 +indicator", output)
    assert re.search(
        r"对象 +invention_patent +发明专利", ask(five_plans, "facets", "zhangzhou-2024@1797.1")[1]
    )


def test_plans_without_a_number_are_named_with_what_they_do(five_plans: Build) -> None:
    assert "zhangzhou-2024: 专利导航, 有表述、无数字" in compare(five_plans, "专利导航", "--lang", "zh")[1]


def test_two_plans_are_compared_with_what_is_related_and_where_size_turns_them_round(
    five_plans: Build,
) -> None:
    exit_code, output = compare(five_plans, "hefei-2020", "hebei-2021")
    assert exit_code == 0
    assert "per million residents the order is the other way round: 7.11 and 2.23" in output
    assert "related: Both are of “patent navigation projects, carried out: number”" in output
    assert (
        "产业规划类专利导航项目 ≥ 5个 [hefei-2020@1181.1] × 专利导航引领项目 100项 [hebei-2021@3163.1]"
        in output
    )


def test_a_plan_that_is_not_there_is_compared_with_none(five_plans: Build) -> None:
    exit_code, output = compare(five_plans, "hefei-2020", "nowhere-2020")
    assert exit_code != 0
    assert "hebei-2021" in output


def test_what_cannot_be_compared_is_answered_with_what_can(five_plans: Build) -> None:
    exit_code, output = compare(five_plans, "pledge_financing.nothing")
    assert exit_code == 2
    assert "choose a theme (pledge_financing, patent_navigation" in output
    assert "pledge_financing.amount_growth" in output


# --- nothing changed ------------------------------------------------------------------------------------------


def test_a_build_without_changes_imports_nothing_slow_and_writes_nothing(five_plans: Build) -> None:
    before = {path: path.lstat().st_mtime_ns for path in five_plans.folder.rglob("*")}
    code = (
        "import sys\n"
        "from dagster_project.cli import app\n"
        f"code = app(['build', '--data-dir', {str(five_plans.folder)!r}], standalone_mode=False)\n"
        "slow = {'dagster', 'dbt', 'great_expectations', 'polars', 'pandas', 'duckdb'} & set(sys.modules)\n"
        "print(code, sorted(slow))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    said, ended = done.stdout.splitlines()
    assert said.startswith(
        f"Nothing has changed: release {read_manifest(five_plans.marts)['release_id']} of "
    )
    assert ended == "0 []"
    assert {path: path.lstat().st_mtime_ns for path in five_plans.folder.rglob("*")} == before


def test_a_release_that_lacks_a_file_is_a_change(other: Build) -> None:
    (other.marts / "fct_measure.csv").resolve().unlink()
    assert replace(pending_changes(DataFolder.of(other.folder)), key="") == InputChanges(release=True)


# --- the same in other surroundings; the whole of it is in tests/torture -----------------------------------------

_AGAIN = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
import polars as pl
from dagster_project.corpus.build import write_corpus
from dagster_project.corpus.places import known_places
from dagster_project.figures import FIGURES, build_figure
from dagster_project.folder import JURISDICTIONS

raw, marts, made = map(Path, sys.argv[1:])
write_corpus(made, raw, known_places(JURISDICTIONS), {}, datetime.now(UTC))
release = json.loads((marts / "manifest.json").read_text(encoding="utf-8"))["release_id"]
tables = {path.stem: pl.read_parquet(path) for path in marts.glob("*.parquet")}
for name in FIGURES:
    figure = build_figure(name, tables, "zh", "screen", release)
    (made / f"{name}.zh.json").write_text(str(figure.to_json()), encoding="utf-8")
"""


def test_another_folder_order_locale_zone_and_hash_seed_give_the_same_bytes(
    five_plans: Build, builder: Builder, tmp_path: Path
) -> None:
    raw = builder.copy_plans(tmp_path / "elsewhere" / "data 数据", *reversed(PLANS))
    surroundings = {
        "TZ": "America/Los_Angeles",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "HOME": "/nonexistent",
    }
    command = [sys.executable, "-c", _AGAIN, raw, five_plans.marts, tmp_path]
    done = subprocess.run(command, env=os.environ | surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    here, there = tmp_path, five_plans.folder / ".work" / "extracted"
    tables = sorted(
        path.relative_to(there) for path in there.glob("*/*.parquet") if path.parent.name != "plan_status"
    )
    assert len(tables) > 8
    figures = sorted(path.name for path in here.glob("*.json"))
    assert len(figures) > 5
    assert [name for name in tables if (here / name).read_bytes() != (there / name).read_bytes()] == []
    shown = five_plans.marts / "figures"
    assert [name for name in figures if (here / name).read_bytes() != (shown / name).read_bytes()] == []


def test_the_five_plans_were_built_without_a_network(five_plans: Build) -> None:
    if not five_plans.is_cut_off:
        pytest.skip("this user may not cut off the network")
    assert five_plans.exit_code == 0


# --- integrity ------------------------------------------------------------------------------------------------


@pytest.fixture
def other(
    five_plans: Build, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Build:
    """A copy of the five plans as built, for a build in this process.

    Each test has its own in the same place, so that dbt, which takes as long to parse as to build, parses only once.
    """
    folder = tmp_path_factory.getbasetemp() / "other" / "data"
    parsed = DataFolder.of(folder).dbt_target / "partial_parse.msgpack"
    known = parsed.read_bytes() if parsed.exists() else None
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(five_plans.folder, folder, symlinks=True)
    if known:
        parsed.write_bytes(known)
    for variable in (*DataFolder.of(folder).environment(), "DAGSTER_HOME", DATA_DIR_VARIABLE):
        monkeypatch.setenv(variable, "")  # `build` sets them; taken back after the test
    return replace(five_plans, folder=folder)


def test_a_quotation_that_does_not_slice_back_is_not_published(
    five_plans: Build, other: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = plans.extract

    def shifted(reading: Reading) -> Extraction:
        found = real(reading)
        first, *others = found.measures
        return replace(found, measures=(replace(first, char_start=first.char_start + 1), *others))

    monkeypatch.setattr(plans, "extract", shifted)
    # Each of the plans would be quarantined before; what gets past that must not be published either.
    monkeypatch.setattr(plans, "own_failure", lambda tables: None)
    result = CliRunner().invoke(app, ["build", "--force", "--data-dir", str(other.folder)])
    assert result.exit_code == 2, result.output
    assert "FAILED extracted/measures: span_is_value_text, 5 rows" in result.output
    assert "hefei-2020@" in result.output
    assert "the last release stays as it was" in result.output
    assert (other.marts / "current").readlink() == (five_plans.marts / "current").readlink()
    assert is_whole(other.marts / "current")


@pytest.mark.services
def test_a_dbt_test_that_fails_names_the_rows_with_their_sentences(
    other: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = plans.extraction_rows

    def in_dollars(*arguments: Any) -> dict[str, list[dict[str, Any]]]:
        tables = real(*arguments)
        tables["measures"][0]["unit"] = "USD"
        return tables

    monkeypatch.setattr(plans, "extraction_rows", in_dollars)
    result = CliRunner().invoke(app, ["build", "--force", "--data-dir", str(other.folder)])
    assert result.exit_code == 2, result.output
    assert (
        "FAILED fct_measure: relationships_fct_measure_unit_key__unit_key__ref_dim_unit_, 5 rows"
        in result.output
    )
    first = first_measure(other)
    assert re.search(rf"\| {first['measure_key']} \| .* \| USD \| .*{first['quote_zh'][:20]}", result.output)


@pytest.mark.services
def test_a_plan_that_fails_a_dbt_test_is_kept_out_and_the_others_are_published(
    other: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = plans.extraction_rows

    def one_in_dollars(plan: str, *arguments: Any) -> dict[str, list[dict[str, Any]]]:
        tables = real(plan, *arguments)
        if plan == "weihai-2018":
            tables["measures"][0]["unit"] = "USD"
        return tables

    monkeypatch.setattr(plans, "extraction_rows", one_in_dollars)
    shutil.rmtree(DataFolder.of(other.folder).accepted)  # no last good text to fall back on
    result = CliRunner().invoke(app, ["build", "--force", "--data-dir", str(other.folder)])
    assert result.exit_code == 1, result.output
    status = dict(other.table("audit_plan_status").select("plan_key", "status").iter_rows())
    assert status == {plan: "refused" if plan == "weihai-2018" else "ok" for plan in PLANS}
    assert "weihai-2018 is refused: it fails the check relationships_fct_measure_unit_key" in result.output
    assert "tried again when one of its files changes" in result.output


@pytest.mark.services
def test_plans_that_break_a_contract_are_kept_out_and_the_others_are_published(
    other: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = plans.extraction_rows

    def broken(plan: str, *arguments: Any) -> dict[str, list[dict[str, Any]]]:
        tables = real(plan, *arguments)
        if plan == "weihai-2018":
            tables["measures"][0]["kind"] = None
        if plan == "hefei-2020":
            tables["numerals"].append(tables["numerals"][0])
        if plan == "zhengzhou-2023":
            tables["measures"][0]["value"] = 1e17  # wider than decimal(20,4)
        return tables

    monkeypatch.setattr(plans, "extraction_rows", broken)
    shutil.rmtree(DataFolder.of(other.folder).accepted)  # no last good text to fall back on
    result = CliRunner().invoke(app, ["build", "--force", "--data-dir", str(other.folder)])
    assert result.exit_code == 1, result.output
    status = dict(other.table("audit_plan_status").select("plan_key", "status").iter_rows())
    refused = {"hefei-2020", "weihai-2018", "zhengzhou-2023"}
    assert status == {plan: "refused" if plan in refused else "ok" for plan in PLANS}
    assert "weihai-2018 is refused: it breaks the contract of fct_measure: kind is empty" in result.output
    assert (
        "hefei-2020 is refused: it breaks the contract of audit_numeral: plan_key, char_start is not unique"
        in result.output
    )
    assert re.search(r"zhengzhou-2023 is refused: .*\bvalue", result.output)


def first_measure(build: Build) -> dict[str, Any]:
    """Return the first measure of the first plan."""
    return build.table("fct_measure").sort("plan_key", "char_start").row(0, named=True)


def test_a_bad_document_stops_the_build_before_dbt(other: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    real = plans.decode
    monkeypatch.setattr(plans, "decode", lambda data: (real(data)[0], None))
    warehouse = DataFolder.of(other.folder).warehouse
    before = warehouse.stat().st_mtime_ns
    result = CliRunner().invoke(app, ["build", "--force", "--data-dir", str(other.folder)])
    assert result.exit_code == 2, result.output
    assert "FAILED extracted/documents: encoding_is_stated, 5 rows" in result.output
    assert warehouse.stat().st_mtime_ns == before


def test_no_usable_plan_at_all_is_not_published(tmp_path: Path, builder: Builder) -> None:
    raw = builder.copy_plans(tmp_path, "hefei-2020")
    (raw / "hefei-2020" / "plan.txt").write_bytes(b"")
    build = builder.build(tmp_path)
    assert build.exit_code == 2
    assert "hefei-2020/plan.txt is empty" in build.output
    assert "Traceback" not in build.output


def test_two_builds_at_once_are_refused_with_a_clear_message(tmp_path: Path, builder: Builder) -> None:
    builder.copy_plans(tmp_path, "hefei-2020")
    with DataFolder.of(tmp_path).lock():
        build = builder.build(tmp_path)
    assert build.exit_code == 2
    assert f"Another build (process {os.getpid()}) is working on {tmp_path}" in build.output
