"""The numeral ledger: every number of the raw text exactly once, with what it was found to be.

The scan knows nothing of the grammar: it takes every run of Arabic digits with its decimal point, every Chinese numeral
that a measure or a rule holds, and those of 2 and more that have a unit but count nothing that is done (两个转变); so a
number that the grammar missed shows up.
"""

from __future__ import annotations

from bisect import bisect_right

from dagster_project.extraction.counts import numeral_in_words
from dagster_project.extraction.dispositions import explain
from dagster_project.extraction.measures import Found
from dagster_project.extraction.numbers import ARABIC_NUMERAL, HAN_NUMERAL
from dagster_project.reading.numerals import HAN_DIGITS
from dagster_project.records import Disposition, Numeral, Reading, Role

Answer = tuple[Disposition, int | None, str]
_OUTSIDE: dict[Role, Answer] = {
    Role.FURNITURE: (Disposition.OTHER, None, "page furniture"),
    Role.ANNEX: (Disposition.OTHER, None, "annex"),
    Role.AGENCIES: (Disposition.OTHER, None, "agencies"),
    Role.TITLE: (Disposition.PROPER_NAME, None, "title"),
}
_UNEXPLAINED: Answer = (Disposition.UNEXPLAINED, None, "")
_IN_WORDS: Answer = (Disposition.OTHER, None, "numeral in words")
_SOME = frozenset(f"{HAN_DIGITS}十") - frozenset("〇零一")  # 一个 is an article, 百家 and 万家 are many
_REMOVED: Answer = (Disposition.OTHER, None, "removed by a repair")


def numerals(reading: Reading, found: Found) -> tuple[Numeral, ...]:
    """Account for every numeral of a reading, in the order of the text."""
    view = reading.view
    known: dict[int, Answer] = {}  # by position in the view; the first entry counts
    for index, (start, end) in enumerate(found.spans):
        for position in range(start, end):
            known.setdefault(position, (Disposition.MEASURE, index, "measure"))
    for start, end, rule in found.explained:
        for position in range(start, end):
            known.setdefault(position, (rule.value, None, rule.name))
    block_starts = [block.start for block in reading.blocks]

    def elsewhere(position: int) -> Answer:
        at = bisect_right(block_starts, position) - 1
        if at >= 0 and position < reading.blocks[at].end:
            return _OUTSIDE.get(reading.blocks[at].role, _UNEXPLAINED)
        return _before_block(view.text, position)

    rows: list[Numeral] = []
    for match in ARABIC_NUMERAL.finditer(view.raw):
        position, end = view.view_span(*match.span())
        # The number of an item and its sum are one run: 1.200万元.
        answers = (known[at] for at in range(position, end) if at in known)
        answer = (next(answers, None) or elsewhere(position)) if position < end else _REMOVED
        rows.append(Numeral(match.start(), match.end(), match[0], *answer))
    in_words = {p.char_start for p in found.passed_over if p.decision.rule == numeral_in_words.__name__}
    for match in HAN_NUMERAL.finditer(view.text):
        start, end = view.raw_span(*match.span())
        is_said = start in in_words and match[0][0] in _SOME
        if held := known.get(match.start()) or (_IN_WORDS if is_said else None):
            rows.append(Numeral(start, end, view.raw[start:end], *held))
    return tuple(sorted(rows, key=lambda row: row.char_start))


def _before_block(text: str, position: int) -> Answer:
    """Say what a numeral is that no block holds: mostly the number of a list before a title."""
    start, end = text.rfind("\n", 0, position) + 1, text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    held = (rule for a, b, rule in explain(line, opens_block=True) if a <= position - start < b)
    rule = next(held, None)
    return (rule.value, None, rule.name) if rule else _UNEXPLAINED
