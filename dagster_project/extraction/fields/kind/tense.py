"""What only tense tells."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found, matched
from dagster_project.extraction.fields.kind.field import KIND
from dagster_project.extraction.fields.kind.passages import YEAR_TO
from dagster_project.reading.numerals import FIVE_YEARS, YEAR, number_value

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
    ahead = [int(year) for year in YEAR_TO.findall(c.before + before[last.end() :])]
    is_wanted = not reached and w.FUTURE.search(before[min(last.end(), c.clause[0]) :])
    return None if is_wanted or (ahead and ahead[-1] >= c.sentence.year) else f"{last[1]}年"


@KIND.rule(
    "target",
    yes=("将门诊报销比例由50%提高至⟨60%⟩,住院报销比例由70%提高至75%。",),
    no=(
        "门诊报销比例由50%提高至⟨60%⟩,住院报销比例由70%提高至75%。",
        "2023年,将门诊报销比例由50%提高至⟨60%⟩。",
    ),
    source="fct_measure, kind: what a plan raises something to is a target, what it rises from a baseline",
)
def value_it_is_raised_to(c: Context, _: Facts) -> Found:
    """What a measure will raise something to: 将报销比例由50%提高至60%."""
    return matched(_WILL_RAISE.search(c.clause_before)) if not _YEAR_AT.search(c.before) else None


_WILL_RAISE = re.compile(rf"(?:^|[,;。])\s*将[^,。;]*由[^,。;]*{phrases.RISE_TO}$")
