"""On paper a briefing says the same as on the page, and every number is followed by the number of its sentence."""

from __future__ import annotations

import re
import runpy
import struct
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from dagster_project.briefing import document as document_module
from dagster_project.briefing import read_corpus
from dagster_project.briefing.document import (
    Caption,
    Document,
    Heading,
    Paragraph,
    Picture,
    Run,
    Table,
    compose,
)
from dagster_project.briefing.office import write_docx
from dagster_project.briefing.words import word
from dagster_project.figures import LANGUAGES

# Test modules cannot import each other: pytest imports each by its path.
marts = runpy.run_path(str(Path(__file__).parents[1] / "briefing_tables.py"))["marts"]

PLANS = {"a-2020": {}, "b-2021": {}}
SENTENCE = "培养30名代理师、8名骨干,年均增幅10%"
STATEMENTS = [
    {"measure_key": "a@102.1", "char_start": 102, "char_end": 105, "quote_zh": SENTENCE},
    {"measure_key": "a@109.1", "char_start": 109, "char_end": 111, "value_text": "8名", "quote_zh": SENTENCE},
    {"measure_key": "a@118.1", "char_start": 118, "char_end": 121, "value_text": "10%", "quote_zh": SENTENCE},
    {"measure_key": "a@118.2", "char_start": 118, "char_end": 121, "value_text": "10%", "quote_zh": SENTENCE,
     "comparability": "not_comparable", "comparable_value": None},
    {"measure_key": "b@100.1", "plan_key": "b-2021", "comparable_value": 12.0},
]  # fmt: skip
ACCURACY = [(plan, f"measure.{field}", 4, 5) for plan in PLANS for field in ("found", "precision")]
CAPTIONS = {
    "theme_coverage": Caption("Coverage", "What is covered"),
    "comparison_talent": Caption("Talent", "Bars"),
}


def document(lang: str = "en", statements: list[dict[str, Any]] | None = None) -> Document:
    tables = marts(
        plans=PLANS, statements=STATEMENTS if statements is None else statements, accuracy=ACCURACY
    )
    return compose(read_corpus(tables), CAPTIONS, "0123456789abcdef", lang)


def runs(made: Document) -> list[Run]:
    found: list[Run] = []
    for block in made.blocks:
        if isinstance(block, Paragraph):
            found += block.runs
        elif isinstance(block, Table):
            found += [run for row in block.rows for cell in row.cells for run in cell]
    return found


def sentences(made: Document) -> list[str]:
    """Return the sentences of the appendix, values between brackets and followed by their numbers."""
    return [
        "".join(f"[{run.text}]{run.refs}" if run.is_mark else run.text for run in block.runs)
        for block in made.blocks
        if isinstance(block, Paragraph) and block.style == "sentence"
    ]


def test_a_sentence_stands_once_with_all_its_values_marked():
    assert sentences(document()) == [
        "培养[30名](1,)代理师、[8名](2,),年均增幅[10%](3, 4)".replace("(2,),", "(2,)骨干,"),
        "培养[30名](5,)执业代理师",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_that_is_referred_to_is_in_the_appendix(lang):
    made = runs(document(lang))
    led = {number for run in made if run.is_mark for number in run.refs}
    assert led == {1, 2, 3, 4, 5}
    assert {number for run in made if not run.is_mark for number in run.refs} == led


def test_a_table_has_what_is_comparable_first_and_the_reason_of_the_rest():
    table = next(block for block in document().blocks if isinstance(block, Table))
    cells = [["".join(run.text for run in cell) for cell in row.cells] for row in table.rows]
    assert cells[0] == ["Patent agents (people per year)"]
    verdicts = [row[7] for row in cells[1:]]
    assert verdicts == ["exact"] * 4 + ["not comparable: As stated."]
    assert all(len(row) in (1, len(table.header)) for row in cells)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_and_figures_are_numbered_in_order(lang):
    made = document(lang).blocks
    figures = [block.label for block in made if isinstance(block, Picture)]
    tables = [block.label for block in made if isinstance(block, Table)]
    assert [len(figures), len(tables)] == [2, 3]
    for labels in (figures, tables):
        numbers = [int(re.search(r"\d+", label)[0]) for label in labels]
        assert numbers == list(range(1, len(labels) + 1))


def test_a_caption_says_the_message_of_its_figure():
    captions = {
        "comparison_talent": Caption("IP talent: nobody promises more than A", "A."),
        "money": Caption("M", ""),
    }
    made = compose(read_corpus(marts(statements=[{}])), captions, "0" * 16, "en").blocks
    assert "Figure 1. IP talent: nobody promises more than A" in [
        each.label for each in made if isinstance(each, Picture)
    ]


def test_a_heading_and_its_findings_are_kept_with_the_figure():
    captions = {"comparison_talent": Caption("T", "")}
    made = compose(read_corpus(marts(statements=[{}])), captions, "0" * 16, "en").blocks
    place = next(place for place, block in enumerate(made) if isinstance(block, Picture))
    heading = max(place for place, block in enumerate(made[:place]) if isinstance(block, Heading))
    between = made[heading + 1 : place]
    assert between
    assert all(isinstance(block, Paragraph) and block.is_kept for block in between)


def test_a_table_tells_due_payer_office_and_strength():
    office = {"office_keys": "a|b|c|d", "office_zh": "甲", "office_en": "A", "office_from": "theme"}
    paid = {"payer": "city", "payer_zh": "市级", "payer_en": "city", "strength": 3}
    tables = marts(
        statements=[{"period_end_year": 2027, **office, **paid}],
        provisions={"p": {"lead": ("a", "b", "c", "d")}},
    )
    table = next(
        block for block in compose(read_corpus(tables), {}, "0" * 16, "en").blocks if isinstance(block, Table)
    )
    row = ["".join(run.text for run in cell) for cell in table.rows[1].cells]
    told = dict(zip(table.header, row, strict=True))
    assert (told["Due"], told["Payer"], told["Strength"]) == ("2027", "city", "3")
    assert told["Office"] == "a office; b office; c office and 1 more (task of the theme)"


def test_a_briefing_of_very_many_statements_leaves_their_tables_to_the_page(monkeypatch):
    monkeypatch.setattr(document_module, "MOST_IN_ONE_PAGE", 1)
    made = compose(read_corpus(marts(statements=[{}, {}])), {}, "0" * 16, "en").blocks
    assert [block.label for block in made if isinstance(block, Table)] == [
        "Table 1. " + word("places_label", "en")
    ]
    texts = ["".join(run.text for run in block.runs) for block in made if isinstance(block, Paragraph)]
    assert any("ip-plans brief" in text for text in texts)


def test_a_briefing_of_nothing_is_a_document_all_the_same(tmp_path):
    made = document(statements=[])
    write_docx(made, {}, tmp_path / "empty.docx")
    assert sentences(made) == []
    assert docx.Document(str(tmp_path / "empty.docx")).paragraphs


# --- Word ---------------------------------------------------------------------------------------------------------


def png(path: Path) -> Path:
    """Write the smallest picture there is."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 4, 2, 8, 0, 0, 0, 0)
    lines = zlib.compress(b"\0\0\0\0\0" * 2)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    )
    return path


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The English document as a Word file, with one of its two pictures."""
    folder = tmp_path_factory.mktemp("word")
    path = folder / "briefing.docx"
    write_docx(document(), {"theme_coverage": png(folder / "coverage.png")}, path)
    return path


def test_word_has_the_headings_as_headings(written):
    headings = [
        (block.text, f"Heading {block.level}") for block in document().blocks if isinstance(block, Heading)
    ]
    found = [
        (paragraph.text, paragraph.style.name)
        for paragraph in docx.Document(str(written)).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert found == headings


def test_word_lists_every_heading_with_a_field_for_its_page(written):
    xml = zipfile.ZipFile(written).read("word/document.xml").decode()
    codes = re.findall(r"<w:instrText[^>]*>([^<]+)</w:instrText>", xml)
    headings = [block for block in document().blocks if isinstance(block, Heading)]
    assert [code.strip() for code in codes] == [f"PAGEREF h{n} \\h" for n in range(1, len(headings) + 1)]
    assert xml.count('fldCharType="begin"') == xml.count('fldCharType="end"')


def test_word_names_fonts_for_chinese_in_every_style_that_is_used(written):
    made = docx.Document(str(written))
    for name in {paragraph.style.name for paragraph in made.paragraphs}:
        style, fonts = made.styles[name], None
        while fonts is None and style is not None:
            found = style.element.find(f".//{qn('w:rFonts')}")
            fonts, style = (None if found is None else found.get(qn("w:eastAsia"))), style.base_style
        assert fonts, name


def test_word_links_lead_to_bookmarks_that_are_there_once(written):
    body = docx.Document(str(written)).element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert len(names) == len(set(names))
    assert anchors
    assert anchors <= set(names)


def test_word_pictures_have_alternative_text(written):
    properties = docx.Document(str(written)).inline_shapes[0]._inline.docPr
    assert properties.get("descr") == "What is covered"


def test_word_repeats_the_head_of_a_table_on_every_page(written):
    for table in docx.Document(str(written)).tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_word_has_a_page_number_and_the_release_at_the_foot(written):
    footer = docx.Document(str(written)).sections[0].footer
    assert "0123456789abcdef" in footer.paragraphs[0].text
    assert "PAGE" in footer._element.xml


def test_word_takes_characters_that_xml_cannot_hold_out(tmp_path):
    statements = [{"quote_zh": "培养30名\x0b<b>&代理师", "indicator_text_zh": "\x01甲"}]
    write_docx(document(statements=statements), {}, tmp_path / "odd.docx")
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "odd.docx")).paragraphs)
    assert "培养30名[1]<b>&代理师" in text


def test_the_same_document_gives_the_same_bytes_at_any_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for number, year in enumerate((2024, 2031)):
        clock = time.struct_time((year, 2, 3, 4, 5, 6, 0, 34, 0))
        monkeypatch.setattr(zipfile.time, "localtime", lambda *_, clock=clock: clock)
        path = tmp_path / f"{number}.docx"
        write_docx(document(), {"theme_coverage": png(tmp_path / "coverage.png")}, path)
        made.append(path.read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "0.docx") as package:
        assert package.testzip() is None
        assert {item.compress_type for item in package.infolist()} == {zipfile.ZIP_DEFLATED}
    assert docx.Document(str(tmp_path / "0.docx")).paragraphs
