"""The briefing as a Word file: real styles, captions, fields and links, so that an analyst can go on writing in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.image.image import Image
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dagster_project.briefing.document import Document, Heading, Paragraph, Picture, Run, Runs, Table
from dagster_project.briefing.words import word

# Fonts that Office has on every machine; elsewhere the office program takes what is there.
_LATIN, _CHINESE = "Calibri", "Microsoft YaHei"
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # with which the time of an archive begins
_GREY, _LINK = RGBColor(0x59, 0x59, 0x59), RGBColor(0x0B, 0x4F, 0x8A)
_WIDTH, _HEIGHT = Cm(17), Cm(16.5)  # of A4 within its margins; of a picture, so that its heading fits above
# The paragraph styles by name: size in points, space before and after, grey.
_OWN_STYLES = {
    "Number": (11.5, 4, 6, False),
    "Finding": (10.5, 3, 3, False),
    "Sentence": (10, 0, 0, False),
    "Sentence Place": (8.5, 7, 1, True),
    "Note": (9, 0, 6, True),
    "Table Text": (8, 1, 1, False),
}
_STYLE_OF = {
    "body": "Normal",
    "note": "Note",
    "number": "Number",
    "finding": "Finding",
    "path": "Sentence Place",
    "sentence": "Sentence",
}


def write_docx(document: Document, images: Mapping[str, Path], path: Path) -> None:
    """Write the document.

    Args:
        document: What it says.
        images: The PNG of each figure by its name; a figure without one has its caption only.
        path: The file.
    """
    _Writer(document, images).write(path)


class _Writer:
    def __init__(self, document: Document, images: Mapping[str, Path]) -> None:
        self._document, self._images = document, images
        self._file = docx.Document()
        self._bookmarks = 0
        self._headings = [block for block in document.blocks if isinstance(block, Heading)]

    def write(self, path: Path) -> None:
        self._prepare()
        self._file.add_paragraph(self._document.release, "Note")
        self._file.add_paragraph(self._document.title, "Title")
        self._file.add_paragraph(self._document.lede, "Subtitle")
        self._contents()
        number = 0
        for block in self._document.blocks:
            if isinstance(block, Heading):
                number += 1
                self._heading(block, f"h{number}")
            elif isinstance(block, Paragraph):
                made = self._paragraph(_STYLE_OF[block.style], block.runs)
                made.paragraph_format.keep_with_next = block.is_kept or None
            elif isinstance(block, Picture):
                self._picture(block)
            else:
                self._table(block)
        _save(self._file, path)

    # --- Styles and page --------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        document, section = self._document, self._file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
        properties = self._file.core_properties
        properties.title, properties.author = document.title, "ip-plans"
        properties.comments, properties.language = document.release, _language(document)
        # The time of writing would change the file where nothing else has changed.
        properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
        self._styles()
        header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
        header.text, footer.text = document.title, document.release + "\t"
        _right_tab(footer)
        footer._p.extend(_field("PAGE", "1"))  # noqa: SLF001 - python-docx has no fields

    def _styles(self) -> None:
        styles = self._file.styles
        for name, (size, before, after, is_grey) in _OWN_STYLES.items():
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            style.font.size = Pt(size)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            if is_grey:
                style.font.color.rgb = _GREY
        styles["Sentence Place"].paragraph_format.keep_with_next = True
        styles["Normal"].font.size = Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        for name, size, color in (
            ("Title", 26, None), ("Subtitle", 12, _GREY), ("Heading 1", 17, None), ("Heading 2", 13, None),
            ("Caption", 9, _GREY), ("Header", 8, _GREY), ("Footer", 8, _GREY),
        ):  # fmt: skip
            font = styles[name].font
            font.size, font.color.rgb = Pt(size), color or RGBColor(0x1A, 0x1A, 0x1A)
            font.italic = False
            font.bold = name in {"Title", "Heading 1", "Heading 2"}
            for spacing in styles[name].element.findall(f"{qn('w:rPr')}/{qn('w:spacing')}"):
                spacing.getparent().remove(spacing)  # between letters
        for name in ("Header", "Footer"):  # whose stops are those of another size of paper
            styles[name].paragraph_format.tab_stops.clear_all()
        borders = styles["Title"].element.find(f".//{qn('w:pBdr')}")
        if borders is not None:
            borders.getparent().remove(borders)
        styles["Heading 1"].paragraph_format.space_before = Pt(24)
        styles["Heading 1"].paragraph_format.space_after = Pt(8)
        styles["Heading 2"].paragraph_format.space_before = Pt(16)
        styles["Heading 2"].paragraph_format.space_after = Pt(6)
        for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "Header", "Footer"):
            _set_fonts(styles[name].element.get_or_add_rPr())
        defaults = styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")
        _set_fonts(defaults)
        language = defaults.find(qn("w:lang"))
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:eastAsia"), "zh-CN")

    # --- Contents ---------------------------------------------------------------------------------------------

    def _contents(self) -> None:
        """Write the contents, each entry with a field that holds the page of its heading.

        Not as one field: LibreOffice would leave its page numbers open until somebody updates it by hand.
        """
        title = self._file.add_paragraph(word("contents", self._document.lang), "Subtitle")
        title.runs[0].font.bold = True
        title.paragraph_format.space_before = Pt(18)
        for index, heading in enumerate(self._headings, start=1):
            paragraph = self._file.add_paragraph(style="Table Text")
            paragraph.paragraph_format.left_indent = Cm(0.8 * (heading.level - 1))
            _right_tab(paragraph, dotted=True)
            texts = (_run(heading.text, is_bold=heading.level == 1), _run("\t"))
            entry = _element("w:hyperlink", *texts, *_field(f"PAGEREF h{index} \\h", "…"), anchor=f"h{index}")
            paragraph._p.append(entry)  # noqa: SLF001 - python-docx has no fields

    # --- Blocks -----------------------------------------------------------------------------------------------

    def _heading(self, heading: Heading, anchor: str) -> None:
        paragraph = self._file.add_paragraph(style=f"Heading {heading.level}")
        paragraph.paragraph_format.page_break_before = heading.new_page
        self._bookmark(paragraph._p, anchor, _run(heading.text))  # noqa: SLF001 - as above

    def _picture(self, picture: Picture) -> None:
        if path := self._images.get(picture.name):
            image = Image.from_file(str(path))
            ratio = image.px_height / image.px_width
            width = _WIDTH if _WIDTH * ratio <= _HEIGHT else int(_HEIGHT / ratio)
            paragraph = self._file.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            shape = paragraph.add_run().add_picture(str(path), width=width)
            properties = shape._inline.docPr  # noqa: SLF001 - python-docx cannot set an alternative text
            properties.set("descr", picture.alt)
            properties.set("title", picture.label)
        self._file.add_paragraph(picture.label, "Caption")

    def _table(self, table: Table) -> None:
        label = self._paragraph("Caption", (Run(table.label),))
        label.paragraph_format.keep_with_next = True
        widths = [int(_WIDTH.twips * width) for width in table.widths]
        made = _table(widths)
        made.append(
            self._row(tuple((Run(text, is_strong=True),) for text in table.header), widths, "w:tblHeader")
        )
        for row in table.rows:
            made.append(
                self._row(row.cells, [sum(widths)], columns=len(widths))
                if row.is_group
                else self._row(row.cells, widths)
            )
        # Before the settings of the section, which are the last element of a body.
        self._file.element.body.insert_element_before(made, "w:sectPr")
        self._file.add_paragraph(style="Note")

    def _row(
        self, cells: Sequence[Runs], widths: Sequence[int], flag: str = "w:cantSplit", columns: int = 0
    ) -> Any:  # noqa: ANN401 - an lxml element
        """Return a row; with `columns` it is a heading: one cell over all of them, kept with the row after it."""
        row = _element("w:tr", _element("w:trPr", _element(flag)))
        for runs, width in zip(cells, widths, strict=True):
            style = _element("w:pPr", _element("w:pStyle", val=self._file.styles["Table Text"].style_id))
            properties = _element("w:tcPr", _element("w:tcW", w=width, type="dxa"))
            if columns:
                style.append(_element("w:keepNext"))
                properties.append(_element("w:gridSpan", val=columns))
                properties.append(_shade("F3F5F8"))
            paragraph = _element("w:p", style)
            self._fill(paragraph, runs)
            row.append(_element("w:tc", properties, paragraph))
        return row

    def _paragraph(self, style: str, runs: Runs) -> Any:  # noqa: ANN401 - python-docx's Paragraph
        paragraph = self._file.add_paragraph(style=style)
        self._fill(paragraph._p, runs)  # noqa: SLF001 - python-docx knows neither fields nor links nor bookmarks
        return paragraph

    def _fill(self, paragraph: Any, runs: Runs) -> None:  # noqa: ANN401 - an lxml element
        for run in runs:
            if run.text:
                paragraph.append(_run(run.text, is_bold=run.is_strong or run.is_mark, is_mark=run.is_mark))
            for number in run.refs:
                text = _run(f"[{number}]", is_link=True, is_raised=bool(run.text))
                if run.is_mark:
                    self._bookmark(paragraph, f"s{number}", text)
                else:
                    paragraph.append(_element("w:hyperlink", text, anchor=f"s{number}", history="1"))

    def _bookmark(self, paragraph: Any, name: str, run: Any) -> None:  # noqa: ANN401 - lxml elements
        """Add a run that links can lead to."""
        self._bookmarks += 1
        paragraph.append(_element("w:bookmarkStart", id=self._bookmarks, name=name))
        paragraph.append(run)
        paragraph.append(_element("w:bookmarkEnd", id=self._bookmarks))


def _save(file: Any, path: Path) -> None:  # noqa: ANN401 - python-docx's Document
    """Write the file with one time for all its parts: that of writing would change it where nothing else has."""
    made = BytesIO()
    file.save(made)
    with ZipFile(made) as parts, ZipFile(path, "w", ZIP_DEFLATED) as package:
        for part in parts.infolist():
            package.writestr(ZipInfo(part.filename, _NO_TIME), parts.read(part), ZIP_DEFLATED)


# --- WordprocessingML that python-docx has no words for (ECMA-376, part 1, 17) ------------------------------------


def _element(tag: str, *children: Any, **attributes: object) -> Any:  # noqa: ANN401 - lxml elements
    """Return an element; attributes are of the same namespace."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def _language(document: Document) -> str:
    return "zh-CN" if document.lang == "zh" else "en-GB"


def _set_fonts(properties: Any) -> None:  # noqa: ANN401 - an lxml element
    """Name the fonts for Latin and Chinese; a theme's fonts would go before them."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, font in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", _CHINESE)):
        fonts.set(qn(f"w:{name}"), font)


def _run(
    text: str, *, is_bold: bool = False, is_mark: bool = False, is_link: bool = False, is_raised: bool = False
) -> Any:  # noqa: ANN401 - an lxml element
    """Return a run; the schema wants its properties in this order."""
    properties = _element("w:rPr")
    if is_bold:
        properties.append(_element("w:b"))
    if is_link:
        properties.append(_element("w:color", val=_LINK))
    if is_mark:
        properties.append(_shade("FFE9A8"))
    if is_raised:
        properties.append(_element("w:vertAlign", val="superscript"))
    return _element("w:r", properties, _element("w:tab") if text == "\t" else _text("w:t", _printable(text)))


def _text(tag: str, text: str) -> Any:  # noqa: ANN401 - an lxml element
    element = _element(tag)
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def _shade(colour: str) -> Any:  # noqa: ANN401 - an lxml element
    return _element("w:shd", val="clear", color="auto", fill=colour)


_NOT_XML = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def _printable(text: str) -> str:
    """Return the text without what XML cannot hold, such as controls and U+FFFE; lines become one."""
    return _NOT_XML.sub("", re.sub(r"[\n\r\t]", " ", text))


def _field(code: str, shown: str) -> list[Any]:
    """Return a field that the office program fills in when it opens the file; `shown` stands there until then."""
    return [
        _element("w:r", _element("w:fldChar", fldCharType="begin", dirty="true")),
        _element("w:r", _text("w:instrText", f" {code} ")),
        _element("w:r", _element("w:fldChar", fldCharType="separate")),
        _run(shown),
        _element("w:r", _element("w:fldChar", fldCharType="end")),
    ]


def _right_tab(paragraph: Any, *, dotted: bool = False) -> None:  # noqa: ANN401 - python-docx's Paragraph
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS if dotted else WD_TAB_LEADER.SPACES)


def _table(widths: Sequence[int]) -> Any:  # noqa: ANN401 - an lxml element
    """Return a table without rows, as wide as the page, with thin lines between rows and none between columns."""
    lines = [("top", 8, "1A1A1A"), ("bottom", 8, "1A1A1A"), ("insideH", 4, "DEDEDE")]
    borders = [
        _element(f"w:{side}", val="single", sz=size, space=0, color=color) for side, size, color in lines
    ]
    properties = _element(
        "w:tblPr",
        _element("w:tblW", w=sum(widths), type="dxa"),
        _element("w:tblBorders", *borders),
        _element("w:tblLayout", type="fixed"),
        _element("w:tblCellMar", *(_element(f"w:{side}", w=40, type="dxa") for side in ("left", "right"))),
    )
    return _element(
        "w:tbl", properties, _element("w:tblGrid", *(_element("w:gridCol", w=width) for width in widths))
    )
