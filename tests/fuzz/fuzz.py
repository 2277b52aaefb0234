"""Fuzzing of reading and extraction: texts that nobody would write, and what must hold of each (`make fuzz`).

atheris steers by the branches that a text reaches; where it is not installed, texts are changed blindly. Both change them
in the words of plans: of single bytes changed, hardly one in a hundred would still be Chinese.

What is found is written to a folder, one file a text; cut short, it belongs into ``found.txt``, which the tests replay,
as they do those texts that reached most (``corpus.txt``).
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import itertools
import random
import re
import sys
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
#: Seconds that a character may take, of which there are at least as many as in a sentence. Most take 20 microseconds;
#: on a busy machine ten times as long.
SLOWEST, SENTENCE = 0.002, 200
LONGEST = 1200  # characters
#: Read before time is measured: what is imported and made once is not the time of a text.
FIRST = "一、任务\n(一)奖励。给予企业奖励50万元。"
PIECES = (
    "一、 (一) 1. ① 第三条 —— 附件1 专栏2 表1 | \t \n \r\n \f 。 , ; : 、 《 》 ( ) “ ” 〔 〕 % ‰ ＊ ∶ ： － — ~ ～ / . · + "
    "到2025年 力争 年均增长 不少于 不超过 最高 分别 给予 奖励 补助 对 企业 的 和 或 其中 以上 以下 以内 左右 每家 每增加 每年 含 不含 "
    "30% 百分之三十 三成 一半 1/3 8∶2 6:3:1 翻一番 2.7倍 50—100万元 3至5年 二十万元 1,200万元 零 〇 两 廿 0 00 0.0 9999999999999 亿 万 千 百 十 "
    "十三五 〔2021〕23号 2021年3月4日 202134日 第67次 “9+5” 5G 单位:万元 责任单位:市科技局 合计 ２０２５ ① ㈠ Ⅳ ½ ² "
    '\u3000 \u200b \u202e \x00 \ufeff \ufffe \ufffd \ue5e5 𠀋 é ی ٣ <td> &nbsp; {"a": $ = @ -- #'
).split(" ")


def faults(raw: str) -> list[str]:
    """Return what does not hold of a text; an exception is for the caller to see."""
    from dagster_project.corpus.origin import Jurisdiction, Origin
    from dagster_project.corpus.plans import ExtractedPlan
    from dagster_project.corpus.rows import document_row
    from dagster_project.corpus.tables import frame
    from dagster_project.extraction import extract
    from dagster_project.quality.extracted import own_failure
    from dagster_project.reading import read

    reading = read(raw)
    extraction = extract(reading)
    measures, numerals, found = extraction.measures, extraction.numerals, []
    if any(raw[m.char_start : m.char_end] != m.value_text for m in measures):
        found.append("a value is not what stands at its place")
    if any(not m.quote_start <= m.char_start < m.char_end <= m.quote_end <= len(raw) for m in measures):
        found.append("a quote does not hold its value")
    listed = [(n.char_start, n.char_end) for n in numerals if n.text[0].isdigit()]
    if listed != [match.span() for match in re.finditer(r"\d+(?:[.．]\d+)?", raw)]:
        found.append("the ledger does not have each run of digits once")
    if any(a.char_end > b.char_start for a, b in itertools.pairwise(numerals)):
        found.append("two numerals overlap")
    if any(raw[r.char_start : r.char_end] != r.before for r in reading.repairs):
        found.append("a repair is not of what stands at its place")
    if len({p.number for p in reading.provisions}) < len(reading.provisions):
        found.append("two provisions have one number")
    plan = Origin(plan_id="jia-2021", jurisdiction=Jurisdiction(name_zh="甲县", level="county"))
    row = document_row(plan, reading, (), encoding="utf-8", digest="0" * 64)
    rows = ExtractedPlan(row, reading, extraction).rows
    reason = own_failure({name: frame(name, of_plan) for name, of_plan in rows.items()})
    if reason and "defect of the program" in reason:
        found.append(reason)
    return found


def checked(raw: str) -> list[str]:
    """Return what does not hold of a text, exceptions and slowness among it."""
    started = time.process_time()
    try:
        found = faults(raw)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        at = error.__traceback__
        while at and at.tb_next:
            at = at.tb_next
        place = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else ""
        found = [f"{type(error).__name__}: {error} ({place})"]
    seconds = time.process_time() - started
    if seconds > SLOWEST * max(len(raw), SENTENCE):
        found.append(f"it takes {seconds:.2f} s for {len(raw)} characters")
    return found


def seeds() -> list[str]:
    """Return texts to begin with: the plans and those that the tests compose, in parts of some sentences."""
    files = [*(TESTS.parent / "data" / "raw").glob("*/plan.txt"), *(TESTS / "unit" / "texts").glob("*.txt")]
    texts = [
        path.read_text(encoding="utf-8-sig") for path in sorted([*files, *(TESTS / "composed").glob("*.txt")])
    ]
    return [
        part for text in texts for at in range(0, len(text), 400) if (part := text[at : at + 500]).strip()
    ]


def mutated(raw: str, chance: random.Random, others: list[str]) -> str:
    """Return a text changed at one to five places."""
    for _ in range(chance.randint(1, 5)):
        at, end = sorted(chance.randint(0, len(raw)) for _ in range(2))
        end = min(end, at + chance.choice([0, 1, 3, 20, 200]))
        part = raw[at:end]
        other = chance.choice(others)
        start = chance.randint(0, len(other))
        put = chance.choice(
            [
                "",
                chance.choice(PIECES),
                "".join(chance.choices(PIECES, k=chance.randint(2, 8))),
                part * chance.choice([2, 2, 3, 30]),
                part[::-1],
                chance.choice("\n \t\u3000").join(part),
                re.sub(r"\d", lambda _: chance.choice("0123456789"), part),
                other[start : start + chance.randint(1, 60)],
                chr(
                    chance.choice(
                        [
                            chance.randint(0, 0x2FF),
                            chance.randint(0x2000, 0xD7FF),
                            chance.randint(0xE000, 0x10FFFF),
                        ]
                    )
                ),
            ]
        )
        raw = raw[:at] + put + raw[end:]
    return raw[:LONGEST]


def kept(raw: str, said: list[str], folder: Path) -> None:
    """Write a text in which something does not hold."""
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"\W+", "-", said[0])[:80]
    path = folder / f"{name}-{zlib.crc32(raw.encode(errors='surrogatepass'))}.txt"
    if len([*folder.glob(f"{name}-*.txt")]) < 20:
        path.write_text(
            raw + "\n---\n" + "\n".join(said), encoding="utf-8", errors="surrogatepass", newline=""
        )
        sys.stdout.write(f"{said} in {raw[:60]!r}: {path}\n")
        sys.stdout.flush()


def blindly(folder: Path, seconds: float, chance: random.Random) -> int:
    """Change texts without looking where they lead, and return how many were tried."""
    checked(FIRST)
    begun, known, tried = time.monotonic(), seeds(), 0
    while time.monotonic() - begun < seconds:
        text = mutated(chance.choice(known), chance, known)
        if said := checked(text):
            kept(text, said, folder)
        tried += 1
    return tried


def steered(folder: Path, seconds: float, corpus: Path) -> None:
    """Let atheris choose; what leads to a new branch is kept in `corpus`. Does not return."""
    import atheris

    with atheris.instrument_imports(include=["dagster_project.reading", "dagster_project.extraction"]):
        import dagster_project.extraction
        import dagster_project.reading  # noqa: F401 - to be instrumented

    checked(FIRST)
    known = seeds()
    corpus.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        for number, text in enumerate(known):
            (corpus / f"seed-{number}").write_bytes(text.encode())

    def one(data: bytes) -> None:
        text = data.decode("utf-8", "ignore")[:LONGEST]
        if said := checked(text):
            kept(text, said, folder)

    def change(data: bytes, max_size: int, seed: int) -> bytes:
        text = mutated(data.decode("utf-8", "ignore"), random.Random(seed), known)
        return text.encode("utf-8", "ignore")[:max_size]

    settings = [
        f"-max_total_time={seconds:.0f}",
        "-max_len=4000",
        "-timeout=120",
        "-rss_limit_mb=4096",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *settings], one, custom_mutator=change)
    atheris.Fuzz()


def replayed(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what was found once and cut short, by name: ``## name``, and below it ``text``, or ``text`` * times, + more."""
    for part in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, _, written = part.partition("\n")
        pieces = re.findall(r"('(?:[^'\\]|\\.)*')(?: \* (\d+))?", written)
        yield name.strip(), "".join(ast.literal_eval(text) * int(times or 1) for text, times in pieces)


def main() -> None:
    """Fuzz for some time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--found", type=Path, required=True, help="where to write what was found")
    parser.add_argument("--blind", action="store_true", help="without atheris")
    parser.add_argument("--seed", type=int, default=int(datetime.now(UTC).timestamp()))
    given = parser.parse_args()
    if given.blind or importlib.util.find_spec("atheris") is None:
        tried = blindly(given.found, given.seconds, random.Random(given.seed))
        sys.stdout.write(f"{tried} texts in {given.seconds:.0f} s, begun with {given.seed}\n")
    else:
        steered(given.found, given.seconds, given.found / "corpus")


if __name__ == "__main__":
    main()
