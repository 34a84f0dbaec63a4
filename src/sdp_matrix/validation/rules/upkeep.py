"""Rules on sound data that only `sdp validate` looks at: verdicts on record, canonical form, schemas for editors."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from sdp_matrix.files.folder import SCHEMAS, content
from sdp_matrix.files.scan import Scan, kind_of
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import AreasFile
from sdp_matrix.problem import Location, Problem, Severity, Step
from sdp_matrix.validation.rules.rule import Example, Rule

_REFERENCES = "references.yaml"
_LAST = "    publisher: The Example\n    standing: press\n    kind: news\n    date: 2024-05-28\n"

VERDICT, FORM, SCHEMA, UNUSED = (
    Rule(
        "unexpected-verdict",
        "A statement has the verdict on record; another one shows that a value was changed by mistake, or a record is due.",
    ),
    Rule(
        "canonical-form",
        "A file is in canonical form, so that two versions differ in what they say and in nothing else.",
        severity=Severity.WARNING,
    ),
    Rule(
        "stale-schema",
        "The schemas list what is registered; a stale one makes editors complain about what is right.",
        severity=Severity.WARNING,
    ),
    Rule(
        "unused-reference",
        "A registered reference is cited somewhere; one that is not is a leftover, or its citation is missing.",
        Example(_REFERENCES, _LAST, _LAST + "  - id: ¦leftover\n    title: News\n" + _LAST),
        Severity.WARNING,
    ),
)
RULES = (VERDICT, FORM, SCHEMA, UNUSED)


def check(scan: Scan, folder: Path) -> Iterator[Problem]:
    """Check the upkeep of data that were scanned in a folder and can be read."""
    yield from _forms(scan)
    dataset = scan.dataset()
    if dataset:
        yield from _verdicts(scan, dataset)
        yield from _schemas(scan, dataset, folder)
        yield from _unused(scan, dataset)


def _forms(scan: Scan) -> Iterator[Problem]:
    from sdp_matrix.files import canonical  # what these three need no other command should import for its rules

    shared = scan.record("areas.yaml", AreasFile)
    areas = [area.id for area in shared.areas] if shared else []
    for path, read in scan.documents.items():
        kind = kind_of(path, read.mapping)
        if kind and path.endswith(".yaml") and not canonical.is_plainly_canonical(read, kind, areas):
            before, after = (text.split("\n") for text in (read.text, canonical.canonical(read, kind, areas)))
            line = next((n for n, pair in enumerate(zip_longest(before, after), start=1) if pair[0] != pair[1]), 0)
            if line:
                message = "this line is not in canonical form; run 'sdp format'"
                yield _problem(FORM, Location(read.path, min(line, len(before))), message)


def _verdicts(scan: Scan, dataset: Dataset) -> Iterator[Problem]:
    from sdp_matrix.analysis.factcheck import factcheck

    read = scan.documents["statements.yaml"]
    for index, found in enumerate(factcheck(dataset)):
        if not found.as_expected:
            place = read.locate(("statements", index, "expected"))
            message = f"the data make this statement {found.verdict}, on record is {found.statement.expected}"
            remedy = f"'sdp factcheck {found.statement.id}' says why; correct the data or the record"
            yield _problem(VERDICT, place, f"{message}; {remedy}", ("statements", index, "expected"))


def _schemas(scan: Scan, dataset: Dataset, folder: Path) -> Iterator[Problem]:
    from sdp_matrix.files import json_schema

    for name, text in json_schema.schemas(dataset).items():
        if content(folder / SCHEMAS / name) != text.encode():
            place = Location(f"{scan.folder}/{SCHEMAS}/{name}")
            yield _problem(SCHEMA, place, "not what the data say, or not there; run 'sdp format'")


def _unused(scan: Scan, dataset: Dataset) -> Iterator[Problem]:
    named = {citation.id for path in scan.links for citation in scan.citations(path)}
    for index, reference in enumerate(dataset.references):
        if reference.id not in named:
            at = ("references", index, "id")
            message = f"nothing cites the reference '{reference.id}'; cite it, or remove the entry"
            yield _problem(UNUSED, scan.documents[_REFERENCES].locate(at), message, at)


def _problem(rule: Rule, place: Location, message: str, at: tuple[Step, ...] = ()) -> Problem:
    return Problem(place, rule.id, message, rule.severity, at)
