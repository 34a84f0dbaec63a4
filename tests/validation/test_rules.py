"""Rules: each has a reason and an example that breaks it alone; and what is wrong with whole files."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Golden
from planting import BASES, changed, place, problems, text_of
from sdp_matrix.files.scan import scan
from sdp_matrix.problem import Severity
from sdp_matrix.validation import rules
from sdp_matrix.validation.rules.rule import PLACE, Rule

WITHOUT_EXAMPLE = {
    *("unreadable", "link", "no-data", "missing-file", "file-size", "encoding", "stray-file"),
    "unexpected-verdict",
}
"""What is not a line of a file; other tests have them."""


def planted(rule: Rule) -> tuple[str, str]:
    """Return the text of a file with the fault of an example, and the place of the fault."""
    assert rule.example
    text = text_of("sample", rule.example.file)
    assert rule.example.right in text, "the example has to be in the sample"
    before, mark, after = text.replace(rule.example.right, rule.example.wrong, 1).partition(PLACE)
    assert mark, "the example has to mark the place"
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return before + after, f"{rule.example.file}:{line}:{column}"


def test_every_rule_has_an_example_that_breaks_it_alone(golden: Golden) -> None:
    """The golden file is to be read as a stranger would: what is wrong, then what to do."""
    assert {rule.id for rule in rules.RULES.values() if rule.example is None} == WITHOUT_EXAMPLE
    messages = []
    for rule in rules.RULES.values():
        if rule.example:
            text, expected = planted(rule)
            reported = problems("sample", rule.example.file, text, upkeep=rule.id == "unused-reference")
            assert [(problem.rule, place(problem)) for problem in reported] == [(rule.id, expected)]
            messages.append(f"{rule.id}: {reported[0].message}\n")
    golden("messages.txt", "".join(messages))


def test_every_rule_says_why_in_one_line() -> None:
    for rule in rules.RULES.values():
        assert re.fullmatch("[A-Z][^\n]*[.]", rule.reason)
        assert re.fullmatch("[a-z]+(-[a-z]+)*", rule.id)


def test_a_rule_is_as_severe_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    milder = replace(rules.RULES["missing-locator"], severity=Severity.WARNING)
    monkeypatch.setitem(rules.RULES, milder.id, milder)
    text, _ = planted(milder)
    reported = problems("sample", "partnerships/albania.yaml", text, upkeep=False)
    assert [(p.rule, p.severity) for p in reported] == [("missing-locator", Severity.WARNING)]


@pytest.mark.parametrize(
    "change",
    [lambda text: text.replace(b"\n", b"\r\n"), lambda text: text.rstrip(b"\n"), lambda text: b"\xef\xbb\xbf" + text],
    ids=["line ends of Windows", "no newline at the end", "byte order mark"],
)
def test_other_bytes_that_say_the_same_pass(change: Callable[[bytes], bytes], folder: Path) -> None:
    for file in [*folder.rglob("*.yaml"), *folder.rglob("*.csv")]:
        file.write_bytes(change(file.read_bytes()))
    assert rules.check(scan(folder), upkeep=True) == ()


def test_a_statement_on_a_group_that_is_misspelt_where_it_is_registered_is_no_second_fault(tmp_path: Path) -> None:
    sample = Path(shutil.copytree(BASES["sample"], tmp_path / "data"))
    statements, groups = sample / "statements.yaml", sample / "groups.yaml"
    statements.write_text(statements.read_text("utf-8").replace("over: [table]", "over: [group:nato-ally]"), "utf-8")
    groups.write_text(groups.read_text("utf-8").replace("- id: nato-ally", "- id: nato-alli"), "utf-8")
    assert [p.rule for p in rules.check(scan(sample))] == ["misspelt-id"]


JAPAN, NORWAY, REFERENCES = "partnerships/japan.yaml", "partnerships/norway.yaml", "references.yaml"

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
    reported = rules.check(scan(folder))
    places = [str(problem.location).removeprefix(folder.as_posix()).removeprefix("/") for problem in reported]
    assert list(zip([problem.rule for problem in reported], places, strict=True)) == expected


def test_the_table_may_be_cited_where_it_prints_nothing() -> None:
    text, cited = text_of("data", NORWAY), "locator: Norway\n      supports: signed"
    assert cited in text
    assert problems("data", NORWAY, text.replace(cited, cited.replace("Norway", "Table 1"))) == ()


@pytest.mark.parametrize("bit", range(14))
def test_no_other_reference_is_suggested_for_one_that_is_gone(bit: int) -> None:
    """Of every two references, one is gone and the other is there in one of the rounds."""
    head, *entries = re.split("(?m)^  - id: ", text_of("data", REFERENCES))
    kept = [entry for number, entry in enumerate(entries) if (number >> bit // 2) % 2 == bit % 2]
    check = rules.RULES["unknown-reference"].check
    assert check
    reported = list(check(changed("data", REFERENCES, "  - id: ".join([head, *kept]))))
    assert not [fault.message for fault in reported if "did you mean" in fault.message]
