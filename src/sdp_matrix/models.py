"""Plain values from a document into records, and what is wrong with them into problems.

pydantic reads the dataclasses of `records`; the marks in their annotations say which values have a short form and
which texts have a fixed form. No unknown key passes, and nothing is converted that does not look like its type.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from sdp_matrix.checks import kinds
from sdp_matrix.printable import in_one_line
from sdp_matrix.terms import Status

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from sdp_matrix.document import Document
    from sdp_matrix.problems import Problem

R = TypeVar("R")
Where: TypeAlias = tuple[int | str, ...]

_LIKENESS = 0.8


def read(document: Document, record: type[R]) -> tuple[R | None, tuple[Problem, ...]]:
    """Read the value of a document as a record; None, and the problems, where it is not one."""
    if document.value is None:
        return None, document.problems
    if not isinstance(document.value, dict):
        problem = document.problem((), "not-a-mapping", "the file should hold lines 'key: value'")
        return None, (*document.problems, problem)
    adapter: TypeAdapter[R] = _adapter(record)  # type: ignore[arg-type]  # types are hashable
    try:
        value = adapter.validate_python(document.value)
    except ValidationError as error:
        return None, (*document.problems, *_problems(document, record, error.errors(include_url=False)))
    return (None if document.problems else value), document.problems


@cache
def _adapter(record: Any) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def _problems(document: Document, record: type, details: list[ErrorDetails]) -> list[Problem]:
    """One problem a fault: a misspelt key is not reported as missing as well."""
    meant = {
        (*detail["loc"][:-1], near)
        for detail in details
        if detail["type"] == "unexpected_keyword_argument"
        and (near := nearest(str(detail["loc"][-1]), keys(record, detail["loc"][:-1])))
    }
    return [
        _problem(document, record, detail)
        for detail in details
        if not (detail["type"] == "missing" and detail["loc"] in meant)
    ]


def _problem(document: Document, record: type, detail: ErrorDetails) -> Problem:
    where, given = _in_file(record, detail), in_one_line(str(detail["input"]))
    match detail["type"]:
        case "unexpected_keyword_argument":
            message = _no_such_key(str(where[-1]), keys(record, detail["loc"][:-1]))
            return document.problem(where, "unknown-key", message, key=True)
        case "missing" | "union_tag_not_found":
            message = f"the key '{where[-1]}' is missing; add a line '{where[-1]}: …' to this mapping"
            return document.problem(where[:-1], "missing-key", message)
        case "enum" | "union_tag_invalid":
            context = detail["ctx"]
            allowed = re.findall("'([^']*)'", context.get("expected") or context["expected_tags"])
            rule = "status" if Status.ALREADY_EXISTS in allowed else "choice"
            return document.problem(where, rule, _not_allowed(context.get("tag", given), allowed))
        case "form" if given:
            return document.problem(where, "form", f"'{given}' is not {detail['ctx']['form']}")
        case "form":
            return document.problem(where, "empty-value", "the value is empty; write one, or remove the line")
        case "date_from_datetime_parsing" | "date_parsing":
            return document.problem(where, "impossible-date", f"the calendar has no day {given}")
        case "tuple_type":
            return document.problem(where, "shape", "a list should stand here: lines that begin with '- '")
        case "dataclass_type" | "dict_type" | "mapping_type" | "model_attributes_type":
            return document.problem(where, "shape", "a mapping should stand here: lines 'key: value'")
        case _:
            return document.problem(where, "shape", "a single text should stand here, not a list or mapping")


def _no_such_key(given: str, allowed: list[str]) -> str:
    near = nearest(given, allowed)
    advice = f"did you mean '{near}'?" if near else f"allowed: {', '.join(allowed)}"
    return f"there is no key '{in_one_line(given)}' here; {advice}"


def nearest(given: str, allowed: list[str]) -> str | None:
    """The allowed word that was most likely meant, if one is near.

    >>> nearest("refrence", ["reference", "locator"])
    'reference'
    """
    return next(iter(get_close_matches(given, allowed, n=1, cutoff=0.7)), None)


def _not_allowed(given: str, allowed: list[str]) -> str:
    """Say what may be written; suggest a word only for a slip of the pen, so that no value turns into another."""
    folded = re.sub(r"[\s_-]+", "-", given.strip().lower())
    near = [
        word for word in allowed if word[0] == folded[:1] and SequenceMatcher(None, word, folded).ratio() >= _LIKENESS
    ]
    words = ", ".join(allowed[:-1]) + " or " + allowed[-1]
    return f"'{given}' is not one of the words allowed here; write {words}" + (
        f" (did you mean '{near[0]}'?)" if len(near) == 1 else ""
    )


def _in_file(record: type, detail: ErrorDetails) -> Where:
    """The place of a fault as the file has it, without the steps by which pydantic tells the records of a union."""
    kind: Any = record
    steps: list[int | str] = []
    for step in detail["loc"]:
        if step not in _kinds(kind):
            steps.append(step)
        kind = _inside(kind, step)
    return (*steps, "kind") if detail["type"].startswith("union_tag") else tuple(steps)


def keys(record: type, where: Where) -> list[str]:
    """The keys that a mapping may have at a place in a record.

    >>> from sdp_matrix.records import Partnership
    >>> keys(Partnership, ("coverage", "cyber", "evidence", 0))
    ['reference', 'locator', 'supports', 'note']
    """
    kind: Any = record
    for step in where:
        kind = _inside(kind, step)
    kind = get_origin(kind) or kind
    if not dataclasses.is_dataclass(kind):
        return []
    return [field.metadata.get("alias", field.name) for field in dataclasses.fields(kind)]


def _inside(kind: Any, step: int | str) -> Any:
    """The type of what stands at one step inside a type, short forms and optional values unwrapped."""
    if chosen := _kinds(kind).get(str(step)):
        return chosen
    origin = get_origin(kind) or kind
    if dataclasses.is_dataclass(origin):
        return _unwrapped(get_type_hints(origin).get(str(step), object))
    return _unwrapped(get_args(kind)[1 if origin is Mapping else 0]) if get_args(kind) else object


def _unwrapped(kind: Any) -> Any:
    if get_origin(kind) in {Union, UnionType}:
        parts = [part for part in get_args(kind) if part is not type(None)]
        return parts[0] if len(parts) == 1 else kind
    return kind


def _kinds(union: Any) -> dict[str, type]:
    """The records of a union by their kinds; none for any other type."""
    return kinds(union) if get_origin(union) in {Union, UnionType} else {}
