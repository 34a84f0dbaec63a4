"""Read files of tables made by others as rows of cells, each with its place and what it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import yaml

from sdp_matrix.errors import DataError, RequestError
from sdp_matrix.files import text_faults
from sdp_matrix.matching import fold, nearest
from sdp_matrix.model.vocabulary import Grade, Status
from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import flat, in_one_line

_LARGEST = 5_000_000
"""Bytes of a file."""
_SHORTEST = 2
"""Letters of a code, which is never suggested."""
_ODD_JSON = "too deep or too odd for a table in JSON; write it as CSV"
Fields: TypeAlias = "dict[str, tuple[yaml.Node, yaml.Node]]"
_INVISIBLE = dict.fromkeys(map(ord, "\ufe0e\ufe0f\u200b\u200c\u200d\u2060\ufeff"))
"""Invisible signs, such as the one that a phone writes behind a mark."""
NUMBERED = re.compile(r"#?0*([1-9][0-9]*)(?:\.0+)?(?:\s*[.):–-])?(?:\s+(\S.*))?", re.DOTALL)
"""The number of an area, also as a spreadsheet writes it, with or without the title."""
_GRADE = re.compile(rf" \((?:{'|'.join(Grade)})\)$")


class Cell(NamedTuple):
    """The text of a cell, where it begins in the file, and what it is the full name of."""

    text: str
    line: int
    column: int
    is_misquoted: bool = False
    """It begins with a quote that is not closed, or that is closed before the cell ends."""
    partner: str | None = None
    area: str | None = None
    mark: Status | None = None

    @property
    def is_firm(self) -> bool:
        """A mark that can mean nothing else; 'unknown' is said of many things."""
        return self.mark not in {None, Status.UNKNOWN}


Rows: TypeAlias = Sequence[Sequence[Cell]]


NOTHING = Cell("", 0, 0)
"""The cells beyond the end of a row."""


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
        numbered = NUMBERED.fullmatch(text.translate(_INVISIBLE))
        if not numbered:
            return self.areas.get(_fold(text))
        area = self.areas.get(numbered[1])
        return area if not numbered[2] or self.areas.get(_fold(numbered[2])) == area else None

    def mark(self, text: str) -> Status | None:
        """Return the status of a mark; the grade that our own tables write behind it does not count."""
        return self.marks.get(_fold(_GRADE.sub("", text)))

    def cell(self, text: str, line: int, column: int, *, is_misquoted: bool = False) -> Cell:
        """Return a cell with what it names, which is looked up here once."""
        if not text:
            return Cell("", line, column)
        folded = _fold(text)
        area = self.areas.get(folded) if text[0].isalpha() else self.area(text)
        mark = self.mark(text) if text[-1] == ")" else self.marks.get(folded)
        return Cell(text, line, column, is_misquoted, self.partners.get(folded), area, mark)

    def is_row(self, text: str) -> bool:
        """Return whether a text is an area with its marks, separated by another sign than the cells of the file."""
        label, *cells = (part.strip() for part in re.split(r"[,;\t|]", text))
        return any(map(self.mark, cells)) and bool(self.area(label))

    def unknown(self, kind: str, cell: Cell) -> str:
        """Return the message on a heading of marks that is not the name of a partner, or area."""
        known = self.partners if kind == "partner" else self.areas
        near = nearest(cell.text, [name for name in known if len(name) > _SHORTEST])
        advice = f"did you mean '{near}'?" if near else "write its name in full, or remove the marks"
        return f"no {kind} '{in_one_line(cell.text)}' for these marks; {advice}"


def _fold(text: str) -> str:
    return fold(text if text.isascii() else text.translate(_INVISIBLE))


def problem(path: str, message: str, place: Cell, *others: Cell) -> Problem:
    """Return the problem of a cell, with the number of those that share it."""
    what, semicolon, advice = message.partition("; ")
    count = f" ({len(others) + 1} cells)" if others else ""
    return Problem(Location(path, place.line, place.column), "table-file", f"{what}{count}{semicolon}{advice}")


def tables(file: Path, names: Names) -> Iterator[Rows]:
    """Return the rows of a file by each way in which it can be read: as JSON, or as text with each delimiter.

    Spreadsheets name the delimiter in a first line 'sep=;'. Raises `RequestError` and `DataError` for other files.
    """
    path = flat(str(file))
    text = _text(file, path)
    if text.lstrip()[:1] in {"{", "["}:
        yield _of_json(path, text, names)
        return
    named = re.match(r"sep=(.)(?=\n)", text)
    for delimiter in named[1] if named else ",;\t":
        yield _of_text(text[named.end() :] if named else text, delimiter, names)


def _text(file: Path, path: str) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        raise RequestError(f"cannot read {path}: {error.strerror or error}") from error
    if content.startswith(b"PK"):
        raise RequestError(f"{path} is a workbook or another archive; save the sheet as CSV in UTF-8")
    text = text_faults.decoded(path, content, at_most=_LARGEST)
    if isinstance(text, Problem):
        raise DataError((text,))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_text(text: str, delimiter: str, names: Names) -> Rows:
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
        rows[-1].append(names.cell(content.strip(), line, at - start + 1, is_misquoted=is_misquoted))
        if text[end : end + 1] == "\n":
            rows.append([])
        line, start = line + text.count("\n", at, end + 1), max(start, text.rfind("\n", at, end + 1) + 1)
        at = end + 1
    return rows


def _takes_in_rows(text: str, delimiter: str, names: Names) -> bool:
    """Return whether a text in quotes goes over rows of areas or marks, so that its first quote was never closed."""
    rows = ([cell.strip() for cell in line.split(delimiter)] for line in text.split("\n")[1:])
    return any((len(row) > 1 and names.area(row[0])) or any(map(names.mark, row)) for row in rows)


def _of_json(path: str, text: str, names: Names) -> Rows:
    """Return the records of a list, or of the list 'areas', as rows below a row of their keys."""
    try:
        json.loads(text)
        root = yaml.compose(text.replace("\t", " "), yaml.CSafeLoader)  # knows where everything stands
    except json.JSONDecodeError as error:
        place = Cell("", error.lineno, error.colno)
        raise DataError((problem(path, f"this is not JSON: {error.msg}; correct it", place),)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise RequestError(f"{path}: {_ODD_JSON}") from error
    fields = _fields(path, root)
    table = fields.pop("areas")[1] if "areas" in fields else root
    records = [_record(path, node) for node in table.value] if isinstance(table, yaml.SequenceNode) else []
    header = {key: place for record in reversed(records) for key, (place, _) in record.items()}
    if len(header) * len(records) > _LARGEST:
        raise RequestError(f"{path}: {_ODD_JSON}")

    def cell(key: str, node: yaml.Node) -> Cell:
        """Return a value as a cell; a list or mapping is named by its key, and null is nothing."""
        text = node.value if isinstance(node, yaml.ScalarNode) else key
        is_null = node.tag == "tag:yaml.org,2002:null"
        return names.cell("" if is_null else text.strip(), node.start_mark.line + 1, node.start_mark.column + 1)

    rows = [[cell(key, record[key][1]) if key in record else NOTHING for key in header] for record in records]
    keys = [cell(key, place) for key, place in header.items()]
    return [keys, *rows, *([cell(key, place)] for key, (place, _) in fields.items())]


def _record(path: str, node: yaml.Node) -> Fields:
    """Return the keys and values of a record, those under 'coverage' last."""
    fields = _fields(path, node)
    _, marks = fields.pop("coverage", (None, None))
    return {**fields, **_fields(path, marks)}


def _fields(path: str, node: yaml.Node | None) -> Fields:
    fields: Fields = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in fields:
            place = Cell("", key.start_mark.line + 1, key.start_mark.column + 1)
            raise DataError((problem(path, f"duplicate key '{in_one_line(key.value)}'; remove one", place),))
        fields[key.value] = key, value
    return fields
