"""One plan: from its folder, or from what is remembered of it, to its rows. A plan is accepted whole or not at all."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from dagster_project.corpus.origin import Origin, PlanRefusedError, load_corrections, load_origin, own_bytes
from dagster_project.corpus.places import KnownPlace
from dagster_project.corpus.rows import (
    document_row,
    extraction_rows,
    reading_rows,
    stated_columns,
    stated_in,
)
from dagster_project.corpus.tables import Row, frame
from dagster_project.extraction import EXTRACTOR_VERSION, extract
from dagster_project.quality.extracted import own_failure
from dagster_project.quality.facts import han_share
from dagster_project.reading import ReadingError, decode, read
from dagster_project.records import Correction, Extraction, Metadata, Reading

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

PLAN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Less than this share of Chinese characters among all that is not white space is no Chinese text. The five plans
# have 0.85 to 0.88; a saved English page, a PDF read as text or a mis-decoded file have almost none.
MIN_HAN_SHARE = 0.4
# Bytes of a text. The longest plan seen has 400,000; reading and extraction take half a minute for as many as this.
LARGEST = 10_000_000


@dataclass(frozen=True)
class ExtractedPlan:
    """A plan that was read and extracted: its row of `documents`, and the records that its other rows are made of."""

    document: Row
    reading: Reading
    extraction: Extraction

    @property
    def key(self) -> str:
        """The plan id."""
        return str(self.document["plan_key"])

    @cached_property
    def rows(self) -> Mapping[str, list[Row]]:
        """Its rows of every table that is derived from its text."""
        return {
            "documents": [self.document],
            **reading_rows(self.key, self.reading),
            **extraction_rows(self.key, self.reading, self.extraction, self.document["source_sha256"]),
        }


def accept_plan(folder: Path, places: Mapping[str, KnownPlace]) -> ExtractedPlan:
    """Read one plan, as `read_plan` does, and hold it to the checks that concern it alone.

    Raises:
        PlanRefusedError: If any part of it cannot be used, or it fails a check.
    """
    return _checked(read_plan(folder, places), f"{folder.name}/plan.txt")


def accept_again(document: Row) -> ExtractedPlan:
    """Derive a plan anew from its row of `documents`, with the rules of today, and hold it to their checks.

    Raises:
        PlanRefusedError: If today's rules stumble over it, or it fails a check.
    """
    where = f"the last good text of {document['plan_key']}"
    corrections = [Correction(**item) for item in json.loads(document["corrections"] or "[]")]
    reading = _read(where, document["text"], corrections, stated_in(document))
    document = document | stated_columns(reading.metadata) | {"extractor_version": EXTRACTOR_VERSION}
    return _checked(ExtractedPlan(document, reading, _extract(where, reading)), where)


def read_plan(folder: Path, places: Mapping[str, KnownPlace]) -> ExtractedPlan:
    """Read and extract one plan.

    Args:
        folder: Holds ``plan.txt`` and ``origin.yml``.
        places: adcode -> place, of those that need no further description.

    Raises:
        PlanRefusedError: If any part of it cannot be used.
    """
    if folder.is_symlink() and not folder.exists():
        raise PlanRefusedError(f"{folder.name} is a link that leads nowhere: mend or remove it")
    if not folder.is_dir():
        raise PlanRefusedError(
            f"{folder.name} is not a folder: register it with `ip-plans add`, or put its text into a folder, as "
            "<city>-<year>/plan.txt"
        )
    if not PLAN_ID.fullmatch(folder.name):
        raise PlanRefusedError(
            f"{folder.name!r} is not a safe folder name: rename it to lower-case letters, digits and hyphens, "
            "by custom <city>-<year>"
        )
    origin, _ = load_origin(folder / "origin.yml", places)
    where = f"{folder.name}/plan.txt"
    data = _bytes(folder / "plan.txt", where, origin)
    text, encoding = _decoded(data, where)
    corrections = load_corrections(folder / "corrections.yml")
    try:
        reading = _read(where, text, corrections, origin.known)
    except ReadingError as error:
        raise PlanRefusedError(f"{folder.name}/corrections.yml: {error}") from error
    document = document_row(
        origin, reading, corrections, encoding=encoding, digest=hashlib.sha256(data).hexdigest()
    )
    return ExtractedPlan(document, reading, _extract(where, reading))


def _bytes(path: Path, where: str, origin: Origin) -> bytes:
    """Return the bytes of a text.

    Raises:
        PlanRefusedError: If there are none, or others than `origin` says.
    """
    try:
        data = own_bytes(path, path.parent.parent, where, LARGEST)
    except FileNotFoundError:
        raise PlanRefusedError(f"{where} is missing: save the text of the plan there") from None
    if not data.strip():
        raise PlanRefusedError(f"{where} is empty: save the text of the plan there again")
    digest = hashlib.sha256(data).hexdigest()
    if origin.sha256 not in (None, digest):
        raise PlanRefusedError(
            f"{where} has SHA-256 {digest}, but origin.yml says {origin.sha256}: restore the file, or correct sha256 "
            "if the change is meant"
        )
    return data


def _decoded(data: bytes, where: str) -> tuple[str, str]:
    """Return the text and its encoding.

    Raises:
        PlanRefusedError: If it is no Chinese text.
    """
    try:
        text, encoding = decode(data)
    except ReadingError as error:
        raise PlanRefusedError(f"{where}: {error}") from error
    share = han_share(text)
    if share < MIN_HAN_SHARE:
        raise PlanRefusedError(
            f"{where} is not a Chinese text: {share:.0%} of its characters are Chinese, fewer than "
            f"{MIN_HAN_SHARE:.0%}: save the text of the plan itself, as plain text"
        )
    return text, encoding


def _read(where: str, text: str, corrections: Sequence[Correction], known: Metadata) -> Reading:
    return _guarded(where, "reading", lambda: read(text, corrections, known))


def _extract(where: str, reading: Reading) -> Extraction:
    return _guarded(where, "extraction", lambda: extract(reading))


def _guarded(where: str, step: str, call: Callable[[], _T]) -> _T:
    """Return what `call` returns; a plan that the program stumbles over must not stop the others."""
    try:
        return call()
    except ReadingError:
        raise
    except Exception as error:
        logger.exception("%s of %s failed", step, where)
        raise PlanRefusedError(
            f"{where}: {step} failed with {type(error).__name__}: {error}: this is a defect of the program, not of the "
            "plan: report it with the file and the log"
        ) from error


def _checked(plan: ExtractedPlan, where: str) -> ExtractedPlan:
    """Return the plan, which was read from `where`.

    Raises:
        PlanRefusedError: If it fails a check that concerns it alone.
    """
    reason = own_failure({name: frame(name, rows) for name, rows in plan.rows.items()})
    if reason:
        raise PlanRefusedError(f"{where}: {reason}")
    return plan
