"""What a measure measures, as a noun phrase complete without its context, and who receives an award."""

from __future__ import annotations

import re

from dagster_project.extraction import decisions
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context

_LEAD = re.compile(
    r"^(?:\s|[、和与及的—·●,-]|从(?!事)|及?以上|以下|以内|左右|(?:到|至|截至)?(?:\d{4}|“?十[三四五六]五”?)年?(?:期间|底|末|前|初)?|[一二两三四五\d]{1,2}年内|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、]|建设期内|每年|年内|全年|"
    + w.one_of(
        "力争 争取 力求 推动 推进 促进 实现 支持 确保 努力 使 将 要 再 并 且 其中 共 累计 新增 完成 建成 建设 打造 培育 培养 引进 引育 选育 集聚 遴选 筛选 筛选培育 "
        "重点扶持 扶持 组织实施 组织 实施 开展 组建 设立 建立 新建 创建 认定 获批 拥有 现有 共有 全省共有 全市共有 全省 全市 全区 全县 我市 我省 基本 进一步 积极 "
        "大力 着力 加快 不断 稳步 持续 全面 重点 针对 在 以 对 发行 举办 制定 主导 参与 达到 每 以及 或 由 等 聚焦 围绕 构建 对于 对 健全"
    )
    + r")+"
)
_TAIL = re.compile(
    r"(?:\s|[、和与的,:(]|"
    + w.one_of(" ".join(word for word in w.COMPARATORS if len(word) > 1))
    + "|"
    + w.GROWTH
    + "|"
    + w.one_of(
        "达到 达 为 实现 力争 争取 力争达到 年均 年平均 每年 同比 累计 累计实现 共 分别 均 各 再 约 保持 保持在 稳定在 控制在 增长到 提高到 提升到 提升至 提高至 降到 降至 下降到 升至 达到了 增至 增加到 "
        "三年 两年 五年 一年 年度 年 左右 已 共计 合计 总计 发展到 力争到 占到 占 由 从 是 给予 奖励 补助 补贴 一次性 累计达到 超过 突破 建设 培育 新增 完成 安排 拨付 投入 列支 统筹 了 等 内"
    )
    + r"|(?:比|较)[^,。;]{1,14}(?:期间|年底?|末|初|时|上年|去年|同期))+$"
)
_AFTER_NOISE = re.compile(r"^(?:\([^()]*\)|及?以上|以下|以内|左右|上下|之内|的|含)+")
_VERB_AFTER = re.compile(
    w.one_of("通过 成功 开展 参与 参加 获得 进行 入选 进入 完成 实现 达到 纳入 接受 享受 从事 率先 申报 转化")
)
_AWARD_NOUN = re.compile(r"奖励|奖补|补助|补贴|资助|贴息|补偿|奖金|扶持|减免|返还")
_MODE = "(?:其|该|授权|许可|申请|注册|登记|成交|交易|合同|到账|实际到账|总|年)?"
_BARE = re.compile(rf"^{_MODE}{w.METRIC}$")
_MODE_METRIC = re.compile(rf"(?:的)?{_MODE}{w.METRIC}$")


def strip_form_words(text: str) -> str:
    """Take leading verbs and dates and trailing words of growth, comparison and reaching off a noun phrase."""
    previous = None
    while previous != text:
        previous = text
        text = _TAIL.sub("", _LEAD.sub("", text))
    return text


def split_metrics(head: str) -> list[str]:
    """Split coordinated metrics that share one rate, e.g. 质押融资金额与数量 → 质押融资金额, 质押融资数量.

    Only metrics are split (转让、许可数量 → two; 成交金额、到账金额 → two); nouns that share a count are not
    (优势和示范企业), nor lists that 等 closes, nor modes that 的 ties to one metric (转让、许可的专利数量).
    """
    stem, of, tail = head.rpartition("的")
    parts = re.split(w.AND, tail)
    if len(parts) < 2 or not re.search(w.METRIC + "$", parts[-1]) or "等" in tail or "" in parts:
        return [head]
    metric = re.compile(w.METRIC + "$")
    prefix = stem + of
    if all(metric.search(part) for part in parts):
        found = metric.search(parts[0])
        shared = parts[0][: found.start()] if found else ""
        short = [
            shared + p if _BARE.match(p) and not p.startswith(shared) and len(p) <= 3 else p
            for p in parts[1:]
        ]
        return [prefix + part for part in [parts[0], *short]]
    if not any(metric.search(part) for part in parts[:-1]) and all(len(part) <= 8 for part in parts[:-1]):
        found = re.search(r"(?P<mode>[^的]{2}?)(?P<metric>(?:数|金|总)?" + w.METRIC + ")$", parts[-1])
        if not found or any(len(part) < 2 for part in parts):
            return [head]
        mode_length = len(found["mode"])
        first, *middle = parts[:-1]
        if any(len(m) != mode_length for m in middle) or len(parts[-1]) - len(found["metric"]) != mode_length:
            return [head]
        shared = first[:-mode_length]
        modes = [first[-mode_length:], *middle, found["mode"]]
        return [prefix + shared + mode + found["metric"] for mode in modes]
    return [head]


_FALLING = re.compile(r"(?:下降|降低|减少|压减|缩短|压缩|递减|下浮)(?:率|幅度?)?" + w.REACHING + "$")
_RISEN = re.compile(r"(?:增长|提高|提升|增加|扩大|下降|降低|减少|压减|压缩|缩短)(?:到|至)$")
_QUALITY = re.compile(r"较|具有|合理|完善|突出|先进|良好|优势|能力强|水平高")


def counted(c: Context) -> str:
    """The noun phrase after a count: 30家市级以上专利导航服务基地 → 市级以上专利导航服务基地."""
    text = re.split(r"[,。;:!?]", _AFTER_NOISE.sub("", c.following))[0]
    text = re.sub("[、和与及,]" + w.DOING + "$", "", text.strip("、和与及 “”")) or text
    if (
        "、" in text
        and (_QUALITY.search(text) or not decisions.counted_noun(c))
        and (later := re.search(r"的([^,。;、的]{2,20})(?=[,。;]|$)", c.after))
    ):
        return later[1]  # attributes that run over a comma: 30项规模较大、具有核心技术,支撑产业发展的专利池
    if (verb := _VERB_AFTER.search(text, 2)) and verb.start() >= 2:
        noun, act = text[: verb.start()], text[verb.start() :]
        noun = noun.rpartition("的")[2] or noun
        return f"{act.removesuffix('的')}的{noun}" if len(act) > 2 else noun
    head = text.rpartition("的")[2]
    return head if len(head) > 2 else text


def indicator(c: Context, kind: str, unit: str, previous: str | None) -> str:
    """Name what is measured.

    Args:
        c: The quantity in its place.
        kind: Its kind.
        unit: Its unit code.
        previous: The indicator of the quantity before it in the sentence, which completes a bare metric
            (发明专利申请量…,授权量… → 发明专利授权量) or a clause without a subject (…年均增幅20%,达到4.5万件).
    """
    if c.quantity.column_year:
        return c.row_label
    if kind in {"incentive", "sanction"}:
        return award_name(c, "罚款" if kind == "sanction" else None)
    own = re.sub(r"\([^()]*\)$|[由从][^,。;、]{0,12}$", "", _inside(c.near_before))
    before = strip_form_words(own) or strip_form_words(_subject(c))
    if before and _FALLING.search(c.near_before):
        before += "降幅"
    if _RISEN.match(c.near_before):
        before = previous or before
    after = counted(c) if unit not in {"percent", "ratio"} else ""
    if kind in {"funding", "allocation"}:
        return _money_name(c, kind, before, after)
    if kind == "condition":
        return _required(c, before, after)
    if (
        match := re.search(r"(?:是|为)([^,。;]{2,12}?)的?$", c.near_before)
        if unit == "ratio" and previous
        else None
    ):
        return f"{previous}与{match[1]}之比"
    if w.PASSING.search(c.near_before):
        return re.split("[和的]", c.following)[0]
    return _counted_name(c, before, after, previous)


def _inside(text: str) -> str:
    """What stands after a bracket or quotation mark that is still open: (在标准文本中排名前二位的)."""
    for opening, closing in (("(", ")"), ("“", "”")):
        if text.count(opening) > text.count(closing):
            text = text.rpartition(opening)[2]
    return text


def _money_name(c: Context, kind: str, before: str, after: str) -> str:
    """Name a fund by its pool (2亿元知识产权经费), a share by what follows it (75%的知识产权收益分配比例)."""
    if kind == "funding" and (pool := re.search(w.MONEY_POOL, c.following)):
        after = _AFTER_NOISE.sub("", c.following[: pool.end()])
    if kind == "allocation" and (of := re.match(r"的([^,。;的]{2,24})", c.near_after)):
        after = of[1]
    return _join(before, after)


def _counted_name(c: Context, before: str, after: str, previous: str | None) -> str:
    """Name what is counted by the noun after it (培育50家企业), else by the one before (企业达到50家)."""
    verb_before = re.search(w.DOING + r"(?:不少于|不低于|超过|至少|约|近|各|分别|了)?$", c.near_before)
    if len(after) >= 2 and (verb_before or not before or not re.search(r"达到?|为|超过|突破", c.near_before)):
        return after
    if previous and (not before or _BARE.match(re.split(w.AND, before)[0])):
        return _MODE_METRIC.sub("", previous) + before if before else previous
    return (
        before
        or after
        or previous
        or strip_form_words(c.clause_before)
        or c.clause_before.strip()
        or "未载明"
    )


def _required(c: Context, before: str, after: str) -> str:
    """Name a requirement with who must meet it: 知识产权服务机构成立年限; 新引进的企业新增发明专利."""
    act = re.search(w.ACTIVITY + r"[^,。;、]{0,12}$", c.near_before)
    what = (
        before
        if len(before) >= 2 and not after
        else (act[0] if act and act[0] not in after else "") + after or before
    )
    what = re.sub(r"(?:且|并|,)[^,]*的?$|(?:不少于|不低于|超过|至少)|\(\)?$", "", what)
    who = _entity(c)
    return what if not who or who in what else who + what


_ENTITY_AFTER = re.compile(r"的([^,。;、的\d(]{2,20}),[^。;]{0,16}?" + w.AWARD)
_ACTOR = re.compile(
    w.one_of(" ".join(noun for noun, unit in w.NOUNS.items() if unit in {"org", "person"})) + "$"
)
_ENTITY_BEFORE = re.compile(r"(?:^|[,;。:.)\s])(?:对于|对|凡是|凡)([^,。;]{2,40}?)(?=,|当年|年度|在|$)")


def _entity(c: Context) -> str:
    """Who must meet a requirement: the head noun before the award, else the one addressed with 对."""
    if match := _ENTITY_AFTER.search(c.after):
        return match[1]
    match = _ENTITY_BEFORE.search(c.before)
    who = match[1].rpartition("等")[2].removesuffix("的") if match else ""
    return who if _ACTOR.search(who) else ""


def _subject(c: Context) -> str:
    """The clause before, where the clause of the number has no subject of its own."""
    earlier = max((q.end for q in c.sentence.quantities[: c.series[0]]), default=0)
    clauses = [part for part in re.split("[,:]", c.before[max(0, earlier - c.segment[0]) :]) if part.strip()]
    return clauses[-2] if len(clauses) > 1 and len(strip_form_words(clauses[-1])) < 2 else ""


def _join(before: str, after: str) -> str:
    if len(after) > 4 or not before:
        return after or before
    return before if after and before.endswith(after) else before + after


_ADDRESSED = re.compile(
    r"(?:^|[,;。:.)\s])(?:对于|对|凡是|凡)(?P<who>[^。;]*?)(?:的?,|的?(?=给予|予以|一次性|按))"
)


def addressee(c: Context) -> str:
    """Who or what an award is for, with the conditions put before: 对通过国际标准评级的企业 → 通过国际标准评级的企业."""
    text = c.sentence.text[c.segment[0] : c.first.start]
    found = list(_ADDRESSED.finditer(text))
    if found:
        return found[-1]["who"]
    for clause in reversed(re.split(r"[,:]", text)):
        topic = re.sub(r"(?:给予|予以).*|每[家户个名人位件项].*|^(?:按照?|依照?)", "", clause)
        if len(topic := strip_form_words(topic)) >= 3:
            return topic
    return re.sub(r"^[^)、.条]{1,6}[)、.条]", "", c.sentence.headings[-1]) if c.sentence.headings else ""


def award_name(c: Context, noun: str | None = None) -> str:
    """Name an award by its addressee and its kind: 通过国际标准评级的企业补助."""
    words = _AWARD_NOUN.findall(c.clause_before) + _AWARD_NOUN.findall(c.clause_after)
    who = addressee(c)
    extra = re.search(r"每(?:增加|新增|多)[^,。;]{0,12}?(?=奖|给|补|再|$)", c.clause_before)
    award = noun or (words[-1] if words else "奖补")
    return who + (extra[0] if extra and extra[0] not in who else "") + ("" if who.endswith(award) else award)


_PARTY = f"(?>{w.PARTY}+(?:”{w.PARTY}+)?)"  # “小巨人”企业
_IS_PARTY = re.compile(f"(?:{_PARTY}$|{_ACTOR.pattern})")
# 给予研制单位奖励, 奖励运营单位3万元.
_GIVEN_TO = re.compile(
    rf"(?:{_AWARD_NOUN.pattern}|给予|予以|奖给|发给)给?(?P<who>[^,的\d每]{{0,10}}?{_PARTY})"
    rf"(?=$|,|\d|一次性|最高|不超过|{_AWARD_NOUN.pattern})"
)
# Who a clause is about: 企业投保海外侵权责任险的; 新设立的专利代理机构. Not what is counted in it (入驻商家20家), nor the first
# half of a name (博士后科研工作站).
_ABOUT = re.compile(
    r"(?:^(?:\d+\.)?(?:对于|对|凡是|凡|支持|鼓励|引导|推动|和|给予|每[家户个名人位]|单[个家户]|同一|各类?)*(?!每|其中)"
    rf"|的(?=[^,的]*{_PARTY}(?:$|分别|一次性|每|按|最高|上浮|{w.AWARD})))"
    rf"(?P<who>[^\d《]{{0,24}}?{_PARTY}(?:(?:、|和|与|及|或|以及)[^、的\d《]{{0,10}}?{_PARTY})*)"
    r"(?!\d|[数占内外间类]|每增|不少于|不低于|达到?|超过|总|科研|创新|实践|经营|研发|技术|运营)"
)
# What has a verb or begins with a preposition names no one: 设立运营中心, 从银行.
_NO_NAME = re.compile(
    r"^(?:以|从|到|向|由|将|经|因|通过|在(?![孵校读职岗站]))|[为每]|完成(?!单位|人)|"
    + w.one_of(
        "引进 招收 列入 取得 购置 购买 承接 承担 采取 设置 提供 拥有 签订 获得 参加 纳入 惠及 设立 成立 新建 新增 建成 实施 开展 举办 促成 增加"
    )
)
_ENTITLING = re.compile(
    "^(?:新(?![型兴能建增])|首次|同一|单个)?(?:被?(?:获评|获批|入选|创建为?|(?:认定|评定|评|晋升|成)为))?"
)
_EACH = re.compile(rf"(?:每[家户个名人位]|同一|单[个家户])([^,\d]{{0,6}}?{_PARTY})")
_ANYONE = {"单位", "机构", "主体"}  # says less than any other name in the sentence
_REACH = 400  # characters before the figure; sentences of an award are shorter


def recipient(c: Context) -> str | None:
    """Who gets an award; None where nobody is named.

    Who is given it (奖励运营单位3万元), else who is addressed (对通过评级的企业), else whom the nearest clause before the
    figure is about (企业投保…的), else of whom it is said each.
    """
    before = c.sentence.text[max(0, c.first.start - _REACH) : c.first.start]
    found = (_GIVEN_TO.findall(c.clause_before) or _GIVEN_TO.findall(c.clause_after))[-1:]
    found += _ADDRESSED.findall(before, max(0, len(before) - len(c.before)))[-1:]
    for clause in reversed(re.split("[,;:]", re.sub(r"\([^()]*\)", "", before))):
        found += _GIVEN_TO.findall(clause)[-1:] + _ABOUT.findall(clause)[-1:]
    found += _EACH.findall(c.clause_before)
    heads = [_ENTITLING.sub("", who.rpartition("的")[2]) for who in found]
    names = [head for head in heads if _IS_PARTY.search(head) and not _NO_NAME.search(head)]
    return next((name for name in names if name not in _ANYONE), next(iter(names), None))


def recipient_named(name: str) -> str | None:
    """Who the name of an award that was spread with 分别 names: 首次通过认证的高校补助 → 高校."""
    head = _AWARD_NOUN.sub("", name).rpartition("的")[2]
    return head if _ACTOR.search(head) else None


_TIERS = re.compile(
    r"(?P<first>[一二三四五六七八九十])(?P<what>级|等|类|档|星级)(?:到|至|—|-)(?P<last>[一二三四五六七八九十])(?P=what)"
)
_TIER_NAMES = "一二三四五六七八九十"


def distribute(
    c: Context, place: int, name: str, kind: str, form: str, earlier: list[str]
) -> tuple[list[str], str]:
    """Spread figures over the heads that they belong to.

    - one rate for several metrics: 金额与数量年均增幅30% → two measures;
    - 分别 with as many figures as heads: 高校、科研院所,每家分别给予10万元、5万元 → paired in order;
    - tiers: 一级到五级分别… → one figure each;
    - 分别 over the figures before it: 申请量43件,授权量26件,分别增长20%、8% → paired in order;
    - 分别 with one figure for several addressees that 的 closes: 胜诉的、应对的,分别给予… → one measure each;
    - a ratio over its sides: 补偿资金与合作银行按8∶2的比例承担 → one share each.

    Args:
        c: The quantity in its place.
        place: Its place in its series.
        name: The indicator of the figure by itself.
        kind: Its kind.
        form: Its form.
        earlier: Indicators of the figures before the series, in the sentence.

    Returns:
        The indicator of each measure of this figure, and which of these ways it was.
    """
    if c.quantity.unit_word == "∶":
        sides = re.split(w.AND, strip_form_words(re.sub(r"按照?$", "", c.near_before)))
        return ([sides[place] + "承担比例"] if len(sides) == len(c.series) else [name]), "sides of a ratio"
    if "分别" in c.clause_before:
        respective = _respective(c, place, name, kind, form, earlier)
        if respective:
            return respective
    if form.startswith("growth") and c.quantity.unit_word == "%":
        names = split_metrics(name)
        return names, "metrics with one rate" if len(names) > 1 else "head before the figure"
    return [name], "head"


def _respective(
    c: Context, place: int, name: str, kind: str, form: str, earlier: list[str]
) -> tuple[list[str], str] | None:
    """Pair the figures of a series with 分别 before it, or None where nothing pairs."""
    count = len(c.series)
    found = _AWARD_NOUN.search(c.clause_after + c.clause_before)
    award = found[0] if found else "奖补"
    if count == 1:
        addressees = [part for part in addressee(c).split("的、") if len(part) > 3]
        if kind != "incentive" or len(addressees) < 2:
            return None
        return [part.removesuffix("的") + award for part in addressees], "分别, one figure for each"
    if match := _TIERS.search(c.before):
        low, high = _TIER_NAMES.index(match["first"]), _TIER_NAMES.index(match["last"])
        if high - low + 1 == count:
            tier = _TIER_NAMES[low + place] + match["what"]
            whole = award_name(c).replace(match[0], "") if kind == "incentive" else name
            return [f"{whole}({tier})"], "tiers"
    clause_head = c.clause_before.split("分别")[0]
    clause_above = re.split(r"[,:]", c.before.removesuffix(c.clause_before).rstrip(",:"))[-1]
    heads = _heads(clause_head, count) or _heads(clause_above, count)
    tail = "增长率" if form.startswith("growth") else ""
    if heads:
        return [heads[place] + (award if kind == "incentive" else tail)], "分别"
    if len(earlier) >= count:
        return [earlier[place - count] + tail], "分别, over the figures before"
    return None


def _heads(text: str, count: int) -> list[str]:
    """Return the coordinated heads at the end of a clause if there are `count` of them."""
    text = strip_form_words(re.sub(r"每[家个户人名件项]$", "", text))
    parts = [part for part in re.split(w.AND, text) if part]
    if len(parts) < count or not (len(parts) == count or "的" in parts[-count]):
        return []
    stem, of, first = parts[-count].rpartition("的")
    others = parts[-count:][1:]
    if all(other[-1] == first[-1] and len(other) <= 4 < len(first) for other in others):
        stem, of, first = stem + of, first[:-2], first[-2:]  # 获得中国专利金奖、银奖 → 获得中国专利银奖
    return [stem + of + part for part in [first, *others]]
