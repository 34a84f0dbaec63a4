"""YAML text to plain values, with the position of every key and value.

Only this module knows YAML. A document is read event by event with libyaml's parser, never recursively, so
neither depth nor size can exhaust the machine. Every scalar stays text: what `NO` or `2024-12-18` means is decided
by the model that reads it. Anchors, aliases, tags, duplicate keys and second documents are refused, because what is
read must be what is seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs do not export it
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from sdp_matrix.printable import in_one_line
from sdp_matrix.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A scalar as text, a sequence or a mapping."""

Step: TypeAlias = str | int
"""A key of a mapping or an index of a sequence."""

MAX_BYTES = 5_000_000
MAX_DEPTH = 40

_FORBIDDEN = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\r(?!\n)")


@dataclass(frozen=True)
class Document:
    """The value of one YAML file; `value` is None where the text cannot be read, and `problems` says why."""

    path: str
    text: str
    value: Value | None
    problems: tuple[Problem, ...] = field(default=())

    @property
    def mapping(self) -> dict[str, Value]:
        """The top-level mapping; empty where there is none."""
        return self.value if isinstance(self.value, dict) else {}

    def locate(self, where: Sequence[Step], *, key: bool = False) -> Location:
        r"""Find the value at `where`, or its key; where it does not exist, the closest thing around it.

        >>> document = parse("x.yaml", b"date:\n  value: 2024-12-18\n")
        >>> str(document.locate(["date", "value"])), str(document.locate(["date", "value", "day"], key=True))
        ('x.yaml:2:10', 'x.yaml:2:10')
        """
        steps = tuple(where)
        while steps not in self._positions:
            steps, key = steps[:-1], False
        line, column = self._positions[steps][0 if key else 1]
        return Location(self.path, line, column)

    def problem(self, where: Sequence[Step], rule: str, message: str, *, key: bool = False) -> Problem:
        """Make a problem at the place of a value or key."""
        return Problem(self.locate(where, key=key), rule, message)

    @cached_property
    def _positions(self) -> dict[tuple[Step, ...], tuple[_Position, _Position]]:
        # Sound files never ask for a position, so the text is read a second time for the few that do.
        builder = _Builder(self.path, positions={(): (_Position(1, 1), _Position(1, 1))})
        builder.read(self.text)
        return builder.positions or {}


class _Position(NamedTuple):
    line: int
    column: int


def parse(path: str, content: bytes) -> Document:
    r"""Read the bytes of one file; never raises: faults are in the document's `problems`.

    >>> parse("no.yaml", b"iso: NO").value
    {'iso': 'NO'}
    >>> print(parse("twice.yaml", b"a: 1\na: 2").problems[0])
    twice.yaml:2:1: error: the key 'a' stands twice in this mapping; the first is in line 1: remove one [duplicate-key]
    """
    if len(content) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        message = f"the file is larger than {limit}; a data file is a few kilobytes: is it the right file?"
        return Document(path, "", None, (Problem(Location(path), "file-size", message),))
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return Document(path, "", None, (_not_utf8(path, content, error),))
    if faults := tuple(_forbidden_characters(path, text)):
        return Document(path, text, None, faults)
    builder = _Builder(path)
    builder.read(text)
    return Document(path, text, builder.value, tuple(builder.problems))


def _not_utf8(path: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    before = content[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    message = f"the byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
    return Problem(Location(path, line, column), "encoding", message)


def _forbidden_characters(path: str, text: str) -> list[Problem]:
    problems = []
    if match := _FORBIDDEN.search(text):
        # One message a file: a file with one tab tends to have a hundred.
        before = text[: match.start()]
        location = Location(path, before.count("\n") + 1, match.start() - before.rfind("\n"))
        if match[0] == "\t":
            problems.append(Problem(location, "tab", "a tab; YAML is indented with blanks: replace it by two blanks"))
        else:
            message = f"the invisible character U+{ord(match[0]):04X} can change what readers see; delete it"
            problems.append(Problem(location, "invisible-character", message))
    return problems


class _Builder:
    """Builds the value, and the positions if asked to, from the events of libyaml's parser."""

    def __init__(
        self, path: str, *, positions: dict[tuple[Step, ...], tuple[_Position, _Position]] | None = None
    ) -> None:
        self.path = path
        self.positions = positions
        self.problems: list[Problem] = []
        self.value: Value | None = None
        self._open: list[Value] = []
        self._keys: list[Step | None] = []
        self._key_positions: list[_Position] = []
        self._first_lines: list[dict[str, int]] = []
        self._documents = 0

    def read(self, text: str) -> None:
        """Take all events of a text."""
        parser = CParser(text)
        try:
            while self._take(parser.get_event()):
                pass
        except yaml.MarkedYAMLError as error:
            self._stop(self._syntax_problem(error))
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            message = "a character that YAML does not allow; delete it"
            self._stop(Problem(Location(self.path, line), "invisible-character", message))
        else:
            if self._documents == 0:
                message = "the file is empty; it should hold a mapping of keys and values"
                self._stop(Problem(Location(self.path), "empty-file", message))

    def _take(self, event: Any) -> bool:
        """Use one event; False ends the reading."""
        kind = event.__class__
        if kind is ScalarEvent:
            return self._plain(event) and self._add(event.value, event)
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            return self._plain(event) and self._enter({} if kind is MappingStartEvent else [], event)
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            self._leave()
        elif kind is AliasEvent:
            return self._refuse(event, "alias", f"the alias *{event.anchor}; write the value out")
        elif kind is DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                return self._refuse(event, "second-document", "a second document ('---'); a file holds one")
        return kind is not StreamEndEvent

    def _plain(self, event: Any) -> bool:
        if event.anchor is not None:
            return self._refuse(event, "alias", f"the anchor &{event.anchor}; write the value out")
        if event.tag is not None:
            return self._refuse(event, "tag", f"the tag {event.tag}; every value is plain text: remove the tag")
        return True

    def _refuse(self, event: Any, rule: str, message: str) -> bool:
        location = Location(self.path, *_position(event))
        self._stop(Problem(location, rule, f"{in_one_line(message, at_most=200)}"))
        return False

    def _stop(self, problem: Problem) -> None:
        self.value = None
        self.problems = [problem]

    def _syntax_problem(self, error: yaml.MarkedYAMLError) -> Problem:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        begun = error.context_mark
        context = f" ({error.context}, begun in line {begun.line + 1})" if error.context and begun else ""
        message = f"this is not YAML: {error.problem or 'it ends too early'}{context}; the file was not read further"
        return Problem(Location(self.path, line, column), "syntax", in_one_line(message, at_most=250))

    def _enter(self, container: Value, event: Any) -> bool:
        if len(self._open) == MAX_DEPTH:
            return self._refuse(
                event, "depth", f"more than {MAX_DEPTH} levels inside one another; this is not a data file"
            )
        if not self._add(container, event):
            return False
        self._open.append(container)
        self._keys.append(None if isinstance(container, dict) else 0)
        self._first_lines.append({})
        self._key_positions.append(_position(event))
        return True

    def _leave(self) -> None:
        self._open.pop()
        self._keys.pop()
        self._first_lines.pop()
        self._key_positions.pop()
        self._next()

    def _next(self) -> None:
        if self._keys:
            key = self._keys[-1]
            self._keys[-1] = key + 1 if isinstance(key, int) else None

    def _add(self, value: Value, event: Any) -> bool:
        if not self._open:
            self.value = value
            self._note((), event)
            return True
        parent, key = self._open[-1], self._keys[-1]
        if key is None:
            return self._start_pair(value, event)
        if isinstance(parent, list):
            parent.append(value)
        elif isinstance(parent, dict) and isinstance(key, str):
            # Of a key that stands twice the first value counts; the second was reported and is not looked into.
            parent.setdefault(key, value)
        if self.positions is not None:
            self._note(tuple(step for step in self._keys if step is not None), event)
        if isinstance(value, str):
            self._next()
        return True

    def _start_pair(self, value: Value, event: Any) -> bool:
        if not isinstance(value, str):
            return self._refuse(event, "key", "a mapping or list stands where a key should; write 'key: value'")
        self._keys[-1] = value
        position = self._key_positions[-1] = _position(event)
        first = self._first_lines[-1].setdefault(value, position.line)
        if value in self._open[-1]:
            twice = f"the key '{in_one_line(value)}' stands twice in this mapping"
            message = f"{twice}; the first is in line {first}: remove one"
            self.problems.append(Problem(Location(self.path, *position), "duplicate-key", message))
        return True

    def _note(self, steps: tuple[Step, ...], event: Any) -> None:
        if self.positions is not None:
            here = _position(event)
            key = self._key_positions[-1] if self._open and isinstance(self._open[-1], dict) else here
            self.positions.setdefault(steps, (key, here))


def _position(event: Any) -> _Position:
    mark = event.start_mark
    return _Position(mark.line + 1, mark.column + 1)
