"""What views share: cells, lists of records, sources, JSON shapes, and the frame that follows from a scope."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, time
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from sdp_matrix.analysis.grading import Explanation
from sdp_matrix.analysis.scope import Scope
from sdp_matrix.formats.table import Cell, Column, Json, Kind, Look, Note, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset, PublishedTable
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.record import Record, Source
from sdp_matrix.model.registers import Area, Reference
from sdp_matrix.model.vocabulary import DATE_FIELD, Grade, Membership, Standing, Status
from sdp_matrix.text_safety import listed

Cited: TypeAlias = Source | PublishedTable  # what cites a place in a reference

_MARKS = {
    Status.COVERED: ("✓", None, Look.COVERED),
    Status.NOT_COVERED: ("✗", None, Look.NOT_COVERED),
    Status.ALREADY_EXISTS: ("Already exists", "E", Look.ALREADY_EXISTS),
    Status.UNKNOWN: ("?", None, Look.UNKNOWN),
}

BLANK = " "  # the heading of a column that needs none; an empty one would be made from the id


class Line(NamedTuple):
    """A line of a list: the record that json and csv show, and what people see instead in some of its columns."""

    data: Mapping[str, Json]
    shown: Mapping[str, Cell | str] = {}
    section: str = ""
    people_only: bool = False
    """Not part of the data."""


def listing(title: str, columns: Iterable[Column], lines: Iterable[Line], data: Json = None, **more: Any) -> Table:
    """Return lines under headings and titles of sections; without `data`, their records are the data."""
    columns, lines, sections, before = tuple(columns), tuple(lines), list[Section](), ""
    for (section, people_only), run in groupby(lines, lambda line: (line.section, line.people_only)):
        rows = tuple(tuple(_cell(column.id, line) for column in columns) for line in run)
        # lines for people between those of the data do not repeat the title of the section
        sections.append(Section(rows, "" if section == before else section, people_only=people_only))
        before = section
    names = [c.heading or c.id.replace("_", " ").capitalize() for c in columns if not c.machine_only]
    header = (headings(*names),) if lines and any(map(str.strip, names)) else ()
    records: Json = [line.data for line in lines if not line.people_only]
    return Table(title, columns, header, tuple(sections), data=data or records, **more)


FACT = (Column("field", heading=BLANK), Column("value", grows=True, heading=BLANK))  # of a table of facts


def fact(label: str, text: str, section: str = "", notes: tuple[str, ...] = ()) -> Line:
    """Return a line of a table of facts."""
    return Line({}, {"field": Cell(label, look=Look.MUTED), "value": Cell(text, notes=notes)}, section)


def _cell(name: str, line: Line) -> Cell:
    """Return the value of a column for machines, and for people what is shown in its place."""
    value, shown = line.data.get(name), line.shown.get(name)
    plain = value if isinstance(value, str | int | float) else ", ".join(map(str, value or ()))
    if shown is None:
        shown = _SHOWN[name](plain) if name in _SHOWN and plain else str(plain)
    cell = shown if isinstance(shown, Cell) else Cell(shown)
    return cell._replace(value=plain) if name in line.data and cell.value is None else cell


def counted(number: int, thing: str) -> str:
    """Return a number of things."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"  # no thing here has another plural


def machine(*names: str) -> tuple[Column, ...]:
    """Return columns that people do not see."""
    return tuple(Column(name, machine_only=True) for name in names)


# the columns of `area_cells`
AREA = (Column("number", align="right", heading=BLANK), *machine("area_id"), Column("area", grows=True, min_width=36))


def headings(*texts: str) -> tuple[Cell, ...]:
    """Return a header row."""
    return tuple(Cell(text, look=Look.HEADING) for text in texts)


def mark(status: Status, notes: tuple[str, ...] = (), *, graded: Explanation | None = None) -> Cell:
    """Return the cell of a status: its mark for people, its word for machines; with a grade, the sign of it too."""
    text, short, look = _MARKS[status]
    after = sign(graded) if graded else ""
    value = f"{status} ({graded.grade})" if graded and graded.grade is not Grade.UNKNOWN else str(status)
    return Cell(text + after, short=short and short + after, value=value, look=look, notes=notes)


def sign(graded: Explanation) -> str:
    """Return the sign of a value that is contested, or that a single weak source supports."""
    if graded.grade is Grade.CONTESTED:
        return "!"
    return "*" if set(graded.standings) == {Standing.WEAK} and len(graded.origins) == 1 else ""


def status_words(status: Status) -> Cell:
    """Return the cell of a status in its words."""
    return Cell(status.words, value=status.value, look=_MARKS[status][2])


_SHOWN: Mapping[str, Callable[[Any], Cell | str]] = {  # by column, unless a line shows something else
    "date": lambda date: dates.in_words(date).replace(" ", "\u00a0"),
    "status": lambda status: status_words(Status(status)),
    "grade": lambda grade: Cell(Grade(grade).words, look=Look.WARNING if grade == Grade.CONTESTED else Look.PLAIN),
}


def area_cells(area: Area) -> tuple[Cell, Cell, Cell]:
    """Return number, id and title of an area."""
    number = Cell(str(area.number), value=area.number, look=Look.MUTED)
    return number, Cell(area.id), Cell(area.title, short=area.label)


def partner_data(partnership: Partnership) -> dict[str, Json]:
    """Return a partnership in brief, as every JSON output gives it."""
    return {
        **attributes(partnership, "id", "name", "iso"),
        "date": partnership.date.text,
        "act": str(partnership.act.value),
        "groups": [m.group for m in partnership.groups if m.status is Membership.MEMBER],
    }


def area_data(area: Area) -> dict[str, Json]:
    """Return an area in brief, as every JSON output gives it."""
    return record_data(area, "number", "id", "title")


def attributes(answer: object, *names: str) -> dict[str, Json]:
    """Return some attributes of an answer, by name."""
    return {name: getattr(answer, name) for name in names}


def ids(answer: object, *names: str) -> dict[str, Json]:
    """Return the ids of what some attributes of an answer list, by name."""
    return {name: [thing.id for thing in getattr(answer, name)] for name in names}


def record_data(record: Record, *keys: str) -> dict[str, Json]:
    """Return some fields of a record, as its file has them."""
    values = record.model_dump(mode="json", include=set(keys))
    return {key: values[key] for key in keys}


def reference_data(dataset: Dataset, reference: Reference) -> dict[str, Json]:
    """Return a reference in brief, as every JSON output gives it."""
    keys = ("id", "title", "descriptive", "publisher", "standing", "kind", "date", "url")
    return {**record_data(reference, *keys), "origin": dataset.voices[reference.id].origin}


def title_words(reference: Reference) -> str:
    """Return a title, in square brackets if it is a description of ours."""
    return f"[{reference.title}]" if reference.descriptive else reference.title


def reference_words(reference: Reference, locator: str | None = None) -> str:
    """Return a reference as a source line gives it."""
    parts = (reference.publisher, title_words(reference), dates.in_words(reference.date), locator)
    return ", ".join(filter(None, parts))


def place(dataset: Dataset, cited: Cited) -> str:
    """Return a place in a reference."""
    return reference_words(dataset.reference(cited.reference), cited.locator)


def full_reference(dataset: Dataset, cited: Cited) -> str:
    """Return everything that a reader needs to find a place in a reference, and to judge it."""
    return f"{place(dataset, cited)} ({about(dataset, dataset.reference(cited.reference))})"


def weight(dataset: Dataset, reference: Reference) -> str:
    """Return what weight a reference has, and whose word it passes on."""
    origin = dataset.voices[reference.id].origin
    copy = f"seen at {reference.relayed_by}" if reference.relayed_by else ""
    word = f"passes on {origin}" if origin != reference.publisher else ""
    return "; ".join(filter(None, (reference.standing, copy, word)))


def about(dataset: Dataset, reference: Reference) -> str:
    """Return what weight a reference has, whose word it passes on, and where it can be read."""
    remark = f" ({reference.address_note})" if reference.address_note else ""
    address = f"{reference.url}{remark}" if reference.url else "no address known"
    return f"{weight(dataset, reference)}; {address}"


class Sources:
    """Sources in the order in which a table cites them, numbered from 1: each place in a reference once."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._cited: dict[tuple[str, str | None], Cited] = {}

    def number(self, cited: Cited) -> str:
        """Return the number of a place in a reference."""
        key = (cited.reference, cited.locator)
        self._cited.setdefault(key, cited)
        return f"{self._prefix}{[*self._cited].index(key) + 1}"

    def notes(self, dataset: Dataset) -> tuple[Note, ...]:
        """Return them as footnotes, each reference in full with the place in it."""
        return tuple(Note(self.number(p), full_reference(dataset, p), Kind.REFERENCE) for p in self._cited.values())


def sourced(words: str, dataset: Dataset) -> str:
    """Return a source line: what a table rests on, then the edition of the data."""
    return f"{words}; {dataset.edition.words}." if words else f"{dataset.edition.title}, {dataset.edition.words}."


def framed(
    dataset: Dataset,
    table: Table,
    scope: Scope | None = None,
    *,
    fields: Collection[str] | None = None,
    newer: tuple[Partnership, ...] | None = None,
) -> Table:
    """Return a table with what follows from its scope, of which it shows some fields and `--all` would add `newer`."""
    table = table._replace(dated=datetime.combine(dataset.edition.date, time(), UTC))
    if scope is None:
        return table._replace(source=sourced("", dataset))
    shown = [DATE_FIELD, *(area.id for area in scope.areas)] if fields is None else fields
    whom = (_whom(dataset, scope),) if scope.partnerships[2:] else ()  # a title or headings name two
    added = scope.newer if newer is None else newer
    hint = (f"{listed(p.name for p in added)}: newer than Table 1, shown with --all",) if added else ()
    day = f"of {dates.in_words(scope.as_of)}" if scope.as_of else ""
    coded = f" As {day}: marks as coded in {dataset.edition.words}." if day else ""
    return table._replace(
        title=f"{table.title}, as {day}" if day else table.title,
        caveat=caveat(dataset, scope, shown),
        remarks=(*whom, *table.remarks),
        hints=(*hint, *table.hints),
        source=source_line(dataset, scope, shown) + coded,
    )


def _whom(dataset: Dataset, scope: Scope) -> str:
    shown = {p.id for p in scope.partnerships}
    if shown == {p.id for p in dataset.partnerships}:
        return f"All {len(shown)} partnerships."
    if shown == {p.id for p in dataset.in_table}:
        number = len(scope.newer)
        newer = f"; {number} newer {'one is' if number == 1 else 'ones are'} left out" if number else ""
        return f"The {len(shown)} partnerships of Table 1{newer}."
    return f"{len(shown)} of {len(dataset.partnerships)} partnerships."


def caveat(dataset: Dataset, scope: Scope, fields: Collection[str]) -> str:
    """Return what the authors of the published table say on its limits, for what shows a mark that it prints."""
    marks_printed = ((p.id, f) in dataset.printed for p in scope.partnerships for f in fields if f != DATE_FIELD)
    return authors_note(dataset) if any(marks_printed) else ""


def authors_note(dataset: Dataset) -> str:
    """Return what the authors of the published table say on its limits, in our words."""
    return f"The authors of {dataset.table.locator} note that {dataset.table.published_note}"


def source_line(dataset: Dataset, scope: Scope, fields: Collection[str]) -> str:
    """Return what the values shown rest on: the published table for those that it prints, else references."""
    printed = [(p.id, field) in dataset.printed for p in scope.partnerships for field in fields]
    which = "each" if len(scope.partnerships) > 1 else "this"
    table = place(dataset, dataset.table) if any(printed) else ""
    others = "" if all(printed) else f"the references of {which} partnership"
    return sourced("; ".join(filter(None, (table, others))), dataset)
