"""Verification: it holds on the frozen data, and every single change of a mark, date, name or departure is noticed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conftest import amended
from sdp_matrix import Partnerships, Status
from sdp_matrix.analysis.verification import Verification, verify
from sdp_matrix.model.published_table import Transcription

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run
    from sdp_matrix.model.partnership import Partnership


def with_partnership(partnerships: Partnerships, changed: Partnership) -> Partnerships:
    others = tuple(changed if p.id == changed.id else p for p in partnerships.partnerships)
    return replace(partnerships, partnerships=others)


def test_every_value_agrees(sdp: Run) -> None:
    ran = sdp("verify", "-f", "json")
    found = json.loads(ran.out)
    assert ran.code == 0
    assert found["cells"] == {"compared": 234, "agree": 234}
    assert found["dates"] == {"compared": 9, "agree": 9}
    assert [(d["partner"], d["field"]) for d in found["departures"]] == [
        ("albania", "date"),
        ("india", "group:nato-global-partner"),
    ]
    assert all(list(d) == ["partner", "field", "published", "ours", "reason"] for d in found["departures"])
    assert (found["unexplained"], found["needless"]) == ([], [])


def test_changing_any_status_names_the_cell(partnerships: Partnerships) -> None:
    tried = 0
    for partnership in partnerships.in_table:
        for area, cell in partnership.coverage.items():
            other = Status.NOT_COVERED if cell.status is not Status.NOT_COVERED else Status.COVERED
            changed = amended(partnership, coverage={**partnership.coverage, area: amended(cell, status=other)})
            found = verify(with_partnership(partnerships, changed))
            assert not found.holds
            assert [(u.partner, u.field) for u in found.unexplained] == [(partnership.id, area)]
            assert found.cells.agree == 233
            tried += 1
    assert tried == 234


def test_a_changed_file_makes_the_command_fail(sdp: Run, folder: Path) -> None:
    file = folder / "partnerships" / "japan.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("border-management: not-covered", "border-management: covered"), "utf-8")
    ran = sdp("--data", str(folder), "verify")
    assert ran.code == 1
    assert "Japan, 12 Border management" in ran.out
    assert "printed not covered, ours covered" in ran.out


@pytest.mark.parametrize("field", ["date", "group:nato-global-partner"])
def test_a_departure_left_out_is_unexplained(partnerships: Partnerships, field: str) -> None:
    table = partnerships.table
    kept = tuple(d for d in table.departures if d.field != field)
    found = verify(replace(partnerships, table=amended(table, departures=kept)))
    assert [u.field for u in found.unexplained] == [field]


@pytest.mark.parametrize(("published", "ours"), [("2024-11-19", "2024-12-17"), ("2024-11-18", "2024-12-18")])
def test_a_departure_that_says_something_else_is_needless(
    partnerships: Partnerships, published: str, ours: str
) -> None:
    table = partnerships.table
    wrong = tuple(amended(d, published=published, ours=ours) if d.field == "date" else d for d in table.departures)
    found = verify(replace(partnerships, table=amended(table, departures=wrong)))
    assert [u.field for u in found.unexplained] == ["date"]
    assert [d.field for d in found.needless] == ["date"]


def test_a_departure_where_nothing_differs_is_needless(partnerships: Partnerships) -> None:
    table = partnerships.table
    extra = amended(table.departures[0], partner="japan", field="cyber", published="not-covered", ours="covered")
    found = verify(replace(partnerships, table=amended(table, departures=(*table.departures, extra))))
    assert found.needless == (extra,)
    assert not found.holds


def test_headings_titles_and_spans_are_compared(partnerships: Partnerships) -> None:
    page = partnerships.transcription
    groups, second, names, *rest = page.lines

    def verified(*lines: tuple[str, ...]) -> Verification:
        return verify(replace(partnerships, transcription=Transcription(lines)))

    renamed = verified(groups, second, ("", "Partner", "Moldavia", *names[3:]), *rest)
    assert [u.field for u in renamed.unexplained] == ["name"]
    assert verified(groups, (*second[:2], *second[3:], ""), names, *rest).groups.agree < 45
    assert len(verified(groups, second, names, *rest[:-1]).unexplained) == 10


def test_departures_are_told_in_words(sdp: Run) -> None:
    said = " ".join(sdp("verify").out.split())
    assert "Albania, date printed 19 Nov. 2024, ours 18 Dec. 2024." in said
    assert "India, NATO global partners printed member, ours not a member." in said
