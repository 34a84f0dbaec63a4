"""A folder that an export is written into: never over files of somebody else, and stale where the data have changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from sdp_matrix.errors import BadRequest
from sdp_matrix.files.writing import alone, bytes_at, write_all, write_folder
from sdp_matrix.publishing.export.datapackage import GENERATOR, NAME


def write(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write an export, remove what it no longer has, and name the files that this changed.

    The folder is replaced in one step; one that holds more than an export has its files replaced one by one.
    Raises `BadRequest` where the folder holds what is not from an earlier export, and `OutputFailed`.
    """
    with alone(folder):
        return _written_anew(folder, files)


def _written_anew(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    before = _written(folder)
    if foreign := sorted(_foreign(folder, files, before)):
        raise BadRequest(f"{folder} holds {foreign[0]}, which no export has written; choose a folder of its own")
    changed, gone = _differing(folder, files), _gone(folder, files, before)
    if (changed or gone) and not write_folder(folder, files, before=before):
        # The package comes first: what it names is known as an export's, if this ends half-way, and is written again.
        in_order = {NAME: files[NAME], **files}
        write_all(
            {folder / name: data for name, data in in_order.items()},
            within=[folder],
            gone=[folder / name for name in gone],
        )
    return (*changed, *gone)


def _differing(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    return [name for name, data in files.items() if bytes_at(folder / name) != data]


def _gone(folder: Path, files: Mapping[str, bytes], before: set[str]) -> list[str]:
    return sorted(name for name in before - set(files) if (folder / name).is_file())


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
        raise BadRequest(f"not an export folder: {folder}; write one with: sdp export {folder}")
    return tuple(sorted([*_gone(folder, files, before), *_differing(folder, files)]))


def _written(folder: Path) -> set[str]:
    """The names of the files that an earlier export has written; never one outside the folder."""
    try:
        package = json.loads((folder / NAME).read_text("utf-8"))
        names = {str(name) for name in package["files"]} if package["generator"] == GENERATOR else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in names if name not in {"", ".", ".."} and not set(name) & {"/", "\\", ":"}}
