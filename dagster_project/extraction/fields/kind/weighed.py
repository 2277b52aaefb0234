"""What no other rule claims: the words around a figure are weighed as coded texts taught, and decide if they are clear.

Rules state what language makes certain. What is left is said in as many ways as there are offices; there the kind is
read from many weak signs together: the characters next to the figure, the clause, the headings above. How much each
sign counts was learned from the texts in `tests/composed` and the references of the plans (`make weights`), by a logistic
regression for each kind, kept sparse (L1: R. Tibshirani, Regression Shrinkage and Selection via the Lasso, J. R. Stat. Soc. B
58, 1996; C. Bishop, Pattern Recognition and Machine Learning, 2006, 4.3.2). `weights.tsv` holds them, one line per sign
and kind, to be read and compared.
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts
from dagster_project.extraction.fields.kind.field import KIND
from dagster_project.extraction.fields.kind.passages import is_reported

# No path: on a cluster the program is a zip.
WEIGHTS = files(__package__) / "weights.tsv"

#: The sign that every figure has.
ALWAYS = "always"

# Below it the plan's promise, which most figures are, is the better guess. On texts that taught no weight 0.6 to 0.8 gave
# the same within half a point; so the one that changes least.
_CLEAR = 0.8

_NEAR_BEFORE, _NEAR_AFTER, _FAR, _REST = 14, 12, 60, 30  # characters
_MOST_WORDS = 3  # that are kept with the decision

_NUMBER = re.compile(r"\d[\d.,]*")


def _masked(said: str) -> str:
    return _NUMBER.sub("N", said)


def signs(c: Context, facts: Facts) -> set[str]:
    """Return what may tell the kind of a figure: where:characters for runs of one to four, and name=value for facts.

    Numbers are written N, so that what one text says of 50 holds of 80.
    """
    s = c.sentence
    before, after = _masked(c.near_before)[-_NEAR_BEFORE:], _masked(c.own_after)[:_NEAR_AFTER]
    places = (
        ("before", before, (1, 2, 3)),
        ("after", after, (1, 2, 3)),
        ("clause", _masked(c.clause_before), (2, 3)),
        ("rest", _masked(c.clause_after)[:_REST], (2, 3)),
        ("segment", _masked(c.before)[-_FAR:], (2, 3)),
        ("then", _masked(c.after)[:_FAR], (2, 3)),
        ("heading", "".join(s.headings[-2:]) + s.label, (2, 3)),
        ("lead", _masked(s.lead)[-_FAR:] + _masked(s.opening)[-_FAR:], (2, 3)),
    )
    found = {
        f"{place}:{said[at : at + length]}"
        for place, said, lengths in places
        for length in lengths
        for at in range(len(said) - length + 1)
    }
    found.update(f"ends:{before[-length:]}" for length in range(1, min(4, len(before)) + 1))
    found.update(f"begins:{after[:length]}" for length in range(1, min(4, len(after)) + 1))
    values = {
        "unit": facts.unit,
        "bound": f"{facts.unit} {facts.comparator}",
        "word": c.quantity.unit_word,
        "kind before": facts.before.kind if facts.before else "",
        "section": s.section,
        "award before": facts.after_award,
        "grants": s.provision_grants,
        "in table": s.in_table,
        "reports": is_reported(c),
    }
    found.update(f"{name}={value}" for name, value in values.items())
    found.add(ALWAYS)
    return found


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weight of each sign for each kind, from `WEIGHTS`."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with WEIGHTS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found[row["sign"]][row["kind"]] = float(row["weight"])
    return found


@KIND.rule(
    yes=(
        "总分⟨700分⟩以上且排名前五位的,列入建议名单。",
        "作为参与单位获奖的,按上述标准的⟨50%⟩执行。",
        "专项资金列入财政年度预算,每年安排⟨3000万元⟩。",
    ),
    no=(
        "考核总分提高到⟨700分⟩。",
        "企业标准执行率达到⟨50%⟩。",
        "年度重点项目完成投资⟨3000万元⟩。",
    ),
    source="weights.tsv, learned from coded texts",
)
def weighed_words(c: Context, facts: Facts) -> tuple[str, str] | None:
    """What the words around a figure say together, where they are clear and say that it is no promise."""
    return told(signs(c, facts), weights())


def told(found: set[str], table: Mapping[str, Mapping[str, float]]) -> tuple[str, str] | None:
    """Return the kind that the signs of a figure tell, with the heaviest of them; None if unclear or a target."""
    sums: dict[str, float] = defaultdict(float)
    for sign in sorted(found & table.keys()):
        for kind, weight in table[sign].items():
            sums[kind] += weight
    chances = {kind: 1 / (1 + math.exp(-total)) for kind, total in sums.items()}
    kind = max(chances, key=lambda k: (chances[k], k), default="target")
    if kind == "target" or chances[kind] < _CLEAR * sum(chances.values()):
        return None
    return kind, "; ".join(_heaviest(kind, found, table))


def _heaviest(kind: str, found: set[str], table: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Yield the signs that spoke most for a kind."""
    spoke = ((table[sign].get(kind, 0), sign) for sign in found & table.keys() if sign != ALWAYS)
    yield from (sign for weight, sign in sorted(spoke, reverse=True)[:_MOST_WORDS] if weight > 0)
