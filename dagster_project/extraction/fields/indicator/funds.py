"""Funds and shares of money, income and burdens."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found
from dagster_project.extraction.fields.indicator.field import INDICATOR
from dagster_project.extraction.fields.indicator.nouns import (
    AFTER_NOISE,
    LEAST,
    NAMED,
    change,
    join,
    noun_after,
    noun_before,
    strip_form_words,
    thing_before,
    what_of_it,
    whole,
)
from dagster_project.extraction.topics import MET, VALUE, clauses_of, is_fragment, masked, squeezed, tidy
from dagster_project.reading.vocabulary import one_of

_MONEY_POOL = re.compile(w.MONEY_POOL)

_SHARE_OF = re.compile("的([^,。;的]{2,24})")


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
    after = AFTER_NOISE.sub("", c.following[: pool.end()]) if pool else noun_after(c, facts)
    before = noun_before(c, facts)
    joined = before if before and after.startswith(("用于", "投向")) else join(before, after)
    if not _MONEY_POOL.search(_ENTERED.sub("", joined)) and (entered := _ENTERED_AS.search(c.before)):
        yearly = "年度" if _YEARLY.search(c.near_before) else ""
        return entered["pool"] + yearly + change(c, facts), entered[0]
    joined = _ENTERED.sub("", joined)
    if not _MONEY_POOL.search(joined) and (later := _POOL_LATER.search(c.after)):
        joined += later["pool"]
    own = _SET_ASIDE.sub("", joined)
    if _BY_A_TREASURY.search(own):
        own += "资金"
    size = _SIZE.search(squeezed(c.near_before)) if facts.form == "level" else None
    if size and _MONEY_POOL.search(own) and not NAMED.search(own):
        own += size[0]
    if _PART_OF_FUND.fullmatch(own) and (of := _founded(c)):
        return of + own, of
    unnamed = _UNNAMED_MONEY.fullmatch(own)
    if unnamed and (spent := _SPENT_ON.match(squeezed(c.after))):
        yearly = "年度" if _YEARLY.search(c.near_before) else ""
        return tidy(spent["what"]).removeprefix("在") + yearly + unnamed["money"], spent[0]
    if unnamed and facts.comparator != "le" and (purpose := _PURPOSE.match(squeezed(c.after))):
        return purpose["what"] + unnamed["money"], purpose[0]
    name = whole(own, c, facts)
    return (name, name.removesuffix(own)) if name else None


# What is a part of a fund that the clause before founds: ⟨第一期规模⟩60亿元, ⟨各县区各出资⟩300万元.
_PART_OF_FUND = re.compile("(?:第[一二三]期|首期)(?:总?规模|资金|出资)?|[^,。;的]{2,8}?(?:各|分别)?出资额?")
_FOUNDED = re.compile(f"(?:设立|建立|组建|成立|发起)(?P<pool>[^,。;{VALUE}]{{3,24}})$")


def _founded(c: Context) -> str:
    """Return what the clauses before found, last: 分级设立⟨过桥周转专项资金⟩,市本级安排400万元."""
    clauses = reversed(_ANY_CLAUSE.split(masked(c.sentence, 0, c.clause[0])))
    found = next(filter(None, (_FOUNDED.search(squeezed(clause)) for clause in clauses)), None)
    return tidy(found["pool"]) if found else ""


# Money that is named by nothing but who gives it, and what it is spent on: 安排资金500万元,组织实施⟨转化专项计划⟩.
_UNNAMED_MONEY = re.compile(
    "(?:市|省|县|区|本级|财政|每年|再|统筹|安排|投入|拨付|筹措|落实|列支|专项|最高|不超过)*(?P<money>(?:专项|活动|工作|运行)?(?:资金|经费))"
)
# The same in one breath: 每年安排100万元经费⟨支持服务中心建设⟩.
_SPENT_ON = re.compile(
    rf"{phrases.BOUND}?的?(?:专项|活动|工作|运行)?(?:资金|经费),?(?:用于|支持|保障)(?P<what>[^,。;{VALUE}\d、]{{4,30}})(?=[,。;]|$)"
)
_PURPOSE = re.compile(
    f"(?:的资金|元)?,(?:用于|用以)?(?P<what>(?:组织实施|实施|开展|支持)[^,。;{VALUE}\\d]{{3,24}})(?=[,。;]|$)"
)

# What the money is put into, where only a later clause says so: 每年统筹4500万元,设立⟨工业发展专项资金⟩.
_POOL_LATER = re.compile(
    rf"^[^。;]*?,(?:用于)?(?:设立|建立|组建|作为)(?P<pool>[^,。;]{{2,20}}?{w.MONEY_POOL})"
)

# What is entered in a budget, of which the next clause says how much: ⟨专项资金⟩列入财政预算,每年安排3000万元.
_ENTERED_AS = re.compile(
    f"(?:^|[,;。]|\\s)(?:市|县|区|省|各级|财政|、|\\([^()]*\\))*(?:将|把)?(?P<pool>[^,。;、\\s]{{2,20}}?(?:{w.MONEY_POOL}))(?:列入|纳入)[^,。;]*预算[^。;]*$"
)
_ENTERED = re.compile("(?:列入|纳入).*$")
_YEARLY = re.compile("每年|年度")

_SIZE = re.compile("(?:首期)?(?:总?规模|总额)")  # what the text says of a fund: 总规模5亿元

_SET_ASIDE = re.compile(f"^(?:{w.APPROPRIATED}|落实|兑现)(?=[^,]*{w.MONEY_POOL})")

_BY_A_TREASURY = re.compile("(?:财政|本级|[省市县区]级)$")


# What is paid in as many parts as there are stages: 按⟨辅导备案、申报受理、成功上市⟩三个阶段,分别兑现20%、30%、50%.
_STAGES = re.compile(
    rf"(?:^|[,(:;]|按照?|分|实现)(?P<list>[^,。;:(){VALUE}、和及]+(?:[、和及][^,。;:(){VALUE}、和及]+?)+){VALUE}?(?:之?后)?(?:\([^()]*\))?(?:[\d两三四五]|等)?个?(?:阶段|环节|节点),?[^,。;]*$"
)
_OF_WHOLE = re.compile(r"按(?P<of>(?:应|核定|确定)[^,;\d]{2,8}?)的?$")  # 按⟨应奖励额⟩的40%
_FULL_AT_END = re.compile("满$")
_LEADS_IN = re.compile("^.*(?:按照?|实现|分)(?=.{2})")
_LISTED = re.compile("[、和及]")
_PAID_BY_STAGE = re.compile("兑现|兑付|拨付|支付|发放|奖励|补助|补贴")


@INDICATOR.rule(
    yes=(
        "对上市企业给予600万元奖励(按辅导备案、成功上市两个阶段,分别兑现⟨40%⟩、60%)。",
        "奖励按主体封闭、竣工验收和运营满6个月后3个阶段,分别按应奖励额的⟨40%⟩、30%、30%兑现。",
    ),
    no=("对上市企业给予600万元奖励,分两个阶段兑现⟨40%⟩、60%。",),
    source="awards are paid out as their projects proceed: 按开工、竣工、投产三个阶段分别拨付",
)
def part_at_a_stage(c: Context, facts: Facts) -> Found:
    """A part that is paid at one of several stages, which a list names: 按开工、竣工两个阶段,分别兑现40%、60%."""
    if len(c.series) < 2 or c.quantity.unit_word != "%":
        return None
    said = masked(c.sentence, c.segment[0], c.first.start)
    match = _STAGES.search(squeezed(said))
    stages = _LISTED.split(match["list"]) if match else []
    if len(stages) != len(c.series):
        return None
    whole = _OF_WHOLE.search(c.clause_before)
    act = _PAID_BY_STAGE.search(_OF_WHOLE.sub("", c.clause_before)) or _PAID_BY_STAGE.search(c.clause_after)
    stage = _FULL_AT_END.sub("", tidy(_LEADS_IN.sub("", stages[c.place])))
    of = shared(c, _PAID) or facts.awarded
    share = f"占{whole['of']}比例" if whole else "比例"
    return f"{of}{stage}阶段{act[0] if act else '兑现'}{share}", match[0] if match else ""


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
        pool = shared(c, _POOL)
        if not pool and facts.before and facts.before.kind == "funding":
            pool = thing_before(facts)
        return pool + used["use"] + "比例", used[0]
    if used := _USED_AFTER.match(squeezed(c.near_after)):
        own = tidy(strip_form_words(_DEALT_BY.sub("", said.removesuffix("的").removesuffix("中"))))
        if len(own) < LEAST and facts.before and facts.before.kind == "funding":
            own = thing_before(facts)
        return (own if len(own) >= LEAST else shared(c, _POOL)) + used["use"] + "比例", used[0]
    if paid := _PAID_OUT.search(said):
        return shared(c, _PAID) + paid["when"] + (paid["act"] or "兑付") + "比例", paid[0]
    if taken := _TAKEN_FROM.search(said):
        return f"{taken['of']}提取{_taken_for(c)}比例", taken[0]
    of = _SHARE_OF.match(c.near_after)
    name = join(noun_before(c, facts), of[1] if of else noun_after(c, facts))
    name = _OF_LOSS.sub("", _DEALT_BY.sub("", name))
    if made_good := _MADE_GOOD.match(squeezed(c.near_after)):
        name += made_good["act"]
    if _WEIGHT.search(name):  # of what is assessed, and not of a fund
        return whole(name, c, facts), ""
    if is_fragment(name):
        name = shared(c, _POOL) + name
    return name + what_of_it(c, facts, name), ""


_WEIGHT = re.compile("(?:权重|分值)$")

_OF_LOSS = re.compile("(?<=..)按照?(?=[^,。;]*(?:损失|本金|余额|代偿额)$)")  # 资金池⟨按⟩实际损失的40%补偿
_MADE_GOOD = re.compile(f"{phrases.BOUND}?(?:给予|予以|进行)?(?P<act>补偿|代偿|分担)")
_DEALT_BY = re.compile("^(?:分别|依次)?按照?")

# Who bears a part of it: 由⟨风险补偿资金⟩承担40%.
_BORNE_BY = re.compile(
    rf"(?:^|[由,:、])(?P<who>[^,。;:由]{{1,16}}?)(?:各|分别)?(?:按照?)?(?:承担|分担|负担)(?:{one_of(w.COMPARATORS)})?$"
)

# What a part of it is used for: 其中⟨用于转化运用的⟩比例不低于50%.
_USED_FOR = re.compile(
    rf"^[,、]?(?:其中,?)?(?P<use>(?:用于|投向)[^,。;:]{{2,24}}?的?)(?:资金|经费|部分)?(?:比例|占比|比重)?(?:{one_of(w.COMPARATORS)}|占|为|达到?)*$"
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

# What is paid in parts: ⟨安家补助⟩分五年发放.
_PAID_NAME = re.compile(
    rf"(?P<what>[^,。;{VALUE}的]{{0,12}}?(?:资金|奖励|补助|补贴|资助|奖金|经费))(?=分|按|自|由|先|逐)"
)

# What is granted, which is paid in parts: 给予30万元的⟨建设经费⟩,分两次拨付.
_GRANTED = re.compile(
    rf"(?:{VALUE}的?(?:一次性)?|(?:给予|安排|拨付|补助)(?=[^,。;]*{VALUE}$))(?P<what>[^,。;{VALUE}的]{{0,8}}?(?:资金|奖励|补助|补贴|资助|经费)){VALUE}?$"
)

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
            if what is _PAID and (paid := _PAID_NAME.match(squeezed(clause))):
                return tidy(paid["what"])
            tail = clause.rpartition("的")[2] if VALUE in clause and "的" in clause else ""
            parts = [found["what"]] if what is _POOL else [*clauses_of(clause)]
            parts = parts or ([tail] if VALUE not in tail else [])
            if what is _PAID and (granted := _GRANTED.search(clause)):  # 给予30万元的⟨建设经费⟩
                before = c.sentence.text[: c.clause[0]]
                whose = [
                    part
                    for part in clauses_of(masked(c.sentence, c.segment[0], c.clause[0]))
                    if MET not in part
                ]
                said = whose[0] if whose else c.sentence.awarded if not before.strip() else ""
                return said + granted["what"]
            names = (strip_form_words(tidy(_SHARED_OUT.sub("", part.replace(MET, "")))) for part in parts)
            if name := "".join(names):
                return name
    return c.sentence.total or c.sentence.awarded
