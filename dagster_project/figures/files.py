"""Figures as files: interactive pages that need no network, their data, and images for print."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polars as pl
from plotly.io import to_html, to_json
from plotly.offline import get_plotlyjs

from dagster_project.escaping import as_csv
from dagster_project.figures.canvas import Drawn, SizeName, checked
from dagster_project.figures.images import draw_images
from dagster_project.figures.words import Lang

_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>{title}</title><link rel="icon" href="data:,"></head>
<body style="margin:0;background:white">
<div role="img" aria-label="{alt}">
{chart}
</div>
</body>
</html>
"""


def write_figures(
    figures: Mapping[tuple[str, Lang, SizeName], Drawn] | Iterable[tuple[tuple[str, Lang, SizeName], Drawn]],
    folder: Path,
    drawn: Path | None = None,
) -> list[str]:
    """Write figures: those for a screen as page, JSON and CSV, those of a fixed size as PNG, SVG and PDF.

    The names are ``<name>.<lang>.<suffix>``, of images ``<name>.<lang>.<size>.<suffix>``. The pages share one
    ``plotly.min.js`` in the folder. The CSV holds the plotted rows (UTF-8 with BOM, for Excel), and
    ``sources.<lang>.csv`` the citation of each plan.

    Args:
        figures: Figures of :func:`dagster_project.figures.build_figure` by name, language and size, or pairs of these;
            each is written as it comes, and none is kept.
        folder: Made if it is missing.
        drawn: Keeps the images from build to build, see :func:`dagster_project.figures.images.draw_images`.

    Returns:
        Notes in words on images that could not be drawn; the other files are there all the same. Empty if all is
        drawn.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plotly.min.js").write_text(get_plotlyjs(), encoding="utf-8")
    pairs = figures.items() if isinstance(figures, Mapping) else figures

    def images() -> Iterator[tuple[Path, Drawn]]:
        for (name, lang, size), figure in pairs:
            if size == "screen":
                _write_page(figure, folder / f"{name}.{lang}")
            else:
                yield folder / f"{name}.{lang}.{size}", figure

    return draw_images(images(), drawn)


def _write_page(drawn: Drawn, stem: Path) -> None:
    """Write the page, the JSON and the CSV of a figure."""
    figure = checked(drawn)
    meta = figure["layout"]["meta"]
    chart = to_html(
        figure,
        validate=False,
        full_html=False,
        include_plotlyjs="directory",
        div_id=meta["name"],
        config={"displaylogo": False, "displayModeBar": False},
    )
    page = _PAGE.format(
        lang="zh-CN" if meta["lang"] == "zh" else meta["lang"],
        title=html.escape(meta["title"]),
        alt=html.escape(meta["alt"]),
        chart=chart,
    )
    stem.with_name(f"{stem.name}.html").write_text(page, encoding="utf-8")
    stem.with_name(f"{stem.name}.json").write_text(str(to_json(figure, validate=False)), encoding="utf-8")
    rows = pl.DataFrame(meta["rows"], infer_schema_length=None)
    as_csv(rows).write_csv(stem.with_name(f"{stem.name}.csv"), include_bom=True)
    # The same plans stand behind all figures.
    sources = pl.DataFrame({"number": range(1, len(meta["sources"]) + 1), "source": meta["sources"]})
    as_csv(sources).write_csv(stem.with_name(f"sources.{meta['lang']}.csv"), include_bom=True)
