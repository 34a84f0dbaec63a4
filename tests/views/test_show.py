"""sdp show and list: what stands in no other answer, and that nothing recorded is not nothing there."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import Run
from sdp_matrix import Partnerships, Selection
from sdp_matrix.analysis.scope import select
from sdp_matrix.views import lists, show

NOT_RECORDED = "bsent means not recorded"


def test_a_partnership_shows_its_mechanisms_with_their_sources(partnerships: Partnerships) -> None:
    table = show.partnership(partnerships, partnerships.partner("korea"))
    section = next(section for section in table.sections if NOT_RECORDED in section.title)
    assert [tuple(cell.text for cell in row) for row in section.rows] == [
        ("framework participation", "in place since 2016: The first with a country of Asia."),
        ("SAFE", "requested: A formal request for its industry, as reported."),
    ]
    assert all(row[-1].notes for row in section.rows)


def test_the_list_has_a_row_per_partner_and_a_column_per_kind(partnerships: Partnerships) -> None:
    table = lists.mechanisms(partnerships, select(partnerships, Selection(everyone=True)))
    rows = {row[0].value: [cell.text for cell in row[1:]] for row in table.rows}
    assert rows["moldova"] == ["agreed", "", "", "", "", "", "in place", ""]
    assert not any(rows["ghana"])
    assert any(NOT_RECORDED in remark for remark in table.remarks)


def test_the_headings_of_the_text_are_listed_if_they_are_known(sdp: Run) -> None:
    page = " ".join(sdp("show", "moldova").out.split())
    assert "Headings of the text (11) 1 missions and operations under the CSDP [3] 2 hybrid threats [3]" in page
    headings = json.loads(sdp("show", "moldova", "-f", "json").out)["headings"]
    assert (headings["basis"], headings["count"], len(headings["items"])) == ("report", 11, 11)
    page = " ".join(sdp("show", "norway").out.split())
    assert "Headings of the text (17) · only their number is on record [" in page
    assert json.loads(sdp("show", "norway", "-f", "json").out)["headings"]["items"] == []
    assert "Headings" not in sdp("show", "iceland").out
    assert json.loads(sdp("show", "iceland", "-f", "json").out)["headings"] is None


def test_a_place_that_is_not_recorded_is_named_so(sdp: Run, folder: Path) -> None:
    file = folder / "partnerships" / "ghana.yaml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("place:")] + text[text.index("signatories:") :], "utf-8")
    page = sdp("--data", str(folder), "show", "ghana").out.splitlines()
    assert [line.split() for line in page if line.startswith(("Place", "Occasion"))] == [
        ["Place", "not", "recorded"],
        ["Occasion", "not", "recorded"],
    ]
