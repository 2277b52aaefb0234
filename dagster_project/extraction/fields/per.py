"""What one unit of a figure is per: an award for each recipient, item or year, a count for each year."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Field, Found
from dagster_project.reading.vocabulary import Word, one_of

PER: Field[str | None] = Field("per")

_MONTH_OF_ITEM = re.compile(
    r"每(?:平方米|平米|亩|台|辆|间|床|张)[^,。;、]{0,2}每月|每月每(?:平方米|平米|亩|台|辆)|(?<=/)(?:平方米|平米|亩|台|辆|间|床)/月"
)
_ADDITIONAL = re.compile(
    r"每(?:增加|新增|多|超过|超出|增|提高|上升)[^,。;]{0,12}$|每(?:增加|新增|多|超过|超出|增)\d*[^,。;给予奖]{0,8}(?:再|另)?(?:给予|奖励|补助|增加|加奖)"
)
_YEAR_OF_ONE = re.compile(
    r"每年(?:度)?(?:每|给每|对每)|每[家户个名人位][^,。;、]{0,8}每年|(?:单个|单家|同一|每[家个])[^,。;]{0,10}(?:每年|年度|当年|全年)|(?:年度|每年|当年|全年)[^,。;]{0,8}(?:单个|单家|同一|每[家个])"
)
_ITEM = re.compile(
    r"每(?:件|项|款|篇|部|例|单|笔|场|次|期|台|套|辆|亩|平方米|吨|千瓦|条|批|份|品种|种|座)|单件|单项|每个(?:项目|产品|品牌|标准|商标|专利|品种|活动|床位|平台)"
)
_RECIPIENT = re.compile(r"每(?:家|户|名|人|位|所|个|单位|企业|机构)|单个|单家|单户|各")
_MONTHLY = re.compile(r"每月|按月|(?<=/)月")
_YEARLY = re.compile(r"每年|年度|按年|逐年|(?<=/)年")
_EACH_YEAR = one_of("按年度", Word("每年", unless_after="度工作", example="每年给予补助"))
_YEARLY_BEFORE = re.compile(_EACH_YEAR)
_YEARLY_AT_HEAD = re.compile(r"(?:^|[,;:。\s])每年[^,;。]*,(?:[^;。]*,)?[^,;。到至]*$")
_A_YEAR = re.compile("/年")
_YEARLY_BUDGET = re.compile(r"每年|年度(?=安排|投入|预算)")
_LINK = re.compile("^[/的]")  # between a sum and what it is per: 5万元的年度奖励
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
    "item-month",
    source="rents of premises are stated for a square metre and a month; talent_and_industry_measures_2, 第五条",
    yes=("对入驻企业,给予每平方米每月⟨15元⟩的租金补贴。", "对入驻企业,给予⟨15元⟩/平方米/月的租金补贴。"),
    no=("对入驻企业,给予每平方米⟨15元⟩的租金补贴。",),
)
def month_of_item(c: Context, facts: Facts) -> Found:
    """For each item and month: 每平方米每月."""
    return _said(_MONTH_OF_ITEM, c, facts)


@PER.rule(
    "recipient-month",
    yes=("对驻站专家,每人每月补贴⟨2000元⟩。", "按月发放⟨1500元⟩补贴。", "给予⟨1000元⟩/月的租房补贴。"),
    no=("对驻站专家,每人补贴⟨2000元⟩。", "按每平方米每月⟨15元⟩给予补贴。"),
    after=("month_of_item",),
)
def monthly(c: Context, facts: Facts) -> Found:
    """For each month, to one recipient: 每人每月, 按月发放."""
    return _said(_MONTHLY, c, facts)


@PER.rule(
    "additional item",
    yes=("毕业企业每增加1家奖励孵化器⟨2万元⟩。", "对合作银行,贷款每新增1000万元奖励⟨3万元⟩。"),
    no=("每家毕业企业奖励孵化器⟨2万元⟩。",),
)
def additional_item(c: Context, facts: Facts) -> Found:
    """For each item more than before: 每增加1家, 每新增1000万元."""
    return _said(_ADDITIONAL, c, facts)


@PER.rule(
    "recipient-year",
    yes=("同一企业每年奖励总额不超过⟨200万元⟩。", "每年对每个工作站给予⟨5万元⟩补助。"),
    no=("每个工作站给予⟨5万元⟩补助。",),
)
def year_of_recipient(c: Context, facts: Facts) -> Found:
    """For each recipient and year: 同一企业每年, 每年每家."""
    return _said(_YEAR_OF_ONE, c, facts)


@PER.rule(
    "item",
    yes=("对授权的发明专利,每件奖励⟨5000元⟩。", "单项奖励最高⟨50万元⟩。"),
    no=("每家企业奖励⟨5000元⟩。", "每件奖励5000元,每家企业最高奖励⟨5万元⟩。"),
)
def item(c: Context, facts: Facts) -> Found:
    """For each item: 每件, 单项, 每个项目."""
    return _said(_ITEM, c, facts)


@PER.rule(
    "recipient",
    yes=("每家企业奖励⟨20万元⟩。", "单个企业最高补助⟨80万元⟩。"),
    no=(
        "给予⟨20万元⟩奖励,每家企业限报一次。",
        "每家孵化器每增加1家企业奖励⟨2万元⟩。",
        "每家企业每年奖励⟨20万元⟩。",
    ),
    after=("monthly", "year_of_recipient", "additional_item"),
)
def recipient(c: Context, facts: Facts) -> Found:
    """For each recipient: 每家, 单个企业; only before the sum: what follows it is said of something else."""
    return _said(_RECIPIENT, c, facts, after=False)


@PER.rule(
    "recipient-year",
    yes=(
        "对新认定的中心,每年给予⟨30万元⟩运营补助。",
        "对考核合格的中心,给予⟨30万元⟩的年度补助。",
        "给予⟨30万元⟩/年的运营补助。",
        "每年对工作站开展评估,对合格的给予⟨10万元⟩补助。",
    ),
    no=("对新认定的中心,给予⟨30万元⟩运营补助。", "根据每年度工作考核,对合格的给予⟨10万元⟩补助。"),
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


@PER.rule(None, yes=("专利授权量每年增长⟨10%⟩。",), no=("每年新增专利⟨50件⟩。",))
def rate(_: Context, facts: Facts) -> Found:
    """A percentage is of something, and per nothing."""
    return "" if facts.unit == "percent" else None


@PER.rule(
    "year",
    yes=("每年新增专利⟨50件⟩。", "年均培训专员⟨200人⟩。"),
    no=("新增专利⟨50件⟩。", "对企业每年新增专利⟨50件⟩以上的,给予奖励。"),
)
def yearly_count(c: Context, facts: Facts) -> Found:
    """A count for each year, wanted or reported: 每年新增50件."""
    match = phrases.YEARLY_COUNT.search(c.clause_before) if facts.kind in {"target", "baseline"} else None
    return match[0] if match else None


@PER.rule(
    "year",
    yes=("每年举办培训班4期,培训⟨600人次⟩。",),
    no=("每年举办培训班,到2026年累计培训⟨600人次⟩。", "举办培训班4期,培训⟨600人次⟩。"),
)
def yearly_at_head(c: Context, facts: Facts) -> Found:
    """A count in a clause that 每年 at the head of an earlier clause still governs: 每年举办4期,培训600人次."""
    match = _YEARLY_AT_HEAD.search(c.before) if facts.kind == "target" and facts.form == "flow" else None
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
