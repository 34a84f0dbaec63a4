"""Tables of areas by partners that somebody else has made: every cell is read, named as not read, or an error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from sdp_matrix.errors import BadData, BadRequest
from sdp_matrix.files import characters
from sdp_matrix.matching import fold, nearest
from sdp_matrix.model.vocabulary import Grade, Status
from sdp_matrix.problem import Location, Problem
from sdp_matrix.sanitize import flat, in_one_line

_LARGEST = 5_000_000
"""Bytes of a file."""
_SHORTEST = 2
"""Letters of a code, which is never what somebody meant."""
_DELIMITERS = ",;\t"
_INVISIBLE = dict.fromkeys(map(ord, "\ufe0e\ufe0f\u200b\u200c\u200d\u2060\ufeff"))
"""Signs that change nothing for the eye, such as the one that a phone writes behind a mark."""
_NUMBERED = re.compile(r"#?0*([1-9][0-9]*)(?:\.0+)?(?:\s*[.):–-])?(?:\s+(\S.*))?", re.DOTALL)
"""The number of an area, also as a spreadsheet writes it, with or without the title."""
_GRADE = re.compile(rf" \((?:{'|'.join(Grade)})\)$")
_ABOVE, _BELOW, _NO_AREA, _NO_PARTNER = "above the table", "below the table", "not an area", "not a partner"
_MISQUOTED = "a quote that is not closed, or not at the end of the cell; double it, or remove it"
_OUTSIDE = "a mark outside the columns of partners; is the row shifted?"
_UNNAMED = "a row of marks that names no area; begin it with a number or title"
_SECOND = "a second column of marks; leave one"


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, and where it begins in the file."""

    text: str
    line: int
    column: int
    is_misquoted: bool = False
    """It begins with a quote that is not closed, or that is closed before the cell ends."""


Rows: TypeAlias = Sequence[Sequence[Cell]]


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


@dataclass(frozen=True, slots=True)
class Names:
    """What partners, areas and marks are called: the id or status by each folded name."""

    partners: Mapping[str, str]
    areas: Mapping[str, str]
    """Numbers are names as well."""
    marks: Mapping[str, Status]

    def partner(self, text: str) -> str | None:
        """Return the partner that has this name in full."""
        return self.partners.get(_fold(text))

    def area(self, text: str) -> str | None:
        """Return the area that has this name or number in full, or both."""
        numbered = _NUMBERED.fullmatch(text.translate(_INVISIBLE))
        if not numbered:
            return self.areas.get(_fold(text))
        area = self.areas.get(numbered[1])
        return area if not numbered[2] or self.areas.get(_fold(numbered[2])) == area else None

    def mark(self, text: str) -> Status | None:
        """Return the status of a mark; the grade that our own tables write behind it does not count."""
        return self.marks.get(_fold(_GRADE.sub("", text)))

    def is_firm(self, cell: Cell) -> bool:
        """Whether a cell holds a mark that can mean nothing else; 'unknown' is said of many things."""
        return self.mark(cell.text) not in {None, Status.UNKNOWN}

    def no_partner(self, text: str) -> str:
        """Say that a name is not a partner's."""
        return f"no partner '{in_one_line(text)}' for this column of marks; {_advice(text, self.partners)}"

    def no_area(self, text: str) -> str:
        """Say that a name is not an area's."""
        return f"no area '{in_one_line(text)}' for this row of marks; {_advice(text, self.areas)}"


def _advice(text: str, names: Iterable[str]) -> str:
    near = nearest(text, [name for name in names if len(name) > _SHORTEST])
    return f"did you mean '{near}'?" if near else "write its name in full, or remove the marks"


def _fold(text: str) -> str:
    return fold(text.translate(_INVISIBLE))


@dataclass(frozen=True, slots=True)
class _Fault:
    message: str


@dataclass(frozen=True, slots=True)
class _Left:
    """Why a cell is not read."""

    reason: str
    column: int = -1
    """The index of the column that is not read as a whole, else -1."""


_Outcome: TypeAlias = "tuple[Cell, Mark | _Left | _Fault | None]"
"""What becomes of a cell with content; None for the name of a partner or area."""
_Reading: TypeAlias = "tuple[tuple[int, int], Iterator[_Outcome]]"
"""How many columns of marks are understood, how many headings name partners, and what becomes of each cell."""


def read(file: Path, names: Names) -> TableFile:
    """Read a table of areas by partners, or a list with a line for each partner and area: csv, text with tabs, JSON.

    Raises `BadRequest` where there is no such table, and `BadData` with the place of each cell that cannot be placed.
    """
    path = flat(str(file))
    text = _text(file, path)
    tables = [_of_json(path, text)] if text.lstrip()[:1] in {"{", "["} else _of_text(text, names)
    readings = [reading for rows in tables if (reading := _long_form(rows, names) or _wide_form(rows, names))]
    if not readings:
        advice = "write a line with a partner's name over each column of marks, and begin each row with its area"
        raise BadRequest(f"{path}: no line names partners above the row of an area; {advice}")
    outcomes = list(max(readings, key=lambda reading: reading[0])[1])
    faults: dict[str, list[Cell]] = {}
    for cell, fault in outcomes:
        if isinstance(fault, _Fault):
            faults.setdefault(fault.message, []).append(cell)
    if faults:
        raise BadData(
            tuple(sorted(_problem(path, cells[0], _counted(words, cells)) for words, cells in faults.items()))
        )
    marks = tuple(mark for _, mark in outcomes if isinstance(mark, Mark))
    if not marks:
        raise BadRequest(f"{path}: the table holds no mark to compare; fill it in")
    return TableFile(marks, tuple(cell for cell, outcome in outcomes if outcome is None), _not_read(outcomes))


def _counted(message: str, cells: Sequence[Cell]) -> str:
    """Say of a fault that many cells share how many these are."""
    what, semicolon, advice = message.partition("; ")
    return f"{what} ({len(cells)} cells){semicolon}{advice}" if len(cells) > 1 else message


def _problem(path: str, place: Cell, message: str) -> Problem:
    return Problem(Location(path, place.line, place.column), "table-file", message)


def _text(file: Path, path: str) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadRequest(f"cannot read {path}: {error.strerror or error}") from error
    if content.startswith(b"PK"):
        raise BadRequest(f"{path} is a workbook or another archive; save the sheet as CSV in UTF-8")
    text = characters.decoded(path, content, at_most=_LARGEST)
    if isinstance(text, Problem):
        raise BadData((text,))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_read(outcomes: Iterable[_Outcome]) -> tuple[NotRead, ...]:
    """Put what is not read together: all above or below the table, a column, or a line."""
    parts: dict[tuple[str, int, int], list[Cell]] = {}
    for cell, outcome in outcomes:
        if isinstance(outcome, _Left):
            line = cell.line if outcome.column < 0 and outcome.reason not in {_ABOVE, _BELOW} else 0
            parts.setdefault((outcome.reason, outcome.column, line), []).append(cell)
    ordered = sorted(parts.items(), key=lambda item: (item[1][0].line, item[1][0].column))
    return tuple(NotRead(reason, tuple(cells)) for (reason, _, _), cells in ordered)


def _of_text(text: str, names: Names) -> Iterator[Rows]:
    """Return the rows by each delimiter that may part the cells; spreadsheets name it in a first line 'sep=;'."""
    named = re.match(r"sep=(.)(?=\n)", text)
    for delimiter in named[1] if named else _DELIMITERS:
        yield _parted(text[named.end() :] if named else text, delimiter, names)


def _parted(text: str, delimiter: str, names: Names) -> Rows:
    mark = re.escape(delimiter)
    quoted = re.compile(rf' *"([^"]*(?:""[^"]*)*)" *(?={mark}|\n|\Z)')
    unquoted = re.compile(rf"[^{mark}\n]*")
    rows: list[list[Cell]] = [[]]
    at, line, start = 0, 1, 0
    while at <= len(text):
        match = quoted.match(text, at)
        if match and not _takes_in_rows(match[1], delimiter, names):
            content, end, is_misquoted = match[1].replace('""', '"'), match.end(), False
        else:
            content = next(unquoted.finditer(text, at))[0]
            end, is_misquoted = at + len(content), content.lstrip().startswith('"')
        rows[-1].append(Cell(content.strip(), line, at - start + 1, is_misquoted))
        if text[end : end + 1] == "\n":
            rows.append([])
        line, start = line + text.count("\n", at, end + 1), max(start, text.rfind("\n", at, end + 1) + 1)
        at = end + 1
    return rows


def _takes_in_rows(text: str, delimiter: str, names: Names) -> bool:
    """Whether a text in quotes goes over lines of the table, so that its quote was not meant to be opened here."""
    for line in text.split("\n")[1:]:
        first, *others = line.split(delimiter)
        if (others and names.area(first.strip())) or any(names.mark(part.strip()) for part in (first, *others)):
            return True
    return False


def _of_json(path: str, text: str) -> Rows:
    """Return the records of a list, or of the list 'areas', as rows below a row of their keys."""
    try:
        json.loads(text)
        root = yaml.compose(text.replace("\t", " "), yaml.CSafeLoader)  # knows where everything stands
    except json.JSONDecodeError as error:
        place = Cell("", error.lineno, error.colno)
        raise BadData((_problem(path, place, f"this is not JSON: {error.msg}; correct it"),)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise BadRequest(f"{path}: too deep or too long for a table in JSON; write it as CSV") from error
    fields = _fields(path, root)
    table = fields.pop("areas")[1] if "areas" in fields else root
    records = [_record(path, node) for node in table.value] if isinstance(table, yaml.SequenceNode) else []
    header = {key: heading for record in reversed(records) for key, (heading, _) in record.items()}
    rows = [[record[key][1] if key in record else _NOTHING for key in header] for record in records]
    return [[*header.values()], *rows, *([_cell(key, place)] for key, (place, _) in fields.items())]


def _record(path: str, node: yaml.Node) -> dict[str, tuple[Cell, Cell]]:
    """Return the headings and cells of a record, those under 'coverage' last."""
    fields = _fields(path, node)
    marks = _fields(path, fields.pop("coverage")[1]) if "coverage" in fields else {}
    return {key: (_cell(key, place), _cell(key, value)) for key, (place, value) in [*fields.items(), *marks.items()]}


def _fields(path: str, node: yaml.Node | None) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    fields: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in fields:
            raise BadData((_problem(path, _cell("", key), f"duplicate key '{in_one_line(key.value)}'; remove one"),))
        fields[key.value] = key, value
    return fields


def _cell(key: str, node: yaml.Node) -> Cell:
    """Return a value as a cell; a list or mapping is named by its key, and null is nothing."""
    text = node.value if isinstance(node, yaml.ScalarNode) else key
    is_null = node.tag == "tag:yaml.org,2002:null"
    return Cell("" if is_null else text.strip(), node.start_mark.line + 1, node.start_mark.column + 1)


_NOTHING = Cell("", 0, 0)


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if 0 <= column < len(row) else _NOTHING


def _long_form(rows: Rows, names: Names) -> _Reading | None:
    """Read a line for each partner and area, under the headings 'partner', 'area' and 'status'."""
    for top, row in enumerate(rows):
        headings = [fold(cell.text) for cell in row]
        if {"partner", "area", "status"}.issubset(headings):
            columns = headings.index("partner"), headings.index("area"), headings.index("status")
            return (len(rows) + 1, 0), _long_outcomes(rows, top, columns, names)
    return None


def _long_outcomes(rows: Rows, top: int, columns: tuple[int, int, int], names: Names) -> Iterator[_Outcome]:
    lines: dict[tuple[str, str], int] = {}
    for i, row in enumerate(rows):
        partner, area, status = (_at(row, k) for k in columns)
        if i < top or (i > top and not status.text):
            yield from _outside(row, _ABOVE if i < top else "no status", names)
            continue
        for k, cell in enumerate(row):
            if cell.is_misquoted:
                yield cell, _Fault(_MISQUOTED)
            elif cell.text and k not in columns:
                is_second = i == top and any(names.is_firm(_at(other, k)) for other in rows[top + 1 :])
                yield cell, _Fault(_SECOND) if is_second else _Left("not compared", k)
        if i == top:
            yield from ((cell, None) for cell in (partner, area, status))
        else:
            yield from _of_line(partner, area, status, names, lines)


def _of_line(
    partner: Cell, area: Cell, status: Cell, names: Names, lines: dict[tuple[str, str], int]
) -> Iterator[_Outcome]:
    ids = names.partner(partner.text), names.area(area.text)
    mark = names.mark(status.text)
    yield partner, None if ids[0] else _Fault(names.no_partner(partner.text))
    yield area, None if ids[1] else _Fault(names.no_area(area.text))
    if mark is None:
        yield status, _Fault(_no_mark(status))
    elif ids[0] and ids[1]:
        key = ids[0], ids[1]
        is_new = lines.setdefault(key, status.line) == status.line
        again = f"{key[1]} of {key[0]} is on line {lines[key]} already; remove one of the two"
        yield (status, Mark(*key, mark, status)) if is_new else (partner, _Fault(again))


def _wide_form(rows: Rows, names: Names) -> _Reading | None:
    """Read a row for each area and a column for each partner; the header has most partners above the first area."""
    marked = [i for i, row in enumerate(rows) if _marks_of(row, names)]
    marked = marked or [i for i, row in enumerate(rows) if any(names.area(cell.text) for cell in row)]
    with_marks = {k for i in marked for k in _marks_of(rows[i], names)}
    best: tuple[tuple[int, int], int, dict[int, str]] = (0, 0), 0, {}
    for top in range(marked[0] if marked else 0):
        partners = {k: partner for k, cell in enumerate(rows[top]) if (partner := names.partner(cell.text))}
        if fold(rows[top][0].text) == "no" and names.area(rows[marked[0]][0].text):
            partners.pop(0, None)  # heads the numbers of the areas, and looks like Norway's code
        best = max(best, ((len(with_marks.intersection(partners)), len(partners)), top, partners), key=lambda b: b[0])
    score, top, partners = best
    return (score, _wide_outcomes(rows, top, partners, names)) if partners else None


def _marks_of(row: Sequence[Cell], names: Names) -> list[int]:
    """Return the columns of a row that hold marks, right of the name of an area."""
    label = next((k for k, cell in enumerate(row) if names.area(cell.text)), len(row))
    return [k for k in range(label + 1, len(row)) if names.mark(row[k].text)]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a table hold, by their indices."""

    partners: Mapping[int, str]
    labels: frozenset[int]
    """Those that name areas."""
    headings: Sequence[Cell]
    misnamed: frozenset[int]
    """Those that hold marks below a heading that is not a partner's name."""


def _wide_outcomes(rows: Rows, top: int, partners: Mapping[int, str], names: Names) -> Iterator[_Outcome]:
    areas = [{k: area for k, c in enumerate(row[: min(partners)]) if (area := names.area(c.text))} for row in rows]
    of_area = [i for i in range(top + 1, len(rows)) if areas[i] and any(_at(rows[i], k).text for k in partners)]
    others = {k: [c for i in of_area if (c := _at(rows[i], k)).text] for k, cell in enumerate(rows[top]) if cell.text}
    misnamed = {k for k, cells in others.items() if cells and 2 * sum(map(names.is_firm, cells)) >= len(cells)}
    columns = _Columns(
        partners, frozenset(k for i in of_area for k in areas[i]), rows[top], frozenset(misnamed - {*partners})
    )
    lines: dict[str, int] = {}
    for i, row in enumerate(rows):
        if i == top:
            yield from _of_header(row, columns, names)
        elif i in of_area:
            yield from _of_area(row, areas[i], columns, names, lines)
        elif top < i < max(of_area, default=top):
            yield from _between(row, columns, names)
        else:
            yield from _outside(row, _ABOVE if i < top else _BELOW, names)


def _of_header(row: Sequence[Cell], columns: _Columns, names: Names) -> Iterator[_Outcome]:
    first: dict[str, Cell] = {}
    for k, cell in enumerate(row):
        if k in columns.partners:
            partner = columns.partners[k]
            is_new = first.setdefault(partner, cell) is cell
            again = f"'{in_one_line(cell.text)}' is {partner}, as is '{in_one_line(first[partner].text)}'; leave one"
            yield cell, None if is_new else _Fault(again)
        elif k in columns.misnamed:
            yield cell, _Fault(names.no_partner(cell.text))
        elif cell.text:
            yield cell, None if k in columns.labels else _Left(_NO_PARTNER, k)


def _of_area(
    row: Sequence[Cell], areas: Mapping[int, str], columns: _Columns, names: Names, lines: dict[str, int]
) -> Iterator[_Outcome]:
    first = min(areas)
    area = areas[first]
    line = lines.setdefault(area, row[first].line)
    for k, cell in enumerate(row):
        mark = names.mark(cell.text)
        if cell.is_misquoted:
            yield cell, _Fault(_MISQUOTED)
        elif not cell.text:
            continue
        elif k in columns.partners:
            yield cell, Mark(columns.partners[k], area, mark, cell) if mark else _Fault(_no_mark(cell))
        elif k in areas and areas[k] != area:
            yield cell, _Fault(f"the row is about {area} and about {areas[k]}; correct one of the two")
        elif k in areas:
            again = f"{area} is on line {line} already; remove one of the two rows"
            yield cell, _Fault(again) if line != cell.line and k == first else None
        elif names.is_firm(cell) and k not in columns.misnamed:
            yield cell, _Fault(_OUTSIDE)
        elif k in columns.labels:
            is_number = _NUMBERED.fullmatch(cell.text) and not cell.text.isalpha()
            yield cell, _Fault(names.no_area(cell.text)) if is_number else _Left(_NO_AREA)
        else:
            yield cell, _Left(_NO_PARTNER if _at(columns.headings, k).text else "no heading", k)


def _between(row: Sequence[Cell], columns: _Columns, names: Names) -> Iterator[_Outcome]:
    """Return what becomes of a row between the areas: dates, a section, or the header on another page."""
    named = [(cell, p, names.partner(cell.text)) for k, p in columns.partners.items() if (cell := _at(row, k)).text]
    wrong = next(((cell, above) for cell, above, partner in named if partner not in {None, above}), None)
    misquoted = [cell for cell in row if cell.is_misquoted]
    if wrong:
        yield wrong[0], _Fault(f"'{in_one_line(wrong[0].text)}' is below {wrong[1]}; leave one line of partners")
    elif misquoted:
        yield misquoted[0], _Fault(_MISQUOTED)
    else:
        again = any(partner for _, _, partner in named)
        yield from _outside(row, "the header again" if again else _NO_AREA, names)


def _outside(row: Sequence[Cell], reason: str, names: Names) -> Iterator[_Outcome]:
    """Return what becomes of a row that is not about an area: text is not read, and a mark is out of place."""
    cells = [cell for cell in row if cell.text]
    mark = next((cell for cell in cells if names.is_firm(cell)), None)
    if mark is None:
        yield from ((cell, _Left(reason)) for cell in cells)
    elif names.area(cells[0].text):
        yield mark, _Fault(_OUTSIDE)
    else:
        yield cells[0], _Fault(_UNNAMED if names.mark(cells[0].text) else names.no_area(cells[0].text))


def _no_mark(cell: Cell) -> str:
    words = ", ".join(dict.fromkeys(Status))
    return f"'{in_one_line(cell.text)}' is not a mark; write \u2713, \u2717, ?, or {words}"
