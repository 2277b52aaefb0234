"""Whether a figure is a level, a flow, growth, a multiple or a share.

A level is what there is at a date, a flow what comes about in a span of time; growth is a rate of change, a year or in
all. First what the unit tells, then what the kind tells, then what the words around a count or a sum tell.
"""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Field, Found, matched
from dagster_project.reading.numerals import YEAR

FORM: Field[str] = Field("form")

_SHARED = frozenset({"incentive", "allocation", "sanction"})  # kinds whose rates are shares of something


# ---- multiples, shares and rates of growth


@FORM.rule("growth_total", yes=("专利授权量增长⟨两倍⟩。",), no=("专利授权量达到2020年的⟨2倍⟩。",))
def growth_by_times(c: Context, facts: Facts) -> Found:
    """增长两倍 is growth, not a multiple."""
    if c.quantity.unit_word != "倍" or facts.kind in _SHARED:
        return None
    return matched(phrases.GROWN.search(c.near_before))


@FORM.rule(
    "multiple",
    after=("growth_by_times",),
    yes=(
        "专利授权量达到2020年的⟨2倍⟩。",
        "专利授权量⟨翻一番⟩。",
    ),
    no=("专利授权量增长⟨两倍⟩。",),
)
def times(c: Context, _: Facts) -> Found:
    """So many times another figure: 是十二五末的2.7倍; 翻一番."""
    return c.quantity.unit_word if c.quantity.unit_word == "倍" else None


@FORM.rule(
    "share",
    after=("times",),
    yes=(
        "对保费给予⟨50%⟩的补贴。",
        "对示范企业奖励10万元,小微企业上浮⟨20%⟩。",
    ),
    no=(
        "小微企业贷款利率上浮⟨20%⟩。",
        "高价值专利占比为⟨30%⟩。",
        "处违法所得⟨一倍⟩以上三倍以下罚款。",
    ),
)
def rate_of_payment(_: Context, facts: Facts) -> Found:
    """A percentage that is paid, allotted or fined is a share of something: 补助30%, 上浮20%."""
    return "" if facts.is_share and facts.kind in _SHARED else None


def _in_points(c: Context) -> bool:
    return "点" in c.quantity.unit_word


@FORM.rule(
    "share",
    after=("times",),
    yes=("高价值专利占比为⟨30%⟩。",),
    no=(
        "高价值专利数量增长⟨30%⟩。",
        "高价值专利占比提高⟨5个百分点⟩。",
    ),
)
def proportion(c: Context, facts: Facts) -> Found:
    """A percentage without a word of growth: 结案率达到100%."""
    grows = _in_points(c) or phrases.is_growth(c) or phrases.goes_on(c)
    return "" if facts.is_share and not grows else None


_SINCE_SOME_YEARS = re.compile("[比较]前[两三四五]年")


@FORM.rule(
    "growth_total",
    yes=(
        "三年累计增长⟨15%⟩。",
        "案件同比前三年上升⟨22.5%⟩。",
        "专利授权量比“十三五”末增长⟨15%⟩。",
    ),
    no=(
        "三年内年均增长⟨15%⟩。",
        "专利授权量增长⟨15%⟩。",
    ),
)
def growth_since(c: Context, facts: Facts) -> Found:
    """Growth over several years: 三年增长15%, 比十二五末增长20%."""
    since = w.SINCE.search(c.clause_before) if facts.is_share else None
    is_yearly = w.YEARLY.search(c.clause_before) and not _SINCE_SOME_YEARS.search(c.clause_before)
    return None if is_yearly else matched(since)


@FORM.rule(
    "growth_annual",
    after=("proportion",),
    yes=("专利授权量年均增长⟨10%⟩。",),
    no=(
        "专利授权量三年增长⟨10%⟩。",
        "年均结案率达到⟨10%⟩。",
    ),
)
def growth_a_year(c: Context, facts: Facts) -> Found:
    """Growth a year, or against the year before: 年均增长10%, 同比增长8%."""
    if not facts.is_share:
        return None
    return matched(w.YEARLY.search(c.clause_before) or w.YEARLY.match(c.near_after))


_PACE = re.compile(r"(?:增速|增幅|增长(?!率|点)|涨幅)[^,。;]*(?:高于|快于|低于)")


@FORM.rule(
    "growth_annual",
    yes=("民生投入增幅高于财政支出增幅⟨1个百分点⟩以上。",),
    no=("研发投入强度高于全国平均水平⟨1个百分点⟩。", "研发投入占比提高⟨1个百分点⟩。"),
    source="work reports set the pace of one thing beside that of another: 增速高于全市平均水平1个百分点",
)
def faster_by_points(c: Context, facts: Facts) -> Found:
    """A rate of growth a year that is so many points above another: 增速高于全市平均1个百分点."""
    return matched(_PACE.search(c.near_before)) if facts.is_share and _in_points(c) else None


_YEARS_WORK = re.compile(rf"{YEAR}年(?:度)?[^,。;至—-]{{0,6}}(?:工作|任务|目标|安排|回顾|要点|重点)")


@FORM.rule(
    "growth_annual",
    yes=(
        "海州市政府工作报告\n2024年1月10日\n一、2024年工作安排\n研发投入强度提高⟨0.2个百分点⟩。\n",
        "2024年海州市知识产权工作要点\n2024年1月10日\n一、强化保护\n结案率提高⟨5个百分点⟩。\n",
    ),
    no=(
        "海州市“十四五”知识产权规划\n2021年5月6日\n一、主要目标\n结案率提高⟨5个百分点⟩。\n",
        "海州市政府工作报告\n2024年1月10日\n一、2024年工作安排\n研发投入强度比2020年提高⟨0.2个百分点⟩。\n",
    ),
    source="what a plan of one year wants to change, it wants in that year",
)
def points_in_a_year(c: Context, facts: Facts) -> Found:
    """A change in percentage points in a plan of one year: 2024年工作安排 … 提高0.2个百分点."""
    if (
        not facts.is_share
        or not _in_points(c)
        or facts.kind not in {"target", "baseline"}
        or _BEFORE_THAT.search(c.clause_before)
    ):
        return None
    return _one_year(c, facts)


def _one_year(c: Context, facts: Facts) -> str | None:
    """Return the words that say that a plan is of one year: its period, or a heading such as 2024年重点工作."""
    period = facts.plan.period
    if period and period.start_year and period.start_year == period.end_year:
        return period.text
    return next((match[0] for above in c.sentence.headings if (match := _YEARS_WORK.search(above))), None)


_BEFORE_THAT = re.compile(rf"[比较][^,。;]{{0,4}}{YEAR}年|期间|[到至]{YEAR}年")


@FORM.rule(
    "growth_total",
    after=("growth_a_year", "faster_by_points"),
    yes=("高价值专利占比提高⟨5个百分点⟩。",),
    no=(
        "高价值专利占比年均提高⟨5个百分点⟩。",
        "高价值专利数量增长⟨5%⟩。",
    ),
)
def points(c: Context, facts: Facts) -> Found:
    """A change in percentage points: 提高5个百分点."""
    return c.quantity.unit_word if facts.is_share and _in_points(c) else None


_RATE_CHANGED = re.compile(r"率[^,。;率]{0,4}" + w.GROWTH)


@FORM.rule(
    "growth_total",
    after=("proportion",),
    yes=("贷款不良率下降⟨1%⟩。",),
    no=(
        "贷款成本下降⟨1%⟩。",
        "贷款不良率下降到⟨1%⟩。",
    ),
)
def change_of_a_rate(c: Context, facts: Facts) -> Found:
    """A rate that changes by so much: 不良率下降1%."""
    return matched(_RATE_CHANGED.search(c.near_before)) if facts.is_share else None


_CUT_ONCE = re.compile(
    r"(?P<time>周期|时限|时间|用时|环节|材料)[^,。;、\d]{0,4}(?:缩短|压缩|压减|缩减|减少|精简)[^,。;、\d]*$"
    r"|(?:改造|实施)[^,。;]{0,2}后[^。;]*(?:成本|效率|能耗)[^,。;、\d]{0,6}$"
)


@FORM.rule(
    "growth_total",
    after=("growth_a_year",),
    yes=("行政裁决案件办理周期缩短⟨20%⟩。", "项目实施后,企业综合能耗平均下降⟨10%⟩。"),
    no=(
        "行政裁决案件办理周期年均缩短⟨5%⟩。",
        "单位产值能耗下降⟨3%⟩。",
        "2024年海州市知识产权工作要点\n2024年1月10日\n一、强化保护\n办理周期缩短⟨5%⟩。\n",
    ),
    source="国务院 on 优化营商环境: times and papers are cut against what they were, once",
)
def cut_once(c: Context, facts: Facts) -> Found:
    """What a reform or a renewal changes once: 办理周期缩短20%, 改造后成本下降10%."""
    match = _CUT_ONCE.search(c.before) if facts.is_share else None
    is_yearly = match and match["time"] and facts.kind == "target" and _one_year(c, facts)
    return None if is_yearly else matched(match)


@FORM.rule(
    "growth_total",
    after=(
        "proportion",
        "growth_a_year",
    ),
    yes=("到2025年,专利授权量增长⟨30%⟩。",),
    no=(
        "到2025年,专利授权量年均增长⟨30%⟩。",
        "专利授权量增长⟨30%⟩。",
        "到2025年,高价值专利占比达到⟨30%⟩。",
    ),
    source="Outline of the 14th five-year plan (2021), chapter 3: 13.5% less energy for each unit of GDP, over all five years",
)
def growth_by_a_date(c: Context, facts: Facts) -> Found:
    """Growth until a date, or within some years: 到2025年,…增长30%."""
    return matched(w.SPAN_TO.search(c.before)) if facts.is_share else None


@FORM.rule(
    "growth_annual",
    after=(
        "rate_of_payment",
        "proportion",
        "growth_since",
        "points",
        "change_of_a_rate",
        "growth_by_a_date",
    ),
    yes=("专利授权量增长⟨30%⟩。",),
    no=(
        "到2025年,专利授权量增长⟨30%⟩。",
        "高价值专利占比为⟨30%⟩。",
    ),
)
def growth(_: Context, facts: Facts) -> Found:
    """Growth without a span of time is that of a year."""
    return "" if facts.is_share else None


_SINCE_LAST_YEAR = re.compile(
    r"[比较](?:上年|去年|上一年度?|同期)[^,。;]{0,8}(?:增加|减少|提高|增长|缩短|多|少)$|同比(?:增加|减少|增长)(?:超过)?$"
)


@FORM.rule(
    "growth_annual",
    yes=("安排经费1600万元,较上年增加⟨200万元⟩。", "对产值同比增长超过⟨1000万元⟩的企业,给予奖励。"),
    no=("专利授权量比2020年增加⟨900件⟩。", "专利授权量比去年的⟨900件⟩更多。"),
)
def difference_in_a_year(c: Context, _: Facts) -> Found:
    """A count or sum that grew by so much against the year before: 较上年增加200万元."""
    return matched(_SINCE_LAST_YEAR.search(c.near_before))


# ---- what is paid or set aside


@FORM.rule(
    "flow",
    yes=(
        "对购买专利保险的企业给予⟨5万元⟩补助。",
        "处⟨五万元⟩罚款。",
    ),
    no=("专利保险金额达到⟨5万元⟩。", "免费提供面积⟨300平方米⟩的办公场地。"),
)
def payment(c: Context, facts: Facts) -> Found:
    """Awards and fines are paid: 给予50万元; premises that are lent are there."""
    lasts = facts.kind == "sanction" and c.quantity.unit_word in phrases.DURATIONS
    is_paid = facts.kind in {"incentive", "sanction"} and c.quantity.unit_word not in phrases.AREAS
    is_paid &= not lasts
    return "" if is_paid else None


_SET_ASIDE = re.compile(w.APPROPRIATED + "|每年|年度|本年|当年")
_A_YEAR = re.compile("[/每]年")
# 出资设立1亿元⟨风险补偿基金⟩
_FOUNDED = re.compile(r"[^,。;、\d]{0,16}(?:基金|资金池)")


@FORM.rule(
    "flow",
    yes=(
        "安排专项经费⟨2亿元⟩。",
        "专项资金⟨500万元⟩/年。",
        "县级投入不低于80万元,高新区不低于⟨500万元⟩。",
    ),
    no=("质押融资基金规模达到⟨2亿元⟩。", "市财政出资设立⟨1亿元⟩质押融资风险补偿基金。"),
)
def money_set_aside(c: Context, facts: Facts) -> Found:
    """Money that is set aside, once or each year: 安排2亿元经费, or the budget of a year in a table."""
    if facts.kind != "funding" or _FOUNDED.match(c.near_after):
        return None
    year = c.quantity.cell.year if c.quantity.cell else None
    before = facts.before
    if (
        before
        and before.kind == "funding"
        and before.form == "flow"
        and phrases.SAID_ONCE.fullmatch(c.near_before)
    ):
        return c.near_before
    return matched(_SET_ASIDE.search(c.clause_before) or _A_YEAR.match(c.own_after)) or (
        f"{year}年" if year else None
    )


_PAID_OUT = re.compile(
    r"每[家个所户人名]|(?:贴息|补贴|补助|奖励|奖补|兑付|兑现|发放|拨付)[^,。;、池]{0,4}(?:资金|经费|金额)?(?:总额|总量|规模)?[^,。;、\d池]{0,6}$"
)


@FORM.rule(
    "flow",
    yes=("落实贴息资金⟨2000万元⟩。", "省级资金按每家⟨50万元⟩补助。"),
    no=("设立贴息资金池⟨2000万元⟩。", "质押融资基金规模达到⟨2亿元⟩。"),
    source="subsidies are paid out, and a fund is kept",
)
def money_paid_out(c: Context, facts: Facts) -> Found:
    """Money that is meant to be paid out, or to each: 贴息资金2000万元."""
    if facts.kind != "funding" or _FOUNDED.match(c.near_after) or _PART_OF.search(c.clause_before):
        return None
    return matched(_PAID_OUT.search(c.near_before))


@FORM.rule(
    "level",
    after=("money_set_aside", "money_paid_out"),
    yes=("质押融资基金规模达到⟨2亿元⟩。",),
    no=(
        "安排专项经费⟨2亿元⟩。",
        "落实贴息资金⟨2000万元⟩。",
        "质押融资规模达到⟨2亿元⟩。",
    ),
)
def size_of_a_fund(_: Context, facts: Facts) -> Found:
    """A fund has a size: 总规模50亿元的基金."""
    return "" if facts.kind == "funding" else None


# ---- thresholds: a state to be in, or something to be done

_MORE_THAN = re.compile(r"[比较][^,。;]{2,14}(?:增加|减少|提高|增长|缩短|压缩|压减|多|少)$")
_RANKING = phrases.DURATIONS | phrases.AGES | frozenset({"位", "名次"})
_HELD = re.compile(
    r"(?:注册|实缴|资本额|自有资金|拥有|保有|存量|余额|总容)[^,。;、]{0,12}$|(?:强度|密度|容积率)[^,。;、]{0,6}$|面积[^,。;、增\d]{0,8}$"
    r"|(?<!没)有(?:至少)?$|有效(?:发明)?专利[^,。;、申授]{0,8}$|拥有[^;。]*或者?[^,;。]{2,30}$|得分[^,。;、]{0,6}$"
    r"|(?:人员|成员|职工|员工|代理师)(?:总?人?数量?)?(?:一般|应当?|须)?(?:不少于|不低于|达到?|在|为|超过|至少有?)?$"
    r"|累计[^,。;、年]{0,10}(?:申请|授权)量[^,。;、\d]{0,6}$|(?:单户|单笔)(?:贷款|授信)(?:余额)?[^,。;、额]{0,6}$"
)
_GOES_ON = re.compile("或者?")
_NEWLY = re.compile("新增[^,。;、]{0,4}面积|新(?:招|聘|录用|引进)|招用")
_DONE_IN_A_YEAR = re.compile(
    w.FLOW
    + f"|年度|当年|首次(?!达到?|突破|超过?)|工作时间|(?<!\\d)年放贷|(?:近|前){w.YEARS}累计|首年累计|发放贷款"
)
_AND_ITS_SUM = re.compile("[且并]?(?:总?金额|总额|价值)(?:合计|达到?|超过|不低于|不少于)?")
_COUNTED = re.compile("占|达到|突破")
_STOCK = re.compile(w.STOCK)
_IN_A_YEAR = re.compile("年度|当年|新发放")
_ACTED = re.compile(f"(?:{w.ACTIVITY}|新招|新聘|招用|招收|录用|指定)" + r"[^,。;、]{0,12}$")


# 每年在本市⟨工作不少于⟩60天
_WORKED_A_YEAR = re.compile("每年[^,。;]{0,12}(?:工作|服务|驻|在岗)[^,。;]{0,10}$")
_DAYS = frozenset("天 日 个工作日 工作日 个月 小时".split())


@FORM.rule(
    yes=(
        "服务机构成立满⟨2年⟩。",
        "专家每年在本市工作不少于⟨60天⟩的,给予补助。",
        "引进⟨45周岁⟩以下人才30名。",
        "案件平均办理周期由⟨60天⟩压减到45天。",
        "中心城区有效应对不低于⟨50年⟩一遇的暴雨。",
    ),
    no=("代理师⟨10人⟩以上的机构,给予奖励10万元。",),
)
def duration_age_or_rank(c: Context, facts: Facts) -> Found:
    """A time served, an age or a rank that is required: 成立满2年, 年龄不超过45周岁, 排名前三位; days of work a year are done."""
    word = c.quantity.unit_word
    is_time = c.sentence.counted[c.index].rule == "time_it_takes" and not _MORE_THAN.search(c.clause_before)
    if is_time or phrases.is_return_period(c):
        return "level", word
    is_rank = word in phrases.PLACES and phrases.RANKED.search(c.near_before)
    if facts.kind == "condition" and (worked := _WORKED_A_YEAR.search(c.clause_before)):
        return ("flow", worked[0]) if word in _DAYS else None
    is_held = is_rank or (facts.kind in {"condition", "sanction"} and word in _RANKING)
    return ("level", word) if is_held else None


@FORM.rule(
    "level",
    yes=("投资⟨10亿元⟩以上项目8个。",),
    no=(
        "投资10亿元、⟨20亿元⟩以上的项目,分别给予奖励50万元、80万元。",
        "投资⟨10亿元⟩以上的,给予奖励50万元。",
        "投资⟨10亿元⟩以上的项目,给予奖励50万元。",
    ),
)
def attribute(c: Context, facts: Facts) -> Found:
    """A sum that says which ones are counted: 投资10亿元以上项目8个."""
    if (
        facts.kind != "condition"
        or not facts.is_money
        or len(c.series) > 1
        or _IN_A_YEAR.search(c.near_before)
    ):
        return None
    is_counted = c.clause_after != c.near_after or _COUNTED.search(c.near_after)
    return matched(phrases.ATTRIBUTE.match(c.own_after)) if is_counted else None


@FORM.rule(
    "level",
    yes=(
        "注册资本⟨1000万元⟩以上的服务机构,给予奖励10万元。",
        "新建厂房且投资强度不低于⟨200万元⟩的项目,给予奖励10万元。",
    ),
    no=("年销售额⟨1000万元⟩以上的服务机构,给予奖励10万元。",),
)
def holding(c: Context, facts: Facts) -> Found:
    """What must be held: 注册资本1000万元以上, 拥有有效发明专利5件以上."""
    if facts.kind != "condition" or _NEWLY.search(c.near_before):
        return None
    said = c.before if _GOES_ON.match(c.clause_before) else c.near_before
    return matched(_HELD.search(said))


@FORM.rule(
    "flow",
    after=(
        "duration_age_or_rank",
        "attribute",
        "holding",
    ),
    yes=(
        "年销售额⟨1000万元⟩以上的服务机构,给予奖励10万元。",
        "当年发放质押贷款20笔以上且金额⟨1亿元⟩以上的银行,给予奖励10万元。",
        "近两年累计毕业企业⟨10户⟩以上的基地,给予奖励10万元。",
    ),
    no=(
        "注册资本⟨1000万元⟩以上的服务机构,给予奖励10万元。",
        "持有商标⟨5件⟩以上的企业,给予奖励10万元。",
        "从事代理工作时间满⟨2年⟩的人员,给予5万元奖励。",
        "执业代理师首次达到⟨5人⟩的机构,给予5万元奖励。",
    ),
)
def required_flow(c: Context, facts: Facts) -> Found:
    """What must come about in a year: 年销售额2000万元以上, 当年新增20件以上, and the sum of what did."""
    if facts.kind != "condition":
        return None
    goes_on = facts.before and facts.before.kind == "condition" and facts.before.form == "flow"
    summed = _AND_ITS_SUM.fullmatch(c.near_before.lstrip(",、以上")) if goes_on and facts.is_money else None
    return matched(summed or _DONE_IN_A_YEAR.search(c.near_before))


@FORM.rule(
    "level",
    after=("required_flow",),
    yes=("持有商标⟨5件⟩以上的企业,给予奖励10万元。",),
    no=(
        "当年持有商标⟨5件⟩以上的企业,给予奖励10万元。",
        "商标⟨5件⟩以上的企业,给予奖励10万元。",
    ),
)
def required_stock(c: Context, facts: Facts) -> Found:
    """What there must be: 从业人员10人以上, 规模达到5亿元."""
    return matched(_STOCK.search(c.near_before)) if facts.kind == "condition" else None


@FORM.rule(
    "flow",
    after=(
        "duration_age_or_rank",
        "required_stock",
    ),
    yes=("服务企业⟨50家⟩以上的机构,给予奖励10万元。",),
    no=(
        "会员企业⟨50家⟩以上的联盟,给予奖励10万元。",
        "服务企业总数⟨50家⟩以上的机构,给予奖励10万元。",
    ),
)
def required_act(c: Context, facts: Facts) -> Found:
    """What must be done: 服务企业50家以上."""
    return matched(_ACTED.search(c.near_before)) if facts.kind == "condition" else None


_IN_ALL = re.compile(",?(?:累计|合计)")
_FOR_ONE = re.compile("每[家个人户届批次件项]|单个|单家|一家企业|同一(?!件|项)")


@FORM.rule(
    "flow",
    yes=("给予补助,每家企业每年最多补助⟨50台⟩。", "每人补贴2000元,每家企业最多⟨2人⟩。"),
    no=("给予租金补贴,补贴面积不超过⟨200平方米⟩。", "每家机构应当配备不超过⟨5名⟩的兼职人员。"),
    source="rules on subsidies limit how many things one applicant is paid for: 每家企业不超过30台",
)
def limit_for_one(c: Context, facts: Facts) -> Found:
    """How many things one recipient is paid for at most: 每家企业每年最多50台."""
    if (
        facts.kind != "condition"
        or facts.comparator != "le"
        or facts.is_money
        or facts.unit == "year"
        or (facts.unit == "person" and not facts.after_award)
    ):
        return None
    return matched(_FOR_ONE.search(c.before if _IN_ALL.match(c.near_before) else c.clause_before))


_EVENTS = frozenset("次 场 期 批 人次 场次 学时 课时".split())  # what happens, not what is there


@FORM.rule(
    "level",
    after=(
        "required_flow",
        "required_act",
    ),
    yes=("会员企业⟨50家⟩以上的联盟,给予奖励10万元。",),
    no=(
        "服务企业⟨50家⟩以上的机构,给予奖励10万元。",
        "商标⟨5件⟩以上的企业,给予奖励10万元。",
        "当年入驻企业⟨50家⟩以上的园区,给予奖励10万元。",
        "每户企业年度贴息不超过25万元,累计享受贴息不超过⟨三次⟩。",
    ),
)
def required_state(c: Context, facts: Facts) -> Found:
    """People, bodies, times and other units say what state to be in: 代理师超过10人."""
    is_state = facts.unit in {"org", "person", "other", "year"} and c.quantity.unit_word not in _EVENTS
    return facts.unit if facts.kind == "condition" and is_state else None


@FORM.rule(
    "flow",
    after=(
        "required_stock",
        "required_state",
    ),
    yes=("商标⟨5件⟩以上的企业,给予奖励10万元。",),
    no=(
        "会员企业⟨50家⟩以上的联盟,给予奖励10万元。",
        "持有商标⟨5件⟩以上的企业,给予奖励10万元。",
    ),
)
def required_deed(_: Context, facts: Facts) -> Found:
    """Sums, rights, works and deals are to be brought about: 商标20件以上."""
    return facts.unit if facts.kind == "condition" else None


# ---- figures per head, and differences

_FLOW_PER_HEAD = re.compile(r"[人户]均[^,。;、]{0,8}(?:收入|费用|支出|消费|产值)")
_PER_HEAD = re.compile(r"人均|户均|每[百千万]*(?:名|人|户)")


@FORM.rule(
    "flow",
    after=("growth",),
    yes=("农村居民人均可支配收入达到⟨3万元⟩。",),
    no=(
        "人均公园绿地面积达到⟨15平方米⟩。",
        "农村居民人均可支配收入增长⟨8%⟩。",
    ),
)
def flow_per_head(c: Context, _: Facts) -> Found:
    """Income and spending per head flow: 农村居民人均可支配收入3万元."""
    return matched(_FLOW_PER_HEAD.search(c.near_before))


@FORM.rule(
    "level",
    after=(
        "growth",
        "payment",
        "flow_per_head",
    ),
    yes=(
        "每万人口发明专利拥有量达到⟨12件⟩。",
        "人均公园绿地面积达到⟨15平方米⟩。",
    ),
    no=(
        "发明专利拥有量达到⟨12万件⟩。",
        "农村居民人均可支配收入达到⟨3万元⟩。",
        "人均公园绿地面积增长⟨8%⟩。",
        "每户补贴⟨5万元⟩。",
    ),
)
def density(c: Context, facts: Facts) -> Found:
    """A figure per head or per ten thousand: 每万人口发明专利拥有量."""
    if match := _PER_HEAD.search(c.near_before):
        return match[0]
    is_level = facts.unit == "items_per_10k_people" and not _MORE_THAN.search(c.near_before)
    return "" if is_level else None


@FORM.rule(
    "growth_total",
    yes=("专利授权量比2020年增加⟨900件⟩。",),
    no=(
        "专利授权量比2020年增长⟨20%⟩。",
        "专利授权量增加到⟨900件⟩。",
    ),
)
def difference(c: Context, _: Facts) -> Found:
    """A count or sum that grew by so much: 比2015年增加9.6件."""
    return matched(_MORE_THAN.search(c.near_before))


# ---- totals at a date, and what is produced

_SUM_OF_YEARS = re.compile(r"(?:(?<!\d)" + w.YEARS + r"|期间|规划期)[^,。;]{0,16}(?:累计|总额)")
_FLOWING = re.compile(w.FLOW + "(?:首次)?" + w.REACHING + "$")


def _near(c: Context) -> str:
    """What names the figure: what stands next before it, or else before its series."""
    return c.near_before or c.clause_before


# 为⟨50家⟩企业提供免费托管
_SERVED = re.compile(
    r"[^,。;、\d]{0,12}(?:提供|办理|解决|发放|兑付|兑现|拨付|争取|减免|减负|节省|节约|开展|实施|进行|开通)"
)


def _is_served(c: Context) -> bool:
    """Those for or to whom something is done: 专利保险为⟨50家⟩企业提供保障, 向⟨50家⟩企业兑付."""
    before = c.near_before.strip("、")
    return before == "为" or bool(before.endswith(("为", "对", "向")) and _SERVED.match(c.own_after))


@FORM.rule("flow", yes=("三年累计培训⟨5000人⟩。",), no=("累计培训⟨5000人⟩。",))
def sum_of_years(c: Context, _: Facts) -> Found:
    """What some years add up to: 三年累计培训5000人."""
    return matched(_SUM_OF_YEARS.search(c.clause_before))


# The label of a row: 专利授权量(件), 地理标志产品年产值, 质押登记金额(亿元), 年度导航项目.
_FLOW_IN_A_YEAR = re.compile(
    rf"(?:{w.FLOW}|[年度]产[值量]|(?:费用|人次|案件)数?|{w.HAPPENING}(?:数量|金额|总金额|[笔次宗项件场]数|规模))(?:\([^()]*\))?$|^(?:年度?|每年|全年|当年)(?=[^限龄报])"
)
_SUMMED_UP = re.compile("累计|有效|拥有|存量|余额|总数|总量")


@FORM.rule(
    "flow",
    yes=(
        "海州市知识产权规划\n2021年5月6日\n指标 2020年 2025年\n专利授权量(件) ⟨186⟩ 400\n",
        "海州市知识产权规划\n2021年5月6日\n指标 2020年 2025年\n质押登记金额(亿元) ⟨18⟩ 40\n",
        "海州市知识产权规划\n2021年5月6日\n指标\t2020年\t2025年\n专利保险(万元/年)\t⟨18⟩\t40\n商标保险(万元/年)\t8\t10\n",
    ),
    no=(
        "海州市知识产权规划\n2021年5月6日\n指标 2020年 2025年\n有效专利量(件) ⟨186⟩ 400\n",
        "海州市知识产权规划\n2021年5月6日\n指标 2020年 2025年\n有效注册商标数量(件) ⟨186⟩ 400\n",
    ),
)
def flow_in_a_cell(c: Context, _: Facts) -> Found:
    """A cell of a row whose name is one of a flow holds what came about in its year: 专利授权量 2020年."""
    label = c.quantity.cell.label if c.quantity.cell else ""
    if yearly := phrases.yearly_unit(c):
        return yearly
    is_total = _SUMMED_UP.search(label) or phrases.is_growth(c)
    return None if is_total else matched(_FLOW_IN_A_YEAR.search(label.strip()))


@FORM.rule(
    "level",
    yes=("海州市知识产权规划\n2021年5月6日\n指标 2020年 2025年\n有效专利量(件) ⟨186⟩ 400\n",),
    no=(
        "海州市知识产权规划\n2021年5月6日\n2025年,有效专利量⟨400件⟩。\n",
        "海州市知识产权规划\n2021年5月6日\n指标 2020年 2025年\n专利授权量(件) ⟨186⟩ 400\n",
    ),
    after=("flow_in_a_cell",),
)
def cell(c: Context, facts: Facts) -> Found:
    """A cell of a table of years holds what is reached at the end of its year, if it is no flow, rate of growth or budget."""
    year = c.quantity.cell.year if c.quantity.cell else None
    return f"{year}年" if year and facts.kind != "funding" and not phrases.is_growth(c) else None


@FORM.rule(
    "flow",
    yes=("每年培训⟨1000人⟩。",),
    no=(
        "培训⟨1000人⟩。",
        "每年安排经费⟨1000万元⟩。",
    ),
)
def count_a_year(c: Context, facts: Facts) -> Found:
    """What is promised of each year: 每年培训1000人."""
    return matched(phrases.YEARLY_COUNT.search(c.clause_before)) if facts.kind == "target" else None


_TOTAL = re.compile(r"共有|拥有|现有|[只仅]有|在[用册营]|实有|保有|存量|余额|总数|每[千万]|共$")
_SPAN = re.compile(rf"期间|年来|全年|去年|上年|(?<!到){YEAR}年(?!底|末|初)")
_DONE_IN_A_SPAN = re.compile(f"{w.ACTIVITY}|{w.DONE}|{w.FLOW}")
# What a report on a year tells as done in it; 建成, 入选 and 认定 it tells as a state.
_DONE_IN_THE_YEAR = re.compile(f"{w.DONE}|{w.FLOW}|案件?$")
_KEPT_UP = re.compile(
    "有效|累计|拥有|在[用册营]|总[数量]|(?:增加?|上?升|发展|扩大|集聚)[到至]|(?:注册|备案|登记)(?:主体|企业)|执业|注册[^,。;]{0,3}[师士员]"
)
_REACHED_IN_A_SPAN = re.compile("累计|达到?$|金额$|(?:获得|取得|拿到)[^,。;、]{0,4}(?:贷款|融资|授信)$")
_AND_ALSO = re.compile("[、和及]")
_DONE = re.compile(w.DONE + r"[^,。;、]{0,16}$")


_GRANTED = re.compile(
    "(?:新)?(?:授权|申请)(?![^,。;]*有效)[^,。;、量]{0,8}(?:专利|商标|发明|实用新型|外观设计|新品种|地理标志|登记|注册)"
)
# 办理质押融资21笔,⟨金额合计⟩1.36亿元
_ITS_SUM = re.compile("[,;]?(?:[^,。;、\\d]{0,4}(?:金额|总额|价值|额))(?:合计|共计|共|达到?|超过?)?")
# ⟨14家⟩企业导入管理模式
_HAS_DONE = re.compile(r"[^,。;、\d]{1,8}(?:导入|通过|参与|参加|获得?评?|完成|实现)")
_GROWN_TO = re.compile("(?:增加?|增长|上?升|扩大|拓展|发展|集聚)[到至]$")
_BESIDE = re.compile(r"\([^()]*$")


# What there is, whatever was done before: 期间,⟨有效⟩注册商标突破6.2万件.
_THERE = re.compile("有效(?!率)|拥有量|保有量|实有|在[册库用营]|存量|余额|总[数量]")
_DAY = re.compile(rf"截[至止]|(?:{YEAR}年|[至到])年?(?:底|末)")


def _span_before(c: Context) -> re.Match[str] | None:
    """Return the span of time that is told of before the figure, if no day follows it: 截至2025年底."""
    head = c.sentence.text[: c.first.start]
    spans, days = list(_SPAN.finditer(head)), list(_DAY.finditer(head))
    return None if not spans or (days and days[-1].start() > spans[-1].start()) else spans[0]


@FORM.rule(
    yes=("备案专利产品180个(上年度⟨112个⟩)。", "示范企业达到180家(上年度⟨112家⟩)。"),
    no=("备案专利产品⟨180个⟩(上年度112个)。", "增加值占比达到⟨18%⟩(上年度12%)。"),
    source="GB/T 15834-2011, 4.9: what stands in brackets explains what stands before them",
)
def reported_beside(c: Context, facts: Facts) -> Found:
    """What there was before, in brackets beside a goal of the same form: 备案产品180个(上年度112个)."""
    before = facts.before
    match = _BESIDE.search(c.clause_before) if facts.kind == "baseline" and before else None
    is_alike = before and before.kind == "target" and before.form in {"level", "flow"} and not facts.is_share
    return (before.form, match[0]) if match and before and is_alike else None


_VERB = re.compile(f"{w.DOING}|{w.ACTIVITY}")
_PART_OF = re.compile("(?:^|[,;])其中")


@FORM.rule(
    "flow",
    yes=("备案密集型产品500件,其中通过国家认定的力争达到⟨80件⟩。",),
    no=("站点发展到260家,其中工作站达到⟨45家⟩。", "备案产品500件,拥有专利的企业达到⟨80家⟩。"),
    source="GB/T 15834-2011, 4.5: what 其中 begins is a part of what stands before it",
)
def part_of_what_is_done(c: Context, facts: Facts) -> Found:
    """A part of a count that is done in a time is done in it, too, however it is said: 备案500件,其中通过认定的达到80件."""
    before = facts.before
    if (
        not before
        or before.kind != facts.kind
        or before.form != "flow"
        or {before.unit, facts.unit} & _MEASURED
    ):
        return None
    match = _PART_OF.match(c.near_before)
    return ("flow", match[0]) if match and not _is_more(c) else None


def _is_more(c: Context) -> bool:
    """A part of it cannot be more than it: 实有商标9000件,净增260件,其中集体商标450件."""
    return bool(c.series[0]) and c.quantity.value > c.sentence.quantities[c.series[0] - 1].value


_MEASURED = {"CNY", "percent", "ratio", "year"}


@FORM.rule(
    yes=("站点发展到260家,其中工作站⟨45家⟩。",),
    no=(
        "站点发展到260家,其中新增工作站⟨45家⟩。",
        "建成站点260家,推广经验⟨45项⟩。",
        "一、发展现状\n全市有商标9000件,净增260件,其中集体商标⟨450件⟩。\n",
    ),
    source="GB/T 15834-2011, 4.5: what 其中 begins is a part of what stands before it",
)
def part_of_it(c: Context, facts: Facts) -> Found:
    """A part of the count before it, without a verb of its own: 发展到260家,其中工作站45家."""
    before = facts.before
    if (
        not before
        or before.kind != facts.kind
        or before.unit != facts.unit
        or before.form not in {"level", "flow"}
    ):
        return None
    match = _PART_OF.match(c.near_before)
    return None if not match or _is_more(c) or _VERB.search(c.near_before) else (before.form, match[0])


@FORM.rule(
    "level",
    yes=("一、发展现状\n全市拥有商标⟨300件⟩。\n",),
    no=(
        "一、主要目标\n全市拥有商标⟨300件⟩。\n",
        "一、发展现状\n全市建设服务站⟨12家⟩。\n",
    ),
)
def reported_total(c: Context, facts: Facts) -> Found:
    """A total that a report gives: 拥有商标2万件, 全市共有企业300家."""
    return matched(_TOTAL.search(_near(c))) if facts.kind == "baseline" else None


@FORM.rule(
    "flow",
    after=("reported_total",),
    yes=(
        "一、发展现状\n2020年,技术合同成交额达到⟨8亿元⟩。\n",
        "一、发展现状\n全年质押登记80笔,金额⟨8亿元⟩。\n",
        "一、发展现状\n去年,执法部门查办商标、专利案件⟨80件⟩。\n",
        "海州市2022年知识产权保护状况\n执法部门查办商标、专利案件⟨80件⟩。\n",
    ),
    no=(
        "一、发展现状\n2020年底,示范企业⟨80家⟩。\n",
        "海州市2022年知识产权保护状况\n有效注册商标⟨80件⟩。\n",
        "一、发展现状\n技术合同成交额达到⟨8亿元⟩。\n",
        "一、发展现状\n2020年,全市共有服务站⟨12家⟩。\n",
        "一、发展现状\n“十三五”期间,成效明显;有效注册商标达到⟨80件⟩。\n",
        "一、发展现状\n“十三五”时期成效明显,截至2020年底,累计获批地理标志⟨8个⟩。\n",
    ),
)
def reported_for_a_span(c: Context, facts: Facts) -> Found:
    """What a report gives for a span of time: 2020年,…成交额达到8亿元; 十三五期间累计…."""
    if facts.kind != "baseline":
        return None
    span = _span_before(c)
    flow = _DONE_IN_A_SPAN.search(_near(c)) or _REACHED_IN_A_SPAN.search(_near(c))
    flow = None if _THERE.search(_near(c)) else flow
    if not span and c.sentence.reports:
        span = _SPAN.search(c.sentence.reports)
        flow = None if _KEPT_UP.search(_near(c)) else _DONE_IN_THE_YEAR.search(_near(c))
    return f"{span[0]}, {flow[0]}" if span and flow else None


@FORM.rule(
    "level",
    after=("reported_for_a_span",),
    yes=("一、发展现状\n累计建成服务站⟨12家⟩。\n", "一、发展现状\n累计培训人员⟨300人⟩。\n"),
    no=(
        "一、发展现状\n“十三五”期间,累计建成服务站⟨12家⟩。\n",
        "一、发展现状\n累计兑付奖励资金⟨12万元⟩。\n",
    ),
)
def reported_sum(c: Context, facts: Facts) -> Found:
    """累计 without a span of time is the state of a count: 累计建成基地12家."""
    is_spent = facts.is_money and _SPENT.search(_near(c))
    return "累计" if facts.kind == "baseline" and "累计" in _near(c) and not is_spent else None


_SPENT = re.compile("投入|安排|拨付|发放|兑[付现]|投放|减免|挽回|补助|奖励")


@FORM.rule(
    "flow",
    after=("reported_sum",),
    yes=(
        "一、发展现状\n举办培训班⟨30期⟩。\n",
        "一、发展现状\n技术合同成交额达到⟨8亿元⟩。\n",
        "一、发展现状\n新增示范企业3家、优势企业⟨28家⟩。\n",
        "一、发展现状\n专利保险为⟨50家⟩企业提供保障。\n",
        "一、发展现状\n向⟨50家⟩企业兑付贴息资金。\n",
        "一、发展现状\n办理质押融资21笔,金额合计⟨1.36亿元⟩。\n",
        "一、发展现状\n⟨14家⟩企业导入卓越绩效管理模式。\n",
        "一、发展现状\n授权发明专利⟨1430件⟩,同比增长22%。\n",
    ),
    no=(
        "一、发展现状\n认定示范企业⟨80家⟩。\n",
        "一、发展现状\n备案企业增至⟨80家⟩。\n",
        "一、发展现状\n认定示范企业8家、优势企业⟨28家⟩。\n",
        "一、发展现状\n授权有效发明专利⟨1430件⟩。\n",
        "一、发展现状\n商标有效注册量突破⟨5万件⟩。\n",
    ),
)
def reported_flow(c: Context, facts: Facts) -> Found:
    """A noun of flow, or a verb of what is done once, also of what follows by 、: 举办培训班30期、讲座5场."""
    if facts.kind != "baseline" or _GROWN_TO.search(_near(c)) or _THERE.search(_near(c)):
        return None
    found = _FLOWING.search(_near(c)) or _DONE.search(_near(c)) or _GRANTED.fullmatch(_near(c))
    if not found and _AND_ALSO.match(c.near_before) and not _STOCK.search(c.near_before):
        first = min(q.start for q in c.sentence.quantities if q.start >= c.clause[0])
        found = _DONE.search(c.sentence.text[c.clause[0] : first])
    goes_on = facts.before and facts.before.kind == "baseline" and facts.before.form == "flow"
    found = found or (_ITS_SUM.fullmatch(c.near_before) if goes_on and facts.is_money else None)
    return "为" if _is_served(c) else matched(found or _HAS_DONE.match(c.own_after))


@FORM.rule(
    "level",
    after=("reported_flow",),
    yes=("一、发展现状\n认定示范企业⟨80家⟩。\n",),
    no=(
        "一、发展现状\n举办培训班⟨30期⟩。\n",
        "一、主要目标\n认定示范企业⟨80家⟩。\n",
    ),
)
def reported_state(_: Context, facts: Facts) -> Found:
    """What else is reported is a state: 认定示范企业80家."""
    return "" if facts.kind == "baseline" else None


_REACHED = re.compile("达|突破|超|稳定|保持")
_REACHING = re.compile(r"(?:达到?(?:了)?(?:不少于|不低于|超过)?|为|超过?|突破|保持在?|稳定在?)$")
_ACTIVE = re.compile(
    r"^(?:\s|全[市省县区]|我[市省县区]|每年|累计|共|再|年内|到?\d{4}年(?:底|末)?|力争|争取|推动|支持|鼓励|[,、])*"
    + w.ACTIVITY
    + "(?!主体|量|数)"
)


# 全年作品登记量达到, 技术合同年成交额突破, 新培育…超
_MADE_IN_A_YEAR = re.compile(
    r"(?<!\d)年(?:度)?[^,。;、\d均]{0,6}(?:申请|授权|登记|受理|注册)[量数]|(?<!\d)年(?:产[值量]|(?:度)?(?:质押)?(?:融资)?(?:成交|交易|销售|登记|投放|融资|营业|发行)(?:[额量]|金额|总额)|(?:营业|销售)?收入)|^[^,。;、]*?(?<![创])新(?:培育|引进|签约|登记|认定)|[^,。;]*投资(?:力争|争取)?(?:突破|达到?|超过?)$"
)


@FORM.rule(
    "flow",
    yes=(
        "全年作品登记量达到⟨6万件⟩。",
        "质押融资年登记金额突破⟨40亿元⟩。",
        "技术合同年成交额突破⟨100亿元⟩。",
        "新培育示范企业超⟨27家⟩。",
        "海州市政府工作报告\n2024年1月10日\n一、2024年工作安排\n技术合同成交额突破⟨40亿元⟩。\n",
    ),
    no=(
        "海州市“十四五”知识产权规划\n2021年5月6日\n一、主要目标\n到2025年,技术合同成交额突破⟨40亿元⟩。\n",
        "有效商标总数达到⟨6万件⟩。",
        "到2025年质押融资金额达到⟨12亿元⟩。",
        "示范企业达到⟨27家⟩。",
        "创新培育体系覆盖企业达到⟨27家⟩。",
    ),
    source="statistics of 国家统计局 tell 全年 what a year brings, and 年末 what there is at its end",
)
def made_in_a_year(c: Context, facts: Facts) -> Found:
    """What a year brings, however far it is to reach: 全年登记量达到6万件, 年成交额突破100亿元."""
    if facts.kind != "target" or _KEPT.search(_near(c)):
        return None
    said = _ALL_YEAR.search(c.clause_before) or _MADE_IN_A_YEAR.search(c.near_before)
    if not said and _FLOWING_UP_TO.search(_near(c)) and not w.SPAN_TO.search(c.before):
        return _one_year(c, facts)
    return matched(said)


# 成交额⟨突破⟩, 产值⟨迈上⟩: a flow, however it is said to come to its sum
_FLOWING_UP_TO = re.compile(
    rf"(?:{w.FLOW}|(?:质押|登记|融资|交易)金额)(?:首次)?{w.REACHING}(?:迈上|冲刺|跨上|跃上|{phrases.RISE_TO})?(?:年?{w.REACHING})$"
)


_ALL_YEAR = re.compile("全年(?!龄)")
_KEPT = re.compile("有效|总数|总量|总规模|拥有量|保有量|存量|余额|资产")


@FORM.rule(
    "flow",
    yes=("技术合同成交额⟨40亿元⟩。",),
    no=(
        "技术合同成交额突破⟨40亿元⟩。",
        "有效商标总数⟨1500件⟩。",
    ),
)
def flow(c: Context, _: Facts) -> Found:
    """A noun of flow right before the figure: 技术合同成交额40亿元."""
    match = _FLOWING.search(_near(c))
    return match[0] if match and not _REACHED.search(match[0]) else None


_SCORED = re.compile("满意度|指数|得分|评分|分值")


@FORM.rule(
    "level",
    yes=("到2025年,知识产权保护社会满意度⟨85分⟩以上。",),
    no=("知识产权保护社会满意度提高⟨3分⟩。", "主持制定标准的,加⟨3分⟩。"),
    source="国家知识产权局 surveys a state every year: 知识产权保护社会满意度调查",
)
def score(c: Context, facts: Facts) -> Found:
    """A score that a survey or a test finds: 满意度85分."""
    is_score = c.quantity.unit_word == "分" and facts.kind in {"target", "baseline"}
    return matched(_SCORED.search(_near(c))) if is_score and not phrases.is_growth(c) else None


_STAFFED = re.compile(
    r"(?:成员|会员)(?:单位|企业)$|(?:人员|专家|教师|成员(?:单位)?|代理师|工程师)(?:总?人?数)?各?(?:应当?|须|必须)?(?:不得?少于|不得?低于|至少(?:有|为)?)$"
)


@FORM.rule(
    "level",
    yes=("每个联盟成员单位不低于⟨20家⟩。", "支持高校设立转移机构,专职人员各不少于⟨5名⟩。"),
    no=("培训企业管理人员不少于⟨20人⟩。", "新增专职人员不少于⟨5名⟩。"),
    source="those who make up a body are there, and are not brought about anew each year",
)
def staffed(c: Context, facts: Facts) -> Found:
    """How many people or members a body must have: 专职人员不少于5名."""
    if facts.kind != "target" or _VERB.search(c.clause_before):
        return None
    return matched(_STAFFED.search(c.near_before))


# What is done with a stock, or comes to it, or is no stock: ⟨盘活⟩存量专利, 人数⟨净增⟩, 职称评审⟨通过⟩, ⟨成交金额⟩
_MADE_OF_IT = re.compile(
    r"盘活[^,。;]*$|净增$|通过[^,。;、]{0,8}$|(?:成交|交易|发行|募集|签约)(?:总金?额|金额|规模)[^,。;、]{0,6}$"
)


@FORM.rule(
    "level",
    after=(
        "sum_of_years",
        "count_a_year",
        "flow",
    ),
    yes=("有效商标总数⟨1500件⟩。",),
    no=(
        "新增商标⟨1500件⟩。",
        "有效商标申请量⟨1500件⟩。",
        "专利累计授权量⟨400件⟩。",
        "每年累计培训⟨1000人⟩。",
        "盘活存量专利⟨400件⟩。",
        "带动成交金额⟨3亿元⟩。",
        "任务\t单位\t数量\n组建产业专利池\t个\t⟨6⟩\n新建保护基地\t个\t20\n",
        "代理师人数净增⟨15人⟩。",
        "新增专利代理师150名、高级职称人员⟨80名⟩。",
        "培训企业管理人员、代理从业人员⟨2000人次⟩。",
    ),
)
def stock(c: Context, _: Facts) -> Found:
    """A noun of stock before the figure: 有效注册商标总数1500件, 累计300家."""
    near = _near(c).removesuffix(c.quantity.cell.column) if c.quantity.cell else _near(c)
    happens = c.quantity.unit_word in _EVENTS and "累计" not in near
    if happens or _MADE_OF_IT.search(near) or _is_listed_after_an_act(c):
        return None
    return matched(_STOCK.search(near))


_BROUGHT = re.compile(
    r"(?:^|[,;])[^,。;、\d]{0,6}(?:新增|培训|培养|引进|招收|招聘|引育|组织|举办)(?!量|数|人数)"
)


def _is_listed_after_an_act(c: Context) -> bool:
    """It goes on with what an act began to bring about: 新增代理师150名、高级职称人员80名."""
    if not _AND_ALSO.match(c.near_before):
        return False
    return bool(_BROUGHT.match(c.clause_before))


@FORM.rule(
    "level",
    yes=("示范企业达到⟨50家⟩。",),
    no=(
        "引进示范企业达到⟨50家⟩。",
        "示范企业⟨50家⟩。",
        "为⟨50家⟩企业提供免费托管。",
        "专利保险为⟨50家⟩企业提供保障。",
    ),
)
def reached(c: Context, _: Facts) -> Found:
    """A state that is reached, where the clause does not begin with an act: 示范企业达到50家."""
    is_done = _ACTIVE.match(c.clause_before) or _is_served(c)
    return None if is_done else matched(_REACHING.search(_near(c)))


@FORM.rule("flow", yes=("培育企业⟨50家⟩。",), no=("示范企业达到⟨50家⟩。",))
def produced(_c: Context, _f: Facts) -> Found:
    """What is left is to be brought about: 培育企业50家."""
    return ""
