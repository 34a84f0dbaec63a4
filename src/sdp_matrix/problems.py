"""Where a fault is and what it is: ordered, frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem makes the data unusable."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; line and column count from 1, in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault at one place.

    >>> print(Problem(Location("data/x.yaml", 3, 7), "unknown-key", "no key 'dat' here; did you mean 'date'?"))
    data/x.yaml:3:7: error: no key 'dat' here; did you mean 'date'? [unknown-key]
    """

    location: Location
    rule: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}: {self.message} [{self.rule}]"
