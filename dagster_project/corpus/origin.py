"""What an analyst puts beside a text: ``origin.yml`` and reference readings, validated line by line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PositiveInt,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from dagster_project.corpus.tables import Row
from dagster_project.records import Correction, Metadata, Period


class PlanRefusedError(Exception):
    """A plan that cannot be used; the message says what is wrong, where, and what to do."""


def _as_text(value: object) -> object:
    # YAML reads an unquoted code as a number; what was meant is plain.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Digits = Annotated[str, BeforeValidator(_as_text), StringConstraints(pattern=r"^\d{6}$")]
Year = Annotated[int, Field(ge=1949, le=2100)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Jurisdiction(_Strict):
    """Whose plan it is: the code of a place in the jurisdictions seed, or a description of its own."""

    adcode: Digits | None = None
    name_zh: Text | None = None
    name_en: Text | None = None
    level: Literal["national", "province", "prefecture", "county", "township"] | None = None
    province_zh: Text | None = None
    population: PositiveInt | None = None

    @property
    def key(self) -> str:
        """The code, or the Chinese name with everything but letters and digits made a hyphen."""
        return self.adcode or re.sub(r"\W+", "-", self.name_zh or "").strip("-")

    @model_validator(mode="after")
    def _is_described(self) -> Jurisdiction:
        if (self.name_zh is None) != (self.level is None) or (self.adcode is None and self.name_zh is None):
            raise ValueError(
                "give the adcode of a place in dbt/seeds/jurisdictions.csv, or name_zh and level"
            )
        if not self.key:
            raise ValueError("name_zh has no letter: write the name of the place")
        return self


class PeriodYears(_Strict):
    """The years that the plan holds for."""

    start: Year | None = None
    end: Year | None = None

    @model_validator(mode="after")
    def _is_in_order(self) -> PeriodYears:
        if self.start and self.end and self.start > self.end:
            raise ValueError("start is after end")
        return self


class Source(_Strict):
    """Where the text was published."""

    name: Text | None = None
    url: Text | None = None
    retrieved_on: date | None = None


class Origin(_Strict):
    """``origin.yml``: what a plan is, and what overrides that which is read from its text."""

    plan_id: Text
    jurisdiction: Jurisdiction
    title_zh: Text | None = None
    document_number: Text | None = None
    issuer_zh: Text | None = None
    issued_on: date | None = None
    period: PeriodYears | None = None
    source: Source = Source()
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$", to_lower=True)] | None = None

    @property
    def known(self) -> Metadata:
        """What it says in place of the text."""
        years = (self.period.start, self.period.end) if self.period else (None, None)
        period = Period("-".join(str(year) for year in years if year), *years) if any(years) else None
        return Metadata(self.title_zh, self.document_number, self.issuer_zh, self.issued_on, period)


class CorrectionRow(_Strict):
    """One item of ``corrections.yml``."""

    char_start: int = Field(ge=0)
    before: Annotated[str, StringConstraints(min_length=1)]
    after: str
    reason: Text


class _ReferenceRow(BaseModel):
    model_config = ConfigDict(frozen=True)
    char_start: int = Field(ge=0, alias="start")


class ReferenceMeasure(_ReferenceRow):
    """One line of ``reference/measures.jsonl``: a measure coded by hand; other fields are notes."""

    value_text: Text
    value: float
    unit: Text
    comparator: Text
    is_aspirational: bool = Field(alias="aspirational")
    kind: Text
    form: Text
    per: Text | None = None
    indicator_text_zh: Text = Field(alias="indicator")
    theme_key: Text = Field(alias="theme")
    period_text: Text | None = Field(None, alias="period")
    period_end_year: int | None = None
    quote_zh: Text = Field(alias="quote")
    restates_char_start: int | None = Field(None, alias="restates")
    governs_char_start: int | None = Field(None, alias="governs")

    @property
    def char_end(self) -> int:
        """End of the span of `value_text`."""
        return self.char_start + len(self.value_text)

    def fits(self, text: str) -> bool:
        """Tell whether `text` has the value where this row says."""
        return text.startswith(self.value_text, self.char_start)


class ReferenceProvision(_ReferenceRow):
    """One line of ``reference/provisions.jsonl``: a provision coded by hand; other fields are notes."""

    char_end: int = Field(alias="end")
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


def known_places(seed: Path) -> dict[str, str]:
    """Return adcode -> name_zh of the jurisdictions seed (CSV with these columns)."""
    with seed.open(encoding="utf-8-sig", newline="") as file:
        return {row["adcode"]: row["name_zh"] for row in csv.DictReader(file)}


def load_origin(path: Path, places: Mapping[str, str]) -> Origin:
    """Read and validate an ``origin.yml``.

    Args:
        path: The file; the name of its folder is the plan id.
        places: adcode -> name_zh of the places that need no further description.

    Raises:
        PlanRefusedError: If the file is missing or not valid; names the field and its line.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8-sig")
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except FileNotFoundError:
        raise PlanRefusedError(
            f"{where} is missing: add it, with plan_id: {path.parent.name} and the jurisdiction"
        ) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise PlanRefusedError(f"{where} cannot be read as YAML: {reason}: correct or rewrite it") from error
    if not isinstance(content, dict):
        raise PlanRefusedError(f"{where}, line 1: expected fields such as 'plan_id: {path.parent.name}'")
    try:
        origin = Origin.model_validate(content)
    except ValidationError as error:
        raise PlanRefusedError(f"{where}, " + "; ".join(_problems(error, tree))) from error
    if origin.plan_id != path.parent.name:
        raise PlanRefusedError(
            f"{where}, line {_line(tree, ('plan_id',))}: plan_id is {origin.plan_id}, but the folder is "
            f"{path.parent.name}: make them the same"
        )
    place = origin.jurisdiction
    known = places.get(place.adcode or "")
    if known and place.name_zh not in (None, known):
        raise PlanRefusedError(
            f"{where}, line {_line(tree, ('jurisdiction', 'name_zh'))}: adcode {place.adcode} is {known} in "
            f"dbt/seeds/jurisdictions.csv, not {place.name_zh}: correct one of the two"
        )
    if place.name_zh is None and known is None:
        raise PlanRefusedError(
            f"{where}, line {_line(tree, ('jurisdiction', 'adcode'))}: adcode {place.adcode} is not in "
            "dbt/seeds/jurisdictions.csv: correct it, add it there, or describe the place with name_zh and level"
        )
    return origin


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a ``corrections.yml``: a list of char_start, before, after, reason; a missing file has none.

    Args:
        path: The file, in the folder of the plan.

    Raises:
        PlanRefusedError: If it is not valid; names the item and its field.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise PlanRefusedError(f"{where} cannot be read as YAML: {reason}: correct or rewrite it") from error
    try:
        rows = TypeAdapter(list[CorrectionRow]).validate_python(content or [])
    except ValidationError as error:
        raise PlanRefusedError(f"{where}, " + "; ".join(_problems(error))) from error
    return tuple(Correction(**row.model_dump()) for row in rows)


def _line(node: yaml.Node | None, location: Sequence[int | str]) -> int:
    """Return the 1-based line of the field at `location`, or of the closest one above it that exists."""
    line = 1
    for name in location:
        if not isinstance(node, yaml.MappingNode):
            break
        for key, value in node.value:
            if key.value == str(name):
                line, node = key.start_mark.line + 1, value
                break
        else:
            break
    return line


def _problems(error: ValidationError, tree: yaml.Node | None = None) -> Iterator[str]:
    """Yield what is wrong with each field, with its line where there is a YAML `tree`."""
    for problem in error.errors():
        location = tuple(problem["loc"])
        line = f"line {_line(tree, location)}: " if tree is not None else ""
        field = ".".join(str(part) for part in location)
        message = _MESSAGES.get(problem["type"], problem["msg"].removeprefix("Value error, "))
        yield f"{line}{field + ': ' if field else ''}{message}{_given(problem)}"


_MESSAGES = {
    "extra_forbidden": "unknown field: remove it, or correct its name",
    "int_parsing": "write a whole number in figures, as 960000",
    "date_from_datetime_parsing": "write a date as 2024-01-31",
    "missing": "this field is missing: add it",
}


def _given(problem: Mapping[str, Any]) -> str:
    """Return what was given, where it is short enough to help."""
    given = problem["input"]
    short = (
        isinstance(given, str | int)
        and len(str(given)) <= 40
        and problem["type"] not in {"extra_forbidden", "missing"}
    )
    return f" (it is {given})" if short else ""


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
            lines = path.read_text(encoding="utf-8-sig").split("\n") if path.exists() else []
        except (OSError, UnicodeDecodeError) as error:
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
                raise PlanRefusedError(f"{where}: " + "; ".join(_problems(error))) from error
            if not row.fits(text):
                raise PlanRefusedError(
                    f"{where}: what starts at {row.char_start} is not in plan.txt: the reading belongs to another "
                    "version of the text: code it anew, or restore plan.txt"
                )
            key = {"plan_key": plan_key, "reference_key": f"{plan_key}#{number}", "char_end": row.char_end}
            rows.append(row.model_dump() | key)
    return tables
