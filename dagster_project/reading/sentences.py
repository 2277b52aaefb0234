"""What a sentence is, for all who cut a text, raw or folded.

A sentence ends at one of the three marks of GB/T 15834-2011 that end one (。, ! and ?), at the end of a line, or at a
point that was printed for 。; a segment is a sentence, or what stands between two ; of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

# Some web pages print 。 as a point: …增长17.3%.累计建成…
_END = r"[。！？!?\n\r]|(?<=[\u4e00-\u9fff%％)）”》])[.．](?=\s|[\u4e00-\u9fff]|\d+\.|$)"
_SENTENCE_END = re.compile(_END)
_SEGMENT_END = re.compile(rf"{_END}|[;；]")
_SENTENCE = re.compile(rf"(?:(?!{_END}).)+(?:{_END})?", re.DOTALL)
LONGEST_SENTENCE = 800  # characters; the longest of the five plans has 282
LONGEST_SHOWN = 600  # characters; of a text without 。 only the surroundings of a number are shown


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences in ``text[start:end]``, each with the mark that ends it.

    One longer than `LONGEST_SENTENCE` comes in pieces that end at ; or , or 、 or a space where they can: without a
    bound, every number of a text without 。 would be read beside all others.
    """
    for match in _SENTENCE.finditer(text, start, end):
        begin, stop = match.span()
        while stop - begin > LONGEST_SENTENCE:
            cut = max(text.rfind(mark, begin, begin + LONGEST_SENTENCE) for mark in ";,、 ") + 1
            cut = cut or begin + LONGEST_SENTENCE
            yield begin, cut
            begin = cut
        yield begin, stop


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence, or of the sentences, that hold ``text[start:end]``, without the last mark."""
    marks = [match.span() for match in _SENTENCE_END.finditer(text)]
    first = max((stop for _, stop in marks if stop <= start), default=0)
    return first, min((at for at, _ in marks if at >= end), default=len(text))


def segment_ends(text: str) -> list[int]:
    """Return where the segments of `text` end."""
    return [match.end() for match in _SEGMENT_END.finditer(text)]


def segment(text: str, start: int, end: int, ends: Sequence[int] | None = None) -> str:
    """Return the segment that holds ``text[start:end]``, as it is shown: stripped, and no longer than `LONGEST_SHOWN`.

    Args:
        text: The whole text.
        start: Where the span starts.
        end: Where it ends.
        ends: `segment_ends` of the text, for those who ask for many of its segments.
    """
    ends = segment_ends(text) if ends is None else ends
    before, after = bisect_right(ends, start), bisect_right(ends, end)
    first, last = ends[before - 1] if before else 0, ends[after] if after < len(ends) else len(text)
    if last - first > LONGEST_SHOWN:
        first, last = max(first, start - LONGEST_SHOWN // 2), min(last, end + LONGEST_SHOWN // 2)
    return text[first:last].strip()
