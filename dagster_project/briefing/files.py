"""The briefing of a release as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from dagster_project.briefing.document import Caption, compose
from dagster_project.briefing.evidence import Corpus, read_corpus
from dagster_project.briefing.office import write_docx
from dagster_project.briefing.page import MOST_IN_ONE_PAGE, chart_files, render_page, row_files
from dagster_project.briefing.printed import write_pdfs
from dagster_project.figures import SizeName, draw_in_languages, figure_names
from dagster_project.figures.canvas import Drawing, Drawn, meta_of
from dagster_project.figures.words import LANGUAGES, Lang

PAGE = "index.html"


def write_briefing(
    tables: Mapping[str, pl.DataFrame], folder: Path, release_id: str, figures: Path | None = None
) -> list[str]:
    """Write the page (see `write_page`), ``briefing.pdf`` and ``briefing.docx``, both also in English (``….en.…``).

    Args:
        tables: Marts by name.
        folder: Made if it is missing. The page looks for ``../figures/plotly.min.js``, so that the two folders can be
            copied together.
        release_id: Cited on every page.
        figures: Where the images of the figures are, ``<name>.<lang>.page.svg`` and ``.png``; by default the folder
            ``figures`` beside.

    Returns:
        What could not be made, in words; empty if all was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    images = figures or folder.parent / "figures"
    corpus = read_corpus(tables)
    drawn = draw(corpus, release_id)
    documents = {lang: compose(corpus, captions(drawn, lang), release_id, lang) for lang in LANGUAGES}
    notes: list[str] = []
    vectors, pixels = (
        {lang: image_paths(images, drawn, lang, suffix) for lang in LANGUAGES} for suffix in ("svg", "png")
    )
    if drawn and not any(vectors.values()):
        # Where no image could be drawn the browser or its fonts are missing, and a PDF would have no text either.
        notes.append(
            "The briefing was not printed as PDF, and its Word file has no pictures: the images of the figures were "
            "not drawn. The page is complete."
        )
    else:
        paths = {lang: folder / f"{name(lang)}.pdf" for lang in LANGUAGES}
        problem = write_pdfs(
            {path: documents[lang] for lang, path in paths.items()},
            {path: vectors[lang] for lang, path in paths.items()},
        )
        if problem:
            notes.append(
                f"The briefing was not printed as PDF: {problem}. The page and the Word file are there."
            )
    for lang in LANGUAGES:
        write_docx(documents[lang], pixels[lang], folder / f"{name(lang)}.docx")
    # Written last, so that it links to what there is.
    downloads: dict[Lang, Sequence[str]] = {
        lang: [file for file in (f"{name(lang)}.pdf", f"{name(lang)}.docx") if (folder / file).exists()]
        for lang in LANGUAGES
    }
    write_page(corpus, drawn, release_id, folder, downloads)
    return notes


def write_page(
    corpus: Corpus,
    drawn: Mapping[str, Mapping[Lang, Drawn]],
    release_id: str,
    folder: Path,
    downloads: Mapping[Lang, Sequence[str]] | None = None,
) -> None:
    """Write ``index.html``; where the statements are too many for one page, folders ``rows`` and ``charts``, too."""
    is_split = len(corpus.statements) > MOST_IN_ONE_PAGE
    slides = draw_slides(corpus, drawn, release_id)
    if is_split:
        for part, files in (("rows", row_files(corpus)), ("charts", chart_files(corpus, drawn, slides))):
            (folder / part).mkdir()
            for file, text in files:
                (folder / part / file).write_text(text, encoding="utf-8")
    page = render_page(corpus, drawn, release_id, downloads, slides=slides, is_split=is_split)
    (folder / PAGE).write_text(page, encoding="utf-8")


def name(lang: Lang) -> str:
    """Return the name of a briefing's files without suffix: the Chinese ones have the plain name."""
    return "briefing" if lang == "zh" else f"briefing.{lang}"


def draw(corpus: Corpus, release_id: str) -> dict[str, dict[Lang, Drawing]]:
    """Return the figures that a briefing shows, by name and language: those of the release or of the chosen themes."""
    return _drawn(corpus, release_id, names_of(corpus), "screen")


def draw_slides(
    corpus: Corpus, drawn: Mapping[str, object], release_id: str
) -> dict[str, dict[Lang, Drawing]]:
    """Return those of the figures that the page shows in the size of a slide: the matrices of its themes."""
    slides = [f"matrix_{theme}" for theme in corpus.headlines]
    return _drawn(corpus, release_id, [each for each in slides if each in drawn], "slide")


def names_of(corpus: Corpus) -> Sequence[str]:
    """Return the names of the figures of a briefing: of all themes, or of those chosen."""
    return figure_names(corpus.tables, corpus.chosen or None)


def _drawn(
    corpus: Corpus, release_id: str, figures: Sequence[str], size: SizeName
) -> dict[str, dict[Lang, Drawing]]:
    return {figure: draw_in_languages(figure, corpus.tables, size, release_id) for figure in figures}


def captions(drawn: Mapping[str, Mapping[Lang, Drawn]], lang: Lang) -> dict[str, Caption]:
    """Return the title and alternative text of each figure."""
    metas = {figure: meta_of(by_lang[lang]) for figure, by_lang in drawn.items()}
    return {figure: Caption(meta["title"], meta["alt"]) for figure, meta in metas.items()}


def image_paths(folder: Path, figures: Mapping[str, object], lang: Lang, suffix: str) -> dict[str, Path]:
    """Return the images of figures in the size of a page, as far as they were drawn."""
    paths = {figure: (folder / f"{figure}.{lang}.page.{suffix}").resolve() for figure in figures}
    return {figure: path for figure, path in paths.items() if path.exists()}
