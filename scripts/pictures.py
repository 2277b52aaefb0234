"""Draw the pictures of the README anew from the release in the data folder: `make pictures`.

Writes docs/images/: three figures at slide size, and how the page of the briefing begins, in both languages. The other
pictures there show Dagster's web interface, and are taken by hand.
"""

from __future__ import annotations

import asyncio
import base64
import io
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PIL import Image

from dagster_project.folder import DataFolder
from dagster_project.printing.browser import Tab, in_browser

IMAGES = Path(__file__).parents[1] / "docs" / "images"
#: Names of the pictures, by the figures that they show.
FIGURES = {
    "comparison_pledge_financing": "pledge_financing",
    "incentive_ladder": "incentive_ladder",
    "theme_coverage": "theme_coverage",
}
LANGUAGES = ("zh", "en")
_WIDE = (1600, 900)  # pixels of a figure
_PAGE = (1280, 900)  # of the page
_DRAWN = 3.0  # seconds in which it is drawn in another language


def main() -> int:
    """Draw them; return 1 and say what to do where there is no release."""
    marts = DataFolder.of(sys.argv[1] if len(sys.argv) > 1 else "data").marts
    page = marts / "briefing" / "index.html"
    if not page.is_file():
        print(f"There is no release in {marts}: make run", file=sys.stderr)
        return 1
    for figure, name in FIGURES.items():
        for lang in LANGUAGES:
            drawn = Image.open(marts / "figures" / f"{figure}.{lang}.slide.png").convert("RGB")
            _save(drawn.resize(_WIDE, Image.Resampling.LANCZOS), f"{name}.{lang}")
    in_browser(partial(_take, page.resolve()))
    return 0


async def _take(page: Path, tabs: Sequence[Tab]) -> None:
    """Take pictures of how the page of the briefing begins."""
    width, height = _PAGE
    (tab, *_) = tabs
    await tab.send(
        "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
    )
    await tab.send("Emulation.setScrollbarsHidden", hidden=True)
    await tab.load(page.as_uri())
    for lang in LANGUAGES:
        await tab.send("Page.navigate", url=f"{page.as_uri()}?lang={lang}")
        await asyncio.sleep(_DRAWN)
        png = base64.b64decode((await tab.send("Page.captureScreenshot", format="png"))["data"])
        _save(Image.open(io.BytesIO(png)).convert("RGB"), f"briefing.{lang}")


def _save(image: Image.Image, name: str) -> None:
    # The colours of figures and letters are few: so many give a picture of a third of the size.
    image.quantize(256, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
