"""The briefing as PDF: the document as HTML, printed by the browser that also draws the figures.

CSS has no way yet, in Chromium, to print the page that a heading is on. So the document is printed twice: the outline
of the first PDF tells the pages that the contents of the second one names.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from markupsafe import Markup

from dagster_project.briefing.document import Document, Heading, Paragraph, Picture
from dagster_project.briefing.page import TEMPLATES, environment
from dagster_project.printing.browser import BrowserError, Tab, in_browser
from dagster_project.printing.pdf import heading_pages, mended


def write_pdfs(documents: Mapping[Path, Document], images: Mapping[Path, Mapping[str, Path]]) -> str | None:
    """Print each document, all in one browser.

    Args:
        documents: By the path of the PDF.
        images: Of each document: the image of each figure by its name; a figure without one has its caption only.

    Returns:
        Why not all were printed, in words; none if they were.
    """
    try:
        in_browser(partial(_print_all, documents, images))
    except BrowserError as error:
        return str(error)
    return None


async def _print_all(
    documents: Mapping[Path, Document], images: Mapping[Path, Mapping[str, Path]], tabs: Sequence[Tab]
) -> None:
    (tab,) = tabs
    for path, document in documents.items():
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".print-") as folder:
            first = await _print(tab, _source(folder, "first", document, images[path]))
            second = _source(folder, "second", document, images[path], heading_pages(first))
            headings = [block.text for block in document.blocks if isinstance(block, Heading)]
            _save(mended(await _print(tab, second), headings), path)


def _source(
    folder: str, name: str, document: Document, images: Mapping[str, Path], pages: Sequence[int] = ()
) -> str:
    """Write the document as HTML and return its address."""
    path = Path(folder) / f"{name}.html"
    path.write_text(_html(document, images, pages), encoding="utf-8")
    return path.as_uri()


def _save(pdf: bytes, path: Path) -> None:
    path.write_bytes(pdf)


async def _print(tab: Tab, address: str) -> bytes:
    """Return the page at `address` as PDF with outline and tags."""
    await tab.load(address)
    return await tab.printed(preferCSSPageSize=True, generateDocumentOutline=True, generateTaggedPDF=True)


def _html(document: Document, images: Mapping[str, Path], pages: Sequence[int] = ()) -> str:
    made = environment()
    made.tests |= {
        "heading": lambda block: isinstance(block, Heading),
        "paragraph": lambda block: isinstance(block, Paragraph),
        "picture": lambda block: isinstance(block, Picture),
    }
    names = [block.name for block in document.blocks if isinstance(block, Picture)]
    return made.get_template("print.html").render(
        document=document,
        images={name: images[name].as_uri() if name in images else "" for name in names},
        pages=pages,
        style=Markup((TEMPLATES / "print.css").read_text(encoding="utf-8")),  # noqa: S704 - the project's own file
        running=_css_string(document.title),
        release=_css_string(document.release),
    )


def _css_string(text: str) -> Markup:
    """Return a text as a CSS string that can stand in a style element."""
    return Markup(json.dumps(text, ensure_ascii=False).replace("<", "\\3c "))  # noqa: S704 - see above
