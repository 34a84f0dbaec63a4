"""Loading folders: whatever is wrong with one is told at its place, and nothing is lost or guessed."""

from __future__ import annotations

import os
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from conftest import LIVE, Run, amended
from sdp_matrix import DataError, Partnerships, Selection, UnknownNameError, load, matching
from sdp_matrix.files.disk import data_folder
from sdp_matrix.files.scan import scan
from sdp_matrix.model.dataset import origin
from sdp_matrix.model.registers import Group
from sdp_matrix.problem import Problem


def problems(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(DataError) as raised:
        load(folder)
    return [(p.rule, Path(p.location.path).name) for p in raised.value.problems]


def test_a_missing_folder(tmp_path: Path, sdp: Run) -> None:
    assert problems(tmp_path / "nowhere") == [("unreadable", "nowhere")]
    ran = sdp("--data", str(tmp_path / "nowhere"), "matrix")
    assert ran.code == 2
    assert "name another one with --data" in ran.err


def test_an_empty_folder(tmp_path: Path) -> None:
    assert problems(tmp_path) == [("no-data", tmp_path.name)]


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.touch()
    assert problems(file) == [("unreadable", "x")]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "areas.yaml").unlink()
    found = load_problems(folder)
    assert [p.message for p in found if p.rule == "missing-file"] == [
        "the data folder has no areas.yaml; every data set needs it: copy it from the shipped data"
    ]


def load_problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as raised:
        load(folder)
    return raised.value.problems


def test_all_broken_files_are_told_in_one_run(folder: Path) -> None:
    (folder / "partnerships" / "japan.yaml").write_bytes(b"a: [\n")
    (folder / "partnerships" / "india.yaml").write_bytes(b"\xff")
    (folder / "partnerships" / "canada.yaml").write_text("id: canada\n", "utf-8")
    found = problems(folder)
    assert ("syntax", "japan.yaml") in found
    assert ("encoding", "india.yaml") in found
    assert [rule for rule, name in found if name == "canada.yaml"].count("missing-key") == 4


def test_a_file_that_cannot_be_read(folder: Path) -> None:
    file = folder / "partnerships" / "japan.yaml"
    file.unlink()
    file.symlink_to("japan.yaml")
    assert ("link", "japan.yaml") in problems(folder)


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    file = folder / "partnerships" / "japan.yaml"
    shutil.move(file, secret)
    file.symlink_to(secret)
    assert ("link", "japan.yaml") in problems(folder)


@pytest.mark.parametrize("leads_to", ["zz", "/", "partnerships"])
@pytest.mark.parametrize("name", ["zz", "zz.yaml", "partnerships/zz.yaml"])
def test_a_link_does_not_hide_other_faults(folder: Path, name: str, leads_to: str) -> None:
    (folder / name).symlink_to(leads_to)
    (folder / "partnerships" / "india.yaml").write_bytes(b"\xff")
    assert {file for _, file in problems(folder)} == {name.rpartition("/")[2], "india.yaml"}


def test_a_file_of_too_many_values_is_refused_before_it_is_judged(folder: Path) -> None:
    file = folder / "partnerships" / "norway.yaml"
    file.write_text(file.read_text("utf-8") + "".join(f"  area-{n}: cverd\n" for n in range(70_000)), "utf-8")
    assert problems(folder) == [("file-size", "norway.yaml")]


def test_stray_files_are_not_silently_dropped(folder: Path) -> None:
    shutil.copy(folder / "partnerships" / "japan.yaml", folder / "partnerships" / "japan2.yml")
    (folder / "notes.yaml").write_text("a: b\n", "utf-8")
    found = problems(folder)
    assert ("stray-file", "japan2.yml") in found
    assert ("stray-file", "notes.yaml") in found


def test_a_huge_file_is_answered_at_once(folder: Path) -> None:
    with (folder / "partnerships" / "japan.yaml").open("wb") as stream:
        stream.truncate(50_000_000)
    assert ("file-size", "japan.yaml") in problems(folder)


@pytest.mark.parametrize(
    ("file", "before", "after", "rule"),
    [
        ("partnerships/japan.yaml", "id: japan", "id: nippon", "file-name"),
        ("partnerships/japan.yaml", "  cyber:", "  cybr:", "area"),
        ("partnerships/japan.yaml", "reference: eprs-2026-03", "reference: eprs-2026-30", "unknown-reference"),
        ("partnerships/japan.yaml", "group: indo-pacific", "group: pacific", "unknown-group"),
        ("areas.yaml", "number: 2\n", "number: 1\n", "row-number"),
        ("references.yaml", "id: apa-norway-2024", "id: afp-iceland-2026", "repeated-entry"),
    ],
)
def test_rules_across_files(folder: Path, file: str, before: str, after: str, rule: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    found = problems(folder)
    assert any(rule in name and Path(file).name == place for name, place in found), found


def test_a_column_without_a_file(folder: Path) -> None:
    (folder / "partnerships" / "japan.yaml").unlink()
    assert ("unknown-partner", "table-1.yaml") in problems(folder)


def test_which_folder_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SDP_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    assert data_folder("elsewhere") == Path("elsewhere")
    monkeypatch.delenv("SDP_DATA")
    monkeypatch.chdir(tmp_path)
    assert (data_folder() / "dataset.yaml").read_bytes() == (LIVE / "dataset.yaml").read_bytes(), "the shipped data"


@pytest.mark.parametrize("inside", [".", "data", "data/partnerships", "docs/deep"])
@pytest.mark.parametrize("left", ["areas.yaml", "dataset.yaml", "partnerships/norway.yaml"])
def test_the_nearest_folder_is_read_however_broken(
    inside: str, left: str, folder: Path, monkeypatch: pytest.MonkeyPatch, sdp: Run
) -> None:
    (folder.parent / ".git").mkdir()
    (folder.parent / inside).mkdir(parents=True, exist_ok=True)
    for file in folder.rglob("*.*"):
        if file != folder / left:
            file.unlink()
    monkeypatch.delenv("SDP_DATA")
    monkeypatch.chdir(folder.parent / inside)
    assert data_folder() == folder
    ran = sdp("validate")
    assert ran.code == 1
    assert ran.err.startswith("1 file in ")


def test_a_folder_above_the_repository_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = folder.parent / "other"
    (repository / ".git").mkdir(parents=True)
    monkeypatch.delenv("SDP_DATA")
    monkeypatch.chdir(repository)
    assert data_folder() not in {folder, repository}
    (repository / "areas.yaml").touch()
    assert data_folder() == repository, "a repository may hold the files at its top"


def test_paths_are_shown_from_where_the_person_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    (folder / "areas.yaml").write_text("", "utf-8")
    assert [p.location.path for p in scan(folder).problems] == ["data/areas.yaml"]


def test_a_folder_without_permission(folder: Path) -> None:
    file = folder / "partnerships" / "japan.yaml"
    file.chmod(0)
    if os.access(file, os.R_OK):  # root reads everything: a folder in its place cannot be read by anybody
        file.unlink()
        file.mkdir()
    assert ("unreadable", "japan.yaml") in problems(folder)


def test_independence_is_that_of_the_origin_whatever_the_masthead(partnerships: Partnerships) -> None:
    by_id = {reference.id: reference for reference in partnerships.references}
    eeas = by_id["eeas-moldova-2024"]
    relay = amended(eeas, id="relay", publisher="Relay", follows="eeas-moldova-2024")
    copy = amended(eeas, id="copy", publisher="Copy", follows="relay")
    named = amended(eeas, id="named", publisher="Paper", follows="Reuters")
    known = {**by_id, "relay": relay, "copy": copy, "named": named}
    assert [origin(one, known) for one in (eeas, relay, copy)] == ["European External Action Service"] * 3
    assert origin(named, known) == "Reuters"


@pytest.mark.parametrize(
    ("lookup", "kind"),
    [
        ("partner", "partner"),
        ("area", "area"),
        ("group", "group"),
        ("reference", "reference"),
        ("statement", "statement"),
        ("partner_or_group", "partner or group"),
        ("named", "partner, area, group or reference"),
    ],
)
def test_what_is_not_found_is_called_what_it_is(partnerships: Partnerships, lookup: str, kind: str) -> None:
    with pytest.raises(UnknownNameError, match=f"^no {kind} 'zzz'"):
        getattr(partnerships, lookup)("zzz")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("Sao Tome", "sao-tome"),
        ("s\u00e3o_TOM\u00c9", "sao-tome"),
        ("S\u00e3o  Tom\u00e9", "sao-tome"),
        ("sao\u0301 tome", "sao-tome"),
        ("\u00c5land", "aland"),
        ("aland", "aland"),
        ("\u00d8re", "ore"),
        ("ORE", "ore"),
        ("\u00deing", "thing"),
        ("thing", "thing"),
    ],
)
def test_case_accents_and_hyphens_of_a_name_do_not_count(given: str, found: str) -> None:
    pool = [("S\u00e3o Tom\u00e9", "sao-tome"), ("\u00c5land", "aland"), ("\u00d8re", "ore"), ("\u00deing", "thing")]
    groups = [Group(id=name, title=title, reference="ref-a") for title, name in pool]
    assert matching.find(given, groups, kind="group").id == found


def test_references_that_follow_each_other_in_a_circle_do_not_hang(folder: Path) -> None:
    entry = "  - {{id: zz-{}, title: News, publisher: P, follows: zz-{}, standing: press, kind: news, date: 2026-03}}\n"
    with (folder / "references.yaml").open("a", encoding="utf-8") as file:
        file.writelines(entry.format(*ids) for ids in ("ab", "bc", "cb"))
    assert ("circular-origin", "references.yaml") in problems(folder)


def test_a_partnership_counts_from_its_very_day(partnerships: Partnerships) -> None:
    day = partnerships.partner("norway").date.value
    assert day
    assert partnerships.partner("norway").is_dated_by(day)
    assert not partnerships.partner("norway").is_dated_by(day - timedelta(days=1))
    assert [p.id for p in partnerships.select(Selection(as_of=day)).partnerships] == ["moldova", "norway"]


def test_a_file_without_a_date_is_begun_and_counts_for_nothing(folder: Path) -> None:
    file = folder / "partnerships" / "ghana.yaml"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"\ndate:\n.*\nplace:", "\ndate: unknown\nplace:", text, flags=re.DOTALL), "utf-8")
    partnerships = load(folder)
    assert partnerships.partner("ghana").date.value is None
    assert "ghana" not in [p.id for p in partnerships.everyone]


def test_a_record_shows_its_id_or_what_it_holds(partnerships: Partnerships) -> None:
    japan = partnerships.partner("japan")
    assert repr(japan) == "Partnership('japan')"
    assert "status=<Status.COVERED" in repr(japan.coverage["cyber"])
