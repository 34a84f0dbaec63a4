"""datapackage.json: what the files of an export hold, as the Frictionless Data Package specification has it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sdp_matrix.formats.table import Json
    from sdp_matrix.model.dataset import Dataset
    from sdp_matrix.relational.tables import Field, Sheet

NAME = "datapackage.json"
GENERATOR = "sdp export"
"""Tells a folder that this program may write into again."""


def render(dataset: Dataset, tables: Sequence[Sheet], files: Mapping[str, bytes]) -> str:
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
        "resources": [_resource(sheet, files[f"{sheet.name}.csv"], licences, cited) for sheet in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(sheet: Sheet, content: bytes, licences: Json, source: Json) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "description": sheet.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "licenses": licences,
        "sources": [source],
        "schema": {
            "fields": [_field(field) for field in sheet.fields],
            "primaryKey": list(sheet.key),
            "foreignKeys": [
                {"fields": [field.name], "reference": {"resource": field.refers_to, "fields": ["id"]}}
                for field in sheet.fields
                if field.refers_to
            ],
            "missingValues": [""],
        },
    }


def _field(field: Field) -> Json:
    constraints: dict[str, Json] = {}
    if field.required:
        constraints["required"] = True
    if field.values:
        constraints["enum"] = [str(value) for value in field.values]
    return {
        "name": field.name,
        "type": field.type,
        "description": field.description,
        **({"constraints": constraints} if constraints else {}),
    }
