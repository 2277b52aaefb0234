"""Files that a text is to be made of: broken, of another kind, or made to do harm. Nothing in one is run or fetched."""

from __future__ import annotations

import io
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from openpyxl import Workbook

from dagster_project.corpus.formats import ConversionError, convert, convert_apart
from dagster_project.corpus.origin import PlanRefusedError
from dagster_project.corpus.registry import text_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAID = "<w:p><w:r><w:t>培育企业30家</w:t></w:r></w:p>"
PROSE = "培育企业30家,奖励20万元。" * 20
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512)  # what an encrypted package is kept in
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


def bomb(name: str) -> bytes:
    """Return a package with one part that unpacks to 510 MB."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open(name, "w") as part,
    ):
        for _ in range(51):
            part.write(bytes(10**7))
    return made.getvalue()


def table(span: str) -> bytes:
    """Return a Word file with a cell over so many columns."""
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{SAID}</w:tc><w:tc><w:p/></w:tc>'
    return body(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")


NESTED = "".join(f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefgh", "bcdefghi", strict=True))
CASES = {
    "docx-empty": (b"", ".docx", OPEN_IT),
    "docx-locked-with-a-password": (OLE, ".docx", "it is locked with a password"),
    "xlsx-locked-with-a-password": (OLE, ".xlsx", "without a password"),
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


@pytest.mark.parametrize(
    ("name", "suffix"), [("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx")], ids=[".docx", ".xlsx"]
)
def test_a_package_that_unpacks_to_much_is_refused(name: str, suffix: str) -> None:
    with pytest.raises(ConversionError, match="it unpacks to 510 MB"):
        convert(bomb(name), suffix)


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


# --- what takes too much -------------------------------------------------------------------------------------------


def pdf(content: bytes, catalog: bytes = b"", page: bytes = b"", packed: int = 1) -> bytes:
    """Return a PDF of one page with this content, packed so many times."""
    for _ in range(packed):
        content = zlib.compress(content, 1)
    filters = b"/FlateDecode " * packed
    parts = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
        + page
        + b">>",
        b"<</Filter[" + filters + b"]/Length %d>>\nstream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(made))
    )


def locked(user: str, strength: int) -> bytes:
    """Return a PDF that is encrypted, and asks for a password where there is one for the user."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(SAID_IN_PDF))) as plain:
        plain.save(made, encryption=pikepdf.Encryption(owner="owner", user=user, R=strength))
    return made.getvalue()


@pytest.mark.parametrize("strength", [4, 6])
def test_a_pdf_that_asks_for_a_password_is_refused(strength: int) -> None:
    with pytest.raises(ConversionError, match="it is locked with a password: save it without one"):
        convert(locked("secret", strength), ".pdf")


@pytest.mark.parametrize("strength", [4, 6])
def test_a_pdf_that_only_may_not_be_changed_is_read(strength: int) -> None:
    assert "30 patents" in convert(locked("", strength), ".pdf").text


SAID_IN_PDF = b"BT /F 12 Tf 50 700 Td (Plan 2021: 30 patents) Tj ET\n"


def far_cell() -> bytes:
    """Return a workbook with a cell in the last corner of its sheet."""
    book, made = Workbook(), io.BytesIO()
    book.active["XFD1048576"] = 1
    book.save(made)
    return made.getvalue()


#: Made when they are asked for: each takes a second.
BOMBS = {
    "pdf-that-unpacks-to-much": (
        lambda: pdf(bytes(500_000_000)),
        ".pdf",
        60,
        "it needs more than 0.4 GB of memory to be read",
    ),
    "pdf-packed-twice": (
        lambda: pdf(bytes(500_000_000), packed=2),
        ".pdf",
        60,
        "it needs more than 0.4 GB of memory to be read",
    ),
    "pdf-that-draws-for-ever": (
        lambda: pdf(SAID_IN_PDF * 200_000),
        ".pdf",
        2,
        "it takes more than 2 seconds of a processor to be read: save the part that holds the plan anew",
    ),
    "docx-that-takes-long": (lambda: body(SAID * 250_000), ".docx", 1, "it takes more than 1 seconds of a processor"),
    "xlsx-with-a-cell-far-away": (far_cell, ".xlsx", 60, "a sheet reaches over more than 2,000,000 cells: delete"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "suffix", "seconds", "said"), BOMBS.values(), ids=BOMBS)
def test_what_takes_too_long_or_too_much_is_refused(
    make: Callable[[], bytes], suffix: str, seconds: int, said: str
) -> None:
    with pytest.raises(ConversionError, match=said):
        convert_apart(make(), suffix, seconds=seconds, memory=400_000_000)


def test_a_word_file_that_needs_too_much_memory_is_not_called_broken() -> None:
    with pytest.raises(ConversionError, match=r"it needs more than 0\.2 GB of memory to be read"):
        convert_apart(body(SAID * 400_000), ".docx", seconds=60, memory=240_000_000)


def test_a_pdf_of_very_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dagster_project.corpus.formats.pdf.MOST_PAGES", 0)
    with pytest.raises(
        ConversionError, match="it has 1 pages, more than 0: give the part that holds the plan"
    ):
        convert(pdf(SAID_IN_PDF), ".pdf")


@pytest.mark.parametrize(("name", "size"), [("a.txt", 10_000_001), ("a", 10_000_001), ("a.pdf", 100_000_001)])
def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path, name: str, size: int) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(size)
    (tmp_path / name).chmod(0)
    with pytest.raises(
        PlanRefusedError, match=f"has {size // 10**6} MB, more than {size // 10**6} MB: leave out"
    ):
        text_of(tmp_path / name)


# --- nothing is run, nothing is fetched ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    paths: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_POST = do_GET  # noqa: N815 - names of http.server

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", paths
    server.shutdown()
    server.server_close()


def parts(made: bytes, **more: str | bytes) -> bytes:
    """Return a package with further parts, or others in place of its own; ``__`` in a name is a slash, ``_`` a full stop."""
    names = {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(new, "w") as package:
        for item in old.infolist():
            if item.filename not in names:
                package.writestr(item, old.read(item))
        for name, content in names.items():
            package.writestr(name, content)
    return new.getvalue()


def outside(address: str, file: Path) -> dict[str, tuple[bytes, str]]:
    """Return files that fetch from an address, or write a file, where a program that opens them lets them."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{relations}/{kind}" Target="{address}/{kind}" TargetMode="External"/>'
            for n, kind in enumerate(
                ("attachedTemplate", "image", "oleObject", "hyperlink", "frame", "subDocument"), 50
            )
        )
        + "</Relationships>"
    )
    field = f"<w:p><w:r><w:instrText>INCLUDETEXT {address}/field</w:instrText></w:r></w:p>"
    remote = f'<!DOCTYPE x SYSTEM "{address}/a.dtd" [<!ENTITY e SYSTEM "{address}/entity">]>'
    book, sheet = Workbook(), io.BytesIO()
    book.active.append(["指标", f'=WEBSERVICE("{address}/formula")', f"=cmd|'/C touch {file}'!A0", "30家"])
    book.save(sheet)
    tags = "".join(
        f"<{tag} src='{address}/{tag}' href='{address}/{tag}-href'></{tag}>"
        for tag in ("script", "img", "iframe", "link", "embed", "video", "frame", "base", "xi:include")
    )
    page = (
        f"<meta http-equiv=refresh content='0;{address}/refresh'><style>@import '{address}/css'</style>{tags}"
    )
    action = f"/OpenAction<</S/JavaScript/JS(app.launchURL\\('{address}/js'\\))>>/AA<</O<</S/URI/URI({address}/uri)>>>>"
    launch = f"/AA<</O<</S/Launch/F(/bin/touch {file})>>>>"
    return {
        "docx": (parts(body(SAID + field), word___rels__document_xml_rels=rels), ".docx"),
        "docx-with-macros": (
            parts(body(SAID), word__vbaProject_bin=b"\xd0\xcf\x11\xe0 Sub AutoOpen()"),
            ".docx",
        ),
        "docx-with-a-dtd": (body(SAID.replace("30", "&e;"), remote), ".docx"),
        "xlsx": (sheet.getvalue(), ".xlsx"),
        "xlsx-with-a-dtd": (parts(sheet.getvalue(), xl__sharedStrings_xml=remote + "<sst/>"), ".xlsx"),
        "html": (
            f"<html><head>{page}</head><body>{tags}<p onload='x()'>{PROSE}</p></body></html>".encode(),
            ".html",
        ),
        "html-with-a-dtd": (f"{remote}<html><p>&e;{PROSE}</p></html>".encode(), ".html"),
        "html-that-is-xml": (
            f'<?xml version="1.0"?><?xml-stylesheet href="{address}/xsl"?>{remote}<html><p>&e;{PROSE}</p></html>'.encode(),
            ".html",
        ),
        "pdf": (pdf(SAID_IN_PDF, action.encode(), launch.encode()), ".pdf"),
    }


@pytest.mark.parametrize("name", sorted(outside("", Path())))
def test_nothing_in_a_file_is_run_and_nothing_outside_it_is_fetched(
    asked: tuple[str, list[str]], tmp_path: Path, name: str
) -> None:
    address, paths = asked
    data, suffix = outside(address, tmp_path / "made")[name]
    with suppress(ConversionError):
        convert(data, suffix)
    assert (paths, list(tmp_path.iterdir())) == ([], [])


def test_the_server_would_notice_a_request(asked: tuple[str, list[str]]) -> None:
    import urllib.error
    import urllib.request

    address, paths = asked
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{address}/noticed")  # noqa: S310 - http, above
    assert paths.pop() == "/noticed"
