"""datapackage.json: what the files of an export hold, as version 2 of the Data Package standard has it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from sdp_matrix.formats.table import Json
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.relational.tables import DataColumn, DataTable
from sdp_matrix.views.frame import authors_note

NAME = "datapackage.json"
GENERATOR = "sdp export"
"""Tells a folder that this program may write into again."""

_PROFILES = "https://datapackage.org/profiles/2.0"


def render(dataset: Dataset, tables: Sequence[DataTable], files: Mapping[str, bytes]) -> str:
    """Render the description of a package; `files` are all others of the package."""
    edition, source = dataset.edition, dataset.reference(dataset.edition.source.reference)
    cited: Json = [
        {"title": f"{source.publisher}, {source.title}", **({"path": source.url} if source.url else {})},
    ]
    ours: list[Json] = [{"name": edition.licence, "path": edition.licence_url}]
    notice = _notice(dataset)
    licences = {f"{table.name}.csv": notice if table.of_publisher else ours for table in tables}
    described = {f"{table.name}.csv": _table(table, cited) for table in tables}
    package: Json = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "sdp-matrix",
        "title": edition.title,
        "description": f"{edition.description} {authors_note(dataset)}",
        "version": edition.version,
        "created": f"{edition.date}T00:00:00Z",
        "keywords": ["European Union", "security and defence partnership", "comparison"],
        "contributors": [{"title": author, "roles": ["author"]} for author in edition.authors],
        "licenses": [*ours, *notice],
        "sources": cited,
        "generator": GENERATOR,
        "files": sorted({NAME, *files}),
        "resources": [
            {
                **_file(name, files[name]),
                **described.get(name, {}),
                "licenses": licences.get(name, [*ours, *notice]),
            }
            for name in [*described, *sorted(files.keys() - described)]
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _notice(dataset: Dataset) -> list[Json]:
    """What the publisher of the table allows; a notice has no name among licences."""
    published = dataset.reference(dataset.table.reference)
    notice = dataset.edition.table_notice or f"As {published.publisher} allows."
    return [{"name": "other-closed", "title": notice, **({"path": published.url} if published.url else {})}]


def _file(name: str, content: bytes) -> dict[str, Json]:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": name.lower().replace(".", "-"),
        "path": name,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _table(table: DataTable, sources: Json) -> dict[str, Json]:
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
        "sources": sources,
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            **({"foreignKeys": foreign} if foreign else {}),
            "missingValues": [""],
        },
    }


def _field(column: DataColumn) -> Json:
    constraints: dict[str, Json] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = [str(value) for value in column.values]
    return {
        "name": column.name,
        "type": column.type,
        "description": column.meaning,
        **({"constraints": constraints} if constraints else {}),
    }
