"""What the warehouse says about small tables, one fact a test."""

import openpyxl
import pytest

from dagster_project.release.stage import read_marts
from dagster_project.release.workbook import write_workbook
from dagster_project.warehouse.dbt_project import load_marts


def test_count_by_the_last_year_is_spread_over_the_plan_period(made):
    [row] = made.rows(
        "select comparable_value, formula from rpt_indicator_comparison"
        " where measure_key = 'city-2023@200.1' and is_own"
    )
    assert row == {"comparable_value": 10.0, "formula": "30 ÷ 3 = 10 /yr"}


def test_restatement_keeps_its_row_and_its_first_statement(made):
    query = "select measure_key, restates_measure_key from fct_measure where is_restatement"
    assert made.rows(query) == [{"measure_key": "city-2023@300.1", "restates_measure_key": "city-2023@200.1"}]


def test_restatement_is_not_counted_in_coverage(made):
    query = """
        select targets from rpt_theme_coverage where plan_key = 'city-2023' and theme_key = 'patent_navigation'
    """
    assert made.values(query) == [1]


def test_report_of_the_past_is_a_measure_but_no_commitment_in_coverage(made):
    query = """
        select measures, commitments from rpt_theme_coverage
        where plan_key = 'town-2023' and theme_key = 'patent_navigation'
    """
    assert made.rows(query) == [{"measures": 2, "commitments": 1}]


def test_theme_is_quantified_exactly_where_it_has_commitments(five):
    query = "select theme_key, plan_key from rpt_theme_coverage where (status = 'quantified') != (commitments > 0)"
    assert five.rows(query) == []


def test_yearly_money_one_off_money_and_money_per_item_are_not_added_up(made):
    query = """
        select money::double as money, money_per_year::double as money_per_year from rpt_theme_coverage
        where plan_key = 'town-2023' and theme_key = 'governance_funding'
    """
    assert made.rows(query) == [{"money": 1e8, "money_per_year": 3e7}]


def test_yearly_fund_is_exact_without_a_period(made):
    query = """
        select indicator_key, comparability, comparable_value from rpt_indicator_comparison
        where measure_key = 'town-2023@700.1' and is_own
    """
    assert made.rows(query) == [
        {"indicator_key": "governance_funding.local_funds", "comparability": "exact", "comparable_value": 3e7}
    ]


MATCHED = [
    "bridge_measure_x_theme",
    "bridge_provision_x_theme",
    "bridge_provision_x_instrument",
    "rpt_theme_coverage",
]


@pytest.mark.parametrize("table", MATCHED)
def test_matched_terms_are_words_and_no_expressions(five, table):
    words = set("、".join(five.values(f"select distinct coalesce(matched_terms_zh, '') from {table}")))
    assert "人" in words
    assert words.isdisjoint("[]{}|?*^$\\")


def test_matched_terms_are_the_words_of_the_text_each_once(made):
    query = """
        select matched_terms_zh from rpt_theme_coverage where plan_key = 'province-2023' and theme_key = 'talent'
    """
    [terms] = made.values(query)
    words = terms.split("、")
    text = "培养知识产权高层次人才 选育知识产权人才,引进知识产权骨干人才。"
    assert [word for word in words if word not in text] == []
    assert len(words) == len(set(words)) > 1


def test_baseline_stands_apart_with_its_reason(made):
    [row] = made.rows(
        "select comparable_value, comparability, scope, reason_en from rpt_indicator_comparison"
        " where plan_key = 'province-2023'"
    )
    assert row == {
        "comparable_value": None,
        "comparability": "not_comparable",
        "scope": "narrower",
        "reason_en": "A report of the past, not a target. The object “pledge financing of patents” is narrower than "
        "“pledge financing of IP”.",
    }


def test_place_that_describes_itself_joins_the_places_of_the_seed(made):
    query = "select name_en, is_province, population from dim_jurisdiction where jurisdiction_key = '990000'"
    assert made.rows(query) == [{"name_en": "某省", "is_province": True, "population": None}]


@pytest.mark.parametrize(
    ("plan_key", "theme_key", "status"),
    [
        pytest.param("city-2023", "patent_navigation", "quantified", id="a-target-quantifies"),
        pytest.param("city-2023", "awareness", "stated_without_number", id="a-provision-states"),
        pytest.param("city-2023", "copyright", "mentioned_only", id="a-word-mentions"),
        pytest.param("city-2023", "brand_trademark", "searched_not_found", id="no-word-at-all"),
        pytest.param(
            "province-2023", "pledge_financing", "mentioned_only", id="a-baseline-does-not-quantify"
        ),
        pytest.param("farms-2023", "talent", "outside_remit", id="training-of-farmers-is-no-ip-talent"),
    ],
)
def test_coverage_status(made, plan_key, theme_key, status):
    query = (
        f"select status from rpt_theme_coverage where plan_key = '{plan_key}' and theme_key = '{theme_key}'"
    )
    assert made.values(query) == [status]


def test_provision_that_is_not_about_ip_has_the_theme_other(made):
    assert made.values("select theme_key from fct_provision where plan_key = 'farms-2023'") == ["other"]


def test_names_of_one_office_share_its_key(made):
    query = "select printed_name_zh from bridge_provision_x_agency where agency_key = 'development_reform' order by 1"
    assert made.values(query) == ["市发改委", "省发展和改革委员会"]


def test_magnitudes_are_told_from_units_that_begin_like_them(made):
    assert "magnitude_is_that_of_the_text" in made.output
    assert "WARN=0" in made.output


def test_office_without_alias_keeps_its_name_and_is_reported_once(made):
    assert made.rows("select agency_key, name_en from dim_agency where not is_known") == [
        {"agency_key": "博物馆", "name_en": "博物馆"}
    ]
    assert made.values(
        "select words_zh from audit_unmapped where what = 'office without canonical name'"
    ) == ["县博物馆、市博物馆"]


def test_measure_whose_words_name_no_object_is_unmapped_and_reported(made):
    query = "select item_key from audit_unmapped where what = 'measure without indicator' and plan_key = 'city-2023'"
    assert made.values(query) == ["city-2023@500.1"]


@pytest.mark.parametrize(
    ("field", "right", "assessed"),
    [("measure.found", 2, 3), ("measure.precision", 2, 3), ("measure.theme", 1, 2), ("measure.unit", 2, 2)],
)
def test_accuracy_counts_right_answers(made, field, right, assessed):
    query = (
        f"""select "right", assessed from audit_accuracy where plan_key = 'city-2023' and field = '{field}'"""
    )
    assert made.rows(query) == [{"right": right, "assessed": assessed}]


def test_plan_without_reference_reading_is_not_assessed(made):
    query = "select distinct status, assessed from audit_accuracy where plan_key = 'province-2023'"
    assert made.rows(query) == [{"status": "not assessed", "assessed": 0}]


def test_plan_without_number_is_cited_by_issuer_and_date(made):
    query = "select citation_zh from dim_plan order by plan_key"
    assert made.values(query)[:3] == ["合政〔2023〕1号", "某市人民政府,2023-05-01", "某市人民政府,2023-05-01"]


def test_plan_without_title_is_cited_by_its_key(made):
    query = "select citation_zh from dim_plan where title_zh is null order by plan_key"
    assert made.values(query) == [
        "untitled-2023,未载明标题,威政〔2023〕2号",
        "untold-2023,未载明标题,未注明文号和日期",
    ]


@pytest.fixture(scope="module")
def workbook(five, tmp_path_factory):
    marts = load_marts(five.path.parent / "dbt" / "definitions.json")
    path = tmp_path_factory.mktemp("workbook") / "measures.xlsx"
    write_workbook(read_marts(five.path, marts), marts, path)
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("line", [0, 1], ids=["Chinese", "English"])
@pytest.mark.parametrize("sheet", ["measures", "comparison", "plans"])
def test_no_two_columns_of_a_sheet_have_the_same_header(workbook, sheet, line):
    heads = [cell.value.split("\n")[line] for cell in workbook[sheet][1]]
    assert [head for head in heads if heads.count(head) > 1] == []


def test_names_of_theme_and_indicator_are_headed_as_such(workbook):
    heads = [cell.value for cell in workbook["comparison"][1]]
    assert {"主题\nTheme (Chinese)", "指标\nIndicator (Chinese)"} <= set(heads)
