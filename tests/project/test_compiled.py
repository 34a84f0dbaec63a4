"""A copy that was compiled with -OO and has no sources answers as any other."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sdp_matrix
from conftest import DATA


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled")
    package = shutil.copytree(Path(sdp_matrix.__file__).parent, folder / "sdp_matrix")
    assert compileall.compile_dir(package, quiet=1, legacy=True, optimize=2)
    for source in package.rglob("*.py"):
        source.unlink()
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        "--help",
        "diff --help",
        "matrix -f csv",
        "explain uk consular",
        "validate -f sarif",
        "sql --schema",
        "explorer -o -",
    ],
)
def test_commands_need_no_sources(compiled: Path, arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(compiled), "SDP_DATA": str(DATA)}
    command = [sys.executable, "-OO", "-m", "sdp_matrix", *arguments.split()]
    ran = subprocess.run(command, capture_output=True, cwd=compiled, env=environment, check=False)
    assert (ran.returncode, b"internal error" in ran.stderr) == (0, False), ran.stderr
    assert len(ran.stdout) > 100
