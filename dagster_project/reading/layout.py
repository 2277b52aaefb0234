"""What stands around the body of a plan: titles, notice, preamble before it; annexes and furniture after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, takewhile

from dagster_project.reading.agencies import Assignment
from dagster_project.reading.marks import BULLETS, DECIMAL, INLINE, STYLES, Mark, mark_at, mark_of
from dagster_project.reading.numerals import YEAR
from dagster_project.records import Role

_TYPES = (  # of documents, as titles end
    "方案|计[划画]|规划|纲要|办法|规定|条例|细则|措施|意见|通知|决定|公告|通告|报告|要点|政策|指南|指引|规则|规程|规范|章程|制度"
    "|预案|批复|决议|行动|清单|若干"
)
_TITLE_END = re.compile(rf"(?:{_TYPES})(?:\([^()]*\))*$")
_TITLE_PARENTHESIS = re.compile(
    r"\((?:[0-9]{4}年?(?:[—~-]{1,2}[0-9]{4}年?)?(?:度|版|修[订正](?:版|本)?)?|试行|暂行|修[订正](?:版|稿|案)?|征求意见稿|草案|送审稿)\)"
)
_GLUED_TITLE = re.compile(
    rf"[^。,;:\n]{{4,60}}?(?:{_TYPES})(?:\([^()]{{1,20}}\))? ?(?=为|根据|按照|依据|\([0-9]{{4}}年[0-9]{{1,2}}月)"
)
_REASON = re.compile("为|根据|按照|依据|经|现将")  # opens the first sentence of a document, no title
_LISTED = ("原则", "目标", "指标", "任务")  # headings that a list follows
_WHOLE = re.compile(r"[0-9]{1,2}(?= +[一-鿿])")  # 1 总则: a number in a text that has 1.1 编制目的 too
_SUBTITLE = re.compile(r"[—-]+[^。]{0,60}(?:会议|大会|全会)上(?:的[^。]{2,8})?$")
NUMBER_LINE = re.compile(
    rf"(?:[一-鿿]{{1,12}} ?[〔\[(]{YEAR}[〕\])] ?第?[0-9]{{1,5}}号"
    r"|[^。,;:]{0,30}(?:令|公告)? ?\(?第? ?[0-9]{1,4} ?号\)?)$"
)
DATE_LINE = re.compile(
    rf"(?:[^ 。,;:]{{2,30}} +)?({YEAR}|二[〇○零0Oo][一二三四五六七八九〇○零]{{2}}) ?年"
    r" ?([0-9一二三四五六七八九十]{1,3}) ?月 ?([0-9一二三四五六七八九十]{1,3}) ?日(?:印发)?$"
)
OFFICE_LINE = re.compile(
    r"[一-鿿()、 ]{2,60}(?:政府|委员会|管委会?|办公[室厅]|[一-鿿][局厅部委]|领导小组|[法检][^ ]*院|[银分]行)"
    r"(?:\([一-鿿]+\))?$"
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
    rf"[^。;]{{4,150}}(?:{_TYPES}|函|通报|公示)[》〉)]*[^。]{{0,30}}$"
)
ANNEX = re.compile(r"附(?:件|表|录)? ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})? ?:?$")
ANNEX_LIST = re.compile(r"附[件表]? ?[0-9]{0,2} ?:")
_NOTICE = re.compile(
    r"(?:现|特)(?:予以?|将[^。]{0,40})?(?:印发|发布|公布|转发)|(?:印发|转发)(?:给)?你们|请(?:认真|遵照|结合)[^。]{0,30}(?:执行|落实|实施)"
)
_ISSUED_TITLE = re.compile(
    r"(?:印发|转发|发布|公布|通过) ?[《〈]?([^《》〈〉\n]{4,80}?)[》〉]?的(?:通知|公告|通告|决定)"
)
_CITED_TITLE = re.compile(
    r"(?:将|制定了)《([^《》\n]{4,80})》[^。《》\n]{0,20}(?:印发|发布|公布)|《([^《》\n]{4,80})》[^。\n]{0,60}(?:现印发|同意|现予|通过)"
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
        if mark and _SUBTITLE.fullmatch(text, start, end):
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


_ENTRY = re.compile(r"(?:关于|印发|公布|发布).*(?:通知|公告|意见|决定|通告|批复|函)(?:\([^()]*\))?$")
_LONGEST_TITLE = 4  # lines


def _without_entry_number(text: str, lines: list[Line]) -> list[Line]:
    """Return the lines without the number that a collection of documents puts before the title of each.

    ``5. 某省人民政府印发关于…的通知(2023年2月28日)`` opens a document, no provision.
    """
    first = lines[0] if lines else None
    if first is None or first.mark is None or STYLES[first.mark.style].name not in {"1.", "一、"}:
        return lines
    group = [first, *takewhile(lambda line: line.mark is None, lines[1:_LONGEST_TITLE])]
    for n in range(1, len(group) + 1):
        title = "".join(text[line.start : line.end] for line in group[:n])
        if "。" in title:
            break
        if _ENTRY.search(title):
            return [Line(first.mark.end, first.end, None), *lines[1:]]
    return lines


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
            good = (closed or heading or bool(titled)) and mark.value in expected
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


def kind(text: str) -> str:
    """Return what a line without a number is: furniture, date, number, addressee, attachment, paragraph or short."""
    if len(text) <= 160 and (_FURNITURE.match(text) or _FOOTER.match(text)):
        return "furniture"
    if DATE_LINE.match(text):
        return "date"
    if _TITLE_PARENTHESIS.fullmatch(text):
        return "title parenthesis"
    if text.startswith("(") and text.endswith(")"):
        return "parenthesis"
    if ANNEX_LIST.match(text) or ANNEX.match(text):
        return "attachment"
    if NUMBER_LINE.match(text):
        return "number"
    if text.endswith(":") and _ADDRESSEE.match(text):
        return "addressee"
    return "paragraph" if len(text) > 80 or re.search(r"[。;!?]|[,:]$", text) else "short"


def plan_start(text: str, lines: list[Line]) -> int:
    """Return the index of the line where the title of the plan itself stands, -1 if there is no such line.

    It is the last one (or two or three) that repeats the title in 关于印发《…》的通知 or in 《…》已经…同意: what
    is before it is the notice, numbered or not. A number must follow it: a list of links may repeat the title, too.
    """
    head = text[:4000].replace("\n", "")
    found_in_head = chain(_ISSUED_TITLE.finditer(head), _CITED_TITLE.finditer(head))
    names = {_bare(m[m.lastindex or 0]) for m in found_in_head} - {""}
    longest = max(map(len, names), default=0) + 20
    found = -1
    bound = max(
        (i for i, line in enumerate(lines) if line.mark and line.mark.style not in BULLETS),
        default=len(lines),
    )
    for i, line in enumerate(lines):
        if names and i < bound and not line.mark and line.end - line.start <= longest:
            parts = [
                text[part.start : part.end] for part in lines[i : i + 3] if part.end - part.start <= longest
            ]
            if any(_bare("".join(parts[:n])) in names for n in (1, 2, 3)) and not parts[0].startswith("《"):
                found = i
    return found


def _bare(title: str) -> str:
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
    titles = _titles(text, lines, kinds, start)
    last = max(titles, default=-1)
    opening = next((i for i, sort in enumerate(kinds) if sort != "furniture"), None)
    roles: list[Role] = []
    for i, sort in enumerate(kinds):
        if sort == "furniture" or (contents and i in contents):
            roles.append(Role.FURNITURE)
        elif i in titles or (last < 0 and i == opening and sort == "short"):
            roles.append(Role.TITLE)
        elif (
            i < last
            or sort in {"addressee", "number", "date", "parenthesis", "attachment"}
            or _NOTICE.search(text, lines[i].start, lines[i].end)
        ):
            roles.append(Role.NOTICE)
        else:
            roles.append(Role.PREAMBLE)
    return roles, len(kinds)


def _contents(text: str, lines: list[Line], low: int, marked: int | None) -> range | None:
    """Return the lines of a table of contents: 目录, and headings up to where the first of them is printed again."""
    for i in range(low, min(len(lines), (len(lines) if marked is None else marked) + 1)):
        if re.fullmatch("目 *[录次]", text[lines[i].start : lines[i].end]) and i + 1 < len(lines):
            first = re.sub(r"[ .…·0-9]+$", "", text[lines[i + 1].start : lines[i + 1].end])
            stops = (
                j for j in range(i + 2, len(lines)) if text.startswith(first, lines[j].start, lines[j].end)
            )
            return next((range(i, j) for j in stops if first), None)
    return None


def _titles(text: str, lines: list[Line], kinds: list[str], start: int) -> set[int]:
    """Return the indices of the lines that make up titles; the title of the plan comes last."""
    found: set[int] = set()
    for group in _runs(kinds, start):
        if start < 0 and found and _is_prose(text, lines, kinds, max(found) + 1, group.start):
            break  # what ends like a title in running text cites one
        for first in group:
            words = [text[lines[k].start : lines[k].end] for k in range(first, group.stop)]
            if len(words) > 1 and OFFICE_LINE.match(words[0]) and not words[1].startswith("关于"):
                continue  # a signature right above a title
            last = next((n for n in range(len(words), 0, -1) if _is_title("".join(words[:n]))), 0)
            if last:
                found.update(range(first, first + last))
                break
    if start >= 0:
        found.add(start)
        found = {i for i in found if i <= start or set(range(start, i)) <= found}
    return found


def _is_title(words: str) -> bool:
    return (
        bool(_TITLE_END.search(words)) and words.count("《") == words.count("》") and not _REASON.match(words)
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


def tail(text: str, lines: list[Line], body: int) -> tuple[int, list[Role]]:
    """Return the index of the line where the body ends, and the roles of the lines from there on."""

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
    annex = next((i for i in range(body + 1, end) if ANNEX.match(words(i))), end)
    return annex, [Role.ANNEX] * (end - annex) + [Role.FURNITURE] * (len(lines) - end)
