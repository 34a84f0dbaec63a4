"""The published table: its layout, where we depart from it, and its copy line for line, which ours is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sdp_matrix.model.constraints import Id, Number, Text, Words
from sdp_matrix.model.record import Record
from sdp_matrix.model.vocabulary import Status


class TableColumn(Record):
    """A column of a published table."""

    partner: Id
    """Id of the partnership."""
    heading: Words
    """The partner's name as printed."""


class HeaderCell(Record):
    """A cell of a header row of a published table."""

    title: Text | None = None
    """As printed; none for an empty cell."""
    short: Text | None = None
    """For narrow screens."""
    group: Id | None = None
    """The group it names."""
    span: Number
    """How many columns it covers."""


class Departure(Record):
    """Where our value differs from a published table, with its reason."""

    partner: Id
    """Id of the partnership."""
    field: Text
    """date, the id of an area, or group:<id>."""
    published: Text
    """The value in the table."""
    ours: Text
    """Our value."""
    reason: Text
    """Why we depart."""


class PublishedTable(Record):
    """A table as published: its columns, header rows and marks, and where we depart from it."""

    id: Id
    """Equals the file name."""
    title: Text
    """As printed."""
    reference: Id
    """Where it was published."""
    row_heading: Text
    """Heading of the column of areas."""
    columns: tuple[TableColumn, ...]
    """In the order of the table."""
    header: tuple[tuple[HeaderCell, ...], ...]
    """Header rows; the spans of each add up to the number of columns."""
    marks: Mapping[Status, Text]
    """The printed mark of each status."""
    note: Text | None = None
    """Limits of the table, in our own words."""
    departures: tuple[Departure, ...] = ()
    """Where our value is not the printed one."""


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
