"""Check published statements against the data, with the figures.

Unknown is never taken for absent. An outcome is None if the unknown cells could decide it, filled in one way or the
other; any other verdict stays when cells become known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, singledispatch
from typing import TypeAlias

from sdp_matrix.analysis import grading
from sdp_matrix.analysis import scope as scopes
from sdp_matrix.analysis.comparison import all_hold
from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.result import Listing, Result
from sdp_matrix.analysis.scope import Scope
from sdp_matrix.analysis.selection import Names, names_in
from sdp_matrix.model import dates
from sdp_matrix.model import registers as claims
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.record import contents
from sdp_matrix.model.registers import Claim, Statement
from sdp_matrix.model.vocabulary import DATE_FIELD, EVERYBODY, GROUP_FIELD, IN_TABLE, Counting, Status, Verdict
from sdp_matrix.text_safety import listed

Figure: TypeAlias = "int | str | Sequence[str]"
NumberClaim: TypeAlias = "claims.CommonAreas | claims.DifferingAreas | claims.NumberOfPartnerships"
Pool: TypeAlias = Sequence[Partnership]  # the partnerships that a claim is about, as far as they have a date by then


@dataclass(frozen=True)
class Outcome:
    """Whether a claim holds on one day, and why."""

    words: str
    figures: Mapping[str, Figure]  # the same figures as data; each kind of claim has its own
    holds: bool | None  # None if unknown cells could decide
    partners: tuple[str, ...] = ()  # ids of the partners in scope, in order of date
    day: date | None = None  # the day of the check, if later partnerships were left out


@dataclass(frozen=True, repr=False)
class FactcheckResult(Result):
    """A statement with its verdict."""

    statement: Statement
    now: Outcome
    then: Outcome | None = None
    """The outcome on the day that the statement is about, if it gives one."""

    @cached_property
    def own_source(self) -> bool:
        """Return whether the publisher of the statement is the only origin of a value that it is checked against."""
        if (data := self.dataset) is None:
            return False
        own = {data.voices[self.statement.reference].origin}  # alone, it would be compared with itself
        partners = map(data.partner, self.now.partners)
        return any(own == origins for p in partners for origins in _origins(data, self.statement.check, p))

    @property
    def verdict(self) -> Verdict:
        """Return true, false, true-then (on its day, and no longer), or unknown if cells could decide."""
        now, then = self.now.holds, (self.then or self.now).holds
        if then is False:  # what came later does not make it true
            return Verdict.FALSE
        if then is None or now is None:
            return Verdict.UNKNOWN
        return Verdict.TRUE if now else Verdict.TRUE_THEN

    @property
    def as_expected(self) -> bool:
        """Return whether the verdict is the one on record, if there is one."""
        return self.statement.expected in {None, self.verdict}


def factcheck(
    dataset: Dataset, *names: Names, areas: Names = (), as_of: date | None = None
) -> Listing[FactcheckResult]:
    """Check the statements with these ids or on these areas, else all of them, in the order of the file.

    >>> [result] = load().factcheck("nine-to-date")
    >>> str(result.verdict), result.now.words
    ('true-then', '12 partnerships; stated: 9')
    """
    ids = {dataset.statement(name).id for name in names_in(*names)}
    on = {area.id for area in scopes.areas(dataset, areas)}
    chosen = [s for s in dataset.statements if s.id in ids or getattr(s.check, "area", None) in on]
    results = tuple(check(dataset, s, as_of=as_of) for s in (chosen if ids or on else dataset.statements))
    scope = Scope(tuple(p for p in dataset.everyone if p.is_dated_by(as_of)), dataset.areas, (), as_of)
    return Listing(results, question="factcheck", dataset=dataset, scope=scope)


def check(dataset: Dataset, statement: Statement, *, as_of: date | None = None) -> FactcheckResult:
    """Check a statement against the partnerships of today or of a day, and on the day it is about, if earlier."""
    now = _check_on(dataset, statement, as_of)
    is_about_earlier_day = statement.as_of is not None and not (as_of and as_of <= statement.as_of)
    then = _check_on(dataset, statement, statement.as_of) if is_about_earlier_day else None
    return FactcheckResult(statement, now, then, dataset=dataset)


def _origins(dataset: Dataset, claim: Claim, partnership: Partnership) -> Iterator[set[str]]:
    """Return the origins of each value of a partnership that a claim is checked against."""
    if isinstance(claim, claims.MilestoneOn):
        happened = (m for m in partnership.milestones if m.event is claim.event)
        return ({dataset.voices[milestone.reference].origin} for milestone in happened)
    return ({*grading.explain_field(dataset, partnership, field).origins} for field in _fields(claim, partnership))


def _fields(claim: Claim, partnership: Partnership) -> Iterator[str]:
    """Return the fields of a partnership that a claim is checked against; groups only if they are recorded."""
    match claim:
        case claims.PartnersWithArea():
            yield claim.area
        case claims.CommonAreas() | claims.DifferingAreas():
            yield from partnership.coverage
        case claims.MembersOfGroup():
            yield from (GROUP_FIELD + m.group for m in partnership.groups if m.group == claim.group)
        case _:
            yield DATE_FIELD
            over = set(getattr(claim, "over", ()))
            yield from (GROUP_FIELD + m.group for m in partnership.groups if GROUP_FIELD + m.group in over)


def _check_on(dataset: Dataset, statement: Statement, day: date | None) -> Outcome:
    claim = statement.check
    named = {link.id for link in contents(claim).links["partner"]}
    over = getattr(claim, "over", named)  # a claim on days is about the partners that it lists
    in_scope = {partner for operand in over for partner in _expand(dataset, operand)}
    concerned = [p for p in dataset.partnerships if p.id in in_scope | named]
    pool = [p for p in concerned if p.id in in_scope and p.is_dated_by(day)]
    drafts = [p for p in dataset.drafts if p.id in named]
    undated = drafts + [p for p in concerned if p.date.value is None]
    later = [p for p in concerned if p.id in named and not p.is_dated_by(day)]
    needs_dates = day or isinstance(claim, claims.OrderByDate | claims.RankByDate | claims.DatesOfPartnerships)
    if drafts or (undated and needs_dates):  # first, as an unknown date could turn each answer below
        outcome = _outcome(f"no date is known for {_names(undated)}", holds=None, undated=[p.id for p in undated])
    elif later:
        outcome = _outcome(f"no partnership with {_names(later)} by then", holds=False, not_yet=[p.id for p in later])
    elif not pool and not isinstance(claim, claims.NumberOfPartnerships):
        outcome = _outcome("no such partnership", holds=False)
    else:
        is_on_table = not hasattr(claim, "area") and {IN_TABLE, dataset.table.reference} & {statement.reference, *over}
        outcome = _answer(claim, replace(dataset, areas=dataset.areas_in_table) if is_on_table else dataset, pool)
    return replace(outcome, partners=tuple(p.id for p in pool), day=day)


def _expand(dataset: Dataset, operand: str) -> Iterable[str]:
    """Return the ids of the partners that an operand is short for."""
    pools = {EVERYBODY: dataset.partnerships, IN_TABLE: dataset.in_table}
    group = Field(operand).group
    members = dataset.members(group) if group else pools.get(operand)
    return [operand] if members is None else [p.id for p in members]


def _outcome(words: str, *, holds: bool | None, stated_words: str = "", **figures: Figure) -> Outcome:
    """Return an outcome; its words add what the text states if the data do not agree."""
    return Outcome(words if holds or not stated_words else f"{words}; stated: {stated_words}", figures, holds)


def _names(partnerships: Iterable[Partnership]) -> str:
    return listed(p.name_with_article for p in partnerships)


@singledispatch
def _answer(claim: Claim, _dataset: Dataset, _pool: Pool) -> Outcome:
    """Answer a claim; a function for each kind of claim is registered below."""
    raise TypeError(f"no function answers claims of the kind {claim.kind}")


_COUNTED = {Counting.COVERED: "covered by", Counting.PRESENT: "present in", Counting.ABSENT: "absent from"}


@_answer.register(claims.PartnersWithArea)
def _partners_with_area(claim: claims.PartnersWithArea, dataset: Dataset, pool: Pool) -> Outcome:
    counts = {p.id: claim.counting.includes(p.status(claim.area)) for p in pool}
    area = next(area for area in dataset.areas if area.id == claim.area)
    return _exactly(pool, counts, claim.exactly, f"{area.label} (area {area.number}): {_COUNTED[claim.counting]}")


@_answer.register(claims.MembersOfGroup)
def _members_of_group(claim: claims.MembersOfGroup, dataset: Dataset, pool: Pool) -> Outcome:
    counts = {p.id: p.belongs_to(claim.group) for p in pool}
    asked = f", of those asked ({_names(pool)})" if len(pool) == 1 else ""
    return _exactly(pool, counts, claim.exactly, f"{Field(GROUP_FIELD + claim.group).title(dataset)}{asked}:")


def _exactly(pool: Pool, counts: Mapping[str, bool | None], exactly: Sequence[str], heading: str) -> Outcome:
    """Compare the partners that count with those stated."""
    counted, unknown = ([p.id for p in pool if counts[p.id] is value] for value in (True, None))
    # all others must not count; a known exception decides, whatever is unknown
    others = (value if value is None else not value for partner, value in counts.items() if partner not in exactly)
    holds = all_hold([*(counts.get(partner, False) for partner in exactly), *others])
    names = {p.id: p.name_with_article for p in pool}
    share = f" of {len(pool)}" if len(pool) > 1 else ""
    words = f"{heading} {listed(names[p] for p in counted)}"
    words += f" ({len(counted)}{share})" if counted and share else share
    words += f", not known for {listed(names[p] for p in unknown)}" if unknown else ""
    stated = listed(names.get(p, p) for p in exactly)
    return _outcome(words, holds=holds, stated_words=stated, partners=counted, unknown=unknown, stated=list(exactly))


@_answer.register(claims.CommonAreas)
def _common_areas(claim: claims.CommonAreas, dataset: Dataset, pool: Pool) -> Outcome:
    counts = {area.id: all_hold(claim.counting.includes(p.status(area.id)) for p in pool) for area in dataset.areas}
    whom = {1: pool[0].name_with_article, 2: "both"}.get(len(pool), f"all {len(pool)}")
    return _number_of_areas(claim, dataset, counts, f"{_COUNTED[claim.counting]} {whom}")


@_answer.register(claims.DifferingAreas)
def _differing_areas(claim: claims.DifferingAreas, dataset: Dataset, pool: Pool) -> Outcome:
    def differ(statuses: set[Status]) -> bool | None:
        is_open = len(pool) > 1 and Status.UNKNOWN in statuses  # one partner cannot differ from itself
        return len(statuses - {Status.UNKNOWN}) > 1 or (None if is_open else False)

    counts = {area.id: differ({p.status(area.id) for p in pool}) for area in dataset.areas}
    return _number_of_areas(claim, dataset, counts, "differ")


def _number_of_areas(claim: NumberClaim, dataset: Dataset, counts: Mapping[str, bool | None], verb: str) -> Outcome:
    """Compare the number of areas that count with the one stated; unknown areas make it a range."""
    counted, unknown = ([a for a in dataset.areas if counts[a.id] is value] for value in (True, None))
    least, most = len(counted), len(counted) + len(unknown)
    number = f"{least}" if least == most else f"{least} to {most}"
    words = f"{number} of {len(counts)} areas {verb}"
    words += f": {', '.join(str(a.number) for a in counted)}" if counted else ""
    words += f"; not known: {', '.join(str(a.number) for a in unknown)}" if unknown else ""
    areas = {"areas": [a.id for a in counted], "unknown": [a.id for a in unknown]}
    return _number(words, claim, range(least, most + 1), least=least, most=most, **areas)


@_answer.register(claims.NumberOfPartnerships)
def _number_of_partnerships(claim: claims.NumberOfPartnerships, _: Dataset, pool: Pool) -> Outcome:
    words = "1 partnership" if len(pool) == 1 else f"{len(pool)} partnerships"
    return _number(words, claim, [len(pool)], count=len(pool))


def _number(words: str, claim: NumberClaim, possible: Iterable[int], **figures: Figure) -> Outcome:
    """Compare the numbers that are possible with the one stated."""
    inside = {abs(number - claim.count) <= claim.tolerance for number in possible}
    holds = inside.pop() if len(inside) == 1 else None  # some of the possible numbers fit, some do not
    stated = f"about {claim.count}" if claim.tolerance else f"{claim.count}"
    figures |= {"stated": claim.count, "tolerance": claim.tolerance}
    return _outcome(words, holds=holds, stated_words=stated, **figures)


@_answer.register(claims.OrderByDate)
def _order_by_date(claim: claims.OrderByDate, _: Dataset, pool: Pool) -> Outcome:
    days = {p.id: p.order_key[0] for p in pool}
    stated = [days[partner] for partner in claim.order]
    words = ", ".join(f"{p.name} {dates.in_words(p.date.value)}" for p in pool)
    holds, texts = stated == sorted(stated), [p.date.text for p in pool]
    return _outcome(words, holds=holds, order=[*days], days=texts, stated=list(claim.order))


@_answer.register(claims.RankByDate)
def _rank_by_date(claim: claims.RankByDate, _: Dataset, pool: Pool) -> Outcome:
    partner = next((p for p in pool if p.id == claim.partner), None)
    if partner is None:
        return _outcome(f"{claim.partner} is not among the partnerships compared", holds=False, stated=claim.rank)
    days, own = [p.order_key[0] for p in pool], partner.order_key[0]
    first = 1 + sum(day < own for day in days)
    last = first - 1 + days.count(own)  # partnerships of one day share their ranks
    place = f"number {first}" if first == last else f"number {first} to {last}, with others of that day"
    words = f"{partner.name_with_article} is {place} of {len(pool)} by date ({dates.in_words(partner.date.value)})"
    figures = {"first": first, "last": last, "stated": claim.rank}
    return _outcome(words, holds=first <= claim.rank <= last, stated_words=f"{claim.rank}", **figures)


@_answer.register(claims.DatesOfPartnerships)
def _dates_of_partnerships(claim: claims.DatesOfPartnerships, _: Dataset, pool: Pool) -> Outcome:
    wrong = [p for p in pool if p.date.value != claim.days[p.id]]
    words = ", ".join(f"{p.name}: {dates.in_words(p.date.value)} ({p.act.value})" for p in pool)
    names = {p.id: f"{p.name} " if len(pool) > 1 else "" for p in pool}
    stated = ", ".join(names[p.id] + _stated_day(p, claim.days[p.id]) for p in wrong)
    days, stated_days = [p.date.text for p in pool], [str(claim.days[p.id]) for p in pool]
    figures = {"days": days, "stated": stated_days, "wrong": [p.id for p in wrong]}
    return _outcome(words, holds=not wrong, stated_words=stated, **figures)


def _stated_day(partnership: Partnership, day: date) -> str:
    """Return the day stated, and what else happened on it."""
    events = [m.event.words for m in partnership.milestones if m.date == str(day)]
    return dates.in_words(day) + (f", true of another event: {listed(events)}" if events else "")


@_answer.register(claims.MilestoneOn)
def _milestone_on(claim: claims.MilestoneOn, _: Dataset, pool: Pool) -> Outcome:
    (partnership,) = pool
    days, stated = [m.date for m in partnership.milestones if m.event is claim.event], str(claim.day)
    is_open = not days or any(stated.startswith(day) for day in days)  # a month or year may include the day
    words = f"{partnership.name}: {claim.event.words} {listed(map(dates.in_words, days)) if days else 'not on record'}"
    holds = stated in days or (None if is_open else False)
    return _outcome(words, holds=holds, stated_words=dates.in_words(claim.day), days=days, stated=stated)
