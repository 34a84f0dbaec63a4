r"""Faulty and odd files: each list in tests/cases has changes to sound data, with what has to be reported of them.

A case begins with `== name` and `-- file`. Lines with `-` are in the file of the sound data, those with `+` take their
place (the place of the whole file where none has `-`). `¦` is right before each place that is reported; a line with `!`
gives the rule and message, and after `@` the place where that is elsewhere. A case without `!` is sound. `> mends` says
that doing what the message says mends the file. `\xNN` is a byte (`\x5c` a backslash), `\uNNNN` a character that cannot
be seen. `pytest --write-golden` writes the marks and messages; read them as a stranger would.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest

from conftest import Golden
from planting import BASES, CASES, place, problems, spelt, text_of, unspelt
from sdp_matrix.problem import Problem
from sdp_matrix.validation.rules.rule import PLACE


class Case(NamedTuple):
    """A change to one file of sound data."""

    name: str
    path: str
    right: str
    wrong: str
    """With the bytes that are no UTF-8 as surrogates."""
    mends: bool


def cases(base: str) -> list[Case]:
    """Read a list of cases."""
    blocks = (CASES / f"{base}.txt").read_text("utf-8").split("\n== ")
    return [_case(block) for block in blocks[1:]]


def _case(block: str) -> Case:
    name, path, *lines = block.rstrip("\n").split("\n")
    right, wrong = ("\n".join(line[1:] for line in lines if line[0] == mark) for mark in "-+")
    return Case(name, path.removeprefix("-- "), right, unspelt(wrong.replace(PLACE, "")), "> mends" in lines)


def changed(base: str, case: Case) -> str:
    """Return the text of the file of a case."""
    if not case.right:
        return f"{case.wrong}\n"
    text = text_of(base, case.path)
    assert case.right in text, f"{case.name}: these lines do not stand in {case.path}"
    return text.replace(case.right, case.wrong, 1)


def written(base: str, case: Case) -> str:
    """Write a case down with what is reported of it."""
    text = changed(base, case)
    start = text.index(case.wrong) if not case.right else text_of(base, case.path).index(case.right)
    first = text[:start].count("\n") + 1
    wrong, messages = case.wrong.split("\n"), []
    starts = len(text[:start].rpartition("\n")[2])
    assert not starts, f"{case.name}: begin with a whole line"
    for problem in reversed(problems(base, case.path, text, upkeep=base != "sample")):
        line, column = problem.location.line - first, problem.location.column - 1
        inside = problem.location.path == f"data/{case.path}" and 0 <= line < len(wrong)
        if inside:
            wrong[line] = wrong[line][:column] + PLACE + wrong[line][column:]
        elsewhere = "" if inside else f" @{place(problem)}"
        messages.append(f"! {problem.rule}{elsewhere}: {problem.message}")
    lines = [f"-{line}" for line in case.right.split("\n")] if case.right else []
    lines += [f"+{spelt(line)}" for line in wrong] + messages[::-1] + (["> mends"] if case.mends else [])
    return "\n".join([f"== {case.name}", f"-- {case.path}", *lines, "", ""])


@pytest.mark.parametrize("base", BASES)
def test_each_case_is_reported_as_written(base: str, golden: Golden) -> None:
    head = (CASES / f"{base}.txt").read_text("utf-8").partition("\n== ")[0]
    golden(f"../cases/{base}.txt", "\n".join([head, *(written(base, case) for case in cases(base))]))


MENDING = [case for case in cases("data") if case.mends]


@pytest.mark.parametrize("case", MENDING, ids=[case.name for case in MENDING])
def test_who_does_what_a_message_says_has_mended_the_file(case: Case) -> None:
    text = changed("data", case)
    reported = problems("data", case.path, text)
    assert reported
    for problem in reversed(reported):
        text = followed(text, problem)
    assert problems("data", case.path, text) == ()


ADVICE: dict[str, Callable[[str, int, str], str]] = {
    r"begin it in column (\d+)": lambda line, _, pattern: " " * (int(pattern) - 1) + line.lstrip(" "),
    r"put '(- )' in place of the two spaces": lambda line, at, dash: line[: at - 2] + dash + line[at:],
    r"put '(- )' before": lambda line, at, dash: line[:at] + dash + line[at:],
    r"write an ordinary( )space": lambda line, at, blank: line[:at] + blank + line[at + 1 :],
    r"cannot be seen; delete it()": lambda line, at, nothing: line[:at] + nothing + line[at + 1 :],
    r"no address has the character '(?:.+)'; write (\S+) for it": lambda line, at, code: (
        line[:at] + line[at:].replace(bytes.fromhex(code[1:]).decode(), code)
    ),
    r"an address has no( )spaces; delete them": lambda line, at, blank: line[:at] + line[at:].replace(blank, "", 1),
    r"did you mean '(.+)'[?]": lambda line, at, word: line[:at] + re.sub(WORD, word, line[at:], count=1),
    r"write '(.+?)'": lambda line, at, word: line[:at] + re.sub(WORD, word, line[at:], count=1),
    r"is spelt '(.+)' elsewhere": lambda line, at, word: line[:at] + re.sub(WORD, word, line[at:], count=1),
    r"write ([0-9-]+)$": lambda line, at, day: line[:at] + day,
}
"""What messages tell people to do: with the line, the column (from 0) and what the message says."""

WORD = r"^.+?(?=: |:$|$)"
"""A key or value at the beginning of a text."""


def followed(text: str, problem: Problem) -> str:
    """Return a text after somebody did what a message says, to the letter."""
    lines = text.split("\n")
    matches = ((change, re.search(pattern, problem.message)) for pattern, change in ADVICE.items())
    change, match = next((change, match) for change, match in matches if match)
    line = problem.location.line - 1
    lines[line] = change(lines[line], problem.location.column - 1, match[1])
    return "\n".join(lines)


def test_an_area_that_is_renamed_in_its_register_alone_is_one_message() -> None:
    text = text_of("data", "areas.yaml").replace("id: consular-matters\n", "id: help-of-consulates\n")
    [problem] = problems("data", "areas.yaml", text)
    assert place(problem) == "areas.yaml:458:9"
    assert problems("data", "areas.yaml", followed(text, problem)) == ()
