"""How wide the columns of a table are in documents, as shares of the line."""

from __future__ import annotations

from sdp_matrix.formats.table import Table

_LINE, _GAP = 110, 4
"""Characters of a line, and between columns."""
_MARKS, _PLAIN, _GROWING = 8, 26, 40
"""Characters of a column of marks; at most, of one that does not wrap; at least, of one that does."""


def shares(table: Table) -> list[float]:
    """The share of each column people see: as much as its texts need; those that grow share what is left.

    >>> from sdp_matrix.formats.table import Column, Table
    >>> shares(Table("", (Column("a"), Column("b")), (), ()))
    [0.5, 0.5]
    """
    columns = [table.columns[i] for i in table.shown]
    needs = [
        _GAP
        + (max(_MARKS, 1 + _longest(table, k, words=True)) if c.align == "center" else min(_longest(table, k), _PLAIN))
        for k, c in enumerate(columns)
    ]
    growing = [k for k, column in enumerate(columns) if column.grows]
    left = _LINE - sum(need for k, need in enumerate(needs) if k not in growing)
    for k in growing:
        needs[k] = max(left // len(growing), _GROWING)
    return [need / sum(needs) for need in needs]


def _longest(table: Table, k: int, *, words: bool = False) -> int:
    """The length of the longest text of a column, or of its longest word."""
    cells = [row[table.shown[k]] for section in table.sections for row in section.rows]
    cells += [row[k] for row in table.header if all(cell.span == 1 for cell in row)]
    texts = [word for cell in cells for word in (cell.text.split(" ") if words else [cell.text])]
    return max(map(len, texts), default=1)
