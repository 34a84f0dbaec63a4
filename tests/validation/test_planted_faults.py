"""Faults of known kinds, planted at random places of the frozen data: each is reported, at its line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import DATA, run_sdp
from planting import problems
from sdp_matrix.model import vocabulary


class Pair(NamedTuple):
    """A key with a value of one line, and where both stand."""

    path: str
    line: int
    key: str
    starts: int
    """Column of the key."""
    begins: int
    """Column of the value."""
    value: str
    above: tuple[str, ...]
    """The keys of the mappings around it."""


class Fault(NamedTuple):
    """A line to put into a file in place of another, and the line that has to be reported; None: any in the file."""

    path: str
    line: int
    text: str
    reported: int | None

    def planted(self) -> str:
        """Return the file with the fault."""
        lines = LINES[self.path]
        return "\n".join([*lines[: self.line], self.text, *lines[self.line + 1 :]])


TEXTS = {
    file.relative_to(DATA).as_posix(): file.read_text("utf-8")
    for file in sorted(DATA.rglob("*"))
    if file.suffix in {".yaml", ".csv"}
}
LINES = {path: text.split("\n") for path, text in TEXTS.items()}


def _pairs(path: str, node: yaml.Node | None, above: tuple[str, ...] = ()) -> Iterator[Pair]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _pairs(path, item, above)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            start, end = value.start_mark, value.end_mark
            yield from _pairs(path, value, (*above, key.value))
            if isinstance(value, yaml.ScalarNode) and value.style is None and start.line == end.line:
                at = (start.line, key.value, key.start_mark.column, start.column)
                yield Pair(path, *at, value.value, above)


PAIRS = [
    pair
    for path, text in TEXTS.items()
    if path.endswith(".yaml")
    for pair in _pairs(path, yaml.compose(text, yaml.BaseLoader))
]
WORDS = {
    word.value
    for words in vars(vocabulary).values()
    if isinstance(words, type) and issubclass(words, StrEnum)
    for word in words
}
COLUMNS = {"albania", "japan", "moldova", "norway", "north-macedonia", "republic-of-korea", "united-kingdom"}


def _instead(pair: Pair, value: str) -> str:
    line = LINES[pair.path][pair.line]
    return f"{line[: pair.begins]}{value}{line[pair.begins + len(pair.value) :]}"


def _begins_its_line(pair: Pair) -> bool:
    return not LINES[pair.path][pair.line][: pair.starts].strip(" -")


def _misspelt_key(pair: Pair) -> str:
    line = LINES[pair.path][pair.line]
    end = pair.starts + len(pair.key)
    return f"{line[:end]}x{line[end:]}"


def _twice(pair: Pair) -> str | None:
    again = f"{' ' * pair.starts}{pair.key}: {pair.value}"
    return f"{LINES[pair.path][pair.line]}\n{again}" if _begins_its_line(pair) else None


def _hidden(pair: Pair) -> str:
    middle = len(pair.value) // 2
    return _instead(pair, f"{pair.value[:middle]}\u200b{pair.value[middle:]}")


def _other_mark(pair: Pair) -> str | None:
    other = {"covered": "not-covered", "not-covered": "covered"}.get(pair.value)
    stem = pair.path.rpartition("/")[2].removesuffix(".yaml")
    return _instead(pair, other) if other and pair.above == ("coverage",) and stem in COLUMNS else None


def _where(pair: Pair, value: str, *, keys: set[str]) -> str | None:
    return _instead(pair, value) if pair.key in keys else None


def _is_day(pair: Pair) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", pair.value))


OF_PAIRS: Mapping[str, Callable[[Pair], str | None]] = {
    "a key with a letter too many": _misspelt_key,
    "a word with a letter too many": lambda pair: _instead(pair, f"{pair.value}x") if pair.value in WORDS else None,
    "a reference that is not registered": lambda pair: _where(pair, f"{pair.value}-x", keys={"reference"}),
    "a day that does not exist": lambda pair: (
        _where(pair, "2024-02-30", keys={"date", "value", "since", "reviewed"}) if _is_day(pair) else None
    ),
    "no value": lambda pair: _instead(pair, ""),
    "an invisible character": _hidden,
    "an anchor": lambda pair: _instead(pair, f"&a {pair.value}"),
    "a tag": lambda pair: _instead(pair, f"!!str {pair.value}"),
    "an alias": lambda pair: _instead(pair, "*a"),
    "a key that stands twice": _twice,
    "a second document": lambda pair: f"{LINES[pair.path][pair.line]}\n---",
    "another mark than the table prints": _other_mark,
}
"""What a line becomes; None where the fault cannot be there."""

OF_LINES: Mapping[str, Callable[[str], str | None]] = {
    "a tab": lambda line: f"\t{line[2:]}" if line.startswith("  ") else None,
    "a conflict marker": lambda line: f"<<<<<<< HEAD\n{line}",
}
"""The same for lines of any content."""


def _of_pairs() -> Iterator[tuple[str, Fault]]:
    for pair in PAIRS:
        for kind, change in OF_PAIRS.items():
            if (text := change(pair)) is not None:
                yield kind, Fault(pair.path, pair.line, text, pair.line + 1 + text.count("\n"))
        if _begins_its_line(pair):
            yield "a quote that does not end", Fault(pair.path, pair.line, _instead(pair, f'"{pair.value}'), None)
            if pair.above == ("coverage",) or (not pair.above and pair.key in {"id", "name"}):
                yield "a line that is missing", Fault(pair.path, pair.line, "# gone", None)


def _of_lines() -> Iterator[tuple[str, Fault]]:
    for path, lines in LINES.items():
        for number, line in enumerate(lines[:-1]):
            if path.endswith(".yaml"):
                for kind, change in OF_LINES.items():
                    if (text := change(line)) is not None:
                        yield kind, Fault(path, number, text, number + 1)
            elif line[:1].isdigit():
                yield "a mark that means nothing", Fault(path, number, re.sub(",[^,]*$", ",?", line), number + 1)


FAULTS: dict[str, list[Fault]] = {}
for _kind, _fault in (*_of_pairs(), *_of_lines()):
    FAULTS.setdefault(_kind, []).append(_fault)


KINDS = st.sampled_from(sorted(FAULTS)).flatmap(lambda kind: st.sampled_from(FAULTS[kind]))


@given(KINDS)
def test_a_planted_fault_is_reported_where_it_is(fault: Fault) -> None:
    reported = [p for p in problems("data", fault.path, fault.planted()) if p.location.path == f"data/{fault.path}"]
    assert reported
    assert fault.reported is None or fault.reported in {problem.location.line for problem in reported}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(DATA, tmp_path_factory.mktemp("planted") / "data")


@settings(max_examples=6)
@given(KINDS, st.sampled_from(["validate", "matrix", "diff japan india -f json", "verify"]))
def test_no_command_answers_from_faulty_data(copy: Path, fault: Fault, command: str) -> None:
    file = copy / fault.path
    file.write_text(fault.planted(), "utf-8")
    try:
        ran = run_sdp("--data", str(copy), *command.split())
    finally:
        file.write_bytes(TEXTS[fault.path].encode())
    assert ran.code in {1, 2}
    assert "internal error" not in ran.err


def test_without_a_fault_the_same_copy_is_clean(copy: Path) -> None:
    assert all(run_sdp("--data", str(copy), *words.split()).code == 0 for words in ("validate --strict", "verify"))
