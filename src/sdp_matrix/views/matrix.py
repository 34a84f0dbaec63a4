"""The coverage matrix as a table: Table 1 as printed, or with our values in place of the printed ones."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain, groupby
from typing import TypeAlias

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.field import Departure, Field
from sdp_matrix.analysis.grading import Explanation, explain_field
from sdp_matrix.analysis.matrix import Matrix, heading
from sdp_matrix.analysis.selection import Order
from sdp_matrix.formats.table import Cell, Column, Json, Kind, Look, Note, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset, TableGroup
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Membership, Stance, Status
from sdp_matrix.views import parts
from sdp_matrix.views.explain import evidence_details, value_data, value_words
from sdp_matrix.views.parts import Line, Sources, framed, listing

Markers: TypeAlias = "dict[tuple[str, str], tuple[str, ...]]"  # of the footnotes of each partner and field

_NO_SIGN = "No sign: the text of the partnership supports the mark, or several origins, or one that is not weak."
_AGAINST = "≠"
_SIGNS = {
    "!": ("contested: evidence disagrees", Look.WARNING),
    "*": ("supported by a single weak source", Look.PLAIN),
    _AGAINST: ("a source that supports another value", Look.PLAIN),
}
_TABLE = "T"  # the marker of the published table among the sources
_ALL_IN_TABLE = f"For the partners of Table 1, {_TABLE} also has every date and mark without {_AGAINST}{_TABLE}."


def matrix(dataset: Dataset, shown: Matrix, *, grades: bool = False, evidence: bool = False) -> Table:
    """Return the matrix; `grades` puts a sign at contested or weak marks, `evidence` the numbers of their sources."""
    cells = [(p, area.id) for p in shown.partnerships for area in shown.areas]
    graded = {(p.id, area): explain_field(dataset, p, area) for p, area in cells if grades}
    markers: Markers = {(d.partner, d.field): (chr(ord("a") + i),) for i, d in enumerate(shown.departures)}
    departures = [Note(markers[d.partner, d.field][0], _departure(dataset, shown, d)) for d in shown.departures]
    sources = _numbered(dataset, shown, markers) if evidence else ()
    statuses = {p.status(area) for p, area in cells}
    signs = {parts.sign(explanation) for explanation in graded.values()}
    signs |= {marker[0] for of_cell in markers.values() for marker in of_cell}  # ≠ comes before the number of a source
    rows = tuple(
        (
            *parts.area_cells(area),
            *(
                parts.mark(p.status(area.id), markers.get((p.id, area.id), ()), graded=graded.get((p.id, area.id)))
                for p in shown.partnerships
            ),
        )
        for area in shown.areas
    )
    table = Table(
        title=_title(dataset, shown),
        columns=(*parts.AREA, *(Column(p.id, align="center") for p in shown.partnerships)),
        header=(*_span_rows(dataset, shown, markers), *_partner_rows(dataset, shown, markers)),
        heading=-2,  # the row of names; that of the days follows
        sections=(Section(rows),),
        notes=(*departures, *sources),
        legend=(
            *((parts.mark(status), status.words) for status in Status if status in statuses),
            *((Cell(sign, look=look), words) for sign, (words, look) in _SIGNS.items() if sign in signs),
        ),
        remarks=(
            *((_NO_SIGN,) if grades else ()),
            *((_ALL_IN_TABLE,) if any(note.marker == _TABLE for note in sources) else ()),
            *(("Columns are ordered by similarity.",) if shown.order is Order.SIMILARITY else ()),
            _sources_line(dataset, shown),
        ),
        wide=True,
        appendices=lambda: _appendices(dataset, shown),
        data=lambda: _data(shown, graded),
    )
    return framed(dataset, table, shown.scope)


def _title(dataset: Dataset, shown: Matrix) -> str:
    """Return the title as printed; corrected values and newer partnerships are named in it."""
    in_table = [p.id in dataset.table.columns for p in shown.partnerships]
    name = f"{dataset.table.locator} – {dataset.table.title}" if any(in_table) else dataset.table.title
    corrected = "corrected" if shown.corrected and shown.departures else ""
    newer = "with newer partnerships" if any(in_table) and not all(in_table) else ""
    if any(in_table) and any(area not in dataset.areas_in_table for area in shown.areas):
        newer = f"{newer} and areas" if newer else "with newer areas"
    return f"{name} ({', '.join(filter(None, (corrected, newer)))})" if corrected or newer else name


def _sources_line(dataset: Dataset, shown: Matrix) -> str:
    """Return the line of sources that the published table has, for the partnerships shown."""
    names = _names(dataset)
    days = ((names.get(p.id, p.name), p.date.value) for p in sorted(shown.partnerships, key=lambda p: p.order_key))
    cited = (f"{name} ({f'{month_name[day.month]} {day.year}' if day else 'no date'})" for name, day in days)
    return f"Sources: Security and defence partnerships between the EU and {'; '.join(cited)}."


def _names(dataset: Dataset) -> Mapping[str, str]:
    """Return the names of partners as printed."""
    return dict(zip(dataset.table.columns, dataset.transcription.names, strict=True))


def _span_rows(dataset: Dataset, shown: Matrix, markers: Markers) -> Iterator[tuple[Cell, ...]]:
    """Yield header rows of group names; a departure is footnoted over its partner, printed heading or not."""
    rows = [[(heading(row, p), _group_markers(row, p, markers)) for p in shown.partnerships] for row in dataset.header]
    # A title over all partners tells none apart
    rows = [row for row in rows if any(notes for _, notes in row) or len({group for group, _ in row}) > 1]
    # A footnote alone would look like a mistake; a dash shows that the place is empty on purpose.
    blank = "–" if any(notes and not group for row in rows for group, notes in row) else ""
    for number, row in enumerate(rows):
        label = Cell() if number else Cell(dataset.transcription.row_heading, short="", look=Look.HEADING)
        yield (Cell(), label, *_span_cells(row, blank))


def _group_markers(row: Sequence[TableGroup], partnership: Partnership, markers: Markers) -> tuple[str, ...]:
    return tuple(m for group in row for m in markers.get((partnership.id, GROUP_FIELD + group.group), ()))


def _span_cells(row: Sequence[tuple[TableGroup | None, tuple[str, ...]]], blank: str) -> Iterator[Cell]:
    """Yield each heading once, with the notes of all its partners, and blanks by their notes."""
    for (group, _), run in groupby(row, key=lambda place: (place[0], () if place[0] else place[1])):
        notes = [notes for _, notes in run]
        title, short = (group.title, group.short) if group else (blank, None)
        every = tuple(dict.fromkeys(chain.from_iterable(notes)))
        yield Cell(title, short, span=len(notes), look=Look.HEADING, notes=every)


def _partner_rows(dataset: Dataset, shown: Matrix, markers: Markers) -> Iterator[tuple[Cell, ...]]:
    """Yield the names, then the days, which take two lines at most; day and month stay together."""
    names = _names(dataset)
    yield (
        Cell(),
        Cell("Partner", look=Look.MUTED),
        *(Cell(names.get(p.id, p.name), short=p.short_name, look=Look.HEADING) for p in shown.partnerships),
    )
    days = (
        Cell(
            dates.in_words(p.date.value).replace(" ", "\u00a0", 1),
            short=f"{p.date.value.day}/{p.date.value.month} {p.date.value.year}" if p.date.value else None,
            notes=markers.get((p.id, DATE_FIELD), ()),
        )
        for p in shown.partnerships
    )
    yield (Cell(), Cell("Date", look=Look.MUTED), *days)


def _departure(dataset: Dataset, shown: Matrix, departure: Departure) -> str:
    """Return the value that is not shown, and why ours differs from it."""
    value = departure.published if shown.corrected else departure.ours
    lead = f"{dataset.table.locator} prints" if shown.corrected else "Our value:"
    words = f"{lead} {_value_words(dataset, departure, value)}."
    return f"{words} {departure.reason}" if departure.reason else words


def _value_words(dataset: Dataset, departure: Departure, value: str) -> str:
    partner, field = dataset.partner(departure.partner).name, Field(departure.field)
    if field.group:
        return f"{partner} {'under' if value == Membership.MEMBER else 'not under'} {field.title(dataset)}"
    area = field.area(dataset)
    return f"{value_words(field.name, value)} for {partner}{f' in area {area.number}' if area else ''}"


def _numbered(dataset: Dataset, shown: Matrix, markers: Markers) -> tuple[Note, ...]:
    """Add the numbers of its sources to the markers of each date and cell; return the sources in their order."""
    signs = {Stance.FOR: "", Stance.AGAINST: _AGAINST}
    sources = Sources()
    for field in (DATE_FIELD, *(area.id for area in shown.areas)):
        for partnership in shown.partnerships:
            value, evidence = Field(field).value(partnership)[:2]
            own = [(grading.stance(value, piece), piece) for piece in evidence]
            numbers = [signs[which] + sources.number(piece) for which, piece in own if which in signs]
            key = (partnership.id, field)
            # The published table would be in every cell, so it is only in those whose value it contradicts.
            against = () if dataset.printed.get(key, value) == value else (_AGAINST + _TABLE,)
            markers[key] = (*markers.get(key, ()), *against, *dict.fromkeys(numbers))
    table = Note(_TABLE, parts.full_reference(dataset, dataset.table), Kind.REFERENCE)
    opposed = any(_AGAINST + _TABLE in of_cell for of_cell in markers.values())
    return (table, *sources.notes(dataset)) if opposed else sources.notes(dataset)


def _data(shown: Matrix, graded: Mapping[tuple[str, str], Explanation]) -> Json:
    """Return the matrix in the shape of docs/json.md, with the grades of its cells if there are any."""
    areas: list[Json] = [
        {
            **parts.area_data(a),
            "coverage": {p.id: p.status(a.id) for p in shown.partnerships},
            **({"grades": {p.id: graded[p.id, a.id].grade for p in shown.partnerships}} if graded else {}),
        }
        for a in shown.areas
    ]
    return {
        "partners": [parts.partner_data(p) for p in shown.partnerships],
        "areas": areas,
        "departures": [asdict(departure) for departure in shown.departures],
    }


def _appendices(dataset: Dataset, shown: Matrix) -> tuple[Table, ...]:
    """Return the evidence of each date and cell shown, with the grade that follows, and the references it cites."""
    from sdp_matrix.views import lists  # for a workbook alone

    fields = (DATE_FIELD, *(area.id for area in shown.areas))
    explained = [explain_field(dataset, p, field) for field in fields for p in shown.partnerships]
    lines = [
        Line(
            {**value_data(explanation), **evidence_details(dataset, explanation, piece)},
            {"field": Field(explanation.field).title(dataset), "partner": explanation.partnership.name},
        )
        for explanation in explained
        for piece in explanation.evidence
    ]
    names = ("field", "partner", "value", "grade", "stance", "reference", "locator", "supports", "note")
    columns = (Column(name, grows=name in {"field", "note"}) for name in names)
    cited = {piece.reference for explanation in explained for piece in explanation.evidence}
    references = lists.references(dataset, (r for r in dataset.references if r.id in cited))
    return framed(dataset, listing("Evidence", columns, lines)), references
