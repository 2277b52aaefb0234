"""PDF files: paragraphs put together from printed lines, tables as rows, running heads and page numbers left out.

pdfplumber gives characters with their places, and finds tables by their rules; it is slower than PDFium and knows more.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from dagster_project.corpus.formats import ConversionError, Converted, joined, row_line, scan
from dagster_project.reading.folding import RADICALS

# It reports every font without a bounding box, once a glyph.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
_CHARACTERS = str.maketrans(RADICALS)  # a font with one glyph for ⼆ and 二 gives the radical

MOST_PAGES = 2_000
_SCANNED = 20  # characters a page; a page with fewer, and a picture, was scanned
_MARGIN = 0.09  # of the height of a page: where running heads and page numbers stand
_PAGE_NUMBER = re.compile(r"[-—–·第\s]*\d{1,4}[-—–·页\s]*(?:/\s*\d{1,4}|共\s*\d{1,4}\s*页)?\s*")
_BLANK = 0.4  # of a character's size: a narrower gap is made by justifying a line, and is no blank
_UNBROKEN = re.compile(r"[!-~]+")  # what is not parted at the end of a line
_GAP = 1.35  # of the usual distance of two lines: what is wider parts paragraphs
_BEGINS = re.compile(
    r"第[一二三四五六七八九十百零\d]+[章节条]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．](?!\d)"
    r"|(?:[牵牽][头頭]|[责責]任|[负負][责責]|主[办辦]|[协協][办辦]|配合)(?:[单單]位|部[门門])[:：]"
)


@dataclass(slots=True)
class _Line:
    """A printed line, or a row of a table.

    Attributes:
        text: Its text.
        left: Where it begins, in points from the left.
        right: Where it ends.
        top: How far it stands from the top.
        size: The height of its characters.
        is_row: It is a row of a table.
    """

    text: str
    left: float
    right: float
    top: float
    size: float
    is_row: bool = False


def convert(data: bytes) -> Converted:
    """Return the text of a PDF.

    Raises:
        ConversionError: If it is damaged, locked, has more than `MOST_PAGES` pages, or was scanned and the extra that
            recognises text is not installed.
    """
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            return _converted(document)
    except ConversionError:
        raise
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
        raise ConversionError("it is locked with a password: save it without one") from error
    except (
        PdfminerException,
        PSException,
        ValueError,
        TypeError,
        KeyError,
        OverflowError,
        RecursionError,
    ) as error:
        if "MemoryError" in repr(error):  # pdfplumber takes it for a fault of the file
            raise MemoryError from error
        if "Password" in repr(error):
            raise ConversionError("it is locked with a password: save it without one") from error
        raise ConversionError(
            f"it cannot be opened as a PDF ({type(error).__name__}): download it again, or save it anew"
        ) from error


def _converted(document: Any) -> Converted:  # noqa: ANN401 - pdfplumber has no types
    """Return the text of an open PDF."""
    if len(document.pages) > MOST_PAGES:
        raise ConversionError(
            f"it has {len(document.pages)} pages, more than {MOST_PAGES}: give the part that holds the plan"
        )
    pages, tables, pictures = [], 0, 0
    for page in document.pages:
        lines, found = _page(page)
        pages.append((float(page.height), lines))
        tables += found
        pictures += len(page.images)
        page.close()
    characters = sum(len(line.text) for _, lines in pages for line in lines)
    is_scan = pictures > 0 and characters < _SCANNED * len(pages)
    if is_scan:
        pages = _recognised(document)
    kept = list(_without_running_heads(pages))
    removed = sum(len(lines) for _, lines in pages) - sum(map(len, kept))
    left_out = (f"{removed} running heads and page numbers",) if removed else ()
    return Converted("".join(_paragraphs(kept)), len(pages), tables, left_out, is_scan)


def _recognised(document: Any) -> list[tuple[float, list[_Line]]]:  # noqa: ANN401
    """Return height and lines of each scanned page; pieces that stand apart in a line are cells of a row.

    Raises:
        ConversionError: If the extra that recognises text is not installed.
    """
    read = scan.recogniser()
    if read is None:
        raise ConversionError(
            "it is a scan, its pages are pictures without text: install what recognises text (`make setup-ocr`), or "
            "give the text that another program recognised"
        )
    pages = []
    for page in document.pages:
        lines = []
        for pieces in scan.lines(read(page)):
            first, last = pieces[0], pieces[-1]
            size = median(piece.bottom - piece.top for piece in pieces)
            words = row_line([joined([piece.text]) for piece in pieces])
            lines.append(_Line(words, first.left, last.right, first.top, size, is_row=len(pieces) > 1))
        pages.append((float(page.height), lines))
        page.close()
    return pages


def _page(page: Any) -> tuple[list[_Line], int]:  # noqa: ANN401 - pdfplumber has no types
    """Return the lines of a page from the top, rows of tables among them, and the number of tables."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1 and _columns(table) > 1]
    boxes = [table.bbox for table in tables]
    outside = page.filter(lambda item: not any(_is_inside(item, box) for box in boxes)) if boxes else page
    apart = _apart(page)
    lines = [
        _Line(
            joined([line["text"]]).translate(_CHARACTERS),
            line["x0"],
            line["x1"],
            line["top"],
            median(c["size"] for c in line["chars"]),
        )
        for line in outside.extract_text_lines(
            return_chars=True, strip=True, y_tolerance=apart, x_tolerance_ratio=_BLANK
        )
    ]
    for table in tables:
        left, top, right, bottom = table.bbox
        rows = table.extract(y_tolerance=apart, x_tolerance_ratio=_BLANK)
        height = (bottom - top) / max(1, len(rows))
        lines += [
            _Line(
                row_line([joined((cell or "").split("\n")) for cell in row]).translate(_CHARACTERS),
                left,
                right,
                top + at * height,
                0.0,
                is_row=True,
            )
            for at, row in enumerate(rows)
        ]
    return sorted((line for line in lines if line.text.strip()), key=lambda line: line.top), len(tables)


def _apart(page: Any) -> float:  # noqa: ANN401
    """Return how far the tops of characters in one line may be apart: those of two fonts, figures in Times, are."""
    return max(3.0, 0.45 * median([float(c["size"]) for c in page.chars] or [0.0]))


def _columns(table: Any) -> int:  # noqa: ANN401
    return max((sum(cell is not None for cell in row.cells) for row in table.rows), default=0)


def _is_inside(item: dict[str, Any], box: Sequence[float]) -> bool:
    across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _without_running_heads(pages: Sequence[tuple[float, Sequence[_Line]]]) -> Iterator[list[_Line]]:
    """Yield the lines of each page without page numbers and what stands at the edge of many pages."""

    def at_edge(line: _Line, height: float) -> bool:
        return not line.is_row and not _MARGIN * height < line.top < (1 - _MARGIN) * height

    edges = Counter(
        without
        for height, lines in pages
        for without in {re.sub(r"\d+", "", x.text) for x in lines if at_edge(x, height)}
    )
    often = max(3, len(pages) // 3)
    for height, lines in pages:
        yield [
            line
            for line in lines
            if not (
                at_edge(line, height)
                and (_PAGE_NUMBER.fullmatch(line.text) or edges[re.sub(r"\d+", "", line.text)] >= often)
            )
        ]


def _paragraphs(pages: Sequence[Sequence[_Line]]) -> Iterator[str]:
    """Yield paragraphs and rows, each with its line end, and a form feed where a new page has begun.

    A line goes on in the next where it is full, the next begins at the margin and no wider gap parts the two; a
    paragraph that goes on over a page stays one line, and the form feed comes after it.
    """
    text_lines = [line for lines in pages for line in lines if not line.is_row]
    if text_lines:
        size = median(line.size for line in text_lines)
        left = _usual(line.left for line in text_lines)
        # Of tables, too: a caption is not full where its table is wider.
        right = max(line.right for lines in pages for line in lines)
        pitch = _pitch(pages)
    open_lines: list[str] = []
    previous: _Line | None = None
    feeds = 0
    for number, lines in enumerate(pages):
        feeds += number > 0
        for line in lines:
            goes_on = (
                previous is not None
                and not (previous.is_row or line.is_row)
                and previous.right > right - _room(line, size)
                and line.left < left + 0.8 * size
                and abs(previous.size - line.size) < 0.15 * size
                and line.top - previous.top < _GAP * pitch
                and not _BEGINS.match(line.text)
            )
            if not goes_on and previous is not None:
                yield joined(open_lines) + "\n" if not previous.is_row else open_lines[0] + "\n"
                yield "\f" * feeds
                open_lines, feeds = [], 0
            open_lines.append(line.text)
            previous = line
    if open_lines:
        yield (joined(open_lines) if previous and not previous.is_row else open_lines[0]) + "\n"


def _room(line: _Line, size: float) -> float:
    """Return how much may be left of a full line: less than the figure or word needs that begins the next one."""
    unbroken = _UNBROKEN.match(line.text)
    return max(3.2, 0.6 * len(unbroken[0]) + 1 if unbroken else 0) * size


def _pitch(pages: Sequence[Sequence[_Line]]) -> float:
    """Return how far most lines stand below the one before, in points."""
    steps = [
        below.top - line.top
        for lines in pages
        for line, below in pairwise(lines)
        if not (line.is_row or below.is_row)
    ]
    return Counter(round(step, 1) for step in steps if step > 0).most_common(1)[0][0] if steps else 0


def _usual(places: Iterator[float]) -> float:
    """Return the place where most lines begin, to a point."""
    return Counter(round(place) for place in places).most_common(1)[0][0]
