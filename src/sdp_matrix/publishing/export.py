"""The data set as files for other programs: csv and SQLite with their codebook, as a Data Package (version 2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from sdp_matrix.errors import RequestError
from sdp_matrix.files.disk import write_folder
from sdp_matrix.formats.data import to_csv
from sdp_matrix.formats.table import Json
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.publishing import codebook
from sdp_matrix.relational import sql
from sdp_matrix.relational.tables import TABLES, DataColumn, DataTable, rows_of
from sdp_matrix.views.parts import authors_note

NAME = "datapackage.json"
GENERATOR = "sdp export"  # marks a folder that this program may write into again

_PROFILES = "https://datapackage.org/profiles/2.0"


class _Files(dict[str, bytes]):  # a notebook would print megabytes
    def __repr__(self) -> str:
        return f"Files({len(self)} files, {sum(map(len, self.values())):,} bytes)"


def export(dataset: Dataset) -> Mapping[str, bytes]:
    """Return the content of every file of the export by its name; the same data give the same bytes.

    >>> {"coverage.csv", "datapackage.json"} <= load().export().keys()
    True
    """
    content = {f"{table.name}.csv": to_csv(table.names, rows_of(table, dataset)).encode() for table in TABLES}
    content["codebook.md"] = codebook.file(dataset).encode("utf-8")
    content["sdp.sqlite"] = sql.as_bytes(dataset)
    package = json.dumps(_package(dataset, content), ensure_ascii=False, indent=2) + "\n"
    return _Files(content | {NAME: package.encode("utf-8")})


def write(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write an export into a folder, remove what it no longer has, and return the names of the files changed.

    Raises `RequestError` if the folder has files that are not from an earlier export, and `OutputError`.
    """
    exported = _exported(folder)
    if foreign := sorted(_foreign(folder, files, exported)):
        raise RequestError(f"{folder} contains {foreign[0]}, which is not from an export; choose a folder of its own")
    changed, gone = _differences(folder, files, exported)
    if changed or gone:
        # The package comes first: what it names is known as an export's, if this ends half-way, and is written again.
        write_folder(folder, {NAME: files[NAME], **{name: files[name] for name in changed}}, gone=gone)
    return (*changed, *gone)


def stale(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the files that an export would write or remove; raise `RequestError` if there is no export."""
    exported = _exported(folder)
    if NAME not in exported:
        raise RequestError(f"not an export folder: {folder}; write one with: sdp export {folder}")
    changed, gone = _differences(folder, files, exported)
    return tuple(sorted([*changed, *gone]))


def _exported(folder: Path) -> set[str]:
    """Return the names of the files that an earlier export has written."""
    try:
        package = json.loads((folder / NAME).read_text("utf-8"))
        names = {str(name) for name in package["files"]} if package["generator"] == GENERATOR else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    # A package that somebody else has made up must not have us remove files outside the folder.
    return {name for name in names if name not in {"", ".", ".."} and not set(name) & {"/", "\\", ":"}}


def _foreign(folder: Path, files: Mapping[str, bytes], exported: set[str]) -> set[str]:
    """Return what is in the way: links, files of ours that nobody exported, and in a folder without an export anything.

    Hidden files do not count there, so that an export can be kept under version control.
    """
    existing = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
    taken = (existing & set(files)) - exported if exported else {name for name in existing if name[0] != "."}
    return taken | {name for name in files if (folder / name).is_symlink()}


def _differences(folder: Path, files: Mapping[str, bytes], exported: set[str]) -> tuple[list[str], list[str]]:
    """Return the files to write, and those to remove."""
    existing = {name: (folder / name).read_bytes() for name in {*files, *exported} if (folder / name).is_file()}
    return [name for name in files if existing.get(name) != files[name]], sorted(existing.keys() - files.keys())


def _package(dataset: Dataset, content: Mapping[str, bytes]) -> Json:
    edition, source = dataset.edition, dataset.reference(dataset.edition.source.reference)
    sources: Json = [{"title": f"{source.publisher}, {source.title}", **_present(path=source.url)}]
    ours: Json = {"name": edition.licence, "path": edition.licence_url}
    published = dataset.reference(dataset.table.reference)
    notice = edition.table_notice or f"As {published.publisher} allows."
    # What its publisher allows is a notice, which has no name among licences.
    theirs: Json = {"name": "other-closed", "title": notice, **_present(path=published.url)}
    described = {
        f"{t.name}.csv": {**_table(t), "sources": sources, "licenses": [theirs if t.of_publisher else ours]}
        for t in TABLES
    }
    resources = [
        {**_file(name, data), **described.get(name, {"licenses": [ours, theirs]})} for name, data in content.items()
    ]
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "sdp-matrix",
        "title": edition.title,
        "description": f"{edition.description} {authors_note(dataset)}",
        "version": edition.version,
        "created": f"{edition.date}T00:00:00Z",  # the specification wants a time
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
            **_present(foreignKeys=foreign),
            "missingValues": [""],
        },
    }


def _field(column: DataColumn) -> Json:
    constraints = {"required": not column.nullable, **_present(enum=[str(value) for value in column.values])}
    return {"name": column.name, "type": column.type, "description": column.meaning, "constraints": constraints}


def _present(**values: Json) -> dict[str, Json]:
    """Return the values that are not empty."""
    return {name: value for name, value in values.items() if value}
