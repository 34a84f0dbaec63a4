"""The fields of a partnership, such as an area, a date or a membership, and where they depart from the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sdp_matrix.errors import RequestError, UnknownNameError
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Evidence, Judgement, Partnership, Sourced
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import GROUP_FIELD, SIGNATORIES_FIELD, SOURCED_FIELDS, UNKNOWN, Membership
from sdp_matrix.problem import Step


class Recorded(NamedTuple):
    """What the data record on one field."""

    value: str | None = None
    evidence: tuple[Evidence, ...] = ()
    note: str | None = None
    departure: str | None = None


@dataclass(frozen=True)
class Field:
    """A field by its name: the id of an area, date, act, place, occasion, signatories, or group: and the id of a group.

    >>> Field("group:nato-ally").group, Field("cyber").is_area, Field("date").is_area
    ('nato-ally', True, False)
    """

    name: str

    @property
    def group(self) -> str | None:
        """Return the id of the group that a membership is about."""
        return self.name.removeprefix(GROUP_FIELD) if self.name.startswith(GROUP_FIELD) else None

    @property
    def is_area(self) -> bool:
        """Return whether the name can only be that of an area."""
        return self.group is None and self.name not in {*SOURCED_FIELDS, SIGNATORIES_FIELD}

    def area(self, dataset: Dataset) -> Area | None:
        """Return the area of the field, or None."""
        return next((area for area in dataset.areas if area.id == self.name), None)

    def title(self, dataset: Dataset) -> str:
        """Return a short title: '19 Consular matters', 'NATO allies', 'date'."""
        if area := self.area(dataset):
            return f"{area.number} {area.label}"
        return next((group.title for group in dataset.groups if group.id == self.group), self.name)

    def words(self, dataset: Dataset) -> str:
        """Return a full title: 'area 19, Consular matters', 'membership of NATO allies', 'date'."""
        if area := self.area(dataset):
            return f"area {area.number}, {area.title}"
        return f"membership of {self.title(dataset)}" if self.group else self.name

    def value(self, partnership: Partnership) -> Recorded:
        """Return what a partnership records on the field; raises `RequestError` if it does not have it."""
        if self.name == SIGNATORIES_FIELD:
            pieces = (signatory.evidence for signatory in partnership.signatories)
            # if neither party's signatory is known, both cite the same place: it counts once
            names = dict.fromkeys(signatory.name for signatory in partnership.signatories)
            return Recorded("; ".join(names) or None, tuple(dict.fromkeys(pieces)))
        if self.name in SOURCED_FIELDS:
            sourced: Sourced | None = getattr(partnership, self.name)
            return Recorded(sourced.text, sourced.evidence, sourced.note, sourced.departure) if sourced else Recorded()
        group = self.group
        membership = next((m for m in partnership.groups if m.group == group), None)
        if judged := membership or partnership.coverage.get(self.name):
            return Recorded(judged.status, judged.evidence, judged.note, judged.departure)
        if self.group:
            groups = ", ".join(m.group for m in partnership.groups if m.status is Membership.MEMBER) or "none"
            subject = f"{partnership.name} and the group '{self.group}'"
            raise RequestError(f"nothing is recorded on {subject}; its groups: {groups}")
        known = f"name an area, {', '.join(SOURCED_FIELDS)} or group:ID"
        raise RequestError(f"{partnership.name} has no field '{self.name}'; {known}")

    def place(self, partnership: Partnership) -> tuple[Step, ...]:
        """Return the keys of the value in the long form; `Document.locate` also takes them for the short form."""
        if self.name in SOURCED_FIELDS:
            return (self.name, "value")
        if self.group is not None:
            return ("groups", [membership.group for membership in partnership.groups].index(self.group), "status")
        return ("coverage", self.name, "status")


def fields(partnership: Partnership) -> Iterator[str]:
    """Yield the name of every field of a partnership that has a grade, signatories apart."""
    yield from SOURCED_FIELDS
    yield from (GROUP_FIELD + membership.group for membership in partnership.groups)
    yield from partnership.coverage


def judgements(partnership: Partnership) -> Iterator[tuple[str, tuple[Step, ...], str, Judgement]]:
    """Yield these fields, each with its place, value and evidence; not those on which nothing is recorded."""
    for name in SOURCED_FIELDS:
        if sourced := getattr(partnership, name):
            yield name, (name,), sourced.text, sourced
    for index, membership in enumerate(partnership.groups):
        yield GROUP_FIELD + membership.group, ("groups", index), membership.status, membership
    for area, cell in partnership.coverage.items():
        if cell.evidence or cell.departure or cell.status != UNKNOWN:
            yield area, ("coverage", area), cell.status, cell


def all_fields(partnership: Partnership) -> tuple[str, ...]:
    """Return the name of every field of a partnership, signatories last."""
    return (*fields(partnership), SIGNATORIES_FIELD)


def field_name(dataset: Dataset, text: str) -> str:
    """Return the name of a field as a person types it.

    >>> field_name(load(), "Consular"), field_name(load(), "group:nato"), field_name(load(), "Date")
    ('consular-matters', 'group:nato-ally', 'date')
    """
    others = (*SOURCED_FIELDS, SIGNATORIES_FIELD)
    plain = text.strip().casefold()
    if plain in others:
        return plain
    if group := Field(plain).group:
        return GROUP_FIELD + dataset.group(group).id
    try:
        return dataset.area(text).id
    except UnknownNameError as error:
        # the list of areas alone would hide that other fields can be asked for
        known = () if error.near or error.fits else (*others, f"{GROUP_FIELD}NAME", *error.known)
        raise UnknownNameError("area or field", text, near=error.near, fits=error.fits, known=known) from None


@dataclass(frozen=True)
class Departure:
    """A value that differs from the printed one."""

    partner: str
    field: str
    published: str
    ours: str
    reason: str | None  # the reason recorded with our value; None if there is none


def departures(partnerships: Iterable[Partnership], printed: Mapping[tuple[str, str], str]) -> Iterator[Departure]:
    """Yield the values that differ from the printed ones, in the order of the table: dates, groups, then cells."""
    by_id = {p.id: p for p in partnerships}
    for (partner, field), published in printed.items():
        if partner in by_id:
            # a group that the file does not list: the partner is not a member
            is_listed = not Field(field).group or field in fields(by_id[partner])
            ours = Field(field).value(by_id[partner]) if is_listed else Recorded(Membership.NOT_MEMBER)
            if ours.value != published:
                yield Departure(partner, field, published, ours.value or "", ours.departure)


def needless_departures(partners: Iterable[Partnership], printed: Mapping[tuple[str, str], str]) -> Iterator[Departure]:
    """Yield the reasons to depart from the table without a difference."""
    for partnership in partners:
        for field, _, value, ours in judgements(partnership):
            published = printed.get((partnership.id, field))
            if ours.departure and published in {None, value}:
                yield Departure(partnership.id, field, published or "", value, ours.departure)
