"""What a measure says, as an English sentence composed of its facets: for who cannot read the quote. Pure.

It is no translation. The words are the English names of the seeds, the figures are the plan's, and what no facet tells
is left out; where the thing that is counted has no code, the sentence says so and names the theme.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]

_COMPARATORS = {
    "ge": "at least ",
    "gt": "more than ",
    "le": "at most ",
    "lt": "less than ",
    "approx": "about ",
}
_PER = {
    "year": " a year", "recipient": " per recipient", "item": " per item",
    "recipient-year": " per recipient and year", "recipient-month": " per recipient and month",
    "item-month": " per item and month", "mu": " per mu", "square metre": " per square metre",
    "square metre-month": " per square metre and month", "additional item": " per additional item",
}  # fmt: skip
# The property of a thing that a growth, a rate or a share is of, by the code of the quantity.
_QUANTITIES = {
    "count": "number", "growth_of_count": "number", "amount": "amount", "growth_of_amount": "amount",
    "density": "number", "growth_of_density": "density", "rate": "rate", "growth_of_rate": "rate", "share": "share",
    "score": "score", "duration": "duration", "fund_size": "size",
}  # fmt: skip
# Events that are a property of a sum, not something done to a thing.
_SUMS = {"output": "output", "value_added": "value added", "revenue": "revenue"}
# Said by the number itself: how much there is, or comes on top.
_UNSAID = frozenset({"existing", "added"})
# Done to the money, not to the thing that it is paid for.
_DONE_TO_MONEY = {"concluded": "concluded", "paid": "paid"}
_UNCOUNTED = frozenset({"CNY", "percent", "ratio", "year", "items_per_10k_people"})
# Where the noun that a name is about ends.
_END_OF_HEAD = re.compile(
    r" (?:of|with|that|for|in|on|to|under|against|per|abroad|served|visited|financed|strong) | (?=\()"
)


def english_sentence(row: Row) -> str:
    """Return what a measure says, as one English sentence without its stop.

    Args:
        row: Of a measure: kind, form, comparator, is_aspirational, value, unit_key, unit_en, per, horizon_years,
            period_end_year, theme_key, quantity_key, event_key, only_event_key (of the object), and the English names
            of its facets and theme (object_en, event_en, grade_en, locus_en, party_en, theme_en), null where a facet
            is not found.
    """
    makers = {
        "incentive": _award, "sanction": _fine, "funding": _fund, "allocation": _division, "condition": _threshold,
        "baseline": _report,
    }  # fmt: skip
    sentence = makers.get(row["kind"], _target)(row)
    if row["is_aspirational"] and row["kind"] not in {"baseline", "condition"}:
        sentence = f"Aim to {sentence[0].lower()}{sentence[1:]}"
    year = row["period_end_year"]
    return f"{sentence}, by {year}" if year and row["kind"] != "baseline" else sentence


def english_number(value: float) -> str:
    """Return a number with the magnitude words of English: 1.2 billion, 500,000."""
    size, word = next(
        ((s, w) for s, w in ((1e9, " billion"), (1e6, " million")) if abs(value) >= s), (1.0, "")
    )
    scaled = value / size
    digits = 12 - (math.floor(math.log10(abs(scaled))) + 1 if scaled else 1)
    text = f"{scaled:,.{max(0, digits)}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + word


def told_percent(value: float, value_text: str) -> float:
    """Return a percentage as it is told: with as many decimals as its plan prints, and else one; below 1 % with all.

    6:1 is 85.7 %, not 85.714 %.
    """
    if abs(value) < 1:
        return value
    printed = re.search(r"[0-9]\.([0-9]+)", value_text)
    # 千分之 12.5 is 1.25 %.
    finer = next((more for more, words in ((2, "万分|‱"), (1, "千分|‰")) if re.search(words, value_text)), 0)
    return round(value, max(1, len(printed[1]) if printed else 0) + finer)


def _target(row: Row) -> str:
    """Return a value to be reached: by how much something grows, or how much of it there is."""
    form, bound = row["form"], _COMPARATORS.get(row["comparator"], "")
    value = float(row["value"])
    if form in {"growth_annual", "growth_total"}:
        verb, span = ("Raise", abs(value)) if value >= 0 else ("Lower", abs(value))
        years = row["horizon_years"]
        over = (
            " a year"
            if form == "growth_annual"
            else f" over {years} years"
            if years and years > 1
            else " in all"
        )
        return f"{verb} {_measured(row)} by {bound}{_amount(span, row)}{over}"
    if form == "multiple":
        return f"Bring {_measured(row)} to {bound}{english_number(value)} times what it was"
    if _is_counted(row):
        verb = "Add" if row["event_key"] == "added" else "Have"
        return f"{verb} {bound}{_counted(row)}{_per(row)}"
    return f"Bring {_measured(row)} to {bound}{_amount(value, row)}{_per(row)}"


def _award(row: Row) -> str:
    bound, value = _COMPARATORS.get(row["comparator"], ""), float(row["value"])
    what = _thing(row)
    if row["form"] == "multiple":
        return f"Match {bound}{english_number(value)} times the award for {what}"
    if row["unit_key"] == "percent":
        amount = _amount(value, row)
        if row["quantity_key"] == "points":
            return f"Pay {bound}{english_number(value)} percentage points for {what}{_per(row)}"
        whole = "the award" if row["quantity_key"] == "matching" else "the cost"
        return f"Pay {bound}{amount} of {whole} for {what}{_per(row)}"
    return f"Pay {bound}{_amount(value, row)}{_per(row)} for {what}"


def _fine(row: Row) -> str:
    bound, value = _COMPARATORS.get(row["comparator"], ""), float(row["value"])
    if row["form"] == "multiple":
        return f"Fine {bound}{english_number(value)} times the sum concerned{_in_theme(row)}"
    return f"Fine {bound}{_amount(value, row)}{_per(row)}{_in_theme(row)}"


def _fund(row: Row) -> str:
    bound = _COMPARATORS.get(row["comparator"], "")
    what = _thing({**row, "event_en": None})
    return f"Provide {bound}{_amount(float(row['value']), row)}{_per(row)} {'as' if row['object_en'] else 'for'} {what}"


def _division(row: Row) -> str:
    share = _COMPARATORS.get(row["comparator"], "") + _amount(float(row["value"]), row)
    whole = _thing({**row, "party_en": None, "event_en": None})
    if row["event_key"] == "borne" and row["party_en"]:
        return f"Let the {row['party_en']} bear {share} of {whole}"
    return f"Set aside {share} of {whole}" + (f" for {row['party_en']}" if row["party_en"] else "")


def _threshold(row: Row) -> str:
    return f"As a condition, require {_stated(row, 'to be')}{_per(row)}"


def _report(row: Row) -> str:
    year = row["period_end_year"]
    return f"Reported{f' for {year}' if year else ''}: {_stated(row, 'was')}{_per(row)}"


def _stated(row: Row, verb: str) -> str:
    """Return a value with what it is of, for a threshold or a report of the past."""
    bound = _COMPARATORS.get(row["comparator"], "")
    value = float(row["value"])
    if row["form"] in {"growth_annual", "growth_total"}:
        over = " a year" if row["form"] == "growth_annual" else " in all"
        return f"{_measured(row)} {verb} {'up' if value >= 0 else 'down'} by {bound}{_amount(abs(value), row)}{over}"
    if row["form"] == "multiple":
        return f"{_measured(row)} {verb} {bound}{english_number(value)} times that of before"
    return (
        f"{bound}{_counted(row)}"
        if _is_counted(row)
        else f"{_measured(row)} {verb} {bound}{_amount(value, row)}"
    )


def _is_counted(row: Row) -> bool:
    """Return whether the value counts things, so that the thing itself follows the number."""
    return row["unit_key"] not in _UNCOUNTED and row["quantity_key"] in {None, "count"}


def _counted(row: Row) -> str:
    value = float(row["value"])
    if not row["object_en"]:
        return f"{english_number(value)} {row['unit_en'] or 'units as printed'}{_unclassified(row)}"
    one = {"object_en": singular(row["object_en"])} if value == 1 else {}
    return f"{english_number(value)} {_thing({**row, **one})}"


def singular(name: str) -> str:
    """Return the name of one of what a name in the plural is of: counties strong in brands, county strong in brands."""
    found = _END_OF_HEAD.search(name)
    head, rest = (name[: found.start()], name[found.start() :]) if found else (name, "")
    if head.endswith("ies"):
        return f"{head[:-3]}y{rest}"
    if head.endswith(("ches", "shes", "xes")):
        return head[:-2] + rest
    return (head[:-1] if _is_plural(head) else head) + rest


def _is_plural(head: str) -> bool:
    return head.endswith("s") and not head.endswith("ss")


def _amount(value: float, row: Row) -> str:
    """Return a value with its unit."""
    if row["unit_key"] == "CNY":
        return f"CNY {english_number(value)}"
    if row["unit_key"] == "percent":
        return f"{english_number(told_percent(value, row.get('value_text') or ''))} %"
    if row["unit_key"] == "items_per_10k_people":
        return f"{english_number(value)} per 10,000 people"
    return f"{english_number(value)} {row['unit_en'] or ''}".rstrip()


def _measured(row: Row) -> str:
    """Return what a value that counts no things is the size of."""
    if not row["object_en"]:
        return f"a figure{_unclassified(row)}"
    if row["event_key"] in _SUMS:
        return f"the {_SUMS[row['event_key']]} of {_thing(row)}"
    quantity, name = _QUANTITIES.get(row["quantity_key"] or "", "size"), str(row["object_en"])
    if quantity == "amount" and row["event_key"] in _DONE_TO_MONEY:
        return f"the amount {_DONE_TO_MONEY[row['event_key']]} for {_thing({**row, 'event_en': None})}"
    found = _END_OF_HEAD.search(name)
    # What has no plural is counted by its cases.
    cases = (
        "" if quantity != "number" or _is_plural(name[: found.start()] if found else name) else "cases of "
    )
    return f"the {'number' if ' per ' in name else quantity} of {cases}{_thing(row)}"


def _thing(row: Row) -> str:
    """Return the thing with what happens to it, its rank, place and party."""
    if not row["object_en"]:
        return f"something{_unclassified(row)}"
    unsaid = {*_SUMS, *_UNSAID, row["only_event_key"]}
    event = row["event_en"] if row["event_key"] not in unsaid else None
    details = ", ".join(filter(None, (row["grade_en"], row["locus_en"], row["party_en"])))
    return " ".join(filter(None, (row["object_en"], event, details and f"({details})")))


def _unclassified(row: Row) -> str:
    return f" that no code names yet{_in_theme(row)}"


def _in_theme(row: Row) -> str:
    return "" if row["theme_key"] == "other" else f", in {row['theme_en']}"


def _per(row: Row) -> str:
    return _PER.get(row["per"] or "", "")
