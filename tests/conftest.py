"""Fixtures that several test modules share: the shipped data, a copy to break, and the command in process."""

from __future__ import annotations

import io
import os
import shutil
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

from sdp_matrix import Partnerships, load
from sdp_matrix.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ["SDP_CACHE"] = "off"  # a test reads what stands in the files; test_cache.py switches it on

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"

settings.register_profile("suite", max_examples=50, deadline=None)  # the suite is to stay quick on a busy machine
settings.load_profile("suite")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


class Golden(Protocol):
    """Compares a text with the file of that name in tests/golden."""

    def __call__(self, name: str, text: str) -> None: ...


class Run(Protocol):
    """Runs `sdp` with arguments in this process."""

    def __call__(self, *arguments: str, **environment: str) -> Ran: ...


class _Stream(io.TextIOWrapper):
    """Standard output as a terminal or a pipe."""

    def __init__(self, *, terminal: bool, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode(self.encoding)


@contextmanager
def _environment(changes: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "SDP_DATA", "SDP_DEBUG", "GITHUB_ACTIONS", "TERM"):
        os.environ.pop(name, None)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def run_sdp(*arguments: str, **environment: str) -> Ran:
    """Run the command in this process; TTY=1 makes standard output a terminal, ENCODING sets its encoding."""
    terminal, encoding = environment.pop("TTY", "") == "1", environment.pop("ENCODING", "utf-8")
    out, err = _Stream(terminal=terminal, encoding=encoding), _Stream(terminal=False, encoding="utf-8")
    with _environment(environment), redirect_stdout(out), redirect_stderr(err):
        code = _exit_code(arguments)
    return Ran(code, out.text(), err.text())


def _exit_code(arguments: tuple[str, ...]) -> int:
    with pytest.raises(SystemExit) as exited:
        main(arguments)
    return int(exited.value.code or 0)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden files instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Golden files; `pytest --write-golden` writes them, and git shows what that changes."""

    def compare(name: str, text: str) -> None:
        file = ROOT / "tests" / "golden" / name
        if request.config.getoption("--write-golden"):
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(text.encode())
        assert file.read_bytes().decode() == text

    return compare


@pytest.fixture(scope="session")
def sdp() -> Run:
    """The command, in this process."""
    return run_sdp


@pytest.fixture(scope="session")
def partnerships() -> Partnerships:
    """The shipped data."""
    return load(DATA)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped data that a test may break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
