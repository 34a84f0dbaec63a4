"""A folder that an export is written into: never over files of somebody else, and stale where the data have changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sdp_matrix.errors import BadRequest, OutputFailed
from sdp_matrix.publishing.export.datapackage import GENERATOR, NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def write(folder: Path, files: Mapping[str, bytes], put: Callable[[str, bytes], None]) -> tuple[str, ...]:
    """Write what has changed with `put`, remove what the export no longer has, and name both.

    Raises `BadRequest` where the folder holds what is not from an earlier export, and `OutputFailed`.
    """
    before = _written(folder)
    try:
        if foreign := sorted(_foreign(folder, files, before)):
            raise BadRequest(f"{folder} holds {foreign[0]}, which no export has written; choose a folder of its own")
        folder.mkdir(parents=True, exist_ok=True)
        changed = [name for name in files if _content(folder / name) != files[name]]
        for name in changed:
            put(str(folder / name), files[name])
        gone = sorted(name for name in before - set(files) if (folder / name).is_file())
        for name in gone:
            (folder / name).unlink()
    except OSError as error:
        raise OutputFailed(f"cannot write {error.filename or folder}: {error.strerror or error}") from error
    return (*changed, *gone)


def _foreign(folder: Path, files: Mapping[str, bytes], before: set[str]) -> set[str]:
    """What stands in the way: links, files of ours that nobody exported, and in a folder without an export anything.

    Hidden files do not count there, so that an export can be kept under version control.
    """
    there = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
    taken = {name for name in there if not name.startswith(".")} if not before else (there & set(files)) - before
    return taken | {name for name in files if (folder / name).is_symlink()}


def stale(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files that an export would write, or remove; raises `BadRequest` where there is no export."""
    if NAME not in (before := _written(folder)):
        raise BadRequest(f"{folder} is no export; write one with: sdp export {folder}")
    gone = (name for name in before - set(files) if (folder / name).exists())
    return tuple(sorted({*gone, *(name for name in files if _content(folder / name) != files[name])}))


def _written(folder: Path) -> set[str]:
    """The names of the files that an earlier export has written; never one outside the folder."""
    try:
        package = json.loads((folder / NAME).read_text("utf-8"))
        names = {str(name) for name in package["files"]} if package["generator"] == GENERATOR else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in names if name not in {"", ".", ".."} and not set(name) & {"/", "\\", ":"}}


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
