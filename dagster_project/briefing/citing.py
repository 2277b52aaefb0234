"""How a plan, or a figure of a release, is cited: after GB/T 7714-2015 and as BibTeX, with plan and release. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypedDict

from dagster_project.briefing.evidence import Plan
from dagster_project.briefing.words import word
from dagster_project.figures.words import Lang

_MOST_PLANS = 12  # that a citation of a figure lists
_PROGRAM = "ip-plans"


class Citation(TypedDict):
    """A citation in two styles: a line, and entries."""

    gbt: str
    bibtex: str


def cited_plan(key: str, plan: Plan, release_id: str) -> Citation:
    """Return how a plan, whose title and issuer are Chinese, is cited in either language, as this release read it.

    The type of document is that of GB/T 7714-2015, annex B: EB/OL for a page on the web, Z for what has no other.
    """
    return {
        "gbt": f"{_line(plan)} 引自{_PROGRAM}发布版本{release_id}.",
        "bibtex": _entry(key, plan, f"Read by {_PROGRAM}, release {release_id}"),
    }


def cited_figure(name: str, title: str, plans: dict[str, Plan], release_id: str, lang: Lang) -> Citation:
    """Return how a figure is cited: as a data set of the release, then the plans that it stands on.

    Args:
        name: Of the figure.
        title: Of the figure, in the language of the page.
        plans: Those that it shows, by key; where they are many, only their number is told.
        release_id: The release.
        lang: Language of the title and of what is said beside it.
    """
    is_listed = len(plans) <= _MOST_PLANS
    based = word("cited_plans", lang, len(plans))
    if is_listed:
        based = "; ".join(_line(plan).rstrip(".") for plan in plans.values())
    entry = _fields(
        f"{_PROGRAM}-{release_id}-{name}",
        [
            ("author", f"{{{_PROGRAM}}}"),
            ("title", _escaped(title)),
            ("note", f"Figure {_escaped(name)}, release {release_id}"),
        ],
    )
    notes = [_entry(key, plan, f"Read by {_PROGRAM}, release {release_id}") for key, plan in plans.items()]
    return {
        "gbt": word("cited_figure", lang, program=_PROGRAM, title=title, release=release_id, based=based),
        "bibtex": "\n".join([entry, *(notes if is_listed else [])]),
    }


def _line(plan: Plan) -> str:
    title = plan.title or plan.name["zh"]
    named = f"{title}: {plan.number}" if plan.number else title
    kind = "EB/OL" if plan.url else "Z"
    said = [plan.issuer or plan.place["zh"], f"{named}[{kind}]"]
    if plan.url:
        said.append(f"({plan.issued}). {plan.url}" if plan.issued else plan.url)
    elif plan.issued:
        said.append(plan.issued)
    return ". ".join(said) + "."


def _entry(key: str, plan: Plan, note: str) -> str:
    fields = [
        ("author", f"{{{_escaped(plan.issuer or plan.place['zh'])}}}"),
        ("title", _escaped(plan.title or plan.name["zh"])),
        ("number", _escaped(plan.number or "")),
        ("year", (plan.issued or "")[:4]),
        ("date", plan.issued or ""),
        ("url", plan.url or ""),
        ("note", note),
    ]
    return _fields(key, fields)


def _fields(key: str, fields: Sequence[tuple[str, str]]) -> str:
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@misc{{{key},\n{lines}\n}}"


def _escaped(text: str) -> str:
    """Return text in which no sign means anything to BibTeX or TeX."""
    plain = text.replace("\\", "\\textbackslash ")
    return re.sub(r"([{}%&#_$])", r"\\\1", plain)
