"""sdp show: what stands in no other answer."""

from __future__ import annotations

import json

from conftest import Run


def test_the_headings_of_the_text_are_listed(sdp: Run) -> None:
    page = " ".join(sdp("show", "moldova").out.split())
    assert "Headings of the text (11) 1 missions and operations under the CSDP [3] 2 hybrid threats [3]" in page
    headings = json.loads(sdp("show", "moldova", "-f", "json").out)["headings"]
    assert (headings["basis"], headings["count"], len(headings["items"])) == ("report", 11, 11)


def test_where_only_the_number_of_headings_is_known_nothing_is_listed(sdp: Run) -> None:
    page = " ".join(sdp("show", "norway").out.split())
    assert "Headings of the text (17) · only their number is on record [" in page
    assert json.loads(sdp("show", "norway", "-f", "json").out)["headings"]["items"] == []
    assert "Headings" not in sdp("show", "iceland").out
    assert json.loads(sdp("show", "iceland", "-f", "json").out)["headings"] is None
