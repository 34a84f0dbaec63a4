"""Rules: each has a reason and an example that breaks it alone; and what is wrong with whole files."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import Golden, Run, edit
from planting import BASES, place, problems, text_of
from sdp_matrix.files.disk import shown_as
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
    milder = rules.RULES["missing-locator"]._replace(severity=Severity.WARNING)
    monkeypatch.setitem(rules.RULES, milder.id, milder)
    text, _ = planted(milder)
    reported = problems("sample", "partnerships/albania.yaml", text, upkeep=False)
    assert [(p.rule, p.severity) for p in reported] == [("missing-locator", Severity.WARNING)]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.rstrip(b"\n"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"),
    ],
    ids=["line ends of Windows", "no newline at the end", "byte order mark", "as a spreadsheet writes it"],
)
def test_other_bytes_that_say_the_same_pass(change: Callable[[bytes], bytes], folder: Path) -> None:
    for file in [*folder.rglob("*.yaml"), *folder.rglob("*.csv")]:
        file.write_bytes(change(file.read_bytes()))
    assert rules.check(scan(folder), upkeep=True) == ()


def test_a_statement_on_a_group_with_a_misspelt_id_is_not_a_second_fault(tmp_path: Path) -> None:
    sample = Path(shutil.copytree(BASES["sample"], tmp_path / "data"))
    edit(sample / "statements.yaml", "over: [table]", "over: [group:nato-ally]")
    edit(sample / "groups.yaml", "- id: nato-ally", "- id: nato-alli")
    assert [p.rule for p in rules.check(scan(sample))] == ["unknown-id"]


JAPAN, NORWAY, REFERENCES = "partnerships/japan.yaml", "partnerships/norway.yaml", "references.yaml"


def add(name: str) -> Callable[[Path], object]:
    """Make a change that adds a file, in a folder of its own if need be."""

    def change(data: Path) -> None:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("x\n", "utf-8")

    return change


CHANGES: Mapping[str, Callable[[Path], object]] = {
    "file-name partnerships/nippon.yaml:2:5": lambda data: (data / JAPAN).rename(data / "partnerships/nippon.yaml"),
    "file-name partnerships/copy.yaml:2:5": lambda data: shutil.copy(data / JAPAN, data / "partnerships/copy.yaml"),
    "file-name partnerships/tÃ¼rkiye.yaml:2:5": lambda data: (data / JAPAN).rename(data / "partnerships/tÃ¼rkiye.yaml"),
    "missing-file prospects.yaml:1:1": lambda data: (data / "prospects.yaml").unlink(),
    "missing-file tables:1:1": lambda data: shutil.rmtree(data / "tables"),
    "unknown-id tables/table-1.yaml:14:5": lambda data: (data / JAPAN).unlink(),
    "link partnerships/nippon.yaml:1:1": lambda data: (data / "partnerships/nippon.yaml").symlink_to("japan.yaml"),
    "link notes:1:1": lambda data: (data / "notes").symlink_to(__file__),
    "link partnerships:1:1": lambda data: (data / "partnerships").symlink_to(
        (data / "partnerships").rename(data / ".p")
    ),
    "unreadable pipe:1:1": lambda data: os.mkfifo(data / "pipe"),
    "unreadable partnerships/pipe.yaml:1:1": lambda data: os.mkfifo(data / "partnerships/pipe.yaml"),
    "stray-file partnerships/drafts:1:1": lambda data: (data / "partnerships/drafts").mkdir(),
    "stray-file objects:1:1": add("objects/aa"),
    "stray-file schema/info:1:1": add("schema/info/attributes"),
    **{
        f"stray-file {name}:1:1": add(name)
        for name in ("HEAD", "schema/config", "norway.yml", "partnerships/norway.yml", "partnerships/.kenya.yaml")
    },
    **{f"stray-file {name}:1:1": add(name) for name in ("notes.txt", "tables/table-2.yaml", "tables/table-2.csv")},
}
"""What is reported, and what people did to whole files."""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("expected", CHANGES)
def test_a_fault_of_a_file_is_reported_once(expected: str, folder: Path) -> None:
    CHANGES[expected](folder)
    [problem] = rules.check(scan(folder))
    assert f"{problem.rule} {str(problem.location).removeprefix(shown_as(folder)).removeprefix('/')}" == expected


@pytest.mark.parametrize("name", ["Japan", "japan_BACKUP_1234", "japan (1)"])
def test_a_renamed_file_is_not_told_to_take_its_name_as_its_id(folder: Path, name: str) -> None:
    (folder / JAPAN).rename(folder / "partnerships" / f"{name}.yaml")
    (folder / "partnerships" / "north-macedonia.yaml").rename(folder / "partnerships" / "north_macedonia.yaml")
    messages = [problem.message for problem in rules.check(scan(folder))]
    assert [message.rpartition("; ")[2] for message in messages] == [
        "rename the file to japan.yaml",
        "rename the file to north-macedonia.yaml",
    ]


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", ".github.yml", "partnerships/._japan.yaml"])
def test_what_systems_leave_is_passed_over(folder: Path, name: str) -> None:
    add(name)(folder)
    assert rules.check(scan(folder), upkeep=True) == ()


def test_an_area_that_the_table_does_not_print_needs_no_row_in_it(folder: Path, sdp: Run) -> None:
    with (folder / "areas.yaml").open("a", encoding="utf-8") as areas:
        areas.write("  - number: 27\n    id: drones\n    title: Drones and counter-drones\n    label: Drones\n")
    for file in (folder / "partnerships").iterdir():
        edit(file, "coverage:\n", "coverage:\n  drones: unknown\n")
    assert sdp("--data", str(folder), "validate", "--strict").out == ""
    counts = json.loads(sdp("--data", str(folder), "verify", "-f", "json").out)
    assert (counts["cells"], counts["headings"]) == ({"compared": 234, "agree": 234}, {"compared": 35, "agree": 35})
    assert "of 27" not in sdp("--data", str(folder), "factcheck").out
    shown = sdp("--data", str(folder), "matrix", COLUMNS="120").out
    assert "by partner (with newer areas)" in shown.splitlines()[0]
    assert "Drones and counter-drones" in shown


def test_one_slip_in_every_cell_is_one_message_with_a_count() -> None:
    path = "tables/table-1.csv"
    [problem] = problems("data", path, re.sub(r"[✓✗]", "TRUE", text_of("data", path)))
    assert re.search(r"\(26 times in this file: lines 5, 6, 7, 8, 9, 10, 11, …\)", problem.message)


def test_the_table_may_be_cited_for_a_value_that_it_does_not_print() -> None:
    text, cited = text_of("data", NORWAY), "locator: Norway\n      supports: signed"
    assert cited in text
    assert problems("data", NORWAY, text.replace(cited, cited.replace("Norway", "Table 1"))) == ()


@pytest.mark.parametrize("gone", range(14))
def test_no_other_reference_is_suggested_for_one_that_is_gone(gone: int) -> None:
    head, *entries = re.split("(?m)^  - id: ", text_of("data", REFERENCES))
    kept = [entry for number, entry in enumerate(entries) if number % 14 != gone]
    messages = [p.message for p in problems("data", REFERENCES, "  - id: ".join([head, *kept]))]
    assert messages
    assert not [message for message in messages if "did you mean" in message or "cut off" in message]


def test_the_end_of_the_references_that_is_cut_off_is_one_message() -> None:
    [problem] = problems("data", REFERENCES, text_of("data", REFERENCES).partition("  - id: mofa")[0])
    assert (problem.rule, place(problem)) == ("unknown-id", f"{REFERENCES}:375:11")
