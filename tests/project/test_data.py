"""The data that this project publishes: sound, and what the briefing fixes for good; the only test of data/ itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import derive
from conftest import DATA, LIVE, ROOT, Run
from sdp_matrix import UnknownNameError, load

BRIEFING = ROOT.parent / "shared" / "sources" / "eprs-briefing-2026-03.txt"
"""The text of the briefing, which is not ours to publish; beside the checkout where somebody has it."""

needs_briefing = pytest.mark.skipif(not BRIEFING.exists(), reason="the text of the briefing is not here")


@pytest.mark.parametrize("check", ["validate", "verify"])
def test_the_data_are_sound(sdp: Run, check: str) -> None:
    ran = sdp("--data", str(LIVE), *check.split())
    assert ran.code == 0, ran.out + ran.err


@pytest.mark.parametrize("data", [LIVE, DATA], ids=["live", "frozen"])
def test_the_schemas_are_up_to_date(data: Path) -> None:
    for path, text in derive.schemas(data).items():
        assert path.read_text("utf-8") == text, f"{path}: run '{derive.REMEDY}'"


def test_the_citation_file_names_the_edition() -> None:
    edition, text = load(LIVE).edition, (ROOT / "CITATION.cff").read_text("utf-8")
    assert f'version: "{edition.version}"\ndate-released: {edition.date}\n' in text


PEOPLE_TYPE = {
    "republic-of-korea": ("Korea, Rep.", "KOR", "Corée", "Korea, Republic of"),
    "united-kingdom": ("U.K.", "GBR", "Royaume-Uni", "United Kingdom of Great Britain and Northern Ireland"),
    "india": ("Republic of India", "IND", "Inde", "bharat"),
    "north-macedonia": ("Republic of North Macedonia", "MKD", "Macédoine du Nord", "Macedonia"),
}


@pytest.mark.parametrize("names", [*zip(*PEOPLE_TYPE.values(), strict=True)], ids=" ".join)
def test_official_french_and_short_names_are_understood(names: tuple[str, ...], sdp: Run, tmp_path: Path) -> None:
    table = sdp("--data", str(LIVE), "matrix", *names, "--corrected", "-f", "csv").out
    header, rows = table.split("\n", 1)
    assert header == "number,area_id,area," + ",".join(PEOPLE_TYPE)
    file = tmp_path / "table.csv"
    file.write_text(",".join(["number", "area_id", "area", *(f'"{name}"' for name in names)]) + f"\n{rows}", "utf-8")
    ran = sdp("--data", str(LIVE), "verify", str(file))
    assert ran.code == 0, ran.out + ran.err
    assert sdp("--data", str(LIVE), "show", names[0]).code == 0


ALPHA_3 = "ALB MKD MDA NOR JPN KOR CAN GBR IND"
OTHERS = "The United Kingdom|Rep. of Korea|Moldova (Republic of)|Republic of Albania|Republic of India|U.K."


def test_codes_of_three_letters_and_names_of_other_tables_are_understood() -> None:
    data = load(LIVE)
    codes = "albania north-macedonia moldova norway japan republic-of-korea canada united-kingdom india"
    assert " ".join(data.partner(code).id for code in ALPHA_3.split()) == codes
    ids = "united-kingdom republic-of-korea moldova albania india united-kingdom"
    assert " ".join(data.partner(name).id for name in OTHERS.split("|")) == ids
    with pytest.raises(UnknownNameError, match=r"^no partner 'England'(?!.*iceland)"):
        data.partner("England")


def printed() -> list[list[str]]:
    """The lines of Table 1 in the text of the briefing, cell by cell; not read by any code of the program."""
    lines = BRIEFING.read_text("utf-8").splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith("\tAreas of cooperation"))
    last = next(index for index, line in enumerate(lines) if line.startswith("26\t"))
    return [line.split("\t") for line in lines[first : last + 1] if line]


def transcribed(data: Path) -> list[list[str]]:
    return [list(line) for line in load(data).transcription.lines]


def test_the_transcription_has_every_printed_mark() -> None:
    marks = [mark for row in transcribed(LIVE)[4:] for mark in row[2:]]
    assert len(marks) == 234
    assert set(marks) == {"✓", "✗", "Already exists"}
    assert transcribed(LIVE) == transcribed(DATA), "what the briefing prints never changes"


@needs_briefing
@pytest.mark.parametrize("data", [LIVE, DATA])
def test_the_transcription_is_what_the_briefing_prints(data: Path) -> None:
    (*groups, names, days), rows = printed()[:4], printed()[4:]
    (*our_groups, our_names, our_days), our_rows = transcribed(data)[:4], transcribed(data)[4:]
    assert (groups, names, days) == (our_groups, our_names, our_days), "as found, the damaged line too"
    assert [row[:2] for row in rows] == [row[:2] for row in our_rows]
    marks = [
        mark == ours
        for row, own in zip(rows, our_rows, strict=True)
        for mark, ours in zip(row[2:], own[2:], strict=True)
    ]
    assert (len(days) - 2, len(rows), len(marks), sum(marks)) == (9, 26, 234, 234)
