"""What is validated: folders, parts of them, and single files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import DATA, Run, edit
from sdp_matrix import load
from sdp_matrix.errors import RequestError
from sdp_matrix.files.disk import shown_as
from sdp_matrix.validation.validate import validate


def test_a_file_outside_of_a_data_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "albania.yaml"
    shutil.copy(DATA / "partnerships" / "albania.yaml", file)
    with pytest.raises(RequestError, match="is not a data file in a data folder"):
        validate([file])


def test_a_file_in_a_data_folder_is_checked_with_its_neighbours(folder: Path) -> None:
    japan = folder / "partnerships" / "japan.yaml"
    edit(folder / "areas.yaml", "id: cyber\n", "id: cyber-issues\n")
    edit(japan, "  cyber:", "  cyber-issues:")
    assert validate([japan]).problems == ()
    part = validate([folder / "partnerships"])
    assert (part.files, part.source[:3], validate([folder]).source[:3]) == (12, "of ", "in ")


@pytest.mark.parametrize("change", [lambda text: f"<<<<<<< HEAD\n{text}", lambda text: text[: len(text) // 2]])
def test_a_schema_that_git_or_a_full_disk_broke_is_reported(folder: Path, change: Callable[[str], str]) -> None:
    schema = folder / "schema" / "partnership.schema.json"
    schema.write_text(change(schema.read_text("utf-8")), "utf-8")
    assert [p.location.path for p in validate([folder]).problems] == [shown_as(schema)]


@pytest.mark.parametrize(
    ("inside", "path", "files"),
    [("partnerships", "japan.yaml", 1), ("partnerships", ".", 12), ("schema", "../areas.yaml", 1)],
)
def test_a_file_is_found_from_inside_the_data_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, inside: str, path: str, files: int
) -> None:
    monkeypatch.chdir(folder / inside)
    findings = validate([path])
    assert (findings.files, {name[:3] for name in findings.texts}) == (files, {"../"})


def test_several_paths_in_one_run(folder: Path) -> None:
    file = folder / "partnerships" / "japan.yaml"
    file.write_text("id: [\n", "utf-8")
    findings = validate([file, DATA])
    assert [p.rule for p in findings.problems] == ["syntax"]
    assert findings.files == 21


def test_what_does_not_exist(sdp: Run, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no file or folder"):
        validate([tmp_path / "none.yaml"])
    assert sdp("validate", str(tmp_path / "none")).code == 2
    assert sdp("validate", str(tmp_path)).code == 2


LEFTOVER = """\
  - id: zz-leftover
    title: News that nobody cites
    publisher: Nobody
    standing: press
    kind: news
    date: 2026-03
"""


def test_a_warning_fails_only_on_request_and_never_stops_a_command(folder: Path, sdp: Run) -> None:
    with (folder / "references.yaml").open("a", encoding="utf-8") as file:
        file.write(LEFTOVER)
    ran = sdp("--data", str(folder), "validate")
    assert ran.code == 0
    assert "warning: " in ran.out
    assert ran.out.endswith("[unused-reference]\n")
    assert ran.err.endswith(": 1 warning in 1 of them\n")
    assert sdp("--data", str(folder), "validate", "--strict").code == 1
    assert load(folder).reference("zz-leftover").publisher == "Nobody"


def test_a_verdict_that_is_not_the_one_on_record_is_an_error(folder: Path, sdp: Run) -> None:
    file = folder / "statements.yaml"
    line = file.read_text("utf-8").partition("expected: true")[0].count("\n") + 1
    edit(file, "expected: true", "expected: false")
    ran = sdp("--data", str(folder), "validate")
    assert (ran.code, ran.out.count("\n")) == (1, 1)
    assert ran.out.startswith(f"{shown_as(file)}:{line}:15: error")
    assert ran.out.endswith("[unexpected-verdict]\n")
    assert load(folder).partner("norway").iso == "NO"


def test_a_file_is_not_a_data_folder(sdp: Run, folder: Path) -> None:
    ran = sdp("--data", str(folder / "areas.yaml"), "validate")
    assert ran.code == 2
    assert "name another one with --data" in ran.out


def test_it_says_which_folder_and_edition_was_read(folder: Path, sdp: Run) -> None:
    message = sdp("validate", str(folder)).err
    assert message.startswith(f"20 files in {shown_as(folder)}, edition ")
    assert "which came with sdp" not in message
    (folder / "dataset.yaml").write_text("version: one\n", "utf-8")
    assert f"{shown_as(folder)}, of no known edition" in sdp("validate", str(folder)).err


def test_a_single_path_without_a_suffix_is_taken_for_a_folder(tmp_path: Path) -> None:
    assert [p.rule for p in validate([tmp_path / "none"]).problems] == ["unreadable"]
    with pytest.raises(RequestError, match="there is no file or folder"):
        validate([tmp_path / "none", DATA])
