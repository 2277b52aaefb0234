"""What plans say, printed: a line for each statement with its sentence below it, or a table for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dagster_project.cli.terminal import DataDir, Lang, current_release, fail, folder_of, say, word

if TYPE_CHECKING:
    import polars as pl

    from dagster_project.api import Release

Format = Annotated[
    Literal["text", "csv", "json", "md"],
    typer.Option("--format", help="text for people, md for a document, csv and json for programs."),
]
_LARGE = 1000  # from here on decimals are noise
#: What Markdown shows of an overview, by header.
_MARKDOWN = {
    "indicator": "indicator",
    "plan": "plan_key",
    "stated": "stated",
    "value": "value",
    "unit": "unit",
    "per million": "per_million",
    "due": "due",
    "office": "office",
    "payer": "payer",
    "verdict": "verdict",
    "sentence": "sentence",
    "measure": "measure_key",
}


def show(
    what: Annotated[str, typer.Argument(metavar="PLACE|PLAN", help="As in 合肥, Hefei, hefei-2020.")],
    theme: Annotated[
        str | None, typer.Option(help="Only what is promised on it: a theme, indicator or object.")
    ] = None,
    lang: Lang = "zh",
    fmt: Format = "text",
    data_dir: DataDir = None,
) -> None:
    """Show all that a plan, or a place, promises with a number: how much, by when, by which office, in which words."""
    from dagster_project.api import UnknownNameError

    release = current_release(folder_of(data_dir))
    try:
        found = release.overview(theme, what, lang)
    except UnknownNameError as error:
        fail(str(error))
    if fmt != "text":
        say_frame(found, fmt, lang)
        return
    plans = release.plans()
    for plan in plans.filter(plans["plan_key"].is_in(release.plan_keys(what))).iter_rows(named=True):
        say(str(plan["title_zh"]))
        period = "–".join(
            str(plan[f"period_{end}_year"]) for end in ("start", "end") if plan[f"period_{end}_year"]
        )
        about = (plan[f"name_{lang}"], plan["plan_key"], period, plan["document_number"], plan["source_url"])
        say("    " + " · ".join(str(each) for each in about if each))
        rows = found.filter(found["plan_key"] == plan["plan_key"])
        for (name,), of_theme in rows.group_by("theme", maintain_order=True):
            say(f"\n{name}")
            say_statements(of_theme, lang, first="indicator")
        if rows.is_empty():
            say(word("The plan promises no number.", lang))
        if theme is None:
            _say_silent(release, plan["plan_key"], lang)


def _say_silent(release: Release, plan: str, lang: str) -> None:
    """Print the headline themes on which a plan promises no number, and what it does instead."""
    themes, coverage = release.table("dim_theme"), release.table("rpt_theme_coverage")
    rows = coverage.join(themes, on="theme_key").filter("is_headline", plan_key=plan).sort("theme_order")
    say("")
    for row in rows.iter_rows(named=True):
        if row["status"] != "quantified":
            say(f"{row[f'name_{lang}']}: {row[f'status_{lang}']}")


def say_statements(
    rows: pl.DataFrame,
    lang: str,
    first: str = "plan",
    more: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Print statements, each with office, arithmetic, reason and sentence below it; no line is folded or cut.

    Args:
        rows: Of an overview.
        lang: Of the headers.
        first: What each line begins with: a header of `_MARKDOWN`.
        more: measure_key -> what else is said below it.
    """
    headers = (first, "stated", "value", "per million", "due", "verdict", "measure")
    lines = [[word(header, lang) for header in headers]]
    for row in rows.iter_rows(named=True):
        cells = {header: _cell(row[column]) for header, column in _MARKDOWN.items()}
        cells["value"] = cells["value"] or "–"
        lines.append([cells[header] for header in headers])
    header, *statements = _aligned(lines)
    say(f"  {header}")
    for line, row in zip(statements, rows.iter_rows(named=True), strict=True):
        say(f"  {line}")
        said = [row["formula"], row["reason"], *(more or {}).get(row["measure_key"], ())]
        named = [(header, row[column]) for header, column in (("in charge", "office"), ("payer", "payer"))]
        said = [*(f"{word(header, lang)}: {name}" for header, name in named if name), *said]
        if any(said):
            say("      " + " · ".join(each for each in said if each))
        say(f"      {row['sentence']}")


def say_frame(frame: pl.DataFrame, fmt: str, lang: str) -> None:
    """Print a table: csv and json with all its columns; an overview in Markdown with those that a reader wants."""
    from dagster_project.escaping import as_csv, as_markdown

    if fmt == "csv":
        say(as_csv(frame).write_csv().rstrip("\n"))
    elif fmt == "json":
        say(frame.write_json())
    else:
        is_overview = set(_MARKDOWN.values()) <= set(frame.columns)
        shown = frame.select(_MARKDOWN.values()) if is_overview else frame
        headers = [word(name, lang) for name in _MARKDOWN] if is_overview else shown.columns
        for line in (
            headers,
            ["---"] * shown.width,
            *([_cell(cell) for cell in row] for row in shown.iter_rows()),
        ):
            say("| " + " | ".join(as_markdown(cell) for cell in line) + " |")


def number(value: float | None) -> str:
    """Return a number with at most two decimals, above a thousand without; nothing for none."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:,.2f}".rstrip("0").rstrip(".")


def _cell(value: object) -> str:
    return number(value) if isinstance(value, float) else "" if value is None else str(value)


def _aligned(lines: Iterable[Sequence[str]]) -> list[str]:
    """Return lines whose cells stand below each other; a Chinese character is as wide as two others."""
    from rich.cells import cell_len

    cells = [list(line) for line in lines]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in cells
    ]
