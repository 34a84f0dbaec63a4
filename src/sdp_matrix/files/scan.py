"""Data files into documents and records, one by one, with everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sdp_matrix.files import document, reader, transcription
from sdp_matrix.files.folder import (
    MAX_BYTES,
    PARTNERSHIPS,
    TABLES,
    IsLink,
    content,
    data_files,
    holds_data,
    read,
    shown_as,
)
from sdp_matrix.model import structure
from sdp_matrix.model.dataset import TABLE, Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.published_table import PublishedTable, Transcription
from sdp_matrix.model.registers import AreasFile, Edition, GroupsFile, ProspectsFile, ReferencesFile
from sdp_matrix.model.statement import StatementsFile
from sdp_matrix.problem import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sdp_matrix.files.document import Document
    from sdp_matrix.model.record import Record
    from sdp_matrix.problem import Step

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


class Citation(NamedTuple):
    """What cites a reference in a file, with its place."""

    where: tuple[Step, ...]
    reference: str
    keys: frozenset[str]
    """What stands there besides."""


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

    @cached_property
    def citations(self) -> Mapping[str, tuple[Citation, ...]]:
        """What each file cites, by its path; several rules ask, and to look takes as long as a rule."""
        return {path: tuple(_citations(document.value)) for path, document in self.documents.items()}

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
        listed = sorted(self.all(Partnership).values(), key=lambda p: p.order_key)
        drafts = tuple(p for p in listed if p.date.value is None and p.id not in table.columns)
        return Dataset(
            edition=edition,
            areas=areas.areas,
            groups=groups.groups,
            references=references.references,
            prospects=prospects.prospects,
            statements=statements.statements,
            partnerships=tuple(p for p in listed if p not in drafts),
            table=table,
            transcription=printed,
            drafts=drafts,
        )


def _citations(value: object) -> Iterator[Citation]:
    waiting: list[tuple[tuple[Step, ...], Any]] = [((), value)]
    while waiting:
        where, held = waiting.pop()
        if isinstance(held, dict) and isinstance(held.get("reference"), str):
            yield Citation(where, held["reference"], frozenset(held))
        steps = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
        waiting += [((*where, step), inner) for step, inner in steps if not isinstance(inner, str)][::-1]


def kind_of(path: str, mapping: Mapping[str, object]) -> type[Record] | None:
    """The record that a file holds: by its folder or name, else by the keys that it has in common with one.

    >>> kind_of("data/areas.yaml", {}).__name__, kind_of("draft.yaml", {"id": "x", "iso": "XX"}).__name__
    ('AreasFile', 'Partnership')
    """
    parent, _, name = path.rpartition("/")
    if named := FOLDERS.get(parent.rpartition("/")[2]) or SHARED_FILES.get(name):
        return named
    common = {kind: len({*structure.keys(kind)} & {*mapping}) for kind in (*FOLDERS.values(), *SHARED_FILES.values())}
    nearest = max(common, key=lambda kind: common[kind])
    return nearest if common[nearest] else None


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
    shown, others = shown_as(folder), instead or {}
    try:
        paths = sorted({*data_files(folder), *others})
    except OSError:
        return Scan(shown, problems=read(folder).problems)
    if not holds_data(paths):
        return Scan(shown, problems=read(folder).problems)
    reading = _Reading()
    for done, path in enumerate(paths):
        if progress:
            progress(done, len(paths))
        if path in others:
            if other := others[path]:
                reading.take(path, shown_as(other), content(other))
        else:
            reading.take(path, f"{shown}/{path}", content(folder / path, in_folder=True))
    return reading.finished(shown)


def scan_files(shown: str, files: Mapping[str, bytes | OSError]) -> Scan:
    """Read files that are already in memory, by their paths inside a folder; `shown` is what messages call the folder.

    A file that could not be fetched is there as its error. Never raises.
    """
    reading = _Reading()
    for path, held in files.items():
        reading.take(path, f"{shown}/{path}", held)
    return reading.finished(shown)


@dataclass
class _Reading:
    """What has been read so far of a folder."""

    paths: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    records: dict[str, object] = field(default_factory=dict)
    drafts: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, path: str, shown: str, held: bytes | OSError) -> None:
        """Read one more file."""
        self.paths[path] = shown
        parent, _, name = path.rpartition("/")
        kind = FOLDERS.get(parent) if parent else SHARED_FILES.get(name)
        is_transcription = parent == TABLES and name.endswith(".csv")
        is_stray = not is_transcription and (kind is None or not name.endswith(".yaml"))
        if is_stray and (isinstance(held, IsADirectoryError) or not isinstance(held, OSError)):
            self.problems.append(Problem(Location(shown), "stray-file", _stray(path)))
        elif isinstance(held, OSError):
            rule = "link" if isinstance(held, IsLink) else "unreadable"
            message = f"the file cannot be read: {held.strerror or held}"
            self.problems.append(Problem(Location(shown), rule, message))
        elif is_transcription or kind is None:
            self._keep(path, *transcription.parse(shown, held, at_most=MAX_BYTES))
        else:
            read = document.parse(shown, held, at_most=MAX_BYTES)
            record, problems = reader.read(read, kind)
            if problems:
                from sdp_matrix.files import misplaced

                if meant := misplaced.mended(read, kind, problems):
                    read, problems = meant, meant.problems
            self.documents[path] = read
            self._keep(path, record, problems)
            if path not in self.records:
                from sdp_matrix.files import recovery

                self.drafts[path] = recovery.draft(read, kind)

    def _keep(self, path: str, record: object | None, problems: Sequence[Problem]) -> None:
        self.problems += problems
        if record is not None:
            self.records[path] = record

    def finished(self, shown: str) -> Scan:
        """All of it, and what is missing."""
        needed = [*SHARED_FILES, f"tables/{TABLE}.yaml", f"tables/{TABLE}.csv"]
        for path in needed:
            if path not in self.paths:
                message = f"the data folder has no {path}; every data set needs it: copy it from the shipped data"
                self.problems.append(Problem(Location(shown), "missing-file", message))
        if not any(path.startswith(PARTNERSHIPS) for path in self.paths):
            message = "the data folder has no partnerships; copy that folder from the shipped data"
            self.problems.append(Problem(Location(shown), "missing-file", message))
        return Scan(shown, self.documents, self.records, self.drafts, tuple(sorted(self.problems)), self.paths)


def _stray(path: str) -> str:
    parent, _, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    if suffix.lower() in {"yaml", "yml"} and (parent in FOLDERS or f"{stem}.yaml" in SHARED_FILES):
        return f"only names that end in .yaml are read; rename it to {stem}.yaml"
    known = ", ".join([*SHARED_FILES, "partnerships/*.yaml", "tables/*.yaml", "tables/*.csv"])
    return f"this is not part of the data and is not read; move it away, or rename it to one of {known}"
