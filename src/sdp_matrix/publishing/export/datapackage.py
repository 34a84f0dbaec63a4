"""datapackage.json: what the files of an export hold, as the Frictionless Data Package specification has it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sdp_matrix.formats.table import Json
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.relational.tables import Column, Table

NAME = "datapackage.json"
GENERATOR = "sdp export"
"""Tells a folder that this program may write into again."""


def render(dataset: Dataset, tables: Sequence[Table], files: Mapping[str, bytes]) -> str:
    """Render the description of a package; `files` are all others of the package."""
    edition, source = dataset.edition, dataset.reference(dataset.edition.source.reference)
    cited: dict[str, Json] = {
        "title": f"{source.publisher}, {source.title}",
        **({"path": source.url} if source.url else {}),
    }
    licences: Json = [{"name": edition.licence, "path": edition.licence_url}]
    package: Json = {
        "profile": "tabular-data-package",
        "name": "sdp-matrix",
        "title": edition.title,
        "description": edition.description,
        "version": edition.version,
        "created": f"{edition.date}T00:00:00Z",
        "keywords": ["European Union", "security and defence partnership", "comparison"],
        "contributors": [{"title": author, "role": "author"} for author in edition.authors],
        "licenses": licences,
        "sources": [cited],
        "generator": GENERATOR,
        "files": sorted({NAME, *files}),
        "resources": [_resource(table, files[f"{table.name}.csv"], licences, cited) for table in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, content: bytes, licences: Json, source: Json) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "licenses": licences,
        "sources": [source],
        "schema": {
            "fields": [_column(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [column.name], "reference": {"resource": column.refers_to, "fields": ["id"]}}
                for column in table.columns
                if column.refers_to
            ],
            "missingValues": [""],
        },
    }


def _column(column: Column) -> Json:
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
