"""Read YAML text as plain values, with the position of every key and value.

A document is read event by event with libyaml's parser, never recursively, so neither depth nor size can exhaust the
machine. Every scalar stays text: the model that reads it decides what `NO` or `2024-12-18` means. Anchors, aliases,
tags, duplicate keys and second documents are refused, because what is read must be what is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

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

from sdp_matrix.files import text_faults
from sdp_matrix.problem import Location, Problem, Step
from sdp_matrix.text_safety import in_one_line

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A scalar as text, a sequence or a mapping."""

MAX_DEPTH = 40
MAX_PROBLEMS = 100
"""Maximum number of problems reported per file."""
MAX_EVENTS = 20_000
"""Keys, values and ends of mappings in one file; a data file has a few hundred."""
MAX_LENGTH = 2000
"""Characters of one value."""


@dataclass(frozen=True)
class Document:
    """One YAML file; `value` is None if the text cannot be read, and `problems` says why."""

    path: str
    text: str
    value: Value | None
    problems: tuple[Problem, ...] = field(default=())

    @property
    def mapping(self) -> dict[str, Value]:
        """Return the top-level mapping; empty if there is none."""
        return self.value if isinstance(self.value, dict) else {}

    def locate(self, where: Sequence[Step], *, key: bool = False) -> Location:
        r"""Return the place of the value at `where`, or of its key; if it does not exist, of what is around it.

        >>> document = parse("x.yaml", b"date:\n  value: 2024-12-18\n")
        >>> str(document.locate(["date", "value"])), str(document.locate(["date", "value", "day"], key=True))
        ('x.yaml:2:10', 'x.yaml:2:10')
        """
        steps = tuple(where)
        while steps not in self._positions:
            steps, key = steps[:-1], True
        if len(steps) < len(where) and isinstance(self.value_at(steps), str):
            key = False  # a short form: the value stands for the mapping that could be there
        place = self._positions[steps]
        return Location(self.path, *(place.key if key else place.value))

    def value_at(self, where: Sequence[Step]) -> Value | None:
        """Return the value at `where`; None if there is none."""
        value: Any = self.value
        for step in where:
            fits = isinstance(value, dict) if isinstance(step, str) else isinstance(value, list) and step < len(value)
            value = value.get(step) if fits and isinstance(value, dict) else value[step] if fits else None
        return value  # type: ignore[no-any-return]  # walked step by step

    def last_line(self, where: Sequence[Step]) -> int:
        r"""Return the last line of the value at `where`.

        >>> parse("x.yaml", b"date:\n  value: 2024-12-18\n  note: a\n    b\n").last_line(["date"])
        4
        """
        steps = tuple(where)
        inside = (place for path, place in self._positions.items() if path[: len(steps)] == steps)
        return max((place.last_line for place in inside), default=1)

    def begins_on(self, line: int) -> bool:
        """Return whether a key or value begins on a line."""
        return any(line in {place.key.line, place.value.line} for place in self._positions.values())

    def problem(self, where: Sequence[Step], rule: str, message: str, *, key: bool = False) -> Problem:
        """Return a problem at the place of a value or key; if there is none, at the mapping it belongs to."""
        return Problem(self.locate(where, key=key), rule, message, at=tuple(where))

    @cached_property
    def _positions(self) -> dict[tuple[Step, ...], _Place]:
        # Sound files never ask for a position, so the text is read a second time for the few that do.
        builder = _Builder(self.path, self.text, positions={})
        builder.read()
        start = _Place(_Position(1, 1), _Position(1, 1), 1)
        return {(): start, **(builder.positions or {})}


class _Position(NamedTuple):
    line: int
    column: int


class _Place(NamedTuple):
    key: _Position
    value: _Position
    last_line: int


def parse(path: str, content: bytes, *, at_most: int = 2_000_000) -> Document:
    r"""Return the document of the bytes of one file; never raises: what is wrong is in its `problems`.

    >>> parse("no.yaml", b"iso: NO").value
    {'iso': 'NO'}
    >>> print(parse("twice.yaml", b"a: 1\na: 2").problems[0])
    twice.yaml:2:1: error: duplicate key 'a', first on line 1; remove one [duplicate-key]
    """
    text = text_faults.decoded(path, content, at_most=at_most)
    if isinstance(text, Problem):
        return Document(path, "", None, (text,))
    faults = text_faults.check(path, text)
    if any(fault.rule in text_faults.ENDS_READING for fault in faults):
        return Document(path, text, None, faults)
    builder = _Builder(path, text)
    builder.read()
    if builder.value is None and faults:
        return Document(path, text, None, faults)
    seen = {fault.location.line for fault in faults}
    problems = [problem for problem in builder.problems if problem.location.line not in seen]
    document = Document(path, text, builder.value)
    for index, problem in enumerate(problems):
        if problem.rule == "duplicate-key":
            first = f", first on line {document.locate(problem.at, key=True).line};"
            problems[index] = replace(problem, message=problem.message.replace(";", first, 1))
    return replace(document, problems=(*faults, *problems))


class _Builder:
    """Builds the value, and the positions if asked to, from the events of libyaml's parser."""

    def __init__(self, path: str, text: str, *, positions: dict[tuple[Step, ...], _Place] | None = None) -> None:
        self.path = path
        self.text = text
        self.positions = positions
        self.problems: list[Problem] = []
        self.value: Value | None = None
        self._escapes = "\\" in text
        self._cuts = _cuts(text)
        self._open: list[Value] = []
        self._keys: list[Step | None] = []
        # Events, because few of their positions are needed.
        self._key_events: list[Any] = []
        self._brackets: list[Any] = []
        self._documents = 0

    def read(self) -> None:
        """Take all events of the text."""
        parser = CParser(self.text)
        try:
            for _ in range(MAX_EVENTS):
                if not self._take(parser.get_event()):
                    break
            else:
                message = f"the file has more than {MAX_EVENTS:,} values; this is not a data file"
                self._stop(Problem(Location(self.path), "file-size", message))
        except yaml.MarkedYAMLError as error:
            bracket = self._brackets[-1] if self._brackets else None
            opened = _position(bracket) if bracket else None
            line, column, message = text_faults.explained(self.text, error, opened=opened)
            self._stop(Problem(Location(self.path, line, column), "syntax", message))
        except yaml.reader.ReaderError as error:
            line = self.text.count("\n", 0, error.position) + 1
            message = "a character that YAML does not allow; delete it"
            self._stop(Problem(Location(self.path, line), "control-character", message))
        else:
            if self._documents == 0:
                message = "the file is empty; write lines 'key: value', or delete the file"
                self._stop(Problem(Location(self.path), "empty-file", message))

    def _take(self, event: Any) -> bool:
        """Use one event; False ends the reading."""
        kind = event.__class__
        if kind is ScalarEvent:
            plain = event.anchor is None and event.tag is None  # here, too, for speed: most events are scalars
            return (plain or self._plain(event)) and self._add(event.value, event)
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            return self._plain(event) and self._enter({} if kind is MappingStartEvent else [], event)
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            self._leave()
        elif kind is AliasEvent:
            return self._refuse(event, "alias", f"the alias *{event.anchor}; write the value out")
        elif kind is DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                return self._refuse(event, "second-document", "a second document begins here; remove the line '---'")
        return kind is not StreamEndEvent

    def _plain(self, event: Any) -> bool:
        if event.anchor is not None:
            return self._refuse(event, "alias", f"the anchor &{event.anchor}; remove it and write every value out")
        if event.tag is not None:
            return self._refuse(event, "tag", f"the tag {event.tag}; every value is plain text: remove the tag")
        return True

    def _refuse(self, event: Any, rule: str, message: str) -> bool:
        self._stop(Problem(Location(self.path, *_position(event)), rule, in_one_line(message, at_most=200)))
        return False

    def _stop(self, problem: Problem) -> None:
        self.value = None
        self.problems = [problem]

    def _enter(self, container: Value, event: Any) -> bool:
        if len(self._open) == MAX_DEPTH:
            message = f"more than {MAX_DEPTH} levels inside one another; this is not a data file"
            return self._refuse(event, "depth", message)
        if not self._add(container, event):
            return False
        self._open.append(container)
        self._brackets.append(event if event.flow_style else None)
        self._keys.append(None if isinstance(container, dict) else 0)
        self._key_events.append(event)
        return True

    def _leave(self) -> None:
        self._open.pop()
        self._brackets.pop()
        self._keys.pop()
        self._key_events.pop()
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
            # Of a duplicate key the first value counts; the second was reported.
            parent.setdefault(key, value)
        if self.positions is not None:
            self._note(self._where(), event)
        if isinstance(value, str):
            fault = text_faults.fault(value, longest=MAX_LENGTH)
            if fault or (self._escapes and (fault := text_faults.hidden(value))):
                self._report(event, *fault)
            if self._cuts and not event.style:
                self._report_cut(event)
            self._keys[-1] = key + 1 if isinstance(key, int) else None
        return True

    def _where(self) -> tuple[Step, ...]:
        return tuple(step for step in self._keys if step is not None)

    def _report(self, event: Any, rule: str, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(Location(self.path, *_position(event)), rule, message, at=self._where()))

    def _report_cut(self, event: Any) -> None:
        """Report a plain value that a hash cuts off, at the hash; of an empty one only that."""
        end = event.end_mark
        if column := self._cuts.get(end.line if event.value else event.start_mark.line):
            self.problems = [p for p in self.problems if event.value or p.at != self._where()]
            place = Location(self.path, end.line + 1, column)
            self.problems.append(Problem(place, "cut-value", text_faults.CUT_OFF, at=self._where()))

    def _start_pair(self, value: Value, event: Any) -> bool:
        if not isinstance(value, str):
            return self._refuse(event, "key", "a mapping or list in place of a key; write 'key: value'")
        self._keys[-1] = value
        self._key_events[-1] = event
        if value in self._open[-1]:
            self._report(event, "duplicate-key", f"duplicate key '{in_one_line(value)}'; remove one")
        return True

    def _note(self, steps: tuple[Step, ...], event: Any) -> None:
        if self.positions is not None:
            here = _position(event)
            key = _position(self._key_events[-1]) if self._open and isinstance(self._open[-1], dict) else here
            end = event.end_mark
            self.positions.setdefault(steps, _Place(key, here, max(here.line, end.line + (end.column > 0))))


def _cuts(text: str) -> dict[int, int]:
    """Return the column of the hash, by the lines (from 0) where one that is hardly meant begins a comment."""
    if not text_faults.CUT.search(text):
        return {}
    matches = ((number, text_faults.CUT.search(line)) for number, line in enumerate(text.split("\n")))
    return {number: match.start("hash") + 1 for number, match in matches if match}


def _position(event: Any) -> _Position:
    mark = event.start_mark
    return _Position(mark.line + 1, mark.column + 1)
