"""The coverage matrix: areas by partners, with the header rows of the published table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from sdp_matrix.analysis.result import Result
from sdp_matrix.analysis.selection import Selection, select
from sdp_matrix.analysis.verification import Departure, departures
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import TableGroup
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Status


class Order(StrEnum):
    """Orders of the columns of a matrix."""

    TABLE = "table"
    DATE = "date"
    NAME = "name"
    COVERAGE = "coverage"
    SIMILARITY = "similarity"


@dataclass(frozen=True, slots=True)
class Span:
    """Adjacent columns under one heading of a header row; no heading where the partners are in no group."""

    heading: TableGroup | None
    partners: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Matrix(Result):
    """Statuses of areas by partners: the partnerships are the columns, the areas the rows."""

    partnerships: tuple[Partnership, ...]
    areas: tuple[Area, ...]
    spans: tuple[tuple[Span, ...], ...]
    """The header rows above the names."""
    departures: tuple[Departure, ...]
    """Where the published table prints another value for a cell, date or group shown here."""
    as_published: bool = False
    order: Order | None = None
    """The order of the partnerships that was asked for."""

    def status(self, partner: str, area: str) -> Status:
        """The status of one cell by ids."""
        return self._by_id[partner].status(area)

    @cached_property
    def _by_id(self) -> dict[str, Partnership]:
        return {p.id: p for p in self.partnerships}


def matrix(
    dataset: Dataset,
    selection: Selection | None = None,
    *,
    order: Order | None = None,
    as_published: bool = False,
) -> Matrix:
    """Lay out the selected partners, else those of the published table, by the selected areas.

    `as_published` gives what the published table prints, and nothing of ours. Raises `UnknownName`, and `BadRequest`
    where no partner is left, or for a partner that is not in the published table as published.

    >>> from sdp_matrix import Selection, load
    >>> str(load().matrix().status("japan", "maritime-security"))
    'covered'
    >>> [p.id for p in load().matrix(Selection(groups=("efta",), everyone=True)).partnerships]
    ['norway', 'iceland']
    """
    scope = select(dataset, selection)
    columns = [dataset.as_printed(p) if as_published else p for p in scope.partnerships]
    if order is Order.SIMILARITY:
        from sdp_matrix.analysis.similarity import ordered

        columns = list(ordered(columns, scope.areas))
    elif order:
        columns.sort(key=_keys(dataset.everyone)[order])
    return Matrix(
        partnerships=tuple(columns),
        areas=scope.areas,
        spans=tuple(_spans(columns, row) for row in dataset.header),
        departures=tuple(d for d in departures(columns, dataset.printed) if _is_shown(d, scope.areas)),
        as_published=as_published,
        order=order,
        dataset=dataset,
    )


def _keys(everybody: tuple[Partnership, ...]) -> dict[Order, Callable[[Partnership], tuple[object, ...]]]:
    return {
        Order.TABLE: lambda p: ([q.id for q in everybody].index(p.id),),
        Order.DATE: lambda p: p.order_key,
        Order.NAME: lambda p: (p.name,),
        Order.COVERAGE: lambda p: (-sum(c.status.present is True for c in p.coverage.values()), p.id),
    }


def _is_shown(departure: Departure, areas: Sequence[Area]) -> bool:
    is_cell = departure.field != DATE_FIELD and not departure.field.startswith(GROUP_FIELD)
    return not is_cell or any(area.id == departure.field for area in areas)


def _spans(columns: Sequence[Partnership], row: Sequence[TableGroup]) -> tuple[Span, ...]:
    """Group adjacent columns by the first heading of the row whose group the partner belongs to."""

    def heading(partnership: Partnership) -> TableGroup | None:
        return next((group for group in row if partnership.belongs_to(group.group)), None)

    return tuple(Span(cell, tuple(p.id for p in run)) for cell, run in groupby(columns, heading))
