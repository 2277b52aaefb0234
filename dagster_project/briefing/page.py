r"""The page ``index.html``: both languages, figures, table and evidence in one file that works from disk. Pure.

The texts of plans reach the page in two ways only: through the template, which escapes them, and as JSON in which
``<`` is written ``\u003c``, so that no text can end the element that it stands in; the script sets them as text. The
content security policy allows the page's own script by its hash and plotly.js from beside the page, and no request.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jinja2
import polars as pl
from markupsafe import Markup
from plotly.io.json import to_json_plotly

from dagster_project.briefing.citing import cited_figure, cited_plan
from dagster_project.briefing.evidence import Corpus
from dagster_project.briefing.findings import Finding, findings
from dagster_project.briefing.words import all_words, counted, word
from dagster_project.figures import theme_of
from dagster_project.figures.canvas import Drawn, checked, meta_of
from dagster_project.figures.words import LANGUAGES, Lang, Names, stated_in

TEMPLATES = Path(__file__).parent / "templates"
# Whose codes the script shows by their names.
_VOCABULARIES = ("comparability", "kind", "form", "comparator", "per", "coverage_status", "payer")
#: Figures that tell of the reading, not of the plans.
OF_THE_TOOL = frozenset({"accuracy"})
_ROWS = 500  # statements in a file beside the page: half a megabyte
#: How many statements one page holds; of more it has only what they are chosen by, and loads the rest from beside it.
MOST_IN_ONE_PAGE = 4000

_MARKS = 200  # marks of a figure that a page with files beside it lists; its CSV has all

Figures = Mapping[str, Mapping[Lang, Drawn]]


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
    *,
    slides: Figures | None = None,
    is_split: bool = False,
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
        slides: Figures to be shown in the size of a slide, for a page that is not too long; what is listed and saved
            as CSV is that of `figures`, which hold all.
        is_split: The statements and the figures are in files beside the page, see `row_files` and `chart_files`,
            which it loads as it needs them.
    """
    found: dict[Lang, list[Finding]] = {each: findings(corpus, each) for each in LANGUAGES}
    script = (TEMPLATES / "page.js").read_text(encoding="utf-8")
    placed = by_theme(corpus, figures)
    embedded = {} if is_split else dict(_contents(corpus, figures, slides or {}))
    charts = {name: _chart(corpus, name, drawn, release_id) for name, drawn in figures.items()}
    for name, chart in charts.items():
        pictures = (slides or {}).get(name, figures[name])
        chart["json"] = {
            lang: _json(embedded[name][lang] if embedded else _head(figures[name][lang], pictures[lang]))
            for lang in figures[name]
        }
    sections = {
        theme: {
            "key": theme,
            "name": corpus.themes[theme].name,
            "findings": {lang: [item for item in found[lang] if item.theme == theme] for lang in LANGUAGES},
            "figures": [charts[name] for name in placed[theme]],
        }
        for theme in corpus.themes
        if theme in corpus.headlines or (not corpus.chosen and corpus.of_theme(theme))
    }
    return environment().get_template("page.html").render(
        corpus=corpus,
        title=title(corpus),
        lede=lede(corpus),
        release={lang: word("release", lang, release_id) for lang in LANGUAGES},
        release_id=release_id,
        found={
            group: {lang: [item for item in found[lang] if item.group == group] for lang in LANGUAGES}
            for group in ("number", "policy", "tool")
        },
        across=[charts[name] for name in placed[""] if name not in OF_THE_TOOL],
        of_the_tool=[charts[name] for name in placed[""] if name in OF_THE_TOOL],
        themes=[section for theme, section in sections.items() if theme in corpus.headlines],
        others=[section for theme, section in sections.items() if theme not in corpus.headlines],
        accuracy=accuracy(corpus),
        verdicts=corpus.codes.of("comparability"),
        downloads=downloads or {},
        data=_json(_data(corpus, release_id, is_split=is_split) | {"lang": lang}),
        style=Markup((TEMPLATES / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - the project's own file
        plotly=Markup(plotly),  # noqa: S704 - plotly.js as its package ships it
        script=Markup(script),  # noqa: S704 - the project's own file
        policy=_policy([script, plotly] if plotly else [script]),
    )  # fmt: skip


def row_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Return the files that a page with `is_split` looks for in the folder ``rows``, by name.

    Each hands over `_ROWS` statements to the script of the page. They are scripts because a page from disk may load
    these from beside it, and nothing else.
    """
    for number, start in enumerate(range(0, len(corpus.statements), _ROWS)):
        yield f"{number:04}.js", f"ipPlansRows({number},{_json(_part(corpus, start))})"


def chart_files(corpus: Corpus, figures: Figures, slides: Figures) -> Iterator[tuple[str, str]]:
    """Return the files that a page with `is_split` looks for in the folder ``charts``: each hands over a figure.

    Args:
        corpus: The statements of the page.
        figures: Figures of the same tables by name and language.
        slides: Those that are shown in the size of a slide.
    """
    for name, by_lang in _contents(corpus, figures, slides, _MARKS):
        for lang, content in by_lang.items():
            del content["table"]  # the page leads to the CSV in the folder of figures
            yield f"{name}.{lang}.js", f"ipPlansChart({_json(f'{name}-{lang}')},{_json(content)})"


def _contents(
    corpus: Corpus, figures: Figures, slides: Figures, most: int | None = None
) -> Iterator[tuple[str, dict[Lang, dict[str, Any]]]]:
    """Return what the script shows of each figure: ``chart``, ``marks`` (at most so many), and ``table``."""
    known = {statement.key for statement in corpus.statements}
    for name, drawn in figures.items():
        pictures, by_lang = slides.get(name, drawn), {}
        for lang, figure in drawn.items():
            rows = meta_of(figure)["rows"]
            by_lang[lang] = {
                "chart": _without_meta(pictures[lang]),
                "marks": _marks(known, rows[:most], lang),
                "table": _table(rows[:most]),
            }
        yield name, by_lang


def _head(figure: Drawn, picture: Drawn) -> dict[str, Any]:
    """Return what the page has of a figure in a file beside it: its size, and how many marks it has."""
    layout = picture.layout
    return {"width": layout["width"], "height": layout["height"], "marks": len(meta_of(figure)["rows"])}


def by_theme(corpus: Corpus, names: Iterable[str]) -> dict[str, list[str]]:
    """Return the figures of each theme, and under ``""`` those over all themes."""
    placed: dict[str, list[str]] = {"": [], **{theme: [] for theme in corpus.themes}}
    for name in names:
        placed[theme_of(name)].append(name)
    return placed


def title(corpus: Corpus) -> Names:
    """Return the title, which names the places and the themes if only some are shown."""
    chosen = {
        lang: [
            word("and", lang).join(names)
            for names in (
                dict.fromkeys(corpus.plans[key].place[lang] for key in corpus.places),
                [corpus.themes[key].name[lang] for key in corpus.chosen],
            )
            if names
        ]
        for lang in LANGUAGES
    }
    return {
        lang: word("title", lang)
        + (word("of_chosen", lang, word("dot", lang).join(chosen[lang])) if chosen[lang] else "")
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


def _chart(
    corpus: Corpus,
    name: str,
    drawn: Mapping[Lang, Drawn],
    release_id: str,
) -> dict[str, Any]:
    metas = {lang: meta_of(figure) for lang, figure in drawn.items()}
    shown = {str(row.get("plan_key")) for row in metas["zh"]["rows"]}
    plans = {key: plan for key, plan in corpus.plans.items() if key in shown} or dict(corpus.plans)
    return {
        "name": name,
        "title": {lang: meta["title"] for lang, meta in metas.items()},
        "alt": {lang: meta["alt"] for lang, meta in metas.items()},
        "cite": {
            lang: cited_figure(name, meta["title"], plans, release_id, lang) for lang, meta in metas.items()
        },
        "plans": [plan for plan in plans.values() if plan.url],
    }


def _table(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return what a figure shows as a table: `columns`, and `rows` of texts and numbers."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return {"columns": columns, "rows": [[_plain(row.get(name)) for name in columns] for row in rows]}


def _plain(value: object) -> str | float | None:
    """Return a value as JSON has it: dates and lists are texts."""
    return value if value is None or isinstance(value, int | float) else str(value)


def _without_meta(figure: Drawn) -> dict[str, Any]:
    """Return a figure without the rows that it carries: the page has its statements once."""
    shown = checked(figure)
    layout = {name: value for name, value in shown["layout"].items() if name != "meta"}
    chart: dict[str, Any] = json.loads(str(to_json_plotly(shown | {"layout": layout})))
    return chart


def _marks(known: Collection[str], rows: Sequence[Mapping[str, Any]], lang: Lang) -> list[dict[str, Any]]:
    """Return what a figure shows as a list: each mark in words, with the keys of the statements behind it."""
    other = "_en" if lang == "zh" else "_zh"
    marks = []
    for row in rows:
        keys = [key for key in str(row.get("measure_key") or "").split("; ") if key in known]
        # Codes are told by their names; the plan's words are behind the keys, where there are any.
        left_out = ("_key", "_keys", other, *(["_zh"] if keys else []))
        texts = {
            value: None
            for name, value in row.items()
            if isinstance(value, str) and not name.endswith(left_out) and f"{name}_name" not in row
        }
        marks.append({"text": word("dot", lang).join(texts), "keys": list(dict.fromkeys(keys))})
    return marks


def _data(corpus: Corpus, release_id: str, *, is_split: bool) -> dict[str, Any]:
    """Return what the script works on; `parts` are the statements, or nothing where they are in files of their own."""
    offices = {
        key for provision in corpus.provisions.values() for key in (*provision.lead, *provision.supporting)
    } | {key for backing in corpus.backing.values() for key in backing.offices}
    coverage = corpus.tables["rpt_theme_coverage"].filter(pl.col("status") != "quantified")
    silent: dict[str, dict[str, str]] = {}
    for row in coverage.sort("theme_key", "plan_key").iter_rows(named=True):
        silent.setdefault(row["theme_key"], {})[row["plan_key"]] = row["status"]
    size = _ROWS if is_split else max(1, len(corpus.statements))
    return {
        "title": title(corpus),
        "release": release_id,
        "words": all_words() | _code_words(corpus),
        "plans": {
            key: asdict(plan) | {"cite": cited_plan(key, plan, release_id)}
            for key, plan in corpus.plans.items()
        },
        "themes": {key: asdict(theme) for key, theme in corpus.themes.items()},
        # Beside a value as stated an indicator is told without the basis of its axis.
        "indicators": {
            key: asdict(item) | {"told": {lang: stated_in(item.name[lang], lang, None) for lang in LANGUAGES}}
            for key, item in corpus.indicators.items()
        },
        "agencies": {key: {"name": corpus.agencies[key]} for key in sorted(offices)},
        "silent": silent,
        "above": [asdict(each) for each in corpus.above],
        "index": _index(corpus),
        "size": size,
        "parts": [] if is_split else [_part(corpus, 0, size)],
    }


def _index(corpus: Corpus) -> dict[str, Any]:
    """Return, column by column, what statements are chosen, sorted and counted by.

    A column of `codes` holds places in a list of the same name: of many statements few differ there.
    """
    said, backing = corpus.statements, [corpus.backing[statement.key] for statement in corpus.statements]
    codes: dict[str, list[Any]] = {
        "plan": [s.plan for s in said],
        "theme": [s.theme for s in said],
        "indicator": [s.indicator.key for s in said],
        "reason": [(s.reason["zh"], s.reason["en"]) for s in said],
        "kind": [s.kind for s in said],
        "verdict": [s.verdict for s in said],
        "office_from": [each.office_from for each in backing],
        "payers": [each.payers for each in backing],
        "offices": [each.offices for each in backing],
    }
    names = {name: list(dict.fromkeys(column)) for name, column in codes.items()}
    places = {name: {value: place for place, value in enumerate(found)} for name, found in names.items()}
    return {
        "codes": names | {"reason": [{"zh": zh, "en": en} for zh, en in names["reason"]]},
        "key": [s.key for s in said],
        **{name: [places[name][value] for value in column] for name, column in codes.items()},
        "is_commitment": [int(s.is_commitment) for s in said],
        "year": [s.year for s in said],
        "value": [s.value for s in said],
        "comparable_value": [s.comparable_value for s in said],
        "text": [s.text for s in said],
        "restates": [s.restates for s in said],
        "governs": [s.governs for s in said],
        "strength": [each.strength for each in backing],
    }


# What a part has of a statement: all that does not stand in the index.
_IN_PARTS = (
    "provision", "form", "comparator", "per", "recipient", "value_text", "unit", "stated", "comparable", "per_million",
    "formula", "is_aspirational", "period", "quote", "quote_start", "path", "start", "end", "origin",
    "sentence_en",
)  # fmt: skip


def _part(corpus: Corpus, start: int, size: int = _ROWS) -> dict[str, Any]:
    """Return statements from `start` on, without what the index has of them, and the provisions that they stand in."""
    said = corpus.statements[start : start + size]
    provisions = dict.fromkeys(statement.provision for statement in said if statement.provision is not None)
    return {
        "rows": [
            {name: getattr(statement, name) for name in _IN_PARTS}
            | {name: getattr(corpus.backing[statement.key], name) for name in ("payer", "office", "parts")}
            for statement in said
        ],
        "provisions": {key: asdict(corpus.provisions[key]) for key in provisions},
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
