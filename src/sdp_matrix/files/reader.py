"""Plain values from a document into records, and what is wrong with them into problems.

pydantic reads the dataclasses of `records`; the marks in their annotations say which values have a short form and
which texts have a fixed form. No unknown key passes, and nothing is converted that does not look like its type.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from enum import Enum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from sdp_matrix.files.document import MAX_PROBLEMS
from sdp_matrix.model.constraints import Short
from sdp_matrix.model.statement import kinds
from sdp_matrix.model.vocabulary import UNKNOWN_DAY, Status
from sdp_matrix.sanitize import in_one_line, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic_core import ErrorDetails

    from sdp_matrix.files.document import Document
    from sdp_matrix.problem import Problem

R = TypeVar("R")
Where: TypeAlias = tuple[int | str, ...]

_LIKENESS = 0.8


def read(document: Document, record: type[R]) -> tuple[R | None, tuple[Problem, ...]]:
    """Read the value of a document as a record; None, and the problems, where it is not one."""
    if document.value is None:
        return None, document.problems
    if not isinstance(document.value, dict):
        problem = document.problem((), "not-a-mapping", "the file should hold lines 'key: value', not a list or text")
        return None, (problem,)
    adapter: TypeAdapter[R] = _adapter(record)  # type: ignore[arg-type]  # types are hashable
    try:
        value = adapter.validate_python(document.value)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MAX_PROBLEMS]
        return None, _without_echoes(document.problems, _problems(document, record, details))
    return (None if document.problems else value), document.problems


@cache
def _adapter(record: Any) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def _without_echoes(of_text: Sequence[Problem], of_record: Sequence[Problem]) -> tuple[Problem, ...]:
    """One problem a fault: a text at fault is not told again for its field, nor anything under a wrong key."""
    wrong_keys = [problem for problem in of_record if problem.rule == "unknown-key"]
    told = [p for p in of_text if not (p.at and any(key.explains(p) for key in wrong_keys))]
    return (*told, *(p for p in of_record if not any(problem.explains(p) for problem in told)))


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
        if not (detail["type"] == "missing" and detail["loc"] in meant) and not _is_unregistered(detail)
    ]


def _is_unregistered(detail: ErrorDetails) -> bool:
    """Whether an id that is a key has a wrong form; it is told as one that is not registered, with the right one."""
    return detail["type"] == "form" and detail["loc"][-1] == "[key]"


def _problem(document: Document, record: type, detail: ErrorDetails) -> Problem:
    where, entered = _in_file(record, detail), detail["input"]
    given = in_one_line(entered) if isinstance(entered, str) else ""
    match detail["type"]:
        case "unexpected_keyword_argument":
            message = _no_such_key(str(where[-1]), keys(record, detail["loc"][:-1]))
            return document.problem(where, "unknown-key", message, key=True)
        case "missing" | "union_tag_not_found":
            around = detail["loc"][:-1] if detail["type"] == "missing" else detail["loc"]
            order = keys(record, around) or [str(where[-1])]
            advice = f"add a line '{where[-1]}: …'{belongs(document, where, order)}"
            message = f"the key '{where[-1]}' is missing; {advice}"
            return replace(document.problem(where, "missing-key", message), at=where)
        case "enum" | "union_tag_invalid":
            context = detail["ctx"]
            allowed = re.findall("'([^']*)'", context.get("expected") or context["expected_tags"])
            rule = "status" if Status.ALREADY_EXISTS in allowed else "choice"
            is_key = where[-1:] == ("[key]",)
            message = not_allowed(context.get("tag", given), allowed)
            return document.problem(where[:-1] if is_key else where, rule, message, key=is_key)
        case "form":
            return _bad_form(document, where, detail["ctx"], given)
        case "date_from_datetime_parsing" | "date_parsing":
            message = f"the calendar has no day {given}; correct it"
            return document.problem(where, "impossible-date", message)
        case "tuple_type":
            return document.problem(where, "shape", "a list should stand here: lines that begin with '- '")
        case "dataclass_type" | "dict_type" | "mapping_type" | "model_attributes_type":
            return document.problem(where, "shape", "a mapping should stand here: lines 'key: value'")
        case _:
            return document.problem(where, "shape", "a single text should stand here, not a list or mapping")


def belongs(document: Document, where: Where, order: Sequence[str]) -> str:
    """Where a missing key goes: after the last line of the one before it in the order of keys."""
    mapping = document.value_at(where[:-1])
    if not isinstance(mapping, dict):
        return ""
    place = list(order).index(str(where[-1]))
    before = [key for key in order[:place] if key in mapping]
    if before:
        return f" after line {document.last_line((*where[:-1], before[-1]))}"
    after = next((key for key in order[place:] if key in mapping), None)
    return f" before line {document.locate((*where[:-1], after), key=True).line}" if after else ""


def _bad_form(document: Document, where: Where, context: Mapping[str, str], given: str) -> Problem:
    if not given:
        return document.problem(where, "empty-value", "the value is empty; write one, or remove the line")
    form, rule = context["form"], context["rule"]
    if rule == "date-form":
        return document.problem(where, *_bad_date(given, form))
    meant = {"id-form": _as_id, "iso-form": str.upper}.get(rule, str)(given)
    advice = f"; write '{meant}'" if meant not in {given, ""} else ""
    return document.problem(where, rule, f"'{given}' is not {form}{advice}")


def _as_id(given: str) -> str:
    plain = unicodedata.normalize("NFKD", given).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall("[a-z0-9]+", plain))


_DAY_FIRST = re.compile(r"([0-9]{1,2})[./ -]([0-9]{1,2})[./ -]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./ -]?([0-9]{1,2})[./ -]?([0-9]{1,2})([T ].*)?")
_MONTHS = 12


def _bad_date(given: str, form: str) -> tuple[str, str]:
    """The rule and message for a date in another notation, with every day that it can mean.

    >>> _bad_date("03/04/2025", "a day written YYYY-MM-DD")[1]
    "'03/04/2025' can be two days; write 2025-04-03 or 2025-03-04, whichever the source says"
    """
    if re.fullmatch("[0-9]{4}-[0-9]{2}(-[0-9]{2})?", given):
        return "impossible-date", f"the calendar has no {given}; correct it"
    if match := _DAY_FIRST.fullmatch(given):
        first, second, year = (int(part) for part in match.groups())
        days = [f"{year}-{m:02}-{d:02}" for d, m in dict.fromkeys([(first, second), (second, first)]) if m <= _MONTHS]
    elif match := _YEAR_FIRST.fullmatch(given):
        days = [f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"]
    else:
        days = []
    real = [day for day in days if _exists(day)]
    if len(real) > 1:
        message = f"'{given}' can be two days; write {' or '.join(real)}, whichever the source says"
        return "ambiguous-date", message
    if real:
        return "date-form", f"'{given}' is not {form}; write {real[0]}"
    return "date-form", f"'{given}' is not {form}, for example 2024-12-18"


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _no_such_key(given: str, allowed: list[str]) -> str:
    near = nearest(given, allowed)
    advice = (
        f"did you mean '{near}'?" if near else f"write one of {', '.join(allowed)}" if allowed else "remove the line"
    )
    return f"there is no key '{in_one_line(given)}' here; {advice}"


_LONGEST_WORD = 80


def nearest(given: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that was most likely meant, if one is near.

    >>> nearest("refrence", ["reference", "locator"])
    'reference'
    """
    if len(given) > _LONGEST_WORD:
        return None
    folded = {re.sub(r"[\s_-]+", "-", word.strip().lower()): word for word in allowed}
    wanted = re.sub(r"[\s_-]+", "-", given.strip().lower())
    near = get_close_matches(wanted, folded, n=1, cutoff=0.7)
    return folded[near[0]] if near else None


def not_allowed(given: str, allowed: list[str]) -> str:
    """Say what may be written; suggest a word only for a slip of the pen, so that no value turns into another.

    >>> not_allowed("uncovered", ["covered", "unknown"])
    "'uncovered' is not one of the words allowed here; write covered or unknown"
    """
    folded = re.sub(r"[\s_-]+", "-", given.strip().lower())
    near = [
        word for word in allowed if word[0] == folded[:1] and SequenceMatcher(None, word, folded).ratio() >= _LIKENESS
    ]
    said = f"'{given}' is not one of the words allowed here; write {listed(allowed, 'or')}"
    if len(near) == 1 and re.fullmatch("[a-z-]+", folded):
        return f"{said} (did you mean '{near[0]}'?)"
    return f"{said}: {_WHY_NOT}" if Status.ALREADY_EXISTS in allowed else said


_WHY_NOT = "no mark, yes or no stands for one of them, because what is not known must not look like what is not covered"


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

    >>> from sdp_matrix.model.partnership import Partnership
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
        return _unwrapped(_hints(origin).get(str(step), object))  # type: ignore[arg-type]  # types are hashable
    return _unwrapped(get_args(kind)[1 if origin is Mapping else 0]) if get_args(kind) else object


@cache
def _hints(record: type) -> dict[str, Any]:
    """The types of a record's fields; Python evaluates all annotations anew each time."""
    return get_type_hints(record)


def _unwrapped(kind: Any) -> Any:
    if get_origin(kind) in {Union, UnionType}:
        parts = [part for part in get_args(kind) if part is not type(None)]
        return parts[0] if len(parts) == 1 else kind
    return kind


def _kinds(union: Any) -> dict[str, type]:
    """The records of a union by their kinds; none for any other type."""
    return kinds(union) if get_origin(union) in {Union, UnionType} else {}


def draft(document: Document, record: type[R]) -> R | None:
    r"""A record of a document that has faults, as far as its text can be guessed; None where there is no mapping.

    It serves rules that look across files, so that one run tells every fault; nothing else may use it.

    >>> from sdp_matrix.files.document import parse
    >>> from sdp_matrix.model.partnership import Group
    >>> draft(parse("x.yaml", b"id: A B\ntitel: Allies\n"), Group).title
    'Allies'
    """
    if not isinstance(document.value, dict):
        return None
    return _drafted(record, document.value)  # type: ignore[no-any-return]  # it builds the record it is given


def _drafted(kind: Any, value: Any) -> Any:
    kind = _unwrapped(kind)
    if get_origin(kind) is Annotated:
        kind, *marks = get_args(kind)
        short = next((mark for mark in marks if isinstance(mark, Short)), None)
        return _drafted(kind, {short.stands_for: value} if short and isinstance(value, str) else value)
    origin = get_origin(kind) or kind
    if dataclasses.is_dataclass(origin):
        return _drafted_record(kind, value if isinstance(value, dict) else {})
    if origin is tuple:
        return tuple(_drafted(get_args(kind)[0], item) for item in value) if isinstance(value, list) else ()
    if origin is Mapping:
        items = value.items() if isinstance(value, dict) else ()
        return {key: _drafted(get_args(kind)[1], item) for key, item in items}
    return _drafted_scalar(kind, value if isinstance(value, str) else "")


def _drafted_record(kind: Any, value: dict[str, Any]) -> Any:
    origin = get_origin(kind) or kind
    hints = get_type_hints(origin, include_extras=True)
    names = {field.metadata.get("alias", field.name): field for field in dataclasses.fields(origin)}
    meant = {key if key in names else nearest(key, names): item for key, item in value.items()}
    given: dict[str, Any] = {}
    for key, field in names.items():
        hint = get_args(kind)[0] if isinstance(hints[field.name], TypeVar) else hints[field.name]
        if key in meant or field.default is dataclasses.MISSING:
            given[field.name] = _drafted(hint, meant.get(key))
    return origin(**given)


def _drafted_scalar(kind: Any, value: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        known = [member for member in kind if member.value == value]
        return (known or [member for member in kind if member.value == "unknown"] or list(kind))[0]
    if kind is date:
        return date.fromisoformat(value) if re.fullmatch("[0-9-]{10}", value) and _exists(value) else UNKNOWN_DAY
    if kind is int:
        return int(value) if re.fullmatch("[0-9]{1,6}", value) else 0
    return value
