"""Where a file holds several documents, it is told where the next one begins; what belongs to one document is not."""

from __future__ import annotations

import pytest

from dagster_project.reading import read

NOTE = "another document begins in this file, and is read as a part of the first"
OPINIONS = """\
云泽市人民政府关于加强电梯安全工作的意见
云政发〔2020〕6号
各区人民政府:
为加强电梯安全,提出如下意见。
一、明确责任。使用单位每15日至少维护一次。
二、更新改造。三年更新老旧电梯900部。
三、应急救援。城区30分钟内到达现场。
"""
PLAN = """\
海棠县冷链物流发展实施方案
为加快冷链物流发展,制定本方案。
一、目标。新建冷库20座。
二、任务。购置冷藏车60辆。
"""
LAW = """\
云泽市电梯安全管理办法
第一章 总则
第一条 为了加强电梯安全管理,制定本办法。
第二条 使用单位保存档案不少于5年。
"""
NOTICE = """\
海棠县商务局关于做好冷链物流补助申报工作的通知
各乡镇人民政府:
请于5月底前报送材料。
"""


def notes(text: str) -> list[str]:
    return [warning for warning in read(text).warnings if warning.endswith(NOTE)]


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        pytest.param(OPINIONS, PLAN, "海棠县冷链物流发展实施方案", id="a numbering starts again"),
        pytest.param(OPINIONS, LAW, "云泽市电梯安全管理办法", id="chapters behind 一、"),
        pytest.param(PLAN, NOTICE, "海棠县商务局关于做好冷链物流补助申报工作的通知", id="addressees"),
        pytest.param(
            "1. " + OPINIONS.replace("关于加强电梯安全工作的意见", "印发电梯安全工作方案的通知"),
            "2. 海棠县人民政府印发关于发展冷链物流的通知(2021年5月6日)\n海政发〔2021〕8号\n"
            + PLAN.split("\n", 1)[1],
            "海棠县人民政府印发关于发展冷链物流的通知(2021年5月6日)",
            id="entries of a collection",
        ),
        pytest.param(
            OPINIONS,
            PLAN.replace("冷链物流", "冷链\n物流", 1),
            "海棠县冷链物流发展实施方案",
            id="a title on two lines",
        ),
    ],
)
def test_another_document_is_told_with_its_title_and_place(first: str, second: str, title: str) -> None:
    text = first + "\n" + second
    place, line = text.index(title[:5], len(first)), first.count("\n") + 2
    assert notes(text) == [f"《{title}》 at {place}, line {line}: {NOTE}"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "云泽市人民政府关于印发《云泽市电梯安全管理办法》的通知\n各区人民政府:\n现将《云泽市电梯安全管理办法》印发给你们,"
            "并提出以下要求。\n一、认真学习。\n二、抓好落实。\n云泽市人民政府\n2020年6月12日\n\n" + LAW,
            id="a notice and its plan",
        ),
        pytest.param(
            OPINIONS
            + "附件:1.电梯安全任务分工方案\n2020年6月12日\n附件1\n云泽市电梯安全任务分工方案\n一、维护。\n二、更新。",
            id="an annex",
        ),
        pytest.param(
            OPINIONS
            + "附件:云泽市电梯安全任务分工方案\n2020年6月12日\n云泽市电梯安全任务分工方案\n一、维护。\n二、更新。",
            id="an annex that is announced and not headed 附件",
        ),
        pytest.param(OPINIONS + "附件1\n云泽市电梯改造申请表\n一、申请人\n二、改造内容\n", id="a form"),
        pytest.param(
            OPINIONS + "《云泽市人民政府关于加强电梯安全工作的意见》编制说明\n一、背景\n二、过程\n",
            id="编制说明",
        ),
        pytest.param(
            "云泽市产业发展规划\n重点任务\n一、建园区。建设园区3个。\n二、引企业。引进企业9家。\n"
            "保障措施\n一、资金。安排资金2亿元。\n二、用地。保障用地500亩。\n",
            id="headings without a number",
        ),
        pytest.param(
            OPINIONS.replace("意见\n", "意见\n云泽市人民政府关于加强电梯安全工作的意见\n", 1),
            id="a doubled title",
        ),
        pytest.param(
            OPINIONS
            + "四、落实。\n云泽市人民政府关于加强电梯安全工作的意见\n一、明确责任。每15日维护一次。\n",
            id="the same document again",
        ),
    ],
)
def test_what_belongs_to_a_document_is_no_other_one(text: str) -> None:
    assert notes(text) == []
