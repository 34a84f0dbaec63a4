"""Similarity against brute force, and an order that puts like beside like."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import EVERYONE, Run
from sdp_matrix import Partnerships, Selection
from sdp_matrix.analysis import patterns as similarity
from sdp_matrix.analysis.matrix import Order
from sdp_matrix.model.partnership import Partnership
from strategies import datasets


def present(data: Partnerships, one: Partnership, other: Partnership) -> list[tuple[bool | None, bool | None]]:
    return [(one.status(a.id).present, other.status(a.id).present) for a in data.areas]


@given(datasets())
def test_a_score_counts_what_is_known_on_both_sides(partnerships: Partnerships) -> None:
    for one in partnerships.partnerships:
        for other in partnerships.partnerships:
            cells = [c for c in present(partnerships, one, other) if None not in c]
            score = similarity.pair(partnerships.areas, one, other)
            assert (score.alike, score.known) == (sum(a == b for a, b in cells), len(cells))
            assert (score.both, score.either) == (sum(all(c) for c in cells), sum(any(c) for c in cells))
            mirrored = similarity.pair(partnerships.areas, other, one)
            assert (score.alike, score.known, score.both) == (mirrored.alike, mirrored.known, mirrored.both)
            if one is other and score.known:
                assert score.matching == 1.0
                assert score.jaccard in {1.0, None}


@given(datasets(), st.randoms())
def test_no_answer_depends_on_the_order_of_the_data(partnerships: Partnerships, chance: object) -> None:
    shuffled = list(partnerships.partnerships)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    areas, one = partnerships.areas, partnerships.partnerships[0]
    assert similarity.in_order_of_similarity(partnerships.partnerships, areas) == similarity.in_order_of_similarity(
        shuffled, areas
    )
    assert similarity.nearest(partnerships.partnerships, areas, one) == similarity.nearest(shuffled, areas, one)


@given(datasets())
def test_nearest_are_in_order_and_what_tells_apart_is_said(partnerships: Partnerships) -> None:
    subject = partnerships.partnerships[0]
    pairs = similarity.nearest(partnerships.partnerships, partnerships.areas, subject)
    assert {p.right.id for p in pairs} == {p.id for p in partnerships.partnerships} - {subject.id}
    keys = [(-1 if p.matching is None else p.matching, p.known) for p in pairs]
    assert keys == sorted(keys, reverse=True)
    for one, following in pairwise(pairs):
        if one.matching == following.matching and one.known == following.known:
            assert one.right.name <= following.right.name
    for pair in pairs:
        cells = list(zip(partnerships.areas, present(partnerships, pair.left, pair.right), strict=True))
        assert pair.only_left == tuple(a for a, cell in cells if cell == (True, False))
        assert pair.only_right == tuple(a for a, cell in cells if cell == (False, True))


@given(datasets())
def test_what_one_partner_alone_has_or_lacks_is_known_of_all_others(partnerships: Partnerships) -> None:
    for one in partnerships.partnerships if len(partnerships.partnerships) > 1 else ():
        found = partnerships.portrait(one.id, EVERYONE)
        others = [p for p in partnerships.partnerships if p.id != one.id]
        for areas, own in ((found.only, True), (found.only_without, False)):
            expected = [
                a.id
                for a in partnerships.areas
                if one.status(a.id).present is own and all(p.status(a.id).present is not own for p in others)
                if all(p.status(a.id).present is not None for p in others)
            ]
            assert [a.id for a in areas] == expected


def test_what_table_1_shows(partnerships: Partnerships) -> None:
    assert [p.words for p in partnerships.portrait("albania").nearest][:2] == ["26 of 26", "23 of 26"]
    iceland = partnerships.portrait("iceland").nearest
    assert [(p.right.id, p.words) for p in iceland][4:6] == [("united-kingdom", "3 of 3"), ("japan", "2 of 3")]
    assert [area.id for area in partnerships.portrait("korea").only] == ["secure-communications"]
    assert [area.id for area in partnerships.portrait("india").only_without] == ["stratcom-fimi"]


def test_like_stands_beside_like(partnerships: Partnerships) -> None:
    order = [p.id for p in similarity.in_order_of_similarity(partnerships.in_table, partnerships.areas)]
    assert abs(order.index("albania") - order.index("north-macedonia")) == 1
    assert abs(order.index("canada") - order.index("united-kingdom")) == 1


def test_the_matrix_can_be_in_order_of_similarity(sdp: Run, partnerships: Partnerships) -> None:
    shown = partnerships.matrix(order=Order.SIMILARITY, corrected=True)
    assert shown.partnerships == similarity.in_order_of_similarity(partnerships.in_table, partnerships.areas)
    assert "Columns are ordered by similarity." in sdp("matrix", "--sort", "similarity").out
    assert "ordered by similarity" not in sdp("matrix", "--sort", "name").out


def test_a_partner_of_whom_little_is_known_is_not_taken_for_the_nearest(partnerships: Partnerships) -> None:
    found = partnerships.patterns(EVERYONE).nearest
    assert {pair.left.id: pair.right.id for pair in found}["canada"] == "united-kingdom"


def test_nothing_known_in_common_is_unknown_and_not_zero(sdp: Run, partnerships: Partnerships) -> None:
    asked = Selection(areas=("maritime-security",), everyone=True)
    last = partnerships.portrait("iceland", asked).nearest[-1]
    assert (last.right.id, last.words, last.matching) == ("australia", "unknown", None)
    data = json.loads(sdp("patterns", "iceland", "--all", "-f", "json").out)
    assert all(row["known"] or row["matching"] is None for row in data["nearest"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("patterns", "norway", "--group", "efta"), "nobody is left to compare with"),
        (("patterns", "icland"), "did you mean iceland"),
        (("patterns", "japan,india", "-g", "efta"), "no partner is left"),
    ],
)
def test_what_cannot_be_answered_is_refused(sdp: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = sdp(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_csv_headers_are_the_contract(sdp: Run) -> None:
    measures = "k_of_n,alike,known,both,either,matching,jaccard,only_left,only_right"
    header = sdp("patterns", "japan", "-f", "csv").out.splitlines()[0]
    assert header == f"partner_id,partner,{measures}"
