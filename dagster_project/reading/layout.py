"""What stands around the body of a plan: titles, notice, preamble before it; annexes and furniture after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile
from typing import TypeAlias

from dagster_project.reading.agencies import LABEL, Assignment
from dagster_project.reading.marks import BULLETS, DECIMAL, INLINE, STYLES, Mark, mark_at, mark_of
from dagster_project.reading.numerals import YEAR
from dagster_project.records import Block, Role, View
from dagster_project.rules import Rule, RuleTable

TYPES = (  # of documents, as titles end
    "方案|计[划画]|规划|纲要|办法|规定|条例|细则|措施|意见|通知|决定|公告|通告|报告|要点|政策|指南|指引|规则|规程|规范|章程|制度"
    "|预案|批复|决议|行动|清单|若干|蓝图|白皮书|导则|公报|纪要|建议"
    "|(?:工作|年度)(?:总结|打算|安排|思路)|(?:保护|发展)状况|新闻发布会实录|政策问答"
)
_TITLE_END = re.compile(rf"(?:{TYPES})(?:[0-9]\.[0-9])?(?:\([^()]*\))*$")  # 蓝图2.0
# The title of a digest, which names the document: 一图读懂丨《…行动计划(2026—2028年)》.
DIGEST_TITLE = re.compile(
    "(?:一[图文](?:读懂|看懂|速览|解读|了解)|图解|图说|速览|图文解读|政策解读|文件解读|解读)[^《》]{0,4}《(?P<of>[^《》]{4,60})》"
)
_TITLE_PARENTHESIS = re.compile(
    r"\((?:[0-9]{4}年?(?:[—~-]{1,2}[0-9]{4}年?)?(?:度|版|修[订正](?:版|本)?)?|试行|暂行|修[订正](?:版|稿|案)?|征求意见稿|草案|送审稿)\)"
)
_GLUED_TITLE = re.compile(
    rf"[^。,;:\n]{{4,60}}?(?:{TYPES})(?:\([^()]{{1,20}}\))? ?(?=为|根据|按照|依据|\([0-9]{{4}}年[0-9]{{1,2}}月)"
)
_OPENS_TITLE = re.compile("关于|印发|转发")  # behind the offices that issue a document
REASON = re.compile("为|根据|按照|依据|经|现将")  # opens the first sentence of a document, no title
_LISTED = ("原则", "目标", "指标", "任务")  # headings that a list follows
_WHOLE = re.compile(r"[0-9]{1,2}(?= +[一-鿿])")  # 1 总则: a number in a text that has 1.1 编制目的 too
ANY_YEAR = rf"{YEAR}|[一二][〇○零0Oo九][一二三四五六七八九〇○零]{{2}}"
# How a law of Taiwan was amended.
_HISTORY = re.compile(r"[0-9]{1,2}[.、] ?中华民国[^。]{4,20}日[^。]{0,40}?(?:[令函]|字第)")
_SUBTITLE = re.compile(r"[—-]+[^。]{0,60}(?:会议|大会|全会)上(?:的[^。]{2,8})?$")
NUMBER_LINE = re.compile(
    rf"(?:[一-鿿]{{1,12}} ?[〔\[(]{YEAR}[〕\])] ?第?[0-9]{{1,5}}号"
    r"|[^。,;:]{0,30}(?:令|公告)? ?\(?第? ?[0-9]{1,4} ?号\)?)$"
)
DATE_LINE = re.compile(
    rf"(?:[^ 。,;:]{{2,30}} +)?({ANY_YEAR}) ?年"
    r" ?([0-9一二三四五六七八九十]{1,3}) ?月 ?([0-9一二三四五六七八九十]{1,3}) ?日(?:印发)?$"
)
MONTH_LINE = re.compile(rf"({ANY_YEAR}) ?年 ?([0-9一二三四五六七八九十]{{1,3}}) ?月$")
_OFFICE = r"政府|委员会|管委会?|办公[室厅]|[一-鿿][局厅部委]|领导小组|[法检][^ ]*院|[银分]行|[总公行]署"
_SOME_OFFICE = re.compile(_OFFICE)
OFFICE_LINE = re.compile(rf"(?:[一-鿿()、 ]{{2,60}}(?:{_OFFICE})|国务院)(?:\([一-鿿]+\))?$")
# In a title or above a date the short form, 政务服务办, is one, too; at the end of another line 办 may be a verb.
ISSUER_LINE = re.compile(rf"(?:[一-鿿()、 ]{{2,60}}(?:{_OFFICE}|(?<![主承协举])办)|国务院)(?:\([一-鿿]+\))?$")
# Above a date others sign, too: a college, a company, a survey team.
SIGNER_LINE = re.compile(
    rf"{ISSUER_LINE.pattern}"
    r"|[一-鿿() ]{4,40}(?:[总支大]队|调查队|学院|大学|中心|公司|集团|协会|联合会|工会|商会|银行|医院|学校|研究院)$"
)
_ADDRESSEE = re.compile(
    r"[^。]{1,300}(?:政府|[委局办院所校会厅处部镇]|单位|部门|公司|企业|团体|机构|中心|街道|同志|代表|委员)(?:\([^()]*\))?:$"
)
_FURNITURE = re.compile(
    r"(?:【?[一-鿿 ]{0,6}(?:日期|时间|来源|作者|编辑|审核|浏览|阅读|点击|访问量|发布人|发布机构|字号|字体"
    r"|索引号|索 引 号|主题分类|主题词"
    r"|发文机[关构]|文 ?号|标 ?题|公开[方形]式|有效性|时效|信息分类|核发|位置|网站标识码|备案号)[^:。]{0,6}】?:.{0,120}"
    r"|.{0,40}[0-9]{4}-[0-9]{1,2}-[0-9]{1,2} +[0-9]{1,2}:[0-9]{2}.{0,40}"
    r"|.{1,100}\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar|jpe?g|png)(?: ?\([^()]*\))?"
    r"|(?:首页|当前位置) ?[>»:].{0,100}"
    r"|(?:发件人|收件人|抄送人?|发送时间) ?:.{0,120}|主题 ?: ?(?:转发|回复|答复|Fw|Fwd|Re) ?:.{0,120}"
    r"|-{4,} ?[一-鿿]{2,8} ?-{4,}"
    r"|(?:下载|打印|全屏|收藏|分享|加大|还原|减小|放大|缩小|大|中|小|默认|繁体|简体|无障碍|语音播报|[【】\[\]|]"
    r"|【?字[号体] ?:?)"
    r"|分类号 ?:.{0,60}|(?:[^。]{1,20} / ){2,}.{0,20})$",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"[^。]{0,12}(?:分享到|相关(?:链接|阅读|文章|附件|新闻|政策|解读|信息|文件)|扫一扫|扫描二维码|[上下]一[篇条]|收藏本页"
    r"|打印(?:本页|此页|文章)|【打印】"
    r"|关闭(?:窗口|本页|页面)|【关闭】|版权所有|返回顶部|网站地图|站点地图|关注我们|ICP备|公网安备|字体大小)[^。]{0,80}$"
)
_LINK = re.compile(  # a bullet or a date, and the title of another document
    rf"(?:[-·•>»] ?)?(?:\[?[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}\]? ?|(?<=[-·•>» ])(?=[《一-鿿])"
    rf"|(?=.*[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}\]?$))"
    rf"[^。;]{{4,150}}(?:{TYPES}|函|通报|公示)[》〉)]*[^。]{{0,30}}$"
)
ANNEX = re.compile(r"附(?:件|表|录)? ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})? ?:?$")
ANNEX_LIST = re.compile(r"附[件表]? ?[0-9]{0,2} ?:")
_NOTICE = re.compile(
    r"(?:现|特)(?:予以?|将[^。]{0,40})?(?:印发|发布|公布|转发)|(?:印发|转发)(?:给)?你们|请(?:认真|遵照|结合)[^。]{0,30}(?:执行|落实|实施)"
)
_OF_A_NOTICE = frozenset(("addressee", "number", "date", "adoption", "parenthesis", "attachment"))
_REPORT = re.compile(  # a news item
    r"本报讯|本[网台]讯|[( ](?:本报|通讯员|见习)?记者[ :]|新华社[^。,]{0,12}电|记者(?:从|获悉|了解到|日前)"
    r"|^[^。]{0,30}讯 ?\((?:本报)?记者|小编|一[文图](?:读|看)懂"
)
CARD = re.compile(
    r"(?:^|\n) *【?依据文件】?[: ]"
)  # of a guide to policies: its labels speak of another document
_ISSUED_TITLE = re.compile(
    r"(?:印发|转发|发布|公布|通过) ?[《〈]?([^《》〈〉\n]{4,80}?)[》〉]?的(?:通知|公告|通告|决定)"
)
_CITED_TITLE = re.compile(
    r"(?:将|制定了)《([^《》\n]{4,80})》[^。《》\n]{0,20}(?:印发|发布|公布)"
    r"|征求(?:对|关于)? ?《([^《》\n]{4,80})》"
    r"|《([^《》\n]{4,80})》[^。\n]{0,60}(?:现印发|同意|现予|通过)"
)


_SENTENCE_MARK = re.compile(r"[。;!?]|[,:]$")
_HAN_NUMBER = "[0-9一二三四五六七八九十]{1,3}"
ADOPTED = re.compile(
    rf"\(?({ANY_YEAR}) ?年({_HAN_NUMBER})月({_HAN_NUMBER})日 ?"
    r"(?=\)|[^。]{0,120}(?:通过|批准|修正|修订|公布|发布|施行))(?:经)?"
    r"([一-鿿]{2,12}?(?:第[一二三四五六七八九十]+届)?人民代表大会(?:常务委员会)?|[一-鿿]{2,12}?人民政府)?[^。]{0,300}?$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its margins, or a part of one that opens with a number."""

    start: int
    end: int
    mark: Mark | None
    assignments: tuple[Assignment, ...] = ()  # who it says is in charge; of the body, see `outline`


def lines_of(text: str) -> list[Line]:
    """Return the lines of `text` that have something in them; a line that lost its breaks comes in parts."""
    lines: list[Line] = []
    latest: dict[int, int] = {}  # of every style: articles go on through the chapters
    decimal = re.search(rf"^ *{STYLES[DECIMAL].pattern}", text, re.MULTILINE)
    for match in re.finditer(r"[^ \n][^\n]*", text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        mark = mark_at(text, start, end)
        if mark and (  # the ★ of a red head and the — of an empty cell have no text behind them
            _SUBTITLE.fullmatch(text, start, end)
            or (mark.style in BULLETS and mark.end == end)
            or _HISTORY.match(text, start, end)
        ):
            mark = None
        if not mark and decimal and (whole := _WHOLE.match(text, start, end)):
            mark = Mark(DECIMAL, whole[0], int(whole[0]), *whole.span())
        inside = _inline_marks(text, start, end, mark, latest) if end - start >= 12 else []
        latest |= {m.style: m.value for m in (mark, *inside) if m}
        title = _GLUED_TITLE.match(text, start, end) if len(inside) >= 2 and not mark else None
        bounds = [start, *([title.end()] if title else []), *(m.start for m in inside), end]
        for part, a, b in zip([mark, *([None] if title else []), *inside], bounds, bounds[1:], strict=False):
            words = text[a:b].rstrip()
            if words:
                lines.append(Line(a, a + len(words), part))
    return _without_entry_number(text, lines)


ENTRY = re.compile(r"(?:关于|印发|公布|发布).*(?:通知|公告|意见|决定|通告|批复|函)(?:\([^()]*\))?$")
LONGEST_TITLE = 4  # lines


def _without_entry_number(text: str, lines: list[Line]) -> list[Line]:
    """Return the lines without the number that a collection of documents puts before the title of each.

    ``5. 某省人民政府印发关于…的通知(2023年2月28日)`` opens a document, no provision.
    """
    first = lines[0] if lines else None
    if first is None or first.mark is None or STYLES[first.mark.style].name not in {"1.", "一、"}:
        return lines
    group = [first, *takewhile(lambda line: line.mark is None, lines[1:LONGEST_TITLE])]
    for n in range(1, len(group) + 1):
        title = "".join(text[line.start : line.end] for line in group[:n])
        if "。" in title:
            break
        if ENTRY.search(title):
            return [Line(first.mark.end, first.end, None), *lines[1:]]
    return lines


_ANNOUNCED = re.compile("(?:如下|(?:以下|下列)[^。,;:]{0,8}):$")  # 现就有关事项通知如下:一、
# A heading with the first number below it opens a part also behind what has no end, the last cell of a table.
_HEADING_OF_LIST = re.compile(r"[^。,;:()0-9]{2,24}(?=\(一\)|1[.、](?![0-9])|第一[节条])")
_IN_CHARGE = re.compile(
    rf"{LABEL.pattern}[^。;:]{{2,150}}$"
)  # the list of offices ends where the next number begins


def _inline_marks(text: str, start: int, end: int, first: Mark | None, latest: dict[int, int]) -> list[Mark]:
    """Return the numbers inside a line whose line breaks were lost.

    A number counts if it goes on in the order of its style, or opens a style with 1, and stands behind the end of
    a sentence or of a short heading. A single one counts only right behind a heading (一、总体要求(一)指导思想).
    """
    found: list[Mark] = []
    last: dict[int, int] = {first.style: first.value} if first else {}
    latest = latest | last
    since = first.end if first else start
    begun: dict[int, int] = dict.fromkeys(last, -1)  # how many were found when the numbering of a style began
    alone = False
    for match in INLINE.finditer(text, start + 1, end):
        mark = mark_of(match)
        before = text[max(start, mark.start - 12) : mark.start].rstrip()
        closed = before[-1:] in set("。!?)》”〕】]") or text[mark.start - 1] == " "
        closed |= not last and mark.value == 1 and bool(_ANNOUNCED.search(before))
        closed = closed or bool(_IN_CHARGE.search(text, max(start, mark.start - 200), mark.start))
        heading = (
            bool(last)
            and 2 <= mark.start - since <= 40
            and not re.search(r"[。,;:]", text[since : mark.start])
        )
        titled = not last and mark.value == 1 and mark.start - start <= 60 and _TITLE_END.search(before)
        if mark.style in BULLETS:
            good = match[0] in {"——", "--"} and (
                before[-1:] in set("。:") or (heading and before.endswith(_LISTED))
            )
        else:
            expected = {last.get(mark.style, 0) + 1, latest.get(mark.style, 0) + 1}
            counts_on = last.get(mark.style, mark.value) + 1 == mark.value
            headed = counts_on and _HEADING_OF_LIST.match(text, mark.end, end)
            good = (closed or heading or bool(titled) or bool(headed)) and mark.value in expected
        if good:
            if mark.value == 1 or mark.style not in begun:
                begun[mark.style] = len(found)
            last = {
                style: value
                for style, value in last.items()
                if style < mark.style and begun[style] <= begun[mark.style]
            }
            last[mark.style] = latest[mark.style] = mark.value
            alone |= heading and not found and first is not None and mark.style > first.style
            found.append(mark)
            since = mark.end
    return found if alone or len(found) >= 2 else []


LineRule: TypeAlias = Callable[[str], object]
#: What a line without a number is; the value of a rule is the kind. A line that no rule decides is short.
LINES: RuleTable[LineRule] = RuleTable("line")


@LINES.rule(
    "furniture",
    yes=(
        "发布日期:2023-09-12 来源:某市政府网",
        "当前位置:首页 > 政务公开",
        "【打印】",
        "发件人: 某科长",
        "主题:转发:关于报送总结的通知",
        "---------- 原始邮件 ----------",
    ),
    no=("责任单位:市科技局", "某市科技创新办法", "时间安排", "活动主题:保护创新", "主题:保护创新"),
    source="pages of hebei-2021, weihai-2018 and zhengzhou-2023; RFC 5322, 3.6: From, To, Date, Subject",
)
def page_of_a_site(text: str) -> bool:
    """What a page says of a document, its links and buttons."""
    return len(text) <= 160 and bool(_FURNITURE.match(text) or _FOOTER.match(text))


# What the index of a document on the web names; blanks may stand between the characters: 索 引 号.
INDEX_NAME = "|".join(
    " ?".join(name)
    for name in sorted(
        (
            "索引号 信息索引号 发文机关 发文机构 发文单位 发布机构 发布机关 发布单位 发布部门 制定机关 "
            "制定单位 印发机关 主题分类 组配分类 体裁分类 信息分类 服务对象分类 标题 法规标题 文件名称 政策名称 "
            "发文字号 文号 文件编号 成文日期 发文日期 印发日期 发布日期 公开日期 公布日期 生成日期 施行日期 实施日期 "
            "生效日期 生效时间 废止日期 失效日期 失效时间 有效性 时效性 有效期 效力级别 效力状态 法规类别 "
            "法宝引证码 唯一标志 主题词 关键词 公开方式 公开形式 公开类别 正文 "
        ).split(),
        key=len,
        reverse=True,
    )
)
_INDEX = re.compile(
    rf"[| ]*(?:【(?:{INDEX_NAME})】|(?:{INDEX_NAME})(?: ?[:|]| (?! )|$)).{{0,160}}$|(?=[-:| ]*$)[| ]*:?-{{3}}"
)
_INDEX_NAME_ALONE = re.compile(rf"[| ]*【?(?:{INDEX_NAME})】?[: |]*$")
_INDEX_VALUE = re.compile(r"[0-9A-Za-z][0-9A-Za-z/().:_ -]*$|[一-鿿、/ ]{1,16}$")


@LINES.rule(
    "furniture",
    yes=(
        "【法规标题】某市专利办法",
        "发文机关 某市人民政府 成文日期 2024年3月8日",
        "| 发文字号 | 某政发〔2024〕3号 | 有效性 | 有效 |",
        "| --- | --- |",
    ),
    no=("标题规范", "关键词管理办法", "有效期为3年", "施行日期另行通知"),
    source="State Council, 2019, format of government information on the web: index of a document",
)
def index_of_a_document(text: str) -> object:
    """A row of the index that a page puts before its document: names with their values."""
    return _INDEX.match(text)


def _values_below(text: str, lines: list[Line], kinds: list[str]) -> list[str]:
    """Return the kinds of the lines; what stands on the line below a name of the index is its value."""
    found = list(kinds)
    for i, (line, below) in enumerate(pairwise(lines[: len(kinds)])):
        words = text[below.start : below.end]
        is_value = kinds[i + 1] in {"date", "number"} or (
            kinds[i + 1] == "short"
            and not is_title(words)
            and (_INDEX_VALUE.match(words) or ISSUER_LINE.match(words))
        )
        if found[i] == "furniture" and is_value and _INDEX_NAME_ALONE.match(text, line.start, line.end):
            found[i + 1] = "furniture"
    return found


_SITE_TITLE = re.compile(
    r"[^。]{4,100} ?[_|—-]{1,2} ?[一-鿿]{2,20}(?:门户网站|政府网|政务网|官网|网站|信息网|法律法规)$"
)


@LINES.rule(
    "furniture",
    yes=("某县人民政府关于节约用水的意见_某县人民政府门户网站",),
    no=("关于建设政府门户网站的意见", "某市网络安全条例—政府网站管理"),
    source="HTML Living Standard, 4.2.2: the title element of a page; sites add their name",
)
def title_of_a_page(text: str) -> object:
    """The title of a browser's window: that of the document and the name of the site."""
    return _SITE_TITLE.match(text)


_FOREIGN = re.compile("[A-Za-z]{3,}")
_HAN = re.compile("[一-鿿]")
_VERBS = ("制定", "修订", "执行", "贯彻", "实施", "参与", "主导", "对标")
_NEWSPAPER = re.compile(
    rf"(?=[^。;]{{4,60}}$)(?:第 ?{_HAN_NUMBER} ?版(?![面本权]).*|.*[日晚]报(?= |$).*版.*"
    r"|.*年.{1,9}日 *星期[一二三四五六日天].*)"
)


@LINES.rule(
    "furniture",
    yes=("第二版 某州日报 一九八六年五月十四日 星期三", "某州日报 1986年5月14日 星期三"),
    no=("某市日报社改革方案", "第二版权登记中心", "每周星期三开放"),
    source="GB/T 788-1999 and usage of newspapers: number of the page, name, date and weekday at its head",
)
def head_of_a_newspaper(text: str) -> object:
    """The head of a newspaper's page: page, name, date, weekday."""
    return _NEWSPAPER.match(text)


_COVER_OF_A_STANDARD = re.compile(
    r"(?:(?:部分)?代替 ?)?(?:ICS|CCS|GB|DB|[A-Z]{1,3}/)[A-Z0-9/. —-]{1,30}$"
    r"|(?:[一-鿿]{2,12})?(?:地方|国家|行业|团体|企业)标准$"
)


_RED_HEAD = re.compile(
    rf"(?:[一-鿿()、]{{2,40}}(?:{_OFFICE})|国务院)\(?文件\)?(?:[0-9]{{1,3}})?$|★+$|签发人:.{{0,8}}$"
)


@LINES.rule(
    "furniture",
    yes=("某市人民政府办公室文件", "中 共 某 县 委 文 件", "★"),
    no=("关于清理文件的通知", "某市文件管理办法", "政策文件"),
    source="GB/T 9704-2012, 7.2.4: the red head is the name of the office with 文件",
)
def red_head(text: str) -> object:
    """The red head of a document, letter-spaced or not."""
    return _RED_HEAD.match(text.replace(" ", ""))


@LINES.rule(
    "furniture",
    yes=("ICS 03.080.01", "DB41/T 2235—2022", "代替 DB41/T 2235—2018", "某省地方标准"),
    no=("GDP增长6%", "制定地方标准", "关于加强地方标准管理的意见"),
    source="GB/T 1.1-2020, 8.2: what stands on the cover of a standard",
)
def cover_of_a_standard(text: str) -> object:
    """The codes of a standard and the kind of it."""
    return _COVER_OF_A_STANDARD.match(text) and not text.startswith(_VERBS)


@LINES.rule(
    "foreign",
    yes=("Implementation Plan for Green Ports",),
    no=("5G应用方案", "PCT专利", "2022"),
    source="titles of bilingual pages: the Chinese one is the document's",
)
def foreign_words(text: str) -> object:
    """A line of another language."""
    return _FOREIGN.search(text) and not _HAN.search(text)


@LINES.rule(
    "date",
    yes=("2021年3月4日", "二〇二一年三月四日", "一九八六年五月六日"),
    no=("2021年3月4日起施行", "二〇二一年工作要点"),
    source="GB/T 9704-2012, 7.3.5.4",
)
def day_alone(text: str) -> object:
    """A date on a line of its own."""
    return DATE_LINE.match(text)


@LINES.rule(
    "adoption",
    yes=(
        "2012年10月25日 某市第十四届人民代表大会常务委员会第二十一次会议通过",
        "(二〇一九年八月二十七日某市人民代表大会常务委员会会议通过 同年十一月某省人大常委会批准)",
    ),
    no=("2012年10月25日前完成", "某市人民代表大会常务委员会会议通过了议案"),
    source="GB/T 9704-2012 and the Legislation Law, art. 61: the text of a law states by whom and when it was adopted",
)
def adopted(text: str) -> object:
    """Who adopted, approved or amended a law, and when."""
    return ADOPTED.match(text)


@LINES.rule(
    "title parenthesis",
    yes=("(2020-2023年)", "(试行)", "(征求意见稿)"),
    no=("(此件公开发布)", "(2020-2023年)实施"),
    source="hefei-2020 and weihai-2018, second line of the title",
)
def second_line_of_a_title(text: str) -> object:
    """A parenthesis that is a part of a title."""
    return _TITLE_PARENTHESIS.fullmatch(text)


_NOTE = re.compile(r"\((?:[^()]|\([^()]*\))*\)")


@LINES.rule(
    "parenthesis",
    yes=("(此件公开发布)", "(本文有删减)"),
    no=("(一)加强领导", "(试行)办法(修订)方案"),
    source="GB/T 9704-2012, 7.3.6: a note stands in parentheses below the date",
)
def note_alone(text: str) -> bool:
    """A note in parentheses."""
    return bool(_NOTE.fullmatch(text))


@LINES.rule(
    "attachment",
    yes=("附件:1.任务分工表", "附件3", "附:指标表"),
    no=("附则", "附近居民参与"),
    source="GB/T 9704-2012, 7.3.4",
)
def announced_attachment(text: str) -> object:
    """What a document announces as its attachment, and the head of one."""
    return ANNEX_LIST.match(text) or ANNEX.match(text)


@LINES.rule(
    "number",
    yes=("某政发〔2021〕3号", "第12号", "某市人民政府令第8号"),
    no=("根据某政发〔2021〕3号,现通知如下", "2021年3月4日"),
    source="GB/T 9704-2012, 7.2.5",
)
def document_number_alone(text: str) -> object:
    """The number of a document on a line of its own."""
    return NUMBER_LINE.match(text)


@LINES.rule(
    "addressee",
    yes=("各区人民政府,市政府各部门:",),
    no=("任务如下:", "各区人民政府抓好落实"),
    source="GB/T 9704-2012, 7.3.2",
)
def addressees(text: str) -> bool:
    """To whom a document goes."""
    return text.endswith(":") and bool(_ADDRESSEE.match(text))


_CAPTION = re.compile(
    r"(?:附?[表图] ?[0-9一二三四五六七八九十]{1,2}(?:[-—.][0-9]{1,2})?|单位:)(?:[ :].{0,60}|.{0,20})$"
)
_CELL = re.compile(r"(?:^| )(?:[0-9][0-9,.]*%?|[%‰])(?= |$)")


@LINES.rule(
    "row",
    yes=(
        "4 生活垃圾回收利用率 % 28 38 预期性",
        "序号 指标名称 单位 2020年 2025年目标",
        "表1 主要指标",
        "单位:亿元",
    ),
    no=("某市 财政局 科技局", "某市国土空间规划(2021 —2035 年)", "表彰奖励办法", "某市2023 年工作要点"),
    source="GB/T 7713.3-2014, 7.5: a table has a number and a caption above its head",
)
def row_of_a_table(text: str) -> object:
    """A row of a table, its head or its caption."""
    cells = text.split()
    return _CAPTION.match(text) or (len(cells) >= 4 and (len(_CELL.findall(text)) >= 2 or cells[0] == "序号"))


@LINES.rule(
    "paragraph",
    yes=("为加强保护,制定本方案。", "现将有关事项通知如下:"),
    no=("某市实施方案",),
    source="GB/T 15834-2011: a sentence ends in one of its marks",
)
def running_text(text: str) -> object:
    """Running text: long, or with the mark of a sentence."""
    return len(text) > 80 or _SENTENCE_MARK.search(text)


def rule_of_line(text: str) -> Rule[LineRule] | None:
    """Return the rule that says what a line without a number is; None for a short line."""
    return next((rule for rule in LINES if rule.apply(text)), None)


def kind(text: str) -> str:
    """Return what a line without a number is: a value of `LINES`, or short."""
    rule = rule_of_line(text)
    return str(rule.value) if rule else "short"


def decided(view: View, blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Yield the table and the rule of every block that is no part of a provision and was told by its line."""
    outside = (block for block in blocks if block.provision is None and block.role is not Role.TITLE)
    for block in outside:
        if rule := rule_of_line(view.text[block.start : block.end]):
            yield LINES.name, rule.name


def plan_start(text: str, lines: list[Line]) -> int:
    """Return the index of the line where the title of the plan itself stands, -1 if there is no such line.

    It is the last one (or two or three) that repeats the title in 关于印发《…》的通知 or in 《…》已经…同意: what
    is before it is the notice, numbered or not. A number must follow it: a list of links may repeat the title, too.
    What is named only behind the first such line is the plan of another notice in the same file.
    """
    names = _issued(text)
    longest = max(map(len, names), default=0) + 20
    found: list[tuple[int, int]] = []  # a line, and where its title was named first
    bound = max(
        (i for i, line in enumerate(lines) if line.mark and line.mark.style not in BULLETS),
        default=len(lines),
    )
    for i, line in enumerate(lines):
        if names and i < bound and not line.mark and line.end - line.start <= longest:
            parts = [
                text[part.start : part.end] for part in lines[i : i + 3] if part.end - part.start <= longest
            ]
            bare = (bare_title("".join(parts[:n])) for n in (1, 2, 3))
            title = next((words for words in bare if words in names), None)
            if title and not parts[0].startswith("《"):
                found.append((i, names[title]))
    printed = [(i, named) for i, named in found if named < lines[i].start] or found
    own = [i for i, named in printed if printed is found or named < lines[printed[0][0]].start]
    return own[-1] if own else -1


def issued_titles(text: str) -> set[str]:
    """Return the titles, made bare, of what a notice at the head of a text says that it issues."""
    return set(_issued(text))


def _issued(text: str) -> dict[str, int]:
    """Return these titles, and where each is named first."""
    head = text[:4000].replace("\n", "")
    breaks = [m.start() for m in re.finditer("\n", text[:4000])]
    named: dict[str, int] = {}
    for m in chain(_ISSUED_TITLE.finditer(head), _CITED_TITLE.finditer(head)):
        title = bare_title(m[m.lastindex or 0])
        if title:
            place = m.start()
            for at in breaks:  # those before it were taken out
                place += at <= place
            named[title] = min(place, named.get(title, len(text)))
    return named


def bare_title(title: str) -> str:
    """Return a title without its parentheses, quotation marks, 关于 and 的, in which copies of it differ."""
    return re.sub(r"\(.*|^ ?[《〈]?关于|[ 《》〈〉<>的]", "", title)


def front(text: str, lines: list[Line]) -> tuple[list[Role], int]:
    """Return the roles of the lines before the body, and the index of the first line of the body."""
    start = plan_start(text, lines)
    marked = next((i for i, line in enumerate(lines) if i > start and line.mark), None)
    contents = _contents(text, lines, start + 1, marked)
    if contents:
        marked = next((i for i, line in enumerate(lines) if i >= contents.stop and line.mark), None)
    kinds: list[str] = []
    for i, line in enumerate(lines[:marked]):
        kinds.append(kind(text[line.start : line.end]))
        if marked is None and i > start and kinds[-1] == "paragraph":  # unnumbered: the body starts here
            kinds.pop()
            break
    kinds = _values_below(text, lines, kinds)
    titles = _titles(text, lines, kinds, start)
    near = range(min(len(kinds) + 2, len(lines)))
    reported = next((i for i in near if _REPORT.search(text, lines[i].start, lines[i].end)), -1)
    if start < 0:  # the title of a news item is none of a plan; one below it is, and that of a digest
        titles = {
            i for i in titles if i > reported or DIGEST_TITLE.fullmatch(text, lines[i].start, lines[i].end)
        }
    last = max(titles, default=-1)
    opening = next((i for i, sort in enumerate(kinds) if sort != "furniture"), None)
    untitled = reported >= 0 or CARD.search(text, 0, 4_000)
    roles: list[Role] = []
    for i, sort in enumerate(kinds):
        if sort == "furniture" or (contents and i in contents):
            roles.append(Role.FURNITURE)
        elif i in titles or (last < 0 and i == opening and sort == "short" and not untitled):
            roles.append(Role.TITLE)
        elif (
            i < last
            or sort in _OF_A_NOTICE
            or _NOTICE.search(text, lines[i].start, lines[i].end)
            or _signs(text, lines, kinds, i)
        ):
            roles.append(Role.NOTICE)
        else:
            roles.append(Role.PREAMBLE)
    return roles, len(kinds)


def _signs(text: str, lines: list[Line], kinds: list[str], at: int) -> bool:
    """Say whether a line is an office with a date below it, or with other offices between."""
    for i in range(at, len(kinds)):
        if kinds[i] == "date" or MONTH_LINE.match(text, lines[i].start, lines[i].end):
            return True
        if not SIGNER_LINE.match(text, lines[i].start, lines[i].end):
            return False
    return False


_LEADER = re.compile(r"(?:[.·]{4,}|…{2,}|(?:\. ){3,}) ?(?:[0-9]{1,3}|[IVXⅠ-Ⅻ]{1,5})$")
_FEWEST_ENTRIES = 3
_LINES_BETWEEN_ENTRIES = 3


def _contents(text: str, lines: list[Line], low: int, marked: int | None) -> range | None:
    """Return the lines of a table of contents: 目录, and headings up to where the first of them is printed again.

    Without 目录, three lines with dotted leaders are one.
    """
    for i in range(low, min(len(lines), (len(lines) if marked is None else marked) + 1)):
        if _LEADER.search(text, lines[i].start, lines[i].end) and (led := _with_leaders(text, lines, i)):
            return led
        if re.fullmatch("目 *[录次]", text[lines[i].start : lines[i].end]) and i + 1 < len(lines):
            first = re.sub(r"[ .…·0-9]+$", "", text[lines[i + 1].start : lines[i + 1].end])
            stops = (
                j for j in range(i + 2, len(lines)) if text.startswith(first, lines[j].start, lines[j].end)
            )
            return next((range(i, j) for j in stops if first), None)
    return None


def _with_leaders(text: str, lines: list[Line], first: int) -> range | None:
    """Return the lines from `first` to the last one with dotted leaders; a page break may stand between them."""
    found = [first]
    for j in range(first + 1, len(lines)):
        if _LEADER.search(text, lines[j].start, lines[j].end):
            found.append(j)
        elif j - found[-1] > _LINES_BETWEEN_ENTRIES:
            break
    return range(first, found[-1] + 1) if len(found) >= _FEWEST_ENTRIES else None


def _titles(text: str, lines: list[Line], kinds: list[str], start: int) -> set[int]:
    """Return the indices of the lines that make up titles; the title of the plan comes last."""
    found: set[int] = set()
    for group in _runs(kinds, start):
        if start < 0 and found and _is_prose(text, lines, kinds, max(found) + 1, group.start):
            break  # what ends like a title in running text cites one
        first = group.start
        while first < group.stop:
            words = [text[lines[k].start : lines[k].end] for k in range(first, group.stop)]
            offices = sum(1 for _ in takewhile(ISSUER_LINE.match, words))
            if offices and not _OPENS_TITLE.match("".join(words[offices : offices + 1])):
                first += offices if 1 < offices < len(words) else 1
                continue  # a signature right above a title
            issued = next((k for k in range(1, len(words) - 1) if _opens_behind(words, k)), 0)
            if issued and not is_title("".join(words[:issued])):
                first += issued  # what a page calls the document stands above its title
                continue
            last = _title_length(words)
            found.update(range(first, first + last))
            first += last or 1
            if last and first < group.stop and not ISSUER_LINE.match(words[last]):
                break
    if start >= 0:
        found.add(start)
        found = {i for i in found if i <= start or set(range(start, i)) <= found}
    return found


def _opens_behind(words: list[str], at: int) -> bool:
    """Say whether offices that issue a document begin at a line, and none stands above it."""
    offices = sum(1 for _ in takewhile(ISSUER_LINE.match, words[at:]))
    below = "".join(words[at + offices : at + offices + 1])
    return bool(offices and _OPENS_TITLE.match(below)) and not _SOME_OFFICE.search("".join(words[:at]))


def _title_length(words: list[str]) -> int:
    """Return how many of the lines are a title: as many as end like one, up to the offices above another title."""
    for n in range(1, len(words)):
        if is_title("".join(words[:n])) and ISSUER_LINE.match(words[n]):
            return n
    return next((n for n in range(len(words), 0, -1) if is_title("".join(words[:n]))), 0)


def is_title(words: str) -> bool:
    """Say whether words end like the title of a document, and do not begin like a sentence; a digest names its own."""
    if digest := DIGEST_TITLE.fullmatch(words):
        words = digest["of"]
    return (
        bool(_TITLE_END.search(words)) and words.count("《") == words.count("》") and not REASON.match(words)
    )


def _is_prose(text: str, lines: list[Line], kinds: list[str], low: int, high: int) -> bool:
    """Tell whether there is running text, and no word of a notice, between two runs of short lines."""
    between = range(low, high)
    return any(kinds[i] == "paragraph" for i in between) and not any(
        kinds[i] in {"addressee", "number", "date"} or _NOTICE.search(text, lines[i].start, lines[i].end)
        for i in between
    )


def _runs(kinds: list[str], start: int) -> Iterator[range]:
    """Yield the runs of up to six short lines; a new one begins at `start`."""
    low = 0
    for i in range(len(kinds) + 1):
        short = i < len(kinds) and kinds[i] in {"short", "title parenthesis"}
        if not short or i == start or i - low >= 6:
            if low < i:
                yield range(low, i)
            low = i if short else i + 1


def tail(text: str, lines: list[Line], body: int) -> int:
    """Return the index of the line where the document ends: share buttons and link lists are below."""

    def words(i: int) -> str:
        return text[lines[i].start : lines[i].end]

    numbered = [i for i, line in enumerate(lines) if line.mark and line.mark.style not in BULLETS]
    after = max(body, numbered[-1] + 1 if numbered else 0)
    end = next((i for i in range(after, len(lines)) if _FOOTER.match(words(i))), len(lines))
    while (
        end > body
        and "。" not in words(end - 1)
        and (kind(words(end - 1)) == "furniture" or _LINK.match(words(end - 1)))
    ):
        end -= 1
    return end
