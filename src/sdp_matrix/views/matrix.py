"""The coverage matrix as a table."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.matrix import Order
from sdp_matrix.formats.table import Cell, Column, Look, Note, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Membership
from sdp_matrix.views import appendices, marks
from sdp_matrix.views.parts import (
    AREA,
    AREA_ID,
    NUMBER,
    area_cells,
    area_data,
    partner_data,
    reference_words,
    sourced,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sdp_matrix.analysis.matrix import Matrix, Span
    from sdp_matrix.formats.table import Json
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.model.partnership import Partnership
    from sdp_matrix.model.published_table import Departure
    from sdp_matrix.model.registers import Area
    from sdp_matrix.model.vocabulary import Grade, Status


def matrix(dataset: Dataset, shown: Matrix, *, grades: bool = False) -> Table:
    """The coverage matrix with both header rows, dates, marks, footnotes at departures, legend and source.

    With `grades`, the marks say how well each is supported.
    """
    graded = {(p.id, a.id): grading.grade(dataset, p, a.id) for p in shown.partnerships for a in shown.areas if grades}
    notes = tuple(Note(chr(ord("a") + i), _departure(dataset, d)) for i, d in enumerate(shown.departures))
    marker = {(d.partner, d.field): note.marker for d, note in zip(shown.departures, notes, strict=True)}
    ids = {area.id for area in shown.areas}
    rows = tuple(_matrix_row(shown, area, marker, graded) for area in shown.areas)
    return Table(
        title=_matrix_title(dataset, shown),
        columns=(NUMBER, AREA_ID, AREA, *(Column(p.id, align="center") for p in shown.partnerships)),
        header=(*_span_rows(dataset, shown, marker), _names_row(dataset, shown), _dates_row(shown, marker)),
        heading=len(shown.spans),
        sections=(Section(rows),),
        notes=notes,
        legend=(
            *marks.legend(status for p in shown.partnerships for status in _statuses(p, ids)),
            *marks.legend_of_grades(graded.values()),
        ),
        remarks=((_WITHOUT_SIGN,) if grades else ()) + _ordered(shown),
        hints=(_EXPLAINED,) if grades else (),
        source=source(dataset, shown),
        appendices=lambda: (appendices.evidence(dataset, shown), appendices.references(dataset, shown)),
        data=lambda: matrix_data(shown, graded),
    )


_WITHOUT_SIGN = "A mark without a sign is corroborated: independent publishers agree."
_EXPLAINED = "sdp explain PARTNER AREA shows the evidence of a mark"


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
    shown: Matrix, area: Area, marker: dict[tuple[str, str], str], graded: Mapping[tuple[str, str], Grade]
) -> tuple[Cell, ...]:
    statuses = (
        marks.mark(p.coverage[area.id].status, _note(marker, p.id, area.id), grade=graded.get((p.id, area.id)))
        if marker or graded
        else marks.mark(p.coverage[area.id].status)
        for p in shown.partnerships
    )
    return (*area_cells(area), *statuses)


def _note(marker: dict[tuple[str, str], str], partner: str, area: str) -> tuple[str, ...]:
    return (marker[partner, area],) if (partner, area) in marker else ()


def _matrix_title(dataset: Dataset, shown: Matrix) -> str:
    if shown.as_published:
        return f"Table 1 – {dataset.table.title}"
    return dataset.table.title


def _span_rows(dataset: Dataset, shown: Matrix, marker: dict[tuple[str, str], str]) -> Iterable[tuple[Cell, ...]]:
    """Header rows of group names; a departure is footnoted where the table prints the group and we do not."""
    for number, spans in enumerate(shown.spans):
        label = Cell(dataset.table.row_heading, short="", look=Look.HEADING) if number == 0 else Cell()
        cells = (
            cell
            for span in spans
            for cell in _span_cells(span, [marker.get((p, _field(dataset, number, p, marker))) for p in span.partners])
        )
        yield (Cell(), label, *cells)


def _field(dataset: Dataset, row: int, partner: str, marker: dict[tuple[str, str], str]) -> str:
    fields = (f"{GROUP_FIELD}{cell.group}" for cell in dataset.table.header[row])
    return next((field for field in fields if (partner, field) in marker), "")


def _span_cells(span: Span, markers: Sequence[str | None]) -> Iterable[Cell]:
    title = span.heading.title or "" if span.heading else ""
    short = span.heading.short if span.heading else None
    for marker, run in groupby(markers):
        width = len(list(run))
        yield Cell(title, short=short, span=width, look=Look.HEADING, notes=(marker,) if marker else ())


def _names_row(dataset: Dataset, shown: Matrix) -> tuple[Cell, ...]:
    headings = {column.partner: column.heading for column in dataset.table.columns}
    names = (Cell(headings.get(p.id, p.name), short=p.short_name, look=Look.HEADING) for p in shown.partnerships)
    return (Cell(), Cell("Partner", look=Look.MUTED), *names)


def _dates_row(shown: Matrix, marker: dict[tuple[str, str], str]) -> tuple[Cell, ...]:
    cells = (
        Cell(
            dates.in_words(p.date.value).replace(" ", "\u00a0"),
            short=dates.in_words(p.date.value),
            notes=(marker[p.id, DATE_FIELD],) if (p.id, DATE_FIELD) in marker else (),
        )
        for p in shown.partnerships
    )
    return (Cell(), Cell("Date", look=Look.MUTED), *cells)


def _departure(dataset: Dataset, departure: Departure) -> str:
    return f"Table 1 prints {_published_words(dataset, departure)}. {departure.reason}"


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
    table = reference_words(dataset.reference(dataset.table.reference))
    if shown.as_published:
        return sourced(f"{table}, Table 1, as published", dataset)
    others = any(p.coded_from is None for p in shown.partnerships)
    basis = "and the references of each partnership" if others else "with the departures noted"
    return sourced(f"{table}, Table 1, {basis}", dataset)
