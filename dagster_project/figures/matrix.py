"""One theme in one table: what each place promises, by when, with whose money and which office, or in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from dagster_project.figures.canvas import (
    GREY,
    INK,
    Canvas,
    Drawing,
    Frame,
    empty_figure,
    height_of,
    hover_text,
    paragraph,
    wrap,
)
from dagster_project.figures.comparison import Panel, panels_of, spread_of
from dagster_project.figures.plans import FEW, MANY, PLAN_TABLES, Looks, named, plan_looks, sources, span_of
from dagster_project.figures.ranking import claimed, finding, ranking
from dagster_project.figures.sentences import text_of
from dagster_project.figures.statements import STATEMENT_TABLES, Statement, about, first_said, read_statements
from dagster_project.figures.words import (
    COMPARATORS,
    Lang,
    joined_short,
    number,
    phrase,
    quantity,
    rate_unit,
    short_name,
    stated_in,
)

MATRIX_TABLES: Mapping[str, tuple[str, ...]] = {
    **PLAN_TABLES,
    **STATEMENT_TABLES,
    "rpt_theme_matrix": (
        "theme_key", "plan_key", "line", "line_count", "status", "measure_key", "measure_keys", "provision_key", "kind",
        "indicator_key", "indicator_name_zh", "indicator_name_en", "plans_on_axis", "is_growth", "form", "comparator",
        "is_aspirational", "value_text", "value", "unit_key", "unit_symbol_zh", "unit_symbol_en", "per", "years",
        "comparability", "comparable_value", "axis_unit_zh", "axis_unit_en", "change_percent", "baseline_value",
        "baseline_year", "per_million_value", "due_year",
        "payer_zh", "payer_en", "office_zh", "office_en", "office_from", "strength", "words_zh", "sentence_en",
        "quote_zh",
    ),
    "dim_theme": ("theme_key", "name_zh", "name_en"),
    "rpt_cascade": (
        "plan_key", "parent_plan_key", "theme_key", "child_measure_key", "parent_measure_key", "value_relation",
    ),
}  # fmt: skip
# Columns of the table and their share of its width; the first holds the place.
_COLUMNS = {
    "place": 0.12, "target": 0.19, "growth": 0.07, "per_head": 0.1, "due": 0.055, "payer": 0.07, "office": 0.13,
    "strength": 0.065, "sentence": 0.2,
}  # fmt: skip
# On a printed page no word may be broken, and sentences stand in the table below: there is no room for them.
_COLUMNS_OF_A_PAGE = {
    "place": 0.15, "target": 0.205, "growth": 0.09, "per_head": 0.135, "due": 0.09, "payer": 0.09, "office": 0.145,
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
_TITLED = 2  # first lines that a title tells
_OUTLIERS = 2  # highest values that the line of an axis names
_UNLIMITED = 99  # lines of text
_SHARE_OF_SPREAD = 0.5  # of the room of an image that chosen plans leave to the axes of all

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


def draw_matrix(theme_key: str, tables: Mapping[str, pl.DataFrame], frame: Frame) -> Drawing:
    """Draw the table of one theme.

    Args:
        theme_key: A key of ``dim_theme``.
        tables: Marts with the columns of `MATRIX_TABLES`.
        frame: Language and size; its chosen plans come first and are always shown.

    Returns:
        The figure: a row for each plan with a line for each of its commitments, as far as there is room; every plan
        that is shown has at least one line. Of many plans the chosen ones have rows, and each axis a line that says how
        what the plans say is spread. What is left out is counted.
    """
    lang = frame.lang
    looks = plan_looks(tables, lang)
    theme = str(tables["dim_theme"].filter(theme_key=theme_key)[f"name_{lang}"].first() or theme_key)
    rows = tables["rpt_theme_matrix"].filter(theme_key=theme_key).sort("plan_key", "line").to_dicts()
    if not looks or not rows:
        return empty_figure(frame, theme, sources(looks))
    said = first_said(read_statements(tables, about(theme_key)))
    title = theme + phrase("colon", lang) + _finding(rows, said, looks, frame)
    rules = phrase("rules", lang, phrase("matrix_rule", lang))
    canvas = Canvas(frame, title, _told(rows, looks, frame), rules=rules, sources=sources(looks))
    # Of a choice of places, the plan above may not be among them.
    above = tables["rpt_cascade"].filter(pl.col("parent_plan_key").is_in(list(looks)))
    asked = read_statements(tables, pl.col("measure_key").is_in(above["parent_measure_key"].to_list()))
    stated = {statement.key: statement for statement in asked}
    above = above.filter(pl.col("parent_measure_key").is_in(list(stated)))
    table = _Table(canvas, looks, _above(above, theme_key), stated)
    if len(looks) > FEW:
        table.draw_spread(rows, said)
    else:
        table.draw(rows)
    plotted = [_plotted(row, looks, frame) for row in rows]
    # Nobody listens to a sentence for each of hundreds of plans: the title and the axes tell what they say.
    told = looks if len(looks) < MANY else named(looks, frame.chosen)
    spoken = [_spoken(row, looks, frame) for row in rows if row["line"] == 1 and row["plan_key"] in told]
    return canvas.finish(plotted, spoken, [claimed(said, theme_key, looks).record])


def _plotted(row: Row, looks: Looks, frame: Frame) -> Row:
    """Return what the CSV tells of a line: with the names of its codes, and its plan before them."""
    codes, lang = frame.codes, frame.lang
    names: Row = {
        "plan": looks[row["plan_key"]].name,
        "status_name": codes.name("coverage_status", row["status"], lang),
    }
    origin = row["office_from"]
    names["office_from_name"] = codes.name("office_from", origin, lang) if origin else None
    return names | row


def _finding(rows: Sequence[Row], said: Sequence[Statement], looks: Looks, frame: Frame) -> str:
    """Return the title: who promises most of what most plans state; where no two state one thing, what each states."""
    lang = frame.lang
    text = text_of(finding(said, rows[0]["theme_key"], looks, frame.codes, lang))
    ranked = ranking(said, looks)
    first = [row for row in rows if row["line"] == 1 and row["measure_key"]]
    if not first or (ranked and ranked.is_shared):
        return text
    told = [
        phrase("plan_value", lang, looks[row["plan_key"]].name, stated_value(row, lang))
        + phrase("limited", lang, short_name(_named(row, frame)))
        for row in sorted(first, key=lambda row: (row["plan_key"] not in frame.chosen, -row["line_count"]))
    ]
    others = phrase("others", lang) if len(told) > _TITLED else ""
    return text + phrase("colon", lang) + phrase("and", lang).join(told[:_TITLED]) + others


def _named(row: Row, frame: Frame) -> str:
    """Return the name of what a line has a number of; of what has no indicator, the name of its kind."""
    if row["indicator_key"] == "unmapped":
        return frame.codes.name("kind", row["kind"], frame.lang)
    return str(row[f"indicator_name_{frame.lang}"])


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

    def __init__(
        self,
        canvas: Canvas,
        looks: Looks,
        above: Mapping[str, Sequence[Row]],
        stated: Mapping[str, Statement],
    ) -> None:
        self._canvas, self._looks, self._above, self._stated = canvas, looks, above, stated
        self._frame, self._lang = canvas.frame, canvas.frame.lang
        edges, left = {}, canvas.left
        columns = _COLUMNS if canvas.width > _WIDTH_OF_A_PAGE else _COLUMNS_OF_A_PAGE
        for name, share in columns.items():
            edges[name] = (left, canvas.width * share - canvas.frame.size.text * 0.8)
            left += canvas.width * share
        self._edges = edges

    def draw(self, rows: Sequence[Row]) -> None:
        """Draw the heads and as many lines as there is room for."""
        self._draw_heads()
        groups = _by_plan(rows)
        shown = self._draw_places(groups)
        hidden = [group for group in groups if group[0]["plan_key"] not in shown]
        lines_left = sum(len(group) for group in groups) - sum(map(len, shown.values())) - len(hidden)
        self._count(hidden, lines_left)

    def draw_spread(self, rows: Sequence[Row], said: Sequence[Statement]) -> None:
        """Draw the lines of the chosen ones of many plans, and of each axis how what all plans say is spread."""
        canvas = self._canvas
        promised = [statement for statement in said if statement.is_commitment]
        panels, alone = panels_of(promised, self._looks, self._frame)
        self._draw_heads()
        first = named(self._looks, self._frame.chosen)
        chosen = [group for group in _by_plan(rows) if group[0]["plan_key"] in first]
        # The chosen plans leave room for some axes.
        bottom = canvas.bottom
        canvas.bottom -= 0 if canvas.is_free else canvas.room * _SHARE_OF_SPREAD
        shown = self._draw_places(chosen)
        canvas.bottom = bottom
        lines_left = sum(map(len, chosen)) - sum(map(len, shown.values()))
        drawn = self._draw_axes(panels, rows) if panels else 0
        if drawn == len(panels):
            # What no other plan states has no axis: it is told plan by plan.
            keys = {group[0]["plan_key"] for group in chosen}
            others = [
                g for g in _by_plan(rows) if g[0]["status"] == "quantified" and g[0]["plan_key"] not in keys
            ]
            shown |= self._draw_others(others, has_axes=bool(panels))
        told = {key for lines in shown.values() for line in lines for key in _keys(line.row)}
        apart = [statement for statement in promised if statement.comparable is None]
        canvas.more(
            lines_left, "more_lines", len(panels) - drawn, "more_indicators",
            sum(s.key not in told for s in alone), "more_alone", sum(s.key not in told for s in apart),
            "more_statements",
        )  # fmt: skip

    def _draw_axes(self, panels: Sequence[Panel], rows: Sequence[Row]) -> int:
        """Draw a line for each axis of many plans, as far as there is room; return how many those are."""
        canvas, size = self._canvas, self._frame.size
        self._head_of(phrase("matrix_spread", self._lang, len(self._looks)))
        behind = {key: row for row in rows for key in _keys(row)}
        drawn = 0
        for panel in panels:
            cells, height = self._spread_cells(panel, behind)
            if height > canvas.room or not canvas.may_show(f"axis {panel.key}"):
                break
            self._draw_axis(panel, cells, height)
            drawn += 1
        canvas.show(f"axis {panel.key}" for panel in panels[:drawn])
        canvas.top += size.text * 0.3
        return drawn

    def _draw_others(self, groups: Sequence[Sequence[Row]], *, has_axes: bool) -> dict[str, list[_Line]]:
        """Draw the lines of plans that were not chosen, as far as there is room; a few of them on a screen."""
        canvas, head = self._canvas, 4 * self._frame.size.text
        if not groups or (canvas.room < 2 * head and not canvas.is_free) or not canvas.may_show("others"):
            return {}
        canvas.show(["others"])
        self._head_of(phrase("matrix_others" if has_axes else "matrix_others_only", self._lang, len(groups)))
        return self._draw_places(groups[:FEW] if canvas.is_free else groups)

    def _head_of(self, text: str) -> None:
        """Draw the head of a part below a line."""
        canvas, size = self._canvas, self._frame.size
        canvas.rule()
        canvas.place(paragraph(text, canvas.width, size.text, _BOLD), canvas.left, size.text)
        canvas.top += size.text * 1.5

    def _draw_axis(self, panel: Panel, cells: Mapping[str, str], height: float) -> None:
        """Draw the line of an axis."""
        canvas, size = self._canvas, self._frame.size
        canvas.rule()
        canvas.top += self._gaps[0] - 12
        for name, block in cells.items():
            key = panel.bars[0].statement.key if name == "target" else None
            canvas.place(block, self._edges[name][0], size.small, measure_key=key)
        canvas.top += height

    def _spread_cells(self, panel: Panel, behind: Mapping[str, Row]) -> tuple[dict[str, str], float]:
        """Return what stands in the cells of an axis, and how high they are."""
        lang, size, grey = self._lang, self._frame.size, f"color:{GREY}"
        statements = [bar.statement for bar in panel.bars]
        rows = [behind[statement.key] for statement in statements if statement.key in behind]
        spread = spread_of(panel, self._looks, self._frame)
        middle = phrase("matrix_median", lang, spread.middle(lang))
        years = sorted({statement.year for statement in statements if statement.year})
        ends = span_of(years[0], years[-1]) if years else ""
        told = spread.extremes(self._looks, self._frame, _OUTLIERS)
        outliers = phrase("matrix_extremes", lang, **told)
        growth = any(statement.form.startswith("growth") for statement in statements)
        per_head = panel.bars[0].is_per_head
        has_sentences = "sentence" in self._edges
        texts: dict[str, list[tuple[str, str]]] = {
            "place": [(phrase("several", lang, len({s.plan for s in statements})), _BOLD)],
            "target": [
                (panel.name, ""),
                *([(middle, _BOLD)] if not growth and not per_head else []),
                *([] if has_sentences else [(outliers, grey)]),
            ],
            "growth": [(middle, _BOLD)] if growth else [],
            "per_head": [(middle, "")] if per_head else [],  # narrow: bold letters would break words
            "due": [(ends or phrase("matrix_none", lang), "" if ends else grey)],
            # Of what stands in the matrix of another theme that is told there.
            "payer": [self._most_often([row[f"payer_{lang}"] for row in rows])] if rows else [],
            "office": [self._most_often([_first_office(row, lang) for row in rows])] if rows else [],
            "strength": [(phrase("matrix_mean", lang, number(_mean(rows), lang, 2)), "")] if rows else [],
            "sentence": [(outliers, "")],
        }
        cells, heights = {}, []
        for name, parts in texts.items():
            if name in self._edges and parts:
                width = self._edges[name][1]
                cells[name] = "<br>".join(paragraph(text, width, size.small, style) for text, style in parts)
                heights.append(height_of(cells[name], size.small))
        return cells, max(heights) + size.small * 0.2

    def _most_often(self, values: Sequence[str | None]) -> tuple[str, str]:
        """Return the value that most lines have, with their number; that most have none is said."""
        counts = Counter(values)
        value = min(counts, key=lambda each: (-counts[each], each or ""), default=None)
        if value is None:
            return phrase("matrix_none", self._lang), f"color:{GREY}"
        return phrase("noted", self._lang, value, counts[value]), ""

    def _draw_heads(self) -> None:
        """Draw the heads of the columns."""
        canvas, size = self._canvas, self._frame.size
        canvas.top += size.text * 0.3
        heads = {
            name: paragraph(phrase(f"matrix_{name}", self._lang), width, size.small, _BOLD)
            for name, (_, width) in self._edges.items()
        }
        for name, (left, _) in self._edges.items():
            canvas.place(heads[name], left, size.small, GREY)
        canvas.top += max(height_of(head, size.small) for head in heads.values())

    def _draw_places(self, groups: Sequence[Sequence[Row]]) -> dict[str, list[_Line]]:
        """Draw as many lines of plans as there is room for; return these by plan."""
        canvas = self._canvas
        shown = self._fitting(groups) if groups else {}
        canvas.show(f"{key} {nth}" for key, lines in shown.items() for nth in range(len(lines)))
        for group in sorted(groups, key=self._order):
            if lines := shown.get(group[0]["plan_key"]):
                canvas.rule()
                canvas.top += self._gaps[0] - 12
                self._draw_place(group, lines)
        return shown

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

        Sentences give way before lines, and lines before places; of these, the ones that say least.
        """
        by_weight = sorted(
            groups,
            key=lambda group: (
                group[0]["plan_key"] not in self._frame.chosen,
                _STATUSES.index(group[0]["status"]),
                -(group[0]["plans_on_axis"] or 0),
                group[0]["indicator_key"] or "",
                -len(group),
                group[0]["plan_key"],
            ),
        )
        if self._canvas.is_free:
            return {
                group[0]["plan_key"]: [self._line(row, _UNLIMITED) for row in group] for group in by_weight
            }
        # What another language has no room for is not asked for.
        allowed = {
            group[0]["plan_key"]: sum(
                self._canvas.may_show(f"{group[0]['plan_key']} {nth}") for nth in range(len(group))
            )
            for group in groups
        }
        lines, places = sum(allowed.values()), sum(map(bool, allowed.values()))
        shown: dict[str, list[_Line]] = {}
        for most, is_whole in ((8, True), (4, True), (3, True), (2, True), (3, False), (2, False)):
            shown = self._filled(by_weight, most, is_whole=is_whole)
            if sum(map(len, shown.values())) == lines:
                break
            if (most, is_whole) not in {(8, True), (4, True)} and len(shown) == places:
                break
        return shown

    def _filled(
        self, groups: Sequence[Sequence[Row]], most: int, *, is_whole: bool
    ) -> dict[str, list[_Line]]:
        """Return the lines that fit where a sentence, or each cell, has at most so many lines of text."""
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
                line = self._line(group[nth], most, is_whole=is_whole)
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

    def _line(self, row: Row, most: int, *, is_whole: bool = True) -> _Line:
        """Return a line with what stands in its cells, sentences in at most so many lines of text; else all cells."""
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
            is_prose = name == "sentence" or (name == "target" and not row["measure_key"])
            # Of a number nothing is left out.
            is_short = is_prose or (name == "target" and not is_whole)
            blocks, left = [], most if is_short else _UNLIMITED
            told = self._office(row, width, most) if name == "office" and row["office_zh"] else parts
            for text, style in told:
                if text and left > 0:
                    blocks.append(paragraph(text, width, size.small, style, left))
                    left -= blocks[-1].count("<br>") + 1
            cells[name] = "<br>".join(blocks)
            heights.append(height_of(cells[name], size.small) if blocks else 0.0)
        if row["line"] == 1:
            look = self._looks[row["plan_key"]]
            style = _BOLD if row["plan_key"] in self._frame.chosen else ""
            name = paragraph(look.name, self._edges["place"][1] - size.text * 1.2, size.text, style)
            more = size.small * 1.3 if row["line_count"] > 1 else 0
            heights.append(height_of(name, size.text) + more)
        return _Line(row, cells, max(heights) + size.small * 0.2)

    def _number(self, row: Row) -> dict[str, list[tuple[str, str]]]:
        """Return what stands in the cells of a commitment, each with its style."""
        lang, grey = self._lang, f"color:{GREY}"
        stated = stated_value(row, lang)
        name = stated_in(_named(row, self._frame), lang, row["per"])
        if row["is_aspirational"]:
            stated += phrase("limited", lang, phrase("aspirational", lang))
        growth, change = [], row["change_percent"]
        if row["is_growth"]:
            growth = [(stated, _BOLD), (_over(row, lang), grey)]
        elif change is not None:
            base = quantity(row["baseline_value"], row[f"unit_symbol_{lang}"], lang)
            since = phrase("since", lang, row["baseline_year"], base) if row["baseline_year"] else base
            growth = [
                (("" if change < 0 else "+") + quantity(change, "%", lang, 3), ""),
                (since, grey),
            ]
        million = row["per_million_value"]
        above = [(self._asked(each), grey) for each in self._above.get(row["measure_key"], ())]
        return {
            "target": [*([(name, grey)] if row["is_growth"] else [(stated, _BOLD), (name, grey)]), *above],
            "growth": growth,
            "per_head": [
                (
                    quantity(
                        million,
                        rate_unit(row[f"unit_symbol_{lang}"], row[f"axis_unit_{lang}"] or "", lang),
                        lang,
                        3,
                    ),
                    "",
                )
            ]
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
        # Beside the status only what it does not say.
        composed = (
            row["sentence_en"] if status == "stated_without_number" and row["sentence_en"] not in said else ""
        )
        words = (
            [(quote, "")] if lang == "zh" else [(composed, ""), (quote if self._canvas.is_free else "", "")]
        )
        missing = self._above.get(row["plan_key"], ())
        above = [(self._asked(missing[0], len(missing) - 1), f"color:{GREY}")] if missing else []
        return {
            "target": [(said, f"color:{GREY}"), *words, *above],
            "office": [],
        }

    def _asked(self, above: Row, more: int = 0) -> str:
        """Return what the plan above asks for, and how what is said beside it compares: ↑ Anhui 2021–23 ≥20%: above."""
        lang = self._lang
        relation = self._frame.codes.name("value_relation", above["value_relation"], lang)
        asked = self._stated[above["parent_measure_key"]].stated[lang]
        parent = self._looks[above["parent_plan_key"]].name
        text = f"↑ {parent} {asked}{phrase('colon', lang)}{relation}"
        return text + (f" (+{more})" if more else "")

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


def _above(cascade: pl.DataFrame, theme: str) -> dict[str, list[Row]]:
    """Return what plans above ask for, by the key of the measure that answers it; of what none answers, by the plan."""
    found: dict[str, list[Row]] = {}
    for row in cascade.sort("plan_key", "parent_plan_key", "parent_measure_key").iter_rows(named=True):
        key = row["child_measure_key"] or (row["plan_key"] if row["theme_key"] == theme else None)
        if key:
            found.setdefault(key, []).append(row)
    return found


def _keys(row: Row) -> list[str]:
    """Return the keys of the measures of a line."""
    return [key for key in (row["measure_keys"] or "").split("|") if key]


def _by_plan(rows: Sequence[Row]) -> list[list[Row]]:
    return [list(group) for _, group in groupby(rows, key=lambda row: row["plan_key"])]


def _first_office(row: Row, lang: Lang) -> str | None:
    """Return the first of the offices in charge of a line, and how many more there are."""
    if not row[f"office_{lang}"]:
        return None
    first, *more = str(row[f"office_{lang}"]).split("、" if lang == "zh" else "; ")
    return f"{first} +{len(more)}" if more else first


def _mean(rows: Sequence[Row]) -> float:
    """Return the mean strength of lines, at least one."""
    return sum(row["strength"] for row in rows) / len(rows)


def stated_value(row: Row, lang: Lang) -> str:
    """Return the value of a line as the plan states it, with its comparator: ≥30%; of a ratio, as printed."""
    if row["value"] is None:
        return str(row["value_text"])
    value = quantity(row["value"], row[f"unit_symbol_{lang}"], lang, printed=row["value_text"])
    return COMPARATORS[row["comparator"]] + value


def _over(row: Row, lang: Lang) -> str:
    """Return the span of a growth."""
    if row["form"] == "growth_annual":
        return phrase("per_year_said", lang)
    years = row["years"]
    return phrase("over_years", lang, number(years, lang)) if row["form"] == "growth_total" and years else ""
