"""When a measure holds: the years that its sentence, its section or its plan names, the nearest first."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from dagster_project.extraction import phrases
from dagster_project.extraction.clauses import Context, Sentence, once
from dagster_project.extraction.fields import Facts, Field, Found, Plan, Scope, Timing
from dagster_project.extraction.topics import squeezed
from dagster_project.reading.numerals import FEW, NEAR_YEAR, YEAR, number_value
from dagster_project.reading.vocabulary import Word, one_of
from dagster_project.records import Period

PERIOD: Field[Timing] = Field("period")
UNDATED = Timing(None, None)
EVERY_YEAR = Timing(Period("每年", None, None), None)

# Five-year plans: the 10th covers 2001-2005 (National People's Congress, 15 March 2001), each later one the next five.
_FIVE_YEAR = re.compile(
    r"(?<![比较是超第二三四五六七八九])(?<![比较是超]“)“?十(?P<n>[一二三四五六七])?五(?!末)”?(?:规划)?(?:期间|时期)?"
)
# Not a year that another is set beside: 是2020年⟨的2.4倍⟩, 2023年⟨基础上⟩翻番.
_BY_YEAR = re.compile(
    rf"(?:到|至|截至|力争)?(?P<year>{NEAR_YEAR})年(?:年?底|年?末|底前|末|前)?(?!\d|度?(?:第|开展|印发|发布|版)|[底末]?的?(?:水平|数量|总量)?的?基础上)"
)
_SET_BESIDE = re.compile(r"(?:[是系为]|相当于|达到?)$")
_OTHER_YEAR = frozenset(
    "较比从由自和《(〔"
)  # before a year that is compared with, begun from, or part of a title
_SPAN_GOES_ON = frozenset("—-~至")  # after a year that begins a span
_BY = re.compile("到|至|力争")
_END_OF_YEAR = re.compile("底|末|前")
# A year that dates a sentence, and not one thing in it (2024年度奖励资金): ⟨2024年,⟩…; ⟨截至2024年底,⟩….
_AT_HEAD = re.compile(rf"[^,。;\d]{{0,8}}{NEAR_YEAR}年(?![度的])")
_THIS_YEAR = re.compile(
    r"(?<![比较])(?:今年|本年)|年初以来|上半年|前三季度|(?<![年\d])1[—~-]\d{1,2}月|截[至止](?:目前|\d{1,2}月)"
)
_OPENING = 12  # characters of a sentence in which 今年 dates it all
_SPAN_YEARS = re.compile(
    rf"(?<![\d第])(?P<n>{FEW})年(?:内|时间|建设期|(?=累计|增长|增幅|安排|共|总|投入|新增|培育|完成|建成|实现|提高|提升|翻))"
)
_EACH_YEAR = one_of("每年 当年 当年度 逐年", Word("年度", unless_after="工作 计划", example="年度预算2亿元"))
_ANNUAL = re.compile(_EACH_YEAR)
_SEGMENT_END = re.compile("[;。]")
_HEAD = 40  # characters of a sentence in which a year is one for what follows
_HORIZON = re.compile(rf"(?:(?P<n>{FEW})年(?:建设期|行动|时间|计划|规划|滚动|攻坚))")


def five_year_period(text: str) -> Period | None:
    """Return the years of a five-year plan named in `text`: 十三五 → 2016-2020."""
    match = _FIVE_YEAR.search(text)
    if not match:
        return None
    ordinal = 10 + "一二三四五六七".index(match["n"]) + 1 if match["n"] else 10
    start = 2001 + 5 * (ordinal - 10)
    return Period(match[0], start, start + 4)


def plan_horizon(text: str, period: Period | None) -> int | None:
    """Return the years that a plan runs for: its own words (三年建设期) before the arithmetic of its period."""
    if match := _HORIZON.search(text):
        return int(number_value(match["n"]))
    if period and period.start_year and period.end_year:
        return period.end_year - period.start_year + 1
    return None


def stated_year(text: str) -> tuple[str, int] | None:
    """Return the last target year that a text names (到2025年), with its words."""
    found = None
    for match in _BY_YEAR.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        after = text[match.end() : match.end() + 1]
        is_beside = after in {"的", ""} and _SET_BESIDE.search(text, 0, match.start())
        if before not in _OTHER_YEAR and after not in _SPAN_GOES_ON and not is_beside:
            found = match[0], int(match["year"])
    return found


@dataclass(slots=True)
class YearsAbove:
    """The years that the sentences read so far set for those that follow."""

    _targets: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)  # by headings: 到2025年,…
    _past: tuple[int | None, Period | None] = (None, None)  # by provision: 十三五期间
    _told: tuple[tuple[int, int] | None, tuple[str, int] | None] = (None, None)  # by block: 2025年,…

    def note(self, sentence: Sentence) -> None:
        """Note the years that a sentence names."""
        head = _SEGMENT_END.split(sentence.text)[0][:_HEAD]
        year = stated_year(head)
        is_carried = year and not year[0].endswith("前") and not _is_past(year[1], sentence)
        if year and is_carried and sentence.section != "status":
            self._targets[sentence.headings] = year
        if period := five_year_period(sentence.text):
            self._past = sentence.provision, period

    def note_told(self, sentence: Sentence, block: tuple[int, int], kinds: AbstractSet[str]) -> None:
        """Note the year of a sentence all of whose figures are reported: no target of what follows, but when that was."""
        if kinds != {"baseline"}:
            return
        head = _SEGMENT_END.split(sentence.text)[0][:_HEAD]
        this = _THIS_YEAR.search(head[:_OPENING])
        if this and sentence.year and not stated_year(head):
            self._told = block, (this[0], sentence.year)
        if year := stated_year(head):
            if self._targets.get(sentence.headings) == year:
                del self._targets[sentence.headings]
            if _AT_HEAD.match(head):
                self._told = block, year

    def scope(self, sentence: Sentence, block: tuple[int, int] | None = None) -> Scope:
        """Return the years set for a sentence by the nearest heading above it, by its provision and by its block."""
        headings = sentence.headings
        depths = range(len(headings), -1, -1)
        year = next((self._targets[headings[:d]] for d in depths if headings[:d] in self._targets), None)
        provision, past = self._past
        told = self._told[1] if block is not None and self._told[0] == block else None
        return Scope(year, past if provision == sentence.provision else None, told)


def _is_past(year: int, sentence: Sentence) -> bool:
    return sentence.year is not None and year < sentence.year


def _head(c: Context) -> str:
    """Return the sentence up to the series."""
    return c.sentence.text[: c.first.start]


def _dated(words: str, year: int, horizon: int | None = None) -> tuple[Timing, str]:
    return Timing(Period(words, None, year), horizon), words


@PERIOD.rule(
    yes=("指标 2021年 2025年\n海外专利授权量(件) 186 ⟨400⟩",),
    no=("到2025年,海外专利授权量达到⟨400件⟩。",),
)
def column(c: Context, _: Facts) -> Found:
    """The year of a cell: of its column, its row or its table."""
    year = c.quantity.cell.year if c.quantity.cell else None
    return _dated(f"{year}年", year) if year else None


# The year before a figure is its own: 由⟨2020年的⟩79.6分提高到83.4分, 较⟨2024年底的⟩23.8件.
_OWN_YEAR = re.compile(rf"(?P<year>{NEAR_YEAR})年(?:年?[底末])?的?$")


@PERIOD.rule(
    yes=(
        "一、发展现状\n2025年,满意度由2020年的⟨79.6分⟩提高到83.4分。",
        "一、发展现状\n“十四五”期间,总产值由2020年的⟨1860亿元⟩增加到3120亿元。",
    ),
    no=(
        "一、发展现状\n2025年,满意度由2020年的79.6分提高到⟨83.4分⟩。",
        "一、发展现状\n2025年,登记量是2020年的⟨2.4倍⟩。",
    ),
    source="GB/T 15834-2011: 的 ties a year to the figure that it is of",
)
def own_year(c: Context, facts: Facts) -> Found:
    """The year right before a reported figure: 由2020年的79.6分提高到…."""
    if facts.kind != "baseline" or (facts.is_share and facts.form != "share"):
        return None
    match = _OWN_YEAR.search(c.near_before)
    return _dated(match[0], int(match["year"])) if match else None


_STARTS = re.compile(r"[由从][^,。;]*$")
_GOES_TO = re.compile(rf"{phrases.BOUND}?[^,。;、\d]{{0,4}}?{phrases.RISE_TO}")


@PERIOD.rule(
    yes=(
        "一、发展现状\n“十四五”时期,创新能力增强。2025年,高新技术企业由⟨214家⟩增加到523家。",
        "一、2024年工作回顾\n研发投入强度由⟨2.11%⟩提升到2.38%。\n二、2025年工作安排\n强化保护。",
        "到2030年,专利产业化率由⟨4.2%⟩提高到10%。",
    ),
    no=(
        "一、发展现状\n2025年,高新技术企业由214家增加到⟨523家⟩。",
        "一、2024年工作回顾\n研发投入强度提升到⟨2.38%⟩。\n二、2025年工作安排\n强化保护。",
    ),
    source="what rises in a span from one figure to another stood at the first when the span began",
)
def starting_point(c: Context, facts: Facts) -> Found:
    """Where a rise or a fall begins: at the end of the year before the five-year plan, or the year, that is reported."""
    if facts.kind != "baseline" or not _STARTS.search(c.near_before) or not _GOES_TO.match(c.own_after):
        return None
    words = c.near_before
    if span := five_year_period(_head(c)) or facts.scope.past:
        return _dated(span.text, span.start_year - 1) if span.start_year else None
    if match := _year_of_report(c):
        return _dated(match[0], int(match[1]) - 1)
    year = stated_year(_head(c))
    return (UNDATED, words) if not year or not _is_past(year[1], c.sentence) else _dated(year[0], year[1] - 1)


# Not a year that another is set beside: 比上年增加, 系上年的1.4倍.
_LAST_YEAR = re.compile(
    r"(?<![比较同于是系为])(?<!相当于)(?:去年|上年度?|上一年度?)(?!同期|[底末初]?[相增减比])"
)


@PERIOD.rule(
    yes=("2025年工作要点\n2025年3月1日\n一、重点任务\n在去年成交额⟨64亿元⟩的基础上,今年突破80亿元。",),
    no=(
        "2025年工作要点\n2025年3月1日\n一、重点任务\n在去年成交额64亿元的基础上,今年突破⟨80亿元⟩。",
        "一、2024年工作回顾\n登记量比上年增加⟨64件⟩。",
        "一、2024年工作回顾\n登记量系上年的⟨1.4倍⟩。",
    ),
    source="去年 is the year before the one in which a document is issued",
)
def last_year(c: Context, facts: Facts) -> Found:
    """A reported figure of 去年: the year before the document's own."""
    match = _LAST_YEAR.search(c.clause_before) if facts.kind == "baseline" else None
    year = c.sentence.year
    return _dated(match[0], year - 1) if match and year and not stated_year(_head(c)) else None


@PERIOD.rule(
    yes=("一、发展现状\n“十三五”期间,专利授权量达到⟨4万件⟩。",),
    no=(
        "一、发展现状\n2019年,专利授权量达到⟨4万件⟩。",
        "一、发展现状\n第二十五届专利奖评选中,获奖专利达到⟨4件⟩。",
        "“十四五”期间,专利授权量达到⟨4万件⟩。",
    ),
)
def past_five_years(c: Context, facts: Facts) -> Found:
    """A reported figure with the five-year plan that it is of: “十三五”期间."""
    period = five_year_period(_head(c)) if facts.kind == "baseline" else None
    return (Timing(period, None), period.text) if period else None


@PERIOD.rule(
    yes=("一、发展现状\n2019年,专利授权量达到⟨4万件⟩。",),
    no=("一、发展现状\n专利授权量达到⟨4万件⟩。", "到2025年,专利授权量达到⟨4万件⟩。"),
)
def past_year(c: Context, facts: Facts) -> Found:
    """A reported figure with its year: 2019年."""
    year = stated_year(_head(c)) if facts.kind == "baseline" else None
    return _dated(*year) if year else None


@PERIOD.rule(
    yes=("一、发展现状\n“十三五”期间,专利工作成绩突出。商标注册量达到⟨3万件⟩。",),
    no=(
        "一、发展现状\n专利工作成绩突出。商标注册量达到⟨3万件⟩。",
        "一、发展现状\n“十三五”期间,专利工作成绩突出。2019年商标注册量达到⟨3万件⟩。",
    ),
    after=("past_five_years", "past_year"),
)
def past_period_above(_: Context, facts: Facts) -> Found:
    """A reported figure after a sentence of its provision that names a five-year plan."""
    past = facts.scope.past if facts.kind == "baseline" else None
    return (Timing(past, None), past.text) if past else None


@PERIOD.rule(
    yes=(
        "关于政协提案的答复\n2025年9月3日\n今年以来,全市已登记商标⟨64件⟩。",
        "关于政协提案的答复\n2025年9月3日\n截至8月底,全市已登记商标⟨64件⟩。",
    ),
    no=(
        "关于政协提案的答复\n2025年9月3日\n2024年1—8月,全市已登记商标⟨64件⟩。",
        "关于政协提案的答复\n2025年9月3日\n全市已登记商标⟨64件⟩。",
    ),
    source="今年 is the year in which a document is issued",
)
def this_year(c: Context, facts: Facts) -> Found:
    """A reported figure of the year of the document: 今年以来, 上半年, 截至8月底."""
    match = _THIS_YEAR.search(_head(c)) if facts.kind == "baseline" else None
    return _dated(match[0], c.sentence.year) if match and c.sentence.year else None


@PERIOD.rule(
    yes=(
        "一、发展现状\n2024年,专利授权量达到4万件。商标注册量达到⟨3万件⟩。",
        "海州市工作情况汇报\n2025年10月8日\n截至9月底,授权专利4万件。登记商标⟨3万件⟩。",
    ),
    no=(
        "一、发展现状\n2024年,专利授权量达到4万件。\n商标注册量达到⟨3万件⟩。",
        "一、发展现状\n2024年,专利授权量达到4万件。2023年,商标注册量达到⟨3万件⟩。",
    ),
    source="a paragraph tells of one time until it names another",
)
def past_year_above(_: Context, facts: Facts) -> Found:
    """A reported figure after a sentence of its paragraph that dates what it reports: 2024年,…。商标注册量…."""
    year = facts.scope.told if facts.kind == "baseline" else None
    return _dated(*year) if year else None


_YEAR_OF_REPORT = re.compile(rf"({YEAR})年(?!以来|起|[—-])")


@PERIOD.rule(
    yes=(
        "一、2023年工作回顾\n商标注册量达到⟨3万件⟩。\n二、2024年工作安排\n商标注册量达到5万件。",
        "海州市2023年知识产权保护状况\n商标注册量达到⟨3万件⟩。\n",
    ),
    no=(
        "一、工作回顾\n商标注册量达到⟨3万件⟩。\n二、2024年工作安排\n商标注册量达到5万件。",
        "一、2023年工作回顾\n2022年,商标注册量达到⟨3万件⟩。\n二、2024年工作安排\n商标注册量达到5万件。",
    ),
    source="政府工作报告 look back on one year under a heading that names it: 2023年工作回顾",
)
def year_of_the_heading(c: Context, facts: Facts) -> Found:
    """A reported figure below a heading, or in a report, with the year that is looked back on: 2023年工作回顾."""
    match = _year_of_report(c) if facts.kind == "baseline" else None
    return _dated(match[0], int(match[1])) if match else None


def _year_of_report(c: Context) -> re.Match[str] | None:
    found = (_YEAR_OF_REPORT.search(head) for head in (*reversed(c.sentence.headings), c.sentence.reports))
    return next((match for match in found if match), None)


@PERIOD.rule(
    UNDATED,
    yes=("一、发展现状\n商标注册量达到⟨3万件⟩。",),
    no=("一、主要任务\n商标注册量达到⟨3万件⟩。",),
)
def undated_past(_: Context, facts: Facts) -> Found:
    """A reported figure that nothing dates; the years of the plan are to come."""
    return "" if facts.kind == "baseline" else None


@PERIOD.rule(
    EVERY_YEAR,
    yes=("每年培训专员⟨200人⟩。", "每家企业每年奖励⟨20万元⟩。"),
    no=("到2025年,培训专员⟨200人⟩。", "每家企业奖励⟨20万元⟩。"),
)
def every_year(_: Context, facts: Facts) -> Found:
    """A figure that is per year holds in every year."""
    return facts.per if facts.per in {"year", "recipient-year"} else None


@PERIOD.rule(
    EVERY_YEAR,
    yes=("对年度新增专利⟨40件⟩以上的企业,给予奖励。",),
    no=("年度新增专利⟨40件⟩。", "对新增专利⟨40件⟩以上的企业,给予奖励。"),
)
def in_a_year(c: Context, facts: Facts) -> Found:
    """What is required, paid or set aside in a year, any year: 年度新增40件以上."""
    if facts.kind == "target" or facts.form == "growth_annual":
        return None
    match = _ANNUAL.search(c.clause_before)
    return match[0] if match else None


@once
def _span_of_years(c: Context) -> tuple[str, int] | None:
    """Return the last span of years in the segment, with its length: 三年 → 3; none that a year follows."""
    head = _head(c)
    matches = list(_SPAN_YEARS.finditer(head, c.segment[0]))
    if not matches or stated_year(head[matches[-1].end() :]):
        return None
    return matches[-1][0], int(number_value(matches[-1]["n"]))


@PERIOD.rule(
    yes=("临江市行动计划(2023—2025年)\n一、主要任务\n三年内培育企业⟨50家⟩。",),
    no=(
        "三年内培育企业⟨50家⟩。",
        "临江市行动计划(2023—2025年)\n一、申报条件\n三年内培育企业⟨50家⟩以上的,给予奖励。",
        "临江市行动计划(2023—2025年)\n一、主要任务\n三年内发行产品5单,2024年底前实现⟨首单⟩落地。",
    ),
)
def last_years_of_plan(c: Context, facts: Facts) -> Found:
    """A span of years of what a plan aims at: 三年增长15%; it ends with the plan."""
    period, horizon, _ = facts.plan
    if facts.kind in {"condition", "incentive"} or not period or period.end_year is None:
        return None
    if not (span := _span_of_years(c)):
        return None
    words, years = span
    end = period.end_year
    start = period.start_year if years == horizon else end - years + 1
    return Timing(Period(words, start, end), years), words


@PERIOD.rule(
    yes=("三年内培育企业⟨50家⟩。", "对三年内培育企业⟨50家⟩以上的,给予奖励。"),
    no=("培育成立三年以上的企业⟨50家⟩。",),
    after=("last_years_of_plan",),
)
def span_of_years(c: Context, _: Facts) -> Found:
    """A span of years that begins whenever somebody asks for an award, or in a plan without a period."""
    span = _span_of_years(c)
    return (Timing(Period(span[0], None, None), span[1]), span[0]) if span else None


_SINCE_A_DAY = re.compile(r"^(?:度|全年)?(?:\d{1,2}月|起|以来|以后|之后|至|到|[—~-])")


@PERIOD.rule(
    yes=(
        "2026年全市发放各类消费券奖补⟨1.2亿元⟩。",
        "2024年入驻的企业按⟨40元⟩/平方米/月的标准给予租金支持。",
    ),
    no=(
        "自2024年起对入驻的企业给予⟨40万元⟩奖励。",
        "2024年1月1日以后入驻的企业给予⟨40万元⟩奖励。",
    ),
    source="a figure holds in the year that its own clause names",
)
def year_of_the_award(c: Context, facts: Facts) -> Found:
    """What is paid in, or for, one year that its own clause names: 2024年入驻的按40元/平方米/月."""
    if facts.kind != "incentive":
        return None
    found = list(_BY_YEAR.finditer(c.clause_before))
    year = stated_year(c.clause_before)
    if not year or _SINCE_A_DAY.match(c.clause_before[found[-1].end() :]):
        return None
    return _dated(*year)


# From one day to another, or in one year, before whom it is for: ⟨2024年4月1日至2025年2月28日⟩期间,对…; 对⟨2023年⟩新投产的….
_FROM_DAY_TO_DAY = re.compile(
    rf"(?P<from>{NEAR_YEAR})年\d{{1,2}}月(?:\d{{1,2}}日)?起?(?:至|到|—|-)(?:(?P<to>{NEAR_YEAR})年)?\d{{1,2}}月(?:\d{{1,2}}日|底)?(?:止|期间|之间|间)?(?=[,对])"
)
_IN_ONE_YEAR = re.compile(
    rf"(?:^|[,;。])(?:对于?|在|凡)?(?P<from>(?P<to>{NEAR_YEAR}))年(?:度|全年|上半年|下半年|第[一二三四]季度)?(?=[对新首各举参组获成实开认获评]|营业|产值|销售|完成)"
)


@PERIOD.rule(
    yes=(
        "2024年4月1日至2025年2月28日期间,对举办促销活动的企业,给予⟨10万元⟩补贴。",
        "对2024年新投产的工业企业,给予⟨40万元⟩奖励。",
    ),
    no=(
        "对2024年1月1日以后投产的企业,给予⟨40万元⟩奖励。",
        "2024年12月31日前注册的企业,给予⟨40万元⟩奖励。",
        "对示范企业给予⟨40万元⟩奖励,2024年1月1日至12月31日期间,对优势企业给予20万元奖励。",
    ),
    source="fct_measure, period_end_year: the year in which a figure holds, where the text gives one",
)
def time_it_holds(c: Context, facts: Facts) -> Found:
    """When those are paid, or must meet something, that the clauses before speak of: 2023年上半年举办活动的."""
    if facts.kind not in {"condition", "incentive"}:
        return None
    said = squeezed(c.sentence.text[: c.first.start])
    spans = [*_FROM_DAY_TO_DAY.finditer(said), *_IN_ONE_YEAR.finditer(said)]
    if not spans:
        return None
    last = max(spans, key=lambda match: match.start())
    return _dated(last[0].strip(",;。"), int(number_value(last["to"] or last["from"])))


@PERIOD.rule(
    UNDATED,
    yes=("临江市行动计划(2023—2025年)\n一、主要任务\n对示范企业,给予⟨20万元⟩奖励。",),
    no=("临江市行动计划(2023—2025年)\n一、主要任务\n培育企业⟨50家⟩。",),
    after=("in_a_year", "span_of_years"),
)
def undated(_: Context, facts: Facts) -> Found:
    """A requirement, an award or a fine holds whenever its case comes up."""
    return "" if facts.kind in {"condition", "incentive", "sanction"} else None


def _takes_target_year(facts: Facts) -> bool:
    """A target year says when a figure holds; a yearly rate of growth holds in all years of the plan, if it has any."""
    return facts.form != "growth_annual" or facts.plan.period is None


@PERIOD.rule(
    yes=("到2025年,专利授权量达到⟨4万件⟩。",),
    no=("较2020年,专利授权量增加⟨4万件⟩。", "《2025年工作要点》提出专利授权量达到⟨4万件⟩。"),
)
def target_year(c: Context, facts: Facts) -> Found:
    """A year that the sentence names before the figure: 到2025年."""
    year = stated_year(_head(c)) if _takes_target_year(facts) else None
    return _dated(*year, _years_to(year, facts.plan)) if year else None


@PERIOD.rule(
    yes=("任务\t目标\t完成时限\n专利导航\t建设基地⟨8个⟩\t2024年6月底前\n维权\t加强保护\t长期",),
    no=(
        "任务\t目标\t完成时限\n专利导航\t建设基地⟨8个⟩\t长期\n维权\t加强保护\t2025年",
        "任务\t目标\t完成时限\n专利导航\t到2025年,建设基地⟨8个⟩\t2026年\n维权\t加强保护\t长期",
    ),
    after=("target_year",),
    source="tables that divide tasks among offices have a column for the time: 完成时限, 建设期限",
)
def time_of_the_row(c: Context, facts: Facts) -> Found:
    """The year in the column of times of a table, for what its row sets out to do: 完成时限 2024年6月底前."""
    year = c.sentence.row_year if facts.kind == "target" else None
    return _dated(f"{year}年", year) if year else None


@PERIOD.rule(
    yes=("一、发展目标\n到2025年,工作迈上新台阶。\n(一)创造。专利授权量达到⟨4万件⟩。",),
    no=("一、发展目标\n到2025年,工作迈上新台阶。\n(一)创造。到2024年,专利授权量达到⟨4万件⟩。",),
    after=("target_year",),
)
def target_year_above(_: Context, facts: Facts) -> Found:
    """A year that an earlier sentence names, for all under its heading."""
    year = facts.scope.year if _takes_target_year(facts) else None
    return _dated(*year, _years_to(year, facts.plan)) if year else None


@PERIOD.rule(
    yes=(
        "临江市行动计划(2023—2025年)\n一、主要任务\n培育企业⟨50家⟩。",
        "临江市2024年工作总结\n一、工作成效\n登记商标30件。\n二、下一步工作打算\n培育企业⟨50家⟩。",
    ),
    no=(
        "临江市行动计划(2023—2025年)\n一、主要任务\n到2024年,培育企业⟨50家⟩。",
        "临江市行动计划(2023—2025年)\n一、发展目标\n到2024年,工作迈上新台阶。\n(一)创造。专利授权量达到⟨4万件⟩。",
    ),
    after=("target_year_above",),
    source="a summary of a year ends with what is to be done in the next: 下一步工作打算",
)
def period_of_plan(c: Context, facts: Facts) -> Found:
    """The period of the plan, where nothing says another time; after a report on a year, the next."""
    period = facts.plan.period
    if not period:
        return None
    if period.start_year and period.start_year == period.end_year and _is_next_step(c):
        return _dated(c.sentence.headings[-1], period.start_year + 1)
    return Timing(period, facts.plan.horizon), period.text


# A part on what comes next, in a report on a year that is over: 下一步工作打算.
_NEXT_STEP = re.compile("下一步|下步|下一阶段|明年|今后")
_PART_OF_A_YEAR = re.compile(r"上半年|季度|\d月|今年以来")


def _is_next_step(c: Context) -> bool:
    s = c.sentence
    is_of_a_year = bool(s.reports) and not _PART_OF_A_YEAR.search(s.reports)
    return is_of_a_year and any(map(_NEXT_STEP.search, s.headings))


@PERIOD.rule(UNDATED, yes=("培育企业⟨50家⟩。",), no=("到2025年,培育企业⟨50家⟩。",))
def no_period(_c: Context, _f: Facts) -> Found:
    """A figure of a plan without a period."""
    return ""


def _years_to(year: tuple[str, int], plan: Plan) -> int | None:
    """Return the years from the start of the plan to a target year; one named with no 到 or 前 stands for itself."""
    words, target = year
    start, end = (plan.period.start_year, plan.period.end_year) if plan.period else (None, None)
    if target == end or start is None:
        return plan.horizon
    if not _BY.match(words) and not _END_OF_YEAR.search(words):
        return 1
    return max(1, target - start + 1)
