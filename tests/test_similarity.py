"""Likeness against brute force, orders that put like beside like, and the fewest areas that tell partners apart."""

from __future__ import annotations

import json
import sys
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import needs
from sdp_matrix.analysis.context import Context
from sdp_matrix.analysis.distinguishing import apart
from sdp_matrix.analysis.matrix import Order
from sdp_matrix.analysis.similarity import Method
from strategies import datasets

if TYPE_CHECKING:
    from conftest import Run
    from sdp_matrix import Partnerships
    from sdp_matrix.model.partnership import Area, Partnership


def present(context: Context, one: Partnership, other: Partnership) -> list[tuple[bool | None, bool | None]]:
    return [(one.status(a.id).present, other.status(a.id).present) for a in context.areas]


@settings(max_examples=60, deadline=None)
@given(datasets())
def test_likeness_counts_what_is_known_on_both_sides(partnerships: Partnerships) -> None:
    context = partnerships.context(everyone=True)
    found = partnerships.similarity(context)
    for i, one in enumerate(found.context.partnerships):
        for j, other in enumerate(found.context.partnerships):
            cells = [c for c in present(context, one, other) if None not in c]
            like = found.likeness(one, other)
            assert (like.alike, like.known) == (sum(a == b for a, b in cells), len(cells))
            assert (like.both, like.either) == (sum(all(c) for c in cells), sum(any(c) for c in cells))
            assert (like.alike, like.known) == (found.alike[i][j], found.known[i][j])
            assert like == found.likeness(other, one)
            if one is other and like.known:
                assert like.matching == 1.0
                assert like.jaccard in {1.0, None}


@settings(max_examples=60, deadline=None)
@given(datasets(), st.randoms(), st.sampled_from([*Method, None]))
def test_no_answer_depends_on_the_order_of_the_data(partnerships: Partnerships, chance: object, method: Method) -> None:
    context = partnerships.context(everyone=True)
    shuffled = list(context.partnerships)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    other = Context(tuple(shuffled), context.areas)
    assert partnerships.similarity(context, method=method) == partnerships.similarity(other, method=method)
    assert partnerships.similarity(context).pairs() == partnerships.similarity(other).pairs()
    name = context.partnerships[0].id
    assert partnerships.nearest(name, context) == partnerships.nearest(name, other)
    assert partnerships.apart(context).areas == partnerships.apart(other).areas


@settings(max_examples=60, deadline=None)
@given(datasets())
def test_nearest_are_in_order_and_what_tells_apart_is_said(partnerships: Partnerships) -> None:
    context = partnerships.context(everyone=True)
    subject = context.partnerships[0]
    pairs = partnerships.nearest(subject.id, context)
    assert {p.right.id for p in pairs} == {p.id for p in context.partnerships} - {subject.id}
    keys = [(-1 if p.likeness.matching is None else p.likeness.matching, p.likeness.known) for p in pairs]
    assert keys == sorted(keys, reverse=True)
    for one, following in pairwise(pairs):
        if one.likeness.matching == following.likeness.matching and one.likeness.known == following.likeness.known:
            assert one.right.name <= following.right.name
    for pair in pairs:
        cells = list(zip(context.areas, present(context, pair.left, pair.right), strict=True))
        assert pair.only_left == tuple(a for a, cell in cells if cell == (True, False))
        assert pair.only_right == tuple(a for a, cell in cells if cell == (False, True))


def told_apart(areas: tuple[Area, ...], one: Partnership, other: Partnership) -> bool:
    return any({one.status(a.id).present, other.status(a.id).present} == {True, False} for a in areas)


@settings(max_examples=60, deadline=None)
@given(datasets(max_partners=6, max_areas=6))
def test_the_fewest_areas_tell_apart_whoever_can_be_told_apart(partnerships: Partnerships) -> None:
    context = partnerships.context(everyone=True)
    found = partnerships.apart(context)
    pairs = list(combinations(context.partnerships, 2))
    can = [pair for pair in pairs if told_apart(context.areas, *pair)]
    assert all(told_apart(found.areas, *pair) for pair in can)
    sizes = (
        size
        for size in range(len(context.areas) + 1)
        if any(all(told_apart(some, *p) for p in can) for some in combinations(context.areas, size))
    )
    assert (len(found.areas), found.smallest) == (next(sizes), True)
    same = {frozenset(p.id for p in pair) for alike in found.identical for pair in combinations(alike, 2)}
    cannot = {frozenset(p.id for p in pair) for pair in pairs if pair not in can}
    assert same <= cannot
    assert {frozenset(p.id for p in pair) for pair in found.undecided} <= cannot - same


def test_a_search_that_is_stopped_does_not_claim_to_be_smallest(partnerships: Partnerships) -> None:
    found = apart(partnerships.context(), work=0)
    assert not found.smallest
    assert all(told_apart(found.areas, *p) for p in combinations(partnerships.in_table, 2) if "albania" not in ids(p))


def ids(partnerships: tuple[Partnership, ...]) -> set[str]:
    return {p.id for p in partnerships}


def test_what_table_1_shows(partnerships: Partnerships) -> None:
    assert [p.likeness.words for p in partnerships.nearest("albania")][:2] == ["26 of 26", "23 of 26"]
    iceland = partnerships.nearest("iceland")
    assert [(p.right.id, p.likeness.words) for p in iceland][4:6] == [("united-kingdom", "3 of 3"), ("japan", "2 of 3")]
    found = partnerships.apart()
    assert (len(found.areas), found.smallest, found.undecided) == (4, True, ())


@pytest.mark.parametrize("method", Method)
def test_like_stands_beside_like(partnerships: Partnerships, method: Method) -> None:
    order = [p.id for p in partnerships.similarity(method=method).context.partnerships]
    assert abs(order.index("albania") - order.index("north-macedonia")) == 1
    assert abs(order.index("canada") - order.index("united-kingdom")) == 1


@needs("scipy")
def test_without_scipy_the_chain_is_taken_and_said(
    sdp: Run, partnerships: Partnerships, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert partnerships.similarity().method is Method.LEAVES
    monkeypatch.setitem(sys.modules, "scipy.cluster.hierarchy", None)
    assert partnerships.similarity().method is Method.CHAIN
    assert Method.CHAIN in " ".join(sdp("matrix", "--sort", "similarity").out.split())


@needs("scipy")
def test_the_matrix_can_be_in_order_of_likeness(partnerships: Partnerships) -> None:
    shown = partnerships.matrix(order=Order.SIMILARITY)
    assert shown.partnerships == partnerships.similarity().context.partnerships
    assert shown.method is Method.LEAVES
    assert partnerships.matrix(order=Order.NAME).method is None


def test_nothing_known_in_common_is_unknown_and_not_zero(sdp: Run, partnerships: Partnerships) -> None:
    context = Context(partnerships.partnerships, tuple(a for a in partnerships.areas if a.id == "maritime-security"))
    last = partnerships.nearest("iceland", context)[-1]
    assert (last.right.id, last.likeness.words, last.likeness.matching) == ("australia", "unknown", None)
    data = json.loads(sdp("nearest", "iceland", "--all", "-f", "json").out)
    assert all(row["known"] or row["matching"] is None for row in data["nearest"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nearest", "norway", "--group", "efta"), "nobody is left to compare with"),
        (("nearest", "icland"), "did you mean iceland"),
        (("similarity", "japan"), "likeness needs two partners"),
        (("similarity", "--pairs", "--apart"), "ask one of them"),
        (("similarity", "--as-of", "2020-01-01"), "no partner is left"),
    ],
)
def test_what_cannot_be_answered_is_refused(sdp: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = sdp(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_csv_headers_are_the_contract(sdp: Run) -> None:
    def header(*arguments: str) -> str:
        return sdp(*arguments, "-f", "csv").out.splitlines()[0]

    measures = "k_of_n,alike,known,both,either,matching,jaccard,only_left,only_right"
    assert header("nearest", "japan") == f"partner_id,partner,{measures}"
    assert header("similarity", "--pairs") == f"left_id,right_id,left,right,{measures}"
    assert header("similarity", "japan", "india") == "partner_id,partner,india,japan"
    assert header("similarity", "--apart", "japan", "india") == "number,area_id,area,japan,india"
