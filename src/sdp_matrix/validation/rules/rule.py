"""What a rule is: an id that never changes, why it matters, an example that is run as a test, and the check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from sdp_matrix.files.scan import Scan
from sdp_matrix.problem import Severity, Step

PLACE = "¦"
"""Is in a faulty example right before the place that the problem names."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Example:
    """Lines of a file as they should be, and the same lines with a fault."""

    file: str
    right: str
    wrong: str
    """With `PLACE` before the place of the fault."""


def example(text: str) -> Example:
    """Read an example: its file, unless that is Albania's, the right text and the wrong one; ⏎ ends a line.

    >>> example("areas.yaml: number: 2 => number: ¦two")
    Example(file='areas.yaml', right='number: 2', wrong='number: ¦two')
    """
    named = re.match(r"(\S+[.](?:yaml|csv)): ", text)
    right, wrong = text[named.end() if named else 0 :].replace("⏎", "\n").split(" => ")
    return Example(named[1] if named else "partnerships/albania.yaml", right, wrong)


class Fault(NamedTuple):
    """What a check yields: the place in the file, and what is wrong there and what to do."""

    where: tuple[Step, ...]
    message: str
    path: str = ""
    """The file; the engine fills it in for a check of one file."""
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


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that has to hold of the data files."""

    id: str
    reason: str
    """What must hold, and why it matters: one line."""
    example: Example | None = None
    """None for what no change of some lines can show."""
    severity: Severity = Severity.ERROR
    """Warnings never stop a command."""
    stage: int = 0
    """Rules of a later stage look only at the files in which the earlier stages report nothing."""
    check: Callable[[Scan], Faults] | None = None
    """None for a rule that is checked while a file is read."""


READING, FILES, TABLE, VALUES, UPKEEP = range(5)
"""The stages: reading a file; files and their links; the copy of the table; values and sentences compared with it; and
what `sdp validate` alone checks, in data without an error."""


def rule(
    of: Any, planted: str = "", *, stage: int = FILES, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[Any], Faults]], Rule]:
    """Make a rule of a check: its id is the name of the function, its reason the docstring.

    The check gets the whole scan if `of` is `Scan`, else each `File` with a record of that type.
    """

    def decorate(check: Callable[[Any], Faults]) -> Rule:
        def check_files(scan: Scan) -> Faults:
            for path, record in scan.records.items():
                if isinstance(record, of):
                    yield from (fault._replace(path=path) for fault in check(File(path, record, scan)))

        name, reason = check.__name__.replace("_", "-"), check.__doc__ or ""
        run = check if of is Scan else check_files
        return Rule(name, reason, example(planted) if planted else None, severity, stage, run)

    return decorate
