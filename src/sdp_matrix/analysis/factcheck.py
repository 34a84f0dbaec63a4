"""Published statements against the data: each recomputed, with the figures.

What is not known is never taken for absent. An outcome is None wherever unknown cells, filled in one way or the other,
would decide it; so a verdict that is given can only change with a value that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatch
from typing import TypeAlias

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.selection import Scope
from sdp_matrix.model import dates
from sdp_matrix.model import registers as claims
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Claim, Statement
from sdp_matrix.model.vocabulary import DATE_FIELD, EVERYBODY, GROUP_FIELD, IN_TABLE, Counting, Stance, Status, Verdict
from sdp_matrix.text_safety import listed

Figure: TypeAlias = "int | str | Sequence[str]"
Pool: TypeAlias = Sequence[Partnership]
"""The partnerships that a claim is answered from."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a claim holds on one day, and why."""

    words: str
    figures: Mapping[str, Figure]
    """The same figures as data; each kind of claim has its own."""
    holds: bool | None
    """None if unknown cells could decide."""
    partners: tuple[str, ...] = ()
    """Ids of the partners in scope, in order of date."""
    day: date | None = None
    """Later partnerships were left out; None if none was."""


@dataclass(frozen=True, slots=True)
class FactcheckResult:
    """A statement with its verdict."""

    statement: Statement
    now: Outcome
    then: Outcome | None = None
    """On the day that the statement speaks of, if it names one."""
    own_source: bool = False
    """Whether a value that it is checked against rests on the document that makes it, and on nothing else."""

    @property
    def verdict(self) -> Verdict:
        """true, false, true-then (on its day, and no longer), or unknown where cells could decide."""
        now, then = self.now.holds, (self.then or self.now).holds
        if then is False:
            return Verdict.FALSE
        if then is None or now is None:
            return Verdict.UNKNOWN
        return Verdict.TRUE if now else Verdict.TRUE_THEN

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one on record; a statement without one on record expects nothing."""
        return self.statement.expected in {None, self.verdict}


def factcheck(dataset: Dataset, *names: str, as_of: date | None = None) -> Listing[FactcheckResult]:
    """Check the statements with these ids, else all of them, in the order of the file; raises `UnknownNameError`.

    >>> from sdp_matrix import load
    >>> [result] = load().factcheck("nine-to-date")
    >>> str(result.verdict), result.now.words
    ('true-then', '12 partnerships; stated: 9')
    """
    chosen = {dataset.statement(name).id for name in names}
    results = tuple(check(dataset, s, as_of=as_of) for s in dataset.statements if not chosen or s.id in chosen)
    scope = Scope(tuple(p for p in dataset.everyone if p.is_dated_by(as_of)), dataset.areas, (), as_of)
    return Listing(results, question="factcheck", dataset=dataset, scope=scope)


def check(dataset: Dataset, statement: Statement, *, as_of: date | None = None) -> FactcheckResult:
    """Check one statement against the partnerships of a day or earlier, else against those of today.

    A statement that speaks of a day is checked on that day as well, unless `as_of` is earlier still.
    """
    now = _outcome(dataset, statement.check, as_of)
    again = statement.as_of is not None and not (as_of and as_of <= statement.as_of)
    then = _outcome(dataset, statement.check, statement.as_of) if again else None
    own = {statement.reference}
    own_source = any(own in _sources(dataset, statement.check, dataset.partner(partner)) for partner in now.partners)
    return FactcheckResult(statement, now, then, own_source)


def _sources(dataset: Dataset, claim: Claim, partnership: Partnership) -> Iterator[set[str]]:
    """Return what each value of a partnership that a claim reads rests on: ids of references."""
    if isinstance(claim, claims.MilestoneOn):
        yield from ({m.reference} for m in partnership.milestones if m.event is claim.event)
        return
    for field in _fields(claim, partnership):
        value = grading.explain_field(dataset, partnership, field)
        yield {e.reference for e in value.evidence if grading.stance(value.value, e) is Stance.FOR}


def _fields(claim: Claim, partnership: Partnership) -> Iterator[str]:
    """Return the fields of a partnership that a claim reads, those of groups only if they are on record."""
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


_BY_DATE = (claims.OrderByDate, claims.RankByDate, claims.DatesOfPartnerships)
"""The claims that only partnerships with a date can answer."""


def _outcome(dataset: Dataset, claim: Claim, day: date | None) -> Outcome:
    named = _partners_named(claim)
    over = getattr(claim, "over", None)
    in_scope = named if over is None else {partner for operand in over for partner in _expand(dataset, operand)}
    concerned = [p for p in dataset.partnerships if p.id in in_scope | named]
    pool = [p for p in concerned if p.id in in_scope and p.is_dated_by(day)]
    undated = [p for p in concerned if p.date.value is None]
    later = [p for p in concerned if p.id in named and not p.is_dated_by(day)]
    if undated and (day or isinstance(claim, _BY_DATE)):
        outcome = Outcome(f"no date is known for {_names(undated)}", {"undated": [p.id for p in undated]}, holds=None)
    elif later:
        outcome = Outcome(
            f"no partnership with {_names(later)} by then", {"not_yet": [p.id for p in later]}, holds=False
        )
    elif not pool and not isinstance(claim, claims.NumberOfPartnerships):
        outcome = Outcome("no such partnership", {}, holds=False)
    else:
        outcome = _answer(claim, dataset, pool)
    return replace(outcome, partners=tuple(p.id for p in pool), day=day)


def _partners_named(claim: Claim) -> set[str]:
    """Return the ids of the partners that a claim names one by one."""
    pools = {EVERYBODY, IN_TABLE}
    over = {name for name in getattr(claim, "over", ()) if name not in pools and not Field(name).group}
    lists = (getattr(claim, key, ()) for key in ("exactly", "order", "days"))
    partner = {claim.partner} if isinstance(claim, claims.RankByDate | claims.MilestoneOn) else set()
    return over.union(partner, *lists)


def _expand(dataset: Dataset, operand: str) -> Iterable[str]:
    """Return the ids of the partners that an operand stands for."""
    if operand == EVERYBODY:
        return (p.id for p in dataset.partnerships)
    if operand == IN_TABLE:
        return (p.id for p in dataset.in_table)
    if group := Field(operand).group:
        return (p.id for p in dataset.members(group))
    return (operand,)


def _names(partnerships: Iterable[Partnership]) -> str:
    return listed(p.name_with_article for p in partnerships)


@singledispatch
def _answer(claim: Claim, _dataset: Dataset, _pool: Pool) -> Outcome:
    """Answer a claim from the partnerships of a pool alone; there is one function for each kind of claim."""
    raise TypeError(f"no function answers claims of the kind {claim.kind}")


@_answer.register(claims.PartnersWithArea)
def _partners_with_area(claim: claims.PartnersWithArea, dataset: Dataset, pool: Pool) -> Outcome:
    counts = {p.id: claim.counting.holds(p.status(claim.area)) for p in pool}
    area = next(area for area in dataset.areas if area.id == claim.area)
    heading = f"{area.label} (area {area.number}): {_COUNTED[claim.counting]}"
    return _exactly(pool, counts, claim.exactly, heading)


@_answer.register(claims.MembersOfGroup)
def _members_of_group(claim: claims.MembersOfGroup, dataset: Dataset, pool: Pool) -> Outcome:
    title = next(group.title for group in dataset.groups if group.id == claim.group)
    members: dict[str, bool | None] = {p.id: p.belongs_to(claim.group) for p in pool}
    asked = f", of those asked ({_names(pool)})" if len(pool) == 1 else ""
    return _exactly(pool, members, claim.exactly, f"{title}{asked}:")


_COUNTED = {
    Counting.COVERED: "covered by",
    Counting.PRESENT: "present in",
    Counting.ABSENT: "absent from",
}


def _exactly(pool: Pool, counts: Mapping[str, bool | None], exactly: Sequence[str], heading: str) -> Outcome:
    """Whether those who count are the ones stated, with their names."""
    partners = [p.id for p in pool if counts[p.id]]
    unknown = [p.id for p in pool if counts[p.id] is None]
    holds = _exactly_these(counts, exactly)
    spoken = {p.id: p.name_with_article for p in pool}
    share = f" of {len(pool)}" if len(pool) > 1 else ""
    words = f"{heading} {listed(spoken[p] for p in partners)}"
    words += f" ({len(partners)}{share})" if partners and share else share
    words += f", not known for {listed(spoken[p] for p in unknown)}" if unknown else ""
    words += _stated(listed(spoken.get(p, p) for p in exactly), holds=holds)
    return Outcome(words, {"partners": partners, "unknown": unknown, "stated": list(exactly)}, holds=holds)


def _exactly_these(counts: Mapping[str, bool | None], stated: Sequence[str]) -> bool | None:
    """Say whether those who count are the ones stated; a known exception decides, whatever is not known."""
    contradicted = any(counts.get(partner) is False for partner in stated) or not counts.keys() >= set(stated)
    if contradicted or {partner for partner, holds in counts.items() if holds} - set(stated):
        return False
    return None if None in counts.values() else True


def _area_counts(claim: claims.CommonAreas | claims.DifferingAreas, statuses: Sequence[Status]) -> bool | None:
    """Say whether an area in which partners have these statuses counts; None where what is unknown could decide."""
    if isinstance(claim, claims.CommonAreas):
        row = [claim.counting.holds(status) for status in statuses]
        return False if False in row else None if None in row else True
    known = {status for status in statuses if status.present is not None}
    if len(known) > 1:
        return True
    return None if len(statuses) > 1 and any(status.present is None for status in statuses) else False


@_answer.register(claims.CommonAreas)
@_answer.register(claims.DifferingAreas)
def _number_of_areas(claim: claims.CommonAreas | claims.DifferingAreas, dataset: Dataset, pool: Pool) -> Outcome:
    """Whether as many areas count as stated: every number between the certain and the possible ones can be right."""
    counts = {area.id: _area_counts(claim, [p.status(area.id) for p in pool]) for area in dataset.areas}
    counted = [a for a in dataset.areas if counts[a.id]]
    unknown = [a for a in dataset.areas if counts[a.id] is None]
    least, most = len(counted), len(counted) + len(unknown)
    holds = _within(least, most, claim)
    number = f"{least}" if least == most else f"{least} to {most}"
    words = f"{number} of {len(counts)} areas {_predicate(claim, pool)}"
    words += f": {', '.join(str(a.number) for a in counted)}" if counted else ""
    words += f"; not known: {', '.join(str(a.number) for a in unknown)}" if unknown else ""
    figures: dict[str, Figure] = {
        "least": least,
        "most": most,
        "areas": [a.id for a in counted],
        "unknown": [a.id for a in unknown],
        "stated": claim.count,
        "tolerance": claim.tolerance,
    }
    return Outcome(words + _stated(_about(claim), holds=holds), figures, holds=holds)


def _predicate(claim: claims.CommonAreas | claims.DifferingAreas, pool: Pool) -> str:
    if isinstance(claim, claims.DifferingAreas):
        return "differ"
    whom = pool[0].name_with_article if len(pool) == 1 else f"all {len(pool)}" if len(pool) > 2 else "both"  # noqa: PLR2004
    return f"{_COUNTED[claim.counting]} {whom}"


def _within(
    least: int, most: int, claim: claims.CommonAreas | claims.DifferingAreas | claims.NumberOfPartnerships
) -> bool | None:
    """Whether a number that lies between two bounds is the one stated; None where it may or may not be."""
    inside = [abs(number - claim.count) <= claim.tolerance for number in range(least, most + 1)]
    return True if all(inside) else None if any(inside) else False


@_answer.register(claims.NumberOfPartnerships)
def _number_of_partnerships(claim: claims.NumberOfPartnerships, _: Dataset, pool: Pool) -> Outcome:
    number = len(pool)
    holds = _within(number, number, claim)
    words = f"{number} partnership{'s' * (number != 1)}{_stated(_about(claim), holds=holds)}"
    return Outcome(words, {"count": number, "stated": claim.count, "tolerance": claim.tolerance}, holds=holds)


@_answer.register(claims.OrderByDate)
def _order_by_date(claim: claims.OrderByDate, _: Dataset, pool: Pool) -> Outcome:
    days = {p.id: p.order_key[0] for p in pool}
    stated = [days[partner] for partner in claim.order]
    words = ", ".join(f"{p.name} {dates.in_words(p.date.value)}" for p in pool)
    figures: dict[str, Figure] = {
        "order": [p.id for p in pool],
        "days": [p.date.text for p in pool],
        "stated": list(claim.order),
    }
    return Outcome(words, figures, holds=stated == sorted(stated))


@_answer.register(claims.RankByDate)
def _rank_by_date(claim: claims.RankByDate, _: Dataset, pool: Pool) -> Outcome:
    partner = next((p for p in pool if p.id == claim.partner), None)
    if partner is None:
        return Outcome(f"{claim.partner} is not among the partnerships looked at", {"stated": claim.rank}, holds=False)
    days, own = [p.order_key[0] for p in pool], partner.order_key[0]
    first = 1 + sum(day < own for day in days)
    last = first - 1 + days.count(own)
    holds = first <= claim.rank <= last
    place = f"number {first}" if first == last else f"number {first} to {last}, with others of that day"
    words = f"{partner.name_with_article} is {place} of {len(pool)} by date ({dates.in_words(partner.date.value)})"
    figures = {"first": first, "last": last, "stated": claim.rank}
    return Outcome(words + _stated(str(claim.rank), holds=holds), figures, holds=holds)


@_answer.register(claims.DatesOfPartnerships)
def _dates_of_partnerships(claim: claims.DatesOfPartnerships, _: Dataset, pool: Pool) -> Outcome:
    wrong = [p for p in pool if p.date.value != claim.days[p.id]]
    words = ", ".join(f"{p.name}: {dates.in_words(p.date.value)} ({p.act.value})" for p in pool)
    stated = ", ".join(_stated_day(p, claim.days[p.id], alone=len(pool) == 1) for p in wrong)
    figures: dict[str, Figure] = {
        "days": [p.date.text for p in pool],
        "stated": [str(claim.days[p.id]) for p in pool],
        "wrong": [p.id for p in wrong],
    }
    return Outcome(words + _stated(stated, holds=not wrong), figures, holds=not wrong)


def _stated_day(partnership: Partnership, day: date, *, alone: bool) -> str:
    """The day stated, and what else happened on it."""
    events = [m.event.words for m in partnership.milestones if m.date == str(day)]
    name = "" if alone else f"{partnership.name} "
    return f"{name}{dates.in_words(day)}" + (f", true of another event: {listed(events)}" if events else "")


@_answer.register(claims.MilestoneOn)
def _milestone_on(claim: claims.MilestoneOn, _: Dataset, pool: Pool) -> Outcome:
    (partnership,) = pool
    days = [m.date for m in partnership.milestones if m.event is claim.event]
    stated = str(claim.day)
    holds = True if stated in days else None if any(stated.startswith(day) for day in days) or not days else False
    on_record = listed(map(dates.in_words, days)) if days else "not on record"
    words = f"{partnership.name}: {claim.event.words} {on_record}"
    figures: dict[str, Figure] = {"days": days, "stated": stated}
    return Outcome(words + _stated(dates.in_words(claim.day), holds=holds), figures, holds=holds)


def _stated(stated: str, *, holds: bool | None) -> str:
    """What the text says, where the data do not bear it out."""
    return "" if holds else f"; stated: {stated}"


def _about(claim: claims.CommonAreas | claims.DifferingAreas | claims.NumberOfPartnerships) -> str:
    return f"about {claim.count}" if claim.tolerance else str(claim.count)
