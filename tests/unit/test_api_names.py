"""What a reader means by a name, and what is suggested where nothing is called so."""

from __future__ import annotations

import polars as pl
import pytest

from dagster_project.api.names import called, did_you_mean, partly_called

THEMES = pl.DataFrame(
    [
        ("pledge_financing", "知识产权质押融资", "IP pledge financing"),
        ("patent_navigation", "专利导航", "Patent navigation"),
        ("talent", "知识产权人才", "IP talent"),
        ("other", "其他", None),
    ],
    schema=["theme_key", "name_zh", "name_en"],
    orient="row",
)


@pytest.mark.parametrize(
    "what", ["pledge_financing", "知识产权质押融资", " ip pledge financing ", "pledge financing"]
)
def test_a_whole_name_is_meant_in_either_language_and_any_case(what):
    assert called(THEMES, "theme_key", what) == ["pledge_financing"]


@pytest.mark.parametrize("what", ["", "质押融资", "pledge", "None"])
def test_a_part_is_no_whole_name(what):
    assert called(THEMES, "theme_key", what) == []


@pytest.mark.parametrize(
    ("what", "keys"),
    [
        ("质押融资", ["pledge_financing"]),
        ("Pledge", ["pledge_financing"]),
        ("pledge fin", ["pledge_financing"]),
        ("知识产权", ["pledge_financing", "talent"]),
        pytest.param("ledge", [], id="not-from-the-middle-of-a-word"),
        pytest.param("_", [], id="nothing-is-a-part-of-all"),
    ],
)
def test_a_part_of_a_name_is_found_from_the_beginning_of_a_word(what, keys):
    assert partly_called(THEMES, "theme_key", what) == keys


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("talents", ": did you mean talent?"),
        ("pledge_finance", ": did you mean pledge_financing?"),
        ("专利导肮", ": did you mean patent_navigation?"),
        ("magic", ""),
    ],
)
def test_what_is_spelt_nearly_so_is_suggested_by_its_key(what, told):
    assert did_you_mean(what, (THEMES, "theme_key")) == told
