"""Results of searches as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from sdp_matrix.analysis import search
from sdp_matrix.analysis.search import Condition, CoverageCell, SearchResult, Shared
from sdp_matrix.analysis.selection import Operand
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.vocabulary import Grade
from sdp_matrix.views.diff import side_columns, side_data, side_header, side_row, tally_data
from sdp_matrix.views.parts import (
    AREA,
    AREA_ID,
    NUMBER,
    area_cells,
    framed,
    headings,
    listing,
    machine,
    partner_data,
    status_words,
)


def partners(dataset: Dataset, result: SearchResult) -> Table:
    """Return the partnerships that fulfil a condition."""
    rows = [(p.id, p.iso or "", p.date.text, str(p.act.value), p.name) for p in result.partnerships]
    data = {**_result_data(result), "partners": [partner_data(p) for p in result.partnerships]}
    table = listing(_title(dataset, result), ("Id", "ISO", "Date", "Act", "Name"), rows, data)
    return framed(dataset, replace(table, remarks=tuple(_remarks(result))), result.scope, newer=result.newer)


def cells(dataset: Dataset, result: SearchResult) -> Table:
    """Return the cells that a condition is about."""
    listed = search.cells(dataset, result)
    count = f"{len(listed) or 'No'} {'cell' if len(listed) == 1 else 'cells'}"
    table = Table(
        title=f"{count}; {_title(dataset, result)}",
        columns=(*machine("partner"), Column("name"), NUMBER, AREA_ID, AREA, Column("status"), Column("grade")),
        header=(headings("Partner", "", "Area", "Status", "Grade"),),
        sections=(Section(tuple(_cell_row(cell) for cell in listed)),),
        remarks=tuple(_remarks(result)),
        wide=False,
        data={**_result_data(result), "cells": [_cell_data(cell) for cell in listed]},
    )
    return framed(dataset, table, result.scope, newer=result.newer)


def areas(dataset: Dataset, shared: Shared) -> Table:
    """Return the areas that some sides have and that others lack."""
    sides = [side.label for side in (*shared.of, *shared.not_of)]
    parts = [
        *(_side_words(s, "all of", "") for s in shared.of),
        *(_side_words(s, "none of", "not") for s in shared.not_of),
    ]
    unsure = ", ".join(f"{row.area.number} {row.area.label}" for row in shared.undecided)
    data: Json = {
        "of": [side_data(side) for side in shared.of],
        "not_of": [side_data(side) for side in shared.not_of],
        "areas": [tally_data(row) for row in shared.areas],
        "undecided": [row.area.id for row in shared.undecided],
    }
    title = f"{len(shared.areas) or 'None'} of {len(dataset.areas)} areas: {', '.join(parts)}"
    rows = Section(tuple(map(side_row, shared.areas)))
    remarks = (f"Not known: {unsure}.",) if unsure else ()
    table = Table(title, side_columns(sides), side_header(sides), (rows,), remarks=remarks, wide=False, data=data)
    return framed(dataset, table, shared.scope, fields=[area.id for area in dataset.areas])


def _title(dataset: Dataset, result: SearchResult) -> str:
    condition = search.words(dataset, result.condition)
    count = f"{len(result.partnerships) or 'None'} of {len(result.asked)} partnerships"
    return f"{count}: {condition}" if condition else count


def _remarks(result: SearchResult) -> Iterable[str]:
    if result.undecided:
        yield f"Not known of {_names(result.undecided)}."


def _names(partnerships: Sequence[Partnership]) -> str:
    return ", ".join(f"{p.name} ({dates.in_words(p.date.value)})" for p in partnerships)


def _side_words(side: Operand, several: str, single: str) -> str:
    return f"{several if len(side.partnerships) > 1 else single} {side.label}".strip()


def _cell_row(cell: CoverageCell) -> tuple[Cell, ...]:
    look = Look.WARNING if cell.grade is Grade.CONTESTED else Look.PLAIN
    return (
        Cell(cell.partnership.id),
        Cell(cell.partnership.name),
        *area_cells(cell.area),
        status_words(cell.status),
        Cell(cell.grade.value, look=look),
    )


def _cell_data(cell: CoverageCell) -> Json:
    return {
        "partner": cell.partnership.id,
        "area": cell.area.id,
        "number": cell.area.number,
        "status": str(cell.status),
        "grade": str(cell.grade),
    }


def _result_data(result: SearchResult) -> dict[str, Json]:
    return {
        "condition": condition_data(result.condition),
        "asked": [p.id for p in result.asked],
        "undecided": [p.id for p in result.undecided],
        "newer": [p.id for p in result.newer],
    }


def condition_data(condition: Condition) -> Json:
    """Return what a condition says, in the shape of docs/json.md: what it does not say is left out."""
    values = {field.name: getattr(condition, field.name) for field in fields(condition)}
    return {name: list(v) if isinstance(v, tuple) else str(v) for name, v in values.items() if v not in ((), None)}
