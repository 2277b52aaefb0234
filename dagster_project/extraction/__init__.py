"""Extraction: from a reading of a plan to its measures and to a ledger of all its numbers.

Pure: a `Reading` goes in, records come out; no file, clock, environment or database is touched.
"""

from __future__ import annotations

from dagster_project.extraction.ledger import numerals
from dagster_project.extraction.measures import find_measures
from dagster_project.records import Extraction, Reading

__all__ = ["EXTRACTOR_VERSION", "extract"]

EXTRACTOR_VERSION = "0.9.0"  # raised with every change of a rule that can change a row


def extract(reading: Reading) -> Extraction:
    """Extract the measures of a plan and account for its numerals.

    Args:
        reading: The plan as read; date, title and period of its metadata say what is past and dated how.

    Returns:
        Measures in the order of the text, and one numeral row for every number.
    """
    found = find_measures(reading)
    return Extraction(found.measures, numerals(reading, found), found.passed_over)
