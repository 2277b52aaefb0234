"""The published tables and comparisons in Python: for notebooks, scripts and the command line."""

from __future__ import annotations

from dagster_project.api.tables import (
    NotPublishedError,
    UnknownNameError,
    compare,
    evidence,
    figure,
    marked_sentence,
    measures,
    pairs,
    plans,
    silent,
    sql,
    table,
)

__all__ = [
    "NotPublishedError",
    "UnknownNameError",
    "compare",
    "evidence",
    "figure",
    "marked_sentence",
    "measures",
    "pairs",
    "plans",
    "silent",
    "sql",
    "table",
]
