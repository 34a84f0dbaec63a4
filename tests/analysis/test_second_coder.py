"""Our coding against another table: the briefing's text, a filled sheet, and tables with faults."""

from __future__ import annotations

import json
from pathlib import Path

import krippendorff
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Run
from sdp_matrix import Partnerships
from sdp_matrix.analysis.agreement import alpha

BRIEFING = ROOT.parent / "shared" / "sources" / "eprs-briefing-2026-03.txt"


def written(file: Path, text: str) -> str:
    file.write_text(text, "utf-8")
    return str(file)


@pytest.mark.skipif(not BRIEFING.exists(), reason="the briefing lies beside the project")
def test_the_text_of_the_briefing_agrees_in_every_cell(sdp: Run) -> None:
    ran = sdp("verify", str(BRIEFING), "-f", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["cells"]) == (0, {"compared": 234, "agree": 234, "alpha": 1.0, "left_out": 0})


PLANTED = {
    ("japan", "hybrid-threats"),
    ("india", "cyber"),
    ("norway", "space"),
    ("canada", "defence-tools"),
    ("moldova", "consular-matters"),
}


def other(status: str) -> str:
    return "covered" if status == "not-covered" else "not-covered"


def test_five_planted_disagreements_in_a_filled_sheet_are_listed(
    sdp: Run, tmp_path: Path, partnerships: Partnerships
) -> None:
    sheet = tmp_path / "sheet.xlsx"
    assert sdp("matrix", "--blank", "-o", str(sheet)).code == 0
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    assert not any(mark in str(cell.value) for row in page.iter_rows() for cell in row for mark in "✓✗")
    offered = [str(rule.formula1) for rule in page.data_validations.dataValidation]
    assert offered == ['"covered,not-covered,already-exists,unknown"'] * 9
    top = next(number for number, row in enumerate(page.iter_rows(), 1) if row[1].value == "Area")
    pairs = []
    for i, area in enumerate(partnerships.areas):
        for k, partner in enumerate(partnerships.in_table):
            ours = str(partner.status(area.id))
            theirs = other(ours) if (partner.id, area.id) in PLANTED else ours
            page.cell(top + 1 + i, 4 + k).value = theirs
            pairs.append((ours, theirs))
    book.save(sheet)
    ran = sdp("verify", str(sheet), "-f", "json")
    found = json.loads(ran.out)
    assert ran.code == 1
    assert (found["cells"]["compared"], found["cells"]["agree"]) == (234, 229)
    assert {(one["partner"], one["area"]) for one in found["disagreements"]} == PLANTED
    assert all(one["evidence"] for one in found["disagreements"])
    assert found["cells"]["alpha"] == pytest.approx(by_another_hand(pairs), abs=1e-9)
    shown = sdp("verify", str(sheet), COLUMNS="100").out
    assert shown.index("Japan") < shown.index("Areas: n of m cells agree")


def by_another_hand(pairs: list[tuple[str, str]]) -> float:
    codes = {value: i for i, value in enumerate(sorted({value for pair in pairs for value in pair}))}
    data = [[codes[pair[coder]] for pair in pairs] for coder in (0, 1)]
    found: float = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    return found


@given(st.lists(st.tuples(*[st.sampled_from(["covered", "not-covered", "already-exists"])] * 2), min_size=2))
def test_alpha_is_that_of_the_krippendorff_package(pairs: list[tuple[str, str]]) -> None:
    found = alpha(pairs)
    if len({value for pair in pairs for value in pair}) == 1:
        assert found is None
    else:
        assert found == pytest.approx(by_another_hand(pairs), abs=1e-9)


def test_what_one_of_the_two_leaves_open_is_not_compared(sdp: Run, tmp_path: Path) -> None:
    table = ",,Japan,Iceland\n1,CSDP,✓,✓\n2,hybrid-threats,,covered\n3,Cyber issues,unknown,✗\n"
    ran = sdp("verify", written(tmp_path / "x.csv", table), "-f", "json")
    cells = json.loads(ran.out)["cells"]
    assert (ran.code, cells["compared"], cells["agree"], cells["left_out"]) == (0, 1, 1, 5)


@pytest.mark.parametrize("header", ["JP,GB", "JP,UK", "japan,united-kingdom", "Japan,United Kingdom"])
def test_a_column_is_headed_by_any_name_of_a_partner(sdp: Run, tmp_path: Path, header: str) -> None:
    ran = sdp("verify", written(tmp_path / "x.csv", f",,{header}\n3,Cyber issues,✓,✓\n"), "-f", "json")
    assert json.loads(ran.out)["cells"]["agree"] == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_marks_and_words_are_read_alike_whatever_parts_them(sdp: Run, tmp_path: Path, delimiter: str) -> None:
    lines = [
        "|Area|UK|Norway",
        "Date||19 May 2025|28 May 2024",
        "22|SoIA|Already exists|ALREADY-EXISTS",
        "2||Covered|✓",
    ]
    text = "\n".join(lines).replace("|", delimiter)
    ran = sdp("verify", written(tmp_path / "x.csv", text), "-f", "json")
    assert json.loads(ran.out)["cells"]["agree"] == 4


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("1,Hybrid threats,✓,✓", 1, "both area 1 and 2"),
        ("99,Nothing,✓,✓", 1, "no area '99'"),
        ("2,Hybrid threats,yes,✓", 3, "'yes' is no mark; write ✓"),
        ("3,Cyber issues,✓,✓", 1, "area 3 was there before"),
    ],
)
def test_a_fault_is_reported_at_its_cell(sdp: Run, tmp_path: Path, line: str, column: int, words: str) -> None:
    file = written(tmp_path / "x.csv", f",,Japan,UK\n3,Cyber issues,✓,✓\n{line}\n")
    ran = sdp("verify", file)
    assert ran.code == 2
    assert f"{file}:3:{column}: error: " in ran.err
    assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.csv", "a,b\n1,2\n", "no line names the partners"),
        ("x.csv", ",Japan,japan\n1,✓,✓\n", "names japan more than once"),
        ("x.csv", ",Japan,UK\nsomething,else,here\n", "no line below is about an area"),
        ("x.xlsx", "no workbook", "not a workbook"),
        ("x.pdf", "", "name a file .csv"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(sdp: Run, tmp_path: Path, name: str, text: str, words: str) -> None:
    ran = sdp("verify", written(tmp_path / name, text))
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


def test_a_file_that_is_missing_or_not_text_is_refused(sdp: Run, tmp_path: Path) -> None:
    assert "No such file" in sdp("verify", str(tmp_path / "x.csv")).err
    (tmp_path / "x.csv").write_bytes("Türkei,Japan\n".encode("latin-1"))
    assert "not text in UTF-8" in sdp("verify", str(tmp_path / "x.csv")).err


def test_a_blank_sheet_takes_no_marks(sdp: Run) -> None:
    assert sdp("matrix", "--blank", "--grades").code == 2
    shown = sdp("matrix", "japan", "--blank", "-a", "cyber", "-f", "csv").out
    assert shown.splitlines()[0] == "number,area,rule,japan"
    assert shown.splitlines()[1].endswith(",")


def test_a_query_takes_parameters(sdp: Run) -> None:
    ran = sdp("sql", "select name from partners where id = :p", "-p", "p=japan", "-f", "csv")
    assert (ran.code, ran.out) == (0, "name\nJapan\n")
    assert "add -p p=VALUE" in sdp("sql", "select :p").err
    assert "is no NAME=VALUE" in sdp("sql", "select 1", "-p", "p").err
    quoted = sdp("sql", "select :p as x", "-p", "p=it's; drop table areas", "-f", "json")
    assert json.loads(quoted.out) == [{"x": "it's; drop table areas"}]
