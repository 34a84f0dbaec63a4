"""What a command imports: a command pays for what it uses, and for nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import with_needs

LISTED = """
import shlex, sys
from sdp_matrix.cli import main
for line in sys.argv[1:] or [""]:
    try:
        main(shlex.split(line))
    except SystemExit as exited:
        assert not exited.code, line
print(*sorted(sys.modules), file=sys.stderr)
"""

HEAVY = {"pydantic", "yaml", "rich", "docx", "matplotlib", "numpy", "xlsxwriter"}
"""Libraries that take longer to import than to ask the data a question, or that not everybody has."""

READS = {"pydantic", "yaml"}

READING = (
    "diff japan india|show india|explain uk consular|find --covers 15|list partners|timeline|patterns|sql 'select 1'"
    "|verify|factcheck|matrix|validate"
).replace("|", " -f json|") + " -f json|matrix -f csv|matrix -f html|validate|cite|export x"
ALLOWED: dict[str, set[str]] = {
    "--version|--help": set(),
    READING: READS,
    "matrix": {*READS, "rich"},
    "matrix -o x.docx": {*READS, "docx"},
    "matrix -o x.xlsx": {*READS, "xlsxwriter"},
    "plot matrix -o x.svg": {*READS, "matplotlib", "numpy"},
}
"""The heavy libraries that commands may import; those in one line run in one process."""


def imported(folder: Path, *lines: str, **environment: str) -> set[str]:
    """Return the heavy libraries that a process has imported which ran some command lines in a folder."""
    command = [sys.executable, "-c", LISTED, *lines]
    added = {**os.environ, **environment}
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=True, env=added)
    return HEAVY & {name.partition(".")[0] for name in ran.stderr.splitlines()[-1].split()}


@pytest.mark.parametrize("words", ["explain i", "show i", "list p", "matrix i", "--data x diff i"])
def test_completion_imports_nothing_that_takes_long(tmp_path: Path, words: str) -> None:
    asked = {"_SDP_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    assert imported(tmp_path, **asked, _TYPER_COMPLETE_ARGS=f"sdp {words}") == set()


@pytest.mark.parametrize("commands", with_needs(ALLOWED))
def test_a_command_imports_no_library_that_it_does_not_use(tmp_path: Path, commands: str) -> None:
    assert imported(tmp_path, *commands.split("|")) <= ALLOWED[commands]
