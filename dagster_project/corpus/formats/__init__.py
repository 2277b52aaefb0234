"""From the file that a user has to the one text that is read: ``source.<ext>`` becomes ``plan.txt``, once.

The rule, whatever the format: one line per paragraph; a table as one line per row, with a tab between cells, its
caption and unit line before it; of a PDF a form feed after the last paragraph that begins on a page. A cell that is
merged with the one before it, or above it, is left empty. Nothing is put into words that the file does not say.

Bytes in, text out; nothing in a file is run, and nothing outside it is fetched.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

LARGEST = 100_000_000  # bytes; the largest policy document seen, a scanned yearbook, has a third of that
SECONDS = 1_800  # of a processor; 2,000 printed pages take ten minutes, and 100 scanned ones twenty
MEMORY = 4_000_000_000  # bytes; the largest file that may be is read in a quarter of that


class ConversionError(ValueError):
    """A file that no text can be made of; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What was made of a file.

    Attributes:
        text: The text of the plan.
        pages: How many pages it has; None where the format has none.
        tables: How many tables were written as rows.
        left_out: What was left out, in words: running heads, menus, pictures.
        is_recognised: Its text was recognised from pictures, and may have mistakes.
    """

    text: str
    pages: int | None = None
    tables: int = 0
    left_out: tuple[str, ...] = ()
    is_recognised: bool = False


def convert(data: bytes, suffix: str) -> Converted:
    """Return the text of a file.

    Args:
        data: The file.
        suffix: Of its name, in lower case, as ``.docx``.

    Raises:
        ConversionError: If the format is not known, the file is too large, damaged or locked, or has no text.
    """
    reader = _readers().get(suffix)
    if reader is None:
        raise ConversionError(
            f"{suffix or 'a file without a suffix'} is not read: save it as one of {', '.join(FORMATS)}"
        )
    if len(data) > LARGEST:
        raise ConversionError(
            f"it has {len(data) / 1e6:.0f} MB, more than {LARGEST / 1e6:.0f}: save the plan without its pictures"
        )
    converted = reader(data)
    if not converted.text.strip():
        raise ConversionError("it has no text: save the plan as text, or give a file that has some")
    return converted


def convert_apart(data: bytes, suffix: str, seconds: int = SECONDS, memory: int = MEMORY) -> Converted:
    """Return the text of a file, made in a process of its own that is ended where it takes too long or too much.

    What a parser does with a file that was made to do harm (one page that unpacks to gigabytes, a loop in an index, a
    crash in C) is then done to that process, and the file is refused.

    Args:
        data: The file.
        suffix: Of its name, in lower case, as ``.docx``.
        seconds: How long it may take, of a processor.
        memory: How many bytes it may need.

    Raises:
        ConversionError: As of `convert`, or if it takes too long or too much.
    """
    command = [sys.executable, "-m", __name__, suffix, str(seconds), str(memory)]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        why = {
            -signal.SIGXCPU: f"it takes more than {seconds} seconds of a processor to be read",
            -signal.SIGKILL: "the system ended what reads it, for want of memory",
        }.get(done.returncode, "what reads it breaks down")
        raise ConversionError(f"{why}: save the part that holds the plan anew, or give its text") from None
    if "refused" in told:
        raise ConversionError(told["refused"])
    return Converted(**told | {"left_out": tuple(told["left_out"])})


#: Formats that a text is made of; a text file is taken as it is.
FORMATS = (".csv", ".docx", ".htm", ".html", ".pdf", ".xlsx")


def _readers() -> dict[str, Callable[[bytes], Converted]]:
    from dagster_project.corpus.formats import pages, pdf, sheets, word

    readers = (
        *(sheets.convert_values, word.convert, pages.convert, pages.convert, pdf.convert),
        sheets.convert_workbook,
    )
    return dict(zip(FORMATS, readers, strict=True))


_SPAN = re.compile(r"\d-$")
_WIDE_MARKS = frozenset(
    "—…“”‘’·"
)  # as wide as an ideograph in Chinese text, and not parted from what follows


def is_wide(text: str) -> bool:
    """Tell whether a text ends or begins with a character that is written without spaces around it."""
    return bool(text) and (text > "\u2e80" or text in _WIDE_MARKS)


def joined(parts: list[str]) -> str:
    """Return pieces of one paragraph or cell as one line: a space only between words that are written with spaces."""
    line = ""
    for part in (" ".join(part.split()) for part in parts):
        if part:
            is_span = _SPAN.search(line) and part[0].isdigit()  # 2020-⏎2023
            apart = line and not (is_wide(line[-1]) or is_wide(part[0]) or is_span)
            line += f" {part}" if apart else part
    return line


def row_line(cells: list[str]) -> str:
    """Return a row of a table as one line, with a tab between cells."""
    return "\t".join(cells).rstrip("\t")
