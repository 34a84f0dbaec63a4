"""What is not coded yet is told in full, and what is coded is not."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings

import strategies
from conftest import Run
from sdp_matrix import Partnerships, Selection, Status, UnknownName
from sdp_matrix.analysis.search import Missing, gaps


@settings(max_examples=25, deadline=None)
@given(strategies.datasets())
def test_every_unknown_cell_is_listed_once(dataset: Partnerships) -> None:
    listed = [
        (gap.partnership.id, area) for gap in gaps(dataset) if gap.missing is Missing.STATUS for area in gap.fields
    ]
    unknown = [(p.id, a.id) for p in dataset.partnerships for a in dataset.areas if p.status(a.id) is Status.UNKNOWN]
    assert sorted(listed) == sorted(unknown)


def test_signatories_and_occasions_that_are_missing_are_listed(partnerships: Partnerships) -> None:
    found = {(gap.partnership.id, str(gap.missing)): gap.fields for gap in partnerships.gaps()}
    assert found["united-kingdom", "signatory"] == ("EU", "United Kingdom")
    assert found["ghana", "signatory"] == ("Ghana",)
    assert found["north-macedonia", "value"] == ("occasion",)
    assert not [key for key in found if key[0] == "canada"]


def test_only_the_partners_asked_for(partnerships: Partnerships) -> None:
    assert {gap.partnership.id for gap in partnerships.gaps(Selection(partners=("iceland", "ghana")))} == {
        "iceland",
        "ghana",
    }
    with pytest.raises(UnknownName):
        partnerships.gaps(Selection(partners=("atlantis",)))


def test_nothing_missing_is_an_answer(sdp: Run) -> None:
    ran = sdp("list", "gaps", "canada")
    assert ran.code == 0
    assert "Everything is coded" in ran.out


def test_csv_has_one_line_a_gap(sdp: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(sdp("list", "gaps", "-f", "csv").out)))
    assert {row["missing"] for row in rows} == {"status", "value", "signatory"}
    assert next(row for row in rows if row["partner"] == "united-kingdom")["fields"] == "EU; United Kingdom"
