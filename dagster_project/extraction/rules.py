"""All rules that decide what is read in a plan, table by table."""

from __future__ import annotations

from typing import Any

from dagster_project.extraction.dispositions import DISPOSITIONS
from dagster_project.extraction.fields.aspiration import ASPIRATION
from dagster_project.extraction.fields.form import FORM
from dagster_project.extraction.fields.kind import KIND
from dagster_project.reading.repairs import REPAIRS
from dagster_project.rules import RuleTable

#: In the order in which they are asked of a text.
TABLES: tuple[RuleTable[Any], ...] = (REPAIRS, DISPOSITIONS, ASPIRATION, KIND, FORM)
