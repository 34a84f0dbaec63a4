"""The transcription: every kind of fault in the csv is reported once, at its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA
from sdp_matrix.files import transcription
from sdp_matrix.files.scan import scan
from sdp_matrix.validation import rules

CSV = "tables/table-1.csv"


def faults(folder: Path, before: str, after: str) -> list[tuple[str, int, int]]:
    """What is reported once the first text became the second in the transcription."""
    file = folder / CSV
    text = file.read_text("utf-8")
    assert before in text
    file.write_bytes(text.replace(before, after, 1).encode())
    return [(p.rule, p.location.line, p.location.column) for p in rules.check(scan(folder))]


ROW_15, ROW_16 = (DATA / CSV).read_text("utf-8").splitlines(keepends=True)[18:20]
ROW_26 = (DATA / CSV).read_text("utf-8").splitlines(keepends=True)[29]
WRONG_16 = ROW_16.replace("✗", "?").replace("✓", "✗").replace("?", "✓")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2,Hybrid", "two,Hybrid", ("table-number", 6, 1)),
        ("2,Hybrid", "1,Hybrid", ("table-number", 6, 1)),
        (ROW_16, ROW_16 + WRONG_16, ("table-number", 21, 1)),
        (ROW_16, "", ("table-number", 20, 1)),
        (ROW_15 + ROW_16, ROW_16 + ROW_15, ("table-number", 19, 1)),
        (",Date,21 May 2024", ",Date,21. May 2024", ("table-date", 4, 7)),
        (",Date,", ",Dates,", ("table-layout", 4, 2)),
        (",Partner,Moldova", "x,Partner,Moldova", ("table-layout", 3, 1)),
        (",Partner,Moldova", ",Partner,", ("table-layout", 3, 10)),
        ("\n,,,EU candidate", "\n,Candidates,,EU candidate", ("table-layout", 2, 2)),
        (",Areas of cooperation and relevant activities,", ",,", ("table-layout", 1, 2)),
        ("2,Hybrid threats,✓,", "2,Hybrid threats,,", ("table-layout", 6, 18)),
        ("2,Hybrid threats,✓,", "2,Hybrid threats,", ("table-layout", 6, 32)),
        ("2,Hybrid threats,✓,", "2,Hybrid threats,✓,✓,", ("table-layout", 6, 36)),
        ("2,Hybrid threats,✓,", "2,Hybrid threats,=1,", ("formula", 6, 18)),
        ("2,Hybrid threats", '2,Hybrid "threats"', ("table-layout", 6, 3)),
        ("2,Hybrid threats", '2,"Hybrid threats', ("table-layout", 6, 3)),
        ("2,Hybrid threats", "2,Hybrid\tthreats", ("tab", 6, 9)),
        ("2,Hybrid threats", "\n2,Hybrid threats", ("table-layout", 6, 1)),
        ("2,Hybrid threats", "2,Hybrid threat", ("table-title", 6, 3)),
        (",Partner,Moldova,", ",Partner,Moldavia,", ("table-partner", 3, 10)),
        ("Moldova,Albania,", "Albania,Albania,", ("table-partner", 3, 10)),
        ("EFTA state", "EFTA states", ("table-group", 2, 31)),
        (ROW_26, "", ("table-title", 29, 1)),
        (ROW_26, ROW_26 + ROW_26.replace("26,", "27,", 1), ("table-title", 31, 1)),
    ],
)
def test_a_fault_is_reported_once_at_its_place(
    folder: Path, before: str, after: str, expected: tuple[str, int, int]
) -> None:
    assert faults(folder, before, after) == [expected]


def test_faults_of_several_lines_come_in_one_run(folder: Path) -> None:
    before = "2,Hybrid threats,✓,✓,✓,✓,✓,✓,✓,✓,✓\n3,Cyber issues,✓"
    after = "two,Hybrid threats,,✓,✓,✓,✓,✓,✓,✓,✓\n3,Cyber issues,"
    assert faults(folder, before, after) == [("table-number", 6, 1), ("table-layout", 7, 16)]


def test_names_and_days_that_changed_lines_are_one_fault(folder: Path) -> None:
    lines = (folder / CSV).read_text("utf-8").splitlines(keepends=True)
    assert len(faults(folder, lines[2] + lines[3], lines[3] + lines[2])) == 1


@pytest.mark.parametrize("content", [b"", b"\n", b"x", b",\n,\n", b",Partner", b",Partner\n,Date", b'"', b"1\n2\n3\n"])
def test_what_is_not_a_table_has_problems(folder: Path, content: bytes) -> None:
    (folder / CSV).write_bytes(content)
    assert {p.location.path.rpartition("/")[2] for p in rules.check(scan(folder))} == {"table-1.csv"}


@given(st.binary(max_size=300) | st.text(alphabet='",\n1Partner Date✓✗', max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused_at_a_place(content: bytes) -> None:
    page, problems = transcription.parse("x.csv", content)
    assert (page is None) is bool(problems)
    text = content.decode("utf-8", "replace")
    assert all(1 <= p.location.line <= text.count("\n") + 1 and p.location.column >= 1 for p in problems)
    assert len({p.location.line for p in problems}) == len(problems)


def test_line_ends_of_windows_and_a_missing_last_one_are_not_faults(folder: Path) -> None:
    file = folder / CSV
    file.write_bytes(file.read_text("utf-8").replace("\n", "\r\n").removesuffix("\r\n").encode())
    assert rules.check(scan(folder)) == ()
