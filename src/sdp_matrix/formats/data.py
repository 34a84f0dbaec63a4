"""Data formats: comma-separated values (RFC 4180, LF) and JSON in the stable shape described in docs/json.md."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from sdp_matrix.formats.table import Cell, Table
from sdp_matrix.text_safety import HARMFUL, printable

Value = str | int | float
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a text that begins so as a formula


def render_csv(table: Table) -> str:
    """Render the data rows; what is for people only is left out."""
    return to_csv((column.id for column in table.columns), (map(_value, row) for row in table.rows))


def render_json(table: Table) -> str:
    """Render the data of a table, keys in a fixed order; characters that could harm a terminal are escaped."""
    text = json.dumps(table.data() if callable(table.data) else table.data, ensure_ascii=False, indent=2)
    return HARMFUL.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def records(table: Table) -> list[dict[str, Value]]:
    """Return each data row as its values by the name of the column."""
    names = [column.id for column in table.columns]
    return [dict(zip(names, map(_value, row), strict=True)) for row in table.rows]


def to_csv(names: Iterable[str], rows: Iterable[Iterable[Value | None]]) -> str:
    """Write rows below a header line; None is an empty cell, and no text is a formula or harms a terminal."""
    out = io.StringIO(newline="")  # the csv module writes the line ends
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(map(_inert, row) for row in rows)
    return out.getvalue()


def _value(cell: Cell) -> Value:
    return cell.text if cell.value is None else cell.value


def _inert(value: Value | None) -> Value | None:
    if isinstance(value, bool):
        return str(value).lower()  # as the Data Package spells it
    if not isinstance(value, str):
        return value
    inert = printable(value)
    return f"'{inert}" if inert.startswith(_FORMULA) else inert
