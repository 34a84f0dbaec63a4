"""Differences: all pairs of the table, the mirror law, groups, and what cannot be compared."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import EVERYONE, Run
from sdp_matrix import BadRequest, Partnerships, Relation, Status
from sdp_matrix.analysis.comparison import AreaPair, Comparison, Contrast, Tally, compare_sides

MIRRORED = {Relation.ONLY_LEFT: Relation.ONLY_RIGHT, Relation.ONLY_RIGHT: Relation.ONLY_LEFT}


def test_all_36_pairs_agree_with_the_transcription(sdp: Run, partnerships: Partnerships) -> None:
    page, ids = partnerships.transcription, partnerships.table.columns
    pairs = list(combinations(range(9), 2))
    for left, right in pairs:
        found = json.loads(sdp("diff", ids[left], ids[right], "-f", "json").out)
        assert sum(found["summary"].values()) == len(found["areas"]) == 26
        for row, area in zip(page.rows, found["areas"], strict=True):
            a, b = row[2 + left], row[2 + right]
            expected = {
                (True, True): "both" if a == b else "differs-in-kind",
                (True, False): "only-left",
                (False, True): "only-right",
                (False, False): "neither",
            }[a != "✗", b != "✗"]
            assert area["relation"] == expected, (ids[left], ids[right], row[1])
    assert len(pairs) == 36


def test_japan_and_india_differ_in_six_areas(sdp: Run) -> None:
    found = json.loads(sdp("diff", "japan", "india", "-f", "json").out)
    assert found["summary"] == {
        "both": 15,
        "neither": 5,
        "only_left": 2,
        "only_right": 4,
        "differs_in_kind": 0,
        "unknown": 0,
    }
    assert list(found) == ["left", "right", "summary", "areas"]
    assert list(found["areas"][0]) == ["number", "id", "title", "left", "right", "relation"]


@given(st.sampled_from(Status), st.sampled_from(Status))
def test_relation_mirrors(partnerships: Partnerships, left: Status, right: Status) -> None:
    area = partnerships.areas[0]
    forward = AreaPair(area, left, right).relation
    assert AreaPair(area, right, left).relation is MIRRORED.get(forward, forward)
    assert (forward is Relation.UNKNOWN) == (Status.UNKNOWN in {left, right})


def test_diff_mirrors_for_every_pair(partnerships: Partnerships) -> None:
    for a, b in combinations([p.id for p in partnerships.partnerships], 2):
        forward, backward = partnerships.diff(a, b), partnerships.diff(b, a)
        assert isinstance(forward, Comparison)
        assert isinstance(backward, Comparison)
        assert (forward.left, forward.right) == (backward.right, backward.left)
        assert [(p.left, p.right) for p in forward.areas] == [(p.right, p.left) for p in backward.areas]
        assert [MIRRORED.get(p.relation, p.relation) for p in forward.areas] == [p.relation for p in backward.areas]


def test_unknown_is_not_absence(partnerships: Partnerships) -> None:
    found = partnerships.diff("ghana", "norway")
    assert isinstance(found, Comparison)
    assert found.summary[Relation.UNKNOWN] == 20
    assert not [pair for pair in found.differing if Status.UNKNOWN in {pair.left, pair.right}]


def test_groups_say_all_some_none(partnerships: Partnerships) -> None:
    found = partnerships.contrast("nato-ally", "indo-pacific")
    assert isinstance(found, Contrast)
    tallies = {row.area.id: [t.words for t in row.tallies] for row in found.areas}
    assert tallies["defence-tools"] == ["all 5", "none of 3"]
    assert tallies["stratcom-fimi"] == ["all 5", "2 of 3"]
    assert {"cyber", "defence-tools"} & {row.area.id for row in found.differing} == {"defence-tools"}


def test_groups_stand_for_the_table_unless_all_is_asked_for(sdp: Run) -> None:
    assert "Iceland" not in sdp("diff", "nato-ally", "japan").out
    assert "Iceland" in sdp("diff", "nato-ally", "japan", "--all").out


def test_lists_and_three_sides(partnerships: Partnerships) -> None:
    found = partnerships.contrast("uk,norway", "japan", "india")
    assert isinstance(found, Contrast)
    assert [[p.id for p in side.partnerships] for side in found.sides] == [
        ["united-kingdom", "norway"],
        ["japan"],
        ["india"],
    ]


def test_tallies_count_by_brute_force(partnerships: Partnerships) -> None:
    found = partnerships.contrast("nato-ally", "nato-global-partner", selection=EVERYONE)
    assert isinstance(found, Contrast)
    for row in found.areas:
        for side, tally in zip(found.sides, row.tallies, strict=True):
            known = [p.status(row.area.id).present for p in side.partnerships]
            assert tally == Tally(sum(k is True for k in known), sum(k is False for k in known), known.count(None))


@pytest.mark.parametrize(
    ("operands", "message"),
    [
        (("japan", "JP"), "both names mean japan"),
        (("nato-ally", "nato"), "the same partners"),
        (("uk,norway", "norway,uk"), "the same partners"),
        (("japan", ","), "names no partnership"),
        (("japan", "india", "india"), "the same partners"),
    ],
)
def test_what_cannot_be_compared_is_said_plainly(
    sdp: Run, partnerships: Partnerships, operands: tuple[str, ...], message: str
) -> None:
    with pytest.raises(BadRequest, match=message):
        compare_sides(partnerships, operands)
    ran = sdp("diff", *operands)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_a_group_is_no_side_of_a_diff(partnerships: Partnerships) -> None:
    with pytest.raises(BadRequest, match="'EFTA states' is more than one partner"):
        partnerships.diff("efta", "japan", selection=EVERYONE)


def test_an_unknown_side_names_partners_and_groups(sdp: Run) -> None:
    ran = sdp("diff", "japan", "atlantis")
    assert ran.code == 2
    assert "no partner or group 'atlantis'" in ran.err
    assert "'sdp list partners'" in ran.err


def test_as_of_leaves_out_later_partners(sdp: Run) -> None:
    assert sdp("diff", "nato-ally", "japan", "--as-of", "2025-01-31").out.count("all 3") > 0
    ran = sdp("diff", "india", "japan", "--as-of", "2025-01-31")
    assert ran.code == 2
    assert "'india' names no partnership on 31 Jan. 2025" in ran.err


@pytest.mark.parametrize(("pair", "code"), [(("japan", "india"), 1), (("albania", "north-macedonia"), 0)])
def test_exit_code(sdp: Run, pair: tuple[str, str], code: int) -> None:
    assert sdp("diff", *pair).code == 0
    assert sdp("diff", *pair, "--exit-code").code == code


def test_csv_has_the_differing_areas_or_all(sdp: Run) -> None:
    def rows(*options: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(sdp("diff", "japan", "india", "-f", "csv", *options).out)))

    assert sorted(int(row["number"]) for row in rows()) == [6, 17, 19, 21, 24, 26]
    assert len(rows("--all-areas")) == 26


def test_a_list_is_told_by_names(sdp: Run) -> None:
    assert sdp("diff", "uk,efta", "japan").out.startswith("United Kingdom and EFTA states | Japan: ")


def test_one_side_alone_is_compared_with_all_others(partnerships: Partnerships) -> None:
    found = partnerships.contrast("efta", selection=EVERYONE)
    assert isinstance(found, Contrast)
    ours, others = found.sides
    assert {p.id for p in ours.partnerships} == {"norway", "iceland"}
    assert others.label == "all others"
    assert {p.id for p in others.partnerships} == {p.id for p in partnerships.partnerships} - {"norway", "iceland"}


def test_everybody_has_no_others(partnerships: Partnerships) -> None:
    with pytest.raises(BadRequest, match="no partner is left to compare with"):
        partnerships.contrast(",".join(p.id for p in partnerships.in_table))


def test_an_answer_knows_its_data_and_its_sides_by_their_names(partnerships: Partnerships) -> None:
    assert partnerships.diff("japan", "india").dataset is partnerships
    found = partnerships.contrast("all", "nato-ally")
    assert found.dataset is partnerships
    assert [side.label for side in found.sides] == ["all partners", "NATO allies"]
    assert compare_sides(partnerships, ("all", "nato-ally", "japan")).dataset is partnerships
