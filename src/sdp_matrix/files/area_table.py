"""Read tables of areas by partners made by others: every cell is read, named as not read, or an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sdp_matrix.errors import DataError, RequestError
from sdp_matrix.files.grid import NOTHING, NUMBERED, Cell, Names, Rows, problem, tables
from sdp_matrix.matching import fold
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.text_safety import flat, in_one_line

_ABOVE, _BELOW, _NO_AREA, _NO_PARTNER = "above the table", "below the table", "not an area", "not a partner"
_MISQUOTED = "a quote that is not closed, or not at the end of the cell; double it, or remove it"
_OUTSIDE = "a mark outside the columns of partners; is the row shifted?"
_UNNAMED = "a row of marks that names no area; begin it with a number or title"
_LONG = "partner", "area", "status"
_SECOND = "a second column of marks; leave one"


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that holds a status, with the ids of its partner and area."""

    partner: str
    area: str
    status: Status
    cell: Cell


@dataclass(frozen=True, slots=True)
class NotRead:
    """Neighbouring cells that are not read, and why."""

    reason: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table: each cell with content is a mark, or the name of a partner or area, or not read."""

    marks: tuple[Mark, ...]
    names: tuple[Cell, ...]
    not_read: tuple[NotRead, ...]


class _Left(NamedTuple):
    """Why a cell is not read."""

    reason: str
    column: int = -1
    """The index of the column that is not read as a whole, else -1."""


_Outcome: TypeAlias = "tuple[Cell, Mark | _Left | str | None]"
"""What becomes of a cell with content: a text says what is wrong, None is the name of a partner or area."""
_Reading: TypeAlias = "tuple[tuple[int, int], Iterator[_Outcome]]"
"""How many columns of marks are understood, how many headings name partners, and what becomes of each cell."""


def read(file: Path, names: Names) -> TableFile:
    """Read a table of areas by partners, or a list with a line for each partner and area: csv, text with tabs, JSON.

    Raises `RequestError` where there is no such table, and `DataError` with each cell that cannot be placed.
    """
    path = flat(str(file))
    readings = [
        reading for rows in tables(file, names) if (reading := _long_form(rows, names) or _wide_form(rows, names))
    ]
    if not readings:
        advice = "write a line with a partner's name over each column of marks, and begin each row with its area"
        raise RequestError(f"{path}: no line names partners above the row of an area; {advice}")
    outcomes = list(max(readings, key=lambda reading: reading[0])[1])
    faults: dict[str, list[Cell]] = {}
    parts: dict[tuple[str, int, int], list[Cell]] = {}
    for cell, outcome in outcomes:
        if isinstance(outcome, str):
            faults.setdefault(outcome, []).append(cell)
        elif isinstance(outcome, _Left):  # together: all above or below the table, a column, or a line
            line = cell.line if outcome.column < 0 and outcome.reason not in {_ABOVE, _BELOW} else 0
            parts.setdefault((*outcome, line), []).append(cell)
    if faults:
        raise DataError(tuple(sorted(problem(path, words, *cells) for words, cells in faults.items())))
    marks = tuple(outcome for _, outcome in outcomes if isinstance(outcome, Mark))
    if not marks:
        raise RequestError(f"{path}: the table holds no mark to compare; fill it in")
    not_read = [NotRead(reason, tuple(cells)) for (reason, _, _), cells in parts.items()]
    return TableFile(
        marks,
        names=tuple(cell for cell, outcome in outcomes if outcome is None),
        not_read=tuple(sorted(not_read, key=lambda part: (part.cells[0].line, part.cells[0].column))),
    )


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else NOTHING


def _long_form(rows: Rows, names: Names) -> _Reading | None:
    """Read a line for each partner and area, under the headings 'partner', 'area' and 'status'."""
    for top, row in enumerate(rows):
        headings = [fold(cell.text) for cell in row] if len(row) >= len(_LONG) else []
        if {*_LONG}.issubset(headings):
            columns = headings.index("partner"), headings.index("area"), headings.index("status")
            return (len(rows) + 1, 0), _long_outcomes(rows, top, columns, names)
    return None


def _long_outcomes(rows: Rows, top: int, columns: tuple[int, int, int], names: Names) -> Iterator[_Outcome]:
    second = {k for row in rows[top:] for k, cell in enumerate(row) if k not in columns and cell.is_firm}
    first: dict[tuple[str, str], Cell] = {}
    for i, row in enumerate(rows):
        partner, area, status = (_at(row, k) for k in columns)
        if i < top or not status.text:
            yield from _outside(row, _ABOVE if i < top else "no status", names)
            continue
        for k, cell in enumerate(row):
            if cell.is_misquoted:
                yield cell, _MISQUOTED
            elif cell.text and (k not in columns or i == top):
                left = _SECOND if i == top and k in second else _Left("not compared", k)
                yield cell, None if k in columns else left
        if i == top:
            continue
        mark = Mark(partner.partner or "", area.area or "", status.mark or Status.UNKNOWN, status)
        again = first.setdefault((mark.partner, mark.area), status)
        yield partner, None if partner.partner else names.unknown("partner", partner)
        yield area, None if area.area else names.unknown("area", area)
        yield status, mark if status.mark else _no_mark(status)
        if partner.partner and area.area and again is not status:
            yield partner, f"{area.area} of {partner.partner} is on line {again.line} already; remove one of the two"


def _wide_form(rows: Rows, names: Names) -> _Reading | None:
    """Read a row for each area and a column for each partner; the header has most partners above the first area."""
    labels = [next((k for k, cell in enumerate(row) if cell.area), len(row)) for row in rows]
    with_marks = {k for row, label in zip(rows, labels, strict=True) for k in _marked(row, label)}
    marked = [i for i, row in enumerate(rows) if any(_marked(row, labels[i]))]
    marked = marked or [i for i, row in enumerate(rows) if labels[i] < len(row)]
    best: tuple[tuple[int, int], int, dict[int, str]] = (0, 0), 0, {}
    for top in range(marked[0] if marked else 0):
        partners = {k: cell.partner for k, cell in enumerate(rows[top]) if cell.partner}
        if 0 in partners and fold(rows[top][0].text) == "no" and rows[marked[0]][0].area:
            del partners[0]  # heads the numbers of the areas, and looks like Norway's code
        best = max(best, ((len(with_marks.intersection(partners)), len(partners)), top, partners), key=lambda b: b[0])
    score, top, partners = best
    return (score, _wide_outcomes(rows, top, partners, names)) if partners else None


def _marked(row: Sequence[Cell], label: int) -> Iterator[int]:
    """Yield the columns of a row that hold marks, right of the name of an area."""
    return (k for k in range(label + 1, len(row)) if row[k].mark)


class _Columns(NamedTuple):
    """What the columns of a table hold, by their indices."""

    headings: Sequence[Cell]
    partners: Mapping[int, str]
    labels: set[int]
    """Those that name areas."""
    misnamed: set[int]
    """Those that hold marks below a heading that is not a partner's name."""


def _wide_outcomes(rows: Rows, top: int, partners: Mapping[int, str], names: Names) -> Iterator[_Outcome]:
    left = min(partners)
    labels = [[k for k, cell in enumerate(row[:left]) if cell.area] for row in rows]
    rated = (i for i in range(top + 1, len(rows)) if labels[i] and any(_at(rows[i], k).text for k in partners))
    coded = dict.fromkeys(rated)
    full = Counter(k for i in coded for k, cell in enumerate(rows[i]) if cell.text)
    firm = Counter(k for i in coded for k, cell in enumerate(rows[i]) if cell.is_firm)
    misnamed = {k for k in firm if k not in partners and 2 * firm[k] >= full[k] and _at(rows[top], k).text}
    columns = _Columns(rows[top], partners, {k for i in coded for k in labels[i]}, misnamed)
    last = max(coded, default=top)
    first: dict[str, Cell] = {}
    yield from _of_header(columns, names)
    for i, row in enumerate(rows):
        if i in coded:
            yield from _of_area(row, labels[i], columns, names, first)
        elif top < i < last:
            yield from _outside(row, "no marks" if labels[i] else _NO_AREA, names, partners)
        elif i != top:
            yield from _outside(row, _ABOVE if i < top else _BELOW, names)


def _of_header(columns: _Columns, names: Names) -> Iterator[_Outcome]:
    first: dict[str, Cell] = {}
    for k, cell in enumerate(columns.headings):
        if partner := columns.partners.get(k):
            other = first.setdefault(partner, cell)
            again = f"'{in_one_line(cell.text)}' is {partner}, as is '{in_one_line(other.text)}'; leave one"
            yield cell, None if other is cell else again
        elif k in columns.misnamed:
            yield cell, names.unknown("partner", cell)
        elif cell.text:
            left = None if k in columns.labels else _Left(_NO_PARTNER, k)
            yield cell, _OUTSIDE if cell.is_firm else left


def _of_area(
    row: Sequence[Cell], labels: Sequence[int], columns: _Columns, names: Names, first: dict[str, Cell]
) -> Iterator[_Outcome]:
    label = row[labels[0]]
    area = label.area or ""
    other = first.setdefault(area, label)
    for k, cell in enumerate(row):
        if cell.is_misquoted:
            yield cell, _MISQUOTED
        elif k in columns.partners and cell.text:
            yield cell, Mark(columns.partners[k], area, cell.mark, cell) if cell.mark else _no_mark(cell)
        elif cell is label and other is not label:
            yield cell, f"{area} is on line {other.line} already; remove one of the two rows"
        elif k in labels:
            both = f"the row is about {area} and about {cell.area}; correct one of the two"
            yield cell, None if cell.area == area else both
        elif cell.is_firm and k not in columns.misnamed:
            yield cell, _OUTSIDE
        elif k in columns.labels and cell.text:
            yield cell, names.unknown("area", cell) if NUMBERED.fullmatch(cell.text) else _Left(_NO_AREA)
        elif cell.text:
            yield cell, _Left(_NO_PARTNER if _at(columns.headings, k).text else "no heading", k)


def _outside(
    row: Sequence[Cell], reason: str, names: Names, partners: Mapping[int, str] | None = None
) -> Iterator[_Outcome]:
    """Yield a row that is not about an area: text is not read, and a mark is out of place.

    Between the areas, below the `partners`, it may be the header on another page, and its quotes have to be closed.
    """
    cells = [cell for cell in row if cell.text]
    headings = [(cell, above) for k, above in (partners or {}).items() if (cell := _at(row, k)).partner]
    if wrong := next(((cell, above) for cell, above in headings if cell.partner != above), None):
        yield wrong[0], f"'{in_one_line(wrong[0].text)}' is below {wrong[1]}; leave one line of partners"
    elif partners and (misquoted := next((cell for cell in cells if cell.is_misquoted), None)):
        yield misquoted, _MISQUOTED
    elif joined := next((cell for cell in cells if names.is_row(cell.text)), None):
        yield joined, "a row of marks in one cell; part it as the other rows are"
    elif (mark := next((cell for cell in cells if cell.is_firm), None)) is None:
        yield from ((cell, _Left("the header again" if headings else reason)) for cell in cells)
    elif cells[0].area:
        yield mark, _OUTSIDE
    else:
        yield cells[0], _UNNAMED if cells[0].mark else names.unknown("area", cells[0])


def _no_mark(cell: Cell) -> str:
    return f"'{in_one_line(cell.text)}' is not a mark; write ✓, ✗, ?, or {', '.join(Status)}"
