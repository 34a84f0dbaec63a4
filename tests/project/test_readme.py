"""Every example of the README, the questions and the page on SQL is run; its output is what the command prints."""

from __future__ import annotations

import doctest
import re
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT, needs

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.mark import ParameterSet

    from conftest import Examples

README = ROOT / "README.md"
QUESTIONS = ROOT / "docs" / "questions.md"
PAGES = [README, QUESTIONS, ROOT / "docs" / "sql.md"]
WITH_PYTHON = [page for page in PAGES if "\n>>> " in page.read_text("utf-8")]

NEEDS = {ROOT / "docs" / "sql.md": needs("polars")}
"""One makes a frame."""


def pages(listed: list[Path]) -> list[ParameterSet]:
    return [pytest.param(page, marks=NEEDS.get(page, ()), id=page.name) for page in listed]


@pytest.mark.parametrize("page", pages(PAGES))
def test_console_blocks_show_what_the_command_prints(examples: Examples, page: Path) -> None:
    examples(page)


@pytest.mark.parametrize("page", pages(WITH_PYTHON))
def test_python_blocks_are_doctests(page: Path) -> None:
    found = doctest.testfile(str(page), module_relative=False)
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not link.startswith("http") and not (page.parent / link).exists()] == []


def test_every_question_is_numbered_and_has_its_answer() -> None:
    sections = QUESTIONS.read_text("utf-8").split("\n## ")[1:]
    assert [section.split(".")[0] for section in sections] == [str(n) for n in range(1, 26)]
    assert [section.count("```console") for section in sections] == [1] * 25
