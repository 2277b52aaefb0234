"""Annexes: which of them are read, where the body goes on behind them, and cells that stand on several lines."""

from __future__ import annotations

import pytest

from dagster_project.extraction import extract
from dagster_project.reading import read
from dagster_project.records import Reading, Role

PLAN = """云岭市知识产权强市建设实施方案
2025年2月18日
一、目标
到2027年,知识产权综合实力明显增强,指标见附件1。
二、任务
(一)促进创造。组建专利池2个。
(二)强化保护。新设工作站6家。
"""
TARGETS = """附件1
强市建设主要指标
序号\t指标\t单位\t2024年\t2027年
1\t专利许可次数\t次\t40\t90
2\t专利质押融资额\t亿元\t1.5\t3
"""
FORM = """附件2
专利资助申请表
企业名称
上年度营业收入 5000万元
"""
BODY_AGAIN = "三、保障\n市财政每年安排专项资金800万元。\n"


def roles(reading: Reading, role: Role) -> list[str]:
    return [reading.view.text[b.start : b.end] for b in reading.blocks if b.role is role]


def values(text: str) -> list[str]:
    return [m.value_text for m in extract(read(text)).measures]


def test_an_annex_of_targets_is_read_and_a_form_is_not() -> None:
    assert values(PLAN + TARGETS + FORM) == ["2个", "6家", "40", "90", "1.5", "3"]


def test_the_figures_of_an_annex_belong_to_no_provision_but_to_its_caption() -> None:
    found = extract(read(PLAN + TARGETS)).measures[2:]
    assert {(m.provision, m.headings) for m in found} == {(None, ("附件1 强市建设主要指标",))}


@pytest.mark.parametrize(
    "annex",
    [
        pytest.param("附件\n领导小组组成人员名单\n组 长:张某 副区长\n成 员:李某 电话12345678\n", id="names"),
        pytest.param("附表1\n专利工作考评细则\n一、创造(40分)\n新增专利100件得10分。\n", id="rubric"),
        pytest.param(
            "附表1\n品牌工作考核表\n序号\t内容\t分值\n1\t新建3家指导站\t30\n", id="points in a column"
        ),
        pytest.param("附件\n奖补资金汇总表\n序号\t单位\t金额\n1\t\t\n2\t\t\n", id="blanks"),
        pytest.param("附件\n专利奖申报书\n近两年转让专利20件\n", id="form"),
    ],
)
def test_what_says_nothing_of_what_is_done_is_not_read(annex: str) -> None:
    assert values(PLAN + annex) == ["2个", "6家"]


@pytest.mark.parametrize("annex", [TARGETS, FORM, TARGETS + FORM])
def test_the_body_goes_on_where_its_numbering_does(annex: str) -> None:
    reading = read(PLAN + annex + BODY_AGAIN)
    assert [p.number for p in reading.provisions] == ["一", "二/(一)", "二/(二)", "三"]
    assert values(PLAN + annex + BODY_AGAIN)[-1] == "800万元"
    assert reading.blocks == tuple(sorted(reading.blocks, key=lambda block: block.start))


def test_an_annex_with_a_numbering_of_its_own_does_not_end_at_it() -> None:
    own = "附件\n工作考评细则\n一、创造(40分)\n二、保护(30分)\n三、运用(30分)\n新增专利100件得10分。\n"
    assert [p.number for p in read(PLAN + own).provisions] == ["一", "二/(一)", "二/(二)"]


def test_a_table_under_its_heading_belongs_to_it() -> None:
    head, tasks = PLAN.split("二、任务")
    captioned = TARGETS.replace("附件1\n", "附表1 ")
    found = extract(read(head + captioned + "二、任务" + tasks)).measures
    assert [m.provision for m in found] == [0, 0, 0, 0, 1, 2]


@pytest.mark.parametrize(
    "line", ["附件:1.专利资助申请表\n2.主要指标表\n", "附件:主要指标表\n", "见附件1主要指标。\n"]
)
def test_what_announces_an_annex_is_none(line: str) -> None:
    assert not roles(read(PLAN + BODY_AGAIN + line), Role.ANNEX)


@pytest.mark.parametrize("name", ["附\n则", "附则", "附 则"])
def test_a_chapter_of_closing_rules_is_no_annex(name: str) -> None:
    text = f"甲市专利办法\n第一章 总\n则\n第一条 激励创造。\n第二章 {name}\n第二条 单个企业每年补助不超过50万元。\n"
    assert [p.number for p in read(text).provisions] == ["第一章/第一条", "第二章/第二条"]
    assert values(text.replace("第二章 附", "附")) == ["50万元"]


LINES = """附表1
质量提升主要指标
序号
指标
名称
计量
单位
2024年
2027年
目标
牵头
处室
1
专利国际申
请数量
件
120
≥200
创造科
2
知识产权保护满意
度
分
-
84以上
保护科
3
专利商标质押登记
金额
亿元
3.2
4.5
运用科
"""


@pytest.mark.parametrize("after", ["", "(单位负责人签字:)\n", BODY_AGAIN])
def test_cells_on_several_lines_are_joined(after: str) -> None:
    found = extract(read(PLAN + LINES + after)).measures[2:7]
    assert [(m.value_text, m.unit, m.indicator, m.period.end_year if m.period else None) for m in found] == [
        ("120", "item", "专利国际申请数量", 2024),
        ("200", "item", "专利国际申请数量", 2027),
        ("84", "other", "知识产权保护满意度", 2027),
        ("3.2", "CNY", "专利商标质押登记金额", 2024),
        ("4.5", "CNY", "专利商标质押登记金额", 2027),
    ]


def test_rows_count_on_below_the_head_of_the_next_page() -> None:
    head = "序号\n指标名称\n单位\n2024年\n2027年\n"
    table = f"{head}1\n注册商标\n万件\n1.2\n2\n2\n指导站\n家\n10\n25\n\n# Page 12:\n{head}"
    table += "3\n地理标志用标\n企业\n家\n40\n60\n4\n质押融资\n亿元\n1\n3\n"
    found = extract(read(PLAN + "附表1\n主要指标\n" + table)).measures[2:]
    assert [m.value_text for m in found] == ["1.2", "2", "10", "25", "40", "60", "1", "3"]
    assert {m.indicator for m in found} == {"注册商标", "指导站", "地理标志用标企业", "质押融资"}


TASKS = """附表2
重点任务清单
序号
任务名称
工作要求
完成时限
责任单位
1
专利导航基地建设
每个县(区)至少建立
1个,三年累计新增12
个
2026年底前
促进科
2
服务机构整治
抽查率≥5%,投诉办结率
100%
2025年12月
监管科、保护
科
3
人才培养
培训专利工程师60
名;举办研修班4期
持续推进
综合科
"""


def test_tasks_on_lines_are_clauses_named_by_their_row_where_they_have_no_subject() -> None:
    found = extract(read(PLAN + TASKS + BODY_AGAIN)).measures[2:8]
    assert [(m.value, m.indicator, m.period.end_year if m.period else None) for m in found] == [
        (1, "每个县(区)专利导航基地", 2026),
        (12, "专利导航基地", None),
        (5, "抽查率", 2025),
        (100, "投诉办结率", 2025),
        (60, "培训专利工程师", None),
        (4, "研修班", None),
    ]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            "序号\n任务\n内容\n单位\n1\n导航\n建立基地\n科技局\n2\n保护\n办案\n3\n运用\n转化\n金融办",
            id="a cell is missing",
        ),
        pytest.param("序号\n1\n导航\n2\n保护\n3\n运用", id="no heads"),
        pytest.param("序号\n指标\n2025年\n1\n导航\n5\n保护\n7", id="one number"),
    ],
)
def test_rows_that_cannot_be_dealt_out_stay_as_printed(table: str) -> None:
    assert not [r for r in read(PLAN + "附表1\n任务清单\n" + table).repairs if r.rule == "broken_cell"]


def test_awards_in_a_table_of_words_are_named_by_their_class() -> None:
    table = (
        "附件1\n专利转化补助标准表\n| 类别 | 补助条件 | 补助标准 |\n| --- | --- | --- |\n"
        "| 专利转让 | 交易额50万元以上 | 按交易额的8%补助,最高20万元 |\n| 专利导航 | 完成验收 | 每项10万元 |\n"
    )
    found = extract(read(PLAN + table)).measures[2:]
    assert [(m.value_text, m.kind, m.indicator) for m in found] == [
        ("50万元", "condition", "交易额"),
        ("8%", "incentive", "专利转让交易额补助比例"),
        ("20万元", "incentive", "专利转让补助上限"),
        ("10万元", "incentive", "专利导航每项补助"),
    ]
