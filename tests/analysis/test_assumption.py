"""What if a cell were otherwise: assumed and edited data answer alike, and every answer says what is assumed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from sdp_matrix import Partnerships, Status
from strategies import datasets


@given(datasets(), st.data())
def test_assuming_what_the_data_say_changes_nothing(partnerships: Partnerships, data: st.DataObject) -> None:
    partnership = data.draw(st.sampled_from(partnerships.partnerships))
    area = data.draw(st.sampled_from(partnerships.areas))
    same = partnerships.assume(f"{partnership.id}:{area.id}={partnership.status(area.id)}")
    assert same.partnerships == partnerships.partnerships
    assert [(one.status, one.was) for one in same.assumed] == [(partnership.status(area.id),) * 2]


@given(datasets(), st.data(), st.sampled_from(Status))
def test_only_the_assumed_cell_is_otherwise(partnerships: Partnerships, data: st.DataObject, status: Status) -> None:
    partnership = data.draw(st.sampled_from(partnerships.partnerships))
    area = data.draw(st.sampled_from(partnerships.areas))
    changed = partnerships.assume(f"{partnership.id}:{area.id}={status}")
    for before, after in zip(partnerships.partnerships, changed.partnerships, strict=True):
        for one in partnerships.areas:
            here = (before.id, one.id) == (partnership.id, area.id)
            assert after.status(one.id) is (status if here else before.status(one.id))
    assert partnerships.assumed == ()


QUESTIONS = [
    ("matrix", "--all", "-f", "csv"),
    ("diff", "ghana", "iceland", "-f", "csv"),
    ("find", "--covers", "maritime-security", "--all", "-f", "csv"),
    ("factcheck", "-f", "csv"),
    ("patterns", "--all", "-f", "csv"),
    ("sql", "select * from coverage order by 1, 2", "-f", "csv"),
    ("list", "grades", "-f", "csv"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question[0])
def test_assumed_and_edited_data_answer_alike(sdp: Run, folder: Path, question: tuple[str, ...]) -> None:
    assumed = sdp("--assume", "ghana:maritime-security=unknown", *question)
    file = folder / "partnerships" / "ghana.yaml"
    before = file.read_text("utf-8")
    cell = "  maritime-security:\n    status: "
    file.write_text(before.replace(f"{cell}covered\n", f"{cell}unknown\n    note: Tried.\n"), "utf-8")
    assert file.read_text("utf-8") != before
    edited = sdp("--data", str(folder), *question)
    assert (edited.code, edited.err) == (assumed.code, assumed.err)
    columns = [k for k, name in enumerate(edited.out.splitlines()[0].split(",")) if name != "note"]
    assert rows(edited.out, columns) == rows(assumed.out, columns)


def rows(text: str, columns: list[int]) -> list[list[str]]:
    """The cells of some columns of a csv; the note that an edited value needs is not assumed."""
    return [[row[k] for k in columns] for row in csv.reader(text.splitlines())]


def test_title_source_and_data_say_what_is_assumed(sdp: Run) -> None:
    said = ("--assume", "india:stratcom-fimi=covered")
    ran = sdp(*said, "diff", "japan", "india")
    assert "5 of 26 areas differ – if India" in ran.out
    assert "Assumed, not what the data say: India" in ran.out
    assert sdp("diff", "japan", "india").out.startswith("Japan and India: 6 of 26 areas differ\n")
    found = json.loads(sdp(*said, "diff", "japan", "india", "-f", "json").out)
    was = {"partner": "india", "area": "stratcom-fimi", "status": "covered", "was": "not-covered"}
    assert found["assumed"] == [was]
    assert found["summary"]["only_left"] == 1
    listed = json.loads(sdp(*said, "list", "partners", "-f", "json").out)
    assert (listed["assumed"], len(listed["data"])) == ([was], 12)
    for name in ("html", "latex", "markdown"):
        assert "Assumed, not what the data say" in sdp(*said, "matrix", "-f", name).out


@pytest.mark.parametrize("command", ["validate", "export", "cite", "explorer", "plot", "format", "new", "changes"])
def test_what_checks_writes_or_publishes_the_data_takes_no_assumption(sdp: Run, command: str) -> None:
    ran = sdp("--assume", "india:cyber=covered", command, "x")
    assert (ran.code, ran.out) == (2, "")
    assert "leave out --assume" in ran.err


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["india"], "is no PARTNER:AREA=STATUS"),
        (["india:cyber"], "is no PARTNER:AREA=STATUS"),
        (["india:cyber=yes"], "no status 'yes'; write covered"),
        (["indai:cyber=covered"], "did you mean india?"),
        (["india:cybre=covered"], "no area 'cybre'"),
        (["india:cyber=covered", "IN:3=unknown"], "two things of one cell"),
    ],
)
def test_an_assumption_that_says_nothing_is_refused(sdp: Run, given: list[str], words: str) -> None:
    ran = sdp(*(part for text in given for part in ("--assume", text)), "matrix")
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
