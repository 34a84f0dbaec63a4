"""Faults of known kinds, planted at random places of the frozen data: each is reported, at its line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import DATA, run_sdp
from planting import problems
from sdp_matrix.model import vocabulary

PAIR = re.compile(r"(?P<before> *(?:- )?)(?P<key>[\w-]+): (?P<value>[^\s'\"\[{>|].*)")
WORDS = {
    str(word)
    for words in vars(vocabulary).values()
    if isinstance(words, type) and issubclass(words, StrEnum)
    for word in words
}
OTHER = {"covered": "not-covered", "not-covered": "covered"}
IN_TABLE = ("albania", "japan", "moldova", "norway", "north-macedonia", "republic-of-korea", "united-kingdom")


class Line(NamedTuple):
    """A line of a file: its blanks and dash, key and value; no key if it is not of that form."""

    path: str
    number: int
    text: str
    before: str = ""
    key: str = ""
    value: str = ""

    def having(self, value: str) -> str | None:
        return f"{self.before}{self.key}: {value}" if self.key else None


def lines_of(path: str) -> list[Line]:
    """Return the lines of a file; a value that goes on below is not taken apart."""
    texts = (DATA / path).read_text("utf-8").split("\n")
    lines = []
    for number, (text, below) in enumerate(pairwise(texts)):
        match = PAIR.fullmatch(text) if path.endswith(".yaml") else None
        goes_on = match and len(below) - len(below.lstrip()) > len(match["before"])
        lines.append(Line(path, number, text, *(match.groups() if match and not goes_on else ())))
    return lines


def is_status(line: Line) -> bool:
    return line.path.startswith("partnerships/") and line.before == "  " and line.value in OTHER


KINDS: Mapping[str, Callable[[Line], str | None]] = {
    "a key with a letter too many": lambda line: f"{line.before}{line.key}x: {line.value}" if line.key else None,
    "a word with a letter too many": lambda line: line.having(f"{line.value}x") if line.value in WORDS else None,
    "a reference that is not registered": lambda line: (
        line.having(f"{line.value}-x") if line.key == "reference" else None
    ),
    "a day that does not exist": lambda line: (
        line.having("2024-02-30") if re.fullmatch(r"\d{4}-\d\d-\d\d", line.value) and line.key != "supports" else None
    ),
    "no value": lambda line: line.having(""),
    "an invisible character": lambda line: line.having(f"{line.value[:1]}\u200b{line.value[1:]}"),
    "an anchor": lambda line: line.having(f"&a {line.value}"),
    "a tag": lambda line: line.having(f"!!str {line.value}"),
    "an alias": lambda line: line.having("*a"),
    "a quote that does not end": lambda line: line.having(f'"{line.value}'),
    "a key twice": lambda line: f"{line.text}\n{' ' * len(line.before)}{line.key}: x" if line.key else None,
    "a second document": lambda line: f"{line.text}\n---" if line.key else None,
    "a line that is missing": lambda line: (
        "# gone" if is_status(line) or (line.before == "" and line.key in {"id", "name"}) else None
    ),
    "another mark than the table prints": lambda line: (
        line.having(OTHER[line.value])
        if is_status(line) and line.path.endswith(tuple(f"/{p}.yaml" for p in IN_TABLE))
        else None
    ),
    "a tab": lambda line: f"\t{line.text[2:]}" if line.text.startswith("  ") else None,
    "a conflict marker": lambda line: f"<<<<<<< HEAD\n{line.text}" if line.path.endswith(".yaml") else None,
    "a mark that means nothing": lambda line: re.sub(",[^,]*$", ",?", line.text) if line.text[:1].isdigit() else None,
}
"""What a line becomes; None if the fault cannot be there."""

BELOW = {"a key twice": 1, "a second document": 1}
"""How far below the changed line a kind is reported."""
ANYWHERE = {"a quote that does not end", "a line that is missing"}

LINES = [line for file in sorted(DATA.rglob("*.yaml")) for line in lines_of(file.relative_to(DATA).as_posix())]
LINES += lines_of("tables/table-1.csv")
OF_KIND = {kind: [(kind, line) for line in LINES if change(line) is not None] for kind, change in KINDS.items()}
FAULTS = st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.sampled_from(OF_KIND[kind]))


def planted(kind: str, line: Line) -> str:
    texts = (DATA / line.path).read_text("utf-8").split("\n")
    texts[line.number] = KINDS[kind](line) or ""
    return "\n".join(texts)


@given(FAULTS)
def test_a_planted_fault_is_reported_where_it_is(fault: tuple[str, Line]) -> None:
    kind, line = fault
    reported = [p for p in problems("data", line.path, planted(kind, line)) if p.location.path == f"data/{line.path}"]
    assert reported
    expected = line.number + 1 + BELOW.get(kind, 0)
    assert kind in ANYWHERE or expected in {problem.location.line for problem in reported}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(DATA, tmp_path_factory.mktemp("planted") / "data")


@settings(max_examples=6)
@given(FAULTS, st.sampled_from(["validate", "matrix", "diff japan india -f json", "verify"]))
def test_no_command_answers_from_faulty_data(copy: Path, fault: tuple[str, Line], command: str) -> None:
    kind, line = fault
    (copy / line.path).write_text(planted(kind, line), "utf-8")
    try:
        ran = run_sdp("--data", str(copy), *command.split())
    finally:
        shutil.copy(DATA / line.path, copy / line.path)
    assert ran.code in {1, 2}
    assert "internal error" not in ran.err
