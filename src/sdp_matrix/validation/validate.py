"""Load a data folder as a checked data set, or return the problems of folders and files."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from sdp_matrix.errors import DataError, RequestError
from sdp_matrix.files import document
from sdp_matrix.files.disk import PARTNERSHIPS, TABLES, content, data_folder, describe, read_folder, shown_as
from sdp_matrix.files.scan import FOLDERS, SHARED_FILES, scan, scan_files, schema_problems
from sdp_matrix.model.dataset import TABLE, Dataset, PublishedTable
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.record import Record
from sdp_matrix.problem import Problem, errors
from sdp_matrix.validation import rules
from sdp_matrix.validation.report import Findings

_MARK = "areas.yaml"  # a folder with this file is a data folder


def load(folder: str | Path | None = None) -> Dataset:
    """Load and check a data folder; by default SDP_DATA, else the nearest in the repository, else the package's.

    Raises `DataError`, which carries every problem, if a file cannot be read or a rule is broken.
    """
    dataset, problems = load_to_verify(folder)
    if problems:
        raise DataError(problems)
    return dataset


def load_to_verify(folder: str | Path | None = None) -> tuple[Dataset, tuple[Problem, ...]]:
    """Load a data folder and return it with the problems of departures from the published table.

    Raises `DataError` for any other problem.
    """
    scanned = scan(data_folder(folder))
    faults, dataset = errors(rules.check(scanned)), scanned.dataset()
    if dataset is None or any(fault.rule not in rules.ON_DEPARTURES for fault in faults):
        raise DataError(faults)
    return dataset, faults


def validate(paths: str | Path | Sequence[str | Path] = (), *, data: str | Path | None = None) -> Findings:
    """Check data folders, folders inside them, and single files; without any, the folder of `data`.

    A file outside of any data folder is checked as part of the folder of `data`, in place of the file with its name or
    id. Raises `RequestError` for a path that does not exist.

    >>> from sdp_matrix import validate
    >>> validate().problems
    ()
    """
    paths = [paths] if isinstance(paths, str | Path) else paths
    parts: dict[Path, list[str]] = defaultdict(list)
    results = []
    for path in map(Path, paths):
        # a single name without a suffix was probably meant to be a folder; its reader says so
        if not path.exists() and not path.is_symlink() and (len(paths) > 1 or path.suffix):
            raise RequestError(f"there is no file or folder {path}; name a data folder or files of one")
        folder, inside = _in_folder(path, explicit=data is not None)
        if folder:
            parts[folder].append(inside)
        else:
            results.append(_of_file(path, data_folder(data)))
    if not paths:
        parts[data_folder(data)].append("")
    results += [_of_folder(folder, tuple(inside)) for folder, inside in parts.items()]
    texts = {path: text for findings in results for path, text in findings.texts.items()}
    problems = sorted({problem for findings in results for problem in findings.problems})
    files, source = sum(findings.files for findings in results), "; ".join(dict.fromkeys(f.source for f in results))
    return Findings(tuple(problems), files, texts, source)


def _in_folder(path: Path, *, explicit: bool) -> tuple[Path | None, str]:
    """Return the data folder of a path and the path inside it; None for a file to be checked by itself."""
    name, parent = path.absolute().name, path.absolute().parent
    folder: Path | None = None
    inside = ""
    if path.is_dir() and name in FOLDERS and (parent / _MARK).is_file():
        folder, inside = parent, f"{name}/"
    elif path.is_dir() or not path.exists():
        folder = path  # also one that does not exist: the reader of folders reports it
    # with --data, a file is compared with that folder, wherever it is
    elif not explicit and parent.name in FOLDERS and (parent.parent / _MARK).is_file():
        folder, inside = parent.parent, f"{parent.name}/{name}"
    elif not explicit and name in SHARED_FILES and (parent / _MARK).is_file():
        folder, inside = parent, name
    if folder and Path.cwd().is_relative_to(folder):
        folder = Path(os.path.relpath(folder))
    return folder, inside


def _of_folder(folder: Path, inside: tuple[str, ...]) -> Findings:
    """Return the findings on a folder, or on some files and folders inside it."""
    scanned, is_whole = scan(folder), "" in inside  # all of it is read, as files refer to each other
    wanted = {shown for path, shown in scanned.shown.items() if path.startswith(inside)}
    texts = {doc.path: doc.text for doc in scanned.documents.values() if doc.path in wanted}
    reported = rules.check(scanned, upkeep=True)
    problems = tuple(p for p in reported if is_whole or p.location.path in wanted)
    problems += tuple(schema_problems(folder, scanned.folder) if is_whole else ())
    return Findings(problems, len(wanted), texts, f"{'in' if is_whole else 'of'} {describe(folder)}")


def _of_file(file: Path, folder: Path) -> Findings:
    """Return the findings on a file in place of the one with its name or id in a data folder."""
    raw = content(file)
    if isinstance(raw, OSError):
        raise RequestError(f"{file} cannot be read: {raw.strerror or raw}; name a data folder or files of one")
    read = document.parse(file.as_posix(), raw)
    named: dict[str, type[Record]] = {**SHARED_FILES, f"{TABLE}.yaml": PublishedTable}
    kind = named.get(file.name, Partnership)
    places = {record: f"{name}/{file.name}" for name, record in FOLDERS.items()}
    places |= {record: name for name, record in SHARED_FILES.items()}
    place = f"{TABLES}/{file.name}" if file.suffix == ".csv" else places[kind]
    replaced = f"{PARTNERSHIPS}/{read.mapping.get('id')}.yaml" if kind is Partnership else place
    others = read_folder(folder)
    files = {path: other for path, other in others.files.items() if path != replaced} | {place: raw}
    shown = shown_as(file)
    scanned = scan_files(others.shown, files, elsewhere={place: shown})
    problems = others.problems or tuple(p for p in rules.check(scanned) if p.location.path == shown)
    return Findings(problems, 1, {shown: read.text}, f"compared with {describe(folder)}")
