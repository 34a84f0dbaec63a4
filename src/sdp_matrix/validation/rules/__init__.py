"""Rules: what must hold of the data files, why, and what is wrong with those it does not hold of.

Rules that are kept while a file is read are described in `reading`. The others are checks over a whole scan: a check
walks once and yields the problems of several rules. It looks at drafts of faulty files as well, so that one run tells
every fault; what a fault only echoes is taken out afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sdp_matrix.validation.rules import (
    cross_references,
    others,
    parsing,
    partnerships,
    published_table,
    registers,
    upkeep,
)
from sdp_matrix.validation.rules.rule import Check, Rule, registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdp_matrix.files.scan import Scan
    from sdp_matrix.problem import Problem, Step

CHECKS: tuple[Check, ...] = (
    partnerships.file_names,
    partnerships.names,
    partnerships.signatories,
    partnerships.milestones,
    partnerships.evidence,
    partnerships.prospects,
    cross_references.areas,
    cross_references.headings,
    cross_references.groups,
    cross_references.memberships,
    cross_references.references,
    registers.unique_ids,
    registers.unique_names,
    registers.row_numbers,
    registers.labels,
    registers.publishers,
    registers.origins,
    registers.headings,
    registers.tables,
    published_table.transcription,
    published_table.departing,
    published_table.cited,
    *others.CHECKS,
)

RULES: dict[str, Rule] = registry(
    parsing.RULES,
    partnerships.RULES,
    cross_references.RULES,
    registers.RULES,
    published_table.RULES,
    others.RULES,
    upkeep.RULES,
)
"""Every rule by its id."""


ON_DEPARTURES = frozenset({"missing-departure", "needless-departure"})
"""What `sdp verify` shows; the data can be read all the same."""


def check(scan: Scan) -> tuple[Problem, ...]:
    """All problems of a scan, sorted: those of reading and those of every check."""
    told: dict[str, list[Problem]] = defaultdict(list)
    for problem in scan.problems:
        told[problem.location.path].append(problem)
    found: dict[tuple[str, tuple[Step, ...]], Problem] = {}
    for run in CHECKS:
        for problem in run(scan):
            if not any(known.explains(problem) for known in told[problem.location.path]) and not _follows(
                problem, found
            ):
                found.setdefault((problem.location.path, problem.at), problem)
    graded = (replace(problem, severity=RULES[problem.rule].severity) for problem in found.values())
    return _without_echoes([*scan.problems, *graded])


_BENEATH = {
    "value-without-basis": {"evidence-kind", "unknown-area"},
    "contested-without-note": {"evidence-kind"},
}
"""Rule to those that, broken beneath the same value, are the reason why it is broken."""

_VOCABULARY = {"unique-id", "misspelt-id"}
_COLUMNS = {"column-without-file", "repeated-column"}
_UNREADABLE_TABLE = (
    _VOCABULARY
    | _COLUMNS
    | {
        *("row-number", "file-name", "unknown-group", "missing-mark", "emendation"),
        *("table-title", "table-partner", "table-mark", "table-group"),
    }
)
_ELSEWHERE = {
    "table-partner": _COLUMNS,
    "emendation": _COLUMNS,
    "table-mark": {"missing-mark"},
    "missing-departure": _UNREADABLE_TABLE,
    "needless-departure": _UNREADABLE_TABLE,
    "table-evidence": _UNREADABLE_TABLE,
    "value-without-basis": _UNREADABLE_TABLE,
    "statement-area": _VOCABULARY,
    "statement-group": _VOCABULARY,
    "statement-over": {"column-without-file", "repeated-column", "statement-empty"},
}
"""Rule to those that, broken anywhere, are the reason why it is broken."""


def _follows(problem: Problem, found: Mapping[tuple[str, tuple[Step, ...]], Problem]) -> bool:
    beneath, elsewhere = _BENEATH.get(problem.rule, set()), _ELSEWHERE.get(problem.rule, set())
    if not beneath and not elsewhere:
        return False
    value = (problem.location.path, problem.at[:-1])
    return any(
        known.rule in elsewhere or (known.rule in beneath and (path, at[: len(value[1])]) == value)
        for (path, at), known in found.items()
    )


def _without_echoes(problems: list[Problem]) -> tuple[Problem, ...]:
    """Leave out what another fault may have caused: the only citation of a reference may be in a faulty file."""
    causes = {problem for problem in problems if problem.rule != "unused-reference"}
    return tuple(sorted(causes or {*problems}))


__all__ = ["CHECKS", "RULES", "Rule", "check"]
