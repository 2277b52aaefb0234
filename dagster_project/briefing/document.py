"""The briefing on paper: headings, sentences, pictures and tables in order, before there is any file. Pure.

The PDF and the Word file are made from the same document, so that they say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dagster_project.briefing.evidence import Backing, Corpus
from dagster_project.briefing.findings import Finding, findings
from dagster_project.briefing.page import MOST_IN_ONE_PAGE, OF_THE_TOOL, accuracy, by_theme, lede, title
from dagster_project.briefing.words import word
from dagster_project.figures.ranking import by_indicator
from dagster_project.figures.statements import Statement
from dagster_project.figures.words import Lang, named_in

_MOST_OFFICES = 3  # that a cell of a table names


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph.

    Attributes:
        text: Plain text.
        refs: Numbers of the sentences in the appendix that it stands on.
        is_mark: It is the value within its sentence; `refs` are then the numbers that lead here.
        is_strong: Set in bold.
    """

    text: str
    refs: tuple[int, ...] = ()
    is_mark: bool = False
    is_strong: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2; both are in the contents."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `style` is body, note, number, finding, path or sentence.

    One that `is_kept` is on the page of what comes after it.
    """

    runs: Runs
    style: str = "body"
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure in page size; `label` is its caption."""

    name: str
    label: str
    alt: str


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in order; a group heading has one cell over the whole width."""

    cells: tuple[Runs, ...]
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are shares of the width of the page."""

    label: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]


Block = Heading | Paragraph | Picture | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A briefing in one language."""

    lang: Lang
    title: str
    lede: str
    release: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """Title and alternative text of a figure, as its ``layout.meta`` has them."""

    title: str
    alt: str


def compose(corpus: Corpus, captions: Mapping[str, Caption], release_id: str, lang: Lang) -> Document:
    """Return the briefing.

    Args:
        corpus: The statements that it shows.
        captions: The figures to show by name, in this language.
        release_id: The release that it cites.
        lang: Language of all but what is quoted.
    """
    return Document(
        lang=lang,
        title=title(corpus)[lang],
        lede=lede(corpus)[lang],
        release=word("release", lang, release_id),
        blocks=tuple(_Composer(corpus, captions, lang).blocks()),
    )


class _Composer:
    """Puts the blocks in order and numbers tables, figures and sentences."""

    def __init__(self, corpus: Corpus, captions: Mapping[str, Caption], lang: Lang) -> None:
        self._corpus, self._captions, self._lang = corpus, captions, lang
        self._numbers = {statement.key: n for n, statement in enumerate(corpus.statements, start=1)}
        self._tables = self._figures = 0
        self._is_too_long = len(corpus.statements) > MOST_IN_ONE_PAGE

    def blocks(self) -> list[Block]:
        """Return what the plans promise first, and how it was made at the end."""
        corpus, lang = self._corpus, self._lang
        found = findings(corpus, lang)
        figures = by_theme(corpus, self._captions)
        blocks: list[Block] = [Heading(word("findings", lang), new_page=True)]
        blocks += [self._number(item) for item in found if item.group == "number"]
        first = [item for item in found if item.group == "policy" or item.is_first]
        blocks += [self._finding(item, is_named=True) for item in first]
        blocks.append(Heading(word("by_theme", lang)))
        for theme in corpus.headlines:
            blocks += self._theme(theme, [item for item in found if item.theme == theme], figures[theme])
        blocks += self._places()
        if not corpus.chosen:
            others = [theme for theme in corpus.themes if theme not in corpus.headlines]
            shown = [block for theme in others for block in self._theme(theme, [], figures[theme])]
            blocks += [Heading(word("other_themes", lang)), *shown] if shown else []
        across = [name for name in figures[""] if name not in OF_THE_TOOL]
        if across:
            blocks += [Heading(word("across", lang)), *map(self._picture, across)]
        blocks.append(Heading(word("tool", lang)))
        blocks += [self._finding(item) for item in found if item.group == "tool"]
        blocks += [self._picture(name) for name in figures[""] if name in OF_THE_TOOL]
        return blocks + self._accuracy() + self._method() + self._sources() + self._appendix()

    def _theme(self, theme: str, found: Sequence[Finding], figures: Sequence[str]) -> list[Block]:
        """Return the heading of a theme with what is under it; its findings are on the page of its first figure."""
        pictures = [self._picture(name) for name in figures]
        below: list[Block] = [*pictures, *self._comparison(theme)]
        if not found and not below:
            return []
        sentences = [self._finding(item, is_kept=bool(pictures)) for item in found]
        return [Heading(self._corpus.themes[theme].name[self._lang], 2), *sentences, *below]

    def _number(self, finding: Finding) -> Paragraph:
        number, *said = finding.parts
        runs = [
            Run(number.text, is_strong=True),
            *(Run(part.text, is_strong=place == 0) for place, part in enumerate(said)),
        ]
        return Paragraph(tuple(runs), "number")

    def _finding(self, finding: Finding, *, is_named: bool = False, is_kept: bool = False) -> Paragraph:
        """Return a finding; outside the section of its theme it is named after it."""
        theme = self._corpus.themes[finding.theme].name[self._lang] if is_named and finding.theme else ""
        runs = [Run(theme + word("colon", self._lang))] if theme else []
        runs += [
            Run(part.text, self._refs(part.measure), is_strong=bool(part.href)) for part in finding.parts
        ]
        return Paragraph(tuple(runs), "finding", is_kept)

    def _refs(self, measure: str) -> tuple[int, ...]:
        """Return the number of the sentence of a measure; none where there is no appendix."""
        return (self._numbers[measure],) if measure and not self._is_too_long else ()

    def _picture(self, name: str) -> Picture:
        self._figures += 1
        caption = self._captions[name]
        return Picture(name, word("figure", self._lang, self._figures, caption.title), caption.alt)

    def _label(self, text: str) -> str:
        self._tables += 1
        return word("table", self._lang, self._tables, text)

    def _comparison(self, theme: str) -> list[Block]:
        """Return the table of a theme: by indicator, what can be compared first and highest first."""
        corpus, lang = self._corpus, self._lang
        groups = by_indicator(corpus.of_theme(theme))
        if not groups or self._is_too_long:
            return []
        rows = []
        for group in groups.values():
            named = group[0].indicator
            unit = word("limits", lang, named.unit[lang]) if named.unit[lang] else ""
            rows.append(
                Row(((Run(named_in(named.name[lang], lang) + unit, is_strong=True),),), is_group=True)
            )
            said = sorted(group, key=lambda s: (s.comparable_value is None, -(s.comparable_value or 0)))
            rows += [self._statement(statement) for statement in said]
        told = "words" if lang == "zh" else "composed"  # the words themselves are in the appendix
        header = ("plan", told, "value", "due", "payer", "office", "strength", "verdict", "ref")
        return [
            Table(
                self._label(corpus.themes[theme].name[lang]),
                tuple(word(key, lang) for key in header),
                tuple(rows),
                (0.105, 0.155, 0.135, 0.06, 0.1, 0.14, 0.1, 0.145, 0.06),
            )
        ]

    def _statement(self, s: Statement) -> Row:
        lang, backing = self._lang, self._corpus.backing[s.key]
        verdict = self._corpus.codes.name("comparability", s.verdict, lang)
        return Row(
            (
                (Run(self._corpus.plans[s.plan].name[lang]),),
                (Run(s.text if lang == "zh" else s.sentence_en),),
                (Run(self._stated(s)),),
                (Run(str(s.year or "–")),),
                (Run(backing.payer[lang] if backing.payer else "–"),),
                (Run(self._office(backing)),),
                (Run("–" if backing.strength is None else str(backing.strength)),),
                (Run(word("colon", lang).join(text for text in (verdict, _why(s, lang)) if text)),),
                (Run("", (self._numbers[s.key],)),),
            )
        )

    def _office(self, backing: Backing) -> str:
        """Return who is in charge: the first offices, and how many more; marked where only the theme names them."""
        lang = self._lang
        if not backing.offices:
            return "–"
        names = [self._corpus.agencies[key][lang] for key in backing.offices]
        said = word("between", lang).join(names[:_MOST_OFFICES])
        if len(names) > _MOST_OFFICES:
            said += word("more_offices", lang, len(names) - _MOST_OFFICES)
        return said + (word("limits", lang, word("of_theme", lang)) if backing.office_from == "theme" else "")

    def _stated(self, s: Statement) -> str:
        """Return a value as the plan has it, on the basis of its indicator, and for a million residents."""
        lang = self._lang
        stated = s.stated[lang]
        if s.is_aspirational:
            stated += word("limits", lang, word("aspirational", lang))
        if s.comparable and s.comparable[lang] != s.stated[lang]:
            stated += f" = {s.comparable[lang]}"
        if s.per_million:
            stated += word("each_million", lang, s.per_million[lang])
        return stated

    def _places(self) -> list[Block]:
        """Return a table of the plans: how many commitments, by when, with whose money, by which office, how firm."""
        corpus, lang = self._corpus, self._lang
        promised: dict[str, list[Statement]] = defaultdict(list)
        for statement in corpus.statements:
            if statement.is_commitment:
                promised[statement.plan].append(statement)
        if not promised:
            return []
        header = ("plan", "document", "promised", "dated", "latest", "payer", "office", "mean_strength")
        return [
            Heading(word("places", lang)),
            Paragraph((Run(word("strength_note", lang)),), "note", is_kept=True),
            Table(
                self._label(word("places_label", lang)),
                tuple(word(key, lang) for key in header),
                tuple(self._place(plan, promised[plan]) for plan in corpus.plans if plan in promised),
                (0.17, 0.16, 0.15, 0.1, 0.09, 0.08, 0.13, 0.12),
            ),
        ]

    def _place(self, key: str, said: Sequence[Statement]) -> Row:
        lang, plan = self._lang, self._corpus.plans[key]
        backing = [self._corpus.backing[statement.key] for statement in said]
        own, theme = (sum(each.office_from == origin for each in backing) for origin in ("own", "theme"))
        cells = (
            plan.name[lang],
            plan.document_type[lang],
            str(len(said)),
            str(sum(statement.year is not None for statement in said)),
            str(max((statement.year for statement in said if statement.year), default="–")),
            str(sum(each.payer is not None for each in backing)),
            f"{own} + {theme}" if theme else str(own),
            f"{sum(each.strength or 0 for each in backing) / len(said):.1f}",
        )
        return Row(tuple((Run(cell),) for cell in cells))

    def _accuracy(self) -> list[Block]:
        shares, lang = accuracy(self._corpus), self._lang
        if not shares["rows"]:
            return []
        plans = [name[lang] for name in shares["plans"]]
        rows = tuple(
            Row(((Run(row["field"][lang]),), *((Run(cell[lang]),) for cell in row["cells"])))
            for row in shares["rows"]
        )
        width = 0.7 / (len(plans) + 1)
        return [
            Heading(word("accuracy", lang), 2),
            Paragraph((Run(word("accuracy_note", lang)),), is_kept=True),
            Table(
                self._label(word("accuracy", lang)),
                (word("field", lang), *plans, word("all_plans", lang)),
                rows,
                (0.3, *([width] * (len(plans) + 1))),
            ),
        ]

    def _method(self) -> list[Block]:
        rules = [
            Paragraph((Run(code.name[self._lang], is_strong=True), Run("　" + code.definition[self._lang])))
            for code in self._corpus.codes.of("comparability").values()
        ]
        return [Heading(word("method", self._lang)), *rules]

    def _sources(self) -> list[Block]:
        plans = [Paragraph((Run(plan.source[self._lang]),)) for plan in self._corpus.plans.values()]
        return [Heading(word("sources", self._lang)), *plans]

    def _appendix(self) -> list[Block]:
        """Return the sentences, plan by plan; values of one sentence are marked in it together."""
        lang = self._lang
        if self._is_too_long:
            return [Paragraph((Run(word("too_long", lang, len(self._corpus.statements))),), "note")]
        blocks: list[Block] = [
            Heading(word("appendix", lang), new_page=True),
            Paragraph((Run(word("appendix_note", lang)),), "note"),
        ]
        for plan, of_plan in groupby(self._corpus.statements, key=lambda s: s.plan):
            blocks.append(Heading(self._corpus.plans[plan].name[lang], 2))
            sentences: dict[tuple[int, str], list[Statement]] = defaultdict(list)
            for statement in of_plan:
                sentences[statement.quote_start, statement.quote].append(statement)
            for (start, quote), group in sentences.items():
                path = group[0].path or word("outside_provisions", lang)
                place = word("characters", lang, start, start + len(quote))
                blocks.append(Paragraph((Run(f"{path}{word('dot', lang)}{place}"),), "path"))
                blocks.append(Paragraph(self._sentence(quote, start, group), "sentence"))
        return blocks

    def _sentence(self, quote: str, start: int, statements: Sequence[Statement]) -> Runs:
        runs, position = [], 0
        by_start = groupby(sorted(statements, key=lambda s: (s.start, s.end)), key=lambda s: s.start)
        for value_start, group in by_start:
            same = list(group)
            begin, end = value_start - start, max(s.end for s in same) - start
            runs.append(Run(quote[position:begin]))
            numbers = tuple(self._numbers[s.key] for s in same)
            runs.append(Run(quote[max(position, begin) : end], numbers, is_mark=True))
            position = max(position, end)
        runs.append(Run(quote[position:]))
        return tuple(run for run in runs if run.text or run.refs)


def _why(statement: Statement, lang: Lang) -> str:
    """Return what a table tells of a verdict: the arithmetic, and the reason where that is not all."""
    reason = "" if statement.verdict in {"exact", "rescaled"} else statement.reason[lang]
    return " ".join(text for text in (statement.formula, reason) if text)
