"""Each expectation sees what it is for, in its row, and nothing else; a plan's own failure stops no other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dagster_project.corpus.build import build_corpus
from dagster_project.corpus.places import KnownPlace
from dagster_project.corpus.tables import SCHEMAS
from dagster_project.quality.expectations import Severity
from dagster_project.quality.extracted import EXTRACTED, own_failure
from dagster_project.quality.judge import failing_rows, judge
from dagster_project.quality.published import suites
from dagster_project.warehouse.dbt_project import Column, Mart

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
TEXT = (
    "甲市知识产权发展行动方案(2021-2025年)\n"
    "为贯彻落实《国务院关于新形势下加快知识产权强国建设的若干意见》(国发〔2015〕71号),制定本方案。\n"
    "一、工作目标\n"
    "(一)促进转化。到2025年,专利质押融资额度达到12亿元,年均增长30%以上。责任单位:市市场监管局\n"
    "(二)培育人才。到2025年,培训知识产权人才 500 人次。责任单位:市教育局\n"
    "(三)加强服务。完善知识产权公共服务体系,推动产业园区、高校院所、行业协会共同参与。"
    + "营造尊重知识价值的环境。"
    * 40
)
OTHER = (
    "乙市专利商标工作规划(2021-2025年)\n根据《专利法实施细则》(国发〔2015〕72号),结合我市实际编制。\n"
    "一、主要任务\n(一)鼓励创造。到2025年,发明专利拥有量达到800件。责任单位:市科技局\n"
    "(二)打造品牌。新增地理标志 5 件。责任单位:市农业局\n"
    "(三)夯实基础。加大宣传力度,普及保护意识,健全工作机制,落实各项任务。"
    + "全社会共同努力形成合力推进。"
    * 40
)
Tables = dict[str, pl.DataFrame]


def mart(
    name: str, *columns: str, unit: str | None = None, nullable: str = "", **coded: tuple[str, ...]
) -> Mart:
    """Return a mart with columns of a unit, and with coded ones, of which one may be null."""
    plain = dict.fromkeys(columns, ())
    return Mart(
        name,
        "",
        name,
        tuple(
            Column(c, "", f"{c} 中", f"{c} en", None if codes else unit, "varchar", codes, c == nullable)
            for c, codes in (plain | coded).items()
        ),
    )


MARTS = {
    table.name: table
    for table in (
        mart(
            "fct_measure",
            "measure_key",
            nullable="per",
            kind=("target", "incentive", "baseline"),
            per=("year", "recipient"),
        ),
        mart("fct_citation", role=("basis", "mention")),
        mart("rpt_indicator_comparison", comparability=("exact", "rescaled", "not_comparable")),
        mart(
            "rpt_theme_coverage", "share_of_text", unit="percent", status=("quantified", "searched_not_found")
        ),
        mart("rpt_incentive", "measure_key"),
        mart("rpt_statement", "measure_key", nullable="scope", scope=("same", "narrower", "broader")),
        mart("audit_plan_status", status=("ok", "stale", "refused")),
        mart("dim_theme", "theme_key"),
    )
}
SUITES = {suite.name: suite for suite in suites(MARTS)}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """All tables that the suites read, of two plans, with nothing wrong."""
    raw = tmp_path_factory.mktemp("raw")
    for plan, text in (("jia-2021", TEXT), ("yi-2021", OTHER)):
        (raw / plan).mkdir()
        (raw / plan / "plan.txt").write_text(text, encoding="utf-8")
        (raw / plan / "origin.yml").write_text(
            f'plan_id: {plan}\njurisdiction: {{adcode: "340100"}}\n', encoding="utf-8"
        )
    extracted = build_corpus(
        raw, {"340100": KnownPlace("合肥市", "Hefei", "prefecture", "安徽省", 9369881)}, {}, NOW
    )
    measures = extracted["measures"].with_columns(
        indicator_key=pl.lit("pledge_financing.amount"), is_restatement=pl.lit(value=False)
    )
    plans = extracted["documents"]
    comparison = measures.select(
        "measure_key",
        "plan_key",
        "indicator_key",
        "value_text",
        "quote_zh",
        comparable_value=pl.lit(10.0),
        per_million_value=pl.lit(None, pl.Float64),
        comparable_unit=pl.lit("CNY"),
        comparability=pl.lit("exact"),
        reason_zh=pl.lit("按原文口径。"),
        reason_en=pl.lit("As stated."),
        formula=pl.lit(None, pl.String),
    )
    themes = pl.DataFrame({"theme_key": ["talent", "other"], "is_headline": [True, False]})
    incentive = {"measure_key": ["a", "b"], "quote_zh": ["每家5万元"] * 2, "unit_key": ["CNY", "percent"]}
    return {
        **{f"extracted/{name}": frame for name, frame in extracted.items()},
        "accepted/documents": pl.DataFrame(schema=SCHEMAS["documents"]),
        "accepted/plan_status": pl.DataFrame(schema=SCHEMAS["plan_status"]),
        "fct_measure": measures,
        "dim_unit": pl.DataFrame({"unit_key": measures["unit"].unique().to_list()}),
        "dim_plan": plans.select("plan_key", "issued_on", "period_start_year"),
        "dim_theme": themes,
        "fct_citation": extracted["citations"],
        "rpt_indicator_comparison": comparison,
        "rpt_theme_coverage": plans.select("plan_key")
        .join(themes.select("theme_key"), how="cross")
        .with_columns(status=pl.lit("quantified"), share_of_text=pl.lit(50.0)),
        "rpt_incentive": pl.DataFrame(incentive | {"amount": [5e4, 50.0], "cap_amount": [3e5, 2e5]}),
        "rpt_statement": comparison.with_columns(scope=pl.lit("same")),
        "audit_plan_status": extracted["plan_status"],
    }


def failed(name: str, tables: Mapping[str, pl.DataFrame]) -> dict[str, tuple[int, ...]]:
    """Judge a suite and return the names of what failed, with the rows."""
    suite = SUITES[name]
    frame = suite.facts(tables.__getitem__)
    return {v.expectation.name: v.rows for v in judge(frame, suite.expectations) if not v.passed}


def changed(tables: Tables, table: str, row: int, **values: Any) -> Tables:
    """Return the tables with values of one row changed."""
    rows = tables[table].to_dicts()
    rows[row] |= values
    return tables | {table: pl.DataFrame(rows, schema=tables[table].schema)}


def test_two_good_plans_pass_every_suite(good: Tables) -> None:
    assert {name: failed(name, good) for name in SUITES if failed(name, good)} == {}


def test_every_table_of_extraction_has_rows(good: Tables) -> None:
    assert [suite.name for suite in EXTRACTED if good["/".join(suite.asset)].is_empty()] == []


def row(suite: str, table: str, expected: str, number: int = 1, **values: Any) -> Any:
    """Return a case: what is changed in a row, and the expectation that fails for it."""
    return pytest.param(suite, table, number, values, expected, id=f"{suite}-{expected}")


DOCUMENTS, MEASURES, FACTS = "extracted/documents", "extracted/measures", "fct_measure"
ROWS = [
    row("documents", DOCUMENTS, "encoding_is_stated", encoding=None),
    row("documents", DOCUMENTS, "source_sha256_is_well_formed", source_sha256="abc"),
    row("documents", DOCUMENTS, "length_is_right", char_count=3_000),
    row("documents", DOCUMENTS, "has_no_lost_characters", text=OTHER + "\ufffd", char_count=len(OTHER) + 1),
    row("documents", DOCUMENTS, "char_count_is_usual", text=OTHER[:300], char_count=300),
    row("documents", DOCUMENTS, "han_share_is_usual", text=OTHER + "x" * 900, char_count=len(OTHER) + 900),
    row("documents", DOCUMENTS, "title_zh_is_stated", title_zh=None),
    row("documents", DOCUMENTS, "period_end_year_is_stated", period_end_year=None),
    row("documents", DOCUMENTS, "period_is_in_order", period_start_year=2030),
    row("measures", MEASURES, "span_is_value_text", char_start=0),
    row("measures", MEASURES, "quote_is_verbatim", quote_zh="到2025年,年均增长 30%以上"),
    row("measures", MEASURES, "quote_holds_value", quote_zh="一、工作目标"),
    row("measures", MEASURES, "zero_is_stated", value=0.0),
    row("measures", MEASURES, "value_is_kept", value=0.00003),
    row("measures", MEASURES, "value_is_kept", value=0.00028),
    row("measures", MEASURES, "value_is_in_range", value=1e16),
    row("measures", MEASURES, "value_is_in_range", value=float("nan")),
    row("measures", MEASURES, "indicator_text_zh_is_stated", indicator_text_zh=None),
    row("measures", MEASURES, "name_is_whole", indicator_text_zh="年销售额在"),
    row("provisions", "extracted/provisions", "span_is_as_printed", text_zh="另一段"),
    row(
        "provision_agencies", "extracted/provision_agencies", "span_is_as_printed", printed_name_zh="市财政局"
    ),
    row("citations", "extracted/citations", "span_is_as_printed", quote_zh="《条例》"),
    row("repairs", "extracted/repairs", "span_is_as_printed", 0, before="?"),
    row("numerals", "extracted/numerals", "span_is_as_printed", text="99"),
    row("numerals", "extracted/numerals", "numeral_is_explained", disposition="unexplained"),
    row("fct_measure", FACTS, "is_as_extracted", quote_zh="年均增长三成"),
    row("fct_measure", FACTS, "indicator_is_mapped", indicator_key="unmapped"),
    row("fct_measure", FACTS, "period_is_in_order", period_start_year=2030),
    row("fct_measure", FACTS, "period_end_year_is_usual", period_end_year=20255),
    row("fct_measure", FACTS, "horizon_years_is_usual", horizon_years=300),
    row("fct_citation", "fct_citation", "year_is_not_after_plan", 0, year=2030),
    row("fct_citation", "fct_citation", "role_is_known", 0, role="lead"),
    row("rpt_indicator_comparison", "rpt_indicator_comparison", "reason_zh_is_stated", reason_zh=None),
    row("rpt_indicator_comparison", "rpt_indicator_comparison", "reason_en_is_stated", reason_en=None),
    row(
        "rpt_indicator_comparison",
        "rpt_indicator_comparison",
        "rescaled_has_formula",
        comparability="rescaled",
    ),
    row(
        "rpt_indicator_comparison",
        "rpt_indicator_comparison",
        "comparability_is_known",
        comparability="similar",
    ),
    row("rpt_statement", "rpt_statement", "scope_is_known", scope="wider"),
    row("rpt_theme_coverage", "rpt_theme_coverage", "share_of_text_is_a_percentage", share_of_text=120.0),
    row("rpt_theme_coverage", "rpt_theme_coverage", "status_is_known", status="perhaps"),
    row("rpt_incentive", "rpt_incentive", "cap_is_not_below_amount", 0, cap_amount=1e4),
    row("audit_plan_status", "audit_plan_status", "failure_has_a_reason", status="refused"),
    row("audit_plan_status", "audit_plan_status", "status_is_known", status="lost", reason="gone"),
]


@pytest.mark.parametrize(("suite", "table", "number", "values", "expected"), ROWS)
def test_a_bad_row_is_found_by_its_expectation_alone(
    good: Tables, suite: str, table: str, number: int, values: dict[str, Any], expected: str
) -> None:
    assert failed(suite, changed(good, table, number, **values)) == {expected: (number,)}


def test_a_change_may_be_a_fall_or_more_than_the_whole() -> None:
    """Only a share of a whole ends at 100 percent: a stock that doubles and one that halves are both published."""
    shares = {
        (suite.name, expectation.name) for suite in SUITES.values() for expectation in suite.expectations
        if expectation.name.endswith("_is_a_percentage")
    }  # fmt: skip
    assert ("rpt_theme_coverage", "share_of_text_is_a_percentage") in shares
    assert [name for _, name in shares if name.startswith(("change", "growth"))] == []


# A change of these columns is also seen as one of what was extracted, as it must be; so both tables are changed.
VALUES = [
    pytest.param({"kind": "promise"}, "kind_is_known", id="kind"),
    pytest.param({"kind": None}, "kind_is_known", id="no-kind"),
    pytest.param({"per": "fortnight"}, "per_is_known", id="per"),
    pytest.param({"unit": "USD", "value": 12.0}, "unit_is_known", id="unit"),
    pytest.param({"unit": "CNY", "value": 1.2e14}, "money_cny_is_usual", id="money"),
    pytest.param({"unit": "percent", "form": "share", "value": 130.0}, "share_percent_is_usual", id="share"),
    pytest.param(
        {"unit": "percent", "form": "growth_annual", "value": 3e3}, "growth_percent_is_usual", id="growth"
    ),
    pytest.param({"unit": "item", "value": 1e9}, "count_is_usual", id="count"),
    pytest.param({"unit": "items_per_10k_people", "value": 1e4}, "items_per_10k_is_usual", id="density"),
    pytest.param({"unit": "year", "value": 2025.0}, "years_is_usual", id="years"),
    pytest.param({"unit": "ratio", "value": 300.0}, "times_is_usual", id="times"),
]


@pytest.mark.parametrize(("values", "expected"), VALUES)
def test_a_value_out_of_bounds_is_found(good: Tables, values: dict[str, Any], expected: str) -> None:
    units = pl.DataFrame(
        {"unit_key": ["CNY", "percent", "item", "items_per_10k_people", "year", "ratio", "person"]}
    )
    tables = changed(changed(good, FACTS, 1, **values), MEASURES, 1, **values) | {"dim_unit": units}
    assert failed("fct_measure", tables) == {expected: (1,)}


@pytest.mark.parametrize("per", [None, "year"])
def test_a_code_that_need_not_be_there_may_be_null(good: Tables, per: str | None) -> None:
    tables = changed(changed(good, FACTS, 1, per=per), MEASURES, 1, per=per)
    assert failed("fct_measure", tables) == {}


def test_a_measure_without_a_verdict_has_no_scope(good: Tables) -> None:
    assert failed("rpt_statement", changed(good, "rpt_statement", 1, scope=None)) == {}


def test_no_document_at_all_is_found(good: Tables) -> None:
    assert failed("documents", good | {DOCUMENTS: good[DOCUMENTS].clear()}) == {"some_documents": ()}


def test_the_same_text_under_two_names_is_found(good: Tables) -> None:
    tables = changed(good, DOCUMENTS, 1, text=TEXT + "\n", char_count=len(TEXT) + 1)
    assert failed("documents", tables) == {"text_is_unique": (0, 1)}


def test_a_copy_with_a_few_words_changed_is_found(good: Tables) -> None:
    copy = TEXT.replace("甲市", "丙市").replace("12亿元", "15亿元")
    tables = changed(good, DOCUMENTS, 1, text=copy, char_count=len(copy))
    assert failed("documents", tables) == {"nearest_share_is_usual": (0, 1)}


def test_a_file_that_was_changed_is_found_with_both_hashes_and_the_date(good: Tables) -> None:
    before = {
        "accepted/documents": good[DOCUMENTS].with_columns(source_sha256=pl.lit("a" * 64)).head(1),
        "accepted/plan_status": good["extracted/plan_status"],
    }
    suite = SUITES["documents"]
    frame = suite.facts((good | before).__getitem__)
    verdicts = {verdict.expectation.name: verdict for verdict in judge(frame, suite.expectations)}
    assert [name for name, verdict in verdicts.items() if not verdict.passed] == ["bytes_are_as_before"]
    shown = failing_rows(suite, frame, verdicts["bytes_are_as_before"]).row(0, named=True)
    assert shown["accepted_sha256"] == "a" * 64
    assert shown["source_sha256"] == good[DOCUMENTS]["source_sha256"][0]
    assert shown["accepted_on"] == NOW.date()


def test_a_page_without_provision_and_measure_is_found(good: Tables) -> None:
    empty = {name: good[name].filter(plan_key="jia-2021") for name in ("extracted/provisions", MEASURES)}
    assert failed("plans", good | empty) == {
        "something_was_found": (1,),
        "measures_per_1000_is_usual": (1,),
        "provision_count_is_usual": (1,),
    }


def test_a_table_of_figures_is_found(good: Tables) -> None:
    many = {MEASURES: pl.concat([good[MEASURES].filter(plan_key="yi-2021")] * 50)}
    found = failed("plans", good | many)
    assert found["text_is_no_table"] == (1,)


def test_a_measure_that_no_number_accounts_for_is_found(good: Tables) -> None:
    numerals = good["extracted/numerals"].filter(plan_key="jia-2021")
    of_yi = [i for i, plan in enumerate(good[MEASURES]["plan_key"]) if plan == "yi-2021"]
    assert failed("measures", good | {"extracted/numerals": numerals}) == {"is_in_ledger": tuple(of_yi)}


def test_a_measure_without_a_number_need_not_be_in_the_ledger(good: Tables) -> None:
    start = OTHER.index("加大宣传")
    doubled = {"value_text": "加大", "char_start": start, "char_end": start + 2, "quote_zh": "加大宣传力度"}
    assert failed("measures", changed(good, MEASURES, -1, **doubled)) == {}


def test_a_measure_without_a_comparison_is_found(good: Tables) -> None:
    first, *_ = good[FACTS]["measure_key"]
    tables = good | {
        "rpt_indicator_comparison": good["rpt_indicator_comparison"].filter(pl.col("measure_key") != first)
    }
    assert failed("fct_measure", tables) == {"has_a_verdict": (0,)}


def test_a_theme_without_a_status_is_found(good: Tables) -> None:
    tables = good | {"rpt_theme_coverage": good["rpt_theme_coverage"].slice(1)}
    assert failed("rpt_theme_coverage", tables) == {"status_is_known": (0,)}


def test_a_value_out_of_proportion_to_the_other_plans_is_found(good: Tables) -> None:
    tables = changed(good, "rpt_indicator_comparison", 0, comparable_value=1e6)
    assert 0 in failed("rpt_indicator_comparison", tables)["times_the_others_is_usual"]


def test_a_province_is_compared_with_cities_by_its_residents(good: Tables) -> None:
    rows = good["rpt_indicator_comparison"].with_columns(per_million_value=pl.lit(2.0))
    tables = changed(
        good | {"rpt_indicator_comparison": rows}, "rpt_indicator_comparison", 0, comparable_value=1e6
    )
    assert failed("rpt_indicator_comparison", tables) == {}


def test_every_expectation_has_a_case_in_which_it_fails() -> None:
    """Names as they are checked above; `test_a_bad_row…` and the others fail if one does not."""
    tried = {case.values[-1] for case in (*ROWS, *VALUES)} | {
        "some_documents",
        "text_is_unique",
        "nearest_share_is_usual",
        "bytes_are_as_before",
        "something_was_found",
        "measures_per_1000_is_usual",
        "text_is_no_table",
        "provision_count_is_usual",
        "is_in_ledger",
        "has_a_verdict",
        "times_the_others_is_usual",
    }
    assert {item.name for suite in SUITES.values() for item in suite.expectations} == tried


def test_a_missing_column_is_an_error_and_not_a_verdict(good: Tables) -> None:
    with pytest.raises(RuntimeError, match="numeral_is_explained"):
        judge(good["extracted/numerals"].drop("disposition"), SUITES["numerals"].expectations[1:])


# --- a plan's own failure -------------------------------------------------------------------------------------


def of(good: Tables, plan: str) -> Tables:
    """Return what was extracted from one plan, under the names of `SCHEMAS`."""
    return {name: good[f"extracted/{name}"].filter(plan_key=plan) for name in SCHEMAS}


def test_a_good_plan_has_no_failure_of_its_own(good: Tables) -> None:
    assert own_failure(of(good, "jia-2021")) is None


OWN: list[tuple[str, Callable[[pl.DataFrame], pl.DataFrame], str, list[str]]] = [
    (
        "measures",
        lambda f: f.with_columns(char_start=pl.col("char_start") + 1),
        "span_is_value_text",
        ["12亿元", "defect of the program"],
    ),
    (
        "measures",
        lambda f: f.with_columns(quote_zh=pl.lit("别的话12亿元30%500")),
        "quote_is_verbatim",
        ["别的话"],
    ),
    ("measures", lambda f: pl.concat([f] * 80), "text_is_no_table", ["without the tables"]),
    (
        "provisions",
        lambda f: f.with_columns(char_end=pl.col("char_end") - 1),
        "span_is_as_printed",
        ["provisions"],
    ),
]


@pytest.mark.parametrize(
    ("table", "change", "check", "words"), OWN, ids=[f"{case[0]}-{case[2]}" for case in OWN]
)
def test_a_failure_of_a_plan_is_named_with_its_words_and_what_to_do(
    good: Tables, table: str, change: Callable[[pl.DataFrame], pl.DataFrame], check: str, words: list[str]
) -> None:
    tables = of(good, "jia-2021")
    reason = own_failure(tables | {table: change(tables[table])}) or ""
    assert [word for word in (check, *words) if word not in reason] == []


def test_a_sentence_with_little_but_numbers_is_no_table(good: Tables) -> None:
    tables = of(good, "jia-2021")
    documents = tables["documents"].with_columns(char_count=pl.lit(20, pl.Int32))
    assert own_failure(tables | {"documents": documents}) is None


def test_a_plan_that_fails_its_own_check_is_quarantined_and_the_other_is_built(
    tmp_path: Path,
) -> None:
    for plan, text in (("jia-2021", TEXT), ("yi-2021", OTHER)):
        (tmp_path / plan).mkdir()
        (tmp_path / plan / "plan.txt").write_text(text, encoding="utf-8")
        (tmp_path / plan / "origin.yml").write_text(
            f"plan_id: {plan}\njurisdiction: {{name_zh: 甲市, level: county}}\n", encoding="utf-8"
        )
    before = build_corpus(tmp_path, {}, {}, NOW)
    page = "您访问的页面不存在,请返回首页。"
    (tmp_path / "yi-2021" / "plan.txt").write_text(page, encoding="utf-8")
    after = build_corpus(tmp_path, {}, before, NOW)
    status = {row["plan_key"]: row for row in after["plan_status"].iter_rows(named=True)}
    assert {plan: row["status"] for plan, row in status.items()} == {"jia-2021": "ok", "yi-2021": "stale"}
    assert "yi-2021/plan.txt: it fails the check something_was_found" in status["yi-2021"]["reason"]
    assert after["measures"].equals(before["measures"])


def test_every_check_of_a_plan_says_what_to_do() -> None:
    own = [item for suite in EXTRACTED for item in suite.expectations if item.severity is Severity.PLAN]
    assert own
    assert [item.name for item in own if not item.remedy] == []


# --- Great Expectations ---------------------------------------------------------------------------------------


def test_great_expectations_is_imported_only_when_a_table_is_judged() -> None:
    script = (
        "import sys, polars as pl\n"
        "import dagster_project.definitions, dagster_project.corpus.plans\n"
        "from dagster_project.quality.judge import judge\n"
        "from dagster_project.quality.extracted import EXTRACTED\n"
        "print('great_expectations' in sys.modules)\n"
        "numerals = EXTRACTED[-1].expectations[1:]\n"
        "frame = pl.DataFrame({'disposition': ['date']})\n"
        "judge(frame, numerals); first = sys.modules['great_expectations']\n"
        "judge(frame, numerals); print(sys.modules['great_expectations'] is first)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
