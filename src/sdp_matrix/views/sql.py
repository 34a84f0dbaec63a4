"""The rows that answer a query in SQL, as a table; apart from the other answers so that `sdp sql` starts fast."""

from __future__ import annotations

from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.relational.sql import QueryResult, SqlValue
from sdp_matrix.text_safety import printable
from sdp_matrix.views.parts import headings


def query_result(result: QueryResult) -> Table:
    """Return rows as they come; numbers on the right."""
    names = [printable(name) for name in result.columns]
    cells = [[_plain(value) for value in row] for row in result]
    # SQLite types values, not columns
    texts = [any(isinstance(row[i], str) for row in cells) for i in range(len(names))]
    data: list[Json] = [dict(zip(names, row, strict=True)) for row in cells]
    null = Cell("NULL", value="", look=Look.MUTED)
    return Table(
        title=f"{len(cells) or 'No'} {'row' if len(cells) == 1 else 'rows'}",
        columns=tuple(Column(n, "left" if text else "right", text) for n, text in zip(names, texts, strict=True)),
        header=(headings(*names),),
        sections=(Section(tuple(tuple(null if v is None else Cell(str(v), value=v) for v in row) for row in cells)),),
        data=data,
    )


def _plain(value: SqlValue) -> str | int | float | None:
    """Return a value that every format can write: blobs as in SQL, no infinity, nothing that a terminal would obey."""
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        return str(value)  # JSON has no infinity
    return printable(value) if isinstance(value, str) else value
