"""Rules: each example and each planted fault is found once, at its place, and nothing else is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sdp_matrix.files.scan import scan
from sdp_matrix.validation import rules
from sdp_matrix.validation.rules import upkeep
from sdp_matrix.validation.rules.rule import PLACE

if TYPE_CHECKING:
    from sdp_matrix.problem import Problem
    from sdp_matrix.validation.rules.rule import Example, Rule

CASES = Path(__file__).parents[1] / "cases"
SAMPLE = CASES / "sample"

WITHOUT_EXAMPLE = {"unreadable", "link", "no-data", "file-size", "encoding", *(rule.id for rule in upkeep.RULES)}
"""What depends on the machine, or is no text, tested with the reader; and what only `sdp validate` asks."""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the small sound data set."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "data"))


def found(folder: Path) -> list[tuple[str, str, int, int]]:
    return [(p.rule, _inside(folder, p), p.location.line, p.location.column) for p in rules.check(scan(folder))]


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
    assert found(sample) == [(rule.id, *place)]


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
