"""The noun phrases around a figure: what stands before and after it, above it, and what the figure before measures."""

from __future__ import annotations

import re
from functools import lru_cache

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts
from dagster_project.extraction.fields.indicator.field import NOT_STATED
from dagster_project.extraction.fields.unit import counted_noun
from dagster_project.extraction.numbers import MAGNITUDE, NUMBER
from dagster_project.extraction.topics import (
    IN_ONE_YEAR,
    MET,
    NUMBERING,
    clauses_of,
    is_fragment,
    masked,
    squeezed,
    tidy,
    topic,
)
from dagster_project.reading.numerals import FEW, FIVE_YEARS
from dagster_project.reading.vocabulary import Word, one_of

_FROM = one_of("", Word("从", unless_after="事 业", example="从3件提高到5件"))

_LEAD = re.compile(
    rf"^(?:\s|[、和与及的—·●√✔▶►◆■★,①-⑳-]|{_FROM}|{phrases.BOUND}|(?:到|至|截至)?(?:\d{{4}}|“?{FIVE_YEARS}”?)年?(?:期间|时期|底|末|前|初|度)*"
    rf"|\d{{1,2}}月(?:底|末|份)?之?前?|{FEW}年内|[(]{FEW}[)]|\d{{1,2}}[.、]|建设期内|每年|年内|全年|去年|今年|今明两年|各(?=新建|新增|培育|建成|建设|引进|创建)|"
    rf"{w.LEADING})+"
)

_FROM_DAY = re.compile(phrases.FROM_DAY_TO_DAY)

# Each part is atomic, and the longer stands first: words that are made of others (稳定 and 在) are read in one way only.
_TAIL = re.compile(
    rf"(?>(?:同?比|较)[^,。;]{{1,14}}(?:期间|年底?|末|初|时|上年|去年|同期)|在{phrases.ANY_YEAR}年?|{phrases.RISE_TO}|{w.TRAILING}"
    rf"|{one_of(word for word in w.COMPARATORS if len(word) > 1)}|{w.GROWTH}近?|每?(?<!\d)[2-9]年|(?<=[企业台套个人家户员目品])近|(?<=[值额入量模数资收税润口售])过"
    rf"|每(?:人|月|年|户|亩|家)+|\s|[、和与的,:(≥≤><])+$"
)

CLAUSE_END = re.compile(r"[,。;:!?]")

CLAUSE_START = re.compile("[,:]")

AFTER_NOISE = re.compile(rf"^(?:{phrases.NOISE}|的)+")

_GROWS = re.compile(w.GROWTH)

_COUNTS_NOTHING = re.compile(
    "[/〔〕]|(?:的)?(?:目标|任务)(?!企业|项目|单位)|台阶|大关|关口|级台阶|为限|封顶|的标准|标准|的?基础"
)

# The other end of a tier, which counts nothing: 1000万元以上⟨不足⟩3000万元.
_OTHER_END = re.compile("(?:但|且|并)?(?:不足|不满|未满|不到|未达|低于|小于|少于|不超过?)")

_ACTED = re.compile(w.ACTED)

_BOUND_OF_NEXT = re.compile(f"[、和与及或](?:{one_of(w.COMPARATORS)})+$")  # 3项国际标准⟨和不少于⟩2项国家标准

_DOING_AT_END = re.compile("[、和与及,]" + w.DOING + "$")

# To what end, and not what: 支持50家重点企业⟨加快发展⟩.
_FOR_ITS_GOOD = re.compile(
    "(?<=..)(?:加快发展|做大做强|做优做强|发展壮大|转型升级|提质增效|健康发展|高质量发展)$"
)

_QUALITY = re.compile(
    "较|突出|具有"
)  # predicates that are attributes of what is counted: 规模较大、贡献突出的企业

_HEAD_LATER = re.compile(r"的([^,。;、的]{2,20})(?=[,。;]|$)")

_NOT_NAMED = re.compile(
    r"\([^()]*\)$|(?:由|从(?!业|事))[^,。;、]{0,12}$"
)  # a remark, or the figure that it rises from

# A sum that says which ones are counted: 招引⟨投资10亿元以上项目⟩8个.
_ATTRIBUTE = re.compile(
    rf"(?:(?<=\d)年(?:底|末)?)?(?P<what>[^,。;、\d]{{2,12}}(?:{NUMBER}{MAGNITUDE}?元?{phrases.BOUND}|(?:超过?|突破|上){NUMBER}{MAGNITUDE}?元?)的?[^,。;、\d]{{2,6}})$"
)

_RISEN = re.compile(rf"的?基础上|{phrases.RISE_TO}(?:{phrases.ANY_YEAR}年?(?:底|末)?的?)?")


@lru_cache(maxsize=4096)
def strip_form_words(text: str) -> str:
    """Take leading verbs and dates and trailing words of growth, comparison and reaching off a noun phrase."""
    previous = None
    text = IN_ONE_YEAR.sub("", _FROM_DAY.sub("", text))
    while previous != text:
        previous = text
        text = _TAIL.sub("", _LEAD.sub("", text))
    return text


# A grade whose noun the next count names: 5个⟨国家级⟩、10个省级工作站; 1个⟨千亿级⟩、3个五百亿级产业集群.
_GRADE_OF_NEXT = re.compile("(?:国家|省|市|县|区|世界|[十百千]{1,2}亿元?)级")

_GRADE_AT_HEAD = re.compile("(?:国家|省|市|县|区|世界|[\\d一二三四五六七八九十百千]+亿元?)级")


def _counted(c: Context) -> str:
    """The noun phrase after a count: 30家市级以上专利导航服务基地 → 市级以上专利导航服务基地."""
    text = CLAUSE_END.split(AFTER_NOISE.sub("", squeezed(c.following)))[0]
    if _COUNTS_NOTHING.match(text) or _GROWS.fullmatch(text) or _OTHER_END.match(text):
        return ""
    text = _BOUND_OF_NEXT.sub("", text) or text
    text = _DOING_AT_END.sub("", text.strip("、和与及 “”")) or text
    text = _FOR_ITS_GOOD.sub("", text)
    if _GRADE_OF_NEXT.fullmatch(text) and c.index + 1 < len(c.sentence.quantities):
        following = Context(c.sentence, c.index + 1, [c.index + 1])
        next_one = "" if following.near_before.strip("、和与及") != text else _counted(following)
        of = _GRADE_AT_HEAD.match(next_one)
        return text + next_one[of.end() :] if of else text
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

CHANGE_AT_END = re.compile(
    f"(?:{_BASE_OF_CHANGE})?(?:年均|年平均|同比|平均|累计|每年|{w.YEARS})?(?:增长率|(?:{_RISE.pattern})(?:幅度|量)|[增降涨]幅|增速)$"
    f"|(?:{_BASE_OF_CHANGE})?净增[数额]$"
)

_FALL = re.compile("递减|下降|降低|减少|降幅|减幅|压减|下浮|跌幅|缩短|压缩|减")


def thing_before(facts: Facts) -> str:
    """What the figure before measures, without what it says of it: 专利转让额年均增长率 → 专利转让额."""
    previous = "" if facts.previous == NOT_STATED else facts.previous or ""
    return _SAID_OF_ONE.sub("", CHANGE_AT_END.sub("", END_OF_RANGE.sub("", previous)))


_SAID_OF_ONE = re.compile(
    "(?<=..)(?:场次|(?<=[金池资])总规模|(?:首期|第[一二三]期)(?:总?规模|资金|出资)?)$"
)  # of this figure, and not of the next


def noun_after(c: Context, facts: Facts) -> str:
    """Return what a count counts by the words after it; shares and multiples count nothing."""
    return "" if facts.is_share else _counted(c)


def noun_before(c: Context, facts: Facts) -> str:
    """Return the noun phrase before the figure, in its clause or, where that has none, in the clause before."""
    if facts.previous and _RISEN.fullmatch(c.near_before):
        return thing_before(facts)
    own = NUMBERING.sub("", _NOT_NAMED.sub("", inside(squeezed(c.near_before))))
    name = tidy(strip_form_words(own))
    name = "" if name in _IN_LIKE_TERMS else name
    if 0 < len(name) < 4 and (attribute := _ATTRIBUTE.search(_TAIL.sub("", squeezed(c.clause_before)))):
        return strip_form_words(attribute["what"])
    subject = "" if name else _subject(c)
    if facts.previous and _RISEN.fullmatch(subject):
        return thing_before(facts)
    return name or tidy(strip_form_words(subject))


# How a change is reckoned, and when.
_IN_LIKE_TERMS = frozenset("同口径 按同口径 可比口径 按可比口径 上年度 上一年度 本年度 当年度".split())


def inside(text: str) -> str:
    """What stands after a bracket or quotation mark that is still open: (在标准文本中排名前二位的)."""
    for opening, closing in (("(", ")"), ("“", "”"), ("〔", "〕")):
        if text.count(opening) > text.count(closing):
            text = text.rpartition(opening)[2]
    return text


def _subject(c: Context) -> str:
    """The clause before, where the clause of the number has no subject of its own."""
    earlier = max((q.end for q in c.sentence.quantities[: c.series[0]]), default=0)
    clauses = [
        part for part in CLAUSE_START.split(c.before[max(0, earlier - c.segment[0]) :]) if part.strip()
    ]
    return clauses[-2] if len(clauses) > 1 and len(strip_form_words(clauses[-1])) < 2 else ""


def whole(name: str, c: Context, facts: Facts) -> str:
    """Return a name that says what is measured: of a fragment, with what the words around it speak of.

    That is the thing of the figure before, what the clauses before it in its segment are about, or what the heading above
    says, or, in a table, what its row is called; a fragment that is no noun (上, 达到) is left out, and nothing may be left.
    """
    if c.sentence.row and _ONLY_WHERE.fullmatch(name):
        return _TASK_AT_END.sub("", c.sentence.row)
    if _EACH_PLACE.fullmatch(name) and (of := _of_what(c, facts)):
        return name + of
    counted = _WHO_IS_COUNTED.get(c.quantity.unit_word)
    if counted and name in _ONLY_DONE and (thing := thing_before(facts)):
        return thing + name + counted
    if _DEPENDENT.fullmatch(name):
        named = _merged(_of_what(c, facts), name)
        is_told = named == name or named.endswith("人次") or c.quantity.unit_word != "人次"
        return named if is_told else named + "人次"
    if not is_fragment(name) and not _ACTS_ALONE.fullmatch(name):
        return name
    own = "" if _NO_NOUN.search(name) else name
    for said in (thing_before(facts), *reversed(topic(c).parts), heading_above(c)):
        of = strip_form_words(said.replace(MET, ""))
        if len(of) > 1 and not is_fragment(of + own):
            return of if own in of else of + own
    return own


# What is done for somebody whom only the unit tells: 改造老旧小区58个、⟨惠及⟩1.1万户.
_ONLY_DONE = frozenset("惠及 带动 服务 受益 覆盖".split())

_WHO_IS_COUNTED = {"户": "户数", "人": "人数", "人次": "人次", "家": "家数", "家次": "家次", "户次": "户次"}

# What says little without the thing it is said of: 建立培育库,⟨入库企业⟩300家; 举办培训班4期,⟨培训⟩600人次.
_OF_IT = one_of(
    "惠及 服务 参保 投保 入库 入池 备案 用标 参与 受益 带动 首批 完成 当年 纳入 累计 年度 日均 户均 年均 现场 签约 质押 融资 保障 合同 总 平均 直接"
)

_OF_IT_HEAD = one_of(
    "企业 主体 农户 居民 群众 机构 单位 产品 项目 从业人员 人次 人数 户数 次数 场次 金额 规模 产值 产量 投资 数量 面积 授信 服务 培训 总产 床位 专利 纳入 入选 入库 签约 投产 开工"
)

_DEPENDENT = re.compile(
    rf"(?:{_OF_IT}|年)*{_OF_IT_HEAD}|首贷户占比"
    "|平均[每单][笔件项家户单](?:金额)?"
    rf"|(?:{one_of('网办 不良 用标 盘点 整改 服判息诉 开工 入驻 覆盖')}|问题整改|按期结案|按时结案|全程网办)率"
)

_DEPENDENT_AT_END = re.compile(
    f"(?:(?<=..)(?:{_OF_IT}+(?:企业|主体|农户|居民|群众|专利|产品|人次|产值))|人次)$"
)

_SCORED = re.compile(
    "(?:[率度]|比例|占比)$"
)  # a rate or a degree is of something itself, and nothing is of it

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
        if len(name) > LEAST and not is_fragment(name):
            return _DEPENDENT_AT_END.sub("", name)
    thing = _DEPENDENT_AT_END.sub("", thing_before(facts))
    return "" if _SCORED.search(thing) else METRIC_OF_IT.sub("", thing)


METRIC_OF_IT = re.compile(
    rf"(?:年?(?:投放|发放|受理|办理|交易)量|平均[^,。;]{{2,4}}(?:天数|时间|周期|时长))$|{phrases.MODE}(?:金额|数量|数额|额度|额|量|数|规模|笔数|项数|件数|户数|人数|次数)$"
)


def _merged(of: str, name: str) -> str:
    """Put a thing before what is said of it; what both say in the middle is said once: 贷款产品 + 产品数量."""
    overlap = next((k for k in range(min(len(of), len(name)), 1, -1) if of.endswith(name[:k])), 0)
    stem = METRIC_OF_IT.sub("", name)
    if (
        not overlap and len(stem) > LEAST and stem != name and stem in of
    ):  # 打好质押融资等服务组合拳 + 质押融资金额
        return strip_form_words(of[: of.rindex(stem)]) + name
    return of if name in of else of + name[overlap:]


# A cell that says where and when something is counted and leaves what to its row: 区域品牌打造 | 每个市至少培育1个.
_ONLY_WHERE = re.compile(
    rf"(?:{FEW}年|每年)?(?:(?:各|每个?|个|全|本)?(?:[省市县区州盟旗镇乡村]|地市|园区|乡镇|街道)(?:\([^()]*\))?[、和]?)*(?:至少|累计|合计|共|新增|培育|建设|建立|建成|设立|打造|创建|认定)*"
)

# Whose and how often, and not what: 开展进校园活动,⟨每县(市)每年⟩不少于3场.
_EACH_PLACE = re.compile(
    r"(?:(?:每个?|各)(?:[县市区州乡镇村社]|地市|园区|街道|学校|站点?|单位)(?:\([^()]*\)|[、和]?[市区])*|[省市县区]级|每(?:年|季度|月|半年|周))+"
)

_TASK_AT_END = re.compile(
    r"(?<=[^和与、]{3})(?:打造|培育|提质|提升|建设|创建|新建|发展|申报|推广|工程|行动|计划|工作)+$"
)

# What is done, and not to what: ⟨拟支持⟩15项.
_ACTS_ALONE = re.compile(
    "(?:拟|计划|预计|择优|共|重点|每年|每批|首批)*(?:支持|遴选|立项|资助|评选|认定|奖励|推荐|评定|选定)"
)

_NO_NOUN = re.compile(
    rf"^(?:.|部分|等?不同.*|{phrases.RISE_TO}|(?:应当?|须|减|可|至少|力争|再)?(?:{one_of([*w.COMPARATORS, '达到', '适用', '按'])}|{w.ACTED}|{w.DOING}))$"
    "|[)》”]$|[在于为按以的]$"
)


def join(before: str, after: str) -> str:
    """Return what stands before and after a figure as one name; the latter alone where it says enough."""
    if len(after) > 4 or not before:
        return after or before
    return before if after and before.endswith(after) else before + after


_NUMBER_OF_HEADING = re.compile(
    r"^(?:[^)、.条]{1,6}[)、.条]|(?:卡片|事项)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[::、.]?)"
)

_LONGEST_HEADING = 30

# Headings of what is said of the whole document, which name no thing.
_HEADS_RULES = frozenset("附则 总则 其他 其它 其他事项 有关说明 相关说明 保障措施 组织保障".split())

_OF_HEADING = re.compile(
    "^(?:支持|鼓励|加大|加强|强化|实施|推动|推广|促进|给予|对|按|提高|降低)+|(?:分[档段类级]|力度|支持|奖励|补助|补贴|资助|给予)+$"
)


def heading_above(c: Context) -> str:
    """What the heading above speaks of; nothing where that is a sentence of its own."""
    heading = squeezed(c.sentence.headings[-1]) if c.sentence.headings else ""
    said = _NUMBER_OF_HEADING.sub("", heading)
    if said.endswith(("?", "？")):
        said = _asked(said)
    is_own = said in squeezed(c.sentence.text) and c.sentence.text[c.first.start : c.first.end] in said
    says_nothing = (
        len(heading) > _LONGEST_HEADING or said in _HEADS_RULES or w.PART_HEADING.fullmatch(said) or is_own
    )
    return "" if says_nothing else _OF_HEADING.sub("", said)


def _asked(question: str) -> str:
    """What a question is about, where it begins with it: 研发投入怎么补? → 研发投入; else nothing."""
    about = _ASKED.sub("", _ASKED_OF.sub("", question))
    return "" if about == question or _SAYS_NO_THING.search(about) else about


# How a question goes on behind what it is about: 研发投入⟨怎么补?⟩, 贴息⟨要满足什么条件?⟩.
_ASKED = re.compile(
    r"(?:的?(?:申[报请])?(?:条件|标准|流程|对象|政策)[有是])?(?:还|又|可以|能够?|应当?|需要?|要|具体|主要)*(?:怎[么样]|如何|哪些|哪|什么|多少|几|是否|是不是|有没有|有何|有哪|有什么|享受|满足|具备|符合|是|有|拿).*$"
)
_ASKED_OF = re.compile("^(?:请问|关于|对于?|哪些|什么|如何|怎[么样])+")
_SAYS_NO_THING = re.compile(
    "背景|意义|依据|目的|内容|变化|特点|亮点|对象|原则|保障|条件$|^.{0,2}$|政策$|资金$|企业$|办法$|措施$"
)


def title_above(c: Context) -> str:
    """What the title of the provision calls its subject: 第六条 支持⟨专利质押融资⟩。; no deed (盘活专利), and no part of the plan."""
    heading = c.sentence.headings[-1] if c.sentence.headings else ""
    title = "" if _OF_A_PART.match(heading) else heading_above(c)
    return "" if is_fragment(title) or _IS_DEED.match(title) else title


_OF_A_PART = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,4}[编章节])")

_IS_DEED = re.compile(
    f"{w.DOING}|{w.ACTIVITY}|提升|促进|加强|强化|激励|加大|大力|着力|积极|全力|持续|继续|进一步|开拓|拓展|降低|盘活|深化|完善|优化|用人|.*[?？]"
)

END_OF_RANGE = re.compile("(?:第.档)?(?:(?:数量)?[下上]限)?(?:[(]第.档[)])?$")

_TIME_NAMED = re.compile("(?:年限|时间|时长|期限|年龄|学时|任期|周期|工龄|租期)$")

# What is bought or comes in, for so much: 购置⟨设备⟩30万元以上.
_BOUGHT = re.compile(f"(?:购置|购买|采购)(?!.*(?:{w.METRIC}|费用?|价款?|[资本现]金)$)|实际到[账位]$")

_AGREED = ("合同", "协议", "租约")  # which have a term (劳动合同期限: 劳动合同法, 第十二条), and no age

_AMOUNT_OPEN = re.compile(
    "(?:投资|投入|销售|贷款|融资|交易|成交|营收|出资|纳税|担保|采购|产值增长|支出|研发)$"
)

NAMED = re.compile(f"(?:{w.METRIC}|[率比数量额值重幅度分])$")

UNIT_OF_TIME = phrases.DURATIONS


def what_of_it(c: Context, facts: Facts, what: str) -> str:
    """What of it the figure says, where its words leave that open: 成立 → 成立年限, 投资 → 投资额."""
    word = c.quantity.unit_word
    if phrases.RANKED.search(c.near_before):
        return ""
    if facts.form.startswith("growth"):
        return change(c, facts)
    if word in phrases.AGES:
        return "" if what.endswith("年龄") else "年龄"
    if word in UNIT_OF_TIME:
        if what.endswith(_AGREED):
            return "期限"
        return "" if _TIME_NAMED.search(what) else "年限" if word in {"年", "周年"} else "时长"
    if word in {"%", "百分点", "个百分点"}:
        return "" if NAMED.search(what) else "比例"
    if word.startswith("元"):
        if _BOUGHT.search(what) and not NAMED.search(what):
            return "金额"
        return "额" if _AMOUNT_OPEN.search(what) else ""
    counted = w.UNITS.get(word) in {"item", "person", "org", "deal"} or w.UNITS.get(word, "") is None
    return "数量" if counted and not NAMED.search(what) else ""


def end_of_range(c: Context) -> str:
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

LEAST = 3  # characters of what can be a thing of its own: 免费为500名儿童接种 counts children
