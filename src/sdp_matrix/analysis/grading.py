"""Grade how well each value is supported, explain it by its evidence, and list what a reference supports.

Grades are derived and never stored. What the published table prints is evidence, read from the transcription alone, so
that nobody changes the testimony of the table by changing a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sdp_matrix.analysis.field import Field, all_fields, field_name, fields
from sdp_matrix.analysis.result import Listing, Result
from sdp_matrix.analysis.scope import each, select
from sdp_matrix.analysis.selection import Names, Partners, Selection, names_in, selection_of
from sdp_matrix.errors import RequestError, UnknownNameError
from sdp_matrix.model.dataset import Dataset, Voice
from sdp_matrix.model.dates import in_words
from sdp_matrix.model.partnership import Evidence, Headings, Mechanism, Milestone, OtherTopic, Partnership, Title
from sdp_matrix.model.record import Record, contents
from sdp_matrix.model.registers import Group, Prospect, Reference, Statement, Step
from sdp_matrix.model.vocabulary import PLANNED, SIGNATORIES_FIELD, UNKNOWN, Grade, Stance, Standing

N = TypeVar("N", bound=Names)

_INDEPENDENT = 2  # origins that are not weak corroborate a value


@dataclass(frozen=True, repr=False)
class Explanation(Result):
    """A value of a partnership with the evidence for and against it."""

    partnership: Partnership
    field: str
    value: str | None
    grade: Grade
    evidence: tuple[Evidence, ...]
    """What the published table prints comes first."""
    origins: tuple[str, ...]
    """The origins that support the value; none for signatories."""
    independent: frozenset[str]
    """Those of them that are not weak; the grade counts these."""
    standings: tuple[Standing, ...]
    """The standings of the references that support it, the best first."""
    note: str | None = None
    printed: str | None = None
    """What the published table prints; None if it prints nothing on the field."""
    departure: str | None = None

    @property
    def departs(self) -> bool:
        """Return whether the published table prints another value."""
        return self.printed is not None and self.printed != self.value


def grade(dataset: Dataset, partnership: Partnership, field: str) -> Grade:
    """Grade a value by its evidence; raises `RequestError` for a field that the partnership does not have."""
    return explain_field(dataset, partnership, field).grade


def explain_field(dataset: Dataset, partnership: Partnership, field: str) -> Explanation:
    """Explain a value; raises `RequestError` for a field that the partnership does not have."""
    value, recorded, note, departure = Field(field).value(partnership)
    printed = dataset.printed.get((partnership.id, field))
    pieces = ((dataset.table.testimony(printed),) if printed else ()) + recorded  # the table is a witness like others
    of_people = field == SIGNATORIES_FIELD
    voices = [] if of_people else supporters(value, pieces, dataset.voices)
    return Explanation(
        partnership=partnership,
        field=field,
        value=value,
        grade=_grade_of_signatories(partnership) if of_people else derive(value, pieces, dataset.voices),
        evidence=pieces,
        origins=tuple(dict.fromkeys(voice.origin for voice in voices)),
        independent=_sound(voices),
        standings=tuple(s for s in Standing if any(voice.standing is s for voice in voices)),
        note=note,
        printed=printed,
        departure=departure,
        dataset=dataset,
    )


def explain(dataset: Dataset, partner: str, field: str) -> Explanation:
    """Explain a value: its grade and all its evidence; partner and field may come in either order.

    A field is an area, `date`, `act`, `place`, `occasion`, `signatories` or `group:` with the name of a group.

    >>> explanation = load().explain("albania", "date")
    >>> str(explanation.grade), explanation.origins
    ('contested', ('European Parliamentary Research Service', 'Anadolu', 'Gazeta Tema'))
    """
    partner, field = _partner_first(dataset, partner, field)
    return explain_field(dataset, dataset.partner(partner), field_name(dataset, field))


def _partner_first(dataset: Dataset, partner: N, field: N) -> tuple[N, N]:
    """Return a partner and a field in this order: people write them in either."""

    def is_partner(names: Names) -> bool:
        try:
            return bool(select(dataset, Selection(partners=names_in(names), everyone=True)))
        except UnknownNameError:  # a field, or a spelling mistake, which is reported below
            return False

    return (field, partner) if not is_partner(partner) and is_partner(field) else (partner, field)


def explanations(dataset: Dataset, partners: Names, fields: Names | None = None) -> Listing[Explanation]:
    """Explain the values of partners, named as in `Selection`, in some fields, else in all they have; in either order.

    >>> [(value.partnership.id, str(value.value)) for value in load().explanations("efta", "consular,date")]
    [('norway', 'covered'), ('norway', '2024-05-28'), ('iceland', 'unknown'), ('iceland', '2026-03-18')]
    """
    if fields is not None:
        partners, fields = _partner_first(dataset, partners, fields)
    scope = select(dataset, Selection(partners=names_in(partners), everyone=True))
    wanted = tuple(dict.fromkeys(each(lambda name: field_name(dataset, name), () if fields is None else fields)))
    values = tuple(
        explain_field(dataset, p, field)
        for p in scope.partnerships
        for field in (wanted or all_fields(p))
        # a list leaves out the fields that a partner does not have; a single one is an error
        if field in all_fields(p) or len(scope.partnerships) == len(wanted) == 1
    )
    if not values:
        raise RequestError("nothing is recorded on these partners in that field; name another field")
    return Listing(values, question="explanations", dataset=dataset, scope=scope)


def contested(dataset: Dataset, *partners: Partners) -> Listing[Explanation]:
    """List the values that some evidence, or the published table, contradicts: of the partners selected, else of all.

    >>> [value.field for value in load().contested("albania")]
    ['date', 'peace-crisis-management']
    """
    scope = select(dataset, selection_of(*partners, everyone=True))
    by_date = sorted(scope.partnerships, key=lambda partnership: partnership.order_key)
    values = (explain_field(dataset, p, field) for p in by_date for field in fields(p))
    return Listing(tuple(filter(_is_disputed, values)), question="contested", dataset=dataset, scope=scope)


def _is_disputed(explained: Explanation) -> bool:
    """Return whether a value is contested, or unknown although sources contradict each other or Table 1 prints one."""
    supported = {_plain(e.supports) for e in explained.evidence if e.supports not in {PLANNED, UNKNOWN}}
    return explained.grade is Grade.CONTESTED or explained.departs or len(supported) > 1


def derive(value: str | None, evidence: Sequence[Evidence], voices: Mapping[str, Voice]) -> Grade:
    """Derive the grade of a value: contested if anything contradicts it, else by who supports it."""
    if value in {None, UNKNOWN}:
        return Grade.UNKNOWN
    if any(stance(value, e) is Stance.AGAINST for e in evidence):  # first: no support outweighs a contradiction
        return Grade.CONTESTED
    voices_for = supporters(value, evidence, voices)
    if any(voice.standing is Standing.TEXT for voice in voices_for):
        return Grade.FROM_TEXT
    if len(_sound(voices_for)) >= _INDEPENDENT:
        return Grade.CORROBORATED
    return Grade.SINGLE_SOURCE if voices_for else Grade.UNKNOWN


def _sound(voices: Iterable[Voice]) -> frozenset[str]:
    """Return the origins that are not weak; references of the same origin count once."""
    return frozenset(voice.origin for voice in voices if voice.standing is not Standing.WEAK)


def supporters(value: str | None, evidence: Iterable[Evidence], voices: Mapping[str, Voice]) -> list[Voice]:
    """Return the origins and standings that support a value, in the order of the evidence."""
    return [voices[e.reference] for e in evidence if stance(value, e) is Stance.FOR]


def stance(value: str | None, evidence: Evidence) -> Stance:
    """Return whether a piece of evidence is for a value or against it."""
    if evidence.supports in {PLANNED, UNKNOWN}:  # the parties may have dropped a plan before they signed
        return Stance.NEITHER
    is_same = evidence.supports == value or _plain(evidence.supports) == _plain(value or "")
    return Stance.FOR if is_same else Stance.AGAINST


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())  # people type places and occasions


def _grade_of_signatories(partnership: Partnership) -> Grade:
    signatories = partnership.signatories  # each has a single reference, so they are never corroborated
    return Grade.SINGLE_SOURCE if signatories and all(s.established for s in signatories) else Grade.UNKNOWN


@dataclass(frozen=True)
class Testimony:
    """A piece of evidence with the value that it is about."""

    partnership: Partnership
    field: str
    value: str | None
    evidence: Evidence
    stance: Stance


def testimony(dataset: Dataset, reference: str) -> Listing[Testimony]:
    """List every value that a reference supports, contradicts or leaves open.

    >>> [item.field for item in load().testimony("eeas-albania-2024") if item.stance == "against"]
    ['peace-crisis-management']
    """
    cited = dataset.reference(reference)
    items = []
    for p in dataset.everyone:
        for field in all_fields(p):
            explanation = explain_field(dataset, p, field)
            for piece in explanation.evidence:
                if piece.reference == cited.id:
                    # the value lists all who signed, a piece of evidence is about one of them
                    value = piece.supports if field == SIGNATORIES_FIELD else explanation.value
                    items.append(Testimony(p, field, explanation.value, piece, stance(value, piece)))
    return Listing(tuple(items), question="testimony", subject=cited, dataset=dataset)


@dataclass(frozen=True)
class Mention:
    """What a reference is cited for besides values with a grade."""

    kind: str
    """title, milestone, mechanism, topic, headings, group, prospect, statement or reference, which follows this one."""
    id: str  # of the partner, group, prospect, statement or reference
    name: str
    words: str


_MENTIONS: Mapping[type[Record], tuple[str, Callable[[Any], str]]] = {
    Title: ("title", lambda _: "official title"),
    Milestone: ("milestone", lambda milestone: f"{milestone.event.words}, {in_words(milestone.date)}"),
    Mechanism: ("mechanism", lambda mechanism: f"{mechanism.kind.words}, {mechanism.status.words}"),
    OtherTopic: ("topic", lambda other: f"topic without a row: {other.topic.words}"),
    Headings: ("headings", lambda _: "headings of the text"),
    Group: ("group", lambda _: "group"),
    Step: ("prospect", lambda step: f"{step.stage.words}, {in_words(step.date)}"),
    Statement: ("statement", lambda statement: statement.paraphrase),
    Reference: ("reference", lambda reference: f"{reference.id} follows it"),
}
"""Of each record that cites a reference without a grade: what it is called, and its words."""


def mentions(dataset: Dataset, name: str) -> tuple[Mention, ...]:
    """Return what a reference is cited for besides values with a grade."""
    cited = dataset.reference(name).id
    citing: list[tuple[Partnership | Prospect | Group | Statement | Reference, str]] = [
        *((partnership, partnership.name) for partnership in dataset.everyone),
        *((group, group.title) for group in dataset.groups),
        *((prospect, prospect.name) for prospect in dataset.prospects),
        *((statement, "Statement") for statement in dataset.statements),
        *((reference, "Reference") for reference in dataset.references),
    ]
    return tuple(
        Mention(kind, record.id, title, words(link.holder))
        for record, title in citing
        for link in contents(record).links["reference"]
        if link.id == cited and type(link.holder) in _MENTIONS
        for kind, words in [_MENTIONS[type(link.holder)]]
    )
