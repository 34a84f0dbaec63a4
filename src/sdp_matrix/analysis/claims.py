"""What the data say of one claim, among the partnerships that it looks at, with the figures.

What is not known is never taken for absent. An answer is None wherever unknown cells, filled in one way or the other,
would decide it; so an answer that is given can only change with a value that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import TypeAlias

from sdp_matrix.model import dates
from sdp_matrix.model import statement as claims
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.statement import Claim
from sdp_matrix.model.vocabulary import GROUP_FIELD, Counting, Status
from sdp_matrix.sanitize import listed

Figure: TypeAlias = "int | str | Sequence[str]"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a claim holds, and why."""

    words: str
    """The figures in words."""
    figures: Mapping[str, Figure]
    """The same figures as data; each kind of claim has its own."""
    holds: bool | None
    """None where what is not known could decide."""


BY_DATE = (claims.OrderByDate, claims.RankByDate, claims.DatesOfPartnerships)
"""The claims that only partnerships with a date can answer."""


def names(partnerships: Iterable[Partnership]) -> str:
    """Put the names of partners into a sentence."""
    return listed(map(_spoken, partnerships))


def _spoken(partnership: Partnership) -> str:
    """The name as it stands in a sentence."""
    return partnership.name_with_article


def looked_at(dataset: Dataset, claim: Claim) -> tuple[str, ...]:
    """Give the ids of the partners that a claim runs over, in order of date."""
    match claim:
        case claims.OrderByDate():
            wanted = set(claim.order)
        case claims.DatesOfPartnerships():
            wanted = set(claim.days)
        case claims.MilestoneOn():
            wanted = {claim.partner}
        case _:
            wanted = {partner for operand in claim.over for partner in _meant(dataset, operand)}
    return tuple(p.id for p in dataset.partnerships if p.id in wanted)


def _meant(dataset: Dataset, operand: str) -> Iterable[str]:
    if operand == claims.EVERYBODY:
        return (p.id for p in dataset.partnerships)
    if operand == claims.IN_TABLE:
        return (p.id for p in dataset.in_table)
    if operand.startswith(GROUP_FIELD):
        return (p.id for p in dataset.members(operand.removeprefix(GROUP_FIELD)))
    return (operand,)


def named(claim: Claim) -> set[str]:
    """Give the ids of the partners that a claim names one by one."""
    match claim:
        case claims.OrderByDate():
            return set(claim.order)
        case claims.DatesOfPartnerships():
            return set(claim.days)
        case claims.MilestoneOn():
            return {claim.partner}
        case claims.PartnersWithArea() | claims.MembersOfGroup():
            more = set(claim.exactly)
        case claims.RankByDate():
            more = {claim.partner}
        case _:
            more = set()
    pools = {claims.EVERYBODY, claims.IN_TABLE}
    return more | {name for name in claim.over if name not in pools and not name.startswith(GROUP_FIELD)}


@singledispatch
def answer(claim: Claim, _dataset: Dataset, _pool: Sequence[Partnership]) -> Answer:
    """Answer a claim from the partnerships of a pool alone; there is one function for each kind of claim."""
    raise TypeError(f"no function answers claims of the kind {claim.kind}")


@answer.register(claims.PartnersWithArea)
def _partners_with_area(claim: claims.PartnersWithArea, dataset: Dataset, pool: Sequence[Partnership]) -> Answer:
    counts = {p.id: claim.counting.holds(p.status(claim.area)) for p in pool}
    area = next(area for area in dataset.areas if area.id == claim.area)
    heading = f"{area.label} (area {area.number}): {_COUNTED[claim.counting]}"
    return _exactly(pool, counts, claim.exactly, heading)


@answer.register(claims.MembersOfGroup)
def _members_of_group(claim: claims.MembersOfGroup, dataset: Dataset, pool: Sequence[Partnership]) -> Answer:
    title = next(group.title for group in dataset.groups if group.id == claim.group)
    members: dict[str, bool | None] = {p.id: p.belongs_to(claim.group) for p in pool}
    asked = f", of those asked ({names(pool)})" if len(pool) == 1 else ""
    return _exactly(pool, members, claim.exactly, f"{title}{asked}:")


_COUNTED = {
    Counting.COVERED: "covered by",
    Counting.PRESENT: "present in",
    Counting.ABSENT: "absent from",
}


def _exactly(
    pool: Sequence[Partnership], counts: Mapping[str, bool | None], exactly: Sequence[str], heading: str
) -> Answer:
    """Whether those who count are the ones stated, with their names."""
    found = [p.id for p in pool if counts[p.id]]
    unknown = [p.id for p in pool if counts[p.id] is None]
    holds = exactly_these(counts, exactly)
    spoken = {p.id: _spoken(p) for p in pool}
    share = f" of {len(pool)}" if len(pool) > 1 else ""
    words = f"{heading} {listed(spoken[p] for p in found)}"
    words += f" ({len(found)}{share})" if found and share else share
    words += f", not known for {listed(spoken[p] for p in unknown)}" if unknown else ""
    words += _stated(listed(spoken.get(p, p) for p in exactly), holds=holds)
    return Answer(words, {"partners": found, "unknown": unknown, "stated": list(exactly)}, holds=holds)


def exactly_these(counts: Mapping[str, bool | None], stated: Sequence[str]) -> bool | None:
    """Say whether those who count are the ones stated; a known exception decides, whatever is not known."""
    contradicted = any(counts.get(partner) is False for partner in stated) or not counts.keys() >= set(stated)
    if contradicted or {partner for partner, holds in counts.items() if holds} - set(stated):
        return False
    return None if None in counts.values() else True


@answer.register(claims.CommonAreas)
def _common_areas(claim: claims.CommonAreas, dataset: Dataset, pool: Sequence[Partnership]) -> Answer:
    whom = _spoken(pool[0]) if len(pool) == 1 else f"all {len(pool)}" if len(pool) > 2 else "both"  # noqa: PLR2004
    return _counted(dataset, claim, pool, f"{_COUNTED[claim.counting]} {whom}")


@answer.register(claims.DifferingAreas)
def _differing_areas(claim: claims.DifferingAreas, dataset: Dataset, pool: Sequence[Partnership]) -> Answer:
    return _counted(dataset, claim, pool, "differ")


def area_counts(claim: claims.CommonAreas | claims.DifferingAreas, statuses: Sequence[Status]) -> bool | None:
    """Say whether an area in which partners have these statuses counts; None where what is unknown could decide."""
    if isinstance(claim, claims.CommonAreas):
        row = [claim.counting.holds(status) for status in statuses]
        return False if False in row else None if None in row else True
    known = {status for status in statuses if status.present is not None}
    if len(known) > 1:
        return True
    return None if len(statuses) > 1 and any(status.present is None for status in statuses) else False


def _counted(
    dataset: Dataset,
    claim: claims.CommonAreas | claims.DifferingAreas,
    pool: Sequence[Partnership],
    predicate: str,
) -> Answer:
    """Whether as many areas count as stated: every number between the certain and the possible ones can be right."""
    counts = {area.id: area_counts(claim, [p.status(area.id) for p in pool]) for area in dataset.areas}
    found = [a for a in dataset.areas if counts[a.id]]
    unknown = [a for a in dataset.areas if counts[a.id] is None]
    least, most = len(found), len(found) + len(unknown)
    holds = within(least, most, claim)
    number = f"{least}" if least == most else f"{least} to {most}"
    words = f"{number} of {len(counts)} areas {predicate}"
    words += f": {', '.join(str(a.number) for a in found)}" if found else ""
    words += f"; not known: {', '.join(str(a.number) for a in unknown)}" if unknown else ""
    figures: dict[str, Figure] = {
        "least": least,
        "most": most,
        "areas": [a.id for a in found],
        "unknown": [a.id for a in unknown],
        "stated": claim.count,
        "tolerance": claim.tolerance,
    }
    return Answer(words + _stated(_about(claim), holds=holds), figures, holds=holds)


def within(
    least: int, most: int, claim: claims.CommonAreas | claims.DifferingAreas | claims.NumberOfPartnerships
) -> bool | None:
    """Whether a number that lies between two bounds is the one stated; None where it may or may not be."""
    inside = [abs(number - claim.count) <= claim.tolerance for number in range(least, most + 1)]
    return True if all(inside) else None if any(inside) else False


@answer.register(claims.NumberOfPartnerships)
def _number_of_partnerships(claim: claims.NumberOfPartnerships, _: Dataset, pool: Sequence[Partnership]) -> Answer:
    number = len(pool)
    holds = within(number, number, claim)
    words = f"{number} partnership{'s' * (number != 1)}{_stated(_about(claim), holds=holds)}"
    return Answer(words, {"count": number, "stated": claim.count, "tolerance": claim.tolerance}, holds=holds)


@answer.register(claims.OrderByDate)
def _order_by_date(claim: claims.OrderByDate, _: Dataset, pool: Sequence[Partnership]) -> Answer:
    days = {p.id: p.order_key[0] for p in pool}
    stated = [days[partner] for partner in claim.order]
    words = ", ".join(f"{p.name} {dates.in_words(p.date.value)}" for p in pool)
    figures: dict[str, Figure] = {
        "order": [p.id for p in pool],
        "days": [p.date.text for p in pool],
        "stated": list(claim.order),
    }
    return Answer(words, figures, holds=stated == sorted(stated))


@answer.register(claims.RankByDate)
def _rank_by_date(claim: claims.RankByDate, _: Dataset, pool: Sequence[Partnership]) -> Answer:
    partner = next((p for p in pool if p.id == claim.partner), None)
    if partner is None:
        return Answer(f"{claim.partner} is not among the partnerships looked at", {"stated": claim.rank}, holds=False)
    days, own = [p.order_key[0] for p in pool], partner.order_key[0]
    first = 1 + sum(day < own for day in days)
    last = first - 1 + days.count(own)
    holds = first <= claim.rank <= last
    place = f"number {first}" if first == last else f"number {first} to {last}, with others of that day"
    words = f"{_spoken(partner)} is {place} of {len(pool)} by date ({dates.in_words(partner.date.value)})"
    figures = {"first": first, "last": last, "stated": claim.rank}
    return Answer(words + _stated(str(claim.rank), holds=holds), figures, holds=holds)


@answer.register(claims.DatesOfPartnerships)
def _dates_of_partnerships(claim: claims.DatesOfPartnerships, _: Dataset, pool: Sequence[Partnership]) -> Answer:
    wrong = [p for p in pool if p.date.value != claim.days[p.id]]
    words = ", ".join(f"{p.name}: {dates.in_words(p.date.value)} ({p.act.value})" for p in pool)
    stated = ", ".join(_stated_day(p, claim.days[p.id], alone=len(pool) == 1) for p in wrong)
    figures: dict[str, Figure] = {
        "days": [p.date.text for p in pool],
        "stated": [str(claim.days[p.id]) for p in pool],
        "wrong": [p.id for p in wrong],
    }
    return Answer(words + _stated(stated, holds=not wrong), figures, holds=not wrong)


def _stated_day(partnership: Partnership, day: date, *, alone: bool) -> str:
    """The day stated, and what else happened on it."""
    events = [m.event.words for m in partnership.milestones if m.date == str(day)]
    name = "" if alone else f"{partnership.name} "
    return f"{name}{dates.in_words(day)}" + (f", true of another event: {listed(events)}" if events else "")


@answer.register(claims.MilestoneOn)
def _milestone_on(claim: claims.MilestoneOn, _: Dataset, pool: Sequence[Partnership]) -> Answer:
    (partnership,) = pool
    days = [m.date for m in partnership.milestones if m.event is claim.event]
    stated = str(claim.day)
    holds = True if stated in days else None if any(stated.startswith(day) for day in days) or not days else False
    found = listed(map(dates.in_words, days)) if days else "not on record"
    words = f"{partnership.name}: {claim.event.words} {found}"
    figures: dict[str, Figure] = {"days": days, "stated": stated}
    return Answer(words + _stated(dates.in_words(claim.day), holds=holds), figures, holds=holds)


def _stated(stated: str, *, holds: bool | None) -> str:
    """What the text says, where the data do not bear it out."""
    return "" if holds else f"; stated: {stated}"


def _about(claim: claims.CommonAreas | claims.DifferingAreas | claims.NumberOfPartnerships) -> str:
    return f"about {claim.count}" if claim.tolerance else str(claim.count)
