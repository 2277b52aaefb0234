"""One theme in one table: what each place promises, by when, with whose money and which office, or in which words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dagster_project.figures.canvas import (
    GREY,
    INK,
    Canvas,
    Frame,
    empty_figure,
    height_of,
    hover_text,
    paragraph,
    wrap,
)
from dagster_project.figures.plans import FEW, PLAN_TABLES, Looks, plan_looks, sources
from dagster_project.figures.ranking import claimed, finding, ranking
from dagster_project.figures.sentences import text_of
from dagster_project.figures.statements import STATEMENT_TABLES, Statement, first_said, read_statements
from dagster_project.figures.words import COMPARATORS, Lang, joined_short, number, phrase, quantity

MATRIX_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    **STATEMENT_TABLES,
    "rpt_theme_matrix": (
        "theme_key", "plan_key", "line", "line_count", "status", "measure_key", "measure_keys", "provision_key", "kind",
        "indicator_key", "indicator_name_zh", "indicator_name_en", "plans_on_axis", "is_growth", "form", "comparator",
        "is_aspirational", "value_text", "value", "unit_key", "unit_symbol_zh", "unit_symbol_en", "per", "years",
        "comparability", "comparable_value", "change_percent", "baseline_value", "baseline_year",
        "per_million_value", "due_year",
        "payer_zh", "payer_en", "office_zh", "office_en", "office_from", "strength", "words_zh", "sentence_en",
        "quote_zh",
    ),
    "dim_theme": ("theme_key", "name_zh", "name_en"),
}  # fmt: skip
# Columns of the table and their share of its width; the first holds the place.
_COLUMNS = {
    "place": 0.12, "target": 0.19, "growth": 0.075, "per_head": 0.085, "due": 0.05, "payer": 0.07, "office": 0.13,
    "strength": 0.065, "sentence": 0.215,
}  # fmt: skip
# On a printed page no word may be broken, and sentences stand in the table below: there is no room for them.
_COLUMNS_OF_A_PAGE = {
    "place": 0.15, "target": 0.23, "growth": 0.09, "per_head": 0.135, "due": 0.065, "payer": 0.09, "office": 0.145,
    "strength": 0.095,
}  # fmt: skip
_WIDTH_OF_A_PAGE = 800  # pixels
_BOLD = "font-weight:bold"
_STRENGTH = 4
_SIGNS = {
    "stated_without_number": "◐",
    "mentioned_only": "○",
    "searched_not_found": "–",
    "outside_remit": "×",
}
# What is left out first where there is no room for all places.
_STATUSES = ("quantified", "stated_without_number", "mentioned_only", "searched_not_found", "outside_remit")
# The basis at the end of a name of an indicator, beside a value that is told as stated.
_BASIS = re.compile(r"\s*\([^()]*\)$")
_TITLED = 2  # first lines that a title tells
_ROWS, _LINES = (
    40,
    3,
)  # places, and lines of each of many places, that a page on a screen holds; the CSV has all

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the table as it is drawn.

    Attributes:
        row: Of ``rpt_theme_matrix``.
        cells: Markup by column.
        height: Of the highest cell, in pixels.
    """

    row: Row
    cells: Mapping[str, str]
    height: float


def draw_matrix(theme_key: str, tables: Mapping[str, pl.DataFrame], frame: Frame) -> go.Figure:
    """Draw the table of one theme.

    Args:
        theme_key: A key of ``dim_theme``.
        tables: Marts with the columns of `MATRIX_TABLES`.
        frame: Language and size; its chosen plans come first and are always shown.

    Returns:
        The figure: a row for each plan with a line for each of its commitments, as far as there is room; every plan
        that is shown has at least one line. Lines and plans that are left out are counted.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    theme = str(tables["dim_theme"].filter(theme_key=theme_key)[f"name_{lang}"].first() or theme_key)
    rows = tables["rpt_theme_matrix"].filter(theme_key=theme_key).sort("plan_key", "line").to_dicts()
    if not looks or not rows:
        return empty_figure(frame, theme, sources(looks))
    said = [statement for statement in first_said(read_statements(tables)) if statement.is_about(theme_key)]
    title = theme + phrase("colon", lang) + _finding(rows, said, looks, frame)
    rules = phrase("rules", lang, phrase("matrix_rule", lang))
    canvas = Canvas(frame, title, _told(rows, looks, frame), rules=rules, sources=sources(looks))
    _Table(canvas, looks).draw(rows)
    plotted = [row | {"plan": looks[row["plan_key"]].name} for row in rows]
    spoken = [_spoken(row, looks, frame) for row in rows if row["line"] == 1]
    return canvas.finish(plotted, spoken, [claimed(said, theme_key, looks).record])


def _finding(rows: Sequence[Row], said: Sequence[Statement], looks: Looks, frame: Frame) -> str:
    """Return the title: who promises most of what most plans state; where no two state one thing, what each states."""
    lang = frame.lang
    text = text_of(finding(said, rows[0]["theme_key"], looks, frame.codes, lang))
    ranked = ranking(said, looks)
    first = [row for row in rows if row["line"] == 1 and row["measure_key"]]
    if not first or (ranked and ranked.is_shared):
        return text
    told = [
        f"{looks[row['plan_key']].name} {stated_value(row, lang)}"
        + phrase("limited", lang, _BASIS.sub("", row[f"indicator_name_{lang}"]))
        for row in sorted(first, key=lambda row: (row["plan_key"] not in frame.chosen, -row["line_count"]))
    ]
    others = phrase("others", lang) if len(told) > _TITLED else ""
    return text + phrase("colon", lang) + phrase("and", lang).join(told[:_TITLED]) + others


def _told(rows: Sequence[Row], looks: Looks, frame: Frame) -> str:
    """Return how many plans put a number to the theme, say it in words, and so on."""
    lang = frame.lang
    counts = Counter(row["status"] for row in rows if row["line"] == 1)
    parts = [
        f"{frame.codes.name('coverage_status', status, lang)} {counts[status]}"
        for status in _STATUSES
        if counts[status]
    ]
    return phrase("matrix_basis", lang, n=len(looks), counts=phrase("and", lang).join(parts))


def _spoken(row: Row, looks: Looks, frame: Frame) -> str:
    """Return the first line of a plan as a sentence, for who cannot see it."""
    lang = frame.lang
    said = row["words_zh"] if lang == "zh" and row["words_zh"] else row["sentence_en"]
    if lang == "zh" and not row["words_zh"]:
        said = frame.codes.name("coverage_status", row["status"], lang)
    return looks[row["plan_key"]].name + phrase("colon", lang) + said


class _Table:
    """The table of a theme on a canvas."""

    def __init__(self, canvas: Canvas, looks: Looks) -> None:
        self._canvas, self._looks, self._is_many = canvas, looks, len(looks) > FEW
        self._frame, self._lang = canvas.frame, canvas.frame.lang
        edges, left = {}, canvas.left
        columns = _COLUMNS if canvas.width > _WIDTH_OF_A_PAGE else _COLUMNS_OF_A_PAGE
        for name, share in columns.items():
            edges[name] = (left, canvas.width * share - canvas.frame.size.text * 0.8)
            left += canvas.width * share
        self._edges = edges

    def draw(self, rows: Sequence[Row]) -> None:
        """Draw the heads and as many lines as there is room for."""
        canvas, size = self._canvas, self._frame.size
        canvas.top += size.text * 0.3
        heads = {
            name: paragraph(phrase(f"matrix_{name}", self._lang), width, size.small, _BOLD)
            for name, (_, width) in self._edges.items()
        }
        for name, (left, _) in self._edges.items():
            canvas.place(heads[name], left, size.small, GREY)
        canvas.top += max(height_of(head, size.small) for head in heads.values())
        groups = [list(group) for _, group in groupby(rows, key=lambda row: row["plan_key"])]
        shown = self._fitting(groups)
        canvas.show(f"{key} {nth}" for key, lines in shown.items() for nth in range(len(lines)))
        hidden = [group for group in groups if group[0]["plan_key"] not in shown]
        in_order = [group for key in shown for group in groups if group[0]["plan_key"] == key]
        for group in in_order if self._is_many else sorted(groups, key=self._order):
            if lines := shown.get(group[0]["plan_key"]):
                canvas.rule()
                canvas.top += self._gaps[0] - 12
                self._draw_place(group, lines)
        lines_left = sum(len(group) for group in groups) - sum(map(len, shown.values())) - len(hidden)
        self._count(hidden, lines_left)

    def _order(self, group: Sequence[Row]) -> tuple[bool, str]:
        """Return what places are sorted by: the chosen ones first, then as in every figure."""
        key = group[0]["plan_key"]
        return key not in self._frame.chosen, key

    @property
    def _gaps(self) -> tuple[float, float]:
        """Height between two places, with the line that divides them, and between two lines of one place."""
        return self._frame.size.small * 0.75, self._frame.size.small * 0.3

    def _fitting(self, groups: Sequence[Sequence[Row]]) -> dict[str, list[_Line]]:
        """Return the lines that fit by plan: first one of each plan, then the second ones, and so on.

        Sentences give way before lines, and lines before places; of these, the ones that say least. Of many, those
        whose values on the axis that most plans share are the highest come first.
        """
        by_weight = sorted(
            groups,
            key=lambda group: (
                group[0]["plan_key"] not in self._frame.chosen,
                _STATUSES.index(group[0]["status"]),
                -(group[0]["plans_on_axis"] or 0),
                group[0]["indicator_key"] or "",
                -(group[0]["comparable_value"] or group[0]["value"] or 0.0) if self._is_many else -len(group),
                group[0]["plan_key"],
            ),
        )
        if self._canvas.is_free:
            lines = _LINES if self._is_many else None
            return {g[0]["plan_key"]: [self._line(row, 99) for row in g[:lines]] for g in by_weight[:_ROWS]}
        shown: dict[str, list[_Line]] = {}
        for most in (4, 3, 2):
            shown = self._filled(by_weight, most)
            if sum(map(len, shown.values())) == sum(map(len, groups)):
                break
            # Three lines hold a name; many places have no room in any case.
            if most == 3 and (len(shown) == len(groups) or self._is_many):
                break
        return shown

    def _filled(self, groups: Sequence[Sequence[Row]], most: int) -> dict[str, list[_Line]]:
        """Return the lines that fit where a cell has at most so many lines of text."""
        room = self._canvas.room
        shown: dict[str, list[_Line]] = {}
        between_places, between_lines = self._gaps
        for nth in range(max(map(len, groups))):
            for group in groups:
                key = group[0]["plan_key"]
                if nth >= len(group) or len(shown.get(key, ())) != nth:
                    continue
                if not self._canvas.may_show(f"{key} {nth}"):
                    continue
                line = self._line(group[nth], most)
                height = line.height + (between_lines if nth else between_places)
                if height <= room:
                    shown.setdefault(key, []).append(line)
                    room -= height
        return shown

    def _count(self, hidden: Sequence[Sequence[Row]], lines: int) -> None:
        """Say what is left out: lines of the plans that are shown, and plans by what they say."""
        codes, lang = self._frame.codes, self._lang
        counts = Counter(group[0]["status"] for group in hidden)
        names = phrase("and", lang).join(
            f"{codes.name('coverage_status', status, lang)} {counts[status]}"
            for status in _STATUSES
            if counts[status]
        )
        self._canvas.more(
            lines, "more_lines", phrase("more_places", lang, len(hidden), names) if hidden else 0, "as_said"
        )

    def _draw_place(self, group: Sequence[Row], lines: Sequence[_Line]) -> None:
        """Draw a plan's name beside its lines."""
        canvas, size = self._canvas, self._frame.size
        look = self._looks[group[0]["plan_key"]]
        left, width = self._edges["place"]
        badge = size.text * 1.2
        style = _BOLD if group[0]["plan_key"] in self._frame.chosen else ""
        canvas.place(look.badge, left, size.text)
        canvas.place(paragraph(look.name, width - badge, size.text, style), left + badge, size.text)
        if len(group) > len(lines):
            top, name = canvas.top, paragraph(look.name, width - badge, size.text, style)
            canvas.top += height_of(name, size.text)
            more = phrase("matrix_more", self._lang, len(group) - len(lines))
            canvas.place(paragraph(more, width - badge, size.small), left + badge, size.small, GREY)
            canvas.top = top
        for index, line in enumerate(lines):
            hover = self._hover(line.row)
            for name, block in line.cells.items():
                if block:
                    canvas.place(
                        block,
                        self._edges[name][0],
                        size.small,
                        INK,
                        hover,
                        measure_key=line.row["measure_key"],
                    )
            canvas.top += line.height + (self._gaps[1] if index + 1 < len(lines) else 0)

    def _line(self, row: Row, most: int) -> _Line:
        """Return a line with what stands in its cells, each in at most so many lines of text."""
        size = self._frame.size
        texts = self._number(row) if row["measure_key"] else self._words(row)
        cells, heights = {}, [size.small * 1.3]
        for name, parts in texts.items():
            if name not in self._edges:
                continue
            width = self._edges[name][1]
            if (
                name == "target" and not row["measure_key"]
            ):  # words need more room than a number, and nothing follows
                width = self._edges["payer"][0] + self._edges["payer"][1] - self._edges["target"][0]
            blocks, left = [], most
            told = self._office(row, width, most) if name == "office" and row["office_zh"] else parts
            for text, style in told:
                if text and left > 0:
                    blocks.append(paragraph(text, width, size.small, style, left))
                    left -= blocks[-1].count("<br>") + 1
            cells[name] = "<br>".join(blocks)
            heights.append(height_of(cells[name], size.small) if blocks else 0.0)
        if row["line"] == 1:
            look = self._looks[row["plan_key"]]
            name = paragraph(look.name, self._edges["place"][1] - size.text * 1.2, size.text)
            more = size.small * 1.3 if row["line_count"] > 1 else 0
            heights.append(height_of(name, size.text) + more)
        return _Line(row, cells, max(heights) + size.small * 0.2)

    def _number(self, row: Row) -> dict[str, list[tuple[str, str]]]:
        """Return what stands in the cells of a commitment, each with its style."""
        lang, grey = self._lang, f"color:{GREY}"
        stated = stated_value(row, lang)
        # What has no indicator is told by the words alone.
        name = "" if row["indicator_key"] == "unmapped" else str(row[f"indicator_name_{lang}"])
        if row["is_aspirational"]:
            stated += phrase("limited", lang, phrase("aspirational", lang))
        growth, change = [], row["change_percent"]
        if row["is_growth"]:
            growth = [(stated, _BOLD), (_over(row, lang), grey)]
        elif change is not None:
            base = quantity(row["baseline_value"], row[f"unit_symbol_{lang}"], lang)
            since = phrase("since", lang, row["baseline_year"], base) if row["baseline_year"] else base
            growth = [
                (f"{number(change, lang, 3)}%" if change < 0 else f"+{number(change, lang, 3)}%", ""),
                (since, grey),
            ]
        million = row["per_million_value"]
        return {
            "target": [(name, grey)] if row["is_growth"] else [(stated, _BOLD), (name, grey)],
            "growth": growth,
            "per_head": [(quantity(million, row[f"unit_symbol_{lang}"], lang, 3), "")]
            if million is not None
            else [],
            "due": [(str(row["due_year"] or phrase("matrix_none", lang)), "" if row["due_year"] else grey)],
            "payer": [(row[f"payer_{lang}"] or phrase("matrix_none", lang), "" if row["payer_zh"] else grey)],
            "office": [(phrase("matrix_none", lang), grey)],
            "strength": [("●" * row["strength"] + "○" * (_STRENGTH - row["strength"]), "")],
            "sentence": self._sentence(row),
        }

    def _words(self, row: Row) -> dict[str, list[tuple[str, str]]]:
        """Return what stands in the cells where there is no number."""
        lang, status = self._lang, row["status"]
        said = f"{_SIGNS.get(status, '')} {self._frame.codes.name('coverage_status', status, lang)}".strip()
        quote = phrase("quoted", lang, row["words_zh"]) if row["words_zh"] else ""
        composed = row["sentence_en"] if status == "stated_without_number" else ""
        words = (
            [(quote, "")] if lang == "zh" else [(composed, ""), (quote if self._canvas.is_free else "", "")]
        )
        return {
            "target": [(said, f"color:{GREY}"), *words],
            "office": [],
        }

    def _sentence(self, row: Row) -> list[tuple[str, str]]:
        """Return the words of the plan; in English a sentence composed of facets, on a screen with the words."""
        quote = phrase("quoted", self._lang, row["words_zh"]) if row["words_zh"] else ""
        if self._lang == "zh":
            return [(quote, "")]
        return [(row["sentence_en"], ""), (quote if self._canvas.is_free else "", f"color:{GREY}")]

    def _office(self, row: Row, width: float, most: int) -> list[tuple[str, str]]:
        """Return as many of the offices in charge as so many lines hold; those of the tasks of the theme are marked."""
        lang, size = self._lang, self._frame.size
        names = str(row[f"office_{lang}"]).split("、" if lang == "zh" else "; ")
        mark = "*" if row["office_from"] == "theme" else ""
        texts = [joined_short(names, lang, count) + mark for count in range(len(names), 0, -1)]
        fitting = (text for text in texts if len(wrap(text, width, size.small)) <= most)
        return [(next(fitting, texts[-1]), "")]

    def _hover(self, row: Row) -> str:
        """Return what a reader sees on pointing at a line."""
        lang = self._lang
        lines = {
            "plan": self._looks[row["plan_key"]].name,
            "stated_indicator": row[f"indicator_name_{lang}"],
            "stated": row["value_text"],
            "composed": row["sentence_en"] if lang == "en" else None,
            "quote": row["quote_zh"],
        }
        return hover_text(
            phrase(key, lang) + phrase("colon", lang) + text for key, text in lines.items() if text
        )


def stated_value(row: Row, lang: Lang) -> str:
    """Return the value of a line as the plan states it, with its comparator: ≥30%; of a ratio, as printed."""
    if row["value"] is None:
        return str(row["value_text"])
    return COMPARATORS[row["comparator"]] + quantity(row["value"], row[f"unit_symbol_{lang}"], lang)


def _over(row: Row, lang: Lang) -> str:
    """Return the span of a growth."""
    if row["form"] == "growth_annual":
        return phrase("per_year_said", lang)
    years = row["years"]
    return phrase("over_years", lang, number(years, lang)) if row["form"] == "growth_total" and years else ""
