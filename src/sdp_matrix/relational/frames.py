"""The tables as frames of pandas or polars, where one of them is installed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any, Literal, TypeAlias, get_args, overload

import pandas as pd
import polars as pl

from sdp_matrix.errors import BadRequest, missing
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.definition import Table, Value, rows_of
from sdp_matrix.relational.rows import column_of
from sdp_matrix.relational.tables import TABLES, tables
from sdp_matrix.sanitize import in_one_line

Frame: TypeAlias = pd.DataFrame | pl.DataFrame


Library: TypeAlias = Literal["pandas", "polars"]
Row: TypeAlias = "tuple[Value, ...]"
Columns: TypeAlias = "Mapping[str, list[Any]]"

_PANDAS = {"string": "object", "integer": "int64", "boolean": "boolean", "date": "datetime64[s]"}
_POLARS = {"string": "String", "integer": "Int64", "boolean": "Boolean", "date": "Date"}


@overload
def to_frame(
    dataset: Dataset, name: str = ..., *, library: Literal["pandas"], everyone: bool = ...
) -> pd.DataFrame: ...
@overload
def to_frame(
    dataset: Dataset, name: str = ..., *, library: Literal["polars"], everyone: bool = ...
) -> pl.DataFrame: ...
@overload
def to_frame(dataset: Dataset, name: str = ..., *, library: Library | None = ..., everyone: bool = ...) -> Frame: ...
def to_frame(
    dataset: Dataset, name: str = "coverage", *, library: Library | None = None, everyone: bool = False
) -> Frame:
    """Make a frame of a table, with the partnerships of the published table alone or with everyone.

    The tables are those of the export and of `sdp sql`. Without a library, pandas is taken, else polars. Raises
    `BadRequest` where the table or library does not exist or is not installed.

    >>> from sdp_matrix import load
    >>> frame = load().to_frame(library="pandas")
    >>> len(frame), int((frame["status"] == "covered").sum())
    (234, 168)
    """
    if name not in (names := [table.name for table in TABLES]):
        raise BadRequest(f"there is no table '{in_one_line(name)}'; write one of {', '.join(names)}")
    if library not in {None, *get_args(Library)}:
        raise BadRequest(
            f"frames are made with {' or '.join(get_args(Library))}, not with '{in_one_line(str(library))}'"
        )
    module = _installed([library] if library else get_args(Library))
    table = next(table for table in tables(dataset) if table.name == name)
    found = list(rows_of(table, dataset))
    if not everyone:
        table, found = _without(table, found, {p.id for p in dataset.everyone} - {p.id for p in dataset.in_table})
    columns = {column.name: [row[k] for row in found] for k, column in enumerate(table.columns)}
    return _polars(module, table, columns) if module.__name__ == "polars" else _pandas(module, table, columns)


def _without(table: Table, found: Sequence[Row], partners: set[str]) -> tuple[Table, list[Row]]:
    """Leave out the rows that name one of some partners, and the columns named after them."""
    naming = [
        k for k, c in enumerate(table.columns) if c.refers_to == "partners" or (table.name, c.name) == _THEMSELVES
    ]
    gone = {column_of(partner) for partner in partners}
    kept = [k for k, column in enumerate(table.columns) if column.name not in gone]
    columns = tuple(table.columns[k] for k in kept)
    rows = [row for row in found if not any(row[k] in partners for k in naming)]
    return replace(table, columns=columns), [tuple(row[k] for k in kept) for row in rows]


_THEMSELVES = ("partners", "id")
"""Table and column that name a partner without referring to one."""


def _installed(libraries: Iterable[str]) -> Any:
    wanted = list(libraries)
    for name in wanted:
        try:
            return import_module(name)
        except ImportError:
            continue
    raise missing(f"a frame of {' or '.join(wanted)}", wanted[0])


def _pandas(pandas: Any, table: Table, columns: Columns) -> Frame:
    types = {column.name: _PANDAS[column.type] for column in table.columns}
    frame: pd.DataFrame = pandas.DataFrame(columns, dtype="object").astype(types)
    return frame


def _polars(polars: Any, table: Table, columns: Columns) -> Frame:
    types = {column.name: getattr(polars, _POLARS[column.type]) for column in table.columns}
    frame: pl.DataFrame = polars.DataFrame(columns, schema=types)
    return frame
