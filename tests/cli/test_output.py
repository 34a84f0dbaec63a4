"""Where results go: pipes, files, pagers; in which encoding, width and colour."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from conftest import Run, with_needs

SDP = (sys.executable, "-m", "sdp_matrix")


def piped(*arguments: str, **environment: str) -> bytes:
    """Return what the command writes into a pipe."""
    full = {**os.environ, **environment}
    return subprocess.run([*SDP, *arguments], stdout=subprocess.PIPE, check=True, env=full).stdout


def at_terminal(*arguments: str, columns: int = 80, lines: int = 24, **environment: str) -> str:
    """Return what a person sees in a terminal of this size."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    full = {**os.environ, "TERM": "xterm", **environment}
    with subprocess.Popen([*SDP, *arguments], stdin=child, stdout=child, stderr=child, env=full) as process:
        os.close(child)
        shown = b""
        while chunk := _read(parent):
            shown += chunk
        process.wait()
    os.close(parent)
    return shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


@pytest.mark.parametrize("format_name", with_needs(["markdown", "html", "csv", "xlsx"]))
def test_a_document_in_a_pipe_has_the_bytes_of_the_file(sdp: Run, tmp_path: Path, format_name: str) -> None:
    file = tmp_path / "table"
    sdp("show", "norway", "-f", format_name, "-o", str(file))
    as_told = piped("show", "norway", "-f", format_name, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    if format_name == "xlsx":  # a zip archive with the time of its making
        assert as_told[:4] == file.read_bytes()[:4] == b"PK\x03\x04"
    else:
        assert as_told == file.read_bytes()


@pytest.mark.parametrize("line", ["matrix -f csv", "cite -f bibtex", "sql --schema", "validate -f json", "explorer"])
def test_a_hyphen_is_standard_output(sdp: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(tmp_path)
    ran = sdp(*line.split(), "-o", "-")
    assert (ran.code, len(ran.out) > 2) == (0, True)
    assert list(tmp_path.iterdir()) == []


def test_a_long_table_at_a_terminal_goes_through_the_pager() -> None:
    pager = f"{sys.executable} -c 'import sys; print(len(sys.stdin.read().splitlines()), 1, sep=chr(43))'"
    assert "+1" in at_terminal("matrix", PAGER=pager)


@pytest.mark.parametrize(
    ("line", "environment", "paged"),
    [
        ("matrix", {}, True),
        ("--no-pager matrix", {}, False),
        ("matrix", {"LINES": "200"}, False),
        ("matrix", {"TTY": "0"}, False),
        ("matrix -f csv", {}, False),
    ],
)
def test_nothing_else_goes_through_the_pager(
    sdp: Run, tmp_path: Path, line: str, environment: dict[str, str], *, paged: bool
) -> None:
    ran = sdp(*line.split(), **{"TTY": "1", "LINES": "24", "SDP_PAGER": f"tee {tmp_path / 'page'}", **environment})
    assert ((tmp_path / "page").exists(), ran.out == "") == (paged, paged)
    assert "aritime" in sdp("matrix", TTY="1", LINES="24", SDP_PAGER="no-such-pager").out


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"TTY": "1"}, True),
        ({"TTY": "1", "CLICOLOR": "0"}, False),
        ({"TTY": "1", "TERM": "dumb"}, False),
        ({"TTY": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_follows_the_customs_of_terminals(sdp: Run, environment: dict[str, str], *, coloured: bool) -> None:
    assert ("\x1b[" in sdp("matrix", SDP_PAGER="", **environment).out) is coloured


def test_a_pipe_takes_the_width_of_the_terminal_that_is_there() -> None:
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 66, 0, 0))
    ran = subprocess.run([*SDP, "matrix"], stdin=child, stdout=subprocess.PIPE, stderr=child, check=True, text=True)
    assert max(map(len, ran.stdout.splitlines())) <= 66
    os.close(parent)
    os.close(child)
    alone = subprocess.run([*SDP, "matrix"], stdin=subprocess.DEVNULL, capture_output=True, check=True, text=True)
    assert 66 < max(map(len, alone.stdout.splitlines())) <= 100
