"""Which numbers of a sentence are measures: what is counted, bounded or paid, not what names or dates."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, Sentence
from dagster_project.extraction.dispositions import RESTATED
from dagster_project.extraction.fields import Facts, Field, Found
from dagster_project.extraction.fields.comparator import BOUNDS, COMPARATOR
from dagster_project.extraction.fields.unit import counted_noun
from dagster_project.reading.vocabulary import one_of

#: Whether a number is part of what a plan promises, pays, requires, allocates or reports.
IS_MEASURE: Field[bool] = Field("is_measure")

#: Dispositions that do not hold a duration which must be served: 满⟨3年⟩.
TIME_RULES = frozenset({"reporting year", "term of validity", "horizon", "time limit", "duration"})
#: Those that do not hold a sum or a percentage: “⟨50%⟩以上”.
QUOTED_RULES = frozenset({"quoted name"})

_BRACKET_OPEN = re.compile(r"[(\s|]$")
_BRACKET_CLOSED = re.compile(r"(?:/[^()\d]{1,8})?\)|[\s|]+\d")
_UNIT_STATED = re.compile(w.UNIT_HEAD + r":\s*$")
_OF_A_CLASS = re.compile("级(?![别次差])")
_LARGE = 10_000  # what names a class: 万吨级, 百亿元级
_MAGNITUDE_ONLY = re.compile("[十百千万亿]+元")  # 亿元以上项目
_REACHES = re.compile("(?:达到?|突破|超过|增至|增加到|发展到|不少于)$")
_BARE_UNIT = re.compile("[千万亿]元|万亿元")
_REACHED = re.compile("[上近超破逾约过]$")  # 上亿元
_SHARED_OUT = re.compile("比例|结构|按|分成|配套|出资|分担|承担|配比")  # 按8∶2的比例分担
_BROUGHT_ABOUT = re.compile(
    "打造|建成|建设|完成|实现|发行|落地|推出|办理|突破|力争|争取|促成|开展"
)  # 落地首单
_SCORED = re.compile("满意度|得分|权重|总分|评价结果|评分|指数|分值|成绩|考核")  # 满意度达到90分
_MANY = 20  # grades, sessions and issues have lower numbers
# How often something is held; 每年评选一次 says only when the next one is.
_EVERY = re.compile(r"每个?(?:半?年|学年|季度?|月|周)")
_HELD = re.compile(
    one_of(
        "召开 开展 组织 安排 举办 进行 举行 享受 参加 体检 检查 疗养 会商 走访 巡查 调研 培训 演练 会议 座谈 研讨 对接 调度"
    )
)
_TOTAL = re.compile(f"达到?$|共$|{phrases.RISE_TO}$")
_DONE = re.compile(w.DOING + r"[^,。;、]{0,12}$")
_DONE_NEXT = re.compile(w.DOING + "$")
_DONE_TO = re.compile(
    rf"(?:{w.DOING}|{one_of('拥有 共有 现有 建有 设有 配备 其中 包括')})" + r"(?P<noun>[^,。;\d]{2,40})$"
)
_COUNTED_BEHIND = frozenset("处 支 批 套".split())  # of the units that name, those that count behind a noun
_NOUN_LAST = re.compile(r"(?:^|、)[^、的]{1,11}[^、的数几在为成第每是作于以出到中]$")
_CLAUSE_ENDS = re.compile(r"[)]?(?:[,。;、和]|以?及|$)")
_AT_LEAST = re.compile("以上|不少于|至少|不低于")
_NAMES_AN_ACT = re.compile(
    "(?!参[加与])[^,。;、的\\d]{0,8}(?:活动|行动|工程|计划|[大比竞]赛|大会|论坛|培训|讲堂|[下进](?:基层|企业|社区|校园|园区|乡村?|车间|一线))"
)
_BODIES = frozenset("人名家户")
_IN_OTHER_WORDS = re.compile(r"(?:[(,](?:即|也就是|大写|小写)|即|\()[:为]?(?:人民币)?")
_ENDS_HERE = re.compile("[),。;、]|$")
_SAME = 0.001  # 三分之一 and 33.3% are one figure
_MANY_IN_WORDS = re.compile("[百千万](?![十百千万亿])")  # 百家, 万名 are many; 一百家 are a hundred

# Spans that must be served: 满2年, 成立年限5年以上, 毕业5年内.
_SINCE_EVENT = re.compile(r"毕业$|(?:成立|注册)(?:时间|年限)?(?:在|不超过)?$")
_WITHIN = re.compile("[之以]?内|以下")
_FULL = re.compile(r"(?:满|不少于|不低于|超过|至少|未满|不足|不满)$")
_SERVICE = re.compile(
    one_of(
        "满 年限 从事 从业 成立 设立 工作 任职 剩余 追偿 连续 经营 注册 服务 缴纳 持有 取得 运营 经验 合同 租期 居住 就业 社保 业绩 经历 资历 未满 不足 研发 有效 签订 协议 职务 职称 展期"
    )
)
_PAID_FOR = re.compile("(?:缴纳|参加)(?:社保|社会保险|保险|个税|税收)$")  # 连续缴纳社保⟨12个月⟩的
_NO_SERVICE = re.compile("有期徒刑|拘留|公示|逾期|保存|禁止|任期")
_BEFORE, _AFTER, _NEXT = 18, 16, 8  # characters around a duration in which such words stand
_LIFE = 60  # years; nothing that must be served is longer


def set_aside(sentence: Sentence) -> Sentence:
    """Keep the quantities that are measures; what explains the others stays with the sentence."""
    groups = {index: group for group in sentence.series for index in group}
    facts = Facts()
    decisions = [
        (quantity, IS_MEASURE.decide(Context(sentence, index, groups[index]), facts))
        for index, quantity in enumerate(sentence.quantities)
    ]
    kept = [(quantity, decision) for quantity, decision in decisions if decision.value]
    explained = [
        (a, b, rule)
        for a, b, rule in sentence.explained
        if rule.name not in TIME_RULES or not any(a < q.end and q.start < b for q, _ in kept)
    ]
    explained += [(q.start, q.end, RESTATED) for q, decision in decisions if decision.rule == "said_again"]
    return sentence.but(
        quantities=tuple(quantity for quantity, _ in kept),
        counted=tuple(decision for _, decision in kept),
        passed_over=tuple(each for each in decisions if not each[1].value),
        explained=explained,
    )


def _is_duration(c: Context) -> bool:
    return c.quantity.unit_word in phrases.DURATIONS


def _is_served(c: Context) -> bool:
    """Say whether a duration is a threshold (满2年, 成立年限5年以上, 毕业5年内), not a period or a time limit."""
    if c.quantity.value > _LIFE and c.quantity.unit_word == "年":
        return False
    near = c.near_before[-_BEFORE:]
    if _SINCE_EVENT.search(near) and _WITHIN.match(c.own_after):
        return True
    if _PAID_FOR.search(near) and c.own_after.startswith("的"):
        return True
    return bool(
        (w.GE_AFTER.match(c.own_after) or _FULL.search(near))
        and _SERVICE.search(near + c.own_after[:_AFTER])
        and not _NO_SERVICE.search(c.clause_before + c.clause_after[:_NEXT])
    )


def _is_rank(c: Context) -> bool:
    return c.quantity.unit_word in {"位", "名"} and bool(phrases.RANKED.search(c.near_before))


def _only_counts(c: Context) -> bool:
    """A sum or a percentage names nothing."""
    return w.UNITS.get(c.quantity.unit_word) in {"CNY", "percent"}


@IS_MEASURE.rule(
    True,
    yes=("指标 2021年 2025年\n海外专利授权量(件) 186 ⟨400⟩",),
    no=("指标\n海外专利授权量(件) ⟨400⟩",),
)
def cell(c: Context, _: Facts) -> Found:
    """A cell of a table with a unit: in its row, its column or above."""
    return c.quantity.cell.note if c.quantity.cell else None


@IS_MEASURE.rule(
    False,
    yes=("(⟨一⟩)培育企业50家。", "指标 2021年 2025年\n登记金额(⟨亿元⟩) 8 20", "提高劳动生产率(⟨万元⟩/人)。"),
    no=("产值突破⟨亿元⟩。",),
)
def in_brackets(c: Context, _: Facts) -> Found:
    """A numeral in words that is all that stands in brackets or a cell: the number of a heading, the unit of a row."""
    text, q = c.sentence.text, c.quantity
    alone = q.is_han and _BRACKET_OPEN.search(text[: q.start]) and _BRACKET_CLOSED.match(text[q.end :])
    return text[q.start : q.end] if alone else None


@IS_MEASURE.rule(
    False,
    yes=(
        "表1 经费安排(单位:⟨万元⟩)",
        "单位:⟨亿元⟩",
        "指标\t2025年\n专利质押额,⟨亿元⟩\t12\n商标质押额,亿元\t5",
    ),
    no=("每个单位安排⟨万元⟩以上经费。", "项目\t效果\n导航\t产值突破⟨亿元⟩\n维权\t保护加强"),
    source="GB/T 1.1-2020, 9.9: a unit that all cells of a table share stands above it",
)
def unit_of_a_table(c: Context, _: Facts) -> Found:
    """The unit that a table states above it or behind the label of a row: 单位:亿元; 专利质押额,亿元."""
    q, text = c.quantity, c.sentence.text
    stated = _UNIT_STATED.search(text[: q.start]) if q.is_han else None
    is_behind = (
        q.is_han and c.sentence.in_table and q.end == len(text) and text[: q.start].endswith((",", "/"))
    )
    return stated[0] if stated else text[q.start : q.end] if is_behind else None


@IS_MEASURE.rule(
    True,
    yes=(
        "对成立满⟨3年⟩的企业,给予奖励。",
        "对从事代理工作⟨5年⟩以上的人员,给予奖励。",
        "对毕业⟨5年⟩内的学生,给予奖励。",
    ),
    no=("公示⟨5天⟩以上。", "连续⟨3年⟩给予奖励。", "参照《从业⟨5年⟩以上人员奖励办法》。"),
)
def served(c: Context, _: Facts) -> Found:
    """A duration that must have been served: 成立满3年."""
    if not _is_duration(c) or not _is_served(c) or not c.explained_by.keys() <= TIME_RULES:
        return None
    return c.near_before[-_BEFORE:]


# How long something takes, and a change of it: 办案周期由78天⟨压减到⟩55天.
_TAKES = re.compile("周期|期限|时间|时长|时限|天数|用时|耗时|办案|审理|住院日|授权")
_CUT = "(?:压减|压缩|缩短|缩减|减少|降低|降)"
_CUT_TO = re.compile(_CUT + "[到至为](?:平均)?$")
_CUT_BY = re.compile(f"[比较][^,。;]{{2,14}}{_CUT}$")
_KEPT_WITHIN = re.compile(
    r"(?:平均[^,。;]{0,10}|响应|处置|办案)(?:时间|周期|时长|天数|期限)(?:控制在|压减在|不超过|低于|缩短为)$"
)
_ON_AVERAGE = re.compile(
    "平均[^,。;、]{0,8}(?:用时|耗时|周期|时长|天数|办理时间)(?:为|仅|达)?$"
)  # 平均办案用时⟨41天⟩
_CUT_FROM = re.compile(f"个?(?:工作日)?(?:左右)?{_CUT}[到至]")
_CUT_FROM_BEFORE = re.compile(r"[由从][^,。;\d]{0,14}$")
_WORKING_DAYS = re.compile("工作日")


def _may_last(c: Context) -> bool:
    is_time = _is_duration(c) or bool(_WORKING_DAYS.match(c.own_after)) or "工作日" in c.quantity.unit_word
    return is_time and c.explained_by.keys() <= TIME_RULES


@IS_MEASURE.rule(
    True,
    yes=(
        "案件平均办理周期由60天压减到⟨45天⟩。",
        "案件平均办理周期由⟨60天⟩压减到45天。",
        "商标审查周期压缩至⟨4个月⟩左右。",
        "平均审理时间较2023年缩短⟨20天⟩。",
        "维权援助响应时间不超过⟨2个工作日⟩。",
        "侵权案件平均办案用时⟨41天⟩,比上年缩短5天。",
    ),
    no=(
        "争取三年任务压缩到⟨2年⟩完成。",
        "自受理之日起⟨30日⟩内办结。",
        "审查时间不超过⟨30日⟩。",
        "每期培训班缩短至⟨3天⟩。",
    ),
    source="plans promise how long their services take",
)
def time_it_takes(c: Context, _: Facts) -> Found:
    """How long something takes, where it is cut: 办案周期由78天压减到55天, 审理天数较2023年缩短20天."""
    if not _may_last(c) or not _TAKES.search(c.clause_before):
        return None
    if match := _CUT_TO.search(c.near_before) or _CUT_BY.search(c.clause_before):
        return match[0]
    if match := _KEPT_WITHIN.search(c.clause_before) or _ON_AVERAGE.search(c.near_before):
        return match[0]
    match = _CUT_FROM.match(c.own_after)
    return match[0] if match and _CUT_FROM_BEFORE.search(c.near_before) else None


_AT_MOST = re.compile(r"(?:最长|最多|至多|不超过|不得超过|不高于)[^,。;、\d]{0,4}$")
_PAID_ON = re.compile("(?:^|[,、;])连(?:续)?(?:发放?|补|支)$")  # 每月发放生活补贴2500元,连发⟨36个月⟩
_OF_PAYMENT = re.compile(r"补|支持|贴|奖|租金|贷款|享受|资助|领取|扶持|转贷")
_NO_PAYMENT = re.compile("建设|公示|有效|处理|审核|办理|整改|工期|试用|任期|合同")


@IS_MEASURE.rule(
    True,
    yes=(
        "每月发放补贴800元,连发⟨36个月⟩。",
        "每月补贴800元,最长补⟨24个月⟩。",
        "每个项目最多支持⟨3年⟩。",
        "给予贷款贴息,期限不超过⟨2年⟩。",
    ),
    no=("给予贷款贴息,公示期不超过⟨2年⟩。", "项目建设期最长⟨24个月⟩。", "给予奖励,审核时间不超过⟨20天⟩。"),
    source="what is paid is limited in time, too",
)
def limit_of_time(c: Context, _: Facts) -> Found:
    """How long an award is paid or a loan is used at most: 最长补24个月; 贴息期限不超过2年."""
    if not _may_last(c) or _NO_PAYMENT.search(c.clause_before):
        return None
    match = _AT_MOST.search(c.near_before) or _PAID_ON.search(c.near_before)
    return match[0] if match and _OF_PAYMENT.search(c.sentence.text[: c.first.start]) else None


_STARTED = re.compile(
    r"[之以]?内(?:[^,。;、\d]{0,4})(?:开工|动工|投产|竣工|建成|达产|落地|(?:实现)?(?:产业化|转化|上市))"
)
_ENTITLED = re.compile(r"[^。;]{0,30}的[^,。;]{0,12},[^。;]{0,30}(?:奖|补|贴|给予)")
_STAYS = re.compile("[之以]?内(?:(?:不得?|未)(?:迁|搬|撤|转移)|(?:迁出|迁离|搬离|注销)[^,。;]{0,12}的,)")


@IS_MEASURE.rule(
    True,
    yes=(
        "签订合同后⟨6个月⟩内开工、18个月内投产的,每亩奖励2万元。",
        "享受政策的企业须承诺⟨10年⟩内不迁出本区。",
        "自领取资金之日起⟨5年⟩内迁出本区的,应当退回。",
        "企业受让专利后⟨18个月⟩内实现产业化的,给予资助5万元。",
    ),
    no=(
        "⟨6个月⟩内开工建设。",
        "⟨3年⟩内投产的项目达到5个。",
        "⟨10年⟩内不懈努力。",
    ),
    source="awards bind to a time of building, and to stay",
)
def time_to_meet(c: Context, _: Facts) -> Found:
    """A time within which one who is paid must build, or must not leave: 6个月内开工的,奖励; 10年内不迁出."""
    if not _may_last(c):
        return None
    after = c.sentence.text[c.quantity.end : c.segment[1]]
    if match := _STAYS.match(after):
        return match[0]
    match = _STARTED.match(after)
    return match[0] if match and _ENTITLED.match(after, match.end()) else None


_BARRED = re.compile(
    r"[之以]?内,?(?:均|将)?(?:不得|不予|不再|取消其?|禁止|暂停)[^,。;]{0,4}(?:申报|申请|受理|参评|参选|享受|参与|推荐|支持|资格|承接)"
)


@IS_MEASURE.rule(
    True,
    yes=(
        "骗取补助的,追回资金,⟨5年⟩内不得申报各类项目。",
        "套取资金的,⟨三年⟩内不再受理其申请。",
    ),
    no=("⟨三年⟩内不得转让土地。", "公示期⟨5天⟩内受理异议。", "自受理之日起⟨30日⟩内不予答复的,视为同意。"),
    source="财政违法行为处罚处分条例 (国务院令第427号), articles 14 and 16: who takes funds by fraud is barred from applying",
)
def barred(c: Context, _: Facts) -> Found:
    """For how many years those who break the rules may not apply again: 5年内不得申报."""
    if c.quantity.unit_word != "年" or not _may_last(c):
        return None
    match = _BARRED.match(c.sentence.text, c.quantity.end)
    return match[0] if match else None


_LASTING = re.compile("(?:时长|时间|时限)(?:不少于|不低于|超过|达到?|满)$")
_DUE_FROM = re.compile(
    r"[^。;]{0,40}?的[^。;]{0,30}?(?:给予|予以|奖励|补助|补贴|资助|贴息|奖补|奖[^,。;]{0,6}\d)"
)


@IS_MEASURE.rule(
    True,
    yes=(
        "对参展⟨3天⟩及以上的企业,给予补助2万元。",
        "新设立的产业联盟,正常运转⟨一年⟩以上、成员60家以上的,补助9万元。",
        "对驻留时长不低于⟨2个月⟩的创作团队,给予补贴5万元。",
    ),
    no=(
        "公示⟨5天⟩以上的,给予奖励。",
        "举办⟨3天⟩以上的培训。",
        "参展⟨3天⟩的企业,给予补助2万元。",
    ),
    source="awards are due from so much on: 连续参展3天以上的",
)
def time_from_which_it_is_due(c: Context, _: Facts) -> Found:
    """How long something must last for an award to be due: 参展3天以上的,补助2万元."""
    if not _may_last(c) or _NO_SERVICE.search(c.clause_before + c.clause_after[:_NEXT]):
        return None
    match = _DUE_FROM.match(c.sentence.text, c.quantity.end, c.segment[1])
    is_least = w.GE_AFTER.match(c.own_after) or _LASTING.search(c.near_before)
    return "以上" if match and is_least else None


@IS_MEASURE.rule(
    False,
    yes=("公示⟨5天⟩以上。", "连续⟨3年⟩给予奖励。", "到⟨2025年⟩,培育企业50家。"),
    no=("工作满⟨5年⟩的,给予奖励。",),
    after=("served",),
)
def span_of_time(c: Context, _: Facts) -> Found:
    """Any other duration is a date, a period or a time limit."""
    return c.quantity.unit_word if _is_duration(c) else None


@IS_MEASURE.rule(
    False,
    yes=("召开第⟨3次⟩常务会议。", "建设“⟨三个⟩中心”。"),
    no=("给予“⟨50万元⟩”奖励。", "召开常务会议⟨30次⟩。"),
)
def explained(c: Context, _: Facts) -> Found:
    """A number that a disposition explains, unless it is a sum or a percentage that stands in quotation marks."""
    overruled = QUOTED_RULES if _only_counts(c) else frozenset()
    return next((words for rule, words in c.explained_by.items() if rule not in overruled), None)


@IS_MEASURE.rule(
    False,
    yes=(
        "奖励人民币伍拾万元整(⟨500000元⟩)。",
        "到2027年产值达到原来的2倍,即⟨翻一番⟩。",
        "补助三分之一(即⟨33.3%⟩)的费用。",
    ),
    no=("投入5万元(⟨6万元⟩)。", "奖励企业5万元,个人⟨5万元⟩。", "新增企业5家(⟨5家⟩为工业企业)。"),
    source="银发〔1997〕393号 (支付结算办法), article 13: sums stand in capitals and in figures, which must agree",
)
def said_again(c: Context, _: Facts) -> Found:
    """The figure before it in other words: 伍拾万元(500000元); 2倍,即翻一番."""
    index, q = c.index - 1, c.quantity
    earlier = c.sentence.quantities[index] if index >= 0 else None
    if earlier is None or w.UNITS.get(earlier.unit_word) != w.UNITS.get(q.unit_word) or not q.unit_word:
        return None
    match = _IN_OTHER_WORDS.fullmatch(c.sentence.text, earlier.end, q.start)
    is_same = abs(earlier.value - q.value) <= _SAME * abs(q.value)
    is_all = _ENDS_HERE.match(c.own_after)
    return match[0] if match and is_same and is_all and earlier.bound is None else None


@IS_MEASURE.rule(
    False,
    yes=("推进⟨亿元⟩以上项目建设。", "打造⟨500亿元⟩级产业集群。"),
    no=("产值超⟨亿元⟩企业达到5家。", "打造500亿元级产业集群⟨3个⟩。"),
)
def class_of_sums(c: Context, _: Facts) -> Found:
    """A magnitude that names a class: 亿元以上项目, 500亿元级产业集群."""
    q = c.quantity
    if _OF_A_CLASS.match(c.own_after) and q.value >= _LARGE:
        return "级"
    if not _MAGNITUDE_ONLY.fullmatch(c.sentence.text, q.start, q.end) or _REACHED.search(c.near_before):
        return None
    match = phrases.ATTRIBUTE.match(c.own_after)
    return match[0] if match else None


@IS_MEASURE.rule(
    False,
    yes=("专利质押融资额 ⟨万元⟩ 上年为五百", "奖励金额以⟨万元⟩计。", "对获奖者给予⟨万元⟩奖励。"),
    no=("产值突破⟨亿元⟩。", "投资⟨亿元⟩以上的,奖励10万元。", "给予⟨二万元⟩奖励。"),
    source="GB/T 1.1-2020, 9.9: 万元 is the unit that figures are in, and no figure",
)
def unit_of_sums(c: Context, facts: Facts) -> Found:
    """万元 or 亿元 without a figure, which nothing bounds."""
    q = c.quantity
    is_bare = _BARE_UNIT.fullmatch(c.sentence.text, q.start, q.end) and not _REACHED.search(c.near_before)
    return q.unit_word if is_bare and COMPARATOR.decide(c, facts).value == "eq" else None


@IS_MEASURE.rule(True, yes=("损失由基金与银行按⟨8∶2⟩承担。",), no=("一枚印章的长宽为⟨3∶2⟩。",))
def shared_out(c: Context, _: Facts) -> Found:
    """A ratio in which something is shared out: 按8∶2承担."""
    match = _SHARED_OUT.search(c.clause_before + c.clause_after) if c.quantity.is_side else None
    return match[0] if match else None


@IS_MEASURE.rule(
    True,
    yes=("推出⟨首单⟩专利证券化产品。", "打造全国⟨首个⟩示范园区。", "力争发行⟨第二单⟩专利证券化产品。"),
    no=(
        "⟨首单⟩专利证券化产品的经验得到推广。",
        "全国⟨首个⟩示范园区的经验得到推广。",
        "宣传⟨第二单⟩专利证券化产品的经验。",
    ),
)
def first_of_its_kind(c: Context, _: Facts) -> Found:
    """A first, or the next one, that is brought about: 完成首单, 发行第二单."""
    match = _BROUGHT_ABOUT.search(c.clause_before + c.clause_after) if c.quantity.is_first else None
    return match[0] if match else None


def _may_name(c: Context) -> bool:
    return c.quantity.unit_word in w.NAMING_UNITS


_POINTS_BY = re.compile("[比较][^,。;]{2,8}(?:提高|提升|上升|下降|增加)$")


@IS_MEASURE.rule(
    True,
    yes=(
        "群众满意度达到⟨90分⟩。",
        "考核得分90分以上的,奖励20万元,低于⟨70分⟩的,取消资格。",
        "满意度得分81.36分,较2020年提高⟨2.74分⟩。",
    ),
    no=("每年完成试卷⟨90分⟩。", "用电每千瓦时补贴⟨3分⟩。"),
)
def score(c: Context, facts: Facts) -> Found:
    """A score: 满意度达到90分; or a bound or a change of one: 考核得分90分以上的,奖励;低于70分的,取消资格."""
    q = c.quantity
    is_score = q.unit_word == "分" and not q.is_han
    match = _SCORED.search(c.clause_before) if is_score else None
    if (
        is_score
        and not match
        and (COMPARATOR.decide(c, facts).value in BOUNDS or _POINTS_BY.search(c.clause_before))
    ):
        match = _SCORED.search(c.sentence.text[: c.first.start])
    return match[0] if match else None


# What is held, with a name in it that has a number of its own: 开展“双随机、一公开”等专项行动4次.
_HELD_SO = re.compile(
    "(?:开展|组织|举办|召开)[^,。;:]{2,40}(?:行动|活动|检查|巡查|督查|会议|论坛|沙龙|对接会|研讨会|培训班?|讲座)$"
)


def _may_count(c: Context) -> bool:
    """Said of a unit word that names as often as it counts, in digits."""
    return _may_name(c) and not c.quantity.is_han and c.quantity.unit_word != "分"


@IS_MEASURE.rule(
    True,
    yes=(
        "举办培训班⟨6期⟩。",
        "园区建设达到⟨6处⟩。",
        "每年会商⟨60次⟩。",
        "申请材料减至⟨3份⟩。",
        "开展“双随机、一公开”等专项行动⟨4次⟩。",
    ),
    no=("每年会商⟨6次⟩。", "落实“双随机、一公开”等专项行动⟨4次⟩。"),
)
def counted(c: Context, _: Facts) -> Found:
    """What is done or reached counts (举办6期), and so does what is many (60次): a grade or an issue has a lower number."""
    if not _may_count(c):
        return None
    match = _DONE.search(c.near_before) or _TOTAL.search(c.near_before) or _HELD_SO.search(c.clause_before)
    return match[0] if match else c.quantity.unit_word if c.quantity.value >= _MANY else None


_LISTED = re.compile("[、和及][^,。;、和及]{2,10}")
_ITEM = re.compile("[^,。;、和及与]{2,12}(?:[、和与]|以?及)")
_LISTED_BESIDE = re.compile("[、和及][^,。;、和及]{1,9}[^,。;、和及的在为成第每是作于以出到中]")
_LISTED_NEXT = re.compile("[、和及,][^,。;、和及]{1,9}[^,。;、和及的在为成第每是作于以出到中]")


@IS_MEASURE.rule(
    True,
    source="GB/T 15834-2011, 4.5: what 、 lists is of one kind",
    yes=("现有客运线路26条、航线⟨11条⟩。",),
    no=("航线⟨11条⟩。", "线路26条,第⟨3条⟩施行。"),
)
def listed(c: Context, _: Facts) -> Found:
    """What is listed with many of its unit: 线路26条、航线11条."""
    before = c.sentence.quantities[: c.series[0]]
    if not _may_count(c) or not before or before[-1].unit_word != c.quantity.unit_word:
        return None
    match = _LISTED.fullmatch(c.sentence.text, before[-1].end, c.first.start)
    return match[0] if match and before[-1].value >= _MANY else None


def _is_how_often(c: Context) -> bool:
    """Said of 次, in digits or words, but in 一次性."""
    return c.quantity.unit_word == "次" and not c.own_after.startswith("性")


@IS_MEASURE.rule(
    True,
    yes=(
        "每年安排健康体检⟨1次⟩。",
        "每年安排健康体检1次、疗养⟨2次⟩。",
        "每年组织员工体检⟨一次⟩。",
        "每半年召开⟨一次⟩调度会。",
        "专家享受每年⟨1次⟩免费体检。",
    ),
    no=(
        "每年评选⟨一次⟩。",
        "每两年召开⟨一次⟩大会。",
        "每年开展评选,给予⟨一次⟩性奖励。",
        "开展⟨一次⟩检查。",
        "每年召开第⟨2次⟩会议。",
    ),
    source="GB/T 15835-2011: numbers of counts may be written in words; what is held so often a year is promised so often",
)
def how_often(c: Context, _: Facts) -> Found:
    """How often a year, quarter or month something is held: 每半年召开一次调度会; 每年体检1次、疗养2次."""
    text, (start, end) = c.sentence.text, c.clause
    every = _EVERY.search(text, start, c.quantity.start) if _is_how_often(c) else None
    held = _HELD.search(text, every.end(), end) if every else None
    return every[0] + held[0] if every and held else None


@IS_MEASURE.rule(
    True,
    yes=("会商不少于⟨6次⟩。", "每年至少入户⟨一次⟩。", "对迟报⟨两次⟩以上的单位予以通报。"),
    no=("累计会商⟨6次⟩。", "最高给予⟨一次⟩性奖励5万元。"),
)
def bounded(c: Context, facts: Facts) -> Found:
    """What is bounded counts: 不少于6次."""
    if not (_may_count(c) or _is_how_often(c)):
        return None
    decision = COMPARATOR.decide(c, facts)
    return decision.words if decision.value in BOUNDS else None


def _counts_in_words(c: Context) -> bool:
    """Said of a numeral in words with a unit that can count what stands before it: 长廊十处, but not 工程二期."""
    q, unit = c.quantity, c.quantity.unit_word
    is_some = unit == "批" and q.value <= 1  # 培育企业一批
    return q.is_han and bool(unit) and not is_some and (unit not in w.NAMING_UNITS or unit in _COUNTED_BEHIND)


@IS_MEASURE.rule(
    True,
    source="GB/T 15835-2011: numbers of counts may be written in words",
    yes=(
        "新建培训基地⟨两个⟩。",
        "培育机构三家、培训基地⟨两个⟩,评选典型三名。",
        "引进专家⟨一名⟩,奖励5万元。",
        "建设中心⟨一个⟩、基地两个。",
        "全市共有律师⟨八名⟩。",
        "建成宣传长廊⟨十处⟩。",
    ),
    no=(
        "新建⟨两个⟩转变的样板。",
        "园区有银行⟨五家⟩。",
        "推动产业与创新联系在⟨一起⟩。",
        "推动园区与高校合为⟨一家⟩。",
        "打造标杆中的⟨一个⟩。",
        "推进创造、运用⟨两个⟩环节衔接。",
        "建设高水平的⟨两个⟩,形成示范。",
        "服务企业数⟨十家⟩,开展活动若干场。",
        "开工建设产业园⟨二期⟩。",
        "培育企业⟨一批⟩。",
    ),
)
def done_behind_its_noun(c: Context, _: Facts) -> Found:
    """A numeral in words that closes the object of a verb of doing or having, listed or not: 新建培训基地两个."""
    match = _DONE_TO.search(c.near_before) if _counts_in_words(c) and c.quantity.value >= 1 else None
    is_object = match and _NOUN_LAST.search(match["noun"]) and _CLAUSE_ENDS.match(c.own_after)
    return match[0] if match and is_object else None


@IS_MEASURE.rule(
    True,
    source="GB/T 15834-2011, 4.5: what 、 lists is of one kind",
    yes=(
        "新增国家级园区两个,省级⟨三个⟩。",
        "建设中心一个、站点⟨三个⟩。",
        "园区有企业十五家、银行⟨五家⟩。",
        "全县拥有地标产品三个、集体商标⟨两件⟩。",
        "新建站点三处、长廊⟨两处⟩。",
    ),
    no=("园区有银行⟨五家⟩。", "园区有企业十五家,推进⟨两个⟩转变。"),
)
def listed_in_words(c: Context, facts: Facts) -> Found:
    """A numeral in words that is listed with one that counts: 国家级园区两个,省级三个; 产品三个、商标两件."""
    index = c.series[0] - 1
    q, earlier = c.quantity, c.sentence.quantities[index] if index >= 0 else None
    if earlier is None or not _counts_in_words(c) or not _CLAUSE_ENDS.match(c.own_after):
        return None
    following = _LISTED_NEXT if earlier.unit_word == q.unit_word else _LISTED_BESIDE
    match = following.fullmatch(c.sentence.text, earlier.end, c.first.start)
    counts = match and IS_MEASURE.decide(Context(c.sentence, index, [index]), facts).value
    return match[0] if match and counts else None


@IS_MEASURE.rule(
    False,
    yes=("累计会商⟨6次⟩。", "一枚印章的长宽为⟨3∶2⟩。", "⟨首单⟩专利证券化产品的经验得到推广。"),
    no=("累计会商不少于⟨6次⟩。", "损失由基金与银行按⟨8∶2⟩承担。", "推出⟨首单⟩专利证券化产品。"),
    after=(
        "shared_out",
        "first_of_its_kind",
        "score",
        "counted",
        "listed",
        "how_often",
        "bounded",
        "done_behind_its_noun",
        "listed_in_words",
    ),
)
def name(c: Context, _: Facts) -> Found:
    """A unit word that names as often as it counts, a ratio or a first, and nothing that says that it counts."""
    q = c.quantity
    return c.sentence.text[q.start : q.end] if _may_name(c) or q.is_side or q.is_first else None


@IS_MEASURE.rule(
    True,
    yes=("全市贯标企业累计达⟨1500⟩以上。", "有效发明专利突破⟨5000⟩,服务持续改善。"),
    no=(
        "全市企业满意度达到⟨90⟩。",
        "全面执行标准达到⟨6⟩。",
        "全市贯标企业达到⟨2025⟩年的两倍。",
        "企业⟨300⟩进入名单。",
    ),
    source="work reports leave the unit out where the noun that is counted stands before: 企业累计达1500以上",
)
def reached_without_unit(c: Context, _: Facts) -> Found:
    """A number without a unit that things in their noun have reached: 企业累计达1500以上."""
    q = c.quantity
    is_plain = not q.unit_word and not q.is_han and not q.bound and q.value >= _MANY
    match = _REACHES.search(c.near_before) if is_plain else None
    is_closed = match and _CLAUSE_ENDS.match(w.GE_AFTER.sub("", c.own_after, count=1))
    return match[0] if match and is_closed and counted_noun(c) else None


@IS_MEASURE.rule(False, yes=("编号⟨300⟩的工程。",), no=("工程⟨300项⟩。",))
def no_unit(c: Context, _: Facts) -> Found:
    """A number without a unit."""
    return None if c.quantity.unit_word else ""


@IS_MEASURE.rule(
    True,
    yes=("培育企业⟨50家⟩。", "给予⟨20万元⟩补助。"),
    no=("编号⟨300⟩的工程。", "“⟨3家⟩工程”企业。"),
    after=("explained", "no_unit", "name"),
)
def digits(c: Context, _: Facts) -> Found:
    """A number in digits with a unit that counts."""
    return None if c.quantity.is_han else c.quantity.unit_word


@IS_MEASURE.rule(
    True,
    yes=("给予⟨二十万元⟩补助。", "产值⟨翻一番⟩。", "对起草单位排名前⟨三位⟩的企业,给予奖励。"),
    no=("给予⟨20万元⟩补助。", "建设⟨一家⟩园区。"),
)
def measuring_unit(c: Context, _: Facts) -> Found:
    """A numeral in words with a unit that only measures: 二十万元, 三成, 一倍, 十八周岁."""
    word = c.quantity.unit_word
    return word if _only_counts(c) or _is_rank(c) or word in phrases.AGES | {"倍"} else None


@IS_MEASURE.rule(
    True,
    yes=("引进企业⟨三家⟩以上。", "每个园区至少有⟨一家⟩银行。", "园区有⟨一两家⟩银行。"),
    no=("园区有⟨一家⟩银行。",),
)
def bounded_numeral(c: Context, facts: Facts) -> Found:
    """A numeral in words that is bounded: 三家以上, 近百家, 两三家."""
    decision = COMPARATOR.decide(c, facts)
    if decision.value == "eq":
        return None
    is_bound = c.quantity.value > 1 or c.quantity.bound or _AT_LEAST.search(c.own_after + c.near_before)
    return decision.words if is_bound else None


@IS_MEASURE.rule(
    True,
    source="GB/T 15835-2011: numbers of counts may be written in words",
    yes=("园区有银行⟨十五家⟩。", "联系⟨一百家⟩企业。"),
    no=("园区有银行⟨五家⟩。", "联系⟨百家⟩企业。"),
)
def exact_numeral(c: Context, _: Facts) -> Found:
    """A numeral in words that is no round one: 十五家."""
    q = c.quantity
    is_many = _MANY_IN_WORDS.match(c.sentence.text, q.start)
    return c.sentence.text[q.start : q.end] if q.value > 10 and not is_many else None


@IS_MEASURE.rule(
    True,
    source="GB/T 15835-2011: numbers of counts may be written in words",
    yes=("培育⟨三家⟩企业。",),
    no=(
        "共建⟨三家⟩实验室的经验。",
        "培育⟨一家⟩企业。",
        "开展⟨万人⟩助企活动。",
        "组织⟨百家⟩企业帮扶行动。",
        "组织⟨百名⟩专家进企业。",
    ),
)
def done_in_words(c: Context, _: Facts) -> Found:
    """A numeral in words that a verb of doing has for its object: 培育三家企业; 万人助企活动 is a name."""
    q = c.quantity
    is_many = _MANY_IN_WORDS.match(c.sentence.text, q.start) and q.unit_word in _BODIES
    is_name = is_many and _NAMES_AN_ACT.match(c.own_after)
    match = _DONE_NEXT.search(c.near_before) if q.value > 1 and not is_name else None
    return match[0] if match and counted_noun(c) else None


@IS_MEASURE.rule(
    True,
    source="GB/T 15834-2011, 4.5: what 、 lists is of one kind",
    yes=("建设三个中心、两个基地、⟨一个⟩平台。", "建成⟨一个⟩国家级中心和两个省级基地。"),
    no=(
        "建成⟨一个⟩国家级中心和一个省级基地。",
        "建设三个中心,形成⟨一个⟩平台。",
        "推进⟨三个⟩转变、两个提升。",
    ),
)
def listed_before_nouns(c: Context, _: Facts) -> Found:
    """Numerals in words, not all of them one, that are the objects of one verb of doing: 建设三个中心、一个平台."""
    text, all_of = c.sentence.text, c.sentence.quantities
    first = last = c.index
    while first and _ITEM.fullmatch(text, all_of[first - 1].end, all_of[first].start):
        first -= 1
    while last + 1 < len(all_of) and _ITEM.fullmatch(text, all_of[last].end, all_of[last + 1].start):
        last += 1
    items = all_of[first : last + 1]
    if (
        first == last
        or any(not q.is_han or q.unit_word in w.NAMING_UNITS for q in items)
        or not counted_noun(c)
    ):
        return None
    match = _DONE_NEXT.search(Context(c.sentence, first, [first]).near_before)
    return match[0] if match and any(q.value > 1 for q in items) else None


_DEEDS_DONE = re.compile("(?:办好|办成|办结|完成|实施)[^,。;\\d]{0,4}$")
_GOOD_DEEDS = re.compile("(?:重点)?(?:民生|惠民|为民)?实事")


@IS_MEASURE.rule(
    True,
    yes=("继续办好⟨十件⟩民生实事。",),
    no=("宣传⟨十件⟩民生实事。", "办好⟨一件⟩事。"),
    source="政府工作报告 promise a number of deeds each year: 十件民生实事",
)
def deeds(c: Context, _: Facts) -> Found:
    """Deeds that a government promises by their number: 办好十件民生实事."""
    match = _GOOD_DEEDS.match(c.following) if c.quantity.is_han and c.quantity.unit_word == "件" else None
    return match[0] if match and _DEEDS_DONE.search(c.near_before) else None


@IS_MEASURE.rule(
    False,
    yes=("建设⟨一家⟩园区。", "联系⟨百家⟩企业。"),
    no=("建设⟨三家⟩园区。", "建设⟨1家⟩园区。"),
    after=(
        "digits",
        "measuring_unit",
        "bounded_numeral",
        "exact_numeral",
        "done_in_words",
        "done_behind_its_noun",
        "listed_in_words",
        "listed_before_nouns",
        "deeds",
    ),
)
def numeral_in_words(_c: Context, _f: Facts) -> Found:
    """Any other numeral in words says one, some or many."""
    return ""
