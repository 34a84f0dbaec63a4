"""Run the rules on the data files, and make problems of the faults.

Each rule is a function with its reason and example; those that are checked while a file is read are in `reading`.
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

# Their order in the modules is that of the report, and decides which of two problems of a value is reported.
_DEFINED = [value for module in (names, records, registers, evidence) for value in vars(module).values()]
RULES = {rule.id: rule for rule in (*reading.RULES, *_DEFINED) if isinstance(rule, Rule)}

ON_DEPARTURES = frozenset(
    {"misplaced-mark", "missing-departure", "needless-departure"}
)  # `sdp verify` loads the data to show them


def check(scan: Scan, *, upkeep: bool = False) -> tuple[Problem, ...]:
    """Return all problems of a scan, sorted; with `upkeep` also of what only `sdp validate` checks."""
    problems = [names.with_registered_id(p, scan) if p.rule == "id-form" else p for p in scan.problems]
    for stage in range(FILES, VALUES + 1):
        problems += _problems(scan, stage)
        scan = _sound_part(scan, problems)  # later rules would report consequences of the same fault
    if upkeep and not errors(problems):
        problems += _problems(scan, UPKEEP)
    merged = _merged(problems, lambda problem: problem.rule, at_most=_MOST_OF_RULE)
    return tuple(sorted(_merged(merged, lambda problem: problem.message, at_most=_MOST_EQUAL)))


# Equal messages, and messages of one rule, reported per file: more of them have a common cause.
_MOST_EQUAL, _MOST_OF_RULE = 3, 10
_LINES_LISTED = 8


def _merged(problems: Iterable[Problem], kind: Callable[[Problem], Hashable], *, at_most: int) -> Iterator[Problem]:
    """Yield the problems; of too many of a kind in a file only the first, with their number and lines."""
    groups = defaultdict[Hashable, list[Problem]](list)
    for problem in sorted(problems):
        groups[problem.location.path, kind(problem)].append(problem)
    for alike in groups.values():
        if len(alike) <= at_most:
            yield from alike
            continue
        lines = list(dict.fromkeys(str(problem.location.line) for problem in alike))
        named = ", ".join(lines if len(lines) <= _LINES_LISTED else [*lines[: _LINES_LISTED - 1], "…"])
        yield replace(alike[0], message=f"{alike[0].message} ({len(alike)} times in this file: lines {named})")


def _problems(scan: Scan, stage: int) -> list[Problem]:
    """Return the problems of a stage, one per value."""
    listed = [
        Problem(_location(scan, fault), rule.id, fault.message, rule.severity, fault.where)
        for rule in RULES.values()
        if rule.check and rule.stage == stage
        for fault in rule.check(scan)
    ]
    # reversed, as the last problem of a value stays in the dict
    return list({(problem.location.path, problem.at): problem for problem in reversed(listed)}.values())


def _location(scan: Scan, fault: Fault) -> Location:
    if fault.path in scan.documents:
        return scan.documents[fault.path].locate(fault.where, key=fault.key)
    page = scan.record(fault.path, Transcription)  # its places are line and cell, from 0
    line, cell = (int(step) for step in fault.where)
    return Location(scan.shown[fault.path], line + 1, page.starts[line][cell] if page else 1)


def _sound_part(scan: Scan, problems: list[Problem]) -> Scan:
    """Return a scan without the records of the files that have an error."""
    faulty = {problem.location.path for problem in errors(problems)}
    sound = {path: record for path, record in scan.records.items() if scan.shown[path] not in faulty}
    return scan if len(sound) == len(scan.records) else replace(scan, records=sound)  # replace() drops the cached links
