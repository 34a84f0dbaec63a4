"""Questions in SQL: the same answers as find and DuckDB, nothing but reading, limits, and errors that point."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sdp_matrix
from conftest import EVERYONE, ROOT, Run, library
from sdp_matrix import Condition, Partnerships, RequestError
from sdp_matrix.relational.tables import TABLES
from strategies import conditions, datasets

FOREVER = "with recursive c(n) as (select 1 union all select n + 1 from c) "


DOCUMENTED = sorted(
    {
        query
        for page in (ROOT / "docs").glob("*.md")
        for query in re.findall(r'sdp sql "([^"]+)"', page.read_text("utf-8").replace('\\"', ""))
    }
)


@pytest.fixture(scope="module")
def duck(partnerships: Partnerships, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Open the csv files of the export in DuckDB, with the views."""
    folder = tmp_path_factory.mktemp("export")
    for name, content in partnerships.export().items():
        (folder / name).write_bytes(content)
    with library("duckdb").connect() as connection:
        for table in TABLES:
            connection.execute(f"CREATE TABLE {table.name} AS FROM '{folder / table.name}.csv'")
        connection.execute((Path(sdp_matrix.__file__).parent / "relational" / "views.sql").read_text("utf-8"))
        yield connection


def plain(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    return [[str(value) if isinstance(value, date) else value for value in row] for row in rows]


@pytest.mark.parametrize("query", DOCUMENTED)
def test_a_documented_query_gives_the_same_in_duckdb(query: str, partnerships: Partnerships, duck: Any) -> None:
    assert len(DOCUMENTED) >= 4
    answer, relation = partnerships.sql(query), duck.execute(query)
    assert [column[0] for column in relation.description or ()] == list(answer.columns)
    assert plain(relation.fetchall()) == plain(answer.items)


def in_sql(condition: Condition) -> str:
    """Write a condition as a person who knows SQL would ask."""
    present = "in ('covered', 'already-exists')"
    status = "(select {} from coverage where partner = p.id and area = '{}')"
    wanted = {"covers": present, "exists": "= 'already-exists'", "lacks": "= 'not-covered'", "unknown": "= 'unknown'"}
    tests = [f"{status.format('status', a)} {test}" for name, test in wanted.items() for a in getattr(condition, name)]
    tests += [
        f"exists (select 1 from memberships where partner = p.id and group_id = '{g}' and status = 'member')"
        for g in condition.groups
    ]
    if condition.signed_before:
        tests.append(f"p.date < '{condition.signed_before}'")
    if condition.signed_after:
        tests.append(f"p.date > '{condition.signed_after}'")
    if condition.act:
        tests.append(f"p.act = '{condition.act}'")
    if condition.signed_by:
        person = f"partner = p.id and name like '%{condition.signed_by}%'"
        tests.append(f"exists (select 1 from signatories where {person})")
    if condition.grade:
        graded = [f"{status.format('grade', a)} = '{condition.grade}'" for a in condition.all_areas]
        tests += graded or [f"exists (select 1 from coverage where partner = p.id and grade = '{condition.grade}')"]
    return "select id from partners as p where " + " and ".join(tests or ["true"]) + " order by position"


@pytest.mark.parametrize("frozen", [True, False])
@given(data=st.data())
def test_sql_finds_what_find_finds(partnerships: Partnerships, data: st.DataObject, *, frozen: bool) -> None:
    drawn = partnerships if frozen else data.draw(datasets())
    condition = data.draw(conditions(drawn))
    expected = tuple((p.id,) for p in drawn.find(condition, EVERYONE).partnerships)
    assert drawn.sql(in_sql(condition)).items == expected


@pytest.mark.parametrize(
    "query",
    [
        "insert into partners select * from partners",
        "update partners set name = 'x'",
        "delete from coverage",
        "create temp table t (a)",
        "drop table partners",
        "alter table partners rename to p",
        "create virtual table t using fts5(a)",
        "attach 'other.sqlite' as other",
        "vacuum",
        "vacuum into 'copy.sqlite'",
        "analyze",
        "with x as (select 1) delete from partners",
        "pragma query_only = 0",
        "pragma writable_schema = 1",
        "select * from pragma_database_list",
        "select load_extension('x')",
    ],
)
def test_nothing_but_reading(
    partnerships: Partnerships, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RequestError, match="this database is read-only"):
        partnerships.sql(query)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "seconds", "message"),
    [
        (FOREVER + "select max(n) from c", 0.1, "stopped after 0.1 seconds"),
        (FOREVER + "select n from c", 60, "more than 1,000,000 rows"),
        (FOREVER + "select zeroblob(900000) from c", 60, "or 100,000,000 bytes; add LIMIT"),
        ("select zeroblob(1000000000)", 10, "larger than 1,000,000 bytes"),
        (FOREVER + "select group_concat(n) from (select n from c limit 200000)", 60, "larger than 1,000,000 bytes"),
    ],
)
def test_limits(partnerships: Partnerships, query: str, seconds: float, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        partnerships.sql(query, seconds=seconds)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "the query gives no rows"),
        ("-- nothing", "the query gives no rows"),
        ("begin", "the query gives no rows"),
        ("select 1; select 2", "write one query at a time"),
        ("select '\0'", "null character"),
        ("select '\udcff'", "not valid UTF-8"),
        ("select partner form coverage", 'near "coverage": syntax error'),
        ("select * from coverag", "no such table: coverag; did you mean coverage?"),
        ("select statu from coverage", "no such column: statu; did you mean status?"),
        ("select c.gade from coverage c", "no such column: c.gade; did you mean grade?"),
        ("select * from references", 'near "references": syntax error; did you mean reference?'),
        ("select zzz from coverage", "no such column: zzz; 'sdp sql --schema' shows"),
        ("select :p", "the query names :p, which has no value; add -p p=VALUE"),
    ],
)
def test_a_mistake_is_named(partnerships: Partnerships, query: str, message: str) -> None:
    with pytest.raises(RequestError, match=re.escape(message)):
        partnerships.sql(query)


def test_parameters_are_values_and_never_sql(sdp: Run) -> None:
    query = "select name from partners where id = :id and position > :least"
    assert sdp("sql", query, "-p", "id=japan", "-p", "least=3", "-f", "csv").out == "name\nJapan\n"
    assert sdp("sql", query, "-p", "id=' or 1 --", "-p", "least=0", "-f", "csv").out == "name\n"


def test_columns_of_the_same_name_are_numbered(partnerships: Partnerships) -> None:
    assert partnerships.sql("select 1 as a, 2 as a, 3 as a").columns == ("a", "a:1", "a:2")


def test_control_characters_are_inert_in_every_format(sdp: Run) -> None:
    query = "select char(27) || '[31m' as \"\x1b[32m\", cast(x'ff9b' as text), x'00', 9e999, null"
    for format_name in ("text", "csv", "json", "markdown"):
        ran = sdp("sql", query, "-f", format_name)
        assert ran.code == 0
        assert ran.out.replace("\n", "").isprintable()
    (row,) = json.loads(sdp("sql", query, "-f", "json").out)
    assert list(row.values()) == ["\\x1b[31m", "��", "x'00'", "inf", None]


def test_the_command_reads_standard_input(sdp: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("select name, act\nfrom partners where id = 'japan'"))
    assert sdp("sql", "-", "-f", "csv").out == "name,act\nJapan,announced\n"


def test_an_answer_without_rows_says_so(sdp: Run) -> None:
    assert sdp("sql", "select name from partners where false").out.startswith("No rows\n")
