"""Whatever happens while files are written: old or new is there, whole, and nothing where it does not belong."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from conftest import Run
from sdp_matrix.errors import OutputFailed
from sdp_matrix.files import writing

HELPERS = """
import json, os, resource, signal, sys
from pathlib import Path
from sdp_matrix.files import writing
from sdp_matrix.publishing.export import folder as export
from sdp_matrix.publishing.export.datapackage import GENERATOR

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

STEPS = {"open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "ctypes.dlsym"}

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
    "a file": {"before": 'writing.write("here/x", "old" * 5_000)', "write": 'writing.write("here/x", "new" * 5_000)'},
    "a file that is new": {"before": "", "write": 'writing.write("here/x", "new" * 5_000)'},
    "an export over an older one": {
        "before": 'export.write(here / "sdp", OLD)',
        "write": 'export.write(here / "sdp", NEW)',
    },
    "an export that is new": {"before": "", "write": 'export.write(here / "far" / "sdp", NEW)'},
    "an export into an empty folder": {"before": '(here / "sdp").mkdir()', "write": 'export.write(here / "sdp", NEW)'},
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


@pytest.mark.parametrize("signal", ["SIG_DFL", "SIG_IGN"])
def test_a_disk_that_fills_up_half_way_leaves_what_was_there(tmp_path: Path, signal: str) -> None:
    code = f"""
here.mkdir(); export.write(here / "sdp", OLD); before = shown()
def full():
    signal.signal(signal.SIGXFSZ, signal.{signal})
    resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, resource.RLIM_INFINITY))
    export.write(here / "sdp", NEW)
assert os.waitpid(child(full), 0)[1] != 0
assert shown() == before
export.write(here / "sdp", NEW)
assert shown()["c.csv"] == ["new", 15_000]
"""
    ran(tmp_path, code)


@pytest.mark.parametrize("beside", ["", '(here / "sdp" / "mine").write_text("mine")'])
def test_two_exports_at_once_do_not_mix(tmp_path: Path, beside: str) -> None:
    code = f"""
here.mkdir(); export.write(here / "sdp", OLD); {beside or "pass"}
one, two = version("one", "a.csv", "b.csv"), version("two", "a.csv", "c.csv", "d.csv")
for _ in range(15):
    for process in [child(lambda: export.write(here / "sdp", one)), child(lambda: export.write(here / "sdp", two))]:
        os.waitpid(process, 0)
    assert {{name: state[0] for name, state in shown().items() if name.endswith("csv")}} in (
        {{"a.csv": "one", "b.csv": "one"}}, {{"a.csv": "two", "c.csv": "two", "d.csv": "two"}}
    ), shown()
assert not list(here.glob(".sdp-*"))
"""
    ran(tmp_path, code)


@pytest.mark.parametrize(
    "arguments", [["export", "new/sdp"], ["matrix", "-o", "x.json"], ["matrix", "-o", "x.xlsx"], ["explorer"]]
)
def test_a_full_disk_is_told_truthfully_and_the_next_try_works(tmp_path: Path, arguments: list[str]) -> None:
    line = [shutil.which("bash") or "bash", "-c", 'ulimit -f 1; exec "$@"', ""]
    command = [sys.executable, "-m", "sdp_matrix", *arguments]
    full = subprocess.run([*line, *command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (full.returncode, full.stdout) == (2, "")
    assert full.stderr.startswith("sdp: cannot write ")
    assert full.stderr.endswith(": File too large; nothing was changed\n")
    assert list(tmp_path.iterdir()) == []
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_a_failure_after_the_first_of_several_files_says_how_many_were_written(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    files = {tmp_path / "a": b"new", tmp_path / "b": b"new"}
    with pytest.raises(OutputFailed, match="Is a directory; 1 of 2 files were written, try again"):
        writing.write_all(files, within=[tmp_path])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a", "b"]


def test_a_folder_that_is_made_for_nothing_is_removed_again(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    with pytest.raises(OutputFailed):
        writing.write_all({tmp_path / "full": b"", tmp_path / "new" / "er" / "a": b""}, within=[tmp_path])
    assert [file.name for file in tmp_path.iterdir()] == ["full"]


def test_an_export_keeps_the_permissions_of_its_folder_and_files(tmp_path: Path) -> None:
    folder = tmp_path / "sdp"
    writing.write_folder(folder, {"a": b"old"}, before=())
    folder.chmod(0o2750)
    (folder / "a").chmod(0o640)
    assert writing.write_folder(folder, {"a": b"new", "b": b"new"}, before=["a"])
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "a")]
    assert modes == [0o2750, 0o640]


@pytest.mark.parametrize("hindrance", ["a file of others", "a folder of others", "the working folder", "no such step"])
def test_a_folder_that_cannot_be_replaced_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hindrance: str
) -> None:
    folder = tmp_path / "sdp"
    writing.write_folder(folder, {"a": b"old"}, before=())
    match hindrance:
        case "a file of others":
            (folder / "mine").touch()
        case "a folder of others":
            (folder / "b").mkdir()
        case "the working folder":
            monkeypatch.chdir(folder)
        case _:
            monkeypatch.setattr("sys.platform", "elsewhere")
    before = {*folder.iterdir()}
    assert not writing.write_folder(folder, {"a": b"new"}, before=["a", "b"])
    assert (folder / "a").read_bytes() == b"old"
    assert {*folder.iterdir()} == before
    assert list(tmp_path.iterdir()) == [folder]


def _links(folder: Path, outside: Path) -> Collection[Path]:
    (folder / "dangling").symlink_to(outside / "new")
    (folder / "file").symlink_to(outside / "kept")
    (folder / "away").symlink_to(outside)
    return [folder / "dangling", folder / "file", folder / "away" / "new"]


def test_no_file_is_written_through_a_link_that_leaves_its_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    outside.mkdir()
    (outside / "kept").write_text("kept")
    for link in _links(folder, outside):
        with pytest.raises(OutputFailed, match="through a link; remove the link"):
            writing.write_all({link: b"new", folder / "other": b"new"}, within=[folder])
    assert [(file.name, file.read_text()) for file in outside.iterdir()] == [("kept", "kept")]
    assert not (folder / "other").exists()


def test_a_new_partnership_is_not_written_through_a_link(folder: Path, tmp_path: Path, sdp: Run) -> None:
    link = folder / "partnerships" / "chile.yaml"
    link.symlink_to(tmp_path / "elsewhere.yaml")
    ran = sdp("--data", str(folder), "new", "partner", "chile", "--name", "Chile", "--iso", "CL")
    assert (ran.code, "exists already" in ran.err) == (2, True)
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_link_to_itself_is_told(tmp_path: Path, sdp: Run) -> None:
    link = tmp_path / "x.csv"
    link.symlink_to(link)
    ran = sdp("matrix", "-o", str(link))
    told = f"sdp: cannot write {link}: Too many levels of symbolic links; nothing was changed\n"
    assert (ran.code, ran.err) == (2, told)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no device that is always full")  # noqa: PTH110 - a device
def test_a_device_that_is_full_is_told(sdp: Run) -> None:
    ran = sdp("matrix", "-f", "csv", "-o", "/dev/full")
    assert (ran.code, ran.err) == (2, "sdp: cannot write /dev/full: No space left on device\n")


def test_a_pipe_is_written_to_directly(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.csv")
    command = [sys.executable, "-m", "sdp_matrix", "matrix", "-o", str(tmp_path / "x.csv")]
    with subprocess.Popen(command) as writer:
        assert (tmp_path / "x.csv").read_text("utf-8").startswith("number,area_id,area")
    assert writer.returncode == 0
