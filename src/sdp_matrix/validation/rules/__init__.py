"""Rules: what must hold of the data files, why, and what is wrong with those it does not hold of.

Rules that are kept while a file is read are described in `reading`. Each of the others is one function with its reason
and its example; what walks the files and makes problems of their faults is here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from sdp_matrix.files.scan import Scan
from sdp_matrix.model.dataset import Transcription
from sdp_matrix.problem import Location, Problem, errors
from sdp_matrix.validation.rules import evidence, links, names, partnerships, reading, registers
from sdp_matrix.validation.rules.rule import FILES, UPKEEP, VALUES, Fault, File, Rule

_CHECKED = (names, partnerships, links, registers, evidence)
"""Of two problems of one value the one of the first rule is reported."""

RULES: dict[str, Rule] = {rule.id: rule for rule in reading.RULES} | {
    rule.id: rule for module in _CHECKED for rule in vars(module).values() if isinstance(rule, Rule)
}
"""Every rule by its id."""

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
    return tuple(sorted(_counted(problems)))


_MOST_ALIKE = 30
"""Maximum number of problems of one message, or of one rule, reported per file: more than a partnership has areas."""


def _counted(problems: list[Problem]) -> Iterator[Problem]:
    """Yield the problems; of many alike in one file the first, with their number: most often they have one cause."""
    groups = defaultdict[tuple[str, str], list[Problem]](list)
    for problem in sorted(problems):
        groups[problem.location.path, problem.rule].append(problem)
    for alike in groups.values():
        by_message = defaultdict[str, list[Problem]](list)
        for problem in alike:
            by_message[problem.message].append(problem)
        if len(alike) > _MOST_ALIKE and len(by_message) > 1:
            yield replace(alike[0], message=f"{alike[0].message} ({len(alike)} problems of this rule in the file)")
            continue
        for same in by_message.values():
            if len(same) > _MOST_ALIKE:
                yield replace(same[0], message=f"{same[0].message} ({len(same)} times in the file)")
            else:
                yield from same


def _problems(scan: Scan, stage: int) -> list[Problem]:
    """Return the problems of one stage, one for each value."""
    listed = [
        Problem(_location(scan, fault, path), rule.id, fault.message, rule.severity, fault.where)
        for rule in RULES.values()
        if rule.stage == stage
        for path, fault in _faults(rule, scan)
    ]
    return list({(problem.location.path, problem.at): problem for problem in reversed(listed)}.values())


def _faults(rule: Rule, scan: Scan) -> Iterator[tuple[str, Fault]]:
    if rule.check and rule.of is None:
        yield from ((fault.path, fault) for fault in rule.check(scan))
    elif rule.check:
        for path, record in scan.records.items():
            if isinstance(record, rule.of):
                yield from ((path, fault) for fault in rule.check(File(path, record, scan)))


def _location(scan: Scan, fault: Fault, path: str) -> Location:
    if path in scan.documents:
        return scan.documents[path].locate(fault.where, key=fault.key)
    page = scan.record(path, Transcription)
    line, cell = (int(step) for step in fault.where)
    return Location(scan.shown[path], line + 1, page.starts[line][cell] if page else 1)


def _sound_part(scan: Scan, problems: list[Problem]) -> Scan:
    """Return a scan without the records of the files that have an error."""
    faulty = {problem.location.path for problem in errors(problems)}
    if not faulty:
        return scan
    return replace(scan, records={path: r for path, r in scan.records.items() if scan.shown[path] not in faulty})
