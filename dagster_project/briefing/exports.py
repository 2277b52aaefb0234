"""Parts of a release on their own: some themes, one language, one format."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, cast

import polars as pl
from plotly.offline import get_plotlyjs

from dagster_project.briefing.document import compose
from dagster_project.briefing.evidence import Corpus, read_corpus
from dagster_project.briefing.files import captions, draw, draw_slides, image_paths, names_of
from dagster_project.briefing.findings import findings
from dagster_project.briefing.office import write_docx
from dagster_project.briefing.page import MOST_IN_ONE_PAGE, render_page, title
from dagster_project.briefing.printed import write_pdfs
from dagster_project.briefing.words import word
from dagster_project.escaping import as_csv
from dagster_project.figures import SIZE_NAMES, build_figure, write_figures
from dagster_project.figures.words import LANGUAGES, Lang
from dagster_project.release.workbook import new_workbook, write_sheet

#: What can be exported, and what it is.
FORMATS: Mapping[str, str] = {
    "html": "one page with findings, figures, table and evidence; needs nothing beside it",
    "pdf": "the briefing on A4",
    "docx": "the briefing for Word",
    "xlsx": "statements with their comparison, and the sources, as a workbook",
    "csv": "statements with their comparison, UTF-8 with BOM",
    "json": "findings, statements with their comparison, and the sources",
    "png": "a folder of figures as images, for slides and for pages",
    "svg": "the same as vector graphics",
}
_IMAGES = frozenset({"png", "svg"})
_TOO_MANY = (
    "One file with so many statements takes long to open: choose places or themes, or open the page of the release, "
    "which loads them from beside it."
)
_SUFFIXES = {f".{fmt}": fmt for fmt in FORMATS}


class ExportError(RuntimeError):
    """An export cannot be made; the message says why and what to do."""


def format_of(out: Path, fmt: str | None) -> str:
    """Return the format in which `out` is written: the one asked for, else that of its suffix.

    Args:
        out: The file; for images a folder.
        fmt: What was asked for; None for nothing.

    Raises:
        ValueError: If there is no such format, none can be told from the suffix, or the two differ.
    """
    suffix, choice = out.suffix.lower(), f"choose from {', '.join(FORMATS)}"
    if fmt is None and suffix not in _SUFFIXES:
        ending = f"there is no format of {suffix}" if suffix else "it ends in no suffix"
        raise ValueError(f"The format of {out} is not known, {ending}: {choice}, with --format")
    chosen = fmt or _SUFFIXES[suffix]
    if chosen not in FORMATS:
        raise ValueError(f"There is no format {chosen!r}: {choice}")
    if chosen in _IMAGES and suffix in _SUFFIXES:
        raise ValueError(f"{chosen} makes a folder of images: name a folder, as {out.with_suffix('')}")
    if chosen not in _IMAGES and suffix not in {"", f".{chosen}"}:
        raise ValueError(f"{out} ends in {suffix}, but the format is {chosen}: change one of the two")
    return chosen


def export(
    tables: Mapping[str, pl.DataFrame],
    release_id: str,
    out: Path,
    *,
    fmt: str | None,
    lang: str,
    themes: Collection[str] = (),
    plans: Collection[str] = (),
    force: bool = False,
) -> list[str]:
    """Write a part of a release.

    Args:
        tables: Its tables by name.
        release_id: Cited in what is written.
        out: The file; for images a folder.
        fmt: A key of `FORMATS`; None for that of the suffix of `out`.
        lang: Language of names, figures and findings.
        themes: What is shown; all if empty.
        plans: Of which plans; all if empty.
        force: Replace the file at `out`; into a folder, images are put beside what is there, and only those of the
            same names are replaced.

    Returns:
        What could not be made, in words.

    Raises:
        ExportError: If `out` is there already or cannot be written, or there is no browser for what needs one.
        ValueError: If there is no such theme, plan, language or format, or `out` has the suffix of another.
    """
    fmt = format_of(out, fmt)
    if lang not in LANGUAGES:
        raise ValueError(f"There is no language {lang!r}: choose from {', '.join(LANGUAGES)}")
    corpus = read_corpus(tables, themes, plans)
    if out.exists() and not force:
        raise ExportError(f"{out} is there already: choose another name, or add --force to replace it")
    if out.exists() and out.is_dir() != (fmt in _IMAGES):
        kind = "a folder" if out.is_dir() else "a file"
        raise ExportError(f"{out} is {kind}, which {fmt} cannot replace: choose another name")
    if not out.parent.is_dir():
        raise ExportError(f"There is no folder {out.parent}: make it first")
    try:
        # Made beside its place, so that moving it there is one step, and nothing half-written is ever seen.
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as folder:
            made = Path(folder) / (out.name if fmt in _IMAGES else f"made.{fmt}")
            notes = _write(corpus, release_id, made, fmt, cast("Lang", lang))
            if fmt in _IMAGES:
                out.mkdir(exist_ok=True)
                for drawn in sorted(made.iterdir()):
                    drawn.replace(out / drawn.name)
            else:
                made.replace(out)
    except OSError as error:
        raise ExportError(f"{out} cannot be written: {error.strerror or error}") from error
    return notes


def _write(corpus: Corpus, release_id: str, path: Path, fmt: str, lang: Lang) -> list[str]:
    if fmt in _IMAGES:
        path.mkdir()
        notes = _draw_images(corpus, release_id, path, lang)
        for drawn in path.iterdir():
            if drawn.suffix != f".{fmt}":
                drawn.unlink()
        if not any(path.iterdir()):
            raise ExportError(" ".join(notes))
        return notes
    if fmt == "html":
        figures = draw(corpus, release_id)
        page = render_page(
            corpus,
            figures,
            release_id,
            plotly=get_plotlyjs(),
            lang=lang,
            slides=draw_slides(corpus, figures, release_id),
        )
        path.write_text(page, encoding="utf-8")
        return [_TOO_MANY] if len(corpus.statements) > MOST_IN_ONE_PAGE else []
    if fmt in {"pdf", "docx"}:
        return _write_document(corpus, release_id, path, fmt, lang)
    rows = statement_rows(corpus, release_id, lang)
    if fmt == "csv":
        as_csv(rows).write_csv(path, include_bom=True)
    elif fmt == "xlsx":
        _write_workbook(corpus, rows, release_id, path, lang)
    else:
        content = {
            "release_id": release_id,
            "themes": corpus.chosen or list(corpus.themes),
            "findings": [finding.text for finding in findings(corpus, lang)],
            "sources": {key: plan.source[lang] for key, plan in corpus.plans.items()},
            "statements": rows.drop("release_id").to_dicts(),
        }
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return []


def _write_document(corpus: Corpus, release_id: str, path: Path, fmt: str, lang: Lang) -> list[str]:
    drawn = draw(corpus, release_id)
    document = compose(corpus, captions(drawn, lang), release_id, lang)
    images = path.parent / "images"
    notes = _draw_images(corpus, release_id, images, lang)
    pictures = image_paths(images, drawn, lang, "svg" if fmt == "pdf" else "png")
    if fmt == "docx":
        write_docx(document, pictures, path)
        return notes
    if problem := write_pdfs({path: document}, {path: pictures}):
        raise ExportError(f"A PDF is printed by a browser: {problem}")
    return notes


def _draw_images(corpus: Corpus, release_id: str, folder: Path, lang: Lang) -> list[str]:
    return write_figures(
        (
            ((name, lang, size), build_figure(name, corpus.tables, lang, size, release_id))
            for name in names_of(corpus)
            for size in SIZE_NAMES
            if size != "screen"  # that is for pages on the web
        ),
        folder,
    )


def statement_rows(corpus: Corpus, release_id: str, lang: Lang) -> pl.DataFrame:
    """Return the statements with their comparison, one row each, names in one language beside their keys."""
    rows: list[dict[str, Any]] = [
        {
            "release_id": release_id,
            "measure_key": s.key,
            "plan_key": s.plan,
            "plan": corpus.plans[s.plan].name[lang],
            "source": corpus.plans[s.plan].source[lang],
            "theme_key": s.theme,
            "theme": corpus.themes[s.theme].name[lang],
            "indicator_key": s.indicator.key,
            "indicator": s.indicator.name[lang],
            "indicator_text_zh": s.text,
            "recipient_zh": s.recipient,
            "kind": s.kind,
            "form": s.form,
            "comparator": s.comparator,
            "is_aspirational": s.is_aspirational,
            "per": s.per,
            "value_text": s.value_text,
            "value": s.value,
            "stated": s.stated[lang],
            "period_text": s.period,
            "period_end_year": s.year,
            "comparable_value": s.comparable_value,
            "comparable": s.comparable[lang] if s.comparable else None,
            "per_million": s.per_million[lang] if s.per_million else None,
            "comparability": s.verdict,
            "comparability_name": corpus.codes.name("comparability", s.verdict, lang),
            "reason": s.reason[lang],
            "formula": s.formula,
            "quote_zh": s.quote,
            "heading_path_zh": s.path,
            "char_start": s.start,
            "char_end": s.end,
            "restates_measure_key": s.restates,
            "governs_measure_key": s.governs,
        }
        for s in corpus.statements
    ]
    return pl.DataFrame(rows, schema=_COLUMNS)


_TYPES = {
    "is_aspirational": pl.Boolean, "value": pl.Float64, "comparable_value": pl.Float64, "period_end_year": pl.Int64,
    "char_start": pl.Int64, "char_end": pl.Int64,
}  # fmt: skip
_COLUMNS = {
    name: _TYPES.get(name, pl.String)
    for name in (
        "release_id measure_key plan_key plan source theme_key theme indicator_key indicator indicator_text_zh "
        "recipient_zh kind form comparator is_aspirational per value_text value stated period_text period_end_year "
        "comparable_value comparable per_million comparability comparability_name reason formula quote_zh "
        "heading_path_zh char_start char_end restates_measure_key governs_measure_key"
    ).split()
}


def _write_workbook(corpus: Corpus, rows: pl.DataFrame, release_id: str, path: Path, lang: Lang) -> None:
    """Write a sheet of findings and sources, and one of statements."""
    about = [
        title(corpus)[lang],
        word("release", lang, release_id),
        "",
        *(finding.text for finding in findings(corpus, lang)),
        "",
        word("sources", lang),
        *(plan.source[lang] for plan in corpus.plans.values()),
    ]
    with new_workbook(path) as book:
        sheet = book.add_worksheet(word("findings", lang))
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 110, wrapped)
        sheet.write_column(0, 0, about, wrapped)
        write_sheet(book, word("measures_table", lang), rows)


__all__ = ["FORMATS", "ExportError", "export", "statement_rows"]
