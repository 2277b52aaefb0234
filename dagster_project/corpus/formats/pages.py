"""Web pages: the article without menu, footer, scripts and share buttons; tables as rows.

lxml parses; the article is the innermost element that still holds the prose of the page. Extractors made for news
weigh each block by itself and drop short paragraphs and sparse cells as boilerplate; here no number of a plan may be
lost, and a menu that stands inside the article does less harm than a paragraph that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html
from lxml.etree import ParserError

from dagster_project.corpus.formats import ConversionError, Converted, joined, row_line
from dagster_project.reading import ReadingError, decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
# Nothing of these is read by a person as the text of a page (HTML Living Standard, 3.2.5.2 and 4.3).
_NO_TEXT = frozenset(
    "script style noscript template svg canvas iframe object embed audio video select button input textarea nav footer "
    "aside head form".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header "
    "hgroup hr html li main ol p pre section summary table caption tbody td th thead tfoot tr ul".split()
)
# Words of class and id by which content systems name what stands around an article.
_AROUND = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|footer|foot|breadcrumbs?|crumbs?|sidebar|share|bdsharebuttonbox|bshare"
    r"|jiathis|qrcode|ewm|toolbar|tools|print|copyright|login|search|related|recommend|pagination|accessibility|topbar)"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PROSE = re.compile(r"[\u4e00-\u9fff]{2,}|[,。;:、,;:]")
_ARTICLE_SHARE = 0.8  # of the prose of a page; what has less leaves out a part of the article
_LAYOUT_CELL = 200  # characters; a cell with more lays out a page, it is no cell of a table of figures


def convert(data: bytes) -> Converted:
    """Return the text of the article of a web page.

    Raises:
        ConversionError: If it is in no known encoding, or no page.
    """
    try:
        root = html.document_fromstring(_text(data))
    except (ParserError, ValueError) as error:
        raise ConversionError(f"it is no web page ({error}): save the page anew from the browser") from error
    title = _title(root)
    removed = sum(_remove(element) for element in [*root.iter()] if _is_around(element))
    article = _article(root)
    lines = [line for line in _lines(article) if line]
    if title and title not in "".join(lines[:12]).replace(" ", ""):
        lines.insert(0, title)
    tables = sum(not _is_layout(table) for table in article.iter("table"))
    left_out = (f"{removed} menus, scripts and other parts around the article",) if removed else ()
    return Converted("\n".join(lines) + "\n", tables=tables, left_out=left_out)


def _text(data: bytes) -> str:
    named = _CHARSET.search(data[:4000])
    if named:
        try:
            # GB18030 holds all that pages call GB2312 or GBK.
            name = named[1].decode().lower()
            return data.decode("gb18030" if name in {"gb2312", "gbk"} else name).lstrip("\ufeff")
        except (LookupError, UnicodeDecodeError):
            pass  # pages often name another encoding than theirs
    try:
        return decode(data)[0]
    except ReadingError as error:
        raise ConversionError(str(error)) from error


def _title(root: html.HtmlElement) -> str:
    """Return the title of the article, as the page's own heading gives it, without white space."""
    headings = [joined([*h.itertext()]).replace(" ", "") for h in root.iter("h1")]
    named = root.xpath("string(//meta[@name='ArticleTitle']/@content)").strip()
    return next((heading for heading in [named, *headings] if len(heading) > 5), "")


def _is_around(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return True  # a comment
    if element.tag in {"html", "body"}:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return (
        element.tag in _NO_TEXT
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style", "")))
        or bool(_AROUND.search(names) and _prose(element) < 200)
    )


def _remove(element: html.HtmlElement) -> bool:
    """Take an element out, and tell whether a person saw something there."""
    if element.getparent() is None:
        return False
    seen = isinstance(element.tag, str) and element.tag != "head"
    element.drop_tree()
    return seen


def _prose(element: html.HtmlElement) -> int:
    """Return how many characters of Chinese prose an element holds outside links."""
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return sum(len(part[0]) for part in _PROSE.finditer(element.text_content())) - linked


def _article(root: html.HtmlElement) -> html.HtmlElement:
    """Return the innermost element that still holds the prose of the page."""
    element, wanted = root, _ARTICLE_SHARE * _prose(root)
    while True:
        inner = [
            child
            for child in element
            if isinstance(child.tag, str) and child.tag != "table" and _prose(child) >= wanted
        ]
        if len(inner) != 1 or inner[0].tag not in _BLOCKS or inner[0].tag in {"p", "li"}:
            return element
        element = inner[0]


def _is_layout(table: html.HtmlElement) -> bool:
    """Tell whether a table lays out a page: it holds tables, long text, or one cell a row."""
    cells = [*table.iter("td", "th")]
    return (
        next(iter(table.xpath(".//table")), None) is not None
        or any(len(cell.text_content().strip()) > _LAYOUT_CELL for cell in cells)
        or all(len([*row.iter("td", "th")]) < 2 for row in table.iter("tr"))
    )


def _lines(element: html.HtmlElement) -> Iterator[str]:
    """Yield the paragraphs and rows of an element."""
    parts: list[str] = []
    for part in _pieces(element):
        if part is None:
            yield joined(["".join(parts)])
            parts = []
        elif isinstance(part, list):
            yield joined(["".join(parts)])
            yield from (row_line(row) for row in part)
            parts = []
        else:
            parts.append(part)
    yield joined(["".join(parts)])


def _pieces(element: html.HtmlElement) -> Iterator[str | list[list[str]] | None]:
    """Yield text, the rows of tables, and None where a line ends."""
    if element.tag == "table" and not _is_layout(element):
        yield [joined([*caption.itertext()]).split("\t") for caption in element.iter("caption")] + _rows(
            element
        )
        return
    if element.tag in _BLOCKS:
        yield None
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield None
        else:
            yield from _pieces(child)
        yield child.tail or ""
    if element.tag in _BLOCKS:
        yield None


def _rows(table: html.HtmlElement) -> list[list[str]]:
    """Return the cells of a table; those that a merged cell covers are empty."""
    covered: dict[int, int] = {}  # column -> rows that a cell from above still covers
    rows = []
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while covered.get(len(cells)):
                covered[len(cells)] -= 1
                cells.append("")
            width, height = (_span(cell.get(name)) for name in ("colspan", "rowspan"))
            for column in range(len(cells), len(cells) + width):
                covered[column] = height - 1
            cells += [joined(_cell(cell)), *[""] * (width - 1)]
        while covered.get(len(cells)):
            covered[len(cells)] -= 1
            cells.append("")
        rows.append(cells)
    return rows


def _cell(cell: html.HtmlElement) -> list[str]:
    return [line for line in _lines(cell) if line]


def _span(printed: str | None) -> int:
    """Return a colspan or rowspan; at most 100, which no real table reaches."""
    return min(int(printed), 100) if printed and printed.strip().isdecimal() and int(printed) > 0 else 1
