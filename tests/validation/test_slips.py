"""Faults as people make them: each is reported once, at its place, and the advice mends it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import Golden
from sdp_matrix.files.folder import read
from sdp_matrix.files.scan import scan, scan_files
from sdp_matrix.problem import Problem
from sdp_matrix.validation import rules

PLACE = "¦"
"""Stands in a faulty text where a problem is expected."""


class Fault(NamedTuple):
    """A slip of somebody who edits a file."""

    file: str
    right: str
    wrong: str
    """The same text with the fault, and with a mark at each place that is to be reported."""
    rules: str
    """The rules that are broken, one a place."""
    mends: bool = True
    """Whether the messages say exactly what to write, so that doing it mends the file."""


ALBANIA, JAPAN, NORWAY, GHANA = (f"partnerships/{name}.yaml" for name in ("albania", "japan", "norway", "ghana"))
KOREA = "partnerships/republic-of-korea.yaml"
AREAS, GROUPS, REFERENCES, PROSPECTS = "areas.yaml", "groups.yaml", "references.yaml", "prospects.yaml"
STATEMENTS, EDITION, TABLE, PRINTED = "statements.yaml", "dataset.yaml", "tables/table-1.yaml", "tables/table-1.csv"

FAULTS = {
    # a key a level too far left or right
    "area too far left": Fault(JAPAN, "  border-management:", "¦border-management:", "layout"),
    "first area too far left": Fault(JAPAN, "  csdp-missions:", "¦csdp-missions:", "layout"),
    "last area too far left": Fault(JAPAN, "  emerging-technologies:", "¦emerging-technologies:", "layout"),
    "status too far left": Fault(JAPAN, "space:\n    status:", "space:\n  ¦status:", "layout"),
    "evidence too far left": Fault(
        NORWAY, "place:\n  value: Brussels\n  evid", "place:\n  value: Brussels\n¦evid", "layout"
    ),
    "note too far left": Fault(JAPAN, "  note: The EEAS and", "¦note: The EEAS and", "layout"),
    "day too far left": Fault(JAPAN, "  value: 2024-11-01", "¦value: 2024-11-01", "layout"),
    "support too far left": Fault(JAPAN, "      supports: 2024-11-01", "    ¦supports: 2024-11-01", "layout"),
    "area too far right": Fault(GHANA, "  csdp-missions: unk", "    ¦csdp-missions: unk", "layout"),
    "name too far right": Fault(NORWAY, "name: Norway\niso", "  ¦name: Norway\niso", "layout"),
    "one blank too many": Fault(NORWAY, "  event: dialogue-held", "   ¦event: dialogue-held", "layout"),
    "publisher too far left": Fault(REFERENCES, "    publisher: Kyodo", "  ¦publisher: Kyodo", "layout"),
    "title of an area too far left": Fault(AREAS, "    title: Hybrid", "  ¦title: Hybrid", "layout"),
    "stage too far right": Fault(PROSPECTS, "        stage: other", "          ¦stage: other", "layout"),
    "version too far right": Fault(EDITION, "version: 1", "  ¦version: 1", "layout"),
    "mark too far left": Fault(TABLE, "  not-covered: ✗", "¦not-covered: ✗", "layout"),
    "counting too far left": Fault(STATEMENTS, "      counting: absent", "    ¦counting: absent", "layout"),
    # an item of a list without its dash
    "no dash at the first evidence": Fault(JAPAN, "    - reference: eeas", "      ¦reference: eeas", "layout"),
    "no dash at later evidence": Fault(JAPAN, "    - reference: mofa", "      ¦reference: mofa", "layout"),
    "no dash at a milestone": Fault(JAPAN, "  - date: 2024-02-19", "    ¦date: 2024-02-19", "layout"),
    "no dash at the only alias": Fault(JAPAN, "  - nippon", "  ¦nippon", "layout"),
    "no dash at the second alias": Fault(NORWAY, "  - kingdom", "  ¦kingdom", "layout"),
    "no dash at a signatory": Fault(
        NORWAY, "  - party: Norway\n    name: Espen", "    ¦party: Norway\n    name: Espen", "layout"
    ),
    "no dash at a reference": Fault(REFERENCES, "  - id: mofa-japan-sdp", "    ¦id: mofa-japan-sdp", "layout"),
    "no dash at a group": Fault(GROUPS, "  - id: nato-ally", "    ¦id: nato-ally", "layout"),
    "no dash at an area": Fault(AREAS, "  - number: 2\n", "    ¦number: 2\n", "layout"),
    "no dash at a prospect": Fault(PROSPECTS, "  - id: switzerland", "    ¦id: switzerland", "layout"),
    "no dash at a step": Fault(PROSPECTS, "      - date: 2026-03-05", "        ¦date: 2026-03-05", "layout"),
    "no dash at a column": Fault(TABLE, "  - albania\n  - north", "  ¦albania\n  - north", "layout"),
    "no dash at an author": Fault(EDITION, "  - The sdp", "  ¦The sdp", "layout"),
    "no dash at a statement": Fault(
        STATEMENTS, "  - id: defence-tools-in-all", "    ¦id: defence-tools-in-all", "layout"
    ),
    # a colon, a quote or the first line of an item that is lost
    "no colon": Fault(JAPAN, "  - date: 2024-02-19", "  ¦- date 2024-02-19", "layout", mends=False),
    "quote not closed before others": Fault(
        REFERENCES, "publisher: Kyodo News", 'publisher: ¦"Kyodo News', "syntax", mends=False
    ),
    "first line of an item lost": Fault(
        JAPAN, "  - party: Japan\n    name: Takeshi", "    ¦name: Takeshi", "duplicate-key", mends=False
    ),
    # two faults of one line
    "area and status": Fault(NORWAY, "defence-tools: covered", "defence-tool: ¦coverd", "status", mends=False),
    "area and long status": Fault(
        NORWAY, "  space:\n    status: covered", "  spaces:\n    status: ¦coverd", "status", mends=False
    ),
    # names of areas, groups, references
    "renamed area": Fault(NORWAY, "defence-tools: covered", "¦consultations: covered", "unknown-area"),
    "reference with a slip": Fault(
        JAPAN, "reference: eeas-japan-2024", "reference: ¦eeas-jpaan-2024", "unknown-reference"
    ),
    "reference of another year": Fault(
        JAPAN, "reference: eeas-japan-2024", "reference: ¦eeas-japan-2025", "unknown-reference", mends=False
    ),
    "reference of another country": Fault(
        JAPAN, "reference: eeas-japan-2024", "reference: ¦eeas-jordan-2024", "unknown-reference", mends=False
    ),
    "group with a slip": Fault(NORWAY, "group: nato-ally", "group: ¦nato-aly", "unknown-group"),
    "area of a statement": Fault(STATEMENTS, "area: defence-tools", "area: ¦defense-tools", "unknown-area"),
    "partner of a statement": Fault(STATEMENTS, "        - japan", "        - ¦japn", "unknown-partner"),
    "column": Fault(TABLE, "  - albania\n  - north", "  - ¦albanya\n  - north", "unknown-partner"),
    "odd spelling of a publisher": Fault(
        REFERENCES,
        "publisher: European External Action Service",
        "publisher: ¦European external action service",
        "publisher-spelling",
    ),
    # a status, code, id, number or key
    "status in capitals": Fault(GHANA, "hybrid-threats: unknown", "hybrid-threats: ¦Unknown", "status"),
    "code in small letters": Fault(JAPAN, "iso: JP", "iso: ¦jp", "iso-form"),
    "code with a comment": Fault(JAPAN, "iso: JP", "iso: ¦JP# the code", "iso-form"),
    "status with a comment": Fault(GHANA, "hybrid-threats: unknown", "hybrid-threats: ¦unknown# yet", "status"),
    "code of three letters": Fault(JAPAN, "iso: JP", "iso: ¦JPN", "iso-form", mends=False),
    "key with a slip": Fault(NORWAY, "milestones:", "¦mielstones:", "unknown-key"),
    "key of a reference": Fault(REFERENCES, "    relayed_by: APA", "    ¦relayedby: APA", "unknown-key"),
    "key of a step": Fault(PROSPECTS, "        stage: other", "        ¦stages: other", "unknown-key"),
    "key of the edition": Fault(EDITION, "licence: MIT", "¦license: MIT", "unknown-key"),
    "stage with a slip": Fault(PROSPECTS, "stage: other-instrument", "stage: ¦other-instrment", "choice"),
    "standing with a slip": Fault(REFERENCES, "standing: weak", "standing: ¦waek", "choice", mends=False),
    "id with capitals": Fault(GROUPS, "id: western-balkans", "id: ¦Western-Balkans", "id-form"),
    "row number": Fault(AREAS, "number: 2\n", "number: ¦3\n", "row-number", mends=False),
    "code of another": Fault(NORWAY, "iso: NO", "iso: ¦AL", "iso-taken", mends=False),
    "label of another area": Fault(AREAS, "label: CSDP missions", "label: ¦Hybrid threats", "unique-name", mends=False),
    "support of a group": Fault(
        NORWAY, "      supports: member", "      supports: ¦maybe", "evidence-kind", mends=False
    ),
    "headings of a count with a list": Fault(
        ALBANIA, "basis: count\n  count: 13", "basis: ¦count\n  items: [{title: trade}]", "headings", mends=False
    ),
    "headings without their list": Fault(ALBANIA, "basis: count", "basis: ¦report", "headings", mends=False),
    "emendation of another line": Fault(TABLE, "  line: 2\n  read:", "  line: 1\n  ¦read:", "emendation", mends=False),
    "group of the table that heads no column": Fault(
        TABLE,
        "    short: EFTA\n    group: efta\n",
        "    short: EFTA\n    group: efta\n  - title: ¦Others\n    short: Others\n    group: indo-pacific\n",
        "table-group",
        mends=False,
    ),
    "group that the table prints left out": Fault(
        JAPAN,
        "groups:\n  - group: nato-global-partner\n    status: member\n    evidence:\n"
        "      - reference: nato-global-partners\n        supports: member\n",
        "¦groups:\n",
        "missing-departure",
        mends=False,
    ),
    "title of another group": Fault(
        GROUPS, "title: NATO Partnership for Peace partners", "title: ¦NATO allies", "unique-name", mends=False
    ),
    "reference that is followed": Fault(
        REFERENCES, "follows: European Commission", "follows: ¦kyodo-japn-2024-02", "unknown-reference"
    ),
    "kind of a check": Fault(
        STATEMENTS, "      kind: partners-with-area", "      ¦knid: partners-with-area", "unknown-key"
    ),
    "heading of no area": Fault(
        KOREA, "        - maritime-security\n", "        - ¦maritime-securty\n", "unknown-area"
    ),
    "group that a statement asks about": Fault(
        STATEMENTS, "      group: nato-ally", "      group: ¦nato-aly", "unknown-group"
    ),
    "verdict": Fault(STATEMENTS, "expected: true", "expected: ¦yes", "choice", mends=False),
    # days and addresses
    "en dashes in a day": Fault(JAPAN, "value: 2024-11-01", "value: ¦2024–11–01", "date-form"),
    "en dashes in the day of a reference": Fault(REFERENCES, "date: 2024-05-28", "date: ¦2024–05–28", "date-form"),
    "day first": Fault(NORWAY, "value: 2024-05-28", "value: ¦28.05.2024", "date-form"),
    "day that is two": Fault(JAPAN, "value: 2024-11-01", "value: ¦11/01/2024", "ambiguous-date", mends=False),
    "day that is none": Fault(JAPAN, "value: 2024-11-01", "value: ¦2024-11-31", "impossible-date", mends=False),
    "day of the edition": Fault(EDITION, "date: 2026-11-23", "date: ¦2026/11/23", "date-form"),
    "bar in an address": Fault(REFERENCES, "url: https://www.arctic", "url: ¦https://www.|arctic", "url-form"),
    "blank in an address": Fault(REFERENCES, "url: https://www.arctic", "url: ¦https://www. arctic", "url-form"),
    # characters
    "no blank after a colon": Fault(JAPAN, "iso: JP", "¦iso:JP", "syntax"),
    "non-breaking blank": Fault(JAPAN, "name: Takeshi Iwaya", "name: Takeshi¦\xa0Iwaya", "odd-blank"),
    "invisible character": Fault(GHANA, "name: Ghana\n", "name: Gha¦\u200bna\n", "invisible-character"),
    "quote not closed": Fault(
        NORWAY, "office: Minister of Defence", 'office: ¦"Minister of Defence', "syntax", mends=False
    ),
    "bracket not closed": Fault(GHANA, "aliases: []", "aliases: ¦[", "syntax", mends=False),
    "colon in a text": Fault(GHANA, "note: rests on one", "note: rests¦: on one", "syntax", mends=False),
    # the transcription
    "mark of the table": Fault(PRINTED, "2,Hybrid threats,✓", "2,Hybrid threats,¦v", "table-mark", mends=False),
    "cell of the table lost": Fault(
        PRINTED, "2,Hybrid threats,✓,✓,✓,✓,✓,✓,✓,✓,✓", "2,Hybrid threats,✓,✓,✓,✓,✓,✓,✓,¦✓", "table-layout", mends=False
    ),
    "day of the table": Fault(PRINTED, "23 June 2025", "¦23.6.2025", "table-date", mends=False),
    "partner of the table": Fault(PRINTED, ",UK,", ",¦Ukay,", "table-partner", mends=False),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_reported_once_at_its_place_and_its_advice_mends_it(name: str, folder: Path) -> None:
    fault = FAULTS[name]
    file = folder / fault.file
    text = file.read_text("utf-8")
    assert fault.right in text
    marked = text.replace(fault.right, fault.wrong, 1)
    file.write_text(marked.replace(PLACE, ""), "utf-8")
    found = rules.check(scan(folder))
    assert [(p.rule, p.location.line, p.location.column) for p in found] == places(marked, fault.rules)
    assert all(problem.location.path.endswith(fault.file) for problem in found)
    if fault.mends:
        for problem in reversed(found):
            file.write_text(followed(file.read_text("utf-8"), problem), "utf-8")
        assert rules.check(scan(folder)) == ()


def test_what_is_said_of_each_slip_is_as_recorded(folder: Path, golden: Golden) -> None:
    """The golden file is to be read as a stranger would: what is wrong, then what to do."""
    files, said = read(folder).files, []
    for name, fault in FAULTS.items():
        text = (folder / fault.file).read_text("utf-8").replace(fault.right, fault.wrong, 1).replace(PLACE, "")
        found = rules.check(scan_files("data", {**files, fault.file: text.encode()}))
        said += [f"{name}: {problem.rule}: {problem.message}" for problem in found]
    golden("slips.txt", "\n".join([*said, ""]))


def places(marked: str, broken: str) -> list[tuple[str, int, int]]:
    """The rule, line and column of every mark."""
    found, before = [], ""
    for rule, piece in zip(broken.split(), marked.split(PLACE)[:-1], strict=True):
        before += piece
        found.append((rule, before.count("\n") + 1, len(before) - before.rfind("\n")))
    return found


ADVICE: dict[str, Callable[[str, int, str], str]] = {
    r"begin it in column (\d+)": lambda line, _, said: " " * (int(said) - 1) + line.lstrip(" "),
    r"put '(- )' in place of the two blanks": lambda line, at, dash: line[: at - 2] + dash + line[at:],
    r"put '(- )' before": lambda line, at, dash: line[:at] + dash + line[at:],
    r"put two blanks before '(#)'": lambda line, _, mark: line.replace(mark, "  #"),
    r"write an ordinary( )blank": lambda line, at, blank: line[:at] + blank + line[at + 1 :],
    r"cannot be seen; delete it()": lambda line, at, nothing: line[:at] + nothing + line[at + 1 :],
    r"no address has the character '(?:.+)'; write (\S+) for it": lambda line, at, code: (
        line[:at] + line[at:].replace(bytes.fromhex(code[1:]).decode(), code)
    ),
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
    told = ((change, re.search(said, problem.message)) for said, change in ADVICE.items())
    change, match = next((change, match) for change, match in told if match)
    line = problem.location.line - 1
    lines[line] = change(lines[line], problem.location.column - 1, match[1])
    return "\n".join(lines)


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
        lambda data: (data / PROSPECTS).unlink(),
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


def test_a_renamed_area_is_one_message_a_file_and_its_advice_loses_no_status(folder: Path) -> None:
    areas = folder / AREAS
    areas.write_text(areas.read_text("utf-8").replace("id: consular-matters\n", "id: help-of-consulates\n"), "utf-8")
    found = [p for p in rules.check(scan(folder)) if "/partnerships/" in p.location.path]
    files = sorted((folder / "partnerships").iterdir())
    assert [p.location.path for p in found] == [file.as_posix() for file in files]
    before = [file.read_text("utf-8") for file in files]
    for file, problem in zip(files, found, strict=True):
        file.write_text(followed(file.read_text("utf-8"), problem), "utf-8")
    assert not [p for p in rules.check(scan(folder)) if "/partnerships/" in p.location.path]
    after = [file.read_text("utf-8") for file in files]
    assert after == [text.replace("  consular-matters:", "  help-of-consulates:") for text in before]


def test_no_other_reference_is_suggested_for_one_that_is_gone(folder: Path) -> None:
    references = folder / REFERENCES
    head, *entries = re.split("(?m)^  - id: ", references.read_text("utf-8"))
    for gone in entries:
        references.write_text("  - id: ".join([head, *(entry for entry in entries if entry != gone)]), "utf-8")
        found = rules.check(scan(folder))
        assert found
        assert not [p.message for p in found if "did you mean" in p.message]
