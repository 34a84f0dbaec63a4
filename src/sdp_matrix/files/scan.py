"""Read the files of a data folder as documents and records, and collect their problems."""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sdp_matrix.files import document, layout, reader, transcription
from sdp_matrix.files.disk import PARTNERSHIPS, SCHEMAS, TABLES, content, read_folder
from sdp_matrix.files.document import Document
from sdp_matrix.files.reader import PLACES, SHARED_FILES
from sdp_matrix.matching import nearest
from sdp_matrix.model.dataset import TABLE, Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.record import Contents, Link, Record, contents
from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import in_one_line, one_path

R = TypeVar("R")

_CSV = f"{TABLES}/{TABLE}.csv"
_REQUIRED = (*SHARED_FILES, f"{TABLES}/{TABLE}.yaml", _CSV)


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
        required: list[Any] = [self.records.get(path) for path in _REQUIRED]
        if None in required:
            return None
        edition, areas, groups, references, prospects, statements, table, printed = required
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
    places = {path: _place(path, files) for path in files if not _model(path) and path != _CSV}
    parsed = {path: _parsed(path, names[path], content, places.get(path)) for path, content in files.items()}
    problems = [problem for file in parsed.values() for problem in file.problems]
    for name in _missing(files):
        if name not in places.values():
            message = f"{name} is missing; every data set needs it: restore it, or copy it from the shipped data"
            problems.append(Problem(Location(f"{shown}/{name}"), "missing-file", message))
    return Scan(
        shown,
        documents={path: file.document for path, file in parsed.items() if file.document},
        records={path: file.record for path, file in parsed.items() if file.record},
        problems=tuple(sorted(problems)),
        shown=names,
    )


class _File(NamedTuple):
    problems: Sequence[Problem]
    record: object | None = None
    document: Document | None = None


def _model(path: str) -> type[Record] | None:
    """Return the model of a YAML file by its path; None for any other file."""
    parent, _, name = path.rpartition("/")
    is_partnership = parent == PARTNERSHIPS and name.endswith(".yaml") and name[0] != "."
    return Partnership if is_partnership else PLACES.get(path)


def _missing(paths: Collection[str]) -> list[str]:
    """Return the required files and folders that are not there; of a missing folder not its files."""
    there = {*paths, *(path.partition("/")[0] for path in paths)}
    required = _REQUIRED if TABLES in there else (*SHARED_FILES, TABLES)
    return [name for name in (*required, PARTNERSHIPS) if name not in there]


def _place(path: str, files: Mapping[str, bytes | OSError]) -> str | None:
    """Return the path that a stray file should have, by its name or its content."""
    if near := nearest(path, _missing(files)):
        return near
    content = files[path]
    value: Any = document.parse(path, content).value if isinstance(content, bytes) else None
    place = next((place for place, kind in PLACES.items() if reader.has_keys_of(kind, value)), None)
    place = place and place.replace("*", in_one_line(str(value.get("id"))))
    return None if place in files else place


def _parsed(path: str, shown: str, content: bytes | OSError, place: str | None) -> _File:
    model = _model(path)
    is_stray = not model and path != _CSV
    # an unreadable file is reported as that, whatever its name; a folder is only unexpected
    if is_stray and (isinstance(content, IsADirectoryError) or not isinstance(content, OSError)):
        known = ", ".join((*PLACES, _CSV))
        move = "move its files" if isinstance(content, IsADirectoryError) else "rename it"
        remedy = f"rename it to {place}" if place else f"move it away, or {move} to one of {known}"
        message = f"this is not part of the data and is not read; {remedy}"
        return _File([Problem(Location(shown), "stray-file", message)])
    if isinstance(content, OSError):
        rule = "link" if content.errno == errno.ELOOP else "unreadable"
        return _File([Problem(Location(shown), rule, f"the file cannot be read: {content.strerror or content}")])
    if not model:
        page, faults = transcription.parse(shown, content)
        return _File(faults, page)
    text = document.parse(shown, content)
    record, problems = reader.read(text, model)
    return _File(problems if record else layout.explain(text, model, problems), record, text)


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
