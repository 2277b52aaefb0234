"""What one unit of a figure is per."""

from __future__ import annotations

import re

from dagster_project.extraction import phrases
from dagster_project.extraction import words as w
from dagster_project.extraction.clauses import Context

_PER = tuple((re.compile(pattern), code) for pattern, code in w.PER)
_YEARLY_CLAUSE = re.compile(
    r"(?:^|[,;:。\s])每年[^,;。]*,(?:[^;。]*,)?[^,;。到至]*$"
)  # 每年举办培训班4期,培训人员600人次


def per(c: Context, kind_code: str, form_code: str, unit_code: str) -> tuple[str | None, str]:
    """What one unit of the figure is per: year, recipient, item, recipient-year, additional item, … or None."""
    if kind_code == "incentive" and unit_code == "CNY":
        tail = re.sub(r"^[/的]", "", c.clause_after[:12])
        for pattern, code in _PER:
            if match := pattern.search(c.clause_before) or (code != "recipient" and pattern.match(tail)):
                return "recipient-year" if code == "year" else code, match[0]
        if match := re.search(r"每年(?!度工作)|按年度", c.before[-60:]):
            return "recipient-year", match[0]
        return "recipient", "an award is paid to a recipient"
    if unit_code == "percent":
        return None, ""
    if kind_code in {"target", "baseline"} and (match := phrases.YEARLY_COUNT.search(c.clause_before)):
        return "year", match[0]
    if kind_code == "target" and form_code == "flow" and (match := _YEARLY_CLAUSE.search(c.before)):
        return "year", match[0].strip(",;:。 ")
    if kind_code in {"funding", "allocation"} and (
        match := re.search("每年|每年度|年度(?=安排|投入|预算)", c.clause_before)
    ):
        return "year", match[0]
    return None, ""
