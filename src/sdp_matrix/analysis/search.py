"""Search partnerships, cells and areas by conditions; list what is not coded yet, and what happened when.

An answer lists what fulfils all conditions, and apart from it what may fulfil them but is not known to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict, Unpack

from sdp_matrix import matching
from sdp_matrix.analysis import grading
from sdp_matrix.analysis import scope as scopes
from sdp_matrix.analysis.comparison import all_hold
from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.scope import select
from sdp_matrix.analysis.selection import Partners, member, normalise_names, selection_of
from sdp_matrix.errors import RequestError
from sdp_matrix.model import dates, vocabulary
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Milestone, Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import EU, SOURCED_FIELDS, Act, Counting, Grade, MechanismKind, Status, Topic, Word
from sdp_matrix.text_safety import in_one_line


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Requirements that a partnership has to fulfil, all of them; names are as people type them, one or several."""

    covers: Sequence[str] = ()
    """Areas that are covered or already exist."""
    exists: Sequence[str] = ()
    lacks: Sequence[str] = ()
    """Areas known not to be covered."""
    unknown: Sequence[str] = ()
    """Areas whose status is not known."""
    areas: Sequence[str] = ()
    """Areas that `grade` is about and whose cells are shown; by default those above, else any."""
    groups: Sequence[str] = ()
    topics: Sequence[Topic] = ()
    """Topics of the partnership that have no row in the table."""
    mechanisms: Sequence[MechanismKind] = ()
    """Kinds of mechanisms that are on record, however far they have come."""
    signed_before: date | None = None
    signed_after: date | None = None
    act: Act | None = None
    signed_by: str | None = None
    grade: Grade | None = None
    """The grade of each area of the condition, or of any area if it has none."""

    def __post_init__(self) -> None:
        normalise_names(self, *_AREAS, "groups", "topics", "mechanisms")

    @property
    def all_areas(self) -> tuple[str, ...]:
        """Return the areas that the condition is about; none means any."""
        return tuple(self.areas or dict.fromkeys((*self.covers, *self.exists, *self.lacks, *self.unknown)))


class ConditionFields(TypedDict, total=False):
    """The fields of `Condition` as keywords of `find`, so that editors offer them and type checkers check them."""

    covers: Sequence[str]
    exists: Sequence[str]
    lacks: Sequence[str]
    unknown: Sequence[str]
    areas: Sequence[str]
    groups: Sequence[str]
    topics: Sequence[Topic]
    mechanisms: Sequence[MechanismKind]
    signed_before: date | None
    signed_after: date | None
    act: Act | None
    signed_by: str | None
    grade: Grade | None


_AREAS = ("covers", "exists", "lacks", "unknown", "areas")

_TESTS: Mapping[str, tuple[str, Callable[[Partnership, Any], bool | None]]] = {
    "covers": ("covers", lambda p, area: Counting.PRESENT.includes(p.status(area))),
    "exists": ("already has", lambda p, area: _is(p.status(area), Status.ALREADY_EXISTS)),
    "lacks": ("lacks", lambda p, area: Counting.ABSENT.includes(p.status(area))),
    "unknown": ("not known on", lambda p, area: p.status(area) is Status.UNKNOWN),
    "groups": ("among", Partnership.belongs_to),
    # No source lists all topics and mechanisms of a partnership, so one that is not recorded is unknown, not absent.
    "topics": ("has", lambda p, topic: any(t.topic is topic and not t.planned for t in p.other_topics) or None),
    "mechanisms": ("has", lambda p, kind: any(m.kind is kind for m in p.mechanisms) or None),
    "signed_before": ("before", lambda p, day: p.date.value < day if p.date.value else None),
    "signed_after": ("after", lambda p, day: p.date.value > day if p.date.value else None),
    "act": ("act", lambda p, act: _is(p.act.value, act)),
    "signed_by": ("signed by", lambda p, name: _is_signed_by(p, matching.fold(name))),
}
"""The words of each condition but the grade, and whether a partnership fulfils it; None if that is not known."""


def _is(value: StrEnum, wanted: StrEnum) -> bool | None:
    return (
        None if value == vocabulary.UNKNOWN != wanted else value is wanted
    )  # people may also search for what is unknown


def _is_signed_by(partnership: Partnership, wanted: str) -> bool | None:
    if any(wanted in matching.fold(s.name) for s in partnership.signatories if s.established):
        return True
    are_all_known = partnership.signatories and all(s.established for s in partnership.signatories)
    return False if are_all_known else None


def _tests(dataset: Dataset, partnership: Partnership, condition: Condition) -> Iterator[bool | None]:
    for name, (_, test) in _TESTS.items():
        yield from (test(partnership, value) for value in _values(condition, name))
    if condition.grade is not None:
        areas = condition.all_areas or partnership.coverage
        graded = (grading.grade(dataset, partnership, area) is condition.grade for area in areas)
        yield all(graded) if condition.all_areas else any(graded)


def _values(condition: Condition, name: str) -> Sequence[Any]:
    value = getattr(condition, name)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def words(dataset: Dataset, condition: Condition) -> str:
    """Return a resolved condition as people read it: 'covers Space, lacks Cultural heritage'."""
    titles = {area.id: area.label for area in dataset.areas} | {group.id: group.title for group in dataset.groups}

    def clause(name: str, value: str | date) -> str:
        if isinstance(value, date):
            return dates.in_words(value)
        if isinstance(value, Word):
            return value.words
        return in_one_line(value) if name == "signed_by" else titles[value]

    clauses = [
        f"{verb} {' and '.join(clause(name, value) for value in values)}"
        for name, (verb, _) in _TESTS.items()
        if (values := _values(condition, name))
    ]
    if condition.grade:
        on = " and ".join(titles[area] for area in condition.all_areas)
        clauses.append(f"{condition.grade} on {on or 'any area'}")
    return ", ".join(clauses)


@dataclass(frozen=True, repr=False)
class SearchResult(Listing[Partnership]):
    """The partnerships that fulfil a condition, and those that may."""

    condition: Condition
    """With ids in place of the names."""
    asked: tuple[Partnership, ...]
    undecided: tuple[Partnership, ...]
    """Partnerships that may fulfil it: a requirement is not known, and none is known to fail."""
    newer: tuple[Partnership, ...]
    """Partnerships that fulfil the condition but are newer than the table and were not asked for."""

    @property
    def partnerships(self) -> tuple[Partnership, ...]:
        """Return the partnerships that fulfil the condition."""
        return self.items


def find(dataset: Dataset, *asked: Condition | Partners, **conditions: Unpack[ConditionFields]) -> SearchResult:
    """Find the partnerships that fulfil a condition, among those selected, else those of Table 1.

    Keywords are those of `Condition`, and may take its place.

    >>> [partnership.id for partnership in load().find(covers="space", groups="nato")]
    ['canada', 'united-kingdom', 'norway']
    """
    complete = [part for part in asked if isinstance(part, Condition)]  # the others are partners
    scope = select(dataset, *(part for part in asked if not isinstance(part, Condition)))
    if len(complete) > 1 or (complete and conditions):
        raise RequestError("more than one condition; put everything into one, for example covers='cyber'")
    condition = resolve(dataset, complete[0] if complete else Condition(**conditions))
    # False if one test fails, None if none fails and one is open
    verdicts = {p.id: all_hold(_tests(dataset, p, condition)) for p in (*scope.partnerships, *scope.newer)}
    return SearchResult(
        condition=condition,
        asked=scope.partnerships,
        items=tuple(p for p in scope.partnerships if verdicts[p.id]),
        undecided=tuple(p for p in scope.partnerships if verdicts[p.id] is None),
        newer=tuple(p for p in scope.newer if verdicts[p.id]),
        dataset=dataset,
        scope=scope,
    )


def resolve(dataset: Dataset, condition: Condition) -> Condition:
    """Return a condition with ids in place of the names."""
    if condition.signed_by is not None and not matching.fold(condition.signed_by):  # would be part of every name
        raise RequestError(f"'{in_one_line(condition.signed_by)}' is not part of a name; write one, for example Kallas")
    ids: dict[str, Any] = {
        name: [area.id for area in scopes.areas(dataset, getattr(condition, name))] for name in _AREAS
    }
    return replace(
        condition,
        **ids,
        groups=tuple(dict.fromkeys(group.id for group in scopes.each(dataset.group, condition.groups))),
        topics=tuple(member(Topic, topic) for topic in condition.topics),
        mechanisms=tuple(member(MechanismKind, kind) for kind in condition.mechanisms),
        act=condition.act and member(Act, condition.act),
        grade=condition.grade and member(Grade, condition.grade),
    )


@dataclass(frozen=True)
class CoverageCell:
    """A cell of the matrix: a partnership in an area."""

    partnership: Partnership
    area: Area
    status: Status
    grade: Grade


def cells(dataset: Dataset, result: SearchResult) -> Listing[CoverageCell]:
    """Return the cells of the partnerships that fulfil a condition, in its areas and with its grade.

    >>> from sdp_matrix import Grade
    >>> partnerships = load()
    >>> contested = partnerships.find(grade=Grade.CONTESTED, groups="nato")
    >>> [(cell.partnership.id, cell.area.number) for cell in partnerships.cells(contested)]
    [('albania', 18), ('north-macedonia', 17), ('north-macedonia', 18), ('united-kingdom', 19)]
    """
    condition = result.condition
    listed = (
        CoverageCell(p, area, p.status(area.id), grading.grade(dataset, p, area.id))
        for p in result.partnerships
        for area in dataset.areas
        if not condition.all_areas or area.id in condition.all_areas
    )
    fitting = tuple(cell for cell in listed if condition.grade in {None, cell.grade})
    return Listing(fitting, question="cells", subject=result, dataset=dataset, scope=result.scope)


class Missing(Word):
    """The kinds of gaps."""

    STATUS = "status", "areas unknown"
    VALUE = "value", "not recorded"
    SIGNATORY = "signatory", "signatory not established"


@dataclass(frozen=True)
class Gap:
    """Fields of a partnership with the same kind of gap."""

    partnership: Partnership
    missing: Missing
    fields: tuple[str, ...]
    """Ids of areas, names of fields, or the parties whose signatory is not known."""


def gaps(dataset: Dataset, *partners: Partners) -> Listing[Gap]:
    """Return what is not coded yet on the partners selected, else on all.

    >>> [(str(gap.missing), gap.fields) for gap in load().gaps("uk")]
    [('signatory', ('EU', 'United Kingdom'))]
    """
    scope = select(dataset, selection_of(*partners, everyone=True))
    every = (Gap(p, missing, tuple(fields)) for p in scope.partnerships for missing, fields in _missing(p, scope.areas))
    return Listing(tuple(gap for gap in every if gap.fields), question="gaps", dataset=dataset, scope=scope)


def _missing(partnership: Partnership, areas: Sequence[Area]) -> Iterator[tuple[Missing, Iterable[str]]]:
    yield Missing.STATUS, (area.id for area in areas if partnership.status(area.id) is Status.UNKNOWN)
    sourced = {field: getattr(partnership, field) for field in SOURCED_FIELDS}
    yield (
        Missing.VALUE,
        (field for field, value in sourced.items() if value is None or value.text == vocabulary.UNKNOWN),
    )
    signed = {signatory.party for signatory in partnership.signatories if signatory.established}
    own = {partnership.name, *partnership.aliases}  # the file may give the party any of these names
    yield Missing.SIGNATORY, (p for p in (EU, partnership.name) if not signed & ({EU} if p == EU else own))


@dataclass(frozen=True)
class TimelineEntry:
    """A milestone of a partnership, or the partnership itself."""

    partnership: Partnership
    date: str
    """A day, a month or a year, as far as it is known."""
    milestone: Milestone | None = None
    """None for the partnership itself: it was signed, adopted, announced or concluded."""

    @property
    def event(self) -> str:
        """Return the event, or the act of the partnership."""
        return str(self.milestone.event if self.milestone else self.partnership.act.value)

    @property
    def place(self) -> str | None:
        """Return the place if it is known."""
        if self.milestone:
            return self.milestone.place
        return self.partnership.place.value if self.partnership.place else None


def timeline(dataset: Dataset, *partners: Partners) -> Listing[TimelineEntry]:
    """List all events that have certainly happened by a day, in order of date, of the partners selected, else of all.

    A partnership whose date is not known is left out.

    >>> [(entry.date, entry.event) for entry in load().timeline("albania")]
    [('2024-11-19', 'adopted'), ('2024-12-18', 'signed'), ('2025-04', 'dialogue-held')]
    """
    asked = selection_of(*partners, everyone=True)
    # the limit applies to each event: what led to a partnership happened before its date
    scope = replace(select(dataset, replace(asked, as_of=None)), as_of=asked.as_of)
    return Listing(events(scope.partnerships, as_of=scope.as_of), question="timeline", dataset=dataset, scope=scope)


def events(partnerships: Sequence[Partnership], *, as_of: date | None = None) -> tuple[TimelineEntry, ...]:
    """Return all events of partnerships that have certainly happened by a day, in order of date."""
    entries = [TimelineEntry(p, milestone.date, milestone) for p in partnerships for milestone in p.milestones]
    entries += [TimelineEntry(p, p.date.text) for p in partnerships if p.date.value]
    # of an event in April 2025, the last day of April counts: before it, the event may not have happened yet
    in_time = (entry for entry in entries if as_of is None or dates.last_day(entry.date) <= as_of)
    return tuple(sorted(in_time, key=lambda e: (e.date, e.milestone is not None, e.partnership.id, e.event)))
