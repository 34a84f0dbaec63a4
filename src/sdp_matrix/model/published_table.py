"""The published table: its layout, where we depart from it, and its copy line for line, which ours is compared with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from sdp_matrix.model import dates
from sdp_matrix.model.partnership import Evidence
from sdp_matrix.model.record import GroupId, Id, Number, PartnerId, Record, ReferenceId, Text
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Membership, Status


class TableGroup(Record):
    """A title in the header of the published table, and the group that it names."""

    title: Text
    """As printed."""
    short: Text | None = None
    """For narrow screens."""
    group: GroupId
    """Id of an entry of groups.yaml."""


class Emendation(Record):
    """What is read in place of a header line that is damaged in the copy."""

    line: Number
    """The line of the csv."""
    read: Mapping[Text, tuple[PartnerId, ...]]
    """The partners that each title of the line stands over."""
    reason: Text
    """What is wrong with the copy, and why it is read like this."""


class PublishedTable(Record):
    """How the copy of a published table is read: which column is which partner, which title which group."""

    id: Id
    """Equals the file name."""
    title: Text
    """As printed."""
    reference: ReferenceId
    """Where it was published."""
    locator: Text
    """Where in it."""
    columns: tuple[PartnerId, ...]
    """Ids of the partners, in the order of the columns."""
    groups: tuple[TableGroup, ...]
    """Which title of the header is which group."""
    marks: Mapping[Status, Text]
    """The printed mark of each status."""
    published_note: Text
    """What its authors note on its limits, paraphrased, to follow "note that"; it is shown wherever the marks are."""
    emendation: Emendation | None = None
    """Where the copy is damaged."""

    def testimony(self, value: str) -> Evidence:
        """Make the evidence that the table gives by printing a value."""
        return Evidence(reference=self.reference, locator=self.locator, supports=value)


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


def titles(table: PublishedTable, page: Transcription) -> tuple[tuple[str, ...], ...]:
    """The title over each column, line by line of the header: the nearest on the left, or what is read instead."""
    return tuple(_titles(table, line, number) for number, line in enumerate(page.header, 1))


def _titles(table: PublishedTable, line: tuple[str, ...], number: int) -> tuple[str, ...]:
    if table.emendation and table.emendation.line == number:
        over = {partner: title for title, partners in table.emendation.read.items() for partner in partners}
        return tuple(over.get(partner, "") for partner in table.columns)
    return tuple(accumulate(line, lambda left, title: title or left))


def header(table: PublishedTable, page: Transcription) -> tuple[tuple[TableGroup, ...], ...]:
    """The groups that each line of the header names, in the order of its titles."""
    groups = {group.title: group for group in table.groups}
    return tuple(
        tuple(groups[title] for title in dict.fromkeys(line) if title in groups) for line in titles(table, page)
    )


def printed(table: PublishedTable, page: Transcription, areas: Iterable[Area]) -> Mapping[tuple[str, str], str]:
    """What the table prints, in our terms, by partner and field: every mark, date and membership of a group."""
    statuses = {mark: str(status) for status, mark in table.marks.items()}
    values = {
        (partner, DATE_FIELD): str(dates.from_words(day))
        for partner, day in zip(table.columns, page.days, strict=False)
    }
    over = titles(table, page)
    for group in table.groups:
        for line in over:
            for partner, title in zip(table.columns, line, strict=False) if group.title in line else ():
                member = Membership.MEMBER if title == group.title else Membership.NOT_MEMBER
                values[partner, GROUP_FIELD + group.group] = str(member)
    for area, (_, _, *marks) in zip(areas, page.rows, strict=False):
        values |= {(p, area.id): statuses.get(mark, mark) for p, mark in zip(table.columns, marks, strict=False)}
    return values
