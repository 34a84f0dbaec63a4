"""Rules: each has a reason and an example that breaks it alone; and what is wrong with whole files."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import ROOT, Golden
from sdp_matrix.files.scan import scan
from sdp_matrix.problem import Problem, Severity
from sdp_matrix.validation import rules
from sdp_matrix.validation.rules.rule import PLACE, Example, Rule

SAMPLE = ROOT / "tests" / "cases" / "sample"

WITHOUT_EXAMPLE = {"unreadable", "link", "no-data", "file-size", "encoding", "unexpected-verdict"}
"""What depends on the machine, or is no text, tested with the reader; and what is no single line of a file."""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the small sound data set."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "data"))


def found(folder: Path, *, upkeep: bool = False) -> list[Problem]:
    """Return the problems of a folder, with paths inside it."""
    problems = rules.check(scan(folder), upkeep=upkeep)
    paths = [p.location.path.removeprefix(folder.as_posix()).removeprefix("/") for p in problems]
    return [replace(p, location=replace(p.location, path=path)) for p, path in zip(problems, paths, strict=True)]


def places(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(p.rule, str(p.location)) for p in problems]


def plant(example: Example, folder: Path) -> str:
    """Put the fault of an example into a folder; its place."""
    file = folder / example.file
    if not example.wrong:
        assert file.read_text("utf-8") == example.right
        file.unlink()
        return ":1:1"
    text = file.read_text("utf-8") if example.right else ""
    assert example.right in text, "the example has to stand in the sample"
    before, mark, after = (text.replace(example.right, example.wrong, 1) if text else example.wrong).partition(PLACE)
    assert mark, "the example has to mark the place"
    file.write_text(before + after, "utf-8")
    return f"{example.file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_every_rule_has_an_example_that_breaks_it_alone(tmp_path: Path, golden: Golden) -> None:
    """The golden file is to be read as a stranger would: what is wrong, then what to do."""
    messages = []
    for rule in rules.RULES.values():
        if rule.example is None:
            assert rule.id in WITHOUT_EXAMPLE
            continue
        folder = Path(shutil.copytree(SAMPLE, tmp_path / rule.id))
        place = plant(rule.example, folder)
        problems = found(folder, upkeep=rule.id == "unused-reference")
        assert places(problems) == [(rule.id, place)]
        messages.append(f"{rule.id}: {problems[0].message}\n")
    golden("messages.txt", "".join(messages))


def test_every_rule_says_why_in_one_line() -> None:
    for rule in rules.RULES.values():
        assert re.fullmatch("[A-Z][^\n]*[.]", rule.reason)
        assert re.fullmatch("[a-z]+(-[a-z]+)*", rule.id)


def test_a_rule_is_as_severe_as_it_says(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    milder: Rule = replace(rules.RULES["missing-locator"], severity=Severity.WARNING)
    monkeypatch.setitem(rules.RULES, milder.id, milder)
    assert milder.example
    plant(milder.example, sample)
    assert [(p.rule, p.severity) for p in found(sample)] == [("missing-locator", Severity.WARNING)]


@pytest.mark.parametrize(
    "change",
    [lambda text: text.replace(b"\n", b"\r\n"), lambda text: text.rstrip(b"\n"), lambda text: b"\xef\xbb\xbf" + text],
    ids=["line ends of Windows", "no newline at the end", "byte order mark"],
)
def test_other_bytes_that_say_the_same_pass(change: Callable[[bytes], bytes], sample: Path) -> None:
    for file in sample.rglob("*.yaml"):
        file.write_bytes(change(file.read_bytes()))
    assert found(sample) == []


def test_a_statement_on_a_group_that_is_misspelt_where_it_is_registered_is_no_second_fault(sample: Path) -> None:
    statements, groups = sample / "statements.yaml", sample / "groups.yaml"
    statements.write_text(statements.read_text("utf-8").replace("over: [table]", "over: [group:nato-ally]"), "utf-8")
    groups.write_text(groups.read_text("utf-8").replace("- id: nato-ally", "- id: nato-alli"), "utf-8")
    assert [p.rule for p in found(sample)] == ["misspelt-id"]


JAPAN, NORWAY, AREAS, REFERENCES = (
    "partnerships/japan.yaml",
    "partnerships/norway.yaml",
    "areas.yaml",
    "references.yaml",
)

PLANTED: dict[str, tuple[Callable[[Path], object], list[tuple[str, str]]]] = {
    "file renamed": (
        lambda data: (data / JAPAN).rename(data / "partnerships/nippon.yaml"),
        [("file-name", "partnerships/nippon.yaml:2:5")],
    ),
    "file copied": (
        lambda data: shutil.copy(data / JAPAN, data / "partnerships/copy.yaml"),
        [("file-name", "partnerships/copy.yaml:2:5")],
    ),
    "file lost": (
        lambda data: (data / "prospects.yaml").unlink(),
        [("missing-file", ":1:1")],
    ),
    "link to a file of the data": (
        lambda data: (data / "partnerships/nippon.yaml").symlink_to("japan.yaml"),
        [("link", "partnerships/nippon.yaml:1:1")],
    ),
    "link out of the data": (
        lambda data: (data / "notes").symlink_to(__file__),
        [("link", "notes:1:1")],
    ),
    "link instead of the partnerships": (
        lambda data: (data / "partnerships").symlink_to((data / "partnerships").rename(data / ".p")),
        [("link", "partnerships:1:1")],
    ),
    "named pipe": (
        lambda data: os.mkfifo(data / "pipe"),
        [("unreadable", "pipe:1:1")],
    ),
    "named pipe among the partnerships": (
        lambda data: os.mkfifo(data / "partnerships/pipe.yaml"),
        [("unreadable", "partnerships/pipe.yaml:1:1")],
    ),
    "another suffix": (
        lambda data: shutil.copy(data / JAPAN, data / "partnerships/nippon.yml"),
        [("stray-file", "partnerships/nippon.yml:1:1")],
    ),
    "a folder in place of a file": (
        lambda data: (data / "partnerships/drafts").mkdir(),
        [("stray-file", "partnerships/drafts:1:1")],
    ),
}
"""What people do to whole files, and what is to be reported."""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("name", PLANTED)
def test_a_fault_of_a_file_is_reported_once(name: str, folder: Path) -> None:
    plant, expected = PLANTED[name]
    plant(folder)
    found = [
        (p.rule, str(p.location).removeprefix(folder.as_posix()).removeprefix("/")) for p in rules.check(scan(folder))
    ]
    assert found == expected


@pytest.mark.parametrize("name", ["nippon.yml", "nippon.YAML"])
def test_a_file_of_another_suffix_is_told_its_name(folder: Path, name: str) -> None:
    shutil.copy(folder / JAPAN, folder / "partnerships" / name)
    [found] = rules.check(scan(folder))
    assert found.message == "only names that end in .yaml are read; rename it to nippon.yaml"


def test_the_table_may_be_cited_where_it_prints_nothing(folder: Path) -> None:
    norway = folder / NORWAY
    text = norway.read_text("utf-8")
    assert "locator: Norway\n      supports: signed" in text
    norway.write_text(
        text.replace("locator: Norway\n      supports: s", "locator: Table 1\n      supports: s"), "utf-8"
    )
    assert rules.check(scan(folder)) == ()


def test_no_other_reference_is_suggested_for_one_that_is_gone(folder: Path) -> None:
    references = folder / REFERENCES
    head, *entries = re.split("(?m)^  - id: ", references.read_text("utf-8"))
    for gone in entries:
        references.write_text("  - id: ".join([head, *(entry for entry in entries if entry != gone)]), "utf-8")
        found = rules.check(scan(folder))
        assert found
        assert not [p.message for p in found if "did you mean" in p.message]
