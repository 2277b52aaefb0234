"""What an award is for, how the text calls it, and what its figure says of it."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found
from dagster_project.extraction.fields.indicator.field import INDICATOR
from dagster_project.extraction.fields.indicator.nouns import (
    LEAST,
    heading_above,
    noun_after,
    thing_before,
    title_above,
)
from dagster_project.extraction.fields.recipient import given_party
from dagster_project.extraction.tiers import count_of_tiers, tier_before
from dagster_project.extraction.topics import (
    EACH_MORE,
    MET,
    VALUE,
    Topic,
    dealt,
    is_fragment,
    squeezed,
    tidy,
    tier,
    topic,
)
from dagster_project.reading.numerals import number_value
from dagster_project.reading.vocabulary import one_of

# What happens to those that are counted, which is a part of what is measured: ⟨新增⟩企业, ⟨培养⟩人才; not 实施, 完成, 建成.
EVENT = one_of(
    "新增 新建 新认定 新培育 新引进 培育 培养 培训 引进 引育 招引 选育 集聚 改造 创建 认定 遴选 签约 新签约 登记 接待 发行 查处 净增 惠及 受理"
)

_ADDITIONAL = re.compile(r"每(?:增加|新增|多)[^,。;\d]{0,12}?(?=奖|给|补|再|$)")

# What is given, as the text calls it: 给予30万元的⟨落户支持⟩, ⟨购房补贴⟩10万元.
_GIVEN = (
    one_of(
        "支持 津贴 安家费 生活费 启动资金 工作经费 建设经费 运行经费 运营经费 科研经费 研究经费 活动经费 项目经费 配套经费 配套资金 激励资金 减征 免征 优惠 保费 报酬"
    )
    + "|"
    + phrases.AWARD_NOUN.pattern
)

_GIVEN_AFTER = re.compile(
    rf"^(?:[/•·]每?(?:平方米?|平米|千瓦时?|公里|[年月日天亩家人件台个项吨户]))*(?:{phrases.NOISE}|的|一次性|资金|标准|比例|人民币|不同(?:程度|额度|金额|标准)|不等)*(?:给予|予以|进行|发放|兑现)?(?:企业|单位|个人)?(?:一次性)?(?P<what>[^,。;、\d的]{{0,8}}?(?:{_GIVEN}))"
)

_FEE_AFTER = re.compile(r"的(?P<what>[^,。;、\d的]{1,6}[费金])$")  # 给予每人8万元的⟨咨询费⟩

_NOT_GIVEN = "对象|项目|政策|(?:金额|总额|标准)的$"

GIVEN_BEFORE = re.compile(
    rf"(?:给予|予以|发放|一次性|享受)(?:发放|给予|享受)?(?P<of>[^,。;、\d的给予发放]{{0,6}}?)(?P<what>{_GIVEN})(?!{_NOT_GIVEN})|(?P<bare>{_GIVEN})(?!{_NOT_GIVEN})"
)

# Of what a percentage is paid: 按⟨实际投入⟩的20%.
_BASE = re.compile(
    r"(?:按照?|参照|依照|(?:贴补|补贴|补助|资助)(?!比例|额|标准|金额|年|资金|费)|以|不超过|不高于|给予|为|占|最高|其(?!中)|该|,)(?P<what>[^,。;\d的按]{2,16}(?:的[^,。;\d的]{2,12})?)的?$"
)

_EACH_THING = re.compile(
    r"每(?:件|项(?!目)|亩|平方米|户|场|套|月|台|辆|篇|次|公里|千瓦|立方米|个国家|学年|人每月|人每年|人)(?=[^,]*$)"
)

_EACH_PARTY = re.compile(
    r"(?P<which>(?:每|单|同一)(?:[家个户名位])?)(?P<noun>企业|单位|机构|项目|个人|人|高校|主体|申请人|平台|园区|基地|合作社)"
)


def _each_of(each: re.Match[str], who: str, *, is_limit: bool) -> str:
    """Return whom an award is for with 每家: 单个企业, before what is done or whose limit it is; 单个电商企业, of one kind."""
    which, noun = each["which"], each["noun"]
    if noun in who:
        is_kind = is_limit and who.endswith(noun) and "的" not in who and len(who) <= SHORT_PHRASE
        if is_limit and which in _SINGLE_WORDS and who.endswith(f"的{noun}"):
            return who.removesuffix(noun) + which + noun
        is_kind = is_kind or (
            is_limit and which in _SINGLE_WORDS and "的" not in who and len(who) <= _LONG_PHRASE
        )
        return which + who if is_kind else who
    if is_limit and noun in _ANY_KIND and _A_KIND.fullmatch(who):
        return which + who
    return each[0] + who if is_limit or not phrases.ACTOR.search(who) else who


_SINGLE_WORDS = frozenset("单户 单家 单个 单项 同一".split())

# Of what one a limit is that is no party: ⟨单户⟩最高不超过, ⟨单个案件⟩最高, ⟨单个展会⟩补贴不超过.
_SINGLE = re.compile(
    rf"(?P<one>单[户家]|单个[^,。;、\d的]{{2,5}}?)(?=每年|年度?|全年|每个|一年|累计|合计|最高|最多|{one_of(w.COMPARATORS)}|{phrases.AWARD_NOUN.pattern}|支持|总|按)"
)

_ANY_KIND = frozenset("企业 单位 机构 主体".split())

_A_KIND = re.compile(f"[^的,、]{{2,8}}{w.PARTY}")  # 代理机构, which are what 每家机构 means

# Whose the award is, where that is not whom the clause is about: 对其⟨经营团队⟩奖励.
_THEIRS = re.compile(r"(?:对|给)其(?P<who>[^,。;\d]{2,10}?)(?=给予|予以|再|一次性|分别|奖|补)")

# Says only that somebody is paid: 对…项目,给予⟨企业⟩奖励.
_ANY_PARTY = re.compile("企业|单位|个人|机构")

_TITLED = re.compile("获|认定为|列入|入选|评为|成为|纳入")

_PARTY_OR_PROJECT = re.compile(f"(?:{w.PARTY}|项目|工程)(?:[^,。;的]{{0,8}}[后内时期])?$")

# Which of several a figure in a list is for: ⟨2024年入驻⟩的按40元; (⟨第一年⟩奖励5万元.
_BRANCH = re.compile(
    r"^(?:/[^/,。;、\d]{1,4})*、(?P<which>[^,。;、]{2,16}?)的,?(?:按|给予|予以|奖励|补助|补贴)*$"
)

_SOME_YEARS = re.compile(r"(?<=..)[前后][\d一二两三四五六]年$")

_BRANCH_OF_TIME = re.compile(r"\d{4}年(?:底|末|\d{1,2}月)?[前后]?[^,的]{0,4}")

_WHICH_YEAR = re.compile("(?P<which>第[一二三四五六]年)(?=[^,。;]*$)")


def addressee(c: Context) -> str:
    """Who or what an award is for, with the conditions put before: 对通过国际标准评级的企业 → 通过国际标准评级的企业."""
    found = list(phrases.ADDRESSED.finditer(c.before))
    return found[-1]["who"] if found else str(topic(c))


def _item(c: Context, found: Topic) -> str | None:
    """What one of several awards in order is for: 国家级、省级中心,分别…; 博士,硕士,本科毕业生,每月分别…."""
    count = len(c.series)
    if c.quantity.bound or count < 2:
        return None
    item = dealt(str(found), count, c.place) or dealt(_CLASS_REMARK.sub("", str(found)), count, c.place)
    if item is None and (levels := _LEVELS_NAMED.search(squeezed(c.before))):
        named = levels["list"].split("、")
        item = f"{found}{named[c.place]}{levels['sign'][:2]}" if len(named) == count else None
    # Not whose, and how much it has; nor two conditions, of which one has as many tiers: 营业收入1亿元、2亿元以上,增幅10%以上.
    parallel = len({MET in part for part in found.parts}) == 1 and not _has_tiers(c)
    if (
        item is None
        and len(found.parts) == count
        and parallel
        and phrases.RESPECTIVELY.search(c.clause_before)
    ):
        return found.parts[c.place]
    return item


_CLASS_REMARK = re.compile(r"\([^()]{1,4}\)")  # 国家级领军人才⟨(B类)⟩、省级领军人才⟨(C类)⟩
# Grades that a clause of its own lists: 根据⟨顶尖、杰出、领军⟩三个层次,分别给予.
_LEVELS_NAMED = re.compile(
    r"(?:根据|按照?|分为?|设)(?P<list>[^,;、\d的]{1,6}(?:、[^,;、\d的]{1,6})+)[两二三四五六七八九十\d]个?(?P<sign>层次|等次|档次|等级|类别|级别|层级|档)[^;。]*$"
)


def _has_tiers(c: Context) -> bool:
    """Say whether as many thresholds stand before a series as it has figures."""
    count = len(c.series)
    lists = (
        series
        for series in c.sentence.series
        if series[-1] < c.series[0] and c.sentence.quantities[series[0]].start >= c.segment[0]
    )
    return count_of_tiers(c) == count or any(len(series) == count for series in lists)


_LONG_WHO = 14  # characters


def is_dealt(c: Context, facts: Facts) -> bool:
    """Say whether an award is one of several in order, whose name says of which."""
    return _item(c, topic(c, facts.awarded)) is not None


def _paid_for(c: Context, facts: Facts) -> str:
    """What an award is for: one of several in order, all of it, or the heading where the sentence says nothing."""
    found = topic(c, facts.awarded, told=True)
    if item := _item(c, found):
        return item
    who = str(found) or _each_counted(c, facts) or heading_above(c)
    if (
        _STAGE_ALONE.fullmatch(who)
        and facts.before
        and facts.before.kind == "target"
        and not facts.before.is_share
    ):
        who = EVENT_ALONE.sub("", thing_before(facts)) + who  # 遴选导航项目4个,⟨验收⟩后给予60万元
    if EACH_MORE.match(who) and facts.awarded and facts.awarded not in who:
        who = _without_met(facts.awarded) + ("" if end_or_cap(c, facts) else who)
    is_alone = len(c.series) == 1 and len(found.parts) > 1 and MET in found.parts[-1]
    if is_alone and who.endswith(found.parts[-1]):
        who = who.removesuffix(found.parts[-1]) + _MET_BY.sub(_without_threshold, found.parts[-1])
    if len(c.series) > 1 and not c.quantity.bound:
        top = _TOP.search(who)
        if top and number_value(top["count"]) == len(c.series):  # 排名前三名, each with its own sum
            return (
                f"{who[: top.start()]}第{_NTH[c.place : c.place + 1]}{top['place'] or '名'}{who[top.end() :]}"
            )
        told = "".join(found.parts)
        if MET in told and MET not in who and (named := _met(told, c)):
            return named
        if MET in who:
            return _met(who, c) or who + tier(c.place)
        if count_of_tiers(c) == len(c.series):
            return who + tier(c.place).strip("()")
        if _has_tiers(c) and not _SAYS_TIER.search(who) and phrases.RESPECTIVELY.search(c.clause_before):
            return _MET_BY.sub(_without_threshold, who) + tier(c.place)
    who = _MET_BY.sub(_without_threshold, who)
    place = tier_before(c) if len(c.series) == 1 else None
    return who if place is None or _SAYS_TIER.search(who) else who + tier(place)


_STAGE_ALONE = re.compile(
    "(?:验收|完成|竣工|建成|投产|结项|评审|考核)(?:合格|通过|完成)?|通过(?:验收|评审|考核)"
)

_SAYS_TIER = re.compile(r"\d|第.[档名位]")  # 营业收入1000万元至2000万元 tells which

# By what it is measured out: ⟨根据上年度PCT申请量⟩,给予5万元至50万元资助.
_MEASURED_OUT = re.compile(
    r"(?:^|[,;。.、)])(?:根据|依据|按照?|视)(?P<what>(?![^,;]*(?:规定|要求|办法|通知|精神|《))[^,;。\d]{3,30}),"
)


def _depends_on(c: Context) -> str:
    """Return by what an award is measured out, where nothing says for whom or what it is: 按上年度PCT申请量."""
    found = _MEASURED_OUT.search(squeezed(c.sentence.text[c.segment[0] : c.clause[0]]))
    return f"按{found['what']}" if found else ""


_EACH_OF_THEM = re.compile("^[,;、]?(?:对|给)?每(?P<of>[家个项件名位处支户])")


def _each_counted(c: Context, facts: Facts) -> str:
    """Return what the count before counts, where so much is for each: 遴选培育项目100个,⟨每个⟩项目给予30万元."""
    before, index = facts.before, c.series[0] - 1
    each = _EACH_OF_THEM.match(c.near_before) if before and index >= 0 else None
    if not each or not before or before.kind != "target" or before.is_money or before.is_share:
        return ""
    is_same = c.sentence.quantities[index].unit_word == each["of"]
    return EVENT_ALONE.sub("", thing_before(facts)) if is_same else ""


def _met(who: str, c: Context) -> str:
    """Return what one of several awards in order is for, with its own threshold: 首次突破1亿元、⟨5亿元⟩的,分别奖励10万元、30万元."""
    lists = [
        series for series in c.sentence.series if series[-1] < c.series[0] and len(series) == len(c.series)
    ]
    if len(lists) != 1 or who.count(MET) != 1 or _CEILING.search(c.before):
        return ""
    first, own = (c.sentence.quantities[lists[0][place]] for place in (0, c.place))
    before = BOUND_AT_END.sub("", squeezed(c.sentence.text[c.segment[0] : first.start]))
    metric, _, rest = who.partition(MET)
    if not before.endswith(metric[-2:]):
        return ""
    reached = "" if _STEPPED.search(metric) else "达"
    return metric + reached + squeezed(c.sentence.text[own.start : own.end]) + rest


_CEILING = re.compile(
    "(?<!不)(?:低于|少于|小于)|不足|不超|不高|以下|以内"
)  # those are kept below, not reached

_STEPPED = re.compile("(?:跨过|跨上|迈上|突破|达到?|超过)$")

_NTH = "一二三四五六七八九十"

_TOP = re.compile(rf"前(?P<count>[\d{_NTH}两]+)(?:(?P<place>[名位])|(?=的))")

# Whom a threshold is set for, with what has to reach it: 年产值⟨达标的⟩企业, 购置设备⟨达标的⟩企业.
_MET_BY = re.compile(
    f"(?<![^的])(?P<what>[^的]*?){MET}(?P<also>(?:[且并、](?:(?!{MET})[^的])*{MET})*+)的(?P<whose>[^的]{{4,}})$"
)

_IS_METRIC = re.compile(
    f"(?:{w.METRIC}|[率比额幅速]|数量|增长|年限|时间|面积|人数|年龄|经费|费用|能耗|得分|层高)$"
    "|^(?:依法|连续|首次)?(?:成立|设立|登记|运营|营业|从业|执业|任职)$"  # for so many years
)

_MET_TOO = re.compile(
    f"(?:[但且]|并(?!在)|(?<={MET})、)[^且并但、的()]{{1,16}}?{MET}(?=$|[且并但、的()])|\\([^()]{{0,4}}{MET}\\)|{MET}之?内"
)

_MET_OF = re.compile(f"(?:^|(?<=[的、]))(?P<what>[^的、]{{2,16}}){MET}的(?P<whose>[^的、]{{2,}})")


def _without_met(who: str) -> str:
    """Return whom an award is for without the thresholds that its conditions state: 投资额达标且亩产达标的项目 → 项目."""
    who = _MET_TOO.sub("", who)
    return _MET_OF.sub(_of_whose, who).replace(MET, "")


def essential(who: str) -> str:
    """Return whom an award is for without its second conditions, who approves of it, and the plan's own place."""
    who = _OWN_PLACE.sub("", _APPROVED.sub("", _SINCE.sub("", who)))
    if len(who) > SHORT_PHRASE:
        who = _AND_WHAT_MORE.sub("", who)
    if len(who) > _LONG_PHRASE:
        who = _SUMMED_UP.sub(_sum_of, _FIELDS_AT_HEAD.sub("", who))
    return _AND_DOES.sub("", who) if len(who) > _LONG_PHRASE else who


_AND_WHAT_MORE = re.compile("(?<=.)且(?!排名)[^且的]*(?:$|(?=的))")  # 聘用专家⟨且全职工作⟩的机构

_AND_DOES = re.compile("并[^并的]*$")

_APPROVED = re.compile(
    "经[^的、经]{2,14}(?:批准|同意|认定|备案|审核|核准)(?!为|保护|注册|登记|筹建|设立|使用)(?:的|后|并)?"
    "|(?<=被)[^的被评认授或]{2,30}?(?=评定为|认定为|评为|授予)"  # 被⟨省科技厅⟩认定为
)

# A long list that a noun sums up says no more than that: 采用⟨自动存取设备、自动分拣设备、新能源车辆等⟩先进设备.
_SUMMED_UP = re.compile(
    r"(?P<verb>(?:组织)?(?:采用|购置|购买|采购|共建|建设|建立|搭建|发布|开展|取得|获得|通过|引进|从事|使用|参加|参与|投保|举办|提供|应用|实施|列入|入选)|(?:^|(?<=的))(?=[^等]{18}))"
    r"[^、的等]{2,16}(?:、[^、的等]{2,16}){2,}等(?:相关|各类|各种)?(?P<what>(?!级|次|奖|方面|领域|行业|情[况形]|费用|条件|条|多)[^、的等]{2,10})(?=的|$)"
)
_FIELDS_AT_HEAD = re.compile("^[^、的]{1,6}(?:、[^、的]{1,6})+等?(?:领域|行业|产业)(?!的)(?=.{4})")


def _sum_of(match: re.Match[str]) -> str:
    return match["verb"] + match["what"]


_OWN_PLACE = re.compile(
    "在[本我全]?(?:园区|县域|区域|市域|辖区|[省市区县])(?:辖区)?内?(?!内|机构|企业|单位|域|性)"
    "|在?[^的、在]{1,5}[市区县](?:行政区域|辖区|范围|区域)(?:范围)?内(?=.{3})"
)

# From when, which is no part of for whom: ⟨2024年1月1日以后开工的⟩工业项目.
_SINCE = re.compile(
    r"^(?:自|在)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以后|之后|以来|后|起|以前|之前|底前|前)[^的]{0,20}的(?=.{3})"
)

_LONG_PHRASE = 20  # characters


def _of_whose(match: re.Match[str]) -> str:
    what, whose = match["what"], match["whose"]
    if not _IS_METRIC.search(what):
        return f"{what}的{whose}"
    return whose + what if len(whose) < LEAST else whose


def _without_threshold(match: re.Match[str]) -> str:
    """年产值达标的工业企业 → 工业企业; 购置设备达标的工业企业 → 工业企业购置设备."""
    what, whose = match["what"], match["whose"]
    if not phrases.ACTOR.search(whose):
        return match[0]
    return whose + ("" if _IS_METRIC.search(what) else what)


def given(c: Context) -> str:
    """What an award is called by the words before and after it: 奖励, 落户支持."""
    if after := _GIVEN_AFTER.search(c.near_after) or _FEE_AFTER.match(squeezed(c.near_after)):
        return after["what"]
    for text in (
        c.near_before,
        c.clause_before,
        c.clause_after,
        c.before,
        c.after,
        _TAX.sub("", c.sentence.text[: c.first.start]),
    ):
        if before := list(GIVEN_BEFORE.finditer(text)):
            last = before[-1]
            return (last["of"] or "").removeprefix("一次性") + (last["what"] or last["bare"])
    return ""


_TAX = re.compile("[减免]征")  # of one tax, and not of the next


def _given_before(c: Context, facts: Facts) -> str:
    """What the award before it is called: all of it for a cap of that award, else its noun (生活补贴 → 补贴)."""
    noun = phrases.AWARD_NOUN.search(c.sentence.given)
    if end_or_cap(c, facts) and c.sentence.given:
        return c.sentence.given
    if noun:
        return noun[0]
    for said in (squeezed(c.near_before), squeezed(c.near_after), squeezed(c.clause_before)):
        if verb := _GIVES.search(said):
            is_prize = verb["verb"] == "奖" or verb["count"]
            return "奖励" if is_prize else "补助" if "返" in verb[0] else "补贴"
    above = (c.sentence.lead, c.sentence.label, *reversed(c.sentence.headings))
    titles = (_TITLED_AWARD.search(squeezed(each)) for each in above)
    return next((title["what"] or "奖励" for title in titles if title), "奖补")


_GIVES = re.compile(
    f"(?:^|[^奖补])(?P<verb>[补奖])(?:给|发|足)?(?:[^,。;]{{2,8}})?(?:{one_of(w.COMPARATORS)})?$|返(?P<back>补)|计(?P<count>奖)"
)

# What a title above calls the awards below it: 安家补助。, 奖励标准, 引才有奖.
_TITLED_AWARD = re.compile(
    rf"(?:(?P<what>[^,。;:、\d()章条项\s]{{0,4}}?(?:{phrases.AWARD_NOUN.pattern}))(?:资金|经费)?(?:标准|政策|方式)?|(?<!大)奖)[】。:]?$"
)


def end_or_cap(c: Context, facts: Facts) -> str:
    """Which end of a range, or a cap."""
    if c.quantity.bound:
        return "下限" if c.quantity.bound == "low" else "上限"
    yearly = "年度" if facts.per and "year" in facts.per else ""
    return f"{yearly}上限" if facts.comparator in {"le", "lt"} else ""


def _is_highest(c: Context, facts: Facts) -> bool:
    """Say whether a sum is the most that is given, and no cap of a rate before it: 最高给予50万元支持."""
    rate = any(q.unit_word in _RATES for q in c.sentence.quantities[: c.series[0]] if q.start >= c.segment[0])
    said = squeezed(c.clause_before)
    return facts.is_money and not rate and bool(_AT_MOST.search(said)) and not _OF_ONE.search(said)


_RATES = frozenset("% ‰ 倍".split())

# A cap of all that is given: 每户补贴⟨总额⟩不得超过120万元.
_TOTAL_SAID = re.compile(
    rf"(?P<word>总额度?|额度|(?<=[助贴励偿])额)(?>{one_of([*w.COMPARATORS, '原则上', '一般', '不得', '为', '以', '合计'])})*$"
)

_AT_MOST = re.compile(f"最高(?:{w.AWARD})+[^,。;]*$|(?:{w.AWARD})最高$")

_OF_ONE = re.compile(
    "每[家户名人年]|单[个家户]|同一|不超|不高于|不多于|累计|合计|总额"
)  # a cap of what is given to one, or in all

# Who is paid no more than so much in a year, of all that stands before: ⟨申请人⟩年度获得上述资助的总金额不超过.
_WHO_IS_CAPPED = re.compile(
    r"(?:^|[,;])(?P<who>(?:同一|单个|每[家个])?(?:申请人|申报人|申报单位|申请单位|企业|单位|机构|主体))"
    r"(?:年度|每年|当年度?|全年|累计)+内?(?:获得?|享受|申领)(?:上述|本[条项办法政策措施]{1,3}|该项|各[类项])"
)

# What all those awards are for of which no more than so much is paid: 每家单位每年⟨标准⟩奖励总额不超过.
_TOTAL_OF = re.compile(
    r"(?:(?P<who>(?:同一|单[个家]|每[家个])(?:申请人|申报单位|申请单位|企业|单位|机构|主体)))?(?:每年|(?:同一)?年度|当年度?|全年)内?(?:获得?的?)?"
    r"(?P<what>(?!专项|资金|同类|同一|[^,]*(?:本|上述|各[类项]|该|享受|领取))[^,。;、\d]{2,10})"
    f"(?:{phrases.AWARD_NOUN.pattern})(?:资金)?总额[^,。;]*$"
)


def _limit_of(c: Context) -> str:
    """Whose limit it is, or of which awards, where its own clause says so; else nothing."""
    before = squeezed(c.near_before)
    if capped := _WHO_IS_CAPPED.search(before):
        return capped["who"] + (title_above(c) or "")
    total = _TOTAL_OF.search(before)
    return (total["who"] or "") + total["what"] if total else ""


def award_name(c: Context, facts: Facts, who: str = "") -> str:
    """Name an award by what it is for, what it is called and what the figure says of it: 省级企业技术中心奖励上限.

    Args:
        c: The figure.
        facts: What is decided of it.
        who: What it is for, where a series says it of each.
    """
    return "".join(_award_parts(c, facts, who))


def _of_all_branches(who: str, c: Context, *, is_each: bool) -> str:
    """Return whom a limit is for that the branches before it share, which differ by their years."""
    if is_each and _BRANCH_OF_TIME.fullmatch(who):
        return ""  # 2024年入驻的按40元,2025年入驻的按20元;⟨每家机构⟩不超过500万元
    years = _SOME_YEARS.search(who)
    if years and years[0] not in squeezed(c.clause_before):
        return who[: years.start()]  # 前2年给予60%,后3年给予40%,⟨每年⟩不超过3000万元
    return who


def _award_parts(c: Context, facts: Facts, who: str) -> tuple[str, str, str, str]:
    """The parts of the name: for whom or what, of what each, what it is called, and what the figure says of it."""
    limit = end_or_cap(c, facts)
    of_limit = _limit_of(c) if not who and limit else ""
    who = who or of_limit or _paid_for(c, facts)
    who = _without_met(_resolved(who.removeprefix("按照").removeprefix("按").removesuffix("减"), c))
    who, of_all = _whom(c, essential(who) or tidy(given_party(c)) or _depends_on(c), is_limit=bool(limit))
    who, thing, single = _of_one(c, _with_branch(c, who), is_limit=bool(limit))
    what = given(c) or _given_before(c, facts)
    if single and what not in single:
        what = what.removeprefix(single.removeprefix("单个"))
    if is_fragment(who) and not of_limit and not of_all:
        who = heading_above(c) + who
    base = _BASE.search(c.near_before) if facts.is_share else None
    of = tidy(base["what"]).removeprefix("其") if base else ""
    middle = (of if of not in who else "") + (thing if thing not in who else "")
    if _is_highest(c, facts) and not (facts.per and "year" in facts.per):
        noun = phrases.AWARD_NOUN.search(what)
        at = noun.start() if noun else 0
        return tidy(who), middle, f"{what[:at]}最高{what[at:]}", "金额"
    if facts.is_share and (
        charged := _CHARGED.search(squeezed(c.near_before) + VALUE + squeezed(c.near_after))
    ):
        what = charged["what"] or "收取"
    elif facts.is_money and not what.startswith("一次性") and _is_paid_once(c):
        what = f"一次性{what}"
    return tidy(who), middle, *_said_of_it(c, facts, "" if who.endswith(what) else what, limit)


# That it is paid once is a part of what it is: ⟨一次性⟩奖励10万元, 10万元的⟨一次性⟩补助, ⟨一次性⟩给予20万元落户奖励.
_ONCE_BEFORE = re.compile("一次性(?![^,。;]*(?:申领|付清|缴|新招))[^,。;\\d]{0,16}$")
_ONCE_AFTER = re.compile(rf"{phrases.BOUND}?的?一次性(?!付清|缴)|[^,。;]{{0,8}},一次性(?:发放|拨付|兑现)")


def _is_paid_once(c: Context) -> bool:
    return bool(_ONCE_BEFORE.search(c.near_before) or _ONCE_AFTER.match(c.sentence.text, c.last.end))


def _whom(c: Context, named: str, *, is_limit: bool) -> tuple[str, bool]:
    """Return whom an award is for with whom each is, and who is given it; and whether it is for all branches before it."""
    each = _EACH_PARTY.search(c.near_before)
    who = _of_all_branches(named, c, is_each=bool(each)) if is_limit else named
    of_all = bool(named) and not who
    if each:
        is_long = len(who) + (len(each[0]) if each["noun"] not in who else 0) > _LONG_WHO
        if each[0] not in "".join([*_EACH_THING.findall(squeezed(c.near_before)), who]):
            who = _each_of(each, who, is_limit=is_limit)
        if is_limit and is_long and _is_behind_another(c) and (title := title_above(c)):
            who = each[0] + title
    theirs = _THEIRS.search(c.clause_before)
    party = theirs["who"] if theirs else tidy(given_party(c))
    head = who.rpartition("的")[2]  # 获认定为示范单位 says what is done, and not who does it
    is_whose = bool(_PARTY_OR_PROJECT.search(head)) and not _TITLED.search(head)
    is_said = party in who or (_ANY_PARTY.fullmatch(party) and is_whose) or who.startswith("按")
    return who + (party if len(who) > 1 and not is_said else ""), of_all


def _is_behind_another(c: Context) -> bool:
    """Say whether another figure stands before this one in its segment, or nothing in it says whom this one is for."""
    before = c.sentence.quantities[: c.series[0]]
    return any(q.start >= c.segment[0] for q in before) or topic(c).is_inherited


def _with_branch(c: Context, who: str) -> str:
    """Return whom an award is for with which of several branches, which year, and for each of what more."""
    if (which := _BRANCH.search(squeezed(c.near_before))) and which["which"][-2:] == who[-2:]:
        who = which["which"]  # of the branch before only its own end is known
    for one in (which, _WHICH_YEAR.search(c.near_before)):
        who += one["which"] if one and one["which"] not in who else ""
    extra = _ADDITIONAL.search(c.near_before)
    return who + (extra[0] if extra and extra[0] not in who else "")


def _of_one(c: Context, who: str, *, is_limit: bool) -> tuple[str, str, str]:
    """Return whom an award is for, of what each or what one it says so much, and the words for that one."""
    said = squeezed(c.near_before)
    things = _EACH_THING.findall(said)
    thing = "".join(things[-1:] if "每个国家" in things else things)
    found = _SINGLE.search(said) if is_limit and not _EACH_PARTY.search(c.near_before) else None
    single = found["one"] if found else ""
    noun = single.removeprefix("单个")
    if single and single not in who:
        if who.endswith(noun):
            return who.removesuffix(noun) + single, thing, single
        thing = single + thing
    return who, thing, single


def _said_of_it(c: Context, facts: Facts, what: str, limit: str) -> tuple[str, str]:
    """Return what an award is called, and what the figure says of it: 比例, 数量, 年度总额上限."""
    ends = (
        ("比例" if facts.is_share and not what.endswith("率") else "")
        if facts.unit in {"CNY", "percent", "ratio"}
        else "数量"
    )
    if facts.is_money and what == "支持" and not limit:
        ends = "金额"  # a support may be anything
    if limit and facts.is_money and (said := _TOTAL_SAID.search(squeezed(c.near_before))):
        if said["word"] == "额":
            what += "额"
        else:
            limit = limit.replace("上限", said["word"] + "上限")
    return what, ends + limit


# What is asked for in the place of all of it: 按租金的⟨五折收取⟩, 减按15%的⟨税率征收⟩.
_CHARGED = re.compile(f"{VALUE}的?(?:(?P<what>税率|征收率|费率)|)(?:收取|征收|缴纳|计收|计租|计征|收费)")

# What 上述 stands for, where the text before names it: 推行《…管理规范》。对通过⟨上述标准⟩认证的.
_ABOVE = re.compile("上述(?P<what>(?:国际|国家|行业|地方|团体)?标准|规范|指南|办法|目录|名单)?")

_TITLE = re.compile("《([^《》]{4,40})》")


def _resolved(who: str, c: Context) -> str:
    """Return a phrase with the title that 上述 stands for in its place; as it is where none stands before, or several."""
    match = _ABOVE.search(who)
    if not match or not match["what"]:
        return who
    titles = _TITLE.findall(c.sentence.above + c.sentence.text[: c.first.start])
    return f"{who[: match.start()]}《{titles[0]}》{who[match.end() :]}" if len(titles) == 1 else who


def _sources(c: Context, facts: Facts, parts: tuple[str, ...]) -> str:
    """Return the parts of an award's name with where the first comes from, if not from its own segment."""
    found = topic(c, facts.awarded)
    origin = (
        ""
        if str(found) and not found.is_inherited
        else " (before)"
        if str(found)
        else " (heading)"
        if heading_above(c)
        else ""
    )
    first, *others = parts
    return " + ".join([first + origin if first else "", *others]).replace(" +  + ", " + ").strip(" +")


@INDICATOR.rule(
    yes=(
        "为入驻团队免费提供不超过⟨300平方米⟩的办公场地。",
        "对入驻团队免费提供面积⟨300平方米⟩以内的办公场地。",
    ),
    no=("对通过认证的企业,给予⟨5万元⟩奖励。",),
)
def free_space(c: Context, facts: Facts) -> Found:
    """Room that is given for nothing, by what it is: 入驻团队免费办公场地面积."""
    free = _FREE.search(squeezed(c.near_before))
    if facts.kind != "incentive" or not free or c.quantity.unit_word not in phrases.AREAS:
        return None
    what = noun_after(c, facts)
    if not what:
        return None
    who = tidy(_ADDRESSED.sub("", free["who"])) or str(topic(c, facts.awarded)).partition(free["free"])[0]
    return f"{who}免费{what}面积", free["free"]


_FREE = re.compile("(?:^|[,;:])(?P<who>[^,;:]{0,20}?)(?P<free>免费(?:提供|给予|使用|入驻))[^,;]{0,8}$")

_ADDRESSED = re.compile("^(?:为|对|给|向)")


@INDICATOR.rule(
    yes=("对通过认证的企业,给予⟨5万元⟩奖励。", "获得金奖的,奖励⟨50万元⟩。"),
    no=("通过认证的企业达到⟨50家⟩。",),
)
def award(c: Context, facts: Facts) -> Found:
    """An award, with whom or what it is for: 通过认证的企业奖励."""
    if facts.kind != "incentive":
        return None
    parts = _award_parts(c, facts, "")
    return "".join(parts), _sources(c, facts, parts)


BOUND_AT_END = re.compile(f"(?:{one_of(w.COMPARATORS)}|达到?)+$")

SAYS_LITTLE, SHORT_PHRASE = 4, 12  # characters

EVENT_ALONE = re.compile(f"^{EVENT}+")
