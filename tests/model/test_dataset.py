"""Folders and look-ups: what is wrong with a folder is reported at its place, and nothing is lost or guessed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import LIVE, Run, amended, edit
from sdp_matrix import DataError, Partnerships, UnknownNameError, load, matching
from sdp_matrix.files.disk import data_folder, shown_as
from sdp_matrix.files.scan import scan
from sdp_matrix.model.dataset import origin
from sdp_matrix.model.registers import Group
from sdp_matrix.problem import Problem

JAPAN, INDIA, CANADA = (f"partnerships/{partner}.yaml" for partner in ("japan", "india", "canada"))


def load_problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as raised:
        load(folder)
    return raised.value.problems


def faults(folder: Path) -> list[tuple[str, str]]:
    return [(p.rule, Path(p.location.path).name) for p in load_problems(folder)]


def close(file: Path) -> None:
    file.chmod(0)
    if os.access(file, os.R_OK):  # root reads everything: a folder in its place cannot be read by anybody
        file.unlink()
        file.mkdir()


def make_large(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(50_000_000)


def link_to_itself(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


def break_three(data: Path) -> None:
    (data / JAPAN).write_bytes(b"a: [\n")
    (data / INDIA).write_bytes(b"\xff")
    (data / CANADA).write_text("id: canada\n", "utf-8")


BROKEN: dict[str, tuple[Callable[[Path], object], list[tuple[str, str]]]] = {
    "missing": (shutil.rmtree, [("unreadable", "data")]),
    "empty": (lambda data: (data.rename(data.parent / "old").parent / "data").mkdir(), [("no-data", "data")]),
    "a file": (lambda data: (data.rename(data.parent / "old").parent / "data").touch(), [("unreadable", "data")]),
    "a link to itself": (lambda data: link_to_itself(data / JAPAN), [("link", "japan.yaml")]),
    "a file without permission": (lambda data: close(data / JAPAN), [("unreadable", "japan.yaml")]),
    "a file of 50 MB": (lambda data: make_large(data / JAPAN), [("file-size", "japan.yaml")]),
    "a file of 100,000 values": (
        lambda data: (data / JAPAN).write_text("coverage:\n" + "".join(f"  a{n}: cverd\n" for n in range(100_000))),
        [("file-size", "japan.yaml")],
    ),
    "notes": (lambda data: (data / "notes.yaml").write_text("a: b\n"), [("stray-file", "notes.yaml")]),
    "three files": (break_three, [("cut-off", "canada.yaml"), ("encoding", "india.yaml"), ("syntax", "japan.yaml")]),
}
"""What may be wrong with a folder or whole files, and every fault that is reported."""


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_folder_is_reported(name: str, folder: Path) -> None:
    damage, expected = BROKEN[name]
    damage(folder)
    assert faults(folder) == expected


def test_a_missing_folder_or_file_comes_with_its_remedy(folder: Path, tmp_path: Path, sdp: Run) -> None:
    ran = sdp("--data", str(tmp_path / "nowhere"), "matrix")
    assert ran.code == 2
    assert "name another one with --data" in ran.err
    (folder / "areas.yaml").unlink()
    assert [p.message for p in load_problems(folder) if p.rule == "missing-file"] == [
        "areas.yaml is missing; every data set needs it: restore it, or copy it from the shipped data"
    ]


RENAMED = {
    "partnership": "partnerships",
    "table": "tables",
    "tables/table1.csv": "tables/table-1.csv",
    "tables/table1.yaml": "tables/table-1.yaml",
    "areas.yml": "areas.yaml",
    "gruppen.yaml": "groups.yaml",
    "norway.yml": "partnerships/norway.yaml",
}


@pytest.mark.parametrize("name", RENAMED)
def test_a_file_with_another_name_is_one_message(name: str, folder: Path) -> None:
    (folder / RENAMED[name]).rename(folder / name)
    [problem] = load_problems(folder)
    assert (problem.location.path, problem.rule) == (f"{shown_as(folder)}/{name}", "stray-file")
    assert problem.message == f"this is not part of the data and is not read; rename it to {RENAMED[name]}"


@pytest.mark.parametrize("leads_to", ["zz", "/", "partnerships"])
@pytest.mark.parametrize("name", ["zz", "zz.yaml", "partnerships/zz.yaml"])
def test_a_link_does_not_hide_other_faults(folder: Path, name: str, leads_to: str) -> None:
    (folder / name).symlink_to(leads_to)
    (folder / INDIA).write_bytes(b"\xff")
    assert {file for _, file in faults(folder)} == {name.rpartition("/")[2], "india.yaml"}


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


def test_independence_is_that_of_the_origin_whatever_the_masthead(partnerships: Partnerships) -> None:
    by_id = {reference.id: reference for reference in partnerships.references}
    eeas = by_id["eeas-moldova-2024"]
    relay = amended(eeas, id="relay", publisher="Relay", follows="eeas-moldova-2024")
    copy = amended(eeas, id="copy", publisher="Copy", follows="relay")
    named = amended(eeas, id="named", publisher="Paper", follows="Reuters")
    known = {**by_id, "relay": relay, "copy": copy, "named": named}
    assert [origin(voice, known) for voice in (eeas, relay, copy)] == ["European External Action Service"] * 3
    assert origin(named, known) == "Reuters"


@pytest.mark.parametrize(
    ("lookup", "kind"),
    [
        *((name, name) for name in ("partner", "area", "group", "reference", "statement")),
        ("partner_or_group", "partner or group"),
        ("lookup", "partner, area, group or reference"),
    ],
)
def test_an_unknown_name_is_called_what_it_should_be(partnerships: Partnerships, lookup: str, kind: str) -> None:
    lists = "partners" if kind.startswith("partner") else f"{kind}s"
    with pytest.raises(UnknownNameError, match=f"^no {kind} 'zzz'; (known: |'sdp list {lists}' lists what there is)"):
        getattr(partnerships, lookup)("zzz")


def test_case_accents_and_hyphens_of_a_name_do_not_count() -> None:
    titles = {"sao-tome": "S\u00e3o Tom\u00e9", "aland": "\u00c5land", "ore": "\u00d8re", "thing": "\u00deing"}
    groups = [Group(id=name, title=title, reference="ref-a") for name, title in titles.items()]
    typed = ("Sao Tome", "s\u00e3o_TOM\u00c9", "S\u00e3o  Tom\u00e9", "sao\u0301 tome", "aland", "ORE", "thing")
    ids = [matching.find(text, groups, kind="group").id for text in typed]
    assert ids == [*["sao-tome"] * 4, "aland", "ore", "thing"]


def test_a_party_is_named_by_any_name_of_the_partner(folder: Path) -> None:
    edit(folder / JAPAN, "aliases:\n", "aliases:\n  - State of Japan\n")
    edit(folder / JAPAN, "party: Japan", "party: State of Japan")
    partnerships = load(folder)
    assert "State of Japan" in [s.party for s in partnerships.partner("state of japan").signatories]
    assert "japan" not in [gap.partnership.id for gap in partnerships.gaps("japan") if gap.missing == "signatory"]


@pytest.mark.parametrize(
    ("typed", "partner"),
    [
        *(("Moldova (Republic of)", "moldova"), ("Moldova, Republic of", "moldova"), ("U.K.", "united-kingdom")),
        *(("Korea, Rep.", "republic-of-korea"), ("Rep. of Korea", "republic-of-korea")),
    ],
)
def test_a_partner_is_found_by_the_forms_of_its_name(partnerships: Partnerships, typed: str, partner: str) -> None:
    assert partnerships.partner(typed).id == partner


@pytest.mark.parametrize("typed", ["England", "Korea (Democratic People's Republic of)", "Republic of"])
def test_another_country_is_not_a_partner(partnerships: Partnerships, typed: str) -> None:
    with pytest.raises(UnknownNameError):
        partnerships.partner(typed)


@pytest.mark.parametrize("typed", ["6", "06", "#6", "area 6", "6.", "No. 6", "6.0", "6: STRATCOM"])
def test_an_area_is_found_by_its_number_however_written(partnerships: Partnerships, typed: str) -> None:
    assert partnerships.area(typed).number == 6


@pytest.mark.parametrize("typed", ["Ⅵ", "⁶", "⑥", "６", "6¹", "½", "1.2", "6 Cyber issues", "27", "0", ""])
def test_a_sign_that_looks_like_a_number_is_not_read_as_one(partnerships: Partnerships, typed: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        partnerships.area(typed)
    assert typed == "6 Cyber issues" or not error.value.near


@pytest.mark.parametrize("name", ["japan", "JP", "space", "all", "signatories"])
def test_a_group_does_not_take_the_name_of_another_thing(name: str, folder: Path) -> None:
    with (folder / "groups.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  - id: new-group\n    title: New group\n    aliases: ['{name}']\n    reference: eprs-2026-03\n")
    assert "unique-name" in [rule for rule, _ in faults(folder)]


@pytest.mark.parametrize("name", ["efta", "all", "table", "eu", "space"])
def test_a_partner_does_not_take_the_name_of_another_thing(name: str, folder: Path, sdp: Run) -> None:
    ran = sdp("--data", str(folder), "new", "partner", name, "--name", name.upper())
    assert (ran.code, (folder / "partnerships" / f"{name}.yaml").exists()) == (2, False), ran.err
    assert name in ran.err


def test_references_that_follow_each_other_in_a_circle_do_not_hang(folder: Path) -> None:
    entry = "  - {{id: zz-{}, title: News, publisher: P, follows: zz-{}, standing: press, kind: news, date: 2026-03}}\n"
    with (folder / "references.yaml").open("a", encoding="utf-8") as file:
        file.writelines(entry.format(*ids) for ids in ("ab", "bc", "cb"))
    assert ("circular-origin", "references.yaml") in faults(folder)


def test_a_file_without_a_date_is_begun_and_counts_for_nothing(folder: Path) -> None:
    file = folder / "partnerships" / "ghana.yaml"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"\ndate:\n.*\nplace:", "\ndate: unknown\nplace:", text, flags=re.DOTALL), "utf-8")
    partnerships = load(folder)
    assert partnerships.matrix("ghana").partnerships[0].date.value is None
    assert "ghana" not in [p.id for p in partnerships.everyone]


def test_a_record_shows_its_id_or_its_fields(partnerships: Partnerships) -> None:
    japan = partnerships.partner("japan")
    assert repr(japan) == "Partnership('japan')"
    assert "status=<Status.COVERED" in repr(japan.coverage["cyber"])
