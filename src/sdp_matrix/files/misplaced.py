"""A line at the wrong level, or an item without its dash: found by trying which change of one line mends a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

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
"""Lines above a fault, and in all, that are suspected: as many as an item of a list has."""

_NEAR = 4
"""Lines that are tried in any case; of neighbours either may be misplaced, and the usual indentation says which."""


def explained(read: Document, model: type[BaseModel], problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems of a faulty file; if one misplaced line explains some of them, that line in their place."""
    before = _of_layout(problems)
    if not before or len(read.text) > _LONGEST:
        return problems
    lines = read.text.split("\n")
    attempts = (_attempt(read.path, model, lines, index, before) for index in _suspects(lines, problems))
    near = [attempt for attempt in islice(attempts, _NEAR) if attempt]
    best = min(near, key=lambda attempt: attempt[:2], default=None) or next(filter(None, attempts), None)
    return best[2] if best else problems


def _attempt(
    path: str, model: type[BaseModel], lines: list[str], index: int, before: set[tuple[str, Location]]
) -> tuple[int, bool, tuple[Problem, ...]] | None:
    """Return what is wrong after the first change of a line that mends something: how much, if oddly, and what."""
    strictly = "syntax" in {rule for rule, _ in before}
    for new, message in _changes(lines, index):
        changed = [*lines[:index], *new, *lines[index + len(new) :]]
        after = document.parse(path, "\n".join(changed).encode())
        _, left = reader.read(after, model)
        rest = _of_layout(left, strictly=strictly)
        if rest < before and after.mapping and after.begins_on(index + 1):
            place = Location(path, index + 1, _indent(lines[index]) + 1)
            kept = (Problem(place, "layout", message), *(p for p in left if p.location.line != index + 1))
            return len(rest), any(_indent(line) % 2 for line in changed), kept
    return None


def _of_layout(problems: Sequence[Problem], *, strictly: bool = False) -> set[tuple[str, Location]]:
    rules = _OF_LAYOUT if strictly else _MAYBE
    return {(problem.rule, problem.location) for problem in problems if problem.rule in rules}


def _suspects(lines: Sequence[str], problems: Sequence[Problem]) -> list[int]:
    """The lines at fault and those above them, nearest first."""
    at = [problem.location.line - 1 for problem in problems if problem.rule in _MAYBE]
    near = [*at, *(line - back for line in at for back in (1, -1, *range(2, _BACK + 1)))]
    return [n for n in dict.fromkeys(near) if 0 <= n < len(lines) and lines[n].lstrip()[:1] not in {"", "#"}][:_MOST]


def _changes(lines: list[str], index: int) -> Iterator[tuple[list[str], str]]:
    """The lines that may be meant from one on, each with what to do."""
    line, indent = lines[index], _indent(lines[index])
    above = next((text for text in reversed(lines[:index]) if text.strip()), "")
    levels = {_indent(text) for text in lines[max(index - _BACK, 0) : index + 3] if text.strip()}
    levels |= {_indent(above) + 2, indent + 2, max(indent - 2, 0)}
    below = _below(lines, index)
    for level in sorted(levels - {indent}, key=lambda level: (abs(level - indent), level)):
        shift, side = level - indent, "left" if level > indent else "right"
        moved = " " * level + line.lstrip(" ")
        yield [moved], f"this line begins too far {side}; begin it in column {level + 1}"
        if below:
            those = "the one" if len(below) == 1 else f"the {len(below)} lines"
            by = f"move them by {abs(shift)} blank{'s' * (abs(shift) > 1)} to the {'right' if shift > 0 else 'left'}"
            block = [" " * shift + text if shift > 0 else text[-shift:] for text in below]
            yield [moved, *block], f"this line and {those} below that belong to it begin too far {side}; {by}"
    if without := re.match(r"( *(?:- )?)([a-z_-]+) (\S.*)$", line):
        before, key, value = without.groups()
        yield [f"{before}{key}: {value}"], f"there is no colon after '{key}'; write '{key}: {in_one_line(value)}'"
    if not line.lstrip(" ").startswith("- "):
        word = in_one_line(line.split()[0].rstrip(":"))
        missing = "a dash is missing: an item of a list begins here; put '- '"
        yield [f"{' ' * indent}- {line.lstrip(' ')}"], f"{missing} before '{word}'"
        if indent > 1:
            yield [f"{line[: indent - 2]}- {line.lstrip(' ')}"], f"{missing} in place of the two blanks before '{word}'"


def _below(lines: Sequence[str], index: int) -> list[str]:
    """The lines below a line that are further in and so belong to it."""
    end = index + 1
    while end < len(lines) and lines[end].strip() and _indent(lines[end]) > _indent(lines[index]):
        end += 1
    return [*lines[index + 1 : end]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
