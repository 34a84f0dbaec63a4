"""What lies in a data folder and is not read is named; what systems leave there is passed over."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from conftest import Run


@pytest.mark.parametrize(
    "name",
    [
        "HEAD",
        "config",
        "objects/aa",
        "schema/config",
        "schema/info/attributes",
        "norway.yml",
        "partnerships/norway.yml",
        "tables/table-2.yaml",
        "tables/table-2.csv",
        "notes.txt",
    ],
)
def test_what_is_not_read_is_an_error_at_its_name(sdp: Run, folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("x\n", "utf-8")
    ran = sdp("--data", str(folder), "validate")
    assert ran.code == 1
    path = Path(name)
    places = {str(place) for place in (path, *path.parents)} - {".", "schema", "partnerships", "tables"}
    assert any(f"/{place}:1:1: error" in ran.out for place in places)


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "partnerships/.DS_Store"])
def test_what_systems_leave_is_passed_over(sdp: Run, folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\0")
    assert sdp("--data", str(folder), "validate", "--strict").code == 0


@pytest.mark.parametrize("format_name", ["text", "github", "gitlab", "sarif", "json"])
def test_a_line_break_in_a_name_forges_no_line(sdp: Run, folder: Path, format_name: str) -> None:
    (folder / "partnerships" / "y\n::stop-commands::zz.yaml").write_text("id: y\n", "utf-8")
    ran = sdp("--data", str(folder), "validate", "-f", format_name)
    assert ran.code == 1
    assert not any(line.startswith("::stop-commands::") for line in (ran.out + ran.err).splitlines())


def test_a_file_of_1500_levels_takes_no_time(sdp: Run, folder: Path) -> None:
    deep = "".join(f"{' ' * level}a{level}:\n" for level in range(1500))
    (folder / "partnerships" / "deep.yaml").write_text(deep, "utf-8")
    begun = time.process_time()
    assert sdp("--data", str(folder), "validate").code == 1
    assert time.process_time() - begun < 10


def test_an_area_that_the_table_does_not_print_needs_no_row_in_it(sdp: Run, folder: Path) -> None:
    areas = (folder / "areas.yaml").read_text("utf-8")
    entry = "  - number: 27\n    id: drones\n    title: Drones and counter-drones\n    label: Drones\n"
    (folder / "areas.yaml").write_text(areas.rstrip("\n") + "\n" + entry, "utf-8")
    for file in (folder / "partnerships").iterdir():
        text = file.read_text("utf-8")
        before, key, coverage = text.partition("coverage:\n")
        block = coverage.split("\n\n")[0].rstrip("\n")
        file.write_text(f"{before}{key}{block}\n  drones: unknown\n", "utf-8")
    statements = (folder / "statements.yaml").read_text("utf-8")
    unjudged = re.sub(r"^ +expected: .*\n", "", statements, flags=re.MULTILINE)  # two count areas
    (folder / "statements.yaml").write_text(unjudged, "utf-8")
    validated = sdp("--data", str(folder), "validate")
    assert validated.code == 0, validated.out
    assert "234 of 234" in sdp("--data", str(folder), "verify").out
    assert "Drones and counter-drones" in sdp("--data", str(folder), "matrix", COLUMNS="120").out


def test_a_folder_in_crlf_is_sound(sdp: Run, folder: Path) -> None:
    for file in [*folder.rglob("*.yaml"), *folder.rglob("*.csv")]:
        file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    ran = sdp("--data", str(folder), "validate", "--strict")
    assert ran.code == 0, ran.out


def test_one_slip_in_every_cell_is_one_message_with_a_count(sdp: Run, folder: Path) -> None:
    file = folder / "tables" / "table-1.csv"
    file.write_text(re.sub(r"[✓✗]", "TRUE", file.read_text("utf-8")), "utf-8")
    out = sdp("--data", str(folder), "validate").out
    assert out.count("invalid value 'TRUE'") == 1
    assert re.search(r"\(\d{3} times in this file: lines 5, 6, 7, 8, 9, 10, 11, …\)", out)
