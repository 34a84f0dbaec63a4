"""Which partnerships and areas a question is about, however they are named, and what an answer says of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from sdp_matrix import Partnerships, RequestError, Selection, UnknownNameError
from strategies import datasets


def ids(partnerships: Partnerships, selection: Selection) -> list[str]:
    return [p.id for p in partnerships.select(selection).partnerships]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("uk,norway",), "united-kingdom norway"),
        (("UK", "GB", "united kingdom"), "united-kingdom"),
        (("EFTA",), "norway"),
        (("efta,iceland",), "norway iceland"),
        (("indo",), "japan republic-of-korea india"),
        (("japan", "all"), "japan moldova albania north-macedonia canada united-kingdom norway"),
        (("Côte",), None),
    ],
)
def test_partners_are_named_by_name_code_group_list_or_all(
    partnerships: Partnerships, names: tuple[str, ...], expected: str | None
) -> None:
    selection = Selection(partners=names)
    if expected is None:
        with pytest.raises(UnknownNameError):
            partnerships.select(selection)
        return
    result = ids(partnerships, selection)
    assert result[: len(expected.split())] == expected.split()
    assert (len(result) == 12) is ("all" in names)


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        (("maritime,cyber",), [3, 15]),
        (("15, 3",), [3, 15]),
        (("Women, peace and security",), [13]),
        (("women, peace and security", "19"), [13, 19]),
        ((), list(range(1, 27))),
    ],
)
def test_areas_are_named_by_name_number_or_list(
    partnerships: Partnerships, names: tuple[str, ...], numbers: list[int]
) -> None:
    assert [area.number for area in partnerships.select(Selection(areas=names)).areas] == numbers


def test_what_all_would_add_is_known(partnerships: Partnerships) -> None:
    def newer(selection: Selection) -> list[str]:
        return [p.id for p in partnerships.select(selection).newer]

    assert newer(Selection()) == ["iceland", "australia", "ghana"]
    assert newer(Selection(partners=("nato",))) == ["iceland"]
    assert newer(Selection(as_of=date(2026, 3, 18))) == ["iceland"]
    assert newer(Selection(partners=("japan", "india"))) == newer(Selection(everyone=True)) == []


def test_the_newest_count_among_all(partnerships: Partnerships) -> None:
    assert ids(partnerships, Selection(newest=2)) == ["australia", "ghana"]
    assert ids(partnerships, Selection(newest=1, partners=("efta",))) == ["iceland"]
    assert ids(partnerships, Selection(newest=2, as_of=date(2024, 12, 31))) == ["albania", "north-macedonia"]


@given(st.data())
def test_newer_is_exactly_what_everyone_adds(data: st.DataObject) -> None:
    partnerships = data.draw(datasets())
    groups = data.draw(st.lists(st.sampled_from([group.id for group in partnerships.groups] or [""]), max_size=1))
    asked = {"groups": tuple(filter(None, groups))}
    try:
        scope = partnerships.select(Selection(**asked))  # type: ignore[arg-type]
    except RequestError:
        return
    wide = ids(partnerships, Selection(**asked, everyone=True))  # type: ignore[arg-type]
    assert {p.id for p in (*scope.partnerships, *scope.newer)} == set(wide)


@pytest.mark.parametrize("day", ["2025-06", "2025-06-30", " 2025-06 "])
def test_a_month_means_its_last_day_and_title_and_source_say_so(sdp: Run, partnerships: Partnerships, day: str) -> None:
    out = " ".join(sdp("matrix", "--as-of", day).out.split())
    assert "as of 30 June 2025" in out
    assert f"As of 30 June 2025: marks as coded in {partnerships.edition.words}." in out
    assert sdp("matrix", "--as-of", "2025", "-f", "csv").out == sdp("matrix", "--as-of", "2025-12-31", "-f", "csv").out


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("matrix", "The 9 partnerships of Table 1; 3 newer ones are left out."),
        ("matrix --as-of 2026-03-20", "1 newer one is left out"),
        ("patterns --all", "All 12 partnerships."),
        ("diff nato japan", "6 of 12 partnerships."),
        ("diff nato-ally efta", "EFTA states: Norway."),
    ],
)
def test_an_answer_names_its_partnerships(sdp: Run, command: str, words: str) -> None:
    assert words in sdp(*command.split()).out


def test_a_person_at_a_terminal_learns_what_all_would_add(sdp: Run) -> None:
    hint = "Iceland: newer than Table 1, shown with --all"
    assert hint in sdp("diff", "nato", "japan", TTY="1").err
    assert sdp("diff", "nato", "japan").err == ""
    assert "--all" not in sdp("diff", "nato", "japan").out
    assert sdp("diff", "nato", "japan", "--all", TTY="1").err == ""


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["show", "efta", "--all"], ["norway", "iceland"]),
        (["show", "uk,norway"], ["norway", "united-kingdom"]),
        (["show", "15,3"], ["3", "15"]),
        (["list", "partners", "--newest", "2"], ["australia", "ghana"]),
        (["explain", "efta", "consular"], ["norway", "iceland"]),
        (["matrix", "norway", "-a", "19,15"], ["15", "19"]),
        (["diff", "japan", "india", "-a", "17,19", "--all-areas"], ["17", "19"]),
    ],
)
def test_groups_and_lists_are_taken_everywhere(sdp: Run, arguments: list[str], lines: list[str]) -> None:
    ran = sdp(*arguments, "-f", "csv")
    assert (ran.code, ran.err) == (0, "")
    assert sorted(line.split(",")[0] for line in ran.out.splitlines()[1:]) == sorted(lines)


def test_a_partner_is_shown_as_of_a_day_without_what_came_later(sdp: Run) -> None:
    then, now = sdp("show", "korea", "--as-of", "2025-01").out, sdp("show", "korea").out
    assert "as of 31 Jan. 2025" in " ".join(then.split())
    assert "28 May 2018" in then
    assert ("12 Nov. 2025" in now, "12 Nov. 2025" in then) == (True, False)
    early = sdp("show", "korea", "--as-of", "2024-06")
    assert early.code == 2
    assert "no partnership with Republic of Korea on 30 June 2024" in early.err


def test_a_newer_partner_that_is_asked_for_is_not_reported_as_left_out(sdp: Run) -> None:
    ran = sdp("patterns", "iceland,uk,norway", TTY="1")
    assert "3 of 12 partnerships." in ran.out
    assert "newer" not in ran.out + ran.err
