"""What `sdp format` repairs is form; a status, an id or a doubtful day is for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run

JAPAN, REFERENCES = "partnerships/japan.yaml", "references.yaml"

REPAIRED = {
    "tab before a key": (JAPAN, "  value: Tokyo", "\tvalue: Tokyo"),
    "tab after a colon": (JAPAN, "name: Japan", "name:\tJapan"),
    "tab before a status": (JAPAN, "training-education: covered", "training-education:\tcovered"),
    "tab in a text": (JAPAN, "Josep Borrell", "Josep\tBorrell"),
    "non-breaking blank in a text": (JAPAN, "Josep Borrell", "Josep\xa0Borrell"),
    "non-breaking blanks before a key": (JAPAN, "  value: Tokyo", "\xa0\xa0value: Tokyo"),
    "blanks at the end": (JAPAN, "value: Tokyo\n", "value: Tokyo  \n"),
    "double quotes of print": (JAPAN, "value: Tokyo", "value: \u201cTokyo\u201d"),
    "single quotes of print": (JAPAN, "value: Tokyo", "value: \u2018Tokyo\u2019"),
    "quotes around a title": (REFERENCES, "publisher: Kyodo News", "publisher: \u201eKyodo News\u201c"),
    "day in words": (JAPAN, "value: 2024-11-01", "value: 1 November 2024"),
    "day with points": (REFERENCES, "date: 2024-05-28", "date: 28.05.2024"),
    "day with quotes": (REFERENCES, "date: 2024-05-28", 'date: "28.05.2024"'),
    "day with dashes": (JAPAN, "date: 2024-02-19", "date: 2024\u201302\u201319"),
    "day that is supported": (JAPAN, "supports: 2024-11-01", "supports: 1 Nov. 2024"),
    "day of the edition": ("dataset.yaml", "date: 2026-11-23", "date: 23/11/2026"),
    "order and needless quotes": (JAPAN, "name: Japan\niso: JP", "iso: \"JP\"\nname: 'Japan'"),
    "line ends": (JAPAN, "name: Japan\n", "name: Japan\r\n"),
    "schema": ("schema/areas.schema.json", "{", "{  "),
}
"""File, text as it is, and the same with a slip of form."""

LEFT_ALONE = {
    "status in capitals": (JAPAN, "training-education: covered", "training-education: Covered"),
    "status with a slip": (JAPAN, "training-education: covered", "training-education: coverd"),
    "status in quotes of print": (JAPAN, "training-education: covered", "training-education: \u201ccovered\u201d"),
    "id in capitals": (JAPAN, "id: japan", "id: Japan"),
    "id in quotes of print": (JAPAN, "id: japan", "id: \u201cjapan\u201d"),
    "id of a reference": (JAPAN, "reference: eeas-japan-2024", "reference: EEAS-japan-2024"),
    "code in small letters": (JAPAN, "iso: JP", "iso: jp"),
    "day that can be two": (JAPAN, "value: 2024-11-01", "value: 01/11/2024"),
    "day that is none": (JAPAN, "value: 2024-11-01", "value: 31.11.2024"),
    "quotes of print inside a text": (JAPAN, "note: The EEAS and", "note: The \u201cEEAS\u201d and"),
}
"""The same, with what only a person can decide."""


def planted(folder: Path, file: str, right: str, wrong: str) -> tuple[Path, bytes, bytes]:
    path = folder / file
    before = path.read_bytes()
    after = before.replace(right.encode(), wrong.encode(), 1)
    assert right.encode() in before
    path.write_bytes(after)
    return path, before, after


@pytest.mark.parametrize("name", REPAIRED)
def test_a_slip_of_form_is_repaired(name: str, folder: Path, sdp: Run) -> None:
    path, before, _ = planted(folder, *REPAIRED[name])
    assert sdp("--data", str(folder), "format").code == 0
    assert path.read_bytes() == before
    again = sdp("--data", str(folder), "format")
    assert again.err == "everything is up to date\n"
    assert sdp("--data", str(folder), "validate", "--strict").code == 0


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_only_a_person_can_decide_is_left_alone(name: str, folder: Path, sdp: Run) -> None:
    path, _, after = planted(folder, *LEFT_ALONE[name])
    sdp("--data", str(folder), "format")
    assert path.read_bytes() == after


def test_a_file_that_stays_unsound_is_left_as_it_is_and_told_for_what_stays(folder: Path, sdp: Run) -> None:
    path, _, after = planted(folder, JAPAN, "name: Japan\n", "name:\tJapan\nact: [\n")
    ran = sdp("--data", str(folder), "format")
    assert ran.code == 2
    assert "[syntax]" in ran.out
    assert "[tab]" not in ran.out
    assert path.read_bytes() == after


def test_a_slip_and_stale_schemas_are_repaired_in_one_run(folder: Path, sdp: Run) -> None:
    planted(folder, JAPAN, "value: 2024-11-01", "value: 1 November 2024")
    (folder / "schema" / "areas.schema.json").unlink()
    assert sdp("--data", str(folder), "format").err.startswith("2 of ")
    assert sdp("--data", str(folder), "validate", "--strict").code == 0


def test_a_comment_that_repeats_a_day_stays_as_it_is(folder: Path, sdp: Run) -> None:
    path = folder / "partnerships" / "norway.yaml"
    text = path.read_text("utf-8")
    assert "  value: 2024-05-28\n" in text
    said = "  # 28.05.2024 in the release\n"
    path.write_text(text.replace("  value: 2024-05-28\n", f"  value: 28.05.2024{said}", 1), "utf-8")
    assert sdp("--data", str(folder), "format").code == 0
    assert f"  value: 2024-05-28{said}" in path.read_text("utf-8")
