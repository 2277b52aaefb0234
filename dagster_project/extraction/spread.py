"""One figure for several metrics, several figures for several heads: which figure belongs to which."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Field, Found
from dagster_project.extraction.fields.indicator import (
    NOT_STATED,
    PLACES_AT_HEAD,
    addressee,
    award_name,
    change,
    is_dealt,
    shared,
    strip_form_words,
)
from dagster_project.extraction.topics import MET, dealt, is_rank, reranked, tidy, topic

#: The indicator of each measure that a figure makes: one, but for a rate of several metrics and an award of several parties.
SPREAD: Field[tuple[str, ...]] = Field("spread")

#: Rules by which a figure belongs to a party that its own indicator names.
PAIRED_RULES = frozenset({"each_party", "each_of_several", "heads_in_order", "figures_before"})

_AND = re.compile(w.AND)
_RESPECTIVELY = "分别"
_BORNE = re.compile("损失|风险|贷款|费用|经费|保费|收益|不良")  # what is shared between two sides
_BEARS = re.compile("(?:承担|分担|负担)$")
_BY_SECTOR = re.compile("三次产业|产业结构|三产")
_SECTORS = ("第一产业", "第二产业", "第三产业")  # 国家统计局《三次产业划分规定》
_LEVELS = re.compile("[两三四](?:级|方)(?:财政)?$")
_BOTH_LEVELS = re.compile("[两三四]级")
_PAID = re.compile("资金|奖励|补助|补贴|资助|奖金")
_PAID_BY_YEAR = re.compile("(?:^|[,;])([^,;]{2,16}?)(?:自[^,;]*起)?按照?$")
_BY_YEAR = re.compile("分[两二三四五\\d]年|逐年")
_BY_RATIO = re.compile("按照?$")
_ENDS_IN_METRIC = re.compile(f"(?:{w.METRIC}|[^比几概]率|数)$")
_MODE_AND_METRIC = re.compile(r"(?P<mode>[^的]{2}?)(?P<metric>(?:数|金|总)?" + w.METRIC + ")$")
_TIERS = re.compile(
    r"(?P<first>[一二三四五六七八九十])(?P<what>级|等|类|档|星级)(?:到|至|—|-)(?P<last>[一二三四五六七八九十])(?P=what)"
)
_TIER_NAMES = "一二三四五六七八九十"
_DIGIT = re.compile(r"\d")
_RATE = re.compile(r"\d%")
_EACH_AT_END = re.compile("每[家个户人名件项]$")
_ANY_ACTOR = re.compile(w.PARTY)
_CLAUSE_MARK = re.compile("[,:]")


def split_metrics(head: str) -> list[str]:
    """Split coordinated metrics that share one rate, e.g. 质押融资金额与数量 → 质押融资金额, 质押融资数量.

    Only metrics are split (转让、许可数量 → two; 成交金额、到账金额 → two); nouns that share a count are not
    (优势和示范企业), nor lists that 等 closes, nor modes that 的 ties to one metric (转让、许可的专利数量).
    """
    stem, of, tail = head.rpartition("的")
    parts = _AND.split(tail)
    if len(parts) < 2 or not _ENDS_IN_METRIC.search(parts[-1]) or "等" in tail or "" in parts:
        return [head]
    prefix = stem + of
    if all(_ENDS_IN_METRIC.search(part) for part in parts):
        found = _ENDS_IN_METRIC.search(parts[0])
        shared = parts[0][: found.start()] if found else ""
        short = [
            shared + p if phrases.BARE.match(p) and not p.startswith(shared) and len(p) <= 3 else p
            for p in parts[1:]
        ]
        return [prefix + part for part in [parts[0], *short]]
    if not any(_ENDS_IN_METRIC.search(part) for part in parts[:-1]) and all(
        len(part) <= 8 for part in parts[:-1]
    ):
        found = _MODE_AND_METRIC.search(parts[-1])
        if not found or any(len(part) < 2 for part in parts):
            return [head]
        mode_length = len(found["mode"])
        first, *middle = parts[:-1]
        if any(len(m) != mode_length for m in middle) or len(parts[-1]) - len(found["metric"]) != mode_length:
            return [head]
        shared = first[:-mode_length]
        modes = [first[-mode_length:], *middle, found["mode"]]
        return [prefix + shared + mode + found["metric"] for mode in modes]
    return [head]


@SPREAD.rule(yes=("风险由补偿资金与合作银行按⟨8∶2⟩的比例承担。",), no=("补偿资金按⟨8∶2⟩的比例承担风险。",))
def sides_of_a_ratio(c: Context, _: Facts) -> Found:
    """A ratio gives each side its share: 补偿资金与合作银行按8∶2的比例承担."""
    if not c.quantity.is_side:
        return None
    if len(c.series) == len(_SECTORS) and _BY_SECTOR.search(c.near_before):
        return (_SECTORS[c.place] + "占比",), "三次产业"
    if _BY_YEAR.search(c.near_after):
        of = _PAID_BY_YEAR.search(c.near_before)
        what = of[1] if of else shared(c, _PAID)
        return (f"{what}第{_TIER_NAMES[c.place]}年兑付比例",), ""
    lead, by, told = _BY_RATIO.sub("", c.near_before).rpartition("由")
    sides = _AND.split(_LEVELS.sub("", strip_form_words(told)))
    if len(sides) != len(c.series):
        return None
    whole = strip_form_words(lead) if by else ""
    return ((whole or shared(c, _BORNE)) + sides[c.place] + "承担比例",), by


def _is_spread(c: Context) -> bool:
    """分别 stands before the figure, in its clause."""
    return bool(phrases.RESPECTIVELY.search(c.clause_before)) and not c.quantity.is_side


@SPREAD.rule(
    source="zhangzhou-2024, (十二); 的 makes a noun of each clause, and 分别 gives the sum to each",
    yes=("对在国外胜诉的、在国内应诉的企业,分别给予⟨10万元⟩补助。",),
    no=(
        "对在国外胜诉的企业,分别给予⟨10万元⟩补助。",
        "对胜诉的高校、应诉的企业,分别给予⟨10万元⟩、5万元补助。",
    ),
)
def each_party(c: Context, facts: Facts) -> Found:
    """One sum for each of several parties that 的 closes: 胜诉的、应诉的,分别给予10万元."""
    if not _is_spread(c) or len(c.series) > 1 or facts.kind != "incentive":
        return None
    parties = [part for part in addressee(c).split("的、") if len(part) > 3]
    if len(parties) < 2:
        return None
    return tuple(award_name(c, facts, part.removesuffix("的")) for part in parties), _RESPECTIVELY


# 东浔区、西浔区各⟨2所⟩; 集体商标、证明商标各⟨两件⟩
_EACH_HAS = re.compile(
    r"(?:^|[,;:(])(?P<heads>[^,;:(、和与及\d]{1,12}(?:[、和与及][^,;:(、和与及\d]{1,12})+?)各自?"
    rf"(?:(?:为|不少于|不低于|至少|不超过|限)*|(?P<what>(?:负担|承担|安排|{w.DOING})[^,;:()\d、各]{{0,12}}))$"
)
_NO_HEADS = re.compile("每|各|分别|对|的|等|按|给予|奖励|补助")


@SPREAD.rule(
    source="现代汉语词典 (第7版), 各: each of more than one; 各 gives the figure to each of those listed",
    yes=(
        "新增试点学校6所(东浔区、西浔区各⟨2所⟩)。",
        "临浦县、沙丘县各培育区域公用品牌⟨1个⟩。",
        "全县新申报集体商标、证明商标各⟨两件⟩。",
        "新增国家级、省级平台各⟨5个⟩。",
    ),
    no=(
        "企业、高校各类平台达到⟨2个⟩。",
        "企业、高校各有关单位参与⟨10家⟩。",
        "对企业、高校各奖励⟨2万元⟩。",
        "东浔区、西浔区共建学校⟨2所⟩。",
    ),
)
def each_of_several(c: Context, facts: Facts) -> Found:
    """One figure for each of those that are listed before 各: 东浔区、西浔区各2所."""
    match = _EACH_HAS.search(c.clause_before) if len(c.series) == 1 and facts.kind != "incentive" else None
    if not match or _NO_HEADS.search(match["heads"]):
        return None
    heads = [head for head in _AND.split(match["heads"]) if head]
    if len(heads) < 2:
        return None
    said = _BOTH_LEVELS.sub("级", match["heads"].rpartition("由")[2])  # 国家级、省级平台; 市、县两级财政
    if all(dealt(said, len(heads), place) for place in range(len(heads))):
        heads = [dealt(said, len(heads), place) or "" for place in range(len(heads))]
    is_inside = c.before.count("(") > c.before.count(")")
    total = PLACES_AT_HEAD.sub("", facts.before.indicator) if facts.before and is_inside else ""
    share = "比例" if facts.kind == "allocation" and facts.is_share else ""
    return tuple(head + (match["what"] or total) + share for head in heads), "各"


@SPREAD.rule(
    yes=("对通过一级到三级评审的企业,分别给予⟨5万元⟩、10万元、20万元奖励。",),
    source="zhangzhou-2024, (六): the five levels of a rating by ISO 56005; GB/T 36073-2018 has five as well",
    no=("对通过一级、二级评审的企业,分别给予⟨5万元⟩、10万元奖励。",),
)
def tiers(c: Context, facts: Facts) -> Found:
    """One figure for each of a range of tiers: 一级到三级分别给予5万元、10万元、20万元."""
    count = len(c.series)
    match = _TIERS.search(c.before) if _is_spread(c) and count > 1 else None
    if not match:
        return None
    low, high = _TIER_NAMES.index(match["first"]), _TIER_NAMES.index(match["last"])
    if high - low + 1 != count:
        return None
    tier = _TIER_NAMES[low + c.place] + match["what"]
    name = award_name(c, facts).replace(match[0], "") if facts.kind == "incentive" else facts.indicator
    return (f"{name}({tier})",), match[0]


@SPREAD.rule(
    yes=(
        "对高校、科研院所,每家分别给予⟨10万元⟩、5万元补助。",
        "被认定为示范企业、优势企业的,各奖⟨30万元⟩、15万元。",
        "专利申请量、授权量分别增长⟨20%⟩、8%。",
    ),
    no=(
        "对高校、科研院所,一级到二级分别给予⟨10万元⟩、5万元补助。",
        "对高校、科研院所,每家给予⟨10万元⟩、5万元补助。",
        "对高校、科研院所各奖励⟨10万元⟩。",
        "对各奖励对象中的高校、科研院所,每家给予⟨10万元⟩、5万元补助。",
        "对高校、科研院所和企业,每家分别给予⟨10万元⟩、5万元补助。",
    ),
    after=("tiers",),
)
def heads_in_order(c: Context, facts: Facts) -> Found:
    """As many figures as heads before them, in order: 高校、科研院所,每家分别给予10万元、5万元."""
    count = len(c.series)
    if not _is_spread(c) or count < 2:
        return None
    if facts.kind == "incentive" and is_dealt(c, facts):
        return (facts.indicator,), _RESPECTIVELY
    above = _CLAUSE_MARK.split(c.before.removesuffix(c.clause_before).rstrip(",:"))[-1]
    heads = _heads(phrases.RESPECTIVELY.split(c.clause_before)[0], count) or _heads(above, count)
    if not heads or any(head[0].isdigit() for head in heads):
        return None
    if facts.kind != "incentive" and any(_DIGIT.search(head) for head in heads):
        return None  # 成交额745亿元、1.9万项,分别增长35%、8%
    if facts.kind == "incentive":
        if any(_RATE.search(head) for head in heads):
            return None  # 按销售额的20%、10%奖励,最高分别为300万元、150万元
        return (award_name(c, facts, _whose(c, heads[c.place]) + heads[c.place]),), _RESPECTIVELY
    if facts.before and all(map(is_rank, heads)):
        return (reranked(facts.before.indicator, heads[c.place]),), _RESPECTIVELY
    if facts.kind == "allocation" and _BEARS.search(c.near_before):
        return (shared(c, _BORNE) + heads[c.place] + "承担比例",), _RESPECTIVELY
    return (heads[c.place] + change(c, facts),), _RESPECTIVELY


def _whose(c: Context, head: str) -> str:
    """Who reaches a threshold, where the clause before it says so: ⟨中试基地⟩,年收入达到500万元、1000万元的."""
    if not _DIGIT.search(head) or _ANY_ACTOR.search(head):
        return ""
    party = next((part for part in topic(c).parts if MET not in part), "")
    return party if phrases.ACTOR.search(party) else ""


@SPREAD.rule(
    yes=("完成产业规划类、企业运营类导航项目⟨3项⟩和10项。",),
    no=("完成产业规划类、企业运营类导航项目⟨3项⟩。", "完成导航项目⟨3项⟩、转化项目10项。"),
    source="GB/T 15834-2011, 4.5: lists of as many members stand in the same order",
)
def list_and_counts(c: Context, facts: Facts) -> Found:
    """As many counts as kinds before them, without 分别: 产业规划类、企业运营类项目3项和10项."""
    count = len(c.series)
    if count < 2 or c.quantity.bound or c.following or facts.kind not in {"target", "baseline"}:
        return None
    if facts.is_share or facts.is_money or len({c.sentence.quantities[i].unit_word for i in c.series}) > 1:
        return None
    name = dealt(facts.indicator, count, c.place)
    return ((name,), "") if name else None


@SPREAD.rule(
    yes=("专利申请量430件,授权量260件,分别增长⟨20%⟩、8%。",),
    no=(
        "专利申请量430件,分别增长⟨20%⟩、8%。",
        "专利申请量430件,授权量260件,高校、企业分别增长⟨20%⟩、8%。",
        "专利申请量430件,授权量260件,城乡居民收入分别增长⟨5%⟩、6%。",
    ),
)
def figures_before(c: Context, facts: Facts) -> Found:
    """As many figures as there are before them, in order: 申请量430件,授权量260件,分别增长20%、8%."""
    count = len(c.series)
    if not _is_spread(c) or count < 2 or len(facts.earlier) < count or facts.kind == "incentive":
        return None
    if len(strip_form_words(phrases.RESPECTIVELY.split(c.clause_before)[0])) > 1:
        return None  # 申请量430件,授权量260件,居民收入分别增长5%、6%
    return (facts.earlier[c.place - count] + change(c, facts),), _RESPECTIVELY


@SPREAD.rule(
    yes=("专利质押融资金额与数量年均增长⟨30%⟩。",),
    no=(
        "专利质押融资金额与数量达到⟨30亿元⟩。",
        "优势和示范企业数量年均增长⟨30%⟩。",
        "研发投入或科研经费投入年均增长⟨10%⟩。",
    ),
)
def metrics_with_one_rate(c: Context, facts: Facts) -> Found:
    """One rate for several metrics is a measure of each: 金额与数量年均增长30%."""
    if not facts.form.startswith("growth") or c.quantity.unit_word != "%" or "或" in facts.indicator:
        return None
    rate = change(c, facts)
    names = split_metrics(facts.indicator.removesuffix(rate))
    return (tuple(name + rate + _end(c, facts) for name in names), "") if len(names) > 1 else None


@SPREAD.rule(
    source="fct_measure: a name is complete without its context",
    yes=("一、重点任务\n1.新培育示范企业⟨50家⟩。(云岭市局)",),
    no=(
        "一、重点任务\n1.新培育示范企业⟨50家⟩。(市科技局)",
        "一、重点任务\n1.新培育示范企业⟨50家⟩。(云岭市局、临溪县局)",
        "一、重点任务\n1.云岭市新培育示范企业⟨50家⟩。(云岭市局)",
    ),
)
def place_in_charge(c: Context, facts: Facts) -> Found:
    """A target of one place in the plan of a larger one: the place whose office alone is in charge of the provision."""
    place = c.sentence.place
    if (
        not place
        or facts.kind not in {"target", "baseline"}
        or place in facts.indicator
        or facts.indicator == NOT_STATED
    ):
        return None
    return (place + facts.indicator + _end(c, facts),), place


@SPREAD.rule(yes=("培育企业⟨50家⟩。",), no=("专利质押融资金额与数量年均增长⟨30%⟩。",))
def one_name(c: Context, facts: Facts) -> Found:
    """Any other figure is one measure; the ends of a range are told apart: 省级联盟1-2家 → 省级联盟下限, 省级联盟上限."""
    return (facts.indicator + _end(c, facts),), ""


def _end(c: Context, facts: Facts) -> str:
    """Which end of a range the figure is, where its own name leaves that out."""
    if not c.quantity.bound or c.quantity.cell or facts.indicator.endswith(_ENDS):
        return ""
    is_counted = not (facts.is_money or facts.is_share or _ENDS_IN_METRIC.search(facts.indicator))
    return ("数量" if is_counted else "") + _ENDS[c.quantity.bound == "high"]


_ENDS = ("下限", "上限")


def _shared_tail(parts: list[str]) -> str:
    """Return what the last of several heads says of all: 原煤、天然气产量 → 产量; 城市、县城建成区面积 → 建成区面积."""
    metric = _ENDS_IN_METRIC.search(parts[-1])
    if not metric or any(map(_ENDS_IN_METRIC.search, parts[:-1])) or "的" in "".join(parts):
        return ""
    if metric.start() <= _SHORT_HEAD:
        return metric[0]
    if sector := _SECTOR.search(parts[-1]):
        return sector[0]
    length = len(parts[0])
    return parts[-1][length:] if length <= _SHORT_HEAD and {len(p) for p in parts[:-1]} == {length} else ""


def _short_metrics(parts: list[str]) -> list[str]:
    """Return metrics each with the thing of the first: 质押融资登记金额、项目数 → 质押融资登记金额, 质押融资项目数; or nothing."""
    thing = phrases.MODE_METRIC.sub("", parts[0])
    is_short = all(_COUNT_ALONE.fullmatch(part) for part in parts[1:])
    return (
        [parts[0], *(thing + part for part in parts[1:])]
        if is_short and 1 < len(thing) < len(parts[0])
        else []
    )


_COUNT_ALONE = re.compile("(?:项目|企业|合同|惠企|业务|贷款)?[项户笔件次家人]?数|[笔户项件]数")
_SO_MANY_RANKS = re.compile("[两二三四五六\\d]个(层次|档次|等级|级别|类别)$")  # 领军、拔尖、青年三个层次
_SHORT_HEAD = 4  # characters
_SECTOR = re.compile("(?:产业|行业|企业|工业|领域).*$")


_DEED = re.compile(f"(?:对|支持|鼓励)*(?P<verb>{w.DOING})")


def _doers_of(parts: list[str], deed: re.Match[str] | None) -> list[str]:
    """Return deeds each with the doers that stand behind the last: 建设工厂、建设车间的企业 → 建设工厂的企业; or nothing."""
    last, _, whose = parts[-1].rpartition("的")
    if not last or not phrases.ACTOR.search(whose) or any("的" in part for part in parts[:-1]):
        return []
    if not deed and any(map(phrases.ACTOR.search, parts[:-1])):
        return []
    verb = deed["verb"] if deed else ""
    return [f"{'' if part.startswith(verb) else verb}{part}的{whose}" for part in [*parts[:-1], last]]


def _heads(text: str, count: int) -> list[str]:
    """Return the coordinated heads at the end of a clause if there are `count` of them."""
    said = _SO_MANY_RANKS.sub(r"\1", tidy(text))
    deed = _DEED.match(said)
    text = strip_form_words(_EACH_AT_END.sub("", said))
    if dealt(text, count, 0):  # 省专利奖特等、一等、二等
        return [(dealt(text, count, place) or "").removesuffix("的") for place in range(count)]
    parts = [part for part in _AND.split(text) if part]
    if len(parts) < count or not (len(parts) == count or "的" in parts[-count]):
        return []
    if len(parts) == count and (short := _short_metrics(parts)):
        return short
    if len(parts) == count and (tail := _shared_tail(parts)):
        return [part + tail for part in parts[:-1]] + [parts[-1]]
    if deeds := _doers_of(parts[-count:], deed):
        return deeds
    stem, of, first = parts[-count].rpartition("的")
    if not first:  # 通过国家认定的和省级认定的: each is a phrase of its own
        return [part.removesuffix("的") for part in parts[-count:]]
    others = parts[-count:][1:]
    if all(other[-1] == first[-1] and len(other) <= 4 < len(first) for other in others):
        stem, of, first = stem + of, first[:-2], first[-2:]  # 获得中国专利金奖、银奖 → 获得中国专利银奖
    return [stem + of + part for part in [first, *others]]
