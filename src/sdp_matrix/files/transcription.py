"""Read the transcription of the published table from csv, with the place of every cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from sdp_matrix.files import text_faults
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Transcription
from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import in_one_line

_LONGEST = 200  # characters of a cell
_LABEL, _FIRST = 1, 2  # the cell with the title of a row, 'Partner' or 'Date', and that of the first partner
_BLANK = "the cell is blank; write what is printed, or remove an empty column"

_Fault: TypeAlias = tuple[int, int, str, str]  # line and cell, from 0, rule and message


class CsvCell(NamedTuple):
    """The text of a cell and where it begins; the csv module gives no columns and accepts open quotes."""

    text: str
    line: int
    column: int
    is_misquoted: bool = False  # whether it begins with a quote that is not closed, or is closed before the cell ends


def csv_cells(text: str, delimiter: str, is_cell: Callable[[str], bool]) -> list[list[CsvCell]]:
    """Return the cells of each row; `is_cell` refuses a quoted text that includes what follows the cell."""
    mark = re.escape(delimiter)
    # anything but quotes, or doubled ones, then the end of the cell; without backtracking
    quoted = re.compile(rf' *"([^"]*(?:""[^"]*)*)" *(?={mark}|\n|\Z)')
    unquoted = re.compile(rf"[^{mark}\n]*")
    rows: list[list[CsvCell]] = [[]]
    at, line, start = 0, 1, 0  # start: of the line, to count columns
    while at <= len(text):
        match = quoted.match(text, at)
        if match and is_cell(match[1]):
            content, end, is_misquoted = match[1].replace('""', '"'), match.end(), False
        else:
            content = next(unquoted.finditer(text, at))[0]
            end, is_misquoted = at + len(content), content.lstrip().startswith('"')
        rows[-1].append(CsvCell(content, line, at - start + 1, is_misquoted))
        if text[end : end + 1] == "\n":
            rows.append([])
        line, start = line + text.count("\n", at, end + 1), max(start, text.rfind("\n", at, end + 1) + 1)
        at = end + 1
    return rows


def parse(path: str, content: bytes) -> tuple[Transcription | None, tuple[Problem, ...]]:
    r"""Return a transcription, or None and at most one problem per line; never raises.

    >>> print(parse("x.csv", b",Areas,Us\n,Partner,Norway\n,Dates,28 May 2024\n")[1][0])
    x.csv:3:2: error: 'Dates' does not belong here; the line 'Date' should be here [table-layout]
    """
    text = text_faults.decode(path, content)
    if isinstance(text, Problem):
        return None, (text,)
    head = text[:_LONGEST].partition("\n")[0]
    if head.lower().startswith("sep=") or ("," not in head and re.search("[;\t]", head)):
        message = "the cells are not separated by commas; save the table as csv with commas and in UTF-8"
        return None, (Problem(Location(path), "table-layout", message),)
    if faults := text_faults.check(path, text):
        return None, faults
    text = text.replace("\r\n", "\n").rstrip("\n")
    rows = _cells(text)
    starts = tuple(tuple(cell.column for cell in row) for row in rows)
    page = Transcription(tuple(tuple(cell.text for cell in row) for row in rows), starts)
    problems: dict[int, Problem] = {}
    for line, cell, rule, message in _faults(page, text.split("\n")):
        start = starts[line][min(cell, len(starts[line]) - 1)]
        problems.setdefault(line, Problem(Location(path, line + 1, start), rule, message))
    return (None if problems else page), tuple(problems.values())


def _cells(text: str) -> list[list[CsvCell]]:
    return csv_cells(text, ",", lambda content: "\n" not in content)


def _faults(page: Transcription, texts: Sequence[str]) -> Iterator[_Fault]:
    width = Counter(map(len, page.lines)).most_common(1)[0][0]  # of most lines, so that one is reported, not all
    if line_break := next(_line_breaks(page, texts, width), None):  # the rest would be compared with the wrong lines
        yield line_break
        return
    for number, line in enumerate(page.lines):
        is_cut = (
            number + 1 == len(page.lines) and len(line) < width and line[0] in {"", str(number - page.first_row + 1)}
        )
        # a quote left open takes commas with it
        if len(line) != width and (is_cut or not any('"' in cell for cell in line)):
            remedy = "add or remove a comma" if len(line) > 1 else "separate the cells by commas, or remove the line"
            remedy = "restore the end of the file, which is cut off" if is_cut else remedy
            message = f"the other lines have {width} cells, this one {len(line)}; {remedy}"
            yield number, min(len(line) - 1, width), "table-layout", message
        yield from ((number, cell, *fault) for cell, fault in _of_cells(line))
    if misplaced := next(_labels(page), None):
        yield misplaced
        return
    yield from _rows(page)
    yield from _header(page)


def _line_breaks(page: Transcription, texts: Sequence[str], width: int) -> Iterator[_Fault]:
    """Find rows that go on in the line below, and lines with two rows."""
    lines = zip([*page.lines, ()], [*texts, ""], strict=True)
    for number, ((line, text), (below, text_below)) in enumerate(pairwise(lines)):
        # the commas of a quoted cell do not count
        is_part = 0 < len(below) < width or (below and text.count('"') % 2)
        if is_part and width in {len(_cells(text + sign + text_below)[0]) for sign in ("", ",")} and len(line) < width:
            yield number, len(line) - 1, "table-layout", "this row goes on in the line below; join the two lines"
        elif len(line) in {2 * width - 1, 2 * width}:
            yield (
                number,
                len(line) - width,
                "table-layout",
                "two rows are in this line; begin a new one with the second",
            )


def _of_cells(line: Sequence[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    for cell, text in enumerate(line):
        if '"' in text:
            yield cell, ("table-layout", "a quote inside a cell, or one that is not closed; remove it")
        elif text and (fault := text_faults.fault(text, longest=_LONGEST)):
            yield cell, fault


def _labels(page: Transcription) -> Iterator[_Fault]:
    """Check that group headings come first, then the lines 'Partner' and 'Date', then the rows."""
    wanted = [None, *[""] * (page.names_line - 1), "Partner", "Date"]  # the first label is as printed
    for number, label in enumerate(wanted):
        line = page.lines[number] if number < len(page.lines) else ()
        for cell, due in enumerate(("", label)):
            text = line[cell] if cell < len(line) else ""
            if due is not None and text != due:
                advice = f"the line '{label}' should be here" if label else "leave the cell blank; is the line shifted?"
                message = f"'{in_one_line(text)}' does not belong here; {advice}"
                yield min(number, len(page.lines) - 1), cell, "table-layout", message


def _header(page: Transcription) -> Iterator[_Fault]:
    """Check the dates, and that no cell is blank but those that continue a title."""
    for cell, day in enumerate(page.days, _FIRST):
        if day and dates.from_words(day) is None:
            message = f"'{in_one_line(day)}' is not a day as the table prints it; write it like 19 Nov. 2024"
            yield page.names_line + 1, cell, "table-date", message
    for number, line in enumerate(page.lines):
        for cell, text in enumerate(line[_LABEL:], _LABEL):
            if not text and (number >= page.names_line or (number, cell) == (0, _LABEL)):
                yield number, cell, "table-layout", _BLANK


def _rows(page: Transcription) -> Iterator[_Fault]:
    """Check that rows are numbered 1, 2, 3 …; only the first wrong number is reported."""
    for line, (due, row) in enumerate(enumerate(page.rows, 1), page.first_row):
        if row[0] != str(due):
            message = f"row {due} should be here, not '{in_one_line(row[0])}'; write the rows in order and nothing else"
            yield line, 0, "table-number", message
            break
