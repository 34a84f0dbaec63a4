"""How statuses are drawn in a cell: the marks of Table 1, and one for what is not known."""

from __future__ import annotations

from sdp_matrix.analysis.grading import Explanation
from sdp_matrix.formats.table import Cell, Look, Table
from sdp_matrix.model.vocabulary import Grade, Standing, Status

_MARKS = {
    Status.COVERED: ("✓", None, Look.COVERED),
    Status.NOT_COVERED: ("✗", None, Look.NOT_COVERED),
    Status.ALREADY_EXISTS: ("Already exists", "E", Look.ALREADY_EXISTS),
    Status.UNKNOWN: ("?", None, Look.UNKNOWN),
}

_SIGNS = {"!": ("contested: evidence disagrees", Look.WARNING), "*": ("only one weak source says so", Look.PLAIN)}
"""What follows a mark, and what it means."""


def mark(status: Status, notes: tuple[str, ...] = (), *, graded: Explanation | None = None) -> Cell:
    """Return the cell of a status: its mark for people, its word for machines; with a grade, the sign of it too.

    >>> mark(Status.ALREADY_EXISTS).short, mark(Status.COVERED).text
    ('E', '✓')
    """
    text, short, look = _MARKS[status]
    after = sign(graded) if graded else ""
    value = f"{status} ({graded.grade})" if graded and graded.grade is not Grade.UNKNOWN else str(status)
    return Cell(text + after, short=short and short + after, value=value, look=look, notes=notes)


def sign(graded: Explanation) -> str:
    """Return the sign of a value that is contested, or that one weak source alone supports."""
    if graded.grade is Grade.CONTESTED:
        return "!"
    return "*" if set(graded.standings) == {Standing.WEAK} and len(graded.origins) == 1 else ""


def words(status: Status) -> Cell:
    """Return the cell of a status where there is room for its words."""
    return Cell(status.words, value=status.value, look=_MARKS[status][2])


def legend(table: Table) -> tuple[tuple[Cell, str], ...]:
    """Return the marks and signs that occur in a table, with their meanings."""
    texts = {cell.text for row in table.rows for cell in row}
    marked = {text + after for text, _, _ in _MARKS.values() for after in ("", *_SIGNS)} & texts
    plain = {text.rstrip("".join(_SIGNS)) for text in marked}
    return (
        *((mark(status), status.words) for status, (text, _, _) in _MARKS.items() if text in plain),
        *((Cell(s, look=look), words) for s, (words, look) in _SIGNS.items() if any(t.endswith(s) for t in marked)),
    )
