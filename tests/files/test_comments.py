"""Layout of YAML: comments stay with what they are about, and nothing but the style changes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sdp_matrix.files import comments, document

SCALARS = st.sampled_from(
    [
        "NO",
        "yes",
        "2024-12-18",
        "2026-03",
        "12",
        "1.5",
        "null",
        "true",
        "it's",
        "a # b",
        "a#b",
        "a: b",
        "- a",
        "✓ ≥ ü",
        'say "so"',
        "back\\slash",
        "trailing:",
        "[x]",
        "two\nlines\n",
        "kept\n\n\n",
        "x " * 60 + "x",
    ]
)
KEYS = st.sampled_from(["id", "name", "NO", "12", "a b", "it's", "csdp-missions", "é"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
COMMENTS = st.sampled_from(["", "", "", "# note", "#tight", "# it's: [so]", "# 'a'"])


class _Untidy:
    """Writes values as people do: any quotes, any indentation, comments everywhere."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.lines: list[str] = []

    def block(self, value: dict[str, Any] | list[Any], indent: int) -> None:
        step = self.draw(st.integers(1, 4))
        for item in value.items() if isinstance(value, dict) else value:
            self.aside(indent)
            key, inner = item if isinstance(value, dict) else (None, item)
            lead = " " * indent + (f"{self.quoted(key)}:" if key is not None else "-")
            if isinstance(inner, dict | list) and inner and self.draw(st.booleans()):
                self.add(lead)
                self.block(inner, indent + step)
            elif isinstance(inner, str) and "\n" in inner and self.draw(st.booleans()):
                self.lines.append(f"{lead} |{'+' if inner.endswith(chr(10) * 2) else ''}")
                self.lines += [" " * (indent + step) + line if line else "" for line in inner[:-1].split("\n")]
            else:
                self.add(f"{lead} {self.flow(inner)}")
        self.aside(indent + self.draw(st.integers(0, 3)))

    def add(self, line: str) -> None:
        comment = self.draw(COMMENTS)
        self.lines.append(f"{line} {comment}".rstrip())

    def aside(self, indent: int) -> None:
        if self.lines and "|+" in "".join(self.lines[-4:]):
            return  # a blank line or comment here would be part of the text
        comment = self.draw(COMMENTS)
        if comment:
            self.lines += [*[""] * self.draw(st.integers(0, 2)), " " * indent + comment]

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.quoted(k)}: {self.flow(v)}" for k, v in value.items()) + "}"
        return "[" + ", ".join(map(self.flow, value)) + "]" if isinstance(value, list) else self.quoted(value)

    def quoted(self, text: str) -> str:
        plain = text.isalnum() or text in {"2024-12-18", "2026-03", "csdp-missions"}
        if plain and self.draw(st.booleans()):
            return text
        if "\n" not in text and self.draw(st.booleans()):
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=False)


@st.composite
def untidy(draw: Any) -> str:
    """Text of a mapping in no particular style."""
    writer = _Untidy(draw)
    writer.block(draw(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)), 0)
    return "\n".join(writer.lines) + "\n"


@given(untidy())
@settings(max_examples=300, deadline=None)
def test_values_and_comments_survive_and_a_second_time_changes_nothing(text: str) -> None:
    before = document.parse("x.yaml", text.encode())
    assume(not before.problems)
    written = comments.write(comments.read(text))
    after = document.parse("x.yaml", written.encode())
    assert after.problems == ()
    assert after.value == before.value
    assert sorted(comments.comments(written)) == sorted(comments.comments(text))
    assert comments.write(comments.read(written)) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("iso: NO\n", "iso: NO\n"),
        ("iso: 'NO'\n", "iso: NO\n"),
        ('date: "2024-12-18"\n', "date: 2024-12-18\n"),
        ("a: '12'\n", 'a: "12"\n'),
        ("a: 12\n", "a: 12\n"),
        ("a: 'b: c'\n", 'a: "b: c"\n'),
        ("a:   b\r\nc:  d\r\n", "a: b\nc: d\n"),
        ("a: b   # beside\n", "a: b  # beside\n"),
        ("a:\n- b\n# above c\nc: d\n", "a:\n  - b\n# above c\nc: d\n"),
        ("a:\n    - b\n    # end of a\nc: d\n", "a:\n  - b\n  # end of a\nc: d\n"),
        ("a: [b, c]  # both\n", "a:  # both\n  - b\n  - c\n"),
        ("a: []   # none\n", "a: []  # none\n"),
        ("a:\n  - # of the item\n    b: c\n", "a:\n  # of the item\n  - b: c\n"),
        ("a:\n  - b: c\n  - # of the item\n    d: e\n", "a:\n  - b: c\n  # of the item\n  - d: e\n"),
        ("a: long text\n       goes on\n", "a: long text\n  goes on\n"),
        ("a: |\n     one\n       two\n", "a: |\n  one\n    two\n"),
        ("a: |+\n    one\n\nb: c\n", "a: |+\n  one\n\nb: c\n"),
        ("\n\na: b\n\n\n\nc: d\n\n", "a: b\n\nc: d\n"),
        ("---\n# head\na: b\n...\n", "# head\na: b\n"),
    ],
)
def test_one_style(text: str, written: str) -> None:
    assert comments.write(comments.read(text)) == written


def test_comments_are_found_whatever_ends_a_line() -> None:
    assert comments.comments("# all\r\nid: x  # one\r\n") == comments.comments("# all\nid: x  # one\n")


def test_a_block_of_text_keeps_its_blank_lines_and_moves_with_its_key() -> None:
    text = "a:\n      note: |\n            one\n\n              two\n"
    assert comments.write(comments.read(text)) == "a:\n  note: |\n    one\n\n      two\n"
