"""How statuses are drawn in a cell: the marks of Table 1, and one for what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sdp_matrix.formats.table import Cell, Look
from sdp_matrix.model.vocabulary import Grade, Status

_MARKS = {
    Status.COVERED: ("✓", None, Look.COVERED),
    Status.NOT_COVERED: ("✗", None, Look.NOT_COVERED),
    Status.ALREADY_EXISTS: ("Already exists", "E", Look.ALREADY_EXISTS),
    Status.UNKNOWN: ("?", None, Look.UNKNOWN),
}

_SIGNS = {
    Grade.CONTESTED: ("!", "contested: evidence disagrees", Look.WARNING),
    Grade.SINGLE_SOURCE: ("*", "one source only, weak ones not counted", Look.PLAIN),
}
"""What follows the mark of a value that is less than corroborated."""


@lru_cache(maxsize=1024)
def mark(status: Status, notes: tuple[str, ...] = (), *, grade: Grade | None = None) -> Cell:
    """The cell of a status: its mark for people, its word for machines; with a grade, both of both.

    >>> mark(Status.ALREADY_EXISTS).short, mark(Status.COVERED, grade=Grade.CONTESTED).text
    ('E', '✓!')
    """
    text, short, look = _MARKS[status]
    sign = _SIGNS[grade][0] if grade in _SIGNS else ""
    value = f"{status} ({grade})" if grade and grade is not Grade.UNKNOWN else str(status)
    return Cell(text + sign, short=short and short + sign, value=value, look=look, notes=notes)


def words(status: Status) -> Cell:
    """The cell of a status where there is room for its words."""
    return Cell(status.words, value=status.value, look=_MARKS[status][2])


def legend(statuses: Iterable[Status]) -> tuple[tuple[Cell, str], ...]:
    """The marks of the statuses that occur, with their meanings."""
    present = set(statuses)
    return tuple((mark(status), status.words) for status in Status if status in present)


def legend_of_grades(grades: Iterable[Grade]) -> tuple[tuple[Cell, str], ...]:
    """The signs of the grades that occur, with their meanings."""
    present = set(grades)
    return tuple((Cell(sign, look=look), words) for grade, (sign, words, look) in _SIGNS.items() if grade in present)
