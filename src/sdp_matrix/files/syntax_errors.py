"""What libyaml says of a text that is not YAML, in words that help, and at the place where the slip was made."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from yaml import Mark, MarkedYAMLError

from sdp_matrix.sanitize import in_one_line


class SyntaxFault(NamedTuple):
    """A place, counted from 1, and what to do there."""

    line: int
    column: int
    message: str


_NO_BLANK = re.compile(r"^(?P<before>\s*(?:- )*)(?P<key>[A-Za-z_][\w-]*):(?P<value>[^\s/:][^:]*|/[^/:][^:]*)$")
_KEY = re.compile(r"^\s*(?:- )*[\w-]+:(?:\s|$)")


def explained(text: str, error: MarkedYAMLError, *, opened: tuple[int, int] | None) -> SyntaxFault:
    """Turn a fault of the parser into the slip behind it; `opened` is the place of the innermost open bracket."""
    lines = text.split("\n")
    here, begun = error.problem_mark or error.context_mark, error.context_mark
    problem, context = str(error.problem or ""), str(error.context or "")
    if here is None:
        return SyntaxFault(1, 1, "the file cannot be read as YAML; is it the right file?")
    slip = (
        _conflict(lines)
        or _open_quote(lines, here)
        or _unclosed(lines, problem, context, begun)
        or _left_open(lines, problem, opened)
        or _missing_blank(lines, here)
        or _colon(lines, problem, context, here, begun)
        or _misplaced(lines, problem, here)
    )
    if slip:
        return slip
    said = in_one_line(problem, at_most=120) or "it ends too early"
    return SyntaxFault(
        here.line + 1, here.column + 1, f"this is not YAML: {said}; correct the line or the one above it"
    )


def _conflict(lines: list[str]) -> SyntaxFault | None:
    """What git leaves behind where two people changed the same lines; the fault is noticed in a later line."""
    marked = next((number for number, line in enumerate(lines, 1) if line.startswith("<<<<<<< ")), None)
    advice = "keep what is right, and delete the lines of '<', '=' and '>'"
    return SyntaxFault(marked, 1, f"two changes meet here that git could not merge; {advice}") if marked else None


_BEGUN = re.compile(r"""^\s*(?:- )*(?:[\w-]+:\s+)?(?P<text>(?P<quote>["'])(?:(?!(?P=quote)).)*)$""")


def _open_quote(lines: list[str], here: Mark) -> SyntaxFault | None:
    """A quote that no line closes before the next key; the fault is noticed at the next quote, which may be far."""
    for number, (line, below) in enumerate(pairwise(lines[: here.line + 1]), 1):
        if (match := _BEGUN.match(line)) and _KEY.match(below):
            advice = f"the quote {match['quote']} is opened here and never closed; close it, or remove it"
            return SyntaxFault(number, match.start("text") + 1, advice)
    return None


def _unclosed(lines: list[str], problem: str, context: str, begun: Mark | None) -> SyntaxFault | None:
    if begun is None:
        return None
    line, column = begun.line + 1, begun.column + 1
    if "quoted scalar" in context and "end of stream" in problem:
        quote = lines[begun.line][begun.column : begun.column + 1]
        return SyntaxFault(line, column, f"the quote {quote} is opened here and never closed; close it, or remove it")
    if "flow sequence" in context or "flow mapping" in context:
        opening = lines[begun.line][begun.column : begun.column + 1]
        closing = {"[": "]", "{": "}"}.get(opening, "}")
        return SyntaxFault(
            line, column, f"the bracket '{opening}' is opened here and not closed properly; add ',' or '{closing}'"
        )
    return None


def _left_open(lines: list[str], problem: str, opened: tuple[int, int] | None) -> SyntaxFault | None:
    if opened is None or "expected node content" not in problem:
        return None
    line, column = opened
    bracket = lines[line - 1][column - 1 : column]
    return SyntaxFault(line, column, f"the bracket '{bracket}' is opened here and not closed properly; close it")


def _missing_blank(lines: list[str], here: Mark) -> SyntaxFault | None:
    """'key:value' is one word to YAML; the fault is noticed in a later line."""
    for index in range(min(here.line, len(lines) - 1), max(here.line - 3, -1), -1):
        if match := _NO_BLANK.match(lines[index].rstrip()):
            column = len(match["before"]) + 1
            advice = in_one_line(f"{match['key']}: {match['value']}")
            return SyntaxFault(index + 1, column, f"a blank is missing after the colon; write '{advice}'")
    return None


def _colon(lines: list[str], problem: str, context: str, here: Mark, begun: Mark | None) -> SyntaxFault | None:
    if "could not find expected ':'" in problem and begun is not None and "simple key" in context:
        word = in_one_line(lines[begun.line].strip())
        return SyntaxFault(begun.line + 1, begun.column + 1, f"there is no colon after '{word}'; write 'key: value'")
    if "mapping values are not allowed" in problem:
        line = lines[here.line]
        before = line[: here.column]
        if _KEY.match(line) and ":" not in before:
            column = len(line) - len(line.lstrip()) + 1
            message = "this line begins further right than its place; begin it below the key above"
            return SyntaxFault(here.line + 1, column, message)
        message = "a second colon in one line; put the value in double quotes"
        return SyntaxFault(here.line + 1, here.column + 1, message)
    return None


_QUOTED = re.compile(r"""\s*(?:- )*[\w-]+:\s+["']""")
_INDENTED = "this line does not fit the indentation of the lines above; begin it where its neighbours begin"
_SAID = {
    "block sequence entries are not allowed": "a list item cannot begin here; "
    "put '- ' at the beginning of a line of its own",
    "did not find expected key": _INDENTED,
    "expected '-' indicator": _INDENTED,
    "cannot start any token": "a value cannot begin with '{}'; put it in double quotes",
    "unknown escape character": "a backslash inside double quotes; write it twice, or use single quotes",
    "did not find expected alphabetic or numeric character": "'*' and '&' have a meaning of their own in YAML; "
    "put the value in double quotes",
    "expected <document start>": "the file should hold lines 'key: value'; this line does not follow the ones above",
}
"""What the parser says of a line out of place, and what we do."""


def _misplaced(lines: list[str], problem: str, here: Mark) -> SyntaxFault | None:
    text = lines[here.line] if here.line < len(lines) else ""
    found = next((advice for said, advice in _SAID.items() if said in problem), None)
    if found is _INDENTED and _QUOTED.match(text) and ":" in text[: here.column]:
        # a quote that closes in the middle of a value is noticed here as well
        found = "text follows the closing quote; put the whole value inside one pair of quotes"
    if found is None:
        return None
    return SyntaxFault(here.line + 1, here.column + 1, found.format(text[here.column : here.column + 1]))
