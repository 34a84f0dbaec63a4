"""The published table is a witness: whoever changes a value changes nothing of what it prints, and has to say why."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

from conftest import DATA, Run, amended, edit
from sdp_matrix import Grade, Partnerships, Status
from sdp_matrix.analysis.grading import stance
from sdp_matrix.analysis.verification import verify
from sdp_matrix.files.scan import scan
from sdp_matrix.model.vocabulary import Stance
from sdp_matrix.problem import Problem
from sdp_matrix.validation import rules
from sdp_matrix.views.explain import explanation_data

Change: TypeAlias = Callable[[dict[str, Any], dict[str, str]], None]


OTHER = {"covered": "not-covered", "not-covered": "covered", "already-exists": "covered"}
REASON = "The text of the partnership says otherwise."
DEPARTURE = {"departure": REASON}
MARKS = {"✓": "covered", "✗": "not-covered", "Already exists": "already-exists"}


def printed() -> dict[tuple[str, int], str]:
    """The printed status by partner and row, read from the lines of the csv by this test alone."""
    lines = [line.split(",") for line in (DATA / "tables" / "table-1.csv").read_text("utf-8").splitlines()]
    partners = yaml.safe_load((DATA / "tables" / "table-1.yaml").read_text("utf-8"))["columns"]
    return {
        (partner, int(line[0])): MARKS[mark]
        for line in lines[4:]
        for partner, mark in zip(partners, line[-9:], strict=True)
    }


PRINTED = printed()
IN_TABLE = sorted({partner for partner, _ in PRINTED})


def rewritten(folder: Path, partners: list[str], change: Change, beside: dict[str, str] | None = None) -> None:
    """Write the files of some partners again, each changed, with what stands beside a changed value."""
    for partner in partners:
        file = folder / "partnerships" / f"{partner}.yaml"
        content = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - every value as text
        change(content, beside or {})
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)
        file.write_text(re.sub(r"'(\d{4}(?:-\d\d)*)'", r"\1", text), "utf-8")


def cells(content: dict[str, Any], beside: dict[str, str]) -> None:
    """Turn every status into another one."""
    for area, cell in content["coverage"].items():
        own = cell if isinstance(cell, dict) else {"status": cell}
        content["coverage"][area] = {**own, "status": OTHER[own["status"]], **beside}


def short_cells(content: dict[str, Any], beside: dict[str, str]) -> None:
    """Turn every status into another one, in the short form."""
    cells(content, beside)
    content["coverage"] = {area: cell["status"] for area, cell in content["coverage"].items()}


def day(content: dict[str, Any], beside: dict[str, str]) -> None:
    """Move the date by a day, forth and back so that none becomes the printed one."""
    old = content["date"]["value"] if isinstance(content["date"], dict) else content["date"]
    new = old[:-2] + f"{int(old[-2:]) - 1:02}" if not old.endswith("01") else old[:-2] + "02"
    evidence = {"reference": "eprs-2026-03", "locator": "Outlook", "supports": new}
    content["date"] = {"value": new, **beside, "evidence": [evidence]}
    content["milestones"] = []


HEADER = {
    "nato-pfp": ["moldova"],
    "nato-ally": ["albania", "north-macedonia", "canada", "united-kingdom", "norway"],
    "nato-global-partner": ["japan", "republic-of-korea", "india"],
    "eu-candidate": ["moldova", "albania", "north-macedonia"],
    "efta": ["norway"],
}


def groups(content: dict[str, Any], beside: dict[str, str]) -> None:
    """Turn every membership of the header's five groups around."""
    content["groups"] = [
        {"group": group, "status": "not-member" if content["id"] in members else "member", **beside}
        for group, members in HEADER.items()
    ]


def needless_on_space(content: dict[str, Any], _: dict[str, str]) -> None:
    content["coverage"]["space"] = {"status": "covered", **DEPARTURE}


def needless_on_act(content: dict[str, Any], _: dict[str, str]) -> None:
    content["act"] |= DEPARTURE


def problems(folder: Path) -> tuple[Problem, ...]:
    return rules.check(scan(folder))


def unexplained(folder: Path) -> tuple[Problem, ...]:
    """What the rule on single departures reports, for many of which one message stands."""
    scanned, rule = scan(folder), rules.RULES["missing-departure"]
    faults = rule.check(scanned) if rule.check else ()
    return tuple(scanned.documents[f.path].problem(f.where, rule.id, f.message, key=f.key) for f in faults)


def pointed_at(folder: Path, result: tuple[Problem, ...]) -> Iterator[tuple[str, str]]:
    """The rule of each problem, and the text of the file at its very place."""
    for problem in result:
        file = folder / "partnerships" / problem.location.path.rpartition("/")[2]
        line = file.read_text("utf-8").splitlines()[problem.location.line - 1]
        yield problem.rule, line[problem.location.column - 1 :]


@pytest.mark.parametrize("change", [short_cells, cells])
def test_every_changed_cell_without_a_reason_is_an_error_at_the_status(sdp: Run, folder: Path, change: Change) -> None:
    rewritten(folder, IN_TABLE, change)
    result = unexplained(folder)
    reported_cells = {(p.location.path.rpartition("/")[2].removesuffix(".yaml"), p.at[1]) for p in result}
    assert len(reported_cells) == len(PRINTED) == 234
    assert {text for _, text in pointed_at(folder, result)} <= {*OTHER.values()}
    assert "misplaced-mark" in {problem.rule for problem in problems(folder)}
    assert sdp("--data", str(folder), "validate").code == 1


def test_verify_shows_each_change_and_points_at_it(sdp: Run, folder: Path) -> None:
    file = folder / "partnerships" / "japan.yaml"
    line = file.read_text("utf-8").splitlines().index("  border-management: not-covered") + 1
    edit(file, "  border-management: not-covered", "  border-management: covered")
    ran = sdp("--data", str(folder), "verify")
    assert ran.code == 1
    assert "Japan, 12 Border management" in ran.out
    assert "printed not covered, ours covered" in ran.out
    assert f"japan.yaml:{line}:22: error:" in ran.err
    result = json.loads(sdp("--data", str(folder), "verify", "-f", "json").out)
    assert result["cells"] == {"compared": 234, "agree": 233}
    assert result["unexplained"] == [
        {"partner": "japan", "field": "border-management", "published": "not-covered", "ours": "covered"}
    ]


@pytest.fixture(scope="module")
def departed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data in which every cell is another one than the printed, with its reason."""
    folder = tmp_path_factory.mktemp("departed") / "data"
    shutil.copytree(DATA, folder)
    rewritten(folder, IN_TABLE, cells, DEPARTURE)
    statements = folder / "statements.yaml"
    statements.write_text("statements: []\n", "utf-8")
    return folder


def test_with_a_reason_every_cell_may_depart_and_the_table_stays_what_it_is(departed: Path) -> None:
    assert {p.rule for p in problems(departed)} <= {"unused-reference"}
    data = loaded(departed)
    tried = 0
    for (partner, number), status in PRINTED.items():
        result = data.explain(partner, str(number))
        assert (result.value, result.printed) == (OTHER[status], status)
        assert (result.departure, result.grade) == (REASON, Grade.CONTESTED)
        table = [e for e in result.evidence if (e.reference, e.locator) == ("eprs-2026-03", "Table 1")]
        assert [stance(result.value, e) for e in table] == [Stance.AGAINST]
        shown = json.dumps(explanation_data(data, result))
        assert f'"table_1": {{"published": "{status}"' in shown
        tried += 1
    assert tried == 234


def loaded(folder: Path) -> Partnerships:
    """The data as they are, whatever statements on them would now say."""
    dataset = scan(folder).dataset()
    assert dataset is not None
    return Partnerships(**vars(dataset))


def test_table_1_does_not_move(departed: Path, partnerships: Partnerships) -> None:
    shown = loaded(departed).matrix()
    assert {(p, n): str(shown.status(p, shown.areas[n - 1].id)) for p, n in PRINTED} == PRINTED
    assert len(shown.departures) > 2
    assert [p.date.value for p in shown.partnerships] == [p.date.value for p in partnerships.matrix().partnerships]


@pytest.mark.parametrize(("change", "count"), [(day, 9), (groups, 45)], ids=["dates", "groups"])
def test_dates_and_groups_need_their_reasons(folder: Path, change: Change, count: int) -> None:
    rewritten(folder, IN_TABLE, change)
    result = unexplained(folder)
    assert len(result) == count
    assert all(re.fullmatch(r"2\d{3}-\d\d-\d\d|member|not-member", text) for _, text in pointed_at(folder, result))
    reasoned = shutil.copytree(DATA, folder.parent / "reasoned")
    rewritten(reasoned, IN_TABLE, change, DEPARTURE)
    (reasoned / "statements.yaml").write_text("statements: []\n", "utf-8")
    assert {p.rule for p in problems(reasoned)} <= {"unused-reference", "later-than-sources"}


def test_a_needless_reason_is_an_error_at_the_reason(sdp: Run, folder: Path) -> None:
    rewritten(folder, ["japan"], needless_on_space)
    (result,) = problems(folder)
    assert (result.rule, result.at) == ("needless-departure", ("coverage", "space", "departure"))
    ran = sdp("--data", str(folder), "verify")
    assert ran.code == 1
    assert "Needless departures" in ran.out


def test_a_reason_to_depart_from_an_empty_cell_is_needless(folder: Path) -> None:
    rewritten(folder, ["iceland"], needless_on_act)
    assert [(p.rule, p.at) for p in problems(folder)] == [("needless-departure", ("act", "departure"))]


def test_every_value_agrees_or_departs_for_a_reason(sdp: Run) -> None:
    ran = sdp("verify", "-f", "json")
    result = json.loads(ran.out)
    assert ran.code == 0
    assert result["cells"] == {"compared": 234, "agree": 234}
    assert result["dates"] == {"compared": 9, "agree": 8}
    assert [(d["partner"], d["field"]) for d in result["departures"]] == [
        ("albania", "date"),
        ("india", "group:nato-global-partner"),
    ]
    assert all(list(d) == ["partner", "field", "published", "ours", "reason"] for d in result["departures"])
    assert (result["unexplained"], result["needless"]) == ([], [])
    assert result["emendation"]["read"] == [
        {"title": "EU candidate countries", "partners": ["moldova", "albania", "north-macedonia"]},
        {"title": "EFTA state", "partners": ["norway"]},
    ]


def test_without_the_emendation_the_damaged_line_is_read_as_printed(partnerships: Partnerships) -> None:
    as_found = replace(partnerships, table=amended(partnerships.table, emendation=None))
    members = {p for (p, field), value in as_found.printed.items() if field == "group:efta" and value == "member"}
    assert members == {"japan", "republic-of-korea", "india"}
    assert not verify(as_found).holds


def test_an_unknown_status_departs_as_well(partnerships: Partnerships) -> None:
    japan = partnerships.partner("japan")
    cell = amended(japan.coverage["space"], status=Status.UNKNOWN)
    changed = amended(japan, coverage={**japan.coverage, "space": cell})
    data = replace(partnerships, partnerships=tuple(changed if p is japan else p for p in partnerships.partnerships))
    assert [(d.field, d.published, d.ours) for d in verify(data).unexplained] == [("space", "covered", "unknown")]
    assert data.explain("japan", "space").grade is Grade.UNKNOWN
