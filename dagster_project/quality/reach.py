"""How far every rule reaches: how often it decides, how often rightly, and what changes where it is taken out."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import chain, repeat
from pathlib import Path

import polars as pl

from dagster_project.extraction import extract
from dagster_project.extraction.rules import TABLES
from dagster_project.quality.accuracy import match_measures
from dagster_project.reading import annexes, decode, layout, metadata, read
from dagster_project.records import Disposition, Extraction, Measure, Reading

#: The tables that decide a column of a reference reading as it stands there.
_READ_BY_HAND = frozenset({"unit", "comparator", "is_aspirational", "kind", "form", "per"})
#: What readings of plans call a column of `fct_measure`.
_COLUMNS = {"start": "char_start", "aspirational": "is_aspirational", "indicator": "indicator_text_zh"}
_NOT_COMPARED = frozenset({"trace"})  # it names the rule


@dataclass(frozen=True, slots=True)
class Text:
    """A text to try rules on.

    Attributes:
        group: What it belongs to: plans, composed, or the name of a folder.
        path: The file.
        reference: The measures of its reading by hand, with the columns of `fct_measure`; None where it has none.
    """

    group: str
    path: Path
    reference: tuple[Mapping[str, object], ...] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Reach:
    """What one rule did on some texts.

    Attributes:
        table: What the rule decides.
        rule: Its name.
        decided: How often it decided, by group of texts.
        texts: In how many texts it decided.
        right: Of its decisions on measures read by hand, those that agree; None where no reading says so.
        wrong: Those that do not.
        changed: The rows of measures, numerals, repairs and blocks, and what the text states of itself, that are
            other rows without it; None where not tried.
        source: What it rests on beside texts.
    """

    table: str
    rule: str
    decided: Mapping[str, int]
    texts: int
    right: int | None
    wrong: int | None
    changed: int | None
    source: str | None


def texts_of(group: str, folder: Path) -> Iterator[Text]:
    """Yield the texts of a folder: ``*/plan.txt`` with ``reference/measures.jsonl``, and ``*.txt`` with ``*.jsonl``."""
    for path in sorted(folder.glob("*/plan.txt")):
        yield Text(group, path, _reference(path.parent / "reference" / "measures.jsonl"))
    for path in sorted(folder.glob("*.txt")):
        yield Text(group, path, _reference(path.with_suffix(".jsonl")))


def _reference(path: Path) -> tuple[Mapping[str, object], ...] | None:
    if not path.is_file():
        return None
    lines = filter(str.strip, path.read_text("utf-8").splitlines())
    return tuple({_COLUMNS.get(key, key): value for key, value in json.loads(line).items()} for line in lines)


def tables() -> tuple[str, ...]:
    """Return the names of the tables of rules, in the order in which they are asked."""
    return tuple(table.name for table in TABLES)


def reach(texts: Sequence[Text], table: str | None = None, *, without: bool = True) -> Iterator[Reach]:
    """Yield what each rule does on `texts`, in the order of `TABLES`.

    Args:
        texts: The texts to try.
        table: Only the rules of this table; all if None.
        without: Also leave each rule out in turn; takes as long as reading the texts once for every rule.

    Raises:
        KeyError: If there is no such table.
    """
    chosen = [each for each in TABLES if table in (None, each.name)]
    if not chosen:
        raise KeyError(table)
    decided: dict[tuple[str, str], Counter[Text]] = defaultdict(Counter)
    agreed: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for text in texts:
        reading, extraction = _read(text)
        for key in _decisions(reading, extraction):
            decided[key][text] += 1
        for key, is_right in _judged(text, extraction):
            agreed[key][is_right] += 1
    keys = [(each.name, rule.name) for each in chosen for rule in each]
    changes: Iterator[int | None] = repeat(None)
    with ProcessPoolExecutor() as pool:
        if without:
            changes = pool.map(_changed, keys, ([*decided[key]] for key in keys))
        rules = chain.from_iterable(chosen)
        for key, rule, changed in zip(keys, rules, changes, strict=False):
            by_group: Counter[str] = Counter()
            for text, count in decided[key].items():
                by_group[text.group] += count
            judged = agreed.get(key)
            yield Reach(
                *key,
                by_group,
                len(decided[key]),
                None if judged is None else judged[True],
                None if judged is None else judged[False],
                changed,
                rule.source,
            )


def _read(text: Text) -> tuple[Reading, Extraction]:
    reading = read(decode(text.path.read_bytes())[0])
    return reading, extract(reading)


def _decisions(reading: Reading, extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield table and rule of every decision that a text's rows keep."""
    yield from (("repair", repair.rule) for repair in reading.repairs)
    yield from layout.decided(reading.view, reading.blocks)
    yield from annexes.decided(reading.view)
    yield from metadata.decided(reading.view, reading.blocks)
    for measure in extraction.measures:
        yield from ((table, decision.rule) for table, decision in measure.trace)
    yield from (("is_measure", each.decision.rule) for each in extraction.passed_over)
    for numeral in extraction.numerals:
        if numeral.disposition is not Disposition.MEASURE:
            yield "disposition", numeral.reason


def _judged(text: Text, extraction: Extraction) -> Iterator[tuple[tuple[str, str], bool]]:
    """Yield the decisions on measures that were read by hand, and whether they agree."""
    if not text.reference or not extraction.measures:
        return
    found = [
        {
            "plan_key": "",
            "measure_key": str(index),
            "char_start": measure.char_start,
            "char_end": measure.char_end,
            "value": measure.value,
            "indicator_text_zh": measure.indicator,
        }
        for index, measure in enumerate(extraction.measures)
    ]
    reference = [
        {
            "plan_key": "",
            "reference_key": str(index),
            "char_start": row["char_start"],
            "char_end": int(str(row["char_start"])) + len(str(row["value_text"])),
            "value": float(str(row["value"])),
            "indicator_text_zh": row["indicator_text_zh"],
        }
        for index, row in enumerate(text.reference)
    ]
    pairs = match_measures(pl.DataFrame(found), pl.DataFrame(reference)).drop_nulls()
    for ours, theirs in pairs.select("measure_key", "reference_key").iter_rows():
        measure, row = extraction.measures[int(ours)], text.reference[int(theirs)]
        for table, decision in measure.trace:
            if table in _READ_BY_HAND and table in row:
                yield (table, decision.rule), getattr(measure, table) == row[table]


def _changed(key: tuple[str, str], texts: Sequence[Text]) -> int:
    """Return how many rows of `texts` are others where a rule is left out; runs in a worker."""
    table = next(each for each in TABLES if each.name == key[0])
    rule = next(each for each in table if each.name == key[1])
    before = [_rows_with_all_rules(text) for text in texts]
    with table.without(rule):
        after = [_rows(text) for text in texts]
    return sum(max((a - b).total(), (b - a).total()) for a, b in zip(before, after, strict=True))


def _rows(text: Text) -> Counter[object]:
    try:
        reading, extraction = _read(text)
    except LookupError:  # the rule left out was the last of its field
        return Counter()
    names = [each.name for each in fields(Measure) if each.name not in _NOT_COMPARED]
    return Counter(
        chain(
            (tuple(getattr(measure, name) for name in names) for measure in extraction.measures),
            extraction.numerals,
            reading.repairs,
            reading.blocks,
            [reading.metadata],
        )
    )


_rows_with_all_rules = cache(_rows)
