"""Commands that answer the same question in different ways agree, whatever the data are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conftest import EVERYONE
from sdp_matrix import Condition, Partnerships
from sdp_matrix.analysis import patterns
from strategies import datasets

ANY = datasets(min_partners=2, max_partners=5, max_areas=5)


@given(ANY, st.data())
def test_pairs_count_what_the_dyads_of_sql_count(partnerships: Partnerships, data: st.DataObject) -> None:
    subject = data.draw(st.sampled_from(partnerships.partnerships)).id
    others = [p for p in partnerships.partnerships if p.id != subject]
    pairs = [patterns.pair(partnerships.areas, partnerships.partner(subject), other) for other in others]
    counts = {p.right.id: (p.alike, p.known) for p in pairs}
    rows = partnerships.sql(
        f"select iif(left_partner = '{subject}', right_partner, left_partner), in_both + in_neither + differs_in_kind,"
        " in_both + in_neither + differs_in_kind + only_left + only_right"
        f" from dyads where '{subject}' in (left_partner, right_partner)"
    ).items
    assert counts == {other: (alike, known) for other, alike, known in rows}


@given(ANY)
def test_whom_find_finds_with_all_areas_that_are_always_together(partnerships: Partnerships) -> None:
    for together in partnerships.patterns(EVERYONE).together:
        areas = tuple(area.id for area in together.areas)
        assert partnerships.find(Condition(covers=areas), EVERYONE).partnerships == together.supporters
        for lacking in areas[1:]:
            assert partnerships.find(Condition(covers=areas[:1], lacks=(lacking,)), EVERYONE).partnerships == ()


@given(ANY)
def test_patterns_and_find_say_the_same_of_who_has_an_area(partnerships: Partnerships) -> None:
    for spread in partnerships.patterns(EVERYONE).spreads:
        for area in spread.areas:
            has, lacks = (
                partnerships.find(condition, EVERYONE)
                for condition in (Condition(covers=(area.id,)), Condition(lacks=(area.id,)))
            )
            assert (has.partnerships, lacks.partnerships) == (spread.present, spread.absent)
            assert has.undecided == lacks.undecided == spread.unknown
