"""Load a data folder as a checked data set, or return the problems of folders and files."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from sdp_matrix.errors import DataError, RequestError
from sdp_matrix.files.disk import data_folder, describe
from sdp_matrix.files.reader import FOLDERS, SHARED_FILES
from sdp_matrix.files.scan import scan, schema_problems
from sdp_matrix.model.dataset import Dataset
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

    Raises `RequestError` for a path that does not exist, or that is not part of a data folder.

    >>> from sdp_matrix import validate
    >>> validate().problems
    ()
    """
    paths = [paths] if isinstance(paths, str | Path) else paths
    parts: dict[Path, list[str]] = defaultdict(list)
    for path in map(Path, paths):
        # a single name without a suffix was probably meant to be a folder; its reader says so
        if not path.exists() and not path.is_symlink() and (len(paths) > 1 or path.suffix):
            raise RequestError(f"there is no file or folder {path}; name a data folder or files of one")
        folder, inside = _in_folder(path)
        parts[folder].append(inside)
    if not paths:
        parts[data_folder(data)].append("")
    results = [_of_folder(folder, tuple(inside)) for folder, inside in parts.items()]
    texts = {path: text for findings in results for path, text in findings.texts.items()}
    problems = sorted({problem for findings in results for problem in findings.problems})
    files, source = sum(findings.files for findings in results), "; ".join(dict.fromkeys(f.source for f in results))
    return Findings(tuple(problems), files, texts, source)


def _in_folder(path: Path) -> tuple[Path, str]:
    """Return the data folder of a path, and the path inside it."""
    name, parent, inside = path.absolute().name, path.absolute().parent, ""
    if path.is_dir() and name in FOLDERS and (parent / _MARK).is_file():
        folder, inside = parent, f"{name}/"
    elif path.is_dir() or not path.exists():
        folder = path  # also one that does not exist: the reader of folders reports it
    elif parent.name in FOLDERS and (parent.parent / _MARK).is_file():
        folder, inside = parent.parent, f"{parent.name}/{name}"
    elif name in SHARED_FILES and (parent / _MARK).is_file():
        folder, inside = parent, name
    else:
        raise RequestError(f"{path} is not a data file in a data folder; move it into one, or name the folder")
    if Path.cwd().is_relative_to(folder):
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
