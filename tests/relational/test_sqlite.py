"""The database says what the library says, whatever the data are."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from conftest import Run, library
from sdp_matrix import Partnerships, load
from sdp_matrix.relational import sql
from sdp_matrix.relational.tables import TABLES
from strategies import datasets


@pytest.fixture(scope="module")
def connection(partnerships: Partnerships) -> Iterator[sqlite3.Connection]:
    opened = sql.connect(partnerships)
    yield opened
    opened.close()


@given(datasets())
def test_the_database_agrees_with_the_library(partnerships: Partnerships) -> None:
    connection = sql.connect(partnerships)
    cells = connection.execute("SELECT partner, area, status, grade FROM coverage").fetchall()
    assert sorted(cells) == sorted(
        (p.id, a.id, str(p.status(a.id)), str(partnerships.explain(p.id, a.id).grade))
        for p in partnerships.partnerships
        for a in partnerships.areas
    )
    dyads = connection.execute("SELECT * FROM dyads").fetchall()
    assert len(dyads) == len(partnerships.partnerships) * (len(partnerships.partnerships) - 1) // 2
    for left, right, *counts in dyads:
        assert counts == list(partnerships.diff(left, right).summary.values())
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


@given(datasets())
def test_the_file_is_sound_and_the_same_each_time(partnerships: Partnerships) -> None:
    content = sql.as_bytes(partnerships)
    assert content == sql.as_bytes(replace(partnerships))
    opened = sqlite3.connect(":memory:")
    opened.deserialize(content)
    assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    opened.close()


def test_no_name_needs_quotes_in_sql() -> None:
    with library("duckdb").connect() as connection:
        listed = connection.execute("SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'")
        reserved = {name for (name,) in listed.fetchall()}
    names = {name for table in TABLES for name in (table.name, *(column.name for column in table.columns))}
    assert not names & reserved


def test_the_evidence_table_has_what_explain_gives(partnerships: Partnerships, connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT reference, supports FROM evidence WHERE partner = 'albania' AND field = 'date'")
    expected = partnerships.explain("albania", "date").evidence
    assert rows.fetchall() == [(e.reference, e.supports) for e in expected]


def test_an_unknown_word_is_a_word_and_an_unknown_day_or_name_is_null(connection: sqlite3.Connection) -> None:
    strict = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict").fetchall()
    assert strict == [("sqlite_schema",), ("sqlite_temp_schema",)]
    for column in ("act", "date_grade", "act_grade"):
        assert connection.execute(f"SELECT count(*) FROM partners WHERE {column} IS NULL").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM partners WHERE date = 'unknown'").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM signatories WHERE name IS NULL").fetchone() > (0,)


def test_the_export_has_the_database_as_a_file(tmp_path: Path, sdp: Run, partnerships: Partnerships) -> None:
    assert sdp("export", str(tmp_path / "out")).code == 0
    file = tmp_path / "out" / "sdp.sqlite"
    assert file.read_bytes() == sql.as_bytes(partnerships) == sql.as_bytes(load())
    opened = sqlite3.connect(file)
    assert opened.execute("SELECT count(*) FROM partners").fetchone() == (len(partnerships.partnerships),)
    opened.close()


def test_schema_is_shown_and_makes_the_database(sdp: Run) -> None:
    shown = sdp("sql", "--schema").out
    connection = sqlite3.connect(":memory:")
    connection.executescript(shown)
    connection.close()
    assert re.findall(r"CREATE VIEW (\w+)", shown) == ["cells"]


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_rows_are_equal_to_the_database(name: str, partnerships: Partnerships, connection: sqlite3.Connection) -> None:
    rows = partnerships.rows(name)
    assert rows, "each table has something to say"
    assert [tuple(row.values()) for row in rows] == connection.execute(f"SELECT * FROM {name}").fetchall()
    assert json.loads(json.dumps(rows)) == rows
