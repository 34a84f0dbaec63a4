"""A table that rests on assumptions, and says so: in its title, in its source line and in its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sdp_matrix.formats.table import Json, Table
from sdp_matrix.model.dataset import Assumption, Dataset
from sdp_matrix.sanitize import listed


def marked(dataset: Dataset, table: Table) -> Table:
    """Say in a table which cells are assumed; a table of a data set without assumptions stays as it is."""
    if not dataset.assumed:
        return table
    said = listed(_words(dataset, one) for one in dataset.assumed)
    return replace(
        table,
        title=f"{table.title} – if {said}",
        remarks=(*table.remarks, f"Assumed, not what the data say: {said}."),
        data=lambda: _data(dataset, table.data() if callable(table.data) else table.data),
    )


def _words(dataset: Dataset, assumption: Assumption) -> str:
    partner, area = dataset.partner(assumption.partner), dataset.area(assumption.area)
    status, was = (str(one).replace("-", " ") for one in (assumption.status, assumption.was))
    return f"{partner.name}, area {area.number} {area.label}, were {status} (the data: {was})"


def _data(dataset: Dataset, data: Json) -> Json:
    assumed: list[Json] = [
        {"partner": one.partner, "area": one.area, "status": str(one.status), "was": str(one.was)}
        for one in dataset.assumed
    ]
    return {"assumed": assumed, **data} if isinstance(data, Mapping) else {"assumed": assumed, "data": data}
