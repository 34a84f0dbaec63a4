"""A folder that an export is written into: never over files of somebody else, and stale where the data have changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from sdp_matrix.errors import RequestError
from sdp_matrix.files.disk import write_folder
from sdp_matrix.publishing.export import GENERATOR, NAME


def write(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write an export, remove what it no longer has, and name the files that this changed.

    Raises `RequestError` where the folder holds what is not from an earlier export, and `OutputError`.
    """
    before = _written(folder)
    if foreign := sorted(_foreign(folder, files, before)):
        raise RequestError(f"{folder} holds {foreign[0]}, which no export has written; choose a folder of its own")
    changed, gone = _differing(folder, files, before)
    if changed or gone:
        # The package comes first: what it names is known as an export's, if this ends half-way, and is written again.
        write_folder(folder, {NAME: files[NAME], **{name: files[name] for name in changed}}, gone=gone)
    return (*changed, *gone)


def stale(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the files that an export would write, or remove; raises `RequestError` where there is no export."""
    if NAME not in (before := _written(folder)):
        raise RequestError(f"not an export folder: {folder}; write one with: sdp export {folder}")
    changed, gone = _differing(folder, files, before)
    return tuple(sorted([*gone, *changed]))


def _differing(folder: Path, files: Mapping[str, bytes], before: set[str]) -> tuple[list[str], list[str]]:
    """Return the files to write, and those to remove."""
    there = {name: folder / name for name in {*files, *before} if (folder / name).is_file()}
    changed = [name for name, data in files.items() if name not in there or there[name].read_bytes() != data]
    return changed, sorted(there.keys() - files.keys())


def _foreign(folder: Path, files: Mapping[str, bytes], before: set[str]) -> set[str]:
    """Return what is in the way: links, files of ours that nobody exported, and in a folder without an export anything.

    Hidden files do not count there, so that an export can be kept under version control.
    """
    there = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
    taken = {name for name in there if not name.startswith(".")} if not before else (there & set(files)) - before
    return taken | {name for name in files if (folder / name).is_symlink()}


def _written(folder: Path) -> set[str]:
    """Return the names of the files that an earlier export has written; never one outside the folder."""
    try:
        package = json.loads((folder / NAME).read_text("utf-8"))
        names = {str(name) for name in package["files"]} if package["generator"] == GENERATOR else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in names if name not in {"", ".", ".."} and not set(name) & {"/", "\\", ":"}}
