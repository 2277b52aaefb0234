"""Limits of payment, shares of proceeds, burdens and budgets, and rates."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found, matched
from dagster_project.extraction.fields.kind.entitlement import RATE_OF_STATE
from dagster_project.extraction.fields.kind.field import (
    AWARD,
    AWARD_BEFORE,
    KIND,
    allotted,
    heads_awards,
    is_a_rate,
)

_ONE_RECIPIENT = re.compile(
    r"(?:同一|单个|单家|单户|单项|每[个家户人件笔])[^,。;、]{0,6}(?:企业|单位|项目|机构|人|主体|申请|专利|主办方|家|户)?"
)

_ONE_BORROWER = re.compile(_ONE_RECIPIENT.pattern + "|单笔")

_LENDING = re.compile("授信|贷款(?!贴息|利息|补)|担保(?!费)|转贷|使用额度|在保余额")

# Awards and single loans, of which a limit is one of payment: 奖补资金⟨总额⟩, 每笔⟨贷款⟩最高
_PAID_IN_ALL = re.compile(
    f"{w.AWARD}(?:资金|的)?总?(?:金额|额)|每[笔户项家](?:贷款|融资|业务)(?=最高|合计|不超过|累计)"
)

NOT_PAID = re.compile("(?<!不)" + w.ACHIEVEMENT + "|保额|赔偿|罚|" + _LENDING.pattern)


@KIND.rule(
    "condition",
    yes=(
        "单户贷款余额不超过⟨1000万元⟩。",
        "单户授信⟨500万元⟩及以下。",
        "单笔贷款最高不超过⟨300万元⟩,给予30%的贴息。",
    ),
    no=(
        "贷款余额不低于⟨10亿元⟩。",
        "单笔贷款贴息不超过⟨20万元⟩。",
        "单笔贷款贴息额不超过⟨20万元⟩。",
    ),
    source="财政部 普惠金融发展专项资金管理办法 (财金〔2023〕75号): what is supported is limited by the sum lent to one borrower",
)
def size_of_a_loan(c: Context, facts: Facts) -> Found:
    """A limit on what one borrower is lent or one debtor is insured for: 单户授信1000万元及以下."""
    said = _PAID_IN_ALL.sub("补", c.near_before)
    lent = _LENDING.search(said) if facts.is_money and facts.comparator in {"le", "lt"} else None
    if not lent or AWARD.search(said, lent.end()):
        return None
    return lent[0] if _ONE_BORROWER.search(c.near_before) else None


@KIND.rule(
    "incentive",
    yes=(
        "同一企业年度累计不超过⟨200万元⟩。",
        "单个企业累计不突破⟨200万元⟩。",
        "同一企业年度奖补资金总额不超过⟨200万元⟩。",
        "三项补助合计每笔贷款最高⟨6万元⟩。",
    ),
    no=(
        "全市每个企业平均投资不超过⟨5亿元⟩。",
        "单个项目贷款不超过⟨500万元⟩。",
    ),
)
def limit_of_payment(c: Context, facts: Facts) -> Found:
    """A limit on what one recipient is paid: 同一企业年度累计不超过200万元."""
    said = _PAID_IN_ALL.sub("补", c.clause_before)
    if facts.comparator != "le" or not facts.is_money or NOT_PAID.search(said):
        return None
    return matched(_ONE_RECIPIENT.search(c.clause_before))


_NO_MORE = re.compile("(?:最多|至多|限|不超过)(?:资助|支持|补助|奖励)?")

_SYSTEM = re.compile(f"{w.AWARD}(?:制度|机制|体系|政策)")  # what awards are given by, and no award

_WINNERS = re.compile("每[届次批][^。;]{0,60}奖[^,。;奖]{0,6}(?:不超过|不多于|不得超过)$")

_PRIZE = re.compile("奖[^,。;奖]{0,4}(?:不超过|不多于|不得超过)$")  # 班组奖不超过⟨3个⟩,每个3万元

_SO_MUCH_EACH = re.compile("(?:以内)?,每[个家项名件](?:奖励?|补助)?\\d")

_FOR_EACH = re.compile(
    _ONE_RECIPIENT.pattern
    + f"|一家企业|一个单位|一件[^,。;\\d]{{0,6}}|每[届批次]|每[项件][^,。;\\d]{{2,12}}(?:{w.AWARD})"
)

_MEASURE_OF_PAYMENT = re.compile(
    f"{w.AWARD}(?:面积|台数|数量|次数|个数)|(?:享受|领取|申领)(?:贴息|补贴|补助|奖励|资助)"
)


@KIND.rule(
    "condition",
    yes=(
        "给予展位费补助,每家企业每年最多支持⟨6个⟩展位。",
        "给予租金补贴,补贴面积不超过⟨200平方米⟩。",
        "获得授权的,每个国家补助2万元,最多⟨3个⟩国家。",
        "对参展企业给予补助,每家企业只能获得⟨1次⟩补助。",
        "每次评选市创新奖不超过5个,提名奖不超过⟨8个⟩。",
        "每户企业年度贴息额不超过25万元,累计享受贴息不超过⟨三次⟩。",
        "一、政府质量奖\n奖励标准\n区质量奖每届不多于⟨5家⟩,每家15万元。\n",
        "每件外观设计资助不超过⟨3个⟩国家。",
        "每件奖励1.5万元,一件专利至多奖励⟨3个⟩国家。",
        "质量奖每家15万元,班组奖不超过⟨3个⟩,每个3万元。",
    ),
    no=(
        "每家企业每年最多设立⟨6个⟩展位。",
        "每件专利产品进入市场不超过⟨3个⟩。",
        "建立奖励制度,每次评审新增优秀案例不超过⟨10个⟩。",
        "给予租金补贴,最高⟨6万元⟩。",
    ),
)
def limit_of_count(c: Context, facts: Facts) -> Found:
    """A limit on how many things an award is paid for, which is no sum: 每家企业每年最多支持6个展位; 补贴面积不超过200平方米."""
    if facts.comparator != "le" or facts.is_money or facts.is_share:
        return None
    won = _PRIZE.search(c.near_before) and _SO_MUCH_EACH.match(c.after)
    if match := _MEASURE_OF_PAYMENT.search(c.clause_before) or _WINNERS.search(c.before) or won:
        return match[0]
    said = _SYSTEM.sub("", TASK.sub("", c.before)) + c.clause_after
    is_granting = facts.after_award or AWARD.search(said) or heads_awards(c)
    return (
        matched(_FOR_EACH.search(c.clause_before) or _NO_MORE.fullmatch(c.clause_before))
        if is_granting
        else None
    )


_PROCEEDS_BEFORE = re.compile(
    r"(?:净收益|转化收益)[^,。;]{0,24}比例[^,。;]{0,6}$|形成的?股份(?:或者?出资比例)?(?:中|的)?(?:提取|不低于|不少于|至少|以)*$|份额[,]?[^,。;]{0,6}奖励总额的$|(?:收益|所得|净收入)(?:中|的)?(?:提取|按照?|不低于|不少于|至少|以)*$"
)

_PROCEEDS_AFTER = re.compile(phrases.BOUND + r"?的?(?:净?收益|净收入)")


@KIND.rule(
    "allocation",
    after=("fine",),
    yes=(
        "转化净收益的⟨70%⟩以上奖励研发团队。",
        "以专利作价入股的,所形成股份的⟨60%⟩以上奖励发明人。",
        "应当从作价形成的股份或者出资比例中提取不低于⟨60%⟩的比例奖励发明人。",
    ),
    no=(
        "实际投入的⟨70%⟩奖励研发团队。",
        "专利产品净收益增长⟨70%⟩。",
    ),
)
def share_of_proceeds(c: Context, facts: Facts) -> Found:
    """A share of proceeds: 净收益的70%以上奖励给研发团队."""
    if not facts.is_share:
        return None
    return matched(_PROCEEDS_BEFORE.search(c.near_before) or _PROCEEDS_AFTER.match(c.near_after))


_EXEMPT = re.compile(rf"{phrases.BOUND}的?[^,。;、\d]{{0,18}}?(?:免征|免收|免缴)")

_LOWERED = re.compile(r"(?:征收率|预征率|税率)的[^,。;、\d]{0,14}?,?(?:减按|减征|免征)")


@KIND.rule(
    "condition",
    yes=(
        "对月销售额⟨10万元⟩以下的纳税人免征增值税。",
        "月销售额⟨10万元⟩以下免征增值税。",
        "适用⟨3%⟩征收率的应税收入减按1%征收。",
        "适用⟨3%⟩预征率的项目,减按1%预征率预缴增值税。",
    ),
    no=("免征增值税⟨10万元⟩以下。", "对困难企业,⟨10万元⟩以下的费用由市财政补贴。"),
    source="增值税法 (2024), 第二十三条: 未达到起征点的,免征增值税",
)
def exempt_below(c: Context, facts: Facts) -> Found:
    """The sum below which nothing is levied: 月销售额10万元以下免征增值税."""
    if facts.is_share:
        return matched(_LOWERED.match(c.after))
    return matched(_EXEMPT.match(c.own_after)) if facts.is_money else None


_USED_FOR = re.compile(f"{phrases.BOUND}?的?(?:资金|经费)?(?:专项)?(?:用于|投向)")  # ⟨30%⟩以上用于支持

_AWARD_SOON = re.compile(r"[^,。;]{0,14}" + w.AWARD)

_TO_PAY_BY = re.compile("按|依")

_INSTALMENTS = re.compile(
    rf"(?:[先再预首]|后|首期|首次|分期|启动时|立项时)(?:拨付?|兑付|支付|发放|下达)N|应(?:{w.AWARD}|兑付)(?:资金|金额|额)的N|(?:第[一二三四五]年|次年|其余[一二两三四]年|每年)各?(?:拨付|兑付|支付|发放|下达|兑现)N|[首末尾]期N|(?:^|[首次当每]|第[一二三四五])年N$"
)

_IN_PARTS = re.compile(
    r"分[一二两三四五\d][年次期批](?:拨付|兑付|兑现|发放|给予|支付|下达)|[一二两三四五\d]个阶段|逐年兑付|先|后|首期|首次|分期"
)


@KIND.rule(
    "allocation",
    yes=(
        "项目立项后先拨⟨四成⟩。",
        "给予补助,分两期下达,启动时下达⟨60%⟩,验收后下达40%。",
        "资金分两期拨付,首期⟨60%⟩,验收合格后拨付其余40%。",
        "分三个阶段,分别按应奖励额的30%、30%和⟨40%⟩奖励企业。",
        "单个企业补助最高1200万元,分两年拨付,首年⟨60%⟩,次年40%。",
        "安家补助分五年发放,第一年发放⟨40%⟩,其余四年每年发放15%。",
    ),
    no=("按省级奖励额的⟨50%⟩奖励企业。", "给予租金补贴,首年⟨60%⟩,次年40%。"),
    source="grants are paid out in parts so, at the start, on completion and on acceptance",
)
def instalment(c: Context, facts: Facts) -> Found:
    """A part of an award that is paid out first, later or last: 先拨四成; 按应奖励额的30%."""
    return allotted(_INSTALMENTS, c, facts) if _IN_PARTS.search(c.before + c.near_after) else None


_YEAR_OF_AWARD = re.compile(
    "[,、;]?(?:其中)?(?:第?[一二三四五六七八九十][、至到]?)+年?(?:、?第[一二三四五六七八九十]年)*(?:为|按)?|[,、;]?[前后首次][一二两三四五]?年(?:为|按)?"
)

_REACHED_RATE = re.compile(r"(?:平均利率|满意度|[^助贴励税费息利]率|占比|比重)[^,。;\d]{0,6}$")

_USED_ON = re.compile(r"用于[^,。;\d]{2,12}的[^,。;\d]{0,8}$")  # 用于奖补的不低于一半

_LOSS_BEFORE = re.compile("损失,(?:按照?|给予|可按)[^,。;]{0,8}$")

_LOSS_MET = re.compile("[^,。;]{0,10}补偿")

_LOSS = re.compile(r"(?:损失|不良贷款)[^,。;]{0,14}N[^。;]{0,16}补偿|补偿[^,。;]{0,8}损失[^,。;]{0,4}N")


@KIND.rule(
    "allocation",
    yes=(
        "对贷款本金损失给予⟨50%⟩的风险补偿。",
        "由省级资金按照不超过贷款本金损失⟨30%⟩的比例给予补偿。",
        "对银行发生的本金损失,按⟨40%⟩的比例补偿。",
    ),
    no=("对贷款利息给予⟨50%⟩的补贴。", "不良贷款率降至⟨2%⟩以下。"),
    source="财政部 普惠金融发展专项资金管理办法 (财金〔2023〕75号): risk is shared by a compensation of a part of the loss",
)
def share_of_a_loss(c: Context, facts: Facts) -> Found:
    """The part of a loss that a fund bears: 对本金损失给予50%的补偿; 对本金损失,按40%的比例补偿."""
    behind = _LOSS_BEFORE.search(c.before) and _LOSS_MET.match(c.clause_after)
    return allotted(_LOSS, c, facts) or (matched(behind) if behind and is_a_rate(c, facts) else None)


@KIND.rule(
    "incentive",
    yes=(
        "对保费给予⟨50%⟩的补贴。",
        "对成果给予80%的奖补,其中第二年为⟨70%⟩。",
        "企业租用厂房的,前三年给予租金补贴,其中第一年为⟨80%⟩。",
        "对购置设备的项目,分别给予实际投资额(不含税,下同)⟨5%⟩、6%的补助。",
    ),
    no=(
        "奖励资金占比达到⟨50%⟩。",
        "资助企业满意度⟨95%⟩以上。",
        "补贴发放及时率达到⟨95%⟩以上。",
        "保费的⟨50%⟩予以补贴。",
        "安排专项资金1800万元,其中用于奖补的不低于⟨50%⟩。",
    ),
)
def granted_rate(c: Context, facts: Facts) -> Found:
    """A rate right after a word of granting: 给予30%的补贴; not one that is reached: 资助企业满意度95%."""
    before = facts.before
    is_behind_one = bool(before and before.kind == "incentive" and before.is_share)
    is_of_it = is_a_rate(c, facts) and (is_behind_one or _GIVEN_IN_YEARS.search(c.before))
    if is_of_it and (match := _YEAR_OF_AWARD.fullmatch(c.near_before)):
        return match[0]
    if _REACHED_RATE.search(c.near_before) or _USED_ON.search(c.near_before):
        return None
    return matched(AWARD_BEFORE.search(c.near_before)) if is_a_rate(c, facts) else None


@KIND.rule(
    "incentive",
    after=("share_of_proceeds",),
    yes=(
        "实际投入的⟨30%⟩给予补助。",
        "按合同额的⟨10%⟩、最高5万元给予奖励。",
    ),
    no=(
        "合同额增长⟨30%⟩的给予补助。",
        "转化净收益的⟨30%⟩给予奖励。",
        "设立专项资金,其中⟨30%⟩以上用于支持中试平台。",
    ),
)
def rate_of_an_award(c: Context, facts: Facts) -> Found:
    """A rate with the award soon after it: 按实际投入的30%给予补助; after 按 a cap may stand between."""
    if _USED_FOR.match(c.own_after):
        return None
    after = c.after if _TO_PAY_BY.search(c.clause_before) else c.near_after
    return matched(_AWARD_SOON.match(after)) if is_a_rate(c, facts) else None


# An award without a rate, whose rates follow by years: 前三年给予租金补贴,⟨其中第一年为⟩80%.
_GIVEN_IN_YEARS = re.compile(f"(?:给予|予以|享受)[^,。;\\d]{{0,8}}(?:{phrases.AWARD_NOUN.pattern}),[^,。;]*$")

_REDUCED_TO = re.compile(r"(?:减按|降至|降到|减半按|减至|折扣?为)$|税率为?$")

_REDUCED = re.compile(
    r"(?:的?(?:税率|征收率|预征率|比例|标准))?的?(?:征收|预缴|收取|缴纳|计收|计租|计发|计入应纳税|执行|的?优惠)"
)

_LOWEST = re.compile("最低价(?:标准)?》?的$|现行(?:收费)?标准的?$")

_TAXED_AT = re.compile("按照?$")

_DEDUCTED = re.compile("在?税前(?:加计)?(?:扣除|摊销)")

_FREE_BEFORE = re.compile(
    "(?:租金|租|费用?|税)(?:全免|免[收除交]|全额减免)[^。;]*,(?:之后|此后|期满后|次年|第[二三四五]年)[^,。;]*$"
)

_HALF = re.compile("减半|一半|[一二三四五六七八九]折$")

_FEE = re.compile("费|租金|基金")

_MOST = 50  # percent: 管理费按2%收取 is a rate of something else, 检测费按80%收取 one of the fee itself


@KIND.rule(
    "incentive",
    yes=(
        "租金按市场价的⟨六折⟩收取。",
        "所得税减按⟨15%⟩征收。",
        "减按⟨15%⟩的税率征收企业所得税。",
        "减按25%计入应纳税所得额,按⟨20%⟩的税率缴纳企业所得税。",
        "研发费用再按照⟨100%⟩在税前加计扣除。",
        "鉴定费按现行收费标准⟨70%⟩收取。",
        "租期内⟨减半⟩收取租金。",
        "前两年租金全免,之后按评估价的⟨五成⟩收取。",
        "面积不超过3000平方米的部分,前两年租金全免,第三年按⟨50%⟩收取。",
        "土地出让金按工业用地最低价标准的⟨70%⟩执行,容积率高的免收配套费。",
        "小微企业的检测费按⟨80%⟩收取。",
    ),
    no=("管理费按⟨2%⟩收取。", "罚款按实际数额的⟨15%⟩征收。", "能耗⟨减半⟩。", "租金按市场价的⟨60%⟩收取。"),
    source="企业所得税法 (2018), 第二十八条: 减按20%的税率征收",
)
def reduced_charge(c: Context, facts: Facts) -> Found:
    """What is left to be paid of a tax, a rent or a fee that is lowered: 减按15%征收; 六折收取; 减半."""
    if not facts.is_share:
        return None
    if deducted := _DEDUCTED.match(c.own_after):
        return deducted[0]
    if not (match := _REDUCED.match(c.own_after) or _REDUCED.match(c.near_after)):
        return None
    if facts.before and facts.before.kind == "incentive" and _TAXED_AT.search(c.near_before):
        return match[0]
    own = c.sentence.text[c.quantity.start : c.quantity.end]
    is_less = (
        _LOWEST.search(c.near_before)
        or _REDUCED_TO.search(c.near_before)
        or _HALF.search(own)
        or _FREE_BEFORE.search(c.before)
        or (_TAXED_AT.search(c.near_before) and _FEE.search(c.near_before) and c.quantity.value >= _MOST)
    )
    return match[0] if is_less else None


_RATE_OF_AWARD = re.compile(f"%[^,。;]{{0,6}}{w.AWARD}|{w.AWARD}[^,。;]{{0,10}}%")

_WHOSE = re.compile("的(?:[^,。;的]{0,8}[,按可])?(?:提高|提升|上浮|增加)(?:到|至|为)$")

_RAISED_TO = re.compile("(?:提高|提升|上浮|增加|放宽)(?:到|至|为)$")

_ALLOWED_TO = re.compile(rf"[,;]?[^,。;的]{{2,14}}{w.PARTY}可?放宽[到至]")

_STANDARD_RAISED = re.compile(f"{w.AWARD}(?:比例|标准)[由从][^,。;]*(?:提高|提升|上调|下调)[到至为]$")

_RAISED_BY = re.compile(
    r"(?:上浮|加奖|加计|另增|再增加?|再提高|基础上[^,。;]{0,4}(?:增加|提高)"
    r"|(?:补[助贴]|奖励|资助|贴息|支持)(?:比例|标准)(?:可|相应)?(?:提高|上调))[^,。;]{0,6}$"
)


@KIND.rule(
    "incentive",
    yes=(
        "对示范企业奖励10万元,小微企业上浮⟨20%⟩。",
        "按设备投入的8%给予补助,其中列入目录的提高到⟨12%⟩。",
        "保费补贴比例由50%提高到⟨70%⟩。",
        "按设备投入的8%给予补助,列入目录的,补助比例提高⟨2个百分点⟩。",
        "按利息的40%予以补贴,专精特新企业可放宽至⟨50%⟩。",
    ),
    no=(
        "小微企业贷款利率上浮⟨20%⟩。",
        "按设备投入的8%给予补助。合格率提高到⟨12%⟩。",
        "给予补助5万元,推动就业率提高到⟨90%⟩。",
    ),
    source="an award for some is raised against that for all, which stands before it",
)
def raise_of_an_award(c: Context, facts: Facts) -> Found:
    """An award raised by so much, or a rate of award to so much: 在上述基础上增加5个百分点; 上浮20%; 提高到12%."""
    if not facts.is_share:
        return None
    if match := _STANDARD_RAISED.search(c.clause_before):
        return match[0]
    if _RATE_OF_AWARD.search(c.before) and (match := _RAISED_TO.search(c.near_before)):
        is_whose = _WHOSE.search(c.clause_before) or _ALLOWED_TO.fullmatch(c.near_before)
        return match[0] if is_whose else None
    is_granting = (
        facts.after_award or c.sentence.provision_grants or AWARD.search(c.clause_after + c.clause_before)
    )
    return matched(_RAISED_BY.search(c.near_before)) if is_granting else None


_INCOME_SHARE = re.compile(
    r"收益|(?:专利|发明人?|设计人|完成人)的?报酬|(?<!初次)(?<!再)分配|分成|留归|所得比例|净收入|奖酬|(?<!市场)份额|所有权|奖励的比例|提取|计提|提成|留存(?!率)|归[^,。;]{0,8}所有|"
    r"(?:收入|所得|基金|资金|经费)的?(?:不低于|不少于)"
)

_BURDEN = re.compile(
    r"承担(?![^,。;N]{0,6}(?:项目|任务|课题))|分担|[自共]担|兜底?N|分摊|负担|配比|出资(?=N|占|比例|不低于N|不少于N|不超过N)|兑付(?!率)|按N(?:的)?比例(?:配套|出资)|按N(?:配套|出资)|配套(?:比例)?(?:不低于|不少于|为)?N"
)

_BURDEN_RAISED = re.compile("(?:分担|承担|负担|补偿)比例(?:可|再|相应)?(?:上浮|上调|下调|提高|降低)$")

_OF_BUDGET_FOR = re.compile(
    "(?:资金|经费|预算|基金)[^。;]*,(?:其中)?用于[^,。;]{2,20}的(?:比例|部分)?(?:应当?)?(?:不低于|不少于|不得低于|不得少于|不超过|不得超过|占|达到?|为)?$"
)

_BUDGET_SHARE = re.compile(
    r"投向[^,。;]*(?:比例|占比)|用于[^,。;]{0,24}(?:资金|经费|支出|投入|比例)|拨付|(?:资金|经费|预算|支出)[^,。;]{0,10}(?:比例|部分)|N(?:以上)?(?:专项)?用于"
)


@KIND.rule(
    "allocation",
    yes=("收益分配给发明人的比例不低于⟨70%⟩。", "收益的70%奖励给发明人,其余⟨30%⟩留归单位。"),
    no=(
        "专利产品收益增长⟨70%⟩。",
        "劳动报酬占初次分配的比重提高到⟨50%⟩。",
        "专利产品市场份额达到⟨20%⟩。",
        "引进人才留存率达到⟨80%⟩。",
    ),
)
def share_of_income(c: Context, facts: Facts) -> Found:
    """A share of income or ownership, and who gets it: 转让收益的提取比例为50%."""
    return allotted(_INCOME_SHARE, c, facts)


@KIND.rule(
    "allocation",
    after=("granted_rate",),
    yes=(
        "风险由市、县按⟨6∶4⟩的比例分担。",
        "所需经费市、县各负担⟨50%⟩。",
        "区县配套比例不低于⟨50%⟩。",
        "出现坏账时,由资金池兜60%、银行自担⟨40%⟩。",
        "首贷企业的风险分担比例上浮⟨10个百分点⟩。",
        "设立风险补偿基金6000万元,其中市级出资不低于⟨2/3⟩。",
    ),
    no=(
        "银行分担的保费补贴⟨50%⟩。",
        "分担机制逐步完善,贷款额上浮⟨10个百分点⟩。",
        "风险补偿率不低于⟨40%⟩。",
        "企业承担项目占比达到⟨60%⟩。",
        "奖补资金按期兑付率达到⟨100%⟩。",
    ),
)
def share_of_a_burden(c: Context, facts: Facts) -> Found:
    """A share of a loss or of what is to be paid in, or a raise of it: 按8∶2的比例承担; 分担比例上浮10个百分点."""
    return allotted(_BURDEN, c, facts) or (
        matched(_BURDEN_RAISED.search(c.near_before)) if facts.is_share else None
    )


@KIND.rule(
    "allocation",
    yes=(
        "投向种子期项目的资金占比不低于⟨40%⟩。",
        "用于品牌培育的资金比例不低于⟨40%⟩。",
        "安排经费2亿元,其中用于维权援助的不低于⟨15%⟩。",
    ),
    no=("用于品牌培育的资金增长⟨40%⟩。", "安排经费2亿元,用于维权援助的机构覆盖面⟨15%⟩。"),
)
def share_of_a_budget(c: Context, facts: Facts) -> Found:
    """A share of a budget or fund, and what it is for: 用于集聚区建设的资金比例不得少于40%."""
    of_a_sum = matched(_OF_BUDGET_FOR.search(c.before)) if is_a_rate(c, facts) else None
    return allotted(_BUDGET_SHARE, c, facts) or of_a_sum


_WEIGHED = re.compile("考核[^。;]{0,30}(?:权重|分值)(?:占比|比重)?(?:不低于|不少于|达到?|为|占)*$")


@KIND.rule(
    "allocation",
    yes=("将保护工作纳入高质量发展考核,分值权重不低于⟨2%⟩。", "将工作列入对县区考核,分值不少于⟨3分⟩。"),
    no=("考核得分不低于⟨80分⟩的,给予奖励。", "权重不低于⟨2%⟩。"),
    source="assessments share out a whole of points among their items",
)
def weight_in_an_assessment(c: Context, facts: Facts) -> Found:
    """The weight that a work has where its office is assessed: 纳入考核,权重不低于2%."""
    is_weight = facts.is_share or c.quantity.unit_word == "分"
    return matched(_WEIGHED.search(c.before)) if is_weight else None


_SHARE_OF_WHAT = re.compile("占比[^,。;]{0,12}$")  # 智能硬件投入占比不得超过总投入的⟨50%⟩

_AMOUNT_PAID = re.compile(
    f"{w.AWARD}(?:资金)?(?:总额|金额|额度?)|(?:^|[,;、])(?:{phrases.AWARD_NOUN.pattern})比例[^,。;\\d]*$"
)

# 同一企业年度⟨享受本政策奖补总额,⟩原则上不超过其贡献的50%
_PAID_IN_A_YEAR = re.compile(
    f"(?:享受|获得|领取)[^,。;]{{0,16}}(?:{phrases.AWARD_NOUN.pattern})(?:资金)?(?:总额|总计|合计|累计|金额)?,?(?:原则上|一般)?[^,。;\\d]{{0,30}}$"
)


@KIND.rule(
    "incentive",
    after=("share_of_a_burden",),
    yes=(
        "给予展览费补助10万元,不超过实际支出的⟨30%⟩。",
        "同一企业年度奖补总额不超过其上年度地方财政贡献的⟨50%⟩。",
        "同一企业年度享受本政策奖补总额,原则上不超过其当年贡献的⟨50%⟩。",
        "质押融资实行贴息,贴息比例不高于按同期基准利率计算的利息总额的⟨50%⟩。",
    ),
    no=(
        "享受补助的企业,能耗不超过限额的⟨50%⟩。",
        "展览面积不超过场馆的⟨30%⟩。",
        "给予补助10万元,其中硬件投入占比不超过总投入的⟨50%⟩。",
        "给予展览费补助10万元,自行承担的费用不超过⟨30%⟩。",
    ),
)
def cap_of_a_rate(c: Context, facts: Facts) -> Found:
    """A rate as cap on an award, of this clause or one before: 给予补助,最高不超过投资额的30%; 补助额不高于合同额的60%."""
    is_part = RATE_OF_STATE.search(c.near_before) or _SHARE_OF_WHAT.search(c.near_before)
    if not facts.is_share or phrases.is_growth(c) or facts.comparator != "le" or is_part:
        return None
    said = _AMOUNT_PAID.search(c.near_before) or _PAID_IN_A_YEAR.search(c.before)
    return matched(said) or ("" if facts.after_award else None)


# ⟨支持⟩高校开放许可: what the plan does, at the head of a clause
TASK = re.compile(
    r"(?:^|(?<=[,;:)。\s]))(?:积极|重点|大力|鼓励和?)?(?:支持|扶持)(?!资金|金额|标准|额)(?=[^,。;]{0,6}(?:企业|高校|院所|机构|单位|园区|各地|有条件))"
)
