"""Data files into documents and records, one by one, with everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from sdp_matrix.files import document, reader, transcription
from sdp_matrix.files.document import Document
from sdp_matrix.files.folder import MAX_BYTES, PARTNERSHIPS, TABLES, IsLink, read
from sdp_matrix.model import record as records
from sdp_matrix.model.dataset import TABLE, Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import PublishedTable, Transcription
from sdp_matrix.model.record import Link, Record
from sdp_matrix.model.registers import AreasFile, Edition, GroupsFile, ProspectsFile, ReferencesFile, StatementsFile
from sdp_matrix.problem import Location, Problem

Progress = Callable[[int, int], None]


R = TypeVar("R")

SHARED_FILES: Mapping[str, type[Record]] = {
    "dataset.yaml": Edition,
    "areas.yaml": AreasFile,
    "groups.yaml": GroupsFile,
    "references.yaml": ReferencesFile,
    "prospects.yaml": ProspectsFile,
    "statements.yaml": StatementsFile,
}
"""File name to record; every one of them has to exist."""

FOLDERS: Mapping[str, type[Record]] = {PARTNERSHIPS: Partnership, TABLES: PublishedTable}
"""Folder to the record that each of its YAML files holds."""


@dataclass(frozen=True)
class Scan:
    """All files of a folder as far as each can be read, and what is wrong with them."""

    folder: str
    documents: Mapping[str, Document] = field(default_factory=dict)
    """By path inside the folder, with forward slashes."""
    records: Mapping[str, object] = field(default_factory=dict)
    """The sound ones, by the same path."""
    problems: tuple[Problem, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    """What messages call each file that is there, read or not, by the same path."""

    @cached_property
    def links(self) -> Mapping[str, tuple[Link, ...]]:
        """What each sound file names by its id, by its path; several rules ask, and to look takes as long as a rule."""
        return {path: tuple(records.links(record)) for path, record in self.all(Record).items()}

    def citations(self, path: str) -> Iterator[Link]:
        """Yield every citation of a reference in a sound file."""
        return (link for link in self.links.get(path, ()) if link.kind == "reference")

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
        listed = sorted(self.all(Partnership).values(), key=lambda p: p.order_key)
        drafts = tuple(p for p in listed if p.date.value is None and p.id not in table.columns)
        return Dataset(
            edition=edition,
            areas=areas.areas,
            groups=groups.groups,
            references=tuple(sorted(references.references, key=lambda reference: reference.id)),
            prospects=prospects.prospects,
            statements=statements.statements,
            partnerships=tuple(p for p in listed if p not in drafts),
            table=table,
            transcription=printed,
            drafts=drafts,
        )


def kind_of(path: str, mapping: Mapping[str, object]) -> type[Record] | None:
    """The record that a file holds: by its folder or name, else by the keys that it has in common with one.

    >>> kind_of("data/areas.yaml", {}).__name__, kind_of("draft.yaml", {"id": "x", "iso": "XX"}).__name__
    ('AreasFile', 'Partnership')
    """
    parent, _, name = path.rpartition("/")
    if named := FOLDERS.get(parent.rpartition("/")[2]) or SHARED_FILES.get(name):
        return named
    common = {kind: len({*records.keys(kind)} & {*mapping}) for kind in (*FOLDERS.values(), *SHARED_FILES.values())}
    nearest = max(common, key=lambda kind: common[kind])
    return nearest if common[nearest] else None


def scan(folder: Path, *, progress: Progress | None = None) -> Scan:
    """Read and parse every data file below a folder; never raises."""
    found = read(folder)
    if found.problems:
        return Scan(found.shown, problems=found.problems)
    return scan_files(found.shown, found.files, progress=progress)


def scan_files(
    shown: str,
    files: Mapping[str, bytes | OSError],
    *,
    elsewhere: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Scan:
    """Parse files that are already in memory, by their paths inside a folder; `shown` is what messages call the folder.

    A file that could not be fetched is there as its error. `elsewhere` says what messages call a file that lies outside
    the folder; `progress` is called with how many files of how many are parsed. Never raises.
    """
    names = {path: f"{shown}/{path}" for path in files} | {**(elsewhere or {})}
    parsed: dict[str, _File] = {}
    for done, (path, held) in enumerate(files.items()):
        if progress:
            progress(done, len(files))
        parsed[path] = _parsed(path, names[path], held)
    problems = [problem for one in parsed.values() for problem in one.problems]
    return Scan(
        shown,
        documents={path: one.document for path, one in parsed.items() if one.document},
        records={path: one.record for path, one in parsed.items() if one.record},
        problems=tuple(sorted([*problems, *_missing(shown, files)])),
        shown=names,
    )


class _File(NamedTuple):
    """What one file was read as."""

    problems: Sequence[Problem]
    record: object | None = None
    document: Document | None = None


def _parsed(path: str, shown: str, held: bytes | OSError) -> _File:
    parent, _, name = path.rpartition("/")
    kind = FOLDERS.get(parent) if parent else SHARED_FILES.get(name)
    is_transcription = parent == TABLES and name.endswith(".csv")
    is_stray = not is_transcription and (kind is None or not name.endswith(".yaml"))
    if is_stray and (isinstance(held, IsADirectoryError) or not isinstance(held, OSError)):
        return _File([Problem(Location(shown), "stray-file", _stray(path))])
    if isinstance(held, OSError):
        rule = "link" if isinstance(held, IsLink) else "unreadable"
        return _File([Problem(Location(shown), rule, f"the file cannot be read: {held.strerror or held}")])
    if is_transcription or kind is None:
        record, problems = transcription.parse(shown, held, at_most=MAX_BYTES)
        return _File(problems, record)
    return _document(document.parse(shown, held, at_most=MAX_BYTES), kind)


def _document(read: Document, kind: type[Record]) -> _File:
    record, problems = reader.read(read, kind)
    if record is None:
        problems = reader.explained(read, kind, problems)
    return _File(problems, record, read)


def _missing(shown: str, paths: Collection[str]) -> Iterator[Problem]:
    for path in (*SHARED_FILES, f"tables/{TABLE}.yaml", f"tables/{TABLE}.csv"):
        if path not in paths:
            message = f"the data folder has no {path}; every data set needs it: copy it from the shipped data"
            yield Problem(Location(shown), "missing-file", message)
    if not any(path.startswith(PARTNERSHIPS) for path in paths):
        message = "the data folder has no partnerships; copy that folder from the shipped data"
        yield Problem(Location(shown), "missing-file", message)


def _stray(path: str) -> str:
    parent, _, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    if suffix.lower() in {"yaml", "yml"} and (parent in FOLDERS or f"{stem}.yaml" in SHARED_FILES):
        return f"only names that end in .yaml are read; rename it to {stem}.yaml"
    known = ", ".join([*SHARED_FILES, "partnerships/*.yaml", "tables/*.yaml", "tables/*.csv"])
    return f"this is not part of the data and is not read; move it away, or rename it to one of {known}"
