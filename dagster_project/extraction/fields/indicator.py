"""What a measure measures, as a noun phrase complete without its context, and who receives an award."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields.unit import counted_noun

_LEAD = re.compile(
    r"^(?:\s|[、和与及的—·●,-]|从(?!事)|及?以上|以下|以内|左右|(?:到|至|截至)?(?:\d{4}|“?十[三四五六]五”?)年?(?:期间|底|末|前|初)?|[一二两三四五\d]{1,2}年内|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、]|建设期内|每年|年内|全年|"
    + w.one_of(
        "力争 争取 力求 推动 推进 促进 实现 支持 确保 努力 使 将 要 再 并 且 其中 共 累计 新增 完成 建成 建设 打造 培育 培养 引进 引育 选育 集聚 遴选 筛选 筛选培育 "
        "重点扶持 扶持 组织实施 组织 实施 开展 组建 设立 建立 新建 创建 认定 获批 拥有 现有 共有 全省共有 全市共有 全省 全市 全区 全县 我市 我省 基本 进一步 积极 "
        "大力 着力 加快 不断 稳步 持续 全面 重点 针对 在 以 对 发行 举办 制定 主导 参与 达到 每 以及 或 由 等 聚焦 围绕 构建 对于 健全"
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


def strip_form_words(text: str) -> str:
    """Take leading verbs and dates and trailing words of growth, comparison and reaching off a noun phrase."""
    previous = None
    while previous != text:
        previous = text
        text = _TAIL.sub("", _LEAD.sub("", text))
    return text


_FALLING = re.compile(r"(?:下降|降低|减少|压减|缩短|压缩|递减|下浮)(?:率|幅度?)?" + w.REACHING + "$")
_RISEN = re.compile(r"(?:增长|提高|提升|增加|扩大|下降|降低|减少|压减|压缩|缩短)(?:到|至)$")
_QUALITY = re.compile(r"较|具有|合理|完善|突出|先进|良好|优势|能力强|水平高")


def counted(c: Context) -> str:
    """The noun phrase after a count: 30家市级以上专利导航服务基地 → 市级以上专利导航服务基地."""
    text = re.split(r"[,。;:!?]", _AFTER_NOISE.sub("", c.following))[0]
    text = re.sub("[、和与及,]" + w.DOING + "$", "", text.strip("、和与及 “”")) or text
    if (
        "、" in text
        and (_QUALITY.search(text) or not counted_noun(c))
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
    if previous and (not before or phrases.BARE.match(re.split(w.AND, before)[0])):
        return phrases.MODE_METRIC.sub("", previous) + before if before else previous
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
_ENTITY_BEFORE = re.compile(r"(?:^|[,;。:.)\s])(?:对于|对|凡是|凡)([^,。;]{2,40}?)(?=,|当年|年度|在|$)")


def _entity(c: Context) -> str:
    """Who must meet a requirement: the head noun before the award, else the one addressed with 对."""
    if match := _ENTITY_AFTER.search(c.after):
        return match[1]
    match = _ENTITY_BEFORE.search(c.before)
    who = match[1].rpartition("等")[2].removesuffix("的") if match else ""
    return who if phrases.ACTOR.search(who) else ""


def _subject(c: Context) -> str:
    """The clause before, where the clause of the number has no subject of its own."""
    earlier = max((q.end for q in c.sentence.quantities[: c.series[0]]), default=0)
    clauses = [part for part in re.split("[,:]", c.before[max(0, earlier - c.segment[0]) :]) if part.strip()]
    return clauses[-2] if len(clauses) > 1 and len(strip_form_words(clauses[-1])) < 2 else ""


def _join(before: str, after: str) -> str:
    if len(after) > 4 or not before:
        return after or before
    return before if after and before.endswith(after) else before + after


def addressee(c: Context) -> str:
    """Who or what an award is for, with the conditions put before: 对通过国际标准评级的企业 → 通过国际标准评级的企业."""
    text = c.sentence.text[c.segment[0] : c.first.start]
    found = list(phrases.ADDRESSED.finditer(text))
    if found:
        return found[-1]["who"]
    for clause in reversed(re.split(r"[,:]", text)):
        topic = re.sub(r"(?:给予|予以).*|每[家户个名人位件项].*|^(?:按照?|依照?)", "", clause)
        if len(topic := strip_form_words(topic)) >= 3:
            return topic
    return re.sub(r"^[^)、.条]{1,6}[)、.条]", "", c.sentence.headings[-1]) if c.sentence.headings else ""


def award_name(c: Context, noun: str | None = None) -> str:
    """Name an award by its addressee and its kind: 通过国际标准评级的企业补助."""
    words = phrases.AWARD_NOUN.findall(c.clause_before) + phrases.AWARD_NOUN.findall(c.clause_after)
    who = addressee(c)
    extra = re.search(r"每(?:增加|新增|多)[^,。;]{0,12}?(?=奖|给|补|再|$)", c.clause_before)
    award = noun or (words[-1] if words else "奖补")
    return who + (extra[0] if extra and extra[0] not in who else "") + ("" if who.endswith(award) else award)
