"""The data set as files for other programs: a Data Package with its codebook and loaders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sdp_matrix.formats import delimited
from sdp_matrix.formats.table import Cell, Column, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.publishing import citation, codebook
from sdp_matrix.publishing.export import datapackage, datasette, loaders
from sdp_matrix.publishing.export.parquet import render as as_parquet
from sdp_matrix.relational import definition, sqlite
from sdp_matrix.relational.definition import rows_of
from sdp_matrix.relational.tables import tables


def files(dataset: Dataset, *, parquet: bool = False) -> Mapping[str, bytes]:
    """Give the content of every file of the export by its name; the same data give the same bytes.

    Only the Parquet files depend on another program, the version of pyarrow. Raises `BadRequest` where they are asked
    for and pyarrow is not installed.

    >>> from sdp_matrix import load
    >>> found = load().export()
    >>> "coverage.csv" in found, "datapackage.json" in found
    (True, True)
    """
    listed = tables(dataset)
    content = {f"{table.name}.csv": _csv(table, dataset) for table in listed}
    if parquet:
        content |= {f"{table.name}.parquet": as_parquet(table, dataset) for table in listed}
    texts = {
        "codebook.md": codebook.file(dataset),
        "CITATION.cff": citation.cff(citation.citations(dataset)),
        "load.R": loaders.r(dataset, listed),
        "load.do": loaders.stata(dataset, listed),
        "metadata.json": datasette.render(dataset, listed, "sdp"),
    }
    content |= {name: text.encode("utf-8") for name, text in texts.items()}
    content["sdp.sqlite"] = sqlite.as_bytes(dataset)
    return content | {datapackage.NAME: datapackage.render(dataset, listed, content).encode("utf-8")}


def _csv(table: definition.Table, dataset: Dataset) -> bytes:
    found = tuple(tuple(Cell(value=_spelt(value)) for value in row) for row in rows_of(table, dataset))
    columns = tuple(Column(column.name) for column in table.columns)
    return delimited.render(Table(table.meaning, columns, (), (Section(found),))).encode("utf-8")


def _spelt(value: definition.Value) -> str | int:
    """A value as the Data Package spells it; an empty cell for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else value
