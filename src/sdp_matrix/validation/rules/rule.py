"""What a rule is: an id that never changes, why it matters, an example that is run as a test, and the check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from sdp_matrix.files.document import Document
from sdp_matrix.files.scan import SHARED_FILES, Scan
from sdp_matrix.model.dataset import PublishedTable
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.problem import Severity, Step

PLACE = "¦"
"""Stands in a faulty example right before the place that the problem names."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Example:
    """Lines of a file as they should be, and the same lines with a fault."""

    file: str
    right: str
    """Empty where the file should not be there."""
    wrong: str
    """With `PLACE` before the place of the fault; empty where the file is missing."""


class Fault(NamedTuple):
    """What a check yields: the place in the file, and what is wrong there and what to do."""

    where: tuple[Step, ...]
    message: str
    path: str = ""
    """The file, for a check of the whole folder."""
    key: bool = False
    """Whether the key at the place is at fault, and not its value."""


Faults: TypeAlias = Iterator[Fault]


@dataclass(frozen=True)
class File(Generic[R]):
    """A sound file, for a check of one file."""

    path: str
    record: R
    scan: Scan
    """The whole folder."""

    @property
    def document(self) -> Document:
        """The text of the file and the places in it."""
        return self.scan.documents[self.path]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that has to hold of the data files."""

    id: str
    reason: str
    """What must hold, and why it matters: one line."""
    example: Example | None = None
    """None for what depends on the machine and not on the text of a file."""
    severity: Severity = Severity.ERROR
    """Warnings never stop a command."""
    stage: int = 0
    """Rules of a later stage look at the files alone in which the earlier stages found nothing."""
    of: Any = None
    """The record that the check looks at, file by file; None for a check of the whole folder."""
    check: Callable[[Any], Faults] | None = None
    """None for a rule that is kept while a file is read."""


READING, FILES, TABLE, VALUES, UPKEEP = range(5)
"""The stages: reading a file; files and their links; the copy of the table; values and sentences compared with it; and
what `sdp validate` alone checks, in data without an error."""

_EXAMPLES = {kind: path for path, kind in SHARED_FILES.items()} | {
    Partnership: "partnerships/albania.yaml",
    PublishedTable: "tables/table-1.yaml",
}


def rule(
    of: Any,
    right: str = "",
    wrong: str = "",
    *,
    file: str = "",
    stage: int = FILES,
    severity: Severity = Severity.ERROR,
) -> Callable[[Callable[[Any], Faults]], Rule]:
    """Make a rule of a check: its id is the name of the function, its reason the docstring.

    The check gets each `File` with a record of the type, or the whole scan where that is `Scan`; `right` and `wrong` are
    the example, in `file` or in a file of that type.
    """

    def made(check: Callable[[Any], Faults]) -> Rule:
        example = Example(file or _EXAMPLES[of], right, wrong) if wrong else None
        name, reason = check.__name__.replace("_", "-"), check.__doc__ or ""
        return Rule(name, reason, example, severity, stage, None if of is Scan else of, check)

    return made
