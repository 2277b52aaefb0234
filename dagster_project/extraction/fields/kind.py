"""What a figure does in its sentence: target, award, threshold, cap, fund, share, fine or past figure.

The order is that of certainty: what a table, a heading or a report says of a whole passage; then what makes a figure a
condition (a fine or an award follows from it); then shares and rates; then sums, from the word next to them to the
sentence around them; then what only tense or an obligation tells. What is left is a target.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, once
from dagster_project.extraction.fields import Facts, Field, Found, matched
from dagster_project.reading.numerals import FIVE_YEARS, YEAR, number_value
from dagster_project.reading.vocabulary import Word, one_of

KIND: Field[str] = Field("kind")

#: Rules that find an award in the sentence of its figure. A cap that another rule finds may limit what an earlier
#: sentence grants.
AWARD_RULES = frozenset({"granted", "award_named_after", "award_named_before"})

_BOUNDED = frozenset({"ge", "gt", "le", "lt"})
_AWARD = re.compile(w.AWARD)
_GRANT = re.compile(w.GRANT)
# 给予一次性⟨50万元⟩
_AWARD_BEFORE = re.compile(w.AWARD + r"(?!资金|基金|金|政策|机制)[^,。;、\d]{0,10}$|" + w.PAYS)
_LENT = re.compile("贷款|融资")  # 发放⟨贷款⟩累计达到
_POOL = re.compile(w.MONEY_POOL)

_SHARE_COLUMN = re.compile("(?:占比|比重)$")
_ACHIEVED_COLUMN = re.compile(w.ACHIEVEMENT)  # 年度产值 in a table of awards
# 融资金额达到⟨5亿元⟩
_ACHIEVED = re.compile("(?<!不)" + w.ACHIEVEMENT + r"[^,。;给予补助奖励]{0,12}$")


@once
def _award_before(c: Context) -> bool:
    match = _AWARD_BEFORE.search(c.near_before)
    return bool(match and not _LENT.search(match[0]))


def _is_granted(c: Context, facts: Facts) -> bool:
    """The figure itself is what is granted: 给予50万元, 补助30%."""
    return (facts.is_money or facts.is_share) and _award_before(c)


# ---- what a table, a heading or a report says


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
    return matched(_POOL.search(cell.caption + cell.label)) if cell and facts.is_money else None


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
    return matched(_SHARE_COLUMN.search(cell.column)) if cell and _POOL.search(cell.caption) else None


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


_YEAR_TO = re.compile(rf"[到至]({YEAR})年")


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
    years = [int(year) for year in _YEAR_TO.findall(c.sentence.text[: c.first.start])]
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


def _is_next(c: Context) -> bool:
    """The outermost heading of a report that says so names a later year than its title, or what is still to be done."""
    of_report = _YEAR_NAMED.search(c.sentence.reports)
    for heading in c.sentence.headings:
        year = _YEAR_NAMED.search(heading)
        if year and of_report:
            return int(year[1]) > int(of_report[1])
        if (past := w.PAST_HEADING.search(heading)) or w.NEXT_HEADING.search(heading):
            return not past
    return False


# What a report tells of rules that are in force: 对保费⟨按⟩50%补贴,单户补贴⟨最高⟩15万元
_AT_A_RATE = re.compile(r"(?:按(?:照)?|最高|不超过|上限)[^,。;、]{0,6}$")


@KIND.rule(
    "baseline",
    yes=(
        "海州市2022年知识产权统计公报\n专利授权量3000件。\n",
        "海州市2022年知识产权保护状况白皮书\n专利授权量3000件。\n",
        "海州市2022年工作总结及2023年工作打算\n一、2022年主要工作\n(一)实施强企工程\n专利授权量⟨3000件⟩。\n",
        "海州市2022年知识产权发展与保护状况新闻发布会实录\n专利授权量3000件。\n",
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
    if not c.sentence.reports or _is_next(c) or w.STILL_TO_COME.search(c.sentence.text[: c.first.start]):
        return None
    in_force = _is_award_near(c, facts) and _AT_A_RATE.search(c.near_before)
    return None if in_force else ""


_STARTING_FROM = re.compile(r"[由从][^,。;、]{0,12}$")
_RISEN_TO = re.compile("(?:工作日)?" + phrases.RISE_TO)


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
        return matched(_RISEN_TO.match(c.own_after))
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
    return match[0] if match and not is_later and not _AWARD.search(c.clause_after) else None


# ---- what a fine or an award follows from

_PENALTY = re.compile(w.PENALTY)
# 处⟨一万元⟩: the fine itself
_FINED_BEFORE = re.compile(r"处[^,。;]{0,12}$")
# ⟨五万元⟩以上的,处: what it is for
_FINED_AFTER = re.compile(r"[^。;]*?的,?[^。;]{0,30}?[处罚]")
# 按罚款数额的⟨百分之三⟩加处罚款: a fine of the fine
_SURCHARGE = re.compile("的?加[处收]")
_FINING = re.compile("处|" + w.PENALTY)


def _speaks_of_fines(c: Context, facts: Facts) -> bool:
    text = c.sentence.text[c.segment[0] : c.segment[1]]
    return (facts.is_money or facts.is_share) and bool(_PENALTY.search(text))


@KIND.rule(
    "condition",
    yes=("违法经营额⟨五万元⟩以上的,处三万元罚款。",),
    no=(
        "违法经营额五万元以上的,处⟨三万元⟩罚款。",
        "成交额⟨五万元⟩以上的,给予三千元奖励。",
        "每日按罚款数额的⟨百分之三⟩加处罚款,加处罚款的数额不得超出罚款的数额。",
    ),
)
def threshold_of_a_fine(c: Context, facts: Facts) -> Found:
    """What is fined from a sum on: 违法经营额五万元以上的,处…罚款."""
    if (
        not _speaks_of_fines(c, facts)
        or _FINED_BEFORE.search(c.clause_before)
        or _SURCHARGE.match(c.own_after)
    ):
        return None
    return matched(_FINED_AFTER.match(c.after))


@KIND.rule(
    "sanction",
    yes=(
        "处⟨一万元⟩以上五万元以下的罚款。",
        "处违法所得⟨一倍⟩以上三倍以下罚款。",
    ),
    no=(
        "违法经营额⟨五万元⟩以上的,处三万元罚款。",
        "违法所得⟨一万元⟩以上的,没收违法所得。",
    ),
)
def fine(c: Context, facts: Facts) -> Found:
    """A fine: 处二万元以上二十万元以下的罚款; 处违法所得一倍以上五倍以下罚款."""
    return matched(_FINING.search(c.before + c.clause_after)) if _speaks_of_fines(c, facts) else None


_TAKEN_BACK = re.compile(r"(?:退还|退回|退缴|追回|收回|追缴|扣减|核减|扣发)[^,。;\d]{0,16}$")
_FOR_FAILING = re.compile("的,|不合格|不达标|未[^,。;]{1,12}的|弄虚作假|骗取")


@KIND.rule(
    "sanction",
    yes=(
        "考核不合格的,扣减⟨百分之三十⟩的管理费。",
        "服务不满五年离开的,应当退还已领取补助的⟨50%⟩。",
        "未通过验收的,收回首期资金的⟨一半⟩。",
    ),
    no=(
        "一般性支出核减⟨10%⟩。",
        "通过认证的,给予实际支出⟨50%⟩的补助。",
    ),
    source="财政违法行为处罚处分条例 (国务院令第427号): funds are taken back from, and payments cut of, who breaks the rules",
)
def taken_back(c: Context, facts: Facts) -> Found:
    """A part of what was paid that is taken back, or of what is paid that is cut: 不合格的,扣减30%的管理费."""
    if not facts.is_share or not _FOR_FAILING.search(c.before):
        return None
    return matched(_TAKEN_BACK.search(c.near_before))


@KIND.rule(
    "sanction",
    yes=("骗取补助的,追回资金,⟨5年⟩内不得申报各类项目。",),
    no=("工作满⟨5年⟩的,给予奖励。",),
    source="财政违法行为处罚处分条例 (国务院令第427号), articles 14 and 16",
)
def barred(c: Context, _: Facts) -> Found:
    """For how long those who break the rules may not apply again: 5年内不得申报."""
    decision = c.sentence.counted[c.index]
    return decision.words if decision.rule == "barred" else None


# ⟨50万元⟩以内的奖励 is a sum, ⟨50万元⟩以下的奖励 says who gets one.
_AWARD_NEXT = re.compile(
    r"(?:以上|以内|左右)?的?(?:(?:比例|标准)(?=给予|予以|发放))?(?:一次性)?"
    + w.AWARD
    + r"(?![^,。;、]{0,6}\d)"
    + r"|的(?:一次性)?[^,。;、\d给予]{0,4}(?:补贴|补助|奖励|资助|津贴)(?=[,。;、]|$)"
)
_RATE_OF_SOMETHING = re.compile(r"(?:按照?|依照|依|(?<![低高少多大小])于)[^,。;前]*$")
_THEN_GRANTED = re.compile(
    r"(?:的?(?:比例|标准)|限度内)?,\s*(?:一次性)?(?:给予|予以|抵减|奖励|补助|补贴|[^,。;\d]{0,20}(?:给予不超过|支持额度|支持金额|补助额度|资助额度))"
)


@KIND.rule(
    "incentive",
    yes=(
        "利润500万元以上的企业,可按利润总额的⟨1%⟩,给予最高100万元的支持。",
        "按照实际支出的⟨40%⟩,示范企业每家资助额度不超过60万元。",
        "按设备投资额⟨10%⟩的比例,给予补助。",
        "于支出金额⟨百分之十五⟩限度内,抵减应纳所得税额。",
    ),
    no=(
        "利润增长⟨10%⟩的,给予最高100万元的支持。",
        "按照计划,利润增长⟨10%⟩,给予最高100万元的支持。",
        "按考核得分排名前⟨10%⟩,给予奖励。",
        "按收入分成的⟨10%⟩提取,给予发明人。",
        "从利润中提取不低于⟨1%⟩,给予发明人。",
    ),
    source="a cap may stand between a rate and the word of granting, and a comma too: 按合同额的10%,给予最高100万元的补助",
)
def rate_to_be_paid(c: Context, facts: Facts) -> Found:
    """A rate of something named, and the granting behind a comma: 按利润总额的1%,给予…支持."""
    if not _is_rate(c, facts) or not _RATE_OF_SOMETHING.search(c.near_before):
        return None
    return matched(_THEN_GRANTED.match(c.after))


_PART = re.compile(phrases.BOUND + r"?[^,。;、]{0,10}的部分")
# 20件以上⟨的企业,⟩ with an award soon after, or with the right to ask for one
_TIER = re.compile(
    r"(?:\([^()]*\))?"
    rf"(?:{phrases.BOUND}(?:\([^()]{{1,3}}\))?(?:(?:且|或者?|并|从事|用于)[^,。;]{{2,24}}?)?|且排名前[^,。;]{{1,3}})?"
    r"[的者][^,。;]{0,16}?(?:,(?=[^。;]{0,12}?"
    + w.GRANT
    + "|[^,。;]{0,6}?可?(?:按|参照|根据)[^,。;]{0,40}?"
    + w.GRANT
    + r")|(?=可以?申|可以?享受|优先|减按|[^,。;\d]{0,16}?(?:给予|予以)))"
)
# A rate that is reached, not paid: 增速超过⟨30%⟩, 占比达到⟨50%⟩
_RATE_OF_STATE = re.compile(
    r"(?:率|增[长速幅]|占比|比重)[^,。;\d]{0,6}$|占[^,。;\d]{2,14}(?:总额|总量|收入|产值|比例)$"
)
_ADDRESSING = re.compile(phrases.ADDRESSING)


# 减免租金⟨30%⟩以上的,按…减征: what others grant
_CARRIED_OUT = re.compile("(?:的?标准)?(?:执行|收取|计收|缴纳)[,;。]")  # 按最低价标准的⟨70%⟩执行
_OR_MORE_THEN = re.compile("及?以上的,")


def _may_entitle(c: Context, facts: Facts) -> str | None:
    """The segment after the figure, unless the figure is itself granted or a side of a ratio."""
    after = c.sentence.text[c.quantity.end : c.segment[1]]
    if _OR_MORE_THEN.match(after):
        return after
    granted = _is_granted(c, facts) or ((facts.is_money or facts.is_share) and _AWARD_NEXT.match(after))
    is_closed = granted or c.quantity.unit_word == "∶" or _CARRIED_OUT.match(after)
    return None if is_closed else after


# 60家以上企业,各县可⟨对⟩首次认定的给予: others are entitled
_OTHERS = re.compile(",(?:各地|各[市县区]|[省市县区]?(?:本?级)?财政|可|另|再)*对")


def _entitled(pattern: re.Pattern[str], after: str, facts: Facts) -> str | None:
    """The words that close a clause of who is entitled, where an award follows them and none stands before."""
    match = pattern.search(after)
    if not match or not _GRANT.search(after, match.start()) or _OTHERS.search(after[: match.start()]):
        return None
    return None if facts.is_money and _AWARD.search(after[: match.start()]) else match[0]


_THEN_PAID = re.compile(
    rf"(?:{phrases.BOUND}|后),(?:再|另|可|一次性)*(?:奖励|补助|给予|奖给|资助)[^,。;]{{0,16}}元"
    rf"|(?:(?:\([^()]{{1,3}}\))?{phrases.BOUND}|后),按照?[^,。;]{{0,24}}(?:奖励|补助|给予)"
)
# 不低于⟨800万元⟩,一次性给予40万元; with more thresholds between
_THEN_PAID_AT_ONCE = re.compile(
    rf"{phrases.BOUND}?(?:,[^。;]{{0,60}})?,(?:一次性|再|另)(?:给予|奖励|奖补|补助)[^,。;]{{0,16}}元"
)
# 设备投资⟨2亿元⟩以上(含)项目,按…给予
_ITEM_BOUND = re.compile(
    rf"(?:\([^()]{{1,3}}\))?{phrases.BOUND}(?:\([^()]{{1,3}}\))?[^,。;、\d的]{{0,10}}(?:项目|企业|单位|机构|团队),[^。;]{{0,40}}?(?:按照?|给予|奖励|补助)"
)
# 对⟨20人⟩以上服务团队给予奖补
_ADDRESSED_BOUND = re.compile(
    rf"{phrases.BOUND}(?!的)[^,。;、\d]{{2,22}}(?:给予|予以|奖励|奖补|补助|补贴)(?!标准|政策|资金)"
)


@KIND.rule(
    "condition",
    yes=(
        "用标企业年内新增⟨10家⟩及以上,奖励行业协会5万元。",
        "项目到位资金满⟨2000万元⟩后,按到位资金千分之二奖励。",
        "年度纳税额在⟨3亿元⟩(含)以上,按增量的5%给予奖励。",
        "自有资金不低于⟨800万元⟩,投产满一年后,一次性给予40万元奖励。",
        "对⟨20人⟩以上服务团队给予奖补。",
        "新建设备投资⟨2亿元⟩以上(含)项目,按投资额的3%给予奖励。",
        "企业研发投入增长⟨20%⟩以上,给予50万元奖励。",
        "新建⟨500立方米⟩以上冷库,每立方米补助150元。",
        "包机、专列(不少于⟨300批⟩)每趟奖励3万元。",
        "销售额10亿元以上的,同比增速均须达到⟨15%⟩,依次奖励5万元、12万元。",
    ),
    no=(
        "新增专利⟨50件⟩以上,资助企业创新发展。",
        "奖励协会⟨10万元⟩以上,奖励企业5万元。",
        "新增企业10家以上,奖励协会⟨5万元⟩。",
        "力争培育企业⟨50家⟩以上,一次性奖励认定企业5万元。",
    ),
    source="the 的 of a clause of who is entitled may be left out",
)
def then_paid(c: Context, facts: Facts) -> Found:
    """A bound right after which a sum is paid, without 的: 新增10家及以上,奖励5万元; 满2000万元后,按…奖励."""
    is_rate = facts.is_share and not _RATE_OF_STATE.search(c.near_before)
    if _is_granted(c, facts) or is_rate or w.AIM.search(c.clause_before):
        return None
    if _ADDRESSING.search(c.clause_before) and (match := _ADDRESSED_BOUND.match(c.own_after)):
        return match[0]
    is_least = facts.comparator in {"ge", "gt"}
    if is_least and facts.is_money and (match := _ITEM_BOUND.match(c.after)):
        return match[0]
    if is_least and facts.unit == "other" and (match := _THEN_PAID_EACH.match(c.after)):
        return match[0]
    if _MUST_REACH.search(c.near_before) and (match := _PAID_NEXT.match(c.after)):
        return match[0]
    return matched(_THEN_PAID.match(c.after) or (_THEN_PAID_AT_ONCE.match(c.after) if is_least else None))


# 新建500立方米⟨以上冷库,每立方米补助⟩150元
_THEN_PAID_EACH = re.compile(
    rf"{phrases.BOUND}[^,。;、\d的]{{0,10}},每[^,。;\d]{{1,3}}(?:给予?|奖励?|补助|补贴)[^,。;]{{0,10}}元|\)[^,。;\d]{{0,4}}(?:奖励|补助|补贴)"
)
_MUST_REACH = re.compile("须(?:达到?|满|超过)?$")  # 增速均须达到⟨15%⟩,依次奖励
_PAID_NEXT = re.compile(f"(?:{phrases.BOUND})?,(?:依次|分别|再|可|一次性)*(?:给予|奖励|补助)")


_PRICE_BEFORE = re.compile("按照?(?:每[人名户家个件项亩])?$")
_PRICE_AFTER = re.compile(f"[^。;]*的标准[^,。;]{{0,6}}(?:{w.AWARD}|拨付)")


@KIND.rule(
    "incentive",
    yes=(
        "2023年入驻的按⟨60元⟩/平方米、2024年入驻的按40元/平方米的标准给予租金支持。",
        "按每家⟨15万元⟩的标准拨付培育经费。",
    ),
    no=("按⟨60元⟩/平方米的标准缴纳租金。", "面积超过⟨60平方米⟩的,按40元/平方米的标准给予租金支持。"),
    source="subsidies of rent are set out so, year by year or class by class, with one verb for all of them",
)
def price_to_be_paid(c: Context, facts: Facts) -> Found:
    """One of several rates of which the verb stands at the end: 按⟨60元⟩/平方米、…按40元/平方米的标准给予支持."""
    is_price = facts.is_money and _PRICE_BEFORE.search(c.near_before)
    return matched(_PRICE_AFTER.match(c.after)) if is_price else None


@KIND.rule(
    "condition",
    yes=(
        "研发投入超过⟨500万元⟩的部分,给予3%的补助。",
        "租用面积不超过⟨3000平方米⟩的部分,前两年租金全免,第三年按50%收取。",
    ),
    no=(
        "研发投入超过500万元的部分,给予⟨3%⟩的补助。",
        "研发投入超过⟨500万元⟩的部分企业加快转型。",
    ),
)
def part_beyond(c: Context, facts: Facts) -> Found:
    """The sum above or below which a part is granted for: 超过⟨500万元⟩的部分,给予3%."""
    after = _may_entitle(c, facts)
    match = _PART.match(after) if after else None
    return match[0] if match and (_AWARD.search(match.string) or _FREE_OF.search(match.string)) else None


_FREE_OF = re.compile("(?:租金|租|费用?|税)(?:全免|免[收除交]|全额减免)")
_PASSED = re.compile(
    "(?:首次|年)[^,。;]{0,8}(?:突破|超过|跨[上过]|达到?)$"
)  # a level that is passed for once: 首次突破


@KIND.rule(
    "condition",
    yes=(
        "获得授权⟨20件⟩以上的企业,给予5万元奖励。",
        "对年度纳税额超过⟨500万元⟩的企业,按其地方财政贡献超出上年部分的20%给予奖励。",
        "考核得分⟨90分⟩以上且排名前两位的县区,各奖励20万元。",
        "年营业额⟨500万元⟩以上的新引进总部企业,前三年按其贡献的80%给予奖励。",
        "贷款增速超过⟨30%⟩且排名前三的银行,再奖励15万元。",
        "研发费用占销售收入总额⟨8%⟩以上的企业减按10%征收所得税。",
        "营业收入首次突破⟨1亿元⟩、5亿元的企业,分别给予10万元、30万元奖励。",
        "营业额未达⟨一千万元⟩者,免征规费。",
        "销售收入首次突破⟨3000万元⟩的企业,再奖80万元。",
        "租用标准厂房⟨1000平方米⟩以上从事生产的企业,前3年按每平方米10元给予补贴。",
        "上年度研发费用不低于⟨100万元⟩、占营业收入比重达到3%的企业,按研发费用增量的5%给予补助。",
        "对投资10亿元以上的项目,补助1亿元;投资⟨1亿元⟩(含)至10亿元(不含)的项目,按设备投资额的8%给予补助。",
    ),
    no=(
        "获得授权⟨20件⟩以上的企业达到50家。",
        "获得授权20件以上的企业,给予⟨5万元⟩以内的奖励。",
        "补贴设备价款⟨30%⟩的企业,再奖励15万元。",
    ),
)
def tier(c: Context, facts: Facts) -> Found:
    """The bound of a tier right before 的, and an award after it: 获得授权40件以上的企业,给予…."""
    after = _may_entitle(c, facts)
    if after is None or (facts.is_share and not _RATE_OF_STATE.search(c.near_before)):
        return None
    if _PASSED.search(c.near_before):  # 首次突破1亿元、5亿元的企业: what closes the series closes each
        after = c.sentence.text[c.last.end : c.segment[1]]
    first = _FIRST_OF_SEVERAL.match(after) if facts.comparator in _BOUNDED or after[:1] == "(" else None
    match = _TIER.match(after, first.end() if first else 0)
    return match[0] if match and _GRANT.search(after, match.end()) else None


# Another threshold of the same, which 的 closes: 研发费用不低于⟨100万元⟩、占营业收入比重达到3%的企业,按…给予补助
_FIRST_OF_SEVERAL = re.compile(
    rf"{phrases.BOUND}?(?:、|且|并且?)[^,。;、\d]{{2,16}}\d[\d.]*[^,。;、\d的]{{1,3}}(?:{phrases.BOUND})?(?=的)"
    r"|\([^()]{1,3}\)(?:以上)?(?:至|到|[—-])\d[\d.]*[^,。;、\d的()]{1,3}(?:\([^()]{1,3}\))?(?:以下)?(?=的)"
)


@KIND.rule(
    "condition",
    yes=("新增发明专利⟨20件⟩且通过贯标的,每家给予5万元。",),
    no=(
        "新增发明专利⟨20件⟩且通过贯标的,共50家。",
        "新认定⟨60家⟩以上市级企业,各县可对首次认定的给予奖补。",
        "每年组织导航项目⟨3项⟩,财政对单个项目的补助不超过40万元。",
        "获得20万元资助的,按⟨50%⟩奖励。",
        "给予省内300元、省外⟨1000元⟩的一次性面试补贴,每人限享1次,并给予交通补助。",
    ),
)
def entitled(c: Context, facts: Facts) -> Found:
    """A clause that 的 closes, before an award: 新增发明专利40件以上…的,每家给予…."""
    after = _may_entitle(c, facts)
    return None if after is None else _entitled(w.ENTITLED, after, facts)


_LENT_OUT = re.compile("发放[^,。;]{0,12}贷款")


@KIND.rule(
    "condition",
    yes=(
        "对拥有注册商标⟨10件⟩、管理规范的企业,择优给予资助。",
        "对年度发放质押贷款累计达到⟨5000万元⟩、1亿元以上的银行,分别奖励10万元和20万元。",
    ),
    no=(
        "拥有注册商标⟨10件⟩、管理规范的企业达到50家。",
        "对管理规范的企业给予⟨10万元⟩,对优秀的企业,优先资助。",
    ),
)
def addressee(c: Context, facts: Facts) -> Found:
    """A clause inside what 对 addresses: 对于成立5年以上、…的机构,择优给予…."""
    after = _may_entitle(c, facts)
    closed = _entitled(w.ADDRESSED_END, after, facts) if after else None
    address = list(_ADDRESSING.finditer(c.before)) if closed else []
    said = _LENT_OUT.sub("", c.before[address[-1].end() :]) if address else ""
    return closed if address and not _AWARD.search(said) else None


_THRESHOLD = re.compile(r"(?:门槛|准入标准|起补点|起付线)[^,。;]*$")


@KIND.rule(
    "condition",
    yes=("贴息门槛由贷款额300万元以上调整为⟨200万元⟩以上。",),
    no=("降低门槛,给予企业⟨1000万元⟩支持。", "推动支持政策落地⟨30项⟩。"),
    source="现代汉语词典 (第7版), 门槛: a figure of speech for the standard or condition of getting in",
)
def threshold_named(c: Context, facts: Facts) -> Found:
    """What the text itself calls a threshold: 贴息门槛由300万元调整为200万元."""
    return matched(_THRESHOLD.search(c.clause_before)) if facts.is_money or facts.is_share else None


# ⟨100公斤⟩以上的,应当设置…; ⟨1亿元⟩以上的项目为重大项目
_CASE = re.compile(
    rf"(?:\([^()]*\))?{phrases.BOUND}?(?:[的者]|(?:(?:且|或者?|并)[^。;]*?)[的者])[^,。;\d]{{0,16}}?,?[^,。;\d]{{0,20}}?"
    r"(?:应(?:当|设置|建立|配备|编制|办理|报|按|由|依法)|必须|不予|不得|不受|可以|授予|预留|实行|纳入|暂停|停止|终止|取消|撤销|收回|追回|更换|核减|扣减|约谈|责令|退出|清退|予以(?:提示|书面|通报|警[示告]|退出|除名)|可(?!持续)|方可|由[^,。;]{1,16}(?:承担|审批|核准|备案)|全额承担|专门面向|(?:的|目|业|构|位)为(?!\d)|视为|认定为|列为)"
)


@KIND.rule(
    "condition",
    yes=(
        "存量超过⟨100公斤⟩的,应当设置专用仓库。",
        "面积超过⟨300平方米⟩的,应建立台账。",
        "对抽查合格率低于⟨90%⟩的机构,暂停受理新业务。",
        "固定资产投资⟨1亿元⟩以上的工业项目为重大产业项目。",
        "评价得分⟨80分⟩以下的核减管理费。",
        "单个企业资助额不足⟨1万元⟩的不予资助。",
        "总投资在⟨五千万元⟩以上者,由市政府核准。",
        "重大事项经⟨三分之二⟩以上委员同意。",
        "代表性专利不少于⟨3件⟩方可申报。",
        "超过⟨200万元⟩的采购项目,预留份额面向中小企业。",
    ),
    no=(
        "示范企业达到⟨50家⟩以上的目标可以实现。",
        "培育产值超过⟨1亿元⟩的企业50家。",
        "存量超过100公斤的,应当配备⟨2名⟩以上管理人员。",
    ),
    source="立法技术规范(试行)(一), 2009: a case is stated with 的 and followed by what holds in it",
)
def case_of_a_rule(c: Context, facts: Facts) -> Found:
    """A bound that 的 closes, and what must, may or must not be done from there on: 超过100公斤的,应当设置…."""
    if facts.comparator in _BOUNDED and (match := _NOT_GRANTED.match(c.own_after)):
        return match[0]
    if facts.comparator not in _BOUNDED or _is_granted(c, facts) or _AWARD.search(c.clause_before):
        return None
    match = _CASE.match(c.after) or _VOTED.match(c.after)
    return match[0] if match and "目标" not in match[0] else None


_VOTED = re.compile(
    r"(?:以上)?方可|以上的?[^,。;\d]{0,6}(?:委员|成员|专家|代表|评委|股东)[^,。;\d]{0,4}(?:同意|通过|出席|赞成)"
)
_EVENT_BEFORE = re.compile(r"(?:达到|达|超过|低于|高于|不足|未达到|降至|降到|跌破)[^,。;、\d]{0,14}$")
_EVENT_AFTER = re.compile(
    r"(?:以上|以下)?(?:(?:时|的|后),[^,。;\d]{0,16}(?:予以|启动|更换|降级|通报|约谈|责令|退出|收回|撤销|取消)"
    r"|(?:时|的|后),?[^,。;\d]{0,20}(?:暂停|停止|中止|终止|应当发出|发出|预警|提示)|(?:以下|以内)(?:再行?|方可|后)[^,。;]{0,4}恢复"
    r"|(?:时|的|后)?,[^,。;\d]{0,16}(?:(?:启动|触发)[^,。;\d]{0,4}(?:熔断|预警|应急|问责|追责)|暂停|停止|终止))"
)


@KIND.rule(
    "condition",
    yes=(
        "贷款不良率达到⟨3%⟩时,市局予以书面提示。",
        "补偿支出超过资金余额的⟨二成⟩,启动熔断机制。",
        "放大倍数未达到约定倍数⟨60%⟩的,终止合作。",
        "代偿率达到⟨5%⟩时暂停新增业务,待降至3%以下再行恢复。",
        "代偿率达到5%时暂停新增业务,待降至⟨3%⟩以下再行恢复。",
    ),
    no=(
        "贷款不良率降至⟨3%⟩,启动二期工程。",
        "覆盖率达到⟨60%⟩,全面启动试点建设。",
        "合格率超过⟨90%⟩。",
    ),
    source="funds of risk compensation draw lines so at which they warn, stop or are replaced",
)
def event(c: Context, _: Facts) -> Found:
    """What sets something off when it is reached: 不良率达到3%时,予以提示; 超过二成,启动熔断."""
    if not (before := _EVENT_BEFORE.search(c.near_before)):
        return None
    after = _EVENT_AFTER.match(c.after)
    return before[0] + after[0] if after else None


_NOT_GRANTED = re.compile("(?:及?以[上下])?的,?(?:不予|不再|不得|不享受)")  # 资助额不足⟨1万元⟩的不予资助


def _is_award_near(c: Context, facts: Facts) -> bool:
    return _is_granted(c, facts) or bool(_AWARD.search(c.clause_before + c.clause_after))


_SAID_BELOW = re.compile(
    r"(?:^|[。;\n】])\s*(?:[(]?[\d一二三四五六七八九十]{1,2}[).、])?(?P<what>[\u4e00-\u9fff]{0,4}(?:条件|资格|门槛|对象|范围|标准|方式|要求|目标|任务))(?P<is>:|为|是(?!否)|包括)"
)
_WHO = re.compile("(?:条件|资格|门槛|对象)$|(?:支持|补助|奖励|资助|适用|扶持|补贴|申报|申请)范围$")


@KIND.rule(
    "condition",
    yes=(
        "申报条件:企业上年度营业收入⟨2000万元⟩以上,职工50人以上。",
        "支持对象为年销售收入⟨2000万元⟩以下的小微企业。",
        "补助范围:2023年以后购置、单台价值⟨10万元⟩以上的设备。",
    ),
    no=(
        "支持标准:国家级平台奖励⟨50万元⟩。",
        "申报条件:企业为高新技术企业。支持标准:国家级平台⟨50万元⟩。",
        "发展目标:企业达到⟨50家⟩。",
    ),
    source="guides to applications put it in one line, too: 申报条件:…; 支持对象为…",
)
def said_who(c: Context, facts: Facts) -> Found:
    """What stands behind 申报条件: or 支持对象为, in their line."""
    before = c.sentence.lead + c.sentence.text[: c.first.start]
    last = next(reversed([*_SAID_BELOW.finditer(before)]), None)
    if not last or not _WHO.search(last["what"]) or (last["is"] != ":" and last.end() < len(c.sentence.lead)):
        return None
    near = before[last.end() :].rpartition(",")[2] + c.clause_after
    return None if (facts.is_money or facts.is_share) and _AWARD.search(near) else last[0].strip()


@KIND.rule(
    "condition",
    yes=(
        "一、申报条件\n专利授权量⟨10件⟩以上。\n二、工作目标\n专利授权量20件以上。\n",
        "一、海外布局\n支持标准\n每件补助2000元。\n申报条件\n专利授权量⟨10件⟩以上。\n",
        "第一章 支持对象与资金来源\n第一条 年度研发投入预算⟨500万元⟩以上的企业。\n",
    ),
    no=(
        "一、申报条件\n专利授权量10件以上。\n二、工作目标\n专利授权量⟨20件⟩以上。\n",
        "一、申报条件\n每件奖励⟨1万元⟩。\n",
        "一、海外布局\n申报条件\n资料齐全。\n预期效果\n专利授权量⟨10件⟩以上。\n",
        "第一章 支持对象与资金来源\n第二条 市财政每年统筹⟨4500万元⟩,设立专项资金。\n",
    ),
)
def heading_of_conditions(c: Context, facts: Facts) -> Found:
    """What stands below a heading of requirements: 申报条件, 认定标准; money does not, where the heading is of that, too."""
    above = (*c.sentence.headings[-2:], c.sentence.label)
    if any(map(_OF_MONEY_TOO.search, above)) and _PUT_ASIDE.search(c.clause_before + c.clause_after):
        return None
    words = next(filter(None, map(_condition_heading, above)), None)
    return words if words and not _is_award_near(c, facts) else None


@lru_cache(maxsize=1024)  # a heading stands above many figures
def _condition_heading(heading: str) -> str | None:
    return matched(w.CONDITION_HEADING.search(heading))


_OF_MONEY_TOO = re.compile("[和与及、](?:专项)?(?:资金|经费)(?:来源|安排|筹集|规模)")
_PUT_ASIDE = re.compile("统筹|安排|设立|列支|用于|投向|拨付|出资|财政|专项资金|基金")
# An article whose first line leads in what stands below it: 应当符合下列要求
_LEADS_IN = re.compile(
    "(?:下列|以下|如下)[^,。;]{0,4}(?:条件|情形|要求|标准|规定)(?:之一)?[的者]?(?:,[^。;]*)?:?$|(?:应当?|须)(?:同时)?(?:具备|符合|满足):?$"
)


@KIND.rule(
    "condition",
    yes=(
        "申报单位应当具备下列条件:授权专利⟨10件⟩。",
        "第一条 受托机构应当符合下列要求:\n(一)实缴资本不低于⟨一千万元⟩;\n(二)专职人员不少于五人。\n第二条 落实。\n",
    ),
    no=(
        "第一条 申请人应当符合法律规定。全年培训⟨60人⟩。\n第二条 落实。\n",
        "申报单位应当报送材料:授权专利⟨10件⟩。",
        "符合下列条件的,奖励⟨10万元⟩。",
    ),
    source="立法技术规范(试行)(一), 2009: an article that lists has a line that leads in, with 下列",
)
def list_of_conditions(c: Context, facts: Facts) -> Found:
    """What a lead announces as requirements: 应当具备下列条件:…."""
    if _is_award_near(c, facts):
        return None
    above = _LEADS_IN.search((c.sentence.headings or ("",))[-1])
    before = c.sentence.lead + c.sentence.text[: c.first.start]
    led = w.CONDITION_LEAD.search(before) or w.CONDITION_MUST.search(before.rpartition("。")[2])
    return matched(above or led)


_PAYS = re.compile(w.AWARD)  # 给予以下奖励:
# What a report finds wanting: 我们也清醒看到,百亿级企业只有⟨2家⟩.
_FAULTS = re.compile("清醒地?(?:看到|认识到)(?!.*(?:力争|确保|将|下一步|要(?!求|素)))")
# What there is already, as that with which something else is done: ⟨在现有园区基础上⟩新建3家.
_BASIS = re.compile(r"(?:在|依托|盘活|利用|整合|结合|改造|对)[^,。;、]{0,4}现有[^。;]*?(?:,|基础上)")


@KIND.rule(
    "baseline",
    yes=(
        "近三年来,全市登记版权⟨800件⟩。",
        "今年以来,全市登记版权⟨800件⟩。",
        "全市现有孵化器⟨12家⟩。",
        "在现有⟨12家⟩孵化器基础上,新增孵化器5家。",
        "近年来,全县品牌工作取得新成绩:\n●地理标志产品⟨3个⟩\n",
        "我们也清醒看到,百亿级企业只有⟨2家⟩。",
    ),
    no=(
        "在现有孵化器基础上,新增孵化器⟨5家⟩。",
        "盘活现有厂房,新增孵化器⟨5家⟩。",
        "对近三年来获得授权发明专利⟨5件⟩以上的企业,给予奖励。",
        "近三年来成效明显,今后力争登记版权⟨800件⟩。",
        "三年内,全市登记版权⟨800件⟩。",
        "对近三年来获评的企业给予以下奖励:\n●国家级企业⟨30万元⟩\n",
    ),
    source="reports on the work of governments tell so of their term: 五年来",
)
def words_of_a_report(c: Context, _: Facts) -> Found:
    """A word that dates what is there: 截至, 目前, 现有, 近三年来; and no wish before or after it."""
    if match := _FAULTS.search(c.sentence.text[: c.first.start]):
        return match[0]
    opening = c.sentence.opening.rpartition("。")[2]
    head = _BASIS.sub("", ("" if _PAYS.search(opening) else opening) + c.sentence.text[: c.first.start])
    match = w.PAST.search(head)
    return match[0] if match and not w.FUTURE.search(head[match.end() :]) and not w.AIM.search(head) else None


_GRADED = re.compile(
    f'(?:{phrases.BOUND})?(?:的)?(?:为|评为|定为|属于?|是)[“"]?(?:优秀|优良|良好?|中等?|合格|不合格|差|[A-E一二三四五甲乙丙][级等类])'
)


@KIND.rule(
    "condition",
    yes=("考核得分⟨85分⟩以上为优秀,75分至85分为良好。", "评价得分75分至⟨85分⟩为良好。"),
    no=("考核得分达到⟨85分⟩,评为优秀单位。", "全市⟨85家⟩企业为优秀。"),
    source="财预〔2020〕10号 (项目支出绩效评价管理办法): results are graded by points, 90 and more 优, 80 to 90 良",
)
def bound_of_a_grade(c: Context, _: Facts) -> Found:
    """The points from which a grade is given: 85分以上为优秀."""
    return matched(_GRADED.match(c.after)) if c.quantity.unit_word == "分" else None


_APPLICANT = re.compile(
    r"(?:申报|申请|参评|参选|推荐|承担|牵头|受托|入驻|入库)(?:的)?(?:单位|企业|团队|主体|机构|项目|者|人)[^,。;\d]{0,8}?"
    r"(?:须|应当?|要(?!求)|需(?!求)|必须|具有|具备|拥有|配备|成立|上一?年|近[一二两三\d])[^。;]*$"
)


@KIND.rule(
    "condition",
    yes=(
        "申报团队要有至少⟨2名⟩博士。",
        "申报团队要有至少2名博士,实缴资本达到⟨200万元⟩。",
        "申报企业上年度研发费用占营业收入⟨3%⟩。",
    ),
    no=(
        "申报企业达到⟨50家⟩。",
        "申报单位须按时报送材料,给予⟨5万元⟩补助。",
        "推动申报企业应当提升能力;培育企业⟨50家⟩。",
    ),
    source="guides to applications state so whom they are for",
)
def required_of_applicants(c: Context, facts: Facts) -> Found:
    """What who applies must have or be: 申报团队要有至少2名博士,带头人持股不低于25%."""
    return None if _is_award_near(c, facts) else matched(_APPLICANT.search(c.before))


_OF_WHO_IS_PAID = re.compile(
    r"(?:核心成员|团队成员|带头人|领军人|负责人|注册资本|实缴资本|自有资金|持股比例|参保人数|缴纳社保)[^,。;\d]{0,10}$"
)


@KIND.rule(
    "condition",
    yes=("给予团队100万元启动资金;团队核心成员不少于⟨3人⟩,自有资金到位150万元以上。",),
    no=("给予团队100万元启动资金;新增核心成员⟨3人⟩。", "培养学科带头人不少于⟨3人⟩。"),
    source="behind an award it is said what a team must have",
)
def required_of_a_team(c: Context, facts: Facts) -> Found:
    """What those who are paid must have, said behind the award: 核心成员不少于3人, 自有资金到位150万元以上."""
    is_granting = facts.after_award or c.sentence.provision_grants
    if not is_granting or facts.comparator not in {"ge", "gt"} or _is_granted(c, facts):
        return None
    return matched(_OF_WHO_IS_PAID.search(c.near_before))


_SPAN_OF_LIFE = re.compile("寿命|平均年龄")


@KIND.rule(
    "condition",
    yes=("引进⟨45周岁⟩以下人才30名。",),
    no=("引进45周岁以下人才⟨30名⟩。", "人均预期寿命达到⟨78岁⟩。"),
)
def age(c: Context, facts: Facts) -> Found:
    """An age: 年龄不超过45周岁; not the length of a life, which is hoped for."""
    is_age = c.quantity.unit_word in phrases.AGES and not _SPAN_OF_LIFE.search(c.clause_before)
    return c.quantity.unit_word if is_age and not _is_granted(c, facts) else None


_REACHES = re.compile("(?:进入|跻身|位居|位列|稳居)[^,。;]*$")
_STRIVEN_FOR = re.compile("(?:力争|争取|努力|确保)[^,。;]*(?:进入|跻身|位居|保持|稳居|排名)[^,。;]*$")


@KIND.rule(
    "condition",
    yes=("商标注册量前⟨3位⟩的县区,通报表扬。",),
    no=(
        "引进领军科学家⟨3位⟩。",
        "满意度力争进入全国前⟨10位⟩。",
        "满意度得分达到85分,进入全国前⟨5位⟩。",
    ),
)
def rank(c: Context, facts: Facts) -> Found:
    """A rank that must be held: 排名前三位."""
    is_place = c.quantity.unit_word in phrases.PLACES and not _is_granted(c, facts)
    is_reached = _REACHES.search(c.near_before) and not c.near_after.strip() and not _AWARD.search(c.after)
    if not is_place or _STRIVEN_FOR.search(c.near_before) or is_reached:
        return None
    return matched(phrases.RANKED.search(c.near_before))


@KIND.rule(
    "condition",
    yes=("服务机构成立满⟨2年⟩。",),
    no=(
        "服务机构开展活动⟨2次⟩。",
        "服务机构从业人员满⟨20人⟩。",
        "中心城区有效应对不低于⟨50年⟩一遇的暴雨。",
    ),
    source="GB 50014-2021, 4.1: drains are designed for the rain of a return period",
)
def time_served(c: Context, facts: Facts) -> Found:
    """A time that must have passed: 成立满2年, 从事…工作5年以上."""
    is_time = (
        c.quantity.unit_word in phrases.DURATIONS and c.sentence.counted[c.index].rule != "time_it_takes"
    )
    is_return = phrases.is_return_period(c)
    return c.quantity.unit_word if is_time and not is_return and not _is_granted(c, facts) else None


_COUNTED = re.compile(r"占|达到|突破")


@KIND.rule(
    "condition",
    yes=(
        "投资⟨10亿元⟩以上项目8个。",
        "年产值超⟨5亿元⟩的企业4家。",
        "引进机构8家,其中注册资本⟨1000万元⟩以上的不少于2家。",
    ),
    no=(
        "项目投资达到⟨10亿元⟩以上。",
        "投资10亿元以上项目⟨8个⟩。",
    ),
)
def attribute(c: Context, facts: Facts) -> Found:
    """A sum that says which ones are counted: 投资10亿元以上项目8个, 年产值超5亿元的企业4家."""
    if not facts.is_money or facts.comparator not in _BOUNDED:
        return None
    is_counted = c.clause_after != c.near_after or _COUNTED.search(c.near_after)
    so_many = _SO_MANY_OF_THEM.match(c.clause_after)
    return matched(so_many or (phrases.ATTRIBUTE.match(c.near_after) if is_counted else None))


# 引进机构8家,其中注册资本1000万元⟨以上的不少于2家⟩
_SO_MANY_OF_THEM = re.compile(
    rf"{phrases.BOUND}?的(?:有|达到?|{one_of(w.COMPARATORS)})*\d+[家个户项名件](?=[,。;、]|$)"
)


# ---- limits, shares and rates

_ONE_RECIPIENT = re.compile(
    r"(?:同一|单个|单家|单户|单项|每[个家户人件笔])[^,。;、]{0,6}(?:企业|单位|项目|机构|人|主体|申请|专利|主办方|家|户)?"
)
_ONE_BORROWER = re.compile(_ONE_RECIPIENT.pattern + "|单笔")
_LENDING = re.compile("授信|贷款(?!贴息|利息|补)|担保(?!费)|转贷|使用额度|在保余额")
# Awards and single loans, of which a limit is one of payment: 奖补资金⟨总额⟩, 每笔⟨贷款⟩最高
_PAID_IN_ALL = re.compile(
    f"{w.AWARD}(?:资金|的)?总?(?:金额|额)|每[笔户项家](?:贷款|融资|业务)(?=最高|合计|不超过|累计)"
)
_NOT_PAID = re.compile("(?<!不)" + w.ACHIEVEMENT + "|保额|赔偿|罚|" + _LENDING.pattern)


@KIND.rule(
    "condition",
    yes=(
        "单户贷款余额不超过⟨1000万元⟩。",
        "单户授信⟨500万元⟩及以下。",
        "单笔贷款最高不超过⟨300万元⟩,给予30%的贴息。",
    ),
    no=(
        "贷款余额不低于⟨10亿元⟩。",
        "单笔贷款贴息不超过⟨20万元⟩。",
        "单笔贷款贴息额不超过⟨20万元⟩。",
    ),
    source="财政部 普惠金融发展专项资金管理办法 (财金〔2023〕75号): what is supported is limited by the sum lent to one borrower",
)
def size_of_a_loan(c: Context, facts: Facts) -> Found:
    """A limit on what one borrower is lent or one debtor is insured for: 单户授信1000万元及以下."""
    said = _PAID_IN_ALL.sub("补", c.near_before)
    lent = _LENDING.search(said) if facts.is_money and facts.comparator in {"le", "lt"} else None
    if not lent or _AWARD.search(said, lent.end()):
        return None
    return lent[0] if _ONE_BORROWER.search(c.near_before) else None


@KIND.rule(
    "incentive",
    yes=(
        "同一企业年度累计不超过⟨200万元⟩。",
        "单个企业累计不突破⟨200万元⟩。",
        "同一企业年度奖补资金总额不超过⟨200万元⟩。",
        "三项补助合计每笔贷款最高⟨6万元⟩。",
    ),
    no=(
        "全市每个企业平均投资不超过⟨5亿元⟩。",
        "单个项目贷款不超过⟨500万元⟩。",
    ),
)
def limit_of_payment(c: Context, facts: Facts) -> Found:
    """A limit on what one recipient is paid: 同一企业年度累计不超过200万元."""
    said = _PAID_IN_ALL.sub("补", c.clause_before)
    if facts.comparator != "le" or not facts.is_money or _NOT_PAID.search(said):
        return None
    return matched(_ONE_RECIPIENT.search(c.clause_before))


_NO_MORE = re.compile("(?:最多|至多|限|不超过)(?:资助|支持|补助|奖励)?")
_SYSTEM = re.compile(f"{w.AWARD}(?:制度|机制|体系|政策)")  # what awards are given by, and no award
_WINNERS = re.compile("每[届次批][^。;]{0,60}奖[^,。;奖]{0,6}(?:不超过|不多于|不得超过)$")
_PRIZE = re.compile("奖[^,。;奖]{0,4}(?:不超过|不多于|不得超过)$")  # 班组奖不超过⟨3个⟩,每个3万元
_SO_MUCH_EACH = re.compile("(?:以内)?,每[个家项名件](?:奖励?|补助)?\\d")
_FOR_EACH = re.compile(
    _ONE_RECIPIENT.pattern
    + f"|一家企业|一个单位|一件[^,。;\\d]{{0,6}}|每[届批次]|每[项件][^,。;\\d]{{2,12}}(?:{w.AWARD})"
)
_AWARDS_BELOW = re.compile(
    f"(?:{w.AWARD})(?:资金)?(?:标准|额度|金额|措施|内容|方式|政策)$|(?:下列|以下|如下)(?:标准|规定)[^,。;]{{0,8}}(?:{w.AWARD})$"
)
_MEASURE_OF_PAYMENT = re.compile(
    f"{w.AWARD}(?:面积|台数|数量|次数|个数)|(?:享受|领取|申领)(?:贴息|补贴|补助|奖励|资助)"
)


@KIND.rule(
    "condition",
    yes=(
        "给予展位费补助,每家企业每年最多支持⟨6个⟩展位。",
        "给予租金补贴,补贴面积不超过⟨200平方米⟩。",
        "获得授权的,每个国家补助2万元,最多⟨3个⟩国家。",
        "对参展企业给予补助,每家企业只能获得⟨1次⟩补助。",
        "每次评选市创新奖不超过5个,提名奖不超过⟨8个⟩。",
        "每户企业年度贴息额不超过25万元,累计享受贴息不超过⟨三次⟩。",
        "一、政府质量奖\n奖励标准\n区质量奖每届不多于⟨5家⟩,每家15万元。\n",
        "每件外观设计资助不超过⟨3个⟩国家。",
        "每件奖励1.5万元,一件专利至多奖励⟨3个⟩国家。",
        "质量奖每家15万元,班组奖不超过⟨3个⟩,每个3万元。",
    ),
    no=(
        "每家企业每年最多设立⟨6个⟩展位。",
        "每件专利产品进入市场不超过⟨3个⟩。",
        "建立奖励制度,每次评审新增优秀案例不超过⟨10个⟩。",
        "给予租金补贴,最高⟨6万元⟩。",
    ),
)
def limit_of_count(c: Context, facts: Facts) -> Found:
    """A limit on how many things an award is paid for, which is no sum: 每家企业每年最多支持6个展位; 补贴面积不超过200平方米."""
    if facts.comparator != "le" or facts.is_money or facts.is_share:
        return None
    won = _PRIZE.search(c.near_before) and _SO_MUCH_EACH.match(c.after)
    if match := _MEASURE_OF_PAYMENT.search(c.clause_before) or _WINNERS.search(c.before) or won:
        return match[0]
    said = _SYSTEM.sub("", _TASK.sub("", c.before)) + c.clause_after
    is_granting = facts.after_award or _AWARD.search(said) or _heads_awards(c)
    return (
        matched(_FOR_EACH.search(c.clause_before) or _NO_MORE.fullmatch(c.clause_before))
        if is_granting
        else None
    )


_PROCEEDS_BEFORE = re.compile(
    r"(?:净收益|转化收益)[^,。;]{0,24}比例[^,。;]{0,6}$|所形成的?股份(?:中|的)?(?:不低于|不少于|至少|以)*$|份额[,]?[^,。;]{0,6}奖励总额的$|(?:收益|所得|净收入)(?:中|的)?(?:提取|按照?|不低于|不少于|至少|以)*$"
)
_PROCEEDS_AFTER = re.compile(phrases.BOUND + r"?的?(?:净?收益|净收入)")


@KIND.rule(
    "allocation",
    after=("fine",),
    yes=("转化净收益的⟨70%⟩以上奖励研发团队。", "以专利作价入股的,所形成股份的⟨60%⟩以上奖励发明人。"),
    no=(
        "实际投入的⟨70%⟩奖励研发团队。",
        "专利产品净收益增长⟨70%⟩。",
    ),
)
def share_of_proceeds(c: Context, facts: Facts) -> Found:
    """A share of proceeds: 净收益的70%以上奖励给研发团队."""
    if not facts.is_share:
        return None
    return matched(_PROCEEDS_BEFORE.search(c.near_before) or _PROCEEDS_AFTER.match(c.near_after))


_EXEMPT = re.compile(rf"{phrases.BOUND}的?[^,。;、\d]{{0,18}}?(?:免征|免收|免缴)")
_LOWERED = re.compile(r"(?:征收率|预征率|税率)的[^,。;、\d]{0,14}?,?(?:减按|减征|免征)")


@KIND.rule(
    "condition",
    yes=(
        "对月销售额⟨10万元⟩以下的纳税人免征增值税。",
        "月销售额⟨10万元⟩以下免征增值税。",
        "适用⟨3%⟩征收率的应税收入减按1%征收。",
        "适用⟨3%⟩预征率的项目,减按1%预征率预缴增值税。",
    ),
    no=("免征增值税⟨10万元⟩以下。", "对困难企业,⟨10万元⟩以下的费用由市财政补贴。"),
    source="增值税法 (2024), 第二十三条: 未达到起征点的,免征增值税",
)
def exempt_below(c: Context, facts: Facts) -> Found:
    """The sum below which nothing is levied: 月销售额10万元以下免征增值税."""
    if facts.is_share:
        return matched(_LOWERED.match(c.after))
    return matched(_EXEMPT.match(c.own_after)) if facts.is_money else None


_USED_FOR = re.compile(f"{phrases.BOUND}?的?(?:资金|经费)?(?:专项)?(?:用于|投向)")  # ⟨30%⟩以上用于支持
_AWARD_SOON = re.compile(r"[^,。;]{0,14}" + w.AWARD)
_TO_PAY_BY = re.compile("按|依")


def _is_rate(c: Context, facts: Facts) -> bool:
    return facts.is_share and not phrases.is_growth(c)


def _allotted(pattern: re.Pattern[str], c: Context, facts: Facts) -> str | None:
    """Search a pattern in the clause of a rate, where N stands for the figure."""
    return matched(pattern.search(f"{c.clause_before}N{c.clause_after}")) if _is_rate(c, facts) else None


_INSTALMENTS = re.compile(
    rf"(?:[先再预首]|后|首期|首次|分期|启动时|立项时)(?:拨付?|兑付|支付|发放|下达)N|应(?:{w.AWARD}|兑付)(?:资金|金额|额)的N|(?:第[一二三四五]年|次年|其余[一二两三四]年|每年)各?(?:拨付|兑付|支付|发放|下达|兑现)N|[首末尾]期N|(?:^|[首次当每]|第[一二三四五])年N$"
)
_IN_PARTS = re.compile(
    r"分[一二两三四五\d][年次期批](?:拨付|兑付|兑现|发放|给予|支付|下达)|[一二两三四五\d]个阶段|逐年兑付|先|后|首期|首次|分期"
)


@KIND.rule(
    "allocation",
    yes=(
        "项目立项后先拨⟨四成⟩。",
        "给予补助,分两期下达,启动时下达⟨60%⟩,验收后下达40%。",
        "资金分两期拨付,首期⟨60%⟩,验收合格后拨付其余40%。",
        "分三个阶段,分别按应奖励额的30%、30%和⟨40%⟩奖励企业。",
        "单个企业补助最高1200万元,分两年拨付,首年⟨60%⟩,次年40%。",
        "安家补助分五年发放,第一年发放⟨40%⟩,其余四年每年发放15%。",
    ),
    no=("按省级奖励额的⟨50%⟩奖励企业。", "给予租金补贴,首年⟨60%⟩,次年40%。"),
    source="grants are paid out in parts so, at the start, on completion and on acceptance",
)
def instalment(c: Context, facts: Facts) -> Found:
    """A part of an award that is paid out first, later or last: 先拨四成; 按应奖励额的30%."""
    return _allotted(_INSTALMENTS, c, facts) if _IN_PARTS.search(c.before + c.near_after) else None


_YEAR_OF_AWARD = re.compile(
    "[,、;]?(?:其中)?(?:第?[一二三四五六七八九十][、至到]?)+年?(?:、?第[一二三四五六七八九十]年)*(?:为|按)?|[,、;]?[前后首次][一二两三四五]?年(?:为|按)?"
)
_REACHED_RATE = re.compile(r"(?:平均利率|满意度|[^助贴励税费息利]率|占比|比重)[^,。;\d]{0,6}$")
_USED_ON = re.compile(r"用于[^,。;\d]{2,12}的[^,。;\d]{0,8}$")  # 用于奖补的不低于一半
_LOSS_BEFORE = re.compile("损失,(?:按照?|给予|可按)[^,。;]{0,8}$")
_LOSS_MET = re.compile("[^,。;]{0,10}补偿")
_LOSS = re.compile(r"(?:损失|不良贷款)[^,。;]{0,14}N[^。;]{0,16}补偿|补偿[^,。;]{0,8}损失[^,。;]{0,4}N")


@KIND.rule(
    "allocation",
    yes=(
        "对贷款本金损失给予⟨50%⟩的风险补偿。",
        "由省级资金按照不超过贷款本金损失⟨30%⟩的比例给予补偿。",
        "对银行发生的本金损失,按⟨40%⟩的比例补偿。",
    ),
    no=("对贷款利息给予⟨50%⟩的补贴。", "不良贷款率降至⟨2%⟩以下。"),
    source="财政部 普惠金融发展专项资金管理办法 (财金〔2023〕75号): risk is shared by a compensation of a part of the loss",
)
def share_of_a_loss(c: Context, facts: Facts) -> Found:
    """The part of a loss that a fund bears: 对本金损失给予50%的补偿; 对本金损失,按40%的比例补偿."""
    behind = _LOSS_BEFORE.search(c.before) and _LOSS_MET.match(c.clause_after)
    return _allotted(_LOSS, c, facts) or (matched(behind) if behind and _is_rate(c, facts) else None)


@KIND.rule(
    "incentive",
    yes=("对保费给予⟨50%⟩的补贴。", "对成果给予80%的奖补,其中第二年为⟨70%⟩。"),
    no=(
        "奖励资金占比达到⟨50%⟩。",
        "资助企业满意度⟨95%⟩以上。",
        "补贴发放及时率达到⟨95%⟩以上。",
        "保费的⟨50%⟩予以补贴。",
        "安排专项资金1800万元,其中用于奖补的不低于⟨50%⟩。",
    ),
)
def granted_rate(c: Context, facts: Facts) -> Found:
    """A rate right after a word of granting: 给予30%的补贴; not one that is reached: 资助企业满意度95%."""
    before = facts.before
    is_behind_one = before and before.kind == "incentive" and before.is_share and _is_rate(c, facts)
    if is_behind_one and (match := _YEAR_OF_AWARD.fullmatch(c.near_before)):
        return match[0]
    if _REACHED_RATE.search(c.near_before) or _USED_ON.search(c.near_before):
        return None
    return matched(_AWARD_BEFORE.search(c.near_before)) if _is_rate(c, facts) else None


@KIND.rule(
    "incentive",
    after=("share_of_proceeds",),
    yes=(
        "实际投入的⟨30%⟩给予补助。",
        "按合同额的⟨10%⟩、最高5万元给予奖励。",
    ),
    no=(
        "合同额增长⟨30%⟩的给予补助。",
        "转化净收益的⟨30%⟩给予奖励。",
        "设立专项资金,其中⟨30%⟩以上用于支持中试平台。",
    ),
)
def rate_of_an_award(c: Context, facts: Facts) -> Found:
    """A rate with the award soon after it: 按实际投入的30%给予补助; after 按 a cap may stand between."""
    if _USED_FOR.match(c.own_after):
        return None
    after = c.after if _TO_PAY_BY.search(c.clause_before) else c.near_after
    return matched(_AWARD_SOON.match(after)) if _is_rate(c, facts) else None


_REDUCED_TO = re.compile(r"(?:减按|降至|降到|减半按|减至|折扣?为)$|税率为?$")
_REDUCED = re.compile(
    r"(?:的?(?:税率|征收率|预征率|比例|标准))?的?(?:征收|预缴|收取|缴纳|计收|计租|计发|计入应纳税|执行|的?优惠)"
)
_LOWEST = re.compile("最低价(?:标准)?》?的$|现行(?:收费)?标准的?$")
_TAXED_AT = re.compile("按照?$")
_DEDUCTED = re.compile("在?税前(?:加计)?(?:扣除|摊销)")
_FREE_BEFORE = re.compile(
    "(?:租金|租|费用?|税)(?:全免|免[收除交]|全额减免)[^。;]*,(?:之后|此后|期满后|次年|第[二三四五]年)[^,。;]*$"
)
_HALF = re.compile("减半|一半|[一二三四五六七八九]折$")
_FEE = re.compile("费|租金|基金")
_MOST = 50  # percent: 管理费按2%收取 is a rate of something else, 检测费按80%收取 one of the fee itself


@KIND.rule(
    "incentive",
    yes=(
        "租金按市场价的⟨六折⟩收取。",
        "所得税减按⟨15%⟩征收。",
        "减按⟨15%⟩的税率征收企业所得税。",
        "减按25%计入应纳税所得额,按⟨20%⟩的税率缴纳企业所得税。",
        "研发费用再按照⟨100%⟩在税前加计扣除。",
        "鉴定费按现行收费标准⟨70%⟩收取。",
        "租期内⟨减半⟩收取租金。",
        "前两年租金全免,之后按评估价的⟨五成⟩收取。",
        "面积不超过3000平方米的部分,前两年租金全免,第三年按⟨50%⟩收取。",
        "土地出让金按工业用地最低价标准的⟨70%⟩执行,容积率高的免收配套费。",
        "小微企业的检测费按⟨80%⟩收取。",
    ),
    no=("管理费按⟨2%⟩收取。", "罚款按实际数额的⟨15%⟩征收。", "能耗⟨减半⟩。", "租金按市场价的⟨60%⟩收取。"),
    source="企业所得税法 (2018), 第二十八条: 减按20%的税率征收",
)
def reduced_charge(c: Context, facts: Facts) -> Found:
    """What is left to be paid of a tax, a rent or a fee that is lowered: 减按15%征收; 六折收取; 减半."""
    if not facts.is_share:
        return None
    if deducted := _DEDUCTED.match(c.own_after):
        return deducted[0]
    if not (match := _REDUCED.match(c.own_after) or _REDUCED.match(c.near_after)):
        return None
    if facts.before and facts.before.kind == "incentive" and _TAXED_AT.search(c.near_before):
        return match[0]
    own = c.sentence.text[c.quantity.start : c.quantity.end]
    is_less = (
        _LOWEST.search(c.near_before)
        or _REDUCED_TO.search(c.near_before)
        or _HALF.search(own)
        or _FREE_BEFORE.search(c.before)
        or (_TAXED_AT.search(c.near_before) and _FEE.search(c.near_before) and c.quantity.value >= _MOST)
    )
    return match[0] if is_less else None


_RATE_OF_AWARD = re.compile(f"%[^,。;]{{0,6}}{w.AWARD}|{w.AWARD}[^,。;]{{0,10}}%")
_WHOSE = re.compile("的(?:[^,。;的]{0,8}[,按可])?(?:提高|提升|上浮|增加)(?:到|至|为)$")
_RAISED_TO = re.compile("(?:提高|提升|上浮|增加|放宽)(?:到|至|为)$")
_ALLOWED_TO = re.compile(rf"[,;]?[^,。;的]{{2,14}}{w.PARTY}可?放宽[到至]")
_STANDARD_RAISED = re.compile(f"{w.AWARD}(?:比例|标准)[由从][^,。;]*(?:提高|提升|上调|下调)[到至为]$")
_RAISED_BY = re.compile(
    r"(?:上浮|加奖|加计|另增|再增加?|再提高|基础上[^,。;]{0,4}(?:增加|提高)"
    r"|(?:补[助贴]|奖励|资助|贴息|支持)(?:比例|标准)(?:可|相应)?(?:提高|上调))[^,。;]{0,6}$"
)


@KIND.rule(
    "incentive",
    yes=(
        "对示范企业奖励10万元,小微企业上浮⟨20%⟩。",
        "按设备投入的8%给予补助,其中列入目录的提高到⟨12%⟩。",
        "保费补贴比例由50%提高到⟨70%⟩。",
        "按设备投入的8%给予补助,列入目录的,补助比例提高⟨2个百分点⟩。",
        "按利息的40%予以补贴,专精特新企业可放宽至⟨50%⟩。",
    ),
    no=(
        "小微企业贷款利率上浮⟨20%⟩。",
        "按设备投入的8%给予补助。合格率提高到⟨12%⟩。",
        "给予补助5万元,推动就业率提高到⟨90%⟩。",
    ),
    source="an award for some is raised against that for all, which stands before it",
)
def raise_of_an_award(c: Context, facts: Facts) -> Found:
    """An award raised by so much, or a rate of award to so much: 在上述基础上增加5个百分点; 上浮20%; 提高到12%."""
    if not facts.is_share:
        return None
    if match := _STANDARD_RAISED.search(c.clause_before):
        return match[0]
    if _RATE_OF_AWARD.search(c.before) and (match := _RAISED_TO.search(c.near_before)):
        is_whose = _WHOSE.search(c.clause_before) or _ALLOWED_TO.fullmatch(c.near_before)
        return match[0] if is_whose else None
    is_granting = (
        facts.after_award or c.sentence.provision_grants or _AWARD.search(c.clause_after + c.clause_before)
    )
    return matched(_RAISED_BY.search(c.near_before)) if is_granting else None


_INCOME_SHARE = re.compile(
    r"收益|(?:专利|发明人?|设计人|完成人)的?报酬|(?<!初次)(?<!再)分配|分成|留归|所得比例|净收入|奖酬|(?<!市场)份额|所有权|奖励的比例|提取|计提|提成|留存(?!率)|归[^,。;]{0,8}所有|"
    r"(?:收入|所得|基金|资金|经费)的?(?:不低于|不少于)"
)
_BURDEN = re.compile(
    r"承担(?![^,。;N]{0,6}(?:项目|任务|课题))|分担|[自共]担|兜底?N|分摊|负担|配比|出资(?=N|占|比例|不低于N|不少于N|不超过N)|兑付(?!率)|按N(?:的)?比例(?:配套|出资)|按N(?:配套|出资)|配套(?:比例)?(?:不低于|不少于|为)?N"
)
_BURDEN_RAISED = re.compile("(?:分担|承担|负担|补偿)比例(?:可|再|相应)?(?:上浮|上调|下调|提高|降低)$")
_OF_BUDGET_FOR = re.compile(
    "(?:资金|经费|预算|基金)[^。;]*,(?:其中)?用于[^,。;]{2,20}的(?:比例|部分)?(?:应当?)?(?:不低于|不少于|不得低于|不得少于|不超过|不得超过|占|达到?|为)?$"
)
_BUDGET_SHARE = re.compile(
    r"投向[^,。;]*(?:比例|占比)|用于[^,。;]{0,24}(?:资金|经费|支出|投入|比例)|拨付|(?:资金|经费|预算|支出)[^,。;]{0,10}(?:比例|部分)|N(?:以上)?(?:专项)?用于"
)


@KIND.rule(
    "allocation",
    yes=("收益分配给发明人的比例不低于⟨70%⟩。", "收益的70%奖励给发明人,其余⟨30%⟩留归单位。"),
    no=(
        "专利产品收益增长⟨70%⟩。",
        "劳动报酬占初次分配的比重提高到⟨50%⟩。",
        "专利产品市场份额达到⟨20%⟩。",
        "引进人才留存率达到⟨80%⟩。",
    ),
)
def share_of_income(c: Context, facts: Facts) -> Found:
    """A share of income or ownership, and who gets it: 转让收益的提取比例为50%."""
    return _allotted(_INCOME_SHARE, c, facts)


@KIND.rule(
    "allocation",
    after=("granted_rate",),
    yes=(
        "风险由市、县按⟨6∶4⟩的比例分担。",
        "所需经费市、县各负担⟨50%⟩。",
        "区县配套比例不低于⟨50%⟩。",
        "出现坏账时,由资金池兜60%、银行自担⟨40%⟩。",
        "首贷企业的风险分担比例上浮⟨10个百分点⟩。",
        "设立风险补偿基金6000万元,其中市级出资不低于⟨2/3⟩。",
    ),
    no=(
        "银行分担的保费补贴⟨50%⟩。",
        "分担机制逐步完善,贷款额上浮⟨10个百分点⟩。",
        "风险补偿率不低于⟨40%⟩。",
        "企业承担项目占比达到⟨60%⟩。",
        "奖补资金按期兑付率达到⟨100%⟩。",
    ),
)
def share_of_a_burden(c: Context, facts: Facts) -> Found:
    """A share of a loss or of what is to be paid in, or a raise of it: 按8∶2的比例承担; 分担比例上浮10个百分点."""
    return _allotted(_BURDEN, c, facts) or (
        matched(_BURDEN_RAISED.search(c.near_before)) if facts.is_share else None
    )


@KIND.rule(
    "allocation",
    yes=(
        "投向种子期项目的资金占比不低于⟨40%⟩。",
        "用于品牌培育的资金比例不低于⟨40%⟩。",
        "安排经费2亿元,其中用于维权援助的不低于⟨15%⟩。",
    ),
    no=("用于品牌培育的资金增长⟨40%⟩。", "安排经费2亿元,用于维权援助的机构覆盖面⟨15%⟩。"),
)
def share_of_a_budget(c: Context, facts: Facts) -> Found:
    """A share of a budget or fund, and what it is for: 用于集聚区建设的资金比例不得少于40%."""
    of_a_sum = matched(_OF_BUDGET_FOR.search(c.before)) if _is_rate(c, facts) else None
    return _allotted(_BUDGET_SHARE, c, facts) or of_a_sum


_WEIGHED = re.compile("考核[^。;]{0,30}(?:权重|分值)(?:占比|比重)?(?:不低于|不少于|达到?|为|占)*$")


@KIND.rule(
    "allocation",
    yes=("将保护工作纳入高质量发展考核,分值权重不低于⟨2%⟩。", "将工作列入对县区考核,分值不少于⟨3分⟩。"),
    no=("考核得分不低于⟨80分⟩的,给予奖励。", "权重不低于⟨2%⟩。"),
    source="assessments share out a whole of points among their items",
)
def weight_in_an_assessment(c: Context, facts: Facts) -> Found:
    """The weight that a work has where its office is assessed: 纳入考核,权重不低于2%."""
    is_weight = facts.is_share or c.quantity.unit_word == "分"
    return matched(_WEIGHED.search(c.before)) if is_weight else None


_SHARE_OF_WHAT = re.compile("占比[^,。;]{0,12}$")  # 智能硬件投入占比不得超过总投入的⟨50%⟩
_AMOUNT_PAID = re.compile(f"{w.AWARD}(?:资金)?(?:总额|金额|额度?)")
# 同一企业年度⟨享受本政策奖补总额,⟩原则上不超过其贡献的50%
_PAID_IN_A_YEAR = re.compile(
    f"(?:享受|获得|领取)[^,。;]{{0,16}}(?:{phrases.AWARD_NOUN.pattern})(?:资金)?(?:总额|总计|合计|累计|金额)?,?(?:原则上|一般)?[^,。;\\d]{{0,30}}$"
)


@KIND.rule(
    "incentive",
    after=("share_of_a_burden",),
    yes=(
        "给予展览费补助10万元,不超过实际支出的⟨30%⟩。",
        "同一企业年度奖补总额不超过其上年度地方财政贡献的⟨50%⟩。",
        "同一企业年度享受本政策奖补总额,原则上不超过其当年贡献的⟨50%⟩。",
    ),
    no=(
        "享受补助的企业,能耗不超过限额的⟨50%⟩。",
        "展览面积不超过场馆的⟨30%⟩。",
        "给予补助10万元,其中硬件投入占比不超过总投入的⟨50%⟩。",
        "给予展览费补助10万元,自行承担的费用不超过⟨30%⟩。",
    ),
)
def cap_of_a_rate(c: Context, facts: Facts) -> Found:
    """A rate as cap on an award, of this clause or one before: 给予补助,最高不超过投资额的30%; 补助额不高于合同额的60%."""
    is_part = _RATE_OF_STATE.search(c.near_before) or _SHARE_OF_WHAT.search(c.near_before)
    if not facts.is_share or phrases.is_growth(c) or facts.comparator != "le" or is_part:
        return None
    said = _AMOUNT_PAID.search(c.near_before) or _PAID_IN_A_YEAR.search(c.before)
    return matched(said) or ("" if facts.after_award else None)


# ---- sums

_INSTALMENT = re.compile(r"首期|一期|到位|注资")
_FUND = re.compile("基金|(?<!到位)(?<!自有)资金")


@KIND.rule(
    "funding",
    yes=("设立质押融资基金,首期⟨1亿元⟩。",),
    no=(
        "产业园首期工程⟨1亿元⟩。",
        "重点项目到位资金⟨1亿元⟩。",
        "质押融资基金规模⟨1亿元⟩。",
    ),
)
def part_of_a_fund(c: Context, facts: Facts) -> Found:
    """The part of a fund that is paid in first: 设立…基金,首期10亿元."""
    if not facts.is_money or not _FUND.search(c.before):
        return None
    return matched(_INSTALMENT.search(c.near_before))


_INVESTED = re.compile(r"投入[^,。;]{0,6}$")
_PUBLIC_MONEY = re.compile("财政|资金|(?<!研发)经费")


@KIND.rule(
    "funding",
    yes=("市财政三年累计投入⟨6000万元⟩。",),
    no=("企业三年累计投入⟨6000万元⟩。", "全社会研发经费累计投入⟨60亿元⟩。"),
)
def invested_money(c: Context, facts: Facts) -> Found:
    """Public money that is invested: 市财政五年累计投入60亿元."""
    if not facts.is_money or not _PUBLIC_MONEY.search(c.before):
        return None
    return matched(_INVESTED.search(c.near_before))


@KIND.rule(
    "incentive",
    after=("starting_value",),
    yes=("给予⟨50万元⟩资金支持。",),
    no=(
        "给予贷款⟨500万元⟩。",
        "安排奖励资金⟨50万元⟩。",
        "补助标准由⟨1000元⟩提高到2000元。",
    ),
)
def granted(c: Context, facts: Facts) -> Found:
    """A sum right after a word of granting: 给予50万元."""
    match = _AWARD_BEFORE.search(c.near_before) if facts.is_money else None
    return match[0] if match and not _LENT.search(match[0]) else None


_TO_START_WITH = re.compile(
    r"(?:启动|开办|安家|建站)(?:资金|经费|费用?)(?:为|依次|分别|最高|不超过|每人|各)*$"
)
_CHOSEN = re.compile("(?:入选|获批|获评|认定|通过|引进|设立|评审|立项|每招|对)[^。;]*$")


@KIND.rule(
    "incentive",
    yes=("入选计划的创业团队,评审优秀、良好的,启动资金依次为⟨500万元⟩、300万元。",),
    no=("安排研究经费⟨500万元⟩。", "引进企业启动资金达到⟨5亿元⟩。", "开发区启动资金⟨500万元⟩由市财政安排。"),
    source="what is paid to those chosen to begin their work with is named, and no verb of granting",
)
def to_start_with(c: Context, facts: Facts) -> Found:
    """What is paid to someone chosen, by what it is for: 入选…的团队,启动资金依次为500万元."""
    if not facts.is_money or not _CHOSEN.search(c.before) or "安排" in c.clause_before:
        return None
    return matched(_TO_START_WITH.search(c.near_before))


_FREE = re.compile(r"免费(?:提供|使用)[^,。;、\d]{0,8}$")
_PREMISES = frozenset("平方米 平米 ㎡ 间 套".split())


@KIND.rule(
    "incentive",
    yes=("园区免费提供面积⟨300平方米⟩以内的办公场地。",),
    no=("免费为⟨300家⟩企业提供托管。", "园区提供⟨300平方米⟩的办公场地。", "免费提供培训⟨300人次⟩。"),
    source="premises are lent to those who are chosen",
)
def given_free(c: Context, facts: Facts) -> Found:
    """Premises that are lent without a rent: 免费提供面积300平方米以内的办公场地."""
    is_place = c.quantity.unit_word in _PREMISES and facts.unit == "other"
    return matched(_FREE.search(c.near_before)) if is_place else None


_OF_POOL = re.compile(phrases.BOUND + r"?(?:的)?[^,。;、:]{0,18}?" + w.MONEY_POOL)
_GIVEN_NEXT = re.compile(rf"{phrases.BOUND}?的?(?:给予|予以)")  # 最高⟨50万元⟩给予配套资金支持
_ITS_SIZE = re.compile(
    r"[,;]?其?(?:数额|总?规模|总额|额度)(?:为|达到?|不低于|不少于|不得低于|不得少于|不超过|控制在)?"
)
_A_YEAR_OF_IT = re.compile("[,;]?(?:平均|年均|每年)+(?:不超过|不低于|不少于)?")
_POOL_OF = re.compile(rf"(?:{w.MONEY_POOL}|(?:补偿|准备)金(?!额))" + r"(?:总?规模|总额|额度)?[^,。;、]{0,8}$")


@KIND.rule(
    "funding",
    after=("granted",),
    yes=("设立⟨1亿元⟩风险补偿资金。",),
    no=(
        "带动⟨1亿元⟩技术交易。",
        "给予⟨50万元⟩资金支持。",
        "对获奖企业,按省级奖励的30%、最高⟨50万元⟩给予配套资金支持。",
    ),
)
def fund_named_after(c: Context, facts: Facts) -> Found:
    """A sum and then the fund that it makes: 1亿元风险补偿资金."""
    if not facts.is_money or _GIVEN_NEXT.match(c.near_after):
        return None
    return matched(_OF_POOL.match(c.near_after))


# 补偿资金规模⟨由1.5亿元扩大⟩到3亿元
_POOL_RAISED = re.compile(
    rf"(?:{w.MONEY_POOL}|(?:补偿|准备)金)(?:池)?(?:总?规模|总额|额度)?[由从]\d[^,。;、]*$"
)


@KIND.rule(
    "funding",
    after=("granted",),
    yes=(
        "将风险补偿资金规模由1.5亿元扩大到⟨3亿元⟩。",
        "质押融资基金规模达到⟨10亿元⟩。",
        "扩大风险补偿金规模至⟨8000万元⟩。",
        "设立专项资金,数额不低于⟨500万元⟩。",
    ),
    no=(
        "质押融资规模达到⟨10亿元⟩。",
        "创业担保贷款额度由20万元提高到⟨30万元⟩。",
        "从专项资金中给予⟨50万元⟩。",
    ),
)
def fund_named_before(c: Context, facts: Facts) -> Found:
    """A fund and then its size: 基金规模达到10亿元; 设立专项资金,数额不低于500万元."""
    if not facts.is_money:
        return None
    behind = _ITS_SIZE.fullmatch(c.near_before) and _POOL.search(c.before.removesuffix(c.clause_before)[-10:])
    raised = _RISEN_TO.fullmatch(c.near_before) and _POOL_RAISED.search(c.clause_before)
    raised = None if raised and _LENT.search(raised[0]) else raised
    return matched(_POOL_OF.search(c.near_before) or behind or raised)


@KIND.rule(
    "funding",
    yes=(
        "市财政安排专项经费1600万元,较上年增加⟨200万元⟩。",
        "县级投入不低于80万元,高新区不低于⟨500万元⟩。",
        "资金总规模5000万元,其中省级奖补资金2000万元、高新区配套⟨1000万元⟩。",
        "设立风险补偿资金,首期规模3000万元,总规模不超过⟨1亿元⟩。",
        "财政合计安排4800万元,平均每年⟨1600万元⟩。",
        "市财政安排专项资金4200万元,较上年增长⟨16.7%⟩。",
        "市财政每年安排专项资金不低于2亿元,年度增长幅度不低于⟨5%⟩。",
    ),
    no=(
        "市财政安排专项资金4200万元,研发投入较上年增长⟨16.7%⟩。",
        "市财政安排专项经费1600万元,支持企业增收⟨200万元⟩。",
        "成交额8亿元,较上年增加⟨2亿元⟩。",
    ),
    source="a list of budgets names each one's place, and the rest is said once",
)
def budget_goes_on(c: Context, facts: Facts) -> Found:
    """Another sum of the budget before, of which only the place, rise, size or year is said: 较上年增加200万元, 平均每年1600万元."""
    before = facts.before
    if not before or before.kind != "funding" or not before.is_money:
        return None
    if facts.unit == "percent" and phrases.is_growth(c):
        return matched(_RISES.fullmatch(c.near_before))
    if not facts.is_money:
        return None
    goes_on = (phrases.SAID_ONCE, _ITS_SIZE, _A_YEAR_OF_IT)
    return matched(next(filter(None, (words.fullmatch(c.near_before) for words in goes_on)), None))


# How it rises, and nothing else that might: ,较上年⟨增长⟩16.7%; 年度增长幅度不低于5%.
_RISES = re.compile(
    rf"[,;]?(?:并|且|年度|每年|年均|逐年|此后|以后|按照?)*(?:[比较](?:上年|去年|上一年度?|\d{{4}}年)度?)?(?:年均|平均)?{w.GROWTH}(?:率|幅度?|比例)?{w.REACHING}"
)

_TREASURY = re.compile("财政|(?<![\u4e00-\u9fff])[省市县区]级(?=每年|年度|安排|统筹)")
_PAID_FROM = re.compile(r"所需(?:资金|经费)[^,。;]{0,20}列支,")
_BUDGETED = re.compile(w.APPROPRIATED + r"[^,。;]{0,6}$")
# What partners pay into a fund: 资金池由高新区⟨出资⟩500万元,其余500万元⟨由投资集团认缴⟩
_PAYS_IN = re.compile("(?:出资|认缴)[^,。;\\d]{0,4}$")
_PAID_IN_BY = re.compile("由[^,。;]{2,16}(?:出资|认缴)")
_BY_A_PLACE = re.compile(
    r"(?:[省市县区]级(?:财政)?投入|各[\u4e00-\u9fff]{0,6}[市县区](?:财政)?各?(?:投入|出资|配套))[^,。;\d]{0,10}$"
)


@KIND.rule(
    "funding",
    yes=(
        "省财政三年安排⟨3亿元⟩支持专利转化。",
        "县级投入原则上不低于⟨80万元⟩。",
        "设立应急转贷资金,各县区各出资不少于⟨80万元⟩。",
        "所需资金在产业发展资金中列支,每年安排不超过⟨2500万元⟩。",
        "设立风险补偿资金池,由高新区、临港区各出资⟨500万元⟩。",
        "设立风险补偿资金池,其余⟨500万元⟩由投资集团认缴。",
    ),
    no=(
        "所需资金在产业发展资金中列支,带动企业增收⟨2500万元⟩。",
        "企业三年安排⟨3亿元⟩开展技术改造。",
        "县级投入产出比不低于80%,企业增收⟨3亿元⟩。",
    ),
)
def budgeted(c: Context, facts: Facts) -> Found:
    """Money that a treasury sets aside: 省财政五年安排25亿元予以支持; 县级投入不低于80万元."""
    if not facts.is_money:
        return None
    treasury = _TREASURY.search(c.clause_before) or _PAID_FROM.search(c.before)
    paid_in = _POOL.search(c.before) and (_PAYS_IN.search(c.near_before) or _PAID_IN_BY.match(c.clause_after))
    return matched(
        _BY_A_PLACE.search(c.near_before) or (treasury and _BUDGETED.search(c.near_before)) or paid_in or None
    )


@KIND.rule(
    "incentive",
    after=(
        "fund_named_after",
        "budgeted",
    ),
    yes=("给认定企业⟨50万元⟩一次性奖励。",),
    no=(
        "省财政三年安排⟨3亿元⟩支持专利转化。",
        "认定企业完成投资⟨50万元⟩。",
        "安排⟨500万元⟩专项资金用于奖励企业。",
    ),
)
def award_named_after(c: Context, facts: Facts) -> Found:
    """A sum and then the award that it is: 50万元的一次性奖励."""
    return matched(_AWARD.search(c.clause_after)) if facts.is_money else None


# ⟨支持⟩高校开放许可: what the plan does, at the head of a clause
_TASK = re.compile(
    r"(?:^|(?<=[,;:)。\s]))(?:积极|重点|大力|鼓励和?)?(?:支持|扶持)(?!资金|金额|标准|额)(?=[^,。;]{0,6}(?:企业|高校|院所|机构|单位|园区|各地|有条件))"
)


@KIND.rule(
    "incentive",
    after=(
        "entitled",
        "fund_named_before",
    ),
    yes=(
        "国家级示范企业奖励10万元,省级示范企业⟨5万元⟩。",
        "每件奖励1万元,全年合计不超过⟨20万元⟩。",
    ),
    no=(
        "对受奖励的企业,带动融资⟨5亿元⟩。",
        "安排奖励资金⟨50万元⟩。",
        "支持高校开放许可专利,达成许可20项、金额⟨500万元⟩。",
        "研发费用500万元的奖励5万元,研发费用⟨1000万元⟩且通过验收的,奖励10万元。",
    ),
)
def award_named_before(c: Context, facts: Facts) -> Found:
    """A sum or a cap after an award in its segment, or at the end of the sentence before: 奖励3万元,…,全年不超过30万元."""
    if not facts.is_money or _ACHIEVED.search(c.near_before):
        return None
    return matched(_AWARD.search(_TASK.sub("", c.before))) or ("" if facts.after_award else None)


_AWARD_SAID = re.compile("(?:定额|分档|按档|一次性)(?:奖励|补助|补贴|资助|奖补)[。:]$")
_WHOLE_CLAUSE = re.compile("[,。;、:()/]|$")


@KIND.rule(
    "incentive",
    yes=(
        "一、标准创制\n【奖励标准】\n国家标准 每项⟨40万元⟩\n行业标准 每项20万元\n",
        "一、海外布局\n资助标准\n欧盟商标每件⟨8000元⟩;单一国家每件2000元。\n",
        "第一条 对创新平台按照下列标准给予奖励:\n(一)国家级⟨50万元⟩;\n(二)省级20万元。\n第二条 落实。\n",
        "一、资助标准\n1.发明专利授权,每件资助3000元。\n2.PCT申请,每件⟨1万元⟩。\n",
        "一、平台建设\n支持方式:定额补助。国家级平台⟨80万元⟩/家,省级平台40万元/家。\n",
    ),
    no=(
        "一、标准创制\n【申报条件】\n研发费用⟨40万元⟩\n",
        "一、标准创制\n【奖励标准】\n年销售额突破⟨40万元⟩。\n",
        "一、海外布局\n资助标准\n每件2000元。\n二、质押融资\n贷款金额⟨3亿元⟩。\n",
    ),
    source="guides to applications head the sums they pay with 奖励标准, and leave the verb out",
)
def list_of_awards(c: Context, facts: Facts) -> Found:
    """A sum below words that say that awards follow, without a verb of its own: 【奖励标准】 国家标准 每项40万元."""
    if not facts.is_money or _NOT_PAID.search(c.near_before) or not _WHOLE_CLAUSE.match(c.near_after):
        return None
    return _heads_awards(c) or matched(_AWARD_SAID.search(c.sentence.lead))


_STANDARD = re.compile(r"(?:^|[,;(])标准(?:为|是|:)?每[人名户家件项月年](?:每[年月])?[^,。;、\d]{0,3}$")


@KIND.rule(
    "incentive",
    yes=("市财政每年为人才安排健康体检,标准为每人⟨3000元⟩。",),
    no=("收费标准为每人⟨3000元⟩。", "低保标准为每人每月⟨760元⟩。"),
    source="标准 without a word before it is that of what the clauses before give",
)
def standard(c: Context, facts: Facts) -> Found:
    """What something given costs for each: 安排健康体检,标准为每人3000元."""
    return matched(_STANDARD.search(c.clause_before)) if facts.is_money else None


def _heads_awards(c: Context) -> str | None:
    """Return the words of the label, or else of the nearest heading that says what stands below it, if these are awards."""
    for above in (c.sentence.label, *reversed(c.sentence.headings[-3:])):
        if match := _AWARDS_BELOW.search(above):
            return match[0]
        if w.CONDITION_HEADING.search(above[:_SHORT]) or w.FUTURE_HEADING.search(above[:_SHORT]):
            return None
    return None


_SHORT = 12  # characters of a heading that is no sentence


_PAID_OUT = re.compile(
    r"[^。;]*,(?:按[^,。;]{2,20}比例)?(?:均|都|并)?(?:一次性|分[一二两三四五\d][年次期批])(?:等额)?(?:发放|给予|兑付|兑现|拨付|支付)(?=[,。;]|$)"
)


@KIND.rule(
    "incentive",
    yes=(
        "青年人才中,博士⟨25万元⟩,硕士6万元,一次性发放。",
        "甲类人才⟨300万元⟩、乙类人才150万元,按40%、60%的比例分两年拨付。",
    ),
    no=(
        "自有资金不低于⟨800万元⟩,投产满一年的,一次性发放奖金。",
        "青年人才中,博士年薪⟨25万元⟩,奖金6万元,按月支付。",
        "完成投资⟨25万元⟩,一次性发放奖状。",
    ),
    source="a list of awards may have its one verb behind it, after a comma",
)
def paid_out(c: Context, facts: Facts) -> Found:
    """Sums in a list whose verb stands at its end: 博士25万元,硕士6万元,一次性发放."""
    if not facts.is_money or facts.comparator in {"ge", "gt"} or _NOT_PAID.search(c.near_before):
        return None
    return matched(_PAID_OUT.match(c.after))


# ---- tense and obligation

_REACHED_YEAR = re.compile(rf"(?:增加|提高|增长|上升|下降|扩大)[到至]({YEAR})年的$")
_LAST_YEAR = re.compile(
    "(?:^|[,;。])(?:(?:上年度?|去年|上一年度?)(?:,|全[省市县区镇]|我[省市县区们])|1[—至~-](?:1[0-2]|[2-9])月)(?![^。;]*(?:今年|明年|力争|争取|确保|计划|将|要(?!求|素|点)))[^。;]*$"
)


@KIND.rule(
    "baseline",
    yes=(
        "上年,全县版权登记⟨1200件⟩,比前年多300件。",
        "去年全市登记商标⟨3000件⟩。",
        "去年,我们引进项目⟨85个⟩,今年要引进100个。",
        "1—9月,全市登记商标⟨3000件⟩。",
    ),
    no=(
        "上年度营业收入⟨300万元⟩的企业,给予奖励。",
        "比上年多登记⟨300件⟩。",
        "去年成效明显;今年要登记⟨300件⟩。",
        "去年,我们引进项目85个,今年要引进⟨100个⟩。",
    ),
    source="现代汉语词典 (第7版), 上年: the year before",
)
def last_year(c: Context, _: Facts) -> Found:
    """What 上年 or 去年 at the head of a clause dates: 上年,全县版权登记1200件."""
    return matched(_LAST_YEAR.search(c.before))


_YEAR_AT = re.compile(rf"(?<![比较从由自到至按以\d])({YEAR})年(?!不变价|可比价|价格|[^,。;]{{0,12}}基础)")


def _is_of_the_plan(c: Context) -> bool:
    """The sentence names the year that the plan is of, or a later one."""
    years = [int(year) for year in _YEAR_AT.findall(c.sentence.text[: c.first.start])]
    return bool(c.sentence.year and years and years[-1] >= c.sentence.year)


_PLAN_AT = re.compile(
    rf"(?<![比较从由自到至按以“])“?({FIVE_YEARS})”?(?:时期|期间|末)(?!的?[^,。;]{{0,8}}基础)"
)
_ADDED = re.compile(r"\([^()]*\)$")  # 680家⟨(截至2024年底为593家)⟩


@KIND.rule(
    "baseline",
    after=("tier",),
    yes=("全年完成专利质押融资⟨8亿元⟩。",),
    no=(
        "海州市若干措施\n2023年2月6日\n2023年新增贷款户800户,放款额同比增长⟨12%⟩。\n",
        "质押登记金额突破⟨35亿元⟩、同比增长20%以上。",
        "在去年成交额64亿元的基础上,今年突破⟨80亿元⟩。",
        "全年要完成专利质押融资⟨8亿元⟩。",
        "全年完成登记⟨20件⟩以上的企业,给予5万元奖励。",
    ),
)
def past_tense(c: Context, _: Facts) -> Found:
    """A tense of reporting: 全年完成…, 同比增长6.8% (but a goal may grow 同比)."""
    if w.FUTURE.search(c.clause_before):
        return None
    said = _ADDED.sub("", c.sentence.text[: c.clause[1]])
    match = w.PAST_TENSE.search(said)
    is_aim = c.sentence.section == "goal" or _is_of_the_plan(c) or _AT_LEAST.search(said)
    if match and ("同比" in match[0] and is_aim):
        return None
    if match and "去年" in match[0] and _THIS_YEAR.search(c.clause_before):
        return None
    return matched(match)


_AT_LEAST = re.compile("同比[^,。;\\d]{2,8}\\d[\\d.]*%?(?:以上|左右)|(?:不低于|不少于|不高于|至少)")
_THIS_YEAR = re.compile("^(?:今年|明年|本年度?)")


@KIND.rule(
    "baseline",
    yes=(
        "海州市行动计划\n2021年5月6日\n2020年,质押登记金额⟨8亿元⟩。\n",
        "海州市行动计划\n2021年5月6日\n2020年登记金额8亿元;茶园面积⟨9万亩⟩。\n",
        "海州市行动计划\n2021年5月6日\n人均收入由2015年的1万元增加到2020年的⟨2万元⟩。\n",
        "海州市行动计划\n2021年5月6日\n“十三五”末,有效注册商标⟨5万件⟩。\n",
    ),
    no=(
        "海州市行动计划\n2021年5月6日\n“十四五”末,有效注册商标⟨5万件⟩。\n",
        "海州市行动计划\n2021年5月6日\n有效注册商标比“十三五”末增加⟨5万件⟩。\n",
        "海州市行动计划\n2021年5月6日\n在“十三五”末的基础上,新增商标⟨5万件⟩。\n",
        "海州市行动计划\n2021年5月6日\n2022年,质押登记金额⟨8亿元⟩。\n",
        "海州市行动计划\n2021年5月6日\n质押登记金额比2020年增长⟨8%⟩。\n",
        "海州市行动计划\n2021年5月6日\n2020年登记金额8亿元;推动登记金额达到⟨9亿元⟩。\n",
        "海州市行动计划\n2021年5月6日\n质押登记金额在2020年8亿元的基础上⟨翻一番⟩。\n",
    ),
)
def earlier_year(c: Context, _: Facts) -> Found:
    """A year before the plan's: 2020年登记金额8亿元 in a plan of 2021."""
    before = c.sentence.text[: c.first.start]
    reached = _REACHED_YEAR.search(c.near_before)
    last = reached or next(reversed([*_YEAR_AT.finditer(before)]), None)
    span = next(reversed([*_PLAN_AT.finditer(before)]), None)
    if span and not reached and (not last or last.start() < span.start()):
        ended = 1955 + 5 * int(number_value(span[1][:-1]))  # 十四五 ends in 2025
        is_past = c.sentence.year and ended < c.sentence.year and not w.FUTURE.search(before[span.end() :])
        return span[0] if is_past else None
    if not c.sentence.year or not last or int(last[1]) >= c.sentence.year:
        return None
    ahead = [int(year) for year in _YEAR_TO.findall(c.before + before[last.end() :])]
    is_wanted = not reached and w.FUTURE.search(before[min(last.end(), c.clause[0]) :])
    return None if is_wanted or (ahead and ahead[-1] >= c.sentence.year) else f"{last[1]}年"


_MUST = one_of(
    "应当 必须 不得超过 不得少于 不得低于 不得高于 不得大于 不得小于 限报 限享",
    Word("须", unless_after="求", example="培训须满24学时"),
)
_OBLIGED = re.compile(_MUST)
# What a place must reach is its goal, be it set from above: 我市须达到2.8%以上
_PLACE_MUST = re.compile(
    r"(?:全[省市县区国]|我[省市县区]|本[省市县区]|各[省市县区地][^,。;\d]{0,6})[^,。;\d]{0,14}(?:须|应当?|必须)(?:达到|完成|实现|确保|不低于|不少于)$"
    "|(?:全|我)[省市县区](?:须|必须|应当?)(?:新增|新建|建成|培育|引进)[^,。;\\d]{0,14}$"
)


@KIND.rule(
    "condition",
    after=("share_of_a_budget",),
    yes=("专利代理师每年培训不得少于⟨24学时⟩。",),
    no=(
        "专利代理师每年培训不少于⟨24学时⟩。",
        "专利代理师应当培训⟨24学时⟩。",
        "用于品牌培育的资金比例不得低于⟨40%⟩。",
        "全省研发投入强度要达到3%,我市须达到⟨2.8%⟩以上。",
        "全市必须新增规上企业⟨50家⟩以上。",
    ),
)
def obligation(c: Context, facts: Facts) -> Found:
    """A bound that the text obliges to: 培训时间每年不得少于24学时; 应当投保,赔偿限额不低于300万元."""
    if facts.comparator not in _BOUNDED or _PLACE_MUST.search(c.clause_before):
        return None
    return matched(_OBLIGED.search(c.before))


@KIND.rule("target", yes=("培育企业⟨50家⟩。",), no=("给予企业⟨50万元⟩。",))
def promise(_c: Context, _f: Facts) -> Found:
    """What no other role claims is what the plan promises."""
    return ""
