"""The data set as files for other programs: csv and SQLite with their codebook, as a Data Package (version 2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from sdp_matrix.formats import delimited
from sdp_matrix.formats.table import Cell, Column, Json, Section, Table
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.publishing import codebook
from sdp_matrix.relational import sql
from sdp_matrix.relational.tables import DataColumn, DataTable, Value, rows_of, tables
from sdp_matrix.views.parts import authors_note

NAME = "datapackage.json"
GENERATOR = "sdp export"
"""Marks a folder that this program may write into again."""

_PROFILES = "https://datapackage.org/profiles/2.0"


def export(dataset: Dataset) -> Mapping[str, bytes]:
    """Return the content of every file of the export by its name; the same data give the same bytes.

    >>> from sdp_matrix import load
    >>> {"coverage.csv", "datapackage.json"} <= load().export().keys()
    True
    """
    content = {f"{table.name}.csv": _csv(table, dataset) for table in tables(dataset)}
    content["codebook.md"] = codebook.file(dataset).encode("utf-8")
    content["sdp.sqlite"] = sql.as_bytes(dataset)
    package = json.dumps(_package(dataset, content), ensure_ascii=False, indent=2) + "\n"
    return content | {NAME: package.encode("utf-8")}


def _csv(table: DataTable, dataset: Dataset) -> bytes:
    cells = tuple(tuple(Cell(value=_spelt(value)) for value in row) for row in rows_of(table, dataset))
    columns = tuple(Column(column.name) for column in table.columns)
    return delimited.render(Table(table.meaning, columns, (), (Section(cells),))).encode("utf-8")


def _spelt(value: Value) -> str | int:
    """Return a value as the Data Package spells it; an empty cell for none."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value


def _package(dataset: Dataset, content: Mapping[str, bytes]) -> dict[str, Json]:
    edition, source = dataset.edition, dataset.reference(dataset.edition.source.reference)
    sources: Json = [{"title": f"{source.publisher}, {source.title}", **_optional(path=source.url)}]
    ours: Json = {"name": edition.licence, "path": edition.licence_url}
    published = dataset.reference(dataset.table.reference)
    notice = edition.table_notice or f"As {published.publisher} allows."
    # What its publisher allows is a notice, which has no name among licences.
    theirs: Json = {"name": "other-closed", "title": notice, **_optional(path=published.url)}
    resources: list[Json] = []
    for table in tables(dataset):
        name = f"{table.name}.csv"
        licence = theirs if table.of_publisher else ours
        described = {**_file(name, content[name]), **_table(table), "sources": sources, "licenses": [licence]}
        resources.append(described)
    others = sorted(content.keys() - {f"{table.name}.csv" for table in tables(dataset)})
    resources += [{**_file(name, content[name]), "licenses": [ours, theirs]} for name in others]
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "sdp-matrix",
        "title": edition.title,
        "description": f"{edition.description} {authors_note(dataset)}",
        "version": edition.version,
        "created": f"{edition.date}T00:00:00Z",
        "keywords": ["European Union", "security and defence partnership", "comparison"],
        "contributors": [{"title": author, "roles": ["author"]} for author in edition.authors],
        "licenses": [ours, theirs],
        "sources": sources,
        "generator": GENERATOR,
        "files": sorted({NAME, *content}),
        "resources": resources,
    }


def _file(name: str, content: bytes) -> dict[str, Json]:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": name.lower().replace(".", "-"),
        "path": name,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _table(table: DataTable) -> dict[str, Json]:
    foreign: Json = [
        {"fields": [column.name], "reference": {"resource": column.refers_to, "fields": ["id"]}}
        for column in table.columns
        if column.refers_to
    ]
    return {
        "name": table.name,
        "type": "table",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            **_optional(foreignKeys=foreign),
            "missingValues": [""],
        },
    }


def _field(column: DataColumn) -> Json:
    constraints = _optional(required=not column.nullable, enum=[str(value) for value in column.values])
    return {
        "name": column.name,
        "type": column.type,
        "description": column.meaning,
        **_optional(constraints=constraints),
    }


def _optional(**values: Json) -> dict[str, Json]:
    """Return the values that there are."""
    return {name: value for name, value in values.items() if value}
