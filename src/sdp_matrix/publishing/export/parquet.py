"""Parquet files, which DuckDB, Spark and pandas read with their types."""

from __future__ import annotations

import io
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdp_matrix.relational.tables import Sheet, Value

_CONVERSIONS: dict[str, Callable[[Value], object]] = {
    "string": str,
    "integer": lambda value: value,
    "boolean": lambda value: value == "true",
    "date": lambda value: date.fromisoformat(str(value)),
}


def available() -> bool:
    """Whether pyarrow is installed."""
    return find_spec("pyarrow") is not None


def render(sheet: Sheet) -> bytes:
    """Render one table; field descriptions go along."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {
        "string": pa.string(),
        "integer": pa.int32(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    fields = [
        pa.field(f.name, types[f.type], nullable=not f.required, metadata={"description": f.description})
        for f in sheet.fields
    ]
    columns = [_column(sheet, k) for k in range(len(sheet.fields))]
    arrays: list[Any] = [pa.array(c, f.type) for c, f in zip(columns, fields, strict=True)]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), out)
    return out.getvalue()


def _column(sheet: Sheet, k: int) -> list[object]:
    convert = _CONVERSIONS[sheet.fields[k].type]
    return [None if row[k] is None else convert(row[k]) for row in sheet.rows]
