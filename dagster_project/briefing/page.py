r"""The page ``index.html``: both languages, figures, table and evidence in one file that works from disk. Pure.

The texts of plans reach the page in two ways only: through the template, which escapes them, and as JSON in which
``<`` is written ``\u003c``, so that no text can end the element that it stands in; the script sets them as text. The
content security policy allows the page's own script by its hash and plotly.js from beside the page, and no request.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jinja2
import plotly.graph_objects as go
from markupsafe import Markup

from dagster_project.briefing.evidence import Corpus
from dagster_project.briefing.findings import Finding, findings
from dagster_project.briefing.words import all_words, counted, word
from dagster_project.figures import theme_of
from dagster_project.figures.words import LANGUAGES, Lang, Names

TEMPLATES = Path(__file__).parent / "templates"
# Whose codes the script shows by their names.
_VOCABULARIES = ("comparability", "kind", "form", "comparator", "per")

Figures = Mapping[str, Mapping[Lang, go.Figure]]


def environment() -> jinja2.Environment:
    """Return the template engine: what is filled in is escaped, and what is missing is an error."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    made.globals["word"] = word
    return made


def render_page(
    corpus: Corpus,
    figures: Figures,
    release_id: str,
    downloads: Mapping[Lang, Sequence[str]] | None = None,
    plotly: str = "",
    lang: Lang | None = None,
) -> str:
    """Return the page.

    Args:
        corpus: The statements that it shows.
        figures: Figures of the same tables by name and language.
        release_id: The release that it cites.
        downloads: Files beside the page that it links to, by language.
        plotly: The source of plotly.js, to make one file of all; without it the page looks for
            ``../figures/plotly.min.js``.
        lang: The language that it opens in; by default that of the reader's browser.
    """
    found: dict[Lang, list[Finding]] = {each: findings(corpus, each) for each in LANGUAGES}
    script = (TEMPLATES / "page.js").read_text(encoding="utf-8")
    placed = by_theme(corpus, figures)
    return environment().get_template("page.html").render(
        corpus=corpus,
        title=title(corpus),
        lede=lede(corpus),
        release={lang: word("release", lang, release_id) for lang in LANGUAGES},
        release_id=release_id,
        headlines={
            lang: [finding for finding in found[lang] if not finding.theme or finding.is_first]
            for lang in LANGUAGES
        },
        across=[_chart(corpus, name, figures[name]) for name in placed[""]],
        themes=[
            {
                "key": theme,
                "name": corpus.themes[theme].name,
                "findings": {lang: [item for item in found[lang] if item.theme == theme] for lang in LANGUAGES},
                "figures": [_chart(corpus, name, figures[name]) for name in placed[theme]],
            }
            for theme in corpus.headlines
        ],
        others=[
            _chart(corpus, name, figures[name])
            for theme, names in placed.items()
            if theme and theme not in corpus.headlines
            for name in names
        ],
        accuracy=accuracy(corpus),
        verdicts=corpus.codes.of("comparability"),
        downloads=downloads or {},
        data=_json(_data(corpus) | {"lang": lang}),
        style=Markup((TEMPLATES / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - the project's own file
        plotly=Markup(plotly),  # noqa: S704 - plotly.js as its package ships it
        script=Markup(script),  # noqa: S704 - the project's own file
        policy=_policy([script, plotly] if plotly else [script]),
    )  # fmt: skip


def by_theme(corpus: Corpus, names: Iterable[str]) -> dict[str, list[str]]:
    """Return the figures of each theme, and under ``""`` those over all themes."""
    placed: dict[str, list[str]] = {"": [], **{theme: [] for theme in corpus.themes}}
    for name in names:
        placed[theme_of(name)].append(name)
    return placed


def title(corpus: Corpus) -> Names:
    """Return the title, which names the themes if only some are shown."""
    return {
        lang: word("title", lang)
        + (
            word(
                "of_themes",
                lang,
                word("and", lang).join(corpus.themes[key].name[lang] for key in corpus.chosen),
            )
            if corpus.chosen
            else ""
        )
        for lang in LANGUAGES
    }


def lede(corpus: Corpus) -> Names:
    """Return what the briefing is about, with the number of plans and statements."""
    return {
        lang: word(
            "lede",
            lang,
            plans=counted("plans", len(corpus.plans), lang),
            measures=counted("statements", len(corpus.statements), lang),
        )
        for lang in LANGUAGES
    }


def accuracy(corpus: Corpus) -> dict[str, Any]:
    """Return the accuracy by field and plan: ``plans`` and ``rows`` of ``field`` and ``cells``, the last of all plans.

    There are no rows if no plan was assessed, or if only some themes are shown.
    """
    table = corpus.tables["audit_accuracy"].sort("field", "plan_key")
    cells: dict[str, dict[str, tuple[int, int]]] = {}
    for row in table.iter_rows(named=True):
        cells.setdefault(row["field"], {})[row["plan_key"]] = (row["right"] or 0, row["assessed"] or 0)
    rows = []
    for field in corpus.codes.ordered("accuracy_field", cells):
        by_plan = cells[field]
        counts = [by_plan.get(plan, (0, 0)) for plan in corpus.plans]
        total = (sum(right for right, _ in counts), sum(assessed for _, assessed in counts))
        cells_of = [_share(corpus, *count) for count in (*counts, total)]
        rows.append({"field": corpus.codes.names("accuracy_field", field), "cells": cells_of})
    is_assessed = any(assessed for by_plan in cells.values() for _, assessed in by_plan.values())
    return {
        "plans": [plan.name for plan in corpus.plans.values()],
        "rows": rows if is_assessed and not corpus.chosen else [],
    }


def _share(corpus: Corpus, right: int, assessed: int) -> Names:
    if not assessed:
        return corpus.codes.names("accuracy_status", "not assessed")
    return dict.fromkeys(LANGUAGES, f"{right}/{assessed}")


def _chart(corpus: Corpus, name: str, drawn: Mapping[Lang, go.Figure]) -> dict[str, Any]:
    metas = {lang: figure.layout.meta for lang, figure in drawn.items()}
    return {
        "name": name,
        "title": {lang: meta["title"] for lang, meta in metas.items()},
        "alt": {lang: meta["alt"] for lang, meta in metas.items()},
        "json": {
            lang: _json({"chart": _without_meta(figure), "marks": _marks(corpus, metas[lang]["rows"], lang)})
            for lang, figure in drawn.items()
        },
    }


def _without_meta(figure: go.Figure) -> dict[str, Any]:
    """Return a figure without the rows that it carries: the page has its statements once."""
    chart: dict[str, Any] = json.loads(figure.to_json())
    del chart["layout"]["meta"]
    return chart


def _marks(corpus: Corpus, rows: Sequence[Mapping[str, Any]], lang: Lang) -> list[dict[str, Any]]:
    """Return what a figure shows as a list: each mark in words, with the keys of the statements behind it."""
    known = {statement.key for statement in corpus.statements}
    marks = []
    for row in rows:
        keys = [key for key in str(row.get("measure_key") or "").split("; ") if key in known]
        # Codes are told by their names; quotes are behind the keys.
        texts = {
            value: None
            for name, value in row.items()
            if isinstance(value, str) and not name.endswith(("_key", "_zh")) and f"{name}_name" not in row
        }
        marks.append({"text": word("dot", lang).join(texts), "keys": list(dict.fromkeys(keys))})
    return marks


def _data(corpus: Corpus) -> dict[str, Any]:
    """Return what the script works on."""
    offices = {
        key for provision in corpus.provisions.values() for key in (*provision.lead, *provision.supporting)
    }
    return {
        "title": title(corpus),
        "words": all_words() | _code_words(corpus),
        "plans": {key: asdict(plan) for key, plan in corpus.plans.items()},
        "themes": {key: asdict(theme) for key, theme in corpus.themes.items()},
        "indicators": {key: asdict(item) for key, item in corpus.indicators.items()},
        "provisions": {key: asdict(provision) for key, provision in corpus.provisions.items()},
        "agencies": {key: {"name": corpus.agencies[key]} for key in sorted(offices)},
        "statements": [
            asdict(statement) | {"indicator": statement.indicator.key} for statement in corpus.statements
        ],
    }


def _code_words(corpus: Corpus) -> dict[str, Names]:
    """Return the names of the codes that the script shows."""
    vocabularies = map(corpus.codes.of, _VOCABULARIES)
    return {code: known.name for vocabulary in vocabularies for code, known in vocabulary.items()}


def _json(content: object) -> Markup:
    """Return JSON that can stand in a script element: no ``<`` is left that could end it or begin another."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - see above


def _policy(scripts: Sequence[str]) -> str:
    """Return the content security policy: these scripts, and plotly.js from beside the page."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    return (
        f"default-src 'none'; script-src 'self' file: {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
