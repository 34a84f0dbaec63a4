"""Grades follow from evidence, by laws; and what the data hold on the known disputes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from conftest import amended
from sdp_matrix import Grade, Partnerships, RequestError, Selection, Status, UnknownNameError
from sdp_matrix.analysis import grading
from sdp_matrix.analysis.field import fields
from sdp_matrix.analysis.grading import derive, explain_field, stance, supporters
from sdp_matrix.formats.text import Screen, render
from sdp_matrix.model.dataset import Voice
from sdp_matrix.model.partnership import Evidence
from sdp_matrix.model.vocabulary import PLANNED, SIGNATORIES_FIELD, Act, Stance, Standing
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

KNOWN_DISPUTES = {
    ("albania", "date"),
    ("united-kingdom", "consular-matters"),
    ("india", "group:nato-global-partner"),
    ("north-macedonia", "critical-infrastructure"),
    ("north-macedonia", "peace-crisis-management"),
    ("albania", "peace-crisis-management"),
    ("japan", "act"),
    ("republic-of-korea", "act"),
    ("united-kingdom", "act"),
}
"""Partner and field of what sources are known to disagree on."""

some_evidence = st.lists(a_piece, max_size=5)
a_reference = st.sampled_from(sorted(VOICES))


@given(a_status, some_evidence, a_reference, a_known_status, st.sampled_from([PLANNED, Status.UNKNOWN.value]))
def test_a_grade_follows_from_the_evidence(
    value: str, evidence: list[Evidence], reference: str, other: str, neutral: str
) -> None:
    def more(supports: str) -> Grade:
        return derive(value, [*evidence, Evidence(reference=reference, supports=supports)], VOICES)

    grade = derive(value, evidence, VOICES)
    for reordered in (evidence[::-1], sorted(evidence, key=lambda piece: piece.reference)):
        assert derive(value, reordered, VOICES) is grade
    assert more(neutral) is grade, "a plan is neither for nor against"
    if value == Status.UNKNOWN:
        assert grade is more(other) is Grade.UNKNOWN, "nothing contests a value that is not there"
    else:
        assert other == value or more(other) is Grade.CONTESTED
        assert WORSE_TO_BETTER.index(more(value)) >= WORSE_TO_BETTER.index(grade), "agreement makes nothing worse"
    result = {*supporters(value, evidence, VOICES)}
    sound = {voice.origin for voice in result if voice.standing is not Standing.WEAK}
    expected = {
        Grade.FROM_TEXT: VOICES["text"] in result,
        Grade.CORROBORATED: len(sound) >= 2,
        Grade.SINGLE_SOURCE: bool(result) and len(sound) < 2,
        Grade.UNKNOWN: not result or value == Status.UNKNOWN,
        Grade.CONTESTED: any(stance(value, piece) is Stance.AGAINST for piece in evidence),
    }
    assert expected[grade]


@given(strategies.datasets())
def test_on_any_data_grades_agree_with_the_evidence_that_is_shown(dataset: Partnerships) -> None:
    for partnership in dataset.partnerships:
        for field in fields(partnership):
            result = explain_field(dataset, partnership, field)
            stances = {stance(result.value, piece) for piece in result.evidence}
            is_known = result.value not in {None, Status.UNKNOWN.value}
            assert (result.grade is Grade.CONTESTED) is (is_known and Stance.AGAINST in stances)
            assert result.grade is not Grade.CORROBORATED or len(result.origins) >= 2
            assert result.origins or result.grade in {Grade.CONTESTED, Grade.UNKNOWN}
            assert bool(result.origins) is bool(result.standings)
            assert render(explanation(dataset, result), Screen(width=80))


@pytest.mark.parametrize(
    ("partner", "field", "grade"),
    [
        ("uk", "consular", Grade.CONTESTED),
        ("norway", "consular", Grade.CORROBORATED),
        ("india", "consular", Grade.SINGLE_SOURCE),
        ("iceland", "cyber", Grade.UNKNOWN),
        ("albania", "date", Grade.CONTESTED),
        ("north-macedonia", "occasion", Grade.UNKNOWN),
        ("india", "group:nato-global-partner", Grade.CONTESTED),
        ("uk", SIGNATORIES_FIELD, Grade.UNKNOWN),
        ("canada", SIGNATORIES_FIELD, Grade.SINGLE_SOURCE),
    ],
)
def test_the_grade_of_a_known_value(partnerships: Partnerships, partner: str, field: str, grade: Grade) -> None:
    assert partnerships.explain(partner, field).grade is grade


def test_the_table_counts_once_and_only_for_its_partners(partnerships: Partnerships) -> None:
    norway = partnerships.explain("norway", "consular")
    assert Counter(e.reference for e in norway.evidence)["eprs-2026-03"] == 2
    assert norway.origins.count("European Parliamentary Research Service") == 1
    assert partnerships.explain("ghana", "space").evidence == ()
    assert "eprs-2026-03" not in {e.reference for e in partnerships.explain("albania", "place").evidence}


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("consulr", "did you mean consular-matters?"),
        ("cultur\x1b", "cultural-heritage"),
        ("group:nto", "group"),
        ("", "'sdp explain --help' lists what there is"),
    ],
)
def test_a_field_that_does_not_exist_is_refused_with_a_hint(partnerships: Partnerships, field: str, hint: str) -> None:
    with pytest.raises(UnknownNameError, match=hint.replace("?", r"\?")):
        partnerships.explain("uk", field)


def test_a_group_on_which_nothing_is_recorded_is_refused(partnerships: Partnerships) -> None:
    with pytest.raises(RequestError, match="its groups: nato-pfp, eu-candidate"):
        partnerships.explain("moldova", "group:efta")


def test_no_signatories_are_no_value(partnerships: Partnerships) -> None:
    result = explain_field(partnerships, amended(partnerships.partner("japan"), signatories=()), "signatories")
    assert (result.value, result.grade, result.evidence) == (None, Grade.UNKNOWN, ())


def test_a_field_that_is_near_no_other_names_all_of_them(partnerships: Partnerships) -> None:
    with pytest.raises(UnknownNameError) as raised:
        partnerships.explain("uk", "zzzz")
    assert {"date", "signatories", "group:NAME", "cyber"} <= {*raised.value.known}


def test_every_departure_from_the_published_table_is_contested(partnerships: Partnerships) -> None:
    data = partnerships
    departures = {(item.partner, item.field) for item in data.verify().departures}
    assert departures == {("albania", "date"), ("india", "group:nato-global-partner")}
    assert departures | KNOWN_DISPUTES <= {(result.partnership.id, result.field) for result in data.contested()}
    narrow = {(result.partnership.id, result.field) for result in data.contested(Selection(partners=("india",)))}
    assert ("india", "group:nato-global-partner") in narrow
    assert not any(partner == "albania" for partner, _ in narrow)


@pytest.mark.parametrize("field", ["act", "cyber-capacity-building"])  # sources contradict each other; only Table 1
def test_a_value_left_unknown_hides_no_contradiction(partnerships: Partnerships, field: str) -> None:
    korea = partnerships.partner("korea")
    cells = {area: amended(cell, status=Status.UNKNOWN) for area, cell in korea.coverage.items()}
    korea = amended(korea, act=amended(korea.act, value=Act.UNKNOWN), coverage=cells)
    others = [p for p in partnerships.partnerships if p.id != korea.id]
    data = replace(partnerships, partnerships=(*others, korea))
    assert data.explain("korea", field).grade is Grade.UNKNOWN
    assert field in [result.field for result in data.contested("korea")]


# What one reference says, and what it is cited for besides


@pytest.mark.parametrize(
    ("reference", "kind", "words"),
    [
        ("kyodo-japan-2024-02", "milestone", "negotiations authorised, 19 Feb. 2024"),
        ("eprs-2026-03", "topic", "topic without a row: military mobility"),
        ("mofa-korea-dialogue-2025", "statement", "The partnership with Korea is the fourth."),
        ("swissinfo-switzerland-2026", "prospect", "other instrument, 5 Mar. 2026"),
        ("eprs-2026-03", "group", "group"),
        ("mofa-korea-dialogue-2025", "headings", "headings of the text"),
    ],
)
def test_what_has_no_grade_is_listed_with_what_it_is(
    partnerships: Partnerships, reference: str, kind: str, words: str
) -> None:
    assert (kind, words) in {(item.kind, item.words) for item in grading.mentions(partnerships, reference)}
