"""How wide the columns of a table are in documents, as shares of the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdp_matrix.formats.table import Table

_NUMBER, _PLAIN, _GROWING = 0.5, 1.0, 3.3


def shares(table: Table) -> list[float]:
    """The share of each column people see: numbers little, what grows most, the others alike.

    >>> from sdp_matrix.formats.table import Column, Table
    >>> shares(Table("", (Column("a"), Column("b")), (), ()))
    [0.5, 0.5]
    """
    columns = [table.columns[i] for i in table.shown]
    weights = [_GROWING if c.grows else _NUMBER if c.align == "right" else _PLAIN for c in columns]
    return [weight / sum(weights) for weight in weights]
