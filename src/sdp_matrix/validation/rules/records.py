"""Rules on records: what repeats, what is out of order or too late, and what the file of a partnership states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import PurePosixPath

from sdp_matrix.analysis.field import judgements
from sdp_matrix.files.reader import not_allowed
from sdp_matrix.files.scan import Scan
from sdp_matrix.matching import fold, is_slip
from sdp_matrix.model.dataset import TableGroup
from sdp_matrix.model.dates import iso_day
from sdp_matrix.model.partnership import Evidence, GroupMembership, Milestone, OtherTopic, Partnership, Signatory
from sdp_matrix.model.record import PARTIAL_DATE, Entry, Record
from sdp_matrix.model.registers import Edition, Reference, ReferencesFile, Step
from sdp_matrix.model.vocabulary import DATE_FIELD, EU, PLANNED, Act, Basis, Event, Membership, ReferenceKind, Status
from sdp_matrix.text_safety import in_one_line
from sdp_matrix.validation.rules.names import FEW
from sdp_matrix.validation.rules.rule import TABLE, Fault, Faults, File, rule

_SAME: Mapping[type, tuple[str, ...]] = {
    Evidence: ("reference", "locator", "supports"),
    GroupMembership: ("group",),
    Milestone: ("date", "event", "place"),
    OtherTopic: ("topic",),
    TableGroup: ("group",),
    Signatory: ("party", "name"),
}
"""The fields that are equal if two entries of a list are the same; of other records it is the id, or all fields."""


@rule(Record, "groups: [nato-ally] => groups: [nato-ally, ¦nato-ally]")
def repeated_entry(file: File[Record]) -> Faults:
    """An entry is in a list once; a second would count twice, be hidden, or state the contrary of the first."""
    for where, entries in file.scan.contents[file.path].lists:
        first: dict[tuple[object, ...], int] = {}
        for index, entry in enumerate(entries):
            identity = _identity(entry)
            if first.setdefault(identity, index) != index:
                step = ("id",) if isinstance(entry, Entry) else ()
                line = file.scan.documents[file.path].locate((*where, first[identity], *step)).line
                words = ", ".join(str(part) for part in identity if part) if isinstance(entry, Record) else entry
                what = f"'{in_one_line(words)}'" if step or type(entry) in {str, *_SAME} else "entry"
                message = f"duplicate {'id ' if step else ''}{what}, first on line {line}; "
                is_equal = isinstance(entry, str) or entry == entries[first[identity]]
                message += "each entry needs its own" if step else "remove one" if is_equal else "merge the two"
                message += ", or add 'locator' to say where each is" if isinstance(entry, Evidence) else ""
                yield Fault((*where, index, *step), message)


def _identity(entry: object) -> tuple[object, ...]:
    if not isinstance(entry, Record):
        return (fold(entry) if isinstance(entry, str) else entry,)  # an alias in capitals is the same name
    names = ("id",) if isinstance(entry, Entry) else _SAME.get(type(entry)) or type(entry).model_fields
    return tuple(getattr(entry, name) for name in names)


def is_later(day: str, limit: str) -> bool:
    """Return whether a day, month or year is after another one, as far as both are known.

    >>> is_later("2024-05", "2024-04-30"), is_later("2024-05-28", "2024")
    (True, False)
    """
    known = min(len(day), len(limit))
    return day[:known] > limit[:known]


@rule(Record, "- {date: 2024-11-20, event: adopted => - {date: ¦2023-11-20, event: adopted")
def date_order(file: File[Record]) -> Faults:
    """Milestones and steps are in order of date, as people read them; the last step counts as the newest."""
    for where, entries in file.scan.contents[file.path].lists:
        for index, (earlier, later) in enumerate(pairwise(entries), 1):
            if isinstance(earlier, Milestone | Step) and is_later(earlier.date, later.date):
                message = f"{later.date} is before {earlier.date}, the one above it; put them in order of date"
                yield Fault((*where, index, "date"), message)


_EVENTS = list(Event)  # in the order of a negotiation
_TALKS = _EVENTS[_EVENTS.index(Event.NEGOTIATIONS_AUTHORISED) : _EVENTS.index(Event.ADOPTED)]
_BEFORE = {Event.NAMED_PILOT_PARTNER, *_TALKS}  # events on the way to a signature


@rule(Partnership, "{date: 2024-11-20, event: adopted => {date: ¦2025-01-01, event: talks-launched")
def milestone_after_signature(file: File[Partnership]) -> Faults:
    """What leads to a partnership is not later than it."""
    signed = file.record.date.text if file.record.date.value else ""
    for index, milestone in enumerate(file.record.milestones):
        if milestone.event in _BEFORE and signed and is_later(milestone.date, signed):
            message = f"{milestone.event.words} leads to a partnership, but this one is dated {signed}; "
            message += "correct the day or the event"
            yield Fault(("milestones", index, "date"), message)


@rule(Scan, "{date: 2024-11-20, event: adopted => {date: ¦2026-11-20, event: adopted", stage=TABLE)
def later_than_sources(scan: Scan) -> Faults:
    """What a source reports is not later than the source; only a treaty announces the day from which it is in force."""
    known = references(scan)
    for path, citations in scan.links("reference").items():
        partnership = scan.record(path, Partnership)
        for citation in (link for link in citations if link.where[-1] == "reference" and link.id in known):
            values, place, reference = vars(citation.holder), citation.where[:-1], known[citation.id]
            if partnership and values.get("supports") == Membership.MEMBER:
                # a member since a day is one on that day
                values, place = vars(partnership.groups[int(place[1])]), place[:2]
            for key in ("date", "since", "supports", "as_of"):
                day = str(values.get(key, ""))
                announces = key == "since" and reference.kind is ReferenceKind.TREATY
                if not announces and re.match(PARTIAL_DATE, day) and is_later(day, reference.date):
                    message = f"{day} is later than its source, {citation.id} of {reference.date}; "
                    yield Fault((*place, key), message + "correct it, or cite the source that reports it", path)


@rule(Scan, "references.yaml: kind: news⏎    date: 2024-05-28⏎ => kind: news⏎    date: ¦2114-05-28⏎")
def later_than_edition(scan: Scan) -> Faults:
    """Nothing is dated later than the edition of the data."""
    if not (edition := scan.record("dataset.yaml", Edition)):
        return
    dates = [(path, where, day) for path, inside in scan.contents.items() for where, day in reversed(inside.dates)]
    late = [(path, where, day) for path, where, day in dates if is_later(day, str(edition.date))]
    if len({path for path, *_ in late}) > FEW:
        message = f"several files have a later date, such as {late[0][2]}; correct this day"
        yield Fault(("date",), message, "dataset.yaml")
        return
    for path, where, day in late:
        message = f"{day} is later than the edition, which is dated {edition.date}; correct one of the two"
        yield Fault(where, message, path)


def references(scan: Scan) -> Mapping[str, Reference]:
    """Return the registered references by their ids."""
    shared = scan.record("references.yaml", ReferencesFile)
    return {reference.id: reference for reference in shared.references} if shared else {}


_LONG = {ReferenceKind.BRIEFING, ReferenceKind.PAPER}  # readers need a section or table to find the place


@rule(Scan, "headings: {reference: briefing, locator: Albania, => headings: {reference: ¦briefing,")
def missing_locator(scan: Scan) -> Faults:
    """A citation of a briefing or paper gives the place in it, because nobody reads thirty pages for one mark."""
    long = {name: reference.kind for name, reference in references(scan).items() if reference.kind in _LONG}
    for path, citations in scan.links("reference").items():
        for citation in citations:  # below: a link such as `follows` has no field for a locator
            if citation.id in long and not getattr(citation.holder, "locator", citation.id):
                message = f"'{citation.id}' is a {long[citation.id]}, so readers need the place in it; "
                message += "add 'locator:' with its section or table"
                yield Fault(citation.where, message, path)


@rule(Partnership, "- {party: Albania, name: Igli => - {party: ¦Albanya, name: Igli")
def party(file: File[Partnership]) -> Faults:
    """A signatory signs for the EU or for the partner, under any name that the file gives it."""
    name, aliases = file.record.name, {*file.record.aliases}
    own = {person.party for person in file.record.signatories} - {EU}
    if own <= {name}:
        return
    names = set(map(fold, (name, *aliases)))
    is_renamed = len(own) == 1 and fold(*own) == fold(PurePosixPath(file.path).stem) != fold(name)
    if is_renamed and fold(*own) not in names:
        message = f"the name is '{in_one_line(name)}' here, but '{in_one_line(*own)}' signs below; write it alike, "
        yield Fault(("name",), message + "or add the former name to the aliases")
        return
    for index, person in enumerate(file.record.signatories):
        if person.party not in {EU, name} and fold(person.party) not in names:
            message = f"'{in_one_line(person.party)}' is not a party; write "
            is_eu = fold(person.party) in {"ue", "european union", "union europeenne", "european commission", "eeas"}
            message += "EU" if is_eu else f"EU or {in_one_line(name)}, or add it to the aliases of the partner"
            yield Fault(("signatories", index, "party"), message)


_EU_SIGNS = "  - {party: EU, name: Kaja Kallas, office: High Representative, reference: news-albania}"


@rule(Partnership, f"signatories:⏎{_EU_SIGNS}⏎ => ¦signatories:⏎")
def eu_signatory(file: File[Partnership]) -> Faults:
    """The EU signs every partnership; signatories without one for the EU are incomplete."""
    parties = {person.party for person in file.record.signatories}
    own_names = map(fold, (file.record.name, *file.record.aliases))
    if parties and EU not in parties and {*map(fold, parties)} <= {*own_names}:
        message = "nobody signs for the EU; add a signatory with 'party: EU', named 'not established' if need be"
        yield Fault(("signatories",), message, key=True)


@rule(Partnership, "name: Kaja Kallas, office: High => name: not established, note: No report does., office: ¦High")
def unnamed_signatory(file: File[Partnership]) -> Faults:
    """If no source names a person, no office is given, and a note says what was looked at; else it seems known who signed."""
    for index, person in enumerate(file.record.signatories):
        if not person.established and (person.office or not person.note):
            key, remedy = ("office", "remove the office") if person.office else ("name", "add 'note:' on what was read")
            yield Fault(("signatories", index, key), f"no source names a person; {remedy}, or name the person")


@rule(Partnership, "basis: report, count: 2, => basis: report, count: ¦1,")
def headings(file: File[Partnership]) -> Faults:
    """Headings are a list, or their number alone if the basis is a count; a list may be shorter than the number."""
    listed = file.record.headings
    if listed is None:
        return
    if listed.basis is Basis.COUNT and (listed.items or not listed.count):
        message = "if the basis is a count, there is a 'count:' and no list; correct the basis, or the rest"
        yield Fault(("headings", "basis"), message)
    elif listed.basis is not Basis.COUNT and not listed.items:
        message = "there is no list; write 'items:', or 'basis: count' if only the number is known"
        yield Fault(("headings", "basis"), message)
    elif listed.count is not None and listed.count < len(listed.items):
        message = f"the list has {len(listed.items)} headings, more than {listed.count}; correct one of the two"
        yield Fault(("headings", "count"), message)


_SUPPORTED = {"coverage": (*Status, PLANNED), "groups": (*Membership, PLANNED), "act": (*Act, PLANNED)}
"""What evidence may support for a cell, a membership and the act."""


@rule(
    Partnership, "cyber: covered => cyber: {status: covered, evidence: [{reference: news-albania, supports: ¦maybe}]}"
)
def evidence_kind(file: File[Partnership]) -> Faults:
    """Evidence supports a value of the kind of its field; anything else supports nothing and is not counted."""
    for _, where, value, ours in judgements(file.record):
        kind = str(where[0])
        words: tuple[str, ...] = _SUPPORTED.get(kind, ())
        for index, piece in enumerate(ours.evidence):
            message = ""
            if words and piece.supports not in words:
                message = not_allowed(in_one_line(piece.supports), [*words])
            elif kind == DATE_FIELD and not iso_day(piece.supports):
                message = f"'{in_one_line(piece.supports)}' is not a day, so it supports no date; write YYYY-MM-DD"
            elif kind in {"place", "occasion"} and not ours.note and is_slip(fold(piece.supports), fold(value)):
                message = f"the value is '{in_one_line(value)}', and evidence has '{in_one_line(piece.supports)}'; "
                message += "correct the one that is misspelt"
            if message:  # if all evidence of a place has one spelling, the value is misspelt
                spellings = {fold(other.supports) for other in ours.evidence} if kind in {"place", "occasion"} else ()
                is_value = len(ours.evidence) > len(spellings) == 1
                yield Fault((*where, "value") if is_value else (*where, "evidence", index, "supports"), message)
