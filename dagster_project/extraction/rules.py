"""All rules that decide what is read in a plan, table by table."""

from __future__ import annotations

from typing import Any

from dagster_project.extraction.counts import IS_MEASURE
from dagster_project.extraction.dispositions import DISPOSITIONS
from dagster_project.extraction.fields.aspiration import ASPIRATION
from dagster_project.extraction.fields.comparator import COMPARATOR
from dagster_project.extraction.fields.form import FORM
from dagster_project.extraction.fields.indicator import INDICATOR
from dagster_project.extraction.fields.kind import KIND
from dagster_project.extraction.fields.per import PER
from dagster_project.extraction.fields.period import PERIOD
from dagster_project.extraction.fields.recipient import RECIPIENT
from dagster_project.extraction.fields.unit import UNIT
from dagster_project.extraction.spread import SPREAD
from dagster_project.reading.repairs import REPAIRS
from dagster_project.rules import RuleTable

#: In the order in which they are asked of a text.
TABLES: tuple[RuleTable[Any], ...] = (
    REPAIRS,
    DISPOSITIONS,
    IS_MEASURE,
    UNIT,
    COMPARATOR,
    ASPIRATION,
    KIND,
    FORM,
    PER,
    PERIOD,
    INDICATOR,
    SPREAD,
    RECIPIENT,
)
