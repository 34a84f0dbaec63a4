"""The documentation: its commands run, its derived files are fresh, its links and navigation are whole."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
import yaml

from conftest import ROOT, with_needs
from sdp_matrix.cli.app import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Examples, Run

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
RECIPES = re.findall(r"^\| [^|]+ \| `(sdp [^`]+)` \|$", (DOCS / "how-to.md").read_text("utf-8"), re.MULTILINE)


def test_the_tutorial_shows_what_its_commands_print(
    examples: Examples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    examples(DOCS / "tutorial.md")
    assert {path.name for path in tmp_path.iterdir()} == {"table.html", "sdp.html"}


@pytest.mark.parametrize("recipe", with_needs(RECIPES))
def test_a_recipe_works(recipe: str, sdp: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = sdp(*shlex.split(recipe)[1:])
    assert ran.code == 0, ran.err


def test_there_are_recipes() -> None:
    assert len(RECIPES) > 20


def test_every_command_is_in_the_reference() -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"\n## sdp {name}\n" not in text] == []


def test_every_page_is_in_the_navigation() -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    listed = {DOCS / page for page in re.findall(r"[\w/-]+\.md", str(config["nav"]))}
    assert listed == {*PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not link.startswith("http") and not (page.parent / link).exists()] == []
