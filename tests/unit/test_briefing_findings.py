"""Findings say what the tables say, and each of their numbers leads to just the statements that it counts."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from dagster_project.briefing import Corpus, Finding, findings, read_corpus
from dagster_project.figures import LANGUAGES, build_figure

# Test modules cannot import each other: pytest imports each by its path.
marts = runpy.run_path(str(Path(__file__).parents[1] / "briefing_tables.py"))["marts"]

BOTH = {"a-2020": {}, "b-2021": {}}


def corpus(statements: list[dict[str, Any]], **made: Any) -> Corpus:
    return read_corpus(marts(statements=statements, **made))


def said(read: Corpus, theme: str = "", lang: str = "en", group: str = "") -> list[str]:
    """Return what is found on a theme, or without one; of a group only where it is given."""
    return [
        finding.text
        for finding in findings(read, lang)
        if finding.theme == theme and group in {"", finding.group}
    ]


def of(plan: str, value: float, **more: Any) -> dict[str, Any]:
    """Return a statement of a plan on the number of agents."""
    start = 100 + round(value)
    return {"plan_key": plan, "value": value, "comparable_value": value, "measure_key": f"{plan}@{start}.1",
            "char_start": start, "char_end": start + 3} | more  # fmt: skip


def test_the_highest_is_named_with_all_others_in_order():
    read = corpus([of("a-2020", 10.0), of("b-2021", 30.0), of("c-2022", 20.0)], plans=BOTH | {"c-2022": {}})
    assert said(read, "talent")[0] == (
        'In "Patent agents", B-2021 2021–23 promises the most of 3 plans, 30 people per year; '
        "then C-2022 2021–23: 20 people per year, A-2020 2021–23: 10 people per year."
    )


def test_a_tie_names_all_who_are_highest():
    read = corpus([of("a-2020", 30.0), of("b-2021", 30.0), of("c-2022", 20.0)], plans=BOTH | {"c-2022": {}})
    assert said(read, "talent")[0] == (
        'In "Patent agents", A-2020 2021–23, B-2021 2021–23 promise the most of 3 plans, 30 people per year; '
        "then C-2022 2021–23: 20 people per year."
    )


def test_a_tie_of_all_has_no_order():
    read = corpus([of("a-2020", 30.0), of("b-2021", 30.0)])
    assert said(read, "talent")[0].endswith(
        "A-2020 2021–23: 30 people per year, B-2021 2021–23: 30 people per year."
    )


def test_a_tie_whose_values_are_limited_in_different_ways_tells_each():
    read = corpus([of("a-2020", 30.0), of("b-2021", 30.0, comparability="narrower")])
    assert said(read, "talent")[0].endswith(
        "A-2020 2021–23: 30 people per year, B-2021 2021–23: 30 people per year (narrower scope)."
    )


def test_no_province_is_ranked_over_a_city():
    plans = {"a-2020": {"is_province": True}, "b-2021": {}, "c-2022": {}}
    read = corpus([of("a-2020", 30.0), of("b-2021", 20.0), of("c-2022", 10.0)], plans=plans)
    assert said(read, "talent")[0].endswith(
        "B-2021 2021–23: 20 people per year, C-2022 2021–23: 10 people per year, "
        "A-2020 (province) 2021–23: 30 people per year."
    )


TITLED = {
    "one": [of("a-2020", 10.0), of("b-2021", 30.0)],
    "tie": [of("a-2020", 30.0), of("b-2021", 30.0, is_aspirational=True)],
    "alone": [of("a-2020", 10.0)],
    "not comparable": [of("a-2020", 10.0, comparability="not_comparable")],
    "nothing": [],
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", TITLED)
def test_the_first_sentence_of_a_theme_begins_as_the_title_of_its_figure(case, lang):
    made = marts(statements=TITLED[case])
    title = str(build_figure("comparison_talent", made, lang).layout.meta["title"])
    sentence = said(read_corpus(made), "talent", lang)[0]
    finding = re.split("：|: ", title, maxsplit=1)[1]
    assert sentence.lower().startswith(finding.lower())


def test_a_limit_is_said_with_the_value():
    read = corpus([of("a-2020", 30.0, comparability="narrower", is_aspirational=True), of("b-2021", 10.0)])
    assert "30 people per year (narrower scope, aspirational)" in said(read, "talent")[0]


def test_one_plan_alone_is_not_called_the_highest():
    read = corpus([of("a-2020", 30.0)], plans={"a-2020": {}})
    assert said(read, "talent")[0] == ("1 of 1 plans promise a number, no two on one axis; comparable: 1.")
    assert said(read, group="tool")[0].startswith("1 quantified commitment in 1 plan: 1 target;")


def test_what_is_not_comparable_is_never_ranked():
    read = corpus(
        [of("a-2020", 30.0), of("b-2021", 90.0, comparability="not_comparable", comparable_value=None)]
    )
    assert "the most" not in said(read, "talent")[0]
    assert "1 cannot be compared" in " ".join(said(read, "talent"))


def test_a_restatement_is_not_counted():
    read = corpus([of("a-2020", 30.0), of("a-2020", 31.0, restates_measure_key="a-2020@130.1")])
    assert said(read, group="tool")[0].startswith("1 quantified commitment in 2 plans")


def test_commitments_are_split_by_kind_and_thresholds_are_none():
    kinds = ("target", "target", "incentive", "funding", "allocation", "sanction", "condition", "baseline")
    read = corpus([of("a-2020", float(n), kind=kind) for n, kind in enumerate(kinds, 1)])
    assert said(read, group="tool")[0] == (
        "6 quantified commitments in 2 plans: 2 targets, 1 incentive, 2 sums and shares of money, 1 sanction; "
        "thresholds, reports of the past and restatements left out."
    )


def test_nothing_found_is_said_in_words():
    read = corpus([])
    assert said(read) == [
        "No plan puts a number to: Patent navigation, IP talent, Copyright.",
        "No quantified commitment was found in 2 plans.",
    ]
    assert said(read, "talent") == [
        "No figure found in the 2 plans searched.",
        "No plan puts a number to it. Searched, not found: A-2020 2021–23, B-2021 2021–23.",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_plans_there_are_sentences_and_no_error(lang):
    assert all(finding.text for finding in findings(corpus([], plans={}), lang))


def test_the_largest_sum_is_named_and_linked():
    money = {
        "unit_key": "CNY",
        "kind": "funding",
        "comparability": "not_comparable",
        "comparable_value": None,
    }
    read = corpus([of("a-2020", 5e6, **money), of("b-2021", 2e8, **money, indicator_text_zh="专项资金")])
    sentence = next(text for text in said(read) if "largest sum" in text)
    assert "CNY 200 million, B-2021 2021–23" in sentence
    assert "专项资金" not in sentence  # in English by its name
    assert '"Patent agents"' in sentence


def test_the_sum_of_a_province_is_not_called_the_largest_beside_cities():
    money = {
        "unit_key": "CNY",
        "kind": "funding",
        "comparability": "not_comparable",
        "comparable_value": None,
    }
    plans = {"a-2020": {}, "b-2021": {"is_province": True}}
    read = corpus([of("a-2020", 5e6, **money), of("b-2021", 2e8, **money)], plans=plans)
    assert any("the largest sum of a city is CNY 5 million, A-2020 2021–23" in text for text in said(read))


def test_awards_are_told_with_caps_and_conditions():
    award = {"unit_key": "CNY", "kind": "incentive", "per": "recipient"}
    read = corpus(
        [
            of("a-2020", 50.0, **award),
            of("a-2020", 90.0, **award, comparator="le"),
            of("a-2020", 5.0, kind="condition", governs_measure_key="a-2020@150.1"),
        ]
    )
    assert (
        "2 awards in A-2020 2021–23, from CNY 50 per recipient to ≤CNY 90 per recipient; 1 of them a cap; "
        "1 with a quantified condition."
    ) in said(read)


def test_awards_of_one_amount_have_no_range():
    award = of("a-2020", 50.0, unit_key="CNY", kind="incentive", per="recipient")
    assert "1 award in A-2020 2021–23, of CNY 50 per recipient." in said(corpus([award]))


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ([2023, 2023, 2025], "No year has more that fall due than 2023, with 2; the latest, 1, in 2025."),
        ([2023, 2025, 2025], "No year has more that fall due than 2025, with 2, which is also the latest."),
        ([2023, 2023], "All of them (2) fall due in 2023."),
        ([None], None),
    ],
)
def test_deadlines_are_told_with_the_most_and_the_latest(years, told):
    read = corpus([of("a-2020", 10.0 + place, period_end_year=year) for place, year in enumerate(years)])
    found = [text for text in said(read) if "fall due" in text]
    assert [text for text in found if text.endswith(told or "")] == ([] if told is None else found)
    assert len(found) == (told is not None)


def test_what_the_plans_promise_comes_before_how_it_was_made():
    groups = list(dict.fromkeys(finding.group for finding in findings(corpus(MANY), "en")))
    assert groups == ["number", "policy", "theme", "tool"]


def test_pairs_are_counted_by_indicator_and_two_plans_that_stand_on_it():
    one = [of("a-2020", 10.0), of("a-2020", 12.0), of("b-2021", 20.0), of("c-2022", 30.0)]
    alone = of("a-2020", 40.0, indicator_key="talent.judges")
    # What no plan promises, and what may not stand on the axis, is in no pair.
    apart = of("b-2021", 50.0, indicator_key="talent.judges", comparability="not_comparable")
    past = of("c-2022", 60.0, indicator_key="talent.judges", kind="baseline")
    plans = {"a-2020": {}, "b-2021": {}, "c-2022": {}}
    pairs, *_ = said(corpus([*one, alone, apart, past], plans=plans), group="number")
    assert pairs.startswith("3 pairs of numbers can be compared. Of 2 indicators, 1 is stated")
    assert "by two plans or more: Patent agents." in pairs


def test_where_nothing_is_shared_the_first_number_says_so():
    pairs, *_ = said(corpus([of("a-2020", 10.0)]), group="number")
    assert pairs.startswith(
        "0 pairs of numbers can be compared. No two plans state an indicator on one basis"
    )


def test_one_plan_has_no_pairs():
    numbers = said(corpus([of("a-2020", 10.0)], plans={"a-2020": {}}), group="number")
    assert not [text for text in numbers if "pair" in text]


def test_whose_money_and_which_office_are_counted_with_what_only_the_theme_names():
    office = {
        "office_keys": "finance",
        "office_zh": "财政局",
        "office_en": "Finance Bureau",
        "has_office": True,
    }
    paid = {"payer": "city|bank", "payer_zh": "市级、银行", "payer_en": "city, bank", "has_payer": True}
    statements = [
        of("a-2020", 3.0, office_from="own", **office, **paid),
        of("a-2020", 4.0, office_from="theme", **office),
        of("a-2020", 5.0, office_from="theme", **office),
        of("b-2021", 6.0),
    ]
    *_, money = said(corpus(statements), group="number")
    assert money.startswith("1 of 4 commitments say whose money pays. It is that of: ")
    assert "bank 1" in money
    assert "city 1" in money
    assert money.endswith(
        "1 name an office in their own provision; of 2 more, only the tasks of their theme do."
    )
    assert "No office at all is named for their commitments by: B-2021 2021–23." in said(corpus(statements))


def test_accuracy_adds_up_over_plans():
    read = corpus(
        [], accuracy=[(plan, f"measure.{field}", 4, 5) for plan in BOTH for field in ("found", "precision")]
    )
    assert "8/10 statements were found, and 8/10" in " ".join(said(read))


def test_a_plan_that_nobody_read_by_hand_gives_no_accuracy():
    read = corpus([], accuracy=[("a-2020", "measure.found", 0, 0), ("a-2020", "measure.precision", 0, 0)])
    assert "by hand" not in " ".join(said(read))


MANY = [
    of(plan, value, comparability=verdict, kind=kind, period_end_year=year, theme_key=theme,
       comparable_value=None if verdict == "not_comparable" else value)
    for plan, value, verdict, kind, year, theme in (
        ("a-2020", 10.0, "exact", "target", 2023, "talent"),
        ("a-2020", 12.0, "not_comparable", "baseline", 2020, "talent"),
        ("a-2020", 14.0, "rescaled", "incentive", 2025, "copyright"),
        ("b-2021", 16.0, "narrower", "target", 2023, "talent"),
        ("b-2021", 18.0, "not_comparable", "condition", None, "talent"),
    )
]  # fmt: skip


def counted(read: Corpus, query: str) -> int:
    """Return how many statements the table shows under a query."""
    filters = {name: values[0] for name, values in parse_qs(query).items()}
    tests = {
        "plan": lambda s, v: s.plan == v,
        "theme": lambda s, v: v in {s.theme, s.indicator.theme},
        "kind": lambda s, v: (
            v in {s.kind, *(["commitment", f"commitment_{s.kind}"] if s.is_commitment else [])}
        ),
        "verdict": lambda s, v: s.comparable is not None if v == "comparable" else s.verdict == v,
        "reason": lambda s, v: s.reason["zh"] == v,
        "year": lambda s, v: v in {str(s.year), "dated" if s.year else "undated"},
        "indicator": lambda s, v: s.indicator.key == v,
        "payer": lambda s, v: (
            v in {*read.backing[s.key].payers, "any_payer" if read.backing[s.key].payer else ""}
        ),
        "agency": lambda s, v: v == f"office_{read.backing[s.key].office_from}",
        "k": lambda s, v: s.key in v.split(),
    }
    return sum(all(tests[name](s, value) for name, value in filters.items()) for s in read.statements)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_leads_to_as_many_statements_as_it_says(lang):
    read = corpus(MANY, coverage={("talent", "a-2020"): ("quantified", 1)})
    numbers = [part for finding in findings(read, lang) for part in finding.parts if part.query]
    pairs = [
        (int(number.group()), counted(read, part.query))
        for part in numbers
        # Shares of plans and names of themes lead to what they are about.
        if (number := re.match(r"\d+(?!/)", part.text))
        and "plan" not in part.text
        and "规划" not in part.text
    ]
    assert len(pairs) > 8
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_every_link_to_a_measure_is_to_one_that_is_there():
    read = corpus(MANY)
    keys = {statement.key for statement in read.statements}
    linked = {part.measure for finding in findings(read, "zh") for part in finding.parts if part.measure}
    assert linked
    assert linked <= keys


def test_both_languages_link_to_the_same():
    read = corpus(MANY)

    def links(found: list[Finding]) -> list[list[str]]:
        return [[part.href for part in finding.parts if part.href] for finding in found]

    assert list(map(sorted, links(findings(read, "zh")))) == list(map(sorted, links(findings(read, "en"))))


def test_a_briefing_of_some_themes_keeps_to_them():
    read = read_corpus(marts(statements=MANY), ["copyright"])
    assert {finding.theme for finding in findings(read, "en")} == {"", "copyright"}
    assert [statement.key for statement in read.statements] == ["a-2020@114.1"]


def test_an_unknown_theme_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="no theme magic: choose from patent_navigation, talent, copyright"):
        read_corpus(marts(), ["magic"])
