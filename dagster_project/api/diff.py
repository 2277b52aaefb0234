"""What has changed between two releases, plan by plan and measure by measure. Pure: tables in, records out."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

Tables = Mapping[str, pl.DataFrame]
Row = dict[str, Any]

#: When two rows are the same measure, from the surest sign to the loosest. An edit of the text moves all that stands
#: behind it, so that a measure_key alone may well be that of another measure.
_SAME_MEASURE = (
    ("measure_key", "value_text", "indicator_text_zh", "quote_zh"),
    ("plan_key", "value_text", "indicator_text_zh", "quote_zh"),  # moved
    ("measure_key", "indicator_text_zh"),
    ("measure_key", "quote_zh"),
    ("measure_key", "value_text"),
    ("plan_key", "provision_key", "indicator_text_zh"),  # moved, with another number
)
# Where a measure stands, and how it was found: another place alone is no change of the measure.
_PLACE = frozenset({"measure_key", "char_start", "char_end", "provision_key", "heading_path_zh"})
# `unit_key` is `unit` once more.
_NOT_COMPARED = _PLACE | {"decided_by", "extractor_version", "source_sha256", "last_read_at", "unit_key"}
_LINKS = ("restates_measure_key", "governs_measure_key")
_VERDICT = ("comparability", "scope", "comparable_value", "comparable_unit", "reason_en")
_WHAT = ("plan", "measure", "verdict")
_MARKS = {"added": "+", "removed": "-", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Change:
    """One row that has changed.

    Attributes:
        what: ``plan``, ``measure``, or ``verdict``: how a measure may be compared.
        kind: ``added``, ``removed`` or ``changed``.
        plan_key: The plan.
        key: The plan or the measure, as it is called in the new release, or in the old one if it was removed.
        fields: field -> (old, new) of what differs; None on the side that has no row.
        sentence: The title of the plan, or the quotation, of the new release if it has the row.
    """

    what: str
    kind: str
    plan_key: str
    key: str
    fields: Mapping[str, tuple[object, object]]
    sentence: str


@dataclass(frozen=True, slots=True)
class Diff:
    """All that has changed.

    Attributes:
        changes: Plans first, then measures and verdicts, in the order of the plans and of their texts.
        moved: old -> new measure_key of the measures that stand at another place, and may have changed or not.
        rows: table -> (old, new) number of rows where it differs; None where the release has no such table.
    """

    changes: tuple[Change, ...]
    moved: Mapping[str, str]
    rows: Mapping[str, tuple[int | None, int | None]]


def diff_tables(old: Tables, new: Tables) -> Diff:
    """Return what has changed from one release to another.

    Args:
        old: The tables of one release: `audit_plan_status`, `dim_plan`, `fct_measure`, `rpt_indicator_comparison`,
            and others, of which the rows are counted. A column that only one of the releases has is not compared.
        new: Those of the other.
    """
    pairs = pair_measures(_rows(old, "fct_measure"), _rows(new, "fct_measure"))
    renamed = {before["measure_key"]: after["measure_key"] for before, after in pairs if before and after}
    measures = [
        change
        for before, after in pairs
        if (change := _change("measure", before, after, renamed)) is not None
    ]
    changed = {change.key for change in measures}
    order = {
        row["measure_key"]: (row["plan_key"], row["char_start"])
        for table in (old, new)
        for row in _rows(table, "fct_measure")
    }
    found = [*measures, *_verdicts(old, new, renamed, changed)]
    return Diff(
        changes=(*_plans(old, new), *sorted(found, key=lambda change: order[change.key])),
        moved={before: after for before, after in renamed.items() if before != after},
        rows={
            name: heights
            for name in sorted({*old, *new})
            if len(set(heights := (_height(old, name), _height(new, name)))) > 1
        },
    )


def pair_measures(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """Return the rows of two `fct_measure` that are the same measure in pairs, and the others with None.

    Args:
        old: Rows in document order, with the columns that `_SAME_MEASURE` names.
        new: The same of the other release.
    """
    pairs: list[tuple[Row | None, Row | None]] = []
    left, right = list(old), list(new)
    for columns in _SAME_MEASURE:
        waiting: defaultdict[tuple[object, ...], deque[Row]] = defaultdict(deque)
        for row in left:
            waiting[tuple(row[column] for column in columns)].append(row)
        unmatched = []
        for row in right:
            same = waiting[tuple(row[column] for column in columns)]
            if same:
                pairs.append((same.popleft(), row))
            else:
                unmatched.append(row)
        right = unmatched
        left = [row for rows in waiting.values() for row in rows]
        left.sort(key=lambda row: (row["plan_key"], row["char_start"]))
    return [*pairs, *((row, None) for row in left), *((None, row) for row in right)]


def _change(what: str, before: Row | None, after: Row | None, renamed: Mapping[str, str]) -> Change | None:
    """Return how a row has changed; None if it has not."""
    row = after or before or {}
    if before is None or after is None:
        kind = "added" if before is None else "removed"
        fields = {
            name: (before and before[name], after and after[name])
            for name in row
            if name not in _NOT_COMPARED and row[name] is not None
        }
    else:
        kind = "changed"
        before = before | {link: renamed.get(before[link], before[link]) for link in _LINKS if link in before}
        fields = {
            name: (before[name], after[name])
            for name in before
            if name in after and name not in _NOT_COMPARED and before[name] != after[name]
        }
    sentence = row.get("quote_zh") or row.get("title_zh") or ""
    key = row["plan_key"] if what == "plan" else row["measure_key"]
    return Change(what, kind, row["plan_key"], key, fields, sentence) if fields else None


def _plans(old: Tables, new: Tables) -> Iterator[Change]:
    before, after = (_plan_rows(tables) for tables in (old, new))
    for plan in sorted(before.keys() | after.keys()):
        change = _change("plan", before.get(plan), after.get(plan), {})
        if change is not None:
            yield change


def _plan_rows(tables: Tables) -> dict[str, Row]:
    """Return what is known of each plan, also of one that was refused and so has no row in `dim_plan`."""
    about = {row["plan_key"]: row for row in _rows(tables, "dim_plan")}
    return {
        row["plan_key"]: about.get(row["plan_key"], {}) | row for row in _rows(tables, "audit_plan_status")
    }


def _verdicts(old: Tables, new: Tables, renamed: Mapping[str, str], changed: set[str]) -> Iterator[Change]:
    """Yield the verdicts of measures in both releases that differ.

    Another value of a measure that itself has changed says nothing new.
    """
    before = {renamed.get(row["measure_key"]): row for row in _judged(old)}
    for row in _judged(new):
        other = before.get(row["measure_key"])
        if other is None:
            continue
        fields = {
            field: (other[field], row[field])
            for field in _VERDICT
            if field in other and field in row and other[field] != row[field]
        }
        if row["measure_key"] in changed:
            fields.pop("comparable_value", None)
        if fields:
            yield Change(
                "verdict", "changed", row["plan_key"], row["measure_key"], fields, row.get("quote_zh") or ""
            )


def _judged(tables: Tables) -> list[Row]:
    """Return the verdict of each measure on its own indicator: it may stand beside others, too, not comparable."""
    own = {row["measure_key"]: row.get("indicator_key") for row in _rows(tables, "fct_measure")}
    rows = _rows(tables, "rpt_indicator_comparison")
    return [row for row in rows if row.get("indicator_key") == own.get(row["measure_key"])]


def _rows(tables: Tables, name: str) -> list[Row]:
    return tables[name].to_dicts() if name in tables else []


def _height(tables: Tables, name: str) -> int | None:
    return tables[name].height if name in tables else None


# --- In words -------------------------------------------------------------------------------------------------


def counts(diff: Diff) -> str:
    """Return how much has changed, in one line."""
    told = [
        f"{kind} {what}s: {number}"
        for what in _WHAT
        for kind in _MARKS
        if (number := sum((change.what, change.kind) == (what, kind) for change in diff.changes))
    ]
    return ", ".join(told) or "no plan, measure or verdict has changed"


def lines(diff: Diff) -> Iterator[str]:
    """Yield what has changed as lines for people; the measures of a plan that came or went are only counted."""
    whole = {change.plan_key for change in diff.changes if change.what == "plan" and change.kind != "changed"}
    for what in _WHAT:
        changes = [change for change in diff.changes if change.what == what]
        told = ", ".join(f"{sum(c.kind == kind for c in changes)} {kind}" for kind in _MARKS)
        yield f"{what}s: {told if changes else 'as before'}"
        for change in changes:
            if what == "plan" or change.plan_key not in whole:
                yield from _change_lines(change)
        if what == "measure":
            for plan in sorted({change.plan_key for change in changes} & whole):
                yield f"  all of {plan}: {sum(change.plan_key == plan for change in changes)}"
    if diff.moved:
        yield f"{len(diff.moved)} measures stand at another place in their text"
    if diff.rows:
        yield "rows"
        for table, (old, new) in diff.rows.items():
            yield f"  {table}: {_shown(old)} → {_shown(new)}"


def _change_lines(change: Change) -> Iterator[str]:
    value, name = (change.fields.get(field, ("", "")) for field in ("value_text", "indicator_text_zh"))
    side = 0 if change.kind == "removed" else 1
    about = "" if change.kind == "changed" else f"  {value[side] or ''} {name[side] or ''}".rstrip()
    yield f"  {_MARKS[change.kind]} {change.key}{about}"
    if change.kind == "changed":
        for field, (old, new) in change.fields.items():
            if field != "quote_zh":
                cut = 12 if field == "sha256" else None
                yield f"      {field}: {_shown(old)[:cut]} → {_shown(new)[:cut]}"
    if change.sentence:
        yield f"      {' '.join(change.sentence.split())}"
    if "quote_zh" in change.fields and change.kind == "changed":
        yield f"      before: {' '.join(str(change.fields['quote_zh'][0]).split())}"


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, float | Decimal):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)
