"""Reading: from the bytes of a file to a plan with structure. Pure: text and rules in, records out."""

from __future__ import annotations

from collections.abc import Iterator

from dagster_project.reading import citations, metadata
from dagster_project.reading.folding import ReadingError, decode, fold, simplify
from dagster_project.reading.outline import outline
from dagster_project.reading.repairs import repair
from dagster_project.records import Reading, Repair, Role

__all__ = ("ReadingError", "decode", "fold", "outline_lines", "read", "simplify")


def read(text: str) -> Reading:
    """Read a policy document: fold, repair, outline, agencies, citations, metadata.

    Args:
        text: The file as decoded; any string is accepted.

    Returns:
        The plan with structure. All spans of its records are offsets into `text` but those of its blocks, which are
        offsets into ``view.text``.
    """
    view, repairs, ambiguous = repair(fold(text))
    blocks, provisions, numbering = outline(view)
    about = metadata.find(view, blocks)
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
        tuple(sorted(repairs + excluded, key=lambda r: (r.char_start, r.char_end))),
        ambiguous + numbering,
    )


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
