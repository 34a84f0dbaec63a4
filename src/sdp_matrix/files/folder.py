"""Where the data files are, and what is in them: the only reader of data files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sdp_matrix.problem import Location, Problem
from sdp_matrix.sanitize import printable

MAX_BYTES = 2_000_000
"""A larger file is read no further; a data file is a few kilobytes."""

PARTNERSHIPS, TABLES = "partnerships", "tables"
"""The folders inside a data folder."""

_MARKS = ("areas.yaml", "dataset.yaml", PARTNERSHIPS)
"""One of these makes a data folder: if the others are missing it is broken, and has to be the one that is checked."""

SCHEMAS = "schema"
"""The folder of derived schemas, which editors read and nothing else."""


def data_folder(given: str | Path | None = None) -> Path:
    """The folder of data files: the given one, else SDP_DATA, else the nearest of the repository, else the package's.

    The nearest is a `data/` in the working directory or above it, up to the root of the repository; a directory that
    holds the files itself counts like one that has them in `data/`.
    """
    chosen = given or os.environ.get("SDP_DATA")
    return Path(chosen) if chosen else _nearest() or _in_package()


def _nearest() -> Path | None:
    try:
        here = Path.cwd()
    except OSError:  # the working directory was removed
        return None
    places = (here, *here.parents)
    root = next((place for place in places if os.path.lexists(place / ".git")), here)
    inside = places[: places.index(root) + 1]
    found = (
        folder
        for place in inside
        for folder in (place / "data", place)
        if any(os.path.lexists(folder / mark) for mark in _MARKS) or _is_closed(folder)
    )
    return next(found, None)


def _is_closed(folder: Path) -> bool:
    """Whether nobody can say what is in a folder that has the name of one with data."""
    return folder.name == "data" and folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK)


def _in_package() -> Path:
    """The data that came with the program; in a checkout they are not inside the package."""
    package = Path(__file__).parents[1]
    checkout = package.parent.parent / "data"
    return checkout if (checkout / "areas.yaml").is_file() else package / "data"


def is_packaged(folder: Path) -> bool:
    """Whether a data folder is the one that came with the package, which its next version replaces."""
    return folder.resolve() == (Path(__file__).parents[1] / "data").resolve()


def described(folder: Path) -> str:
    """Say which folder of data it is and of which edition; also where the data do not load.

    The edition is two lines of a flat file, which are read without YAML.
    """
    whose = ", which came with sdp" if is_packaged(folder) else ""
    try:
        lines = (folder / "dataset.yaml").read_text("utf-8").splitlines()
        said = dict(line.split(": ", 1) for line in lines if ": " in line)
        edition = f"edition {said['version']} of {said['date']}"
    except (OSError, KeyError, UnicodeDecodeError):
        edition = "of no known edition"
    return printable(f"{shown_as(folder)}{whose}, {edition}")


def count(folder: Path) -> int:
    """How many files of data a folder has; none where it cannot be read."""
    try:
        return sum(1 for _ in data_files(folder))
    except OSError:
        return 0


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a data folder as they are on disk."""

    shown: str
    """What messages call the folder."""
    files: Mapping[str, bytes | OSError] = field(default_factory=dict)
    """By path inside the folder; a file that could not be read is there as its error."""
    problems: tuple[Problem, ...] = ()


class IsLink(OSError):  # noqa: N818 - it names the case
    """A link where a data file should be."""


def read(folder: Path) -> Folder:
    """Fetch every data file below a folder; never raises: what cannot be read is among the problems."""
    shown = shown_as(folder)
    try:
        paths = sorted(data_files(folder))
    except OSError as error:
        message = f"the data folder cannot be read: {error.strerror or error}; name another one with --data or SDP_DATA"
        return Folder(shown, problems=(Problem(Location(shown), "unreadable", message),))
    if not any(path.partition("/")[0] in _MARKS for path in paths):  # an incomplete one is still a data folder
        message = "this is not a data folder: it has neither areas.yaml nor partnerships/; name another one with "
        message += "--data or SDP_DATA"
        return Folder(shown, problems=(Problem(Location(shown), "no-data", message),))
    return Folder(shown, {path: content(folder / path, in_folder=True) for path in paths})


def shown_as(path: Path) -> str:
    """A path as messages name it: relative to where the person is, where it lies below that."""
    try:
        return printable(path.absolute().relative_to(Path.cwd()).as_posix())
    except (ValueError, OSError):
        return printable(path.as_posix())


def data_files(folder: Path) -> Iterator[str]:
    """Paths of everything inside the folder that is part of the data, or could be thought to be."""
    for entry in os.scandir(folder):
        if entry.name.startswith(".") or entry.name == SCHEMAS:
            continue
        if entry.name in {PARTNERSHIPS, TABLES} and entry.is_dir(follow_symlinks=False):
            names = (inner.name for inner in os.scandir(entry.path) if not inner.name.startswith((".", "README")))
            yield from (f"{entry.name}/{name}" for name in names)
        elif entry.name.lower().endswith((".yaml", ".yml", ".csv")) or not entry.is_file(follow_symlinks=False):
            yield entry.name


def content(file: Path, *, in_folder: bool = False) -> bytes | OSError:
    """The bytes of a file, up to a little more than is allowed; or why it cannot be read, as an error.

    `in_folder` refuses a link, which a person may name but a data folder must not hold.
    """
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
