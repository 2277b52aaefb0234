"""How a figure is bounded: at least, more than, at most, less than, about or exactly."""

from __future__ import annotations

import re
from functools import lru_cache

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, once
from dagster_project.extraction.fields import Facts, Field, Found, matched
from dagster_project.reading.vocabulary import Word, one_of

COMPARATOR: Field[str] = Field("comparator")

#: The comparators that set a bound.
BOUNDS = frozenset({"ge", "gt", "le", "lt"})

_LIMITED = Word(
    "限",
    unless_before="期 年 上 下 额 时 权 有 界 门 极 无 受 局 底",
    unless_after="额 报 享 时 制 于 期 定",
    example="每年限2件",
)
_LIMITED_ACTS = frozenset("报 享 补 奖 申报 支持 资助 补助 奖励 推荐".split())
_LIMITED_A_YEAR = "每年限"
_WORD = re.compile(one_of([*w.COMPARATORS, *w.NO_COMPARATORS, _LIMITED_A_YEAR], _LIMITED))
# Names of amounts that a bound is a part of: 不低于⟨最低工资⟩标准的80%.
_STANDARDS = frozenset(word for word in w.NO_COMPARATORS if word[0] == "最")
_NEAR = 5  # characters between a word and its figure: 不少于人民币, 至少打造; 高于全市平均水平 compares with something else
_MAGNITUDE = re.compile("[十百千万亿]")
_REACHED = re.compile("上$")
_OVER = re.compile(f"{w.METRIC}过$")


@lru_cache(maxsize=4096)
def _last_word(text: str) -> tuple[str, str] | None:
    """Return the last word of comparison, and what stands after it; None where it bounds nothing there.

    The words that must stand next to the figure bound nothing elsewhere (满 in 圆满完成), and neither does what is enumerated
    before it.
    """
    found = [match for match in _WORD.finditer(text) if match[0] != "上" or not text[match.end() :].strip()]
    while found and found[-1][0] in _STANDARDS and text.rstrip().endswith("的"):
        found.pop()
    if not found or found[-1][0] in w.NO_COMPARATORS:
        return None
    word, gap = found[-1][0], text[found[-1].end() :].strip()
    is_limit = word in {_LIMITED.text, _LIMITED_A_YEAR}
    is_apart = gap and (
        (gap.endswith(")") and "(" not in gap)
        or word in w.ADJACENT
        or (is_limit and gap not in _LIMITED_ACTS)
    )
    return None if "、" in gap or is_apart else (word, gap)


_BETWEEN = re.compile("[、,和及或至](?:最高|最低|最多|最少|不超过|不低于)")
_MORE_THAN = re.compile("(?:超过|高于|大于|多于)$")


@once
def _word_before(c: Context) -> tuple[str, str] | None:
    """Return the last word of comparison before a figure, and what stands between; the low end of a range has none."""
    if c.quantity.bound:
        is_above = c.quantity.bound == "low" and _MORE_THAN.search(c.near_before)
        return _last_word(c.near_before) if is_above else None
    between = c.sentence.text[c.sentence.quantities[c.index - 1].end : c.quantity.start] if c.place else ""
    if _BETWEEN.fullmatch(between):
        return _last_word(between[1:])
    return _last_word(c.near_before)


# 至少⟨举办对接活动⟩2场
_ADVERBS = frozenset("至少 最少 最多 至多".split())
_ACT = re.compile(w.DOING + r"[^,。;、\d]{1,14}$")


def _comparator(word: str) -> str:
    return "le" if word in {_LIMITED.text, _LIMITED_A_YEAR} else w.COMPARATORS[word]


# Between a figure and the next, which it leads up to: 1000万元⟨及以上至⟩5000万元.
_LEADS_UP = re.compile(rf"(?:{phrases.BOUND}|\([含起]\))\s*[至到—-]\s*$")


def _leads_up(c: Context) -> re.Match[str] | None:
    own = c.sentence.quantities[c.index - 1].end if c.index else 0
    return _LEADS_UP.search(c.sentence.text[own : c.quantity.start]) if own else None


_LEFT_OUT = re.compile(r"(?P<below>(?:及?以下)?)\(不含[^()]{0,4}\)")


@COMPARATOR.rule(
    yes=(
        "投资额1000万元(含)至⟨5000万元⟩(不含)的,给予奖励。",
        "对投资额⟨5000万元⟩以下(不含)的企业,给予奖励。",
    ),
    no=("投资额⟨1000万元⟩(含)以上的,给予奖励。", "投资额⟨5000万元⟩(不含土地款)的,给予奖励。"),
    source="民法典 (2020), 第一千二百五十九条: 以下 includes the figure itself, so a text says where it does not",
)
def end_left_out(c: Context, _: Facts) -> Found:
    """An end that does not belong to the tier: 至5000万元(不含)."""
    match = _LEFT_OUT.match(c.own_after)
    is_upper = match and (match["below"] or c.quantity.bound == "high" or _leads_up(c))
    return ("lt", match[0]) if match and is_upper else None


@COMPARATOR.rule(
    "le",
    yes=("对固定资产投资1000万元以上至⟨5000万元⟩、5000万元以上的项目,分别奖励10万元、20万元。",),
    no=(
        "对固定资产投资1000万元以上至5000万元、⟨5000万元⟩以上的项目,分别奖励10万元、20万元。",
        "面积由100亩增加至⟨500亩⟩。",
    ),
    source="tiers of subsidies follow on each other so: 1000万元及以上至5000万元、5000万元以上至1亿元; 价税法 speaks so of classes of income",
)
def upper_end(c: Context, _: Facts) -> Found:
    """The upper end of a tier whose lower end has a bound of its own: 1000万元以上至5000万元."""
    return matched(_leads_up(c))


@COMPARATOR.rule(
    "eq",
    yes=("骗取补助的,追回资金,⟨5年⟩内不得申报各类项目。",),
    no=("享受政策的企业⟨十年⟩内不得迁离园区。",),
    source="who is barred for five years may apply after five",
)
def barred(c: Context, _: Facts) -> Found:
    """For how long one is barred is said exactly: 5年内不得申报."""
    decision = c.sentence.counted[c.index] if c.sentence.counted else None
    return decision.words if decision and decision.rule == "barred" else None


_NOT_WITHIN = re.compile("[之以]?内(?:不得?|未)")


@COMPARATOR.rule(
    "ge",
    yes=("享受政策的企业⟨十年⟩内不得迁离园区。",),
    no=("签订合同后⟨6个月⟩内开工的,给予奖励。", "区域⟨30家⟩以内不设限。"),
    source="who must not leave within ten years must stay for ten",
)
def not_within(c: Context, _: Facts) -> Found:
    """A time within which something must not be done lasts so long at least: 十年内不得迁离."""
    is_time = c.quantity.unit_word in phrases.DURATIONS
    return matched(_NOT_WITHIN.match(c.own_after)) if is_time else None


@COMPARATOR.rule(
    yes=("培育企业⟨50家⟩以上。", "给予⟨10万元⟩以内的补助。", "对服务满⟨3年⟩、5年以上的人员,给予奖励。"),
    no=("培育⟨50家⟩规模以上企业。", "给予⟨20万元⟩—50万元以内的补助。", "培育⟨3家⟩、引进5家以上企业。"),
)
def bound_after(c: Context, _: Facts) -> Found:
    """A bound right after the figure, or after its series (3年、5年以上), but not after a range of which it is the low end."""
    match = phrases.BOUND_AFTER.match(c.own_after)
    if not match and not c.quantity.bound:
        match = phrases.BOUND_AFTER.match(c.near_after)
    return (match.lastgroup, match[0]) if match else None


# ⟨80个⟩展位以上的; not 50家规模以上企业, 10个市级以上平台
_BEHIND_NOUN = re.compile(r"[^,。;、\d的]{1,8}(?<![模额级等类星历称科士])(?:及以上|以上)(?=的|[,;。])")


@COMPARATOR.rule(
    "ge",
    yes=("展会规模达到⟨80个⟩展位以上的,给予补助。",),
    no=(
        "培育⟨50家⟩规模以上企业的,给予补助。",
        "建设⟨10个⟩市级以上的平台。",
        "奖励⟨5万元⟩,产值达到2亿元以上的,再奖。",
    ),
    source="GB/T 26165-2021: the size of an exhibition is counted in 标准展位",
)
def bound_behind_noun(c: Context, _: Facts) -> Found:
    """A bound behind what is counted: 80个展位以上的."""
    is_count = w.UNITS.get(c.quantity.unit_word) not in {"CNY", "percent"} and not c.quantity.bound
    return matched(_BEHIND_NOUN.match(c.own_after)) if is_count else None


@COMPARATOR.rule(
    "ge",
    yes=("扶持⟨上亿元⟩企业发展到6家。",),
    no=("产值迈上⟨500亿元⟩台阶。",),
)
def reached_magnitude(c: Context, _: Facts) -> Found:
    """上 before a magnitude: 上亿元, 上千家; not before a figure, which it only leads up to (迈上500亿元)."""
    match = _REACHED.search(c.near_before)
    return (
        match[0]
        if match and c.quantity.bound != "low" and _MAGNITUDE.match(c.sentence.text, c.quantity.start)
        else None
    )


@COMPARATOR.rule(
    "gt",
    yes=("产值过⟨百亿元⟩。", "培育营业收入过⟨10亿元⟩的企业3家。"),
    no=("检验通过⟨5批⟩次。", "办理业务通过⟨100万元⟩专户支付。"),
)
def metric_over(c: Context, _: Facts) -> Found:
    """过 behind a metric, which is short for 超过: 产值过百亿元; not the end of another verb (通过, 经过)."""
    return matched(_OVER.search(c.near_before.rstrip()))


@COMPARATOR.rule(
    yes=(
        "培育企业不少于⟨50家⟩。",
        "产值超⟨30亿元⟩。",
        "每个县至少建设⟨2个⟩园区。",
        "服务近⟨300家⟩企业。",
        "单户贷款余额最低50万元、最高⟨2000万元⟩。",
        "贷款金额超过⟨100万元⟩至500万元的,给予贴息。",
        "每家企业每年限⟨2件⟩。",
        "每个申请人每年限报⟨20件⟩。",
    ),
    no=(
        "产值高于全市服务业平均水平⟨30亿元⟩。",
        "圆满完成⟨30项⟩改革任务。",
        "超额完成税收⟨30亿元⟩。",
        "培育企业⟨50家⟩以上。",
        "贷款金额超过100万元至⟨500万元⟩的,给予贴息。",
        "补贴年限⟨2年⟩。",
    ),
    after=("bound_after",),
)
def word_before(c: Context, _: Facts) -> Found:
    """The last word of comparison before the figure: 不少于50家, 至少建设2个."""
    if not (found := _word_before(c)):
        return None
    word, gap = found
    is_act = word in _ADVERBS and _ACT.match(gap)
    return (_comparator(word), word) if len(gap) <= _NEAR or is_act else None


_IN_WORDS = re.compile("[百千万]分之")  # a statute writes 营业额百分之五 without 的
_NO_BASE = ("水平", "平均", "为", "到", "至")  # 高于平均水平百分之五 is that much above it


@COMPARATOR.rule(
    yes=(
        "按不超过贷款市场报价利率的⟨50%⟩给予贴息。",
        "返投比例不低于市级财政出资额的⟨1.2倍⟩。",
        "生活费不低于当地最低工资标准的⟨80%⟩。",
        "奖补总额不超过其上年度地方财政贡献的⟨50%⟩。",
        "产业用地面积不得低于园区土地总面积⟨百分之六十⟩。",
    ),
    no=(
        "按贷款市场报价利率的⟨50%⟩给予贴息。",
        "生活费按最低工资标准的⟨80%⟩发放。",
        "按高于全市平均的水平给予奖励⟨5万元⟩。",
        "企业增速高于全省同行业平均水平⟨百分之五⟩。",
    ),
)
def bound_on_part(c: Context, _: Facts) -> Found:
    """A bound on a part of something that is named between the word and the figure: 不超过实际投入的30%."""
    if not (found := _word_before(c)):
        return None
    word, gap = found
    is_part = gap.endswith("的") or (
        _IN_WORDS.match(c.sentence.text, c.quantity.start) and not gap.endswith(_NO_BASE)
    )
    return (_comparator(word), word) if is_part else None


@COMPARATOR.rule(
    yes=("曝光典型案例不少于2批次⟨12件⟩。",),
    no=("曝光典型案例不少于2批次,案件⟨12件⟩。", "服务不少于2批次企业⟨12家⟩。"),
    source="two counts of one thing stand side by side without a mark, and share their bound: 2批次12件, 3户8人",
)
def beside(c: Context, facts: Facts) -> Found:
    """A figure right behind another one has its bound: 不少于2批次12件."""
    index = c.index - 1
    if index < 0 or c.quantity.is_side:
        return None
    between = c.sentence.text[c.sentence.quantities[index].end : c.quantity.start]
    if between.removeprefix("次"):
        return None
    decision = COMPARATOR.decide(Context(c.sentence, index, [index]), facts)
    return (decision.value, decision.words) if decision.rule == "word_before" else None


@COMPARATOR.rule(
    "le",
    yes=("C类人才年龄放宽至⟨50周岁⟩。",),
    no=("产假放宽至⟨158天⟩。", "人才年龄为⟨50周岁⟩。"),
    source="an age that is allowed is a limit",
)
def age_allowed(c: Context, _: Facts) -> Found:
    """An age that is still allowed: 放宽至50周岁, 放宽至50周岁和40周岁."""
    return matched(_ALLOWED.search(c.near_before)) if c.quantity.unit_word in phrases.AGES else None


_ALLOWED = re.compile("放宽[至到](?:最高)?$")


@COMPARATOR.rule(
    "le",
    yes=("最高给予孵化器运营机构⟨50万元⟩奖励。",),
    no=("给予孵化器运营机构⟨50万元⟩奖励。", "不低于孵化器运营机构⟨50万元⟩奖励。"),
)
def cap_before(c: Context, _: Facts) -> Found:
    """A cap before the verb and the party of an award: 最高给予运营机构50万元."""
    found = _word_before(c)
    return found[0] if found and _comparator(found[0]) == "le" else None


@COMPARATOR.rule("ge", yes=("给予⟨20万元⟩—50万元的补助。",), no=("给予20万元—⟨50万元⟩的补助。",))
def low_end(c: Context, _: Facts) -> Found:
    """The low end of a range is at least."""
    return "" if c.quantity.bound == "low" else None


@COMPARATOR.rule("le", yes=("给予20万元—⟨50万元⟩的补助。",), no=("给予⟨20万元⟩—50万元的补助。",))
def high_end(c: Context, _: Facts) -> Found:
    """The high end of a range is at most."""
    return "" if c.quantity.bound == "high" else None


@COMPARATOR.rule(
    "le",
    yes=("对国家标准起草单位排名前⟨3位⟩的企业,给予奖励。", "对首次进入全市营收前⟨30名⟩的企业,给予奖励。"),
    no=("引进领军科学家⟨3位⟩。", "提前⟨3名⟩到岗。"),
)
def place_in_a_ranking(c: Context, _: Facts) -> Found:
    """A place in a ranking or a better one: 排名前3位."""
    match = phrases.RANKED.search(c.near_before) if c.quantity.unit_word in phrases.PLACES else None
    return match[0] if match else None


_ABOUT = "来"
_OR_AS_MANY = re.compile("或者?([^,。;]{2,8})以上")


@COMPARATOR.rule(
    "ge",
    yes=("合议组由⟨3名⟩或3名以上执法人员组成。",),
    no=("合议组由⟨3名⟩或5名以上执法人员组成。",),
    source="Criminal Procedure Law and its like count so: 二人或者二人以上",
)
def said_twice(c: Context, _: Facts) -> Found:
    """A figure that is said again with its bound: 3名或3名以上."""
    q, text = c.quantity, c.sentence.text
    match = _OR_AS_MANY.match(text, q.end)
    return match[0] if match and match[1] == text[q.start : q.end] else None


@COMPARATOR.rule(yes=("累计服务企业⟨300余家⟩。", "选派专家⟨十来名⟩。"), no=("累计服务企业⟨300家⟩。",))
def and_more(c: Context, _: Facts) -> Found:
    """余 or 多 inside the figure says more (300余家), 来 about (十来名)."""
    q = c.quantity
    words = c.sentence.text[q.start : q.end]
    return ("approx" if _ABOUT in words else "gt", words) if q.is_inexact else None


@COMPARATOR.rule("eq", yes=("累计服务企业⟨300家⟩。",), no=("服务企业不少于⟨300家⟩。",))
def exact(_c: Context, _f: Facts) -> Found:
    """What no word bounds is meant exactly."""
    return ""
