"""What a measure measures, as a noun phrase complete without its context.

The order of the modules is that in which their rules are asked: cells of tables, then funds, awards, sanctions and
requirements by what the figure does (its kind), then whatever else is counted or measured.
"""

from __future__ import annotations

# isort: off
from dagster_project.extraction.fields.indicator.field import INDICATOR, NOT_STATED
from dagster_project.extraction.fields.indicator.nouns import change, strip_form_words
from dagster_project.extraction.fields.indicator.funds import shared
from dagster_project.extraction.fields.indicator.awards import addressee, award_name, given, is_dealt
from dagster_project.extraction.fields.indicator import sanctions
from dagster_project.extraction.fields.indicator import requirements
from dagster_project.extraction.fields.indicator.targets import PLACES_AT_HEAD
# isort: on

__all__ = [
    "INDICATOR",
    "NOT_STATED",
    "PLACES_AT_HEAD",
    "addressee",
    "award_name",
    "change",
    "given",
    "is_dealt",
    "requirements",
    "sanctions",
    "shared",
    "strip_form_words",
]
