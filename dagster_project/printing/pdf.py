"""What a browser leaves wrong in the PDFs that it prints: characters, and the titles of bookmarks."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import cast

import pikepdf

from dagster_project.reading.folding import RADICALS

_WRITTEN = RADICALS | {ligature: unicodedata.normalize("NFKC", ligature) for ligature in "ﬀﬁﬂﬃﬄﬅﬆ"}
# A map from glyphs to characters names those of one glyph, or of glyphs that follow one another (PDF 1.7, 9.10.3).
_MAPPED = re.compile(rb"^<(\w+)> (?:<(\w+)> )?<(\w{4})>$", re.MULTILINE)


def heading_pages(pdf: bytes) -> list[int]:
    """Return the page, counted from 1, of each bookmark of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        places = [cast("pikepdf.Array", item.destination) for item in _items(outline.root)]
        return [pikepdf.Page(place[0]).index + 1 for place in places]


def mended(pdf: bytes, headings: Sequence[str] = ()) -> bytes:
    """Return a PDF of Chromium, looking the same, whose text and bookmarks are what was written.

    Where a font draws 高 and the radical ⾼ with one glyph, Chromium says that it means the radical, and ﬁ is one
    character: then a word is not found, and a sentence that is copied is not that of the plan. The bookmark of a
    heading that was moved to the next page has its title twice.

    Args:
        pdf: The file.
        headings: The titles of its bookmarks, as they follow one another.
    """
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for part in opened.objects:
            if isinstance(part, pikepdf.Dictionary) and isinstance(part.get("/ToUnicode"), pikepdf.Stream):
                characters = part["/ToUnicode"]
                characters.write(_MAPPED.sub(_written, characters.read_bytes()))
        with opened.open_outline() as outline:
            for item, heading in zip(_items(outline.root), headings, strict=True):
                item.title = heading
        opened.save(made)
    return made.getvalue()


def _items(items: Sequence[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _items(item.children)


def _written(entry: re.Match[bytes]) -> bytes:
    first, last, code = (int(text, 16) for text in (entry[1], entry[2] or entry[1], entry[3]))
    named = [chr(code + more) for more in range(last - first + 1)]
    if not _WRITTEN.keys() & named:
        return entry[0]
    written = (_WRITTEN.get(character, character) for character in named)
    codes = " ".join(f"<{text.encode('utf-16-be').hex()}>" for text in written)
    return (b"<%b> <%b> [%b]" if entry[2] else b"<%b>%b %b") % (entry[1], entry[2] or b"", codes.encode())
