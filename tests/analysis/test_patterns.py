"""Patterns of the published table and of random ones, and a second opinion by the library `concepts`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from conftest import EVERYONE, Run, library, needs
from sdp_matrix import Partnerships
from sdp_matrix.analysis.patterns import MIN_SUPPORT, in_order_of_similarity, nearest_of_each, pair
from sdp_matrix.analysis.selection import Order
from sdp_matrix.model.partnership import Partnership
from strategies import datasets


def ids(things: Iterable[object]) -> list[str]:
    return [thing.id for thing in things]  # type: ignore[attr-defined]


@given(datasets(min_partners=2, max_partners=8, max_areas=6))
def test_every_line_is_what_it_says(partnerships: Partnerships) -> None:
    result = partnerships.patterns(EVERYONE)
    assert sorted(a.number for s in result.spreads for a in s.areas) == [a.number for a in partnerships.areas]
    for spread in result.spreads:
        for area in spread.areas:
            assert ids(spread.present) == having(partnerships, area.id, present=True)
            assert ids(spread.absent) == having(partnerships, area.id, present=False)
            assert ids(spread.unknown) == having(partnerships, area.id, present=None)


def having(data: Partnerships, area: str, *, present: bool | None) -> list[str]:
    return [p.id for p in data.everyone if p.status(area).present is present]


@needs("concepts")
@given(datasets(min_partners=2, max_partners=8, max_areas=6))
def test_the_library_concepts_agrees_on_areas_that_exclude_each_other(partnerships: Partnerships) -> None:
    areas = partnerships.areas
    known = [p for p in partnerships.everyone if all(p.status(a.id).present is not None for a in areas)]
    if len(known) < MIN_SUPPORT:
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
        assert [p.id for p in one.supporters] == [
            p.id for p in known if any(p.status(area.id).present for area in one.areas)
        ]


def test_partners_of_whom_one_area_is_unknown_are_left_out_of_a_relation(partnerships: Partnerships) -> None:
    result = partnerships.patterns(EVERYONE).relations
    pairs = {tuple(ids(r.areas)): r for r in result}
    assert ("border-management", "maritime-security") not in pairs  # Ghana has both
    one = pairs["border-management", "space"]
    assert (str(one.kind), len(one.supporters), one.known) == ("complement", 9, 9)
    assert ids(one.left_out) == ["iceland", "australia", "ghana"]


@given(datasets(min_partners=2, max_partners=8, max_areas=6))
def test_areas_together_are_those_that_no_partner_known_splits(partnerships: Partnerships) -> None:
    def splits(one: str, other: str) -> bool:
        return any({p.status(one).present, p.status(other).present} == {True, False} for p in partnerships.partnerships)

    result = partnerships.patterns(EVERYONE).together
    for group in result:
        areas = ids(group.areas)
        assert len(areas) > 1
        assert not any(splits(*pair) for pair in combinations(areas, 2))
        assert all(having(partnerships, area, present=False) for area in areas)
        cells = {p.id: [p.status(area).present for area in areas] for p in partnerships.partnerships}
        assert {*ids(group.supporters)} == {partner for partner, statuses in cells.items() if all(statuses)}
        assert {*ids(group.left_out)} == {partner for partner, statuses in cells.items() if None in statuses}
        assert group.known == len(cells) - len(group.left_out)
        assert len(group.supporters) >= MIN_SUPPORT
    taken = {area.id: group for group in result for area in group.areas}
    assert len(taken) == sum(len(group.areas) for group in result)
    for one, other in combinations([a.id for a in partnerships.areas], 2):  # what fits with no group and is alone
        if one not in taken and other not in taken and having(partnerships, one, present=False):
            together = {*having(partnerships, one, present=True)} & {*having(partnerships, other, present=True)}
            lacking = having(partnerships, other, present=False)
            assert splits(one, other) or len(together) < MIN_SUPPORT or not lacking


def present(data: Partnerships, one: Partnership, other: Partnership) -> list[tuple[bool | None, bool | None]]:
    return [(one.status(a.id).present, other.status(a.id).present) for a in data.areas]


@given(datasets())
def test_a_score_counts_what_is_known_on_both_sides(partnerships: Partnerships) -> None:
    for one in partnerships.partnerships:
        for other in partnerships.partnerships:
            cells = [c for c in present(partnerships, one, other) if None not in c]
            score = pair(partnerships.areas, one, other)
            assert (score.alike, score.known) == (sum(a == b for a, b in cells), len(cells))
            mirrored = pair(partnerships.areas, other, one)
            assert (score.alike, score.known) == (mirrored.alike, mirrored.known)
            if one is other and score.known:
                assert score.alike == score.known


@given(datasets(), st.randoms())
def test_no_answer_depends_on_the_order_of_the_data(partnerships: Partnerships, chance: object) -> None:
    shuffled = list(partnerships.partnerships)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    areas = partnerships.areas
    assert in_order_of_similarity(partnerships.partnerships, areas) == in_order_of_similarity(shuffled, areas)
    one, other = (nearest_of_each(order, areas) for order in (partnerships.partnerships, shuffled))
    assert {two.left.id: two for two in one} == {two.left.id: two for two in other}


@given(datasets())
def test_nobody_is_more_alike_than_the_nearest(partnerships: Partnerships) -> None:
    for two in nearest_of_each(partnerships.partnerships, partnerships.areas):
        cells = list(zip(partnerships.areas, present(partnerships, two.left, two.right), strict=True))
        assert two.only_left == tuple(a for a, cell in cells if cell == (True, False))
        assert two.only_right == tuple(a for a, cell in cells if cell == (False, True))
        others = [p for p in partnerships.partnerships if p is not two.left]
        pairs = [pair(partnerships.areas, two.left, other) for other in others]
        assert 2 * two.alike - two.known == max(2 * other.alike - other.known for other in pairs)


def test_columns_are_ordered_by_similarity(partnerships: Partnerships) -> None:
    order = [p.id for p in in_order_of_similarity(partnerships.in_table, partnerships.areas)]
    assert abs(order.index("albania") - order.index("north-macedonia")) == 1
    assert abs(order.index("canada") - order.index("united-kingdom")) == 1


def test_the_matrix_can_be_in_order_of_similarity(sdp: Run, partnerships: Partnerships) -> None:
    shown = partnerships.matrix(order=Order.SIMILARITY, corrected=True)
    assert shown.partnerships == in_order_of_similarity(partnerships.in_table, partnerships.areas)
    assert "Columns are ordered by similarity." in sdp("matrix", "--sort", "similarity").out
    assert "ordered by similarity" not in sdp("matrix", "--sort", "name").out


def test_a_partner_of_whom_little_is_known_is_not_taken_for_the_nearest(partnerships: Partnerships) -> None:
    result = partnerships.patterns(EVERYONE).nearest
    assert {pair.left.id: pair.right.id for pair in result}["canada"] == "united-kingdom"
