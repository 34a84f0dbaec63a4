"""What groups share and what only they have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdp_matrix import Condition
from strategies import datasets

if TYPE_CHECKING:
    from conftest import Run
    from sdp_matrix import Partnerships


@given(st.data())
def test_a_profile_agrees_with_a_plain_count(data: st.DataObject) -> None:
    partnerships = data.draw(datasets())
    for profile in partnerships.profiles(everyone=True):
        inside = profile.group.partnerships
        outside = [p for p in partnerships.partnerships if p not in inside]
        has = {a.id: {p.status(a.id).present for p in inside} for a in partnerships.areas}
        others = {a.id: {p.status(a.id).present for p in outside} for a in partnerships.areas}
        assert [a.id for a in profile.shared] == [a for a, found in has.items() if found == {True}]
        assert [a.id for a in profile.only] == [a for a in has if True in has[a] and others[a] == {False}]
        alone = [a for a in has if True in has[a] and others[a] - {False} == {None}]
        assert [a.id for a in profile.perhaps_only] == alone
        assert sum(len(areas) for areas in profile.by_tally.values()) == len(partnerships.areas)


def test_every_group_with_members_has_a_profile(partnerships: Partnerships) -> None:
    labels = [profile.group.label for profile in partnerships.profiles()]
    assert labels == [group.title for group in partnerships.groups if partnerships.members(group.id)]


def test_a_condition_makes_a_group(partnerships: Partnerships) -> None:
    _, profile = partnerships.profiles(["efta"], Condition(covers=("space",), groups=("nato",)))
    assert profile.group.label == "Covers Space security and defence, among NATO allies"
    assert [p.id for p in profile.group.partnerships] == ["canada", "united-kingdom", "norway"]


def test_groups_say_all_some_and_none(sdp: Run) -> None:
    out = sdp("groups", "nato").out
    assert "NATO allies: Albania, North Macedonia, Canada, United Kingdom, Norway" in out
    said = [line.split("  ")[0] for line in out.splitlines() if line.startswith(("all", "no", "2", "3", "4"))]
    assert said == ["all 5", "4 of 5", "3 of 5", "2 of 5", "none of 5", "no one else"]


def test_groups_as_csv_and_json(sdp: Run) -> None:
    lines = sdp("groups", "nato,japan", "-f", "csv").out.splitlines()
    assert lines[0] == "group,has,count,area_ids,areas"
    (profile,) = json.loads(sdp("groups", "nato", "-f", "json").out)
    assert profile["only"] == ["ukraine-support", "cultural-heritage"]
    assert len(profile["areas"]) == 26


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("atlantis",), "no partner or group 'atlantis'"),
        (("--lacks", "csdp"), "no partnership of 9 lacks CSDP missions; a group needs at least one"),
        (("iceland", "--as-of", "2024-01-01"), "names no partnership on 2024-01-01"),
    ],
)
def test_a_group_of_nobody_is_refused(sdp: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = sdp("groups", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
