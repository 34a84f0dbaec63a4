"""Results of searches as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from sdp_matrix.analysis import search
from sdp_matrix.analysis.search import Condition, CoverageCell, SearchResult, Shared
from sdp_matrix.analysis.selection import Operand
from sdp_matrix.formats.table import Cell, Column, Json, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.views import diff, lists, parts
from sdp_matrix.views.parts import Line, framed, listing, machine


def partners(dataset: Dataset, result: SearchResult) -> Table:
    """Return the partnerships that fulfil a condition."""
    lines = [Line(parts.partner_data(p)) for p in result.partnerships]
    columns = (*lists.PARTNER, Column("name", grows=True))
    data = {**_result_data(result), "partners": [line.data for line in lines]}
    return _framed(dataset, result, listing(_title(dataset, result), columns, lines, data))


def cells(dataset: Dataset, result: SearchResult) -> Table:
    """Return the cells that a condition is about."""
    listed = search.cells(dataset, result)
    lines = [
        Line(
            {**_cell_data(cell), "name": cell.partnership.name, "area_id": cell.area.id},
            {"area": Cell(cell.area.title, short=cell.area.label, value=cell.area.title)},
        )
        for cell in listed
    ]
    columns = (
        *machine("partner"),
        Column("name", heading="Partner"),
        parts.NUMBER,
        parts.AREA_ID,
        parts.AREA,
        Column("status"),
        Column("grade"),
    )
    data = {**_result_data(result), "cells": [_cell_data(cell) for cell in listed]}
    count = f"{len(lines) or 'No'} {'cell' if len(lines) == 1 else 'cells'}"
    return _framed(dataset, result, listing(f"{count}; {_title(dataset, result)}", columns, lines, data))


def areas(dataset: Dataset, shared: Shared) -> Table:
    """Return the areas that some sides have and that others lack."""
    sides = [side.label for side in (*shared.of, *shared.not_of)]
    words = [
        *(_side_words(s, "all of", "") for s in shared.of),
        *(_side_words(s, "none of", "not") for s in shared.not_of),
    ]
    unsure = ", ".join(f"{row.area.number} {row.area.label}" for row in shared.undecided)
    data: Json = {
        "of": [diff.side_data(side) for side in shared.of],
        "not_of": [diff.side_data(side) for side in shared.not_of],
        "areas": [diff.tally_data(row) for row in shared.areas],
        "undecided": [row.area.id for row in shared.undecided],
    }
    columns = diff.side_columns(sides, sides)
    title = f"{len(shared.areas) or 'None'} of {len(dataset.areas)} areas: {', '.join(words)}"
    lines = [Line({}, diff.side_cells(sides, row)) for row in shared.areas]
    table = replace(listing(title, columns, lines, data), remarks=(f"Not known: {unsure}.",) if unsure else ())
    return framed(dataset, table, shared.scope, fields=[area.id for area in dataset.areas])


def _framed(dataset: Dataset, result: SearchResult, table: Table) -> Table:
    remarks = (f"Not known of {_names(result.undecided)}.",) if result.undecided else ()
    return framed(dataset, replace(table, remarks=remarks), result.scope, newer=result.newer)


def _title(dataset: Dataset, result: SearchResult) -> str:
    condition = search.words(dataset, result.condition)
    count = f"{len(result.partnerships) or 'None'} of {len(result.asked)} partnerships"
    return f"{count}: {condition}" if condition else count


def _names(partnerships: Sequence[Partnership]) -> str:
    return ", ".join(f"{p.name} ({dates.in_words(p.date.value)})" for p in partnerships)


def _side_words(side: Operand, several: str, single: str) -> str:
    return f"{several if len(side.partnerships) > 1 else single} {side.label}".strip()


def _cell_data(cell: CoverageCell) -> dict[str, Json]:
    return {
        "partner": cell.partnership.id,
        "area": cell.area.id,
        "number": cell.area.number,
        "status": cell.status,
        "grade": cell.grade,
    }


def _result_data(result: SearchResult) -> dict[str, Json]:
    values = {field.name: getattr(result.condition, field.name) for field in fields(Condition)}
    # What the condition does not name is left out.
    condition: Json = {name: v if isinstance(v, tuple) else str(v) for name, v in values.items() if v not in ((), None)}
    named = ("asked", "undecided", "newer")
    return {"condition": condition, **{name: [p.id for p in getattr(result, name)] for name in named}}
