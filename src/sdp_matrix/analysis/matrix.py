"""The coverage matrix: areas by partners, with the header rows of the published table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sdp_matrix.analysis.field import Departure, Field, departures
from sdp_matrix.analysis.result import Result
from sdp_matrix.analysis.scope import Scope, select
from sdp_matrix.analysis.selection import Order, Partners, member
from sdp_matrix.model.dataset import Dataset, TableGroup
from sdp_matrix.model.partnership import GroupMembership, Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import DATE_FIELD, Membership, Status


@dataclass(frozen=True, repr=False)
class Matrix(Result):
    """Statuses of areas by partners: the partnerships are the columns, the areas the rows."""

    partnerships: tuple[Partnership, ...]
    """The columns, with the values shown: the printed ones, unless they are corrected."""
    areas: tuple[Area, ...]
    departures: tuple[Departure, ...]
    """The cells, dates and groups shown here for which the published table prints another value than ours."""
    corrected: bool = False
    order: Order | None = None
    scope: Scope = field(kw_only=True, repr=False, compare=False)

    def __iter__(self) -> Iterator[dict[str, str | int | float]]:
        """Iterate over its rows, one per area, as `pandas.DataFrame` takes them."""
        return iter(self.rows())

    def status(self, partner: str, area: str) -> Status:
        """Return the status of one cell by ids."""
        return next(p.status(area) for p in self.partnerships if p.id == partner)


def matrix(dataset: Dataset, *partners: Partners, order: Order | None = None, corrected: bool = False) -> Matrix:
    """Lay out the selected partners, else those of the published table, by the selected areas.

    If our value is not the printed one, the printed one is shown and the departure listed; `corrected` shows ours.

    >>> str(load().matrix("japan", ["india", "uk"]).status("japan", "maritime-security"))
    'covered'
    """
    scope = select(dataset, *partners)
    areas = {area.id for area in scope.areas}
    every = departures(scope.partnerships, dataset.printed)
    shown = tuple(d for d in every if d.field in areas or not Field(d.field).is_area)
    values = scope.partnerships if corrected else [_printed(p, shown) for p in scope.partnerships]
    order = order and member(Order, order)
    return Matrix(
        partnerships=tuple(_ordered(dataset, values, scope.areas, order)),
        areas=scope.areas,
        departures=shown,
        corrected=corrected,
        order=order,
        dataset=dataset,
        scope=scope,
    )


def _printed(partnership: Partnership, departures: Sequence[Departure]) -> Partnership:
    """Return the partnership with the printed values in place of ours."""
    own = {d.field: d.published for d in departures if d.partner == partnership.id}
    groups = {group: Membership(value) for field, value in own.items() if (group := Field(field).group)}
    cells = {
        area: cell.model_copy(update={"status": Status(own.get(area, cell.status))})  # a copy is not validated
        for area, cell in partnership.coverage.items()
    }
    day = date.fromisoformat(own[DATE_FIELD]) if DATE_FIELD in own else partnership.date.value
    values = {
        "date": partnership.date.model_copy(update={"value": day}),
        "coverage": cells,
        "groups": (
            *(membership for membership in partnership.groups if membership.group not in groups),
            *(GroupMembership(group=group, status=status) for group, status in groups.items()),
        ),
    }
    return partnership.model_copy(update=values) if own else partnership


def _ordered(
    dataset: Dataset, columns: Sequence[Partnership], areas: Sequence[Area], order: Order | None
) -> list[Partnership]:
    if order is Order.SIMILARITY:
        from sdp_matrix.analysis.patterns import in_order_of_similarity  # no other order needs it

        return list(in_order_of_similarity(columns, areas))
    keys: Mapping[Order | None, Callable[[Partnership], tuple[object, ...]]] = {
        Order.DATE: lambda p: p.order_key,
        Order.NAME: lambda p: (p.name,),
        Order.COVERAGE: lambda p: (-sum(c.status.present is True for c in p.coverage.values()), p.id),
    }
    if order in keys:
        return sorted(columns, key=keys[order])
    # a file that is only begun has no place in the table, but people may ask for it
    places = {p.id: place for place, p in enumerate((*dataset.everyone, *dataset.drafts))}
    of_table = sorted(columns, key=lambda p: places[p.id])
    # without --order, partners that a person listed stay in their order
    return list(columns) if order is None and of_table != list(columns) else _by_group(dataset, of_table)


def _by_group(dataset: Dataset, columns: Sequence[Partnership]) -> list[Partnership]:
    """Insert the partners newer than the table after those with the same headings, so that no heading is repeated."""
    placed = [p for p in columns if p.id in dataset.table.columns]
    for newer in (p for p in columns if p.id not in dataset.table.columns):
        headings = {row: group for row in dataset.header if (group := heading(row, newer))}
        shared = [sum(heading(row, p) == group for row, group in headings.items()) for p in placed]
        best = max(shared, default=0)  # 0: a partner without a heading goes to the end
        last = max(index for index, count in enumerate(shared) if count == best) if best else len(placed) - 1
        placed.insert(last + 1, newer)
    return placed


def heading(row: Sequence[TableGroup], partnership: Partnership) -> TableGroup | None:
    """Return the first heading of a header row whose group the partner belongs to."""
    return next((group for group in row if partnership.belongs_to(group.group)), None)
