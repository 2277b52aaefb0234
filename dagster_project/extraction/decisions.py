"""How each field of a measure is decided: one small function a field, each returning its value and why.

Every function reads only the `Context` of the quantity and what was decided before it. The reasons are kept
with the measure, so that a reader can be told which rule and which words decided.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context

Decision = tuple[str, str]

_COMPARATOR = re.compile(w.one_of(" ".join(w.COMPARATORS)))
_ADJACENT = frozenset("满 已满 近 上 超 约 > < ≥ ≤ 逾".split())  # must stand next to the number
_ASPIRATION_START = re.compile(
    r"(?:^|[,:])\s*(?:力争|争取|力求)(?:到|在|用|于|通过|经过)?(?:20\d{2}年|“?十[三四五六七]五|[一二三四五两\d]{1,2}年|今年|全年)[^;。]*$"
)
_ASPIRATION = re.compile(r"力争|争取|力求|争创|争(?=达|突破|实现|取得|新增)")
_ORG_NOUN_LAST = re.compile(
    rf"({w.one_of(' '.join(w.NOUNS))})(?:总?(?:数|数量|量)|总数|数量)?(?:新增|增加|有|发展到|增至|增加到|扩大到|不超过|最多|不高于|共|\s)*"
    + w.REACHING
    + r"(?:\s)*$"
)
_NOUN = re.compile(w.one_of(" ".join(w.NOUNS)))
_PER_10K = re.compile(r"每?(?:一)?万人(?:口)?(?!次)[^,。;]{0,16}(?:拥有|专利|量|数)|/万人")


def unit(c: Context) -> Decision:
    """Unit code: by the unit word, or by the noun that is counted (5个…项目 → project)."""
    word = c.quantity.unit_word
    if word == "∶":
        return "percent", "sides of a ratio are shares"
    known = w.UNITS.get(word)
    around = c.following or c.near_before
    if word in {"件", "项", "个", "人", "名"} and _PER_10K.search(
        (c.row_label if c.quantity.column_year else c.clause_before) + word + c.near_after[:4]
    ):
        return "items_per_10k_people", "每万人…拥有量"
    if word in {"件", "种", "款"} and re.search(w.PRODUCTS, around):
        return "product", f"{word} of products"
    if word == "项" and re.search(w.PRODUCTS, c.following):
        return "product", f"{word} of products"
    if known and word not in {"户", "所", "座", "部", "位", "起"}:
        return known, f"unit word {word}"
    noun = counted_noun(c)
    if noun:
        return w.NOUNS[noun], f"{word} of {noun}"
    default = {
        "项": "project",
        "位": "person" if not re.search(r"前$", c.near_before) else "other",
        "户": "org",
        "所": "org",
        "部": "item",
        "起": "deal",
        "款": "product",
    }
    return default.get(word, "other"), f"unit word {word} without a known noun"


def counted_noun(c: Context) -> str | None:
    """Return the entry of `NOUNS` that the number counts: the head noun after it, else the one before it."""
    text = re.sub(r"\([^()]*\)", lambda m: m[0] if m[0] == "(市)" else "", c.following)
    for match in _NOUN.finditer(text):
        if w.NOUN_END.match(text, match.end()):
            return match[0]
    before = _ORG_NOUN_LAST.search(re.sub(r"\([^()]*\)", "", c.near_before))
    return before[1] if before else None


def comparator(c: Context) -> Decision:
    """ge, gt, le, lt, approx or eq, from what stands right after the number, else from the words before it."""
    q = c.quantity
    for text in (c.own_after, c.near_after):
        for code, pattern in (
            ("lt", w.LT_AFTER),
            ("ge", w.GE_AFTER),
            ("le", w.LE_AFTER),
            ("approx", w.APPROX_AFTER),
        ):
            if match := pattern.match(text):
                return code, match[0]
        if q.bound:
            break
    found = list(_COMPARATOR.finditer(c.near_before))
    if found and q.bound != "low":
        last = found[-1]
        gap = c.near_before[last.end() :]
        code = w.COMPARATORS[last[0]]
        limit = 0 if last[0] in _ADJACENT else 24 if gap.endswith("的") else 14 if code == "le" else 5
        if (
            last[0] == "不"
            or re.match(r"(?:级|高清|大|前|额|标|常|出|价|工资|生活|收费|限度|等级|控制价)", gap)
            or (last[0] == "上" and not re.match(r"[十百千万亿]", c.sentence.text[q.start :]))
        ):
            limit = -1
        if len(gap.strip()) <= limit and "、" not in gap:
            return code, last[0]
    if q.bound:
        return ("ge", "low end of a range") if q.bound == "low" else ("le", "high end of a range")
    if q.unit_word == "位" and re.search(r"(?:前|排名)$", c.near_before):
        return "le", "前…位"
    if q.is_inexact:
        return "gt", "余, 多"
    return "eq", "no word of comparison"


def is_aspirational(c: Context) -> tuple[bool, str]:
    """力争, 争取, 争 before the number in its clause, or at the head of the sentence with a date (力争到2025年,)."""
    if match := _ASPIRATION.search(c.clause_before):
        return True, match[0]
    if match := _ASPIRATION_START.search(c.sentence.text[: c.first.start]):
        return True, match[0].strip(",;。:")[:12]
    return False, ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was decided of a quantity before its kind.

    Attributes:
        unit: Its unit code.
        comparator: Its comparator.
        after_award: An award stands before it in its sentence, or at the end of the sentence before.
    """

    unit: str
    comparator: str
    after_award: bool

    @property
    def is_money(self) -> bool:
        """A sum in yuan."""
        return self.unit == "CNY"

    @property
    def is_share(self) -> bool:
        """A percentage or a multiple."""
        return self.unit in {"percent", "ratio"}


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
_DURATIONS = frozenset("年 个月 月 天 小时".split())
_AGES = frozenset("岁 周岁".split())


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
    if re.search(r"(?:由|从)[^,。;、]{0,12}$", c.near_before) and re.match(_RISE_TO, c.own_after):
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
    match = ATTRIBUTE.match(c.near_after)
    counted = c.clause_after != c.near_after or re.search(r"占|达到|突破", c.near_after)
    return match[0] if match and counted else None


ATTRIBUTE = re.compile(r"(?:以上|以下)?的?[^,。;、\d]{0,10}?" + w.ATTRIBUTED + r"[^,。;、\d]{0,8}")


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
    if c.quantity.unit_word in _AGES:
        return "age"
    if c.quantity.unit_word in {"位", "名"} and re.search(r"(?:排名|前)$", c.near_before):
        return "rank"
    if c.quantity.unit_word in _DURATIONS:
        return "duration that must be served"
    if (
        (match := w.CONDITION_WORDS.search(c.near_before))
        and w.GE_AFTER.match(c.own_after)
        and not facts.is_money
    ):
        return match[0]
    return None


_GROWN = re.compile(w.GROWTH + r"(?:率|幅度?|速度?)?" + w.REACHING + "$")
_GROWTH_AFTER = re.compile(r"(?:以上|左右|以内)?的?(?:年均|平均)?(?:复合)?" + w.GROWTH + "(?![到至])")
_RISE_TO = r"(?:左右)?(?:增长|提高|提升|增加|扩大|下降|降低|减少|压减|压缩|缩短)(?:到|至)"


def _is_growth(c: Context) -> bool:
    """The figure is a rate of growth: 年均增长10%, 降低13.5%; not a value that was reached: 提高到3.2%."""
    return bool(_GROWN.search(c.near_before) or _GROWTH_AFTER.match(c.near_after))


def _goes_on(c: Context) -> bool:
    """A second rate for the same growth: 增长6%、力争7%."""
    match = re.search(r"[\d.]+%(?:以上|左右)?[、,](?:力争|争取|确保|努力)(?:达到|实现)?$", c.clause_before)
    return bool(match and _GROWN.search(c.clause_before[: match.start()]))


def _share_of_proceeds(c: Context, facts: Facts) -> str | None:
    """A share of proceeds: 净收益的70%以上奖励给研发团队."""
    of_proceeds = _PROCEEDS_BEFORE.search(c.near_before) or re.match(
        r"(?:以上)?的?(?:净?收益|净收入)", c.near_after
    )
    return "share of proceeds" if facts.is_share and of_proceeds else None


def _award_rate(c: Context, facts: Facts) -> str | None:
    """A rate of what is paid for: 按实际投入的30%给予补助; 给予30%的补贴."""
    if not facts.is_share or _is_growth(c):
        return None
    by_rate = re.search("按|依", c.clause_before) and _AWARD_RATE.match(c.after)
    return "rate of an award" if _is_granted(c, facts) or by_rate or _AWARD_RATE.match(c.near_after) else None


def _allotted(c: Context, facts: Facts) -> str | None:
    """A share of money, risk or income: 用于集聚区建设的资金比例不得少于40%; 按8∶2的比例承担."""
    if not facts.is_share or _is_growth(c):
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
        if facts.is_share and not _is_growth(c) and facts.after_award and facts.comparator == "le"
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


def kind(c: Context, facts: Facts) -> Decision:
    """What the figure does in its sentence: award, threshold, cap, fund, share, fine, past figure or target."""
    for code, rule in KINDS:
        if why := rule(c, facts):
            return code, f"{rule.__name__.strip('_')}: {why}"
    return "target", "no other role"


_SHARED_KINDS = frozenset({"incentive", "allocation", "sanction"})
_RANKED = _DURATIONS | _AGES | frozenset({"位", "名次"})


def _multiple(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """是十二五末的2.7倍; 翻一番. 增长两倍 is growth."""
    if c.quantity.unit_word != "倍":
        return None
    if kind_code not in _SHARED_KINDS and _GROWN.search(c.near_before):
        return "growth_total", "增长…倍"
    return "multiple", "倍"


def _of_percent(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """A share (结案率达到100%), or growth a year (年均增长10%), or in all (三年增长15%; 提高5个百分点)."""
    if unit_code not in {"percent", "ratio"}:
        return None
    if kind_code in _SHARED_KINDS or c.quantity.unit_word == "∶":
        return "share", kind_code
    points = "点" in c.quantity.unit_word
    if not points and not _is_growth(c) and not _goes_on(c):
        return "share", "proportion"
    clause = c.clause_before
    if (match := w.SINCE.search(clause)) and not w.YEARLY.search(clause):
        return "growth_total", match[0]
    if match := w.YEARLY.search(clause) or w.YEARLY.match(c.near_after):
        return "growth_annual", match[0]
    if points or re.search(r"率[^,。;率]{0,4}(?:提高|提升|下降|降低|增加)", c.near_before):
        return "growth_total", "change of a rate"
    if match := w.SPAN_TO.search(c.before):
        return "growth_total", match[0]
    return "growth_annual", "growth without another span of time"


def _of_payment(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """Awards and fines are paid: 给予50万元."""
    return ("flow", "paid") if kind_code in {"incentive", "sanction"} else None


def _of_funding(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """Money set aside flows (安排2亿元经费); a fund has a size (总规模50亿元的基金)."""
    if kind_code != "funding":
        return None
    match = re.search(w.APPROPRIATED + "|每年|年度|本年|当年", c.clause_before)
    return ("flow", match[0]) if match else ("level", "size of a fund")


def _of_threshold(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """A state to be in (注册资本, 代理师超过10人, 成立满2年), or something to be done (新增40件, 惠及5家, 销售额)."""
    if kind_code != "condition":
        return None
    near = c.near_before
    if c.quantity.unit_word in _RANKED:
        return "level", "duration, age or rank"
    if unit_code == "CNY" and len(c.series) == 1 and ATTRIBUTE.match(c.own_after):
        return "level", "says which ones are counted"
    if match := re.search(r"(?:注册|实缴|拥有|保有|存量|余额|总容)[^,。;、]{0,12}$", near):
        return "level", match[0]
    if match := re.search(w.FLOW + "|年度|当年|首次|工作时间", near):
        return "flow", match[0]
    if match := re.search(w.STOCK, near):
        return "level", match[0]
    if match := re.search(w.ACTIVITY + r"[^,。;、]{0,12}$", near):
        return "flow", match[0]
    return (
        ("level", "state to be in")
        if unit_code in {"org", "person", "other", "year"}
        else ("flow", "to be done")
    )


def _of_density(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """A figure per head: 每万人口发明专利拥有量."""
    if re.search(r"[人户]均[^,。;、]{0,8}(?:收入|费用|支出|消费|产值)", c.near_before):
        return "flow", "a flow per head"
    match = re.search(r"人均|户均|每[百千万]*(?:名|人|户)", c.near_before)
    if unit_code == "items_per_10k_people" or match:
        return "level", match[0] if match else "density"
    return None


def _of_change(c: Context, kind_code: str, unit_code: str) -> tuple[str, str] | None:
    """A count that grew by so much: 比2015年增加9.6件."""
    if re.search(r"[比较][^,。;]{2,14}(?:增加|减少|提高|增长|多|少)$", c.near_before):
        return "growth_total", "比…增加"
    return None


def _of_count(c: Context, kind_code: str, unit_code: str) -> tuple[str, str]:
    """A total at a date (总数达到1500家, 累计300家), or what is produced (培育50家, 成交额突破40亿元)."""
    near = c.near_before or c.clause_before
    if match := re.search(
        r"(?:[一二两三四五六七八九十\d]年|期间|规划期)[^,。;]{0,10}(?:累计|总额|总量)", c.clause_before
    ):
        return "flow", match[0]
    if c.quantity.column_year:
        return "level", "cell of a table"
    if kind_code == "target" and (match := _YEARLY_COUNT.search(c.clause_before)):
        return "flow", match[0]
    if kind_code == "baseline":
        return _of_past_count(c, near)
    if (match := re.search(w.FLOW + w.REACHING + "$", near)) and not re.search(
        "达|突破|超|稳定|保持", match[0]
    ):
        return "flow", match[0]
    if match := re.search(w.STOCK, near):
        return "level", match[0]
    if re.search(
        r"(?:达到?(?:了)?(?:不少于|不低于|超过)?|为|超过?|突破|保持在?|稳定在?)$", near
    ) and not _ACTIVE.match(c.clause_before):
        return "level", "达到"
    return "flow", "to be produced"


def _of_past_count(c: Context, near: str) -> tuple[str, str]:
    if match := re.search(r"共有|拥有|现有|保有|存量|余额|总数|每[千万]|共$", near):
        return "level", match[0]
    span = re.search(r"期间|年来|全年|去年|上年|(?<!到)\d{4}年(?!底|末|初)", c.sentence.text[: c.first.start])
    if span and (match := re.search(w.ACTIVITY + r"|" + w.FLOW, near) or re.search("累计|达到?$", near)):
        return "flow", f"{span[0]}, {match[0]}"
    if "累计" in near:
        return "level", "累计"
    if match := re.search(w.FLOW + w.REACHING + "$", near) or re.search(w.DONE + r"[^,。;、]{0,16}$", near):
        return "flow", match[0]
    return "level", "reported state"


FORMS = (
    _multiple,
    _of_percent,
    _of_payment,
    _of_funding,
    _of_threshold,
    _of_density,
    _of_change,
)  # the first that fits


def form(c: Context, kind_code: str, unit_code: str) -> Decision:
    """level, flow, growth_annual, growth_total, multiple or share."""
    for rule in FORMS:
        if found := rule(c, kind_code, unit_code):
            return found
    return _of_count(c, kind_code, unit_code)


_ACTIVE = re.compile(
    r"^(?:\s|全[市省县区]|我[市省县区]|每年|累计|共|再|年内|到?\d{4}年(?:底|末)?|力争|争取|推动|支持|鼓励|[,、])*"
    + w.ACTIVITY
)
_PER = tuple((re.compile(pattern), code) for pattern, code in w.PER)
_YEARLY_CLAUSE = re.compile(
    r"(?:^|[,;:。\s])每年[^,;。]*,(?:[^;。]*,)?[^,;。到至]*$"
)  # 每年举办培训班4期,培训人员600人次
_YEARLY_COUNT = re.compile(
    r"每年(?!均)|年均(?!每)|年度(?=新增|培训|培养|引进|完成)|(?<![\d底末])年(?=培训|培养|引进|服务|新增|均(?=培|引|新|服|完成))"
)


def per(c: Context, kind_code: str, form_code: str, unit_code: str) -> tuple[str | None, str]:
    """What one unit of the figure is per: year, recipient, item, recipient-year, additional item, … or None."""
    if kind_code == "incentive" and unit_code == "CNY":
        tail = re.sub(r"^[/的]", "", c.clause_after[:12])
        for pattern, code in _PER:
            if match := pattern.search(c.clause_before) or (code != "recipient" and pattern.match(tail)):
                return "recipient-year" if code == "year" else code, match[0]
        if match := re.search(r"每年(?!度工作)|按年度", c.before[-60:]):
            return "recipient-year", match[0]
        return "recipient", "an award is paid to a recipient"
    if unit_code == "percent":
        return None, ""
    if kind_code in {"target", "baseline"} and (match := _YEARLY_COUNT.search(c.clause_before)):
        return "year", match[0]
    if kind_code == "target" and form_code == "flow" and (match := _YEARLY_CLAUSE.search(c.before)):
        return "year", match[0].strip(",;:。 ")
    if kind_code in {"funding", "allocation"} and (
        match := re.search("每年|每年度|年度(?=安排|投入|预算)", c.clause_before)
    ):
        return "year", match[0]
    return None, ""
