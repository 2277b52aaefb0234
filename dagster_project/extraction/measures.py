"""From a reading to its measures: find the quantities, set aside what is none, decide each field, spread, link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dagster_project.extraction import decisions, naming, periods
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context, Sentence, sentences
from dagster_project.extraction.dispositions import ASIDE, NUMBERING, Rule, explain
from dagster_project.extraction.links import Place, link
from dagster_project.extraction.numbers import HAN_DIGITS, column_years, fill_columns, find_quantities
from dagster_project.reading import simplify
from dagster_project.records import Block, Measure, Period, Reading, Role

Span = tuple[int, int]

_HAS_NUMBER = re.compile(rf"[\d首翻半{HAN_DIGITS}十百千万亿]")
_SPOKEN = frozenset(
    {Role.PREAMBLE, Role.HEADING, Role.BODY, Role.CLOSING, Role.NOTICE}
)  # roles in which a plan commits itself


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a reading: measures, and spans of the view that are known to be something else."""

    measures: tuple[Measure, ...]
    spans: tuple[Span, ...]  # of each measure's number, in the view
    explained: tuple[tuple[int, int, Rule], ...]  # in the view; where two hold a numeral, the first counts


@dataclass(slots=True)
class _Memory:
    """What the sentences read so far set for those that follow."""

    target_years: dict[tuple[str, ...], tuple[str, int]] = field(
        default_factory=dict
    )  # by headings: 到2025年,…
    past_period: tuple[int | None, Period | None] = (None, None)  # by provision: 十三五期间
    granting: int | None = None  # the last provision with an award
    columns: Sequence[int] = ()  # years at the head of the table that is being read
    after_award: bool = False  # an award ends the sentence before, in the same block

    def note(self, sentence: Sentence) -> None:
        """Note the years that a sentence names."""
        head = re.split(r"[;。]", sentence.text)[0][:40]
        if (year := periods.stated_year(head)) and sentence.section != "status":
            self.target_years[sentence.headings] = year
        if period := periods.five_year_period(sentence.text):
            self.past_period = sentence.provision, period

    def scope(self, sentence: Sentence) -> periods.Scope:
        """Return the years set for a sentence by the nearest heading above it and by its provision."""
        headings = sentence.headings
        depths = range(len(headings), -1, -1)
        year = next(
            (self.target_years[headings[:d]] for d in depths if headings[:d] in self.target_years), None
        )
        provision, past = self.past_period
        return periods.Scope(year, past if provision == sentence.provision else None)


def find_measures(reading: Reading, period: Period | None) -> Found:
    """Extract the measures of a plan and the spans of its other numbers.

    Args:
        reading: The plan as read.
        period: Its period, if it has one.
    """
    issued = reading.metadata.issued_on
    year = issued.year if issued else period.start_year if period else None
    plan = periods.Plan(period, periods.plan_horizon(reading.view.text, period), year)
    memory = _Memory()
    measures: list[Measure] = []
    spans: list[Span] = []
    places: list[Place] = []
    explained: list[tuple[int, int, Rule]] = []
    for block in reading.blocks:
        memory.after_award = False
        for sentence in _sentences(reading, block, plan, memory):
            explained += [(sentence.start + a, sentence.start + b, rule) for a, b, rule in sentence.explained]
            if block.role not in _SPOKEN:
                continue
            if block.role in {Role.BODY, Role.HEADING}:
                memory.note(sentence)
            rows = list(_measures(sentence, reading, plan, memory))
            if any(row.measure.kind == "incentive" for row in rows):
                memory.granting = block.provision
            memory.after_award = rows[-1].measure.kind == "incentive" if rows else memory.after_award
            measures += [replace(row.measure, headings=block.headings) for row in rows]
            spans += [row.span for row in rows]
            places += [
                Place(sentence.start, sentence.start + row.segment, sentence.start + row.series)
                for row in rows
            ]
    return Found(link(measures, places), tuple(spans), tuple(explained))


def _sentences(reading: Reading, block: Block, plan: periods.Plan, memory: _Memory) -> Iterator[Sentence]:
    """Yield the sentences of a block that hold a number, with their measures set apart from their other numbers."""
    text = reading.view.text
    section = reading.provisions[block.provision].section if block.provision is not None else None
    headings = tuple(simplify(heading[:80]) for heading in block.headings)
    for start, end in sentences(text, block.start, block.end):
        part = text[start:end]
        if not _HAS_NUMBER.search(part):
            continue
        memory.columns = column_years(part, memory.columns)
        explained = list(explain(part))
        if start == block.start and (match := NUMBERING.pattern.match(part)):
            explained.insert(0, (*match.span(), NUMBERING))
        yield _set_aside(
            Sentence(
                text=part,
                start=start,
                quantities=tuple(fill_columns(part, tuple(find_quantities(part)), memory.columns)),
                explained=explained,
                headings=headings,
                section=section,
                provision=block.provision,
                lead=text[max(block.start, start - 120) : start],
                year=plan.year,
                reports=bool(w.PAST_TITLE.search(reading.metadata.title or "")),
                after_award=memory.after_award,
                provision_grants=block.provision is not None and block.provision == memory.granting,
            )
        )


_DURATIONS = frozenset("年 个月 月 天 日 小时 周年".split())
_SELDOM = frozenset(
    "级 届 期 次 分 度 门 对 班 页 字 行 块 条 批 类 种 套 支 米 份 口 处 层 本 列 辆次".split()
)  # names as often as counts
_TAKEN_BACK = frozenset({"reporting year", "term of validity", "horizon", "time limit", "duration"})


def _set_aside(sentence: Sentence) -> Sentence:
    """Keep the quantities that are measures; what explains the others stays with the sentence."""
    aside = [
        (*match.span(match.lastgroup or 0), rule)
        for rule in ASIDE
        for match in rule.pattern.finditer(sentence.text)
    ]
    whole = replace(sentence, explained=[*aside, *sentence.explained])
    groups = {index: group for group in whole.series for index in group}
    kept = [
        quantity
        for index, quantity in enumerate(whole.quantities)
        if _is_measure(
            Context(whole, index, groups[index]),
            [rule for a, b, rule in whole.explained if a <= quantity.start < b],
        )
    ]
    explained = [
        (a, b, rule)
        for a, b, rule in whole.explained
        if rule.name not in _TAKEN_BACK or not any(a < q.end and q.start < b for q in kept)
    ]
    return replace(whole, quantities=tuple(kept), explained=explained)


def _is_measure(c: Context, explained_by: list[Rule]) -> bool:
    """Say whether a quantity is part of what the plan promises, pays, requires, allocates or reports."""
    q = c.quantity
    word = q.unit_word
    if q.column_year:
        return True
    text = c.sentence.text
    if q.is_han and re.search(r"[(\s|]$", text[: q.start]) and re.match(r"\)|[\s|]+\d", text[q.end :]):
        return False  # the unit of a row: 登记金额(亿元)
    hard_unit = w.UNITS.get(word) in {"CNY", "percent"}
    ranked = word in {"位", "名"} and bool(re.search(r"(?:前|排名)$", c.near_before))
    served = word in _DURATIONS and _is_served(c)
    for rule in explained_by:
        if (
            (served and rule.name in _TAKEN_BACK)
            or (hard_unit and rule.name == "quoted name")
            or (ranked and rule.name == "session")
        ):
            continue
        return False
    if word in _DURATIONS:
        return served
    if word in {"岁", "周岁"} and re.match(r"及?以[上下](?![的且并者人])[\u4e00-\u9fff]", c.own_after):
        return False  # names a class of people: 60周岁及以上老年人口
    if ranked and re.search(r"居|列|跻身", c.clause_before):
        return False
    classes = re.fullmatch("[十百千万亿]+元", c.sentence.text[q.start : q.end]) and decisions.ATTRIBUTE.match(
        c.own_after
    )
    if classes and not re.search("[上近超破逾约过]$", c.near_before):
        return False  # a class, not a count: 亿元以上项目
    if word == "∶":
        return bool(
            re.search(r"比例|结构|按|分成|配套|出资|分担|承担|配比", c.clause_before + c.clause_after)
        )
    if q.is_first:
        return bool(
            re.search(
                r"完成|实现|发行|落地|推出|办理|突破|力争|争取|促成|开展", c.clause_before + c.clause_after
            )
        )
    if word in _SELDOM:
        return not q.is_han and _is_counted(c)
    return bool(word) and (
        not q.is_han or hard_unit or ranked or word in {"倍", "岁", "周岁"} or _han_counts(c)
    )


def _is_bounded(c: Context) -> bool:
    return decisions.comparator(c)[0] in {"ge", "gt", "le", "lt"}


def _is_counted(c: Context) -> bool:
    """A unit word that often names (三级, 5期) counts when it is bounded, scored or the object of a verb of doing."""
    if c.quantity.unit_word == "分":
        return bool(re.search(r"满意度|得分|评分|指数|分值|成绩|考核", c.clause_before))
    return (
        c.quantity.value >= 20
        or _is_bounded(c)
        or bool(re.search(w.DOING + r"[^,。;、]{0,12}$|达到?$|共$", c.near_before))
    )


def _han_counts(c: Context) -> bool:
    """A Chinese numeral counts when it is bounded (三家以上, 近百家), exact (十五家), or the object of a verb (培育三家企业)."""
    value = c.quantity.value
    if decisions.comparator(c)[0] != "eq":
        return value > 1 or bool(re.search(r"以上|不少于|至少|不低于", c.own_after + c.near_before))
    if value > 10 and value not in {100, 1000, 10_000}:
        return True
    return (
        value > 1 and bool(re.search(w.DOING + "$", c.near_before)) and decisions.counted_noun(c) is not None
    )


def _is_served(c: Context) -> bool:
    """Say whether a duration is a threshold (满2年, 成立年限5年以上, 毕业5年内), not a period or a time limit."""
    if c.quantity.value > 60 and c.quantity.unit_word == "年":
        return False
    near = c.near_before[-14:]
    if re.search(r"毕业$|(?:成立|注册)(?:时间|年限)?(?:在|不超过)?$", near) and re.match(
        "[之以]?内|以下", c.own_after
    ):
        return True
    at_least = w.GE_AFTER.match(c.own_after) or re.search(
        r"(?:满|不少于|不低于|超过|至少|未满|不足|不满)$", near
    )
    about = re.search(
        r"满|年限|从事|成立|工作|任职|连续|经营|注册|服务|缴纳|持有|取得|运营|经验|合同|居住|就业|社保|未满|不足|研发|有效|签订|协议",
        near + c.own_after[:16],
    )
    barred = re.search(r"有期徒刑|拘留|公示|逾期|保存|禁止|任期", c.clause_before + c.clause_after[:8])
    return bool(at_least and about and not barred)


class _Row(NamedTuple):
    measure: Measure
    span: Span  # in the view
    segment: int  # where its segment starts, in the sentence
    series: int  # where its series starts, in the sentence


def _measures(sentence: Sentence, reading: Reading, plan: periods.Plan, memory: _Memory) -> Iterator[_Row]:
    """Decide every field of the measures of a sentence."""
    previous: str | None = None
    earlier: list[str] = []
    after_award = sentence.after_award
    scope = memory.scope(sentence)
    for series in sentence.series:
        series_names: list[str] = []
        for place, index in enumerate(series):
            c = Context(sentence, index, series)
            unit, unit_why = decisions.unit(c)
            comparator, comparator_why = decisions.comparator(c)
            aspirational, aspirational_why = decisions.is_aspirational(c)
            kind, kind_why = decisions.kind(c, decisions.Facts(unit, comparator, after_award))
            form, form_why = decisions.form(c, kind, unit)
            per, per_why = decisions.per(c, kind, form, unit)
            period, horizon, period_why = periods.period_of(c, kind, form, per, plan, scope)
            name = naming.indicator(c, kind, unit, previous)
            names, names_why = naming.distribute(c, place, name, kind, form, earlier)
            span = sentence.start + c.quantity.start, sentence.start + c.quantity.end
            char_start, char_end = reading.view.raw_span(*span)
            quote_start, quote_end = reading.view.raw_span(*_trimmed(sentence, *_quoted(c)))
            clause_start, clause_end = reading.view.raw_span(*_trimmed(sentence, *c.clause))
            measure = Measure(
                char_start=char_start,
                char_end=char_end,
                value_text=reading.view.raw[char_start:char_end],
                value=c.quantity.value,
                unit=unit,
                comparator=comparator,
                is_aspirational=aspirational,
                kind=kind,
                form=form,
                per=per,
                indicator=name,
                recipient=naming.recipient(c) if kind == "incentive" else None,
                period=period,
                horizon_years=horizon,
                quote_start=quote_start,
                quote_end=quote_end,
                clause_start=clause_start,
                clause_end=clause_end,
                provision=sentence.provision,
                headings=sentence.headings,
                trace=(
                    ("unit", unit_why),
                    ("comparator", comparator_why),
                    ("is_aspirational", aspirational_why),
                    ("kind", kind_why),
                    ("form", form_why),
                    ("per", per_why),
                    ("period", period_why),
                    ("indicator", names_why),
                ),
            )
            for each in names:
                own = naming.recipient_named(each) if names_why.startswith("分别") else None
                yield _Row(
                    replace(measure, indicator=each, recipient=own or measure.recipient),
                    span,
                    c.segment[0],
                    c.first.start,
                )
            series_names += names
            after_award = after_award or kind == "incentive"
            if kind != "incentive":
                previous = names[-1]
        earlier += series_names


_LONGEST_QUOTE = (
    600  # characters; what goes on longer without ; or 。 is no sentence, and its clause says as much
)


def _quoted(c: Context) -> Span:
    """Return the span to quote, in the sentence: the segment, or the clause where the segment goes on and on."""
    start, end = c.segment
    return c.segment if end - start <= _LONGEST_QUOTE else c.clause


def _trimmed(sentence: Sentence, start: int, end: int) -> Span:
    """Return a span of the sentence, in the view, without white space and full stop at its ends."""
    part = sentence.text[start:end]
    start += len(part) - len(part.lstrip())
    return sentence.start + start, sentence.start + start + len(part.strip().rstrip("。;"))
