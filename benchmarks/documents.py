"""Varied documents without end, for tests of speed and size: plans and composed texts with all changed that can be.

    .venv/bin/python benchmarks/documents.py FOLDER COUNT [--seed SEED] [--start NUMBER]

writes ``FOLDER/raw/<plan_id>/plan.txt`` and ``origin.yml`` of COUNT documents, so that FOLDER is a data folder of
`ip-plans build`. The document of a seed and a number is always the same. Its text is one of the five plans or of the
composed texts of the tests, with other figures (scaled, so that tiers and ranges keep their order), years, place,
order of items and sentences, and with damage of the kinds that are found in the wild; no two are the same, so nothing
that is kept from one of them serves another.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from opencc import OpenCC

from dagster_project.reading import decode

PROJECT = Path(__file__).parents[1]
PLANS, COMPOSED = "data/raw/*/plan.txt", "tests/composed/*.txt"


class Document(NamedTuple):
    """A document as it would be registered."""

    plan_id: str
    text: bytes  # of plan.txt
    origin: str  # of origin.yml


@cache
def bases(pattern: str) -> tuple[str, ...]:
    """Return the texts that documents are made of: files of the project whose paths fit a pattern."""
    return tuple(decode(path.read_bytes())[0] for path in sorted(PROJECT.glob(pattern)))


def document(number: int, seed: int = 0) -> Document:
    """Return a document: the same for the same number and seed."""
    random = Random(f"{seed}/{number}")  # noqa: S311 - a choice that can be repeated, no secret
    text = random.choice(bases(random.choice([PLANS, COMPOSED])))
    name = f"{random.choice(_FIRST)}{random.choice(_SECOND)}{random.choice(_THIRD)}"
    text = _renamed(_recounted(text, random), name)
    text = "\n".join(_reordered(text.splitlines(), random))
    # A place has one population, whatever document speaks of it.
    population = 200_000 + zlib.crc32(name.encode()) % 9_000_000
    plan_id = f"document-{seed}-{number:07d}"
    origin = (
        f"plan_id: {plan_id}\n"
        f"jurisdiction: {{name_zh: {name}市, level: prefecture, population: {population}}}\n"
    )
    return Document(plan_id, _damaged(text, random), origin)


# Of these are made 8,000 names of places that are none.
_FIRST = "云临青澜宁沧泽禾岚洛清安衡芷梧澄瑶溪霁榆"
_SECOND = "江川溪岭泽原湾丘浦陵河坪洲屏港源石林塘谷"
_THIRD = "阳兴宁平安和昌泰永嘉丰顺德新庆康盛隆祥瑞"
_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?=年|[-—~至]|[〕\])】]|$)")
# Marks of items, days, articles and ranks are no figures: they stay.
_FIGURE = re.compile(
    r"(?<![\d.\-/〔(A-Za-z])(?!20[0-3]\d)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d|,\d|\.\d|[月日号条.、)]|[-/]\d)"
)


def _recounted(text: str, random: Random) -> str:
    """Return a text with other figures and years."""
    by, rates, later = random.uniform(0.55, 1.8), random.uniform(0.6, 1.0), random.randint(-3, 3)

    def figure(match: re.Match[str]) -> str:
        number = match[0]
        is_rate = text[match.end() : match.end() + 1] in {"%", "\uff05"}
        if number == "100" and is_rate:
            return number
        decimals, comma = len(number.partition(".")[2]), "," if "," in number else ""
        value = float(number.replace(",", "")) * (rates if is_rate else by)
        return f"{max(value, 10.0**-decimals):{comma}.{decimals}f}"

    return _YEAR.sub(lambda match: str(int(match[0]) + later), _FIGURE.sub(figure, text))


_PLACE = re.compile(r"([一-鿿]{2})[市县省区](?!级|域)")
_NO_PLACE = re.compile("[全我各本省市县区国及和与在为由园新社城山]")


def _renamed(text: str, name: str) -> str:
    """Return a text with the name of another place; the one that it names most often is replaced."""
    counted = Counter(stem for stem in _PLACE.findall(text) if not _NO_PLACE.search(stem[0]))
    return text.replace(counted.most_common(1)[0][0], name) if counted else text


_MARK = re.compile(r"\s*(?:\(?[一二三四五六七八九十]{1,3}[)、]|\d{1,2}[.、](?!\d)|[—-]+)")


def _reordered(lines: list[str], random: Random) -> list[str]:
    """Return lines with the texts of neighbouring items, and the sentences within each paragraph, in another order."""
    result: list[str] = []
    items: list[tuple[str, str]] = []  # mark and text, of lines side by side with marks of one style

    def close() -> None:
        texts = [text for _, text in items]
        random.shuffle(texts)
        result.extend(mark + text for (mark, _), text in zip(items, texts, strict=True))
        items.clear()

    for line in lines:
        match = _MARK.match(line)
        mark, text = (match[0], line[match.end() :]) if match else ("", line)
        if items and (not match or _style(items[-1][0]) != _style(mark)):
            close()
        opening, *others = re.findall("[^。]+。?", text) or [""]
        if len(others) > 1 and others[-1].endswith("。"):
            random.shuffle(others)
        text = opening + "".join(others)
        if match:
            items.append((mark, text))
        else:
            result.append(text)
    close()
    return result


def _style(mark: str) -> str:
    return re.sub(r"[\d一二三四五六七八九十]+", "1", mark.strip())


_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789%"}  # full-width forms


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


def _damaged(text: str, random: Random) -> bytes:
    """Return the bytes of a text, damaged as texts from web pages and PDFs are."""
    lines = text.split("\n")
    if random.random() < 0.05:
        lines = _traditional().convert(text).split("\n")
    if random.random() < 0.15:
        lines = [line.translate(_WIDE) if random.random() < 0.3 else line for line in lines]
    if random.random() < 0.2:
        lines = [
            re.sub("(?<=[一-鿿])(?=[一-鿿])", lambda _: " " * (random.random() < 0.004), line)
            for line in lines
        ]
    if random.random() < 0.1:
        width = random.randint(32, 44)
        lines = [line[at : at + width] for line in lines for at in range(0, max(len(line), 1), width)]
    if random.random() < 0.15:
        pages = range(40, len(lines), 40)
        for page, at in reversed(list(enumerate(pages, start=1))):
            lines.insert(at, f"— {page} —")
    if random.random() < 0.3:
        lines = [f"\u3000\u3000{line}" for line in lines]
    if random.random() < 0.1:
        lines += ["扫一扫在手机打开当前页", "打印本页 关闭窗口"]
    ends, encoding = (
        random.choice(["\n", "\n", "\n", "\r\n"]),
        random.choice(["utf-8"] * 8 + ["utf-8-sig", "gb18030"]),
    )
    return ends.join(lines).encode(encoding)


def write(folder: Path, count: int, seed: int = 0, start: int = 0) -> None:
    """Write documents as the raw plans of a data folder; those that are there stay."""
    for number in range(start, start + count):
        made = document(number, seed)
        plan = folder / "raw" / made.plan_id
        if not plan.exists():
            plan.mkdir(parents=True)
            (plan / "plan.txt").write_bytes(made.text)
            (plan / "origin.yml").write_text(made.origin, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=int, default=0)
    given = parser.parse_args()
    write(given.folder, given.count, given.seed, given.start)
