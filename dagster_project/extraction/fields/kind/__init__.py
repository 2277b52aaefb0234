"""What a figure does in its sentence: target, award, threshold, cap, fund, share, fine or past figure.

The order of the modules is that in which their rules are asked, and that of certainty: what a table, a heading or a
report says of a whole passage; then what makes a figure a condition (a fine or an award follows from it, a list requires
it); then shares and rates; then sums, from the word next to them to the sentence around them; then what only tense
tells; then what the words around a figure say together. What is left is obliged to, or a target.
"""

from __future__ import annotations

from dagster_project.extraction.fields.kind.field import AWARD_RULES, KIND

# isort: off
from dagster_project.extraction.fields.kind import passages
from dagster_project.extraction.fields.kind import entitlement
from dagster_project.extraction.fields.kind import requirements
from dagster_project.extraction.fields.kind import shares
from dagster_project.extraction.fields.kind import sums
from dagster_project.extraction.fields.kind import tense
from dagster_project.extraction.fields.kind import weighed
from dagster_project.extraction.fields.kind import rest
# isort: on

__all__ = [
    "AWARD_RULES",
    "KIND",
    "entitlement",
    "passages",
    "requirements",
    "rest",
    "shares",
    "sums",
    "tense",
    "weighed",
]
