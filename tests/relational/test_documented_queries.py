"""Every query in the documentation runs in SQLite and in DuckDB, and gives the same rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sdp_matrix
from conftest import ROOT, library
from sdp_matrix import Partnerships
from sdp_matrix.relational.tables import TABLES

duckdb = library("duckdb")

QUERIES = sorted(
    {
        query
        for page in (ROOT / "docs").glob("*.md")
        for query in re.findall(r'sdp sql "([^"]+)"', page.read_text("utf-8").replace('\\"', ""))
    }
)
VIEWS = Path(sdp_matrix.__file__).parent / "relational" / "views.sql"


@pytest.fixture(scope="module")
def duck(partnerships: Partnerships, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The csv files of the export in DuckDB, with the views."""
    folder = tmp_path_factory.mktemp("export")
    for name, content in partnerships.export().items():
        (folder / name).write_bytes(content)
    with duckdb.connect() as connection:
        for table in TABLES:
            connection.execute(f"CREATE TABLE {table.name} AS FROM '{folder / table.name}.csv'")
        connection.execute(VIEWS.read_text("utf-8"))
        yield connection


def spelt(rows: object) -> list[list[object]]:
    assert isinstance(rows, (list, tuple))
    return [[str(value) if isinstance(value, date) else value for value in row] for row in rows]


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 4


@pytest.mark.parametrize("query", QUERIES)
def test_a_documented_query_gives_the_same_in_both(query: str, partnerships: Partnerships, duck: Any) -> None:
    found = partnerships.sql(query)
    relation = duck.execute(query)
    assert [column[0] for column in relation.description or ()] == list(found.columns)
    assert spelt(relation.fetchall()) == spelt(found.items)
