"""When a measure holds: the years that its sentence, its section or its plan names, the nearest first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dagster_project.extraction.clauses import Context
from dagster_project.reading.numerals import number_value
from dagster_project.records import Period

# Five-year plans: the 10th covers 2001-2005 (National People's Congress, 15 March 2001), each later one the next five.
_FIVE_YEAR = re.compile(r"(?<![比较是超])[“]?十(?P<n>[一二三四五六七])?五[”]?(?!末)(?:规划)?(?:期间|时期)?")
_BY_YEAR = re.compile(
    r"(?:到|至|截至|力争)?(?P<year>20\d{2})年(?:年?底|年?末|底前|末|前)?(?!\d|度?(?:第|开展|印发|发布|版))"
)
_SPAN_YEARS = re.compile(
    r"(?<![\d第])(?P<n>\d{1,2}|[一二两三四五六七八九十])年(?:内|时间|建设期|(?=累计|增长|增幅|安排|共|总|投入|新增|培育|完成|建成|实现|提高|提升|翻))"
)
_ANNUAL = re.compile(r"每年|当年度?|年度(?!工作|计划)|逐年")
_HORIZON = re.compile(r"(?:(?P<n>[一二两三四五六七八九十\d]{1,2})年(?:建设期|行动|时间|计划|规划|滚动|攻坚))")


def five_year_period(text: str) -> Period | None:
    """Return the years of a five-year plan named in `text`: 十三五 → 2016-2020."""
    match = _FIVE_YEAR.search(text)
    if not match:
        return None
    ordinal = 10 + "一二三四五六七".index(match["n"]) + 1 if match["n"] else 10
    start = 2001 + 5 * (ordinal - 10)
    return Period(match[0], start, start + 4)


def plan_horizon(text: str, period: Period | None) -> int | None:
    """Return the years that a plan runs for: its own words (三年建设期) before the arithmetic of its period."""
    if match := _HORIZON.search(text):
        return int(number_value(match["n"]))
    if period and period.start_year and period.end_year:
        return period.end_year - period.start_year + 1
    return None


def stated_year(text: str) -> tuple[str, int] | None:
    """Return the last target year that a text names (到2025年), with its words."""
    found = None
    for match in _BY_YEAR.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        after = text[match.end() : match.end() + 1]
        if before not in {"较", "比", "从", "由", "自", "和", "《", "(", "〔"} and after not in {
            "—",
            "-",
            "~",
            "至",
        }:
            found = match[0], int(match["year"])
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan says of its time: its period, its horizon in years, and the year that it speaks from."""

    period: Period | None
    horizon: int | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What stands above a sentence: a target year with its words, and a past period."""

    year: tuple[str, int] | None
    past: Period | None


Answer = tuple[Period | None, int | None, str]


def period_of(c: Context, kind: str, form: str, per: str | None, plan: Plan, scope: Scope) -> Answer:
    """Return a measure's period, its horizon in years, and why: the words that stand nearest win."""
    head = c.sentence.text[: c.first.start]
    if column := c.quantity.column_year:
        return Period(f"{column}年", None, column), None, "column"
    if kind == "baseline":
        return _of_past(head, scope)
    yearly = _ANNUAL.search(c.clause_before) if form != "growth_annual" and kind != "target" else None
    if per in {"year", "recipient-year"} or yearly:
        return Period("每年", None, None), None, "每年"
    if found := _in_years(head[c.segment[0] :], kind, plan):
        return found
    if kind in {"condition", "incentive", "sanction"}:
        return None, None, ""
    year = stated_year(head) or scope.year
    if year and (form != "growth_annual" or plan.period is None):
        return Period(year[0], None, year[1]), _years_to(year, plan), year[0]
    return (plan.period, plan.horizon, "period of the plan") if plan.period else (None, None, "")


def _years_to(year: tuple[str, int], plan: Plan) -> int | None:
    """The years from the start of the plan to a target year; a year before the end with no 到 or 前 stands for itself."""
    words, target = year
    start, end = (plan.period.start_year, plan.period.end_year) if plan.period else (None, None)
    if target == end or start is None:
        return plan.horizon
    if not re.match("到|至|力争", words) and not re.search("底|末|前", words):
        return 1
    return max(1, target - start + 1)


def _of_past(head: str, scope: Scope) -> Answer:
    """The years of a reported fact: 十三五期间…, 2019年…, or the period that an earlier sentence names."""
    if period := five_year_period(head):
        return period, None, period.text
    if year := stated_year(head):
        return Period(year[0], None, year[1]), None, year[0]
    return scope.past, None, scope.past.text if scope.past else ""


def _in_years(segment: str, kind: str, plan: Plan) -> Answer | None:
    """A span of years in the segment: 三年增长15%; it ends with the plan."""
    matches = list(_SPAN_YEARS.finditer(segment))
    if not matches:
        return None
    words = matches[-1][0]
    years = int(number_value(matches[-1]["n"]))
    if kind in {"condition", "incentive"} or plan.period is None or plan.period.end_year is None:
        return Period(words, None, None), years, words
    end = plan.period.end_year
    start = plan.period.start_year if years == plan.horizon else end - years + 1
    return Period(words, start, end), years, words
