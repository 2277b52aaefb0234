"""Images of figures, all drawn by one browser process.

Kaleido starts the browser and talks to it; but it loads a page anew for every image, which takes most of its time. Here
a figure is drawn once, and taken from the page as SVG, PNG and PDF.
"""

from __future__ import annotations

import asyncio
import base64
import json
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from dagster_project.printing.pdf import mended

if TYPE_CHECKING:
    from choreographer import Tab

SCALE = 2  # pixels of a PNG for each pixel of the layout, for print and for dense screens
_TABS = 2  # figures that are drawn at a time
_DPI = 96  # CSS pixels to the inch
_PATIENCE = 120  # seconds that one figure may take
_SHOWN = 20  # characters that a note lists
_NOT_DRAWN = "No images (PNG, SVG, PDF) were drawn: {}. The charts are there as HTML, JSON and CSV."
_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><style>* { margin: 0 } @page { margin: 0 }</style>
<script src="plotly.min.js" charset="utf-8"></script></head><body><div id="figure"></div></body></html>
"""
_DRAW = """async (figure) => {
  await Plotly.newPlot('figure', figure.data, figure.layout, {staticPlot: true});
  await document.fonts.ready;
  return [];
}"""
# By the language of a text, a Chinese font may draw digits and quotation marks by other glyphs, which look the same and
# have no text in a PDF that shows the image.
_SVG = """() => [
  Plotly.Snapshot.toSVG(document.getElementById('figure'), 'svg', 1)
    .replace('>', "><style>svg { font-feature-settings: 'locl' 0 }</style>")
]"""
# Returns those of the characters that the browser draws as it draws a code point that no font has, or not at all.
_MISSING = """(characters, font) => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 40;
  const context = canvas.getContext('2d', {willReadFrequently: true});
  context.font = '24px ' + font;
  const drawn = (character) => {
    context.clearRect(0, 0, 40, 40);
    context.fillText(character, 4, 30);
    return context.getImageData(0, 0, 40, 40).data.join();
  };
  // Nothing is assigned to these: before and among the planes of Chinese characters, and after them.
  const nothing = new Set(['', '\\u0378', '\\u{2FA20}', '\\u{3FFFC}', '\\u{10FFFD}'].map(drawn));
  return characters.filter((character) => nothing.has(drawn(character)));
}"""


def draw_images(figures: Mapping[Path, go.Figure]) -> list[str]:
    """Draw figures as PNG, SVG and PDF.

    Args:
        figures: Figures with a width and a height, by their paths without suffix.

    Returns:
        A note in words if nothing was drawn, because there is no browser or it has no Chinese font, or if some
        characters have no glyph; empty if all is drawn.
    """
    from choreographer import errors

    try:
        # In a thread of its own: a notebook, for one, has an event loop in this one, and there cannot be two.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(_draw_all(figures))).result()
    except errors.ChromeNotFoundError:
        return [
            _NOT_DRAWN.format("there is no Chromium or Chrome, or BROWSER_PATH names none; install chromium")
        ]
    # Which of the three it is depends on when a browser that cannot run gives up.
    except (errors.BrowserFailedError, errors.BrowserClosedError, errors.ChannelClosedError) as error:
        return [_NOT_DRAWN.format(f"the browser does not start ({error}); start it by hand to see why")]


async def _draw_all(figures: Mapping[Path, go.Figure]) -> list[str]:
    from kaleido import Kaleido

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(_PAGE, encoding="utf-8")
        page.with_name("plotly.min.js").write_text(get_plotlyjs(), encoding="utf-8")
        async with Kaleido(n=min(_TABS, len(figures) or 1), page_generator=page) as browser:
            tabs = [_Tab(browser.tabs_ready.get_nowait().tab) for _ in range(browser.tabs_ready.qsize())]
            font = next(iter(figures.values())).layout.font.family if figures else ""
            needed = sorted(set().union(*(_characters(figure) for figure in figures.values())))
            missing = await tabs[0].call(_MISSING, needed, font)
            if needed and len(missing) == len(needed):
                return [_NOT_DRAWN.format("there is no Chinese font; install one (Debian: fonts-noto-cjk)")]
            queue = list(figures.items())
            await asyncio.gather(*(_draw_queue(tab, queue) for tab in tabs))
    if missing:
        shown = " ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
        return [
            f"Characters that no installed font has are missing in the images: {shown}; install fonts-noto-cjk."
        ]
    return []


def _characters(figure: go.Figure) -> set[str]:
    """Return the Chinese characters that a figure shows."""
    drawn = figure.to_plotly_json()
    shown = [drawn["data"], {key: value for key, value in drawn["layout"].items() if key != "meta"}]
    texts = json.dumps(shown, ensure_ascii=False, default=str)
    return {
        character
        for character in set(texts)
        if "\u3400" <= character <= "\u9fff" or character >= "\U00020000"
    }


async def _draw_queue(tab: _Tab, queue: list[tuple[Path, go.Figure]]) -> None:
    while queue:
        stem, figure = queue.pop(0)
        try:
            async with asyncio.timeout(_PATIENCE):
                drawn = await tab.draw(figure)
        except TimeoutError:
            raise RuntimeError(f"The browser has not drawn {stem.name} within {_PATIENCE} s") from None
        for suffix, content in drawn.items():
            stem.with_name(f"{stem.name}.{suffix}").write_bytes(content)


class _Tab:
    """A page of the browser, with plotly.js."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    async def _send(self, command: str, **parameters: object) -> dict[str, Any]:
        """Send a command of the Chrome DevTools Protocol and return its result."""
        answer = await self._tab.send_command(command, params=parameters)
        if "error" in answer or "exceptionDetails" in answer["result"]:
            raise RuntimeError(f"The browser cannot draw a figure, {command} fails: {answer}")
        return dict(answer["result"])

    async def call(self, function: str, *arguments: object) -> list[str]:
        """Call a JavaScript function in the page and return the texts that it returns."""
        page = await self._send("Runtime.evaluate", expression="window")
        called = await self._send(
            "Runtime.callFunctionOn", functionDeclaration=function, objectId=page["result"]["objectId"],
            arguments=[{"value": argument} for argument in arguments], awaitPromise=True, returnByValue=True,
        )  # fmt: skip
        return list(called["result"]["value"])

    async def draw(self, figure: go.Figure) -> dict[str, bytes]:
        """Return the image of a figure in each format."""
        width, height = figure.layout.width, figure.layout.height
        screen = {"width": width, "height": height, "deviceScaleFactor": SCALE, "mobile": False}
        await self._send("Emulation.setDeviceMetricsOverride", **screen)
        await self.call(_DRAW, figure.to_plotly_json())
        png = await self._send("Page.captureScreenshot", format="png")
        pdf = await self._send(
            "Page.printToPDF", printBackground=True, paperWidth=width / _DPI, paperHeight=height / _DPI,
            marginTop=0, marginBottom=0, marginLeft=0, marginRight=0, pageRanges="1",
        )  # fmt: skip
        # Last, because it rewrites fonts and patterns in the page.
        (svg,) = await self.call(_SVG)
        return {
            "png": base64.b64decode(png["data"]),
            "svg": svg.encode(),
            "pdf": mended(base64.b64decode(pdf["data"])),
        }
