"""sdp factcheck: what people read, what machines read, and the exit code."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from conftest import Run, edit
from sdp_matrix import load
from sdp_matrix.model.vocabulary import Verdict


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["uk-seventh", "ALBANIA-DATE"], ["uk-seventh", "albania-date"]),
        (["--area", "consular"], ["consular-matters-two"]),
        (["--area", "space"], []),
    ],
)
def test_statements_are_chosen_by_id_or_area(sdp: Run, arguments: list[str], ids: list[str]) -> None:
    ran = sdp("factcheck", *arguments, "-f", "csv")
    assert [row["id"] for row in csv.DictReader(io.StringIO(ran.out))] == ids
    assert ids or "0 statements: nothing to check." in sdp("factcheck", *arguments).out


def test_csv_has_one_row_a_statement(sdp: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(sdp("factcheck", "-f", "csv").out)))
    assert {row["id"] for row in rows} == {s.id for s in load().statements}
    assert {row["id"]: row for row in rows}["nine-to-date"] == {
        "id": "nine-to-date",
        "verdict": "true-then",
        "statement": "The EU has signed nine partnerships to date.",
        "figures": "12 partnerships; stated: 9",
        "figures_then": "9 partnerships",
        "as_of": "2026-03-01",
        "reference": "eprs-2026-03",
        "locator": "Summary",
    }


def test_json_counts_the_verdicts(sdp: Run) -> None:
    data = json.loads(sdp("factcheck", "-f", "json").out)
    assert data["as_of"] is None
    assert data["summary"] == {"true": 25, "false": 6, "true-then": 4, "unknown": 0}
    assert data["own_source"] == {"true": 14, "false": 2, "true-then": 0, "unknown": 0}
    found = {one["id"]: one for one in data["statements"]}
    assert found["cultural-heritage-two"]["own_source"], "nothing but the table has it"
    assert found["common-to-all-six"]["own_source"], "the publisher of the table has published it before"
    assert not found["uk-seventh"]["own_source"], "the dates have other sources too"
    assert found["consular-matters-two"]["kind"] == "partners-with-area"
    assert found["consular-matters-two"]["then"] is None
    assert found["consular-matters-two"]["now"] == {
        "day": None,
        "holds": False,
        "words": "Consular matters (area 19): covered by Norway, the United Kingdom and India (3 of 9); "
        "stated: Norway and India",
        "partners": [p.id for p in load().partnerships if p in load().in_table],
        "figures": {"partners": ["norway", "united-kingdom", "india"], "unknown": [], "stated": ["norway", "india"]},
    }
    assert not any("expected" in one for one in data["statements"])


def test_a_day_asked_for_is_the_day_of_every_figure(sdp: Run) -> None:
    data = json.loads(sdp("factcheck", "--as-of", "2025-01-31", "-f", "json").out)
    assert data["as_of"] == "2025-01-31"
    assert {one["now"]["day"] for one in data["statements"]} == {"2025-01-31"}
    found = {one["id"]: one for one in data["statements"]}
    assert found["common-to-all-nine"]["now"]["figures"]["least"] == 11
    assert "checked against the data, as of 31 Jan. 2025" in sdp("factcheck", "--as-of", "2025-01-31").out


def test_partners_of_unknown_status_are_named(sdp: Run, folder: Path) -> None:
    doubtful = "cultural-heritage:\n    status: unknown\n    departure: The mark was withdrawn."
    edit(folder / "partnerships/canada.yaml", "cultural-heritage: not-covered", doubtful)
    ran = sdp("--data", str(folder), "factcheck", "cultural-heritage-two")
    assert str(Verdict.UNKNOWN) in ran.out
    assert "covered by North Macedonia and Albania (2 of 9), not known for Canada;" in " ".join(ran.out.split())
    assert "1 statement marked own source: 1 unknown. Own source: " in " ".join(ran.out.split())
