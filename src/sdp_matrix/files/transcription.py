"""Read the transcription of the published table from csv, with the place of every cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from sdp_matrix.files import text_faults
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Transcription
from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import in_one_line

_CELL = re.compile(r'("(?:[^"]|"")*"|[^",]*)(,|$)')
"""A cell and what ends it; the csv module does not say where a cell begins."""

_LONGEST = 200
"""Characters of a cell."""

_BEFORE = 2
"""Cells before the columns of partners: number and title."""

_LABEL = 1
"""The cell with the title of a row, 'Partner' or 'Date'."""

_BLANK = "the cell is blank; write what is printed"

_Fault: TypeAlias = tuple[int, int, str, str]
"""Line and cell, counted from 0, rule and message."""


def parse(path: str, content: bytes) -> tuple[Transcription | None, tuple[Problem, ...]]:
    r"""Return a transcription, or None and at most one problem per line; never raises.

    >>> print(parse("x.csv", b",Areas,Us\n,Partner,Norway\n,Dates,28 May 2024\n")[1][0])
    x.csv:3:2: error: 'Dates' is not what has to be here; write 'Date' [table-layout]
    """
    text = text_faults.decoded(path, content)
    if isinstance(text, Problem):
        return None, (text,)
    head = text[:_LONGEST].partition("\n")[0]
    if head.lower().startswith("sep="):
        message = "a line for Excel, which is not part of the table; delete it, and separate the cells by commas"
        return None, (Problem(Location(path), "table-layout", message),)
    if "," not in head and re.search("[;\t]", head):
        message = "the cells are not separated by commas; save the table as csv with commas and in UTF-8"
        return None, (Problem(Location(path), "table-layout", message),)
    if faults := text_faults.check(path, text):
        return None, faults
    lines = [_cells(line) for line in text.replace("\r\n", "\n").removesuffix("\n").split("\n")]
    starts = tuple(tuple(start for start, _ in line) for line in lines)
    page = Transcription(tuple(tuple(cell for _, cell in line) for line in lines), starts)
    problems: dict[int, Problem] = {}
    for line, cell, rule, message in _faults(page):
        start = starts[line][min(cell, len(starts[line]) - 1)]
        problems.setdefault(line, Problem(Location(path, line + 1, start), rule, message))
    return (None if problems else page), tuple(problems.values())


def _cells(line: str) -> list[tuple[int, str]]:
    """Return where each cell of a line begins, and its text; a cell with a stray quote stays as it is."""
    cells, start = [], 0
    while match := _CELL.match(line, start):
        text = match[1]
        cells.append((start + 1, text[1:-1].replace('""', '"') if text.startswith('"') else text))
        if not match[2]:
            return cells
        start = match.end()
    return [*cells, (start + 1, line[start:])]


def _faults(page: Transcription) -> Iterator[_Fault]:
    width = Counter(map(len, page.lines)).most_common(1)[0][0]
    for number, line in enumerate(page.lines):
        yield from ((number, cell, *fault) for cell, fault in _of_cells(line))
        if len(line) != width:
            is_cut = any(line) and number + 1 == len(page.lines) and len(line) < width
            remedy = "restore the end of the file, which is cut off" if is_cut else "add or remove a comma"
            message = f"this line has {len(line)} cells, the others have {width}; {remedy}"
            yield number, min(len(line) - 1, width), "table-layout", message
    if misplaced := next(_labels(page), None):
        yield misplaced
        return
    yield from _header(page)
    yield from _rows(page)


def _of_cells(line: Sequence[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    for cell, text in enumerate(line):
        if '"' in text:
            yield cell, ("table-layout", "a quote inside a cell, or one that is not closed; remove it")
        elif text and (fault := text_faults.fault(text, longest=_LONGEST)):
            yield cell, fault


def _labels(page: Transcription) -> Iterator[_Fault]:
    """Check that group headings come first, then the lines 'Partner' and 'Date', then the rows."""
    wanted = [None, *[""] * (page.partner - 1), "Partner", "Date"]
    for number, label in enumerate(wanted):
        cells = page.lines[number][: _LABEL + 1] if number < len(page.lines) else ("", "")
        if cells[0]:
            yield number, 0, "table-layout", f"'{in_one_line(cells[0])}' should not be here; leave it blank"
        if label is not None and cells[_LABEL:] != (label,):
            advice = f"write '{label}'" if label else "leave it blank"
            message = f"'{in_one_line(''.join(cells[_LABEL:]))}' is not what has to be here; {advice}"
            yield min(number, len(page.lines) - 1), _LABEL, "table-layout", message


def _header(page: Transcription) -> Iterator[_Fault]:
    """Check that the heading of the areas, the names and the dates are there."""
    if not page.row_heading:
        yield 0, _LABEL, "table-layout", _BLANK
    for cell, (name, day) in enumerate(zip(page.names, page.days, strict=False), _BEFORE):
        if not name:
            yield page.partner, cell, "table-layout", _BLANK
        if dates.from_words(day) is None:
            message = f"'{in_one_line(day)}' is not a day as the table prints it; write it like 19 Nov. 2024"
            yield page.partner + 1, cell, "table-date", message


def _rows(page: Transcription) -> Iterator[_Fault]:
    """Check that rows are numbered 1, 2, 3 …; of two that changed places the first is reported."""
    numbers = [int(row[0]) if re.fullmatch("[1-9][0-9]{0,3}", row[0]) else 0 for row in page.rows]
    seen: dict[int, int] = {}
    for line, (number, row) in enumerate(zip(numbers, page.rows, strict=True), page.first_row):
        due = max(seen, default=0) + 1
        if not number:
            yield line, 0, "table-number", f"'{in_one_line(row[0])}' is not the number of a row; write {due}"
        elif number in seen:
            message = f"row {number} is on line {seen[number] + 1} already; remove or renumber one of the two"
            yield line, 0, "table-number", message
        elif number > due:
            yield line, 0, "table-number", f"row {due} should be here, not {number}; put the rows in order"
        yield from ((line, cell, "table-layout", _BLANK) for cell, text in enumerate(row) if cell and not text)
        is_misnumbered = number in {0, *seen} and due not in numbers
        seen.setdefault(due if is_misnumbered else number, line)
