"""Write files completely or not at all: staged beside their place, flushed to the disk, then renamed into it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sdp_matrix.errors import OutputError
from sdp_matrix.text_safety import printable


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
                staged.replace(place)
            return
    with _translate_os_errors(output, after=""), Path(output).open("wb") as stream:
        stream.write(data)


def write_folder(folder: Path, files: Mapping[str, bytes], *, gone: Collection[str] = ()) -> None:
    """Write files into a folder in their order, all staged before the first is put in place; remove those `gone`.

    Raises `OutputError`; nothing has changed then, unless the message says otherwise.
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
    """Create a folder and its parents; remove them again on failure."""
    new = [parent for parent in (*reversed(folder.parents), folder) if not parent.exists()]
    try:
        for parent in new:
            parent.mkdir(exist_ok=True)
        yield
    except BaseException:
        for parent in reversed(new):
            with suppress(OSError):
                parent.rmdir()
        raise


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Yield a hidden name in a folder; remove what is there at the end."""
    staged = folder / f".sdp-{os.urandom(8).hex()}"
    try:
        yield staged
    finally:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        shutil.rmtree(staged, ignore_errors=True)


def _mode(file: str | Path) -> int | None:
    try:
        return os.stat(file).st_mode  # noqa: PTH116 - text as typed
    except FileNotFoundError:
        return None


def _stage(staged: Path, data: bytes, mode: int | None) -> None:
    with staged.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())  # some disks say only now that they are full
    if mode is not None:
        staged.chmod(stat.S_IMODE(mode))
