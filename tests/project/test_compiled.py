"""A copy that was compiled with -OO and has no sources answers as any other."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
from pathlib import Path

import sdp_matrix
from conftest import DATA
from sdp_matrix.cli.app import COMMANDS

ANSWERS = ("matrix -f csv", "explain uk consular", "validate -f sarif", "sql --schema", "explorer -o -")

EACH = """
import sys
from sdp_matrix.cli import main
for line in sys.argv[1:]:
    try:
        main(line.split())
    except SystemExit as exited:
        print(line, exited.code, file=sys.stderr)
"""


def test_no_command_needs_sources(tmp_path: Path) -> None:
    package = shutil.copytree(Path(sdp_matrix.__file__).parent, tmp_path / "sdp_matrix")
    assert compileall.compile_dir(package, quiet=1, legacy=True, optimize=2)
    for source in package.rglob("*.py"):
        source.unlink()
    lines = ["--help", *(f"{name} --help" for name in COMMANDS), *ANSWERS]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "SDP_DATA": str(DATA)}
    command = [sys.executable, "-OO", "-c", EACH, *lines]
    ran = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, text=True, check=False)
    ends = [line for line in ran.stderr.splitlines() if not line.startswith("20 files in ")]  # of validate
    assert ends == [f"{line} 0" for line in lines]
    assert all(info.summary in ran.stdout for info in COMMANDS.values())
