"""Every example of the README is run, and its output is what the command prints."""

from __future__ import annotations

import doctest
import re
import shlex
from typing import TYPE_CHECKING

from conftest import ROOT

if TYPE_CHECKING:
    import pytest

    from conftest import Run

README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (sdp[^\n]*)\n(.*?)```\n", re.DOTALL)


def test_console_blocks_show_what_the_command_prints(sdp: Run, request: pytest.FixtureRequest) -> None:
    text = README.read_text("utf-8")

    def block(match: re.Match[str]) -> str:
        ran = sdp(*shlex.split(match[1])[1:], COLUMNS="80")
        assert ran.code == 0
        return f"```console\n$ {match[1]}\n{ran.out}{ran.err}```\n"

    fresh = BLOCK.sub(block, text)
    if request.config.getoption("--write-golden"):
        README.write_text(fresh, "utf-8")
    assert len(BLOCK.findall(text)) == text.count("```console")
    assert README.read_text("utf-8") == fresh


def test_python_blocks_are_doctests() -> None:
    found = doctest.testfile(str(README), module_relative=False)
    assert found.attempted > 0
    assert found.failed == 0


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text("utf-8"))
    assert links
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []
