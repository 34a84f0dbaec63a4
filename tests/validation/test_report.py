"""Reports: what a terminal, a pipe, GitHub and a code host get to see."""

from __future__ import annotations

import json
import os
import re
from email.message import Message
from pathlib import Path

import pytest

from conftest import ROOT, Run, library
from sdp_matrix.problem import Location, Problem
from sdp_matrix.validation.report import MOST_ANNOTATIONS, REPORTS, Findings, render
from sdp_matrix.validation.rules import RULES

SCHEMAS = Path(__file__).parents[1] / "schemas"


def schema(name: str) -> dict[str, object]:
    """Return a schema of what other programs read."""
    read: dict[str, object] = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    return read


@pytest.fixture
def faulty(folder: Path) -> Path:
    """A data folder with two faults in one file and one in another."""
    albania, japan = (folder / "partnerships" / f"{name}.yaml" for name in ("albania", "japan"))
    text = albania.read_text("utf-8").replace("iso: AL", "iso: al").replace("\ncoverage:", "\ncoverag:")
    albania.write_text(text, "utf-8")
    japan.write_text("a: [\n", "utf-8")
    return folder


def test_a_pipe_gets_one_line_a_problem(sdp: Run, faulty: Path) -> None:
    ran = sdp("validate", str(faulty))
    assert ran.code == 1
    places = [line.partition(": error: ")[0].rpartition("/")[2] for line in ran.out.splitlines()]
    assert [place.partition(":")[0] for place in places] == ["albania.yaml", "albania.yaml", "japan.yaml"]
    assert (places[0], places[2]) == ("albania.yaml:4:6", "japan.yaml:1:4")
    assert ran.err.endswith(", edition 1.0.0 of 2026-11-23: 3 problems in 2 of them\n")


def test_a_terminal_gets_the_line_and_a_caret(sdp: Run, faulty: Path) -> None:
    out = sdp("validate", str(faulty), TTY="1", NO_COLOR="1").out
    assert "  4 | iso: al\n    |      ^\n" in out
    assert "\x1b" not in out
    assert "\x1b[31m" in sdp("validate", str(faulty), TTY="1", FORCE_COLOR="1").out


@pytest.mark.parametrize("column", [1, 40, 400])
def test_a_long_line_is_cut_to_the_width(column: int) -> None:
    problem = Problem(Location("x.yaml", 1, column), "form", "no")
    line = "".join(chr(0x4E00 + number) for number in range(399)) + "0123456789" * 40
    findings = Findings((problem,), 1, {"x.yaml": line})
    _, quoted, caret = render(findings, "text", width=60).splitlines()
    assert sum(2 if c >= "\u4e00" else 1 for c in quoted) <= 64
    assert quoted.partition("| ")[2].strip("…") in line
    assert caret.rstrip().endswith("^")


@pytest.mark.parametrize(
    ("column", "start", "end"), [(1, 0, 53), (37, 0, 53), (38, 10, 62), (200, 172, 224), (400, 372, 400)]
)
def test_of_a_long_line_what_is_around_the_place_is_shown(column: int, start: int, end: int) -> None:
    line = "0123456789" * 40
    findings = Findings((Problem(Location("x.yaml", 1, column), "form", "no"),), 1, {"x.yaml": line})
    _, quoted, caret = render(findings, "text", width=60).splitlines()
    assert quoted == "  1 | " + "…" * (start > 0) + line[start:end] + "…" * (end < len(line))
    assert quoted[caret.index("^") :].removesuffix("…") == line[column - 1 : end]


def test_of_wide_letters_as_many_as_fit_are_shown() -> None:
    findings = Findings((Problem(Location("x.yaml"), "form", "no"),), 1, {"x.yaml": "日" * 100})
    _, quoted, _ = render(findings, "text", width=60).splitlines()
    assert quoted == f"  1 | {'日' * 26}…"


@pytest.mark.parametrize("style", ["gitlab", "sarif"])
def test_a_name_that_is_no_text_is_reported(sdp: Run, folder: Path, style: str) -> None:
    (folder / "partnerships" / os.fsdecode(b"\xff.yaml")).write_bytes((folder / "areas.yaml").read_bytes())
    ran = sdp("validate", str(folder), "-f", style)
    assert (ran.code, "internal error" in ran.err) == (1, False)
    assert json.loads(ran.out)


def test_github_is_chosen_in_its_actions_and_shows_the_worst_first(sdp: Run, faulty: Path) -> None:
    out = sdp("validate", str(faulty), GITHUB_ACTIONS="true").out
    first, *_, last = out.splitlines()
    assert first.startswith("::error file=")
    assert "japan.yaml,line=1,col=4,title=syntax::" in first
    assert last.startswith("sdp validate: 20 files in ")
    assert last.endswith(": 3 problems in 2 of them")
    assert sdp("validate", str(faulty), "-f", "text", GITHUB_ACTIONS="true").out.count("::error") == 0


def test_github_shows_ten_of_a_kind_and_escapes() -> None:
    problems = tuple(Problem(Location("a,b:c%.yaml", n), "form", "100%\nsure") for n in range(1, 15))
    *lines, last = render(Findings(problems, 1), "github").splitlines()
    assert len(lines) == MOST_ANNOTATIONS
    assert lines[0] == "::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,title=form::a,b:c%25.yaml:1:1: 100%25%0Asure"
    assert last.endswith("14 problems; 10 of them are annotated")


@pytest.mark.parametrize("broken", [False, True])
def test_sarif_is_valid_by_the_official_schema(sdp: Run, folder: Path, broken: bool) -> None:  # noqa: FBT001 - a case
    if broken:
        (folder / "partnerships" / "japan.yaml").write_text("iso: jp\n\x00", "utf-8")
        (folder / "areas.yaml").unlink()
    log = json.loads(sdp("validate", str(folder), "-f", "sarif").out)
    jsonschema = library("jsonschema")
    jsonschema.Draft7Validator(schema("sarif-2.1.0"), format_checker=jsonschema.FormatChecker()).validate(log)
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(RULES)
    assert bool(run["results"]) is broken
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_each_rule_in_sarif_links_to_its_section_of_the_documentation(sdp: Run) -> None:
    rules = json.loads(sdp("validate", "-f", "sarif").out)["runs"][0]["tool"]["driver"]["rules"]
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert [rule["id"] for rule in rules if f"## {rule['id']}\n" not in page] == []


@pytest.mark.parametrize("address", ["https://code.example/sdp", ""])
def test_rules_link_to_the_repository_once_it_has_an_address(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    described = Message()
    described["Project-URL"] = "Briefings, https://briefings.example"
    if address:
        described["Project-URL"] = f"Repository, {address}"
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: described)
    first = json.loads(render(Findings((), 0), "sarif"))["runs"][0]["tool"]["driver"]["rules"][0]
    assert first.get("helpUri") == (f"{address}/blob/HEAD/docs/rules.md#{first['id']}" if address else None)


@pytest.mark.parametrize("inside", ["", "data", "data/partnerships"])
@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", ""])
def test_reports_for_code_hosts_have_paths_from_the_root(
    sdp: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch, inside: str, variable: str
) -> None:
    root = faulty.parent
    monkeypatch.chdir(root / inside)
    if variable:
        monkeypatch.setenv(variable, str(root))
    else:
        (root / ".git").mkdir()
    data = os.path.relpath(faulty, root / inside)
    annotation = sdp("--data", data, "validate", "-f", "github").out
    assert "file=data/partnerships/japan.yaml," in annotation
    assert "::data/partnerships/japan.yaml:" in annotation
    assert "../" not in annotation
    entries = json.loads(sdp("--data", data, "validate", "-f", "gitlab").out)
    assert entries[-1]["location"]["path"] == "data/partnerships/japan.yaml"
    results = json.loads(sdp("--data", data, "validate", "-f", "sarif").out)["runs"][0]["results"]
    assert results[-1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "data/partnerships/japan.yaml"


def test_gitlab_accepts_its_report(sdp: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(faulty.parent)
    report = json.loads(sdp("validate", "data", "-f", "gitlab").out)
    library("jsonschema").Draft202012Validator(schema("gitlab-code-quality")).validate(report)
    assert [entry["location"]["path"] for entry in report][-1] == "data/partnerships/japan.yaml"
    assert len({entry["fingerprint"] for entry in report}) == len(report) == 3


def test_fingerprints_stay_when_lines_move(sdp: Run, faulty: Path) -> None:
    def prints() -> list[str]:
        log = json.loads(sdp("validate", str(faulty), "-f", "sarif").out)
        return [result["partialFingerprints"]["sdpProblem/v1"] for result in log["runs"][0]["results"]]

    before = prints()
    file = faulty / "partnerships" / "albania.yaml"
    file.write_text("# a line more\n" + file.read_text("utf-8"), "utf-8")
    assert prints() == before
    assert len(set(before)) == 3


@pytest.mark.parametrize("style", REPORTS)
def test_a_report_can_be_written_to_a_file(sdp: Run, faulty: Path, tmp_path: Path, style: str) -> None:
    target = tmp_path / "report"
    ran = sdp("validate", str(faulty), "-f", style, "-o", str(target))
    assert (ran.code, ran.out) == (1, "")
    assert target.read_text("utf-8")


def test_several_reports_in_one_run(sdp: Run, faulty: Path, tmp_path: Path) -> None:
    files = {name: tmp_path / f"problems.{name}" for name in ("sarif", "gitlab")}
    ran = sdp("validate", str(faulty), "-f", "github", *(f"-f{name}={file}" for name, file in files.items()))
    alone = {name: sdp("validate", str(faulty), "-f", name).out for name in ("github", *files)}
    assert (ran.code, ran.out) == (1, alone["github"])
    assert {name: file.read_text("utf-8") for name, file in files.items()} == {name: alone[name] for name in files}


def test_reports_in_files_leave_the_screen_what_it_has(sdp: Run, faulty: Path, tmp_path: Path) -> None:
    ran = sdp("validate", str(faulty), "-f", f"json={tmp_path / 'problems.json'}")
    assert ran.out == sdp("validate", str(faulty)).out


@pytest.mark.parametrize(
    "options",
    [["-fjson", "-ftext"], ["-fjson="], ["-fjson=a", "-fsarif=a"], ["-fjson=a", "-ftext", "-oa"]],
    ids=" ".join,
)
def test_two_reports_at_one_place_are_refused(sdp: Run, faulty: Path, options: list[str]) -> None:
    ran = sdp("validate", str(faulty), *options)
    assert (ran.code, ran.out) == (2, "")
    assert "a file of its own: -f github -f sarif=problems.sarif" in ran.err


def test_json_is_sorted(sdp: Run, faulty: Path) -> None:
    found = json.loads(sdp("validate", str(faulty), "-f", "json").out)
    assert [list(entry) for entry in found] == [["path", "line", "column", "severity", "rule", "message"]] * 3
    assert found == sorted(found, key=lambda entry: (entry["path"], entry["line"], entry["column"]))


def test_a_format_that_does_not_exist(sdp: Run) -> None:
    ran = sdp("validate", "-f", "xml")
    assert ran.code == 2
    assert "write one of text, json, github, gitlab, sarif" in ran.err


def test_a_terminal_shows_place_message_rule_and_line(sdp: Run, faulty: Path) -> None:
    ran = sdp("--data", str(faulty), "validate", TTY="1", NO_COLOR="1", COLUMNS="120")
    head, line, caret = ran.out.splitlines()[:3]
    assert re.search(r"\.yaml:\d+:\d+: error: .+ \[[a-z-]+\]$", head)
    assert re.match(r"  \d+ \| ", line)
    assert caret.strip(" |") == "^"
