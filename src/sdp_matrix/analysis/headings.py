"""The headings of a partnership's own text beside the rows of the table, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdp_matrix.analysis.result import Result
from sdp_matrix.errors import BadRequest
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Heading, Headings, Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import Status


@dataclass(frozen=True, slots=True)
class ReachedArea:
    """A row of the table with the headings that stand for it."""

    area: Area
    status: Status
    headings: tuple[int, ...]
    """Numbers of the headings, from 1."""


@dataclass(frozen=True, slots=True, repr=False)
class HeadingsAndAreas(Result):
    """The headings of one partnership, and the rows that it covers or that a heading stands for."""

    partnership: Partnership
    source: Headings
    areas: tuple[ReachedArea, ...]

    @property
    def headings(self) -> Sequence[tuple[int, Heading]]:
        """The headings with their numbers; none where only their number is known."""
        return tuple(enumerate(self.source.items, 1))

    @property
    def is_mapped(self) -> bool:
        """Whether it is known which rows the headings stand for."""
        return bool(self.source.items)

    @property
    def reached(self) -> tuple[Area, ...]:
        """The covered rows that a heading stands for."""
        return tuple(one.area for one in self.areas if one.status is Status.COVERED and one.headings)

    @property
    def unreached(self) -> tuple[Area, ...]:
        """The covered rows that no heading stands for."""
        return tuple(one.area for one in self.areas if one.status is Status.COVERED and not one.headings)


def beside(dataset: Dataset, partner: str) -> HeadingsAndAreas:
    """Lay the headings of a partnership's own text beside the rows of the table.

    Raises `UnknownName`, and `BadRequest` where no headings are on record.

    >>> from sdp_matrix import load
    >>> found = load().headings("korea")
    >>> len(found.headings), len(found.reached), len(found.unreached)
    (15, 15, 6)
    """
    partnership = dataset.partner(partner)
    if partnership.headings is None:
        raise BadRequest(f"no headings are on record for {partnership.name_with_article}; leave out --headings")
    items = partnership.headings.items
    reached = (
        ReachedArea(area, partnership.status(area.id), tuple(n for n, h in enumerate(items, 1) if area.id in h.areas))
        for area in dataset.areas
    )
    rows = tuple(one for one in reached if one.headings or one.status is Status.COVERED)
    return HeadingsAndAreas(partnership, partnership.headings, rows, dataset=dataset)
