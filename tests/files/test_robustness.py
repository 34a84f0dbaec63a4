"""Whatever is in a file: no crash, bounded time, and nothing accepted that another reader would read otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import DATA
from planting import with_file
from sdp_matrix.files.disk import MAX_BYTES, read_folder
from sdp_matrix.files.document import parse
from sdp_matrix.validation import rules

SECONDS = 2
"""For one file, whatever is in it."""

SHIPPED: Mapping[str, bytes] = {
    path: content for path, content in read_folder(DATA).files.items() if isinstance(content, bytes)
}
FILES = sorted(path for path in SHIPPED if path.endswith(".yaml"))

HOSTILE: Mapping[str, Callable[[int], bytes]] = {
    "duplicate keys": lambda n: b"id: x\n" * (n // 6),
    "keys": lambda n: b"".join(b"k%06d: v\n" % i for i in range(n // 11)),
    "areas": lambda n: b"coverage:\n" + b"".join(b"  cybe%06d: no\n" % i for i in range(n // 17)),
    "long key": lambda n: b"k" * (n - 10) + b": v\n",
    "aliases": lambda n: b"aliases: [" + b"a, " * (n // 3 - 10) + b"]\n",
    "milestones": lambda n: b"milestones:\n" + b"- {date: 2024-13-45, evnt: x}\n" * (n // 31),
    "brackets": lambda n: b"[" * n,
    "levels": lambda n: b"".join(b" " * level + b"a:\n" for level in range(int((2 * n) ** 0.5) - 3)),
    "braces": lambda n: b"{a: " * (n // 4),
    "escapes": lambda n: b'id: "' + b"\\x41" * (n // 4 - 10) + b'"\n',
    "marks": lambda n: "\u202e\n".encode() * (n // 4),
    "not normal": lambda n: "e\u0308\n".encode() * (n // 4),
    "colons": lambda n: b":" * n,
    "block": lambda n: b"id: |\n" + b"  x\n" * (n // 4),
    "quotes": lambda n: b"'" * n,
    "anchors": lambda n: b"&a " * (n // 3),
    "keys and a bracket": lambda n: b"".join(b"k%06d: v\n" % i for i in range(n // 11 - 1)) + b"[",
    "larger than allowed": lambda n: b"x" * (n + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_in_time(name: str) -> None:
    content = HOSTILE[name](MAX_BYTES)
    begun = time.process_time()
    problems = rules.check(with_file("data", "partnerships/albania.yaml", content))
    spent = time.process_time() - begun
    assert any(problem.location.path == "data/partnerships/albania.yaml" for problem in problems)
    assert len(problems) < 400
    assert spent < SECONDS


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A shipped file with a few changes of bytes, lines or values."""
    path = draw(st.sampled_from(FILES))
    content = SHIPPED[path]
    for _ in range(draw(st.integers(1, 3))):
        content = draw(st.sampled_from([_bytes, _lines, _values]))(draw, content)
    return path, content


PIECES = st.binary(max_size=4) | st.sampled_from([*map(str.encode, "\t:-[]{}&*!|>'\"%@`#?~,=\ufeff\u202e\r\n")])
ODD = st.sampled_from([b"", *b"~ no [] {} [a] =1 2024-02-30 'a \xff |".split(), b"{a: b}", b"x" * 3000])


def _bytes(draw: st.DrawFn, content: bytes) -> bytes:
    start = draw(st.integers(0, len(content)))
    return content[:start] + draw(PIECES) + content[start + draw(st.integers(0, 6)) :]


def _lines(draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    start = draw(st.integers(0, len(lines) - 1))
    chosen = lines[start : start + draw(st.integers(1, 4))]
    others = [[], chosen * 2, chosen[::-1], [b"  " + c for c in chosen], [c.lstrip() for c in chosen]]
    return b"\n".join(lines[:start] + draw(st.sampled_from(others)) + lines[start + len(chosen) :])


def _values(draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    index = draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[index].partition(b": ")
    lines[index] = key + (colon or b": ") + draw(ODD | st.text(max_size=8).map(str.encode))
    return b"\n".join(lines)


@given(mutated())
def test_no_mutation_breaks_it_or_is_read_in_two_ways(change: tuple[str, bytes]) -> None:
    path, content = change
    begun = time.process_time()
    scanned = with_file("data", path, content)
    problems = rules.check(scanned)
    assert time.process_time() - begun < SECONDS
    lines = content.decode("utf-8", "replace").count("\n") + 1
    for problem in problems:
        if problem.location.path == f"data/{path}":
            assert 1 <= problem.location.line <= lines
            assert problem.location.column >= 1
            assert problem.rule in rules.RULES
    if not problems:
        assert scanned.documents[path].value == yaml.load(content, _Plain)  # noqa: S506 - a safe loader


class _Plain(yaml.SafeLoader):
    """PyYAML's own reader in Python, with every scalar as text: another program that reads the same file."""


_Plain.yaml_implicit_resolvers = {}


@example("[")
@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"%@`#?~,\t \n\r\\x2"), max_size=40))
def test_what_is_accepted_is_what_another_reader_reads(text: str) -> None:
    document = parse("x.yaml", text.encode())
    if document.value is not None and not document.problems:
        assert _other(text) in (document.value, REFUSED)


REFUSED = object()
"""The other reader takes nothing that libyaml refuses, and refuses some that it takes, such as '>#'."""


def _other(text: str) -> Any:
    try:
        return yaml.load(text, _Plain)  # noqa: S506 - a safe loader
    except yaml.YAMLError:
        return REFUSED
