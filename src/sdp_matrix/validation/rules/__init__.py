"""Rules: what must hold of the data files, why, and what is wrong with those it does not hold of.

Rules that are kept while a file is read are described in `parsing`. The others are checked over a whole scan: a check
walks once and yields the problems of several rules. It looks at drafts of faulty files as well, so that one run reports
every fault; what only follows from another fault is taken out, as each rule says under `requires`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sdp_matrix.files.folder import PARTNERSHIPS
from sdp_matrix.files.scan import Scan
from sdp_matrix.problem import Problem
from sdp_matrix.validation.rules import (
    cross_references,
    evidence,
    names,
    parsing,
    partnerships,
    published_table,
    registers,
    statements,
    upkeep,
)
from sdp_matrix.validation.rules.rule import Rule, registry

_CHECKED = (names, partnerships, cross_references, registers, published_table, statements, evidence)
"""Each has its RULES and their CHECKS; the first of two problems of one value is reported."""

RULES: dict[str, Rule] = registry(parsing.RULES, *(module.RULES for module in _CHECKED), upkeep.RULES)
"""Every rule by its id."""

ON_DEPARTURES = frozenset({"missing-departure", "needless-departure"})
"""What `sdp verify` shows; the data can be read all the same."""


def check(scan: Scan) -> tuple[Problem, ...]:
    """Return all problems of a scan, sorted: those of reading and those of every check."""
    of_reading: dict[str, list[Problem]] = defaultdict(list)
    for problem in scan.problems:
        of_reading[problem.location.path].append(problem)
    found = [
        replace(problem, severity=RULES[problem.rule].severity)
        for problem in _found(scan)
        if not _is_told(problem, of_reading[problem.location.path])
    ]
    by_place = {(p.location.path, p.at): p for p in reversed([*_not_moot(found)])}
    return tuple(sorted([*scan.problems, *by_place.values()]))


def _is_told(problem: Problem, told: list[Problem]) -> bool:
    """Whether a problem may only be seen because of one of the file itself; a name is at fault whatever is under it."""
    explaining = (known for known in told if known.explains(problem))
    return any(problem.rule != "unknown-area" or known.location == problem.location for known in explaining)


def _found(scan: Scan) -> Iterator[Problem]:
    if not any(path.startswith(f"{PARTNERSHIPS}/") for path in scan.shown):
        return  # every name of a partnership would be at fault
    for module in _CHECKED:
        for run in module.CHECKS:
            yield from run(scan)


def _not_moot(found: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out the problems of rules that require what is broken itself."""
    places = defaultdict(list)
    for problem in found:
        places[problem.rule].append((problem.location.path, problem.at))
    for problem in found:
        rule, above = RULES[problem.rule], problem.at[:-1]
        within = (
            path == problem.location.path and at[: len(above)] == above
            for name in rule.requires_within
            for path, at in places[name]
        )
        if not any(places[name] for name in rule.requires) and not any(within):
            yield problem


__all__ = ["RULES", "Rule", "check"]
