"""The briefing as PDF: the document as HTML, printed by the browser that also draws the figures.

CSS has no way yet, in Chromium, to print the page that a heading is on. So the document is printed twice: the outline
of the first PDF tells the pages that the contents of the second one names.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dagster_project.briefing.document import Document, Heading, Paragraph, Picture
from dagster_project.briefing.page import TEMPLATES, environment
from dagster_project.printing.pdf import heading_pages, mended

_TIMEOUT = 600  # seconds for one printing; thirty pages take one


class _PrintingError(RuntimeError):
    """The browser refused."""


def write_pdfs(documents: Mapping[Path, Document], images: Mapping[Path, Mapping[str, Path]]) -> str | None:
    """Print each document, all in one browser.

    Args:
        documents: By the path of the PDF.
        images: Of each document: the image of each figure by its name; a figure without one has its caption only.

    Returns:
        Why not all were printed, in words; none if they were.
    """
    from choreographer import errors

    logging.getLogger("choreographer").setLevel(logging.ERROR)
    # A loop of its own: the caller may have one running, as Dagster and notebooks do.
    with ThreadPoolExecutor(1) as thread:
        try:
            thread.submit(asyncio.run, _print_all(documents, images)).result()
        except errors.ChromeNotFoundError:
            return "there is no Chromium or Chrome, or BROWSER_PATH names none; install chromium"
        except (errors.BrowserFailedError, errors.BrowserClosedError, errors.ChannelClosedError) as error:
            return f"the browser did not start or ended early: {error}"
        except TimeoutError:
            return f"the browser took more than {_TIMEOUT} seconds"
        except _PrintingError as error:
            return f"the browser could not print: {error}"
    return None


async def _print_all(documents: Mapping[Path, Document], images: Mapping[Path, Mapping[str, Path]]) -> None:
    from choreographer import Browser

    async with Browser(headless=True) as browser:
        tab = browser.get_tab() or await browser.create_tab()
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


async def _print(tab: Any, address: str) -> bytes:  # noqa: ANN401 - choreographer's Tab
    """Return the page at `address` as PDF with outline and tags."""
    await tab.send_command("Page.navigate", {"url": address})
    # A load event could be that of the page before; the state of the document is not.
    await asyncio.wait_for(_loaded(tab, address.rpartition("/")[2]), _TIMEOUT)
    settings = {
        "preferCSSPageSize": True,
        "printBackground": True,
        "generateDocumentOutline": True,
        "generateTaggedPDF": True,
    }
    answer = await asyncio.wait_for(tab.send_command("Page.printToPDF", settings), _TIMEOUT)
    if "error" in answer:
        raise _PrintingError(answer["error"]["message"])
    return base64.b64decode(answer["result"]["data"])


async def _loaded(tab: Any, name: str) -> None:  # noqa: ANN401 - as above
    state = "location.pathname.split('/').pop() + ' ' + document.readyState"
    while True:
        answer = await tab.send_command("Runtime.evaluate", {"expression": state, "returnByValue": True})
        if answer.get("result", {}).get("result", {}).get("value") == f"{name} complete":
            return
        await asyncio.sleep(0.02)


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
