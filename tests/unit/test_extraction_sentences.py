"""Every sentence of sentences.txt gives the measures and the other numerals written below it."""

from dataclasses import replace
from pathlib import Path

import pytest

from dagster_project.extraction import extract
from dagster_project.reading import read
from dagster_project.records import Block, Metadata, Period, Provision, Reading, Role, View

TABLE = Path(__file__).with_name("sentences.txt")


def reading_of(text: str) -> Reading:
    """A plan that consists of one task with this text."""
    view = View(text, text, range(len(text)), range(1, len(text) + 1))
    provision = Provision("一", "task", "任务", ("任务",), 0, len(text))
    return Reading(view, Metadata(), (Block(0, len(text), Role.BODY, ("任务",), 0),), (provision,), (), ())


def cases() -> list:
    group, found = "", []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            group = line.removeprefix("## ")
        elif line.startswith(" "):
            found[-1].values[1].append(line.strip())
        elif line and not line.startswith("#"):
            found.append(pytest.param(line, [], id=f"{group}-{len(found) + 1}"))
    return found


@pytest.mark.parametrize(("sentence", "expected"), cases())
def test_sentence_gives_its_measures_and_numerals(sentence: str, expected: list[str]) -> None:
    extraction = extract(reading_of(sentence))
    measures = [
        " ".join(
            [m.value_text, f"{m.value:.10g}", m.unit, m.comparator, m.kind, m.form]
            + ([m.per] if m.per else [])
            + (["aspirational"] if m.is_aspirational else [])
        )
        for m in extraction.measures
    ]
    others = [f"~ {n.text} {n.disposition.value}" for n in extraction.numerals if n.disposition != "measure"]
    assert measures + others == expected


@pytest.mark.parametrize(
    ("sentence", "recipients"),
    [
        pytest.param("对通过评级的企业,给予8万元补助。", ["企业"], id="addressed"),
        pytest.param("孵化器内每毕业1家企业,奖励运营单位3万元。", ["运营单位"], id="given to"),
        pytest.param("引进专家的,按实付薪酬的20%给予用人单位补贴。", ["用人单位"], id="given to, after the figure"),
        pytest.param("企业投保执行险的,按保费的60%补助,单家最高10万元。", ["企业"] * 2, id="subject of a clause"),
        pytest.param("新设的代理机构,代理师5人以上的,给予20万元奖励。", ["代理机构"], id="not who is counted"),
        pytest.param("高校、科研院所向企业转让专利的,每件奖励1万元。", ["高校、科研院所"], id="coordinated"),
        pytest.param("首次获评国家级绿色工厂的,奖励30万元。", ["国家级绿色工厂"], id="title that entitles"),
        pytest.param("新设立的博士后科研工作站资助80万元。", ["博士后科研工作站"], id="whole name"),
        pytest.param("入选领军人才计划的创业团队,给予100万元。", ["创业团队"], id="head before the award"),
        pytest.param("中介机构每引进1名人才,奖5万元,同一机构不超过50万元。", ["中介机构"] * 2, id="general word"),
        pytest.param("对密集型产品,每件奖励5000元,每家企业每年不超过10万元。", [None, "企业"], id="said of each"),
        pytest.param("从银行取得贷款的,按利息的50%给予补贴。", [None], id="preposition"),
        pytest.param("设立知识产权运营中心的,补助50万元。", [None], id="object of a verb"),
        pytest.param("以专利取得银行贷款的中小企业,按50%贴息。", ["中小企业"], id="preposition before a head"),
    ],
)  # fmt: skip
def test_an_award_names_who_gets_it(sentence: str, recipients: list[str | None]) -> None:
    measures = extract(reading_of(sentence)).measures
    assert [m.recipient for m in measures if m.kind == "incentive"] == recipients


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            "指标 2020年 2025年 属性\n1 海外发明专利授权量(件) 186 400 预期性\n2 质押金额(亿元) 8.6 20",
            id="lines",
        ),
        pytest.param(
            "指标 单位 2020年 2025年\n海外发明专利授权量 件 186 400\n质押金额 亿元 8.6 20",
            id="column of units",
        ),
        pytest.param(
            "指标|2020年实际|2025年目标\n海外发明专利授权量(件)|186|400\n质押金额(亿元)|8.6|20", id="bars"
        ),
    ],
)
def test_cells_of_a_table_have_the_unit_of_their_row_and_the_year_of_their_column(table: str) -> None:
    about = Metadata(period=Period("2021—2025年", 2021, 2025))
    measures = extract(replace(reading_of(table), metadata=about)).measures
    assert [(m.kind, m.value, m.unit, m.period and m.period.end_year) for m in measures] == [
        ("baseline", 186, "item", 2020), ("target", 400, "item", 2025),
        ("baseline", 860_000_000, "CNY", 2020), ("target", 2_000_000_000, "CNY", 2025),
    ]  # fmt: skip


def test_the_numbers_of_the_rows_are_accounted_for() -> None:
    text = "序号 指标 单位 2020年 2025年\n1 海外发明专利授权量 件 186 400\n2 质押金额(亿元) 8.6 20"
    found = [(n.text, n.disposition) for n in extract(reading_of(text)).numerals if len(n.text) == 1]
    assert found == [("1", "heading_number"), ("2", "heading_number")]


def test_numbers_below_a_table_have_no_column() -> None:
    text = "指标 2020年 2025年\n海外发明专利授权量(件) 186 400\n建设基地5家。\n海外发明专利授权量(件) 7 8"
    assert [m.value for m in extract(reading_of(text)).measures] == [186, 400, 5]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "一、工作目标\n(一)质押项目数同比增长20%以上。\n(二)扩大规模。",
            id="goal as growth on the year before",
        ),
        pytest.param(
            "三、重点任务\n(一)夯实工作基础\n1.完善评估。培育评估机构5家。\n2.培训。",
            id="foundations to be laid",
        ),
    ],
)
def test_what_stands_under_goals_and_tasks_is_a_target(text: str) -> None:
    assert [m.kind for m in extract(read(text)).measures] == ["target"]
