"""The coverage matrix as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.matrix import Matrix, Order, Span
from sdp_matrix.analysis.verification import Departure
from sdp_matrix.formats.table import Cell, Column, Json, Look, Note, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Grade, Membership, Stance, Status
from sdp_matrix.views import appendices, marks
from sdp_matrix.views.parts import (
    AREA,
    AREA_ID,
    NUMBER,
    Sources,
    area_cells,
    area_data,
    caveat,
    full_reference,
    partner_data,
    place,
    sourced,
)

Markers: TypeAlias = "dict[tuple[str, str], tuple[str, ...]]"
"""The markers of footnotes of each partner and field."""


def matrix(dataset: Dataset, shown: Matrix, *, grades: bool = False, evidence: bool = False) -> Table:
    """The coverage matrix with both header rows, dates, marks, footnotes at departures, legend and source.

    With `grades`, the marks say how well each is supported; with `evidence`, each has the numbers of its sources.
    """
    graded = {(p.id, a.id): grading.grade(dataset, p, a.id) for p in shown.partnerships for a in shown.areas if grades}
    departures = tuple(Note(chr(ord("a") + i), _departure(dataset, d)) for i, d in enumerate(shown.departures))
    markers: Markers = {
        (d.partner, d.field): (note.marker,) for d, note in zip(shown.departures, departures, strict=True)
    }
    sources = _numbered(dataset, shown, markers) if evidence else ()
    ids = {area.id for area in shown.areas}
    rows = tuple(_matrix_row(shown, area, markers, graded) for area in shown.areas)
    return Table(
        title=_matrix_title(dataset, shown),
        columns=(NUMBER, AREA_ID, AREA, *(Column(p.id, align="center") for p in shown.partnerships)),
        header=(*_span_rows(dataset, shown, markers), _names_row(dataset, shown), _dates_row(shown, markers)),
        heading=-2,
        sections=(Section(rows),),
        notes=(*departures, *sources),
        legend=(
            *marks.legend(status for p in shown.partnerships for status in _statuses(p, ids)),
            *marks.legend_of_grades(graded.values()),
            *([(Cell(_AGAINST), "a source that supports another value")] if evidence else []),
        ),
        caveat=caveat(dataset, shown.partnerships),
        remarks=(
            *([_WITHOUT_SIGN] if grades else []),
            *([_ALL_IN_TABLE] if evidence else []),
            *_ordered(shown),
        ),
        hints=(_EXPLAINED,) if grades else (),
        source=source(dataset, shown),
        appendices=lambda: (appendices.evidence(dataset, shown), appendices.references(dataset, shown)),
        data=lambda: matrix_data(shown, graded),
    )


_WITHOUT_SIGN = "A mark without a sign is from the text or corroborated."
_EXPLAINED = "sdp explain PARTNER AREA shows the evidence of a mark"

_AGAINST = "≠"

_TABLE = "T"
"""The marker of the published table among the sources."""

_ALL_IN_TABLE = (
    f"Of the partners of the table, every date and mark without {_AGAINST}{_TABLE} is also that of {_TABLE}."
)


def _numbered(dataset: Dataset, shown: Matrix, markers: Markers) -> tuple[Note, ...]:
    """Add the numbers of its sources to the markers of each date and cell; the sources, in full, in their order.

    The published table would stand in every cell, so it does only where it is against the value.
    """
    sources, table = Sources(), dataset.table
    signs = {Stance.FOR: "", Stance.AGAINST: _AGAINST}
    for field in (DATE_FIELD, *(area.id for area in shown.areas)):
        for partnership in shown.partnerships:
            found = grading.explain(dataset, partnership, field)
            own = partnership.coverage[field].evidence if field in partnership.coverage else partnership.date.evidence
            cited = [(grading.stance(found.value, piece), piece) for piece in own]
            numbers = [signs[which] + sources.number(piece) for which, piece in cited if which in signs]
            key = (partnership.id, field)
            against = [f"{_AGAINST}{_TABLE}"] * found.departs
            markers[key] = (*markers.get(key, ()), *against, *dict.fromkeys(numbers))
    return (Note(_TABLE, full_reference(dataset, table), is_reference=True), *sources.notes(dataset))


def matrix_data(shown: Matrix, graded: Mapping[tuple[str, str], Grade] | None = None) -> Json:
    """The matrix in the shape of docs/json.md; with the grades of its cells where they are given."""
    areas: list[Json] = [
        {
            **area_data(a),
            "coverage": {p.id: str(p.status(a.id)) for p in shown.partnerships},
            **({"grades": {p.id: str(graded[p.id, a.id]) for p in shown.partnerships}} if graded else {}),
        }
        for a in shown.areas
    ]
    return {"partners": [partner_data(p) for p in shown.partnerships], "areas": areas}


def _statuses(partnership: Partnership, areas: set[str]) -> set[Status]:
    return {cell.status for area, cell in partnership.coverage.items() if area in areas}


def _matrix_row(
    shown: Matrix, area: Area, markers: Markers, graded: Mapping[tuple[str, str], Grade]
) -> tuple[Cell, ...]:
    statuses = (
        marks.mark(p.status(area.id), markers.get((p.id, area.id), ()), grade=graded.get((p.id, area.id)))
        for p in shown.partnerships
    )
    return (*area_cells(area), *statuses)


def _matrix_title(dataset: Dataset, shown: Matrix) -> str:
    if shown.as_published:
        return f"{dataset.table.locator} – {dataset.table.title}"
    return f"{dataset.table.title}{' (amended)' if shown.departures else ''}"


def _span_rows(dataset: Dataset, shown: Matrix, markers: Markers) -> Iterable[tuple[Cell, ...]]:
    """Header rows of group names; a departure is footnoted where the table prints the group and we do not."""
    for number, spans in enumerate(shown.spans):
        heading = dataset.transcription.row_heading
        label = Cell(heading, short="", look=Look.HEADING) if number == 0 else Cell()
        fields = [f"{GROUP_FIELD}{group.group}" for group in dataset.header[number]]
        cells = (
            cell
            for span in spans
            for cell in _span_cells(span, [_first(markers, partner, fields) for partner in span.partners])
        )
        row = (Cell(), label, *cells)
        if any(cell.text for cell in row):
            yield row


def _first(markers: Markers, partner: str, fields: Sequence[str]) -> tuple[str, ...]:
    return next((markers[partner, field] for field in fields if (partner, field) in markers), ())


def _span_cells(span: Span, markers: Sequence[tuple[str, ...]]) -> Iterable[Cell]:
    title = span.heading.title if span.heading else ""
    short = span.heading.short if span.heading else None
    for notes, run in groupby(markers):
        # A footnote alone would look like a fault; a dash says that the place is empty on purpose.
        yield Cell(title or "–" * bool(notes), short=short, span=len(list(run)), look=Look.HEADING, notes=notes)


def _names_row(dataset: Dataset, shown: Matrix) -> tuple[Cell, ...]:
    headings = dict(zip(dataset.table.columns, dataset.transcription.names, strict=True))
    names = (Cell(headings.get(p.id, p.name), short=p.short_name, look=Look.HEADING) for p in shown.partnerships)
    return (Cell(), Cell("Partner", look=Look.MUTED), *names)


def _dates_row(shown: Matrix, markers: Markers) -> tuple[Cell, ...]:
    """The days, which take two lines at most; day and month stay together."""
    cells = (
        Cell(
            dates.in_words(p.date.value).replace(" ", "\u00a0", 1),
            short=f"{p.date.value.day}/{p.date.value.month} {p.date.value.year}" if p.date.value else None,
            notes=markers.get((p.id, DATE_FIELD), ()),
        )
        for p in shown.partnerships
    )
    return (Cell(), Cell("Date", look=Look.MUTED), *cells)


def _departure(dataset: Dataset, departure: Departure) -> str:
    prints = f"{dataset.table.locator} prints {_published_words(dataset, departure)}."
    return f"{prints} {departure.reason}" if departure.reason else prints


def _published_words(dataset: Dataset, departure: Departure) -> str:
    partner = dataset.partner(departure.partner).name
    if departure.field == DATE_FIELD:
        return f"{dates.in_words(departure.published)} for {partner}"
    if departure.field.startswith(GROUP_FIELD):
        group = dataset.group(departure.field.removeprefix(GROUP_FIELD)).title
        return f"{partner} {'under' if departure.published == Membership.MEMBER else 'not under'} {group}"
    return f"{departure.published.replace('-', ' ')} for {partner} in area {dataset.area(departure.field).number}"


def _ordered(shown: Matrix) -> tuple[str, ...]:
    return ("Columns are ordered by similarity.",) if shown.order is Order.SIMILARITY else ()


def source(dataset: Dataset, shown: Matrix) -> str:
    """What the statuses of a matrix rest on, with the edition of the data."""
    table = place(dataset, dataset.table)
    if shown.as_published:
        return sourced(f"{table}, as published", dataset)
    others = any(p.id not in dataset.table.columns for p in shown.partnerships)
    basis = "and the references of each partnership" if others else "with the departures noted"
    return sourced(f"{table}, {basis}", dataset)
