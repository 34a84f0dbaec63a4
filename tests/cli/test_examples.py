"""The examples of the help do what they promise."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from conftest import Run, with_needs
from sdp_matrix.cli.app import COMMANDS, SECTIONS, command


def test_every_command_has_help_for_all_it_takes_and_examples(sdp: Run) -> None:
    for name, info in COMMANDS.items():
        ran = sdp(name, "--help")
        assert ran.code == 0
        assert " ".join(info.help.split()) in " ".join(ran.out.split())
        assert info.examples
        assert all(line.startswith(f"sdp {name}") and f"\n    {line}\n" in ran.out for line in info.examples), ran.out
        assert all(getattr(parameter, "help", None) for parameter in command(name).params), name


def test_the_help_fits_a_screen_and_has_every_command_under_its_heading(sdp: Run) -> None:
    shown = sdp("--help", COLUMNS="80").out
    assert sdp(COLUMNS="80").out == shown
    assert len(shown.splitlines()) <= 40
    assert [line.rstrip(":") for line in shown.splitlines() if line.rstrip(":") in SECTIONS] == list(SECTIONS)
    for name, info in COMMANDS.items():
        assert f"  {name} " in shown
        assert f"  {info.summary}\n" in shown, "the summary of a command fits its line"


@pytest.mark.parametrize("name", with_needs(name for name in COMMANDS if name != "changes"))  # that needs a history
def test_the_examples_of_a_command_work(
    name: str, sdp: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in COMMANDS[name].examples:
        ran = sdp(*shlex.split(line)[1:], SDP_DATA=str(folder))
        assert ran.code == 0, ran.err
