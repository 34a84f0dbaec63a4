"""Rules on evidence: each fault is told once, at its place, with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from sdp_matrix.files.scan import scan
from sdp_matrix.problem import Problem
from sdp_matrix.validation.rules import evidence

PLACE = "¦"
"""Stands in a faulty text right before the place that the problem names."""


class Fault(NamedTuple):
    """A change to a data file that breaks one rule."""

    rule: str
    file: str
    right: str
    wrong: str
    remedy: str


FAULTS = [
    Fault(
        "missing-locator",
        "canada",
        "    reference: eprs-2026-03\n    locator: Canada\n",
        "    reference: ¦eprs-2026-03\n",
        "is a briefing, so readers need the place in it; add 'locator:'",
    ),
    Fault(
        "missing-locator",
        "republic-of-korea",
        "    - reference: csds-korea-2024\n      locator: Introduction\n",
        "    - reference: ¦csds-korea-2024\n",
        "is a paper",
    ),
    Fault(
        "contested-without-note",
        "canada",
        "  consular-matters: not-covered\n",
        "  consular-matters:\n    status: ¦not-covered\n    evidence:\n"
        "      - reference: eeas-canada-2025\n        supports: covered\n",
        "'eeas-canada-2025' supports 'covered' instead; add 'note:'",
    ),
    Fault(
        "contested-without-note",
        "moldova",
        "date:\n  value: 2024-05-21\n",
        "date:\n  value: ¦2024-05-22\n",
        "'eeas-moldova-2024' supports '2024-05-21' instead",
    ),
    Fault(
        "value-without-basis",
        "ghana",
        "  consular-matters: unknown\n",
        "  consular-matters: ¦covered\n",
        "nothing supports 'covered'; add evidence that does, or write 'unknown'",
    ),
    Fault("value-without-basis", "ghana", "groups:\n", "groups:\n  - ¦efta\n", "or leave it out"),
    Fault(
        "value-without-basis",
        "canada",
        "place:\n  value: Brussels\n  evidence:\n    - reference: eeas-canada-2025\n      supports: Brussels\n",
        "place: ¦Brussels\n",
        "nothing supports 'Brussels'",
    ),
    Fault(
        "value-without-basis",
        "iceland",
        "  maritime-security:\n    status: covered\n    evidence:\n      - reference: report-iceland-2026\n"
        "        supports: covered\n",
        "  maritime-security:\n    status: ¦covered\n    evidence:\n      - reference: report-iceland-2026\n"
        "        supports: planned\n",
        "nothing supports 'covered'",
    ),
    Fault(
        "later-than-sources",
        "ghana",
        "  value: 2026-03-24\n  evidence:\n    - reference: channelafrica-ghana-2026\n      supports: 2026-03-24\n",
        "  value: ¦2027-03-24\n  evidence:\n    - reference: channelafrica-ghana-2026\n      supports: 2027-03-24\n",
        "later than every reference of the file (the latest is mfa-ghana-2026 of 2026-04-14)",
    ),
    Fault(
        "later-than-sources",
        "japan",
        "  - date: 2024-02-19\n",
        "  - date: ¦2026-04\n",
        "correct it, or cite the source that reports it",
    ),
]


def found(folder: Path) -> list[Problem]:
    scanned = scan(folder)
    assert not scanned.problems
    return [problem for check in evidence.CHECKS for problem in check(scanned)]


def test_the_frozen_data_keep_the_rules(folder: Path) -> None:
    assert found(folder) == []


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{fault.rule}-{fault.file}" for fault in FAULTS])
def test_a_fault_is_told_once_at_its_place(fault: Fault, folder: Path) -> None:
    file = folder / "partnerships" / f"{fault.file}.yaml"
    text = file.read_text("utf-8")
    assert fault.right in text
    before, _, after = text.replace(fault.right, fault.wrong, 1).partition(PLACE)
    file.write_text(before + after, "utf-8")
    (problem,) = found(folder)
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert (problem.rule, (problem.location.line, problem.location.column)) == (fault.rule, place)
    assert fault.remedy in problem.message
    assert problem.location.path.endswith(file.name)


def test_every_rule_has_a_faulty_file() -> None:
    assert {fault.rule for fault in FAULTS} == {rule.id for rule in evidence.RULES}


def test_a_citation_that_is_not_registered_is_left_to_its_own_rule(folder: Path) -> None:
    file = folder / "partnerships" / "canada.yaml"
    file.write_text(file.read_text("utf-8").replace("eprs-2026-03", "eprs-2026-99"), "utf-8")
    assert found(folder) == []
