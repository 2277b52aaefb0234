"""Which numbers of a sentence are measures: what is counted, bounded or paid, not what names or dates."""

from __future__ import annotations

import re
from dataclasses import replace

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, Sentence
from dagster_project.extraction.dispositions import DispositionRule
from dagster_project.extraction.fields import Facts
from dagster_project.extraction.fields.comparator import BOUNDS, COMPARATOR
from dagster_project.extraction.fields.unit import counted_noun
from dagster_project.reading.vocabulary import one_of
from dagster_project.rules import Rule

_SELDOM = frozenset(
    "级 届 期 次 分 度 门 对 班 页 字 行 块 条 批 类 种 套 支 米 份 口 处 层 本 列 辆次".split()
)  # names as often as counts
#: Rules that hold spans of time; one that must be served is a measure all the same.
_TAKEN_BACK = frozenset({"reporting year", "term of validity", "horizon", "time limit", "duration"})

_CELL_START = re.compile(r"[(\s|]$")
_CELL_END = re.compile(r"\)|[\s|]+\d")
_AGE_CLASS = re.compile(r"及?以[上下](?![的且并者人])[\u4e00-\u9fff]")  # 60周岁及以上老年人口
_RANK_HELD = re.compile(r"居|列|跻身")  # 居全国前5位
_MAGNITUDE_CLASS = re.compile(r"[十百千万亿]+元")  # 亿元以上项目
_COUNTED_MAGNITUDE = re.compile(r"[上近超破逾约过]$")  # 上亿元
_OF_SIDES = re.compile(r"比例|结构|按|分成|配套|出资|分担|承担|配比")  # 按8∶2的比例分担
_FIRST_DONE = re.compile(r"完成|实现|发行|落地|推出|办理|突破|力争|争取|促成|开展")  # 落地首单
_SCORE = re.compile(r"满意度|得分|评分|指数|分值|成绩|考核")  # 满意度达到90分
_DONE = re.compile(w.DOING + r"[^,。;、]{0,12}$|达到?$|共$")  # 举办活动50场次
_ENDS_DOING = re.compile(w.DOING + "$")  # 培育三家企业
_AT_LEAST = re.compile(r"以上|不少于|至少|不低于")
# Spans that must be served: 满2年, 成立年限5年以上, 毕业5年内.
_SINCE = re.compile(r"毕业$|(?:成立|注册)(?:时间|年限)?(?:在|不超过)?$")
_WITHIN = re.compile(r"[之以]?内|以下")
_SERVED_BOUND = re.compile(r"(?:满|不少于|不低于|超过|至少|未满|不足|不满)$")
_SERVED = re.compile(
    one_of(
        "满 年限 从事 成立 工作 任职 连续 经营 注册 服务 缴纳 持有 取得 运营 经验 合同 居住 就业 社保 未满 不足 研发 有效 签订 协议"
    )
)
_NOT_SERVED = re.compile(r"有期徒刑|拘留|公示|逾期|保存|禁止|任期")


def set_aside(sentence: Sentence) -> Sentence:
    """Keep the quantities that are measures; what explains the others stays with the sentence."""
    groups = {index: group for group in sentence.series for index in group}
    kept = [
        quantity
        for index, quantity in enumerate(sentence.quantities)
        if _is_measure(
            Context(sentence, index, groups[index]),
            [rule for a, b, rule in sentence.explained if a <= quantity.start < b],
        )
    ]
    explained = [
        (a, b, rule)
        for a, b, rule in sentence.explained
        if rule.name not in _TAKEN_BACK or not any(a < q.end and q.start < b for q in kept)
    ]
    return replace(sentence, quantities=tuple(kept), explained=explained)


def _is_measure(c: Context, explained_by: list[Rule[DispositionRule]]) -> bool:
    """Say whether a quantity is part of what the plan promises, pays, requires, allocates or reports."""
    q = c.quantity
    word = q.unit_word
    if q.column_year:
        return True
    text = c.sentence.text
    if q.is_han and _CELL_START.search(text[: q.start]) and _CELL_END.match(text[q.end :]):
        return False  # the unit of a row: 登记金额(亿元)
    hard_unit = w.UNITS.get(word) in {"CNY", "percent"}
    ranked = word in {"位", "名"} and bool(phrases.RANKED.search(c.near_before))
    served = word in phrases.DURATIONS and _is_served(c)
    for rule in explained_by:
        if (
            (served and rule.name in _TAKEN_BACK)
            or (hard_unit and rule.name == "quoted name")
            or (ranked and rule.name == "session")
        ):
            continue
        return False
    if word in phrases.DURATIONS:
        return served
    if word in {"岁", "周岁"} and _AGE_CLASS.match(c.own_after):
        return False  # names a class of people: 60周岁及以上老年人口
    if ranked and _RANK_HELD.search(c.clause_before):
        return False
    classes = _MAGNITUDE_CLASS.fullmatch(text, q.start, q.end) and phrases.ATTRIBUTE.match(c.own_after)
    if classes and not _COUNTED_MAGNITUDE.search(c.near_before):
        return False  # a class, not a count: 亿元以上项目
    if word == "∶":
        return bool(_OF_SIDES.search(c.clause_before + c.clause_after))
    if q.is_first:
        return bool(_FIRST_DONE.search(c.clause_before + c.clause_after))
    if word in _SELDOM:
        return not q.is_han and _is_counted(c)
    return bool(word) and (
        not q.is_han or hard_unit or ranked or word in {"倍", "岁", "周岁"} or _han_counts(c)
    )


def _is_bounded(c: Context) -> bool:
    return COMPARATOR.decide(c, Facts()).value in BOUNDS


def _is_counted(c: Context) -> bool:
    """A unit word that often names (三级, 5期) counts when it is bounded, scored or the object of a verb of doing."""
    if c.quantity.unit_word == "分":
        return bool(_SCORE.search(c.clause_before))
    return c.quantity.value >= 20 or _is_bounded(c) or bool(_DONE.search(c.near_before))


def _han_counts(c: Context) -> bool:
    """A Chinese numeral counts when it is bounded (三家以上, 近百家), exact (十五家), or the object of a verb (培育三家企业)."""
    value = c.quantity.value
    if COMPARATOR.decide(c, Facts()).value != "eq":
        return value > 1 or bool(_AT_LEAST.search(c.own_after + c.near_before))
    if value > 10 and value not in {100, 1000, 10_000}:
        return True
    return value > 1 and bool(_ENDS_DOING.search(c.near_before)) and counted_noun(c) is not None


def _is_served(c: Context) -> bool:
    """Say whether a duration is a threshold (满2年, 成立年限5年以上, 毕业5年内), not a period or a time limit."""
    if c.quantity.value > 60 and c.quantity.unit_word == "年":
        return False
    near = c.near_before[-14:]
    if _SINCE.search(near) and _WITHIN.match(c.own_after):
        return True
    at_least = w.GE_AFTER.match(c.own_after) or _SERVED_BOUND.search(near)
    about = _SERVED.search(near + c.own_after[:16])
    barred = _NOT_SERVED.search(c.clause_before + c.clause_after[:8])
    return bool(at_least and about and not barred)
