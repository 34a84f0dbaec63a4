"""Patterns of the published table and of random ones, and a second opinion by the library `concepts`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import EVERYONE, Run, library, needs
from sdp_matrix import Partnerships
from sdp_matrix.errors import RequestError
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
    assert [ids(one.areas) for one in found.together] == [
        ["partner-capacity-building", "maritime-security", "space", "peace-crisis-management"]
    ]


@given(datasets(max_partners=8, max_areas=6))
def test_every_line_is_what_it_says(partnerships: Partnerships) -> None:
    found = partnerships.patterns(EVERYONE, min_support=1)
    assert sorted(a.number for s in found.spreads for a in s.areas) == [a.number for a in partnerships.areas]
    for spread in found.spreads:
        for area in spread.areas:
            assert ids(spread.present) == having(partnerships, area.id, present=True)
            assert ids(spread.absent) == having(partnerships, area.id, present=False)
            assert ids(spread.unknown) == having(partnerships, area.id, present=None)
    for alike in found.identical:
        assert len({tuple(p.status(a.id).present for a in partnerships.areas) for p in alike}) == 1


def having(data: Partnerships, area: str, *, present: bool | None) -> list[str]:
    return [p.id for p in data.everyone if p.status(area).present is present]


@needs("concepts")
@given(datasets(max_partners=8, max_areas=6))
def test_the_library_concepts_agrees_on_areas_that_exclude_each_other(partnerships: Partnerships) -> None:
    areas = partnerships.areas
    known = [p for p in partnerships.everyone if all(p.status(a.id).present is not None for a in areas)]
    if not known:
        return
    has = [tuple(p.status(a.id).present is True for a in areas) for p in known]
    theirs = {
        (relation.kind, frozenset((relation.left, relation.right)))
        for relation in library("concepts").Context(ids(known), ids(areas), has).relations()
        if relation.kind in {"complement", "incompatible"}
    }
    ours = partnerships.patterns(ids(known)).relations
    assert {(str(one.kind), frozenset(ids(one.areas))) for one in ours} == theirs
    assert len(ours) == len(theirs)
    for one in ours:
        assert [p.id for p in one.supporters] == [p.id for p in known if has_one(p, one.areas)]


def has_one(partnership: Partnership, areas: Iterable[Area]) -> bool:
    return any(partnership.status(area.id).present for area in areas)


def test_partners_of_whom_one_area_is_unknown_are_left_out_of_a_relation(partnerships: Partnerships) -> None:
    found = partnerships.patterns(EVERYONE).relations
    pairs = {tuple(ids(r.areas)): r for r in found}
    assert ("border-management", "maritime-security") not in pairs  # Ghana has both
    one = pairs["border-management", "space"]
    assert (str(one.kind), len(one.supporters), one.known) == ("complement", 9, 9)
    assert ids(one.left_out) == ["iceland", "australia", "ghana"]


@given(datasets(max_partners=8, max_areas=6), st.integers(1, 3))
def test_areas_together_are_those_that_no_partner_known_splits(partnerships: Partnerships, support: int) -> None:
    def splits(one: str, other: str) -> bool:
        return any({p.status(one).present, p.status(other).present} == {True, False} for p in partnerships.partnerships)

    found = partnerships.patterns(EVERYONE, min_support=support).together
    for group in found:
        areas = ids(group.areas)
        assert len(areas) > 1
        assert not any(splits(*pair) for pair in combinations(areas, 2))
        assert all(having(partnerships, area, present=False) for area in areas)
        cells = {p.id: [p.status(area).present for area in areas] for p in partnerships.partnerships}
        assert {*ids(group.supporters)} == {partner for partner, statuses in cells.items() if all(statuses)}
        assert {*ids(group.left_out)} == {partner for partner, statuses in cells.items() if None in statuses}
        assert group.known == len(cells) - len(group.left_out)
        assert len(group.supporters) >= support
    taken = {area.id: group for group in found for area in group.areas}
    assert len(taken) == sum(len(group.areas) for group in found)
    for one, other in combinations([a.id for a in partnerships.areas], 2):  # what fits with no group and is alone
        if one not in taken and other not in taken and having(partnerships, one, present=False):
            together = {*having(partnerships, one, present=True)} & {*having(partnerships, other, present=True)}
            lacking = having(partnerships, other, present=False)
            assert splits(one, other) or len(together) < support or not lacking


@pytest.mark.parametrize("support", [0, -1])
def test_a_support_below_one_is_refused(partnerships: Partnerships, support: int) -> None:
    with pytest.raises(RequestError, match="needs 1 or more"):
        partnerships.patterns(min_support=support)


@pytest.mark.parametrize(
    "arguments",
    [("--as-of", "2020-01-01"), ("japan", "india", "--group", "efta")],
)
def test_nobody_left_is_said(sdp: Run, arguments: tuple[str, ...]) -> None:
    ran = sdp("patterns", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "no partner is left" in ran.err or "there was no partnership on 1 Jan. 2020" in ran.err


def test_csv_and_json_tell_the_same(sdp: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(sdp("patterns", "--all", "-f", "csv").out)))
    data = json.loads(sdp("patterns", "--all", "-f", "json").out)
    assert list(rows[0]) == ["kind", "areas", "other_areas", "n", "m", "pattern", "n_of_m", "partners", "left_out"]
    names = {"areas": "areas", "n": "n", "m": "m", "partners": "supporters", "left_out": "left_out"}
    for kind in ("together", "complement", "incompatible"):
        relations = data["together"] if kind == "together" else [r for r in data["relations"] if r["kind"] == kind]
        assert relations
        assert [{name: row[name] for name in names} for row in rows if row["kind"] == kind] == [
            {name: cell(relation[key]) for name, key in names.items()} for relation in relations
        ]


def cell(value: int | list[str]) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
