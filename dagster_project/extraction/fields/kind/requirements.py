"""What lists, headings and words say is required of those who ask; what a report says is there."""

from __future__ import annotations

import re
from functools import lru_cache

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Found, matched
from dagster_project.extraction.fields.kind.entitlement import BOUNDED
from dagster_project.extraction.fields.kind.field import AWARD, KIND, is_award_near, is_granted
from dagster_project.reading.vocabulary import one_of

_SAID_BELOW = re.compile(
    r"(?:^|[。;\n】])\s*(?:[(]?[\d一二三四五六七八九十]{1,2}[).、])?(?P<what>[\u4e00-\u9fff]{0,4}(?:条件|资格|门槛|对象|范围|标准|方式|要求|目标|任务))(?P<is>:|为|是(?!否)|包括)"
)

_WHO = re.compile("(?:条件|资格|门槛|对象)$|(?:支持|补助|奖励|资助|适用|扶持|补贴|申报|申请)范围$")


@KIND.rule(
    "condition",
    yes=(
        "申报条件:企业上年度营业收入⟨2000万元⟩以上,职工50人以上。",
        "支持对象为年销售收入⟨2000万元⟩以下的小微企业。",
        "补助范围:2023年以后购置、单台价值⟨10万元⟩以上的设备。",
    ),
    no=(
        "支持标准:国家级平台奖励⟨50万元⟩。",
        "申报条件:企业为高新技术企业。支持标准:国家级平台⟨50万元⟩。",
        "发展目标:企业达到⟨50家⟩。",
    ),
    source="guides to applications put it in one line, too: 申报条件:…; 支持对象为…",
)
def said_who(c: Context, facts: Facts) -> Found:
    """What stands behind 申报条件: or 支持对象为, in their line."""
    before = c.sentence.lead + c.sentence.text[: c.first.start]
    last = next(reversed([*_SAID_BELOW.finditer(before)]), None)
    if not last or not _WHO.search(last["what"]) or (last["is"] != ":" and last.end() < len(c.sentence.lead)):
        return None
    near = before[last.end() :].rpartition(",")[2] + c.clause_after
    return None if (facts.is_money or facts.is_share) and AWARD.search(near) else last[0].strip()


@KIND.rule(
    "condition",
    yes=(
        "一、申报条件\n专利授权量⟨10件⟩以上。\n二、工作目标\n专利授权量20件以上。\n",
        "一、海外布局\n支持标准\n每件补助2000元。\n申报条件\n专利授权量⟨10件⟩以上。\n",
        "第一章 支持对象与资金来源\n第一条 年度研发投入预算⟨500万元⟩以上的企业。\n",
    ),
    no=(
        "一、申报条件\n专利授权量10件以上。\n二、工作目标\n专利授权量⟨20件⟩以上。\n",
        "一、申报条件\n每件奖励⟨1万元⟩。\n",
        "一、海外布局\n申报条件\n资料齐全。\n预期效果\n专利授权量⟨10件⟩以上。\n",
        "第一章 支持对象与资金来源\n第二条 市财政每年统筹⟨4500万元⟩,设立专项资金。\n",
        "一、工作打算\n(一)持续优化准入准营环境\n净增经营主体⟨2万户⟩以上。\n",
    ),
)
def heading_of_conditions(c: Context, facts: Facts) -> Found:
    """What stands below a heading of requirements: 申报条件, 认定标准; money does not, where the heading is of that, too."""
    above = (*c.sentence.headings[-2:], c.sentence.label)
    if any(map(_OF_MONEY_TOO.search, above)) and _PUT_ASIDE.search(c.clause_before + c.clause_after):
        return None
    words = next(filter(None, map(_condition_heading, above)), None)
    return words if words and not is_award_near(c, facts) else None


@lru_cache(maxsize=1024)  # a heading stands above many figures
def _condition_heading(heading: str) -> str | None:
    return matched(w.CONDITION_HEADING.search(heading))


_OF_MONEY_TOO = re.compile("[和与及、](?:专项)?(?:资金|经费)(?:来源|安排|筹集|规模)")

_PUT_ASIDE = re.compile("统筹|安排|设立|列支|用于|投向|拨付|出资|财政|专项资金|基金")

# An article whose first line leads in what stands below it: 应当符合下列要求
_LEADS_IN = re.compile(
    "(?:下列|以下|如下)[^,。;]{0,4}(?:条件|情形|要求|标准|规定)(?:之一)?[的者]?(?:,[^。;]*)?:?$|(?:满足|具备|符合)(?:下列|以下|如下|下面)[^,。;]{0,2}[条点项][^,。;]{0,6}:$|(?:应当?|须)(?:同时)?(?:具备|符合|满足):?$"
)


@KIND.rule(
    "condition",
    yes=(
        "申报单位应当具备下列条件:授权专利⟨10件⟩。",
        "第一条 受托机构应当符合下列要求:\n(一)实缴资本不低于⟨一千万元⟩;\n(二)专职人员不少于五人。\n第二条 落实。\n",
        "某市贷款指南\n一、什么样的企业能申请\n满足下面几条就行:\n(1)在本市登记满1年;\n(2)职工人数不超过⟨300人⟩。\n",
    ),
    no=(
        "第一条 申请人应当符合法律规定。全年培训⟨60人⟩。\n第二条 落实。\n",
        "申报单位应当报送材料:授权专利⟨10件⟩。",
        "符合下列条件的,奖励⟨10万元⟩。",
    ),
    source="立法技术规范(试行)(一), 2009: an article that lists has a line that leads in, with 下列",
)
def list_of_conditions(c: Context, facts: Facts) -> Found:
    """What a lead announces as requirements: 应当具备下列条件:…."""
    if is_award_near(c, facts):
        return None
    above = _LEADS_IN.search((c.sentence.headings or ("",))[-1]) or _LEADS_IN.search(c.sentence.opening)
    before = c.sentence.lead + c.sentence.text[: c.first.start]
    led = w.CONDITION_LEAD.search(before) or w.CONDITION_MUST.search(before.rpartition("。")[2])
    return matched(above or led)


_PAYS = re.compile(w.AWARD)  # 给予以下奖励:

# What a report finds wanting: 我们也清醒看到,百亿级企业只有⟨2家⟩.
_FAULTS = re.compile("清醒地?(?:看到|认识到)(?!.*(?:力争|确保|将|下一步|要(?!求|素)))")

# What there is already, as that with which something else is done: ⟨在现有园区基础上⟩新建3家.
_BASIS = re.compile(r"(?:在|依托|盘活|利用|整合|结合|改造|对)[^,。;、]{0,4}现有[^。;]*?(?:,|基础上)")


@KIND.rule(
    "baseline",
    yes=(
        "近三年来,全市登记版权⟨800件⟩。",
        "今年以来,全市登记版权⟨800件⟩。",
        "全市现有孵化器⟨12家⟩。",
        "在现有⟨12家⟩孵化器基础上,新增孵化器5家。",
        "近年来,全县品牌工作取得新成绩:\n●地理标志产品⟨3个⟩\n",
        "我们也清醒看到,百亿级企业只有⟨2家⟩。",
    ),
    no=(
        "在现有孵化器基础上,新增孵化器⟨5家⟩。",
        "盘活现有厂房,新增孵化器⟨5家⟩。",
        "对近三年来获得授权发明专利⟨5件⟩以上的企业,给予奖励。",
        "近三年来成效明显,今后力争登记版权⟨800件⟩。",
        "三年内,全市登记版权⟨800件⟩。",
        "对近三年来获评的企业给予以下奖励:\n●国家级企业⟨30万元⟩\n",
    ),
    source="reports on the work of governments tell so of their term: 五年来",
)
def words_of_a_report(c: Context, _: Facts) -> Found:
    """A word that dates what is there: 截至, 目前, 现有, 近三年来; and no wish before or after it."""
    if match := _FAULTS.search(c.sentence.text[: c.first.start]):
        return match[0]
    opening = c.sentence.opening.rpartition("。")[2]
    head = _BASIS.sub("", ("" if _PAYS.search(opening) else opening) + c.sentence.text[: c.first.start])
    match = w.PAST.search(head)
    return match[0] if match and not w.FUTURE.search(head[match.end() :]) and not w.AIM.search(head) else None


_GRADED = re.compile(
    f'(?:{phrases.BOUND})?(?:的)?(?:为|评为|定为|属于?|是)[“"]?(?:优秀|优良|良好?|中等?|合格|不合格|差|[A-E一二三四五甲乙丙][级等类])'
)


@KIND.rule(
    "condition",
    yes=("考核得分⟨85分⟩以上为优秀,75分至85分为良好。", "评价得分75分至⟨85分⟩为良好。"),
    no=("考核得分达到⟨85分⟩,评为优秀单位。", "全市⟨85家⟩企业为优秀。"),
    source="财预〔2020〕10号 (项目支出绩效评价管理办法): results are graded by points, 90 and more 优, 80 to 90 良",
)
def bound_of_a_grade(c: Context, _: Facts) -> Found:
    """The points from which a grade is given: 85分以上为优秀."""
    return matched(_GRADED.match(c.after)) if c.quantity.unit_word == "分" else None


_APPLICANT = re.compile(
    r"(?:申报|申请|参评|参选|推荐|承担|牵头|受托|入驻|入库)(?:的)?(?:单位|企业|团队|主体|机构|项目|者|人)[^,。;\d]{0,8}?"
    r"(?:须|应当?|要(?!求)|需(?!求)|必须|具有|具备|拥有|配备|成立|上一?年|近[一二两三\d])[^。;]*$"
)


@KIND.rule(
    "condition",
    yes=(
        "申报团队要有至少⟨2名⟩博士。",
        "申报团队要有至少2名博士,实缴资本达到⟨200万元⟩。",
        "申报企业上年度研发费用占营业收入⟨3%⟩。",
    ),
    no=(
        "申报企业达到⟨50家⟩。",
        "申报单位须按时报送材料,给予⟨5万元⟩补助。",
        "推动申报企业应当提升能力;培育企业⟨50家⟩。",
    ),
    source="guides to applications state so whom they are for",
)
def required_of_applicants(c: Context, facts: Facts) -> Found:
    """What who applies must have or be: 申报团队要有至少2名博士,带头人持股不低于25%."""
    return None if is_award_near(c, facts) else matched(_APPLICANT.search(c.before))


_MEANT = re.compile("所称[^。;]{2,30}?(?:是指|系指)[^。;]*$")


@KIND.rule(
    "condition",
    yes=("本办法所称青年企业是指以青年为主创办,青年持股比例达⟨25%⟩以上的企业。",),
    no=("青年企业持股比例达⟨25%⟩以上。", "本方案所称提升是指达到⟨50家⟩。"),
    source="statutes define by 所称…是指 whom they hold for (立法技术规范, 全国人大常委会法工委)",
)
def part_of_a_definition(c: Context, facts: Facts) -> Found:
    """A bound by which a document says whom or what it means: 本办法所称…是指…持股比例达25%以上."""
    return matched(_MEANT.search(c.before)) if facts.comparator in BOUNDED else None


_OF_WHO_IS_PAID = re.compile(
    r"(?:核心成员|团队成员|带头人|领军人|负责人|注册资本|实缴资本|自有资金|持股比例|参保人数|缴纳社保)[^,。;\d]{0,10}$"
)


@KIND.rule(
    "condition",
    yes=("给予团队100万元启动资金;团队核心成员不少于⟨3人⟩,自有资金到位150万元以上。",),
    no=("给予团队100万元启动资金;新增核心成员⟨3人⟩。", "培养学科带头人不少于⟨3人⟩。"),
    source="behind an award it is said what a team must have",
)
def required_of_a_team(c: Context, facts: Facts) -> Found:
    """What those who are paid must have, said behind the award: 核心成员不少于3人, 自有资金到位150万元以上."""
    is_granting = facts.after_award or c.sentence.provision_grants
    if not is_granting or facts.comparator not in {"ge", "gt"} or is_granted(c, facts):
        return None
    return matched(_OF_WHO_IS_PAID.search(c.near_before))


_SPAN_OF_LIFE = re.compile("寿命|平均年龄")


@KIND.rule(
    "condition",
    yes=("引进⟨45周岁⟩以下人才30名。",),
    no=("引进45周岁以下人才⟨30名⟩。", "人均预期寿命达到⟨78岁⟩。"),
)
def age(c: Context, facts: Facts) -> Found:
    """An age: 年龄不超过45周岁; not the length of a life, which is hoped for."""
    is_age = c.quantity.unit_word in phrases.AGES and not _SPAN_OF_LIFE.search(c.clause_before)
    return c.quantity.unit_word if is_age and not is_granted(c, facts) else None


_REACHES = re.compile("(?:进入|跻身|位居|位列|稳居)[^,。;]*$")

_STRIVEN_FOR = re.compile("(?:力争|争取|努力|确保)[^,。;]*(?:进入|跻身|位居|保持|稳居|排名)[^,。;]*$")


@KIND.rule(
    "condition",
    yes=("商标注册量前⟨3位⟩的县区,通报表扬。",),
    no=(
        "引进领军科学家⟨3位⟩。",
        "满意度力争进入全国前⟨10位⟩。",
        "满意度得分达到85分,进入全国前⟨5位⟩。",
    ),
)
def rank(c: Context, facts: Facts) -> Found:
    """A rank that must be held: 排名前三位."""
    is_place = c.quantity.unit_word in phrases.PLACES and not is_granted(c, facts)
    is_reached = _REACHES.search(c.near_before) and not c.near_after.strip() and not AWARD.search(c.after)
    if not is_place or _STRIVEN_FOR.search(c.near_before) or is_reached:
        return None
    return matched(phrases.RANKED.search(c.near_before))


@KIND.rule(
    "condition",
    yes=("服务机构成立满⟨2年⟩。",),
    no=(
        "服务机构开展活动⟨2次⟩。",
        "服务机构从业人员满⟨20人⟩。",
        "中心城区有效应对不低于⟨50年⟩一遇的暴雨。",
        "劳动力人均受教育年限达⟨9年⟩以上。",
    ),
    source="GB 50014-2021, 4.1: drains are designed for the rain of a return period",
)
def time_served(c: Context, facts: Facts) -> Found:
    """A time that must have passed: 成立满2年, 从事…工作5年以上."""
    is_time = (
        c.quantity.unit_word in phrases.DURATIONS and c.sentence.counted[c.index].rule != "time_it_takes"
    )
    is_aim = phrases.is_return_period(c) or _MEAN_TIME.search(c.near_before)
    return c.quantity.unit_word if is_time and not is_aim and not is_granted(c, facts) else None


# How long it is for all together, which a plan sets out to raise: 劳动力人均受教育年限达⟨9年⟩.
_MEAN_TIME = re.compile("(?:人均|平均)[^,。;]{0,8}(?:年限|年数|寿命|时间|时长)[^,。;]{0,4}$")

_COUNTED = re.compile(r"占|达到|突破")


@KIND.rule(
    "condition",
    yes=(
        "投资⟨10亿元⟩以上项目8个。",
        "年产值超⟨5亿元⟩的企业4家。",
        "引进机构8家,其中注册资本⟨1000万元⟩以上的不少于2家。",
    ),
    no=(
        "项目投资达到⟨10亿元⟩以上。",
        "投资10亿元以上项目⟨8个⟩。",
    ),
)
def attribute(c: Context, facts: Facts) -> Found:
    """A sum that says which ones are counted: 投资10亿元以上项目8个, 年产值超5亿元的企业4家."""
    if not facts.is_money or facts.comparator not in BOUNDED:
        return None
    is_counted = c.clause_after != c.near_after or _COUNTED.search(c.near_after)
    so_many = _SO_MANY_OF_THEM.match(c.clause_after)
    return matched(so_many or (phrases.ATTRIBUTE.match(c.near_after) if is_counted else None))


# 引进机构8家,其中注册资本1000万元⟨以上的不少于2家⟩
_SO_MANY_OF_THEM = re.compile(
    rf"{phrases.BOUND}?的(?:有|达到?|{one_of(w.COMPARATORS)})*\d+[家个户项名件](?=[,。;、]|$)"
)
