"""Registering plans: puts a text into ``raw/<plan_id>/`` with its ``origin.yml``, and takes plans out again.

A plan is registered whole or not at all: it is made in a hidden folder, read there as a build reads it, and renamed.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from dagster_project import fingerprints
from dagster_project.corpus import formats
from dagster_project.corpus.formats import FORMATS, ConversionError, Converted, convert_apart
from dagster_project.corpus.origin import Jurisdiction, PlanRefusedError, Source
from dagster_project.corpus.places import (
    KnownPlace,
    contradicted,
    find_places,
    known_places,
    narrowest,
    place_at_head,
)
from dagster_project.corpus.plans import LARGEST, PLAN_ID, ExtractedPlan, accept_plan
from dagster_project.folder import JURISDICTIONS, DataFolder
from dagster_project.reading import ReadingError, decode, read, simplify

#: What a text states about itself: field of origin.yml -> what an analyst calls it.
STATED = {
    "title_zh": "title",
    "document_number": "number",
    "issuer_zh": "issuer",
    "issued_on": "date",
    "period": "period",
}


@dataclass(frozen=True, slots=True)
class Registered:
    """A plan that was registered.

    Attributes:
        plan: As read; the rows of a build will be these.
        folder: ``raw/<plan_id>``.
        stated: Field of `STATED` -> as origin.yml would write it; None where the text does not state it.
        doubts: What is unusual and may be a mistake, in sentences.
        converted: What its text was made of; None where the file is the text.
        kept: Where the text that was replaced is now; None if none was.
    """

    plan: ExtractedPlan
    folder: Path
    stated: Mapping[str, str | None]
    doubts: tuple[str, ...] = ()
    kept: Path | None = None
    converted: Converted | None = None


def place_of(
    city: str, places: Mapping[str, KnownPlace], **described: str | int | None
) -> tuple[Jurisdiction, str | None]:
    """Return the place that was meant, and its English name if there is one.

    Args:
        city: Code or name of one of `places`, or the Chinese name of another.
        places: adcode -> place of the jurisdictions seed.
        described: level, adcode, province_zh, population, name_en, of a place that is not in the seed; of one that is,
            where the seed has no value, or to say which of the places of this name is meant.

    Raises:
        PlanRefusedError: If the place is neither known nor described, if the seed contradicts the description, or if
            several places have the name.
    """
    given = {name: value for name, value in described.items() if value is not None}
    known = find_places(city, places)
    if len(known) > 1:
        meant = {code: place for code, place in known.items() if not _contradicted(given, code, place)}
        known = meant if len(meant) == 1 else known
    if len(known) > 1:
        several = ", ".join(f"{code} ({place.province_zh}{place.name_zh})" for code, place in known.items())
        raise PlanRefusedError(
            f"{city} is the name of several places: give --city with the code, one of {several}"
        )
    for code, place in known.items():
        if wrong := _contradicted(given, code, place):
            raise PlanRefusedError(
                f"{city} is in dbt/seeds/jurisdictions.csv, which describes it otherwise: leave out "
                + ", ".join(_option(name) for name in wrong)
            )
        added = {name: value for name, value in given.items() if getattr(place, name, value) is None}
        return Jurisdiction.model_validate({"adcode": code, **added}), place.name_en
    return _described(city, given)


def _contradicted(given: Mapping[str, str | int], code: str, place: KnownPlace) -> list[str]:
    described = {name: value for name, value in given.items() if name != "adcode"}
    other = ["adcode"] if given.get("adcode", code) != code else []
    return [*other, *contradicted(described, place)]


def _option(field: str) -> str:
    return f"--{field.removesuffix('_zh').replace('_', '-')}"


def _described(city: str, given: Mapping[str, str | int]) -> tuple[Jurisdiction, str | None]:
    if "level" not in given:
        raise PlanRefusedError(
            f"{city} is not in dbt/seeds/jurisdictions.csv: correct it, or describe the place: --city with its Chinese "
            "name, --level province, prefecture, county or township, and if you know them --adcode, --province and "
            "--population"
        )
    if not re.search(r"[\u4e00-\u9fff]", city):
        raise PlanRefusedError(f"--city is {city}: write the Chinese name of a place that is not in the seed")
    try:
        place = Jurisdiction.model_validate({"name_zh": city, **given})
    except ValidationError as error:
        wrong = error.errors()[0]
        option = str(wrong["loc"][0]) if wrong["loc"] else "city"
        raise PlanRefusedError(f"{_option(option)}: {wrong['msg']} (it is {wrong['input']})") from error
    return place, place.name_en


def guess_place(file: Path, places: Mapping[str, KnownPlace]) -> str | None:
    """Return the code of the place whose plan a file is, if its issuer or its title begins with one of `places`.

    Args:
        file: A text, or a file that a text is made of.
        places: adcode -> place of the jurisdictions seed.

    Raises:
        PlanRefusedError: If no text can be made of it.
    """
    try:
        about = read(decode(text_of(file)[0])[0]).metadata
    except ReadingError as error:
        raise PlanRefusedError(f"{file}: {error}") from error
    said = (simplify(words) for words in (about.issuer, about.title) if words)
    return narrowest([place_at_head(words, places) for words in said])


def text_of(file: Path) -> tuple[bytes, Converted | None]:
    """Return the bytes of plan.txt, and what they were made of where the file is no text itself.

    Raises:
        PlanRefusedError: If no text can be made of it.
    """
    suffix = file.suffix.lower()
    largest, size = (formats.LARGEST if suffix in FORMATS else LARGEST), file.stat().st_size
    if size > largest:
        raise PlanRefusedError(
            f"{file} has {size / 1e6:.0f} MB, more than {largest / 1e6:.0f} MB: leave out what is not the plan"
        )
    data = file.read_bytes()
    if suffix not in FORMATS:
        return data, None
    try:
        converted = _converted(data, suffix)
    except ConversionError as error:
        raise PlanRefusedError(f"{file}: {error}") from error
    return converted.text.encode(), converted


@lru_cache(maxsize=1)  # the text of a file is asked for several times until it is registered
def _converted(data: bytes, suffix: str) -> Converted:
    return convert_apart(data, suffix)


def register(
    file: Path,
    folder: DataFolder,
    place: Jurisdiction,
    name_en: str | None,
    plan_id: str | None,
    source: Source,
) -> Registered:
    """Register a new plan.

    Args:
        file: The text, or a file of `FORMATS`, which is kept beside the text that is made of it; its bytes are copied
            as they are.
        folder: The data folder.
        place: Whose plan it is.
        name_en: Gives the first part of the id.
        plan_id: The id; by default ``<name_en>-<year>``, the year being that of issue, else the first of the period.
        source: Where it was published.

    Raises:
        PlanRefusedError: If the text cannot be used, the id is taken or cannot be made, or another plan has the text.
    """
    plan_id = plan_id or _default_id(file, name_en)
    if not PLAN_ID.fullmatch(plan_id):
        raise PlanRefusedError(f"{plan_id!r} is no plan id: use lower-case letters, digits and hyphens")
    target = folder.raw / plan_id
    if target.exists():
        raise PlanRefusedError(
            f"There is a plan {plan_id} already, in {target}: give another --id, or replace its text with --replace "
            f"--id {plan_id}"
        )
    _refuse_copy(file, folder.raw, except_for=plan_id)
    with _workshop(folder.raw) as workshop:
        made = workshop / plan_id
        made.mkdir()
        converted = _put_text(file, made)
        origin = _origin(plan_id, place, source)
        (made / "origin.yml").write_text(origin, encoding="utf-8")
        plan = _read(made, file)
        stated = _stated(plan)
        (made / "origin.yml").write_text(origin + _comments(stated), encoding="utf-8")
        made.rename(target)
    return Registered(plan, target, stated, _doubts(plan, place), converted=converted)


def _put_text(file: Path, folder: Path) -> Converted | None:
    """Write plan.txt, and the file that it is made of as ``source.<ext>``; return what was made of it."""
    text, converted = text_of(file)
    (folder / "plan.txt").write_bytes(text)
    if converted:
        shutil.copyfile(file, folder / f"source{file.suffix.lower()}")
    return converted


def replace_text(file: Path, folder: DataFolder, plan_id: str, now: datetime) -> Registered:
    """Replace the text of a registered plan by a new version; origin.yml and all else stay.

    Raises:
        PlanRefusedError: If there is no such plan, the new text is the old one, or the plan could not be used with it.
    """
    target = _plan_folder(folder, plan_id)
    text = target / "plan.txt"
    if text.exists() and text.read_bytes() == text_of(file)[0]:
        raise PlanRefusedError(f"{file} is the text that {plan_id} has already: nothing was replaced")
    _refuse_copy(file, folder.raw, except_for=plan_id)
    with _workshop(folder.raw) as workshop:
        made = workshop / plan_id
        shutil.copytree(target, made, ignore=shutil.ignore_patterns("plan.txt", "source.*"))
        converted = _put_text(file, made)
        plan = _read(made, file)
        kept = None
        if text.exists():
            kept = _place_for_removed(folder, plan_id, now)
            kept.mkdir(parents=True)
            for old in (text, *target.glob("source.*")):
                shutil.copyfile(old, kept / old.name)
        for old in target.glob("source.*"):
            old.unlink()
        for new in (*made.glob("source.*"), made / "plan.txt"):
            new.replace(target / new.name)
    return Registered(plan, target, _stated(plan), plan.reading.warnings, kept, converted)


def remove(folder: DataFolder, plan_id: str, now: datetime) -> Path:
    """Take a plan out of ``raw/`` and return where it is kept; nothing is deleted.

    Raises:
        PlanRefusedError: If there is no such plan.
    """
    target = _plan_folder(folder, plan_id)
    kept = _place_for_removed(folder, plan_id, now)
    kept.parent.mkdir(exist_ok=True)
    shutil.move(target, kept)
    return kept


def _plan_folder(folder: DataFolder, plan_id: str) -> Path:
    plans = [path.name for path in fingerprints.entries(folder.raw)]
    if plan_id not in plans:
        raise PlanRefusedError(
            f"There is no plan {plan_id} in {folder.raw}; there are: {', '.join(plans) or 'none'}"
        )
    return folder.raw / plan_id


def _place_for_removed(folder: DataFolder, plan_id: str, now: datetime) -> Path:
    return folder.removed / f"{plan_id}-{now:%Y%m%dT%H%M%S}"


@contextmanager
def _workshop(raw: Path) -> Iterator[Path]:
    """Give a hidden folder beside the plans, which no build sees, and leave nothing of it behind."""
    raw.mkdir(parents=True, exist_ok=True)
    path = raw / f".adding-{os.getpid()}"
    path.mkdir()
    try:
        yield path
    finally:
        shutil.rmtree(path)


def _read(made: Path, file: Path) -> ExtractedPlan:
    """Read a plan in the making; what is wrong with its text is said of the `file` that was given."""
    try:
        return accept_plan(made, known_places(JURISDICTIONS))
    except PlanRefusedError as refusal:
        raise PlanRefusedError(str(refusal).replace(f"{made.name}/plan.txt", str(file))) from refusal


def _default_id(file: Path, name_en: str | None) -> str:
    letters = re.sub(r"['\u0300-\u036f]", "", unicodedata.normalize("NFKD", name_en or ""))  # Lüliang, Lu'an
    slug = re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")
    if not slug:
        raise PlanRefusedError(
            "The plan needs an id, and the place has no English name to make one of: give --id, as qingzhou-2025, or "
            "--name-en"
        )
    try:
        about = read(decode(text_of(file)[0])[0]).metadata
    except ReadingError as error:
        raise PlanRefusedError(f"{file}: {error}") from error
    year = about.issued_on.year if about.issued_on else about.period and about.period.start_year
    if not year:
        raise PlanRefusedError(
            f"{file} states neither a date of issue nor a period, so there is no year for the id: give --id, as "
            f"{slug}-2025"
        )
    return f"{slug}-{year}"


def _refuse_copy(file: Path, raw: Path, except_for: str) -> None:
    """Refuse a text that another plan has, in whatever encoding and with whatever white space."""
    own = _letters(text_of(file)[0])
    for path in fingerprints.entries(raw):
        text = path / "plan.txt"
        if own and path.name != except_for and text.is_file() and _letters(text.read_bytes()) == own:
            raise PlanRefusedError(
                f"{file} is the text of {path.name}, which is registered: nothing to add; a new version of a plan is "
                f"given by --replace --id {path.name}"
            )


def _letters(data: bytes) -> str:
    try:
        return "".join(decode(data)[0].split())
    except ReadingError:
        return ""  # the reason is given where the plan is read


def _origin(plan_id: str, place: Jurisdiction, source: Source) -> str:
    content = {"plan_id": plan_id, "jurisdiction": place.model_dump(exclude_none=True)}
    if given := source.model_dump(exclude_none=True):
        content["source"] = given
    return yaml.safe_dump(content, allow_unicode=True, default_flow_style=None, sort_keys=False, width=1000)


def _stated(plan: ExtractedPlan) -> dict[str, str | None]:
    """Return what is known of the plan, as origin.yml would write it."""
    row = plan.document
    years = {"start": row["period_start_year"], "end": row["period_end_year"]}
    period = ", ".join(f"{name}: {year}" for name, year in years.items() if year)
    found = {name: row[name] and str(row[name]) for name in STATED if name != "period"}
    return found | {"period": f"{{{period}}}" if period else None}


def _doubts(plan: ExtractedPlan, place: Jurisdiction) -> tuple[str, ...]:
    name = place.name_zh or known_places(JURISDICTIONS)[place.adcode or ""].name_zh
    stem = simplify(name)[:-1] if len(name) > 2 else simplify(name)  # 合肥 of 合肥市
    is_named = stem in plan.reading.view.text
    wrong = () if is_named else (f"The text does not name {name}: is it the plan of another place?",)
    is_poor = not (plan.reading.provisions and plan.extraction.measures)
    poor = (
        ("Next to nothing was found in the text: look at its outline by `ip-plans outline`.",)
        if is_poor
        else ()
    )
    return (*wrong, *poor, *plan.reading.warnings)


def _comments(stated: Mapping[str, str | None]) -> str:
    """Return what the text states as comments: as fields they would win over a later, better reading."""
    lines = [
        f"# {name}: {value}" if value else f"# {name}:  (not found in the text)"
        for name, value in stated.items()
    ]
    return "\n".join(
        ["", "# Read from the text; where it is wrong, take away the # and correct the line.", *lines, ""]
    )
