"""Images of figures, all drawn by one browser process.

Kaleido, with which plotly.py draws images, loads a page anew for every image, which takes most of its time. Here a
figure is drawn once, and taken from the page as SVG, PNG and PDF; and one that would come out as in the last build is
not drawn again.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from plotly.io.json import to_json_plotly
from plotly.offline import get_plotlyjs, get_plotlyjs_version

from dagster_project import fingerprints
from dagster_project.figures.canvas import Drawn
from dagster_project.folder import PROJECT, write_whole
from dagster_project.printing.browser import BrowserError, NoBrowserError, Tab, in_browser
from dagster_project.printing.pdf import mended

SCALE = 2  # pixels of a PNG for each pixel of the layout, for print and for dense screens
_TABS = 2  # figures that are drawn at a time
_SUFFIXES = ("png", "svg", "pdf")
_DPI = 96  # CSS pixels to the inch
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


class _Waiting(NamedTuple):
    """What is to be drawn.

    Attributes:
        figures: A file with each figure as JSON, by the path of its images without suffix.
        characters: The Chinese characters that the figures show.
        font: Their font.
    """

    figures: dict[Path, Path]
    characters: set[str]
    font: str


def draw_images(
    figures: Mapping[Path, Drawn] | Iterable[tuple[Path, Drawn]], drawn: Path | None = None
) -> list[str]:
    """Draw figures as PNG, SVG and PDF.

    Args:
        figures: Figures with a width and a height, by their paths without suffix, or pairs of these. None is kept in
            the memory: hundreds of plans fill it.
        drawn: A folder that keeps the images from build to build: those of a figure that would come out the same are
            taken from it. What this call does not need is removed from it.

    Returns:
        A note in words if nothing was drawn, because there is no browser, it hangs or has no Chinese font, or if some
        characters have no glyph; empty if all is drawn.

    Raises:
        BrowserError: If the browser cannot draw a figure.
    """
    tools = _tools() if drawn else ""
    keys: dict[Path, str] = {}
    with tempfile.TemporaryDirectory() as name:
        waiting = _Waiting({}, set(), "")
        for stem, figure in figures.items() if isinstance(figures, Mapping) else figures:
            shown = _shown(figure)
            text = str(to_json_plotly(shown))
            keys[stem] = hashlib.sha256(f"{tools} {text}".encode()).hexdigest()
            if drawn is None or not _take(drawn / keys[stem], stem):
                file = Path(name) / f"{len(waiting.figures)}.json"
                file.write_text(text, encoding="utf-8")
                waiting.figures[stem] = file
                waiting.characters.update(_chinese(json.dumps(shown, ensure_ascii=False, default=str)))
                waiting = waiting._replace(font=shown["layout"].get("font", {}).get("family", ""))
        notes = _draw_anew(waiting, Path(name)) if waiting.figures else []
    if drawn and not notes:  # else a font or the browser is missing, and may be there the next time
        _keep({stem: drawn / keys[stem] for stem in waiting.figures})
        _forget_others(drawn, set(keys.values()))
    return notes


def _tools() -> str:
    """Return what tells all that draws images, beside the figures themselves."""
    machine = fingerprints.machine(os.environ)
    program = fingerprints.tree(Path(__file__), PROJECT / "dagster_project" / "printing")
    return f"{machine} {get_plotlyjs_version()} {program}"


def _shown(figure: Drawn) -> dict[str, Any]:
    """Return a figure as plotly.js takes it, without what travels with it unseen."""
    plain = figure.to_plotly_json()
    return plain | {"layout": {name: value for name, value in plain["layout"].items() if name != "meta"}}


def _files(stem: Path) -> list[Path]:
    return [stem.with_name(f"{stem.name}.{suffix}") for suffix in _SUFFIXES]


def _take(kept: Path, stem: Path) -> bool:
    """Copy images that are kept, and say whether they were."""
    if not all(file.exists() for file in _files(kept)):
        return False
    for file, new in zip(_files(kept), _files(stem), strict=True):
        shutil.copyfile(file, new)
    return True


def _keep(images: Mapping[Path, Path]) -> None:
    """Keep images under their keys."""
    for stem, kept in images.items():
        kept.parent.mkdir(parents=True, exist_ok=True)
        for file, new in zip(_files(stem), _files(kept), strict=True):
            with write_whole(new) as part:
                shutil.copyfile(file, part)


def _forget_others(drawn: Path, keys: Collection[str]) -> None:
    for file in drawn.iterdir() if drawn.is_dir() else ():
        if file.name.partition(".")[0] not in keys:
            file.unlink()


def _draw_anew(waiting: _Waiting, folder: Path) -> list[str]:
    """Draw figures, as `draw_images` does; in the folder a page for the browser is made."""
    page = folder / "page.html"
    page.write_text(_PAGE, encoding="utf-8")
    page.with_name("plotly.min.js").write_text(get_plotlyjs(), encoding="utf-8")
    try:
        draw = partial(_draw_all, waiting, page.as_uri())
        return in_browser(draw, tabs=max(1, min(_TABS, len(waiting.figures))))
    except NoBrowserError as error:
        for stem in waiting.figures:  # of a browser that hung or died half way
            for file in _files(stem):
                file.unlink(missing_ok=True)
        return [_NOT_DRAWN.format(error)]


async def _draw_all(waiting: _Waiting, page: str, tabs: Sequence[Tab]) -> list[str]:
    await asyncio.gather(*(tab.load(page) for tab in tabs))
    needed = sorted(waiting.characters)
    missing = await tabs[0].call(_MISSING, needed, waiting.font)
    if needed and len(missing) == len(needed):
        return [_NOT_DRAWN.format("there is no Chinese font; install one (Debian: fonts-noto-cjk)")]
    queue = list(waiting.figures.items())
    await asyncio.gather(*(_draw_queue(tab, queue) for tab in tabs))
    if missing:
        shown = " ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
        return [
            f"Characters that no installed font has are missing in the images: {shown}; install fonts-noto-cjk."
        ]
    return []


def _chinese(text: str) -> set[str]:
    """Return the Chinese characters of a text."""
    return {
        character for character in set(text) if "\u3400" <= character <= "\u9fff" or character >= "\U00020000"
    }


async def _draw_queue(tab: Tab, queue: list[tuple[Path, Path]]) -> None:
    while queue:
        stem, file = queue.pop(0)
        try:
            drawn = await _draw(tab, json.loads(file.read_bytes()))
        except NoBrowserError:
            raise
        except BrowserError as error:
            raise BrowserError(f"The browser cannot draw {stem.name}: {error}") from error
        for suffix, content in drawn.items():
            stem.with_name(f"{stem.name}.{suffix}").write_bytes(content)


async def _draw(tab: Tab, figure: dict[str, Any]) -> dict[str, bytes]:
    """Return the image of a figure in each format."""
    width, height = figure["layout"]["width"], figure["layout"]["height"]
    screen = {"width": width, "height": height, "deviceScaleFactor": SCALE, "mobile": False}
    await tab.send("Emulation.setDeviceMetricsOverride", **screen)
    await tab.call(_DRAW, figure)
    png = await tab.send("Page.captureScreenshot", format="png")
    margins = dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), 0)
    pdf = await tab.printed(paperWidth=width / _DPI, paperHeight=height / _DPI, pageRanges="1", **margins)
    # Last, because it rewrites fonts and patterns in the page.
    (svg,) = await tab.call(_SVG)
    return {"png": base64.b64decode(png["data"]), "svg": svg.encode(), "pdf": mended(pdf)}
