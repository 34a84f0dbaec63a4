"""Rules on one partnership: signatories, groups, milestones, headings, and the evidence of each value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath

from sdp_matrix.files.reader import not_allowed
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold
from sdp_matrix.model.dates import iso_day, last_day
from sdp_matrix.model.partnership import Evidence, Partnership
from sdp_matrix.model.record import Record
from sdp_matrix.model.registers import Reference, ReferencesFile
from sdp_matrix.model.vocabulary import DATE_FIELD, EU, PLANNED, Act, Basis, Event, Membership, Status
from sdp_matrix.problem import Step
from sdp_matrix.text_safety import in_one_line
from sdp_matrix.validation.rules.rule import Fault, Faults, File, rule

_LAST_MILESTONE = "  - {date: 2024-11-20, event: adopted, reference: relay-albania}\n"
_EU_SIGNED = "  - {party: EU, name: Kaja Kallas, office: High Representative, reference: news-albania}\n"


@rule(Partnership, "  - {party: Albania, name: Igli", "  - {party: ¦Albanya, name: Igli")
def party(file: File[Partnership]) -> Faults:
    """A signatory signs for the EU or for the partner, under any name that the file gives it."""
    name = file.record.name
    own = {person.party for person in file.record.signatories} - {EU}
    is_renamed = len(own) == 1 and fold(*own) == fold(PurePosixPath(file.path).stem) != fold(name)
    if is_renamed and not own & {*file.record.aliases}:
        message = f"the name is '{in_one_line(name)}' here, but '{in_one_line(*own)}' signs below; write it alike"
        yield Fault(("name",), message)
        return
    for index, person in enumerate(file.record.signatories):
        if person.party not in {EU, name, *file.record.aliases}:
            message = f"'{in_one_line(person.party)}' is not a party; write EU or {in_one_line(name)}"
            yield Fault(("signatories", index, "party"), message)


@rule(Partnership, "signatories:\n" + _EU_SIGNED, "¦signatories:\n")
def eu_signatory(file: File[Partnership]) -> Faults:
    """The EU signs every partnership; signatories without one for the EU are incomplete."""
    parties = {person.party for person in file.record.signatories}
    if parties and parties <= {file.record.name, *file.record.aliases}:
        message = "nobody signs for the EU; add a signatory with 'party: EU', named 'not established' if need be"
        yield Fault(("signatories",), message, key=True)


@rule(Partnership, _EU_SIGNED, _EU_SIGNED + _EU_SIGNED.replace("- ", "- ¦"))
def repeated_signatory(file: File[Partnership]) -> Faults:
    """A person signs once for a party."""
    people = [(person.party, person.name) for person in file.record.signatories]
    for index, (_, name) in enumerate(people):
        if people[index] in people[:index]:
            message = f"duplicate signatory {in_one_line(name)} for this party; remove one"
            yield Fault(("signatories", index), message)


@rule(Partnership, "name: Kaja Kallas, office: High", "name: not established, office: ¦High")
def office_of_nobody(file: File[Partnership]) -> Faults:
    """Where no source names a person, no office is given: it would seem to be known who signed."""
    for index, person in enumerate(file.record.signatories):
        if not person.established and person.office:
            message = "no person is named, so no office can be known; remove the office, or name the person"
            yield Fault(("signatories", index, "office"), message)


@rule(Partnership, "groups: [nato-ally]", "groups: [nato-ally, ¦nato-ally]")
def repeated_group(file: File[Partnership]) -> Faults:
    """A group stands once; of two memberships one may say the contrary of the other."""
    first: dict[str, Membership] = {}
    for index, membership in enumerate(file.record.groups):
        if first.setdefault(membership.group, membership.status) is not membership.status:
            message = f"the group '{membership.group}' is above already, and says the contrary; remove one"
            yield Fault(("groups", index), message)
        elif any(membership.group == other.group for other in file.record.groups[:index]):
            yield Fault(("groups", index), f"the group '{membership.group}' is above already; remove one")


@rule(Partnership, _LAST_MILESTONE, _LAST_MILESTONE.replace("2024-11-20", "¦2023-11-20"))
def milestone_order(file: File[Partnership]) -> Faults:
    """Milestones stand in order of date, as people read them."""
    yield from out_of_order([milestone.date for milestone in file.record.milestones], "milestones")


def out_of_order(days: Sequence[str], *where: Step) -> Faults:
    """Yield each day, month or year of a list that is before the one above it."""
    for index, (earlier, later) in enumerate(pairwise(days), 1):
        length = min(len(earlier), len(later))
        if later[:length] < earlier[:length]:
            message = f"{later} is before {earlier}, the one above it; put them in order of date"
            yield Fault((*where, index, "date"), message)


@rule(Partnership, _LAST_MILESTONE, _LAST_MILESTONE + _LAST_MILESTONE.replace("- ", "- ¦"))
def repeated_milestone(file: File[Partnership]) -> Faults:
    """A milestone stands once."""
    milestones = [(milestone.date, milestone.event, milestone.place) for milestone in file.record.milestones]
    for index, (day, event, _) in enumerate(milestones):
        if milestones[index] in milestones[:index]:
            yield Fault(("milestones", index), f"duplicate milestone: {event.words} on {day}; remove one")


_BEFORE = {
    Event.NAMED_PILOT_PARTNER,
    Event.NEGOTIATIONS_AUTHORISED,
    Event.TALKS_ANNOUNCED,
    Event.TALKS_LAUNCHED,
    Event.INTEREST_CONFIRMED,
    Event.NEGOTIATIONS_CONFIRMED,
    Event.TALKS_CONCLUDED,
    Event.AGREEMENT_ANNOUNCED,
    Event.SIGNING_ANNOUNCED,
}
"""Events on the way to a signature."""


@rule(Partnership, _LAST_MILESTONE, "  - {date: ¦2025-01-01, event: talks-launched, reference: news-albania}\n")
def milestone_after_signature(file: File[Partnership]) -> Faults:
    """What leads to a partnership is not later than it."""
    signed = file.record.date.text if file.record.date.value else ""
    for index, milestone in enumerate(file.record.milestones):
        if milestone.event in _BEFORE and signed and milestone.date > signed[: len(milestone.date)]:
            message = f"{milestone.event.words} leads to a partnership, but this one is of {signed}; "
            message += "correct the day or the event"
            yield Fault(("milestones", index, "date"), message)


@rule(Partnership, "basis: report, count: 2,", "basis: report, count: ¦1,")
def headings(file: File[Partnership]) -> Faults:
    """Headings are a list, or their number alone where the basis is a count; a list may be shorter than the number."""
    listed = file.record.headings
    if listed is None:
        return
    if listed.basis is Basis.COUNT and (listed.items or not listed.count):
        message = "where the basis is a count there is a 'count:' and no list; correct the basis, or the rest"
        yield Fault(("headings", "basis"), message)
    elif listed.basis is not Basis.COUNT and not listed.items:
        message = "there is no list; write 'items:', or 'basis: count' where only the number is known"
        yield Fault(("headings", "basis"), message)
    elif listed.count is not None and listed.count < len(listed.items):
        message = f"the list has {len(listed.items)} headings, more than {listed.count}; correct one of the two"
        yield Fault(("headings", "count"), message)


@rule(
    Partnership,
    "  cyber: covered",
    "  cyber: {status: covered, evidence: [{reference: news-albania, supports: ¦maybe}]}",
)
def evidence_kind(file: File[Partnership]) -> Faults:
    """Evidence supports a value of the kind of its field; anything else supports nothing and is not counted."""
    for where, pieces, words in _evidence(file.record):
        for index, piece in enumerate(pieces):
            place = (*where, "evidence", index, "supports")
            if words is None and not iso_day(piece.supports):
                message = f"'{in_one_line(piece.supports)}' is not a day, so it supports no date; write YYYY-MM-DD"
                yield Fault(place, message)
            elif words and piece.supports not in words:
                message = not_allowed(in_one_line(piece.supports), [*words]) + "; else it supports nothing"
                yield Fault(place, message)


_Pieces = tuple[tuple[Step, ...], Sequence[Evidence], Sequence[str] | None]


def _evidence(partner: Partnership) -> Iterator[_Pieces]:
    """Yield the evidence of each value, with its place and the words it may support: None for a day, none for a text."""
    for area, coverage in partner.coverage.items():
        yield ("coverage", area), coverage.evidence, [*map(str, Status), PLANNED]
    for index, membership in enumerate(partner.groups):
        yield ("groups", index), membership.evidence, [*map(str, Membership), PLANNED]
    yield ("act",), partner.act.evidence, [*map(str, Act), PLANNED]
    yield (DATE_FIELD,), partner.date.evidence, None
    for field in ("place", "occasion"):
        if sourced := getattr(partner, field):
            yield (field,), sourced.evidence, ()


@rule(
    Partnership,
    "  cyber: covered",
    "  cyber:\n    status: covered\n    evidence:\n"
    "      - {reference: news-albania, supports: covered}\n"
    "      - ¦{reference: news-albania, supports: covered}",
)
def repeated_evidence(file: File[Partnership]) -> Faults:
    """A piece of evidence stands once under a value; two would look like more support."""
    for where, pieces, _ in _evidence(file.record):
        whole = [(piece.reference, piece.locator, piece.supports) for piece in pieces]
        for index, piece in enumerate(whole):
            if piece in whole[:index]:
                message = "duplicate evidence; remove one, or say with 'locator' where each is found"
                yield Fault((*where, "evidence", index), message)


@rule(
    Record,
    "headings: {reference: briefing, locator: Albania,",
    "headings: {reference: ¦briefing,",
    file="partnerships/albania.yaml",
)
def missing_locator(file: File[Record]) -> Faults:
    """A citation of a briefing or paper says where in it, because nobody reads thirty pages for one mark."""
    known = _references(file.scan)
    for citation in file.scan.citations(file.path):
        reference = known.get(citation.id)
        if reference and reference.kind.is_long and not getattr(citation.holder, "locator", reference):
            message = f"'{reference.id}' is a {reference.kind}, so readers need the place in it; "
            message += "add 'locator:' with its section or table"
            yield Fault(citation.where, message)


def _references(scan: Scan) -> Mapping[str, Reference]:
    shared = scan.record("references.yaml", ReferencesFile)
    return {reference.id: reference for reference in shared.references} if shared else {}


@rule(Partnership, "{date: 2024-11-20, event: adopted", "{date: ¦2027-11-20, event: adopted")
def later_than_sources(file: File[Partnership]) -> Faults:
    """Nothing is dated later than the latest reference that its file cites."""
    known, cited = _references(file.scan), {citation.id for citation in file.scan.citations(file.path)}
    if not cited or cited - known.keys():
        return  # one that is not registered could be the latest
    latest = max((known[name] for name in cited), key=lambda reference: (last_day(reference.date), reference.id))
    for where, day in _dated(file.record):
        if day > last_day(latest.date):
            message = f"this day is later than every reference of the file (the latest is {latest.id} of "
            message += f"{latest.date}); correct it, or cite the source that reports it"
            yield Fault(where, message)


def _dated(partnership: Partnership) -> Iterator[tuple[tuple[Step, ...], date]]:
    if partnership.date.value:
        yield (DATE_FIELD, "value"), partnership.date.value
    for index, milestone in enumerate(partnership.milestones):
        yield ("milestones", index, "date"), date.fromisoformat((milestone.date + "-01-01")[:10])
