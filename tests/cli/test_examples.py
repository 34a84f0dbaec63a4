"""The examples of the help do what they promise."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from conftest import Run, with_needs
from sdp_matrix.cli.app import COMMANDS, SECTIONS


def test_every_command_has_examples_below_its_help(sdp: Run) -> None:
    for name in COMMANDS:
        shown = sdp(name, "--help").out
        lines = COMMANDS[name].examples
        assert lines
        assert all(line.startswith(f"sdp {name}") and f"\n    {line}\n" in shown for line in lines), shown


def test_the_help_fits_a_screen_and_has_every_command_under_its_heading(sdp: Run) -> None:
    shown = sdp("--help", COLUMNS="80").out
    assert len(shown.splitlines()) <= 40
    assert [line.rstrip(":") for line in shown.splitlines() if line.rstrip(":") in SECTIONS] == list(SECTIONS)
    for name, info in COMMANDS.items():
        assert f"  {name} " in shown
        assert f"  {info.summary}\n" in shown, "the summary of a command fits its line"


def test_a_usage_error_shows_the_usage_and_one_example(sdp: Run) -> None:
    ran = sdp("find", "--covres", "space")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[1:3] == ["Usage: sdp find [OPTIONS]", f"Example: {COMMANDS['find'].examples[0]}"]


@pytest.mark.parametrize("name", with_needs(name for name in COMMANDS if name != "changes"))  # that needs a history
def test_the_examples_of_a_command_work(
    name: str, sdp: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in COMMANDS[name].examples:
        ran = sdp(*shlex.split(line)[1:], SDP_DATA=str(folder))
        assert ran.code == 0, ran.err
