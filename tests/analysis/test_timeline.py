"""What happened when: order, days that are not known in full, and lanes that fit a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

import strategies
from conftest import Run, amended
from sdp_matrix import Event, Partnerships, Selection, UnknownNameError
from sdp_matrix.analysis.result import Listing
from sdp_matrix.analysis.search import events, timeline
from sdp_matrix.analysis.selection import Scope
from sdp_matrix.formats.text import Screen, render
from sdp_matrix.model.dates import last_day
from sdp_matrix.model.partnership import Milestone
from sdp_matrix.views import lists

WIDTH = 80


def test_signatures_stand_in_the_order_of_their_days(partnerships: Partnerships) -> None:
    signed = [one.partnership.id for one in partnerships.timeline() if not one.milestone]
    assert signed[:5] == ["moldova", "norway", "japan", "republic-of-korea", "north-macedonia"]
    assert len(signed) == len(partnerships.partnerships)


@given(strategies.datasets())
def test_any_data_are_drawn_in_order_and_fit_the_terminal(dataset: Partnerships) -> None:
    found = timeline(dataset)
    assert [one.date for one in found] == sorted(one.date for one in found)
    drawn = render(lists.timeline(dataset, found, lanes=True), Screen(width=WIDTH))
    assert max(map(len, drawn.splitlines())) <= WIDTH


@pytest.mark.parametrize(
    ("partial", "last"),
    [("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2025-12-01", date(2025, 12, 1))],
)
def test_a_day_that_is_not_known_in_full_has_passed_when_the_last_one_has(partial: str, last: date) -> None:
    assert last_day(partial) == last


def test_as_of_leaves_out_what_had_not_happened(partnerships: Partnerships) -> None:
    events = [one.event for one in partnerships.timeline(Selection(partners=("canada",), as_of=date(2025, 11, 30)))]
    assert events == ["signed"]
    assert len(partnerships.timeline(Selection(partners=("canada",), as_of=date(2025, 12, 1)))) == 2


@pytest.mark.parametrize("years", [range(1990, 2027), range(2010, 2027), range(2026, 2027)])
def test_lanes_get_coarser_where_the_time_is_long(partnerships: Partnerships, years: range) -> None:
    norway = partnerships.partner("norway")
    milestones = tuple(Milestone(date=str(year), event=Event.DIALOGUE_HELD, reference="eprs-2026-03") for year in years)
    dataset = replace(partnerships, partnerships=(amended(norway, milestones=milestones),))
    scope = Scope(dataset.partnerships, dataset.areas, ())
    entries = Listing(events(dataset.partnerships), scope=scope)
    drawn = render(lists.timeline(dataset, entries, lanes=True), Screen(width=WIDTH))
    lane = next(line for line in drawn.splitlines() if line.startswith("Norway"))
    assert len(lane) <= WIDTH
    assert "●" in lane
    assert "○" in lane


def test_signatures_differ_from_milestones_without_colour_and_without_unicode(sdp: Run) -> None:
    out = sdp("timeline", "moldova", "india", ENCODING="ascii", TTY="1", NO_COLOR="1").out
    assert "# India: signed" in out
    assert "o India: talks announced" in out
    assert re.search(r"o\.+#====", out)


@pytest.mark.parametrize("chosen", ["markdown", "csv", "json"])
def test_lanes_are_for_terminals_only(sdp: Run, chosen: str) -> None:
    assert "━" not in sdp("timeline", "norway", "-f", chosen).out


def test_nothing_at_all_is_an_answer(sdp: Run) -> None:
    ran = sdp("timeline", "uk", "--as-of", "2020-01-01")
    assert ran.code == 0
    assert "Nothing is recorded, as of 1 Jan. 2020" in ran.out


def test_unknown_partners_and_days_are_refused(sdp: Run, partnerships: Partnerships) -> None:
    with pytest.raises(UnknownNameError):
        partnerships.timeline(Selection(partners=("atlantis",)))
    assert sdp("timeline", "atlantis").code == 2
    assert sdp("timeline", "--as-of", "2025-02-30").code == 2
