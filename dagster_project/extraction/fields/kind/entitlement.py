"""What a fine or an award follows from: fines, thresholds of fines and awards, and cases of a rule."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found, matched
from dagster_project.extraction.fields.kind.field import AWARD, KIND, is_a_rate, is_granted

BOUNDED = frozenset({"ge", "gt", "le", "lt"})

_GRANT = re.compile(w.GRANT)

_PENALTY = re.compile(w.PENALTY)

# 处⟨一万元⟩: the fine itself
_FINED_BEFORE = re.compile(r"处[^,。;]{0,12}$")

# ⟨五万元⟩以上的,处: what it is for
_FINED_AFTER = re.compile(r"[^。;]*?的,?[^。;]{0,30}?[处罚]")

# 按罚款数额的⟨百分之三⟩加处罚款: a fine of the fine
_SURCHARGE = re.compile("的?加[处收]")

_FINING = re.compile("处|" + w.PENALTY)


def _speaks_of_fines(c: Context, facts: Facts) -> bool:
    text = c.sentence.text[c.segment[0] : c.segment[1]]
    return (facts.is_money or facts.is_share) and bool(_PENALTY.search(text))


@KIND.rule(
    "condition",
    yes=("违法经营额⟨五万元⟩以上的,处三万元罚款。",),
    no=(
        "违法经营额五万元以上的,处⟨三万元⟩罚款。",
        "成交额⟨五万元⟩以上的,给予三千元奖励。",
        "每日按罚款数额的⟨百分之三⟩加处罚款,加处罚款的数额不得超出罚款的数额。",
    ),
)
def threshold_of_a_fine(c: Context, facts: Facts) -> Found:
    """What is fined from a sum on: 违法经营额五万元以上的,处…罚款."""
    if (
        not _speaks_of_fines(c, facts)
        or _FINED_BEFORE.search(c.clause_before)
        or _SURCHARGE.match(c.own_after)
    ):
        return None
    return matched(_FINED_AFTER.match(c.after))


@KIND.rule(
    "sanction",
    yes=(
        "处⟨一万元⟩以上五万元以下的罚款。",
        "处违法所得⟨一倍⟩以上三倍以下罚款。",
    ),
    no=(
        "违法经营额⟨五万元⟩以上的,处三万元罚款。",
        "违法所得⟨一万元⟩以上的,没收违法所得。",
    ),
)
def fine(c: Context, facts: Facts) -> Found:
    """A fine: 处二万元以上二十万元以下的罚款; 处违法所得一倍以上五倍以下罚款."""
    return matched(_FINING.search(c.before + c.clause_after)) if _speaks_of_fines(c, facts) else None


_TAKEN_BACK = re.compile(r"(?:退还|退回|退缴|追回|收回|追缴|扣减|核减|扣发)[^,。;\d]{0,16}$")

_FOR_FAILING = re.compile("的,|不合格|不达标|未[^,。;]{1,12}的|弄虚作假|骗取")


@KIND.rule(
    "sanction",
    yes=(
        "考核不合格的,扣减⟨百分之三十⟩的管理费。",
        "服务不满五年离开的,应当退还已领取补助的⟨50%⟩。",
        "未通过验收的,收回首期资金的⟨一半⟩。",
    ),
    no=(
        "一般性支出核减⟨10%⟩。",
        "通过认证的,给予实际支出⟨50%⟩的补助。",
    ),
    source="财政违法行为处罚处分条例 (国务院令第427号): funds are taken back from, and payments cut of, who breaks the rules",
)
def taken_back(c: Context, facts: Facts) -> Found:
    """A part of what was paid that is taken back, or of what is paid that is cut: 不合格的,扣减30%的管理费."""
    if not facts.is_share or not _FOR_FAILING.search(c.before):
        return None
    return matched(_TAKEN_BACK.search(c.near_before))


@KIND.rule(
    "sanction",
    yes=("骗取补助的,追回资金,⟨5年⟩内不得申报各类项目。",),
    no=("工作满⟨5年⟩的,给予奖励。",),
    source="财政违法行为处罚处分条例 (国务院令第427号), articles 14 and 16",
)
def barred(c: Context, _: Facts) -> Found:
    """For how long those who break the rules may not apply again: 5年内不得申报."""
    decision = c.sentence.counted[c.index]
    return decision.words if decision.rule == "barred" else None


# ⟨50万元⟩以内的奖励 is a sum, ⟨50万元⟩以下的奖励 says who gets one.
_AWARD_NEXT = re.compile(
    r"(?:以上|以内|左右)?的?(?:(?:比例|标准)(?=给予|予以|发放))?(?:一次性)?"
    + w.AWARD
    + r"(?![^,。;、]{0,6}\d)"
    + r"|的(?:一次性)?[^,。;、\d给予]{0,4}(?:补贴|补助|奖励|资助|津贴)(?=[,。;、]|$)"
)

_RATE_OF_SOMETHING = re.compile(r"(?:按照?|依照|依|(?<![低高少多大小])于)[^,。;前]*$")

_THEN_GRANTED = re.compile(
    r"(?:的?(?:比例|标准)|限度内)?,\s*(?:一次性)?(?:给予|予以|抵减|奖励|补助|补贴|[^,。;\d]{0,20}(?:给予不超过|支持额度|支持金额|补助额度|资助额度))"
)


@KIND.rule(
    "incentive",
    yes=(
        "利润500万元以上的企业,可按利润总额的⟨1%⟩,给予最高100万元的支持。",
        "按照实际支出的⟨40%⟩,示范企业每家资助额度不超过60万元。",
        "按设备投资额⟨10%⟩的比例,给予补助。",
        "于支出金额⟨百分之十五⟩限度内,抵减应纳所得税额。",
    ),
    no=(
        "利润增长⟨10%⟩的,给予最高100万元的支持。",
        "按照计划,利润增长⟨10%⟩,给予最高100万元的支持。",
        "按考核得分排名前⟨10%⟩,给予奖励。",
        "按收入分成的⟨10%⟩提取,给予发明人。",
        "从利润中提取不低于⟨1%⟩,给予发明人。",
    ),
    source="a cap may stand between a rate and the word of granting, and a comma too: 按合同额的10%,给予最高100万元的补助",
)
def rate_to_be_paid(c: Context, facts: Facts) -> Found:
    """A rate of something named, and the granting behind a comma: 按利润总额的1%,给予…支持."""
    if not is_a_rate(c, facts) or not _RATE_OF_SOMETHING.search(c.near_before):
        return None
    return matched(_THEN_GRANTED.match(c.after))


_PART = re.compile(phrases.BOUND + r"?[^,。;、]{0,10}的部分")

# 20件以上⟨的企业,⟩ with an award soon after, or with the right to ask for one
_TIER = re.compile(
    r"(?:\([^()]*\))?"
    rf"(?:{phrases.BOUND}(?:\([^()]{{1,3}}\))?(?:(?:且|或者?|并|从事|用于)[^,。;]{{2,24}}?)?|且排名前[^,。;]{{1,3}})?"
    r"[的者][^,。;]{0,16}?(?:,(?=[^。;]{0,12}?"
    + w.GRANT
    + "|[^,。;]{0,6}?可?(?:按|参照|根据)[^,。;]{0,40}?"
    + w.GRANT
    + r")|(?=可以?申|可以?享受|优先|减按|[^,。;\d]{0,16}?(?:给予|予以)))"
)

# A rate that is reached, not paid: 增速超过⟨30%⟩, 占比达到⟨50%⟩
RATE_OF_STATE = re.compile(
    r"(?:率|增[长速幅]|占比|比重)[^,。;\d]{0,6}$|占[^,。;\d]{2,14}(?:总额|总量|收入|产值|比例)$"
)

_ADDRESSING = re.compile(phrases.ADDRESSING)

# 减免租金⟨30%⟩以上的,按…减征: what others grant
_CARRIED_OUT = re.compile("(?:的?标准)?(?:执行|收取|计收|缴纳)[,;。]")  # 按最低价标准的⟨70%⟩执行

_OR_MORE_THEN = re.compile("及?以上的,")

# 项目投资⟨50万元⟩以上的给予补助: how much of it is said elsewhere
_REACHED_THEN_GRANTED = re.compile(
    rf"及?以上(?:\(含\))?的(?:给予|予以)[^,。;、\d]{{0,6}}(?:{phrases.AWARD_NOUN.pattern})"
)


def _may_entitle(c: Context, facts: Facts) -> str | None:
    """The segment after the figure, unless the figure is itself granted or a side of a ratio."""
    after = c.sentence.text[c.quantity.end : c.segment[1]]
    if _OR_MORE_THEN.match(after):
        return after
    is_sum = (facts.is_money or facts.is_share) and not _REACHED_THEN_GRANTED.match(after)
    granted = is_granted(c, facts) or (is_sum and _AWARD_NEXT.match(after))
    is_closed = granted or c.quantity.unit_word == "∶" or _CARRIED_OUT.match(after)
    return None if is_closed else after


# 60家以上企业,各县可⟨对⟩首次认定的给予: others are entitled
_OTHERS = re.compile(",(?:各地|各[市县区]|[省市县区]?(?:本?级)?财政|可|另|再)*对")


# 选拔人才⟨20名⟩,分别给予1万元奖励,考核合格的,再给予: who is entitled comes later
_PAID_ALREADY = re.compile(r",(?:分别|各|每[人家个名项])?(?:给予|予以|奖励|补助|资助)[^,。;\d]{0,6}\d")


def _entitled(pattern: re.Pattern[str], after: str, facts: Facts) -> str | None:
    """The words that close a clause of who is entitled, where an award follows them and none stands before."""
    match = pattern.search(after)
    if not match or not _GRANT.search(after, match.start()) or _OTHERS.search(after[: match.start()]):
        return None
    if _PAID_ALREADY.search(after[: match.start()]):
        return None
    return None if facts.is_money and AWARD.search(after[: match.start()]) else match[0]


_THEN_PAID = re.compile(
    rf"(?:{phrases.BOUND}|后),(?:再|另|可|一次性)*(?:奖励|补助|给予|奖给|资助)[^,。;]{{0,16}}元"
    rf"|(?:(?:\([^()]{{1,3}}\))?{phrases.BOUND}|后),按照?[^,。;]{{0,24}}(?:奖励|补助|给予)"
)

# 不低于⟨800万元⟩,一次性给予40万元; with more thresholds between
_THEN_PAID_AT_ONCE = re.compile(
    rf"{phrases.BOUND}?(?:,[^。;]{{0,60}})?,(?:一次性|再|另)(?:给予|奖励|奖补|补助)[^,。;]{{0,16}}元"
)

# 设备投资⟨2亿元⟩以上(含)项目,按…给予
_ITEM_BOUND = re.compile(
    rf"(?:\([^()]{{1,3}}\))?{phrases.BOUND}(?:\([^()]{{1,3}}\))?[^,。;、\d的]{{0,10}}(?:项目|企业|单位|机构|团队),[^。;]{{0,40}}?(?:按照?|给予|奖励|补助)"
)

# 对⟨20人⟩以上服务团队给予奖补
_ADDRESSED_BOUND = re.compile(
    rf"{phrases.BOUND}(?!的)[^,。;、\d]{{2,22}}(?:给予|予以|奖励|奖补|补助|补贴)(?!标准|政策|资金)"
)


@KIND.rule(
    "condition",
    yes=(
        "用标企业年内新增⟨10家⟩及以上,奖励行业协会5万元。",
        "项目到位资金满⟨2000万元⟩后,按到位资金千分之二奖励。",
        "年度纳税额在⟨3亿元⟩(含)以上,按增量的5%给予奖励。",
        "自有资金不低于⟨800万元⟩,投产满一年后,一次性给予40万元奖励。",
        "对⟨20人⟩以上服务团队给予奖补。",
        "新建设备投资⟨2亿元⟩以上(含)项目,按投资额的3%给予奖励。",
        "企业研发投入增长⟨20%⟩以上,给予50万元奖励。",
        "新建⟨500立方米⟩以上冷库,每立方米补助150元。",
        "包机、专列(不少于⟨300批⟩)每趟奖励3万元。",
        "销售额10亿元以上的,同比增速均须达到⟨15%⟩,依次奖励5万元、12万元。",
    ),
    no=(
        "新增专利⟨50件⟩以上,资助企业创新发展。",
        "奖励协会⟨10万元⟩以上,奖励企业5万元。",
        "新增企业10家以上,奖励协会⟨5万元⟩。",
        "力争培育企业⟨50家⟩以上,一次性奖励认定企业5万元。",
    ),
    source="the 的 of a clause of who is entitled may be left out",
)
def then_paid(c: Context, facts: Facts) -> Found:
    """A bound right after which a sum is paid, without 的: 新增10家及以上,奖励5万元; 满2000万元后,按…奖励."""
    is_rate = facts.is_share and not RATE_OF_STATE.search(c.near_before)
    if is_granted(c, facts) or is_rate or w.AIM.search(c.clause_before):
        return None
    if _ADDRESSING.search(c.clause_before) and (match := _ADDRESSED_BOUND.match(c.own_after)):
        return match[0]
    is_least = facts.comparator in {"ge", "gt"}
    if is_least and facts.is_money and (match := _ITEM_BOUND.match(c.after)):
        return match[0]
    if is_least and facts.unit == "other" and (match := _THEN_PAID_EACH.match(c.after)):
        return match[0]
    if _MUST_REACH.search(c.near_before) and (match := _PAID_NEXT.match(c.after)):
        return match[0]
    return matched(_THEN_PAID.match(c.after) or (_THEN_PAID_AT_ONCE.match(c.after) if is_least else None))


# 新建500立方米⟨以上冷库,每立方米补助⟩150元
_THEN_PAID_EACH = re.compile(
    rf"{phrases.BOUND}[^,。;、\d的]{{0,10}},每[^,。;\d]{{1,3}}(?:给予?|奖励?|补助|补贴)[^,。;]{{0,10}}元|\)[^,。;\d]{{0,4}}(?:奖励|补助|补贴)"
)

_MUST_REACH = re.compile("须(?:达到?|满|超过)?$")  # 增速均须达到⟨15%⟩,依次奖励

_PAID_NEXT = re.compile(f"(?:{phrases.BOUND})?,(?:依次|分别|再|可|一次性)*(?:给予|奖励|补助)")

_PRICE_BEFORE = re.compile("按照?(?:每[人名户家个件项亩])?$")

_PRICE_AFTER = re.compile(f"[^。;]*的标准[^,。;]{{0,6}}(?:{w.AWARD}|拨付)")


@KIND.rule(
    "incentive",
    yes=(
        "2023年入驻的按⟨60元⟩/平方米、2024年入驻的按40元/平方米的标准给予租金支持。",
        "按每家⟨15万元⟩的标准拨付培育经费。",
    ),
    no=("按⟨60元⟩/平方米的标准缴纳租金。", "面积超过⟨60平方米⟩的,按40元/平方米的标准给予租金支持。"),
    source="subsidies of rent are set out so, year by year or class by class, with one verb for all of them",
)
def price_to_be_paid(c: Context, facts: Facts) -> Found:
    """One of several rates of which the verb stands at the end: 按⟨60元⟩/平方米、…按40元/平方米的标准给予支持."""
    is_price = facts.is_money and _PRICE_BEFORE.search(c.near_before)
    return matched(_PRICE_AFTER.match(c.after)) if is_price else None


@KIND.rule(
    "condition",
    yes=(
        "研发投入超过⟨500万元⟩的部分,给予3%的补助。",
        "租用面积不超过⟨3000平方米⟩的部分,前两年租金全免,第三年按50%收取。",
    ),
    no=(
        "研发投入超过500万元的部分,给予⟨3%⟩的补助。",
        "研发投入超过⟨500万元⟩的部分企业加快转型。",
    ),
)
def part_beyond(c: Context, facts: Facts) -> Found:
    """The sum above or below which a part is granted for: 超过⟨500万元⟩的部分,给予3%."""
    after = _may_entitle(c, facts)
    match = _PART.match(after) if after else None
    return match[0] if match and (AWARD.search(match.string) or _FREE_OF.search(match.string)) else None


_FREE_OF = re.compile("(?:租金|租|费用?|税)(?:全免|免[收除交]|全额减免)")

_PASSED = re.compile(
    "(?:首次|年)[^,。;]{0,8}(?:突破|超过|跨[上过]|达到?)$"
)  # a level that is passed for once: 首次突破


@KIND.rule(
    "condition",
    yes=(
        "获得授权⟨20件⟩以上的企业,给予5万元奖励。",
        "对年度纳税额超过⟨500万元⟩的企业,按其地方财政贡献超出上年部分的20%给予奖励。",
        "考核得分⟨90分⟩以上且排名前两位的县区,各奖励20万元。",
        "年营业额⟨500万元⟩以上的新引进总部企业,前三年按其贡献的80%给予奖励。",
        "对设备投资⟨50万元⟩以上的给予补助,补助比例另行确定。",
        "贷款增速超过⟨30%⟩且排名前三的银行,再奖励15万元。",
        "研发费用占销售收入总额⟨8%⟩以上的企业减按10%征收所得税。",
        "营业收入首次突破⟨1亿元⟩、5亿元的企业,分别给予10万元、30万元奖励。",
        "营业额未达⟨一千万元⟩者,免征规费。",
        "销售收入首次突破⟨3000万元⟩的企业,再奖80万元。",
        "租用标准厂房⟨1000平方米⟩以上从事生产的企业,前3年按每平方米10元给予补贴。",
        "上年度研发费用不低于⟨100万元⟩、占营业收入比重达到3%的企业,按研发费用增量的5%给予补助。",
        "对投资10亿元以上的项目,补助1亿元;投资⟨1亿元⟩(含)至10亿元(不含)的项目,按设备投资额的8%给予补助。",
    ),
    no=(
        "获得授权⟨20件⟩以上的企业达到50家。",
        "获得授权20件以上的企业,给予⟨5万元⟩以内的奖励。",
        "补贴设备价款⟨30%⟩的企业,再奖励15万元。",
    ),
)
def tier(c: Context, facts: Facts) -> Found:
    """The bound of a tier right before 的, and an award after it: 获得授权40件以上的企业,给予…."""
    after = _may_entitle(c, facts)
    if after is None or (facts.is_share and not RATE_OF_STATE.search(c.near_before)):
        return None
    if _PASSED.search(c.near_before):  # 首次突破1亿元、5亿元的企业: what closes the series closes each
        after = c.sentence.text[c.last.end : c.segment[1]]
    first = _FIRST_OF_SEVERAL.match(after) if facts.comparator in BOUNDED or after[:1] == "(" else None
    match = _TIER.match(after, first.end() if first else 0)
    return match[0] if match and _GRANT.search(after, match.end()) else None


# Another threshold of the same, which 的 closes: 研发费用不低于⟨100万元⟩、占营业收入比重达到3%的企业,按…给予补助
_FIRST_OF_SEVERAL = re.compile(
    rf"{phrases.BOUND}?(?:、|且|并且?)[^,。;、\d]{{2,16}}\d[\d.]*[^,。;、\d的]{{1,3}}(?:{phrases.BOUND})?(?=的)"
    r"|\([^()]{1,3}\)(?:以上)?(?:至|到|[—-])\d[\d.]*[^,。;、\d的()]{1,3}(?:\([^()]{1,3}\))?(?:以下)?(?=的)"
)


@KIND.rule(
    "condition",
    yes=("新增发明专利⟨20件⟩且通过贯标的,每家给予5万元。",),
    no=(
        "选拔拔尖人才⟨20名⟩,分别给予1万元奖励,考核合格的,再给予5000元奖励。",
        "新增发明专利⟨20件⟩且通过贯标的,共50家。",
        "新认定⟨60家⟩以上市级企业,各县可对首次认定的给予奖补。",
        "每年组织导航项目⟨3项⟩,财政对单个项目的补助不超过40万元。",
        "获得20万元资助的,按⟨50%⟩奖励。",
        "给予省内300元、省外⟨1000元⟩的一次性面试补贴,每人限享1次,并给予交通补助。",
    ),
)
def entitled(c: Context, facts: Facts) -> Found:
    """A clause that 的 closes, before an award: 新增发明专利40件以上…的,每家给予…."""
    after = _may_entitle(c, facts)
    return None if after is None else _entitled(w.ENTITLED, after, facts)


_LENT_OUT = re.compile("发放[^,。;]{0,12}贷款")


@KIND.rule(
    "condition",
    yes=(
        "对拥有注册商标⟨10件⟩、管理规范的企业,择优给予资助。",
        "对年度发放质押贷款累计达到⟨5000万元⟩、1亿元以上的银行,分别奖励10万元和20万元。",
    ),
    no=(
        "拥有注册商标⟨10件⟩、管理规范的企业达到50家。",
        "对管理规范的企业给予⟨10万元⟩,对优秀的企业,优先资助。",
    ),
)
def addressee(c: Context, facts: Facts) -> Found:
    """A clause inside what 对 addresses: 对于成立5年以上、…的机构,择优给予…."""
    after = _may_entitle(c, facts)
    closed = _entitled(w.ADDRESSED_END, after, facts) if after else None
    address = list(_ADDRESSING.finditer(c.before)) if closed else []
    said = _LENT_OUT.sub("", c.before[address[-1].end() :]) if address else ""
    return closed if address and not AWARD.search(said) else None


_THRESHOLD = re.compile(r"(?:门槛|准入标准|起补点|起付线)[^,。;]*$")


@KIND.rule(
    "condition",
    yes=("贴息门槛由贷款额300万元以上调整为⟨200万元⟩以上。",),
    no=("降低门槛,给予企业⟨1000万元⟩支持。", "推动支持政策落地⟨30项⟩。"),
    source="现代汉语词典 (第7版), 门槛: a figure of speech for the standard or condition of getting in",
)
def threshold_named(c: Context, facts: Facts) -> Found:
    """What the text itself calls a threshold: 贴息门槛由300万元调整为200万元."""
    return matched(_THRESHOLD.search(c.clause_before)) if facts.is_money or facts.is_share else None


# ⟨100公斤⟩以上的,应当设置…; ⟨1亿元⟩以上的项目为重大项目
_CASE = re.compile(
    rf"(?:\([^()]*\))?{phrases.BOUND}?(?:[的者]|(?:(?:且|或者?|并)[^。;]*?)[的者])[^,。;\d]{{0,16}}?,?[^,。;\d]{{0,20}}?"
    r"(?:应(?:当|设置|建立|配备|编制|办理|报|按|由|依法)|必须|不予|不得|不受|可以|授予|预留|实行|纳入|暂停|停止|终止|取消|撤销|收回|追回|更换|核减|扣减|约谈|责令|退出|清退|予以(?:提示|书面|通报|警[示告]|退出|除名)|可(?!持续)|方可|由[^,。;]{1,16}(?:承担|审批|核准|备案)|全额承担|专门面向|(?:的|目|业|构|位)为(?!\d)|视为|认定为|列为)"
)


@KIND.rule(
    "condition",
    yes=(
        "存量超过⟨100公斤⟩的,应当设置专用仓库。",
        "面积超过⟨300平方米⟩的,应建立台账。",
        "对抽查合格率低于⟨90%⟩的机构,暂停受理新业务。",
        "固定资产投资⟨1亿元⟩以上的工业项目为重大产业项目。",
        "评价得分⟨80分⟩以下的核减管理费。",
        "单个企业资助额不足⟨1万元⟩的不予资助。",
        "总投资在⟨五千万元⟩以上者,由市政府核准。",
        "重大事项经⟨三分之二⟩以上委员同意。",
        "代表性专利不少于⟨3件⟩方可申报。",
        "超过⟨200万元⟩的采购项目,预留份额面向中小企业。",
    ),
    no=(
        "示范企业达到⟨50家⟩以上的目标可以实现。",
        "培育产值超过⟨1亿元⟩的企业50家。",
        "存量超过100公斤的,应当配备⟨2名⟩以上管理人员。",
    ),
    source="立法技术规范(试行)(一), 2009: a case is stated with 的 and followed by what holds in it",
)
def case_of_a_rule(c: Context, facts: Facts) -> Found:
    """A bound that 的 closes, and what must, may or must not be done from there on: 超过100公斤的,应当设置…."""
    if facts.comparator in BOUNDED and (match := _NOT_GRANTED.match(c.own_after)):
        return match[0]
    if facts.comparator not in BOUNDED or is_granted(c, facts) or AWARD.search(c.clause_before):
        return None
    match = _CASE.match(c.after) or _VOTED.match(c.after)
    return match[0] if match and "目标" not in match[0] else None


_VOTED = re.compile(
    r"(?:以上)?方可|以上的?[^,。;\d]{0,6}(?:委员|成员|专家|代表|评委|股东)[^,。;\d]{0,4}(?:同意|通过|出席|赞成)"
)

_EVENT_BEFORE = re.compile(r"(?:达到|达|超过|低于|高于|不足|未达到|降至|降到|跌破)[^,。;、\d]{0,14}$")

_EVENT_AFTER = re.compile(
    r"(?:以上|以下)?(?:(?:时|的|后),[^,。;\d]{0,16}(?:予以|启动|更换|降级|通报|约谈|责令|退出|收回|撤销|取消)"
    r"|(?:时|的|后),?[^,。;\d]{0,20}(?:暂停|停止|中止|终止|应当发出|发出|预警|提示)|(?:以下|以内)(?:再行?|方可|后)[^,。;]{0,4}恢复"
    r"|(?:时|的|后)?,[^,。;\d]{0,16}(?:(?:启动|触发)[^,。;\d]{0,4}(?:熔断|预警|应急|问责|追责)|暂停|停止|终止))"
)


@KIND.rule(
    "condition",
    yes=(
        "贷款不良率达到⟨3%⟩时,市局予以书面提示。",
        "补偿支出超过资金余额的⟨二成⟩,启动熔断机制。",
        "放大倍数未达到约定倍数⟨60%⟩的,终止合作。",
        "代偿率达到⟨5%⟩时暂停新增业务,待降至3%以下再行恢复。",
        "代偿率达到5%时暂停新增业务,待降至⟨3%⟩以下再行恢复。",
    ),
    no=(
        "贷款不良率降至⟨3%⟩,启动二期工程。",
        "覆盖率达到⟨60%⟩,全面启动试点建设。",
        "合格率超过⟨90%⟩。",
    ),
    source="funds of risk compensation draw lines so at which they warn, stop or are replaced",
)
def event(c: Context, _: Facts) -> Found:
    """What sets something off when it is reached: 不良率达到3%时,予以提示; 超过二成,启动熔断."""
    if not (before := _EVENT_BEFORE.search(c.near_before)):
        return None
    after = _EVENT_AFTER.match(c.after)
    return before[0] + after[0] if after else None


_NOT_GRANTED = re.compile("(?:及?以[上下])?的,?(?:不予|不再|不得|不享受)")  # 资助额不足⟨1万元⟩的不予资助
