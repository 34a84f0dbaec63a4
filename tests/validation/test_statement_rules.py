"""Faulty statements are reported at the place of the fault, with a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run
from sdp_matrix.validation.rules.statements import RULES

HEAD = """\
statements:
  - id: made-up
    reference: mofa-korea-sdp
    paraphrase: Made up for a test.
"""

AREA = """\
    check:
      kind: partners-with-area
      over:
        - {over}
      area: {area}
      counting: covered
      exactly:
        - {partner}
"""

CASES = {
    "statement-empty": (
        HEAD + "    check:\n      kind: order-by-date\n      order:\n        - japan\n",
        "8:9: error: the list 'order' is too short to check anything; name 2 or more",
    ),
    "statement-twice": (
        HEAD
        + "    check:\n      kind: order-by-date\n      order:\n        - japan\n        - india\n        - japan\n",
        "10:11: error: duplicate 'japan' in this list; remove one",
    ),
    "statement-over": (
        HEAD + AREA.format(over="table", area="cyber", partner="iceland"),
        "12:11: error: 'iceland' is not among the partnerships looked at; add it to 'over', or remove it here",
    ),
    "statement-date": (
        HEAD + "    as_of: 2024-11-05\n" + AREA.format(over="all", area="cyber", partner="ghana"),
        "5:12: error: the reference is of 2024-11-04; it cannot speak of 2024-11-05: correct one of the two",
    ),
    "statement-verdict": (
        HEAD + AREA.format(over="all", area="cyber", partner="ghana") + "    expected: true-then\n",
        "13:15: error: without 'as_of' nothing can be true then and false now; add the day, or correct this",
    ),
}
"""Of each rule a file that breaks it and no other, and what has to be said."""


def test_every_rule_has_a_case() -> None:
    assert CASES.keys() == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", CASES)
def test_a_broken_rule_is_reported_once_at_its_place(sdp: Run, folder: Path, rule: str) -> None:
    text, message = CASES[rule]
    (folder / "statements.yaml").write_text(text, encoding="utf-8")
    ran = sdp("validate", str(folder))
    assert ran.code == 1
    assert ran.out == f"{(folder / 'statements.yaml').as_posix()}:{message} [{rule}]\n"


def test_ids_of_statements_are_unique(sdp: Run, folder: Path) -> None:
    entry = HEAD + AREA.format(over="table", area="cyber", partner="india")
    (folder / "statements.yaml").write_text(entry + entry.removeprefix("statements:\n"), encoding="utf-8")
    assert "statements.yaml:13:9: error: duplicate id 'made-up', first on line 2" in sdp("validate", str(folder)).out


def test_references_of_statements_are_registered(sdp: Run, folder: Path) -> None:
    entry = HEAD.replace("mofa-korea-sdp", "mofa-korea") + AREA.format(over="table", area="cyber", partner="india")
    (folder / "statements.yaml").write_text(entry, encoding="utf-8")
    assert "statements.yaml:3:16: error: there is no reference 'mofa-korea'" in sdp("validate", str(folder)).out


@pytest.mark.parametrize(
    ("check", "messages"),
    [
        ("check: 5", ["5:12: error: a mapping should stand here: lines 'key: value' [shape]"]),
        (
            "check:\n      over:\n        - all",
            ["5:5: error: the key 'kind' is missing"],
        ),
        (
            "check:\n      kind: common-area\n      over:\n        - all",
            ["6:13: error: invalid value 'common-area'; write partners-with-area,"],
        ),
        (
            "check:\n      kind: common-areas\n      over: table\n      countin: covered\n      count: few",
            [
                "7:13: error: a list should stand here: lines that begin with '- ' [shape]",
                "8:7: error: there is no key 'countin' here; did you mean 'counting'? [unknown-key]",
                "9:14: error: 'few' is not a whole number [form]",
            ],
        ),
        (
            "check:\n      kind: dates-of-partnerships\n      days:\n        albania: 2024-11-31",
            ["8:18: error: the calendar has no day 2024-11-31"],
        ),
    ],
)
def test_a_check_that_cannot_be_read_is_reported_at_its_place(
    sdp: Run, folder: Path, check: str, messages: list[str]
) -> None:
    (folder / "statements.yaml").write_text(f"{HEAD}    {check}\n", encoding="utf-8")
    lines = sdp("validate", str(folder)).out.splitlines()
    assert len(lines) == len(messages)
    for line, message in zip(lines, messages, strict=True):
        assert f"statements.yaml:{message}" in line
