"""The data set as a SQLite database: its tables, their descriptions, and the bytes of a file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sdp_matrix.analysis import factcheck, grading
from sdp_matrix.errors import BadRequest
from sdp_matrix.model.vocabulary import GROUP_FIELD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sdp_matrix.model.dataset import Dataset

Row: TypeAlias = "tuple[str | int | None, ...]"

_OLDEST = (3, 37, 0)
"""The first SQLite with strict tables."""

_WRITER = slice(96, 100)
"""Where a file says which SQLite wrote it."""


def schema(dataset: Dataset) -> str:
    """The statements that make the tables and views, each with its description.

    >>> from sdp_matrix import load
    >>> "CREATE VIEW table_1" in schema(load())
    True
    """
    return (Path(__file__).parent / "database.sql").read_text("utf-8") + _table_view(dataset)


def connect(dataset: Dataset) -> sqlite3.Connection:
    """Put a data set into a new database in memory; any thread may use it, one at a time."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise BadRequest(f"this Python has SQLite {sqlite3.sqlite_version}; 3.37 or later is needed")
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA page_size = 4096")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(f"BEGIN; {schema(dataset)}")
    for table, rows in _TABLES.items():
        for row in rows(dataset):
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - a table of ours
    connection.execute("COMMIT")
    return connection


def as_bytes(dataset: Dataset) -> bytes:
    """The database as the content of a file; the same data give the same bytes, whichever SQLite writes them."""
    connection = connect(dataset)
    content = bytearray(connection.serialize())
    connection.close()
    content[_WRITER] = sum(part * 1000**place for place, part in enumerate(reversed(_OLDEST))).to_bytes(4, "big")
    return bytes(content)


def _table_view(dataset: Dataset) -> str:
    """Table 1, one column a partner; ids with hyphens would need quotes, so that the columns have underscores."""
    columns = [
        "areas.number",
        "areas.title AS area",
        *(f"""max(iif(partner = '{p.id}', status, NULL)) AS "{p.id.replace("-", "_")}\"""" for p in dataset.in_table),
    ]
    return "\n".join(
        [
            "",
            "-- Table 1 with our values: one row an area, one column a partner.",
            "CREATE VIEW table_1 AS",
            "SELECT",
            ",\n".join(f"  {column}" for column in columns),
            "FROM areas",
            "JOIN coverage ON coverage.area = areas.id",
            "GROUP BY areas.number",
            "ORDER BY areas.number;",
            "",
        ]
    )


def _edition(dataset: Dataset) -> Iterator[Row]:
    e = dataset.edition
    yield e.title, e.description, e.version, str(e.date), e.licence, e.source.reference


def _references(dataset: Dataset) -> Iterator[Row]:
    for r in dataset.references:
        yield r.id, r.title, r.publisher, str(r.kind), r.date, r.url, r.relayed_by, r.celex, r.oj, r.note


def _areas(dataset: Dataset) -> Iterator[Row]:
    for a in dataset.areas:
        yield a.number, a.id, a.title, a.label, a.definition


def _partners(dataset: Dataset) -> Iterator[Row]:
    printed = {p.id for p in dataset.in_table}
    for position, p in enumerate(dataset.everyone, 1):
        place, occasion = (sourced.value if sourced else None for sourced in (p.place, p.occasion))
        grades = (str(grading.grade(dataset, p, field)) for field in ("date", "act"))
        named = (p.id, p.name, p.iso, str(p.date.value), str(p.act.value), p.title, place, occasion)
        yield *named, int(p.id in printed), position, *grades


def _coverage(dataset: Dataset) -> Iterator[Row]:
    for p in dataset.partnerships:
        for area, cell in p.coverage.items():
            yield p.id, area, str(cell.status), str(grading.grade(dataset, p, area)), cell.note


def _evidence(dataset: Dataset) -> Iterator[Row]:
    for p in dataset.partnerships:
        for field in grading.fields(p):
            area = field if field in p.coverage else None
            for position, e in enumerate(grading.support(dataset, p, field), 1):
                yield p.id, field, position, area, e.reference, e.locator, e.supports, e.note


def _signatories(dataset: Dataset) -> Iterator[Row]:
    for p in dataset.partnerships:
        for position, s in enumerate(p.signatories, 1):
            yield p.id, position, s.party, s.name, s.office, s.reference, s.locator, s.note


def _milestones(dataset: Dataset) -> Iterator[Row]:
    for p in dataset.partnerships:
        for position, m in enumerate(p.milestones, 1):
            yield p.id, position, m.date, str(m.event), m.place, m.reference, m.locator, m.note


def _other_topics(dataset: Dataset) -> Iterator[Row]:
    for p in dataset.partnerships:
        for position, t in enumerate(p.other_topics, 1):
            yield p.id, position, t.topic, t.reference, t.locator


def _groups(dataset: Dataset) -> Iterator[Row]:
    for g in dataset.groups:
        yield g.id, g.title, g.reference, g.locator, g.note


def _memberships(dataset: Dataset) -> Iterator[Row]:
    for p in dataset.partnerships:
        for m in p.groups:
            grade = grading.grade(dataset, p, GROUP_FIELD + m.group)
            yield p.id, m.group, str(m.status), str(grade), m.note


def _departures(dataset: Dataset) -> Iterator[Row]:
    for d in dataset.table.departures:
        yield d.partner, d.field, d.published, d.ours, d.reason


def _statements(dataset: Dataset) -> Iterator[Row]:
    for found in factcheck.factcheck(dataset):
        s = found.statement
        as_of = str(s.as_of) if s.as_of else None
        yield s.id, s.reference, s.locator, s.paraphrase, as_of, str(found.verdict), found.now.words


def _prospects(dataset: Dataset) -> Iterator[Row]:
    for p in dataset.prospects:
        yield p.id, p.name, p.iso, str(p.stage), p.date, p.reference, p.locator, p.note


_TABLES: Mapping[str, Callable[[Dataset], Iterator[Row]]] = {
    "reference": _references,
    "edition": _edition,
    "areas": _areas,
    "partners": _partners,
    "coverage": _coverage,
    "evidence": _evidence,
    "signatories": _signatories,
    "milestones": _milestones,
    "other_topics": _other_topics,
    "groups": _groups,
    "memberships": _memberships,
    "departures": _departures,
    "statements": _statements,
    "prospects": _prospects,
}
"""Table to its rows; what others refer to comes first."""
