"""The law of foreign tables: every cell with content is read, or named as not read, or the file is refused."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from hypothesis import example, given
from hypothesis import strategies as st

from sdp_matrix import DataError, RequestError, Status, load
from sdp_matrix.analysis.verification import names_in_tables
from sdp_matrix.files import area_table

NAMES = names_in_tables(load())
PARTNERS = ["Japan", "UK", "republic-of-korea", "nippon", "NO", "India"]
AREAS = ["6", "3.", "19", "Cyber issues", "6 STRATCOM and/or FIMI", "maritime-security", "Women, peace and security"]
MARKS = {"✓": "covered", "✗": "not-covered", "Already exists": "already-exists", "?": "unknown", "covered": "covered"}
TEXTS = ["No.", "Area", "see, para; 4", 'the "text"', "two\nlines", "2024", "Norway and others", "Soft\tsecurity"]
ODD = ["no", "No", "1.2", "３", "✓-", "✓\n✗", "1²", "✓¹", "Japn", "South Korea*", "99", '"open', "sep=;", "B", "Ⅵ"]
ODD += ["partner", "status", "unknown"]
Sound: TypeAlias = tuple[list[list[str]], set[tuple[str, str, str]]]
"""A table, and partner, area and status of each of its marks."""

ANY = st.sampled_from(["", "", "", *PARTNERS, *AREAS, *MARKS, *TEXTS, *ODD])
TEXT = st.sampled_from(["", *TEXTS])


def read(rows: list[list[str]], delimiter: str) -> area_table.TableFile:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    with TemporaryDirectory() as folder:
        file = Path(folder, "x.csv")
        file.write_text(text.getvalue(), "utf-8", newline="")
        return area_table.read(file, NAMES)


def is_whole(table: area_table.TableFile, rows: list[list[str]]) -> bool:
    not_read = [cell for part in table.not_read if part.reason != "no mark" for cell in part.cells]  # that is no cell
    cells = [mark.cell for mark in table.marks] + [*table.names] + not_read
    return Counter(cell.text for cell in cells) == Counter(
        text for row in rows for cell in row if (text := cell.strip())
    )


@st.composite
def sound_tables(draw: st.DrawFn) -> Sound:
    """A table with text around it, and what it says."""
    partners = draw(st.lists(st.sampled_from(PARTNERS), min_size=1, unique_by=NAMES.partner))
    areas = draw(st.lists(st.sampled_from(AREAS), min_size=1, unique_by=NAMES.area))
    marks = [[draw(st.sampled_from(["", *MARKS])) for _ in partners] for _ in areas]
    marks[0][0] = marks[0][0] or "✓"
    texts = st.lists(st.lists(TEXT, max_size=2), max_size=2)
    rows = [*draw(texts), ["", *partners, "Note"]]
    for area, row in zip(areas, marks, strict=True):
        rows += [*draw(texts.map(lambda lines: [line[:1] for line in lines])), [area, *row, draw(TEXT)]]
    expected = {
        (str(NAMES.partner(partner)), str(NAMES.area(area)), MARKS[mark])
        for area, row in zip(areas, marks, strict=True)
        for partner, mark in zip(partners, row, strict=True)
        if mark
    }
    return [*rows, *draw(texts)], expected


@given(sound_tables(), st.sampled_from(",;\t|"))
def test_a_sound_table_says_what_was_written(table: Sound, delimiter: str) -> None:
    rows, expected = table
    result = read(rows, delimiter)
    assert {(mark.partner, mark.area, str(mark.status)) for mark in result.marks} == expected
    assert is_whole(result, rows)


@given(sound_tables(), st.sampled_from(",;\t|"), st.data())
def test_every_cell_of_a_faulty_table_is_accounted_for(table: Sound, delimiter: str, data: st.DataObject) -> None:
    rows = table[0]
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.sampled_from(rows))
        place = data.draw(st.integers(0, len(row)))
        row[place : place + data.draw(st.integers(0, 1))] = [data.draw(ANY)]
    assert_whole_or_refused(rows, delimiter)


@given(st.lists(st.lists(ANY, max_size=5), max_size=6), st.sampled_from(",;\t|"))
@example([["", "Japan"], ["6", "✓"], ["", "", "unknown"]], ",")
def test_every_cell_of_any_file_is_accounted_for(rows: list[list[str]], delimiter: str) -> None:
    assert_whole_or_refused(rows, delimiter)


def assert_whole_or_refused(rows: list[list[str]], delimiter: str) -> None:
    """Each cell is accounted for, each mark has its names, and no mark is left out; else the file is refused."""
    try:
        table = read(rows, delimiter)
    except (DataError, RequestError):
        return
    assert is_whole(table, rows)
    assert all(NAMES.mark(cell.text) in {None, Status.UNKNOWN} for part in table.not_read for cell in part.cells)
    for mark in table.marks:
        lines = [row for row in rows if mark.area in map(NAMES.area, row) or mark.partner in map(NAMES.partner, row)]
        assert any(mark.cell.text == cell.strip() for row in lines for cell in row)
        assert mark.partner in {NAMES.partner(cell) for row in rows for cell in row}
