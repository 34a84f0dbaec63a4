"""Read the files of a data folder as documents and records, and collect their problems."""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from sdp_matrix.files import document, reader, transcription
from sdp_matrix.files.disk import PARTNERSHIPS, SCHEMAS, TABLES, content, read_folder
from sdp_matrix.files.document import Document
from sdp_matrix.model.dataset import TABLE, Dataset, PublishedTable, Transcription
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.record import Contents, Link, Record, contents
from sdp_matrix.model.registers import AreasFile, Edition, GroupsFile, ProspectsFile, ReferencesFile, StatementsFile
from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import one_path

R = TypeVar("R")

SHARED_FILES: Mapping[str, type[Record]] = {  # all of these files are required
    "dataset.yaml": Edition,
    "areas.yaml": AreasFile,
    "groups.yaml": GroupsFile,
    "references.yaml": ReferencesFile,
    "prospects.yaml": ProspectsFile,
    "statements.yaml": StatementsFile,
}
FOLDERS: Mapping[str, type[Record]] = {PARTNERSHIPS: Partnership, TABLES: PublishedTable}  # for each YAML file
_TABLE_FILES = f"{TABLES}/{TABLE}.yaml", f"{TABLES}/{TABLE}.csv"


@dataclass(frozen=True)
class Scan:
    """The files of a folder, each as far as it can be read, and their problems."""

    folder: str
    documents: Mapping[str, Document] = field(default_factory=dict)  # by path inside the folder, with forward slashes
    records: Mapping[str, object] = field(default_factory=dict)  # records of the valid files, by the same path
    problems: tuple[Problem, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    """The name of each file in messages, also of those that could not be read, by the same path."""

    @cached_property
    def contents(self) -> Mapping[str, Contents]:
        """Return the links, lists and dates in each valid file, by its path; kept, because several rules need them."""
        return {path: contents(record) for path, record in self.all(Record).items()}

    def links(self, kind: str) -> dict[str, list[Link]]:
        """Return the ids of one kind that each valid file refers to, by its path."""
        return {path: inside.links[kind] for path, inside in self.contents.items()}

    def record(self, path: str, kind: type[R]) -> R | None:
        """Return the record of a valid file."""
        record = self.records.get(path)
        return record if isinstance(record, kind) else None

    def all(self, kind: type[R]) -> dict[str, R]:
        """Return all records of one kind by their paths."""
        return {path: record for path, record in self.records.items() if isinstance(record, kind)}

    def dataset(self) -> Dataset | None:
        """Return the records as one data set; None if a required one is missing."""
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
        # 'sdp new' writes files without a date; they count once they have one, but a partner of the table always does
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


def scan(folder: Path) -> Scan:
    """Read and parse every data file below a folder; never raises."""
    on_disk = read_folder(folder)
    if on_disk.problems:
        return Scan(on_disk.shown, problems=on_disk.problems)
    return scan_files(on_disk.shown, on_disk.files)


def scan_files(shown: str, files: Mapping[str, bytes | OSError]) -> Scan:
    """Parse the files of a folder that messages call `shown`, by their paths inside it; never raises.

    In place of a file that could not be read is its error.
    """
    names = {path: f"{shown}/{one_path(path)}" for path in files}
    parsed = {path: _parsed(path, names[path], content) for path, content in files.items()}
    problems = [problem for file in parsed.values() for problem in file.problems]
    return Scan(
        shown,
        documents={path: file.document for path, file in parsed.items() if file.document},
        records={path: file.record for path, file in parsed.items() if file.record},
        problems=tuple(sorted([*problems, *_missing(shown, files)])),
        shown=names,
    )


class _File(NamedTuple):
    problems: Sequence[Problem]
    record: object | None = None
    document: Document | None = None


def _parsed(path: str, shown: str, content: bytes | OSError) -> _File:
    parent, _, name = path.rpartition("/")
    kind = FOLDERS.get(parent) if parent else SHARED_FILES.get(name)
    is_transcription = path == f"{TABLES}/{TABLE}.csv"
    is_other_table = parent == TABLES and name != f"{TABLE}.yaml"
    # an unreadable file is reported as that, whatever its name; a folder is only unexpected
    is_stray = not is_transcription and (kind is None or name[0] == "." or not name.endswith(".yaml") or is_other_table)
    if is_stray and (isinstance(content, IsADirectoryError) or not isinstance(content, OSError)):
        known = ", ".join([*SHARED_FILES, "partnerships/*.yaml", *_TABLE_FILES])
        message = f"this is not part of the data and is not read; move it away, or rename it to one of {known}"
        return _File([Problem(Location(shown), "stray-file", message)])
    if isinstance(content, OSError):
        rule = "link" if content.errno == errno.ELOOP else "unreadable"
        return _File([Problem(Location(shown), rule, f"the file cannot be read: {content.strerror or content}")])
    if is_transcription or kind is None:
        page, faults = transcription.parse(shown, content)
        return _File(faults, page)
    text = document.parse(shown, content)
    record, problems = reader.read(text, kind)
    return _File(problems if record else reader.explain_layout(text, kind, problems), record, text)


def _missing(shown: str, paths: Collection[str]) -> Iterator[Problem]:
    there = {*paths, *(path.partition("/")[0] for path in paths)}
    of_table = _TABLE_FILES if TABLES in there else (TABLES,)
    for name in (*SHARED_FILES, *of_table, PARTNERSHIPS):
        if name not in there:
            message = f"{name} is missing; every data set needs it: restore it, or copy it from the shipped data"
            yield Problem(Location(f"{shown}/{name}"), "missing-file", message)


def schema_problems(folder: Path, shown: str) -> Iterator[Problem]:
    """Yield what is wrong with the schemas of a folder, which editors read and no command."""
    import json  # for `sdp validate` alone

    for file in sorted((folder / SCHEMAS).glob("*.schema.json")):
        name, raw = f"{shown}/{SCHEMAS}/{one_path(file.name)}", content(file, in_folder=True)
        try:
            json.loads(raw)  # type: ignore[arg-type]  # an error of reading is a TypeError here
        except (TypeError, ValueError, RecursionError) as error:
            place = Location(name, *(getattr(error, key, 1) for key in ("lineno", "colno")))
            yield Problem(place, "syntax", "this is not JSON: cut off, or with marks of git; restore the file")
