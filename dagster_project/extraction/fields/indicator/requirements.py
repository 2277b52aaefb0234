"""What is required, and who must meet it."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found
from dagster_project.extraction.fields.indicator.awards import (
    BOUND_AT_END,
    GIVEN_BEFORE,
    SAYS_LITTLE,
    SHORT_PHRASE,
    given,
)
from dagster_project.extraction.fields.indicator.field import INDICATOR
from dagster_project.extraction.fields.indicator.nouns import (
    LEAST,
    NAMED,
    UNIT_OF_TIME,
    change,
    end_of_range,
    heading_above,
    inside,
    noun_after,
    noun_before,
    strip_form_words,
    thing_before,
    what_of_it,
    whole,
)
from dagster_project.extraction.tiers import GRADED, tier_of
from dagster_project.extraction.topics import (
    MET,
    clauses_of,
    is_fragment,
    is_rank,
    masked,
    reranked,
    squeezed,
    tidy,
    tier,
    topic,
)
from dagster_project.reading.vocabulary import one_of

_ACT_BEFORE = re.compile(w.ACTIVITY + r"[^,。;、]{0,12}$")

_NOT_REQUIRED = re.compile(r"(?:且|并|,)[^,]*的?$|(?:不少于|不低于|超过|至少)|\(\)?$")

AND = re.compile(w.AND)


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
    is_most = facts.comparator == "le" or _PAID_ON.search(c.near_before)
    if facts.kind != "condition" or not is_most or facts.is_money or facts.is_share:
        return None
    lasts = c.quantity.unit_word in UNIT_OF_TIME
    match = (_GIVEN_FOR if lasts else _GIVEN_TO).fullmatch(squeezed(c.near_before))
    before = list(GIVEN_BEFORE.finditer(c.sentence.text[: c.clause[0]]))
    what = (before[-1]["of"] or "") + (before[-1]["what"] or "") if before else ""
    what = what.removeprefix("一次性") or given(c) or c.sentence.given
    if lasts and (named := list(_NAMED_AWARD.finditer(squeezed(c.sentence.text[: c.clause[0]])))):
        what = named[-1]["what"] if named[-1]["what"].endswith(what) else what
    if not match or not what:
        return None
    if lasts and _LASTS_ITSELF.search(squeezed(c.before[: len(c.before) - len(c.near_before)])):
        return None
    if lasts:
        parts = topic(c, facts.awarded).parts
        said = [part for part in parts if not _GIVEN_FOR.fullmatch(part) and not _OF_A_YEAR.search(part)]
        who = "".join(said) or heading_above(c)
        return (who if what in who else who + what) + "期限", who
    party, yearly = match["party"], "每年" if match["year"] else ""
    unit = {"名": "人", "位": "人"}.get(c.quantity.unit_word, c.quantity.unit_word)
    counted = noun_after(c, facts)
    of = counted + "数量" if counted else unit if unit == "人次" else unit + "数"
    return f"{party}{yearly}{what}{of}上限", party


# An award with what it is for: 保费补贴, 租房补贴.
_NAMED_AWARD = re.compile(
    rf"(?:^|[,;、。\d元的予放])(?P<what>(?!给|参照|单笔)[\u4e00-\u9fff]{{1,4}}?(?:{phrases.AWARD_NOUN.pattern}|津贴))"
)

_PAID_ON = re.compile("连(?:续)?(?:发放?|补|支)$")

_OF_AWARD = one_of(
    "连发 连补 连支 补贴 补助 贴息 支持 奖励 资助 津贴 发放 享受 领取 给予 连续 累计 期限 时间 年限 最长 补 奖"
)

_OF_A_YEAR = re.compile(f"第[一二三四五六]年|{MET}$")

# The length of something else, of which this says the most: ⟨贷款期限⟩一般为1年,最长不超过3年.
_LASTS_ITSELF = re.compile(
    rf"(?<!补贴)(?<!贴息)(?<!支持)(?<!补助)(?<!发放)(?:期限?|时间|时长|年限)(?:一般)?(?:为|在|{one_of(w.COMPARATORS)})[^,。;]*[,、]$"
)

_GIVEN_FOR = re.compile(rf"[、,]?(?:且|并)?(?:{_OF_AWARD})+(?:一般|原则上)?(?:{one_of(w.COMPARATORS)})*")

_GIVEN_TO = re.compile(
    rf"[、,]?(?:且|并)?(?P<party>(?:每|同一|单)[家个户名项件]?(?:企业|单位|机构|主体|银行|平台|主办方|申请人|个人|项目|发明专利|专利|商标|贷款|标准)?)(?P<year>每年度?|(?:同一)?年度内?|全年|一年内?|当年)?"
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
    if named := _as_many_of(c, facts) or _of_the_other(c, facts):
        return named, facts.before.indicator if facts.before else ""
    what = _required(c, facts)
    end = end_of_range(c)
    if own := tier_of(c):
        end = tier(own.place).strip("()") + ("上限" if own.is_upper else "下限")
    is_limit = facts.per is not None and facts.comparator == "le" and not end
    end = "上限" if is_limit and c.quantity.unit_word not in UNIT_OF_TIME else end
    rank = tier(c.place) if _is_tier(c) and not end else ""
    if is_rank(what) and thing_before(facts):
        return reranked(thing_before(facts), what) + end, what
    if (len(what) < 2 or what == "部分") and thing_before(facts):
        return thing_before(facts) + change(c, facts) + end + rank, thing_before(facts)
    if facts.is_money and _SUM_ALONE.fullmatch(what) and facts.before and facts.before.kind == "condition":
        what = _COUNT_AT_END.sub("", thing_before(facts)) + "金额"
    what = _MODAL.sub("", _ANYWHERE.sub("", what))
    what += what_of_it(c, facts, what)
    who = _same_as_before(c, facts) or _who(c, what)
    if told := phrases.DEFINES.search(squeezed(c.sentence.text[c.segment[0] : c.first.start])):
        who, what = phrases.defined(told), _MEANS.sub("", what)
    if who and what and tidy(_ALSO.sub("", squeezed(c.near_before))).startswith(f"在{what[:LEAST]}"):
        what = f"在{what}"
    if defined := _DEFINED.match(c.after):
        return f"认定为{defined['what']}的{what}{end}{rank}", defined[0]
    if who and who == c.sentence.required_of:
        what = _APPLICANT.sub("", what)
    is_one_of_them = who and who == c.sentence.required_of and _ASKING.fullmatch(who)
    tie = "的" if (is_one_of_them and _HAS_SUBJECT.match(what)) or who.startswith("认定为") else ""
    name = whole(what if who in what else who + tie + what, c, facts) or _graded_by(c)
    if not name:
        return None
    is_open = not who and len(name) <= _LONG_ENOUGH + 2 and not is_fragment(name) and name[0] != "获"
    lead = _entitled(c) if is_open else ""
    return lead + name + end + rank, " + ".join(filter(None, (lead or who, what, end + rank)))


def _as_many_of(c: Context, facts: Facts) -> str:
    """Name a second count of what is done: 制定3项国际标准和不少于⟨2项国家标准⟩ → 制定国家标准数量; else nothing."""
    before, own = facts.before, noun_after(c, facts)
    if (
        not before
        or before.kind != "condition"
        or not own
        or not _AND_AS_MANY.fullmatch(squeezed(c.near_before))
    ):
        return ""
    index = c.series[0] - 1
    of = noun_after(Context(c.sentence, index, [index]), facts)
    head, found, tail = before.indicator.rpartition(of) if of else ("", "", "")
    return head + own + tail if found else ""


def _of_the_other(c: Context, facts: Facts) -> str:
    """Name a bound of a second party: 年产值5亿元以下的工业企业和⟨1亿元⟩以下的服务业企业 → 服务业企业年产值; else nothing."""
    one, before = _ONE_OF_TWO.fullmatch(squeezed(c.near_before)), facts.before
    own = _HEAD_AFTER.search(c.near_after)
    if (
        not one
        or not own
        or not before
        or before.kind != "condition"
        or not before.indicator.startswith(one["who"])
    ):
        return ""
    return own["who"] + before.indicator.removeprefix(one["who"])


_ONE_OF_TWO = re.compile(f"{phrases.BOUND}?的(?P<who>[^,。;、的]{{0,10}}?{w.PARTY})(?:以及|和|及|与)$")

_AND_AS_MANY = re.compile(f"[^,]*[、和与及或](?:{one_of(w.COMPARATORS)})*")

# Of each of what, which only the end of the attributes names: 单户⟨500万元⟩以下、期限6个月以上的⟨信用贷款⟩.
_OF_ONE = re.compile("单[户笔项]$")
_THING_LATER = re.compile(
    rf"{phrases.BOUND}?(?:\([^()]*\))?[、且][^,。;的]*的(?P<what>[^,。;、的\d]{{2,16}})(?=[,。;]|$)"
)

_ANYWHERE = re.compile("^在?符合条件的[^,的]{2,8}?(?=连续|累计|工作|服务)")  # says of no one in particular

_MEANS = re.compile("^.*?(?:是指|系指)")  # 本办法所称全职引进⟨是指⟩连续工作6个月以上

_SUM_ALONE = re.compile(
    "(?:总?金额|总额)"
)  # of what the threshold before it counts: 贷款20笔以上且⟨金额⟩1亿元
_COUNT_AT_END = re.compile("(?:数量|[笔件项次户]数|金额|额)$")
_MODAL = re.compile("(?<=[^对相反适响供])(?:应当|必须|应在|须)(?=.{2,})")  # 申报单位⟨应当⟩登记注册满1年

# Which of those who ask: 申报试点单位⟨的实体企业⟩注册资本.
_ASKING = re.compile("申[报请].{4,}(?:单位|企业|机构|项目)")

_HAS_SUBJECT = re.compile("[^,。;]{0,16}?(?:企业|高等学校|高校|院所|机构|组织|事务所|医院)(?=.)")


def _graded_by(c: Context) -> str:
    """What grades are formed by, where a list gives only their bounds: 按⟨投资额⟩分档补助:500万元至2000万元的部分."""
    found = GRADED.search(squeezed(c.sentence.opening + c.sentence.lead + c.sentence.text[: c.first.start]))
    return found["by"] if found else ""


def _entitled(c: Context) -> str:
    """What meeting a requirement entitles to: 获租金补贴的."""
    found = GIVEN_BEFORE.search(c.after)
    if not found or found["what"] == "免征" or found["bare"] == "免征":
        return ""
    return f"获{(found['of'] or '').removeprefix('一次性')}{found['what'] or found['bare']}的"


_ENTITY_AFTER = re.compile(r"的((?:[^,。;、的\d()]|\([^()]{1,8}\)){2,20}),[^。;]{0,16}?" + w.AWARD)

# Of whom a remark in brackets says what is required: ⟨硕士⟩(35周岁以下)6万元.
_REMARKED = re.compile(r"(?:\d[项件个家种名])?([^,。;、()\d]{2,20})\([^()]*$")

_HEAD_AFTER = re.compile(
    r"^[^,。;\d]{0,20}?的(?P<who>(?:[^,。;、的\d()]|\([^()]{1,12}\)){2,24}?)(?=[,。;、的\d]|$|给予|予以|奖励|补助|补贴|资助|分别|一次性|按|每)"
)

# 新设立的⟨分支机构⟩且代理师不少于10人的: who it is stands first, and then what is required.
_PARTY_AND = re.compile(f"(?:^|[,;对])其?(?P<who>[^,;对]{{2,16}}{w.PARTY})且[^,;]*$")

_EXCEPTED = re.compile("等?除外$")

_NO_PARTY = re.compile(
    NAMED.pattern + "|(?:贡献|利润|利息|税款|费用|部分)$|" + phrases.AWARD_NOUN.pattern + "$"
)

_BOUND_AT_HEAD = re.compile(f"^{phrases.BOUND}?(?:且|并且|并|,)?")

# The rest of the threshold before it: 签订2年⟨以上经营合同、⟩营业面积不小于100平方米.
_REST_BEFORE = re.compile(
    rf"^{phrases.BOUND}?[^,。;、且并或]{{1,12}}(?:、|且|并且?|或者?)(?=[^,。;、且并或]{{2}})"
)


def _of_its_own(c: Context) -> str:
    """What names a second threshold in a clause, without the rest of the first; nothing where it is the only one."""
    if c.near_before == c.clause_before or not (rest := _REST_BEFORE.match(squeezed(c.near_before))):
        return ""
    name = tidy(strip_form_words(squeezed(c.near_before)[rest.end() :]))
    return "" if is_fragment(name) else name


def _required(c: Context, facts: Facts) -> str:
    """What is required, without who must meet it."""
    before, after = _of_its_own(c) or noun_before(c, facts), noun_after(c, facts)
    if c.quantity.unit_word in UNIT_OF_TIME and (lasting := _LASTS.match(after)):
        after = lasting[0]  # 签订1年以上⟨劳动合同⟩的企业
    if c.quantity.unit_word in phrases.AGES and (full := _FULL.search(before)):
        before = AND.split(before[: full.start()] + "、")[-1]  # 在校学生和年满六十周岁的个人
    if c.quantity.unit_word in UNIT_OF_TIME and len(before) < 2:  # 设立满两年的: what is done is what lasts
        before = tidy(_FULL.sub("", BOUND_AT_END.sub("", squeezed(inside(c.near_before)))))
    if c.quantity.unit_word in UNIT_OF_TIME and len(before) >= 2 and not _LASTS.match(after):
        done = _DONE_WITHIN.match(c.following)
        return tidy(_FULL.sub("", before)) + (done["what"].strip("、") if done else "")
    one = _OF_ONE.search(before)
    if one and facts.is_money and (thing := _THING_LATER.match(c.after)):
        return f"{thing['what']}{one[0]}金额"
    spent = tidy(strip_form_words(squeezed(c.near_before).rpartition("、")[2]))
    if spent in _SPENT and (deed := _DEED_AFTER.match(squeezed(c.near_after))):
        return deed["what"] + spent  # 投资500万元建设车间、…: what is built, and what is spent on it
    if len(before) < 2 and not after:
        before = BOUND_AT_END.sub("", _BOUND_AT_HEAD.sub("", squeezed(inside(c.near_before))))
        before = "" if phrases.GROWN.search(before) else before
    is_metric = c.quantity.unit_word.endswith("元") and _SUM_NAMED.search(
        before
    )  # 工业产值突破20亿元等不同规模的企业
    if len(before) >= 2 and (not after or is_metric or c.following.startswith("的")):
        first, _, last = before.rpartition("且")  # 自投产之年起且亩均税收达到10万元
        what = last if len(last) > LEAST or (len(last) > 1 and _PARTY_AT_END.search(first)) else before
    else:
        act = _ACT_BEFORE.search(c.near_before)
        own = before + after if after in _SAYS_NO_KIND and len(before) > LEAST else after
        what = (act[0] if act and act[0] not in own else "") + own or before
    what = tidy(_NOT_REQUIRED.sub("", _OTHERS.sub("", what)))
    return _rank(what.removesuffix("前")) if phrases.RANKED.search(c.near_before) else what


_SAYS_NO_KIND = frozenset("项目 企业 单位".split())


def _rank(what: str) -> str:
    """Return what is ranked, with what a place among others is called: 首次进入全省营业收入 → 全省营业收入排名."""
    what = _LAST.sub("倒数排名", _REACHED_RANK.sub("", what))
    return what if what.endswith(("排名", "名次")) else what + "排名"


# Others of a list who need not meet it: ⟨中央企业、总部企业、⟩专利申请量超过100件的高校.
_OTHERS = re.compile(f"^(?>[^、的和与]{{0,10}}{w.PARTY}、)++(?=[^、]{{2,}}$)(?![^、]*{w.PARTY})")

_REACHED_RANK = re.compile(
    "^(?:首次)?(?:进入|获得|获评)|(?:位居|居|位列|名列|列|处于|排在|进入)(?=$|[全本]?[省市县区国])"
)

_LAST = re.compile("(?:排名)?(?:靠?后|末|倒数)$")

_PARTY_AT_END = re.compile(w.PARTY + "$")


_IN_YEAR = re.compile("^(?:上一?|本|当)年度?")  # when, and neither who nor what

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

_DEED_AFTER = re.compile(rf"(?:{phrases.NOISE})*(?P<what>{w.DOING}[^,。;、的\d]{{2,16}})")

_DONE_WITHIN = re.compile(
    "(?:之?内|以内)?(?P<what>(?!(?:之?内|以内|以[上下]|的|后|且|并|或))(?:[^的]{2,6}$|(?:开工|竣工|投产|建成|迁|搬|实现|转化|上市)[^的]{0,6}(?=的|$)))"
)

_LASTS = re.compile(
    "^[^,。;、且并]{0,10}(?:合同|协议|经历|经验|保险(?!公司|机构|代理|经纪))"
)  # 签订3年以上⟨劳动合同⟩

_FULL = re.compile("(?:年|已|均|届)?满$")  # 成立⟨满⟩两年


def _who(c: Context, what: str) -> str:
    """Who must meet a requirement: the head noun after it, the one addressed, or whom a list of requirements is for."""
    if remarked := _REMARKED.search(c.near_before):
        return tidy(strip_form_words(remarked[1]))
    if also := _PARTY_AND.search(squeezed(c.near_before)):
        return also["who"]
    if one := _ONE_OF_TWO.match(squeezed(c.near_after)):
        return one["who"]
    for match in (_ENTITY_AFTER.search(c.after), _HEAD_AFTER.search(c.near_after)):
        is_required = match and c.sentence.required_of and match[1] in what  # the staff that is to be there
        if match and not is_required and not _NO_PARTY.search(match[1]) and not _NO_ONE.search(match[1]):
            return _EXCEPTED.sub("", match[1])
    if phrases.ATTRIBUTE.match(c.near_after) and not phrases.AWARD_NOUN.search(c.after):
        return ""  # 招引投资10亿元以上项目8个: what stands before is what is done
    subject = _SUBJECT_MUST.match(squeezed(c.sentence.text[: c.clause[0]]))
    if (
        subject
        and subject["who"] not in what
        and not (c.sentence.required_of and _APPLIES.match(subject["who"]))
    ):
        return subject["who"]
    before = [part for part in clauses_of(masked(c.sentence, c.segment[0], c.clause[0])) if MET not in part]
    for who in (c.sentence.required_of,) if c.sentence.required_of else reversed(before):
        if (
            (head := _head(who))
            and head not in what
            and (c.sentence.required_of or not _PREDICATE.match(head))
            and not _CIRCUMSTANCE.match(head)
            and not _NO_ONE.search(head)
        ):
            return head
    if len(_IN_YEAR.sub("", what)) > _LONG_ENOUGH:
        return ""
    above = [part for part in clauses_of(masked(c.sentence, 0, c.segment[0])) if MET not in part]
    heads = map(_head, (*above[:1], c.sentence.awarded))
    return next((head for head in heads if head and MET not in head and not _NO_ONE.search(head)), "")


# A clause that requires something itself, and names nobody who must meet it: 应为全职引进, 首年免租.
_PREDICATE = re.compile(
    f"(?:应当|应[为在是]|须|需(?!求)|且|并(?![网购])|仍|首年|不得|建立|建有|具有|开展|达到|完成|实现|[^,。;]{{0,6}}期限[为是])(?!.*(?:{phrases.ACTOR.pattern}))"
)

# Who the sentence says must meet all that it requires: ⟨领军企业⟩,应管理制度健全,上年度商标注册量达到60件.
_SUBJECT_MUST = re.compile(
    f"(?:[(]?[\\d一二三四五六七八九十]{{1,2}}[)、.])?(?P<who>[^,;:的()\\d]{{2,20}}?{w.PARTY}),?(?:应当?|必须|须|需(?!求))(?!急|用|邀|对|届)"
)
_APPLIES = re.compile("申[报请]|企业|单位|机构|团队")  # whom the opening of the list names more closely

_SUM_NAMED = re.compile("(?:[额值]|收入|税收|利润)$")

# What is no one: a threshold of its own, a time, a code, what is done or comes out.
_NO_ONE = re.compile(
    r"(?:以上|以下|达到?|超过)$|不短于|不少于|不低于|至少|^[\u4e00-\u9fff]{0,4}(?:条件|要求|标准|指标|情形)$|^(?:后|条件|减按|每[件家个]?补|每个$|只补|给予|予以)|(?:中|\d年内|期间|以后|之后)$|^[A-Z0-9]+$|【"
    r"|仍|尚?未|由[^的]{2,}|^(?:实施[^的]{0,6}制|做实|推动|深化|列入部门|健全|完善)"
)

_CIRCUMSTANCE = re.compile("(?:在|自|于|从)[^的]*$")  # when and where, and not who

_LONG_ENOUGH = 6  # characters; a longer requirement says who must meet it, or is about a thing of its own


def _head(who: str) -> str:
    """The head noun of a phrase with attributes (新设立的代理机构 → 代理机构), with them where it says little (新引进的企业)."""
    if must := _WHO_MUST.match(who):
        return must["who"]
    named = _SO_OFTEN.sub("", _SUMMED_UP.sub("", who))
    if _ASKS.fullmatch(named):
        return _BRACKETS.sub("", _THAT_IS.sub(r"\1\2", named))
    head = named.rpartition("的")[2]
    if anyone := _ANYONE_DOES.match(head):  # 服务机构引进的⟨企业落户后两年内⟩
        return named.removesuffix(head) + anyone[0]
    return head if len(head) > SAYS_LITTLE else named if len(named) <= SHORT_PHRASE else head or named


_ANYONE_DOES = re.compile("(?:企业|单位|机构|项目)(?=落户|入驻|投产|注册|成立|完成|获得|取得|实现)")

# 申请支持的⟨服务机构⟩应满足在本区注册,…: who must, and not what they must do.
_WHO_MUST = re.compile(
    f"(?P<who>[^,;]{{2,24}}?{w.PARTY})(?:应当?|必须|须)(?:同时)?(?:满足|具备|符合|具有|在|为)"
)

# Who asks for what, which is a part of who must meet a requirement: ⟨申请供地的⟩工业项目.
_ASKS = re.compile("(?:申请|申报|享受)[^,。;、的]{1,16}的[^,。;、的]{2,10}")

_THAT_IS = re.compile(r"(申请|申报)[^()]*\((?:即|以下简称)“?([^()“”]{2,8})”?\)")  # 申请纳入补偿范围(即⟨入池⟩)

_BRACKETS = re.compile(r"\([^()]*\)")

_SO_OFTEN = re.compile("每[两二三四五]?[年届](?:评选?|评审|举办)[一1]次$")

_SUMMED_UP = re.compile("^.*[)、]?等(?!级)")  # what a list is summed up from: 快维中心等⟨公共服务机构⟩


def _is_tier(c: Context) -> bool:
    after = c.sentence.text[c.last.end : c.segment[1]]
    return len(c.series) > 1 and not c.quantity.bound and bool(phrases.RESPECTIVELY.search(after))
