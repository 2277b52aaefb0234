"""Reading: from the bytes of a file to a plan with structure. Pure: text and rules in, records out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dagster_project.reading import citations, metadata
from dagster_project.reading.folding import ReadingError, decode, fold, simplify, splice
from dagster_project.reading.outline import outline
from dagster_project.reading.repairs import repair
from dagster_project.records import Block, Correction, Metadata, Reading, Repair, Role, View

__all__ = ("ReadingError", "decode", "fold", "outline_lines", "read", "simplify")


_FIGURE = re.compile("[0-9](?:[%‰]|[十百千万亿]?[元件个家项名人次种条户亩倍])")


def read(text: str, corrections: Sequence[Correction] = (), known: Metadata | None = None) -> Reading:
    """Read a policy document: fold, correct, repair, outline, agencies, citations, metadata.

    Args:
        text: The file as decoded; any string is accepted.
        corrections: What a person has found to be wrong in the text; they are applied before the rules of repair.
        known: What a person knows better than the text states of itself; laid over it before anything depends on it.

    Returns:
        The plan with structure. All spans of its records are offsets into `text` but those of its blocks, which are
        offsets into ``view.text``.

    Raises:
        ReadingError: If a correction does not fit the text, or overlaps another.
    """
    corrected, by_hand = _correct(fold(text), corrections)
    view, repairs, ambiguous = repair(corrected)
    blocks, provisions, numbering = outline(view)
    about = metadata.overlaid(metadata.find(view, blocks), known or Metadata())
    cited = citations.find(
        view,
        blocks,
        simplify(about.title) if about.title else None,
        simplify(about.document_number) if about.document_number else None,
    )
    excluded = tuple(
        Repair(
            a,
            b,
            "page_furniture",
            text[a:b],
            "",
            "page furniture or table of contents: stays in the text, no part of the plan",
        )
        for a, b in (view.raw_span(x.start, x.end) for x in blocks if x.role is Role.FURNITURE)
    )
    return Reading(
        view,
        about,
        blocks,
        provisions,
        cited,
        tuple(sorted(by_hand + repairs + excluded, key=lambda r: (r.char_start, r.char_end))),
        ambiguous + numbering + _unread(view, blocks),
    )


def _unread(view: View, blocks: Sequence[Block]) -> tuple[str, ...]:
    """Warn where more than half of the blocks have figures that belong to no provision, annexes left out."""
    blocks = [block for block in blocks if not "".join(block.headings[:1]).startswith("附")]
    outside = sum(
        block.provision is None and bool(_FIGURE.search(view.text, block.start, block.end))
        for block in blocks
    )
    if 2 * outside <= len(blocks):
        return ()
    warning = (
        f"{outside} of {len(blocks)} blocks have figures but belong to no provision: "
        "look at the outline whether the parts of the plan were recognised"
    )
    return (warning,)


def _correct(view: View, corrections: Sequence[Correction]) -> tuple[View, tuple[Repair, ...]]:
    """Return the corrected view, and the corrections as repairs."""
    edits, repairs, at = [], [], 0
    for item in sorted(corrections, key=lambda item: item.char_start):
        end = item.char_start + len(item.before)
        if item.char_start < at or view.raw[item.char_start : end] != item.before:
            raise ReadingError(
                f"the correction of {item.before!r} at {item.char_start} does not fit: the text has "
                f"{view.raw[item.char_start : end]!r} there, or another correction overlaps it: if the source has "
                "changed, look whether the correction is still needed, and remove it or mend its offset"
            )
        edits.append((*view.view_span(item.char_start, end), simplify(item.after)))
        repairs.append(Repair(item.char_start, end, "correction", item.before, item.after, item.reason))
        at = end
    return (splice(view, edits) if edits else view), tuple(repairs)


def outline_lines(reading: Reading) -> Iterator[str]:
    """Yield the outline as lines for people: what the plan states of itself, then a line per heading and provision."""
    about = reading.metadata
    issued = about.issued_on.isoformat() if about.issued_on else "no date"
    period = f", {about.period.text}" if about.period else ""
    yield about.title or "(no title)"
    yield f"{about.document_number or 'no number'} · {about.issuer or 'no issuer'} · {issued}{period} · {about.script}"
    shown: tuple[str, ...] = ()
    for provision in reading.provisions:
        *above, own = provision.heading_path
        for depth, heading in enumerate(above):
            if tuple(above[: depth + 1]) != shown[: depth + 1]:
                yield "  " * depth + heading
        shown = tuple(above)
        offices = {
            role: "、".join(a.printed_name for a in provision.agencies if a.role == role)
            for role in ("lead", "supporting")
        }
        in_charge = "; ".join(f"{role}: {names}" for role, names in offices.items() if names)
        yield (
            "  " * len(above)
            + f"[{provision.section}] {provision.number}  {own}  ({provision.char_start}–{provision.char_end})"
            + (f"  {in_charge}" if in_charge else "")
        )
    roles = [block.role.value for block in reading.blocks]
    yield (
        f"{len(reading.provisions)} provisions, {len(reading.citations)} citations, "
        f"{len(reading.repairs)} repairs; blocks: "
        + ", ".join(f"{role} {roles.count(role)}" for role in dict.fromkeys(roles))
    )
    yield from (f"warning: {warning}" for warning in reading.warnings)
