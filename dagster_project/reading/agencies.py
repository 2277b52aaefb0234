"""Who is in charge: the offices that a provision names behind 责任单位, 牵头单位, 配合单位 and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dagster_project.records import Agency, View

LABEL = re.compile(
    r"[(【\[]?(?P<word>牵头|责任|主办|负责|主责|主管|配合|协办|协同|协助|参与|参加|支持|会办|落实|实施|承办)"
    r"(?:责任|落实|实施|配合)?(?:单位|部门|机关|主体|处室)"
    r"[】\]]?:"
)
_LEADING = frozenset(("牵头", "责任", "主办", "负责", "主责", "主管", "落实", "实施", "承办"))
_CLOSERS = {"(": ")", "【": "】", "[": "]"}
_VERB = re.compile(
    r"(牵头(?:负责|落实)?|(?:按(?:照)?(?:各自)?职责(?:分工)?|分工|分别|共同|具体|联合)?负责(?:落实|实施)?"
    r"|主办|配合|协办|协助|参与)"
)
_OFFICE = "(?:[局委办部厅院署会府处所站社行队校区县市]|中心|单位|公司|集团|部门|小组|机构)"
_NAME = re.compile(rf"(?:由|及|和|会同)?([^、,;:。()]*{_OFFICE}(?:\([^()]*\))?)(?:等(?:[^、,;]{{0,8}})?)?$")
_UNLABELLED = re.compile(
    r"\((?P<a>[^()。:]*(?:\([^()]*\)[^()。:]*){0,8}(?:负责|牵头|配合|落实|参与|协助|协办)[^()。:、,]{0,4})\)"
    r"(?=[。;]? *(?:\n|$))"
)
_SENTENCE = re.compile(
    r"(?:^ *|(?<=[。;,]))[^。;,:\n]{0,12}?由(?P<a>[^。;:\n]{2,150}?(?:牵头|负责)(?:落实|实施|组织实施)?)。$",
    re.MULTILINE,
)
_AND = re.compile(
    r"(?<=[局委办部厅院署会府])[和及与](?=[市省县区各国州盟旗]|[^、,;]{1,12}[局委办部厅院署会府]$)|以及"
)


def regions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans in ``text[start:end]`` (one line) that say who is in charge, brackets and full stop included."""
    found: list[tuple[int, int]] = []
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
        found.append((match.start(), stop))
        at = stop
    if not found:
        for pattern in (_UNLABELLED, _SENTENCE):
            last = pattern.search(text, max(start, end - 300), end)
            if last and list(_by_verb(text, *last.span("a"))):
                stop = last.end()
                found.append(
                    (last.start(), stop + 1 if text[stop : stop + 1] == "。" and stop < end else stop)
                )
                break
    return found


def _closing(text: str, start: int, end: int, opener: str, closer: str) -> int:
    """Return the position behind the bracket that closes the one at `start`; the end of the line if none does."""
    depth = 0
    for match in re.compile(f"[{re.escape(opener + closer)}]").finditer(text, start, end):
        depth += 1 if match[0] == opener else -1
        if depth == 0:
            return match.end()
    return end


def find(view: View, lines: list[tuple[int, int]]) -> tuple[Agency, ...]:
    """Return the agencies named in a provision, in order.

    A label with 牵头 leads; where a provision has one, 责任单位 support, else they lead. A name that ends in
    (牵头) leads the rest.

    Args:
        view: The folded and repaired text.
        lines: The spans of the lines of the provision.
    """
    text = view.text
    spans = [region for start, end in lines for region in regions(text, start, end)]
    named: list[tuple[str, int, int]] = []
    for start, end in spans:
        labels = list(LABEL.finditer(text, start, end))
        if not labels:
            match = _UNLABELLED.search(text, start, end) or _SENTENCE.search(text, start, end)
            named += list(_by_verb(text, *match.span("a"))) if match else []
        stop = end
        while stop > start and text[stop - 1] in "。; ":
            stop -= 1
        if labels and text[start] in _CLOSERS and text[stop - 1] == _CLOSERS[text[start]]:
            stop -= 1
        bounds = [label.start() for label in labels[1:]] + [stop]
        for label, last in zip(labels, bounds, strict=False):
            named += [(label["word"], a, b) for a, b in _names(text, label.end(), last)]
    named = [
        ("牵头", a, b - len("(牵头)")) if text.endswith("(牵头)", a, b) else (word, a, b)
        for word, a, b in named
    ]
    led = any(word == "牵头" for word, _, _ in named)
    found: list[Agency] = []
    for word, start, end in named:
        role = "lead" if word == "牵头" or (not led and word in _LEADING) else "supporting"
        a, b = view.raw_span(start, end)
        found.append(Agency(view.raw[a:b], role, a, b))
    return tuple(found)


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
        word = "牵头" if match[0].startswith("牵头") else "负责" if "负责" in match[0] else match[0]
        for a, b in _names(text, at, match.start()):
            name = _NAME.match(text, a, b)
            if not name or b - a > 40:
                return
            found.append((word, *name.span(1)))
        at = match.end()
        while at < end and text[at] in ",;、":
            at += 1
    yield from found
