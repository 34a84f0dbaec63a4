"""The data set as files for other programs: a Data Package with its codebook."""

from __future__ import annotations

from collections.abc import Mapping

from sdp_matrix.formats import delimited
from sdp_matrix.formats.table import Cell, Column, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.publishing import codebook
from sdp_matrix.publishing.export import datapackage
from sdp_matrix.relational import sql
from sdp_matrix.relational.tables import DataTable, Value, rows_of, tables


def export(dataset: Dataset) -> Mapping[str, bytes]:
    """Return the content of every file of the export by its name; the same data give the same bytes.

    >>> from sdp_matrix import load
    >>> found = load().export()
    >>> "coverage.csv" in found, "datapackage.json" in found
    (True, True)
    """
    listed = tables(dataset)
    content = {f"{table.name}.csv": _csv(table, dataset) for table in listed}
    content["codebook.md"] = codebook.file(dataset).encode("utf-8")
    content["sdp.sqlite"] = sql.as_bytes(dataset)
    return content | {datapackage.NAME: datapackage.render(dataset, listed, content).encode("utf-8")}


def _csv(table: DataTable, dataset: Dataset) -> bytes:
    found = tuple(tuple(Cell(value=_spelt(value)) for value in row) for row in rows_of(table, dataset))
    columns = tuple(Column(column.name) for column in table.columns)
    return delimited.render(Table(table.meaning, columns, (), (Section(found),))).encode("utf-8")


def _spelt(value: Value) -> str | int:
    """A value as the Data Package spells it; an empty cell for none."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value
