"""What a command imports: a command pays for what it uses, and for nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

LISTED = """
import sys
from sdp_matrix.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    names = {name for name in sys.modules if name.startswith("sdp_matrix")}
    names |= {name.partition(".")[0] for name in sys.modules} & {"typer", "pydantic", "yaml", "rich", "ruamel"}
    print(*sorted(names), sep="\\n", file=sys.stderr)
"""


def imported(cache: Path, *arguments: str) -> set[str]:
    """Modules of this package, and heavy libraries, that a command has imported when it ends."""
    ran = subprocess.run(
        [sys.executable, "-c", LISTED, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "SDP_CACHE": str(cache)},
        check=True,
    )
    return set(ran.stderr.split())


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that holds the shipped data."""
    folder = tmp_path_factory.mktemp("cache")
    imported(folder, "matrix", "-f", "csv")
    return folder


HEAVY = {"pydantic", "yaml", "rich", "ruamel"}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], []])
def test_starting_costs_no_library_but_typer(warm: Path, arguments: list[str]) -> None:
    modules = imported(warm, *arguments)
    assert not HEAVY & modules
    assert not [
        name
        for name in modules
        if name.startswith(("sdp_matrix.views", "sdp_matrix.formats.", "sdp_matrix.model.partnership"))
    ]


def test_data_that_are_not_recalled_need_both(tmp_path: Path) -> None:
    assert {"yaml", "pydantic"} <= imported(tmp_path, "matrix", "-f", "csv")
