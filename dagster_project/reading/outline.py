"""The outline of a plan: which lines are headings, provisions and their text, and in which section they stand.

Lines are read in order; a number or bullet at the start of a line opens a unit below the units that are open; where
its style is open, it closes that unit and all below it. The units that nothing stands below are the provisions, but for
those headed 指导思想 and the like, which say nothing that is to be done.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile
from operator import attrgetter

from dagster_project.reading import agencies, annexes, documents
from dagster_project.reading.layout import (
    ANNEX,
    ANNEX_LIST,
    DATE_LINE,
    OFFICE_LINE,
    SIGNER_LINE,
    Line,
    front,
    kind,
    lines_of,
    tail,
)
from dagster_project.reading.marks import (
    ARTICLE,
    BOX,
    BULLETS,
    DECIMAL,
    INLINE,
    LEAD,
    NAMES,
    PLAIN,
    QUESTION,
    STATEMENT,
    Mark,
    mark_of,
)
from dagster_project.reading.repairs import TAG
from dagster_project.reading.rows import tabbed
from dagster_project.reading.vocabulary import Word, one_of
from dagster_project.records import Block, Provision, Role, View

_STRENGTHENED = one_of(
    "夯实 筑牢 打牢 厚植 巩固 强化 加强 优化 完善"
)  # a task: 夯实发展基础; a status: 发展基础
_AIM = one_of("", Word("目标", unless_after="任务 责任 考核 管理", example="工作目标"))
_SAFEGUARD = one_of("", Word("保障", unless_before="社会 民生 住房 医疗 就业 权益", example="五、保障措施"))
# Sections by the words of a heading; the innermost heading that has any of them decides, in this order.
SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("principle", re.compile(r"原则$|^原则")),
    ("step", re.compile(r"步骤|(?:进度|阶段|时间)安排|实施阶段")),
    (
        "status",
        re.compile(
            r"现状|形势|回顾|存在(?:的)?(?:主要)?问题|工作(?:情况|成效)|主要成[绩就效]"
            rf"|^(?!.*{_STRENGTHENED}).*(?:发展|工作|现实|产业|现有|建设)基础"
        ),
    ),
    ("goal", re.compile(rf"{_AIM}|(?:主要|预期|核心|绩效)指标|发展愿景")),
    (
        "task",
        re.compile(
            r"任务|举措|工作(?:内容|重点|安排)|重点工作|(?:主要|具体|工作)措施|(?:扶持|支持|奖励)(?:政策|内容|标准)"
        ),
    ),
    (
        "safeguard",
        re.compile(
            rf"{_SAFEGUARD}(?:措施|机制|条件|工作|$)"
            r"|(?:组织|实施|政策|工作|支撑)保障|组织(?:领导|实施)|(?:工作|实施|有关)要求|^监督(?:管理|检查|考核)"
        ),
    ),
)
# Headings of what a plan thinks, not of what it does.
_THOUGHT = re.compile(
    r"指导思想|(?:工作|总体|基本|发展|主要)思路|总体(?:要求|考虑)|^(?:战略定位|编制依据|目的意义|重要意义|背景)$"
)
_CLOSING = re.compile(
    r"(?:本|以上)(?:实施)?(?:措施|举措|办法|方案|通知|意见|规定|细则|计划|规划|政策|条例|行动计划|决定|若干措施|若干政策|要点|公告)"
    r"[^。]{0,60}(?:施行|实施|执行|印发|发布|公布|有效期|解释)"
    r"|自(?:印发|发布|公布|下发|发文)之日起|特此(?:通知|公告|通告|报告)|抄送|谢谢|各位代表|此件|\(此件|\(?(?:联系人|联系电话|联系方式|咨询电话)"
)
_PREAMBLE = re.compile(
    r"(?:为|根据|按照|依据|近年来|当前|现)[^\n]*(?:[:]|如下。|制定[^。]{0,30}。|提出[^。]{0,20}。)$"
)
_HEADING_LIMIT = 120  # characters; the longest of the reference readings has 95
_LEAD = re.compile(r"(?:坚持[^。,;:0-9]{2,16}|([^。,;:0-9]{4,8})[,、 ]([^。,;:0-9]{4,8}))。")


@dataclass(slots=True)
class _Unit:
    """A numbered or bulleted unit while it is being read."""

    mark: Mark
    number: str
    heading: tuple[int, int]
    run_in: bool  # the line goes on behind the heading, or closes it with 。
    own_section: str | None
    section: str | None  # its own or that of the units above
    path: tuple[str, ...]
    parent: _Unit | None
    lines: list[Line]
    below: Counter[int] = field(default_factory=Counter)  # styles of the units right below it


@dataclass(slots=True)
class _Draft:
    """What has been read so far: the role of every line, the units, the units that are open, the warnings."""

    view: View
    marks: dict[int, list[Mark]] = field(default_factory=dict)  # all of the body, by style
    holds: set[tuple[int, int]] = field(default_factory=set)  # (outer, inner) styles, as they stood last
    entries: list[tuple[Line, Role, _Unit | None]] = field(default_factory=list)
    units: list[_Unit] = field(default_factory=list)
    stack: list[_Unit] = field(default_factory=list)
    below: Counter[int] = field(default_factory=Counter)  # styles of the units that stand below no number
    warnings: list[str] = field(default_factory=list)

    def put(self, line: Line, role: Role, unit: _Unit | None = None) -> None:
        self.entries.append((line, role, unit))
        if unit is not None and unit.lines[-1] is not line:
            unit.lines.append(line)

    def words(self, line: Line) -> str:
        return self.view.text[line.start : line.end]

    def open(self, mark: Mark, line: Line) -> _Unit:
        """Open the unit of `mark` below the unit that it belongs to."""
        stack = self.stack
        same = next((k for k, unit in enumerate(stack) if unit.mark.style == mark.style), len(stack))
        if mark.style == DECIMAL:  # 2.1.1 stands below 2.1
            while same < len(stack) and mark.label.startswith(f"{stack[same].mark.label}."):
                same += 1
        del stack[same:]
        if mark.style == LEAD or mark.style not in BULLETS:
            while stack and (
                stack[-1].mark.style in BULLETS
                or (stack[-1].mark.style > mark.style and not self._inverted(mark))
            ):
                stack.pop()
        parent = stack[-1] if stack else None
        for unit in stack:
            self.holds.add((unit.mark.style, mark.style))
            self.holds.discard((mark.style, unit.mark.style))
        label = mark.label
        if parent:
            parent.below[mark.style] += 1
        beside = parent.below if parent and parent.number else self.below
        if beside is self.below:
            beside[mark.style] += 1
        if mark.style in BULLETS:
            label = f"-{sum(beside[style] for style in BULLETS)}"
        elif mark.style == QUESTION and not mark.value:
            label = f"问{beside[mark.style]}"
        heading, run_in = _heading(self.view.text, mark, line)
        words = self.view.text[slice(*heading)]
        own = (
            None
            if mark.style == ARTICLE
            else section_of(re.split('[“"0-9,]', words)[0] if len(words) > 30 else words)
        )
        whole = heading[1] + self.view.text.startswith("】", heading[1])
        printed = _printed(self.view, heading[0] if mark.style in BULLETS else mark.start, whole)
        unit = _Unit(
            mark,
            f"{parent.number}/{label}".lstrip("/") if parent else label,
            heading,
            run_in,
            own,
            own or (parent.section if parent else None),
            (*(parent.path if parent else ()), printed),
            parent,
            [line],
        )
        stack.append(unit)
        self.units.append(unit)
        self.put(line, Role.BODY, unit)
        return unit

    def _following(self, style: int, position: int) -> Mark | None:
        """Return the first mark of a style behind a position."""
        marks = self.marks.get(style, [])
        place = bisect_right(marks, position, key=lambda mark: mark.start)
        return marks[place] if place < len(marks) else None

    def _inverted(self, mark: Mark) -> bool:
        """Say whether `mark` stands below the last open unit although its style comes before that one's by custom.

        It does if it stood so last; and if the unit's numbering goes on behind `mark` before anything further out
        does, and either that of `mark` starts again below the next number (1. › (一) (二), 2. › (一)), or it begins
        right below the unit and the text has not shown the other order (一、 › 第一条, 二、 › 第二条). Articles run on
        through chapters and sections, boxes through everything: nothing that comes before them stands below them.
        """
        *outer, unit = self.stack
        pair = (unit.mark.style, mark.style)
        if unit.mark.style in {ARTICLE, BOX}:
            return False
        if pair in self.holds or mark.value != 1:
            return pair in self.holds
        bounds = [self._following(o.mark.style, mark.start) for o in outer]
        limit = min((bound.start for bound in bounds if bound), default=len(self.view.text))
        goes_on = self._following(unit.mark.style, mark.start)
        if not goes_on or goes_on.start > limit or goes_on.value <= unit.mark.value:
            return False
        again = self._following(mark.style, goes_on.start)
        if again and again.start < limit and again.value == 1:
            return True
        bare = len(unit.lines) == 1 and not unit.run_in
        return (unit.mark.value == 1 or bare) and pair[::-1] not in self.holds


def section_of(heading: str) -> str | None:
    """Return the section that the words of a heading name, None where they name none."""
    return next((section for section, words in SECTIONS if words.search(heading)), None)


def outline(view: View) -> tuple[tuple[Block, ...], tuple[Provision, ...], tuple[str, ...]]:
    """Return the blocks and provisions of a plan in order, and warnings on its numbering.

    Args:
        view: The folded and repaired text.
    """
    lines = lines_of(view.text)
    roles, body = front(view.text, lines)
    end = tail(view.text, lines, body)
    found = annexes.find(tabbed(view), lines, body, end)
    annexed = {i for annex in found for i in range(annex.first, annex.stop)}
    draft = _Draft(view)
    body_lines = [_with_assignments(view.text, lines[i]) for i in range(body, end) if i not in annexed]
    for line in body_lines:
        if line.mark:
            draft.marks.setdefault(line.mark.style, []).append(line.mark)
    for line, role in zip(lines, roles, strict=False):
        draft.put(line, role)
    if draft.marks:
        _read_numbered(draft, body_lines)
    else:
        _read_unnumbered(draft, body_lines)
    for line in lines[end:]:
        draft.put(line, Role.FURNITURE)
    titles = [draft.words(line) for line, role in zip(lines, roles, strict=False) if role is Role.TITLE]
    stop = found[0].first if found else end
    for other in documents.others(view.text, lines, body, stop, [*titles, "".join(titles)]):
        place = view.raw_span(other.start, other.start + 1)[0]
        draft.warnings.append(
            f"《{other.title}》 at {place}, line {_line_number(view.raw, place)}: "
            "another document begins in this file, and is read as a part of the first"
        )
    blocks, provisions = _finish(draft)
    blocks += [block for annex in found for block in _annex_blocks(draft, lines, annex)]
    return tuple(sorted(blocks, key=attrgetter("start"))), provisions, tuple(draft.warnings)


def _annex_blocks(draft: _Draft, lines: list[Line], annex: annexes.Annex) -> Iterator[Block]:
    """Yield the blocks of an annex: no provisions, but text below its caption where it is read."""
    caption = lines[annex.first : annex.below]
    printed = (_printed(draft.view, line.start, line.end) for line in caption)
    headings = (" ".join(printed),) if annex.is_read else ()
    for at in range(annex.first, annex.stop):
        role = Role.HEADING if at < annex.below else Role.BODY
        yield Block(lines[at].start, lines[at].end, role if annex.is_read else Role.ANNEX, headings)


def _line_number(raw: str, position: int) -> int:
    return len(re.findall("\r\n|[\n\r]", raw[:position])) + 1


def _with_assignments(text: str, line: Line) -> Line:
    numbered = line.mark is not None
    return replace(line, assignments=agencies.assignments(text, line.start, line.end, numbered=numbered))


def _read_numbered(draft: _Draft, lines: list[Line]) -> None:
    last_mark = max(i for i, line in enumerate(lines) if line.mark)
    last: dict[int, int] = {}
    closing = attachments = clauses = False
    for i, line in enumerate(lines):
        mark, words = line.mark, draft.words(line)
        attachments = attachments and (mark is None or (NAMES[mark.style] == "1." and "。" not in words))
        if mark and not attachments and _opens(draft, mark, words, clauses=clauses):
            closing = False
            clauses = clauses and mark.style in BULLETS
            _check_order(draft, draft.open(mark, line), last)
            continue
        unit = draft.stack[-1] if draft.stack else None
        clauses = clauses or bool(mark and unit and unit.mark.style == ARTICLE)
        lead = None if mark or closing else _lead(draft, line)
        if lead:
            draft.open(lead, line)
            continue
        attachments = attachments or bool(ANNEX_LIST.match(words))
        closing = (
            closing
            or attachments
            or (unit is not None and not mark and _closes(draft, unit, words, last=i > last_mark))
            or (not mark and i > last_mark and _signs(draft, lines[i : i + 2]))
        )
        if unit is None:
            draft.put(line, Role.PREAMBLE)
        elif closing:
            draft.put(line, Role.CLOSING)
        else:
            draft.put(line, Role.BODY, unit)


def _opens(draft: _Draft, mark: Mark, words: str, *, clauses: bool) -> bool:
    """Say whether a number at the start of a line opens a unit, or goes on with the one that is open."""
    above = list(takewhile(lambda unit: unit.mark.style != ARTICLE, draft.stack))
    article = draft.stack[len(above)] if len(above) < len(draft.stack) else None
    goes_on = any(unit.mark.style == mark.style for unit in above)  # 二、 behind 一、 › 第一条
    if article and mark.style > ARTICLE and mark.style not in BULLETS and not goes_on:
        # An item that ends in ; is a clause of its article's sentence: the article is the smallest unit then.
        return not clauses and (mark.value != 1 or words.endswith("。") or bool(article.below))
    if (
        mark.value == 1
        and draft.stack
        and any(
            (inside.style, inside.value) == (mark.style, 2)
            for inside in map(mark_of, INLINE.finditer(words, 1))
        )
    ):
        return False  # (1)…;(2)…;(3)…: a list inside a sentence
    if mark.style == STATEMENT and draft.stack:
        # 一是 behind a heading that is closed by 。 enumerates inside a paragraph, whether or not its lines are broken.
        before = next((unit for unit in draft.stack if unit.mark.style == STATEMENT), None)
        holder = before.parent if before else draft.stack[-1]
        value = before.mark.value if before else 0
        return mark.value == value + 1 and not (holder and holder.run_in)
    return True


def _lead(draft: _Draft, line: Line) -> Mark | None:
    """Return a mark for an unnumbered paragraph with a bold lead (市场主导,政府引导。…) under 基本原则 or 目标."""
    holder = next((unit for unit in reversed(draft.stack) if unit.mark.style != LEAD), None)
    if not holder or holder.own_section not in {"principle", "goal"} or set(holder.below) - {LEAD}:
        return None
    match = _LEAD.match(draft.view.text, line.start, line.end)
    if not match or len(match[1] or "") != len(match[2] or "") or (holder.run_in and match.end() == line.end):
        return None
    return Mark(LEAD, "-", 0, line.start, line.start)


def _closes(draft: _Draft, unit: _Unit, words: str, *, last: bool) -> bool:
    """Say whether an unnumbered line is the closing of the plan, not text of the unit that is open."""
    if _CLOSING.match(words) or ANNEX.match(words) or DATE_LINE.match(words) or OFFICE_LINE.match(words):
        return not agencies.LABEL.match(words)
    before = draft.words(unit.lines[-1])
    return last and bool(agencies.LABEL.match(before)) and not agencies.LABEL.match(words) and "。" in words


def _signs(draft: _Draft, lines: list[Line]) -> bool:
    """Say whether a line is whose signature stands above the date on the next one."""
    words = [draft.words(line) for line in lines]
    return len(words) == 2 and bool(SIGNER_LINE.match(words[0]) and DATE_LINE.match(words[1]))


def _heading(text: str, mark: Mark, line: Line) -> tuple[tuple[int, int], bool]:
    """Return the span of the heading in the first line of a unit, and whether the line closes it or goes on."""
    start = mark.end
    while start < line.end and text[start] in " 、.":
        start += 1
    bracket = re.compile(r"【([^【】]{2,20})】").match(text, start, line.end)
    if bracket and not agencies.LABEL.match(bracket[1] + ":"):
        return bracket.span(1), True
    stops = [at for at in (text.find("。", start, line.end),) if at >= 0]
    stops += [assignment.start for assignment in line.assignments if assignment.start >= start]
    end = min(stops, default=line.end)
    colon = re.compile(r"[^。,;:]{2,20}(?=:.)").match(text, start, end)
    # No gap is the blank that some put between Chinese and Latin: 根据上一年度 PCT 申请量.
    gap = re.compile(r"[^。,;: ]{4,40}(?<![A-Za-z0-9])(?= (?![A-Za-z0-9]))").match(text, start, end)
    if colon:
        stops.append(colon.end())
    elif gap and "。" in text[gap.end() : line.end] and line.end > gap.end() + 2 * len(gap[0]):
        stops.append(gap.end())
    end = min(stops, default=line.end)
    if end - start > _HEADING_LIMIT:
        cut = max(text.rfind(comma, start, start + _HEADING_LIMIT) for comma in ",;:")
        end = cut if cut > start else start + _HEADING_LIMIT
        stops.append(end)
    while end > start and text[end - 1] in " :;,":
        end -= 1
    return (start, end), bool(stops)


def _printed(view: View, start: int, end: int) -> str:
    """Return the raw text of a span of the view, without line breaks and mark-up that repairs took out."""
    return (
        re.sub(r"\s*[\r\n]\s*", "", TAG.sub("", view.raw[slice(*view.raw_span(start, end))]))
        if start < end
        else ""
    )


def _check_order(draft: _Draft, unit: _Unit, last: dict[int, int]) -> None:
    """Warn of a number that neither follows the one before it nor starts anew."""
    style, value = unit.mark.style, unit.mark.value
    before = last.get(style, 0)
    inserted = value == before and ("-" in unit.mark.label or "之" in unit.mark.label)
    if value not in {0, 1, before + 1} and style != DECIMAL and not inserted:
        where = draft.view.starts[unit.mark.start]
        draft.warnings.append(
            f"{unit.number} at {where} comes after number {before}: a step of the numbering is missing"
        )
    last[style] = value


def _read_unnumbered(draft: _Draft, lines: list[Line]) -> None:
    """Read a text without any number: a paragraph is a provision, a short line the heading of what follows."""
    kinds = [kind(draft.words(line)) for line in lines]
    closing = False
    for i, line in enumerate(lines):
        words = draft.words(line)
        closing = closing or kinds[i] == "date" or bool(_CLOSING.match(words) or OFFICE_LINE.match(words))
        if closing:
            draft.put(line, Role.CLOSING)
        elif i == 0 and _PREAMBLE.match(words):
            draft.put(line, Role.PREAMBLE)
        elif kinds[i] == "paragraph":
            draft.open(Mark(LEAD, "-", 0, line.start, line.start), line)
        elif kinds[i] == "short" and "paragraph" in kinds[i + 1 : i + 2]:
            draft.open(Mark(PLAIN, "", 0, line.start, line.start), line)
        else:
            draft.put(line, Role.BODY, draft.stack[-1] if draft.stack else None)


def _is_provision(draft: _Draft, unit: _Unit) -> bool:
    """Say whether a unit is a provision: nothing but boxes stands below it, and it says what is to be done."""
    if set(unit.below) - {BOX} or (unit.below and len(unit.lines) == 1 and not unit.run_in):
        return False
    thinks = unit.mark.style not in BULLETS and _THOUGHT.search(draft.view.text[slice(*unit.heading)][:20])
    return not thinks and unit.mark.style not in {BOX, PLAIN}


def _finish(draft: _Draft) -> tuple[list[Block], tuple[Provision, ...]]:
    view = draft.view
    provisions: list[Provision] = []
    index: dict[int, int] = {}
    taken: Counter[str] = Counter()
    for unit in draft.units:
        if not _is_provision(draft, unit):
            continue
        char_start, char_end = view.raw_span(unit.lines[0].start, unit.lines[-1].end)
        taken[unit.number] += 1
        number = unit.number
        if taken[number] > 1:
            number = f"{number}#{taken[number]}"
            draft.warnings.append(
                f"{unit.number} at {char_start}, kept as {number}: a number is printed again"
            )
        index[id(unit)] = len(provisions)
        section = (unit.parent.section if unit.parent else None) or unit.own_section or "task"
        in_charge = agencies.in_charge(view, chain.from_iterable(line.assignments for line in unit.lines))
        heading = _printed(view, *unit.heading)
        provisions.append(Provision(number, section, heading, unit.path, char_start, char_end, in_charge))
    blocks: list[Block] = []
    for line, role, owner in draft.entries:
        if owner is None:
            blocks.append(Block(line.start, line.end, role))
            continue
        place = index.get(id(owner))
        stop = min((assignment.start for assignment in line.assignments), default=line.end)
        alone = line is owner.lines[0] and not view.text[owner.heading[1] : stop].strip("。:;,】 ")
        own = Role.HEADING if alone and (place is None or len(owner.lines) > 1) else role
        for a, b, named in _cut(line):
            words = view.text[a:b]
            low = a + len(words) - len(words.lstrip())
            if words.strip():
                high = low + len(words.strip())
                blocks.append(Block(low, high, Role.AGENCIES if named else own, owner.path, place))
    return blocks, tuple(provisions)


def _cut(line: Line) -> Iterator[tuple[int, int, bool]]:
    """Cut a line at its assignments and say of each piece whether it is one."""
    start = line.start
    for assignment in line.assignments:
        yield start, assignment.start, False
        yield assignment.start, assignment.end, True
        start = assignment.end
    yield start, line.end, False
