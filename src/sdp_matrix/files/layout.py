"""Explain problems of a file by its end or by a misplaced line: which change of one line corrects it is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import chain

from pydantic import BaseModel

from sdp_matrix.files.document import Document, parse
from sdp_matrix.files.reader import read
from sdp_matrix.model import record as records
from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import in_one_line

_LIKE_LAYOUT = {"syntax", "duplicate-key", "unknown-key", "missing-key", "shape", "key", "empty-value"}
_LIKE_LAYOUT |= {"status", "choice", "form", "id-form", "layout"}
"""Rules that a misplaced line may break: a note beside an area looks like a status, a list item like more text."""

_SOME_KEY = "some-key"  # as a mapping by the ids of areas may have it
_LONGEST = 100_000  # characters of a text that is read again for every change that is tried
_BACK, _MOST = 16, 20  # lines above a fault that are suspected, and lines in all


def explain(document: Document, model: type[BaseModel], problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems of a faulty file; if its end or a misplaced line explains them, that in their place."""
    if cut := _cut_off(document, model, problems):
        message = f"the file ends early here; restore its end, or, if it is whole: {cut.message}"
        end = document.text.rstrip()
        place = Location(document.path, end.count("\n") + 1, len(end.rpartition("\n")[2]) + 1)
        return (Problem(place, "cut-off", message),)
    before = _like_layout(problems)
    lines = document.text.split("\n") if len(document.text) <= _LONGEST else []
    twice = dict(before).get("duplicate-key")
    if twice and lines[twice.line - 2 : twice.line - 1] == lines[twice.line - 1 : twice.line]:
        return problems  # a line pasted twice is no other fault
    at = [place.line - 1 for _, place in before]  # most likely the line itself, then its neighbours
    near = dict.fromkeys([*at, *(line - back for line in at for back in (1, -1, *range(2, _BACK + 1)))])
    suspects = [n for n in near if 0 <= n < len(lines) and lines[n].lstrip()[:1] not in {"", "#"}][:_MOST]
    suspects.sort(key=lambda n: lines[n][0] != "+")  # no sound line begins with that
    lacking = [str(problem.at[-1]) for problem in problems if problem.rule == "missing-key" and problem.at]
    absent = _absent(document, model, before)
    above = {n: [_missing_above(lines[n], keys) for keys in (lacking, absent)] for n in suspects}
    changes = ((n, *change) for n in suspects for change in chain(above[n][0], _changes(lines, n), above[n][1]))
    for index, new, message in changes:
        after = parse(document.path, "\n".join([*lines[:index], new, *lines[index + 1 :]]).encode())
        _, left = read(after, model)
        # a change explains the problems if it removes some and adds none; a key that is there twice hides others
        rest = _like_layout(left)
        is_better = {*rest} < {*before} and after.mapping and "duplicate-key" not in dict(rest)
        if is_better and (after.begins_on(index + 1) or new.lstrip().startswith("#")):
            place = Location(document.path, index + 1, _indent(lines[index]) + 1)
            others = () if "\n" in new else left  # below a line that becomes two, the numbers are wrong
            return (Problem(place, "layout", message), *(p for p in others if p.location.line != index + 1))
    return problems


def _cut_off(document: Document, model: type, problems: Sequence[Problem]) -> Problem | None:
    """Return the problem at the end of a file that ends inside a line, a value or the keys of a mapping."""
    is_in_line, last = not document.text.endswith("\n"), document.text.rstrip().count("\n") + 1
    lacks_keys = {problem.rule for problem in problems} == {"missing-key"}
    for problem in problems:
        is_last = problem.location.line >= last and (is_in_line or problem.rule == "empty-value")
        holder, mapping = problem.at[:-1], document.value_at(problem.at[:-1])
        if problem.rule == "missing-key" and isinstance(mapping, dict):
            keys, key = [*records.fields(reduce(records.inner_type, holder, model))], str(problem.at[-1])
            entry = document.value_at((*holder[:-1], 0))  # of a list the first, whose keys may be in another order
            orders = (keys, [*entry] if isinstance(entry, dict) else [])
            lacks_rest = any(key in order and mapping.keys() <= {*order[: order.index(key)]} for order in orders)
            is_cut = is_in_line or (lacks_keys and lacks_rest)
            is_last = is_cut and document.last_inside(holder) == document.last_inside(())
        if (problem.at or problem.rule == "syntax") and is_last:
            return problem
    return None


def _like_layout(problems: Sequence[Problem]) -> list[tuple[str, Location]]:
    return [(problem.rule, problem.location) for problem in problems if problem.rule in _LIKE_LAYOUT]


def _absent(document: Document, model: type, before: Sequence[tuple[str, Location]]) -> list[str]:
    """Return keys without a line, which what is below may have lost: of the file, or any, such as that of an area."""
    rules = dict(before)
    keys = [key for key in records.fields(model) if key not in document.mapping] if "unknown-key" in rules else []
    return [*keys, _SOME_KEY] if "duplicate-key" in rules else keys


def _missing_above(line: str, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield a line with each key above it, and the message that this key is missing."""
    indent = _indent(line)
    for key in keys if indent > 1 else ():
        what = "a line with a key, such as an area," if key == _SOME_KEY else f"the line '{key}:'"
        yield f"{' ' * (indent - 2)}{key}:\n{line}", f"{what} is missing above this one; add it"


def _changes(lines: list[str], index: int) -> Iterator[tuple[str, str]]:
    """Yield possible corrections of a line, each with its message."""
    line, indent = lines[index], _indent(lines[index])
    above = next((text for text in reversed(lines[:index]) if text.strip()), "")
    if index and re.search(r"(?:^|\s)#", lines[index - 1]) and not re.match(r" *(?:- |`|[\w-]+:(?: |$))", line):
        yield f"{' ' * indent}# {line.lstrip()}", "the comment above goes on in this line; begin it with '# '"
    levels = {_indent(text) for text in lines[max(index - _BACK, 0) : index + 3] if text.strip()}
    levels |= {_indent(above) + 2, indent + 2, max(indent - 2, 0)}
    for level in sorted(levels - {indent}, key=lambda level: (abs(level - indent), level)):  # the smallest move first
        side = "left" if level > indent else "right"
        yield " " * level + line.lstrip(" "), f"this line begins too far {side}; begin it in column {level + 1}"
    if match := re.match(r"( *(?:- )?)([a-z_-]+)(?: ?[:=,;] ?| is | )(\S.*)$", line):  # iso:AL, iso=AL, iso AL
        before, key, value = match.groups()
        yield f"{before}{key}: {value}", f"a key ends with a colon and a space; write '{key}: {in_one_line(value)}'"
    if match := re.match(r"(( *(?:- )?)\S.*\S) +(([a-z_]+):(?: .*)?)$", line):
        new = f"{match[1]}\n{' ' * len(match[2])}{match[3]}"
        yield new, f"two lines in one; begin a new line before '{match[4]}:'"
    text = line.lstrip(" ")
    if match := re.match(r"(?!- )[-•*–—] ?(?=([\w-]+:?))", text):
        yield f"{' ' * indent}- {text[match.end() :]}", f"an item of a list begins with '- '; write '- {match[1]}'"
    if line[0] == "+":
        yield f" {line[1:]}", "a '+' from a list of changes by git; write a space in its place"
        yield line[1:], "a '+' from a list of changes by git; delete it"
    if extra := re.match(" *(- )(?=- )", line):
        yield line[: extra.start(1)] + line[extra.end() :], "a list inside a list; delete one of the two dashes"
    if not text.startswith("- "):
        word = in_one_line(line.split()[0].rstrip(":"))
        missing = "a dash is missing: an item of a list begins here; put '- '"
        yield f"{' ' * indent}- {text}", f"{missing} before '{word}'"
        if indent > 1:
            yield f"{line[: indent - 2]}- {text}", f"{missing} in place of the two spaces before '{word}'"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
