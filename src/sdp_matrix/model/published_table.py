"""The published table as it was found, line for line: the witness that our own table is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Transcription:
    """The lines of the copy: headings of groups, names, days, then one line per area. Nothing of it is ours."""

    lines: tuple[tuple[str, ...], ...]
    """Every cell: number, title, then one cell per partner."""
    starts: tuple[tuple[int, ...], ...] = field(default=(), compare=False)
    """The column of the file in which each cell begins; for messages."""

    @cached_property
    def partner(self) -> int:
        """The index of the line of names; where none is headed 'Partner', of the second before the numbered lines."""
        labels = [line[1] if len(line) > 1 else "" for line in self.lines]
        numbered = (index for index, line in enumerate(self.lines) if line[0].isdigit())
        return max(labels.index("Partner") if "Partner" in labels else next(numbered, len(labels)) - 2, 1)

    @property
    def first_row(self) -> int:
        """The index of the first line that holds marks."""
        return self.partner + 2

    @property
    def row_heading(self) -> str:
        """The heading of the column of areas."""
        return "".join(self.lines[0][1:2])

    @property
    def header(self) -> tuple[tuple[str, ...], ...]:
        """Titles of groups over the columns of partners; a blank cell continues the one on its left."""
        return tuple(line[2:] for line in self.lines[: self.partner])

    @property
    def names(self) -> tuple[str, ...]:
        """The partners as printed."""
        return self.lines[self.partner][2:]

    @property
    def days(self) -> tuple[str, ...]:
        """Their dates as printed."""
        return self.lines[self.partner + 1][2:]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Number, title and marks of each area."""
        return self.lines[self.first_row :]
