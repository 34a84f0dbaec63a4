"""What the main commands print about the frozen data, byte for byte: a change of the inside changes nothing of it."""

from __future__ import annotations

import pytest

from conftest import Golden, Run

COMMANDS = [
    "matrix",
    "diff japan india",
    "show india",
    "explain uk consular",
    "explain albania date",
    "verify",
    "factcheck",
]
SUFFIXES = {"text": "txt", "csv": "csv", "json": "json"}


@pytest.mark.parametrize("format_name", SUFFIXES)
@pytest.mark.parametrize("command", COMMANDS)
def test_output_is_as_recorded(sdp: Run, golden: Golden, command: str, format_name: str) -> None:
    ran = sdp(*command.split(), "-f", format_name, COLUMNS="80", TTY="1", NO_COLOR="1")
    assert ran.code == 0, ran.err
    golden(f"recorded/{command.replace(' ', '-')}.{SUFFIXES[format_name]}", ran.out)
