"""Documents and records: what the lists of faulty files (tests/cases) cannot hold, positions, and round trips."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given

from sdp_matrix import Partnerships
from sdp_matrix.files import reader
from sdp_matrix.files.document import MAX_LENGTH, Value, parse
from strategies import datasets


@pytest.mark.parametrize(
    ("content", "rule", "line", "column"),
    [
        (b"a:\n  b: {c: 1, c: 2}\n", "duplicate-key", 2, 13),
        (b"a:\n    b: c\n   d: 'e'\n", "syntax", 3, 4),
        (b"? [a, b]\n: c\n", "key", 1, 3),
        (b"", "empty-file", 1, 1),
        ("a: b".encode("utf-16"), "encoding", 1, 1),
    ],
)
def test_refused_with_one_problem_at_its_place(content: bytes, rule: str, line: int, column: int) -> None:
    problems = parse("x.yaml", content).problems
    assert [(p.rule, p.location.line, p.location.column) for p in problems] == [(rule, line, column)]


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"iso: NO\n", {"iso": "NO"}),
        (b"a: yes\nb: 2024-12-18\nc: 1e3\n", {"a": "yes", "b": "2024-12-18", "c": "1e3"}),
        (b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
        (b"a:\n  - b\n  - {c: [d, e]}\n", {"a": ["b", {"c": ["d", "e"]}]}),
        (b'a: "x: #y"\nb: >-\n  z\n  y\n', {"a": "x: #y", "b": "z y"}),
        ("a: Þorgerður Türkiye 🇮🇸\n".encode(), {"a": "Þorgerður Türkiye 🇮🇸"}),
        (b"note: " + b"x" * MAX_LENGTH, {"note": "x" * MAX_LENGTH}),
    ],
)
def test_scalars_stay_text(content: bytes, value: Value) -> None:
    document = parse("x.yaml", content)
    assert (document.problems, document.value) == ((), value)


def test_positions_of_keys_values_and_what_is_missing() -> None:
    document = parse("x.yaml", b"a:\n  - b: one\n    c:\n      d: two\n")
    assert str(document.locate(["a", 0, "c", "d"])) == "x.yaml:4:10"
    assert str(document.locate(["a", 0, "c", "d"], key=True)) == "x.yaml:4:7"
    assert str(document.locate(["a", 0, "c", "e"])) == "x.yaml:3:5"
    assert str(document.locate(["z", 3])) == "x.yaml:1:1"


@given(datasets())
def test_any_record_survives_a_round_trip(partnerships: Partnerships) -> None:
    sound = [p for p in partnerships.partnerships if p.date.value and not p.name.startswith("=")]
    for record in (*sound, *partnerships.references, *(a for a in partnerships.areas if not a.title.startswith("="))):
        written = yaml.safe_dump(
            record.model_dump(mode="json", by_alias=True, exclude_defaults=True), allow_unicode=True
        )
        assert reader.read(parse("x.yaml", written.encode()), type(record)) == (record, ())
