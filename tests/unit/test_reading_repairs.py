"""Each repair mends its damage, leaves its look-alikes alone, and is recorded."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from dagster_project.reading import read

LONG = "推动知识产权与产业深度融合发展并不断完善工作机制"
# Lines of one width that end in the middle of words, and others that end at marks.
BROKEN_AT_MARKS = "\n".join(
    f"推动第{n:02}项知识产权工作与产业深度融合发展并且加强保护运用的\n主导企业培育一批专利组合、\n平台建设、\n标准制定、\n人才培养。"
    for n in range(25)
)
WRAPPED = """\
推动知识产权与产业融合发展,完善协同机制,引导企业加大
研发投入,培育一批竞争力强的专利组合,支持服务机构建
设专利数据库,面向中小企业开展检索分析服务,帮助企业
提升运用能力,鼓励银行机构扩大质押融资规模,降低融资
成本,形成可以推广的经验。"""

# Lines of so many characters each, as a plain-text editor breaks them, whatever their width in print.
COUNTED = "".join(
    f"推动第{n}项知识产权工作与产业深度融合发展,培育一批专利组合和服务机构,有效发明专利达到{n * 1117}件,"
    + (
        f"登记融资{10**n}笔、{n}00亿元,其中企业{n}2345家、高校{n}6789家、院所{n}321家,同比{n}1.5%、{n}2.5%,"
        if n % 3 == 0
        else "加强宣传培训和队伍建设,"
    )
    for n in range(1, 13)
)


def printed(paragraph: str, width: int) -> str:
    """Break a paragraph as print does: an indent of two, an ideograph and its marks one wide, all else a half."""
    lines, line, room = [], "", width - 2.0
    for character in paragraph:
        wide = 0.5 if character.isascii() and character not in ",;:()" else 1.0
        if room < wide and character not in ",、。”)":
            lines.append(line)
            line, room = "", float(width)
        line += character
        room -= wide
    return "\n".join([*lines, line])


# Many marks in some lines and none in others: folding makes them ASCII, and the lines look unlike.
PARAGRAPHS = [
    "支持服务机构,租赁办公用房,(含共享工位),按企业、科研院所、高新园区,分别建档,给予租金减免并由主管部门统筹安排后续的综合服务保障工作",
    "推动公共服务网点向县域延伸并与政务大厅、产业园区、高校图书馆、检测平台、创业基地等共建共享,按年度考核(含抽查),择优予以支持",
    "引导金融机构围绕轻资产科技型中小企业开发适合其特点的质押贷款产品并建立绿色审批通道降低综合融资成本和担保费率等各项支出水平",
    "加强人才培养,健全职称评价,完善激励机制,壮大队伍,(详见附表),鼓励高校开设专业课程并与代理机构共建实习实训场所和案例资源库",
]

# The same with words in quotation marks; print as PDFs give it is broken at marks, too.
QUOTING = [
    each.replace("支持服务", "支持首次成为“小巨人”企业的服务").replace("推动公共", "推动公共“一站式”")
    for each in PARAGRAPHS
]
NUMBERED = [f"({n}){','.join(pair)}。" for n, pair in enumerate(pairwise(PARAGRAPHS + QUOTING), 1)]
AT_MARKS = "\n".join(
    printed(each, 40) if n < 4 else re.sub("(?<=[,、”])\n?|\n?(?=“)", "\n", printed(each, 40))
    for n, each in enumerate(NUMBERED)
)


@pytest.mark.parametrize(
    ("rule", "raw", "read_as"),
    [
        pytest.param("lost_separator", "分别增长203.5%83.6%。", "分别增长203.5%、83.6%。", id="percent"),
        pytest.param(
            "lost_separator", "分别给予3%2%1%补助。", "分别给予3%、2%、1%补助。", id="three percent"
        ),
        pytest.param("lost_separator", "分别奖励50万元30万元。", "分别奖励50万元、30万元。", id="money"),
        pytest.param(
            "lost_date_characters", "2021415日前报备。", "2021年4月15日前报备。", id="year and month"
        ),
        pytest.param("lost_date_characters", "2021年430日前。", "2021年4月30日前。", id="month"),
        pytest.param("lost_date_characters", "20214月30日前。", "2021年4月30日前。", id="year"),
        pytest.param("lost_date_characters", "20211231日前。", "2021年12月31日前。", id="four digits"),
        pytest.param("lost_date_characters", "2021105日前。", "2021年10月5日前。", id="no leading zero"),
        pytest.param(
            "lost_date_characters", "阶段(20211-20213月)", "阶段(2021年1月-2021年3月)", id="range of months"
        ),
        pytest.param(
            "lost_date_characters",
            "阶段(20214-202310月)",
            "阶段(2021年4月-2023年10月)",
            id="range of one and two digits",
        ),
        pytest.param("lost_bracket", "(财办建〔202123号)", "(财办建〔2021〕23号)", id="closing bracket"),
        pytest.param("lost_bracket", "(国发2021〕23号)", "(国发〔2021〕23号)", id="opening bracket"),
        pytest.param("mojibake", "以“4?26”为契机", "以“4·26”为契机", id="day of the year"),
        pytest.param("mojibake", "在2021?2025年间", "在2021—2025年间", id="years"),
        pytest.param("watermark", "由各部门落实。www.example.com", "由各部门落实。", id="line end"),
        pytest.param(
            "watermark", "管委会等)www.example.com\n下一行", "管委会等)\n下一行", id="behind a bracket"
        ),
        pytest.param("watermark", "知识产权www.example.com.cn质押", "知识产权质押", id="in a sentence"),
        pytest.param(
            "stray_space",
            "组织企业,组织协会,加大力度,组 织联盟建设。",
            "组织企业,组织协会,加大力度,组织联盟建设。",
            id="word",
        ),
        pytest.param("stray_space", "培育 50 家企业。", "培育50家企业。", id="figures"),
        pytest.param("hard_wrap", f"{LONG},新增发明专利4\n0件。", f"{LONG},新增发明专利40件。", id="digits"),
        pytest.param(
            "hard_wrap",
            f"{LONG},新增发明专利4\n\f0件。",
            f"{LONG},新增发明专利40件。",
            id="digits on two pages",
        ),
        pytest.param("hard_wrap", f"{LONG},\n加强保护。", f"{LONG},加强保护。", id="comma"),
        pytest.param("hard_wrap", f"{LONG}\n。加强保护。", f"{LONG}。加强保护。", id="closing punctuation"),
        pytest.param("hard_wrap", "(一)\n加强保护。", "(一)加强保护。", id="number alone"),
        pytest.param("hard_wrap", WRAPPED, WRAPPED.replace("\n", ""), id="lines of one width"),
        pytest.param(
            "hard_wrap",
            "\n".join(COUNTED[at : at + 30] for at in range(0, len(COUNTED), 30)),
            COUNTED,
            id="lines of one length",
        ),
        pytest.param(
            "hard_wrap",
            BROKEN_AT_MARKS,
            BROKEN_AT_MARKS.replace("、\n", "、").replace("的\n", "的"),
            id="marks",
        ),
        pytest.param(
            "hard_wrap",
            f"{WRAPPED}\n{WRAPPED}".replace("\n", "\n\n"),
            f"{WRAPPED}\n{WRAPPED}".replace("\n", "").replace("。推", "。\n\n推"),
            id="empty lines between all lines",
        ),
        pytest.param(
            "hard_wrap",
            "\n".join(printed(f"({n}){each}。", 40) for n, each in enumerate(PARAGRAPHS, 1)),
            "\n".join(f"({n}){each}。" for n, each in enumerate(PARAGRAPHS, 1)),
            id="indented paragraphs with many marks",
        ),
        pytest.param(
            "hard_wrap",
            AT_MARKS,
            "\n".join(NUMBERED),
            id="broken at quotation marks, too",
        ),
        pytest.param(
            "hard_wrap",
            "检测平台\n7\n推进大型仪器设备开放共享平台建\n设,整合各类检验检测资源,纳入共\n享目录的仪器设备达到2400台,带\n动企业150家。\n各区",
            "检测平台\n7\n推进大型仪器设备开放共享平台建设,整合各类检验检测资源,纳入共享目录的仪器设备达到2400台,带动企业150家。\n各区",
            id="a narrow column",
        ),
        pytest.param("page_number", f"{LONG}\n\n— 3 —\n\n培育", f"{LONG}\n培育", id="page number"),
        pytest.param("html_leftover", "知识&nbsp;产权<br/>保护", "知识 产权\n保护", id="entity and tag"),
        pytest.param("html_leftover", "<p class='a'>知识</p>", "\n知识\n", id="paragraph"),
    ],
)
def test_damage_is_repaired(rule: str, raw: str, read_as: str) -> None:
    reading = read(raw)
    assert (reading.view.text, {repair.rule for repair in reading.repairs}) == (read_as, {rule})


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("增长20%以上,占比1.5%。", id="percent apart"),
        pytest.param("每5人1人入选。", id="a rate"),
        pytest.param("2021年4月15日印发。", id="whole date"),
        pytest.param("规划期为2021-2025年。", id="years"),
        pytest.param("资金2021412元。", id="figure with the digits of a date"),
        pytest.param("2021年11月-2021年3月", id="a range that runs backwards"),
        pytest.param("(国发〔2015〕71号)", id="whole number"),
        pytest.param("完成了吗?26家企业。", id="question"),
        pytest.param("登录www.example.gov.cn查询。", id="address that the text names"),
        pytest.param("网址:www.example.gov.cn", id="labelled address"),
        pytest.param("组 长:张海波 市委副书记、市长", id="name list"),
        pytest.param("河北省知识产权局 河北省财政厅", id="two offices"),
        pytest.param("根据《关于实施计划 助力企业的通知》,计划助力企业,计划助力发展。", id="title in halves"),
        pytest.param("第一条 为了保护,第一条为了,第一条为了。", id="article and text"),
        pytest.param("1.开展专利导航示范项目\n出台专利导航实施相关政策。", id="heading and text"),
        pytest.param("市知识产权局\n2023年5月6日", id="signature"),
        pytest.param("关于印发<专利转化方案>的通知", id="title in angle brackets"),
        pytest.param("2021\n2022\n2023", id="column of figures"),
        pytest.param(
            "云岭新材料产业园基础设施项目\n临溪生物医药产业园二期的项目\n江岸集成电路封装和测试的项目\n高端装备制造产业园项目。",
            id="names of one width",
        ),
        pytest.param(
            "\n".join(
                f"第{n}章 健全全市知识产权公共服务体系\n{each}。"
                for n, each in zip("一二三四", PARAGRAPHS, strict=True)
            ),
            id="headings above paragraphs",
        ),
    ],
)
def test_what_looks_like_damage_and_is_none_is_left_alone(raw: str) -> None:
    reading = read(raw)
    assert (reading.view.text, reading.repairs) == (raw, ())


def test_an_ambiguous_date_is_left_as_printed_with_a_warning() -> None:
    reading = read("2021111日前完成。")
    assert (reading.view.text, reading.warnings) == (
        "2021111日前完成。",
        ("2021111日 at 0 can be read in more than one way: left as printed",),
    )


def test_a_figure_parted_by_an_empty_line_is_left_as_printed_with_a_warning() -> None:
    reading = read(f"{LONG},新增发明专利4\n\n0件。")
    assert reading.view.text.endswith("4\n\n0件。")
    assert reading.warnings == ("4⏎0 at 31 can be read in more than one way: left as printed",)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("装机容量达到2 0 6 0万千瓦。", ("2 0 6 0 at 6 can be read in more than one way: left as printed",)),
        ("完成第1 2 3项任务。", ()),
        ("完成的指标为 1 2 3项。", ()),
        ("新增30家、培训40人、奖励5 万元。", ()),
    ],
)
def test_one_figure_with_its_digits_apart_is_left_as_printed_with_a_warning(
    raw: str, said: tuple[str, ...]
) -> None:
    assert read(raw).warnings == said


@pytest.mark.parametrize(
    "below", ["2.培育企业30家。", "(二)培育企业30家。", "2023年,培育企业30家。", "第3家以上。"]
)
def test_what_stands_below_an_empty_line_on_its_own_is_no_part_of_a_figure(below: str) -> None:
    warnings = read(f"{LONG},新增发明专利4\n\n{below}").warnings
    assert not any("in more than one way" in warning for warning in warnings)


def test_a_repair_records_the_raw_text_and_its_place() -> None:
    (repair,) = read("專利(財辦建〔202123號)").repairs
    assert (repair.char_start, repair.char_end, repair.before, repair.after) == (
        6,
        14,
        "〔202123號",
        "〔2021〕23号",
    )


def test_a_character_that_a_repair_put_in_has_an_empty_raw_span() -> None:
    view = read("增长203.5%83.6%。").view
    at = view.text.index("、")
    assert (view.raw_span(at, at + 1), view.raw_span(at + 1, at + 6)) == ((8, 8), (8, 13))
