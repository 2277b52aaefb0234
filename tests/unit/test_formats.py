"""The text made of a Word file or a web page says what the file says, line by line."""

from __future__ import annotations

import html
import io
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import Workbook
from PIL import Image

from dagster_project.corpus.formats import ConversionError, convert, scan
from dagster_project.extraction import extract
from dagster_project.reading import decode, read

RAW = Path(__file__).parents[2] / "data" / "raw"
PLANS = {path.parent.name: decode(path.read_bytes())[0] for path in sorted(RAW.glob("*/plan.txt"))}


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def lines(data: bytes, suffix: str) -> list[str]:
    return convert(data, suffix).text.splitlines()


def measures(text: str) -> Counter[tuple[object, ...]]:
    return Counter(
        (m.value_text, m.value, m.unit, m.kind, m.form, m.indicator, m.period and m.period.end_year)
        for m in extract(read(text)).measures
    )


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_word(text: str) -> bytes:
    document = Document()
    for paragraph in paragraphs(text):
        document.add_paragraph(paragraph)
    return saved(document)


def as_page(text: str) -> bytes:
    said = "".join(
        "<p>" + line.replace("&", "&amp;").replace("<", "&lt;") + "</p>" for line in paragraphs(text)
    )
    return page(
        '<div class="nav"><a href="/">首页</a> <a>政务公开</a></div><div class="content">' + said + "</div>"
        '<div class="share">分享到:微信</div><footer>版权所有</footer><script>var 金额 = "5亿元";</script>'
    )


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(("make", "suffix"), [(as_word, ".docx"), (as_page, ".html")], ids=["word", "page"])
def test_a_plan_gives_the_measures_of_its_text(plan: str, make: Callable[[str], bytes], suffix: str) -> None:
    assert measures(convert(make(PLANS[plan]), suffix).text) == measures(PLANS[plan])


BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
#: As official PDFs are set, and as a page is printed.
SET = (
    "@page {size: A4; margin: 28mm 26mm} "
    "p {margin: 0; text-indent: 2em; line-height: 1.8; font-size: 16pt; text-align: justify}"
)


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="needs Chromium")
@pytest.mark.parametrize("style", [SET, ""], ids=["set", "printed page"])
@pytest.mark.parametrize("plan", PLANS)
def test_a_printed_plan_gives_the_measures_of_its_text(plan: str, style: str, tmp_path: Path) -> None:
    said = "".join(f"<p>{html.escape(line)}</p>" for line in paragraphs(PLANS[plan]))
    (tmp_path / "plan.html").write_bytes(page(said, f'<meta charset="utf-8"><style>{style}</style>'))
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    places = [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'plan.pdf'}"]
    command = [str(BROWSER), *options, *places, (tmp_path / "plan.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    text = convert((tmp_path / "plan.pdf").read_bytes(), ".pdf").text
    assert measures(text) == measures(PLANS[plan])


def scanned() -> bytes:
    picture = Image.new("RGB", (300, 400), "white")
    stream = io.BytesIO()
    picture.save(stream, "PDF")
    return stream.getvalue()


def test_a_scan_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "recogniser", lambda: None)
    with pytest.raises(ConversionError, match="make setup-ocr"):
        convert(scanned(), ".pdf")


def test_what_is_recognised_on_a_scan_is_put_together_like_printed_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [
        scan.Piece("一、培育知识产权优势企业5", 20, 280, 50, 62),
        scan.Piece("0家。", 20, 60, 70, 82),
        scan.Piece("30件", 200, 230, 91, 102),
        scan.Piece("专利", 20, 60, 90, 102),
    ]
    monkeypatch.setattr(scan, "recogniser", lambda: lambda page: found)
    converted = convert(scanned(), ".pdf")
    assert converted.is_recognised
    assert converted.text == "一、培育知识产权优势企业5 0家。\n专利\t30件\n"


# --- Word -----------------------------------------------------------------------------------------------------


def test_automatic_numbers_of_a_list_are_written() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "chineseCounting", "%1、") + level.format(1, "decimal", "(%2)")
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, depth in (("总体要求", 0), ("指导思想", 1), ("工作目标", 1), ("主要任务", 0), ("培育企业", 1)):
        place = parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>')
        document.add_paragraph(text)._p.get_or_add_pPr().append(place)
    assert lines(saved(document), ".docx") == [
        "一、总体要求",
        "(1)指导思想",
        "(2)工作目标",
        "二、主要任务",
        "(1)培育企业",
    ]


def test_rows_of_a_table_are_lines_and_merged_cells_are_empty() -> None:
    document = Document()
    document.add_paragraph("单位:亿元")
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, (("指标", "2023年", "2025年"), ("质押", "5", "9"), ("", "2", "3")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    assert lines(saved(document), ".docx") == ["单位:亿元", "指标\t2023年\t2025年", "质押\t5\t9", "\t2\t3"]


def test_deleted_text_and_instructions_of_fields_are_not_said() -> None:
    document = Document()
    paragraph = document.add_paragraph("培育企业")._p
    for tag, text in (("w:delText", "30"), ("w:instrText", "PAGE 40")):
        run = OxmlElement("w:r")
        part = OxmlElement(tag)
        part.text = text
        run.append(part)
        holder = OxmlElement("w:del") if tag == "w:delText" else paragraph
        holder.append(run)
        if holder is not paragraph:
            paragraph.append(holder)
    document.paragraphs[0].add_run("50家")
    assert lines(saved(document), ".docx") == ["培育企业50家"]


def locked() -> bytes:
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512


def without_parts() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("hello.txt", "hello")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "said"),
    [
        pytest.param(locked(), ".docx", "password", id="locked"),
        pytest.param(b"not a zip", ".docx", "Word file", id="no package"),
        pytest.param(without_parts(), ".docx", "Word file", id="package of something else"),
        pytest.param(saved(Document()), ".docx", "no text", id="empty"),
        pytest.param(b"", ".html", "no web page", id="empty page"),
        pytest.param(b"%PDF-1.7 broken", ".pdf", "PDF", id="broken PDF"),
        pytest.param(locked(), ".xlsx", "password", id="locked workbook"),
        pytest.param(without_parts(), ".xlsx", "workbook", id="package of something else, as a workbook"),
        pytest.param(b",,\n,,", ".csv", "No Chinese character", id="no values"),
        pytest.param(b"text", ".wps", "save it as one of", id="unknown format"),
    ],
)
def test_what_no_text_can_be_made_of_is_refused_with_what_to_do(data: bytes, suffix: str, said: str) -> None:
    with pytest.raises(ConversionError, match=said):
        convert(data, suffix)


# --- Web pages ------------------------------------------------------------------------------------------------

PROSE = "为加强知识产权保护,培育知识产权优势企业50家,给予每家20万元奖励。" * 4


def test_what_stands_around_the_article_is_left_out() -> None:
    body = (
        '<nav>首页 机构 公开</nav><div class="breadcrumb">您的位置:首页</div>'
        f'<div id="zoom"><p>{PROSE}</p><p style="display:none">隐藏99家</p></div>'
        '<div class="bdsharebuttonbox">微博</div><footer>网站标识码3400000001</footer>'
    )
    assert lines(page(body), ".html") == [PROSE]


def test_the_heading_of_the_page_comes_before_the_article() -> None:
    body = f"<div><h1>甲市知识产权保护办法</h1><div class=info>来源:甲市</div></div><div id=zoom><p>{PROSE}</p></div>"
    assert lines(page(body), ".html") == ["甲市知识产权保护办法", PROSE]


def test_a_table_of_figures_is_rows_and_a_table_that_lays_out_the_page_is_not() -> None:
    figures = (
        "<table><tr><th>指标</th><th>2025年</th></tr><tr><td>质押<br>金额</td><td>9亿元</td></tr></table>"
    )
    body = f"<table><tr><td><p>{PROSE}</p>{figures}</td></tr></table>"
    assert lines(page(body), ".html") == [PROSE, "指标\t2025年", "质押金额\t9亿元"]


def test_cells_covered_by_a_merged_one_are_empty() -> None:
    table = (
        "<table><tr><td rowspan=2>质押</td><td>笔数</td><td>5笔</td></tr><tr><td>金额</td><td>9亿元</td></tr>"
        "<tr><td colspan=2>合计</td><td>14项</td></tr></table>"
    )
    assert lines(page(f"<p>{PROSE}</p>{table}"), ".html")[1:] == [
        "质押\t笔数\t5笔",
        "\t金额\t9亿元",
        "合计\t\t14项",
    ]


@pytest.mark.parametrize("named", ["gb2312", "utf-8"])
def test_a_page_is_read_in_its_encoding_whatever_it_names(named: str) -> None:
    data = page(f"<p>{PROSE}</p>", f'<meta charset="{named}">').decode().encode("gb18030")
    assert lines(data, ".html") == [PROSE]


def test_a_cell_is_a_paragraph_of_word_without_line_breaks() -> None:
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "质押\n金额"
    table.cell(0, 1).text = "9亿元"
    assert lines(saved(document), ".docx") == ["质押金额\t9亿元"]


def test_text_of_a_box_follows_its_paragraph() -> None:
    document = Document()
    paragraph = document.add_paragraph("一、目标")._p
    box = parse_xml(
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>培育50家</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )
    paragraph.append(box)
    assert box.tag == qn("w:r")
    assert lines(saved(document), ".docx") == ["一、目标", "培育50家"]


def test_cells_of_a_workbook_are_written_as_they_are_shown() -> None:
    book = Workbook()
    sheet = book.active
    shown = {
        "A1": ("附表 主要指标", "General"), "D2": ("单位:亿元", "General"),
        "A3": ("指标", "General"), "B3": ("2025年", "General"), "C3": ("增长", "General"), "D3": ("日期", "General"),
        "A4": ("产值", "General"), "B4": (1250, "#,##0"), "C4": (0.305, "0.0%"), "D4": (date(2025, 3, 1), "yyyy-mm-dd"),
        "A5": ("投资", "General"), "B5": (80.25, "General"), "C5": (0.07, "0%"), "D5": (None, "General"),
        "B6": (3.456, '0.00"亿元"'),
    }  # fmt: skip
    for place, (value, form) in shown.items():
        sheet[place] = value
        sheet[place].number_format = form
    sheet.merge_cells("A5:A6")
    book.create_sheet("草稿")["A1"] = "不公开"
    book["草稿"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    converted = convert(stream.getvalue(), ".xlsx")
    assert converted.text.splitlines() == [
        "附表 主要指标",
        "单位:亿元",
        "指标\t2025年\t增长\t日期",
        "产值\t1250\t30.5%\t2025-03-01",
        "投资\t80.25\t7%",
        "\t3.46",
    ]
    assert (converted.tables, converted.left_out) == (1, ("1 hidden sheets",))


def test_each_of_several_sheets_has_its_name_before_it() -> None:
    book = Workbook()
    book.active.title = "目标"
    book.active.append(["指标", "2025年"])
    book.create_sheet("任务").append(["任务", "单位"])
    book.create_sheet("空白")
    stream = io.BytesIO()
    book.save(stream)
    assert lines(stream.getvalue(), ".xlsx") == ["目标", "指标\t2025年", "任务", "任务\t单位"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_values_in_quotes_are_one_cell(encoding: str) -> None:
    text = '附表,,\r\n指标,2025年,说明\r\n产值,"1,250","含上年\n结转"\r\n'
    assert lines(text.encode(encoding), ".csv") == ["附表", "指标\t2025年\t说明", "产值\t1,250\t含上年结转"]
