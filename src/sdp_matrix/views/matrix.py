"""The coverage matrix as a table: Table 1 as printed, or with our values in place of the printed ones."""

from __future__ import annotations

from calendar import month_name
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TypeAlias

from sdp_matrix.analysis import grading
from sdp_matrix.analysis.field import Field
from sdp_matrix.analysis.grading import Explanation, explain_field
from sdp_matrix.analysis.matrix import Matrix, Order, Span
from sdp_matrix.analysis.verification import Departure
from sdp_matrix.formats.table import Cell, Column, Json, Look, Note, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area
from sdp_matrix.model.vocabulary import DATE_FIELD, GROUP_FIELD, Grade, Membership, Stance
from sdp_matrix.views import lists
from sdp_matrix.views.parts import (
    AREA,
    AREA_ID,
    NUMBER,
    Sources,
    area_cells,
    area_data,
    framed,
    full_reference,
    headings,
    mark,
    partner_data,
    sign,
    sourced,
)

Markers: TypeAlias = "dict[tuple[str, str], tuple[str, ...]]"
"""The markers of footnotes of each partner and field."""

_EXPLAINED = "sdp explain PARTNER AREA shows the evidence of a mark"
_AGAINST = "≠"
_TABLE = "T"
"""The marker of the published table among the sources."""
_ALL_IN_TABLE = f"Of the partners of Table 1, every date and mark without {_AGAINST}{_TABLE} is also that of {_TABLE}."


def matrix(dataset: Dataset, shown: Matrix, *, grades: bool = False, evidence: bool = False) -> Table:
    """Return the matrix with both header rows, dates, marks, and a footnote at each departure.

    With `grades`, marks that are contested or rest on one weak source have a sign; with `evidence`, each has the
    numbers of its sources.
    """
    cells = [(p, area.id) for p in shown.scope.partnerships for area in shown.areas if grades]
    graded = {(p.id, area): grading.explain_field(dataset, p, area) for p, area in cells}
    departures = tuple(
        Note(chr(ord("a") + i), _departure(dataset, d, corrected=shown.corrected))
        for i, d in enumerate(shown.departures)
    )
    markers: Markers = {
        (d.partner, d.field): (note.marker,) for d, note in zip(shown.departures, departures, strict=True)
    }
    sources = _numbered(dataset, shown, markers) if evidence else ()
    table = Table(
        title=_title(dataset, shown),
        columns=(NUMBER, AREA_ID, AREA, *(Column(p.id, align="center") for p in shown.partnerships)),
        header=(*_span_rows(dataset, shown, markers), _names_row(dataset, shown), _dates_row(shown, markers)),
        heading=-2,
        sections=(Section(tuple(_row(shown, area, markers, graded) for area in shown.areas)),),
        notes=(*departures, *sources),
        legend=_legend(markers),
        remarks=(
            *_counts(graded),
            *[_ALL_IN_TABLE] * any(note.marker == _TABLE for note in sources),
            *["Columns are ordered by similarity."] * (shown.order is Order.SIMILARITY),
            _sources_line(dataset, shown),
        ),
        hints=(_EXPLAINED,) if grades else (),
        appendices=lambda: (_evidence_table(dataset, shown), _references_table(dataset, shown)),
        data=lambda: matrix_data(shown, graded),
    )
    return framed(dataset, table, shown.scope, basis=_basis(shown))


def _title(dataset: Dataset, shown: Matrix) -> str:
    """Return the title as printed; what is not of Table 1 alone, or not of it at all, says so."""
    in_table = [p.id in dataset.table.columns for p in shown.partnerships]
    name = f"{dataset.table.locator} – {dataset.table.title}" if any(in_table) else dataset.table.title
    others = any(in_table) and not all(in_table)
    added = ["corrected"] * (shown.corrected and bool(shown.departures)) + ["with newer partnerships"] * others
    return f"{name} ({', '.join(added)})" if added else name


def _basis(shown: Matrix) -> str:
    if not shown.departures:
        return ""
    return ", corrected as noted" if shown.corrected else ", as printed"


def _sources_line(dataset: Dataset, shown: Matrix) -> str:
    """Return the line of sources of the published table, made anew from the partnerships shown."""
    names = _names(dataset)
    dated = sorted(shown.partnerships, key=lambda p: p.order_key)
    cited = (f"{names.get(p.id, p.name)} ({_month(p)})" for p in dated)
    return f"Sources: Security and defence partnerships between the EU and {'; '.join(cited)}."


def _month(partnership: Partnership) -> str:
    day = partnership.date.value
    return f"{month_name[day.month]} {day.year}" if day else "no date"


def _span_rows(dataset: Dataset, shown: Matrix, markers: Markers) -> Iterable[tuple[Cell, ...]]:
    """Return header rows of group names; a departure is footnoted over its partner, printed heading or not."""
    fields = [[f"{GROUP_FIELD}{group.group}" for group in row] for row in dataset.header]
    rows = [(spans, of_row) for spans, of_row in zip(shown.spans, fields, strict=True) if spans]
    noted = [
        [[_noted(markers, partner, of_row) for partner in span.partners] for span in spans] for spans, of_row in rows
    ]
    # A footnote alone would look like a fault; a dash says that the place is empty on purpose.
    alone = any(
        any(notes) and span.heading is None
        for (spans, _), of_row in zip(rows, noted, strict=True)
        for span, notes in zip(spans, of_row, strict=True)
    )
    for number, ((spans, _), of_row) in enumerate(zip(rows, noted, strict=True)):
        label = Cell(dataset.transcription.row_heading, short="", look=Look.HEADING) if number == 0 else Cell()
        cells = (c for s, notes in zip(spans, of_row, strict=True) for c in _span_cells(s, notes, "–" if alone else ""))
        yield (Cell(), label, *cells)


def _noted(markers: Markers, partner: str, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(marker for field in fields for marker in markers.get((partner, field), ()))


def _span_cells(span: Span, markers: Sequence[tuple[str, ...]], none: str) -> Iterable[Cell]:
    title = span.heading.title if span.heading else none
    short = span.heading.short if span.heading else None
    if span.heading:  # a heading stands once, with the notes of all its partners
        notes = tuple(marker for of_partner in markers for marker in of_partner)
        yield Cell(title, short=short, span=len(markers), look=Look.HEADING, notes=notes)
        return
    for notes, run in groupby(markers):
        yield Cell(title, span=len(list(run)), look=Look.HEADING, notes=notes)


def _names(dataset: Dataset) -> Mapping[str, str]:
    """Return the names of partners as printed."""
    return dict(zip(dataset.table.columns, dataset.transcription.names, strict=True))


def _names_row(dataset: Dataset, shown: Matrix) -> tuple[Cell, ...]:
    names = _names(dataset)
    cells = (Cell(names.get(p.id, p.name), short=p.short_name, look=Look.HEADING) for p in shown.partnerships)
    return (Cell(), Cell("Partner", look=Look.MUTED), *cells)


def _dates_row(shown: Matrix, markers: Markers) -> tuple[Cell, ...]:
    """Return the days, which take two lines at most; day and month stay together."""
    cells = (
        Cell(
            dates.in_words(p.date.value).replace(" ", "\u00a0", 1),
            short=f"{p.date.value.day}/{p.date.value.month} {p.date.value.year}" if p.date.value else None,
            notes=markers.get((p.id, DATE_FIELD), ()),
        )
        for p in shown.partnerships
    )
    return (Cell(), Cell("Date", look=Look.MUTED), *cells)


def _row(
    shown: Matrix, area: Area, markers: Markers, graded: Mapping[tuple[str, str], Explanation]
) -> tuple[Cell, ...]:
    keys = [(p.id, area.id) for p in shown.partnerships]
    cells = (
        mark(p.status(area.id), markers.get(key, ()), graded=graded.get(key))
        for p, key in zip(shown.partnerships, keys, strict=True)
    )
    return (*area_cells(area), *cells)


def _departure(dataset: Dataset, departure: Departure, *, corrected: bool) -> str:
    """Return the value that is not shown, and why ours is another than the printed one."""
    table, value = dataset.table.locator, departure.published if corrected else departure.ours
    words = f"{f'{table} prints' if corrected else 'Our value:'} {_value_words(dataset, departure, value)}."
    return f"{words} {departure.reason}" if departure.reason else words


def _value_words(dataset: Dataset, departure: Departure, value: str) -> str:
    partner = dataset.partner(departure.partner).name
    if departure.field == DATE_FIELD:
        return f"{dates.in_words(value)} for {partner}"
    field = Field(departure.field)
    if field.group:
        return f"{partner} {'under' if value == Membership.MEMBER else 'not under'} {field.title(dataset)}"
    return f"{value.replace('-', ' ')} for {partner} in area {dataset.area(departure.field).number}"


def _counts(graded: Mapping[tuple[str, str], Explanation]) -> Iterable[str]:
    """Return how many marks have no sign, by grade."""
    plain = Counter(explanation.grade for explanation in graded.values() if not sign(explanation))
    if plain:
        counts = ", ".join(f"{plain[grade]} {grade.words}" for grade in Grade if plain[grade])
        yield f"{sum(plain.values())} of {len(graded)} marks have no sign: {counts}."


def _numbered(dataset: Dataset, shown: Matrix, markers: Markers) -> tuple[Note, ...]:
    """Add the numbers of its sources to the markers of each date and cell; return the sources in their order.

    The published table would stand in every cell, so it does only where it is against the value.
    """
    sources, opposed = Sources(), False
    for field in (DATE_FIELD, *(area.id for area in shown.areas)):
        for partnership in shown.partnerships:
            value, held = Field(field).value(partnership)[:2]
            own = [(grading.stance(value, piece), piece) for piece in held]
            numbers = [_SIGNS[which] + sources.number(piece) for which, piece in own if which in _SIGNS]
            key = (partnership.id, field)
            against = [_AGAINST + _TABLE] * (dataset.printed.get(key, value) != value)
            opposed = opposed or bool(against)
            markers[key] = (*markers.get(key, ()), *against, *dict.fromkeys(numbers))
    table = Note(_TABLE, full_reference(dataset, dataset.table), is_reference=True)
    return (*[table] * opposed, *sources.notes(dataset))


_SIGNS = {Stance.FOR: "", Stance.AGAINST: _AGAINST}


def _legend(markers: Markers) -> tuple[tuple[Cell, str], ...]:
    against = any(marker.startswith(_AGAINST) for of_cell in markers.values() for marker in of_cell)
    return ((Cell(_AGAINST), "a source that supports another value"),) if against else ()


def matrix_data(shown: Matrix, graded: Mapping[tuple[str, str], Explanation]) -> Json:
    """Return the matrix in the shape of docs/json.md; with the grades of its cells where they are asked for."""
    areas: list[Json] = [
        {
            **area_data(a),
            "coverage": {p.id: str(p.status(a.id)) for p in shown.partnerships},
            **({"grades": {p.id: str(graded[p.id, a.id].grade) for p in shown.partnerships}} if graded else {}),
        }
        for a in shown.areas
    ]
    return {
        "partners": [partner_data(p) for p in shown.partnerships],
        "areas": areas,
        "departures": [asdict(departure) for departure in shown.departures],
    }


_EVIDENCE = ("Area", "Partner", "Value", "Grade", "Reference", "Place", "Supports", "Note")


def _evidence_table(dataset: Dataset, shown: Matrix) -> Table:
    """Return each piece of evidence of each date and cell shown, with the grade that follows."""
    return Table(
        title="Evidence",
        columns=tuple(Column(name.lower(), grows=name in {"Area", "Note"}) for name in _EVIDENCE),
        header=(headings(*_EVIDENCE),),
        sections=(Section(tuple(_pieces(dataset, shown))),),
        source=sourced("", dataset),
    )


def _references_table(dataset: Dataset, shown: Matrix) -> Table:
    """Return the references that the evidence cites."""
    cited = {piece.reference for _, explanation in _explained(dataset, shown) for piece in explanation.evidence}
    return lists.references(dataset, (r for r in dataset.references if r.id in cited))


def _pieces(dataset: Dataset, shown: Matrix) -> Iterator[tuple[Cell, ...]]:
    for label, explanation in _explained(dataset, shown):
        for piece in explanation.evidence:
            texts = (
                label,
                explanation.partnership.name,
                explanation.value or "",
                explanation.grade.value,
                piece.reference,
                piece.locator or "",
                piece.supports,
                piece.note or "",
            )
            yield tuple(map(Cell, texts))


def _explained(dataset: Dataset, shown: Matrix) -> Iterator[tuple[str, Explanation]]:
    fields = [("Date", DATE_FIELD), *((f"{area.number} {area.title}", area.id) for area in shown.areas)]
    for label, field in fields:
        for partnership in shown.partnerships:
            yield label, explain_field(dataset, partnership, field)
