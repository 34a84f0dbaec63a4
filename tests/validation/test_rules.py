"""Rules: each example and each planted fault is found once, at its place, and nothing else is."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Golden
from sdp_matrix.files.scan import scan
from sdp_matrix.problem import Problem, Severity
from sdp_matrix.validation import rules
from sdp_matrix.validation.rules import upkeep
from sdp_matrix.validation.rules.rule import PLACE, Example, Rule

CASES = Path(__file__).parents[1] / "cases"
SAMPLE = CASES / "sample"

WITHOUT_EXAMPLE = {
    "unreadable",
    "link",
    "no-data",
    "file-size",
    "encoding",
    "unexpected-verdict",
}
"""What depends on the machine, or is no text, tested with the reader; and what is no single line of a file."""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the small sound data set."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "data"))


def problems_of(folder: Path, *, tidy: bool = False) -> list[Problem]:
    """What is wrong with a folder; `tidy` asks for what `sdp validate` alone asks."""
    scanned = scan(folder)
    return [*rules.check(scanned), *(upkeep.check(scanned) if tidy else ())]


def found(folder: Path, *, tidy: bool = False) -> list[tuple[str, str, int, int]]:
    """Rule and place of each of them."""
    listed = problems_of(folder, tidy=tidy)
    return [(p.rule, _inside(folder, p), p.location.line, p.location.column) for p in listed]


def _inside(folder: Path, problem: Problem) -> str:
    return problem.location.path.removeprefix(folder.as_posix()).removeprefix("/")


def test_the_sample_is_sound(sample: Path) -> None:
    assert found(sample) == []


@pytest.mark.parametrize("rule", rules.RULES.values(), ids=rules.RULES)
def test_every_rule_has_an_example_that_breaks_it_alone(rule: Rule, sample: Path) -> None:
    if rule.example is None:
        assert rule.id in WITHOUT_EXAMPLE
        return
    place = plant(rule.example, sample)
    assert found(sample, tidy=rule in upkeep.RULES) == [(rule.id, *place)]


def test_a_statement_on_a_group_that_is_misspelt_where_it_is_registered_is_no_second_fault(sample: Path) -> None:
    statements, groups = sample / "statements.yaml", sample / "groups.yaml"
    statements.write_text(statements.read_text("utf-8").replace("over: [table]", "over: [group:nato-ally]"), "utf-8")
    groups.write_text(groups.read_text("utf-8").replace("- id: nato-ally", "- id: nato-alli"), "utf-8")
    assert [rule for rule, *_ in found(sample)] == ["misspelt-id"]


def test_a_rule_is_as_severe_as_it_says(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    milder = replace(rules.RULES["missing-locator"], severity=Severity.WARNING)
    monkeypatch.setitem(rules.RULES, milder.id, milder)
    assert milder.example
    plant(milder.example, sample)
    assert [(p.rule, p.severity) for p in problems_of(sample)] == [("missing-locator", Severity.WARNING)]


def plant(example: Example, folder: Path) -> tuple[str, int, int]:
    """Put the fault of an example into a folder; its place."""
    file = folder / example.file
    if not example.wrong:
        assert file.read_text("utf-8") == example.right
        file.unlink()
        return "", 1, 1
    text = file.read_text("utf-8") if example.right else ""
    assert not example.right or text.count(example.right) >= 1, "the example has to stand in the sample"
    text = text.replace(example.right, example.wrong, 1) if example.right else example.wrong
    before, mark, after = text.partition(PLACE)
    assert mark, "the example has to mark the place"
    file.write_text(before + after, "utf-8")
    return example.file, before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("file", sorted((CASES / "invalid").iterdir()), ids=lambda file: file.name)
def test_a_planted_fault_is_found_once_at_its_place(file: Path, sample: Path) -> None:
    expected, target = declared(file)
    shutil.copy(file, sample / target)
    assert found(sample) == [(rule, target, line, column) for rule, line, column in expected]


def test_what_is_said_of_each_fault_is_as_recorded(tmp_path: Path, golden: Golden) -> None:
    """The golden file is to be read as a stranger would: what is wrong, then what to do."""
    said = []
    for example, rule in ((rule.example, rule) for rule in rules.RULES.values() if rule.example):
        folder = Path(shutil.copytree(SAMPLE, tmp_path / rule.id))
        plant(example, folder)
        said += [
            f"{rule.id}: {_inside(folder, p)}: {p.message}" for p in problems_of(folder, tidy=rule in upkeep.RULES)
        ]
    for file in sorted((CASES / "invalid").iterdir()):
        folder = Path(shutil.copytree(SAMPLE, tmp_path / file.name))
        shutil.copy(file, folder / declared(file)[1])
        said += [f"{file.name}: {_inside(folder, p)}: {p.message}" for p in problems_of(folder)]
    golden("messages.txt", "\n".join([*said, ""]))


@pytest.mark.parametrize("file", sorted((CASES / "valid").iterdir()), ids=lambda file: file.name)
def test_an_odd_file_that_is_right_passes(file: Path, sample: Path) -> None:
    expected, target = declared(file)
    assert expected == []
    shutil.copy(file, sample / target)
    assert found(sample) == []


def declared(file: Path) -> tuple[list[tuple[str, int, int]], str]:
    """What the comments of a case say: the problems to expect, and the file that it stands for."""
    text = file.read_bytes().decode("utf-8", "replace").replace("\r", "\n")
    marks = re.findall(r"# expect: (\S+) (\d+):(\d+)", text)
    target = re.search(r"# as: (\S+)", text)
    assert target
    return [(rule, int(line), int(column)) for rule, line, column in marks], target[1]


def test_every_rule_says_why_in_one_line() -> None:
    for rule in rules.RULES.values():
        assert re.fullmatch("[A-Z][^\n]*[.]", rule.reason)
        assert re.fullmatch("[a-z]+(-[a-z]+)*", rule.id)
