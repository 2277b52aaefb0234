"""Pairs extracted rows with the rows of a reference reading, one to one.

Pure: polars frames in, polars frames out. What is right about a pair is counted in SQL (`audit_accuracy`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import polars as pl

VALUE_TOLERANCE = 0.001
"""Two values are the same within 0.1 %."""


def match_measures(measures: pl.DataFrame, reference: pl.DataFrame) -> pl.DataFrame:
    """Pair measures with reference measures.

    A pair is of one plan, its value_text spans overlap and its values agree within `VALUE_TOLERANCE`. Where
    several pairs are possible, the closest indicator texts are paired first.

    Args:
        measures: plan_key, measure_key, char_start, char_end, value, indicator_text_zh; one row per measure.
        reference: plan_key, reference_key, char_start, char_end, value, indicator_text_zh; one row per reading.

    Returns:
        plan_key, measure_key (null: the reference row was missed), reference_key (null: the row is extra); every
        measure of a plan with a reference and every reference row once, sorted by plan and reference.
    """
    candidates = _overlapping(measures.with_columns(pl.col("value").cast(pl.Float64)), reference).filter(
        (pl.col("value") - pl.col("value_reference")).abs()
        <= VALUE_TOLERANCE * pl.col("value_reference").abs() + 1e-9
    )
    closeness = [
        text_similarity(found, read)
        for found, read in candidates.select("indicator_text_zh", "indicator_text_zh_reference").iter_rows()
    ]
    return _paired(candidates, closeness, measures, reference, "measure_key")


def match_provisions(provisions: pl.DataFrame, reference: pl.DataFrame) -> pl.DataFrame:
    """Pair provisions with reference provisions.

    A pair is of one plan and shares at least half of the characters that either covers (a Jaccard index of 0.5);
    the best overlap is paired first.

    Args:
        provisions: plan_key, provision_key, char_start, char_end; one row per provision.
        reference: plan_key, reference_key, char_start, char_end; one row per reading.

    Returns:
        plan_key, provision_key, reference_key, as `match_measures` returns them.
    """
    shared = pl.min_horizontal("char_end", "char_end_reference") - pl.max_horizontal(
        "char_start", "char_start_reference"
    )
    covered = pl.max_horizontal("char_end", "char_end_reference") - pl.min_horizontal(
        "char_start", "char_start_reference"
    )
    candidates = (
        _overlapping(provisions, reference)
        .with_columns(overlap=shared / covered)
        .filter(pl.col("overlap") >= 0.5)
    )
    return _paired(candidates, candidates["overlap"].to_list(), provisions, reference, "provision_key")


def text_similarity(left: str | None, right: str | None) -> float:
    """Return how alike two short texts are: the Dice coefficient of their character pairs, from 0 to 1."""
    pairs_left, pairs_right = _character_pairs(left or ""), _character_pairs(right or "")
    total = pairs_left.total() + pairs_right.total()
    return 2 * (pairs_left & pairs_right).total() / total if total else 1.0


def _character_pairs(text: str) -> Counter[str]:
    return Counter(f"^{text}$"[i : i + 2] for i in range(len(text) + 1)) if text else Counter()


def _overlapping(found: pl.DataFrame, reference: pl.DataFrame) -> pl.DataFrame:
    """Return all pairs of rows of one plan whose spans share a character."""
    return found.join(reference, on="plan_key", suffix="_reference").filter(
        (pl.col("char_start") < pl.col("char_end_reference"))
        & (pl.col("char_start_reference") < pl.col("char_end"))
    )


def _paired(
    candidates: pl.DataFrame,
    closeness: Iterable[float],
    found: pl.DataFrame,
    reference: pl.DataFrame,
    key: str,
) -> pl.DataFrame:
    """Take the closest candidates first, each row once, and add the rows of both sides that stay alone."""
    pairs: dict[str, str] = {}
    used: set[str] = set()
    ranked = sorted(
        zip(closeness, candidates.select(key, "reference_key").iter_rows(), strict=True), key=_by_rank
    )
    for _, (row_key, reference_key) in ranked:
        if row_key not in pairs and reference_key not in used:
            pairs[row_key] = reference_key
            used.add(reference_key)
    matched = pl.DataFrame(
        {key: list(pairs), "reference_key": list(pairs.values())},
        schema={key: pl.String, "reference_key": pl.String},
    )
    assessed = found.join(reference.select("plan_key").unique(), on="plan_key", how="semi")
    extracted = assessed.select("plan_key", key).join(matched, on=key, how="left")
    missed = reference.select("plan_key", "reference_key").join(matched, on="reference_key", how="anti")
    return pl.concat(
        [extracted, missed.with_columns(pl.lit(None, pl.String).alias(key))], how="diagonal"
    ).sort("plan_key", "reference_key", key, nulls_last=True)


def _by_rank(candidate: tuple[float, tuple[str, str]]) -> tuple[float, str, str]:
    """Sort by closeness, then by keys, so that ties are settled the same way in every run."""
    closeness, (row_key, reference_key) = candidate
    return -closeness, row_key, reference_key
