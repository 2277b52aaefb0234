"""Look for patterns that take more than linear time: each repeat of each pattern of reading and extraction is pumped.

A pattern is taken apart by the parser of `re`; for each repeat in it texts are made of what stands before it, of its body
again and again, and of an end that it does not match: there a pattern that backtracks tries all ways. The body is made in
several ways: as short as it can be, and by lot, with or without what may be left out, of characters that stand elsewhere in
it, which more than one part of it may then match. Time is measured on
a text and on one twice as long; then, for each part that a pattern repeats, on reading and extraction of a long text of it
(`python tests/fuzz/pump.py`, a few minutes).
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

SHORT, LONG = 600, 1_200  # characters
#: Times as long for a text twice as long. A search that begins anew at each character of a run has 4.
WORSE_THAN_LINEAR, WORSE_THAN_SQUARE = 3.0, 6.0
LIMIT = 2.0  # seconds for one search
MEASURED = 0.15  # seconds that a search is repeated for
SLOW = 0.01  # seconds; what is faster is not measured well
TEXT = 10_000  # characters of a whole text, and four times as many
TWICE_LINEAR, SLOW_TEXT = 2.0, 0.5  # seconds
HEAD = "一、任务\n(一)奖励。到2023年,给予企业奖励50万元。\n"
ENDS = ("\x00", "。", "\n", "专")
BY_LOT = 12  # bodies of each repeat that are made by lot


def modules() -> Iterator[ModuleType]:
    """Yield the modules of reading and extraction."""
    for name in ("dagster_project.reading", "dagster_project.extraction", "dagster_project.corpus"):
        package = importlib.import_module(name)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            yield importlib.import_module(found.name)


def patterns() -> dict[re.Pattern[str], str]:
    """Return every pattern that a module, a table or a rule holds, with where it was found first."""
    found: dict[re.Pattern[str], str] = {}
    seen: set[int] = set()

    def look(value: object, where: str, depth: int = 0) -> None:
        if id(value) in seen or depth > 6:
            return
        seen.add(id(value))
        if isinstance(value, re.Pattern):
            if isinstance(value.pattern, str):
                found.setdefault(value, where)
        elif isinstance(value, dict):
            for each in (*value.keys(), *value.values()):
                look(each, where, depth + 1)
        elif isinstance(value, list | tuple | set | frozenset):
            for each in value:
                look(each, where, depth + 1)
        elif callable(value) and getattr(value, "__module__", "").startswith("dagster_project"):
            for cell in getattr(value, "__closure__", None) or ():
                look(cell.cell_contents, where, depth + 1)
            look(getattr(value, "__defaults__", None) or (), where, depth + 1)
            if hasattr(value, "__dict__"):
                look(vars(value), where, depth + 1)
        elif type(value).__module__.startswith("dagster_project"):
            names = getattr(value, "__slots__", None) or vars(value)
            look([getattr(value, name, None) for name in names], where, depth + 1)

    for module in modules():
        for name, value in [*vars(module).items()]:
            look(value, f"{module.__name__}.{name}")
    # What is compiled inside functions by the functions of `re` themselves stands in its cache once it has run.
    return found


def sample(items: Any) -> str:
    """Return a text that a parsed pattern matches, more or less."""
    text = ""
    for code, given in items:
        if code is op.LITERAL:
            text += chr(given)
        elif code is op.NOT_LITERAL:
            text += "专" if given != ord("专") else "利"
        elif code is op.ANY:
            text += "专"
        elif code is op.IN:
            text += of_class(given)
        elif code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            text += sample(given[2]) * max(1, given[0])
        elif code is op.SUBPATTERN:
            text += sample(given[3])
        elif code is op.BRANCH:
            text += sample(given[1][0])
        elif code is op.ATOMIC_GROUP:
            text += sample(given)
    return text


def of_class(items: Any) -> str:
    """Return a character of a class."""
    if items and items[0][0] is op.NEGATE:
        for each in "专利8a一x":
            if not any(code is op.LITERAL and given == ord(each) for code, given in items):
                return each
        return "知"
    for code, given in items:
        if code is op.LITERAL:
            return chr(given)
        if code is op.RANGE:
            return chr(given[0])
        if code is op.CATEGORY:
            return {op.CATEGORY_DIGIT: "8", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "专"}.get(given, "专")
    return "专"


def fits(items: Any, character: str) -> bool:
    """Say whether a class has a character."""
    negated = bool(items) and items[0][0] is op.NEGATE
    for code, given in items:
        if (code is op.LITERAL and given == ord(character)) or (
            code is op.RANGE and given[0] <= ord(character) <= given[1]
        ):
            return not negated
        if code is op.CATEGORY and {
            op.CATEGORY_DIGIT: character.isdigit(),
            op.CATEGORY_SPACE: character.isspace(),
            op.CATEGORY_WORD: character.isalnum(),
        }.get(given, False):
            return not negated
    return negated


def characters(items: Any) -> Iterator[str]:
    """Yield the characters that a parsed pattern names."""
    for code, given in items:
        if code is op.LITERAL:
            yield chr(given)
        elif code is op.IN:
            yield from (chr(each) for inner, each in given if inner is op.LITERAL)
        elif code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            yield from characters(given[2])
        elif code is op.SUBPATTERN:
            yield from characters(given[3])
        elif code is op.BRANCH:
            yield from itertools.chain.from_iterable(map(characters, given[1]))
        elif code is op.ATOMIC_GROUP:
            yield from characters(given)


def by_lot(items: Any, named: list[str], lot: random.Random) -> str:
    """Return a text that a parsed pattern matches, more or less, drawn by lot, of `named` characters where it has a choice."""
    text = ""
    for code, given in items:
        if code is op.IN:
            text += lot.choice([each for each in named if fits(given, each)] or [of_class(given)])
        elif code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            least, most = given[0], min(given[1], given[0] + 2)
            text += "".join(by_lot(given[2], named, lot) for _ in range(lot.randint(least, most)))
        elif code is op.SUBPATTERN:
            text += by_lot(given[3], named, lot)
        elif code is op.BRANCH:
            text += by_lot(lot.choice(given[1]), named, lot)
        elif code is op.ATOMIC_GROUP:
            text += by_lot(given, named, lot)
        else:
            text += sample([(code, given)])
    return text


def shortest(items: Any) -> Iterator[str]:
    """Yield the shortest text that a repeat may repeat."""
    yield sample(items)


def bodies_of(items: Any) -> Iterator[str]:
    """Yield texts that a repeat may repeat: the shortest, and some by lot, the same each time."""
    yield from shortest(items)
    lot, named = random.Random(0), sorted(set(characters(items)))
    yield from (by_lot(items, named, lot) for _ in range(BY_LOT))


def pumps(
    items: Any, before: str = "", bodies: Callable[[Any], Iterator[str]] = bodies_of
) -> Iterator[tuple[str, str]]:
    """Yield what stands before each repeat without an upper bound, and what it repeats."""
    for item in items:
        code, given = item
        if code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            if given[1] > 9:
                yield from ((before, body) for body in {*bodies(given[2])} if body)
            yield from pumps(given[2], before, bodies)
        elif code is op.SUBPATTERN:
            yield from pumps(given[3], before, bodies)
        elif code is op.BRANCH:
            for branch in given[1]:
                yield from pumps(branch, before, bodies)
        elif code in {op.ASSERT, op.ASSERT_NOT}:
            yield from pumps(given[1], "", bodies)
        elif code is op.ATOMIC_GROUP:
            yield from pumps(given, before, bodies)
        before += sample([item])


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return how long a search through the whole of a text takes."""
    started = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        for _ in pattern.finditer(text):
            pass
    except TimeoutError:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - started


def on_average(pattern: re.Pattern[str], text: str) -> float:
    """Return how long a search takes, of so many that the ticks of the clock, some milliseconds, do not count."""
    times: list[float] = []
    while sum(times) < MEASURED and len(times) < 100:
        times.append(seconds(pattern, text))
    return max(sum(times) / len(times), 1e-6)


def give_up(*_: object) -> None:
    """End a search that takes too long."""
    raise TimeoutError


def alone(known: dict[re.Pattern[str], str]) -> tuple[list[tuple[float, float, str, str, str]], set[str]]:
    """Time each pattern by itself, as no sentence bounds what it is given.

    Returns:
        The worst of each place that takes more than linear time: seconds, times as long for twice the text, the place,
        what is repeated, and the pattern; and the shortest of all that was repeated.
    """
    found, bodies = [], set()
    for pattern, where in known.items():
        parsed = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
        pairs = {*pumps(parsed)}
        bodies.update(body for _, body in pumps(parsed, bodies=shortest))
        for (before, body), end in itertools.product(sorted(pairs), ENDS):
            short, long = (before + body * (size // len(body)) + end for size in (SHORT, LONG))
            if (took := seconds(pattern, short)) < SLOW / 4:
                continue
            took = took if took >= LIMIT else on_average(pattern, short)
            twice = on_average(pattern, long) if took < LIMIT else 100 * LIMIT
            if twice > SLOW and twice > WORSE_THAN_LINEAR * took:
                found.append((twice, twice / took, where, body, pattern.pattern))
            if took >= LIMIT:
                break  # it cannot be worse
    return [max(r for r in found if r[2] == place) for place in {row[2] for row in found}], bodies


def reading_seconds(text: str) -> float:
    """Return how long it takes to read and extract a text."""
    from dagster_project.extraction import extract
    from dagster_project.reading import read

    started = time.process_time()
    extract(read(text))
    return time.process_time() - started


def in_a_text(bodies: set[str]) -> Iterator[tuple[float, float, str]]:
    """Yield what makes a text of it take more than linear time to be read: seconds, times as long for four times."""
    reading_seconds(HEAD)
    for body, lead in itertools.product(sorted(bodies), ("", "奖励3家")):
        short, long = (
            HEAD + lead + body * (size // len(body)) + "。培育企业5家。" for size in (TEXT, 4 * TEXT)
        )
        took, more = reading_seconds(short), reading_seconds(long)
        if more > SLOW_TEXT and more > 4 * TWICE_LINEAR * took:
            yield more, more / took, lead + body


def main() -> None:
    """Print what takes more than linear time, the worst first; fail where a text does, or a pattern worse than the square."""
    signal.signal(signal.SIGVTALRM, give_up)
    known = patterns()
    worst, bodies = alone(known)
    for twice, ratio, where, body, printed in sorted(worst, reverse=True):
        kind = "worse than the square" if ratio > WORSE_THAN_SQUARE else "the square"
        sys.stdout.write(f"{twice:6.3f} s, ×{ratio:.1f} ({kind}) {where}: {body[:12]!r}+ of {printed[:90]}\n")
    texts = list(in_a_text(bodies))
    for took, ratio, body in sorted(texts, reverse=True):
        sys.stdout.write(
            f"{took:6.1f} s, ×{ratio:.1f} for four times {body[:12]!r}+ in a text of {4 * TEXT:,}\n"
        )
    sys.stdout.write(
        f"{len(known)} patterns: {len(worst)} take more than linear time where no sentence bounds them; of texts of the "
        f"{len(bodies)} parts that they repeat, {len(texts)} do\n"
    )
    sys.exit(bool(texts) or any(ratio > WORSE_THAN_SQUARE for _, ratio, *_ in worst))


if __name__ == "__main__":
    main()
