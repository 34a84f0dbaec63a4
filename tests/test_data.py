"""The data that this project publishes: sound, and what the briefing fixes for good; the only test of data/ itself."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from conftest import DATA, LIVE, ROOT
from sdp_matrix import derived

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

BRIEFING = ROOT.parent / "shared" / "sources" / "eprs-briefing-2026-03.txt"
"""The text of the briefing, which is not ours to publish; beside the checkout where somebody has it."""


@pytest.mark.parametrize("check", ["validate", "verify", "factcheck --check", "format --check", "schema --check"])
def test_the_data_are_sound(sdp: Run, check: str) -> None:
    ran = sdp("--data", str(LIVE), *check.split())
    assert ran.code == 0, ran.out + ran.err


def test_the_codebook_is_up_to_date() -> None:
    page = "docs/codebook.md"
    assert (ROOT / page).read_text("utf-8") == derived.text(page, ROOT), f"run '{derived.REMEDY}'"


def printed(text: str, delimiter: str) -> list[list[str]]:
    """Number, title and nine marks of every row of Table 1."""
    rows = csv.reader(text.splitlines(), delimiter=delimiter)
    return [row for row in rows if len(row) == 11 and row[0].isdigit()]


def transcribed(data: Path) -> list[list[str]]:
    return printed((data / "tables" / "table-1.csv").read_text("utf-8"), ",")


def test_the_transcription_has_every_printed_mark() -> None:
    marks = [mark for row in transcribed(LIVE) for mark in row[2:]]
    assert len(marks) == 234
    assert set(marks) == {"✓", "✗", "Already exists"}
    assert transcribed(LIVE) == transcribed(DATA), "what the briefing prints never changes"


@pytest.mark.skipif(not BRIEFING.exists(), reason="the text of the briefing is not here")
def test_the_transcription_is_what_the_briefing_prints() -> None:
    assert transcribed(LIVE) == printed(BRIEFING.read_text("utf-8"), "\t")
