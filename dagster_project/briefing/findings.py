"""What the data say, in sentences: computed from the statements, each number leading to its evidence. Pure."""

from __future__ import annotations

import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import polars as pl

from dagster_project.briefing.evidence import Corpus, Statement
from dagster_project.briefing.words import code, counted, template, word
from dagster_project.figures.words import Lang

VERDICTS = ("exact", "rescaled", "narrower", "broader", "not_comparable")
_LIMITED = frozenset({"narrower", "broader"})  # what a ranking must not leave out
_MOST_PLANS = 5  # in a ranking, and of names in a list


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence.

    Attributes:
        text: Plain text.
        measure: Key of the statement that it is the number of.
        query: Filters of the table of statements that the number counts, as ``theme=talent&verdict=exact``.
        section: Id of the section that the number comes from.
    """

    text: str
    measure: str = ""
    query: str = ""
    section: str = ""

    @property
    def href(self) -> str:
        """The fragment that leads to the evidence; empty for mere text."""
        return link(self.measure) if self.measure else self.query or self.section


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence.

    Attributes:
        parts: Its pieces in order.
        theme: What it is about; empty for all themes.
        is_first: The one sentence of a theme that stands among the headline findings.
    """

    parts: tuple[Part, ...]
    theme: str = ""
    is_first: bool = False

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(part.text for part in self.parts)


def link(measure_key: str) -> str:
    """Return the fragment that opens the evidence of a measure."""
    return f"m={quote(measure_key, safe='@.')}"


def findings(corpus: Corpus, lang: Lang) -> list[Finding]:
    """Return all findings in a language: over all themes first, then theme by theme.

    A finding that the data do not support is left out; a count of nothing is said in words.
    """
    overall = (_overview, _verdicts, _coverage, _money, _incentives, _deadlines, _in_charge, _accuracy)
    found = [Finding(parts) for make in overall for parts in make(corpus, lang)]
    for theme in corpus.headlines:
        found += _theme(corpus, theme, lang)
    return found


# --- Sentences ------------------------------------------------------------------------------------------------

Parts = tuple[Part, ...]
Field = str | Part | Sequence[Part]


def _sentence(key: str, lang: Lang, **fields: Field) -> Parts:
    """Return a phrase with its fields filled by text or by linked parts."""
    parts: list[Part] = []
    for text, name, _, _ in string.Formatter().parse(template(key, lang)):
        if text:
            parts.append(Part(text))
        if name is not None:
            field = fields[name]
            parts += (
                [Part(field)] if isinstance(field, str) else [field] if isinstance(field, Part) else field
            )
    return tuple(parts)


def _joined(items: Sequence[Field], lang: Lang, mark: str = "and") -> list[Part]:
    """Return items as a list in words."""
    parts: list[Part] = []
    for index, item in enumerate(items):
        if index:
            parts.append(Part(word(mark, lang)))
        parts += [Part(item)] if isinstance(item, str) else [item] if isinstance(item, Part) else item
    return parts


def _plan_names(corpus: Corpus, plans: Iterable[str], lang: Lang) -> str:
    names = [corpus.plans[plan].name[lang] for plan in dict.fromkeys(plans)]
    more = word("more", lang) if len(names) > _MOST_PLANS else ""
    return word("and", lang).join(names[:_MOST_PLANS]) + more


def _query(**filters: str) -> str:
    return "&".join(f"{name}={quote(value, safe='@.')}" for name, value in filters.items())


def _commitments(count: int, lang: Lang, **filters: str) -> Part:
    return Part(counted("commitments", count, lang), query=_query(kind="commitment", **filters))


def _chosen(keys: Sequence[str], text: str = "") -> Part:
    """Return the number of statements, which leads to just these."""
    return Part(text or str(len(keys)), query=_query(k=" ".join(keys)))


def _items(count: int, **filters: str) -> Part:
    return Part(str(count), query=_query(**filters))


# --- Over all themes ------------------------------------------------------------------------------------------


def _overview(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    plans = Part(counted("plans", len(corpus.plans), lang), section="sources")
    counts = Counter(statement.plan for statement in corpus.statements if statement.is_commitment)
    if not counts:
        yield _sentence("no_commitments", lang, plans=plans)
        return
    total = _commitments(counts.total(), lang)
    most = max(counts.values())
    leaders = [plan for plan, count in counts.items() if count == most]
    if len(counts) == 1 or len(leaders) == len(counts):
        yield _sentence("overview", lang, plans=plans, commitments=total)
        return
    yield _sentence(
        "overview_most",
        lang,
        plans=plans,
        commitments=total,
        who=_plan_names(corpus, leaders, lang),
        most=_joined([_items(most, kind="commitment", plan=plan) for plan in leaders], lang),
    )


def _verdicts(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    compared = [statement for statement in corpus.statements if statement.verdict in VERDICTS]
    if not compared:
        return
    counts = Counter(statement.verdict for statement in compared)
    shares = [
        _around(f"n_{verdict}", lang, Part(str(counts[verdict]), query=_query(verdict=verdict)))
        for verdict in VERDICTS
        if counts[verdict]
    ]
    fields: dict[str, Field] = {"counts": _joined(shares, lang)}
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
            yield _sentence(key, lang, plans=counted("plans", plans, lang), themes=_joined(links, lang))


def _quantified(corpus: Corpus) -> dict[str, list[str]]:
    """Return the plans that put numbers to each theme."""
    plans: dict[str, list[str]] = defaultdict(list)
    rows = corpus.tables["rpt_theme_coverage"].filter(status="quantified").sort("theme_key", "plan_key")
    for theme, plan in rows.select("theme_key", "plan_key").iter_rows():
        plans[theme].append(plan)
    return plans


def _money(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    units = dict(corpus.tables["fct_measure"].select("measure_key", "unit_key").iter_rows())
    sums = [
        s for s in corpus.statements if s.kind == "funding" and s.restates is None and units[s.key] == "CNY"
    ]
    if sums:
        largest = max(sums, key=lambda s: s.value)
        yield _sentence(
            "money",
            lang,
            plans=Part(counted("plans", len({s.plan for s in sums}), lang), query=_query(kind="funding")),
            who=corpus.plans[largest.plan].name[lang],
            what=largest.text,
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
        low=Part(_award(low, lang), measure=low.key),
        high=Part(_award(high, lang), measure=high.key),
        caps=_around("with_caps", lang, _chosen(caps)) if caps else [],
        conditions=_around("with_conditions", lang, _chosen(conditions)) if conditions else [],
    )


def _award(award: Statement, lang: Lang) -> str:
    per = code(award.per, lang) if award.per else ""
    return f"{per}{award.stated[lang]}" if lang == "zh" else f"{award.stated[lang]} {per}".strip()


def _deadlines(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    years = Counter(s.year for s in corpus.statements if s.is_commitment and s.year)
    if not years:
        return
    most, last = max(years, key=lambda year: (years[year], year)), max(years)
    n = _items(years[most], kind="commitment", year=str(most))
    if len(years) == 1:
        yield _sentence("one_deadline", lang, n=n, year=str(most))
        return
    if most == last:
        yield _sentence("last_deadline", lang, n=n, year=str(most))
        return
    k = _items(years[last], kind="commitment", year=str(last))
    yield _sentence("deadlines", lang, n=n, year=str(most), k=k, last=str(last))


def _in_charge(corpus: Corpus, lang: Lang) -> Iterable[Parts]:
    led: Counter[str] = Counter()
    for statement in corpus.statements:
        if statement.is_commitment and statement.provision is not None:
            led.update(corpus.provisions[statement.provision].lead)
    leaders = [agency for agency, count in led.items() if count == max(led.values())]
    if len(leaders) == 1:  # else nobody leads most
        n = _commitments(led[leaders[0]], lang, agency=leaders[0])
        yield _sentence("in_charge", lang, who=corpus.agencies[leaders[0]][lang], n=n)


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
    yield Finding(_top(corpus, theme, said, lang), theme, is_first=True)
    yield Finding(_theme_coverage(corpus, theme, said, lang), theme)
    apart = [statement for statement in said if statement.verdict == "not_comparable"]
    if why := _most_frequent_reason(apart, lang):
        n = _items(len(apart), theme=theme, verdict="not_comparable")
        reason = why.text if why.text.endswith(("。", ".")) else why.text + word("stop", lang)
        yield Finding(_sentence("theme_apart", lang, n=n, reason=reason), theme)


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
    for status in ("stated_without_number", "mentioned_only", "searched_not_found"):
        if plans_of[status]:
            plans = _plan_names(corpus, plans_of[status], lang)
            space = (Part(" "),) if lang == "en" else ()
            parts += space + _sentence("theme_silent", lang, status=code(status, lang), plans=plans)
    return parts


def _top(corpus: Corpus, theme: str, said: Sequence[Statement], lang: Lang) -> Parts:
    """Return the ranking of the indicator that most plans state on a comparable basis, or why there is none."""
    comparable = [statement for statement in said if statement.comparable_value is not None]
    if not comparable:
        return _sentence("theme_nothing", lang)
    by_indicator: dict[str, list[Statement]] = defaultdict(list)
    for statement in comparable:
        by_indicator[statement.indicator].append(statement)

    def plans(indicator: str) -> int:
        return len({statement.plan for statement in by_indicator[indicator]})

    first = min(by_indicator, key=lambda indicator: (-plans(indicator), indicator))
    if plans(first) == 1:
        n = _items(len(comparable), theme=theme, verdict="comparable")
        return _sentence("theme_alone", lang, n=n)
    ranked = sorted(by_indicator[first], key=_descending)
    best = [statement for statement in ranked if statement.comparable_value == ranked[0].comparable_value]
    rest = ranked[len(best) :]
    name = corpus.indicators[first].name[lang]
    is_tied = len({statement.plan for statement in best}) > 1
    if not rest:  # then all are as high: there is more than one plan
        return _sentence("theme_all_tied", lang, indicator=name, value=_listed(corpus, best, lang))
    if is_tied:
        value = _listed(corpus, best, lang)
        return _sentence("theme_tied", lang, indicator=name, value=value, rest=_listed(corpus, rest, lang))
    return _sentence(
        "theme_top",
        lang,
        indicator=name,
        who=corpus.plans[best[0].plan].name[lang],
        value=_joined([_claim(statement, lang) for statement in _distinct(best)], lang),
        rest=_listed(corpus, rest, lang),
    )


def _listed(corpus: Corpus, statements: Sequence[Statement], lang: Lang) -> list[Part]:
    """Return statements as a list of plans with their values."""
    distinct = _distinct(statements)
    listed = [
        [Part(f"{corpus.plans[statement.plan].name[lang]} "), *_claim(statement, lang)]
        for statement in distinct[:_MOST_PLANS]
    ]
    more = [Part(word("more", lang))] if len(distinct) > _MOST_PLANS else []
    return [*_joined(listed, lang), *more]


def _descending(statement: Statement) -> tuple[float, str, int]:
    return -(statement.comparable_value or 0.0), statement.plan, statement.start


def _distinct(statements: Sequence[Statement]) -> list[Statement]:
    """Return one of each statements that read the same."""
    said: dict[object, Statement] = {}
    for s in statements:
        said.setdefault((s.plan, s.comparator, s.comparable_value, s.verdict, s.is_aspirational), s)
    return list(said.values())


def _claim(statement: Statement, lang: Lang) -> list[Part]:
    """Return the comparable value, linked, and what a reader must know of it."""
    assert statement.comparable is not None  # noqa: S101 - callers rank comparable statements only
    part = Part(statement.comparable[lang], measure=statement.key)
    limits = [code(statement.verdict, lang)] if statement.verdict in _LIMITED else []
    limits += [word("aspirational", lang)] if statement.is_aspirational else []
    return [part, Part(word("limits", lang, word("and", lang).join(limits)))] if limits else [part]
