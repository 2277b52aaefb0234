"""All rules that decide what is read in a plan, table by table."""

from __future__ import annotations

from typing import Any

from dagster_project.extraction.counts import IS_MEASURE
from dagster_project.extraction.dispositions import DISPOSITIONS
from dagster_project.extraction.fields.recipient import RECIPIENT
from dagster_project.extraction.measures import FIELDS
from dagster_project.reading.annexes import ANNEXES
from dagster_project.reading.layout import LINES
from dagster_project.reading.metadata import STATED
from dagster_project.reading.repairs import REPAIRS
from dagster_project.rules import RuleTable

#: In the order in which they are asked of a text.
TABLES: tuple[RuleTable[Any], ...] = (
    REPAIRS,
    LINES,
    ANNEXES,
    *STATED,
    DISPOSITIONS,
    IS_MEASURE,
    *FIELDS,
    RECIPIENT,
)
