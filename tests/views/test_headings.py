"""sdp show PARTNER --headings: the headings of a text beside the rows of the table, both ways."""

from __future__ import annotations

import csv
import io
import json

import pytest

from conftest import Golden, Run
from sdp_matrix import Partnerships, load


@pytest.mark.parametrize("width", ["80", "160"])
def test_headings_and_rows_read_well(sdp: Run, golden: Golden, width: str) -> None:
    ran = sdp("show", "korea", "--headings", COLUMNS=width)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= int(width)
    golden(f"headings-korea-{width}.txt", ran.out)


@pytest.mark.parametrize(
    ("partner", "headings", "reached", "unreached"),
    [("korea", 15, 15, [4, 5, 20, 22, 23, 26]), ("moldova", 11, 11, [10, 20, 24])],
)
def test_headings_and_rows_add_up(partner: str, headings: int, reached: int, unreached: list[int]) -> None:
    found = load().headings(partner)
    assert (len(found.headings), len(found.reached)) == (headings, reached)
    assert [area.number for area in found.unreached] == unreached


def test_each_side_says_the_same_of_the_other(partnerships: Partnerships) -> None:
    for name in ("korea", "moldova"):
        found = partnerships.headings(name)
        forth = {(number, area) for number, heading in found.headings for area in heading.areas}
        assert forth == {(number, one.area.id) for one in found.areas for number in one.headings}


def test_every_mapping_has_its_reason(partnerships: Partnerships) -> None:
    assert all(h.reason for p in partnerships.partnerships if p.headings for h in p.headings.items)


def test_json_has_both_sides_and_what_is_not_reached(sdp: Run) -> None:
    data = json.loads(sdp("show", "korea", "--headings", "-f", "json").out)
    assert (data["partner"], data["basis"], data["count"]) == ("republic-of-korea", "report", 15)
    assert data["headings"][0]["areas"] == ["csdp-missions", "peace-crisis-management"]
    assert next(one for one in data["areas"] if one["number"] == 18)["headings"] == [1, 12]
    assert data["unreached"][-1] == "emerging-technologies"


def test_csv_tells_headings_from_rows(sdp: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(sdp("show", "moldova", "--headings", "-f", "csv").out)))
    assert [row["side"] for row in rows] == ["heading"] * 11 + ["row"] * 14
    assert {row["beside"] for row in rows if row["number"] == "24"} == {""}


def test_a_count_alone_says_that_no_more_is_known(sdp: Run) -> None:
    ran = sdp("show", "norway", "--headings")
    assert "17 headings, 20 rows covered; which rows the headings stand for is not known." in ran.out
    assert "Headings of the text" not in ran.out


def test_a_partnership_without_headings_is_refused(sdp: Run) -> None:
    ran = sdp("show", "iceland", "--headings")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "sdp: no headings are on record for Iceland; leave out --headings\n"


def test_only_a_partnership_has_headings(sdp: Run) -> None:
    ran = sdp("show", "maritime", "--headings")
    assert (ran.code, ran.out) == (2, "")
    assert "no partner 'maritime'" in ran.err
