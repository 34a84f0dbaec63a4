"""Comma-separated values: the data rows with machine values, one header line (RFC 4180, LF)."""

from __future__ import annotations

import csv
import io
from functools import lru_cache

from sdp_matrix.formats.table import Cell, Table
from sdp_matrix.text_safety import printable


def render(table: Table) -> str:
    """Render the data rows; what is for people only is left out."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.id for column in table.columns)
    writer.writerows([_written(value) for value in map(_value, row)] for row in table.rows)
    return out.getvalue()


def records(table: Table) -> list[dict[str, str | int | float]]:
    """Return each data row as its values by the name of the column."""
    names = [column.id for column in table.columns]
    return [dict(zip(names, map(_value, row), strict=True)) for row in table.rows]


def _value(cell: Cell) -> str | int | float:
    return cell.text if cell.value is None else cell.value


def _written(value: str | float) -> str | int | float:
    return _inert(value) if isinstance(value, str) else value


@lru_cache(maxsize=1024)
def _inert(text: str) -> str:
    inert = printable(text)
    # A spreadsheet would run a text that begins like this as a formula.
    return f"'{inert}" if inert[:1] in {"=", "+", "-", "@", "\t", "\r"} else inert
