"""On which doubtful cells a verdict hangs: equal to a count by brute force, and said in words."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run
from sdp_matrix import Partnerships, Status
from sdp_matrix.analysis.factcheck import check
from sdp_matrix.analysis.robustness import DOUBTFUL, MOST, fewest
from sdp_matrix.model.statement import CommonAreas, DifferingAreas, PartnersWithArea, Statement
from sdp_matrix.model.vocabulary import Counting
from sdp_matrix.views import factcheck as view
from strategies import datasets

_KNOWN = [status for status in Status if status is not Status.UNKNOWN]


@st.composite
def statements(draw: st.DrawFn, partnerships: Partnerships) -> Statement:
    ids = [p.id for p in partnerships.partnerships]
    counting = draw(st.sampled_from(Counting))
    over = tuple(draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)))
    number = {"count": draw(st.integers(0, 4)), "tolerance": draw(st.integers(0, 1))}
    exactly = tuple(draw(st.lists(st.sampled_from(over), unique=True)))
    area = draw(st.sampled_from(partnerships.areas)).id
    claims: list[CommonAreas | DifferingAreas | PartnersWithArea] = [
        CommonAreas(kind="common-areas", over=over, counting=counting, **number),
        DifferingAreas(kind="differing-areas", over=over, **number),
        PartnersWithArea(kind="partners-with-area", over=over, counting=counting, area=area, exactly=exactly),
    ]
    claim = draw(st.sampled_from(claims))
    return Statement(id="stated", reference="ref-a", paraphrase="Something.", check=claim)


def fewest_by_brute_force(partnerships: Partnerships, statement: Statement) -> int | None:
    """The fewest doubtful cells, of all that there are, that change a verdict when they have some other status."""
    verdict = check(partnerships, statement).verdict
    cells = [
        (p, area.id)
        for p in partnerships.partnerships
        for area in partnerships.areas
        if partnerships.explain(p.id, area.id).grade in DOUBTFUL
    ]
    for size in range(1, MOST + 1):
        for chosen in combinations(cells, size):
            for statuses in product(_KNOWN, repeat=size):
                said = [f"{p.id}:{area}={status}" for (p, area), status in zip(chosen, statuses, strict=True)]
                if check(partnerships.assume(*said), statement).verdict is not verdict:
                    return size
    return None


@settings(max_examples=25, deadline=None)
@given(datasets(max_partners=3, max_areas=2), st.data())
def test_the_fewest_cells_are_those_of_a_brute_force_count(partnerships: Partnerships, data: st.DataObject) -> None:
    statement = data.draw(statements(partnerships))
    finding = check(partnerships, statement)
    found = fewest(partnerships, finding)
    assert found.bears_on_cells
    assert (len(found.cells) or None) == fewest_by_brute_force(partnerships, statement)
    if found.cells:
        said = [f"{cell.partnership.id}:{cell.area.id}={cell.status}" for cell in found.cells]
        after = check(partnerships.assume(*said), statement).verdict
        assert after is found.verdict is not finding.verdict
        assert all(cell.grade in DOUBTFUL for cell in found.cells)


def test_the_command_names_the_cells(sdp: Run) -> None:
    said = " ".join(sdp("factcheck", "--robust").out.split())
    assert "False; 1 cell decides: United Kingdom, 19 Consular matters, contested, if not covered." in said
    assert "True; no cell bears on it." in said
    assert "decide" not in sdp("factcheck", "consular-matters-two").out
    listed = json.loads(sdp("factcheck", "consular-matters-two", "--robust", "-f", "json").out)
    assert listed["statements"][0]["robustness"] == {
        "bears_on_cells": True,
        "fewest": 1,
        "cells": [
            {
                "partner": "united-kingdom",
                "area": "consular-matters",
                "grade": "contested",
                "status": "not-covered",
            }
        ],
        "verdict": "true",
    }


def test_a_verdict_that_three_doubtful_cells_do_not_change_says_so(partnerships: Partnerships) -> None:
    over = tuple(p.id for p in partnerships.in_table)
    claim = CommonAreas(kind="common-areas", over=over, counting=Counting.COVERED, count=26)
    stated = Statement(id="all-of-them", reference="eprs-2026-03", paraphrase="All areas are common.", check=claim)
    finding = check(partnerships, stated)
    decisive = {stated.id: fewest(partnerships, finding)}
    assert decisive[stated.id].cells == ()
    table = view.findings(partnerships, [finding], decisive=decisive)
    assert any(
        "better supported cells decide it" in cell.text for s in table.sections for row in s.rows for cell in row
    )


def test_a_day_without_the_partnership_has_no_cell_that_decides(partnerships: Partnerships) -> None:
    (statement,) = (s for s in partnerships.statements if s.id == "consular-matters-two")
    early = replace(partnerships, statements=(statement,))
    found = early.robustness(as_of=partnerships.partner("moldova").date.value)["consular-matters-two"]
    assert (found.bears_on_cells, found.cells) == (True, ())
