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
from sdp_matrix.printable import printable
from sdp_matrix.problems import Location, Problem
from sdp_matrix.records import (
    AreasFile,
    Edition,
    GroupsFile,
    Partnership,
    ProspectsFile,
    PublishedTable,
    ReferencesFile,
    WaiversFile,
)
from sdp_matrix.transcription import Transcription

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sdp_matrix.checks import Statement
    from sdp_matrix.document import Document
    from sdp_matrix.records import Area, Group, Prospect, Reference

    Replacements = Mapping[str, Path | None]
    Progress = Callable[[int, int], None]

R = TypeVar("R")

WAIVERS = "waivers.yaml"
"""The one shared file that a data set can do without."""

SCHEMAS = "schema"
"""The folder of derived schemas, which editors read and nothing else."""

SHARED_FILES: Mapping[str, type] = {
    "dataset.yaml": Edition,
    "areas.yaml": AreasFile,
    "groups.yaml": GroupsFile,
    "references.yaml": ReferencesFile,
    "prospects.yaml": ProspectsFile,
    "statements.yaml": StatementsFile,
    WAIVERS: WaiversFile,
}
"""File name to record; every one of them but the waivers has to exist."""

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
    drafts: Mapping[str, object] = field(default_factory=dict)
    """The others, as far as their text can be guessed: for rules alone, whose problems then come in the same run."""
    problems: tuple[Problem, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    """What messages call each file that is there, read or not, by the same path."""

    @property
    def unread(self) -> frozenset[str]:
        """Paths of the files that could not be read as what they are."""
        return frozenset(self.shown) - self.records.keys()

    def record(self, path: str, kind: type[R]) -> R | None:
        """One sound record by its path."""
        found = self.records.get(path)
        return found if isinstance(found, kind) else None

    def all(self, kind: type[R]) -> dict[str, R]:
        """All sound records of one kind by their paths."""
        return {path: record for path, record in self.records.items() if isinstance(record, kind)}

    def readable(self, kind: type[R]) -> dict[str, R]:
        """All records of one kind by their paths, drafts included."""
        return {p: record for p, record in {**self.records, **self.drafts}.items() if isinstance(record, kind)}

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
    return Folder(shown, {path: _content(folder / path, inside=folder) for path in paths})


def scan(
    folder: Path,
    *,
    instead: Mapping[str, Path | None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Scan:
    """Read and parse every data file below a folder, one at a time; never raises.

    `instead` gives other files for paths inside the folder, or None to leave one out; `progress` is called with how
    many files of how many are read.
    """
    shown, others = _shown(folder), instead or {}
    try:
        paths = sorted({*_data_files(folder), *others})
    except OSError:
        return Scan(shown, problems=read(folder).problems)
    if not paths:
        return Scan(shown, problems=read(folder).problems)
    reading = _Reading()
    for done, path in enumerate(paths):
        if progress:
            progress(done, len(paths))
        if path in others:
            if other := others[path]:
                reading.take(path, _shown(other), _content(other))
        else:
            reading.take(path, f"{shown}/{path}", _content(folder / path, inside=folder))
    return reading.finished(shown)


def scan_files(shown: str, files: Mapping[str, bytes | OSError]) -> Scan:
    """Read files that are already in memory, by their paths inside a folder; `shown` is what messages call the folder.

    A file that could not be fetched is there as its error. Never raises.
    """
    reading = _Reading()
    for path, content in files.items():
        reading.take(path, f"{shown}/{path}", content)
    return reading.finished(shown)


class LeavesFolder(OSError):  # noqa: N818 - it names the case
    """A link in a data folder that leads out of it."""


@dataclass
class _Reading:
    """What has been read so far of a folder."""

    paths: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    records: dict[str, object] = field(default_factory=dict)
    drafts: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, path: str, shown: str, content: bytes | OSError) -> None:
        """Read one more file."""
        self.paths[path] = shown
        parent, _, name = path.rpartition("/")
        kind = FOLDERS.get(parent) if parent else SHARED_FILES.get(name)
        is_transcription = parent == "tables" and name.endswith(".csv")
        if not is_transcription and name not in FOLDERS and (kind is None or not name.endswith(".yaml")):
            self.problems.append(Problem(Location(shown), "stray-file", _stray(path)))
        elif isinstance(content, OSError):
            rule = "link" if isinstance(content, LeavesFolder) else "unreadable"
            message = f"the file cannot be read: {content.strerror or content}"
            self.problems.append(Problem(Location(shown), rule, message))
        elif is_transcription or kind is None:
            self._keep(path, *transcription.parse(shown, content))
        else:
            # Here and not above: a data set that is recalled from the cache needs neither YAML nor pydantic.
            from sdp_matrix import document, models

            self.documents[path] = document.parse(shown, content, at_most=MAX_BYTES)
            record, problems = models.read(self.documents[path], kind)
            self._keep(path, record, problems)
            if path not in self.records:
                self.drafts[path] = models.draft(self.documents[path], kind)

    def _keep(self, path: str, record: object | None, problems: Sequence[Problem]) -> None:
        self.problems += problems
        if record is not None:
            self.records[path] = record

    def finished(self, shown: str) -> Scan:
        """All of it, and what is missing."""
        needed = [*(name for name in SHARED_FILES if name != WAIVERS), f"tables/{TABLE}.yaml", f"tables/{TABLE}.csv"]
        for path in needed:
            if path not in self.paths:
                message = f"the data folder has no {path}; every data set needs it: copy it from the shipped data"
                self.problems.append(Problem(Location(shown), "missing-file", message))
        return Scan(shown, self.documents, self.records, self.drafts, tuple(sorted(self.problems)), self.paths)


def _stray(path: str) -> str:
    parent, _, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    if suffix.lower() in {"yaml", "yml"} and (parent in FOLDERS or f"{stem}.yaml" in SHARED_FILES):
        return f"only names that end in .yaml are read; rename it to {stem}.yaml"
    known = ", ".join([*SHARED_FILES, "partnerships/*.yaml", "tables/*.yaml", "tables/*.csv"])
    return f"this is not part of the data and is not read; move it away, or rename it to one of {known}"


def _shown(path: Path) -> str:
    """A path as messages name it: relative to where the person is, where it lies below that."""
    try:
        return printable(path.absolute().relative_to(Path.cwd()).as_posix())
    except (ValueError, OSError):
        return printable(path.as_posix())


def _folder_fault(error: OSError) -> str:
    return f"the data folder cannot be read: {error.strerror or error}; name another one with --data or SDP_DATA"


def _data_files(folder: Path) -> Iterator[str]:
    """Paths of everything inside the folder that is part of the data, or could be thought to be."""
    for entry in os.scandir(folder):
        if entry.name.startswith(".") or entry.name == SCHEMAS:
            continue
        if entry.name in FOLDERS and entry.is_dir() and _is_inside(Path(entry.path), folder):
            names = (inner.name for inner in os.scandir(entry.path) if not inner.name.startswith((".", "README")))
            yield from (f"{entry.name}/{name}" for name in names)
        elif entry.name.lower().endswith((".yaml", ".yml", ".csv")) or entry.is_dir():
            yield entry.name


def _is_inside(path: Path, folder: Path) -> bool:
    # realpath, because Path.resolve raises RuntimeError for a link to itself (until Python 3.13)
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _content(file: Path, *, inside: Path | None = None) -> bytes | OSError:
    try:
        if inside is not None and not _is_inside(file, inside):
            return LeavesFolder(0, "it is a link that leaves the data folder; put the file itself here")
        if not file.is_file():
            return OSError(0, "it is not a file")
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return error
