"""Questions in SQL: the same answers as find, nothing but reading, limits, and errors that point."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import EVERYONE, Run
from sdp_matrix import BadRequest, Condition, Partnerships
from sdp_matrix.relational.query import FUNCTIONS, Limits, ask
from strategies import conditions, datasets

FOREVER = "with recursive c(n) as (select 1 union all select n + 1 from c) "


def in_sql(condition: Condition) -> str:
    """A condition as a person who knows SQL would ask."""
    present = "in ('covered', 'already-exists')"
    status = "(select {} from coverage where partner = p.id and area = '{}')"
    tests = [f"{status.format('status', a)} {present}" for a in condition.covers]
    tests += [f"{status.format('status', a)} = 'already-exists'" for a in condition.exists]
    tests += [f"{status.format('status', a)} = 'not-covered'" for a in condition.lacks]
    tests += [f"{status.format('status', a)} = 'unknown'" for a in condition.unknown]
    tests += [
        f"exists (select 1 from memberships where partner = p.id and group_id = '{g}' and status = 'member')"
        for g in condition.groups
    ]
    tests += [f"p.date < '{condition.signed_before}'"] * bool(condition.signed_before)
    tests += [f"p.date > '{condition.signed_after}'"] * bool(condition.signed_after)
    tests += [f"p.act = '{condition.act}'"] * bool(condition.act)
    person = f"partner = p.id and name like '%{condition.signed_by}%'"
    tests += [f"exists (select 1 from signatories where {person})"] * bool(condition.signed_by)
    if condition.grade:
        graded = [f"{status.format('grade', a)} = '{condition.grade}'" for a in condition.named]
        tests += graded or [f"exists (select 1 from coverage where partner = p.id and grade = '{condition.grade}')"]
    return "select id from partners as p where " + " and ".join(tests or ["true"]) + " order by position"


@given(st.data())
def test_sql_finds_what_find_finds(data: st.DataObject) -> None:
    partnerships = data.draw(datasets())
    condition = data.draw(conditions(partnerships))
    found = partnerships.find(condition, EVERYONE)
    assert partnerships.sql(in_sql(condition)).rows == tuple((p.id,) for p in found.partnerships)


@given(st.data())
def test_sql_finds_what_find_finds_in_the_frozen_data(partnerships: Partnerships, data: st.DataObject) -> None:
    condition = data.draw(conditions(partnerships))
    found = partnerships.find(condition, EVERYONE)
    assert partnerships.sql(in_sql(condition)).rows == tuple((p.id,) for p in found.partnerships)


@pytest.mark.parametrize(
    "query",
    [
        "insert into partners select * from partners",
        "update partners set name = 'x'",
        "delete from coverage",
        "create table t (a)",
        "create temp table t (a)",
        "drop table partners",
        "alter table partners rename to p",
        "create virtual table t using fts5(a)",
        "attach 'other.sqlite' as other",
        "detach main",
        "vacuum",
        "vacuum into 'copy.sqlite'",
        "begin",
        "reindex",
        "analyze",
        "with x as (select 1) delete from partners",
        "explain delete from partners",
    ],
)
def test_nothing_but_reading(
    partnerships: Partnerships, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadRequest, match="this database is for reading"):
        partnerships.sql(query)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("query", ["pragma writable_schema = 1", "pragma database_list", "pragma user_version"])
def test_no_pragma(partnerships: Partnerships, query: str) -> None:
    with pytest.raises(BadRequest, match=r"PRAGMA \w+ is refused"):
        partnerships.sql(query)


@pytest.mark.parametrize("call", ["load_extension('x')", "fts3_tokenizer('x')", "sqlite_compileoption_get(1)"])
def test_functions_that_do_more_than_compute_are_refused(partnerships: Partnerships, call: str) -> None:
    with pytest.raises(BadRequest, match=r"the function \w+ is refused"):
        partnerships.sql(f"select {call}")


def test_no_function_on_the_list_reaches_outside() -> None:
    assert not FUNCTIONS & {"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "eval"}


@pytest.mark.parametrize(
    ("query", "limits", "message"),
    [
        (FOREVER + "select max(n) from c", Limits(seconds=0.1), "stopped after 0.1 seconds"),
        (FOREVER + "select n from c", Limits(rows=10), "more than 10 rows"),
        (FOREVER + "select hex(zeroblob(500)) from c", Limits(result_bytes=5000), "more than 5,000 bytes"),
        ("select zeroblob(1000000000)", Limits(), "larger than 1,000,000 bytes"),
        ("select randomblob(1000000000)", Limits(), "larger than 1,000,000 bytes"),
        ("select replace(hex(zeroblob(400000)), '00', hex(zeroblob(40)))", Limits(), "larger than"),
        (
            FOREVER + "select group_concat(n) from (select n from c limit 200000)",
            Limits(),
            "larger than 1,000,000 bytes",
        ),
        ("select 1" + " " * 100, Limits(query_bytes=100), "longer than 100 bytes"),
    ],
)
def test_limits(partnerships: Partnerships, query: str, limits: Limits, message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        ask(partnerships, query, limits=limits)


def test_a_width_beyond_the_limit_gives_nothing(partnerships: Partnerships) -> None:
    assert partnerships.sql("select printf('%1000000000d', 1)").rows == ((None,),)


@pytest.mark.parametrize("query", ["pragma table_info(coverage)", "select name from pragma_table_info('coverage')"])
def test_columns_can_be_listed(partnerships: Partnerships, query: str) -> None:
    assert any("status" in row for row in partnerships.sql(query).rows)


def test_json_can_be_taken_apart(partnerships: Partnerships) -> None:
    assert partnerships.sql("select value from json_each('[1, 2]')").rows == ((1,), (2,))


def test_the_limit_of_rows_is_not_passed_by_as_many(partnerships: Partnerships) -> None:
    answer = ask(partnerships, FOREVER + "select n from c limit 10", limits=Limits(rows=10))
    assert len(answer.rows) == 10


@pytest.mark.parametrize(
    ("query", "message", "pointed"),
    [
        ("select partner form coverage", 'near "coverage": syntax error', "coverage"),
        ("select from from coverage", 'near "from": syntax error', "from from coverage"),
        ("select 'from' || name,\n  from partners", 'near "from": syntax error', "from partners"),
        ("select * from coverag", "no such table: coverag; did you mean coverage?", "coverag"),
        ("select statu from coverage", "no such column: statu; did you mean status?", "statu from coverage"),
        ("select c.gade from coverage c", "no such column: c.gade; did you mean grade?", "gade from coverage c"),
        ("select * from references", 'near "references": syntax error; did you mean reference?', "references"),
        ("select zzz from coverage", "no such column: zzz; 'sdp sql --schema' shows", "zzz from coverage"),
        ("select nofn(1)", "no such function: nofn", "nofn(1)"),
        ("select name from partners where name = 'x", "unrecognized token", "'x"),
        ("select name from", "the query ends too early", ""),
        ("select count() from partners where count() > 1", "misuse of aggregate", None),
    ],
)
def test_an_error_points_at_its_place(
    partnerships: Partnerships, query: str, message: str, pointed: str | None
) -> None:
    with pytest.raises(BadRequest) as raised:
        partnerships.sql(query)
    first, *lines = str(raised.value).split("\n")
    assert first.startswith(message)
    if pointed is None:
        assert lines == []
    else:
        line, caret = lines
        assert line[caret.index("^") :] == pointed


def test_the_place_in_a_long_line_is_shown_with_what_is_around(partnerships: Partnerships) -> None:
    with pytest.raises(BadRequest) as raised:
        partnerships.sql(f"select {'name, ' * 100} nome, {'name, ' * 100} name from partners")
    _, line, caret = str(raised.value).split("\n")
    assert len(line) < 80
    assert line[caret.index("^") :].startswith("nome,")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "there is no query"),
        ("-- nothing", "there is no query"),
        ("select 1; select 2", "one query at a time"),
        ("select '\0'", "NUL"),
        ("select '\udcff'", "no text in UTF-8"),
    ],
)
def test_what_is_no_query_is_refused(partnerships: Partnerships, query: str, message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        partnerships.sql(query)


def test_columns_of_the_same_name_are_told_apart(partnerships: Partnerships) -> None:
    assert partnerships.sql("select 1 as a, 2 as a, 3 as a").columns == ("a", "a:1", "a:2")


def test_control_characters_are_inert_in_every_format(sdp: Run) -> None:
    query = "select char(27) || '[31m' as \"\x1b[32m\", cast(x'ff9b' as text), x'00', 9e999, null"
    for chosen in ("text", "csv", "json", "markdown"):
        ran = sdp("sql", query, "-f", chosen)
        assert ran.code == 0
        assert ran.out.replace("\n", "").isprintable()
    (row,) = json.loads(sdp("sql", query, "-f", "json").out)
    assert list(row.values()) == ["\\x1b[31m", "��", "x'00'", "inf", None]


def test_the_command_reads_standard_input(sdp: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("select name, act\nfrom partners where id = 'japan'"))
    assert sdp("sql", "-", "-f", "csv").out == "name,act\nJapan,announced\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "write a query"),
        (("select 1", "--schema"), "leave out the query"),
        (("--schema", "-f", "json"), "leave out the query"),
        (("drop table partners",), "this database is for reading"),
        (("select 1", "-f", "stone"), "no format"),
    ],
)
def test_the_command_refuses_in_one_line(sdp: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = sdp("sql", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_an_answer_without_rows_says_so(sdp: Run) -> None:
    assert sdp("sql", "select name from partners where false").out.startswith("No rows\n")


def test_a_question_leaves_no_trace(partnerships: Partnerships) -> None:
    before = partnerships.sql("select count(*) from partners").rows
    with pytest.raises(BadRequest):
        partnerships.sql("delete from partners")
    assert partnerships.sql("select count(*) from partners").rows == before


def test_a_query_takes_parameters(sdp: Run) -> None:
    ran = sdp("sql", "select name from partners where id = :p", "-p", "p=japan", "-f", "csv")
    assert (ran.code, ran.out) == (0, "name\nJapan\n")
    assert "add -p p=VALUE" in sdp("sql", "select :p").err
    assert "is no NAME=VALUE" in sdp("sql", "select 1", "-p", "p").err
    quoted = sdp("sql", "select :p as x", "-p", "p=it's; drop table areas", "-f", "json")
    assert json.loads(quoted.out) == [{"x": "it's; drop table areas"}]
