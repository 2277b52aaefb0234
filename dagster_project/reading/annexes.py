"""Annexes: where they begin and end, and which of them are read because they hold targets, tasks or standards.

Many plans put their figures into annexes (附表1 主要指标). What is to be filled in, lists of names and rubrics say
nothing of what is to be done. An annex ends where another begins, or where the numbering of the body goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dagster_project.reading.layout import (
    ANNEX,
    ANNEX_LIST,
    DATE_LINE,
    OFFICE_LINE,
    Line,
    LineRule,
    front,
    lines_of,
    tail,
)
from dagster_project.reading.marks import NAMES
from dagster_project.reading.numerals import YEAR
from dagster_project.reading.rows import tabbed
from dagster_project.records import Role, View
from dagster_project.rules import Rule, RuleTable

_KINDS = "表|清单|台账|一览|名单|名录|目录|目标|指标|标准|方案|细则|办法|计划|书|回执|任务|分工|安排|项目库"
# An annex with its caption on the same line.
_CAPTIONED = re.compile(
    rf"附(?:件|表|录)(?: ?(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})[: .、]{{0,2}}| )"
    rf"(?P<caption>[^0-9。,;:\t|][^。,;\t|]{{1,50}}?(?:{_KINDS})(?:\([^()]{{1,20}}\))*)$"
)
_POINTS_TO = re.compile(r"[见按照和及与如在的、,]$")  # 见⏎附表1
_ENTRY = re.compile(r"(?:附[件表录]|[0-9]{1,2}[.、])")  # of a list of annexes
_COUNTS_ON = range(
    NAMES.index("(一)") + 1
)  # styles by which the body is told; 1. may number the rows of an annex
_LONGEST_CAPTION = 50  # characters
_READ = 1_500  # characters of an annex that show what it is


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex as a range of lines.

    Attributes:
        first: Its first line, 附件1.
        below: The first line below its caption.
        stop: The line behind its last one.
        is_read: Whether it holds what the plan wants or pays.
    """

    first: int
    below: int
    stop: int
    is_read: bool


#: What an annex is, by its caption, on the first line, and the heads of its columns; one that none decides is not read.
ANNEXES: RuleTable[LineRule] = RuleTable("annex")


def _caption(text: str) -> str:
    return text.split("\n", 1)[0].strip()


_FORM = re.compile(
    r"(?:申请|申报|推荐|承诺|报名|登记|审批|备案|审核|反馈|回执|自评|调查|确认|报送|采集|征集|意向|委托|协议)(?:情况|信息|单位)?[表书函单]"
    r"|材料|样[式表本]|模板|格式|承诺|回执|须知|流程图|填[表报]说明"
)
_SUMMARY = re.compile(r"(?:汇总|统计|信息|情况|登记|明细)表")
_SOME_FIGURE = re.compile(
    rf"(?:^|[\t| \n])[≥≤><]?(?!{YEAR}年?[\t| \n])[0-9][0-9,.]*[0-9%](?![0-9年月日])", re.MULTILINE
)


@ANNEXES.rule(
    Role.ANNEX,
    yes=(
        "某市专利奖申报书\n项目名称\n申报单位",
        "培育项目推荐表",
        "项目资金汇总表\n序号\t单位\t金额\n1\t\t\n2\t\t",
    ),
    no=("重点项目汇总表\n序号\t项目\t投资(亿元)\n1\t园区\t12.5", "年度申报工作目标任务表"),
    source="GB/T 9704-2012, 7.3.8: annexes; usage of notices of projects: forms for those who apply",
)
def form(text: str) -> object:
    """What is to be filled in: 申报书, 推荐表, 承诺书, a list of materials, a 汇总表 with blanks."""
    caption = _caption(text)
    found = _FORM.search(caption)
    return found or (_SUMMARY.search(caption) and not _SOME_FIGURE.search(text))


@ANNEXES.rule(
    Role.ANNEX,
    yes=("领导小组组成人员名单", "评审专家通讯录"),
    no=("重点项目名称及目标表", "成员单位任务分工表"),
    source="weihai-2018, annex",
)
def names(text: str) -> object:
    """A list of people or offices."""
    return re.search("名单|人员|通讯录|联系(?:方式|人|表)", _caption(text))


_RUBRIC = re.compile(
    "评[分价审](?!.*目标)|打分|计分|考评|测评|量化|验收(?:标准|细则)|考核(?:细则|办法|评分|标准|评价|计分)"
)
_POINTS = re.compile(
    r"(?:^|[\t| \n])(?:(?:标准|权重|考核)?分值|自?评?得分|扣分|(?:评分|计分|考核评分|评价)(?:标准|办法|方法|细则))"
    r"(?:\(分\))?(?=$|[\t| \n])"
    r"|\([0-9.]{1,4}分\)"
)


@ANNEXES.rule(
    Role.ANNEX,
    yes=(
        "专利导航基地评分表",
        "工作考评指标\n一、专利创造(25分)",
        "目标任务考核表\n序号\n考核内容\n分值\n得分",
    ),
    no=("主要指标表\n序号\n指标\n2025年", "考核目标分解表\n区县\t专利授权量(件)"),
    source="usage of yearly assessments: what is assessed, with points for each",
)
def rubric(text: str) -> object:
    """What gives points to those who are assessed."""
    return _RUBRIC.search(_caption(text)) or _POINTS.search(text)


_TARGETS = re.compile(
    r"(?:指标|目标|任务|分工|分解|项目|工程|责任|工作|措施|补[贴助偿]|奖[励补]|资助|资金|投资|进度)"
    r"[^。,;]{0,16}(?:表|清单|台账|一览|目标|指标|标准|计划|任务|分工|安排|库)(?:\([^()]*\))*$"
    r"|(?:补[贴助偿]|奖[励补]|资助|收费)标准|(?:年度|主要|分年度)(?:指标|目标|任务)|(?:指标|目标|任务)(?:值|分解)"
)


@ANNEXES.rule(
    Role.BODY,
    yes=(
        "主要指标分年度目标",
        "重点任务分解表",
        "2025年重点项目表(单位:亿元)",
        "补贴标准",
        "重点工作责任清单",
    ),
    no=(
        "专项行动清单",
        "某市专利奖励办法",
        "行政权力事项目录",
        "任务分工实施细则",
        "项目申报表",
        "重点任务评分标准",
        "重点项目专家名单及任务分工",
    ),
    after=("form", "names", "rubric"),
    source="GB/T 9704-2012, 7.3.8; tables_11 and notices of plans with annexed targets",
)
def targets(text: str) -> object:
    """Indicators, targets, tasks, projects, standards of awards, by the caption."""
    return _TARGETS.search(_caption(text))


_TARGET_HEADS = re.compile(
    r"(?:^|[\t| \n])(?:(?:年度|规划|预期|工作|阶段)?目标(?:值|要求|任务)?|(?:指标|任务|项目)名称|指标值"
    r"|主要(?:指标|任务)|重点任务|建设(?:内容|规模)(?:[及和与](?:规模|内容))?"
    r"|(?:补[贴助]|奖[励补]|资助)(?:标准|金额)"
    rf"|{YEAR}年?(?:底|末)?(?:目标|计划|预期)?[值数]?)(?:\([^()]*\))?(?=$|[\t| \n])"
)


@ANNEXES.rule(
    Role.BODY,
    yes=(
        "分年度情况\n序号\n指标名称\n单位\n2025年",
        "扶持内容\n类别\t补贴标准\n导航\t30万元",
        "各县区情况\n县区\t2024年\t2027年",
    ),
    no=(
        "行政权力事项目录\n序号\n事项\n依据",
        "某市实施细则\n目标值由市局确定。",
        "年度考核表\n序号\n指标名称\n分值\n得分",
        "培育库推荐表\n项目名称\n主要指标",
    ),
    after=("form", "rubric"),
    source="GB/T 7713.3-2014, 7.5: the head of a column says what stands below",
)
def target_columns(text: str) -> object:
    """The same, by the heads of the columns."""
    return _TARGET_HEADS.search(text, len(_caption(text)), 300)


def rule_of_annex(text: str) -> Rule[LineRule] | None:
    """Return the rule that says what an annex is, given from its caption on; None for one that is not read."""
    return next((rule for rule in ANNEXES if rule.apply(text)), None)


def find(text: str, lines: Sequence[Line], body: int, end: int) -> list[Annex]:
    """Return the annexes of a document in order.

    Args:
        text: The folded and repaired text, with its tabs.
        lines: Its lines.
        body: Where the body begins.
        end: Where the document ends.
    """
    heads = [i for i in range(body + 1, end) if _opens(text, lines, i, end)]
    found: list[Annex] = []
    latest: dict[int, int] = {}
    at = body
    for n, first in enumerate(heads):
        if first < at:
            continue
        _count(lines[at:first], latest)
        bound = heads[n + 1] if n + 1 < len(heads) else end
        stop = _goes_on(lines, first + 1, bound, latest)
        below = _below(text, lines, first, stop)
        rule = rule_of_annex(_from_caption(text, lines, first, stop))
        is_read = rule is not None and rule.value is Role.BODY
        mark = lines[stop].mark if stop < bound else None
        if is_read and mark and mark.style == max(latest):
            at = first  # 一、目标 › 附表1 …, 二、: the table stands where it belongs
            continue
        found.append(Annex(first, below, stop, is_read))
        at = stop
    return found


def _words(text: str, line: Line) -> str:
    return text[line.start : line.end].strip()


def _opens(text: str, lines: Sequence[Line], at: int, end: int) -> bool:
    """Say whether an annex begins at a line: 附件1 alone, or with its caption, but not in a list of annexes."""
    words = _words(text, lines[at])
    if ANNEX.match(words):
        return not _POINTS_TO.search(_words(text, lines[at - 1]))
    if not _CAPTIONED.match(words) or at + 1 >= end:
        return False
    after, before = _words(text, lines[at + 1]), _words(text, lines[at - 1])
    announced = _ENTRY.match(after) or DATE_LINE.match(after) or OFFICE_LINE.match(after)
    return not announced and not _POINTS_TO.search(before) and not ANNEX_LIST.match(before)


def _count(lines: Sequence[Line], latest: dict[int, int]) -> None:
    """Note how far the numbering has come, style by style; a number ends the numbering of all styles below it."""
    for mark in (line.mark for line in lines if line.mark and line.mark.style in _COUNTS_ON):
        for style in [style for style in latest if style > mark.style]:
            del latest[style]
        latest[mark.style] = mark.value


def _goes_on(lines: Sequence[Line], first: int, end: int, latest: dict[int, int]) -> int:
    """Return the line in which the numbering of the body goes on, and not one that the annex has of its own."""
    own: dict[int, int] = {}
    for at in range(first, end):
        mark = lines[at].mark
        if mark and mark.style in _COUNTS_ON and mark.style <= min(own, default=mark.style):
            is_next = latest.get(mark.style, -1) + 1 == mark.value
            if is_next and own.get(mark.style, -1) + 1 != mark.value:
                return at
            own[mark.style] = mark.value
    return end


def _below(text: str, lines: Sequence[Line], first: int, stop: int) -> int:
    """Return the first line behind the caption of an annex."""
    if _CAPTIONED.match(_words(text, lines[first])) or first + 1 >= stop:
        return first + 1
    words = _words(text, lines[first + 1])
    is_caption = (
        len(words) <= _LONGEST_CAPTION and not re.search(r"[。,;\t|]", words) and not lines[first + 1].mark
    )
    return first + 1 + is_caption


def _from_caption(text: str, lines: Sequence[Line], first: int, stop: int) -> str:
    """Return how an annex begins, from its caption on."""
    captioned = _CAPTIONED.match(_words(text, lines[first]))
    start = (
        lines[first].start + captioned.start("caption")
        if captioned
        else lines[min(first + 1, stop - 1)].start
    )
    return text[start : min(lines[stop - 1].end, start + _READ)]


def decided(view: View) -> Iterator[tuple[str, str]]:
    """Yield the table and the rule of every annex of a text that a rule decides."""
    text = tabbed(view)
    lines = lines_of(view.text)
    _, body = front(view.text, lines)
    for annex in find(text, lines, body, tail(view.text, lines, body)):
        if rule := rule_of_annex(_from_caption(text, lines, annex.first, annex.stop)):
            yield ANNEXES.name, rule.name
