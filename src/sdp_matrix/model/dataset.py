"""The data set as a frozen value, with the published table, its transcription, and look-ups by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pydantic import Field

from sdp_matrix import matching
from sdp_matrix.model import dates
from sdp_matrix.model.partnership import Evidence, Partnership
from sdp_matrix.model.record import Entry, GroupId, Id, Number, PartnerId, Record, ReferenceId, Text
from sdp_matrix.model.registers import Area, Edition, Group, Prospect, Reference, Statement
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Membership, Standing, Status

TABLE = "table-1"  # the id of the published table that the data set reproduces


class TableGroup(Record):
    """A title in the header of the published table, and the group that it names."""

    title: Text = Field(description="As printed.")
    short: Text | None = Field(default=None, description="For narrow screens.")
    group: GroupId = Field(description="Id of an entry of groups.yaml.")


class Emendation(Record):
    """What is read in place of a header line that is damaged in the copy."""

    line: Number = Field(description="The line of the csv.")
    read: Mapping[Text, tuple[PartnerId, ...]] = Field(description="The partners that each title of the line is over.")
    reason: Text = Field(description="What is wrong with the copy, and why it is read like this.")


class PublishedTable(Entry):
    """How the copy of a published table is read: which column is which partner, which title which group."""

    id: Id = Field(description="Equals the file name.")
    title: Text = Field(description="As printed.")
    reference: ReferenceId = Field(description="Where it was published.")
    locator: Text = Field(description="Where in it.")
    columns: tuple[PartnerId, ...] = Field(min_length=1, description="Ids of the partners in the order of the columns.")
    groups: tuple[TableGroup, ...] = Field(description="Which title of the header is which group.")
    marks: Mapping[Status, Text] = Field(description="The printed mark of each status.")
    published_note: Text = Field(
        description="Its limits as its authors note them, paraphrased, to follow 'note that'; shown with the marks."
    )
    emendation: Emendation | None = Field(default=None, description="What is damaged in the copy.")

    def testimony(self, value: str) -> Evidence:
        """Make the evidence that the table gives by printing a value."""
        return Evidence(reference=self.reference, locator=self.locator, supports=value)


@dataclass(frozen=True)
class Transcription:
    """The lines of the published table as printed: group headings, names, dates, then one line per area."""

    lines: tuple[tuple[str, ...], ...]  # every cell: number, title, then one cell per partner
    starts: tuple[tuple[int, ...], ...] = field(default=(), compare=False)
    """The column of the file in which each cell begins; for messages."""

    @cached_property
    def names_line(self) -> int:
        """Return the index of the line with the names of the partners."""
        labels = [line[1] if len(line) > 1 else "" for line in self.lines]
        numbered = (index for index, line in enumerate(self.lines) if line[0].isdigit())
        # a line with another label should be two lines above the first area; the layout check then reports it there.
        labelled = (index for index, label in enumerate(labels) if label in {"Partner", "Date"})
        return max(next(labelled, next(numbered, len(labels)) - 2), 1)

    @property
    def first_row(self) -> int:
        """Return the index of the first line with marks."""
        return self.names_line + 2  # below the names and the dates

    @property
    def row_heading(self) -> str:
        """Return the heading of the column of areas."""
        return "".join(self.lines[0][1:2])  # empty if the line is too short

    @property
    def header(self) -> tuple[tuple[str, ...], ...]:
        """Return the titles of groups over the columns of partners; a blank cell continues the one on its left."""
        return tuple(line[2:] for line in self.lines[: self.names_line])

    @property
    def names(self) -> tuple[str, ...]:
        """Return the partners as printed."""
        return self.lines[self.names_line][2:]

    @property
    def days(self) -> tuple[str, ...]:
        """Return their dates as printed."""
        return self.lines[self.names_line + 1][2:]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return number, title and marks of each area."""
        return self.lines[self.first_row :]


def column_titles(table: PublishedTable, page: Transcription) -> list[list[str]]:
    """Return the title over each column, line by line of the header; a damaged line is read as emended."""
    emended = table.emendation
    titles = {partner: title for title, partners in emended.read.items() for partner in partners} if emended else {}
    # a title is printed once, over the first of its columns: the nearest one on the left counts
    lines = [[next(filter(None, line[at::-1]), "") for at in range(len(line))] for line in page.header]
    if emended and emended.line <= len(lines):
        lines[emended.line - 1] = [titles.get(partner, "") for partner in table.columns]
    return lines


def printed(table: PublishedTable, page: Transcription, areas: Iterable[Area]) -> Mapping[tuple[str, str], str]:
    """Return what the table prints, in our terms, by partner and field: every date, membership of a group and mark."""
    columns = table.columns  # strict=False below: rules ask before the numbers of cells have been compared
    values = {(p, DATE_FIELD): str(dates.from_words(day)) for p, day in zip(columns, page.days, strict=False)}
    titles = column_titles(table, page)
    for group in table.groups:
        for line in titles:
            for partner, title in zip(columns, line, strict=False) if group.title in line else ():
                # the line with the title of a group says of every partner whether it is a member
                member = Membership.MEMBER if title == group.title else Membership.NOT_MEMBER
                values[partner, GROUP_FIELD + group.group] = str(member)
    statuses = {mark: str(status) for status, mark in table.marks.items()}
    for area, (_, _, *marks) in zip(areas, page.rows, strict=False):
        values |= {(p, area.id): statuses.get(mark, mark) for p, mark in zip(columns, marks, strict=False)}
    return values


class Voice(NamedTuple):
    """The origin of a reference, whatever its masthead says, and its standing."""

    origin: str
    standing: Standing


def origin(reference: Reference, by_id: Mapping[str, Reference]) -> str:
    """Return the origin of a reference: its publisher, or the end of the chain of references that it follows."""
    passed = {reference.id}  # ends a circle of references, which a rule reports
    while (followed := reference.follows or "") in by_id and followed not in passed:
        passed.add(followed)
        reference = by_id[followed]
    return reference.follows or reference.publisher


@dataclass(frozen=True)
class Dataset:
    """The contents of all data files, checked and consistent."""

    edition: Edition
    areas: tuple[Area, ...]
    groups: tuple[Group, ...]
    references: tuple[Reference, ...]
    prospects: tuple[Prospect, ...]
    statements: tuple[Statement, ...]
    partnerships: tuple[Partnership, ...]  # in order of date, then id
    table: PublishedTable
    transcription: Transcription
    drafts: tuple[Partnership, ...] = ()
    """Partnerships without a date, whose files are only begun: they can be looked up, and nothing counts them."""

    def partner(self, name: str) -> Partnership:
        """Find a partnership by id, name, ISO code, alias or unique prefix, in any case; raises `UnknownNameError`.

        >>> load().partner("rok").name
        'Republic of Korea'
        """
        return matching.find(name, self._partners, kind="partner")

    def area(self, name: str) -> Area:
        """Find an area by number, id, title, label, alias or unique prefix; raises `UnknownNameError`.

        >>> load().area("19").id, load().area("maritime").number
        ('consular-matters', 15)
        """
        return matching.find(name, self.areas, kind="area")

    def group(self, name: str) -> Group:
        """Find a group by id, title, alias or unique prefix; raises `UnknownNameError`.

        >>> load().group("nato")
        Group('nato-ally')
        """
        return matching.find(name, self.groups, kind="group")

    def reference(self, name: str) -> Reference:
        """Find a reference by its id or unique prefix; raises `UnknownNameError`.

        >>> load().reference("eprs-2026-03").standing.value
        'expert'
        """
        return matching.find(name, self.references, kind="reference")

    def statement(self, name: str) -> Statement:
        """Find a statement by its id or unique prefix; raises `UnknownNameError`.

        >>> load().statement("nine-to-date").reference
        'eprs-2026-03'
        """
        return matching.find(name, self.statements, kind="statement")

    def partner_or_group(self, name: str) -> Partnership | Group:
        """Find a partnership or a group of partners by any of its names; raises `UnknownNameError`.

        >>> load().partner_or_group("uk")
        Partnership('united-kingdom')
        """
        pools: list[Sequence[Partnership | Group]] = [self._partners, self.groups]
        return matching.find(name, *pools, kind="partner or group")

    def lookup(self, name: str) -> Partnership | Area | Group | Reference:
        """Find a partnership, an area, a group or a reference by any of its names; raises `UnknownNameError`.

        >>> load().lookup("efta"), load().lookup("space")
        (Group('efta'), Area('space'))
        """
        pools: list[Sequence[Partnership | Area | Group | Reference]] = [
            *(self._partners, self.areas, self.groups, self.references)
        ]
        return matching.find(name, *pools, kind="partner, area, group or reference")

    # Overridden by api.Partnerships: answers draw themselves in notebooks, and only the api may import the views.

    def to_html(self, answer: object) -> str | None:  # noqa: ARG002 - overridden
        """Return the table of an answer in HTML, if it has one."""
        return None

    def to_rows(self, answer: object) -> list[dict[str, str | int | float]]:  # noqa: ARG002 - overridden
        """Return the rows of the table of an answer."""
        return []

    @property
    def _partners(self) -> tuple[Partnership, ...]:
        return (*self.partnerships, *self.drafts)

    def members(self, group: str) -> tuple[Partnership, ...]:
        """Return the partnerships whose partner belongs to a group, by the id of the group.

        >>> load().members("efta")
        (Partnership('norway'), Partnership('iceland'))
        """
        return tuple(p for p in self.partnerships if p.belongs_to(group))

    @cached_property
    def voices(self) -> Mapping[str, Voice]:
        """Return the origin and standing of each reference by its id."""
        by_id = {reference.id: reference for reference in self.references}
        return {name: Voice(origin(reference, by_id), reference.standing) for name, reference in by_id.items()}

    @cached_property
    def printed(self) -> Mapping[tuple[str, str], str]:
        """Return what the published table prints, in our terms, by id of the partner and name of the field."""
        return printed(self.table, self.transcription, self.areas)

    @cached_property
    def header(self) -> tuple[tuple[TableGroup, ...], ...]:
        """Return the groups that each line of the published table's header names, in the order of its titles."""
        groups = {group.title: group for group in self.table.groups}
        lines = map(dict.fromkeys, column_titles(self.table, self.transcription))
        return tuple(tuple(groups[title] for title in line if title in groups) for line in lines)

    @cached_property
    def in_table(self) -> tuple[Partnership, ...]:
        """Return the partnerships of the published table, in its column order."""
        return tuple(self.partner(partner) for partner in self.table.columns)

    @property
    def areas_in_table(self) -> tuple[Area, ...]:
        """Return the areas that the published table prints, in the order of its rows."""
        return self.areas[: len(self.transcription.rows)]

    @cached_property
    def everyone(self) -> tuple[Partnership, ...]:
        """Return all partnerships: those of the published table in its column order, then the newer ones."""
        return (*self.in_table, *(p for p in self.partnerships if p.id not in self.table.columns))
