"""Every screen of the README and the documentation is run again; its output is what the command prints."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from conftest import DATA, ROOT, Examples, needs

README = ROOT / "README.md"
QUESTIONS = ROOT / "docs" / "questions.md"
SQL = ROOT / "docs" / "sql.md"
ALL = [README, *sorted((ROOT / "docs").rglob("*.md"))]
WITH_SCREENS = [page for page in ALL if "```console" in page.read_text("utf-8")]
NEEDS = {QUESTIONS: needs("docx")}
"""One makes a frame, one a document."""


def pages(listed: list[Path]) -> list[ParameterSet]:
    return [pytest.param(page, marks=NEEDS.get(page, ()), id=page.name) for page in listed]


@pytest.mark.parametrize("page", pages(WITH_SCREENS))
def test_console_blocks_show_what_the_command_prints(
    examples: Examples, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(DATA, tmp_path / "data")  # as in a clone, so that no screen has a path of this machine
    monkeypatch.delenv("SDP_DATA")
    monkeypatch.chdir(tmp_path)
    examples(page)


@pytest.mark.parametrize("page", pages([README, SQL]))
def test_python_blocks_are_doctests(page: Path) -> None:
    found = doctest.testfile(str(page), module_relative=False)
    assert found.attempted > 0
    assert found.failed == 0


def test_every_question_is_numbered_and_has_its_answer() -> None:
    sections = QUESTIONS.read_text("utf-8").split("\n## ")[1:]
    assert [section.split(".")[0] for section in sections] == [str(n) for n, _ in enumerate(sections, 1)]
    assert [section.count("```console") for section in sections] == [1] * len(sections)


def test_the_readme_fits_on_a_few_screens() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= 120
