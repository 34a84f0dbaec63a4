"""What a user of the library may write: every public call, each with the type that it promises.

test_types.py runs it in a notebook's shell; `make lint` and .ci/wheel have mypy and pyright read it at their strictest.
"""
# pyright: strict, reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, assert_type

import sdp_matrix
from sdp_matrix import (
    Act,
    Area,
    AreaComparison,
    ChangeReport,
    Citation,
    Comparison,
    Condition,
    CoverageCell,
    DataError,
    Event,
    Explanation,
    FactcheckResult,
    Findings,
    Gap,
    Grade,
    Group,
    Listing,
    Matrix,
    MechanismKind,
    Order,
    Partnership,
    Partnerships,
    Patterns,
    Portrait,
    Problem,
    QueryResult,
    Reference,
    Relation,
    RequestError,
    Scope,
    SdpError,
    SearchResult,
    Selection,
    Shared,
    Status,
    TableComparison,
    Testimony,
    TimelineEntry,
    Topic,
    UnknownNameError,
    Verification,
    Work,
    __version__,
    changes,
    load,
    validate,
)

partnerships = load()
assert_type(partnerships, Partnerships)
assert_type(__version__, str)

# Look things up
japan = partnerships.partner("japan")
assert_type(japan, Partnership)
assert_type(japan.status("maritime-security"), Status)
assert_type(japan.act.value, Act)
assert_type(japan.date.value, date | None)
assert_type(partnerships.area("maritime"), Area)
assert_type(partnerships.group("efta"), Group)
assert_type(partnerships.reference("eprs-2026-03"), Reference)
assert_type(partnerships.members("efta"), tuple[Partnership, ...])
assert_type(partnerships.in_table, tuple[Partnership, ...])
assert_type(partnerships.everyone, tuple[Partnership, ...])
assert_type(partnerships.areas, tuple[Area, ...])
assert_type(partnerships.edition.words, str)

# Ask
nato = Selection(partners=("nato",), areas=("maritime,cyber",), as_of=date(2025, 6, 30))
assert_type(partnerships.select(nato), Scope)
table = partnerships.matrix(nato, order=Order.DATE)
assert_type(table, Matrix)
assert_type(table.status("norway", "cyber"), Status)
assert_type(table.rows(), list[dict[str, str | int | float]])
assert_type(partnerships.matrix("japan", ["uk", "india"], order=Order.NAME), Matrix)
difference = partnerships.diff("japan", "india")
assert_type(difference, Comparison)
assert_type(difference.differing, tuple[AreaComparison, ...])
assert_type(difference.summary, Mapping[Relation, int])
sides = partnerships.diff("nato-ally", "indo-pacific", selection=Selection(everyone=True))
assert_type(sides, Comparison)
assert_type(sides.differing, tuple[AreaComparison, ...])
assert_type(partnerships.find("nato", covers="cyber", lacks=["space", "border"]), SearchResult)
found = partnerships.find(Condition(covers=("space",), grade=Grade.CORROBORATED, topics=(Topic.CLIMATE_SECURITY,)))
funds = Condition(mechanisms=(next(iter(MechanismKind)),))
assert_type(funds.mechanisms, Sequence[MechanismKind])
assert_type(found, SearchResult)
assert_type([partner.name for partner in found], list[str])
assert_type(partnerships.cells(found), Listing[CoverageCell])
assert_type(partnerships.shared(of="nato", not_of=["indo-pacific"]), Shared)
events = partnerships.timeline(nato)
assert_type(events, Listing[TimelineEntry])
assert_type([one for one in events if one.milestone and one.milestone.event is Event.ADOPTED], list[TimelineEntry])
assert_type(events[0], TimelineEntry)
assert_type(events[:2], tuple[TimelineEntry, ...])
assert_type(partnerships.gaps("uk", nato), Listing[Gap])
assert_type(partnerships.patterns("all", min_support=3), Patterns)
assert_type(partnerships.portrait("uk", "efta", "nato"), Portrait)

# Evidence
reasons = partnerships.explain("albania", "date")
assert_type(reasons, Explanation)
assert_type(reasons.grade, Grade)
assert_type(partnerships.explanations("efta", "consular,date"), Listing[Explanation])
assert_type(partnerships.contested("albania"), Listing[Explanation])
assert_type(partnerships.testimony("eeas-albania-2024"), Listing[Testimony])

# Check
assert_type(partnerships.factcheck("nine-to-date", as_of=date(2026, 3, 20)), Listing[FactcheckResult])
assert_type(partnerships.verify(), Verification)
assert_type(validate(), Findings)
assert_type(validate().problems, tuple[Problem, ...])
assert_type(validate().rows(), list[dict[str, str | int]])
with TemporaryDirectory() as room:
    sheet = Path(room, "coder.csv")
    sheet.write_text(",Japan,India\n6,✓,✗\n19,✗,✗\n", "utf-8")
    assert_type(partnerships.compare_table(sheet), TableComparison)

# Hand on
answer = partnerships.sql("select :one as n", parameters={"one": "1"}, seconds=2)
assert_type(partnerships.rows("coverage"), list[dict[str, str | int | None]])
assert_type(answer, QueryResult)
assert_type(partnerships.cite(Work.DATA), Listing[Citation])
assert_type(partnerships.export(), Mapping[str, bytes])

# In a notebook
assert_type(partnerships.to_html(events), str | None)
assert_type(partnerships.to_rows(events), list[dict[str, str | int | float]])

# What can go wrong
try:
    partnerships.partner("indai")
except UnknownNameError as unknown:
    assert_type(unknown.near, tuple[str, ...])
try:
    assert_type(changes("no-such-revision"), ChangeReport)
except RequestError as refused:
    assert_type(str(refused), str)
try:
    load("no/such/folder")
except DataError as faulty:
    assert_type(faulty.problems, tuple[Problem, ...])
except SdpError as error:
    assert_type(str(error), str)

if TYPE_CHECKING:  # slips of the pen: a checker that does not report one has a needless comment
    sdp_matrix.laod()  # type: ignore[attr-defined]
    partnerships.dif("japan", "india")  # type: ignore[attr-defined]
    partnerships.diff("japan", 3)  # type: ignore[arg-type]
    partnerships.matrix(order="date")  # type: ignore[arg-type]
