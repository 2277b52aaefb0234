"""dbt's page carries its data, and nothing of the machine that made it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dagster_project.warehouse.docs_page import static_page

PAGE = 'var a = "MANIFEST.JSON INLINE DATA"; var b = "CATALOG.JSON INLINE DATA";'
MANIFEST: dict[str, Any] = {
    "metadata": {"generated_at": "2024-01-01", "dbt_version": "1.11"},
    "nodes": {"model.a": {"name": "a", "root_path": "/home/somebody", "description": "甲</script>"}},
    "macros": {
        "macro.own": {"package_name": "ip_plans"},
        "macro.dbt": {"package_name": "dbt"},
    },
}


@pytest.fixture
def page() -> str:
    return static_page(PAGE, MANIFEST, {"nodes": {}})


def manifest(page: str) -> Any:
    return json.loads(page.removeprefix("var a = ").split("; var b")[0])


def test_descriptions_stay_as_they_are(page):
    assert manifest(page)["nodes"]["model.a"]["description"] == "甲</script>"


def test_no_description_ends_the_script(page):
    assert "</script>" not in page


def test_what_is_local_is_left_out(page):
    assert "somebody" not in page
    assert "2024-01-01" not in page


def test_only_macros_of_the_project_are_kept(page):
    assert list(manifest(page)["macros"]) == ["macro.own"]


def test_a_page_without_a_place_for_the_data_is_refused():
    with pytest.raises(ValueError, match="no place for its manifest"):
        static_page("<html></html>", MANIFEST, {})
