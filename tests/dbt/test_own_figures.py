"""Whose figure a number is, whose money, and what it may stand beside: two composed plans, from text to verdict."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dagster_project.corpus.build import build_corpus

TEXTS = {
    "jia-2022": """甲川市知识产权运营服务体系建设实施方案(2022-2024年)
甲川市人民政府
2022年3月1日
一、工作目标
(一)专利转化。中小微企业接受转让、许可专利的成交金额年均增幅25%以上,高校院所专利转让、许可的成交金额年均增幅30%以上。
(二)专利导航。针对高校院所沉睡专利,开展60项专利导航引领项目。
(三)服务机构。重点扶持3家专利代理机构;引进和培育知识产权服务机构达到8家以上。
二、主要任务
(一)推进质押融资。用好全市2亿元小微企业信贷风险补偿资金,将知识产权质押贷款纳入补偿范围。
牵头单位:市地方金融监管局
(二)发展服务业。鼓励机构集聚,培育服务品牌。
牵头单位:市市场监管局
三、保障措施
(一)经费保障。在中央财政下达9000万元的基础上,三年统筹安排1.2亿元知识产权专项资金。
(二)绩效管理。认真落实“用于公共服务的资金比例不得少于35%;以市场化方式使用的资金比例不得少于45%”的要求。
""",
    "yi-2023": """乙江市促进专利转化实施方案(2023-2025年)
乙江市人民政府
2023年5月1日
一、工作目标
(一)专利转化。专利技术合同成交额年均增幅35%以上。
(二)专利导航。实施产业规划类专利导航项目8个以上。
(三)服务机构。到2025年,专利代理机构总数达到30家;培育20家知识产权服务机构。
二、主要任务
(一)推进质押融资。设立5000万元知识产权质押融资风险补偿基金,所需资金由市级财政安排。
(二)资金使用。安排专项资金3000万元,用于公共服务的资金比例不少于40%。
三、保障措施
(一)经费保障。三年安排专项资金6000万元。
""",
}


@pytest.fixture(scope="module")
def plans(tmp_path_factory, build_tables):
    """The two plans, without the tests of dbt."""
    folder = tmp_path_factory.mktemp("own_figures")
    for plan_id, text in TEXTS.items():
        plan = folder / "raw" / plan_id
        plan.mkdir(parents=True)
        (plan / "plan.txt").write_text(text, encoding="utf-8")
        (plan / "origin.yml").write_text(
            f"plan_id: {plan_id}\njurisdiction: {{name_zh: {text[:3]}, level: prefecture}}\n",
            encoding="utf-8",
        )
    tables = build_corpus(folder / "raw", {}, {}, datetime(2024, 1, 1, tzinfo=UTC))
    return build_tables(tables, "--select", "+rpt_statement", "+rpt_theme_coverage")


@pytest.mark.parametrize(
    ("value_text", "comparability", "origin", "novelty", "payer"),
    [
        pytest.param("2亿元", "broader", "own", "existing", None, id="fund-that-admits-loans-on-ip"),
        pytest.param("5000万元", "exact", "own", "new", "city", id="fund-of-its-own"),
        pytest.param("35%", "not_comparable", "passed_on", None, None, id="rule-that-is-quoted"),
        pytest.param("45%", "not_comparable", "passed_on", None, None, id="rule-that-is-quoted-on"),
        pytest.param("40%", "exact", "own", None, None, id="rule-of-its-own"),
        pytest.param(
            "9000万元", "not_comparable", "own", None, "central", id="money-of-another-without-period"
        ),
        pytest.param("1.2亿元", "rescaled", "own", None, None, id="money-of-three-years-beside-it"),
        pytest.param("3000万元", "not_comparable", "own", None, None, id="money-without-period"),
        pytest.param("6000万元", "rescaled", "own", None, None, id="money-of-three-years"),
    ],
)
def test_whose_figure_and_whose_money(plans, value_text, comparability, origin, novelty, payer):
    query = f"""
        select comparability, origin, novelty, payer from rpt_statement
        where value_text = '{value_text}' and kind in ('funding', 'allocation')
    """
    assert [tuple(row.values()) for row in plans.rows(query)] == [(comparability, origin, novelty, payer)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("60项", "8个", id="navigation-of-dormant-patents-and-for-industries"),
        pytest.param("25%", "35%", id="deals-of-small-firms-and-all"),
        pytest.param("30%", "35%", id="deals-of-universities-and-all"),
        pytest.param("3家", "30家", id="agencies-supported-and-those-there-are"),
        pytest.param("8家", "20家", id="agencies-attracted-too-and-cultivated"),
    ],
)
def test_what_is_not_the_same_shares_no_axis(plans, one, other):
    query = """
        select distinct indicator_key from rpt_statement
        where value_text in ('{}', '{}') and kind = 'target' and comparable_value is not null
    """
    assert len(plans.values(query.format(one, other))) == 2


@pytest.mark.parametrize(
    ("value_text", "office_keys", "office_from"),
    [("2亿元", "local_financial", "own"), ("8家", "market_regulation", "theme"), ("60项", None, None)],
)
def test_who_answers_for_it(plans, value_text, office_keys, office_from):
    query = f"select office_keys, office_from from rpt_statement where value_text = '{value_text}'"
    assert [tuple(row.values()) for row in plans.rows(query)] == [(office_keys, office_from)]


@pytest.mark.parametrize(
    ("plan_key", "status"), [("jia-2022", "searched_not_found"), ("yi-2023", "outside_remit")]
)
def test_what_a_plan_is_not_about_it_does_not_miss(plans, plan_key, status):
    query = f"select status from rpt_theme_coverage where plan_key = '{plan_key}' and theme_key = 'copyright'"
    assert plans.values(query) == [status]
