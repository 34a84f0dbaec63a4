"""Partners and areas as bit masks: what is known to be present, and what is known to be absent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from sdp_matrix.analysis.selection import Selection, select
from sdp_matrix.errors import BadRequest
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area


@dataclass(frozen=True)
class Context:
    """Partners by areas; a cell that is in neither mask is unknown.

    Masks are whole numbers: bit i of a column is the partner `partnerships[i]`, bit k of a row the area `areas[k]`.
    """

    partnerships: tuple[Partnership, ...]
    areas: tuple[Area, ...]

    @cached_property
    def rows(self) -> tuple[tuple[int, int], ...]:
        """For each partner the areas present and the areas absent."""
        return tuple(self._row(p) for p in self.partnerships)

    def _row(self, partnership: Partnership) -> tuple[int, int]:
        present = absent = 0
        for k, area in enumerate(self.areas):
            has = partnership.status(area.id).present
            if has:
                present |= 1 << k
            elif has is False:
                absent |= 1 << k
        return present, absent

    @cached_property
    def columns(self) -> tuple[tuple[int, int], ...]:
        """For each area the partners that have it and the partners that have it not."""
        present, absent = [0] * len(self.areas), [0] * len(self.areas)
        for i, (has, lacks) in enumerate(self.rows):
            for k in bits(has):
                present[k] |= 1 << i
            for k in bits(lacks):
                absent[k] |= 1 << i
        return tuple(zip(present, absent, strict=True))

    def row(self, partnership: Partnership) -> tuple[int, int]:
        """The areas that a partner of the context has, and those that it has not."""
        return self._by_id[partnership.id]

    @cached_property
    def _by_id(self) -> dict[str, tuple[int, int]]:
        return {p.id: row for p, row in zip(self.partnerships, self.rows, strict=True)}

    @property
    def everyone(self) -> int:
        """The mask of all partners."""
        return (1 << len(self.partnerships)) - 1

    def partners(self, mask: int) -> tuple[Partnership, ...]:
        """The partners of a mask."""
        return tuple(self.partnerships[i] for i in bits(mask))

    def named(self, mask: int) -> tuple[Area, ...]:
        """The areas of a mask."""
        return tuple(self.areas[k] for k in bits(mask))

    @cached_property
    def uncertain(self) -> tuple[Partnership, ...]:
        """The partners of which some area is unknown."""
        full = (1 << len(self.areas)) - 1
        pairs = zip(self.partnerships, self.rows, strict=True)
        return tuple(p for p, (present, absent) in pairs if present | absent != full)

    def without_unknowns(self) -> Context:
        """The context of the partners that are known in every area."""
        return Context(tuple(p for p in self.partnerships if p not in self.uncertain), self.areas)


def context_of(dataset: Dataset, selection: Selection | None = None, *, known_only: bool = False) -> Context:
    """Make the context of the partners selected; `known_only` leaves out those of which an area is unknown.

    Raises `UnknownName`, and `BadRequest` where no partner is left.

    >>> from sdp_matrix import Selection, load
    >>> [p.id for p in context_of(load(), Selection(everyone=True)).uncertain]
    ['iceland', 'australia', 'ghana']
    """
    scope = select(dataset, selection)
    context = Context(scope.partnerships, scope.areas)
    if known_only:
        context = context.without_unknowns()
    if not context.partnerships:
        raise BadRequest("no partner is left; ask for other partners or groups, or a later day")
    return context


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits of a mask, lowest first.

    >>> list(bits(0b10110))
    [1, 2, 4]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def union(masks: Iterable[int]) -> int:
    """All bits of some masks.

    >>> bin(union([0b100, 0b110]))
    '0b110'
    """
    return reduce(or_, masks, 0)
