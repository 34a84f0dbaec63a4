"""Documents: positions, what is refused, and bounded time for anything at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdp_matrix.files.document import MAX_DEPTH, MAX_LENGTH, Value, parse
from sdp_matrix.files.folder import MAX_BYTES

REFUSED = [
    (b"a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
    (b"a:\n  b: {c: 1, c: 2}\n", "duplicate-key", 2, 13),
    (b"a: &x 1\nb: 2\n", "alias", 1, 4),
    (b"a: *x\n", "alias", 1, 4),
    (b"a: !!str 1\n", "tag", 1, 4),
    (b"a: !!python/object/apply:os.system [ls]\n", "tag", 1, 4),
    (b"a: 1\n---\nb: 2\n", "second-document", 2, 1),
    (b"a:\n\tb: 1\n", "tab", 2, 1),
    (b"a: b\tc\n", "tab", 1, 5),
    (b"a: [1, 2\nb: 3\n", "syntax", 1, 4),
    (b"a: 'b\n", "syntax", 1, 4),
    (b"a: b: c\n", "syntax", 1, 5),
    (b"? [a, b]\n: c\n", "key", 1, 3),
    (b"", "empty-file", 1, 1),
    (b"# nothing but a comment\n", "empty-file", 1, 1),
    (b"a: \xff\n", "encoding", 1, 4),
    ("ä: \xe9".encode("latin-1"), "encoding", 1, 1),
    ("a: b".encode("utf-16"), "encoding", 1, 1),
    (b"a: x\x00y\n", "control-character", 1, 5),
    (b"a: x\x1b[31m\n", "control-character", 1, 5),
    ("a: x\u202ey\n".encode(), "invisible-character", 1, 5),
    ("a: b\nc: \ufeffx\n".encode(), "invisible-character", 2, 4),
    (b"a: x\ry: 1\n", "control-character", 1, 5),
]


@pytest.mark.parametrize(("content", "rule", "line", "column"), REFUSED)
def test_refused_with_one_problem_at_its_place(content: bytes, rule: str, line: int, column: int) -> None:
    problems = parse("x.yaml", content).problems
    assert [(p.rule, p.location.line, p.location.column) for p in problems] == [(rule, line, column)]


OUT_OF_LINE = "this line does not fit the indentation of the lines above; begin it where its neighbours begin"


@pytest.mark.parametrize("content", [b"a:\n    b: c\n   d: e\n", b"a:\n    b: c\n   d: 'e'\n"])
def test_a_line_out_of_line_is_told_so_with_quotes_or_without(content: bytes) -> None:
    [problem] = parse("x.yaml", content).problems
    assert (str(problem.location), problem.message) == ("x.yaml:3:4", OUT_OF_LINE)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"iso: NO\n", {"iso": "NO"}),
        (b"a: yes\nb: 2024-12-18\nc: 86400\ne: 1e3\nf: 0x1f\n", None),
        (b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
        (b"a:\n  - b\n  - {c: [d, e]}\n", {"a": ["b", {"c": ["d", "e"]}]}),
        (b'a: "x: #y"\nb: >-\n  z\n  y\n', {"a": "x: #y", "b": "z y"}),
        ("a: Þorgerður Türkiye 🇮🇸\n".encode(), {"a": "Þorgerður Türkiye 🇮🇸"}),
    ],
)
def test_scalars_stay_text(content: bytes, value: Value | None) -> None:
    document = parse("x.yaml", content)
    assert document.problems == ()
    assert all(isinstance(v, str | list) for v in document.mapping.values())
    if value is not None:
        assert document.value == value


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b"{a: " * 100_000,
        b"- " * 100_000,
        b"a: " + b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b"x" * (MAX_BYTES + 1),
        b"a: " + b"x" * (MAX_BYTES - 10),
        b"".join(b"a: %d\n" % n for n in range(100_000)),
        b"".join(b"k%d: v\n" % n for n in range(100_000)) + b"[",
        b"a: [" + b"b, " * 200_000,
        b"&a " * 50_000,
        b'"' + b"\\x41" * 100_000,
        b"? " * 50_000,
    ],
    ids=lambda content: f"{content[:3].hex()}-{len(content)}",  # a name that every tool takes
)
def test_bounded_time_for_anything(content: bytes) -> None:
    start = time.process_time()
    document = parse("x.yaml", content)
    assert document.problems or document.value is not None
    assert time.process_time() - start < 10


def test_positions_of_keys_values_and_what_is_missing() -> None:
    document = parse("x.yaml", b"a:\n  - b: one\n    c:\n      d: two\n")
    assert str(document.locate(["a", 0, "c", "d"])) == "x.yaml:4:10"
    assert str(document.locate(["a", 0, "c", "d"], key=True)) == "x.yaml:4:7"
    assert str(document.locate(["a", 0, "c", "e"])) == "x.yaml:3:5"
    assert str(document.locate(["z", 3])) == "x.yaml:1:1"


SCALARS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(SCALARS, inner, min_size=1, max_size=4),
    max_leaves=20,
)


def written(value: Value) -> str:
    """YAML in flow style with every scalar in double quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


@given(VALUES)
def test_what_is_written_is_read(value: Value) -> None:
    assert parse("x.yaml", written(value).encode()).value == value


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(content: bytes) -> None:
    document = parse("x.yaml", content)
    assert document.value is not None or document.problems
    for problem in document.problems:
        assert problem.location.line >= 1
        assert problem.location.column >= 1


def test_a_value_may_be_just_as_long_as_allowed() -> None:
    assert parse("x.yaml", b"note: " + b"x" * MAX_LENGTH).problems == ()
    assert [p.rule for p in parse("x.yaml", b"note: x" + b"x" * MAX_LENGTH).problems] == ["too-long"]


def test_a_word_alone_where_a_key_should_be_is_told() -> None:
    [problem] = parse("x.yaml", b"id: norway\nsigned\nname: Norway\n").problems
    assert str(problem) == "x.yaml:2:1: error: there is no colon after 'signed'; write 'key: value' [syntax]"
