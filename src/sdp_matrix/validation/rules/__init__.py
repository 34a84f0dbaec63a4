"""Rules: what must hold of the data files, why, and what is wrong with those it does not hold of.

Rules that are checked while a file is read are listed in `reading`. Each of the others is one function with its reason
and its example; what walks the files and makes problems of their faults is here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

from sdp_matrix.files.scan import Scan
from sdp_matrix.model.dataset import Transcription
from sdp_matrix.problem import Location, Problem, errors
from sdp_matrix.validation.rules import evidence, names, reading, records, registers
from sdp_matrix.validation.rules.rule import FILES, UPKEEP, VALUES, Fault, Rule

_DEFINED = [value for module in (names, records, registers, evidence) for value in vars(module).values()]
RULES = {rule.id: rule for rule in (*reading.RULES, *_DEFINED) if isinstance(rule, Rule)}
"""Every rule by its id; of two problems of one value that of the first rule is reported."""

ON_DEPARTURES = frozenset({"missing-departure", "needless-departure"})
"""What `sdp verify` shows; the data can be read all the same."""


def check(scan: Scan, *, upkeep: bool = False) -> tuple[Problem, ...]:
    """Return all problems of a scan, sorted; with `upkeep` also of what only `sdp validate` checks."""
    problems = list(scan.problems)
    for stage in range(FILES, VALUES + 1):
        problems += _problems(scan, stage)
        scan = _sound_part(scan, problems)
    if upkeep and not errors(problems):
        problems += _problems(scan, UPKEEP)
    merged = _merged(problems, lambda problem: problem.message, at_most=_MOST_EQUAL)
    return tuple(sorted(_merged(merged, lambda problem: problem.rule, at_most=_MOST_OF_RULE)))


_MOST_EQUAL, _MOST_OF_RULE = 3, 10
"""Maximum number of equal messages, and of messages of one rule, reported per file: more of them have one cause."""

_LINES_NAMED = 8


def _merged(problems: Iterable[Problem], kind: Callable[[Problem], Hashable], *, at_most: int) -> Iterator[Problem]:
    """Yield the problems; of too many of one kind in a file only the first, with their number and first lines."""
    groups = defaultdict[Hashable, list[Problem]](list)
    for problem in sorted(problems):
        needs_own_reason = RULES[problem.rule].stage == VALUES
        groups[problem.location if needs_own_reason else (problem.location.path, kind(problem))].append(problem)
    for alike in groups.values():
        if len(alike) <= at_most:
            yield from alike
            continue
        lines = list(dict.fromkeys(str(problem.location.line) for problem in alike))
        named = ", ".join(lines if len(lines) <= _LINES_NAMED else [*lines[: _LINES_NAMED - 1], "…"])
        yield replace(alike[0], message=f"{alike[0].message} ({len(alike)} times in this file: lines {named})")


def _problems(scan: Scan, stage: int) -> list[Problem]:
    """Return the problems of one stage, one for each value."""
    listed = [
        Problem(_location(scan, fault), rule.id, fault.message, rule.severity, fault.where)
        for rule in RULES.values()
        if rule.check and rule.stage == stage
        for fault in rule.check(scan)
    ]
    return list({(problem.location.path, problem.at): problem for problem in reversed(listed)}.values())


def _location(scan: Scan, fault: Fault) -> Location:
    if fault.path in scan.documents:
        return scan.documents[fault.path].locate(fault.where, key=fault.key)
    page = scan.record(fault.path, Transcription)
    line, cell = (int(step) for step in fault.where)
    return Location(scan.shown[fault.path], line + 1, page.starts[line][cell] if page else 1)


def _sound_part(scan: Scan, problems: list[Problem]) -> Scan:
    """Return a scan without the records of the files that have an error."""
    faulty = {problem.location.path for problem in errors(problems)}
    sound = {path: record for path, record in scan.records.items() if scan.shown[path] not in faulty}
    return scan if len(sound) == len(scan.records) else replace(scan, records=sound)  # which loses its links
