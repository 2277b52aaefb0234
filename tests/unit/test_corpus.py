"""A plan is accepted whole, or named with what is wrong, where, and what to do; the others are built."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from dagster_project.corpus import plans, rows
from dagster_project.corpus.build import build_corpus
from dagster_project.corpus.files import read_previous, read_table, remember, write_tables
from dagster_project.corpus.origin import PlanRefusedError
from dagster_project.corpus.places import KnownPlace
from dagster_project.corpus.tables import SCHEMAS
from dagster_project.extraction import EXTRACTOR_VERSION
from dagster_project.records import Extraction, Reading

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
LATER = datetime(2024, 6, 1, 8, tzinfo=UTC)
PLACES = {"340100": KnownPlace("合肥市", "Hefei", "prefecture", "安徽省", 9369881)}
TEXT = (
    "甲市知识产权发展行动方案(2021-2023年)\n"
    "一、工作目标\n"
    "(一)促进转化。到2023年,知识产权质押融资额度达到12亿元,年均增长30%以上。责任单位:市市场监管局\n"
    "(二)培育人才。培训知识产权人才500人次。责任单位:市教育局\n"
)
ORIGIN = 'plan_id: {plan}\njurisdiction: {{adcode: "340100"}}\n'


def put(raw: Path, plan: str, text: str | bytes | None = TEXT, origin: str | None = ORIGIN) -> Path:
    """Write a plan and return its folder."""
    folder = raw / plan
    folder.mkdir(parents=True, exist_ok=True)
    if text is not None:
        (folder / "plan.txt").write_bytes(text.encode() if isinstance(text, str) else text)
    if origin is not None:
        (folder / "origin.yml").write_text(origin.format(plan=plan), encoding="utf-8")
    return folder


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with one good plan."""
    put(tmp_path / "raw", "jia-2021")
    return tmp_path / "raw"


def build(
    raw: Path, previous: Mapping[str, pl.DataFrame] | None = None, now: datetime = NOW
) -> dict[str, pl.DataFrame]:
    """Build the corpus with one known code."""
    return build_corpus(raw, PLACES, previous or {}, now)


def status(tables: Mapping[str, pl.DataFrame], plan: str) -> tuple[str, str | None]:
    """Return status and reason of a plan."""
    row = tables["plan_status"].row(by_predicate=pl.col("plan_key") == plan, named=True)
    return row["status"], row["reason"]


def test_every_table_has_its_schema(raw: Path) -> None:
    assert {name: frame.schema for name, frame in build(raw).items()} == dict(SCHEMAS)


def test_what_the_text_states_is_in_documents(raw: Path) -> None:
    row = build(raw)["documents"].row(0, named=True)
    assert (row["period_start_year"], row["period_end_year"]) == (2021, 2023)
    assert row["text"] == TEXT
    assert row["char_count"] == len(TEXT)
    assert row["source_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert row["extractor_version"] == EXTRACTOR_VERSION
    assert row["jurisdiction_key"] == "340100"
    assert row["jurisdiction_name_zh"] is None


def test_the_status_names_the_rules_of_each_plan_in_use(raw: Path) -> None:
    put(raw, "yi-2021", "")
    rules = build(raw)["plan_status"].sort("plan_key")["extractor_version"].to_list()
    assert rules == [EXTRACTOR_VERSION, None]


def test_keys_are_readable(raw: Path) -> None:
    tables = build(raw)
    assert tables["provisions"]["provision_key"].to_list() == ["jia-2021/一/(一)", "jia-2021/一/(二)"]
    start = TEXT.index("12亿元")
    assert f"jia-2021@{start}.1" in tables["measures"]["measure_key"].to_list()


def test_spans_are_those_of_the_file(raw: Path) -> None:
    tables = build(raw)
    for row in tables["measures"].iter_rows(named=True):
        assert TEXT[row["char_start"] : row["char_end"]] == row["value_text"]
        assert row["value_text"] in row["quote_zh"]
    for row in tables["provisions"].iter_rows(named=True):
        assert TEXT[row["char_start"] : row["char_end"]] == row["text_zh"]


def test_the_trace_of_a_measure_is_json(raw: Path) -> None:
    assert all(isinstance(json.loads(text), dict) for text in build(raw)["measures"]["decided_by"])


def test_the_source_of_a_text_is_in_documents(raw: Path) -> None:
    source = "source: {{name: 网站, url: 'https://example.org/1', retrieved_on: 2024-01-02}}\n"
    put(raw, "jia-2021", origin=ORIGIN + source)
    row = build(raw)["documents"].select("source_name", "source_url", "source_retrieved_on").row(0)
    assert row == ("网站", "https://example.org/1", date(2024, 1, 2))


def test_a_place_that_is_not_in_the_seed_can_describe_itself(raw: Path) -> None:
    place = 'jurisdiction: {{name_zh: 青州市, level: county, adcode: "370781", population: 960000}}\n'
    put(raw, "qingzhou-2021", TEXT.replace("甲", "青州"), "plan_id: {plan}\n" + place)
    row = build(raw)["documents"].row(1, named=True)
    assert (row["jurisdiction_key"], row["jurisdiction_name_zh"]) == ("370781", "青州市")
    assert (row["jurisdiction_level"], row["jurisdiction_population"]) == ("county", 960_000)


def test_a_place_without_a_code_is_keyed_by_its_name(raw: Path) -> None:
    put(
        raw,
        "x-2021",
        TEXT.replace("甲", "乙"),
        "plan_id: {plan}\njurisdiction: {{name_zh: 青州市, level: county}}\n",
    )
    assert build(raw)["documents"]["jurisdiction_key"].to_list() == ["340100", "青州市"]


def test_an_unquoted_code_is_read_as_text(raw: Path) -> None:
    put(raw, "jia-2021", origin="plan_id: {plan}\njurisdiction: {{adcode: 340100}}\n")
    assert status(build(raw), "jia-2021") == ("ok", None)


def test_gb18030_is_read(raw: Path) -> None:
    put(raw, "yi-2021", TEXT.replace("甲", "乙").encode("gb18030"))
    row = build(raw)["documents"].row(1, named=True)
    assert row["text"] == TEXT.replace("甲", "乙")
    assert row["encoding"].lower() == "gb18030"


REFUSALS = [
    pytest.param("yi-2021", "", ORIGIN, ["yi-2021/plan.txt is empty", "save"], id="empty"),
    pytest.param("yi-2021", " \n\t", ORIGIN, ["yi-2021/plan.txt is empty"], id="only-white-space"),
    pytest.param("yi-2021", None, ORIGIN, ["yi-2021/plan.txt is missing", "save"], id="missing"),
    pytest.param("yi-2021", b"\xff\xfe\x00\xd8\x81" * 99, ORIGIN, ["yi-2021/plan.txt"], id="undecodable"),
    pytest.param(
        "yi-2021", "An English page. " * 50, ORIGIN, ["yi-2021/plan.txt", "Chinese"], id="no-chinese"
    ),
    pytest.param(
        "yi-2021", "About 中文版. " * 50, ORIGIN, ["not a Chinese text", "33%", "save"], id="hardly-chinese"
    ),
    pytest.param("yi-2021", TEXT + "。", None, ["yi-2021/origin.yml is missing", "add it"], id="no-origin"),
    pytest.param("yi-2021", TEXT + "。", "plan_id: [", ["yi-2021/origin.yml", "line 1"], id="not-yaml"),
    pytest.param("yi-2021", TEXT + "。", "- a\n", ["yi-2021/origin.yml, line 1"], id="not-fields"),
    pytest.param(
        "yi-2021",
        TEXT + "。",
        ORIGIN + "source:\n  name: 网站\n  retrieved_on: soon\n",
        ["line 5: source.retrieved_on"],
        id="bad-date",
    ),
    pytest.param(
        "yi-2021",
        TEXT + "。",
        'plan_id: yi-2020\njurisdiction: {{adcode: "340100"}}\n',
        ["line 1: plan_id is yi-2020, but the folder is yi-2021"],
        id="other-plan-id",
    ),
    pytest.param(
        "yi-2021",
        TEXT + "。",
        'plan_id: {plan}\njurisdiction:\n  adcode: "999999"\n',
        ["line 3: adcode 999999 is not in", "name_zh and level"],
        id="unknown-adcode",
    ),
    pytest.param(
        "yi-2021",
        TEXT + "。",
        "plan_id: {plan}\njurisdiction: {{name_zh: 青州市}}\n",
        ["line 2: jurisdiction", "name_zh and level"],
        id="half-described",
    ),
    pytest.param(
        "yi-2021", TEXT + "。", ORIGIN + f"sha256: {'a' * 64}\n", ["has SHA-256", "restore"], id="other-hash"
    ),
    pytest.param(
        "yi-2021",
        TEXT + "。",
        ORIGIN + "period: {{start: 2025, end: 2021}}\n",
        ["line 3: period"],
        id="period",
    ),
    pytest.param(
        "Yi 2021", TEXT + "。", ORIGIN, ["'Yi 2021' is not a safe folder name", "rename"], id="unsafe"
    ),
    pytest.param("乙市", TEXT + "。", ORIGIN, ["'乙市' is not a safe folder name"], id="chinese-folder-name"),
]


@pytest.mark.parametrize(("plan", "text", "origin", "words"), REFUSALS)
def test_a_plan_that_cannot_be_used_is_named_and_the_other_is_built(
    raw: Path, plan: str, text: str | bytes | None, origin: str | None, words: list[str]
) -> None:
    put(raw, plan, text, origin)
    tables = build(raw)
    state, reason = status(tables, plan)
    assert state == "refused"
    assert [word for word in words if word not in (reason or "")] == []
    assert tables["documents"]["plan_key"].to_list() == ["jia-2021"]
    assert status(tables, "jia-2021") == ("ok", None)


@pytest.mark.parametrize("name", ["yi-2021.txt", "计划.PDF", "附件.zip", "yi-2021", "计划.wps"])
def test_a_file_beside_the_folders_is_named(raw: Path, name: str) -> None:
    (raw / name).write_text(TEXT, encoding="utf-8")
    state, reason = status(build(raw), name)
    assert state == "refused"
    assert f"{name} is not a folder: register it with `ip-plans add`" in (reason or "")


@pytest.mark.parametrize(
    "name", [".DS_Store", "README.md", "readme", "ReadMe.txt", "Thumbs.db", "desktop.ini", "~$计划.docx"]
)
def test_a_file_that_is_no_plan_is_passed_over(raw: Path, name: str) -> None:
    (raw / name).write_text("x", encoding="utf-8")
    assert build(raw)["plan_status"]["plan_key"].to_list() == ["jia-2021"]


def test_a_defect_of_the_program_stops_one_plan_only(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(raw, "yi-2021", TEXT.replace("甲", "乙"))
    real = plans.extract

    def stumbles(reading: Reading) -> Extraction:
        if reading.view.raw.startswith("乙"):
            raise IndexError("list index out of range")
        return real(reading)

    monkeypatch.setattr(plans, "extract", stumbles)
    tables = build(raw)
    state, reason = status(tables, "yi-2021")
    assert state == "refused"
    assert "IndexError: list index out of range" in (reason or "")
    assert "defect of the program" in (reason or "")
    assert tables["documents"]["plan_key"].to_list() == ["jia-2021"]


def test_no_usable_plan_at_all_is_an_error_with_every_reason(raw: Path) -> None:
    put(raw, "jia-2021", "")
    with pytest.raises(PlanRefusedError, match=r"No plan in .* can be used(.|\n)*jia-2021/plan.txt is empty"):
        build(raw)


def test_a_missing_raw_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PlanRefusedError, match="holds no folder of a plan"):
        build(tmp_path / "raw")


# --- stale ----------------------------------------------------------------------------------------------------


def test_a_plan_that_was_good_before_stays_and_is_stale(raw: Path) -> None:
    before = build(raw)
    put(raw, "yi-2021", TEXT.replace("甲", "乙"))
    put(raw, "jia-2021", "")
    after = build(raw, before, LATER)
    state, reason = status(after, "jia-2021")
    assert state == "stale"
    assert "jia-2021/plan.txt is empty" in (reason or "")
    for table in ("documents", "provisions", "measures", "numerals"):
        assert after[table].filter(plan_key="jia-2021").equals(before[table]), table


def test_a_stale_plan_keeps_the_time_of_its_last_reading(raw: Path) -> None:
    before = build(raw)
    put(raw, "jia-2021", "")
    after = build(raw, before, LATER)
    assert after["plan_status"]["last_read_at"].to_list() == [NOW]


def test_a_stale_plan_is_read_with_the_rules_of_today(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build(raw)
    put(raw, "jia-2021", "")
    for module in (plans, rows):
        monkeypatch.setattr(module, "EXTRACTOR_VERSION", "99")
    assert build(raw, before, LATER)["documents"]["extractor_version"].to_list() == ["99"]


def test_a_stale_plan_that_is_mended_is_ok_again(raw: Path) -> None:
    before = build(raw)
    put(raw, "jia-2021", "")
    stale = build(raw, before, LATER)
    put(raw, "jia-2021")
    assert status(build(raw, stale, LATER), "jia-2021") == ("ok", None)


def test_a_plan_whose_folder_was_removed_is_gone(raw: Path) -> None:
    before = build(raw)
    put(raw, "yi-2021", TEXT.replace("甲", "乙"))
    (raw / "jia-2021").rename(raw.parent / "jia-2021")
    assert build(raw, before)["plan_status"]["plan_key"].to_list() == ["yi-2021"]


@pytest.mark.parametrize("copy", [TEXT, TEXT.encode("gb18030")])
def test_of_two_plans_with_one_text_both_are_built_and_the_later_one_is_named(raw: Path, copy: str) -> None:
    before = build(raw)
    put(raw, "aaa-2021", copy)  # sorts before jia-2021, but came later
    after = build(raw, before)
    assert status(after, "jia-2021") == ("ok", None)
    state, reason = status(after, "aaa-2021")
    assert (state, "aaa-2021/plan.txt has the same text as jia-2021/plan.txt" in (reason or "")) == (
        "ok",
        True,
    )
    assert after["documents"]["plan_key"].to_list() == ["aaa-2021", "jia-2021"]


def test_the_tables_of_an_older_version_are_understood(raw: Path) -> None:
    before = build(raw)
    old = {"documents": before["documents"].drop("validity_text"), "plan_status": before["plan_status"]}
    put(raw, "jia-2021", "")
    assert status(build(raw, old), "jia-2021")[0] == "stale"


# --- reference readings ---------------------------------------------------------------------------------------

REFERENCE = {
    "value_text": "12亿元",
    "start": TEXT.index("12亿元"),
    "quote": "知识产权质押融资额度达到12亿元",
    "value": 1_200_000_000,
    "unit": "CNY",
    "comparator": "eq",
    "aspirational": False,
    "kind": "target",
    "form": "level",
    "per": None,
    "indicator": "知识产权质押融资额度",
    "theme": "pledge_financing",
    "period": "2023",
    "period_end_year": 2023,
    "restates": None,
    "governs": None,
    "note": "kept out",
}


def put_reference(raw: Path, *rows: object) -> None:
    """Write a reference reading of the measures; a string is written as it is."""
    folder = raw / "jia-2021" / "reference"
    folder.mkdir(exist_ok=True)
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / "measures.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_a_reference_reading_is_read(raw: Path) -> None:
    put_reference(raw, REFERENCE)
    row = build(raw)["reference_measures"].row(0, named=True)
    assert row["reference_key"] == "jia-2021#1"
    assert TEXT[row["char_start"] : row["char_end"]] == "12亿元"
    assert (row["value"], row["theme_key"], row["period_text"]) == (1.2e9, "pledge_financing", "2023")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        pytest.param("{", ["jia-2021/reference/measures.jsonl, line 2"], id="not-json"),
        pytest.param(REFERENCE | {"value": "many"}, ["line 2", "value"], id="bad-field"),
        pytest.param(REFERENCE | {"start": 0}, ["line 2", "another version of the text"], id="other-text"),
    ],
)
def test_a_bad_reference_reading_is_named_and_its_plan_is_built(
    raw: Path, row: object, words: list[str]
) -> None:
    put_reference(raw, REFERENCE, row)
    tables = build(raw)
    state, reason = status(tables, "jia-2021")
    assert state == "ok"
    assert "accuracy is not assessed" in (reason or "")
    assert [word for word in words if word not in (reason or "")] == []
    assert tables["reference_measures"].is_empty()


def test_a_reference_reading_in_another_encoding_is_named_and_its_plan_is_built(raw: Path) -> None:
    put_reference(raw, REFERENCE | {"note": "知识产权"})
    path = raw / "jia-2021" / "reference" / "measures.jsonl"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    state, reason = status(build(raw), "jia-2021")
    assert state == "ok"
    assert "jia-2021/reference/measures.jsonl cannot be read" in (reason or "")


def test_a_text_beside_the_folders_of_plans_is_told_where_it_belongs(raw: Path) -> None:
    (raw / "loose.txt").write_text(TEXT, encoding="utf-8")
    state, reason = status(build(raw), "loose.txt")
    assert state == "refused"
    assert "put its text into a folder" in (reason or "")


# --- files ----------------------------------------------------------------------------------------------------


def test_tables_come_back_from_their_files(raw: Path, tmp_path: Path) -> None:
    tables = build(raw)
    write_tables(tables, tmp_path / "extracted")
    assert read_table(tmp_path / "extracted", "documents").equals(tables["documents"])


def test_two_builds_write_the_same_bytes(raw: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_tables(build(raw), tmp_path / name)
    for path in sorted((tmp_path / "one").rglob("*.parquet")):
        same = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == same.read_bytes(), path


def test_a_write_that_fails_leaves_the_file_before(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "extracted"
    write_tables(build(raw), folder)
    before = (folder / "documents" / "00000.parquet").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    put(raw, "jia-2021", TEXT + "附件。")
    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(OSError, match="no space"):
        write_tables(build(raw), folder)
    assert (folder / "documents" / "00000.parquet").read_bytes() == before


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("population: 100万", "population: write a whole number in figures, as 960000 (it is 100万)"),
        (
            "level: 县",
            "level: Input should be 'national', 'province', 'prefecture', 'county' or 'township' (it is 县)",
        ),
    ],
    ids=["population", "level"],
)
def test_a_wrong_value_is_shown_with_what_to_write(raw: Path, field: str, words: str) -> None:
    put(
        raw,
        "yi-2021",
        TEXT.replace("甲", "乙"),
        "plan_id: {plan}\njurisdiction:\n  name_zh: 乙县\n  level: county\n",
    )
    origin = raw / "yi-2021" / "origin.yml"
    name = field.split(":", maxsplit=1)[0]
    kept = [line for line in origin.read_text("utf-8").splitlines() if not line.strip().startswith(name)]
    origin.write_text("\n".join([*kept, f"  {field}"]), encoding="utf-8")
    assert words in (status(build(raw), "yi-2021")[1] or "")


def test_a_name_that_is_not_that_of_its_code_refuses_the_plan(raw: Path) -> None:
    origin = 'plan_id: {plan}\njurisdiction: {{adcode: "340100", name_zh: 芜湖市, level: prefecture}}\n'
    put(raw, "yi-2021", TEXT.replace("甲", "乙"), origin)
    assert "line 2: adcode 340100 is 合肥市" in (status(build(raw), "yi-2021")[1] or "")


def correct(folder: Path, char_start: int, before: str, after: str) -> None:
    """Write a correction of a plan."""
    row = {"char_start": char_start, "before": before, "after": after, "reason": "misprint: see the gazette"}
    (folder / "corrections.yml").write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")


def test_a_correction_changes_the_value_and_is_recorded(raw: Path) -> None:
    at = TEXT.index("12亿元")
    correct(raw / "jia-2021", at, "12", "21")
    tables = build(raw)
    measure = tables["measures"].row(by_predicate=pl.col("char_start") == at, named=True)
    assert (measure["value"], measure["value_text"]) == (2_100_000_000, "12亿元")
    repair = tables["repairs"].row(by_predicate=pl.col("rule") == "correction", named=True)
    assert (repair["before"], repair["after"], repair["reason"]) == ("12", "21", "misprint: see the gazette")


def test_a_correction_that_no_longer_fits_refuses_the_plan(raw: Path) -> None:
    put(raw, "yi-2021", TEXT.replace("甲", "乙"))
    correct(raw / "jia-2021", 0, "12", "21")
    state, reason = status(build(raw), "jia-2021")
    assert state == "refused"
    assert "corrections.yml: the correction of '12' at 0 does not fit" in reason


def test_a_correction_without_a_reason_refuses_the_plan(raw: Path) -> None:
    put(raw, "yi-2021", TEXT.replace("甲", "乙"))
    (raw / "jia-2021" / "corrections.yml").write_text(
        "- {char_start: 0, before: 甲, after: 丙}", encoding="utf-8"
    )
    state, reason = status(build(raw), "jia-2021")
    assert state == "refused"
    assert "corrections.yml, 0.reason: this field is missing: add it" in reason


def test_a_stale_plan_keeps_its_corrections(raw: Path, tmp_path: Path) -> None:
    at = TEXT.index("12亿元")
    correct(raw / "jia-2021", at, "12", "21")
    write_tables(build(raw), tmp_path / "extracted")
    (raw / "jia-2021" / "plan.txt").write_bytes(b"")
    tables = build(raw, read_previous(tmp_path / "extracted"), LATER)
    assert status(tables, "jia-2021")[0] == "stale"
    assert 2_100_000_000 in tables["measures"]["value"].to_list()


def test_a_text_that_was_never_published_is_nothing_to_fall_back_on(raw: Path, tmp_path: Path) -> None:
    extracted, accepted = tmp_path / "extracted", tmp_path / "accepted"
    write_tables(build(raw), extracted)
    remember(extracted, accepted)
    put(raw, "jia-2021", TEXT.replace("12亿元", "99亿元"))
    write_tables(build(raw), extracted)  # and the build fails a check
    put(raw, "jia-2021", b"")
    measures = build(raw, read_previous(accepted), LATER)["measures"]
    assert 1_200_000_000 in measures["value"].to_list()


def test_what_a_plan_gives_does_not_depend_on_the_other_plans(raw: Path) -> None:
    alone = build(raw)
    for plan, place in (("a-2020", "乙"), ("z-2023", "丙")):
        put(raw, plan, TEXT.replace("甲", place))
    beside = build(raw)
    for table in ("provisions", "measures", "numerals"):
        assert beside[table].filter(plan_key="jia-2021").equals(alone[table])
