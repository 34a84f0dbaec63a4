"""The published table, transcribed cell for cell: what our own table is verified against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TranscribedRow:
    """One area as printed."""

    number: str
    title: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Transcription:
    """The printed table: every text as it stands on the page."""

    row_heading: str
    header: tuple[tuple[str, ...], ...]
    """Group names; an empty text belongs to the one on its left, or stands for nothing."""
    headings: tuple[str, ...]
    dates: tuple[str, ...]
    rows: tuple[TranscribedRow, ...]
