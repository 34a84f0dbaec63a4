"""Published statements: the verdicts of a hand check, what they depend on, and that nothing unknown decides one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import amended
from sdp_matrix import Partnerships, load
from sdp_matrix.analysis.factcheck import check
from sdp_matrix.errors import UnknownNameError
from sdp_matrix.model.partnership import GroupMembership, Partnership
from sdp_matrix.model.record import Record
from sdp_matrix.model.registers import (
    Claim,
    CommonAreas,
    DatesOfPartnerships,
    DifferingAreas,
    MembersOfGroup,
    MilestoneOn,
    NumberOfPartnerships,
    OrderByDate,
    PartnersWithArea,
    RankByDate,
    Statement,
)
from sdp_matrix.model.vocabulary import Counting, Event, Membership, Status, Verdict
from strategies import datasets


@pytest.fixture(scope="module")
def data() -> Partnerships:
    return load()


def test_every_verdict_is_the_one_of_a_check_by_hand_and_of_the_oracle(data: Partnerships) -> None:
    """The data have the verdicts of the hand check on record; the recorded factcheck.json has the figures."""
    for result in data.factcheck():
        assert result.verdict is result.statement.expected is _oracle(data, result.statement), result.statement.id


def test_another_value_on_record_is_noticed_and_changes_no_verdict(data: Partnerships) -> None:
    statement = data.statement("nine-to-date")
    for expected in Verdict:
        result = check(data, amended(statement, expected=expected))
        assert (result.verdict, result.as_expected) == (Verdict.TRUE_THEN, expected is Verdict.TRUE_THEN)
    assert check(data, amended(statement, expected=None)).as_expected


@pytest.mark.parametrize(("day", "number"), [("2026-03-17", 9), ("2026-03-18", 10), ("2026-03-24", 12)])
def test_partnerships_are_counted_by_day(data: Partnerships, day: str, number: int) -> None:
    [finding] = data.factcheck("nine-to-date", as_of=date.fromisoformat(day))
    assert finding.now.figures["count"] == number
    assert finding.verdict == (Verdict.TRUE if number == 9 else Verdict.TRUE_THEN)


def test_a_statement_of_a_later_day_is_checked_on_the_day_asked_for_alone(data: Partnerships) -> None:
    [finding] = data.factcheck("nine-to-date", as_of=date(2025, 1, 31))
    assert finding.then is None
    assert finding.verdict is Verdict.FALSE
    assert finding.now.words == "6 partnerships; stated: 9"


def test_a_statement_on_a_partnership_that_is_not_there_yet_is_false(data: Partnerships) -> None:
    [finding] = data.factcheck("consular-matters-two", as_of=date(2025, 1, 31))
    assert finding.verdict is Verdict.FALSE
    assert finding.now.words == "no partnership with India by then"
    assert finding.now.figures == {"not_yet": ["india"]}
    for finding in data.factcheck(as_of=date(2024, 1, 1)):
        assert finding.verdict is Verdict.FALSE, finding.statement.id


def test_statements_are_found_by_name_or_not_at_all(data: Partnerships) -> None:
    assert [f.statement.id for f in data.factcheck("uk-seventh", "albania-date")] == ["uk-seventh", "albania-date"]
    with pytest.raises(UnknownNameError, match="no statement 'uk-sevnth'; did you mean uk-seventh"):
        data.factcheck("uk-sevnth")


def test_the_three_partnerships_since_leave_what_is_common_open(data: Partnerships) -> None:
    finding = check(
        data, _statement(CommonAreas(kind="common-areas", over=("all",), counting=Counting.PRESENT, count=10))
    )
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.now.words.startswith("0 to 11 of 26 areas present in all 12; not known: 1, 2, 3")


def _statement(check: Claim, as_of: date | None = None, reference: str = "eprs-2026-03") -> Statement:
    return Statement(id="made-up", reference=reference, paraphrase="Made up for a test.", check=check, as_of=as_of)


def _milestone(partner: str, event: Event, day: str) -> MilestoneOn:
    return MilestoneOn(kind="milestone", partner=partner, event=event, day=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("claim", "verdict", "words"),
    [
        (
            DatesOfPartnerships(
                kind="dates-of-partnerships", days={"albania": date(2024, 11, 19), "norway": date(2024, 5, 28)}
            ),
            "false",
            (
                "Norway: 28 May 2024 (signed), Albania: 18 Dec. 2024 (signed); "
                "stated: Albania 19 Nov. 2024, true of another event: adopted"
            ),
        ),
        (_milestone("iceland", Event.TALKS_LAUNCHED, "2025-07-17"), "true", "Iceland: talks launched 17 July 2025"),
        (
            _milestone("iceland", Event.TALKS_LAUNCHED, "2025-07-18"),
            "false",
            "Iceland: talks launched 17 July 2025; stated: 18 July 2025",
        ),
        (
            _milestone("albania", Event.DIALOGUE_HELD, "2025-04-07"),
            "unknown",  # the month alone is known
            "Albania: dialogue held Apr. 2025; stated: 7 Apr. 2025",
        ),
        (
            _milestone("ghana", Event.DIALOGUE_HELD, "2025-04-07"),
            "unknown",
            "Ghana: dialogue held not on record; stated: 7 Apr. 2025",
        ),
    ],
)
def test_a_claim_is_answered_from_what_is_on_record(data: Partnerships, claim: Claim, verdict: str, words: str) -> None:
    finding = check(data, _statement(claim))
    assert (str(finding.verdict), finding.now.words) == (verdict, words)


# An oracle: the plain reading of each check, tried on every way to fill in what is not known


_COUNTED = {
    Counting.COVERED: {Status.COVERED},
    Counting.PRESENT: {Status.COVERED, Status.ALREADY_EXISTS},
    Counting.ABSENT: {Status.NOT_COVERED},
}


def _meant(data: Partnerships, operand: str) -> set[str]:
    if operand.startswith("group:"):
        return {p.id for p in data.partnerships if p.belongs_to(operand.removeprefix("group:"))}
    pools = {"all": {p.id for p in data.partnerships}, "table": {*data.table.columns}}
    return pools.get(operand, {operand})


def _says(data: Partnerships, check: Claim, day: date | None) -> bool:
    """Whether a check holds where everything is known, by sets and sorting alone."""
    there = {p.id: p for p in data.partnerships if p.is_dated_by(day)}
    over = getattr(check, "over", ())
    pool = [there[i] for i in set().union(*(_meant(data, operand) for operand in over)) if i in there]
    single = {operand for operand in over if operand not in {"all", "table"} and not operand.startswith("group:")}
    single |= {*getattr(check, "exactly", ()), *getattr(check, "order", ())}
    single |= {check.partner} if hasattr(check, "partner") else {*getattr(check, "days", ())}
    if not single <= there.keys():
        return False
    match check:
        case NumberOfPartnerships():
            return abs(len(pool) - check.count) <= check.tolerance
        case RankByDate():
            days = sorted(p.order_key[0] for p in pool)
            own = there[check.partner]
            return own in pool and own.date.value == dict(enumerate(days, 1)).get(check.rank)
        case MembersOfGroup() if pool:
            return {p.id for p in pool if p.belongs_to(check.group)} == {*check.exactly}
    return _says_of_named(check, there) if not over else bool(pool) and _says_of_cells(data, check, pool)


def _says_of_named(check: Claim, there: dict[str, Partnership]) -> bool:
    match check:
        case OrderByDate():
            days = [there[i].order_key[0] for i in check.order]
            return all(earlier <= later for earlier, later in pairwise(days))
        case DatesOfPartnerships():
            return all(there[partner].date.value == day for partner, day in check.days.items())
        case MilestoneOn():
            return str(check.day) in {m.date for m in there[check.partner].milestones if m.event is check.event}
        case _:
            return False


def _says_of_cells(data: Partnerships, check: Claim, pool: list[Partnership]) -> bool:
    rows = ({p.status(a.id) for p in pool} for a in data.areas)
    match check:
        case PartnersWithArea():
            return {p.id for p in pool if p.status(check.area) in _COUNTED[check.counting]} == {*check.exactly}
        case CommonAreas():
            counted = [row for row in rows if row <= _COUNTED[check.counting]]
            return abs(len(counted) - check.count) <= check.tolerance
        case DifferingAreas():
            counted = [row for row in rows if len(row) > 1]
            return abs(len(counted) - check.count) <= check.tolerance
        case _:
            return False


def _completions(data: Partnerships, partners: set[str]) -> Iterator[Partnerships]:
    """The data set with each unknown cell of some partners filled in, in every way."""
    cells = [
        (p, a)
        for p in data.partnerships
        if p.id in partners
        for a, c in p.coverage.items()
        if c.status is Status.UNKNOWN
    ]
    for statuses in product([s for s in Status if s is not Status.UNKNOWN], repeat=len(cells)):
        filled = data
        for (partnership, area), status in zip(cells, statuses, strict=True):
            filled = _with_cell(filled, partnership.id, area, status)
        yield filled


def _oracle(data: Partnerships, statement: Statement, as_of: date | None = None) -> Verdict:
    looked_at = set().union(*(_meant(data, operand) for operand in getattr(statement.check, "over", ())))
    on_cells = isinstance(statement.check, PartnersWithArea | CommonAreas | DifferingAreas)
    verdicts = set()
    for filled in _completions(data, looked_at if on_cells else set()):
        now = _says(filled, statement.check, as_of)
        days = [day for day in (statement.as_of, as_of) if day]
        then = _says(filled, statement.check, min(days) if days else None) if statement.as_of else now
        verdicts.add(Verdict.FALSE if not then else Verdict.TRUE if now else Verdict.TRUE_THEN)
    return verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN


def _with(data: Partnerships, partnership: Partnership) -> Partnerships:
    others = [p for p in data.partnerships if p.id != partnership.id]
    ordered = sorted([*others, partnership], key=lambda p: p.order_key)
    return replace(data, partnerships=tuple(ordered))


def _with_cell(data: Partnerships, partner: str, area: str, status: Status) -> Partnerships:
    partnership = next(p for p in data.partnerships if p.id == partner)
    cell = amended(partnership.coverage[area], status=status)
    return _with(data, amended(partnership, coverage={**partnership.coverage, area: cell}))


def _with_day(data: Partnerships, partnership: Partnership, day: date) -> Partnerships:
    return _with(data, amended(partnership, date=amended(partnership.date, value=day)))


def _with_group(data: Partnerships, partnership: Partnership, group: str) -> Partnerships:
    """The data set with a partner put into a group, or out of it."""
    others = tuple(m for m in partnership.groups if m.group != group)
    status = Membership.NOT_MEMBER if partnership.belongs_to(group) else Membership.MEMBER
    return _with(data, amended(partnership, groups=(*others, GroupMembership(group=group, status=status))))


# What depends on what


def _moved(data: Partnerships, variants: Iterable[Partnerships]) -> str:
    """Return the statements whose verdict some variant changes, in order of their ids."""
    moved = {s.id for changed in variants for s in data.statements if check(changed, s).verdict is not s.expected}
    return " ".join(sorted(moved))


def test_a_changed_cell_moves_exactly_the_statements_that_depend_on_it(data: Partnerships) -> None:
    """Every cell of every partner, set to what it is known not to be."""
    variants = (
        _with_cell(data, p.id, area, Status.NOT_COVERED if cell.status is Status.COVERED else Status.COVERED)
        for p in data.partnerships
        for area, cell in p.coverage.items()
    )
    assert _moved(data, variants) == (
        "albania-as-north-macedonia common-to-all-six consular-matters-two cultural-heritage-two "
        "defence-initiatives-in-all defence-tools-omitted india-without-fimi uk-new-technologies "
        "women-peace-security-in-all"
    )


def test_a_changed_date_moves_exactly_the_statements_that_depend_on_it(data: Partnerships) -> None:
    """Every date, set to the day of every other partnership, the day before, the day after and the day stated."""
    days = {p.order_key[0] + timedelta(n) for p in data.partnerships for n in (-1, 0, 1)} | {date(2024, 11, 19)}
    variants = (_with_day(data, p, day) for p in data.partnerships for day in days)
    assert _moved(data, variants) == (
        "albania-date common-to-all-six dates-in-the-text eight-in-july eight-in-june india-third-in-asia "
        "japan-first-in-indo-pacific korea-fourth korea-rank moldova-first nine-to-date north-macedonia-first "
        "order-2026 other-dates seven-others six-others uk-seventh"
    )


def test_a_changed_membership_moves_exactly_the_statements_that_depend_on_it(data: Partnerships) -> None:
    variants = (_with_group(data, p, group.id) for p in data.partnerships for group in data.groups)
    assert _moved(data, variants) == (
        "ghana-first-in-africa header-allies header-candidates header-efta india-global-partner "
        "india-third-in-asia japan-first-in-indo-pacific north-macedonia-first"
    )


# Nothing unknown decides

Case: TypeAlias = "tuple[Partnerships, Statement, date | None]"

_COUNTS = st.integers(0, 3)
_TOLERANCE = st.integers(0, 1)
_DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def _claims(model: type[Record], kind: str, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(model, kind=st.just(kind), **values)


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    data = draw(datasets(max_partners=3, max_areas=2))
    ids = [p.id for p in data.partnerships]
    partner = st.sampled_from(ids)
    over = st.lists(st.sampled_from(["all", "table", "group:group-a", *ids]), min_size=1, max_size=2).map(tuple)
    some = st.lists(partner, max_size=3).map(lambda ids: tuple(dict.fromkeys(ids)))
    several = st.permutations(ids).map(lambda ids: tuple(ids[:2]))
    area = st.sampled_from([a.id for a in data.areas])
    known = [p.date.value for p in data.partnerships if p.date.value]
    counting, days = st.sampled_from(Counting), st.sampled_from([*known, date(2025, 6, 1)])
    made = draw(
        st.one_of(
            _claims(PartnersWithArea, "partners-with-area", over=over, area=area, counting=counting, exactly=some),
            _claims(MembersOfGroup, "members-of-group", over=over, group=st.just("group-a"), exactly=some),
            _claims(CommonAreas, "common-areas", over=over, counting=counting, count=_COUNTS, tolerance=_TOLERANCE),
            _claims(DifferingAreas, "differing-areas", over=over, count=_COUNTS, tolerance=_TOLERANCE),
            _claims(NumberOfPartnerships, "number-of-partnerships", over=over, count=_COUNTS, tolerance=_TOLERANCE),
            *([_claims(OrderByDate, "order-by-date", order=several)] if len(ids) > 1 else ()),
            _claims(RankByDate, "rank-by-date", over=over, partner=partner, rank=st.integers(1, 3)),
            _claims(DatesOfPartnerships, "dates-of-partnerships", days=st.dictionaries(partner, days, min_size=1)),
        )
    )
    return data, _statement(made, draw(st.none() | days), "ref-a"), draw(st.none() | days)


_CASES = _cases()


@given(_CASES, st.lists(_DAYS, min_size=3, max_size=3))
def test_a_verdict_is_given_exactly_if_every_way_to_fill_in_unknown_cells_gives_it(
    case: Case, days: list[date]
) -> None:
    data, statement, as_of = case
    dated = _dated(data, days)
    assert check(dated, statement, as_of=as_of).verdict is _oracle(dated, statement, as_of)


@given(_CASES)
def test_a_verdict_is_given_only_if_every_way_to_fill_in_unknown_days_gives_it(case: Case) -> None:
    data, statement, as_of = case
    verdict = check(data, statement, as_of=as_of).verdict
    known = [p.date.value for p in data.partnerships if p.date.value]
    near = {day + timedelta(n) for day in [*known, date(2025, 6, 1)] for n in (-1, 0, 1)}
    if verdict is not Verdict.UNKNOWN:
        undated = [p for p in data.partnerships if p.date.value is None]
        for days in product(near, repeat=len(undated)):
            assert _oracle(_dated(data, list(days)), statement, as_of) is verdict


def _dated(data: Partnerships, days: list[date]) -> Partnerships:
    """The data set with the days that are not known filled in."""
    undated = [p for p in data.partnerships if p.date.value is None]
    for partnership, day in zip(undated, days, strict=False):
        data = _with_day(data, partnership, day)
    return data
