"""The command as a process, and what is hostile: closed pipes, full disks, strange encodings; never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run, with_needs

SDP = [sys.executable, "-m", "sdp_matrix"]
FULL = "sdp: the output could not be written: No space left on device\n"
CLOSED = "sdp: the output could not be written: Bad file descriptor\n"
GONE = "sdp: the folder that you are in: No such file or directory\n"
NOWHERE = (
    "sdp: /nowhere:1:1: error: the data folder cannot be read: No such file or directory; "
    "name another one with --data or SDP_DATA [unreadable]\n"
)

ENDS: dict[str, tuple[int, str]] = {
    "sdp matrix | head -3": (0, ""),
    "sdp matrix -f csv | head -1": (0, ""),
    "sdp matrix -f xlsx | head -c 9": (0, ""),
    "sdp --help | head -1": (0, ""),
    "sdp matrix > /dev/full": (2, FULL),
    "sdp matrix -f xlsx > /dev/full": (2, FULL),
    "sdp --help > /dev/full": (2, FULL),
    "sdp --version > /dev/full": (2, FULL),
    "sdp show atlantis 2> /dev/full": (2, ""),
    "sdp matrix >&-": (2, CLOSED),
    "sdp matrix -f csv >&-": (2, CLOSED),
    "sdp matrix -f xlsx >&-": (2, CLOSED),
    "sdp matrix 2>&-": (0, ""),
    "sdp matrix >&- 2>&-": (2, ""),
    "sdp sql - <&-": (2, "sdp: the query gives no rows; write one, for example: select name, date from partners\n"),
    "PYTHONIOENCODING=ascii sdp show iceland": (0, ""),
    f"env -i {' '.join(SDP)} matrix -f csv": (0, ""),
    "SDP_DATA= sdp matrix": (0, ""),
    "SDP_DATA=/nowhere sdp matrix": (2, NOWHERE),
    "mkdir gone; cd gone; rmdir ../gone; sdp validate x": (2, GONE),
}
"""Line of a shell to the exit code and what is on standard error."""


@pytest.mark.parametrize("line", with_needs(ENDS))
def test_a_process_ends_without_a_traceback(tmp_path: Path, line: str) -> None:
    program = f'sdp() {{ {" ".join(SDP)} "$@"; }}; set -o pipefail\n'
    shell = ["bash", "-c", program + line]
    ran = subprocess.run(shell, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stderr) == ENDS[line]
    assert ran.stdout.isascii() or "IOENCODING" not in line


INTERRUPTED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
class Importing:
    def find_spec(self, name, *_):
        if name == sys.argv[1]:
            os.kill(os.getpid(), 2)
sys.modules.pop(sys.argv[1], None)
sys.meta_path.insert(0, Importing())
from sdp_matrix.cli import main
main(["list", "areas"])
"""


@pytest.mark.parametrize("moment", ["sdp_matrix.cli.entry_point", "sdp_matrix.validation.validate"])
def test_ctrl_c_ends_it_at_once_without_a_traceback(moment: str) -> None:
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED, moment], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--data", "file", "matrix"], "file:1:1: error: the data folder cannot be read: Not a directory"),
        (["--data", "folder.csv", "matrix"], "this is not a data folder"),
        (["--data", "a\nb", "matrix"], "a\\nb:1:1: error: the data folder cannot be read"),
        (["--data", "-data", "matrix"], "-data:1:1: error: the data folder cannot be read"),
        (["--data", "/dev/zero", "matrix"], "/dev/zero:1:1: error: the data folder cannot be read: Not a directory"),
        (["verify", "/dev/zero"], "/dev/zero:1:1: error: the file is larger than 2 MB"),
        (["verify", "/dev/null"], "/dev/null: no line names partners"),
        (["explain", "japan", "1²"], "no area or field '1²'"),
        (["show", "a\n\x1b[31mb"], "'a \\x1b[31mb'"),
        (["show", os.fsdecode(b"\xff\xfe")], "no partner"),
        (["show", "x" * 10_000], "no partner"),
        (["matrix", "-o", "nowhere/out.csv"], "cannot write nowhere/out.csv: No such file or directory"),
        (["matrix", "-o", "folder.csv"], "cannot write folder.csv: Is a directory"),
        (["matrix", "-o", "\0.csv"], "cannot write"),
        (["matrix", "-o", f"{'x' * 10_000}.csv"], "File name too long"),
    ],
)
def test_what_makes_no_sense_is_refused_with_one_message(
    sdp: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    (tmp_path / "folder.csv").mkdir()
    ran = sdp(*arguments)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert says in ran.err
    assert "\x1b" not in ran.err


def test_a_file_is_replaced_only_by_a_whole_one_of_its_format(sdp: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "out.csv", tmp_path / "link.txt"
    target.write_text("old")
    link.symlink_to(target)
    assert sdp("matrix", "atlantis", "-o", str(target)).code == 2
    assert target.read_text() == "old"
    assert sdp("matrix", "-o", str(target)).code == 0
    assert target.read_text("utf-8") == sdp("matrix", "-f", "csv").out
    assert sdp("matrix", "-o", str(link)).code == 0
    assert target.read_text("utf-8").startswith("Table 1")
    assert (link.is_symlink(), len(list(tmp_path.iterdir()))) == (True, 2)


def test_all_problems_of_broken_data_are_printed_with_exit_2(sdp: Run, folder: Path) -> None:
    (folder / "partnerships" / "japan.yaml").write_bytes(b"a: [\n")
    (folder / "partnerships" / "\x1b[31m.yaml").write_bytes(b"\xff")
    ran = sdp("--data", str(folder), "matrix")
    assert (ran.code, ran.out) == (2, "")
    assert "japan.yaml:1:4: error:" in ran.err
    assert "\\x1b[31m.yaml:1:1: error:" in ran.err
    assert "\x1b" not in ran.err


def test_an_internal_error_prints_no_traceback(sdp: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdp_matrix.validation.validate.load", lambda _: 1 / 0)
    ran = sdp("matrix")
    assert (ran.code, ran.err[:38]) == (2, "sdp: internal error: ZeroDivisionError")
