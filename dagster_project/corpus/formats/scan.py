"""Scanned pages: their lines recognised from the pictures, where the extra ``ip-plans[ocr]`` is installed.

RapidOCR runs the PP-OCR models, which its package holds: nothing is fetched, on any machine. It is an extra because it
brings some 400 MB and takes ten seconds a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_RESOLUTION = 200  # dots an inch: what offices scan with; more is slower and no better
_POINTS = 72  # an inch
_SURE = 0.5  # below this the recogniser itself takes a piece for a stain or a seal


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line, in points from the left and the top of its page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def recogniser() -> Callable[[Any], list[Piece]] | None:
    """Return what reads a page of pdfplumber; None where the extra is not installed."""
    try:
        import numpy as np
        from rapidocr_onnxruntime import RapidOCR
    except ImportError:
        return None
    engine = RapidOCR()

    def pieces(page: Any) -> list[Piece]:  # noqa: ANN401 - pdfplumber has no types
        picture = np.asarray(page.to_image(resolution=_RESOLUTION).original.convert("RGB"))
        found, _ = engine(picture)
        scale = _POINTS / _RESOLUTION
        return [
            Piece(
                text,
                min(x for x, _ in corners) * scale,
                max(x for x, _ in corners) * scale,
                min(y for _, y in corners) * scale,
                max(y for _, y in corners) * scale,
            )
            for corners, text, score in found or []
            if float(score) >= _SURE
        ]

    return pieces


def lines(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each printed line, from the left; lines from the top."""
    line: list[Piece] = []
    for piece in sorted(pieces, key=lambda each: each.top + each.bottom):
        middle = (piece.top + piece.bottom) / 2
        if line and not line[0].top < middle < line[0].bottom:
            yield sorted(line, key=lambda each: each.left)
            line = []
        line.append(piece)
    if line:
        yield sorted(line, key=lambda each: each.left)
