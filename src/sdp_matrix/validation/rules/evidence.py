"""Rules on evidence: what each value rests on, where readers find it, and that no source tells of its own future."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sdp_matrix.analysis.grading import bearing, fields, recorded
from sdp_matrix.model.dates import last_day
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import ReferencesFile
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, SOURCED_FIELDS, Bearing, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sdp_matrix.files.document import Document
    from sdp_matrix.files.scan import Scan
    from sdp_matrix.model.registers import Reference
    from sdp_matrix.problem import Problem, Step


def locators(scan: Scan) -> Iterator[Problem]:
    """A citation of a briefing or paper says where in it, because nobody reads thirty pages for one mark."""
    known = _references(scan)
    for path, document in scan.documents.items():
        for where, cited in _citations(document.value) if path in scan.records else ():
            reference = known.get(str(cited["reference"]))
            if where and reference and reference.kind.long and "locator" not in cited:
                message = f"'{reference.id}' is a {reference.kind}, so readers need the place in it; "
                message += "add 'locator:' with its section or table"
                yield document.problem([*where, "reference"], "missing-locator", message)


def notes(scan: Scan) -> Iterator[Problem]:
    """A value that some evidence contradicts has a note that says why it stands."""
    for document, partnership, field, where in _values(scan):
        value, pieces, note = recorded(partnership, field)
        against = next((piece for piece in pieces if bearing(value, piece) is Bearing.AGAINST), None)
        if against and not note:
            message = f"'{against.reference}' supports '{against.supports}' instead; "
            message += "add 'note:' beside the value, to say why it stands"
            yield document.problem(where, "contested-without-note", message)


def bases(scan: Scan) -> Iterator[Problem]:
    """A value other than unknown has evidence for it."""
    for document, partnership, field, where in _values(scan):
        value, pieces, _ = recorded(partnership, field)
        if value in {None, Status.UNKNOWN.value} or any(bearing(value, e) is Bearing.FOR for e in pieces):
            continue
        instead = "write 'unknown'" if field in {DATE_FIELD, "act", *partnership.coverage} else "leave it out"
        message = f"nothing supports '{value}'; add evidence that does, or {instead}"
        if field in SOURCED_FIELDS and field != DATE_FIELD and partnership.coded_from:
            message += " ('coded_from' does not count here)"
        yield document.problem(where, "value-without-basis", message)


def days(scan: Scan) -> Iterator[Problem]:
    """Nothing is dated later than the latest reference that its file cites."""
    known = _references(scan)
    for path, partnership in scan.all(Partnership).items():
        document = scan.documents[path]
        cited = {str(citation["reference"]) for _, citation in _citations(document.value)}
        if not cited or cited - known.keys():
            continue  # one that is not registered could be the latest
        latest = max((known[name] for name in cited), key=lambda reference: (last_day(reference.date), reference.id))
        for where, day in _dated(partnership):
            if day > last_day(latest.date):
                message = f"this day is later than every reference of the file (the latest is {latest.id} of "
                message += f"{latest.date}); correct it, or cite the source that reports it"
                yield document.problem(where, "later-than-sources", message)


def _references(scan: Scan) -> Mapping[str, Reference]:
    shared = scan.record("references.yaml", ReferencesFile)
    return {reference.id: reference for reference in shared.references} if shared else {}


def _citations(value: object, where: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], dict[str, object]]]:
    """Every mapping that cites a reference, with its place."""
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield where, value
        for key, inner in value.items():
            yield from _citations(inner, (*where, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _citations(inner, (*where, index))


def _values(scan: Scan) -> Iterator[tuple[Document, Partnership, str, tuple[Step, ...]]]:
    """Every value that the file records and that has a grade, with its field and place."""
    for path, partnership in scan.all(Partnership).items():
        for field in fields(partnership):
            if field not in SOURCED_FIELDS or getattr(partnership, field):
                yield scan.documents[path], partnership, field, _place(partnership, field)


def _place(partnership: Partnership, field: str) -> tuple[Step, ...]:
    """Where the value stands; in the short form, a document finds the closest thing around it."""
    if field in SOURCED_FIELDS:
        return (field, "value")
    if field.startswith(GROUP_FIELD):
        groups = [membership.group for membership in partnership.groups]
        return ("groups", groups.index(field.removeprefix(GROUP_FIELD)), "group")
    return ("coverage", field, "status")


def _dated(partnership: Partnership) -> Iterator[tuple[tuple[Step, ...], date]]:
    if partnership.date.value:
        yield (DATE_FIELD, "value"), partnership.date.value
    for index, milestone in enumerate(partnership.milestones):
        first = (milestone.date + "-01-01")[:10]
        yield ("milestones", index, "date"), date.fromisoformat(first)


RULES: Mapping[str, Callable[[Scan], Iterator[Problem]]] = {
    "missing-locator": locators,
    "later-than-sources": days,
    "value-without-basis": bases,
    "contested-without-note": notes,
}
