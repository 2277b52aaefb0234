"""What finds numbers in Chinese texts: this project, a plain pattern, and the tools that others have made.

Each tool takes the same texts and gives the spans and values that it finds. Those that are not installed are left out,
with the reason; `scripts/setup.sh benchmarks` installs all of them into an environment of their own.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import NamedTuple

from dagster_project.extraction import extract
from dagster_project.reading import decode, read

PLAIN = re.compile(r"\d+(?:\.\d+)?(?:万|亿)?(?:元|%|件|家|个|项|名|人|年|倍|单)")
_SENTENCE = re.compile(r"[^。;\n]+[。;\n]?")


class Found(NamedTuple):
    """A number that a tool finds: ``text[start:end]``, and its value in the base unit (30 % is 30)."""

    start: int
    end: int
    value: float


Find = Callable[[bytes], Sequence[Found]]


class Tool(NamedTuple):
    """A tool, with its version."""

    name: str
    find: Find


def _plain(data: bytes) -> list[Found]:
    """The plain list of numbers with their units, as anyone would write it first."""
    text = decode(data)[0]
    return [Found(*m.span(), float("nan")) for m in PLAIN.finditer(text)]


def _read_only(data: bytes) -> list[Found]:
    read(decode(data)[0])
    return []


def _ours(data: bytes) -> list[Found]:
    measures = extract(read(decode(data)[0])).measures
    return [Found(m.char_start, m.char_end, m.value) for m in measures]


def _by_sentence(find: Callable[[str], Iterable[Found]]) -> Find:
    """Return a tool that is given one sentence after the other, as its authors mean it to be used."""

    def whole(data: bytes) -> list[Found]:
        text = decode(data)[0]
        return [
            Found(m.start() + start, m.start() + end, value)
            for m in _SENTENCE.finditer(text)
            for start, end, value in find(m[0])
        ]

    return whole


def _recognizers() -> Find:
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    def find(sentence: str) -> Iterator[Found]:
        for recognize in (recognize_number, recognize_percentage, recognize_currency):
            for found in recognize(sentence, Culture.Chinese):
                value = str((found.resolution or {}).get("value") or "nan").rstrip("%")
                yield Found(found.start, found.end + 1, float(value))

    return _by_sentence(find)


def _jionlp() -> Find:
    import jionlp

    def find(sentence: str) -> Iterator[Found]:
        for found in jionlp.ner.extract_money(sentence, with_parsing=True):
            number = found["detail"]["num"]
            for value in number if isinstance(number, list) else [number]:
                yield Found(*found["offset"], float(value))

    return _by_sentence(find)


def _duckling() -> Find:
    import duckling

    zones = duckling.load_time_zones("/usr/share/zoneinfo")
    now = duckling.parse_ref_time(zones, "Asia/Shanghai", int(time.time()))
    locale = duckling.parse_locale("ZH_CN", duckling.default_locale_lang(duckling.parse_lang("ZH")))
    context = duckling.Context(now, locale)
    dimensions = duckling.parse_dimensions(["amount-of-money", "number"])

    def find(sentence: str) -> Iterator[Found]:
        for found in duckling.parse(sentence, context, dimensions, False):  # noqa: FBT003 - its signature
            value = found["value"].get("value")
            if value is not None:  # an interval has none
                yield Found(found["start"], found["end"], float(value))

    return _by_sentence(find)


#: name, package whose version is said, and what makes the tool.
_TOOLS: tuple[tuple[str, str | None, Callable[[], Find]], ...] = (
    ("plain list", None, lambda: _plain),
    ("reading alone", None, lambda: _read_only),
    ("ip-plans", None, lambda: _ours),
    ("JioNLP, money", "jionlp", _jionlp),
    ("Duckling, money and numbers", "pyduckling-native-phihos", _duckling),
    ("Recognizers-Text, numbers, percentages and currencies", "recognizers-text-suite", _recognizers),
)


def tools() -> Iterator[tuple[str, Find | str]]:
    """Yield the name of each tool with its version, and the tool or the reason why it is not here."""
    for name, package, make in _TOOLS:
        try:
            found = make()
            yield f"{name} {version(package)}" if package else name, found
        except Exception as error:  # noqa: BLE001 - whatever another tool stumbles over is said
            yield name, f"{type(error).__name__}: {error}"


class Score(NamedTuple):
    """How what was found agrees with what a person has coded.

    Attributes:
        found: Numbers that the tool finds.
        measures: Measures in the reference reading.
        right: Those whose span a find touches and whose value it has.
    """

    found: int
    measures: int
    right: int

    @property
    def recall(self) -> float:
        """Share of the measures that are found."""
        return self.right / self.measures if self.measures else 0.0

    @property
    def precision(self) -> float:
        """Share of what is found that is a measure."""
        return min(1.0, self.right / self.found) if self.found else 0.0


_NEAR = 1e-3  # of the value


def score(found: Sequence[Found], reference: Sequence[tuple[int, int, float, str]]) -> Score:
    """Compare what was found in a text with its reference reading: (start, end, value, unit) of each measure.

    A percentage may be given as 30 or as 0.3. Each find counts for one measure.
    """
    left = sorted(found)
    right = 0
    for start, end, value, unit in reference:
        values = (value, value / 100) if unit == "percent" else (value,)
        for one in left:
            touches = one.start < end and start < one.end
            if touches and any(abs(one.value - v) <= _NEAR * abs(v) for v in values):
                left.remove(one)
                right += 1
                break
    return Score(len(found), len(reference), right)
