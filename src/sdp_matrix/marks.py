"""How statuses are drawn in a cell: the marks of Table 1, and one for what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdp_matrix.table import Cell, Look
from sdp_matrix.terms import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MARKS = {
    Status.COVERED: ("✓", None, Look.COVERED),
    Status.NOT_COVERED: ("✗", None, Look.NOT_COVERED),
    Status.ALREADY_EXISTS: ("Already exists", "E", Look.ALREADY_EXISTS),
    Status.UNKNOWN: ("?", None, Look.UNKNOWN),
}


def mark(status: Status, notes: Sequence[str] = ()) -> Cell:
    """The cell of a status: its mark for people, its word for machines.

    >>> mark(Status.ALREADY_EXISTS).short
    'E'
    """
    text, short, look = _MARKS[status]
    return Cell(text, short=short, value=status.value, look=look, notes=tuple(notes))


def words(status: Status) -> Cell:
    """The cell of a status where there is room for its words."""
    return Cell(status.words, value=status.value, look=_MARKS[status][2])


def legend(statuses: Iterable[Status]) -> tuple[tuple[Cell, str], ...]:
    """The marks of the statuses that occur, with their meanings."""
    present = set(statuses)
    return tuple((mark(status), status.words) for status in Status if status in present)
