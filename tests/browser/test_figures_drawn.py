"""What a real browser makes of the figures: pages without a network, images with text, nothing cut or overlapping."""

from __future__ import annotations

import json
import re
import runpy
import struct
from itertools import combinations
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from pixelmatch.contrib.PIL import pixelmatch
from plotly.offline import get_plotlyjs

from dagster_project.figures import (
    FIGURES,
    LANGUAGES,
    SIZE_NAMES,
    build_figure,
    build_in_languages,
    figure_names,
    write_figures,
)
from dagster_project.figures import images as images_module

pytestmark = pytest.mark.browser

# Test modules cannot import each other: pytest imports each by its path.
TESTS = Path(__file__).parents[1]
tables = runpy.run_path(str(TESTS / "figure_tables.py"))["tables"]
multiplied = runpy.run_path(str(TESTS / "many_plans.py"))["multiplied"]

FIELDS = tables()["dim_code"].filter(vocabulary="accuracy_field")["code"].to_list()
VERDICTS = ("exact", "rescaled", "narrower", "broader", "not_comparable")
LONG_ZH = "市级以上知识产权(专利、商标、地理标志)公共服务机构为中小微企业办理普惠型质押融资登记的累计数量" * 2
LONG_EN = (
    "Cumulated number of pledges registered for small and micro enterprises by public IP service points " * 2
)
SENTENCE = "到2025年,全市知识产权质押融资登记惠及企业不少于40家" * 3


def crowded(plans: int = 9, panels: int = 6):
    """Return marts with many plans and indicators, all names long."""
    keys = [f"p{i}" for i in range(plans)]
    statements = [
        {
            "plan_key": key,
            "indicator_key": f"talent.i{panel:02}",
            "indicator_name_zh": LONG_ZH,
            "indicator_name_en": LONG_EN,
            "definition_zh": LONG_ZH,
            "definition_en": LONG_EN,
            "indicator_text_zh": LONG_ZH,
            "quote_zh": SENTENCE,
            "comparability": VERDICTS[(panel + index) % 5],
            "is_aspirational": index % 3 == 0,
            "value": 10.0 ** (index + 1),
            "comparable_value": 10.0 ** (index + 1) / 3,
            "per_million_value": 1.234,
            "period_end_year": 2025,
            "formula": f"1{'0' * (index + 1)} ÷ 3 = 3.33 /yr",
            "reason_zh": LONG_ZH,
            "reason_en": LONG_EN,
        }
        for panel in range(panels)
        for index, key in enumerate([*keys[: 1 + panel % plans], keys[0]])
    ]
    look = {"name_zh": "新疆生产建设兵团第十四师昆玉市", "name_en": "Kunyu of the XPCC Fourteenth Division",
            "title_folded_zh": LONG_ZH, "issuer_folded_zh": LONG_ZH}  # fmt: skip
    own = {
        "name_zh": LONG_ZH, "name_en": LONG_EN, "indicator_text_zh": LONG_ZH, "recipient_zh": LONG_ZH,
        "cap_amount": 9e9, "cap_per": "recipient-year", "condition_count": 12,
    }  # fmt: skip
    return tables(
        plans={
            key: look | {"is_province": key == "p0", "period_start_year": 1999 + index, "period_end_year": 2030 + index,
                         "validity": LONG_ZH[:20]}
            for index, key in enumerate(keys)
        },
        statements=statements,
        coverage={("talent", key): ("quantified", 123) for key in keys},
        awards=[own | {"plan_key": key, "amount": 10.0 ** (i % 9 + 1), "is_cap": i % 3 == 0}
                for i, key in enumerate(keys * 4)],
        uses=[{"plan_key": key, "instrument_key": instrument, "share_of_uses": 100 / 3}
              for key in keys for instrument in ("regulation", "talent_training")],
        duties=[{"plan_key": keys[0], "agency_key": f"administrative commission of development zone {i}",
                 "lead_provisions": 100 + i, "supporting_provisions": 99} for i in range(30)],
        citations=[{"plan_key": key, "document_key": f"d{i}", "title_zh": f"{LONG_ZH}{i}", "lag_years": i - 3,
                    "document_number": "国知发运字〔2022〕47号"} for i in range(20) for key in keys[: 1 + i % 5]],
        answers=[{"plan_key": key, "field": field, "status": "not assessed" if key == "p0" else "assessed"}
                 for key in keys for field in FIELDS],
    )  # fmt: skip


# The bars before it are those that the legend explains.
MARK = ".barlayer .trace:last-child .point path"
PAIR = tables(statements=[{"comparator": "ge"}, {"plan_key": "b-2021", "comparable_value": 10.0}])
# What a release has of each theme stands beside the figures that it always has.
NAMES = (*FIGURES, "matrix_talent", "comparison_talent")
ONE_OF_EACH = {"statements": [{}], "coverage": {("talent", "a-2020"): ("quantified", 1)}} | {
    name: [{}] for name in ("awards", "uses", "duties", "citations", "answers")
}
MARTS = {
    "crowded": crowded(),
    "one of each": tables(plans={"a-2020": {}}, **ONE_OF_EACH),
    "a pair": PAIR,
    "many": multiplied(crowded(), 50),
    "hundreds": multiplied(crowded(), 150),
    "nothing stated": tables(),
    "no plans": tables(plans={}),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return a function that writes a figure's page once and returns its address."""
    folder = tmp_path_factory.mktemp("figures")

    def written(marts: str, name: str, lang: str) -> str:
        target = folder / marts.replace(" ", "-")
        path = target / f"{name}.{lang}.html"
        if not path.exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("BROWSER_PATH", str(folder / "none"))  # pages only
                figure = build_figure(name, MARTS[marts], lang, "screen")
                write_figures({(name, lang, "screen"): figure}, target)
        return path.as_uri()

    return written


def test_page_shows_title_and_marks_without_network_and_without_errors(browser, pages):
    page = browser.new_page()
    requested, errors = [], []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(pages("a pair", "comparison_talent", "zh"))
    page.wait_for_selector(MARK)
    assert "知识产权人才" in page.title()
    assert "知识产权人才" in page.text_content(".js-plotly-plot")
    assert page.locator(MARK).bounding_box()["width"] > 100
    assert [url for url in requested if not url.startswith(("file:", "data:"))] == []
    assert errors == []


def test_pointing_at_a_bar_shows_its_sentence(browser, pages):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(pages("a pair", "comparison_talent", "en"))
    page.hover(MARK, force=True)  # plotly.js listens on a layer above the bar
    page.wait_for_selector(".hoverlayer .hovertext")
    assert "培养30名执业代理师" in page.text_content(".hoverlayer")


# One box for each printed line: tspans where a text has lines or styles, the text itself elsewhere.
LINES = """() => [...document.querySelectorAll('.js-plotly-plot svg text')]
  .filter(text => text.textContent.trim() && getComputedStyle(text).visibility !== 'hidden')
  .flatMap(text => text.querySelectorAll('tspan.line').length ? [...text.querySelectorAll('tspan.line')] : [text])
  .map(line => { const b = line.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom, line.textContent] })
  .filter(([left, top, right, bottom]) => right - left > 1 && bottom - top > 1)"""


# Draws a figure and waits until it is there.
DRAW = "async ({data, layout}) => { await Plotly.newPlot('sheet', data, layout, {staticPlot: true}); }"


@pytest.fixture(scope="module")
def sheet(browser):
    """Return a function that draws a figure and returns where its lines of text stand."""
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    page.set_content('<style>* { margin: 0 }</style><div id="sheet"></div>')
    page.add_script_tag(content=get_plotlyjs())

    def drawn(figure):
        page.evaluate(DRAW, json.loads(figure.to_json()))
        return page.evaluate(LINES)

    return drawn


def misplaced(figure, lines):
    """Return the texts that leave the figure or cover another."""
    width, height = figure.layout.width, figure.layout.height
    cut = [line[4] for line in lines if line[0] < 0 or line[1] < 0 or line[2] > width or line[3] > height]
    # A line box is a third higher than its letters, and neighbours may share that much.
    covered = [
        (a[4], b[4])
        for a, b in combinations(lines, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 1
        and min(a[3], b[3]) - max(a[1], b[1]) > 0.35 * min(a[3] - a[1], b[3] - b[1])
    ]
    return {"cut": cut, "covered": covered}


FEW_PLANS = [
    (marts, lang, size) for marts in ("crowded", "one of each") for lang in LANGUAGES for size in SIZE_NAMES
]
# Many plans take long to draw: each language once, each printed size once.
MANY_PLANS = [
    (marts, *drawn) for marts in ("many", "hundreds") for drawn in (("zh", "slide"), ("en", "page"))
]


@pytest.mark.parametrize(("marts", "lang", "size"), [*FEW_PLANS, *MANY_PLANS])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_cut_or_covers_another(sheet, marts, name, lang, size):
    figure = build_figure(name, MARTS[marts], lang, size, "0123456789abcdef")
    lines = sheet(figure)
    assert lines
    assert misplaced(figure, lines) == {"cut": [], "covered": []}


@pytest.mark.parametrize("size", SIZE_NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("marts", ["nothing stated", "no plans"])
def test_no_text_is_cut_or_covers_another_where_there_is_nothing_to_draw(sheet, marts, lang, size):
    for name in NAMES:
        figure = build_figure(name, MARTS[marts], lang, size)
        assert misplaced(figure, sheet(figure)) == {"cut": [], "covered": []}, name


@pytest.mark.parametrize("size", SIZE_NAMES)
def test_no_text_of_the_five_plans_is_cut_or_covers_another(sheet, five_plans, size):
    made = five_plans.tables()
    # Those that are published, and those of a theme that is not.
    for name in dict.fromkeys([*figure_names(made), *figure_names(made, ["copyright"])]):
        for figure in build_in_languages(name, made, size, "0123456789abcdef").values():
            placed = misplaced(figure, sheet(figure))
            assert placed == {"cut": [], "covered": []}, (name, figure.layout.meta["lang"])


TITLE = "高标准增长finance"
NO_GLYPH = "\U0003fffd"
PICTURED = ("matrix_talent", "comparison_talent", "theme_coverage", "plan_timeline", "incentive_ladder")
PICTURES = Path(__file__).with_name("pictures")


def pictured():
    """Return marts of two plans, for the figures whose pictures are kept."""
    statements = [
        {"period_end_year": 2023},
        {
            "plan_key": "b-2021",
            "comparable_value": 20.0,
            "comparability": "rescaled",
            "formula": "60 ÷ 3 = 20 /yr",
        },
        {
            "plan_key": "b-2021",
            "indicator_key": "talent.x",
            "comparability": "narrower",
            "is_aspirational": True,
        },
        {"comparability": "not_comparable", "reason_en": "A report of the past."},
    ]
    return tables(
        statements=statements,
        coverage={("talent", "a-2020"): ("quantified", 3), ("talent", "b-2021"): ("mentioned_only", 0),
                  ("copyright", "b-2021"): ("stated_without_number", 0)},
        awards=[{}, {"plan_key": "b-2021", "amount": 5e3, "cap_amount": 1e6}, {"amount": 2e5, "is_cap": True}],
    )  # fmt: skip


@pytest.fixture(scope="module")
def images(tmp_path_factory):
    """Return a folder with the images that the tests look at, drawn by one browser, and the notes that this made.

    These are figures of two plans; two that differ in Chinese characters only; and one with a character of no font.
    """
    folder = tmp_path_factory.mktemp("images")
    made = pictured()
    figures = {(name, "en", "page"): build_figure(name, made, "en", "page", "0" * 16) for name in PICTURED}
    for name, title in (
        ("one", TITLE),
        ("same", TITLE),
        ("other", "戊己庚辛"),
        ("no-glyph", f"甲{NO_GLYPH}乙"),
    ):
        made = tables(
            plans={"a-2020": {"title_folded_zh": title}, "b-2021": {}},
            statements=[{}, {"plan_key": "b-2021"}],
        )
        figures[name, "zh", "page"] = build_figure("comparison_talent", made, "zh", "page")
    return folder, write_figures(figures, folder)


def test_png_is_drawn_with_chinese_glyphs(images):
    one, same, other = ((images[0] / f"{name}.zh.page.png").read_bytes() for name in ("one", "same", "other"))
    assert one == same
    assert one != other  # without a Chinese font both would show the same blanks


def test_png_has_twice_the_pixels_of_the_layout(images):
    figure = build_figure("comparison_talent", tables(plans={"a-2020": {}}, statements=[{}]), "zh", "page")
    # Width and height stand at the start of the first chunk (PNG specification, 11.2.2).
    size = struct.unpack(">II", (images[0] / "one.zh.page.png").read_bytes()[16:24])
    assert size == (2 * figure.layout.width, 2 * figure.layout.height)


def test_svg_holds_text_as_text(images):
    assert TITLE in re.sub(r"<[^>]+>", "", (images[0] / "one.zh.page.svg").read_text(encoding="utf-8"))


def test_pdf_holds_the_characters_that_were_written(images):
    # A font may have one glyph for a character and a radical, and one for two letters.
    (page,) = pypdf.PdfReader(images[0] / "one.zh.page.pdf").pages
    assert TITLE in "".join(page.extract_text().split())


def test_character_that_no_font_has_is_named_in_a_note(images):
    folder, (note,) = images
    assert f"no installed font has are missing in the images: {NO_GLYPH};" in note
    assert (folder / "no-glyph.zh.page.png").exists()


def test_an_image_is_drawn_once(tmp_path, monkeypatch):
    drawn: list[str] = []
    real = images_module._draw_anew

    def spy(waiting, folder):
        drawn.extend(stem.name for stem in waiting.figures)
        return real(waiting, folder)

    monkeypatch.setattr(images_module, "_draw_anew", spy)

    def write(folder, *titles):
        figures = {}
        for number, title in enumerate(titles):
            made = tables(plans={"a-2020": {"title_folded_zh": title}}, statements=[{}])
            figures[f"figure{number}", "zh", "page"] = build_figure("comparison_talent", made, "zh", "page")
        drawn.clear()
        assert write_figures(figures, tmp_path / folder, tmp_path / "drawn") == []
        return drawn

    assert write("first", "甲", "乙") == ["figure0.zh.page", "figure1.zh.page"]
    assert write("second", "甲", "丙") == ["figure1.zh.page"]
    for suffix in ("png", "svg", "pdf"):
        first, second = (tmp_path / name / f"figure0.zh.page.{suffix}" for name in ("first", "second"))
        assert first.read_bytes() == second.read_bytes()
    # What a build has not used is forgotten.
    assert len([*(tmp_path / "drawn").iterdir()]) == 2 * 3
    next((tmp_path / "drawn").glob("*.svg")).unlink()
    assert len(write("third", "甲", "丙")) == 1


@pytest.mark.parametrize("name", PICTURED)
def test_figure_looks_as_it_did(images, name):
    # Small enough that how a version of a browser smooths its letters does not matter.
    small = (397, 280)
    now = Image.open(images[0] / f"{name}.en.page.png").convert("RGBA").resize(small, Image.Resampling.BOX)
    path = PICTURES / f"{name}.png"
    if not path.exists():
        now.save(path, optimize=True)
        pytest.fail(
            f"There was no picture to compare with: look at {path}, which was just drawn, and keep it if good"
        )
    differing = pixelmatch(Image.open(path).convert("RGBA"), now, threshold=0.25)
    assert differing / (small[0] * small[1]) < 0.01, f"delete {path} and run again if the change is meant"


def test_every_figure_is_drawn_in_both_languages_and_sizes(five_plans):
    images = [
        five_plans.marts / "figures" / f"{name}.{lang}.{size}.{suffix}"
        for name in figure_names(five_plans.tables())
        for lang in LANGUAGES
        for size in SIZE_NAMES
        if size != "screen"
        for suffix in ("png", "svg", "pdf")
    ]
    assert len(images) > 200
    assert [path.name for path in images if path.stat().st_size <= 2_000] == []
