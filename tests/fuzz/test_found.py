"""What fuzzing has found stays mended; and some texts that nobody would write, anew in every run of the tests."""

from __future__ import annotations

import ast
import random
import runpy
import time
from pathlib import Path

import pytest

FUZZ = runpy.run_path(str(Path(__file__).with_name("fuzz.py")))
FOUND = dict(FUZZ["replayed"](Path(__file__).with_name("found.txt")))
KNOWN = FUZZ["seeds"]()


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_what_was_found_is_mended(text: str) -> None:
    assert FUZZ["faults"](text) == []


def test_all_holds_of_what_an_hour_of_fuzzing_reached() -> None:
    written = Path(__file__).with_name("corpus.txt").read_text(encoding="utf-8").splitlines()
    texts = [ast.literal_eval(line) for line in written if line[:1] in {"'", '"'}]
    assert len(texts) > 50
    assert {text: said for text in texts if (said := FUZZ["faults"](text))} == {}


@pytest.mark.parametrize("part", ["壹", "壹万"])
def test_a_part_again_and_again_is_read_in_linear_time(part: str) -> None:
    begun = time.process_time()
    assert FUZZ["faults"](FUZZ["FIRST"] + part * (60_000 // len(part)) + "。培育企业5家。") == []
    assert time.process_time() - begun < 8  # with the square of the length it takes half a minute


@pytest.mark.parametrize("seed", range(8))
def test_all_holds_of_texts_that_nobody_would_write(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        text = FUZZ["mutated"](chance.choice(KNOWN), chance, KNOWN)
        assert FUZZ["faults"](text) == [], text
