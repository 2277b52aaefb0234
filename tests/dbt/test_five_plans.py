"""Facts that the five plans must yield."""

import pytest

COMPARISON = """
    select plan_key, round(comparable_value, 2) as value, comparability, formula
    from rpt_indicator_comparison
    where indicator_key = '{}'
    order by plan_key, comparable_value
"""


@pytest.mark.parametrize(
    ("indicator_key", "expected"),
    [
        (
            "pledge_financing.amount_growth",
            [
                ("hebei-2021", 20.0, "narrower", "20% = 20 %/yr"),
                ("hefei-2020", 30.0, "exact", "30% = 30 %/yr"),
                ("weihai-2018", 10.0, "narrower", "10% = 10 %/yr"),
            ],
        ),
        (
            "pledge_financing.amount",
            [
                ("hebei-2021", None, "not_comparable", "115亿元 = 11,500,000,000 CNY"),
                ("zhengzhou-2023", 1.2e9, "exact", "12亿元 = 1,200,000,000 CNY"),
            ],
        ),
        *(
            (
                f"iso56005_organisation.award.level_{level}.per_recipient",
                [("zhangzhou-2024", float(value * 10_000), "exact", f"{value}萬元 = {value * 10_000:,} CNY")],
            )
            for level, value in enumerate((8, 12, 18, 24, 38), 1)
        ),
        ("pledge_financing.loss_share_fund", [("zhangzhou-2024", 80.0, "exact", "8∶2 = 80 %")]),
        ("pledge_financing.loss_share_bank", [("zhangzhou-2024", 20.0, "exact", "8∶2 = 20 %")]),
        # What leads dormant patents to use is no planning of industries.
        (
            "navigation_project_lead.count.per_year",
            [("hebei-2021", 33.33, "rescaled", "100 ÷ 3 = 33.33 /yr")],
        ),
        (
            "navigation_project_industry.count.per_year",
            [("hefei-2020", 1.67, "rescaled", "5 ÷ 3 = 1.67 /yr")],
        ),
        (
            "patent_navigation.demonstration_projects",
            [("hefei-2020", 1.67, "rescaled", "5 ÷ 3 = 1.67 /yr")],
        ),
        (
            "navigation_base.count.municipal_or_above.per_year",
            [("zhengzhou-2023", 10.0, "rescaled", "30 ÷ 3 = 10 /yr")],
        ),
        ("talent.patent_agents", [("weihai-2018", 10.0, "exact", "10名 = 10 /yr")]),
        (
            "practising_patent_agent.trained.count.per_year",
            [("zhengzhou-2023", 200.0, "rescaled", "600 ÷ 3 = 200 /yr")],
        ),
        (
            "geographical_indication.output_growth",
            [("hefei-2020", 4.77, "rescaled", "(1+15%)^(1/3)−1 = 4.77 %/yr")],
        ),
        # Rules of the ministry, which the plan quotes.
        ("governance_funding.service_cluster_share", [("hefei-2020", None, "not_comparable", "40% = 40 %")]),
        ("governance_funding.market_based_share", [("hefei-2020", None, "not_comparable", "40% = 40 %")]),
        # The plan says no period of the money of the centre, but of its own.
        (
            "governance_funding.central_funds",
            [("hefei-2020", None, "not_comparable", "1.5亿元 = 150,000,000 CNY")],
        ),
        (
            "governance_funding.local_funds",
            [("hefei-2020", 66666666.67, "rescaled", "200,000,000 ÷ 3 = 66,666,666.67 CNY/yr")],
        ),
        # A fund for small firms that admits loans on intellectual property, and was there before.
        (
            "inclusive_compensation_fund.fund_size.level_at_date",
            [("zhangzhou-2024", 1e8, "broader", "1億元 = 100,000,000 CNY")],
        ),
        # Those that are supported are not those that there are.
        (
            "patent_agency.supported.count.per_year",
            [("weihai-2018", 3.33, "rescaled", "10 ÷ 3 = 3.33 /yr")],
        ),
        # What small firms take over, and what universities give, is not all that is transferred.
        (
            "patent.concluded.growth_of_amount.sme",
            [("hebei-2021", 30.0, "exact", "30% = 30 %/yr")],
        ),
        (
            "patent.concluded.growth_of_amount.university_institute",
            [("hebei-2021", 30.0, "exact", "30% = 30 %/yr")],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_comparison_of_an_indicator(five, indicator_key, expected):
    assert [tuple(row.values()) for row in five.rows(COMPARISON.format(indicator_key))] == expected


def test_amount_that_zhengzhou_strives_for_is_aspirational(five):
    query = """
        select is_aspirational, period_end_year from rpt_indicator_comparison
        where indicator_key = 'pledge_financing.amount' and plan_key = 'zhengzhou-2023'
    """
    assert five.rows(query) == [{"is_aspirational": True, "period_end_year": 2025}]


def test_every_target_funding_and_allocation_of_a_headline_theme_has_an_indicator(five):
    query = """
        select measure_key from fct_measure inner join dim_theme using (theme_key)
        where is_headline and kind in ('target', 'funding', 'allocation') and indicator_key = 'unmapped'
    """
    assert five.values(query) == []


def test_few_other_targets_lack_an_indicator(five):
    [share] = five.values(
        "select avg((indicator_key = 'unmapped')::int) from fct_measure where kind = 'target'"
    )
    assert share < 0.1


@pytest.mark.parametrize(("field", "floor"), [("measure.theme", 0.97), ("provision.theme", 0.95)])
def test_themes_agree_with_the_reference_readings(five, field, floor):
    query = f"""select sum("right") / sum(assessed) from audit_accuracy where field = '{field}'"""
    assert five.values(query)[0] >= floor


# Micro-averaged F1 of sets of codes, without the codes on which the two readings did not agree.
SETS = """
    with found as (
        select matches.reference_key, list(bridge.{key}) as codes
        from int_accuracy_match as matches
        inner join {bridge} as bridge on matches.row_key = bridge.provision_key
        group by matches.reference_key
    ),
    sets as (
        select
            list_filter(found.codes, lambda code: not list_contains(reading.{disputed}, code)) as found,
            list_filter({codes}, lambda code: not list_contains(reading.{disputed}, code)) as read
        from found inner join stg_reference_provisions as reading on found.reference_key = reading.reference_key
    )
    select 2 * sum(len(list_intersect(found, read))) / (sum(len(found)) + sum(len(read))) from sets
"""


@pytest.mark.parametrize(
    ("bridge", "key", "codes", "disputed", "floor"),
    [
        pytest.param(
            "bridge_provision_x_theme",
            "theme_key",
            "list_concat(other_theme_keys, list_filter([theme_key], lambda code: code is not null))",
            "disputed_theme_keys",
            0.92,
            id="themes",
        ),
        pytest.param(
            "bridge_provision_x_instrument",
            "instrument_key",
            "instrument_keys",
            "disputed_instrument_keys",
            0.85,
            id="instruments",
        ),
    ],
)
def test_sets_of_codes_agree_with_the_reference_readings(five, bridge, key, codes, disputed, floor):
    [f1] = five.values(SETS.format(bridge=bridge, key=key, codes=codes, disputed=disputed))
    assert f1 >= floor


def test_pledge_growth_of_patents_only_is_narrower_than_of_all_rights(five):
    query = """
        select plan_key, rights, scope from rpt_indicator_comparison
        where indicator_key = 'pledge_financing.amount_growth' order by plan_key
    """
    assert [tuple(row.values()) for row in five.rows(query)] == [
        ("hebei-2021", "patent", "narrower"),
        ("hefei-2020", "all_ip", "same"),
        ("weihai-2018", "patent", "narrower"),
    ]


def test_navigation_is_stated_without_number_in_zhangzhou(five):
    query = """
        select status from rpt_theme_coverage
        where plan_key = 'zhangzhou-2024' and theme_key = 'patent_navigation'
    """
    assert five.values(query) == ["stated_without_number"]


@pytest.mark.parametrize(
    ("plan_key", "document_type"),
    [
        ("hebei-2021", "programme"),
        ("hefei-2020", "pilot_scheme"),
        ("weihai-2018", "pilot_scheme"),
        ("zhangzhou-2024", "subsidy_measures"),
        ("zhengzhou-2023", "programme"),
    ],
)
def test_plans_differ_in_kind(five, plan_key, document_type):
    assert five.values(f"select document_type from dim_plan where plan_key = '{plan_key}'") == [document_type]


def test_a_scheme_for_patents_does_not_miss_other_rights(five):
    query = (
        "select plan_key, theme_key from rpt_theme_coverage where status = 'outside_remit' order by theme_key"
    )
    assert [tuple(row.values()) for row in five.rows(query)] == [
        ("hebei-2021", theme) for theme in ("brand_trademark", "copyright", "geographical_indication")
    ]


def test_goal_has_the_offices_of_the_task_of_its_theme(five):
    query = """
        select office_keys, office_from, payer, binding, strength from rpt_statement
        where measure_key = 'hefei-2020@1102.1'
    """
    assert five.rows(query) == [
        {
            "office_keys": "market_regulation|finance|local_financial",
            "office_from": "theme",
            "payer": None,
            "binding": "plain",
            "strength": 3,
        }
    ]


def test_plans_without_offices_have_none_and_losses_are_borne_by_fund_and_bank(five):
    query = "select distinct plan_key from rpt_statement where office_keys is null order by plan_key"
    assert {"hebei-2021", "zhengzhou-2023"} <= set(five.values(query))
    query = "select value, payer from rpt_statement where kind = 'allocation' and payer is not null order by value"
    assert [tuple(row.values()) for row in five.rows(query)] == [(20.0, "bank"), (80.0, "fund")]


def test_every_item_of_the_policy_index_names_its_place(five):
    query = """
        select item_key, provision_key from rpt_policy_index
        where plan_key = 'hefei-2020' and item_key in ('evaluation.funding', 'incentive.sanction', 'time.medium')
        order by item_key
    """
    assert [tuple(row.values()) for row in five.rows(query)] == [
        ("evaluation.funding", "hefei-2020/四/(二)"),
        ("incentive.sanction", None),
        ("time.medium", None),
    ]


def test_documents_that_two_plans_cite_have_a_lag(five):
    query = """
        select document_key, plan_key, lag_years from rpt_citation
        where document_key in ('国发〔2015〕71号', '国发〔2016〕86号') order by document_key, plan_key
    """
    assert [tuple(row.values()) for row in five.rows(query)] == [
        ("国发〔2015〕71号", "hefei-2020", 5),
        ("国发〔2015〕71号", "weihai-2018", 3),
        ("国发〔2016〕86号", "hefei-2020", 4),
        ("国发〔2016〕86号", "weihai-2018", 2),
    ]


def test_award_carries_its_cap_and_its_condition(five):
    query = """
        select value_text, cap_value_text, cap_per, conditions_zh from rpt_incentive
        where measure_key = 'zhangzhou-2024@1797.1'
    """
    assert five.rows(query) == [
        {
            "value_text": "3萬元",
            "cap_value_text": "30萬元",
            "cap_per": "recipient-year",
            "conditions_zh": "高校和科研院所当年度向漳州市企业转让发明专利数量 6件",
        }
    ]
