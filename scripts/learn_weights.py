"""Learn how much the words around a figure tell of its kind, from the coded texts: `make weights`.

Writes `weights.tsv` beside the rule that reads it. With --judge it first prints for each group of coded texts how often
the kind is right by the rules alone, and with weights that the other groups taught. The rules know most of these texts;
on those that they do not the gain is larger (docs/extraction.md).
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dagster_project.extraction import extract, measures
from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Field
from dagster_project.extraction.fields.kind import KIND, weighed
from dagster_project.quality.accuracy import match_measures
from dagster_project.reading import decode, read
from dagster_project.records import Decision

PROJECT = Path(__file__).parents[1]
WEIGHTS = PROJECT / "dagster_project" / "extraction" / "fields" / "kind" / "weights.tsv"
# 1 to 3 gave the same within half a point on texts that taught nothing; with 2 there are some 2,100 weights.
STRENGTH = 2.0
DIGITS = 3


class Coded(NamedTuple):
    """A figure of a coded text: its signs, and its kind as coded and by the rules."""

    group: str
    signs: set[str]
    kind: str
    by_rules: str
    rule: str


class _Recording(Field[str]):
    """The field of the kind, which keeps the signs of every figure that it decides."""

    def decide(self, c: Context, facts: Facts) -> Decision[str]:
        found: Decision[str] = KIND.decide(c, facts)
        kept.append((found, weighed.signs(c, facts)))
        return found


kept: list[tuple[Decision[str], set[str]]] = []


def coded() -> Iterator[Coded]:
    """Yield every figure of the coded texts that was found."""
    composed = sorted((PROJECT / "tests" / "composed").glob("*_[0-9]*.txt"))
    composed += sorted((PROJECT / "tests" / "dbt" / "axes").glob("*-[0-9]*.txt"))
    plans = sorted((PROJECT / "data" / "raw").glob("*/reference/measures.jsonl"))
    for text in composed:
        yield from _figures(text.stem.rstrip("0123456789")[:-1], text, text.with_suffix(".jsonl"))
    for reference in plans:
        yield from _figures("plans", reference.parents[1] / "plan.txt", reference)


def _figures(group: str, text: Path, reference: Path) -> Iterator[Coded]:
    kept.clear()
    found = extract(read(decode(text.read_bytes())[0])).measures
    signs = {id(decision): told for decision, told in kept}
    rows = [json.loads(line) for line in reference.read_text("utf-8").splitlines()]
    ours = pl.DataFrame(
        {
            "plan_key": "", "measure_key": str(i), "char_start": m.char_start, "char_end": m.char_end,
            "value": float(m.value), "indicator_text_zh": m.indicator,
        }
        for i, m in enumerate(found)
    )  # fmt: skip
    theirs = pl.DataFrame(
        {
            "plan_key": "", "reference_key": str(i), "char_start": row.get("char_start", row.get("start")),
            "char_end": row.get("char_start", row.get("start")) + len(row["value_text"]),
            "value": float(row["value"]),
            "indicator_text_zh": row.get("indicator_text_zh", row.get("indicator", row.get("name"))),
        }
        for i, row in enumerate(rows)
    )  # fmt: skip
    for pair in match_measures(ours, theirs).drop_nulls().to_dicts():
        measure, row = found[int(pair["measure_key"])], rows[int(pair["reference_key"])]
        decision = dict(measure.trace)[KIND.name]
        if row.get("debatable") is not True:
            yield Coded(group, signs[id(decision)], row["kind"], str(decision.value), decision.rule)


def learned(figures: Sequence[Coded]) -> dict[str, dict[str, float]]:
    """Return the weight of each sign for each kind."""
    names = DictVectorizer()
    matrix = names.fit_transform([dict.fromkeys(f.signs - {weighed.ALWAYS}, 1.0) for f in figures])
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for kind in sorted({figure.kind for figure in figures}):
        model = LogisticRegression(C=STRENGTH, l1_ratio=1.0, solver="liblinear", tol=1e-4, random_state=0)
        model.fit(matrix, [figure.kind == kind for figure in figures])
        table[weighed.ALWAYS][kind] = round(float(model.intercept_[0]), DIGITS)
        for sign, weight in zip(names.feature_names_, model.coef_[0], strict=True):
            if round(float(weight), DIGITS):
                table[sign][kind] = round(float(weight), DIGITS)
    return table


def is_right(figure: Coded, table: dict[str, dict[str, float]]) -> bool:
    """Whether the kind of a figure is right, where the weights speak after the rules."""
    told = weighed.told(figure.signs, table) if figure.rule in _ASKED_LATER else None
    return (told[0] if told else figure.by_rules) == figure.kind


_ASKED_LATER = frozenset({"obligation", "promise"})  # than the weights


def write(table: dict[str, dict[str, float]], path: Path) -> None:
    """Write a table of weights, a line for each sign and kind, in the order of their names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("sign", "kind", "weight"))
        writer.writerows(
            (sign, kind, table[sign][kind]) for sign in sorted(table) for kind in sorted(table[sign])
        )


def main() -> None:
    """Learn from all groups, and judge each by what the others teach."""
    measures.FIELDS = tuple(_Recording(KIND.name) if field is KIND else field for field in measures.FIELDS)
    with KIND.without(next(rule for rule in KIND if rule.name == weighed.weighed_words.__name__)):
        figures = list(coded())
    if "--judge" in sys.argv:
        for group in sorted({figure.group for figure in figures}):
            of_group = [f for f in figures if f.group == group]
            table = learned([f for f in figures if f.group != group])
            rules = sum(f.kind == f.by_rules for f in of_group) / len(of_group)
            both = sum(is_right(f, table) for f in of_group) / len(of_group)
            print(
                f"{group:24s} {len(of_group):5d} figures; kind right: rules {rules:.3f}, with weights {both:.3f}"
            )
    table = learned(figures)
    write(table, WEIGHTS)
    print(
        f"{len(figures)} figures, {sum(map(len, table.values()))} weights in {WEIGHTS.relative_to(PROJECT)}"
    )


if __name__ == "__main__":
    main()
