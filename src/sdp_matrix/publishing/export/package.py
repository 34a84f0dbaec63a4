"""The data set as files for other programs: a Frictionless Data Package with its codebook and loaders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdp_matrix.formats import delimited
from sdp_matrix.formats.table import Cell, Column, Section, Table
from sdp_matrix.publishing import citation
from sdp_matrix.publishing.export import codebook, datapackage, loaders, parquet
from sdp_matrix.relational import sqlite
from sdp_matrix.relational.tables import sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.relational.tables import Sheet


def files(dataset: Dataset) -> Mapping[str, bytes]:
    """Content of every file of the export by its name; the same data give the same bytes.

    Parquet files are among them where pyarrow is installed.

    >>> from sdp_matrix import load
    >>> found = files(load())
    >>> "coverage.csv" in found, "datapackage.json" in found
    (True, True)
    """
    tables = sheets(dataset)
    content = {f"{sheet.name}.csv": _csv(sheet) for sheet in tables}
    if parquet.available():
        content |= {f"{sheet.name}.parquet": parquet.render(sheet) for sheet in tables}
    content |= {"sdp.sqlite": sqlite.as_bytes(dataset)}
    texts = {
        "codebook.md": codebook.render(dataset, tables),
        "CITATION.cff": citation.cff(dataset),
        "load.R": loaders.r(dataset, tables),
        "load.do": loaders.stata(dataset, tables),
    }
    content |= {name: text.encode("utf-8") for name, text in texts.items()}
    content["sdp.sqlite"] = sqlite.as_bytes(dataset)
    return content | {datapackage.NAME: datapackage.render(dataset, tables, content).encode("utf-8")}


def _csv(sheet: Sheet) -> bytes:
    rows = tuple(tuple(Cell(value=value) for value in row) for row in sheet.rows)
    columns = tuple(Column(field.name) for field in sheet.fields)
    return delimited.render(Table(sheet.description, columns, (), (Section(rows),))).encode("utf-8")
