"""The export: valid, the same each time, never over files of others; and it says what the data say."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from conftest import Run, edit, needs
from sdp_matrix import Partnerships
from sdp_matrix.relational.tables import TABLES, rows_of
from strategies import datasets


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, sdp: Run) -> Path:
    folder = tmp_path_factory.mktemp("export") / "new" / "sdp"
    assert sdp("export", str(folder)).code == 0
    return folder


def names(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_a_second_run_changes_nothing(exported: Path, sdp: Run) -> None:
    before = names(exported)
    assert "0 changed" in sdp("export", str(exported)).err
    assert names(exported) == before
    assert sdp("export", "--check", str(exported)).code == 0


def test_check_names_what_is_stale(tmp_path: Path, folder: Path, sdp: Run) -> None:
    target = tmp_path / "export"
    sdp("export", str(target))
    unsure = "csdp-missions:\n    status: unknown\n    departure: The mark was withdrawn."
    edit(folder / "partnerships" / "india.yaml", "csdp-missions: covered", unsure)
    ran = sdp("--data", str(folder), "export", "--check", str(target))
    assert ran.code == 1
    assert f"{target / 'coverage.csv'} is stale" in ran.out
    assert "areas.csv" not in ran.out
    assert sdp("--data", str(folder), "export", str(target)).code == 0
    assert sdp("--data", str(folder), "export", "--check", str(target)).code == 0


@pytest.mark.parametrize("name", ["areas.csv", "letter.txt"])
def test_files_of_others_are_left_alone(name: str, tmp_path: Path, sdp: Run) -> None:
    (tmp_path / name).write_text("mine")
    ran = sdp("export", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert f"{name}, which is not from an export; choose a folder of its own" in ran.err
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("package", ["{}", "[]", "no json", '{"generator": "other", "files": ["datapackage.json"]}'])
def test_a_package_of_others_is_left_alone(package: str, tmp_path: Path, sdp: Run) -> None:
    (tmp_path / "datapackage.json").write_text(package)
    assert sdp("export", str(tmp_path)).code == 2
    assert sdp("export", "--check", str(tmp_path)).code == 2
    assert (tmp_path / "datapackage.json").read_text() == package


def test_nothing_outside_the_folder_is_touched(tmp_path: Path, sdp: Run) -> None:
    outside, target = tmp_path / "outside.csv", tmp_path / "export"
    outside.write_text("mine")
    sdp("export", str(target))
    (target / "old.csv").write_text("of an earlier version")
    package = json.loads((target / "datapackage.json").read_text("utf-8"))
    package["files"] += ["../outside.csv", str(outside), "old.csv"]
    (target / "datapackage.json").write_text(json.dumps(package), "utf-8")
    assert sdp("export", str(target)).code == 0
    assert not (target / "old.csv").exists()
    (target / "areas.csv").unlink()
    (target / "areas.csv").symlink_to(outside)
    assert sdp("export", str(target)).code == 2
    assert outside.read_text() == "mine"


def test_a_file_in_the_place_of_the_folder(tmp_path: Path, sdp: Run) -> None:
    (tmp_path / "file").write_text("mine")
    ran = sdp("export", str(tmp_path / "file"))
    assert (ran.code, (tmp_path / "file").read_text()) == (2, "mine")
    assert "Traceback" not in ran.err


def test_every_file_has_its_licence_and_every_column_its_meaning(exported: Path, partnerships: Partnerships) -> None:
    package = json.loads((exported / "datapackage.json").read_text("utf-8"))
    licences = {resource["path"]: resource["licenses"][0]["name"] for resource in package["resources"]}
    assert licences.keys() | {"datapackage.json"} == {file.name for file in exported.iterdir()}
    assert licences["coverage.csv"] == partnerships.edition.licence
    (notice,) = next(one["licenses"] for one in package["resources"] if one["path"] == "published.csv")
    assert notice["title"] == partnerships.edition.table_notice
    fields = [field for one in package["resources"] for field in one.get("schema", {}).get("fields", [])]
    assert all(field["description"] for field in fields)


@given(datasets())
def test_keys_references_and_values_hold_on_any_data(data: Partnerships) -> None:
    found = {table.name: (table.columns, list(rows_of(table, data))) for table in TABLES}
    ids = {
        name: {row[k] for row in rows for k, column in enumerate(columns) if column.name == "id"}
        for name, (columns, rows) in found.items()
    }
    for table in TABLES:
        columns, rows = found[table.name]
        places = [[column.name for column in columns].index(name) for name in table.key]
        assert len({tuple(row[k] for k in places) for row in rows}) == len(rows)
        for k, column in enumerate(columns):
            values = {row[k] for row in rows}
            assert column.nullable or not values & {None, ""}
            assert not column.values or values <= {*column.values, None}
            assert column.refers_to is None or values <= {*ids[column.refers_to], None}


@needs("frictionless")
def test_frictionless_accepts_the_package_also_of_a_partner_without_a_code(
    tmp_path: Path, folder: Path, sdp: Run
) -> None:
    edit(folder / "partnerships" / "ghana.yaml", "\niso: GH\n", "\n")
    assert sdp("--data", str(folder), "export", str(tmp_path / "out")).code == 0
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    run = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, text=True, check=False)
    assert (run.returncode, "VALID" in run.stdout) == (0, True), run.stdout


def test_a_folder_under_version_control_takes_an_export(tmp_path: Path, sdp: Run) -> None:
    (tmp_path / ".gitignore").touch()
    assert sdp("export", str(tmp_path)).code == 0
    (tmp_path / "analysis.py").write_text("mine")
    assert sdp("export", str(tmp_path)).code == 0
