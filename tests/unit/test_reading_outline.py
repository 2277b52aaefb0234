"""The outline of texts of many kinds is the one that a reader would draw."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.reading import outline_lines, read
from dagster_project.reading.marks import STYLES
from dagster_project.records import Reading, Role

TEXTS = Path(__file__).parent / "texts"


def read_text(name: str) -> Reading:
    return read((TEXTS / f"{name}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.outline")), ids=lambda path: path.stem)
def test_the_outline_is_as_expected(path: Path) -> None:
    expected = [tuple(line.split("\t")) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(p.number, p.section, p.heading) for p in read_text(path.stem).provisions] == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param(
            ["第一编 甲", "第一章 乙", "第一节 丙", "第一条 丁。"], "第一编/第一章/第一节/第一条", id="law"
        ),
        pytest.param(
            ["壹、甲", "一、乙", "(一)丙", "1.丁", "(1)戊", "①己"], "壹/一/(一)/1/(1)/①", id="official"
        ),
        pytest.param(["一、甲", "（一）乙", "1、丙"], "一/(一)/1", id="full-width brackets, 顿号"),
        pytest.param(["一、甲", "㈠乙", "⒈丙", "⑴丁"], "一/(一)/1/(1)", id="numbers in one character"),
        pytest.param(["一、甲", "1．乙"], "一/1", id="full-width point"),
        pytest.param(["一、甲", "——乙"], "一/-1", id="long dash"),
        pytest.param(["一、甲", "--乙"], "一/-1", id="two hyphens"),
        pytest.param(["一、甲", "● 乙"], "一/-1", id="bullet"),
        pytest.param(["一、甲", "——乙", "· 丙"], "一/-1/-1", id="bullet below bullet"),
        pytest.param(["一、现状", "一是稳步提升。", "二是更加完善。"], "一/二是", id="statements"),
        pytest.param(["1 总则", "1.1 目的", "1.1.1 依据"], "1/1.1/1.1.1", id="decimal"),
        pytest.param(["一、甲", "专栏1 乙", "1.丙"], "一/专栏1/1", id="box"),
        pytest.param(
            ["卡片 1 甲补助", "(1)乙。", "卡片 2 丙补助", "(1)丁。"], "卡片2/(1)", id="cards of a guide"
        ),
        pytest.param(
            ["一、甲", "事项1 乙", "事项2个,丙。"], "一/事项1", id="matters, but no number of matters"
        ),
        pytest.param(["一、甲", "(一)乙", "二、丙", "(二)丁"], "二/(二)", id="numbers that run on"),
        pytest.param(["1.甲", "(一)乙", "2.丙", "(一)丁"], "2/(一)", id="unusual order"),
    ],
)
def test_a_number_chain_follows_its_style(numbers: list[str], expected: str) -> None:
    assert read("\n".join(numbers)).provisions[-1].number == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param(
            "一、总则 第一条甲。 第二条乙。 二、标准 第三条丙。 三、附则 第四条丁。",
            "一/第一条 一/第二条 二/第三条 三/第四条",
            id="articles run on through headings",
        ),
        pytest.param(
            "一、总则 第一条甲。 二、标准 第二条乙: (一)丙; (二)丁。 三、附则 第三条戊。",
            "一/第一条 二/第二条 三/第三条",
            id="clauses of an article end with it",
        ),
        pytest.param(
            "一、总则 第一条甲。 二、标准 第二条乙 (一)丙。 (二)丁。 三、组织 (一)戊。 (二)己。 四、附则 第三条庚。",
            "一/第一条 二/第二条/(一) 二/第二条/(二) 三/(一) 三/(二) 四/第三条",
            id="items below and beside articles",
        ),
        pytest.param(
            "一、甲 (一)乙 第一条丙。 (二)丁 第二条戊。 二、己 (一)庚 第三条辛。",
            "一/(一)/第一条 一/(二)/第二条 二/(一)/第三条",
            id="articles on the third level",
        ),
        pytest.param(
            "第一章甲 一、乙 第一条丙。 二、丁 第二条戊。 第二章己 一、庚 第三条辛。",
            "第一章/一/第一条 第一章/二/第二条 第二章/一/第三条",
            id="chapter, heading, article",
        ),
        pytest.param(
            "一、总则 第一条甲。 三、附则 第二条乙。",
            "一/第一条 三/第二条",
            id="articles, a heading is missing",
        ),
        pytest.param(
            "1.甲 (一)乙。 (二)丙。 2.丁 (一)戊。 3.己 (一)庚。",
            "1/(一) 1/(二) 2/(一) 3/(一)",
            id="1. above (一)",
        ),
        pytest.param(
            "一、甲 (一)乙 1.丙。 2.丁。 (二)戊 1.己。 二、庚 1.辛 (一)壬。 (二)癸。 2.子 (一)丑。",
            "一/(一)/1 一/(一)/2 一/(二)/1 二/1/(一) 二/1/(二) 二/2/(一)",
            id="another order in another part",
        ),
        pytest.param(
            "一、甲 1.乙。 2.丙。 二、丁 (一)戊 3.己。 (二)庚 4.辛。",
            "一/1 一/2 二/(一)/3 二/(二)/4",
            id="numbers that run on, a level left out first",
        ),
        pytest.param(
            "第一章甲 第一条乙。 第二条丙。 第一节丁 第三条戊。 第二节己 第四条庚。",
            "第一章/第一条 第一章/第二条 第一章/第一节/第三条 第一章/第二节/第四条",
            id="articles before the first section",
        ),
        pytest.param(
            "(一)甲。 (二)乙。 二、丙 (三)丁。 (四)戊。 三、己 (五)庚。",
            "(一) (二) 二/(三) 二/(四) 三/(五)",
            id="the beginning is missing",
        ),
        pytest.param(
            "一、甲 专栏1乙 (一)丙。 (二)丁。 二、戊 专栏2己 (一)庚。",
            "一/(一) 一/(二) 二/(一)",
            id="a box holds no headings",
        ),
        pytest.param(
            "一、甲 一是乙 1.丙。 2.丁。 二是戊 1.己。",
            "一/一是/1 一/一是/2 一/二是/1",
            id="numbers below statements",
        ),
    ],
)
@pytest.mark.parametrize("form", ["\n", "\n\n"], ids=["lines", "empty lines"])
def test_nesting_follows_the_text(numbers: str, expected: str, form: str) -> None:
    reading = read(form.join(numbers.split()))
    assert [p.number for p in reading.provisions] == expected.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(
            "一、总则 第一条 甲乙丙丁。第二条 丙丁戊己。二、标准 第三条 戊己庚辛。三、附则 第四条 庚辛壬癸。",
            "一/第一条 一/第二条 二/第三条 三/第四条",
            id="articles",
        ),
        pytest.param(
            "1.总则(一)甲乙丙丁。(二)丙丁戊己。2.标准(一)戊己庚辛。(二)庚辛壬癸。",
            "1/(一) 1/(二) 2/(一) 2/(二)",
            id="1. above (一)",
        ),
    ],
)
def test_nesting_follows_the_text_in_a_line_that_lost_its_breaks(line: str, expected: str) -> None:
    assert [p.number for p in read(line).provisions] == expected.split()


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        pytest.param("加强知识产权保护," * 5000, ("加强知识产权保护," * 13)[:-1], id="last comma"),
        pytest.param("知识产权" * 10000, "知识产权" * 30, id="no comma"),
        pytest.param("知" * 119 + "。" + "识" * 500, "知" * 119, id="closed in time"),
    ],
)
@pytest.mark.parametrize("mark", ["", "一、"], ids=["unnumbered", "numbered"])
def test_a_heading_ends_within_120_characters(mark: str, text: str, heading: str) -> None:
    (provision,) = read(mark + text).provisions
    assert (provision.heading, provision.heading_path) == (heading, (mark + heading,))
    assert provision.char_end == len(mark + text)


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        pytest.param("某市方案\n1.指导思想\n" + "资助5万元。\n" * 3, True, id="under a heading for thoughts"),
        pytest.param("某市方案\n1.奖励标准\n" + "资助5万元。\n" * 3, False, id="in a provision"),
    ],
)
def test_figures_outside_the_provisions_are_warned_of(text: str, warned: bool) -> None:
    assert any("belong to no provision" in warning for warning in read(text).warnings) == warned


@pytest.mark.parametrize("style", [style.name for style in STYLES if style.inline])
def test_a_style_is_found_in_a_line_that_lost_its_breaks(style: str) -> None:
    other = (
        style.replace("一", "二").replace("壹", "贰").replace("1", "2").replace("①", "②").replace("—", "——")
    )
    first = style.replace("—", "——")
    reading = read(f"某市为加强保护,制定本方案。{first} 加强保护。{other} 推动运用。")
    assert [p.heading for p in reading.provisions] == ["加强保护", "推动运用"]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("1.5亿元资金到位。", id="decimal figure"),
        pytest.param("一、二、三产业融合发展。", id="list of numerals"),
        pytest.param("第三条规定的措施应当落实。", id="reference to an article"),
        pytest.param("一是建立机制,推动发展。", id="statement in a run-in paragraph"),
        pytest.param("到2025年,建成30家基地。", id="year"),
    ],
)
def test_a_line_that_only_looks_numbered_belongs_to_its_provision(line: str) -> None:
    reading = read(f"一、主要任务\n(一)加大投入。统筹安排资金。\n{line}")
    assert [p.number for p in reading.provisions] == ["一/(一)"]


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("发展目标", "goal"),
        ("基本原则", "principle"),
        ("目前现状", "status"),
        ("工作基础", "status"),
        ("夯实质押融资工作基础", "task"),
        ("实施步骤", "step"),
        ("保障措施", "safeguard"),
        ("加强组织保障", "safeguard"),
        ("重点任务", "task"),
        ("提高社会保障", "task"),
        ("目标任务", "task"),
        ("开展专利导航工程", "task"),
    ],
)
def test_the_words_of_a_heading_name_the_section(heading: str, section: str) -> None:
    assert [p.section for p in read(f"一、{heading}\n1.加强协同。\n2.健全机制。").provisions] == [section] * 2


def test_a_section_for_thoughts_is_no_provision() -> None:
    reading = read(
        "一、总体要求\n(一)指导思想。坚持新发展理念。\n(二)工作思路\n突出重点。\n(三)工作目标。增长5%。"
    )
    assert [p.number for p in reading.provisions] == ["一/(三)"]


def test_items_that_are_clauses_belong_to_their_article() -> None:
    reading = read(
        "第一条 应当采取下列措施:\n(一)建立制度;\n(二)签订协议。\n"
        "第二条 下列情形给予奖励:\n(一)国家级的,奖励50万元。\n(二)省级的,奖励20万元。"
    )
    assert [p.number for p in reading.provisions] == ["第一条", "第二条/(一)", "第二条/(二)"]


def test_paragraphs_with_a_bold_lead_are_principles() -> None:
    reading = read(
        "一、基本原则\n市场主导,政府引导。发挥市场作用。\n强化政策供给。\n上下联动,形成合力。明确责任。\n二、任务\n1.落实。"
    )
    assert [(p.number, p.heading) for p in reading.provisions[:2]] == [
        ("一/-1", "市场主导,政府引导"),
        ("一/-2", "上下联动,形成合力"),
    ]


def test_a_number_printed_twice_is_kept_apart_and_warned_of() -> None:
    reading = read("一、甲\n1.乙。\n一、丙\n1.丁。")
    assert ([p.number for p in reading.provisions], len(reading.warnings)) == (["一/1", "一/1#2"], 1)


@pytest.mark.parametrize(
    ("name", "role", "texts"),
    [
        (
            "subsidy_notice",
            Role.FURNITURE,
            ("当前位置", "来源:青禾", "【打印】", "上一篇", "下一篇", "版权所有"),
        ),
        ("subsidy_notice", Role.CLOSING, ("联系人", "附件:1.", "2.申报", "青禾市市", "2024年3", "(此件公")),
        ("subsidy_notice", Role.ANNEX, ("附件1", "青禾市知", "单位名称", "1.基本", "2.申请")),
        ("regulation", Role.FURNITURE, ("目 录", "第一章", "第二章", "第三章", "第四章")),
        ("regulation", Role.NOTICE, ("(2022年",)),
        ("plan_in_an_annex", Role.TITLE, ("北岭市人民政府", "北岭市地理标志")),
        ("one_line_five_year_plan", Role.TITLE, ("东川市“十四五”知识产权发展规划",)),
        ("one_line_five_year_plan", Role.PREAMBLE, ("为深入实施",)),
        ("government_work_report", Role.CLOSING, ("各位代表", "谢谢大家")),
        ("trial_measures", Role.CLOSING, ("海丰区人民政府", "2022年7月1日")),
    ],
)
def test_what_stands_around_the_provisions_has_its_role(
    name: str, role: Role, texts: tuple[str, ...]
) -> None:
    reading = read_text(name)
    found = [reading.view.text[b.start : b.end] for b in reading.blocks if b.role is role]
    assert [t[: len(e)] for t, e in zip(found, texts, strict=True)] == list(texts)


def test_the_outline_is_printed_for_people() -> None:
    lines = list(outline_lines(read_text("flat_policies")))
    assert lines == [
        "滨海新城关于支持知识产权服务业发展的若干政策",
        "no number · no issuer · no date · simplified",
        "[task] 1  1.支持机构落户  (44–79)",
        "[task] 2  2.支持机构升规  (80–137)  lead: 区知识产权局; supporting: 区统计局、区财政局",
        "[task] 3  3.支持人才引育  (138–185)",
        "3 provisions, 0 citations, 0 repairs; blocks: title 1, preamble 1, body 3, agencies 1, closing 1",
    ]
