"""Partnerships, cells and areas by conditions that all have to hold; and what is not coded yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sdp_matrix import matching
from sdp_matrix.analysis import comparison, grading
from sdp_matrix.analysis.comparison import AreaComparison, Tally
from sdp_matrix.analysis.result import Listing, Result
from sdp_matrix.analysis.selection import (
    ALL,
    Operand,
    Scope,
    Selection,
    areas,
    operand,
    others,
    select,
    selection_of,
    split,
    spoken_of,
)
from sdp_matrix.errors import RequestError
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import EU, SOURCED_FIELDS, Act, Grade, MechanismKind, Status, Topic
from sdp_matrix.text_safety import in_one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a partnership has to fulfil: everything that is said here. Names are as a person types them.

    >>> bool(Condition(covers=("maritime",), signed_by="kallas")), bool(Condition())
    (True, False)
    """

    covers: tuple[str, ...] = ()
    """Areas that are covered or already exist."""
    exists: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    """Areas known not to be covered."""
    unknown: tuple[str, ...] = ()
    """Areas whose status is not known."""
    areas: tuple[str, ...] = ()
    """Areas that `grade` is about and that cells are shown of; else all those above, else any."""
    groups: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    """Topics of the partnership that have no row in the table."""
    mechanisms: tuple[MechanismKind, ...] = ()
    """Kinds of mechanisms that are on record, however far they have come."""
    signed_before: date | None = None
    signed_after: date | None = None
    act: Act | None = None
    signed_by: str | None = None
    grade: Grade | None = None
    """How well the status of each area named is supported, or of any area where none is named."""

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return self != Condition()

    @property
    def named(self) -> tuple[str, ...]:
        """The areas that the condition is about; none means any."""
        return self.areas or tuple(dict.fromkeys((*self.covers, *self.exists, *self.lacks, *self.unknown)))


@dataclass(frozen=True, slots=True, repr=False)
class SearchResult(Listing[Partnership]):
    """The partnerships that fulfil a condition, and those of which it is not known."""

    condition: Condition
    """With ids in place of the names."""
    asked: tuple[Partnership, ...]
    undecided: tuple[Partnership, ...]
    """Nothing speaks against them, but something that the condition asks for is not known."""
    newer: tuple[Partnership, ...]
    """Partnerships that fulfil the condition but are newer than the table and were not asked for."""

    @property
    def partnerships(self) -> tuple[Partnership, ...]:
        """Those that fulfil it."""
        return self.items


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One partnership in one area."""

    partnership: Partnership
    area: Area
    status: Status
    grade: Grade


@dataclass(frozen=True, slots=True, repr=False)
class Shared(Result):
    """The areas that some sides have in full and that others are known to lack altogether."""

    of: tuple[Operand, ...]
    not_of: tuple[Operand, ...]
    areas: tuple[AreaComparison, ...]
    """With a tally of each side, those of `of` first."""
    undecided: tuple[AreaComparison, ...]
    """Nothing speaks against them, but a status is not known."""


def find(dataset: Dataset, condition: Condition, *partners: str | Iterable[str] | Selection) -> SearchResult:
    """Find the selected partnerships that fulfil a condition; raises `UnknownNameError` and `RequestError`.

    >>> from sdp_matrix import Condition, load
    >>> found = load().find(Condition(covers=("space",), groups=("nato",)))
    >>> [p.id for p in found.partnerships]
    ['canada', 'united-kingdom', 'norway']
    """
    wanted, scope = resolved(dataset, condition), select(dataset, *partners)
    verdicts = {p.id: _all(_tests(dataset, p, wanted)) for p in (*scope.partnerships, *scope.newer)}
    return SearchResult(
        condition=wanted,
        asked=scope.partnerships,
        items=tuple(p for p in scope.partnerships if verdicts[p.id]),
        undecided=tuple(p for p in scope.partnerships if verdicts[p.id] is None),
        newer=tuple(p for p in scope.newer if verdicts[p.id]),
        dataset=dataset,
        scope=scope,
    )


def cells(dataset: Dataset, result: SearchResult) -> Listing[CoverageCell]:
    """The cells that a condition is about, of the partnerships that fulfil it: the areas it names, of the grade.

    >>> from sdp_matrix import Condition, Grade, load
    >>> partnerships = load()
    >>> found = partnerships.find(Condition(grade=Grade.CONTESTED, groups=("nato",)))
    >>> [(cell.partnership.id, cell.area.number) for cell in partnerships.cells(found)]
    [('albania', 18), ('north-macedonia', 17), ('north-macedonia', 18), ('united-kingdom', 19)]
    """
    condition = result.condition
    areas = [a for a in dataset.areas if not condition.named or a.id in condition.named]
    listed = (
        CoverageCell(p, area, p.status(area.id), grading.grade(dataset, p, area.id))
        for p in result.partnerships
        for area in areas
    )
    fitting = tuple(cell for cell in listed if condition.grade in {None, cell.grade})
    return Listing(fitting, question="cells", subject=result, dataset=dataset, scope=result.scope)


def shared(
    dataset: Dataset,
    of: str | Iterable[str] = (),
    not_of: str | Iterable[str] = (),
    *partners: str | Iterable[str] | Selection,
) -> Shared:
    """Find the areas that all partners of some sides have and that all of others are known to lack.

    A side is a partner, a group or a list such as 'uk,norway'; all that lack an area are all others. Raises
    `UnknownNameError` and `RequestError`.

    >>> from sdp_matrix import load
    >>> [row.area.id for row in load().shared(of="nato", not_of="indo-pacific").areas]
    ['defence-tools', 'ukraine-support']
    """
    scope = select(dataset, *partners)
    of, not_of = ((side,) if isinstance(side, str) else tuple(side) for side in (of, not_of))
    sides = _sides(dataset, of, not_of, scope)
    rows = comparison.compare_areas([side.partnerships for side in sides], scope.areas)
    fits = {row.area.id: _all(_tests_of_sides(row.tallies, len(of))) for row in rows}
    return Shared(
        of=sides[: len(of)],
        not_of=sides[len(of) :],
        areas=tuple(row for row in rows if fits[row.area.id]),
        undecided=tuple(row for row in rows if fits[row.area.id] is None),
        dataset=dataset,
        scope=spoken_of(scope, lambda scope: _sides(dataset, of, not_of, scope)),
    )


def _sides(dataset: Dataset, of: Sequence[str], not_of: Sequence[str], scope: Scope) -> tuple[Operand, ...]:
    having = [operand(dataset, text, scope) for text in of]
    members = {p.id for side in having for p in side.partnerships}
    lacking = (
        others(scope, members) if members and text.casefold() == ALL else operand(dataset, text, scope)
        for text in not_of
    )
    return (*having, *lacking)


def resolved(dataset: Dataset, condition: Condition) -> Condition:
    """Put ids in place of the names; raises `UnknownNameError`, and `RequestError` for the name of nobody."""
    if condition.signed_by is not None and not matching.fold(condition.signed_by):
        raise RequestError(f"'{in_one_line(condition.signed_by)}' is no part of a name; write one, for example Kallas")

    def ids(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(area.id for area in areas(dataset, names))

    return replace(
        condition,
        covers=ids(condition.covers),
        exists=ids(condition.exists),
        lacks=ids(condition.lacks),
        unknown=ids(condition.unknown),
        areas=ids(condition.areas),
        groups=tuple(dict.fromkeys(dataset.group(name).id for text in condition.groups for name in split(text))),
    )


def words(dataset: Dataset, condition: Condition) -> str:
    """A resolved condition as people read it: 'covers Space, lacks Cultural heritage'."""
    label = {area.id: area.label for area in dataset.areas}
    title = {group.id: group.title for group in dataset.groups}
    on = f"on {' and '.join(label[a] for a in condition.named) or 'any area'}"
    clauses = {
        "covers": [label[a] for a in condition.covers],
        "already has": [label[a] for a in condition.exists],
        "lacks": [label[a] for a in condition.lacks],
        "not known on": [label[a] for a in condition.unknown],
        "among": [title[g] for g in condition.groups],
        "has": [asked.words for asked in (*condition.topics, *condition.mechanisms)],
        "before": [dates.in_words(condition.signed_before)] if condition.signed_before else [],
        "after": [dates.in_words(condition.signed_after)] if condition.signed_after else [],
        "act": [condition.act.value] if condition.act else [],
        "signed by": [in_one_line(condition.signed_by)] if condition.signed_by else [],
        condition.grade.value if condition.grade else "": [on] if condition.grade else [],
    }
    return ", ".join(f"{verb} {' and '.join(objects)}" for verb, objects in clauses.items() if objects)


def _tests(dataset: Dataset, partnership: Partnership, condition: Condition) -> Iterator[bool | None]:
    status = partnership.status
    yield from (status(area).present for area in condition.covers)
    yield from (_same(status(area), Status.NOT_COVERED, Status.UNKNOWN) for area in condition.lacks)
    yield from (_same(status(area), Status.ALREADY_EXISTS, Status.UNKNOWN) for area in condition.exists)
    yield from (status(area) is Status.UNKNOWN for area in condition.unknown)
    yield from (partnership.belongs_to(group) for group in condition.groups)
    # Nobody lists the topics and mechanisms of a partnership in full, so one that is not recorded may be there.
    topics = {topic.topic for topic in partnership.other_topics if not topic.planned}
    yield from (True if topic in topics else None for topic in condition.topics)
    kinds = {mechanism.kind for mechanism in partnership.mechanisms}
    yield from (True if kind in kinds else None for kind in condition.mechanisms)
    day = partnership.date.value
    if condition.signed_before is not None:
        yield None if day is None else day < condition.signed_before
    if condition.signed_after is not None:
        yield None if day is None else day > condition.signed_after
    if condition.act is not None:
        yield _same(partnership.act.value, condition.act, Act.UNKNOWN)
    if condition.signed_by is not None:
        yield _is_signed_by(partnership, matching.fold(condition.signed_by))
    if condition.grade is not None:
        areas = condition.named or partnership.coverage
        graded = (grading.grade(dataset, partnership, area) is condition.grade for area in areas)
        yield all(graded) if condition.named else any(graded)


def _tests_of_sides(tallies: Sequence[Tally], having: int) -> Iterator[bool | None]:
    """The first sides have to have an area in full, the others not at all."""
    yield from (_none(t.absent, t.unknown) for t in tallies[:having])
    yield from (_none(t.present, t.unknown) for t in tallies[having:])


def _is_signed_by(partnership: Partnership, wanted: str) -> bool | None:
    if any(wanted in matching.fold(s.name) for s in partnership.signatories if s.established):
        return True
    complete = partnership.signatories and all(s.established for s in partnership.signatories)
    return False if complete else None


def _same(value: StrEnum, wanted: StrEnum, unknown: StrEnum) -> bool | None:
    return None if value is unknown is not wanted else value is wanted


def _none(against: int, unknown: int) -> bool | None:
    return False if against else None if unknown else True


def _all(tests: Iterable[bool | None]) -> bool | None:
    """True where all hold, False where one does not, else None."""
    unknown = False
    for test in tests:
        if test is False:
            return False
        unknown = unknown or test is None
    return None if unknown else True


class Missing(StrEnum):
    """What can be missing."""

    STATUS = "status"
    VALUE = "value"
    SIGNATORY = "signatory"

    @property
    def words(self) -> str:
        """What is missing, as people read it."""
        return {"status": "areas unknown", "value": "not recorded", "signatory": "signatory not established"}[self]


@dataclass(frozen=True, slots=True)
class Gap:
    """Fields of one partnership that miss the same."""

    partnership: Partnership
    missing: Missing
    fields: tuple[str, ...]
    """Ids of areas, names of fields, or parties for whom nobody is known to have signed."""


def gaps(dataset: Dataset, *partners: str | Iterable[str] | Selection) -> Listing[Gap]:
    """Return what is not coded yet on the partners selected, else on all.

    Raises `UnknownNameError` and `RequestError`.

    >>> from sdp_matrix import load
    >>> [(str(gap.missing), gap.fields) for gap in load().gaps("uk")]
    [('signatory', ('EU', 'United Kingdom'))]
    """
    scope = select(dataset, selection_of(*partners, everyone=True))
    every = (Gap(p, missing, tuple(fields)) for p in scope.partnerships for missing, fields in _missing(p, scope.areas))
    return Listing(tuple(gap for gap in every if gap.fields), question="gaps", dataset=dataset, scope=scope)


def _missing(partnership: Partnership, areas: Sequence[Area]) -> Iterator[tuple[Missing, Iterator[str]]]:
    yield Missing.STATUS, (area.id for area in areas if partnership.status(area.id) is Status.UNKNOWN)
    sourced = {field: getattr(partnership, field) for field in SOURCED_FIELDS}
    yield Missing.VALUE, (field for field, held in sourced.items() if held is None or held.text == Status.UNKNOWN)
    named = {signatory.party for signatory in partnership.signatories if signatory.established}
    own = {partnership.name, *partnership.aliases}
    yield Missing.SIGNATORY, (p for p in (EU, partnership.name) if not named & ({EU} if p == EU else own))
