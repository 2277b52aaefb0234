"""What protects a reader's machine from the text of a plan, and a plan from the network."""

from __future__ import annotations

import ast
import html
import re
import socket
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

import dagster_project
from dagster_project.corpus.formats import convert
from dagster_project.defs.common import markdown
from dagster_project.extraction import extract
from dagster_project.figures.files import _write_page
from dagster_project.folder import PROJECT
from dagster_project.reading import decode, read

MODULES = sorted(Path(dagster_project.__file__).parent.rglob("*.py"))
#: What runs what it is given, or makes objects of it.
RUNS_DATA = re.compile(
    r"(?:pickle|cPickle|dill|marshal|shelve|joblib)\.\w+|eval|exec|compile|__import__|os\.system|os\.popen"
    r"|yaml\.(?:load|load_all|full_load|unsafe_load)|pd\.read_pickle|np\.load|polars\.DataFrame\.deserialize"
)
#: By a loader of their own that makes nothing but texts, numbers, dates, lists and mappings.
SAFE_LOADS = {"origin": {"yaml.load"}}
NETWORK = re.compile(r"(?:urllib\.request|http|requests|httpx|aiohttp|socket|ftplib|smtplib)\b")
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)> [专利](javascript:alert(1)) | `a` \n# 题'


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_nothing_runs_what_a_file_says(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {ast.unparse(call.func) for call in calls}
    assert {name for name in names if RUNS_DATA.fullmatch(name)} <= SAFE_LOADS.get(path.stem, set())
    shells = [call for call in calls for word in call.keywords if word.arg == "shell"]
    assert shells == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_nothing_speaks_to_the_network(path: Path) -> None:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    assert {
        n
        for n in found
        if re.match(r"(?:urllib\.request|http|requests|httpx|aiohttp|socket|ftplib|smtplib)\b", n)
    } == set()


def test_reading_and_extraction_open_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection is opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    raw = (PROJECT / "data" / "raw" / "hefei-2020" / "plan.txt").read_bytes()
    assert extract(read(decode(raw)[0])).measures
    assert convert(f"<img src='http://example.org/a'><p>{'培育企业30家。' * 30}</p>".encode(), ".html").text


def test_a_figure_s_page_has_no_markup_of_a_plan(tmp_path: Path) -> None:
    meta = {
        "name": "a",
        "lang": "zh",
        "title": HOSTILE,
        "alt": HOSTILE,
        "rows": [{"quote": HOSTILE}],
        "sources": [HOSTILE],
    }
    figure = go.Figure(
        go.Bar(x=[1], y=[HOSTILE], text=[HOSTILE]), layout={"meta": meta, "title": {"text": HOSTILE}}
    )
    _write_page(figure, tmp_path / "a")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert html.escape("<script>alert(1)</script>") in page


def test_markdown_of_the_web_page_has_no_markup_of_a_plan() -> None:
    import polars as pl

    told = markdown(pl.DataFrame({"quote_zh": [HOSTILE]}))
    assert "<script" not in told
    assert "<img" not in told
    assert not re.search(r"(?<!\\)\]\(", told)
    assert len(told.splitlines()) == 3


def test_the_loader_of_origin_makes_no_objects() -> None:
    import yaml

    from dagster_project.corpus import origin

    assert issubclass(origin._Loader, yaml.SafeLoader)
