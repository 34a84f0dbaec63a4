"""Published statements against the data: each recomputed, with the figures.

What is not known is never taken for absent. An outcome is None wherever unknown cells, filled in one way or the other,
would decide it; so a verdict that is given can only change with a value that is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sdp_matrix.model import dates, statement
from sdp_matrix.model.vocabulary import GROUP_FIELD, Counting, Verdict
from sdp_matrix.sanitize import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Partnership
    from sdp_matrix.model.statement import Claim, Statement

Figure: TypeAlias = "int | str | Sequence[str]"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a check holds on one day, and why."""

    holds: bool | None
    """None where unknown cells could decide."""
    words: str
    """The figures in words."""
    figures: Mapping[str, Figure]
    """The same figures as data; each kind of check has its own."""
    partners: tuple[str, ...]
    """Ids of the partners that were looked at, in order of date."""
    day: date | None = None
    """Later partnerships were left out; None where none was."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement with its verdict."""

    statement: Statement
    now: Outcome
    then: Outcome | None = None
    """On the day that the statement speaks of, where it names one."""

    @property
    def verdict(self) -> Verdict:
        """true, false, true-then (on its day, and no longer), or unknown where unknown cells could decide."""
        then = self.now.holds if self.then is None else self.then.holds
        if then is False:
            return Verdict.FALSE
        if then is None or self.now.holds is None:
            return Verdict.UNKNOWN
        return Verdict.TRUE if self.now.holds else Verdict.TRUE_THEN

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one on record; a statement without one on record expects nothing."""
        return self.statement.expected in {None, self.verdict}


def factcheck(dataset: Dataset, names: Sequence[str] = (), *, as_of: date | None = None) -> tuple[Finding, ...]:
    """Claim the statements with these ids, else all of them, in the order of the file; raises `UnknownName`."""
    chosen = {dataset.statement(name).id for name in names}
    return tuple(check(dataset, s, as_of=as_of) for s in dataset.statements if not chosen or s.id in chosen)


def check(dataset: Dataset, statement: Statement, *, as_of: date | None = None) -> Finding:
    """Claim one statement against the partnerships of a day or earlier, else against those of today.

    A statement that speaks of a day is checked on that day as well, unless `as_of` is earlier still.
    """
    now = _outcome(dataset, statement.check, as_of)
    if statement.as_of is None or (as_of and as_of <= statement.as_of):
        return Finding(statement, now)
    return Finding(statement, now, _outcome(dataset, statement.check, statement.as_of))


_Answer: TypeAlias = "tuple[bool | None, str, Mapping[str, Figure]]"
"""Whether a check holds, the figures in words, and as data."""


_BY_DATE = (statement.OrderByDate, statement.RankByDate, statement.DateOfPartnership)


def _outcome(dataset: Dataset, check: Claim, day: date | None) -> Outcome:
    looked_at, named = _looked_at(dataset, check), _named(check)
    there = {p.id: p for p in dataset.partnerships if p.is_dated_by(day)}
    pool = tuple(there[partner] for partner in looked_at if partner in there)
    concerned = [p for p in dataset.partnerships if p.id in {*looked_at, *named}]
    undated = [p for p in concerned if p.date.value is None]
    later = [p for p in concerned if p.id in named and p.id not in there]
    answer: _Answer
    if undated and (day or isinstance(check, _BY_DATE)):
        answer = (None, f"no date is known for {_names(undated)}", {"undated": [p.id for p in undated]})
    elif later:
        answer = (False, f"no partnership with {_names(later)} by then", {"not_yet": [p.id for p in later]})
    elif not pool and not isinstance(check, statement.NumberOfPartnerships):
        answer = (False, "no such partnership", {})
    else:
        answer = _answer(dataset, check, pool)
    return Outcome(*answer, tuple(p.id for p in pool), day)


def _names(partnerships: Iterable[Partnership]) -> str:
    return listed(map(_spoken, partnerships))


def _spoken(partnership: Partnership) -> str:
    """The name as it stands in a sentence: the title of the partnership says whether it takes an article."""
    with_article = f"the {partnership.name}"
    return with_article if partnership.title.endswith(with_article) else partnership.name


def _looked_at(dataset: Dataset, check: Claim) -> tuple[str, ...]:
    """Ids of the partners that a check runs over, in order of date."""
    match check:
        case statement.OrderByDate():
            wanted = set(check.order)
        case statement.DateOfPartnership():
            wanted = {check.partner}
        case _:
            wanted = {partner for operand in check.over for partner in _meant(dataset, operand)}
    return tuple(p.id for p in dataset.partnerships if p.id in wanted)


def _meant(dataset: Dataset, operand: str) -> Iterable[str]:
    if operand == statement.EVERYBODY:
        return (p.id for p in dataset.partnerships)
    if operand == statement.IN_TABLE:
        return (p.id for p in dataset.in_table)
    if operand.startswith(GROUP_FIELD):
        return (p.id for p in dataset.members(operand.removeprefix(GROUP_FIELD)))
    return (operand,)


def _named(check: Claim) -> set[str]:
    """Ids of the partners that a check names one by one."""
    match check:
        case statement.OrderByDate():
            return set(check.order)
        case statement.DateOfPartnership():
            return {check.partner}
        case statement.PartnersWithArea() | statement.MembersOfGroup():
            more = set(check.exactly)
        case statement.RankByDate():
            more = {check.partner}
        case _:
            more = set()
    pools = {statement.EVERYBODY, statement.IN_TABLE}
    return more | {name for name in check.over if name not in pools and not name.startswith(GROUP_FIELD)}


def _answer(dataset: Dataset, check: Claim, pool: Sequence[Partnership]) -> _Answer:
    match check:
        case statement.PartnersWithArea():
            return _partners_with_area(dataset, check, pool)
        case statement.MembersOfGroup():
            return _members_of_group(dataset, check, pool)
        case statement.CommonAreas():
            return _common_areas(dataset, check, pool)
        case statement.DifferingAreas():
            return _differing_areas(dataset, check, pool)
        case statement.NumberOfPartnerships():
            return _number_of_partnerships(check, pool)
        case statement.OrderByDate():
            return _order_by_date(check, pool)
        case statement.RankByDate():
            return _rank_by_date(check, pool)
        case statement.DateOfPartnership():
            return _date_of_partnership(check, pool)


def _partners_with_area(dataset: Dataset, check: statement.PartnersWithArea, pool: Sequence[Partnership]) -> _Answer:
    counts = {p.id: check.counting.holds(p.status(check.area)) for p in pool}
    area = next(area for area in dataset.areas if area.id == check.area)
    heading = f"{area.label} (area {area.number}): {_COUNTED[check.counting]}"
    return _exactly(pool, counts, check.exactly, heading)


def _members_of_group(dataset: Dataset, check: statement.MembersOfGroup, pool: Sequence[Partnership]) -> _Answer:
    title = next(group.title for group in dataset.groups if group.id == check.group)
    members: dict[str, bool | None] = {p.id: p.belongs_to(check.group) for p in pool}
    return _exactly(pool, members, check.exactly, f"{title}:")


_COUNTED = {
    Counting.COVERED: "covered by",
    Counting.PRESENT: "present in",
    Counting.ABSENT: "absent from",
}


def _exactly(
    pool: Sequence[Partnership], counts: Mapping[str, bool | None], exactly: Sequence[str], heading: str
) -> _Answer:
    """Whether those who count are the ones stated; a known exception decides, whatever is not known."""
    found = [p.id for p in pool if counts[p.id]]
    unknown = [p.id for p in pool if counts[p.id] is None]
    contradicted = any(counts.get(partner) is False for partner in exactly) or not counts.keys() >= set(exactly)
    holds = False if contradicted or set(found) - set(exactly) else None if unknown else True
    names = {p.id: _spoken(p) for p in pool}
    share = f" of {len(pool)}" if len(pool) > 1 else ""
    words = f"{heading} {listed(names[p] for p in found)}"
    words += f" ({len(found)}{share})" if found and share else share
    words += f", not known for {listed(names[p] for p in unknown)}" if unknown else ""
    words += _stated(listed(names.get(p, p) for p in exactly), holds=holds)
    return holds, words, {"partners": found, "unknown": unknown, "stated": list(exactly)}


def _common_areas(dataset: Dataset, check: statement.CommonAreas, pool: Sequence[Partnership]) -> _Answer:
    cells = {a.id: [check.counting.holds(p.status(a.id)) for p in pool] for a in dataset.areas}
    counts = {area: False if False in row else None if None in row else True for area, row in cells.items()}
    whom = _spoken(pool[0]) if len(pool) == 1 else f"all {len(pool)}" if len(pool) > 2 else "both"  # noqa: PLR2004
    return _counted(dataset, counts, check, f"{_COUNTED[check.counting]} {whom}")


def _differing_areas(dataset: Dataset, check: statement.DifferingAreas, pool: Sequence[Partnership]) -> _Answer:
    return _counted(dataset, {a.id: _differs(a.id, pool) for a in dataset.areas}, check, "differ")


def _differs(area: str, pool: Sequence[Partnership]) -> bool | None:
    """Whether not all have the same status; one that is not known may be the same or not."""
    statuses = [p.status(area) for p in pool]
    known = {status for status in statuses if status.present is not None}
    if len(known) > 1:
        return True
    return None if len(statuses) > 1 and any(status.present is None for status in statuses) else False


def _counted(
    dataset: Dataset,
    counts: Mapping[str, bool | None],
    check: statement.CommonAreas | statement.DifferingAreas,
    predicate: str,
) -> _Answer:
    """Whether as many areas count as stated: every number between the certain and the possible ones can be right."""
    found = [a for a in dataset.areas if counts[a.id]]
    unknown = [a for a in dataset.areas if counts[a.id] is None]
    least, most = len(found), len(found) + len(unknown)
    holds = _within(least, most, check)
    number = f"{least}" if least == most else f"{least} to {most}"
    words = f"{number} of {len(counts)} areas {predicate}"
    words += f": {', '.join(str(a.number) for a in found)}" if found else ""
    words += f"; not known: {', '.join(str(a.number) for a in unknown)}" if unknown else ""
    figures: dict[str, Figure] = {
        "least": least,
        "most": most,
        "areas": [a.id for a in found],
        "unknown": [a.id for a in unknown],
        "stated": check.count,
        "tolerance": check.tolerance,
    }
    return holds, words + _stated(_about(check), holds=holds), figures


def _within(
    least: int, most: int, check: statement.CommonAreas | statement.DifferingAreas | statement.NumberOfPartnerships
) -> bool | None:
    """Whether a number that lies between two bounds is the one stated; None where it may or may not be."""
    inside = [abs(number - check.count) <= check.tolerance for number in range(least, most + 1)]
    return True if all(inside) else None if any(inside) else False


def _number_of_partnerships(check: statement.NumberOfPartnerships, pool: Sequence[Partnership]) -> _Answer:
    number = len(pool)
    holds = _within(number, number, check)
    words = f"{number} partnership{'s' * (number != 1)}{_stated(_about(check), holds=holds)}"
    return holds, words, {"count": number, "stated": check.count, "tolerance": check.tolerance}


def _order_by_date(check: statement.OrderByDate, pool: Sequence[Partnership]) -> _Answer:
    days = {p.id: p.turn[0] for p in pool}
    stated = [days[partner] for partner in check.order]
    words = ", ".join(f"{p.name} {dates.in_words(p.date.value)}" for p in pool)
    figures: dict[str, Figure] = {
        "order": [p.id for p in pool],
        "days": [p.date.text for p in pool],
        "stated": list(check.order),
    }
    return stated == sorted(stated), words, figures


def _rank_by_date(check: statement.RankByDate, pool: Sequence[Partnership]) -> _Answer:
    partner = next((p for p in pool if p.id == check.partner), None)
    if partner is None:
        return False, f"{check.partner} is not among the partnerships looked at", {"stated": check.rank}
    days, own = [p.turn[0] for p in pool], partner.turn[0]
    first = 1 + sum(day < own for day in days)
    last = first - 1 + days.count(own)
    holds = first <= check.rank <= last
    place = f"number {first}" if first == last else f"number {first} to {last}, with others of that day"
    words = f"{_spoken(partner)} is {place} of {len(pool)} by date ({dates.in_words(partner.date.value)})"
    return holds, words + _stated(str(check.rank), holds=holds), {"first": first, "last": last, "stated": check.rank}


def _date_of_partnership(check: statement.DateOfPartnership, pool: Sequence[Partnership]) -> _Answer:
    day = pool[0].date.value
    holds = day == check.day
    words = f"{pool[0].name}: {dates.in_words(day)} ({pool[0].act.value})"
    words += _stated(dates.in_words(check.day), holds=holds)
    return holds, words, {"day": pool[0].date.text, "stated": str(check.day)}


def _stated(stated: str, *, holds: bool | None) -> str:
    """What the text says, where the data do not bear it out."""
    return "" if holds else f"; stated: {stated}"


def _about(check: statement.CommonAreas | statement.DifferingAreas | statement.NumberOfPartnerships) -> str:
    return f"about {check.count}" if check.tolerance else str(check.count)
