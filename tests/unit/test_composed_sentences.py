"""A sentence composed of facets says what they say, in English only, for every kind and form of measure."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.figures import words
from dagster_project.warehouse.sentences import english_number, english_sentence, singular

KINDS = ("target", "incentive", "funding", "condition", "allocation", "baseline", "sanction")
FORMS = ("level", "flow", "growth_annual", "growth_total", "multiple", "share")
MEASURE: dict[str, Any] = {
    "kind": "target", "form": "level", "comparator": "ge", "is_aspirational": False, "value": 30.0, "unit_key": "org",
    "unit_en": "organisations", "per": None, "horizon_years": None, "period_end_year": None, "theme_key": "talent",
    "theme_en": "IP talent", "quantity_key": "count", "event_key": None, "only_event_key": None, "event_en": None,
    "object_en": "patent agencies", "grade_en": None, "locus_en": None, "party_en": None,
}  # fmt: skip
PLEDGE = {
    "object_en": "pledge financing of IP",
    "event_key": "pledged",
    "only_event_key": "pledged",
    "event_en": "pledged",
}
PERCENT = {"unit_key": "percent", "unit_en": "%"}
MONEY = {"unit_key": "CNY", "unit_en": "CNY", "form": "flow", "comparator": "eq"}
UNKNOWN = {"object_en": None, "quantity_key": None, "event_key": None}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            PLEDGE | PERCENT | {"form": "growth_annual", "quantity_key": "growth_of_amount", "period_end_year": 2023},
            "Raise the amount of pledge financing of IP by at least 30 % a year, by 2023", id="growth a year",
        ),
        pytest.param(
            PLEDGE | PERCENT | {"form": "growth_annual", "quantity_key": "growth_of_count"},
            "Raise the number of cases of pledge financing of IP by at least 30 % a year", id="what has no plural",
        ),
        pytest.param(
            PERCENT | {"form": "growth_total", "quantity_key": "growth_of_amount", "event_key": "output",
                       "horizon_years": 3, "object_en": "GI products"},
            "Raise the output of GI products by at least 30 % over 3 years", id="growth over years",
        ),
        pytest.param(PERCENT | {"form": "growth_total", "value": 33.333333, "value_text": "1/3"},
                     "Raise the number of patent agencies by at least 33.3 % in all", id="a ratio"),
        pytest.param(PERCENT | {"form": "growth_total", "value": 4.25, "value_text": "4.25%"},
                     "Raise the number of patent agencies by at least 4.25 % in all", id="decimals as printed"),
        pytest.param(PERCENT | {"form": "growth_total", "value": -5.0, "quantity_key": "growth_of_count"},
                     "Lower the number of patent agencies by at least 5 % in all", id="decline"),
        pytest.param({"form": "multiple", "value": 2.0, "quantity_key": "growth_of_count", "comparator": "eq"},
                     "Bring the number of patent agencies to 2 times what it was", id="multiple"),
        pytest.param({"form": "flow", "event_key": "trained", "event_en": "trained", "object_en": "patent agents",
                      "grade_en": "municipal or above", "period_end_year": 2025},
                     "Have at least 30 patent agents trained (municipal or above), by 2025", id="count"),
        pytest.param({"event_key": "added", "event_en": "added"}, "Add at least 30 patent agencies", id="new ones"),
        pytest.param({"value": 1.0, "event_key": "supported", "event_en": "given support"},
                     "Have at least 1 patent agency given support", id="one"),
        pytest.param(PLEDGE | {"unit_key": "CNY", "value": 1.2e9, "quantity_key": "amount", "is_aspirational": True},
                     "Aim to bring the amount of pledge financing of IP to at least CNY 1.2 billion", id="aimed at"),
        pytest.param({"unit_key": "CNY", "quantity_key": "growth_of_amount", "unit_en": "CNY", "object_en": "patents",
                      "event_key": "concluded", "event_en": "in deals concluded"},
                     "Bring the amount concluded for patents to at least CNY 30", id="done to the money"),
        pytest.param({"unit_key": "items_per_10k_people", "quantity_key": "density", "value": 12.0},
                     "Bring the number of patent agencies to at least 12 per 10,000 people", id="density"),
        pytest.param(PERCENT | {"form": "share", "quantity_key": "rate", "comparator": "gt"},
                     "Bring the rate of patent agencies to more than 30 %", id="rate"),
        pytest.param(MONEY | {"kind": "incentive", "per": "recipient", "value": 50_000.0, "comparator": "le"},
                     "Pay at most CNY 50,000 per recipient for patent agencies", id="award"),
        pytest.param(PERCENT | {"kind": "incentive", "form": "share", "quantity_key": "cost_share"},
                     "Pay at least 30 % of the cost for patent agencies", id="share of cost"),
        pytest.param(MONEY | {"kind": "funding", "value": 1e8, "object_en": "risk compensation fund", "per": "year"},
                     "Provide CNY 100 million a year as risk compensation fund", id="fund"),
        pytest.param(PERCENT | {"kind": "allocation", "form": "share", "comparator": "eq", "event_key": "borne",
                                "event_en": "borne", "object_en": "losses on loans", "party_en": "banks"},
                     "Let the banks bear 30 % of losses on loans", id="who bears"),
        pytest.param(PERCENT | {"kind": "allocation", "form": "share", "party_en": "inventors", "object_en": "returns"},
                     "Set aside at least 30 % of returns for inventors", id="set aside"),
        pytest.param({"kind": "condition"}, "As a condition, require at least 30 patent agencies", id="threshold"),
        pytest.param({"kind": "baseline", "comparator": "eq", "period_end_year": 2020, "is_aspirational": True},
                     "Reported for 2020: 30 patent agencies", id="report of the past"),
        pytest.param(PERCENT | {"kind": "baseline", "form": "growth_annual", "quantity_key": "growth_of_count"},
                     "Reported: the number of patent agencies was up by at least 30 % a year", id="growth of the past"),
        pytest.param(MONEY | {"kind": "sanction", "comparator": "le"}, "Fine at most CNY 30, in IP talent", id="fine"),
        pytest.param(UNKNOWN, "Have at least 30 organisations that no code names yet, in IP talent", id="no code"),
        pytest.param(UNKNOWN | {"theme_key": "other"}, "Have at least 30 organisations that no code names yet",
                     id="of no theme"),
    ],
)  # fmt: skip
def test_sentence_says_what_the_facets_say(row, expected):
    assert english_sentence(MEASURE | row) == expected


@settings(max_examples=20)
@pytest.mark.parametrize(("kind", "form"), itertools.product(KINDS, FORMS))
@given(
    st.fixed_dictionaries(
        {
            "comparator": st.sampled_from(list(words.COMPARATORS)),
            "value": st.floats(0.01, 1e12),
            "is_aspirational": st.booleans(),
            "unit_key": st.sampled_from(
                ["CNY", "percent", "org", "ratio", "year", "other", "items_per_10k_people"]
            ),
            "unit_en": st.sampled_from(["", "items", "CNY", "%"]),
            "per": st.sampled_from([None, "year", "recipient", "square metre-month"]),
            "object_en": st.sampled_from([None, "patents", "brands"]),
            "event_key": st.sampled_from([None, "output", "added", "trained", "paid"]),
            "party_en": st.sampled_from([None, "SMEs"]),
            "quantity_key": st.sampled_from(
                [None, "count", "amount", "share", "award", "cost_share", "fund_size"]
            ),
            "period_end_year": st.sampled_from([None, 2025]),
        }
    )
)
def test_every_kind_and_form_is_one_english_sentence(kind, form, row):
    sentence = english_sentence(MEASURE | {"kind": kind, "form": form, "event_en": row["event_key"]} | row)
    assert sentence[0].isupper()
    assert sentence.isascii()
    assert not any(wrong in sentence for wrong in ("  ", "None", "{", "}", " ,"))


@given(st.floats(-1e13, 1e13).map(lambda value: round(value, 4)))
def test_numbers_read_as_in_figures(value):
    assert english_number(value) == words.number(value, "en")


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("patent agencies", "patent agency"), ("hosts of examiner practice bases", "host of examiner practice bases"),
        ("enterprises financed by pledges", "enterprise financed by pledges"),
        ("counties strong in geographical indications", "county strong in geographical indications"),
        ("branches", "branch"), ("IP cases", "IP case"), ("copyright", "copyright"), ("IP awareness", "IP awareness"),
    ],
)  # fmt: skip
def test_one_of_many_is_named_in_the_singular(name, one):
    assert singular(name) == one
