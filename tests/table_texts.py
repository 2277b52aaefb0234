"""Ten plans with tables of unlike kinds, composed for the tests, each with what a reader writes down from it.

A plan is a list of paragraphs and tables; the words that stand in its text file are made of it in one of the layouts
that such files have, and so are the Word file, the web page and the printed page of the tests of formats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Row = tuple[str, ...]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A plan with a table.

    Attributes:
        name: For the test.
        parts: Its paragraphs and its tables; an empty cell is merged with the one before it, or has nothing to say.
        layout: How a table stands in its text.
        expected: A line for each measure, in order: value as printed, value, unit, last year or ``-``, kind, and the
            words that its indicator has to have.
    """

    name: str
    parts: Sequence[str | Rows]
    layout: Callable[[Rows], str]
    expected: str

    @property
    def text(self) -> str:
        """The plan as its text file has it."""
        return "\n".join(part if isinstance(part, str) else self.layout(part) for part in self.parts) + "\n"


def _cells(table: str) -> Rows:
    return [tuple(cell.strip() for cell in line.split("&")) for line in table.strip().splitlines()]


def tabs(rows: Rows) -> str:
    """Write a row a line, with tabs between the cells."""
    return "\n".join("\t".join(row) for row in rows)


def markdown(rows: Rows) -> str:
    """Write a table of Markdown."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def signs(rows: Rows) -> str:
    """Write signs between the cells, and none around the row."""
    return "\n".join("|".join(row) for row in rows)


def aligned(rows: Rows) -> str:
    """Write the columns below each other, as a fixed-width font prints them."""
    wide = [[sum(1 + (c > "\u2e80") for c in cell) for cell in row] for row in rows]
    most = [max(column) for column in zip(*wide, strict=True)]
    lines = (
        "   ".join(cell + " " * (most[i] - wide[r][i]) for i, cell in enumerate(row))
        for r, row in enumerate(rows)
    )
    return "\n".join(line.rstrip() for line in lines)


def lines(rows: Rows) -> str:
    """Write a cell a line, with an empty line after each."""
    return "\n\n".join(cell for row in rows for cell in row) + "\n"


def paged(rows: Rows) -> str:
    """Write a table that a page ends in: page number, running head, and the heads of the columns again."""
    half = len(rows) // 2
    return f"{tabs(rows[:half])}\n— 12 —\n云坪市知识产权发展规划\n{tabs([rows[0], *rows[half:]])}"


PLANS = [
    TablePlan(
        "indicators of a five-year plan",
        [
            "松河市知识产权发展规划",
            "2021年9月6日",
            "二、发展目标",
            "到2025年，知识产权强市建设取得明显成效。",
            "专栏1 “十四五”时期知识产权发展主要指标",
            _cells("""
                序号 & 指标 & 单位 & 2020年基期值 & 2025年目标值 & 年均增长（%） & 属性
                一、知识产权创造 & & & & & &
                1 & 每万人口高价值发明专利拥有量① & 件 & 4.2 & 8.5 & 15.1 & 预期性
                2 & 有效注册商标量 & 万件 & 3.6 & 5 & 6.8 & 预期性
                二、知识产权运用 & & & & & &
                3 & 专利质押融资额② & 亿元 & 12.5 & 30 & 19.1 & 预期性
                4 & 知识产权服务机构 & 家 & 86 & 150 & — & 预期性
                三、知识产权保护 & & & & & &
                5 & 知识产权保护社会满意度 & 分 & 80.2 & ≥85 & / & 约束性
            """),
            "注：①按常住人口计算；②含商标质押。",
            "三、重点任务",
            "加强宣传。",
        ],
        tabs,
        """
        4.2 4.2 items_per_10k_people 2020 baseline 高价值发明专利拥有量
        8.5 8.5 items_per_10k_people 2025 target 高价值发明专利拥有量
        15.1 15.1 percent 2025 target 高价值发明专利拥有量 增长
        3.6 36000 item 2020 baseline 有效注册商标量
        5 50000 item 2025 target 有效注册商标量
        6.8 6.8 percent 2025 target 有效注册商标量 增长
        12.5 1250000000 CNY 2020 baseline 专利质押融资额
        30 3000000000 CNY 2025 target 专利质押融资额
        19.1 19.1 percent 2025 target 专利质押融资额 增长
        86 86 org 2020 baseline 知识产权服务机构
        150 150 org 2025 target 知识产权服务机构
        80.2 80.2 other 2020 baseline 满意度
        85 85 other 2025 target 满意度
        """,
    ),
    TablePlan(
        "rates of subsidies",
        [
            "海棠区知识产权资助办法",
            "2022年3月15日",
            "第五条 资助按下表执行。",
            "表1 知识产权奖补标准",
            _cells("""
                序号 & 奖补事项 & 奖补对象 & 奖补标准 & 最高限额（万元）
                1 & 国内发明专利授权 & 企业、高校 & 每件0.3万元 & 30
                2 & 专利质押贷款贴息 & 中小企业 & 按实际支付利息的50% & 20
                3 & 国家知识产权示范企业 & 企业 & 一次性奖励50万元 & —
                4 & 马德里商标注册 & 企业 & 每件1万元 & 10
            """),
            "第六条 本办法自2022年5月1日起施行。",
        ],
        markdown,
        """
        0.3万元 3000 CNY - incentive 发明专利授权
        30 300000 CNY - incentive 发明专利授权
        50% 50 percent - incentive 利息
        20 200000 CNY - incentive 专利质押贷款贴息
        50万元 500000 CNY - incentive 示范企业
        1万元 10000 CNY - incentive 商标注册
        10 100000 CNY - incentive 商标注册
        """,
    ),
    TablePlan(
        "targets of districts",
        [
            "桐湾市2022年知识产权工作要点",
            "2022年2月18日",
            "一、工作目标",
            "分解到各区县的任务如下。",
            "表2 各区县2022年目标任务分解表",
            "单位：件",
            _cells("""
                区县 & 发明专利授权量 & 商标注册量 & 地理标志
                临江区 & 420 & 1,500 & 2
                青石县 & 180 & 760 & 3
                白塔县 & 95 & 640 & -
                合计 & 695 & 2,900 & 5
            """),
            "二、保障措施",
            "加强领导。",
        ],
        aligned,
        """
        420 420 item 2022 target 临江区 发明专利授权量
        1,500 1500 item 2022 target 临江区 商标注册量
        2 2 item 2022 target 临江区 地理标志
        180 180 item 2022 target 青石县 发明专利授权量
        760 760 item 2022 target 青石县 商标注册量
        3 3 item 2022 target 青石县 地理标志
        95 95 item 2022 target 白塔县 发明专利授权量
        640 640 item 2022 target 白塔县 商标注册量
        695 695 item 2022 target 发明专利授权量 合计
        2,900 2900 item 2022 target 商标注册量 合计
        5 5 item 2022 target 地理标志 合计
        """,
    ),
    TablePlan(
        "a cell a line",
        [
            "望溪市知识产权工作计划",
            "2024年1月20日",
            "一、年度目标",
            _cells("""
                指标名称 & 计量单位 & 2023年实际 & 2024年计划
                专利转让许可次数 & 次 & 860 & 1100
                知识产权质押登记项目 & 项 & 210 & 300
                专利代理师 & 人 & 64 & 80
                版权登记量 & 万件 & 1.2 & 1.5
            """),
            "二、工作措施",
            "完善机制。",
        ],
        lines,
        """
        860 860 other 2023 baseline 专利转让许可次数
        1100 1100 other 2024 target 专利转让许可次数
        210 210 project 2023 baseline 知识产权质押登记项目
        300 300 project 2024 target 知识产权质押登记项目
        64 64 person 2023 baseline 专利代理师
        80 80 person 2024 target 专利代理师
        1.2 12000 item 2023 baseline 版权登记量
        1.5 15000 item 2024 target 版权登记量
        """,
    ),
    TablePlan(
        "merged heads and merged labels",
        [
            "南屏市专利转化运用行动方案",
            "2023年7月3日",
            "三、目标",
            "附表：专利转化运用目标",
            _cells("""
                领域 & 指标 & 2022年完成 & & 2025年目标 &
                 & & 数量（项） & 金额（万元） & 数量（项） & 金额（万元）
                高校 & 专利转让 & 130 & 2600 & 300 & 6500
                 & 专利许可 & 75 & 900 & 160 & 2,000
                科研院所 & 专利转让 & 40 & 1,150 & 90 & 2400
            """),
            "四、组织实施",
            "压实责任。",
        ],
        tabs,
        """
        130 130 project 2022 baseline 高校 专利转让 数量
        2600 26000000 CNY 2022 baseline 高校 专利转让 金额
        300 300 project 2025 target 高校 专利转让 数量
        6500 65000000 CNY 2025 target 高校 专利转让 金额
        75 75 project 2022 baseline 高校 专利许可 数量
        900 9000000 CNY 2022 baseline 高校 专利许可 金额
        160 160 project 2025 target 高校 专利许可 数量
        2,000 20000000 CNY 2025 target 高校 专利许可 金额
        40 40 project 2022 baseline 科研院所 专利转让 数量
        1,150 11500000 CNY 2022 baseline 科研院所 专利转让 金额
        90 90 project 2025 target 科研院所 专利转让 数量
        2400 24000000 CNY 2025 target 科研院所 专利转让 金额
        """,
    ),
    TablePlan(
        "a list of projects with their investment",
        [
            "西岭市重点项目计划",
            "2022年4月8日",
            "附表2 2022年重点项目清单",
            "单位：亿元",
            _cells("""
                序号 & 项目名称 & 建设内容 & 建设年限 & 总投资 & 2022年计划投资 & 责任单位
                1 & 知识产权运营中心 & 建设交易大厅2个，建筑面积8000平方米 & 2021-2023 & 3.2 & 1.1 & 市市场监管局
                2 & 专利产业化园区 & 新建标准厂房12栋，占地150亩 & 2022-2025 & 15 & 2.6 & 高新区
                3 & 检验检测基地 & 购置设备300台 & 2022-2024 & 4.8 & 0.9 & 市质检院
                 & 合计 & & & 23 & 4.6 &
            """),
            "一、工作要求",
            "加快进度。",
        ],
        tabs,
        """
        2个 2 other 2023 target 交易大厅
        8000平方米 8000 other 2023 target 建筑面积
        3.2 320000000 CNY - funding 知识产权运营中心 总投资
        1.1 110000000 CNY 2022 funding 知识产权运营中心 计划投资
        12栋 12 other 2025 target 标准厂房
        150亩 150 other 2025 target 占地
        15 1500000000 CNY - funding 专利产业化园区 总投资
        2.6 260000000 CNY 2022 funding 专利产业化园区 计划投资
        300台 300 other 2024 target 设备
        4.8 480000000 CNY - funding 检验检测基地 总投资
        0.9 90000000 CNY 2022 funding 检验检测基地 计划投资
        23 2300000000 CNY - funding 总投资 合计
        4.6 460000000 CNY 2022 funding 计划投资 合计
        """,
    ),
    TablePlan(
        "a page ends in the table",
        [
            "云坪市知识产权发展规划",
            "2021年11月30日",
            "第三节 主要目标",
            "表3 主要指标",
            _cells("""
                序号 & 指标 & 2020年 & 2025年 & 属性
                1 & 有效发明专利拥有量（件） & 6120 & 9800 & 预期性
                2 & 植物新品种权（件） & 31 & 60 & 预期性
                3 & 专利导航项目（项） & 14 & 40 & 约束性
                4 & 商标续展率（%） & 62.5 & 75 & 预期性
                5 & 海外维权指导中心（家） & 1 & 5 & 约束性
                6 & 侵权案件办结率（%） & 91 & 98 & 约束性
            """),
            "第四节 重点任务",
            "优化服务。",
        ],
        paged,
        """
        6120 6120 item 2020 baseline 有效发明专利拥有量
        9800 9800 item 2025 target 有效发明专利拥有量
        31 31 item 2020 baseline 植物新品种权
        60 60 item 2025 target 植物新品种权
        14 14 project 2020 baseline 专利导航项目
        40 40 project 2025 target 专利导航项目
        62.5 62.5 percent 2020 baseline 商标续展率
        75 75 percent 2025 target 商标续展率
        1 1 org 2020 baseline 海外维权指导中心
        5 5 org 2025 target 海外维权指导中心
        91 91 percent 2020 baseline 侵权案件办结率
        98 98 percent 2025 target 侵权案件办结率
        """,
    ),
    TablePlan(
        "years as rows",
        [
            "东渡县知识产权专项资金管理办法",
            "2023年12月12日",
            "第八条 专项资金分年度安排如下。",
            "专项资金年度安排表（单位：万元）",
            _cells("""
                年度 & 专利导航经费 & 维权援助经费 & 合计
                2024年 & 120 & 85 & 205
                2025年 & 150 & 100 & 250
                2026年 & 180 & 110.5 & 290.5
                合计 & 450 & 295.5 & 745.5
            """),
            "第九条 专项资金专款专用。",
        ],
        aligned,
        """
        120 1200000 CNY 2024 funding 专利导航经费
        85 850000 CNY 2024 funding 维权援助经费
        205 2050000 CNY 2024 funding 合计
        150 1500000 CNY 2025 funding 专利导航经费
        100 1000000 CNY 2025 funding 维权援助经费
        250 2500000 CNY 2025 funding 合计
        180 1800000 CNY 2026 funding 专利导航经费
        110.5 1105000 CNY 2026 funding 维权援助经费
        290.5 2905000 CNY 2026 funding 合计
        450 4500000 CNY - funding 专利导航经费 合计
        295.5 2955000 CNY - funding 维权援助经费 合计
        745.5 7455000 CNY - funding 合计
        """,
    ),
    TablePlan(
        "tasks in words",
        [
            "北沙区知识产权服务业提升方案",
            "2022年6月10日",
            "附件任务分工如下。",
            "重点任务分工表",
            _cells("""
                序号 & 主要任务 & 量化目标 & 完成时限 & 牵头单位
                1 & 培育服务机构 & 新增专利代理机构12家以上 & 2023年12月 & 区市场监管局
                2 & 壮大服务规模 & 知识产权服务业营业收入达到6.5亿元 & 2025年 & 区发展改革局
                3 & 开展专项培训 & 每年举办培训班4期，培训企业管理人员200人次 & 长期 & 区人力社保局
                4 & 建设公共平台 & 建成服务工作站8个 & 2024年6月底前 & 区科技局
            """),
            "一、强化统筹",
            "定期调度。",
        ],
        signs,
        """
        12家 12 org 2023 target 专利代理机构
        6.5亿元 650000000 CNY 2025 target 营业收入
        4期 4 other - target 培训班
        200人次 200 person - target 企业管理人员
        8个 8 org 2024 target 服务工作站
        """,
    ),
    TablePlan(
        "bounds and units in the cells",
        [
            "绿洲新区知识产权三年行动方案",
            "2023年5月22日",
            "二、行动目标",
            "主要目标见下表。",
            _cells("""
                指标 & 现状值（2022年） & 目标值（2025年） & 指标属性
                发明专利产业化率 & 28% & 40%以上 & 预期性
                专利密集型产业增加值 & 56亿元 & 90亿元左右 & 预期性
                商标维权援助站/个 & 6 & 10—12 & 约束性
                专利侵权案件平均审理周期（天） & 75 & ≤60 & 约束性
                高校专利转让合同数（份） & 110 & 200* & 预期性
            """),
            "注：*含许可合同。",
            "三、行动安排",
            "分步推进。",
        ],
        aligned,
        """
        28% 28 percent 2022 baseline 发明专利产业化率
        40% 40 percent 2025 target 发明专利产业化率
        56亿元 5600000000 CNY 2022 baseline 专利密集型产业增加值
        90亿元 9000000000 CNY 2025 target 专利密集型产业增加值
        6 6 org 2022 baseline 商标维权援助站
        10 10 org 2025 target 商标维权援助站
        12 12 org 2025 target 商标维权援助站
        75 75 other 2022 baseline 专利侵权案件平均审理周期
        60 60 other 2025 target 专利侵权案件平均审理周期
        110 110 item 2022 baseline 高校专利转让合同数
        200 200 item 2025 target 高校专利转让合同数
        """,
    ),
]
