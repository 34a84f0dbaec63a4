"""The only reader of data files: a folder into documents, records and one frozen data set."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sdp_matrix import names, transcription
from sdp_matrix.checks import StatementsFile
from sdp_matrix.folder import data_folder as data_folder  # noqa: PLC0414 - part of this module's interface
from sdp_matrix.problems import Location, Problem
from sdp_matrix.records import (
    AreasFile,
    Edition,
    GroupsFile,
    Partnership,
    ProspectsFile,
    PublishedTable,
    ReferencesFile,
)
from sdp_matrix.transcription import Transcription

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sdp_matrix.checks import Statement
    from sdp_matrix.document import Document
    from sdp_matrix.records import Area, Group, Prospect, Reference

R = TypeVar("R")

SHARED_FILES: Mapping[str, type] = {
    "dataset.yaml": Edition,
    "areas.yaml": AreasFile,
    "groups.yaml": GroupsFile,
    "references.yaml": ReferencesFile,
    "prospects.yaml": ProspectsFile,
    "statements.yaml": StatementsFile,
}
"""File name to record; every one of them has to exist."""

FOLDERS: Mapping[str, type] = {"partnerships": Partnership, "tables": PublishedTable}
"""Folder to the record that each of its YAML files holds."""

TABLE = "table-1"

MAX_BYTES = 2_000_000
"""A larger file is read no further; a data file is a few kilobytes."""


@dataclass(frozen=True)
class Dataset:
    """Everything the data files say, checked and consistent."""

    edition: Edition
    areas: tuple[Area, ...]
    groups: tuple[Group, ...]
    references: tuple[Reference, ...]
    prospects: tuple[Prospect, ...]
    statements: tuple[Statement, ...]
    partnerships: tuple[Partnership, ...]
    """In order of date, then id."""
    table: PublishedTable
    transcription: Transcription

    def partner(self, name: str) -> Partnership:
        """Find a partnership by id, name, ISO code, alias or unique prefix, in any case.

        Raises `UnknownName`, with the nearest names.
        """
        return names.find(
            name, ((p, (p.id, p.name, p.short_name, *p.aliases)) for p in self.partnerships), kind="partner"
        )

    def area(self, name: str) -> Area:
        """Find an area by number, id, title, label, alias or unique prefix; raises `UnknownName`."""
        candidates = ((a, (str(a.number), a.id, a.title, a.label, *a.aliases)) for a in self.areas)
        return names.find(name, candidates, kind="area")

    def group(self, name: str) -> Group:
        """Find a group by id, title, alias or unique prefix; raises `UnknownName`."""
        candidates = ((g, (g.id, g.title, *g.aliases)) for g in self.groups)
        return names.find(name, candidates, kind="group")

    def reference(self, name: str) -> Reference:
        """Find a reference by its id or unique prefix; raises `UnknownName`."""
        return names.find(name, ((r, (r.id,)) for r in self.references), kind="reference")

    def statement(self, name: str) -> Statement:
        """Find a statement by its id or unique prefix; raises `UnknownName`."""
        return names.find(name, ((s, (s.id,)) for s in self.statements), kind="statement")

    def members(self, group: str) -> tuple[Partnership, ...]:
        """The partnerships whose partner belongs to a group."""
        return tuple(p for p in self.partnerships if p.belongs_to(group))

    @cached_property
    def publishers(self) -> Mapping[str, str]:
        """Who is responsible for each reference, by its id."""
        return {reference.id: reference.publisher for reference in self.references}

    @cached_property
    def in_table(self) -> tuple[Partnership, ...]:
        """The partnerships of the published table, in its column order."""
        by_id = {p.id: p for p in self.partnerships}
        return tuple(by_id[column.partner] for column in self.table.columns)

    @cached_property
    def everyone(self) -> tuple[Partnership, ...]:
        """All partnerships: those of the published table in its column order, then the newer ones."""
        printed = {column.partner for column in self.table.columns}
        return (*self.in_table, *(p for p in self.partnerships if p.id not in printed))


@dataclass(frozen=True)
class Scan:
    """All files of a folder as far as each can be read, and what is wrong with them."""

    folder: str
    documents: Mapping[str, Document] = field(default_factory=dict)
    """By path inside the folder, with forward slashes."""
    records: Mapping[str, object] = field(default_factory=dict)
    """The sound ones, by the same path."""
    problems: tuple[Problem, ...] = ()

    def record(self, path: str, kind: type[R]) -> R | None:
        """One sound record by its path."""
        found = self.records.get(path)
        return found if isinstance(found, kind) else None

    def all(self, kind: type[R]) -> dict[str, R]:
        """All sound records of one kind by their paths."""
        return {path: record for path, record in self.records.items() if isinstance(record, kind)}

    def dataset(self) -> Dataset | None:
        """Put the records together; None where one that everything needs is missing."""
        edition = self.record("dataset.yaml", Edition)
        areas, groups = self.record("areas.yaml", AreasFile), self.record("groups.yaml", GroupsFile)
        references = self.record("references.yaml", ReferencesFile)
        prospects = self.record("prospects.yaml", ProspectsFile)
        statements = self.record("statements.yaml", StatementsFile)
        table = self.record(f"tables/{TABLE}.yaml", PublishedTable)
        printed = self.record(f"tables/{TABLE}.csv", Transcription)
        if not (edition and areas and groups and references and prospects and statements and table and printed):
            return None
        return Dataset(
            edition=edition,
            areas=areas.areas,
            groups=groups.groups,
            references=references.references,
            prospects=prospects.prospects,
            statements=statements.statements,
            partnerships=tuple(sorted(self.all(Partnership).values(), key=lambda p: (p.date.value, p.id))),
            table=table,
            transcription=printed,
        )


def kind_of(path: str, mapping: Mapping[str, object]) -> type | None:
    """The record that a file holds: by its folder or name, else by the keys that it has in common with one.

    >>> kind_of("data/areas.yaml", {}).__name__, kind_of("draft.yaml", {"id": "x", "iso": "XX"}).__name__
    ('AreasFile', 'Partnership')
    """
    parent, _, name = path.rpartition("/")
    if named := FOLDERS.get(parent.rpartition("/")[2]) or SHARED_FILES.get(name):
        return named
    from sdp_matrix import models

    common = {kind: len({*models.keys(kind, ())} & {*mapping}) for kind in (*FOLDERS.values(), *SHARED_FILES.values())}
    nearest = max(common, key=lambda kind: common[kind])
    return nearest if common[nearest] else None


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a data folder as they are on disk."""

    shown: str
    """What messages call the folder."""
    files: Mapping[str, bytes | OSError] = field(default_factory=dict)
    """By path inside the folder; a file that could not be read is there as its error."""
    problems: tuple[Problem, ...] = ()


def read(folder: Path) -> Folder:
    """Fetch every data file below a folder; never raises: what cannot be read is among the problems."""
    shown = _shown(folder)
    try:
        paths = sorted(_data_files(folder))
    except OSError as error:
        return Folder(shown, problems=(Problem(Location(shown), "unreadable", _folder_fault(error)),))
    if not paths:
        message = "there are no data files here; a data folder holds areas.yaml and partnerships/"
        return Folder(shown, problems=(Problem(Location(shown), "no-data", message),))
    return Folder(shown, {path: _content(folder, path) for path in paths})


def scan(folder: Path) -> Scan:
    """Read and parse every data file below a folder; never raises."""
    found = read(folder)
    return Scan(found.shown, problems=found.problems) if found.problems else scan_files(found.shown, found.files)


def scan_files(shown: str, files: Mapping[str, bytes | OSError]) -> Scan:
    """Read files that are already in memory, by their paths inside a folder; `shown` is what messages call the folder.

    A file that could not be fetched is there as its error. Never raises.
    """
    documents: dict[str, Document] = {}
    records: dict[str, object] = {}
    problems: list[Problem] = []
    for path, content in files.items():
        record, found = _read_file(f"{shown}/{path}", path, content, documents)
        problems += found
        if record is not None:
            records[path] = record
    problems += _missing_files(shown, list(files))
    return Scan(shown, documents, records, tuple(sorted(problems)))


def _shown(folder: Path) -> str:
    """The folder as messages name it: relative to where the person is, where it lies below that."""
    try:
        return folder.absolute().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return folder.as_posix()


def _folder_fault(error: OSError) -> str:
    return f"the data folder cannot be read: {error.strerror or error}; name another one with --data or SDP_DATA"


def _data_files(folder: Path) -> Iterator[str]:
    """Paths of all YAML and csv files that belong to the data, inside the folder."""
    for entry in os.scandir(folder):
        if entry.name in FOLDERS and entry.is_dir():
            yield from (f"{entry.name}/{inner.name}" for inner in os.scandir(entry.path) if _is_data(inner.name))
        elif _is_data(entry.name):
            yield entry.name


def _is_data(name: str) -> bool:
    return name.endswith((".yaml", ".yml", ".csv")) and not name.startswith(".")


def _read_file(
    shown: str, path: str, content: bytes | OSError, documents: dict[str, Document]
) -> tuple[object | None, Sequence[Problem]]:
    parent, _, name = path.rpartition("/")
    kind = FOLDERS.get(parent) if parent else SHARED_FILES.get(name)
    is_transcription = parent == "tables" and name.endswith(".csv")
    if not is_transcription and (kind is None or not name.endswith(".yaml")):
        message = "this file is not part of the data; known are " + ", ".join(
            [*SHARED_FILES, "partnerships/*.yaml", "tables/*.yaml", "tables/*.csv"]
        )
        return None, (Problem(Location(shown), "stray-file", message),)
    if isinstance(content, OSError):
        message = f"the file cannot be read: {content.strerror or content}"
        return None, (Problem(Location(shown), "unreadable", message),)
    if is_transcription or kind is None:
        return transcription.parse(shown, content)
    # Here and not above: a data set that is recalled from the cache needs neither YAML nor pydantic.
    from sdp_matrix import document, models

    documents[path] = document.parse(shown, content, at_most=MAX_BYTES)
    return models.read(documents[path], kind)


def _content(folder: Path, path: str) -> bytes | OSError:
    file = folder / path
    try:
        # realpath, because Path.resolve raises RuntimeError for a link to itself (until Python 3.13)
        if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder)):
            return OSError(0, "it is a link that leaves the data folder; put the file itself here")
        if not file.is_file():
            return OSError(0, "it is not a file")
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return error


def _missing_files(shown: str, paths: Sequence[str]) -> Iterator[Problem]:
    needed = [*SHARED_FILES, f"tables/{TABLE}.yaml", f"tables/{TABLE}.csv"]
    for path in needed:
        if path not in paths:
            message = f"the data folder has no {path}; every data set needs it"
            yield Problem(Location(shown), "missing-file", message)
