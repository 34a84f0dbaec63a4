"""What others rely on: the shapes of json and csv, the line of a problem, and that docs/json.md names every key."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

from conftest import ROOT, Run, committed
from sdp_matrix import Partnerships
from sdp_matrix.cli.app import COMMANDS, command
from sdp_matrix.model.vocabulary import Status

PARTNER = {"id", "name", "iso", "date", "act", "groups"}
AREA = {"number", "id", "title"}

ARGUMENTS = {
    "diff": "japan india|japan india --evidence|nato-ally efta|korea|korea --evidence",
    "show": "albania|15|eeas-albania-2024",
    "find": "--covers 15|--covers 15 --cells",
    "matrix": "|--grades",
    "sql": "'select id, iso from partners'",
    "explain": "uk|uk consular|albania date|uk signatories",
    "list": "partners|areas|groups|references|prospects|contested|grades|gaps",
    "factcheck": "|--as-of 2025-01-31",
}
"""Arguments of the commands that need some, or have several shapes."""

WITH_FORMATS = [name for name in COMMANDS if any(p.name == "format_name" for p in command(name).params)]
TABLES = [name for name in WITH_FORMATS if name not in {"cite", "changes"}]  # the one has no json, the other a history
QUESTIONS = [f"{name} {arguments}" for name in TABLES for arguments in ARGUMENTS.get(name, "").split("|")]


def keys(value: Any) -> set[str]:
    """All keys inside a value, apart from ids that stand for keys."""
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set()


def test_the_page_names_each_key_and_no_other(sdp: Run, folder: Path, partnerships: Partnerships) -> None:
    committed(folder.parent)
    japan, sheet, data = folder / "partnerships" / "japan.yaml", folder.parent / "sheet.csv", f"--data {folder}"
    undated = "  value: unknown\n  departure: x\n"
    japan.write_text(re.sub(r"(?<=date:\n)(.*\n)*?(?=place)", undated, japan.read_text("utf-8"), count=1), "utf-8")
    sheet.write_text(",Japan\n6,✗\n7,?\nSum,x\n", "utf-8")
    faulty = shutil.copytree(folder, folder.parent / "faulty")
    (faulty / "areas.yaml").unlink()
    changed = [f"{data} {question}" for question in ("changes", "factcheck", "list editions")]
    others = ["list mechanisms", f"verify {sheet}", f"validate {faulty}"]
    printed = [sdp(*shlex.split(question), "-f", "json").out for question in (*QUESTIONS, *changed, *others)]
    known = set().union(*(keys(json.loads(text)) for text in printed))
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    ids = {p.id for p in partnerships.partnerships} | {a.id for a in partnerships.areas}
    assert known - ids - {*re.findall(r"[\w-]+", page)} == set()
    assert {*re.findall(r'"(\w+)"(?=[:,}])', page)} - known - {*re.findall(r': "(\w+)"', page)} == set()


def test_the_matrix(sdp: Run, partnerships: Partnerships) -> None:
    content = json.loads(sdp("matrix", "-f", "json").out)
    columns = [partner["id"] for partner in content["partners"]]
    assert set(content) == {"partners", "areas", "departures"}
    assert all(set(partner) == PARTNER for partner in content["partners"])
    assert all(set(area) == {*AREA, "coverage"} and list(area["coverage"]) == columns for area in content["areas"])
    lines = list(csv.reader(io.StringIO(sdp("matrix", "-f", "csv").out)))
    assert lines[0] == ["number", "area_id", "area", *columns]
    assert [line[0] for line in lines[1:]] == [str(number) for number in range(1, 27)]
    for line, area in zip(lines[1:], content["areas"], strict=True):
        assert line[1:3] == [area["id"], area["title"]]
        assert line[3:] == list(area["coverage"].values())
        assert line[3:] == [str(partnerships.partner(column).status(area["id"])) for column in columns]
    assert {status for line in lines[1:] for status in line[3:]} <= set(map(str, Status))


def test_a_comparison(sdp: Run) -> None:
    content = json.loads(sdp("diff", "japan", "iceland", "-f", "json").out)
    assert set(content) == {"left", "right", "summary", "areas"}
    assert set(content["left"]) == set(content["right"]) == PARTNER
    assert set(content["summary"]) == {"both", "neither", "only_left", "only_right", "differs_in_kind", "unknown"}
    assert all(set(area) == {*AREA, "left", "right", "relation"} for area in content["areas"])
    counted = [area["relation"].replace("-", "_") for area in content["areas"]]
    assert {name: counted.count(name) for name in content["summary"]} == content["summary"]


def test_problems(sdp: Run, folder: Path) -> None:
    file = folder / "partnerships" / "japan.yaml"
    text = file.read_text("utf-8").replace("education: covered", "education: coverd").replace("iso: JP", "iso: jp")
    file.write_text(text, "utf-8")
    (folder / "groups.yaml").unlink()
    ran = sdp("--data", str(folder), "validate", "-f", "json")
    content = json.loads(ran.out)
    assert ran.code == 1
    assert all(list(problem) == ["path", "line", "column", "severity", "rule", "message"] for problem in content)
    assert content == sorted(content, key=lambda problem: (problem["path"], problem["line"], problem["column"]))
    lines = sdp("--data", str(folder), "validate").out.splitlines()
    assert lines == ["{path}:{line}:{column}: {severity}: {message} [{rule}]".format(**problem) for problem in content]
    (fault,) = (problem for problem in content if "coverd" in problem["message"])
    line = text.splitlines()[fault["line"] - 1]
    assert line[fault["column"] - 1 :] == "coverd", "the position is that of the value at fault"
