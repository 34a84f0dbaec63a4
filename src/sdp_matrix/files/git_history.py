"""Data files as they stood at a revision of a git repository, read from its object store: no checkout is touched."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sdp_matrix.errors import BadRequest
from sdp_matrix.files.folder import MAX_BYTES
from sdp_matrix.files.scan import FOLDERS
from sdp_matrix.sanitize import in_one_line

_EDITION = "dataset.yaml"
_LINK = "120000"
_SHA1 = 40
"""Digits of an id of git by default."""
_SUFFIXES = (".yaml", ".yml", ".csv")


class _Entry(NamedTuple):
    mode: str
    object: str
    path: str
    """Inside the data folder."""


def commit(folder: Path, revision: str) -> str:
    """The full id of the commit that a revision names; raises `BadRequest` where there is none."""
    none = f"{folder} has no history to read; name a data folder in a git repository with --data"
    _git(folder, "rev-parse", "--git-dir", remedy=none)
    found = _git(
        folder,
        *("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"),
        remedy=f"there is no revision '{in_one_line(revision)}' here; 'git log --oneline' lists the commits",
    )
    return found.decode("ascii", "replace").split()[-1]


def edition(folder: Path) -> tuple[str, str] | None:
    """Return the commit in which the edition was last raised, and its version; None where no history says it."""
    asked = ("log", "-1", "--format=%H", "--patch", "--unified=0", "--no-ext-diff", "-G^version:", "--", _EDITION)
    try:
        said = _git(folder, *asked, remedy="").decode("utf-8", "replace")
    except BadRequest:
        return None
    version = re.search(r"(?m)^\+version: *['\"]?([0-9.]+)", said)
    return (said.partition("\n")[0], version[1]) if version else None


def holds(folder: Path, revision: str, files: Mapping[str, bytes]) -> bool:
    """Whether files are those of a commit, which is named by its full id; the old ones are not read for it."""
    stored = {entry.path: entry.object for entry in _entries(folder, revision)}
    algorithm = "sha1" if len(revision) == _SHA1 else "sha256"
    return all(
        stored.get(path) == hashlib.new(algorithm, b"blob %d\0%b" % (len(content), content)).hexdigest()
        for path, content in files.items()
    )


def files(folder: Path, revision: str) -> Mapping[str, bytes | OSError]:
    """The content of every data file at a commit, by its path inside the data folder.

    Raises `BadRequest` where the folder is in no git repository or the revision does not exist.
    """
    entries = list(_entries(folder, commit(folder, revision)))
    content = iter(_contents(folder, [entry.object for entry in entries if entry.mode != _LINK]))
    link = "it is a link; put the file itself here"
    return {entry.path: OSError(0, link) if entry.mode == _LINK else next(content) for entry in entries}


def _entries(folder: Path, revision: str) -> Iterator[_Entry]:
    """The data files of a commit; names are taken as bytes between zeros, so no name can be misread."""
    remedy = "the files of the revision could not be listed"
    listed = _git(folder, "ls-tree", "-r", "-z", "--end-of-options", revision, remedy=remedy)
    for line in listed.split(b"\0")[:-1]:
        facts, _, name = line.partition(b"\t")
        mode, kind, identity = facts.decode("ascii").split()
        if kind == "blob" and _is_data(path := os.fsdecode(name)):
            yield _Entry(mode, identity, path)


def _is_data(path: str) -> bool:
    parent, _, name = path.rpartition("/")
    return (not parent or parent in FOLDERS) and name.endswith(_SUFFIXES) and not name.startswith(".")


def _contents(folder: Path, objects: Sequence[str]) -> Iterator[bytes]:
    asked = "".join(f"{identity}\n" for identity in objects).encode("ascii")
    answer = _git(folder, "cat-file", "--batch", given=asked, remedy="the files of the revision could not be read")
    start = 0
    for _ in objects:
        end = answer.index(b"\n", start)
        if answer[start:end].endswith(b" missing"):
            raise BadRequest("the repository lacks a part of that revision; fetch it first ('git fetch --unshallow')")
        size = int(answer[start:end].split()[2])
        yield answer[end + 1 : end + 1 + min(size, MAX_BYTES + 1)]
        start = end + 1 + size + 1


def _git(folder: Path, *arguments: str, remedy: str, given: bytes = b"") -> bytes:
    # Nothing here runs a hook, a filter or a pager; no lock is taken, and nothing is fetched where a part is missing.
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False, env=environment)  # noqa: S603
    except FileNotFoundError as error:
        raise BadRequest("git is not installed here, and the history cannot be read without it") from error
    if done.returncode:
        said = in_one_line(done.stderr.decode("utf-8", "replace").removeprefix("fatal: "), at_most=200)
        raise BadRequest(f"{remedy} (git: {said})" if said else remedy)
    return done.stdout
