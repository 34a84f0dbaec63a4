"""Rules on evidence: what each value rests on, where readers find it, and that no source tells of its own future."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sdp_matrix.analysis.grading import stance
from sdp_matrix.files.scan import Scan
from sdp_matrix.model.dates import last_day
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Reference, ReferencesFile
from sdp_matrix.model.vocabulary import DATE_FIELD, Stance, Status
from sdp_matrix.problem import Problem, Step
from sdp_matrix.validation.rules.places import Value, values
from sdp_matrix.validation.rules.published_table import READABLE_TABLE, printed
from sdp_matrix.validation.rules.rule import Example, Rule

_ALBANIA = "partnerships/albania.yaml"
_AGAINST = "{status: ¦covered, evidence: [{reference: news-albania, supports: not-covered}]}"

RULES = (
    Rule(
        "missing-locator",
        "A citation of a briefing or paper says where in it, because nobody reads thirty pages for one mark.",
        Example(_ALBANIA, "headings: {reference: briefing, locator: Albania,", "headings: {reference: ¦briefing,"),
    ),
    Rule(
        "later-than-sources",
        "Nothing is dated later than the latest reference that its file cites.",
        Example(_ALBANIA, "{date: 2024-11-20, event: adopted", "{date: ¦2027-11-20, event: adopted"),
    ),
    Rule(
        "value-without-basis",
        "A value other than unknown has a witness: evidence for it, or what the published table prints.",
        Example(
            _ALBANIA, "act: {value: signed, evidence: [{reference: news-albania, supports: signed}]}", "act: ¦signed"
        ),
        requires=READABLE_TABLE,
        requires_within=("evidence-kind", "unknown-area"),
    ),
    Rule(
        "contested-without-note",
        "A value that some evidence contradicts says why it stands.",
        Example(_ALBANIA, "  cyber: covered", f"  cyber: {_AGAINST}"),
        requires_within=("evidence-kind",),
    ),
)


def _locators(scan: Scan) -> Iterator[Problem]:
    known = _references(scan)
    for path in scan.links:
        for where, _, cited, holder, _ in scan.citations(path):
            reference = known.get(cited)
            if reference and reference.kind.long and not getattr(holder, "locator", reference):
                message = f"'{reference.id}' is a {reference.kind}, so readers need the place in it; "
                message += "add 'locator:' with its section or table"
                yield scan.documents[path].problem(where, "missing-locator", message)


def _support(scan: Scan) -> Iterator[Problem]:
    on_record = printed(scan)
    for value in values(scan):
        # Of a value that is not the printed one, what is asked for is the reason.
        if on_record and (value.partnership.id, value.field) not in on_record:
            yield from _without_basis(value)
        if value.held.evidence:
            yield from _contested(value)


def _without_basis(value: Value) -> Iterator[Problem]:
    held = value.held
    if held.value in {None, Status.UNKNOWN.value} or any(stance(held.value, p) is Stance.FOR for p in held.evidence):
        return
    instead = "write 'unknown'" if value.field in {DATE_FIELD, "act", *value.partnership.coverage} else "leave it out"
    message = f"nothing supports '{held.value}'; add evidence that does, or {instead}"
    yield value.document.problem(value.where, "value-without-basis", message)


def _contested(value: Value) -> Iterator[Problem]:
    held = value.held
    against = next((piece for piece in held.evidence if stance(held.value, piece) is Stance.AGAINST), None)
    if against and not held.note and not held.departure:
        message = f"'{against.reference}' supports '{against.supports}' instead; "
        message += "add 'note:' beside the value, to say why it stands"
        yield value.document.problem(value.where, "contested-without-note", message)


def _days(scan: Scan) -> Iterator[Problem]:
    known = _references(scan)
    for path, partnership in scan.all(Partnership).items():
        document, named = scan.documents[path], {citation.id for citation in scan.citations(path)}
        if not named or named - known.keys():
            continue  # one that is not registered could be the latest
        latest = max((known[name] for name in named), key=lambda reference: (last_day(reference.date), reference.id))
        for where, day in _dated(partnership):
            if day > last_day(latest.date):
                message = f"this day is later than every reference of the file (the latest is {latest.id} of "
                message += f"{latest.date}); correct it, or cite the source that reports it"
                yield document.problem(where, "later-than-sources", message)


def _references(scan: Scan) -> Mapping[str, Reference]:
    shared = scan.record("references.yaml", ReferencesFile)
    return {reference.id: reference for reference in shared.references} if shared else {}


def _dated(partnership: Partnership) -> Iterator[tuple[tuple[Step, ...], date]]:
    if partnership.date.value:
        yield (DATE_FIELD, "value"), partnership.date.value
    for index, milestone in enumerate(partnership.milestones):
        first = (milestone.date + "-01-01")[:10]
        yield ("milestones", index, "date"), date.fromisoformat(first)


CHECKS = (_locators, _days, _support)
