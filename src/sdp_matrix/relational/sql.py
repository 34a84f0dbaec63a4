"""The data set as a SQLite database: its schema, the bytes of a file, and the answer to one query that only reads."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from time import monotonic
from typing import TypeAlias

from sdp_matrix.analysis.result import Listing
from sdp_matrix.errors import RequestError
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.tables import TABLES, DataColumn, DataTable, rows_of
from sdp_matrix.text_safety import in_one_line

SqlValue: TypeAlias = "str | int | float | bytes | None"

_TYPES = {"string": "TEXT", "integer": "INTEGER", "boolean": "INTEGER", "date": "TEXT"}
_OLDEST = (3, 37, 0)  # the first SQLite with STRICT tables
_ABOUT = """\
-- The whole data set. Partners and areas are named by their ids everywhere. A status, act or grade that is not known
-- is the word unknown, never NULL; any other value that is not known or does not apply is NULL. Days are text:
-- YYYY-MM-DD, or shorter if a source is not more precise.

"""


def schema() -> str:
    """Return the statements that make the tables and views, each with its description."""
    views = (Path(__file__).parent / "views.sql").read_text("utf-8")
    return _ABOUT + "\n".join([*map(_statement, TABLES), views])


def _statement(table: DataTable) -> str:
    columns = [f"  {_definition(column)},  -- {column.meaning}\n" for column in table.columns]
    key = ", ".join(table.key)
    return f"-- {table.meaning}\nCREATE TABLE {table.name} (\n{''.join(columns)}  PRIMARY KEY ({key})\n) STRICT;\n"


def _definition(column: DataColumn) -> str:
    parts = [column.name, _TYPES[column.type]]
    if not column.nullable:
        parts.append("NOT NULL")
    values = "0, 1" if column.type == "boolean" else ", ".join(f"'{value}'" for value in column.values)
    if values:
        parts.append(f"CHECK ({parts[0]} IN ({values}))")
    if column.refers_to:
        parts.append(f"REFERENCES {column.refers_to} (id)")
    return " ".join(parts)


def connect(dataset: Dataset) -> sqlite3.Connection:
    """Return a new database in memory with a data set; raises `RequestError` if this Python's SQLite is too old."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise RequestError(f"this Python has SQLite {sqlite3.sqlite_version}; 3.37 or later is needed")
    connection = sqlite3.connect(":memory:", isolation_level=None)  # the transaction below is our own
    connection.execute("PRAGMA page_size = 4096")  # builds of SQLite differ, the bytes of an export must not
    connection.execute("PRAGMA foreign_keys = ON")  # SQLite does not check them by default
    connection.executescript(f"BEGIN; {schema()}")  # inside the script, as executescript commits first
    for table in TABLES:
        places = ", ".join("?" * len(table.columns))
        connection.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows_of(table, dataset))  # noqa: S608 - a table of ours
    connection.execute("COMMIT")
    return connection


def as_bytes(dataset: Dataset) -> bytes:
    """Return the database as the content of a file; the same data give the same bytes, whichever SQLite writes them."""
    connection = connect(dataset)
    content = bytearray(connection.serialize())
    connection.close()
    # the header of a file has the version number of the SQLite that wrote it, in these four bytes
    content[96:100] = sum(part * 1000**place for place, part in enumerate(reversed(_OLDEST))).to_bytes(4, "big")
    return bytes(content)


_LARGEST, _MOST_BYTES, _MOST_ROWS = 1_000_000, 100_000_000, 1_000_000  # bytes of a value; bytes and rows in all


@dataclass(frozen=True, repr=False)
class QueryResult(Listing[tuple[SqlValue, ...]]):
    """The rows of the answer to a query, each a tuple; `rows()` returns them with the names of the columns."""

    columns: tuple[str, ...]
    """No two have the same name."""


def sql(
    dataset: Dataset, query: str, *, parameters: Mapping[str, str] | None = None, seconds: float = 10
) -> QueryResult:
    """Answer one query in SQL from a database in memory with the whole data set.

    `parameters` are values, as text, for each `:name` in the query; SQLite compares them with numbers as numbers.
    Raises `RequestError` for a mistake, for anything but reading, and beyond the limits of time and size.

    >>> load().sql("select act, count(*) as n from partners where in_table group by act order by n desc, act").items
    (('signed', 6), ('adopted', 1), ('announced', 1), ('concluded', 1))
    """
    connection = connect(dataset)
    end = monotonic() + seconds
    try:
        _restrict(connection, end)
        return replace(_fetch(connection, query, parameters or {}), dataset=dataset)
    except UnicodeEncodeError:
        raise RequestError("the query is not valid UTF-8; save it as UTF-8") from None
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:  # ValueError: a null character in the query
        if str(error) == "interrupted" and monotonic() <= end:
            # sqlite3 reports any exception of the progress handler like this, so before the end it was Ctrl-C
            raise KeyboardInterrupt from None
        raise RequestError(_explanation(str(error), seconds)) from error
    finally:
        connection.close()


def _restrict(connection: sqlite3.Connection, end: float) -> None:
    """Allow nothing but reading, and only until `end`."""
    # query_only protects this database; ATTACH, also that of VACUUM INTO, would write files, PRAGMA lift the limits
    refused = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_PRAGMA}
    connection.execute("PRAGMA query_only = ON")
    connection.text_factory = lambda content: content.decode("utf-8", "replace")  # a cast can make any bytes text
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
    connection.set_progress_handler(lambda: monotonic() > end, 10_000)  # called every 10,000 instructions
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_DENY if action in refused else sqlite3.SQLITE_OK)


def _fetch(connection: sqlite3.Connection, query: str, parameters: Mapping[str, str]) -> QueryResult:
    cursor = connection.execute(query, parameters)
    if cursor.description is None:  # BEGIN, a comment, or nothing
        raise RequestError("the query gives no rows; write one, for example: select name, date from partners")
    rows: list[tuple[SqlValue, ...]] = []
    size = 0
    for row in cursor:
        rows.append(row)
        size += sum(len(value) for value in row if isinstance(value, (str, bytes)))
        if len(rows) > _MOST_ROWS or size > _MOST_BYTES:
            raise RequestError(f"the query gives more than {_MOST_ROWS:,} rows or {_MOST_BYTES:,} bytes; add LIMIT")
    names = [column[0] for column in cursor.description]
    # names are numbered from their second occurrence, as SQLite does in a subquery
    earlier = ((name, names[:index].count(name)) for index, name in enumerate(names))
    return QueryResult(tuple(rows), tuple(f"{name}:{count}" if count else name for name, count in earlier))


def _explanation(message: str, seconds: float) -> str:
    """Return a message for a mistake with what to do; SQLite has no codes for them, so its texts are compared."""
    if message == "interrupted":
        return f"the query was stopped after {seconds:g} seconds; ask for less, for example with WHERE or LIMIT"
    if "readonly" in message or "authorized" in message or "authorization" in message:
        return (
            "this database is read-only: write a query that begins with SELECT, WITH or VALUES; "
            "'sdp sql --schema' shows the tables, and 'sdp export sdp-data' writes a copy of your own"
        )
    if "too big" in message or "too large" in message:
        return f"a value of the query is larger than {_LARGEST:,} bytes; ask for less at once"
    if unbound := re.fullmatch(r"You did not supply a value for binding parameter :(\w+)\.", message):
        return f"the query names :{unbound[1]}, which has no value; add -p {unbound[1]}=VALUE"
    if "one statement at a time" in message:
        return "write one query at a time; what follows the first ';' is another one"
    # people write the table `reference` in the plural, which is a keyword of SQL
    missing = re.fullmatch(r'no such (?:table|column): (?:.*\.)?(.+)|near "((?i:references))": syntax error', message)
    columns = {column.name for table in TABLES for column in table.columns}
    names = sorted(columns if message.startswith("no such column") else {"cells", *(t.name for t in TABLES)})
    near = get_close_matches((missing[1] or missing[2]).lower(), names, n=1, cutoff=0.7) if missing else ()
    advice = f"did you mean {near[0]}?" if near else "'sdp sql --schema' shows the tables and their columns"
    return f"{in_one_line(message, at_most=200)}; {advice}"
