"""Find the folder of data, and read its files as bytes."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import one_path, printable

MAX_BYTES = 2_000_000
"""Maximum size of a file."""

PARTNERSHIPS, TABLES = "partnerships", "tables"
"""The folders inside a data folder."""

_MARKS = ("areas.yaml", "dataset.yaml", PARTNERSHIPS)
"""One of these makes a data folder, and it is checked even if the others are missing."""

_REMEDY = "name another one with --data or SDP_DATA"

_PASSED_OVER = re.compile(
    r"\.|(?:README|LICEN[CS]E|CHANGELOG|CITATION|CONTRIBUTING)(?:$|\.)|(?:Thumbs\.db|desktop\.ini)$"
)
"""Names of files that hold no data and do not seem to: hidden ones, what systems leave, and texts for people."""

SCHEMAS = "schema"
"""The folder of derived schemas, which only editors read."""


def data_folder(named: str | Path | None = None) -> Path:
    """Return the folder of data: the named one, else SDP_DATA, else the nearest in the repository, else the package's.

    The nearest is a `data/` in the working directory or above it, up to the root of the repository; a directory that
    holds the files itself counts like one that has them in `data/`.
    """
    chosen = named or os.environ.get("SDP_DATA")
    return Path(chosen) if chosen else _nearest() or _in_package()


def _nearest() -> Path | None:
    try:
        here = Path.cwd()
    except OSError:  # the working directory was removed
        return None
    places = (here, *here.parents)
    root = next((place for place in places if os.path.lexists(place / ".git")), here)
    folders = (folder for place in places[: places.index(root) + 1] for folder in (place / "data", place))
    return next((folder for folder in folders if _has_data(folder)), None)


def _has_data(folder: Path) -> bool:
    """Return whether a folder holds data, or is named 'data' and cannot be opened."""
    is_closed = folder.name == "data" and folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK)
    return is_closed or any(os.path.lexists(folder / mark) for mark in _MARKS)


def _in_package() -> Path:
    """Return the data that came with the program; in a checkout they are outside the package."""
    package = Path(__file__).parents[1]
    checkout = package.parent.parent / "data"
    return checkout if (checkout / "areas.yaml").is_file() else package / "data"


def is_packaged(folder: Path) -> bool:
    """Return whether a data folder came with the package, whose next version replaces it."""
    return folder.resolve() == (Path(__file__).parents[1] / "data").resolve()


def described(folder: Path) -> str:
    """Return the name and edition of a folder, read without YAML, so that it works if the data do not load."""
    whose = ", which came with sdp" if is_packaged(folder) else ""
    try:
        lines = (folder / "dataset.yaml").read_text("utf-8").splitlines()
        values = dict(line.split(": ", 1) for line in lines if ": " in line)
        edition = f"edition {values['version']} of {values['date']}"
    except (OSError, KeyError, UnicodeDecodeError):
        edition = "of no known edition"
    return printable(f"{shown_as(folder)}{whose}, {edition}")


def count(folder: Path) -> int:
    """Return the number of data files of a folder; 0 if it cannot be read."""
    try:
        return sum(1 for _ in data_files(folder))
    except OSError:
        return 0


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a data folder as they are on disk."""

    shown: str
    """Name of the folder in messages."""
    files: Mapping[str, bytes | OSError] = field(default_factory=dict)
    """By path inside the folder; an error for a file that could not be read."""
    problems: tuple[Problem, ...] = ()


class IsLink(OSError):  # noqa: N818 - it names the case
    """A data file is a link."""


def read(folder: Path) -> Folder:
    """Return every data file below a folder; never raises: what cannot be read is among the problems."""
    shown = shown_as(folder)
    try:
        paths = sorted(data_files(folder))
    except OSError as error:
        message = f"the data folder cannot be read: {error.strerror or error}; {_REMEDY}"
        return Folder(shown, problems=(Problem(Location(shown), "unreadable", message),))
    if not any(path.partition("/")[0] in _MARKS for path in paths):  # an incomplete one is still a data folder
        message = f"this is not a data folder: it has neither areas.yaml nor partnerships/; {_REMEDY}"
        return Folder(shown, problems=(Problem(Location(shown), "no-data", message),))
    return Folder(shown, {path: content(folder / path, in_folder=True) for path in paths})


def shown_as(path: Path) -> str:
    """Return a path for messages: relative to the working directory if it is below it."""
    try:
        return one_path(path.absolute().relative_to(Path.cwd()).as_posix())
    except (ValueError, OSError):
        return one_path(path.as_posix())


def data_files(folder: Path) -> Iterator[str]:
    """Yield the paths inside a folder but those of hidden files, what systems leave, and texts for people."""
    for entry in os.scandir(folder):
        if entry.name in {PARTNERSHIPS, TABLES, SCHEMAS} and entry.is_dir(follow_symlinks=False):
            names = (inner.name for inner in os.scandir(entry.path) if not _PASSED_OVER.match(inner.name))
            is_schema = ".schema.json" if entry.name == SCHEMAS else ()
            yield from (f"{entry.name}/{name}" for name in names if not name.endswith(is_schema))
        elif not _PASSED_OVER.match(entry.name):
            yield entry.name


def content(file: Path, *, in_folder: bool = False) -> bytes | OSError:
    """Return the bytes of a file, at most one more than allowed, or the error; `in_folder` also refuses a link."""
    try:
        if in_folder and file.is_symlink():
            return IsLink(0, "it is a link, which may bring in what nobody reviewed; put the file itself here")
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            kind = "a named pipe" if stat.S_ISFIFO(mode) else "a device or socket"
            return OSError(0, f"it is {kind}, which may never end; put a file here, or remove it")
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return error
