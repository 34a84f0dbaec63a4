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

HELPERS = """
import json, os, signal, sys
from pathlib import Path
from sdp_matrix.files import disk
from sdp_matrix.publishing import export
from sdp_matrix.publishing.export import GENERATOR

def version(text, *names):
    package = json.dumps({"generator": GENERATOR, "files": ["datapackage.json", *names], "version": text})
    return {"datapackage.json": package.encode(), **{name: text.encode() * 5_000 for name in names}}

def shown():
    "What is to be seen of the folder: how each file begins, and its size."
    visible = (file for file in sorted(Path("here").rglob("*")) if not any(part[0] == "." for part in file.parts))
    return {file.name: [file.read_text()[:3], file.stat().st_size] for file in visible if file.is_file()}

def child(do):
    "Run something in a process of its own; its exit code."
    if not (process := os.fork()):
        code = 1
        try:
            do()
            code = 0
        finally:
            os._exit(code)
    return process

STEPS = {"open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir"}

def killed_before(step, do):
    "Run something that is killed before so many steps that change or open something on the disk; whether it was."
    def run():
        left = step
        def count(event, _):
            nonlocal left
            if event in STEPS:
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(count)
        do()
    return os.waitstatus_to_exitcode(os.waitpid(child(run), 0)[1]) == -signal.SIGKILL

here = Path("here")
OLD, NEW = version("old", "a.csv", "b.csv"), version("new", "b.csv", "c.csv")
"""
"""A process without threads, which can fork."""

KILLED = """
def begin():
    os.system("rm -rf here; mkdir here")
    {before}
    return shown()

def write():
    {write}

old, states, step = begin(), [], 0
while killed_before(step, write):
    states.append(shown())
    {again}
    begin()
    step += 1
print(json.dumps({{"old": old, "new": shown(), "states": states}}))
"""

SEEN: dict[str, dict[str, str]] = {
    "a file": {"before": 'disk.write("here/x", "old" * 5_000)', "write": 'disk.write("here/x", "new" * 5_000)'},
    "a file that is new": {"before": "", "write": 'disk.write("here/x", "new" * 5_000)'},
    "an export that is new": {"before": "", "write": 'export.write(here / "far" / "sdp", NEW)'},
}


def ran(folder: Path, code: str) -> str:
    """What some code prints after the helpers, in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", HELPERS + code], cwd=folder, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("what", SEEN)
def test_a_kill_at_any_step_leaves_old_or_new(tmp_path: Path, what: str) -> None:
    seen = json.loads(ran(tmp_path, KILLED.format(**SEEN[what], again="")))
    assert seen["old"] != seen["new"]
    assert all(state in (seen["old"], seen["new"]) for state in seen["states"])
    assert seen["states"][0] == seen["old"]
    assert len(seen["states"]) > 2


def test_files_of_others_beside_an_export_stay_and_the_next_export_makes_it_whole(tmp_path: Path) -> None:
    scenario = {
        "before": 'export.write(here / "sdp", OLD); (here / "sdp" / "mine").write_text("mine")',
        "write": 'export.write(here / "sdp", NEW)',
        "again": "write(); states.append(shown())",
    }
    seen = json.loads(ran(tmp_path, KILLED.format(**scenario)))
    whole = {tuple(value) for state in (seen["old"], seen["new"]) for value in state.values()}
    assert all(tuple(value) in whole for state in seen["states"] for value in state.values())
    assert all(state["mine"] == ["min", 4] for state in seen["states"])
    assert all(state == seen["new"] for state in seen["states"][1::2])


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


def test_a_failure_among_the_files_of_a_folder_is_told_truthfully(tmp_path: Path) -> None:
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
def test_a_device_that_is_full_is_told(sdp: Run) -> None:
    ran = sdp("matrix", "-f", "csv", "-o", "/dev/full")
    assert (ran.code, ran.err) == (2, "sdp: cannot write /dev/full: No space left on device\n")


def test_a_pipe_is_written_to_directly(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.csv")
    with ThreadPoolExecutor() as pool:
        text = pool.submit((tmp_path / "x.csv").read_text)
        disk.write(str(tmp_path / "x.csv"), "number,area_id")
    assert text.result() == "number,area_id"
