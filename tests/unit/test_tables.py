"""What the cells of tables say: their values, with unit, year and name from row, column and caption."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.extraction import extract
from dagster_project.extraction.tables import find_boxes
from dagster_project.reading import read
from dagster_project.records import Disposition, Measure, View

COMPOSED = sorted((Path(__file__).parents[1] / "composed").glob("tables_*.txt"))
PLAN = "松河市专利事业发展规划\n2021年5月6日\n一、主要指标\n"
Figure = tuple[float, str, int | None, str]


def measures(table: str) -> tuple[Measure, ...]:
    return extract(read(PLAN + table + "\n二、保障\n加强领导。\n")).measures


def figures(table: str) -> list[Figure]:
    """Return value, unit, year and indicator of all measures of a plan with this table."""
    return [(m.value, m.unit, m.period.end_year if m.period else None, m.indicator) for m in measures(table)]


def dispositions(table: str) -> dict[str, Disposition]:
    return {n.text: n.disposition for n in extract(read(PLAN + table + "\n")).numerals}


PATENTS, LOANS = "有效发明专利拥有量", "专利质押融资额"
FOUR: list[Figure] = [
    (3200, "item", 2020, PATENTS),
    (4500, "item", 2025, PATENTS),
    (850_000_000, "CNY", 2020, LOANS),
    (1_200_000_000, "CNY", 2025, LOANS),
]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            "指标\t2020年\t2025年\n有效发明专利拥有量（件）\t3,200\t4500\n专利质押融资额（亿元）\t8.5\t12",
            id="tabs",
        ),
        pytest.param(
            "指标\t2020年\t2025年\n有效发明专利拥有量（件）\t3 200\t4 500\n专利质押融资额（亿元）\t8.5\t12",
            id="tabs, thousands parted by blanks",
        ),
        pytest.param(
            "序号\t指标\t2020年\t2025年\n1\t有效发明专利拥有量（件）\t3200\t4500\n2\t专利质押融资额（亿元）\t8.5\t12",
            id="tabs, figures before the number of the next row",
        ),
        pytest.param(
            "| 指标 | 2020年 | 2025年 |\n| --- | ---: | ---: |\n| 有效发明专利拥有量（件） | 3200 | 4500 |\n"
            "| 专利质押融资额（亿元） | 8.5 | 12 |",
            id="Markdown",
        ),
        pytest.param(
            "指标|2020年|2025年\n有效发明专利拥有量（件）|3200|4500\n专利质押融资额（亿元）|8.5|12",
            id="signs between cells only",
        ),
        pytest.param(
            "指标                  2020年   2025年\n有效发明专利拥有量（件）    3200     4500\n"
            "专利质押融资额（亿元）     8.5      12",
            id="aligned blanks",
        ),
        pytest.param(
            "序号\n指标\n单位\n2020年\n2025年\n1\n有效发明专利拥有量\n件\n3200\n4500\n2\n专利质押融资额\n亿元\n8.5\n12",
            id="a cell a line",
        ),
        pytest.param(
            "指标\n\n2020年\n\n2025年\n\n有效发明专利拥有量（件）\n\n3200\n\n4500\n\n专利质押融资额（亿元）\n\n8.5\n\n12",
            id="a cell a line with empty lines",
        ),
        pytest.param(
            "序号 指标名称 2020年 2025年\n1 有效发明专利拥有量（件） 3200 4500\n2 专利质押融资额（亿元） 8.5 12",
            id="single blanks",
        ),
        pytest.param(
            "<table><tr><th>指标</th><th>2020年</th><th>2025年</th></tr><tr><td>有效发明专利拥有量（件）</td><td>3200</td>"
            "<td>4500</td></tr><tr><td>专利质押融资额（亿元）</td><td>8.5</td><td>12</td></tr></table>",
            id="mark-up",
        ),
        pytest.param(
            "指标\t计量单位\t2020年实际\t2025年目标值\t属性\n有效发明专利拥有量\t件\t3200①\t4500\t预期性\n"
            "专利质押融资额*\t亿元\t8.5[1]\t12\t约束性",
            id="column of units, footnote marks",
        ),
        pytest.param(
            "指标\t“十三五”末\t“十四五”末\n有效发明专利拥有量/件\t3200\t4500\n专利质押融资额,亿元\t8.5\t12",
            id="five-year plans as heads",
        ),
        pytest.param(
            "指标\t2020\t2025\n一、创造\n1.有效发明专利拥有量(件)\t3200\t4500\n二、运用\n(1)专利质押融资额(亿元)\t8.5\t12",
            id="bare years, titles inside",
        ),
    ],
)
def test_layouts_of_one_table_say_the_same(table: str) -> None:
    assert figures(table) == FOUR


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "表2  各区专利授权量（单位：件）\n\n地区      2020年    2025年\n沙湾区      120      300\n"
            "合计        205      510",
            [
                (120, "item", 2020, "沙湾区专利授权量"),
                (300, "item", 2025, "沙湾区专利授权量"),
                (205, "item", 2020, "专利授权量合计"),
                (510, "item", 2025, "专利授权量合计"),
            ],
            id="caption with unit and name, total",
        ),
        pytest.param(
            "表3 2022年专利专项资金安排表\n单位：万元\n项目\t市级资金\t占比\n专利导航\t120\t60\n维权援助\t80\t40\n"
            "合计\t200\t100",
            [
                (1_200_000, "CNY", 2022, "专利导航市级资金"),
                (800_000, "CNY", 2022, "维权援助市级资金"),
                (2_000_000, "CNY", 2022, "市级资金合计"),
            ],
            id="unit on a line above, which shares do not have",
        ),
        pytest.param(
            "指标\t2020年\t\t2025年\t\n\t数量（件）\t金额（亿元）\t数量（件）\t金额（亿元）\n专利质押\t120\t3.5\t300\t8",
            [
                (120, "item", 2020, "专利质押数量"),
                (350_000_000, "CNY", 2020, "专利质押金额"),
                (300, "item", 2025, "专利质押数量"),
                (800_000_000, "CNY", 2025, "专利质押金额"),
            ],
            id="merged heads",
        ),
        pytest.param(
            "地区\t指标\t2020年\t2025年\n沙湾区\t专利授权量（件）\t300\t500\n\t商标注册量（件）\t1000\t1800",
            [
                (300, "item", 2020, "沙湾区专利授权量"),
                (500, "item", 2025, "沙湾区专利授权量"),
                (1000, "item", 2020, "沙湾区商标注册量"),
                (1800, "item", 2025, "沙湾区商标注册量"),
            ],
            id="merged labels",
        ),
        pytest.param(
            "类别\t指标\t2025年\n创造\t专利授权量（件）\t500\n运用\t专利转让额（亿元）\t5",
            [(500, "item", 2025, "专利授权量"), (500_000_000, "CNY", 2025, "专利转让额")],
            id="a class of indicators is no part of their name",
        ),
        pytest.param(
            "年份\t专利授权量（件）\t质押融资额（亿元）\n2020年\t300\t2.5\n2023\t420\t4",
            [
                (300, "item", 2020, "专利授权量"),
                (250_000_000, "CNY", 2020, "质押融资额"),
                (420, "item", 2023, "专利授权量"),
                (400_000_000, "CNY", 2023, "质押融资额"),
            ],
            id="years as rows",
        ),
        pytest.param(
            "指标\t2025年\t年均增长（%）\n专利授权量（件）\t2010\t10.8\n商标注册量（件）\t1980\t9",
            [
                (2010, "item", 2025, "专利授权量"),
                (10.8, "percent", 2025, "专利授权量年均增长"),
                (1980, "item", 2025, "商标注册量"),
                (9, "percent", 2025, "商标注册量年均增长"),
            ],
            id="unit of the column before that of the row; figures that could be years",
        ),
        pytest.param(
            "任务\t数量\n培育高价值专利组合\t20项\n引进专利代理师\t30名",
            [(20, "project", None, "培育高价值专利组合数量"), (30, "person", None, "引进专利代理师数量")],
            id="unit in the cell",
        ),
        pytest.param(
            "指标               2020年    2025年\n专利授权量（件）     300       500\n"
            "商标注册量（件）               1800",
            [
                (300, "item", 2020, "专利授权量"),
                (500, "item", 2025, "专利授权量"),
                (1800, "item", 2025, "商标注册量"),
            ],
            id="an empty cell between gaps",
        ),
        pytest.param(
            "指标\t2025年\n每万人口高价值发明专利拥有量（件）\t7.5\n高价值发明专利密度（件/万人）\t8",
            [
                (7.5, "items_per_10k_people", 2025, "每万人口高价值发明专利拥有量"),
                (8, "items_per_10k_people", 2025, "高价值发明专利密度"),
            ],
            id="a unit with a denominator",
        ),
    ],
)
def test_a_cell_takes_label_unit_and_year_from_where_they_stand(table: str, expected: list[Figure]) -> None:
    assert figures(table) == expected


def test_heads_say_what_is_reached_and_what_is_wanted() -> None:
    table = "指标\t现状值\t目标值\n专利代理机构（家）\t36\t60\n专利转让额（万元）\t820\t1500"
    assert [m.kind for m in measures(table)] == ["baseline", "target"] * 2


def test_a_bound_stands_in_the_cell() -> None:
    table = "指标\t2020年\t2025年\n商标续展率（%）\t61.5\t≥70\n专利导航基地（个）\t4\t10以上\n调解时间（天）\t3\t2"
    assert [(m.value, m.comparator) for m in measures(table)[:4]] == [
        (61.5, "eq"),
        (70, "ge"),
        (4, "eq"),
        (10, "ge"),
    ]


def test_a_line_of_one_number_below_a_bound_is_no_part_of_it() -> None:
    table = "指标\t2020年\n专利授权量（件）\t0\n专利授权量（件）\t≥70\n12\n"
    assert [m.value for m in measures(table)] == [0, 70]


def test_both_ends_of_a_range_take_the_unit_of_the_column() -> None:
    found = measures("事项\t补助标准（万元）\n专利导航\t10-20\n维权援助\t5")
    assert [(m.value, m.comparator) for m in found] == [(100_000, "ge"), (200_000, "le"), (50_000, "eq")]


def test_a_cell_is_quoted_with_its_row_and_tells_where_its_unit_stands() -> None:
    table = "指标\t2020年\t2025年\n专利授权量（件）\t300\t500\n商标注册量（件）\t1000\t1800"
    last = measures(table)[-1]
    assert (PLAN + table)[last.quote_start : last.quote_end] == "商标注册量（件）\t1000\t1800"
    assert dict(last.trace)["is_measure"].words == "row 商标注册量, column 2025年, unit of the row label"


def test_text_in_a_cell_is_read_without_its_neighbours() -> None:
    table = "序号\t任务\t责任单位\n1\t到2025年，培育示范企业50家以上\t3\n2\t新建园区3个\t各区"
    assert [(m.value_text, m.indicator) for m in measures(table)] == [
        ("50家", "培育示范企业"),
        ("3个", "新建园区"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            "指标\t2020年\t2025年\n专利工作评分\t70\t85\n商标工作评分\t60\t80", id="no unit anywhere"
        ),
        pytest.param("序号\t名单\n1\t东港中学\n2\t西港中学", id="numbers of rows"),
        pytest.param("阶段  时间  天数\n动员  2021年5月  10\n总结  2021年6月  20", id="dates"),
        pytest.param("张 三  李 四  王 五\n赵 六  钱 七  孙 八", id="names"),
        pytest.param(
            "地址：滨河路12号  邮编：123456  电话：0631-5123456\n地址：滨江路15号  邮编：123457  电话：0631-5123457",
            id="addresses",
        ),
        pytest.param(
            "表1 安排（单位：万元、件）\n项目\t2025年\n导航\t70\n维权\t60", id="two units in the caption"
        ),
        pytest.param("表1 安排（单位：万元）\n项目\t完成率\n导航\t70\n维权\t60", id="a rate is no money"),
        pytest.param("指标\n2020年\n2025年\n专利授权量（件）\n300\n500\n加强领导\n", id="one row of lines"),
        pytest.param(
            "地市\n数量（处）\n2020年\n2021年\n1\n东港\n8\n3\n2\n西港\n5\n4", id="heads that do not fit"
        ),
    ],
)
def test_what_has_no_unit_or_no_certain_column_is_no_measure(table: str) -> None:
    assert figures(table) == []


def test_a_paragraph_with_signs_is_a_sentence() -> None:
    found = measures("首页 | 政务 | 培育企业50家，建设园区3个。\n继续推进。")
    assert [(m.value, m.unit) for m in found] == [(50, "org"), (3, "org")]


def test_a_year_in_a_head_dates_nothing_outside_of_the_table() -> None:
    found = measures("培育企业50家。\n指标\t2019年\t2020年\n专利授权量（件）\t300\t500\n引进企业20家。")
    assert [m.period for m in (found[0], found[-1])] == [None, None]


def test_figures_without_a_unit_are_cells_in_the_ledger() -> None:
    found = dispositions("指标\t2020年\t2025年\n专利工作评分\t70\t85\n商标工作评分\t60\t80")
    assert {found[text] for text in ("70", "85", "60", "80")} == {Disposition.OTHER}


def test_a_unit_on_a_line_of_its_own_goes_with_the_head_above_it() -> None:
    head = ["序号", "项目名称", "数量(个)", "总投资", "(万元)"]
    table = "\n\n".join([*head, "1", "专利园", "3", "2500", "2", "商标园", "4", "800"])
    assert [(value, unit) for value, unit, *_ in figures(table)] == [
        (3, "org"),
        (25_000_000, "CNY"),
        (4, "org"),
        (8_000_000, "CNY"),
    ]


def said_of(text: str) -> list[tuple[object, ...]]:
    return [
        (m.char_start, m.value, m.unit, m.kind, m.period and m.period.end_year, m.indicator)
        for m in extract(read(text)).measures
    ]


@pytest.mark.parametrize("path", COMPOSED, ids=lambda path: path.stem)
def test_composed_tables_say_what_was_written_down_from_them(path: Path) -> None:
    rows = [json.loads(line) for line in path.with_suffix(".jsonl").read_text("utf-8").splitlines()]
    found = {start: rest for start, *rest in said_of(path.read_text("utf-8"))}
    differing = [
        row["value_text"]
        for row in rows
        if (said := found.get(row["char_start"])) is None
        or said[:4] != [row[field] for field in ("value", "unit", "kind", "period_end_year")]
        or not all(word in str(said[4]) for word in row["indicator_text_zh"].split())
    ]
    # a negative rate is not read
    assert differing == (["1.2"] if path.stem == "tables_12" else [])
    assert len(found) <= len(rows)


# ---- cells of a generated table, which no measure goes over

figure_cells = st.one_of(
    st.integers(0, 99_999).map(str),
    st.integers(1_000, 99_999).map("{:,}".format),
    st.floats(0, 999, allow_nan=False).map("{:.1f}".format),
    st.sampled_from(
        ("≥70", "12以上", "10-20", "5①", "8.5[1]", "[18]", "20项", "3.5亿元", "7%左右", "2023", "—", "/", "")
    ),
)
label_cells = st.sampled_from(
    (
        "专利授权量（件）",
        "专利质押融资额（亿元）",
        "结案率（%）",
        "培育企业",
        "沙湾区",
        "合计",
        "",
        "1",
        "2025年",
        "5家机构",
    )
)
head_cells = st.sampled_from(
    ("2020年", "2025年", "目标值", "金额（万元）", "占比（%）", "单位", "数量", "序号", "年均增长", "")
)
furniture = st.sampled_from(("— 3 —", "第 2 页 共 9 页", "12", "松河市专利事业发展规划", "二、运用"))


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Draw the rows of a table; a line of furniture is a row of one cell."""
    width = draw(st.integers(1, 4))
    head = ["指标", *draw(st.lists(head_cells, min_size=width, max_size=width))]
    numbered = draw(st.booleans())
    rows = [["序号", *head] if numbered else head]
    for number in range(1, draw(st.integers(2, 5)) + 1):
        row = [draw(label_cells), *draw(st.lists(figure_cells, min_size=width, max_size=width))]
        rows.append([str(number), *row] if numbered else row)
        if draw(st.booleans()):
            rows.append([draw(furniture)])
    return rows


@given(rows=tables(), between=st.sampled_from(("\t", "|", "    ", "\n", "\n\n")))
def test_no_measure_goes_over_a_cell(rows: list[list[str]], between: str) -> None:
    text = PLAN + "\n".join(between.join(row) for row in rows) + "\n二、保障\n加强领导。\n"
    spans, at = [], len(PLAN)
    for cell in (cell for row in rows for cell in row if cell):
        at = text.index(cell, at)
        spans.append((at, at + len(cell)))
        at += len(cell)
    for measure in extract(read(text)).measures:
        assert any(a <= measure.char_start and measure.char_end <= b for a, b in spans), measure.value_text
        assert measure.value_text == text[measure.char_start : measure.char_end]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("序号\n1\n" * 40_000, id="heads on lines"),
        pytest.param("培育企业\n" * 20_000, id="lines of one cell"),
        pytest.param("指标\n" * 10_000 + "5\n" * 10_000, id="heads of lines, then figures"),
        pytest.param(("培育\t" * 5_000 + "\n") * 20, id="rows of five thousand columns"),
        pytest.param(
            "指标" + "  2025年" * 5_000 + "\n" + "培育（件）  5  6\n" * 2_000,
            id="a head of five thousand columns",
        ),
        pytest.param(
            "指标" + "标" * 50_000 + "  2025年  2026年\n" + "培育（件）  5\n" * 5_000,
            id="a head as wide as a page",
        ),
        pytest.param("指标\t2025年\n" + "培育\t企业\n" * 20_000, id="rows of words"),
        pytest.param("指标\t2025年\n" + "培育（件）\t5\n" * 10_000, id="rows of figures"),
        pytest.param("指标  2025年\n" + "培育  " * 20_000, id="a wide row"),
        pytest.param(" " * 100_000 + "\n" + "\t" * 50_000 + "|" * 50_000, id="blanks and signs"),
        pytest.param("指标\t" + "*" * 50_000 + "\t5件\n指标\t" + "(" * 50_000 + "\t5件", id="long labels"),
    ],
)
def test_hard_tables_take_no_longer_than_their_length_lets_expect(text: str) -> None:
    view = View(text, text.replace("\t", " "), range(len(text)), range(1, len(text) + 1))
    start = time.process_time()
    find_boxes(view)
    assert time.process_time() - start < 10
