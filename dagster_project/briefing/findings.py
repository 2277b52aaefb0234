"""What the data say, in sentences: computed from the statements, each number leading to its evidence. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote

import polars as pl

from dagster_project.briefing.evidence import Backing, Corpus
from dagster_project.briefing.words import counted, template, word
from dagster_project.figures.ranking import beside, claims, finding, lead, ranking
from dagster_project.figures.sentences import Field, Part, Parts, filled, listed
from dagster_project.figures.statements import Statement, first_said
from dagster_project.figures.words import Lang, award

_MOST_PLANS = 5  # of names in a list
_MOST_KEYS = 200  # that an address can hold
# Kinds of commitments, as a reader counts them; the table can be limited to each of them.
_KINDS = {
    "target": "target",
    "incentive": "incentive",
    "funding": "money",
    "allocation": "money",
    "sanction": "sanction",
}
Group = Literal["number", "policy", "theme", "tool"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence.

    Attributes:
        parts: Its pieces in order.
        theme: What it is about; empty for all themes.
        is_first: The one sentence of a theme that stands among the headline findings.
        group: A number of the first page, whose first two parts are the number and what it counts; what the plans
            promise; a theme; or how this was made.
    """

    parts: tuple[Part, ...]
    theme: str = ""
    is_first: bool = False
    group: Group = "policy"

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(part.text for part in self.parts)


def findings(corpus: Corpus, lang: Lang) -> list[Finding]:
    """Return all findings in a language: three numbers, what the plans promise, each theme, and how it was made.

    A finding that the data do not support is left out; a count of nothing is said in words.
    """
    groups: Mapping[Group, Sequence[Callable[[Corpus, Lang], Iterable[Parts]]]] = {
        "number": (_pairs, _by_when, _with_what),
        "policy": (_money, _coverage, _incentives, _offices),
    }
    found = [
        Finding(parts, group=group)
        for group, made in groups.items()
        for make in made
        for parts in make(corpus, lang)
    ]
    for theme in corpus.headlines:
        found += _theme(corpus, theme, lang)
    tool = (_overview, _verdicts, _accuracy)
    return found + [Finding(parts, group="tool") for make in tool for parts in make(corpus, lang)]


# --- Sentences ------------------------------------------------------------------------------------------------


def _sentence(key: str, lang: Lang, **fields: Field) -> Parts:
    """Return a phrase with its fields filled by text or by linked parts."""
    return filled(template(key, lang), **fields)


def _begun(text: str) -> str:
    """Return the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _plan_names(corpus: Corpus, plans: Iterable[str], lang: Lang) -> str:
    names = [corpus.plans[plan].name[lang] for plan in dict.fromkeys(plans)]
    more = word("more", lang) if len(names) > _MOST_PLANS else ""
    return word("and", lang).join(names[:_MOST_PLANS]) + more


def _query(**filters: str) -> str:
    return "&".join(f"{name}={quote(value, safe='@.')}" for name, value in filters.items())


def _commitments(count: int, lang: Lang, **filters: str) -> Part:
    return Part(counted("commitments", count, lang), query=_query(kind="commitment", **filters))


def _chosen(keys: Sequence[str], text: str = "") -> Part:
    """Return the number of statements, which leads to just these, unless they are too many for an address."""
    query = _query(k=" ".join(keys)) if len(keys) <= _MOST_KEYS else ""
    return Part(text or str(len(keys)), query=query)


def _items(count: int, **filters: str) -> Part:
    return Part(str(count), query=_query(**filters))


# --- Three numbers --------------------------------------------------------------------------------------------


def _committed(corpus: Corpus) -> list[Statement]:
    return [statement for statement in corpus.statements if statement.is_commitment]


def _pairs(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    """How many pairs of numbers can be compared: the two plans of a pair stand on the axis of one indicator."""
    on_axis: dict[str, dict[str, None]] = defaultdict(dict)
    for statement in _committed(corpus):
        if statement.comparable is not None:
            on_axis[statement.indicator.key][statement.plan] = None
    if len(corpus.plans) < 2 or not on_axis:
        return
    shared = {key: len(plans) for key, plans in on_axis.items() if len(plans) > 1}
    pairs = sum(plans * (plans - 1) // 2 for plans in shared.values())
    first = sorted(shared, key=lambda key: (-shared[key], key))
    links = [
        Part(corpus.indicators[key].name[lang], query=_query(indicator=key, verdict="comparable"))
        for key in first[:_MOST_PLANS]
    ]
    more = word("more", lang) if len(first) > _MOST_PLANS else ""
    number = (Part(str(pairs)), Part(counted("n_pairs", pairs, lang)))
    if not shared:
        yield number + _sentence("no_pairs", lang, all=str(len(on_axis)))
    else:
        names = [*listed(links, lang), Part(more)]
        shares = counted("n_indicators", len(shared), lang)
        yield number + _sentence("pairs", lang, n=shares, all=str(len(on_axis)), names=names)


def _by_when(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    committed = _committed(corpus)
    if not committed:
        return
    dated = sum(statement.year is not None for statement in committed)
    yield (
        _items(dated, kind="commitment", year="dated"),
        Part(word("n_dated", lang, len(committed))),
        *_deadlines(corpus, lang),
    )


def _with_what(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    """How many commitments say whose money pays, and who is in charge of how many."""
    committed = _committed(corpus)
    if not committed:
        return
    backing = [corpus.backing[statement.key] for statement in committed]
    payers = Counter(payer for each in backing for payer in each.payers)
    shares: list[Part] = []
    for payer in corpus.codes.ordered("payer", payers):
        # Names of payers are lists themselves: the mark between them is another.
        shares += [Part(word("between", lang))] if shares else []
        name = corpus.codes.name("payer", payer, lang)
        shares += _sentence(
            "n_payer", lang, payer=name, n=_items(payers[payer], kind="commitment", payer=payer)
        )
    yield (
        _items(sum(each.payer is not None for each in backing), kind="commitment", payer="any_payer"),
        Part(word("n_paid", lang, len(committed))),
        *(_sentence("payers", lang, payers=shares) if shares else ()),
        *_in_charge(backing, lang),
    )


def _in_charge(backing: Sequence[Backing], lang: Lang) -> Parts:
    origins = Counter(each.office_from for each in backing if each.office_from)
    if not origins:
        return _sentence("no_office_at_all", lang)
    own, theme = (
        _items(origins[origin], kind="commitment", agency=f"office_{origin}") for origin in ("own", "theme")
    )
    return _sentence("in_charge", lang, own=own, theme=theme)


# --- Over all themes ------------------------------------------------------------------------------------------


def _overview(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    plans = Part(counted("plans", len(corpus.plans), lang), section="sources")
    commitments = _committed(corpus)
    if not commitments:
        yield _sentence("no_commitments", lang, plans=plans)
        return
    fields: dict[str, Field] = {
        "plans": plans,
        "commitments": _commitments(len(commitments), lang),
        "split": _by_kind(commitments, lang),
    }
    counts = Counter(statement.plan for statement in commitments if statement.kind == "target")
    most = max(counts.values(), default=0)
    leaders = [plan for plan, count in counts.items() if count == most]
    if len(counts) < 2 or len(leaders) == len(counts):
        yield _sentence("overview", lang, **fields)
        return
    fields["who"] = _plan_names(corpus, leaders, lang)
    shown = [_items(most, plan=plan, kind="commitment_target") for plan in leaders[:_MOST_PLANS]]
    fields["most"] = listed(shown, lang)
    yield _sentence("overview_most", lang, **fields)


def _by_kind(commitments: Sequence[Statement], lang: Lang) -> list[Part]:
    """Return how many commitments are targets, awards, money and sanctions, each number leading to them."""
    counts = Counter(_KINDS[statement.kind] for statement in commitments)
    return listed(
        [
            Part(counted(f"n_{kind}", counts[kind], lang), query=_query(kind=f"commitment_{kind}"))
            for kind in dict.fromkeys(_KINDS.values())
            if counts[kind]
        ],
        lang,
    )


def _verdicts(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    compared = first_said(corpus.statements)
    if not compared:
        return
    counts = Counter(statement.verdict for statement in compared)
    shares = [
        _sentence("n_verdict", lang, n=_items(counts[verdict], verdict=verdict), verdict=known.name[lang])
        for verdict, known in corpus.codes.of("comparability").items()
        if counts[verdict]
    ]
    fields: dict[str, Field] = {"counts": listed(shares, lang)}
    why = _most_frequent_reason([s for s in compared if s.verdict == "not_comparable"], lang)
    if why is None:
        yield _sentence("verdicts", lang, **fields)
    else:
        k = _items(why.count, verdict="not_comparable", reason=why.key)
        yield _sentence("verdicts_why", lang, **fields, reason=why.text.rstrip("。"), k=k)


def _around(key: str, lang: Lang, part: Part) -> list[Part]:
    """Return a phrase with one open place, filled by a linked number."""
    forms = template(key, lang).split("|")
    before, _, after = (forms[0] if part.text == "1" else forms[-1]).partition("{}")
    return [piece for piece in (Part(before), part, Part(after)) if piece.text]


def _most_frequent_reason(statements: Sequence[Statement], lang: Lang) -> _Reason | None:
    reasons = Counter(statement.reason["zh"] for statement in statements if statement.reason["zh"])
    if not reasons:
        return None
    # Of equally frequent reasons the first in the alphabet, so that two builds and two languages say the same.
    key = min(reasons, key=lambda reason: (-reasons[reason], reason))
    text = next(statement.reason[lang] for statement in statements if statement.reason["zh"] == key)
    return _Reason(key, text, reasons[key])


@dataclass(frozen=True, slots=True)
class _Reason:
    """A reason: in Chinese, by which the table is filtered, and in words; how many statements have it."""

    key: str
    text: str
    count: int


def _coverage(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    plans = len(corpus.plans)
    if not plans:
        return
    quantified = _quantified(corpus)
    shown = [theme for theme in (corpus.chosen or corpus.themes) if theme != "other"]
    for key, themes in (
        ("all_quantify", [theme for theme in shown if len(quantified[theme]) == plans]),
        ("none_quantify", [theme for theme in shown if not quantified[theme]]),
    ):
        if themes:
            links = [Part(corpus.themes[theme].name[lang], query=_query(theme=theme)) for theme in themes]
            yield _sentence(key, lang, plans=counted("plans", plans, lang), themes=listed(links, lang))


def _quantified(corpus: Corpus) -> dict[str, list[str]]:
    """Return the plans that put numbers to each theme."""
    plans: dict[str, list[str]] = defaultdict(list)
    rows = corpus.tables["rpt_theme_coverage"].filter(status="quantified").sort("theme_key", "plan_key")
    for theme, plan in rows.select("theme_key", "plan_key").iter_rows():
        plans[theme].append(plan)
    return plans


def _money(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    sums = [s for s in first_said(corpus.statements) if s.kind == "funding" and s.unit == "CNY"]
    if sums:
        looks = corpus.looks[lang]
        cities = [s for s in sums if not looks[s.plan].is_province]
        largest = max(cities or sums, key=lambda s: s.value)
        yield _sentence(
            "money_of_cities" if 0 < len(cities) < len(sums) else "money",
            lang,
            plans=Part(counted("plans", len({s.plan for s in sums}), lang), query=_query(kind="funding")),
            who=corpus.plans[largest.plan].name[lang],
            # The words of the plan are Chinese: in English it is told by the name of what it is, where there is one.
            what=largest.text
            if lang == "zh" or largest.indicator.key == "unmapped"
            else largest.indicator.name[lang],
            amount=Part(largest.stated[lang], measure=largest.key),
        )


def _incentives(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    known = {statement.key: statement for statement in corpus.statements}
    # What awards are for differs, but nearly all are money, and only money can be ranked.
    awards = corpus.tables["rpt_incentive"].filter(
        (pl.col("unit_key") == "CNY") & pl.col("measure_key").is_in(list(known))
    )
    if awards.is_empty():
        return
    low, high = (
        known[awards.sort("amount", "measure_key", descending=[descending, False])["measure_key"][0]]
        for descending in (False, True)
    )
    caps = awards.filter("is_cap")["measure_key"].to_list()
    conditions = awards.filter(pl.col("condition_count") > 0)["measure_key"].to_list()
    yield _sentence(
        "incentives_one" if low.stated == high.stated and low.per == high.per else "incentives",
        lang,
        plans=_plan_names(corpus, awards["plan_key"].unique().sort(), lang),
        awards=_chosen(awards["measure_key"].to_list(), counted("awards", awards.height, lang)),
        low=Part(_award(corpus, low, lang), measure=low.key),
        high=Part(_award(corpus, high, lang), measure=high.key),
        caps=_around("with_caps", lang, _chosen(caps)) if caps else [],
        conditions=_around("with_conditions", lang, _chosen(conditions)) if conditions else [],
    )


def _award(corpus: Corpus, statement: Statement, lang: Lang) -> str:
    per = corpus.codes.name("per", statement.per, lang) if statement.per else ""
    return award(statement.stated[lang], per, lang)


def _deadlines(corpus: Corpus, lang: Lang) -> Parts:
    years = Counter(s.year for s in corpus.statements if s.is_commitment and s.year)
    if not years:
        return ()
    most, last = max(years, key=lambda year: (years[year], year)), max(years)
    n = _items(years[most], kind="commitment", year=str(most))
    if len(years) == 1:
        return _sentence("one_deadline", lang, n=n, year=str(most))
    if most == last:
        return _sentence("last_deadline", lang, n=n, year=str(most))
    k = _items(years[last], kind="commitment", year=str(last))
    return _sentence("deadlines", lang, n=n, year=str(most), k=k, last=str(last))


def _offices(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    """Which plans name nobody for any of their commitments."""
    named: dict[str, bool] = {}
    for statement in _committed(corpus):
        named[statement.plan] = (
            named.get(statement.plan, False) or corpus.backing[statement.key].office is not None
        )
    silent = [plan for plan, is_named in named.items() if not is_named]
    if silent and len(silent) < len(named):
        yield _sentence("no_office", lang, plans=_plan_names(corpus, silent, lang))


def _accuracy(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    if corpus.chosen:
        return  # it is assessed over all themes
    fields = corpus.tables["audit_accuracy"].filter(pl.col("assessed") > 0)
    found, right = (fields.filter(field=f"measure.{name}") for name in ("found", "precision"))
    if not found.is_empty() and not right.is_empty():
        yield _sentence(
            "accuracy_finding",
            lang,
            found=Part(f"{found['right'].sum()}/{found['assessed'].sum()}", section="accuracy"),
            right=Part(f"{right['right'].sum()}/{right['assessed'].sum()}", section="accuracy"),
        )


# --- Theme by theme -------------------------------------------------------------------------------------------


def _theme(corpus: Corpus, theme: str, lang: Lang) -> Iterable[Finding]:
    said = corpus.of_theme(theme)
    yield Finding(_top(corpus, theme, said, lang), theme, is_first=True, group="theme")
    yield Finding(_theme_coverage(corpus, theme, said, lang), theme, group="theme")
    apart = [statement for statement in said if statement.verdict == "not_comparable"]
    if why := _most_frequent_reason(apart, lang):
        n = _items(len(apart), theme=theme, verdict="not_comparable")
        reason = why.text if why.text.endswith(("。", ".")) else why.text + word("stop", lang)
        yield Finding(_sentence("theme_apart", lang, n=n, reason=reason), theme, group="theme")


def _theme_coverage(corpus: Corpus, theme: str, said: Sequence[Statement], lang: Lang) -> Parts:
    rows = corpus.tables["rpt_theme_coverage"].filter(theme_key=theme).sort("plan_key")
    plans_of: dict[str, list[str]] = defaultdict(list)
    for plan, status in rows.select("plan_key", "status").iter_rows():
        plans_of[status].append(plan)
    if plans_of["quantified"]:
        counts = sum(statement.is_commitment for statement in said)
        share = Part(f"{len(plans_of['quantified'])}/{len(corpus.plans)}", query=_query(theme=theme))
        commitments = _commitments(counts, lang, theme=theme)
        parts = _sentence("theme_coverage", lang, n=share, commitments=commitments)
    else:
        parts = _sentence("theme_not_quantified", lang)
    for status in ("stated_without_number", "mentioned_only", "searched_not_found", "outside_remit"):
        if plans_of[status]:
            plans = _plan_names(corpus, plans_of[status], lang)
            space = (Part(" "),) if lang == "en" else ()
            name = _begun(corpus.codes.name("coverage_status", status, lang))
            parts += space + _sentence("theme_silent", lang, status=name, plans=plans)
    return parts


def _top(corpus: Corpus, theme: str, said: Sequence[Statement], lang: Lang) -> Parts:
    """Return who promises most, as the title of the figure has it, and who follows."""
    looks, codes = corpus.looks[lang], corpus.codes
    ranked = ranking(said, looks)
    if ranked is None or not ranked.is_shared:
        parts = finding(said, theme, looks, codes, lang)
        if ranked:
            n = sum(statement.comparable is not None for statement in said)
            parts += _sentence("alone", lang, n=_items(n, theme=theme, verdict="comparable"))
    else:
        parts = lead(ranked, looks, codes, lang)
        if ranked.best and ranked.rest:
            parts += _sentence(
                "then", lang, rest=claims(ranked.rest, looks, codes, lang, is_per_head=ranked.is_per_head)
            )
        parts += beside(ranked, looks, codes, lang)
    first, *others = parts
    return (replace(first, text=_begun(first.text)), *others, Part(word("stop", lang)))
