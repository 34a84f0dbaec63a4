"""The documentation: its commands run, its derived files are fresh, its links and navigation are whole."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import derive
import sdp_matrix
import sizes
from conftest import DATA, ROOT, Run, committed, git, with_needs
from sdp_matrix import Partnerships
from sdp_matrix.cli.app import COMMANDS
from sdp_matrix.publishing import codebook

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
EXAMPLES = [module for module in sorted((ROOT / "src").rglob("*.py")) if ">>> " in module.read_text("utf-8")]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
PLACEHOLDER = re.compile(r"\b[A-Z]+\b")
"""A word in capitals is a placeholder."""
RUN_ELSEWHERE = {"commands.md", "rules.md"}
"""Derived pages: test_examples.py runs the examples of the commands."""


def commands(page: Path) -> list[str]:
    """Return the commands of a page that are written out, those of its blocks first."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"^```(?:sh|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    lines = [line for line in lines if line.startswith("sdp ")]
    inline = re.findall(r"`(sdp [^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    whole = [command for command in inline if len(command.split()) > 2 and not PLACEHOLDER.search(command)]
    return [*lines, *dict.fromkeys(whole)]


def lines_by_page() -> Iterator[str]:
    """Return the commands of each page, one on a line, without those of an earlier page or of `--help`."""
    seen = {example for info in COMMANDS.values() for example in info.examples}
    for page in PAGES:
        if page.name not in RUN_ELSEWHERE and (fresh := [line for line in commands(page) if line not in seen]):
            seen |= {*fresh}
            yield "\n".join(fresh)


@pytest.fixture
def checkout(folder: Path) -> Path:
    """A repository of data with a branch and a tag."""
    committed(folder.parent)
    git(folder.parent, "tag", "v1.0")
    return folder.parent


@pytest.mark.parametrize("lines", with_needs(lines_by_page()))
def test_the_commands_of_a_page_work(lines: str, sdp: Run, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    for line in lines.splitlines():
        ran = sdp(*shlex.split(line, comments=True)[1:])
        assert ran.code == 0, (line, ran.err)


@pytest.mark.parametrize("page", ["README.md", "docs/recipes.md", "docs/library.md"])
def test_python_blocks_are_doctests(page: str) -> None:
    results = doctest.testfile(str(ROOT / page), module_relative=False)
    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize("module", EXAMPLES, ids=lambda module: module.stem)
def test_the_examples_of_a_module_are_true(module: Path) -> None:
    name = module.relative_to(ROOT / "src").with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    results = doctest.testmod(import_module(name), extraglobs={"load": sdp_matrix.load})
    assert results.attempted > results.failed == 0


def test_the_first_page_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 130


def test_every_command_is_in_the_reference() -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"\n### sdp {name}\n" not in text] == []


def test_the_page_describes_every_hook_and_input() -> None:
    page, action = (DOCS / "data-files.md").read_text("utf-8"), (ROOT / "action.yml").read_text("utf-8")
    for name in [*(hook["id"] for hook in HOOKS), *yaml.safe_load(action)["inputs"]]:
        assert f"`{name}`" in page or f"id: {name}" in page


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_on_a_data_folder(hook: dict[str, object], sdp: Run) -> None:
    assert sdp(*str(hook["entry"]).split()[1:], str(DATA)).code == 0


def test_the_page_of_the_library_names_what_exists() -> None:
    calls = re.findall(r"`(\w+)\(", (DOCS / "library.md").read_text("utf-8"))
    assert calls
    assert {*calls} - {*dir(sdp_matrix), *dir(Partnerships), "DataFrame"} == set()


def test_every_page_is_in_the_navigation() -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    listed = {ROOT / "README.md", *(DOCS / page for page in re.findall(r"[\w/-]+\.md", str(config["nav"])))}
    assert listed == {*PAGES, DOCS / "codebook.md", DOCS / "calls.md"}  # these two are written when the site is built


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not link.startswith("http") and not (page.parent / link).exists()] == []


def test_no_size_is_over_its_limit() -> None:
    measured = sizes.sizes()
    assert {name: size for name, size in measured.items() if size > sizes.LIMITS[name]} == {}


def test_no_file_has_a_path_of_this_machine() -> None:
    listed = git(ROOT, "ls-files", "-z").split("\0")
    files = [ROOT / name for name in listed if name and (ROOT / name).is_file()]
    assert files
    here = str(ROOT).encode()
    assert [file.name for file in files if here in file.read_bytes()] == []


@pytest.mark.parametrize("path", with_needs(derive.FILES))
def test_a_derived_file_is_fresh(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == derive.derived(path, ROOT), f"run '{derive.REMEDY}'"


@pytest.mark.parametrize("path", derive.FILES)
def test_a_derived_file_names_its_source(path: str) -> None:
    source, _ = derive.FILES[path]
    assert source in (ROOT / path).read_text("utf-8").splitlines()[0]
    assert (ROOT / source).exists()


def test_a_stale_file_is_named_then_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(derive.FILES, "docs/images/matrix.svg")  # which takes long to draw
    for data in ("data", "tests/data"):
        shutil.copytree(DATA, tmp_path / data)
    assert derive.main(["--check"], tmp_path) == 1
    assert f"run '{derive.REMEDY}'" in capsys.readouterr().out
    assert not (tmp_path / "docs").exists()
    assert derive.main([], tmp_path) == 0
    assert derive.main(["--check"], tmp_path) == 0


def test_the_codebook_has_every_area_with_its_parts(partnerships: Partnerships) -> None:
    entries = codebook.page(partnerships).split("<a id=")[1:]
    assert len(entries) == len(partnerships.areas)
    for entry, area in zip(entries, partnerships.areas, strict=True):
        assert f"## {area.number} " in entry
        for part in ("**Includes**", "**Excludes**", "**Examples**"):
            assert part in entry, (area.id, part)
        assert ("**Cases that decided a rule**" in entry) is bool(area.borderline)
