"""Read data files and editions from the history of a git repository.

A repository may come from anybody, so git only reads objects: no command runs a hook, filter, pager or other program
of its configuration, and the working tree stays untouched.
"""

from __future__ import annotations

import errno
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sdp_matrix.errors import RequestError
from sdp_matrix.files import document
from sdp_matrix.files.disk import MAX_BYTES
from sdp_matrix.files.reader import FOLDERS
from sdp_matrix.text_safety import flat, in_one_line

TIMEOUT = 60  # seconds

# A replaced object would show another history than the one published; core.fsmonitor names a program to run.
_OPTIONS = ("--no-pager", "--no-replace-objects", "-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false")
_ENVIRONMENT = {
    "LC_ALL": "C",  # messages of git in English, as ours are
    "GIT_TERMINAL_PROMPT": "0",  # never wait for a password
    "GIT_OPTIONAL_LOCKS": "0",  # never write, not even an index
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone would fetch what it lacks
    "GIT_ALLOW_PROTOCOL": "none",  # for a git too old for the line before
}
_EDITION = "dataset.yaml"
_LINK = "120000"  # git's mode of a symbolic link
_SUFFIXES = {".yaml", ".yml", ".csv"}


class EditionRevision(NamedTuple):
    """An edition of the data with the last commit that has its version."""

    version: str
    date: str
    commit: str


def commit(folder: Path, revision: str) -> str:
    """Return the full id of the commit of a revision; raises `RequestError` if there is none."""
    remedy = "name one in a git repository with --data, or compare it with another folder (sdp changes FOLDER)"
    remedy = f"the data folder {flat(str(folder))} has no history to read; {remedy}"
    _git(folder, "rev-parse", "--git-dir", remedy=remedy)  # fails outside a repository
    remedy = f"there is no revision '{in_one_line(revision)}' here; see 'git log --oneline' or 'sdp list editions'"
    verify = ("rev-parse", "--verify", "--quiet", "--end-of-options")  # a revision may begin with a hyphen
    answer = _git(folder, *verify, revision + "^{commit}", remedy=remedy)
    return answer.decode("ascii", "replace").split()[-1]


def files(folder: Path, revision: str) -> Mapping[str, bytes | OSError]:
    """Return the content of every data file at a revision by its path; raises `RequestError` if there is none."""
    entries = _entries(folder, commit(folder, revision))
    if not entries:
        remedy = "commit it, name a later revision, or if it was moved, a checkout of the old one (git worktree add)"
        raise RequestError(f"git has no data file of {flat(str(folder))} at '{in_one_line(revision)}'; {remedy}")
    link = OSError(errno.ELOOP, "it is a link; put the file itself here")
    content = _contents(folder, [identity for mode, identity in entries.values() if mode != _LINK])
    return {path: link if mode == _LINK else next(content) for path, (mode, _) in entries.items()}


def editions(folder: Path) -> tuple[EditionRevision, ...]:
    """Return the editions in the history of a data folder, the newest first; raises `RequestError` if it is cut."""
    until = commit(folder, "HEAD")
    remedy = "the history could not be read"
    if _git(folder, "rev-parse", "--is-shallow-repository", remedy=remedy).strip() == b"true":
        raise RequestError("the history here is cut short, so editions may be missing; run 'git fetch --unshallow'")
    by_version: dict[str, EditionRevision] = {}
    line = ("rev-list", "--first-parent")  # a commit of a merged branch never was an edition
    for revision in _git(folder, *line, until, "--", _EDITION, remedy=remedy).decode("ascii").split():
        for content in _contents(folder, [identity for _, identity in _entries(folder, revision, _EDITION).values()]):
            facts = document.parse(_EDITION, content).mapping
            version, date = str(facts.get("version", "")), str(facts.get("date", ""))
            if version and version not in by_version:
                # later commits belong to the edition, up to the one that raises the version
                newest = _git(folder, *line, "-1", until, "--", ".", remedy=remedy).decode("ascii").strip()
                by_version[version] = EditionRevision(version, date, newest)
        until = f"{revision}^"
    numbers = {version: [int(number) for number in re.findall("[0-9]+", version)] for version in by_version}
    return tuple(by_version[version] for version in sorted(by_version, key=numbers.__getitem__, reverse=True))


def _entries(folder: Path, revision: str, *paths: str) -> Mapping[str, tuple[str, str]]:
    """Return the mode and object of each data file of a commit, by its path inside the data folder."""
    remedy = "the files of the revision could not be listed"
    listed = _git(folder, "ls-tree", "-r", "-z", revision, "--", *paths, remedy=remedy)
    entries: dict[str, tuple[str, str]] = {}
    for line in listed.split(b"\0")[:-1]:  # with -z git does not quote names
        facts, _, name = line.partition(b"\t")
        mode, kind, identity = facts.decode("ascii").split()
        path = Path(os.fsdecode(name))
        is_in_folder = path.parent.as_posix() in {".", *FOLDERS}
        if kind == "blob" and is_in_folder and path.suffix in _SUFFIXES and not path.name.startswith("."):
            entries[path.as_posix()] = mode, identity
    return entries


def _contents(folder: Path, objects: Sequence[str]) -> Iterator[bytes]:
    names = "".join(f"{identity}\n" for identity in objects).encode("ascii")
    answer = _git(folder, "cat-file", "--batch", stdin=names, remedy="the files of the revision could not be read")
    start = 0
    for _ in objects:  # for each a line 'ID blob SIZE' or 'ID missing', then the content and a line break
        end = answer.index(b"\n", start)
        if answer[start:end].endswith(b" missing"):
            raise RequestError("the repository lacks a part of that revision; fetch it first ('git fetch --unshallow')")
        size = int(answer[start:end].split()[2])
        yield answer[end + 1 : end + 1 + min(size, MAX_BYTES + 1)]
        start = end + 1 + size + 1


def _git(folder: Path, *arguments: str, remedy: str, stdin: bytes = b"") -> bytes:
    """Run git and return what it prints."""
    # in a hook, GIT_DIR and others point to the repository of the hook
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _ENVIRONMENT
    command = ["git", *_OPTIONS, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - without a shell
            command, input=stdin, capture_output=True, check=False, env=environment, timeout=TIMEOUT
        )
    except FileNotFoundError as error:
        raise RequestError("git is not installed here, and the history cannot be read without it") from error
    except subprocess.TimeoutExpired as error:
        raise RequestError(f"git did not answer within {TIMEOUT} seconds; try 'git log' in the data folder") from error
    except OSError as error:
        raise RequestError(f"git cannot be started ({error.strerror}); see that it is installed and may run") from error
    if done.returncode:
        message = in_one_line(done.stderr.decode("utf-8", "replace").removeprefix("fatal: "), at_most=200)
        raise RequestError(f"{remedy} (git: {message})" if message else remedy)
    return done.stdout
