"""Our table, as published, against its transcription: every cell, date, heading and group."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias

from sdp_matrix.analysis.matrix import matrix
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Membership

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.published_table import Departure, HeaderCell


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A value that is not the printed one, and that no departure explains."""

    partner: str
    field: str
    published: str
    ours: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many values were compared and how many agree once departures are undone."""

    compared: int
    agree: int


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome; it holds where nothing is unexplained or needless."""

    cells: Count
    dates: Count
    groups: Count
    headings: Count
    departures: tuple[Departure, ...]
    """Those that are needed and right."""
    unexplained: tuple[Disagreement, ...]
    needless: tuple[Departure, ...]
    """Those that no longer describe a difference."""

    @property
    def holds(self) -> bool:
        """Whether every difference is explained and every explanation needed."""
        return not self.unexplained and not self.needless


_Key: TypeAlias = tuple[str, str, str]
"""Kind of value, partner, field; the partner is '' for what belongs to all of them."""


def verify(dataset: Dataset) -> Verification:
    """Compare our values, departures undone, with the transcription of the published table."""
    printed, ours = _printed(dataset), _ours(dataset)
    keys = list(dict.fromkeys([*printed, *ours]))
    differing = {
        key[1:]: (printed.get(key, ""), ours.get(key, "")) for key in keys if printed.get(key) != ours.get(key)
    }
    right = [d for d in dataset.table.departures if differing.get((d.partner, d.field)) == (d.published, d.ours)]
    explained = {(d.partner, d.field) for d in right}

    def count(kind: str) -> Count:
        compared = [key for key in keys if key[0] == kind]
        return Count(len(compared), sum(key[1:] not in differing or key[1:] in explained for key in compared))

    return Verification(
        cells=count("cell"),
        dates=count("date"),
        groups=count("group"),
        headings=count("heading"),
        departures=tuple(right),
        unexplained=tuple(Disagreement(*key, *values) for key, values in differing.items() if key not in explained),
        needless=tuple(d for d in dataset.table.departures if d not in right),
    )


def _printed(dataset: Dataset) -> dict[_Key, str]:
    """Every value of the transcription, in our terms."""
    page, table = dataset.transcription, dataset.table
    partners = [column.partner for column in table.columns]
    statuses = {mark: str(status) for status, mark in table.marks.items()}
    values: dict[_Key, str] = {("heading", "", "row heading"): page.row_heading}
    for partner, heading, day in zip_longest(partners, page.names, page.days, fillvalue="(no column)"):
        values["heading", partner, "name"] = heading
        values["date", partner, DATE_FIELD] = str(dates.from_words(day) or day)
    for row, line in zip(table.header, page.header, strict=False):
        for partner, title in zip(partners, _spread(row, line), strict=False):
            for cell in row:
                if cell.group:
                    member = Membership.MEMBER if title == cell.title else Membership.NOT_MEMBER
                    values["group", partner, GROUP_FIELD + cell.group] = str(member)
    ids = {str(area.number): area.id for area in dataset.areas}
    for number, title, *marks in page.rows:
        area = ids.get(number, f"row {number}")
        values["heading", "", f"title of {area}"] = title
        for partner, mark in zip_longest(partners, marks, fillvalue="(no column)"):
            values["cell", partner, area] = statuses.get(mark, mark)
    return values


def _spread(row: Sequence[HeaderCell], printed: Sequence[str]) -> list[str]:
    """The printed heading of every column: a heading stands in the first column of its span."""
    titles: list[str] = []
    for cell in row:
        titles += [printed[len(titles)] if len(titles) < len(printed) else ""] * cell.span
    return titles


def _ours(dataset: Dataset) -> dict[_Key, str]:
    """Every value of our table under the same keys."""
    table = matrix(dataset)
    values: dict[_Key, str] = {("heading", "", "row heading"): dataset.table.row_heading}
    for column, partner in zip(dataset.table.columns, table.partnerships, strict=True):
        values["heading", partner.id, "name"] = column.heading
        values["date", partner.id, DATE_FIELD] = partner.date.text
        for group in [cell.group for row in dataset.table.header for cell in row if cell.group]:
            member = Membership.MEMBER if partner.belongs_to(group) else Membership.NOT_MEMBER
            values["group", partner.id, GROUP_FIELD + group] = str(member)
        for area in dataset.areas:
            values["cell", partner.id, area.id] = str(partner.status(area.id))
    for area in dataset.areas:
        values["heading", "", f"title of {area.id}"] = area.title
    return values
