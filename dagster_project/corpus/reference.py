"""Reference readings: measures and provisions of a plan coded by hand, validated line by line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dagster_project.corpus.origin import PlanRefusedError, Text, own_bytes, problems
from dagster_project.corpus.tables import Row
from dagster_project.quality.facts import LARGEST_VALUE

_LARGEST = 10_000_000  # bytes; that of a plan of 300 measures has 200,000
Offset = Annotated[int, Field(ge=0, lt=2**31)]


class _ReferenceRow(BaseModel):
    model_config = ConfigDict(frozen=True)
    char_start: Offset = Field(alias="start")


class ReferenceMeasure(_ReferenceRow):
    """One line of ``reference/measures.jsonl``: a measure coded by hand; other fields are notes."""

    value_text: Text
    value: Annotated[float, Field(allow_inf_nan=False, gt=-LARGEST_VALUE, lt=LARGEST_VALUE)]
    unit: Text
    comparator: Text
    is_aspirational: bool = Field(alias="aspirational")
    kind: Text
    form: Text
    per: Text | None = None
    indicator_text_zh: Text = Field(alias="indicator")
    theme_key: Text = Field(alias="theme")
    period_text: Text | None = Field(None, alias="period")
    period_end_year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    quote_zh: Text = Field(alias="quote")
    restates_char_start: Offset | None = Field(None, alias="restates")
    governs_char_start: Offset | None = Field(None, alias="governs")

    @property
    def char_end(self) -> int:
        """End of the span of `value_text`."""
        return self.char_start + len(self.value_text)

    def fits(self, text: str) -> bool:
        """Tell whether `text` has the value where this row says."""
        return text.startswith(self.value_text, self.char_start)


class ReferenceProvision(_ReferenceRow):
    """One line of ``reference/provisions.jsonl``: a provision coded by hand; other fields are notes."""

    char_end: Offset = Field(alias="end")
    number: Text
    section: Text
    heading_zh: Text = Field(alias="heading")
    lead_agencies: list[str] = []
    supporting_agencies: list[str] = []
    theme_key: Text | None = Field(None, alias="theme")
    other_theme_keys: list[str] = Field([], alias="themes_other")
    disputed_theme_keys: list[str] = Field([], alias="themes_disputed")
    instrument_keys: list[str] = Field([], alias="instruments")
    disputed_instrument_keys: list[str] = Field([], alias="instruments_disputed")

    def fits(self, text: str) -> bool:
        """Tell whether `text` has the heading in the span of this row."""
        return self.heading_zh in text[self.char_start : self.char_end]


def load_reference(folder: Path, plan_key: str, text: str) -> dict[str, list[Row]]:
    """Read the reference readings of a plan.

    Args:
        folder: Holds ``measures.jsonl`` and ``provisions.jsonl``; either may be missing.
        plan_key: The plan id.
        text: The text that the offsets count in.

    Returns:
        Rows of `reference_measures` and `reference_provisions`.

    Raises:
        PlanRefusedError: If a line is not valid, or does not fit the text; names the line.
    """
    models: Mapping[str, type[ReferenceMeasure | ReferenceProvision]] = {
        "measures": ReferenceMeasure,
        "provisions": ReferenceProvision,
    }
    tables: dict[str, list[Row]] = {}
    for name, model in models.items():
        path = folder / f"{name}.jsonl"
        rows = tables[f"reference_{name}"] = []
        try:
            data = own_bytes(path, folder.parent.parent, f"{plan_key}/{folder.name}/{path.name}", _LARGEST)
            lines = data.decode("utf-8-sig").split("\n")
        except FileNotFoundError:
            continue
        except UnicodeDecodeError as error:
            raise PlanRefusedError(
                f"{plan_key}/{folder.name}/{path.name} cannot be read ({error}): save it as a file in UTF-8"
            ) from error
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            where = f"{plan_key}/{folder.name}/{path.name}, line {number}"
            try:
                row = model.model_validate_json(line)
            except ValidationError as error:
                raise PlanRefusedError(f"{where}: " + "; ".join(problems(error))) from error
            if not row.fits(text):
                raise PlanRefusedError(
                    f"{where}: what starts at {row.char_start} is not in plan.txt: the reading belongs to another "
                    "version of the text: code it anew, or restore plan.txt"
                )
            key = {"plan_key": plan_key, "reference_key": f"{plan_key}#{number}", "char_end": row.char_end}
            rows.append(row.model_dump() | key)
    return tables
