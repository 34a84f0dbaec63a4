"""Reports: what a terminal, a pipe, GitHub and a code host get to see."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from conftest import DATA, ROOT, Run, edit, library
from sdp_matrix.problem import Location, Problem
from sdp_matrix.validation.report import MOST_ANNOTATIONS, REPORTS, Findings, render
from sdp_matrix.validation.rules import RULES
from sdp_matrix.validation.validate import validate

SCHEMAS = Path(__file__).parents[1] / "schemas"


def schema(name: str) -> dict[str, object]:
    """Return a schema of what other programs read."""
    read: dict[str, object] = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    return read


@pytest.fixture
def faulty(folder: Path) -> Path:
    """A data folder with two faults in one file and one in another."""
    for before, after in (("iso: AL", "iso: al"), ("\ncoverage:", "\ncoverag:")):
        edit(folder / "partnerships" / "albania.yaml", before, after)
    (folder / "partnerships" / "japan.yaml").write_text("a: [\n", "utf-8")
    return folder


def test_a_pipe_gets_one_line_per_problem(sdp: Run, faulty: Path) -> None:
    ran = sdp("validate", str(faulty))
    assert ran.code == 1
    places = [line.partition(": error: ")[0].rpartition("/")[2] for line in ran.out.splitlines()]
    assert [place.partition(":")[0] for place in places] == ["albania.yaml", "albania.yaml", "japan.yaml"]
    assert (places[0], places[2]) == ("albania.yaml:4:6", "japan.yaml:1:4")
    assert ran.err.endswith(", edition 1.0.0 of 2026-11-23: 3 problems in 2 of them\n")


def test_a_terminal_gets_place_message_rule_and_line_with_a_caret(sdp: Run, faulty: Path) -> None:
    out = sdp("validate", str(faulty), TTY="1", NO_COLOR="1").out
    assert re.search(r"\.yaml:4:6: error: .+ \[iso-form\]\n  4 \| iso: al\n    \|      \^\n", out)
    assert "\x1b" not in out
    assert "\x1b[31m" in sdp("validate", str(faulty), TTY="1", FORCE_COLOR="1").out


@pytest.mark.parametrize(
    ("column", "start", "end"), [(1, 0, 54), (28, 0, 54), (29, 1, 55), (200, 172, 226), (400, 346, 400)]
)
def test_of_a_long_line_what_is_around_the_place_is_shown(column: int, start: int, end: int) -> None:
    line = "0123456789" * 40
    findings = Findings((Problem(Location("x.yaml", 1, column), "form", "no"),), 1, {"x.yaml": line})
    _, quoted, caret = render(findings, "text", width=60).splitlines()
    assert quoted == "  1 | " + line[start:end]
    assert quoted[caret.index("^") :] == line[column - 1 : end]


def test_the_caret_is_below_the_place_after_wide_letters() -> None:
    findings = Findings((Problem(Location("x.yaml", 1, 8), "form", "no"),), 1, {"x.yaml": "name: 日本"})
    assert render(findings, "text", width=60).splitlines()[-1] == "    |         ^"


def test_outside_a_repository_reports_have_paths_from_the_working_directory(
    faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(faulty / "partnerships")
    for name in ("github", "gitlab", "sarif"):
        report = render(validate(faulty), name)
        assert "japan.yaml" in report
        assert str(faulty) not in report.replace(validate(faulty).summary, "")


def test_no_name_of_a_file_breaks_a_report(folder: Path, sdp: Run) -> None:
    for name in (b"y\n::stop-commands::zz.yaml", b"\xff.yaml", b"\x1b[31m.yaml"):
        (folder / "partnerships" / os.fsdecode(name)).write_text("id: y\n", "utf-8")
    findings = validate(folder)
    shown = {name: render(findings, name) for name in REPORTS}
    assert findings.summary.endswith("problems in 3 of them")
    for line in ("matrix", f"changes {DATA} {folder}", f"changes {DATA} {folder} -f markdown", "validate -f github"):
        ran = sdp("--data", str(folder), *line.split())
        shown[line] = ran.out + ran.err
    assert not re.search("(?m)^::stop|\x1b", "\n".join([*shown.values(), findings.summary]))
    assert all(json.loads(shown[name]) for name in ("json", "gitlab", "sarif"))


def test_github_is_chosen_in_its_actions_and_shows_the_worst_first(sdp: Run, faulty: Path) -> None:
    first, *_, last = sdp("validate", str(faulty), GITHUB_ACTIONS="true").out.splitlines()
    assert re.match("::error file=.*japan.yaml,line=1,col=4,title=syntax::", first)
    assert re.match("sdp validate: 20 files in .*: 3 problems in 2 of them$", last)
    assert "::error" not in sdp("validate", str(faulty), "-f", "text", GITHUB_ACTIONS="true").out


def test_github_shows_ten_of_a_kind_and_escapes() -> None:
    problems = tuple(Problem(Location("a,b:c%.yaml", n), "form", "100%\nsure") for n in range(1, 15))
    *lines, last = render(Findings(problems, 1), "github").splitlines()
    assert len(lines) == MOST_ANNOTATIONS
    assert lines[0] == "::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,title=form::a,b:c%25.yaml:1:1: 100%25%0Asure"
    assert last.endswith("14 problems; 10 of them are annotated")


def test_sarif_is_valid_by_the_official_schema(folder: Path) -> None:
    (folder / "partnerships" / "japan.yaml").write_text("iso: jp\n\x00", "utf-8")
    (folder / "areas.yaml").unlink()
    jsonschema = library("jsonschema")
    sound, broken = (json.loads(render(findings, "sarif")) for findings in (Findings((), 0), validate(folder)))
    for log in (sound, broken):
        jsonschema.Draft7Validator(schema("sarif-2.1.0"), format_checker=jsonschema.FormatChecker()).validate(log)
    rules = [rule["id"] for rule in broken["runs"][0]["tool"]["driver"]["rules"]]
    assert rules == list(RULES)
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert all(f"## {rule}\n" in page for rule in rules)
    assert not sound["runs"][0]["results"]
    assert [rules[result["ruleIndex"]] for result in broken["runs"][0]["results"]] == [
        "missing-file",
        "control-character",
    ]


@pytest.mark.parametrize("format_name", REPORTS)
def test_a_report_in_a_pipe_has_the_bytes_of_the_file_but_for_text(
    sdp: Run, faulty: Path, tmp_path: Path, format_name: str
) -> None:
    file = faulty / "partnerships" / "albania.yaml"
    file.write_text(file.read_text("utf-8").replace("iso: al", "iso: Ø–"), "utf-8")
    sdp("validate", str(faulty), "-f", format_name, "-o", str(tmp_path / "report"))
    for encoding in ("cp1250", "cp1252", "cp437", "ascii"):
        ran = sdp("validate", str(faulty), "-f", format_name, ENCODING=encoding)
        assert (ran.data == (tmp_path / "report").read_bytes()) is (format_name != "text")


def test_an_odd_name_of_a_folder_is_quoted_as_each_host_needs_it(
    sdp: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(faulty.rename(faulty.parent / "my, da:tä%").parent)
    github, sarif, gitlab = (
        sdp("--data", "my, da:tä%", "validate", "-f", name).out for name in ("github", "sarif", "gitlab")
    )
    assert "file=my%2C da%3Atä%25/partnerships/japan.yaml," in github
    assert '"uri": "my%2C%20da%3At%C3%A4%25/partnerships/japan.yaml"' in sarif
    assert '"path": "my, da:tä%/partnerships/japan.yaml"' in gitlab


PLACES = [
    *(
        ("", "GITHUB_WORKSPACE"),
        ("data", "CI_PROJECT_DIR"),
        ("data/partnerships", "GITHUB_WORKSPACE"),
        ("data", ".git"),
    ),
    *(("other", "GITHUB_WORKSPACE"), ("sub", ".git"), ("sub/data", "CI_PROJECT_DIR")),
]
"""Where sdp runs in a repository, and what tells its root; in `sub` the data are there."""


@pytest.mark.parametrize(("inside", "variable"), PLACES)
def test_reports_for_code_hosts_have_paths_from_the_root_and_none_has_a_path_of_this_machine(
    sdp: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch, inside: str, variable: str
) -> None:
    root, data = faulty.parent, "sub/data" if inside.startswith("sub") else "data"
    for name in ("other", "sub"):
        (root / name).mkdir()
    faulty = faulty.rename(root / data)
    monkeypatch.chdir(root / inside)
    if variable == ".git":
        (root / variable).mkdir()
    else:
        monkeypatch.setenv(variable, str(root))
    findings = validate(os.path.relpath(faulty))
    assert re.search(f"file=({data}/partnerships/japan.yaml),.*::\\1:", render(findings, "github"))
    assert json.loads(render(findings, "gitlab"))[-1]["location"]["path"] == f"{data}/partnerships/japan.yaml"
    [location] = json.loads(render(findings, "sarif"))["runs"][0]["results"][-1]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == f"{data}/partnerships/japan.yaml"
    for name in REPORTS:
        ran = sdp("--data", str(faulty), "validate", "-f", name)
        assert "japan.yaml" in ran.out
        assert str(root) not in ran.out + ran.err


def test_gitlab_accepts_its_report_and_recognises_a_fault_when_lines_move(
    faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(faulty)
    before = json.loads(render(validate(faulty), "gitlab"))
    library("jsonschema").Draft202012Validator(schema("gitlab-code-quality")).validate(before)
    file = faulty / "partnerships" / "albania.yaml"
    file.write_text("# a line more\n" + file.read_text("utf-8"), "utf-8")
    after = json.loads(render(validate(faulty), "gitlab"))
    assert [entry["fingerprint"] for entry in after] == [entry["fingerprint"] for entry in before]
    assert len({entry["fingerprint"] for entry in before}) == len(before) == 3


def test_several_reports_in_one_run(sdp: Run, faulty: Path, tmp_path: Path) -> None:
    files = {name: tmp_path / f"problems.{name}" for name in REPORTS}
    ran = sdp("validate", str(faulty), "-f", "github", *(f"-f{name}={file}" for name, file in files.items()))
    expected = {name: render(validate(faulty), name) for name in files}
    assert (ran.code, ran.out) == (1, expected["github"])
    assert {name: file.read_text("utf-8") for name, file in files.items()} == expected


@pytest.mark.parametrize("options", [["-f", "json"], []], ids=["format", "suffix"])
def test_a_report_in_a_file_leaves_the_screen_empty(sdp: Run, faulty: Path, tmp_path: Path, options: list[str]) -> None:
    target = tmp_path / "report.json"
    assert sdp("validate", str(faulty), *options, "-o", str(target)).out == ""
    rows = json.loads(target.read_text("utf-8"))
    assert [list(row) for row in rows] == [["path", "line", "column", "severity", "rule", "message"]] * 3
    assert rows == sorted(rows, key=lambda row: (row["path"], row["line"], row["column"]))
