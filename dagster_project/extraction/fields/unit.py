"""The unit of a figure: by its unit word, or by the noun that is counted."""

from __future__ import annotations

import re

from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context

_ORG_NOUN_LAST = re.compile(
    rf"({w.one_of(' '.join(w.NOUNS))})(?:总?(?:数|数量|量)|总数|数量)?(?:新增|增加|有|发展到|增至|增加到|扩大到|不超过|最多|不高于|共|\s)*"
    + w.REACHING
    + r"(?:\s)*$"
)
_NOUN = re.compile(w.one_of(" ".join(w.NOUNS)))
_PER_10K = re.compile(r"每?(?:一)?万人(?:口)?(?!次)[^,。;]{0,16}(?:拥有|专利|量|数)|/万人")


def unit(c: Context) -> tuple[str, str]:
    """Unit code: by the unit word, or by the noun that is counted (5个…项目 → project)."""
    word = c.quantity.unit_word
    if word == "∶":
        return "percent", "sides of a ratio are shares"
    known = w.UNITS.get(word)
    around = c.following or c.near_before
    if word in {"件", "项", "个", "人", "名"} and _PER_10K.search(
        (c.row_label if c.quantity.column_year else c.clause_before) + word + c.near_after[:4]
    ):
        return "items_per_10k_people", "每万人…拥有量"
    if word in {"件", "种", "款"} and re.search(w.PRODUCTS, around):
        return "product", f"{word} of products"
    if word == "项" and re.search(w.PRODUCTS, c.following):
        return "product", f"{word} of products"
    if known and word not in {"户", "所", "座", "部", "位", "起"}:
        return known, f"unit word {word}"
    noun = counted_noun(c)
    if noun:
        return w.NOUNS[noun], f"{word} of {noun}"
    default = {
        "项": "project",
        "位": "person" if not re.search(r"前$", c.near_before) else "other",
        "户": "org",
        "所": "org",
        "部": "item",
        "起": "deal",
        "款": "product",
    }
    return default.get(word, "other"), f"unit word {word} without a known noun"


def counted_noun(c: Context) -> str | None:
    """Return the entry of `NOUNS` that the number counts: the head noun after it, else the one before it."""
    text = re.sub(r"\([^()]*\)", lambda m: m[0] if m[0] == "(市)" else "", c.following)
    for match in _NOUN.finditer(text):
        if w.NOUN_END.match(text, match.end()):
            return match[0]
    before = _ORG_NOUN_LAST.search(re.sub(r"\([^()]*\)", "", c.near_before))
    return before[1] if before else None
