"""What an analyst puts beside a text: ``origin.yml`` and ``corrections.yml``, validated line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from dagster_project.corpus.places import KnownPlace, contradicted
from dagster_project.records import Correction, Metadata, Period


class PlanRefusedError(Exception):
    """A plan that cannot be used; the message says what is wrong, where, and what to do."""


def _as_text(value: object) -> object:
    # YAML reads an unquoted code as a number; what was meant is plain.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _in_chinese(value: str) -> str:
    # 370700 as a name would be the key of the place with that code.
    if not re.search(r"[\u3400-\u9fff\U00020000-\U0003ffff]", value):
        raise ValueError("write it in Chinese")
    return value


# The longest title seen has 150 characters; what is longer would fill each figure that cites the plan.
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
NameZh = Annotated[Name, AfterValidator(_in_chinese)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Digits = Annotated[str, BeforeValidator(_as_text), StringConstraints(pattern=r"^[0-9]{6}$")]
Year = Annotated[int, Field(ge=1949, le=2100)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Jurisdiction(_Strict):
    """Whose plan it is: the code of a place in the jurisdictions seed, or a description of its own."""

    adcode: Digits | None = None
    name_zh: NameZh | None = None
    name_en: Name | None = None
    level: Literal["national", "province", "prefecture", "county", "township"] | None = None
    province_zh: NameZh | None = None
    population: Annotated[int, Field(gt=0, le=10_000_000_000)] | None = None  # more than the earth has

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
    url: Address | None = None
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


def own_bytes(path: Path, raw: Path, where: str, most: int) -> bytes:
    """Return the bytes of a file in the folder of a plan.

    Args:
        path: The file.
        raw: The folder of all plans, which a link must not lead out of.
        where: How the file is called in messages.
        most: How many bytes it may have.

    Raises:
        FileNotFoundError: If there is none.
        PlanRefusedError: If it is no file (a pipe would be waited for without end), lies elsewhere, is too large, or
            may not be read.
    """
    try:
        if path.is_symlink() and not path.exists():
            raise PlanRefusedError(f"{where} is a link that leads nowhere: mend or remove it")
        if not path.resolve().is_relative_to(raw.resolve()):
            raise PlanRefusedError(f"{where} leads out of the folder of plans: put the file itself there")
        size = path.stat().st_size
        if not path.is_file():
            raise PlanRefusedError(f"{where} is no file: put one there, with this name")
        if size > most:
            raise PlanRefusedError(
                f"{where} has {_bytes(size)}, more than {_bytes(most)}: leave out what is not of the plan"
            )
        with path.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise PlanRefusedError(
            f"{where} cannot be opened ({error.strerror}): make it readable for whoever builds"
        ) from error


def _bytes(number: int) -> str:
    return f"{number / 1e6:.0f} MB" if number >= 1_000_000 else f"{number / 1e3:.0f} kB"


def load_origin(path: Path, places: Mapping[str, KnownPlace]) -> tuple[Origin, tuple[str, ...]]:
    """Read and validate an ``origin.yml``.

    Args:
        path: The file; the name of its folder is the plan id.
        places: adcode -> place, of those that need no further description.

    Returns:
        What it says, and notes on what in it does not count: fields that are not known, and a description that the
        seed contradicts.

    Raises:
        PlanRefusedError: If the file is missing or not valid; names the field and its line.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        content, tree = _yaml(path, where)
    except FileNotFoundError:
        raise PlanRefusedError(
            f"{where} is missing: add it, with plan_id: {path.parent.name} and the jurisdiction"
        ) from None
    if not isinstance(content, dict):
        raise PlanRefusedError(f"{where}, line 1: expected fields such as 'plan_id: {path.parent.name}'")
    origin, unknown = _validated(content, tree, where)
    if origin.plan_id != path.parent.name:
        raise PlanRefusedError(
            f"{where}, line {_line(tree, ('plan_id',))}: plan_id is {origin.plan_id}, but the folder is "
            f"{path.parent.name}: make them the same"
        )
    place = origin.jurisdiction
    known = places.get(place.adcode or "")
    if known and place.name_zh and not known.is_called(place.name_zh):
        raise PlanRefusedError(
            f"{where}, line {_line(tree, ('jurisdiction', 'name_zh'))}: adcode {place.adcode} is {known.name_zh} in "
            f"dbt/seeds/jurisdictions.csv, not {place.name_zh}: correct one of the two"
        )
    if place.name_zh is None and known is None:
        raise PlanRefusedError(
            f"{where}, line {_line(tree, ('jurisdiction', 'adcode'))}: adcode {place.adcode} is not in "
            "dbt/seeds/jurisdictions.csv: correct it, add it there, or describe the place with name_zh and level"
        )
    return origin, (*unknown, *_unused_description(place, known))


def _validated(content: object, tree: yaml.Node | None, where: str) -> tuple[Origin, tuple[str, ...]]:
    """Return what a file says without the fields that are not known, and a note that names these.

    Raises:
        PlanRefusedError: If something else is wrong. Unknown fields are then named, too: one of them may be the field
            that is missing, with a slip in its name.
    """
    try:
        return Origin.model_validate(content), ()
    except ValidationError as error:
        named = f"{where}, " + "; ".join(problems(error, tree))
        if any(problem["type"] not in _UNKNOWN for problem in error.errors()):
            raise PlanRefusedError(named) from error
    try:
        return Origin.model_validate(content, extra="ignore"), (f"{named} (it is not read)",)
    except ValidationError as error:  # rules that only a file of known fields is held to
        raise PlanRefusedError(f"{where}, " + "; ".join(problems(error, tree))) from error


def _unused_description(place: Jurisdiction, known: KnownPlace | None) -> tuple[str, ...]:
    """Return a note on fields of a jurisdiction that the seed contradicts, if its adcode is that of a `known` place."""
    if not known:
        return ()
    unused = contradicted(place.model_dump(exclude_none=True, exclude={"adcode", "name_zh"}), known)
    note = (
        f"origin.yml gives {', '.join(unused)} of {known.name_zh}, but what dbt/seeds/jurisdictions.csv says of it "
        "counts: correct it there, or remove it here"
    )
    return (note,) if unused else ()


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a ``corrections.yml``: a list of char_start, before, after, reason; a missing file has none.

    Args:
        path: The file, in the folder of the plan.

    Raises:
        PlanRefusedError: If it is not valid; names the item and its field.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        content, _ = _yaml(path, where)
        rows = TypeAdapter(list[CorrectionRow]).validate_python(content or [])
    except FileNotFoundError:
        return ()
    except ValidationError as error:
        raise PlanRefusedError(f"{where}, " + "; ".join(problems(error))) from error
    return tuple(Correction(**row.model_dump()) for row in rows)


_LARGEST = 256_000  # bytes; with a hundred corrections a file has 30,000
_DEEPEST = 20  # lists and fields in one another; a file that says something has two
_LONGEST_NUMBER = 100  # characters
_MOST_PROBLEMS = 10  # that are told of one file


class _Loader(yaml.SafeLoader):
    """Reads dates as texts: what is wrong with one is then told with its field, as of any other."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML has it
        first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _whole_number(loader: _Loader, node: yaml.ScalarNode) -> int:
    """Return a number; one that is too long even to be told (0xfff…, 1:1:1…) is an error of the file."""
    if len(node.value) > _LONGEST_NUMBER:
        raise yaml.constructor.ConstructorError(None, None, "found a number without end", node.start_mark)
    return int(loader.construct_yaml_int(node))


_Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)


def _yaml(path: Path, where: str) -> tuple[object, yaml.Node | None]:
    """Return the content of a YAML file, and the tree that knows its lines.

    Raises:
        FileNotFoundError: If there is none.
        PlanRefusedError: If it cannot be read, gives a field twice (YAML itself would take the last one in silence), or
            is out of bounds.
    """
    try:
        text = own_bytes(path, path.parent.parent, where, _LARGEST).decode("utf-8-sig")
        _hold_to_bounds(text, where)
        tree = yaml.compose(text, Loader=_Loader)
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - it is a SafeLoader
        repeated = next(_repeated(tree), None)
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise PlanRefusedError(f"{where} cannot be read as YAML: {reason}: correct or rewrite it") from error
    if repeated:
        raise PlanRefusedError(
            f"{where}, line {repeated.start_mark.line + 1}: {repeated.value} is given a second time: remove one of the "
            "two"
        )
    return content, tree


def _hold_to_bounds(text: str, where: str) -> None:
    """Look at a file event by event, before anything is made of it.

    Raises:
        PlanRefusedError: If it has an alias, by which a small file can hold itself or very much, or is nested so deep
            that the time to read it would grow with the square of its length.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise PlanRefusedError(
                f"{where}, line {line}: uses an alias (*{event.anchor}): write the value out"
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise PlanRefusedError(f"{where}, line {line}: is nested too deep: write it as in the README")


def _repeated(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Yield the keys that a mapping has already, at any depth."""
    if isinstance(node, yaml.MappingNode):
        known = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in known:
                    yield key
                known.add(key.value)
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(item)


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


def problems(error: ValidationError, tree: yaml.Node | None = None) -> Iterator[str]:
    """Yield what is wrong with each of the first fields, with its line where there is a YAML `tree`."""
    for problem in islice(error.errors(), _MOST_PROBLEMS):
        location = tuple(problem["loc"])
        line = f"line {_line(tree, location)}: " if tree is not None else ""
        field = ".".join(str(part) for part in location)
        message = _MESSAGES.get(problem["type"], problem["msg"].removeprefix("Value error, "))
        yield f"{line}{field + ': ' if field else ''}{message}{_given(problem)}"
    if (more := error.error_count() - _MOST_PROBLEMS) > 0:
        yield f"and {more} more"


_UNKNOWN = frozenset({"extra_forbidden", "invalid_key"})  # of another name, or with a number for one
_MESSAGES = {
    **dict.fromkeys(_UNKNOWN, "unknown field: remove it, or correct its name"),
    "int_parsing": "write a whole number in figures, as 960000",
    "date_from_datetime_parsing": "write a day that there is, as 2024-01-31",
    "missing": "this field is missing: add it",
}


def _given(problem: Mapping[str, Any]) -> str:
    """Return what was given, where it is short enough to help."""
    given = problem["input"]
    short = (
        isinstance(given, str | int)
        and len(str(given)) <= 40
        and problem["type"] not in {*_UNKNOWN, "missing"}
    )
    return f" (it is {given})" if short else ""
