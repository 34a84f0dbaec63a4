"""A line at the wrong level, or an item without its dash: found by trying which change of one line mends a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from pydantic import BaseModel

from sdp_matrix.files import document, reader
from sdp_matrix.files.document import Document
from sdp_matrix.problem import Location, Problem
from sdp_matrix.sanitize import in_one_line

_OF_LAYOUT = {"syntax", "duplicate-key", "unknown-key", "missing-key", "shape", "key"}
_MAYBE = {*_OF_LAYOUT, "status", "choice", "form", "id-form"}
"""What a misplaced line looks like: a note beside an area looks like a status,
an item of a list like more of the one above it."""

_LONGEST = 100_000
"""Characters of a text that is read again for every change that is tried."""

_BACK, _MOST = 16, 32
"""So many lines above a fault, and in all, are suspected: as many as an item of a list has."""

_NEAR = 4
"""So many lines are tried in any case; of neighbours either may be misplaced, and the usual indentation says which."""


class _Change(NamedTuple):
    lines: list[str]
    message: str


def mended(read: Document, model: type[BaseModel], problems: Sequence[Problem]) -> Document | None:
    """Return the document as it was meant, where one misplaced line explains problems of it; else None.

    Its text is the one that was read; its problems are the misplaced line, and those that stay.
    """
    before = _of_layout(problems)
    if not before or len(read.text) > _LONGEST:
        return None
    lines = read.text.split("\n")
    attempts = (_tried(read, model, lines, index, before) for index in _suspects(lines, problems))
    near = [one for one in islice(attempts, _NEAR) if one]
    best = min(near, key=lambda one: one[:2], default=None) or next((one for one in attempts if one), None)
    return best.document if best else None


class _Attempt(NamedTuple):
    """A change that mends something; the less is wrong after it, the likelier it is what was meant."""

    left: int
    is_unusual: bool
    document: Document


def _tried(
    read: Document, model: type[BaseModel], lines: list[str], index: int, before: set[tuple[str, Location]]
) -> _Attempt | None:
    strictly = "syntax" in {rule for rule, _ in before}
    for change in _changes(lines, index):
        text = "\n".join(change.lines)
        after = document.parse(read.path, text.encode())
        _, left = reader.read(after, model)
        rest = _of_layout(left, strictly=strictly)
        if rest < before and after.mapping and after.begins_on(index + 1):
            place = Location(read.path, index + 1, _indent(lines[index]) + 1)
            kept = (Problem(place, "layout", change.message), *(p for p in left if p.location.line != index + 1))
            meant = replace(after, text=read.text, problems=kept, read_as=text)
            return _Attempt(len(rest), any(_indent(line) % 2 for line in change.lines), meant)
    return None


def _of_layout(problems: Sequence[Problem], *, strictly: bool = False) -> set[tuple[str, Location]]:
    rules = _OF_LAYOUT if strictly else _MAYBE
    return {(problem.rule, problem.location) for problem in problems if problem.rule in rules}


def _suspects(lines: Sequence[str], problems: Sequence[Problem]) -> list[int]:
    """The lines at fault and those above them, nearest first."""
    at = [problem.location.line - 1 for problem in problems if problem.rule in _MAYBE]
    near = [*at, *(line - back for line in at for back in (1, -1, *range(2, _BACK + 1)))]
    return [n for n in dict.fromkeys(near) if 0 <= n < len(lines) and lines[n].lstrip()[:1] not in {"", "#"}][:_MOST]


def _changes(lines: list[str], index: int) -> Iterator[_Change]:
    line, indent = lines[index], _indent(lines[index])
    above = next((one for one in reversed(lines[:index]) if one.strip()), "")
    levels = {_indent(one) for one in lines[max(index - _BACK, 0) : index + 3] if one.strip()}
    levels |= {_indent(above) + 2, indent + 2, max(indent - 2, 0)}
    below = _below(lines, index)
    for level in sorted(levels - {indent}, key=lambda level: (abs(level - indent), level)):
        side, advice = "left" if level > indent else "right", f"begin it in column {level + 1}"
        moved = " " * level + line.lstrip(" ")
        yield _changed(lines, index, [moved], f"this line begins too far {side}; {advice}")
        if below:
            shift = level - indent
            block = [_shifted(one, shift) for one in lines[index + 1 : index + 1 + below]]
            what = f"this line and {'the one' if below == 1 else f'the {below} lines'} below that belong to it begin"
            by = f"move them by {abs(shift)} blank{'s' * (abs(shift) > 1)} to the {'right' if shift > 0 else 'left'}"
            yield _changed(lines, index, [moved, *block], f"{what} too far {side}; {by}")
    if without := re.match(r"( *(?:- )?)([a-z_-]+) (\S.*)$", line):
        before, key, value = without.groups()
        advice = f"there is no colon after '{key}'; write '{key}: {in_one_line(value)}'"
        yield _changed(lines, index, [f"{before}{key}: {value}"], advice)
    if not line.lstrip(" ").startswith("- "):
        word = in_one_line(line.split()[0].rstrip(":"))
        missing = "a dash is missing: an item of a list begins here"
        yield _changed(lines, index, [f"{' ' * indent}- {line.lstrip(' ')}"], f"{missing}; put '- ' before '{word}'")
        if indent > 1:
            text = f"{' ' * (indent - 2)}- {line.lstrip(' ')}"
            yield _changed(lines, index, [text], f"{missing}; put '- ' in place of the two blanks before '{word}'")


def _changed(lines: list[str], index: int, new: list[str], message: str) -> _Change:
    return _Change([*lines[:index], *new, *lines[index + len(new) :]], message)


def _below(lines: Sequence[str], index: int) -> int:
    """How many lines below a line are further in and so belong to it."""
    end = index + 1
    while end < len(lines) and lines[end].strip() and _indent(lines[end]) > _indent(lines[index]):
        end += 1
    return end - index - 1


def _shifted(line: str, by: int) -> str:
    return " " * by + line if by > 0 else line[-by:]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
