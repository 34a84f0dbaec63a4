"""Plain values from a document into models, and what is wrong with them into problems.

No unknown key passes, and nothing is converted that does not look like its type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sdp_matrix.files import messages
from sdp_matrix.files.document import MAX_PROBLEMS, Document
from sdp_matrix.matching import nearest
from sdp_matrix.model import structure
from sdp_matrix.model.structure import Where
from sdp_matrix.problem import Problem

M = TypeVar("M", bound=BaseModel)


def read(document: Document, model: type[M]) -> tuple[M | None, tuple[Problem, ...]]:
    """Read the value of a document as a model; None, and the problems, where it is not one."""
    if document.value is None:
        return None, document.problems
    if not isinstance(document.value, dict):
        problem = document.problem((), "not-a-mapping", "the file should hold lines 'key: value', not a list or text")
        return None, (problem,)
    try:
        value = model.model_validate(document.value)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MAX_PROBLEMS]
        return None, _without_echoes(document.problems, _problems(document, model, details))
    return (None if document.problems else value), tuple(_without_runs(document.problems))


def _without_echoes(of_text: Sequence[Problem], of_model: Sequence[Problem]) -> tuple[Problem, ...]:
    """Report each fault once: not again for the field of a faulty text, nor for anything under a wrong key."""
    wrong_keys = [problem for problem in of_model if problem.rule == "unknown-key"]
    of_text = _without_runs(of_text)
    reported = [p for p in of_text if not (p.at and any(key.explains(p) for key in wrong_keys))]
    return (*reported, *(p for p in of_model if not any(problem.explains(p) for problem in reported)))


def _without_runs(problems: Sequence[Problem]) -> list[Problem]:
    """Leave out what one slip explains: keys that stand again below one another, and the empty first of two alike."""
    twice = [problem for problem in problems if problem.rule == "duplicate-key"]
    lines = {(problem.at[:-1], problem.location.line) for problem in twice}
    again = {p for p in twice if (p.at[:-1], p.location.line - 1) in lines}
    empty = {p for p in problems if p.rule == "empty-value" and any(p.at == other.at for other in twice)}
    return [problem for problem in problems if problem not in again | empty]


def _problems(document: Document, model: type, details: list[ErrorDetails]) -> list[Problem]:
    """One problem a fault: a misspelt key is not reported as missing as well."""
    meant = {
        (*detail["loc"][:-1], near)
        for detail in details
        if detail["type"] == "extra_forbidden"
        and (near := nearest(str(detail["loc"][-1]), structure.keys(model, detail["loc"][:-1])))
    }
    return [
        messages.problem(document, model, _in_file(model, detail), detail)
        for detail in details
        if not (detail["type"] == "missing" and detail["loc"] in meant)
    ]


def _in_file(model: type, detail: ErrorDetails) -> Where:
    """The place of a fault as the file has it, without the steps by which pydantic tells the records of a union."""
    kind: Any = model
    steps: list[int | str] = []
    for step in detail["loc"]:
        if step not in structure.claims(kind):
            steps.append(step)
        kind = structure.inside(kind, step)
    return (*steps, "kind") if detail["type"].startswith("union_tag") else tuple(steps)
