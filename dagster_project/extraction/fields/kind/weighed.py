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
from functools import cache, lru_cache
from importlib.resources import files

from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts
from dagster_project.extraction.fields.kind.field import KIND
from dagster_project.extraction.fields.kind.passages import is_ahead, is_reported

# No path: on a cluster the program is a zip.
WEIGHTS = files(__package__) / "weights.tsv"

#: The sign that every figure has.
ALWAYS = "always"

# Below it the plan's promise, which most figures are, is the better guess. On texts that taught no weight 0.6 to 0.8 gave
# the same within half a point; so the one that changes least.
_CLEAR = 0.8

_NEAR_BEFORE, _NEAR_AFTER, _FAR, _REST = 14, 12, 60, 30  # characters
_MOST_WORDS = 3  # that are kept with the decision

# GB 3100-1993. What a plan bounds in them is the state of air, water or roads; other units without a code, such as 次 or 岁,
# bound who is paid and how often.
_PHYSICAL = frozenset(
    "米 厘米 cm 毫米 公里 千米 克 千克 公斤 微克 吨 升 ℃ 度 千瓦 千瓦时 兆瓦 标准煤 吨标准煤".split()
)

_NUMBER = re.compile(r"\d[\d.,]*")


def _masked(said: str) -> str:
    return _NUMBER.sub("N", said)


# How long the runs of characters are that are looked at in a place; those next to the figure say something alone.
_LENGTHS = {"before": (1, 2, 3), "after": (1, 2, 3)}
_OTHER_LENGTHS = (2, 3)


def _places(c: Context) -> dict[str, str]:
    """Return the texts around a figure, by place. Numbers are written N, so that what one text says of 50 holds of 80."""
    s = c.sentence
    return {
        "before": _masked(c.near_before)[-_NEAR_BEFORE:],
        "after": _masked(c.own_after)[:_NEAR_AFTER],
        "clause": _masked(c.clause_before),
        "rest": _masked(c.clause_after)[:_REST],
        "segment": _masked(c.before)[-_FAR:],
        "then": _masked(c.after)[:_FAR],
        "heading": _masked("".join(s.headings[-2:]) + s.label),
        "lead": _masked(s.lead)[-_FAR:] + _masked(s.opening)[-_FAR:],
    }


def signs(c: Context, facts: Facts) -> set[str]:
    """Return what may tell the kind of a figure: where:characters for runs of one to four, and name=value for facts."""
    places = _places(c)
    found = {
        f"{place}:{said[at : at + length]}"
        for place, said in places.items()
        for length in _LENGTHS.get(place, _OTHER_LENGTHS)
        for at in range(len(said) - length + 1)
    }
    return found | _others(c, facts, places)


def _signs_that_weigh(c: Context, facts: Facts) -> set[str]:
    """Return the signs of a figure that have a weight, and its other signs; as `signs`, without what weighs nothing."""
    places = _places(c)
    return _others(c, facts, places).union(*(_weighing(place, said) for place, said in places.items()))


@lru_cache(maxsize=1024)  # the headings and the lead of a sentence stand around all its figures
def _weighing(place: str, said: str) -> frozenset[str]:
    runs = _runs_that_weigh()[place]
    return frozenset(
        runs[run]
        for length in _LENGTHS.get(place, _OTHER_LENGTHS)
        for at in range(len(said) - length + 1)
        if (run := said[at : at + length]) in runs
    )


@cache
def _runs_that_weigh() -> Mapping[str, Mapping[str, str]]:
    """Return the runs of characters that have a weight, by place, each with its sign."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for sign in weights():
        place, _, run = sign.partition(":")
        found[place][run] = sign
    return found


def _others(c: Context, facts: Facts, places: Mapping[str, str]) -> set[str]:
    """Return the signs that are no runs of characters anywhere in a place."""
    s, before, after = c.sentence, places["before"], places["after"]
    found = {f"ends:{before[-length:]}" for length in range(1, min(4, len(before)) + 1)}
    found.update(f"begins:{after[:length]}" for length in range(1, min(4, len(after)) + 1))
    unit = "physical" if c.quantity.unit_word in _PHYSICAL else facts.unit
    values = {
        "unit": unit,
        "bound": f"{unit} {facts.comparator}",
        "word": c.quantity.unit_word,
        "kind before": facts.before.kind if facts.before else "",
        "section": s.section,
        "award before": facts.after_award,
        "grants": s.provision_grants,
        "in table": s.in_table,
        "reports": is_reported(c),
        "ahead": is_ahead(c),
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
        "评审得分⟨80分⟩以上的,列入名单。",
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
    return told(_signs_that_weigh(c, facts), weights())


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
