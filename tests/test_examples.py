"""The examples of the help do what they promise."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from conftest import with_needs
from sdp_matrix.cli.app import COMMANDS
from sdp_matrix.cli.examples import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def test_every_command_has_examples_below_its_help(sdp: Run) -> None:
    assert list(EXAMPLES) == list(COMMANDS)
    for name, lines in EXAMPLES.items():
        shown = sdp(name, "--help").out
        assert all(line.startswith(f"sdp {name}") and f"\n    {line}\n" in shown for line in lines), shown


@pytest.mark.parametrize("name", with_needs(name for name in EXAMPLES if name != "changes"))  # that needs a history
def test_the_examples_of_a_command_work(
    name: str, sdp: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in EXAMPLES[name]:
        ran = sdp(*shlex.split(line)[1:], SDP_DATA=str(folder))
        assert ran.code == 0, ran.err
