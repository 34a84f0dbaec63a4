"""Grades follow from evidence, by laws; and what the data hold on the known disputes."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from conftest import KNOWN_DISPUTES, amended
from sdp_matrix import BadRequest, Grade, Partnerships, Selection, Status, UnknownName, load
from sdp_matrix.analysis.field import fields
from sdp_matrix.analysis.grading import derive, explain_field, grades, stance, supporters
from sdp_matrix.formats.text import Screen, render
from sdp_matrix.model.dataset import Voice
from sdp_matrix.model.partnership import Evidence
from sdp_matrix.model.vocabulary import PLANNED, SIGNATORIES_FIELD, Stance, Standing
from sdp_matrix.views.explain import explanation

VOICES = {
    "a": Voice("A", Standing.OFFICIAL),
    "also-a": Voice("A", Standing.PRESS),
    "b": Voice("B", Standing.EXPERT),
    "blog": Voice("C", Standing.WEAK),
    "text": Voice("D", Standing.TEXT),
}
WORSE_TO_BETTER = [Grade.CONTESTED, Grade.UNKNOWN, Grade.SINGLE_SOURCE, Grade.CORROBORATED, Grade.FROM_TEXT]

a_status = st.sampled_from([status.value for status in Status])
a_known_status = st.sampled_from([status.value for status in Status if status is not Status.UNKNOWN])
a_piece = st.builds(
    Evidence,
    reference=st.sampled_from(sorted(VOICES)),
    supports=st.sampled_from([*(status.value for status in Status), PLANNED]),
)
some_evidence = st.lists(a_piece, max_size=5)
a_reference = st.sampled_from(sorted(VOICES))


@cache
def partnerships() -> Partnerships:
    return load()


@settings(max_examples=50)
@given(a_status, some_evidence, st.randoms())
def test_the_order_of_evidence_is_irrelevant(value: str, evidence: list[Evidence], random: object) -> None:
    shuffled = list(evidence)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own Random
    assert derive(value, shuffled, VOICES) is derive(value, evidence, VOICES)


@settings(max_examples=50)
@given(a_known_status, some_evidence, a_reference)
def test_agreeing_evidence_never_makes_a_grade_worse(value: str, evidence: list[Evidence], reference: str) -> None:
    before = derive(value, evidence, VOICES)
    after = derive(value, [*evidence, Evidence(reference=reference, supports=value)], VOICES)
    assert WORSE_TO_BETTER.index(after) >= WORSE_TO_BETTER.index(before)


@settings(max_examples=50)
@given(a_status, some_evidence, a_reference, a_known_status)
def test_disagreeing_evidence_makes_a_value_contested(
    value: str, evidence: list[Evidence], reference: str, other: str
) -> None:
    more = [*evidence, Evidence(reference=reference, supports=other)]
    assert other == value or derive(value, more, VOICES) is Grade.CONTESTED


@settings(max_examples=50)
@given(a_status, some_evidence, a_reference, st.sampled_from([PLANNED, Status.UNKNOWN.value]))
def test_a_plan_is_neither_for_nor_against(value: str, evidence: list[Evidence], reference: str, neutral: str) -> None:
    more = [*evidence, Evidence(reference=reference, supports=neutral)]
    assert derive(value, more, VOICES) is derive(value, evidence, VOICES)


@settings(max_examples=50)
@given(a_status, some_evidence)
def test_the_grade_says_who_supports_a_value(value: str, evidence: list[Evidence]) -> None:
    found = {*supporters(value, evidence, VOICES)}
    sound = {voice.origin for voice in found if voice.standing is not Standing.WEAK}
    match derive(value, evidence, VOICES):
        case Grade.FROM_TEXT:
            assert VOICES["text"] in found
        case Grade.CORROBORATED:
            assert len(sound) >= 2
        case Grade.SINGLE_SOURCE:
            assert found
            assert len(sound) < 2
        case Grade.UNKNOWN:
            assert not found
        case Grade.CONTESTED:
            assert any(stance(value, piece) is Stance.AGAINST for piece in evidence)


@settings(max_examples=20, deadline=None)
@given(strategies.datasets())
def test_on_any_data_grades_agree_with_the_evidence_that_is_shown(dataset: Partnerships) -> None:
    for partnership in dataset.partnerships:
        for field in fields(partnership):
            found = explain_field(dataset, partnership, field)
            bearings = {stance(found.value, piece) for piece in found.evidence}
            assert (found.grade is Grade.CONTESTED) is (Stance.AGAINST in bearings)
            assert found.grade is not Grade.CORROBORATED or len(found.origins) >= 2
            assert found.origins or found.grade in {Grade.CONTESTED, Grade.UNKNOWN}
            assert bool(found.origins) is bool(found.standings)
            assert render(explanation(dataset, found), Screen(width=80))


@pytest.mark.parametrize(
    ("partner", "field", "grade"),
    [
        ("uk", "consular", Grade.CONTESTED),
        ("norway", "consular", Grade.CORROBORATED),
        ("india", "consular", Grade.SINGLE_SOURCE),
        ("iceland", "cyber", Grade.UNKNOWN),
        ("japan", "critical-infrastructure", Grade.SINGLE_SOURCE),
        ("korea", "act", Grade.CONTESTED),
        ("albania", "date", Grade.CONTESTED),
        ("north-macedonia", "occasion", Grade.UNKNOWN),
        ("india", "group:nato-global-partner", Grade.CONTESTED),
        ("uk", SIGNATORIES_FIELD, Grade.UNKNOWN),
        ("canada", SIGNATORIES_FIELD, Grade.SINGLE_SOURCE),
    ],
)
def test_the_grade_of_a_known_value(partner: str, field: str, grade: Grade) -> None:
    assert partnerships().explain(partner, field).grade is grade


def test_every_corroborated_cell_names_two_origins() -> None:
    for partnership in partnerships().partnerships:
        for field in fields(partnership):
            found = partnerships().explain(partnership.id, field)
            if found.grade is Grade.CORROBORATED:
                assert len(set(found.origins)) >= 2, (partnership.id, field)


def test_the_table_counts_once_and_only_for_its_partners() -> None:
    norway = partnerships().explain("norway", "consular")
    assert Counter(e.reference for e in norway.evidence)["eprs-2026-03"] == 2
    assert norway.origins.count("European Parliamentary Research Service") == 1
    assert partnerships().explain("ghana", "space").evidence == ()


def test_the_table_does_not_stand_for_acts_and_places() -> None:
    cited = {e.reference for e in partnerships().explain("albania", "place").evidence}
    assert "eprs-2026-03" not in cited


def test_the_register_of_disputes_holds_the_known_ones() -> None:
    disputed = {(found.partnership.id, found.field) for found in partnerships().contested()}
    assert disputed >= KNOWN_DISPUTES


def test_every_cell_has_one_grade() -> None:
    every = partnerships().partnerships
    assert sum(grades(partnerships(), every).values()) == len(every) * len(partnerships().areas)


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("consulr", "did you mean consular-matters?"),
        ("cultur\x1b", "cultural-heritage"),
        ("group:nto", "group"),
        ("", "'sdp list areas' lists what there is"),
    ],
)
def test_a_field_that_does_not_exist_is_refused_with_a_hint(field: str, hint: str) -> None:
    with pytest.raises(UnknownName, match=hint.replace("?", r"\?")):
        partnerships().explain("uk", field)


def test_a_group_on_which_nothing_is_recorded_is_refused() -> None:
    with pytest.raises(BadRequest, match="its groups: nato-pfp, eu-candidate"):
        partnerships().explain("moldova", "group:efta")


def test_a_departure_belongs_to_one_field_of_one_partner(partnerships: Partnerships) -> None:
    explained = [partnerships.explain(p.id, field) for p in partnerships.in_table for field in fields(p)]
    departing = [(one.partnership.id, one.field) for one in explained if one.departure]
    assert departing == [("albania", "date"), ("india", "group:nato-global-partner")]


def test_nobody_signed_is_no_value(partnerships: Partnerships) -> None:
    nobody = amended(partnerships.partner("japan"), signatories=())
    found = explain_field(partnerships, nobody, "signatories")
    assert (found.value, found.grade, found.evidence) == (None, Grade.UNKNOWN, ())


def test_a_field_that_is_near_no_other_names_all_of_them(partnerships: Partnerships) -> None:
    with pytest.raises(UnknownName) as raised:
        partnerships.explain("uk", "zzzz")
    assert {"date", "signatories", "group:NAME", "cyber"} <= {*raised.value.known}
    with pytest.raises(UnknownName) as raised:
        partnerships.explain("uk", "cybr")
    assert raised.value.known == ()


def test_every_departure_from_the_published_table_is_contested() -> None:
    data = partnerships()
    departures = {(one.partner, one.field) for one in data.verify().departures}
    assert departures == {("albania", "date"), ("india", "group:nato-global-partner")}
    assert departures <= {(found.partnership.id, found.field) for found in data.contested()}
    narrow = {(found.partnership.id, found.field) for found in data.contested(Selection(partners=("india",)))}
    assert ("india", "group:nato-global-partner") in narrow
    assert not any(partner == "albania" for partner, _ in narrow)
