"""From the bytes of a file to a `View`: one script, one width, and the raw span of every character.

The fold is per character: OpenCC's t2s table (used without its phrases, so that every character has its place), and
Unicode NFKC where it changes only the form of a character. Characters whose NFKC form would make a new
number out of a sign (㎡ → m2, ² → 2, ① → 1) keep their form.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import opencc

from dagster_project.records import View


class ReadingError(ValueError):
    """A file that cannot be read as a Chinese text; the message says what, where and what to do."""


# Blocks of Unicode whose NFKC form is the same character in another width or code point.
_COMPATIBILITY = (
    (0x2474, 0x249B),  # ⑴ ⒈
    (0x3220, 0x3229),  # ㈠
    (0xF900, 0xFAD9),  # compatibility ideographs
    (0xFE10, 0xFE19),  # vertical forms
    (0xFE30, 0xFE6B),  # vertical and small forms
    (0xFF01, 0xFFEE),  # half-width and full-width forms
    (0x2F800, 0x2FA1D),
)
# The radicals that are whole characters, by these. Where a font draws both with one glyph, text that is copied out of a
# PDF has the radical (⾼ for 高, ⻓ for 长). NFKC knows those of the Kangxi block; the rest, of the supplement, are
# from Unicode 15.1, EquivalentUnifiedIdeograph.txt.
RADICALS = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)} | dict(
    zip(
        "⺁⺄⺈⺊⺌⺎⺒⺓⺜⺝⺟⺠⺧⺩⺬⺶⺼⻁⻄⻅⻆⻉⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻳",
        "厂乙刀卜小兀巳幺日月母民牛王示羊肉虎西见角贝车邑長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龜龟",
        strict=True,
    )
)
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2EBE0))
# Signs that web pages print in many forms; 「」 are the quotation marks of traditional script.
_SIGNS = {
    **dict.fromkeys("\t\u00a0\u1680\u202f\u205f\u3000", " "),
    **{chr(c): " " for c in range(0x2000, 0x200B)},
    **dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **dict.fromkeys("‒–―─━", "—"),
    **dict.fromkeys("‐‑−", "-"),
    **dict.fromkeys("・‧", "·"),
    **dict(zip("「」『』﹁﹂﹃﹄", "“”‘’“”‘’", strict=True)),
}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufe0f\ufeff" + "".join(
    chr(c) for c in (*range(0x09), *range(0x0E, 0x1C), 0x1F, 0x7F)
)


# Between two pages a PDF gives the end of the line and a form feed, which are one break: 新增4⏎␌0件.
_PAGE_END = r"(?<=[\r\n])\f|\f(?=[ \t]{0,40}[\r\n])"


@cache
def _tables() -> tuple[dict[int, str], dict[str, str], re.Pattern[str]]:
    """Return the 1:1 table for `str.translate`, the forms of another length, and the pattern that finds these."""
    forms = _SIGNS | RADICALS
    for first, last in _COMPATIBILITY:
        for char in map(chr, range(first, last + 1)):
            form = unicodedata.normalize("NFKC", char)
            if char not in forms and form != char and not any(map(unicodedata.combining, form)):
                forms[char] = form
    simplified = opencc.OpenCC("t2s").convert
    ideographs = [chr(c) for first, last in _IDEOGRAPHS for c in range(first, last + 1)]
    to_simplified = {
        char: form
        for char, form in zip(ideographs, simplified("\n".join(ideographs)).split("\n"), strict=True)
        if form != char and len(form) == 1
    }
    forms = to_simplified | {
        char: "".join(to_simplified.get(c, c) for c in form) for char, form in forms.items()
    }
    resized = {char: form for char, form in forms.items() if len(form) != 1}
    resized |= {"\r\n": "\n", "\r": "\n"} | dict.fromkeys(_INVISIBLE, "")
    pattern = re.compile(_PAGE_END + "|\r\n|[" + re.escape("".join(c for c in resized if len(c) == 1)) + "]")
    resized["\f"] = ""  # where the pattern finds it; elsewhere it ends a line
    return {ord(c): form for c, form in forms.items() if len(form) == 1}, resized, pattern


def simplify(text: str) -> str:
    """Return `text` folded as `fold` does, without a map: for names, titles and quotes."""
    table, resized, pattern = _tables()
    text = re.sub(_PAGE_END, "", text) if "\f" in text else text
    return pattern.sub(lambda m: resized[m[0]], text.translate(table))


def fold(raw: str) -> View:
    """Return `raw` in simplified script and half-width forms, with line feeds only, and its exact map.

    Args:
        raw: The text of the file as decoded.
    """
    table, resized, pattern = _tables()
    view = View(raw, raw.translate(table), range(len(raw)), range(1, len(raw) + 1))
    edits = [(*m.span(), resized[m[0]]) for m in pattern.finditer(raw)]
    return splice(view, edits) if edits else view


def splice(view: View, edits: Iterable[tuple[int, int, str]]) -> View:
    """Return `view` with ``text[start:end]`` read as `after` for every edit.

    Args:
        view: A view of the raw text.
        edits: ``(start, end, after)`` in order and without overlap. A character that stands before and after the
            edit keeps its raw span; one that the edit puts in has an empty span; one that replaces
            others stands for all of them.
    """
    pieces: list[str] = []
    starts, ends = array("i"), array("i")

    def keep(start: int, end: int) -> None:
        pieces.append(view.text[start:end])
        starts.extend(view.starts[start:end])
        ends.extend(view.ends[start:end])

    at = 0
    for start, end, after in edits:
        keep(at, start)
        pieces.append(after)
        for first, last in _align(view.text[start:end], after):
            low = view.starts[start + first] if start + first < len(view.starts) else len(view.raw)
            starts.append(low)
            ends.append(view.ends[start + last - 1] if last > first else low)
        at = end
    keep(at, len(view.text))
    return View(view.raw, "".join(pieces), starts, ends)


def _align(before: str, after: str) -> Iterator[tuple[int, int]]:
    """Yield for each character of `after` the span of `before` that it stands for."""
    if len(before) == len(after):
        yield from ((i, i + 1) for i in range(len(after)))
        return
    long, short = (after, before) if len(after) > len(before) else (before, after)
    rest = iter(long)
    if not all(char in rest for char in short):  # neither is the other with characters put in
        yield from ((0, len(before)) for _ in after)
        return
    at = 0
    for char in after:
        if after is short:
            at = before.index(char, at)
        kept = at < len(before) and before[at] == char
        yield at, at + kept
        at += kept


@cache
def _common_characters() -> frozenset[str]:
    """Return the 3755 most used Chinese characters: level 1 of GB 2312, rows 16 to 55."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(b"".join(cells).decode("gb2312", "ignore"))


def _plausibility(text: str) -> float:
    """Return the share of the non-ASCII letters of `text` that are common Chinese characters."""
    letters = [c for c in simplify(text[:20_000]) if c.isalpha() and not c.isascii()]
    return sum(map(_common_characters().__contains__, letters)) / len(letters) if letters else 0.0


_MARKS = (  # the longer mark first: that of UTF-16 begins that of UTF-32
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding, judged by the bytes alone.

    A byte-order mark decides; else strict UTF-8, which other encodings do not satisfy by chance; else the one of
    GB18030 and Big5 whose text has more common Chinese characters. No library guesses: on short texts
    statistical detectors confuse the two.

    Raises:
        ReadingError: The file is empty, is no text, is in none of these encodings, or has no Chinese in it.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise ReadingError("The file is empty: save the text of the plan into it.")
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _chinese(_strict(data, codec)), codec
    if (nul := data.find(b"\0")) >= 0:
        raise ReadingError(
            f"The file is no text: byte {nul} is NUL. Copy the text of the document (not the PDF or Word file) "
            "into plan.txt and save it as UTF-8."
        )
    try:
        return _chinese(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        utf8_error = error
    found: list[tuple[float, str, str]] = []
    for codec, name in (("gb18030", "gb18030"), ("cp950", "big5")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        found.append((_plausibility(text), text, name))
    best = max(found, default=(0.0, "", ""))
    if best[0] < 0.6:  # right decodings of policy texts have 0.93 and more, wrong ones under 0.4
        raise ReadingError(
            f"The file is in no encoding that is read here (UTF-8, UTF-16 with a byte-order mark, GB18030, Big5): as "
            f"UTF-8 it fails at byte {utf8_error.start} ({utf8_error.reason}). Save it again as UTF-8."
        )
    return best[1], best[2]


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"The file begins with the byte-order mark of {codec} but byte {error.start} is not {codec} "
            f"({error.reason}). Save it again as UTF-8."
        ) from error


def _chinese(text: str) -> str:
    if not any("\u4e00" <= c <= "\u9fff" for c in text):
        raise ReadingError(
            "No Chinese character in the file: put the Chinese text of the plan into it; if it has one, it was saved "
            "in a wrong encoding: save it again as UTF-8."
        )
    return text


__all__: Sequence[str] = ("ReadingError", "decode", "fold", "simplify", "splice")
