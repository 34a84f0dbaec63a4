"""Differences: all pairs of the table, the mirror law, groups, and what cannot be compared."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import EVERYONE, Run
from sdp_matrix import Partnerships, Relation, Selection, Status
from sdp_matrix.analysis.comparison import AreaComparison, Tally

MIRRORED = {Relation.ONLY_LEFT: Relation.ONLY_RIGHT, Relation.ONLY_RIGHT: Relation.ONLY_LEFT}


def test_all_36_pairs_agree_with_the_transcription(partnerships: Partnerships) -> None:
    page, ids = partnerships.transcription, partnerships.table.columns
    pairs = list(combinations(range(9), 2))
    for left, right in pairs:
        difference = partnerships.diff(ids[left], ids[right])
        assert sum(difference.summary.values()) == len(difference.areas) == 26
        for row, area in zip(page.rows, difference.areas, strict=True):
            a, b = row[2 + left], row[2 + right]
            expected = {
                (True, True): "both" if a == b else "differs-in-kind",
                (True, False): "only-left",
                (False, True): "only-right",
                (False, False): "neither",
            }[a != "✗", b != "✗"]
            assert area.relation == expected, (ids[left], ids[right], row[1])
    assert len(pairs) == 36


@given(st.sampled_from(Status), st.sampled_from(Status))
def test_relation_mirrors(partnerships: Partnerships, left: Status, right: Status) -> None:
    forward, backward = (
        AreaComparison(partnerships.areas[0], sides) for sides in [((left,), (right,)), ((right,), (left,))]
    )
    assert forward.relation is not None
    assert backward.relation is MIRRORED.get(forward.relation, forward.relation)
    assert (forward.relation is Relation.UNKNOWN) == (Status.UNKNOWN in {left, right})
    assert forward.differs == (Status.UNKNOWN not in {left, right} and left is not right)


@pytest.mark.parametrize(
    ("names", "selection", "sides"),
    [
        (("uk,norway", "japan", "india"), None, [["united-kingdom", "norway"], ["japan"], ["india"]]),
        (("efta", "japan"), None, [["norway"], ["japan"]]),
        (("efta", "japan"), EVERYONE, [["norway", "iceland"], ["japan"]]),
        (("nato", "japan"), Selection(as_of=date(2025, 1, 31)), [["albania", "north-macedonia", "norway"], ["japan"]]),
        (("efta",), Selection(partners=("norway,japan,india",)), [["norway"], ["japan", "india"]]),
        (("nato", "uk"), Selection(partners=("uk,norway,japan",)), [["united-kingdom", "norway"], ["united-kingdom"]]),
    ],
)
def test_sides_are_partners_lists_or_groups_of_those_selected(
    partnerships: Partnerships, names: tuple[str, ...], selection: Selection | None, sides: list[list[str]]
) -> None:
    comparison = partnerships.diff(*names, selection=selection)
    assert [[p.id for p in side.partnerships] for side in comparison.sides] == sides
    assert comparison.dataset is partnerships


def test_tallies_count_by_brute_force(partnerships: Partnerships) -> None:
    comparison = partnerships.diff("nato-ally", "nato-global-partner", selection=EVERYONE)
    for row in comparison.areas:
        for side, tally in zip(comparison.sides, row.tallies, strict=True):
            known = [p.status(row.area.id).present for p in side.partnerships]
            assert tally == Tally(sum(k is True for k in known), sum(k is False for k in known), known.count(None))


@pytest.mark.parametrize(("pair", "code"), [(("japan", "india"), 1), (("albania", "north-macedonia"), 0)])
def test_exit_code(sdp: Run, pair: tuple[str, str], code: int) -> None:
    assert sdp("diff", *pair).code == 0
    assert sdp("diff", *pair, "--exit-code").code == code


def test_csv_has_the_differing_areas_or_all(sdp: Run) -> None:
    def rows(*options: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(sdp("diff", "japan", "india", "-f", "csv", *options).out)))

    assert sorted(int(row["number"]) for row in rows()) == [6, 17, 19, 21, 24, 26]
    assert len(rows("--all-areas")) == 26


@pytest.mark.parametrize(
    ("sides", "labels"),
    [
        (("uk,efta", "japan"), "United Kingdom and EFTA states | Japan: "),
        (("all", "nato-ally"), "all partners | NATO allies: "),
        (("efta",), "EFTA states | the others: "),
    ],
)
def test_sides_are_labelled_by_names(sdp: Run, sides: tuple[str, ...], labels: str) -> None:
    assert sdp("diff", *sides).out.startswith(labels)
