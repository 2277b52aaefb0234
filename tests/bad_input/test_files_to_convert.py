"""Files that a text is to be made of: broken, of another kind, or made to do harm. Nothing in one is run or fetched."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from dagster_project.corpus.formats import ConversionError, convert

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAID = "<w:p><w:r><w:t>培育企业30家</w:t></w:r></w:p>"
PROSE = "培育企业30家,奖励20万元。" * 20
OPEN_IT, NO_PAGE = (
    "cannot be opened as a Word file .*: open it in Word and save it again as .docx",
    "it is no web page",
)


def word(content: str, name: str = "word/document.xml") -> bytes:
    """Return a Word file with this for one of its parts."""
    stream, made = io.BytesIO(), io.BytesIO()
    Document().save(stream)
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for item in parts.infolist():
            package.writestr(item.filename, content if item.filename == name else parts.read(item))
    return made.getvalue()


def body(content: str, before: str = "") -> bytes:
    """Return a Word file with this body."""
    return word(f"{before}<w:document {W}><w:body>{content}</w:body></w:document>")


def bomb(name: str, size: int) -> bytes:
    """Return a package with one part that unpacks to much."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package, package.open(name, "w") as part:
        for _ in range(size // 10**7):
            part.write(bytes(10**7))
    return made.getvalue()


def table(span: str) -> bytes:
    """Return a Word file with a cell over so many columns."""
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{SAID}</w:tc><w:tc><w:p/></w:tc>'
    return body(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")


NESTED = "".join(f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefgh", "bcdefghi", strict=True))
CASES = {
    "docx-empty": (b"", ".docx", OPEN_IT),
    "docx-that-is-a-pdf": (b"%PDF-1.7\n", ".docx", OPEN_IT),
    "docx-cut-short": (body(SAID)[:5000], ".docx", OPEN_IT),
    "docx-with-broken-xml": (word("<w:document"), ".docx", OPEN_IT),
    "docx-without-a-body": (word(f"<w:document {W}/>"), ".docx", OPEN_IT),
    "docx-with-a-span-that-is-no-number": (table("many"), ".docx", OPEN_IT),
    "docx-nested-deep": (body("<w:sdt>" * 5000 + SAID + "</w:sdt>" * 5000), ".docx", OPEN_IT),
    "docx-that-fetches-a-file": (
        body(SAID.replace("30", "&e;30"), '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'),
        ".docx",
        "it declares entities",
    ),
    "docx-with-entities-of-entities": (
        body(SAID.replace("30", "&i;30"), f'<!DOCTYPE x [<!ENTITY a "专利">{NESTED}]>'),
        ".docx",
        "it declares entities",
    ),
    "docx-that-unpacks-to-much": (bomb("word/document.xml", 510_000_000), ".docx", "it unpacks to 510 MB"),
    "xlsx-that-unpacks-to-much": (bomb("xl/workbook.xml", 510_000_000), ".xlsx", "it unpacks to 510 MB"),
    "xlsx-empty": (b"", ".xlsx", "cannot be opened as a workbook"),
    "html-empty": (b"<html></html>", ".html", NO_PAGE),
    "html-that-is-a-picture": (b"\x89PNG\r\n\x1a\n\0\0", ".html", NO_PAGE),
    "html-with-a-nul": (f"<p>培育\0{PROSE}</p>".encode(), ".html", NO_PAGE),
    "html-nested-deep": (("<div>" * 5000 + PROSE + "</div>" * 5000).encode(), ".html", "it has no text"),
    "html-of-scripts-alone": (f"<script>document.write('{PROSE}')</script>".encode(), ".html", "it has no text"),
    "pdf-empty": (b"", ".pdf", "cannot be opened as a PDF"),
    "pdf-that-is-a-page": (b"<html></html>", ".pdf", "cannot be opened as a PDF"),
    "pdf-of-a-head-alone": (b"%PDF-1.4\n%%EOF", ".pdf", "cannot be opened as a PDF .*download it again"),
    "no-suffix": (PROSE.encode(), "", "a file without a suffix is not read: save it as one of"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "suffix", "said"), CASES.values(), ids=CASES)
def test_what_no_text_can_be_made_of_is_refused(data: bytes, suffix: str, said: str) -> None:
    with pytest.raises(ConversionError, match=said):
        convert(data, suffix)


READ = {
    "docx-with-a-cell-over-very-many-columns": (table("999999999"), ".docx", "培育企业30家"),
    "html-with-a-cell-over-very-many-columns": (
        f"<table><tr><td colspan=99999999999>指标</td><td>30家</td></tr></table><p>{PROSE}</p>".encode(),
        ".html",
        PROSE,
    ),
    "html-that-runs-and-fetches": (
        f"<p onclick='x()'>{PROSE}</p><script src='http://a.invalid/x.js'></script><img src='http://a.invalid/x'>".encode(),
        ".html",
        PROSE,
    ),
    "html-of-an-encoding-that-is-none": (f'<meta charset="rot13"><p>{PROSE}</p>'.encode(), ".html", PROSE),
}  # fmt: skip


@pytest.mark.parametrize(("data", "suffix", "said"), READ.values(), ids=READ)
def test_what_does_no_harm_is_read(data: bytes, suffix: str, said: str) -> None:
    text = convert(data, suffix).text
    assert said in text
    assert len(text) < len(said) + 500
