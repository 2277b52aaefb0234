"""The field itself, and what a cell of a table measures."""

from __future__ import annotations

from dagster_project.extraction.clauses import Context
from dagster_project.extraction.fields import Facts, Field, Found

INDICATOR: Field[str] = Field("indicator")

NOT_STATED = "未载明"  # the name where the text gives none


@INDICATOR.rule(
    yes=("指标 2021年 2025年\n海外专利授权量(件) 186 ⟨400⟩",), no=("海外专利授权量达到⟨400件⟩。",)
)
def row_label(c: Context, _: Facts) -> Found:
    """The label of the row and the head of the column of a table."""
    cell = c.quantity.cell
    return (cell.label, cell.note) if cell else None
