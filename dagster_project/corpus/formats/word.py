"""Word files: paragraphs with their automatic numbers, tables as rows, no deleted text, no instructions of fields.

python-docx opens the package; it does not know the number that Word puts before a paragraph (一、, (二), 第三条), which
stands only in the definition of the list. It is counted here, after ECMA-376, part 1, 17.9.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from dagster_project.corpus.formats import LARGEST, ConversionError, Converted, joined, row_line

_UNPACKED = 5 * LARGEST  # bytes; what unpacks to more is no document but an attack
_MOST_COLUMNS = 100  # that a cell may go over; no real table has as many
_BROKEN = "it cannot be opened as a Word file ({}): open it in Word and save it again as .docx"
_SPACE = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Deleted or moved text, properties, and the second drawing of a text box, for programs that do not know the first.
_NOT_SAID = {
    qn("w:del"), qn("w:moveFrom"), qn("w:rPr"), qn("w:pPr"), qn("w:sectPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip


def convert(data: bytes) -> Converted:
    """Return the text of a .docx file.

    Raises:
        ConversionError: If it is damaged, locked with a password, or unpacks to too much.
    """
    if data[:8] == bytes.fromhex("D0CF11E0A1B11AE1"):
        raise ConversionError(
            "it is locked with a password, or a .doc file of Word 2003 or before: open it in Word and save it as .docx "
            "without a password"
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            unpacked = sum(item.file_size for item in package.infolist())
            if unpacked > _UNPACKED:
                raise ConversionError(
                    f"it unpacks to {unpacked / 1e6:.0f} MB: give the plan without its pictures"
                )
            _refuse_entities(package)
        document = Document(BytesIO(data))
        return _converted(document)
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        KeyError,
        TypeError,
        ValueError,
        XMLSyntaxError,
    ) as error:
        if isinstance(error, ConversionError):
            raise
        if isinstance(error, XMLSyntaxError) and not error.lineno:
            raise MemoryError from error  # what is broken has a line; for want of memory none is told
        raise ConversionError(_BROKEN.format(error)) from error


def _refuse_entities(package: zipfile.ZipFile) -> None:
    """Refuse what no program writes (ECMA-376, part 2, 8.1.4) but to fetch a file, or to unpack to very much."""
    for item in package.infolist():
        is_xml = item.filename.endswith((".xml", ".rels"))
        if is_xml and b"<!DOCTYPE" in package.read(item).replace(b"\0", b""):  # of UTF-16
            raise ConversionError(
                "it declares entities, which no Word file does: open it in Word and save it again"
            )


def _converted(document: Any) -> Converted:  # noqa: ANN401 - python-docx has no type for it
    """Return the text of an open document."""
    numbers = _Numbers(document)
    body = document.element.body
    lines = [line for block in body for line in _block(block, numbers)]
    tables = len(body.findall(f".//{qn('w:tbl')}"))
    pictures = len(body.findall(f".//{qn('w:drawing')}"))
    left_out = (f"{pictures} pictures or drawings",) if pictures else ()
    return Converted("\n".join(lines) + "\n", tables=tables, left_out=left_out)


def _block(block: Any, numbers: _Numbers) -> Iterator[str]:  # noqa: ANN401 - an element of lxml
    """Yield the lines of a paragraph, a table, or what holds some of them."""
    if block.tag == qn("w:p"):
        text = "".join(_said(block))
        number = numbers.of(block)
        yield from ((number if not at else "") + joined([line]) for at, line in enumerate(text.split("\n")))
        for box in block.iter(qn("w:txbxContent")):
            if not any(parent.tag in _NOT_SAID for parent in box.iterancestors()):
                yield from (line for inner in box for line in _block(inner, numbers))
    elif block.tag == qn("w:tbl"):
        yield from _rows(block, numbers)
    elif block.tag not in _NOT_SAID:
        yield from (line for inner in block for line in _block(inner, numbers))


def _said(element: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the text of a paragraph; what stands in a text box comes after it."""
    for part in element:
        if part.tag == qn("w:t"):
            yield part.text or ""
        elif part.tag in _SPACE:
            yield "" if part.get(qn("w:type")) == "page" else _SPACE[part.tag]
        elif part.tag == qn("w:sym"):
            yield "·"  # of a symbol font; its code says nothing outside that font
        elif part.tag not in _NOT_SAID and part.tag != qn("w:txbxContent"):
            yield from _said(part)


def _rows(table: Any, numbers: _Numbers) -> Iterator[str]:  # noqa: ANN401
    """Yield a line for each row; a table that only lays out one cell is its paragraphs."""
    rows = [[*row.iter(qn("w:tc"))] for row in table.findall(qn("w:tr"))]
    if all(len(row) == 1 for row in rows):
        yield from (line for (cell,) in rows for inner in cell for line in _block(inner, numbers))
        return
    for row in table.findall(qn("w:tr")):
        cells: list[str] = []
        for cell in row.iterchildren(qn("w:tc"), qn("w:sdt")):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
            text = joined([line for inner in cell for line in _block(inner, numbers)])
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = min(int(span.get(qn("w:val"))), _MOST_COLUMNS) if span is not None else 1
            cells += ["" if goes_on else text] + [""] * (width - 1)
        yield row_line(cells)


_HAN = "零一二三四五六七八九"
_CIRCLED = 0x2460  # ①


def _han(number: int) -> str:
    if number >= 100 or number < 0:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


def _formatted(number: int, style: str) -> str:
    """Return a number in one of the styles of ECMA-376, part 1, 17.18.59; what is not listed is written in figures."""
    if style in {"chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
                 "japaneseCounting", "ideographDigital", "chineseLegalSimplified"}:  # fmt: skip
        return _han(number)
    if style.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(_CIRCLED + number - 1)
    if style in {"upperLetter", "lowerLetter"} and 1 <= number <= 26:
        return chr((65 if style == "upperLetter" else 97) + number - 1)
    return "" if style in {"bullet", "none"} else str(number)


class _Numbers:
    """Counts the automatic numbers of the paragraphs of a document, in the order in which they are asked for."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - python-docx has no type for it
        self._counts: dict[str, defaultdict[int, int]] = {}
        self._levels: dict[str, dict[int, tuple[int, str, str]]] = {}
        self._styles = {
            style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))
        }
        try:
            definitions = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {each.get(qn("w:abstractNumId")): each for each in definitions.iter(qn("w:abstractNum"))}
        for each in definitions.iter(qn("w:num")):
            of = each.find(qn("w:abstractNumId"))
            definition = abstract.get(of.get(qn("w:val"))) if of is not None else None
            if definition is not None:
                levels = {
                    int(level.get(qn("w:ilvl"))): _level(level) for level in definition.iter(qn("w:lvl"))
                }
                self._levels[each.get(qn("w:numId"))] = levels
                for level in each.iter(qn("w:lvlOverride")):
                    start = level.find(qn("w:startOverride"))
                    at = int(level.get(qn("w:ilvl")))
                    if start is not None and at in levels:
                        levels[at] = (int(start.get(qn("w:val"))), *levels[at][1:])

    def of(self, paragraph: Any) -> str:  # noqa: ANN401
        """Return the number before a paragraph, as printed; nothing where it has none."""
        number_id, depth = self._place(paragraph)
        level = self._levels.get(number_id or "", {}).get(depth)
        if level is None or not "".join(paragraph.itertext()).strip():
            return ""
        counts = self._counts.setdefault(number_id or "", defaultdict(int))
        counts[depth] = counts[depth] + 1 if depth in counts else level[0]
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        printed = level[2]
        for at, (start, style, _) in self._levels[number_id or ""].items():
            printed = printed.replace(f"%{at + 1}", _formatted(counts.get(at, start), style))
        return printed if level[1] != "bullet" else "—"

    def _place(self, paragraph: Any) -> tuple[str | None, int]:  # noqa: ANN401
        """Return list and level of a paragraph, of its own or of its style."""
        properties = paragraph.find(qn("w:pPr"))
        seen: set[str] = set()
        while properties is not None:
            listed = properties.find(qn("w:numPr"))
            if listed is not None:
                number_id, depth = listed.find(qn("w:numId")), listed.find(qn("w:ilvl"))
                if number_id is not None:
                    return number_id.get(qn("w:val")), int(depth.get(qn("w:val"))) if depth is not None else 0
            named = properties.find(qn("w:pStyle"))
            style = self._styles.get(named.get(qn("w:val"))) if named is not None else None
            based = style.find(qn("w:basedOn")) if style is not None else None
            if style is None or style.get(qn("w:styleId")) in seen:
                return None, 0
            seen.add(style.get(qn("w:styleId")))
            properties = style.find(qn("w:pPr"))
            if (properties is None or properties.find(qn("w:numPr")) is None) and based is not None:
                properties = self._styles.get(based.get(qn("w:val")))
                properties = properties.find(qn("w:pPr")) if properties is not None else None
        return None, 0


def _level(level: Any) -> tuple[int, str, str]:  # noqa: ANN401
    """Return where a level of a list begins, its style, and how its number is printed (第%1条)."""
    start, style, printed = (level.find(qn(f"w:{name}")) for name in ("start", "numFmt", "lvlText"))
    return (
        int(start.get(qn("w:val"))) if start is not None else 1,
        style.get(qn("w:val")) if style is not None else "decimal",
        printed.get(qn("w:val")) or "" if printed is not None else "",
    )
