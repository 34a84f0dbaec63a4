"""What one reference says, and what it is cited for besides."""

from __future__ import annotations

import pytest

from conftest import Run
from sdp_matrix import Partnerships, load
from sdp_matrix.analysis import grading


@pytest.fixture(scope="module")
def data() -> Partnerships:
    return load()


def test_every_reference_says_something_or_is_cited_for_something(data: Partnerships) -> None:
    silent = [r.id for r in data.references if not grading.testimony(data, r.id) and not grading.mentions(data, r.id)]
    assert silent == []


@pytest.mark.parametrize(
    ("reference", "kind", "words"),
    [
        ("kyodo-japan-2024-02", "milestone", "negotiations authorised, 19 Feb. 2024"),
        ("eprs-2026-03", "topic", "topic without a row: military mobility"),
        ("mofa-korea-dialogue-2025", "statement", "The partnership with Korea is the fourth."),
        ("swissinfo-switzerland-2026", "prospect", "other instrument, 5 Mar. 2026"),
        ("eprs-2026-03", "group", "group"),
        ("mofa-korea-dialogue-2025", "headings", "headings of the text"),
    ],
)
def test_what_has_no_grade_is_listed_with_what_it_is(data: Partnerships, reference: str, kind: str, words: str) -> None:
    assert (kind, words) in {(one.kind, one.words) for one in grading.mentions(data, reference)}


def test_show_lists_it_for_people_and_in_json(sdp: Run) -> None:
    assert "Cited besides for" in sdp("show", "eeas-albania-2024").out
    assert '"words": "adopted, 19 Nov. 2024"' in sdp("show", "eeas-albania-2024", "-f", "json").out
