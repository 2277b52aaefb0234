"""Figures as files: interactive pages that need no network, their data, and images for print."""

from __future__ import annotations

import html
import platform
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import plotly.graph_objects as go
import polars as pl
from plotly.offline import get_plotlyjs

IMAGE_SUFFIXES = ("png", "svg", "pdf")
_SCALE = 2  # pixels of a PNG for each pixel of the layout, for print and for dense screens
_NOT_DRAWN = "No images (PNG, SVG, PDF) were drawn: {}. The charts are there as HTML, JSON and CSV."
_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>{title}</title><link rel="icon" href="data:,"></head>
<body style="margin:0;background:white">
{chart}
</body>
</html>
"""


def write_figures(figures: Mapping[tuple[str, str], go.Figure], folder: Path) -> list[str]:
    """Write each figure as a page, JSON, CSV, PNG, SVG and PDF: ``<name>.<lang>.<suffix>``.

    The pages share one ``plotly.min.js`` in the folder. The CSV holds the plotted rows (UTF-8 with BOM, for Excel).
    All images are drawn by one browser process.

    Args:
        figures: Figures of :func:`dagster_project.figures.build_figure` by name and language.
        folder: Made if it is missing.

    Returns:
        A note in words if images could not be drawn because there is no browser or no Chinese font; the other files
        are there all the same. Empty if all is drawn.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plotly.min.js").write_text(get_plotlyjs(), encoding="utf-8")
    for (name, lang), figure in figures.items():
        meta = figure.layout.meta
        chart = figure.to_html(
            full_html=False,
            include_plotlyjs="directory",
            div_id=name,
            config={"displaylogo": False, "displayModeBar": False},
        )
        page = _PAGE.format(
            lang="zh-CN" if lang == "zh" else lang, title=html.escape(meta["title"]), chart=chart
        )
        (folder / f"{name}.{lang}.html").write_text(page, encoding="utf-8")
        (folder / f"{name}.{lang}.json").write_text(figure.to_json(), encoding="utf-8")
        rows = pl.DataFrame(meta["rows"], infer_schema_length=None)
        rows.write_csv(folder / f"{name}.{lang}.csv", include_bom=True)
    return _write_images(figures, folder)


def _write_images(figures: Mapping[tuple[str, str], go.Figure], folder: Path) -> list[str]:
    """Draw all images in one browser; return why not, if not."""
    import kaleido
    from kaleido.errors import ChromeNotFoundError

    if problem := _font_problem():
        return [
            f"No images (PNG, SVG, PDF) were drawn: {problem}. The charts are there as HTML, JSON and CSV."
        ]
    wanted = [
        {
            "fig": figure.to_dict(),
            "path": folder / f"{name}.{lang}.{suffix}",
            "opts": {
                "format": suffix,
                "width": figure.layout.width,
                "height": figure.layout.height,
                "scale": _SCALE if suffix == "png" else 1,
            },
        }
        for (name, lang), figure in figures.items()
        for suffix in IMAGE_SUFFIXES
    ]
    try:
        # Without this the page loads MathJax from a server.
        kaleido.write_fig_from_object_sync(wanted, kopts={"mathjax": False})
    except ChromeNotFoundError:
        return [
            _NOT_DRAWN.format("there is no Chromium or Chrome, or BROWSER_PATH names none; install chromium")
        ]
    return []


def _font_problem() -> str | None:
    """Return what is wrong with the fonts: without a Chinese one a browser draws no text and reports no error."""
    if platform.system() in {"Darwin", "Windows"}:
        return None  # both ship Chinese fonts
    if shutil.which("fc-list") is None:
        return "whether there is a Chinese font cannot be told without fc-list; install fontconfig"
    listed = subprocess.run(
        ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=True
    ).stdout
    if not listed.strip():
        return "there is no Chinese font; install one (Debian: fonts-noto-cjk)"
    return None
