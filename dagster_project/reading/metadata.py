"""What a plan states about itself: title, number, issuer, date, period, validity, script.

Each but the title, validity and script has a table of rules, asked in the order in which they stand: the front of the
document (titles, notice), its closing, what a law says of its adoption, then what the web page says of it. The day of
upload is never the day of issue.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter, ne
from typing import Any, TypeAlias

from dagster_project.reading.folding import simplify
from dagster_project.reading.layout import (
    ADOPTED,
    CARD,
    DATE_LINE,
    DIGEST_TITLE,
    INDEX_NAME,
    ISSUER_LINE,
    MONTH_LINE,
    NUMBER_LINE,
    SIGNER_LINE,
    bare_title,
    is_title,
)
from dagster_project.reading.numerals import DIGITS, FEW, FIVE_YEARS, YEAR, number_value
from dagster_project.reading.repairs import TAG
from dagster_project.records import Block, Metadata, Period, Role, View
from dagster_project.rules import RuleTable

_NUMBER = re.compile(
    rf"[一-鿿]{{1,12}} ?[〔\[(]{YEAR}[〕\])] ?第?[0-9]{{1,5}}号|[一-鿿]{{2,20}}令 ?\(?第? ?[0-9]{{1,4}} ?号\)?"
)
# Between a name of a page's index and its value: a colon, a bracket, the border of a cell, a blank, a line break.
_THEN = r"(?:】 ?:?|(?= ?[:|\n ])) ?[:|]?[ \n]{0,4}"
_NUMBERED_TITLE = re.compile(
    r"(?:【[^】]{1,12}】|[0-9]{1,3}[.、])? ?"
    r"(?:(?P<notice>[^。《]{0,40}印发[^。]{4,80}的?通知)|(?P<title>[^。()]{4,80}(?:\([^()]{2,20}\)》?)?))"
    rf" ?\((?P<number>{_NUMBER.pattern})\)"
)
_LABELLED_NUMBER = re.compile(rf"(?:发文字号|文 ?号|文件编号){_THEN}([^ \n:|【][^\n:|【]{{1,39}}?号)")
_LABELLED_DATE = re.compile(
    rf"(?:成文日期|发文日期|印发日期|生成日期){_THEN}({YEAR})[年./-]([0-9]{{1,2}})[月./-]([0-9]{{1,2}})"
)
_DATABASE_DATE = re.compile(rf"【(?:发布|公布)日期】:? *({YEAR})[年./-]([0-9]{{1,2}})[月./-]([0-9]{{1,2}})")
_DATABASE = re.compile("【(?:法宝引证码|效力级别|时效性)】")
_LABELLED_ISSUER = re.compile(
    rf"(?:^|[\n 【|])(?:发文机[关构]|发文单位|发布机[关构]|发布单位|制定机关|印发机关|发布部门){_THEN}"
    rf"([^\n:【|]{{2,80}}?) *(?=\n|$|[【|]| [^ :\n]{{2,6}}(?: [^ :\n])?:| (?:{INDEX_NAME})(?:[ :|]|$))"
)
_ORDER = re.compile(r"(?:(?<=[日 \n])|^)([一-鿿]{2,10}字第 ?[0-9]{6,12} ?号) ?[令函]")
_COUNT = "[0-9〇零一二三四五六七八九十百]"
_DAY_OF_ORDER = re.compile(
    rf"中华民国 ?({_COUNT}{{1,6}}) ?年 ?({_COUNT}{{1,3}}) ?月 ?({_COUNT}{{1,3}}) ?日[ \n]{{0,3}}$"
)
_YEARS_BEFORE_THE_REPUBLIC = 1911
_DECREE = re.compile(r"([一-鿿 ]{2,40}?) ?(?:令|公 ?告)")
_PARENTHESES = re.compile("[()（）]")
_DECREE_NUMBER = re.compile(r"\(?第 ?[0-9一二三四五六七八九十百]{1,5} ?号\)?")
_AMENDED = re.compile("修[正订]")
_DATED = re.compile(rf"\({YEAR}年[0-9]{{1,2}}月[0-9]{{1,2}}日\)")  # when a document was issued, no period
_GLUED_PAGE = re.compile(r"^(?:[0-9]{1,3} +(?![年月日项条款个])|[IVXⅠ-Ⅻ]{1,5} ?)(?=[一-鿿])")
# Behind a title: its source or its date, no part of it.
_NOTE = re.compile(
    r"(?<=.{4})[(（](?:[^()（）]*(?:第[0-9]+号|〕[0-9]+号|印发|发布|转载)[^()（）]*|(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)[)）]$"
)
_TITLE_GAP = re.compile(r"(?<=[0-9０-９()（）—-]) +|(?<=[^ a-zA-Z]) +(?=[0-9０-９()（）—-])")
_ISSUER = re.compile(r"(.{2,60}?) ?(?:关于|印发)")
_RANGE = re.compile(rf"({YEAR})年?(?:[—~-]{{1,2}}|[至到])({YEAR})年?")
_FIVE_YEAR_PLAN = re.compile(rf"{FIVE_YEARS}(?=[^五]*规划)|第(十[一二三四五六七]?)个五年[计规]划")
_SINGLE = re.compile(rf"({YEAR})年度?")
_MONTH = "(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
_STATED_PERIOD = re.compile(
    rf"(?:规划|计划|实施|建设|行动|创建)(?:期限?|周期|时间)(?:为|是|:)?[ \n]{{0,2}}(?:自|从)?"
    rf"({YEAR})年?{_MONTH}(?:[—~-]{{1,2}}|[至到])({YEAR})年?{_MONTH}"
)
# 现就⟨2024年至2027年⟩推进品牌工作提出如下实施方案
_ABOUT_YEARS = re.compile(
    rf"现就[^。;《(\n]{{0,6}}?(?P<years>({YEAR})年?(?:[—~-]{{1,2}}|[至到])({YEAR})年?)(?=[^。;]{{0,60}}(?:提出|制定|制订)[^。;]{{0,6}}(?:方案|意见|计划|措施|办法))"
)
_DURATION = f"{FEW} ?(?:年|个月)"
_VALIDITY = re.compile(
    rf"有效期限?(?:为|是|:)?((?:至|到)?(?:{YEAR}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?底?|{_DURATION}))|试行期?限?为?({_DURATION})"
)
_IN_FORCE = re.compile(r"施行|实施|执行|印发|发布|公布|本[一-鿿]{2,8}")
_STANDARD = re.compile(
    rf"(?:^|\n) *({YEAR})-([0-9]{{2}})-([0-9]{{2}}) ?发布 +{YEAR}-[0-9]{{2}}-[0-9]{{2}} ?实施 *"
    r"\n+ *([^\n]{4,80}?) +发布 *(?=\n|$)"
)
_HEAD = 3_000  # characters of a page in which it speaks of its document


@dataclass(frozen=True)
class Stated:
    """What the rules look at.

    Attributes:
        view: The text.
        blocks: Its blocks.
    """

    view: View
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The folded and repaired text."""
        return self.view.text

    @cached_property
    def groups(self) -> list[list[Block]]:
        """The titles, each as its lines; the plan's own is the last."""
        return _title_groups(self.text, self.blocks)

    @cached_property
    def titles(self) -> list[str]:
        """The titles as they are read."""
        return ["".join(self.words(block) for block in group) for group in self.groups]

    @cached_property
    def front(self) -> list[Block]:
        """The titles and the notice."""
        return [block for block in self.blocks if block.role in {Role.NOTICE, Role.TITLE}]

    @cached_property
    def signature(self) -> tuple[date, str | None] | None:
        """Date and offices below the notice, else below the plan."""
        closing = [block for block in self.blocks if block.role is Role.CLOSING]
        return _signature(self.view, self.front) or _signature(self.view, closing)

    @cached_property
    def adoptions(self) -> list[re.Match[str]]:
        """The lines of a law that say by whom it was adopted, approved, amended."""
        found = (ADOPTED.match(self.text, block.start, block.end) for block in self.front)
        return [match for match in found if match]

    @cached_property
    def page(self) -> str:
        """What the page says of its document; nothing if its labels speak of another one."""
        return "" if CARD.search(self.text, 0, _HEAD) else self.text[:_HEAD]

    @cached_property
    def cover(self) -> re.Match[str] | None:
        """The foot of the cover of a standard: the day of its publication, and who publishes it."""
        return _STANDARD.search(self.page)

    def words(self, block: Block) -> str:
        """The text of a block."""
        return self.text[block.start : block.end]

    def printed(self, start: int, end: int) -> str:
        """The raw text of a span."""
        return _raw(self.view, start, end)


StatedRule: TypeAlias = Callable[[Stated], Any]
DOCUMENT_NUMBER: RuleTable[StatedRule] = RuleTable("document_number")
ISSUER: RuleTable[StatedRule] = RuleTable("issuer")
ISSUED_ON: RuleTable[StatedRule] = RuleTable("issued_on")
PERIOD: RuleTable[StatedRule] = RuleTable("stated_period")
#: What a rule decides for the text as a whole; None where it has nothing to say.
STATED: tuple[RuleTable[StatedRule], ...] = (DOCUMENT_NUMBER, ISSUER, ISSUED_ON, PERIOD)


def find(view: View, blocks: tuple[Block, ...]) -> Metadata:
    """Return what the text states of itself, as printed; None where it states nothing."""
    stated = Stated(view, blocks)
    number, issuer, issued_on, period = (_first(table, stated)[1] for table in STATED)
    return Metadata(
        title=_title(view, stated.groups[-1]) if stated.groups else None,
        document_number=number,
        issuer=issuer,
        issued_on=issued_on,
        period=period,
        validity=_validity(view.text),
        script=script_of(view.raw),
    )


def decided(view: View, blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Yield the table and the rule that decided what the text states of itself."""
    stated = Stated(view, blocks)
    for table in STATED:
        name, value = _first(table, stated)
        if value is not None:
            yield table.name, name


def _first(table: RuleTable[StatedRule], stated: Stated) -> tuple[str, Any]:
    for rule in table:
        value = rule.apply(stated)
        if value is not None:
            return rule.name, value
    return "", None


def _title(view: View, lines: list[Block]) -> str:
    """Return a title as printed, without the number of a page glued to its front and the gaps that a PDF leaves.

    A space between ideographs parts the halves of a title, one beside a figure or a bracket nothing: 2023 年 → 2023年.
    """
    printed = " ".join(_joined(view, lines).split())
    if digest := DIGEST_TITLE.fullmatch(printed):
        printed = printed[digest.start("of") : digest.end("of")]
    return _NOTE.sub("", _TITLE_GAP.sub("", _GLUED_PAGE.sub("", printed)))


_BREAK = re.compile(r"\s*\n\s*")  # in a line that was broken, and is read as one


def _joined(view: View, lines: list[Block]) -> str:
    """Return the raw lines of a title in one, with a line break between two offices only."""
    pieces = [_BREAK.sub("", _raw(view, line.start, line.end)) for line in lines]
    for n, pair in enumerate(pairwise(lines)):
        if all(ISSUER_LINE.fullmatch(view.text, line.start, line.end) for line in pair):
            pieces[n] += "\n"
    return "".join(pieces)


def overlaid(stated: Metadata, known: Metadata) -> Metadata:
    """Return what a text states with what is `known` in its place; the script is always that of the text.

    A period of the years that the text states keeps the words of the text.
    """
    fields = ("title", "document_number", "issuer", "issued_on", "period", "validity")
    about = replace(stated, **{name: getattr(known, name) or getattr(stated, name) for name in fields})
    if about.period and stated.period and _years(about.period) == _years(stated.period):
        about = replace(about, period=stated.period)
    return about


def _years(period: Period) -> tuple[int | None, int | None]:
    return period.start_year, period.end_year


_NO_IDEOGRAPHS = re.compile("[^\u4e00-\u9fff]+")


def script_of(raw: str) -> str:
    """Return traditional where folding changes more than 1 of 50 ideographs of a text, else simplified."""
    sample = _NO_IDEOGRAPHS.sub("", raw[:50_000])
    changed = sum(map(ne, sample, simplify(sample)))
    return "traditional" if changed * 50 > len(sample) else "simplified"


def _raw(view: View, start: int, end: int) -> str:
    """Return the raw text of a span; the mark-up of a page in it as it is shown."""
    raw = view.raw[slice(*view.raw_span(start, end))]
    return TAG.sub(lambda m: html.unescape(m[1]) if m[1] else "", raw)


def _title_groups(text: str, blocks: Iterable[Block]) -> list[list[Block]]:
    """Return the titles, each as its blocks: lines that follow each other up to the end of a title.

    A title ends where the offices of another one follow, or its own first line again.
    """
    groups: list[list[Block]] = []
    for role, run in groupby(blocks, key=lambda block: block.role is Role.TITLE):
        if role:
            lines = list(run)
            groups.append(lines[:1])
            for before, line in pairwise(lines):
                so_far = "".join(text[block.start : block.end] for block in groups[-1])
                words = text[line.start : line.end]
                ended = (
                    text.endswith(("通知", "公告", "》", ")"), before.start, before.end) and words[0] != "("
                )
                again = so_far.startswith(words[:_SAME]) and len(words) >= _SAME
                if ended or (is_title(so_far) and (again or ISSUER_LINE.fullmatch(words))):
                    groups.append([])
                groups[-1].append(line)
    return groups


_SAME = 6  # characters with which a title begins again


def _signature(view: View, blocks: list[Block]) -> tuple[date, str | None] | None:
    """Return the last date that stands on a line of its own, and the offices on the lines above it.

    The day on which it was printed, below who gets a copy (2021年3月8日印发), counts only where there is no other.
    """
    found = [
        (day, _offices_above(view, blocks, position), match[0].endswith("印发"))
        for position in range(len(blocks) - 1, -1, -1)
        if (match := DATE_LINE.match(view.text, blocks[position].start, blocks[position].end))
        and (day := _date(*match.groups()))
    ]
    return next(((day, offices) for day, offices, _ in sorted(found, key=itemgetter(2))), None)


def _offices_above(view: View, blocks: list[Block], position: int) -> str | None:
    """Return the offices on the lines right above a block."""
    offices: list[str] = []
    for block in reversed(blocks[:position]):
        if not SIGNER_LINE.fullmatch(view.text, block.start, block.end):
            break
        offices[:0] = _raw(view, block.start, block.end).split()
    return "、".join(offices) or None


@DOCUMENT_NUMBER.rule(
    yes=("某市方案\n某政发〔2021〕3号\n一、任务\n落实。", "某科〔2021〕5号《某市方案》\n一、任务\n落实。"),
    no=("某市方案\n根据国发〔2021〕3号文件,制定本方案。\n一、任务\n落实。",),
    source="GB/T 9704-2012, 7.2.5",
)
def number_in_front(stated: Stated) -> str | None:
    """The number that stands alone or at an end of a title; a number in a sentence is another document's."""
    text = stated.text
    for block in stated.front:
        for match in _NUMBER.finditer(text, block.start, block.end):
            first, last = match.start() == block.start, match.end() == block.end
            alone = NUMBER_LINE.fullmatch(text, block.start, block.end)
            if (first and last) or (first and text[match.end()] == "《") or (alone and last):
                return _closed_up(stated.printed(*match.span()))
    return None


@DOCUMENT_NUMBER.rule(
    yes=(
        "关于印发《某市方案》的通知(某政发〔2021〕3号)\n各区:\n现将《某市方案》印发给你们。\n某市方案\n一、任务\n落实。",
        "【政策】《某市方案》(某政发〔2021〕3号)\n某市方案\n一、任务\n落实。",
    ),
    no=(
        "某市方案\n为落实《某省方案》(某省发〔2021〕3号)\n一、任务\n落实。",
        "关于转发《某省方案》的通知(某省发〔2021〕3号)\n某市方案\n一、任务\n落实。",
    ),
    source="copies of documents print the number in brackets behind the title",
)
def number_behind_the_title(stated: Stated) -> str | None:
    """The number in brackets behind the title of the notice or of the plan."""
    own = {bare_title(title) for title in stated.titles}
    for block in stated.front:
        match = _NUMBERED_TITLE.fullmatch(stated.text, block.start, block.end)
        if match and (match["notice"] or bare_title(match["title"]) in own):
            return _closed_up(stated.printed(*match.span("number")))
    return None


@DOCUMENT_NUMBER.rule(
    yes=(
        "某省人民政府令\n第 315 号\n《某省防御办法》已经通过,现予公布。\n某省防御办法\n第一条 防御灾害。",
        "某市人大常委会公告\n(第17号)\n现予公布。\n某市保护条例\n第一条 保护湿地。",
    ),
    no=("某省防御办法\n第 315 号\n第一条 防御灾害。",),
    source="Regulations on rule-making (State Council, 2017), art. 30: an order has its number, the office, the date",
)
def number_of_a_decree(stated: Stated) -> str | None:
    """The number below the name of a decree."""
    decree = _decree(stated)
    if not decree:
        return None
    return _PARENTHESES.sub("", _closed_up("".join(stated.printed(line.start, line.end) for line in decree)))


def _decree(stated: Stated) -> tuple[Block, Block] | None:
    """Return the lines of a decree: 某省人民政府令, and its number."""
    for name, number in pairwise(stated.front):
        if _DECREE.fullmatch(stated.words(name)) and _DECREE_NUMBER.fullmatch(stated.words(number)):
            return name, number
    return None


@DOCUMENT_NUMBER.rule(
    yes=("发文字号:某科〔2021〕5号\n某市方案\n一、任务\n落实。",),
    no=("依据文件 《某市办法》\n发文字号:某科〔2021〕5号\n一、任务\n落实。",),
    source="GB/T 9704-2012, 7.2.5; State Council, 2019, format of government information on the web: 发文字号",
)
def number_that_a_page_names(stated: Stated) -> str | None:
    """What the page gives as 发文字号."""
    match = _LABELLED_NUMBER.search(stated.page)
    return _closed_up(stated.printed(*match.span(1))) if match else None


@DOCUMENT_NUMBER.rule(
    yes=(
        "某市政府補助要點\n中華民國一百一十二年三月十五日府經字第1120045678號函訂定\n一、補助十萬元。\n二、依規定辦理。",
    ),
    no=("某市政府补助要点\n一、依府经字第1120045678号函办理。\n二、落实。",),
    source="文書處理手冊 (Executive Yuan, Taiwan), 15: 發文字號",
)
def number_of_an_order(stated: Stated) -> str | None:
    """The number of the one order or letter by which a rule was made, as Taiwan prints it."""
    order = _only_order(stated)
    return _closed_up(stated.printed(*order.span(1))) if order else None


def _only_order(stated: Stated) -> re.Match[str] | None:
    """Return the order or letter above the provisions, None where several are told."""
    first = next((block.start for block in stated.blocks if block.provision is not None), len(stated.text))
    found = list(_ORDER.finditer(stated.text, 0, first))
    return found[0] if len(found) == 1 else None


_ATTACHED = "的通知."  # … and how the name of the file goes on


@DOCUMENT_NUMBER.rule(
    yes=("某市方案\n一、任务\n落实。\n相关附件:某政发〔2021〕3号关于印发《某市方案》的通知.pdf",),
    no=("某市方案\n一、任务\n落实。\n相关附件:某政发〔2021〕3号关于印发《某县方案》的通知.pdf",),
    source="State Council, 2019, format of government information on the web: the signed original is attached",
)
def number_of_the_attached_original(stated: Stated) -> str | None:
    """The number in the name of the file that holds the notice which issues the plan."""
    if not stated.titles or _ATTACHED not in stated.text:
        return None
    title = re.escape(stated.titles[-1])
    name = rf"({_NUMBER.pattern}) ?[^\n。:《]{{0,40}}?关于印发 ?《?{title}》?{re.escape(_ATTACHED)}"
    match = re.search(name, stated.text)
    return _closed_up(stated.printed(*match.span(1))) if match else None


def _closed_up(number: str) -> str:
    return "".join(number.split())


@ISSUER.rule(
    yes=("某市方案\n一、任务\n落实。\n某市科技局\n某市财政局\n2021年3月4日",),
    no=("某市方案\n一、任务\n由某市科技局落实。\n2021年3月4日",),
    source="GB/T 9704-2012, 7.3.5",
)
def offices_that_sign(stated: Stated) -> str | None:
    """The offices above the date."""
    return stated.signature[1] if stated.signature else None


@ISSUER.rule(
    yes=("某市科技局关于印发《某市方案》的通知\n某市方案\n一、任务\n落实。",),
    no=("关于印发《某市方案》的通知\n某市方案\n一、任务\n落实。",),
    source="GB/T 9704-2012, 7.3.1: a title names who issues the document, what it is about, and its kind",
)
def offices_of_a_title(stated: Stated) -> str | None:
    """The offices before 关于 or 印发 in a title."""
    for group, title in zip(reversed(stated.groups), reversed(stated.titles), strict=True):
        match = _ISSUER.match(title)
        if match and ISSUER_LINE.fullmatch(match[1]):
            raw = _joined(stated.view, group)
            return "、".join(raw[: match.end(1) + raw.count("\n", 0, match.end(1) + 1)].split())
    return None


@ISSUER.rule(
    yes=("某省人民政府令\n第315号\n《某省防御办法》现予公布。\n某省防御办法\n第一条 防御灾害。",),
    no=("某省人民政府令的管理办法\n第一条 管理命令。",),
    source="Regulations on rule-making (State Council, 2017), art. 30",
)
def office_of_a_decree(stated: Stated) -> str | None:
    """Whose decree it is."""
    decree = _decree(stated)
    return _closed_up(_DECREE.sub(r"\1", stated.printed(decree[0].start, decree[0].end))) if decree else None


@ISSUER.rule(
    yes=("某市专利条例\n2012年10月25日 某市第十三届人民代表大会常务委员会第三次会议通过\n第一条 鼓励创造。",),
    no=("某市专利条例\n第一条 2012年10月25日某市人民代表大会常务委员会会议通过的决定同时废止。",),
    source="Legislation Law, art. 61",
)
def body_that_adopted(stated: Stated) -> str | None:
    """The congress or government that adopted a law first."""
    match = next((match for match in stated.adoptions if match[4]), None)
    return stated.printed(*match.span(4)) if match else None


@ISSUER.rule(
    yes=("发文机关:某市人民政府\n成文日期:2021年3月4日\n某市方案\n一、任务\n落实。",),
    no=(
        "来源:某市人民政府\n某市方案\n一、任务\n落实。",
        "依据文件:《某市办法》\n发文机构:某市人民政府\n服务内容:\n1.奖励。",
    ),
    source="State Council, 2019, format of government information on the web: 发文机关",
)
def office_that_a_page_names(stated: Stated) -> str | None:
    """What the page gives as 发文机关."""
    match = _LABELLED_ISSUER.search(stated.page)
    if not match or not ISSUER_LINE.fullmatch(match[1]):
        return None
    return "、".join(stated.printed(*match.span(1)).split())


@ISSUER.rule(
    yes=("某省规划\n某省发展和改革委员会\n二〇二一年十二月\n第一章 基础\n第一节 成就\n增长7%。",),
    no=("某省规划\n某省发展和改革委员会\n第一章 基础\n第一节 成就\n增长7%。",),
    source="GB/T 1.1-2020 and usage of plans: office and month stand on the cover",
)
def office_on_a_cover(stated: Stated) -> str | None:
    """The offices above the month on the cover."""
    for position, block in enumerate(stated.front):
        if MONTH_LINE.match(stated.text, block.start, block.end):
            return _offices_above(stated.view, stated.front, position)
    return None


@ISSUED_ON.rule(
    yes=("某市方案\n一、任务\n落实。\n某市科技局\n2021年3月4日",),
    no=("某市方案\n一、任务\n2021年3月4日前落实。",),
    source="GB/T 9704-2012, 7.3.5",
)
def day_of_the_signature(stated: Stated) -> date | None:
    """The date below the offices."""
    return stated.signature[0] if stated.signature else None


@ISSUED_ON.rule(
    yes=(
        "某市专利条例\n(二〇一九年八月二十七日某市人民代表大会常务委员会会议通过)\n第一条 鼓励创造。",
        "某县实施意见\n(2023年2月8日)\n一、任务\n落实。",
    ),
    no=("某市专利条例\n第一条 鼓励创造。\n第二条 本条例自2019年8月27日起施行。",),
    source="Legislation Law, art. 61: adoption, approval and amendment, line by line",
)
def day_of_the_adoption(stated: Stated) -> date | None:
    """The day on which a law was adopted, or last amended: of this the text is the outcome."""
    amended = [match for match in stated.adoptions if _AMENDED.search(match[0])]
    chosen = amended[-1:] or stated.adoptions[:1]
    return next((_date(*match.groups()[:3]) for match in chosen), None)


@ISSUED_ON.rule(
    yes=(
        "某市政府補助要點\n中華民國 112 年 3 月 15 日\n府經字第 1120045678 號函訂定\n一、補助十萬元。\n二、辦理。",
    ),
    no=("某市政府补助要点\n一、依中华民国112年3月15日府经字第1120045678号函办理。\n二、落实。",),
    source="文書處理手冊 (Executive Yuan, Taiwan), 15: years count from 1912, that of the Republic",
)
def day_of_an_order(stated: Stated) -> date | None:
    """The day of the one order or letter by which a rule was made, as Taiwan prints it."""
    order = _only_order(stated)
    match = _DAY_OF_ORDER.search(stated.text[: order.start(1)]) if order else None
    if not match:
        return None
    return _date(f"{int(number_value(match[1])) + _YEARS_BEFORE_THE_REPUBLIC}", match[2], match[3])


@ISSUED_ON.rule(
    yes=("发布日期:2024-01-10\n成文日期:2021年3月4日\n某市方案\n一、任务\n落实。",),
    no=("发布日期:2024-01-10\n某市方案\n一、任务\n落实。",),
    source="State Council, 2019, format of government information on the web: 成文日期",
)
def day_that_a_page_names(stated: Stated) -> date | None:
    """What the page gives as 成文日期."""
    match = _LABELLED_DATE.search(stated.page)
    return _date(*match.groups()) if match else None


@ISSUER.rule(
    yes=(
        "某省地方标准\n服务规范\n2022-03-10发布 2022-06-09实施\n某省市场监督管理局 发布\n1 范围\n本文件规定服务要求。",
    ),
    no=("某省方案\n某省市场监督管理局 发布\n一、任务\n落实。",),
    source="GB/T 1.1-2020, 8.1: cover of a standard",
)
def office_that_publishes_a_standard(stated: Stated) -> str | None:
    """The office at the foot of the cover."""
    if not stated.cover or not ISSUER_LINE.fullmatch(stated.cover[4]):
        return None
    return "、".join(stated.printed(*stated.cover.span(4)).split())


@ISSUED_ON.rule(
    yes=(
        "某省地方标准\n服务规范\n2022-03-10发布 2022-06-09实施\n某省市场监督管理局 发布\n1 范围\n本文件规定服务要求。",
    ),
    no=("某省方案\n2022-03-10发布 某省政府网\n一、任务\n落实。",),
    source="GB/T 1.1-2020, 8.1: cover of a standard",
)
def day_on_the_cover_of_a_standard(stated: Stated) -> date | None:
    """The day of publication at the foot of the cover; that of the entry into force stands beside it."""
    return _date(*stated.cover.groups()[:3]) if stated.cover else None


@ISSUED_ON.rule(
    yes=("【发布日期】 2021.08.20\n【效力级别】 地方规范性文件\n某市办法\n第一条 规范认定。",),
    no=("【发布日期】 2021.08.20\n某市办法\n第一条 规范认定。",),
    source="pkulaw.com, header of a downloaded document: 发布日期 is the day of the document",
)
def day_that_a_database_names(stated: Stated) -> date | None:
    """What a database of laws gives as 发布日期."""
    match = _DATABASE_DATE.search(stated.page) if _DATABASE.search(stated.page) else None
    return _date(*match.groups()) if match else None


@PERIOD.rule(
    yes=(
        "某市方案(2020—2023年)\n一、任务\n落实。",
        "某市“十四五”规划\n一、任务\n落实。",
        "某市第十四个五年规划和二〇三五年远景目标纲要\n一、任务\n落实。",
        "某市2024年要点\n一、任务\n落实。",
    ),
    no=(
        "某市2023年总结和2024年要点\n一、任务\n落实。",
        "某市方案\n根据《纲要(2021-2035年)》制定。\n一、任务\n落实。",
    ),
    source="hefei-2020, weihai-2018, zhengzhou-2023, titles",
)
def years_of_a_title(stated: Stated) -> Period | None:
    """The years of the plan's own title, else of its notice's title.

    A five-year plan ends in 1955 + 5 n (十四五: 2025). A title with two single years has no period.
    """
    for group in reversed(stated.titles):
        title = _NOTE.sub("", _DATED.sub("", group))
        if match := _RANGE.search(title):
            return Period(match[0], int(match[1]), int(match[2]))
        if match := _FIVE_YEAR_PLAN.search(title):
            end = 1955 + 5 * int(number_value(match[1] or match[0][:-1]))
            return Period(match[0], end - 4, end)
        single = {match[1]: match[0] for match in _SINGLE.finditer(title)}
        if len(single) == 1:
            year, printed = single.popitem()
            return Period(printed, int(year), int(year))
    return None


@PERIOD.rule(
    yes=(
        "某市方案\n一、任务\n实施期限为2023年1月至2025年12月。",
        "某市规划\n一、任务\n规划期为2023—2030年。",
        "某市方案\n一、任务\n落实。\n二、实施期限\n2023年7月至2025年6月。",
        "某市方案\n现就2024年至2027年推进品牌和标准工作提出如下实施方案。\n一、任务\n落实。",
    ),
    no=(
        "某市方案\n现就落实《纲要(2021-2035年)》提出如下意见。\n一、任务\n2023年至2025年每年培训3次。",
        "某市2023年总结和2024年要点\n一、任务\n落实。",
    ),
    source="hefei-2020; usage of plans: 规划期, 实施期限",
)
def years_that_the_text_states(stated: Stated) -> Period | None:
    """The years behind 规划期 or 实施期限, or behind 现就 where a notice says what it is about."""
    if match := _STATED_PERIOD.search(stated.text):
        return Period(match[0], int(match[1]), int(match[2]))
    match = _ABOUT_YEARS.search(stated.text)
    return Period(match["years"], int(match[2]), int(match[3])) if match else None


def _validity(text: str) -> str | None:
    """Return how long the document is in force, from the sentence that says when it takes effect."""
    for match in _VALIDITY.finditer(text):
        start = max(text.rfind("。", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
        if _IN_FORCE.search(text, start, match.start()):
            return str(match[1] or match[2]).replace(" ", "")
    return None


def _date(year: str, month: str, day: str) -> date | None:
    digits = (c if c.isascii() else str(DIGITS[c]) for c in re.sub("[○Oo]", "0", year))
    try:
        return date(int("".join(digits)), int(number_value(month)), int(number_value(day)))
    except ValueError:
        return None
