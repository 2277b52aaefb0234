"""Repairs of damage that copying does to a text: rules with evidence, each recorded, none silent.

A rule yields ``(start, end, after)`` for what it is sure of, and ``(start, end, None)`` for damage that can be read in
more than one way: that is left as printed, with a warning. Text outside a rule's evidence is never touched.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import islice, pairwise
from typing import TypeAlias

from dagster_project.reading.agencies import LABEL
from dagster_project.reading.cells import breaks_in_cells, merged_cells
from dagster_project.reading.folding import simplify, splice
from dagster_project.reading.layout import TYPES, is_title
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


_ESCAPED = re.compile(r"\\\\?(?:r\\\\?n|[nrt])(?![a-zA-Z])|\\\\?\\(?=[\"'])")
_MANY_ESCAPED = 4  # a text has a handful of paragraphs at least; a single \n may be a path or a formula


@REPAIRS.rule(
    "line breaks written as a program writes them",
    yes=("一、目标\\n培育企业。\\r\\n二、任务\\n建设园区。\\n三、保障\\n落实资金。",),
    no=("软件装在C:\\net目录,设n=3。",),
    source="ECMA-404, 9: a line feed in a string is written \\n, a carriage return \\r",
)
def escaped_break(text: str) -> Edits:
    r"""Read ``\n`` and ``\r\n`` as line breaks, ``\t`` as a space, where a text has many and few breaks of its own."""
    found = list(_ESCAPED.finditer(text))
    if sum("n" in m[0] or "r" in m[0] for m in found) < max(_MANY_ESCAPED, text.count("\n")):
        return
    for m in found:
        yield *m.span(), "\n" if m[0][-1] in "nr" else " " if m[0][-1] == "t" else ""


_INSERT = re.compile(
    r"^[ (]*INSERT INTO [^\n()]{1,80}(?:\([^()\n]{0,400}\))? *(?:VALUES?)? *"
    r"|^ *(?:VALUES? *)?\((?:(?:[0-9]+|NULL|'[^'\n]{0,200}'|\"[^\"\n]{0,200}\") *, *){1,12}['\"]?"
    r"(?=[^'\"\n]{2,200}\n|[^'\"\n]{80})"
    r"|['\"](?: *, *(?:[0-9]+|NULL|'[^'\n]{0,80}'|\"[^\"\n]{0,80}\")){0,20} *\) *[,;] *$",
    re.MULTILINE,
)


@REPAIRS.rule(
    "a row of a database around the text",
    yes=(
        "INSERT INTO `news` VALUES\n(7, '甲市办法', '甲市办法\n第一条 激励创造。\n第二条 奖励3000元。', 1);",
        "INSERT INTO `news` VALUES\n(7, '甲市专利办法', '第一条 激励创造。\n第二条 奖励3000元。', 1);",
    ),
    no=("(1, 2, 3)三档分别奖励50万元、30万元、10万元,由市财政局按年度预算安排,专款专用,接受监督。",),
    source="ISO/IEC 9075-2, 14.11: insert statement",
)
def database_row(text: str) -> Edits:
    """Take out what a dump of a database puts around a text: ``INSERT INTO … VALUES``, the other columns of its row.

    A title among these stays if the text does not print it again.
    """
    if "INSERT INTO" in text:
        for m in _INSERT.finditer(text):
            yield *m.span(), "".join(_kept(value[1], text, m.end()) for value in _SQL_VALUE.finditer(m[0]))


_SQL_VALUE = re.compile(r"['\"]([^'\"\n]{4,120})['\"]")
_NUMBER_VALUE = re.compile(rf"[一-鿿]{{1,12}} ?[〔\[]{YEAR}[〕\]] ?第?[0-9]{{1,5}}号")


def _kept(value: str, text: str, end: int) -> str:
    """Return the line that a value of a record leaves: a title or a number that the text behind does not print."""
    said = is_title(value) or _NUMBER_VALUE.fullmatch(value)
    return f"{value}\n" if said and text.find(value, end, end + 2_000) < 0 else ""


_RECORD_START = re.compile(r"[ \n]*[\[{]+[ \n]*\"\w")
_RECORD = re.compile(
    r"(?P<open>(?:^ *|\"\w{1,30}\" *: *)[\[{]+[ \n]*(?=\"\w{1,30}\" *:))"
    r"|(?P<field>\"(?P<key>\w{1,30})\" *: *(?:\"(?P<value>[^\"\n]{0,120})\"|-?[0-9.]+|null|true|false)"
    r"[ \n]*(?:,[ \n]*|(?=[}\]])))"
    r"|(?P<text>\"\w{1,30}\" *: *\")|(?P<between>\" *,[ \n]*(?=\"\w{1,30}\" *:))|(?P<close>\"?[ \n]*[}\]]+ *,? *$)",
    re.MULTILINE,
)


@REPAIRS.rule(
    "a record of a program around the text",
    yes=(
        '{"title":"甲市办法","id":7,"content":"第一条 激励。\\n第二条 奖励3000元。\\n第三条 落实。\\n第四条 施行。"}',
        '{"id":7,"title":"甲市专利办法","body":"甲市专利办法\n第一条 激励创造。\n第二条 奖励3000元。"}',
        '{"code":0,"data":{"title":"甲市专利办法","text":"第一条 激励创造。\n第二条 奖励3000元。"}}',
    ),
    no=('"甲方":"乙方"的比例为3:7。', "{甲市专利办法}\n[1]落实。"),
    source="ECMA-404, 6: an object is pairs of a name and a value in braces",
)
def data_record(text: str) -> Edits:
    """Take out the names and short values of a JSON object around a text; what is its title or number may stay.

    What a Chinese name says (``"发文机关":"某市政府"``) becomes a line of its own.
    """
    if not _RECORD_START.match(text):
        return
    for m in _RECORD.finditer(text):
        is_named = m["key"] and m["value"] and "\u4e00" <= m["key"][0] <= "\u9fff"
        if is_named:
            yield m.start(), m.start("key"), ""
            yield m.end("key"), m.start("value"), ":"
        elif m["value"] and _kept(m["value"], text, m.end()):
            yield m.start(), m.start("value"), ""
        else:
            yield *m.span(), "\n" if m["between"] else ""
            continue
        yield m.end("value"), m.end(), "\n"


_FIELD_NAMES = ("PAGE", "HYPERLINK", "TOC ", "MERGEFORMAT")
_FIELD_CODE = re.compile(
    r"(?:HYPERLINK +\\l +\"?_Toc[0-9]+\"? *)?[^\n\"\\]{0,80}PAGEREF +_Toc[0-9]+(?: +\\[hpz*]+)* *[0-9]{0,4}"
    r"|\{? *\bTOC(?: +\\[a-z](?: +\"[^\"\n]{0,20}\")?)+ *\}?"
    r"|\{? *\bHYPERLINK +(?:\\l +)?\"[^\"\n]{0,200}\"(?: +\\[a-z]+(?: +\"[^\"\n]{0,80}\")?)* *\}?"
    r"|\{? *\b(?:NUMPAGES|PAGE|SECTIONPAGES)\b(?: +\\\\?\*? *(?:MERGEFORMAT|Arabic))* *\}?(?= *[0-9第页共/]|\n|$)"
    r"|\{? *\b(?:SEQ|REF|DATE|TIME|EQ|FORMTEXT|INCLUDEPICTURE)\b[^\n{}一-鿿]{0,120}\\\\?\* *MERGEFORMAT(?:INET)? *\}?",
    re.MULTILINE,
)


@REPAIRS.rule(
    "a field code of Word",
    yes=(
        'TOC \\o "1-3" \\h \\z \\u\n一、目标 PAGEREF _Toc1234567 \\h 2\n甲市专利规划\n一、目标\n授权专利50件。',
        "第 PAGE 5 页 共 NUMPAGES 9 页\n培育企业3家。",
        '详见 HYPERLINK "http://www.example.gov.cn" 市政府网站。',
    ),
    no=("开发单页(HOME PAGE)展示系统3套,PAGE的排版由设计单位负责。",),
    source="ISO/IEC 29500-1, 17.16: fields (TOC, PAGEREF, HYPERLINK, PAGE, NUMPAGES)",
)
def word_field(text: str) -> Edits:
    """Take out the codes of Word's fields; an entry of a table of contents goes with its code."""
    if any(name in text for name in _FIELD_NAMES):
        for m in _FIELD_CODE.finditer(text):
            yield *m.span(), ""


_NO_TEXT = re.compile(
    r"\(cid:[0-9]{1,5}\)|[!#$&*@\\^`{}|~=;?<>\[\]'’\"%+]|[\u00a1-\u024f\u02b0-\u02ff\ufb00-\ufb06]"
)
_CHINESE_WORDS = re.compile(r"(?P<first>[一-鿿])(?!(?P=first))[一-鿿]{2}")
_FEW_SIGNS, _SHORT_LINE, _GARBLED_LINES = 3, 4, 5


def _is_garbled(line: str) -> bool:
    signs = _NO_TEXT.findall(line)
    return (
        len(signs) >= _FEW_SIGNS
        and 4 * sum(map(len, signs)) >= len(line.replace(" ", ""))
        and not _CHINESE_WORDS.search(line)
    )


def _may_be_garbled(line: str) -> bool:
    is_short = len(line.replace(" ", "")) <= _SHORT_LINE
    return (is_short or _NO_TEXT.search(line) is not None) and not _CHINESE_WORDS.search(line)


@REPAIRS.rule(
    "lines in a font that does not say which characters they are",
    yes=(
        "附图\n30!#$%&\n报\n(cid:12)3v#(cid:137)4v#*\n府\n(cid:2)3:2%;)$1!\n(cid:3)#4*R=&8\n+ 1 +\n(cid:9)*(cid:2))&5",
    ),
    no=(
        "K=0.5*(A+B)/2\nA=a1+a2\nB=b1+b2\nC=[c1]*2%\nD=2^3;\nE={1,2}",
        "审批时限(cid:218)(cid:17)压减至5天。\n" * 6,
    ),
    source="ISO 32000-2, 9.10.2: without a ToUnicode map a glyph has no character; its codes print as any sign",
)
def garbled_lines(text: str) -> Edits:
    """Take out a run of lines of which a PDF reader could print codes alone, among them ``(cid:218)``.

    Such lines have no word, but many signs; single characters of a watermark may stand on lines between them.
    """
    if "(cid:" not in text:
        return
    run: list[re.Match[str]] = []
    garbled = 0
    for m in [*re.finditer(r"[^\n]+", text), None]:
        if m and _is_garbled(m[0]):
            run.append(m)
            garbled += 1
        elif m and run and _may_be_garbled(m[0]):
            run.append(m)
        elif run:
            while not _is_garbled(run[-1][0]):
                run.pop()
            if garbled >= _GARBLED_LINES and any("(cid:" in line[0] for line in run):
                yield run[0].start(), run[-1].end(), ""
            run, garbled = [], 0


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
    r"\A---\n(?>[\w-]{1,30}:[^\n]{0,200}\n|[ -][^\n]{0,200}\n){1,30}---(?=\n)"
    r"|^ {0,3}#{1,6} +(?=[^ \n])(?!Page|page)|<!--(?:[^-]|-(?!->)){0,400}-->"
    r"|^ {0,3}>+ (?=[一-鿿*#\[“《(])"
    r"|!?\[(?=[^\[\]\n]{1,80}\]\((?:https?://|\.{0,2}/|#)[^()\n]{1,300}\))|(?<=[^\n])\]\((?:https?://|\.{0,2}/|#)[^()\n]{1,300}\)"
    r"|\*\*(?=[^*\n]{1,200}\*\*)|(?<=[^*\n])\*\*(?!\*)",
    re.MULTILINE,
)


@REPAIRS.rule(
    "marks of Markdown",
    yes=(
        "# 甲市专利条例\n第一条 为了**鼓励**创造。",
        "---\ntags: [科技]\n---\n甲市专利条例\n第一条 鼓励创造。",
        "> 发文机关:甲市科技局\n甲市专利条例",
        "详见[实施细则](./rules.md)。",
    ),
    no=("#1 厂房", "满意度达到5*2分。", "占比>50%的企业", "〔2020〕(一)项", "[2020](第3号)"),
    source="CommonMark 0.31, 4.2, 5.1, 6.2, 6.3: # opens a heading, > a quotation, ** strong emphasis, [] a link",
)
def markdown_mark(text: str) -> Edits:
    """Take out ``#`` before a heading, ``>`` before a quotation, ``**`` around words, links, comments, front matter."""
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
    r"|`? ?[)\]}]{1,3}[,;]? *$|` ?[,;]? *$"
    r"|(?:const|let|var|import|return) [^\n一-鿿]{0,200}$|\w{1,30} ?: ?(?:\[[^\n]{0,200}\]|\{[^\n]{0,200}\}),? *$"
    r"|(?:function )?\w{1,30}\([^()\n一-鿿]{0,60}\) ?\{[^\n一-鿿]{0,80}\}?,? *$)",
    re.MULTILINE | re.ASCII,
)


@REPAIRS.rule(
    "lines of a program around the text",
    yes=(
        "Page({\n  data: {\n  text: `甲县关于支持产业发展的意见\n`,\n  }\n})",
        "const app = getApp()\nPage({\n  tabs: ['正文'],\n  text: `甲县意见\n一、支持产业。`\n  onShow() {}\n})",
    ),
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
_SHORT_ONE_LINE = 200  # of a text that is one line as a whole
_ADDRESSEES = re.compile(
    r"(?:^|[\n )号])[^。: \n]{2,20}(?:[、,][^。:\n]{2,400})?"
    r"(?:政府|部门|单位|委会|局|厅|机构|企业|院校|团体):(?= {0,40}[《一-鿿])"
)
_OFFICES = r"(?:[一-鿿]{2,24}?(?:政府办公[室厅]|人民政府|委员会|领导小组|[局厅办]) {0,40}){1,7}"
_SIGNED = re.compile(
    rf"(?<=[。)]) {{0,40}}(?P<office>{_OFFICES})?"
    r"(?P<date>(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月[0-9]{1,2}|[0-9]{2,4})日)"
    r" {0,40}(?P<note>\([^()]{2,20}\) {0,40})?(?= {0,40}[一-鿿]{2,}|[一第(]|[0-9]{4}年|$)"
)
_NAMED = re.compile(
    r"《(?P<title>[^《》\n]{6,80})》(?=[^。]{0,60}(?:印发|同意|通过|发布))|印发《?(?P<bare>[^《》。\n]{6,80}?)》?的通知"
)
_NUMBERED = (
    r"(?![的和及]|[^〔\[]*(?:通知|意见|公告|决定|办法|措施|方案|政策|规定))[一-鿿]{1,10} ?"
    r"[〔\[](?:19|20)[0-9]{2}[〕\]] ?第?[0-9]{1,4}号"
)
_FIRST_WORDS_OF_TEXT = rf"为|根据|按照|依据|第一[编章条]|一、|——|各[^。:\n]{{2,300}}:|\(?{_NUMBERED}"
_HEADED = re.compile(  # a title at the head of a text, with its parentheses and number
    rf"(?P<title>[^。:;\n]{{2,120}}?(?:{TYPES})(?<!若干)(?: ?\((?![^()]*月)[^()]{{1,20}}\))?)(?! ?\([^()]*\)》?的)"
    rf"(?P<note> ?\([^()]{{0,30}}月[^()]{{2,30}}\))? {{0,40}}(?=(?:{_FIRST_WORDS_OF_TEXT}))"
    rf"\(?(?P<number>{_NUMBERED}\)?)?"
)
_SPEECH = re.compile(
    r"[会大]上(?:的报告)? ?(?P<speaker>[^。:\n]{0,24}?)(?P<address>(?:各位代表|同志们|各位委员):)"
)
_FOLLOWS_TITLE = re.compile(
    r"(?: {0,40}\([^()\n]{1,20}\))? {0,40}(?=为|根据|按照|依据|近年来|第一[编章条]|一、)"
)


@REPAIRS.rule(
    "a text without line breaks: those around its title are put back",
    yes=(
        "各县人民政府,市政府各部门:《甲市质量奖管理办法》已经市政府同意,现印发你们,请遵照执行。甲市人民政府办公室2020年9月10日"
        "甲市质量奖管理办法第一章总则第一条为了提高质量,制定本办法。" + "第二条本办法适用于全市企业。" * 90,
        "甲市人民政府关于印发甲市质量奖管理办法的通知 甲政发〔2020〕3号 各县人民政府:"
        "《甲市质量奖管理办法》已经市政府同意,现印发你们。 甲市人民政府 2020年9月10日 (有删减) 甲市质量奖管理办法 "
        + "第一条 为了提高质量,制定本办法。 第二条 奖金10万元。 第三条 本办法由市市场监管局负责解释。"
        * 2,
    ),
    no=(
        "各县人民政府,市政府各部门:\n《甲市质量奖管理办法》已经市政府同意,现印发你们。\n甲市人民政府\n2020年9月10日\n甲市质量奖管理办法",
        "一、各县人民政府:" + "按照《甲市质量奖管理办法》做好工作。" * 30 + "\n二、按时报送。",
    ),
    source="GB/T 9704-2012, 7.3: title, addressees, signature, date stand on lines of their own",
)
def lost_line_breaks(text: str) -> Edits:
    """Put a line break behind the title and number of a notice, its addressees, before and after signature and date.

    Others stand around the title of the plan, which the notice names, and around the beginning of a speech.
    """
    lines = text.split("\n")
    longest = max(map(len, lines), default=0)
    alone = longest >= _SHORT_ONE_LINE and not any(line.strip() for line in lines if len(line) < longest)
    if not alone and (longest < _ONE_LINE or longest < 0.6 * len(text)):
        return
    ends = {*_ends_of_head(text), *_ends_of_signature(text), *_ends_of_title(text)}
    yield from (
        (at, at + 1, text[at] + "\n") for at in sorted(ends) if text[at + 1 : at + 2] not in {"\n", ""}
    )


def _ends_of_head(text: str) -> Iterator[int]:
    """Yield the last characters of title, number and addressees, or of the words around the beginning of a speech."""
    start = next((at for at in range(len(text)) if text[at] not in " \n"), 0)
    if headed := _HEADED.match(text, start):
        yield from (headed.end(group) - 1 for group in ("title", "note", "number") if headed[group])
    addressees = (m for m in _ADDRESSEES.finditer(text, 0, 2_000) if not LABEL.search(m[0]))
    yield from (m.end() - 1 for m in islice(addressees, 1))
    if speech := _SPEECH.search(text, 0, 500):
        yield from (at - 1 for at in (speech.start("speaker"), speech.start("address"), speech.end()))


def _ends_of_signature(text: str) -> Iterator[int]:
    """Yield the last characters before a signature, of its offices, its date and the note behind."""
    signed = next(_SIGNED.finditer(text, 0, 6_000), None)
    if signed:
        yield signed.start() - 1
        yield signed.end() - 1
        if signed["office"]:
            yield signed.end("office") - 1
        if signed["note"]:
            yield signed.start("note") - 1


def _ends_of_title(text: str) -> Iterator[int]:
    """Yield the last characters before and of the title that a notice names, where it stands above its text."""
    for named in _NAMED.finditer(text, 0, 3_000):
        title = (named["title"] or named["bare"]).split("(")[0].rstrip()
        at = text.find(title, named.end(), named.end() + 4_000)
        while at >= 0 and not (below := _FOLLOWS_TITLE.match(text, at + len(title))):
            at = text.find(title, at + 1, named.end() + 4_000)
        if at > 0 and below and text[at - 1] not in "《〈“":
            yield at - 1
            yield below.end() - 1


_PAGE = re.compile(
    r"^ *(?:— ?[0-9]{1,3} ?—|- ?[0-9]{1,3} ?-|第 ?[0-9]{1,3} ?页(?:[ ,/]*共 ?[0-9]{1,3} ?页)?"
    r"|[#=\[(-]{0,5} ?[Pp]age ?[0-9]{1,4}(?: ?(?:of|/) ?[0-9]{1,4})? ?[:=\])-]{0,5}) *$",
    re.MULTILINE,
)
_BARE_PAGE = re.compile(r"^ *([0-9]{1,4}) *$", re.MULTILINE)
_PAGE_LENGTH = 250  # characters; a page of a document has 500 and more, rows of a table have far fewer


_HEAD = re.compile(
    r"^ *(?:(?P<a>[0-9]{1,3}) +(?=[一-鿿]))?(?P<words>[^ \n][^\n。;:!?]{3,58}?[^ \n。;:!?,、])"
    r"(?: +(?P<b>[0-9]{1,3}))? *$",
    re.MULTILINE,
)
_FIRST_WORDS = 2_000  # characters; where the title of a document stands


@REPAIRS.rule(
    "title printed again at the head of a page",
    yes=(
        "甲省海洋规划\n一、目标\n培育企业。\n— 1 —\n甲省海洋规划\n二、任务\n建设园区。\n— 2 —\n甲省海洋规划\n三、保障",
        (
            "甲省海洋产业发展规划\n"
            + "推动海洋产业发展,培育一批龙头企业和创新\n平台。\n" * 20
            + "建设海洋牧场和深远海养殖装备示范\n"
        )
        * 4,
        "".join(f"甲省海洋规划 {page}\n" + "推动海洋产业发展,培育企业。\n" * 20 for page in (1, 2, 3)),
    ),
    no=(
        "甲省海洋规划\n甲省海洋规划\n一、目标\n培育企业3家。",
        "一、甲类\n甲类项目申报指南\n材料齐全。\n二、乙类\n甲类项目申报指南\n按期申报。\n三、丙类\n甲类项目申报指南\n办理。",
        "奖励项目名单 1\n甲公司。\n奖励项目名单 2\n乙公司。\n奖励项目名单 3\n丙公司。",
        "一、农业\n支持标准\n每亩10元。\n— 1 —\n二、工业\n支持标准\n每家5元。\n— 2 —\n三、商贸\n支持标准\n每户1元。",
    ),
    source="CY/T 120-2015: a running head repeats the title of a publication on its pages",
)
def running_head(text: str) -> Edits:
    """Take out a line that is printed at the head, or at the foot, of three pages and more.

    Evidence is a page number right above or below it, as often as not, or one in the line itself that counts on from
    page to page; or it is a title that stands in the middle of sentences. The first time it may be the title itself:
    there it stays, if it stands in no sentence.
    """
    pages = [_with_empty_lines(text, m) for m in [*_PAGE.finditer(text), *_bare_pages(text)] if m[0].strip()]
    starts, ends = {end for _, end in pages}, {start for start, _ in pages}
    lines: dict[str, list[re.Match[str]]] = {}
    for m in _HEAD.finditer(text):
        lines.setdefault(m["words"].replace(" ", ""), []).append(m)
    for same in lines.values():
        if len(same) < 3:
            continue
        broken = [_stands_in_a_sentence(text, m.start()) for m in same]
        beside = sum(m.start("words") in starts or m.end() in ends for m in same)
        counted = [(int(number), m.start()) for m in same if (number := m["a"] or m["b"])]
        counts_on = len(counted) >= 3 and all(
            after[0] > before[0] and after[1] - before[1] >= _PAGE_LENGTH
            for before, after in pairwise(counted)
        )
        by_pages = counts_on or (beside >= 2 and 2 * beside >= len(same))
        apart = all(after.start() - before.end() >= _PAGE_LENGTH for before, after in pairwise(same[1:]))
        by_breaks = (
            apart
            and 4 * sum(broken) >= len(same)
            and sum(broken) >= 2
            and is_title(same[0]["words"].rstrip())
        )
        if by_breaks or (by_pages and (same[0].start() < _FIRST_WORDS or any(broken))):
            first = 0 if same[0]["a"] or same[0]["b"] or broken[0] else 1
            yield from ((m.start(), min(m.end() + 1, len(text)), "") for m in same[first:])


def _stands_in_a_sentence(text: str, start: int) -> bool:
    """Say whether the line above goes on behind a line: it is long and has no mark at its end."""
    before = text[max(0, start - 80) : start].rstrip(" \n")
    return len(before) - before.rfind("\n") > _WRAPPED and before[-1] not in _CLOSED and before[-1] != ")"


_WRAPPED = 16  # characters of a line that was wrapped; a heading is shorter


def _with_empty_lines(text: str, line: re.Match[str]) -> tuple[int, int]:
    """Return the span of a line with the empty lines around it."""
    start, end = line.span()
    while start and text[start - 1] in " \n":
        start -= 1
    while end < len(text) and text[end] in " \n":
        end += 1
    return start, end


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
        if m[0].strip():
            start, end = _with_empty_lines(text, m)
            yield start, end, "\n" if start and end < len(text) else ""


def _bare_pages(text: str) -> list[re.Match[str]]:
    return [m for run in _counting_on(_BARE_PAGE.finditer(text)) for m in run]


def _counting_on(
    found: Iterable[re.Match[str]], *, fewest: int = 3, through: bool = False
) -> list[list[re.Match[str]]]:
    """Return the runs of matches whose first group counts on by one, and that stand a page apart.

    Args:
        found: The matches.
        fewest: How many a run has at least.
        through: Whether a run goes on behind other numbers.
    """
    runs: list[list[re.Match[str]]] = []
    waiting: dict[int, list[re.Match[str]]] = {}  # the runs that go on with a number
    for m in found:
        number = int(m[1])
        run = waiting.get(number)
        if run and m.start() - run[-1].end() >= _PAGE_LENGTH:
            run.append(m)
            del waiting[number]
        elif (through and run) or (
            not through and runs and number == int(runs[-1][-1][1]) and len(runs[-1]) >= fewest
        ):
            continue
        else:
            run = [m]
            runs.append(run)
            if not through:
                waiting.clear()
        waiting[number + 1] = run
    return [run for run in runs if len(run) >= fewest]


_DASHED_PAGE = re.compile(r"(?<![0-9—-]) ?— ?([0-9]{1,3}) ?— ?(?![0-9—-])")
_COUNTED_PAGE = re.compile(r" ?第 ?[0-9]{1,3} ?页[ ,/]*共 ?[0-9]{1,3} ?页 ?")
_NUMBER_BEFORE = re.compile(r"^ *([0-9]{1,3})(?=[一-鿿(“《])", re.MULTILINE)
_NUMBER_BEHIND = re.compile(r"(?<=[一-鿿,、。;]) ?([0-9]{1,3}) *(?=\n+ *[一-鿿])", re.MULTILINE)


@REPAIRS.rule(
    "page number glued to the words beside it",
    yes=(
        "推动知识产权— 3 —与产业融合,培育企业50家。" + "完善机制。" * 60 + "加强保护— 4 —工作。",
        "培育企业50家。第2页 共9页 建设园区3个。",
        "".join(
            f"推动产业与知识产权深度融合发展的\n{page}工作机制更加完善。\n" + "加强保护。\n" * 60
            for page in (1, 2, 3)
        ),
    ),
    no=(
        "规划期为2021—2035年,分3—5年—10年三档。",
        "推动产业融合\n— 3 —\n发展。" + "完善机制。" * 60 + "加强保护\n— 4 —\n工作。",
        "".join(
            f"加强保护。\n{number}支持企业{number * 10}家。\n" + "完善机制。\n" * 60 for number in (1, 2, 3)
        ),
        "".join(f"新建园区{number}\n个,面积扩大。\n" + "完善机制。\n" * 60 for number in (1, 2, 3)),
    ),
    after=("page_number",),
    source="ISO 32000-2, 14.8.2.2: a reader of a PDF that does not tell artifacts gives the page number as text",
)
def glued_page_number(text: str) -> Edits:
    """Take out ``— 3 —`` and ``第2页 共9页`` inside a line, and a number glued to the first or last word of a page.

    Such numbers count on from page to page, and the bare ones stand where a sentence is broken.
    """
    for run in _counting_on(_DASHED_PAGE.finditer(text), fewest=2):
        yield from ((*m.span(), "") for m in run)
    for m in _COUNTED_PAGE.finditer(text):
        yield *m.span(), ""
    for pattern in (_NUMBER_BEFORE, _NUMBER_BEHIND):
        for run in _counting_on(pattern.finditer(text), through=True):
            breaks = sum(_is_broken(text, m) for m in run)
            if 2 * breaks > len(run):
                yield from ((*m.span(1), "") for m in run)


def _is_broken(text: str, page: re.Match[str]) -> bool:
    """Say whether the lines on both sides of a page's end are one sentence, and the number is none of its figures."""
    before = text[max(0, page.start() - 80) : page.start(1)].rstrip(" \n")
    after = text[page.end() : page.end() + 10].lstrip(" \n")
    return before[-1:] not in _CLOSED and after[:1] not in _UNITS


_APART = re.compile(r"(?<=[0-9]) (?=[0-9])|(?<=[0-9]) (?=\.[0-9])|(?<=[0-9]\.) (?=[0-9])")

_ONE_APART = re.compile(r"(?<=[一-鿿])(?<!第)[0-9](?: [0-9]){2,} ?(?=[万亿千件个家项元人名%年])")


@REPAIRS.rule(
    "digits spaced apart by a scanner",
    yes=(
        "到2 0 0 5年 , 产值达到6 0 0亿元 ,装机容量达1 0 8 0万千瓦 ,比1 9 9 5年增长1 5 %。到2 0 1 0年达2 4 0 0万千瓦。",
    ),
    no=("指标 1 2 3 4 5\n到2005年,产值达到600亿元,增长20%以上,装机容量达1080万千瓦。",),
    source="text recognition keeps the gaps of figures that were set apart in print",
)
def spaced_digits(text: str) -> Edits:
    """Close up ``2 0 0 5年`` where a text writes its numbers so: most of its digits stand apart from the next.

    Elsewhere three digits apart before a unit may be one figure, of which the last alone would be read.
    """
    apart, together = len(re.findall(r"[0-9] (?=[0-9])", text)), len(re.findall(r"[0-9](?=[0-9])", text))
    if apart < 12 or together > apart / 4:
        yield from ((*m.span(), None) for m in _ONE_APART.finditer(text))
        return
    yield from ((*m.span(), "") for m in _APART.finditer(text))


_CLOSED = frozenset("。;:!?")
_LINE_START = re.compile(
    r"(?:[(【\[]?[牵责配主负协参支承落]\S{1,7}[:]|附件|《|[0-9]{4} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日 *$)"
)
# A line that ends so goes on with a title or a quotation, and what begins so has one before it.
_GOES_ON = re.compile(r"(?:[发布定据照对和及与按将为《、,]|印发的|[一-鿿]的|关于|深化|落实|贯彻)$")
_FOLLOWS = re.compile(
    r"的(?:通知|意见|要求|决定|规定)|[和与及、,]|精神|要求|等(?:文件|规定|要求|政策|精神)?|已经|有关|相关|规定|中[的,]|[(（]"
)
_UNITS = "年月日%件个家项万亿元名人倍次种条批单类亩户"
# What no sentence ends with, before a figure or a word that it belongs to: 不少于⏎800个, 每季度各⏎3场, 的⏎区域.
_OPEN_END = re.compile(
    r"(?:[不大小高低多少等优]于|不超过?|超过|突破|达到|至少|最高|[^各]各|每|[^目]的|[一-鿿]与|以及|[将把被]|[^达直]到|[是有为在成的每]一个)$"
)
# 力争 needs what is striven for; a line that has no more than a verb behind it goes on: 力争发行⏎证券化产品1单.
_AIM = re.compile("力争(?!上游)[一-鿿]{0,4}")
_MAGNITUDE_END = re.compile(r"[0-9] ?[万亿]$")  # 2200万⏎元
# A figure at the end of a sentence's line, and one below an empty line, may be one: 新增发明专利4⏎⏎0件.
_PARTED = re.compile(r"[^\n]{8,}[一-鿿][0-9]{1,4} *\n[ \n]*[0-9](?=[0-9]{0,3} ?[件个家项万亿元名人%])")
_EMPTY_CELL = re.compile(r"[-—]+ *\n[≥≤]?[0-9.,]+[^\n]{0,3}(?=\n|$)")  # of a table, above a figure
_CELL_ABOVE = re.compile(r"(?:^|\n) *(?:[≥≤]?[0-9][0-9.,]*[^\n]{0,3}|[^\n]{1,3})\n\s*\Z")
_TWO_HAN = re.compile("[一-鿿]{2}")
_MANY_TIMES = 4  # two characters that stand together so often are a word
# What no sentence begins with: 有名气⏎的品牌, 100件⏎以上.
_OPEN_START = re.compile(r"的(?!确|士)|以(?:上|下|内)[的,。;]|左右|等(?:[,。;]|单位|部门)|个[,。;]")


_PIECE_ENDS = frozenset("。;:,、)》”")
_MANY_LINES = 20  # full ones: where lines end at marks, too, these may be a third of the open ones


def _width(line: str) -> float:
    """Return how wide a line is in print, in ideographs: ASCII is half as wide, but not a mark that was folded."""
    return len(line) - 0.5 * (len(line.encode("ascii", "ignore")) - len(_FOLDED_MARK.findall(line)))


_FOLDED_MARK = re.compile(r"[,;:!?()]")
_INDENT = 2.0  # ideographs before the first line of a paragraph (GB/T 9704-2012, 7.3.3)
_LABELLED = re.compile(r"[一-鿿]{2,4}(?:/[一-鿿]{2})? +[一-鿿《]")  # a row of a card: 发文机构 市知识产权局


def _is_prose(line: str) -> bool:
    """Say whether a line is running text: long, with a mark of a sentence in it."""
    return len(line) >= 12 and any(mark in line for mark in ",。;")


def _printed_width(
    text: str, lines: list[tuple[int, int]], apart: int, measure: Callable[[str], float], *, fewest: int
) -> tuple[float, int]:
    """Return how wide the lines of a text were printed, and how many are; 0 where no `fewest` open ones show it."""
    open_lines = [
        measure(text[a:b])
        for (a, b), (c, _) in pairwise(lines)
        if b - a >= 16
        and text[b - 1] not in _CLOSED
        and text.count("\n", b, c) == apart
        and not is_row(text[a:b])
    ]
    if len(open_lines) < fewest:
        return 0, 0
    # Where lines end at marks, too (PDFs break before 《 and after a comma), the full lines are still the most common.
    # First lines of paragraphs are narrower than the others by their indent, and may be as many.
    counts = Counter(map(round, open_lines))
    width = max(w for w, n in counts.items() if 2 * n >= max(counts.values()))
    alike = counts[width]
    full = sum(abs(w - width) <= 2.5 for w in open_lines)
    regular = (
        width >= 18
        and (full >= 0.5 * len(open_lines) or (full >= _MANY_LINES and 3 * full >= len(open_lines)))
        and sum(b - a > width + 4 and measure(text[a:b]) > width + 4 for a, b in lines) <= 0.02 * len(lines)
    )
    return (width, alike) if regular else (0, 0)


def _broken_in_columns(text: str, lines: list[tuple[int, int]]) -> frozenset[int]:
    """Return where the lines end that a narrow column broke: three or more of one width, then one that is no wider.

    There is a mark inside and a full stop behind, so that a list of names or of cells is none.
    """
    found: list[int] = []
    block: list[tuple[int, int]] = []
    for here, following in pairwise([*lines, (len(text), len(text))]):
        block.append(here)
        ends = text[here[1] - 1] in _CLOSED or _PART_HEAD.match(text, *here)
        is_next = text.count("\n", here[1], following[0]) == 1 and not mark_at(text, *following)
        if is_next and not ends and not _LINE_START.match(text, *following):
            continue
        *full, (a, b) = block
        block = []
        if len(full) < _FEWEST_FULL or text[b - 1] not in "。;":
            continue
        widths = [_width(text[c:d]) for c, d in full]
        widest = max(widths[-_FEWEST_FULL:])
        even = len(full)
        while even and abs(widths[even - 1] - widest) <= 2:
            even -= 1
        even -= bool(even) and 0 < widest - widths[even - 1] <= 2 + _INDENT
        full = full[even:]
        if (
            len(full) >= _FEWEST_FULL
            and widest >= _NARROWEST
            and max(widths) <= widest + 2
            and _width(text[a:b]) <= widest + 1
            and re.search("[,、;。]", text[full[0][0] : full[-1][1]])
            and not any(is_row(text[c:d]) for c, d in full)
        ):
            found += (d for _, d in full)
    return frozenset(found)


_FEWEST_FULL, _NARROWEST = 3, 12  # lines of one width that show a column; ideographs
_PART_HEAD = re.compile("第[一二三四五六七八九十百0-9]{1,4}[编章节]")


_LAST_CELL = re.compile(r" [0-9][0-9.,~—-]*\Z")  # two lines that end so are rows of a table


@REPAIRS.rule(
    "line broken inside a sentence, a title or a number",
    yes=(
        "推动知识产权与产业深度融合发展,新增发明专利4\n0件。",
        "推动知识产权与产业深度融合发展,<br/>加强保护。",
        "推动知识产权与产业深度融合发展,\n— 3 —\n加强保护。",
        "建立专利密集型产品培育库,入库产品不少于\n800个。",
        "在重点园区设立服务工作站,每季度各\n\n# Page 5:\n开展培训3场。",
        "培育一批在行业内外有影响、叫得响\n的企业。",
        "设立知识产权运营基金,每年安排1500万\n元。",
        "专利导航。" * 4 + "\n支持各县区建设服务基地,开展专\n利导航项目,加强成果运用。",
        "提高保险覆盖面。\n力争发\n行专利证券化产品1单。",
        "提高保险覆盖面。\n力争发行\n专利证券化产品1单。",
    ),
    no=(
        "提高保险覆盖面。\n力争上游\n发行专利证券化产品1单。",
        "1.开展专利导航示范项目\n出台专利导航实施相关政策。",
        "(一)总体要求、主要目标和工作目的\n提升专利质量。",
        "指标 2020年\n专利授权量(件) 10-20\n5家机构 0\n",
        "(一)联合各单位深入开展专项行动\n各县区落实专利导航相关政策。",
        "指标\n单位\n2025年\n属性\n全社会研究与试验发展经费投入强度\n%\n2.31\n预期性\n高新技术产业投资占比\n%\n—\n预期性\n",
        "专利导航。\n支持各县区建设服务基地,开展专\n利导航项目,加强成果运用。",
    ),
    after=(
        "html_leftover",
        "page_number",
    ),
    source="ISO 32000-2, 9.4: the text of a PDF is placed line by line, so a copy has the breaks of the print",
)
def hard_wrap(text: str) -> Edits:
    """Join lines that were broken inside a sentence or a number, e.g. ``新增发明专利4⏎0件``.

    Evidence is either in the characters at the break (a digit on both sides, a comma before it, closing
    punctuation behind it, a number that stands alone, a word that cannot end a line or open one, two characters
    that are a word elsewhere) or in the layout: no line of the text is longer than the lines that end without
    punctuation, and these are of one width, in print or in characters, but for the first of a paragraph, which is
    indented. A printed line may be parted at its marks, too; then its parts are as wide together. A column of a
    table may be narrower than the text. Where an empty line stands between all lines, the layout must show it.
    """
    lines = [(m.start(), m.start() + len(m[0].rstrip())) for m in re.finditer(r"[^ \n][^\n]*", text)]
    gaps = Counter(text.count("\n", b, c) for (_, b), (c, _) in pairwise(lines))
    apart = 2 if len(lines) >= 8 and gaps[2] >= 0.9 * (len(lines) - 1) else 1  # line breaks between two lines
    by_width, alike = _printed_width(text, lines, apart, _width, fewest=4)
    by_length, of_one_length = _printed_width(text, lines, apart, len, fewest=10)
    is_counted = by_length and (not by_width or of_one_length > 2 * alike)
    measure, width = (len, by_length) if is_counted else (_width, by_width)
    regular = width > 0
    breaks = {1, apart} if regular else {1}
    at_marks = (
        regular
        and sum(text[b - 1] in ",、" and measure(text[a:b]) < width - 4 for a, b in lines) >= _FEWEST_PIECES
    )
    columns = _broken_in_columns(text, lines)
    often = max(_MANY_TIMES, len(text) // 20_000)
    pairs = cache(lambda: Counter(map("".join, pairwise(text))))
    printed = 0.0  # how much of a printed line stands before a line, where it was broken at its marks, too
    indent, is_first = _INDENT, True  # of the printed line, if it is the first of a paragraph
    for (a, b), (c, d) in pairwise(lines):
        last, first = text[b - 1], text[c]
        if text.count("\n", b, c) > 1 and _PARTED.match(text, a, d) and not mark_at(text, c, d):
            yield b - 1, c + 1, None
        if mark_at(text, a, b):
            printed, indent = 0.0, _INDENT
        printed += measure(text[a:b])
        narrowest = width - (_INDENT if is_first else 0.0) - 2.5
        is_full = regular and (
            narrowest <= measure(text[a:b]) <= width + 2.5
            or -1.5 <= width - printed <= 1.5 + (0.0 if last in _PIECE_ENDS else indent)
        )
        is_piece = (
            at_marks and printed + measure(text[c:d]) <= width + 1.5 and _is_parted(text, (a, b), (c, d))
        )
        is_first = last in _CLOSED
        if is_full or not (is_piece or last in _PIECE_ENDS) or printed > width:
            printed, indent = 0.0, 0.0 if is_full else _INDENT
        if (
            last in _CLOSED
            or text.count("\n", b, c) not in breaks
            or mark_at(text, c, d)
            or (_LINE_START.match(text, c, d) and not _GOES_ON.search(text, a, b))
        ):
            continue
        is_full = b in columns or (is_full and not _LABELLED.match(text, c, d))
        mark = mark_at(text, a, b)
        is_unit = text[c:d] == "%" and not last.isdigit()  # of a table, below the name of what it measures
        if (
            (mark is not None and mark.end == b and text[a:b] != "★" and not _is_empty_cell(text, a, b))
            or (
                (b - a >= 8 or (regular and b - a >= (2 if at_marks else 4)))
                and (last in ",、(《“" or first in ",、。;)》”%〕")
                and not is_unit
            )
            or (first in "《“" and _GOES_ON.search(text, a, b))
            or (last in "》”" and _FOLLOWS.match(text, c, d))
            or (
                b - a >= 8
                and last.isdigit()
                and (first.isdigit() or first in _UNITS)
                and d - c >= 2
                and not (_LAST_CELL.search(text, a, b) and _LAST_CELL.search(text, c, d))
            )
            or (b - a >= 12 and (_OPEN_END.search(text, a, b) or _OPEN_START.match(text, c, d)))
            or (first in _UNITS and _MAGNITUDE_END.search(text, a, b))
            or _AIM.fullmatch(text, a, b)
            or (
                _TWO_HAN.fullmatch(last + first)
                and _is_prose(text[a:b])
                and _is_prose(text[c:d])
                and pairs()[last + first] >= often
            )
            or is_full
            or is_piece
        ):
            yield b, c, ""


def _is_parted(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Say whether two lines may be one that was broken at a mark of its words: “小巨人”⏎企业, 12座⏎(含)⏎以上."""
    return bool(_MARKED_END.search(text, *before) or _MARKED_START.match(text, *after))


_FEWEST_PIECES = 10  # lines that end at a comma before their width
_WORD_IN_BRACKETS = r"\([^()0-9元厅局委院府办部]{1,4}\)"
_MARKED_END = re.compile(f"(?:[”》]|{_WORD_IN_BRACKETS})$")
_MARKED_START = re.compile(f"[“《]|{_WORD_IN_BRACKETS}(?:$|[一-鿿])")


def _is_empty_cell(text: str, start: int, end: int) -> bool:
    """Say whether a dash alone on its line is an empty cell of a table, and no sign of what follows."""
    above = text[max(0, start - 20) : start]
    return bool(_EMPTY_CELL.match(text, start) or (end - start <= 2 and _CELL_ABOVE.search(above)))


_DATES_APART = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2} {0,2}年(?: {0,2}[0-9]{1,2} {0,2}月(?: {0,2}[0-9]{1,2} {0,2}日)?)?"
    r"|(?<![0-9])[0-9]{1,2} {0,2}月 {0,2}[0-9]{1,2} {0,2}日"
    r"|[〔\[] ?(?:19|20)[0-9]{2} ?[〕\]] {0,2}第? {0,2}[0-9]{1,4} {0,2}号"
    r"|(?:(?<=\n)|^)[一-鿿](?: [一-鿿]){1,11} ?[〔\[] ?(?:19|20)[0-9]{2} ?[〕\]] ?第? ?[0-9]{1,4} ?号(?=[ \n]|$)"
    r"|\( +(?:19|20)[0-9]{2} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日"
)


@REPAIRS.rule(
    "space inside a date or a document number",
    yes=(
        "甲市人民政府\n2023 年5 月17 日",
        "甲政办发〔2023〕11 号",
        "甲市文件\n甲 政 发〔 2006〕 8号\n一、任务",
        "甲市意见\n( 2006年3月12日)",
        "为落实《甲市专利促进办法》(甲政办发〔2023〕1\n1 号)制定本细则。",
    ),
    no=("1 号楼 2 号楼", "第一条 2023年起施行"),
    after=("hard_wrap",),  # whose lines are as wide as they were printed
    source="GB/T 9704-2012, 7.3.5.4 and 7.2.5: a date and a document number are written without spaces",
)
def date_gap(text: str) -> Edits:
    """Close up ``2023 年5 月17 日`` and ``〔2023〕11 号`` on any line; `stray_space` needs a sentence."""
    for m in _DATES_APART.finditer(text):
        for gap in re.finditer(" +", m[0]):
            yield m.start() + gap.start(), m.start() + gap.end(), ""


_PART_NAME = re.compile(
    r"^(?P<first>(?:第[一二三四五六七八九十]{1,3}[章节] *|[一二三四五六七八九十]{1,3}、 *)?"
    r"(?:[总附罚细](?= *\n+ *则 *$)|附(?= *\n+ *[件表录] ?[0-9]{0,2} *$)))"
    r"(?P<gap> *\n+ *)(?=[则件表录])",
    re.MULTILINE,
)


@REPAIRS.rule(
    "the name of a part on two lines",
    yes=(
        "第五条 落实。\n附\n则\n第六条 施行。",
        "第一章 总\n\n则\n第一条 落实。",
        "三、落实。\n附\n件1\n申报表",
    ),
    no=("附\n则上列单位应当配合。", "附件\n则例", "总\n计"),
    source="GB/T 1.1-2020 and usage of laws: 总则, 附则, 罚则 are set with space between the two characters",
)
def part_name(text: str) -> Edits:
    """Join ``附⏎则``, ``总⏎则``, ``附⏎件1``: the space between two wide-set characters was taken for a break."""
    for m in _PART_NAME.finditer(text):
        yield *m.span("gap"), ""


@REPAIRS.rule(
    "the class of rows in a cell merged over them",
    yes=(
        "类别\n序号\n指标\n单位\n属性\n创造\n运用\n1\n授权量\n件\n预期性\n2\n注册量\n件\n预期性\n保护\n3\n结案率\n%\n约束性\n4\n满意度\n分\n预期性\n",
    ),
    no=(
        "表1\n序号\n指标\n单位\n2030年\n属性\n1\n专利授权量\n件\n40\n预期性\n2\n商标注册量\n件\n60\n预期性\n3\n结案率\n%\n95\n约束性\n",
        "类别\n序号\n指标\n单位\n2030年\n1\n专利授权量\n件\n40\n2\n商标注册量\n件\n60\n3\n结案率\n%\n95\n",
    ),
    source="HTML 5, 4.9.11: a cell may span rows (rowspan); a page that is copied gives it once",
)
def merged_cell(text: str) -> Edits:
    """Take out a first column of classes from a table with a cell on each line, so that rows begin with a number."""
    yield from ((a, b, "") for a, b in merged_cells(text))


@REPAIRS.rule(
    "a cell of a table on several lines",
    yes=(
        "一、目标\n序号\n指标名称\n单位\n2024年\n2026年\n1\n专利许可备案\n数量\n件\n40\n60\n2\n专利密集型产品\n个\n12\n20",
        "一、任务\n序号\n任务名称\n目标要求\n牵头处室\n1\n专利导航\n每个县至少建立\n基地2个\n促进处\n2\n专利保护\n办案率100%\n保护处",
    ),
    no=(
        "一、目标\n序号\n指标名称\n单位\n2024年\n2026年\n1\n专利许可\n件\n40\n60\n2\n专利密集型产品\n个\n12\n20",
        "一、任务\n序号\n1\n专利导航\n建立基地2个\n2\n专利保护",
    ),
    source="ISO 32000-2, 9.4: the text of a PDF is placed line by line, also inside the cells of a table",
)
def broken_cell(text: str) -> Edits:
    """Join the lines of one cell in a table with numbered rows and a cell on each line (`cells.py`)."""
    for a, b in breaks_in_cells(text):
        yield a, b, ""


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


_NAME_OF_A_PAGE = re.compile(
    r"\A\s*(?:一图[读看]懂|图解|图说|(?:政策|权威)(?:解读|发布)) ?[|:·丨] ?"
    rf"(?=[^\n|]{{4,80}}(?:{TYPES})(?:\([^()\n]*\))* *\n)"
)


@REPAIRS.rule(
    "what a page calls itself, before a title",
    yes=("一图读懂|海州市商标三年行动计划(2026-2028年)\n培育企业。",),
    no=("一图读懂商标品牌\n培育企业。", "图解|方法\n培育企业。"),
    source="pages of governments show a document as a picture under its title: 一图读懂|…",
)
def name_of_a_page(text: str) -> Edits:
    """Take out the name of a kind of page that stands before a title: ``一图读懂|…行动计划``."""
    if m := _NAME_OF_A_PAGE.match(text):
        yield *m.span(), ""


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


_GAP = re.compile(
    r"(?<=[一-鿿]) {1,2}(?=[一-鿿])|(?<=[一-鿿]) {1,2}(?=[0-9])|(?<=[0-9%]) {1,2}(?=[一-鿿])|(?<=[0-9]) {1,2}(?=[%‰])"
)
_TITLE_MARK = re.compile(r"《[^《》\n]{0,150}$")
_OFFICE = frozenset("局委厅府部院办会")
_ADJACENT_FIGURE = re.compile(r"[一-鿿][0-9]{1,6}(?:\.[0-9]+)?$")
_UNIT_NEXT = re.compile(r"(?:万|亿)?(?:[家个项件元亩户吨]|平方|公里)(?![ |\t]|$)")


@REPAIRS.rule(
    "space inside a word of running text or beside a figure",
    yes=(
        "到 2025 年,培育 50 家企业。",
        "到 2025 年末全市培育企业5\n0家,建设园区3个。",
        "覆盖率达到35 %左右,森林面积稳定增加。",
        "中心备案企业达到1500 家、专利",
    ),
    no=("组 长:张海波 市委副书记、市长", "甲县 12 家 乙县 15 家"),
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
        in_figure = running or (
            _ADJACENT_FIGURE.search(text, max(line_start, m.start() - 12), m.start())
            and _UNIT_NEXT.match(text, m.end())
        )
        if not in_figure or (mark is not None and m.start() <= mark.end) or mark_at(text, m.end(), line_end):
            continue
        if left.isdigit() or left == "%" or right.isdigit():
            if not re.search(
                r"第[一二三四五六七八九十百]+[条章节编]$", text[max(0, m.start() - 8) : m.start()]
            ):
                yield *m.span(), ""
        elif (
            running
            and together[left + right] >= 2
            and left not in _OFFICE
            and not _TITLE_MARK.search(text, max(0, m.start() - 150), m.start())
        ):
            yield *m.span(), ""


_CARD_LABEL = re.compile(
    r"(?m)^ {0,4}((?:奖补|支持|奖励|补助|资助|补贴|扶持)(?:标准|内容|对象)|(?:申报|申领)(?:条件|对象)"
    r"|服务(?:内容|对象)|注意事项)(?P<gap> {1,2})(?=[一-鿿(])"
)


@REPAIRS.rule(
    "label and cell of a card on one line: what parted them was lost",
    yes=("支持对象 专利权人\n奖补标准 每件奖励1万元。",),
    no=("支持对象 专利权人", "支持对象:专利权人\n奖补标准:每件奖励1万元。"),
    source="guides to policies in cards: 支持对象, 奖补标准, 申报条件 in the cells on the left",
)
def card_label(text: str) -> Edits:
    """Put a colon behind the labels of a card, of which there are two kinds at least: ``奖补标准 每件1万元``."""
    found = list(_CARD_LABEL.finditer(text))
    if len({m[1] for m in found}) > 1:
        for m in found:
            yield *m.span("gap"), ": "


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
                printed_as = re.sub(r"\s*\n\s*", "⏎", before)
                warnings.append(
                    f"{printed_as} at {raw_span[0]} can be read in more than one way: left as printed"
                )
            else:
                edits.append((start, end, after))
                repairs.append(Repair(*raw_span, rule.name, view.raw[slice(*raw_span)], after, rule.value))
        if edits:
            view = splice(view, edits)
    return view, tuple(sorted(repairs, key=lambda r: (r.char_start, r.char_end))), tuple(warnings)
