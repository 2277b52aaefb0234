"""The page holds what the tables say, as text and as data, whatever the plans say."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from dagster_project.briefing import files, read_corpus, render_page, write_briefing
from dagster_project.briefing.citing import cited_figure
from dagster_project.briefing.files import draw
from dagster_project.briefing.page import chart_files
from dagster_project.briefing.words import all_words
from dagster_project.figures import LANGUAGES, build_figure, draw_in_languages

# Test modules cannot import each other: pytest imports each by its path.
marts = runpy.run_path(str(Path(__file__).parents[1] / "briefing_tables.py"))["marts"]

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


def page(tables: dict[str, Any], **options: Any) -> str:
    return render_page(read_corpus(tables), {}, "0123456789abcdef", **options)


def data(text: str, name: str = "data") -> Any:
    """Return the JSON of an element of the page."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def hostile() -> dict[str, Any]:
    """Return marts in which every text of a plan is markup."""
    statement = {
        "indicator_text_zh": HOSTILE, "quote_zh": f"{HOSTILE}30名", "heading_path_zh": HOSTILE, "value_text": "30名",
        "measure_key": f"a-2020@100.1{HOSTILE}", "indicator_name_zh": HOSTILE,
        "indicator_name_en": HOSTILE, "reason_zh": HOSTILE,
        "reason_en": HOSTILE, "formula": HOSTILE, "provision_key": "a/1", "period_text": HOSTILE,
        "kind": "incentive", "unit_key": "CNY", "recipient_zh": HOSTILE,
    }  # fmt: skip
    plan = {"title_folded_zh": HOSTILE, "issuer_folded_zh": HOSTILE, "name_zh": HOSTILE, "name_en": HOSTILE}
    provisions = {"a/1": {"text_zh": f"{HOSTILE}30名", "char_start": 38, "lead": (HOSTILE,)}}
    return marts(plans={"a-2020": plan}, statements=[statement], provisions=provisions)


def test_markup_in_a_plan_is_text_on_the_page():
    text = page(hostile())
    assert "<img" not in text
    assert text.count("<script") == len(
        re.findall(r'<script(?: type="application/json" id="data"| src="[^"]+")?>', text)
    )
    assert text.count("</script>") == 3
    assert html.escape(HOSTILE) in text


def test_markup_in_a_plan_comes_unchanged_to_the_script():
    made = data(page(hostile()))
    assert (made["index"]["text"], made["parts"][0]["rows"][0]["quote"]) == ([HOSTILE], f"{HOSTILE}30名")


def test_markup_in_a_figure_cannot_end_its_element():
    tables = marts(statements=[{"quote_zh": HOSTILE, "indicator_text_zh": HOSTILE}])
    corpus = read_corpus(tables)
    figures = {
        "comparison_talent": {each: build_figure("comparison_talent", tables, each) for each in LANGUAGES}
    }
    text = render_page(corpus, figures, "0123456789abcdef")
    assert data(text, "figure-comparison_talent-zh")["marks"] == [
        {"text": data(text, "figure-comparison_talent-zh")["marks"][0]["text"], "keys": ["m0"]}
    ]
    assert "<img" not in text


def test_figures_of_many_statements_stand_in_files_beside_the_page():
    """Each is what the page would else have of it, but for marks beyond a number, and the table, which the CSV has."""
    tables = marts(statements=[{"measure_key": f"m{number:03}"} for number in range(300)])
    corpus = read_corpus(tables)
    figures = {"comparison_talent": draw_in_languages("comparison_talent", tables, "screen")}
    embedded, split = (
        data(render_page(corpus, figures, "0" * 16, is_split=is_split), "figure-comparison_talent-en")
        for is_split in (False, True)
    )
    files = dict(chart_files(corpus, figures, {}))
    assert set(files) == {"comparison_talent.zh.js", "comparison_talent.en.js"}
    content = json.loads(
        re.fullmatch(r'ipPlansChart\("comparison_talent-en",(.*)\)', files["comparison_talent.en.js"])[1]
    )
    layout = embedded["chart"]["layout"]
    assert split == {"width": layout["width"], "height": layout["height"], "marks": 300}
    assert content == {"chart": embedded["chart"], "marks": embedded["marks"][:200]}


def test_only_the_page_s_own_script_may_run():
    text = page(marts())
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1])
    inline = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" for code in inline
    }
    directives = dict(directive.strip().split(" ", 1) for directive in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert set(directives["script-src"].split()) == {"'self'", "file:", *hashes}


def test_the_page_names_no_address_on_the_web():
    text = page(marts(statements=[{}]))
    assert re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//[^"')\s]+""", text) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_all_findings_of_the_page(lang):
    text = page(marts(statements=[{}]))
    lists = re.findall(rf'<ul class="findings {lang}".*?</ul>', text, re.DOTALL)
    assert len(lists) == 4  # what the plans promise, two headline themes, and how it was made
    assert all("<li>" in each for each in lists)


def test_a_computed_value_is_rounded_and_a_stated_one_is_not():
    statements = [
        {"value": 1234.0, "comparable_value": 1234.0, "formula": "1234 = 1234"},
        {
            "value": 1234.0,
            "comparable_value": 411.3333,
            "formula": "1234 ÷ 3 = 411.33 /yr",
            "comparability": "rescaled",
        },
    ]
    shown = [s.comparable["en"] for s in read_corpus(marts(statements=statements)).statements]
    assert shown == ["1,234 people per year", "411 people per year"]


def test_a_mark_that_counts_statements_leads_to_all_of_them():
    tables = marts(statements=[{"measure_key": "a@1.1"}, {"measure_key": "a@2.1", "char_start": 300}])
    figure = build_figure("comparison_talent", tables, "en")
    figure.layout.meta = figure.layout.meta | {
        "rows": [{"theme_key": "talent", "theme": "IP talent", "count": 2, "measure_key": "a@1.1; a@2.1"}]
    }
    text = render_page(
        read_corpus(tables), {"theme_coverage": {"zh": figure, "en": figure}}, "0123456789abcdef"
    )
    assert data(text, "figure-theme_coverage-en")["marks"] == [
        {"text": "IP talent", "keys": ["a@1.1", "a@2.1"]}
    ]


@pytest.mark.parametrize(("lang", "told"), [("zh", "“推进人才建设”"), ("en", "Policy tools: public funding")])
def test_a_line_without_a_number_is_listed_in_the_language_of_the_page_and_without_codes(lang, told):
    tables = marts(statements=[{}])
    figure = build_figure("matrix_talent", tables, lang)
    line = {
        "plan": "A", "plan_key": "a-2020", "status": "stated_without_number", "status_name": "NAME",
        "office_from": "own", "office_from_name": None, "words_zh": "“推进人才建设”",
        "sentence_en": "Policy tools: public funding", "measure_key": None,
    }  # fmt: skip
    figure.layout.meta = figure.layout.meta | {"rows": [line]}
    text = render_page(
        read_corpus(tables), {"matrix_talent": {"zh": figure, "en": figure}}, "0123456789abcdef"
    )
    assert data(text, f"figure-matrix_talent-{lang}")["marks"] == [{"text": f"A · NAME · {told}", "keys": []}]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_of_a_matrix_carry_the_names_of_their_codes(lang):
    rows = build_figure("matrix_talent", marts(statements=[{}]), lang).layout.meta["rows"]
    assert {row["status_name"] for row in rows} & {"quantified", "有量化承诺"}


def test_a_figure_is_cited_in_the_language_of_the_page():
    plans = read_corpus(marts()).plans
    cited = {lang: cited_figure("money", "T", plans, "0123", lang)["gbt"] for lang in LANGUAGES}
    assert cited["en"].startswith("ip-plans. T[DS]. Release 0123. Based on: ")
    assert cited["zh"].startswith("ip-plans. T[DS]. 发布版本0123. 依据: ")


def test_the_release_is_cited():
    assert page(marts()).count("0123456789abcdef") >= 3


def test_an_export_has_plotly_in_it_and_looks_for_no_file():
    text = page(marts(), plotly="const Plotly = {};", lang="en")
    assert 'plotly.min.js"' not in text
    assert "const Plotly = {};" in text
    assert data(text)["lang"] == "en"


def test_the_same_tables_give_the_same_page():
    tables = marts(statements=[{}, {"plan_key": "b-2021", "char_start": 300}])
    assert page(tables) == page(tables)


def test_a_briefing_of_chosen_themes_draws_only_their_figures():
    corpus = read_corpus(marts(statements=[{}]), ["copyright"])
    assert list(draw(corpus, "x")) == ["matrix_copyright"]


def test_every_phrase_has_the_same_places_to_fill_in_both_languages():
    places = {
        key: [set(re.findall(r"\{\w*\}", text)) for text in by_lang.values()]
        for key, by_lang in all_words().items()
    }
    assert {key: each for key, each in places.items() if each[0] != each[1]} == {}


def test_every_phrase_that_the_script_asks_for_is_there():
    script = (Path(__file__).parents[2] / "dagster_project/briefing/templates/page.js").read_text(
        encoding="utf-8"
    )
    asked = set(re.findall(r"""\bword\("(\w+)\"""", script)) | set(
        re.findall(r'^      \["(\w+)", ', script, re.MULTILINE)
    )
    assert len(asked) > 30
    assert asked - set(all_words()) == set()


def test_without_images_page_and_word_file_are_made_and_one_note_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "figure_names", lambda *_: ("comparison_talent",))
    notes = write_briefing(marts(statements=[{}]), tmp_path / "briefing", "0123456789abcdef")
    assert len(notes) == 1
    assert "not printed as PDF" in notes[0]
    assert sorted(path.name for path in (tmp_path / "briefing").iterdir()) == [
        "briefing.docx",
        "briefing.en.docx",
        "index.html",
    ]
    links = re.findall(
        r'href="(briefing[^"]+)"', (tmp_path / "briefing" / "index.html").read_text(encoding="utf-8")
    )
    assert links == ["briefing.docx", "briefing.en.docx"]
