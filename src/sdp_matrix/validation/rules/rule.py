"""Define rules: an id that never changes, a reason, an example that runs as a test, and a check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from sdp_matrix.files.scan import Scan
from sdp_matrix.problem import Severity, Step

PLACE = "¦"  # marks the place of the fault in a faulty example

R = TypeVar("R")


class Example(NamedTuple):
    """Lines of a file as they should be, and the same lines with a fault."""

    file: str
    right: str
    wrong: str  # with `PLACE` before the place of the fault


def example(text: str) -> Example:
    """Parse an example: 'FILE: RIGHT => WRONG'; ⏎ is a line break, and the file is by default that of Albania.

    >>> example("areas.yaml: number: 2 => number: ¦two")
    Example(file='areas.yaml', right='number: 2', wrong='number: ¦two')
    """
    named = re.match(r"(\S+[.](?:yaml|csv)): ", text)
    right, wrong = text[named.end() if named else 0 :].replace("⏎", "\n").split(" => ")
    return Example(named[1] if named else "partnerships/albania.yaml", right, wrong)


class Fault(NamedTuple):
    """A fault as a check yields it: the place in the file, and what is wrong and what to do."""

    where: tuple[Step, ...]
    message: str
    path: str = ""  # the file; the engine fills it in for a check of one file
    key: bool = False  # whether the key at the place is at fault, and not its value


Faults: TypeAlias = Iterator[Fault]


class File(NamedTuple, Generic[R]):
    """A valid file, for a check of one file."""

    path: str
    record: R
    scan: Scan  # of the whole folder


class Rule(NamedTuple):
    """A requirement on the data files."""

    id: str
    reason: str  # what must hold, and why it matters: one line
    example: Example | None = None  # None for a fault that no changed lines can show
    severity: Severity = Severity.ERROR  # warnings never stop a command
    stage: int = 0  # rules of a later stage look only at the files in which the earlier stages report nothing
    check: Callable[[Scan], Faults] | None = None  # None for a rule that is checked while a file is read


READING, FILES, TABLE, MARKS, VALUES, UPKEEP = range(6)
"""The stages: reading a file; files and their links; the transcription of the table; the places of its marks; values
and statements compared with it; and what only `sdp validate` checks, in data without an error."""


def rule(
    of: Any, planted: str = "", *, stage: int = FILES, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[Any], Faults]], Rule]:
    """Return a decorator that makes a rule of a check: the id is the name of the function, the reason its docstring.

    The check is called with the scan if `of` is `Scan`, else with each `File` whose record has that type.
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
