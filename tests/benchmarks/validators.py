"""Try validators on the same faulty files and on 1,000 sound ones: what each finds, at which line, in what time.

Every tool gets what it can be told: check-jsonschema the derived JSON Schemas, yamllint its default rules without those
on style. A fault counts as caught if the tool refuses the file, though it accepts the sound one; as exact if it names
the line of the fault.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generate import generate
from measure import alternate, versions

from sdp_matrix import load
from sdp_matrix.files import json_schema

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
FILES = 1000
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
        for problem in planting.problems("sample", case.path, text)[:1]:
            yield Case(case.path, text.encode("utf-8", "surrogateescape"), problem.location.line)


def with_schemas(folder: Path) -> Path:
    """Write the schemas of sound data beside them, for the tool that needs some."""
    data, schemas = load(folder), folder / "schema"
    schemas.mkdir(exist_ok=True)
    for name, text in json_schema.schemas(data.areas, data.groups).items():
        (schemas / name).write_text(text, "utf-8")
    return folder


def commands(folder: Path, files: list[str]) -> dict[str, list[str]]:
    """Return one command per tool for files of one kind; check-jsonschema only if that kind has a schema."""
    paths = [str(folder / file) for file in files]
    lines = {
        "sdp": [str(BIN / "sdp"), "validate", str(folder), "-f", "json"],
        "yamllint": [str(BIN / "yamllint"), "--strict", "-f", "parsable", "-d", STYLE, *paths],
    }
    parent, _, name = files[0].rpartition("/")
    schema = folder / "schema" / f"{parent.removesuffix('s') or name.removesuffix('.yaml')}.schema.json"
    if schema.is_file() and files[0].endswith(".yaml"):
        lines["check-jsonschema"] = [str(BIN / "check-jsonschema"), "--schemafile", str(schema), *paths]
    return lines


def score(room: Path, tried: list[Case]) -> dict[str, list[bool]]:
    """Try every tool on every faulty file in the place of its sound namesake; whether each fault caught is exact."""
    folder = with_schemas(Path(shutil.copytree(ROOT / "tests" / "cases" / "sample", room / "sample")))
    caught: dict[str, list[bool]] = {tool: [] for tool in TOOLS}
    for case in tried:
        file = folder / case.path
        sound = file.read_bytes() if file.exists() else None
        lines = commands(folder, [case.path])
        accepting = [tool for tool, line in lines.items() if sound is None or not _run(line)[0]]
        file.write_bytes(case.content)
        for tool in accepting:
            code, printed = _run(lines[tool])
            caught[tool] += [case.line in _lines(tool, printed, case.path)] if code else []
        file.unlink()
        if sound is not None:
            file.write_bytes(sound)
    return caught


def _run(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def _lines(tool: str, printed: str, path: str) -> set[int]:
    """Return the lines that a tool names; for our own, those in the file at fault."""
    if tool == "sdp":
        listed = json.loads(printed[printed.index("[") : printed.rindex("]") + 1])
        return {problem["line"] for problem in listed if problem["path"].endswith(path)}
    return {int(number) for number in re.findall(r"(?:line |:)(\d+)(?=:\d|, column|\b)", printed)}


def seconds(folder: Path) -> dict[str, float]:
    """Return the median seconds of each tool for 1,000 sound partnerships, in two runs of each in turn."""
    generate(folder, FILES)
    files = [f"partnerships/{file.name}" for file in sorted((folder / "partnerships").iterdir())]
    figures = alternate(commands(with_schemas(folder), files), runs=2)
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
