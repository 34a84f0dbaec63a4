"""Try validators on the same faulty files and on sound ones: what each finds, at which line, in what time.

Every tool gets what it can be told: check-jsonschema the derived JSON Schemas, yamllint its default rules without those
on style. A fault counts as caught if the tool refuses the file, though it accepts the sound one; as exact if it names
the line of the fault.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generate import generate
from measure import alternate, versions

from sdp_matrix import load, validate
from sdp_matrix.files import json_schema

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
FILES = 500
TOOLS = ("sdp", "check-jsonschema", "yamllint")
LEFT_OUT = ("braces", "brackets", "comments", "document-start", "indentation", "line-length", "truthy")
STYLE = "\n".join(["extends: default", "rules:", *(f"  {rule}: disable" for rule in LEFT_OUT)])


class Case(NamedTuple):
    """A faulty file, where it belongs, and the line of its fault."""

    path: str
    content: bytes
    line: int


def cases() -> Iterator[Case]:
    """Yield the faulty files of the tests, as tests/validation/test_cases.py reads them."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "validation")]
    import test_cases as listed

    import planting

    for case in listed.cases("sample"):
        text = listed.changed("sample", case)
        problems = planting.problems("sample", case.path, text)
        if line := next((p.location.line for p in problems if p.location.path == f"data/{case.path}"), None):
            yield Case(case.path, text.encode("utf-8", "surrogateescape"), line)


def with_schemas(folder: Path) -> Path:
    """Write the schemas of sound data beside them, for the tool that needs some."""
    data, schemas = load(folder), folder / "schema"
    schemas.mkdir(exist_ok=True)
    for name, text in json_schema.schemas(data.areas, data.groups).items():
        (schemas / name).write_text(text, "utf-8")
    return folder


def score(room: Path, tried: list[Case]) -> dict[str, list[bool]]:
    """Try every tool on every faulty file; return for each fault that it catches whether it names the line."""
    sound = with_schemas(Path(shutil.copytree(ROOT / "tests" / "cases" / "sample", room / "sound")))
    placed = [(f"{number}/{case.path}", case) for number, case in enumerate(tried)]
    for place, case in placed:
        (room / place).parent.mkdir(parents=True)
        (room / place).write_bytes(case.content)
    caught = {"sdp": [case.line in own for case in tried if (own := _lines_of_sdp(sound, case))]}
    for tool in TOOLS[1:]:
        sound_files = {f"sound/{case.path}" for case in tried}
        lines = _lines(tool, room, [*sound_files, *(place for place, _ in placed)])
        known = [(place, case.line) for place, case in placed if f"sound/{case.path}" not in lines]
        caught[tool] = [line in lines[place] for place, line in known if place in lines]
    return caught


def _lines_of_sdp(folder: Path, case: Case) -> set[int]:
    """Return the lines that our own tool names with a faulty file in the place of the sound one."""
    file = folder / case.path
    sound = file.read_bytes() if file.exists() else None
    file.write_bytes(case.content)
    problems = validate(folder).problems
    file.unlink() if sound is None else file.write_bytes(sound)
    return {problem.location.line for problem in problems if problem.location.path.endswith(case.path)}


def _lines(tool: str, room: Path, paths: list[str]) -> dict[str, set[int]]:
    """Return the lines that another tool names, by the files that it refuses."""
    lines = defaultdict[str, set[int]](set)
    by_kind = [[path for path in paths if schema_of(path) == kind] for kind in {schema_of(path) for path in paths}]
    # yamllint ends at the first file that is not UTF-8, so it gets one at a time; the other starts too slowly for that
    for files in by_kind if tool == "check-jsonschema" else [[path] for path in paths]:
        done = subprocess.run(command(tool, room / "sound", files), cwd=room, capture_output=True, check=False)
        place = files[0] if len(files) == 1 else ""  # what comes before the first name is a heading
        for text in (done.stdout + done.stderr).decode("utf-8", "replace").splitlines() if done.returncode else ():
            place = next((file for file in files if re.search(rf"(?<!\w){file}\b", text)), place)
            numbers = re.findall(r"(?:line |:)(\d+)(?=:\d|, column|\b)", text.replace(place, "", 1))
            lines[place] |= {int(number) for number in numbers}
    return lines


def schema_of(path: str) -> str:
    """Return the name of the schema for a file: partnership for those in partnerships/, areas for areas.yaml."""
    file = Path(path)
    return {"partnerships": "partnership", "tables": "table"}.get(file.parent.name, file.stem)


def command(tool: str, folder: Path, files: list[str]) -> list[str]:
    """Return the command of another tool for files of one kind."""
    if tool == "yamllint":
        return [str(BIN / tool), "--strict", "-f", "parsable", "-d", STYLE, *files]
    return [str(BIN / tool), "--schemafile", str(folder / "schema" / f"{schema_of(files[0])}.schema.json"), *files]


def seconds(folder: Path) -> dict[str, float]:
    """Return the median seconds of each tool for sound partnerships, in two runs of each in turn."""
    generate(folder, FILES)
    files = [str(file) for file in sorted((with_schemas(folder) / "partnerships").iterdir())]
    lines = {"sdp": [str(BIN / "sdp"), "validate", str(folder)]}
    figures = alternate(lines | {tool: command(tool, folder, files) for tool in TOOLS[1:]}, runs=2)
    assert not any(figure.code for figure in figures.values()), "a tool refuses the generated files"
    return {tool: figure.median for tool, figure in figures.items()}


def section() -> str:
    """Try and time every tool, and return the table."""
    tried = [*cases()]
    with tempfile.TemporaryDirectory() as room:
        caught, took = score(Path(room), tried), seconds(Path(room) / "many")
    rows = [
        f"| {tool} | {len(caught[tool])} of {len(tried)} | {sum(caught[tool])} | {took[tool]:.1f} s "
        f"| {took[tool] / took['sdp']:.2f} |"
        for tool in TOOLS
    ]
    head = [f"| tool | caught | at the exact line | {FILES:,} sound files | times sdp |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows, "", f"{versions('check-jsonschema', 'yamllint', 'PyYAML')}."])
