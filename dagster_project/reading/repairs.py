"""Repairs of damage that copying does to a text: rules with evidence, each recorded, none silent.

A rule yields ``(start, end, after)`` for what it is sure of, and ``(start, end, None)`` for damage that can be read in
more than one way: that is left as printed, with a warning. Text outside a rule's evidence is never touched.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from dagster_project.reading.folding import simplify, splice
from dagster_project.reading.marks import mark_at
from dagster_project.reading.numerals import YEAR
from dagster_project.reading.rows import is_row, tabbed
from dagster_project.records import Repair, View
from dagster_project.rules import RuleTable

Edits: TypeAlias = Iterator[tuple[int, int, str | None]]
RepairRule: TypeAlias = Callable[[str], Edits]
#: What a rule has as its value says, in words for people, why its reading is right.
REPAIRS: RuleTable[RepairRule] = RuleTable("repair")

TAG = re.compile(
    r"(&(?:[a-zA-Z]{2,8}|#[0-9]{1,6}|#x[0-9a-fA-F]{1,5});)"
    r"|<(/?)(p|div|br|tr|li|h[1-6]|table|tbody|ul|ol|td|th|span|strong|font|b|i|u|em|a|img|o:p|center)\b[^<>]{0,400}>"
)
_BREAKINGTAGS = frozenset("p div br tr li table ul ol h1 h2 h3 h4 h5 h6".split())


@REPAIRS.rule(
    "mark-up of a web page in the text",
    yes=("培育专利&nbsp;组合,<br/>加强保护。",),
    no=("关于印发<专利转化方案>的通知",),
    source="HTML Living Standard, 13.1.4: named character references end in ;",
)
def html_leftover(text: str) -> Edits:
    """Read ``&nbsp;`` as a space, ``<br>`` as a line break, other known tags as nothing; ``<专利方案>`` is no tag."""
    for m in TAG.finditer(text):
        if m[1]:
            char = simplify(html.unescape(m[1]))
            if char != m[1]:
                yield *m.span(), char
        else:
            parts = m[2] and m[3] in {"td", "th"}
            yield *m.span(), "\n" if m[3] in _BREAKINGTAGS else "\t" if parts else ""


_GLYPH = re.compile(r"(?:\(cid:[0-9]{1,5}\))+")


@REPAIRS.rule(
    "glyphs of a font that does not say which characters they are",
    yes=("审批时限(cid:218)(cid:17)压减至5天。",),
    no=("客户编号(cid:待定)另行通知。",),
    source="ISO 32000-2, 9.10.2: without a ToUnicode map a glyph has no character; readers print (cid:n)",
)
def unmapped_glyph(text: str) -> Edits:
    """Take out ``(cid:218)``, what a PDF reader prints of a glyph whose character it cannot know."""
    for m in _GLYPH.finditer(text):
        yield *m.span(), ""


_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6} +(?=[^ \n])(?!Page|page)|<!--(?:[^-]|-(?!->)){0,400}-->"
    r"|\*\*(?=[^*\n]{1,200}\*\*)|(?<=[^*\n])\*\*(?!\*)",
    re.MULTILINE,
)


@REPAIRS.rule(
    "marks of Markdown",
    yes=("# 甲市专利条例\n第一条 为了**鼓励**创造。",),
    no=("#1 厂房", "满意度达到5*2分。"),
    source="CommonMark 0.31, 4.2 and 6.2: # opens a heading, ** strong emphasis",
)
def markdown_mark(text: str) -> Edits:
    """Take out ``#`` before a heading, ``**`` around words and comments."""
    opened = False
    for m in _MARKDOWN.finditer(text):
        if m[0] != "**":
            yield *m.span(), ""
            opened = False
        elif opened or re.match(r"[^*\n]{1,200}\*\*", text[m.end() : m.end() + 210]):
            yield *m.span(), ""
            opened = not opened


_CODE = re.compile(
    r"^ *(?://[^\n]*$|[\w$.]{1,30} ?(?:\(\{?|[:=] ?[{\[]) ?[}\])]*[,;]? *$|[\w$.]{1,30} ?[:=] ?`"
    r"|`? ?[)\]}]{1,3}[,;]? *$|` ?[,;]? *$)",
    re.MULTILINE | re.ASCII,
)


@REPAIRS.rule(
    "lines of a program around the text",
    yes=("Page({\n  data: {\n  text: `甲县关于支持产业发展的意见\n`,\n  }\n})",),
    no=("http://www.example.gov.cn\n联系人:张某",),
    source="ECMA-262, 13.2.5 and 13.2.8: object initializers and template literals",
)
def program_line(text: str) -> Edits:
    """Take out what a page's program puts around its text: ``Page({``, ``data: {``, ``text: ` ``, ``//create by …``."""
    found = list(_CODE.finditer(text))
    if sum("{" in m[0] or "`" in m[0] for m in found) >= 2:  # one such line may be a sign
        for m in found:
            if m[0].strip():
                yield *m.span(), ""


_ONE_LINE = 1_200  # characters; the longest paragraph of the five plans has 800
_ADDRESSEES = re.compile(
    r"^[^。:]{4,400}(?:政府|部门|单位|委会|局|机构|企业|院校|团体):(?=[《一-鿿])", re.MULTILINE
)
_SIGNED = re.compile(
    r"[。)](?P<office>(?:[一-鿿]{2,24}?(?:政府办公[室厅]|人民政府|委员会|领导小组|[局厅办])){1,4})(?P<date>(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)"
)
_NAMED = re.compile(
    r"《(?P<title>[^《》\n]{6,80})》(?=[^。]{0,60}(?:印发|同意|通过|发布))|印发《?(?P<bare>[^《》。\n]{6,80}?)》?的通知"
)


@REPAIRS.rule(
    "a text without line breaks: those around its title are put back",
    yes=(
        "各县人民政府,市政府各部门:《甲市质量奖管理办法》已经市政府同意,现印发你们,请遵照执行。甲市人民政府办公室2020年9月10日"
        "甲市质量奖管理办法第一章总则第一条为了提高质量,制定本办法。" + "第二条本办法适用于全市企业。" * 90,
    ),
    no=(
        "各县人民政府,市政府各部门:\n《甲市质量奖管理办法》已经市政府同意,现印发你们。\n甲市人民政府\n2020年9月10日\n甲市质量奖管理办法",
    ),
    source="GB/T 9704-2012, 7.3: addressees, signature, date and title stand on lines of their own",
)
def lost_line_breaks(text: str) -> Edits:
    """Put a line break behind the addressees, before and after signature and date, and behind the title of the plan."""
    longest = max(map(len, text.split("\n")), default=0)
    if longest < _ONE_LINE or longest < 0.6 * len(text):
        return
    ends = {m.end() - 1 for m in _ADDRESSEES.finditer(text, 0, 2_000)}
    signed = next(_SIGNED.finditer(text, 0, 6_000), None)
    if signed:
        ends |= {signed.start(), signed.end("office") - 1, signed.end() - 1}
        for named in _NAMED.finditer(text, 0, signed.start()):
            title = named["title"] or named["bare"]
            if text.startswith(title, signed.end()):
                ends.add(signed.end() + len(title) - 1)
    yield from ((at, at + 1, text[at] + "\n") for at in sorted(ends) if text[at + 1 : at + 2] != "\n")


_PAGE = re.compile(
    r"^ *(?:— ?[0-9]{1,3} ?—|- ?[0-9]{1,3} ?-|第 ?[0-9]{1,3} ?页(?:[ ,/]*共 ?[0-9]{1,3} ?页)?"
    r"|[#=\[(-]{0,5} ?[Pp]age ?[0-9]{1,4}(?: ?(?:of|/) ?[0-9]{1,4})? ?[:=\])-]{0,5}) *$",
    re.MULTILINE,
)
_BARE_PAGE = re.compile(r"^ *([0-9]{1,4}) *$", re.MULTILINE)
_PAGE_LENGTH = 250  # characters; a page of a document has 500 and more, rows of a table have far fewer


@REPAIRS.rule(
    "page number of a printed page",
    yes=("推动知识产权与产业融合发展\n\n— 3 —\n\n培育专利组合", "推动产业\n\n# Page 12:\n融合发展。"),
    no=(
        "2021\n2022\n2023",
        "——3家企业上市",
        "序号\n1\n甲机构\n2\n乙机构\n3\n丙机构",
    ),
    source="GB/T 9704-2012, 7.5: page numbers stand between two dashes on a line of their own",
)
def page_number(text: str) -> Edits:
    """Take out the line ``— 3 —`` with the empty lines around it: it stands in the middle of sentences.

    A number alone on its line is one of a page where at least three such lines count on by one, a page apart.
    """
    for m in sorted([*_PAGE.finditer(text), *_bare_pages(text)], key=lambda m: m.start()):
        if not m[0].strip():
            continue
        start, end = m.span()
        while start and text[start - 1] in " \n":
            start -= 1
        while end < len(text) and text[end] in " \n":
            end += 1
        yield start, end, "\n" if start and end < len(text) else ""


def _bare_pages(text: str) -> list[re.Match[str]]:
    runs: list[list[re.Match[str]]] = []
    for m in _BARE_PAGE.finditer(text):
        last = runs[-1][-1] if runs else None
        if last and int(m[1]) == int(last[1]) + 1 and m.start() - last.end() >= _PAGE_LENGTH:
            runs[-1].append(m)
        elif not last or int(m[1]) != int(last[1]) or len(runs[-1]) < 3:
            runs.append([m])
    return [m for run in runs if len(run) >= 3 for m in run]


_APART = re.compile(r"(?<=[0-9]) (?=[0-9])|(?<=[0-9]) (?=\.[0-9])|(?<=[0-9]\.) (?=[0-9])")


@REPAIRS.rule(
    "digits spaced apart by a scanner",
    yes=(
        "到2 0 0 5年 , 产值达到6 0 0亿元 ,装机容量达1 0 8 0万千瓦 ,比1 9 9 5年增长1 5 %。到2 0 1 0年达2 4 0 0万千瓦。",
    ),
    no=("指标 1 2 3 4 5\n到2005年,产值达到600亿元,增长20%以上,装机容量达1080万千瓦。",),
    source="text recognition keeps the gaps of figures that were set apart in print",
)
def spaced_digits(text: str) -> Edits:
    """Close up ``2 0 0 5年`` where a text writes its numbers so: most of its digits stand apart from the next."""
    apart, together = len(re.findall(r"[0-9] (?=[0-9])", text)), len(re.findall(r"[0-9](?=[0-9])", text))
    if apart < 12 or together > apart / 4:
        return
    yield from ((*m.span(), "") for m in _APART.finditer(text))


_DATES_APART = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2} {0,2}年(?: {0,2}[0-9]{1,2} {0,2}月(?: {0,2}[0-9]{1,2} {0,2}日)?)?"
    r"|(?<![0-9])[0-9]{1,2} {0,2}月 {0,2}[0-9]{1,2} {0,2}日"
    r"|[〔\[](?:19|20)[0-9]{2}[〕\]] {0,2}第? {0,2}[0-9]{1,4} {0,2}号"
)


@REPAIRS.rule(
    "space inside a date or a document number",
    yes=("甲市人民政府\n2023 年5 月17 日", "甲政办发〔2023〕11 号"),
    no=("1 号楼 2 号楼", "第一条 2023年起施行"),
    source="GB/T 9704-2012, 7.3.5.4 and 7.2.5: a date and a document number are written without spaces",
)
def date_gap(text: str) -> Edits:
    """Close up ``2023 年5 月17 日`` and ``〔2023〕11 号`` on any line; `stray_space` needs a sentence."""
    for m in _DATES_APART.finditer(text):
        for gap in re.finditer(" +", m[0]):
            yield m.start() + gap.start(), m.start() + gap.end(), ""


_CLOSED = frozenset("。;:!?")
_LINE_START = re.compile(
    r"(?:[(【\[]?[牵责配主负协参支承落]\S{1,7}[:]|附件|《|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日 *$)"
)
# A line that ends so goes on with a title or a quotation, and what begins so has one before it.
_GOES_ON = re.compile(r"(?:[发布定据照对和及与按将为《、,]|印发的|[一-鿿]的|关于|深化|落实|贯彻)$")
_FOLLOWS = re.compile(
    r"的(?:通知|意见|要求|决定|规定)|[和与及、,]|精神|要求|等(?:文件|规定|要求|政策|精神)?|已经|有关|相关|规定|中[的,]|[(（]"
)
_UNITS = "年月日%件个家项万亿元名人倍次种条批单类亩户"


def _width(line: str) -> float:
    return sum(0.5 if c.isascii() else 1.0 for c in line)


@REPAIRS.rule(
    "line broken inside a sentence, a title or a number",
    yes=(
        "推动知识产权与产业深度融合发展,新增发明专利4\n0件。",
        "推动知识产权与产业深度融合发展,<br/>加强保护。",
        "推动知识产权与产业深度融合发展,\n— 3 —\n加强保护。",
    ),
    no=("1.开展专利导航示范项目\n出台专利导航实施相关政策。",),
    after=(
        "html_leftover",
        "page_number",
    ),
    source="ISO 32000-2, 9.4: the text of a PDF is placed line by line, so a copy has the breaks of the print",
)
def hard_wrap(text: str) -> Edits:
    """Join lines that were broken inside a sentence or a number, e.g. ``新增发明专利4⏎0件``.

    Evidence is either in the characters at the break (a digit on both sides, a comma before it, closing
    punctuation behind it, a number that stands alone) or in the layout: no line of the text is longer than the
    lines that end without punctuation, and these are of one width.
    """
    lines = [(m.start(), m.start() + len(m[0].rstrip())) for m in re.finditer(r"[^ \n][^\n]*", text)]
    open_lines = [
        _width(text[a:b])
        for (a, b), (c, _) in pairwise(lines)
        if b - a >= 16 and text[b - 1] not in _CLOSED and text.count("\n", b, c) == 1
    ]
    # Where lines end at marks, too (PDFs break before 《 and after a comma), the full lines are still the most common.
    width = (
        max(Counter(map(round, open_lines)).items(), key=lambda item: item[::-1])[0]
        if len(open_lines) >= 4
        else 0
    )
    regular = (
        width >= 18
        and sum(abs(w - width) <= 2.5 for w in open_lines) >= 0.5 * len(open_lines)
        and sum(b - a > width + 4 and _width(text[a:b]) > width + 4 for a, b in lines) <= 0.02 * len(lines)
    )
    for (a, b), (c, d) in pairwise(lines):
        last, first = text[b - 1], text[c]
        if (
            last in _CLOSED
            or text.count("\n", b, c) != 1
            or mark_at(text, c, d)
            or (_LINE_START.match(text, c, d) and not _GOES_ON.search(text, a, b))
        ):
            continue
        mark = mark_at(text, a, b)
        if (
            (mark is not None and mark.end == b)
            or (b - a >= 8 and (last in ",、(《“" or first in ",、。;)》”%〕"))
            or (first in "《“" and _GOES_ON.search(text, a, b))
            or (last in "》”" and _FOLLOWS.match(text, c, d))
            or (b - a >= 8 and last.isdigit() and (first.isdigit() or first in _UNITS) and d - c >= 2)
            or (regular and abs(_width(text[a:b]) - width) <= 2.5)
        ):
            yield b, c, ""


_COUNT_UNITS = "%|万元|亿元|万件|元|件|家|个|项|人|名"
_FIGURES = re.compile(rf"(?<![0-9.每])([0-9]+(?:\.[0-9]+)?({_COUNT_UNITS}))(?:[0-9]+(?:\.[0-9]+)?\2)+")


@REPAIRS.rule(
    "figures of one unit with nothing between them: a 、 was lost",
    yes=(
        "分别增长203.5%83.6%。",
        "全市申请量和授权量分别增长203.5%8\n3.6%。",
    ),
    no=("增长20%以上,占比1.5%。",),
    after=("hard_wrap",),
)
def lost_separator(text: str) -> Edits:
    """Put 、 between figures of one unit that stand together: ``203.5%83.6%`` → ``203.5%、83.6%``."""
    for m in _FIGURES.finditer(text):
        yield *m.span(), re.sub(rf"({m[2]})(?=[0-9])", r"\1、", m[0])


_DATE = re.compile(
    rf"(?<![0-9.])(?P<y>{YEAR})(?:年(?P<a>[0-9]{{2,4}})|(?P<m>[0-9]{{1,2}})月(?P<d>[0-9]{{1,2}})|(?P<b>[0-9]{{2,4}}))日"
)
_MONTHS = re.compile(
    rf"(?<![0-9.])(?:(?P<y1>{YEAR})年?(?P<m1>[0-9]{{1,2}})月?(?P<to>[-—~至到]))?"
    rf"(?P<y2>{YEAR})年?(?P<m2>[0-9]{{1,2}})月"
)


@REPAIRS.rule(
    "year and month without 年, 月: the calendar allows one reading",
    yes=(
        "2021415日前报备。",
        "各区于20214-202310月开展试点。",
        "请各区各有关单位务必于20214\n15日前报备。",
    ),
    no=(
        "资金2021412元。",
        "2021年11月-2021年3月",
        "2021111日前报备。",
    ),
    after=("hard_wrap",),
    source="GB/T 9704-2012, 7.3.5.4: dates of issue are written with 年, 月, 日; hebei-2021, signature",
)
def lost_date_characters(text: str) -> Edits:
    """Put 年 and 月 back: ``2021415日`` → 2021年4月15日, ``20214-202310月`` → 2021年4月-2023年10月.

    The calendar decides where the digits part (41/5 is no date), the order of a range whether it is one; ``2021111日``
    (1/11 or 11/1) is left as printed.
    """
    for m in _DATE.finditer(text):
        digits = m["a"] or m["b"]
        parts = [(digits[:i], digits[i:]) for i in (1, 2)] if digits else [(m["m"], m["d"])]
        read = [f"{m['y']}年{month}月{day}日" for month, day in parts if _is_date(m["y"], month, day)]
        if read:
            yield *m.span(), read[0] if len(read) == 1 else None
    for m in _MONTHS.finditer(text):
        ends = [(int(m["y2"]), int(m["m2"]))]
        if m["to"]:
            ends.insert(0, (int(m["y1"]), int(m["m1"])))
        if all(1 <= month <= 12 for _, month in ends) and ends == sorted(ends):
            after = f"{m['y2']}年{m['m2']}月"
            yield *m.span(), f"{m['y1']}年{m['m1']}月{m['to']}{after}" if m["to"] else after


def _is_date(year: str, month: str, day: str) -> bool:
    if not day or (len(month) == 1 and day[0] == "0"):  # 2021105日 is no 1/05
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


_NUMBER = re.compile(
    rf"(?P<open>[〔\[])(?P<y>{YEAR})(?P<n>[0-9]{{1,4}})号|(?<=[一-鿿])(?P<y2>{YEAR})〕(?P<n2>[0-9]{{1,4}})号"
)


@REPAIRS.rule(
    "document number with one bracket only",
    yes=(
        "(财办建〔202123号)",
        "根据有关文件(财办建〔2021\n23号)",
    ),
    no=("(国发〔2015〕71号)",),
    after=("hard_wrap",),
    source="GB/T 9704-2012, 7.2.5: the year of a document number stands in 〔〕; hebei-2021, notice",
)
def lost_bracket(text: str) -> Edits:
    """Put back the bracket of a document number: ``财办建〔202123号`` → ``财办建〔2021〕23号``."""
    for m in _NUMBER.finditer(text):
        if m["open"]:
            yield *m.span(), f"{m['open']}{m['y']}{'〕' if m['open'] == '〔' else ']'}{m['n']}号"
        else:
            yield *m.span(), f"〔{m['y2']}〕{m['n2']}号"


_QUESTION = re.compile(
    rf"(?<=[“‘\"])(?:1[0-2]|[1-9])(\?)(?:3[01]|[12][0-9]|[1-9])(?=[”’\"])|{YEAR}年?(\?){YEAR}年"
)


@REPAIRS.rule(
    "? for a sign that an encoding lost",
    yes=(
        "以“4?26”为契机",
        "2021?2025年实施",
        "以一年一度的主题宣传“1\n2?4”为契机",
    ),
    no=("完成了吗?26家企业。",),
    after=("hard_wrap",),
    source="GB/T 15834-2011, 4.14: 4·26 is written with an interpunct; weihai-2018",
)
def mojibake(text: str) -> Edits:
    """Read the ? that an encoding left of a sign: ``“4?26”`` → ``“4·26”``, ``2021?2025年`` → ``2021—2025年``."""
    for m in _QUESTION.finditer(text):
        at = m.start(1) if m[1] else m.start(2)
        yield at, at + 1, "·" if m[1] else "—"


_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-zA-Z0-9-]{1,40}\.){1,4}(?:com|cn|net|org|info|cc|top)(?![a-zA-Z0-9.@/])"
)
_ADDRESS_CUE = re.compile(r"网址|网站|官网|邮箱|登[录陆]|访问|平台|系统|浏览|http|[@:(<“]$")


@REPAIRS.rule(
    "web address stuck to Chinese text",
    yes=(
        "由各部门落实。www.example.com",
        "培育企业、高校、科研院所、\nwww.example.com服务机构。",
    ),
    no=("登录www.example.gov.cn查询。",),
    after=("hard_wrap",),
    source="hefei-2020, the address of the page it was copied from",
)
def watermark(text: str) -> Edits:
    """Take out a web address stuck to Chinese text at a line's end or inside a sentence: ``…等)www.example.com⏎``.

    An address that the text names (``登录www.example.gov.cn``, ``网址:…``) stays.
    """
    for m in _ADDRESS.finditer(text):
        before, after = text[max(0, m.start() - 8) : m.start()], text[m.end() : m.end() + 1]
        stuck = before[-1:] > "\u2e80" or before[-1:] in set(".,;)")
        if (
            before.strip()
            and stuck
            and (after in {"", "\n"} or after > "\u2e80")
            and not _ADDRESS_CUE.search(before)
        ):
            yield *m.span(), ""


_GAP = re.compile(r"(?<=[一-鿿]) {1,2}(?=[一-鿿])|(?<=[一-鿿]) {1,2}(?=[0-9])|(?<=[0-9%]) {1,2}(?=[一-鿿])")
_TITLE_MARK = re.compile(r"《[^《》\n]{0,150}$")
_OFFICE = frozenset("局委厅府部院办会")


@REPAIRS.rule(
    "space inside a word of running text or beside a figure",
    yes=(
        "到 2025 年,培育 50 家企业。",
        "到 2025 年末全市培育企业5\n0家,建设园区3个。",
    ),
    no=("组 长:张海波 市委副书记、市长",),
    after=("hard_wrap",),
)
def stray_space(text: str) -> Edits:
    """Close a gap inside a word of running text (``组 织行业协会``) or beside a figure (``到 2025 年``).

    Running text has sentence punctuation in its line: lists of names (``张 伟``) and pairs of authorities have
    none. Two characters are one word if the text has them together elsewhere, twice or more; a gap inside 《》 parts
    the halves of a title, one after an office the names of a list, one beside a number of the outline its heading.
    """
    gaps = list(_GAP.finditer(text))
    if not gaps:
        return
    pairs = {
        text[m.start() - 1] + text[m.end()] for m in gaps
    }  # counted one by one where they are few: that is faster
    together = {p: text.count(p) for p in pairs} if len(pairs) < 50 else Counter(map("".join, pairwise(text)))
    line_start = line_end = -1
    running, mark = False, None
    for m in gaps:
        if m.start() > line_end:
            line_start = text.rfind("\n", 0, m.start()) + 1
            line_end = text.find("\n", m.start()) % (len(text) + 1)
            line = text[line_start:line_end]
            running = any(c in line for c in ",。;")
            mark = mark_at(text, line_start + len(line) - len(line.lstrip()), line_end)
        left, right = text[m.start() - 1], text[m.end()]
        if not running or (mark is not None and m.start() <= mark.end) or mark_at(text, m.end(), line_end):
            continue
        if left.isdigit() or left == "%" or right.isdigit():
            if not re.search(
                r"第[一二三四五六七八九十百]+[条章节编]$", text[max(0, m.start() - 8) : m.start()]
            ):
                yield *m.span(), ""
        elif (
            together[left + right] >= 2
            and left not in _OFFICE
            and not _TITLE_MARK.search(text, max(0, m.start() - 150), m.start())
        ):
            yield *m.span(), ""


def _joins_cells(text: str, start: int, end: int, after: str | None) -> bool:
    """Say whether an edit takes out what parts two cells, or the end of a row."""
    if after is None or text[start:end].strip() or "\n" in after:
        return False
    if "\n" not in text[start:end]:
        return "\t" in text[start:end]
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return is_row(line)


def repair(view: View) -> tuple[View, tuple[Repair, ...], tuple[str, ...]]:
    """Return the repaired view, what was repaired (in order of the text), and warnings on ambiguous damage.

    Each rule sees the text as the rules before it left it; where two finds of one overlap, the first to start counts.
    """
    repairs: list[Repair] = []
    warnings: list[str] = []
    for rule in REPAIRS:
        edits: list[tuple[int, int, str]] = []
        printed = tabbed(view)
        for start, end, after in sorted(rule.apply(view.text), key=lambda edit: edit[:2]):
            before, raw_span = view.text[start:end], view.raw_span(start, end)
            if (
                (edits and start < edits[-1][1])
                or after == before
                or _joins_cells(printed, start, end, after)
            ):
                continue
            if after is None:
                warnings.append(
                    f"{before} at {raw_span[0]} can be read in more than one way: left as printed"
                )
            else:
                edits.append((start, end, after))
                repairs.append(Repair(*raw_span, rule.name, view.raw[slice(*raw_span)], after, rule.value))
        if edits:
            view = splice(view, edits)
    return view, tuple(sorted(repairs, key=lambda r: (r.char_start, r.char_end))), tuple(warnings)
