"""How well each value is supported: its evidence, gathered, and the grade that follows from it.

A field is named by the id of an area, by `date`, `act`, `place`, `occasion` or `signatories`, or by `group:` and the
id of a group. Nobody types a grade: it is derived each time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sdp_matrix.analysis.selection import split
from sdp_matrix.errors import BadRequest, UnknownName
from sdp_matrix.model.vocabulary import (
    DATE_FIELD,
    GROUP_FIELD,
    PLANNED,
    SIGNATORIES_FIELD,
    SOURCED_FIELDS,
    Bearing,
    Grade,
    Membership,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Coverage, Evidence, GroupMembership, Partnership, Sourced
    from sdp_matrix.model.published_table import Departure

_NEUTRAL = {PLANNED, Status.UNKNOWN.value}
"""What is neither for nor against a value."""

_INDEPENDENT = 2
"""So many publishers corroborate a value."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One value of a partnership with everything that speaks for and against it."""

    partnership: Partnership
    field: str
    value: str | None
    """None where the file records nothing."""
    grade: Grade
    evidence: tuple[Evidence, ...]
    """The source of the whole coding first, where it counts."""
    publishers: tuple[str, ...]
    """The independent ones that support the value; none for signatories, of whom each has one reference."""
    note: str | None = None
    """Why this value."""
    departure: Departure | None = None
    """What the published table prints, where that is another value."""


class Recorded(NamedTuple):
    """What a file says on one field."""

    value: str | None = None
    evidence: tuple[Evidence, ...] = ()
    """The source of the whole coding first, where it counts."""
    note: str | None = None


def support(dataset: Dataset, partnership: Partnership, field: str) -> tuple[Evidence, ...]:  # noqa: ARG001 - as `grade`
    """Gather all evidence of a field; the source of the whole coding comes first, where it counts.

    It counts for the date, the groups and every status but unknown, unless the value itself cites that reference.
    Raises `BadRequest` for a field that the partnership does not have.
    """
    return recorded(partnership, field).evidence


def grade(dataset: Dataset, partnership: Partnership, field: str) -> Grade:
    """Grade a value by its evidence; raises `BadRequest` for a field that the partnership does not have."""
    return explain(dataset, partnership, field).grade


def explain(dataset: Dataset, partnership: Partnership, field: str) -> Explanation:
    """Explain a value; raises `BadRequest` for a field that the partnership does not have."""
    value, pieces, note = recorded(partnership, field)
    of_people = field == SIGNATORIES_FIELD
    return Explanation(
        partnership=partnership,
        field=field,
        value=value,
        grade=_grade_of_signatories(partnership) if of_people else derive(value, pieces, dataset.publishers),
        evidence=pieces,
        publishers=() if of_people else supporters(value, pieces, dataset.publishers),
        note=note,
        departure=_departure(dataset, partnership, field),
    )


def explain_all(
    dataset: Dataset, partnerships: Sequence[Partnership], wanted: Sequence[str] = ()
) -> tuple[Explanation, ...]:
    """Explain the fields that are wanted, else all, of partnerships, as far as each has them.

    Raises `BadRequest` where one partnership alone does not have the field, or none of several has one.
    """
    if len(partnerships) == len(wanted) == 1:
        return (explain(dataset, partnerships[0], wanted[0]),)
    found = tuple(
        explain(dataset, p, field)
        for p in partnerships
        for field in (wanted or (*fields(p), SIGNATORIES_FIELD))
        if field in {*fields(p), SIGNATORIES_FIELD}
    )
    if not found:
        raise BadRequest("nothing is recorded on these partners in that field; name another field")
    return found


def contested(dataset: Dataset) -> tuple[Explanation, ...]:
    """Everything that is disputed: what some evidence contradicts, and what departs from the published table."""
    found = (explain(dataset, p, field) for p in dataset.partnerships for field in fields(p))
    return tuple(one for one in found if one.grade is Grade.CONTESTED or one.departure)


def grades(dataset: Dataset, partnerships: Iterable[Partnership]) -> Mapping[Grade, int]:
    """Count the cells of partnerships by grade; every grade is listed."""
    counts = Counter(grade(dataset, p, area.id) for p in partnerships for area in dataset.areas)
    return {one: counts[one] for one in Grade}


def fields(partnership: Partnership) -> Iterator[str]:
    """Name every field of a partnership that has a grade, signatories apart."""
    yield from SOURCED_FIELDS
    yield from (GROUP_FIELD + membership.group for membership in partnership.groups)
    yield from partnership.coverage


def field_name(dataset: Dataset, given: str) -> str:
    """Find the field that a person means; raises `UnknownName`.

    >>> from sdp_matrix import load
    >>> field_name(load(), "Consular"), field_name(load(), "group:nato"), field_name(load(), "Date")
    ('consular-matters', 'group:nato-ally', 'date')
    """
    plain = given.strip().casefold()
    if plain in {*SOURCED_FIELDS, SIGNATORIES_FIELD}:
        return plain
    if plain.startswith(GROUP_FIELD):
        return GROUP_FIELD + dataset.group(plain.removeprefix(GROUP_FIELD)).id
    try:
        return dataset.area(given).id
    except UnknownName as error:
        others = (*SOURCED_FIELDS, SIGNATORIES_FIELD, f"{GROUP_FIELD}NAME")
        known = () if error.near or error.fits else (*others, *error.known)
        raise UnknownName("area or field", given, near=error.near, fits=error.fits, known=known) from None


def field_names(dataset: Dataset, text: str) -> tuple[str, ...]:
    """Find the fields that a person means by one field or a list; raises `UnknownName`."""
    try:
        return (field_name(dataset, text),)  # a title may have commas of its own
    except UnknownName:
        if "," not in text:
            raise
        return tuple(dict.fromkeys(field_name(dataset, name) for name in split(text)))


def derive(value: str | None, evidence: Sequence[Evidence], publishers: Mapping[str, str]) -> Grade:
    """Derive the grade of a value: contested where anything contradicts it, else by its independent publishers.

    >>> from sdp_matrix.model.partnership import Evidence
    >>> by = {"a": "A", "also-a": "A", "b": "B"}
    >>> said = (("a", "covered"), ("also-a", "covered"), ("b", "planned"), ("b", "covered"))
    >>> pieces = [Evidence(reference=reference, supports=supports) for reference, supports in said]
    >>> str(derive("covered", pieces[:3], by)), str(derive("covered", pieces, by))
    ('single-source', 'corroborated')
    """
    if any(bearing(value, e) is Bearing.AGAINST for e in evidence):
        return Grade.CONTESTED
    count = len(supporters(value, evidence, publishers))
    if count == 0:
        return Grade.UNKNOWN
    return Grade.CORROBORATED if count >= _INDEPENDENT else Grade.SINGLE_SOURCE


def supporters(value: str | None, evidence: Iterable[Evidence], publishers: Mapping[str, str]) -> tuple[str, ...]:
    """The different publishers whose references support a value, in the order of the evidence."""
    return tuple(dict.fromkeys(publishers[e.reference] for e in evidence if bearing(value, e) is Bearing.FOR))


def bearing(value: str | None, evidence: Evidence) -> Bearing:
    """Whether a piece of evidence speaks for a value or against it; a plan does neither.

    >>> from sdp_matrix.model.partnership import Evidence
    >>> pieces = [Evidence(reference="a", supports=value) for value in ("covered", "not-covered", "planned")]
    >>> [str(bearing("covered", piece)) for piece in pieces]
    ['for', 'against', 'neither']
    """
    if evidence.supports in _NEUTRAL:
        return Bearing.NEITHER
    return Bearing.FOR if value is not None and _plain(evidence.supports) == _plain(value) else Bearing.AGAINST


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def recorded(partnership: Partnership, field: str) -> Recorded:
    """Read what the file of a partnership says on a field; raises `BadRequest` for a field that it does not have."""
    if field in SOURCED_FIELDS:
        sourced: Sourced[object] | None = getattr(partnership, field)
        return _held(partnership, sourced, sourced.text, coded=field == DATE_FIELD) if sourced else Recorded()
    if field == SIGNATORIES_FIELD:
        pieces = (signatory.evidence for signatory in partnership.signatories)
        # One look at one place may leave both parties without a name.
        return Recorded("; ".join(s.name for s in partnership.signatories) or None, tuple(dict.fromkeys(pieces)))
    if field.startswith(GROUP_FIELD):
        membership = _membership(partnership, field.removeprefix(GROUP_FIELD))
        return _held(partnership, membership, membership.status, coded=True)
    if field in partnership.coverage:
        cell = partnership.coverage[field]
        return _held(partnership, cell, cell.status, coded=True)
    raise BadRequest(
        f"{partnership.name} has no field '{field}'; name an area, {', '.join(SOURCED_FIELDS)} or group:ID"
    )


def _held(
    partnership: Partnership, held: Sourced[object] | GroupMembership | Coverage, value: str, *, coded: bool
) -> Recorded:
    """What is said of a value, with the source of the whole coding where that counts and is not cited already."""
    source, known = partnership.coded_from, value not in _NEUTRAL
    if coded and known and source and all(e.reference != source.reference for e in held.evidence):
        return Recorded(value, (source.supporting(value), *held.evidence), held.note)
    return Recorded(value, held.evidence, held.note)


def _membership(partnership: Partnership, group: str) -> GroupMembership:
    for membership in partnership.groups:
        if membership.group == group:
            return membership
    named = ", ".join(m.group for m in partnership.groups if m.status is Membership.MEMBER) or "none"
    raise BadRequest(f"nothing is recorded on {partnership.name} and the group '{group}'; its groups: {named}")


def _grade_of_signatories(partnership: Partnership) -> Grade:
    """One reference names each person, so who signed is never corroborated; unknown while anybody is missing."""
    signatories = partnership.signatories
    return Grade.SINGLE_SOURCE if signatories and all(s.established for s in signatories) else Grade.UNKNOWN


def _departure(dataset: Dataset, partnership: Partnership, field: str) -> Departure | None:
    mine = (d for d in dataset.table.departures if d.partner == partnership.id and d.field == field)
    return next(mine, None)
