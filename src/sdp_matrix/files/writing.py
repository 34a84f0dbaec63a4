"""Write files whole or not at all: staged beside their place, then renamed into it.

docs/decisions/writing-files.md says what that promises and what it does not.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sdp_matrix.errors import OutputFailed
from sdp_matrix.sanitize import printable

_AT_WORKING_FOLDER, _EXCHANGE = -100, 2
"""Linux's AT_FDCWD and RENAME_EXCHANGE."""


def write(output: str, content: str | bytes) -> None:
    """Write content to the file that a person named: links are followed, a device or pipe is written to directly.

    Raises `OutputFailed`; a file that was there is then as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with _told(output):
        mode = _mode(output)
        if mode is None or stat.S_ISREG(mode):
            _replace({Path(os.path.realpath(output)): data})
            return
    with _told(output, after=""), Path(output).open("wb") as stream:
        stream.write(data)


def write_all(files: Mapping[Path, bytes], *, within: Collection[Path], gone: Collection[Path] = ()) -> None:
    """Remove the files that are `gone` and write the others that differ, once all of them are staged.

    None may leave the folders and files `within` through a link. Raises `OutputFailed`; nothing has changed then,
    unless the message says otherwise.
    """
    with _told(next(iter(files), "files")), _made([file.parent for file in files]):
        _stay_within(within, [*files, *gone])
        _replace({Path(os.path.realpath(f)): data for f, data in files.items() if bytes_at(f) != data}, gone)


def write_folder(folder: Path, files: Mapping[str, bytes], *, before: Collection[str]) -> bool:
    """Replace a folder that holds nothing but the files `before`, or is not there yet, in one step.

    Returns False, with nothing changed, where that cannot be: the folder holds something else, is in use as the
    working folder, or the system has no such step. Raises `OutputFailed` with nothing changed, too.
    """
    with _told(folder):
        place = Path(os.path.realpath(folder))
        if place.is_dir() and not _is_only(place, before):
            return False
        with _made([place.parent]):
            staged = _staged_name(place.parent)
            try:
                staged.mkdir()
            except OSError:
                if place.is_dir():
                    return False
                raise
            try:
                for name, data in files.items():
                    _stage(staged / name, data, _mode(place / name))
                return _swap(staged, place)
            finally:
                _discard(staged, {*before, *files})


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait for other processes that write in a folder; the system ends the wait when they end, however they end."""
    if sys.platform == "win32" or not folder.is_dir():
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def bytes_at(file: Path) -> bytes | None:
    """The bytes of a file; None where there is none."""
    return file.read_bytes() if file.is_file() else None


@contextmanager
def _told(name: str | Path, *, after: str = "; nothing was changed") -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:  # a name with a null character is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise OutputFailed(f"cannot write {printable(str(name))}: {reason}{after}") from error


@contextmanager
def _made(folders: Collection[Path]) -> Iterator[None]:
    """Make folders that are missing, and remove them again where nothing came of it."""
    new = {one: None for folder in folders for one in [*reversed(folder.parents), folder] if not one.exists()}
    try:
        for folder in new:
            folder.mkdir(exist_ok=True)
        yield
    except BaseException:
        for folder in reversed(new):
            with suppress(OSError):
                folder.rmdir()
        raise


def _stay_within(places: Collection[Path], files: Collection[Path]) -> None:
    homes = [os.path.realpath(place) for place in places]
    for file in files:
        if not any(Path(os.path.realpath(file)).is_relative_to(home) for home in homes):
            name = printable(str(file))
            raise OutputFailed(f"cannot write {name}: it leaves its folder through a link; remove the link")


def _mode(file: str | Path) -> int | None:
    try:
        return os.stat(file).st_mode  # noqa: PTH116 - text as typed
    except FileNotFoundError:
        return None


def _staged_name(folder: Path) -> Path:
    return folder / f".sdp-{os.urandom(8).hex()}"


def _stage(staged: Path, data: bytes, mode: int | None = None) -> None:
    with staged.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())  # some disks say only now that they are full
    if mode is not None:
        staged.chmod(stat.S_IMODE(mode))


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _replace(files: Mapping[Path, bytes], gone: Collection[Path] = ()) -> None:
    staged = {file: _staged_name(file.parent) for file in files}
    done = 0
    try:
        for file, data in files.items():
            with _told(file):
                _stage(staged[file], data, _mode(file))
        for file in gone:
            file.unlink(missing_ok=True)
        for done, (file, new) in enumerate(staged.items()):
            after = f"; {done} of {len(staged)} files were written, try again" if done else "; nothing was changed"
            with _told(file, after=after):
                new.replace(file)
    finally:
        for new in staged.values():
            _remove(new)


def _is_only(folder: Path, names: Collection[str]) -> bool:
    """Whether a folder holds these files alone, and nobody's working folder would go with it."""
    entries = list(os.scandir(folder))
    ours = all(entry.name in names and entry.is_file(follow_symlinks=False) for entry in entries)
    return ours and not Path.cwd().is_relative_to(folder)


def _swap(staged: Path, place: Path) -> bool:
    """Put a staged folder in its place, and the one that was there, if any, where the staged one was."""
    if place.is_dir():
        staged.chmod(stat.S_IMODE(place.stat().st_mode))
    try:
        staged.rename(place)
    except OSError as error:
        if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
            raise
    else:
        return True
    if sys.platform != "linux":
        return False
    import ctypes

    exchange = getattr(ctypes.CDLL(None), "renameat2", lambda *_: -1)
    names = os.fsencode(staged), os.fsencode(place)
    return bool(exchange(_AT_WORKING_FOLDER, names[0], _AT_WORKING_FOLDER, names[1], _EXCHANGE) == 0)


def _discard(folder: Path, names: Collection[str]) -> None:
    """Remove a folder with these files; one that holds anything else stays, because it is somebody's."""
    for name in names:
        _remove(folder / name)
    with suppress(OSError):
        folder.rmdir()
