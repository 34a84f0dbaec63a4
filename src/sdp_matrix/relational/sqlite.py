"""The data set as a SQLite database: its tables, their descriptions, and the bytes of a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sdp_matrix.errors import BadRequest
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.definition import Column, Table, rows_of
from sdp_matrix.relational.tables import TABLES, tables

_FIXED = {column for table in TABLES for column in table.columns}
"""Columns with a name of ours; any other is named after a partner, which may be a word of SQL's own."""

_TYPES = {"string": "TEXT", "integer": "INTEGER", "boolean": "INTEGER", "date": "TEXT"}

_OLDEST = (3, 37, 0)
"""The first SQLite with strict tables."""

_WRITER = slice(96, 100)
"""Where a file says which SQLite wrote it."""

_ABOUT = """\
-- The whole data set. Partners and areas are named by their ids everywhere. A status, act or grade that is not known
-- is the word unknown, never NULL; any other value that is not known or does not apply is NULL. Days are text:
-- YYYY-MM-DD, or shorter where a source is not more precise.

"""


def schema(dataset: Dataset) -> str:
    """Write the statements that make the tables and views, each with its description.

    >>> from sdp_matrix import load
    >>> "CREATE TABLE coverage" in schema(load())
    True
    """
    views = (Path(__file__).parent / "views.sql").read_text("utf-8")
    return _ABOUT + "\n".join([*("\n".join(_lines(table)) for table in tables(dataset)), views])


def _lines(table: Table) -> Iterator[str]:
    yield f"-- {table.meaning}"
    yield f"CREATE TABLE {table.name} ("
    for column in table.columns:
        yield f"  {_definition(column)},  -- {column.meaning}"
    yield f"  PRIMARY KEY ({', '.join(table.key)})"
    yield ") STRICT;\n"


def _definition(column: Column) -> str:
    parts = [column.name if column in _FIXED else f'"{column.name}"', _TYPES[column.type]]
    if not column.nullable:
        parts.append("NOT NULL")
    values = "0, 1" if column.type == "boolean" else ", ".join(f"'{value}'" for value in column.values)
    if values:
        parts.append(f"CHECK ({parts[0]} IN ({values}))")
    if column.refers_to:
        parts.append(f"REFERENCES {column.refers_to} (id)")
    return " ".join(parts)


def connect(dataset: Dataset) -> sqlite3.Connection:
    """Put a data set into a new database in memory; any thread may use it, one at a time."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise BadRequest(f"this Python has SQLite {sqlite3.sqlite_version}; 3.37 or later is needed")
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA page_size = 4096")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(f"BEGIN; {schema(dataset)}")
    for table in tables(dataset):
        places = ", ".join("?" * len(table.columns))
        connection.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows_of(table, dataset))  # noqa: S608 - a table of ours
    connection.execute("COMMIT")
    return connection


def as_bytes(dataset: Dataset) -> bytes:
    """Write the database as the content of a file; the same data give the same bytes, whichever SQLite writes them."""
    connection = connect(dataset)
    content = bytearray(connection.serialize())
    connection.close()
    content[_WRITER] = sum(part * 1000**place for place, part in enumerate(reversed(_OLDEST))).to_bytes(4, "big")
    return bytes(content)
