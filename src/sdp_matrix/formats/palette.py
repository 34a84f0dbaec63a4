"""Colours of the looks, told apart by colour-blind eyes (Okabe and Ito) and, by their lightness, in grey print."""

from __future__ import annotations

from dataclasses import dataclass

from sdp_matrix.formats.table import Look


@dataclass(frozen=True, slots=True)
class Tone:
    """The colours of one look."""

    fill: str
    """Ground of a tile in a picture."""
    ink: str
    """Mark on that ground."""
    tint: str
    """Ground of a cell in a document, under black text."""


TONES: dict[Look, Tone] = {
    Look.COVERED: Tone("#0072B2", "#FFFFFF", "#BFDFF2"),
    Look.ALREADY_EXISTS: Tone("#8CCBF0", "#00324F", "#E3F2FB"),
    Look.NOT_COVERED: Tone("#F3F3F1", "#6A6A66", "#FFFFFF"),
    Look.UNKNOWN: Tone("#F0E442", "#4A4500", "#FBF7C8"),
    Look.WARNING: Tone("#E69F00", "#000000", "#FBE7BF"),
}
"""The looks that have a colour; the others are black on white."""
