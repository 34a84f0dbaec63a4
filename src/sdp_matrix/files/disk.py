"""Find the folder of data, read its files as bytes, and write files whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from sdp_matrix.errors import OutputError
from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import one_path, printable

MAX_BYTES, _USUAL = 2_000_000, 65_536  # of one file; a data file has a few kilobytes

PARTNERSHIPS, TABLES, SCHEMAS = "partnerships", "tables", "schema"  # only editors read the schemas
_MARKS = ("areas.yaml", "dataset.yaml", PARTNERSHIPS)  # any of these makes a folder a data folder

_REMEDY = "name another one with --data or SDP_DATA"

# Files that people and systems put into any folder: hidden ones, among them an editor's `.#japan.yaml` and a Mac's
# `._japan.yaml`, but not `.japan.yaml`, which somebody may take for data; caches of Windows; a README and its like.
_PASSED_OVER = re.compile(
    r"\.(?![^#_].*\.(?:ya?ml|csv)$)"
    r"|(?:README|LICEN[CS]E|CHANGELOG|CITATION|CONTRIBUTING)(?:$|\.)|(?:Thumbs\.db|desktop\.ini)$"
)

# Version and date of an edition, in any style of YAML.
_EDITION = re.compile(r"""\b(version|date)["']?:\s*(?:[|>]-\s+)?["']?([0-9.-]+)""")


def data_folder(named: str | Path | None = None) -> Path:
    """Return the folder of data: the named one, else SDP_DATA, else the nearest in the repository, else the package's.

    The nearest is a `data/` in the working directory or above it, up to the root of the repository, or such a directory
    itself if it has the files.
    """
    if chosen := named or os.environ.get("SDP_DATA"):
        return Path(chosen)
    package = Path(__file__).parents[1]
    checkout = package.parent.parent / "data"  # in a checkout, the data are outside the package
    return _nearest() or (checkout if (checkout / "areas.yaml").is_file() else package / "data")


def _nearest() -> Path | None:
    try:
        here = Path.cwd()
    except OSError:  # the working directory was removed
        return None
    places = (here, *here.parents)
    root = next((place for place in places if os.path.lexists(place / ".git")), here)  # in a worktree it is a file
    folders = (folder for place in places[: places.index(root) + 1] for folder in (place / "data", place))
    return next((folder for folder in folders if _has_data(folder)), None)


def _has_data(folder: Path) -> bool:
    """Return whether a folder has data, or cannot be opened and is called 'data'."""
    # taken, to be reported as unreadable: other data from further up would answer in its place
    is_closed = folder.name == "data" and folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK)
    return is_closed or any(os.path.lexists(folder / mark) for mark in _MARKS)


def is_packaged(folder: Path) -> bool:
    """Return whether a data folder came with the package, whose next version replaces it."""
    return folder.resolve() == (Path(__file__).parents[1] / "data").resolve()


def describe(folder: Path) -> str:
    """Return the name and edition of a folder, also if its data cannot be loaded."""
    whose = ", which came with sdp" if is_packaged(folder) else ""
    try:
        values = dict(_EDITION.findall((folder / "dataset.yaml").read_text("utf-8")))
        edition = f"edition {values['version']} of {values['date']}"
    except (OSError, KeyError, UnicodeDecodeError):  # what is wrong with the file is reported elsewhere
        edition = "of no known edition"
    return printable(f"{shown_as(folder)}{whose}, {edition}")


def shown_as(path: Path) -> str:
    """Return a path for messages: from the working directory if that is shorter, as it is inside a repository."""
    try:
        return one_path(min(Path(os.path.relpath(path)).as_posix(), path.as_posix(), key=len))
    except (ValueError, OSError):  # another drive of Windows, or the working directory was removed
        return one_path(path.as_posix())


class Folder(NamedTuple):
    """The files of a data folder as they are on disk."""

    shown: str  # name of the folder in messages
    files: Mapping[str, bytes | OSError] = {}
    """The content of each file by its path inside the folder, or the error of reading it."""
    problems: tuple[Problem, ...] = ()


def read_folder(folder: Path) -> Folder:
    """Return the data files of a folder; never raises: what cannot be read is among the problems."""
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


def data_files(folder: Path) -> Iterator[str]:
    """Yield the paths of the data files inside a folder."""
    for entry in os.scandir(folder):
        # a linked folder is yielded itself, and reported as a link
        if entry.name in {PARTNERSHIPS, TABLES, SCHEMAS} and entry.is_dir(follow_symlinks=False):
            names = (inner.name for inner in os.scandir(entry.path) if not _PASSED_OVER.match(inner.name))
            is_schema = ".schema.json" if entry.name == SCHEMAS else ()
            yield from (f"{entry.name}/{name}" for name in names if not name.endswith(is_schema))
        elif not _PASSED_OVER.match(entry.name) and not entry.name.startswith("."):
            yield entry.name


def content(file: Path, *, in_folder: bool = False) -> bytes | OSError:
    """Return the bytes of a file, or the error; a file in a data folder may not be a link or pipe.

    >>> content(Path("nowhere"))
    FileNotFoundError(2, 'No such file or directory')
    """
    try:
        mode = (file.lstat() if in_folder else file.stat()).st_mode
        if stat.S_ISLNK(mode):
            message = "it is a link, which may bring in what nobody reviewed; put the file itself here"
            return OSError(errno.ELOOP, message)
        # a folder raises an error of its own below
        if in_folder and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            kind = "a named pipe" if stat.S_ISFIFO(mode) else "a device or socket"
            return OSError(errno.ENXIO, f"it is {kind}, which may never end; put a file here, or remove it")
        with file.open("rb") as stream:
            begun = stream.read(_USUAL)  # to get the room for the largest file takes longer than to read a usual one
            # the extra byte shows that the file is too large
            return begun if len(begun) < _USUAL else begun + stream.read(MAX_BYTES + 1 - _USUAL)
    except OSError as error:
        return error


def write(output: str, content: str | bytes) -> None:
    """Write content to a file; links are followed, a device or pipe is written to directly.

    Raises `OutputError`; an existing file is then unchanged.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with _translate_os_errors(output):
        mode = _mode(output)
        if mode is None or stat.S_ISREG(mode):
            place = Path(os.path.realpath(output))
            with _staging(place.parent) as staged:
                _stage(staged, data, mode)
                staged.replace(place)  # atomic, as both are in one folder: nobody reads half a file
            return
    # without 'nothing was changed': a pipe may have taken a part
    with _translate_os_errors(output, after=""), Path(output).open("wb") as stream:
        stream.write(data)


def write_folder(folder: Path, files: Mapping[str, bytes], *, gone: Collection[str] = ()) -> None:
    """Write files into a folder, all staged before the first replaces another one; remove those `gone`.

    Raises `OutputError`; nothing has changed then, unless the message says so.
    """
    place = Path(os.path.realpath(folder))
    with _translate_os_errors(folder), _created(place.parent), _staging(place.parent) as staged:
        staged.mkdir()
        for name, data in files.items():
            _stage(staged / name, data, _mode(place / name))
        if not place.exists():
            staged.rename(place)
            return
        with _translate_os_errors(folder, after="; some of its files were replaced, try again"):
            for name in gone:
                (place / name).unlink(missing_ok=True)
            for name in files:
                (staged / name).replace(place / name)


@contextmanager
def _translate_os_errors(name: str | Path, *, after: str = "; nothing was changed") -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:  # a name with a null character is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"cannot write {printable(str(name))}: {reason}{after}") from error


@contextmanager
def _created(folder: Path) -> Iterator[None]:
    """Create a folder and its parents; remove them on failure."""
    new = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:  # Ctrl-C as well
        for parent in new:
            with suppress(OSError):
                parent.rmdir()
        raise


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Yield a hidden path in a folder; remove what is there at the end."""
    staged = folder / f".sdp-{os.urandom(8).hex()}"  # nobody can guess it and put a link there
    try:
        yield staged
    finally:
        with suppress(OSError):  # a staged folder
            staged.unlink(missing_ok=True)
        shutil.rmtree(staged, ignore_errors=True)


def _mode(file: str | Path) -> int | None:
    try:
        return os.stat(file).st_mode  # noqa: PTH116 - Path would drop a slash at the end
    except FileNotFoundError:
        return None


def _stage(staged: Path, data: bytes, mode: int | None) -> None:
    with staged.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())  # some file systems notice only now that the disk is full
    if mode is not None:  # that of the file to be replaced
        staged.chmod(stat.S_IMODE(mode))
