"""What a measure measures, as a noun phrase complete without its context."""

from __future__ import annotations

import re
from functools import lru_cache

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Field, Found
from dagster_project.extraction.fields.recipient import given_party
from dagster_project.extraction.fields.unit import counted_noun
from dagster_project.extraction.numbers import MAGNITUDE, NUMBER
from dagster_project.extraction.tiers import GRADED, count_of_tiers, tier_of
from dagster_project.extraction.topics import (
    MET,
    VALUE,
    Topic,
    clauses_of,
    dealt,
    is_fragment,
    is_rank,
    masked,
    reranked,
    squeezed,
    tidy,
    tier,
    topic,
)
from dagster_project.reading import simplify
from dagster_project.reading.numerals import FEW, FIVE_YEARS, number_value
from dagster_project.reading.vocabulary import Word, one_of

INDICATOR: Field[str] = Field("indicator")

NOT_STATED = "未载明"  # the name where the text gives none

_FROM = one_of("", Word("从", unless_after="事", example="从3件提高到5件"))
_LEAD = re.compile(
    rf"^(?:\s|[、和与及的—·●,①-⑳-]|{_FROM}|{phrases.BOUND}|(?:到|至|截至)?(?:\d{{4}}|“?{FIVE_YEARS}”?)年?(?:期间|时期|底|末|前|初)*"
    rf"|\d{{1,2}}月(?:底|末|份)?之?前?|{FEW}年内|[(]{FEW}[)]|\d{{1,2}}[.、]|建设期内|每年|年内|全年|今明两年|各(?=新建|新增|培育|建成|建设|引进|创建)|"
    rf"{w.LEADING})+"
)
_TAIL = re.compile(
    rf"(?:\s|[、和与的,:(≥≤><]|{one_of(word for word in w.COMPARATORS if len(word) > 1)}|{w.GROWTH}近?|{w.TRAILING}"
    rf"|每(?:人|月|年|户|亩|家)+|在{phrases.ANY_YEAR}年?|(?:同?比|较)[^,。;]{{1,14}}(?:期间|年底?|末|初|时|上年|去年|同期))+$"
)
_CLAUSE_END = re.compile(r"[,。;:!?]")
_CLAUSE_START = re.compile("[,:]")
_AFTER_NOISE = re.compile(rf"^(?:{phrases.NOISE}|的)+")
_GROWS = re.compile(w.GROWTH)
_COUNTS_NOTHING = re.compile("[/〔〕]|台阶|大关|关口|级台阶|为限|封顶|的标准|标准|的?基础")
_ACTED = re.compile(w.ACTED)
_DOING_AT_END = re.compile("[、和与及,]" + w.DOING + "$")
_QUALITY = re.compile(
    "较|突出|具有"
)  # predicates that are attributes of what is counted: 规模较大、贡献突出的企业
_HEAD_LATER = re.compile(r"的([^,。;、的]{2,20})(?=[,。;]|$)")
_NOT_NAMED = re.compile(r"\([^()]*\)$|[由从][^,。;、]{0,12}$")  # a remark, or the figure that it rises from
_MONEY_POOL = re.compile(w.MONEY_POOL)
_SHARE_OF = re.compile("的([^,。;的]{2,24})")
_ACT_BEFORE = re.compile(w.ACTIVITY + r"[^,。;、]{0,12}$")
_NOT_REQUIRED = re.compile(r"(?:且|并|,)[^,]*的?$|(?:不少于|不低于|超过|至少)|\(\)?$")
_BY_WHAT = re.compile(r"(?:是|为)([^,。;]{2,12}?)的?$")
_NOUN_END = re.compile("[和的]")
_DONE_BEFORE = re.compile(w.DOING + r"(?:不少于|不低于|超过|至少|约|近|各|分别|了)?$")
# What happens to those that are counted, which is a part of what is measured: ⟨新增⟩企业, ⟨培养⟩人才; not 实施, 完成, 建成.
_EVENT = one_of(
    "新增 新建 新认定 新培育 新引进 培育 培养 培训 引进 引育 招引 选育 集聚 改造 创建 认定 遴选 签约 新签约 登记 接待 发行 查处 净增 惠及 受理"
)
_EVENT_BEFORE = re.compile(
    rf"(?P<what>(?:{_EVENT}[和与、及]?)+)(?:{one_of([*w.COMPARATORS, '各', '共', '了'])})*$"
)
_EVENT_AT_HEAD = re.compile(
    rf"(?:^|[,、])(?:力争|争取|每年|累计|全年|今明两年|各|共|再)*(?P<what>(?:{_EVENT}[和与、及]?)+)(?=[^\d]*$)"
)
_REACHED = re.compile("达到?|为|超过|突破")
# A sum that says which ones are counted: 招引⟨投资10亿元以上项目⟩8个.
_ATTRIBUTE = re.compile(
    rf"[^,。;、\d]{{2,12}}(?:{NUMBER}{MAGNITUDE}?元?{phrases.BOUND}|(?:超过?|突破|上){NUMBER}{MAGNITUDE}?元?)的?[^,。;、\d]{{2,6}}$"
)
_RISEN = re.compile(rf"的?基础上|{phrases.RISE_TO}(?:{phrases.ANY_YEAR}年?(?:底|末)?的?)?")
_AND = re.compile(w.AND)


@lru_cache(maxsize=4096)
def strip_form_words(text: str) -> str:
    """Take leading verbs and dates and trailing words of growth, comparison and reaching off a noun phrase."""
    previous = None
    while previous != text:
        previous = text
        text = _TAIL.sub("", _LEAD.sub("", text))
    return text


def _counted(c: Context) -> str:
    """The noun phrase after a count: 30家市级以上专利导航服务基地 → 市级以上专利导航服务基地."""
    text = _CLAUSE_END.split(_AFTER_NOISE.sub("", squeezed(c.following)))[0]
    if _COUNTS_NOTHING.match(text) or _GROWS.fullmatch(text):
        return ""
    text = _DOING_AT_END.sub("", text.strip("、和与及 “”")) or text
    if (
        "、" in text
        and (_QUALITY.search(text) or not counted_noun(c))
        and (later := _HEAD_LATER.search(c.after))
    ):
        return later[1]  # attributes that run over a comma: 30项规模较大、具有核心技术,支撑产业发展的专利池
    if (verb := _ACTED.search(text, 2)) and verb.start() >= 2:
        noun, act = text[: verb.start()], text[verb.start() :]
        noun = noun.rpartition("的")[2] or noun
        return f"{act.removesuffix('的')}的{noun}" if len(act) > 2 else noun
    head = text.rpartition("的")[2]
    return head if len(head) > 2 else text


def change(c: Context, facts: Facts) -> str:
    """What a rate of change is called: 年均增长率, 同比增幅, 降幅; nothing for any other figure."""
    if not facts.form.startswith("growth"):
        return ""
    match = _CHANGED.search(squeezed(c.near_before)) or _CHANGED_AFTER.search(c.near_after)
    if not match:
        return ""
    word = match["word"]
    if _FALL.fullmatch(word):
        rate = "降幅"
    elif _RISE.fullmatch(word):
        rate = word + ("幅度" if facts.is_share else "量")
    else:
        rate = _RATES_OF_CHANGE.get(word, "增幅")
    return (match["base"] or "") + (match["span"] or "") + rate


# What a rate is called by its word; 提高3个百分点 is no rate, and a 提高幅度.
_RATES_OF_CHANGE = {
    "增长": "增长率",
    "递增": "增长率",
    "增": "增长率",
    "增速": "增速",
    "涨幅": "涨幅",
    "上涨": "涨幅",
}
_RISE = re.compile("提高|提升|上升|增加|扩大")
# Against what it changes (较2020年), and over what: 年均, 三年.
_BASE_OF_CHANGE = r"(?:同?比|较)[^,。;\d(]{0,3}(?:\d{4}年(?:底|末|初)?|[^,。;\d(]{0,8}(?:期间|年底?|末|初|时|上年|去年|同期))"
_SPAN = rf"(?P<base>{_BASE_OF_CHANGE})?(?P<span>年均|年平均|同比|平均|累计|每年|(?<!\d){w.YEARS})?(?:累计)?"
_CHANGED = re.compile(rf"{_SPAN}(?P<word>{w.GROWTH})(?:率|幅度?|速度?)?{w.REACHING}$")
_CHANGED_AFTER = re.compile(rf"^{phrases.BOUND}?的?{_SPAN}(?:复合)?(?P<word>{w.GROWTH})")
_CHANGE_AT_END = re.compile(
    f"(?:{_BASE_OF_CHANGE})?(?:年均|年平均|同比|平均|累计|每年|{w.YEARS})?(?:增长率|(?:{_RISE.pattern})(?:幅度|量)|[增降涨]幅|增速)$"
)
_FALL = re.compile("递减|下降|降低|减少|降幅|减幅|压减|下浮|跌幅|缩短|压缩|减")


def _thing(facts: Facts) -> str:
    """What the figure before measures, without what it says of it: 专利转让额年均增长率 → 专利转让额."""
    previous = "" if facts.previous == NOT_STATED else facts.previous or ""
    return _CHANGE_AT_END.sub("", _END_OF_RANGE.sub("", previous))


def _after(c: Context, facts: Facts) -> str:
    """Return what a count counts by the words after it; shares and multiples count nothing."""
    return "" if facts.is_share else _counted(c)


def _before(c: Context, facts: Facts) -> str:
    """Return the noun phrase before the figure, in its clause or, where that has none, in the clause before."""
    if facts.previous and _RISEN.fullmatch(c.near_before):
        return _thing(facts)
    own = _NOT_NAMED.sub("", _inside(squeezed(c.near_before)))
    name = tidy(strip_form_words(own))
    if 0 < len(name) < 4 and (attribute := _ATTRIBUTE.search(squeezed(c.clause_before))):
        return strip_form_words(attribute[0])
    return name or tidy(strip_form_words(_subject(c)))


def _inside(text: str) -> str:
    """What stands after a bracket or quotation mark that is still open: (在标准文本中排名前二位的)."""
    for opening, closing in (("(", ")"), ("“", "”"), ("〔", "〕")):
        if text.count(opening) > text.count(closing):
            text = text.rpartition(opening)[2]
    return text


def _subject(c: Context) -> str:
    """The clause before, where the clause of the number has no subject of its own."""
    earlier = max((q.end for q in c.sentence.quantities[: c.series[0]]), default=0)
    clauses = [
        part for part in _CLAUSE_START.split(c.before[max(0, earlier - c.segment[0]) :]) if part.strip()
    ]
    return clauses[-2] if len(clauses) > 1 and len(strip_form_words(clauses[-1])) < 2 else ""


def whole(name: str, c: Context, facts: Facts) -> str:
    """Return a name that says what is measured: of a fragment, with what the words around it speak of.

    That is the thing of the figure before, what the clauses before it in its segment are about, or what the heading above
    says, or, in a table, what its row is called; a fragment that is no noun (上, 达到) is left out, and nothing may be left.
    """
    if c.sentence.row and _ONLY_WHERE.fullmatch(name):
        return _TASK_AT_END.sub("", c.sentence.row)
    if _DEPENDENT.fullmatch(name):
        named = _merged(_of_what(c, facts), name)
        is_told = named == name or named.endswith("人次") or c.quantity.unit_word != "人次"
        return named if is_told else named + "人次"
    if not is_fragment(name):
        return name
    own = "" if _NO_NOUN.search(name) else name
    for said in (_thing(facts), *reversed(topic(c).parts), _heading(c)):
        of = strip_form_words(said.replace(MET, ""))
        if len(of) > 1 and not is_fragment(of + own):
            return of if own in of else of + own
    return own


# What says little without the thing it is said of: 建立培育库,⟨入库企业⟩300家; 举办培训班4期,⟨培训⟩600人次.
_OF_IT = one_of(
    "惠及 服务 参保 投保 入库 入池 备案 用标 参与 受益 带动 首批 纳入 累计 年度 日均 户均 年均 现场 签约 质押 融资 保障 合同 总 平均 直接"
)
_OF_IT_HEAD = one_of(
    "企业 主体 农户 居民 群众 机构 单位 产品 项目 人次 人数 户数 次数 场次 金额 规模 产值 产量 投资 数量 面积 授信 服务 培训 总产 床位 专利 纳入 入选 入库 签约 投产 开工"
)
_DEPENDENT = re.compile(
    rf"(?:{_OF_IT}|年)*{_OF_IT_HEAD}"
    rf"|(?:{one_of('网办 不良 用标 盘点 整改 服判息诉 开工 入驻 覆盖')}|问题整改|按期结案|按时结案|全程网办)率"
)
_DEPENDENT_AT_END = re.compile(
    f"(?:(?<=..)(?:{_OF_IT}+(?:企业|主体|农户|居民|群众|专利|产品|人次|产值))|人次)$"
)
_SCORED = re.compile("[率度]$")  # a rate or a degree is of something itself, and nothing is of it
# The object of what is done: 推广⟨海外侵权责任险⟩, 建立⟨商标品牌培育库⟩.
_OBJECT = re.compile(
    f"^.*?{one_of('建立 组建 开发 推广 推行 打造 搭建 办好 编制 制定 完善 健全 盘点 设立 开展 推进 培育 建设 发展 发行 举办')}(?P<what>[^,。;]{{3,}})$"
)


def _of_what(c: Context, facts: Facts) -> str:
    """What something is said of: the clause between it and the figure before, or what that figure measures."""
    earlier = max((q.end for q in c.sentence.quantities[: c.series[0]]), default=0)
    between = masked(c.sentence, max(earlier, c.segment[0]), c.clause[0])
    for said in reversed(list(clauses_of(between))):
        found = _OBJECT.search(said)
        name = strip_form_words(found["what"] if found else said)
        if len(name) > _LEAST and not is_fragment(name):
            return _DEPENDENT_AT_END.sub("", name)
    thing = _DEPENDENT_AT_END.sub("", _thing(facts))
    return "" if _SCORED.search(thing) else _METRIC_OF_IT.sub("", thing)


_METRIC_OF_IT = re.compile(
    rf"(?:年?(?:投放|发放|受理|办理|交易)量|平均[^,。;]{{2,4}}(?:天数|时间|周期|时长))$|{phrases.MODE}(?:金额|数量|数额|额度|额|量|数|规模|笔数|项数|件数|户数|人数|次数)$"
)


def _merged(of: str, name: str) -> str:
    """Put a thing before what is said of it; what both say in the middle is said once: 贷款产品 + 产品数量."""
    overlap = next((k for k in range(min(len(of), len(name)), 1, -1) if of.endswith(name[:k])), 0)
    return of if name in of else of + name[overlap:]


# A cell that says where and when something is counted and leaves what to its row: 区域品牌打造 | 每个市至少培育1个.
_ONLY_WHERE = re.compile(
    rf"(?:{FEW}年|每年)?(?:(?:各|每个?|个|全|本)?(?:[省市县区州盟旗镇乡村]|地市|园区|乡镇|街道)(?:\([^()]*\))?[、和]?)*(?:至少|累计|合计|共|新增|培育|建设|建立|建成|设立|打造|创建|认定)*"
)
_TASK_AT_END = re.compile(
    r"(?<=[^和与、]{3})(?:打造|培育|提质|提升|建设|创建|新建|发展|申报|推广|工程|行动|计划|工作)+$"
)
_NO_NOUN = re.compile(
    rf"^(?:.|部分|等?不同.*|{phrases.RISE_TO}|(?:应当?|须|减|可|至少|力争|再)?(?:{one_of([*w.COMPARATORS, '达到', '适用', '按'])}|{w.ACTED}|{w.DOING}))$"
    "|[)》”]$|[在于为按以的]$"
)


def _join(before: str, after: str) -> str:
    if len(after) > 4 or not before:
        return after or before
    return before if after and before.endswith(after) else before + after


_NUMBER_OF_HEADING = re.compile(
    r"^(?:[^)、.条]{1,6}[)、.条]|(?:卡片|事项)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[::、.]?)"
)
_ADDITIONAL = re.compile(r"每(?:增加|新增|多)[^,。;\d]{0,12}?(?=奖|给|补|再|$)")
# What is given, as the text calls it: 给予30万元的⟨落户支持⟩, ⟨购房补贴⟩10万元.
_GIVEN = (
    one_of("支持 津贴 安家费 生活费 启动资金 工作经费 配套资金 减征 免征 优惠 保费 报酬")
    + "|"
    + phrases.AWARD_NOUN.pattern
)
_GIVEN_AFTER = re.compile(
    rf"^(?:/(?:平方米|千瓦时?|公里|[年月日亩家人件台个项吨户]))*(?:{phrases.NOISE}|的|一次性|资金|标准|比例|人民币)*(?:给予|予以|进行)?(?:企业|单位|个人)?(?:一次性)?(?P<what>[^,。;、\d的]{{0,8}}?(?:{_GIVEN}))"
)
_NOT_GIVEN = "对象|项目|政策|(?:金额|总额|标准)的$"
_GIVEN_BEFORE = re.compile(
    rf"(?:给予|予以|发放|一次性|享受)(?:发放|给予|享受)?(?P<of>[^,。;、\d的给予发放]{{0,6}}?)(?P<what>{_GIVEN})(?!{_NOT_GIVEN})|(?P<bare>{_GIVEN})(?!{_NOT_GIVEN})"
)
# Of what a percentage is paid: 按⟨实际投入⟩的20%.
_BASE = re.compile(
    r"(?:按照?|参照|依照|(?:贴补|补贴|补助|资助)(?!比例|额|标准|金额|年|资金|费)|以|不超过|不高于|给予|为|占|最高|其|该|,)(?P<what>[^,。;\d的按]{2,16}(?:的[^,。;\d的]{2,8})?)的?$"
)
_EACH_THING = re.compile(
    r"每(?:件|亩|平方米|户|场|套|月|台|辆|篇|次|公里|千瓦|立方米|个国家|学年|人每月|人每年|人)(?=[^,]*$)"
)
_EACH_PARTY = re.compile(
    r"(?P<which>(?:每|单|同一)(?:[家个户名位])?)(?P<noun>企业|单位|机构|项目|个人|人|高校|主体|申请人|平台|园区|基地|合作社)"
)


def _each_of(each: re.Match[str], who: str, *, is_limit: bool) -> str:
    """Return whom an award is for with 每家: 单个企业, before what is done or whose limit it is; 单个电商企业, of one kind."""
    which, noun = each["which"], each["noun"]
    if noun in who:
        is_kind = is_limit and who.endswith(noun) and "的" not in who and len(who) <= _SHORT_PHRASE
        return which + who if is_kind else who
    return each[0] + who if is_limit or not phrases.ACTOR.search(who) else who


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
_WHICH_YEAR = re.compile("(?P<which>第[一二三四五六]年)(?=[^,。;]*$)")
_LONGEST_HEADING = 30
_OF_HEADING = re.compile(
    "^(?:支持|鼓励|加大|加强|强化|实施|推动|推广|促进|给予|对|提高|降低)+|(?:力度|支持|奖励|补助|补贴|资助|给予)+$"
)


def addressee(c: Context) -> str:
    """Who or what an award is for, with the conditions put before: 对通过国际标准评级的企业 → 通过国际标准评级的企业."""
    found = list(phrases.ADDRESSED.finditer(c.before))
    return found[-1]["who"] if found else str(topic(c))


def _item(c: Context, found: Topic) -> str | None:
    """What one of several awards in order is for: 国家级、省级中心,分别…; 博士,硕士,本科毕业生,每月分别…."""
    count = len(c.series)
    if c.quantity.bound or count < 2:
        return None
    item = dealt(str(found), count, c.place)
    parallel = len({MET in part for part in found.parts}) == 1  # not whose, and how much it has
    if (
        item is None
        and len(found.parts) == count
        and parallel
        and phrases.RESPECTIVELY.search(c.clause_before)
    ):
        return found.parts[c.place]
    return item


def _heading(c: Context) -> str:
    """What the heading above speaks of; nothing where that is a sentence of its own."""
    heading = squeezed(c.sentence.headings[-1]) if c.sentence.headings else ""
    said = _NUMBER_OF_HEADING.sub("", heading)
    is_own = said in squeezed(c.sentence.text) and c.sentence.text[c.first.start : c.first.end] in said
    says_nothing = len(heading) > _LONGEST_HEADING or w.PART_HEADING.fullmatch(said) or is_own
    return "" if says_nothing else _OF_HEADING.sub("", said)


def _title(c: Context) -> str:
    """What the title of the provision calls its subject: 第六条 支持⟨专利质押融资⟩。; no deed (盘活专利), and no part of the plan."""
    heading = c.sentence.headings[-1] if c.sentence.headings else ""
    title = "" if _OF_A_PART.match(heading) else _heading(c)
    return "" if is_fragment(title) or _IS_DEED.match(title) else title


_OF_A_PART = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,4}[编章节])")
_IS_DEED = re.compile(f"{w.DOING}|{w.ACTIVITY}|盘活|深化|完善|优化|用人|.*[?？]")
_LONG_WHO = 14  # characters


def is_dealt(c: Context, facts: Facts) -> bool:
    """Say whether an award is one of several in order, whose name says of which."""
    return _item(c, topic(c, facts.awarded)) is not None


def _paid_for(c: Context, facts: Facts) -> str:
    """What an award is for: one of several in order, all of it, or the heading where the sentence says nothing."""
    found = topic(c, facts.awarded, told=True)
    if item := _item(c, found):
        return item
    who = str(found) or _heading(c)
    is_alone = len(c.series) == 1 and len(found.parts) > 1 and MET in found.parts[-1]
    if is_alone and who.endswith(found.parts[-1]):
        who = who.removesuffix(found.parts[-1]) + _MET_BY.sub(_without_threshold, found.parts[-1])
    if len(c.series) > 1 and not c.quantity.bound:
        top = _TOP.search(who)
        if top and number_value(top["count"]) == len(c.series):  # 排名前三名, each with its own sum
            return f"{who[: top.start()]}第{_NTH[c.place : c.place + 1]}{top['place']}{who[top.end() :]}"
        told = "".join(found.parts)
        if MET in told and MET not in who and (named := _met(told, c)):
            return named
        if MET in who:
            return _met(who, c) or who + tier(c.place)
        if count_of_tiers(c) == len(c.series):
            return who + tier(c.place).strip("()")
    return _MET_BY.sub(_without_threshold, who)


def _met(who: str, c: Context) -> str:
    """Return what one of several awards in order is for, with its own threshold: 首次突破1亿元、⟨5亿元⟩的,分别奖励10万元、30万元."""
    lists = [
        series for series in c.sentence.series if series[-1] < c.series[0] and len(series) == len(c.series)
    ]
    if len(lists) != 1 or who.count(MET) != 1 or _CEILING.search(c.before):
        return ""
    first, own = (c.sentence.quantities[lists[0][place]] for place in (0, c.place))
    before = _BOUND_AT_END.sub("", squeezed(c.sentence.text[c.segment[0] : first.start]))
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
_TOP = re.compile(rf"前(?P<count>[\d{_NTH}两]+)(?P<place>[名位])")
# Whom a threshold is set for, with what has to reach it: 年产值⟨达标的⟩企业, 购置设备⟨达标的⟩企业.
_MET_BY = re.compile(
    f"(?<![^的])(?P<what>[^的]*?){MET}(?P<also>(?:[且并、](?:(?!{MET})[^的])*{MET})*+)的(?P<whose>[^的]{{4,}})$"
)
_IS_METRIC = re.compile(
    f"(?:{w.METRIC}|[率比额幅速]|数量|增长|年限|时间|面积|人数|年龄|经费|费用|能耗|得分|层高)$"
)


_MET_TOO = re.compile(
    f"(?:[但且]|并(?!在)|(?<={MET})、)[^且并但、的()]{{1,16}}?{MET}(?=$|[且并但、的()])|\\([^()]{{0,4}}{MET}\\)|{MET}之?内"
)
_MET_OF = re.compile(f"(?:^|(?<=[的、]))(?P<what>[^的、]{{2,16}}){MET}的(?P<whose>[^的、]{{2,}})")


def _without_met(who: str) -> str:
    """Return whom an award is for without the thresholds that its conditions state: 投资额达标且亩产达标的项目 → 项目."""
    who = _MET_TOO.sub("", who)
    return _MET_OF.sub(_of_whose, who).replace(MET, "")


def _essential(who: str) -> str:
    """Return whom an award is for without its second conditions, who approves of it, and the plan's own place."""
    who = _OWN_PLACE.sub("", _APPROVED.sub("", who))
    if len(who) > _SHORT_PHRASE:
        who = _AND_WHAT_MORE.sub("", who)
    return _AND_DOES.sub("", who) if len(who) > _LONG_PHRASE else who


_AND_WHAT_MORE = re.compile("(?<=.)且(?!排名)[^且的]*(?:$|(?=的))")  # 聘用专家⟨且全职工作⟩的机构
_AND_DOES = re.compile("并[^并的]*$")
_APPROVED = re.compile("经[^的、经]{2,14}(?:批准|同意|认定|备案|审核|核准)(?!为)(?:的|后|并)?")
_OWN_PLACE = re.compile(
    "在[本我全]?(?:园区|县域|区域|市域|辖区|[省市区县])(?:辖区)?内?(?!内|机构|企业|单位|域)"
)
_LONG_PHRASE = 20  # characters


def _of_whose(match: re.Match[str]) -> str:
    what, whose = match["what"], match["whose"]
    if not _IS_METRIC.search(what):
        return f"{what}的{whose}"
    return whose + what if len(whose) < _LEAST else whose


def _without_threshold(match: re.Match[str]) -> str:
    """年产值达标的工业企业 → 工业企业; 购置设备达标的工业企业 → 工业企业购置设备."""
    what, whose = match["what"], match["whose"]
    if not phrases.ACTOR.search(whose):
        return match[0]
    return whose + ("" if _IS_METRIC.search(what) else what)


def given(c: Context) -> str:
    """What an award is called by the words before and after it: 奖励, 落户支持."""
    if after := _GIVEN_AFTER.search(c.near_after):
        return after["what"]
    for text in (
        c.near_before,
        c.clause_before,
        c.clause_after,
        c.before,
        c.after,
        _TAX.sub("", c.sentence.text[: c.first.start]),
    ):
        if before := list(_GIVEN_BEFORE.finditer(text)):
            last = before[-1]
            return (last["of"] or "").removeprefix("一次性") + (last["what"] or last["bare"])
    return ""


_TAX = re.compile("[减免]征")  # of one tax, and not of the next


def _given_before(c: Context, facts: Facts) -> str:
    """What the award before it is called: all of it for a cap of that award, else its noun (生活补贴 → 补贴)."""
    noun = phrases.AWARD_NOUN.search(c.sentence.given)
    if _limit(c, facts) and c.sentence.given:
        return c.sentence.given
    if noun:
        return noun[0]
    for said in (squeezed(c.near_before), squeezed(c.near_after), squeezed(c.clause_before)):
        if verb := _GIVES.search(said):
            return {"补": "补助" if "返" in verb[0] else "补贴", "奖": "奖励"}[verb["verb"]]
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


def _limit(c: Context, facts: Facts) -> str:
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
    rf"(?P<word>总额度?|额度|(?<=[助贴励偿])额)(?:{one_of([*w.COMPARATORS, '原则上', '一般', '不得', '为', '以', '合计'])})*$"
)
_AT_MOST = re.compile(f"最高(?:{w.AWARD})+[^,。;]*$|(?:{w.AWARD})最高$")
_OF_ONE = re.compile(
    "每[家户名人年]|单[个家户]|同一|不超|不高于|不多于|累计|合计|总额"
)  # a cap of what is given to one, or in all


def award_name(c: Context, facts: Facts, who: str = "") -> str:
    """Name an award by what it is for, what it is called and what the figure says of it: 省级企业技术中心奖励上限.

    Args:
        c: The figure.
        facts: What is decided of it.
        who: What it is for, where a series says it of each.
    """
    return "".join(_award_parts(c, facts, who))


def _award_parts(c: Context, facts: Facts, who: str) -> tuple[str, str, str, str]:
    """The parts of the name: for whom or what, of what each, what it is called, and what the figure says of it."""
    who = _without_met(_resolved((who or _paid_for(c, facts)).removeprefix("按").removesuffix("减"), c))
    who = _essential(who)
    things = _EACH_THING.findall(squeezed(c.near_before))
    each = _EACH_PARTY.search(c.near_before)
    if each and each[0] not in "".join(things):
        who = _each_of(each, who, is_limit=bool(_limit(c, facts)))
    if each and _limit(c, facts) and len(who) > _LONG_WHO and (title := _title(c)):
        who = each[0] + title
    theirs = _THEIRS.search(c.clause_before)
    party = theirs["who"] if theirs else tidy(given_party(c))
    head = who.rpartition("的")[2]  # 获认定为示范单位 says what is done, and not who does it
    is_whose = bool(_PARTY_OR_PROJECT.search(head)) and not _TITLED.search(head)
    is_said = party in who or (_ANY_PARTY.fullmatch(party) and is_whose)
    who += party if len(who) > 1 and not is_said else ""
    if (which := _BRANCH.search(squeezed(c.near_before))) and which["which"][-2:] == who[-2:]:
        who = which["which"]  # of the branch before only its own end is known
    for one in (which, _WHICH_YEAR.search(c.near_before)):
        who += one["which"] if one and one["which"] not in who else ""
    extra = _ADDITIONAL.search(c.near_before)
    who += extra[0] if extra and extra[0] not in who else ""
    thing = "".join(things[-1:] if "每个国家" in things else things)
    base = _BASE.search(c.near_before) if facts.is_share else None
    what = given(c) or _given_before(c, facts)
    if is_fragment(who):
        who = _heading(c) + who
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
    what = "" if who.endswith(what) else what
    ends = (
        ("比例" if facts.is_share and not what.endswith("率") else "")
        if facts.unit in {"CNY", "percent", "ratio"}
        else "数量"
    )
    limit = _limit(c, facts)
    if limit and facts.is_money and (said := _TOTAL_SAID.search(squeezed(c.near_before))):
        if said["word"] == "额":
            what += "额"
        else:
            limit = limit.replace("上限", said["word"] + "上限")
    return tidy(who), middle, what, ends + limit


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
    origin = "" if str(found) and not found.is_inherited else " (before)" if str(found) else " (heading)"
    first, *others = parts
    return " + ".join([first + origin if first else "", *others]).replace(" +  + ", " + ").strip(" +")


@INDICATOR.rule(
    yes=("指标 2021年 2025年\n海外专利授权量(件) 186 ⟨400⟩",), no=("海外专利授权量达到⟨400件⟩。",)
)
def row_label(c: Context, _: Facts) -> Found:
    """The label of the row and the head of the column of a table."""
    cell = c.quantity.cell
    return (cell.label, cell.note) if cell else None


@INDICATOR.rule(yes=("伪造专利证书的,处⟨5万元⟩以下罚款。",), no=("对获得专利证书的企业,给予⟨5万元⟩奖励。",))
def fine(c: Context, facts: Facts) -> Found:
    """A fine, with what it is for."""
    if facts.kind != "sanction":
        return None
    what = f"{topic(c, told=True)}罚款"
    return what + ("倍数" if facts.unit == "ratio" else "") + (_end_of_range(c) or _limit(c, facts)), ""


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


@INDICATOR.rule(
    yes=(
        "设立⟨2亿元⟩知识产权运营基金。",
        "运营基金规模达到⟨2亿元⟩。",
        "专项资金每年切块⟨300万元⟩用于各项任务。",
    ),
    no=("知识产权质押融资达到⟨2亿元⟩。",),
)
def fund(c: Context, facts: Facts) -> Found:
    """Money set aside, by its pool: 2亿元知识产权经费."""
    if facts.kind != "funding":
        return None
    pool = _MONEY_POOL.search(c.following)
    after = _AFTER_NOISE.sub("", c.following[: pool.end()]) if pool else _after(c, facts)
    before = _before(c, facts)
    joined = before if before and after.startswith(("用于", "投向")) else _join(before, after)
    if not _MONEY_POOL.search(joined) and (later := _POOL_LATER.search(c.after)):
        joined += later["pool"]
    own = _SET_ASIDE.sub("", joined)
    name = whole(own, c, facts)
    return (name, name.removesuffix(own)) if name else None


# What the money is put into, where only a later clause says so: 每年统筹4500万元,设立⟨工业发展专项资金⟩.
_POOL_LATER = re.compile(
    rf"^[^。;]*?,(?:用于)?(?:设立|建立|组建|作为)(?P<pool>[^,。;]{{2,20}}?{w.MONEY_POOL})"
)
_SET_ASIDE = re.compile(f"^{w.APPROPRIATED}(?=[^,]*{w.MONEY_POOL})")


@INDICATOR.rule(
    yes=("研发团队享有不低于⟨70%⟩的知识产权收益分配比例。", "用于人才引进的资金比例不低于⟨40%⟩。"),
    no=("高价值专利占比达到⟨40%⟩。",),
)
def allocation(c: Context, facts: Facts) -> Found:
    """A share, by what it is a share of: 70%的知识产权收益分配比例."""
    if facts.kind != "allocation":
        return None
    said = squeezed(c.near_before)
    if borne := _BORNE_BY.search(said):
        return shared(c, _BORNE) + borne["who"] + "承担比例", borne[0]
    if used := _USED_FOR.search(said):
        return shared(c, _POOL) + used["use"] + "比例", used[0]
    if used := _USED_AFTER.match(squeezed(c.near_after)):
        own = tidy(strip_form_words(_DEALT_BY.sub("", said.removesuffix("的").removesuffix("中"))))
        return (own if len(own) >= _LEAST else shared(c, _POOL)) + used["use"] + "比例", used[0]
    if paid := _PAID_OUT.search(said):
        return shared(c, _PAID) + paid["when"] + (paid["act"] or "兑付") + "比例", paid[0]
    if taken := _TAKEN_FROM.search(said):
        return f"{taken['of']}提取{_taken_for(c)}比例", taken[0]
    of = _SHARE_OF.match(c.near_after)
    name = _join(_before(c, facts), of[1] if of else _after(c, facts))
    name = _DEALT_BY.sub("", name)
    if is_fragment(name):
        name = shared(c, _POOL) + name
    return name + _property(c, facts, name), ""


_DEALT_BY = re.compile("^(?:分别|依次)?按照?")


# Who bears a part of it: 由⟨风险补偿资金⟩承担40%.
_BORNE_BY = re.compile(
    rf"(?:^|[由,:、])(?P<who>[^,。;:由]{{1,16}}?)(?:各|分别)?(?:按照?)?(?:承担|分担|负担)(?:{one_of(w.COMPARATORS)})?$"
)
# What a part of it is used for: 其中⟨用于转化运用的⟩比例不低于50%.
_USED_FOR = re.compile(
    rf"^[,、]?(?:其中,?)?(?P<use>(?:用于|投向)[^,。;:]{{2,24}}?的?)(?:资金|经费|部分)?(?:比例|占比|比重)?(?:{one_of(w.COMPARATORS)}|为|达到?)*$"
)
# The same behind the figure: 其中,六成以上⟨用于企业技术改造⟩.
_USED_AFTER = re.compile(
    rf"^{phrases.BOUND}?(?:的?(?:资金|经费|比例|份额))?(?P<use>(?:用于|投向)[^,。;:]{{2,20}})"
)
# When a part of it is paid: ⟨首年⟩拨付60%, ⟨验收合格后⟩拨付40%.
_PAID_OUT = re.compile(
    r"(?:^|,)(?:其中)?(?P<when>首年|次年|第[一二三四五]年|首期|[^,。;:]{2,12}(?:后|时|当年|次年))(?:先|再|按)*(?P<act>拨付|兑付|兑现|支付|发放|拨)?其?$"
)
# From what a part is taken: 从⟨转让净收入中⟩提取不低于50%.
_TAKEN_FROM = re.compile(
    rf"从(?P<of>[^,。;]{{2,30}}?中)(?:提取|安排|拿出|计提)(?:的?比例)?(?:{one_of(w.COMPARATORS)}|为)*$"
)
_TAKEN_FOR = re.compile("报酬|奖励|奖金|经费")
_BORNE = re.compile("损失|风险|不良|费用|经费|保费|收益|资金|补助|补贴")
_PAID = re.compile("资金|奖励|补助|补贴|资助|奖金|经费|款")
_POOL = re.compile(
    rf"(?P<what>[^{VALUE}]*?(?:{w.MONEY_POOL}|收益|收入))(?:{one_of(w.COMPARATORS)}|{VALUE})*$"
)
_ALREADY = re.compile("列入|纳入|依据|承担|分担|负担|拨付|兑付|兑现")
_SHARED_OUT = re.compile(
    "^.*(?:安排|设立|出资)|(?:由|分[两二三四五][次期年]|按期|自[^,]*起).*$|(?<=贷款)(?:发生|产生|形成)(?=[^,]*损失)"
)
_ANY_CLAUSE = re.compile("[,;。:]")


def _taken_for(c: Context) -> str:
    """What a part of a profit is taken for: 作为报酬支付给发明人."""
    found = _TAKEN_FOR.search(c.after)
    return found[0] if found else ""


def shared(c: Context, what: re.Pattern[str]) -> str:
    """What is borne, used or paid out in parts: the nearest clause before the figure that says so, or what is awarded."""
    for clause in reversed(_ANY_CLAUSE.split(masked(c.sentence, 0, c.clause[0]))):
        found = None if _ALREADY.search(clause) else what.search(squeezed(clause))
        if found:
            parts = [found["what"]] if what is _POOL else clauses_of(clause)
            names = (strip_form_words(tidy(_SHARED_OUT.sub("", part.replace(MET, "")))) for part in parts)
            if name := "".join(names):
                return name
    return c.sentence.total or c.sentence.awarded


@INDICATOR.rule(
    yes=(
        "对租用厂房的企业,给予租金补贴10万元,最长补贴⟨24个月⟩。",
        "对培训员工的企业给予补助,每家企业每年最多补助⟨3项⟩。",
    ),
    no=("成立时间不超过⟨24个月⟩的企业,给予补助。", "每家企业每年最多设立⟨6个⟩展位。"),
    source="fct_measure: a name is complete without its context; a limit is of the award before it",
)
def limit_of_award(c: Context, facts: Facts) -> Found:
    """For how long or how much an award is given: 租金补贴期限; 每家企业每年补助项数."""
    if facts.kind != "condition" or facts.comparator != "le" or facts.is_money or facts.is_share:
        return None
    lasts = c.quantity.unit_word in _UNIT_OF_TIME
    match = (_GIVEN_FOR if lasts else _GIVEN_TO).fullmatch(squeezed(c.near_before))
    before = list(_GIVEN_BEFORE.finditer(c.sentence.text[: c.clause[0]]))
    what = (before[-1]["of"] or "") + (before[-1]["what"] or "") if before else ""
    what = what.removeprefix("一次性") or given(c) or c.sentence.given
    if not match or not what:
        return None
    if lasts and _LASTS_ITSELF.search(squeezed(c.before[: len(c.before) - len(c.near_before)])):
        return None
    if lasts:
        parts = topic(c, facts.awarded).parts
        said = [part for part in parts if not _GIVEN_FOR.fullmatch(part) and not _OF_A_YEAR.search(part)]
        who = "".join(said) or _heading(c)
        return (who if what in who else who + what) + "期限", who
    party, yearly = match["party"], "每年" if match["year"] else ""
    unit = {"名": "人", "位": "人"}.get(c.quantity.unit_word, c.quantity.unit_word)
    counted = _after(c, facts)
    of = counted + "数量" if counted else unit if unit == "人次" else unit + "数"
    return f"{party}{yearly}{what}{of}", party


_OF_AWARD = one_of(
    "补贴 补助 贴息 支持 奖励 资助 津贴 发放 享受 领取 给予 连续 累计 期限 时间 年限 最长 补 奖"
)
_OF_A_YEAR = re.compile(f"第[一二三四五六]年|{MET}$")
# The length of something else, of which this says the most: ⟨贷款期限⟩一般为1年,最长不超过3年.
_LASTS_ITSELF = re.compile(
    rf"(?<!补贴)(?<!贴息)(?<!支持)(?<!补助)(?<!发放)(?:期限?|时间|时长|年限)(?:一般)?(?:为|在|{one_of(w.COMPARATORS)})[^,。;]*[,、]$"
)
_GIVEN_FOR = re.compile(rf"[、,]?(?:且|并)?(?:{_OF_AWARD})+(?:一般|原则上)?(?:{one_of(w.COMPARATORS)})*")
_GIVEN_TO = re.compile(
    rf"[、,]?(?:且|并)?(?P<party>(?:每|同一|单)[家个户名项件]?(?:企业|单位|机构|主体|银行|平台|主办方|申请人|个人|项目|发明专利|专利|商标|贷款|标准)?)(?P<year>每年度?|年度内?|全年|一年内?|当年)?"
    rf"(?:{one_of(w.COMPARATORS)}|限)*(?:{_OF_AWARD})*(?:{one_of(w.COMPARATORS)}|限)*(?:{_OF_AWARD})*"
)


@INDICATOR.rule(
    yes=("一、申报条件\n(一)拥有有效发明专利⟨10件⟩以上。", "对新增发明专利⟨40件⟩以上的企业,给予奖励。"),
    no=("新增发明专利⟨40件⟩以上。",),
)
def requirement(c: Context, facts: Facts) -> Found:
    """A requirement, with who must meet it: 知识产权服务机构成立年限; 企业新增发明专利数量."""
    if facts.kind != "condition":
        return None
    what = _required(c, facts)
    end = _end_of_range(c)
    if own := tier_of(c):
        end = tier(own.place).strip("()") + ("上限" if own.is_upper else "下限")
    rank = tier(c.place) if _is_tier(c) and not end else ""
    if is_rank(what) and _thing(facts):
        return reranked(_thing(facts), what) + end, what
    if len(what) < 2 and _thing(facts):
        return _thing(facts) + change(c, facts) + end + rank, _thing(facts)
    what += _property(c, facts, what)
    who = _same_as_before(c, facts) or _who(c, what)
    if who and what and tidy(_ALSO.sub("", squeezed(c.near_before))).startswith(f"在{what[:_LEAST]}"):
        what = f"在{what}"
    if defined := _DEFINED.match(c.after):
        return f"认定为{defined['what']}的{what}{end}{rank}", defined[0]
    if who and who == c.sentence.required_of:
        what = _APPLICANT.sub("", what)
    name = whole(what if who in what else who + what, c, facts) or _graded_by(c)
    if not name:
        return None
    is_open = not who and len(name) <= _LONG_ENOUGH + 2 and not is_fragment(name) and name[0] != "获"
    lead = _entitled(c) if is_open else ""
    return lead + name + end + rank, " + ".join(filter(None, (lead or who, what, end + rank)))


def _graded_by(c: Context) -> str:
    """What grades are formed by, where a list gives only their bounds: 按⟨投资额⟩分档补助:500万元至2000万元的部分."""
    found = GRADED.search(squeezed(c.sentence.opening + c.sentence.lead + c.sentence.text[: c.first.start]))
    return found["by"] if found else ""


def _entitled(c: Context) -> str:
    """What meeting a requirement entitles to: 获租金补贴的."""
    found = _GIVEN_BEFORE.search(c.after)
    if not found or found["what"] == "免征" or found["bare"] == "免征":
        return ""
    return f"获{(found['of'] or '').removeprefix('一次性')}{found['what'] or found['bare']}的"


_END_OF_RANGE = re.compile("(?:第.档)?(?:(?:数量)?[下上]限)?(?:[(]第.档[)])?$")
_ENTITY_AFTER = re.compile(r"的([^,。;、的\d(]{2,20}),[^。;]{0,16}?" + w.AWARD)
# Of whom a remark in brackets says what is required: ⟨硕士⟩(35周岁以下)6万元.
_REMARKED = re.compile(r"(?:\d[项件个家种名])?([^,。;、()\d]{2,20})\([^()]*$")
_HEAD_AFTER = re.compile(
    r"^[^,。;\d]{0,20}?的(?P<who>[^,。;、的\d]{2,24}?)(?=[,。;、的\d]|$|给予|予以|奖励|补助|补贴|资助|分别|一次性|按|每)"
)
_TIME_NAMED = re.compile("(?:年限|时间|时长|期限|年龄|学时|任期|周期|工龄|租期)$")
_AMOUNT_OPEN = re.compile(
    "(?:投资|投入|销售|贷款|融资|交易|成交|营收|出资|纳税|担保|采购|产值增长|支出|研发)$"
)
_NAMED = re.compile(f"(?:{w.METRIC}|[率比数量额值重幅度分])$")
_UNIT_OF_TIME = phrases.DURATIONS
_NO_PARTY = re.compile(
    _NAMED.pattern + "|(?:贡献|利润|利息|税款|费用|部分)$|" + phrases.AWARD_NOUN.pattern + "$"
)
_BOUND_AT_HEAD = re.compile(f"^{phrases.BOUND}?(?:且|并且|并|,)?")
_BOUND_AT_END = re.compile(f"(?:{one_of(w.COMPARATORS)}|达到?)+$")


def _property(c: Context, facts: Facts, what: str) -> str:
    """What of it the figure says, where its words leave that open: 成立 → 成立年限, 投资 → 投资额."""
    word = c.quantity.unit_word
    if phrases.RANKED.search(c.near_before):
        return ""
    if facts.form.startswith("growth"):
        return change(c, facts)
    if word in phrases.AGES:
        return "" if what.endswith("年龄") else "年龄"
    if word in _UNIT_OF_TIME:
        return "" if _TIME_NAMED.search(what) else "年限" if word in {"年", "周年"} else "时长"
    if word in {"%", "百分点", "个百分点"}:
        return "" if _NAMED.search(what) else "比例"
    if word.startswith("元"):
        return "额" if _AMOUNT_OPEN.search(what) else ""
    counted = w.UNITS.get(word) in {"item", "person", "org", "deal"} or w.UNITS.get(word, "") is None
    return "数量" if counted and not _NAMED.search(what) else ""


def _required(c: Context, facts: Facts) -> str:
    """What is required, without who must meet it."""
    before, after = _before(c, facts), _after(c, facts)
    if c.quantity.unit_word in _UNIT_OF_TIME and len(before) < 2:  # 设立满两年的: what is done is what lasts
        before = tidy(_FULL.sub("", _BOUND_AT_END.sub("", squeezed(_inside(c.near_before)))))
    if c.quantity.unit_word in _UNIT_OF_TIME and len(before) >= 2 and not _LASTS.match(after):
        done = _DONE_WITHIN.match(c.following)
        return tidy(_FULL.sub("", before)) + (done["what"].strip("、") if done else "")
    spent = tidy(strip_form_words(squeezed(c.near_before)))
    if spent in _SPENT and _DEED_AT_HEAD.match(
        after
    ):  # 投资500万元建设车间、…: what is built, and what is spent on it
        return _AND.split(after.partition("的")[0])[0] + spent
    if len(before) < 2 and not after:
        before = _BOUND_AT_END.sub("", _BOUND_AT_HEAD.sub("", squeezed(_inside(c.near_before))))
        before = "" if phrases.GROWN.search(before) else before
    if len(before) >= 2 and (not after or c.following.startswith("的")):
        last = before.rpartition("且")[2]  # 自投产之年起且亩均税收达到10万元
        what = last if len(last) > _LEAST else before
    else:
        act = _ACT_BEFORE.search(c.near_before)
        what = (act[0] if act and act[0] not in after else "") + after or before
    what = tidy(_NOT_REQUIRED.sub("", what))
    return what.removesuffix("前") if phrases.RANKED.search(what) else what


# What those are called that meet a requirement: 投资额1亿元以上的项目⟨为重大产业项目⟩。
_DEFINED = re.compile(
    f"[^。;]{{0,40}}?的[^,。;的]{{2,20}}(?:为|是|即为|视为|认定为)(?P<what>[^,。;、的]{{2,12}}(?:{w.PARTY}|项目|工程|产品|人才))(?=[。;]|$)"
)
# Whoever asks, where the opening of the list says who that is.
_APPLICANT = re.compile("^(?:申[报请](?:单位|企业|主体|人|项目|机构|者|对象))的?(?=.{3})")


def _same_as_before(c: Context, facts: Facts) -> str:
    """Who must meet a second requirement in the same clause: ⟨服务业项目⟩投资3000万元以上且亩均税收不低于8万元."""
    before = facts.before
    if not before or before.kind != "condition" or not _SECOND.match(squeezed(c.near_before)):
        return ""
    if c.near_before == c.clause_before or "每" in c.near_before:
        return ""
    found = _SUBJECT.match(before.indicator.removeprefix("获"))
    return found["who"] if found else ""


_SECOND = re.compile(f"(?:{phrases.BOUND})?(?:\\([^()]*\\))?(?:且|并且|、)")
_SUBJECT = re.compile(f"(?P<who>[^的]*?(?:{w.PARTY}|项目|产品))(?=[^,]{{2,14}}$)")
_ALSO = re.compile("^[、且并应须]+")
_SPENT = frozenset("投资 投入 总投资".split())
_DEED_AT_HEAD = re.compile(w.DOING)
_DONE_WITHIN = re.compile("(?:之?内|以内)?(?P<what>(?!(?:之?内|以内|以[上下]|的|后|且|并|或)).{2,6}$)")
_LASTS = re.compile(
    "^[^,。;、且并]{0,10}(?:合同|协议|经历|经验|保险(?!公司|机构|代理|经纪))"
)  # 签订3年以上⟨劳动合同⟩
_FULL = re.compile("(?:年|已|均|届)?满$")  # 成立⟨满⟩两年


def _who(c: Context, what: str) -> str:
    """Who must meet a requirement: the head noun after it, the one addressed, or whom a list of requirements is for."""
    if remarked := _REMARKED.search(c.near_before):
        return tidy(strip_form_words(remarked[1]))
    for match in (_ENTITY_AFTER.search(c.after), _HEAD_AFTER.search(c.near_after)):
        if match and not _NO_PARTY.search(match[1]):
            return match[1]
    before = [part for part in clauses_of(masked(c.sentence, c.segment[0], c.clause[0])) if MET not in part]
    for who in (c.sentence.required_of,) if c.sentence.required_of else reversed(before):
        if (
            (head := _head(who))
            and head not in what
            and (c.sentence.required_of or not _PREDICATE.match(head))
            and not _CIRCUMSTANCE.match(head)
        ):
            return head
    if len(what) > _LONG_ENOUGH:
        return ""
    above = [part for part in clauses_of(masked(c.sentence, 0, c.segment[0])) if MET not in part]
    return next(
        (head for who in (*above[:1], c.sentence.awarded) if (head := _head(who)) and MET not in head), ""
    )


# A clause that requires something itself, and names nobody who must meet it: 应为全职引进, 首年免租.
_PREDICATE = re.compile(
    f"(?:应当|应[为在是]|须|需(?!求)|且|并(?![网购])|仍|首年|不得|建立|建有|具有|开展|[^,。;]{{0,6}}期限[为是])(?!.*(?:{phrases.ACTOR.pattern}))"
)
_CIRCUMSTANCE = re.compile("(?:在|自|于|从)[^的]*$")  # when and where, and not who
_LONG_ENOUGH = 6  # characters; a longer requirement says who must meet it, or is about a thing of its own


def _head(who: str) -> str:
    """The head noun of a phrase with attributes (新设立的代理机构 → 代理机构), with them where it says little (新引进的企业)."""
    named = _SUMMED_UP.sub("", who)
    if _ASKS.fullmatch(named):
        return _BRACKETS.sub("", _THAT_IS.sub(r"\1\2", named))
    head = named.rpartition("的")[2]
    return head if len(head) > _SAYS_LITTLE else named if len(named) <= _SHORT_PHRASE else head or named


# Who asks for what, which is a part of who must meet a requirement: ⟨申请供地的⟩工业项目.
_ASKS = re.compile("(?:申请|申报|享受)[^,。;、的]{1,16}的[^,。;、的]{2,10}")
_THAT_IS = re.compile(r"(申请|申报)[^()]*\((?:即|以下简称)“?([^()“”]{2,8})”?\)")  # 申请纳入补偿范围(即⟨入池⟩)
_BRACKETS = re.compile(r"\([^()]*\)")
_SUMMED_UP = re.compile("^.*[)、]?等(?!级)")  # what a list is summed up from: 快维中心等⟨公共服务机构⟩
_SAYS_LITTLE, _SHORT_PHRASE = 4, 12  # characters


def _is_tier(c: Context) -> bool:
    after = c.sentence.text[c.last.end : c.segment[1]]
    return len(c.series) > 1 and not c.quantity.bound and bool(phrases.RESPECTIVELY.search(after))


def _end_of_range(c: Context) -> str:
    """Which end of a range the figure is: 50万元以上500万元以下."""
    if c.quantity.bound:
        return "下限" if c.quantity.bound == "low" else "上限"
    quantities, text = c.sentence.quantities, c.sentence.text
    here = c.index
    if here + 1 < len(quantities) and _RANGE.fullmatch(text[c.quantity.end : quantities[here + 1].start]):
        return "下限"
    return "上限" if here and _RANGE.fullmatch(text[quantities[here - 1].end : c.quantity.start]) else ""


_RANGE = re.compile(
    r"(?:[(]含[^()]*[)])?(?:及?以上)(?:[(]含[^()]*[)])?(?:至|到|—|-|,|、|且|不满|不足|低于|不超过)*(?=$)"
)


@INDICATOR.rule(
    yes=("专利密集型产业产值达到80亿元,是上年的⟨1.5倍⟩。",), no=("专利密集型产业产值是上年的⟨1.5倍⟩。",)
)
def quotient(c: Context, facts: Facts) -> Found:
    """The figure before, by something else: 产值…,是上年的1.5倍."""
    match = _BY_WHAT.search(c.near_before) if facts.unit == "ratio" and facts.previous else None
    return (f"{_thing(facts)}与{match[1]}之比", match[0]) if match else None


@INDICATOR.rule(
    yes=("支持东湖、临江等⟨6家⟩科技园区和开发区的中小企业。",),
    no=("支持⟨6家⟩科技园区和开发区的中小企业。", "由高校教师、律师等⟨6名⟩代表组成。"),
    source="hebei-2021, 四",
)
def sum_of_names(c: Context, _: Facts) -> Found:
    """The parties that names before them are summed up as: 东湖、临江等6家科技园区."""
    name = _NOUN_END.split(c.following)[0] if c.near_before.endswith("等") else ""
    return (name, "等") if phrases.ACTOR.search(name) else None


@INDICATOR.rule(
    yes=("培育⟨50家⟩专利导航服务基地。", "新增高新技术企业⟨50家⟩上市企业。"),
    no=("专利导航服务基地达到⟨50家⟩。", "专利转让额增长⟨20%⟩。"),
)
def counted_after(c: Context, facts: Facts) -> Found:
    """What stands after a count: 培育50家服务基地."""
    after = _after(c, facts)
    if len(after) < 2:
        return None
    done = _DONE_BEFORE.search(c.near_before)
    is_reached = _REACHED.search(c.near_before)
    is_for = c.near_before.endswith("为") and len(_before(c, facts)) < _LEAST
    if not (done or not is_reached or is_for or not _before(c, facts)):
        return None
    event = _EVENT_BEFORE.search(squeezed(c.near_before))
    own = (event["what"] if event and event["what"] not in after else "") + after
    name = whole(own, c, facts)
    return (name, name.removesuffix(own)) if name else None


_LEAST = 3  # characters of what can be a thing of its own: 免费为500名儿童接种 counts children
_RANK_ALONE = re.compile("(?:国家|省|市|县|区|国际|省部)级(?:以上)?|高级|中级|初级|[A-F]类")
_EVENT_ALONE = re.compile(f"^{_EVENT}+")
# What says nothing without the thing that it is of: 查处案件300件,⟨结案率⟩98%; 设立基金3亿元,⟨首期⟩1亿元.
_OF_THE_SAME = re.compile(
    one_of("结案 办结 投产 开工 竣工 调解成功 履约 合格 满意 好评 完成 达标 整改 立案 兑现 到位 入库 转化")
    + "率|结案|办结|融资|(?:涉案|签约|合同)?金额|案值|货值|罚没款|判赔额|标的额|首期(?:规模|到位资金|到位|出资)?|(?:总|平均)?(?:投入)?强度|满意度"
)


_SAID_OF_IT = re.compile(f"(?:{_OF_THE_SAME.pattern})$|{phrases.MODE_METRIC.pattern}")


_WHERE_RANKED = re.compile("^(?:进入)?(?:全[国省市]|全球|世界|同类城市)前?$")
# What is listed with another kind of the same: 国家知识产权示范企业3家、⟨优势企业⟩30家.
_KINDS = one_of("示范 优势 试点 领军 龙头 先进 引领")
_OF_ITS_SIZE = re.compile("(?:[强亿]级?|规上|上市)$")  # 世界500强龙头企业2家: the other need not be one
_SISTER = re.compile(f"{_KINDS}(?P<of>企业|单位|机构|基地|园区|学校|城市|[市县区]|项目|合作社|家庭农场|集群)")
_SISTER_AT_END = re.compile(f"{_SISTER.pattern}$")


def _past_period(c: Context, facts: Facts) -> str:
    """The five years that a report of the past speaks of: 十三五期间."""
    match = _FIVE_YEARS.search(c.clause_before) if facts.kind == "baseline" else None
    return f"{match['which']}{match['span']}" if match else ""


_FIVE_YEARS = re.compile(rf"“?(?P<which>{FIVE_YEARS})”?(?P<span>期间|时期|以来)")


# A place that has a part of a total: 东城区, 高新区; not what is counted itself: 小区, 强县, 示范区.
_COUNTED = "强 小 大 各 园 社 地 重 示范 试点 先进 特色 重点 保护 集聚 功能 城乡 地级 县级"
_PLACE = r"[\u4e00-\u9fff]{1,8}?" + one_of(
    "州 盟 旗",
    Word("区", unless_before=_COUNTED, example="东城区"),
    Word("县", unless_before=_COUNTED, example="临溪县"),
    Word("市", unless_before=_COUNTED + " 城", example="云岭市"),
    Word("镇", unless_before=_COUNTED, example="临溪镇"),
    Word("乡", unless_before=_COUNTED, example="临溪乡"),
)
_PLACES = re.compile(f"(?:{_PLACE}(?:[、和与及]|$))+")
PLACES_AT_HEAD = re.compile(f"^(?:{_PLACE}、)*{_PLACE}(?=[^、和与及市县区])")


@INDICATOR.rule(
    yes=("办理侵权案件90件:东城区25件、西城区⟨20件⟩。", "质押融资额分解:东城区⟨2亿元⟩、西城区1亿元。"),
    no=("办理侵权案件90件,西城区服务站⟨20个⟩。", "建设小区20个,示范区⟨3个⟩。"),
)
def part_of_a_total(c: Context, facts: Facts) -> Found:
    """What a place has of what the figure before it measures: 办理侵权案件90件:东城区25件."""
    where = _before(c, facts)
    if not _PLACES.fullmatch(where) or len(_after(c, facts)) > 1:
        return None
    thing = PLACES_AT_HEAD.sub("", _thing(facts)) or _divided(c)
    return (where + thing, thing) if thing and not _PLACES.fullmatch(thing) else None


def _divided(c: Context) -> str:
    """What is divided among the parties that follow: 质押融资额⟨分解⟩:东城区2亿元."""
    parts = _CLAUSE_START.split(c.before)
    return strip_form_words(_DIVIDED.sub("", squeezed(parts[-2]))) if len(parts) > 1 else ""


_DIVIDED = re.compile("(?:任务|目标|指标)?(?:分解|分配|如下|下达|其中)+(?:如下|情况)?$")


@INDICATOR.rule(
    yes=("发明专利申请量达到8万件,授权量达到⟨4万件⟩。",),
    no=("发明专利申请量达到8万件,商标注册量达到⟨4万件⟩。",),
)
def bare_metric(c: Context, facts: Facts) -> Found:
    """A metric without a thing, of the thing before it: 发明专利申请量…,授权量… → 发明专利授权量."""
    before = _before(c, facts)
    thing = _thing(facts)
    if not thing or not before:
        return None
    if _RANK_ALONE.fullmatch(before):
        return before + _EVENT_ALONE.sub("", thing).removeprefix(before), thing
    if phrases.RANKED.search(c.near_before) and _WHERE_RANKED.search(before):
        where = before.removeprefix("进入").removesuffix("前")
        return _METRIC_OF_IT.sub("", thing.removesuffix("得分")) + where + "排名", thing
    sister = _SISTER.fullmatch(before) if c.near_before.startswith("、") else None
    first = _SISTER_AT_END.search(thing) if sister else None
    if sister and first and first["of"] == sister["of"] and not _OF_ITS_SIZE.search(thing[: first.start()]):
        return thing[: first.start()] + before, thing
    if not phrases.BARE.match(_AND.split(before)[0]) and not _OF_THE_SAME.fullmatch(before):
        return None
    return _past_period(c, facts) + _SAID_OF_IT.sub("", thing) + before + change(c, facts), thing


@INDICATOR.rule(
    yes=("专利转让额年均增长20%,达到⟨50亿元⟩。",), no=("专利转让额年均增长20%,专利许可额达到⟨50亿元⟩。",)
)
def as_before(c: Context, facts: Facts) -> Found:
    """A second figure of what the figure before it measures: …增长20%,达到50亿元."""
    thing = _thing(facts)
    if which := _SAME_BUT.search(c.clause_before):
        thing = _OVER.sub(which["over"], thing)
    return (thing + change(c, facts), "") if thing and not _before(c, facts) else None


# Another bound of the same: 年产值超5亿元的企业4家、⟨上亿元⟩的近20家.
_OVER = re.compile(f"(?:超过?|突破|上|达到?){NUMBER}?{MAGNITUDE}?元")
_SAME_BUT = re.compile(f"[、,](?P<over>{_OVER.pattern})的[^的]{{0,3}}$")


@INDICATOR.rule(
    yes=("专利导航服务基地达到⟨50家⟩。", "能耗下降⟨10%⟩。"),
    no=("培育⟨50家⟩专利导航服务基地。",),
    after=("bare_metric", "counted_after"),
)
def named_before(c: Context, facts: Facts) -> Found:
    """What stands before the figure: 服务基地达到50家."""
    before = _before(c, facts)
    if not before:
        return None
    event = (
        _EVENT_AT_HEAD.search(squeezed(c.near_before))
        if facts.form == "flow" and not facts.is_money
        else None
    )
    lead = event["what"] if event and event["what"] not in before else ""
    own = lead + before + change(c, facts)
    name = whole(own, c, facts)
    if not name:
        return None
    weight = "比重" if facts.form == "share" and "占" in name and not _NAMED.search(name) else ""
    return _past_period(c, facts) + name + weight, name.removesuffix(own)


@INDICATOR.rule(
    source="fct_measure: every figure has a name",
    yes=("新增⟨50家⟩。", "⟨50家⟩。"),
    no=("新增企业⟨50家⟩。", "新增⟨50家⟩企业。"),
    after=("named_before",),
)
def clause(c: Context, facts: Facts) -> Found:
    """The clause itself, where nothing in it is a name."""
    text = strip_form_words(squeezed(c.clause_before)) or _after(c, facts)
    return whole(text, c, facts) or _line_above(c) or NOT_STATED, ""


def _line_above(c: Context) -> str:
    """What the line above says, where a line begins with the figure that it leads to: 质押金额超 | 45亿元."""
    if c.sentence.text[: c.first.start].strip():
        return ""
    found = _LINE_END.search(c.sentence.above.rstrip())
    name = strip_form_words(squeezed(simplify(found[0]))) if found else ""
    return "" if is_fragment(name) else name


_LINE_END = re.compile(r"[^,，。;；:：、\s\d]{2,20}$")
