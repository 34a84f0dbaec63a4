"""Questions in SQL: reading only, within limits, and with the place of a mistake."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from threading import Thread
from typing import TypeAlias

from sdp_matrix.analysis.result import Result
from sdp_matrix.errors import BadRequest
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational import sqlite
from sdp_matrix.sanitize import in_one_line, printable

Value: TypeAlias = "str | int | float | bytes | None"

FUNCTIONS = frozenset(
    """
    -> ->> abs acos acosh asin asinh atan atan2 atanh avg ceil ceiling char coalesce concat concat_ws cos cosh count
    cume_dist current_date current_time current_timestamp date datetime degrees dense_rank exp first_value floor format
    glob group_concat hex if ifnull iif instr json json_array json_array_length json_each json_error_position
    json_extract json_group_array json_group_object json_object json_patch json_pretty json_quote json_remove
    json_replace json_set json_tree json_type json_valid julianday lag last_value lead length like likelihood likely
    ln log log10 log2 lower ltrim max median min mod nth_value ntile nullif octet_length percent_rank pi pow power
    printf quote radians random randomblob rank replace round row_number rtrim sign sin sinh soundex sqlite_version
    sqrt strftime string_agg substr substring subtype sum tan tanh time timediff total trim trunc typeof unhex unicode
    unistr unixepoch unlikely upper zeroblob
    """.split()  # noqa: SIM905 - a list of words reads better than a list of quotes
)
"""The functions that a question may use: none of them reaches outside the database."""

_DESCRIBING = {"table_info", "table_list", "foreign_key_list", "index_list", "index_info"}
"""Pragmas that only say what tables there are."""

_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where a question is stopped."""

    seconds: float = 10
    rows: int = 1_000_000
    value_bytes: int = 1_000_000
    """Of one value; larger ones never come to be."""
    result_bytes: int = 100_000_000
    """Of all texts and blobs of the answer together."""
    query_bytes: int = 1_000_000


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Result):
    """The rows that a question gives."""

    columns: tuple[str, ...]
    """No two have the same name."""
    rows: tuple[tuple[Value, ...], ...]


def ask(
    dataset: Dataset, query: str, *, parameters: Mapping[str, str] | None = None, limits: Limits | None = None
) -> Answer:
    """Answer one question in SQL from a database in memory that holds the whole data set.

    `parameters` are the values of what the query names `:name`; they are texts, which SQLite compares with numbers as
    numbers. Raises `BadRequest` for anything but reading, for a mistake (with its place, where SQLite tells it) and
    beyond the limits.

    >>> from sdp_matrix import load
    >>> load().sql("select act, count(*) as n from partners where in_table group by act order by n desc, act").rows
    (('signed', 6), ('adopted', 1), ('announced', 1), ('concluded', 1))
    """
    limits = limits or Limits()
    _check_text(query, limits)
    connection = sqlite.connect(dataset)
    found = _within(limits.seconds, connection, lambda: _answer(connection, query, parameters or {}, limits))
    return replace(found, dataset=dataset)


def _answer(connection: sqlite3.Connection, query: str, parameters: Mapping[str, str], limits: Limits) -> Answer:
    refusals: list[str] = []
    try:
        _guard(connection, limits, refusals)
        return _fetch(connection, query, parameters, limits)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise BadRequest(refusals[0] if refusals else _explained(connection, query, str(error), limits)) from error
    finally:
        connection.close()


def _check_text(query: str, limits: Limits) -> None:
    try:
        size = len(query.encode("utf-8"))
    except UnicodeEncodeError:
        raise BadRequest("the query is no text in UTF-8; write it so") from None
    if "\0" in query:
        raise BadRequest("the query holds a NUL character; leave it out")
    if size > limits.query_bytes:
        raise BadRequest(f"the query is longer than {limits.query_bytes:,} bytes; write a shorter one")


def _guard(connection: sqlite3.Connection, limits: Limits, refusals: list[str]) -> None:
    """Allow reading alone, and bound what a question can use; the first refusal of each is told in a sentence."""

    def authorize(action: int, name: str | None, function: str | None, *_: str | None) -> int:
        if action in _READING or (action == sqlite3.SQLITE_FUNCTION and (function or "").lower() in FUNCTIONS):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_PRAGMA and name in _DESCRIBING:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION:
            refusals.append(f"the function {function} is refused: it is not one of those that only compute")
        elif action == sqlite3.SQLITE_PRAGMA:
            refusals.append(f"PRAGMA {name} is refused; 'sdp sql --schema' shows the tables and their columns")
        else:
            refusals.append(_READ_ONLY)
        return sqlite3.SQLITE_DENY

    connection.execute("PRAGMA temp_store = FILE")  # what a sort or a recursion needs goes to disk, not to memory
    connection.execute("PRAGMA query_only = ON")
    for virtual in ("json_each('[]')", "json_tree('[]')", *(f"pragma_{name}('areas')" for name in _DESCRIBING)):
        connection.execute(f"SELECT 1 FROM {virtual}")  # noqa: S608 - declares it: SQLite takes that for a write
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.value_bytes)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_authorizer(authorize)


_READ_ONLY = (
    "this database is for reading: a query begins with SELECT, WITH or VALUES, and changes nothing; "
    "to change a copy of your own, write one with 'sdp export'"
)


def _within(seconds: float, connection: sqlite3.Connection, work: Callable[[], Answer]) -> Answer:
    """Do work in a thread of its own, so that the clock, and Ctrl-C, stop it at any point."""
    answer: Future[Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where the answer is awaited
            answer.set_exception(error)

    Thread(target=run, daemon=True).start()
    try:
        return answer.result(timeout=seconds)
    except TimeoutError:
        raise BadRequest(
            f"the query was stopped after {seconds:g} seconds; ask for less, for example with WHERE or LIMIT"
        ) from None
    finally:
        if not answer.done():
            with suppress(sqlite3.ProgrammingError):  # it ended at this very moment
                connection.interrupt()


def _fetch(connection: sqlite3.Connection, query: str, parameters: Mapping[str, str], limits: Limits) -> Answer:
    cursor = connection.execute(query, parameters)
    if cursor.description is None:
        raise BadRequest("there is no query; write one, for example: select name, date from partners")
    rows: list[tuple[Value, ...]] = []
    size = 0
    for row in cursor:
        rows.append(row)
        size += sum(len(value) for value in row if isinstance(value, (str, bytes)))
        if len(rows) > limits.rows:
            raise BadRequest(f"the query gives more than {limits.rows:,} rows; add LIMIT or WHERE")
        if size > limits.result_bytes:
            raise BadRequest(f"the query gives more than {limits.result_bytes:,} bytes; add LIMIT or WHERE")
    return Answer(_distinct([column[0] for column in cursor.description]), tuple(rows))


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Number the names that come again, as SQLite does in a subquery."""
    found: dict[str, None] = {}
    for name in names:
        count, free = 0, name
        while free in found:
            count += 1
            free = f"{name}:{count}"
        found[free] = None
    return tuple(found)


def _explained(connection: sqlite3.Connection, query: str, message: str, limits: Limits) -> str:
    """An error of SQLite as a sentence, with the line it is about and a caret below the place, where it is known."""
    if "one statement at a time" in message:
        return "write one query at a time; what follows the first ';' is another one"
    if unbound := re.fullmatch(r"You did not supply a value for binding parameter :(\w+).*", message):
        return f"the query names :{unbound[1]}, which has no value; add -p {unbound[1]}=VALUE"
    if "Binding" in message:
        return "a parameter needs a name: write :name in the query and -p name=VALUE"
    if "too big" in message:
        return f"a value of the query is larger than {limits.value_bytes:,} bytes; ask for less at once"
    place = _place(connection, query, message)
    message = "the query ends too early" if message == _ENDED else message
    return in_one_line(message, at_most=200) + _suggestion(connection, message) + _caret(query, place)


def _suggestion(connection: sqlite3.Connection, message: str) -> str:
    """The table or column that was meant; `references` is a word of SQL's own, so that a table may hide there, too."""
    missing = re.fullmatch(r'no such (?:table|column): (?:.*\.)?(.+)|near "((?i:references))": syntax error', message)
    if missing is None:
        return ""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
    columns = {c[0] for t in tables for c in connection.execute(f"SELECT * FROM {t} LIMIT 0").description}  # noqa: S608 - tables of ours
    known = sorted(columns) if message.startswith("no such column") else tables
    near = get_close_matches((missing[1] or missing[2]).lower(), known, n=1, cutoff=0.7)
    return f"; did you mean {near[0]}?" if near else "; 'sdp sql --schema' shows the tables and their columns"


_ENDED = "incomplete input"
"""SQLite's words for a query that stops in the middle."""

_TOKEN = re.compile(
    r"""--[^\n]* | /\*.*?(?:\*/|\Z) | '(?:[^']|'')*' | "(?:[^"]|"")*" | \[[^\]]*\] | `[^`]*` | \w+ | \S""",
    re.VERBOSE | re.DOTALL,
)


def _place(connection: sqlite3.Connection, query: str, message: str) -> int | None:
    """Where in a query the fault is; None where the message does not tell or several places fit."""
    if message == _ENDED:
        return len(query.rstrip())
    if unrecognized := re.fullmatch(r'unrecognized token: "(.*)"', message, re.DOTALL):
        found = query.find(unrecognized[1])
        return found if found >= 0 else None
    if near := re.fullmatch(r'near "(.*)": syntax error', message, re.DOTALL):
        return next(_faulty(connection, query, near[1], message), None)
    named = re.search(r"(?:no such \w+|ambiguous column name|function|aggregate)\b:? (?:.*\.)?(\w+)", message)
    places = list(_tokens(query, named[1])) if named else []
    return places[0] if len(places) == 1 else None


def _tokens(query: str, wanted: str) -> Iterator[int]:
    for token in _TOKEN.finditer(query):
        if token[0] == wanted or token[0].strip('"[]`').casefold() == wanted.casefold():
            yield token.start()


def _faulty(connection: sqlite3.Connection, query: str, token: str, message: str) -> Iterator[int]:
    """Try the query up to each place of a token: the first that fails in the same way is the one at fault."""
    for start in _tokens(query, token):
        try:
            connection.execute(f"EXPLAIN {query[: start + len(token)]}")
        except (sqlite3.Error, sqlite3.Warning) as error:
            if str(error) == message:
                yield start


def _caret(query: str, place: int | None) -> str:
    if place is None:
        return ""
    start = query.rfind("\n", 0, place) + 1
    line = query[start:].split("\n", 1)[0]
    return "".join(f"\n  {part}" for part in _pointed(line, place - start))


_SHOWN = 70


def _pointed(line: str, column: int) -> tuple[str, str]:
    """The part of a line around a column, and a caret below it."""
    first = max(0, column - _SHOWN // 2) if len(line) > _SHOWN else 0
    before, after = (printable(part.replace("\t", " ")) for part in (line[first:column], line[column : first + _SHOWN]))
    return before + after, " " * len(before) + "^"
