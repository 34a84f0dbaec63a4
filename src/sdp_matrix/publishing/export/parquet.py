"""Parquet files, which DuckDB, Spark and pandas read with their types."""

from __future__ import annotations

import io
from typing import Any

from sdp_matrix.errors import missing
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.definition import Table, rows_of


def render(table: Table, dataset: Dataset) -> bytes:
    """Render one table; what each column means goes along. Raises `BadRequest` where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise missing("Parquet", "pyarrow") from error

    types = {"string": pa.string(), "integer": pa.int32(), "boolean": pa.bool_(), "date": pa.date32()}
    fields = [
        pa.field(c.name, types[c.type], nullable=c.nullable, metadata={"description": c.meaning}) for c in table.columns
    ]
    rows = list(rows_of(table, dataset))
    arrays: list[Any] = [pa.array([row[k] for row in rows], field.type) for k, field in enumerate(fields)]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), out)
    return out.getvalue()
