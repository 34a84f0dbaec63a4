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

import sdp_matrix as sdp

partnerships = sdp.load()
assert_type(partnerships, sdp.Partnerships)
assert_type(sdp.__version__, str)

# Look things up
japan = partnerships.partner("japan")
assert_type(japan, sdp.Partnership)
assert_type(japan.status("maritime-security"), sdp.Status)
assert_type(japan.act.value, sdp.Act)
assert_type(japan.date.value, date | None)
assert_type(partnerships.area("maritime"), sdp.Area)
assert_type(partnerships.group("efta"), sdp.Group)
assert_type(partnerships.reference("eprs-2026-03"), sdp.Reference)
assert_type(partnerships.members("efta"), tuple[sdp.Partnership, ...])
assert_type(partnerships.in_table, tuple[sdp.Partnership, ...])
assert_type(partnerships.everyone, tuple[sdp.Partnership, ...])
assert_type(partnerships.areas, tuple[sdp.Area, ...])
assert_type(partnerships.edition.words, str)

# Ask
nato = sdp.Selection(partners=("nato",), areas=("maritime,cyber",), as_of=date(2025, 6, 30))
assert_type(partnerships.select(nato), sdp.Scope)
table = partnerships.matrix(nato, order=sdp.Order.DATE)
assert_type(table, sdp.Matrix)
assert_type(table.status("norway", "cyber"), sdp.Status)
assert_type(table.rows(), list[dict[str, str | int | float]])
assert_type(list(table), list[dict[str, str | int | float]])
assert_type(partnerships.matrix("japan", ["uk", "india"], order=sdp.Order.NAME), sdp.Matrix)
difference = partnerships.diff("japan", "india")
assert_type(difference, sdp.Comparison)
assert_type(difference.differing, tuple[sdp.AreaComparison, ...])
assert_type(list(difference), list[sdp.AreaComparison])
assert_type(difference.summary, Mapping[sdp.Relation, int])
sides = partnerships.diff("nato-ally", "indo-pacific", selection=sdp.Selection(everyone=True))
assert_type(sides, sdp.Comparison)
assert_type(sides.differing, tuple[sdp.AreaComparison, ...])
assert_type(partnerships.find("nato", covers="cyber", lacks=["space", "border"]), sdp.SearchResult)
space = sdp.Condition(covers=("space",), grade=sdp.Grade.CORROBORATED, topics=(sdp.Topic.CLIMATE_SECURITY,))
result = partnerships.find(space)
funds = sdp.Condition(mechanisms=(next(iter(sdp.MechanismKind)),))
assert_type(funds.mechanisms, Sequence[sdp.MechanismKind])
assert_type(result, sdp.SearchResult)
assert_type([partner.name for partner in result], list[str])
assert_type(partnerships.cells(result), sdp.Listing[sdp.CoverageCell])
events = partnerships.timeline(nato)
assert_type(events, sdp.Listing[sdp.TimelineEntry])
adoptions = [entry for entry in events if entry.milestone and entry.milestone.event is sdp.Event.ADOPTED]
assert_type(adoptions, list[sdp.TimelineEntry])
assert_type(events[0], sdp.TimelineEntry)
assert_type(events[:2], tuple[sdp.TimelineEntry, ...])
assert_type(partnerships.gaps("uk", nato), sdp.Listing[sdp.Gap])
assert_type(partnerships.patterns("all"), sdp.Patterns)

# Evidence
reasons = partnerships.explain("albania", "date")
assert_type(reasons, sdp.Explanation)
assert_type(reasons.grade, sdp.Grade)
assert_type(partnerships.explanations(["efta", "uk"], ["consular", "date"]), sdp.Listing[sdp.Explanation])
assert_type(partnerships.contested("albania"), sdp.Listing[sdp.Explanation])
assert_type(partnerships.testimony("eeas-albania-2024"), sdp.Listing[sdp.Testimony])

# Check
assert_type(
    partnerships.factcheck(["nine-to-date", "uk-seventh"], as_of=date(2026, 3, 20)), sdp.Listing[sdp.FactcheckResult]
)
assert_type(partnerships.verify(), sdp.Verification)
assert_type(sdp.validate(), sdp.Findings)
assert_type(sdp.validate().problems, tuple[sdp.Problem, ...])
assert_type(sdp.validate().rows(), list[dict[str, str | int]])
with TemporaryDirectory() as room:
    sheet = Path(room, "coder.csv")
    sheet.write_text(",Japan,India\n6,✓,✗\n19,✗,✗\n", "utf-8")
    assert_type(partnerships.compare_table(sheet), sdp.TableComparison)

# Hand on
answer = partnerships.sql("select :one as n", parameters={"one": "1"}, seconds=2)
assert_type(partnerships.rows("coverage"), list[dict[str, str | int | None]])
assert_type(answer, sdp.QueryResult)
assert_type(partnerships.cite(sdp.Work.DATA), sdp.Listing[sdp.Citation])
assert_type(partnerships.export(), Mapping[str, bytes])

# In a notebook
assert_type(partnerships.to_html(events), str | None)
assert_type(partnerships.to_rows(events), list[dict[str, str | int | float]])

# What can go wrong
try:
    partnerships.partner("indai")
except sdp.UnknownNameError as unknown:
    assert_type(unknown.near, tuple[str, ...])
try:
    assert_type(sdp.changes("no-such-revision"), sdp.ChangeReport)
except sdp.RequestError as refused:
    assert_type(str(refused), str)
try:
    sdp.load("no/such/folder")
except sdp.DataError as faulty:
    assert_type(faulty.problems, tuple[sdp.Problem, ...])
except sdp.SdpError as error:
    assert_type(str(error), str)

if TYPE_CHECKING:  # slips of the pen: a checker that does not report one has a needless comment
    sdp.laod()  # type: ignore[attr-defined]
    partnerships.dif("japan", "india")  # type: ignore[attr-defined]
    partnerships.diff("japan", 3)  # type: ignore[arg-type]
    partnerships.matrix(order="date")  # type: ignore[arg-type]
    partnerships.find(cover="cyber")  # type: ignore[call-arg]
    partnerships.find(covers=3)  # type: ignore[arg-type]
