"""The matrix: the published table cell for cell, and what narrows, widens or sorts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from conftest import EVERYONE, Run, amended
from sdp_matrix import Matrix, Partnerships, Selection, Status
from sdp_matrix.views import matrix as view


def spans(partnerships: Partnerships, shown: Matrix) -> list[list[int]]:
    """Return over how many partners each heading of the rows above the names is."""
    return [[cell.span for cell in row[2:]] for row in view.matrix(partnerships, shown).header[:-2]]


def test_printed_values_are_shown_in_place_of_departures(partnerships: Partnerships) -> None:
    shown = partnerships.matrix()
    albania = next(p for p in shown.partnerships if p.id == "albania")
    assert albania.date.value == date(2024, 11, 19)
    assert spans(partnerships, shown) == [[1, 5, 3], [3, 2, 1, 3]]


def test_corrected_shows_our_values(partnerships: Partnerships) -> None:
    shown = partnerships.matrix(corrected=True)
    assert next(p.date.text for p in shown.partnerships if p.id == "albania") == "2024-12-18"
    assert {(d.partner, d.field) for d in shown.departures} == {
        ("albania", "date"),
        ("india", "group:nato-global-partner"),
    }
    assert spans(partnerships, shown)[0] == [1, 5, 2, 1]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (
            Selection(as_of=date(2025, 1, 31), everyone=True),
            "moldova albania north-macedonia norway japan republic-of-korea",
        ),
        (Selection(groups=("eu-candidate",)), "moldova albania north-macedonia"),
        (
            Selection(groups=("nato-ally",), everyone=True),
            "albania north-macedonia canada united-kingdom norway iceland",
        ),
        (Selection(groups=("nato-ally", "efta")), "norway"),
        (Selection(partners=("india", "MD", "uk", "India")), "india moldova united-kingdom"),
        (Selection(partners=("iceland",)), "iceland"),
        (Selection(as_of=date(2024, 5, 21)), "moldova"),
    ],
)
def test_columns(partnerships: Partnerships, selection: Selection, expected: str) -> None:
    shown = partnerships.matrix(selection)
    assert [p.id for p in shown.partnerships] == expected.split()


def test_orders(sdp: Run) -> None:
    def columns(order: str) -> list[str]:
        return sdp("matrix", "--sort", order, "-f", "csv").out.splitlines()[0].split(",")[3:]

    assert columns("date")[:2] == ["moldova", "norway"]
    assert columns("name")[0] == "albania"
    assert columns("coverage")[:2] == ["united-kingdom", "canada"]
    assert columns("table") == sdp("matrix", "-f", "csv").out.splitlines()[0].split(",")[3:]


def test_unknown_is_a_status_of_its_own(partnerships: Partnerships) -> None:
    shown = partnerships.matrix(EVERYONE)
    assert shown.status("ghana", "cyber") is Status.COVERED
    assert shown.status("ghana", "space") is Status.UNKNOWN


def test_a_departure_is_noted_if_its_cell_is_shown(partnerships: Partnerships) -> None:
    japan = partnerships.partner("japan")
    cell = amended(japan.coverage["cyber"], status=Status.NOT_COVERED, departure="The text says otherwise.")
    changed = amended(japan, coverage={**japan.coverage, "cyber": cell})
    others = tuple(changed if p is japan else p for p in partnerships.partnerships)
    data = replace(partnerships, partnerships=others)

    def noted(partner: str, area: str) -> list[str]:
        return [d.field for d in data.matrix(Selection(partners=(partner,), areas=(area,))).departures]

    assert noted("japan", "cyber") == ["cyber"]
    assert noted("japan", "space") == []
    assert noted("canada", "cyber") == []
    assert noted("albania", "cyber") == ["date"]
