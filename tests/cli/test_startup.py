"""What a command imports: a command pays for what it uses, and for nothing else."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

LISTED = """
import sys
from sdp_matrix.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    print(*sorted(sys.modules), file=sys.stderr)
"""

HEAVY = {"pydantic", "yaml", "rich", "docx", "matplotlib", "numpy", "xlsxwriter"}
"""Libraries that take longer to import than to ask the data a question, or that not everybody has."""

READS = {"pydantic", "yaml"}
SHOWS = {*READS, "rich"}

QUICK = (
    "diff japan india|show india|explain uk consular|find --covers 15|list partners|timeline|patterns|sql 'select 1'"
    "|verify|factcheck|matrix|validate"
)
ALLOWED: dict[str, set[str]] = {
    **{f"{line} -f json": READS for line in QUICK.split("|")},
    **dict.fromkeys(["matrix -f csv", "matrix -f html", "validate", "cite", "export x"], READS),
    "matrix": SHOWS,
    "matrix -o x.docx": {*READS, "docx"},
    "matrix -o x.xlsx": {*READS, "xlsxwriter"},
    "plot matrix -o x.svg": {*READS, "matplotlib", "numpy"},
}
"""The heavy libraries that a command may import."""


def imported(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> set[str]:
    """Heavy libraries that a command, run in a folder, has imported when it ends."""
    command = [sys.executable, "-c", LISTED, *arguments]
    added = {**os.environ, **(environment or {})}
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=True, env=added)
    return HEAVY & {name.partition(".")[0] for name in ran.stderr.splitlines()[-1].split()}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_what_reads_no_data_needs_no_library_but_typer(tmp_path: Path, arguments: list[str]) -> None:
    assert imported(tmp_path, *arguments) == set()


def test_the_completion_of_a_partner_reads_no_yaml(tmp_path: Path) -> None:
    typed = {"_SDP_COMPLETE": "complete_bash", "COMP_WORDS": "sdp explain ind", "COMP_CWORD": "2"}
    assert imported(tmp_path, environment=typed) <= {"pydantic"}


@pytest.mark.parametrize("command", ALLOWED)
def test_a_command_imports_no_library_that_it_does_not_use(tmp_path: Path, command: str) -> None:
    assert imported(tmp_path, *shlex.split(command)) <= ALLOWED[command]
