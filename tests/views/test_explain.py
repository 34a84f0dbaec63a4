"""What explain, the matrix with grades, the difference with evidence and the registers show."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

from conftest import Run, edit
from sdp_matrix import Grade, Partnerships
from sdp_matrix.analysis.field import fields
from sdp_matrix.formats.text import Screen, render
from sdp_matrix.model.vocabulary import SIGNATORIES_FIELD
from sdp_matrix.views import explain as view


def test_every_field_of_every_partner_can_be_explained_at_80_columns(partnerships: Partnerships) -> None:
    for partnership in partnerships.partnerships:
        for field in (*fields(partnership), SIGNATORIES_FIELD):
            found = partnerships.explain(partnership.id, field)
            drawn = render(view.explanation(partnerships, found), Screen(width=80))
            longer = [line for line in drawn.splitlines() if len(line) > 80]
            assert all(re.fullmatch(r" *https?://\S+", line) for line in longer)  # whole, so that it can be copied
            assert str(found.grade).replace("-", " ") in drawn
            assert all(origin in " ".join(drawn.split()) for origin in found.origins)


def test_explain_as_json_and_csv_has_all_that_the_text_has(sdp: Run) -> None:
    data = json.loads(sdp("explain", "albania", "date", "-f", "json").out)
    assert data["grade"] == "contested"
    assert data["table_1"]["published"] == "2024-11-19"
    assert [e["stance"] for e in data["evidence"]] == ["against", "for", "for", "for"]
    assert all(e["url"] for e in data["evidence"])
    cell = json.loads(sdp("explain", "uk", "consular-matters", "-f", "json").out)
    assert cell["area"]["borderline"]
    assert {other["id"]: other["grade"] for other in cell["others"]}["norway"] == "corroborated"
    assert json.loads(sdp("explain", "iceland", "cyber", "-f", "json").out)["table_1"] is None
    rows = list(csv.DictReader(io.StringIO(sdp("explain", "uk", "consular", "-f", "csv").out)))
    assert [(row["stance"], row["locator"]) for row in rows] == [("for", "Table 1"), ("against", "Outlook")]


def test_an_unknown_value_is_called_unknown_whatever_the_table_prints(sdp: Run, folder: Path) -> None:
    changed = "  space:\n    status: unknown\n    departure: We could not confirm it.\n"
    edit(folder / "partnerships/india.yaml", "  space:\n    status: covered\n", changed)
    shown = sdp("--data", str(folder), "explain", "india", "space").out
    assert "unknown: no value is established" in shown
    assert "prints ✓ (covered), not the value here. We could not confirm it." in shown
    assert "contested" not in shown


def test_matrix_with_grades_as_csv(sdp: Run) -> None:
    row = next(csv.DictReader(io.StringIO(sdp("matrix", "--grades", "-a", "19", "-f", "csv").out)))
    assert row["united-kingdom"] == "covered (contested)"
    assert row["norway"] == "covered (corroborated)"


def test_a_difference_has_evidence_where_it_is_asked_for(sdp: Run) -> None:
    data = json.loads(sdp("diff", "uk", "moldova", "--evidence", "-f", "json").out)
    border = next(area for area in data["areas"] if area["id"] == "border-management")
    assert border["evidence"]["right"]["origins"] == [
        "European Parliamentary Research Service",
        "European External Action Service",
    ]
    assert "evidence" not in json.loads(sdp("diff", "uk", "moldova", "-f", "json").out)["areas"][0]


def test_evidence_of_groups_names_the_partners_it_is_for(sdp: Run, partnerships: Partnerships) -> None:
    said = " ".join(sdp("diff", "nato-ally", "japan", "--evidence", "--all").out.split())
    assert "Albania and North Macedonia: not covered, single source (expert): S1." in said
    assert "Iceland: unknown: no reference." in said
    areas = json.loads(sdp("diff", "nato-ally", "japan", "--evidence", "-f", "json").out)["areas"]
    for area in areas:
        allies, japan = area["evidence"]
        assert japan["japan"]["grade"] == partnerships.explain("japan", area["id"]).grade
        assert len(allies) == sum(area["sides"][0][which] for which in ("present", "absent", "unknown"))


def test_the_register_of_disputes_is_the_same_in_csv_and_json(sdp: Run) -> None:
    listed = json.loads(sdp("list", "contested", "-f", "json").out)
    india = next(row for row in listed if row["field"] == "group:nato-global-partner")
    assert india["departure"]["published"] == "member"
    rows = list(csv.DictReader(io.StringIO(sdp("list", "contested", "-f", "csv").out)))
    assert {(row["partner"], row["field"]) for row in rows} == {(row["partner"], row["field"]) for row in listed}


def test_grades_are_counted_per_partner_and_in_sum(sdp: Run, partnerships: Partnerships) -> None:
    counts = json.loads(sdp("list", "grades", "-f", "json").out)
    assert sum(counts["table-1"].values()) == len(partnerships.in_table) * len(partnerships.areas)
    for grade in map(str, Grade):
        assert counts["all"][grade] == sum(counts[p.id][grade] for p in partnerships.partnerships)


def test_a_source_for_both_parties_is_shown_once(sdp: Run) -> None:
    assert sdp("explain", "uk", "signatories").out.count("node/452672_fr") == 1
