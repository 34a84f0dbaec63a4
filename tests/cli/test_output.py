"""Where results go: pipes, files, pagers; in which encoding, width and colour."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import Run, edit, with_needs

SDP = (sys.executable, "-m", "sdp_matrix")


def piped(*arguments: str, **environment: str) -> bytes:
    """Return what the command writes into a pipe."""
    full = {**os.environ, **environment}
    return subprocess.run([*SDP, *arguments], stdout=subprocess.PIPE, check=True, env=full).stdout


@pytest.fixture
def terminal() -> Iterator[int]:
    """A terminal of 24 lines and 66 columns."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 66, 0, 0))
    yield child
    os.close(parent)
    os.close(child)


@pytest.mark.parametrize("format_name", with_needs(["markdown", "html", "docx", "xlsx", "csv", "json"]))
def test_a_document_in_a_pipe_has_the_bytes_of_the_file(sdp: Run, tmp_path: Path, format_name: str) -> None:
    file = tmp_path / "table"
    sdp("show", "norway", "-f", format_name, "-o", str(file))  # whose signatory has an ø
    for encoding in ("cp1250", "cp1252", "ascii"):
        assert sdp("show", "norway", "-f", format_name, ENCODING=encoding).data == file.read_bytes()
    no_locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert piped("show", "norway", "-f", format_name, **no_locale) == file.read_bytes()


def test_json_at_a_terminal_that_lacks_letters_is_json(sdp: Run) -> None:
    shown, whole = (
        sdp("show", "norway", "-f", "json", TTY="1", ENCODING="ascii").out,
        sdp("show", "norway", "-f", "json"),
    )
    assert (shown.isascii(), "Bj\\u00f8rn" in shown, json.loads(shown)) == (True, True, json.loads(whole.out))


SCREENS = (
    *("matrix uk norway japan", "diff uk moldova", "show norway", "explain uk consular"),
    *("--data faulty validate", "matrix maritime", "find --grade x", "show ukraine", "matrix --as-of x"),
)


@pytest.mark.parametrize("columns", [60, 120])
def test_a_session_in_a_real_terminal_fits_it(
    sdp: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.chdir(folder.parent)
    edit(folder.rename("faulty") / "partnerships" / "japan.yaml", "education: covered", "education: coverd")
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    session = "; ".join(f"{' '.join(SDP)} {line}; echo" for line in SCREENS)
    environment = {**os.environ, "SDP_PAGER": "", "NO_COLOR": "1", "TERM": "xterm"}
    shown = b""
    with subprocess.Popen(["/bin/sh", "-c", session], stdin=child, stdout=child, stderr=child, env=environment):
        os.close(child)
        with suppress(OSError):  # the end of a terminal
            while part := os.read(parent, 65536):
                shown += part
    os.close(parent)
    runs = [sdp(*line.split(), TTY="1", COLUMNS=str(columns), NO_COLOR="1") for line in SCREENS]
    assert shown.decode().replace("\r\n", "\n") == "".join(f"{ran.out}{ran.err}\n" for ran in runs)
    lines = (line for ran in runs for line in {0: ran.out, 1: "", 2: ran.err}[ran.code].splitlines())
    assert max(len(line) for line in lines if "://" not in line) <= columns  # an address stays whole


HYPHENS = (
    "matrix -f csv -o -|cite -f bibtex -o -|sql --schema -o -|validate -f json -o -|validate -f sarif=-|explorer -o -"
)


@pytest.mark.parametrize("line", HYPHENS.split("|"))
def test_a_hyphen_is_standard_output(sdp: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(tmp_path)
    ran = sdp(*line.split())
    assert (ran.code, len(ran.out) > 2) == (0, True)
    assert list(tmp_path.iterdir()) == []


def test_a_long_table_at_a_terminal_goes_through_the_pager_and_fits(terminal: int, tmp_path: Path) -> None:
    page = tmp_path / "page"
    environment = {**os.environ, "PAGER": f"dd of={page}", "TERM": "xterm"}
    subprocess.run([*SDP, "matrix"], stdin=terminal, stdout=terminal, stderr=terminal, env=environment, check=True)
    assert max(map(len, re.sub(r"\x1b\[[0-9;]*m", "", page.read_text("utf-8")).splitlines())) <= 66


@pytest.mark.parametrize(
    ("line", "environment", "paged"),
    [
        ("matrix", {"SDP_PAGER": "sh -c 'kill -INT $PPID; cat > page'"}, True),
        ("--no-pager matrix", {}, False),
        ("matrix", {"LINES": "200"}, False),
        ("matrix", {"TTY": "0"}, False),
        ("matrix", {"SDP_PAGER": "no-such-pager"}, False),
        ("matrix -f csv", {}, False),
    ],
)
def test_nothing_else_goes_through_the_pager_which_alone_hears_ctrl_c(
    sdp: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, environment: dict[str, str], *, paged: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = sdp(*line.split(), **{"TTY": "1", "LINES": "24", "SDP_PAGER": "tee page", **environment})
    assert (ran.code, Path("page").exists(), ran.out == "") == (0, paged, paged)


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, True),
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


def test_a_pipe_takes_the_width_of_the_terminal_that_is_there(terminal: int) -> None:
    for beside, narrow, wide in ((terminal, 40, 66), (subprocess.DEVNULL, 67, 100)):
        ran = subprocess.run(
            [*SDP, "matrix"], stdin=beside, stdout=subprocess.PIPE, stderr=beside, check=True, text=True
        )
        assert narrow <= max(map(len, ran.stdout.splitlines())) <= wide
