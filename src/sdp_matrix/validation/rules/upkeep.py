"""Rules on sound data that only `sdp validate` looks at: verdicts on record, and references that nothing cites."""

from __future__ import annotations

from collections.abc import Iterator

from sdp_matrix.files.scan import Scan
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import ReferencesFile
from sdp_matrix.problem import Location, Problem, Severity, Step
from sdp_matrix.validation.rules.rule import Example, Rule

_REFERENCES = "references.yaml"
_LAST = "    publisher: The Example\n    standing: press\n    kind: news\n    date: 2024-05-28\n"

VERDICT, UNUSED = (
    Rule(
        "unexpected-verdict",
        "A statement has the verdict on record; another one shows that a value was changed by mistake, or a record is due.",
    ),
    Rule(
        "unused-reference",
        "A registered reference is cited somewhere; one that is not is a leftover, or its citation is missing.",
        Example(_REFERENCES, _LAST, _LAST + "  - id: ¦leftover\n    title: News\n" + _LAST),
        Severity.WARNING,
    ),
)
RULES = (VERDICT, UNUSED)


def check(scan: Scan) -> Iterator[Problem]:
    """Check the upkeep of data that can be read."""
    if dataset := scan.dataset():
        yield from _verdicts(scan, dataset)
        yield from _unused(scan)


def _verdicts(scan: Scan, dataset: Dataset) -> Iterator[Problem]:
    from sdp_matrix.analysis.factcheck import factcheck

    read = scan.documents["statements.yaml"]
    for index, found in enumerate(factcheck(dataset)):
        if not found.as_expected:
            place = read.locate(("statements", index, "expected"))
            message = f"the data make this statement {found.verdict}, on record is {found.statement.expected}"
            remedy = f"'sdp factcheck {found.statement.id}' says why; correct the data or the record"
            yield _problem(VERDICT, place, f"{message}; {remedy}", ("statements", index, "expected"))


def _unused(scan: Scan) -> Iterator[Problem]:
    named = {citation.id for path in scan.links for citation in scan.citations(path)}
    listed = scan.record(_REFERENCES, ReferencesFile)
    for index, reference in enumerate(listed.references if listed else ()):
        if reference.id not in named:
            at = ("references", index, "id")
            message = f"nothing cites the reference '{reference.id}'; cite it, or remove the entry"
            yield _problem(UNUSED, scan.documents[_REFERENCES].locate(at), message, at)


def _problem(rule: Rule, place: Location, message: str, at: tuple[Step, ...] = ()) -> Problem:
    return Problem(place, rule.id, message, rule.severity, at)
