"""What a table, a heading or a report says of a whole passage."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found, matched
from dagster_project.extraction.fields.kind.field import AWARD, KIND, is_award_near
from dagster_project.reading.numerals import YEAR

POOL = re.compile(w.MONEY_POOL)

_SHARE_COLUMN = re.compile("(?:占比|比重)$")

_ACHIEVED_COLUMN = re.compile(w.ACHIEVEMENT)  # 年度产值 in a table of awards


@KIND.rule(
    "baseline",
    yes=("海州市知识产权规划\n2021年5月6日\n指标 2020年 2025年\n专利授权量(件) ⟨186⟩ 400\n",),
    no=("海州市知识产权规划\n2021年5月6日\n指标 2020年 2025年\n专利授权量(件) 186 ⟨400⟩\n",),
)
def past_column(c: Context, _: Facts) -> Found:
    """A cell under 现状值 or 实际, or under a year before the plan's where nothing says 目标: 2020年 2025年 … 186 400."""
    cell = c.quantity.cell
    if not cell or cell.is_target:
        return None
    is_past = cell.is_target is False or (cell.year and c.sentence.year and cell.year < c.sentence.year)
    return cell.note if is_past else None


@KIND.rule(
    "funding",
    yes=(
        "海州市知识产权规划\n2021年5月6日\n表1 专项资金安排(单位:万元)\n项目\t2022年\n专利导航\t⟨120⟩\n商标品牌\t60\n",
    ),
    no=(
        "海州市知识产权规划\n2021年5月6日\n表1 质押融资(单位:万元)\n项目\t2022年\n专利质押\t⟨120⟩\n商标质押\t60\n",
        "海州市知识产权规划\n2021年5月6日\n表1 专项资金安排(单位:万元)\n项目\t2019年\n专利导航\t⟨120⟩\n商标品牌\t60\n",
    ),
    after=("past_column",),
    source="预算法 (2018), 第三十二条: 各级预算应当根据年度经济社会发展目标编制",
)
def budget(c: Context, facts: Facts) -> Found:
    """Money in a table about a fund or a budget: 表1 专项资金安排."""
    cell = c.quantity.cell
    return matched(POOL.search(cell.caption + cell.label)) if cell and facts.is_money else None


@KIND.rule(
    "condition",
    yes=("项目类型\t设备投资额(万元)\t最高补助(万元)\n智能改造\t⟨500以上⟩\t80\n绿色改造\t300以上\t50\n",),
    no=(
        "项目类型\t设备投资额(万元)\t最高补助(万元)\n智能改造\t500以上\t⟨80⟩\n绿色改造\t300以上\t50\n",
        "项目名称\t设备投资额(万元)\t建设地点\n智能改造\t⟨500⟩\t东区\n绿色改造\t300\t西区\n",
    ),
    source="GB/T 1.1-2020, 9.9: what a cell of a table is about stands in the head of its column",
)
def threshold_column(c: Context, _: Facts) -> Found:
    """What must be reached, in a column before one of awards: 设备投资额, then 最高补助."""
    cell = c.quantity.cell
    if not cell or phrases.AWARD_NOUN.search(cell.column) or not phrases.AWARD_NOUN.search(cell.heads_after):
        return None
    return matched(_ACHIEVED_COLUMN.search(cell.column))


@KIND.rule(
    "allocation",
    yes=("2024年专项资金安排表\n来源\t安排(万元)\t占比(%)\n县级\t240\t⟨60⟩\n上级\t160\t40\n",),
    no=(
        "2024年专项资金安排表\n来源\t安排(万元)\t执行率(%)\n县级\t240\t⟨60⟩\n上级\t160\t40\n",
        "2024年企业培育表\n类型\t数量(家)\t占比(%)\n民营\t240\t⟨60⟩\n其他\t160\t40\n",
    ),
    source="预算法 (2018), 第三十二条: 各级预算应当根据年度经济社会发展目标编制",
)
def share_column(c: Context, _: Facts) -> Found:
    """The share of one row in a table about a fund or a budget: 占比."""
    cell = c.quantity.cell
    return matched(_SHARE_COLUMN.search(cell.column)) if cell and POOL.search(cell.caption) else None


@KIND.rule(
    "funding",
    yes=(
        "海州市知识产权规划\n2021年5月6日\n项目名称\t总投资(万元)\t2022年投资(万元)\n智慧港口\t⟨900⟩\t300\n数字乡村\t60\t20\n",
        "海州市知识产权规划\n2021年5月6日\n项目名称\t总投资(万元)\t2022年投资(万元)\n智慧港口\t900\t⟨300⟩\n数字乡村\t60\t20\n",
    ),
    no=(
        "海州市知识产权规划\n2021年5月6日\n指标\t2020年\t2025年\n固定资产投资(亿元)\t186\t⟨400⟩\n进出口(亿元)\t6\t9\n",
        "海州市知识产权规划\n2021年5月6日\n项目名称\t2020年投资(万元)\t2022年投资(万元)\n智慧港口\t⟨900⟩\t300\n数字乡村\t60\t20\n",
    ),
    after=("past_column",),
    source="政府投资条例 (国务院令第712号): projects are approved with their total, and planned with their yearly, investment",
)
def investment(c: Context, facts: Facts) -> Found:
    """What is put into the project that the row names: 总投资, 2022年计划投资 of 智慧港口."""
    cell = c.quantity.cell
    if not cell or not facts.is_money or not w.PROJECTS.search(cell.row_heads + cell.caption):
        return None
    return matched(w.INVESTED.search(cell.column))


@KIND.rule(
    "incentive",
    yes=(
        "三、平台奖励\n平台类型\t国家级\t省级\n重点实验室\t⟨50万元⟩\t20万元\n工作站\t10万元\t6万元\n",
        "表1 人才补贴标准(单位:万元)\n类别\t全职\t柔性\n甲类\t⟨60⟩\t20\n乙类\t30\t10\n",
    ),
    no=(
        "三、平台奖励\n平台类型\t年度产值\t条件\n重点实验室\t⟨50万元⟩\t独立\n工作站\t10万元\t联合\n",
        "三、平台建设\n平台类型\t国家级\t省级\n重点实验室\t⟨50万元⟩\t20万元\n工作站\t10万元\t6万元\n",
    ),
)
def table_of_awards(c: Context, facts: Facts) -> Found:
    """Money in a table that its caption, or else the heading above, says to be of awards."""
    cell = c.quantity.cell
    if not cell or not facts.is_money or _ACHIEVED_COLUMN.search(cell.column):
        return None
    return matched(w.AWARDED.search(cell.caption) or w.AWARDED.search((c.sentence.headings or ("",))[-1]))


@KIND.rule(
    "target",
    after=("past_column",),
    yes=("海州市知识产权规划\n2021年5月6日\n指标 2020年 2025年\n专利授权量(件) 186 ⟨400⟩\n",),
    no=(
        "海州市知识产权规划\n2021年5月6日\n指标 2020年 2025年\n专利授权量(件) ⟨186⟩ 400\n",
        "专利授权量⟨400件⟩。",
    ),
)
def later_column(c: Context, _: Facts) -> Found:
    """A cell under 目标值, or under the plan's own year or a later one."""
    cell = c.quantity.cell
    return cell.note if cell and (cell.is_target or cell.year) else None


YEAR_TO = re.compile(rf"[到至]({YEAR})年")


@KIND.rule(
    "baseline",
    yes=("一、发展现状\n有效发明专利达到⟨1200件⟩。\n二、主要目标\n有效发明专利达到2000件。\n",),
    no=(
        "一、发展现状\n有效发明专利达到1200件。\n二、主要目标\n有效发明专利达到⟨2000件⟩。\n",
        "海州市专利行动方案\n2021年5月6日\n一、发展现状\n专利达到1200件。到2025年底,专利达到⟨2000件⟩。\n",
    ),
)
def status_section(c: Context, _: Facts) -> Found:
    """What a section on the state of things says; not what it aims at, nor what a list of requirements says of it."""
    if c.sentence.section != "status" or any(map(w.CONDITION_HEADING.search, c.sentence.headings[:-1])):
        return None
    years = [int(year) for year in YEAR_TO.findall(c.sentence.text[: c.first.start])]
    return None if years and years[-1] > (c.sentence.year or years[-1]) else ""


@KIND.rule(
    "baseline",
    yes=(
        "一、2020年工作总结\n(一)商标\n注册商标⟨300件⟩。\n二、工作任务\n(一)商标\n注册商标500件。\n",
        "“十三五”时期工作回顾\n注册商标⟨300件⟩。\n2021年重点工作\n注册商标500件。\n",
    ),
    no=(
        "“十三五”时期工作回顾\n注册商标300件。\n2021年重点工作\n注册商标⟨500件⟩。\n",
        "一、2020年工作总结\n(一)商标\n注册商标300件。\n二、工作任务\n(一)商标\n注册商标⟨500件⟩。\n",
        "一、提高转化成效\n(一)商标\n注册商标⟨500件⟩。\n",
    ),
    source="GB/T 9704-2012, 7.3.3: a part is headed by what it treats, on up to four levels",
)
def heading_of_the_past(c: Context, _: Facts) -> Found:
    """What stands below a heading that looks back, and none nearer that looks ahead."""
    headings = c.sentence.headings
    for heading in reversed(headings[:-1] or headings):
        if (match := w.PAST_HEADING.search(heading)) and not w.FUTURE_HEADING.search(heading):
            return match[0]
        if w.FUTURE_HEADING.search(heading):
            return None
    return None


_YEAR_NAMED = re.compile(f"({YEAR})年")


_LONGEST_HEADING = 30  # characters; what is longer is a sentence that opens its paragraph, and heads nothing


def _is_next(c: Context) -> bool:
    """The outermost heading of a report that says so names a later year than its title, or what is still to be done."""
    of_report = _YEAR_NAMED.search(c.sentence.reports)
    for heading in c.sentence.headings:
        if len(heading) > _LONGEST_HEADING:
            continue
        year = _YEAR_NAMED.search(heading)
        if year and of_report:
            return int(year[1]) > int(of_report[1])
        if (past := w.PAST_HEADING.search(heading)) or w.NEXT_HEADING.search(heading):
            return not past
    return False


def is_ahead(c: Context) -> bool:
    """Whether the nearest heading that says when says that it is to come: 2024年工作安排."""
    for heading in reversed(c.sentence.headings):
        if w.PAST_HEADING.search(heading):
            return False
        if w.FUTURE_HEADING.search(heading) or w.NEXT_HEADING.search(heading):
            return True
    return False


def is_reported(c: Context) -> bool:
    """Whether the title says that the document reports, and nothing there that this is still to come."""
    to_come = _is_next(c) or w.STILL_TO_COME.search(c.sentence.text[: c.first.start])
    return bool(c.sentence.reports) and not to_come


# What a report tells of rules that are in force: 对保费⟨按⟩50%补贴,单户补贴⟨最高⟩15万元
_AT_A_RATE = re.compile(r"(?:按(?:照)?|最高|不超过|上限)[^,。;、]{0,6}$")


@KIND.rule(
    "baseline",
    yes=(
        "海州市2022年知识产权统计公报\n专利授权量3000件。\n",
        "海州市2022年知识产权保护状况白皮书\n专利授权量3000件。\n",
        "海州市2022年工作总结及2023年工作打算\n一、2022年主要工作\n(一)实施强企工程\n专利授权量⟨3000件⟩。\n",
        "海州市2022年知识产权发展与保护状况新闻发布会实录\n专利授权量3000件。\n",
        "海州市知识产权工作情况汇报\n有效商标6820件,同比增长15.2%,其中集体商标36件,提前完成目标任务。登记商标⟨30件⟩。\n",
    ),
    no=(
        "海州市2022年知识产权统计公报\n一、2023年工作安排\n专利授权量3000件。\n",
        "海州市2022年工作总结及2023年工作打算\n二、2023年主要工作\n专利授权量⟨3000件⟩。\n",
        "海州市2022年知识产权工作计划\n专利授权量3000件。\n",
        "海州市改善知识产权保护状况行动计划\n专利授权量3000件。\n",
        "海州市2022年知识产权保护状况\n2023年,我们将抓好两件事:一是登记专利300件;二是培训⟨3000人⟩。\n",
        "海州市2022年知识产权保护状况\n去年对专利保险保费按⟨50%⟩给予补贴。\n",
    ),
    source="中办发〔2012〕14号, article 8: 公报 make known, 报告 report",
)
def title_of_a_report(c: Context, facts: Facts) -> Found:
    """What a document tells whose title says that it reports, but for what it says is still to come."""
    if not is_reported(c):
        return None
    in_force = is_award_near(c, facts) and _AT_A_RATE.search(c.near_before)
    return None if in_force else ""


_STARTING_FROM = re.compile(r"[由从][^,。;、]{0,12}$")

RISEN_TO = re.compile("(?:工作日)?" + phrases.RISE_TO)


@KIND.rule(
    "baseline",
    yes=(
        "每万人发明专利拥有量由⟨3件⟩提高到5件。",
        "每万人发明专利拥有量由⟨3件⟩增至5件。",
        "每万人发明专利拥有量达到5件,较2024年底的⟨3件⟩提高2件。",
    ),
    no=(
        "每万人发明专利拥有量由3件提高到⟨5件⟩。",
        "每万人发明专利拥有量由3件增至⟨5件⟩。",
        "由市财政拨付⟨3万元⟩。",
    ),
)
def starting_value(c: Context, _: Facts) -> Found:
    """The value that something rises from: 由⟨3件⟩提高到5件, 较2024年底的⟨3件⟩提高2件."""
    if _STARTING_FROM.search(c.near_before):
        return matched(RISEN_TO.match(c.own_after))
    return matched(_RISES_BY.match(c.own_after)) if _AGAINST.search(c.near_before) else None


_AGAINST = re.compile(rf"[比较](?:{YEAR}年(?:底|末)?|上年(?:度|末|底)?|去年底?)[^,。;\d]{{0,4}}$")

_RISES_BY = re.compile(w.GROWTH + "(?![到至])|[,,]?净增")


@KIND.rule(
    "baseline",
    yes=("发挥东港、西港、南港等⟨6家⟩高新区的集聚作用。", "依托全市⟨12个⟩产业园区,设立工作站。"),
    no=(
        "培育东港、西港、南港等⟨6家⟩高新区。",
        "依托园区新建⟨12个⟩工作站。",
        "依托⟨1亿元⟩风险补偿资金开展质押融资。",
    ),
    source="hebei-2021, 四",
)
def sum_of_those_named(c: Context, facts: Facts) -> Found:
    """The number of those just named, which are made use of: 发挥甲、乙等6家高新区作用."""
    return None if facts.is_money else matched(w.PASSING.search(c.near_before))


_PAST_IN_BRACKETS = re.compile(
    rf"\((?:截至)?(?:上年度?|去年|上一年度?|现有|目前|基期|(?P<year>{YEAR})年)[^()。;]*$"
)


@KIND.rule(
    "baseline",
    yes=("备案专利产品180个(上年度⟨112个⟩)。",),
    no=(
        "备案专利产品⟨180个⟩(上年度112个)。",
        "备案专利产品180个(新增⟨112个⟩)。",
        "企业(上年度新设的除外)达到⟨180家⟩。",
    ),
    source="GB/T 15834-2011, 4.9: what stands in brackets explains what stands before them",
)
def past_in_brackets(c: Context, _: Facts) -> Found:
    """What was there before, added to a goal in brackets: 180个(上年度112个), 680家(截至2024年底为593家)."""
    match = _PAST_IN_BRACKETS.search(c.sentence.text[: c.first.start])
    is_later = match and match["year"] and int(match["year"]) > (c.sentence.year or int(match["year"]))
    return match[0] if match and not is_later and not AWARD.search(c.clause_after) else None
