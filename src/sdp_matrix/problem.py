"""A problem in a data file and its location: ordered, frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Step: TypeAlias = str | int  # a key of a mapping or an index of a sequence


class Severity(StrEnum):
    """Whether a problem makes the data unusable."""

    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """A place in a file; line and column count from 1, in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place.

    >>> print(Problem(Location("data/x.yaml", 3, 7), "unknown-key", "no key 'dat' here; did you mean 'date'?"))
    data/x.yaml:3:7: error: no key 'dat' here; did you mean 'date'? [unknown-key]
    """

    location: Location
    rule: str
    message: str
    severity: Severity = Severity.ERROR
    at: tuple[Step, ...] = field(default=(), compare=False)
    """The keys that lead to the faulty value; they stay the same when lines move."""

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}: {self.message} [{self.rule}]"

    def explains(self, other: Problem) -> bool:
        """Return whether another problem of the same file may be a consequence of this one: inside it or around it.

        >>> status = Problem(Location("x.yaml", 3), "status", "…", at=("coverage", "cyber"))
        >>> status.explains(Problem(Location("x.yaml", 9), "evidence-kind", "…", at=("coverage", "cyber", "evidence")))
        True
        """
        if not self.at:  # a fault of the text, which has no keys
            return self.location.line == other.location.line
        shorter = min(len(self.at), len(other.at)) if other.at else len(self.at)
        return self.at[:shorter] == other.at[:shorter]  # equal if one place is inside the other


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that make data unusable."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
