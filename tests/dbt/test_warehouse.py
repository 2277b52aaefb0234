"""What the warehouse says about small tables, one fact a test."""

import pytest


def test_count_by_the_last_year_is_spread_over_the_plan_period(made):
    [row] = made.rows(
        "select comparable_value, formula from rpt_indicator_comparison where plan_key = 'city-2023'"
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


def test_baseline_stands_apart_with_its_reason(made):
    [row] = made.rows(
        "select comparable_value, comparability, scope, reason_en from rpt_indicator_comparison"
        " where plan_key = 'province-2023'"
    )
    assert row == {
        "comparable_value": None,
        "comparability": "not_comparable",
        "scope": "narrower",
        "reason_en": "A report of the past, not a target. The plan means less than the indicator "
        "(for example patents only).",
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
        pytest.param("farms-2023", "talent", "searched_not_found", id="training-of-farmers-is-no-ip-talent"),
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


def test_office_without_alias_keeps_its_name_and_is_reported(made):
    assert made.rows("select agency_key, name_en from dim_agency where not is_known") == [
        {"agency_key": "博物馆", "name_en": "博物馆"}
    ]
    assert made.values(
        "select words_zh from audit_unmapped where what = 'office without canonical name'"
    ) == ["市博物馆"]


def test_measure_whose_unit_fits_no_indicator_is_unmapped_and_reported(made):
    query = "select item_key from audit_unmapped where what = 'measure without indicator'"
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
    assert made.values(query) == ["合政〔2023〕1号", "某市人民政府,2023-05-01", "某市人民政府,2023-05-01"]
