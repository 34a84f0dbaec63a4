"""Patterns of the published table and of random ones, and a second opinion by the library `concepts`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from itertools import combinations

import concepts  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings

from conftest import EVERYONE, Run
from sdp_matrix import Partnerships
from sdp_matrix.analysis.context import Context, context_of
from sdp_matrix.analysis.patterns import Patterns
from sdp_matrix.errors import BadRequest
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from strategies import datasets


def ids(things: Iterable[object]) -> list[str]:
    return [thing.id for thing in things]  # type: ignore[attr-defined]


def test_what_table_1_shows(partnerships: Partnerships) -> None:
    found = partnerships.patterns()
    assert [len(s.areas) for s in found.common] == [11]
    assert [(ids(s.areas), ids(s.absent)) for s in found.near_universal] == [
        (["stratcom-fimi"], ["india"]),
        (["economic-security"], ["moldova", "india"]),
        (["trafficking-organised-crime"], ["norway", "japan"]),
    ]
    assert [(ids(s.areas), ids(s.present)) for s in found.unique] == [
        (["secure-communications"], ["republic-of-korea"])
    ]
    assert found.never == found.unstated == ()
    assert [ids(alike) for alike in found.identical] == [["albania", "north-macedonia"]]
    assert [ids(rule.premise) for rule in found.together] == [
        ["partner-capacity-building", "maritime-security", "space", "peace-crisis-management"]
    ]


def test_partners_unknown_in_a_rule_are_left_out_and_named(partnerships: Partnerships) -> None:
    found = partnerships.patterns(EVERYONE)
    rule = next(r for r in found.rules if ids(r.premise) == ["critical-infrastructure"])
    assert ids(rule.conclusion) == ["maritime-security"]
    assert (len(rule.supporters), rule.known, ids(rule.left_out)) == (6, 10, ["australia", "ghana"])


@settings(max_examples=60, deadline=None)
@given(datasets(max_partners=8, max_areas=6))
def test_every_line_is_what_it_says(partnerships: Partnerships) -> None:
    context = context_of(partnerships, EVERYONE)
    found = partnerships.patterns(EVERYONE, min_support=1)
    assert sorted(a.number for s in found.spreads for a in s.areas) == [a.number for a in context.areas]
    for spread in found.spreads:
        for area in spread.areas:
            assert ids(spread.present) == having(context, area.id, present=True)
            assert ids(spread.absent) == having(context, area.id, present=False)
            assert ids(spread.unknown) == having(context, area.id, present=None)
    for rule in found.rules:
        areas = ids((*rule.premise, *rule.conclusion))
        assert ids(rule.supporters) == every(context, areas, {True})
        assert rule.known == len(every(context, areas, {True, False})) == len(context.partnerships) - len(rule.left_out)
        for area in rule.conclusion:
            lacking = set(having(context, area.id, present=False))
            assert not lacking & set(every(context, ids(rule.premise), {True}))
    for alike in found.identical:
        assert len({tuple(p.status(a.id).present for a in context.areas) for p in alike}) == 1


def having(context: Context, area: str, *, present: bool | None) -> list[str]:
    return [p.id for p in context.partnerships if p.status(area).present is present]


def every(context: Context, areas: Iterable[str], values: set[bool | None]) -> list[str]:
    return [p.id for p in context.partnerships if all(p.status(area).present in values for area in areas)]


@settings(max_examples=60, deadline=None)
@given(datasets(max_partners=8, max_areas=6))
def test_the_library_concepts_agrees_on_concepts_and_implications(partnerships: Partnerships) -> None:
    known = context_of(partnerships, EVERYONE).without_unknowns()
    if not known.partnerships:
        return
    theirs = concepts.Context(
        ids(known.partnerships),
        ids(known.areas),
        [tuple(p.status(a.id).present is True for a in known.areas) for p in known.partnerships],
    )
    found = partnerships.patterns(EVERYONE, min_support=1, known_only=True)
    intents = {concept.intent for concept in theirs.lattice if concept.extent}
    areas = [area.id for area in known.areas]
    closed = set()
    for size in range(len(areas) + 1):
        for premise in combinations(areas, size):
            extent = theirs.extension(premise)
            if extent:
                assert follows(found, premise) == set(theirs.intension(extent))
                closed.add(tuple(a for a in areas if a in follows(found, premise)))
    assert closed == {tuple(a for a in areas if a in intent) for intent in intents}


@settings(max_examples=60, deadline=None)
@given(datasets(max_partners=8, max_areas=6))
def test_the_library_concepts_agrees_on_areas_that_exclude_each_other(partnerships: Partnerships) -> None:
    known = context_of(partnerships, EVERYONE).without_unknowns()
    if not known.partnerships:
        return
    has = [tuple(p.status(a.id).present is True for a in known.areas) for p in known.partnerships]
    theirs = {
        (relation.kind, frozenset((relation.left, relation.right)))
        for relation in concepts.Context(ids(known.partnerships), ids(known.areas), has).relations()
        if relation.kind in {"complement", "incompatible"}
    }
    ours = partnerships.patterns(EVERYONE, known_only=True).relations
    assert {(str(one.kind), frozenset(ids(one.areas))) for one in ours} == theirs
    assert len(ours) == len(theirs)
    for one in ours:
        assert [p.id for p in one.supporters] == [p.id for p in known.partnerships if has_one(p, one.areas)]


def has_one(partnership: Partnership, areas: Iterable[Area]) -> bool:
    return any(partnership.status(area.id).present for area in areas)


def test_partners_of_whom_one_area_is_unknown_are_left_out_of_a_relation(partnerships: Partnerships) -> None:
    found = partnerships.patterns(EVERYONE).relations
    pairs = {tuple(ids(r.areas)): r for r in found}
    assert ("border-management", "maritime-security") not in pairs  # Ghana has both
    one = pairs["border-management", "space"]
    assert (str(one.kind), len(one.supporters), one.known) == ("complement", 9, 9)
    assert ids(one.left_out) == ["iceland", "australia", "ghana"]


def follows(found: Patterns, premise: Iterable[str]) -> set[str]:
    """What follows from areas by everything that the patterns list."""
    closed = {*premise, *(a.id for s in found.common for a in s.areas)}
    rules = [(set(ids(r.premise)), set(ids(r.conclusion))) for r in found.rules]
    rules += [({area.id}, set(ids(r.premise))) for r in found.together for area in r.premise]
    while more := [conclusion for p, conclusion in rules if p <= closed and not conclusion <= closed]:
        closed.update(*more)
    return closed


@pytest.mark.parametrize("support", [0, -1])
def test_a_support_below_one_is_refused(partnerships: Partnerships, support: int) -> None:
    with pytest.raises(BadRequest, match="needs 1 or more"):
        partnerships.patterns(min_support=support)


@pytest.mark.parametrize(
    "arguments",
    [("--as-of", "2020-01-01"), ("iceland", "ghana", "--known-only"), ("japan", "india", "--group", "efta")],
)
def test_nobody_left_is_said(sdp: Run, arguments: tuple[str, ...]) -> None:
    ran = sdp("patterns", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "no partner is left" in ran.err or "there was no partnership on 1 Jan. 2020" in ran.err


def test_csv_and_json_tell_the_same(sdp: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(sdp("patterns", "--all", "-f", "csv").out)))
    data = json.loads(sdp("patterns", "--all", "-f", "json").out)
    assert list(rows[0]) == ["kind", "premise", "conclusion", "n", "m", "pattern", "n_of_m", "partners", "left_out"]
    assert [
        (r["premise"], r["conclusion"], r["n"], r["m"], r["partners"], r["left_out"])
        for r in rows
        if r["kind"] == "rule"
    ] == [
        (
            " ".join(r["premise"]),
            " ".join(r["conclusion"]),
            str(r["n"]),
            str(r["m"]),
            " ".join(r["supporters"]),
            " ".join(r["left_out"]),
        )
        for r in data["rules"]
    ]
