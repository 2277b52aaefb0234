"""What one unit of a figure is per: an award for each recipient, item or year, a count for each year."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Field, Found, matched
from dagster_project.reading.vocabulary import Word, one_of

PER: Field[str | None] = Field("per")

# Units that land and premises are measured in, which are no items.
_MEASURED = {
    "亩": "mu",
    "平方米": "square metre",
    "平米": "square metre",
    "平方": "square metre",
    "㎡": "square metre",
}
_OF_LAND = re.compile(
    rf"(?:每|(?<=/))(?:月[•·/]每?)?(?P<unit>{'|'.join(_MEASURED)})|(?P<mean>亩)均[^,。;、\d]*$"
)
_MONTH_OF_ITEM = re.compile(
    r"每(?:台|辆|间|床|张)[^,。;、]{0,2}每月|每月每(?:台|辆|间|床|张)|(?<=/)(?:台|辆|间|床)/月"
)
_ADDITIONAL = re.compile(
    r"每(?:增加|新增|多|超过|超出|增|提高|上升)[^,。;]{0,12}$|每(?:增加|新增|多|超过|超出|增)\d*[^,。;给予奖]{0,8}(?:再|另)?(?:给予|奖励|补助|增加|加奖)"
)
# 每增加10户,⟨另奖⟩5万元
_ADDED_BEFORE = re.compile(r"每(?:增加|新增|多|超过|超出)[^,。;元]{0,20},[^,。;、元]{0,12}$")
_YEAR_OF_ONE = re.compile(
    r"每年(?:度)?(?:每|给每|对每)|每[家户个名人位][^,。;、]{0,8}每年|(?:单个|单家|单户|单人|一家|同一|每[家个户名人位])[^,。;]{0,10}(?:每年|年度|当年|全年|一年(?!内|期)|(?<![\d半满近前后])年(?=[补奖贴享]))|(?:年度|每年|当年|全年)[^,。;]{0,8}(?:单个|单家|同一|每[家个])|(?<=/)[家户人名个][/·]年|申请人(?:每年|年度|当年)|(?:企业|单位|机构)(?:每年|年度|当年度?)内?(?:享受|获得?|领取)"
    r"|全年(?:合计|累计)?(?:封顶|最高|最多|上限|不超过|不得超过)[^,。;、\d]{0,6}$"
)
_IN_ALL = re.compile(
    r"(?:同一|单个|单家|单户|每[家个户名人位])[^,。;]{0,10}(?:每年|年度|当年|全年)[^,。;]*,(?:合计|累计|总计|总额)[^,。;、\d]{0,6}$"
)
_THINGS = "案 件 项 款 篇 部 例 单 笔 场 次 期 台 套 辆 艘 张 趟 人次 立方米 吨 千瓦 条 批 份 品种 种 座 床位 标箱".replace(
    " ", "|"
)
_THING = "项目|产品|品牌|标准|商标|专利|品种|活动|床位|平台|案件|作品|成果|论文"
_ITEM = re.compile(
    rf"每(?:{_THINGS})|(?<![第统单之唯专万])一(?:案|件|项)(?=最高|不超过|[^,。;、]{{2,20}}(?:奖金|报酬)(?:最低)?(?:不少于|不低于|不超过)?$)|单(?:案|件|项|笔|场|台|套|篇|品种|次)|每个(?:{_THING})|(?:{_THING}|认证|证书|托位|农产品)(?:按)?每[个张](?=$|奖|补|给)|单个[^,。;、的]{{0,4}}?(?:项目|案件|产品|品种|活动|标准)|(?<=/)(?:{_THINGS})"
)
# What is done once for each award: 每⟨引进1家⟩.
_EACH_DONE = re.compile(
    r"每(?!年|月)[^,。;、\d满增]{1,10}?[1一][家个名人项件台场户位笔单][^。;元]*$"
    r"|每(?!年|月)[^,。;、\d满增]{1,10}?[1一][家个名人项件台场户位笔单][^。;]*,[A-Z\u4e00-\u9fff]{1,6}[类级等档][^,。;、\d]{0,4}$"
    r"|每满\d[\d.]*[万亿]*(?:美)?元[^。;,元]*$"
)
_ONE_OF_PARTY = re.compile("(?<=/)[家户人名]")
_OF_THING = re.compile(
    rf"{phrases.ADDRESSING}[^。;]*的[^,。;、的]{{0,6}}(?:专利|商标|作品|标准|品种|论文|案件|(?<!多个)项目|装备),[^。;]*$|{phrases.ADDRESSING}[^。;的]{{4,}}(?<!多个)项目,(?![^。;]*(?:企业|单位|机构|个人))[^。;]*$|^(?!.*(?:单位|企业|机构)[的,])[^。;]*[级类]项目(?:分别|最高|各)[^,。;]*$"
)
_UNIT_PRICE = re.compile(r"单[台件套价][^,。;、\d]{0,8}$")
_RECIPIENT = re.compile(r"每(?:家|户|名|人|位|所|个|单位|企业|机构)|单个|单家|单户|各")
_MONTHLY = re.compile(r"每月|按月|(?<=[/·])月")
# The time for which land and premises are let: 元/平方米/天, 每平方米每月.
_TIMES = {
    "-month": _MONTHLY,
    "-day": re.compile("每[天日]|(?<=[/·])[天日]"),
    "-year": re.compile("(?<=[/·])年"),
}
_YEARLY = re.compile(r"每年|年度|按年|逐年|(?<=/)年")
_EACH_YEAR = one_of("按年度", Word("每年", unless_after="度工作", example="每年给予补助"))
# Not what chooses new ones each year, nor what has a sum of its own: 每年遴选5家,对合格的给予60万元.
_YEARLY_BEFORE = re.compile(
    rf"{_EACH_YEAR}(?![^,。;]{{0,6}}(?:遴选|评选|认定|培育|走访|举办|新增|支持))(?![^。;]*元)"
)
_YEARLY_AT_HEAD = re.compile(r"(?:^|[,;:。\s])[\u4e00-\u9fff]{0,6}每年[^,;。]*,(?:[^;。]*,)?[^,;。到至]*$")
_A_YEAR = re.compile("/年")
_YEARLY_BUDGET = re.compile(r"每年|年度(?=安排|投入|预算)")
_LINK = re.compile("^[/的]")  # between a sum and what it is per: 5万元的年度奖励
_MEAN_OF_YEARS = re.compile(r"年均[^,。;、\d]*$")
_SPAN_OR_STATE = re.compile(w.YEARS + "|累计|建成|组建")
_SUMMED_UP = re.compile(w.YEARS + "(?:内|间)?累计|期间累计")  # 年均增长15%、⟨五年累计⟩超过200亿元
_NEXT = 12  # characters after a sum that may say what it is per
_EARLIER = 60  # characters before a sum in which 每年 still holds for it


def _is_paid(facts: Facts) -> bool:
    """An award in money."""
    return facts.kind == "incentive" and facts.is_money


def _said(pattern: re.Pattern[str], c: Context, facts: Facts, *, after: bool = True) -> str | None:
    """Return what the clause before a sum that is awarded says of it, or what stands right after the sum."""
    if not _is_paid(facts):
        return None
    match = pattern.search(c.clause_before)
    if not match and after:
        link = _LINK.match(c.clause_after)
        match = pattern.match(c.clause_after, link.end() if link else 0, _NEXT)
    return match[0] if match else None


@PER.rule(
    source="rents of premises are stated for a square metre and a month, yields and subsidies of land for a mu",
    yes=(
        "对种粮大户,每亩补贴⟨150元⟩。",
        "给予⟨100元⟩/亩的奖励。",
        "对入驻企业,给予每平方米每月⟨15元⟩的租金补贴。",
        "对入驻企业,给予⟨15元⟩/平方米/月的租金补贴。",
        "对入驻企业,按⟨1元⟩/平方米/天给予租金补贴。",
        "对入驻企业,按⟨3元⟩/月•平方米给予租金补贴。",
        "亩均税收达到⟨10万元⟩的企业,给予奖励。",
    ),
    no=("对种粮大户,每户补贴⟨150元⟩。", "每亩补贴150元,每户最高⟨3万元⟩。", "粮食种植面积达到⟨10万亩⟩。"),
)
def unit_of_land(c: Context, facts: Facts) -> Found:
    """For each mu or square metre, and month: 每亩补贴150元, 15元/平方米/月, 亩均税收10万元."""
    if not facts.is_money:
        return None
    link = _LINK.match(c.own_after)
    after = c.own_after[: _NEXT + 1] if link else ""
    match = _OF_LAND.search(c.near_before) or (_OF_LAND.match(after, 1) if link else None)
    if not match:
        return None
    times = (time for time, said in _TIMES.items() if said.search(c.near_before) or said.search(after))
    return _MEASURED[match["unit"] or match["mean"]] + next(times, ""), match[0]


@PER.rule(
    "item-month",
    source="leases of vehicles, machines and beds are stated for one and a month",
    yes=("对运营企业,给予每台每月⟨500元⟩的补贴。", "对运营企业,给予⟨500元⟩/辆/月的补贴。"),
    no=("对运营企业,给予每台⟨500元⟩的补贴。",),
)
def month_of_item(c: Context, facts: Facts) -> Found:
    """For each item and month: 每台每月."""
    return _said(_MONTH_OF_ITEM, c, facts)


@PER.rule(
    "recipient-month",
    yes=("对驻站专家,每人每月补贴⟨2000元⟩。", "按月发放⟨1500元⟩补贴。", "给予⟨1000元⟩/月的租房补贴。"),
    no=("对驻站专家,每人补贴⟨2000元⟩。", "按每平方米每月⟨15元⟩给予补贴。"),
    after=("unit_of_land",),
)
def monthly(c: Context, facts: Facts) -> Found:
    """For each month, to one recipient: 每人每月, 按月发放."""
    return _said(_MONTHLY, c, facts)


@PER.rule(
    "additional item",
    yes=(
        "毕业企业每增加1家奖励孵化器⟨2万元⟩。",
        "对合作银行,贷款每新增1000万元奖励⟨3万元⟩。",
        "入驻企业每增加10户,另奖⟨5万元⟩。",
    ),
    no=("每家毕业企业奖励孵化器⟨2万元⟩。",),
)
def additional_item(c: Context, facts: Facts) -> Found:
    """For each item more than before: 每增加1家, 每新增1000万元."""
    if said := _said(_ADDITIONAL, c, facts):
        return said
    return matched(_ADDED_BEFORE.search(c.before)) if _is_paid(facts) else None


@PER.rule(
    "recipient-year",
    yes=(
        "同一企业每年奖励总额不超过⟨200万元⟩。",
        "每年对每个工作站给予⟨5万元⟩补助。",
        "每户企业年度贴息额不超过⟨25万元⟩。",
        "每件奖励1万元,同一单位年度内最多奖励6项,合计不超过⟨150万元⟩。",
    ),
    no=("每个工作站给予⟨5万元⟩补助。",),
)
def year_of_recipient(c: Context, facts: Facts) -> Found:
    """For each recipient and year: 同一企业每年, 每年每家; 合计 goes back to the clause before."""
    if _is_paid(facts) and (match := _IN_ALL.search(c.before)):
        return match[0]
    return _said(_YEAR_OF_ONE, c, facts)


@PER.rule(
    "item",
    yes=(
        "对授权的发明专利,每件奖励⟨5000元⟩。",
        "单项奖励最高⟨50万元⟩。",
        "海外维权的,给予支出30%的补助,一案最高⟨15万元⟩。",
        "绿色食品认证每个奖励⟨2万元⟩。",
        "支持发布研发计划,单个研发项目最高支持⟨500万元⟩。",
    ),
    no=(
        "每家企业奖励⟨5000元⟩。",
        "每件奖励5000元,每家企业最高奖励⟨5万元⟩。",
        "国家级中心每个奖励⟨20万元⟩。",
        "单一案件最高奖励⟨20万元⟩。",
    ),
)
def item(c: Context, facts: Facts) -> Found:
    """For each item: 每件, 单项, 每个项目, 元/件."""
    return _said(_ITEM, c, facts)


@PER.rule(
    "item",
    yes=(
        "孵化器每毕业1家企业,奖励运营单位⟨3万元⟩。",
        "每成功引进1名领军人才奖励中介机构⟨5万元⟩。",
        "在站博士后每招1人,补科研经费⟨10万元⟩。",
        "每成功举荐一名全职人才,奖励标准为:A类30万元,B类⟨10万元⟩。",
        "实际到资每满1000万美元奖励⟨50万元⟩。",
    ),
    no=(
        "每家孵化器,奖励运营单位⟨3万元⟩。",
        "每毕业1家企业奖励3万元,每家最高⟨30万元⟩。",
        "每参与制定1项标准,给予每个单位⟨5万元⟩的补助。",
    ),
)
def each_done(c: Context, facts: Facts) -> Found:
    """For each time that something is done: 每毕业1家企业,奖励运营单位3万元."""
    is_for_one = _RECIPIENT.search(c.clause_before.rpartition("每")[1] + c.clause_before.rpartition("每")[2])
    return matched(_EACH_DONE.search(c.before)) if _is_paid(facts) and not is_for_one else None


_HEADS = re.compile(r"(?:企业|单位|机构),?按照?每[人名]$")
_TO_EMPLOYER = re.compile("(?:的?标准)?给予?(?:企业|用人单位|单位|机构)")


@PER.rule(
    "item",
    yes=(
        "对吸纳毕业生的小微企业按每人⟨1000元⟩给予补助。",
        "新招员工的,按每人⟨800元⟩给企业招工补贴。",
        "对引进工程师的企业,按每人⟨20万元⟩标准给予企业引才补助。",
    ),
    no=("对驻站专家,按每人⟨2000元⟩给予补助。", "对小微企业,每家补助⟨1000元⟩。"),
    source="employers are paid for the people they take on, counted by head",
)
def paid_by_head(c: Context, facts: Facts) -> Found:
    """What an employer is paid for each person: 对企业按每人1000元给予补助."""
    if not _is_paid(facts):
        return None
    by_head = c.near_before.endswith(("每人", "每名")) and _TO_EMPLOYER.match(c.near_after)
    return matched(_HEADS.search(c.clause_before) or by_head or None)


@PER.rule(
    "item",
    yes=("对获得中国专利金奖的专利,奖励⟨100万元⟩。", "对课程共建等合作项目,给予⟨50万元⟩支持。"),
    no=(
        "对获得中国专利金奖的企业,奖励⟨100万元⟩。",
        "对技术改造等重点项目,给予企业⟨50万元⟩支持。",
        "对获奖的专利,每家企业最高奖励⟨100万元⟩。",
    ),
    source="专利奖 are awarded to patents, 标准 and 作品 are paid for one by one; guangdong-2022, 二",
)
def thing_awarded(c: Context, facts: Facts) -> Found:
    """What is addressed is a thing, and for each there is an award: 对获得金奖的专利,奖励100万元."""
    if not _is_paid(facts) or _RECIPIENT.search(c.clause_before):
        return None
    return matched(_OF_THING.search(c.before))


@PER.rule(
    "item",
    yes=("对购置单台⟨5万元⟩以上设备的企业,给予奖励。",),
    no=("对购置设备⟨5万元⟩以上的企业,给予奖励。", "单台设备补助⟨5万元⟩。"),
    source="technical renewal is supported from a price of one machine on: 单台设备5万元以上",
)
def unit_price(c: Context, facts: Facts) -> Found:
    """What one thing must cost: 单台设备5万元以上."""
    return (
        matched(_UNIT_PRICE.search(c.near_before)) if facts.kind == "condition" and facts.is_money else None
    )


_EACH_PARTY = re.compile("每[家户个人名]|同一(?:企业|单位|机构)")
_EACH_DEAL = re.compile("(?:每|同一)(?:笔|项|次|张|件)|单张")


@PER.rule(
    yes=(
        "投保安全责任保险,每人赔偿限额不低于⟨80万元⟩的企业,给予奖励。",
        "投保安全责任保险,每次事故赔偿限额不低于⟨300万元⟩的企业,给予奖励。",
    ),
    no=(
        "投保安全责任保险,赔偿限额不低于⟨300万元⟩的企业,给予奖励。",
        "对单户⟨1000万元⟩以下的贷款,给予贴息。",
    ),
    source="fct_measure: what one unit of the figure is per; 单户, 单笔 say which loans are meant",
)
def required_of_each(c: Context, facts: Facts) -> Found:
    """A sum that is required, or the limit, of each of some: 每人赔偿限额80万元, 每家企业每年不超过15万元."""
    if facts.kind != "condition" or not facts.is_money:
        return None
    if match := _EACH_DEAL.search(c.near_before):
        return "item", match[0]
    match = _EACH_PARTY.search(c.near_before)
    if not match:
        return None
    return ("recipient-year" if _YEAR_OF_ONE.search(c.near_before) else "recipient"), match[0]


@PER.rule(
    "recipient",
    yes=("对每家中心安排工作经费⟨15万元⟩。",),
    no=("安排工作经费⟨15万元⟩。", "每年安排工作经费⟨15万元⟩。"),
    source="fct_measure: what one unit of the figure is per",
)
def set_aside_for_each(c: Context, facts: Facts) -> Found:
    """Money that is set aside for each of some: 对每家中心安排15万元."""
    return (
        matched(_EACH_OF_THEM.search(c.near_before)) if facts.kind == "funding" and facts.is_money else None
    )


_EACH_OF_THEM = re.compile("每[家个所户人名](?![^,。;、]{0,3}(?:年|季|月))")


@PER.rule(
    "recipient",
    yes=("每家企业奖励⟨20万元⟩。", "单个企业最高补助⟨80万元⟩。", "补助国家级示范平台⟨80万元⟩/家。"),
    no=(
        "给予⟨20万元⟩奖励,每家企业限报一次。",
        "每家孵化器每增加1家企业奖励⟨2万元⟩。",
        "每家企业每年奖励⟨20万元⟩。",
    ),
    after=("monthly", "year_of_recipient"),
)
def recipient(c: Context, facts: Facts) -> Found:
    """For each recipient: 每家, 单个企业; after the sum only 元/家: what else follows it is said of something else."""
    if said := _said(_RECIPIENT, c, facts, after=False):
        return said
    return (
        matched(_ONE_OF_PARTY.match(c.own_after, 1)) if _is_paid(facts) and c.own_after[:1] == "/" else None
    )


@PER.rule(
    "recipient-year",
    yes=(
        "对新认定的中心,每年给予⟨30万元⟩运营补助。",
        "对考核合格的中心,给予⟨30万元⟩的年度补助。",
        "给予⟨30万元⟩/年的运营补助。",
        "每年对工作站开展评估,对合格的给予⟨10万元⟩补助。",
    ),
    no=(
        "对新认定的中心,给予⟨30万元⟩运营补助。",
        "根据每年度工作考核,对合格的给予⟨10万元⟩补助。",
        "每年遴选5家,对验收合格的给予⟨60万元⟩补助。",
        "在站期间每年发放补贴10万元,出站后留下的,另发⟨20万元⟩。",
    ),
    after=("year_of_recipient",),
)
def yearly(c: Context, facts: Facts) -> Found:
    """A sum for each year, paid to one recipient: 每年给予; 每年开展评估,对合格的给予."""
    if said := _said(_YEARLY, c, facts):
        return said
    match = _YEARLY_BEFORE.search(c.before[-_EARLIER:]) if _is_paid(facts) else None
    return match[0] if match else None


@PER.rule(
    "recipient",
    yes=("对获得示范称号的企业,给予⟨20万元⟩奖励。",),
    no=("对获得示范称号的企业,每年给予⟨20万元⟩奖励。", "安排⟨2000万元⟩专项资金。"),
)
def award(_: Context, facts: Facts) -> Found:
    """An award in money is paid once, to a recipient."""
    return "" if _is_paid(facts) else None


_SUMMED = re.compile("总额|合计|累计")  # a rate that limits what one gets, not what its business costs
_IN_ALL_SO_OFTEN = re.compile(",?(?:累计|合计)")
_LIMITED_TO_ONE = re.compile(
    r"(?P<item>(?:同一|每|单)[件项]|同一(?:发明)?(?:专利|商标|作品|项目|案件))|一家企业[^,。;]*|(?:补贴|补助)面积|(?:同一|单个|单家|单户|每[家个人户名])(?![^,。;]{0,4}镇|[省市县区])[^,。;]*"
)


@PER.rule(
    source="rules on subsidies limit how often one applicant is paid, or for how much: 同一企业每年不超过3项",
    yes=(
        "给予补助,每家企业每年最多补助⟨50台⟩。",
        "同一件专利最多资助⟨2个⟩国家。",
        "给予补贴,每人限享补贴⟨1次⟩。",
        "给予租金补贴,补贴面积不超过⟨200平方米⟩。",
    ),
    no=(
        "给予补助,最多补助⟨50台⟩。",
        "每家企业每年最多设立⟨6个⟩展位。",
        "每家企业最高补助⟨50万元⟩。",
        "对单户1000万元以下、担保费率不超过⟨1%⟩的业务,给予补贴。",
    ),
)
def limit_for_one(c: Context, facts: Facts) -> Found:
    """A limit, which is no sum, on what one recipient or item is paid for: 每家企业每年最多50台."""
    is_limit = facts.comparator == "le" and facts.kind in {"condition", "incentive"}
    if not is_limit or facts.is_money or (facts.is_share and not _SUMMED.search(c.clause_before)):
        return None
    said = c.before if _IN_ALL_SO_OFTEN.match(c.near_before) else c.clause_before
    if c.quantity.unit_word in phrases.DURATIONS or not (match := _LIMITED_TO_ONE.search(said)):
        return None
    year = "-year" if _YEAR_OF_ONE.search(c.clause_before) else ""
    return ("item" if match["item"] else "recipient" + year), match[0]


_PAID_EACH_YEAR = re.compile("每年各?(?:发放|拨付|兑付|兑现|支付)$")


@PER.rule(
    "year",
    yes=("补助分五年发放,第一年发放40%,其余四年每年发放⟨15%⟩。",),
    no=("补助分五年发放,第一年发放⟨40%⟩,其余四年每年发放15%。",),
    source="fct_measure: what one unit of the figure is per",
)
def paid_each_year(c: Context, facts: Facts) -> Found:
    """A part of an award that is paid out in each of some years: 其余四年每年发放15%."""
    return matched(_PAID_EACH_YEAR.search(c.near_before)) if facts.kind == "allocation" else None


@PER.rule(None, yes=("专利授权量每年增长⟨10%⟩。",), no=("每年新增专利⟨50件⟩。",))
def rate(_: Context, facts: Facts) -> Found:
    """A percentage is of something, and per nothing."""
    return "" if facts.unit == "percent" else None


_HEAD_AND_MONTH = re.compile("每人每月")


@PER.rule(
    "recipient-month",
    yes=("城乡低保标准分别提高到每人每月⟨760元⟩、580元。",),
    no=("城乡低保标准提高到每人每年⟨7600元⟩。",),
    source="社会救助暂行办法 (国务院令第649号), article 10: what families are paid is set for a person and a month",
)
def standard_a_month(c: Context, facts: Facts) -> Found:
    """What everyone entitled is paid a month, as a goal or reported: 低保标准每人每月760元."""
    is_standard = facts.kind in {"target", "baseline"} and facts.is_money
    return matched(_HEAD_AND_MONTH.search(c.clause_before)) if is_standard else None


_EACH_THING = re.compile(
    r"每[条项件款](?![^,。;]*均)[^,。;\d]{0,6}(?:链|专利|产品|品牌|项目)|[\d几两]+条[^,。;\d]{0,8}链,?各(?!级|类)"
)


@PER.rule(
    "item",
    yes=("围绕四条产业链,每条产业链遴选企业⟨10家⟩。", "为6条产业链各配备专员⟨1名⟩。"),
    no=("围绕四条产业链,遴选企业⟨10家⟩。", "每项专利成本均值⟨10件⟩。"),
    source="fct_measure: what one unit of the figure is per",
)
def each_thing(c: Context, facts: Facts) -> Found:
    """A count wanted of each thing: 每条产业链遴选企业10家."""
    if facts.kind != "target" or facts.is_money or facts.is_share:
        return None
    return matched(_EACH_THING.search(c.before if c.clause_before.startswith("各") else c.clause_before))


EACH_BODY = re.compile(
    r"每(?![十百千万人年月周天日季次届批期场])(?:个|家|所)?[\u4e00-\u9fff()、]{0,6}?(?:县|市|区|乡|镇|街道|村|社区|园|校|院|点|站|企业|机构|单位|中心|基地|庭|联盟|平台)\)?(?!级)(?![^,。;]*均)"
)
_A_YEAR_BEFORE = re.compile(r"每年|(?<![\d一二三四五六七八九十两半])年[^,。;\d]{1,8}$")


@PER.rule(
    yes=(
        "建成工作站15个,每个县区不少于⟨2个⟩。",
        "每村至少配备⟨1名⟩法律明白人。",
        "设立巡回审判点6个,每个审判点年开庭不少于⟨12次⟩。",
        "每个县(市、区)每年至少开展⟨2次⟩专项行动。",
    ),
    no=(
        "每千人拥有企业⟨28家⟩。",
        "培育县级园区⟨2个⟩。",
        "每个县区建成率达到⟨90%⟩。",
        "每次参加企业不少于⟨50家⟩。",
        "每周送课进校园⟨30场⟩。",
    ),
)
def each_body(c: Context, facts: Facts) -> Found:
    """A count wanted of each place or body: 每个县区不少于2个, 每村配备1名; of each year, too: 每个审判点年开庭12次."""
    if facts.kind != "target" or facts.is_money:
        return None
    match = EACH_BODY.search(c.clause_before)
    if not match:
        return None
    rest = c.clause_before.replace(match[0], "")
    return "recipient" + ("-year" if _A_YEAR_BEFORE.search(rest) else ""), match[0]


@PER.rule(
    "year",
    yes=("每年新增专利⟨50件⟩。", "年均培训专员⟨200人⟩。", "对年均利润⟨500万元⟩以上的企业,给予奖励。"),
    no=(
        "新增专利⟨50件⟩。",
        "对企业每年新增专利⟨50件⟩以上的,给予奖励。",
        "三年培训专员⟨200人⟩。",
        "细颗粒物年均浓度降至⟨35微克⟩。",
    ),
)
def yearly_count(c: Context, facts: Facts) -> Found:
    """A count for each year, wanted or reported: 每年新增50件; or the mean of years that is required: 年均利润."""
    if facts.kind == "condition" and facts.is_money:
        return matched(_MEAN_OF_YEARS.search(c.near_before))
    is_summed = _SUMMED_UP.search(c.near_before)
    is_told = facts.kind in {"target", "baseline"} and not is_summed
    return matched(phrases.YEARLY_COUNT.search(c.clause_before)) if is_told else None


@PER.rule(
    "year",
    yes=(
        "海州市知识产权规划\n2021年5月6日\n指标\t2020年\t2025年\n质押融资(亿元/年)\t⟨18⟩\t40\n专利保险(万元/年)\t18\t40\n",
    ),
    no=(
        "海州市知识产权规划\n2021年5月6日\n指标\t2020年\t2025年\n质押融资(亿元)\t⟨18⟩\t40\n专利保险(万元)\t18\t40\n",
        "海州市规划\n2021年5月6日\n指标\t2020年\t2025年\n处置能力(万吨/年)\t⟨18⟩\t40\n运输能力(万吨/年)\t18\t40\n",
    ),
    source="GB 3101-93, 3.1: a quotient of units says what one of them is per",
)
def yearly_cell(c: Context, _: Facts) -> Found:
    """A cell whose unit is so much a year: 亿元/年."""
    return phrases.yearly_unit(c)


_DONE_A_YEAR = re.compile(
    r"每年[^,。;]{0,12}(?:工作|服务|驻|在岗)(?:时间)?(?:累计|合计|不少于|不低于|达到?|超过|满)*$"
    r"|(?<![每上同去全半多近满\d])年(?:均|度)?(?:服务|组织|开展|举办|接待|培训|承办|处理|检测|综合能耗)[^,。;、]{0,12}$"
)


@PER.rule(
    "year",
    yes=(
        "一、申报条件\n服务机构年服务企业⟨150家次⟩以上。\n",
        "专家每年在本市工作不少于⟨60天⟩的,给予补助。",
        "对年综合能耗⟨1000吨⟩标准煤以上的企业,给予奖励。",
    ),
    no=(
        "一、申报条件\n服务机构成立以来服务企业⟨150家次⟩以上。\n",
        "对去年服务企业⟨150家次⟩以上的机构,给予奖励。",
    ),
    source="thresholds of service platforms are stated for a year",
)
def required_a_year(c: Context, facts: Facts) -> Found:
    """A count that is required of a year: 年服务企业150家次以上."""
    if facts.kind != "condition" or facts.is_money:
        return None
    return matched(_DONE_A_YEAR.search(c.near_before))


@PER.rule(
    "year",
    yes=("每年举办培训班4期,培训⟨600人次⟩。", "省级每年举办培训班4期,培训⟨600人次⟩。"),
    no=(
        "每年举办培训班,到2026年累计培训⟨600人次⟩。",
        "举办培训班4期,培训⟨600人次⟩。",
        "每年实施项目10项,五年建成基地⟨3个⟩。",
    ),
)
def yearly_at_head(c: Context, facts: Facts) -> Found:
    """A count in a clause that 每年 at the head of an earlier clause still governs: 每年举办4期,培训600人次."""
    if facts.kind != "target" or facts.form != "flow" or _SPAN_OR_STATE.search(c.clause_before):
        return None
    match = _YEARLY_AT_HEAD.search(c.before)
    return match[0].strip(",;:。 ") if match else None


@PER.rule(
    "year",
    yes=("每年安排⟨2000万元⟩专项资金。", "安排专项资金⟨2000万元⟩/年。"),
    no=("安排⟨2000万元⟩专项资金。",),
)
def yearly_budget(c: Context, facts: Facts) -> Found:
    """Money set aside or shared out for each year: 每年安排2000万元."""
    if facts.kind not in {"funding", "allocation"}:
        return None
    match = _YEARLY_BUDGET.search(c.clause_before) or _A_YEAR.match(c.own_after)
    return match[0] if match else None


@PER.rule(None, yes=("培育企业⟨50家⟩。",), no=("每年培育企业⟨50家⟩。",))
def whole(_c: Context, _f: Facts) -> Found:
    """Any other figure is a whole."""
    return ""
