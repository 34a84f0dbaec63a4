"""The one palette: colours of the looks in terminals, documents, pictures and pages.

Any two looks are told apart by colour-blind eyes (the hues are those of Okabe and Ito) and by their lightness, in grey
print; a test holds them to it. The mark in the cell says the same without colour.
"""

from __future__ import annotations

from dataclasses import dataclass

from sdp_matrix.formats.table import Look

INK, MUTED, LINE = "#1B1B1A", "#5C5C58", "#C9C9C4"
"""Text, quieter text and rules on white."""


@dataclass(frozen=True, slots=True)
class Tone:
    """The colours of one look."""

    tint: str
    """Ground of a cell or tile under dark text, and text on a dark ground."""
    shade: str
    """Ground of a cell under light text, and text on a light ground."""
    ansi: str
    """The colour in a terminal, whose theme says how exactly it looks."""


TONES: dict[Look, Tone] = {
    Look.COVERED: Tone("#9CCDF0", "#00639B", "bright_blue"),
    Look.ALREADY_EXISTS: Tone("#D6E6F6", "#27404F", "cyan"),
    Look.NOT_COVERED: Tone("#FFFFFF", "#161615", "dim"),
    Look.UNKNOWN: Tone("#F9F3A8", "#434000", "yellow"),
    Look.WARNING: Tone("#F6BE62", "#8A5212", "bold yellow"),
}
"""The looks that have a colour; the others are black on white."""
