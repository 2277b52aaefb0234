"""Sums: funds, budgets and awards, from the word next to them to the sentence around them."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found, matched
from dagster_project.extraction.fields.kind.field import AWARD, AWARD_BEFORE, KIND, LENT, heads_awards
from dagster_project.extraction.fields.kind.passages import POOL, RISEN_TO
from dagster_project.extraction.fields.kind.shares import NOT_PAID, TASK

# 融资金额达到⟨5亿元⟩
_ACHIEVED = re.compile("(?<!不)" + w.ACHIEVEMENT + r"[^,。;给予补助奖励]{0,12}$")

_INSTALMENT = re.compile(r"首期|一期|到位|注资")

_FUND = re.compile("基金|(?<!到位)(?<!自有)资金")


@KIND.rule(
    "funding",
    yes=("设立质押融资基金,首期⟨1亿元⟩。",),
    no=(
        "产业园首期工程⟨1亿元⟩。",
        "重点项目到位资金⟨1亿元⟩。",
        "质押融资基金规模⟨1亿元⟩。",
    ),
)
def part_of_a_fund(c: Context, facts: Facts) -> Found:
    """The part of a fund that is paid in first: 设立…基金,首期10亿元."""
    if not facts.is_money or not _FUND.search(c.before):
        return None
    return matched(_INSTALMENT.search(c.near_before))


_INVESTED = re.compile(r"投入[^,。;]{0,6}$")

_PUBLIC_MONEY = re.compile("财政|资金|(?<!研发)经费")


@KIND.rule(
    "funding",
    yes=("市财政三年累计投入⟨6000万元⟩。",),
    no=("企业三年累计投入⟨6000万元⟩。", "全社会研发经费累计投入⟨60亿元⟩。"),
)
def invested_money(c: Context, facts: Facts) -> Found:
    """Public money that is invested: 市财政五年累计投入60亿元."""
    if not facts.is_money or not _PUBLIC_MONEY.search(c.before):
        return None
    return matched(_INVESTED.search(c.near_before))


@KIND.rule(
    "incentive",
    after=("starting_value",),
    yes=("给予⟨50万元⟩资金支持。",),
    no=(
        "给予贷款⟨500万元⟩。",
        "安排奖励资金⟨50万元⟩。",
        "补助标准由⟨1000元⟩提高到2000元。",
        "每年贴息预算⟨1500万元⟩。",
    ),
)
def granted(c: Context, facts: Facts) -> Found:
    """A sum right after a word of granting: 给予50万元."""
    match = AWARD_BEFORE.search(c.near_before) if facts.is_money else None
    if match is None or LENT.search(match[0]) or _BUDGET_OF.search(c.near_before):
        return None
    return match[0]


_BUDGET_OF = re.compile(r"预算[^,。;\d]{0,6}$")

_TO_START_WITH = re.compile(
    r"(?:启动|开办|安家|建站)(?:资金|经费|费用?)(?:为|依次|分别|最高|不超过|每人|各)*$"
)

_CHOSEN = re.compile("(?:入选|获批|获评|认定|通过|引进|设立|评审|立项|每招|对)[^。;]*$")


@KIND.rule(
    "incentive",
    yes=("入选计划的创业团队,评审优秀、良好的,启动资金依次为⟨500万元⟩、300万元。",),
    no=("安排研究经费⟨500万元⟩。", "引进企业启动资金达到⟨5亿元⟩。", "开发区启动资金⟨500万元⟩由市财政安排。"),
    source="what is paid to those chosen to begin their work with is named, and no verb of granting",
)
def to_start_with(c: Context, facts: Facts) -> Found:
    """What is paid to someone chosen, by what it is for: 入选…的团队,启动资金依次为500万元."""
    if not facts.is_money or not _CHOSEN.search(c.before) or "安排" in c.clause_before:
        return None
    return matched(_TO_START_WITH.search(c.near_before))


_FREE = re.compile(r"免费(?:提供|使用)[^,。;、\d]{0,8}$")

_PREMISES = frozenset("平方米 平米 ㎡ 间 套".split())


@KIND.rule(
    "incentive",
    yes=("园区免费提供面积⟨300平方米⟩以内的办公场地。",),
    no=("免费为⟨300家⟩企业提供托管。", "园区提供⟨300平方米⟩的办公场地。", "免费提供培训⟨300人次⟩。"),
    source="premises are lent to those who are chosen",
)
def given_free(c: Context, facts: Facts) -> Found:
    """Premises that are lent without a rent: 免费提供面积300平方米以内的办公场地."""
    is_place = c.quantity.unit_word in _PREMISES and facts.unit == "other"
    return matched(_FREE.search(c.near_before)) if is_place else None


_OF_POOL = re.compile(phrases.BOUND + r"?(?:的)?[^,。;、:]{0,18}?" + w.MONEY_POOL)

_GIVEN_NEXT = re.compile(rf"{phrases.BOUND}?的?(?:给予|予以)")  # 最高⟨50万元⟩给予配套资金支持

_ITS_SIZE = re.compile(
    r"[,;]?其?(?:数额|总?规模|总额|额度)(?:为|达到?|不低于|不少于|不得低于|不得少于|不超过|控制在)?"
)

_A_YEAR_OF_IT = re.compile("[,;]?(?:平均|年均|每年)+(?:不超过|不低于|不少于)?")

# What one may be paid of a fund: 单个企业申请⟨贴息资金⟩不得超过12万元.
_PAID_TO_ONE = re.compile(
    f"(?:单[个家户项]|每[个家户名项]|同一|申请|申领|享受|获得)[^,。;]{{0,24}}(?:{phrases.AWARD_NOUN.pattern})资金[^,。;]{{0,8}}$"
)

_POOL_OF = re.compile(rf"(?:{w.MONEY_POOL}|(?:补偿|准备)金(?!额))" + r"(?:总?规模|总额|额度)?[^,。;、]{0,8}$")


@KIND.rule(
    "funding",
    after=("granted",),
    yes=("设立⟨1亿元⟩风险补偿资金。",),
    no=(
        "带动⟨1亿元⟩技术交易。",
        "给予⟨50万元⟩资金支持。",
        "对获奖企业,按省级奖励的30%、最高⟨50万元⟩给予配套资金支持。",
    ),
)
def fund_named_after(c: Context, facts: Facts) -> Found:
    """A sum and then the fund that it makes: 1亿元风险补偿资金."""
    if not facts.is_money or _GIVEN_NEXT.match(c.near_after):
        return None
    return matched(_OF_POOL.match(c.near_after))


# 风险补偿⟨资金池:⟩1.2亿元
_POOL_LABEL = re.compile(rf"(?:{w.MONEY_POOL}|(?:补偿|准备)金)(?:池|总?规模|总额|额度)?:{phrases.BOUND}?$")

# 补偿资金规模⟨由1.5亿元扩大⟩到3亿元
_POOL_RAISED = re.compile(
    rf"(?:{w.MONEY_POOL}|(?:补偿|准备)金)(?:池)?(?:总?规模|总额|额度)?[由从]\d[^,。;、]*$"
)


@KIND.rule(
    "funding",
    after=("granted",),
    yes=(
        "将风险补偿资金规模由1.5亿元扩大到⟨3亿元⟩。",
        "质押融资基金规模达到⟨10亿元⟩。",
        "扩大风险补偿金规模至⟨8000万元⟩。",
        "设立专项资金,数额不低于⟨500万元⟩。",
        "风险补偿资金池:⟨1.2亿元⟩。",
        "每年贴息预算⟨1500万元⟩。",
    ),
    no=(
        "质押融资规模达到⟨10亿元⟩。",
        "使用资金:贷款⟨1.2亿元⟩。",
        "创业担保贷款额度由20万元提高到⟨30万元⟩。",
        "从专项资金中给予⟨50万元⟩。",
        "单个企业申请贴息资金不得超过⟨12万元⟩。",
    ),
)
def fund_named_before(c: Context, facts: Facts) -> Found:
    """A fund and then its size: 基金规模达到10亿元; 设立专项资金,数额不低于500万元."""
    if not facts.is_money or (facts.comparator == "le" and _PAID_TO_ONE.search(c.near_before)):
        return None
    behind = _ITS_SIZE.fullmatch(c.near_before) and POOL.search(c.before.removesuffix(c.clause_before)[-10:])
    raised = RISEN_TO.fullmatch(c.near_before) and _POOL_RAISED.search(c.clause_before)
    raised = None if raised and LENT.search(raised[0]) else raised
    labelled = _POOL_LABEL.search(c.before)
    return matched(_POOL_OF.search(c.near_before) or behind or raised or labelled)


@KIND.rule(
    "funding",
    yes=(
        "市财政安排专项经费1600万元,较上年增加⟨200万元⟩。",
        "县级投入不低于80万元,高新区不低于⟨500万元⟩。",
        "资金总规模5000万元,其中省级奖补资金2000万元、高新区配套⟨1000万元⟩。",
        "设立风险补偿资金,首期规模3000万元,总规模不超过⟨1亿元⟩。",
        "财政合计安排4800万元,平均每年⟨1600万元⟩。",
        "市财政安排专项资金4200万元,较上年增长⟨16.7%⟩。",
        "市财政每年安排专项资金不低于2亿元,年度增长幅度不低于⟨5%⟩。",
    ),
    no=(
        "市财政安排专项资金4200万元,研发投入较上年增长⟨16.7%⟩。",
        "市财政安排专项经费1600万元,支持企业增收⟨200万元⟩。",
        "成交额8亿元,较上年增加⟨2亿元⟩。",
    ),
    source="a list of budgets names each one's place, and the rest is said once",
)
def budget_goes_on(c: Context, facts: Facts) -> Found:
    """Another sum of the budget before, of which only the place, rise, size or year is said: 较上年增加200万元, 平均每年1600万元."""
    before = facts.before
    if not before or before.kind != "funding" or not before.is_money:
        return None
    if facts.unit == "percent" and phrases.is_growth(c):
        return matched(_RISES.fullmatch(c.near_before))
    if not facts.is_money:
        return None
    goes_on = (phrases.SAID_ONCE, _ITS_SIZE, _A_YEAR_OF_IT)
    return matched(next(filter(None, (words.fullmatch(c.near_before) for words in goes_on)), None))


# How it rises, and nothing else that might: ,较上年⟨增长⟩16.7%; 年度增长幅度不低于5%.
_RISES = re.compile(
    rf"[,;]?(?:并|且|年度|每年|年均|逐年|此后|以后|按照?)*(?:[比较](?:上年|去年|上一年度?|\d{{4}}年)度?)?(?:年均|平均)?{w.GROWTH}(?:率|幅度?|比例)?{w.REACHING}"
)

_TREASURY = re.compile("财政|(?<![\u4e00-\u9fff])[省市县区]级(?=每年|年度|安排|统筹)")

_PAID_FROM = re.compile(r"所需(?:资金|经费)[^,。;]{0,20}列支,")

_BUDGETED = re.compile(w.APPROPRIATED + r"[^,。;]{0,6}$")

# What partners pay into a fund: 资金池由高新区⟨出资⟩500万元,其余500万元⟨由投资集团认缴⟩
_PAYS_IN = re.compile("(?:出资|认缴)[^,。;\\d]{0,4}$")

_PAID_IN_BY = re.compile("由[^,。;]{2,16}(?:出资|认缴)")

_BY_A_PLACE = re.compile(
    r"(?:[省市县区]级(?:财政)?投入|各[\u4e00-\u9fff]{0,6}[市县区](?:财政)?各?(?:投入|出资|配套))[^,。;\d]{0,10}$"
)


@KIND.rule(
    "funding",
    yes=(
        "省财政三年安排⟨3亿元⟩支持专利转化。",
        "县级投入原则上不低于⟨80万元⟩。",
        "设立应急转贷资金,各县区各出资不少于⟨80万元⟩。",
        "所需资金在产业发展资金中列支,每年安排不超过⟨2500万元⟩。",
        "设立风险补偿资金池,由高新区、临港区各出资⟨500万元⟩。",
        "设立风险补偿资金池,其余⟨500万元⟩由投资集团认缴。",
    ),
    no=(
        "所需资金在产业发展资金中列支,带动企业增收⟨2500万元⟩。",
        "企业三年安排⟨3亿元⟩开展技术改造。",
        "县级投入产出比不低于80%,企业增收⟨3亿元⟩。",
    ),
)
def budgeted(c: Context, facts: Facts) -> Found:
    """Money that a treasury sets aside: 省财政五年安排25亿元予以支持; 县级投入不低于80万元."""
    if not facts.is_money:
        return None
    treasury = _TREASURY.search(c.clause_before) or _PAID_FROM.search(c.before)
    paid_in = POOL.search(c.before) and (_PAYS_IN.search(c.near_before) or _PAID_IN_BY.match(c.clause_after))
    return matched(
        _BY_A_PLACE.search(c.near_before) or (treasury and _BUDGETED.search(c.near_before)) or paid_in or None
    )


@KIND.rule(
    "incentive",
    after=(
        "fund_named_after",
        "budgeted",
    ),
    yes=("给认定企业⟨50万元⟩一次性奖励。",),
    no=(
        "省财政三年安排⟨3亿元⟩支持专利转化。",
        "认定企业完成投资⟨50万元⟩。",
        "安排⟨500万元⟩专项资金用于奖励企业。",
    ),
)
def award_named_after(c: Context, facts: Facts) -> Found:
    """A sum and then the award that it is: 50万元的一次性奖励."""
    return matched(AWARD.search(c.clause_after)) if facts.is_money else None


@KIND.rule(
    "incentive",
    after=(
        "entitled",
        "fund_named_before",
    ),
    yes=(
        "国家级示范企业奖励10万元,省级示范企业⟨5万元⟩。",
        "每件奖励1万元,全年合计不超过⟨20万元⟩。",
    ),
    no=(
        "对受奖励的企业,带动融资⟨5亿元⟩。",
        "安排奖励资金⟨50万元⟩。",
        "支持高校开放许可专利,达成许可20项、金额⟨500万元⟩。",
        "研发费用500万元的奖励5万元,研发费用⟨1000万元⟩且通过验收的,奖励10万元。",
    ),
)
def award_named_before(c: Context, facts: Facts) -> Found:
    """A sum or a cap after an award in its segment, or at the end of the sentence before: 奖励3万元,…,全年不超过30万元."""
    if not facts.is_money or _ACHIEVED.search(c.near_before):
        return None
    return matched(AWARD.search(TASK.sub("", c.before))) or ("" if facts.after_award else None)


_AWARD_SAID = re.compile("(?:定额|分档|按档|一次性)(?:奖励|补助|补贴|资助|奖补)[。:]$")

_WHOLE_CLAUSE = re.compile("[,。;、:()/]|$")


@KIND.rule(
    "incentive",
    yes=(
        "一、标准创制\n【奖励标准】\n国家标准 每项⟨40万元⟩\n行业标准 每项20万元\n",
        "一、海外布局\n资助标准\n欧盟商标每件⟨8000元⟩;单一国家每件2000元。\n",
        "第一条 对创新平台按照下列标准给予奖励:\n(一)国家级⟨50万元⟩;\n(二)省级20万元。\n第二条 落实。\n",
        "一、资助标准\n1.发明专利授权,每件资助3000元。\n2.PCT申请,每件⟨1万元⟩。\n",
        "一、平台建设\n支持方式:定额补助。国家级平台⟨80万元⟩/家,省级平台40万元/家。\n",
    ),
    no=(
        "一、标准创制\n【申报条件】\n研发费用⟨40万元⟩\n",
        "一、标准创制\n【奖励标准】\n年销售额突破⟨40万元⟩。\n",
        "一、海外布局\n资助标准\n每件2000元。\n二、质押融资\n贷款金额⟨3亿元⟩。\n",
    ),
    source="guides to applications head the sums they pay with 奖励标准, and leave the verb out",
)
def list_of_awards(c: Context, facts: Facts) -> Found:
    """A sum below words that say that awards follow, without a verb of its own: 【奖励标准】 国家标准 每项40万元."""
    if not facts.is_money or NOT_PAID.search(c.near_before) or not _WHOLE_CLAUSE.match(c.near_after):
        return None
    return heads_awards(c) or matched(_AWARD_SAID.search(c.sentence.lead))


_STANDARD = re.compile(r"(?:^|[,;(])标准(?:为|是|:)?每[人名户家件项月年](?:每[年月])?[^,。;、\d]{0,3}$")


@KIND.rule(
    "incentive",
    yes=("市财政每年为人才安排健康体检,标准为每人⟨3000元⟩。",),
    no=("收费标准为每人⟨3000元⟩。", "低保标准为每人每月⟨760元⟩。"),
    source="标准 without a word before it is that of what the clauses before give",
)
def standard(c: Context, facts: Facts) -> Found:
    """What something given costs for each: 安排健康体检,标准为每人3000元."""
    return matched(_STANDARD.search(c.clause_before)) if facts.is_money else None


_PAID_OUT = re.compile(
    r"[^。;]*,(?:按[^,。;]{2,20}比例)?(?:均|都|并)?(?:一次性|分[一二两三四五\d][年次期批])(?:等额)?(?:发放|给予|兑付|兑现|拨付|支付)(?=[,。;]|$)"
)


@KIND.rule(
    "incentive",
    yes=(
        "青年人才中,博士⟨25万元⟩,硕士6万元,一次性发放。",
        "甲类人才⟨300万元⟩、乙类人才150万元,按40%、60%的比例分两年拨付。",
    ),
    no=(
        "自有资金不低于⟨800万元⟩,投产满一年的,一次性发放奖金。",
        "青年人才中,博士年薪⟨25万元⟩,奖金6万元,按月支付。",
        "完成投资⟨25万元⟩,一次性发放奖状。",
    ),
    source="a list of awards may have its one verb behind it, after a comma",
)
def paid_out(c: Context, facts: Facts) -> Found:
    """Sums in a list whose verb stands at its end: 博士25万元,硕士6万元,一次性发放."""
    if not facts.is_money or facts.comparator in {"ge", "gt"} or NOT_PAID.search(c.near_before):
        return None
    return matched(_PAID_OUT.match(c.after))
