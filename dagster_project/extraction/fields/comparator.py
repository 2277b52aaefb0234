"""How a figure is bounded: at least, more than, at most, less than, about or exactly."""

from __future__ import annotations

import re

from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context

_COMPARATOR = re.compile(w.one_of(" ".join(w.COMPARATORS)))
_ADJACENT = frozenset("满 已满 近 上 超 约 > < ≥ ≤ 逾".split())  # must stand next to the number


def comparator(c: Context) -> tuple[str, str]:
    """ge, gt, le, lt, approx or eq, from what stands right after the number, else from the words before it."""
    q = c.quantity
    for text in (c.own_after, c.near_after):
        for code, pattern in (
            ("lt", w.LT_AFTER),
            ("ge", w.GE_AFTER),
            ("le", w.LE_AFTER),
            ("approx", w.APPROX_AFTER),
        ):
            if match := pattern.match(text):
                return code, match[0]
        if q.bound:
            break
    found = list(_COMPARATOR.finditer(c.near_before))
    if found and q.bound != "low":
        last = found[-1]
        gap = c.near_before[last.end() :]
        code = w.COMPARATORS[last[0]]
        limit = 0 if last[0] in _ADJACENT else 24 if gap.endswith("的") else 14 if code == "le" else 5
        if (
            last[0] == "不"
            or re.match(r"(?:级|高清|大|前|额|标|常|出|价|工资|生活|收费|限度|等级|控制价)", gap)
            or (last[0] == "上" and not re.match(r"[十百千万亿]", c.sentence.text[q.start :]))
        ):
            limit = -1
        if len(gap.strip()) <= limit and "、" not in gap:
            return code, last[0]
    if q.bound:
        return ("ge", "low end of a range") if q.bound == "low" else ("le", "high end of a range")
    if q.unit_word == "位" and re.search(r"(?:前|排名)$", c.near_before):
        return "le", "前…位"
    if q.is_inexact:
        return "gt", "余, 多"
    return "eq", "no word of comparison"
