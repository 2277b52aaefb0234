"""What a target or a reported figure counts or measures."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found
from dagster_project.extraction.fields.indicator.awards import EVENT, EVENT_ALONE
from dagster_project.extraction.fields.indicator.field import INDICATOR, NOT_STATED
from dagster_project.extraction.fields.indicator.nouns import (
    CHANGE_AT_END,
    CLAUSE_START,
    END_OF_RANGE,
    LEAST,
    METRIC_OF_IT,
    NAMED,
    change,
    noun_after,
    noun_before,
    strip_form_words,
    thing_before,
    whole,
)
from dagster_project.extraction.fields.indicator.requirements import AND
from dagster_project.extraction.fields.per import EACH_BODY
from dagster_project.extraction.numbers import MAGNITUDE, NUMBER
from dagster_project.extraction.topics import is_fragment, is_rank, squeezed
from dagster_project.reading import simplify
from dagster_project.reading.numerals import FIVE_YEARS
from dagster_project.reading.vocabulary import Word, one_of

_BY_WHAT = re.compile(r"(?:是|为|^,?系)([^,。;]{2,12}?)的?$")

_NOUN_END = re.compile("[和的]")

_DONE_BEFORE = re.compile(w.DOING + r"(?:不少于|不低于|超过|至少|约|近|各|分别|了)?$")

_EVENT_BEFORE = re.compile(
    rf"(?P<what>(?:{EVENT}[和与、及]?)+)(?:{one_of([*w.COMPARATORS, '各', '共', '了'])})*$"
)

_EVENT_AT_HEAD = re.compile(
    rf"(?:^[√✔●·■★◆►▶]*|[,、])(?:力争|争取|每年|累计|全年|今明两年|各|共|再)*(?P<what>(?:{EVENT}[和与、及]?)+)(?=[^\d]*$)"
)

# What is done with the money that is counted: ⟨完成⟩投资, ⟨引进⟩外资, ⟨发行⟩债券.
_MONEY_AT_HEAD = re.compile(
    r"(?:^[√✔●·■★◆►▶]*|[,、])(?:力争|争取|每年|累计|全年|今明两年|共|再)*(?P<what>完成|发行|新增|引进|招引|吸引|争取)(?=[^\d]*$)"
)

_REACHED = re.compile("达到?|为|超过|突破")


@INDICATOR.rule(
    yes=(
        "专利密集型产业产值达到80亿元,是上年的⟨1.5倍⟩。",
        "存款余额90亿元、贷款余额80亿元,分别是上年的1.5倍、⟨1.2倍⟩。",
    ),
    no=("专利密集型产业产值是上年的⟨1.5倍⟩。",),
)
def quotient(c: Context, facts: Facts) -> Found:
    """The figure before, by something else: 产值…,是上年的1.5倍."""
    match = _BY_WHAT.search(c.near_before) if facts.unit == "ratio" and facts.previous else None
    if not match:
        return None
    count = len(c.series)
    of_each = facts.earlier[c.place - count] if 1 < count <= len(facts.earlier) else ""
    return f"{of_each or thing_before(facts)}与{match[1]}之比", match[0]


@INDICATOR.rule(
    yes=("支持东湖、临江等⟨6家⟩科技园区和开发区的中小企业。",),
    no=("支持⟨6家⟩科技园区和开发区的中小企业。", "由高校教师、律师等⟨6名⟩代表组成。"),
    source="hebei-2021, 四",
)
def sum_of_names(c: Context, _: Facts) -> Found:
    """The parties that names before them are summed up as: 东湖、临江等6家科技园区."""
    name = _NOUN_END.split(c.following)[0] if c.near_before.endswith("等") else ""
    return (name, "等") if phrases.ACTOR.search(name) else None


# Of whom so many do something, or have none: ⟨62%⟩的规上工业企业没有有效发明专利.
_OF_THOSE = re.compile(
    rf"{phrases.BOUND}?的(?P<who>[^,。;、的\d]{{2,16}}?(?:{w.PARTY}|案件|专利|项目|产品))(?P<does>(?:尚?没有|尚?未|尚?无|拥有|设立|建立|开展|参与|参加|实现|通过|完成|配备)[^,。;、的\d]{{2,16}})(?=[,。;、]|$)"
)


@INDICATOR.rule(
    yes=(
        "一、存在问题\n全市仍有⟨62%⟩的规上工业企业没有发明专利。\n",
        "到2025年,⟨80%⟩以上的规上工业企业建立研发机构。",
    ),
    no=("规上工业企业建立研发机构的比例达到⟨80%⟩。", "安排⟨80%⟩的资金。"),
    source="fct_measure: a name is complete without its context; a share is of those who do it",
)
def part_of_those(c: Context, facts: Facts) -> Found:
    """A share of those who do something: 62%的规上工业企业没有发明专利 → 没有发明专利的规上工业企业比例."""
    if facts.form != "share" or facts.kind not in {"target", "baseline"}:
        return None
    match = _OF_THOSE.match(squeezed(c.near_after))
    return (f"{match['does']}的{match['who']}比例", match[0]) if match else None


@INDICATOR.rule(
    yes=("培育⟨50家⟩专利导航服务基地。", "新增高新技术企业⟨50家⟩上市企业。"),
    no=("专利导航服务基地达到⟨50家⟩。", "专利转让额增长⟨20%⟩。"),
)
def counted_after(c: Context, facts: Facts) -> Found:
    """What stands after a count: 培育50家服务基地."""
    after = noun_after(c, facts)
    if len(after) < 2:
        return None
    done = _DONE_BEFORE.search(c.near_before)
    is_reached = _REACHED.search(c.near_before)
    is_for = c.near_before.endswith("为") and len(noun_before(c, facts)) < LEAST
    if not (done or not is_reached or is_for or not noun_before(c, facts)):
        return None
    event = _EVENT_BEFORE.search(squeezed(c.near_before))
    own = (event["what"] if event and event["what"] not in after else "") + after
    name = whole(own, c, facts)
    return (_of_each(c, facts, name) + name, name.removesuffix(own)) if name else None


_RANK_ALONE = re.compile("(?:国家|省|市|县|区|国际|省部)级(?:以上)?|高级|中级|初级|[A-F]类")

_RANK_OF_IT = re.compile("(?:国家|省部?|市|县|区|国际)级(?:以上)?")

# What else happens to the same: 专利转让1840次,⟨许可⟩96次; 行政裁决立案30件、⟨结案⟩28件.
_ACTS = "转让|许可|质押|受理|立案|结案|办结|审结|申请|授权|登记|备案|签约|投产|开工|竣工"
_ACT = re.compile(f"(?P<act>{_ACTS})(?:数量?|量|次数|件数|金额)?")
_ACT_AT_END = re.compile(f"(?<=..)(?P<act>{_ACTS})(?:数量?|量|次数|件数|金额)?$")

# What says nothing without the thing that it is of: 查处案件300件,⟨结案率⟩98%; 设立基金3亿元,⟨首期⟩1亿元.
_OF_THE_SAME = re.compile(
    one_of("结案 办结 投产 开工 竣工 调解成功 履约 合格 满意 好评 完成 达标 整改 立案 兑现 到位 入库 转化")
    + "率|结案|办结|融资|(?:涉案|签约|合同)?金额|案值|货值|罚没款|判赔额|标的额|平均?(?:办理|审理|授权|审查|处理|办案)(?:周期|时限|时长|时间)|首期(?:规模|到位资金|到位|出资)?|(?:总|平均)?(?:投入)?强度|满意度"
)

_SAID_OF_IT = re.compile(
    f"(?:{_OF_THE_SAME.pattern})$|(?<=..)(?:立案|受理|审结)$|{phrases.MODE_METRIC.pattern}"
)

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
    "州 旗",
    Word("盟", unless_before="联 同", example="临溪盟"),
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
    where = noun_before(c, facts)
    if not _PLACES.fullmatch(where) or len(noun_after(c, facts)) > 1:
        return None
    thing = PLACES_AT_HEAD.sub("", thing_before(facts)) or _divided(c)
    return (where + thing, thing) if thing and not _PLACES.fullmatch(thing) else None


def _divided(c: Context) -> str:
    """What is divided among the parties that follow: 质押融资额⟨分解⟩:东城区2亿元."""
    parts = CLAUSE_START.split(c.before)
    return strip_form_words(_DIVIDED.sub("", squeezed(parts[-2]))) if len(parts) > 1 else ""


_DIVIDED = re.compile("(?:任务|目标|指标)?(?:分解|分配|如下|下达|其中)+(?:如下|情况)?$")

_UP_TO_FIGURE = f"(?:{one_of(w.COMPARATORS)}|{phrases.RISE_TO}|{w.REACHING})"

_SHARE_OF_PART = re.compile(
    rf"[,、;]?其中,?(?P<part>[^,。;占]{{2,20}}?)的?(?:占比|占|比例|比重){_UP_TO_FIGURE}*"
)

# Of those counted before, which a clause without a noun tells: 有效发明专利1.3万件,⟨维持10年以上的占⟩28.6%.
_SHARE_AMONG = re.compile(rf"[,、;](?P<part>[^,。;占]{{2,20}}的)占{_UP_TO_FIGURE}*")

_ITS_SHARE = re.compile(rf"[,、;]?占比?{_UP_TO_FIGURE}*")

_PART_BEFORE = re.compile("其中[^,。;]*$")

_PART_BOUNDED = re.compile(rf"[,、;]?其中,?(?P<part>[^,。;占]{{2,20}}?)(?:{one_of(w.COMPARATORS)})")


@INDICATOR.rule(
    yes=(
        "全社会研发经费投入年均增长10%,其中基础研究经费占比提高到⟨6%⟩。",
        "有效发明专利12万件,其中高价值发明专利4万件,占比⟨38%⟩。",
        "培训骨干2000人次,其中企业人员不低于⟨60%⟩。",
    ),
    no=(
        "查处案件90件,其中结案率达到⟨95%⟩。",
        "其中基础研究经费占比提高到⟨6%⟩。",
        "规模以上企业120家,高新技术产业占比达到⟨60%⟩。",
    ),
    source="fct_measure: a name is complete without its context; a share is of a whole",
)
def share_of_the_whole(c: Context, facts: Facts) -> Found:
    """What 其中 says is a part of what the figure before measures: 研发经费,其中基础研究经费占比6%."""
    before, said = facts.before, squeezed(c.near_before)
    if facts.form != "share" or not before or (before.is_share and not before.form.startswith("growth")):
        return None
    thing = thing_before(facts)
    if _ITS_SHARE.fullmatch(said) and len(facts.earlier) > 1 and _PART_BEFORE.search(_until(c, 1)):
        of = strip_form_words(CHANGE_AT_END.sub("", END_OF_RANGE.sub("", facts.earlier[-2])))
        return thing + (f"占{of}比例" if len(of) <= _LONGEST_WHOLE else "占比"), thing
    match = _SHARE_OF_PART.fullmatch(said)
    match = match or _SHARE_AMONG.fullmatch(said)
    if not match and (bounded := _PART_BOUNDED.fullmatch(said)) and phrases.ACTOR.search(bounded["part"]):
        match = bounded
    if not match or not thing or match["part"] in thing:
        return None
    of = f"占{thing}比例" if len(thing) <= _LONGEST_WHOLE else "占比"
    return match["part"] + of, thing


_LONGEST_WHOLE = 20  # characters


def _until(c: Context, earlier: int) -> str:
    """Return the sentence up to a figure so many before this one's series."""
    place = c.series[0] - earlier
    return squeezed(c.sentence.text[: c.sentence.quantities[place].start]) if place >= 0 else ""


@INDICATOR.rule(
    yes=(
        "每万人口发明专利拥有量达到26件,其中高价值发明专利⟨10.5件⟩。",
        "实现专利转让许可9000次,其中由高校院所转出⟨1200次⟩。",
        "实施亿元以上项目41个,其中竣工投产⟨19个⟩。",
        "新增专利代理师30名,其中具有诉讼资格的⟨6名⟩。",
        "培训各类人员3500人次,其中企业高管300人次、执法人员⟨260人次⟩。",
        "授权专利7215件,其中发明专利⟨1104件⟩。",
        "专利授权量累计达到2.4万件,其中发明专利⟨3150件⟩。",
    ),
    no=(
        "发明专利拥有量达到2600件,其中高价值发明专利⟨1050件⟩。",
        "每万人口发明专利拥有量达到26件,高价值发明专利⟨1050件⟩。",
        "实现专利转让许可9000次,其中开放许可⟨1200次⟩。",
        "培训各类人员3500人次,执法人员⟨260人次⟩。",
        "新增企业30家,其中新增上市企业⟨6家⟩。",
        "新建研发平台30个,其中产值⟨6亿元⟩。",
    ),
    source="fct_measure: a name is complete without its context; a part is of a whole",
)
def part_of_the_whole(c: Context, facts: Facts) -> Found:
    """What 其中 says is a part of the whole before it: 每万人口高价值发明专利拥有量, 竣工投产的项目, 培训企业高管."""
    said, (thing, is_same) = squeezed(c.near_before), _whole(c, facts)
    if facts.is_share or not thing or not (part := _PART.fullmatch(said)):
        return None
    what = strip_form_words(part["what"])
    if said.startswith("其中") or said[1:].startswith("其中"):
        if by := _DONE_BY.fullmatch(part["what"]):
            return by["who"] + strip_form_words(_IN_ALL_YEARS.sub("", thing)), thing
        dense = _DENSE.match(thing)
        if dense and what and what not in thing and "每" not in what:
            return dense[0] + what + ("" if _HELD_AT_END.search(what) else "拥有量"), thing
    if not is_same or facts.kind not in {"target", "baseline"} or len(noun_after(c, facts)) > 1:
        return None
    named = _part_named(part["what"], what, thing)
    return (named, thing) if named else None


def _whole(c: Context, facts: Facts) -> tuple[str, bool]:
    """Return what 其中 parts, as the figure before it names it, and whether that counts in the same unit."""
    at = c.sentence.text.rfind("其中", c.segment[0], c.first.start)
    between = [q for q in c.sentence.quantities[: c.series[0]] if q.start > at >= 0]
    place = c.series[0] - 1 - len(between)
    if at < 0 or place < 0 or len(facts.earlier) != c.series[0]:
        return "", False
    thing = CHANGE_AT_END.sub("", END_OF_RANGE.sub("", facts.earlier[-1 - len(between)]))
    is_listed = "," not in squeezed(c.sentence.text[at : c.first.start]).removeprefix("其中,")
    same = {q.unit_word for q in (c.sentence.quantities[place], *between, c.quantity)}
    return ("", False) if thing == NOT_STATED or not is_listed else (thing, len(same) == 1)


def _part_named(said: str, what: str, thing: str) -> str:
    """Name a part by what happens to the whole, or by what is so of it: 新引进博士, 竣工投产的项目; else nothing."""
    of = EVENT_ALONE.sub("", thing)
    if said.endswith("的") or _IS_DONE.fullmatch(what):
        of = _OF_WHOLE_METRIC.sub("", _DONE_AT_HEAD.sub("", of))
        return f"{what}的{of}" if len(of) > 1 and what not in of else ""
    if (
        len(what) < 2
        or is_rank(what)
        or _RANK_OF_IT.fullmatch(what)
        or phrases.BARE.match(what)
        or _EVENT_IN.search(what)
    ):
        return ""
    if (act := _ACT_AT_END.search(thing)) and what[-2:] == thing[: act.start()][-2:]:
        return what + act[0]
    act = _DONE_TO_WHOLE.match(thing)
    return act["what"] + what if act and act["what"] not in what else ""


# What happens to the whole and so to each part of it: ⟨培训⟩人员, ⟨新引进⟩人才, 全年⟨授权⟩专利; 实有 is so of the parts, too.
_DONE_TO_WHOLE = re.compile(
    f"(?:全[省市县区])?(?:全年|累计|共)?(?P<what>(?:{EVENT})+|实有|授权|申请|受理|核准)"
)
_EVENT_IN = re.compile(f"^(?:{EVENT})|占|(?:{w.DONE})")
_IS_DONE = re.compile(
    r"(?:\d{4}年)?(?:[^,。;、的]{0,10}?)(?:竣工投产|投产|开工|竣工|启动|建成|持有|牵头|认定|投用|上市|结项|验收|达产|完工)"
)
_DONE_AT_HEAD = re.compile(f"^(?:{w.DONE})+(?=.{{3}})")  # ⟨备案⟩产品80件,其中通过认定20件
_OF_WHOLE_METRIC = re.compile("(?:拥有量|保有量|持有量|总数|总量|数量)$")
_PART = re.compile(
    f"(?:[,、;]?其中[,:]?|、)(?P<what>[^,。;]{{2,24}}?)(?:{one_of(w.COMPARATORS)}|{w.REACHING})*"
)
_DONE_BY = re.compile(f"由(?P<who>[^,。;]{{2,12}}?{w.PARTY})(?:转出|完成|实现|承担|实施|贡献|提交|申请)?")
_DENSE = re.compile("每(?:万|千|百万|十万)(?:名)?(?:人口|人|户|家企业)")
_HELD_AT_END = re.compile("(?:拥有|保有|持有)量?$|[量数]$")
_IN_ALL_YEARS = re.compile("^[一二三四五六两]年(?:累计|共)?")


@INDICATOR.rule(
    yes=("发明专利申请量达到8万件,授权量达到⟨4万件⟩。",),
    no=("发明专利申请量达到8万件,商标注册量达到⟨4万件⟩。",),
)
def bare_metric(c: Context, facts: Facts) -> Found:
    """A metric without a thing, of the thing before it: 发明专利申请量…,授权量… → 发明专利授权量."""
    before = noun_before(c, facts)
    thing = thing_before(facts)
    if not thing or not before:
        return None
    if _STOCK.fullmatch(before) and (own := _SAID_BETWEEN.fullmatch(_between(c))):
        return own["what"] + before + change(c, facts), own["what"]
    ranked = _RANKED_SISTER.fullmatch(before) if c.near_before.startswith("、") else None
    if ranked and thing.endswith(ranked["noun"]) and (of := _RANK_IN_IT.search(thing)):
        return before.removesuffix(ranked["noun"]) + thing[of.end() :], thing
    sized = _METRIC_OF_TWO.fullmatch(before) if c.near_before.startswith("、") else None
    of_two = _METRIC_AT_END.search(thing) if sized else None
    if sized and of_two and of_two["metric"] == sized["metric"]:
        return thing[: of_two.start()] + before + change(c, facts), thing
    if before.endswith("额") and facts.before and not facts.before.is_money:
        thing = _BENEFITED.sub("", thing) or thing
    if (act := _ACT.fullmatch(before)) and (done := _ACT_AT_END.search(thing)) and act["act"] not in thing:
        return thing[: done.start()] + before + change(c, facts), thing
    if _RANK_ALONE.fullmatch(before):
        if of := _RANK_OF_IT.search(thing):
            return thing[: of.start()] + before + thing[of.end() :], thing
        return before + EVENT_ALONE.sub("", thing).removeprefix(before), thing
    if phrases.RANKED.search(c.near_before) and _WHERE_RANKED.search(before):
        where = before.removeprefix("进入").removesuffix("前")
        return METRIC_OF_IT.sub("", thing.removesuffix("得分")) + where + "排名", thing
    sister = _SISTER.fullmatch(before) if c.near_before.startswith("、") else None
    first = _SISTER_AT_END.search(thing) if sister else None
    if sister and first and first["of"] == sister["of"] and not _OF_ITS_SIZE.search(thing[: first.start()]):
        return thing[: first.start()] + before, thing
    if not phrases.BARE.match(AND.split(before)[0]) and not _OF_THE_SAME.fullmatch(before):
        return None
    of_it = _ADDED.sub("", EVENT_ALONE.sub("", thing)) if _STOCK.fullmatch(before) else thing
    return _past_period(c, facts) + _SAID_OF_IT.sub("", of_it.removesuffix("次数")) + before + change(
        c, facts
    ), thing


def _between(c: Context) -> str:
    """Return what stands between the figure before and the clause of this one, if it is in the same segment."""
    earlier = max((q.end for q in c.sentence.quantities[: c.series[0]]), default=0)
    return squeezed(c.sentence.text[max(earlier, c.segment[0]) : c.clause[0]])


# A clause that brings another subject: 结案率95%以上,⟨维权援助工作站⟩实现园区全覆盖,总数达到50家.
_SAID_BETWEEN = re.compile(
    rf"{phrases.BOUND}?[,;](?P<what>[^,。;\d]{{4,16}}?)(?:基本)?(?:实现|覆盖|全面|不断|持续|稳步)[^,。;\d]*,"
)
# The same of another rank: 创建国家地理标志产品保护示范区1个、⟨省级示范区⟩2个.
_RANKED_SISTER = re.compile(
    "(?:国家级?|省级?|市级|区级|县级)(?P<noun>示范区|中心|基地|平台|园区|集群|实验室|企业)"
)
_RANK_IN_IT = re.compile("(?:国家|省|市|区|县)级?")
# The same metric of another kind of the same: 金融机构存款余额3987亿元、⟨贷款余额⟩3096亿元.
_METRIC_OF_TWO = re.compile("[^的]{2}(?P<metric>余额|收入|面积|产量|产值|增加值|总额)")
_METRIC_AT_END = re.compile(f"(?<=..){_METRIC_OF_TWO.pattern}$")
_BENEFITED = re.compile("(?:惠及|服务|支持|带动|覆盖)(?:中小微?|小微)?(?:企业|主体|农户|单位)(?:[户家]?数)?$")

# What there is in all, and not what is added: 净增企业86家、⟨总数⟩达到512家.
_STOCK = re.compile("总数|总量|存量|保有量|拥有量")


@INDICATOR.rule(
    yes=("专利转让额年均增长20%,达到⟨50亿元⟩。",), no=("专利转让额年均增长20%,专利许可额达到⟨50亿元⟩。",)
)
def as_before(c: Context, facts: Facts) -> Found:
    """A second figure of what the figure before it measures: …增长20%,达到50亿元."""
    thing = thing_before(facts)
    if which := _SAME_BUT.search(c.clause_before):
        thing = _OVER.sub(which["over"], thing)
    if not thing or noun_before(c, facts):
        return None
    if _IN_ALL.search(squeezed(c.near_before)):
        thing = _ADDED.sub("", thing)
    if facts.per not in _OF_EACH:
        thing = thing[len(_each_at(thing, 0)) :]
    deed = _DEED_ONLY.fullmatch(squeezed(c.near_before)) if _is_in_unit(c, c.series[0] - 1) else None
    if deed and (of := strip_form_words(_BEGUN.sub("", thing))):
        return deed["what"] + of, deed[0]
    return thing + (change(c, facts) or _counted_otherwise(c, facts)), ""


# What is done to the same that something else was done to: 启动建设厂房40万平方米、⟨建成⟩10万平方米.
_DEED_ONLY = re.compile(
    rf"[、,]?(?P<what>(?:新)?(?:建成|开工|竣工|投用|投产|完工|交付|改造|收储|出让|拆除|验收))(?:{w.REACHING})"
)


_BEGUN = re.compile("^(?:启动|开工|续建|新开工)(?:建设|实施|改造)?(?=.{2})")

# What there is in all of that of which some was added: 新增指导站3个,⟨累计达到⟩17个.
_IN_ALL = re.compile("(?:累计|总数|共)(?:达到?|为|有)?$")
_ADDED = re.compile("^(?:净增|新增|新建|新设|新认定|新培育)(?=.{2})")


_HOW_MANY = {
    "人": "人数",
    "名": "人数",
    "户": "户数",
    "件": "件数",
    "次": "次数",
    "批次": "批次",
    "元": "金额",
}


def _counted_otherwise(c: Context, facts: Facts) -> str:
    """Return what a second figure beside the first counts of the same: 扣留货物812批次、⟨94万件⟩ → 件数."""
    index = c.series[0] - 1
    word = c.quantity.unit_word
    is_beside = index >= 0 and not c.near_before.strip("、,") and facts.before and not facts.before.is_share
    if not is_beside or c.sentence.quantities[index].unit_word == word:
        return ""
    counted = _HOW_MANY.get(word, "")
    return "" if thing_before(facts).endswith(counted[-1:] or " ") else counted


# Another bound of the same: 年产值超5亿元的企业4家、⟨上亿元⟩的近20家.
_OVER = re.compile(f"(?:超过?|突破|上|达到?){NUMBER}?{MAGNITUDE}?元")

_SAME_BUT = re.compile(f"[、,](?P<over>{_OVER.pattern})的[^的]{{0,3}}$")


@INDICATOR.rule(
    yes=("快递服务覆盖⟨90%⟩以上自然村。", "知识产权服务覆盖⟨90%⟩的规上企业。"),
    no=("快递服务覆盖率达到⟨90%⟩。", "培训覆盖⟨90%⟩以上。"),
    source="fct_measure: a name is complete without its context; a share is of what is covered",
)
def share_covered(c: Context, facts: Facts) -> Found:
    """What is covered to so much of it: 快递服务覆盖90%以上自然村 → 快递服务覆盖自然村比例."""
    what = _COVERED.match(squeezed(c.near_after)) if facts.form == "share" else None
    before = noun_before(c, facts)
    if not what or not squeezed(c.near_before).endswith("覆盖") or not before.endswith("覆盖"):
        return None
    return f"{before}{what['what']}比例", what[0]


_COVERED = re.compile(f"{phrases.BOUND}?的?(?P<what>(?!及?以[上下内])[^,。;、的\\d]{{2,12}})(?=[,。;、]|$)")


@INDICATOR.rule(
    yes=("专利导航服务基地达到⟨50家⟩。", "能耗下降⟨10%⟩。"),
    no=("培育⟨50家⟩专利导航服务基地。",),
    after=("bare_metric", "counted_after"),
)
def named_before(c: Context, facts: Facts) -> Found:
    """What stands before the figure: 服务基地达到50家."""
    before = noun_before(c, facts)
    if not before:
        return None
    said = squeezed(c.near_before)
    event = None
    if (facts.form == "flow" or facts.is_money) and not phrases.BARE.match(before):
        event = (_MONEY_AT_HEAD if facts.is_money else _EVENT_AT_HEAD).search(said)
    lead = event["what"] if event and event["what"] not in before else ""
    own = lead + before + change(c, facts)
    if facts.form not in {"share", "multiple"} and _NET.search(squeezed(c.near_before)):
        own = f"{own.removesuffix('净')}净增{'额' if facts.is_money else '数'}"
    name = _of_the_act(before, c, facts) or whole(own, c, facts)
    if not name:
        return None
    times = _TIMES.get(c.quantity.unit_word, "") if facts.kind in {"target", "baseline"} else ""
    name += "" if _TIMES_NAMED.search(name) or own not in name else times
    name = _of_each(c, facts, name) + name
    weight = "比重" if facts.form == "share" and "占" in name and not NAMED.search(name) else ""
    return _past_period(c, facts) + name + weight, name.removesuffix(own)


def _of_each(c: Context, facts: Facts, name: str) -> str:
    """Of which each has so many, where the name does not say so: ⟨每个县⟩设立网点1个."""
    said = squeezed(c.clause_before)
    each = EACH_BODY.search(said) if facts.kind == "target" and facts.per in _OF_EACH else None
    return _each_at(said, each.start()) if each and "每" not in name and "各" not in name else ""


def _each_at(said: str, start: int) -> str:
    """Return the words that say of which each, where they begin at a place: 每个县(区)."""
    each = EACH_BODY.match(said, start)
    rest = _REST_OF_BODY.match(said, each.end()) if each else None
    return (each[0] if each else "") + (rest[0] if rest else "")


_OF_EACH = frozenset({"recipient", "recipient-year"})


_REST_OF_BODY = re.compile(r"(?:[镇区](?!域)|\([^()]*\)|、[市区县])+")  # 每个县⟨(市、区)⟩, 每个乡⟨镇⟩


# What is counted where no noun says it: 专项行动3⟨次⟩.
_TIMES = {"次": "次数", "场次": "场次"}
_TIMES_NAMED = re.compile("[次量率数额]$|[幅程频]度$")

_NET = re.compile("净增(?:加|了)?$")

# What is done to the same, and no more: 新收案件98件,⟨审结⟩96件; of which field: 其中⟨电商领域⟩13件.
_ACT_ALONE = re.compile(f"(?:全年|累计|共|已)*(?:{w.DONE}|批准逮捕|移送公安机关|移送司法机关)+")

_FIELD_ALONE = re.compile("[^的]{2,10}(?:领域|方面|环节|行业)")

_ACTED_ON = re.compile(f"^.*?(?:{w.DONE})+(?P<what>.{{3,}})$")


def _of_the_act(name: str, c: Context, facts: Facts) -> str:
    """Return what is done, or a field, with what the figure before counts: 审结 → 审结一审案件; else nothing."""
    is_field = _FIELD_ALONE.fullmatch(name) and _PART_BEFORE.search(squeezed(c.clause_before))
    if facts.is_share or facts.is_money or (not is_field and not _ACT_ALONE.fullmatch(name)):
        return ""
    thing = _last_counted(c, facts)
    acted = _ACTED_ON.match(thing)
    return name + (acted["what"] if acted else thing) if thing else ""


def _last_counted(c: Context, facts: Facts) -> str:
    """Return what the last figure before it in its segment measures that counts in the same unit, past sums of money."""
    if len(facts.earlier) != c.series[0]:
        return thing_before(facts) if _is_in_unit(c, c.series[0] - 1) else ""
    for place in range(c.series[0] - 1, -1, -1):
        quantity = c.sentence.quantities[place]
        if quantity.start < c.segment[0]:
            return ""
        if _is_in_unit(c, place):
            name = _DONE_AT_END.sub("", CHANGE_AT_END.sub("", END_OF_RANGE.sub("", facts.earlier[place])))
            return "" if name == NOT_STATED else name
        if not quantity.unit_word.endswith("元"):
            return ""
    return ""


_DONE_AT_END = re.compile(f"(?<=..)(?:{w.DONE})+$")  # 产业项目⟨新签约⟩230个,新开工100个


def _is_in_unit(c: Context, place: int) -> bool:
    return place >= 0 and c.sentence.quantities[place].unit_word == c.quantity.unit_word


@INDICATOR.rule(
    source="fct_measure: every figure has a name",
    yes=("新增⟨50家⟩。", "⟨50家⟩。"),
    no=("新增企业⟨50家⟩。", "新增⟨50家⟩企业。"),
    after=("named_before",),
)
def clause(c: Context, facts: Facts) -> Found:
    """The clause itself, where nothing in it is a name."""
    text = strip_form_words(squeezed(c.clause_before)) or noun_after(c, facts)
    return whole(text, c, facts) or _line_above(c) or NOT_STATED, ""


def _line_above(c: Context) -> str:
    """What the line above says, where a line begins with the figure that it leads to: 质押金额超 | 45亿元."""
    if c.sentence.text[: c.first.start].strip():
        return ""
    found = _LINE_END.search(c.sentence.above.rstrip())
    name = strip_form_words(squeezed(simplify(found[0]))) if found else ""
    return "" if is_fragment(name) else name


_LINE_END = re.compile(r"[^,，。;；:：、\s\d]{2,20}$")
