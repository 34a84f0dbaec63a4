"""Whatever happens while files are written: old or new is there, whole, and nothing where it does not belong."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import Run, with_needs
from sdp_matrix.errors import OutputError
from sdp_matrix.files import disk

KILLED = """
import itertools, json, os, shutil, signal, sys
from pathlib import Path
from sdp_matrix.files import disk

OLD, NEW = {"a": b"old" * 5_000, "b": b"old"}, {"b": b"new" * 5_000, "c": b"new"}
SCENARIOS = {
    "file": (lambda: disk.write("here/x", OLD["a"]), lambda: disk.write("here/x", NEW["b"])),
    "new file": (lambda: None, lambda: disk.write("here/x", NEW["b"])),
    "folder": (lambda: disk.write_folder(Path("here/x"), OLD), lambda: disk.write_folder(Path("here/x"), NEW)),
    "new folder": (lambda: None, lambda: disk.write_folder(Path("here/far/x"), NEW)),
}
STEPS = {"open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir"}

def shown():
    files = (file for file in Path("here").rglob("*") if file.is_file())
    return {file.name: file.read_text() for file in files if "/." not in str(file)}

def is_killed(write, left):
    if process := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
    def count(event, _):
        nonlocal left
        left -= event in STEPS
        if left < 0 and event in STEPS:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    write()
    os._exit(0)

def states(begin, write):
    for step in itertools.count():
        shutil.rmtree("here", ignore_errors=True)
        os.mkdir("here")
        begin()
        if not step:
            yield shown()
        goes_on = is_killed(write, step)
        yield shown()
        if not goes_on:
            return

print(json.dumps({name: list(states(*scenario)) for name, scenario in SCENARIOS.items()}))
"""
"""Kills a process before each step by which it changes or opens something; prints what is there before and after."""


def test_a_kill_at_any_step_leaves_old_or_new(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED]  # a process without threads, which can fork
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=True)
    for name, (old, *between, new) in json.loads(done.stdout).items():
        assert (old != new, len(between) > 2) == (True, True), name
        assert all(item in {*old.items(), *new.items()} for state in between for item in state.items()), name
        assert name == "folder" or all(state in (old, new) for state in between), name


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fills_up_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    disk.write_folder(tmp_path / "x", {"a": b"old"})
    with disk_of(9_000), pytest.raises(OutputError, match="File too large; nothing was changed"):
        disk.write_folder(tmp_path / "x", {"a": b"new", "b": b"new" * 5_000})
    assert [(file.name, file.read_bytes()) for file in tmp_path.rglob("*") if file.is_file()] == [("a", b"old")]


@pytest.mark.parametrize("words", with_needs(["export new/sdp", "matrix -o x.json", "matrix -o x.xlsx", "explorer"]))
def test_a_full_disk_is_reported_truthfully_and_the_next_try_works(
    tmp_path: Path, sdp: Run, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with disk_of(500):
        full = sdp(*words.split())
    assert (full.code, full.out) == (2, "")
    assert full.err.startswith("sdp: cannot write ")
    assert full.err.endswith(": File too large; nothing was changed\n")
    assert list(tmp_path.iterdir()) == []
    assert sdp(*words.split()).code == 0


def test_a_failure_half_way_through_a_folder_is_reported_as_that(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    with pytest.raises(OutputError, match="Is a directory; some of its files were replaced, try again"):
        disk.write_folder(tmp_path, {"a": b"new", "b": b"new"})
    with pytest.raises(OutputError, match="nothing was changed"):
        disk.write_folder(tmp_path / "new" / "er", {"a": b"", "b/c": b""})
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a", "b"]
    assert list(tmp_path.parent.glob(".sdp-*")) == []


def test_files_keep_their_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o640)
    disk.write_folder(tmp_path, {"a": b"new"})
    disk.write(str(file), b"newer")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"newer", 0o640)


def test_links_that_lead_elsewhere_or_nowhere_are_not_followed(folder: Path, tmp_path: Path, sdp: Run) -> None:
    partner, loop = folder / "partnerships" / "chile.yaml", tmp_path / "x.csv"
    partner.symlink_to(tmp_path / "elsewhere.yaml")
    loop.symlink_to(loop)
    ran = sdp("--data", str(folder), "new", "partner", "chile", "--name", "Chile", "--iso", "CL")
    assert (ran.code, "exists already" in ran.err, (tmp_path / "elsewhere.yaml").exists()) == (2, True, False)
    ran = sdp("matrix", "-o", str(loop))
    message = f"sdp: cannot write {loop}: Too many levels of symbolic links; nothing was changed\n"
    assert (ran.code, ran.err) == (2, message)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no device that is always full")  # noqa: PTH110 - a device
def test_a_full_device_is_reported(sdp: Run) -> None:
    ran = sdp("matrix", "-f", "csv", "-o", "/dev/full")
    assert (ran.code, ran.err) == (2, "sdp: cannot write /dev/full: No space left on device\n")


def test_a_pipe_is_written_to_directly(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.csv")
    with ThreadPoolExecutor() as pool:
        text = pool.submit((tmp_path / "x.csv").read_text)
        disk.write(str(tmp_path / "x.csv"), "number,area_id")
    assert text.result() == "number,area_id"
