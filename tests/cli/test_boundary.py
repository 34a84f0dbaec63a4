"""The command as a process: exit codes, closed pipes, full disks, strange encodings; never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run, with_needs
from sdp_matrix.cli.app import COMMANDS, command

SDP = [sys.executable, "-m", "sdp_matrix"]


def run(*arguments: str, piped: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, through a shell line if one is given."""
    line = ["bash", "-c", f'set -o pipefail; "$@" {piped}', "bash"] if piped else []
    full = {**os.environ, "NO_COLOR": "1", **environment}
    return subprocess.run([*line, *SDP, *arguments], capture_output=True, text=True, env=full, check=False)


def test_a_reader_that_has_seen_enough_ends_it_quietly() -> None:
    ran = run("matrix", piped="| head -3")
    assert (ran.returncode, ran.stderr, len(ran.stdout.splitlines())) == (0, "", 3)
    ran = run("matrix", "-f", "json", piped="| true")
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("line", with_needs(["matrix", "matrix -f xlsx", "--help"]))
def test_a_full_disk_is_told(line: str) -> None:
    ran = run(*line.split(), piped="> /dev/full")
    assert ran.returncode == 2
    assert ran.stderr == "sdp: the output could not be written: No space left on device\n"


def test_the_exit_code_says_what_no_message_can() -> None:
    assert run("show", "atlantis", piped="2> /dev/full").returncode == 2


def test_output_closed_or_unencodable() -> None:
    closed = run("matrix", piped=">&-")
    assert closed.returncode == 2
    assert closed.stderr == "sdp: the output could not be written: Bad file descriptor\n"
    assert run("sql", "-", piped="<&-").returncode == 2
    ran = run("show", "iceland", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0
    assert ran.stdout.isascii()


def test_strange_bytes_in_arguments_are_answered() -> None:
    ran = run("show", os.fsdecode(b"\xff\xfe\x1b[31m"))
    assert (ran.returncode, "no partner" in ran.stderr) == (2, True)
    assert "\x1b" not in ran.stderr


@pytest.mark.parametrize("arguments", [["--help"], [], ["--version"]])
def test_help_is_on_standard_output(sdp: Run, arguments: list[str]) -> None:
    ran = sdp(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_says_what_the_list_says(sdp: Run, name: str) -> None:
    ran = sdp(name, "--help")
    assert ran.code == 0
    assert " ".join(COMMANDS[name].help.split()) in " ".join(ran.out.split())
    for parameter in command(name).params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name} has no help"


def test_a_file_is_replaced_only_by_a_whole_one_of_its_format(sdp: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "out.csv", tmp_path / "link.txt"
    target.write_text("old")
    link.symlink_to(target)
    assert sdp("matrix", "atlantis", "-o", str(target)).code == 2
    assert target.read_text() == "old"
    for arguments in (["-o", str(target)], ["-f", "csv", "-o", str(link)]):
        assert sdp("matrix", *arguments).code == 0
        assert target.read_text("utf-8") == sdp("matrix", "-f", "csv").out
    assert sdp("matrix", "-o", str(link)).code == 0
    assert "CSDP missions" in target.read_text("utf-8")
    assert (link.is_symlink(), sorted(p.name for p in tmp_path.iterdir())) == (True, ["link.txt", "out.csv"])


@pytest.mark.parametrize("target", ["nowhere/out.csv", "folder.csv", "\x00.csv"])
def test_what_cannot_be_written_is_told(sdp: Run, tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    ran = sdp("matrix", "-o", target)
    assert ran.code == 2
    assert "cannot write" in ran.err


def test_broken_data_are_told_in_full_and_exit_2(sdp: Run, folder: Path) -> None:
    (folder / "partnerships" / "japan.yaml").write_bytes(b"a: [\n")
    (folder / "partnerships" / "india.yaml").write_bytes(b"\xff")
    ran = sdp("--data", str(folder), "matrix")
    assert (ran.code, ran.out) == (2, "")
    assert "japan.yaml:1:4: error:" in ran.err
    assert "india.yaml:1:1: error:" in ran.err


def test_what_no_one_foresaw_is_no_traceback(folder: Path, sdp: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError("unforeseen")

    monkeypatch.setattr("sdp_matrix.validation.validate.load", fail)
    ran = sdp("--data", str(folder), "matrix")
    assert ran.code == 2
    assert "internal error" in ran.err


INTERRUPTED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
def interrupt(*_):
    os.kill(os.getpid(), 2)
class Importing:
    def find_spec(self, name, *_):
        if name == sys.argv[1]:
            interrupt()
sys.modules.pop(sys.argv[1], None)
sys.meta_path.insert(0, Importing())
from sdp_matrix.cli import main
main(["list", "areas"])
"""


@pytest.mark.parametrize(
    "moment",
    ["sdp_matrix.cli.entry_point", "typer", "sdp_matrix.cli.commands.lookup", "sdp_matrix.validation.validate"],
)
def test_ctrl_c_ends_it_at_once_without_a_traceback(moment: str) -> None:
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED, moment], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")


def test_names_of_files_cannot_steer_a_terminal(sdp: Run, folder: Path) -> None:
    (folder / "partnerships" / "\x1b[31m.yaml").write_text("id:   x\ncoverage: {}\n")
    ran = sdp("--data", str(folder), "validate")
    assert ran.code == 1
    assert "\\x1b[31m.yaml" in ran.out
    assert "\x1b" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["matrix", "--sort", "x" * 10_000], "--sort"),
        (["matrix", "--nonsense\n\t\x1b[31m"], "nonsense"),
    ],
)
def test_a_slip_is_answered_shortly(sdp: Run, arguments: list[str], says: str) -> None:
    ran = sdp(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "Value error" not in ran.err
    assert len(ran.err.splitlines()) <= 4  # what is wrong, usage, example, where more is said
    assert len(ran.err) < 700
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["show", "eprs-2026-03", "--as-of", "2025"], "--as-of"),
        (["show", "korea", "--newest", "2"], "--newest"),
        (["patterns", "japan", "--min-support", "2"], "--min-support"),
        (["plot", "timeline", "--area", "cyber", "-o", "timeline.svg"], "--area"),
        (["sql", "--schema", "-p", "partner=japan"], "-p"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused(sdp: Run, arguments: list[str], option: str) -> None:
    ran = sdp(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "leave out" in ran.err
    assert option in ran.err


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    line = f"cd {gone} && rmdir {gone} && exec {' '.join(SDP)} validate x.yaml"
    ran = subprocess.run([shutil.which("bash") or "bash", "-c", line], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "the folder that you are in: No such file or directory" in ran.stderr


def test_a_pipe_in_place_of_a_file_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "x.yaml"
    os.mkfifo(pipe)
    ran = subprocess.run([*SDP, "validate", str(pipe)], capture_output=True, text=True, check=False, timeout=20)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{pipe} cannot be read: it is a named pipe" in ran.stderr
