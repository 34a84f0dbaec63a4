"""Tables that somebody else has made, as rows of plain cells: csv, Excel, or text with tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from sdp_matrix.errors import BadRequest, missing
from sdp_matrix.sanitize import in_one_line, printable


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, with its number in the file, which counts from 1."""

    line: int
    cells: tuple[str, ...]


def read(file: Path) -> tuple[Row, ...]:
    """Read every line that has more than one cell; the suffix says how: .csv, .xlsx, .tsv or .txt.

    Raises `BadRequest` for another suffix and for a file that cannot be read so.
    """
    readers = {".csv": _csv, ".xlsx": _xlsx, ".tsv": _tabs, ".txt": _tabs}
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in readers:
        raise BadRequest(f"cannot read '{in_one_line(file.name)}' as a table; name a file {', '.join(readers)}")
    try:
        content = file.read_bytes()
        found = tuple(Row(line, tuple(cell.strip() for cell in cells)) for line, cells in readers[suffix](content))
    except OSError as error:
        raise BadRequest(f"cannot read {printable(str(file))}: {error.strerror or error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadRequest(f"{printable(str(file))} is not text in UTF-8 ({error}); save it as UTF-8") from error
    return tuple(row for row in found if sum(map(bool, row.cells)) > 1)


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = content.decode("utf-8-sig")
    # Excel writes semicolons where the comma is the decimal sign.
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    for cells in reader:
        yield before + 1, cells
        before = reader.line_num


def _tabs(content: bytes) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(content.decode("utf-8-sig").splitlines(), 1):
        yield number, line.split("\t")


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise missing("reading Excel", "openpyxl") from error
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        raise BadRequest(f"this is not a workbook of Excel ({in_one_line(str(error))}); save it as .xlsx") from error
    sheet = book.worksheets[0]
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, ["" if cell is None else str(cell) for cell in cells]
