"""Every row that does not agree with a reference reading is shown, and no other."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from dagster_project.quality.differences import differing_measures, differing_provisions

MEASURE: dict[str, Any] = {
    "plan_key": "jia-2021",
    "measure_key": "jia-2021@10.1",
    "value_text": "12亿元",
    "char_start": 10,
    "char_end": 14,
    "value": 1.2e9,
    "unit": "CNY",
    "comparator": "ge",
    "is_aspirational": False,
    "kind": "target",
    "form": "level",
    "per": None,
    "period_end_year": 2023,
    "theme_key": "pledge_financing",
    "indicator_text_zh": "质押融资额度",
    "restates_measure_key": None,
    "governs_measure_key": None,
    "quote_zh": "质押融资额度达到12亿元以上",
}
LINKS = {"restates_char_start": None, "governs_char_start": None}
REFERENCE = (
    {k: v for k, v in MEASURE.items() if not k.endswith("measure_key")}
    | LINKS
    | {"reference_key": "jia-2021#1"}
)
TYPES = dict.fromkeys(
    ["per", "restates_measure_key", "governs_measure_key", "theme_key"], pl.String
) | dict.fromkeys(LINKS, pl.Int32)


def frame(*rows: dict[str, Any], like: dict[str, Any]) -> pl.DataFrame:
    """Return rows as a frame, with the columns of `like` if there are none."""
    result = pl.DataFrame([like, *rows], schema_overrides={k: v for k, v in TYPES.items() if k in like})
    return result.slice(1)


def differences(
    own: list[dict[str, Any]], reference: list[dict[str, Any]]
) -> list[tuple[str, dict[str, Any]]]:
    """Return kind and fields of each difference."""
    found = differing_measures(frame(*own, like=MEASURE), frame(*reference, like=REFERENCE))
    return [(item.kind, dict(item.fields)) for item in found]


def test_rows_that_agree_are_not_shown() -> None:
    assert differences([MEASURE], [REFERENCE]) == []


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        pytest.param({"form": "flow"}, {"form": ("flow", "level")}, id="word"),
        pytest.param({"per": "year"}, {"per": ("year", None)}, id="null"),
        pytest.param({"restates_measure_key": "jia-2021@3.1"}, {"restates": (3, None)}, id="link"),
        pytest.param({"indicator_text_zh": "融资额度"}, None, id="wording-alone"),
        pytest.param({"value": 1.2e9 + 1}, None, id="rounding"),
    ],
)
def test_a_field_that_differs_is_shown(change: dict[str, Any], fields: dict[str, Any] | None) -> None:
    expected = [] if fields is None else [("differs", fields)]
    assert differences([MEASURE | change], [REFERENCE]) == expected


def test_a_theme_on_which_the_readers_did_not_agree_is_no_difference() -> None:
    assert differences([MEASURE], [REFERENCE | {"theme_key": None}]) == []


def test_a_missed_row_is_shown() -> None:
    ((kind, fields),) = differences([], [REFERENCE])
    assert (kind, fields["value"]) == ("missed", (None, 1.2e9))


def test_an_extra_row_is_shown_with_its_sentence() -> None:
    extra = MEASURE | {
        "char_start": 50,
        "char_end": 54,
        "measure_key": "jia-2021@50.1",
        "quote_zh": "另有12亿元",
    }
    (item,) = differing_measures(frame(MEASURE, extra, like=MEASURE), frame(REFERENCE, like=REFERENCE))
    assert (item.kind, item.sentence) == ("extra", "另有12亿元")


def test_a_provision_that_differs_is_shown() -> None:
    own = {"plan_key": "jia-2021", "provision_key": "jia-2021/一/1", "number": "一/1", "section": "task"} | {
        "heading_zh": "专利导航",
        "char_start": 0,
        "char_end": 90,
        "theme_key": "patent_navigation",
    }
    reference = {k: v for k, v in own.items() if k != "provision_key"} | {
        "reference_key": "a#1",
        "section": "goal",
    }
    (item,) = differing_provisions(pl.DataFrame([own]), pl.DataFrame([reference]))
    assert dict(item.fields) == {"section": ("task", "goal")}
