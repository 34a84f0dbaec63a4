"""Read YAML text as plain values, with the position of every key and value.

A document is built from the events of libyaml's parser, with limits on depth and size, so that no file can exhaust the
machine. Every scalar stays text: the model decides what `NO` or `2024-12-18` means. Anchors, aliases, tags, duplicate
keys and second documents are refused, because the data must be what a reviewer sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import islice
from operator import getitem
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs do not export it
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

from sdp_matrix.files import text_faults
from sdp_matrix.problem import Location, Problem, Step
from sdp_matrix.text_safety import in_one_line

Value: TypeAlias = "str | list[Value] | dict[str, Value]"  # a scalar as text, a sequence or a mapping

MAX_DEPTH = 40  # far below the depth at which Python's recursion ends
MAX_PROBLEMS = 100  # reported per file
MAX_EVENTS = 20_000  # keys, values and ends of mappings in one file; a data file has a few hundred
_NARROWEST = 40  # characters of a line; nobody wraps an item of a list to fewer
MAX_LENGTH = 2000  # characters of one value


@dataclass(frozen=True)
class Document:
    """One YAML file; `value` is None if the text cannot be read, and `problems` says why."""

    path: str
    text: str
    value: Value | None
    problems: tuple[Problem, ...] = ()

    @property
    def mapping(self) -> dict[str, Value]:
        """Return the top-level mapping; empty if there is none."""
        return self.value if isinstance(self.value, dict) else {}

    def locate(self, where: Sequence[Step], *, key: bool = False) -> Location:
        r"""Return the location of the value at `where`, or of its key; if there is none, of what is around it.

        >>> document = parse("x.yaml", b"date:\n  value: 2024-12-18\n")
        >>> str(document.locate(["date", "value"])), str(document.locate(["date", "value", "day"], key=True))
        ('x.yaml:2:10', 'x.yaml:2:10')
        """
        steps = tuple(where)
        while steps not in self._positions:
            steps, key = steps[:-1], True
        if len(steps) < len(where) and isinstance(self.value_at(steps), str):
            key = False  # the short form: a text in place of the mapping
        place = self._positions[steps]
        return Location(self.path, *(place.key if key else place.value))

    def value_at(self, where: Sequence[Step]) -> Value | None:
        """Return the value at `where`; None if there is none."""
        value: Any = self.value
        try:
            return reduce(getitem, where, value)  # type: ignore[no-any-return]  # what is nested has no type
        except (KeyError, IndexError, TypeError):
            return None

    def last_inside(self, where: tuple[Step, ...]) -> tuple[Step, ...]:
        """Return the place of the last value inside the one at `where`."""
        return next(place for place in reversed(self._positions) if place[: len(where)] == where)

    def begins_on(self, line: int) -> bool:
        """Return whether a key or value begins on a line."""
        return any(line in {place.key[0], place.value[0]} for place in self._positions.values())

    def problem(self, where: Sequence[Step], rule: str, message: str, *, key: bool = False) -> Problem:
        """Return a problem at a value or key; if there is none, at the mapping that lacks it."""
        return Problem(self.locate(where, key=key), rule, message, at=tuple(where))

    @cached_property
    def _positions(self) -> dict[tuple[Step, ...], _Place]:
        # Valid files need no positions, so only for a problem the text is read a second time to get them.
        builder = _Builder(self.path, self.text, positions={})
        builder.read()
        return {(): _Place((1, 1), (1, 1)), **(builder.positions or {})}


_Position: TypeAlias = tuple[int, int]  # line and column, from 1


class _Place(NamedTuple):
    key: _Position
    value: _Position


def parse(path: str, content: bytes) -> Document:
    r"""Parse the bytes of a file; never raises: what is wrong with it is in the `problems` of the document.

    >>> parse("no.yaml", b"iso: NO").value
    {'iso': 'NO'}
    >>> print(parse("twice.yaml", b"a: 1\na: 2").problems[0])
    twice.yaml:2:1: error: duplicate key 'a', first on line 1; remove one [duplicate-key]
    """
    text = text_faults.decode(path, content)
    if isinstance(text, Problem):
        return Document(path, "", None, (text,))
    faults = text_faults.check(path, text)
    if any(fault.rule in text_faults.ENDS_READING for fault in faults):
        return Document(path, text, None, faults)
    builder = _Builder(path, text)
    value = builder.read()
    if value is None and faults:  # an odd character often causes the syntax error
        return Document(path, text, None, faults)
    seen = {fault.location.line for fault in faults}
    return Document(path, text, value, (*faults, *(p for p in builder.problems if p.location.line not in seen)))


class _RefusedError(Exception):
    """Stops the reading of a text; carries the problem."""


class _Builder:
    """Builds the value, and the positions if asked to, from the events of libyaml's parser."""

    def __init__(self, path: str, text: str, *, positions: dict[tuple[Step, ...], _Place] | None = None) -> None:
        self.path = path
        self.text = text
        self.positions = positions
        self.problems: list[Problem] = []
        self._has_escapes = "\\" in text
        self._cuts = _cuts(text)
        self._events: Iterator[Any] = islice(iter(CParser(text).get_event, None), MAX_EVENTS)
        self._brackets: list[_Position] = []

    def read(self) -> Value | None:
        """Return the value of the text, or None with the one problem that says why."""
        try:
            return self._document()
        except _RefusedError as error:
            (problem,) = error.args
        except StopIteration:
            message = f"the file has more than {MAX_EVENTS:,} values; this is not a data file"
            problem = Problem(Location(self.path), "file-size", message)
        except yaml.MarkedYAMLError as error:
            line, column, message = text_faults.explain_syntax(self.text, error, opened=self._brackets[-1:])
            problem = Problem(Location(self.path, line, column), "syntax", message)
        except yaml.reader.ReaderError as error:
            line = self.text.count("\n", 0, error.position) + 1
            message = "a character that YAML does not allow; delete it"
            problem = Problem(Location(self.path, line), "control-character", message)
        self.problems = [problem]
        return None

    def _document(self) -> Value:
        next(self._events)  # the beginning of the stream
        if next(self._events).__class__ is StreamEndEvent:  # events have no subclasses; isinstance would be slower
            message = "the file is empty; restore its content, or write lines 'key: value'"
            raise _RefusedError(Problem(Location(self.path), "empty-file", message))
        event = next(self._events)
        value = self._value(event, (), event)
        next(self._events)  # the end of the document
        if (event := next(self._events)).__class__ is not StreamEndEvent:
            raise self._refused(event, "second-document", "a second document begins here; remove the line '---'")
        return value

    def _refused(self, event: Any, rule: str, message: str) -> _RefusedError:
        return _RefusedError(Problem(Location(self.path, *_position(event)), rule, in_one_line(message, at_most=200)))

    def _not_plain(self, event: Any) -> _RefusedError:
        """Return the error for an anchor, alias or tag, with which a value is not what is seen."""
        if event.__class__ is AliasEvent:
            return self._refused(event, "alias", f"the alias *{event.anchor}; write the value out")
        if event.anchor:
            return self._refused(event, "alias", f"the anchor &{event.anchor}; remove it and write every value out")
        return self._refused(event, "tag", f"the tag {event.tag}; every value is plain text: remove the tag")

    def _value(self, event: Any, where: tuple[Step, ...], key_event: Any) -> Value:
        """Return the value that begins with an event, and take the events inside it."""
        if event.anchor or event.tag:
            raise self._not_plain(event)
        kind = event.__class__
        if self.positions is not None:  # of a duplicate key the first place counts, like its value
            self.positions.setdefault(where, _Place(_position(key_event), _position(event)))
        if kind is ScalarEvent:
            # a block ends with a line break by YAML's default, which nobody sees
            text: str = event.value.removesuffix("\n") if event.style in {"|", ">"} else event.value
            if self._cuts or self._has_escapes or not text_faults.PLAIN.fullmatch(text):
                self._check(event, text, where)
            return text
        if len(where) == MAX_DEPTH:
            message = f"more than {MAX_DEPTH} levels inside one another; this is not a data file"
            raise self._refused(event, "depth", message)
        if event.flow_style:  # an open bracket explains a syntax error far below it
            self._brackets.append(_position(event))
        value = self._mapping(where) if kind is MappingStartEvent else self._sequence(where)
        if event.flow_style:
            self._brackets.pop()
        return value

    def _sequence(self, where: tuple[Step, ...]) -> list[Value]:
        items: list[Value] = []
        while (event := next(self._events)).__class__ is not SequenceEndEvent:
            items.append(self._value(event, (*where, len(items)), event))
            if event.__class__ is ScalarEvent and not event.style:
                self._check_wrap(event, (*where, len(items) - 1))
        return items

    def _check_wrap(self, event: Any, where: tuple[Step, ...]) -> None:
        """Report a second line of an item which would have fitted into the first: it has lost its dash."""
        if event.end_mark.line > (start := event.start_mark.line):
            first, second = self.text.split("\n")[start : start + 2]
            if (words := second.split()) and len(first.rstrip()) + len(words[0]) < _NARROWEST:
                message = f"a dash is missing: write '- ' before '{in_one_line(words[0])}', or join the two lines"
                self._report((start + 2, second.index(words[0]) + 1), where, "layout", message)

    def _mapping(self, where: tuple[Step, ...]) -> dict[str, Value]:
        pairs: dict[str, Value] = {}
        first: dict[str, Any] = {}
        is_repeated = False
        while (event := next(self._events)).__class__ is not MappingEndEvent:
            if event.anchor or event.tag:
                raise self._not_plain(event)
            if event.__class__ is not ScalarEvent:
                raise self._refused(event, "key", "a mapping or list in place of a key; write 'key: value'")
            key = event.value
            if "  " in key:
                self._check(event, key, (*where, key))
            if key in pairs and not is_repeated:  # a block pasted twice is reported once
                if not pairs[key]:  # the empty value is no other fault
                    self.problems = [problem for problem in self.problems if problem.at != (*where, key)]
                in_list = where and isinstance(where[-1], int)
                remedy = "remove one, or restore the '- ' before it" if in_list else "remove one"
                message = f"duplicate key '{in_one_line(key)}', first on line {_position(first[key])[0]}; {remedy}"
                self._report(_position(event), (*where, key), "duplicate-key", message)
            is_repeated = is_repeated or key in pairs
            value = self._value(next(self._events), (*where, key), event)
            if not pairs.get(key):  # the first value counts
                pairs[key], first[key] = value, event
        return pairs

    def _check(self, event: Any, value: str, where: tuple[Step, ...]) -> None:
        """Report what is wrong with the text of a value; if a comment has left it empty, only the comment."""
        end = event.end_mark  # an empty value ends where the next key begins
        cut = self._cuts.get((end if value else event.start_mark).line) if self._cuts and not event.style else None
        quoted = event.style in {"'", '"'}
        fault = text_faults.fault(value, longest=MAX_LENGTH, is_quoted=quoted, has_escapes=self._has_escapes)
        is_gap = fault and fault[0] == "odd-blank" and "  " in value
        position = self._gap(event) if is_gap else _position(event)
        if fault and position and (value or not cut):
            self._report(position, where, *fault)
        if cut:
            place = Location(self.path, end.line + 1, cut)
            self.problems.append(Problem(place, "cut-value", text_faults.CUT_OFF, at=where))

    def _gap(self, event: Any) -> _Position | None:
        """Return the place of a gap inside a line; None if YAML makes it of a space before a line break."""
        start = event.start_mark.index  # of a block, the line with its sign may have a comment
        start = self.text.find("\n", start) if event.style in {"|", ">"} else start
        gap = text_faults.GAP.search(self.text, start, event.end_mark.index)
        return gap and (self.text.count("\n", 0, gap.start()) + 1, gap.start() - self.text.rfind("\n", 0, gap.start()))

    def _report(self, position: _Position, where: tuple[Step, ...], rule: str, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(Location(self.path, *position), rule, message, at=where))


def _cuts(text: str) -> dict[int, int]:
    """Return the column of the hash, by the lines (from 0) in which one probably begins no comment."""
    if " #" not in text:
        return {}
    matches = ((number, text_faults.CUT.search(line)) for number, line in enumerate(text.split("\n")))
    return {number: match.start("hash") + 1 for number, match in matches if match}


def _position(event: Any) -> _Position:
    return event.start_mark.line + 1, event.start_mark.column + 1
