"""Who is in charge: the offices that a provision names behind 责任单位, 牵头单位, 配合单位 and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dagster_project.reading.vocabulary import Word, one_of
from dagster_project.records import Agency, View

LABEL = re.compile(
    r"[(【〔\[]?(?P<word>牵头|责任|主办|负责|主责|主管|配合|协办|协同|协助|参与|参加|支持|会办|落实|实施|承办)"
    r"(?:责任|落实|实施|配合)?(?:单位|部门|机关|主体|处室)"
    r"[】〕\]]?:"
)
_LEADING = frozenset(("牵头", "责任", "主办", "负责", "主责", "主管", "落实", "实施", "承办", "会同"))
_CLOSERS = {"(": ")", "【": "】", "[": "]", "〔": "〕"}
_JOINTLY = "(?:按(?:照)?(?:各自)?职责(?:分工)?|分工|分别|共同|具体|联合|协同|积极|予以)?"
_VERB = re.compile(
    rf"(牵头(?:负责|落实|实施|推进)?|{_JOINTLY}(?:负责(?:组织)?(?:落实|实施|推进)?|配合|协助|参与|(?:组织|推进|抓好)?(?:落实|实施))"
    r"|主办|协办|(?<=[局委办部厅院署会府室心])会同)"
)
_WORDS = ("牵头", "会同", "负责", "配合", "实施", "落实")  # the first of them in a verb says what it means
_OFFICE = "(?:[局委办部厅院署会府处所站社行队校区县市]|中心|单位|公司|集团|部门|小组|机构)"
_NAME = re.compile(
    rf"(?:由|及|和|会同)?([^、,;:。()]*(?:\([^()]*\))?[^、,;:。()]*{_OFFICE}(?:\([^()]*\))?)(?:等(?:[^、,;]{{0,8}})?)?$"
)
_UNLABELLED = re.compile(
    r"\((?P<a>[^()。:]*(?:\([^()]*\)[^()。:]*){0,8}(?:负责|牵头|配合|落实|参与|协助|协办)[^()。:、,]{0,4})\)"
    r"(?=[。;]? *(?:\n|$))"
)
_SENTENCE = re.compile(rf"(?P<by>[^。;,:]{{0,12}}?由)?(?P<a>[^。;:]{{2,150}}?{_VERB.pattern})[。;]?$")
_CLAUSE_START = re.compile(r"(?<=[。;,]) *")
_ENDS_IN_VERB = re.compile(rf".*{_VERB.pattern}[。;]?$")
# Running text speaks of many who are no authority (企业, 第三方机构, 有关部门): there every name must be one of these.
_FUNCTION = (
    "知识产权|市场监管|市场监督管理|财政|税务|科技|科学技术|教育|商务|公安|司法|农业农村|人社|人力资源(?:和|与)?社会保障|发改|发展(?:和)?改革|工信|工业和信息化|经信"
    "|文化|文旅|文化和旅游|版权|审计|金融|统计|国资|海关|宣传|组织|统战|行政审批|林草|林业|卫生健康|生态环境|自然资源|交通运输|水利|住建"
)
_OTHERS = one_of(
    "企业 公司 集团 第三方 中介 单位 高校 学校 协会 联盟 专家 评审",
    Word("机构", unless_after="编制", example="第三方机构"),
)
_OFFICE_END = one_of(
    "政府 市府 省府 县府 区府 海关 法院 检察院 办公室 办事处 委员会 管委会 领导小组 专班 联席会议 贸促会 总工会",
    Word("局", unless_before="布 格 全 结 邮 当", example="市财政局"),
    Word("委", unless_before="评 居 村 党", example="市发展改革委"),
    Word("署", unless_before="部", example="审计署"),
    Word("厅", unless_before="大 展 客 餐", example="省科技厅"),
    Word("办", unless_before="主 承 协 举 经 督 交 代 创", example="市金融办"),
)
_PLACE = one_of(
    "省 县", Word("市", unless_after="场", example="合肥市"), Word("区", unless_after="域", example="高新区")
)
_AUTHORITY = re.compile(
    rf"(?!.*(?:{_OTHERS}|[省市县区]级[^党政]))(?:.*(?:{_OFFICE_END}"
    rf"|(?:{_FUNCTION}|[市县区]委.{{2,4}})部|(?:^|[省市县区州旗级])(?:{_FUNCTION})(?:主管)?部门|人民银行.*|^人行.*行"
    rf")|.*{_PLACE}.+中心|各.*[县市区镇乡])(?:\([^()]*\))?$"
)
_PLACED = re.compile(r"国家|各|[一-鿿]{0,3}?[省市县区州盟旗]")
_ALL = re.compile(r"各(?:有关|相关|成员|责任)?(?:部门|单位)")
_AND = re.compile(
    r"(?<=[局委办部厅院署会府])[和及与](?=[市省县区各国州盟旗]|[^、,;]{1,12}[局委办部厅院署会府]$)|以及"
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A stretch of a line that says who is in charge, brackets and full stop included.

    Attributes:
        start: Where it starts in the view.
        end: Where it ends.
        named: For each office the word that tells its part (牵头, 配合 …), and the span of its name.
    """

    start: int
    end: int
    named: tuple[tuple[str, int, int], ...]


def assignments(text: str, start: int, end: int, *, numbered: bool) -> tuple[Assignment, ...]:
    """Return the stretches of the line ``text[start:end]`` that say who is in charge.

    Args:
        text: The folded and repaired text.
        start: Where the line starts.
        end: Where it ends.
        numbered: Whether it opens with a number or bullet.
    """
    found: list[Assignment] = []
    at = start
    while match := LABEL.search(text, at, end):
        opener = text[match.start()]
        closer = _CLOSERS.get(opener)
        if closer and text[match.end() - 2] == closer:  # 【责任单位】:…
            closer = None
        if closer:
            stop = _closing(text, match.start(), end, opener, closer)
        else:
            stop = text.find("。", match.end(), end)
            stop = end if stop < 0 else stop
        while stop < end and text[stop] in "。;":
            stop += 1
        found.append(Assignment(match.start(), stop, tuple(_behind_labels(text, match.start(), stop))))
        at = stop
    last = None if found else _unlabelled(text, start, end, numbered=numbered)
    if last:
        stop = last.end() + (text[last.end() : last.end() + 1] == "。" and last.end() < end)
        found.append(Assignment(last.start(), stop, tuple(_by_verb(text, *last.span("a")))))
    return tuple(found)


def _behind_labels(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield (word, start, end) of the names in a stretch that opens with a label, and may have more of them."""
    while end > start and text[end - 1] in "。; ":
        end -= 1
    if text[start] in _CLOSERS and text[end - 1] == _CLOSERS[text[start]]:
        end -= 1
    labels = list(LABEL.finditer(text, start, end))
    for label, last in zip(labels, [*(label.start() for label in labels[1:]), end], strict=True):
        yield from _labelled(text, label["word"], label.end(), last)


def _unlabelled(text: str, start: int, end: int, *, numbered: bool) -> re.Match[str] | None:
    """Return what says at the end of a line who is in charge, without a label; its group ``a`` has names and verbs.

    Either a bracket (市科技局牵头,市财政局配合) with an authority among its names; or the last sentence, or its part
    behind a comma, 由市科技局牵头,市财政局配合。 in which all names are authorities and one leads. Without 由 it is a
    whole sentence that begins with 市, 省, 县 or the like.
    """
    low = max(start, end - 300)
    bracket = _UNLABELLED.search(text, low, end)
    if bracket:
        names = [text[a:b] for _, a, b in _by_verb(text, *bracket.span("a"))]
        return bracket if any(_AUTHORITY.match(name) or _ALL.match(name) for name in names) else None
    if not _ENDS_IN_VERB.match(text, max(start, end - 16), end):
        return None
    sentence = max(low, text.rfind("。", low, end - 1) + 1, text.rfind(";", low, end - 1) + 1)
    starts = [start] if sentence == start and not numbered else []  # a heading is not taken away
    for at in starts + [clause.end() for clause in _CLAUSE_START.finditer(text, sentence, end)]:
        match = _SENTENCE.match(text, at, end)
        whole = at == start or text[at - 1] != ","
        if not match or not (match["by"] or (whole and _PLACED.match(text, at, end))):
            continue
        named = list(_by_verb(text, *match.span("a")))
        if any(word in _LEADING for word, _, _ in named) and all(
            _AUTHORITY.match(text[a:b]) for _, a, b in named
        ):
            return match
    return None


def _closing(text: str, start: int, end: int, opener: str, closer: str) -> int:
    """Return the position behind the bracket that closes the one at `start`; the end of the line if none does."""
    depth = 0
    for match in re.compile(f"[{re.escape(opener + closer)}]").finditer(text, start, end):
        depth += 1 if match[0] == opener else -1
        if depth == 0:
            return match.end()
    return end


def in_charge(view: View, found: Iterable[Assignment]) -> tuple[Agency, ...]:
    """Return the agencies of a provision, in order, from the assignments of its lines.

    A label with 牵头 leads; where a provision has one, 责任单位 support, else they lead. A name that ends in
    (牵头) leads the rest, one before 会同 leads those behind it.
    """
    named = [
        ("牵头", a, b - len("(牵头)")) if view.text.endswith("(牵头)", a, b) else (word, a, b)
        for assignment in found
        for word, a, b in assignment.named
    ]
    led = any(word in {"牵头", "会同"} for word, _, _ in named)
    agencies: list[Agency] = []
    for word, start, end in named:
        role = "lead" if word in {"牵头", "会同"} or (not led and word in _LEADING) else "supporting"
        a, b = view.raw_span(start, end)
        agencies.append(Agency(view.raw[a:b], role, a, b))
    return tuple(agencies)


def _labelled(text: str, word: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return (word, start, end) of the names behind a label; a verb behind names says more than the label does.

    责任单位:市科技局牵头,市财政局、市教育局配合。
    """
    verbs = list(_VERB.finditer(text, start, end))
    told = []
    if verbs and all(
        verb.end() == end or text[verb.end()] in ",;、。" or "会同" in verb[0] for verb in verbs
    ):
        told = list(_by_verb(text, start, end))
    rest = verbs[-1].end() if told else start
    return told + [(word, a, b) for a, b in _names(text, rest, end)]


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the names in a list: split at 、 , ; and at a safe 和, outside brackets, without 等."""
    at, depth = start, 0
    for position in range(start, end + 1):
        char = text[position] if position < end else "、"
        depth += (char in "(【") - (char in ")】")
        if position < end and (depth > 0 or char not in "、,;。 "):
            continue
        for a, b in _apart(text, at, position):
            name = re.sub(r"等(?:[^、,;()]{0,8})?$", "", text[a:b].rstrip(" 。:"))
            first = a + len(name) - len(name.lstrip(" 。:"))
            if first < a + len(name):
                yield first, a + len(name)
        at = position + 1


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split 市科技局和市财政局, but not 文化和旅游局: what stands before 和 must be an office of its own."""
    at = start
    for match in _AND.finditer(text, start, end):
        yield at, match.start()
        at = match.end()
    yield at, end


def _by_verb(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield (verb, start, end) of the names in 市科技局牵头,市财政局配合; nothing unless every name is an office."""
    found: list[tuple[str, int, int]] = []
    at = start
    for match in _VERB.finditer(text, start, end):
        word = next((word for word in _WORDS if word in match[0]), match[0])
        for a, b in _names(text, at, match.start()):
            name = _NAME.match(text, a, b) if b - a <= 40 else None  # on a long text it takes long
            if not name:
                return
            found.append((word, *name.span(1)))
        at = match.end()
        while at < end and text[at] in ",;、":
            at += 1
    yield from found
