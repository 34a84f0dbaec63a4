"""Read tables of areas by partners made by others: every cell is read, reported as not read, or an error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sdp_matrix.errors import DataError, RequestError
from sdp_matrix.files import disk, document, text_faults
from sdp_matrix.files.transcription import CsvCell, csv_cells
from sdp_matrix.matching import fold, nearest, parts_of_name
from sdp_matrix.model.vocabulary import Grade, Status
from sdp_matrix.problem import Location, Problem, Step
from sdp_matrix.text_safety import flat, in_one_line

_MOST_CELLS = 1_000_000  # of a table in JSON, whose records may have no key in common
_GRADE = re.compile(rf" \((?:{'|'.join(Grade)})\)$")
_LONG = "partner", "area", "status"  # headings of a list with a line for each partner and area
# What our own tables have beside the marks follows from the data, and is not compared.
_OURS_IN_LIST = {*_LONG, "present", "grade", "origins", "standings", "departure", "note"}
_OURS_IN_JSON = {"partners", "areas", "departures"}
_MISQUOTED = "a quote that is not closed, or not at the end of the cell; double it, or remove it"
_OUTSIDE = "a mark outside the columns of partners; is the row shifted?"


class ReadCell(NamedTuple):
    """The text of a cell, its place in the file, and the partner, area or mark with this full name."""

    text: str
    line: int
    column: int
    is_misquoted: bool = False
    partner: str | None = None
    area: str | None = None
    mark: Status | None = None

    @property
    def is_firm(self) -> bool:
        """Return whether the cell can only be a mark; 'unknown' may be part of a remark."""
        return self.mark not in {None, Status.UNKNOWN}


Rows: TypeAlias = Sequence[Sequence[ReadCell]]

_NOTHING = ReadCell("", 0, 0)  # beyond the end of a row


class Names(NamedTuple):
    """The names of partners, areas and marks: the id or status by each folded name."""

    partners: Mapping[str, str]
    areas: Mapping[str, str]  # numbers are names as well
    marks: Mapping[str, Status]

    def partner(self, text: str) -> str | None:
        """Return the partner that has this name in full."""
        return self.partners.get(fold(text))

    def area(self, text: str) -> str | None:
        """Return the area that has this name or number in full, or both."""
        areas = {self.areas.get(name) for name in parts_of_name(text)}
        return areas.pop() if len(areas) == 1 else None

    def mark(self, text: str) -> Status | None:
        """Return the status of a mark; the grade after it in our own tables does not count."""
        mark = fold(_GRADE.sub("", text))
        is_altered = len(mark) == 1 and not {*"-_.,"}.isdisjoint(text)  # ✓- may be half a mark
        return None if is_altered else self.marks.get(mark)

    def cell(self, cell: CsvCell) -> ReadCell:
        """Return a cell with the partner, area or mark of its text."""
        text = cell.text.strip()
        return ReadCell(text, *cell[1:], self.partner(text), self.area(text), self.mark(text))

    def unknown(self, kind: str, cell: ReadCell) -> str:
        """Return the message on a heading of marks that is not the name of a partner or area."""
        known = self.partners if kind == "partner" else self.areas
        near = nearest(cell.text, (name for name in known if not name.isdecimal()))
        advice = f"did you mean '{near}'?" if near else "write its name in full, or remove the marks"
        name = f"'{in_one_line(cell.text)}' " if cell.text else ""
        return f"no {kind} {name}for these marks; {advice}"


class Mark(NamedTuple):
    """A cell with a status, and the ids of its partner and area."""

    partner: str
    area: str
    status: Status
    cell: ReadCell


class NotRead(NamedTuple):
    """Neighbouring cells that are not read, and why."""

    reason: str
    cells: tuple[ReadCell, ...]


class TableFile(NamedTuple):
    """A table: each cell with content is a mark, the name of a partner or area, or not read."""

    marks: tuple[Mark, ...]
    names: tuple[ReadCell, ...]
    not_read: tuple[NotRead, ...]


class _Unread(NamedTuple):
    """Why a cell is not read; equal values group the cells of a column, a line, or all above or below the table."""

    reason: str
    column: int = -1
    line: int = -1


# How a cell with content was read: a text reports a fault, None is the name of a partner or area.
_Outcome: TypeAlias = "tuple[ReadCell, Mark | _Unread | str | None]"


def read(file: Path, names: Names) -> TableFile:
    """Read a table of areas by partners, or a list with a line for each partner and area: csv, text with tabs, JSON.

    Raises `RequestError` if there is no such table, and `DataError` with each cell that cannot be placed.
    """
    path = flat(str(file))
    # each way of reading is tried, and the one that makes most sense of the cells is taken
    readings = [_reading(rows, names) for rows in _tables(file, path, names)]
    score, of_cells = max(readings, key=lambda reading: reading[0])
    if not any(score):
        advice = f"write a partner's name over each column of marks; or a list with the headings {', '.join(_LONG)}"
        raise RequestError(f"{path}: no line names partners above the row of an area; {advice}")
    outcomes = list(of_cells)
    faults: dict[str, list[ReadCell]] = {}
    unread: dict[_Unread, list[ReadCell]] = {}
    for cell, outcome in outcomes:
        if isinstance(outcome, str):
            faults.setdefault(outcome, []).append(cell)
        elif isinstance(outcome, _Unread):
            unread.setdefault(outcome, []).append(cell)
    if faults:
        raise DataError(tuple(sorted(_problem(path, *fault) for fault in faults.items())))
    marks = tuple(outcome for _, outcome in outcomes if isinstance(outcome, Mark))
    if not marks:
        raise RequestError(f"{path}: the table holds no mark to compare; begin each row with its area, and fill it in")
    not_read = [NotRead(group.reason, tuple(cells)) for group, cells in unread.items()]
    not_read.sort(key=lambda part: (part.cells[0].line, part.cells[0].column))
    return TableFile(marks, tuple(cell for cell, outcome in outcomes if outcome is None), tuple(not_read))


def _problem(path: str, message: str, cells: Sequence[ReadCell]) -> Problem:
    """Return the problem of some cells at the first of them, with their number."""
    counted = message.replace("; ", f" ({len(cells)} cells); ", 1) if len(cells) > 1 else message
    return Problem(Location(path, cells[0].line, cells[0].column), "table-file", counted)


def _tables(file: Path, path: str, names: Names) -> Iterator[Rows]:
    """Yield the rows of a file for each way to read it: as JSON, or as text with each delimiter."""
    content = disk.content(file)
    if isinstance(content, OSError):
        raise RequestError(f"cannot read {path}: {content.strerror or content}; name a csv, text or JSON file")
    text = text_faults.decode(path, content)
    faults = (text,) if isinstance(text, Problem) else text_faults.check(path, text)
    if isinstance(text, Problem) or any(fault.rule in {"conflict-marker", "lfs-pointer"} for fault in faults):
        raise DataError(faults)
    if text.lstrip()[:1] in {"{", "["}:
        yield _of_json(path, text, names)
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    named = re.match(r"sep=(.)(?=\n)", text)  # how spreadsheets declare the delimiter
    for delimiter in named[1] if named else ",;\t|":
        rows = csv_cells(text[named.end() :] if named else text, delimiter, partial(_is_cell, delimiter, names))
        yield [[names.cell(cell) for cell in row] for row in rows]


def _is_cell(delimiter: str, names: Names, text: str) -> bool:
    """Return whether a quoted text is one cell; if it includes rows of areas or marks, a quote was never closed."""
    rows = [[cell.strip() for cell in line.split(delimiter)] for line in text.split("\n")[1:]]
    return not any(names.area(row[0]) or any(map(names.mark, row)) for row in rows if len(row) > 1)


def _of_json(path: str, text: str, names: Names) -> Rows:
    """Return the records of a list, or of the list 'areas', as rows below a row of keys."""
    table = document.parse(path, text.replace("\t", " ").encode())  # JSON is YAML, with places
    if faults := [p for p in table.problems if table.value is None or p.rule == "duplicate-key"]:
        raise DataError(tuple(faults))
    top: tuple[Step, ...] = ("areas",) if "areas" in table.mapping else ()
    records = table.value_at(top)
    rows = [_keys(table, (*top, number)) for number in range(len(records))] if isinstance(records, list) else []
    if is_ours := {*table.mapping} == _OURS_IN_JSON:
        rows = [{key: place for key, place in row.items() if key != ("grades",)} for row in rows]
    header = {key: place for row in reversed(rows) for key, place in row.items()}
    header = dict(sorted(header.items(), key=lambda item: bool(names.partner(str(*item[0][-1:])))))  # names go first
    if len(header) * len(rows) > _MOST_CELLS:
        raise RequestError(f"{path}: the records have too few keys in common for a table; write it as CSV")

    def cell(where: Sequence[Step], *, key: bool = False) -> ReadCell:
        """Return a key or value as a cell; a list or mapping is shown by its key, and null is empty."""
        place, value = table.locate(where, key=key), table.value_at(where)
        text = "" if key else "[…]"  # a list in a list has no key
        if isinstance(value, str) and not key:
            text = value
        elif isinstance(where[-1], str):
            text = where[-1]
        return names.cell(CsvCell("" if text == "null" else text, place.line, place.column))

    return [
        [cell(where, key=True) for where in header.values()],
        *([cell(row[key]) if key in row else _NOTHING for key in header] for row in rows),
        *([cell((key,), key=True)] for key in table.mapping if key not in top and not is_ours),
    ]


def _keys(table: document.Document, where: tuple[Step, ...]) -> dict[tuple[Step, ...], tuple[Step, ...]]:
    """Return the place of each value of a record by the keys that lead to it, those under 'coverage' last."""
    record = table.value_at(where)
    if not isinstance(record, dict):
        return {(): where}
    marks = record.get("coverage")
    inner = [("coverage", key) for key in marks] if isinstance(marks, dict) else []
    keys = [*((key,) for key in record if key != "coverage" or not inner), *inner]
    return {key: (*where, *key) for key in keys}


def _at(row: Sequence[ReadCell], column: int) -> ReadCell:
    return row[column] if column < len(row) else _NOTHING


def _reading(rows: Rows, names: Names) -> tuple[tuple[int, int], Iterator[_Outcome]]:
    """Return how well a list in the long form, or else a table, is understood, and the outcome of each cell."""
    for top, row in enumerate(rows):
        headings = [fold(cell.text) for cell in row] if len(row) >= len(_LONG) else []
        if {*_LONG}.issubset(headings):
            return (len(rows) + 1, 0), _of_list(rows, top, [headings.index(name) for name in _LONG], names)
    score, top, partners = _header(rows)
    return score, _of_table(rows, top, partners, names)


def _of_list(rows: Rows, top: int, columns: Sequence[int], names: Names) -> Iterator[_Outcome]:
    """Yield the outcome of each cell of a list with a line for each partner and area."""
    first: dict[tuple[str | None, str | None], ReadCell] = {}
    is_ours = {cell.text for cell in rows[top]} == _OURS_IN_LIST
    for i, row in enumerate(rows):
        partner, area, status = cells = [_at(row, k) for k in columns]
        if i < top or not status.text:
            yield from _outside(row, "above the table" if i < top else "no status", names)
            continue
        for k, cell in enumerate(row):
            if cell.text and k not in columns:
                fault = _MISQUOTED if cell.is_misquoted else "a second column of marks; leave one"
                passed = None if is_ours else _Unread("not compared", column=k)
                yield cell, fault if cell.is_misquoted or cell.is_firm else passed
        if i == top:
            yield from ((heading, None) for heading in cells)
            continue
        place = status._replace(text="", partner=None, area=None)  # of a name that is beyond the end of the row
        partner, area = (name if name.line else place for name in (partner, area))
        yield partner, None if partner.partner else names.unknown("partner", partner)
        yield area, None if area.area else names.unknown("area", area)
        mark = status.mark and Mark(str(partner.partner), str(area.area), status.mark, status)
        yield status, mark or _no_mark(status)
        other = first.setdefault((partner.partner, area.area), status)
        if partner.partner and area.area and other is not status:
            yield partner, f"{area.area} of {partner.partner} is on line {other.line} already; remove one of the two"


def _header(rows: Rows) -> tuple[tuple[int, int], int, dict[int, str]]:
    """Return the score of the best header, its index, and its partners by column: it has most partners above marks."""
    labels = [next((k for k, cell in enumerate(row) if cell.area), len(row)) for row in rows]
    marks = [{k for k, cell in enumerate(row) if cell.mark and k > labels[i]} for i, row in enumerate(rows)]
    with_area = [i for i, row in enumerate(rows) if labels[i] < len(row)]
    first = next((i for i in with_area if marks[i]), with_area[0] if with_area else len(rows))
    with_marks = {k for columns in marks for k in columns}
    with_numbers = {labels[i] for i in with_area}
    headers = [((0, 0), 0, dict[int, str]())]
    for i, row in enumerate(rows[:first]):
        # 'No' above the numbers of the areas looks like Norway's code.
        named = {k: cell for k, cell in enumerate(row) if fold(cell.text) != "no" or k not in with_numbers}
        partners = {k: cell.partner for k, cell in named.items() if cell.partner}
        headers.append(((len(with_marks.intersection(partners)), len(partners)), i, partners))
    return max(headers, key=lambda header: header[0])


class _Columns(NamedTuple):
    """The roles of the columns of a table."""

    headings: Sequence[ReadCell]
    partners: Mapping[int, str]
    labels: set[int]
    misnamed: set[int]  # marks below a heading that is not the name of a partner
    repeated: set[int]  # the heading of the areas once more: a second table begins on the right


def _of_table(rows: Rows, top: int, partners: Mapping[int, str], names: Names) -> Iterator[_Outcome]:
    """Yield the outcome of each cell of a table with a row for each area and a column for each partner."""
    labels = [[k for k, cell in enumerate(row[: min(partners)]) if cell.area] for row in rows]
    below = range(top + 1, len(rows))
    coded = {i for i in below if labels[i] and any(_at(rows[i], k).text for k in partners)}  # rows about an area
    of_labels = {k for i in coded for k in labels[i]}
    firm = {k for i in coded for k, cell in enumerate(rows[i]) if cell.is_firm}
    misnamed = {k for k in firm.difference(partners, of_labels) if _at(rows[top], k).text}
    headings = {k: fold(cell.text) for k, cell in enumerate(rows[top][: max(partners)]) if k not in partners}
    repeated = {k for k in headings if headings[k] in {headings.get(label) for label in of_labels}}
    columns = _Columns(rows[top], partners, of_labels, misnamed, repeated - of_labels)
    first: dict[str, ReadCell] = {}
    yield from _of_header(columns, names)
    for i, row in enumerate(rows):
        if i in coded:
            yield from _of_area(row, labels[i], columns, names, first)
        elif top < i < max(coded, default=top):
            yield from _outside(row, "no marks" if labels[i] else "not an area", names, partners)
        elif i != top:
            yield from _outside(row, "above the table" if i < top else "below the table", names)


def _of_header(columns: _Columns, names: Names) -> Iterator[_Outcome]:
    first: dict[str, ReadCell] = {}
    for k, cell in enumerate(columns.headings):
        if partner := columns.partners.get(k):
            other = first.setdefault(partner, cell)
            again = f"'{in_one_line(cell.text)}' is {partner}, as is '{in_one_line(other.text)}'; leave one"
            yield cell, None if other is cell else again
        elif k in columns.misnamed:
            yield cell, names.unknown("partner", cell)
        elif cell.is_firm:
            yield cell, _OUTSIDE
        elif cell.text:
            yield cell, None if k in columns.labels else _Unread("not a partner", column=k)


def _of_area(
    row: Sequence[ReadCell], labels: Sequence[int], columns: _Columns, names: Names, first: dict[str, ReadCell]
) -> Iterator[_Outcome]:
    label = row[labels[0]]
    area = str(label.area)
    other = first.setdefault(area, label)
    for heading in (columns.headings[k] for k in columns.partners if not _at(row, k).text):
        yield heading._replace(line=label.line), _Unread("no mark", line=label.line)
    for k, cell in enumerate(row):  # in this order: what changes the meaning of a mark goes first
        if cell.is_misquoted:
            yield cell, _MISQUOTED
        elif k in columns.partners and cell.text:
            yield cell, Mark(columns.partners[k], area, cell.mark, cell) if cell.mark else _no_mark(cell)
        elif cell is label and other is not label:
            yield cell, f"{area} is on line {other.line} already; remove one of the two rows"
        elif k in labels or (cell.area and k in columns.repeated):
            both = f"the row is about {area} and about {cell.area}; correct one of the two"
            yield cell, None if cell.area == area else both
        elif cell.is_firm and k not in columns.misnamed:
            yield cell, _OUTSIDE
        elif k in columns.labels and cell.text:
            is_numbered = any(map(str.isdecimal, parts_of_name(cell.text)))
            yield cell, names.unknown("area", cell) if is_numbered else _Unread("not an area", line=cell.line)
        elif cell.text:
            yield cell, _Unread("not a partner" if _at(columns.headings, k).text else "no heading", column=k)


def _outside(
    row: Sequence[ReadCell], reason: str, names: Names, partners: Mapping[int, str] | None = None
) -> Iterator[_Outcome]:
    """Yield the outcomes of a row that is not about an area; with `partners`, it may be the header once more."""
    cells = [cell for cell in row if cell.text]
    headings = [(cell, above) for k, above in (partners or {}).items() if (cell := _at(row, k)).partner]
    if wrong := next(((cell, above) for cell, above in headings if cell.partner != above), None):
        yield wrong[0], f"'{in_one_line(wrong[0].text)}' is below {wrong[1]}; leave one line of partners"
    elif partners and (misquoted := next((cell for cell in cells if cell.is_misquoted), None)):
        yield misquoted, _MISQUOTED
    elif joined := next((cell for cell in cells if _is_row(cell.text, names)), None):
        yield joined, "a row of marks in one cell; split it as the other rows are"
    elif (mark := next((cell for cell in cells if cell.is_firm), None)) is None:
        is_whole = reason.endswith("the table") and not headings
        unread = _Unread("the header again" if headings else reason, line=-1 if is_whole else row[0].line)
        yield from ((cell, unread) for cell in cells)
    elif cells[0].area:
        yield mark, _OUTSIDE
    else:
        without_area = "a row of marks without an area; begin it with a number or title"
        yield cells[0], without_area if cells[0].mark else names.unknown("area", cells[0])


def _is_row(text: str, names: Names) -> bool:
    """Return whether a text is an area with its marks, separated by another sign than in the rest of the file."""
    label, *cells = (part.strip() for part in re.split(r"[,;\t|]", text))
    return any(map(names.mark, cells)) and bool(names.area(label))


def _no_mark(cell: ReadCell) -> str:
    lines = ", in two lines," if "\n" in cell.text else ""
    return f"'{in_one_line(cell.text)}'{lines} is not a mark; write ✓, ✗, ?, or {', '.join(Status)}"
