"""The coverage matrix: areas by partners, with the header rows of the published table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from sdp_matrix.analysis.context import Context
from sdp_matrix.analysis.selection import select
from sdp_matrix.analysis.similarity import ordered
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Membership, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sdp_matrix.analysis.selection import Selection
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Partnership
    from sdp_matrix.model.published_table import Departure, HeaderCell
    from sdp_matrix.model.registers import Area


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

    heading: HeaderCell | None
    partners: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
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

    `as_published` undoes our departures from the published table. Raises `UnknownName`, and `BadRequest` where no
    partner is left.
    """
    scope = select(dataset, selection)
    departures = dataset.table.departures
    columns = [_published(p, departures) if as_published else p for p in scope.partnerships]
    if order is Order.SIMILARITY:
        columns = list(ordered(Context(tuple(columns), scope.areas)).partnerships)
    elif order:
        columns.sort(key=_keys(dataset.everyone)[order])
    shown = {p.id for p in columns}
    return Matrix(
        partnerships=tuple(columns),
        areas=scope.areas,
        spans=tuple(_spans(columns, row) for row in dataset.table.header),
        departures=() if as_published else tuple(d for d in departures if _is_shown(d, shown, scope.areas)),
        as_published=as_published,
        order=order,
    )


def _keys(everybody: tuple[Partnership, ...]) -> dict[Order, Callable[[Partnership], tuple[object, ...]]]:
    return {
        Order.TABLE: lambda p: ([q.id for q in everybody].index(p.id),),
        Order.DATE: lambda p: p.turn,
        Order.NAME: lambda p: (p.name,),
        Order.COVERAGE: lambda p: (-sum(c.status.present is True for c in p.coverage.values()), p.id),
    }


def _published(partnership: Partnership, departures: Sequence[Departure]) -> Partnership:
    """The partnership with the values that the published table prints."""
    for departure in departures:
        if departure.partner == partnership.id:
            partnership = _undone(partnership, departure)
    return partnership


def _undone(partnership: Partnership, departure: Departure) -> Partnership:
    if departure.field == DATE_FIELD:
        day = date.fromisoformat(departure.published)
        return partnership.model_copy(update={"date": partnership.date.model_copy(update={"value": day})})
    if departure.field.startswith(GROUP_FIELD):
        group, status = departure.field.removeprefix(GROUP_FIELD), Membership(departure.published)
        groups = (m.model_copy(update={"status": status}) if m.group == group else m for m in partnership.groups)
        return partnership.model_copy(update={"groups": tuple(groups)})
    cell = partnership.coverage[departure.field].model_copy(update={"status": Status(departure.published)})
    return partnership.model_copy(update={"coverage": {**partnership.coverage, departure.field: cell}})


def _is_shown(departure: Departure, partners: set[str], areas: Sequence[Area]) -> bool:
    is_cell = departure.field != DATE_FIELD and not departure.field.startswith(GROUP_FIELD)
    return departure.partner in partners and (not is_cell or any(a.id == departure.field for a in areas))


def _spans(columns: Sequence[Partnership], row: Sequence[HeaderCell]) -> tuple[Span, ...]:
    """Group adjacent columns by the first heading of the row whose group the partner belongs to."""

    def heading(partnership: Partnership) -> HeaderCell | None:
        return next((cell for cell in row if cell.group and partnership.belongs_to(cell.group)), None)

    return tuple(Span(cell, tuple(p.id for p in run)) for cell, run in groupby(columns, heading))
