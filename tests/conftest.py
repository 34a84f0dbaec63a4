"""Fixtures that several test modules share: frozen data, a copy to break, and the command in process."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pytest
from _pytest.mark import ParameterSet
from hypothesis import HealthCheck, settings

from sdp_matrix import Partnerships, Selection, load
from sdp_matrix.cli import main
from sdp_matrix.files import scan
from sdp_matrix.model.record import Record

# The same bytes are read once: most tests are on the frozen data, and reading takes half of a command's time.
vars(scan)["_parsed"] = lru_cache(500)(vars(scan)["_parsed"])

FROM_OUTSIDE = (
    *("SDP_DATA", "SDP_DEBUG", "COLUMNS", "LINES", "TERM", "NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"),
    *("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "PYTHONUNBUFFERED"),
)
"""What the command or git would take from whoever runs the tests, from a commit hook for example."""

for _name in FROM_OUTSIDE:
    os.environ.pop(_name, None)

ROOT = Path(__file__).parent.parent
LIVE = ROOT / "data"
"""The data that this project publishes; for test_data.py alone."""
DATA = ROOT / "tests" / "data"
"""Data that stay as they are, so that no change of a fact breaks a test of code."""
os.environ["SDP_DATA"] = str(DATA)  # for the command, load(), the doctests and the processes that tests start

EVERYONE = Selection(everyone=True)
"""All partnerships, the newer ones too."""

OPTIONAL = {"docx": r"docx\b", "duckdb": "duckdb", "matplotlib": r"\bplot\b|\.svg\b", "xlsxwriter": r"xlsx\b"}
"""Libraries that not everybody has, and what a format, command or name that needs one of them says."""


def needs(*libraries: str) -> pytest.MarkDecorator:
    """Skip a test if an optional library is missing; in CI it runs all the same, and fails."""
    missing = [library for library in libraries if find_spec(library) is None]
    return pytest.mark.skipif(bool(missing) and not os.environ.get("CI"), reason=f"needs {', '.join(missing)}")


def library(name: str) -> Any:
    """Import an optional library; if it is missing, skip the test or module that asks, and fail in CI."""
    return import_module(name) if os.environ.get("CI") else pytest.importorskip(name, reason=f"needs {name}")


def with_needs(values: Iterable[str]) -> list[ParameterSet]:
    """Make texts parameters that are skipped where a library that they speak of is missing."""
    spoken = {value: [name for name, word in OPTIONAL.items() if re.search(word, value)] for value in values}
    return [pytest.param(value, marks=needs(*libraries)) for value, libraries in spoken.items()]


# The suite tries few examples of each property, to stay quick; `make fuzz-ci` and `make fuzz` take the other profiles.
# The parent is named because hypothesis has another default in CI.
for _name, _examples in {"suite": 10, "thorough": 100, "hour": 3000}.items():
    settings.register_profile(
        _name,
        settings.get_profile("default"),
        max_examples=_examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
settings.load_profile("suite")


R = TypeVar("R", bound=Record)


def amended(record: R, **values: object) -> R:
    """Return a record with other values for some fields."""
    return record.model_copy(update=values)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str
    data: bytes
    """Standard output as it left the process."""


Golden: TypeAlias = Callable[[str, str], None]
"""Compares a text with the file of that name in tests/golden."""

Run: TypeAlias = Callable[..., Ran]
"""Runs `sdp` with arguments in this process; its keywords are variables of the environment."""


class _Stream(io.TextIOWrapper):
    """Standard output as a terminal or a pipe."""

    def __init__(self, *, terminal: bool, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def data(self) -> bytes:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


def run_sdp(*arguments: str, **environment: str) -> Ran:
    """Run the command in this process, without a pager; TTY=1 makes its output go to a terminal of this ENCODING."""
    terminal, encoding = environment.pop("TTY", "") == "1", environment.pop("ENCODING", "utf-8")
    out, err = _Stream(terminal=terminal, encoding=encoding), _Stream(terminal=terminal, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name, value in {"SDP_PAGER": "", **environment}.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as exited:
            main(arguments)
    data = out.data()
    return Ran(int(exited.value.code or 0), data.decode(encoding, "replace"), err.data().decode(), data)


def printed_elsewhere(code: str) -> str:
    """Return what Python code prints in a process with other hashes than this one's, in another time zone."""
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def printed_here(code: str) -> str:
    """Return what Python code prints in this process."""
    with redirect_stdout(io.StringIO()) as out:
        exec(code, {})  # noqa: S102 - a test's own
    return out.getvalue()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden files instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Golden files; `pytest --write-golden` writes them, and git shows what that changes."""

    def compare(name: str, text: str) -> None:
        file = ROOT / "tests" / "golden" / name
        if request.config.getoption("--write-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert file.read_bytes().decode() == text

    return compare


@pytest.fixture(scope="session")
def sdp() -> Run:
    """Return the command, which runs in this process."""
    return run_sdp


@pytest.fixture(scope="session")
def partnerships() -> Partnerships:
    """Load the frozen data."""
    return load(DATA)


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as somebody without any settings, and return its answer."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def committed(folder: Path) -> None:
    """Commit everything in a folder, in a git repository of its own."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Begin")


def edit(file: Path, before: str, after: str) -> None:
    """Write another text in the first place of a file where one is."""
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the frozen data into a folder that a test may break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
