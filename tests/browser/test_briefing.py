"""The briefing as a reader meets it, in a real browser, from disk and without a network."""

from __future__ import annotations

import io
import json
import re
import runpy
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ElementHandle, Locator, Page, expect

from dagster_project.briefing import findings, read_corpus, render_page
from dagster_project.briefing.files import write_page
from dagster_project.briefing.words import word
from dagster_project.figures import LANGUAGES, build_figure
from tests.cascade import marts_in

pytestmark = pytest.mark.browser

# Test modules cannot import each other: pytest imports each by its path.
many = runpy.run_path(str(Path(__file__).parents[1] / "many_statements.py"))["many"]

MEASURE = "hefei-2020@1102.1"
MARK = ".barlayer .trace:last-child .point path"  # the bars before it are those of the legend
SENTENCE = "知识产权质押融资金额与数量年均增幅30%以上"


@dataclass
class Reader:
    """A page of the browser, and what went wrong on it."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, rest: str = "?lang=en") -> Page:
        self.page.goto(self.address + rest)
        expect(self.page.locator("#statements tbody tr").first).to_be_attached()
        return self.page


@pytest.fixture(scope="module")
def tab(browser: Browser, five_plans) -> Iterator[Reader]:
    """One tab for the published briefing: it compiles plotly.js, which takes a second, only once."""
    context = browser.new_context(reduced_motion="reduce")
    made = Reader(context.new_page(), (five_plans.marts / "briefing" / "index.html").as_uri())
    made.page.on("console", lambda m: made.errors.append(m.text) if m.type in ("error", "warning") else None)
    made.page.on("pageerror", lambda error: made.errors.append(str(error)))
    made.page.on("request", lambda request: made.requests.append(request.url))
    yield made
    context.close()


@pytest.fixture
def reader(tab: Reader) -> Iterator[Reader]:
    """The tab with nothing in it; no test may leave an error or a request behind."""
    tab.page.set_viewport_size({"width": 1280, "height": 900})
    yield tab
    tab.page.goto("about:blank")  # an address that differs only behind # would not load the page anew
    errors, requests = tab.errors.copy(), tab.requests.copy()
    tab.errors.clear()
    tab.requests.clear()
    assert errors == []
    assert [url for url in requests if not url.startswith(("file:", "data:", "about:", "blob:"))] == []


def dialog(page: Page) -> Locator:
    return page.locator("dialog[open]")


def drawn(page: Page, name: str = "comparison_pledge_financing") -> Locator:
    """Bring a figure into view, out of what is closed, and return it when it is drawn."""
    figure = page.locator(f'figure[data-figure="{name}"]')
    figure.evaluate(
        "(figure) => { const closed = figure.closest('details'); if (closed) closed.open = true; }"
    )
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".main-svg").first).to_be_visible()
    return figure


def shown(page: Page) -> int:
    """Return how many statements the page says fit its filters."""
    return int(re.match(r"\d+", page.inner_text("#count"))[0])


# --- Reading --------------------------------------------------------------------------------------------------


def test_the_page_opens_with_three_numbers_findings_figures_and_commitments(reader, five_plans):
    page = reader.open("?lang=zh")
    assert page.title() == "知识产权规划对照简报"
    assert page.locator("#findings .numbers.zh li").count() == 3
    assert page.locator("#findings .findings.zh li").count() > 3
    assert drawn(page).locator(".barlayer .point").count() > 5
    statements = five_plans.table("rpt_statement")
    assert shown(page) == statements["is_commitment"].sum()
    assert page.locator("#statements tbody tr").count() == 10
    # A report of the past is behind the filter, not on the first screen.
    page.get_by_label("类别", exact=True).select_option("baseline")
    assert shown(page) == statements.filter(kind="baseline").height


def test_the_readme_shows_how_a_briefing_of_a_choice_begins(five_plans):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    chosen = read_corpus(five_plans.tables(), ["talent"], ["hefei-2020", "zhengzhou-2023"])
    numbers = [finding.text for finding in findings(chosen, "en") if finding.group == "number"]
    assert len(numbers) == 3
    assert [text for text in numbers if f"  {text}\n" not in readme] == []


def test_five_plans_are_less_than_ten_screens(reader):
    reader.page.set_viewport_size({"width": 1440, "height": 900})
    for lang in LANGUAGES:
        reader.page.goto("about:blank")
        page = reader.open(f"?lang={lang}")
        assert page.evaluate("document.documentElement.scrollHeight") < 10 * 900


def test_what_the_plans_promise_comes_first_and_the_tool_last(reader):
    page = reader.open()
    sections = page.locator("main > section").evaluate_all("(all) => all.map((each) => each.id)")
    assert sections == ["findings", "theme-pledge_financing", "theme-patent_navigation", "theme-talent",
        "theme-geographical_indication", "places", "others", "across", "measures", "tool", "sources"]  # fmt: skip


def test_a_place_tells_what_it_promises_by_when_whose_money_and_which_office(reader, five_plans):
    page = reader.open()
    page.locator("#place-table").get_by_text("Zhangzhou 2024", exact=True).click()
    profile = page.locator("#profile")
    expect(profile.locator("h3")).to_have_text("Zhangzhou 2024")
    assert page.url.endswith("#place=zhangzhou-2024")
    promised = five_plans.table("rpt_statement").filter("is_commitment", plan_key="zhangzhou-2024")
    rows = profile.locator("tr[data-key]")
    assert rows.count() == promised.height
    text = profile.inner_text()
    for told in (
        "bank", "Local Financial Regulatory Bureau", "Peers on the same indicator", "●●●○",
        "No plan that stands over it is in this release.", "Without a number: Patent navigation",
    ):  # fmt: skip
        assert told in text
    page.reload()  # a place has an address
    expect(profile.locator("h3")).to_have_text("Zhangzhou 2024")
    profile.get_by_role("button", name="Close").click()
    expect(profile).to_be_hidden()


def test_an_office_that_only_the_theme_names_is_marked(reader):
    page = reader.open(f"?lang=en#m={MEASURE}")
    said = dialog(page).inner_text()
    assert "Finance Bureau" in said
    assert "task of the theme" in said
    assert "3 of 4: deadline, office, binding word" in said


def test_a_city_stands_beside_the_province_that_its_plan_follows(browser, tmp_path, cascade_folder):
    tables = marts_in(cascade_folder)
    (tmp_path / "page.html").write_text(render_page(read_corpus(tables), {}, "0" * 16), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri() + "?lang=zh#place=qinglan-2022")
    beside = page.locator("#profile table").filter(has_text="下级规划")
    told = {
        tuple(cell.strip() for cell in row.locator("td").all_inner_texts())
        for row in beside.locator("tbody tr").all()
    }
    province = "云川省（省级） 2021–23"
    answered = {(above, below, relation) for parent, _, above, below, relation in told if parent == province}
    assert {("20%", "≥25%", "高于、更晚"), ("30项", "6项", "低于、更晚"), ("90人", "–", "未提出")} <= answered
    # What the province says is one click away, in its own words.
    beside.get_by_role("link", name="30项").click()
    expect(dialog(page).locator("blockquote")).to_contain_text("建设专利池30项")
    page.close()
    figure = build_figure("matrix_patent_creation", tables, "zh")
    texts = [re.sub(r"<[^>]+>|\s", "", note.text) for note in figure.layout.annotations]
    assert any(f"↑{province.replace(' ', '')}30项：低于" in text for text in texts)


def test_peers_stand_beside_a_promise_with_their_own_sentences(reader):
    page = reader.open("?lang=en#place=hefei-2020")
    row = page.locator(f'#profile tr[data-key="{MEASURE}"]')
    expect(row.locator('td[data-label^="Peers"]')).to_contain_text("Weihai 2018")
    row.locator('td[data-label^="Peers"] a').first.click()
    expect(dialog(page).locator("blockquote mark")).to_be_visible()


def test_a_theme_tells_who_promises_what_and_who_is_silent(reader, five_plans):
    page = reader.open()
    page.locator("#theme-talent .promises > summary").click()
    promised = five_plans.table("rpt_statement").filter(
        pl.col("is_commitment"),
        (pl.col("theme_key") == "talent") | (pl.col("indicator_theme_key") == "talent"),
    )
    assert page.locator("#theme-talent .rows tr[data-key]").count() == promised.height
    assert "Hefei 2020–23 (stated without number)" in page.locator("#theme-talent .rows").inner_text()
    page.goto(f"{reader.address}?lang=en#theme-protection")  # a theme that is closed opens by its address
    page.reload()
    expect(page.locator("#theme-protection .rows tr[data-key]").first).to_be_visible()


def test_the_switch_changes_language_address_and_figures(reader):
    page = reader.open("?lang=zh")
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.url.endswith("?lang=en")
    assert page.title() == "Intellectual-property plans compared"
    assert page.locator("h1").inner_text() == "Intellectual-property plans compared"
    assert "Pledge financing of IP" in drawn(page).locator(".plot").text_content()
    page.get_by_role("button", name="中文").click()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    expect(drawn(page).locator(".plot")).to_contain_text("知识产权质押融资")


def test_no_word_of_the_page_is_left_in_the_other_language(reader):
    page = reader.open("?lang=zh")
    assert "Findings" not in page.inner_text("body")
    page.get_by_role("button", name="English").click()
    visible = page.inner_text("main")
    assert not re.search("主要发现|筛选|口径一致|不可比", visible)


def test_filters_narrow_the_table_and_say_so(reader, five_plans):
    page = reader.open("?lang=en#kind=all")
    page.get_by_label("Theme", exact=True).select_option("talent")
    page.get_by_label("Plan", exact=True).select_option("zhengzhou-2023")
    measures = five_plans.table("fct_measure").filter(theme_key="talent", plan_key="zhengzhou-2023")
    assert shown(page) == measures.height
    assert page.locator("#statements tbody tr").count() == measures.height
    assert page.locator("#count").get_attribute("aria-live") == "polite"
    page.locator("#filter-q").fill("领军")
    words = pl.concat_str("indicator_text_zh", "quote_zh", "heading_path_zh")
    assert shown(page) == measures.filter(words.str.contains("领军")).height
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#count")).to_have_text(re.compile(rf"^{five_plans.table('fct_measure').height} of"))


def test_filters_are_kept_in_the_address(reader):
    page = reader.open()
    page.get_by_label("Kind", exact=True).select_option("incentive")
    count = shown(page)
    page.reload()
    assert page.get_by_label("Kind", exact=True).input_value() == "incentive"
    assert shown(page) == count


def test_what_is_not_found_is_said(reader):
    page = reader.open()
    page.locator("#filter-q").fill("没有这样的话")
    expect(page.locator("#count")).to_have_text("Nothing fits these filters.")


def test_columns_sort_both_ways_and_blanks_come_last(reader):
    page = reader.open()
    head = page.locator('#statements th[data-column="due"]')
    cells = """[...document.querySelectorAll('#statements td[data-label="Due"]')]"""
    years = f"{cells}.map((cell) => cell.firstChild.textContent)"
    page.get_by_role("button", name="Show 90 more").click()
    for direction, reverse in (("ascending", False), ("descending", True)):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == direction
        page.get_by_role("button", name="Show 90 more").click()
        values = page.evaluate(years)
        dated = [value for value in values if value != "–"]
        assert dated == sorted(dated, reverse=reverse)
        assert values[: len(dated)] == dated


def test_every_number_of_a_finding_shows_as_many_statements_as_it_says(reader):
    page = reader.open()
    shows = page.locator("main :is(.findings, .numbers).en a").evaluate_all(
        """(links) => links
          .filter((link) => link.hash.includes("=") && !/^#(m|theme)=/.test(link.hash))
          .map((link) => { link.click(); return [link.innerText, document.querySelector("#count").innerText]; })"""
    )
    counts = [
        (text, int(said[0]), int(re.match(r"\d+", count)[0]))
        for text, count in shows
        if (said := re.match(r"\d+\b(?!/| plans?)", text))
    ]
    assert len(counts) > 20
    assert [count for count in counts if count[1] != count[2]] == []


QUESTIONS = Path(__file__).parents[2] / "docs" / "questions.md"
ON_THE_PAGE = re.compile(r"^\| (\d+) \| ([^|]+) \| .+ \| `index.html(#[^|]+)` \|$", re.MULTILINE)


@pytest.mark.parametrize(
    ("question", "told", "place"), ON_THE_PAGE.findall(QUESTIONS.read_text(encoding="utf-8"))
)
def test_a_question_of_an_analyst_is_answered_on_the_page(reader, five_plans, question, told, place):
    page = reader.open(f"?lang=en{place}")
    page.evaluate("for (const each of document.querySelectorAll('main details.promises')) each.open = true")
    expect(page.locator("#theme-talent .rows tr[data-key]").first).to_be_attached()
    shown = dialog(page) if "#m=" in place else page.locator(place if "=" not in place else "#statements")
    text = shown.inner_text().replace(",", "")
    names = five_plans.table("dim_code").filter(code=told)["name_en"].to_list()
    numbers = [round(float(number), 2) for number in re.findall(r"\d+\.\d+", text)]
    assert any(answer in text for answer in (told, *names)) or float(told) in numbers


# --- Evidence -------------------------------------------------------------------------------------------------


def test_a_click_on_a_mark_shows_its_sentence_with_the_value_marked(reader):
    page = reader.open()
    figure = drawn(page)
    figure.locator(MARK).first.click(force=True)  # plotly.js listens on a layer above the bar
    expect(dialog(page)).to_be_visible()
    assert dialog(page).locator("blockquote mark").count() == 1
    key = page.evaluate("new URLSearchParams(location.hash.slice(1)).get('m')")
    marked = dialog(page).locator("blockquote mark").inner_text()
    assert marked in dialog(page).locator("dl").inner_text()
    assert key in dialog(page).inner_text()


def test_a_click_on_a_statement_that_stands_apart_shows_its_sentence(reader):
    page = reader.open()
    figure = drawn(page)
    names = figure.locator(".js-plotly-plot").evaluate(
        "plot => plot.layout.annotations.map((each) => each.name)"
    )
    index, key = next((index, name) for index, name in enumerate(names) if name)
    figure.locator(f'.annotation[data-index="{index}"]').click()
    expect(dialog(page)).to_be_visible()
    assert key in dialog(page).inner_text()


def test_a_click_on_a_cell_that_counts_lists_what_it_counts(reader):
    page = reader.open()
    figure = drawn(page, "theme_coverage")
    cell = figure.locator(".textpoint text").first
    count = int(re.search(r"\d+", cell.text_content())[0])
    box = cell.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#count")).to_have_text(re.compile(rf"^{count} of"))


def test_a_link_address_opens_the_evidence_of_its_measure(reader, five_plans):
    page = reader.open(f"?lang=en#m={MEASURE}")
    plan = five_plans.table("dim_plan").filter(plan_key="hefei-2020")
    box = dialog(page)
    assert box.locator("blockquote").inner_text() == SENTENCE
    assert box.locator("blockquote mark").inner_text() == "30%"
    text = box.inner_text()
    for told in (
        plan["title_zh"][0], plan["document_number"][0], "知识产权运用能力显著增强", "1102–1105", "exact",
        "Stated on the basis of the indicator.", "≥ (at least)", "target",
    ):  # fmt: skip
        assert told in text


def test_every_measure_has_an_address_that_shows_its_value(reader, five_plans):
    page = reader.open()
    measures = five_plans.table("fct_measure").select("measure_key", "value_text")
    marked = page.evaluate(
        """(keys) => keys.map((key) => {
          location.hash = 'm=' + key;
          dispatchEvent(new PopStateEvent('popstate'));
          const mark = document.querySelector('dialog[open] blockquote mark');
          return [key, mark && mark.textContent];
        })""",
        measures["measure_key"].to_list(),
    )
    assert [tuple(pair) for pair in marked] == measures.rows()


def test_back_and_forward_go_through_the_evidence(reader):
    page = reader.open()
    page.locator(f'main .findings.en a[href="#m={MEASURE}"]').first.click()
    expect(dialog(page)).to_be_visible()
    page.go_back()
    expect(dialog(page)).to_have_count(0)
    page.go_forward()
    expect(dialog(page)).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(dialog(page)).to_have_count(0)
    expect(page).not_to_have_url(re.compile("m="))


# A browser tells of the closing of a dialog with its next frame, and goes back after that: on a busy machine that is
# long after.


def links(page: Page) -> list[ElementHandle]:
    """Return the links of the findings to evidence."""
    return page.locator('#findings .findings.en a[href^="#m="]').element_handles()


def key_of(link: ElementHandle) -> str:
    return link.get_attribute("href").removeprefix("#m=")


def test_a_closing_that_is_told_late_does_not_end_the_evidence_gone_forward_to(reader):
    page = reader.open()
    links(page)[0].click()
    page.evaluate(
        """() => {
          const keep = (done) => addEventListener("close", (event) => {
            event.stopImmediatePropagation();
            done(event.target);
          }, { capture: true, once: true });
          window.kept = new Promise(keep);
        }"""
    )
    page.go_back()
    expect(dialog(page)).to_have_count(0)
    page.go_forward()
    expect(dialog(page)).to_be_visible()
    steps = page.evaluate(
        """async () => {
          const steps = [];
          history.go = (by) => steps.push(by);
          (await kept).dispatchEvent(new Event("close"));
          return steps;
        }"""
    )
    assert steps == []


def test_evidence_asked_for_again_before_its_closing_is_told_is_shown(reader):
    page = reader.open()
    first = links(page)[0]
    page.evaluate(
        """async (first) => {
          const box = document.querySelector("dialog");
          const told = new Promise((done) => box.addEventListener("close", done, { once: true }));
          first.click();
          box.close();
          first.click();
          await told;
        }""",
        first,
    )
    expect(dialog(page)).to_contain_text(key_of(first))
    page.get_by_role("button", name="Close").click()
    expect(page).to_have_url(f"{reader.address}?lang=en")


def test_evidence_asked_for_while_the_closed_one_goes_back_is_shown(reader):
    page = reader.open()
    first, second, *_ = links(page)
    page.evaluate(
        """async ([first, second]) => {
          const box = document.querySelector("dialog");
          const gone = new Promise((done) => addEventListener("popstate", () => setTimeout(done), { once: true }));
          box.addEventListener("close", () => second.click(), { once: true });
          first.click();
          box.close();
          await gone;
        }""",
        [first, second],
    )
    expect(dialog(page)).to_contain_text(key_of(second))
    page.get_by_role("button", name="Close").click()
    expect(page).to_have_url(f"{reader.address}?lang=en")


def test_evidence_leads_to_what_it_restates_and_closing_goes_back_to_the_page(reader, five_plans):
    measures = five_plans.table("fct_measure")
    key, first = measures.filter(pl.col("restates_measure_key").is_not_null()).select(
        "measure_key", "restates_measure_key"
    ).row(0)  # fmt: skip
    page = reader.open("?lang=en#kind=all")
    page.locator("#filter-q").fill(key)
    page.locator("#statements tbody a").first.click()
    dialog(page).locator(f'dd a[href="#m={first}"]').first.click()
    expect(dialog(page).locator("dl")).to_contain_text(first)
    assert dialog(page).locator(f'dd a[href="#m={key}"]').count() == 1  # and back
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    expect(page).to_have_url(re.compile("q="))


def test_an_address_of_a_measure_that_is_not_there_says_so(reader):
    page = reader.open("?lang=en#m=atlantis-2020@1.1")
    expect(dialog(page)).to_contain_text("There is no statement atlantis-2020@1.1 in this release.")


def test_the_page_can_be_used_by_keyboard_alone(reader):
    page = reader.open()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.focus("#filter-q")
    page.keyboard.type(MEASURE)
    page.focus('#statements th[data-column="verdict"] button')
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('th').dataset.column") == "verdict"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == f"#m={MEASURE}"
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "evidence-title"
    for _ in range(12):  # the focus stays in the dialog, or on the browser itself
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('dialog, body').tagName") in ("DIALOG", "BODY")
        assert page.evaluate("document.activeElement.matches('main *')") is False
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('href')") == f"#m={MEASURE}"


def test_marks_of_a_figure_can_be_reached_without_a_pointer(reader):
    page = reader.open()
    figure = drawn(page)
    figure.locator(".behind > summary").press("Enter")
    links = figure.locator(".marks a")
    assert links.count() > 8
    links.first.press("Enter")
    expect(dialog(page)).to_be_visible()


# --- Everybody ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "lang"), [(1280, "en"), (390, "zh")])
def test_axe_finds_nothing_on_the_page_in_what_is_closed_or_in_the_evidence(reader, width, lang):
    reader.page.set_viewport_size({"width": width, "height": 900})
    page = reader.open(f"?lang={lang}#place=hefei-2020")
    # The lists of figures are the same at any width, and long.
    closed = "main details" if width > 1000 else "main details:not(figure details)"
    page.evaluate(f"for (const each of document.querySelectorAll('{closed}')) each.open = true")
    expect(page.locator("#theme-talent .rows tr[data-key]").first).to_be_visible()
    found = Axe().run(page).response["violations"]
    page.goto(f"{reader.address}?lang={lang}#m={MEASURE}")
    expect(dialog(page)).to_be_visible()
    found += Axe().run(page, context={"include": [["dialog"]]}).response["violations"]
    assert [
        (violation["id"], violation["impact"], [node["html"][:160] for node in violation["nodes"][:3]])
        for violation in found
    ] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_narrow_screen_all_of_the_page_can_be_read(reader, lang):
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open(f"?lang={lang}#place=hefei-2020")
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
    expect(page.locator("#theme-talent .rows tr[data-key]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    found = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
          .filter((each) => each.checkVisibility() && !each.closest("svg, nav.sections, .visually-hidden, thead"))
          .flatMap((each) => {
            const box = each.getBoundingClientRect();
            const hasText = [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
            const size = parseFloat(getComputedStyle(each).fontSize);
            const wide = box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && !each.closest(".skip");
            return wide || (hasText && size < 11)
              ? [`${each.tagName}.${each.className} to ${box.right} px, ${size} px: ${each.textContent.slice(0, 40)}`]
              : [];
          })"""
    )
    assert found == []


def test_the_evidence_can_be_read_on_a_narrow_screen(reader):
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open(f"?lang=en#m={MEASURE}")
    expect(dialog(page)).to_be_visible()
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390


# --- Taken away -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "begins"), [("PNG", b"\x89PNG"), ("SVG", b"<svg"), ("CSV", b"\xef\xbb\xbf")]
)
def test_a_figure_is_saved_as_picture_or_table(reader, kind, begins):
    page = reader.open()
    figure = drawn(page)
    with page.expect_download() as saved:
        figure.get_by_role("button", name=kind, exact=True).click()
    content = saved.value.path().read_bytes()
    assert content.startswith(begins)
    assert saved.value.suggested_filename.startswith("comparison_pledge_financing-en-")
    if kind == "CSV":
        rows = pl.read_csv(io.BytesIO(content))
        assert MEASURE in rows["measure_key"].to_list()


def test_a_figure_and_a_plan_are_cited_with_plan_and_release(reader, five_plans):
    page = reader.open()
    release = page.locator('meta[name="generator"]').get_attribute("content").rpartition(" ")[2]
    cite = drawn(page).locator("details.cite")
    cite.locator("summary").click()
    gbt, bibtex = (cite.locator(".en pre").nth(number).inner_text() for number in (0, 1))
    plan = five_plans.table("dim_plan").filter(plan_key="hefei-2020").row(0, named=True)
    for text in (gbt, bibtex):
        assert release in text
        assert plan["title_zh"] in text
    assert "[DS]" in gbt
    assert "@misc{hefei-2020," in bibtex
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cite.locator(".en").get_by_role("button", name="Copy").first.click()
    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == gbt


def test_a_plan_with_a_page_of_its_own_is_linked_to_it(browser, tmp_path, five_plans):
    tables = dict(five_plans.tables())
    url = "https://www.example.gov.cn/plan.html"
    tables["dim_plan"] = tables["dim_plan"].with_columns(
        source_url=pl.when(pl.col("plan_key") == "hefei-2020")
        .then(pl.lit(url))
        .otherwise(pl.lit("javascript:alert(1)"))
    )
    (tmp_path / "linked.html").write_text(render_page(read_corpus(tables), {}, "0" * 16), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "linked.html").as_uri() + f"?lang=en#m={MEASURE}")
    assert dialog(page).get_by_role("link", name="official page").get_attribute("href") == url
    assert page.locator('a[href^="javascript"]').count() == 0
    assert "[EB/OL]" in dialog(page).locator("details.cite").text_content()
    page.close()


def test_the_page_prints_with_all_figures_and_all_rows(reader, five_plans):
    page = reader.open("?lang=zh")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert (
        page.locator("#statements tbody tr").count()
        == five_plans.table("rpt_statement")["is_commitment"].sum()
    )
    assert page.locator("figure.chart:not([data-drawn])").count() == 0
    assert len(printed.pages) > 5
    texts = [unicodedata.normalize("NFKC", page.extract_text()) for page in printed.pages]
    with_head = [text for text in texts if "可比性" in text and "原文数值" in text]
    assert len(with_head) > 2  # the head of the table stands on each of its pages
    assert printed.pages[0].mediabox.width == pytest.approx(595, abs=1)  # A4 in points


def test_thousands_of_rows_are_not_all_drawn_at_once(browser, tmp_path, five_plans):
    tables = dict(five_plans.tables())
    measures = tables["rpt_statement"]
    copies = [
        measures.with_columns(
            measure_key=pl.col("measure_key") + f".{copy}",
            restates_measure_key=pl.lit(None, pl.String),
            governs_measure_key=pl.lit(None, pl.String),
        )
        for copy in range(30)
    ]  # fmt: skip
    tables["rpt_statement"] = pl.concat(copies)
    (tmp_path / "many.html").write_text(render_page(read_corpus(tables), {}, "0" * 16), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "many.html").as_uri() + "?lang=en#kind=all")
    rows = page.locator("#statements tbody tr")
    assert (shown(page), rows.count()) == (30 * measures.height, 10)
    page.get_by_role("button", name="Show 100 more").click()
    assert rows.count() == 110
    page.locator("#filter-q").fill(MEASURE)
    assert shown(page) == 30
    page.close()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory) -> str:
    """The address of a page of 100,000 statements in 1,500 plans, whose rows are in files beside it."""
    folder = tmp_path_factory.mktemp("crowded")
    write_page(read_corpus(many(100_000)), {}, "0" * 16, folder)
    return (folder / "index.html").as_uri()


def test_a_hundred_thousand_statements_open_within_three_seconds(browser, crowded):
    page = browser.new_page()
    measured = page.context.new_cdp_session(page)
    measured.send("Performance.enable")
    page.goto(crowded + "?lang=en")
    expect(page.locator("#statements tbody tr")).to_have_count(10)
    # The time of the processor: how long a busy machine takes says nothing.
    spent = {each["name"]: each["value"] for each in measured.send("Performance.getMetrics")["metrics"]}
    assert spent["ThreadTime"] < 3
    assert re.match(r"\d{5} of 100000$", page.inner_text("#count"))
    # What is seen is loaded, and no more.
    assert page.locator('script[src^="rows/"]').count() <= 10
    expect(page.locator("#partly")).to_be_visible()
    page.close()


def test_of_many_statements_those_asked_for_are_loaded_from_beside_the_page(browser, crowded):
    page = browser.new_page()
    page.goto(crowded + "?lang=en")
    page.locator("#filter-q").fill("第77项")
    expect(page.locator("#statements tbody tr").first).to_contain_text("Indicator 77")
    page.locator("#statements tbody a").first.click()
    expect(dialog(page).locator("blockquote mark")).to_have_text(re.compile(r"^\d+名$"))
    page.keyboard.press("Escape")
    # Closing goes back to where the reader came from, a little later: a step beyond would be taken back with it.
    expect(page).not_to_have_url(re.compile("#m="))
    page.goto(crowded + "?lang=en#m=city1499-2024@100099.1")
    page.reload()
    expect(dialog(page).locator("blockquote")).to_contain_text("主管部门")
    page.goto(crowded + "?lang=en#place=city0007-2024")
    page.reload()
    expect(page.locator("#profile tr[data-key]")).to_have_count(10)
    page.locator("#profile").get_by_role("link", name=re.compile("in the table")).click()
    expect(page.locator("#statements tbody tr").first).to_contain_text("City0007-2024")
    page.close()


def test_without_the_rows_beside_it_the_page_says_so(browser, tmp_path, crowded):
    shutil.copy(crowded.removeprefix("file://"), tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri() + "?lang=en")
    expect(page.locator("#no-rows")).to_be_visible()
    page.close()


def test_without_plotly_beside_it_the_page_says_so_and_all_else_works(browser, tmp_path, five_plans):
    shutil.copy(five_plans.marts / "briefing" / "index.html", tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri() + f"?lang=en#m={MEASURE}")
    expect(dialog(page).locator("blockquote mark")).to_have_text("30%")
    page.keyboard.press("Escape")
    expect(page.locator("#no-plotly")).to_be_visible()
    page.close()


def test_markup_in_a_plan_is_shown_as_text_and_runs_nowhere(browser, tmp_path, five_plans):
    hostile = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    tables = dict(five_plans.tables())
    tables["dim_plan"] = tables["dim_plan"].with_columns(title_folded_zh=pl.lit(hostile))
    tables["rpt_statement"] = tables["rpt_statement"].with_columns(
        indicator_text_zh=pl.lit(hostile), heading_path_zh=pl.lit(hostile), quote_zh=hostile + pl.col("value_text"),
        quote_char_start=pl.col("char_start") - len(hostile), provision_key=pl.lit(None, pl.String),
        indicator_name_en=pl.lit(hostile),
    )  # fmt: skip
    corpus = read_corpus(tables)
    (tmp_path / "hostile.html").write_text(render_page(corpus, {}, "0" * 16), encoding="utf-8")
    page = browser.new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "hostile.html").as_uri() + f"?lang=en#m={MEASURE}")
    expect(dialog(page).locator("blockquote")).to_have_text(hostile + "30%")
    expect(dialog(page).locator("h2")).to_contain_text(hostile)
    assert page.title() == "Intellectual-property plans compared"
    assert page.locator("img").count() == 0
    assert [url for url in requests if url.endswith("/x")] == []
    assert any(hostile in finding.text for finding in findings(corpus, "en"))
    page.close()


# --- On paper -------------------------------------------------------------------------------------------------


@dataclass
class Printed:
    """The PDF in a language, the text of each of its pages, and what is printed in letters of less than 7 pt."""

    lang: str
    file: pypdf.PdfReader
    pages: list[str]
    small: dict[float, str]


@pytest.fixture(scope="module", params=LANGUAGES)
def printed(request, five_plans) -> Printed:
    name = "briefing.pdf" if request.param == "zh" else f"briefing.{request.param}.pdf"
    file = pypdf.PdfReader(five_plans.marts / "briefing" / name)
    small: dict[float, str] = {}

    def look(text: str, now: list[float], at: list[float], _font: object, size: float) -> None:
        # The size of the font, through the matrix of the text and that of the page.
        seen = round(size * abs(at[3] * now[3] + at[2] * now[1]), 2)
        if text.strip() and seen < 6.95:
            small.setdefault(seen, text)

    # Read once: it takes long.
    return Printed(request.param, file, [page.extract_text(visitor_text=look) for page in file.pages], small)


def test_the_contents_of_the_pdf_name_the_page_that_a_heading_is_on(printed):
    named = {
        "".join(text.split()): int(page)
        for text, page in re.findall(r"^\s*(.+?)\s*(\d+)\s*$", printed.pages[0], re.MULTILINE)
    }
    for heading in (
        word(key, printed.lang) for key in ("findings", "by_theme", "places", "sources", "appendix")
    ):
        key = "".join(heading.split())
        lines = ["".join(line.split()) for line in printed.pages[named[key] - 1].split("\n")]
        assert key in lines
        assert any(re.match(rf"{named[key]}(?!\d)", line) for line in lines)  # the number at the foot


def test_the_pdf_holds_findings_figures_and_every_sentence(five_plans, printed):
    text = "".join("".join(printed.pages).split())
    corpus = read_corpus(five_plans.tables())
    release = json.loads((five_plans.marts / "manifest.json").read_text(encoding="utf-8"))["release_id"]
    assert release in text
    assert "\0" not in text  # what is seen, but has no text
    # Radicals and ligatures are how a font draws what was written.
    assert not re.findall("[\u2e80-\u2fdf\ufb00-\ufb06]", text)
    assert printed.file.pages[0].mediabox.height == pytest.approx(842, abs=1)  # A4 in points
    assert f"[{len(corpus.statements)}]" in text
    assert printed.file.trailer["/Root"]["/MarkInfo"]["/Marked"]  # tagged, for screen readers


def test_the_bookmarks_of_the_pdf_are_its_headings(printed):
    titles = [item.title for item in printed.file.outline if not isinstance(item, list)]
    named = (
        "findings",
        "by_theme",
        "places",
        "other_themes",
        "across",
        "tool",
        "method",
        "sources",
        "appendix",
    )
    assert titles == [word(key, printed.lang) for key in named]


def test_no_letter_of_the_pdf_is_smaller_than_seven_points(printed):
    assert printed.small == {}


def test_a_theme_of_the_pdf_is_on_the_page_of_its_figure(printed, five_plans):
    themes = five_plans.table("dim_theme").filter("is_headline")[f"name_{printed.lang}"].to_list()
    figure = word("figure", printed.lang, 0, "").split("0")[0].strip()
    for theme in themes:
        pages = [text for text in printed.pages[2:] if theme in [line.strip() for line in text.split("\n")]]
        assert figure in pages[0], theme


def test_tables_of_the_pdf_tell_due_payer_office_and_strength(printed):
    text = "\n".join(printed.pages)
    for key in ("due", "payer", "office", "strength"):
        assert text.count(word(key, printed.lang)) > 4


@pytest.mark.services  # LibreOffice takes half a minute to start and to lay out a file
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_word_file_opens_in_libreoffice_and_keeps_each_heading_with_its_figure(
    five_plans, tmp_path, lang
):
    name = "briefing.docx" if lang == "zh" else f"briefing.{lang}.docx"
    command = ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless", "--convert-to", "pdf",
        "--outdir", str(tmp_path), str(five_plans.marts / "briefing" / name)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    pages = [page.extract_text() for page in pypdf.PdfReader((tmp_path / name).with_suffix(".pdf")).pages]
    assert len(pages) > 10
    assert "Error" not in pages[0]
    themes = five_plans.table("dim_theme").filter("is_headline")[f"name_{lang}"].to_list()
    figure = word("figure", lang, 0, "").split("0")[0].strip()
    for theme in themes:
        of_theme = [text for text in pages[2:] if theme in [line.strip() for line in text.split("\n")]]
        assert figure in of_theme[0], theme


def test_the_word_file_has_a_picture_of_every_figure(five_plans):
    import docx

    made = docx.Document(str(five_plans.marts / "briefing" / "briefing.docx"))
    captions = [paragraph.text for paragraph in made.paragraphs if paragraph.text.startswith("图")]
    assert len(made.inline_shapes) == len(captions) > 4
    assert all(shape._inline.docPr.get("descr") for shape in made.inline_shapes)
