"""What a figure does in its sentence: target, award, threshold, cap, fund, share, fine or past figure."""

from __future__ import annotations

import re
from collections.abc import Callable

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts
from dagster_project.records import Decision

_AWARD = re.compile(w.AWARD)
_AWARD_BEFORE = re.compile(w.AWARD + r"(?!资金|基金|金|政策|机制)[^,。;、\d]{0,10}$|奖$")
_AWARD_RATE = re.compile(r"^[^,。;]{0,14}" + w.AWARD)
_POOL_AFTER = re.compile(r"^(?:以上|左右|以内)?(?:的)?[^,。;、:]{0,18}?" + w.MONEY_POOL)
_POOL_BEFORE = re.compile(w.MONEY_POOL + r"(?:总?规模|总额|额度)?[^,。;、]{0,8}$")
_ACHIEVED = re.compile(w.ACHIEVEMENT + r"[^,。;给予补助奖励]{0,12}$")
_TIER_OF = re.compile(
    r"(?:\([^()]*\))?(?:以上|以下|以内|及以上)?的[^,。;]{0,16}?(?:,(?=[^。;]{0,12}?"
    + w.GRANT
    + ")|(?=可以?申|可以?享受|优先))"
)
_GRANT = re.compile(w.GRANT)
_PROCEEDS_BEFORE = re.compile(
    r"(?:净收益|转化收益)[^,。;]{0,24}比例[^,。;]{0,6}$|份额[,]?[^,。;]{0,6}奖励总额的$|(?:收益|所得|净收入)(?:中|的)?(?:提取|按照?|不低于|不少于|至少|以)*$"
)


def _reported(c: Context, _: Facts) -> str | None:
    """A fact about the past: 一是专利授权量26.9万件 under 目前现状; 发挥…等6家高新区作用."""
    s = c.sentence
    if s.section == "status":
        return "status section"
    for heading in reversed(s.headings[:-1] or s.headings):
        if w.PAST_HEADING.search(heading) and not w.FUTURE_HEADING.search(heading):
            return f"heading {heading}"
        if w.FUTURE_HEADING.search(heading):
            break
    if s.reports and not any(w.FUTURE_HEADING.search(heading) for heading in s.headings):
        return "title"
    if re.search(r"(?:由|从)[^,。;、]{0,12}$", c.near_before) and re.match(phrases.RISE_TO, c.own_after):
        return "由…提高到"
    if match := w.PASSING.search(c.near_before):
        return f"passing fact: {match[0][:2]}…等"
    head = s.text[: c.first.start]
    if (match := w.PAST.search(head)) and not w.FUTURE.search(head[match.end() :]) and not w.AIM.search(head):
        return match[0]
    return None


def _dated_past(c: Context, _: Facts) -> str | None:
    """A fact that its tense or an earlier year dates: 全年完成…,同比增长6.8%; 2020年登记金额8亿元 in a plan of 2021."""
    text = c.sentence.text[: c.clause[1]]
    if w.FUTURE.search(c.clause_before):
        return None
    if (match := w.PAST_TENSE.search(text)) and not (c.sentence.section == "goal" and "同比" in match[0]):
        return match[0]
    if (
        c.sentence.year
        and (years := [int(y) for y in re.findall(r"(?<![比较从由自到至\d])(20\d{2})年", c.before)])
        and years[-1] < c.sentence.year
    ):
        return f"{years[-1]} is past"
    return None


def _fine_threshold(c: Context, facts: Facts) -> str | None:
    """A threshold of a fine: 违法经营额五万元以上的,处…罚款."""
    if not _speaks_of_fines(c, facts) or re.search(r"处[^,。;]{0,12}$", c.clause_before):
        return None
    return "…的,处" if re.match(r"[^。;]*?的,?[^。;]{0,30}?(?:处|罚)", c.after) else None


def _fine(c: Context, facts: Facts) -> str | None:
    """A fine: 处二万元以上二十万元以下的罚款; 处违法所得一倍以上五倍以下罚款."""
    if _speaks_of_fines(c, facts) and re.search(r"处|罚款|罚金|滞纳金", c.before + c.clause_after):
        return "罚款"
    return None


def _speaks_of_fines(c: Context, facts: Facts) -> bool:
    text = c.sentence.text[c.segment[0] : c.segment[1]]
    return (facts.is_money or facts.is_share) and bool(re.search(w.PENALTY, text))


def _is_granted(c: Context, facts: Facts) -> bool:
    """The figure itself is what is granted: 给予50万元, 补助30%."""
    return (facts.is_money or facts.is_share) and bool(_AWARD_BEFORE.search(c.near_before))


def _entitles(c: Context, facts: Facts) -> str | None:
    """A threshold that a nominalised clause puts before an award: 新增发明专利40件以上…的,每家给予…."""
    if _is_granted(c, facts) or c.quantity.unit_word == "∶":
        return None
    after = c.sentence.text[c.quantity.end : c.segment[1]]
    if (facts.is_money or facts.is_share) and re.match(r"(?:以上|以内|左右)?的?(?:一次性)?" + w.AWARD, after):
        return None
    if re.match(r"(?:以上|以下|以内)?[^,。;、]{0,10}的部分", after) and _AWARD.search(after):
        return "…的部分"
    if not facts.is_share and (match := _TIER_OF.match(after)) and _GRANT.search(after, match.end()):
        return "…以上的…,给予"
    for name, pattern in (("…的,给予", w.ENTITLED), ("对…的…,给予", w.ADDRESSED_END)):
        if name.startswith("对") and not _is_addressed(c):
            continue
        match = pattern.search(after)
        if (
            match
            and _GRANT.search(after, match.start())
            and not (facts.is_money and _AWARD.search(after[: match.start()]))
        ):
            return name
    return None


def _attributive(c: Context, facts: Facts) -> str | None:
    """A sum that says which ones are counted: 投资10亿元以上项目8个, 年产值超5亿元的企业4家."""
    if not facts.is_money or facts.comparator not in {"ge", "gt", "le", "lt"}:
        return None
    match = phrases.ATTRIBUTE.match(c.near_after)
    counted = c.clause_after != c.near_after or re.search(r"占|达到|突破", c.near_after)
    return match[0] if match and counted else None


def _obliged(c: Context, facts: Facts) -> str | None:
    """A bound that the text obliges to: 培训时间每年不得少于24学时; 应当投保,赔偿限额不低于300万元."""
    if facts.comparator not in {"ge", "gt", "le", "lt"}:
        return None
    match = re.search(r"应当|必须|不得(?:超过|少于|低于|高于|大于|小于)|须(?!求)|限报|限享", c.before)
    return match[0] if match else None


def _is_addressed(c: Context) -> bool:
    """The segment names an addressee before the figure (对于成立年限5年以上…的机构), and no award yet."""
    found = list(re.finditer(r"(?:^|[,;。:.)\s])(?:对于|对|凡是|凡)", c.before))
    return bool(found) and not _AWARD.search(c.before, found[-1].end())


def _required(c: Context, facts: Facts) -> str | None:
    """A requirement: under 申报条件, after 应当具备下列条件:, an age, a duration that must be served."""
    if _is_granted(c, facts):
        return None
    granted_in_clause = _AWARD.search(c.clause_before + c.clause_after)
    for heading in c.sentence.headings[-2:]:
        if w.CONDITION_HEADING.search(heading) and not granted_in_clause:
            return f"heading {heading[:20]}"
    if (
        match := w.CONDITION_LEAD.search(c.sentence.lead + c.sentence.text[: c.first.start])
    ) and not granted_in_clause:
        return match[0]
    if c.quantity.unit_word in phrases.AGES:
        return "age"
    if c.quantity.unit_word in {"位", "名"} and re.search(r"(?:排名|前)$", c.near_before):
        return "rank"
    if c.quantity.unit_word in phrases.DURATIONS:
        return "duration that must be served"
    if (
        (match := w.CONDITION_WORDS.search(c.near_before))
        and w.GE_AFTER.match(c.own_after)
        and not facts.is_money
    ):
        return match[0]
    return None


def _share_of_proceeds(c: Context, facts: Facts) -> str | None:
    """A share of proceeds: 净收益的70%以上奖励给研发团队."""
    of_proceeds = _PROCEEDS_BEFORE.search(c.near_before) or re.match(
        r"(?:以上)?的?(?:净?收益|净收入)", c.near_after
    )
    return "share of proceeds" if facts.is_share and of_proceeds else None


def _award_rate(c: Context, facts: Facts) -> str | None:
    """A rate of what is paid for: 按实际投入的30%给予补助; 给予30%的补贴."""
    if not facts.is_share or phrases.is_growth(c):
        return None
    by_rate = re.search("按|依", c.clause_before) and _AWARD_RATE.match(c.after)
    return "rate of an award" if _is_granted(c, facts) or by_rate or _AWARD_RATE.match(c.near_after) else None


def _allotted(c: Context, facts: Facts) -> str | None:
    """A share of money, risk or income: 用于集聚区建设的资金比例不得少于40%; 按8∶2的比例承担."""
    if not facts.is_share or phrases.is_growth(c):
        return None
    match = w.ALLOCATION.search(c.clause_before + "N" + c.clause_after)
    return match[0] if match else None


def _rate_rise(c: Context, facts: Facts) -> str | None:
    """An award raised by so much: 在上述基础上增加5个百分点; 上浮20%."""
    if not facts.is_share:
        return None
    match = re.search(
        r"(?:上浮|加奖|另增|再增加?|再提高|基础上[^,。;]{0,4}(?:增加|提高))[^,。;]{0,6}$", c.near_before
    )
    granting = facts.after_award or c.sentence.provision_grants or _AWARD.search(c.clause_after)
    return match[0] if match and granting else None


def _limit(c: Context, facts: Facts) -> str | None:
    """A limit on what one recipient can get: 同一企业年度累计不超过200万元; 每家企业每年最多支持6个展位."""
    if facts.comparator != "le":
        return None
    one = re.search(
        r"(?:同一|单个|单家|单户|单项|每[个家户人件])[^,。;、]{0,6}(?:企业|单位|项目|机构|人|主体|申请|专利|主办方|家|户)?",
        c.clause_before,
    )
    if not one:
        return None
    if facts.is_money and not re.search(w.ACHIEVEMENT + "|保额|赔偿|授信|罚", c.clause_before):
        return one[0]
    counted = (
        not facts.is_money
        and not facts.is_share
        and (facts.after_award or re.search(w.AWARD, c.clause_before))
    )
    return one[0] if counted else None


def _rate_cap(c: Context, facts: Facts) -> str | None:
    """The cap of a rate in the clause after an award: 给予补助,最高不超过投资额的30%."""
    return (
        "cap of an award"
        if facts.is_share and not phrases.is_growth(c) and facts.after_award and facts.comparator == "le"
        else None
    )


def _granted(c: Context, facts: Facts) -> str | None:
    """A sum right after a word of granting: 给予50万元."""
    match = _AWARD_BEFORE.search(c.near_before) if facts.is_money else None
    return match[0] if match and not re.search("贷款|融资", match[0]) else None


def _budgeted(c: Context, facts: Facts) -> str | None:
    """Public money set aside: 省财政五年安排25亿元予以支持."""
    if not facts.is_money or "财政" not in c.clause_before:
        return None
    match = re.search(w.APPROPRIATED + r"[^,。;]{0,6}$", c.near_before)
    return match[0] if match else None


def _fund(c: Context, facts: Facts) -> str | None:
    """A fund or a budget: 1亿元风险补偿资金; 基金规模达到10亿元."""
    match = (
        (_POOL_AFTER.match(c.near_after) or _POOL_BEFORE.search(c.near_before)) if facts.is_money else None
    )
    return match[0] if match else None


def _granted_in_clause(c: Context, facts: Facts) -> str | None:
    """A sum in a clause that grants: 一次性50万元的奖励."""
    if not facts.is_money:
        return None
    if match := _AWARD.search(c.clause_after):
        return match[0]
    if (match := _AWARD.search(c.clause_before)) and not _ACHIEVED.search(c.near_before):
        return match[0]
    return None


def _granted_in_sentence(c: Context, facts: Facts) -> str | None:
    """A further sum or a cap after an award: …奖励3万元,…,每个单位每年最高不超过30万元."""
    if (
        not facts.is_money
        or _ACHIEVED.search(c.near_before)
        or not (facts.after_award or _AWARD.search(c.before))
    ):
        return None
    return "cap of an award" if facts.comparator == "le" else "award in the sentence"


def _appropriated(c: Context, facts: Facts) -> str | None:
    """Money set aside: 每年安排2000万元,用于…专项资金."""
    if not facts.is_money or not re.search(w.MONEY_POOL, c.clause_before + c.clause_after):
        return None
    match = re.search(w.APPROPRIATE, c.near_before)
    return match[0] if match else None


def _of_fund(c: Context, facts: Facts) -> str | None:
    """A part of a fund, or public money over years: 基金…,首期10亿元; 财政…五年累计投入60亿元."""
    if not facts.is_money:
        return None
    if (match := re.search(r"首期|一期|到位|注资", c.near_before)) and re.search("基金|资金", c.before):
        return match[0]
    match = re.search(r"投入[^,。;]{0,6}$", c.near_before)
    return match[0] if match and re.search("财政|资金|经费", c.before) else None


def _past_column(c: Context, _: Facts) -> str | None:
    """A cell under a year before the plan: 2020年 2025年 … 186 400."""
    year = c.quantity.column_year
    return f"column {year}" if year and c.sentence.year and year < c.sentence.year else None


def _later_column(c: Context, _: Facts) -> str | None:
    """A cell under a later year."""
    return f"column {c.quantity.column_year}" if c.quantity.column_year else None


KINDS: tuple[tuple[str, Callable[[Context, Facts], str | None]], ...] = (  # the first rule that fits decides
    ("baseline", _past_column),
    ("target", _later_column),
    ("baseline", _reported),
    ("condition", _fine_threshold),
    ("sanction", _fine),
    ("condition", _entitles),
    ("condition", _required),
    ("condition", _attributive),
    ("incentive", _limit),
    ("allocation", _share_of_proceeds),
    ("incentive", _award_rate),
    ("incentive", _rate_rise),
    ("allocation", _allotted),
    ("incentive", _rate_cap),
    ("funding", _of_fund),
    ("incentive", _granted),
    ("funding", _fund),
    ("funding", _budgeted),
    ("incentive", _granted_in_clause),
    ("incentive", _granted_in_sentence),
    ("funding", _appropriated),
    ("baseline", _dated_past),
    ("condition", _obliged),
)


def kind(c: Context, facts: Facts) -> Decision[str]:
    """What the figure does in its sentence: award, threshold, cap, fund, share, fine, past figure or target."""
    for code, rule in KINDS:
        if why := rule(c, facts):
            return Decision(code, rule.__name__.strip("_"), why)
    return Decision("target", "", "no other role")


#: Rules that find a sum to be granted itself, not to limit what an earlier sentence grants.
AWARD_RULES = frozenset({"granted", "granted_in_clause", "granted_in_sentence"})
