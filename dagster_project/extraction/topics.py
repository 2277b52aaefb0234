"""What a sentence speaks of before a figure, as a noun phrase: whom an award is for, what a fine punishes, who must meet a requirement.

The words stand in the clauses before the figure, often far from it and shared by several figures: 对获批国家、省级创新中心的,
分别给予300万元、200万元支持. Clauses that only say how or when are passed over, values are taken out, a list is dealt out to
the figures of a series, and a segment that leaves out what the one before it said takes it from there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, Sentence
from dagster_project.extraction.numbers import MAGNITUDE
from dagster_project.reading.vocabulary import Word, one_of

VALUE = "\0"  # stands for a quantity in a text whose words are read

_SEGMENT = re.compile("[;。]")
_CLAUSE = re.compile("[,:](?![^“”]{0,20}”)")  # “守信用,重承诺” is one name
NUMBERING = re.compile(
    r"^(?:\s|第(?:[^\s条]{1,6}|\d \d)条|[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.](?!\d)|[①-⑳●·√✔▶►◆■★—-])+"
)
_ADDRESS = re.compile(
    "^(?:"
    + one_of(
        "对于 凡是 凡 鼓励 支持 引导 推动 其中 同时 此外 另外 即 如 若",
        Word("对", unless_after="口 外 标杆 标先 标国 标世 标一 标行 接 台 内", example="对标准化机构"),
    )
    + "|和(?=引导|支持|鼓励|推动))+"
)
# From when to when it holds, which is its period: ⟨2024年1月1日至12月31日期间⟩首次入库的企业.
_DATED = re.compile(phrases.FROM_DAY_TO_DAY)
# Where a clause stops to say whom it is for and begins to say what is given, how much and how.
_PUNISHING = one_of(
    "处以 并处 可以处 可处 责令 没收 追回",
    Word(
        "依法",
        unless_after="新 成 设 登 注 经 纳 取 组 开 建 备 认 参 缴 享 合 受 获 核 批 被 拥 持 从事 使用",
        example="依法追究责任",
    ),
    Word("处", unless_after="理 罚 置 分 于 方 长 所", example="处5万元罚款"),
)
# What is got by fraud is no gift: 骗取补助的,追回.
_BY_FRAUD = re.compile("骗取|套取|冒领|虚报|截留|挪用")
_OF_A_PARTY = f"[^,]*的[^,]*{w.PARTY}$"  # 落实政策的⟨园区⟩
_GIVING = re.compile(
    one_of(
        "给予 予以 奖给 发给 一次性 分别 依次 各奖 各自奖 择优 最高 最多 最低 不超过 不低于 不少于 可享受 可获 可按 封顶 追加 可放宽至 放宽至 放宽到 贴补 再加 再奖 再补 另奖 另补 另发 再给予 再奖励 再按 另给予 另奖励 单个 单家 单户 同一 参照 兑现 "
        "累计不超过 合计不超过 总额不超过 年度上限 累计上限 上限为 支持期限 每家 每户 每个 每名 每人 每位 每件 每项 每亩 每年 每月 每套 每平方米 每场 每次 每辆 每台 每篇 每宗 每笔 享受 "
        "获得上述 获得本条 获得该项 单品种",
        Word("按", unless_after="期 时 规定 要求 摩 揭 照", example="按投资额的5%"),
        *(
            Word(
                award,
                unless_before="获 获得 享受 取得 申请 获国家 获省级 过",
                unless_after="对象 资金 项目 政策",
                example=award,
            )
            for award in "奖励 奖补 补助 补贴 资助 贴息 补偿 扶持".split()
        ),
    )
    + "|"
    # 按照投资额的5%给予, but 按照国家标准通过认证的企业 are those who get it.
    + rf"按照(?!{_OF_A_PARTY})"
    + "|"
    + _PUNISHING
)
_PUNISHED = re.compile(_PUNISHING)
# Clauses that say how, when or by whom, and not for whom.
_CIRCUMSTANCE = re.compile(
    rf"^(?:深化|推进|促进|加强|加快|提升|增强|发挥(?!{_OF_A_PARTY})|围绕|依托|积极|完善|健全|优化|强化|落实(?!{_OF_A_PARTY})|按照(?!{_OF_A_PARTY})|按(?![期时照])|根据|依据|依照|参照|自(?=[^,]*(?:起|之日|以来|后)|\d|今|本)|在此基础上|当年度?$|次年|原则上|择优|具体|视|由(?!{_OF_A_PARTY})|责令|没收|可(?!再生|降解|穿戴|持续)|采取[^,]*方式|最终|合计|总额|累计(?!{_OF_A_PARTY})|资金(?!池|困难|密集|紧张)|(?:支持|补助|补贴|资助|奖励|贴息|扶持)(?:周期|期限|时间)|并?从(?!事|业)|此项|以上|"
    r"以[^,]{2,14}为[基依限准]|在[^,]{0,14}基础上|每[年两二三四五\d][年届]?(?:评选|评审|评定|评|举办)[一两1]?次?(?:$|,)|违反[^,]*规定$|(?:\d{1,2}|[一二两三四五])年内$|除[^,]*外$|经[^,的]*(?:后|同意|批准|审核|评审|认定)?$|同等条件|符合条件$|逾期|情节|应当|须)"
)
# How something is got, which is no part of what is got: 通过⟨自主创新⟩获得专利奖; but by which route is: 通过海牙体系.
_HOW = re.compile(
    r"(?:通过|采取|依托|利用)(?![^,。;、]{0,10}(?:体系|途径|渠道|系统|条约))[^,。;、的通过]{2,10}(?=获得|取得|获批|引进|实现)"
)
_END = re.compile(r"(?:的|后|时|者|,|、|并|且|和|年度|当年)+$")
_IS = re.compile("(?<![认评定作成列选视行])为$")  # 第一年⟨为⟩80%
_BOUNDED = re.compile(
    rf"(?>{one_of([*w.COMPARATORS, '达到', '达', '首次', '在', '为', '均', '须', '分别', '年满', '总计', '合计', '累计', '一般', '原则上'])})*{VALUE}(?:/[年月亩家件])?(?:(?:标准)?展位(?={phrases.BOUND}))?"
    rf"(?:{phrases.BOUND}|\([^()]*\)|的?部分)*(?:[、和或到至—~～-]*{VALUE}(?:{phrases.BOUND}|\([^()]*\)|的?部分)*)*(?:等不同(?:规模|档次|等级|额度|台阶))?"
)
_REMARK = re.compile(
    r"\((?:第一[^()]{2,6}单位|排名|牵头|不?含|包括|以下|下同|除|简称|不超过|最高|具体|注)[^()]*\)|\([^()]{9,}\)"
)
_HALF_BEFORE = re.compile("^[^(“《〔]*[)”》〕]+")  # a bracket whose other half stands elsewhere
_HALF_AFTER = re.compile("[(“《〔][^)”》〕]*$")
_SPACE = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")
_ALSO = re.compile("并|且")  # begins a clause that adds a condition
_IN_A_YEAR = re.compile("全年|当年|年度|每年")
_ENOUGH = 20  # characters that say whom an award is for
_AND_DOES = re.compile("(?<=..)并[^并的]*$")  # 企业出质取得贷款⟨并按期还本付息⟩
# Which years of several: ⟨前两年⟩全额补贴,⟨后三年⟩减半补贴.
_ONE_YEAR = re.compile(r"第[一二三四五六]年度?|[前后][\d一二两三四五六]年|首年|次年")
_HAS_BOUND = re.compile(rf"的$|{phrases.BOUND}|{VALUE}(?:至|到|[—-]){VALUE}|{one_of(w.COMPARATORS)}{VALUE}")
_TIER = re.compile(rf"[^{VALUE},;。的]{{0,12}}{_BOUNDED.pattern}的?")
MET = "达标"  # what is said in the place of a value with its bound
# Who says enough alone: 给予领军人才100万元;⟨博士⟩另给予20万元.
_A_PARTY = re.compile(
    "博士后?|硕士|本科生|研究生|(?:科研|创业|创新)?团队|高校|院所|银行|园区|农户|合作社|旅行社"
)
_SHORT = 4  # characters; 企业, 单个项目 say less than what stands before them
_LONGEST = 44  # characters of a topic; of more clauses than fit, the first and the last say most


# What more of the same is paid for, which the award before it names: 每增加100件,增加奖励2万元.
EACH_MORE = re.compile("(?:此后|以后|超[过出](?:部分)?)?每(?:再)?(?:增加|新增|增|多|超过?)[^,。;]{0,10}$")


@dataclass(frozen=True, slots=True)
class Topic:
    """What the clauses before a figure speak of.

    Attributes:
        parts: A phrase for each clause, in order.
        is_inherited: Whether any of them stands before the segment of the figure.
    """

    parts: tuple[str, ...] = ()
    is_inherited: bool = False

    def __str__(self) -> str:
        parts = [part for part in self.parts if not part.endswith(MET)] or list(self.parts)
        if all(map(_IN_A_YEAR.fullmatch, parts)):
            parts = [part for part in self.parts if part not in parts] or parts
        if sum(map(len, parts)) > _ENOUGH:
            parts = [part for part in parts if not _ALSO.match(part) or phrases.ACTOR.search(part)] or parts
        parts = [part for part in parts[:-1] if not _ONE_YEAR.fullmatch(part)] + parts[-1:]
        if sum(map(len, parts)) > _ENOUGH:
            parts = [*(_AND_DOES.sub("", part) for part in parts[:-1]), *parts[-1:]]
        while len(parts) > 2 and sum(map(len, parts)) > _LONGEST:
            del parts[-2]
        return "".join(parts)


def squeezed(text: str) -> str:
    """Return a text without blanks, but those between words in Latin letters."""
    return _SPACE.sub("", text)


@lru_cache(maxsize=4096)
def tidy(name: str) -> str:
    """Return a name without blanks, numbering, remarks in brackets and marks at its ends."""
    name = NUMBERING.sub("", squeezed(_REMARK.sub("", name)))
    return _HALF_BEFORE.sub("", _HALF_AFTER.sub("", name)).strip("、,:的 ")


_REACH = 600  # characters before a figure that can say what it is of; sentences are shorter


def masked(sentence: Sentence, start: int, end: int) -> str:
    """Return a span of a sentence, at most `_REACH` before its end, with `VALUE` in the place of every quantity."""
    start = max(start, end - _REACH)
    pieces, at = [], start
    for quantity in sentence.quantities[bisect_left(sentence.quantities, start, key=attrgetter("start")) :]:
        if quantity.start >= end:
            break
        is_rank = quantity.unit_word in phrases.PLACES and phrases.RANKED.search(
            sentence.text[at : quantity.start]
        )
        if (
            at <= quantity.start and quantity.end <= end and not is_rank
        ):  # 前30名 says which, and not how many
            pieces += [sentence.text[at : quantity.start], VALUE]
            at = quantity.end
    return "".join([*pieces, sentence.text[at:end]])


@lru_cache(maxsize=1024)
def _said(clause: str) -> str:
    """Return whom or what a clause is about, without what it gives; values become 达标; empty where it says neither."""
    text = _DATED.sub("", _ADDRESS.sub("", NUMBERING.sub("", squeezed(_REMARK.sub("", clause)).strip())))
    text = IN_ONE_YEAR.sub("", _BY_RESULT.sub("", _ELIGIBLE.sub("", _ANYWHERE.sub("", text))))
    if _CIRCUMSTANCE.search(text):
        return ""
    text = _MET_AND.sub(r"\1", _BOUNDED.sub(MET, _HOW.sub("", text)))
    if giving := (_PUNISHED if _BY_FRAUD.search(text) else _GIVING).search(text):
        text = text[: giving.start()]
    text = tidy(_END.sub("", _IS.sub("", text.strip())))
    return "" if text in {MET, ""} or len(text) < 2 or _PAYER.fullmatch(text) else text


# Says of no place, and of no one in particular: ⟨各地⟩新引进的项目, ⟨符合条件的⟩科技型企业.
_ANYWHERE = re.compile("^各(?:地区?|县[市区、]*|市州?)(?=[新首引培建])")
_ELIGIBLE = re.compile("^符合(?:上述|以上|相关|规定)?(?:条件|要求|规定)的(?=.{2})")
# By what it is decided, behind when: 第二年⟨根据前一年度考核结果⟩给予支持.
_BY_RESULT = re.compile(r"(?<=年|度)(?:根据|依据|视)[^,]*(?:结果|情况|绩效|成效)")
# Within which time it has to be met, which is no part of what: ⟨在同一年度内⟩研发支出合计达100万元.
IN_ONE_YEAR = re.compile(
    "[在于]?(?:同一|单一|单个|任一|一个(?=会计|自然|纳税|课税))(?:会计|自然|纳税|课税)?(?>年度|季度|年)(?:之?内|期间)?"
)
# A second party with a bound of its own: 达标的工业企业⟨以及达标的⟩服务业企业.
_MET_AND = re.compile(
    f"(?<={MET}的)([^的,]{{0,10}}{w.PARTY}(?:以及|和|及|与)){MET}的(?=[^的,]{{0,10}}{w.PARTY})"
)
# Who pays says neither for whom nor for what: 对投保企业,⟨市级财政⟩按保费的70%补贴.
_PAYER = re.compile(
    "(?:由|所在地)?(?:中央|[省市县区州]级?|本级|各级|各?县\\([^()]*\\)|园区)?(?:财政|人民政府|政府|管委会)(?:部门)?(?:可以?|将|另|再)?"
)


def topic(c: Context, inherited: str = "", *, told: bool = False) -> Topic:
    """Return what the clauses before a figure speak of.

    Args:
        c: The figure.
        inherited: What an award before it in the same provision is for.
        told: Whether a tier is told by its bounds, and not as one that is met.
    """
    texts = _SEGMENT.split(masked(c.sentence, 0, c.first.start))
    *earlier, own = map(_phrases, texts)
    said = [each for each in earlier if each]
    whole = (each for each in reversed(said) if not all(is_rank(part.removesuffix(MET)) for part in each))
    before = next(whole, said[-1] if said else [])
    party = _party_before([[inherited], *earlier])
    whose = next((part for part in before if MET not in part), party or inherited.partition(MET)[0])
    if not own or all(len(part) < _SHORT and not _A_PARTY.fullmatch(part) for part in own):
        opening = clauses_of(c.sentence.opening) if _GIVING.search(c.sentence.opening) else ()
        parts = _taken_over(before or list(opening) or ([inherited] if inherited else []), own, party)
        if told and parts and parts[-1].count(MET) == 1 and (bounds := _tier_of(c)):
            what, _, rest = parts[-1].partition(MET)
            parts = [*parts[:-1], ("" if bounds.startswith(what) else what) + bounds + rest]
        return Topic(tuple(parts or own), True)
    own = _with_ranks(_branched(own))
    if all(map(_only_met, own)):  # a tier: who reaches it stands before
        own = [bounds] if told and len(own) == 1 and (bounds := _tier_of(c)) else own
        is_said = len(whose) < _SHORT or own[0].startswith(whose)
        whose = _without_what_is_met(whose, own[0])
        return Topic(tuple(own) if is_said else (whose, *own), True)
    passed = before or ([inherited] if inherited else [])
    if passed and _PASSED.fullmatch(own[0]):
        return Topic((_NEWLY.sub("", passed[-1]), *own), True)
    of_those = _of_those_before(before, own) if before else None
    if not of_those and _goes_on(own[0]) and not _ADDRESSED.match(texts[-1]):
        of_those = _another_of_them(before, own)
    return Topic(of_those, True) if of_those else Topic(tuple(own), False)


def _taken_over(parts: list[str], own: list[str], party: str) -> list[str]:
    """Return what was said before a segment that says nothing itself, or only of which rank or place it is."""
    if not own:
        parts = [part for part in parts if not _ONE_YEAR.fullmatch(part)] or parts
        return [party, *parts] if party and all(map(_only_met, parts)) else parts
    if parts and _RANK_ALONE.match(own[-1]):
        return [*parts[:-1], reranked(parts[-1], own[-1])]
    if parts and _WHERE_OF_TWO.fullmatch(own[-1]):
        return [*parts[:-1], _WHERE_AT_END.sub("", parts[-1]) + own[-1]]
    return parts


def _of_those_before(before: list[str], own: list[str]) -> tuple[str, ...] | None:
    """Return what a segment says of those that the one before it is about: their branch, their grade, what makes it worse."""
    if theirs := _THEIRS.match(own[0]):
        return (*before[:-1], before[-1] + own[0][theirs.end() :], *own[1:])
    is_theirs = _ACHIEVED.match(own[0]) and not _NAMES_PARTY.search(own[0])
    if is_theirs and (named := _PARTY_AT_HEAD.match(before[0])):
        return (named[0], *own)
    return (*before, *own) if _WORSE.match(own[0]) else None


def _another_of_them(before: list[str], own: list[str]) -> tuple[str, ...] | None:
    """Return what a segment goes on with, which takes the place of the end of what the one before it says."""
    if own[0].startswith(_WHERE) and (there := [n for n, part in enumerate(before) if _WHERE in part]):
        stem = before[there[-1]].partition(_WHERE)[0]
        return (*before[: there[-1]], stem + own[0], *own[1:])
    return (*before[: len(before) - len(own)], *own) if len(before) > len(own) else None


# An award that is promised before the text says how much: 对新引进的机构⟨给予补助⟩。
_PROMISED = re.compile(
    rf"(?:给予|予以)[^,。;\d{VALUE}]{{0,8}}?(?P<what>{phrases.AWARD_NOUN.pattern})[^,。;\d{VALUE}]{{0,4}}[。;:]?\s*$"
)


def promised(text: str) -> tuple[str, str]:
    """Return whom a sentence without a sum promises an award, and what it calls it; nothing where it promises none.

    Args:
        text: A sentence with `VALUE` in the place of its figures.
    """
    match = _PROMISED.search(text)
    return (str(Topic(tuple(_phrases(text[: match.start("what")])))), match["what"]) if match else ("", "")


def _without_what_is_met(whose: str, own: str) -> str:
    """Return who reaches a tier without the metric that the tier names, too: 基地面积 | 新建面积在300亩以上 → 基地."""
    for length in range(min(len(whose) - _SHORT, 6), 1, -1):
        if whose[-length:] in own and _METRIC_AT_END.search(whose):
            return whose[:-length].removesuffix("年")
    return whose


_METRIC_AT_END = re.compile(w.METRIC + "$")


def _party_before(segments: Sequence[Sequence[str]]) -> str:
    """Return who meets the conditions of the last segment that says who: 设立满三年的⟨代理机构⟩,…;营业收入1000万元以上的."""
    for segment in reversed(segments):
        for part in segment:
            if party := _MET_BY_PARTY.fullmatch(part):
                return party["whose"]
    return ""


_MET_BY_PARTY = re.compile(f"[^,的]*{MET}的(?P<whose>[^,的{MET}]*{w.PARTY})")


def _tier_of(c: Context) -> str:
    """Return the bounds of a tier as the text has them: 设备投资额1亿元至5亿元; nothing where no clause has bounds alone."""
    start, end = c.segment[0], c.clause[0]
    masks = _CLAUSE.split(masked(c.sentence, start, end))
    texts = _CLAUSE.split(c.sentence.text[start:end])
    if len(masks) != len(texts):
        return ""
    for mask, text in zip(masks, texts, strict=True):
        told = _ADDRESS.sub("", NUMBERING.sub("", squeezed(mask)))
        if _TIER.fullmatch(told) and _HAS_BOUND.search(told):
            bounds = _ADDRESS.sub("", NUMBERING.sub("", squeezed(_REMARK.sub("", text))))
            return IN_ONE_YEAR.sub("", bounds).removesuffix("的")
    return ""


def reranked(phrase: str, rank: str) -> str:
    """Return what was said of one rank or several, of another: 列入省级名录, 市级 → 列入市级名录."""
    same = [m for m in _RANKS_INSIDE.finditer(phrase) if m["ranks"][-1] == rank[-1]]
    if not same and rank.endswith("级"):  # 国家示范企业, 省级的: the same of another
        same = [m for m in _RANKS_INSIDE.finditer(phrase) if m["ranks"] in _LEVELS]
    if not same:
        return phrase if rank in phrase else phrase + rank
    return phrase[: same[-1].start()] + rank + phrase[same[-1].end() :]


def _branched(parts: Sequence[str]) -> list[str]:
    """Return phrases with the place of another branch instead of the first's: 途径在甲国注册, 在乙国注册 → 途径在乙国注册."""
    *first, last = parts
    if (
        first
        and last.startswith(_WHERE)
        and (stem := first[-1].partition(_WHERE))[1]
        and len(stem[0]) >= _SHORT
    ):
        return [*first[:-1], stem[0] + last]
    return list(parts)


def _with_ranks(parts: Sequence[str]) -> list[str]:
    """Return phrases with those that are only a rank put into the one before."""
    found: list[str] = []
    for part in parts:
        if found and is_rank(part):
            found[-1] = reranked(found[-1], part)
        else:
            found.append(part)
    return found


def is_rank(name: str) -> bool:
    """Say whether a name is a rank and no more: 市级, B类, 银奖."""
    return bool(_RANK_ALONE.match(name)) and name[-1] in "级类档奖"


def _only_met(part: str) -> bool:
    """Say whether a phrase is a condition without anyone who meets it: 设备投资额达标; not 产值达标的企业."""
    stem = part[: -len(MET)]
    own = _PARTY_AT_HEAD.match(stem)  # 旅游住宿企业年营业收入达标 says who
    is_named = own is not None and len(own[0]) >= _SHORT
    return part.endswith(MET) and not is_named and not phrases.ACTOR.search(stem) and len(part) <= 14


# What those achieve whom the segment before speaks of: 转移机构促成交易30项以上的,…;⟨评为国家级的⟩,再奖20万元.
_ACHIEVED = re.compile("(?:首次)?(?:被?评为|被?认定为|获评|获批|升级为|晋升为|入选)")
_NAMES_PARTY = re.compile(w.PARTY)
_PARTY_AT_HEAD = re.compile(f"[^的,、{VALUE}]{{0,8}}?{w.PARTY}(?=[^的、]{{3,}})")
# What those stand later of whom the award before speaks: 对新认定的示范企业奖励50万元;⟨通过复核的⟩,奖励10万元.
_AGAIN = "复核|复审|复评|复查|再认证|再评价|续展|年审|监督审核|换证"
_PASSED = re.compile(
    f"(?:再次|重新|年度|期满|中期|绩效)*(?:{_AGAIN}(?:合格|优秀|成功)?|通过(?:{_AGAIN}|验收|评审|评估)(?:合格)?|(?:验收|评估|考核|评价|审核|检查)(?:结果)?(?:合格|通过|优秀|良好|为优秀|为良好|为合格)|重新认定|再次(?:认定|入选|获评|获得))"
)
_NEWLY = re.compile(
    "^(?:新|首次|当年|年度|成功)*(?:获批|认定|评定|获评|获得|通过|入选|列入)?的?(?=[^的]{4,}$)"
)
# What makes it worse, or says how it is reckoned: …的,责令改正;拒不改正的,处…; 没有违法所得的,处….
_WORSE = re.compile("拒不|拒绝|(?:没有|无)(?:违法所得|违法经营额)|违法(?:所得|经营额)(?:不足|难以|无法)")
# What belongs to those that the segment before speaks of: 律师事务所迁入的,…;⟨其⟩新设立的分所,….
_THEIRS = re.compile("其(?![他它余中])")
_WHERE = "在"
# Which of two places, of the same: 国内每件3000元,⟨国外⟩每件1万元.
_WHERE_OF_TWO = re.compile("国[内外]|境[内外]|[省市县区][内外]|海外|港澳台")
_WHERE_AT_END = re.compile(f"(?<=..)(?:{_WHERE_OF_TWO.pattern})$")
_ADDRESSED = re.compile(r"\s*+(?:[(]?[\d一二三四五六七八九十]{1,2}[)、.]\s*+)?(?:对|凡)")
_GOES_ON = re.compile("^(?:在|其|另|第|评|被|首次|再次|新|逾期|情节|获|超过|不足|达)")


def _goes_on(part: str) -> bool:
    return bool(_GOES_ON.search(part))


def _phrases(segment: str) -> list[str]:
    before: Sequence[str]
    *before, own = _CLAUSE.split(_REMARK.sub("", segment))
    own = _ITEMS_BEFORE.sub("", own)
    if said := _said(own):  # what stands before with a sum of its own is another item of a list
        items = [clause for clause in before if _ITEM_GIVEN.search(clause)]
        if items and items[-1] == before[-1] and _OTHER.match(squeezed(own)):
            has_own = bool(_said(items[-1]))  # 获得甲国授权的,每件3万元,⟨其他国家授权的每件1万元⟩
            before = before[: -1 if has_own else -2]
        before = [clause for clause in before if clause not in items]
        if said.startswith(_WHERE) and items:  # 企业在甲板挂牌奖12万元,⟨在乙板挂牌⟩奖20万元
            stem = _said(items[-1]).partition(_WHERE)
            said = stem[0] + said if stem[1] and 2 <= len(stem[0]) <= _LONGEST_STEM else said
    before = _of_its_own(before, own)
    return [part for clause in before if (part := _said(clause))] + ([said] if said else [])


def _of_its_own(before: Sequence[str], own: str) -> Sequence[str]:
    """Return the clauses before a figure without the awards that stand before the one whose party is addressed.

    检验费按80%收取,⟨对小微企业委托的检验,按50%收取⟩: a sentence that goes on to another party has done with the first.
    """
    clauses = [*before, own]
    addressed = next((n for n in range(len(before), 0, -1) if _NAMES.match(clauses[n])), 0)
    if not addressed and _NEXT_PARTY.match(squeezed(own)):
        addressed = len(before)  # 对首次投保企业,按保费的70%补贴,⟨续保企业⟩按50%补贴
    given = next((n for n in range(addressed - 1, -1, -1) if _GIVES.search(clauses[n])), -1)
    if _NAMES_WHOM.match(squeezed(clauses[addressed])):  # 繁荣夜间经济,对举办活动的企业给予补助
        aims = [clause for clause in before[given + 1 : addressed] if _ENTITLES.search(clause)]
        return [*aims, *before[addressed:]]
    return before[given + 1 :]


_OTHER = re.compile("(?:其他|其它|其余|一般|普通)(?=.{2})")

_LONGEST_STEM = 10  # characters

_NEXT_PARTY = re.compile(
    f"(?!其(?![他它余])|[每单同一另各])[^,{VALUE}]{{2,12}}{w.PARTY}的?(?=按|给予|奖励|补助|补贴|可放宽|最高)"
)


_NAMES = re.compile(r"\s*(?:并)?对(?![其此该口外标接台内应照比])(?!上述|以上|符合|首次|超过|超出|高于)")
# Whom a clause addresses, and with more than a word for anyone: 对⟨举办促销活动的企业⟩; not 对企业, 对展位费.
_WHOM = f"(?:{w.PARTY}|项目|工程|活动)"
_NAMES_WHOM = re.compile(
    f"对(?![其此该口外标接台内应照比])(?=[^,{VALUE}]{{2,}}{_WHOM})[^,{VALUE}]*(?:的|.{{3,}}{_WHOM})[^,{VALUE}]*$"
)
_ENTITLES = re.compile(
    f"(?:的|后|者|时|的[^的]*{w.PARTY})$|{VALUE}"
)  # what is a condition, or who, and no aim
_GIVES = re.compile(
    f"(?:{w.AWARD}|收取)[^,{VALUE}]{{0,16}}{VALUE}|{VALUE}[^,{VALUE}]{{0,8}}(?:{w.AWARD}|收取)"
)


# Others of a list that have each their sum: ⟨A类人才30万元、⟩B类人才10万元.
_ITEMS_BEFORE = re.compile(
    rf"(?:[^,;:{VALUE}为]{{2,20}}(?<![到达过于足满在为高低近约的]){VALUE}(?:/[^、]{{1,2}})?、)+(?=[^{VALUE}]+$)"
)
_ITEM_GIVEN = re.compile(
    rf"(?:每[人家户个名件项年月]+|(?:给予|予以|奖励?|补助?|补贴|发放|资助)|[级类等档]){VALUE}(?:/[^,]{{1,2}})?(?:(?:的|一次性)*[^,{VALUE}]{{0,6}})$|{VALUE}/[家个件项亩]$"
)


# ---- fragments

_GENERIC = (
    "全市 全省 全县 全区 本市 每家 每户 每个 单个 单户 单家 同一 企业 单位 项目 业务 资金 机构 补贴 奖励 补助 资助 奖补 支持 贴息 金额 数量 比例 上限 下限 年度 面积 总额 部分 "
    "一次性 标准 额度 规模 占比 限 期限 年限 时长 增幅 增长率 降幅 同比 比 率 新增 培育 建设 其 该 件 家 个 户 名 项 人 亩 每 上述 首期 达标 权重 分值 总规模"
)
_FRAGMENT = re.compile(
    rf"^.?$|^{one_of(_GENERIC)}+$|^[,。;:、)]|[(“《][^)”》]*$|^[^(“《]*[)”》]"
    r"|^(?:的|且|并|但|后|及|等|或|和|与|是|于|占|较|比)(?!级|高|重|例|价|美|平|谐|购|处|网|会)|[在为按于以的和与超达是由从将占]$|[,。;](?![^“”]*”)"
)


@lru_cache(maxsize=4096)
def is_fragment(name: str) -> bool:
    """Say whether a name does not say what is measured.

    A fragment is a single character or none; only words that fit anything (企业, 补助比例上限); what begins or ends with a particle, a
    preposition or a conjunction (占年度计划, 年销售额在); what has a mark of a clause in it, or a bracket or quotation mark without its other half.
    """
    return bool(_FRAGMENT.search(name))


# ---- lists

_LEVEL = one_of(
    "国家 省部 省 县 州 国际 世界 乡 村",
    Word("部", unless_before="总 全 内 外 大 乐 支 干 分 局", example="部、省两级"),
    Word("校", unless_before="高 学 院 党 名", example="校、院两级"),
    Word("院", unless_before="学 医 究 科 法 书 剧 影 计 老", unless_after="校", example="校、院两级"),
    Word("市", unless_before="上 城 门 超", example="市、区两级"),
    Word(
        "区",
        unless_before="园 社 片 景 牧 示范 保护 开发 功能 试验 集聚",
        unless_after="域 块 间",
        example="市、区两级",
    ),
)
_METAL = one_of(
    "银 铜",
    Word("金", unless_before="资 基 奖 现 税 佣 租 薪 公积 保证 押 罚 合", example="获得金、银、铜牌"),
)
_RANK = (
    rf"(?:(?:国际|国家|行业|[省市]?地方|团体|企业)标准|{_LEVEL}级?|国际|行业|地方|团体|国内|省内|境内|境外"
    rf"|(?:特等|优秀|提名|入围|最佳)奖?|[金银铜][奖牌]|{_METAL}|良好|合格|[特一二三四五六七八九十优甲乙丙丁A-F\dⅠⅡⅢⅣ]+(?:等奖|级|类|档|星级|星|强|A级?|等|期(?!间))?"
    r"|第[一二三四五六七八九十\d]+(?:年度?|名|档|位)|前[\d一二三两]+年|首次|重新|再次|博士后?|硕士|本科|大专|正高级?|副高级?|高级|中级|初级|特级)"
)
_RANK_AT_END = re.compile(_RANK + "$")
_RANK_AT_HEAD = re.compile("^" + _RANK)
_RANK_ALONE = re.compile(f"^{_RANK}$")
_OWN_RANK = rf"(?:{_LEVEL}级|[国省市]内|[A-F]类)"
_RANKED_THING = re.compile(
    f"(?:^|的|获得|获批|获评|获|入选|列入|认定为|评定为|评为|创建|通过|建设)(?P<thing>{_OWN_RANK}[^的、]{{2,16}})$"
)
_RANKS_INSIDE = re.compile(f"(?P<ranks>{_RANK}(?:[、和与及]{_RANK})*)(?:及?以上)?")
_LEVELS = frozenset("国家 全国 省 市 县 区".split())
_RANK_SIGN = re.compile("(?:等奖|标准|级|类|档|强|奖|牌|年|名|位)$")
_AND = re.compile(w.AND)
_WON = re.compile(
    r"^(?P<lead>.*(?:获得|获批|获评|获|入选|列入|认定为|评定为|评为|创建为|创建|成功创建|通过|取得|新建|建设|引进|制定|修订|进入|成为|为|的))(?P<item>[^的]+)$"
)


def dealt(text: str, count: int, place: int) -> str | None:
    """Return a phrase with one item in the place of a list of `count`: 国家、省级中心 → 国家级中心, 省级中心.

    Returns:
        None where it has no such list.
    """
    for run in _QUOTED.finditer(text):
        named: list[str] = _QUOTED_ITEM.findall(run[0])
        if len(named) == count > 1:
            return text[: run.start()] + named[place] + _SO_MANY_OF_THEM.sub("", text[run.end() :])
    marks = list(_AND.finditer(text))
    if count < 2 or len(marks) < count - 1:
        return None
    starts = [0, *(m.end() for m in marks)]
    ends = [*(m.start() for m in marks), len(text)]
    parts = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    windows = range(len(parts) - count, -1, -1)
    for split in (_by_value, _by_rank, _by_lead, _by_class, _by_kind, _by_head, _by_party):
        for first in windows:
            if found := split(parts[first : first + count]):
                lead, items, tail = found
                return text[: starts[first]] + lead + items[place] + tail + text[ends[first + count - 1] :]
    return None


# Names in quotation marks need no mark between them: 进入⟨“国家队”“省队”⟩行列的实验室.
_QUOTED = re.compile("(?:“[^“”]{1,16}”[、和]?){2,}(?<![、和])")
_QUOTED_ITEM = re.compile("“[^“”]*”")
_SO_MANY_OF_THEM = re.compile(
    r"^等?[两二三四五六七八九十\d]+个?[^、的]{0,8}(?=的)"
)  # “小升规”“规改股”⟨两个目标⟩的企业

Items = tuple[str, list[str], str]


_VALUE_TEXT = rf"\d[\d.]*{MAGNITUDE}?[^\d的,。;]{{0,2}}"
_VALUE_AT_END = re.compile(_VALUE_TEXT + "$")
_VALUE_AT_HEAD = re.compile(f"^{_VALUE_TEXT}?(?=[的企项及以]|$)")


def _by_value(parts: Sequence[str]) -> Items | None:
    """A list of thresholds: 营业收入首次突破1亿元 | 5亿元 | 10亿元的企业."""
    first, last = _VALUE_AT_END.search(parts[0]), _VALUE_AT_HEAD.search(parts[-1])
    if not first or not last or not all(map(_VALUE_AT_END.fullmatch, parts[1:-1])):
        return None
    items = [first[0], *parts[1:-1], last[0]]
    unit = last[0].lstrip("0123456789.")  # 5、10亿元
    items = [item + unit if item.strip("0123456789.") == "" else item for item in items]
    return parts[0][: first.start()], items, parts[-1][last.end() :]


def _by_rank(parts: Sequence[str]) -> Items | None:
    """A list of ranks: 获批国家 | 省级 | 市级创新中心."""
    first, last = _RANK_AT_END.search(parts[0]), _RANK_AT_HEAD.search(parts[-1])
    middle = parts[1:-1]
    if not first or not last or not all(map(_RANK_ALONE.search, middle)):
        return None
    items = [first[0], *middle, last[0]]
    if shared := _RANK_SIGN.search(last[0]):  # A、B类人才; 国家、省级中心
        items = [item if _RANK_SIGN.search(item) else item + shared[0] for item in items]
    return parts[0][: first.start()], items, parts[-1][last.end() :]


def _by_lead(parts: Sequence[str]) -> Items | None:
    """A list of things each with its rank: 获评国家级示范工厂 | 省级智能工厂 | 市级数字化车间的企业."""
    stem, of, tail = parts[-1].partition("的")
    first = _RANKED_THING.search(parts[0])
    others = [*parts[1:-1], stem]
    if not first or not all(map(_RANKED_THING.fullmatch, others)):
        return None
    items = [first["thing"], *others]
    if len({_RANK_AT_HEAD.sub("", item) for item in items}) == 1:
        return None  # 国家级中心、省级中心: one thing, of several ranks
    return parts[0][: first.start("thing")], items, of + tail


def _by_class(parts: Sequence[str]) -> Items | None:
    """A list of classes of one thing: 完成产业规划类 | 企业运营类导航项目."""
    sign = parts[0][-1:]
    if sign not in _CLASS_SIGNS or not all(part.endswith(sign) for part in parts[:-1]):
        return None
    stem, found, tail = parts[-1].partition(sign)
    if not found or not tail:
        return None
    won = _WON.search(parts[0])
    lead, first = (won["lead"], won["item"]) if won else ("", parts[0])
    return lead, [first, *parts[1:-1], stem + sign], tail


_CLASS_SIGNS = frozenset("类型")


def _by_kind(parts: Sequence[str]) -> Items | None:
    """A list of places or bodies of one kind, with what is done there behind the last: 在沪深交易所 | 北交所上市的企业."""
    sign = parts[0][-1:]
    if sign not in _KIND_SIGNS or not all(part.endswith(sign) for part in parts[:-1]):
        return None
    stem, found, tail = parts[-1].partition(sign)
    if not found or not 2 <= len(stem) <= _LONGEST_KIND or len(tail) < _SHORT:
        return None
    lead = _WHERE if parts[0].startswith(_WHERE) else ""
    return lead, [parts[0].removeprefix(lead), *parts[1:-1], stem + sign], tail


_KIND_SIGNS, _LONGEST_KIND = frozenset("所板局国店库"), 8


def _by_head(parts: Sequence[str]) -> Items | None:
    """A list of things with one last character, the first behind a verb: 获得中国专利金奖 | 银奖 | 优秀奖的企业."""
    stem, of, tail = (
        parts[-1].partition("的") if "的" in parts[-1] and "的" not in parts[0] else (parts[-1], "", "")
    )
    things = [*parts[:-1], stem]
    if any(len(thing) < 2 for thing in things) or len({thing[-1] for thing in things}) > 1:
        return None
    won = _WON.search(things[0])
    lead, first = (won["lead"], won["item"]) if won else ("", things[0])
    rest = things[1:]
    if all(len(other) <= _SHORT < len(first) for other in rest):
        shared = len(rest[0])
        lead, first = lead + first[:-shared], first[-shared:]
    return lead, [first, *rest], of + tail


def _by_party(parts: Sequence[str]) -> Items | None:
    """A list of kinds of one thing, which the last alone names: 首次入库的批发 | 零售 | 住宿企业; 取得高级技师 | 技师证书."""
    stem, of, tail = parts[-1].partition("的")
    named = _NAMED_LAST.search(stem)
    if not named or not 2 <= named.start() <= _SHORT or any(map(_NAMED_LAST.search, parts[:-1])):
        return None
    won = _WON.search(parts[0])
    lead, first = (won["lead"], won["item"]) if won else ("", parts[0])
    items = [first, *parts[1:-1], stem[: named.start()]]
    return (lead, items, named[0] + of + tail) if max(map(len, items)) <= _SHORT else None


_NAMED_LAST = re.compile(f"(?:法人|技能)?(?:(?!银行){w.PARTY}|证书|职称|资格|学历|学位)$")


def tier(place: int) -> str:
    """Return the name of a tier that the text does not name: (第一档)."""
    return f"(第{'一二三四五六七八九十'[place]}档)" if place < 10 else ""


def clauses_of(text: str) -> Iterator[str]:
    """Yield the phrases that the clauses of a text speak of."""
    for part in _SEGMENT.split(text):
        yield from _phrases(part)
