"""Finding by conditions: against the frozen data, and against a plain reading of the words on random data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from conftest import EVERYONE, Run
from sdp_matrix import Act, Condition, Grade, MechanismKind, Partnerships, Selection, Status, Topic, UnknownNameError
from sdp_matrix.analysis.search import Missing, gaps, timeline
from sdp_matrix.model.partnership import Partnership
from strategies import conditions, datasets

_NOWHERE = ("find", "--lacks", "csdp")


def ids(result: tuple[Partnership, ...]) -> list[str]:
    return [p.id for p in result]


def holds(data: Partnerships, p: Partnership, condition: Condition) -> bool:
    """A condition read word by word, for what is known alone."""
    day = p.date.value
    status = {area: data.partner(p.id).coverage[area].status for area in p.coverage}
    signed = " ".join(s.name for s in p.signatories if s.name != "not established")
    graded = [data.explain(p.id, area).grade == condition.grade for area in condition.all_areas or p.coverage]
    tests = [
        all(status[a] in {Status.COVERED, Status.ALREADY_EXISTS} for a in condition.covers),
        all(status[a] == Status.ALREADY_EXISTS for a in condition.exists),
        all(status[a] == Status.NOT_COVERED for a in condition.lacks),
        all(status[a] == Status.UNKNOWN for a in condition.unknown),
        all(p.belongs_to(group) for group in condition.groups),
        condition.signed_before is None or (day is not None and day < condition.signed_before),
        condition.signed_after is None or (day is not None and day > condition.signed_after),
        condition.act in {None, p.act.value},
        condition.signed_by is None or condition.signed_by.casefold() in signed.casefold(),
        condition.grade is None or (all(graded) if condition.all_areas else any(graded)),
    ]
    return all(tests)


@given(st.data())
def test_find_agrees_with_a_plain_reading(data: st.DataObject) -> None:
    partnerships = data.draw(datasets())
    condition = data.draw(conditions(partnerships))
    result = partnerships.find(condition, EVERYONE)
    assert ids(result.partnerships) == [p.id for p in partnerships.everyone if holds(partnerships, p, condition)]
    assert not set(ids(result.undecided)) & set(ids(result.partnerships))


@given(st.data())
def test_what_is_left_out_as_newer_is_what_all_adds(data: st.DataObject) -> None:
    partnerships = data.draw(datasets())
    condition = data.draw(conditions(partnerships))
    table, everyone = partnerships.find(condition), partnerships.find(condition, EVERYONE)
    assert ids((*table.partnerships, *table.newer)) == ids(everyone.partnerships)


@given(st.data())
def test_cells_are_those_of_the_areas_named_and_of_the_grade(data: st.DataObject) -> None:
    partnerships = data.draw(datasets())
    condition = data.draw(conditions(partnerships))
    result = partnerships.find(condition, EVERYONE)
    expected = [
        (p.id, area.id, p.status(area.id), partnerships.explain(p.id, area.id).grade)
        for p in result.partnerships
        for area in partnerships.areas
        if area.id in (condition.all_areas or p.coverage)
        and condition.grade in {None, partnerships.explain(p.id, area.id).grade}
    ]
    assert [(c.partnership.id, c.area.id, c.status, c.grade) for c in partnerships.cells(result)] == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            Condition(covers=("maritime",), lacks=("border",)),
            "canada united-kingdom norway japan republic-of-korea india",
        ),
        (Condition(groups=("nato", "candidate")), "albania north-macedonia"),
        (Condition(exists=("soia",), signed_before=date(2024, 11, 1)), "moldova norway"),
        (Condition(act=Act.CONCLUDED), "united-kingdom"),
        (Condition(signed_by="BORRELL"), "moldova north-macedonia norway japan republic-of-korea"),
        (Condition(topics=(Topic.MILITARY_MOBILITY,)), "north-macedonia canada"),
        (Condition(mechanisms=(MechanismKind.SAFE, MechanismKind.FRAMEWORK_PARTICIPATION)), "republic-of-korea"),
        (Condition(grade=Grade.CONTESTED, areas=("consular",)), "united-kingdom"),
        (Condition(grade=Grade.CONTESTED, areas=("18",)), "albania north-macedonia"),
        (Condition(grade=Grade.CONTESTED, areas=("17", "18")), "north-macedonia"),
        (Condition(grade=Grade.CONTESTED), "albania north-macedonia united-kingdom"),
    ],
)
def test_conditions_on_the_frozen_data(partnerships: Partnerships, condition: Condition, expected: str) -> None:
    assert ids(partnerships.find(condition).partnerships) == expected.split()


def test_unknown_is_neither_covered_nor_lacking(partnerships: Partnerships) -> None:
    for condition in (Condition(covers=("csdp",)), Condition(lacks=("csdp",))):
        result = partnerships.find(condition, EVERYONE)
        assert {"iceland", "ghana", "australia"} == set(ids(result.undecided))
        assert not set(ids(result.undecided)) & set(ids(result.partnerships))


@pytest.mark.parametrize(
    ("condition", "partner"),
    [
        (Condition(topics=(Topic.HEALTH,)), "united-kingdom"),
        (Condition(mechanisms=(MechanismKind.NAVAL_ARRANGEMENT,)), "japan"),
    ],
)
def test_what_has_no_row_and_is_not_recorded_may_be_there(
    partnerships: Partnerships, condition: Condition, partner: str
) -> None:
    result = partnerships.find(condition, EVERYONE)
    assert [p.id for p in result.partnerships] == [partner]
    assert len(result.undecided) == len(result.asked) - 1


def test_who_signed_is_open_only_if_a_signatory_is_unknown(partnerships: Partnerships) -> None:
    result = partnerships.find(Condition(signed_by="Nemo"), EVERYONE)
    unnamed = [p.id for p in result.asked if not p.signatories or not all(s.established for s in p.signatories)]
    assert ids(result.partnerships) == []
    assert ids(result.undecided) == unnamed
    assert 0 < len(unnamed) < len(result.asked)


@pytest.mark.parametrize("field", ["covers", "exists", "lacks", "unknown", "areas", "groups"])
def test_a_name_that_is_unknown_is_never_guessed(partnerships: Partnerships, field: str) -> None:
    with pytest.raises(UnknownNameError, match="atlantis"):
        partnerships.find(replace(Condition(), **{field: ("atlantis",)}))  # type: ignore[arg-type] # one of several fields


def test_members_newer_than_the_table_are_noted(sdp: Run) -> None:
    ran = sdp("find", "--signed-after", "2026-02-01", TTY="1")
    assert "None of 9 partnerships: after 1 Feb. 2026" in ran.out
    assert ran.err == "Iceland, Australia and Ghana: newer than Table 1, shown with --all\n"


def test_an_empty_answer_says_so_and_is_not_an_error(sdp: Run) -> None:
    ran = sdp(*_NOWHERE)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("None of 9 partnerships: lacks CSDP missions\n")
    assert sdp(*_NOWHERE, "--cells").out.startswith("No cells; None of 9")
    assert sdp(*_NOWHERE, "-f", "csv").out == "id,iso,date,act,name\n"


@pytest.mark.parametrize("what", [(), ("--cells",)])
def test_exit_code_tells_an_empty_answer(sdp: Run, what: tuple[str, ...]) -> None:
    assert sdp(*_NOWHERE, *what, "--exit-code").code == 1
    assert sdp("find", "--covers", "csdp", *what, "--exit-code").code == 0


def test_cells_as_csv_and_json(sdp: Run) -> None:
    arguments = ("find", "--grade", "contested", "--group", "nato", "--cells")
    lines = sdp(*arguments, "-f", "csv").out.splitlines()
    assert lines[0] == "partner,name,number,area_id,area,status,grade"
    result = json.loads(sdp(*arguments, "-f", "json").out)
    assert [cell["partner"] for cell in result["cells"]] == [line.split(",")[0] for line in lines[1:]]
    assert result["condition"] == {"groups": ["nato-ally"], "grade": "contested"}


# What is not coded yet


@given(datasets())
def test_every_unknown_cell_is_listed_once(dataset: Partnerships) -> None:
    listed = [
        (gap.partnership.id, area) for gap in gaps(dataset) if gap.missing is Missing.STATUS for area in gap.fields
    ]
    unknown = [(p.id, a.id) for p in dataset.partnerships for a in dataset.areas if p.status(a.id) is Status.UNKNOWN]
    assert sorted(listed) == sorted(unknown)
    assert len(gaps(dataset).rows()) == len(gaps(dataset))


def test_the_title_has_every_condition_in_words(sdp: Run) -> None:
    areas = ("--covers", "15", "--exists", "soia", "--lacks", "consular", "--unknown", "space", "-a", "cyber")
    signed = ("--signed-before", "2026-01-01", "--signed-after", "2024-01-01", "--act", "signed", "--signed-by", "eide")
    other = ("--topic", "military-mobility", "--mechanism", "dialogue", "-g", "efta", "--grade", "single-source")
    title = " ".join(sdp("find", *areas, *signed, *other).out.split())
    assert title.startswith(
        "None of 9 partnerships: covers Maritime security, already has Info security agreement, lacks Consular "
        "matters, not known on Space security and defence, among EFTA states, has military mobility, has dialogue, "
        "before 1 Jan. 2026, after 1 Jan. 2024, act signed, signed by eide, single-source on Cyber issues"
    )
    assert sdp("find", "--grade", "contested").out.startswith("3 of 9 partnerships: contested on any area\n")


def test_the_day_of_a_signature_is_neither_before_nor_after_itself(partnerships: Partnerships) -> None:
    day = date(2024, 5, 28)
    assert "norway" not in ids(partnerships.find(Condition(signed_before=day)).partnerships)
    assert "norway" not in ids(partnerships.find(Condition(signed_after=day)).partnerships)


@given(strategies.datasets())
def test_any_data_are_in_order_of_date(dataset: Partnerships) -> None:
    days = [entry.date for entry in timeline(dataset)]
    assert days == sorted(days)


def test_as_of_leaves_out_what_had_not_happened(partnerships: Partnerships) -> None:
    events = [one.event for one in partnerships.timeline(Selection(partners=("canada",), as_of=date(2025, 11, 30)))]
    assert events == ["signed"]
    assert len(partnerships.timeline(Selection(partners=("canada",), as_of=date(2025, 12, 1)))) == 2


def test_signatures_differ_from_milestones_without_colour_and_without_unicode(sdp: Run) -> None:
    out = sdp("timeline", "moldova", "india", ENCODING="ascii", TTY="1", NO_COLOR="1").out
    assert "# India: signed" in out
    assert "o India: talks announced" in out


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("timeline uk --as-of 2020-01-01", "Nothing is recorded, as of 1 Jan. 2020"),
        ("list gaps canada", "Everything is coded"),
    ],
)
def test_nothing_at_all_is_an_answer(sdp: Run, command: str, words: str) -> None:
    ran = sdp(*command.split())
    assert (ran.code, words in ran.out) == (0, True)
