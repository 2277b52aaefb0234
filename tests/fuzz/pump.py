"""Look for patterns that take more than linear time: each repeat of each pattern of reading and extraction is pumped.

A pattern is taken apart by the parser of `re`; for each repeat in it a text is made of what stands before it, of its body
again and again, and of an end that it does not match: there a pattern that backtracks tries all ways. Time is measured on
a text and on one twice as long (`python tests/fuzz/pump.py`).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

SHORT, LONG = 600, 1_200  # characters
#: Times as long for a text twice as long. A search that begins anew at each character of a run has 4.
WORSE_THAN_LINEAR, WORSE_THAN_SQUARE = 3.0, 6.0
LIMIT = 2.0  # seconds for one search
SLOW = 0.01  # seconds; what is faster is not measured well
ENDS = ("\x00", "。", "\n", "专")


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


def pumps(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield what stands before each repeat without an upper bound, and what it repeats."""
    for item in items:
        code, given = item
        if code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            if given[1] > 9 and (body := sample(given[2])):
                yield before, body
            yield from pumps(given[2], before)
        elif code is op.SUBPATTERN:
            yield from pumps(given[3], before)
        elif code is op.BRANCH:
            for branch in given[1]:
                yield from pumps(branch, before)
        elif code in {op.ASSERT, op.ASSERT_NOT}:
            yield from pumps(given[1], "")
        elif code is op.ATOMIC_GROUP:
            yield from pumps(given, before)
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


def give_up(*_: object) -> None:
    """End a search that takes too long."""
    raise TimeoutError


def main() -> None:
    """Print the patterns that take more than linear time, the worst first."""
    signal.signal(signal.SIGVTALRM, give_up)
    found, tried = [], 0
    known = patterns()
    for pattern, where in known.items():
        for before, body in {*pumps(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))}:
            for end in ENDS:
                tried += 1
                short, long = (before + body * (size // len(body)) + end for size in (SHORT, LONG))
                took = seconds(pattern, short)
                if took < SLOW / 4:
                    continue
                twice = seconds(pattern, long) if took < LIMIT else 100 * LIMIT
                if twice > SLOW and twice > WORSE_THAN_LINEAR * took:
                    found.append((twice, twice / took, where, body, pattern.pattern))
    worst = {where: row for *_, where, _, _ in found for row in [max(r for r in found if r[2] == where)]}
    for twice, ratio, where, body, printed in sorted(worst.values(), reverse=True):
        kind = "worse than the square" if ratio > WORSE_THAN_SQUARE else "the square"
        sys.stdout.write(f"{twice:6.3f} s, ×{ratio:.1f} ({kind}) {where}: {body[:12]!r}+ of {printed[:90]}\n")
    sys.stdout.write(
        f"{len(known)} patterns, {tried} texts, {len(worst)} places take more than linear time\n"
    )
    sys.exit(any(ratio > WORSE_THAN_SQUARE for _, ratio, *_ in worst.values()))


if __name__ == "__main__":
    main()
